"""``tox run -e coverage`` measures the processes of the host, and no interpreter under test."""

from __future__ import annotations

import fnmatch
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conformance.program import ROOT
from tests.measured import sitecustomize

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["coverage"]
WORKER = f"import sys;{sitecustomize.WORKER}"
#: Replaces coverage: it records the measured command and the settings.
FAKE = """
import os, sys
def process_startup():
    with open(os.environ["SEEN"], "a") as file:
        print(os.environ["COVERAGE_PROCESS_START"], *sys.orig_argv[1:3], file=file)
"""


@pytest.mark.parametrize(
    ("words", "host"),
    [
        (["-m", "pytest", "tests"], True),
        (["-W", "error", "-m", "pytest"], True),
        (["-m", "reports.site"], True),
        (["-u", "-c", WORKER], True),
        (["-m", "pip", "install"], False),
        (["-c", "print(1)"], False),
        (["-c", "print(1)", "-m", "pytest"], False),
        (["tests/runners/fake.py", "Fake"], False),
        (["-m"], False),
        ([], False),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, list) else None,
)
def test_host_is_told_by_its_command_line(words: list[str], host: bool) -> None:
    """pytest, its workers and the commands of this project are hosts; another program is not."""
    assert sitecustomize.is_host(["python", *words]) == host


def test_only_the_host_is_measured(tmp_path: Path) -> None:
    """Coverage starts in a command of this project, and not in a program beside it or in a child of it."""
    (tmp_path / "coverage.py").write_text(FAKE, encoding="utf-8")
    folder = str(Path(sitecustomize.__file__).parent)
    seen = tmp_path / "seen"
    path = os.pathsep.join([folder, str(tmp_path)])
    environment = {**os.environ, "PYTHONPATH": path, "MEASURED_SETTINGS": "settings", "SEEN": str(seen)}
    environment.pop("COVERAGE_PROCESS_START", None)
    for words in (["-c", "pass"], ["-m", "conformance", "script", "SND-001"], ["-c", "pass"]):
        subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=True, capture_output=True)

    assert seen.read_text().splitlines() == ["settings -m conformance"]


def test_each_pattern_leaves_something_out() -> None:
    """Each pattern of omitted files matches a file, and the settings have a number that must be reached."""
    paths = [str(path) for room in ("conformance", "runners", "reports") for path in (ROOT / room).rglob("*.py")]
    left_out = {pattern: fnmatch.filter(paths, pattern) for pattern in SETTINGS["run"]["omit"]}

    assert [pattern for pattern, matching in left_out.items() if not matching] == []
    assert SETTINGS["report"]["fail_under"] > 90
