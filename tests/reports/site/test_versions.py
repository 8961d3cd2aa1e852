"""The page of what changed from version to version."""

from __future__ import annotations

import re
from typing import Any

import pytest

from conformance.catalogue import load
from conformance.program import cases
from reports.eras import VERSIONS, families
from reports.model import Report, Result
from reports.site import versions
from reports.site.versions import Change, changes
from tests.reports.samples import absent_result, evil_result, result, some_report, tags_of


def passing(ids: set[str], **changes: Any) -> Result:
    """A result in which only these of the behaviours that changed pass."""
    verdicts = {
        case.name: "pass" if member.id in ids else "fail"
        for family in families(load())
        for member in family.members
        for case in cases(member)
    }
    return result(verdicts, **changes)


def change_of(id: str, report: Report) -> Change:
    others = [each for each in report.results if each.interpreter.implementation != "cpython"]
    return next(each for group in changes(report, others).values() for each in group if each.family.id == id)


def cells(change: Change) -> list[str]:
    return [mark.text for mark in change.columns]


def test_every_change_is_shown() -> None:
    """Each behaviour that is not the same in every version has its row, under the version in which it changed."""
    report = some_report()
    (text,) = versions.pages(report).values()
    ids = tags_of(text).ids
    shown = {id for family in families(load()) for id in [family.id] if id in ids}

    assert shown == {family.id for family in families(load())}
    assert len(ids) == len(set(ids))
    assert text.count('<tr class="change ') == sum(len(family.changes) for family in families(load()))


def test_newest_version_is_first_and_details_are_last() -> None:
    """From the newest to the oldest; in each what is new, what changed, what is gone, and details behind the rest."""
    found = changes(Report([result()]), [])
    kinds = ["new", "changed", "gone"]
    order = {version: [(kinds.index(c.kind), c.level == "detail") for c in group] for version, group in found.items()}

    assert list(found) == sorted(found, reverse=True)
    assert all(keys == sorted(keys) for keys in order.values())


def test_kinds_of_a_change() -> None:
    """Something new, something else than before, or no longer so."""
    report = Report([result()])
    new, changed, gone = (change_of(id, report) for id in ("BLT-001", "RUN-002", "CMP-056"))

    assert [each.kind for each in (new, changed, gone)] == ["new", "changed", "gone"]
    assert changed.before is not None
    assert changed.since is not None
    assert (changed.before.id, changed.since.id) == ("RUN-002a", "RUN-002b")


def test_versions_show_what_was_seen_of_them() -> None:
    """A version has the letter of what holds there, a sign where its CPython fails, and says when it was not run."""
    change = change_of("RUN-002", Report([passing(set())]))
    kinds = [mark.kind for mark in change.columns]

    assert cells(change) == ["a", "a", "a", "b", "b", "b", "b", "b✗", "b", "b", "b"]
    assert kinds == ["era0 unseen"] * 3 + ["era1 unseen"] * 4 + ["era1 bad"] + ["era1 unseen"] * 3
    assert change.columns[7].words.endswith("fails on 3.13.0")
    shown = change_of("RUN-002", Report([result()]))
    assert (shown.columns[7].text, shown.columns[7].kind) == ("b", "era1")


def test_every_interpreter_has_a_place() -> None:
    """CPython of a version that the suite does not know yet stands with the other interpreters."""
    newer = result(slug="cpython-3.99.0", judged_as="3.99", interpreter={"title": "CPython 3.99.0"})
    (text,) = versions.pages(Report([result(), newer])).values()

    assert "interpreters/cpython-3.99.0.html" in tags_of(text).links
    assert "interpreters/cpython-3.13.0.html" not in tags_of(text).links


def test_a_column_of_another_kind_is_not_a_version() -> None:
    """An event loop or a reader on CPython stands with the other columns: it says nothing about a release."""
    loop = result(slug="loop-1", interpreter={"title": "Loop 1", "kind": "loop"})
    (text,) = versions.pages(Report([result(), loop])).values()

    assert "interpreters/loop-1.html" in tags_of(text).links


@pytest.mark.slow
def test_other_interpreters_show_which_way_they_have() -> None:
    """As meant, another version's way, neither, or not found out."""
    own: dict[str, Any] = {"judged_as": "3.11", "interpreter": {"implementation": "pypy", "title": "PyPy 1"}}
    unmet = {case.name: "unmet" for entry in load().values() for case in cases(entry)}
    made = [
        passing({"RUN-002b"}, slug="p1", **own),
        passing({"RUN-002a"}, slug="p2", **own),
        passing(set(), slug="p3", **own),
        result(unmet, slug="p4", **own),
        absent_result("p5", **own),
    ]
    report = Report(made)

    assert cells(change_of("RUN-002", report))[len(VERSIONS) :] == ["b", "a≠", "✗", "○", "∅"]
    assert cells(change_of("INS-011", report))[len(VERSIONS) :] == ["–", "–", "–", "○", "∅"]


def test_what_an_interpreter_says_is_text() -> None:
    """No tag of it reaches the browser, and the page asks for nothing from elsewhere."""
    (text,) = versions.pages(Report([evil_result()])).values()
    local = {link for link in tags_of(text).links if not re.match(r"https://|#|behaviours/|interpreters/|data:", link)}

    assert "<script>alert" not in text
    assert local - {"index.html", "interpreters.html", "data/report.json"} <= {
        each for each in local if re.fullmatch(r"[a-z]+\.(html|css|js)", each)
    }
