"""A feature that a version adds and an interpreter does not have is one cause."""

from __future__ import annotations

import pytest

from conformance.catalogue import load
from conformance.needs import FEATURES
from conformance.program import cases
from reports import markdown
from reports.clusters import clusters
from reports.features import missing
from reports.model import Report, Result
from reports.site.interpreters import needs, pages
from tests.reports.samples import result

ABOUT = [entry for entry in load().values() if entry.feature == "yield-from"]
WHY = "SyntaxError: 'yield from' inside async function"
TITLE = FEATURES["yield-from"].title


def lacking(judged_as: str, why: str | None = WHY) -> Result:
    """A result in which everything about the feature fails, in different ways."""
    names = {case.name: "fail" for entry in ABOUT for case in cases(entry)}
    return result(names, judged_as=judged_as, interpreter={"features": {"gc": None, "yield-from": why}})


def test_failures_without_a_feature_are_one_cluster() -> None:
    """All failures of behaviours about the feature have one cause, whatever they say."""
    young = lacking("3.16")
    (only,) = clusters(Report([young]), young)

    assert only.signature == f"without {TITLE}"
    assert list(only.behaviours) == ABOUT


def test_a_missing_feature_is_told() -> None:
    """The summary and the page of the interpreter say it in one sentence, and it is no need."""
    young = lacking("3.16")
    report = Report([young])
    (found,) = missing(report, young)

    assert found.sentence.startswith(f"Without {TITLE}: {WHY}. {len(ABOUT)} behaviours fail.")
    assert "Without yield from and return values" in markdown.render(report)
    assert f"**{ABOUT[0].id}" not in markdown.render(report)
    assert "Without yield from and return values" in pages(report)[f"interpreters/{report.results[0].page}.html"]
    assert needs(young, report) == []


@pytest.mark.parametrize(("judged_as", "why"), [("3.15", WHY), ("3.16", None)])
def test_nothing_is_missing(judged_as: str, why: str | None) -> None:
    """An older version need not have the feature, and one that has it may fail for other reasons."""
    made = lacking(judged_as, why)

    assert missing(Report([made]), made) == []
    assert f"without {TITLE}" not in [each.signature for each in clusters(Report([made]), made)]
