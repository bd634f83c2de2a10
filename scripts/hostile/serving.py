# SPDX-License-Identifier: GPL-3.0-or-later
"""A server of the built program over a folder of its own, a client of it, and what it holds of memory and descriptors."""
import http.client, json, os, shutil, signal, subprocess, tempfile, time

SKILL = {"X-Skill-Source": "hostile", "X-Skill-Version": "1", "X-Skill-Platform": "unknown"}
EDGE = "kinora-edge-of-a-part"


class Server:
    """`kinora serve`; `environment` is added to this process's own."""

    def __init__(self, program, data, *words, environment=None, log=None, policy="open"):
        self.program, self.folder = program, data
        self.log = log or os.path.join(os.path.dirname(data), "server.log")
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([program, "serve", "--policy", policy, "--port", "0", "--data", data, "--json", *words],
                                            env={**os.environ, **(environment or {})}, stdout=subprocess.PIPE, stderr=log)
        self.port = None
        for line in self.process.stdout:
            said = json.loads(line)
            if "url" in said:
                self.port = int(said["url"].rstrip("/").rsplit(":", 1)[1])
                break
        if self.port is None:
            self.code = self.process.wait()

    def words(self):
        with open(self.log, errors="replace") as file:
            return file.read()

    def ask(self, method, path, body=None, headers=None, token=None, timeout=120):
        """(status, headers, bytes)"""
        head = {**SKILL, **({"Authorization": f"Bearer {token}"} if token else {}), **(headers or {})}
        if isinstance(body, (dict, list)):
            body, head["Content-Type"] = json.dumps(body).encode(), "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, head)
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def data(self, method, path, body=None, headers=None, token=None):
        status, _, text = self.ask(method, path, body, headers, token)
        answer = json.loads(text)
        if status != 200 or answer.get("code") != 0:
            raise RuntimeError(f"{method} {path}: {status} {text[:300]!r}")
        return answer["data"]

    def account(self, name="hostile", headers=None):
        return self.data("POST", "/api/auth/anonymous-token", headers={"X-Client-Id": name, **(headers or {})})

    def session(self, token, name="hostile"):
        return self.data("POST", "/api/tasks/me/with-session/nemo_agent", {"task_name": name, "language": "en"}, token=token)["session_id"]

    def upload(self, token, session, files, timeout=330):
        """`files`: (name, bytes); (status, answer)."""
        body = b"".join(f"--{EDGE}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n".encode() + content + b"\r\n"
                        for name, content in files) + f"--{EDGE}--\r\n".encode()
        status, _, text = self.ask("POST", f"/api/upload-video/nemo_agent/me/{session}", body,
                                   {"Content-Type": f"multipart/form-data; boundary={EDGE}"}, token, timeout)
        return status, json.loads(text)

    def admin(self, *words):
        subprocess.run([self.program, "admin", *words, "--data", self.folder, "--json"], capture_output=True, check=True)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def held(self):
        """MiB that are its own, and descriptors."""
        with open(f"/proc/{self.process.pid}/smaps_rollup") as file:
            memory = sum(int(line.split()[1]) for line in file if line.startswith(("Private_Dirty:", "Private_Clean:"))) / 1024
        return memory, len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode


class Served:
    """What became of uploads."""

    def __init__(self):
        self.count, self.taken, self.refused, self.trouble = 0, 0, 0, []
        self.before = self.after = (0, 0)

    def __str__(self):
        return (f"{self.count} uploaded to a server ({self.taken} taken, {self.refused} refused with their code, {len(self.trouble)} in trouble), "
                f"which held {self.before[0]:.0f} MiB and {self.before[1]} descriptors before and {self.after[0]:.0f} MiB and {self.after[1]} after")


def serve(program, contents, say):
    """Uploads them one after the other, fifty to a session, and measures from the first fifty on."""
    work, served = tempfile.mkdtemp(prefix="kinora-served-"), Served()
    os.environ["XDG_CACHE_HOME"] = os.path.join(work, "cache")
    server = Server(program, os.path.join(work, "data"))
    try:
        token = server.account()["token"]
        for index, content in enumerate(contents):
            if index % 50 == 0:
                session = server.session(token)
                if index <= 50:
                    served.before = server.held()
            try:
                status, answer = server.upload(token, session, [(f"file-{index}.bin", content)])
            except (OSError, ValueError, http.client.HTTPException) as error:
                status, answer = 0, {"code": -1, "message": f"no answer: {error}"}
            served.count += 1
            if status == 200 and answer["code"] == 0:
                served.taken += 1
            elif answer["code"] in (4001, 4002) and answer.get("message"):
                served.refused += 1
            else:
                served.trouble.append(answer)
                say(f"TROUBLE upload {index}: {status} {json.dumps(answer)[:300]}")
                if server.process.poll() is not None:
                    return served
        time.sleep(1)
        served.after = server.held()
        if served.after[1] > served.before[1] + 8 or served.after[0] > served.before[0] + 64 + served.count / 50:
            served.trouble.append("leak")
            say("TROUBLE the server holds more and more")
        if server.ask("GET", "/health")[0] != 200:
            served.trouble.append("health")
        if server.stop() != 0:
            served.trouble.append("end")
            say(f"TROUBLE the server did not end in order ({server.process.returncode})")
    finally:
        server.stop()
        shutil.rmtree(work, ignore_errors=True)
    return served
