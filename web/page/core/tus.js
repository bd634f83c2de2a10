// SPDX-License-Identifier: GPL-3.0-or-later
// One upload by tus 1.0.0: after a break it goes on where the server says it was.
import { api } from "./api.js";

const version = { "Tus-Resumable": "1.0.0" };
/** Small enough that a break loses little, large enough that requests do not count. */
const piece = 8 << 20;

const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

export class TusUpload {
  #place = null;
  #request = null;
  #stopped = false;

  constructor(file, session, place) {
    this.file = file;
    this.session = session;
    this.place = place;
  }

  stop() {
    this.#stopped = true;
    this.#request?.abort();
    if (this.#place) api.request(this.#place, { method: "DELETE", headers: version }).catch(() => {});
  }

  /** Sends what the server has not yet; gives the reply to the last piece: the upload object. */
  async send(moved) {
    let offset = this.#place ? await this.#offset() : await this.#create();
    for (;;) {
      if (this.#stopped) throw new DOMException("", "AbortError");
      const end = Math.min(offset + piece, this.file.size);
      const reply = await this.#patch(offset, end, moved);
      if (reply.data) return reply.data;
      if (reply.offset <= offset && end < this.file.size) throw new Error("broken");
      offset = reply.offset;
    }
  }

  async #create() {
    const metadata = [["filename", this.file.name], ["session_id", this.session], ["place", String(this.place)]];
    if (this.file.type) metadata.push(["filetype", this.file.type]);
    let response;
    try {
      response = await api.request("/v1/uploads", {
        method: "POST", body: new Blob([]), feature: "tus",
        headers: { ...version, "Upload-Length": String(this.file.size), "Upload-Metadata": metadata.map(([key, value]) => `${key} ${base64(value)}`).join(",") },
      });
    } catch (fault) {
      throw this.#worded(fault);
    }
    // The answer names the place as the client called the server; only its path counts here.
    this.#place = new URL(response.headers.get("Location"), location.href).pathname;
    return 0;
  }

  async #offset() {
    try {
      const response = await api.request(this.#place, { method: "HEAD", headers: version });
      return Number(response.headers.get("Upload-Offset") ?? 0);
    } catch (fault) {
      if (fault.status !== 404 && fault.status !== 410) throw this.#worded(fault);
      this.#place = null;
      return this.#create();
    }
  }

  #worded(fault) {
    if (fault.kind === "missing") return Object.assign(new Error(), { missing: true });
    if (fault.kind === "refused" && fault.status < 500) return Object.assign(new Error(), { told: fault.data?.refused?.[0]?.message ?? fault.message });
    if (fault.status === 507) return Object.assign(new Error(), { full: true });
    return fault;
  }

  #patch(from, to, moved) {
    return new Promise((resolve, reject) => {
      const request = (this.#request = new XMLHttpRequest());
      request.open("PATCH", this.#place);
      const headers = api.headers({ ...version, "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(from) });
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => moved(this.file.size ? Math.min((from + event.loaded) / this.file.size, 1) : 1);
      request.onabort = () => reject(new DOMException("", "AbortError"));
      request.onerror = () => reject(new Error("broken"));
      request.onload = () => {
        let reply = null;
        try {
          reply = request.responseText ? JSON.parse(request.responseText) : null;
        } catch {
          // A piece in between has no body.
        }
        if (request.status === 204 || (request.status === 200 && !reply)) {
          return resolve({ offset: Number(request.getResponseHeader("Upload-Offset") ?? to) });
        }
        if (request.status === 200 && reply.code === 0) return resolve({ offset: to, data: { ...reply.data, message: reply.message } });
        if (request.status === 409) {
          // The server has another amount than was thought: asked for once more by the next attempt.
          return reject(new Error("broken"));
        }
        if (request.status >= 500 && request.status !== 507) return reject(new Error("broken"));
        reject(Object.assign(new Error(), { told: reply?.data?.refused?.[0]?.message ?? reply?.message ?? String(request.status), full: request.status === 507 }));
      };
      request.send(this.file.slice(from, to));
    });
  }
}
