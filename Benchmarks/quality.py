# SPDX-License-Identifier: GPL-3.0-or-later
"""Fidelity of a film against its own uncompressed frames, and its steadiness over the edges between groups of pictures."""
import functools, json, os, re, subprocess, tempfile
import peers

# Both sides say what they are and are paired by their number. An ffmpeg newer than 7 silently converts what is not
# tagged, which costs 5 dB that the film never lost.
SAME = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709,settb=1/30,setpts=N"


def packets(film):
    """(time, key, size) of each video packet in showing order."""
    out = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=pts,size,flags", "-of", "csv=p=0", film],
                         stdout=subprocess.PIPE, text=True, check=True).stdout
    rows = [line.split(",") for line in out.split() if line.strip(",")]
    return sorted((int(r[0]), "K" in r[2], int(r[1])) for r in rows)


def video_bytes(film):
    return sum(size for _, _, size in packets(film))


def fidelity(film, raw):
    """SSIM of luma, PSNR of each frame's luma, and the mean PSNR step over the edges between groups of pictures, in dB."""
    def compare(kind, field):
        out = subprocess.run(["ffmpeg", "-v", "error", "-i", film, "-i", raw, "-lavfi", f"[0:v]{SAME}[a];[1:v]{SAME}[b];[a][b]{kind}=stats_file=-", "-f", "null", "-"],
                             stdout=subprocess.PIPE, text=True, check=True).stdout
        return [min(float(x), 99.0) for x in re.findall(field + r":(\S+)", out)]

    psnr, ssim = compare("psnr", "psnr_y"), compare("ssim", "Y")
    rows = packets(film)
    if not psnr or len(psnr) != len(rows) or len(ssim) != len(rows):
        raise RuntimeError(f"{film} has {len(rows)} frames, but {len(psnr)} and {len(ssim)} were compared")
    keys = [i for i, (_, key, _) in enumerate(rows) if key and 2 <= i < len(psnr) - 2]
    steps = [abs(sum(psnr[k:k + 2]) - sum(psnr[k - 2:k])) / 2 for k in keys]
    return {"ssim": sum(ssim) / len(ssim), "psnr": sum(psnr) / len(psnr), "step": sum(steps) / max(1, len(steps)), "keys": len(keys) + 1,
            "bytes": sum(size for _, _, size in rows), "vmaf": vmaf(film, raw)}


@functools.cache
def judge():
    return peers.ffmpeg_with_vmaf()


def vmaf(film, raw):
    """Mean VMAF over every fifth frame; nil where no ffmpeg with libvmaf is found."""
    if not judge():
        return None
    with tempfile.NamedTemporaryFile(suffix=".json") as log:
        subprocess.run([judge(), "-v", "error", "-i", film, "-i", raw, "-lavfi",
                        f"[0:v]{SAME}[a];[1:v]{SAME}[b];[a][b]libvmaf=n_threads={os.cpu_count()}:n_subsample=5:log_fmt=json:log_path={log.name}", "-f", "null", "-"],
                       check=True)
        return json.load(log)["pooled_metrics"]["vmaf"]["mean"]


def told(seen):
    """One line of it."""
    sight = f", VMAF {seen['vmaf']:.1f}" if seen["vmaf"] is not None else ""
    return f"{seen['bytes'] / 1e6:.2f} MB{sight}, SSIM {seen['ssim']:.4f}, PSNR {seen['psnr']:.2f} dB, step over an edge {seen['step']:.2f} dB"
