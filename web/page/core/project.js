// SPDX-License-Identifier: GPL-3.0-or-later
// The open project as the page knows it: what the server said last, and the calls that change it. Parts listen to its events:
// `draft` (with revision and media), `turns`, `uploads`, `selection`, `exports`, `work` (a call is under way or done),
// `held` (a change waits for the server, or no longer).
import { api, Fault } from "./api.js";
import { Draft } from "./draft.js";
import { Exports } from "./exports.js";
import { Held } from "./held.js";
import { keep } from "./settings.js";
import { lines, remembering, turnsOf, withHands } from "./turns.js";
import { Uploads } from "./uploads.js";
import { t } from "./words.js";

export class Project extends EventTarget {
  id = null;
  name = "";
  revision = 0;
  draft = new Draft();
  media = [];
  turns = [];
  selection = new Set();
  /** Why the state could not be read; null when it could. */
  trouble = null;
  loaded = false;
  working = 0;
  #held = new Held(this, () => this.#tell("held"));
  #making = null;
  #watch = null;
  #lastEvent = null;
  #heardOf = null;
  #asked = 0;
  #answered = 0;
  #turn = null;
  #texts = null;

  constructor() {
    super();
    this.exports = new Exports(this);
    this.uploads = new Uploads(() => this.ensure());
    this.uploads.addEventListener("change", () => this.#tell("uploads"));
    this.uploads.addEventListener("taken", () => this.refresh());
    api.addEventListener("reach", this.#reach);
    document.addEventListener("visibilitychange", this.#restWhenHidden);
  }

  #reach = async () => {
    if (!api.reachable) return;
    await this.refresh();
    this.#carryOn();
  };

  #tell(name) {
    this.dispatchEvent(new Event(name));
  }

  /** Changes that wait for the server to be there again. */
  get held() {
    return this.#held.count;
  }

  get isBusy() {
    return this.#turn !== null;
  }

  /** The project's id; where there is none yet, it is made. */
  ensure() {
    if (this.id) return Promise.resolve(this.id);
    this.#making ??= api
      .createProject(t("new project"))
      .then((sid) => {
        this.#adopt(sid);
        return sid;
      })
      .finally(() => (this.#making = null));
    return this.#making;
  }

  #adopt(sid) {
    this.id = sid;
    keep.set("project", sid);
    const known = keep.json("projects", []).filter((one) => one !== sid);
    keep.setJSON("projects", [sid, ...known].slice(0, 50));
    history.replaceState(null, "", `#/project/${encodeURIComponent(sid)}`);
    this.#follow();
    this.#tell("open");
  }

  /** Opens a project that is there. */
  async open(sid) {
    this.id = sid;
    try {
      await this.refresh(true);
    } catch (error) {
      if (error.code === 1002) this.id = null;
      throw error;
    }
    this.#adopt(sid);
    try {
      const [events, edits] = await Promise.all([api.history(sid), api.edits(sid).catch(() => [])]);
      this.turns = withHands(turnsOf(events), edits);
      // What the film is now can be shown beside the turn that made it so.
      const newest = this.turns.findLast((turn) => turn.revisionAfter !== turn.revisionBefore);
      if (newest?.revisionAfter === this.revision && !this.draft.isEmpty) newest.changedAt = Math.min(1500, this.draft.length / 2);
      this.#tell("turns");
    } catch (error) {
      if (error.kind !== "missing") this.trouble = error;
    }
  }

  /** Ends what listens: the page goes on to another project. */
  close() {
    this.#watch?.abort();
    this.#turn?.abort();
    this.exports.close();
    api.removeEventListener("reach", this.#reach);
    document.removeEventListener("visibilitychange", this.#restWhenHidden);
  }

  look() {
    return this.refresh(true);
  }

  /** Reads the state anew. Throws only if `strict`. */
  async refresh(strict = false) {
    if (!this.id) return;
    try {
      const asked = ++this.#asked;
      const data = await api.state(this.id);
      // Of answers that overtook one another, the one asked for last counts.
      if (asked > this.#answered) {
        this.#answered = asked;
        this.#take(data);
      }
      this.trouble = null;
    } catch (error) {
      this.trouble = error;
      if (strict) throw error;
    }
    this.#tell("draft");
  }

  #take(data) {
    this.name = data.task_name ?? this.name;
    this.media = data.state?.video_infos ?? this.media;
    if (data.revision !== this.revision || !this.loaded) this.draft = new Draft(data.state?.draft);
    this.revision = data.revision;
    this.pages = { register: data.register_url ?? null, upgrade: data.upgrade_url ?? null };
    this.history = { undo: data.undo ?? data.can_undo, redo: data.redo ?? data.can_redo };
    this.loaded = true;
    for (const id of this.selection) if (!this.draft.find(id)) this.selection.delete(id);
  }

  asset(id) {
    return this.media.find((one) => one.id === id);
  }

  /** Texts as they are seen, by segment: asked for once a revision; none where the server does not tell. */
  shownTexts() {
    if (this.#texts?.revision !== this.revision) {
      const asked = api.texts(this.id).then((rows) => new Map(rows.map((one) => [one.id, one])), () => new Map());
      this.#texts = { revision: this.revision, asked };
    }
    return this.#texts.asked;
  }

  // What was done by hand

  /**
   * Applies operations; on a stale base once more on the current draft, if what they name is still there. While nobody answers
   * they wait, in the order in which they were made.
   */
  async edit(ops) {
    await this.ensure();
    return this.#work(() => this.#held.run(() => this.#apply(ops)));
  }

  async #apply(ops) {
    try {
      return this.#changed(await api.edit(this.id, this.revision, ops));
    } catch (fault) {
      if (fault.status !== 409) throw fault;
      await this.refresh(true);
      const named = ops.flatMap((op) => [op.segment, op.segments, op.texts, op.after, op.before].flat()).filter((id) => typeof id === "string");
      if (named.some((id) => !this.draft.find(id))) throw new Fault("refused", t("edit overtaken"), { status: 409 });
      return this.#changed(await api.edit(this.id, this.revision, ops));
    }
  }

  /** Whether a hand has changed the film that stood at a revision. */
  async hasHand(revision) {
    if (revision === this.revision) return false;
    return (await api.edits(this.id)).some((one) => one.from === revision && !one.said);
  }

  /** Puts files into the film: pictures from a place on (counted from 1; -1 is the end), the last of the songs as its music. */
  async insert(assets, at = -1) {
    const files = assets.map((id) => this.asset(id)).filter(Boolean);
    const pictures = files.filter((file) => file.file_type === "image" || file.file_type === "video").map((file) => file.id);
    const song = files.findLast((file) => file.file_type === "audio");
    const ops = [pictures.length && { op: "insert", media: pictures, at }, song && { op: "music", media: song.id }].filter(Boolean);
    if (ops.length) await this.edit(ops);
  }

  undo() {
    return this.#step("undo");
  }

  redo() {
    return this.#step("redo");
  }

  #step(direction) {
    return this.#work(async () => {
      try {
        return await this.#held.run(async () => this.#changed(await api.step(this.id, direction), { told: false }));
      } catch (fault) {
        if (fault.kind !== "missing") throw fault;
      }
      // A server without the call understands the word.
      for await (const event of api.turn(this.id, t(`say ${direction}`))) if (event.error) throw new Fault("refused", event.error);
      await this.refresh(true);
      return {};
    });
  }

  /** Takes over what an edit led to. A step through the history is seen by what it takes back; it is not told of its own. */
  #changed(reply, { told = true } = {}) {
    const words = (told ? reply.changes ?? [] : []).map((change) => change.words).filter(Boolean);
    if (words.length) {
      this.turns.push({ id: `h${reply.revision}-${this.turns.length}`, hand: true, at: Date.now() / 1000, said: "", answer: lines(words), state: "done", revisionBefore: this.revision, revisionAfter: reply.revision });
    }
    this.revision = reply.revision ?? this.revision;
    if (reply.draft) this.draft = new Draft(reply.draft);
    if ("undo" in reply || "redo" in reply) this.history = { undo: reply.undo, redo: reply.redo };
    for (const id of this.selection) if (!this.draft.find(id)) this.selection.delete(id);
    this.#tell("draft");
    if (words.length) this.#tell("turns");
    return reply;
  }

  async #work(action) {
    this.working += 1;
    this.#tell("work");
    try {
      return await action();
    } finally {
      this.working -= 1;
      this.#tell("work");
      // What came from elsewhere meanwhile.
      if (!this.working && this.#heardOf !== null && this.#heardOf !== this.revision) this.refresh();
    }
  }

  async rename(name) {
    await this.ensure();
    await api.rename(this.id, name);
    this.name = name;
    this.#tell("draft");
  }

  select(ids, { more = false } = {}) {
    if (!more) this.selection.clear();
    for (const id of [ids].flat()) {
      if (more && this.selection.has(id)) this.selection.delete(id);
      else if (id) this.selection.add(id);
    }
    this.#tell("selection");
  }

  // What is said

  /** One turn. What is streamed is shown as it comes; at the end the draft is read anew. */
  async say(text) {
    const turn = { id: `t${Date.now()}`, said: text, answer: "", state: "waiting", at: Date.now() / 1000 };
    this.turns.push(turn);
    this.#turn = new AbortController();
    this.#tell("turns");
    this.dispatchEvent(new CustomEvent("asking", { detail: turn }));
    const { signal } = this.#turn;
    let whole = false;
    try {
      const sid = await this.ensure();
      turn.revisionBefore = this.revision;
      const before = this.draft;
      const looked = this.player?.time ?? 0;
      const picture = before.isEmpty ? null : await this.player?.snapshot();
      for await (const event of api.turn(sid, text, signal)) {
        if (event.error || event.errorMessage) throw new Fault("refused", event.error ?? event.errorMessage);
        const said = (event.content?.parts ?? []).map((part) => part.text ?? "").join("");
        if (event.invocationId) turn.invocation = event.invocationId;
        if (said && event.content?.role !== "user") {
          if (event.partial) turn.answer = whole ? `${turn.answer}\n${said}` : turn.answer + said;
          else turn.answer = whole ? `${turn.answer}\n${said}` : said;
          whole = !event.partial;
          turn.state = "answering";
          this.#tell("turns");
        }
      }
      await this.refresh(true);
      turn.revisionAfter = this.revision;
      if (turn.revisionAfter !== turn.revisionBefore && !this.draft.isEmpty) {
        // Where the person was looking when they said it, if it shows there; else where it shows first.
        const shows = picture && looked < this.draft.length && before.look(looked) !== this.draft.look(looked);
        turn.changedAt = shows ? looked : before.isEmpty ? Math.min(1500, this.draft.length / 2) : this.draft.firstChange(before);
        if (shows) turn.beforePicture = picture;
      }
      turn.state = "done";
      // A film that nobody has named yet is called what its title says.
      if (this.draft.title && this.name === t("new project")) this.rename(this.draft.title.slice(0, 120)).catch(() => {});
    } catch (error) {
      turn.state = error.name === "AbortError" ? "stopped" : "failed";
      turn.fault = error;
      if (error.kind === "offline") turn.state = "broken";
    }
    this.#turn = null;
    this.#tell("turns");
    this.dispatchEvent(new CustomEvent("answered", { detail: turn }));
  }

  /** What was said last, and broke off: if it has arrived, its answer is shown, else it is said again. */
  async #carryOn() {
    const turn = this.turns.findLast((one) => !one.hand);
    if (turn?.state !== "broken" || this.#turn || turn.carried) return;
    turn.carried = true;
    try {
      const same = (turns) => turns.filter((one) => one.said === turn.said && one.state !== "stopped" && one.state !== "failed").length;
      if (this.id && same(turnsOf(await api.history(this.id))) >= same(this.turns)) return this.#catchUp();
    } catch {
      return;
    }
    if (this.#turn) return;
    this.turns = this.turns.filter((one) => one !== turn);
    this.say(turn.said);
  }

  /** Stops listening to the turn under way. What the server has begun it ends; the edit can be undone. */
  stop() {
    this.#turn?.abort();
  }

  // What happens elsewhere: in another tab, on a phone, by an agent.

  /** While nobody looks at the page it rests: browsers allow a server few connections. What it missed comes when it is back. */
  #restWhenHidden = () => {
    clearTimeout(this.#rest);
    if (document.hidden) this.#rest = setTimeout(() => this.#watch?.abort(), 60000);
    else if (this.#watch?.signal.aborted && this.id) {
      this.#follow();
      this.refresh();
    }
  };
  #rest = 0;

  async #follow() {
    this.#watch?.abort();
    const watch = (this.#watch = new AbortController());
    let wait = 500;
    while (!watch.signal.aborted) {
      try {
        for await (const event of api.events(this.id, this.#lastEvent, watch.signal)) {
          wait = 500;
          if (event.id) this.#lastEvent = event.id;
          this.#heard(event);
        }
      } catch (error) {
        if (error.name === "AbortError" || error.kind === "missing") return;
        if (error.kind === "refused" && error.status < 500 && error.status !== 429) return;
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait = Math.min(wait * 2, 10000);
    }
  }

  #heard({ kind, data }) {
    if (kind === "revision") {
      this.#heardOf = data.revision;
      if (!this.working && (data.name || data.revision !== this.revision)) this.refresh();
    }
    else if (kind === "asset") this.refresh();
    else if (kind === "missed") this.refresh().then(() => this.#catchUp());
    else if (kind === "turn" && !this.#turn && (data.state ?? data.status ?? "done") !== "started") this.#catchUp();
    else if (kind === "export") this.dispatchEvent(new CustomEvent("export", { detail: data }));
  }

  /** A turn was taken elsewhere: the conversation is read anew. */
  async #catchUp() {
    try {
      const turns = remembering(turnsOf(await api.history(this.id)), this.turns);
      if (this.#turn) return;
      // What was done by hand keeps its place among what was said.
      const byHand = this.turns.filter((turn) => turn.hand);
      this.turns = [...turns, ...byHand].sort((a, b) => a.at - b.at);
      this.#tell("turns");
    } catch {
      // The next event tries again.
    }
  }
}
