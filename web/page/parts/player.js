// SPDX-License-Identifier: GPL-3.0-or-later
// Watching the film: exact frames while it stands, the live preview while it runs, and what lies over the picture on a phone.
import { api, show, told } from "../core/api.js";
import { Chunks } from "../core/chunks.js";
import { fill, h, isTyping, mark, say, soon } from "../core/dom.js";
import { icon, wheel } from "../core/icons.js";
import { clock, t } from "../core/words.js";
import { notice } from "./notices.js";
import { platforms, safeAreas } from "./platforms.js";

const shapes = ["9:16", "4:5", "1:1", "16:9"];

class Player extends HTMLElement {
  /** Where the film stands, in ms. */
  time = 0;
  playing = false;
  #chunks = null;
  #wanted = null;
  #loading = false;
  #loop = null;
  #pulse = 0;
  #seen = "";

  connectedCallback() {
    this.className = "player";
    this.setAttribute("role", "region");
    this.setAttribute("aria-label", t("player"));
    this.project = this.closest("k-app").project;
    this.#build();
    this.project.player = this;
    this.project.addEventListener("draft", () => this.#draft());
    this.project.addEventListener("asking", () => this.pause());
    this.#keys = (event) => this.#key(event);
    addEventListener("keydown", this.#keys);
    new ResizeObserver(soon(() => this.#fit())).observe(this.stage);
    this.#draft();
  }

  #keys;

  disconnectedCallback() {
    removeEventListener("keydown", this.#keys);
    this.pause();
    this.#chunks?.close();
  }

  get draft() {
    return this.project.draft;
  }

  #build() {
    this.canvas = h("canvas", { class: "frame", role: "img", "aria-label": t("frame now") });
    this.video = h("video", { class: "run", playsinline: true, preload: "auto", "aria-hidden": "true", tabindex: "-1" });
    this.safe = h("div", { class: "safe", hidden: true, "aria-hidden": "true" });
    this.layer = h("div", { class: "layer" });
    this.busy = h("div", { class: "player-busy", hidden: true }, wheel(true));
    this.screen = h("div", { class: "screen", onclick: (event) => event.target === this.layer && this.toggle() }, this.video, this.canvas, this.safe, this.layer, this.busy);
    this.stage = h("div", { class: "stage" }, this.screen);
    this.kind = h("p", { class: "player-kind", role: "status" });
    this.scrub = h("input", {
      type: "range", class: "scrub", min: "0", step: "1", "aria-label": t("place in film"),
      oninput: () => { this.pause(); this.seek(Number(this.scrub.value) * this.draft.frame); },
    });
    const button = (sign, label, run, more = {}) => h("button", { class: "button quiet only", "aria-label": label, title: label, onclick: run, ...more }, icon(sign));
    this.play = button("play", t("play"), () => this.toggle());
    this.play.classList.add("play");
    this.loop = button("loop", t("loop"), () => this.#toggleLoop(), { "aria-pressed": "false" });
    this.mute = button("sound", t("mute"), () => this.#toggleSound(), { "aria-pressed": "false" });
    this.now = h("span");
    this.whole = h("span", { class: "whole" });
    this.clock = h("span", { class: "clock figures" }, this.now, this.whole);
    this.shape = h("select", { class: "pick", "aria-label": t("shape"), title: t("shape"), onchange: () => this.#reshape() });
    this.safePick = h("select", { class: "pick", "aria-label": t("safe area"), title: t("safe area"), onchange: () => this.#showSafe() });
    fill(this, this.stage, h("div", { class: "controls" }, this.kind, this.scrub,
      h("div", { class: "control-row" },
        h("div", { class: "control-side" }, this.clock),
        h("div", { class: "control-middle" },
          this.loop, button("step-back", t("frame back"), () => this.step(-1)), this.play, button("step-on", t("frame on"), () => this.step(1)), this.mute),
        h("div", { class: "control-side end" }, this.safePick, this.shape, button("full", t("full screen"), () => this.#full())))));
    for (const name of ["pause", "ended"]) this.video.addEventListener(name, () => this.playing && this.#chunks && this.#stopped(name));
    this.video.addEventListener("waiting", () => this.playing && (this.busy.hidden = false));
    this.video.addEventListener("playing", () => { this.busy.hidden = true; this.classList.add("running"); });
    this.#fillShapes();
    platforms().then((all) => {
      fill(this.safePick, h("option", { value: "" }, t("no safe area")), all.map((one) => h("option", { value: one.name }, one.title)));
      this.safePick.value = "";
    }).catch(() => (this.safePick.hidden = true));
  }

  #fillShapes() {
    const own = this.#ratio();
    fill(this.shape, [...new Set([...shapes, own])].map((ratio) => h("option", { value: ratio }, ratio)));
    this.shape.value = own;
  }

  #ratio() {
    const { width, height } = this.draft;
    const known = shapes.find((ratio) => {
      const [a, b] = ratio.split(":").map(Number);
      return Math.abs(width / height - a / b) < 0.01;
    });
    const part = (a, b) => (b ? part(b, a % b) : a);
    return known ?? `${width / part(width, height)}:${height / part(width, height)}`;
  }

  // The draft

  #draft() {
    const { draft, project } = this;
    if (draft.isEmpty) return;
    const stand = `${project.id} ${project.revision}`;
    if (stand === this.#seen) return;
    this.#seen = stand;
    const frames = Math.max(1, Math.round(draft.length / draft.frame));
    this.scrub.max = String(frames - 1);
    this.#fillShapes();
    this.#fit();
    this.#showSafe();
    if (this.playing) this.pause();
    this.#chunks?.close();
    this.#chunks = null;
    this.classList.remove("running");
    this.seek(Math.min(this.time, draft.length - draft.frame));
  }

  /** The screen is as large as the stage lets it be, in the film's shape. */
  #fit() {
    const room = this.stage.getBoundingClientRect();
    const ratio = this.draft.width / this.draft.height;
    if (!room.width || !room.height) return;
    const width = Math.floor(Math.min(room.width, room.height * ratio));
    this.screen.style.width = `${width}px`;
    this.screen.style.height = `${Math.round(width / ratio)}px`;
    const pixels = Math.min(this.draft.width, Math.round((width * devicePixelRatio) / 2) * 2);
    if (Math.abs(pixels - this.canvas.width) > 8) {
      this.canvas.width = pixels;
      this.canvas.height = Math.round(pixels / ratio);
      this.#wanted = this.time;
      this.#load();
    }
  }

  // Time

  /** Goes to a time and shows its frame. */
  seek(ms) {
    const { draft } = this;
    const frame = Math.max(0, Math.min(Math.round(ms / draft.frame), Math.round(draft.length / draft.frame) - 1));
    this.time = frame * draft.frame;
    if (this.#chunks && !this.playing) this.video.currentTime = this.time / 1000;
    this.#moved();
    if (!this.playing) {
      this.#wanted = this.time;
      this.#load();
    }
  }

  step(frames) {
    this.pause();
    this.seek(this.time + frames * this.draft.frame);
  }

  #moved() {
    const { draft } = this;
    this.scrub.value = String(Math.round(this.time / draft.frame));
    this.scrub.style.setProperty("--done", `${(this.time / Math.max(1, draft.length - draft.frame)) * 100}%`);
    mark(this.scrub, "aria-valuetext", t("time of", { time: clock(this.time, true), length: clock(draft.length, true) }));
    say(this.now, clock(this.time, true));
    say(this.whole, ` / ${clock(draft.length, true)}`);
    this.project.dispatchEvent(new Event("time"));
  }

  // Frames while it stands

  /** Fetches the frame that is wanted last; those wanted while one is on its way are left out. */
  async #load() {
    if (this.#loading || this.#wanted === null) return;
    this.#loading = true;
    const time = this.#wanted;
    this.#wanted = null;
    try {
      await (api.has("frame") ? this.#frame(time) : this.#source(time));
      this.#told(api.has("frame") ? "" : t("source pictures"));
    } catch (error) {
      if (error.kind === "missing") this.#wanted ??= time;
      else {
        // Something to look at is better than nothing, if it is said what it is.
        await this.#source(time).catch(() => {});
        this.#told(told(error, t));
      }
    }
    this.#loading = false;
    this.#load();
  }

  async #frame(time) {
    const blob = await api.blob(api.frame(this.project.id, time, this.canvas.width, this.project.revision), { feature: "frame" });
    const bitmap = await createImageBitmap(blob);
    this.canvas.getContext("2d", { alpha: false }).drawImage(bitmap, 0, 0, this.canvas.width, this.canvas.height);
    bitmap.close();
    if (!this.playing) this.classList.remove("running");
  }

  /** Without frames of the film: the picture that is on then, as it was taken in. */
  async #source(time) {
    const context = this.canvas.getContext("2d", { alpha: false });
    const { width, height } = this.canvas;
    const segment = this.draft.at(time);
    context.fillStyle = segment?.color ?? "#000";
    context.fillRect(0, 0, width, height);
    const file = this.project.asset(segment?.src);
    if (file?.file_type !== "image") return;
    const image = new Image();
    await show(image, api.asset(file.id));
    await image.decode();
    const [w, h_] = [image.naturalWidth, image.naturalHeight];
    const scale = segment.fit === "contain" || segment.fit === "blur" ? Math.min(width / w, height / h_) : Math.max(width / w, height / h_);
    const [x, y] = segment.focus ?? [0.5, 0.5];
    const left = Math.min(0, Math.max(width - w * scale, width / 2 - x * w * scale));
    const top = Math.min(0, Math.max(height - h_ * scale, height / 2 - y * h_ * scale));
    const inside = scale === Math.min(width / w, height / h_);
    context.drawImage(image, inside ? (width - w * scale) / 2 : left, inside ? (height - h_ * scale) / 2 : top, w * scale, h_ * scale);
  }

  /** What is on the screen as a small picture; null where it is not the film's own frame. */
  async snapshot() {
    if (!api.has("frame") || !this.canvas.width) return null;
    const small = new OffscreenCanvas(240, Math.max(1, Math.round((240 * this.canvas.height) / this.canvas.width)));
    small.getContext("2d").drawImage(this.classList.contains("running") ? this.video : this.canvas, 0, 0, small.width, small.height);
    return URL.createObjectURL(await small.convertToBlob({ type: "image/jpeg", quality: 0.8 }));
  }

  #told(text) {
    say(this.kind, text);
    this.kind.hidden = !text;
  }

  // Running

  toggle() {
    if (this.playing) this.pause();
    else this.start();
  }

  /** Shows a new film as soon as it can be shown running; where it cannot, or a person wants less motion, its first frame stands. */
  premiere() {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches || !Chunks.isPossible) return;
    this.start({ live: true });
  }

  /** Runs from where it stands. `live`: only if there is a live preview. */
  async start({ live = false } = {}) {
    if (this.playing || this.draft.isEmpty) return;
    this.playing = true;
    if (this.time >= this.draft.length - 2 * this.draft.frame) this.seek(this.#loop?.[0] ?? 0);
    this.#face();
    if (Chunks.isPossible && api.has("preview")) {
      try {
        await this.#run();
        return;
      } catch (error) {
        this.#chunks?.close();
        this.#chunks = null;
        if (!this.playing) return;
        if (live) return this.pause();
        if (error.kind !== "missing" && error.name !== "AbortError") return this.#failed(error);
      }
    } else if (live) return this.pause();
    this.#flip();
  }

  async #run() {
    this.busy.hidden = false;
    if (!this.#chunks) {
      const chunks = (this.#chunks = new Chunks(this.video, this.project.id));
      chunks.onstale = () => this.project.refresh();
      await chunks.open(this.time);
    } else this.video.currentTime = this.time / 1000;
    if (!this.playing) return;
    await this.video.play();
    this.#told("");
    const tick = () => {
      if (!this.playing) return;
      this.time = this.video.currentTime * 1000;
      if (this.#loop && this.time >= this.#loop[1]) this.video.currentTime = this.#loop[0] / 1000;
      this.#moved();
      this.#pulse = requestAnimationFrame(tick);
    };
    this.#pulse = requestAnimationFrame(tick);
  }

  #failed(error) {
    this.pause();
    notice(told(error, t), { kind: "bad", action: { label: t("try again"), run: () => this.start() } });
  }

  /** Without a preview: exact frames, as many as come in time. */
  #flip() {
    this.#told(t(api.has("frame") ? "slow preview" : "source pictures"));
    const began = performance.now() - this.time;
    const tick = (now) => {
      if (!this.playing) return;
      this.time = now - began;
      const end = this.#loop?.[1] ?? this.draft.length;
      if (this.time >= end) {
        if (!this.#loop) {
          this.time = this.draft.length - this.draft.frame;
          this.#moved();
          return this.pause();
        }
        this.time = this.#loop[0];
        this.playing = false;
        return this.start();
      }
      this.#moved();
      this.#wanted = this.time;
      this.#load();
      this.#pulse = requestAnimationFrame(tick);
    };
    this.#pulse = requestAnimationFrame(tick);
  }

  #stopped(name) {
    if (name === "ended" && this.#loop) {
      this.video.currentTime = this.#loop[0] / 1000;
      return this.video.play();
    }
    if (name === "ended") this.time = this.draft.length - this.draft.frame;
    this.pause();
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    cancelAnimationFrame(this.#pulse);
    this.busy.hidden = true;
    this.video.pause();
    this.#face();
    this.seek(this.time);
  }

  #face() {
    fill(this.play, icon(this.playing ? "pause" : "play"));
    mark(this.play, "aria-label", t(this.playing ? "pause" : "play"));
    mark(this.play, "title", t(this.playing ? "pause" : "play"));
  }

  /** Loops what is selected, else the picture that is on. */
  #toggleLoop() {
    if (this.#loop) this.#loop = null;
    else {
      const chosen = [...this.project.selection].map((id) => this.draft.find(id)?.segment).filter(Boolean);
      const parts = chosen.length ? chosen : [{ s: 0, d: this.draft.length }];
      this.#loop = [Math.min(...parts.map((one) => one.s)), Math.max(...parts.map((one) => one.s + one.d)) - this.draft.frame];
      this.seek(this.#loop[0]);
    }
    mark(this.loop, "aria-pressed", String(Boolean(this.#loop)));
    this.project.loop = this.#loop;
    this.project.dispatchEvent(new Event("time"));
  }

  #toggleSound() {
    this.video.muted = !this.video.muted;
    fill(this.mute, icon(this.video.muted ? "silent" : "sound"));
    mark(this.mute, "aria-pressed", String(this.video.muted));
  }

  // What lies over the picture

  async #showSafe() {
    const name = this.safePick.value;
    this.safe.hidden = !name;
    if (!name) return;
    const preset = (await platforms()).find((one) => one.name === name);
    fill(this.safe, safeAreas(preset, this.draft.width, this.draft.height).map(([x, y, width, height]) =>
      h("i", { style: { left: `${x * 100}%`, top: `${y * 100}%`, width: `${width * 100}%`, height: `${height * 100}%` } })));
  }

  async #reshape() {
    try {
      await this.project.edit([{ op: "canvas", ratio: this.shape.value }]);
    } catch (error) {
      this.shape.value = this.#ratio();
      notice(told(error, t), { kind: "bad" });
    }
  }

  #full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.requestFullscreen?.().catch(() => {});
  }

  #key(event) {
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const onControl = event.target instanceof HTMLElement && event.target.matches("button, a, select, summary, [role=option], [role=slider]");
    if (event.key === " " && !onControl) {
      event.preventDefault();
      this.toggle();
    } else if (event.key === "," || event.key === ".") this.step(event.key === "." ? 1 : -1);
    else if (event.key.toLowerCase() === "k" && !onControl) this.toggle();
    else if (event.key.toLowerCase() === "f" && !onControl) this.#full();
  }
}
customElements.define("k-player", Player);
