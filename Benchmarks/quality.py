# SPDX-License-Identifier: GPL-3.0-or-later
"""Fidelity of a film against its own uncompressed frames, and its step over chunk edges."""
import re, subprocess


def packets(film):
    """(key, size) of each video packet in showing order."""
    out = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=pts,size,flags", "-of", "csv=p=0", film],
                         stdout=subprocess.PIPE, text=True, check=True).stdout
    rows = [line.split(",") for line in out.split() if line.strip(",")]
    return sorted((int(r[0]), "K" in r[2], int(r[1])) for r in rows)


def video_bytes(film):
    return sum(size for _, _, size in packets(film))


def fidelity(film, raw):
    """SSIM (all planes), PSNR of each frame's luma, and the mean PSNR step over the edges between groups of pictures, in dB."""
    def compare(kind):
        graph = f"[0:v]setpts=N[a];[1:v]setpts=N[b];[a][b]{kind}=stats_file=-"
        return subprocess.run(["ffmpeg", "-v", "error", "-i", film, "-i", raw, "-lavfi", graph, "-f", "null", "-"],
                              stdout=subprocess.PIPE, text=True, check=True).stdout

    psnr = [float(x) if x != "inf" else 99.0 for x in re.findall(r"psnr_y:(\S+)", compare("psnr"))]
    ssim = [float(x) for x in re.findall(r"All:(\S+)", compare("ssim"))]
    keys = [i for i, (_, key, _) in enumerate(packets(film)) if key and 2 <= i < len(psnr) - 2]
    steps = [abs(sum(psnr[k:k + 2]) - sum(psnr[k - 2:k])) / 2 for k in keys]
    return {"ssim": sum(ssim) / max(1, len(ssim)), "psnr": sum(psnr) / max(1, len(psnr)), "step": sum(steps) / max(1, len(steps)), "keys": len(keys) + 1}
