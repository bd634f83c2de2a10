# SPDX-License-Identifier: GPL-3.0-or-later
"""A pool's side of `kinora worker`: the same frames, limits and confinement as a server's, one file after the other through the way of an upload."""
import array, json, os, select, shutil, socket, struct, subprocess, time

# Sources/WorkerPool/Wire/WorkerFrame.swift
SETUP, TASK, READY, PROGRESS, ANSWER, REFUSAL = 1, 2, 16, 17, 18, 19
# FilmWorkers' lane for what comes in.
LIMITS = {"addressBytes": 16 << 30, "dataBytes": 3 << 30, "fileBytes": 2 << 30, "openFiles": 1024, "niceness": 0}
MOST_BYTES, MOST_IDLE_BYTES = 2 << 30, 192 << 20
CODES = {"notFound", "noPermission", "unreadable", "empty", "notTaken", "tooLarge", "truncated", "damaged", "nothingFound", "cancelled"}


class Gone(Exception):
    """The worker ended, or was ended, over a file."""


class Worker:
    def __init__(self, program, folder, environment=None):
        self.program, self.folder = program, folder
        for name in ("cache", "data/incoming", "data/media", "data/exports", "scratch"):
            os.makedirs(os.path.join(folder, name), exist_ok=True)
        self.environment = {"HOME": folder, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no",
                            "TMPDIR": os.path.join(folder, "scratch"), **(environment or {})}
        self.process = None
        self.started = self.most = 0

    def start(self):
        ours, theirs = socket.socketpair()
        words = [self.program, "worker", "--cache", os.path.join(self.folder, "cache"), "--data", os.path.join(self.folder, "data")]
        number = theirs.fileno()
        self.words = open(os.path.join(self.folder, "words"), "w+b")
        self.process = subprocess.Popen(words, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.words,
                                        close_fds=False, pass_fds=(), preexec_fn=lambda: os.dup2(number, 3, inheritable=True))
        theirs.close()
        self.socket, self.bytes, self.started = ours, b"", self.started + 1
        self.send(SETUP, 0, json.dumps({"lane": "examine", "limits": LIMITS, "parent": os.getpid()}).encode())
        kind, _ = self.frame(time.monotonic() + 60)
        if kind != READY:
            raise SystemExit(f"the worker did not become ready: {self.last_words()}")
        with open(f"/proc/{self.process.pid}/status") as file:
            facts = dict(line.split(":\t", 1) for line in file.read().splitlines() if ":\t" in line)
        if facts.get("NoNewPrivs") != "1" or facts.get("Seccomp") != "2":
            raise SystemExit(f"the worker is not confined (NoNewPrivs {facts.get('NoNewPrivs')}, Seccomp {facts.get('Seccomp')})")

    def send(self, kind, task, body, descriptors=()):
        head = struct.pack("<IBBHQ", len(body), kind, len(descriptors), 0, task)
        control = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))] if descriptors else []
        data = head + body
        sent = self.socket.sendmsg([data], control)
        if sent < len(data):
            self.socket.sendall(data[sent:])

    def frame(self, until):
        while True:
            if len(self.bytes) >= 16:
                length, kind, _, _, _ = struct.unpack("<IBBHQ", self.bytes[:16])
                if len(self.bytes) >= 16 + length:
                    body, self.bytes = self.bytes[16 : 16 + length], self.bytes[16 + length :]
                    return kind, body
            if not select.select([self.socket], [], [], max(0, min(0.5, until - time.monotonic())))[0]:
                if time.monotonic() > until:
                    self.end()
                    raise Gone("overdue")
                if self.memory() > MOST_BYTES:
                    self.end()
                    raise Gone("grown")
                continue
            try:
                part = self.socket.recv(1 << 16)
            except ConnectionError:
                part = b""
            if not part:
                code = self.process.wait()
                words = self.last_words()
                self.end()
                raise Gone(f"crashed ({'signal ' + str(-code) if code < 0 else 'status ' + str(code)}) {words}")
            self.bytes += part

    def last_words(self):
        self.words.seek(0)
        return " ".join(self.words.read()[-400:].decode(errors="replace").split())

    def memory(self):
        try:
            with open(f"/proc/{self.process.pid}/statm") as file:
                fields = file.read().split()
            return (int(fields[1]) - int(fields[2])) * 4096
        except OSError:
            return 0

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def examine(self, content, limit=300):
        """What became of a file of these bytes: (kind, told, seconds), `taken` with the facts, `refused` with the refusal, `odd` with what was said, `gone` with how."""
        if self.process is None:
            self.start()
        place = os.path.join(self.folder, "data", "incoming", "one")  # a worker sees nothing else of ours
        with open(place, "wb") as file:
            file.write(content)
        file = os.open(place, os.O_RDONLY | os.O_NOFOLLOW)
        began = time.monotonic()
        try:
            self.send(TASK, 7, b'{"examine":{}}', (file,))
            while True:
                kind, body = self.frame(began + limit)
                if kind in (ANSWER, REFUSAL):
                    break
        except (Gone, BrokenPipeError, ConnectionError) as gone:
            self.end()
            return "gone", str(gone), time.monotonic() - began
        finally:
            os.close(file)
        took = time.monotonic() - began
        self.most = max(self.most, self.memory())
        if self.memory() > MOST_IDLE_BYTES:
            self.end()
        try:
            told = json.loads(body)
        except ValueError:
            return "odd", f"no JSON: {body[:200]!r}", took
        return (*(self.taken(told) if kind == ANSWER else self.refused(told)), took)

    @staticmethod
    def taken(told):
        facts = told["facts"]
        size = facts.get("size") or {"width": 1, "height": 1}
        sound = facts["kind"] in ("image", "video", "audio", "text") and 0 < size["width"] and 0 < size["height"] \
            and size["width"] * size["height"] <= 100_000_000
        return ("taken", facts) if sound else ("odd", f"facts that cannot be: {json.dumps(facts)[:300]}")

    @staticmethod
    def refused(told):
        refusal = told.get("refusal")
        if told.get("cause") == "material" and refusal and refusal["code"] in CODES and refusal["why"] and refusal["todo"]:
            return "refused", refusal
        return "odd", f"a refusal without its kind: {json.dumps(told)[:400]}"

    def end(self):
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        self.socket.close()
        self.words.close()
        self.process = None


def remove(folder):
    shutil.rmtree(folder, ignore_errors=True)
