// SPDX-License-Identifier: GPL-3.0-or-later
// The bar above: where one is, whether all is kept, a step back and forth, and the way out: export.
import { api, told } from "../core/api.js";
import { fill, h, mark, say } from "../core/dom.js";
import { icon, wheel } from "../core/icons.js";
import { t } from "../core/words.js";
import { notice } from "./notices.js";

class Top extends HTMLElement {
  connectedCallback() {
    this.className = "top";
    this.setAttribute("role", "banner");
    const app = this.closest("k-app");
    this.project = app.project;
    this.name = h("input", {
      class: "film-name", "aria-label": t("film name"), maxlength: "120", spellcheck: "false",
      onkeydown: (event) => event.key === "Enter" && !event.isComposing && this.name.blur(),
      onchange: () => this.#rename(),
    });
    this.status = h("span", { class: "status", role: "status" });
    const step = (direction, sign) => h("button", {
      class: "button quiet only", "aria-label": t(direction), title: `${t(direction)} (${t(`keys ${direction}`)})`, onclick: () => this.#step(direction),
    }, icon(sign));
    this.undo = step("undo", "undo");
    this.redo = step("redo", "redo");
    this.export = h("button", { class: "button main export", onclick: () => app.openExport() }, icon("download"), h("span", {}, t("export")));
    fill(this,
      h("a", { class: "brand", href: "#/", "aria-label": t("new film") }, wheel(), h("span", {}, "Kinora")),
      this.name, this.status,
      h("span", { class: "spread" }),
      this.undo, this.redo,
      h("a", { class: "button quiet only", href: "#/projects", "aria-label": t("your films"), title: t("your films") }, icon("films")),
      h("button", { class: "button quiet only", "aria-label": t("settings"), title: t("settings"), onclick: () => app.openSettings() }, icon("sliders")),
      this.export);
    for (const name of ["draft", "turns", "work", "held", "open", "uploads"]) this.project.addEventListener(name, () => this.#draw());
    api.addEventListener("reach", () => this.#draw());
    this.project.exports.addEventListener("change", () => this.#progress());
    this.#draw();
  }

  #draw() {
    if (!this.isConnected) return;
    const { project } = this;
    const open = Boolean(project.id);
    this.name.hidden = !open;
    if (document.activeElement !== this.name) this.name.value = project.name;
    const empty = project.draft.isEmpty;
    // Once something was done there is a way back, and forth again from an empty film.
    this.undo.hidden = this.redo.hidden = this.export.hidden = !open || (empty && project.revision === 0 && !project.turns.length);
    this.undo.disabled = project.history?.undo === false || project.history?.undo === 0 || project.isBusy || project.revision === 0;
    this.redo.disabled = project.history?.redo === false || project.history?.redo === 0 || project.isBusy;
    this.export.disabled = empty;
    const [text, sign] = !api.reachable ? [project.held ? t("offline held", { n: project.held }) : t("offline"), "offline"] : project.working || project.isBusy ? [t("saving"), null] : open ? [t("saved"), "check"] : ["", null];
    if (text !== this.told) {
      this.told = text;
      fill(this.status, text ? (sign ? icon(sign) : wheel(true)) : null, h("span", {}, text));
      mark(this.status, "data-bad", !api.reachable);
    }
    document.title = open && project.name ? `${project.name} – Kinora` : "Kinora";
  }

  /** How far the exports are, on the button that leads to them. */
  #progress() {
    const { running } = this.project.exports;
    const share = running.reduce((sum, one) => sum + one.progress, 0) / (running.length || 1);
    this.export.style.setProperty("--share", running.length ? `${share}%` : "0%");
    say(this.export.lastElementChild, running.length ? `${Math.floor(share)} %` : t("export"));
  }

  async #step(direction) {
    try {
      await this.project[direction]();
    } catch (error) {
      notice(told(error, t), { kind: error.status === 409 ? "plain" : "bad" });
    }
  }

  async #rename() {
    const name = this.name.value.trim();
    if (!name || name === this.project.name) return this.#draw();
    try {
      await this.project.rename(name);
    } catch (error) {
      notice(told(error, t), { kind: "bad" });
      this.name.value = this.project.name;
    }
  }
}
customElements.define("k-top", Top);
