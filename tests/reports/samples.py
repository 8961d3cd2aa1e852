"""Results and reports for the tests of ``reports``, one of them hostile; and what a browser would make of a page."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from conformance.catalogue import load
from conformance.program import cases
from reports.build import files
from reports.model import LeftOut, Report, Result
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


@cache
def whole_site() -> dict[str, str]:
    """Every file of the site of :func:`some_report` and the hostile result, and of a file that was left out."""
    hostile = evil().document
    named = {**hostile, "interpreter": {**hostile["interpreter"], "slug": "evil-1"}}
    left_out = [LeftOut(Path("/home/me/bad.json"), f"is no JSON {EVIL}")]
    return files(Report([*some_report().results, Result(Path("evil.json"), named)], left_out))
