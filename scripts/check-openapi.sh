#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Starts a server for others on a free port and has schemathesis (PyPI) try its calls against its own description:
#   scripts/check-openapi.sh [options of schemathesis run]
# SCHEMATHESIS names the command; where there is none, it is installed into .build/schemathesis.

set -eu

root=$(cd "$(dirname "$0")/.." && pwd -P)
cd "$root"
command=${SCHEMATHESIS:-$(command -v schemathesis || true)}
if [ -z "$command" ]; then
    python3 -m venv .build/schemathesis
    .build/schemathesis/bin/pip install --quiet schemathesis
    command=$root/.build/schemathesis/bin/schemathesis
fi
# shellcheck source=scripts/serving.sh
. scripts/serving.sh

serve "$work/data" --policy hosted
account=$(curl -fsS -X POST "$url/api/auth/anonymous-token" -H 'X-Client-Id: schemathesis')
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }
token=$(echo "$account" | field token)
# Something to find: a session with a file in it.
session=$(curl -fsS -X POST "$url/api/tasks/me/with-session/nemo_agent" -H "Authorization: Bearer $token" -d '{"task_name":"check"}' | field session_id)
echo "Words for a film." >"$work/words.txt"
asset=$(curl -fsS "$url/api/upload-video/nemo_agent/me/$session" -H "Authorization: Bearer $token" -F "files=@$work/words.txt" | field id)

# 400 may answer what fits a schema: drafts, orders and operations have rules of their own that no schema tells.
cat >"$work/schemathesis.toml" <<TOML
[parameters]
app = "nemo_agent"
user = "me"
session = "$session"
asset = "$asset"

[checks]
positive_data_acceptance.expected-statuses = ["2xx", "3xx", 400, 401, 402, 403, 404, 409, 410, 412, 413, 415, 422, 423, 429, 460, 503]
negative_data_rejection.expected-statuses = [400, 401, 403, 404, 405, 409, 410, 412, 413, 414, 415, 422, 423, 429, 431, 460, 503]

# Any bytes are a file of text, if nothing else.
[[operations]]
include-path = "/api/upload-video/nemo_agent/{user}/{session}"
checks.negative_data_rejection.enabled = false
TOML

cat >"$work/hooks.py" <<'PYTHON'
import schemathesis


@schemathesis.serializer("application/offset+octet-stream")
def as_they_are(context, value):
    return value if isinstance(value, (bytes, str)) else str(value)
PYTHON

SCHEMATHESIS_HOOKS=hooks PYTHONPATH=$work "$command" --config-file "$work/schemathesis.toml" run "$url/openapi.json" --url "$url" \
    -H "Authorization: Bearer $token" -H 'X-Skill-Source: check' -H 'X-Skill-Version: 1' -H 'X-Skill-Platform: unknown' \
    --generation-deterministic --max-examples 20 --rate-limit 18/s --exclude-path-regex '/events$' "$@"
