"""Causes beside results: what passes, what nobody explains, what no result shows, and drafts of causes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reports.__main__ import main as reports
from reports.audit import audit, drafts
from reports.model import Report, Result
from runners.record import baseline, found
from runners.record.found import BadFound, Found, load
from tests.reports.samples import absent_result, causes, edited, recorded, result, run_command, some_cause, text_of
from tests.runners.record.samples import cause, causes_file


def compared(*results: Result, known: Found) -> list[str]:
    """The lines about these results."""
    return audit(Report(results, causes=known)).lines


def test_causes_and_results_that_agree() -> None:
    """Each failure that counts is named by a cause, and each case of the cause fails."""
    failing = result({"SND-001": "fail", "SND-013": "fail"})
    found = audit(Report([failing], causes=causes(some_cause("SND-001"))))

    assert found.agrees
    assert found.lines == []


def test_a_case_that_passes_is_found() -> None:
    """A case that a cause names and that passes is told with the cause and the result."""
    failing = result({"SND-012[42]": "fail", "SND-012[False]": "unmet"})
    lines = compared(failing, known=causes(some_cause("SND-012[42]", "SND-012[False]", "SND-001")))

    assert lines == [
        "some.toml: cause some-cause: SND-001 passes on CPython 3.13.0 (cpython-3.13.0.json); "
        "take it out, or narrow only"
    ]


def test_a_failure_without_a_cause_is_found() -> None:
    """Failures that count and have no cause are told by signature, known ones too; details are not."""
    failing = result({"SND-001": "fail", "SND-013": "fail", "THR-002": "crash"})
    lines = compared(failing, known=causes())

    assert lines == [
        "cpython-3.13.0.json: failures without a cause: 2 cases on CPython 3.13.0",
        "  1 because of SND-#: SND-001",
        "  1 crash: because of THR-#: THR-002",
    ]


def test_a_cause_that_nobody_shows_is_found() -> None:
    """A cause of an interpreter that is there and fails in none of its cases is told; another release is noted."""
    lacking = result({"SND-001": "unmet"})
    found = audit(
        Report(
            [lacking],
            causes=causes(
                some_cause("SND-001"),
                some_cause("THR-002", only=("cpython <3.6",)),
                some_cause("PRO-001", only=("pypy",)),
            ),
        )
    )

    assert not found.agrees
    assert found.lines == [
        "some.toml: cause some-cause: no result shows it; none of its cases fails",
        "note: some.toml: cause some-cause: no result is of cpython <3.6",
    ]


def test_what_says_nothing_is_left_out() -> None:
    """A case that has changed, one that does not apply, and an interpreter without generators say nothing."""
    failing = result({"SND-001": "fail", "EQV-006[in-await-anext]": "fail"}, judged_as="3.7")
    stale = recorded(failing, changed=frozenset({"SND-001"}))
    found = audit(Report([stale, absent_result("tiny-1")], causes=causes(some_cause("SND-001"))))

    assert found.agrees
    assert found.lines == ["note: 1 outcomes are of cases that have changed since their run, and say nothing"]


def test_drafts_can_be_completed(tmp_path: Path) -> None:
    """A draft has the cases and interpreters of one signature; with the rest filled in it is a cause."""
    one = result({"SND-012[42]": "fail", "SND-001": "fail"})
    two = result({"SND-001": "fail"}, slug="two", interpreter={"implementation_version": "3.13.1"})
    text = drafts(Report([one, two], causes=causes()))

    assert text.count("[[cause]]") == 2
    for missing in ("id = ", "expected = ", "seen = "):
        text = text.replace(f'{missing}""', f'{missing}"x"', 1).replace(f'{missing}""', f'{missing}"y"', 1)
    text = text.replace("program = '''\n'''", "program = 'print(1)'")
    found = load([causes_file(tmp_path, 'name = "Some"\n' + text)])

    assert {each.cases: each.only for each in found.causes} == {
        ("SND-001",): ("cpython ==3.13.0", "cpython ==3.13.1"),
        ("SND-012[42]",): ("cpython ==3.13.0",),
    }


def test_a_behaviour_that_fails_in_each_case_is_named_by_its_id() -> None:
    """A draft names an ID where all its cases have the signature."""
    names = ["CLS-002[none]", "CLS-002[re-raised]"]
    whole = edited(result(dict.fromkeys(names, "fail")), lambda each: replace(each, message="no"))
    text = drafts(Report([whole], causes=causes()))

    assert 'cases = [\n    "CLS-002",\n]' in text


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of causes in the place of the one that ships, with one cause of a CPython, and no baseline.

    Both are read once for a process: what this test reads must not be left to the next one.
    """
    (tmp_path / "found").mkdir()
    causes_file(tmp_path / "found", 'name = "Some"\n' + cause(only='["cpython"]'))
    for name in ("runners.record.found.FOLDER", "reports.found.FOLDER"):
        monkeypatch.setattr(name, tmp_path / "found")
    monkeypatch.setattr("runners.record.reading.baseline.default", lambda implementation: [])
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "a.json").write_text(text_of(result({"SND-001": "fail"})))
    _read_again()
    yield tmp_path
    _read_again()


def _read_again() -> None:
    found.shipped.cache_clear()
    baseline.shipped.cache_clear()


@pytest.mark.slow
def test_found_writes_the_pages_and_checks_them(folder: Path) -> None:
    """Without results the pages are written; ``--check`` is content with these, and not with older ones."""
    before = run_command(reports, "found", "--check", folder / "results")
    made = run_command(reports, "found")
    after = run_command(reports, "found", "--check", folder / "results")
    (folder / "found" / "some.md").write_text("old")
    old = run_command(reports, "found", "--check", folder / "results")

    assert (before.exit_code, before.stdout.splitlines()[-1]) == (1, "causes and results do not agree")
    assert (made.exit_code, made.stdout.startswith("written: 1 pages in ")) == (0, True)
    assert (after.exit_code, after.stdout) == (0, "causes and results agree\n")
    assert old.exit_code == 1
    assert "some.md: is not made of the present causes; run 'python -m reports found'" in old.stdout


def test_found_drafts(folder: Path) -> None:
    """``--draft`` prints a cause for what has none, and writes nothing."""
    (folder / "results" / "a.json").write_text(text_of(result({"THR-002": "fail"})))
    answer = run_command(reports, "found", "--draft", folder / "results")

    assert answer.exit_code == 0
    assert '"THR-002",' in answer.stdout
    assert not (folder / "found" / "some.md").exists()


@pytest.mark.parametrize(
    "arguments", [["--check"], ["--draft"], ["a.json"], ["--check", "--draft", "a.json"]], ids=" ".join
)
def test_found_wants_results_where_it_compares(arguments: list[str]) -> None:
    """Results without a use, or a use without results, are a usage error."""
    answer = run_command(reports, "found", *arguments)

    assert answer.exit_code == 2
    assert answer.stderr.startswith("Usage: ")


@pytest.mark.parametrize("command", [("found",), ("found", "--check", "a.json"), ("explain", "SND-001", "a.json")])
def test_causes_that_cannot_be_used_are_a_line_each(folder: Path, command: tuple[str, ...]) -> None:
    """A wrong file of causes ends every command that reads it with 2 and one line for each mistake."""
    causes_file(folder / "found", 'name = "Some"\n' + cause(seen="1") + cause(id='"two"', state='"gone"'))
    (folder / "a.json").write_text(text_of(result({"SND-001": "fail"})))
    answer = run_command(reports, *(str(folder / each) if each == "a.json" else each for each in command))
    lines = answer.stderr.splitlines()

    assert (answer.exit_code, answer.stdout) == (2, "")
    assert [line.startswith("error: ") for line in lines] == [True, True]
    assert "seen must be a text" in lines[0]
    assert "state is 'gone'" in lines[1]


def test_pages_that_cannot_be_written(folder: Path) -> None:
    """A page in the way is one line."""
    (folder / "found" / "some.md").mkdir()
    answer = run_command(reports, "found")

    assert answer.exit_code == 2
    assert answer.stderr.startswith(f"error: cannot write {folder / 'found' / 'some.md'}: ")


def test_a_case_that_does_not_exist_is_refused(folder: Path) -> None:
    """``found`` checks the names of cases, which other commands take as they are."""
    causes_file(folder / "found", 'name = "Some"\n' + cause(cases='["SND-999"]'))
    answer = run_command(reports, "found")

    assert answer.exit_code == 2
    assert "cause some-cause: no case SND-999" in answer.stderr
    with pytest.raises(BadFound):
        load(found.files(), ["SND-001"])
