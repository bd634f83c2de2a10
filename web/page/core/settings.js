// SPDX-License-Identifier: GPL-3.0-or-later
// What this browser keeps for a person: language, theme, token, what they were last at. Where nothing can be kept (private
// windows), it is kept as long as the page is open.

const memory = new Map();

export const keep = {
  get(name) {
    try {
      return localStorage.getItem(`kinora.${name}`) ?? memory.get(name) ?? null;
    } catch {
      return memory.get(name) ?? null;
    }
  },
  set(name, value) {
    memory.set(name, value);
    try {
      if (value === null) localStorage.removeItem(`kinora.${name}`);
      else localStorage.setItem(`kinora.${name}`, value);
    } catch {
      // Kept in memory only.
    }
    if (value === null) memory.delete(name);
  },
  json(name, usual) {
    try {
      return JSON.parse(this.get(name)) ?? usual;
    } catch {
      return usual;
    }
  },
  setJSON(name, value) {
    this.set(name, JSON.stringify(value));
  },
};

/** A text that nobody else has. (`randomUUID` is there on safe addresses only.) */
export const randomText = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const dark = matchMedia("(prefers-color-scheme: dark)");

/** `auto`, `light` or `dark`. */
export const theme = {
  get chosen() {
    return keep.get("theme") ?? "auto";
  },
  set chosen(name) {
    keep.set("theme", name === "auto" ? null : name);
    this.show();
  },
  show() {
    const shown = this.chosen === "auto" ? (dark.matches ? "dark" : "light") : this.chosen;
    document.documentElement.dataset.theme = shown;
    document.querySelector("meta[name=theme-color]")?.setAttribute("content", shown === "dark" ? "#0f1012" : "#f1f2f3");
  },
};
dark.addEventListener("change", () => theme.show());
