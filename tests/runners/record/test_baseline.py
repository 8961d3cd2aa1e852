"""Baselines: strict where they are read, careful where they are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conformance.catalogue import load as load_catalogue
from conformance.program import ROOT, cases
from runners.record.baseline import MISSING, BadBaseline, default, load, update
from runners.record.results import read
from tests.runners import fake
from tests.runners.record.samples import outcome
from tests.runners.samples import run_suite

KNOWN = {"SND-001", "SND-012[42]"}
FAKE = {"implementation": "fakepython", "implementation_version": "1.2.3", "build": ["debug"]}


def written(tmp_path: Path, text: str) -> Path:
    """A baseline file with this text."""
    path = tmp_path / "known.toml"
    path.write_text(text, encoding="utf-8")
    return path


def entry(**values: str) -> str:
    """An entry as text; without a case and a reason given, one that is right."""
    given = {"case": "SND-001", "reason": "because", **values}
    return "[[known]]\n" + "".join(f'{key} = "{value}"\n' for key, value in given.items() if value != "-") + "\n"


@pytest.mark.parametrize(
    ("only", "implementation", "version", "applies"),
    [
        ("-", "anything", "1.0", True),
        ("cpython", "cpython", "3.13.0", True),
        ("cpython", "pypy", "7.3.11", False),
        ("cpython >=3.10,<3.13.2", "cpython", "3.13.1", True),
        ("cpython >=3.10,<3.13.2", "cpython", "3.13.2", False),
        ("cpython >=3.10,<3.13.2", "cpython", "3.9.18", False),
        ("cpython <3.16", "cpython", "3.15.0a3", True),
        ("pypy <=7.3.11", "pypy", "7.3.11", True),
        ("pypy <=7.3.11", "pypy", "no version", False),
        ("pypy", "pypy", "no version", True),
    ],
)
def test_only(tmp_path: Path, only: str, implementation: str, version: str, applies: bool) -> None:
    """``only`` is an implementation and a specifier of its own version; without it an entry is about all."""
    found = load([written(tmp_path, entry(only=only))], KNOWN.__contains__).find("SND-001", implementation, version)

    assert (found is not None) is applies


@pytest.mark.parametrize(
    ("only", "build", "applies"),
    [
        ("cpython", ("debug",), True),
        ("cpython debug", (), False),
        ("cpython debug", ("debug",), True),
        ("cpython debug >=3.14", ("debug", "gil"), False),
        ("cpython debug freethreaded <3.14", ("freethreaded", "debug"), True),
        ("cpython debug freethreaded", ("debug",), False),
        ("pypy debug", ("debug",), False),
    ],
)
def test_only_one_build(tmp_path: Path, only: str, build: tuple[str, ...], applies: bool) -> None:
    """Words between the implementation and its version ask for a build that has all of them."""
    known = load([written(tmp_path, entry(only=only))], KNOWN.__contains__)

    assert (known.find("SND-001", "cpython", "3.13.0", build) is not None) is applies


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (entry(case="SND-999"), "entry 1: no case SND-999"),
        (entry(case="SND-012"), "entry 1: no case SND-012"),
        (entry(case="-"), "entry 1: case is missing"),
        (entry(reason="-"), "entry 1: SND-001: the reason is missing"),
        (entry(reason=" "), "entry 1: SND-001: the reason is missing"),
        (entry(reason=MISSING), "entry 1: SND-001: the reason is missing"),
        (entry() + entry(only="cpython 3.13"), "entry 2: SND-001: only is 'cpython 3.13'"),
        (entry(only="3.13"), "entry 1: SND-001: only is '3.13'"),
        (entry(until="3.13"), "entry 1: unknown key until"),
        ("[[known]]\ncase = 1\n", "entry 1: case, reason, issue and only are texts"),
        ("[known", "known.toml: "),
        ("known = 1\n", "only [[known]] tables are expected"),
        ("[[unknown]]\n", "only [[known]] tables are expected"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, message: str) -> None:
    """Everything that would let a baseline rot is an error that names the file and the entry."""
    with pytest.raises(BadBaseline) as caught:
        load([written(tmp_path, text)], KNOWN.__contains__)

    assert message in str(caught.value)


def test_missing_file_is_one_line(tmp_path: Path) -> None:
    """A baseline that is not there is an error."""
    with pytest.raises(BadBaseline, match="No such file"):
        load([tmp_path / "missing.toml"], KNOWN.__contains__)


def test_update_adds_removes_and_keeps(tmp_path: Path) -> None:
    """Failures are added, what passes is removed; reasons, comments and what was not run stay."""
    path = written(
        tmp_path,
        "# mine\n\n" + entry(only="fakepython ==1.2.3") + entry(case="SND-012[42]", reason="kept", only="cpython <3.7"),
    )
    outcomes: list[dict[str, Any]] = [
        outcome(verdict="pass"),
        outcome(case="SND-012[42]", id="SND-012", verdict="fail"),
        outcome(case="SND-012[0]", id="SND-012", verdict="fail", applicable=False),
        outcome(case="EQV-007[x]", id="EQV-007", verdict="fail", level="detail"),
        outcome(case="SND-012[False]", id="SND-012", verdict="crash"),
    ]
    numbers = update(path, [(FAKE, outcomes)])
    text = path.read_text(encoding="utf-8")

    assert numbers == (2, 1)
    assert text.startswith("# mine\n")
    assert 'reason = "kept"' in text
    assert 'case = "SND-001"' not in text
    assert text.count(f'reason = "{MISSING}"') == 2
    assert text.count('only = "fakepython ==1.2.3"') == 2
    assert update(path, [(FAKE, outcomes)]) == (0, 0)


def test_update_makes_the_file(tmp_path: Path) -> None:
    """A baseline that is not there yet is made."""
    path = tmp_path / "new" / "known.toml"
    numbers = update(path, [(FAKE, [outcome(verdict="fail")])])

    assert numbers == (1, 0)
    assert load([path], KNOWN.__contains__, unfinished=True).find("SND-001", "fakepython", "1.2.3") is not None


def test_known_failure_is_expected(tmp_path: Path) -> None:
    """A failure that the baseline lists does not fail the run; the reason is shown and is in the result."""
    names = [case.name for id in ("SND-001", "SND-012") for case in cases(load_catalogue()[id])]
    path = written(tmp_path, "".join(entry(case=name, issue="https://example.org/1") for name in names))
    answer = run_suite("--interpreter", fake("Failing"), "--baseline", path, "--results", tmp_path / "results", "-rx")
    (result,) = (tmp_path / "results").iterdir()

    assert answer.returncode == 0, answer.stdout
    assert "known: because (https://example.org/1)" in answer.stdout
    assert {each["known"] for each in read(result)["outcomes"]} == {"because (https://example.org/1)"}


def test_entry_that_passes_is_a_failure(tmp_path: Path) -> None:
    """A baseline does not rot: an entry whose case passes where it applies fails, and says where the entry is."""
    path = written(tmp_path, entry())
    answer = run_suite("--interpreter", fake("Fake"), "--baseline", path)

    assert answer.returncode == 1
    assert "SND-001 is a known failure of fakepython 1.2.3" in answer.stdout
    assert f"{path}: entry 1: take it out" in answer.stdout


def test_broken_baseline_is_a_line_for_each_mistake(tmp_path: Path) -> None:
    """What is wrong with a baseline is said before anything runs, with exit status 4."""
    path = written(tmp_path, entry(case="SND-999") + entry(reason="-"))
    answer = run_suite("--interpreter", fake("Fake"), "--baseline", path)

    assert answer.returncode == 4
    assert f"ERROR: {path}: entry 1: no case SND-999" in answer.stderr
    assert f"{path}: entry 2: SND-001: the reason is missing" in answer.stderr
    assert "Traceback" not in answer.stderr + answer.stdout


def test_update_from_the_command_line(tmp_path: Path) -> None:
    """``--update-baseline`` writes what fails; the next run is refused until the reasons are written."""
    path = tmp_path / "known.toml"
    first = run_suite("--interpreter", fake("Failing"), "--baseline", path, "--update-baseline")
    refused = run_suite("--interpreter", fake("Failing"), "--baseline", path)
    path.write_text(path.read_text().replace(MISSING, "written"))
    accepted = run_suite("--interpreter", fake("Failing"), "--baseline", path)

    assert f"baseline: {path}: 6 added, each wants its reason written; 0 removed" in first.stdout
    assert refused.returncode == 4
    assert accepted.returncode == 0, accepted.stdout


def test_update_needs_one_file() -> None:
    """Without a file to write, ``--update-baseline`` is refused."""
    answer = run_suite("--update-baseline")

    assert answer.returncode == 4
    assert "--update-baseline needs one --baseline FILE" in answer.stderr


@pytest.mark.parametrize("path", sorted((ROOT / "baselines").glob("*.toml")), ids=lambda path: path.stem)
def test_shipped_baselines_are_reviewed(path: Path) -> None:
    """What ships is about existing cases, names its implementation and versions, and discussions by their address."""
    known = {case.name for each in load_catalogue().values() for case in cases(each)}
    baseline = load([path], known.__contains__)

    assert default(path.stem) == [path]
    for entries in baseline._entries.values():
        for each in entries:
            assert each.only is not None
            assert each.only.startswith(f"{path.stem} ")
            assert each.issue is None or each.issue.startswith("https://")
