"""Compare: results of the site and files of the reader's own, which never leave the browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from reports.diff import LISTS, compare
from reports.model import Report, Result
from tests.reports.samples import EVIL, TAMED, evil_result, old_text_of, text_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

#: Files, as name and text, to be dropped: a DataTransfer can only be made in the page.
TRANSFER = """files => {
  const made = new DataTransfer();
  for (const [name, text] of files) made.items.add(new File([text], name, { type: "application/json" }));
  return made;
}"""


#: List → the cases in it, as the page shows them.
SHOWN = """() => Object.fromEntries([...document.querySelectorAll("#lists details")].map(
  each => [each.dataset.list, [...each.querySelectorAll("li > .id")].map(id => id.textContent)]))"""


def drop(page: Page, where: str, *files: tuple[str, str]) -> None:
    """Drag the files over a part of the page, and let them go there."""
    transfer = page.evaluate_handle(TRANSFER, [list(each) for each in files])
    page.dispatch_event(where, "dragover", {"dataTransfer": transfer})
    page.dispatch_event(where, "drop", {"dataTransfer": transfer})


def pair(report: Report) -> tuple[Result, Result]:
    """Two results of different eras between which something got worse."""
    old = report.results[0]
    new = max(report.results, key=lambda each: report.total.binding[each.slug].failed)
    assert compare(old, new)["broken"]
    return old, new


def expected(old: Result, new: Result) -> dict[str, list[str]]:
    """The same from ``python -m reports diff``."""
    return {name: cases for name, cases in compare(old, new).items() if cases}


def test_two_of_the_site(visit: Visit, report: Report) -> None:
    """What the page says is what ``diff`` says; the address leads to it again; Swap turns it round."""
    old, new = pair(report)
    page = visit("compare.html")
    expect(page.locator("#difference")).to_be_hidden()

    page.select_option("#old", old.slug)
    page.select_option("#new", new.slug)

    expect(page.locator("#what")).to_have_text(f"From {old.title} to {new.title}")
    assert page.evaluate(SHOWN) == expected(old, new)
    counts = ", ".join(f"{len(compare(old, new)[name])} {name}" for name in LISTS)
    expect(page.locator("#counts")).to_have_text(counts)
    again = visit("compare.html#" + page.url.partition("#")[2])
    expect(again.locator("#what")).to_have_text(f"From {old.title} to {new.title}")
    assert again.evaluate(SHOWN) == expected(old, new)
    again.click("#swap")
    expect(again.locator("#what")).to_have_text(f"From {new.title} to {old.title}")
    assert again.evaluate(SHOWN) == expected(new, old)


def test_without_details(visit: Visit, report: Report) -> None:
    """What counts for nobody can be left out, and the address keeps that."""
    old, new = pair(report)
    page = visit(f"compare.html#old={old.slug}&new={new.slug}")
    expect(page.locator("#what")).to_be_visible()

    page.check("#binding")

    binding = [case for case in compare(old, new)["broken"] if new.outcomes[case].binding]
    assert page.evaluate(SHOWN).get("broken", []) == binding
    again = visit("compare.html#" + page.url.partition("#")[2])
    expect(again.locator("#what")).to_be_visible()
    expect(again.locator("#binding")).to_be_checked()
    assert again.evaluate(SHOWN).get("broken", []) == binding


def test_files_that_are_dropped(visit: Visit, report: Report) -> None:
    """Two at once anywhere, one on a side, or one by one; what comes from disk leaves no trace in the address."""
    old, new = pair(report)
    page = visit("compare.html")

    drop(page, "main", ("old.json", text_of(old)), ("new.json", text_of(new)))
    expect(page.locator("#what")).to_have_text(f"From {old.title} to {new.title}")
    assert page.evaluate(SHOWN) == expected(old, new)
    assert "#" not in page.url

    drop(page, "[data-side=old]", ("other.json", text_of(new)))
    expect(page.locator("#what")).to_have_text(f"From {new.title} to {new.title}")
    expect(page.locator("#lists")).to_have_text("No difference.")

    fresh = visit("compare.html")
    drop(fresh, "main", ("old.json", text_of(old)))
    expect(fresh.locator("#old-chosen")).to_contain_text(old.title)
    expect(fresh.locator("#difference")).to_be_hidden()
    fresh.select_option("#new", new.slug)
    expect(fresh.locator("#what")).to_have_text(f"From {old.title} to {new.title}")


def test_files_of_both_schemas(visit: Visit, report: Report) -> None:
    """A file of schema 1 is compared with one of schema 2 by the levels and versions that the files name."""
    old, new = pair(report)
    page = visit("compare.html")

    drop(page, "main", ("old.json", old_text_of(old)), ("new.json", text_of(new)))

    expect(page.locator("#what")).to_have_text(f"From {old.title} to {new.title}")
    assert page.evaluate(SHOWN) == expected(old, new)
    page.check("#binding")
    binding = [case for case in compare(old, new)["broken"] if new.outcomes[case].binding]
    assert page.evaluate(SHOWN).get("broken", []) == binding


def test_where_a_file_would_go(visit: Visit) -> None:
    """The field under a dragged file is marked until the file is dropped or leaves the window."""
    page = visit("compare.html")
    marked = page.locator(".side.over")

    page.dispatch_event("[data-side=new] legend", "dragover")
    expect(marked).to_have_attribute("data-side", "new")
    page.dispatch_event("[data-side=old] legend", "dragover")
    expect(marked).to_have_attribute("data-side", "old")
    page.dispatch_event("[data-side=old]", "dragleave")
    expect(marked).to_have_count(0)


def test_files_that_are_chosen(visit: Visit, report: Report, site: Path) -> None:
    """The field for a file does what dropping it does, with the result files of the site itself."""
    old, new = pair(report)
    page = visit("compare.html")

    page.set_input_files("#old-file", site / "data" / "results" / f"{old.slug}.json")
    page.set_input_files("#new-file", site / "data" / "results" / f"{new.slug}.json")

    expect(page.locator("#what")).to_have_text(f"From {old.title} to {new.title}")
    assert page.evaluate(SHOWN) == expected(old, new)


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("", "is not valid JSON"),
        ('{"schema": 1, "outc', "is not valid JSON, perhaps cut off"),
        ("[]", "is not a result file"),
        ('{"schema": 0}', "schema: is 0; this page reads 1 and 2"),
        ('{"schema": 1}', "interpreter: is missing"),
        ('{"schema": 2, "interpreter": {}, "suite": {}}', "interpreter/title: is missing"),
        ('{"schema": 2, "interpreter": {"title": "x"}, "suite": {}, "outcomes": {}}', "outcomes: is not a list"),
        (
            '{"schema": 1, "interpreter": {"title": "x"}, "suite": {}, "outcomes": [{"case": "A", "verdict": "so"}]}',
            "outcomes/0: has no case, or no verdict that this page knows",
        ),
    ],
)
def test_a_bad_file(visit: Visit, report: Report, text: str, trouble: str) -> None:
    """A file that cannot be used is named with what is wrong, and what was shown stays."""
    old, new = pair(report)
    page = visit(f"compare.html#old={old.slug}&new={new.slug}")
    expect(page.locator("#what")).to_be_visible()

    drop(page, "[data-side=new]", ("mine.json", text))

    expect(page.locator("#trouble")).to_contain_text(f"mine.json: {trouble}")
    expect(page.locator("#what")).to_have_text(f"From {old.title} to {new.title}")


def test_too_many_files(visit: Visit, report: Report) -> None:
    """More than two files cannot be compared, and the page says so."""
    page = visit("compare.html")
    drop(page, "main", *[(f"{number}.json", "{}") for number in range(3)])

    expect(page.locator("#trouble")).to_have_text("3 files at once: drop one or two")


def test_an_address_of_another_site(visit: Visit) -> None:
    """A result that this site does not have is named."""
    expect(visit("compare.html#old=nope-1").locator("#trouble")).to_have_text("nope-1: is not a result of this site")


def test_a_hostile_file(visit: Visit, report: Report) -> None:
    """Everything that a dropped file says is text."""
    hostile = evil_result()
    raw = text_of(hostile).replace(json.dumps(TAMED)[1:-1], json.dumps(EVIL)[1:-1])
    assert EVIL in json.loads(raw)["interpreter"]["title"]
    page = visit("compare.html")
    drop(page, "main", (f"{EVIL}.json", raw), ("new.json", text_of(report.results[0])))

    expect(page.locator("#what")).to_contain_text("<script>alert('x')</script>")
    assert page.locator("#difference script, #difference img").count() == 0
    assert page.evaluate(SHOWN)["fixed"] == compare(hostile, report.results[0])["fixed"]


def test_by_keyboard_alone(visit: Visit, report: Report) -> None:
    """Two interpreters are chosen by typing, and the lists are folded by Enter."""
    old, new = report.results[0], report.results[1]
    page = visit("compare.html")
    page.focus("#old")
    page.keyboard.type(old.title)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id === 'new'"):
            break
    page.keyboard.type(new.title)

    expect(page.locator("#what")).to_have_text(f"From {old.title} to {new.title}")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#lists summary')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#lists details").first).not_to_have_attribute("open", "")
