#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Tests ./kinora in a copy of its own, with a stand-in for the Swift toolchain that counts its builds.

set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd -P)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir -p "$place/tree/Sources/One" "$place/tree/scripts" "$place/bin"
cp "$root/kinora" "$root/packages.txt" "$place/tree/"
cp "$root/scripts/setup.sh" "$place/tree/scripts/"
cd "$place/tree"
touch Package.swift Sources/One/a.swift Sources/One/b.swift
mkfifo "$place/go" "$place/heard" "$place/heard-too"

cat >"$place/bin/swift" <<'SWIFT'
#!/bin/sh
if [ "$1" = --version ]; then
    echo "Swift version ${FAKE_VERSION:-6.3.1} (a stand-in)"
    exit
fi
echo "[1/1] Compiling"
echo one >>"$PLACE/builds"
if [ -n "${FAKE_WAIT:-}" ]; then read -r _ <"$PLACE/go"; fi
if [ -n "${FAKE_FAILURE:-}" ]; then
    echo "a.swift:1:1: error: no good"
    exit 1
fi
mkdir -p .build/release
printf '#!/bin/sh\necho "ran: $*"\nexit 7\n' >.build/release/kinora
chmod +x .build/release/kinora
SWIFT
chmod +x "$place/bin/swift"
export PLACE=$place PATH=$place/bin:$PATH KINORA_SKIP_PACKAGES=1

failures=0
# expect WORDS EXPECTED FOUND
expect() {
    if [ "$2" != "$3" ]; then
        echo "launcher: $1: expected '$2', found '$3'"
        failures=$((failures + 1))
    fi
}
builds() { if [ -e "$place/builds" ]; then wc -l <"$place/builds"; else echo 0; fi; }
# Puts the last build after everything, however coarse the clock of the file system.
settle() { touch -d "$(date -d '+4 seconds' '+%F %T')" .build/kinora-built; }

code=0
FAKE_FAILURE=1 ./kinora a >"$place/out" 2>"$place/errors" || code=$?
expect "a failed build ends with" 1 "$code"
expect "a failed build names its log" 1 "$(grep -c 'the build failed; all of it is in .*/.build/kinora-build.log' "$place/errors")"
expect "a failed build shows the error" 1 "$(grep -c 'error: no good' "$place/errors")"
expect "a failed build prints nothing" "" "$(cat "$place/out")"

code=0
expect "arguments reach the program" "ran: a b c" "$(./kinora 'a b' c 2>/dev/null)"
./kinora >/dev/null 2>&1 || code=$?
expect "the exit code is the program's" 7 "$code"
expect "it was built twice, once in vain" 2 "$(builds)"

settle
expect "nothing is said when nothing is to do" "ran: x" "$(./kinora x 2>&1)"
expect "nothing is built when nothing is to do" 2 "$(builds)"
touch -d '1 hour ago' .build/kinora-built Package.swift Sources Sources/One Sources/One/*
touch Sources/One/a.swift
./kinora >/dev/null 2>&1 || :
expect "a changed source is built" 3 "$(builds)"
touch -d '1 hour ago' .build/kinora-built Package.swift Sources Sources/One Sources/One/*
rm Sources/One/b.swift
./kinora >/dev/null 2>&1 || :
expect "a source that is gone is built" 4 "$(builds)"

ln -s "$place/tree/kinora" "$place/bin/kinora"
settle
expect "it works through a link, from anywhere" "ran: y" "$(cd / && kinora y 2>&1)"
expect "it works by a relative path" "ran: z" "$(cd Sources && ../kinora z 2>&1)"

rm .build/kinora-built
FAKE_WAIT=1 ./kinora first >"$place/first" 2>"$place/heard" &
exec 3<"$place/heard"
read -r _ <&3 # it says that it builds: it has the lock
./kinora second >"$place/second" 2>"$place/heard-too" &
exec 4<"$place/heard-too"
read -r words <&4
expect "the second one says that it waits" 1 "$(grep -c waiting <<<"$words")"
echo >"$place/go"
wait || :
expect "two at once: the first runs" "ran: first" "$(cat "$place/first")"
expect "two at once: the second runs" "ran: second" "$(cat "$place/second")"
expect "two at once build once" 5 "$(builds)"

[ "$failures" = 0 ]
