// SPDX-License-Identifier: GPL-3.0-or-later
// The side panel: what is chosen on the timeline, and everything that can be set on it by hand.
import { api, show, told } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { namesOf } from "../core/names.js";
import { operations, panels } from "../core/operations.js";
import { t } from "../core/words.js";
import { control } from "./controls.js";
import { joints } from "./joints.js";
import { notice } from "./notices.js";

class Inspector extends HTMLElement {
  #shown = "";
  film = false;

  connectedCallback() {
    this.className = "inspector";
    this.setAttribute("role", "region");
    this.setAttribute("aria-label", t("details"));
    this.project = this.closest("k-app").project;
    this.project.addEventListener("selection", () => {
      this.film = false;
      this.#draw();
    });
    this.project.addEventListener("draft", () => this.#draw());
    this.closest("k-app").addEventListener("joint", () => this.#open("transition"));
    this.#draw();
  }

  /** Shows what belongs to the whole film. */
  showFilm() {
    this.project.select([]);
    this.film = true;
    this.#draw();
  }

  #open(op) {
    requestAnimationFrame(() => this.querySelector(`[data-op="${op}"]`)?.scrollIntoView({ block: "nearest" }));
  }

  #close() {
    this.film = false;
    this.project.select([]);
    this.#draw();
  }

  async #draw() {
    const { draft, selection } = this.project;
    const found = [...selection].map((id) => draft.find(id)).filter(Boolean);
    const kind = found.length ? found[0].kind : this.film ? "film" : null;
    this.hidden = !kind;
    if (!kind) {
      this.#shown = "";
      return fill(this);
    }
    const chosen = found.filter((one) => one.kind === kind).map((one) => one.segment);
    // A control under the hand is not made anew for its own edit.
    const key = JSON.stringify([kind, chosen, kind === "film" ? [draft.length, draft.json.m] : 0]);
    if (key === this.#shown) return;
    this.#shown = key;
    const held = this.contains(document.activeElement) ? document.activeElement.dataset.at : null;
    const at = this.querySelector(".inspector-body")?.scrollTop ?? 0;
    const title = kind === "film" ? t("whole film") : chosen.length > 1 ? t("chosen", { n: chosen.length }) : kind === "text" ? chosen[0].text : chosen[0].m?.name ?? t(`lane ${kind}`);
    const body = h("div", { class: "inspector-body" });
    fill(this, h("header", {}, h("h2", { dir: "auto" }, title), h("button", { class: "button quiet only small", "aria-label": t("close"), onclick: () => this.#close() }, icon("close"))), body);
    try {
      const [table, texts] = await Promise.all([operations(), kind === "text" ? this.project.shownTexts() : null]);
      fill(body, panels[kind].map((row) => this.#section(row, table.get(row.op), chosen, draft, texts?.get(chosen[0].id))));
    } catch (error) {
      fill(body, h("p", { class: "note" }, icon("alert"), told(error, t)));
    }
    body.scrollTop = at;
    if (held) this.querySelector(`[data-at="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  }

  #section(row, operation, chosen, draft, seen) {
    const [first] = chosen;
    if (!operation || (row.single && chosen.length > 1) || (row.if && !row.if(first, draft))) return null;
    const set = (values) => this.#do([{ op: row.op, ...row.name(chosen.map((one) => one.id)), ...values }]);
    const parts = row.custom === "focus" ? [this.#focus(first, set)] : row.custom === "turn" ? [this.#turn(chosen)] : row.custom === "another" ? [this.#another(set)] : this.#controls(row, operation, first, draft, set, chosen, seen);
    if (!parts.filter(Boolean).length) return null;
    return h("section", { dataset: { op: row.op } }, parts.length > 1 || (row.custom && row.custom !== "another") || row.op === "transition" ? h("h3", { title: operation.description }, t(`op ${row.op}`)) : null, parts);
  }

  /** How pictures go over into one another, seen in frames of the film itself. */
  #joints(row, schema, value, set, chosen) {
    const ids = row.name(chosen.map((one) => one.id));
    return joints(this.project, {
      names: ["none", ...(schema.enum ?? []).filter((name) => name !== "none")], value, label: t("param transition.type"),
      operation: (type) => ({ op: row.op, ...ids, type }), set: (type) => set({ type }),
    });
  }

  #controls(row, operation, first, draft, set, chosen, seen) {
    const now = row.read(first, draft, seen);
    const schemas = operation.parameters?.properties ?? {};
    return row.show.map((name) => {
      if (!schemas[name]) return null;
      if (row.op === "transition" && name === "type") return this.#joints(row, schemas[name], now[name], set, chosen);
      const given = (value) => {
        const more = Object.fromEntries((row.with ?? []).filter((other) => other !== name).map((other) => [other, now[other]]));
        // A place in the picture that was set by hand gives way to a named one.
        return set({ ...more, [name]: value });
      };
      const schema = this.#listed(name, schemas[name]);
      if (!schema) return null;
      const made = control(name, schema, now[name], given, { most: row.most?.[name], label: t(`param ${row.op}.${name}`) === `param ${row.op}.${name}` ? t(`param ${name}`) : t(`param ${row.op}.${name}`) });
      const field = made?.querySelector("input, select, textarea");
      if (field) field.dataset.at = `${row.op}.${name}`;
      return made;
    });
  }

  /** What may be named by any text, and is one of few: a title style, a colour table among the film's files. Null where there are none. */
  #listed(name, schema) {
    if (name === "name") return namesOf("name").length ? { ...schema, enum: namesOf("name") } : null;
    if (name !== "lut") return schema;
    const tables = this.project.media.filter((file) => file.file_type === "lut");
    if (!tables.length) return null;
    return { ...schema, enum: ["none", ...tables.map((file) => file.id)], words: Object.fromEntries(tables.map((file) => [file.id, file.filename])) };
  }

  /** The whole photo, on which the point that is to stay in view is set by a click or by arrow keys. */
  #focus(segment, set) {
    const file = this.project.asset(segment.src);
    if (!file) return null;
    const image = h("img", { alt: "", draggable: "false" });
    const path = api.has("thumb") ? api.thumb(file.id, 480) : api.asset(file.id);
    image.addEventListener("error", () => image.src.includes("/thumb") && show(image, api.asset(file.id)), { once: true });
    show(image, path).catch(() => {});
    const [x, y] = segment.focus ?? [0.5, 0.5];
    const dot = h("i", { style: { left: `${x * 100}%`, top: `${y * 100}%` } });
    const share = (value) => Math.round(Math.min(1, Math.max(0, value)) * 100) / 100;
    return h("div", {
      class: "focus-field", tabindex: "0", role: "application", "aria-label": t("focus at", { x: Math.round(x * 100), y: Math.round(y * 100) }), dataset: { at: "focus" },
      onclick: (event) => {
        const box = image.getBoundingClientRect();
        set({ x: share((event.clientX - box.left) / box.width), y: share((event.clientY - box.top) / box.height) });
      },
      onkeydown: (event) => {
        const [dx, dy] = { ArrowLeft: [-0.05, 0], ArrowRight: [0.05, 0], ArrowUp: [0, -0.05], ArrowDown: [0, 0.05] }[event.key] ?? [];
        if (dx === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        set({ x: share(x + dx), y: share(y + dy) });
      },
    }, image, dot);
  }

  /** Other music of the same kind. */
  #another(set) {
    return h("div", { class: "row" }, h("button", { class: "button small", dataset: { at: "another" }, onclick: () => set({ another: true }) }, icon("retry"), t("another tune")));
  }

  #turn(chosen) {
    const segments = chosen.map((one) => one.id);
    const button = (words, op) => h("button", { class: "button small", dataset: { at: words }, onclick: () => this.#do([{ ...op, segments }]) }, words);
    return h("div", { class: "row" }, button(t("turn right"), { op: "rotate", degrees: 90 }), button(t("turn left"), { op: "rotate", degrees: -90 }),
      button(t("mirror"), { op: "flip", axis: "h" }), button(t("upside down"), { op: "flip", axis: "v" }));
  }

  async #do(ops) {
    try {
      await this.project.edit(ops);
    } catch (error) {
      this.#shown = "";
      this.#draw();
      notice(told(error, t), { kind: error.status === 409 ? "plain" : "bad" });
    }
  }
}
customElements.define("k-inspector", Inspector);
