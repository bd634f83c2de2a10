#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sends a large film with tuspy (PyPI) over a line that breaks, to a server that is killed, and checks that it arrives whole:
#   scripts/check-tus.sh [--size BYTES] [--seed N] [--cuts N] [--kills N]
# tuspy is installed into .build/tus; KINORA names the program, the debug build otherwise. The film has 500 MB where nothing is said.

set -eu

root=$(cd "$(dirname "$0")/.." && pwd -P)
cd "$root"
kinora=${KINORA:-$root/.build/debug/kinora}
[ -x "$kinora" ] || {
    echo "build first: swift build" >&2
    exit 1
}
[ -x .build/tus/bin/python ] || python3 -m venv .build/tus
.build/tus/bin/python -c 'import tusclient' 2>/dev/null || .build/tus/bin/pip install --quiet "tuspy>=1.1,<2" || {
    echo "not checked: PyPI's tuspy cannot be installed here"
    exit 0
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
export XDG_CACHE_HOME="$work/cache"
timeout 600 .build/tus/bin/python scripts/tus-client.py "$kinora" "$work" "$@"
