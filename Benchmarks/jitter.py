#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How unsteady a slow zoom is: the spread of the second difference of picture motion, in px/frame².

    jitter.py film.mp4 FIRST_FRAME [FRAMES]      needs numpy and opencv-python-headless, and ffmpeg

Motion between neighbouring frames of a 1920×1080 film is found by phase correlation in twelve windows of 256 pixels; a steady zoom gives nearly 0.
"""
import subprocess, sys
import cv2, numpy as np

WIDTH, HEIGHT, SIDE = 1920, 1080, 256


def main(film, first, count=50):
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", film, "-vf", f"trim=start_frame={first}:end_frame={first + count},setpts=PTS-STARTPTS,format=gray",
                          "-f", "rawvideo", "-"], stdout=subprocess.PIPE, check=True).stdout
    frames = np.frombuffer(raw, np.uint8).reshape(-1, HEIGHT, WIDTH)
    window = cv2.createHanningWindow((SIDE, SIDE), cv2.CV_32F)
    corners = [(x, y) for x in (160, 560, 1104, 1504) for y in (60, 412, 764) if frames[0, y:y + SIDE, x:x + SIDE].std() > 12]
    cut = lambda frame, x, y: frame[y:y + SIDE, x:x + SIDE].astype(np.float32)
    moves, trust = [], []
    for before, after in zip(frames, frames[1:]):
        found = [cv2.phaseCorrelate(cut(before, x, y), cut(after, x, y), window) for x, y in corners]
        moves.append([f[0] for f in found])
        trust.append([f[1] for f in found])
    good = [i for i, t in enumerate(np.median(trust, axis=0)) if t > 0.3] or list(range(len(corners)))
    spread = np.std(np.diff(np.array(moves)[:, good], axis=0), axis=0)
    print(f"{film} from frame {first}, {len(frames)} frames, {len(good)} windows: median {np.median(spread):.3f}, worst {spread.max():.3f}")


main(sys.argv[1], int(sys.argv[2]), *map(int, sys.argv[3:4]))
