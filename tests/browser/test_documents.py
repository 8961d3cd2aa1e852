"""The documents: their overview with the search over all demands, and the page of each one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from conformance.sources import documents
from conformance.verdicts import STATUSES
from reports.model import Report
from reports.site.specification import Chapter, chapters, document_url

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

REFERENCE = "documents/REFERENCE.html"


def query_of(page: Page) -> str:
    """The filters in the address of the page, as the page itself sees it."""
    found: str = page.evaluate("location.search.slice(1)")
    return found


def rows(page: Page) -> list[str]:
    """The texts of the first cells of the demands that are shown."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('.demand')].filter(row => !row.hidden && !row.closest('[hidden]'))"
        ".map(row => row.cells[0].textContent)"
    )
    return found


def chapter(report: Report) -> Chapter:
    """The language reference."""
    return next(each for each in chapters(report) if document_url(each.document) == REFERENCE)


@pytest.mark.parametrize("family", ["cpython", "pypy"])
def test_demands_that_fail_on_one_implementation(visit: Visit, report: Report, family: str) -> None:
    """The choice leaves the demands of which a behaviour fails on its newest release; the address gives them again."""
    head = next(each.head for each in report.families if each.slug == family)
    wanted = sum(STATUSES[row.statuses[head.slug]].fails for row in chapter(report).demands)
    page = visit(REFERENCE)
    everything = len(rows(page))

    page.select_option("#fails", family)

    found = rows(page)
    assert len(found) == wanted < everything
    expect(page.locator("#found")).to_have_text(f"{wanted} of {everything} rows")
    assert parse_qs(query_of(page)) == {"fails": [family]}
    assert rows(visit(f"{REFERENCE}?fails={family}")) == found


def test_the_overview_leads_to_what_fails(visit: Visit, report: Report) -> None:
    """The number of a document and an implementation is the number of the demands to which it leads."""
    page = visit("specification.html")
    cell = page.locator("#REFERENCE a[href$='fails=pypy']")
    count = int(cell.inner_text())

    cell.click()

    expect(page.locator("#found")).to_contain_text(f"{count} of ")
    assert len(rows(page)) == count > 0


def test_words_of_a_document(visit: Visit) -> None:
    """Words are looked for in sentences, titles of sections, IDs and quotations; nothing else is shown."""
    page = visit(REFERENCE)
    everything = len(rows(page))

    page.fill("#find", "SND-001")
    found = rows(page)

    assert found
    assert all("SND-001" in text for text in found)
    page.fill("#find", "external call")
    assert any("just another external call" in text for text in rows(page))
    page.fill("#find", "xyzzy")
    assert rows(page) == []
    page.fill("#find", "")
    assert len(rows(page)) == everything


def test_anchors_keep_the_filters(visit: Visit) -> None:
    """A click on a section and the link to the content change the fragment only, and what they lead to is shown."""
    page = visit(f"{REFERENCE}?fails=pypy")
    before = len(rows(page))
    page.locator(".sections summary").click()

    page.locator(".sections a").last.click()

    assert query_of(page) == "fails=pypy"
    expect(page.locator(".section").last).to_be_in_viewport()
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert len(rows(visit(f"{REFERENCE}?{query_of(page)}#main"))) == before


@pytest.mark.parametrize("words", ["suspended generators", "GeneratorExit into the suspended generator"])
def test_the_search_over_all_documents(visit: Visit, words: str) -> None:
    """It finds sentences and quotations of every document, and leads to the section."""
    page = visit("specification.html")

    page.fill("#find", words)

    found = page.locator("#demands li")
    assert found.count() > 0
    link = found.first.locator(".place a")
    place = (link.get_attribute("href") or "").partition("#")[2]
    link.click()
    expect(page.locator(f"[id='{place}']")).to_be_in_viewport()


def test_the_search_gives_its_address(visit: Visit) -> None:
    """The address has the words and the choice, Back takes them back, and an old link with a box still works."""
    page = visit("specification.html")
    page.select_option("#fails", "pypy")
    chosen = page.locator("#found").inner_text()
    page.fill("#find", "asend")

    assert parse_qs(query_of(page)) == {"fails": ["pypy"], "find": ["asend"]}
    page.go_back()
    expect(page.locator("#found")).to_have_text(chosen)
    old = visit("specification.html#failing=yes")
    expect(old.locator("#fails")).to_have_value("any")
    assert old.locator("#demands li").count() > 0


@pytest.mark.parametrize(
    "document", [each for each in documents() if each.level is not None], ids=lambda it: it.__name__
)
def test_old_addresses_lead_to_the_pages(visit: Visit, document: type) -> None:
    """The place of a document is its row in the overview, and that of a section is on the page of the document."""
    page = visit(f"specification.html#{document.__name__}")
    expect(page.locator(f"#{document.__name__}")).to_be_in_viewport()
    section = document.sections[-1].id  # type: ignore[attr-defined]

    moved = visit(f"specification.html#{section}")

    moved.wait_for_url(f"**/documents/{document.__name__}.html#{section}")
    expect(moved.locator(f"[id='{section}']")).to_be_in_viewport()


def test_heads_have_names_and_stay(visit: Visit) -> None:
    """Far down in a document the columns have the names of implementations, and the sentence is beside the last one."""
    page = visit(REFERENCE, viewport={"width": 1440, "height": 800})
    row = page.locator(".demand").nth(40)
    row.scroll_into_view_if_needed()

    names = page.locator(".demands thead th")
    texts = names.all_inner_texts()
    assert len(texts) == len(set(texts))
    for number in range(names.count()):
        expect(names.nth(number)).to_be_in_viewport(ratio=0.9)
    box = row.locator("td").last.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 1440


def test_focus_is_not_hidden_under_the_head(visit: Visit) -> None:
    """Going backwards with the keyboard, what has the focus is below the head that stays."""
    page = visit(REFERENCE, viewport={"width": 1440, "height": 700})
    page.locator(".demand small a").nth(80).focus()

    for _ in range(25):
        page.keyboard.press("Shift+Tab")
        covered = page.evaluate(
            "() => { const box = document.activeElement.getBoundingClientRect();"
            " const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);"
            " return !document.activeElement.contains(seen) && document.activeElement !== seen"
            " ? document.activeElement.outerHTML + (seen && seen.outerHTML).slice(0, 80) : null }"
        )
        assert covered is None


def test_without_a_script_the_documents_can_be_read(visit: Visit) -> None:
    """Each demand and each document is there, and no control that would do nothing."""
    overview = visit("specification.html", java_script_enabled=False)
    page = visit(REFERENCE, java_script_enabled=False)

    assert overview.locator("[data-tools]").is_hidden()
    assert overview.locator(".documents tbody tr").locator("visible=true").count() == len(documents())
    assert page.locator(".demand").locator("visible=true").count() == page.locator(".demand").count() > 100
