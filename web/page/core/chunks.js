// SPDX-License-Identifier: GPL-3.0-or-later
// The live preview: a draft's pieces of fragmented MP4, fetched from the playhead on and played through Media Source.
import { api } from "./api.js";

/** How far ahead of the playhead is fetched, in seconds, and how much behind it is kept. */
const ahead = 12;
const behind = 20;

/** Pieces by name: after an edit those that are the same are not fetched again. */
const kept = new Map();
const mostKept = 120;

/** Telephones of one maker have it under another name: it may say when it wants nothing more for a while. */
const Source = window.MediaSource ?? window.ManagedMediaSource;

export function piece(sid, name, signal) {
  let bytes = kept.get(name);
  if (bytes) kept.delete(name);
  else {
    bytes = api.buffer(`${api.project(sid)}/preview/${encodeURIComponent(name)}.m4s`, { signal });
    bytes.catch(() => kept.get(name) === bytes && kept.delete(name));
  }
  kept.set(name, bytes);
  if (kept.size > mostKept) kept.delete(kept.keys().next().value);
  return bytes;
}

/** The list of a film's pieces that was asked for before anybody wanted to see it: {sid, revision, list}. */
let early = null;

/** What is played first of a list: each row's header, and its piece at the playhead. */
const firsts = (list, fromMS) =>
  [list.picture, list.sound].filter(Boolean).flatMap((row) => [row.header, row.pieces.find((one) => one.start + one.length > fromMS)?.name]).filter(Boolean);

/** Asks for what is played first of a film that is new, while the page still makes room for it. */
export function fetchAhead(sid, revision) {
  const list = api.preview(sid, 0);
  early = { sid, revision, list };
  list.then((known) => firsts(known, 0).forEach((name) => piece(sid, name)), () => {});
}

const seconds = (ms) => ms / 1000;

/** One row of pieces and its source buffer. */
class Row {
  constructor(source, sid, row) {
    this.sid = sid;
    this.row = row;
    this.added = new Set();
    this.buffer = source.addSourceBuffer(row.type);
    this.buffer.timestampOffset = row.offset ?? 0;
  }

  done() {
    if (!this.buffer.updating) return Promise.resolve();
    return new Promise((resolve) => this.buffer.addEventListener("updateend", resolve, { once: true }));
  }

  async put(bytes) {
    await this.done();
    this.buffer.appendBuffer(bytes);
    await this.done();
  }

  /** The next piece that is wanted for a playhead, or null. */
  next(time) {
    return this.row.pieces.find((one) => seconds(one.start + one.length) > time && seconds(one.start) < time + ahead && !this.added.has(one.name + one.start)) ?? null;
  }

  async add(one, signal) {
    const bytes = await piece(this.sid, one.name, signal);
    if (signal.aborted) return;
    await this.put(bytes);
    this.added.add(one.name + one.start);
  }

  /** Lets go of what was played long ago. */
  async trim(time) {
    if (time < behind + 5 || !this.buffer.buffered.length || this.buffer.buffered.start(0) > time - behind) return;
    await this.done();
    this.buffer.remove(0, time - behind);
    await this.done();
    this.added = new Set([...this.added].filter((key) => {
      const one = this.row.pieces.find((piece) => piece.name + piece.start === key);
      return one && seconds(one.start) >= time - behind;
    }));
  }
}

/** Makes one film playable in a video element. */
export class Chunks {
  #stop = new AbortController();
  #url = null;
  rows = [];

  static get isPossible() {
    return Source !== undefined;
  }

  constructor(video, sid) {
    this.video = video;
    this.sid = sid;
  }

  /** Fetches the list of pieces, opens the source and begins to fill it. Throws where the server has no preview. */
  async open(fromMS, revision) {
    const known = early?.sid === this.sid && early.revision === revision && fromMS === 0 ? early.list : null;
    early = null;
    const list = await (known ?? api.preview(this.sid, fromMS));
    if (this.#stop.signal.aborted) return;
    const rows = [list.picture, list.sound].filter(Boolean).map((row) => ({
      type: row.type, header: row.header, offset: row.offset ?? 0, pieces: row.pieces,
    }));
    if (rows.some((row) => !Source.isTypeSupported(row.type))) throw Object.assign(new Error(), { kind: "missing" });
    // What is played first is asked for while the source is being opened.
    for (const name of firsts(list, fromMS)) piece(this.sid, name, this.#stop.signal);
    const source = new Source();
    // The other name comes with this condition.
    if (!window.MediaSource) this.video.disableRemotePlayback = true;
    this.#url = URL.createObjectURL(source);
    this.video.src = this.#url;
    await new Promise((resolve) => source.addEventListener("sourceopen", resolve, { once: true }));
    if (this.#stop.signal.aborted) return;
    source.duration = seconds(list.duration);
    this.source = source;
    this.rows = rows.map((row) => new Row(source, this.sid, row));
    for (const row of this.rows) await row.put(await piece(this.sid, row.row.header, this.#stop.signal));
    this.video.currentTime = seconds(fromMS);
    for (const row of this.rows) this.#feed(row);
  }

  /** Keeps a row filled ahead of the playhead until it is closed. */
  async #feed(row) {
    const { signal } = this.#stop;
    let wait = 300;
    while (!signal.aborted) {
      const one = row.next(this.video.currentTime);
      try {
        if (one) {
          await row.add(one, signal);
          await row.trim(this.video.currentTime);
          wait = 300;
          continue;
        }
        this.#end();
      } catch (error) {
        if (signal.aborted) return;
        if (error.status === 404) return this.onstale?.();
        wait = Math.min(wait * 2, 5000);
      }
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, wait);
        for (const name of ["timeupdate", "seeking"]) this.video.addEventListener(name, () => { clearTimeout(timer); resolve(); }, { once: true, signal });
      });
    }
  }

  /** Tells the element that nothing more comes, once everything is there: else it would wait at the end. */
  #end() {
    const whole = this.rows.every((row) => row.row.pieces.length && row.added.has(row.row.pieces.at(-1).name + row.row.pieces.at(-1).start));
    if (whole && this.source.readyState === "open" && !this.rows.some((row) => row.buffer.updating)) this.source.endOfStream();
  }

  close() {
    this.#stop.abort();
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#url = null;
  }
}
