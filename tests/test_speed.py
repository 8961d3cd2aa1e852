"""The measurement of the suite's speed: the empty tests, the ratio and the messages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from conformance.catalogue import load
from conformance.program import cases
from tests import speed

#: Replaces hyperfine: it accepts the options, and reports the times in FAKE_MEANS for the two commands.
FAKE = """#!{python}
import json, os, sys
(path,) = [each.split("=", 1)[1] for each in sys.argv if each.startswith("--export-json=")]
json.dump({{"results": [{{"mean": float(mean)}} for mean in os.environ["FAKE_MEANS"].split()]}}, open(path, "w"))
"""


@pytest.mark.slow
def test_empty_tests_are_as_many_as_the_cases(tmp_path: Path) -> None:
    """pytest finds an empty test for each case of the behaviours, and all pass."""
    behaviours = [entry for id, entry in load().items() if id.startswith(("EQV-", "NST-"))]
    count = speed.write_empty_tests(behaviours, tmp_path)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "pytest.ini"]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)

    assert count == sum(len(cases(entry)) for entry in behaviours)
    assert answer.stdout.splitlines()[-1].startswith(f"{count} passed in ")


@pytest.mark.parametrize(("means", "status"), [("2.8 2.0", 0), ("3.2 2.0", 1)], ids=["within", "over"])
def test_ratio_is_judged(
    means: str, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The ratio of the means is printed and decides the exit status."""
    fake = tmp_path / "hyperfine"
    fake.write_text(FAKE.format(python=sys.executable), encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("FAKE_MEANS", means)

    assert speed.main() == status
    assert f"takes 1.{4 if status == 0 else 6}0 times as long as " in capsys.readouterr().out


def test_without_hyperfine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without hyperfine, one line says where to get it."""
    monkeypatch.setenv("PATH", str(tmp_path))

    assert speed.main() == 2
    assert capsys.readouterr().err == "hyperfine is not on PATH; install it: https://github.com/sharkdp/hyperfine\n"
