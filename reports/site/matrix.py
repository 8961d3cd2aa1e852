"""The first page: areas, modules and behaviours by interpreter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.markup import LETTERS, SIGNS, module_url, render_page
from reports.model import Count, Report, Result


@dataclass(frozen=True)
class Family:
    """Neighbouring columns of one implementation."""

    name: str
    results: list[Result]


def pages(report: Report) -> dict[str, str]:
    """``index.html``. Everything is escaped by the template."""
    text = render_page(
        "matrix.html.j2",
        "",
        page="matrix",
        report=report,
        letters=LETTERS,
        shade=shade,
        remarks=remarks,
        module_url=module_url,
        families=families(report.results),
        names=list(dict.fromkeys(result.family for result in report.results)),
        seen=[status for status in SIGNS if any(status in entry.statuses.values() for entry in report.entries)],
        versions=sorted({judged(result) for result in report.results}),
        judged=judged,
    )
    return {"index.html": text}


def judged(result: Result) -> tuple[int, ...]:
    """The language version that decides which behaviours apply."""
    return tuple(int(part) for part in result.interpreter["judged_as"].split("."))


def shade(count: Count) -> int:
    """How dark a cell is: 4 for all, 3 for nine tenths, 2 for half, 1 for less, 0 where there is nothing to count."""
    if not count.applicable:
        return 0
    share = count.passed / count.applicable
    return 4 if share == 1 else 3 if share >= 0.9 else 2 if share >= 0.5 else 1


def remarks(result: Result) -> list[str]:
    """What stands in a column head below the version: the language version if it is another one, flags, the state."""
    part = result.interpreter
    found = list(part["build"])
    if part["implementation_version"] != part["language_version"]:
        found.insert(0, "py" + ".".join(str(part["language_version"]).split(".")[:2]))
    if result.remark is not None:
        found.append(result.remark.split(":")[0])
    return found


def families(results: Sequence[Result]) -> list[Family]:
    """The heads above the columns."""
    found: list[Family] = []
    for result in results:
        if not found or found[-1].name != result.family:
            found.append(Family(result.family, []))
        found[-1].results.append(result)
    return found
