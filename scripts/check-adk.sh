#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Uses a server with google-adk (PyPI): its client AdkWebServerClient, and the web page in its wheel, in Chromium:
#   scripts/check-adk.sh [--picture PNG]
# google-adk is installed into .build/adk; KINORA names the program, the debug build otherwise.

set -eu

root=$(cd "$(dirname "$0")/.." && pwd -P)
cd "$root"
# shellcheck source=scripts/serving.sh
. scripts/serving.sh
[ -x .build/adk/bin/python ] || python3 -m venv .build/adk
.build/adk/bin/python -c 'import google.adk, websockets' 2>/dev/null || .build/adk/bin/pip install --quiet "google-adk>=2,<3" websockets || {
    echo "not checked: PyPI's google-adk cannot be installed here"
    exit 0
}

export XDG_CACHE_HOME="$work/cache"

serve "$work/client"
ffmpeg -v error -f lavfi -i testsrc2=s=640x360 -frames:v 1 -update 1 "$work/photo.jpg"
timeout 120 .build/adk/bin/python Tests/StudioServerTests/Clients/adk_client.py "$url" "$work/photo.jpg"
timeout 300 .build/adk/bin/python scripts/adk-page.py "$kinora" "$work" "$@"
