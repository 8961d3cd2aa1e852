"""The data of the site: files for other programs, and the results as scripts, which a page from a folder can load."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from conformance.behaviour import LEVELS
from conformance.catalogue import describe
from conformance.requirements import describe as describe_sources
from conformance.verdicts import STATUSES
from reports import badge, junit
from reports.model import LeftOut, Report, Result
from runners.record import results

#: The version of ``report.json``: it grows when a reader of the last one would be misled.
SCHEMA = 1
SCHEMA_FILE = Path(__file__).parent.parent / "report.schema.json"


def pages(report: Report) -> dict[str, str]:
    """``data/report.json``, the two schemas, and for each result its file, its script, JUnit XML, and its badge."""
    found = {
        "data/report.json": _json(describe_report(report)),
        "data/report.schema.json": _json(schema()),
        "data/result.schema.json": _json(results.schema()),
    }
    for result in report.results:
        slug, document = result.slug, result.record.as_document()
        found[f"data/results/{slug}.json"] = _json(document)
        found[f"data/results/{slug}.js"] = script(slug, document)
        found[f"data/junit/{slug}.xml"] = junit.render(result, report.catalogue)
        found[f"badges/{slug}.svg"] = badge.svg(report, result)
        found[f"badges/{slug}.json"] = _json(badge.endpoint(report, result))
    return found


def schema() -> dict[str, Any]:
    """The JSON Schema of ``report.json``, with the levels and statuses that there are."""
    found: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    found["properties"]["schema"] = {"const": SCHEMA}
    found["$defs"]["level"]["enum"] = list(LEVELS)
    found["$defs"]["status"]["enum"] = list(STATUSES)
    return found


def script(slug: str, document: object) -> str:
    """A script that enters a result into the page's ``asyncgenResults``: a page from a folder may not fetch JSON."""
    entry = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return f"(globalThis.asyncgenResults ??= {{}})[{json.dumps(slug)}] = {entry};\n"


def describe_report(report: Report) -> dict[str, Any]:
    """The report as ``report.schema.json`` describes it: catalogue, documents, and how each behaviour stands."""
    return {
        "schema": SCHEMA,
        "behaviours": [describe(standing.behaviour) for standing in report.standings],
        "documents": describe_sources(report.catalogue),
        "interpreters": [_describe_result(result, report) for result in report.results],
        "left_out": [describe_left_out(each) for each in report.left_out],
    }


def describe_left_out(each: LeftOut) -> dict[str, str]:
    """A file that is not in the report: its name, and why."""
    return {"file": each.name, "why": each.why}


def _describe_result(result: Result, report: Report) -> dict[str, Any]:
    record, it = result.record, result.interpreter
    return {
        "slug": result.slug,
        "title": result.title,
        "kind": it.kind,
        "implementation": it.implementation,
        "implementation_version": it.implementation_version,
        "language_version": it.language_version,
        "judged_as": it.judged_as,
        "build": list(it.build),
        "platform": it.platform,
        "system": it.system,
        "machine": it.machine,
        "host": it.host and asdict(it.host),
        "loop": it.loop and asdict(it.loop),
        "absent": record.absent,
        "full": record.full,
        "started": record.started,
        "suite": asdict(record.suite),
        "result": f"data/results/{result.slug}.json",
        "counts": {
            level: {"applicable": count.applicable, **asdict(count)}
            for level, count in report.total.by_level[result.slug].items()
        },
        "statuses": {each.behaviour.id: each.statuses[result.slug] for each in report.standings},
    }


def _json(document: object) -> str:
    return json.dumps(document, indent=1) + "\n"
