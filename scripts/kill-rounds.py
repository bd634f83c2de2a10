#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the server, its workers or both with SIGKILL at random moments under load, and checks that nothing acknowledged is lost.

    scripts/kill-rounds.py [--rounds N] [--seed N] [--kinora PROGRAM] [--data FOLDER]

Some clients of a server for others (credits count) chat, edit, upload in one piece and in many (tus), and order films, each from a thread of
its own. Each knows what it was told: that is the truth against which state is checked after every start of the server, and once more at the end:

  upload    every acknowledged file is there with its bytes; an upload in pieces stands where it was said to stand, or further
  turn      every acknowledged message is in the session once, none is twice; a message that was not acknowledged is there once or not at all
  edit      the revision is never before an acknowledged one
  export    every ordered film is finished once, whole, and told once to those who follow the project
  credits   what is left is what was given less one for each turn that changed the film, and nothing stays frozen

The last line says what was done; the exit code is 1 where a check failed. Needs python3 alone; KINORA names the program otherwise.
"""
import argparse, base64, collections, hashlib, http.client, json, os, random, shutil, signal, struct, subprocess, sys, tempfile, threading, time, zlib

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GIVEN = 100_000
SKILL = {"X-Skill-Source": "kill-rounds", "X-Skill-Version": "1", "X-Skill-Platform": "unknown"}


class Unknown(Exception):
    """A request that ended without an answer: it may have been carried out or not."""


class Wrong(Exception):
    """A promise that was broken."""


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


class Server:
    """`kinora serve` over one folder, started again and again."""

    def __init__(self, program, data):
        self.program, self.data = program, data
        self.process, self.port, self.starts = None, None, []
        self.log = open(os.path.join(os.path.dirname(data), "server.log"), "ab")

    def start(self):
        began = time.monotonic()
        self.process = subprocess.Popen([self.program, "serve", "--policy", "hosted", "--port", "0", "--data", self.data, "--json"],
                                        stdout=subprocess.PIPE, stderr=self.log)
        for line in self.process.stdout:
            said = json.loads(line)
            if "url" in said:
                self.port = int(said["url"].rsplit(":", 1)[1].strip("/"))
                self.starts.append(time.monotonic() - began)
                threading.Thread(target=shutil.copyfileobj, args=(self.process.stdout, self.log), daemon=True).start()
                return
        raise Wrong(f"the server did not start again (code {self.process.wait()}); see {self.log.name}")

    def children(self):
        try:
            with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children") as file:
                found = [int(word) for word in file.read().split()]
        except OSError:
            found = []
        if not found:  # workers are children of a thread of the server
            for task in os.listdir(f"/proc/{self.process.pid}/task"):
                try:
                    with open(f"/proc/{self.process.pid}/task/{task}/children") as file:
                        found += [int(word) for word in file.read().split()]
                except OSError:
                    pass
        return found

    def kill(self, workers, server, rng):
        killed = 0
        children = self.children()
        if server:
            self.port = None
        for child in (children if server else rng.sample(children, min(len(children), 1))) if workers else []:
            try:
                os.kill(child, signal.SIGKILL)
                killed += 1
            except ProcessLookupError:
                pass
        if server:
            self.process.kill()
            self.process.wait()
        return killed

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    def admin(self, *words):
        done = subprocess.run([self.program, "admin", *words, "--data", self.data, "--json"], capture_output=True, text=True)
        if done.returncode:
            raise Wrong(f"kinora admin {' '.join(words)}: {done.stderr}")


class Client:
    """One account with one session, and what it was told."""

    def __init__(self, server, name, seed):
        self.server, self.name, self.rng = server, name, random.Random(seed)
        self.token = self.session = self.user = None
        self.count = 0
        self.files = {}                                  # id → SHA-256, acknowledged
        self.offsets = {}                                # tus path → (bytes, acknowledged offset)
        self.sent, self.told = [], []                    # messages sent, and acknowledged ones
        self.revision = 0                                # acknowledged
        self.exports = []                                # acknowledged
        self.done = collections.Counter()
        self.trouble = []

    # Requests

    def ask(self, method, path, body=None, headers=None, raw=False, timeout=60):
        port = self.server.port
        if port is None:
            raise Unknown()
        head = {"Authorization": f"Bearer {self.token}", **SKILL} if self.token else dict(SKILL)
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
            head["Content-Type"] = "application/json"
        head.update(headers or {})
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
        if response.status == 503 or response.status == 429:
            self.done[f"{response.status}"] += 1
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
            raise Wrong(f"{method} {path}: {status} {json.dumps(answer)[:300]}")
        return answer["data"]

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
                raise Wrong(f"POST /v1/uploads: {status} {data[:200]!r}")
            path = "/" + headers["Location"].split("//", 1)[-1].split("/", 1)[1]
            self.offsets[path] = (content, 0)
        path, (content, told) = next(iter(self.offsets.items()))
        while told < len(content):
            status, headers, _ = self.ask("HEAD", path, headers=tus, raw=True)
            if status == 404 or status == 410:  # the last piece arrived and its answer was lost
                break
            at = int(headers["Upload-Offset"])
            if status != 200 or at < told:
                raise Wrong(f"HEAD {path}: {status}, {at} bytes where {told} were acknowledged")
            if at == len(content):
                break
            piece = content[at : at + self.rng.randrange(1, 20_000)]
            status, headers, data = self.ask("PATCH", path, piece, {**tus, "Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream"}, raw=True)
            if status not in (200, 204):
                raise Wrong(f"PATCH {path}: {status} {data[:300]!r}")
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
            events = [json.loads(line[6:]) for line in data.decode().split("\n") if line.startswith("data: ")]
        if status != 200:
            raise Wrong(f"a turn: {status} {str(events)[:300]}")
        if not events or events[-1].get("errorCode") or "error" in events[-1]:
            raise Unknown()
        if not any(part.get("text") for event in events for part in event.get("content", {}).get("parts", [])):
            raise Wrong(f"a turn without words: {events}")
        self.told.append(text)
        self.done["turns"] += 1

    def edit(self):
        state = self.data("GET", f"/api/state/nemo_agent/me/{self.session}/latest")
        operation = {"op": "length", "length": self.rng.randrange(1500, 3500)}
        status, answer = self.ask("POST", f"/v1/projects/{self.session}/edits", {"base_revision": state["revision"], "ops": [operation]})
        if status == 200:
            self.revision = max(self.revision, answer["data"]["revision"])
            self.done["edits"] += 1
        elif status == 409:
            self.done["stale edits"] += 1
        else:
            raise Wrong(f"an edit: {status} {json.dumps(answer)[:300]}")

    def order(self):
        state = self.data("GET", f"/api/state/nemo_agent/me/{self.session}/latest")
        order = {"id": f"render_{self.name}_{self.count}", "sessionId": self.session, "draft": state["state"]["draft"],
                 "output": {"format": "mp4", "quality": "draft", "width": 320, "height": 180}}
        self.count += 1
        for _ in range(1 if self.rng.random() < 0.7 else 2):  # some order twice: it must be the same film
            status, answer = self.ask("POST", "/api/render/proxy/lambda", order)
            if status != 200 or not answer.get("success"):
                raise Wrong(f"an export: {status} {json.dumps(answer)[:300]}")
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
                    self.say(f"make it {1 + self.count % 17 / 10} seconds long, take {self.count}")
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
        turns = sum(said.values())
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


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--exports", type=int, default=20, help="films a client orders at most")
    parser.add_argument("--kinora", default=os.environ.get("KINORA", os.path.join(ROOT, ".build", "debug", "kinora")))
    parser.add_argument("--data", help="keep the folder there")
    options = parser.parse_args()
    if not os.path.exists(options.kinora):
        sys.exit(f"{options.kinora} is not there; build first: swift build")
    work = options.data or tempfile.mkdtemp(prefix="kinora-kill-")
    os.makedirs(work, exist_ok=True)
    os.environ["XDG_CACHE_HOME"] = os.path.join(work, "cache")
    rng, server, failed = random.Random(options.seed), Server(options.kinora, os.path.join(work, "data")), []
    kills = collections.Counter()
    try:
        server.start()
        clients = [Client(server, f"client{number}", options.seed * 100 + number) for number in range(options.clients)]
        for client in clients:
            client.begin()
        for number in range(options.rounds):
            ended = threading.Event()
            threads = [threading.Thread(target=client.live, args=(ended, options.exports * (number + 1) // options.rounds + 1)) for client in clients]
            for thread in threads:
                thread.start()
            time.sleep(rng.uniform(0.05, 1.5))
            victim = rng.choice(("server", "worker", "both"))
            kills["workers"] += server.kill(victim != "server", victim != "worker", rng)
            kills["server"] += victim != "worker"
            ended.set()
            for thread in threads:
                thread.join()
            if victim != "worker":
                server.start()
            for client in clients:
                failed += [f"round {number}, {victim} killed, {client.name}: {words}" for words in client.trouble]
                client.trouble = []
                try:
                    client.check()
                except Unknown:
                    failed.append(f"round {number}, {victim} killed, {client.name}: no answer where nothing was killed")
                except Wrong as wrong:
                    failed.append(f"round {number}, {victim} killed, {client.name}: {wrong}")
            if failed:
                break
        turns = 0
        for client in clients if not failed else []:
            try:
                turns += client.settle()
            except (Wrong, Unknown) as wrong:
                failed.append(f"at the end, {client.name}: {wrong or 'no answer'}")
        if server.stop() != 0:
            failed.append("the server did not stop in order")
    finally:
        if server.process and server.process.poll() is None:
            server.process.kill()
        if not options.data and not failed:
            shutil.rmtree(work, ignore_errors=True)
    for words in failed:
        print(f"FAILED {words}")
    done = sum((client.done for client in clients), collections.Counter())
    starts = sorted(server.starts)
    print(f"{'FAILED; folder ' + work if failed else 'passed'}: {options.rounds} rounds (seed {options.seed}), {kills['server']} servers and {kills['workers']} workers killed; "
          + ", ".join(f"{count} {what}" for what, count in sorted(done.items()))
          + f"; start to ready {starts[len(starts) // 2]:.2f} s in the middle, {starts[-1]:.2f} s at most")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
