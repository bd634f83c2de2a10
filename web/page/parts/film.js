// SPDX-License-Identifier: GPL-3.0-or-later
// What the studio is furnished with once there is a film: player, timeline, side panel, tabs for narrow screens.
import { h } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { t } from "../core/words.js";
import { loadNames } from "../core/names.js";
import "./inspector.js";
import "./player.js";
import { platforms } from "./platforms.js";
import { textHandles } from "./texthandle.js";
import "./timeline.js";

await loadNames(platforms);

/** Puts the parts into the room. */
export function build(room) {
  const tab = (name, sign) => h("button", {
    "aria-pressed": String(room.dataset.tab === name), dataset: { tab: name }, onclick: () => (room.dataset.tab = name),
  }, icon(sign), t(`tab ${name}`));
  const tabs = h("div", { class: "choice", role: "group", "aria-label": t("show") }, tab("talk", "chat"), tab("tracks", "tracks"));
  new MutationObserver(() => {
    for (const one of tabs.children) one.setAttribute("aria-pressed", String(one.dataset.tab === room.dataset.tab));
  }).observe(room, { attributeFilter: ["data-tab"] });
  const player = h("k-player");
  room.append(player, h("k-inspector"), h("div", { class: "tabs" }, tabs), h("k-timeline"));
  textHandles(player);
}
