"""``python -m reports history``: the files of the days of publication, written and read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from conformance import hashes
from conformance.program import cases
from reports import recorded as files
from reports import snapshots
from reports.__main__ import main as reports
from reports.model import Report
from reports.recorded import BadSnapshot, read, read_all, record, render
from reports.snapshots import take
from tests.reports.days import FIRST, SECOND, THIRD, column_of, pypy, python, recorded_days, taken
from tests.reports.samples import changed, evil_result, old_text_of, recorded, result, run_command, text_of


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """A day comes back from its file as it was, and the file is of the schema."""
    for path in sorted(recorded_days(tmp_path).iterdir()):
        made = read(path)

        assert render(made) == path.read_text(encoding="utf-8")
        jsonschema.Draft202012Validator(files.schema()).validate(json.loads(path.read_text(encoding="utf-8")))


def test_the_schema_is_one() -> None:
    """The schema is a JSON Schema."""
    jsonschema.Draft202012Validator.check_schema(files.schema())


def test_the_counts_are_those_of_the_report() -> None:
    """A column has the numbers that the site shows, those that count and the details."""
    report = Report([python("3.13.0", {"SND-001": "fail", "CLS-001": "unmet"}), pypy("8.0.1", {"RUN-001": "crash"})])
    made = take(report, FIRST)
    for found in report.results:
        column = column_of(made, found.page)
        for details, count in ((False, report.total.binding[found.slug]), (True, report.total.details[found.slug])):
            tally = made.tally(column, details=details)

            assert (tally.passed, tally.failed, tally.open) == (count.passed, count.failed, count.open)


def test_a_text_that_ran_is_told_from_the_suite() -> None:
    """A column that ran another text of a case has a digest of its own for this behaviour alone."""
    whole = python("3.13.0")
    stale = recorded(whole, hashes={**whole.record.hashes, "SND-001": "0" * 16})
    made = taken(stale)

    assert set(column_of(made, "cpython-3.13").other) == {"SND-001"}


def test_without_hashes_no_text_is_known() -> None:
    """A result of schema 1 has no hashes; a person can say that it ran the cases of this checkout."""
    old = recorded(python("3.13.0"), hashes={}, schema=1)
    unknown, known = (take(Report([old]), FIRST, same_suite=same) for same in (False, True))

    assert set(unknown.columns[0].other.values()) == {snapshots.UNKNOWN}
    assert known.columns[0].other == {}


def test_a_digest_follows_the_cases() -> None:
    """It changes with a hash of any case of the behaviour, and with no other."""
    behaviour = next(each for each in Report([result()]).catalogue.values() if len(cases(each)) > 1)
    names = [case.name for case in cases(behaviour)]
    known = dict(hashes.current())
    first = snapshots._digest(behaviour, known)

    assert snapshots._digest(behaviour, {**known, "ZZZ-999": "0" * 16}) == first
    assert snapshots._digest(behaviour, {**known, names[-1]: "0" * 16}) != first
    assert snapshots._digest(behaviour, {name: known[name] for name in names[1:]}) == snapshots.UNKNOWN


def test_hostile_words_are_kept_as_data(tmp_path: Path) -> None:
    """Whatever an interpreter says, its day can be written and read."""
    record(Report([evil_result("evil-1")]), FIRST, tmp_path)

    assert "script" in read_all(tmp_path)[0].columns[0].title


def test_a_day_is_replaced(tmp_path: Path) -> None:
    """The second run of a day takes the place of the first one, and is not compared with it."""
    record(Report([python("3.13.0", {"SND-001": "fail"})]), FIRST, tmp_path)
    record(Report([python("3.13.0")]), FIRST, tmp_path)
    (found,) = read_all(tmp_path)

    assert found.earlier is None
    assert found.tally(found.columns[0]).failed == 0


def test_a_day_between_two_others(tmp_path: Path) -> None:
    """A day that is recorded late is what the next one is compared with."""
    record(Report([python("3.13.0")]), FIRST, tmp_path)
    record(Report([python("3.13.0")]), THIRD, tmp_path)
    written = record(Report([python("3.13.0", {"SND-001": "fail"})]), SECOND, tmp_path)
    days = read_all(tmp_path)

    assert [each.day for each in written] == [SECOND, THIRD]
    assert [each.earlier for each in days] == [None, FIRST, SECOND]
    assert [list(each.changes[0].kinds.items()) for each in days[1:]] == [
        [("broken", ("SND-001",))],
        [("fixed", ("SND-001",))],
    ]


def edit(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the document in a file."""
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


WRONG: dict[str, Callable[[dict[str, Any]], object]] = {
    "no key": lambda it: it.pop("columns"),
    "another key": lambda it: it.update(extra=1),
    "schema": lambda it: it.update(schema=99),
    "date": lambda it: it.update(date="2026-13-01"),
    "another date": lambda it: it.update(date="2026-11-02"),
    "no date": lambda it: it.update(date="2026-02-31"),
    "earlier": lambda it: it.update(earlier="2027-01-01"),
    "an ID twice": lambda it: it["behaviours"].__setitem__(0, it["behaviours"][1]),
    "an unknown level": lambda it: it["behaviours"].__setitem__(0, "SND-001 law 3.6+ 01234567"),
    "letters": lambda it: it["columns"][0].update(verdicts="ppp"),
    "an unknown letter": lambda it: it["columns"][0].update(verdicts="?" + it["columns"][0]["verdicts"][1:]),
    "counts": lambda it: it["columns"][0]["counts"].update(passed=1),
    "details": lambda it: it["columns"][0]["details"].update(passed=1),
    "a page twice": lambda it: it["columns"].append(it["columns"][0]),
    "a page out of the folder": lambda it: it["columns"][0].update(page="../outside"),
    "a line end in a name": lambda it: it["columns"][0].update(page="cpython-3.13\n"),
    "a name out of the folder": lambda it: it["columns"][0].update(names=["a/b"]),
    "an ID that is not there": lambda it: it["columns"][0].update(other={"ZZZ-999": "-"}),
    "a column that is not there": lambda it: it["changed"].append({"page": "gone", "since": None}),
    "an unknown kind": lambda it: it["changed"].append({"page": "cpython-3.13", "since": None, "better": "SND-001"}),
    "no list of IDs": lambda it: it["suite"].update(new="<script>"),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_refused(tmp_path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Whatever is wrong is one line with the name of the file and what to do."""
    record(Report([python("3.13.0")]), FIRST, tmp_path)
    path = tmp_path / "2026-11-01.json"
    edit(path, change)

    with pytest.raises(
        BadSnapshot, match=r"^[^\n]*2026-11-01\.json: [^\n]+; restore the file from the repository"
    ) as caught:
        read(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "[" * 100_000, '{"schema": 1}', "\ud800"])
def test_what_is_no_file_of_a_day(tmp_path: Path, content: str) -> None:
    """A file that is cut off or something else is refused with one line, and stays."""
    path = tmp_path / "2026-11-01.json"
    path.write_bytes(content.encode("utf-8", errors="surrogatepass"))
    (tmp_path / "good.json").write_text(text_of(result()))
    answer = run_command(reports, "history", tmp_path / "good.json", "--date", "2026-11-02", "--out", tmp_path / "days")
    (tmp_path / "days" / "2026-11-01.json").write_bytes(path.read_bytes())
    again = run_command(reports, "history", tmp_path / "good.json", "--date", "2026-11-02", "--out", tmp_path / "days")

    assert answer.exit_code == 0
    assert again.exit_code == 2
    assert again.stderr.splitlines()[-1].startswith(f"error: {tmp_path / 'days' / '2026-11-01.json'}: ")
    assert (tmp_path / "days" / "2026-11-01.json").read_bytes() == path.read_bytes()


def test_the_command(tmp_path: Path) -> None:
    """By default the day is that of the newest run; a line says what was written."""
    (tmp_path / "good.json").write_text(text_of(result()))
    answer = run_command(reports, "history", tmp_path / "good.json", "--out", tmp_path / "days")

    assert answer.exit_code == 0
    assert answer.stdout == f"history: {tmp_path / 'days' / '2026-11-23.json'}: 1 columns, the first day\n"


@pytest.mark.parametrize("day", ["", "yesterday", "2026-02-30", "2026-1-1", "20261101", "٢٠٢٦-٠١-٠١"])
def test_a_date_is_a_day(tmp_path: Path, day: str) -> None:
    """Another text is one line, and exit status 2."""
    (tmp_path / "good.json").write_text(text_of(result()))
    answer = run_command(reports, "history", tmp_path / "good.json", "--date", day, "--out", tmp_path / "days")

    assert answer.exit_code == 2
    assert answer.stderr.splitlines()[-1].endswith("is not a day such as 2026-11-30")
    assert not (tmp_path / "days").exists()


def test_only_full_runs_are_recorded(tmp_path: Path) -> None:
    """A run that was cut short would look like broken behaviours: nothing is written."""
    (tmp_path / "cut.json").write_text(text_of(recorded(result(), complete=False)))
    answer = run_command(reports, "history", tmp_path / "cut.json", "--out", tmp_path / "days")

    assert answer.exit_code == 1
    assert "because history wants every file to be of a full run" in answer.stderr
    assert not (tmp_path / "days").exists()


def test_old_results_of_this_suite(tmp_path: Path) -> None:
    """With --same-suite a result of schema 1 has known texts."""
    (tmp_path / "old.json").write_text(old_text_of(result()))
    run_command(reports, "history", tmp_path / "old.json", "--out", tmp_path / "days", "--same-suite")
    (found,) = read_all(tmp_path / "days")

    assert found.columns[0].other == {}
    assert snapshots.UNKNOWN not in {each.digest for each in found.demands}


def test_a_site_of_a_wrong_history_is_not_built(tmp_path: Path) -> None:
    """A wrong file is one line and exit status 2, and so is a folder that is not there."""
    (tmp_path / "good.json").write_text(text_of(result()))
    (tmp_path / "days").mkdir()
    (tmp_path / "days" / "2026-11-01.json").write_text("{")
    arguments = ("build", tmp_path / "good.json", "--out", tmp_path / "site", "--history")
    wrong = run_command(reports, *arguments, tmp_path / "days")
    missing = run_command(reports, *arguments, tmp_path / "nowhere")

    assert (wrong.exit_code, missing.exit_code) == (2, 2)
    assert "restore the file" in wrong.stderr
    assert "is not a folder" in missing.stderr
    assert not (tmp_path / "site").exists()


def test_the_files_of_the_project() -> None:
    """They can be read, each is compared with the one before it, and each is small."""
    days = read_all()

    assert len(days) >= 2
    assert [each.earlier for each in days] == [None, *(each.day for each in days[:-1])]
    assert max(path.stat().st_size for path in files.FOLDER.iterdir()) < 150_000


def test_the_newest_verdicts_are_read() -> None:
    """A known failure is a failure with a letter of its own."""
    made = taken(changed(python("3.13.0", {"SND-001": "fail"}), "SND-001", known="a reason"))
    place = made.places["SND-001"]

    assert made.columns[0].letters[place] == "k"
    assert snapshots.state("k") == "fails"
    assert not made.columns[0].absent
