#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Hands a film over in every format and opens it with the programs of others: PyPI's opentimelineio and pyJianYingDraft, and
# melt:
#   scripts/check-hand-over.sh
# The packages are installed into .build/hand-over; KINORA names the program, the debug build otherwise.

set -eu

root=$(cd "$(dirname "$0")/.." && pwd -P)
cd "$root"
kinora=${KINORA:-$root/.build/debug/kinora}
[ -x "$kinora" ] || {
    echo "build first: swift build" >&2
    exit 1
}
python=.build/hand-over/bin/python
[ -x $python ] || python3 -m venv .build/hand-over
$python -c 'import opentimelineio, pyJianYingDraft' 2>/dev/null ||
    .build/hand-over/bin/pip install --quiet opentimelineio pyJianYingDraft || {
    echo "not checked: PyPI's opentimelineio and pyJianYingDraft cannot be installed here"
    exit 0
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
export XDG_CACHE_HOME="$work/cache"
mkdir "$work/media" "$work/out"
for number in 1 2; do
    ffmpeg -v error -f lavfi -i "testsrc2=s=640x480,hue=h=$((number * 80))" -frames:v 1 -update 1 "$work/media/p$number.jpg"
done
ffmpeg -v error -f lavfi -i testsrc2=s=640x360:r=25 -f lavfi -i sine=f=440 -t 6 -pix_fmt yuv420p "$work/media/c.mp4"
ffmpeg -v error -f lavfi -i sine=f=330:d=8 -b:a 96k "$work/media/s.mp3"
cat >"$work/draft.json" <<'DRAFT'
{"v":1,"m":{"title":"Sea & <sky>","width":320,"height":180,"fps":30},
 "assets":{"A":{"path":"media/p1.jpg"},"B":{"path":"media/p2.jpg"},"C":{"path":"media/c.mp4"},"S":{"path":"media/s.mp3"}},
 "t":[
  {"id":"v1","tt":0,"m":{"name":"Video"},"sg":[
   {"id":"s1","s":0,"d":3000,"src":"A","mt":"image","motion":{"type":"zoom-in","amount":0.2},
    "tr":{"type":"crossfade","d":600},"m":{"name":"p1"}},
   {"id":"s2","s":2400,"d":2000,"src":"C","mt":"video","ss":1000,"speed":2,"m":{"name":"c"}},
   {"id":"s3","s":4400,"d":2000,"src":"B","mt":"image","m":{"name":"p2"}}]},
  {"id":"a1","tt":1,"m":{"name":"Music"},"sg":[
   {"id":"s4","s":0,"d":6400,"src":"S","role":"music","vol":0.5,"fi":500,"fo":500,"m":{"name":"s"}}]},
  {"id":"x1","tt":7,"m":{"name":"Texts"},"sg":[
   {"id":"s5","s":500,"d":2000,"text":"Hello","role":"title","pos":"center","m":{"name":""}},
   {"id":"s6","s":3000,"d":2000,"text":"秋天","role":"caption","pos":"bottom","m":{"name":""}}]}]}
DRAFT

for format in otio fcpxml edl srt vtt mlt; do
    "$kinora" hand-over "$work/draft.json" --to $format -o "$work/out/film.$format" --bundle --quiet >/dev/null
done
"$kinora" hand-over "$work/draft.json" --to capcut -o "$work/out/film" --bundle --quiet >/dev/null

# Moved elsewhere, everything is still found.
mv "$work/out" "$work/moved"
mv "$work/media" "$work/gone"
timeout 60 $python scripts/check-hand-over.py "$work/moved"

if command -v melt >/dev/null; then
    (cd "$work/moved" && timeout 120 melt film.mlt -consumer avformat:played.mp4 vcodec=libx264 acodec=aac real_time=-1 \
        >/dev/null 2>"$work/melt.log") || {
        cat "$work/melt.log" >&2
        exit 1
    }
    frames=$(ffprobe -v error -count_frames -select_streams v -show_entries stream=nb_read_frames -of csv=p=0 \
        "$work/moved/played.mp4")
    [ "$frames" = 192 ] || {
        echo "melt played $frames frames, not 192" >&2
        exit 1
    }
else
    echo "not checked: melt is not installed"
fi

"$kinora" hand-over "$work/moved/film.otio" --to draft -o "$work/moved/back.json" --quiet >/dev/null
$python - "$work/draft.json" "$work/moved/back.json" <<'SAME'
import json
import sys

first, back = (json.load(open(path)) for path in sys.argv[1:])


def shape(draft):
    return [
        [(s["id"], s["s"], s["d"], s.get("src"), s.get("tr"), s.get("motion"), s.get("text")) for s in track["sg"]]
        for track in draft["t"]
    ]


assert shape(first) == shape(back), (shape(first), shape(back))
SAME
echo "fine"
