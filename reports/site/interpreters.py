"""One page for each interpreter, and the table of all of them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from conformance.program import cases
from reports.clusters import Cluster, clusters
from reports.eras import KINDS, Era, era, families
from reports.markup import interpreter_url, render_page
from reports.model import FAILURES, Entry, Report, Result

#: What stands for the address of the site where it is not known yet.
UNKNOWN_ADDRESS = "https://SITE/"


@dataclass(frozen=True)
class Need:
    """Something that cases use and the interpreter lacks; ``behaviours`` that apply cannot be judged without it."""

    name: str
    why: str
    behaviours: list[Entry]


@dataclass(frozen=True)
class About:
    """What the page of an interpreter shows."""

    era: Era | None
    #: Failures of which at least one counts; those of nothing but details; those that a baseline lists.
    clusters: list[Cluster]
    details: list[Cluster]
    known: list[Cluster]
    needs: list[Need]
    #: Cases that were not run, could not be judged, or are not in this checkout.
    not_run: list[Entry]
    errors: list[Entry]
    unknown: list[str]
    #: (behaviour, case, what was seen) where the documents leave it open.
    chosen: list[tuple[Entry, str, str]]
    snippets: dict[str, str]
    endpoint: str
    #: The matrix with its failures.
    in_matrix: str


def pages(report: Report) -> dict[str, str]:
    """``interpreters.html`` and ``interpreters/<slug>.html``. Everything is escaped by the template."""
    found = {"interpreters.html": render_page("interpreters.html.j2", "", page="interpreters", report=report)}
    for result in report.results:
        found[interpreter_url(result)] = render_page(
            "interpreter.html.j2",
            "../",
            page="interpreters",
            report=report,
            result=result,
            about=about(result, report),
            kinds=KINDS,
        )
    return found


def about(result: Result, report: Report) -> About:
    """Everything about one interpreter."""
    absent = result.interpreter["absent"] is not None
    found = [] if absent else clusters(report.entries, result)
    address = (report.address or UNKNOWN_ADDRESS).rstrip("/")
    return About(
        era=None if absent else era(families(report.catalogue), result),
        clusters=[each for each in found if not each.known and each.binding],
        details=[each for each in found if not each.known and not each.binding],
        known=[each for each in found if each.known],
        needs=needs(result, report),
        not_run=[entry for entry in report.entries if entry.statuses[result.slug] == "not run"],
        errors=[entry for entry in report.entries if entry.statuses[result.slug] == "error"],
        unknown=report.unknown(result),
        chosen=chosen(result, report),
        snippets=snippets(result, address),
        endpoint=f"https://img.shields.io/endpoint?url={quote(f'{address}/badges/{result.slug}.json', safe='')}",
        in_matrix=f"index.html#verdict={','.join(FAILURES)}&implementation={quote(result.family, errors='replace')}",
    )


def needs(result: Result, report: Report) -> list[Need]:
    """The needs that are not met, with the reason."""
    lacking = {name: str(why) for name, why in result.interpreter["features"].items() if why is not None}
    found = []
    for name, why in lacking.items():
        without = [
            entry
            for entry in report.entries
            if entry.statuses[result.slug] == "unmet" and name in entry.behaviour.needs
        ]
        found.append(Need(name, why, without))
    return found


def chosen(result: Result, report: Report) -> list[tuple[Entry, str, str]]:
    """Which of several allowed outcomes the interpreter has."""
    found = []
    for entry in report.entries:
        for case in cases(entry.behaviour) if entry.behaviour.allowed else ():
            outcome = result.outcomes.get(case.name)
            if outcome is not None and outcome["verdict"] == "pass" and outcome["observed"] is not None:
                found.append((entry, case.name, outcome["observed"]))
    return found


def snippets(result: Result, address: str) -> dict[str, str]:
    """The badge with a link to the page of the interpreter, ready to be copied: markup language → text."""
    picture = f"{address}/badges/{result.slug}.svg"
    target = f"{address}/{interpreter_url(result)}"
    text = "async generators"
    return {
        "Markdown": f"[![{text}]({picture})]({target})",
        "reStructuredText": f".. image:: {picture}\n   :alt: {text}\n   :target: {target}",
        "HTML": f'<a href="{target}"><img src="{picture}" alt="{text}"></a>',
    }
