// SPDX-License-Identifier: GPL-3.0-or-later
// Wishes that fit: first what the dropped files could become, later what the film has not yet.
import { fill, h } from "../core/dom.js";
import { t } from "../core/words.js";

const counts = (media) => {
  const of = (kind) => media.filter((file) => file.file_type === kind);
  return { photos: of("image"), clips: of("video"), songs: of("audio"), texts: of("text") };
};

/** Three wishes for a first film, fitted to the files. */
function first(media) {
  const { photos, clips, songs, texts } = counts(media);
  if (!media.length) return [t("wish type"), t("wish quote"), t("wish countdown")];
  const pictures = photos.length + clips.length;
  if (!pictures) return texts.length ? [t("wish script"), t("wish script vertical"), t("wish quote")] : [t("wish type"), t("wish quote"), t("wish lyrics")];
  const tall = [...photos, ...clips].filter((one) => one.height > one.width).length * 2 > pictures;
  const calm = Math.max(6, Math.min(60, Math.round((pictures * 3) / 5) * 5 || 5));
  const quick = Math.max(5, Math.min(30, Math.round((pictures * 1.5) / 5) * 5 || 5));
  const wishes = [];
  if (songs.length) wishes.push(t("wish beat", { n: calm }));
  else wishes.push(t("wish warm", { n: calm }));
  wishes.push(tall ? t("wish vertical", { n: Math.min(15, quick) }) : t("wish wide", { n: calm }));
  if (texts.length) wishes.push(t("wish script"));
  else if (clips.length > photos.length) wishes.push(t("wish best", { n: quick }));
  else wishes.push(songs.length ? t("wish cinematic") : t("wish music", { n: quick }));
  return wishes;
}

/** Three wishes for the next turn: what the film lacks comes first. */
function next(draft, turns) {
  const said = new Set(turns.map((turn) => turn.said));
  const wishes = [];
  const titles = draft.texts.filter((text) => text.role === "title");
  if (!draft.music.length) wishes.push(t("wish add music"));
  if (!titles.length) wishes.push(t("wish add title"));
  if (draft.music.length && draft.pictures.length > 2 && !draft.json.m?.beats && !turns.some((turn) => /beat|节拍|卡点/i.test(turn.said))) wishes.push(t("wish cut beat"));
  if (draft.length > 30000) wishes.push(t("wish shorter", { n: draft.length > 60000 ? 30 : 15 }));
  wishes.push(draft.width > draft.height ? t("wish make vertical") : t("wish make wide"));
  if (!draft.pictures.some((picture) => picture.grade)) wishes.push(t("wish warmer"));
  wishes.push(t("wish slower"), t("wish black white"), t("wish captions"));
  return wishes.filter((wish) => !said.has(wish)).slice(0, 3);
}

class Wishes extends HTMLElement {
  connectedCallback() {
    this.className = "wishes";
    this.setAttribute("role", "group");
    this.setAttribute("aria-label", t("ideas"));
    this.project = this.closest("k-app").project;
    for (const name of ["draft", "turns", "uploads"]) this.project.addEventListener(name, () => this.#draw());
    this.#draw();
  }

  #draw() {
    const { draft, media, turns, uploads, isBusy } = this.project;
    // What is still on its way is counted too: a wish may be said before the last file is there.
    const seen = media.length ? media : uploads.list.filter((one) => one.state !== "refused").map((one) => ({ file_type: one.kind }));
    const wishes = draft.isEmpty ? first(seen) : next(draft, turns);
    const key = `${isBusy}${wishes.join("|")}`;
    if (key === this.shown) return;
    this.shown = key;
    fill(this, wishes.map((wish) => h("button", { class: "chip", disabled: isBusy, onclick: () => this.#say(wish) }, wish)));
  }

  #say(wish) {
    this.dispatchEvent(new CustomEvent("wish", { bubbles: true, detail: wish }));
  }
}
customElements.define("k-wishes", Wishes);
