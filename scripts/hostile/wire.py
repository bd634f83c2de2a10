# SPDX-License-Identifier: GPL-3.0-or-later
"""The attacks of scripts/attacks.py."""
import http.client, json, os, random, re, socket, string, threading, time, urllib.parse

from . import seeds
from .inside import inside
from .requests import fuzz

MARK = "the-first-account-s-own-words"


class Report:
    def __init__(self):
        self.count, self.trouble, self.left = 0, [], []

    def wrong(self, words):
        self.trouble.append(words)
        print(f"FAILED {words}", flush=True)

    def expect(self, holds, words):
        self.count += 1
        if not holds:
            self.wrong(words)


def raw(server, data, timeout=3, most=1 << 20):
    """All that comes back for these bytes until the server closes or is silent."""
    got = b""
    try:
        with socket.create_connection(("127.0.0.1", server.port), timeout=timeout) as connection:
            try:
                connection.sendall(data)
            except OSError:
                pass
            while len(got) < most and (part := connection.recv(1 << 16)):
                got += part
    except OSError:
        pass
    return got


def statuses(answer):
    """Of the answers one after the other; after one that closes the connection there is none."""
    found = []
    while match := re.match(rb"HTTP/1\.[01] (\d{3})", answer):
        found.append(int(match[1]))
        head, _, rest = answer.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        if re.search(rb"(?i)\r\nconnection: *close", head) or not length:
            break
        answer = rest[int(length[1]) :]
    return found


def health(server, report, after):
    try:
        status = server.ask("GET", "/health", timeout=10)[0]
    except OSError as error:
        status = error
    report.expect(status == 200 and server.process.poll() is None, f"{after}: the server is not well: {status}")


# Other accounts

def film(server, token):
    """A session of that account with two photos, a turn, an upload in pieces and a finished film: its ids."""
    session = server.session(token, MARK)
    _, answer = server.upload(token, session, [(f"{MARK}-{number}.png", seeds.png(64, 48 + number)) for number in range(2)])
    asset = answer["data"]["files"][0]["id"]
    server.ask("POST", "/run", {"app_name": "nemo_agent", "user_id": "me", "session_id": session, "new_message": {"parts": [{
        "text": f"make a video of these photos, 2 seconds long, without music, with the title \"{MARK}\""}]}}, token=token)
    state = server.data("GET", f"/api/state/nemo_agent/me/{session}/latest", token=token)
    order = {"id": "render_first", "sessionId": session, "draft": state["state"]["draft"], "output": {"format": "mp4", "quality": "draft", "width": 320, "height": 180}}
    server.ask("POST", "/api/render/proxy/lambda", order, token=token)
    until = time.monotonic() + 120
    while (told := json.loads(server.ask("GET", "/api/render/proxy/lambda/render_first", token=token)[2]))["status"] != "completed":
        if told["status"] in ("failed", "cancelled") or time.monotonic() > until:
            raise RuntimeError(f"the film was not made: {told}")
        time.sleep(0.1)
    tus = {"Tus-Resumable": "1.0.0", "Upload-Length": "1000", "Upload-Metadata": "filename YS5wbmc=,session_id " + serving_base64(session)}
    upload = server.ask("POST", "/v1/uploads", b"", tus, token)[1]["Location"].rsplit("/", 1)[1]
    piece = json.loads(server.ask("GET", f"/v1/projects/{session}/preview.json", token=token)[2])
    name = next(iter(re.findall(r'"name":"([0-9a-f]{64})"', json.dumps(piece, separators=(",", ":")))), "0" * 64)
    return {"session": session, "asset": asset, "export": "render_first", "upload": upload, "piece": name, "link": told["output"]["url"], "order": order, "name": f"{MARK}-0.png"}


def serving_base64(text):
    import base64
    return base64.b64encode(text.encode()).decode()


def stranger(kind, real):
    """An id of the same form that never was."""
    rng = random.Random(kind)
    return "".join(rng.choice("bcdfghjkmnpqrstvwxyz23456789") if letter in string.ascii_lowercase + string.digits and index > 4 else letter
                   for index, letter in enumerate(real)) if kind != "piece" else "f" * 64


BODIES = {
    ("POST", "/v1/projects/{session}/edits"): lambda ids: {"base_revision": 1, "ops": [{"op": "length", "length": 1500}]},
    ("POST", "/v1/projects/{session}/frame"): lambda ids: {"draft": ids["order"]["draft"], "t": 0},
    ("PATCH", "/v1/projects/{session}"): lambda ids: {"name": "taken"},
    ("POST", "/v1/projects/{session}/duplicate"): lambda ids: {},
    ("POST", "/v1/projects/{session}/undo"): lambda ids: {},
    ("POST", "/v1/projects/{session}/redo"): lambda ids: {},
    ("POST", "/api/auth/claim-token"): lambda ids: {"session_id": ids["session"]},
    ("POST", "/run"): lambda ids: {"app_name": "nemo_agent", "user_id": "me", "session_id": ids["session"], "new_message": {"parts": [{"text": "make it 1 second long"}]}},
    ("POST", "/run_sse"): lambda ids: {"app_name": "nemo_agent", "user_id": "me", "session_id": ids["session"], "new_message": {"parts": [{"text": "make it 1 second long"}]}},
    ("POST", "/api/render/proxy/lambda"): lambda ids: {**ids["order"], "id": "render_second", "sessionId": ids["session"]},
    ("PATCH", "/apps/{app}/users/{user}/sessions/{session}"): lambda ids: {"stateDelta": {"a": 1}},
    ("POST", "/api/upload-video/nemo_agent/{user}/{session}"): lambda ids: {"urls": ["http://198.51.100.1/a.png"]},
    ("POST", "/mcp"): lambda ids: {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "get_project", "arguments": {"project": ids["session"], "session": ids["session"], "project_id": ids["session"]}}},
}


def tenants(start, report, options):
    server = start()
    first, second = server.account("first"), server.account("second")
    ids = film(server, first["token"])
    own_session = server.session(second["token"], "another")

    def all_of_it():
        """What the first account has, as it sees it."""
        return [server.ask("GET", path, token=first["token"])[2] for path in (
            f"/v1/projects/{ids['session']}", f"/v1/projects/{ids['session']}/edits", "/v1/exports", "/v1/projects",
            f"/apps/nemo_agent/users/me/sessions/{ids['session']}", "/api/credits/balance/simple")]
    before = all_of_it()
    unknown = {kind: stranger(kind, value) if isinstance(value, str) else value for kind, value in ids.items()}
    described = json.loads(server.ask("GET", "/openapi.json")[2])["paths"]
    for path, operations in described.items():
        for method, operation in operations.items():
            if method.upper() not in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"):
                continue
            method = method.upper()
            body = BODIES.get((method, path))
            if "{" not in path and not body:
                # Its own lists: nothing of the first account's is in them.
                if operation.get("security") and method == "GET":
                    answer = server.ask(method, path, token=second["token"])[2]
                    report.expect(MARK.encode() not in answer and ids["session"].encode() not in answer, f"{method} {path} shows what is another's: {answer[:200]!r}")
                if operation.get("security"):
                    status = server.ask(method, path, b"" if method != "GET" else None)[0]
                    report.expect(status in (400, 401, 403, 404, 415), f"{method} {path} without a token: {status}")
                continue
            # The account's own name stands for itself; the first one's user id is tried as well.
            names = set(re.findall(r"\{(\w+)\}", path)) - {"app", "user"}
            for user in ("me", first["user_id"]) if names or body else (first["user_id"],):
                answers = []
                for those in (ids, unknown):
                    values = {**{key: value for key, value in those.items() if isinstance(value, str)}, "app": "nemo_agent", "user": user}
                    called = path
                    for key in re.findall(r"\{(\w+)\}", path):
                        called = called.replace("{" + key + "}", urllib.parse.quote(values.get(key, "x"), safe=""))
                    head = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"} if "/v1/uploads" in path else {}
                    content = body(those) if body else b"" if method in ("POST", "PATCH") else None
                    if method in ("POST", "PATCH") and not body and "/v1/uploads" not in path:
                        content = {}
                    status, _, answer = asked(server, method, called, content, head, second["token"])
                    for key, value in those.items():
                        if isinstance(value, str):
                            answer = answer.replace(value.encode(), key.encode())
                    answers.append((status, re.sub(rb'"(id|request_id|invocationId)":"[^"]*"', b"", answer)))
                where = f"{method} {path} as {user}"
                report.expect(answers[0][0] >= 400 or answers[0] == answers[1], f"{where} succeeded with another's ids: {answers[0]}")
                report.expect(answers[0] == answers[1], f"{where}: another's ids are told from ids that never were: {answers}")
                report.expect(MARK.encode() not in answers[0][1], f"{where} shows what is another's: {answers[0][1][:200]!r}")
    report.expect(all_of_it() == before, "something of the first account changed")
    # Tokens: what is nearly one is none.
    token = first["token"]
    rng = random.Random(options.seed)
    for wrong in [token[:-1], token + "A", token.swapcase(), token[::-1], "", " ", "null", token[:8], "Bearer " + token] + \
            [token[:-8] + "".join(rng.choice(string.ascii_letters + string.digits) for _ in range(8)) for _ in range(100)]:
        if wrong != token:
            status, _, answer = server.ask("GET", "/v1/projects", token=wrong)
            report.expect(status == 401 and MARK.encode() not in answer, f"a token that is none was taken: {status}")
    for head in ({"Cookie": f"token={token}"}, {"X-Api-Key": token}, {"Authorization": f"Basic {serving_base64(token)}"}, {"Proxy-Authorization": f"Bearer {token}"}):
        report.expect(server.ask("GET", "/v1/projects", headers=head)[0] == 401, f"a token was taken from {head.popitem()[0]}")
    for query in ("token", "access_token", "key", "auth"):
        report.expect(server.ask("GET", f"/v1/projects?{query}={token}")[0] == 401, f"a token was taken from the address ({query})")
    report.expect(server.ask("GET", f"/v1/projects/{own_session}", token=token)[0] in (403, 404), "the first account reads the second's")
    server.stop()


def asked(server, *words):
    """As `ask`; a stream that goes on counts as far as it came."""
    try:
        method, path, body, head, token = words
        if path.endswith("/events") or path.endswith("/run_sse"):
            return server.ask(method, path, body, head, token, timeout=5)
        return server.ask(method, path, body, head, token)
    except (TimeoutError, http.client.HTTPException) as error:
        return 0, {}, f"no end: {error}".encode()


def links(start, report, options):
    server = start()
    account, other = server.account("first"), server.account("second")
    ids = film(server, account["token"])
    path = "/" + ids["link"].split("//", 1)[1].split("/", 1)[1]
    place, query = path.split("?")
    fields = dict(urllib.parse.parse_qsl(query))
    report.expect(server.ask("GET", path)[0] == 200, "the link itself does not work, so nothing is tried")
    def refused(what, method="GET", place=place, words=None, **changed):
        values = {**fields, **changed}
        asked = urllib.parse.urlencode({name: value for name, value in values.items() if value is not None}) if words is None else words
        status, _, answer = server.ask(method, f"{place}?{asked}")
        report.expect(status in (400, 401, 403, 404, 405, 410), f"a link with {what}: {status} {answer[:80]!r}")
    code = fields["signature"]
    for index in range(len(code)):
        refused(f"another character {index} in its signature", signature=code[:index] + ("0" if code[index] != "0" else "1") + code[index + 1 :])
    for length in (0, 1, 8, 32, 63):
        refused(f"{length} characters of its signature", signature=code[:length])
    refused("more signature", signature=code + "00")
    refused("a signature in capitals and nothing else changed", signature=code.upper() + " ")
    for name in fields:
        refused(f"no {name}", **{name: None})
        refused(f"an empty {name}", **{name: ""})
    expires = int(fields["expires"])
    for other_time in (expires + 1, expires - 1, expires * 10, -expires, 0, 1 << 63, f"0{expires}", f"+{expires}", f"{expires}.0", f" {expires}", f"{expires} ", f"{expires}\0"):
        refused(f"expires {other_time!r}", expires=other_time)
    for account_ in (other["user_id"], fields["account"] + "x", fields["account"].upper(), f"{fields['account']}\0", "me", "*"):
        refused(f"account {account_!r}", account=account_)
    for key in ("00000000", fields["key"].upper() + "0", fields["key"][:-1], "../" + fields["key"]):
        refused(f"key {key!r}", key=key)
    for export in ("render_second", "render_firs", "render_first%00", "render_first%2f", "..%2frender_first", "RENDER_FIRST"):
        refused(f"export {export}", place=place.replace("render_first", export))
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        refused(f"method {method}", method=method)
    # A name given twice says two things: then it says nothing.
    refused("two accounts", words=f"account={other['user_id']}&{query}")
    refused("fields that run into each other", words=query.replace("&expires=", "%26expires%3D"))
    server.stop()


def lines(first, *more, body=b"", host="127.0.0.1"):
    return (first + "\r\n" + "".join(f"{line}\r\n" for line in (*([f"Host: {host}"] if host else []), *more)) + "\r\n").encode("latin-1") + body


def bytes_(start, report, options):
    server = start()
    account = server.account("first")
    token = f"Authorization: Bearer {account['token']}"
    inner = b"GET /smuggled HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    post = "POST /api/auth/claim-token HTTP/1.1"
    chunked = b"0\r\n\r\n" + inner
    # Two ways to read where a body ends: such a request is refused, and what stands behind it is never another request.
    smuggling = {
        "length and chunks": lines(post, "Content-Length: 4", "Transfer-Encoding: chunked", body=chunked),
        "chunks and length": lines(post, "Transfer-Encoding: chunked", "Content-Length: 4", body=chunked),
        "two lengths": lines(post, "Content-Length: 0", f"Content-Length: {len(inner)}", body=inner),
        "two lengths in one": lines(post, f"Content-Length: 0, {len(inner)}", body=inner),
        "a length with a sign": lines(post, "Content-Length: +0", body=inner),
        "a negative length": lines(post, "Content-Length: -1", body=inner),
        "a length in hex": lines(post, "Content-Length: 0x0", body=inner),
        "a length beyond 64 bits": lines(post, "Content-Length: 18446744073709551616", body=inner),
        "a length of nothing": lines(post, "Content-Length: ", body=inner),
        "an unknown coding": lines(post, "Transfer-Encoding: xchunked", body=chunked),
        "two codings": lines(post, "Transfer-Encoding: chunked", "Transfer-Encoding: identity", body=chunked),
        "a coding before chunks": lines(post, "Transfer-Encoding: gzip, chunked", body=chunked),
        "a space before the colon": lines(post, "Transfer-Encoding : chunked", "Content-Length: 4", body=chunked),
        "a tab in the name": lines(post, "Transfer-Encoding\t: chunked", "Content-Length: 4", body=chunked),
        "a folded header": lines(post, "X: a\r\n Transfer-Encoding: chunked", "Content-Length: 4", body=chunked),
        "a zero byte in a header": lines(post, "Transfer-Encoding: chunked\0", "Content-Length: 4", body=chunked),
        "a bare return": lines(post, "X: a\rTransfer-Encoding: chunked", "Content-Length: 4", body=chunked),
        "a chunk of no size": lines(post, "Transfer-Encoding: chunked", body=b"\r\n\r\n" + inner),
        "a negative chunk": lines(post, "Transfer-Encoding: chunked", body=b"-1\r\n\r\n" + inner),
        "a chunk beyond 64 bits": lines(post, "Transfer-Encoding: chunked", body=b"10000000000000000\r\n\r\n" + inner),
        "a chunk longer than it says": lines(post, "Transfer-Encoding: chunked", body=b"1\r\nabc\r\n0\r\n\r\n" + inner),
        "a chunk with 0x": lines(post, "Transfer-Encoding: chunked", body=b"0x0\r\n\r\n" + inner),
        "HTTP/1.0 with chunks": lines("POST /api/auth/claim-token HTTP/1.0", "Transfer-Encoding: chunked", "Content-Length: 4", body=chunked),
    }
    for name, data in smuggling.items():
        answer = raw(server, data, timeout=2)
        found = statuses(answer)
        # The body is the request's own where a length is read in one way only: then the rest may be a request, and one that is answered 404.
        report.expect(b"smuggled" not in answer, f"{name}: {answer[:200]!r}")
        # A folded line is one value (RFC 9112, 5.2): then the length counts, and what stands behind it is a request of its own.
        report.expect(len(found) <= (2 if name == "a folded header" else 1), f"{name}: {len(found)} requests were read: {found}")
        report.expect(all(status >= 400 for status in found), f"{name}: {found}")
    health(server, report, "smuggling")
    odd = {
        "nothing but returns": b"\r\n" * 5000,
        "no version": b"GET /health\r\n\r\n",
        "another version": lines("GET /health HTTP/3.7"),
        "a version of letters": lines("GET /health HTTP/a.b"),
        "the preface of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(60),
        "a TLS hello": bytes.fromhex("16030100") + os.urandom(300),
        "noise": os.urandom(5000),
        "zeros": bytes(5000),
        "a method of 100 kB": lines("A" * 100_000 + " / HTTP/1.1"),
        "an address of 1 MB": lines("GET /" + "a" * (1 << 20) + " HTTP/1.1"),
        "a header of 1 MB": lines("GET /v1/projects HTTP/1.1", "X-A: " + "a" * (1 << 20)),
        "20,000 headers": lines("GET /v1/projects HTTP/1.1", *[f"X-{number}: {number}" for number in range(20_000)]),
        "no host": lines("GET /v1/projects HTTP/1.1", token, host=None),
        "two hosts": lines("GET /v1/projects HTTP/1.1", "Host: evil.example", token),
        "a method of nobody": lines("BREW /v1/projects HTTP/1.1", token),
        "CONNECT": lines("CONNECT 127.0.0.1:22 HTTP/1.1", token),
        "TRACE": lines("TRACE /v1/projects HTTP/1.1", token),
        "an absolute address elsewhere": lines("GET http://evil.example/v1/projects HTTP/1.1", token, host="evil.example"),
    }
    for name, data in odd.items():
        answer = raw(server, data, timeout=2)
        report.expect(all(status >= 400 for status in statuses(answer)), f"{name}: {answer[:120]!r}")
        report.expect(b"Authorization" not in answer, f"{name}: the token came back")
    health(server, report, "odd requests")
    # Foreign pages and hosts: a name that was rebound to this machine, and a page that posts across.
    for host in ("evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example", "169.254.169.254", "0.0.0.0.nip.io", "127.0.0.1@evil.example", "evil.example#127.0.0.1"):
        answer = raw(server, lines("GET /v1/projects HTTP/1.1", token, "Connection: close", host=host), timeout=2)
        report.expect(statuses(answer) in ([403], [400], [421]), f"host {host}: {answer[:120]!r}")
    for origin in ("http://evil.example", "null", "http://127.0.0.1.evil.example", "https://localhost.evil.example", "file://", "http://evil.example:8787"):
        for method, path in (("POST", "/api/auth/anonymous-token"), ("POST", "/run"), ("GET", "/v1/projects"), ("OPTIONS", "/run")):
            answer = raw(server, lines(f"{method} {path} HTTP/1.1", token, f"Origin: {origin}", "X-Client-Id: page", "Content-Length: 0", "Connection: close", "Access-Control-Request-Method: POST"), timeout=2)
            head = answer.split(b"\r\n\r\n")[0].lower()
            report.expect(origin.lower().encode() not in head and b"allow-origin: *" not in head, f"a page of {origin} may read {method} {path}")
            report.expect(method in ("GET", "OPTIONS") or all(status >= 400 for status in statuses(answer)), f"a page of {origin} did {method} {path}: {answer[:100]!r}")
    # Paths
    for path in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "/%252e%252e/etc/passwd", "/..\\..\\etc\\passwd", "//etc/passwd", "/./../etc/passwd",
                 "/v1/assets/..%2f..%2fkinora.sqlite", "/v1/assets/%2fetc%2fpasswd", "/v1/assets/a%00b", "/studio/../kinora.sqlite", "/studio/..%2f..%2fformat", "/%c0%ae%c0%ae/etc/passwd",
                 "/v1/projects/..", "/v1/projects/%2e%2e%2f%2e%2e", "/v1/projects/" + "a" * 5000, "/v1/projects/%ff%fe", "/v1/projects/\u202e".encode().decode("latin-1")):
        answer = raw(server, lines(f"GET {path} HTTP/1.1", token, "Connection: close"), timeout=2)
        report.expect(b"root:" not in answer and b"SQLite" not in answer and all(status >= 400 for status in statuses(answer)), f"{path}: {answer[:120]!r}")
    # Many ranges of one file
    session = server.session(account["token"])
    _, told = server.upload(account["token"], session, [("a.png", seeds.png())])
    asset = told["data"]["files"][0]["id"]
    whole = server.ask("GET", f"/v1/assets/{asset}", token=account["token"])[2]
    for ranges in ("bytes=" + ",".join("0-" for _ in range(2000)), "bytes=" + ",".join(f"{number}-{number}" for number in range(1000)), "bytes=0-18446744073709551615", "bytes=-18446744073709551616",
                   "bytes=99999999-", "bytes=5-1", "bytes=-0", "bytes=a-b", "bytes=0-0,-1", "bits=0-1", "bytes=0x0-0x5", "bytes=--1", "bytes= 0 - 5"):
        status, _, answer = server.ask("GET", f"/v1/assets/{asset}", headers={"Range": ranges}, token=account["token"])
        report.expect(status in (200, 206, 400, 416) and len(answer) <= max(len(whole), 400), f"range {ranges[:40]}: {status}, {len(answer)} bytes of {len(whole)}")
        report.expect(status != 200 or answer == whole, f"range {ranges[:40]}: other bytes")
    health(server, report, "ranges")
    server.stop()



def floods(start, report, options):
    server = start()
    account = server.account("flood")
    # Tokens of one address
    got = [server.ask("POST", "/api/auth/anonymous-token", headers={"X-Client-Id": f"flood-{number}"})[0] for number in range(60)]
    report.expect(got.count(200) <= 10 and set(got) == {200, 429}, f"one address got {got.count(200)} tokens: {sorted(set(got))}")
    # Requests of one account
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    seen, told = [], None
    for _ in range(900):
        connection.request("GET", "/api/credits/balance/simple", headers={"Authorization": f"Bearer {account['token']}", **{"X-Skill-Source": "a", "X-Skill-Version": "1", "X-Skill-Platform": "unknown"}})
        answer = connection.getresponse()
        answer.read()
        seen.append(answer.status)
        if answer.status == 429:
            told = answer.headers.get("Retry-After")
    connection.close()
    report.expect(set(seen) == {200, 429} and told is not None, f"900 requests at once: {sorted(set(seen))}, Retry-After {told}")
    # Connections of one address: bounded, and gone when they go
    before = server.held()
    lines_ = []
    for _ in range(600):
        try:
            lines_.append(socket.create_connection(("127.0.0.1", server.port), timeout=1, source_address=("127.0.0.9", 0)))
        except OSError:
            break
    time.sleep(0.5)
    held = server.held()
    report.expect(held[1] - before[1] <= 400, f"600 connections of one address hold {held[1] - before[1]} descriptors")
    for line in lines_:
        line.close()
    until = time.monotonic() + 20
    while server.held()[1] > before[1] + 8 and time.monotonic() < until:
        time.sleep(0.1)
    report.expect(server.held()[1] <= before[1] + 8, f"closed connections are still held: {server.held()[1]} descriptors of {before[1]}")
    health(server, report, "floods")
    # A body that is far larger than it may be is refused before it has come.
    answer = raw(server, lines("POST /run HTTP/1.1", f"Authorization: Bearer {account['token']}", "Content-Length: 1099511627776", "Content-Type: application/json", body=b"{"), timeout=5)
    report.expect(not statuses(answer) or statuses(answer)[-1] in (400, 413, 429), f"a body of a terabyte: {answer[:120]!r}")
    server.stop()


PARTS = {"tenants": ("hosted", tenants), "links": ("hosted", links), "bytes": ("open", bytes_), "inside": ("open", inside), "floods": ("hosted", floods), "fuzz": ("open", fuzz)}
