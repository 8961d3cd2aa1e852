"""One page for each module of behaviours: sentence, sources, code, and how each interpreter stands."""

from __future__ import annotations

import shlex
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from conformance.program import Body, body, cases
from conformance.verdicts import STATUSES
from reports.model import (
    MAY_HAVE_CHANGED,
    Failure,
    Report,
    Result,
    Standing,
    case_status,
    failures,
    observations,
    rank,
)
from reports.site import matrix
from reports.site.markup import module_url, render_page
from runners.record.found import Cause


@dataclass(frozen=True)
class Verdict:
    """Interpreters in which some cases of a behaviour have the same status. ``cases`` is empty for all of them."""

    status: str
    cases: tuple[str, ...]
    results: list[Result]

    @property
    def words(self) -> str:
        """The status as the verb of a sentence that ends with the interpreters."""
        return STATUSES[self.status].verb


@dataclass(frozen=True)
class Aside:
    """The verdict of some cases where the behaviour does not apply, in few words: it counts for nobody."""

    verdict: str
    message: str
    cases: list[str]
    results: list[Result]


@dataclass(frozen=True)
class Item:
    """A behaviour as its page shows it. ``counting`` failures are from versions that it applies to."""

    standing: Standing
    cases: list[str]
    verdicts: list[Verdict]
    counting: list[Failure]
    aside: list[Aside]
    observations: list[tuple[str, str, list[Result]]]
    body: Body
    #: The code, with the lines marked in which the behaviour failed.
    code: Markup
    #: The command that makes a program of its first case.
    command: str

    @property
    def fails(self) -> bool:
        """Whether it fails in any interpreter that it applies to."""
        return any(STATUSES[status].fails for status in self.standing.statuses.values())

    @property
    def may_have_changed(self) -> bool:
        """Whether a failure of it is from a result without a hash of the case."""
        return any(failure.stale == MAY_HAVE_CHANGED for failure in self.counting)

    def line(self, failure: Failure) -> int | None:
        """The line of the file in which a case failed, or None."""
        line = failure.outcome.line
        return None if line is None else self.body.in_file(line)

    def line_text(self, failure: Failure) -> str:
        """The text of the line, where the message is not the condition that stands in it."""
        outcome = failure.outcome
        if outcome.line is None or (outcome.message or "").startswith("assert "):
            return ""
        return self.body.line_text(outcome.line)


def pages(report: Report) -> dict[str, str]:
    """``behaviours/<area>-<module>.html``, or ``<area>-<folder>-<module>``, with an anchor for each ID, all escaped."""
    found = {}
    modules = [module for area in report.areas for module in area.modules]
    for number, module in enumerate(modules):
        found[module_url(module.name)] = render_page(
            "behaviours.html.j2",
            module_url(module.name),
            page=matrix.FILE,
            report=report,
            module=module,
            items=[item(standing, report) for standing in module.standings],
            before=modules[number - 1] if number else None,
            after=modules[number + 1] if number + 1 < len(modules) else None,
            module_url=module_url,
            causes_of=partial(causes, report=report),
        )
    return found


def item(standing: Standing, report: Report) -> Item:
    """Everything about one behaviour."""
    behaviour = standing.behaviour
    text = body(behaviour)
    names = [case.name for case in cases(behaviour)]
    counting = [each for each in failures(behaviour, report.results) if each.outcome.applicable]
    lines = {each.outcome.line for each in counting if each.outcome.fails and each.outcome.line is not None}
    return Item(
        standing=standing,
        cases=names,
        verdicts=verdicts(standing, report.results),
        counting=counting,
        aside=asides(names, report.results),
        observations=observations(behaviour, report.results),
        body=text,
        code=code(text, {text.in_file(line) for line in lines}),
        command=f"python -m conformance script {shlex.quote(names[0])} > case.py",
    )


def causes(failure: Failure, report: Report) -> dict[Cause, Result]:
    """The causes of a failure, each with an interpreter whose page tells about it."""
    found: dict[Cause, Result] = {}
    for result in failure.results:
        cause = report.cause(failure.case, result)
        if cause is not None:
            found.setdefault(cause, result)
    return found


def verdicts(standing: Standing, results: Iterable[Result]) -> list[Verdict]:
    """Statuses with the interpreters that share them, the worst first; cases are named where they differ."""
    names = [case.name for case in cases(standing.behaviour)]
    found: dict[tuple[str, tuple[str, ...]], list[Result]] = {}
    for result in results:
        by_status: dict[str, list[str]] = {}
        for name in names:
            by_status.setdefault(case_status(name, result), []).append(name)
        for status, those in by_status.items():
            # The cases that hold are not listed: a reader wants to know the cases that stand out.
            listed = () if len(by_status) == 1 or status == "pass" else tuple(those)
            if status != "pass" or len(by_status) == 1:
                found.setdefault((status, listed), []).append(result)
    ordered = sorted(found.items(), key=lambda each: rank(each[0][0]))
    return [Verdict(status, those, shown_by) for (status, those), shown_by in ordered]


def asides(names: Iterable[str], results: Iterable[Result]) -> list[Aside]:
    """The verdicts of the cases in versions that they do not apply to, equal ones together."""
    found: dict[tuple[str, str, str], list[Result]] = {}
    for result in results:
        for name in names:
            outcome = result.outcomes.get(name)
            if outcome is not None and not outcome.applicable and outcome.verdict != "absent":
                found.setdefault((outcome.verdict, outcome.message or "", name), []).append(result)
    together: dict[tuple[str, str, tuple[str, ...]], Aside] = {}
    for (verdict, message, name), shown_by in found.items():
        key = (verdict, message, tuple(result.slug for result in shown_by))
        together.setdefault(key, Aside(verdict, message, [], shown_by)).cases.append(name)
    return list(together.values())


def code(text: Body, marked: Container[int]) -> Markup:
    """The source of a body, with lines of its file marked; quotes need no escape in text, and code is full of them."""
    found = []
    for number, line in enumerate(text.original.splitlines(), text.line):
        safe = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        found.append(f"<mark>{safe}</mark>" if number in marked else safe)
    return Markup("\n".join(found))
