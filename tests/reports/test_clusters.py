"""Failures with one cause stand together, and the likeliest cause comes first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conformance.sources import REFERENCE
from reports.clusters import clusters
from reports.model import Report, Result
from reports.signature import signature
from runners.record.outcome import Outcome
from tests.reports.samples import absent_result, edited, outcome, result


def failed(message: str | None, verdict: str = "fail", **values: str) -> str:
    """The signature of a failure with a message and locals."""
    return signature(outcome(verdict, message=message, locals=values))


STEPS = 'assert steps == [["suspends", 1], ["raises", "KeyError"]]'


@pytest.mark.parametrize(
    ("message", "values", "told"),
    [
        ("KeyError expected, raised was nothing", {}, "does not raise KeyError"),
        ("KeyError expected, raised was StopIteration: 2", {}, "does not raise KeyError"),
        ("KeyError expected, raised was ValueError: 2", {}, "raises ValueError instead of KeyError"),
        (
            "KeyError expected, raised was TypeError: takes 2",
            {},
            "raises TypeError: takes # instead of KeyError",
        ),
        ("ValueError: 2", {}, "raises ValueError instead of going on"),
        ("ValueError", {}, "raises ValueError instead of going on"),
        ("AttributeError: no 'ag_await'", {}, "raises AttributeError: no 'ag_await' instead of going on"),
        (STEPS, {"steps": "[['suspends', 1], ['returns', None]]"}, "does not raise KeyError"),
        (STEPS, {"steps": "[['suspends', 1], ['raises', 'OSError']]"}, "raises OSError instead of KeyError"),
        (STEPS, {"steps": "[['returns', 2], ['raises', 'OSError']]"}, "ends instead of suspending"),
        (STEPS, {"steps": "[['raises', 'OSError'], ['returns', 1]]"}, "raises OSError instead of going on"),
        ("assert seen == wanted", {"seen": "'returns 1'", "wanted": "'raises KeyError'"}, "does not raise KeyError"),
        ("assert seen == wanted", {"seen": "['returns', 1]", "wanted": "['returns', 2]"}, "returns another value"),
        ("assert log == [KeyError]", {"log": "[<class 'OSError'>]"}, "raises OSError instead of KeyError"),
        ("assert running is False", {"running": "True"}, "running: True instead of False"),
        ("assert a == [[1], 2] * 2", {"a": "([1], 2, [1], 3)"}, "a: 3 instead of 2"),
        ('assert a == (1 if way == "in" else 2)', {"a": "3", "way": "'in'"}, "a: 3 instead of 1"),
        ('assert a == {"in": 1, "out": 2}[way]', {"a": "3", "way": "'out'"}, "a: 3 instead of 2"),
        ("assert a == [1]", {"a": "[1, 2]"}, "a: [1, 2] instead of [1]"),
        ("assert a == 1", {"a": "1"}, "not so: a == #"),
        ("assert a == b()", {"a": "1"}, "not so: a == b()"),
        ("assert a == 1", {"a": "<object at 0x...>"}, "not so: a == #"),
        ("assert rejects(source)", {"source": "'yield'"}, "not so: rejects(source)"),
        ("assert a ==", {"a": "1"}, "not so: a =="),
        ("something else 12", {}, "something else #"),
    ],
)
def test_signature(message: str, values: dict[str, str], told: str) -> None:
    """The same happening has one signature, however the case found out."""
    assert failed(message, **values) == told


def test_signature_of_a_death() -> None:
    """What did not fail but died says how, without the numbers."""
    assert failed("signal 11", "crash") == "crash: signal #"
    assert failed(None, "timeout") == "timeout"


@pytest.mark.parametrize(
    "value", ["[" * 5000, "9" * 5000, "('x',) * 10**9", "{[]: 1}", "\x00", "\ud800", "'" + "x" * 10000 + "'"]
)
def test_hostile_values_cost_nothing(value: str) -> None:
    """Values are what an interpreter says: none of them makes the report fail, hang or grow."""
    told = failed("assert seen == [1] * 999999999", seen=value), failed("assert seen == 1", seen=value)

    assert all(len(each) < 200 for each in told)


def report_of(verdicts: dict[str, str], **changes: Any) -> tuple[Report, Result]:
    """A report of one result, with messages by case."""

    def edit(each: Outcome) -> Outcome:
        return replace(each, message=verdicts.get(each.case), **changes.get(each.case.replace("-", "_"), {}))

    report = Report([edited(result(dict.fromkeys(verdicts, "fail")), edit)])
    return report, report.results[0]


def test_likely_common_cause_comes_first() -> None:
    """What costs most of the behaviours that count leads; details follow, and what a baseline knows is last."""
    verdicts = {
        "SND-001": "KeyError expected, raised was nothing",
        "CLS-001": "RuntimeError expected, raised was nothing",
        "CLS-003": "RuntimeError expected, raised was StopIteration: 1",
        "AWT-001": "ValueError: 1",
        "CLS-005": "RuntimeError expected, raised was nothing",
    }
    report, only = report_of(verdicts, CLS_005={"known": "not refused"})
    found = [
        (each.signature, each.known, each.binding, [case for case, _ in each.failures])
        for each in clusters(report, only)
    ]

    assert found == [
        ("does not raise RuntimeError", False, 2, ["CLS-001", "CLS-003"]),
        ("does not raise KeyError", False, 1, ["SND-001"]),
        ("raises ValueError instead of going on", False, 0, ["AWT-001"]),
        ("not refused", True, 1, ["CLS-005"]),
    ]


def test_cluster_says_what_it_is_about() -> None:
    """The section that most of its behaviours cite; none where each cites another."""
    report, only = report_of(dict.fromkeys(["CLS-001", "CLS-003", "CLS-005"], "KeyError"))
    (cluster,) = clusters(report, only)
    report, only = report_of({"SND-001": "KeyError"})

    assert cluster.about is REFERENCE.AGEN_ACLOSE
    assert [each.about for each in clusters(report, only)] == [None]


def test_what_does_not_count_is_in_no_cluster() -> None:
    """What does not apply, is absent or unmet is no failure."""
    older = result({"EQV-006[in-await-anext]": "fail", "SND-001": "unmet"}, judged_as="3.7")
    absent = absent_result("tiny-1")

    assert clusters(Report([older]), older) == []
    assert clusters(Report([absent]), absent) == []
