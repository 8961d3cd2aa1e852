"""The names that stay: a page and a badge for each name of a column, and the page for an address that is not there.

A name that an earlier day of the history had leads to the newest run of its family.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from reports import badge
from reports.model import Report, Result
from reports.site import interpreters
from reports.site.markup import environment, interpreter_url
from reports.snapshots import addresses


@dataclass(frozen=True)
class Name:
    """A name in addresses; the column that it leads to, None if its family is gone; and what it was, for people."""

    name: str
    result: Result | None
    title: str


def pages(report: Report) -> dict[str, str]:
    """``interpreters/<name>.html``, ``badges/<name>.svg`` and ``.json`` for each name, and ``404.html``.

    The page of a column itself is not among them. Everything is escaped by the template.
    """
    found = {"404.html": _render("404.html.j2", report)}
    own = {result.page.lower() for result in report.results}
    for each in names(report):
        if each.name.lower() not in own:
            target = interpreter_url(each.result) if each.result is not None else interpreters.FILE
            found[f"interpreters/{each.name}.html"] = _render(
                "redirect.html.j2", report, name=each, target=target, root="../"
            )
        if each.result is not None:
            found[f"badges/{each.name}.svg"] = badge.svg(report, each.result)
            found[f"badges/{each.name}.json"] = json.dumps(badge.endpoint(report, each.result), indent=1) + "\n"
    return found


def names(report: Report) -> list[Name]:
    """Every name that leads to a column: its page, its stable names, its slug, and the names of earlier days.

    No two are the same in letters of one case.
    """
    found: dict[str, Name] = {}
    for result in report.results:
        for name in (result.page, result.slug):
            found.setdefault(name.lower(), Name(name, result, result.title))
    for name, result in report.names.items():
        found.setdefault(name.lower(), Name(name, result, result.title))
    leading: Mapping[str, Result] = {
        name.lower(): each.result for name, each in found.items() if each.result is not None
    }
    heads = {(family.kind, family.slug): family.head for family in report.families}
    for snapshot in reversed(report.history):
        for column in snapshot.columns:
            there = [leading[name.lower()] for name in addresses(column) if name.lower() in leading]
            target = there[0] if there else heads.get((column.kind, column.family))
            for name in addresses(column):
                found.setdefault(name.lower(), Name(name, target, column.title))
    return list(found.values())


def _render(template: str, report: Report, **context: object) -> str:
    address = f"{report.address.rstrip('/')}/" if report.address else ""
    return environment().get_template(template).render(report=report, address=address, **context)
