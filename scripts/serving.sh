# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by scripts that check a running server: the built program, a folder that goes with the script, a server in it.
# shellcheck shell=sh

# The program: KINORA names it, the debug build otherwise.
kinora=${KINORA:-$root/.build/debug/kinora}
[ -x "$kinora" ] || {
    echo "build first: swift build" >&2
    exit 1
}

work=$(mktemp -d)
server=
stop() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$server" ] || wait "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM

# Starts a server and sets url when it listens: serve DATA [options of kinora serve]
serve() {
    folder=$1
    shift
    "$kinora" serve --port 0 --data "$folder" --json "$@" >"$work/out" 2>"$work/log" &
    server=$!
    url=
    tries=0
    while [ -z "$url" ] && [ $tries -lt 300 ]; do
        url=$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p' "$work/out" | head -1)
        tries=$((tries + 1))
        [ -n "$url" ] || sleep 0.1
    done
    [ -n "$url" ] || {
        cat "$work/log" >&2
        exit 1
    }
}
