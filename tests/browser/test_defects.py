"""The defects that a review found on the site of revision 66402aa, each with the test that keeps it away."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from conformance.catalogue import load
from conformance.program import ROOT
from reports.model import Report
from reports.site import navigation
from reports.site.markup import behaviour_url, interpreter_url
from tests.reports.samples import result

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

#: Defect → the test that shows that it is gone; the others are below.
SHOWN_ELSEWHERE = {
    "1, lines of code that did not run": "reports/site/test_behaviour.py::test_code_that_did_not_run_is_not_quoted",
    "2, a known failure is none": "browser/test_matrix.py::test_a_query",
    "3, an anchor destroys the filter": "browser/test_matrix.py::test_an_anchor_keeps_the_query",
    "4, addresses and badges die": "reports/site/test_redirects.py::test_every_name_has_a_page_and_a_badge",
    "5, nothing to run": "reports/site/test_behaviour.py::test_the_program_of_a_behaviour_runs_all_its_cases",
    "7, heads that go away": "browser/test_documents.py::test_heads_have_names_and_stay",
    "8, fixed without having been broken": "browser/test_compare.py::test_what_applies_to_the_new_version_is_not_fixed",
    "9, badges of one colour": "reports/test_badge.py::test_the_colour_says_what_fails",
    "10, Pyodide is a CPython": "reports/test_families.py::test_a_distribution_is_a_family_with_releases_of_its_own",
    "11, exact words only": "browser/test_search.py::test_public_questions_find_their_behaviours",
    "12, paper loses columns": "browser/test_pages.py::test_paper",
    "15, an old release stands for a version": "reports/site/test_versions.py::test_an_old_patch_release_is_said",
    "16, a phone": "browser/test_pages.py::test_a_narrow_screen",
    "17, hidden focus": "browser/test_documents.py::test_focus_is_not_hidden_under_the_head",
    "18, a cell leads nowhere": "browser/test_matrix.py::test_a_cell_leads_to_the_failure",
}
COLOUR = "element => getComputedStyle(element).backgroundColor"
#: How light a colour is, from 0 to 1, after the scheme of the reader was chosen.
LIGHTNESS = """
element => {
  const numbers = getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).map(Number);
  return (0.2126 * numbers[0] + 0.7152 * numbers[1] + 0.0722 * numbers[2]) / 255;
}
"""


@pytest.mark.parametrize("defect", SHOWN_ELSEWHERE)
def test_every_defect_has_its_test(defect: str) -> None:
    """The test that the table names is there."""
    file, _, name = SHOWN_ELSEWHERE[defect].partition("::")
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))

    assert name in [each.name for each in tree.body if isinstance(each, ast.FunctionDef)]


def test_defect_06_other_implementations_are_seen_at_once(visit: Visit, report: Report) -> None:
    """On a small laptop the matrix has a column of each implementation and rows of counts within one screen."""
    page = visit("matrix.html", viewport={"width": 1024, "height": 768})
    heads = page.locator("#overview thead [data-column] a").all_inner_texts()
    page.mouse.wheel(0, 600)
    page.wait_for_function("scrollY > 0")

    assert heads == [family.name for family in report.families]
    assert page.locator("#overview tbody tr").first.is_visible()


def test_defect_13_needs_end_with_a_space(visit: Visit) -> None:
    """What a behaviour needs does not run into the word behind it."""
    behaviour = next(each for each in load().values() if each.needs)
    text = visit(behaviour_url(behaviour)).locator(".facts").inner_text()

    assert f"needs {', '.join(behaviour.needs)}." in text
    assert "Sources:" not in text


def test_defect_14_a_behaviour_is_listed_once() -> None:
    """Two cases that fail in two ways are one behaviour in the list of an implementation."""
    from reports.site.interpreters import pages

    bad = result({"SND-012[42]": "fail", "SND-012[0]": "crash"})
    report = Report([bad])
    text = pages(report)[interpreter_url(report.results[0])]

    assert text.count(">SND-012</a>") == 1
    assert text.count('<span class="cause">') == 2


def test_defect_19_an_index_says_who_fails(visit: Visit) -> None:
    """A module does not mark an ID because somebody fails it: the cells say who."""
    page = visit("behaviours/bidirection-asend.html")

    assert page.locator("th .bad").count() == 0
    assert page.locator("tr#SND-001 td").count() > 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_defect_20_shades_differ_from_the_page(visit: Visit, scheme: str) -> None:
    """No shade is nearly that of the page, and no two are alike."""
    page: Page = visit("matrix.html", color_scheme=scheme)
    shades = [page.locator(f"i.swatch.s{number}").evaluate(LIGHTNESS) for number in (1, 2, 3, 4)]
    ground = page.locator("body").evaluate(LIGHTNESS)

    assert min(abs(each - ground) for each in shades) > 0.04
    assert len({page.locator(f"i.swatch.s{number}").evaluate(COLOUR) for number in (1, 2, 3, 4)}) == 4


def test_defect_21_code_in_markdown_is_code(site: Path) -> None:
    """The summary shows code as code, and no quote of its own with a backslash before it."""
    text = (site / "report.md").read_text(encoding="utf-8")
    ours = [line for line in text.splitlines() if "alert" not in line]

    assert [line for line in ours if "\\`\\`" in line or "``" in line.replace("```", "")] == []


@pytest.mark.parametrize("file", [*navigation(), "b/SND-001.html", "interpreters/pypy-3.11.html"])
def test_defect_22_a_page_says_what_it_is(visit: Visit, file: str) -> None:
    """Title with the name of the site, description, icon; a page of its own is no copy of another one's title."""
    page = visit(file)
    title = page.title()
    meta = {
        name: page.locator(f"meta[{name}]").get_attribute("content")
        for name in ("name=description", "property='og:title'")
    }

    assert title.endswith(" · Asynchronous generator conformance")
    assert all(meta.values())
    assert page.locator("link[rel=icon]").get_attribute("href")
    assert page.locator("link[rel=alternate][type='application/atom+xml']").count() == 1
