"""Compare: results of the site and files of the reader's own, which never leave the browser."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from reports.comparison import Comparison
from reports.diff import QUIET, behaviours
from reports.gather import load
from reports.model import Report, Result
from reports.site.data import result_url
from tests.reports.samples import EVIL, TAMED, edited, evil_result, old_text_of, recorded, result, text_of

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

    from tests.browser.conftest import Visit

#: What GitHub, a terminal or a reader of Markdown would act on.
HOSTILE = "@me #1 $x$ :tada: http://e.org www.e.org <b> `c` |a| * _e_ ~~s~~ & ! [l](u) \u202e 😀\n::error::x ##[group] "
#: Files, as name and text, to be dropped: a DataTransfer can only be made in the page.
TRANSFER = """files => {
  const made = new DataTransfer();
  for (const [name, text] of files) made.items.add(new File([text], name, { type: "application/json" }));
  return made;
}"""


#: List → the behaviours in it, as the page shows them.
SHOWN = """() => Object.fromEntries([...document.querySelectorAll("#lists > details")].map(
  each => [each.dataset.list, [...each.querySelectorAll(":scope > ul > li > .id")].map(id => id.textContent)]))"""


def drop(page: Page, where: str, *files: tuple[str, str]) -> None:
    """Drag the files over a part of the page, and let them go there."""
    transfer = page.evaluate_handle(TRANSFER, [list(each) for each in files])
    page.dispatch_event(where, "dragover", {"dataTransfer": transfer})
    page.dispatch_event(where, "drop", {"dataTransfer": transfer})


def pair(report: Report) -> tuple[Result, Result]:
    """Two results of different eras between which something got worse, and something is new."""
    old, new = (each for each in report.results if each.slug in ("cpython-3.6.15", "cpython-3.12.1"))
    found = behaviours(old, new)
    assert found["broken"]
    assert found["applies now"]
    return old, new


def apart(report: Report) -> tuple[Result, Result]:
    """Results of two implementations."""
    old, new = (each for each in report.results if each.slug in ("cpython-3.12.1", "pypy-8.0.1"))
    return old, new


def expected(old: Result, new: Result, everything: bool = False, details: bool = False) -> dict[str, list[str]]:
    """The behaviours that the page has to show: those of ``python -m reports diff``."""
    found = {
        name: [each.id for each in listed if details or each.level != "detail"]
        for name, listed in behaviours(old, new).items()
        if everything or name not in QUIET
    }
    return {name: listed for name, listed in found.items() if listed}


def read(made: Result, tmp_path: Path, name: str) -> Result:
    """A result as it comes out of its file, which the command reads."""
    path = tmp_path / name
    path.write_text(text_of(made))
    return load(path)


def test_two_of_the_site(visit: Visit, report: Report) -> None:
    """What the page says is what ``diff`` says; the address leads to it again; Swap turns it round."""
    old, new = pair(report)
    page = visit("compare.html")
    expect(page.locator("#difference")).to_be_hidden()

    page.select_option("#old", old.page)
    page.select_option("#new", new.page)

    expect(page.locator("#what")).to_have_text(f"{new.title} against {old.version}")
    expect(page.locator("#sentence")).to_have_text(Comparison(old, new).counted)
    assert page.evaluate(SHOWN) == expected(old, new)
    assert page.url.endswith(f"compare.html?old={old.page}&new={new.page}")
    again = visit("compare.html?" + page.url.partition("?")[2])
    expect(again.locator("#what")).to_have_text(f"{new.title} against {old.version}")
    assert again.evaluate(SHOWN) == expected(old, new)
    again.click("#swap")
    expect(again.locator("#what")).to_have_text(f"{old.title} against {new.version}")
    assert again.evaluate(SHOWN) == expected(new, old)


def test_every_pair_of_columns(visit: Visit, report: Report) -> None:
    """Each column beside each other has the lists and the Markdown of ``diff``, hostile and absent ones too."""
    page = visit("compare.html")
    for old in report.results:
        page.select_option("#old", old.page)
        for new in report.results:
            page.select_option("#new", new.page)
            page.wait_for_function("page => document.getElementById('new').value === page", arg=new.page)
            comparison = Comparison(old, new)
            expect(page.locator("#sentence")).to_have_text(comparison.counted)

            assert page.evaluate(SHOWN) == expected(old, new), (old.slug, new.slug)
            assert page.locator("#markdown").text_content() == comparison.markdown()


def test_what_applies_to_the_new_version_is_not_fixed(visit: Visit, report: Report) -> None:
    """A behaviour that did not apply to the old version is new in the new one, and the page says so."""
    old, new = pair(report)
    page = visit(f"compare.html?old={old.page}&new={new.page}")
    section = page.locator('#lists > [data-list="applies now"]')

    expect(section.locator("summary")).to_contain_text("new in Python 3.7 to 3.12")
    assert section.locator(":scope > ul > li").count() == len(expected(old, new)["applies now"])
    expect(section.locator("li li").first).to_contain_text("does not apply → ")


def test_two_implementations(visit: Visit, report: Report) -> None:
    """Of two implementations none is the earlier one, so the page does not say that something broke."""
    old, new = apart(report)
    page = visit(f"compare.html?old={old.page}&new={new.page}&details=yes&all=yes")

    expect(page.locator("#what")).to_have_text(f"{new.title} beside {old.title}")
    expect(page.locator("#lists")).to_contain_text(f"fails on {new.implementation}, holds on {old.implementation}")
    shown = page.locator("#difference").inner_text()
    assert not re.search("broken|fixed|before:|now:|new crash", shown)
    assert page.evaluate(SHOWN) == expected(old, new, everything=True, details=True)


def test_details_and_what_still_fails(visit: Visit, report: Report) -> None:
    """What counts for nobody, and what has not changed, is shown if it is wanted; the address keeps that."""
    old, new = apart(report)
    page = visit(f"compare.html?old={old.page}&new={new.page}")
    expect(page.locator("#what")).to_be_visible()
    expect(page.locator("#details")).not_to_be_checked()

    page.check("#details")
    page.check("#all")

    assert page.evaluate(SHOWN) == expected(old, new, everything=True, details=True)
    assert page.locator("#markdown").text_content() == Comparison(old, new).markdown(everything=True, details=True)
    again = visit("compare.html?" + page.url.partition("?")[2])
    expect(again.locator("#what")).to_be_visible()
    expect(again.locator("#all")).to_be_checked()
    assert again.evaluate(SHOWN) == expected(old, new, everything=True, details=True)
    again.go_back()


def test_back_and_anchors(visit: Visit, report: Report) -> None:
    """Back leads to the choice before; the skip link destroys none; a name that stays leads to the newest run."""
    old, new = pair(report)
    page = visit(f"compare.html?old={old.page}&new={new.page}")
    first = f"{new.title} against {old.version}"
    expect(page.locator("#what")).to_have_text(first)

    page.select_option("#old", new.page)
    expect(page.locator("#what")).not_to_have_text(first)
    page.evaluate("document.querySelector('.skip').click()")
    assert page.url.endswith(f"?old={new.page}&new={new.page}#main")
    expect(page.locator("#what")).not_to_have_text(first)
    page.go_back()
    page.go_back()

    expect(page.locator("#what")).to_have_text(first)
    assert page.input_value("#old") == old.page
    named = visit("compare.html?old=pypy&new=cpython")
    expect(named.locator("#what")).to_have_text("CPython 3.13.0 beside PyPy 8.0.1 (Python 3.11.0)")
    assert named.url.endswith("?old=pypy&new=cpython")


def test_an_old_failure_is_labelled(visit: Visit, report: Report) -> None:
    """The words of a failure that is fixed are of the old run, and the page says so."""
    old, _ = apart(report)
    page = visit("compare.html")
    fixed = edited(old, lambda each: replace(each, verdict="pass", message=None, line=None, locals=None))
    drop(page, "main", ("a.json", text_of(old)), ("b.json", text_of(fixed)))

    said = page.locator('#lists > [data-list="fixed"] .said').first
    expect(said).to_contain_text("before:")
    expect(said.locator("pre")).to_have_text(re.compile("^assert "))


def test_the_same_cases_at_two_revisions(visit: Visit, report: Report) -> None:
    """The page compares the cases, not the revision, and marks a case that changed between the two runs."""
    old, new = apart(report)
    newer = recorded(new, suite=replace(new.record.suite, revision="def"))
    page = visit("compare.html")

    drop(page, "main", ("a.json", text_of(old)), ("b.json", text_of(newer)))
    expect(page.locator("#notes")).to_contain_text("The two runs had the same cases, at different revisions")

    other = recorded(newer, hashes={**newer.record.hashes, "SND-001": "0" * 16})
    drop(page, "[data-side=new]", ("c.json", text_of(other)))
    expect(page.locator("#notes")).to_contain_text("Cases that changed between the two runs: 1 of ")
    expect(page.locator("#lists")).to_contain_text("(the case has changed)")


def test_files_that_are_dropped(visit: Visit, report: Report) -> None:
    """Two at once anywhere, or one on a side; what comes from disk leaves no trace in the address."""
    old, new = pair(report)
    page = visit("compare.html")

    drop(page, "main", ("old.json", text_of(old)), ("new.json", text_of(new)))
    expect(page.locator("#what")).to_have_text(f"{new.title} against {old.version}")
    assert page.evaluate(SHOWN) == expected(old, new)
    assert "?" not in page.url

    drop(page, "[data-side=old]", ("other.json", text_of(new)))
    expect(page.locator("#what")).to_contain_text(f"{new.title}, run of")
    expect(page.locator("#lists")).to_have_text("No behaviour is in a list.")
    page.go_back()
    expect(page.locator("#what")).to_have_text(f"{new.title} against {old.version}")


@pytest.mark.parametrize("slug", ["cpython-3.12.1", "cpython-3.13.0", "pypy-8.0.1"])
def test_a_file_finds_its_counterpart(visit: Visit, report: Report, slug: str) -> None:
    """A file alone is put beside the published column of its implementation and version, as the newer one."""
    (published,) = (each for each in report.results if each.slug == slug)
    title = f"{published.implementation} 99.1.2"
    newer = replace(published.interpreter, implementation_version="99.1.2", title=title)
    mine = recorded(published, interpreter=newer)
    page = visit("compare.html")

    drop(page, "main", ("mine.json", text_of(mine)))

    expect(page.locator("#old")).to_have_value(published.page)
    expect(page.locator("#old-chosen")).to_contain_text("Chosen because it is the closest to mine.json.")
    expect(page.locator("#new-chosen")).to_contain_text(f"mine.json: {title}")
    expect(page.locator("#what")).to_have_text(f"{title} against {published.version}")
    assert page.url.endswith(f"compare.html?old={published.page}")
    page.select_option("#old", report.results[0].page)
    expect(page.locator("#old-chosen")).not_to_contain_text("Chosen because")


def test_a_file_without_a_counterpart(visit: Visit, report: Report) -> None:
    """Nothing is chosen beside an implementation that the site does not have."""
    mine = recorded(report.results[0], interpreter=replace(report.results[0].interpreter, title="Nobody 1"))
    page = visit("compare.html")
    drop(page, "main", ("mine.json", text_of(mine)))

    expect(page.locator("#new-chosen")).to_contain_text("mine.json: Nobody 1, a full run")
    expect(page.locator("#old-chosen")).to_have_text("nothing chosen")
    expect(page.locator("#difference")).to_be_hidden()
    page.select_option("#old", report.results[0].page)
    expect(page.locator("#what")).to_contain_text("Nobody 1 beside")


def test_files_of_both_schemas(visit: Visit, report: Report) -> None:
    """A file of schema 1 is compared with one of schema 2, and nobody knows whether their cases are the same."""
    old, new = pair(report)
    page = visit("compare.html")

    drop(page, "main", ("old.json", old_text_of(old)), ("new.json", text_of(new)))

    expect(page.locator("#what")).to_have_text(f"{new.title} against {old.version}")
    expect(page.locator("#notes")).to_contain_text("A result without hashes of its cases does not say")
    assert page.evaluate(SHOWN) == expected(old, new)


def test_markdown_of_files(visit: Visit, report: Report, tmp_path: Path) -> None:
    """The text of two files is the one that the command prints, with everything hostile in it."""
    made = edited(
        result({"SND-001": "fail", "SND-012[42]": "fail", "CLS-001": "crash", "RUN-001": "unmet", "THR-042": "fail"}),
        lambda each: each if each.verdict == "pass" else replace(each, message=f"{HOSTILE}{each.case} {'é' * 400}"),
    )
    old, new = read(evil_result(), tmp_path, "old.json"), read(made, tmp_path, "new.json")
    page = visit("compare.html?details=yes&all=yes")

    drop(page, "main", ("old.json", text_of(evil_result())), ("new.json", text_of(made)))

    expect(page.locator("#difference")).to_be_visible()
    expect(page.locator("#markdown")).to_have_text(Comparison(old, new).markdown(everything=True, details=True))
    drop(page, "main", ("old.json", text_of(made)), ("new.json", text_of(report.results[0])))
    expect(page.locator("#what")).to_contain_text("3.6.15")
    again = Comparison(new, read(report.results[0], tmp_path, "third.json"))
    assert page.locator("#markdown").text_content() == again.markdown(everything=True, details=True)


def test_copies(visit: Visit, report: Report) -> None:
    """One button copies the Markdown, another the sentence."""
    old, new = pair(report)
    page = visit(f"compare.html?old={old.page}&new={new.page}", permissions=["clipboard-read", "clipboard-write"])
    expect(page.locator("#what")).to_be_visible()

    page.click("#copy-markdown")
    expect(page.locator("#copy-markdown")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == Comparison(old, new).markdown()
    page.click("#copy-sentence")
    expect(page.locator("#copy-sentence")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == Comparison(old, new).sentence


def test_how_to_make_a_file(visit: Visit) -> None:
    """The page has the command that makes a file for it."""
    expect(visit("compare.html").locator("pre.copy")).to_have_text(re.compile(r"^pytest conformance --interpreter "))


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

    page.set_input_files("#old-file", site / result_url(old))
    page.set_input_files("#new-file", site / result_url(new))

    expect(page.locator("#what")).to_have_text(f"{new.title} against {old.version}")
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
        ('{"schema": 2, "interpreter": {"title": "x"}, "suite": {}, "outcomes": []}', "interpreter/judged_as: is not"),
    ],
)
def test_a_bad_file(visit: Visit, report: Report, text: str, trouble: str) -> None:
    """A file that cannot be used is named with what is wrong; the field is empty, and nothing old is described."""
    old, new = pair(report)
    page = visit(f"compare.html?old={old.page}&new={new.page}")
    expect(page.locator("#what")).to_be_visible()

    file: FilePayload = {"name": "mine.json", "mimeType": "application/json", "buffer": text.encode()}
    page.set_input_files("#new-file", file)

    expect(page.locator("#trouble")).to_contain_text(f"mine.json: {trouble}")
    expect(page.locator("#new-chosen")).to_have_text("nothing chosen")
    expect(page.locator("#difference")).to_be_hidden()
    assert page.input_value("#new-file") == ""
    page.select_option("#new", new.page)
    expect(page.locator("#trouble")).to_be_hidden()


def test_too_many_files(visit: Visit, report: Report) -> None:
    """More than two files cannot be compared, and the page says so."""
    page = visit("compare.html")
    drop(page, "main", *[(f"{number}.json", "{}") for number in range(3)])

    expect(page.locator("#trouble")).to_have_text("3 files at once: drop one or two")


def test_an_address_of_another_site(visit: Visit) -> None:
    """A result that this site does not have is named."""
    expect(visit("compare.html?old=nope-1").locator("#trouble")).to_have_text("nope-1: is not a result of this site")


def test_a_hostile_file(visit: Visit, report: Report) -> None:
    """Everything that a dropped file says is text."""
    hostile = evil_result()
    raw = text_of(hostile).replace(json.dumps(TAMED)[1:-1], json.dumps(EVIL)[1:-1])
    assert EVIL in json.loads(raw)["interpreter"]["title"]
    page = visit("compare.html")
    drop(page, "main", (f"{EVIL}.json", raw), ("new.json", text_of(report.results[0])))

    expect(page.locator("#what")).to_contain_text("<script>alert('x')</script>")
    assert page.locator("#difference script, #difference img").count() == 0
    assert page.evaluate(SHOWN)["fixed"] == expected(hostile, report.results[0])["fixed"]
    assert page.locator("#difference").inner_text().replace("\n", "").replace("\t", "").isprintable()


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_nothing_is_wider_than_the_window(visit: Visit, report: Report, width: int) -> None:
    """Long names and messages break; a thumb finds the buttons."""
    (old,) = (each for each in report.results if each.slug == "evil-1")
    page = visit(
        f"compare.html?old={old.page}&new={apart(report)[1].page}&all=yes&details=yes",
        viewport={"width": width, "height": 844},
    )
    expect(page.locator("#what")).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width < 500:
        assert all(box["height"] >= 40 for each in page.locator("#tally button").all() if (box := each.bounding_box()))


def test_a_chip_leads_to_its_list(visit: Visit, report: Report) -> None:
    """The number above the lists opens the list, and the keyboard goes on there."""
    old, new = pair(report)
    page = visit(f"compare.html?old={old.page}&new={new.page}")
    last = list(expected(old, new))[-1]

    page.locator("#tally button").last.click()

    assert page.evaluate("document.activeElement.parentElement.dataset.list") == last
    expect(page.locator(f'#lists > [data-list="{last}"]')).to_have_attribute("open", "")


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

    expect(page.locator("#what")).to_have_text(f"{new.title} against {old.version}")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#lists summary')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#lists > details").first).not_to_have_attribute("open", "")
