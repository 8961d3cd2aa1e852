"""Each view as a whole: what it asks for, who can read it, where it fits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from conformance.catalogue import load
from conformance.sources import PEP525
from reports.model import Report
from reports.site import compare, matrix, navigation
from reports.site.markup import behaviour_url, interpreter_url
from reports.site.specification import document_url

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

#: One page of each kind, by its address. The matrix is looked at with a module open, as rows are shut at first.
ADDRESSES = {
    **{file.removesuffix(".html"): file for file in navigation() if file != matrix.FILE},
    "matrix": f"{matrix.FILE}#open=bidirection-asend",
    "behaviour": behaviour_url(load()["SND-001"]),
    "document": document_url(PEP525),
}
#: axe would load the style sheets once more, which no page from a folder may do.
AXE = {"resultTypes": ["violations"], "preload": False}
NARROW = {"width": 360, "height": 740}
#: What is left of A4 between margins of 1 cm, in CSS pixels; the matrix is laid on its side.
PAPER = {"width": 718, "height": 1047}
WIDE_PAPER = {"width": 1047, "height": 718}


def addresses(report: Report) -> dict[str, str]:
    """One page of each kind, among them that of the interpreter with the most failures."""
    worst = max(report.results, key=lambda each: report.total.binding[each.slug].failed)
    return {**ADDRESSES, "interpreter": interpreter_url(worst)}


def test_every_page_opens(visit: Visit, site: Path) -> None:
    """Each page of the site has a heading, and loads what is in the folder and nothing else, without a complaint."""
    page = visit()
    for path in sorted(site.rglob("*.html")):
        if "redirect.js" in path.read_text(encoding="utf-8"):
            # It leads to one of the others.
            continue
        page.goto(path.as_uri())

        assert page.locator("h1").count() == 1, path.name
        assert page.evaluate("document.documentElement.className") == "js"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", [*ADDRESSES, "interpreter"])
def test_axe_finds_nothing_serious(visit: Visit, report: Report, view: str, scheme: str) -> None:
    """No rule of axe-core that is serious or critical is broken, by colours on light and on dark among others."""
    page = visit(addresses(report)[view], color_scheme=scheme)
    page.set_default_timeout(0)

    found = Axe().run(page, options=AXE).response["violations"]

    serious = [
        (each["id"], each["nodes"][0]["html"][:200], each["nodes"][0]["failureSummary"])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_dark_is_dark(visit: Visit) -> None:
    """The pages follow the scheme that the reader's system asks for."""

    def lightness(page: Page) -> int:
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in colour.strip("rgb()").split(","))

    assert lightness(visit(color_scheme="light")) > 700
    assert lightness(visit(color_scheme="dark")) < 100


@pytest.mark.parametrize("view", [*ADDRESSES, "interpreter"])
def test_a_narrow_screen(visit: Visit, report: Report, view: str) -> None:
    """At 360 pixels a page is not wider than the window: wide tables scroll in frames of their own."""
    page = visit(addresses(report)[view], viewport=NARROW)

    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


@pytest.mark.parametrize("view", [*ADDRESSES, "interpreter"])
def test_paper(visit: Visit, report: Report, view: str) -> None:
    """In print what can only be clicked is gone, folds are open, and nothing is cut off at the margin."""
    page = visit(addresses(report)[view], viewport=WIDE_PAPER if view == "matrix" else PAPER)
    page.evaluate(
        "addEventListener('beforeprint', () => {"
        " window.shut = document.querySelectorAll('main details:not([open])').length })"
    )

    assert page.pdf().startswith(b"%PDF")
    assert page.evaluate("window.shut") == 0
    page.emulate_media(media="print")
    assert page.locator("nav[aria-label=Views]").is_hidden()
    assert [each for each in page.locator("#filterbox, [data-tools]").all() if each.is_visible()] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")


@pytest.mark.parametrize("view", [name for name in ADDRESSES if ADDRESSES[name] != compare.FILE])
def test_no_page_needs_a_script(visit: Visit, report: Report, view: str) -> None:
    """Without JavaScript nothing that a view says is hidden, and no control stands there that would do nothing."""
    page = visit(addresses(report)[view], java_script_enabled=False)

    assert page.locator("#filterbox, [data-tools], button").locator("visible=true").count() == 0
    if view == "matrix":
        assert page.locator(".rows tr").locator("visible=true").count() == len(report.standings)
    if view == "behaviour":
        shown = page.locator("section.behaviour")
        assert shown.locator("visible=true").count() == shown.count() > 10
        page.locator("#SND-001 summary", has_text="Code").click()
        assert "async def agen" in page.locator("#SND-001 details.code pre").inner_text()


def test_compare_says_that_it_needs_a_script(visit: Visit) -> None:
    """The one view that cannot do without says so, and names the command that does the same."""
    page = visit("compare.html", java_script_enabled=False)

    assert "python -m reports diff OLD NEW" in page.locator("noscript").inner_text()
    assert page.locator("form").is_hidden()
