"""The page, Markdown, JUnit XML, badges, the terminal and the difference: true, and safe whatever they are told."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from rich.console import Console

from conformance.catalogue import load
from conformance.program import cases
from conformance.sources import REFERENCE, documents
from reports import badge, junit, markdown, page, specification, terminal
from reports.build import build
from reports.diff import LISTS, compare
from reports.model import Report, Result
from tests.reports.test_model import result

EVIL = "<script>alert('x')</script>\"'&\x1b[31m\x00\ud800`|_*]]>--></pre>\u202e"


def evil() -> Result:
    """A result in which everything that an interpreter can say is hostile."""
    whole = result({"SND-001": "fail", "SND-012[42]": "crash"})
    outcomes = [
        {**each, "message": EVIL, "locals": {EVIL: EVIL}, "output": EVIL, "dirty": [EVIL], "line": 1}
        if each["verdict"] != "pass"
        else {**each, "observed": EVIL}
        for each in whole.document["outcomes"]
    ]
    words = ("title", "command", "label", "implementation_version", "version_text", "platform")
    interpreter = {**whole.interpreter, **dict.fromkeys(words, EVIL), "features": {EVIL: EVIL}, "build": [EVIL]}
    suite = {"version": EVIL, "revision": EVIL}
    document = {**whole.document, "outcomes": outcomes, "interpreter": interpreter, "suite": suite}
    return Result(Path("evil.json"), document)


class Tags(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name)
            if name in ("src", "href"):
                self.links.append(value or "")
            if name == "id":
                self.ids.append(value or "")


def parsed(text: str) -> Tags:
    found = Tags()
    found.feed(text)
    return found


def some_report() -> Report:
    absent = {case.name: "absent" for entry in load().values() for case in cases(entry)}
    return Report(
        [
            result(),
            result({"SND-001": "fail"}, slug="pypy-1", interpreter={"implementation": "pypy", "title": "PyPy 1"}),
            result(
                absent, slug="tiny-1", interpreter={"implementation": "tiny", "title": "Tiny 1", "absent": "no yield"}
            ),
            result(slug="cut-1", interpreter={"title": "Cut 1"}, complete=False),
        ]
    )


@pytest.mark.parametrize("view", [page, specification])
def test_page_asks_for_nothing(view: Any) -> None:
    """A page works from a file: no script, style, font or picture from anywhere; links leave it only when
    followed.
    """
    text = view.render(some_report())
    found = parsed(text)
    local = {link.split("#")[0] for link in found.links if not link.startswith(("#", "https://"))}

    assert [tag for tag in found.tags if tag in ("link", "img", "iframe", "object", "form")] == ["link"]
    assert local <= {"data:,", "index.html", "specification.html"}
    assert "@import" not in text
    assert "url(" not in text
    assert "fetch(" not in text


def test_page_shows_every_behaviour_and_interpreter() -> None:
    """Each behaviour has an anchor, and each interpreter a column head and a row among the runs."""
    report = some_report()
    found = parsed(page.render(report))

    assert set(load()) <= set(found.ids)
    assert {f"run-{each.slug}" for each in report.results} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))


def test_page_keeps_kinds_apart() -> None:
    """Failed, absent, not run and does not apply have their own sign; a run that was cut short says so."""
    text = page.render(some_report())

    for status in ("fail", "absent", "does-not-apply", "pass"):
        assert f'<td class="sign {status}"' in text
    assert "incomplete: the run was cut short" in text
    assert "absent: no asynchronous generators" in text


def test_page_names_what_was_left_out() -> None:
    """A result that could not be used is on the page."""
    assert "<li>bad.json: is empty</li>" in page.render(some_report(), ["bad.json: is empty"])


def test_page_is_safe() -> None:
    """What an interpreter says is text: no tag of it reaches the browser, in any field."""
    text = page.render(Report([evil()]))

    assert text.count("<script>") == 1
    assert parsed(text).tags.count("script") == 1
    assert "&lt;script&gt;alert(" in text


def test_specification_shows_every_section_and_behaviour() -> None:
    """Each section has an anchor, and each behaviour stands under what it cites, with a link to it."""
    found = parsed(specification.render(some_report()))
    shown = {link.split("#")[1] for link in found.links if link.startswith("index.html#")}

    assert {section.id for document in documents() for section in document.sections} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))
    assert shown == set(load())


def test_specification_shows_the_worst_of_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence is what the worst of its behaviours is, and names those that fail; without any it is untested."""
    demands = {"Sending works.": "SND-001 SND-002", "Nobody looked.": ""}
    monkeypatch.setattr(REFERENCE.AGEN_ASEND, "requires", demands)
    report = some_report()
    (rows,) = (
        part.rows for _, parts in specification.parts(report) for part in parts if part.section is REFERENCE.AGEN_ASEND
    )

    assert [rows[0].statuses["cpython-3.13.0"], rows[0].statuses["pypy-1"]] == ["pass", "fail"]
    assert [rows[0].failing["cpython-3.13.0"], rows[0].failing["pypy-1"]] == [[], ["SND-001"]]
    assert rows[1].behaviours == ()
    assert specification.render(report).count('<em class="untested">') == 1


def test_specification_is_safe() -> None:
    """What an interpreter says is text there too."""
    text = specification.render(Report([evil()]))

    assert parsed(text).tags.count("script") == 0
    assert "&lt;script&gt;alert(" in text


def test_what_fails_on_one_implementation_alone() -> None:
    """A behaviour that fails on one implementation, in any version of it, is named under it; details are not."""
    two = {"implementation": "pypy", "title": "PyPy 1"}
    report = Report(
        [
            result({"SND-002": "fail"}),
            result({"SND-001": "fail", "SND-002": "fail", "SND-013": "fail"}, slug="pypy-1", interpreter=two),
        ]
    )
    text = io.StringIO()
    terminal.show(report, Console(file=text, width=200))
    alone = {name: [entry.behaviour.id for entry in entries] for name, entries in report.alone.items()}

    assert alone == {"PyPy": ["SND-001"]}
    assert "1 behaviours fail on PyPy and on no other implementation: SND-001" in text.getvalue()
    assert "Failing on PyPy and on no other implementation (1): SND-001." in markdown.render(report)
    assert Report(report.results[:1]).alone == {}


def test_markdown_is_safe() -> None:
    """What an interpreter says is no markup, and stays on its line and in its cell."""
    text = markdown.render(Report([evil()]))

    assert "<script>" not in text
    assert "\\`\\|" in text
    assert all(line.count(" | ") <= 2 for line in text.splitlines() if line.startswith("| "))


def test_markdown_says_what_fails() -> None:
    """The matrix, and for each interpreter what fails of what binds."""
    text = markdown.render(some_report())

    assert re.search(r"\| bidirection \| \d+/\d+ ", text)
    assert "## PyPy 1\n\n- **SND-001** fail: " in text
    assert "Absent as a whole: no asynchronous generators (no yield)." in text.replace("\\", "")
    assert "No language or library behaviour fails." in text


def test_junit_is_xml_whatever_is_in_it() -> None:
    """The file parses, has a test for each case, and counts what it holds."""
    root = ElementTree.fromstring(junit.render(evil()))
    total = sum(len(cases(entry)) for entry in load().values())

    assert len(root.findall(".//testcase")) == total
    assert sum(int(suite.get("failures", "0")) for suite in root) == len(root.findall(".//failure")) == 2
    assert sum(int(suite.get("skipped", "0")) for suite in root) == len(root.findall(".//skipped"))


def test_junit_skips_what_does_not_count() -> None:
    """A failing detail and what does not apply are skipped with the reason; an absent interpreter fails once."""
    details = junit.render(result({"EQV-007[running-itself-anext]": "fail"}))
    absent = {case.name: "absent" for entry in load().values() for case in cases(entry)}
    nothing = ElementTree.fromstring(junit.render(result(absent, interpreter={"absent": "no yield"})))

    assert '<skipped message="detail: because of EQV-007[running-itself-anext]"' in details
    assert "<failure" not in details
    assert len(nothing.findall(".//failure")) == 1


def test_badges() -> None:
    """The badge says how many hold; an absent interpreter and an incomplete run do not look like a number."""
    report = some_report()
    texts = {each.slug: badge.endpoint(report, each)["message"] for each in report.results}
    full = report.total.binding["cpython-3.13.0"].applicable

    assert texts["cpython-3.13.0"] == f"{full}/{full}"
    assert texts["pypy-1"] == f"{full - 1}/{full}"
    assert texts["tiny-1"] == "absent"
    assert texts["cut-1"].endswith(" (incomplete)")
    for each in report.results:
        assert badge.endpoint(report, each)["schemaVersion"] == 1
        ElementTree.fromstring(badge.svg(report, each))


@pytest.mark.parametrize("width", [40, 80, 200])
def test_terminal_fits(width: int) -> None:
    """The matrix is cut into pieces that fit the terminal, and no control character gets through."""
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False)
    terminal.show(some_report(), console)
    terminal.show(Report([evil()]), console)
    lines = out.getvalue().splitlines()

    assert max(map(len, lines)) <= width
    assert "\x1b" not in out.getvalue()
    assert "\x00" not in out.getvalue()
    assert any("SND-001" in line for line in lines)


def test_hostile_result_can_be_built(tmp_path: Path) -> None:
    """Text that is no Unicode, and every other thing that an interpreter may say, can be written."""
    build(Report([evil()]), tmp_path)

    assert "\\ud800" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_build_writes_everything_and_removes_nothing(tmp_path: Path) -> None:
    """The folder has the page and its parts beside whatever was there."""
    (tmp_path / "mine.txt").write_text("kept")
    report = some_report()
    written = {str(path.relative_to(tmp_path)) for path in build(report, tmp_path)}
    slugs = [each.slug for each in report.results]
    merged = json.loads((tmp_path / "results.json").read_text())

    assert (tmp_path / "mine.txt").read_text() == "kept"
    assert {"index.html", "specification.html", "report.md", "results.json"} <= written
    assert {f"junit/{slug}.xml" for slug in slugs} <= written
    assert {f"badges/{slug}.{kind}" for slug in slugs for kind in ("svg", "json")} <= written
    assert len(merged["results"]) == len(slugs)
    assert [entry["id"] for entry in merged["behaviours"]] == list(load())
    assert [each["title"] for each in merged["documents"]] == [document.title for document in documents()]


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        ("fail", "pass", "fixed"),
        ("absent", "pass", "fixed"),
        ("pass", "fail", "broken"),
        ("pass", "unmet", "broken"),
        ("pass", "crash", "new crash"),
        ("fail", "timeout", "new crash"),
        ("crash", "fail", "fixed crash"),
        ("timeout", "pass", "fixed crash"),
        ("crash", "timeout", None),
        ("fail", "fail", None),
        ("pass", "pass", None),
    ],
)
def test_diff_puts_a_change_into_one_list(before: str, after: str, where: str | None) -> None:
    """Each change is in exactly one list."""
    found = compare(result({"SND-001": before}), result({"SND-001": after}))

    assert found == {name: (["SND-001"] if name == where else []) for name in LISTS}


def test_diff_of_what_is_new_and_gone() -> None:
    """A case in only one of the results is new or gone; one that does not apply is no change."""
    whole = result()
    less = Result(whole.path, {**whole.document, "outcomes": whole.document["outcomes"][1:]})
    missing = whole.document["outcomes"][0]["case"]
    older = result({"EQV-006[in-await-anext]": "fail"}, judged_as="3.7")

    assert compare(less, whole)["new"] == [missing]
    assert compare(whole, less)["gone"] == [missing]
    assert not any(compare(result(judged_as="3.7"), older).values())
