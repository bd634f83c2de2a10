// SPDX-License-Identifier: GPL-3.0-or-later
// A QR code (ISO/IEC 18004) of a short text: byte mode, error correction L, versions 1 to 10.

/** Per version: bytes of data, bytes of correction a block, blocks. */
const versions = [
  null, [19, 7, 1], [34, 10, 1], [55, 15, 1], [80, 20, 1], [108, 26, 1], [136, 18, 2], [156, 20, 2], [194, 24, 2], [232, 30, 2], [274, 18, 4],
];
const centres = [null, [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

// Arithmetic in the field of 256 elements, polynomial 0x11d.
const exp = new Uint8Array(512);
const log = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power++) {
  exp[power] = exp[power + 255] = value;
  log[value] = power;
  value = (value << 1) ^ (value & 0x80 ? 0x11d : 0);
}
const times = (a, b) => (a && b ? exp[log[a] + log[b]] : 0);

/** The bytes of correction of a block: the remainder by the generator polynomial. */
function correction(data, count) {
  let generator = [1];
  for (let root = 0; root < count; root++) {
    const next = new Array(generator.length + 1).fill(0);
    generator.forEach((factor, place) => {
      next[place] ^= factor;
      next[place + 1] ^= times(factor, exp[root]);
    });
    generator = next;
  }
  const rest = [...data, ...new Array(count).fill(0)];
  for (let place = 0; place < data.length; place++) {
    const factor = rest[place];
    if (factor) generator.forEach((one, step) => (rest[place + step] ^= times(one, factor)));
  }
  return rest.slice(data.length);
}

/** The bytes in the order in which they are laid. */
function words(bytes, version) {
  const [room, more, blocks] = versions[version];
  const bits = [];
  const put = (value, count) => { for (let bit = count - 1; bit >= 0; bit--) bits.push((value >> bit) & 1); };
  put(4, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  for (const byte of bytes) put(byte, 8);
  put(0, Math.min(4, room * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const data = [];
  for (let place = 0; place < bits.length; place += 8) data.push(bits.slice(place, place + 8).reduce((sum, bit) => sum * 2 + bit, 0));
  for (let fill = 0xec; data.length < room; fill ^= 0xec ^ 0x11) data.push(fill);
  const short = Math.floor(room / blocks);
  const long = room % blocks;
  const rows = [];
  for (let block = 0, from = 0; block < blocks; block++) {
    const count = short + (block >= blocks - long ? 1 : 0);
    rows.push(data.slice(from, from + count));
    from += count;
  }
  const ends = rows.map((row) => correction(row, more));
  const laid = [];
  for (let place = 0; place <= short; place++) for (const row of rows) if (place < row.length) laid.push(row[place]);
  for (let place = 0; place < more; place++) for (const end of ends) laid.push(end[place]);
  return laid;
}

/** The remainder that guards the format and the version. */
function guarded(value, bits, generator) {
  const length = generator.toString(2).length - 1;
  let rest = value << length;
  for (let bit = bits - 1; bit >= 0; bit--) if ((rest >> (bit + length)) & 1) rest ^= generator << bit;
  return (value << length) | rest;
}

const masks = [
  (x, y) => (x + y) % 2 === 0, (x, y) => y % 2 === 0, (x) => x % 3 === 0, (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0, (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0, (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Rows of modules, true = dark, for a text of up to 271 bytes; null for a longer one. */
export function qrModules(text) {
  const bytes = new TextEncoder().encode(text);
  const version = versions.findIndex((row, number) => row && bytes.length + (number < 10 ? 2 : 3) <= row[0]);
  if (version < 0) return null;
  const size = 17 + 4 * version;
  const grid = Array.from({ length: size }, () => new Array(size).fill(null));
  const set = (x, y, dark) => { if (x >= 0 && y >= 0 && x < size && y < size) grid[y][x] = dark; };
  for (const [cx, cy] of [[3, 3], [size - 4, 3], [3, size - 4]]) {
    for (let dy = -4; dy <= 4; dy++) for (let dx = -4; dx <= 4; dx++) {
      const far = Math.max(Math.abs(dx), Math.abs(dy));
      set(cx + dx, cy + dy, far !== 2 && far !== 4);
    }
  }
  for (const cy of centres[version]) for (const cx of centres[version]) {
    if (grid[cy][cx] !== null) continue;
    for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) set(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
  }
  for (let place = 8; place < size - 8; place++) {
    if (grid[6][place] === null) set(place, 6, place % 2 === 0);
    if (grid[place][6] === null) set(6, place, place % 2 === 0);
  }
  const format = (mask) => {
    const bits = guarded((1 << 3) | mask, 5, 0x537) ^ 0x5412;
    for (let bit = 0; bit < 15; bit++) {
      const dark = ((bits >> bit) & 1) === 1;
      if (bit < 6) set(8, bit, dark);
      else if (bit < 8) set(8, bit + 1, dark);
      else if (bit === 8) set(7, 8, dark);
      else set(14 - bit, 8, dark);
      if (bit < 8) set(size - 1 - bit, 8, dark);
      else set(8, size - 15 + bit, dark);
    }
    set(8, size - 8, true);
  };
  format(0);
  if (version >= 7) {
    const bits = guarded(version, 6, 0x1f25);
    for (let bit = 0; bit < 18; bit++) {
      const dark = ((bits >> bit) & 1) === 1;
      set(Math.floor(bit / 3), size - 11 + (bit % 3), dark);
      set(size - 11 + (bit % 3), Math.floor(bit / 3), dark);
    }
  }
  // Data fills what is free, in columns of two from the right, up and down in turn.
  const free = [];
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right -= 1;
    for (let step = 0; step < size; step++) {
      const y = up ? size - 1 - step : step;
      for (const x of [right, right - 1]) if (grid[y][x] === null) free.push([x, y]);
    }
  }
  const laid = words(bytes, version);
  const bit = (index) => index < laid.length * 8 && ((laid[index >> 3] >> (7 - (index & 7))) & 1) === 1;
  let best = null;
  for (let mask = 0; mask < 8; mask++) {
    free.forEach(([x, y], index) => (grid[y][x] = bit(index) !== masks[mask](x, y)));
    format(mask);
    const score = penalty(grid);
    if (!best || score < best.score) best = { score, rows: grid.map((row) => [...row]) };
  }
  return best.rows;
}

/** How hard a code is to read: long runs, blocks, what looks like a corner, too much of one colour. */
function penalty(grid) {
  const size = grid.length;
  let score = 0;
  let dark = 0;
  const lines = [...grid, ...grid.map((_, x) => grid.map((row) => row[x]))];
  for (const line of lines) {
    for (let from = 0; from < size; ) {
      let to = from;
      while (to < size && line[to] === line[from]) to++;
      if (to - from >= 5) score += to - from - 2;
      from = to;
    }
    const text = line.map((one) => (one ? "1" : "0")).join("");
    for (const corner of ["10111010000", "00001011101"]) for (let at = text.indexOf(corner); at >= 0; at = text.indexOf(corner, at + 1)) score += 40;
  }
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) {
    if (grid[y][x]) dark++;
    if (x && y && grid[y][x] === grid[y - 1][x] && grid[y][x] === grid[y][x - 1] && grid[y][x] === grid[y - 1][x - 1]) score += 3;
  }
  return score + Math.floor(Math.abs((dark * 20) / (size * size) - 10)) * 10;
}

/** The code as a picture, dark on white in either theme, with its quiet margin. */
export function qrCode(text) {
  const rows = qrModules(text);
  const canvas = document.createElement("canvas");
  canvas.className = "qr";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", text);
  if (!rows) return canvas;
  const scale = 6;
  canvas.width = canvas.height = (rows.length + 8) * scale;
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#000";
  rows.forEach((row, y) => row.forEach((dark, x) => dark && context.fillRect((x + 4) * scale, (y + 4) * scale, scale, scale)));
  return canvas;
}
