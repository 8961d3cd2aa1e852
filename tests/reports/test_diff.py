"""The changes from one result to another: every pair of outcomes has its list."""

from __future__ import annotations

import itertools

import pytest

from conformance.verdicts import DEATHS, FAILURES, OPEN, VERDICTS
from reports.diff import LISTS, WORSE, behaviours, change, compare, place
from tests.reports.samples import changed, outcome, result, without

#: Before → after → the list, None for no list.
CHANGES: dict[str, dict[str, str | None]] = {
    "pass": {"pass": None, "fail": "broken", "crash": "new crash", "unmet": "lost", "error": "lost", "absent": "lost"},
    "fail": {"pass": "fixed", "fail": "still failing", "timeout": "new crash", "unmet": None, "absent": None},
    "crash": {"pass": "fixed crash", "fail": "fixed crash", "timeout": "still failing", "unmet": "fixed crash"},
    "unmet": {"pass": "fixed", "fail": "broken", "crash": "new crash", "error": None, "absent": None},
    "error": {"pass": "fixed", "fail": "broken", "timeout": "new crash", "unmet": None},
    "absent": {"pass": "fixed", "fail": "broken", "crash": "new crash", "unmet": None},
}
PAIRS = [(before, after, name) for before, told in CHANGES.items() for after, name in told.items()]


@pytest.mark.parametrize(("before", "after", "name"), PAIRS)
def test_a_change_has_its_list(before: str, after: str, name: str | None) -> None:
    """A pair of verdicts belongs to one list, or to none where nothing changed."""
    assert change(outcome(before), outcome(after)) == name


@pytest.mark.parametrize(("before", "after"), list(itertools.product(VERDICTS, repeat=2)))
def test_worse_is_listed(before: str, after: str) -> None:
    """A new failure, a new crash and a pass that is gone are each in a list that counts as worse, and nothing else."""
    worse = (
        (after in FAILURES and before not in FAILURES)
        or (after in DEATHS and before not in DEATHS)
        or (after in OPEN and before == "pass")
    )

    assert (change(outcome(before), outcome(after)) in WORSE) == worse


#: The same where the case did not apply to the old result, and where it applies to neither or to the old one only.
ASIDE: dict[str, dict[str, str | None]] = {
    "pass": {"pass": "applies now", "fail": "broken", "crash": "new crash", "unmet": "lost"},
    "fail": {"pass": "applies now", "fail": "applies now and fails", "timeout": "new crash", "unmet": None},
    "crash": {"pass": "applies now", "fail": "applies now and fails", "timeout": "applies now and fails"},
    "unmet": {"pass": "applies now", "fail": "applies now and fails", "error": None},
}


@pytest.mark.parametrize(
    ("before", "after", "name"), [(was, now, name) for was, told in ASIDE.items() for now, name in told.items()]
)
def test_what_did_not_apply_is_not_fixed(before: str, after: str, name: str | None) -> None:
    """A case that did not apply to the old version has lists of its own, unless it passed there and does not now."""
    assert change(outcome(before, applicable=False), outcome(after)) == name


@pytest.mark.parametrize(("before", "after"), [("pass", "fail"), ("fail", "pass"), ("pass", "crash")])
def test_what_no_longer_applies(before: str, after: str) -> None:
    """What does not apply to the new version is in one list, whatever its verdict, and in none if it never applied."""
    now = outcome(after, applicable=False)

    assert change(outcome(before), now) == "applies no longer"
    assert change(outcome(before, applicable=False), now) is None


def test_a_case_of_one_result_is_new_or_gone() -> None:
    """A case that only one result has is new or gone, whether it applies or not."""
    aside = outcome("fail", applicable=False)

    assert (change(None, outcome("crash")), change(None, aside)) == ("new", "new")
    assert (change(outcome("pass"), None), change(aside, None)) == ("gone", "gone")
    assert change(None, None) is None


def test_each_case_is_in_one_list() -> None:
    """Two results become lists of cases, in the order of the table."""
    old = result({"SND-001": "fail", "THR-001": "crash"})
    new = result({"SND-013": "fail", "THR-002": "timeout", "CLS-001": "unmet"})
    old, new = changed(old, "ATR-001", applicable=False), changed(new, "ATR-002", applicable=False)
    old = changed(changed(old, "ATR-007", applicable=False, verdict="fail"), "ATR-008", verdict="fail")
    new = changed(changed(new, "ATR-007", verdict="fail"), "ATR-008", verdict="fail")
    found = compare(without(old, "FOR-002"), without(new, "FOR-001"))

    assert list(found) == list(LISTS)
    assert found == {
        "new crash": ["THR-002"],
        "broken": ["SND-013"],
        "lost": ["CLS-001"],
        "fixed crash": ["THR-001"],
        "fixed": ["SND-001"],
        "applies now": ["ATR-001"],
        "applies now and fails": ["ATR-007"],
        "applies no longer": ["ATR-002"],
        "new": ["FOR-002"],
        "gone": ["FOR-001"],
        "still failing": ["ATR-008"],
    }


@pytest.mark.parametrize(
    ("lists", "name"),
    [
        (["fixed"], "fixed"),
        (["fixed", "still failing"], "partly fixed"),
        (["broken", "still failing"], "broken further"),
        (["broken", "fixed"], "broken further"),
        (["broken", "new crash"], "new crash"),
        (["new", "fixed"], "fixed"),
        (["lost", "still failing"], "lost"),
    ],
)
def test_a_behaviour_is_in_one_list(lists: list[str], name: str) -> None:
    """The worst of its cases decides; what is fixed or broken only in part says so."""
    assert place(lists) == name


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_behaviours(name: str) -> None:
    """A case in a list alone puts its behaviour into the list of that name."""
    assert place([name]) == name


def test_behaviours_are_counted_once() -> None:
    """Two broken cases of a behaviour are one behaviour, with both cases in it."""
    found = behaviours(result(), result({"SND-012[42]": "fail", "SND-012[False]": "fail"}))

    assert [(each.id, dict(each.cases)) for each in found["broken"]] == [
        ("SND-012", {"SND-012[42]": "broken", "SND-012[False]": "broken"})
    ]
    assert sum(map(len, found.values())) == 1
