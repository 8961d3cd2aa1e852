"""The first page: areas, modules and behaviours by interpreter."""

from __future__ import annotations

from conformance.verdicts import STATUSES
from reports.columns import SHADES, column_groups, shade
from reports.eras import spoken
from reports.model import Report, Result
from reports.site.markup import module_url, render_page

FILE = "index.html"
TITLE = "Matrix"


def pages(report: Report) -> dict[str, str]:
    """``index.html``. Everything is escaped by the template."""
    seen = {status for standing in report.standings for status in standing.statuses.values()}
    text = render_page(
        "matrix.html.j2",
        FILE,
        page=FILE,
        report=report,
        shade=shade,
        shades=SHADES,
        remarks=remarks,
        module_url=module_url,
        groups=column_groups(report.results),
        names=list(dict.fromkeys(result.implementation for result in report.results)),
        seen=[status for status in STATUSES if status in seen],
        versions=[spoken(version) for version in sorted({result.interpreter.version for result in report.results})],
        rules=rules(),
    )
    return {FILE: text}


def rules() -> dict[str, object]:
    """The table of statuses and the shades, for the page's script.

    ``letters`` is status → letter, and ``meanings`` is letter → words. ``holds``, ``outside`` and ``fails`` are the
    letters of a behaviour that holds, that does not apply, and that fails. ``same`` is letter → the letter that it
    counts as where results are compared: a failure is one whether its reason is known or not. ``shades`` are (number,
    least share), the darkest first.
    """
    return {
        "letters": {row.name: row.letter for row in STATUSES.values()},
        "meanings": {row.letter: row.meaning for row in STATUSES.values()},
        "holds": STATUSES["pass"].letter,
        "outside": STATUSES["does not apply"].letter,
        "fails": "".join(row.letter for row in STATUSES.values() if row.fails),
        "same": {STATUSES["known"].letter: STATUSES["fail"].letter},
        "shades": [[each.number, each.least] for each in SHADES],
    }


def remarks(result: Result) -> list[str]:
    """The lines in a column head below the version: the language version if it is another one, flags, the state."""
    it = result.interpreter
    found = list(it.build)
    if it.implementation_version != it.language_version:
        found.insert(0, "py" + ".".join(it.language_version.split(".")[:2]))
    if result.remark is not None:
        found += [part.partition(":")[0] for part in result.remark.split("; ")]
    return found
