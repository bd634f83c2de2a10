// SPDX-License-Identifier: GPL-3.0-or-later
// Times on a line of pixels: pure arithmetic for the timeline.

/** Steps between two marks of the ruler, in ms: the first that leaves room for its words. */
const steps = [100, 200, 500, 1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000, 1800000];

export class Scale {
  /** `perSecond`: pixels a second. */
  constructor(perSecond = 40) {
    this.perSecond = perSecond;
  }

  x(ms) {
    return (ms * this.perSecond) / 1000;
  }

  ms(x) {
    return (x * 1000) / this.perSecond;
  }

  get step() {
    return steps.find((step) => this.x(step) >= 72) ?? steps.at(-1);
  }
}

/** The nearest of `points` to a time, if it is within `reach` ms; else null. Points are sorted. */
export function nearest(points, ms, reach) {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle] < ms) low = middle + 1;
    else high = middle;
  }
  const found = [points[low - 1], points[low]].filter((point) => point !== undefined && Math.abs(point - ms) <= reach);
  return found.length ? found.reduce((a, b) => (Math.abs(b - ms) < Math.abs(a - ms) ? b : a)) : null;
}

/**
 * Where pictures stand from cut to cut: [{segment, start, length}]. A transition overlaps its two pictures; the cut is drawn where the
 * second begins.
 */
export const cuts = (pictures, end) =>
  pictures.map((segment, index) => ({ segment, start: segment.s, length: (pictures[index + 1]?.s ?? Math.max(end, segment.s + segment.d)) - segment.s }));

/** Rows for things that may overlap: the first row that is free takes each. */
export function rows(segments) {
  const ends = [];
  return [...segments].sort((a, b) => a.s - b.s).map((segment) => {
    let row = ends.findIndex((end) => end <= segment.s);
    if (row < 0) row = ends.push(0) - 1;
    ends[row] = segment.s + segment.d;
    return { segment, row };
  });
}
