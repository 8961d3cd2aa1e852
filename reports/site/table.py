"""The data that the scripts of several pages read: the columns, the statuses, and how every behaviour stands."""

from __future__ import annotations

import json

from conformance.verdicts import STATUSES, Shown
from reports.answers import answer
from reports.eras import spoken
from reports.families import label, release, variant
from reports.model import Report
from reports.search import index
from reports.site.markup import module_url


def pages(report: Report) -> dict[str, str]:
    """``data/columns.js``, ``data/behaviours.js`` and others: a page from a folder can load scripts, and no JSON."""
    return {
        "data/columns.js": _script("columns", columns(report)) + _script("statuses", statuses()),
        "data/behaviours.js": _script("behaviours", behaviours(report)),
        "data/causes.js": _script("causes", causes(report)),
        "data/search.js": _script("search", index(report)),
    }


def columns(report: Report) -> list[dict[str, object]]:
    """The columns in the order of the letters of a row; ``family`` is a name for addresses, ``head`` the newest."""
    of = {result.slug: family for family in report.families for result in family.columns}
    heads = {result.slug for result in report.heads}
    return [
        {
            "page": result.page,
            "names": [name for name, each in report.names.items() if each is result],
            "slug": result.slug,
            "title": result.title,
            "kind": result.interpreter.kind,
            "family": of[result.slug].slug,
            "name": of[result.slug].name,
            "release": release(result),
            "variant": list(variant(result)),
            "label": label(result),
            "judged": list(result.interpreter.version),
            "head": result.slug in heads,
            "absent": result.absent,
        }
        for result in report.results
    ]


def statuses() -> dict[str, object]:
    """Letter → the status: its name, its sign, what it means, and whether it holds, fails, or fails as is known."""
    return {
        row.letter: {
            "name": row.name,
            "sign": row.sign,
            "meaning": row.meaning,
            "holds": row.shown is Shown.PASSED,
            "fails": row.fails,
            "known": row.fails and row.shown is Shown.XFAILED,
        }
        for row in STATUSES.values()
    }


def behaviours(report: Report) -> list[list[object]]:
    """A row for each behaviour: ID, sentence, level, since, until or null, area, module's page, letters, answer."""
    found: list[list[object]] = []
    for standing in report.standings:
        it = standing.behaviour
        letters = "".join(STATUSES[standing.statuses[result.slug]].letter for result in report.results)
        until = None if it.until is None else spoken(it.until)
        found.append(
            [
                it.id,
                it.sentence,
                it.level,
                spoken(it.since),
                until,
                it.area,
                module_url(it.module),
                letters,
                answer(standing, report),
            ]
        )
    return found


def causes(report: Report) -> dict[str, object]:
    """``list``: title, address upstream or null, and state of each cause; ``of``: ID → column → places in the list."""
    from conformance.program import cases

    listed: dict[object, int] = {}
    of: dict[str, dict[int, list[int]]] = {}
    for standing in report.standings:
        for place, result in enumerate(report.results):
            for case in cases(standing.behaviour):
                cause = report.cause(case.name, result)
                if cause is not None:
                    number = listed.setdefault(cause, len(listed))
                    known = of.setdefault(standing.behaviour.id, {}).setdefault(place, [])
                    if number not in known:
                        known.append(number)
    rows = [[cause.title, cause.upstream, cause.state, cause.id] for cause in listed]  # type: ignore[attr-defined]
    return {"list": rows, "of": of}


def _script(name: str, value: object) -> str:
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=True)
    return f"(globalThis.conformance ??= {{}}).{name} = {text};\n"
