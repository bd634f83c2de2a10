# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients of a server for others that know what they were told, which is the truth against which its state is checked.

  upload    every acknowledged file is there with its bytes; an upload in pieces stands where it was said to stand, or further
  turn      every acknowledged message is in the session once, none is twice; a message that was not acknowledged is there once or not at all
  edit      the revision is never before an acknowledged one
  export    every ordered film is finished once, whole, and told once to those who follow the project
  credits   what is left is what was given less one for each turn that changed the film, and nothing stays frozen
"""
import base64, collections, hashlib, http.client, json, random, struct, time, zlib

GIVEN = 100_000
# A message that changes nothing, and so costs nothing.
FREE = "what is in the film?"
SKILL = {"X-Skill-Source": "hostile", "X-Skill-Version": "1", "X-Skill-Platform": "unknown"}


class Unknown(Exception):
    """A request that ended without an answer: it may have been carried out or not."""


class Wait(Exception):
    """Too many requests: nothing was done."""

    def __init__(self, seconds):
        self.seconds = seconds


class Wrong(Exception):
    """A promise that was broken."""


class Refused(Wrong):
    """The server said, in the form of the wire, that it could not do it: broken only where nothing was."""


def png(seed, width=96, height=72):
    """A picture of its own for each seed."""
    rng = random.Random(seed)
    tone = [rng.randrange(256) for _ in range(6)]
    rows = b"".join(
        b"\0" + bytes(channel for x in range(width) for channel in (
            (tone[0] + x * tone[3] // 40) % 256, (tone[1] + y * tone[4] // 40) % 256, (tone[2] + (x ^ y)) % 256)) for y in range(height))
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    note = b"Comment\0" + rng.randbytes(rng.randrange(2_000, 60_000)).hex().encode()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"tEXt", note) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Client:
    """One account with one session, and what it was told."""

    def __init__(self, server, name, seed):
        self.server, self.name, self.rng = server, name, random.Random(seed)
        self.token = self.session = self.user = None
        self.address = f"198.18.{self.rng.randrange(256)}.{self.rng.randrange(1, 255)}"  # an address gets but so many tokens
        self.count = 0
        self.files = {}                                  # id → SHA-256, acknowledged
        self.offsets = {}                                # tus path → (bytes, acknowledged offset)
        self.sent, self.told = [], []                    # messages sent, and acknowledged ones
        self.revision = 0                                # acknowledged
        self.exports = []                                # acknowledged
        self.done = collections.Counter()
        self.trouble = []

    # Requests

    def ask(self, *words, **more):
        """An answer; a client that is told to wait waits, for nothing was done."""
        for _ in range(20):
            try:
                return self.asked(*words, **more)
            except Wait as wait:
                self.done["429"] += 1
                time.sleep(wait.seconds)
        raise Unknown()

    def asked(self, method, path, body=None, headers=None, raw=False, timeout=60):
        port = self.server.port
        if port is None:
            raise Unknown()
        head = {"Authorization": f"Bearer {self.token}", **SKILL} if self.token else dict(SKILL)
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
            head["Content-Type"] = "application/json"
        head.update({"X-Forwarded-For": self.address, **(headers or {})})
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
        try:
            connection.request(method, path, body, head)
            response = connection.getresponse()
            data = response.read()
        except TimeoutError:
            if self.server.port == port:
                raise Wrong(f"{method} {path}: no answer in {timeout} s")
            raise Unknown()
        except (OSError, http.client.HTTPException):
            raise Unknown()
        finally:
            connection.close()
        if response.status == 429:
            raise Wait(min(10, float(response.headers.get("Retry-After", "1"))))
        if response.status == 503:
            self.done["503"] += 1
            raise Unknown()
        if raw:
            return response.status, response.headers, data
        try:
            return response.status, json.loads(data)
        except ValueError:
            raise Wrong(f"{method} {path}: {response.status} {data[:200]!r} is no JSON")

    def data(self, method, path, body=None, headers=None):
        status, answer = self.ask(method, path, body, headers)
        if status != 200 or answer.get("code") != 0:
            raise self.wrong(f"{method} {path}", status, answer)
        return answer["data"]

    @staticmethod
    def wrong(what, status, answer):
        """What an answer that is no success is taken for."""
        words = f"{what}: {status} {(answer if isinstance(answer, bytes) else json.dumps(answer).encode())[:300].decode(errors='replace')}"
        if status < 500:
            return Wrong(words)
        try:
            told = json.loads(answer) if isinstance(answer, bytes) else answer
            said = told.get("message") or told.get("detail") or told.get("error")
            return Refused(words) if isinstance(said, str) and said else Wrong(words)
        except (ValueError, AttributeError):
            return Wrong(words)

    # What a client does

    def begin(self):
        account = self.data("POST", "/api/auth/anonymous-token", headers={"X-Client-Id": self.name})
        self.token, self.user = account["token"], account["user_id"]
        self.given = account["credits"] + GIVEN
        self.server.admin("credits", "--account", self.user, "--grant", str(GIVEN))
        made = self.data("POST", "/api/tasks/me/with-session/nemo_agent", {"task_name": self.name, "language": "en"})
        self.session = made["session_id"]
        for _ in range(2):
            self.upload()
        self.say("make a video of these photos, 2 seconds long, without music")

    def upload(self):
        content = png(f"{self.name}-{self.count}")
        self.count += 1
        edge = "kinora-edge-of-a-part"
        body = (f"--{edge}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{self.name}-{self.count}.png\"\r\n"
                "Content-Type: image/png\r\n\r\n").encode() + content + f"\r\n--{edge}--\r\n".encode()
        files = self.data("POST", f"/api/upload-video/nemo_agent/me/{self.session}", body,
                          {"Content-Type": f"multipart/form-data; boundary={edge}"})["files"]
        self.files[files[0]["id"]] = hashlib.sha256(content).hexdigest()
        self.done["uploads"] += 1

    def upload_in_pieces(self):
        tus = {"Tus-Resumable": "1.0.0"}
        if not self.offsets:
            content = png(f"{self.name}-{self.count}-tus", 128, 96)
            self.count += 1
            meta = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in
                            (("filename", f"{self.name}-{self.count}.png"), ("session_id", self.session)))
            status, headers, data = self.ask("POST", "/v1/uploads", b"", {**tus, "Upload-Length": str(len(content)), "Upload-Metadata": meta}, raw=True)
            if status != 201:
                raise self.wrong("POST /v1/uploads", status, data)
            path = "/" + headers["Location"].split("//", 1)[-1].split("/", 1)[1]
            self.offsets[path] = (content, 0)
        path, (content, told) = next(iter(self.offsets.items()))
        while told < len(content):
            status, headers, _ = self.ask("HEAD", path, headers=tus, raw=True)
            if status == 404 or status == 410:  # the last piece arrived and its answer was lost
                break
            if status >= 500:
                raise self.wrong(f"HEAD {path}", status, b'{"message": "an answer to HEAD has no body"}')
            at = int(headers["Upload-Offset"])
            if status != 200 or at < told:
                raise Wrong(f"HEAD {path}: {status}, {at} bytes where {told} were acknowledged")
            if at == len(content):
                break
            piece = content[at : at + self.rng.randrange(1, 20_000)]
            status, headers, data = self.ask("PATCH", path, piece, {**tus, "Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream"}, raw=True)
            if status not in (200, 204):
                raise self.wrong(f"PATCH {path}", status, data)
            told = at + len(piece)
            self.offsets[path] = (content, told)
            if status == 200:
                answer = json.loads(data)
                file = answer["data"] if "data" in answer else answer
                file = file.get("files", [file])[0] if isinstance(file, dict) else file
                self.files[file["id"]] = hashlib.sha256(content).hexdigest()
        self.offsets.pop(path, None)
        self.done["uploads in pieces"] += 1

    def say(self, text):
        self.sent.append(text)
        body = {"app_name": "nemo_agent", "user_id": "me", "session_id": self.session, "new_message": {"parts": [{"text": text}]}}
        if self.rng.random() < 0.5:
            status, events = self.ask("POST", "/run", body)
        else:
            status, _, data = self.ask("POST", "/run_sse", body, {"Accept": "text/event-stream"}, raw=True)
            events = data if status != 200 else [json.loads(line[6:]) for line in data.decode().split("\n") if line.startswith("data: ")]
        if status != 200:
            raise self.wrong("a turn", status, events)
        if not events or events[-1].get("errorCode") or "error" in events[-1]:
            raise Unknown()
        if not any(part.get("text") for event in events for part in event.get("content", {}).get("parts", [])):
            raise Wrong(f"a turn without words: {events}")
        self.told.append(text)
        self.done["turns"] += 1

    def edit(self):
        state = self.data("GET", f"/api/state/nemo_agent/me/{self.session}/latest")
        operation = {"op": "length", "length": self.rng.randrange(150, 350) * 10 + 5}  # no length that is asked for in words: a turn that changes nothing is free
        status, answer = self.ask("POST", f"/v1/projects/{self.session}/edits", {"base_revision": state["revision"], "ops": [operation]})
        if status == 200:
            self.revision = max(self.revision, answer["data"]["revision"])
            self.done["edits"] += 1
        elif status == 409:
            self.done["stale edits"] += 1
        else:
            raise self.wrong("an edit", status, answer)

    def order(self):
        state = self.data("GET", f"/api/state/nemo_agent/me/{self.session}/latest")
        order = {"id": f"render_{self.name}_{self.count}", "sessionId": self.session, "draft": state["state"]["draft"],
                 "output": {"format": "mp4", "quality": "draft", "width": 320, "height": 180}}
        self.count += 1
        for _ in range(1 if self.rng.random() < 0.7 else 2):  # some order twice: it must be the same film
            status, answer = self.ask("POST", "/api/render/proxy/lambda", order)
            if status != 200 or not answer.get("success"):
                raise self.wrong("an export", status, answer)
            if order["id"] not in self.exports:
                self.exports.append(order["id"])
                self.done["exports"] += 1

    def live(self, ended, most_exports):
        """Does this and that until told to end."""
        while not ended.is_set():
            try:
                dice = self.rng.random()
                if dice < 0.35:
                    self.count += 1
                    self.say(f"make it {1 + self.count % 97 / 100} seconds long, take {self.count}")
                elif dice < 0.55:
                    self.edit()
                elif dice < 0.70:
                    self.upload()
                elif dice < 0.85:
                    self.upload_in_pieces()
                elif len(self.exports) < most_exports:
                    self.order()
                else:
                    self.data("GET", "/api/credits/balance/simple")
            except Unknown:
                self.done["unanswered"] += 1
                if self.server.port is None:
                    return
            except Wrong as wrong:
                self.trouble.append(str(wrong))
                return
            except Exception as error:  # a thread's own error is a finding too
                self.trouble.append(f"{type(error).__name__}: {error}")
                return

    # What must be true

    def messages(self):
        session = self.ask("GET", f"/apps/nemo_agent/users/me/sessions/{self.session}")[1]
        events = session["events"]
        said = collections.Counter(part["text"] for event in events if event.get("author") == "user"
                                   for part in event["content"]["parts"] if "text" in part)
        return said, events

    def check(self, final=False):
        state = self.data("GET", f"/api/state/nemo_agent/me/{self.session}/latest")
        if state["revision"] < self.revision:
            raise Wrong(f"revision {self.revision} was acknowledged, {state['revision']} is there")
        self.revision = state["revision"]
        there = {file["id"] for file in state["state"]["video_infos"]}
        lost = set(self.files) - there
        if lost:
            raise Wrong(f"acknowledged files are gone: {sorted(lost)}")
        for file in self.files if final else self.rng.sample(sorted(self.files), min(3, len(self.files))):
            status, _, content = self.ask("GET", f"/v1/assets/{file}", raw=True)
            if status != 200 or hashlib.sha256(content).hexdigest() != self.files[file]:
                raise Wrong(f"file {file} has other bytes than those acknowledged ({status})")
        said, _ = self.messages()
        for text in self.told:
            if said[text] != self.told.count(text):
                raise Wrong(f"\"{text}\" was acknowledged and is there {said[text]} times")
        for text, times in said.items():
            if times > self.sent.count(text):
                raise Wrong(f"\"{text}\" is there {times} times")
        listed = collections.Counter(export["id"] for export in self.data("GET", "/v1/exports?limit=200")["exports"])
        for export in self.exports:
            if listed[export] != 1:
                raise Wrong(f"{export} was acknowledged and is listed {listed[export]} times")

    def settle(self, limit=300):
        """Waits until all films are done and no turn waits, then checks everything to the last credit."""
        until = time.monotonic() + limit
        for export in self.exports:
            while True:
                status, answer = self.ask("GET", f"/api/render/proxy/lambda/{export}")
                if answer["status"] in ("completed", "failed", "cancelled"):
                    break
                if time.monotonic() > until:
                    raise Wrong(f"{export} is {answer['status']} at {answer['progress']} after {limit} s")
                time.sleep(0.2)
            if answer["status"] != "completed":
                raise Wrong(f"{export}: {answer['status']}, {answer.get('error')}")
            status, _, film = self.ask("GET", "/" + answer["output"]["url"].split("//", 1)[1].split("/", 1)[1], raw=True)
            if status != 200 or len(film) != answer["output"]["size"] or film[4:8] != b"ftyp":
                raise Wrong(f"{export}: its film is not whole ({status}, {len(film)} bytes of {answer['output']['size']})")
        while True:
            balance = self.data("GET", "/api/credits/balance/simple")
            if balance["frozen"] == 0 or time.monotonic() > until:
                break
            time.sleep(0.2)
        self.check(final=True)
        said, _ = self.messages()
        # What changed the film is told apart from what was only said: that is free.
        edits = self.data("GET", f"/v1/projects/{self.session}/edits")["edits"]
        turns = sum(1 for edit in edits if edit.get("said"))
        if turns > sum(said.values()):
            raise Wrong(f"{turns} turns changed the film, of {sum(said.values())} that were said")
        if balance != {"available": self.given - turns, "frozen": 0, "total": self.given - turns}:
            raise Wrong(f"{turns} turns changed the film, {self.given} credits were given, and this is left: {balance}")
        followed = self.events()
        for export in self.exports:
            told = [event for event in followed if event.get("id") == export and event.get("status") == "completed"]
            if len(told) != 1:
                raise Wrong(f"{export} was told {len(told)} times to be done")
        return turns

    def events(self):
        """The project's events that are kept."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=2)
        connection.request("GET", f"/v1/projects/{self.session}/events?last_event_id=0", headers={"Authorization": f"Bearer {self.token}"})
        response, text = connection.getresponse(), b""
        try:
            while part := response.read1(65536):
                text += part
        except TimeoutError:
            pass
        connection.close()
        found = [json.loads(line[6:]) for line in text.decode().split("\n") if line.startswith("data: ")]
        return [event.get("data", event) for event in found]
