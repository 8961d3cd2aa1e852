"""The page that compares two results: its rules are those of ``diff``."""

from __future__ import annotations

import json
import re

import pytest

from conformance.verdicts import VERDICTS
from reports.diff import LISTS, compare
from reports.model import Report
from reports.site.compare import changes, pages
from tests.reports.samples import evil_result, result, some_report, tags_of


@pytest.mark.parametrize("before", VERDICTS)
def test_rules_are_those_of_diff(before: str) -> None:
    """For every pair of verdicts the page says what ``python -m reports diff`` says."""
    rules = changes()
    for after in VERDICTS:
        found = compare(result({"SND-001": before}), result({"SND-001": after}))
        expected = next((name for name, listed in found.items() if listed), None)

        assert rules.get(f"{before} > {after}") == expected


def test_rules_know_what_does_not_apply_and_what_is_missing() -> None:
    """A case that does not apply any more is no change; one that is in one file only is new or gone."""
    rules = changes()

    assert "pass > fail aside" not in rules
    assert rules["pass aside > fail"] == "broken"
    assert rules["pass > unmet"] == "lost"
    assert (rules["none > pass"], rules["fail aside > none"]) == ("new", "gone")
    assert "none > none" not in rules
    assert set(rules.values()) == set(LISTS)


def test_page_offers_every_result() -> None:
    """Both sides can be any interpreter of the site, or a file; the rules are in the page."""
    report = some_report()
    text = pages(report)["compare.html"]
    match = re.search(r'<script type="application/json" id="rules">(.*?)</script>', text, re.DOTALL)

    assert match is not None
    assert json.loads(match[1])["changes"] == changes()
    assert [name for name, _ in json.loads(match[1])["lists"]] == list(LISTS)
    for each in report.results:
        assert text.count(f'<option value="{each.slug}">') == 2
    assert text.count('type="file"') == 2
    assert "python -m reports diff OLD NEW" in text


def test_sentences_are_a_script() -> None:
    """What the page shows of the catalogue is a script, as a page from a folder may not fetch: ID → place, sentence."""
    report = some_report()
    name, _, value = pages(report)["data/behaviours.js"].partition(" = ")
    found = json.loads(value.rstrip().rstrip(";"))

    assert name == "globalThis.asyncgenBehaviours"
    assert list(found) == [each.behaviour.id for each in report.standings]
    assert found["SND-001"][0] == "behaviours/bidirection-asend.html#SND-001"


def test_what_an_interpreter_says_is_text() -> None:
    """No tag of it reaches the browser."""
    text = pages(Report([evil_result()]))["compare.html"]

    assert "<script>alert" not in text
    assert tags_of(text).tags.count("option") == 2 * 2
