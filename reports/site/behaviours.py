"""One page for each module of behaviours: sentence, sources, code, and what each interpreter showed."""

from __future__ import annotations

import shlex
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from conformance.program import Body, body, cases
from reports.markup import module_url, render_page
from reports.model import FAILURES, Entry, Report, Result, case_status, failures, observations

#: Status → the verb of a sentence that goes on with "on" and the interpreters.
WORDS = {
    "crash": "crashes",
    "timeout": "does not end",
    "fail": "fails",
    "known": "fails, and is known to,",
    "error": "could not be judged",
    "pass": "holds",
    "unmet": "was not run, as something that it uses is missing,",
    "not run": "was not run",
    "absent": "is absent",
    "does not apply": "does not apply",
}


@dataclass(frozen=True)
class Verdict:
    """Interpreters in which some cases of a behaviour have the same status. ``cases`` is empty for all of them."""

    status: str
    cases: tuple[str, ...]
    results: list[Result]

    @property
    def words(self) -> str:
        """The status as the verb of a sentence that ends with the interpreters."""
        return WORDS[self.status]


@dataclass(frozen=True)
class Failure:
    """What did not pass, once for all the interpreters that say the same of a case."""

    case: str
    outcome: Mapping[str, Any]
    results: list[Result]
    #: The text of the line, where the message is not the condition that stands in it.
    line_text: str


@dataclass(frozen=True)
class Aside:
    """What some cases show where the behaviour does not apply, in few words: it counts for nobody."""

    verdict: str
    message: str
    cases: list[str]
    results: list[Result]


@dataclass(frozen=True)
class Item:
    """A behaviour as its page shows it. ``counting`` failures are those of versions that it applies to."""

    entry: Entry
    cases: list[str]
    verdicts: list[Verdict]
    counting: list[Failure]
    aside: list[Aside]
    observations: list[tuple[str, str, list[Result]]]
    body: Body
    #: The code, with the lines marked in which the behaviour failed.
    code: Markup
    #: What makes a program of its first case.
    command: str

    @property
    def fails(self) -> bool:
        """Whether it fails in any interpreter that it applies to."""
        return any(status in FAILURES for status in self.entry.statuses.values())


def pages(report: Report) -> dict[str, str]:
    """``behaviours/<area>-<module>.html``, or ``<area>-<folder>-<module>``, with an anchor for each ID, all escaped."""
    found = {}
    modules = [module for area in report.areas for module in area.modules]
    for number, module in enumerate(modules):
        found[module_url(module.name)] = render_page(
            "behaviours.html.j2",
            "../",
            page="matrix",
            report=report,
            module=module,
            items=[item(entry, report) for entry in module.entries],
            before=modules[number - 1] if number else None,
            after=modules[number + 1] if number + 1 < len(modules) else None,
            module_url=module_url,
        )
    return found


def item(entry: Entry, report: Report) -> Item:
    """Everything about one behaviour."""
    behaviour = entry.behaviour
    text = body(behaviour)
    names = [case.name for case in cases(behaviour)]
    counting = []
    for case, outcome, results in failures(behaviour, report.results):
        if outcome["applicable"]:
            message, line = outcome["message"] or "", outcome["line"]
            shown = "" if line is None or message.startswith("assert ") else text.line_text(line)
            counting.append(Failure(case, outcome, results, shown))
    marked = {each.outcome["line"] for each in counting if each.outcome["verdict"] != "unmet"}
    return Item(
        entry=entry,
        cases=names,
        verdicts=verdicts(entry, report.results),
        counting=counting,
        aside=asides(names, report.results),
        observations=observations(behaviour, report.results),
        body=text,
        code=code(text, marked),
        command=f"python -m conformance script {shlex.quote(names[0])} > case.py",
    )


def verdicts(entry: Entry, results: Iterable[Result]) -> list[Verdict]:
    """Statuses with the interpreters that share them, what fails first; cases are named where they differ."""
    names = [case.name for case in cases(entry.behaviour)]
    found: dict[tuple[str, tuple[str, ...]], list[Result]] = {}
    for result in results:
        by_status: dict[str, list[str]] = {}
        for name in names:
            by_status.setdefault(case_status(name, result), []).append(name)
        for status, those in by_status.items():
            # The rest of the cases is not listed: a reader wants to know those that stand out.
            listed = () if len(by_status) == 1 or status == "pass" else tuple(those)
            if status != "pass" or len(by_status) == 1:
                found.setdefault((status, listed), []).append(result)
    order = [*FAILURES, "error", "pass", "unmet", "not run", "absent", "does not apply"]
    ordered = sorted(found.items(), key=lambda each: order.index(each[0][0]))
    return [Verdict(status, those, who) for (status, those), who in ordered]


def asides(names: Iterable[str], results: Iterable[Result]) -> list[Aside]:
    """What the cases show in versions that they do not apply to, those together that show the same."""
    found: dict[tuple[str, str, str], list[Result]] = {}
    for result in results:
        for name in names:
            outcome = result.outcomes.get(name)
            if outcome is not None and not outcome["applicable"] and outcome["verdict"] != "absent":
                found.setdefault((outcome["verdict"], outcome["message"] or "", name), []).append(result)
    together: dict[tuple[str, str, tuple[str, ...]], Aside] = {}
    for (verdict, message, name), who in found.items():
        key = (verdict, message, tuple(result.slug for result in who))
        together.setdefault(key, Aside(verdict, message, [], who)).cases.append(name)
    return list(together.values())


def code(text: Body, marked: Container[int | None]) -> Markup:
    """The source of a body; quotes stay as they are, which need no escape in text, and are what code is full of."""
    found = []
    for number, line in enumerate(text.original.splitlines(), text.line):
        safe = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        found.append(f"<mark>{safe}</mark>" if number in marked else safe)
    return Markup("\n".join(found))
