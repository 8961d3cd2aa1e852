"""One failure as Markdown that can be filed with the makers of the interpreter: "why do you say that we fail?"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from conformance.behaviour import Behaviour
from conformance.catalogue import find, load
from conformance.program import Case, body, cases, script
from conformance.requirements import demands, quotes
from conformance.sources import Section
from conformance.verdicts import STATUSES
from reports.markdown import escape, fence, own
from reports.model import Result, case_status, who
from runners.record.found import Cause, Found
from runners.record.outcome import Outcome


class CannotExplain(Exception):
    """There is nothing to explain. The message is one line that says why."""


def named(name: str) -> list[Behaviour]:
    """The behaviours that a name of a case, an ID or a number stands for. Raises CannotExplain."""
    try:
        return find(load(), name)
    except KeyError as error:
        raise CannotExplain(error.args[0]) from None


def explain(name: str, behaviours: Sequence[Behaviour], result: Result, others: Sequence[Result], found: Found) -> str:
    """A failure that counts, as Markdown.

    ``name`` is a case, or an ID or number whose first failing case is taken; ``behaviours`` are those of :func:`named`.
    ``others`` are results of other interpreters. Raises CannotExplain.
    """
    meant = [case for each in behaviours for case in cases(each) if name in (case.name, each.id, each.number)]
    failing = [case for case in meant if _problem(case, result) is None]
    if not failing:
        raise CannotExplain(_problem(meant[0], result))
    case, outcome = failing[0], result.outcomes[failing[0].name]
    cause = found.explaining(outcome, result.interpreter)
    parts = [
        _head(case, result, cause),
        _said(case.behaviour),
        _program(case, outcome, result, cause),
        _seen(case, outcome, [each.name for each in failing[1:]]),
        _others(case, result, others),
        _versions(case, outcome, result),
    ]
    return "\n".join(chain.from_iterable([*part, ""] for part in parts if part)).rstrip() + "\n"


def wanted(behaviours: Sequence[Behaviour]) -> frozenset[str]:
    """The cases that an explanation of these behaviours needs."""
    return frozenset(case.name for each in behaviours for case in cases(each))


def _problem(case: Case, result: Result) -> str | None:
    """Why there is no failure to explain, or None if there is one."""
    outcome, behaviour = result.outcomes.get(case.name), case.behaviour
    where = f"{result.title} ({result.path})"
    if outcome is None:
        return f"{case.name} was not run on {where}"
    if outcome.verdict == "pass":
        return f"{case.name} passes on {where}"
    if not outcome.fails:
        return f"{case.name} did not fail on {where}: it {STATUSES[outcome.verdict].told}"
    if not outcome.applicable:
        return f"{case.name} is about Python {behaviour.versions}, and does not count on {where}"
    if not outcome.binding:
        return f"{case.name} is a detail of CPython that no document demands, so that nobody fails it"
    if result.stale(case.name) is not None:
        return f"{case.name} is another text now than the one that ran on {where}; run it again"
    return None


def _head(case: Case, result: Result, cause: Cause | None) -> list[str]:
    title = f"{case.behaviour.id} does not hold" if cause is None else own(cause.title)
    lines = [f"# {escape(result.title)}: {title}", ""]
    if cause is not None and cause.upstream is not None:
        lines += [f"This is known to the makers ({cause.fate}): <{cause.upstream}>."]
        lines += [f"Their answer: {own(cause.answer)}"] if cause.answer is not None else []
        lines += [""]
    if cause is not None and cause.note is not None:
        lines += [own(cause.note), ""]
    return [*lines, f"This must hold ({case.behaviour.level}, Python {case.behaviour.versions}):", "", _sentence(case)]


def _sentence(case: Case) -> str:
    given = ", ".join(f"`{name} = {value!r}`" for name, value in case.arguments.items())
    return f"> {case.behaviour.sentence}" + (f" With {given}." if given else "")


def _said(behaviour: Behaviour) -> list[str]:
    """What the documents say, section by section, those that bind an implementation first."""
    binding = [each for each in behaviour.sources if each.document.level in ("language", "library")]
    lines = ["## Where it is said"]
    for section in binding:
        lines += ["", f"[{section.document.title}, {section.title}]({section.url}):", "", *_words(section, behaviour)]
    rest = [each for each in behaviour.sources if each.document.level == "detail"]
    if rest:
        links = "; ".join(f"[{each.document.title}, {each.title}]({each.url})" for each in rest)
        lines += ["", f"See also: {links}."]
    return lines


def _words(section: Section, behaviour: Behaviour) -> list[str]:
    found = quotes(section, behaviour)
    if found:
        return ["\n>\n".join(f"> {own(words)}" for words in found)]
    said = demands(section, behaviour)
    return [f"The suite reads it as: {' '.join(said)}" if said else "The suite's reading of it is the sentence above."]


def _program(case: Case, outcome: Outcome, result: Result, cause: Cause | None) -> list[str]:
    lines = ["## The smallest program", ""]
    if cause is not None:
        shown = [fence(cause.program, "python"), "", "It should print:", "", fence(cause.expected), ""]
        return [*lines, *shown, f"On {escape(result.title)} it prints:", "", fence(cause.seen)]
    told = f"{'PASS' if outcome.verdict == 'pass' else 'FAIL'} {case.name}: {outcome.message or outcome.verdict}"
    return [
        *lines,
        f"The case as one program, as `python -m conformance script '{case.name}'` writes it. The case itself is the "
        f"function `{body(case.behaviour).name}`.",
        "",
        "<details><summary>The program</summary>",
        "",
        fence(script(case), "python"),
        "",
        "</details>",
        "",
        f"It should print `PASS {case.name}`. On {escape(result.title)} it prints:",
        "",
        fence(told),
    ]


def _seen(case: Case, outcome: Outcome, more: list[str]) -> list[str]:
    """What the suite saw: the condition that does not hold, and the values."""
    text = body(case.behaviour)
    lines = [f"{case.name} {STATUSES[outcome.verdict].told}: {outcome.message or 'no message'}"]
    if outcome.line is not None:
        lines.append(f"{text.file}:{text.in_file(outcome.line)}: {text.line_text(outcome.line)}")
    lines += [f"    {name} = {value}" for name, value in sorted((outcome.locals or {}).items())]
    lines += [f"printed: {outcome.output}"] if outcome.output else []
    lines += [f"last words: {outcome.stderr}"] if outcome.stderr else []
    found = ["## What the suite saw", "", fence("\n".join(lines))]
    if outcome.after is not None:
        found += ["", f"It fails only after `{outcome.after}` in the same process."]
    if more:
        found += ["", f"The same behaviour fails in {len(more)} more: {', '.join(f'`{name}`' for name in more)}."]
    return found


def _others(case: Case, result: Result, others: Sequence[Result]) -> list[str]:
    """The other interpreters that the sentence applies to, by what the case does there."""
    among = sorted((each for each in others if each.slug != result.slug), key=lambda each: each.order)
    by_status: dict[str, list[Result]] = {"holds": [], "fails": [], "was not judged": []}
    for each in among:
        status = case_status(case.name, each)
        if status == "does not apply" or each.stale(case.name) is not None:
            continue
        kind = "holds" if status == "pass" else "fails" if STATUSES[status].fails else "was not judged"
        by_status[kind].append(each)
    lines = [f"* It {kind} on {escape(who(those, among))}." for kind, those in by_status.items() if those]
    return ["## Other interpreters", "", *lines] if lines else []


def _versions(case: Case, outcome: Outcome, result: Result) -> list[str]:
    record, it = result.record, result.interpreter
    host = [] if it.host is None else [("runs on", f"{it.host.implementation} {it.host.version}")]
    rows = [
        ("interpreter", result.title),
        ("version", it.version_text),
        ("build", ", ".join(it.build) or "default"),
        *host,
        ("platform", " on ".join(each for each in (it.system or it.platform, it.machine) if each)),
        ("judged as", f"Python {it.judged_as}"),
        ("run", record.started),
        ("suite", f"asyncgen-conformance {record.suite.version}, {outcome.revision or record.suite.revision}"),
    ]
    table = [f"| {name} | {escape(value)} |" for name, value in rows]
    return [
        "## Versions",
        "",
        "| | |",
        "|---|---|",
        *table,
        "",
        f"`python -m conformance show '{case.name}'` shows it.",
    ]
