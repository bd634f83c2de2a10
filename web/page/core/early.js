// SPDX-License-Identifier: GPL-3.0-or-later
// Runs before anything is drawn, so that a dark page is never white first.
{
  let chosen = null;
  try {
    chosen = localStorage.getItem("kinora.theme");
  } catch {
    // Nothing can be kept here: the system's theme it is.
  }
  const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}
