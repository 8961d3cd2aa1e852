"""The page of what changed from version to version."""

from __future__ import annotations

import re
from typing import Any

import pytest

from conformance.catalogue import load
from conformance.program import cases
from reports.eras import VERSIONS, families
from reports.model import Report, Result
from reports.releases import remark
from reports.site import versions
from reports.site.versions import Change, Elsewhere, changes
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
    return next(each for group in changes(report).values() for each in group if each.family.id == id)


def cells(change: Change) -> list[str]:
    """The text of each language version."""
    return [mark.text for mark in change.marks for _ in range(mark.span)]


def python(version: str, ids: set[str], build: tuple[str, ...] = ()) -> Result:
    """A run of CPython in which only these of the behaviours that changed pass."""
    it = {"title": f"CPython {version}", "implementation_version": version, "language_version": version, "build": build}
    slug = "-".join(["cpython", version, *build])
    return passing(ids, slug=slug, judged_as=".".join(version.split(".")[:2]), interpreter=it)


def test_every_change_is_shown() -> None:
    """Each behaviour that is not the same in every version has its row, under the version in which it changed."""
    report = some_report()
    (text,) = versions.pages(report).values()
    ids = tags_of(text).ids
    shown = {id for family in families(load()) for id in [family.id] if id in ids}

    assert shown == {family.id for family in families(load())}
    assert len(ids) == len(set(ids))
    assert text.count('<tr class="change') == sum(len(family.changes) for family in families(load()))


def test_newest_version_is_first_and_details_are_last() -> None:
    """From the newest to the oldest; in each what is new, what changed, what is gone, and details behind the rest."""
    found = changes(Report([result()]))
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

    assert cells(change) == ["a", "a", "a", "b", "b", "b", "b", "b✗", "b", "b", "b"]
    assert [(mark.kind, mark.span) for mark in change.marks] == [
        ("era0 unseen", 3),
        ("era1 unseen", 4),
        ("era1 bad", 1),
        ("era1 unseen", 3),
    ]
    assert change.marks[2].words.endswith("fails on 3.13.0")
    assert change.notes == [f"Fails on CPython 3.13.0: {remark(result())}."]
    shown = change_of("RUN-002", Report([result()]))
    assert [(mark.text, mark.kind) for mark in shown.marks if mark.span == 1] == [("b", "era1")]


def test_a_row_has_a_cell_for_neighbours_that_are_the_same() -> None:
    """The cells of a row span all versions, and neighbours that show the same are one cell."""
    for group in changes(some_report()).values():
        for change in group:
            assert sum(mark.span for mark in change.marks) == len(VERSIONS)
            assert len(change.marks) < len(VERSIONS)


def test_an_old_patch_release_is_said() -> None:
    """A failure of a patch release that is not the newest known says so, at the row and in the head of the column."""
    report = Report([python("3.12.1", set())])
    (text,) = versions.pages(report).values()
    said = remark(report.results[0])

    assert change_of("RUN-002", report).notes == [f"Fails on CPython 3.12.1: {said}."]
    assert f'3.12<small title="{said}">Dec 2023</small>' in text


def test_a_version_is_shown_by_its_plain_build() -> None:
    """Of several runs of a version the newest plain one counts: a build with flags does not speak for it."""
    flawed = python("3.13.99", set(), ("jit",))
    report = Report([flawed, python("3.13.18", {"RUN-002b"}), python("3.13.5", set())])

    assert versions.run_of(report, (3, 13)) is next(each for each in report.results if each.slug == "cpython-3.13.18")
    assert cells(change_of("RUN-002", report))[7] == "b"
    assert cells(change_of("RUN-002", Report([flawed])))[7] == "b✗"


def test_a_distribution_is_not_a_version() -> None:
    """Pyodide is a family of its own and says nothing about a release of CPython."""
    pyodide = python("3.13.18", set(), ("pyodide-314.0.7",))
    report = Report([pyodide])

    assert versions.run_of(report, (3, 13)) is None
    assert change_of("RUN-002", report).elsewhere.fails == ("Pyodide",)


def test_a_column_of_another_kind_is_not_a_version() -> None:
    """An event loop or a reader on CPython says nothing about a release, and is not another implementation."""
    loop = result(slug="loop-1", judged_as="3.12", interpreter={"title": "Loop 1", "kind": "loop"})
    report = Report([result(), loop])
    (text,) = versions.pages(report).values()

    assert versions.run_of(report, (3, 12)) is None
    assert "interpreters/loop-1.html" not in tags_of(text).links


def test_every_version_is_known() -> None:
    """There is a column for 3.16, whose changes come from PEP 828, and the page says that nobody has run it."""
    (text,) = versions.pages(some_report()).values()
    section = text[text.index('id="v3.16"') : text.index('id="v3.15"')]

    assert "Python 3.16 is not released." in section
    assert 'href="documents/PEP828.html"' in section
    assert "nobody has shown" in section
    assert ">YFR-001<" in section


@pytest.mark.slow
def test_other_interpreters_show_which_way_they_have() -> None:
    """As meant, another version's way, neither, or not found out; one without asynchronous generators is left out."""

    def own(name: str) -> dict[str, Any]:
        return {"judged_as": "3.11", "interpreter": {"implementation": name.lower(), "title": f"{name} 1"}}

    unmet = {case.name: "unmet" for entry in load().values() for case in cases(entry)}
    made = [
        passing({"RUN-002b"}, slug="p1", **own("One")),
        passing({"RUN-002a"}, slug="p2", **own("Two")),
        passing(set(), slug="p3", **own("Three")),
        result(unmet, slug="p4", **own("Four")),
        absent_result("p5", **own("Five")),
    ]
    report = Report(made)

    assert change_of("RUN-002", report).elsewhere == Elsewhere(1, ("Three",), ("Two",), ("Four",))
    assert change_of("INS-011", report).elsewhere == Elsewhere(0, (), (), ("Four",))


def test_what_an_interpreter_says_is_text() -> None:
    """No tag of it reaches the browser, and the page asks for nothing from elsewhere."""
    (text,) = versions.pages(Report([evil_result()])).values()
    foreign = r"https://|#|b/|interpreters/|documents/|data:|feeds/|python-"
    local = {link for link in tags_of(text).links if not re.match(foreign, link)}

    assert "<script>alert" not in text
    assert {each for each in local if not re.fullmatch(r"[a-z]+\.(html|css|js|json|svg)", each)} <= {"data/report.json"}
