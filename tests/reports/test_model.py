"""Results joined with the catalogue."""

from __future__ import annotations

import pytest

from conformance.catalogue import load
from conformance.program import cases
from reports.model import Count, Report, Result, failures, status_of
from tests.reports.samples import result
from tests.runners.record.samples import outcome


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
    """What was not run is not said to hold."""
    whole = result()
    part = [each for each in whole.document["outcomes"] if each["case"] != "SND-012[42]"]

    assert status_of(load()["SND-012"], Result(whole.path, {**whole.document, "outcomes": part})) == "not run"


def test_what_does_not_apply_does_not_count() -> None:
    """Outside its versions a failure is no failure."""
    old = result({"EQV-006[in-await-anext]": "fail"}, judged_as="3.7")

    assert status_of(load()["EQV-006"], old) == "does not apply"
    assert Report([old]).total.binding[old.slug].failed == 0


def test_the_denominator_does_not_shrink() -> None:
    """A crash, a missing feature and an absent interpreter leave as many behaviours to count as a perfect one."""
    names = {case.name: "absent" for entry in load().values() for case in cases(entry)}
    perfect, absent = result(), result(names, slug="other-1.0")
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
    """Interpreters that say the same stand together."""
    some = [result({"SND-001": "fail"}, slug=slug) for slug in ("a", "b")]
    ((case, said, who),) = failures(load()["SND-001"], some)

    assert (case, said["message"], [each.slug for each in who]) == ("SND-001", "because of SND-001", ["a", "b"])


def test_unknown_cases_are_named() -> None:
    """A result of another revision may have cases that this one does not."""
    whole = result()
    more = [*whole.document["outcomes"], outcome(case="SND-999", id="SND-999")]
    newer = Result(whole.path, {**whole.document, "outcomes": more})

    assert Report([newer]).unknown(newer) == ["SND-999"]


def test_count_adds_up() -> None:
    """Passed, failed and what cannot be said are what applies."""
    count = Count()
    for status in ("pass", "fail", "crash", "timeout", "unmet", "not run", "absent", "error", "does not apply"):
        count.add(status)

    assert (count.passed, count.failed, count.open, count.applicable) == (1, 3, 4, 8)
