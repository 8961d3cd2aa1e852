"""Results, reports and a site, some of them hostile; answers of commands; the tags of a page."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from click.testing import Result as Answer

from conformance import hashes
from conformance.behaviour import Version, parse_version
from conformance.catalogue import load
from conformance.program import cases
from reports.build import files
from reports.model import LeftOut, Report, Result
from runners.record.found import Cause, Causes, Found
from runners.record.outcome import Outcome
from runners.record.results import Interpreter, Record, Selection
from runners.record.revision import Python, Suite
from runners.transport.answers import Answer as Verdict
from tests.runners.record.samples import as_schema_1

EVIL = "<script>alert('x')</script>\"'&\x1b[31m\x00\ud800`|_*]]>--></pre>\u202e"
#: EVIL as it comes out of a result file: with escapes for the characters that cannot be printed.
TAMED = "<script>alert('x')</script>\"'&\\x1b[31m\\x00\\ud800`|_*]]>--></pre>\\u202e"

_INTERPRETER = Interpreter(
    slug="cpython-3.13.0",
    label="python",
    title="CPython 3.13.0",
    command="python",
    implementation="cpython",
    implementation_version="3.13.0",
    language_version="3.13.0",
    judged_as="3.13",
    version_text="3.13.0",
    build=(),
    platform="linux",
    system="Linux",
    machine="x86_64",
    features={"gc": None},
)
_SUITE = Suite("0.1.0", "abc", "0123456789abcdef")


def result(
    verdicts: Mapping[str, str] | None = None,
    slug: str = "cpython-3.13.0",
    judged_as: str = "3.13",
    interpreter: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Result:
    """A result in which every case of the suite has the verdict given, or else passed.

    ``interpreter`` and ``changes`` are fields of the record's interpreter and of the record with other values.
    """
    outcomes = {case: copy(each) for case, each in _passed(parse_version(judged_as)).items()}
    for case, verdict in (verdicts or {}).items():
        if verdict != "pass" and case in outcomes:
            outcomes[case] = replace(outcomes[case], verdict=verdict, message=f"because of {case}", observed=None)
    it = replace(_INTERPRETER, **{"slug": slug, "judged_as": judged_as, **(interpreter or {})})
    return Result(Path(f"{slug}.json"), replace(_record(it, outcomes), **changes))


def column(slug: str, implementation: str, version: str, language: str, *build: str, **changes: Any) -> Result:
    """A result of one build of one implementation."""
    name = {"cpython": "CPython", "pypy": "PyPy"}.get(implementation, implementation)
    about = {
        "title": f"{name} {version}",
        "implementation": implementation,
        "implementation_version": version,
        "language_version": language,
        "build": build,
        **changes,
    }
    return result(slug=slug, judged_as=".".join(language.split(".")[:2]), interpreter=about)


@cache
def _passed(judged_as: Version) -> Mapping[str, Outcome]:
    """Each case of the suite → an outcome that passed."""
    outcomes = {}
    for behaviour in load().values():
        for case in cases(behaviour):
            answer = Verdict("pass", observed=behaviour.allowed[0] if behaviour.allowed else None)
            outcomes[case.name] = Outcome.of(case, answer, judged_as)
    return outcomes


def absent_result(slug: str, why: str = "no yield", **changes: Any) -> Result:
    """A result of an interpreter without asynchronous generators."""
    names = {case.name: "absent" for behaviour in load().values() for case in cases(behaviour)}
    return result(names, slug=slug, absent=why, **changes)


def selection(number: int, *arguments: str) -> Selection:
    """A choice of so many cases."""
    return Selection(arguments or ("-k", "SND"), number)


def small(*outcomes: Outcome, **changes: Any) -> Result:
    """A result of a few outcomes, without hashes."""
    made = _record(_INTERPRETER, {outcome.case: outcome for outcome in outcomes})
    return Result(Path("small.json"), replace(made, hashes={}, **changes))


def outcome(verdict: str = "pass", case: str = "SND-001", **values: Any) -> Outcome:
    """An outcome that counts."""
    known: dict[str, Any] = {"module": "conformance/bidirection/test_asend.py", "level": "language", "applicable": True}
    return Outcome(**{"verdict": verdict, "case": case, "id": case.partition("[")[0], **known, **values})


def changed(made: Result, case: str, **values: Any) -> Result:
    """The result with other values of one outcome, if it has that one."""
    return edited(made, lambda each: replace(each, **values) if each.case == case else each)


def edited(made: Result, edit: Callable[[Outcome], Outcome]) -> Result:
    """The result with each outcome edited."""
    outcomes = {case: edit(outcome) for case, outcome in made.outcomes.items()}
    return recorded(made, outcomes=outcomes)


def without(made: Result, *gone: str) -> Result:
    """The result without some cases."""
    return recorded(made, outcomes={case: each for case, each in made.outcomes.items() if case not in gone})


def recorded(made: Result, **values: Any) -> Result:
    """The result with other values of its record."""
    return replace(made, record=replace(made.record, **values))


def text_of(made: Result) -> str:
    """The result file."""
    return json.dumps(made.record.as_document())


def old_text_of(made: Result) -> str:
    """The result as a file of schema 1, which has no hashes and counts lines of the module."""
    return json.dumps(as_schema_1(made.record.as_document()))


def _record(interpreter: Interpreter, outcomes: dict[str, Outcome]) -> Record:
    current = hashes.current()
    return Record(
        suite=_SUITE,
        host=Python("CPython", "3.13.0"),
        interpreter=interpreter,
        started="2026-11-23T12:00:00Z",
        seconds=1.5,
        complete=True,
        outcomes=outcomes,
        hashes={case: current[case] for case in outcomes if case in current},
    )


def evil_result(slug: str = "cpython-3.13.0") -> Result:
    """A result in which everything that an interpreter can say is hostile, as it comes out of its file."""
    whole = result({"SND-001": "fail", "SND-012[42]": "crash"}, slug=slug)
    document = whole.record.as_document()
    for each in document["outcomes"]:
        if each["verdict"] == "pass":
            each["observed"] = EVIL
        else:
            each.update(message=EVIL, locals={EVIL: EVIL}, output=EVIL, stderr=EVIL, dirty=[EVIL], line=1)
    words = ["title", "command", "label", "version_text", "platform", "system", "machine"]
    words += ["implementation", "implementation_version", "language_version"]
    document["interpreter"].update(dict.fromkeys(words, EVIL), features={EVIL: EVIL}, build=[EVIL])
    document["interpreter"].update(host={"implementation": EVIL, "version": EVIL}, loop={"name": EVIL, "version": EVIL})
    document["suite"] = {"version": EVIL, "revision": EVIL, "harness": EVIL}
    document["end"] = {"status": -11, "stderr": EVIL}
    return Result(Path("evil.json"), Record.from_document(document))


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
    return Report(
        [
            result(),
            result({"SND-001": "fail"}, slug="pypy-1", interpreter={"implementation": "pypy", "title": "PyPy 1"}),
            absent_result("tiny-1", interpreter={"implementation": "tiny", "title": "Tiny 1"}),
            result(slug="cut-1", interpreter={"title": "Cut 1"}, complete=False),
        ]
    )


@cache
def whole_site() -> dict[str, str]:
    """Every file but pictures of the site of :func:`some_report`, the hostile result, and a file that was left out.

    A file that is compressed by gzip is there as the text in it.
    """
    left_out = [LeftOut(Path("/home/me/bad.json"), f"is not valid JSON {EVIL}")]
    made = files(Report([*some_report().results, evil_result("evil-1")], left_out))
    texts = {name: content for name, content in made.items() if isinstance(content, str)}
    packed = {name: content for name, content in made.items() if isinstance(content, bytes) and name.endswith(".gz")}
    return {**texts, **{name: gzip.decompress(content).decode() for name, content in packed.items()}}


def run_command(command: Any, *arguments: object) -> Answer:
    """The answer of a command of ours."""
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def some_cause(*cases: str, **values: Any) -> Cause:
    """A cause that names these cases on every CPython."""
    given: dict[str, Any] = {
        "id": "some-cause",
        "title": "it does not hold",
        "cases": cases,
        "only": ("cpython",),
        "program": "print(1)",
        "expected": "1",
        "seen": "2",
        "upstream": None,
        "state": "open",
        "implementation": "some",
        "where": "some.toml: cause some-cause",
        **values,
    }
    return Cause(**given)


def causes(*some: Cause) -> Found:
    """These causes as the only ones."""
    return Found([Causes("some", "Some", "", some)])
