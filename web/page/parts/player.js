// SPDX-License-Identifier: GPL-3.0-or-later
// Watching the film: exact frames while it stands, the live preview while it runs, and what lies over the picture.
import { api, told } from "../core/api.js";
import { fill, h, isTyping, mark, say, soon } from "../core/dom.js";
import { Frames } from "../core/frames.js";
import { icon, wheel } from "../core/icons.js";
import { Running } from "../core/running.js";
import { clock, t } from "../core/words.js";
import { Framing } from "./framing.js";
import { notice } from "./notices.js";

class Player extends HTMLElement {
  /** Where the film stands, in ms. */
  time = 0;
  #seen = "";

  connectedCallback() {
    this.className = "player";
    this.setAttribute("role", "region");
    this.setAttribute("aria-label", t("player"));
    this.project = this.closest("k-app").project;
    this.#build();
    this.#listen();
    this.project.player = this;
    this.project.addEventListener("draft", () => this.#draft());
    this.project.addEventListener("asking", () => this.pause());
    this.keys = (event) => this.#key(event);
    addEventListener("keydown", this.keys);
    new ResizeObserver(soon(() => this.#fit())).observe(this.stage);
    this.#draft();
  }

  disconnectedCallback() {
    removeEventListener("keydown", this.keys);
    this.running.drop();
  }

  get draft() {
    return this.project.draft;
  }

  get playing() {
    return this.running.on;
  }

  #build() {
    this.canvas = h("canvas", { class: "frame", role: "img", "aria-label": t("frame now") });
    this.video = h("video", { class: "run", playsinline: true, preload: "auto", "aria-hidden": "true", tabindex: "-1" });
    this.layer = h("div", { class: "layer" });
    this.busy = h("div", { class: "player-busy", hidden: true }, wheel(true));
    this.framing = new Framing(this.project);
    this.screen = h("div", { class: "screen", onclick: (event) => event.target === this.layer && this.toggle() }, this.video, this.canvas, this.framing.cover, this.layer, this.busy);
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
    this.mute.classList.add("mute");
    this.now = h("span");
    this.whole = h("span", { class: "whole" });
    this.clock = h("span", { class: "clock figures" }, this.now, this.whole);
    fill(this, this.stage, h("div", { class: "controls" }, this.kind, this.scrub,
      h("div", { class: "control-row" },
        h("div", { class: "control-side" }, this.clock),
        h("div", { class: "control-middle" },
          this.loop, button("step-back", t("frame back"), () => this.step(-1)), this.play, button("step-on", t("frame on"), () => this.step(1)), this.mute),
        h("div", { class: "control-side end" }, this.framing.controls, button("full", t("full screen"), () => this.#full())))));
  }

  #listen() {
    this.frames = new Frames(this.canvas, this.project, (error) => {
      if (!error && !this.playing) this.classList.remove("running");
      if (error) this.#told(told(error, t));
      else if (!this.playing) this.#told(api.has("frame") ? "" : t("source pictures"));
    });
    this.running = new Running(this.video, () => ({ time: this.time, draft: this.draft, project: this.project }));
    const on = (name, run) => this.running.addEventListener(name, (event) => run(event.detail));
    on("time", (ms) => {
      this.time = ms;
      this.#moved();
      if (this.flips) this.frames.want(ms);
    });
    on("wait", () => (this.busy.hidden = false));
    on("run", () => { this.busy.hidden = true; this.classList.add("running"); this.#told(""); });
    on("flip", () => { this.flips = true; this.busy.hidden = true; this.#told(t(api.has("frame") ? "slow preview" : "source pictures")); });
    on("stop", (error) => {
      this.pause();
      if (error) notice(told(error, t), { kind: "bad", action: { label: t("try again"), run: () => this.start() } });
    });
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
    this.framing.update();
    this.#fit();
    if (this.playing) this.pause();
    if (this.running.loop?.[1] > draft.length) this.#toggleLoop();
    this.running.drop();
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
    if (this.frames.size(width, ratio)) this.frames.want(this.time);
  }

  // Time

  /** Goes to a time and shows its frame. */
  seek(ms) {
    const { draft } = this;
    const frame = Math.max(0, Math.min(Math.round(ms / draft.frame), Math.round(draft.length / draft.frame) - 1));
    this.time = frame * draft.frame;
    this.running.seek(this.time);
    this.#moved();
    if (!this.playing) this.frames.want(this.time);
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

  /** What is on the screen as a small picture; null where it is not the film's own frame. */
  async snapshot() {
    if (!api.has("frame") || !this.canvas.width) return null;
    return Frames.stamp(this.classList.contains("running") ? this.video : this.canvas, this.canvas.width / this.canvas.height);
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
    if (matchMedia("(prefers-reduced-motion: reduce)").matches || !Running.isLive) return;
    this.start({ live: true });
  }

  /** Runs from where it stands. `live`: only if there is a live preview. */
  start(how) {
    if (this.playing || this.draft.isEmpty) return;
    if (this.time >= this.draft.length - 2 * this.draft.frame) this.seek(this.running.loop?.[0] ?? 0);
    this.flips = false;
    const going = this.running.start(how);
    this.#face();
    return going;
  }

  pause() {
    if (!this.playing) return;
    this.running.stop();
    this.busy.hidden = true;
    this.#face();
    this.seek(this.time);
  }

  #face() {
    const word = t(this.playing ? "pause" : "play");
    fill(this.play, icon(this.playing ? "pause" : "play"));
    mark(this.play, "aria-label", word);
    mark(this.play, "title", word);
  }

  /** Repeats what is selected, else the whole film. */
  #toggleLoop() {
    const { running, draft, project } = this;
    if (running.loop) running.loop = null;
    else {
      const chosen = [...project.selection].map((id) => draft.find(id)?.segment).filter(Boolean);
      const parts = chosen.length ? chosen : [{ s: 0, d: draft.length }];
      running.loop = [Math.min(...parts.map((one) => one.s)), Math.max(...parts.map((one) => one.s + one.d)) - draft.frame];
      this.seek(running.loop[0]);
    }
    mark(this.loop, "aria-pressed", String(Boolean(running.loop)));
    project.loop = running.loop;
    project.dispatchEvent(new Event("time"));
  }

  #toggleSound() {
    this.video.muted = !this.video.muted;
    fill(this.mute, icon(this.video.muted ? "silent" : "sound"));
    mark(this.mute, "aria-pressed", String(this.video.muted));
  }

  #full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.requestFullscreen?.().catch(() => {});
  }

  #key(event) {
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const onControl = event.target instanceof HTMLElement && event.target.matches("button, a, select, summary, [role=option], [role=slider]");
    const key = event.key.toLowerCase();
    if (event.key === " " && !onControl) {
      event.preventDefault();
      this.toggle();
    } else if (event.key === "," || event.key === ".") this.step(event.key === "." ? 1 : -1);
    else if (key === "k" && !onControl) this.toggle();
    else if (key === "f" && !onControl) this.#full();
  }
}
customElements.define("k-player", Player);
