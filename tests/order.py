"""Show that neither the order nor the company of a case changes its verdict: ``python -m tests.order [COMMAND ...]``.

The suite runs on each interpreter in the order of the files, three times in shuffled order, in two workers, and with
each case in a process of its own. Without COMMAND, the interpreters are each CPython and PyPy that is found. Exit
status: 0; 1 if a verdict differs; 2 if a run failed.
"""

from __future__ import annotations

import random
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from conformance.catalogue import load
from conformance.program import ROOT, cases
from runners.machine.pythons import NotFound
from runners.machine.registry import registry
from runners.machine.resolve import resolve
from runners.record.outcome import Outcome
from runners.record.reading import BadResult, parse
from runners.survey import candidates, identify
from runners.transport.make import make
from runners.transport.target import CannotStart

#: The seeds of the shuffled runs.
SEEDS = (1, 2, 3)
#: Where a start takes more seconds than this, only a sample of the cases runs with --isolate.
SLOW = 0.5
#: The number of cases in the sample.
SAMPLE = 200
#: The name of the run that the others are compared with.
FIRST = "in the order of the files"


class CannotRun(Exception):
    """A run has no whole result. The message says which run, with its output."""


def interpreters() -> list[str]:
    """The command lines of each CPython and PyPy on this machine that has asynchronous generators."""
    return [
        finding.candidate.command
        for finding in identify(candidates())
        if finding.identity is not None
        and finding.identity.absent is None
        and finding.identity.implementation in registry().native
    ]


def seconds_to_start(command: str) -> float:
    """How long an interpreter takes to start. Raises NotFound and CannotStart."""
    target = make(resolve(command))
    began = time.monotonic()
    try:
        target.start()
    finally:
        target.close()
    return time.monotonic() - began


def sample() -> list[str]:
    """The names of some cases: the same ones for the same catalogue."""
    names = sorted(case.name for behaviour in load().values() for case in cases(behaviour))
    return sorted(random.Random(0).sample(names, min(SAMPLE, len(names))))


def ways(slow: bool, folder: Path) -> dict[str, list[str]]:
    """Name of a run → the options of pytest that make it. The file of the sample is written into ``folder``."""
    found: dict[str, list[str]] = {FIRST: []} | {
        f"shuffled {seed}": ["-p", "tests.shuffle", "--shuffle", str(seed)] for seed in SEEDS
    }
    found |= {"in two workers": ["-n", "2"], "isolated": ["--isolate"]}
    if slow:
        listed = folder / "sample.txt"
        listed.write_text("\n".join(sample()), encoding="utf-8")
        found["isolated"] += ["--cases", str(listed)]
    return found


def run(command: str, options: Sequence[str], folder: Path) -> Mapping[str, Outcome]:
    """The outcomes of a run, with the results in a new ``folder``. Raises CannotRun."""
    words = [sys.executable, "-m", "pytest", "conformance", "-q", "-p", "no:cacheprovider", "--interpreter", command]
    answer = subprocess.run(
        [*words, *options, "--results", str(folder)], cwd=ROOT, capture_output=True, text=True, errors="replace"
    )
    try:
        (path,) = folder.iterdir()
        record = parse(path)
    except (OSError, ValueError, BadResult) as error:
        raise CannotRun(f"{shlex.join(options)}: no result ({error}):\n{answer.stdout}{answer.stderr}") from None
    if not record.complete:
        raise CannotRun(f"{shlex.join(options)}: the result is not complete:\n{answer.stdout[-2000:]}{answer.stderr}")
    return record.outcomes


def differences(found: Mapping[str, Mapping[str, Outcome]]) -> Iterator[tuple[str, str, Outcome, Outcome]]:
    """Each (case, name of a run, outcome in the first run, outcome in this run) with two verdicts."""
    first = found[FIRST]
    for name, outcomes in found.items():
        for case, outcome in outcomes.items():
            if outcome.verdict != first[case].verdict:
                yield case, name, first[case], outcome


def told(case: str, name: str, before: Outcome, now: Outcome, command: str, options: Sequence[str]) -> str:
    """A difference in words, with the commands that show both verdicts."""
    pytest = ["pytest", "conformance", "--interpreter", command]
    # With --isolate, the other cases do not matter.
    chosen = ["--isolate", "-k", case] if "--isolate" in options else options
    lines = [f"  {case}: {before.verdict} {FIRST}, {now.verdict} {name}"]
    lines += [f"    {each.verdict}: {each.message}" for each in (before, now) if each.message]
    lines += [f"    needs before it: {each.after}" for each in (before, now) if each.after]
    return "\n".join([*lines, f"    {shlex.join(pytest)}", f"    {shlex.join([*pytest, *chosen])}"])


def check(command: str) -> bool:
    """Compare the runs of one interpreter, print what differs, and return whether nothing does.

    Raises CannotRun, NotFound and CannotStart.
    """
    start = seconds_to_start(command)
    found: dict[str, Mapping[str, Outcome]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = ways(start > SLOW, folder)
        for number, (way, options) in enumerate(made.items()):
            found[way] = run(command, options, folder / str(number))
    differing = list(differences(found))
    counts = f"{len(found[FIRST])} cases, {len(found['isolated'])} of them isolated; a start takes {start:.2f} s"
    print(f"{command}: {'no verdict differs' if not differing else f'{len(differing)} verdicts differ'} ({counts})")
    for case, way, before, now in differing:
        print(told(case, way, before, now, command, made[way]))
    sys.stdout.flush()
    return not differing


def main(commands: Sequence[str]) -> int:
    """Check the interpreters that these commands start, or those found; the exit status."""
    status = 0
    for command in commands or interpreters():
        try:
            status = max(status, 0 if check(command) else 1)
        except (CannotRun, NotFound, CannotStart) as error:
            print(f"{command}: {error}", file=sys.stderr)
            status = 2
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
