// SPDX-License-Identifier: GPL-3.0-or-later
// Kinora's own icons, drawn on a square of 20 with a stroke of 1.6. A path that starts with `*` is filled.

const shapes = {
  play: ["*M6.5 4.3v11.4L15.6 10z"],
  pause: ["*M6 4.5h2.4v11H6z", "*M11.6 4.5H14v11h-2.4z"],
  "step-back": ["*M13.5 5.5v9L7 10z", "M5.2 5.5v9"],
  "step-on": ["*M6.5 5.5v9L13 10z", "M14.8 5.5v9"],
  loop: ["M4 9.5V8.8A3.3 3.3 0 0 1 7.3 5.5h8.2", "M13 3l2.7 2.5L13 8", "M16 10.5v.7a3.3 3.3 0 0 1-3.3 3.3H4.5", "M7 17l-2.7-2.5L7 12"],
  undo: ["M4 8h8a4 4 0 0 1 0 8H8.5", "M7.2 4.6L3.8 8l3.4 3.4"],
  redo: ["M16 8H8a4 4 0 0 0 0 8h3.5", "M12.8 4.6L16.2 8l-3.4 3.4"],
  plus: ["M10 4.2v11.6", "M4.2 10h11.6"],
  minus: ["M4.2 10h11.6"],
  send: ["M10 16V4.5", "M4.8 9.6L10 4.4l5.2 5.2"],
  stop: ["*M5.8 5.8h8.4v8.4H5.8z"],
  close: ["M5 5l10 10", "M15 5L5 15"],
  check: ["M4.2 10.6l3.8 3.8 7.8-8.6"],
  alert: ["M10 3.2L17.5 16.5h-15z", "M10 8.2v3.6", "M10 14.2v.1"],
  music: ["M7.5 14.5V5l8-1.7v9.5", "M7.5 14.5a2 2 0 1 1-2-2 2 2 0 0 1 2 2z", "M15.5 12.8a2 2 0 1 1-2-2 2 2 0 0 1 2 2z"],
  clip: ["M3.2 5.2h9.3v9.6H3.2z", "M12.5 8.8l4.3-2.3v7l-4.3-2.3"],
  photo: ["M3 4h14v12H3z", "M3 13.5l4-4 3.5 3.5 2.5-2.2 4 3.7", "M13 7.3v.1"],
  text: ["M4 6V4.5h12V6", "M10 4.5v11", "M7.5 15.5h5"],
  table: ["M3.5 3.5h13v13h-13z", "M3.5 10h13", "M10 3.5v13", "*M10 10h6.5v6.5H10z"],
  page: ["M5 3h7l3.5 3.5V17H5z", "M7.8 9.5h4.8", "M7.8 12.5h4.8"],
  download: ["M10 3.5v9", "M6 9l4 4 4-4", "M4 16.5h12"],
  share: ["M10 12V3.5", "M6.5 6.5L10 3l3.5 3.5", "M6 9H4.5v7.5h11V9H14"],
  sliders: ["M3 6h7.5", "M14.5 6H17", "M3 14h2.5", "M9.5 14H17", "M14.5 6a2 2 0 1 1-4 0 2 2 0 0 1 4 0z", "M9.5 14a2 2 0 1 1-4 0 2 2 0 0 1 4 0z"],
  films: ["M3 5.5h14v9H3z", "M6.5 5.5v9", "M13.5 5.5v9", "M3 8.5h3.5", "M3 11.5h3.5", "M13.5 8.5H17", "M13.5 11.5H17"],
  bin: ["M3.8 5.5h12.4", "M7.5 5.5V3.5h5v2", "M5.3 5.5l.7 11h8l.7-11", "M8.5 8.5v5", "M11.5 8.5v5"],
  copy: ["M7 7h9v9H7z", "M13 7V4H4v9h3"],
  pencil: ["M4 16l.8-3.5L13.3 4 16 6.7 7.5 15.2z", "M11.5 5.8l2.7 2.7"],
  link: ["M8.5 11.5l3-3", "M9.5 6.5l2-2a2.8 2.8 0 0 1 4 4l-2 2", "M10.5 13.5l-2 2a2.8 2.8 0 0 1-4-4l2-2"],
  folder: ["M2.8 5h5l1.7 2h7.7v9H2.8z"],
  phone: ["M6 2.8h8v14.4H6z", "M9.2 14.5h1.6"],
  retry: ["M15.8 10A5.8 5.8 0 1 1 13.7 5.6", "M14.2 2.8v3.3h-3.3"],
  down: ["M5.5 8l4.5 4.5L14.5 8"],
  left: ["M12 5l-5 5 5 5"],
  sound: ["*M3.5 8h2.8l3.2-2.8v9.6L6.3 12H3.5z", "M12.2 7.5a3.5 3.5 0 0 1 0 5", "M14.5 5.2a6.8 6.8 0 0 1 0 9.6"],
  silent: ["*M3.5 8h2.8l3.2-2.8v9.6L6.3 12H3.5z", "M12.5 8l4 4", "M16.5 8l-4 4"],
  more: ["M4.5 10v.1", "M10 10v.1", "M15.5 10v.1"],
  split: ["M10 3v14", "M6.5 6.5H3v7h3.5", "M13.5 6.5H17v7h-3.5"],
  frame: ["M6.2 2.8h7.6v14.4H6.2z"],
  safe: ["M3.5 7V3.5H7", "M13 3.5h3.5V7", "M16.5 13v3.5H13", "M7 16.5H3.5V13", "M7.2 7.2h5.6v5.6H7.2z"],
  magnet: ["M4 3.5h4v6.3a2 2 0 0 0 4 0V3.5h4v6.3a6 6 0 0 1-12 0z", "M4 7h4", "M12 7h4"],
  chat: ["M3.5 4.5h13v9h-7l-3.5 3v-3H3.5z"],
  tracks: ["M3 5.5h8", "M6 10h11", "M3 14.5h10"],
  full: ["M4 8V4h4", "M12 4h4v4", "M16 12v4h-4", "M8 16H4v-4"],
  offline: ["M3.5 3.5l13 13", "M3 8.2A10 10 0 0 1 6.5 6M10 5.2a10 10 0 0 1 7 3", "M6 11.5a6 6 0 0 1 3-1.6", "M10 15v.1"],
};

const SVG = "http://www.w3.org/2000/svg";

/** An icon, silent to readers of the screen: the control that holds it has the name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  for (const shape of shapes[name] ?? []) {
    const path = document.createElementNS(SVG, "path");
    if (shape.startsWith("*")) path.setAttribute("class", "solid");
    path.setAttribute("d", shape.replace("*", ""));
    svg.append(path);
  }
  if (name === "more") svg.style.strokeWidth = "2.6";
  return svg;
}

/** Kinora's wheel: twelve leaves round a hub. It turns while there is work. */
export function wheel(turning = false) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", turning ? "wheel turning" : "wheel");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  for (let leaf = 0; leaf < 12; leaf++) {
    const line = document.createElementNS(SVG, "line");
    line.setAttribute("x1", "10");
    line.setAttribute("x2", "10");
    line.setAttribute("y1", "1.5");
    line.setAttribute("y2", "6.5");
    line.setAttribute("transform", `rotate(${leaf * 30} 10 10)`);
    line.setAttribute("opacity", String(1 - leaf * 0.07));
    svg.append(line);
  }
  return svg;
}
