// SPDX-License-Identifier: GPL-3.0-or-later
// Controls made of schemas: a range is a slider, a few names are buttons, many a list. Each tells of a value once it is set.
import { freshID, h, mark } from "../core/dom.js";
import { aboutOf, nameOf } from "../core/names.js";
import { times } from "../core/operations.js";
import { number, t } from "../core/words.js";

/** The simplest of several kinds: what a hand can set. */
function plain(schema) {
  if (!schema.anyOf) return schema;
  const kinds = schema.anyOf;
  return { description: schema.description, ...(kinds.find((one) => one.type === "boolean") ?? kinds.find((one) => one.enum) ?? kinds.find((one) => one.type === "number" || one.type === "integer") ?? kinds[0]) };
}

/** A labelled control. `set(value)` is called when the hand lets go. */
export function control(name, schema, value, set, { most, label }) {
  schema = plain(schema);
  const id = freshID("control");
  const made = make(name, schema, value, set, id, most);
  if (!made) return null;
  const help = schema.description ?? "";
  const words = made.labelled === false ? h("span", { class: "label", id: `${id}-label` }, label) : h("label", { class: "label", for: id, id: `${id}-label` }, label);
  if (help) words.title = help;
  return h("div", { class: `control ${made.inline ? "inline" : ""}` }, words, made.element);
}

function make(name, schema, value, set, id, most) {
  if (schema.type === "boolean") {
    return { inline: true, element: h("input", { type: "checkbox", id, checked: Boolean(value), onchange: (event) => set(event.target.checked) }) };
  }
  if (schema.enum) return schema.enum.length <= 5 && !schema.words ? buttons(schema.enum, value, set, id) : choices(schema, value, set, id, name);
  if (schema.type === "integer" || schema.type === "number") return slider(name, schema, value, set, id, most);
  if (schema.pattern?.startsWith("^#")) {
    const full = /^#[0-9a-f]{3}$/i.test(value ?? "") ? `#${[...value.slice(1)].map((digit) => digit + digit).join("")}` : value;
    return { inline: true, element: h("input", { type: "color", class: "colour", id, value: full ?? "#ffffff", onchange: (event) => set(event.target.value.toUpperCase()) }) };
  }
  if (schema.type === "string") {
    const field = h("textarea", { class: "field", id, rows: "2", dir: "auto", maxlength: schema.maxLength, onchange: () => field.value.trim() && set(field.value) });
    field.value = value ?? "";
    return { element: field };
  }
  return null;
}

function buttons(names, value, set, id) {
  const group = h("div", { class: "choice wrap", role: "group", "aria-labelledby": `${id}-label` }, names.map((name) => h("button", {
    "aria-pressed": String(name === value),
    onclick: (event) => {
      for (const other of group.children) mark(other, "aria-pressed", String(other === event.currentTarget));
      set(name);
    },
  }, nameOf(name))));
  return { labelled: false, element: group };
}

/** `words` of a schema are what its values are called, where a person has named them. */
function choices({ enum: names, words }, value, set, id, kind) {
  const field = h("select", { class: "field", id, onchange: () => set(field.value) }, names.includes(value) ? null : h("option", { value: "", disabled: true }, "–"), names.map((name) => h("option", { value: name, title: aboutOf(name, kind) }, words?.[name] ?? nameOf(name, kind))));
  field.value = names.includes(value) ? value : "";
  return { element: field };
}

function slider(name, schema, value, set, id, most) {
  const isTime = times.has(name) && schema.type === "integer";
  const unit = isTime ? 1000 : 1;
  const low = (schema.minimum ?? 0) / unit;
  const high = Math.min(schema.maximum ?? 100, most ?? Math.max(isTime ? 10000 : 0, isTime ? (value ?? 0) * 2 : schema.maximum ?? 100)) / unit;
  const step = isTime ? 0.1 : schema.type === "integer" || high - low > 20 ? 1 : 0.01;
  const shown = (raw) => (isTime ? t("seconds", { n: number(raw, 1) }) : high - low <= 2 ? `${Math.round(raw * 100)} %` : number(raw, 2));
  const done = () => range.style.setProperty("--done", `${((range.value - range.min) / (range.max - range.min || 1)) * 100}%`);
  const output = h("output", { class: "figures", for: id }, shown((value ?? low) / unit));
  const range = h("input", {
    type: "range", id, min: String(isTime ? Math.max(low, Math.min(0.1, high)) : low), max: String(high), step: String(step),
    oninput: () => {
      output.textContent = shown(Number(range.value));
      mark(range, "aria-valuetext", output.textContent);
      done();
    },
    onchange: () => set(isTime ? Math.round(Number(range.value) * 1000) : Number(range.value)),
  });
  if (isTime && low === 0) range.min = "0";
  range.value = String((value ?? low) / unit);
  mark(range, "aria-valuetext", output.textContent);
  done();
  return { element: h("div", { class: "slide" }, range, output) };
}
