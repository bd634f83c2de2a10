// SPDX-License-Identifier: GPL-3.0-or-later
// Hands on the timeline: choosing, moving, pulling edges, scrubbing on the ruler. Nothing is changed before the hand lets go.
import { h } from "../core/dom.js";
import { span } from "../core/words.js";

/** Pixels that a hand may tremble before it drags. */
const still = 4;

export function dragging(timeline) {
  const { line, view } = timeline;
  line.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    // The sign of a transition stands on the edge: pressed it is a button, pulled it is the edge.
    const joint = event.target.closest(".joint");
    const element = joint ? timeline.piece(joint.dataset.id).element : event.target.closest(".piece");
    if (!element) return scrub(timeline, event);
    const piece = timeline.piece(element.dataset.id);
    const edge = joint ? "end" : event.target.closest(".edge")?.dataset.edge;
    const start = { x: event.clientX, scroll: view.scrollLeft };
    let drag = null;
    const at = (now) => now.clientX - start.x + view.scrollLeft - start.scroll;
    // A finger that sweeps scrolls; one that rests first takes hold.
    const byTouch = event.pointerType === "touch";
    let held = !byTouch;
    const hold = byTouch ? setTimeout(() => { held = true; element.classList.add("held"); navigator.vibrate?.(8); }, 260) : null;
    const move = (now) => {
      if (!drag) {
        if (Math.abs(now.clientX - start.x) < still) return;
        if (!held) return end();
        drag = edge ? pull(timeline, piece, edge) : piece.kind === "picture" ? carry(timeline, piece) : piece.kind === "text" ? slide(timeline, piece) : null;
        if (!drag) return end();
        element.setPointerCapture(now.pointerId);
        element.classList.add("dragged");
        timeline.classList.add("dragging");
      }
      now.preventDefault();
      last = now;
      drag.move(at(now), now);
      if (!rolling) roll();
    };
    // Near an edge of the view the line rolls on under the hand.
    let last = null;
    let rolling = 0;
    const roll = () => {
      rolling = 0;
      const box = view.getBoundingClientRect();
      const over = Math.max(0, last.clientX - (box.right - 40)) - Math.max(0, box.left + 40 - last.clientX);
      if (!drag || !over) return;
      const before = view.scrollLeft;
      view.scrollLeft += Math.max(-24, Math.min(24, over / 2));
      if (view.scrollLeft === before) return;
      drag.move(at(last), last);
      rolling = requestAnimationFrame(roll);
    };
    const end = () => {
      clearTimeout(hold);
      cancelAnimationFrame(rolling);
      element.classList.remove("dragged", "held");
      timeline.classList.remove("dragging");
      timeline.guide.hidden = timeline.caret.hidden = true;
      for (const [name, run] of ways) removeEventListener(name, run);
    };
    const up = (now) => {
      if (drag) drag.drop();
      else if (!joint) {
        timeline.focused = element;
        element.focus({ preventScroll: true });
        timeline.choose(piece, { more: now.shiftKey || now.ctrlKey || now.metaKey });
      }
      end();
    };
    const cancel = () => {
      drag?.cancel();
      end();
    };
    const escape = (now) => now.key === "Escape" && drag && (now.stopImmediatePropagation(), cancel());
    const ways = [["pointermove", move], ["pointerup", up], ["pointercancel", cancel], ["keydown", escape]];
    for (const [name, run] of ways) addEventListener(name, run, name === "pointermove" ? { passive: false } : undefined);
  });
  line.addEventListener("touchmove", (event) => timeline.classList.contains("dragging") && event.preventDefault(), { passive: false });
}

function scrub(timeline, event) {
  const go = (now) => timeline.player?.seek(timeline.scale.ms(now.clientX - timeline.line.getBoundingClientRect().left));
  const onRuler = event.clientY - timeline.view.getBoundingClientRect().top < 28;
  if (!onRuler) {
    timeline.project.select([]);
    if (event.pointerType === "touch") return;
  }
  timeline.player?.pause();
  go(event);
  const stop = () => { removeEventListener("pointermove", go); removeEventListener("pointerup", stop); removeEventListener("pointercancel", stop); };
  for (const [name, run] of [["pointermove", go], ["pointerup", stop], ["pointercancel", stop]]) addEventListener(name, run);
}

/** Carries a picture, and those chosen with it, to another place among the pictures. */
function carry(timeline, piece) {
  const { draft, project, scale, caret } = timeline;
  const chosen = project.selection.has(piece.segment.id) ? draft.pictures.filter((one) => project.selection.has(one.id)) : [piece.segment];
  const moved = chosen.map((one) => timeline.piece(one.id));
  const rest = draft.pictures.filter((one) => !chosen.includes(one));
  let place = null;
  for (const one of moved) one.element.classList.add("carried");
  return {
    move(by) {
      for (const one of moved) one.element.style.translate = `${by}px 0`;
      const middle = piece.start + piece.length / 2 + scale.ms(by);
      place = rest.findIndex((one) => timeline.piece(one.id).start + timeline.piece(one.id).length / 2 > middle);
      const before = rest[place];
      const x = before ? timeline.piece(before.id).start : draft.length;
      caret.hidden = false;
      caret.style.transform = `translateX(${scale.x(x)}px)`;
    },
    drop() {
      this.cancel();
      const ids = chosen.map((one) => one.id);
      const before = rest[place];
      const order = before ? [...rest.slice(0, place), ...chosen, ...rest.slice(place)] : [...rest, ...chosen];
      if (order.every((one, index) => one === draft.pictures[index])) return;
      timeline.do([{ op: "move", segments: ids, ...(before ? { before: before.id } : { to: -1 }) }]);
    },
    cancel() {
      for (const one of moved) {
        one.element.style.translate = "";
        one.element.classList.remove("carried");
      }
    },
  };
}

/** Slides a text along the film. */
function slide(timeline, piece) {
  const { segment } = piece;
  let start = segment.s;
  return {
    move(by) {
      const raw = segment.s + timeline.scale.ms(by);
      const first = timeline.snap(raw, segment);
      const last = timeline.guide.hidden ? timeline.snap(raw + segment.d, segment) - segment.d : first;
      start = Math.max(0, Math.min(timeline.guide.hidden ? Math.round(raw) : first !== Math.round(raw) ? first : last, timeline.draft.length - 100));
      piece.element.style.translate = `${timeline.scale.x(start - segment.s)}px 0`;
    },
    drop() {
      this.cancel();
      if (start !== segment.s) timeline.do([{ op: "time-text", texts: [segment.id], start }]);
    },
    cancel() {
      piece.element.style.translate = "";
    },
  };
}

/** Pulls an edge; pictures that follow go along, so that the length can be seen. */
function pull(timeline, piece, edge) {
  const { scale, draft } = timeline;
  const { segment, kind } = piece;
  const behind = kind === "picture" ? draft.pictures.slice(draft.pictures.indexOf(segment) + 1).map((one) => timeline.piece(one.id)) : [];
  const label = h("span", { class: "pull-words figures" });
  piece.element.append(label);
  let change = 0;
  const least = 200;
  return {
    move(by) {
      const own = edge === "end" ? piece.start + piece.length : piece.start;
      // A picture's first edge stays where it is: its time is taken from or given to its end.
      const target = timeline.snap(own + scale.ms(by), segment);
      change = target - own;
      if (edge === "end") change = Math.max(change, least - piece.length);
      else change = Math.min(change, piece.length - least);
      if (kind === "text" && edge === "start") change = Math.max(change, -segment.s);
      if (segment.mt === "video" && edge === "start") change = Math.max(change, -(segment.ss ?? 0) / (segment.speed ?? 1));
      const length = piece.length + (edge === "end" ? change : -change);
      piece.element.style.width = `${Math.max(4, scale.x(length) - 2)}px`;
      if (edge === "start" && kind === "text") piece.element.style.translate = `${scale.x(change)}px 0`;
      const shift = scale.x(length - piece.length);
      for (const one of behind) one.element.style.translate = `${shift}px 0`;
      label.textContent = span(length);
    },
    drop() {
      this.cancel();
      if (change) timeline.resize(piece, { [edge]: change });
    },
    cancel() {
      label.remove();
      piece.element.style.translate = "";
      piece.element.style.width = `${Math.max(4, scale.x(piece.length) - 2)}px`;
      for (const one of behind) one.element.style.translate = "";
    },
  };
}
