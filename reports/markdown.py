"""The report as Markdown: for CI step summaries, issues and mail."""

from __future__ import annotations

import re

from reports.features import lacks, missing
from reports.model import Count, Report, Result, failures

#: Beyond this many failures of one interpreter the rest is only counted.
MOST = 50
#: What GitHub makes of plain text although a backslash is before it: mathematics, mentions, numbers of issues, emoji
#: and addresses. In an element of its own the character is only text.
_GITHUB = re.compile(r"[$@#]|:(?=//|[\w+\\-]+:)|(?<=\bwww)\.", re.IGNORECASE)


def escape(text: str) -> str:
    """Text from an interpreter as Markdown that shows it on one line and does nothing else."""
    text = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = re.sub(r"([\\`*_{}\[\]()+!|~])", r"\\\1", text)
    return _GITHUB.sub(r"<span>\g<0></span>", text)


def own(text: str) -> str:
    """A text of this suite as Markdown: names with underscores stay as they are, everything else is plain already."""
    return re.sub(r"([\\`*_<>|])", r"\\\1", text)


def sentence(text: str) -> str:
    """A sentence of the catalogue as Markdown, with its code as code."""
    parts = re.split(r"``(.+?)``", text)
    return "".join(f"`{part}`" if number % 2 else own(part) for number, part in enumerate(parts))


def fence(text: str, language: str = "") -> str:
    """A text as a block of code, between marks that are longer than any in it."""
    marks = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 0)
    return f"{marks}{language}\n{text.rstrip()}\n{marks}"


def render(report: Report) -> str:
    """The matrix, and then the failures of each interpreter."""
    lines = [
        "# Asynchronous generator conformance",
        "",
        f"The newest run began at {report.newest}; revision of the suite: {escape(', '.join(report.revisions))}. "
        "A cell counts behaviours that the language and library documents demand: how many hold / how many apply. "
        "The numbers in parentheses are of CPython's undocumented details.",
        "",
        "| | " + " | ".join(escape(result.title) for result in report.results) + " |",
        "|---|" + "---|" * len(report.results),
    ]
    for group in [*report.areas, report.total]:
        row = [_cell(group.binding[r.slug], group.details[r.slug]) for r in report.results]
        lines.append(f"| {group.name} | " + " | ".join(row) + " |")
    lines.append("| run | " + " | ".join(escape(result.remark or "full") for result in report.results) + " |")
    for name, standings in report.alone.items():
        ids = ", ".join(standing.behaviour.id for standing in standings)
        lines += ["", f"Failing on {escape(name)} and on no other implementation ({len(standings)}): {ids}."]
    for result in report.results:
        lines += _failures(report, result)
    return "\n".join(lines) + "\n"


def _cell(binding: Count, details: Count) -> str:
    text = f"{binding.passed}/{binding.applicable}"
    return text + (f" ({details.passed}/{details.applicable})" if details.applicable else "")


def _failures(report: Report, result: Result) -> list[str]:
    found = [
        standing.behaviour
        for standing in report.standings
        if standing.behaviour.level != "detail"
        and standing.fails_in([result])
        and lacks(standing.behaviour, result) is None
    ]
    lines = ["", f"## {escape(result.title)}", ""]
    if result.record.absent is not None:
        why = escape(result.record.absent)
        return [*lines, f"The interpreter has no asynchronous generators ({why}). No behaviour was run."]
    without = missing(report, result)
    for each in without:
        lines += [escape(each.sentence), ""]
    if not found and without:
        return lines[:-1]
    if not found:
        whole = result.record.full
        return [*lines, "No language or library behaviour fails." if whole else "No behaviour of this run fails."]
    for behaviour in found[:MOST]:
        failure = next(each for each in failures(behaviour, [result]) if each.outcome.counts)
        outcome = failure.outcome
        said = f"{sentence(behaviour.sentence)} ({escape(outcome.message or 'no message')})"
        known = f" Known: {escape(outcome.known)}." if outcome.known is not None else ""
        lines.append(f"- **{escape(failure.case)}** {outcome.verdict}: {said}{known}")
    if len(found) > MOST:
        lines.append(f"- and {len(found) - MOST} more")
    return lines
