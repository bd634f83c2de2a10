// SPDX-License-Identifier: GPL-3.0-or-later
// The table of edit operations as the server has it, and what of it the side panel shows for what is chosen. Ranges, values and
// help come from the table; here stands only which, in which order, and where a draft keeps what is set.
import { api } from "./api.js";

let asked = null;

/** Operations by name: {name, description, parameters: JSON Schema}. */
export function operations() {
  asked ??= api.operations().then(
    (data) => new Map((data.operations ?? data).map((one) => [one.name.replaceAll("_", "-"), one])),
    (error) => {
      asked = null;
      throw error;
    });
  return asked;
}

/** Parameters that are times in ms, and are shown in seconds. */
export const times = new Set(["each", "length", "start", "from", "to", "fadeIn", "fadeOut", "in", "out"]);

const pictures = (ids) => ({ segments: ids });
const texts = (ids) => ({ texts: ids });

/** For each kind of thing: operation, parameters, how what is chosen is named, and how a value is read from the draft. */
export const panels = {
  picture: [
    { op: "pace", show: ["each"], name: pictures, if: (one) => one.mt !== "video", read: (one, draft) => ({ each: length(one, draft) }) },
    { op: "trim", show: ["from", "to"], name: ([id]) => ({ segment: id }), single: true, if: (one) => one.mt === "video", read: (one) => ({ from: one.ss ?? 0, to: Math.round((one.ss ?? 0) + one.d * (one.speed ?? 1)) }) },
    { op: "speed", show: ["speed"], name: pictures, if: (one) => one.mt === "video", most: { speed: 4 }, read: (one) => ({ speed: one.speed ?? 1 }) },
    { op: "play-reverse", show: ["on"], name: pictures, if: (one) => one.mt === "video", read: (one) => ({ on: one.reverse ?? false }) },
    { op: "volume", show: ["level"], name: pictures, if: (one) => one.mt === "video", read: (one) => ({ level: one.muted ? 0 : one.vol ?? 1 }) },
    { op: "transition", show: ["type", "length"], name: (ids) => ({ after: ids }), if: (one, draft) => draft.pictures.at(-1) !== one, most: { length: 3000 }, read: (one) => ({ type: one.tr?.type ?? "none", length: one.tr?.d ?? 0 }) },
    { op: "motion", show: ["type", "amount"], name: pictures, if: (one) => one.mt === "image", with: ["type"], read: (one) => ({ type: one.motion?.type ?? "none", amount: one.motion?.amount ?? 0.12 }) },
    { op: "grade", show: ["look", "lut", "brightness", "contrast", "saturation", "temperature", "vignette", "grain"], name: pictures, read: (one) => ({ look: "none", lut: "none", brightness: 0, contrast: 0, saturation: 0, temperature: 0, vignette: 0, grain: 0, ...one.grade }) },
    { op: "fit", show: ["fit"], name: pictures, read: (one) => ({ fit: one.fit ?? "cover" }) },
    { op: "focus", custom: "focus", name: pictures, single: true, if: (one) => one.mt === "image" },
    { op: "rotate", custom: "turn", name: pictures },
  ],
  overlay: [{ op: "opacity", show: ["opacity"], name: pictures, read: (one) => ({ opacity: one.opacity ?? 1 }) }],
  text: [
    { op: "change-text", show: ["text"], name: texts, single: true, read: (one) => ({ text: one.text }) },
    { op: "move-text", show: ["position"], name: texts, read: (one) => ({ position: one.at ? "" : one.pos }) },
    { op: "style-text", show: ["name", "size", "color", "bold", "italic", "case", "align", "shadow", "plate", "in", "out"], name: texts, most: { size: 240 },
      // What a text says nothing of it has from its style and its role: as it is seen.
      read: (one, _, seen) => ({ name: one.style?.name ?? "", size: one.style?.size ?? Math.round(seen?.size ?? 64), color: one.style?.color ?? seen?.color.slice(0, 7) ?? "#FFFFFF", bold: one.style?.bold ?? seen?.bold ?? false, italic: one.style?.italic ?? seen?.italic ?? false, case: one.style?.case ?? seen?.case ?? "none", align: one.style?.align ?? "center", shadow: one.style?.shadow ?? seen?.shadow ?? false, plate: Boolean(one.style?.plate ?? seen?.plate), in: one.in?.type ?? seen?.in ?? "none", out: one.out?.type ?? seen?.out ?? "none" }) },
    { op: "time-text", show: ["start", "length"], name: texts, single: true, read: (one) => ({ start: one.s, length: one.d }) },
  ],
  sound: [
    { op: "music", show: ["volume", "start", "fadeIn", "fadeOut", "loop", "duck"], name: () => ({}), if: (one) => one.role === "music", most: { fadeIn: 10000, fadeOut: 10000 }, read: (one) => ({ volume: one.vol ?? 1, start: one.ss ?? 0, fadeIn: one.fi ?? 0, fadeOut: one.fo ?? 0, loop: one.loop ?? false, duck: one.duck ?? false }) },
    { op: "music", custom: "another", name: () => ({}), if: (one) => one.gen?.kind === "music" },
    { op: "volume", show: ["level"], name: pictures, if: (one) => one.role !== "music", read: (one) => ({ level: one.vol ?? 1 }) },
  ],
  film: [
    { op: "length", show: ["length"], name: () => ({}), read: (_, draft) => ({ length: draft.length }) },
    { op: "canvas", show: ["preset"], name: () => ({}), read: (_, draft) => ({ preset: draft.preset ?? "" }) },
    { op: "transition", show: ["type"], name: () => ({}), if: (_, draft) => draft.pictures.length > 1, read: (_, draft) => ({ type: everyJoint(draft) }) },
    { op: "beats", show: ["on"], name: () => ({}), read: (_, draft) => ({ on: Boolean(draft.json.m?.beats) }) },
    { op: "background", show: ["color"], name: () => ({}), read: (_, draft) => ({ color: draft.json.m?.background ?? "#000000" }) },
    { op: "fade-film", show: ["in", "out"], name: () => ({}), most: { in: 5000, out: 5000 }, read: (_, draft) => ({ in: draft.json.m?.fadeIn ?? 0, out: draft.json.m?.fadeOut ?? 0 }) },
  ],
};

/** How all pictures go over into the next, if it is one way. */
function everyJoint(draft) {
  const ways = new Set(draft.pictures.slice(0, -1).map((one) => one.tr?.type ?? "none"));
  return ways.size === 1 ? [...ways][0] : "";
}

/** From cut to cut. */
function length(one, draft) {
  const next = draft.pictures[draft.pictures.indexOf(one) + 1];
  return (next?.s ?? draft.length) - one.s;
}
