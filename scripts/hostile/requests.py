# SPDX-License-Identifier: GPL-3.0-or-later
"""Mutants of what the server reads: forms, ranges, headers of uploads in pieces, drafts, operations, turns, agents' messages."""
import base64, copy, http.client, json, random, socket

from . import seeds

TEXTS = ("", " ", "\0", "a" * 70_000, "../../etc/passwd", "\u202e", "\ud83d", "1e309", "-0", "NaN", "null", "'; DROP TABLE project; --", "%s%n", "<script>", "{{7*7}}", "\r\nX: y", "𝕏" * 100)
NUMBERS = (0, -1, 1, 2**31, -(2**31) - 1, 2**53, 2**63, -(2**63), 2**64, 10**400, 1e308, -1e308, 5e-324, 0.1, True, None)


def bent(rng, value, depth=0):
    """A JSON value with one of its parts otherwise."""
    places = []
    def walk(at, key, value):
        places.append((at, key))
        for inner in (value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()):
            walk(value, *inner)
    root = [copy.deepcopy(value)]
    walk(root, 0, root[0])
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        at, key = rng.choice(places)
        try:
            dice = rng.randrange(9)
            if dice == 0:
                at[key] = rng.choice(TEXTS)
            elif dice <= 2:
                at[key] = rng.choice(NUMBERS)
            elif dice == 3:
                at[key] = rng.choice(([], {}, [[]], [None] * 5000, {"a": {}}))
            elif dice == 4 and key != 0:
                del at[key]
            elif dice == 5 and isinstance(at, dict):
                at[rng.choice(TEXTS[:12]) + "x"] = at[key]
            elif dice == 6 and isinstance(at[key], list) and at[key]:
                at[key] = at[key] * rng.choice((2, 50))
            elif dice == 7:
                deep = at[key]
                for _ in range(rng.choice((3, 60, 600))):
                    deep = [deep]
                at[key] = deep
            elif isinstance(at[key], str) and at[key]:
                place = rng.randrange(len(at[key]))
                at[key] = at[key][:place] + rng.choice(TEXTS) + at[key][place + 1 :]
        except (KeyError, IndexError, TypeError):
            pass
    return root[0]


def written(rng, value):
    """As JSON, at times not quite."""
    try:
        text = json.dumps(value, ensure_ascii=rng.random() < 0.5, default=str)
    except (ValueError, RecursionError):
        text = "[" * 100_000
    data = bytearray(text.encode("utf-8", "surrogatepass"))
    if rng.random() < 0.3 and data:
        for _ in range(rng.choice((1, 1, 3))):
            place = rng.randrange(len(data))
            dice = rng.randrange(4)
            if dice == 0:
                data[place] ^= 1 << rng.randrange(8)
            elif dice == 1:
                del data[place : place + rng.choice((1, 5, 100))]
            elif dice == 2:
                data[place:place] = rng.choice((b"[", b"{", b'"', b",", b"\\u0000", b"\xff", b"\\ud800", b"1e999"))
            else:
                del data[place:]
            if not data:
                break
    return bytes(data)


def mostly(rng, good, *bad):
    """The good one, three times of four."""
    return good if rng.random() < 0.75 else rng.choice(bad)


def form(rng):
    edge = mostly(rng, "edge", "-" * 60, "a'b", "e" * 70, "e" * 71)
    parts = []
    for _ in range(rng.choice((0, 1, 1, 2, 30))):
        name = rng.choice(("a.png", "", "a\"b.png", "../a.png", "a" * 300, "a\0.png", "日本.png"))
        head = mostly(rng, f'Content-Disposition: form-data; name="files"; filename="{name}"', *('Content-Disposition: form-data; name=files; filename*=UTF-8\'\'%ff', "Content-Disposition: form-data", "X: y" * 3000, ""))
        content = rng.choice((seeds.png(), b"", f"\r\n--{edge}".encode()[:-1], b"\r\n" * 2000, rng.randbytes(rng.randrange(0, 3000))))
        parts.append(f"--{edge}\r\n{head}\r\n\r\n".encode("utf-8", "replace") + content + b"\r\n")
    body = bytearray(rng.choice((b"", b"preamble\r\n")) + b"".join(parts) + mostly(rng, f"--{edge}--\r\n", f"--{edge}", "", f"--{edge}\r\n").encode())
    for _ in range(rng.choice((0, 0, 0, 1, 5))):
        if body:
            body[rng.randrange(len(body))] = rng.choice((13, 10, 45, 0, 255, rng.randrange(256)))
    kind = mostly(rng, f"multipart/form-data; boundary={edge}", *(f'multipart/form-data; boundary="{edge}"', "multipart/form-data", "multipart/form-data; boundary=", f"multipart/form-data; boundary={edge}; boundary=x", f"multipart/mixed; boundary={edge}"))
    return bytes(body), kind


def fuzz(start, report, options):
    server = start()
    token = server.account()["token"]
    session = server.session(token)
    asset = server.upload(token, session, [("a.png", seeds.png(64, 48)), ("b.png", seeds.png(48, 64))])[1]["data"]["files"][0]["id"]
    server.ask("POST", "/run", {"app_name": "nemo_agent", "user_id": "me", "session_id": session, "new_message": {"parts": [{"text": "make a video of these photos, 2 seconds long, without music"}]}}, token=token)
    draft = server.data("GET", f"/api/state/nemo_agent/me/{session}/latest", token=token)["state"]["draft"]
    operations = [{"op": "length", "length": 1500}, {"op": "undo"}, {"op": "add-text", "text": "hello", "at": 0, "duration": 500}, {"op": "trim", "clip": 1, "length": 700}]
    declared = json.loads(server.ask("GET", "/v1/operations")[2])
    names = [one.get("name") or one.get("op") for one in (declared if isinstance(declared, list) else declared.get("data", declared).get("operations", []) if isinstance(declared.get("data", declared), dict) else declared.get("data", []))]
    spare = server.session(token)

    def tus(rng):
        meta = mostly(rng, "filename YS5wbmc=,session_id " + base64.b64encode(spare.encode()).decode(), *("filename", "filename !!!", ",,,", "session_id YQ==", "filename YQ==,filename Yg==", "a" * 20_000, "filename " + "QUFB" * 3000))
        head = {"Tus-Resumable": mostly(rng, "1.0.0", "0.9", "", "9" * 50), "Upload-Length": mostly(rng, "200", *("0", "-1", "1e3", "99999999999999999999", " 5", "5 ", "0x10", "", "10,10")), "Upload-Metadata": meta}
        if rng.random() < 0.3:
            head["Upload-Defer-Length"] = rng.choice(("1", "0", "2", "x"))
        if rng.random() < 0.3:
            head["Upload-Checksum"] = rng.choice(("sha256 abc", "md5 " + "A" * 24, "sha1", "", "crc32 AAAA", "sha256 " + base64.b64encode(bytes(32)).decode()))
        if rng.random() < 0.3:
            head["Upload-Concat"] = rng.choice(("partial", "final;/v1/uploads/a /v1/uploads/b", "final;", "x"))
        status, got, _ = server.ask("POST", "/v1/uploads", rng.randbytes(rng.choice((0, 0, 5, 50))), {**head, "Content-Type": mostly(rng, "application/offset+octet-stream", "text/plain")}, token)
        if status == 201:
            path = "/" + got["Location"].split("//", 1)[-1].split("/", 1)[1]
            for _ in range(2):
                at = {"Tus-Resumable": "1.0.0", "Upload-Offset": mostly(rng, "0", *("1", "-1", "x", "18446744073709551616", "", "5")), "Content-Type": "application/offset+octet-stream"}
                status = max(status, server.ask(rng.choice(("PATCH", "POST", "HEAD", "DELETE")), path, rng.randbytes(rng.choice((0, 3, 100))), at, token)[0])
            server.ask("DELETE", path, headers={"Tus-Resumable": "1.0.0"}, token=token)
        return status

    def ranges(rng):
        text = mostly(rng, "bytes", "Bytes", "bits", "") + mostly(rng, "=", "", "==", " = ") + ",".join(
            f"{rng.choice(('', 0, 1, 5, 99, -1, 2**64, 'a', ' 1'))}-{rng.choice(('', 0, 3, 2**63, 2**64, 'z'))}" for _ in range(rng.choice((1, 1, 2, 40))))
        return server.ask("GET", f"/v1/assets/{asset}", headers={"Range": text, **({"If-Range": rng.choice(("", '"x"', "*", "Mon"))} if rng.random() < 0.2 else {})}, token=token)[0]

    def upload(rng):
        body, kind = form(rng)
        return server.ask("POST", f"/api/upload-video/nemo_agent/me/{spare}", body, {"Content-Type": kind}, token)[0]

    def export(rng):
        order = {"id": f"render_{rng.getrandbits(60):x}", "sessionId": session, "draft": draft, "output": {"format": "mp4", "quality": "draft", "width": 160, "height": 90}}
        bad = bent(rng, order)
        data = written(rng, bad)
        status, _, told = server.ask("POST", "/api/render/proxy/lambda", data, {"Content-Type": "application/json"}, token)
        if status == 200 and isinstance(bad, dict):
            server.ask("POST", f"/api/render/proxy/lambda/{json.loads(told).get('id', '')}/cancel", {}, token=token)
        return status

    def edits(rng):
        chosen = rng.choice(operations) if rng.random() < 0.4 or not names else {"op": rng.choice(names), **{rng.choice(("clip", "at", "text", "length", "value", "to", "from", "style", "level")): rng.choice(TEXTS + NUMBERS[:14])}}
        return server.ask("POST", f"/v1/projects/{session}/edits", written(rng, bent(rng, {"base_revision": server.data("GET", f"/v1/projects/{session}", token=token)["revision"], "ops": [chosen]})), {"Content-Type": "application/json"}, token)[0]

    def turn(rng):
        body = {"app_name": "nemo_agent", "user_id": "me", "session_id": session, "new_message": {"role": "user", "parts": [{"text": rng.choice(("make it 2 seconds long", "remove the first photo", "undo", "加个标题", "faster " * 500))}]}}
        return server.ask("POST", rng.choice(("/run", "/run_sse")), written(rng, bent(rng, body)), {"Content-Type": "application/json"}, token, 60)[0]

    def agent(rng):
        message = rng.choice((
            {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "a", "version": "1"}}},
            {"jsonrpc": "2.0", "id": 2, "method": "tools/list", "params": {}},
            {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": rng.choice(("get_state", "create_project", "edit", "list_projects")), "arguments": {"project": session, "ops": operations}}},
            [{"jsonrpc": "2.0", "id": 4, "method": "ping"}] * 3,
            {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 3}}))
        head = {"Content-Type": "application/json", "Accept": rng.choice(("application/json, text/event-stream", "application/json", "*/*", "")), "MCP-Protocol-Version": rng.choice(("2025-06-18", "2026-01-01", "x", ""))}
        if rng.random() < 0.3:
            head["Mcp-Session-Id"] = rng.choice(("x", "a" * 5000, ""))
        return server.ask("POST", "/mcp", written(rng, bent(rng, message)), head, token)[0]

    ways, seen = (tus, ranges, upload, export, edits, turn, agent), {}
    for number in range(options.fuzz):
        rng = random.Random(f"{options.seed}-{number}")
        way = ways[number % len(ways)]
        try:
            status = way(rng)
        except (OSError, http.client.HTTPException, ValueError) as error:
            # A server that hangs up on what is no request has refused it.
            status = 0 if isinstance(error, (ConnectionError, http.client.HTTPException)) else -1
            report.expect(status == 0, f"fuzz {number} ({way.__name__}): {type(error).__name__} {error}")
        seen.setdefault(way.__name__, {}).setdefault(status, 0)
        seen[way.__name__][status] += 1
        report.expect(status < 500 or status in (503, 507), f"fuzz {number} ({way.__name__}): {status}")
        if server.process.poll() is not None:
            report.wrong(f"fuzz {number} ({way.__name__}): the server ended ({server.process.returncode})")
            return
    for name, counts in seen.items():
        print(f"  {name}: " + ", ".join(f"{count} × {status}" for status, count in sorted(counts.items())))
    report.expect(server.ask("GET", "/health")[0] == 200, "fuzz: the server is not well")
    memory, descriptors = server.held()
    report.expect(server.stop() == 0, "fuzz: the server did not end in order")
    print(f"  the server held {memory:.0f} MiB and {descriptors} descriptors at the end")
