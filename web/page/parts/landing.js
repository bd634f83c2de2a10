// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are let go over the timeline stand where they land: from the desktop, or from the row of the film's own files.
import { ownFile } from "../core/draft.js";

/** The picture before which something at a place of the screen would stand; null: behind the last. */
function before(timeline, x) {
  const { scale, lanes, draft } = timeline;
  const ms = scale.ms(x - lanes.getBoundingClientRect().left);
  return draft.pictures.find((one) => {
    const piece = timeline.piece(one.id);
    return piece && piece.start + piece.length / 2 > ms;
  }) ?? null;
}

export function landing(timeline) {
  const { view, caret } = timeline;
  const bears = (event) => event.dataTransfer?.types.includes("Files") || event.dataTransfer?.types.includes(ownFile);
  const leave = () => {
    caret.hidden = true;
    delete document.documentElement.dataset.landing;
  };
  timeline.landingPlace = (x) => before(timeline, x)?.id ?? null;
  view.addEventListener("dragover", (event) => {
    if (!bears(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    document.documentElement.dataset.landing = "";
    const next = before(timeline, event.clientX);
    caret.hidden = false;
    caret.style.transform = `translateX(${timeline.scale.x(next ? timeline.piece(next.id).start : timeline.draft.length)}px)`;
  });
  view.addEventListener("dragleave", (event) => view.contains(event.relatedTarget) || leave());
  addEventListener("drop", leave, true);
  addEventListener("dragend", leave, true);
  view.addEventListener("drop", (event) => {
    const id = event.dataTransfer?.getData(ownFile);
    if (!id) return;
    event.preventDefault();
    timeline.dispatchEvent(new CustomEvent("land", { bubbles: true, detail: { assets: [id], before: timeline.landingPlace(event.clientX) } }));
  });
}
