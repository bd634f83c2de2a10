// SPDX-License-Identifier: GPL-3.0-or-later
// A chosen text on the picture itself: dragged to its place, written anew where it stands.
import { told } from "../core/api.js";
import { fill, h } from "../core/dom.js";
import { t } from "../core/words.js";
import { notice } from "./notices.js";

/** Where a named place is, as the text's centre in shares of the picture. */
const places = { top: [0.5, 0.14], center: [0.5, 0.5], bottom: [0.5, 0.86], "lower-third": [0.5, 0.74] };

export function textHandles(player) {
  const { project, layer } = player;
  let stand = "";
  const draw = () => {
    const texts = [...project.selection].map((id) => project.draft.find(id)).filter((one) => one?.kind === "text").map((one) => one.segment)
      .filter((one) => player.time >= one.s && player.time < one.s + one.d && !player.playing);
    const now = JSON.stringify(texts);
    if (now === stand || layer.querySelector("[contenteditable]")) return;
    stand = now;
    if (!texts.length) return fill(layer);
    project.shownTexts().then((shown) => now === stand && fill(layer, texts.map((text) => handle(player, text, shown.get(text.id)))));
  };
  for (const name of ["selection", "draft", "time"]) project.addEventListener(name, draw);
}

/** `shown` tells where it lies and how large it is; without it, it is taken to be where its place usually is. */
function handle(player, text, shown) {
  const { project, screen } = player;
  const box = shown?.box;
  const middle = box ? [box[0] + box[2] / 2, box[1] + box[3] / 2] : text.at ?? places[text.pos] ?? places.center;
  const [x, y] = text.at ?? middle;
  const put = (left, top) => {
    element.style.left = `${(middle[0] + left - x) * 100}%`;
    element.style.top = `${(middle[1] + top - y) * 100}%`;
  };
  const words = h("span", { dir: "auto" }, text.text);
  const run = (op) => project.edit([op]).catch((error) => notice(told(error, t), { kind: "bad" }));
  const place = (left, top) => run({ op: "move-text", texts: [text.id], x: Math.round(left * 1000) / 1000, y: Math.round(top * 1000) / 1000 });
  const element = h("div", {
    class: "text-handle", role: "button", tabindex: "0", "aria-label": t("text on picture", { text: text.text }),
    style: { "--size": shown?.size ?? 64, "--weight": shown?.bold ? 700 : 400, ...(box ? { width: `${box[2] * 100}%`, height: `${box[3] * 100}%` } : {}) },
    ondblclick: () => write(),
    onkeydown: (event) => {
      if (words.isContentEditable) return;
      const [dx, dy] = { ArrowLeft: [-0.01, 0], ArrowRight: [0.01, 0], ArrowUp: [0, -0.01], ArrowDown: [0, 0.01] }[event.key] ?? [];
      if (dx !== undefined) {
        event.preventDefault();
        event.stopPropagation();
        place(Math.min(1, Math.max(0, x + dx)), Math.min(1, Math.max(0, y + dy)));
      } else if (event.key === "Enter") {
        event.preventDefault();
        write();
      }
    },
    onpointerdown: (event) => {
      if (words.isContentEditable || event.button) return;
      const room = screen.getBoundingClientRect();
      const from = [event.clientX, event.clientY];
      let [left, top] = [x, y];
      element.setPointerCapture(event.pointerId);
      const move = (now) => {
        element.classList.add("moved");
        left = Math.min(1, Math.max(0, x + (now.clientX - from[0]) / room.width));
        top = Math.min(1, Math.max(0, y + (now.clientY - from[1]) / room.height));
        // The middle draws a hand to it.
        if (Math.abs(left - 0.5) < 0.015) left = 0.5;
        put(left, top);
      };
      element.addEventListener("pointermove", move);
      element.addEventListener("pointerup", () => {
        element.removeEventListener("pointermove", move);
        element.classList.remove("moved");
        if (Math.hypot(left - x, top - y) > 0.004) place(left, top);
      }, { once: true });
    },
  }, words);
  put(x, y);
  const write = () => {
    words.contentEditable = "plaintext-only";
    words.focus();
    getSelection().selectAllChildren(words);
    words.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        words.blur();
      } else if (event.key === "Escape") {
        words.textContent = text.text;
        words.blur();
      }
    });
    words.addEventListener("blur", () => {
      const now = words.innerText.trim();
      words.contentEditable = "false";
      words.removeAttribute("contenteditable");
      if (now && now !== text.text) run({ op: "change-text", texts: [text.id], text: now });
      else words.textContent = text.text;
    }, { once: true });
  };
  return element;
}
