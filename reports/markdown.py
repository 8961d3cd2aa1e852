"""The report as Markdown: for CI step summaries, issues and mail."""

from __future__ import annotations

import re

from reports.model import FAILURES, Count, Report, Result, failures
from runners.printable import printable

#: Beyond this many failures of one interpreter the rest is only counted.
MOST = 50


def escape(text: str) -> str:
    """Text from an interpreter as Markdown that shows it and does nothing else."""
    text = printable(" ".join(text.split()))
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_{}\[\]()#+!|~@])", r"\\\1", text)


def render(report: Report) -> str:
    """The matrix, and then what fails in each interpreter."""
    lines = [
        "# Asynchronous generator conformance",
        "",
        f"Newest run {report.newest}; suite {escape(', '.join(report.revisions))}. "
        "Each cell: behaviours that hold / that apply, for what the language and library documents say; "
        "in parentheses the same for CPython's undocumented details.",
        "",
        "| | " + " | ".join(escape(result.title) for result in report.results) + " |",
        "|---|" + "---|" * len(report.results),
    ]
    for group in [*report.areas, report.total]:
        row = [_cell(group.binding[r.slug], group.details[r.slug]) for r in report.results]
        lines.append(f"| {group.name} | " + " | ".join(row) + " |")
    lines.append("| run | " + " | ".join(escape(result.remark or "full") for result in report.results) + " |")
    for name, entries in report.alone.items():
        ids = ", ".join(entry.behaviour.id for entry in entries)
        lines += ["", f"Failing on {escape(name)} and on no other implementation ({len(entries)}): {ids}."]
    for result in report.results:
        lines += _failures(report, result)
    return "\n".join(lines) + "\n"


def _cell(binding: Count, details: Count) -> str:
    text = f"{binding.passed}/{binding.applicable}"
    return text + (f" ({details.passed}/{details.applicable})" if details.applicable else "")


def _failures(report: Report, result: Result) -> list[str]:
    found = [
        entry.behaviour
        for entry in report.entries
        if entry.statuses[result.slug] in FAILURES and entry.behaviour.level != "detail"
    ]
    lines = ["", f"## {escape(result.title)}", ""]
    if result.interpreter["absent"] is not None:
        return [*lines, f"Absent as a whole: no asynchronous generators ({escape(result.interpreter['absent'])})."]
    if not found:
        return [*lines, "No language or library behaviour fails." if result.full else "Nothing that was run fails."]
    for behaviour in found[:MOST]:
        case, outcome, _ = next(
            each for each in failures(behaviour, [result]) if each[1]["applicable"] and each[1]["verdict"] in FAILURES
        )
        what = f"{escape(behaviour.sentence)} ({escape(outcome['message'] or 'no message')})"
        known = f" Known: {escape(outcome['known'])}." if outcome["known"] is not None else ""
        lines.append(f"- **{escape(case)}** {outcome['verdict']}: {what}{known}")
    if len(found) > MOST:
        lines.append(f"- and {len(found) - MOST} more")
    return lines
