"""Changes, names that stay and badges, in a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from reports.build import write
from reports.model import Report
from reports.recorded import FOLDER, read_all
from tests.browser import samples

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PAGES = ("changes.html", "changes/2026-11-30.html", "changes/2026-11-26.html", "changes/errata.html", "404.html")
AXE = {"resultTypes": ["violations"], "preload": False}


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the samples with the history of the published results."""
    folder = tmp_path_factory.mktemp("dated")
    made = samples.report()
    write(Report(made.results, made.left_out, history=read_all(FOLDER)), folder)
    return folder


@pytest.fixture
def show(browser: Browser, dated: Path) -> Any:
    """Opens a page of the site in a fresh context; a test fails if it asks for what is not in the folder."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(address: str, **options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("requestfailed", lambda request: troubles.append(f"{request.failure}: {request.url}"))
        page.goto(f"{dated.as_uri()}/{address}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    # A page that leads on is left before its own files have come.
    assert [each for each in troubles if "net::ERR_ABORTED" not in each] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_serious(show: Callable[..., Page], address: str, scheme: str) -> None:
    """No rule of axe-core that is serious or critical is broken, with every list open."""
    page = show(address, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true })")
    found = Axe().run(page, options=AXE).response["violations"]

    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("address", PAGES)
def test_a_narrow_screen(show: Callable[..., Page], address: str) -> None:
    """Nothing but a table is wider than a phone."""
    page = show(address, viewport={"width": 390, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_first_column_stays(show: Callable[..., Page]) -> None:
    """Who moves the table of a day to its right end still sees which implementation a number is of."""
    page = show("changes.html", viewport={"width": 390, "height": 800})
    page.evaluate("document.querySelector('.wide').scrollLeft = 9999")

    place = page.locator("table.changes th[scope=row]").first.bounding_box()

    assert place is not None
    assert place["x"] >= 0


def test_a_name_that_stays_leads_on(show: Callable[..., Page], dated: Path) -> None:
    """The old address of a release, with its anchor and its filters, leads to the page of the newest run."""
    page = show("interpreters/pypy-8.0.1.html?fails=pypy#badge")
    page.wait_for_url("**/pypy-3.11.html?fails=pypy#badge")

    assert page.locator("h1").inner_text() == "PyPy 8.0.1 (Python 3.11.0)"


def test_a_name_that_stays_leads_on_without_scripts(show: Callable[..., Page]) -> None:
    """Without JavaScript the page leads on as well."""
    page = show("interpreters/cpython.html", java_script_enabled=False)
    page.wait_for_url("**/cpython-3.13.html")

    assert page.locator("h1").inner_text() == "CPython 3.13.0"


def test_an_address_of_an_earlier_day(show: Callable[..., Page]) -> None:
    """A release that was published, and is not in the report, leads to the newest run of its family."""
    page = show("interpreters/cpython-3.14.10.html")
    page.wait_for_url("**/cpython-3.13.html")

    assert page.locator("h1").inner_text() == "CPython 3.13.0"


def test_an_implementation_that_is_gone(show: Callable[..., Page]) -> None:
    """Its address says so, and does not lead elsewhere by itself."""
    page = show("interpreters/graalpy.html")

    assert "is not in this report any more" in page.locator("main").inner_text()


def test_the_badges_have_different_colours(show: Callable[..., Page], dated: Path) -> None:
    """Failing, absent and incomplete differ: 28 of 31 published badges had one colour."""
    page = show("badges/pypy.svg")
    colours = []
    for name in ("pypy", "tiny", "micro"):
        page.goto(f"{dated.as_uri()}/badges/{name}.svg")
        colours.append(page.locator("rect").last.get_attribute("fill"))

    assert len(set(colours)) == 3


def test_the_pictures_over_time_have_tables(show: Callable[..., Page]) -> None:
    """Each picture has a name, and the same numbers as a table."""
    page = show("changes.html")
    figures = page.locator(".lines figure")

    assert figures.count() == figures.locator("table").count() == page.locator(".lines svg[aria-label]").count() > 5
