# SPDX-License-Identifier: GPL-3.0-or-later
"""Links that lead back to this machine: every spelling of its addresses, and names that a resolver of our own rebinds."""
import json, os, shutil, socket, struct, subprocess, tempfile, threading


class Canary:
    """Listens on this machine, where nobody may come."""

    def __init__(self):
        self.visits, self.sockets = 0, []
        first = socket.create_server(("127.0.0.1", 0))
        self.port = first.getsockname()[1]
        self.sockets.append(first)
        for family, address in ((socket.AF_INET6, "::1"), (socket.AF_INET, "127.0.0.2")):
            try:
                self.sockets.append(socket.create_server((address, self.port), family=family))
            except OSError:
                pass
        for one in self.sockets:
            threading.Thread(target=self.listen, args=(one,), daemon=True).start()

    def listen(self, one):
        while True:
            try:
                connection, _ = one.accept()
            except OSError:
                return
            self.visits += 1
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret")

    def close(self):
        for one in self.sockets:
            one.close()


class Resolver:
    """Answers for names under .rebind.test: the first time with a public address (one that nobody has), then with this machine's; and with what
    the name says, in the other forms."""

    ANSWERS = {"loop": ["127.0.0.1"], "ten": ["10.0.0.1"], "link": ["169.254.169.254"], "zero": ["0.0.0.0"], "both": ["198.51.100.9", "127.0.0.1"], "cgnat": ["100.64.0.1"]}
    SIX = {"mapped": "::ffff:127.0.0.1", "nat64": "64:ff9b::7f00:1", "six": "::1", "ula": "fd00::1", "compat": "::127.0.0.1", "teredo": "2001::7f00:1", "sixtofour": "2002:7f00:1::1"}

    def __init__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.53", 53))
        self.asked = {}
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                data, where = self.socket.recvfrom(2048)
            except OSError:
                return
            labels, at = [], 12
            while data[at]:
                labels.append(data[at + 1 : at + 1 + data[at]].decode("latin-1").lower())
                at += 1 + data[at]
            kind = struct.unpack_from(">H", data, at + 1)[0]
            question, name = data[12 : at + 5], labels[0]
            records = []
            if kind == 1 and name in self.ANSWERS:
                records = [socket.inet_aton(address) for address in self.ANSWERS[name]]
            elif kind == 1 and name.startswith("flip"):
                self.asked[name] = self.asked.get(name, 0) + 1
                records = [socket.inet_aton("198.51.100.9" if self.asked[name] == 1 else "127.0.0.1")]
            elif kind == 28 and name in self.SIX:
                records = [socket.inet_pton(socket.AF_INET6, self.SIX[name])]
            head = data[:2] + struct.pack(">HHHHH", 0x8180, 1, len(records), 0, 0)
            self.socket.sendto(head + question + b"".join(b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 0, len(record)) + record for record in records), where)


def spellings(port):
    yield from (f"http://{host}:{port}/" for host in (
        "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7F.0.0.1", "0177.0.0.1", "017700000001", "0x7f.1", "127.0.0.1.", "127.000.000.001", "0", "0.0.0.0", "localhost",
        "LOCALHOST", "localhost.", "127.0.0.2", "[::1]", "[0:0:0:0:0:0:0:1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]",
        "[64:ff9b:1::7f00:1]", "[::127.0.0.1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[fe80::1]", "[fe80::1%25lo]", "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]", "169.254.169.254", "10.0.0.1", "172.16.0.1",
        "192.168.0.1", "100.64.0.1", "192.0.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "①②⑦.⓪.⓪.①", "127。0。0。1", "%31%32%37.0.0.1", "user@127.0.0.1", "evil.example@127.0.0.1", "127.0.0.1#@evil.example"))
    yield from (f"{scheme}127.0.0.1:{port}/" for scheme in ("https://", "HTTP://", "http:\\\\", "http:///", "http:", "//", "ftp://", "gopher://", "dict://", "telnet://", "ldap://", "tftp://", "smb://", "ws://", "rtsp://"))
    yield from ("file:///etc/passwd", "file://localhost/etc/passwd", "FILE:///etc/passwd", "/etc/passwd", "../../etc/passwd", "data:text/plain,secret", "concat:/etc/passwd", "pipe:0", "", " ", "http://", "http://:80/",
                f"http://127.0.0.1:{port}\t/", f" http://127.0.0.1:{port}/", f"http://127.0.0.1:{port}/\r\nX-A: b", f"http://127.0.0.1:{port}/\0", "http://[::1", "http://a" * 400)


def attempt(server, token, session, url, report, canary):
    status, _, told = server.ask("POST", f"/api/upload-video/nemo_agent/me/{session}", {"urls": [url]}, token=token, timeout=90)
    report.expect(canary.visits == 0, f"{url[:80]!r} reached this machine")
    canary.visits = 0
    report.expect(status >= 400 and b"secret" not in told and b"root:" not in told, f"{url[:80]!r}: {status} {told[:150]!r}")


def inside(start, report, options):
    canary = Canary()
    server = start()
    token = server.account()["token"]
    session = server.session(token)
    try:
        for url in spellings(canary.port):
            attempt(server, token, session, url, report, canary)
        server.stop()
        rebinding(options, report, canary)
    finally:
        server.stop()
        canary.close()


def rebinding(options, report, canary):
    """A server whose resolver is ours: by a file of its own in place of /etc/resolv.conf."""
    from .serving import Server
    try:
        resolver = Resolver()
        subprocess.run(["unshare", "-m", "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        report.left.append(f"a resolver of our own ({error})")
        return
    work = tempfile.mkdtemp(prefix="kinora-rebinding-")
    with open(os.path.join(work, "resolv.conf"), "w") as file:
        file.write("nameserver 127.0.0.53\noptions timeout:2 attempts:1\n")
    with open(os.path.join(work, "nsswitch.conf"), "w") as file:
        file.write("hosts: files dns\n")
    program = os.path.join(work, "kinora")
    with open(program, "w") as file:
        mounts = "".join(f"mount --bind {work}/{name} /etc/{name} && " for name in ("resolv.conf", "nsswitch.conf"))
        file.write(f"#!/bin/sh\nexec unshare -m sh -c 'mount --make-rprivate / && {mounts}exec \"$@\"' sh {options.kinora} \"$@\"\n")
    os.chmod(program, 0o755)
    server = Server(program, os.path.join(work, "data"))
    try:
        if server.port is None:
            report.left.append(f"a resolver of our own ({server.words()[-200:]})")
            return
        token = server.account()["token"]
        session = server.session(token)
        names = [*Resolver.ANSWERS, *Resolver.SIX, *(f"flip{number}" for number in range(3)), *(f"flip{number}" for number in range(3))]
        for name in names:
            attempt(server, token, session, f"http://{name}.rebind.test:{canary.port}/a.png", report, canary)
        report.expect(sum(resolver.asked.values()) >= 2, "our resolver was not asked, so nothing was tried")
    finally:
        server.stop()
        resolver.socket.close()
        shutil.rmtree(work, ignore_errors=True)
