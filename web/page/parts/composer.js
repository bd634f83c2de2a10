// SPDX-License-Identifier: GPL-3.0-or-later
// Where a wish is written: grows with the text, sends by Enter, stops a turn under way, takes files and links.
import { fill, h, mark } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { t } from "../core/words.js";

/** The links of a text that holds nothing else. */
export function linksOf(text) {
  const words = text.trim().split(/\s+/);
  return words.every((word) => /^https?:\/\/[^\s]+\.[^\s]+$/i.test(word)) ? words : [];
}

class Composer extends HTMLElement {
  connectedCallback() {
    this.className = "composer";
    this.project = this.closest("k-app").project;
    this.text = h("textarea", {
      rows: "1", placeholder: t("composer hint"), "aria-label": t("your wish"), enterkeyhint: "send", maxlength: "8000",
      oninput: () => this.#grow(), onkeydown: (event) => this.#key(event),
    });
    this.send = h("button", { class: "button main only", "aria-label": t("send"), onclick: () => this.#go() }, icon("send"));
    fill(this,
      h("button", { class: "button quiet only", "aria-label": t("add files"), title: t("add files"), onclick: () => this.#ask() }, icon("plus")),
      this.text, this.send);
    this.project.addEventListener("turns", () => this.#draw());
    this.#draw();
  }

  focus() {
    this.text.focus({ preventScroll: true });
  }

  #ask() {
    this.dispatchEvent(new CustomEvent("ask-files", { bubbles: true, detail: "files" }));
  }

  #key(event) {
    // While a word is being put together from keys (Chinese, Japanese) Enter ends that word.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (!this.project.isBusy) this.#go();
  }

  #grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 168)}px`;
    this.#draw();
  }

  #draw() {
    const busy = this.project.isBusy;
    if (busy !== this.busy) {
      this.busy = busy;
      fill(this.send, icon(busy ? "stop" : "send"));
      mark(this.send, "aria-label", t(busy ? "stop" : "send"));
    }
    this.send.disabled = !busy && !this.text.value.trim();
  }

  #go() {
    if (this.project.isBusy) return this.project.stop();
    const text = this.text.value.trim();
    if (!text) return;
    this.text.value = "";
    this.#grow();
    const links = linksOf(text);
    this.dispatchEvent(new CustomEvent(links.length ? "links" : "wish", { bubbles: true, detail: links.length ? links : text }));
  }

  /** Puts a wish back to be changed and sent again. */
  put(text) {
    this.text.value = text;
    this.#grow();
    this.focus();
  }
}
customElements.define("k-composer", Composer);
