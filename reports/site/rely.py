"""The page for the author of a library: what can be relied on, given versions, implementations and what is used."""

from __future__ import annotations

from conformance.behaviour import RELEASED
from conformance.verdicts import STATUSES, Shown, Verdict
from reports.eras import VERSIONS, spoken
from reports.families import KINDS
from reports.model import Report
from reports.releases import remark
from reports.site.markup import render_page
from reports.topics import SUBJECTS, TOPICS, topics_of

FILE = "rely.html"
TITLE = "Rely on"
#: So many released versions of Python are maintained at a time, the newest one included.
MAINTAINED = 5


def pages(report: Report) -> dict[str, str]:
    """``rely.html``, whose script reads the data that pages share. Everything is escaped by the template."""
    text = render_page(
        "rely.html.j2",
        FILE,
        page=FILE,
        report=report,
        versions=[spoken(version) for version in VERSIONS],
        released=spoken(RELEASED),
        oldest=spoken((RELEASED[0], RELEASED[1] - MAINTAINED + 1)),
        subjects=SUBJECTS,
        kinds=KINDS,
        rules=rules(report),
    )
    return {FILE: text}


def rules(report: Report) -> dict[str, object]:
    """What the script has to know beside the data that pages share.

    ``topics`` has ID and title of each; ``of`` has their places for each behaviour, and ``remarks`` what is said of a
    run of an older release, or null, for each column. ``told`` is the letter of a status → what it says.
    """
    places = {topic: place for place, topic in enumerate(TOPICS)}
    return {
        "topics": [[topic.id, topic.title] for topic in TOPICS],
        "of": [[places[topic] for topic in topics_of(standing.behaviour)] for standing in report.standings],
        "remarks": [remark(result, report.results) for result in report.results],
        "told": {row.letter: _told(row) for row in STATUSES.values()},
        "released": spoken(RELEASED),
    }


def _told(status: Verdict) -> str:
    """What a run says of a behaviour: ``for`` or ``against`` it, ``nothing``, or ``other`` where it does not apply."""
    if status.fails or status.name == "absent":
        return "against"
    if status.shown is Shown.PASSED:
        return "for"
    return "other" if status.name == "does not apply" else "nothing"
