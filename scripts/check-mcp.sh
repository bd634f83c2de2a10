#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes a film through the official Python SDK of the Model Context Protocol (PyPI mcp), 1.x and 2.x, over both transports:
#   scripts/check-mcp.sh
# The SDKs are installed into .build/mcp-1 and .build/mcp-2; KINORA names the program, the debug build otherwise.

set -eu

root=$(cd "$(dirname "$0")/.." && pwd -P)
cd "$root"
# shellcheck source=scripts/serving.sh
. scripts/serving.sh
for major in 1 2; do
    [ -x .build/mcp-$major/bin/python ] || python3 -m venv .build/mcp-$major
    .build/mcp-$major/bin/python -c 'import mcp' 2>/dev/null ||
        .build/mcp-$major/bin/pip install --quiet "mcp>=$major,<$((major + 1))" || {
        echo "not checked: PyPI's mcp $major cannot be installed here"
        exit 0
    }
done

export XDG_CACHE_HOME="$work/cache"
mkdir "$work/photos"
for number in 1 2 3; do
    ffmpeg -v error -f lavfi -i "testsrc2=s=640x360,hue=h=$((number * 80))" -frames:v 1 -update 1 "$work/photos/p$number.jpg"
done
ffmpeg -v error -f lavfi -i sine=f=330:d=8 -b:a 96k "$work/photos/song.mp3"
film() { # SDK, arguments of mcp-client.py
    sdk=$1
    shift
    timeout 300 .build/mcp-"$sdk"/bin/python scripts/mcp-client.py "$@"
}

# The program is started anew each time; a second time the projects are there.
film 1 stdio "$kinora" "$work/photos" "$work/own" -
film 2 stdio "$kinora" "$work/photos" "$work/own" legacy
film 2 stdio "$kinora" "$work/photos" "$work/own" auto

serve "$work/served"
film 1 http "$url/mcp" "$work/photos" - -
film 2 http "$url/mcp" "$work/photos" - legacy
film 2 http "$url/mcp" "$work/photos" - auto
# A program whose data folder the server has open asks the server.
film 2 stdio "$kinora" "$work/photos" "$work/served" auto
echo "fine"
