"""``python -m tests.hostile SECONDS``: throw random misbehaviour at runs of the suite, and check invariants.

Each round is a run of pytest on interpreters that misbehave by a random plan, with random options, random earlier files
in the folder of results, and random signals at random moments. After it every invariant must hold. A breach is printed
with the seed of its round, which ``--seed`` plays again. With ``--interrupts N`` there are N rounds, in which nothing
goes wrong but a Ctrl-C at a random moment.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from tests.hostile.invariants import broken
from tests.hostile.play import play
from tests.hostile.rounds import Round


def main(arguments: list[str]) -> int:
    """Play rounds for so many seconds; 1 if an invariant was broken, 2 on a system without ``/proc``."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__.partition("\n")[0])
    parser.add_argument("seconds", type=float, nargs="?", default=600.0)
    parser.add_argument("--seed", type=int, help="play this round once, and print its output")
    parser.add_argument("--interrupts", type=int, metavar="N", help="play N rounds with nothing but Ctrl-C in them")
    parser.add_argument("--first", type=int, help="the first seed (default: a random one)")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="rounds at once (default: processors)")
    given = parser.parse_args(arguments)
    if not os.path.exists("/proc/self/environ"):
        print("this system does not show in /proc which processes are left; run it on Linux", file=sys.stderr)
        return 2
    # Whoever started the job may ignore these signals, as nohup does, and the runs would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    made = Round.random if given.interrupts is None else Round.interrupted
    if given.seed is not None:
        return _play(made(given.seed), shown=True)
    first = random.SystemRandom().randrange(1 << 31) if given.first is None else given.first
    seeds: Iterator[int] = itertools.count(first)
    limit = time.monotonic() + given.seconds
    if given.interrupts is not None:
        seeds, limit = iter(range(first, first + given.interrupts)), float("inf")

    def work() -> list[int]:
        played = []
        while time.monotonic() < limit and (seed := next(seeds, None)) is not None:
            played.append(_play(made(seed)))
        return played

    with ThreadPoolExecutor(given.workers) as pool:
        try:
            played = [found for each in [pool.submit(work) for _ in range(given.workers)] for found in each.result()]
        except KeyboardInterrupt:
            limit = 0.0
            raise
    print(f"{len(played)} rounds from seed {first} on; {sum(played)} broke an invariant")
    return int(any(played))


def _play(round: Round, shown: bool = False) -> int:
    """Play a round, and print each breach; 1 if there was one."""
    seed = round.seed
    after = play(round)
    found = broken(after)
    lines = [f"seed {seed}: {name}: {line}" for name, line in found]
    if shown:
        lines = [after.output, *map(str, after.log), *lines]
    if lines:
        print("\n".join([*lines, f"seed {seed}: ({round})"]).encode("ascii", "backslashreplace").decode(), flush=True)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
