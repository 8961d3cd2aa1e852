"""The report in a terminal: the matrix, and what fails."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reports.model import NEWS, Count, Report, failures
from runners.printable import printable

#: Failures shown in full before the rest is only counted.
MOST = 30


def show(report: Report, console: Console) -> None:
    """Print the matrix, in pieces where the terminal is too narrow for all columns, then failures by behaviour."""
    room = max(1, (console.width - 16) // 13)
    for start in range(0, len(report.results), room):
        console.print(_matrix(report, start, start + room))
    console.print("Each cell: behaviours that hold / that apply; in parentheses CPython's undocumented details.")
    for result in report.results:
        if result.remark is not None:
            console.print(Text(f"{printable(result.title)}: {result.remark}", style="yellow"))
    for result in report.results:
        known = sum(entry.statuses[result.slug] == "known" for entry in report.entries)
        if known:
            console.print(Text(f"{printable(result.title)}: {known} of the failures are known, with reasons"))
    for name, entries in report.alone.items():
        ids = " ".join(entry.behaviour.id for entry in entries)
        console.print(
            Text(f"{len(entries)} behaviours fail on {printable(name)} and on no other implementation: {ids}")
        )
    failing = [
        entry
        for entry in report.entries
        if entry.behaviour.level != "detail" and any(status in NEWS for status in entry.statuses.values())
    ]
    if failing:
        console.print()
    for entry in failing[:MOST]:
        console.print(Text.assemble((entry.behaviour.id, "bold"), f" {entry.behaviour.sentence}"))
        for case, outcome, results in failures(entry.behaviour, report.results):
            if outcome["applicable"] and outcome["verdict"] in NEWS and outcome["known"] is None:
                who = ", ".join(printable(result.title) for result in results)
                line = f"  {case} {outcome['verdict']} on {who}: {printable(outcome['message'] or '')}"
                console.print(Text(line, style="red"))
    if len(failing) > MOST:
        console.print(f"and {len(failing) - MOST} more; 'python -m reports build' shows all")


def _matrix(report: Report, first: int, last: int) -> Table:
    table = Table(pad_edge=False)
    table.add_column("")
    for result in report.results[first:last]:
        table.add_column(Text(printable(result.title)), justify="right", overflow="fold")
    for group in [*report.areas, report.total]:
        cells = [_cell(group.binding[r.slug], group.details[r.slug]) for r in report.results[first:last]]
        table.add_row(group.name, *cells, end_section=group is report.areas[-1])
    return table


def _cell(binding: Count, details: Count) -> Text:
    style = "red" if binding.failed else "yellow" if binding.open else "green"
    text = Text(f"{binding.passed}/{binding.applicable}", style=style)
    if details.applicable:
        text.append(f" ({details.passed}/{details.applicable})", style="dim")
    return text
