"""JUnit XML: well-formed for every outcome, and with the verdicts that a CI shall show."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.catalogue import load
from conformance.program import body, cases
from conformance.verdicts import VERDICTS
from reports import junit
from reports.model import CHANGED
from runners.record.outcome import Outcome
from tests.reports.samples import absent_result, changed, evil_result, outcome, recorded, result, small

#: Every text, surrogates and control characters among them.
TEXTS = st.text(st.characters(codec=None), max_size=40)
MAYBE = st.none() | TEXTS
OUTCOMES = st.builds(
    Outcome,
    verdict=st.sampled_from(VERDICTS),
    case=TEXTS | st.sampled_from([case.name for entry in list(load().values())[:50] for case in cases(entry)]),
    id=TEXTS | st.sampled_from(list(load())),
    module=TEXTS,
    level=st.sampled_from(["language", "library", "detail"]),
    applicable=st.booleans(),
    known=MAYBE,
    revision=MAYBE,
    message=MAYBE,
    line=st.none() | st.integers(1, 10**30),
    locals=st.none() | st.dictionaries(TEXTS, TEXTS, max_size=3),
    observed=MAYBE,
    output=MAYBE,
    stderr=MAYBE,
    dirty=st.lists(TEXTS, max_size=2),
    loop=MAYBE,
    after=MAYBE,
    seconds=st.none() | st.floats(0, 1e9),
)


@given(st.lists(OUTCOMES, max_size=4), MAYBE, st.booleans())
def test_every_outcome_makes_xml(outcomes: list[Outcome], absent: str | None, stale: bool) -> None:
    """The file parses and counts what it holds, whatever the outcomes say."""
    made = small(*outcomes, absent=absent)
    made = recorded(made, changed=frozenset(made.outcomes) if stale else frozenset())
    root = ElementTree.fromstring(junit.render(made).encode())

    assert len(root.findall(".//testcase")) == len(made.outcomes) + (absent is not None)
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert sum(int(suite.get(name, "-1")) for suite in root) == len(root.findall(f".//{tag}"))


def test_a_hostile_result_makes_xml() -> None:
    """The file of a whole run parses and has a test for each case."""
    root = ElementTree.fromstring(junit.render(evil_result()))
    total = sum(len(cases(entry)) for entry in load().values())

    assert len(root.findall(".//testcase")) == total
    assert len(root.findall(".//failure")) == 2


@pytest.mark.parametrize(
    ("made", "element", "message"),
    [
        (outcome(), None, ""),
        (outcome("fail", message="no"), "failure", "fail: no"),
        (outcome("crash", message="signal 11"), "failure", "crash: signal 11"),
        (outcome("crash", level="detail", message="signal 11"), "skipped", "detail: crash: signal 11"),
        (outcome("timeout", message="10 s"), "failure", "timeout: 10 s"),
        (outcome("error", message="no answer"), "error", "error: no answer"),
        (outcome("unmet", message="no asyncio"), "skipped", "unmet: no asyncio"),
        (outcome("absent", message="no yield"), "skipped", "absent: no yield"),
        (outcome("fail", level="detail", message="no"), "skipped", "detail: fail: no"),
        (outcome("fail", known="a bug"), "skipped", "known: a bug"),
        (outcome("fail", known="a bug", level="detail", message="no"), "skipped", "detail: fail: no"),
        (outcome("pass", known="a bug"), None, ""),
        (
            outcome("fail", applicable=False),
            "skipped",
            "does not apply to this version; the verdict would be: fail",
        ),
    ],
)
def test_the_element_of_an_outcome(made: Outcome, element: str | None, message: str) -> None:
    """JUnit has failure, error and skipped; only outcomes that count are one of the first two."""
    assert junit.judge(made) == (element, message)


def test_an_absent_interpreter_fails_once() -> None:
    """One failure stands for all cases."""
    root = ElementTree.fromstring(junit.render(absent_result("tiny-1")))

    assert [each.get("message") for each in root.findall(".//failure")] == ["absent: no yield"]


def test_a_failure_names_the_line_of_the_file() -> None:
    """The line is that of the module, unless the case has changed since: then the text says so."""
    behaviour = load()["SND-001"]
    made = changed(result({"SND-001": "fail"}), "SND-001", line=2)
    fresh = ElementTree.fromstring(junit.render(made)).find(".//failure")
    stale = ElementTree.fromstring(
        junit.render(recorded(changed(made, "SND-001", line=None), changed=frozenset({"SND-001"})))
    ).find(".//failure")

    assert fresh is not None
    assert stale is not None
    assert fresh.text == f"{behaviour.module}:{body(behaviour).in_file(2)}: because of SND-001"
    assert stale.text == f"{behaviour.module}: because of SND-001\n{CHANGED}"


def test_a_case_that_is_gone_does_not_fail() -> None:
    """A failure of a case that the suite no longer has is skipped, and its verdict is told."""
    made = small(outcome("fail", case="ZZZ-001", id="ZZZ-001"), outcome("pass", case="ZZZ-002", id="ZZZ-002"))
    root = ElementTree.fromstring(junit.render(made))

    assert root.findall(".//failure") == []
    assert [each.get("message") for each in root.findall(".//skipped")] == [
        "no longer in the suite: fail",
        "no longer in the suite: pass",
    ]
