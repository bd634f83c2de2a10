// SPDX-License-Identifier: GPL-3.0-or-later
// Settings: what this browser keeps, and what the server is.
import { api, told } from "../core/api.js";
import { away, fill, h, mark } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { theme } from "../core/settings.js";
import { chooseLanguage, language, languages, t } from "../core/words.js";
import { qrCode } from "../core/qr.js";
import { dialog, notice } from "./notices.js";

class Settings extends HTMLElement {
  connectedCallback() {
    const pick = (label, values, current, choose) => {
      const group = h("div", { class: "choice", role: "group", "aria-label": label }, values.map(([value, words]) => h("button", {
        "aria-pressed": String(value === current()), lang: value in languages ? value : null,
        onclick: (event) => {
          choose(value);
          for (const other of group.children) mark(other, "aria-pressed", String(other === event.currentTarget));
        },
      }, words)));
      return h("div", { class: "finer-row" }, h("span", {}, label), group);
    };
    this.facts = h("dl", { class: "facts" });
    this.phone = h("section", {});
    this.ways = h("div", { class: "row" });
    fill(this,
      pick(t("language"), Object.entries(languages), language, (name) => name !== language() && chooseLanguage(name)),
      pick(t("theme"), ["auto", "light", "dark"].map((name) => [name, t(`theme ${name}`)]), () => theme.chosen, (name) => (theme.chosen = name)),
      this.phone, this.facts, this.ways, this.#keys());
    this.#phone();
    this.#facts();
  }

  #keys() {
    const rows = [["Space", "key play"], [", .", "key frame"], ["Ctrl Z", "undo"], ["Ctrl Shift Z", "redo"], ["/", "key wish"], ["S", "key split"], ["Del", "key remove"], ["← →", "key next"], ["Alt ← →", "key move"], ["Alt Shift ← →", "key trim"], ["F", "full screen"]];
    return h("details", { class: "finer" }, h("summary", {}, t("keys")), h("dl", { class: "facts" }, rows.map(([keys, words]) => [h("dt", {}, h("kbd", {}, keys)), h("dd", {}, t(words))])));
  }

  async #facts() {
    const rows = [];
    try {
      const server = await api.version();
      rows.push([t("server"), `Kinora ${server.version ?? ""}`]);
      if (server.policy) rows.push([t("policy"), t(`policy ${server.policy}`)]);
      if (server.policy === "open") rows.push([t("model"), server.model ?? t("model none")]);
      this.hosted = server.policy === "hosted";
    } catch (error) {
      rows.push([t("server"), told(error, t)]);
    }
    // Where nothing is counted there is a number, too, and it means nothing.
    if (this.hosted) {
      const credits = await api.credits().catch(() => null);
      if (credits) rows.push([t("credits"), String(credits.available)]);
    }
    fill(this.facts, rows.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
    const { register, upgrade } = this.app?.project?.pages ?? {};
    if (this.hosted) fill(this.ways, away(register, t("register")), away(upgrade, t("upgrade")));
  }

  /** The way in for a phone: an address to scan, made when it is asked for. */
  #phone() {
    const make = h("button", { class: "button small", onclick: async () => {
      make.disabled = true;
      try {
        const made = await api.pairingCode();
        const url = made.url ?? `${location.origin}/#pair=${encodeURIComponent(made.code)}`;
        const picture = qrCode(url);
        fill(this.phone, h("h3", {}, t("use phone")), h("div", { class: "pairing" }, picture, h("div", {}, h("p", {}, t("scan")), h("code", {}, url))));
      } catch (error) {
        make.disabled = false;
        notice(error.kind === "missing" ? t("no pairing") : told(error, t), { kind: "bad" });
      }
    } }, icon("phone"), t("show code"));
    fill(this.phone, h("div", { class: "finer-row" }, h("span", {}, t("use phone")), make));
  }
}
customElements.define("k-settings", Settings);

export function openSettings(app) {
  return dialog({ title: t("settings"), build: () => Object.assign(document.createElement("k-settings"), { app }) });
}
