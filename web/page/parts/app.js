// SPDX-License-Identifier: GPL-3.0-or-later
// The whole page: which room is shown, files that are dropped or pasted anywhere, wishes that are said anywhere.
import { api, told } from "../core/api.js";
import { fill, h, isTyping } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { Project } from "../core/project.js";
import { filesOf } from "../core/uploads.js";
import { t } from "../core/words.js";
import { linksOf } from "./composer.js";
import "./hero.js";
import "./log.js";
import "./media.js";
import { notice } from "./notices.js";
import "./top.js";
import "./wishes.js";

class App extends HTMLElement {
  async connectedCallback() {
    for (const name of ["ask-files", "wish", "links", "land"]) this.addEventListener(name, (event) => this[`on_${name.replace("-", "_")}`](event.detail));
    this.#listenForFiles();
    addEventListener("hashchange", () => this.#route());
    addEventListener("keydown", (event) => this.#key(event));
    api.addEventListener("unknown", () => this.#locked());
    await this.#route();
  }

  // Rooms

  async #route() {
    const [, room, id] = location.hash.match(/^#\/(\w+)?\/?([^/]*)/) ?? [];
    const handed = location.hash.match(/^#(pair|claim)=(.+)$/);
    if (handed) return this.#admit(handed[1], decodeURIComponent(handed[2]));
    if (room === "project" && this.project?.id === decodeURIComponent(id) && this.room) return;
    this.project?.close();
    this.project = new Project();
    if (room === "projects") return this.#show(await this.#projects());
    this.#show(this.#studio());
    if (room !== "project" || !id) return this.#welcome();
    this.toggleAttribute("data-loading", true);
    try {
      await this.project.open(decodeURIComponent(id));
      this.#stage();
    } catch (error) {
      this.#notThere(error);
    }
    this.toggleAttribute("data-loading", false);
  }

  #show(room) {
    this.room = room;
    fill(this, h("a", { class: "skip", href: "#main", onclick: (event) => { event.preventDefault(); this.querySelector("main")?.focus(); } }, t("skip")),
      h("k-top"), room, h("div", { class: "drop-veil", "aria-hidden": "true" }, h("div", {}, h("p", { class: "drop-anywhere" }, icon("plus"), t("drop here")), h("p", { class: "drop-place" }, icon("plus"), t("drop place")))), h("k-notices"));
  }

  #studio() {
    const room = h("main", { class: "room", id: "main", tabindex: "-1", dataset: { stage: "start", tab: "talk" } });
    const talk = h("section", { class: "talk", id: "talk", "aria-label": t("conversation") },
      h("k-hero"), h("k-media"), h("k-log"), h("k-wishes"), h("k-composer"), h("div", { class: "recent" }));
    room.append(h("h1", { class: "unseen", hidden: true }), talk);
    for (const name of ["draft", "turns", "uploads"]) this.project.addEventListener(name, () => this.#stage());
    // What shows a film is fetched while files come in, or while the film is thought of; its first second while room is made for it.
    this.project.addEventListener("uploads", () => import("./film.js"), { once: true });
    this.project.addEventListener("asking", () => {
      this.first = this.project.draft.isEmpty;
      import("./film.js");
    });
    this.project.addEventListener("draft", async () => {
      const { project } = this;
      if (!this.first || this.fetched === project.id || project.draft.isEmpty || !api.has("preview") || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
      this.fetched = project.id;
      const { Chunks, fetchAhead } = await import("../core/chunks.js");
      if (Chunks.isPossible) fetchAhead(project.id, project.revision);
    });
    this.project.addEventListener("answered", async () => {
      this.#stage();
      if (!this.first || this.project.draft.isEmpty) return;
      await this.furnished;
      requestAnimationFrame(() => this.project.player?.premiere());
    });
    const { project } = this;
    let held = 0;
    project.addEventListener("held", () => {
      if (!held && project.held) notice(t("edit kept"));
      held = project.held;
    });
    project.exports.addEventListener("ended", async (event) => (await import("./export.js")).tellEnd(event.detail, project));
    return room;
  }

  /** Start: nothing but files and a wish. Studio: there is a film to look at. */
  #stage() {
    const { room, project } = this;
    if (!room?.querySelector("k-hero")) return;
    const stage = project.draft.isEmpty ? "start" : "studio";
    const bare = project.media.length + project.uploads.list.length + project.turns.length === 0;
    room.querySelector("k-hero").hidden = stage === "studio" || !bare;
    // Without the sentence of the empty page the film's name heads what readers of the screen hear.
    const heading = room.querySelector("h1.unseen");
    heading.hidden = !room.querySelector("k-hero").hidden;
    heading.textContent = project.name || t("new film");
    room.querySelector(".recent").hidden = !bare;
    if (room.dataset.stage === stage && this.built === room) return;
    room.dataset.stage = stage;
    if (stage === "studio") {
      this.built = room;
      this.furnished = this.#furnish(room);
    }
  }

  /** Loads the player and the timeline: a page that has no film yet does without. */
  async #furnish(room) {
    const { build } = await import("./film.js");
    // Whoever has gone elsewhere meanwhile needs no furniture; a film that was taken back and forth again has its own.
    if (this.built === room && room.isConnected && !room.querySelector("k-player")) build(room, this);
  }

  async #welcome() {
    const { recent } = await import("./projects.js");
    const place = this.querySelector(".recent");
    if (place) recent(place).catch(() => {});
    if (matchMedia("(pointer: fine)").matches) this.querySelector("k-composer")?.focus();
  }

  async #projects() {
    await import("./projects.js");
    return h("k-projects", { class: "room-list", id: "main", role: "main", tabindex: "-1" });
  }

  #notThere(error) {
    const missing = error.code === 1002;
    fill(this.room, h("div", { class: "nothing" }, icon(missing ? "films" : "offline"), h("h1", {}, t(missing ? "no such film" : "cannot open")),
      h("p", {}, missing ? t("no such film more") : told(error, t)),
      h("div", { class: "row" },
        missing ? null : h("button", { class: "button main", onclick: () => { this.project.id = null; this.room = null; this.#route(); } }, icon("retry"), t("try again")),
        h("a", { class: "button", href: "#/projects" }, t("your films")), h("a", { class: "button", href: "#/" }, t("new film")))));
  }

  /** Nobody in particular: a server for others lets anybody in, one's own only those it was told of. */
  async #locked() {
    if (this.entering || this.room?.classList.contains("locked")) return;
    this.entering = true;
    let hosted = false;
    try {
      hosted = (await api.version()).policy === "hosted";
      if (hosted) {
        await api.enter();
        this.entering = false;
        this.room = null;
        return this.#route();
      }
    } catch (error) {
      if (hosted) notice(told(error, t), { kind: "bad" });
    }
    this.entering = false;
    this.#show(h("main", { class: "room locked", id: "main", tabindex: "-1" }, h("div", { class: "nothing" }, icon("phone"), h("h1", {}, t("locked")), h("p", {}, t("locked more")))));
    api.token = null;
  }

  async #admit(way, text) {
    history.replaceState(null, "", "#/");
    try {
      const sid = await api[way](text);
      location.hash = sid ? `#/project/${encodeURIComponent(sid)}` : "#/projects";
    } catch (error) {
      await this.#route();
      notice(error.kind === "refused" || error.kind === "missing" ? t(`${way} refused`) : told(error, t), { kind: "bad" });
    }
  }

  async openExport() {
    const { openExport } = await import("./export.js");
    openExport(this.project);
  }

  async openSettings() {
    const { openSettings } = await import("./settings.js");
    openSettings(this);
  }

  // What comes from a person

  on_wish(text) {
    if (this.project.isBusy) return;
    if (this.room) this.room.dataset.tab = "talk";
    this.project.say(text);
    this.#stage();
  }

  async on_links(urls) {
    const close = notice(t("fetching links", { n: urls.length }));
    try {
      await api.addLinks(await this.project.ensure(), urls);
      await this.project.refresh();
    } catch (error) {
      notice(told(error, t), { kind: "bad" });
      this.querySelector("k-composer")?.put(urls.join("\n"));
    }
    close();
  }

  on_ask_files(what) {
    const input = h("input", { type: "file", multiple: true, accept: what === "folder" ? null : "image/*,video/*,audio/*,.heic,.heif,.mkv,.txt,.md,.srt,.vtt,.cube" });
    if (what === "folder") input.webkitdirectory = true;
    // Some browsers forget a field that stands nowhere while its dialog is open.
    input.hidden = true;
    document.body.append(input);
    input.addEventListener("change", () => {
      this.take([...input.files]);
      input.remove();
    });
    input.addEventListener("cancel", () => input.remove());
    input.click();
  }

  take(files) {
    if (!files.length) return notice(t("nothing dropped"));
    const added = this.project.uploads.add(files);
    this.#stage();
    return added;
  }

  /** Files stand in the film where they were let go: before a picture, or at the end. */
  async on_land({ files, assets, before }) {
    const { project } = this;
    try {
      if (files) {
        const added = this.take(files);
        assets = added ? await project.uploads.settled(added) : [];
        await project.refresh(true);
      }
      const place = project.draft.pictures.findIndex((one) => one.id === before);
      await project.insert(assets, place < 0 ? -1 : place + 1);
    } catch (error) {
      notice(told(error, t), { kind: "bad" });
    }
  }

  #listenForFiles() {
    let depth = 0;
    const bears = (event) => event.dataTransfer?.types.includes("Files") || (event.dataTransfer?.types.includes("text/uri-list") && !event.dataTransfer.types.includes("application/x-kinora"));
    const over = (on) => document.documentElement.toggleAttribute("data-dropping", on);
    addEventListener("dragenter", (event) => {
      if (!bears(event)) return;
      event.preventDefault();
      depth += 1;
      over(true);
    });
    addEventListener("dragleave", (event) => {
      if (!bears(event)) return;
      depth = Math.max(0, depth - 1);
      if (!depth) over(false);
    });
    addEventListener("dragover", (event) => {
      if (!bears(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
    });
    addEventListener("drop", async (event) => {
      if (!bears(event)) return;
      event.preventDefault();
      depth = 0;
      over(false);
      const transfer = event.dataTransfer;
      const link = transfer.getData("text/uri-list");
      const timeline = event.target instanceof Element ? event.target.closest(".line-view")?.closest("k-timeline") : null;
      const before = timeline?.landingPlace(event.clientX);
      const files = await filesOf(transfer).catch(() => [...transfer.files]);
      if (files.length && timeline) this.on_land({ files, before });
      else if (files.length) this.take(files);
      else if (/^https?:/.test(link)) this.on_links(link.split(/\r?\n/).filter((line) => /^https?:/.test(line)));
      else notice(t("nothing dropped"));
    });
    addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      const links = isTyping(event) ? [] : linksOf(event.clipboardData?.getData("text/plain") ?? "");
      if (!files.length && !links.length) return;
      event.preventDefault();
      if (files.length) this.take(files);
      else this.on_links(links);
    });
    // Files on their way are lost with the page, and so are changes that wait: the browser asks first.
    addEventListener("beforeunload", (event) => (this.project?.uploads.isBusy || this.project?.held) && event.preventDefault());
  }

  #key(event) {
    if (document.querySelector("dialog[open]") || !this.project) return;
    const typing = isTyping(event);
    const command = event.ctrlKey || event.metaKey;
    if (command && !event.altKey && event.key.toLowerCase() === "z" && !typing) {
      event.preventDefault();
      this.project[event.shiftKey ? "redo" : "undo"]().catch((error) => notice(told(error, t)));
    } else if (event.key === "/" && !typing && !command) {
      event.preventDefault();
      this.querySelector("k-composer")?.focus();
    }
  }
}
customElements.define("k-app", App);
