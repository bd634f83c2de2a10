// SPDX-License-Identifier: GPL-3.0-or-later
// The conversation: what was said, what was answered, and for each edit a card with the picture before and after.
import { api, show, told } from "../core/api.js";
import { away, fill, h, say } from "../core/dom.js";
import { icon, wheel } from "../core/icons.js";
import { t } from "../core/words.js";
import { notice } from "./notices.js";

class Log extends HTMLElement {
  #shown = new Map();

  connectedCallback() {
    this.className = "log";
    this.setAttribute("role", "log");
    this.setAttribute("aria-label", t("conversation"));
    this.setAttribute("tabindex", "0");
    this.project = this.closest("k-app").project;
    this.list = h("ol");
    this.append(this.list);
    for (const name of ["turns", "draft"]) this.project.addEventListener(name, () => this.#draw());
    // The last line stays in sight when the log is made smaller or comes into view.
    new ResizeObserver(() => (this.scrollTop = this.scrollHeight)).observe(this);
    this.#draw();
  }

  #draw() {
    const { turns } = this.project;
    const atEnd = this.scrollHeight - this.scrollTop - this.clientHeight < 80;
    const kept = new Set(turns.map((turn) => turn.id));
    for (const [id, item] of this.#shown) {
      if (kept.has(id)) continue;
      item.remove();
      this.#shown.delete(id);
    }
    for (const turn of turns) {
      let item = this.#shown.get(turn.id);
      if (!item) {
        item = this.#make(turn);
        this.#shown.set(turn.id, item);
        this.list.append(item);
      }
      this.#update(item, turn);
    }
    this.classList.toggle("empty", turns.length === 0);
    if (atEnd) this.scrollTop = this.scrollHeight;
  }

  #make(turn) {
    const item = h("li", { class: turn.hand ? "turn hand" : "turn" });
    item.parts = {
      said: h("p", { class: "said", dir: "auto" }),
      answer: h("div", { class: "answer", dir: "auto" }),
      busy: h("div", { class: "busy" }, wheel(true), h("span")),
      card: h("div", { class: "card-place" }),
      end: h("div", { class: "turn-end" }),
    };
    const { said, busy, answer, card, end } = item.parts;
    if (turn.said) item.append(h("span", { class: "unseen" }, t("you")), said);
    item.append(h("span", { class: "unseen" }, turn.hand ? t("by hand") : "Kinora"), busy, answer, card, end);
    return item;
  }

  #update(item, turn) {
    const { said, answer, busy, card, end } = item.parts;
    say(said, turn.said);
    say(answer, turn.answer);
    answer.hidden = !turn.answer;
    item.classList.toggle("gone", turn.revisionAfter > this.project.revision);
    busy.hidden = turn.state !== "waiting";
    if (!busy.hidden) say(busy.lastElementChild, t("working"));
    const last = this.project.turns.at(-1) === turn;
    const stand = [turn.state, turn.revisionBefore, turn.revisionAfter, this.project.revision, last, this.project.isBusy].join();
    if (stand === item.stand) return;
    item.stand = stand;
    const changed = !turn.hand && turn.state === "done" && turn.revisionAfter !== undefined && turn.revisionAfter !== turn.revisionBefore;
    fill(card, changed ? this.#card(turn) : null);
    fill(end, this.#ending(turn, last));
  }

  /** Before → after, as small as a stamp, with the way back. */
  #card(turn) {
    const { project } = this;
    const newest = turn.revisionAfter === project.revision;
    const gone = turn.revisionAfter > project.revision;
    const pictures = h("div", { class: "card-pictures" });
    if (turn.changedAt !== undefined && turn.changedAt !== null && api.has("frame") && !gone) {
      const ratio = `${project.draft.width} / ${project.draft.height}`;
      const stamp = (revision, label) => {
        const image = h("img", { alt: label, decoding: "async", style: { "aspect-ratio": ratio } });
        const figure = h("figure", {}, image);
        const leave = () => figure.remove();
        image.addEventListener("error", leave);
        show(image, api.frame(project.id, turn.changedAt, 240, revision)).catch(leave);
        return figure;
      };
      if (turn.beforePicture) pictures.append(h("figure", {}, h("img", { alt: t("before"), src: turn.beforePicture })), h("span", { class: "card-arrow", "aria-hidden": "true" }, "→"));
      pictures.append(stamp(turn.revisionAfter, t("after")));
    }
    const label = newest ? t("undo") : t("back before");
    const back = h("button", { class: "button small", disabled: project.isBusy, onclick: () => this.#back(turn, newest) }, icon("undo"), label);
    return h("div", { class: "card" }, pictures.childElementCount ? pictures : null, gone ? h("span", { class: "card-gone" }, t("taken back")) : back);
  }

  async #back(turn, newest) {
    try {
      if (newest) await this.project.undo();
      else await this.project.edit([{ op: "go-back", revision: turn.revisionBefore }]);
      notice(t("undone"), { icon: "undo", action: { label: t("redo"), run: () => this.project.redo().catch((error) => notice(told(error, t), { kind: "bad" })) } });
    } catch (error) {
      notice(told(error, t), { kind: "bad" });
    }
  }

  #ending(turn, last) {
    const again = (label) => h("button", { class: "button small", onclick: () => this.dispatchEvent(new CustomEvent("wish", { bubbles: true, detail: turn.said })) }, icon("retry"), label);
    if (turn.state === "failed") {
      const { register_url: register, upgrade_url: upgrade } = turn.fault.data ?? {};
      return [h("p", { class: "note bad" }, icon("alert"), told(turn.fault, t)), h("div", { class: "row" }, away(register, t("register")), away(upgrade, t("upgrade")), last && again(t("try again")))];
    }
    if (turn.state === "broken") return [h("p", { class: "note" }, icon("offline"), t("turn broken")), last && again(t("say again"))];
    if (turn.state === "stopped") return [h("p", { class: "note" }, t("turn stopped")), last && again(t("say again"))];
    return null;
  }
}
customElements.define("k-log", Log);
