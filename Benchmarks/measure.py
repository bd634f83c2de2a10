# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command and measures it as a whole: wall and CPU seconds, and the peak memory of its process tree.

Memory is the proportional set size (PSS, /proc/PID/smaps_rollup) summed over the command and its children, looked at
every 100 ms, so that what processes share counts once. Looking costs a little time: what is timed is not looked at.
"""
import os, resource, subprocess, threading, time
from dataclasses import dataclass


@dataclass
class Cost:
    wall: float
    cpu: float
    peak_mib: float

    def __str__(self):
        memory = f", {self.peak_mib:.0f} MiB" if self.peak_mib else ""
        return f"{self.wall:.2f} s wall, {self.cpu:.2f} s CPU{memory}"


def tree(root):
    """The process and all below it."""
    children = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as f:
                    parent = int(f.read().rsplit(")", 1)[1].split()[1])
                children.setdefault(parent, []).append(int(name))
            except (OSError, IndexError, ValueError):
                pass
    found, queue = [], [root]
    while queue:
        pid = queue.pop()
        found.append(pid)
        queue += children.get(pid, [])
    return found


def pss_kib(pid):
    try:
        with open(f"/proc/{pid}/smaps_rollup") as f:
            for line in f:
                if line.startswith("Pss:"):
                    return int(line.split()[1])
    except OSError:
        pass
    return 0


def run(command, watch_memory=False):
    """Runs `command` to its end and returns its Cost; raises when it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak, done = 0, threading.Event()

    def watch():
        nonlocal peak
        while not done.wait(0.1):
            peak = max(peak, sum(pss_kib(pid) for pid in tree(process.pid)))

    watcher = threading.Thread(target=watch) if watch_memory else None
    if watcher:
        watcher.start()
    _, errors = process.communicate()
    done.set()
    if watcher:
        watcher.join()
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit {process.returncode}\n{errors.decode(errors='replace')[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, peak / 1024)


def median(costs):
    """The median of each figure."""
    middle = lambda values: sorted(values)[len(values) // 2]
    return Cost(middle([c.wall for c in costs]), middle([c.cpu for c in costs]), middle([c.peak_mib for c in costs]))
