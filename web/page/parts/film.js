// SPDX-License-Identifier: GPL-3.0-or-later
// What the studio is furnished with once there is a film: player, timeline, side panel, tabs for narrow screens.
import { h } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { t } from "../core/words.js";
import "./player.js";

/** Puts the parts into the room. */
export function build(room) {
  const tab = (name, sign) => h("button", {
    "aria-pressed": String(room.dataset.tab === name),
    onclick: (event) => {
      room.dataset.tab = name;
      for (const other of event.currentTarget.parentElement.children) other.setAttribute("aria-pressed", String(other === event.currentTarget));
    },
  }, icon(sign), t(`tab ${name}`));
  room.append(h("k-player"), h("div", { class: "tabs" }, h("div", { class: "choice", role: "group", "aria-label": t("show") }, tab("talk", "chat"), tab("tracks", "tracks"))));
}
