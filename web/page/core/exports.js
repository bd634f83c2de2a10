// SPDX-License-Identifier: GPL-3.0-or-later
// Films being made and made: they go on on the server whether the page is open or not, and are found again when it is back.
import { api } from "./api.js";
import { keep, randomText } from "./settings.js";

const isFinal = (status) => ["completed", "failed", "cancelled"].includes(status);

/** What the page shows of an export, whichever call told of it. */
function read(row, known = {}) {
  const output = row.output ?? {};
  return {
    ...known,
    id: row.id ?? row.render_id, status: row.status ?? known.status ?? "pending",
    progress: Math.max(known.progress ?? 0, row.progress ?? 0), error: row.error ?? null,
    url: row.outputUrl ?? output.url ?? null, size: output.size ?? null, format: output.format ?? known.format ?? "mp4", notes: row.notes ?? known.notes ?? [],
    preset: known.preset ?? output.preset ?? row.preset ?? null, project: known.project ?? row.sessionId ?? row.session_id ?? row.project ?? null,
    created: row.createdAt ?? known.created ?? null, left: row.secondsLeft ?? row.eta ?? null,
  };
}

export class Exports extends EventTarget {
  /** The newest first. */
  list = [];
  #timer = null;
  #paces = new Map();

  constructor(project) {
    super();
    this.project = project;
    project.addEventListener("export", (event) => this.#heard(event.detail));
    project.addEventListener("open", () => this.load());
  }

  get running() {
    return this.list.filter((one) => !isFinal(one.status));
  }

  close() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.closed = true;
  }

  /** Finds the exports of the project again. */
  async load() {
    const own = keep.json("exports", []).filter((one) => one.project === this.project.id);
    this.list = own.map((one) => ({ ...one, progress: 0, status: "pending" })).reverse();
    try {
      const rows = (await api.exports(this.project.id)).map((row) => read(row, own.find((one) => one.id === (row.id ?? row.render_id))));
      this.list = rows;
    } catch (fault) {
      if (fault.kind !== "missing") return this.#later();
    }
    await this.#ask();
  }

  /** Orders a film; `output` as the wire has it. */
  async start(output) {
    const id = `render_${randomText()}`;
    const one = { id, project: this.project.id, preset: output.preset ?? null, format: output.format };
    const reply = await api.startExport({ id, sessionId: this.project.id, draft: this.project.draft.json, output });
    keep.setJSON("exports", [...keep.json("exports", []), one].slice(-60));
    this.list.unshift(read(reply, { ...one, began: Date.now() }));
    this.#tell();
    this.#later();
  }

  async cancel(one) {
    Object.assign(one, read(await api.cancelExport(one.id), one));
    this.#tell();
  }

  async remove(one) {
    await api.removeExport(one.id).catch(() => {});
    this.forget(one);
  }

  forget(one) {
    // By name: the list may have been read anew while the server was told.
    this.list = this.list.filter((other) => other.id !== one.id);
    keep.setJSON("exports", keep.json("exports", []).filter((other) => other.id !== one.id));
    this.#tell();
  }

  #heard(data) {
    const one = this.list.find((other) => other.id === (data.id ?? data.render_id));
    if (!one) this.load();
    // An event tells that it is over, not where the film lies: that is asked for.
    else if (isFinal(data.status ?? one.status)) this.#ask();
    else this.#put(one, data);
  }

  #put(one, row) {
    const was = one.status;
    Object.assign(one, read(row, one));
    this.#pace(one);
    if (one.status !== was && isFinal(one.status)) this.dispatchEvent(new CustomEvent("ended", { detail: one }));
    this.#tell();
  }

  /** How long it will take still, from how fast it has gone since it was first seen going. */
  #pace(one) {
    if (one.status !== "processing") return;
    const first = this.#paces.get(one.id) ?? { at: Date.now(), progress: one.progress };
    this.#paces.set(one.id, first);
    const [passed, done] = [Date.now() - first.at, one.progress - first.progress];
    one.left = passed > 2000 && done > 2 ? ((100 - one.progress) * passed) / done / 1000 : one.left;
  }

  async #ask() {
    for (const one of this.running) {
      try {
        this.#put(one, await api.export(one.id));
      } catch (fault) {
        if (fault.status === 404) this.forget(one);
      }
    }
    this.#tell();
    if (this.running.length) this.#later();
  }

  #later() {
    if (this.#timer || this.closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#ask();
    }, document.hidden ? 3000 : 700);
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

/** Captions as SubRip, from the texts of a draft; empty where it has none. */
export function subtitles(draft) {
  const time = (ms) => {
    const part = (value, digits = 2) => String(Math.floor(value)).padStart(digits, "0");
    return `${part(ms / 3600000)}:${part((ms / 60000) % 60)}:${part((ms / 1000) % 60)},${part(ms % 1000, 3)}`;
  };
  return draft.texts
    .filter((text) => text.role === "caption" || text.role === "subtitle")
    .sort((a, b) => a.s - b.s)
    .map((text, index) => `${index + 1}\n${time(text.s)} --> ${time(text.s + text.d)}\n${text.text}\n`)
    .join("\n");
}
