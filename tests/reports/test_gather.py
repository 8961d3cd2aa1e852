"""Which result files are used, and what is said of the others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reports.gather import gather
from tests.runners.record.samples import document


def _save(path: Path, value: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value))
    return path


def _build(**changes: Any) -> dict[str, Any]:
    whole = document()
    whole["interpreter"] = {**whole["interpreter"], **changes}
    return whole


def test_the_full_and_the_newer_are_taken(tmp_path: Path) -> None:
    """Of a full and a partial result the full one is taken, of two runs of one interpreter the newer; each is noted."""
    _save(tmp_path / "one" / "x.json", document())
    _save(tmp_path / "one" / "x.partial.json", document(selection={"arguments": [], "cases": 1}))
    _save(tmp_path / "two" / "x.json", document(started="2026-11-24T00:00:00Z"))
    found = gather([tmp_path / "one", tmp_path / "two"])

    assert [each.path for each in found.results] == [tmp_path / "two" / "x.json"]
    assert len(found.notes) == 2
    assert "a newer run of the same interpreter" in found.notes[1]
    assert found.left_out == []


def test_a_selection_never_takes_the_place_of_a_full_run(tmp_path: Path) -> None:
    """A newer run of a few cases is left out for an older run of all, and that is noted."""
    full = _save(tmp_path / "one" / "x.json", document())
    selection = {"arguments": [], "cases": 1}
    _save(tmp_path / "two" / "x.json", document(selection=selection, started="2030-11-24T00:00:00Z"))
    found = gather([tmp_path / "two", tmp_path / "one"])

    assert [each.path for each in found.results] == [full]
    assert "a full run of the same interpreter" in found.notes[0]


def test_two_builds_are_both_shown(tmp_path: Path) -> None:
    """Results with one slug that come from two builds both stay; one gets a slug and a title of its own."""
    one = _save(tmp_path / "one.json", _build(version_text="built in May"))
    two = _save(tmp_path / "two.json", _build(version_text="built in June"))
    found = gather([one, two])
    slug, title = document()["interpreter"]["slug"], document()["interpreter"]["title"]

    assert [each.slug for each in found.results] == [slug, f"{slug}-2"]
    assert [each.title for each in found.results] == [title, f"{title} #2"]
    assert found.notes == [f"{two}: shown as {slug}-2, for {slug} is another build"]


def test_a_file_that_is_given_twice_is_one(tmp_path: Path) -> None:
    """A folder, and a file in it, are no two results."""
    path = _save(tmp_path / "x.json", document())
    found = gather([tmp_path, path])

    assert len(found.results) == 1
    assert found.notes == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "is empty"),
        ("{", "is no JSON, perhaps cut off"),
        ("[]", "is no result file"),
        (json.dumps({**document(), "schema": 0}), "schema: is 0, and this suite reads 1"),
        (json.dumps({**document(), "outcomes": 1}), "outcomes: 1 is not of type 'array'"),
        (json.dumps(document())[:-20], "is no JSON, perhaps cut off"),
        ("\udcff", "is no text"),
    ],
    ids=["empty", "malformed", "not a result", "older schema", "wrong schema", "truncated", "binary"],
)
def test_what_is_broken_is_named_and_costs_itself(tmp_path: Path, content: str, why: str) -> None:
    """A broken file is left out with what is wrong with it; the others are used."""
    _save(tmp_path / "good.json", document())
    (tmp_path / "bad.json").write_text(content, errors="surrogateescape")
    found = gather([tmp_path, tmp_path / "missing.json"])

    assert len(found.results) == 1
    assert [each.path.name for each in found.left_out] == ["bad.json", "missing.json"]
    assert found.left_out[0].why.startswith(why)
    assert str(found.left_out[1]) == f"{tmp_path / 'missing.json'}: No such file or directory"
