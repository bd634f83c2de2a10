// SPDX-License-Identifier: GPL-3.0-or-later
// The film while it runs: by the live preview's pieces through Media Source, or joined to files; without them frame by frame.
import { api } from "./api.js";
import { Chunks } from "./chunks.js";
import { Joined } from "./joined.js";

export class Running extends EventTarget {
  on = false;
  /** [from, to] in ms where a part is repeated. */
  loop = null;
  #chunks = null;
  #pulse = 0;

  /** `stand` gives {time, draft, project}; events: `time` (detail: ms), `stop` (detail: an error, or none), `wait`, `run`, `flip`. */
  constructor(video, stand) {
    super();
    this.video = video;
    this.stand = stand;
    for (const name of ["pause", "ended"]) video.addEventListener(name, () => this.on && this.#chunks && this.#ended(name));
    video.addEventListener("waiting", () => this.on && this.#tell("wait"));
    video.addEventListener("playing", () => this.#tell("run"));
  }

  static get isLive() {
    return api.has("preview");
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** The film is another, or this one is left: what was fetched of it is let go of. */
  drop() {
    this.stop();
    this.#chunks?.close();
    this.#chunks = null;
  }

  /** Where the film stands is another. */
  seek(ms) {
    if (this.#chunks && !this.on) this.video.currentTime = ms / 1000;
  }

  stop() {
    this.on = false;
    cancelAnimationFrame(this.#pulse);
    this.video.pause();
  }

  /** Runs from where it stands. `live`: only if there is a live preview. */
  async start({ live = false } = {}) {
    this.on = true;
    if (Running.isLive) {
      try {
        await this.#run();
        return;
      } catch (error) {
        this.#chunks?.close();
        this.#chunks = null;
        if (!this.on) return;
        if (live) return this.#tell("stop");
        if (error.kind !== "missing" && error.name !== "AbortError") return this.#tell("stop", error);
      }
    } else if (live) return this.#tell("stop");
    this.#flip();
  }

  async #run() {
    const { time, project } = this.stand();
    this.#tell("wait");
    if (!this.#chunks) {
      const chunks = (this.#chunks = new (Chunks.isPossible ? Chunks : Joined)(this.video, project.id));
      chunks.onstale = () => project.refresh();
      await chunks.open(time, project.revision);
    } else this.video.currentTime = time / 1000;
    if (!this.on) return;
    await this.video.play();
    const tick = () => {
      if (!this.on) return;
      const now = this.video.currentTime * 1000;
      if (this.loop && now >= this.loop[1]) this.video.currentTime = this.loop[0] / 1000;
      this.#tell("time", now);
      this.#pulse = requestAnimationFrame(tick);
    };
    this.#pulse = requestAnimationFrame(tick);
  }

  /** Without a preview: exact frames, as many as come in time. */
  #flip() {
    this.#tell("flip");
    const { draft, time } = this.stand();
    let began = performance.now() - time;
    const tick = (moment) => {
      if (!this.on) return;
      const now = moment - began;
      const end = this.loop?.[1] ?? draft.length;
      if (now >= end && !this.loop) {
        this.#tell("time", draft.length - draft.frame);
        return this.#tell("stop");
      }
      if (now >= end) began = moment - this.loop[0];
      this.#tell("time", now >= end ? this.loop[0] : now);
      this.#pulse = requestAnimationFrame(tick);
    };
    this.#pulse = requestAnimationFrame(tick);
  }

  #ended(name) {
    if (name === "ended" && this.loop) {
      this.video.currentTime = this.loop[0] / 1000;
      return this.video.play();
    }
    const { draft } = this.stand();
    if (name === "ended") this.#tell("time", draft.length - draft.frame);
    this.#tell("stop");
  }
}
