// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a draft: the edit as JSON, times in whole milliseconds. Nothing here changes one; edits are operations.

export const VIDEO = 0;
export const SOUND = 1;
export const TEXT = 7;

/** How a file of the film is named while a hand drags it over the page. */
export const ownFile = "application/x-kinora";

const segments = (tracks) => tracks.flatMap((track) => track.sg ?? []);

export class Draft {
  constructor(json) {
    this.json = json ?? {};
    this.tracks = this.json.t ?? [];
    this.length = this.json.d ?? 0;
    const film = this.json.m ?? {};
    this.width = film.width ?? 1920;
    this.height = film.height ?? 1080;
    this.fps = film.fps ?? 30;
    this.preset = film.preset ?? null;
    this.title = film.title ?? "";
    const videos = this.tracks.filter((track) => track.tt === VIDEO);
    /** The pictures of the film, one after the other. */
    this.pictures = videos[0]?.sg ?? [];
    /** Pictures over the film: a logo, a picture in the picture. */
    this.overlays = segments(videos.slice(1));
    this.sounds = segments(this.tracks.filter((track) => track.tt === SOUND));
    this.texts = segments(this.tracks.filter((track) => track.tt === TEXT));
  }

  get isEmpty() {
    return this.pictures.length === 0;
  }

  get music() {
    return this.sounds.filter((sound) => sound.role === "music");
  }

  /** Every segment with its kind: `picture`, `overlay`, `sound` or `text`. */
  find(id) {
    for (const [kind, all] of [["picture", this.pictures], ["overlay", this.overlays], ["sound", this.sounds], ["text", this.texts]]) {
      const segment = all.find((one) => one.id === id);
      if (segment) return { kind, segment };
    }
    return null;
  }

  /** The picture that is seen at a time; of two that overlap the one that comes. */
  at(ms) {
    return this.pictures.findLast((picture) => picture.s <= ms) ?? this.pictures[0];
  }

  /** The length of a frame in ms. */
  get frame() {
    return 1000 / this.fps;
  }

  /** What is to be seen at a time, as a text to compare: the canvas, and each thing with how far into it one is. */
  look(ms) {
    const there = (one) => one.s <= ms && ms < one.s + one.d;
    const what = [...this.pictures, ...this.overlays, ...this.texts].filter(there).map((one) => ({ ...one, s: ms - one.s, id: null, m: null, own: null, on: null }));
    return JSON.stringify([this.width, this.height, this.json.m?.background, what]);
  }

  /** Where the film is another than in `before`: the first time at which a picture, a text or the canvas differs, for a card. */
  firstChange(before) {
    if (!before || before.isEmpty) return null;
    const meta = (draft) => JSON.stringify([draft.width, draft.height, draft.json.m?.background]);
    if (meta(this) !== meta(before)) return Math.min(1000, this.length / 2);
    const flat = (draft) =>
      [...draft.pictures, ...draft.overlays, ...draft.texts].map((one) => [one.s, one.d, JSON.stringify({ ...one, id: null, m: null })]);
    const [old, now] = [flat(before), flat(this)];
    const known = new Set(old.map((one) => one.join()));
    const fresh = now.filter((one) => !known.has(one.join()));
    if (!fresh.length) {
      const left = new Set(now.map((one) => one.join()));
      const gone = old.filter((one) => !left.has(one.join()));
      return gone.length ? Math.min(gone[0][0] + gone[0][1] / 2, Math.max(0, this.length - 1)) : null;
    }
    const first = fresh.reduce((a, b) => (b[0] < a[0] ? b : a));
    return first[0] + Math.min(first[1] / 2, 1500);
  }
}

/** A file's kind by its type or the end of its name, before the server has looked inside. */
export function kindOf(file) {
  const type = file.type.split("/")[0];
  if (type === "image" || type === "video" || type === "audio") return type;
  const end = file.name.toLowerCase().split(".").pop();
  if (/^(jpe?g|png|gif|webp|heic|heif|avif|bmp|tiff?)$/.test(end)) return "image";
  if (/^(mp4|mov|avi|webm|mkv|m4v)$/.test(end)) return "video";
  if (/^(mp3|wav|m4a|aac|flac|ogg|opus)$/.test(end)) return "audio";
  return end === "cube" ? "lut" : "text";
}

export const kindIcons = { image: "photo", video: "clip", audio: "music", text: "page", lut: "table" };
