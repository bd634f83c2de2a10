// SPDX-License-Identifier: GPL-3.0-or-later
// What the platforms want of a film: their frames, limits and the zones that their own buttons cover.

let asked = null;
export const platforms = () => (asked ??= fetch("/page/platforms.json").then((reply) => reply.json()).catch((error) => { asked = null; throw error; }));

/** A phone's screen as the platforms' figures mean it. */
const screen = { width: 1080, height: 1920 };

/**
 * The zones that are covered, as rectangles in shares of the film. A film of another shape is shown at the screen's width and
 * centred, so what covers it follows from where it lies.
 */
export function safeAreas(preset, width, height) {
  const tall = (screen.width * height) / width;
  const above = (screen.height - tall) / 2;
  const y = (pixels) => Math.min(1, Math.max(0, (pixels - above) / tall));
  const { top, bottom, left, right } = preset.safe;
  const first = y(top);
  const last = y(screen.height - bottom);
  const zones = [
    [0, 0, 1, first],
    [0, last, 1, 1 - last],
    [0, first, left / screen.width, last - first],
    [1 - right / screen.width, first, right / screen.width, last - first],
  ];
  if (preset.buttons) {
    const from = y(preset.buttons.from);
    const wide = (preset.buttons.right - right) / screen.width;
    if (last > from && wide > 0) zones.push([1 - preset.buttons.right / screen.width, from, wide, last - from]);
  }
  return zones.filter(([, , w, h]) => w > 0.001 && h > 0.001);
}

const shapeOf = (width, height) => (width / height > 1.1 ? "wide" : height / width > 1.1 ? "tall" : "square");

/** The frame that a film gets for a platform: its own where it was made for that one, else the platform's in the shape of most pictures. */
export function frameFor(preset, { draft, asset }) {
  if (preset.name === (draft.preset ?? "") || !preset.name) return [draft.width, draft.height];
  const counts = { wide: 0, tall: 0, square: 0 };
  for (const { src } of draft.pictures) {
    const file = src && asset(src);
    if (file?.height) counts[shapeOf(file.width, file.height)] += 1;
  }
  const usual = Object.keys(counts).reduce((best, one) => (counts[one] > counts[best] ? one : best));
  return preset.canvases.find(([width, height]) => shapeOf(width, height) === usual) ?? preset.canvases[0];
}
