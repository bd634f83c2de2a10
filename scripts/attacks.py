#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attacks a server over its wire as a stranger, a hostile page or another account would, and checks that nothing comes of it.

    scripts/attacks.py [tenants] [links] [bytes] [inside] [floods] [fuzz] [--fuzz N] [--seed N] [--kinora PROGRAM]

tenants   another account makes every call of the server's own description with the ids of the first one: each answer is the one that ids get
          which never were, and nothing of the first account changes
links     a signed link to a film with each of its fields altered, and each character of its signature
bytes     malformed requests: smuggling, bad lengths and chunks, giant and many headers, path tricks, foreign hosts and pages, many ranges
inside    links that lead back to this machine, in every spelling; names that a resolver of our own rebinds (needs the right to mount)
floods    tokens, requests and connections beyond measure
fuzz      mutants of forms, ranges, uploads' headers, drafts, operations, turns and agents' messages

All of them where none is named. The last line has the figures; the exit code is 1 where something came of an attack. Needs python3 and ffmpeg.
"""
import argparse, os, shutil, sys, tempfile, time

from hostile import serving, wire

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("parts", nargs="*", choices=[*wire.PARTS, []])
    parser.add_argument("--fuzz", type=int, default=20_000, help="mutants of requests")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--kinora", default=os.environ.get("KINORA", os.path.join(ROOT, ".build", "debug", "kinora")))
    options = parser.parse_args()
    if not os.path.exists(options.kinora):
        sys.exit(f"{options.kinora} is not there; build first: swift build")
    began, report = time.monotonic(), wire.Report()
    work = tempfile.mkdtemp(prefix="kinora-attacks-")
    os.environ["XDG_CACHE_HOME"] = os.path.join(work, "cache")
    try:
        for part in options.parts or wire.PARTS:
            policy, attack = wire.PARTS[part]
            start = lambda *words, **more: serving.Server(options.kinora, os.path.join(work, part), *words, policy=policy, **more)
            before = report.count
            attack(start, report, options)
            print(f"  {part}: {report.count - before} attempts", flush=True)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"{'FAILED' if report.trouble else 'passed'}: {report.count} attempts in {time.monotonic() - began:.0f} s, {len(report.trouble)} of them came to something"
          + "".join(f"; left out: {words}" for words in report.left))
    sys.exit(1 if report.trouble else 0)


if __name__ == "__main__":
    main()
