// SPDX-License-Identifier: GPL-3.0-or-later
// The files of a project and those on their way into it: tiles with a picture, progress, and words for what went wrong.
import { api, show, told } from "../core/api.js";
import { kindIcons, ownFile } from "../core/draft.js";
import { fill, h, say, soon } from "../core/dom.js";
import { icon, wheel } from "../core/icons.js";
import { bytes, clock, list, t } from "../core/words.js";
import { notice } from "./notices.js";

/** Whether a file is no piece of the film by itself: a script, a colour table. */
const isAside = (file) => file.file_type === "text" || file.file_type === "lut";

/** The picture of a file: the server's small one; where it makes none, the photo itself; else a sign of its kind. */
export function thumbnail(file, width = 240) {
  const sign = () => h("span", { class: "sign" }, icon(kindIcons[file.file_type] ?? "page"));
  if (file.file_type === "audio" || isAside(file)) return sign();
  const image = h("img", { alt: "", loading: "lazy", decoding: "async", draggable: "false" });
  let step = api.has("thumb") ? 0 : 1;
  const next = () => {
    step += 1;
    if (step === 1 || file.file_type !== "image") api.has("thumb");
    if (step <= 1 && file.file_type === "image") load(api.asset(file.id));
    else image.replaceWith(sign());
  };
  const load = (path) => show(image, path).catch(next);
  image.addEventListener("error", next);
  load(step === 0 ? api.thumb(file.id, width) : api.asset(file.id));
  return image;
}

class Media extends HTMLElement {
  #tiles = new Map();

  connectedCallback() {
    this.className = "media";
    this.project = this.closest("k-app").project;
    this.head = h("h2", { class: "media-count" });
    this.grid = h("ul", { class: "tiles", "aria-label": t("your files") });
    this.more = h("li", { class: "tile-more" }, h("button", {
      class: "button only", "aria-label": t("add files"), title: t("add files"),
      onclick: () => this.dispatchEvent(new CustomEvent("ask-files", { bubbles: true, detail: "files" })),
    }, icon("plus")));
    this.grid.append(this.more);
    this.refusals = h("ul", { class: "refusals" });
    fill(this, this.head, this.grid, this.refusals);
    const draw = soon(() => this.#draw());
    for (const name of ["draft", "uploads"]) this.project.addEventListener(name, draw);
    this.#draw();
  }

  #draw() {
    const { media, uploads } = this.project;
    const taken = new Set(media.map((file) => file.id));
    const going = uploads.list.filter((one) => !taken.has(one.asset));
    // Whichever arrives first, they stand as they were brought, as in the film.
    const wanted = new Map();
    const brought = new Set(uploads.list.map((one) => one.asset));
    for (const file of media) if (!brought.has(file.id)) wanted.set(file.id, file);
    for (const upload of uploads.list) {
      const file = media.find((one) => one.id === upload.asset);
      if (file) wanted.set(file.id, file);
      else if (upload.state !== "refused") wanted.set(upload.id, upload);
    }
    for (const [id, tile] of this.#tiles) {
      if (wanted.has(id)) continue;
      tile.remove();
      this.#tiles.delete(id);
    }
    let place = 0;
    for (const [id, item] of wanted) {
      let tile = this.#tiles.get(id);
      if (!tile) {
        tile = item.file_type ? this.#fileTile(item) : this.#uploadTile(item);
        this.#tiles.set(id, tile);
      }
      const there = this.grid.children[place++];
      if (there !== tile) this.grid.insertBefore(tile, there ?? this.more);
      tile.update?.(item);
    }
    this.hidden = media.length + uploads.list.length === 0;
    this.#count(media, going);
    this.#refused(uploads.list.filter((one) => one.state === "refused"));
  }

  #count(media, going) {
    const kinds = { image: 0, video: 0, audio: 0, text: 0, lut: 0 };
    for (const file of media) kinds[file.file_type] += 1;
    for (const one of going) if (one.state !== "refused") kinds[one.kind] += 1;
    const parts = Object.entries(kinds).filter(([, n]) => n).map(([kind, n]) => t(`count ${kind}`, { n }));
    const busy = going.filter((one) => one.state !== "refused" && one.state !== "done").length;
    const text = parts.length ? list(parts) : t("no files");
    say(this.head, busy ? t("still coming", { files: text, n: busy }) : text);
  }

  #fileTile(file) {
    const name = file.filename;
    // What the person's own browser showed of it stands until the server's small picture is there.
    const own = this.project.uploads.list.find((one) => one.asset === file.id)?.picture;
    const tile = h("li", {
      class: `tile ${file.file_type}`, title: name, style: own ? { background: `center / cover url("${own}")` } : {}, draggable: isAside(file) ? null : "true",
      ondragstart: (event) => {
        event.dataTransfer.setData(ownFile, file.id);
        event.dataTransfer.effectAllowed = "copy";
      },
    }, thumbnail(file), h("span", { class: "unseen" }, name),
      file.file_type === "audio" || isAside(file) ? h("span", { class: "tile-name" }, name) : null,
      file.duration ? h("span", { class: "tile-time figures" }, clock(file.duration * 1000)) : null,
      isAside(file) ? null : h("button", { class: "tile-add", "aria-label": t("into film", { name }), title: t("into film", { name }), onclick: () => this.#put(file) }, icon("plus")));
    tile.dataset.asset = file.id;
    return tile;
  }

  /** Puts a file into the film: a picture behind the one that is on, a song as its music. */
  async #put(file) {
    const { draft, player } = this.project;
    const place = draft.pictures.indexOf(draft.at(player?.time ?? 0)) + 2;
    try {
      await this.project.insert([file.id], place);
    } catch (error) {
      notice(told(error, t), { kind: "bad" });
    }
  }

  #uploadTile(upload) {
    const fillBar = h("span");
    const words = h("span", { class: "unseen" });
    const busy = wheel(true);
    const tile = h("li", { class: `tile going ${upload.kind}`, title: upload.name },
      upload.picture ? h("img", { alt: "", src: upload.picture, draggable: "false" }) : h("span", { class: "sign" }, icon(kindIcons[upload.kind])),
      words, busy, h("span", { class: "bar" }, fillBar));
    tile.update = (one) => {
      tile.dataset.state = one.state;
      fillBar.style.transform = `scaleX(${one.state === "done" || one.state === "looking" ? 1 : one.progress})`;
      busy.classList.toggle("turning", one.state === "looking" || one.state === "sending");
      say(words, `${one.name}: ${t(`upload ${one.state}`)}`);
    };
    return tile;
  }

  #refused(all) {
    const shown = all.map((one) => one.id + one.message).join();
    if (shown === this.shownRefusals) return;
    this.shownRefusals = shown;
    fill(this.refusals, all.map((upload) => h("li", { class: "note bad" }, icon("alert"),
      h("div", {}, h("strong", {}, upload.name), ` (${bytes(upload.size)})`, h("p", {}, upload.message)),
      h("button", { class: "button quiet small only", "aria-label": t("try again file", { name: upload.name }), title: t("try again"), onclick: () => this.project.uploads.again(upload) }, icon("retry")),
      h("button", { class: "button quiet small only", "aria-label": t("leave out file", { name: upload.name }), title: t("leave out"), onclick: () => this.project.uploads.remove(upload) }, icon("close")))));
  }
}
customElements.define("k-media", Media);
