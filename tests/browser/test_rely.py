"""What a library can rely on: the answer to versions, implementations and topics."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from conformance.behaviour import RELEASED, Version
from conformance.verdicts import STATUSES
from reports.model import Report, Result
from reports.topics import topics_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

LISTS = ("cannot", "unknown", "can")


def query_of(page: Page) -> str:
    """The filters in the address of the page, as the page itself sees it."""
    found: str = page.evaluate("location.search.slice(1)")
    return found


def ids(page: Page, section: str) -> set[str]:
    """The behaviours in a list of the answer, with all folds open."""
    page.evaluate("document.querySelectorAll('#answer details.topic').forEach(each => { each.open = true })")
    page.wait_for_function(
        "[...document.querySelectorAll('#answer details.topic')].every(each => each.querySelector('ul'))"
    )
    return set(page.locator(f"#{section} li > a.id").all_inner_texts())


def expected(report: Report, oldest: Version, results: list[Result], topics: set[str]) -> dict[str, set[str]]:
    """The same answer, computed from the report."""
    found: dict[str, set[str]] = {name: set() for name in LISTS}
    for standing in report.standings:
        it = standing.behaviour
        last = max(oldest, RELEASED)
        other = (it.until is not None and it.until < oldest) or it.since > last
        if it.level == "detail" or other or not topics & {topic.id for topic in topics_of(it)}:
            continue
        statuses = [standing.statuses[result.slug] for result in results]
        bad = any(STATUSES[status].fails or status == "absent" for status in statuses)
        told = {status for status in statuses if status != "does not apply"}
        if it.since > oldest or (it.until is not None and it.until < last) or bad:
            found["cannot"].add(it.id)
        elif told == {"pass"}:
            found["can"].add(it.id)
        else:
            found["unknown"].add(it.id)
    return found


def heads(report: Report, *families: str) -> list[Result]:
    """The newest release of each family."""
    return [family.head for family in report.families if family.slug in families]


def test_the_answer(visit: Visit, report: Report) -> None:
    """Each behaviour of the topics that counts is in the list that the results say, and the sentence has the counts."""
    page = visit("rely.html?oldest=3.11&on=pypy&use=aclose&use=anext-default&use=asend")
    wanted = expected(report, (3, 11), heads(report, "pypy"), {"aclose", "anext-default", "asend"})

    assert {name: ids(page, name) for name in LISTS} == wanted
    total = sum(map(len, wanted.values()))
    expect(page.locator("#count")).to_contain_text(f"Of {total} behaviours you can rely on {len(wanted['can'])}")
    expect(page.locator("#cannot")).to_contain_text("fails on PyPy 8.0.1")


def test_a_family_stands_for_each_version(visit: Visit, report: Report) -> None:
    """CPython is judged by its run of each version from the oldest one on, and a certain release by itself."""
    pythons = [each for each in report.results if each.slug in ("cpython-3.12.1", "cpython-3.13.0")]
    page = visit("rely.html?oldest=3.12&on=cpython&use=awaitables&use=type")
    wanted = expected(report, (3, 12), pythons, {"awaitables", "type"})

    assert {name: ids(page, name) for name in LISTS} == wanted
    expect(page.locator("#judged summary")).to_contain_text("Judged by 2 runs, 2 of an older release")
    page.locator("#judged summary").click()
    expect(page.locator("#judged")).to_contain_text("CPython 3.12.1: 3.12.1 is of December 2023")


def test_what_begins_later_cannot_be_relied_on(visit: Visit) -> None:
    """With an oldest Python that did not have it, the answer says since when there is anext()."""
    page = visit("rely.html?oldest=3.9&on=cpython&use=anext-default")

    row = page.locator("#cannot li", has=page.locator("a.id", has_text="BLT-009"))
    expect(row.locator(".why")).to_contain_text("since 3.10")
    page.select_option("#oldest", "3.10")
    assert "BLT-009" in ids(page, "can")


def test_a_version_that_is_not_released(visit: Visit) -> None:
    """What only 3.16 has is not counted before its release, what it ends can be relied on, and both are said."""
    page = visit("rely.html?oldest=3.13&on=cpython&use=delegation&use=syntax")

    expect(page.locator("#notes")).to_contain_text("that only a version has which is not released")
    assert "SYN-001" in ids(page, "can")
    expect(page.locator("#can li", has=page.locator("a.id", has_text="SYN-001"))).to_contain_text("up to 3.15")
    page.select_option("#oldest", "3.16")
    assert "YFR-001" in ids(page, "unknown")


def test_an_implementation_of_an_older_version(visit: Visit) -> None:
    """One that has no run of the oldest version or a newer one is not judged, and the page says so."""
    page = visit("rely.html?oldest=3.14&on=pypy")

    expect(page.locator("#notes")).to_contain_text("PyPy has no run of Python 3.14 or newer here")


def test_the_choice_is_in_the_address(visit: Visit) -> None:
    """What is chosen is in the address, which gives it again; anchors keep it and Back takes it back."""
    page = visit("rely.html")
    at_first = page.locator("#count").inner_text()
    page.check("input[value=pypy]")
    page.check("input[value=aclose]")
    told = page.locator("#count").inner_text()

    query = query_of(page)
    assert parse_qs(query) == {"oldest": ["3.11"], "on": ["cpython", "pypy"], "use": ["aclose"]}
    expect(visit(f"rely.html?{query}").locator("#count")).to_have_text(told)
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert query_of(page) == query
    page.go_back()
    page.go_back()
    page.go_back()
    expect(page.locator("#count")).to_have_text(at_first)
    expect(page.locator("input[value=pypy]")).not_to_be_checked()


def test_nothing_chosen_is_kept(visit: Visit) -> None:
    """Without an implementation the answer is by the documents alone, also when the address is opened again."""
    page = visit("rely.html")
    page.uncheck("input[value=cpython]")

    expect(page.locator("#notes")).to_contain_text("by the documents alone")
    again = visit(f"rely.html?{query_of(page)}")
    expect(again.locator("input[value=cpython]")).not_to_be_checked()


def test_it_can_be_copied_and_kept(visit: Visit, tmp_path: Path) -> None:
    """The Markdown has the choice, the sentence and each behaviour with the reason; both buttons give the same."""
    page = visit("rely.html?oldest=3.9&on=pypy&use=anext-default&use=asend")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.click("#copy")
    expect(page.locator("#copy")).to_have_text("Copied")
    text: str = page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as download:
        page.click("#download")
    download.value.save_as(tmp_path / "it.md")

    assert (tmp_path / "it.md").read_text(encoding="utf-8") == text
    assert "* Oldest Python: 3.9" in text
    assert page.locator("#count").inner_text() in text
    assert "\n### anext() with a default\n" in text
    assert "* BLT-009 Awaiting ``anext(agen, default)`` gives each item" in text
    assert {id for name in LISTS for id in ids(page, name)} == {
        line.split()[1] for line in text.splitlines() if line.startswith("* ") and line[5:6] == "-"
    }


@pytest.mark.parametrize("width", [1440, 390])
def test_the_answer_is_soon_in_sight(visit: Visit, width: int) -> None:
    """On a wide screen the answer stands beside the choice; on a narrow one the topics are folded."""
    page = visit("rely.html", viewport={"width": width, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width == 1440:
        expect(page.locator("#count")).to_be_in_viewport()
    else:
        expect(page.locator("input[value=aclose]")).to_be_hidden()
        page.locator(".down a").click()
        expect(page.locator("#count")).to_be_in_viewport()


def test_without_a_script(visit: Visit) -> None:
    """The page says that it needs JavaScript, and leads to one that does not."""
    page = visit("rely.html", java_script_enabled=False)

    assert page.locator("#choice, #answer").locator("visible=true").count() == 0
    page.locator("noscript a").first.click()
    expect(page.locator("h1")).to_contain_text("version")
