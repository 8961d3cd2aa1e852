"""``implementations.json``: the columns, how each stands, and where its files are, at an address that stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from conformance.behaviour import LEVELS
from reports import badge
from reports.families import KINDS, release, variant
from reports.model import Report, Result
from reports.site.data import junit_url, result_url
from reports.site.markup import interpreter_url

#: The version of the file: it grows when a reader of the last one would be misled.
SCHEMA = 1
SCHEMA_FILE = Path(__file__).parent.parent / "implementations.schema.json"
FILE_NAME = "implementations.json"


def pages(report: Report) -> dict[str, str]:
    """``implementations.json``, and its schema in ``data/``."""
    return {
        FILE_NAME: json.dumps(describe(report), indent=1) + "\n",
        "data/implementations.schema.json": json.dumps(schema(), indent=1) + "\n",
    }


def schema() -> dict[str, Any]:
    """The JSON Schema of ``implementations.json``, with the kinds, levels and states that there are."""
    found: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    found["properties"]["schema"] = {"const": SCHEMA}
    found["$defs"]["kind"]["enum"] = list(KINDS)
    found["$defs"]["state"]["enum"] = list(badge.STATES)
    found["$defs"]["counts"].update(
        required=list(LEVELS), properties={level: {"$ref": "#/$defs/count"} for level in LEVELS}
    )
    return found


def describe(report: Report) -> dict[str, Any]:
    """The report as ``implementations.schema.json`` describes it. Files are named from the root of the site."""
    return {
        "schema": SCHEMA,
        "address": report.address or None,
        "families": [
            {
                "slug": family.slug,
                "name": family.name,
                "kind": family.kind,
                "head": family.head.page,
                "columns": [result.page for result in family.columns],
            }
            for family in report.families
        ],
        "columns": [
            _describe(result, family.slug, result is family.head, report)
            for family in report.families
            for result in family.columns
        ],
    }


def _describe(result: Result, family: str, head: bool, report: Report) -> dict[str, Any]:
    it, record = result.interpreter, result.record
    return {
        "page": result.page,
        "names": sorted(name for name, each in report.names.items() if each is result),
        "slug": result.slug,
        "title": result.title,
        "kind": it.kind,
        "family": family,
        "head": head,
        "release": release(result),
        "build": list(variant(result)),
        "implementation": it.implementation,
        "implementation_version": it.implementation_version,
        "language_version": it.language_version,
        "judged_as": it.judged_as,
        "started": record.started,
        "suite": {"version": record.suite.version, "revision": record.suite.revision},
        "full": record.full,
        "absent": record.absent,
        "state": badge.badge(report, result).state,
        "counts": {
            level: {
                "applicable": count.applicable,
                "passed": count.passed,
                "failed": count.failed,
                "open": count.open,
            }
            for level, count in report.total.by_level[result.slug].items()
        },
        "files": {
            "page": interpreter_url(result),
            "result": result_url(result),
            "junit": junit_url(result),
            "badge_svg": f"badges/{result.page}.svg",
            "badge_json": f"badges/{result.page}.json",
            "card": f"cards/{result.page}.png" if report.cards else None,
        },
    }
