// SPDX-License-Identifier: GPL-3.0-or-later
// The page's words in the person's language. A word is a text with `{names}`, or an object of plural forms chosen by `n`.
import { keep } from "./settings.js";

/** Languages there are words in, each named in itself. */
export const languages = { en: "English", zh: "中文" };

let words = {};
let fallback = {};
let current = "en";
let plurals = new Intl.PluralRules("en");

/** The language that was chosen, or the first of the browser's that there are words in. */
function wanted() {
  const chosen = keep.get("language");
  if (chosen in languages) return chosen;
  for (const tag of navigator.languages ?? [navigator.language]) {
    const name = tag.toLowerCase().split("-")[0];
    if (name in languages) return name;
  }
  return "en";
}

/** Loads the words; the page is shown once they are there. */
export async function loadWords() {
  current = wanted();
  const own = import(`../words/${current}.js`);
  words = (await own).default;
  fallback = current === "en" ? words : (await import("../words/en.js")).default;
  plurals = new Intl.PluralRules(current);
  document.documentElement.lang = current === "zh" ? "zh-Hans" : current;
}

/** Chooses a language; the page is made anew in it. */
export function chooseLanguage(name) {
  keep.set("language", name);
  location.reload();
}

export const language = () => current;

/** Words for a key, with values put where their names stand. */
export function t(key, values = {}) {
  let text = words[key] ?? fallback[key] ?? key;
  if (typeof text === "object") text = text[plurals.select(values.n ?? 0)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Whether there are words for a key. */
export const isWorded = (key) => key in words || key in fallback;

/** `3 photos, 1 clip and 1 song` */
export const list = (parts) => new Intl.ListFormat(current, { type: "conjunction" }).format(parts).replace(/(\p{Script=Han})(\d)/gu, "$1 $2");

/** `4.2 MB` */
export function bytes(count) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
  let step = 0;
  while (count >= 1000 && step < units.length - 1) {
    count /= 1000;
    step += 1;
  }
  return new Intl.NumberFormat(current, {
    style: "unit", unit: units[step], unitDisplay: step ? "short" : "long", maximumFractionDigits: count < 10 && step ? 1 : 0,
  }).format(count);
}

export const number = (value, digits = 1) =>
  new Intl.NumberFormat(current, { maximumFractionDigits: digits }).format(value);

/** `2 hours ago`, from seconds since 1970. */
export function ago(seconds) {
  const past = Date.now() / 1000 - seconds;
  const format = new Intl.RelativeTimeFormat(current, { numeric: "auto", style: "long" });
  for (const [unit, length] of [["year", 31557600], ["month", 2629800], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]]) {
    if (past >= length) return format.format(-Math.round(past / length), unit);
  }
  return t("just now");
}

/** `0:07.4`, `12:30`: a time in a film, from milliseconds. */
export function clock(ms, tenths = false) {
  const whole = Math.max(0, tenths ? Math.floor(ms / 100) * 100 : Math.round(ms / 1000) * 1000);
  const seconds = Math.floor(whole / 1000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  const hours = Math.floor(seconds / 3600);
  const text = `${hours ? `${hours}:${String(parts[0]).padStart(2, "0")}` : parts[0]}:${String(parts[1]).padStart(2, "0")}`;
  return tenths ? `${text}.${Math.floor((whole % 1000) / 100)}` : text;
}

/** `9 s`, `1 min 30 s`: how long something is, from milliseconds. */
export function span(ms) {
  const seconds = ms / 1000;
  if (seconds < 60) return t("seconds", { n: number(seconds, seconds < 10 ? 1 : 0) });
  const rest = Math.round(seconds) % 60;
  const minutes = Math.floor(Math.round(seconds) / 60);
  return rest ? t("minutes seconds", { m: minutes, s: rest }) : t("minutes", { m: minutes });
}
