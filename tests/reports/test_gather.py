"""Which result files are used, and the lines about the others."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reports.gather import gather, load, stale_line
from reports.model import Result
from runners.record.reading import BadResult
from tests.reports.samples import edited, old_text_of, outcome, recorded, result, selection, small, text_of


def _save(path: Path, made: Result, text: Any = text_of) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(made))
    return path


def _build(**changes: Any) -> Result:
    made = small(outcome())
    return recorded(made, interpreter=replace(made.interpreter, **changes))


def test_the_full_and_the_newer_are_taken(tmp_path: Path) -> None:
    """Of a full and a partial result the full one is taken, of two runs of one interpreter the newer; each is noted."""
    _save(tmp_path / "one" / "x.json", small(outcome()))
    _save(tmp_path / "one" / "x.partial.json", small(outcome(), selection=selection(1)))
    _save(tmp_path / "two" / "x.json", small(outcome(), started="2026-11-24T00:00:00Z"))
    found = gather([tmp_path / "one", tmp_path / "two"])

    assert [each.path for each in found.results] == [tmp_path / "two" / "x.json"]
    assert len(found.notes) == 2
    assert "a newer run of the same interpreter" in found.notes[1]
    assert found.left_out == []


def test_a_selection_never_takes_the_place_of_a_full_run(tmp_path: Path) -> None:
    """A newer run of a few cases is left out for an older run of all, and that is noted."""
    full = _save(tmp_path / "one" / "x.json", small(outcome()))
    part = small(outcome(), selection=selection(1), started="2030-11-24T00:00:00Z")
    _save(tmp_path / "two" / "x.json", part)
    found = gather([tmp_path / "two", tmp_path / "one"])

    assert [each.path for each in found.results] == [full]
    assert "a full run of the same interpreter" in found.notes[0]


@pytest.mark.parametrize(
    "other",
    [{"version_text": "built in June"}, {"machine": "aarch64"}, {"kind": "loop"}],
    ids=["build", "machine", "kind"],
)
def test_two_builds_are_both_shown(tmp_path: Path, other: dict[str, str]) -> None:
    """Results with one slug that come from two builds both stay; one gets a slug and a title of its own."""
    one = _save(tmp_path / "one.json", _build(version_text="built in May"))
    two = _save(tmp_path / "two.json", _build(**{"version_text": "built in May", **other}))
    found = gather([one, two])

    assert [each.slug for each in found.results] == ["cpython-3.13.0", "cpython-3.13.0-2"]
    assert [each.title for each in found.results] == ["CPython 3.13.0", "CPython 3.13.0 #2"]
    assert found.notes == [f"{two}: shown as cpython-3.13.0-2, because cpython-3.13.0 is another build"]


def test_a_file_that_is_given_twice_is_one(tmp_path: Path) -> None:
    """A folder, a file in it, and a link to the file are one result."""
    path = _save(tmp_path / "x.json", small(outcome()))
    link = tmp_path / "y.json"
    link.symlink_to(path)
    found = gather([tmp_path, path, link])

    assert len(found.results) == 1
    assert found.notes == []


def test_files_without_hashes_are_one_note(tmp_path: Path) -> None:
    """Files of schema 1 have one line for all of them, which says what is lost."""
    one = _save(tmp_path / "a.json", small(outcome("fail", line=3)), old_text_of)
    alone = gather([one])
    _save(tmp_path / "b.json", _build(version_text="another"), old_text_of)
    _save(tmp_path / "c.json", _build(version_text="a third"))
    several = gather([tmp_path])

    lost = "schema 1 has no hashes, so no line of a failure is shown"
    assert alone.notes == [f"{one}: {lost}"]
    assert several.notes[-1] == f"2 files, the first is {one}: {lost}"
    assert alone.results[0].outcomes["SND-001"].line is None


@pytest.mark.slow
def test_stale_cases_are_counted_by_file(tmp_path: Path) -> None:
    """One line has the number of changed cases, by file; cases without a hash are counted apart."""
    whole = result()
    fresh = load(_save(tmp_path / "fresh.json", whole))
    hashes = {**whole.record.hashes, "SND-001": "0" * 16, "SND-013": "0" * 16}
    stale = load(_save(tmp_path / "stale.json", recorded(whole, hashes=hashes)))
    old = load(_save(tmp_path / "old.json", small(outcome()), old_text_of))

    assert stale_line([fresh]) == "stale cases: 0 changed since they ran"
    assert stale_line([fresh, stale]) == "stale cases: 2 changed since they ran (stale.json 2)"
    assert stale_line([stale, old]).endswith("; 1 more may have changed, because their files have no hashes")


@pytest.mark.parametrize("number", ["1e999", "1" + "0" * 400], ids=["infinite", "huge"])
@pytest.mark.parametrize("key", ["seconds", "timings"])
@pytest.mark.parametrize("text", [text_of, old_text_of], ids=["schema-2", "schema-1"])
def test_a_time_that_no_run_takes_is_refused(tmp_path: Path, text: Any, key: str, number: str) -> None:
    """A number that cannot be shown as a time is one line."""
    document = json.loads(text(small(outcome())))
    document[key] = 123456.5 if key == "seconds" else {"SND-001": 123456.5}
    path = tmp_path / "x.json"
    path.write_text(json.dumps(document).replace("123456.5", number))

    with pytest.raises(BadResult, match=r"x\.json: "):
        load(path)


@pytest.mark.parametrize(
    "text", ["{", "[" * 100_000, '{"a":' * 100_000, "9" * 5000], ids=["cut", "deep", "keys", "huge"]
)
def test_a_broken_file_costs_only_itself(tmp_path: Path, text: str) -> None:
    """A broken file is left out with the reason; the others are used, and a missing file has its line."""
    _save(tmp_path / "good.json", small(outcome()))
    (tmp_path / "bad.json").write_text(text)
    found = gather([tmp_path, tmp_path / "missing.json"])

    assert len(found.results) == 1
    assert [each.name for each in found.left_out] == ["bad.json", "missing.json"]
    assert found.left_out[0].why.startswith("is not valid JSON (cut off?)")
    assert str(found.left_out[1]) == f"{tmp_path / 'missing.json'}: No such file or directory"


def test_names_of_files_are_printable(tmp_path: Path) -> None:
    """The name of a file and the reason can be shown, whatever bytes they have."""
    path = tmp_path / "a\x1b[31m\n\udcff.json"
    path.write_text('{"schema": 2, "\\u001b": 1}')
    (found,) = gather([path]).left_out

    assert found.name.isprintable()
    assert found.why.isprintable()


def test_long_texts_are_cut(tmp_path: Path) -> None:
    """A view gets the beginning of each text, and of each list and table, and every outcome and hash."""
    long, many = "x" * 50_000, {str(number): "x" for number in range(1000)}
    told: dict[str, Any] = {"message": long, "output": long, "locals": {**many, "1": long}, "dirty": list(many)}
    made = result({"SND-001": "fail"}, interpreter={"title": long, "build": tuple(many), "features": {long: long}})
    whole = recorded(edited(made, lambda each: replace(each, **told) if each.case == "SND-001" else each), absent=long)
    found = load(_save(tmp_path / "x.json", whole))
    (failing,) = [outcome for outcome in found.outcomes.values() if outcome.verdict == "fail"]

    assert max(map(len, re.findall("x+", text_of(found)))) == 20_000
    assert [len(failing.locals or ()), len(failing.dirty or ()), len(found.interpreter.build)] == [100, 100, 100]
    assert found.outcomes.keys() == made.outcomes.keys()
    assert found.record.hashes == made.record.hashes
