"""Baselines: mistakes are refused, and each entry applies to the interpreters that it names."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from conformance.catalogue import load as load_catalogue
from conformance.program import ROOT, cases
from runners.record.baseline import MISSING, BadBaseline, default, load
from runners.record.found import BadFound, Found
from tests.reports.samples import causes, some_cause
from tests.runners import fake
from tests.runners.record.samples import KNOWN, entry, written
from tests.runners.samples import results, run_suite


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
    """``only`` is an implementation with comparisons of its version; without it, an entry applies to all."""
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
    """Words between the implementation and its version limit the entry to builds that have all of them."""
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
        ("[[known]]\ncase = 1\n", "entry 1: case, only, reason, issue, cause must be strings"),
        (
            entry(only="cpython >=3.13,<3.12"),
            "entry 1: SND-001: only is 'cpython >=3.13,<3.12', which no version meets",
        ),
        (entry(only="cpython <3.13,>=3.13"), "which no version meets"),
        (entry(only="cpython >3.13,<=3.13.0"), "which no version meets"),
        (entry(only="cpython ==3.13,==3.14"), "which no version meets"),
        (entry(only="cpython >=3.13,<=3.13,!=3.13"), "which no version meets"),
        (entry() + entry(), "entry 2: SND-001: entry 1 is about the same interpreters; remove one"),
        (entry(only="-") + entry() + entry(only="-"), "entry 3: SND-001: entry 1 is about the same interpreters"),
        (
            entry(only="cpython debug >=3.13,<3.14") + entry(only="cpython  debug <3.14, >=3.13.0"),
            "entry 2: SND-001: entry 1 is about the same interpreters",
        ),
        ("known = " + "[" * 20_000, "known.toml: is not valid TOML: "),
        ("[known", "known.toml: "),
        ("known = 1\n", "only [[known]] tables are expected"),
        ("[[unknown]]\n", "only [[known]] tables are expected"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, message: str) -> None:
    """Each mistake is an error that names the file and the entry."""
    with pytest.raises(BadBaseline) as caught:
        load([written(tmp_path, text)], KNOWN.__contains__)

    assert message in str(caught.value)


@pytest.fixture
def some(monkeypatch: pytest.MonkeyPatch) -> None:
    """One cause ships: it names SND-001 on version 1 of an implementation."""
    one = some_cause("SND-001", only=("some <2",), upstream="https://example.org/1")
    monkeypatch.setattr("runners.record.found.shipped", lambda: causes(one))


@pytest.mark.usefixtures("some")
def test_an_entry_names_its_cause(tmp_path: Path) -> None:
    """The title of the cause is the reason, and its address the issue."""
    path = written(tmp_path, entry(reason="-", cause="some-cause", only="some ==1.5"))
    found = load([path], KNOWN.__contains__).find("SND-001", "some", "1.5")

    assert found is not None
    assert (found.cause, found.text) == ("some-cause", "it does not hold (https://example.org/1)")


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize("unfinished", [False, True])
@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"cause": "other"}, "no cause 'other' in docs/found; write a reason of your own, or the id of a cause there"),
        ({"reason": "because"}, "the cause stands in the place of reason and issue; remove these, or the cause"),
        ({"issue": "https://example.org/2"}, "the cause stands in the place of reason and issue"),
        ({"case": "SND-012[42]"}, "the cause some-cause in docs/found does not name this case"),
        ({"only": "some >=2"}, "the cause some-cause is about some <2, and only is 'some >=2'"),
        ({"only": "other"}, "the cause some-cause is about some <2, and only is 'other'"),
    ],
)
def test_a_wrong_cause_is_one_line(tmp_path: Path, values: dict[str, str], message: str, unfinished: bool) -> None:
    """A cause that does not exist, or that is about something else, is an error; so is a reason beside it."""
    path = written(tmp_path, entry(**{"reason": "-", "cause": "some-cause", **values}))
    with pytest.raises(BadBaseline) as caught:
        load([path], KNOWN.__contains__, unfinished=unfinished)
    (line,) = str(caught.value).splitlines()

    assert line.startswith(f"{path}: entry 1: {values.get('case', 'SND-001')}: ")
    assert message in line


def test_causes_that_cannot_be_read_are_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong file of causes is named by the entry that needs it, and an entry with a reason does not need it."""

    def refuse() -> Found:
        raise BadFound("docs/found/some.toml: is wrong\ndocs/found/other.toml: too")

    monkeypatch.setattr("runners.record.found.shipped", refuse)
    with pytest.raises(BadBaseline) as caught:
        load([written(tmp_path, entry(reason="-", cause="some-cause"))], KNOWN.__contains__)

    assert str(caught.value).endswith("SND-001: the causes cannot be read: docs/found/some.toml: is wrong")
    assert load([written(tmp_path, entry())], KNOWN.__contains__).find("SND-001", "any", "1") is not None


def test_missing_file_is_one_line(tmp_path: Path) -> None:
    """A missing baseline is an error."""
    with pytest.raises(BadBaseline, match="No such file"):
        load([tmp_path / "missing.toml"], KNOWN.__contains__)


def test_known_failure_is_expected(tmp_path: Path) -> None:
    """A failure that the baseline lists does not fail the run; the reason is shown and is in the result."""
    names = [case.name for id in ("SND-001", "SND-012") for case in cases(load_catalogue()[id])]
    path = written(tmp_path, "".join(entry(case=name, issue="https://example.org/1") for name in names))
    answer = run_suite("--interpreter", fake("Failing"), "--baseline", path, "--results", tmp_path / "results", "-rx")
    (document,) = results(tmp_path / "results").values()

    assert answer.returncode == 0, answer.stdout
    assert "known: because (https://example.org/1)" in answer.stdout
    assert document["baseline"] == ["known.toml"]
    assert {each["known"] for each in document["outcomes"]} == {"because (https://example.org/1)"}


def test_entry_that_passes_is_a_failure(tmp_path: Path) -> None:
    """A case that passes although an entry lists it is a failure that names the entry."""
    path = written(tmp_path, entry())
    answer = run_suite("--interpreter", fake("Fake"), "--baseline", path)

    assert answer.returncode == 1
    assert "SND-001 is a known failure of fakepython 1.2.3" in answer.stdout
    assert f"{path}: entry 1: remove the entry" in answer.stdout


@pytest.mark.slow
def test_broken_baseline_is_a_line_for_each_mistake(tmp_path: Path) -> None:
    """The mistakes in a baseline are printed before any case runs, with exit status 4."""
    path = written(tmp_path, entry(case="SND-999") + entry(reason="-"))
    answer = run_suite("--interpreter", fake("Fake"), "--baseline", path)

    assert answer.returncode == 4
    assert f"ERROR: {path}: entry 1: no case SND-999" in answer.stderr
    assert f"{path}: entry 2: SND-001: the reason is missing" in answer.stderr
    assert "Traceback" not in answer.stderr + answer.stdout


@pytest.mark.parametrize("path", sorted((ROOT / "baselines").glob("*.toml")), ids=lambda path: path.stem)
def test_shipped_baselines_are_reviewed(path: Path) -> None:
    """The baselines that ship name existing cases, versions of their implementation, and issues by their address."""
    known = {case.name for each in load_catalogue().values() for case in cases(each)}
    baseline = load([path], known.__contains__)

    assert default(path.stem) == [path]
    for entries in baseline._entries.values():
        for each in entries:
            assert each.only is not None
            assert each.only.startswith(f"{path.stem} ")
            assert each.issue is None or each.issue.startswith("https://")
    assert [name for name in baseline._entries if load_catalogue()[name.partition("[")[0]].level == "detail"] == []


@pytest.mark.parametrize("name", ["../evil", "{folder}/evil", "evil\0", "EVIL", "", "x" * 400], ids=range(6))
def test_name_of_an_implementation_never_chooses_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The name that an interpreter reports selects a file in the folder of baselines, and no other one."""
    monkeypatch.setattr("runners.record.baseline.ROOT", tmp_path)
    (tmp_path / "baselines").mkdir()
    for path in (tmp_path / "evil.toml", tmp_path / "baselines/evil.toml", tmp_path / "baselines/EVIL.toml"):
        path.write_text(entry())

    assert default("evil") == [tmp_path / "baselines/evil.toml"]
    assert default(name.format(folder=tmp_path)) == []


@pytest.mark.slow
def test_baseline_of_an_interpreters_own_choice(tmp_path: Path) -> None:
    """An interpreter whose name is the path of a baseline fails all the same."""
    names = [case.name for id in ("SND-001", "SND-012") for case in cases(load_catalogue()[id])]
    written(tmp_path, "".join(entry(case=name) for name in names))
    told = json.dumps({"implementation": os.path.relpath(tmp_path / "known", ROOT / "baselines")})
    answer = run_suite("--interpreter", fake("Called", told), where="conformance/bidirection")

    assert answer.returncode == 1, answer.stdout
    assert "6 failed" in answer.stdout
