// SPDX-License-Identifier: GPL-3.0-or-later
// The shape of the film, and what a platform's own buttons would cover of it: two lists beside the player's controls.
import { told } from "../core/api.js";
import { fill, h, mark } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { t } from "../core/words.js";
import { notice } from "./notices.js";
import { platforms, safeAreas } from "./platforms.js";

const shapes = ["9:16", "4:5", "1:1", "16:9"];

/** `16:9` for 1920 × 1080. */
function ratioOf({ width, height }) {
  const known = shapes.find((ratio) => {
    const [a, b] = ratio.split(":").map(Number);
    return Math.abs(width / height - a / b) < 0.01;
  });
  const part = (a, b) => (b ? part(b, a % b) : a);
  return known ?? `${width / part(width, height)}:${height / part(width, height)}`;
}

export class Framing {
  constructor(project) {
    this.project = project;
    this.cover = h("div", { class: "safe", hidden: true, "aria-hidden": "true" });
    const place = (sign, select) => h("span", { class: "pick-place" }, icon(sign), select, icon("down"));
    this.shape = h("select", { class: "pick", "aria-label": t("shape"), title: t("shape"), onchange: () => this.#reshape() });
    this.safe = h("select", { class: "pick", "aria-label": t("safe area"), title: t("safe area"), onchange: () => this.#showCover() });
    this.controls = [place("safe", this.safe), place("frame", this.shape)];
    platforms().then((all) => {
      fill(this.safe, h("option", { value: "" }, t("no safe area")), all.map((one) => h("option", { value: one.name }, one.title)));
      this.safe.value = "";
    }).catch(() => (this.controls[0].hidden = true));
  }

  /** The draft is another. */
  update() {
    const own = ratioOf(this.project.draft);
    fill(this.shape, [...new Set([...shapes, own])].map((ratio) => h("option", { value: ratio }, ratio)));
    this.shape.value = own;
    this.#showCover();
  }

  async #showCover() {
    const name = this.safe.value;
    this.cover.hidden = !name;
    mark(this.controls[0], "data-on", Boolean(name));
    if (!name) return;
    const preset = (await platforms()).find((one) => one.name === name);
    const { width, height } = this.project.draft;
    const share = (value) => `${value * 100}%`;
    fill(this.cover, safeAreas(preset, width, height).map(([x, y, wide, tall]) => h("i", { style: { left: share(x), top: share(y), width: share(wide), height: share(tall) } })));
  }

  async #reshape() {
    try {
      await this.project.edit([{ op: "canvas", ratio: this.shape.value }]);
    } catch (error) {
      this.shape.value = ratioOf(this.project.draft);
      notice(told(error, t), { kind: "bad" });
    }
  }
}
