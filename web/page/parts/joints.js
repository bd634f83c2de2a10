// SPDX-License-Identifier: GPL-3.0-or-later
// Choosing how one picture goes over into the next: each way is seen as it would be, in frames of this very film, while it is
// pointed at or has the focus. It is set by a click, Enter or the space bar.
import { api } from "../core/api.js";
import { fill, h, mark, say } from "../core/dom.js";
import { aboutOf, nameOf } from "../core/names.js";
import { t } from "../core/words.js";

const words = (name) => nameOf(name, "transition");

/** Frames of a sample, how wide they are, and how much of the still pictures is seen on either side, in ms. */
const count = 14;
const width = 256;
const margin = 160;
/** A hand that only passes over asks for nothing. */
const rest = 90;

/** Plays samples on one canvas; each is fetched once as long as the film stays as it is. */
class Sample {
  #samples = new Map();
  #stop = new AbortController();
  #pulse = 0;

  constructor(project, operation) {
    this.project = project;
    this.operation = operation;
    const { width: wide, height: tall } = project.draft;
    this.canvas = h("canvas", { class: "sample", role: "img", "aria-label": t("sample"), width: String(width), height: String(Math.round((width * tall) / wide)) });
  }

  halt() {
    this.#stop.abort();
    cancelAnimationFrame(this.#pulse);
  }

  async show(type) {
    this.halt();
    const { signal } = (this.#stop = new AbortController());
    await new Promise((resolve) => setTimeout(resolve, rest));
    if (signal.aborted) return;
    try {
      const sample = this.#samples.get(type) ?? { frames: [], length: 0 };
      if (sample.frames.length < count) await this.#fetch(type, sample, signal);
      this.#samples.set(type, sample);
      if (!signal.aborted) this.#play(sample, signal);
    } catch (error) {
      if (error.name !== "AbortError") this.canvas.hidden = true;
    }
  }

  /** The film as it would be tells where the joint is; then its frames, each shown as it comes. */
  async #fetch(type, sample, signal) {
    const { project } = this;
    const ops = [this.operation(type)];
    const { draft } = await api.tryEdit(project.id, project.revision, ops, signal);
    const pictures = draft.t.find((track) => track.tt === 0).sg;
    const after = ops[0].after?.[0] ?? pictures[0]?.id;
    const index = pictures.findIndex((one) => one.id === after);
    const [one, next] = [pictures[index], pictures[index + 1]];
    const [from, to] = [Math.max(0, next.s - margin), Math.min(draft.d, one.s + one.d + margin)];
    sample.length = to - from;
    for (let step = sample.frames.length; step < count; step++) {
      const at = from + ((to - from) * step) / (count - 1);
      const blob = await api.tryFrame(project.id, ops, Math.min(at, draft.d - 1), width, signal);
      sample.frames.push(await createImageBitmap(blob));
      if (signal.aborted) return;
      this.#draw(sample.frames.at(-1));
    }
  }

  #draw(frame) {
    this.canvas.getContext("2d", { alpha: false }).drawImage(frame, 0, 0, this.canvas.width, this.canvas.height);
  }

  /** Over and over, with a breath between; where less motion is wished for, the middle stands. */
  #play(sample, signal) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.#draw(sample.frames[count >> 1]);
    const began = performance.now();
    const whole = Math.max(600, sample.length) + 500;
    const tick = (now) => {
      if (signal.aborted || !this.canvas.isConnected) return;
      const share = (Math.max(0, now - began) % whole) / (whole - 500);
      this.#draw(sample.frames[Math.min(count - 1, Math.floor(share * count))]);
      this.#pulse = requestAnimationFrame(tick);
    };
    this.#pulse = requestAnimationFrame(tick);
  }
}

/** The list of ways with the sample above it. `operation(type)` is the edit that a way stands for, `set(type)` makes it. */
export function joints(project, { names, value, label, operation, set }) {
  const sample = api.has("trial") && project.draft.pictures.length > 1 ? new Sample(project, operation) : null;
  const now = h("span", { class: "joint-now" }, names.includes(value) ? words(value) : "–");
  const look = (name) => {
    say(now, words(name));
    sample?.show(name);
  };
  const back = () => {
    sample?.halt();
    say(now, names.includes(value) ? words(value) : "–");
  };
  const ways = names.map((name) => h("button", {
    class: "joint-way", role: "radio", "aria-checked": String(name === value), tabindex: "-1", title: aboutOf(name, "transition"), dataset: { name },
    onpointerenter: (event) => event.pointerType !== "touch" && look(name),
    onfocus: () => look(name),
    onclick: () => choose(name),
  }, words(name)));
  const choose = (name) => {
    for (const way of ways) mark(way, "aria-checked", String(way.dataset.name === name));
    value = name;
    set(name);
  };
  const list = h("div", {
    class: "joint-ways", role: "radiogroup", "aria-label": label, onpointerleave: back,
    onfocusout: (event) => list.contains(event.relatedTarget) || back(),
    onkeydown: (event) => {
      const columns = getComputedStyle(list).gridTemplateColumns.split(" ").length;
      const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
      const at = ways.indexOf(document.activeElement);
      const next = event.key === "Home" ? ways[0] : event.key === "End" ? ways.at(-1) : step ? ways[at + step] : null;
      if (!step && !next) return;
      event.preventDefault();
      event.stopPropagation();
      if (!next) return;
      for (const way of ways) way.tabIndex = way === next ? 0 : -1;
      next.focus();
    },
  }, ways);
  const first = ways.find((way) => way.dataset.name === value) ?? ways[0];
  first.tabIndex = 0;
  first.dataset.at = "transition.type";
  requestAnimationFrame(() => first.isConnected && (list.scrollTop = Math.max(0, first.offsetTop - list.offsetTop - 60)));
  const box = h("div", { class: "joints" }, sample ? h("div", { class: "sample-place" }, sample.canvas, now) : h("div", { class: "label" }, now), list);
  if (sample && names.includes(value) && value !== "none") sample.show(value);
  return box;
}
