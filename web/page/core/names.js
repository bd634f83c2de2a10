// SPDX-License-Identifier: GPL-3.0-or-later
// What the values of the tables are called in the person's language: transitions, looks and platforms by the program's own
// tables, others by the catalogue, the rest by themselves.
import { isWorded, language, t } from "./words.js";

/** By the parameter that takes such a name. */
const tables = { transition: new Map(), look: new Map(), preset: new Map(), name: new Map() };

/** Fetched once, with the parts that show them; where it cannot be, the names stand for themselves. */
export async function loadNames(platforms) {
  const named = fetch("/page/names.json").then((reply) => (reply.ok ? reply.json() : {}));
  const [rows, presets] = await Promise.all([named, platforms()]).catch(() => [{}, []]);
  const own = language() === "zh" ? "zh" : null;
  for (const [kind, from] of [["transition", "transition"], ["look", "look"], ["name", "title"]]) {
    for (const [name, row] of Object.entries(rows[from] ?? {})) tables[kind].set(name, { words: own && row[own], about: row[own ? `about_${own}` : "about"] });
  }
  for (const one of presets) tables.preset.set(one.name, { words: one.title });
}

/** `zoom-in` → the person's word for it, else “Zoom in”. `kind`: `transition`, `look` or `preset`, where it is one. */
export function nameOf(value, kind) {
  const found = tables[kind]?.get(value)?.words;
  if (found) return found;
  const key = `value ${value}`;
  if (isWorded(key) && !(kind && language() === "en")) return t(key);
  const text = String(value).replaceAll("-", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a value does, in a line; nothing where the tables do not say. */
export const aboutOf = (value, kind) => tables[kind]?.get(value)?.about ?? null;

/** All names of a table, in its order. */
export const namesOf = (kind) => [...tables[kind].keys()];
