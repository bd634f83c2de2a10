#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills or stops the server, its workers or both at random moments under load, and checks that nothing acknowledged is lost.

    scripts/kill-rounds.py [--rounds N] [--seed N] [--stops 0…1] [--kinora PROGRAM] [--data FOLDER]

A round ends with SIGKILL, or with SIGSTOP and SIGCONT after up to a second and a half, or with SIGSTOP and SIGKILL; while the server is
stopped, a second one started on its folder has to be refused. Some clients of a server for others (credits count) chat, edit, upload in one
piece and in many (tus), and order films, each from a thread of its own. Each knows what it was told: that is the truth against which state is
checked after every start of the server, and once more at the end (scripts/hostile/clients.py says what is checked).

The last line says what was done; the exit code is 1 where a check failed. Needs python3 alone; KINORA names the program otherwise.
"""
import argparse, collections, json, os, random, shutil, signal, subprocess, sys, tempfile, threading, time

from hostile.clients import Client, Unknown, Wrong

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Server:
    """`kinora serve` over one folder, started again and again."""

    def __init__(self, program, data):
        self.program, self.data = program, data
        self.process, self.port, self.starts, self.refused = None, None, [], 0
        self.log = open(os.path.join(os.path.dirname(data), "server.log"), "ab")

    def start(self):
        began = time.monotonic()
        self.process = subprocess.Popen([self.program, "serve", "--policy", "hosted", "--port", "0", "--data", self.data,
                                         "--json", "--trust-proxy", "127.0.0.1"],
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

    def pause(self, workers, server, rng):
        """Stops them for a while; True where they were killed then. While the server stands still, a second one must not take its folder."""
        stopped = [self.process.pid] if server else []
        if workers:
            children = self.children()
            stopped += children if server else rng.sample(children, min(len(children), 1))
        def send(number):
            for process in stopped:
                try:
                    os.kill(process, number)
                except ProcessLookupError:
                    pass
        send(signal.SIGSTOP)
        if server and rng.random() < 0.2:
            self.second()
        time.sleep(rng.uniform(0.02, 1.5))
        if rng.random() < 0.3:
            if server:
                self.port = None
            send(signal.SIGKILL)
            if server:
                self.process.wait()
            return len(stopped), True
        send(signal.SIGCONT)
        return len(stopped), False

    def second(self):
        """Starts another server on the same folder, which has to be refused."""
        words = [self.program, "serve", "--policy", "hosted", "--port", "0", "--data", self.data, "--json", "--trust-proxy", "127.0.0.1"]
        other = subprocess.run(words, capture_output=True, text=True, timeout=60)
        self.refused += 1
        if other.returncode == 0 or '"url"' in other.stdout:
            raise Wrong(f"a second server was let onto the folder: {other.stdout}")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    def admin(self, *words):
        done = subprocess.run([self.program, "admin", *words, "--data", self.data, "--json"], capture_output=True, text=True)
        if done.returncode:
            raise Wrong(f"kinora admin {' '.join(words)}: {done.stderr}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--stops", type=float, default=0.4, help="how many of the rounds begin with SIGSTOP, 0 to 1")
    parser.add_argument("--life", type=int, default=25, help="rounds after which clients settle and others take their place: a project keeps its last 1,000 events")
    parser.add_argument("--exports", type=int, default=20, help="films a client orders at most")
    parser.add_argument("--kinora", default=os.environ.get("KINORA", os.path.join(ROOT, ".build", "debug", "kinora")))
    parser.add_argument("--data", help="keep the folder there")
    options = parser.parse_args()
    if not os.path.exists(options.kinora):
        sys.exit(f"{options.kinora} is not there; build first: swift build")
    work = options.data or tempfile.mkdtemp(prefix="kinora-kill-")
    os.makedirs(work, exist_ok=True)
    os.environ["XDG_CACHE_HOME"] = os.path.join(work, "cache")
    number = 0
    rng, server, failed = random.Random(options.seed), Server(options.kinora, os.path.join(work, "data")), []
    kills = collections.Counter()
    began = time.monotonic()
    try:
        server.start()
        turns, clients, retired = 0, [], []
        for number in range(options.rounds):
            if number % options.life == 0:
                turns += sum(client.settle() for client in clients)
                retired += clients
                clients = [Client(server, f"client{number}-{one}", options.seed * 100_000 + number * 100 + one) for one in range(options.clients)]
                for client in clients:
                    client.begin()
            ended = threading.Event()
            threads = [threading.Thread(target=client.live, args=(ended, options.exports * (number % options.life + 1) // options.life + 1)) for client in clients]
            for thread in threads:
                thread.start()
            time.sleep(rng.uniform(0.05, 1.5))
            victim = rng.choice(("server", "worker", "both"))
            how, gone = "killed", True
            if rng.random() < options.stops:
                try:
                    count, gone = server.pause(victim != "server", victim != "worker", rng)
                except Wrong as wrong:
                    failed.append(f"round {number}, {victim} stopped: {wrong}")
                    os.kill(server.process.pid, signal.SIGCONT)
                    break
                finally:
                    ended.set()
                how = "stopped and killed" if gone else "stopped"
                kills["stopped"] += count
                kills["stopped and killed"] += count if gone else 0
            else:
                kills["workers"] += server.kill(victim != "server", victim != "worker", rng)
                kills["server"] += victim != "worker"
            ended.set()
            for thread in threads:
                thread.join()
            if gone and victim != "worker":
                server.start()
            for client in clients:
                failed += [f"round {number}, {victim} {how}, {client.name}: {words}" for words in client.trouble]
                client.trouble = []
                try:
                    client.check()
                except Unknown:
                    failed.append(f"round {number}, {victim} {how}, {client.name}: no answer where nothing was killed")
                except Wrong as wrong:
                    failed.append(f"round {number}, {victim} {how}, {client.name}: {wrong}")
            if (number + 1) % 50 == 0:
                print(f"{number + 1} rounds, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
            if failed:
                break
        for client in retired + clients if not failed else []:
            try:
                if client in retired:
                    client.check(final=True)
                else:
                    turns += client.settle()
            except (Wrong, Unknown) as wrong:
                failed.append(f"at the end, {client.name}: {wrong or 'no answer'}")
        if server.stop() != 0:
            failed.append("the server did not stop in order")
    except (Wrong, Unknown) as wrong:
        failed.append(f"before round {number}: {wrong or 'no answer'}")
    finally:
        if server.process and server.process.poll() is None:
            server.process.kill()
        if not options.data and not failed:
            shutil.rmtree(work, ignore_errors=True)
    for words in failed:
        print(f"FAILED {words}")
    done = sum((client.done for client in retired + clients), collections.Counter())
    starts = sorted(server.starts)
    print(f"{'FAILED; folder ' + work if failed else 'passed'}: {number + 1} rounds (seed {options.seed}), {kills['server']} servers and {kills['workers']} workers killed, "
          f"{kills['stopped']} processes stopped ({kills['stopped and killed']} of them killed then), {server.refused} second servers refused; "
          + ", ".join(f"{count} {what}" for what, count in sorted(done.items()))
          + f"; start to ready {starts[len(starts) // 2]:.2f} s in the middle, {starts[-1]:.2f} s at most")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
