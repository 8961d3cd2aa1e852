"""The report as one HTML page that needs nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from conformance.program import body
from reports.model import FAILURES, Count, Report, Result, failures, observations

#: Status → (sign, what it means): the legend, and the text of each cell.
SIGNS = {
    "pass": ("✓", "holds"),
    "fail": ("✗", "fails"),
    "known": ("✗°", "fails, and is known to: a baseline has the reason"),
    "crash": ("✗!", "crashes the interpreter"),
    "timeout": ("✗…", "does not end"),
    "error": ("⚠", "could not be judged: the harness failed"),
    "absent": ("∅", "absent: no asynchronous generators"),
    "unmet": ("○", "not run: the interpreter lacks what the case uses"),
    "not run": ("○", "not run"),
    "does not apply": ("–", "does not apply to this version"),
}


def render(report: Report, left_out: Sequence[str] = ()) -> str:
    """The page. ``left_out`` are lines about results that could not be used. Everything is escaped by the template."""
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["code"] = mark_code
    template = environment.get_template("page.html.j2")
    return template.render(
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
        css=_asset("page.css"),
        js=_asset("page.js"),
    )


def _asset(name: str) -> Markup:
    # Ours, and needed unescaped inside <style> and <script>; nothing that an interpreter said is in it.
    return Markup((Path(__file__).parent / "templates" / name).read_text(encoding="utf-8"))


def mark_code(text: str) -> Markup:
    """``code`` in double backticks as <code>; everything else escaped."""
    parts = re.split(r"``(.+?)``", text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part) for number, part in enumerate(parts)
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
