"""The matrix: each query against what the results say, the address, what folds out, and the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from conformance.verdicts import STATUSES
from reports.model import Report, Result, Standing
from reports.site import table

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

    Wanted = Callable[[Standing, Report], bool]

BINDING = ("language", "library")


def ids(page: Page) -> list[str]:
    """The IDs of the behaviours that the query found, after all of them are shown."""
    more = page.locator("#more")
    while more.is_visible():
        more.click()
    return [str(text) for text in page.locator("#rows tbody .id").all_inner_texts()]


def columns(page: Page) -> list[str]:
    """The pages of the columns in the table of the query."""
    links = page.locator("#rows thead a")
    return [str(each.get_attribute("href")).removeprefix("interpreters/").removesuffix(".html") for each in links.all()]


def newest(report: Report, family: str) -> Result:
    (head,) = [each.head for each in report.families if each.slug == family]
    return head


def all_of(report: Report, family: str) -> list[Result]:
    (those,) = [each.columns for each in report.families if each.slug == family]
    return list(those)


def fails(standing: Standing, *results: Result) -> bool:
    """Whether it fails on one of them."""
    return any(STATUSES[standing.statuses[each.slug]].fails for each in results)


def holds(standing: Standing, *results: Result) -> bool:
    """Whether it fails on none of them and holds on one."""
    return not fails(standing, *results) and any(standing.statuses[each.slug] == "pass" for each in results)


def families(standing: Standing, report: Report) -> set[str]:
    """The implementations of which a column fails."""
    return {each.name for each in report.families if fails(standing, *each.columns)}


def without_cause(standing: Standing, report: Report) -> bool:
    """Whether it fails somewhere, no baseline says why, and no cause is known."""
    known = table.causes(report)["of"]
    assert isinstance(known, dict)
    return any(
        fails(standing, each)
        and standing.statuses[each.slug] != "known"
        and place not in known.get(standing.behaviour.id, {})
        for place, each in enumerate(report.results)
    )


#: A query, and which of the behaviours of the two binding levels it has to find.
QUERIES: dict[str, Wanted] = {
    "fails=pypy": lambda it, report: fails(it, newest(report, "pypy")),
    "fails=cpython*": lambda it, report: fails(it, *all_of(report, "cpython")),
    "fails=cpython-3.12": lambda it, report: fails(it, report.names["cpython-3.12"]),
    "fails=pypy&holds=cpython*": lambda it, report: (
        fails(it, newest(report, "pypy")) and holds(it, *all_of(report, "cpython"))
    ),
    "holds=pypy,cpython": lambda it, report: holds(it, newest(report, "pypy")) and holds(it, newest(report, "cpython")),
    "area=bidirection": lambda it, _: it.behaviour.area == "bidirection",
    "show=failing": lambda it, report: fails(it, *report.results),
    "show=disagree": lambda it, report: fails(it, *report.results) and "pass" in it.statuses.values(),
    "show=one": lambda it, report: len(families(it, report)) == 1,
    "show=failing&without=pypy": lambda it, report: fails(
        it, *(each for each in report.results if each.implementation != "PyPy")
    ),
    "cause=known": lambda it, _: "known" in it.statuses.values(),
    "cause=none": without_cause,
    "cause=known&fails=pypy": lambda it, report: it.statuses[newest(report, "pypy").slug] == "known",
    "words=SND-01": lambda it, _: it.behaviour.id.startswith("SND-01"),
}


@pytest.mark.parametrize("query", QUERIES)
def test_a_query(visit: Visit, report: Report, query: str) -> None:
    """It finds what the results say, says how many that are, and is no overview any more."""
    expected = {
        each.behaviour.id
        for each in report.standings
        if each.behaviour.level in BINDING and QUERIES[query](each, report)
    }
    page = visit(f"matrix.html?{query}")

    expect(page.locator("#found")).to_contain_text(f"{len(expected)} behaviour")
    expect(page.locator("#overview")).to_be_hidden()
    assert set(ids(page)) == expected
    assert len(ids(page)) == len(expected)


@pytest.mark.parametrize("level", ["language", "library", "detail", "all"])
def test_levels(visit: Visit, report: Report, level: str) -> None:
    """One level alone, or all of them with the details."""
    page = visit(f"matrix.html?level={level}&area=lifecycle")

    assert set(ids(page)) == {
        each.behaviour.id
        for each in report.standings
        if each.behaviour.area == "lifecycle" and level in (each.behaviour.level, "all")
    }


def test_words_are_found_in_other_forms(visit: Visit) -> None:
    """The words are those of the search: stems, and the best answer first."""
    page = visit("matrix.html?words=asend+values+sent&level=all")

    assert "SND-001" in ids(page)[:30]


def test_columns(visit: Visit, report: Report) -> None:
    """The columns that a query names come first, then the newest of each other implementation that is not left out."""
    page = visit("matrix.html?fails=cpython-3.12&without=pypy&level=all")
    heads = [each.page for each in report.results if each in report.heads and each.implementation != "PyPy"]
    named = report.names["cpython-3.12"].page

    assert columns(page) == [named, *(each for each in heads if each != named)]


def test_the_form_makes_the_query(visit: Visit) -> None:
    """What is chosen is in the address, each choice is a step back, and Clear gives the overview."""
    page = visit("matrix.html")

    page.get_by_label("Fails on").first.select_option("pypy")
    assert page.url.endswith("matrix.html?fails=pypy")
    page.get_by_label("holds on").first.select_option("cpython*")
    assert page.url.endswith("?fails=pypy&holds=cpython*")
    found = ids(page)
    page.locator("[name=area]").select_option("bidirection")
    assert page.url.endswith("&area=bidirection")
    page.go_back()
    assert page.url.endswith("?fails=pypy&holds=cpython*")
    assert ids(page) == found
    expect(page.locator("[name=area]")).to_have_value("")
    page.get_by_role("button", name="Remove CPython").click()
    assert page.url.endswith("?fails=pypy")
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("#overview")).to_be_visible()
    assert page.url.endswith("matrix.html")


def test_an_anchor_keeps_the_query(visit: Visit) -> None:
    """The skip link does not destroy it."""
    page = visit("matrix.html?fails=pypy")
    found = ids(page)

    page.locator(".skip").focus()
    page.keyboard.press("Enter")

    assert page.url.endswith("?fails=pypy#main")
    assert ids(page) == found


def test_nothing_found(visit: Visit) -> None:
    """The count says so."""
    page = visit("matrix.html?words=SND-001&area=lifecycle")

    expect(page.locator("#found")).to_have_text("0 behaviours.")
    assert ids(page) == []


@pytest.mark.parametrize("words", ["?nope=1", "?fails=", "?", "?=&&=", "#open=y", "?q=%E0%A4%A", "?fails=,,,"])
def test_an_address_that_asks_nothing(visit: Visit, words: str) -> None:
    """What an address asks for and the page does not have is passed over."""
    page = visit(f"matrix.html{words}")

    expect(page.locator("#overview")).to_be_visible()
    expect(page.locator("#result")).to_be_hidden()


@pytest.mark.parametrize("words", ["fails=nobody", "holds=<img src=x onerror=alert(1)>", "fails=nobody*"])
def test_an_unknown_column(visit: Visit, words: str) -> None:
    """It is named as not being here, nothing fails or holds there, and its name is text."""
    page = visit(f"matrix.html?{words}")

    expect(page.locator("#found")).to_contain_text("0 behaviours")
    assert page.locator("main img").count() == 0


def test_show_more(visit: Visit, report: Report) -> None:
    """A long answer comes in parts of a hundred."""
    page = visit("matrix.html?level=all")
    rows = page.locator("#rows tbody tr")

    expect(rows).to_have_count(100)
    page.locator("#more").click()
    expect(rows).to_have_count(200)
    expect(page.locator("#more")).to_have_text(f"Show 100 more of {len(report.standings) - 200}")


def test_a_cell_leads_to_the_failure(visit: Visit, report: Report) -> None:
    """A sign says what it means, and leads to what was seen on that interpreter."""
    page = visit("matrix.html?fails=pypy&words=SND-012")
    pypy = newest(report, "pypy")
    cell = page.locator("#rows tbody td").first

    assert pypy.title in str(cell.get_attribute("title"))
    cell.locator("a").click()
    page.wait_for_url(re.compile(rf"/b/SND-012\.html#{re.escape(pypy.page)}$"))


def test_older_releases_fold_out(visit: Visit, report: Report) -> None:
    """The counts of a family's other columns come when its button is pressed, and go again."""
    page = visit("matrix.html")
    cells = page.locator("#matrix-interpreter tr.area").last.locator("td")
    heads = [each for each in report.families if each.kind == "interpreter"]
    rest = next(each for each in heads if each.slug == "cpython").rest

    page.get_by_role("button", name=f"{len(rest)} more of CPython").click()
    expect(cells).to_have_count(len(heads) + len(rest))
    count = report.total.binding[rest[0].slug]
    assert f"{count.passed}/{count.applicable}" in cells.all_inner_texts()
    page.get_by_role("button", name=f"{len(rest)} more of CPython").click()
    expect(cells).to_have_count(len(heads))


def test_by_keyboard_alone(visit: Visit) -> None:
    """From the skip link over the form to a behaviour, without a pointer, with the focus in sight."""
    page = visit("matrix.html")

    def go_to(selector: str) -> None:
        for _ in range(200):
            page.keyboard.press("Tab")
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} is not reached")

    go_to(".skip")
    page.keyboard.press("Enter")
    go_to("#fails")
    page.keyboard.type("PyPy")
    page.keyboard.press("Enter")
    go_to("[name=words]")
    page.keyboard.type("snd-012")
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    go_to("#rows a.id")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/b/SND-012\.html$"))
