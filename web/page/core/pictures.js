// SPDX-License-Identifier: GPL-3.0-or-later
// Small pictures and waveforms of files, fetched once each.
import { api } from "./api.js";

const pictures = new Map();
const waves = new Map();

/** As wide as the tiles of what was brought: a picture that is there already is not made again. An address that an element can show as it is: the server's small picture, or the photo itself where there is none. Null without one. */
export function picture(file, width = 240) {
  if (!file || (file.file_type !== "image" && file.file_type !== "video")) return Promise.resolve(null);
  const key = `${file.id} ${width}`;
  if (!pictures.has(key)) pictures.set(key, find(file, width));
  return pictures.get(key);
}

async function find(file, width) {
  try {
    return URL.createObjectURL(await api.blob(api.thumb(file.id, width), { feature: "thumb" }));
  } catch (fault) {
    if (file.file_type !== "image" || fault.kind !== "missing") return null;
  }
  try {
    return URL.createObjectURL(await api.blob(api.asset(file.id)));
  } catch {
    return null;
  }
}

/** {length in ms, peaks 0…1, beats in ms} of what a segment sounds like, a file or made for the film; null where the server draws none. */
export function wave(segment, sid) {
  const key = segment.src ?? (segment.gen ? JSON.stringify([sid, segment.id, segment.gen, segment.d]) : null);
  if (key === null) return Promise.resolve(null);
  if (!waves.has(key)) {
    waves.set(key, (segment.src ? api.waveform(segment.src) : api.soundWaveform(sid, segment.id)).then((data) => {
      return { length: data.duration * 1000, peaks: data.peaks.map((peak) => peak / 255), beats: data.beats ?? [], bars: new Set(data.downbeats ?? []) };
    }).catch(() => {
      // Asked again another time.
      waves.delete(key);
      return null;
    }));
  }
  return waves.get(key);
}
