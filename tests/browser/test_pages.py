"""Each view as a whole: what it asks for, who can read it, where it fits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from conformance.catalogue import load
from conformance.sources import PEP525
from reports.model import Report
from reports.site import compare, home, matrix, navigation
from reports.site.markup import behaviour_url, interpreter_url, module_url
from reports.site.specification import document_url

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

#: One page of each kind, by its address; the search and the matrix also with an answer.
ADDRESSES = {
    **{file.removesuffix(".html"): file for file in navigation()},
    "answers": f"{home.FILE}?q=close",
    "query": f"{matrix.FILE}?fails=pypy&holds=cpython",
    "behaviour": behaviour_url(load()["SND-001"]),
    "module": module_url(load()["SND-001"].module),
    "document": document_url(PEP525),
}
#: Of the pages of behaviours, which are alike, every so many is opened.
STEP = 40
#: axe would load the style sheets once more, which no page from a folder may do.
AXE = {"resultTypes": ["violations"], "preload": False}
NARROW = {"width": 360, "height": 740}
#: What is left of A4 between margins of 1 cm, in CSS pixels.
PAPER = {"width": 718, "height": 1047}
#: How much may move while a page loads: below it nobody notices.
SHIFT = 0.05
#: How much moved so far, in the measure of the browser.
SHIFTED = """() => new Promise(done => {
  let sum = 0;
  const add = list => { for (const each of list.getEntries()) sum += each.value; };
  new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 50);
})"""


def addresses(report: Report) -> dict[str, str]:
    """One page of each kind, among them that of the interpreter with the most failures."""
    worst = max(report.results, key=lambda each: report.total.binding[each.slug].failed)
    return {**ADDRESSES, "interpreter": interpreter_url(worst)}


def test_every_page_opens(visit: Visit, site: Path) -> None:
    """Each page of the site has a heading, and loads what is in the folder and nothing else, without a complaint."""
    page = visit()
    behaviours = sorted((site / "b").glob("*.html"))
    for path in sorted({*site.rglob("*.html")} - {*behaviours}) + behaviours[::STEP]:
        text = path.read_text(encoding="utf-8")
        if "redirect.js" in text or 'http-equiv="refresh"' in text:
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
    page = visit(addresses(report)[view], viewport=PAPER)
    page.evaluate(
        "addEventListener('beforeprint', () => {"
        " window.shut = document.querySelectorAll('main details:not([open])').length })"
    )

    assert page.pdf().startswith(b"%PDF")
    assert page.evaluate("window.shut") == 0
    page.emulate_media(media="print")
    assert page.locator("nav[aria-label=Views]").is_hidden()
    assert [each for each in page.locator("#ask, #query, [data-tools], button").all() if each.is_visible()] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")


@pytest.mark.parametrize(
    "view", [name for name in ADDRESSES if ADDRESSES[name] != compare.FILE and "?" not in ADDRESSES[name]]
)
def test_no_page_needs_a_script(visit: Visit, report: Report, view: str) -> None:
    """Without JavaScript nothing that a view says is hidden, and no control stands there that would do nothing."""
    page = visit(addresses(report)[view], java_script_enabled=False)

    assert page.locator("form, [data-tools], button").locator("visible=true").count() == 0
    assert page.locator("nav[aria-label=Views] a").locator("visible=true").count() == len(navigation())
    if view == "module":
        assert page.locator(".columns tbody tr").locator("visible=true").count() > 10
    if view == "behaviour":
        assert "async def agen" in page.locator("pre.code").first.inner_text()


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("view", [*ADDRESSES, "interpreter"])
def test_nothing_moves_while_a_page_loads(visit: Visit, report: Report, view: str, viewport: dict[str, int]) -> None:
    """What a script adds has its place from the first view on."""
    page = visit(addresses(report)[view], viewport=viewport)

    assert page.evaluate(SHIFTED) < SHIFT


@pytest.mark.parametrize("view", [*ADDRESSES, "interpreter"])
def test_the_content_is_near(visit: Visit, report: Report, view: str) -> None:
    """A reader with a keyboard comes to the content after the skip link and the views, or at once by the skip link."""
    page = visit(addresses(report)[view])

    page.locator(".skip").focus()
    expect(page.locator(".skip")).to_be_in_viewport()
    for _ in range(len(navigation()) + 3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_menu_of_a_narrow_screen(visit: Visit) -> None:
    """It is a fold that one thumb opens, with or without scripts, and large enough to hit."""
    for scripts in (True, False):
        page = visit("versions.html", viewport=NARROW, java_script_enabled=scripts)
        links = page.get_by_role("navigation", name="Views").get_by_role("link")
        expect(links).to_have_count(0)

        page.locator("header summary").click()

        expect(links).to_have_count(len(navigation()))
        assert min(box["height"] for box in (each.bounding_box() for each in links.all()) if box) >= 32


def test_compare_says_that_it_needs_a_script(visit: Visit) -> None:
    """The one view that cannot do without says so, and names the command that does the same."""
    page = visit("compare.html", java_script_enabled=False)

    assert "python -m reports diff OLD NEW" in page.locator("noscript").inner_text()
    assert page.locator("form").is_hidden()
