"""The matrix: each filter against what the results say, the address, folding, and the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from conformance.verdicts import FAILING
from reports.model import Report, Result, Standing

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

#: What a form has been told, as one text.
FORM = "form => JSON.stringify([...new FormData(form)])"
#: Whether what has the focus, or the box around it, is outlined.
FOCUS_IN_SIGHT = """
[document.activeElement, document.activeElement.closest("label")]
  .filter(Boolean).map(each => getComputedStyle(each))
  .some(style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
"""
#: The statuses that say whether a behaviour holds.
SAID = (*FAILING, "pass")


def shown(page: Page) -> set[str]:
    """The behaviours whose rows are not filtered away."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('.rows tr')].filter(row => !row.hidden).map(row => row.id)"
    )
    return set(found)


def columns(page: Page) -> list[str]:
    """The slugs of the columns that can be seen."""
    links = page.locator("#matrix .versions th a").locator("visible=true")
    return [str(link.get_attribute("href")).removeprefix("interpreters/").removesuffix(".html") for link in links.all()]


def ids(standings: list[Standing]) -> set[str]:
    return {standing.behaviour.id for standing in standings}


def disagreement(standing: Standing, results: list[Result]) -> bool:
    """Whether one does and another does not, or they fail differently; that a failure is known changes nothing."""
    words = {standing.statuses[each.slug].replace("known", "fail") for each in results}
    return len(words & set(SAID)) > 1


def has(standing: Standing, *words: str) -> bool:
    """Whether all the words are in the ID or the sentence."""
    return all(word in f"{standing.behaviour.id} {standing.behaviour.sentence}".lower() for word in words)


def box(name: str, value: str) -> str:
    """The selector of a box of the filters."""
    return f'#filters input[name={name}][value="{value}"]'


@dataclass(frozen=True)
class Filter:
    """What is ticked, chosen and typed, and which behaviours must then be left."""

    wanted: Callable[[Standing, Report], bool]
    ticked: tuple[tuple[str, str], ...] = ()
    show: str = ""
    text: str = ""

    def use(self, page: Page) -> None:
        for name, value in self.ticked:
            page.check(box(name, value))
        if self.show:
            page.select_option("select[name=show]", self.show)
        if self.text:
            page.fill("input[name=text]", self.text)


FILTERS = {
    "level": Filter(lambda it, _: it.behaviour.level == "library", ticked=(("level", "library"),)),
    "two levels": Filter(
        lambda it, _: it.behaviour.level != "library", ticked=(("level", "language"), ("level", "detail"))
    ),
    "area": Filter(lambda it, _: it.behaviour.area == "lifecycle", ticked=(("area", "lifecycle"),)),
    "verdict": Filter(lambda it, _: "fail" in it.statuses.values(), ticked=(("verdict", "fail"),)),
    "disagreements": Filter(lambda it, report: disagreement(it, report.results), show="disagree"),
    "one implementation": Filter(
        lambda it, report: len({each.implementation for each in it.fails_in(report.results)}) == 1,
        show="implementation",
    ),
    "one interpreter": Filter(lambda it, report: len(it.fails_in(report.results)) == 1, show="interpreter"),
    "words": Filter(lambda it, _: has(it, "exception", "await"), text="EXCEPTION await"),
    "an ID": Filter(lambda it, _: it.behaviour.id.startswith("SND-01"), text="snd-01"),
    "several": Filter(
        lambda it, report: it.behaviour.area == "bidirection" and disagreement(it, report.results),
        ticked=(("area", "bidirection"),),
        show="disagree",
    ),
}


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_of_behaviours(visit: Visit, report: Report, name: str) -> None:
    """The rows left are those that the results demand; the address gives them again; clearing gives all."""
    filter = FILTERS[name]
    expected = ids([each for each in report.standings if filter.wanted(each, report)])
    page = visit()

    filter.use(page)

    assert shown(page) == expected
    assert 0 < len(expected) < len(report.standings)
    expect(page.locator("#shown")).to_contain_text(f"{len(expected)} of {len(report.standings)} behaviours")
    again = visit("index.html#" + page.url.partition("#")[2])
    assert shown(again) == expected
    assert again.locator("#filters").evaluate(FORM) == page.locator("#filters").evaluate(FORM)
    again.get_by_role("button", name="Clear filters").first.click()
    expect(again.locator("#shown")).to_contain_text(f"{len(report.standings)} of {len(report.standings)} behaviours")
    assert "#" not in again.url


def test_the_filter_of_implementations(visit: Visit, report: Report) -> None:
    """Only the columns of what is chosen are there, and "exactly one" is asked of these alone."""
    page = visit()
    pypy = [each for each in report.results if each.implementation == "PyPy"]
    cpython = [each for each in report.results if each.implementation == "CPython"]

    page.check(box("implementation", "PyPy"))
    assert columns(page) == [each.slug for each in pypy]
    page.check(box("implementation", "CPython"))
    assert columns(page) == [each.slug for each in [*cpython, *pypy]]
    page.uncheck(box("implementation", "PyPy"))
    page.select_option("select[name=show]", "interpreter")

    assert shown(page) == ids([each for each in report.standings if len(each.fails_in(cpython)) == 1])
    assert columns(visit("index.html#" + page.url.partition("#")[2])) == [each.slug for each in cpython]


def test_the_filter_of_versions(visit: Visit, report: Report) -> None:
    """From and to are language versions, both included."""
    page = visit()

    page.select_option("select[name=from]", "3.11")
    assert columns(page) == [each.slug for each in report.results if each.interpreter.version >= (3, 11)]
    page.select_option("select[name=to]", "3.12")
    assert columns(page) == [each.slug for each in report.results if (3, 11) <= each.interpreter.version <= (3, 12)]


def test_counts_follow_the_filters(visit: Visit, report: Report) -> None:
    """The sum below is that of the rows left, and the same as the page came with when nothing is chosen."""
    page = visit()
    sums = page.locator("#matrix .total td")
    said = sums.all_inner_texts()

    page.check(box("area", "bidirection"))
    (area,) = [each for each in report.areas if each.name == "bidirection"]
    counts = [area.binding[each.slug] for each in report.results]
    absent = [each.absent for each in report.results]

    wanted = ["∅" if gone else f"{count.passed}/{count.applicable}" for count, gone in zip(counts, absent, strict=True)]
    assert [text.split("\n")[0].replace("absent", "") for text in sums.all_inner_texts()] == wanted
    page.uncheck(box("area", "bidirection"))
    assert sums.all_inner_texts() == said


def test_nothing_found(visit: Visit, report: Report) -> None:
    """A filter that nothing meets says so, and leads back."""
    page = visit()
    page.fill("input[name=text]", "xyzzy")

    expect(page.locator("#nothing")).to_be_visible()
    expect(page.locator("#scroll")).to_be_hidden()
    page.locator("#clear").click()
    expect(page.locator("#scroll")).to_be_visible()
    assert len(shown(page)) == len(report.standings)


def test_folds(visit: Visit, report: Report) -> None:
    """Areas open into modules and modules into behaviours; what is open is in the address."""
    page = visit()
    row = page.locator("#SND-001")
    module = page.locator("tbody.module[data-module=bidirection-asend]")

    expect(row).to_be_hidden()
    module.get_by_role("button").click()
    expect(row).to_be_visible()
    expect(visit("index.html#" + page.url.partition("#")[2]).locator("#SND-001")).to_be_visible()
    page.get_by_role("button", name="bidirection", exact=True).click()
    expect(module).to_be_hidden()
    expect(row).to_be_hidden()
    page.get_by_role("button", name="Open all").click()
    assert page.locator(".rows tr").locator("visible=true").count() == len(report.standings)
    page.get_by_role("button", name="Close all").click()
    expect(row).to_be_hidden()


def test_the_address_of_a_behaviour(visit: Visit) -> None:
    """``index.html#SND-001`` opens its module and shows its row; so does a changed address on an open page."""
    page = visit("index.html#SND-001")
    expect(page.locator("#SND-001")).to_be_in_viewport()

    page.evaluate("location.hash = 'HOK-001'")
    expect(page.locator("#HOK-001")).to_be_in_viewport()


@pytest.mark.parametrize(
    "words", ["implementation=Nope&level=x&from=9.9&show=z&open=y", "=", "%E0%A4%A=1", "a=1#b", "%"]
)
def test_a_nonsense_address(visit: Visit, report: Report, words: str) -> None:
    """What an address asks for and the page does not have is passed over."""
    assert len(shown(visit(f"index.html#{words}"))) == len(report.standings)


def test_a_cell_leads_to_the_behaviour(visit: Visit, report: Report) -> None:
    """A small cell says what it means when it is pointed at, and leads to the behaviour when it is clicked."""
    page = visit("index.html#SND-001")
    place = len(report.results) - 1
    cell = page.locator("#SND-001 td").nth(place)

    cell.hover()
    assert report.results[place].title in str(cell.get_attribute("title"))
    cell.click()
    page.wait_for_url(re.compile(r"behaviours/bidirection-asend\.html#SND-001$"))
    expect(page.locator("#SND-001 details.code")).to_have_attribute("open", "")


def test_by_keyboard_alone(visit: Visit, report: Report) -> None:
    """From the skip link over a filter and a fold to a behaviour and its code, without a pointer, focus in sight."""
    page = visit()

    def go_to(selector: str) -> None:
        for _ in range(200):
            page.keyboard.press("Tab")
            assert page.evaluate(FOCUS_IN_SIGHT), page.evaluate("document.activeElement.outerHTML")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} is not reached")

    go_to(".skip")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    go_to(box("area", "bidirection"))
    page.keyboard.press("Space")
    assert shown(page) == ids([each for each in report.standings if each.behaviour.area == "bidirection"])
    go_to("select[name=show]")
    page.keyboard.press("ArrowDown")
    expect(page.locator("select[name=show]")).to_have_value("disagree")
    page.keyboard.press("ArrowUp")
    go_to("[data-module=bidirection-asend] button")
    page.keyboard.press("Enter")
    expect(page.locator("#SND-001")).to_be_visible()
    go_to("#SND-001 a")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"#SND-001$"))
    code = page.locator("#SND-001 details.code")
    expect(code).to_have_attribute("open", "")
    go_to("#SND-001 details.code summary")
    page.keyboard.press("Enter")
    expect(code).not_to_have_attribute("open", "")
