"""One page for each behaviour: what must hold and why, how each column stands, the code, and how to run it."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlencode

from markupsafe import Markup

from conformance.behaviour import Behaviour
from conformance.program import Body, body, cases, program, travelling
from conformance.requirements import demands, quotes
from conformance.sources import Section
from conformance.verdicts import STATUSES
from reports.answers import answer
from reports.explain import CannotExplain, explain
from reports.families import Family, variant
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
from reports.site import home
from reports.site.markup import behaviour_url, module_url, render_page
from runners.record.found import Cause

#: Failures of a behaviour that its page tells in full: one with a hundred cases can fail in hundreds of ways.
MOST_FAILURES = 24


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
class Mark:
    """How a behaviour stands in one column, or in all the releases from one to another that do not fail."""

    result: Result
    status: str
    last: Result


@dataclass(frozen=True)
class Strip:
    """How a behaviour stands in the columns of one family, the oldest first.

    ``quiet`` are builds that do not fail, in a family whose plain builds are among ``marks``: status → columns.
    """

    family: Family
    marks: list[Mark]
    quiet: dict[str, list[Result]]


@dataclass(frozen=True)
class Reason:
    """A section that a behaviour cites: its own words, and the demand as the suite reads it."""

    section: Section
    quotes: tuple[str, ...]
    demands: tuple[str, ...]


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
    strips: list[Strip]
    reasons: list[Reason]
    upstream: dict[Result, str]
    #: The parts of its program that it does not share with others.
    program: Mapping[str, str]

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
    """``b/ID.html`` and ``scripts/ID.py`` for each behaviour, and what the pages share: ``data/program.js``.

    A number that has several behaviours, for several eras, has a page that leads to them.
    """
    found = {"data/program.js": shared()}
    for group in report.areas:
        for module in group.modules:
            for place, standing in enumerate(module.standings):
                behaviour = standing.behaviour
                found[f"scripts/{behaviour.id}.py"] = program(behaviour).text
                found[behaviour_url(behaviour)] = render_page(
                    "behaviour.html.j2",
                    behaviour_url(behaviour),
                    page=home.FILE,
                    report=report,
                    module=module,
                    item=item(standing, report),
                    answer=answer(standing, report),
                    before=module.standings[place - 1].behaviour if place else None,
                    after=module.standings[place + 1].behaviour if place + 1 < len(module.standings) else None,
                    eras=[each for each in report.catalogue.values() if each.number == behaviour.number],
                    wrong=wrong(behaviour, report),
                    module_url=module_url,
                    causes_of=partial(causes, report=report),
                    most=MOST_FAILURES,
                )
    return found


def shared() -> str:
    """The parts that the programs of all behaviours share, as a script."""
    parts = {name: travelling(name).strip() for name in ("prelude", "driver")}
    return f"(globalThis.conformance ??= {{}}).program = {json.dumps(parts, ensure_ascii=True)};\n"


def wrong(behaviour: Behaviour, report: Report) -> str:
    """The form for a wrong verdict with the ID filled in; empty if nobody knows where the project is."""
    fields = urlencode({"template": "wrong-verdict.yml", "case": behaviour.id, "title": f"{behaviour.id} on "})
    return f"{report.repository}/issues/new?{fields}" if report.repository else ""


def item(standing: Standing, report: Report) -> Item:
    """Everything about one behaviour."""
    behaviour = standing.behaviour
    text, whole = body(behaviour), program(behaviour)
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
        strips=strips(standing, report),
        reasons=reasons(behaviour),
        upstream=upstream(standing, report),
        program={"head": whole.head, "body": whole.body, "end": whole.end},
    )


def causes(failure: Failure, report: Report) -> dict[Cause, Result]:
    """The causes of a failure, each with an interpreter whose page tells about it."""
    found: dict[Cause, Result] = {}
    for result in failure.results:
        cause = report.cause(failure.case, result)
        if cause is not None:
            found.setdefault(cause, result)
    return found


def strips(standing: Standing, report: Report) -> list[Strip]:
    """The columns of each family with their statuses, the oldest first: how the behaviour stood in each."""
    return [_strip(family, standing) for family in report.families]


def _strip(family: Family, standing: Standing) -> Strip:
    marks: list[Mark] = []
    quiet: dict[str, list[Result]] = {}
    plain = [each for each in family.columns if not variant(each)]
    for each in reversed(family.columns):
        status = standing.statuses[each.slug]
        fails = STATUSES[status].fails
        if plain and each not in plain and not fails:
            quiet.setdefault(status, []).append(each)
        elif marks and marks[-1].status == status and not fails and each in plain:
            marks[-1] = replace(marks[-1], last=each)
        else:
            marks.append(Mark(each, status, each))
    return Strip(family, marks, quiet)


def reasons(behaviour: Behaviour) -> list[Reason]:
    """What each cited section says: its words if they are quoted, or else our reading of it."""
    made = [Reason(each, tuple(quotes(each, behaviour)), tuple(demands(each, behaviour))) for each in behaviour.sources]
    # What binds an implementation comes first.
    return sorted(made, key=lambda each: each.section.level in (None, "detail"))


def upstream(standing: Standing, report: Report) -> dict[Result, str]:
    """The text that can be filed with the makers, for each newest release on which a failure counts."""
    found = {}
    for result in report.heads:
        outcomes = [result.outcomes.get(case.name) for case in cases(standing.behaviour)]
        if any(each is not None and each.fails and each.counts for each in outcomes):
            try:
                found[result] = explain(
                    standing.behaviour.id, [standing.behaviour], result, report.heads, report.causes
                )
            except CannotExplain:
                continue
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
