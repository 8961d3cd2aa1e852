"""One page for each interpreter, and the table of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from conformance.behaviour import Behaviour
from conformance.needs import FEATURES
from conformance.program import cases
from reports import families, releases
from reports.clusters import Cluster, clusters
from reports.columns import shade
from reports.eras import KINDS, Era, era
from reports.eras import families as changed_families
from reports.features import Missing, missing
from reports.model import CHANGED, MAY_HAVE_CHANGED, Report, Result, Standing
from reports.site import data, states
from reports.site.markup import interpreter_url, render_page

FILE = "interpreters.html"
TITLE = "Implementations"
#: This stands for the address of the site where it is not known yet; site.js looks for it.
UNKNOWN_ADDRESS = "https://SITE/"


@dataclass(frozen=True)
class Need:
    """A need that the interpreter does not meet, and the ``behaviours`` that cannot be judged without it."""

    name: str
    why: str
    behaviours: list[Standing]


@dataclass(frozen=True)
class About:
    """The contents of the page of an interpreter."""

    era: Era | None
    #: Failures with a cause; other failures of which at least one counts; of details only; those of a baseline.
    causes: list[Cluster]
    clusters: list[Cluster]
    details: list[Cluster]
    known: list[Cluster]
    needs: list[Need]
    #: The features that the interpreter should have and does not have.
    missing: list[Missing]
    #: Behaviours with a case that was not run, or that could not be judged.
    not_run: list[Standing]
    errors: list[Standing]
    #: Cases that this checkout does not have.
    unknown: list[str]
    #: The number of cases that have changed since the run, and of cases that may have.
    changed: int
    may_have_changed: int
    #: (behaviour, case, the seen outcome) where the documents leave it open.
    chosen: list[tuple[Standing, str, str]]
    snippets: dict[str, str]
    endpoint: str
    #: Its tables of states and operations; None without generators.
    machine: states.Machine | None
    #: The CPython that it is compared with, and a remark about a release that is not the newest of its line.
    beside: Result | None
    older: str | None


def pages(report: Report) -> dict[str, str]:
    """``interpreters.html`` and ``interpreters/<slug>.html``. Everything is escaped by the template."""
    found = {
        FILE: render_page(
            "interpreters.html.j2",
            FILE,
            page=FILE,
            report=report,
            kinds=families.KINDS,
            older=partial(releases.remark, among=report.results),
        )
    }
    of = {result.slug: family for family in report.families for result in family.columns}
    cpython = next((each for each in report.families if each.slug == "cpython" and each.kind == "interpreter"), None)
    for result in report.results:
        found[interpreter_url(result)] = render_page(
            "interpreter.html.j2",
            interpreter_url(result),
            page=FILE,
            report=report,
            result=result,
            about=about(result, report),
            family=of[result.slug],
            cpython=cpython,
            alone=alone,
            result_url=data.result_url(result),
            junit_url=data.junit_url(result),
            kinds=KINDS,
            shade=shade,
        )
    return found


def about(result: Result, report: Report) -> About:
    """Everything about one interpreter."""
    found = [] if result.absent else clusters(report, result)
    address = (report.address or UNKNOWN_ADDRESS).rstrip("/")
    return About(
        era=None if result.absent else era(changed_families(report.catalogue), result),
        causes=[each for each in found if not each.known and each.cause is not None],
        clusters=[each for each in found if not each.known and each.cause is None and each.binding],
        details=[each for each in found if not each.known and not each.binding],
        known=[each for each in found if each.known],
        needs=needs(result, report),
        missing=missing(report, result),
        not_run=[each for each in report.standings if each.statuses[result.slug] == "not run"],
        errors=[each for each in report.standings if each.statuses[result.slug] == "error"],
        unknown=report.unknown(result),
        changed=result.count_stale(CHANGED),
        may_have_changed=result.count_stale(MAY_HAVE_CHANGED),
        chosen=chosen(result, report),
        snippets=snippets(result, address),
        endpoint=f"https://img.shields.io/endpoint?url={quote(f'{address}/badges/{result.page}.json', safe='')}",
        machine=states.machine(result, report),
        beside=states.beside(result, report),
        older=releases.remark(result, report.results),
    )


def alone(found: Iterable[Cluster]) -> dict[Behaviour, list[str]]:
    """The behaviours of clusters of one behaviour, each once, with the signatures of its failures."""
    made: dict[Behaviour, list[str]] = {}
    for cluster in found:
        if len(cluster.behaviours) == 1:
            made.setdefault(cluster.behaviours[0], []).append(cluster.signature)
    return made


def needs(result: Result, report: Report) -> list[Need]:
    """The needs that are not met, with the reason."""
    found = []
    for name, why in result.interpreter.features.items():
        if why is None or name in FEATURES:
            continue
        without = [
            standing
            for standing in report.standings
            if standing.statuses[result.slug] == "unmet" and name in standing.behaviour.needs
        ]
        found.append(Need(name, why, without))
    return found


def chosen(result: Result, report: Report) -> list[tuple[Standing, str, str]]:
    """The outcome that the interpreter has, of each behaviour with several allowed ones."""
    found = []
    for standing in report.standings:
        for case in cases(standing.behaviour) if standing.behaviour.allowed else ():
            outcome = result.outcomes.get(case.name)
            if outcome is not None and outcome.verdict == "pass" and outcome.observed is not None:
                found.append((standing, case.name, outcome.observed))
    return found


def snippets(result: Result, address: str) -> dict[str, str]:
    """The badge with a link to the page of the interpreter, ready to be copied: markup language → text."""
    picture = f"{address}/badges/{result.page}.svg"
    target = f"{address}/{interpreter_url(result)}"
    text = "async generators"
    return {
        "Markdown": f"[![{text}]({picture})]({target})",
        "reStructuredText": f".. image:: {picture}\n   :alt: {text}\n   :target: {target}",
        "HTML": f'<a href="{target}"><img src="{picture}" alt="{text}"></a>',
    }
