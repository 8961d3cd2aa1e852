"""Two results side by side, chosen from the site or dropped onto the page: nothing leaves the browser.

The page reads a digest of each column, which is small. A file of the reader's own is a full result.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from dataclasses import astuple

from conformance import hashes
from conformance.program import Case, cases
from conformance.verdicts import STATUSES, VERDICTS
from reports import comparison
from reports.diff import BEHAVIOURS, LISTS, QUIET, WORSE, change
from reports.families import distributions
from reports.model import Report, Result
from reports.site.markup import render_page
from runners.record.outcome import Outcome
from runners.record.results import SCHEMA

FILE = "compare.html"
TITLE = "Compare"
#: The schemas of the files that can be dropped; what the page reads of them is the same in both.
SCHEMAS = (1, SCHEMA)
#: The digits of the hash of a case that the page compares: enough to see a change, and few enough for every case.
DIGITS = 8


def pages(report: Report) -> dict[str, str]:
    """``compare.html``, the names of all cases, and for each column a digest of its result."""
    found = {
        FILE: render_page("compare.html.j2", FILE, page=FILE, report=report, rules=rules(), lists=LISTS),
        "data/cases.js": f"(globalThis.conformance ??= {{}}).cases = {_compact(names(report))};\n",
    }
    for result in report.results:
        entry = f"[{json.dumps(result.page)}] = {_compact(digest(report, result))};\n"
        found[digest_url(result)] = f"((globalThis.conformance ??= {{}}).digests ??= {{}}){entry}"
    return found


def digest_url(result: Result) -> str:
    """The script with the digest of a column, from the root of the site."""
    return f"data/cases/{result.page}.js"


def rules() -> dict[str, object]:
    """Everything that the page's script has to know, so that it has no rule and no word of a list of its own."""
    return {
        "schemas": SCHEMAS,
        "verdicts": VERDICTS,
        "changes": changes(),
        "behaviours": list(BEHAVIOURS.items()),
        "worse": WORSE,
        "quiet": QUIET,
        "same": {name: astuple(words) for name, words in comparison.SAME.items()},
        "pair": {name: astuple(words) for name, words in comparison.PAIR.items()},
        "sentence": comparison.SENTENCE,
        "always": comparison.ALWAYS,
        "phrases": comparison.PHRASES,
        "missing": comparison.MISSING,
        "aside": comparison.ASIDE,
        "silent": comparison.SILENT,
        "limits": [comparison.MESSAGE, comparison.MOST, comparison.MOST_CASES, comparison.ROOM],
        "distributions": distributions(),
        "digits": DIGITS,
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


def names(report: Report) -> list[list[object]]:
    """A row for each behaviour, in the order of the catalogue: ID, parameters of its cases or null, and their hashes.

    The hashes of a row are one text of :data:`DIGITS` characters for each case.
    """
    found: list[list[object]] = []
    for standing in report.standings:
        those = cases(standing.behaviour)
        params = None if those[0].param is None else [case.param for case in those]
        found.append([standing.behaviour.id, params, "".join(hashes.case_hash(case)[:DIGITS] for case in those)])
    return found


def digest(report: Report, result: Result) -> dict[str, object]:
    """A result as the page needs it.

    ``letters`` has one for each case in the order of the catalogue: the letter of its verdict, upper case if it does
    not apply, and ``.`` if the result does not have it. ``messages`` and ``known`` are place of the case → place in
    ``texts``. ``hashes`` are those that are not the present ones: place → digits, null if the result has no hash.
    ``others`` are cases that the catalogue does not have: case → letter, level, place of the message, digits.
    """
    every = [case for standing in report.standings for case in cases(standing.behaviour)]
    texts: dict[str, int] = {}

    def kept(text: str | None) -> int | None:
        return None if text is None else texts.setdefault(text, len(texts))

    messages, reasons = {}, {}
    for place, case in enumerate(every):
        outcome = result.outcomes.get(case.name)
        message = kept(comparison.said(outcome))
        if message is not None:
            messages[place] = message
        if outcome is not None and outcome.status == "known":
            reasons[place] = kept(comparison.cut(outcome.known or ""))
    listed = {case.name for case in every}
    others = {
        name: [_letter(each), each.level, kept(comparison.said(each)), _digits(result, name)]
        for name, each in result.outcomes.items()
        if name not in listed
    }
    return {
        "started": result.record.started,
        "remark": result.remark,
        "revision": result.record.suite.revision,
        "letters": "".join(_letter(result.outcomes.get(case.name)) for case in every),
        "texts": list(texts),
        "messages": messages,
        "known": reasons,
        "hashes": _changed(every, result),
        "others": others,
    }


def _changed(every: list[Case], result: Result) -> dict[int, str | None]:
    return {
        place: _digits(result, case.name)
        for place, case in enumerate(every)
        if case.name in result.outcomes and result.record.hashes.get(case.name) != hashes.case_hash(case)
    }


def _digits(result: Result, case: str) -> str | None:
    digits = result.record.hashes.get(case)
    return digits and digits[:DIGITS]


def _letter(outcome: Outcome | None) -> str:
    if outcome is None:
        return "."
    letter = STATUSES[outcome.verdict].letter
    return letter if outcome.applicable else letter.upper()


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True)


def _sides() -> Mapping[str, Outcome | None]:
    sides: dict[str, Outcome | None] = {"none": None}
    for verdict in VERDICTS:
        for applicable, side in ((True, verdict), (False, f"{verdict} aside")):
            sides[side] = Outcome(
                verdict=verdict, case="ZZZ-000", id="ZZZ-000", module="", level="language", applicable=applicable
            )
    return sides
