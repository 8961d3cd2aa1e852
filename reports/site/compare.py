"""Two results side by side, chosen from the site or dropped onto the page: nothing leaves the browser."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from pathlib import Path

from reports.diff import LISTS, WORSE, compare
from reports.markup import behaviour_url, render_page
from reports.model import Report, Result
from runners.record.results import SCHEMA, SCHEMA_FILE


def pages(report: Report) -> dict[str, str]:
    """``compare.html``, and the sentences that it shows as a script. Everything is escaped by the template."""
    text = render_page(
        "compare.html.j2",
        "",
        page="compare",
        report=report,
        rules={"schema": SCHEMA, "lists": list(LISTS.items()), "worse": WORSE, "changes": changes()},
        lists=LISTS,
    )
    sentences = {
        entry.behaviour.id: [behaviour_url(entry.behaviour), entry.behaviour.sentence] for entry in report.entries
    }
    script = f"globalThis.asyncgenBehaviours = {json.dumps(sentences, separators=(',', ':'))};\n"
    return {"compare.html": text, "data/behaviours.js": script}


def changes() -> dict[str, str]:
    """What ``diff`` makes of every pair of outcomes, so that the page needs no rules of its own.

    ``before > after`` → the list, left out where nothing changed. A side is a verdict, with `` aside`` behind it where
    it does not apply, or ``none`` where the case is missing.
    """
    outcome = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))["$defs"]["outcome"]
    sides: dict[str, Mapping[str, object] | None] = {"none": None}
    for verdict in outcome["properties"]["verdict"]["enum"]:
        for applicable in (True, False):
            plain = {**dict.fromkeys(outcome["required"]), "case": "ZZZ-000", "verdict": verdict}
            sides[verdict if applicable else f"{verdict} aside"] = {**plain, "applicable": applicable}
    found = {}
    for (was, before), (now, after) in itertools.product(sides.items(), repeat=2):
        old, new = (Result(Path(), {"outcomes": [] if side is None else [side]}) for side in (before, after))
        for name, cases in compare(old, new).items():
            if cases:
                found[f"{was} > {now}"] = name
    return found
