"""``python -m tests.strength [NAME ...]``: run the suite on wrong Pythons, and demand that it notices them.

A wrong Python is the Python that runs this program, with the text of the behaviours changed: it leaves functions early,
ends loops or loses exceptions. Each behaviour in which a changed statement ran must fail, or ``survivors.toml`` says
why it cannot see the change. Exit status: 0; 1 if a behaviour passed without a reason, or a reason is not needed.
"""

from __future__ import annotations

import sys
from collections import defaultdict

from tests.strength.run import survivors
from tests.strength.survivors import known
from tests.strength.wrong import WRONG


def main(names: list[str]) -> int:
    """Run the wrong Pythons with these names, or all; print what survived without a reason."""
    by_name = {wrong.name: wrong for wrong in WRONG}
    unknown = sorted(set(names) - by_name.keys())
    if unknown:
        print(f"no wrong Python is called {unknown[0]}; there are: {', '.join(by_name)}", file=sys.stderr)
        return 2
    reasons, bad = known(), 0
    for wrong in WRONG if not names else map(by_name.__getitem__, names):
        found = survivors(wrong)
        passed: dict[str, list[str]] = defaultdict(list)
        for case in found.passed:
            passed[case.partition("[")[0]].append(case)
        print(
            f"{wrong.name}: a Python that {wrong.does}: hit {found.hit} cases, {len(found.passed)} passed", flush=True
        )
        for id, cases in passed.items():
            if (wrong.name, id) not in reasons:
                bad += 1
                print(f"  {id} passed, and nothing says why: {' '.join(cases)}")
        for name, id in sorted(reasons):
            if name == wrong.name and id not in passed:
                bad += 1
                print(f"  {id} fails now: remove its reason from survivors.toml")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
