"""``python -m tests.delegation [--interpreter CMD] [--wrong [NAME]] [ID ...]``: PEP 828 under its expansion.

``ID`` is an ID, a prefix or the beginning of a case's name; without one, all behaviours of PEP 828 run. Each case that
fails is printed; exit status 1 if a case fails that ``unshown.toml`` does not list, or passes although it is listed.

With ``--wrong``, they run under the wrong expansions, or the one called NAME, and the behaviours that fail are printed.
Exit status 1 if under a wrong expansion none fails, or if a module has none that alone detects some wrong expansion.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence

from conformance.program import Case
from tests.delegation.run import answers, chosen, unshown
from tests.delegation.wrong import WRONG, Wrong


def main(arguments: list[str] | None = None) -> int:
    """Run the chosen cases on one interpreter, and print what is not as expected."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.delegation", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--interpreter", default=shlex.quote(sys.executable), metavar="CMD")
    parser.add_argument("--wrong", nargs="?", const="", metavar="NAME", choices=["", *(wrong.name for wrong in WRONG)])
    parser.add_argument("ids", nargs="*", metavar="ID")
    given = parser.parse_args(arguments)
    cases, command = chosen(given.ids), shlex.split(given.interpreter)
    if given.wrong is not None:
        return _wrong([each for each in WRONG if given.wrong in ("", each.name)], cases, command)
    found, version = answers(cases, command=command)
    reasons, bad = unshown(version), 0
    for name, answer in found.items():
        if answer.verdict != "pass" and name not in reasons:
            bad += 1
            print(f"{name} {answer.verdict}, line {answer.line}: {answer.message}")
            for variable, value in sorted((answer.locals or {}).items()):
                print(f"    {variable} = {value}")
        elif answer.verdict == "pass" and name in reasons:
            bad += 1
            print(f"{name} passes: remove it from unshown.toml")
    print(f"{len(found)} cases, {bad} not as expected")
    return int(bool(bad))


def _wrong(wrongs: Sequence[Wrong], cases: Sequence[Case], command: Sequence[str]) -> int:
    """Print what detects each wrong expansion."""
    modules = {case.behaviour.id: case.behaviour.prefix for case in cases}
    alone, bad = set(), 0
    for wrong in wrongs:
        found, version = answers(cases, wrong, command)
        failing = [name for name, answer in found.items() if answer.verdict != "pass" and name not in unshown(version)]
        ids = sorted({name.partition("[")[0] for name in failing})
        print(f"{wrong.name}: a Python that {wrong.does}: {' '.join(ids) or 'nothing fails'}", flush=True)
        bad += not ids
        by = {modules[id] for id in ids}
        alone |= by if len(by) == 1 else set()
    idle = sorted(set(modules.values()) - alone) if len(wrongs) == len(WRONG) else []
    for prefix in idle:
        print(f"{prefix}: each wrong expansion that it detects is also detected elsewhere")
    print(f"{len(wrongs)} wrong expansions, {bad} of them not detected")
    return int(bool(bad or idle))


if __name__ == "__main__":
    sys.exit(main())
