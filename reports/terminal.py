"""The report in a terminal: the matrix, and the failures."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reports.features import lacks, missing
from reports.model import Count, Failure, Report, failures

#: Behaviours that are shown with their failures before the rest is only counted.
MOST = 30


def show(report: Report, console: Console) -> None:
    """Print the matrix, in pieces where the terminal is too narrow for all columns, then failures by behaviour."""
    room = max(1, (console.width - 16) // 13)
    for start in range(0, len(report.results), room):
        console.print(_matrix(report, start, start + room))
    console.print(
        "A cell counts behaviours: how many hold / how many apply. "
        "The numbers in parentheses are of CPython's undocumented details."
    )
    for result in report.results:
        if result.remark is not None:
            console.print(Text(f"{result.title}: {result.remark}", style="yellow"))
        for each in missing(report, result):
            console.print(Text(f"{result.title}: {each.sentence}", style="yellow"))
    for result in report.results:
        known = sum(standing.statuses[result.slug] == "known" for standing in report.standings)
        if known:
            console.print(Text(f"{result.title}: {known} failures are known, each with a reason"))
    for name, standings in report.alone.items():
        ids = " ".join(standing.behaviour.id for standing in standings)
        several = "behaviours fail" if len(standings) > 1 else "behaviour fails"
        console.print(Text(f"{len(standings)} {several} on {name} and on no other implementation: {ids}"))
    _show_failures(report, console)


def _show_failures(report: Report, console: Console) -> None:
    found = []
    for behaviour in (standing.behaviour for standing in report.standings):
        # What fails for want of a feature has been told in one line.
        having = [result for result in report.results if lacks(behaviour, result) is None]
        if news := [each for each in failures(behaviour, having) if each.news]:
            found.append((behaviour, news))
    if found:
        console.print()
    for behaviour, news in found[:MOST]:
        console.print(Text.assemble((behaviour.id, "bold"), f" {behaviour.sentence}"))
        for failure in news:
            console.print(Text(_line(failure), style="red"))
    if len(found) > MOST:
        console.print(f"and {len(found) - MOST} more; 'python -m reports build' shows all")


def _line(failure: Failure) -> str:
    titles = ", ".join(result.title for result in failure.results)
    return f"  {failure.case} {failure.outcome.verdict} on {titles}: {failure.outcome.message or 'no message'}"


def _matrix(report: Report, first: int, last: int) -> Table:
    table = Table(pad_edge=False)
    table.add_column("")
    for result in report.results[first:last]:
        table.add_column(Text(result.title), justify="right", overflow="fold")
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
