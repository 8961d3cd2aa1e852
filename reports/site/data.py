"""The data of the site: files for other programs."""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from conformance.behaviour import LEVELS
from conformance.catalogue import describe
from conformance.requirements import describe as describe_sources
from conformance.verdicts import STATUSES
from reports import junit
from reports.model import LeftOut, Report, Result
from runners.record import results

#: The version of ``report.json``: it grows when a reader of the last one would be misled.
SCHEMA = 1
SCHEMA_FILE = Path(__file__).parent.parent / "report.schema.json"


def pages(report: Report) -> dict[str, str | bytes]:
    """``data/report.json``, the two schemas, and for each result its file and JUnit XML, which gzip makes small."""
    found: dict[str, str | bytes] = {
        "data/report.json": _compact(describe_report(report)),
        "data/report.schema.json": _json(schema()),
        "data/result.schema.json": _json(results.schema()),
    }
    for result in report.results:
        found[result_url(result)] = packed(_compact(_short(result.record.as_document())))
        found[junit_url(result)] = packed(junit.render(result, report.catalogue))
    return found


def result_url(result: Result) -> str:
    """The file of a result, from the root of the site; every command that reads results reads it as it is."""
    return f"data/results/{result.page}.json.gz"


def junit_url(result: Result) -> str:
    """The result as JUnit XML, from the root of the site."""
    return f"data/junit/{result.page}.xml.gz"


def packed(text: str) -> bytes:
    """A text compressed by gzip; the time is not in it, so that an unchanged text stays an unchanged file."""
    return gzip.compress(text.encode("utf-8", errors="backslashreplace"), mtime=0)


def schema() -> dict[str, Any]:
    """The JSON Schema of ``report.json``, with the levels and statuses that there are."""
    found: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    found["properties"]["schema"] = {"const": SCHEMA}
    found["$defs"]["level"]["enum"] = list(LEVELS)
    found["$defs"]["status"]["enum"] = list(STATUSES)
    return found


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
        "result": result_url(result),
        "counts": {
            level: {"applicable": count.applicable, **asdict(count)}
            for level, count in report.total.by_level[result.slug].items()
        },
        "statuses": {each.behaviour.id: each.statuses[result.slug] for each in report.standings},
    }


def _json(document: object) -> str:
    return json.dumps(document, indent=1) + "\n"


def _short(document: dict[str, Any]) -> dict[str, Any]:
    """A result without the keys of an outcome that may be missing and say nothing: most outcomes have ten of them."""
    outcomes = [{key: value for key, value in each.items() if value not in (None, [])} for each in document["outcomes"]]
    return {**document, "outcomes": outcomes}


def _compact(document: object) -> str:
    return json.dumps(document, separators=(",", ":")) + "\n"
