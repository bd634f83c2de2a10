// SPDX-License-Identifier: GPL-3.0-or-later
// One segment on the timeline: its filmstrip, words or waveform, its edges to pull, the transition into the next.
import { fill, h, mark } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { nameOf } from "../core/names.js";
import { picture, wave } from "../core/pictures.js";
import { span, t } from "../core/words.js";

export class Piece {
  constructor(timeline, kind, segment) {
    this.timeline = timeline;
    this.kind = kind;
    this.body = h("span", { class: "piece-body" });
    this.name = h("span", { class: "piece-name" });
    const pulls = kind === "picture" || kind === "text";
    this.element = h("div", { class: `piece ${kind}`, role: "option", dataset: { id: segment.id } }, this.body, this.name,
      pulls ? [h("i", { class: "edge start", dataset: { edge: "start" } }), h("i", { class: "edge end", dataset: { edge: "end" } })] : null);
    // Beside the picture, not in it: what is chosen holds no button of its own.
    this.joint = kind === "picture" ? h("button", {
      class: "joint", tabindex: "-1", dataset: { id: segment.id },
      onclick: (event) => {
        event.stopPropagation();
        this.timeline.project.select(this.segment.id);
        this.timeline.dispatchEvent(new CustomEvent("joint", { bubbles: true, detail: this.segment.id }));
      },
    }) : null;
  }

  remove() {
    this.element.remove();
    this.joint?.remove();
  }

  /** Where it stands, in film time and in pixels of its lane. */
  show(segment, { start, length, top, height }) {
    const { project, scale } = this.timeline;
    const same = this.segment && JSON.stringify(segment) === JSON.stringify(this.segment);
    this.segment = segment;
    this.start = start;
    this.length = length;
    const width = Math.max(4, scale.x(length) - 2);
    const { style } = this.element;
    style.transform = `translate(${scale.x(start)}px, ${top}px)`;
    style.width = `${width}px`;
    style.height = `${height}px`;
    this.name.hidden = width < 40;
    const chosen = project.selection.has(segment.id);
    mark(this.element, "aria-selected", String(chosen));
    if (!same) this.#say();
    if (this.joint) this.#showJoint();
    if (this.kind === "sound") this.#draw(width, height, same);
    else if (!same && (this.kind === "picture" || this.kind === "overlay")) this.#strip();
  }

  #say() {
    const { segment, kind } = this;
    const name = kind === "text" ? segment.text : segment.m?.name ?? t(`kind ${segment.mt ?? segment.role}`);
    this.name.textContent = name;
    this.element.title = name;
    mark(this.element, "aria-label", t("piece", { kind: t(`lane ${kind}`), name, length: span(this.length) }));
    this.element.dataset.kind = segment.mt ?? segment.role ?? "";
  }

  #showJoint() {
    const { segment, timeline } = this;
    const last = timeline.draft.pictures.at(-1) === segment;
    // Where there is room for it beside the picture: a finger needs more.
    this.joint.hidden = last || timeline.scale.x(this.length) < (timeline.coarse.matches ? 56 : 28);
    if (last) return;
    const name = segment.tr ? nameOf(segment.tr.type, "transition") : t("cut");
    mark(this.joint, "aria-label", t("joint", { name }));
    mark(this.joint, "title", name);
    mark(this.joint, "data-soft", Boolean(segment.tr));
    this.joint.style.transform = `translate(${timeline.scale.x(this.start + this.length) - 10}px, -50%)`;
    this.joint.style.setProperty("--wide", `${segment.tr ? Math.max(14, timeline.scale.x(segment.tr.d)) : 14}px`);
  }

  /** A strip of the picture, side by side. */
  async #strip() {
    const { segment } = this;
    if (segment.mt === "color") this.body.style.background = segment.color;
    if (segment.mt === "generated") this.body.style.background = `linear-gradient(120deg, ${(segment.colors ?? ["#444", "#222"]).join(", ")})`;
    const file = this.timeline.project.asset(segment.src);
    const url = await picture(file);
    if (url && this.segment.src === segment.src) this.body.style.backgroundImage = `url("${url}")`;
    if (segment.mt === "video") this.body.dataset.clip = "";
  }

  /** The waveform with its beats, as far as it is seen at this width. */
  async #draw(width, height, same) {
    const key = `${Math.round(width)} ${document.documentElement.dataset.theme}`;
    if (same && key === this.drawn) return;
    this.drawn = key;
    const { segment } = this;
    const drawing = (this.drawing = {});
    const found = await wave(segment, this.timeline.project.id);
    if (this.drawing !== drawing) return;
    if (!found) {
      this.drawn = null;
      return this.#fallback();
    }
    const canvas = (this.canvas ??= h("canvas", { "aria-hidden": "true" }));
    if (!canvas.isConnected) fill(this.body, canvas);
    const ratio = devicePixelRatio;
    // Wider than a canvas may be, it is drawn coarser.
    const pixels = Math.min(8000, Math.round(width * ratio));
    canvas.width = pixels;
    canvas.height = Math.round(height * ratio);
    const context = canvas.getContext("2d");
    const style = getComputedStyle(this.element);
    context.fillStyle = style.getPropertyValue("--wave");
    // A song that is repeated goes back from its last bar line to where it began.
    const from = segment.ss ?? 0;
    const end = (segment.loop && [...found.bars].findLast((bar) => bar > from)) || found.length;
    const turn = Math.max(1, end - from);
    const perPeak = found.length / Math.max(1, found.peaks.length);
    const level = Math.min(1, segment.vol ?? 1);
    const middle = canvas.height / 2;
    for (let x = 0; x < pixels; x += 2) {
      const at = from + (((x / pixels) * segment.d) % turn);
      const peak = (found.peaks[Math.floor(at / perPeak)] ?? 0) * level;
      const tall = Math.max(ratio, peak * (canvas.height - 8 * ratio));
      context.fillRect(x, middle - tall / 2, 1, tall);
    }
    this.#drawBeats(context, found, { from, end, turn, pixels, width, ratio });
  }

  /** Beats as small marks, first beats of bars as taller ones; where they would stand too close, only those. */
  #drawBeats(context, found, { from, end, turn, pixels, width, ratio }) {
    const { segment } = this;
    const marks = found.beats.filter((beat) => beat >= from && beat < end);
    const close = (marks.length / turn) * segment.d > width / 4;
    this.beats = [];
    context.fillStyle = getComputedStyle(this.element).getPropertyValue("--accent-text");
    for (let back = 0; back < segment.d && marks.length; back += turn) {
      for (const beat of marks) {
        const at = beat - from + back;
        if (at >= segment.d) break;
        this.beats.push(at + segment.s);
        const bar = found.bars.has(beat);
        if (close && found.bars.size && !bar) continue;
        const tall = (bar ? 9 : 5) * ratio;
        context.fillRect((at / segment.d) * pixels, context.canvas.height - tall, ratio * (bar ? 1.5 : 1), tall);
      }
    }
  }

  #fallback() {
    if (!this.body.childElementCount) fill(this.body, h("span", { class: "piece-sign" }, icon("music")));
  }
}
