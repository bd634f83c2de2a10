// SPDX-License-Identifier: GPL-3.0-or-later
// The films of a person, with covers that move when they are pointed at.
import { api, show, told } from "../core/api.js";
import { Draft } from "../core/draft.js";
import { fill, h } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { keep } from "../core/settings.js";
import { ago, bytes, clock, t } from "../core/words.js";
import { notice } from "./notices.js";
import { thumbnail } from "./media.js";

/** What the list shows of a project, whatever a server calls it. */
function read(row) {
  return {
    id: row.session_id ?? row.id, name: row.name ?? row.task_name ?? "", changed: row.changed_at ?? row.updated_at ?? row.changed ?? null,
    length: row.duration ?? row.d ?? null, bytes: row.bytes ?? row.storage_bytes ?? null, revision: row.revision ?? 0, cover: row.cover ?? row.cover_url ?? null,
  };
}

const seconds = (time) => (typeof time === "string" ? Date.parse(time) / 1000 : time);

/** All projects, and what they weigh together. A server that does not list them is asked for those that this browser remembers. */
export async function projects() {
  try {
    const { projects: rows, bytes: weight } = await api.projects();
    return Object.assign(rows.map(read), { weight });
  } catch (fault) {
    if (fault.kind !== "missing") throw fault;
  }
  const known = await Promise.all(keep.json("projects", []).map(async (sid) => {
    try {
      const data = await api.state(sid);
      const draft = new Draft(data.state.draft);
      return { id: sid, name: data.task_name, length: draft.length || null, revision: data.revision, files: data.state.video_infos, changed: null, bytes: null };
    } catch (fault) {
      return fault.code === 1002 ? null : Promise.reject(fault);
    }
  }));
  return known.filter(Boolean);
}

/** A cover: a frame of the film, or its first picture; frames follow one another while it is pointed at. */
function cover(project) {
  const place = h("span", { class: "cover" }, h("span", { class: "sign" }, icon("films")));
  if (project.revision && project.length !== 0 && api.has("frame")) {
    // In the page from the start: a picture that stands nowhere is never fetched by a browser that is lazy.
    const image = h("img", { alt: "", decoding: "async", loading: "lazy" });
    image.addEventListener("load", () => place.classList.add("seen"), { once: true });
    place.append(image);
    // The frame of a time behind the end is the last one: a cover needs no film's length.
    const at = (step) => api.frame(project.id, project.length ? (project.length * (step + 0.5)) / 8 : 700 + step * 1500, 480, project.revision);
    show(image, at(0)).catch(() => {});
    let timer = null;
    let step = 0;
    place.play = () => {
      timer ??= setInterval(() => {
        step = (step + 1) % 8;
        show(image, at(step)).catch(() => place.rest());
      }, 700);
    };
    place.rest = () => {
      clearInterval(timer);
      timer = null;
    };
  } else {
    const first = project.files?.find((file) => file.file_type === "image" || file.file_type === "video");
    if (first) fill(place, thumbnail(first, 480));
  }
  return place;
}

function tile(project) {
  const picture = cover(project);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const facts = [project.length ? clock(project.length) : null, project.changed ? ago(seconds(project.changed)) : null, project.bytes ? bytes(project.bytes) : null];
  return h("a", {
    class: "film-tile", href: `#/project/${encodeURIComponent(project.id)}`,
    onpointerenter: () => still || picture.play?.(), onpointerleave: () => picture.rest?.(),
  }, picture, h("strong", {}, project.name || t("new film")), h("span", { class: "film-facts figures" }, facts.filter(Boolean).join(" · ")));
}

/** The last few films, under an empty page. */
export async function recent(place) {
  const all = (await projects()).filter((one) => one.revision).slice(0, 4);
  if (!all.length) return;
  fill(place, h("h2", {}, t("carry on")), h("div", { class: "film-row" }, all.map(tile)));
}

class Projects extends HTMLElement {
  connectedCallback() {
    this.list = h("ul", { class: "film-grid", "aria-label": t("your films") });
    this.weight = h("p", { class: "weight figures" });
    this.create = h("a", { class: "button main", href: "#/" }, icon("plus"), t("new film"));
    fill(this, h("div", { class: "list-head" }, h("div", {}, h("h1", {}, t("your films")), this.weight), this.create), this.list);
    this.#load();
  }

  async #load() {
    fill(this.list, Array.from({ length: 3 }, () => h("li", { class: "film-cell ghost" }, h("span", { class: "cover" }))));
    try {
      this.all = await projects();
      this.#draw();
    } catch (error) {
      fill(this.list, h("li", { class: "nothing" }, icon("offline"), h("p", {}, told(error, t)), h("button", { class: "button", onclick: () => this.#load() }, icon("retry"), t("try again"))));
    }
  }

  #draw() {
    this.weight.textContent = this.all.weight ? t("storage", { size: bytes(this.all.weight) }) : "";
    // An empty list has the way to a film in its middle.
    this.create.hidden = !this.all.length;
    if (!this.all.length) {
      return fill(this.list, h("li", { class: "nothing" }, icon("films"), h("h2", {}, t("no films")), h("p", {}, t("no films more")), h("a", { class: "button main", href: "#/" }, icon("plus"), t("new film"))));
    }
    fill(this.list, this.all.map((project) => h("li", { class: "film-cell" }, tile(project), this.#ways(project))));
  }

  #ways(project) {
    const item = (sign, label, run) => h("button", { class: "button quiet only small", "aria-label": `${label}: ${project.name}`, title: label, onclick: run }, icon(sign));
    return h("div", { class: "film-ways" },
      item("pencil", t("rename"), () => this.#rename(project)),
      api.has("duplicate") ? item("copy", t("duplicate"), () => this.#duplicate(project)) : null,
      item("bin", t("delete"), () => this.#remove(project)));
  }

  #rename(project) {
    const cell = this.list.children[this.all.indexOf(project)];
    const field = h("input", { class: "field", value: project.name, "aria-label": t("film name"), maxlength: "120" });
    const strong = cell.querySelector("strong");
    const link = cell.querySelector("a");
    let done = false;
    const end = async (keepIt) => {
      if (done) return;
      done = true;
      const name = field.value.trim();
      field.remove();
      strong.hidden = false;
      if (!keepIt || !name || name === project.name) return link.focus();
      try {
        await api.rename(project.id, name);
        project.name = name;
        strong.textContent = name;
      } catch (error) {
        notice(told(error, t), { kind: "bad" });
      }
      link.focus();
    };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) end(true);
      if (event.key === "Escape") end(false);
    });
    field.addEventListener("blur", () => end(true));
    strong.hidden = true;
    link.after(field);
    field.focus();
    field.select();
  }

  async #duplicate(project) {
    try {
      await api.duplicate(project.id, t("copy of", { name: project.name }));
      await this.#load();
    } catch (error) {
      notice(told(error, t), { kind: "bad" });
      if (error.kind === "missing") this.#draw();
    }
  }

  async #remove(project) {
    try {
      await api.remove(project.id);
    } catch (error) {
      return notice(told(error, t), { kind: "bad" });
    }
    this.all = Object.assign(this.all.filter((one) => one !== project), { weight: this.all.weight });
    this.#draw();
    this.focus();
    notice(t("deleted", { name: project.name }), {
      icon: "bin", action: { label: t("undo"), run: async () => {
        try {
          await api.restore(project.id);
        } catch (error) {
          notice(told(error, t), { kind: "bad" });
        }
        this.#load();
      } },
    });
  }
}
customElements.define("k-projects", Projects);
