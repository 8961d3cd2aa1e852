"""The report as one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from conformance.program import body
from reports.markup import SIGNS, asset, environment
from reports.model import FAILURES, Count, Report, Result, failures, observations


def render(report: Report, left_out: Sequence[str] = ()) -> str:
    """The page. ``left_out`` are lines about results that could not be used. Everything is escaped by the template."""
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            report=report,
            left_out=left_out,
            signs=SIGNS,
            failing=FAILURES,
            failures=failures,
            observations=observations,
            body=body,
            shade=shade,
            remarks=remarks,
            families=families(report.results),
            css=asset("page.css"),
            js=asset("page.js"),
        )
    )


def shade(count: Count) -> int:
    """How dark a cell is, 0 to 4: 4 for all, 3 for nine tenths, and 0 for nothing to count."""
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


def families(results: Sequence[Result]) -> list[tuple[str, int]]:
    """The heads above the columns: the implementation, and over how many columns it stands."""
    found: list[tuple[str, int]] = []
    for result in results:
        name = result.title.split(" ")[0]
        if found and found[-1][0] == name:
            found[-1] = (name, found[-1][1] + 1)
        else:
            found.append((name, 1))
    return found
