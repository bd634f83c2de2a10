# SPDX-License-Identifier: GPL-3.0-or-later
"""Mutants of media: of any bytes (zzuf's and our own), and of the parts that their format is made of. All of it follows from a seed."""
import random, shutil, struct, subprocess

from . import parts

EDGES = {1: (0, 1, 0x7F, 0x80, 0xFF), 2: (0, 1, 0x7FFF, 0x8000, 0xFFFF),
         4: (0, 1, 2, 7, 8, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFF), 8: (0, 1, 1 << 31, 1 << 32, 1 << 62, (1 << 63) - 1, (1 << 64) - 1)}
MOST = 1 << 20


def edge(rng, size, near=None):
    """A number that programs trip over, `size` bytes of it."""
    if near is not None and rng.random() < 0.4:
        return max(0, min((1 << 8 * size) - 1, near + rng.choice((-8, -4, -2, -1, 1, 2, 4, 8, near))))
    return rng.choice(EDGES[size]) if rng.random() < 0.8 else rng.getrandbits(8 * size)


# Any bytes

def flips(rng, data, _):
    data = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16, 64))):
        data[place(rng, data)] ^= 1 << rng.randrange(8)
    return bytes(data)


def numbers(rng, data, _):
    data = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3))):
        size, order = rng.choice((1, 2, 4, 4, 8)), rng.choice(("big", "little"))
        at = place(rng, data)
        if at + size <= len(data):
            data[at : at + size] = edge(rng, size, int.from_bytes(data[at : at + size], order)).to_bytes(size, order)
    return bytes(data)


def cut(rng, data, _):
    return data[: rng.randrange(1, len(data))]


def holes(rng, data, _):
    a = place(rng, data)
    length = min(rng.choice((1, 4, 16, 256, 4096)), len(data) - a)
    return data[:a] + rng.choice((b"", bytes(length), b"\xff" * length, rng.randbytes(length))) + data[a + length :]


def again(rng, data, _):
    a = place(rng, data)
    part = data[a : a + rng.choice((4, 16, 64, 1024))]
    return data[:a] + part * rng.choice((2, 2, 3, 50)) + data[a + len(part) :]


def spliced(rng, data, others):
    other = rng.choice(others)
    return data[: place(rng, data)] + other[place(rng, other) :]


def fuzzed(rng, data, _):
    words = ["zzuf", "-s", str(rng.getrandbits(31)), "-r", rng.choice(("0.0001", "0.0004", "0.002", "0.01", "0.05"))]
    return subprocess.run(words, input=data, capture_output=True, check=True).stdout


def place(rng, data):
    """Headers are hit more often than what lies behind them."""
    if rng.random() < 0.5:
        return rng.randrange(min(len(data), rng.choice((32, 128, 512))))
    return rng.randrange(len(data))


# Parts

def edited(rng, data, others):
    """One to three edits of the format's own parts; any bytes where there are none."""
    edits = parts.editor(data)
    if edits is None:
        return numbers(rng, data, others)
    for _ in range(rng.choice((1, 1, 2, 3))):
        data = edits(rng, data, edge) or data
        if len(data) > MOST:
            break
    return data


ANY = (flips, numbers, numbers, cut, holes, again, spliced)


def mutant(seed, index, data, others):
    """The mutant of that number, and how it was made. `others`: files of the same kind to take parts of."""
    rng = random.Random(f"{seed}-{index}")
    dice = rng.random()
    if dice < 0.12 and shutil.which("zzuf"):
        way = fuzzed
    elif dice < 0.45:
        way = rng.choice(ANY)
    else:
        way = edited
    made = way(rng, data, others)
    if way is edited and rng.random() < 0.15:
        made = numbers(rng, made, others)
    return made[:MOST] or b"\0", way.__name__
