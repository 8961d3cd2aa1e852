"""The state machine, the tutorials and the next version, as a reader meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from conformance.sources import documents
from reports.site import features, states, tutorials

if TYPE_CHECKING:
    from reports.model import Report
    from tests.browser.conftest import Visit

PAGES = (states.FILE, tutorials.FILE, features.FILE)


def test_the_states_are_found_without_scrolling_far(visit: Visit, report: Report) -> None:
    """The links to the tables of the interpreters are within two windows, and the tables themselves are not here."""
    page = visit("states.html")
    there = [each for each in report.results if not each.absent]
    links = page.locator("table.differences th a")

    expect(page.locator("svg.machine")).to_be_visible()
    assert page.locator("svg.machine").get_attribute("role") == "img"
    assert links.count() == len(there)
    assert all(address.endswith("#states") for address in links.evaluate_all("els => els.map(el => el.href)"))
    assert links.first.evaluate("el => el.getBoundingClientRect().top") < 2 * 900
    assert page.locator("table.transitions").count() == 3


def test_a_cell_says_who_does_otherwise(visit: Visit) -> None:
    """What an operation does while another one is suspended, and who differs, stand in one cell with an address."""
    page = visit("states.html#in-await")
    row = page.locator("tr#in-await")

    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("raises RuntimeError")
    expect(row.locator(".not a").first).to_have_text("PyPy")


def test_delegating_is_a_state(visit: Visit) -> None:
    """The picture and the table have the state that comes with Python 3.16."""
    page = visit("states.html#delegating")

    expect(page.locator("tr#delegating")).to_contain_text("from 3.16")
    assert page.locator("svg.machine rect.coming").count() == 1


def test_tutorials_are_in_the_navigation(visit: Visit) -> None:
    """A newcomer gets from any page to the sentences of each text, with one click."""
    page = visit("states.html")
    page.locator("header nav a", has_text="Tutorials").click()

    for document in (each for each in documents() if each.level is None):
        expect(page.locator(f"h2#{document.__name__}")).to_have_text(document.title)
    assert page.locator("b.accuracy").count() > 50


def test_the_next_version_says_what_to_do(visit: Visit) -> None:
    """An implementer finds the command with the version, and the sentences to make true."""
    page = visit("index.html")
    page.locator("header nav a", has_text="Python 3.16").click()

    expect(page.locator("pre").first).to_contain_text("--language-version 3.16")
    expect(page.locator("[id='PEP828.YIELD_FROM']")).to_contain_text("What athrow() gives is the next item")


@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("file", PAGES)
def test_nothing_is_wider_than_the_window(visit: Visit, file: str, width: int) -> None:
    """Only tables scroll sideways, inside of themselves, and their first column stays in sight."""
    page = visit(file, viewport={"width": width, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    hidden = page.evaluate(
        """() => [...document.querySelectorAll('main .wide:has(tbody th[scope=row])')].map(box => {
            box.scrollLeft = 9999;
            const cell = box.querySelector('tbody th[scope=row]').getBoundingClientRect();
            return cell.right - Math.max(0, box.getBoundingClientRect().left);
        }).filter(visible => visible < 60)"""
    )
    assert hidden == []


@pytest.mark.parametrize("file", PAGES)
def test_pages_are_small(visit: Visit, file: str) -> None:
    """No page has more than 15,000 nodes, and the content is a few tab stops away."""
    page = visit(file)

    assert page.evaluate("document.querySelectorAll('*').length") < 15_000
    before = page.locator("body > :not(main, footer) :is(a, button, input, summary)").count()
    assert before < 36
