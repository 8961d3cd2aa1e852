"""Results joined with the catalogue."""

from __future__ import annotations

import pytest

from conformance.catalogue import load
from conformance.verdicts import STATUSES
from reports.model import CHANGED, MAY_HAVE_CHANGED, Count, Report, failures, rank, status_of
from runners.record.results import Shard
from tests.reports.samples import (
    absent_result,
    changed,
    outcome,
    recorded,
    result,
    selection,
    without,
)


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [
        ({}, "pass"),
        ({"SND-012[42]": "fail"}, "fail"),
        ({"SND-012[42]": "fail", "SND-012[0]": "crash"}, "crash"),
        ({"SND-012[42]": "timeout", "SND-012[0]": "fail"}, "timeout"),
        ({"SND-012[42]": "unmet"}, "unmet"),
        ({"SND-012[42]": "error"}, "error"),
    ],
)
def test_a_behaviour_is_its_worst_case(verdicts: dict[str, str], status: str) -> None:
    """A behaviour passes when all its cases do."""
    assert status_of(load()["SND-012"], result(verdicts)) == status


def test_a_missing_case_leaves_it_not_run() -> None:
    """A behaviour with a case that was not run is not said to hold."""
    assert status_of(load()["SND-012"], without(result(), "SND-012[42]")) == "not run"


def test_what_does_not_apply_does_not_count() -> None:
    """Outside its versions a failure is no failure."""
    old = result({"EQV-006[in-await-anext]": "fail"}, judged_as="3.7")

    assert status_of(load()["EQV-006"], old) == "does not apply"
    assert Report([old]).total.binding[old.slug].failed == 0


def test_a_case_that_is_gone_does_not_count() -> None:
    """A failure of a case that the suite no longer has counts against nobody."""
    made = result()
    older = recorded(made, outcomes={**made.outcomes, "ZZZ-001": outcome("fail", case="ZZZ-001", id="ZZZ-001")})
    report = Report([older])

    assert report.unknown(older) == ["ZZZ-001"]
    assert report.total.binding[older.slug] == Report([made]).total.binding[made.slug]


def test_the_denominator_does_not_shrink() -> None:
    """A crash, a missing feature and an absent interpreter leave as many behaviours to count as a perfect one."""
    perfect, absent = result(), absent_result("other-1.0")
    report = Report([perfect, absent])
    counts = report.total.binding

    assert counts["other-1.0"].applicable == counts["cpython-3.13.0"].applicable
    assert counts["other-1.0"].passed == 0
    assert counts["cpython-3.13.0"].failed == 0


def test_details_are_counted_apart() -> None:
    """A failing detail changes no count of what binds."""
    report = Report([result({"EQV-007[running-itself-anext]": "fail"})])

    assert report.total.binding["cpython-3.13.0"].failed == 0
    assert report.total.details["cpython-3.13.0"].failed == 1


def test_columns_are_in_order() -> None:
    """CPython first, then others by name, each by version and not by text."""
    made = [
        result(slug=slug, interpreter={"implementation": name, "implementation_version": version})
        for slug, name, version in [
            ("a", "pypy", "7.3.11"),
            ("b", "cpython", "3.10.1"),
            ("c", "cpython", "3.9.18"),
            ("d", "brython", "3.14.3"),
        ]
    ]

    assert [each.slug for each in Report(made).results] == ["c", "b", "d", "a"]


def test_equal_failures_are_told_once() -> None:
    """Interpreters that say the same stand together; a failure with a known reason is another one."""
    some = [result({"SND-001": "fail"}, slug=slug) for slug in ("a", "b")]
    known = changed(result({"SND-001": "fail"}, slug="c"), "SND-001", known="a bug")
    found = failures(load()["SND-001"], [*some, known])

    assert [(each.case, each.outcome.message, [r.slug for r in each.results], each.news) for each in found] == [
        ("SND-001", "because of SND-001", ["a", "b"], True),
        ("SND-001", "because of SND-001", ["c"], False),
    ]


def test_failures_of_a_case_that_has_changed_stand_apart() -> None:
    """A failure says whether its case has changed since; without a hash nobody knows."""
    fresh, stale, old = (result({"SND-001": "fail"}, slug=slug) for slug in ("a", "b", "c"))
    stale = recorded(stale, changed=frozenset({"SND-001"}))
    old = recorded(old, changed=frozenset(old.outcomes), hashes={})
    found = failures(load()["SND-001"], [fresh, stale, old])

    assert [each.stale for each in found] == [None, CHANGED, MAY_HAVE_CHANGED]
    assert (stale.count_stale(CHANGED), stale.count_stale(MAY_HAVE_CHANGED)) == (1, 0)
    assert (old.count_stale(CHANGED), old.count_stale(MAY_HAVE_CHANGED)) == (0, len(old.outcomes))


def test_unknown_cases_are_named() -> None:
    """A result of another revision may have cases that this one does not."""
    whole = result()
    newer = recorded(whole, outcomes={**whole.outcomes, "SND-999": outcome(case="SND-999")})

    assert Report([newer]).unknown(newer) == ["SND-999"]


def test_count_adds_up() -> None:
    """The behaviours that apply are the sum of the passed, failed and open ones; each status is one of these."""
    count = Count()
    for status in STATUSES:
        count.add(status)

    failing = sum(row.fails for row in STATUSES.values())

    assert (count.passed, count.failed) == (1, failing)
    assert count.applicable == len(STATUSES) - 1 == count.passed + count.failed + count.open


def test_statuses_are_ranked_by_the_table() -> None:
    """The worst status is the first one of the table."""
    assert [rank(status) for status in STATUSES] == list(range(len(STATUSES)))


@pytest.mark.parametrize(
    ("values", "remark"),
    [
        ({}, None),
        ({"complete": False}, "incomplete: the run was cut short"),
        ({"selection": selection(3)}, "incomplete: a selection of 3 cases"),
        ({"shard": Shard(1, 4)}, "incomplete: part 1 of 4"),
        ({"absent": "no yield"}, "absent: no asynchronous generators"),
        ({"absent": "x", "complete": False}, "absent: no asynchronous generators; incomplete: the run was cut short"),
    ],
)
def test_a_run_that_is_not_whole_says_so(values: dict[str, object], remark: str | None) -> None:
    """The remark names what is missing, and a full run has none."""
    assert recorded(result(), **values).remark == remark


def test_a_version_of_any_length_has_a_place() -> None:
    """An implementation may say a number that is too long for a version."""
    long = result(interpreter={"implementation_version": "9" * 5000 + ".1"})

    assert Report([long, result(slug="b")]).results[0].slug == "b"
