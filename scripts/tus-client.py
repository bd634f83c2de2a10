#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sends a large film with tuspy (PyPI) over a line that breaks at random places, to a server that is killed at random moments.

    scripts/tus-client.py KINORA WORK [--size BYTES] [--seed N] [--cuts N] [--kills N]

KINORA is the program, WORK a folder for the film and the server's data. Between tuspy and the server stands a line that is cut, by an end or by
a reset, after so many bytes as chance says; at other places the server is killed with SIGKILL and started anew. After most cuts tuspy asks where
the upload stands and goes on; after the others a new uploader does that knows the address alone. What must be true, or the exit code is 1:

  durable   HEAD, asked while bytes come in and before and after each cut and kill, never falls behind what it or an answered PATCH said before,
            and never says more than was sent
  whole     the file is there once, with the film's hash, and the server gives back the same bytes
  memory    the server's peak stays within 48 MiB of what it had before the upload

The last line says what was done.
"""
import argparse, hashlib, json, os, random, signal, socket, struct, subprocess, sys, threading, time

import requests
from tusclient import client
from tusclient.exceptions import TusCommunicationError

MOST_GROWTH = 48 << 20


def make_film(path, size, seed):
    """A second of video, and after it a box of noise that makes the file `size` bytes."""
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=640x360:d=1", "-pix_fmt", "yuv420p", path], check=True)
    rest, chance = size - os.path.getsize(path), random.Random(seed)
    if rest < 8:
        sys.exit(f"--size must be over {os.path.getsize(path) + 8} bytes")
    with open(path, "ab") as file:
        file.write(struct.pack(">I4s", rest, b"free"))
        rest -= 8
        while rest:
            file.write(chance.randbytes(min(rest, 1 << 20)))
            rest -= min(rest, 1 << 20)
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Server:
    """`kinora serve` over one folder, started again and again, each time at another port."""

    def __init__(self, program, data):
        self.program, self.data, self.peak, self.starts = program, data, 0, 0
        self.log = open(os.path.join(os.path.dirname(data), "server.log"), "ab")
        self.start()

    def start(self):
        self.process = subprocess.Popen([self.program, "serve", "--port", "0", "--data", self.data, "--json"], stdout=subprocess.PIPE, stderr=self.log)
        for line in self.process.stdout:
            said = json.loads(line)
            if "url" in said:
                self.port = int(said["url"].rsplit(":", 1)[1].strip("/"))
                self.starts += 1
                return
        sys.exit(f"the server did not start (code {self.process.wait()}); see {self.log.name}")

    def memory(self, field="VmHWM"):
        with open(f"/proc/{self.process.pid}/status") as file:
            now = next(int(line.split()[1]) << 10 for line in file if line.startswith(field))
        self.peak = max(self.peak, now) if field == "VmHWM" else self.peak
        return now

    def kill(self):
        self.memory()
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.memory()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


class Line:
    """What tuspy speaks to: everything is passed on to the server, until the bytes of the next break have gone through."""

    def __init__(self, server, breaks):
        self.server, self.breaks, self.sent, self.cuts, self.kills = server, breaks, 0, 0, 0
        self.lock, self.listener = threading.Lock(), socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            near, _ = self.listener.accept()
            try:
                far = socket.create_connection(("127.0.0.1", self.server.port))
            except OSError:
                near.close()
                continue
            threading.Thread(target=self.pass_on, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self.pass_on, args=(far, near, False), daemon=True).start()

    def pass_on(self, source, target, counted):
        try:
            while part := source.recv(65536):
                if counted:
                    with self.lock:
                        due = self.breaks[0] if self.breaks and self.sent + len(part) > self.breaks[0][0] else None
                        if due:
                            part = part[: max(0, due[0] - self.sent)]
                            self.breaks.pop(0)
                        self.sent += len(part)
                        target.sendall(part)
                        if due:
                            self.broken(source, target, due[1])
                            return
                else:
                    target.sendall(part)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            for end in (source, target):
                end.close()

    def broken(self, near, far, how):
        if how == "kill":
            self.kills += 1
            self.server.kill()
            self.server.start()
        else:
            self.cuts += 1
            if how == "reset":
                for end in (near, far):
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        for end in (near, far):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()


class Truth:
    """What the server has said of the upload; asked beside the line, again and again."""

    def __init__(self, server, line):
        self.server, self.line, self.told, self.asked, self.wrong, self.place = server, line, 0, 0, [], None
        self.during, self.ended = set(), threading.Event()

    def ask(self):
        before = self.told
        try:
            reply = requests.head(f"http://127.0.0.1:{self.server.port}{self.place}", headers={"Tus-Resumable": "1.0.0"}, timeout=20)
        except requests.RequestException:
            return None  # the server is being started
        if reply.status_code != 200:
            self.wrong.append(f"HEAD: {reply.status_code}")
            return None
        offset = int(reply.headers["Upload-Offset"])
        self.asked += 1
        self.during.add(offset)
        if offset < before:
            self.wrong.append(f"HEAD said {offset} where {before} had been told before")
        if offset > self.line.sent:
            self.wrong.append(f"HEAD said {offset}, and {self.line.sent} bytes had been sent")
        self.told = max(self.told, offset)
        return offset

    def watch(self):
        while not self.ended.wait(0.02):
            self.ask()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("kinora")
    parser.add_argument("work")
    parser.add_argument("--size", type=int, default=500_000_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--cuts", type=int, default=25)
    parser.add_argument("--kills", type=int, default=5)
    options = parser.parse_args()
    chance, size = random.Random(options.seed), options.size
    path = os.path.join(options.work, "film.mp4")
    hash_sent = make_film(path, size, options.seed)

    server = Server(options.kinora, os.path.join(options.work, "data"))
    made = requests.post(f"http://127.0.0.1:{server.port}/api/tasks/me/with-session/nemo_agent", json={"task_name": "tus"}).json()
    session = made["data"]["session_id"]
    memory_before = server.memory("VmRSS")
    places = sorted(chance.sample(range(1, size), options.cuts + options.kills))
    killed = set(chance.sample(places, options.kills))
    line = Line(server, [(place, "kill" if place in killed else chance.choice(("end", "reset"))) for place in places])
    truth = Truth(server, line)

    metadata = {"filename": "film.mp4", "session_id": session}
    lent = client.TusClient(f"http://127.0.0.1:{line.port}/v1/uploads")
    began, uploaders, place, watcher = time.monotonic(), 0, None, None
    while True:
        uploaders += 1
        try:
            uploader = lent.uploader(path, url=place, metadata=metadata, chunk_size=chance.randrange(1 << 20, max(size // 20, 2 << 20)),
                                     retries=chance.choice((0, 3, 3)), retry_delay=0, upload_checksum=chance.random() < 0.3)
            if place is None:
                uploader.set_url(uploader.create_url())
                uploader.offset, place = 0, uploader.url
                truth.place = "/" + place.split("//", 1)[1].split("/", 1)[1]
                watcher = threading.Thread(target=truth.watch)
                watcher.start()
            pieces = chance.randrange(1, 6)
            while uploader.offset < size and pieces:
                uploader.upload_chunk()
                truth.told = max(truth.told, uploader.offset)
                pieces -= 1
            if uploader.offset >= size:
                break
        except (TusCommunicationError, requests.RequestException):
            time.sleep(0.02)  # a new one goes on
    seconds = time.monotonic() - began
    truth.ended.set()
    watcher.join()
    answer = json.loads(uploader.request.response_content)["data"]["files"]

    wrong = truth.wrong
    base = f"http://127.0.0.1:{server.port}"
    files = requests.get(f"{base}/api/state/nemo_agent/me/{session}/latest").json()["data"]["state"]["video_infos"]
    if [file["hash"] for file in files] != [hash_sent] or answer[0]["hash"] != hash_sent:
        wrong.append(f"{hash_sent} was sent, and the session has {files}, the last answer {answer}")
    else:
        back = hashlib.sha256()
        with requests.get(f"{base}/v1/assets/{files[0]['id']}", stream=True) as reply:
            for part in reply.iter_content(1 << 20):
                back.update(part)
        if back.hexdigest() != hash_sent:
            wrong.append("other bytes come back than were sent")
    memory = server.memory("VmRSS")
    if server.stop() != 0:
        wrong.append("the server did not stop in order")
    growth = server.peak - memory_before
    if growth > MOST_GROWTH:
        wrong.append(f"the server had {memory_before >> 20} MiB and took {server.peak >> 20} MiB")
    for words in wrong[:20]:
        print(f"FAILED {words}")
    print(f"{'FAILED' if wrong else 'fine'}: {size:,} bytes in {seconds:.1f} s, {line.cuts} cuts and {line.kills} kills (seed {options.seed}), "
          f"{uploaders} uploaders, {line.sent / size:.2f} × the bytes sent; HEAD asked {truth.asked} times with {len(truth.during)} answers, none fell; "
          f"memory of the server: {memory_before >> 20} MiB before, {server.peak >> 20} MiB at most, {memory >> 20} MiB after; hash {hash_sent[:16]}…")
    sys.exit(1 if wrong else 0)


main()
