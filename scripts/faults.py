#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the machine below a server fail, and checks that nothing acknowledged is lost, nothing is charged twice and no success is false.

    scripts/faults.py [calls] [start] [full] [read-only] [clock] [folders] [--most N] [--kinora PROGRAM] [--work FOLDER]

calls       every write, fsync, rename, truncation, link and creation of a file in the ways of an upload (whole and in pieces), a turn, an edit,
            an export, a session and an account fails once with EIO, once with ENOSPC, and each write once writes half of its bytes: one
            failure a request, the server killed with SIGKILL and started again every so often
start       the same for a server that starts on a fresh folder and on one with films in it
full        a small disk fills up and gets room again (tmpfs; needs the right to mount)
read-only   a disk becomes read-only under the server, and a server starts on a read-only one (needs the right to mount)
clock       the time of day jumps forth and back by up to three days under load
folders     two servers on one folder; a folder and a database of a later version, which stay as they are

All of them where none is named. The truth is what clients were told (scripts/hostile/clients.py). The last line has the figures; the exit code
is 1 where something broke. Needs cc and python3.
"""
import argparse, collections, errno, hashlib, http.client, json, os, shutil, sqlite3, subprocess, sys, tempfile, threading, time

from hostile.clients import Client, Refused, Unknown, Wrong
from hostile.serving import Server
from hostile.shim import Shim

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ERRORS = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC, "half": -1}
# What a success may rest on though it failed: the database's own file, which its log (-wal) can make again; what only speeds things up; the
# folder's list of names, which was put on the disk when the log was made.
SPARE = ("/kinora.sqlite", "/kinora.sqlite-shm", "/lock", "fdatasync ")


class Stand:
    """A server, started again and again, and its shim."""

    def __init__(self, options, name, folder=None):
        self.options = options
        self.work = folder or tempfile.mkdtemp(prefix=f"kinora-faults-{name}-")
        self.folder = os.path.join(self.work, "data")
        self.shim = Shim(self.work if folder is None else options.scratch, self.folder)
        self.server, self.count, self.port = None, 0, None

    def start(self, *words):
        environment = {"XDG_CACHE_HOME": os.path.join(self.work, "cache"), **self.shim.environment}
        self.server = Server(self.options.kinora, self.folder, "--trust-proxy", "127.0.0.1", *words, policy="hosted", environment=environment,
                             log=os.path.join(self.options.scratch, f"{os.path.basename(self.work)}.log"))
        self.port = self.server.port
        return self.port is not None

    def started(self):
        if not self.start():
            raise Wrong(f"the server did not start: {self.server.words()[-400:]}")
        return self

    def client(self, name):
        self.count += 1
        client = Client(self, f"{name}-{self.count}", f"{self.options.seed}-{name}-{self.count}")
        client.begin()
        return client

    def admin(self, *words):
        self.server.admin(*words)

    def again(self):
        """SIGKILL, and a start."""
        self.server.kill()
        self.started()

    def alive(self):
        return self.server.process.poll() is None

    def end(self, failed):
        self.shim.disarm()
        if self.server:
            self.server.stop()
        if not failed:
            shutil.rmtree(self.work, ignore_errors=True)


class Report:
    def __init__(self):
        self.trouble, self.counts = [], collections.Counter()

    def wrong(self, words):
        self.trouble.append(words)
        print(f"FAILED {words}", flush=True)


def calls(options, report):
    stand, fired = Stand(options, "calls"), collections.Counter()
    stand.started()

    def account():
        client = Client(stand, f"short-{stand.count}-{os.urandom(4).hex()}", f"{options.seed}-{stand.count}")
        stand.count += 1
        client.data("POST", "/api/auth/anonymous-token", headers={"X-Client-Id": client.name})

    ways = {
        "upload": lambda client: client.upload(),
        "upload in pieces": lambda client: client.upload_in_pieces(),
        "turn": talk,
        "edit": lambda client: client.edit(),
        "export": export,
        "session": lambda client: client.data("POST", "/api/tasks/me/with-session/nemo_agent", {"task_name": "another", "language": "en"}),
        "account": lambda client: account(),
    }
    try:
        for way, act in ways.items():
            outcomes = collections.Counter()
            for name, error in ERRORS.items():
                client, number = stand.client(way.replace(" ", "-")), 0
                while number < options.most:
                    number += 1
                    before = client.done.copy()
                    stand.shim.arm(number, error)
                    outcome, trouble = attempt(client, act)
                    what = stand.shim.disarm()
                    if what is None:
                        break
                    fired[what.split(" ", 1)[0]] += 1
                    outcomes[outcome] += 1
                    report.counts["faults"] += 1
                    where = f"{way}, {name} at call {number} ({what}): "
                    if trouble:
                        report.wrong(where + trouble)
                    if not stand.alive():
                        report.wrong(where + f"the server ended ({stand.server.process.returncode})")
                        stand.started()
                    if outcome == "done" and error > 0 and what.split(" ")[0] in ("fsync", "fdatasync") and not what.endswith(SPARE) and not stand.shim.healed and way != "export":
                        report.wrong(where + "was acknowledged all the same")
                    if options.verbose:
                        print(f"  {where}{outcome} {dict(client.done - before)}")
                    if report.counts["faults"] % 25 == 0:
                        stand.again()
                    checked(client, report, where)
                stand.again()
                try:
                    client.settle(120)
                except (Wrong, Unknown, OSError) as wrong:
                    report.wrong(f"{way}, {name}, at the end: {wrong or 'no answer'}")
            print(f"  {way}: {sum(outcomes.values())} failures of the system; " + ", ".join(f"{count} {what}" for what, count in outcomes.most_common()), flush=True)
    finally:
        stand.end(report.trouble)
    report.counts["kinds"] = len(fired)
    print("  " + ", ".join(f"{count} × {what}" for what, count in fired.most_common()))


def talk(client):
    client.count += 1
    client.say(f"make it {1 + client.count % 97 / 100} seconds long, take {client.count}")


def export(client):
    client.order()
    status, until = None, time.monotonic() + 60
    while status not in ("completed", "failed", "cancelled"):
        _, answer = client.ask("GET", f"/api/render/proxy/lambda/{client.exports[-1]}")
        status = answer["status"]
        if time.monotonic() > until:
            raise Wrong(f"{client.exports[-1]} is {status} after a minute")
        time.sleep(0.05)
    if status == "failed":
        # It is told honestly; it is ordered no more.
        if not answer.get("error"):
            raise Wrong(f"{client.exports[-1]} failed without a word")
        client.failed = getattr(client, "failed", []) + [client.exports.pop()]
        raise Refused(f"export: {answer['error']}")


def attempt(client, act):
    try:
        act(client)
        return "done", None
    except Refused:
        return "refused", None
    except Unknown:
        return "unanswered", None
    except Wrong as wrong:
        return "wrong", str(wrong)
    except Exception as error:
        return "wrong", f"{type(error).__name__}: {error}"


def checked(client, report, where):
    try:
        client.check()
    except (Wrong, Unknown, OSError, KeyError, http.client.HTTPException) as wrong:
        report.wrong(f"{where}afterwards: {type(wrong).__name__} {wrong}")


def start(options, report):
    for full in (False, True):
        for name, error in ERRORS.items():
            stand, client, number = Stand(options, "start"), None, 0
            try:
                if full:
                    stand.started()
                    client = stand.client("there")
                while number < options.most:
                    number += 1
                    if full:
                        stand.server.kill()
                    else:
                        shutil.rmtree(stand.folder, ignore_errors=True)
                    stand.shim.arm(number, error)
                    there = stand.start()
                    if there:
                        stand.server.ask("GET", "/health")
                    what = stand.shim.disarm()
                    where = f"start on {'a used' if full else 'a fresh'} folder, {name} at call {number} ({what}): "
                    if not there:
                        words = stand.server.words().strip().splitlines()
                        if stand.server.code not in (1, 2, 64, 69, 70, 73, 74, 75, 78) or not words:
                            report.wrong(where + f"ended with {stand.server.code} and said {words[-1:]}")
                        report.counts["starts refused"] += 1
                        stand.started()
                    if full:
                        checked(client, report, where)
                    elif stand.server.ask("GET", "/health")[0] != 200:
                        report.wrong(where + "no health afterwards")
                    stand.server.kill()
                    if what is None:
                        break
                    report.counts["faults"] += 1
            except (Wrong, Unknown, OSError) as wrong:
                report.wrong(f"start, {name} at call {number}: {wrong}")
            finally:
                stand.end(report.trouble)


def mounted(options, size):
    folder = tempfile.mkdtemp(prefix="kinora-small-disk-")
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "kinora", folder], capture_output=True, text=True)
    if done.returncode:
        os.rmdir(folder)
        print(f"  left out, for nothing can be mounted here: {done.stderr.strip()}")
        return None
    return folder


def unmount(folder):
    subprocess.run(["umount", "-l", folder], capture_output=True)
    shutil.rmtree(folder, ignore_errors=True)


def full(options, report):
    disk = mounted(options, "48m")
    if disk is None:
        return
    stand = Stand(options, "full", disk)
    try:
        stand.started()
        clients, seen = [stand.client(f"full{number}") for number in range(2)], collections.Counter()
        for round_ in range(3):
            ballast = os.path.join(disk, "ballast")
            room = shutil.disk_usage(disk).free
            with open(ballast, "wb") as file:
                try:
                    left = max(0, room - (200 << 10) * round_)
                    while left > 0:
                        left -= file.write(bytes(min(left, 1 << 16)))
                        file.flush()
                except OSError:
                    pass
            for _ in range(6):
                for client in clients:
                    for act in (Client.upload, Client.upload_in_pieces, talk, Client.edit, Client.order):
                        outcome, trouble = attempt(client, act)
                        seen[outcome] += 1
                        if trouble:
                            report.wrong(f"full disk: {trouble}")
            if not stand.alive():
                report.wrong(f"full disk: the server ended ({stand.server.process.returncode})")
            os.unlink(ballast)
            stand.again()
            for client in clients:
                checked(client, report, "full disk, with room again: ")
                for act in (Client.upload, Client.edit):
                    outcome, trouble = attempt(client, act)
                    if outcome != "done":
                        report.wrong(f"full disk, with room again: {outcome} {trouble}")
        for client in clients:
            client.settle(180)
        if not seen["refused"]:
            report.wrong("full disk: nothing was refused, so nothing was tried")
        report.counts["requests on a full disk"] += sum(seen.values())
        print("  full disk: " + ", ".join(f"{count} {what}" for what, count in seen.most_common()))
    except (Wrong, Unknown, OSError) as wrong:
        report.wrong(f"full disk: {wrong or 'no answer'}")
    finally:
        stand.end(True)
        unmount(disk)


def read_only(options, report):
    disk = mounted(options, "96m")
    if disk is None:
        return
    stand = Stand(options, "read-only", disk)
    def remount(how):
        # Whatever has a file open for writing holds the whole disk: so the view of it changes, not the disk.
        subprocess.run(["mount", "-o", f"remount,{how}", disk], check=True, capture_output=True)
    try:
        stand.started()
        client = stand.client("reader")
        client.settle(60)
        stand.server.stop()
        remount("ro")
        if stand.start():
            report.wrong("read-only disk: the server started")
        elif "read-only" not in stand.server.words().lower():
            report.wrong(f"read-only disk: it was not said: {stand.server.words()[-300:]}")
        remount("rw")
        stand.started()
        client.settle(60)
        client.upload()
        # Under the running server: each call that changes something fails as on a disk that the kernel has made read-only.
        seen = collections.Counter()
        for act in (Client.upload, Client.upload_in_pieces, talk, Client.edit, Client.order):
            for number in range(1, 4):
                stand.shim.arm(number, errno.EROFS)
                outcome, trouble = attempt(client, act)
                if stand.shim.disarm():
                    seen[outcome] += 1
                if trouble:
                    report.wrong(f"read-only disk: {trouble}")
            checked(client, report, "read-only disk: ")
        stand.again()
        client.settle(60)
        report.counts["requests on a read-only disk"] += sum(seen.values())
    except (Wrong, Unknown, OSError, subprocess.CalledProcessError) as wrong:
        report.wrong(f"read-only disk: {wrong or 'no answer'}")
    finally:
        stand.end(True)
        unmount(disk)


def clock(options, report):
    stand = Stand(options, "clock")
    try:
        stand.started()
        clients = [stand.client(f"clock{number}") for number in range(3)]
        offsets = [0, 3600, -3600, 86400, -86400, 259200, -259200, 1, -1, 7200, 0]
        for offset in offsets:
            ended = threading.Event()
            threads = [threading.Thread(target=client.live, args=(ended, 4)) for client in clients]
            for thread in threads:
                thread.start()
            for step in (offset, 0, offset // 2, offset):
                stand.shim.clock(step)
                time.sleep(0.3)
                report.counts["jumps"] += 1
            ended.set()
            for thread in threads:
                thread.join()
            if offset == 86400:
                stand.again()
            for client in clients:
                for words in client.trouble:
                    report.wrong(f"clock at {offset:+} s: {words}")
                client.trouble = []
                checked(client, report, f"clock at {offset:+} s: ")
        stand.shim.clock(0)
        for client in clients:
            client.settle(180)
    except (Wrong, Unknown, OSError) as wrong:
        report.wrong(f"clock: {wrong or 'no answer'}")
    finally:
        stand.end(report.trouble)


def prints(folder):
    found = {}
    for top, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(top, name), "rb") as file:
                found[os.path.relpath(os.path.join(top, name), folder)] = hashlib.sha256(file.read()).hexdigest()
    return found


def folders(options, report):
    stand = Stand(options, "folders")
    try:
        stand.started()
        client = stand.client("owner")
        other = Stand(options, "second")
        other.folder = stand.folder
        for _ in range(5):
            report.counts["folders refused"] += 1
            if other.start():
                report.wrong("a second server started on the folder")
            elif "open" not in other.server.words():
                report.wrong(f"a second server did not say why: {other.server.words()[-300:]}")
        other.server = None
        other.end(False)
        checked(client, report, "after second servers: ")
        client.settle(60)
        stand.server.stop()
        format_, database = os.path.join(stand.folder, "format"), os.path.join(stand.folder, "kinora.sqlite")
        with open(format_, "rb") as file:
            own = file.read()
        with sqlite3.connect(database) as sql:
            version = sql.execute("PRAGMA user_version").fetchone()[0]
        sql.close()
        for what in ("format", "database"):
            if what == "format":
                with open(format_, "w") as file:
                    file.write("99\n")
            else:
                with sqlite3.connect(database) as sql:
                    sql.execute(f"PRAGMA user_version = {version + 900}")
                sql.close()
            before = prints(stand.folder)
            report.counts["folders refused"] += 1
            if stand.start():
                report.wrong(f"a {what} of a later version was taken")
                stand.server.stop()
            elif "newer" not in stand.server.words() and "later" not in stand.server.words():
                report.wrong(f"a {what} of a later version: not said why: {stand.server.words()[-300:]}")
            after = prints(stand.folder)
            changed = {name for name in before if name not in ("lock", "kinora.sqlite-shm", "kinora.sqlite-wal") and before[name] != after.get(name)}
            if changed:
                report.wrong(f"a {what} of a later version: {sorted(changed)} changed")
            with open(format_, "wb") as file:
                file.write(own)
            with sqlite3.connect(database) as sql:
                sql.execute(f"PRAGMA user_version = {version}")
            sql.close()
        stand.started()
        client.settle(60)
    except (Wrong, Unknown, OSError) as wrong:
        report.wrong(f"folders: {wrong or 'no answer'}")
    finally:
        stand.end(report.trouble)


PARTS = {"calls": calls, "start": start, "full": full, "read-only": read_only, "clock": clock, "folders": folders}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []])
    parser.add_argument("--most", type=int, default=400, help="calls of one request that fail at most")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--kinora", default=os.environ.get("KINORA", os.path.join(ROOT, ".build", "debug", "kinora")))
    options = parser.parse_args()
    if not os.path.exists(options.kinora):
        sys.exit(f"{options.kinora} is not there; build first: swift build")
    options.scratch = tempfile.mkdtemp(prefix="kinora-faults-shim-")
    began, report = time.monotonic(), Report()
    try:
        for part in options.parts or PARTS:
            print(f"── {part}", flush=True)
            PARTS[part](options, report)
    finally:
        shutil.rmtree(options.scratch, ignore_errors=True)
    counts = report.counts
    print(f"{'FAILED' if report.trouble else 'passed'}: {', '.join(options.parts or PARTS)} in {time.monotonic() - began:.0f} s; {counts.pop('faults', 0)} failures of the system, "
          + ", ".join(f"{count} {what}" for what, count in counts.items()) + f"; {len(report.trouble)} promises broken")
    sys.exit(1 if report.trouble else 0)


if __name__ == "__main__":
    main()
