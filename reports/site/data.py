"""The data of the site: what other programs read, and the results as scripts, which a page from a folder can load."""

from __future__ import annotations

import json
from pathlib import Path

from conformance.catalogue import describe
from conformance.requirements import describe as describe_sources
from reports import badge, junit
from reports.model import LeftOut, Report
from runners.record.results import SCHEMA_FILE as RESULT_SCHEMA

#: The version of ``report.json``: it grows when a reader of the last one would be misled.
SCHEMA = 1
SCHEMA_FILE = Path(__file__).parent.parent / "report.schema.json"


def pages(report: Report) -> dict[str, str]:
    """``data/report.json``, the two schemas, and for each result its file, its script, JUnit XML, and its badge."""
    found = {
        "data/report.json": json.dumps(describe_report(report), indent=1) + "\n",
        "data/report.schema.json": SCHEMA_FILE.read_text(encoding="utf-8"),
        "data/result.schema.json": RESULT_SCHEMA.read_text(encoding="utf-8"),
    }
    for result in report.results:
        slug = result.slug
        found[f"data/results/{slug}.json"] = json.dumps(result.document, indent=1, sort_keys=True) + "\n"
        found[f"data/results/{slug}.js"] = script(slug, result.document)
        found[f"data/junit/{slug}.xml"] = junit.render(result)
        found[f"badges/{slug}.svg"] = badge.svg(report, result)
        found[f"badges/{slug}.json"] = json.dumps(badge.endpoint(report, result), indent=1) + "\n"
    return found


def script(slug: str, document: object) -> str:
    """A script that enters a result into the page's ``asyncgenResults``: a page from a folder may not fetch JSON."""
    entry = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return f"(globalThis.asyncgenResults ??= {{}})[{json.dumps(slug)}] = {entry};\n"


def describe_report(report: Report) -> dict[str, object]:
    """What ``report.schema.json`` describes: the catalogue, the documents, and what each interpreter showed of them."""
    return {
        "schema": SCHEMA,
        "behaviours": [describe(entry.behaviour) for entry in report.entries],
        "documents": describe_sources(report.catalogue),
        "interpreters": [
            {
                "slug": result.slug,
                "title": result.title,
                "implementation": result.interpreter["implementation"],
                "implementation_version": result.interpreter["implementation_version"],
                "language_version": result.interpreter["language_version"],
                "judged_as": result.interpreter["judged_as"],
                "build": list(result.interpreter["build"]),
                "platform": result.interpreter["platform"],
                "absent": result.interpreter["absent"],
                "full": result.full,
                "started": result.document["started"],
                "suite": dict(result.document["suite"]),
                "result": f"data/results/{result.slug}.json",
                "counts": {
                    level: {
                        "applicable": count.applicable,
                        "passed": count.passed,
                        "failed": count.failed,
                        "open": count.open,
                    }
                    for level, count in report.total.by_level[result.slug].items()
                },
                "statuses": {entry.behaviour.id: entry.statuses[result.slug] for entry in report.entries},
            }
            for result in report.results
        ],
        "left_out": [describe_left_out(each) for each in report.left_out],
    }


def describe_left_out(each: LeftOut) -> dict[str, str]:
    """A file that is not in the report: its name without folders, which are nobody's business, and why."""
    return {"file": each.path.name, "why": each.why}
