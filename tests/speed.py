"""Compare the run time of the suite with the run time of the same number of empty tests, with hyperfine.

``python -m tests.speed`` runs the suite on the interpreter at hand, and empty tests in the same number of modules and
with the same parameters. It prints the ratio, because absolute times depend on the machine and on its load.
"""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from conformance.behaviour import Behaviour
from conformance.catalogue import load
from conformance.program import ROOT, cases

#: The largest ratio of the run time of the suite to that of the empty tests.
LIMIT = 1.5
#: The number of runs of each command.
RUNS = 10


def write_empty_tests(behaviours: Iterable[Behaviour], folder: Path) -> int:
    """Write a module of empty tests for each module of behaviours, and return the number of tests."""
    texts: dict[Path, list[str]] = {}
    count = 0
    for behaviour in behaviours:
        params = [case.param for case in cases(behaviour)]
        name = f"test_{behaviour.id.replace('-', '_')}"
        if params == [None]:
            text = f"def {name}():\n    pass\n"
        else:
            text = f"@pytest.mark.parametrize('x', {params!r}, ids={params!r})\ndef {name}(x):\n    pass\n"
        texts.setdefault(folder / behaviour.module, ["import pytest\n"]).append(text)
        count += len(params)
    for path, parts in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text("\n\n".join(parts), encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    return count


def main() -> int:
    """Measure and print; return 1 if the ratio is too large, 2 without hyperfine."""
    hyperfine = shutil.which("hyperfine")
    if hyperfine is None:
        print("hyperfine is not on PATH; install it: https://github.com/sharkdp/hyperfine", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = write_empty_tests(load().values(), folder)
        pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        suite = [*pytest, "conformance"]
        empty = [*pytest, "-c", str(folder / "pytest.ini"), "--rootdir", name, name]
        found = folder / "found.json"
        options = ["--shell=none", "--warmup=1", f"--runs={RUNS}", f"--export-json={found}"]
        names = ["-n", "suite", shlex.join(suite), "-n", f"{count} empty tests", shlex.join(empty)]
        status = subprocess.run([hyperfine, *options, *names], cwd=ROOT, check=False).returncode
        if status != 0:
            return status
        mine, bare = (each["mean"] for each in json.loads(found.read_text(encoding="utf-8"))["results"])
    print(f"the suite takes {mine / bare:.2f} times as long as {count} empty tests; the limit is {LIMIT}")
    return int(mine / bare > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
