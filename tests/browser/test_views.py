"""What the other views do when they are used: filters that stay in the address, folds, what is copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from conformance.catalogue import load
from reports.model import Report
from reports.site.markup import behaviour_url, interpreter_url

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit


def rows(page: Page, selector: str) -> list[str]:
    """The texts of the first cells of the rows that can be seen."""
    found: list[str] = page.evaluate(
        "selector => [...document.querySelectorAll(selector)]"
        ".filter(row => !row.hidden && !row.closest('[hidden]')).map(row => row.cells[0].textContent)",
        selector,
    )
    return found


def reopened(visit: Visit, page: Page, address: str) -> Page:
    """The page in another window, by the address that it has now."""
    return visit(f"{address}#{page.url.partition('#')[2]}")


@pytest.mark.parametrize(("field", "attribute"), [("#failing", "data-fails"), ("#untested", "data-untested")])
def test_the_boxes_of_the_specification(visit: Visit, field: str, attribute: str) -> None:
    """A box leaves the rows that it is about, and the address gives them again."""
    page = visit("specification.html")
    wanted = page.locator(f".demand[{attribute}]").count()

    page.check(field)

    found = rows(page, ".demand")
    assert len(found) == wanted < page.locator(".demand").count()
    expect(page.locator("#found")).to_have_text(f"{wanted} rows")
    assert rows(reopened(visit, page, "specification.html"), ".demand") == found


def test_the_words_of_the_specification(visit: Visit) -> None:
    """Words leave the sentences that have them all, or stand in a section that does; an ID leaves what it shows."""
    page = visit("specification.html")
    everything = len(rows(page, ".demand"))

    page.fill("#find", "SND-001")
    found = rows(page, ".demand")

    assert found
    assert all("SND-001" in text for text in found)
    assert rows(reopened(visit, page, "specification.html"), ".demand") == found
    page.fill("#find", "xyzzy")
    assert rows(page, ".demand") == []
    assert page.locator("section.document").locator("visible=true").count() == 0
    page.fill("#find", "")
    assert len(rows(page, ".demand")) == everything


def test_the_specification_by_its_documents(visit: Visit) -> None:
    """The table of documents leads to each of them, and the tutorial's sentences are marked."""
    page = visit("specification.html")
    for link in page.locator("table.demands").first.locator("tbody a").all():
        assert page.locator(f"section.document h2{link.get_attribute('href')}").count() == 1

    assert page.locator(".accuracy.inaccurate").count() > 0
    assert page.locator("tr.section:has(.accuracy.inaccurate) .truth").count() > 0


def test_the_oldest_version(visit: Visit) -> None:
    """What changed up to the oldest version that a library supports concerns it no longer."""
    page = visit("versions.html")
    sections = "els => els.filter(el => !el.hidden).map(el => Number(el.dataset.version))"
    every = page.locator(".of-version").evaluate_all(sections)

    page.select_option("#oldest", "3.10")

    assert page.locator(".of-version").evaluate_all(sections) == [version for version in every if version > 10]
    again = reopened(visit, page, "versions.html")
    assert again.locator(".of-version").evaluate_all(sections) == [version for version in every if version > 10]
    expect(again.locator("#oldest")).to_have_value("3.10")


def test_the_filters_of_the_versions(visit: Visit) -> None:
    """Words and the box of details leave what they say, and the address gives it again."""
    page = visit("versions.html")
    everything = rows(page, ".change")

    page.check("#binding")
    binding = rows(page, ".change")
    page.fill("#find", "aclose")
    both = rows(page, ".change")

    assert len(binding) == page.locator(".change:not(.detail)").count() < len(everything)
    assert both == [text for text in binding if "aclose" in text.lower()]
    expect(page.locator("#found")).to_have_text(f"{len(both)} changes")
    assert rows(reopened(visit, page, "versions.html"), ".change") == both


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
    page.get_by_role("link", name="Failures in the matrix").click()
    expect(page.locator("#matrix")).to_be_visible()
    assert page.url.partition("#")[2]


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
    """Its anchor opens its code with the command that runs it alone; others stay shut."""
    page = visit(behaviour_url(load()["SND-012"]))
    section = page.locator("#SND-012")

    expect(section).to_be_in_viewport()
    expect(section.locator("details.code")).to_have_attribute("open", "")
    assert "python -m conformance script 'SND-012[" in section.locator("code.copy").inner_text()
    expect(page.locator("#SND-001 details.code")).not_to_have_attribute("open", "")


def test_the_badge_is_drawn(visit: Visit, report: Report) -> None:
    """The picture of the badge loads from the folder."""
    page = visit(interpreter_url(report.results[0]))

    assert page.locator("#badge ~ p img").first.evaluate("el => el.complete && el.naturalWidth > 50")
