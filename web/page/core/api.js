// SPDX-License-Identifier: GPL-3.0-or-later
// Every call to the server, in one place. Replies come in an envelope {code, message, data}; a refusal becomes a Fault.
import { keep, randomText } from "./settings.js";
import { eventsOf } from "./sse.js";
import { language } from "./words.js";

const agent = "nemo_agent";

/** A call that did not succeed. `kind` is `offline` (nobody answered), `missing` (this server has no such call) or `refused`. */
export class Fault extends Error {
  constructor(kind, message, { status = 0, code = 0, data = null } = {}) {
    super(message);
    this.kind = kind;
    this.status = status;
    this.code = code;
    this.data = data;
  }
}

/** Calls that this server turned out not to have: they are not tried again until the page is loaded anew. */
const missing = new Set();

class API extends EventTarget {
  #token = keep.get("token");
  #reachable = true;

  get token() {
    return this.#token;
  }

  set token(text) {
    this.#token = text;
    keep.set("token", text);
  }

  /** Whether the last call was answered at all. */
  get reachable() {
    return this.#reachable;
  }

  #reached(reachable) {
    if (reachable === this.#reachable) return;
    this.#reachable = reachable;
    this.dispatchEvent(new Event("reach"));
    if (!reachable) this.#knock();
  }

  /** Comes to pass when calls are answered: at once where the last one was. */
  back() {
    return new Promise((resolve) => {
      const look = () => {
        if (!this.#reachable) return;
        this.removeEventListener("reach", look);
        resolve();
      };
      this.addEventListener("reach", look);
      look();
    });
  }

  /** Asks whether the server is back until it is. */
  #knock() {
    const again = () => {
      removeEventListener("online", again);
      clearTimeout(timer);
      this.health().catch(() => this.#reachable || this.#knock());
    };
    const timer = setTimeout(again, 2500);
    addEventListener("online", again);
  }

  /** Whether a kind of call is there, as far as is known. */
  has(feature) {
    return !missing.has(feature);
  }

  headers(more = {}) {
    const headers = { "Accept-Language": language(), ...more };
    if (this.#token) headers.Authorization = `Bearer ${this.#token}`;
    return headers;
  }

  /** One request. Throws a Fault for anything but a reply that says it went well. */
  async request(path, { method = "GET", body, headers = {}, signal, feature, keepalive } = {}) {
    if (feature && missing.has(feature)) throw new Fault("missing", "");
    let response;
    try {
      response = await fetch(path, {
        method, signal, keepalive, cache: "no-store", credentials: "omit",
        headers: this.headers(body === undefined || body instanceof Blob ? headers : { "Content-Type": "application/json", ...headers }),
        body: body === undefined || body instanceof Blob ? body : JSON.stringify(body),
      });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      this.#reached(false);
      throw new Fault("offline", "");
    }
    this.#reached(true);
    if (!response.ok) throw await this.#fault(response, feature);
    return response;
  }

  async #fault(response, feature) {
    const reply = await response.json().catch(() => null);
    const message = reply?.message ?? reply?.detail ?? (typeof reply?.error === "string" ? reply.error : "");
    const code = reply?.code ?? response.status;
    // What is not there and an address that is not there have the same status; the words tell them apart.
    const noCall = response.status === 501 || response.status === 405 || (response.status === 404 && /nothing at this address/i.test(message));
    if (noCall && feature) {
      missing.add(feature);
      this.dispatchEvent(new Event("features"));
      return new Fault("missing", message, { status: response.status, code });
    }
    if (code === 1001) this.dispatchEvent(new Event("unknown"));
    return new Fault("refused", message, { status: response.status, code, data: reply?.data ?? null });
  }

  /** The data of an enveloped reply. */
  async data(path, options) {
    const response = await this.request(path, options);
    if (response.status === 204) return null;
    const reply = await response.json();
    if (reply.code) throw new Fault("refused", reply.message ?? "", { status: response.status, code: reply.code, data: reply.data });
    return "data" in reply ? reply.data : reply;
  }

  // Projects

  /** {projects, bytes}: the account's films, and what its files weigh. */
  projects() {
    return this.data("/v1/projects", { feature: "projects" });
  }

  async createProject(name) {
    const lang = language();
    try {
      const made = await this.data("/v1/projects", { method: "POST", body: { name, language: lang }, feature: "projects" });
      return made.session_id ?? made.id ?? made.project?.id;
    } catch (fault) {
      if (fault.kind !== "missing") throw fault;
    }
    const made = await this.data(`/api/tasks/me/with-session/${agent}`, { method: "POST", body: { task_name: name, language: lang } });
    return made.session_id;
  }

  project(sid) {
    return `/v1/projects/${encodeURIComponent(sid)}`;
  }

  rename(sid, name) {
    return this.data(this.project(sid), { method: "PATCH", body: { name }, feature: "project" });
  }

  remove(sid) {
    return this.data(this.project(sid), { method: "DELETE", feature: "project" });
  }

  /** A second project with the same media and edit. */
  duplicate(sid, name) {
    return this.data(`${this.project(sid)}/duplicate`, { method: "POST", body: { name }, feature: "duplicate" });
  }

  /** Takes a deletion back, which is possible for a while. */
  restore(sid) {
    return this.data(`${this.project(sid)}/restore`, { method: "POST", body: {}, feature: "restore" });
  }

  state(sid, signal) {
    return this.data(`/api/state/${agent}/me/${encodeURIComponent(sid)}/latest`, { signal });
  }

  /** What was said in a project, as the events of its turns. */
  async history(sid) {
    const response = await this.request(`/apps/${agent}/users/me/sessions/${encodeURIComponent(sid)}`, { feature: "history" });
    const reply = await response.json();
    return (reply.data ?? reply).events ?? [];
  }

  // Editing

  operations() {
    return this.data(`/v1/operations?lang=${language()}`, { feature: "operations" });
  }

  /** What was done to the film: {revision, from, said, changes}; nothing was said for what was done by hand. */
  async edits(sid) {
    return (await this.data(`${this.project(sid)}/edits`, { feature: "log" })).edits;
  }

  edit(sid, baseRevision, ops) {
    return this.data(`${this.project(sid)}/edits`, { method: "POST", body: { base_revision: baseRevision, ops }, feature: "edits" });
  }

  /** What operations would come to; nothing is changed. */
  tryEdit(sid, baseRevision, ops, signal) {
    return this.data(`${this.project(sid)}/edits`, { method: "POST", signal, body: { base_revision: baseRevision, ops, dry_run: true }, feature: "trial" });
  }

  /** A frame as the film would be after operations. */
  async tryFrame(sid, ops, time, width, signal) {
    const response = await this.request(`${this.project(sid)}/frame`, { method: "POST", signal, body: { ops, t: Math.round(time), w: width }, feature: "trial" });
    return response.blob();
  }

  step(sid, direction) {
    return this.data(`${this.project(sid)}/${direction}`, { method: "POST", body: {}, feature: direction });
  }

  /** One turn of the conversation: its events as they come. */
  async *turn(sid, text, signal) {
    const response = await this.request("/run_sse", {
      method: "POST", signal, headers: { Accept: "text/event-stream" },
      body: { app_name: agent, user_id: "me", session_id: sid, streaming: true, new_message: { role: "user", parts: [{ text }] } },
    });
    for await (const event of eventsOf(response)) {
      try {
        yield JSON.parse(event.data);
      } catch {
        // Empty or broken events of other servers say nothing.
      }
    }
  }

  /** What happens to a project, from behind `lastID`: {id, kind, data}. */
  async *events(sid, lastID, signal) {
    const headers = { Accept: "text/event-stream" };
    if (lastID) headers["Last-Event-ID"] = lastID;
    const response = await this.request(`${this.project(sid)}/events`, { signal, headers, feature: "events" });
    for await (const event of eventsOf(response)) {
      let data = null;
      try {
        data = JSON.parse(event.data);
      } catch {
        continue;
      }
      yield { id: event.id, kind: event.kind === "message" ? data.kind ?? data.type ?? "message" : event.kind, data };
    }
  }

  // Media

  uploadPath(sid) {
    return `/api/upload-video/${agent}/me/${encodeURIComponent(sid)}`;
  }

  addLinks(sid, urls) {
    return this.data(this.uploadPath(sid), { method: "POST", body: { urls, source_type: "url" } });
  }

  asset(id) {
    return `/v1/assets/${encodeURIComponent(id)}`;
  }

  thumb(id, width) {
    return `${this.asset(id)}/thumb?w=${width}`;
  }

  /** The sound's peaks of an asset. */
  async waveform(id) {
    return this.data(`${this.asset(id)}/waveform`, { feature: "waveform" });
  }

  /** Where the texts of the film as it is lie, and how they are set where the draft says nothing. */
  async texts(sid) {
    return (await this.data(`${this.project(sid)}/texts`, { feature: "texts" })).texts;
  }

  /** That of a sound which the film describes: composed music, a voice. */
  async soundWaveform(sid, segment) {
    return this.data(`${this.project(sid)}/sounds/${encodeURIComponent(segment)}/waveform`, { feature: "sounds" });
  }

  frame(sid, t, width, revision) {
    return `${this.project(sid)}/frame?t=${Math.round(t)}&w=${width}&r=${revision}`;
  }

  /** The pieces of a draft's live preview; those at `from` (ms) are made first. */
  async preview(sid, from) {
    const data = await this.data(`${this.project(sid)}/preview.json?t=${Math.round(from)}`, { feature: "preview" });
    const row = (one) => one && {
      type: one.type ?? one.media_type, header: one.header, offset: one.offset ?? one.offset_seconds ?? 0,
      pieces: one.pieces.map((piece) => ({ name: piece.name, start: piece.s ?? piece.start, length: piece.d ?? piece.duration })),
    };
    return { duration: data.d ?? data.duration, picture: row(data.picture), sound: row(data.sound) };
  }

  /** The bytes of a picture or a film. */
  async blob(path, { signal, feature } = {}) {
    return (await this.request(path, { signal, feature })).blob();
  }

  async buffer(path, { signal, feature } = {}) {
    return (await this.request(path, { signal, feature })).arrayBuffer();
  }

  // Exports

  async exports(sid) {
    const data = await this.data(`/v1/exports?session_id=${encodeURIComponent(sid)}`, { feature: "exports" });
    return data.exports ?? data;
  }

  startExport(body) {
    // A shared service wants to know who asks for a film.
    const headers = { "X-Skill-Source": "kinora-studio", "X-Skill-Version": "1", "X-Skill-Platform": "web" };
    return this.#render("/api/render/proxy/lambda", { method: "POST", body, headers, feature: "render" });
  }

  export(id) {
    return this.#render(`/api/render/proxy/lambda/${encodeURIComponent(id)}`);
  }

  cancelExport(id) {
    return this.#render(`/api/render/proxy/lambda/${encodeURIComponent(id)}/cancel`, { method: "POST", body: {} });
  }

  removeExport(id) {
    return this.data(`/v1/exports/${encodeURIComponent(id)}`, { method: "DELETE" });
  }

  async #render(path, options) {
    const reply = await (await this.request(path, options)).json();
    return reply.data ?? reply;
  }

  // The server

  async health() {
    return (await this.request("/health")).json();
  }

  /** {version, policy, model}: which program answers, for whom, and what is before its own director. */
  async version() {
    return (await this.request("/version")).json();
  }

  credits() {
    return this.data("/api/credits/balance/simple", { feature: "credits" });
  }

  /** Trades a code that another screen shows for a token of one's own. */
  async pair(code) {
    const data = await this.data("/v1/pair", { method: "POST", body: { code } });
    this.token = data.token;
  }

  /** Where a server serves others, whoever comes gets a token of their own. Throws where it gives none. */
  async enter() {
    const client = keep.get("client") ?? randomText();
    keep.set("client", client);
    this.#token = null;
    const data = await this.data("/api/auth/anonymous-token", { method: "POST", headers: { "X-Client-Id": client } });
    this.token = data.token;
  }

  pairingCode() {
    return this.data("/v1/pairing", { method: "POST", body: {}, feature: "pairing" });
  }

  async claim(text) {
    const data = await this.data("/v1/claim", { method: "POST", body: { claim_token: text } });
    this.token = data.token;
    return data.session_id;
  }
}

export const api = new API();

/** Shows a picture of the server's. With a token it is fetched, as a picture's own request carries none. */
export async function show(image, path, { signal } = {}) {
  if (!api.token) {
    image.src = path;
    return;
  }
  const blob = await api.blob(path, { signal });
  const url = URL.createObjectURL(blob);
  image.addEventListener("load", () => URL.revokeObjectURL(url), { once: true });
  image.src = url;
}

/** What to tell a person about a failed call. */
export function told(error, t) {
  if (error instanceof Fault) {
    if (error.kind === "offline") return t("fault offline");
    if (error.kind === "missing") return t("fault missing");
    if (error.code === 1002) return t("fault no project");
    if (error.code === 1001) return t("fault token");
    if (error.code === 2001) return t("fault credits");
    if (error.code === 429) return t("fault busy");
    if (error.message) return error.message;
    return t("fault status", { status: error.status });
  }
  return t("fault inside");
}
