#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Puts the rules of axe-core, as PyPI's axe-playwright-python carries them, where the tests of the web studio look for them:
#   scripts/axe.sh
# Once into .build/axe. Where PyPI cannot be reached it says so, and those tests are skipped.

set -eu

root=$(cd "$(dirname "$0")/.." && pwd -P)
cd "$root"
rules() { find .build/axe -name axe.min.js -size +100k 2>/dev/null | grep -q .; }
if rules; then exit 0; fi
mkdir -p .build
[ -x .build/axe/bin/pip ] || python3 -m venv .build/axe
.build/axe/bin/pip install --quiet --disable-pip-version-check --retries 1 --timeout 20 --no-deps axe-playwright-python==0.1.8 && rules ||
    echo "not checked: PyPI's axe-playwright-python cannot be installed here"
