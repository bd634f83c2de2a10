// SPDX-License-Identifier: GPL-3.0-or-later
// Making and finding elements. Text is only ever a text node: nothing here takes markup.

/**
 * An element with its properties and children. Names starting with `on` are listeners, `style` and `dataset` are objects,
 * `class` is a text; anything else is an attribute: true is an empty one, false, null and undefined none.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "style") for (const [key, text] of Object.entries(value)) element.style.setProperty(key, text);
    else if (name === "dataset") Object.assign(element.dataset, value);
    else if (name === "value" || name === "checked" || name === "indeterminate") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  add(element, children);
  return element;
}

/** Puts children behind those that are there: elements, texts, lists of them; what is false or missing is left out. */
export function add(element, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/** Replaces what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren();
  return add(element, children);
}

/** Sets the text if it is another: a reader of the screen is not told the same twice. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Sets or takes off an attribute. */
export function mark(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : value);
}

/** Calls `work` once before the next picture of the screen, however often it is asked for. */
export function soon(work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      work();
    });
  };
}

/** A link that leaves the page, if it is one that leads somewhere. */
export const away = (address, words) => (/^https?:\/\//.test(address ?? "") ? h("a", { class: "button small", href: address, target: "_blank", rel: "noopener" }, words) : null);

let counted = 0;
/** An id that no other element has. */
export const freshID = (stem) => `${stem}-${++counted}`;

/** Whether keys go to a field where a person writes. */
export function isTyping(event) {
  const target = event.composedPath()[0];
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
    !["range", "checkbox", "radio", "button"].includes(target.type)
  );
}
