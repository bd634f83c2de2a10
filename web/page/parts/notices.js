// SPDX-License-Identifier: GPL-3.0-or-later
// Short notices at the edge of the page: what went wrong, what was done and can be taken back. Read out as they come.
import { add, fill, freshID, h } from "../core/dom.js";
import { icon } from "../core/icons.js";
import { t } from "../core/words.js";

class Notices extends HTMLElement {
  connectedCallback() {
    this.className = "notices";
    this.setAttribute("role", "status");
    this.setAttribute("aria-live", "polite");
  }
}
customElements.define("k-notices", Notices);

/** Shows a notice. `action` is {label, run}; a notice with an action stays longer, a `bad` one until it is closed. */
export function notice(text, { action, kind = "plain", icon: sign } = {}) {
  // What stands behind an open dialog is neither read nor pressed.
  const place = document.querySelector("dialog[open] k-notices") ?? document.querySelector("k-notices");
  const close = () => item.remove();
  const item = h("div", { class: `notice ${kind}` },
    kind === "bad" ? icon("alert") : sign ? icon(sign) : null,
    h("p", {}, text),
    action ? h("button", { class: "button quiet small", onclick: () => { close(); action.run(); } }, action.label) : null,
    h("button", { class: "button quiet only small", "aria-label": t("close"), onclick: close }, icon("close")));
  while (place.children.length > 2) place.firstElementChild.remove();
  add(place, [item]);
  if (kind !== "bad") setTimeout(close, action ? 10000 : 5000);
  return close;
}

/** A dialog over the page, closed by Escape, by its button and by a click beside it. `build(close)` gives its content. */
export function dialog({ title, kind = "", build, onclose }) {
  const close = () => sheet.close();
  const head = h("h2", { id: freshID("dialog"), tabindex: "-1", autofocus: true }, title);
  const sheet = h("dialog", { class: `sheet ${kind}`, "aria-labelledby": head.id },
    h("header", {}, head, h("button", { class: "button quiet only", "aria-label": t("close"), onclick: close }, icon("close"))));
  const body = h("div", { class: "sheet-body" });
  const notices = document.createElement("k-notices");
  sheet.append(body, notices);
  fill(body, build(close, sheet));
  sheet.addEventListener("click", (event) => event.target === sheet && close());
  sheet.addEventListener("close", () => {
    document.querySelector(":not(dialog) > k-notices")?.append(...notices.children);
    sheet.remove();
    onclose?.();
  });
  document.body.append(sheet);
  sheet.showModal();
  return sheet;
}
