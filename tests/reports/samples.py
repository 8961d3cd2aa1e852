"""Results, reports and a site, some of them hostile; answers of commands; the tags of a page."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from click.testing import Result as Answer

from conformance.catalogue import load
from conformance.program import cases
from reports.build import files
from reports.model import LeftOut, Report, Result
from tests.runners.record.samples import document, outcome

EVIL = "<script>alert('x')</script>\"'&\x1b[31m\x00\ud800`|_*]]>--></pre>\u202e"


def result(verdicts: dict[str, str] | None = None, slug: str = "cpython-3.13.0", **changes: Any) -> Result:
    """A result in which every case of the suite has the verdict given, or else passed."""
    version = tuple(int(part) for part in changes.pop("judged_as", "3.13").split("."))
    found = []
    for entry in load().values():
        for case in cases(entry):
            verdict = (verdicts or {}).get(case.name, "pass")
            values: dict[str, Any] = {"message": None if verdict == "pass" else f"because of {case.name}"}
            found.append(
                outcome(
                    case=case.name,
                    id=entry.id,
                    module=entry.module,
                    level=entry.level,
                    applicable=entry.applies_to(version),  # type: ignore[arg-type]
                    verdict=verdict,
                    observed=entry.allowed[0] if entry.allowed and verdict == "pass" else None,
                    **values,
                )
            )
    whole = document(outcomes=found)
    whole["interpreter"] = {**whole["interpreter"], "slug": slug, **changes.pop("interpreter", {})}
    return Result(Path(f"{slug}.json"), {**whole, **changes})


def evil_result() -> Result:
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


def tags_of(text: str) -> Tags:
    """The tags, links and ids of a page."""
    found = Tags()
    found.feed(text)
    return found


def some_report() -> Report:
    """A report of four interpreters: one passes everything, one fails a case, one is absent, one was cut short."""
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
    hostile = evil_result().document
    named = {**hostile, "interpreter": {**hostile["interpreter"], "slug": "evil-1"}}
    left_out = [LeftOut(Path("/home/me/bad.json"), f"is no JSON {EVIL}")]
    return files(Report([*some_report().results, Result(Path("evil.json"), named)], left_out))


def run_command(command: Any, *arguments: object) -> Answer:
    """The answer of a command of ours."""
    return CliRunner().invoke(command, [str(argument) for argument in arguments])
