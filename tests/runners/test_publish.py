"""Published results are small, reproducible and valid, and only changed cases run again."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import runners.publish as published
from conformance import hashes
from conformance.catalogue import load
from runners.__main__ import main
from runners.machine.machine import Machine
from runners.machine.registry import registry
from runners.record.reading import outdated, parse
from runners.record.results import Record
from runners.record.revision import Suite
from tests.runners import fake
from tests.runners.record.samples import interpreter, outcome, record

#: All needs of the catalogue, met.
MET = dict.fromkeys(need for behaviour in load().values() for need in behaviour.needs)


def call(*arguments: object) -> Result:
    """Run ``runners publish``."""
    return CliRunner().invoke(main, ["publish", *map(str, arguments)])


def whole(revision: str, **changes: Any) -> Record:
    """A run of every case on the fake interpreter of the tests, in which each passed."""
    fakepython = interpreter(
        slug="fakepython-1.2.3-py3.12",
        implementation="fakepython",
        implementation_version="1.2.3",
        language_version="3.12.0",
        judged_as="3.12",
        version_text="3.12.0 (fake)",
        system=None,
        machine=None,
        features=dict(MET),
    )
    every = [outcome(case) for case in hashes.current()]
    return record(*every, **{"interpreter": fakepython, "suite": Suite("0.1.0", revision, "0" * 16), **changes})


def test_is_small_and_still_a_result(tmp_path: Path) -> None:
    """Timings, empty keys and long values are left out; each outcome is the same, on one line."""
    full = record(outcome(seconds=0.25, locals={f"name{number}": "x" * 300 for number in range(20)}))
    path = published.write(full, tmp_path / "out")
    assert path is not None
    (found,) = parse(path).outcomes.values()
    (line,) = [line for line in path.read_text().splitlines() if '"case"' in line]

    assert found.seconds is None
    assert found.locals is not None
    assert 1000 < sum(len(value) for value in found.locals.values()) <= 2000
    assert replace(found, locals=None) == outcome()
    assert "null" not in line


def test_folders_of_the_machine_are_left_out() -> None:
    """Only the last part of a path is kept; URLs, divisions and alternatives with a slash stay."""
    full = record(
        outcome(
            output="/home/me/lib/python3.9/contextlib.py:7: see https://example.org/a/b",
            locals={"f": "<function f in '/var/x/case.py'>", "g": "1/2/3 and/or a / b"},
        )
    )
    (found,) = json.loads(published.text(full))["outcomes"]

    assert found["output"] == ".../contextlib.py:7: see https://example.org/a/b"
    assert found["locals"] == {"f": "<function f in '.../case.py'>", "g": "1/2/3 and/or a / b"}


def test_partial_result_is_not_published(tmp_path: Path) -> None:
    """A record of an incomplete run is not written."""
    assert published.write(record(complete=False), tmp_path) is None


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="the Python at hand is not a CPython")
def test_names_are_the_implementations_of_the_machine(tmp_path: Path) -> None:
    """Each version of CPython has a name; an implementation that is not on the machine is not listed."""
    found = published.names(
        Machine(registry(), {"CONFORMANCE_CACHE": str(tmp_path), "PATH": ""}, [Path(sys.executable)])
    )

    assert found[0] == "cpython-{}.{}".format(*sys.version_info[:2])
    assert "cpython-O" in found
    assert "cpython" not in found
    assert "pyodide" not in found


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failed run gives one line and exit status 4; the other results are published."""

    def run(name: str, folder: Path, extra: Sequence[str]) -> int:
        record().write(folder / "x.json")
        return 4 if name == "broken" else 1

    monkeypatch.setattr(published, "run", run)
    good = call("--out", tmp_path / "out", "--only", "good")
    bad = call("--out", tmp_path / "out", "--only", "good", "--only", "broken")

    assert (good.exit_code, bad.exit_code) == (0, 4)
    assert "ERROR: broken: the run ended with exit status 4" in bad.stderr
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_merged_has_the_new_outcomes_and_says_where_they_ran() -> None:
    """The file stays that of its whole run; a new outcome names its revision, and a case that is gone goes."""
    known = whole("first")
    known.outcomes["ZZZ-001"] = outcome("ZZZ-001")
    known.hashes["SND-001"] = "0" * 16
    new = whole("second", outcomes={"SND-001": outcome(verdict="fail")}, hashes={"SND-001": "1" * 16})
    merged = published.merged(known, new)

    assert (merged.suite, merged.started) == (known.suite, known.started)
    assert (merged.outcomes["SND-001"].verdict, merged.outcomes["SND-001"].revision) == ("fail", "second")
    assert {each.revision for case, each in merged.outcomes.items() if case != "SND-001"} == {None}
    assert merged.hashes["SND-001"] == "1" * 16
    assert "ZZZ-001" not in merged.outcomes
    assert merged.full


def test_merged_twice_keeps_each_revision() -> None:
    """After two merges each outcome says the revision that it ran in; that of the whole run says nothing."""
    one, two, three = (outcome(case) for case in ("SND-001", "SND-012[42]", "SND-012[0]"))
    runs = [
        whole(name, outcomes={each.case: each}) for name, each in [("second", one), ("third", two), ("first", three)]
    ]
    merged = whole("first")
    for run in runs:
        merged = published.merged(merged, run)

    assert [merged.outcomes[each.case].revision for each in (one, two, three)] == ["second", "third", None]


@pytest.mark.slow
def test_changed_of_a_file_that_is_all_out_of_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If every case is out of date, the whole suite runs, and the file keeps its name and its slug."""
    known = whole("first", hashes={})
    known.interpreter = replace(known.interpreter, slug="an-older-slug")
    path = published.write_to(tmp_path / "an-older-slug.json", known)

    def run(name: str, folder: Path, extra: Sequence[str], cases: Sequence[str] | None = None) -> int:
        assert cases is None
        whole("second").write(folder / "x.json")
        return 0

    monkeypatch.setattr(published, "run", run)
    answer = call("--out", tmp_path, "--changed", "--only", fake("Fake"))
    record = parse(path)

    assert answer.exit_code == 0, answer.output
    assert [each.name for each in tmp_path.iterdir()] == ["an-older-slug.json"]
    assert (record.suite.revision, record.interpreter.slug) == ("second", "an-older-slug")
    assert {each.revision for each in record.outcomes.values()} == {None}


@pytest.mark.slow
def test_changed_runs_only_the_changed_cases(tmp_path: Path) -> None:
    """Only the case whose hash differs runs, and its outcome is merged into the file of the same build."""
    known = whole("first")
    known.hashes["SND-001"] = "0" * 16
    known.outcomes["SND-001"] = outcome(verdict="fail", message="as it was")
    path = published.write_to(tmp_path / "older-name.json", known)
    answer = call("--out", tmp_path, "--changed", "--only", fake("Fake"), "--", "-p", "no:cacheprovider")
    found = parse(path)

    assert answer.exit_code == 0, answer.output
    assert f"1 of {len(hashes.current())} cases ran" in answer.stdout
    assert f"published: {path}" in answer.stdout
    assert "out of date" not in answer.stdout
    assert [each.name for each in tmp_path.iterdir()] == ["older-name.json"]
    assert (found.outcomes["SND-001"].verdict, found.outcomes["SND-001"].message) == ("pass", None)
    assert outdated(found, hashes.current()) == []


def test_changed_without_a_change_runs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is up to date is not written."""
    path = published.write_to(tmp_path / "x.json", whole("first"))
    before = path.read_bytes()
    monkeypatch.setattr(published, "run", None)
    answer = call("--out", tmp_path, "--changed", "--only", fake("Fake"))

    assert answer.exit_code == 0, answer.output
    assert answer.stdout == f"unchanged: {path}\n"
    assert path.read_bytes() == before


@pytest.mark.slow
def test_changed_of_another_build_is_a_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outcomes of another build go to a new file, and the command names the file that is out of date."""
    other = whole("first", interpreter=replace(whole("x").interpreter, version_text="another build"))
    other.hashes["SND-001"] = "0" * 16
    published.write_to(tmp_path / "other.json", other)
    asked = []

    def run(name: str, folder: Path, extra: Sequence[str], cases: Sequence[str] | None = None) -> int:
        asked.append(cases)
        whole("second").write(folder / "x.json")
        return 0

    monkeypatch.setattr(published, "run", run)
    answer = call("--out", tmp_path, "--changed", "--only", fake("Fake"))

    assert answer.exit_code == 0, answer.output
    assert asked == [None]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["fakepython-1.2.3-py3.12.json", "other.json"]
    assert f"out of date: {tmp_path / 'other.json'}: 1 case must run again" in answer.stdout


def test_changed_of_an_implementation_that_is_not_here(tmp_path: Path) -> None:
    """An implementation that cannot be started gives one line and exit status 4."""
    answer = call("--out", tmp_path, "--changed", "--only", "/nowhere/python")

    assert answer.exit_code == 4
    assert answer.stderr == "ERROR: /nowhere/python: there is no such file\n"
