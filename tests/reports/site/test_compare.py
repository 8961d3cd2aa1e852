"""The page that compares two results: its rules are those of ``diff``."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from conformance import hashes
from conformance.verdicts import STATUSES, VERDICTS
from reports.comparison import MESSAGE
from reports.diff import BEHAVIOURS, LISTS, compare
from reports.model import Report
from reports.site.compare import DIGITS, changes, digest, pages
from tests.reports.samples import (
    TAMED,
    changed,
    edited,
    evil_result,
    outcome,
    recorded,
    result,
    some_report,
    tags_of,
    without,
)


@pytest.mark.parametrize("before", VERDICTS)
def test_rules_are_those_of_diff(before: str) -> None:
    """For every pair of verdicts the page says what ``python -m reports diff`` says."""
    rules = changes()
    for after in VERDICTS:
        found = compare(result({"SND-001": before}), result({"SND-001": after}))
        expected = next((name for name, listed in found.items() if listed), None)

        assert rules.get(f"{before} > {after}") == expected


def test_rules_know_what_does_not_apply_and_what_is_missing() -> None:
    """What applies to one version only has its lists; a case that is in one file only is new or gone."""
    rules = changes()

    assert "fail aside > fail aside" not in rules
    assert rules["pass > fail aside"] == "applies no longer"
    assert (rules["pass aside > fail"], rules["fail aside > pass"]) == ("broken", "applies now")
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
    assert set(json.loads(match[1])["same"]) == set(BEHAVIOURS)
    for each in report.results:
        assert text.count(f'<option value="{each.page}">') == 2
    assert text.count('type="file"') == 2
    assert "python -m reports diff OLD NEW" in text


def value_of(script: str) -> Any:
    """The value of a script that is one assignment."""
    return json.loads(script.partition(" = ")[2].rstrip().removesuffix(";"))


def test_names_of_cases_are_a_script() -> None:
    """All cases are named once for all columns, in the order of the letters, each with the digits of its hash."""
    report = some_report()
    script = pages(report)["data/cases.js"]
    rows = value_of(script)
    names = [f"{id}[{param}]" if param is not None else id for id, params, _ in rows for param in params or [None]]

    assert script.startswith("(globalThis.conformance ??= {}).cases = ")
    assert names == list(hashes.every())
    assert "".join(digits for _, _, digits in rows) == "".join(hashes.current()[name][:DIGITS] for name in names)


def test_a_digest_has_a_letter_for_each_case() -> None:
    """The letter is that of the verdict, in upper case where the case does not apply; a message is there once."""
    made = without(result({"SND-001": "fail", "SND-012[42]": "crash", "CLS-001": "unmet"}, judged_as="3.6"), "THR-001")
    made = changed(changed(made, "SND-012[42]", message="because of SND-001"), "CLS-001", known="no reason")
    found = value_of(pages(Report([made]))["data/cases/cpython-3.13.js"])
    places = {name: place for place, name in enumerate(hashes.every())}
    letters = {name: found["letters"][place] for name, place in places.items()}
    aside = next(each.case for each in made.outcomes.values() if not each.applicable)

    assert len(found["letters"]) == len(places)
    assert (letters["SND-001"], letters["SND-012[42]"], letters["THR-001"]) == ("f", "c", ".")
    assert letters[aside] == STATUSES["pass"].letter.upper()
    assert found["texts"][found["messages"][str(places["SND-001"])]] == "because of SND-001"
    assert found["messages"][str(places["SND-001"])] == found["messages"][str(places["SND-012[42]"])]
    assert found["hashes"] == {}


def test_a_digest_is_small() -> None:
    """A column in which everything fails in words of its own has the length of its messages, and no more than that."""
    long = edited(result(dict.fromkeys(hashes.every(), "fail")), lambda each: replace(each, message="x" * 5000))
    passing = digest(Report([result()]), Report([result()]).results[0])

    assert len(json.dumps(passing)) < 2 * len(hashes.every())
    assert digest(Report([long]), long)["texts"] == ["x" * MESSAGE + "…"]


def test_a_digest_tells_which_cases_were_another_text() -> None:
    """Only hashes that are not the present ones are there; a case of another suite has everything."""
    made = result({"SND-001": "fail"})
    other = outcome("fail", case="ZZZ-001[a]", message="so")
    made = recorded(
        made,
        outcomes={**made.outcomes, "ZZZ-001[a]": other},
        hashes={**{case: text for case, text in made.record.hashes.items() if case != "THR-001"}, "SND-001": "0" * 16},
    )
    found = digest(Report([made]), made)
    places = {name: place for place, name in enumerate(hashes.every())}

    assert found["hashes"] == {places["SND-001"]: "0" * DIGITS, places["THR-001"]: None}
    assert found["others"] == {"ZZZ-001[a]": ["f", "language", 1, None]}


def test_a_hostile_digest_only_holds_data() -> None:
    """The script of a column is one assignment, whose right side is JSON."""
    text = pages(Report([evil_result("evil-1")]))
    (script,) = (each for name, each in text.items() if name.startswith("data/cases/"))

    assert TAMED in value_of(script)["texts"]
    assert script.count("\n") == 1
    assert script.isascii()


def test_what_an_interpreter_says_is_text() -> None:
    """No tag of it reaches the browser."""
    text = pages(Report([evil_result()]))["compare.html"]

    assert "<script>alert" not in text
    assert tags_of(text).tags.count("option") == 2 * 2
