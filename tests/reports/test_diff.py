"""The changes from one result to another: every pair of outcomes has its list."""

from __future__ import annotations

import itertools

import pytest

from conformance.verdicts import DEATHS, FAILURES, OPEN, VERDICTS
from reports.diff import LISTS, WORSE, change, compare
from tests.reports.samples import outcome, result, without

#: Before → after → the list, None for no list.
CHANGES = {
    "pass": {"pass": None, "fail": "broken", "crash": "new crash", "unmet": "lost", "error": "lost", "absent": "lost"},
    "fail": {"pass": "fixed", "fail": None, "timeout": "new crash", "unmet": None, "error": None, "absent": None},
    "crash": {"pass": "fixed crash", "fail": "fixed crash", "timeout": None, "unmet": "fixed crash"},
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


def test_a_case_that_does_not_apply_is_in_no_list() -> None:
    """The version of the new interpreter decides; the verdict of the old one counts either way."""
    aside = outcome("fail", applicable=False)

    assert change(outcome(), aside) is None
    assert change(aside, outcome()) == "fixed"
    assert change(aside, outcome("fail")) is None


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
    found = compare(without(old, "FOR-002"), without(new, "FOR-001"))

    assert list(found) == list(LISTS)
    assert found == {
        "new crash": ["THR-002"],
        "broken": ["SND-013"],
        "lost": ["CLS-001"],
        "fixed crash": ["THR-001"],
        "fixed": ["SND-001"],
        "new": ["FOR-002"],
        "gone": ["FOR-001"],
    }
