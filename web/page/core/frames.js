// SPDX-License-Identifier: GPL-3.0-or-later
// Exact frames of the film on a canvas, while it stands. One is fetched at a time: of those wanted meanwhile, the last.
import { api, show } from "./api.js";

/** Frames that were shown are kept, so that going back and forth shows them at once. */
const mostKept = 48;

/** Short sides at which frames are drawn. Photos are made ready once a size: the second one is the live preview's, too. */
const sides = [360, 540, 720, 1080];

export class Frames {
  #wanted = null;
  #loading = false;
  #kept = new Map();

  /** `told(error or null)` hears of each frame that was drawn, or not. */
  constructor(canvas, project, told) {
    this.canvas = canvas;
    this.project = project;
    this.told = told;
  }

  /** About as many pixels as the screen has for it, never more than the film. */
  size(width, ratio) {
    const { draft } = this.project;
    const own = Math.min(draft.width, draft.height);
    const wanted = ((width * devicePixelRatio) / draft.width) * own;
    const side = Math.min(own, sides.find((one) => one >= wanted * 0.9) ?? own);
    const pixels = Math.round((draft.width * side) / own / 2) * 2;
    if (Math.abs(pixels - this.canvas.width) <= 8 && Math.abs(pixels / ratio - this.canvas.height) <= 8) return false;
    // A canvas of another size is empty: what it showed stands until the sharper frame is there.
    const { canvas } = this;
    const before = canvas.width && this.shown !== undefined ? new OffscreenCanvas(canvas.width, canvas.height) : null;
    before?.getContext("2d").drawImage(canvas, 0, 0);
    canvas.width = pixels;
    canvas.height = Math.round(pixels / ratio);
    if (before) canvas.getContext("2d", { alpha: false }).drawImage(before, 0, 0, canvas.width, canvas.height);
    return true;
  }

  want(time) {
    this.#wanted = time;
    this.#load();
  }

  async #load() {
    if (this.#loading || this.#wanted === null) return;
    this.#loading = true;
    const time = this.#wanted;
    this.#wanted = null;
    try {
      await (api.has("frame") ? this.#frame(time) : this.#source(time));
      this.told(null);
    } catch (error) {
      if (error.kind === "missing") this.#wanted ??= time;
      else {
        // Something to look at is better than nothing, if it is said what it is.
        await this.#source(time).catch(() => {});
        this.told(error);
      }
    }
    this.#loading = false;
    this.#load();
  }

  async #frame(time) {
    const { project, canvas } = this;
    const key = api.frame(project.id, time, canvas.width, project.revision);
    let blob = this.#kept.get(key);
    if (blob) this.#kept.delete(key);
    else blob = await api.blob(key, { feature: "frame" });
    this.#kept.set(key, blob);
    if (this.#kept.size > mostKept) this.#kept.delete(this.#kept.keys().next().value);
    const bitmap = await createImageBitmap(blob);
    canvas.getContext("2d", { alpha: false }).drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    this.shown = time;
  }

  /** Without frames of the film: the picture that is on then, as it was taken in. */
  async #source(time) {
    const context = this.canvas.getContext("2d", { alpha: false });
    const { width, height } = this.canvas;
    const segment = this.project.draft.at(time);
    const ground = () => {
      context.fillStyle = segment?.color ?? "#000";
      context.fillRect(0, 0, width, height);
    };
    const file = this.project.asset(segment?.src);
    if (file?.file_type !== "image") return ground();
    const image = new Image();
    await show(image, api.asset(file.id));
    await image.decode();
    ground();
    const [wide, tall] = [image.naturalWidth, image.naturalHeight];
    const inside = segment.fit === "contain" || segment.fit === "blur";
    const scale = (inside ? Math.min : Math.max)(width / wide, height / tall);
    const [x, y] = segment.focus ?? [0.5, 0.5];
    const place = (room, size, share) => (inside ? (room - size) / 2 : Math.min(0, Math.max(room - size, room / 2 - share * size)));
    context.drawImage(image, place(width, wide * scale, x), place(height, tall * scale, y), wide * scale, tall * scale);
  }

  /** A small picture of what `source` shows: the canvas, or the film that runs over it. */
  static async stamp(source, ratio) {
    const small = new OffscreenCanvas(240, Math.max(1, Math.round(240 / ratio)));
    small.getContext("2d").drawImage(source, 0, 0, small.width, small.height);
    return URL.createObjectURL(await small.convertToBlob({ type: "image/jpeg", quality: 0.8 }));
  }
}
