// SPDX-License-Identifier: GPL-3.0-or-later
// The live preview where a browser has no Media Source: all pieces joined to a film and a sound, which are played as files,
// the sound after the film.
import { api } from "./api.js";
import { piece } from "./chunks.js";

/** How far sound and film may part before they are brought together, in seconds. */
const apart = 0.12;

/** Makes one film playable in a video element, as `Chunks` does. */
export class Joined {
  #stop = new AbortController();
  #urls = [];

  constructor(video, sid) {
    this.video = video;
    this.sid = sid;
  }

  /** Fetches all pieces and joins them. Throws where the server has no preview. */
  async open(fromMS) {
    const list = await api.preview(this.sid, fromMS);
    const [film, sound] = await Promise.all([list.picture, list.sound].map((row) => row && this.#join(row)));
    if (this.#stop.signal.aborted) return;
    if (sound) this.#sound(sound, list.sound.offset);
    this.video.src = film;
    await new Promise((resolve, reject) => {
      this.video.addEventListener("loadedmetadata", resolve, { once: true });
      this.video.addEventListener("error", () => reject(Object.assign(new Error(), { kind: "missing" })), { once: true });
    });
    this.video.currentTime = fromMS / 1000;
  }

  async #join(row) {
    const { signal } = this.#stop;
    const parts = [await piece(this.sid, row.header, signal)];
    for (const one of row.pieces) parts.push(await piece(this.sid, one.name, signal));
    const url = URL.createObjectURL(new Blob(parts, { type: row.type }));
    this.#urls.push(url);
    return url;
  }

  #sound(url, offset) {
    const { video } = this;
    const { signal } = this.#stop;
    const sound = (this.sound = new Audio(url));
    const meet = () => {
      const at = Math.max(0, video.currentTime - offset);
      if (Math.abs(sound.currentTime - at) > apart) sound.currentTime = at;
      sound.muted = video.muted;
    };
    const on = (names, run) => names.forEach((name) => video.addEventListener(name, run, { signal }));
    on(["timeupdate", "seeked", "volumechange"], meet);
    on(["playing"], () => {
      meet();
      sound.play().catch(() => {});
    });
    on(["pause", "waiting", "seeking", "ended"], () => sound.pause());
  }

  close() {
    this.#stop.abort();
    this.sound?.pause();
    for (const url of this.#urls) URL.revokeObjectURL(url);
    this.#urls = [];
  }
}
