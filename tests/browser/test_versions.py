"""The changes from version to version: filters that stay in the address, and tables that fit the window."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

SHOWN = "els => els.filter(el => el.checkVisibility()).map(el => Number(el.dataset.version))"


def query_of(page: Page) -> str:
    """The filters in the address of the page, as the page itself sees it."""
    found: str = page.evaluate("location.search.slice(1)")
    return found


def rows(page: Page) -> list[str]:
    """The texts of the first cells of the changes that are shown."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('.change')].filter(row => !row.hidden && !row.closest('[hidden]'))"
        ".map(row => row.cells[0].textContent)"
    )
    return found


def query(page: Page) -> dict[str, list[str]]:
    """The filters in the address."""
    return parse_qs(query_of(page))


def links(page: Page) -> dict[str, int]:
    """Version → count, of the list of versions as it is shown."""
    found: dict[str, int] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.of-versions li')].filter(li => !li.hidden)"
        ".map(li => [li.querySelector('a').textContent, Number(li.querySelector('span').textContent)]))"
    )
    return found


def test_the_oldest_version(visit: Visit) -> None:
    """What changed up to the oldest version that a library supports concerns it no longer."""
    page = visit("versions.html")
    every = page.locator(".of-version").evaluate_all(SHOWN)

    page.select_option("#oldest", "3.10")

    assert page.locator(".of-version").evaluate_all(SHOWN) == [version for version in every if version > 10]
    assert query(page) == {"oldest": ["3.10"]}
    again = visit(f"versions.html?{query_of(page)}")
    assert again.locator(".of-version").evaluate_all(SHOWN) == [version for version in every if version > 10]
    expect(again.locator("#oldest")).to_have_value("3.10")


def test_a_version_in_the_list_keeps_the_filter(visit: Visit) -> None:
    """A click on a version, and the link to the content, change the fragment and leave the filters as they are."""
    page = visit("versions.html?oldest=3.9")
    before = rows(page)

    page.locator(".of-versions a", has_text="3.12").click()

    assert query(page) == {"oldest": ["3.9"]}
    assert page.evaluate("location.hash.slice(1)") == "v3.12"
    expect(page.locator("#v3\\.12")).to_be_in_viewport()
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash.slice(1)") == "main"
    assert rows(visit(f"versions.html?{query_of(page)}#main")) == before


def test_the_list_of_versions_follows_the_filter(visit: Visit) -> None:
    """It has the versions of which something is shown, with how much: none leads to what is hidden."""
    page = visit("versions.html?oldest=3.8")

    found = links(page)

    assert "3.8" not in found
    assert sum(found.values()) == len(rows(page))
    page.fill("#find", "anext default")
    assert sum(links(page).values()) == len(rows(page)) > 0
    assert page.locator(".of-version").evaluate_all(SHOWN) == [int(each.split(".")[1]) for each in links(page)]


def test_an_address_is_shown_whatever_the_filter_says(visit: Visit) -> None:
    """A link to a change that the filter would hide shows the change."""
    page = visit("versions.html?oldest=3.12#RUN-002")

    expect(page.locator("#RUN-002")).to_be_in_viewport()


@pytest.mark.parametrize("words", ["anext default", "anext(default)", "defaults of anext()", "BLT-009"])
def test_words_are_found_as_people_write_them(visit: Visit, words: str) -> None:
    """A query is taken apart at what is no letter, and an ending does not matter."""
    page = visit("versions.html?oldest=3.9")
    page.fill("#find", words.replace("of ", ""))

    assert any("BLT-009" in text for text in rows(page))


def test_the_filters_together(visit: Visit) -> None:
    """Words and the box of details leave what they say, the count says how many, and the address gives it again."""
    page = visit("versions.html")
    everything = rows(page)

    page.check("#binding")
    binding = rows(page)
    page.fill("#find", "aclose")
    both = rows(page)

    assert len(binding) == page.locator(".change:not(.detail)").count() < len(everything)
    assert set(both) >= {text for text in binding if re.search(r"\baclose", text)} > set()
    assert set(both) < set(binding)
    expect(page.locator("#found")).to_have_text(f"{len(both)} of {len(everything)} changes")
    assert rows(visit(f"versions.html?{query_of(page)}")) == both


def test_back_takes_a_filter_back(visit: Visit) -> None:
    """Each choice is a step of the history, and what is typed into one field is one step."""
    page = visit("versions.html")
    everything = len(rows(page))
    page.select_option("#oldest", "3.9")
    chosen = rows(page)
    page.locator("#find").press_sequentially("aclose")
    assert len(rows(page)) < len(chosen)

    page.go_back()

    expect(page.locator("#find")).to_have_value("")
    assert rows(page) == chosen
    page.go_back()
    expect(page.locator("#oldest")).to_have_value("")
    assert len(rows(page)) == everything


def test_old_links_keep_their_filters(visit: Visit) -> None:
    """An address that has its filters in the fragment, as all had before, still means the same."""
    page = visit("versions.html#oldest=3.9&details=no")

    expect(page.locator("#oldest")).to_have_value("3.9")
    expect(page.locator("#binding")).to_be_checked()


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_tables_fit_the_window(visit: Visit, width: int) -> None:
    """No table is wider than the window, and the sentence and the last column are seen together."""
    page = visit("versions.html?oldest=3.11", viewport={"width": width, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    row = page.locator(".change:visible").first
    for cell in (row.locator("th"), row.locator("td").last):
        box = cell.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("width", [1440, 390])
def test_the_head_stays(visit: Visit, width: int) -> None:
    """The names of the columns are in sight at the last row of a long table."""
    page = visit("versions.html?oldest=3.15", viewport={"width": width, "height": 700})

    page.locator(".change:visible").last.scroll_into_view_if_needed()

    head = page.locator(".of-version:visible thead th", has_text="3.16").last
    expect(head).to_be_in_viewport(ratio=0.9)
    assert page.evaluate(
        "el => { const box = el.getBoundingClientRect();"
        " return el.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)) }",
        head.element_handle(),
    )
