// SPDX-License-Identifier: GPL-3.0-or-later
// Files on their way to the server: a few at a time, each with its progress, tried again by itself when the way was broken.
import { api } from "./api.js";
import { kindOf } from "./draft.js";
import { TusUpload } from "./tus.js";
import { t } from "./words.js";

const atOnce = 3;
/** Up to so many bytes a file goes in one piece: it is sent anew sooner than it is asked for. */
const small = 2 << 20;
let counted = 0;
/** Files arrive in any order; the project has them in the order of these. */
let lastPlace = 0;

/** One file. `state` is `waiting`, `sending`, `paused` (no way to the server), `looking` (the server looks inside), `done` or `refused`. */
class Upload {
  constructor(file) {
    this.id = `u${++counted}`;
    this.place = lastPlace = Math.max(lastPlace + 1, Date.now() * 1000);
    this.file = file;
    this.name = file.name;
    this.size = file.size;
    this.kind = kindOf(file);
    this.state = "waiting";
    this.progress = 0;
    this.message = "";
    // A browser shows most pictures itself, at once; what it cannot show has a sign until the server's own picture is there.
    this.picture = this.kind === "image" && !/\.hei[cf]$|\.tiff?$/i.test(file.name) ? URL.createObjectURL(file) : null;
  }
}

export class Uploads extends EventTarget {
  #running = 0;
  #retry = 0;
  /** In the order in which they were dropped. */
  list = [];

  /** `session` gives the project's id, and makes a project when there is none. */
  constructor(session) {
    super();
    this.session = session;
    addEventListener("online", () => this.resume());
  }

  get isBusy() {
    return this.list.some((one) => one.state !== "done" && one.state !== "refused");
  }

  /** Begins to send files; gives what stands for them. */
  add(files) {
    const added = files.map((file) => new Upload(file));
    this.list.push(...added);
    this.#tell();
    this.#next();
    return added;
  }

  /** Comes to the assets of those that were taken, once each of them was taken, refused or left out. */
  settled(uploads) {
    const open = (one) => this.list.includes(one) && one.state !== "done" && one.state !== "refused";
    return new Promise((resolve) => {
      const look = () => {
        if (uploads.some(open)) return;
        this.removeEventListener("change", look);
        resolve(uploads.map((one) => one.asset).filter(Boolean));
      };
      this.addEventListener("change", look);
      look();
    });
  }

  remove(upload) {
    upload.stop?.();
    if (upload.picture) URL.revokeObjectURL(upload.picture);
    this.list = this.list.filter((one) => one !== upload);
    this.#tell();
  }

  /** What was refused is sent once more. */
  again(upload) {
    upload.state = "waiting";
    upload.message = "";
    this.#tell();
    this.#next();
  }

  /** What was broken off goes on. */
  resume() {
    clearTimeout(this.#retry);
    for (const one of this.list) if (one.state === "paused") one.state = "waiting";
    this.#tell();
    this.#next();
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }

  #next() {
    while (this.#running < atOnce) {
      const upload = this.list.find((one) => one.state === "waiting");
      if (!upload) return;
      upload.state = "sending";
      this.#running += 1;
      this.#send(upload).finally(() => {
        this.#running -= 1;
        this.#tell();
        this.#next();
      });
    }
  }

  async #send(upload) {
    try {
      const sid = await this.session();
      const moved = (share) => {
        upload.progress = share;
        upload.state = share < 1 ? "sending" : "looking";
        this.#tell();
      };
      const reply = api.has("tus") && upload.size > small ? await this.#byTus(sid, upload, moved) : await this.#byForm(sid, upload, moved);
      const [file] = reply.files ?? [];
      if (!file) throw Object.assign(new Error(), { told: reply.refused?.[0]?.message ?? reply.message });
      upload.asset = file.id;
      upload.state = "done";
      this.dispatchEvent(new CustomEvent("taken", { detail: { upload, file } }));
    } catch (error) {
      if (error.name === "AbortError") return;
      if (error.told) {
        upload.state = "refused";
        upload.message = error.told;
      } else if (error.full) {
        upload.state = "refused";
        upload.message = t("upload full");
      } else {
        // The way is broken, or the server is away for a moment: the file waits for it.
        upload.state = "paused";
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => this.resume(), 3000);
      }
    }
  }

  async #byTus(sid, upload, moved) {
    const tus = (upload.tus ??= new TusUpload(upload.file, sid, upload.place));
    upload.stop = () => tus.stop();
    try {
      return await tus.send(moved);
    } catch (error) {
      if (error.missing) return this.#byForm(sid, upload, moved);
      throw error;
    }
  }

  /** One form with one file; XMLHttpRequest, since fetch does not tell how much has gone out. */
  #byForm(sid, upload, moved) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      upload.stop = () => request.abort();
      request.open("POST", `${api.uploadPath(sid)}?place=${upload.place}`);
      for (const [name, value] of Object.entries(api.headers())) request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => event.lengthComputable && moved(Math.min(event.loaded / event.total, 1));
      request.onabort = () => reject(new DOMException("", "AbortError"));
      request.onerror = () => reject(new Error("broken"));
      request.onload = () => {
        let reply = null;
        try {
          reply = JSON.parse(request.responseText);
        } catch {
          // Told by the status below.
        }
        if (request.status === 200 && reply?.code === 0) return resolve({ ...reply.data, message: reply.message });
        if (request.status >= 500 && request.status !== 507) return reject(new Error("broken"));
        const own = reply?.data?.refused?.[0]?.message;
        reject(Object.assign(new Error(), { told: own ?? reply?.message ?? t("fault status", { status: request.status }), full: request.status === 507 }));
      };
      const form = new FormData();
      form.append("files", upload.file, upload.name);
      request.send(form);
    });
  }
}

/** The files of a drop, those inside folders too. */
export async function filesOf(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files];
  const files = [];
  const walk = async (entry) => {
    if (entry.isFile) {
      files.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
      return;
    }
    const reader = entry.createReader();
    // A folder hands out its entries in parts until none is left.
    for (;;) {
      const part = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!part.length) break;
      for (const inner of part) await walk(inner);
    }
  };
  for (const entry of entries) await walk(entry);
  // What systems leave in folders is nobody's picture.
  return files.filter((file) => !file.name.startsWith(".") && !/^(thumbs\.db|desktop\.ini)$/i.test(file.name));
}
