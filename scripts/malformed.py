#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gives malformed media to the program's own confined workers and to a server, and checks that each is taken or refused with its kind and reason.

    scripts/malformed.py [--sample] [--mutants N] [--seed N] [--uploads N] [--limit S] [--kinora PROGRAM] [--work FOLDER]

Files: the test media of other projects (scripts/hostile/fetching.py: Debian's sources and PyPI, pinned, kept in FOLDER), and small valid files of
every container, made by ffmpeg. Mutants of all of them: bits, numbers, holes, splices, zzuf's, and edits of boxes, chunks, elements, tables and
directories. Each goes the way of an upload, through `kinora worker` under a server's limits and confinement. Some of them, and all that were
trouble, are then uploaded to `kinora serve`, whose memory and descriptors are measured before and after.

Trouble is: a worker that ends, grows or takes longer than a server allows, a refusal without its kind, facts that cannot be, a server that
does not answer, leaks or ends. The files that made it are kept in FOLDER/trouble. --sample: a few hundred mutants, nothing fetched.
The last line has the figures; the exit code is 1 where there was trouble. Needs ffmpeg; zzuf where it is there.
"""
import argparse, collections, hashlib, os, random, signal, sys, time

from hostile import fetching, mutations, seeds, serving, workers

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# One of each kind of container, quickly made.
SAMPLE = ("h264-aac.mp4", "vp8-vorbis.webm", "mjpeg-pcm.avi", "plain.flac", "vorbis.ogg", "plain.jpg", "lossy.webp", "moving.gif", "deflate.tiff", "mpeg2-mp2.ts")
# Seconds after which a file is named as slow.
SLOW = 10
# Largest file of which mutants are made.
LARGEST = 200_000


class Run:
    def __init__(self, options):
        self.options, self.rng = options, random.Random(options.seed)
        shared = "/dev/shm" if os.path.isdir("/dev/shm") else options.work
        self.worker = workers.Worker(options.kinora, os.path.join(shared, f"kinora-malformed-{os.getpid()}"))
        self.outcomes, self.ways, self.trouble, self.slow, self.kept = collections.Counter(), collections.Counter(), [], [], []
        self.longest, self.clean, self.mutants, self.ended = (0, ""), 0, 0, False

    def give(self, content, name, way):
        kind, told, took = self.worker.examine(content, self.options.limit)
        self.outcomes[f"taken {told['kind']}" if kind == "taken" else f"refused {told['code']}" if kind == "refused" else kind] += 1
        self.ways[way] += 1
        if took > self.longest[0]:
            self.longest = (took, name)
        if kind in ("gone", "odd"):
            self.keep(content, name, told)
        elif took > SLOW:
            self.keep(content, name, f"{took:.1f} s", self.slow)
        elif self.rng.random() < self.options.uploads / max(1, self.options.mutants):
            self.kept.append(content)
        return kind

    def keep(self, content, name, told, among=None):
        """Trouble is said at once, and its file kept."""
        folder = os.path.join(self.options.work, "trouble")
        os.makedirs(folder, exist_ok=True)
        place = os.path.join(folder, f"{hashlib.sha256(content).hexdigest()[:12]}-{os.path.basename(name)}")
        with open(place, "wb") as file:
            file.write(content)
        (self.trouble if among is None else among).append((place, told))
        print(f"{'TROUBLE' if among is None else 'SLOW'} {place}: {told}", flush=True)

    def mutate(self, files):
        """Mutants of all files in turn, the same ones for the same seed and files."""
        kinds = collections.defaultdict(list)
        for place in files:
            with open(place, "rb") as file:
                content = file.read(LARGEST + 1)
            if 16 <= len(content) <= LARGEST:
                kinds[mutations.parts.editor(content)].append((place, content))
        # Half of the mutants are of files whose parts are known, each kind of container getting as many as any other.
        known = [kind for kind in kinds if kind is not None]
        began = time.monotonic()
        for index in range(self.options.mutants):
            if self.ended:
                return
            self.mutants += 1
            rng = random.Random(f"{self.options.seed}-choice-{index}")
            kind = rng.choice(known) if rng.random() < 0.85 else rng.choice(list(kinds))
            place, content = rng.choice(kinds[kind])
            others = [content for _, content in rng.sample(kinds[kind], min(4, len(kinds[kind])))]
            made, way = mutations.mutant(self.options.seed, index, content, others)
            self.give(made, f"{index}-{way}-{os.path.basename(place)}", way if kind is None or way != "edited" else kind.__name__)
            if (index + 1) % 5000 == 0:
                print(f"{index + 1} mutants, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--mutants", type=int)
    parser.add_argument("--uploads", type=int, help="about how many of them are uploaded to a server as well")
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--limit", type=float, default=300, help="seconds that a file may take; a server's own are 300")
    parser.add_argument("--kinora", default=os.environ.get("KINORA", os.path.join(ROOT, ".build", "debug", "kinora")))
    parser.add_argument("--work", default=os.path.join(ROOT, ".build", "malformed"))
    options = parser.parse_args()
    if not os.path.exists(options.kinora):
        sys.exit(f"{options.kinora} is not there; build first: swift build")
    options.mutants = options.mutants if options.mutants is not None else 300 if options.sample else 100_000
    options.uploads = options.uploads if options.uploads is not None else 20 if options.sample else 1_500
    made = seeds.make(os.path.join(options.work, "seeds"), SAMPLE if options.sample else None, say=lambda words: print(words, file=sys.stderr))
    fetched, missing = ([], []) if options.sample else fetching.fetch(options.work)
    files = list({os.path.basename(place)[:20]: place for place in fetched}.values())
    began, run = time.monotonic(), Run(options)
    # Ended early, it says what it has done.
    signal.signal(signal.SIGTERM, lambda *_: setattr(run, "ended", True))
    try:
        # Files that are whole have to be taken: else nothing is tried.
        for place in made:
            with open(place, "rb") as file:
                run.clean += run.give(file.read(), place, "whole") == "taken"
        for place in files:
            with open(place, "rb") as file:
                run.give(file.read(), place, "fetched")
        run.mutate(made + files)
        served = serving.serve(options.kinora, run.kept + [open(place, "rb").read() for place, _ in run.trouble + run.slow], say=print)
    finally:
        run.worker.end()
        workers.remove(run.worker.folder)
    print("  " + ", ".join(f"{count} {what}" for what, count in run.ways.most_common()))
    print("  " + ", ".join(f"{count} {what}" for what, count in run.outcomes.most_common()))
    few = run.clean < len(made) * 0.8
    if few:
        print(f"only {run.clean} of {len(made)} whole files were taken")
    failed = bool(run.trouble or served.trouble or few)
    print(f"{'FAILED' if failed else 'passed'}: {len(made) + len(files)} files ({len(files)} fetched{', not to be had: ' + ', '.join(missing) if missing else ''}) and "
          f"{run.mutants} mutants (seed {options.seed}) in {time.monotonic() - began:.0f} s; {len(run.trouble)} in trouble, {len(run.slow)} took over {SLOW} s, "
          f"the longest {run.longest[0]:.2f} s; {run.worker.started} workers, of {run.worker.most >> 20} MiB at most; {served}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
