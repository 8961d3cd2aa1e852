"""Two results side by side, chosen from the site or dropped onto the page: nothing leaves the browser."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping

from conformance.verdicts import VERDICTS
from reports.diff import LISTS, WORSE, change
from reports.model import Report
from reports.site.markup import behaviour_url, render_page
from runners.record.outcome import Outcome
from runners.record.results import SCHEMA

FILE = "compare.html"
TITLE = "Compare"
#: The schemas of the files that can be dropped; what the page reads of them is the same in both.
SCHEMAS = (1, SCHEMA)


def pages(report: Report) -> dict[str, str]:
    """``compare.html``, and the sentences that it shows as a script. Everything is escaped by the template."""
    text = render_page("compare.html.j2", FILE, page=FILE, report=report, rules=rules(), lists=LISTS)
    sentences = {
        standing.behaviour.id: [behaviour_url(standing.behaviour), standing.behaviour.sentence]
        for standing in report.standings
    }
    script = f"globalThis.asyncgenBehaviours = {json.dumps(sentences, separators=(',', ':'))};\n"
    return {FILE: text, "data/behaviours.js": script}


def rules() -> dict[str, object]:
    """Everything that the page's script has to know, so that it has no rule of its own."""
    return {
        "schemas": SCHEMAS,
        "verdicts": VERDICTS,
        "lists": list(LISTS.items()),
        "worse": WORSE,
        "changes": changes(),
    }


def changes() -> dict[str, str]:
    """The list that ``diff`` has for every pair of outcomes.

    ``before > after`` → the list, left out where there is none. A side is a verdict, with `` aside`` behind it where
    the case does not apply, or ``none`` where the case is missing.
    """
    found = {}
    for (was, before), (now, after) in itertools.product(_sides().items(), repeat=2):
        name = change(before, after)
        if name is not None:
            found[f"{was} > {now}"] = name
    return found


def _sides() -> Mapping[str, Outcome | None]:
    sides: dict[str, Outcome | None] = {"none": None}
    for verdict in VERDICTS:
        for applicable, side in ((True, verdict), (False, f"{verdict} aside")):
            sides[side] = Outcome(
                verdict=verdict, case="ZZZ-000", id="ZZZ-000", module="", level="language", applicable=applicable
            )
    return sides
