// SPDX-License-Identifier: GPL-3.0-or-later
// The first thing anybody sees: a reel of leaves that opens when files come near, one sentence, ways to bring files.
import { fill, h } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { t } from "../core/words.js";

const leaves = 11;

class Hero extends HTMLElement {
  connectedCallback() {
    this.className = "hero";
    const fan = h("div", { class: "fan", "aria-hidden": "true" });
    for (let leaf = 0; leaf < leaves; leaf++) {
      const place = leaf - (leaves - 1) / 2;
      const far = Math.abs(place);
      // Of each leaf the outer strip is seen: there its picture of the sun stands.
      const sun = 0.5 + Math.sign(place) * (far ? 0.2 + far * 0.05 : 0);
      fan.append(h("i", { style: { "--place": place, "--far": far, "--turn": leaf, "--sun": sun, "z-index": leaves - far } }));
    }
    fill(this, fan,
      h("h1", {}, t(matchMedia("(pointer: coarse)").matches ? "hero touch" : "hero")),
      h("p", { class: "hero-more" }, t("hero more")),
      h("div", { class: "hero-ways" },
        h("button", { class: "button main", onclick: () => this.#ask("files") }, icon("plus"), t("choose files")),
        h("button", { class: "button folder", onclick: () => this.#ask("folder") }, icon("folder"), t("choose folder"))));
  }

  #ask(what) {
    this.dispatchEvent(new CustomEvent("ask-files", { bubbles: true, detail: what }));
  }
}
customElements.define("k-hero", Hero);
