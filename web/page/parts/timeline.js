// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline: pictures, texts and sounds on a line of time, to be moved, trimmed and chosen by hand or by keys. Each change
// is an edit operation; what is drawn is always the draft, but for the moment of a drag.
import { told } from "../core/api.js";
import { fill, h, isTyping, mark, say, soon } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { cuts, nearest, rows, Scale } from "../core/scale.js";
import { keep } from "../core/settings.js";
import { clock, t } from "../core/words.js";
import { dragging } from "./drag.js";
import { landing } from "./landing.js";
import { Piece } from "./pieces.js";
import { notice } from "./notices.js";

const rowHeight = { text: 28, picture: 64, overlay: 32, sound: 44 };

class Timeline extends HTMLElement {
  scale = new Scale(0);
  snaps = keep.get("snap") !== "off";
  coarse = matchMedia("(pointer: coarse)");
  #pieces = new Map();
  #fitted = true;

  connectedCallback() {
    this.className = "timeline";
    this.setAttribute("role", "region");
    this.setAttribute("aria-label", t("timeline"));
    this.project = this.closest("k-app").project;
    this.#build();
    const draw = soon(() => this.#draw());
    for (const name of ["draft", "selection"]) this.project.addEventListener(name, draw);
    this.project.addEventListener("time", soon(() => this.#moved()));
    new ResizeObserver(soon(() => { this.#fit(); this.#draw(); })).observe(this.view);
    // Colours on a canvas do not change by themselves.
    new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    this.keys = (event) => this.#key(event);
    addEventListener("keydown", this.keys);
    dragging(this);
    landing(this);
    this.#draw();
  }

  disconnectedCallback() {
    removeEventListener("keydown", this.keys);
  }

  get draft() {
    return this.project.draft;
  }

  get player() {
    return this.project.player;
  }

  #build() {
    const tool = (sign, label, run, more = {}) => h("button", { class: "button quiet only small", "aria-label": label, title: label, onclick: run, ...more }, icon(sign));
    this.tools = {
      split: tool("split", `${t("split")} (S)`, () => this.#split()),
      copy: tool("copy", t("duplicate"), () => this.#duplicate()),
      bin: tool("bin", `${t("remove")} (Del)`, () => this.#remove()),
      text: tool("text", t("add text"), () => this.#addText()),
      snap: tool("magnet", t("snap"), () => this.#toggleSnap(), { "aria-pressed": String(this.snaps) }),
    };
    this.zoom = h("input", { type: "range", class: "zoom", min: "0", max: "100", step: "1", "aria-label": t("zoom"), oninput: () => this.#zoomTo(Number(this.zoom.value) / 100) });
    this.told = h("p", { class: "chosen-words", role: "status" });
    this.ruler = h("canvas", { class: "ruler", "aria-hidden": "true" });
    this.head = h("div", { class: "head", "aria-hidden": "true" });
    this.caret = h("div", { class: "caret", hidden: true, "aria-hidden": "true" });
    this.guide = h("div", { class: "guide", hidden: true, "aria-hidden": "true" });
    this.lanes = h("div", { class: "lanes" });
    this.joints = h("div", { class: "joint-row", role: "group", "aria-label": t("op transition") });
    this.line = h("div", { class: "line" }, this.ruler, this.lanes, this.guide, this.caret, this.head);
    this.view = h("div", { class: "line-view", onscroll: soon(() => this.#drawRuler()) }, this.line);
    fill(this, h("div", { class: "tools", role: "toolbar", "aria-label": t("timeline") },
      this.tools.split, this.tools.copy, this.tools.bin, this.tools.text,
      tool("sliders", t("whole film"), () => this.closest(".room").querySelector("k-inspector").showFilm()), this.told,
      h("span", { class: "spread" }), this.tools.snap, tool("minus", t("zoom out"), () => this.#zoomBy(1 / 1.5)), this.zoom, tool("plus", t("zoom in"), () => this.#zoomBy(1.5))), this.view);
    this.view.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.#zoomBy(Math.exp(-event.deltaY / 300), event.clientX - this.view.getBoundingClientRect().left);
    }, { passive: false });
  }

  // Drawing

  /** Pixels a second at which the whole film is seen. */
  get #whole() {
    return Math.max(1, ((this.view.clientWidth - 48) * 1000) / Math.max(1000, this.draft.length));
  }

  /** Where a finger points, a picture is as wide as one: the film is longer than the screen then. */
  get #usual() {
    const { pictures, length } = this.draft;
    return this.coarse.matches ? Math.max(this.#whole, Math.min(120, (64 * 1000 * pictures.length) / Math.max(1000, length))) : this.#whole;
  }

  #fit() {
    if (!this.view.clientWidth) return;
    if (this.#fitted || !this.scale.perSecond) this.scale = new Scale(this.#usual);
    this.scale.perSecond = Math.max(this.scale.perSecond, Math.min(this.#whole, 4));
  }

  #draw() {
    if (this.draft.isEmpty || !this.isConnected) return;
    this.#fit();
    const { draft } = this;
    const lanes = [];
    if (draft.texts.length) lanes.push(["text", rows(draft.texts)]);
    if (draft.overlays.length) lanes.push(["overlay", rows(draft.overlays)]);
    lanes.push(["picture", cuts(draft.pictures, draft.length).map((one) => ({ ...one, row: 0 }))]);
    if (draft.sounds.length) lanes.push(["sound", rows(draft.sounds)]);
    const width = this.scale.x(draft.length) + 48;
    this.line.style.width = `${Math.max(width, this.view.clientWidth)}px`;
    const wanted = new Set();
    const elements = lanes.map(([kind, placed]) => this.#lane(kind, placed, wanted));
    for (const [id, piece] of this.#pieces) {
      if (wanted.has(id)) continue;
      piece.remove();
      this.#pieces.delete(id);
    }
    const shown = elements.map((one) => one.dataset.kind).join();
    if (shown !== this.shown) {
      this.shown = shown;
      fill(this.lanes, elements.map((lane) => (lane === this.laneOf.picture ? h("div", { class: "lane-place" }, lane, this.joints) : lane)));
    }
    this.#drawRuler();
    this.#moved();
    this.#face();
    this.zoom.value = String(Math.round((Math.log(this.scale.perSecond / this.#whole) / Math.log(400 / this.#whole)) * 100) || 0);
    this.zoom.style.setProperty("--done", `${this.zoom.value}%`);
  }

  #lane(kind, placed, wanted) {
    this.laneOf ??= {};
    const lane = (this.laneOf[kind] ??= h("div", { class: `lane ${kind}`, role: "listbox", "aria-multiselectable": "true", "aria-orientation": "horizontal", "aria-label": t(`lane ${kind}`), dataset: { kind } }));
    const count = Math.max(...placed.map((one) => one.row)) + 1;
    lane.style.height = `${count * (rowHeight[kind] + 4)}px`;
    for (const one of placed) {
      const { segment } = one;
      wanted.add(segment.id);
      let piece = this.#pieces.get(segment.id);
      if (!piece) {
        piece = new Piece(this, kind, segment);
        this.#pieces.set(segment.id, piece);
      }
      if (piece.element.parentElement !== lane) lane.append(piece.element);
      if (piece.joint && !piece.joint.isConnected) this.joints.append(piece.joint);
      piece.show(segment, { start: one.start ?? segment.s, length: one.length ?? segment.d, top: one.row * (rowHeight[kind] + 4), height: rowHeight[kind] });
    }
    // Order in the page is order in time, for keys and for readers of the screen.
    const order = placed.map((one) => this.#pieces.get(one.segment.id).element);
    // What is put elsewhere in the page loses the focus: it gets it back.
    const held = lane.contains(document.activeElement) ? document.activeElement : null;
    order.forEach((element, index) => lane.children[index] !== element && lane.insertBefore(element, lane.children[index] ?? null));
    if (held?.isConnected && document.activeElement !== held) held.focus({ preventScroll: true });
    const chosen = order.find((element) => element.getAttribute("aria-selected") === "true") ?? order[0];
    for (const element of order) element.tabIndex = element === (this.focused?.parentElement === lane ? this.focused : chosen) ? 0 : -1;
    return lane;
  }

  piece(id) {
    return this.#pieces.get(id);
  }

  #drawRuler() {
    const canvas = this.ruler;
    const width = this.view.clientWidth;
    if (!width) return;
    const ratio = devicePixelRatio;
    if (canvas.width !== Math.round(width * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(24 * ratio);
      canvas.style.width = `${width}px`;
    }
    const left = this.view.scrollLeft;
    const style = getComputedStyle(this);
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, 24);
    context.font = `11px ${style.fontFamily}`;
    context.textBaseline = "middle";
    const { step } = this.scale;
    const { loop } = this.project;
    if (loop) {
      context.fillStyle = style.getPropertyValue("--accent-wash");
      context.fillRect(this.scale.x(loop[0]) - left, 2, this.scale.x(loop[1] - loop[0]), 22);
      context.fillStyle = style.getPropertyValue("--accent-strong");
      context.fillRect(this.scale.x(loop[0]) - left, 2, this.scale.x(loop[1] - loop[0]), 3);
    }
    for (let ms = Math.floor(this.scale.ms(left) / step) * step; this.scale.x(ms) - left < width; ms += step) {
      const x = Math.round(this.scale.x(ms) - left) + 0.5;
      if (ms > this.draft.length) break;
      context.fillStyle = style.getPropertyValue("--line-strong");
      context.fillRect(x, 14, 1, 10);
      context.fillStyle = style.getPropertyValue("--ink-3");
      context.fillText(clock(ms, step < 1000), x + 4, 11);
      context.fillStyle = style.getPropertyValue("--line");
      for (let part = 1; part < 5; part++) context.fillRect(Math.round(x + (this.scale.x(step) * part) / 5), 19, 1, 5);
    }
  }

  #moved() {
    const time = this.player?.time ?? 0;
    const x = this.scale.x(time);
    this.head.style.transform = `translateX(${x}px)`;
    if (this.project.loop !== this.looped) {
      this.looped = this.project.loop;
      this.#drawRuler();
    }
    // The line goes along with the film, not with edits elsewhere on it.
    if (time === this.followed) return;
    this.followed = time;
    const { scrollLeft, clientWidth } = this.view;
    if (x < scrollLeft || x > scrollLeft + clientWidth - (this.player?.playing ? 64 : 8)) this.view.scrollLeft = x - 64;
  }

  #face() {
    const { selection } = this.project;
    const found = [...selection].map((id) => this.draft.find(id)).filter(Boolean);
    this.tools.bin.disabled = !found.length;
    this.tools.copy.disabled = !found.some((one) => one.kind === "picture");
    say(this.told, found.length > 1 ? t("chosen", { n: found.length }) : found[0]?.segment.m?.name ?? "");
  }

  // Zoom

  #zoomBy(factor, at = this.view.clientWidth / 2) {
    const ms = this.scale.ms(this.view.scrollLeft + at);
    this.#fitted = this.#usual === this.#whole && this.scale.perSecond * factor <= this.#whole;
    this.scale.perSecond = Math.min(400, Math.max(this.#whole, this.scale.perSecond * factor));
    this.#draw();
    this.view.scrollLeft = this.scale.x(ms) - at;
    this.#drawRuler();
  }

  #zoomTo(share) {
    this.#zoomBy((this.#whole * Math.pow(400 / this.#whole, share)) / this.scale.perSecond);
  }

  #toggleSnap() {
    this.snaps = !this.snaps;
    keep.set("snap", this.snaps ? null : "off");
    mark(this.tools.snap, "aria-pressed", String(this.snaps));
  }

  /** The nearest beat, cut or playhead to a time, or the time itself. `except`: a segment whose own edges do not count. */
  snap(ms, except) {
    this.guide.hidden = true;
    if (!this.snaps) return Math.round(ms);
    const points = [0, this.draft.length, this.player?.time ?? 0];
    for (const piece of this.#pieces.values()) {
      if (piece.segment === except) continue;
      if (piece.kind === "picture" || piece.kind === "text") points.push(piece.segment.s, piece.segment.s + piece.segment.d);
      points.push(...(piece.beats ?? []));
    }
    const found = nearest(points.sort((a, b) => a - b), ms, this.scale.ms(8));
    if (found === null) return Math.round(ms);
    this.guide.hidden = false;
    this.guide.style.transform = `translateX(${this.scale.x(found)}px)`;
    return Math.round(found);
  }

  /** Chooses a segment and shows it: a film that stands elsewhere goes to where it is seen, a text to where it has come in. */
  choose(piece, { more = false } = {}) {
    const { segment, kind } = piece;
    this.project.select(segment.id, { more });
    const { player } = this;
    if (more || kind === "sound" || !player || player.playing || !this.project.selection.has(segment.id)) return;
    const seen = segment.s + Math.min(segment.d / 2, kind === "text" ? 1200 : 700);
    const [from, to] = kind === "text" ? [segment.s + Math.min(segment.d / 2, 600), segment.s + segment.d * 0.8] : [piece.start, piece.start + piece.length];
    if (player.time < from || player.time >= to) player.seek(seen);
  }

  // What is done

  async do(ops) {
    try {
      await this.project.edit(ops);
      return true;
    } catch (error) {
      notice(told(error, t), { kind: error.status === 409 ? "plain" : "bad" });
      this.#draw();
      return false;
    }
  }

  #split() {
    return this.do([{ op: "split", at: Math.round(this.player?.time ?? 0) }]);
  }

  #duplicate() {
    const segments = [...this.project.selection].filter((id) => this.draft.find(id)?.kind === "picture");
    return segments.length && this.do([{ op: "duplicate", segments }]);
  }

  #remove() {
    const segments = [...this.project.selection];
    if (!segments.length) return;
    return this.do([{ op: "remove", segments }]);
  }

  async #addText() {
    const before = new Set(this.draft.texts.map((text) => text.id));
    const start = Math.round(this.player?.time ?? 0);
    const length = Math.min(3000, Math.max(500, this.draft.length - start));
    if (!(await this.do([{ op: "add-text", text: t("your text"), start, length }]))) return;
    const added = this.draft.texts.find((text) => !before.has(text.id));
    if (added) this.project.select(added.id);
  }

  // Keys

  #key(event) {
    if (isTyping(event) || document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey) return;
    const { selection } = this.project;
    if ((event.key === "Delete" || event.key === "Backspace") && selection.size) {
      event.preventDefault();
      this.#remove();
    } else if (event.key.toLowerCase() === "s" && !event.altKey) this.#split();
    else if (event.key === "Escape" && selection.size) this.project.select([]);
    else this.#pieceKey(event);
  }

  #pieceKey(event) {
    const element = event.target instanceof Element ? event.target.closest(".piece") : null;
    const piece = element && this.#pieces.get(element.dataset.id);
    if (!piece || !["ArrowLeft", "ArrowRight", "Home", "End", "Enter", " "].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const on = event.key === "ArrowRight" ? 1 : -1;
    const order = [...element.parentElement.children];
    const place = order.indexOf(element);
    if (event.key === "Enter" || event.key === " ") return this.choose(piece, { more: event.shiftKey });
    if (event.altKey && event.shiftKey) return this.#lengthen(piece, on * 100);
    if (event.altKey) return this.#shift(piece, on, place);
    const next = event.key === "Home" ? order[0] : event.key === "End" ? order.at(-1) : order[place + on];
    if (!next) return;
    this.focused = next;
    next.focus();
    element.tabIndex = -1;
    next.tabIndex = 0;
    if (event.shiftKey) this.project.select(next.dataset.id, { more: !selectionHas(this.project, next) });
  }

  /** One place on or back for a picture, a tenth of a second for a text. */
  async #shift(piece, on, place) {
    const { segment, kind } = piece;
    if (kind === "text") return this.do([{ op: "time-text", texts: [segment.id], start: Math.max(0, segment.s + on * 100) }]);
    if (kind !== "picture") return;
    const to = place + 1 + on;
    if (to < 1 || to > this.draft.pictures.length) return;
    if (await this.do([{ op: "move", segments: [segment.id], to }])) this.#pieces.get(segment.id)?.element.focus();
  }

  #lengthen(piece, by) {
    return this.resize(piece, { end: by });
  }

  /** Changes where a segment begins or ends, by ms; the operation depends on what it is. */
  resize(piece, { start = 0, end = 0 }) {
    const { segment, kind } = piece;
    if (kind === "text") return this.do([{ op: "time-text", texts: [segment.id], start: Math.max(0, Math.round(segment.s + start)), length: Math.max(100, Math.round(segment.d - start + end)) }]);
    if (kind !== "picture") return Promise.resolve(false);
    if (segment.mt === "video") {
      const speed = segment.speed ?? 1;
      const from = Math.max(0, Math.round((segment.ss ?? 0) + start * speed));
      const to = Math.round((segment.ss ?? 0) + (segment.d + end) * speed);
      const most = (this.project.asset(segment.src)?.duration ?? Infinity) * 1000;
      return this.do([{ op: "trim", segment: segment.id, from, to: Math.max(from + 100, Math.min(to, Math.floor(most))) }]);
    }
    return this.do([{ op: "pace", segments: [segment.id], each: Math.max(100, Math.round(piece.length - start + end)) }]);
  }
}

const selectionHas = (project, element) => project.selection.has(element.dataset.id);
customElements.define("k-timeline", Timeline);
