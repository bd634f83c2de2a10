# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands people use today for a film of photos: ffmpeg's zoompan and xfade, straight or from an enlarged photo."""
import os, shutil, subprocess, sys

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"
# People know that zoompan trembles; the usual cure is to enlarge the photo first.
FIRST = {"zoompan": "crop=iw:trunc(iw*{h}/{w}/2)*2", "zoompan from 8000 px": "scale=8000:-2,crop=8000:8000*{h}/{w}"}


def ffmpeg(kind, photos, song, out, total, size=(1920, 1080), overlap=20, title="Summer in the Hills", preset="veryfast", crf="21"):
    """The headline film as an ffmpeg command: the same photos, lengths, crossfades, zoom, title and music."""
    width, height = size
    count = len(photos)
    need = total + (count - 1) * overlap
    frames = [need // count + (1 if i < need % count else 0) for i in range(count)]
    first = FIRST[kind].format(w=width, h=height)
    graph = [f"[{i}:v]{first},zoompan=z='1+0.15*on/{d - 1}':x='iw/2-(iw/zoom/2)':y='ih/2-(ih/zoom/2)':d={d}:s={width}x{height}:fps=30,"
             f"setsar=1,format=yuv420p[v{i}]" for i, d in enumerate(frames)]
    last, offset = "v0", 0
    for i in range(1, count):
        offset += frames[i - 1] - overlap
        graph.append(f"[{last}][v{i}]xfade=transition=fade:duration={overlap / 30:.5f}:offset={offset / 30:.5f}[x{i}]")
        last = f"x{i}"
    text = (f"drawtext=fontfile={FONT}:text='{title}':fontsize={min(size) // 11}:fontcolor=white:shadowcolor=black@0.6:shadowx=4:shadowy=4:"
            "x=(w-text_w)/2:y=h*0.75:enable='lt(t,3)'," if os.path.exists(FONT) else "")
    graph.append(f"[{last}]{text}format=yuv420p[picture]")
    seconds = total / 30
    graph.append(f"[{count}:a]atrim=0:{seconds:g},afade=t=in:d=1,afade=t=out:st={seconds - 2:g}:d=2[sound]")
    script = out + ".filters"
    with open(script, "w") as f:
        f.write(";\n".join(graph))
    inputs = [part for photo in photos for part in ("-i", photo)]
    return ["ffmpeg", "-v", "error", "-y", *inputs, "-stream_loop", "-1", "-i", song, "-filter_complex_script", script, "-map", "[picture]",
            "-map", "[sound]", "-c:v", "libx264", "-preset", preset, "-crf", crf, "-profile:v", "high", "-pix_fmt", "yuv420p", "-r", "30",
            "-c:a", "aac", "-b:a", "192k", "-movflags", "+faststart", "-t", f"{seconds:g}", out]


def pythons():
    return list(dict.fromkeys(p for p in (sys.executable, "/usr/bin/python3", shutil.which("python3")) if p and os.path.exists(p)))


def python_with_numpy():
    """A Python that has numpy (Debian's python3-numpy belongs to the system's own), or nil."""
    for python in pythons():
        if subprocess.run([python, "-c", "import numpy"], stderr=subprocess.DEVNULL).returncode == 0:
            return python
    return None


def ffmpeg_with_vmaf():
    """An ffmpeg that knows libvmaf, which Debian's does not: $KINORA_VMAF_FFMPEG, the one on the path, or that of PyPI's imageio-ffmpeg."""
    found = [os.environ.get("KINORA_VMAF_FFMPEG"), shutil.which("ffmpeg")]
    for python in pythons():
        asked = subprocess.run([python, "-c", "import imageio_ffmpeg as i; print(i.get_ffmpeg_exe())"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        found.append(asked.stdout.strip())
    for program in found:
        if program and " libvmaf " in subprocess.run([program, "-v", "error", "-filters"], stdout=subprocess.PIPE, text=True).stdout:
            return program
    return None
