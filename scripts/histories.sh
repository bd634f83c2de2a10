#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Plays histories of the machines that decide about jobs, workers and credits, under a virtual clock, each from a seed of its own:
#   scripts/histories.sh [how many of each]
# 350 000 of each where nothing is said, a million in all. The package is built first; `swift test` takes what is in SWIFT_FLAGS as well.

set -eu

cd "$(dirname "$0")/.."
export KINORA_HISTORIES="${1:-350000}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086 # several words are meant
if swift test ${SWIFT_FLAGS:-} --disable-xctest --filter Histories >"$log" 2>&1; then result=passed; else result=FAILED; fi
grep -E '^histories of|↳ history' "$log" || tail -20 "$log"
grep -E '^histories of' "$log" | awk -v result="$result" '
    { gsub(",", "", $4); histories += $4; steps += $5 }
    END { if (!histories) result = "FAILED"; printf "%s: %d histories, %d steps\n", result, histories, steps }'
[ "$result" = passed ]
