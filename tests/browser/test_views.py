"""What the other views do when they are used: filters that stay in the address, folds, what is copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from conformance.catalogue import load
from reports.model import Report
from reports.site.markup import behaviour_url, interpreter_url

if TYPE_CHECKING:
    from tests.browser.conftest import Visit


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_has_the_colours_of_the_page(visit: Visit, scheme: str) -> None:
    """The drawn states can be seen on light and on dark."""
    page = visit("states.html", color_scheme=scheme)
    colour = "el => getComputedStyle(el).fill"

    text = page.locator("svg.machine text").first.evaluate(colour)

    assert text == page.evaluate("getComputedStyle(document.body).color")
    assert text != page.locator("svg.machine rect").first.evaluate(colour)


def test_an_interpreter(visit: Visit, report: Report) -> None:
    """Its page names what fails, leads to each behaviour, and to the matrix with what it is about."""
    worst = max(report.results, key=lambda each: report.total.binding[each.slug].failed)
    page = visit(interpreter_url(worst))
    failing = [
        standing.behaviour.id
        for standing in report.standings
        if standing.behaviour.level != "detail" and standing.fails_in([worst])
    ]

    links = set(page.locator("main a.id").evaluate_all("els => els.map(el => el.textContent)"))
    assert failing
    assert set(failing) <= links
    page.get_by_role("link", name="All that fail here").click()
    expect(page.locator("#found")).to_contain_text(f"{len(failing)} behaviours fail on")


def test_what_is_copied(visit: Visit, report: Report) -> None:
    """Each button puts the text before it on the clipboard, and says so."""
    page = visit(interpreter_url(report.results[0]))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    snippets = page.locator("pre.copy")
    assert snippets.count() >= 4

    for number in range(snippets.count()):
        snippets.nth(number).locator("+ button").click()
        expect(snippets.nth(number).locator("+ button")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == snippets.nth(number).inner_text()


def test_a_behaviour(visit: Visit) -> None:
    """Its page has the code, the command that runs it alone, and the whole program to copy."""
    page = visit(behaviour_url(load()["SND-012"]))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    assert "async def agen" in page.locator("pre.code").first.inner_text()
    expect(page.locator("pre.copy", has_text="./python SND-012.py 'SND-012[42]'")).to_be_visible()
    page.get_by_role("button", name="Copy the whole program").click()
    assert "SND-012" in page.evaluate("navigator.clipboard.readText()")


def test_the_badge_is_drawn(visit: Visit, report: Report) -> None:
    """The picture of the badge loads from the folder."""
    page = visit(interpreter_url(report.results[0]))

    assert page.locator("#badge ~ p img").first.evaluate("el => el.complete && el.naturalWidth > 50")
