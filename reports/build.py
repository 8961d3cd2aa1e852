"""The files of a report, written into a folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from conformance.__main__ import describe
from conformance.requirements import describe as describe_sources
from reports import badge, junit, markdown, page, specification
from reports.model import Report


def build(report: Report, folder: Path, left_out: Sequence[str] = ()) -> list[Path]:
    """Write the pages, Markdown, the merged JSON, and JUnit XML and badges for each interpreter; what was written.

    Files of the same names are replaced, nothing is removed. Raises OSError.
    """
    files = {
        "index.html": page.render(report, left_out),
        "specification.html": specification.render(report),
        "report.md": markdown.render(report),
        "results.json": _dump(
            {
                "behaviours": [describe(entry.behaviour) for entry in report.entries],
                "documents": describe_sources(report.catalogue),
                "results": [result.document for result in report.results],
            }
        ),
    }
    for result in report.results:
        files[f"junit/{result.slug}.xml"] = junit.render(result)
        files[f"badges/{result.slug}.svg"] = badge.svg(report, result)
        files[f"badges/{result.slug}.json"] = _dump(badge.endpoint(report, result))
    written = []
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # An interpreter may say what is no Unicode text, such as half of a surrogate pair.
        path.write_text(text, encoding="utf-8", errors="backslashreplace")
        written.append(path)
    return written


def _dump(value: object) -> str:
    return json.dumps(value, indent=1) + "\n"
