// SPDX-License-Identifier: GPL-3.0-or-later
// Getting the film out: where it goes, whether it fits there, how far it is, and the finished file in hand.
import { api, told } from "../core/api.js";
import { fill, h, mark, say } from "../core/dom.js";
import { subtitles } from "../core/exports.js";
import { icon, wheel } from "../core/icons.js";
import { keep } from "../core/settings.js";
import { bytes, span, t } from "../core/words.js";
import { dialog, notice } from "./notices.js";
import { frameFor, platforms } from "./platforms.js";

/** What a film would weigh, roughly: kilobits a second by quality, for a picture of 1080p. */
const rates = { draft: 2500, standard: 6000, high: 10000 };

function checks(preset, project, quality) {
  const { draft } = project;
  const [width, height] = frameFor(preset, { draft, asset: (id) => project.asset(id) });
  const same = Math.abs(width / height - draft.width / draft.height) < 0.01;
  const size = Math.min(preset.bytes ?? Infinity, ((rates[quality] * Math.min(1, (width * height) / 2073600) + 192) * 1000 * draft.length) / 8000);
  const rows = [
    [true, same ? t("check frame", { width, height }) : t("check reframed", { width, height })],
    preset.longest && draft.length > preset.longest
      ? [false, t("check too long", { most: span(preset.longest) })]
      : preset.advised && draft.length > preset.advised
        ? [null, t("check long", { most: span(preset.advised) })]
        : [true, t("check length", { length: span(draft.length) })],
    draft.fps < preset.fps[0] || draft.fps > preset.fps[1] ? [null, t("check fps", { fps: draft.fps })] : null,
    [true, preset.bytes && preset.bytes < 1e9 ? t("check size most", { size: bytes(size), most: bytes(preset.bytes) }) : t("check size", { size: bytes(size) })],
  ].filter(Boolean);
  return { width, height, rows, fits: rows.every(([ok]) => ok !== false) };
}

const sign = (ok) => h("span", { class: `mark ${ok === false ? "bad" : ok ? "good" : "soft"}` }, icon(ok ? "check" : "alert"),
  h("span", { class: "unseen" }, t(ok === false ? "does not fit" : ok ? "fits" : "take care")));

class ExportSheet extends HTMLElement {
  chosen = new Set(keep.json("platforms", []));

  connectedCallback() {
    this.exports = this.project.exports;
    this.quality = "high";
    this.format = "mp4";
    this.jobs = h("ul", { class: "jobs", "aria-label": t("exports") });
    this.grid = h("div", { class: "platforms", role: "group", "aria-label": t("where to") });
    this.go = h("button", { class: "button main wide", onclick: () => this.#start() });
    fill(this, this.jobs, h("h3", {}, t("where to")), this.grid,
      h("details", { class: "finer" }, h("summary", {}, t("finer")),
        this.#pick("quality", ["draft", "standard", "high"]), this.#pick("format", ["mp4", "mov", "webm", "gif"])),
      h("div", { class: "export-go" }, this.go));
    // The film as it is now, cut to each platform's frame.
    this.project.player?.snapshot().then((still) => still && this.style.setProperty("--still", `url("${still}")`), () => {});
    this.listen = () => this.#drawJobs();
    this.exports.addEventListener("change", this.listen);
    this.#drawJobs();
    platforms().then((all) => {
      this.all = all;
      if (!this.chosen.size) this.chosen.add(this.project.draft.preset && all.some((one) => one.name === this.project.draft.preset) ? this.project.draft.preset : "");
      this.#draw();
      // Known by their names, now that there are names.
      this.shownJobs = null;
      this.#drawJobs();
    }, () => {
      this.all = [];
      this.#draw();
    });
  }

  disconnectedCallback() {
    this.exports.removeEventListener("change", this.listen);
  }

  #pick(name, values) {
    const group = h("div", { class: "choice", role: "group", "aria-label": t(name) }, values.map((value) => h("button", {
      "aria-pressed": String(this[name] === value),
      onclick: (event) => {
        this[name] = value;
        for (const other of group.children) mark(other, "aria-pressed", String(other === event.currentTarget));
        this.#draw();
      },
    }, t(`${name} ${value}`))));
    return h("div", { class: "finer-row" }, h("span", {}, t(name)), group);
  }

  #draw() {
    const { draft } = this.project;
    const rows = [{ name: "", title: t("just the film"), canvases: [[draft.width, draft.height]], fps: [1, 240] }, ...this.all];
    fill(this.grid, rows.map((preset) => {
      const found = checks(preset, this.project, this.quality);
      const ratio = found.width / found.height;
      const box = h("input", {
        type: "checkbox", checked: this.chosen.has(preset.name),
        onchange: (event) => {
          this.chosen[event.target.checked ? "add" : "delete"](preset.name);
          this.#count();
        },
      });
      return h("label", { class: "platform" },
        h("span", { class: "platform-frame" }, h("i", { style: { "aspect-ratio": String(ratio), [ratio >= 1 ? "width" : "height"]: "100%" } })),
        h("span", { class: "platform-words" }, h("strong", {}, preset.title),
          h("ul", {}, found.rows.map(([ok, words]) => h("li", {}, sign(ok), words)))), box);
    }));
    this.#count();
  }

  #count() {
    const n = this.chosen.size;
    keep.setJSON("platforms", [...this.chosen]);
    fill(this.go, icon("download"), n > 1 ? t("export many", { n }) : t("export one"));
    this.go.disabled = n === 0 || this.busy;
  }

  async #start() {
    this.busy = true;
    this.#count();
    // Asked while the person's hand is on the button, as browsers want it.
    if ("Notification" in window && Notification.permission === "default") Notification.requestPermission().catch(() => {});
    try {
      for (const preset of this.chosen) {
        await this.exports.start({ format: this.format, quality: this.quality, ...(preset ? { preset } : {}) });
      }
      this.closest(".sheet-body")?.scrollTo({ top: 0 });
    } catch (error) {
      const upgrade = error.data?.upgrade_url;
      notice(told(error, t), { kind: "bad", action: /^https?:\/\//.test(upgrade ?? "") ? { label: t("how to lift"), run: () => open(upgrade, "_blank", "noopener") } : undefined });
    }
    this.busy = false;
    this.#count();
  }

  #drawJobs() {
    const { list } = this.exports;
    this.jobs.hidden = !list.length;
    const key = list.map((one) => `${one.id}${one.status}`).join();
    if (key !== this.shownJobs) {
      this.shownJobs = key;
      this.rows = new Map(list.map((one) => [one.id, this.#job(one)]));
      fill(this.jobs, [...this.rows.values()]);
    }
    for (const one of list) this.rows.get(one.id).update(one);
  }

  #title(one) {
    return this.all?.find((preset) => preset.name === one.preset)?.title ?? one.preset ?? t("just the film");
  }

  #job(one) {
    const words = h("span", { class: "job-words figures" });
    const inner = h("span");
    const bar = h("div", { class: "bar", role: "progressbar", "aria-label": t("export"), "aria-valuemin": "0", "aria-valuemax": "100" }, inner);
    const going = one.status === "pending" || one.status === "processing";
    const item = h("li", { class: `job ${one.status}` },
      h("div", { class: "job-head" }, going ? wheel(true) : icon(one.status === "completed" ? "check" : "alert"), h("strong", {}, this.#title(one)), words,
        going
          ? h("button", { class: "button quiet small", onclick: () => this.#do(() => this.exports.cancel(one)) }, t("cancel"))
          : h("button", { class: "button quiet only small", "aria-label": t("take away", { name: this.#title(one) }), onclick: () => this.#do(() => this.exports.remove(one)) }, icon("close"))),
      going ? bar : null, one.status === "completed" ? [one.notes.map((note) => h("p", { class: "job-note" }, note)), this.#hand(one)] : null);
    item.update = (now) => {
      inner.style.transform = `scaleX(${now.progress / 100})`;
      mark(bar, "aria-valuenow", String(Math.round(now.progress)));
      say(words, going
        ? `${Math.floor(now.progress)} %${now.left ? ` · ${t("left", { time: span(now.left * 1000) })}` : now.status === "pending" ? ` · ${t("in line")}` : ""}`
        : now.status === "completed" ? (now.size ? bytes(now.size) : "") : now.status === "cancelled" ? t("cancelled") : now.error?.message ?? now.error ?? t("failed"));
    };
    return item;
  }

  async #do(action) {
    try {
      await action();
    } catch (error) {
      notice(told(error, t), { kind: "bad" });
    }
  }

  /** The finished film in hand: file, sheet to share it, cover, captions. */
  #hand(one) {
    const { project } = this;
    // Several films of one project lie in one folder of downloads.
    const name = [project.name, one.preset && this.#title(one)].filter(Boolean).join(" – ").replace(/[\\/:*?"<>|\u0000-\u001f]+/g, " ").trim() || "film";
    const path = one.url ? new URL(one.url, location.href) : null;
    const href = path ? path.pathname + path.search : null;
    const captions = subtitles(project.draft);
    const own = (text, end, type) => {
      const url = URL.createObjectURL(new Blob([text], { type }));
      h("a", { href: url, download: `${name}.${end}` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60000);
    };
    return h("div", { class: "row" },
      href ? h("a", { class: "button main small", href, download: `${name}.${one.format ?? "mp4"}` }, icon("download"), t("download")) : null,
      href && navigator.canShare ? h("button", { class: "button small", onclick: () => this.#do(() => this.#share(href, name, one)) }, icon("share"), t("share")) : null,
      api.has("frame") ? h("button", { class: "button quiet small", onclick: () => this.#do(async () => {
        const blob = await api.blob(api.frame(project.id, project.player?.time ?? 0, project.draft.width, project.revision), { feature: "frame" });
        own(blob, blob.type.includes("webp") ? "webp" : "jpg", blob.type);
      }) }, icon("photo"), t("cover")) : null,
      captions ? h("button", { class: "button quiet small", onclick: () => own(captions, "srt", "application/x-subrip") }, icon("text"), t("subtitles")) : null);
  }

  async #share(href, name, one) {
    const blob = await api.blob(href);
    const file = new File([blob], `${name}.${one.format ?? "mp4"}`, { type: blob.type || "video/mp4" });
    if (!navigator.canShare({ files: [file] })) return notice(t("cannot share"));
    await navigator.share({ files: [file], title: name }).catch((error) => error.name !== "AbortError" && Promise.reject(error));
  }
}
customElements.define("k-export", ExportSheet);

/** Opens the sheet. */
export function openExport(project) {
  return dialog({ title: t("export"), kind: "export-sheet", build: () => Object.assign(document.createElement("k-export"), { project }) });
}

/** Tells of the end of an export: on the page, and outside it where the page is not looked at. */
export async function tellEnd(one, project) {
  if (one.status === "cancelled" || document.querySelector("dialog k-export")) return;
  const good = one.status === "completed";
  const title = one.preset ? (await platforms().catch(() => [])).find((preset) => preset.name === one.preset)?.title : null;
  const words = t(good ? "export done" : "export failed");
  notice(title ? `${title}: ${words}` : words, { kind: good ? "plain" : "bad", icon: "check", action: { label: t("open"), run: () => openExport(project) } });
  if (document.hidden && "Notification" in window && Notification.permission === "granted") {
    new Notification(words, { body: [project.name, title].filter(Boolean).join(" – "), icon: "/page/icon.svg", tag: one.id });
  }
}
