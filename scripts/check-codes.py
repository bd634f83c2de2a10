#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Provokes every code of the wire once, with curl in the forms that skills document, and says for each how, and what came.

    scripts/check-codes.py [--kinora PROGRAM]

Starts a server for others (credits count) whose largest file is 200 kB, and one for a person's own machine. Each line: the code, its status, how it
was provoked, and the message. The exit code is 1 where something else came. Needs curl and ffmpeg; KINORA names the program otherwise.
"""
import argparse, base64, json, os, shutil, signal, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SKILL = ["-H", "X-Skill-Source: film-maker", "-H", "X-Skill-Version: 1.0.0", "-H", "X-Skill-Platform: unknown"]
JSON = ["-H", "Content-Type: application/json"]
UPLOAD = "/api/upload-video/nemo_agent/me"


class Check:
    def __init__(self):
        self.failed, self.base = 0, ""

    def curl(self, path, *arguments):
        """Status, and the body as JSON or else as text."""
        url = path if path.startswith("http") else self.base + path
        done = subprocess.run(["curl", "-sS", "-w", "\n%{http_code}", "--max-time", "60", url, *arguments], capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"curl {path}: {done.stderr}")
        body, _, status = done.stdout.rpartition("\n")
        try:
            return int(status), json.loads(body)
        except ValueError:
            return int(status), body

    def want(self, code, status, how, answer, message=None, data=None, also=True):
        """One line: what should have come, and what did."""
        got_status, body = answer
        envelope = body if isinstance(body, dict) else {}
        words = envelope.get("message", envelope.get("error", envelope.get("detail", body if isinstance(body, str) else "")))
        got = envelope.get("code", 0 if got_status < 300 and (isinstance(body, str) or "id" in envelope) else None)
        held = data is None or all(envelope.get("data", {}).get(key) not in (None, "", []) for key in data)
        well = got == code and got_status == status and held and also and (message is None or message in str(words))
        self.failed += not well
        shown = " ".join(str(words or "").split())[:150]
        print(f"{'  ' if well else '! '}{code:5} {got_status}  {how}  →  {shown}" + (f"; data {', '.join(data)}" if data else "")
              + ("" if well else f"   FAILED: wanted {code}/{status} {message or ''} {data or ''}, came {got}: {json.dumps(body)[:400]}"))
        return envelope.get("data")


def serve(program, data, *words):
    process = subprocess.Popen([program, "serve", "--port", "0", "--data", data, "--json", *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return process, json.loads(process.stdout.readline())["url"].rstrip("/")


def bearer(token):
    return ["-H", f"Authorization: Bearer {token}"]


def hosted(check, program, work):
    data = os.path.join(work, "hosted")
    photo, other = os.path.join(work, "a photo.jpg"), os.path.join(work, "second.png")
    for path, kind in ((photo, "testsrc2"), (other, "smptebars")):
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"{kind}=s=640x360", "-frames:v", "1", "-update", "1", path], check=True)
    archive, large = os.path.join(work, "photos.zip"), os.path.join(work, "large.jpg")
    with open(archive, "wb") as file:
        file.write(b"PK\x03\x04" + bytes(5000))
    with open(large, "wb") as file:
        file.write(open(photo, "rb").read() + bytes(300_000))

    def admin(*words):
        subprocess.run([program, "admin", *words, "--data", data, "--json"], check=True, capture_output=True)

    # Getting in
    def token(name):
        return check.curl("/api/auth/anonymous-token", "-X", "POST", "-H", f"X-Client-Id: {name}")
    check.want(400, 400, "a token without X-Client-Id", check.curl("/api/auth/anonymous-token", "-X", "POST"), "X-Client-Id")
    check.want(400, 400, "a token for an X-Client-Id of 65 characters", token("x" * 65), "X-Client-Id")
    mine = check.want(0, 200, "a token", token("check-1"), data=["token", "user_id", "expires_at", "credits"])
    check.want(429, 429, "a token for the same X-Client-Id again", token("check-1"), data=["retry_after"])
    theirs = token("check-2")[1]["data"]
    for number in range(3, 11):
        token(f"check-{number}")
    check.want(429, 429, "the eleventh token for this address", token("check-11"), data=["retry_after"])
    me, them = bearer(mine["token"]), bearer(theirs["token"])
    balance = "/api/credits/balance/simple"
    check.want(1001, 401, "credits without a token", check.curl(balance))
    check.want(1001, 401, "credits with a token nobody issued", check.curl(balance, *bearer("nmv_usr_nobody")))
    check.want(0, 200, "credits", check.curl(balance, *me), data=["available", "total"])

    # Sessions
    new = ["-X", "POST", *JSON, "-d", '{"task_name":"project","language":""}']
    made = check.want(0, 200, "a session", check.curl("/api/tasks/me/with-session/nemo_agent", *new, *me, *SKILL), data=["task_id", "session_id"])
    session = made["session_id"]
    state = f"/api/state/nemo_agent/me/{session}/latest"
    check.want(1001, 401, "a session without a token", check.curl("/api/tasks/me/with-session/nemo_agent", *new))
    unknown = check.curl("/api/state/nemo_agent/me/ses_nobody/latest", *me)
    check.want(1002, 404, "the state of a session nobody has", unknown)
    check.want(1002, 404, "the state of another's session, in the same words", check.curl(state, *them), also=check.curl(state, *them)[1] == unknown[1])

    # Uploads
    upload = f"{UPLOAD}/{session}"
    check.want(0, 200, 'a photo by -F "files=@a photo.jpg"', check.curl(upload, "-X", "POST", "-F", f"files=@{photo}", *me, *SKILL), data=["files", "session_state_applied"])
    check.want(4001, 415, "an archive by -F", check.curl(upload, "-X", "POST", "-F", f"files=@{archive}", *me, *SKILL), data=["accepted_formats"])
    check.want(4002, 413, "a file over --max-file by -F", check.curl(upload, "-X", "POST", "-F", f"files=@{large}", *me, *SKILL), "200 kB", data=["max_bytes"])
    mixed = check.curl(upload, "-X", "POST", "-F", f"files=@{other}", "-F", f"files=@{archive}", "-F", f"files=@{large}", *me, *SKILL)
    found = mixed[1]["data"]
    codes = [one["code"] for one in found.get("refused") or []]
    check.want(0, 200, f"a photo, an archive and a large file in one form: one is taken, refused are {codes}", mixed, data=["files", "refused"],
               also=codes == [4001, 4002] and len(found["files"]) == 1)
    link = check.curl(upload, "-X", "POST", *JSON, "-d", json.dumps({"urls": ["http://127.0.0.1:9/x.jpg"], "source_type": "url"}), *me, *SKILL)
    check.want(502, 502, 'JSON {"urls":[…]} to an address of the server\'s own network', link, "not on the public internet", data=["refused"])
    check.want(400, 400, 'JSON {"urls":"…"}, no list', check.curl(upload, "-X", "POST", *JSON, "-d", '{"urls":"http://example.com/x.jpg"}', *me), "urls")
    check.want(1002, 404, "a photo into a session nobody has", check.curl(f"{UPLOAD}/ses_nobody", "-X", "POST", "-F", f"files=@{photo}", *me))
    check.want(1001, 401, "a photo with a bad token", check.curl(upload, "-X", "POST", "-F", f"files=@{photo}", *bearer("nmv_usr_nobody")))
    meta = f"session_id {base64.b64encode(session.encode()).decode()}"
    tus = ["-X", "POST", "-H", "Tus-Resumable: 1.0.0", "-H", f"Upload-Metadata: {meta}"]
    check.want(4002, 413, "a resumable upload over --max-file", check.curl("/v1/uploads", *tus, "-H", "Upload-Length: 300000", *me), "200 kB", data=["max_bytes"])

    # Chat
    def run(text, *who, at=session):
        body = {"app_name": "nemo_agent", "user_id": "me", "session_id": at, "new_message": {"parts": [{"text": text}]}}
        return check.curl("/run_sse", "-N", "-X", "POST", *JSON, "-H", "Accept: text/event-stream", "-d", json.dumps(body), *who, *SKILL)
    status, events = run("make a film of these photos, 3 seconds long", *me)
    well = isinstance(events, str) and events.count("data: {") >= 2 and "\ndata: \n" not in events and '"turnComplete":true' in events
    check.want(0, 200, "a turn by curl -N, as events", (status, "" if well else events), also=well)
    check.want(1002, 404, "a turn in a session nobody has", run("hello", *me, at="ses_nobody"))
    check.want(1001, 401, "a turn with a bad token", run("hello", *bearer("nmv_usr_nobody")))

    # Exports
    render = "/api/render/proxy/lambda"
    draft = check.curl(state, *me)[1]["data"]["state"]["draft"]
    def export(name, output, *who):
        body = {"id": name, "sessionId": session, "draft": draft, "output": output}
        return check.curl(render, "-X", "POST", *JSON, "-d", json.dumps(body), *who)
    small = {"format": "mp4", "quality": "draft", "width": 320, "height": 180}
    check.want(402, 402, "an export without X-Skill-… headers", export("render_1", small, *me))
    blocked = {"format": "mp4", "quality": "high", "resolution": "2160p"}
    check.want(402, 402, "an export of 2160p on the free plan", export("render_2", blocked, *me, *SKILL), data=["upgrade_url"])
    check.want(400, 400, "an export as avi", export("render_3", {"format": "avi"}, *me, *SKILL), "format")
    check.want(400, 400, "an export of quality best", export("render_4", {"quality": "best"}, *me, *SKILL), "quality")
    status, order = export("render_5", small, *me, *SKILL)
    well = order.get("success") is True and order.get("status") in ("pending", "processing") and order["data"]["id"] == order["id"]
    check.want(0, 200, "an export", (status, order), also=well)
    status, again = export("render_5", small, *me, *SKILL)
    check.want(0, 200, "the same order again: the running job", (status, again), also=again.get("createdAt") == order.get("createdAt"))
    check.want(409, 409, "the same id with another order", export("render_5", {**small, "fps": 24}, *me, *SKILL))
    check.want(1002, 404, "an export nobody ordered", check.curl(f"{render}/render_nobody", *me))
    check.want(1002, 404, "another's export", check.curl(f"{render}/render_5", *them))

    # At the end of the credits
    left = check.curl(balance, *me)[1]["data"]["available"]
    admin("credits", "--account", mine["user_id"], "--grant", str(-left))
    check.want(2001, 402, "a turn without credits", run("make it 2 seconds long", *me), data=["register_url", "upgrade_url"])
    check.want(0, 200, "the state without credits", check.curl(state, *me), data=["session_id"])
    check.want(0, 200, "an export without credits", export("render_6", small, *me, *SKILL))
    listed = subprocess.run([program, "admin", "tokens", "--account", mine["user_id"], "--data", data, "--json"], capture_output=True, text=True).stdout
    name = json.loads(listed)["tokens"][0]["hash"]
    admin("tokens", "--account", mine["user_id"], "--revoke", name)
    check.want(1001, 401, "credits with a revoked token", check.curl(balance, *me))


def own(check, work):
    balance = "/api/credits/balance/simple"
    check.want(0, 200, "one's own machine: credits without a token", check.curl(balance), data=["available"])
    check.want(1001, 401, "one's own machine: an unknown token", check.curl(balance, *bearer("nmv_usr_nobody")))
    check.want(403, 403, "one's own machine: a foreign Host", check.curl(balance, "-H", "Host: films.example"))
    check.want(403, 403, "one's own machine: a foreign Origin", check.curl(balance, "-H", "Origin: https://films.example"))
    check.want(0, 200, "one's own machine: a token for the same X-Client-Id twice",
               [check.curl("/api/auth/anonymous-token", "-X", "POST", "-H", "X-Client-Id: twice") for _ in range(2)][1], data=["token"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kinora", default=os.environ.get("KINORA", os.path.join(ROOT, ".build", "debug", "kinora")))
    options = parser.parse_args()
    if not os.path.exists(options.kinora):
        sys.exit(f"{options.kinora} is not there; build first: swift build")
    work, check, server = tempfile.mkdtemp(prefix="kinora-codes-"), Check(), None
    os.environ["XDG_CACHE_HOME"] = os.path.join(work, "cache")
    try:
        server, check.base = serve(options.kinora, os.path.join(work, "hosted"), "--policy", "hosted", "--max-file", "200kB",
                                   "--register-url", "https://films.example/register", "--upgrade-url", "https://films.example/upgrade")
        hosted(check, options.kinora, work)
        server.send_signal(signal.SIGTERM)
        server.wait()
        server, check.base = serve(options.kinora, os.path.join(work, "own"))
        own(check, work)
    finally:
        if server and server.poll() is None:
            server.send_signal(signal.SIGTERM)
            server.wait()
        shutil.rmtree(work, ignore_errors=True)
    print(f"{'FAILED: ' + str(check.failed) + ' otherwise' if check.failed else 'fine: all as the table says'}")
    sys.exit(1 if check.failed else 0)


main()
