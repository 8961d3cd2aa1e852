"""The table of verdicts: one row each, and every list follows from it."""

from __future__ import annotations

import re

import pytest

from conformance.program import ROOT
from conformance.verdicts import ANSWERS, DEATHS, FAILING, FAILURES, OPEN, STATUSES, TABLE, VERDICTS, Shown, Source


def test_names_signs_and_letters_are_distinct() -> None:
    """No two rows look alike in a cell, in a class or in a legend."""
    for key in ("name", "sign", "letter", "meaning", "verb"):
        values = [getattr(row, key) for row in TABLE]

        assert sorted(set(values)) == sorted(values), key
        assert all(values)
    assert {len(row.letter) for row in TABLE} == {1}


def test_lists_follow_from_the_rows() -> None:
    """Each list is the rows with one property, worst first."""
    assert list(STATUSES) == [row.name for row in TABLE]
    assert set(ANSWERS) < set(VERDICTS) < set(STATUSES)
    assert set(FAILING) == {*FAILURES, "known"} >= {"crash", "timeout", "fail", "known"}
    assert set(FAILURES) >= set(DEATHS) >= {"crash", "timeout"}
    assert set(OPEN) == set(VERDICTS) - set(FAILURES) - {"pass"}


def test_a_failure_is_worse_than_anything_else() -> None:
    """Of several cases of a behaviour the worst names the whole, so every failure stands before every other row."""
    fails = [row.fails for row in TABLE]

    assert fails == sorted(fails, reverse=True)
    assert all(row.fails for row in TABLE if row.dies)


@pytest.mark.parametrize("name", VERDICTS)
def test_only_a_failure_fails_a_run(name: str) -> None:
    """A verdict of a result that is not a failure is never shown as one by a test runner, but for an absence."""
    row = STATUSES[name]

    assert row.source is not Source.REPORT
    assert (row.shown is Shown.FAILED) is (row.fails or name == "absent")


@pytest.mark.parametrize("document", ["README.md", "docs/results.md"])
def test_documents_name_every_verdict(document: str) -> None:
    """A reader finds each verdict of a result explained or listed."""
    text = (ROOT / document).read_text(encoding="utf-8")

    assert [name for name in VERDICTS if f"`{name}`" not in text] == []


#: The names of verdicts that are no everyday words of this code.
TELLING = ("crash", "timeout", "unmet", "absent", "does not apply", "not run")


def test_no_other_module_lists_verdicts() -> None:
    """A second list of verdicts would be forgotten when a row is added: no line of code names three of them."""
    pattern = re.compile("|".join(f"[\"']{name}[\"']" for name in TELLING))
    wrong = []
    for package in ("conformance", "runners", "reports"):
        for path in sorted((ROOT / package).rglob("*")):
            if path.suffix not in (".py", ".js", ".mjs", ".j2") or path.name in ("verdicts.py", "test_verdicts.py"):
                continue
            if path.name.startswith("test_"):
                continue  # the bodies of the behaviours have words of their own
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if len(set(pattern.findall(line))) > 2:
                    wrong.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")

    assert wrong == []
