"""Which version an interpreter behaves like: told from what it shows, not from what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.behaviour import NEWEST, OLDEST, Version
from conformance.catalogue import load
from conformance.program import cases
from reports.eras import KINDS, VERSIONS, Era, era, families, holds, spoken
from reports.model import Result
from tests.reports.samples import absent_result, edited, result

CHANGED = families(load())


def of_version(version: Version, other: dict[str, str] | None = None, judged_as: str = "3.13") -> Result:
    """A result of an interpreter that shows exactly what holds in ``version``; ``other`` is ID → another verdict."""
    verdicts = {}
    for entry in load().values():
        verdict = (other or {}).get(entry.id, "pass" if entry.applies_to(version) else "fail")
        verdicts.update({case.name: verdict for case in cases(entry)})
    return result(verdicts, judged_as=judged_as)


def era_of(found: Result) -> Era:
    seen = era(CHANGED, found)
    assert seen is not None
    return seen


@pytest.mark.parametrize("version", VERSIONS, ids=spoken)
def test_each_version_behaves_like_itself(version: Version) -> None:
    """What shows the behaviours of a version is said to be like it, whatever it is judged as."""
    seen = era_of(of_version(version, judged_as="3.6"))

    assert (seen.version, seen.differences, seen.untold) == (version, (), 0)
    assert seen.like == seen.told
    assert seen.sentence == f"Behaves like CPython {spoken(version)} in all {seen.told} behaviours that changed " + (
        "between versions."
    )


def test_differences_are_told_by_kind() -> None:
    """Still the older way, already the newer one, or neither: a difference is of one kind, and names what was seen."""
    other = {
        "CLS-021a": "pass",
        "CLS-021b": "fail",
        "ATR-023a": "fail",
        "ATR-023b": "pass",
        "RUN-001": "fail",
        "INS-010": "pass",
    }
    seen = era_of(of_version((3, 11), other, judged_as="3.11"))
    found = {kind: [each.behaviour.id for each in seen.of_kind(kind)] for kind in KINDS}

    assert seen.version == (3, 11)
    assert found == {"older": ["CLS-021a"], "newer": ["ATR-023b", "INS-010"], "neither": ["RUN-001"]}
    assert seen.like == seen.told - 4
    assert seen.sentence.endswith(f"in {seen.like} of {seen.told} behaviours that changed between versions, except:")


def test_reason_of_a_baseline_is_told() -> None:
    """A difference that a baseline lists comes with its reason."""
    made = of_version((3, 11), {"BLT-022": "fail"})
    known = edited(made, lambda each: replace(each, known="a bug") if each.id == "BLT-022" else each)
    (only,) = era_of(known).differences

    assert (only.behaviour.id, only.known) == ("BLT-022", "a bug")


def test_own_version_is_named_where_it_is_another() -> None:
    """An interpreter that is judged as another version than it behaves like is told how well its own one fits."""
    seen = era_of(of_version((3, 8), judged_as="3.9"))
    assert seen.claimed is not None
    version, like = seen.claimed

    assert seen.version == (3, 8)
    assert version == "3.9"
    assert like < seen.like
    other = era_of(of_version((3, 8), {"RUN-001": "fail"}, judged_as="3.9"))
    assert f"(like 3.9, which it is judged as, in {like - 1})" in other.sentence


def test_version_that_is_newer_than_the_suite() -> None:
    """An interpreter of a later version is like the newest one that is known, and is not told how well its own fits."""
    seen = era_of(of_version((3, 15), {"RUN-001": "fail"}, judged_as="3.99"))

    assert (seen.version, seen.claimed) == ((3, 15), None)
    assert "judged as" not in seen.sentence


def test_what_only_a_later_version_ends_has_not_changed() -> None:
    """A behaviour that ends with the newest version is the same in all versions that are known, and tells nothing."""
    ending = replace(load()["SND-001"], since=OLDEST, until=NEWEST)

    assert families({"SND-001": ending}) == []
    assert [each.id for each in families({"SND-001": replace(ending, until=(3, 8))})] == ["SND-001"]


def test_what_was_not_found_out_is_not_counted() -> None:
    """A need that is missing, or a case that was not run, is neither like a version nor a difference."""
    seen = era_of(of_version((3, 12), {"RUN-001": "unmet", "ATR-023a": "unmet"}))

    assert (seen.version, seen.untold, seen.differences) == ((3, 12), 2, ())


def test_nothing_can_be_told_of_an_absent_interpreter() -> None:
    """An interpreter without asynchronous generators behaves like no version."""
    assert era(CHANGED, absent_result("tiny-1")) is None


def test_holds_looks_at_every_case() -> None:
    """One failing case is enough for no; with none failing, one that was not judged leaves it open."""
    entry = load()["SND-012"]

    assert holds(entry, result()) is True
    assert holds(entry, result({"SND-012[42]": "crash", "SND-012[0]": "unmet"})) is False
    assert holds(entry, result({"SND-012[42]": "unmet"})) is None
