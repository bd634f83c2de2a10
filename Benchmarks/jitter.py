#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How unsteady a slow zoom is: the spread of the second difference of picture motion, in px/frame².

    jitter.py film.mp4 FIRST_FRAME [FRAMES]      needs numpy, and ffmpeg

Motion between neighbouring frames of a 1920×1080 film is found by phase correlation (Kuglin and Hines 1975; the peak's
place as the centroid of 5×5 around it) in twelve windows of 256 pixels; a steady zoom gives nearly 0.
"""
import subprocess, sys
import numpy as np

WIDTH, HEIGHT, SIDE = 1920, 1080, 256


def shift(before, after):
    """How far the picture moved between two Fourier transforms of a window, and how sure that is (0…1)."""
    cross = np.conj(before) * after
    surface = np.fft.fftshift(np.fft.irfft2(cross / np.maximum(np.abs(cross), 1e-9), s=(SIDE, SIDE)))
    y, x = np.unravel_index(np.argmax(surface), surface.shape)
    rows, columns = np.arange(max(0, y - 2), min(SIDE, y + 3)), np.arange(max(0, x - 2), min(SIDE, x + 3))
    near = surface[np.ix_(rows, columns)]
    total = near.sum()
    return (near.sum(0) @ columns / total - SIDE / 2, near.sum(1) @ rows / total - SIDE / 2), total


def main(film, first, count=50):
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", film, "-vf", f"trim=start_frame={first}:end_frame={first + count},setpts=PTS-STARTPTS,format=gray",
                          "-f", "rawvideo", "-"], stdout=subprocess.PIPE, check=True).stdout
    frames = np.frombuffer(raw, np.uint8).reshape(-1, HEIGHT, WIDTH)
    window = np.outer(np.hanning(SIDE), np.hanning(SIDE))
    corners = [(x, y) for x in (160, 560, 1104, 1504) for y in (60, 412, 764) if frames[0, y:y + SIDE, x:x + SIDE].std() > 12]
    seen = [[np.fft.rfft2(frame[y:y + SIDE, x:x + SIDE] * window) for x, y in corners] for frame in frames]
    found = [[shift(a, b) for a, b in zip(before, after)] for before, after in zip(seen, seen[1:])]
    moves = np.array([[move for move, _ in row] for row in found])
    trust = np.median([[sure for _, sure in row] for row in found], axis=0)
    good = [i for i, t in enumerate(trust) if t > 0.3] or list(range(len(corners)))
    spread = np.std(np.diff(moves[:, good], axis=0), axis=0)
    print(f"{film} from frame {first}, {len(frames)} frames, {len(good)} windows: median {np.median(spread):.3f}, worst {spread.max():.3f}")


main(sys.argv[1], int(sys.argv[2]), *map(int, sys.argv[3:4]))
