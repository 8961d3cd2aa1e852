"""The Atom feeds: of all changes, of the changes of each implementation, and of the errata."""

from __future__ import annotations

from collections.abc import Sequence

from reports import errata
from reports.errata import Section
from reports.feeds import Entry, Feed, absolute, render
from reports.model import Report
from reports.site import changes
from reports.site.changes import Day, FamilyDay, days
from reports.site.markup import environment

_SITE = "Asynchronous generator conformance"


def pages(report: Report) -> dict[str, str]:
    """``feeds/all.xml``, ``feeds/errata.xml``, and ``feeds/<family>.xml`` for each family, also of earlier days."""
    found = days(report)
    feeds = [_all(found, report), *_families(found, report), _errata(errata.load(), report)]
    return {feed.file: render(feed, report.address) for feed in feeds}


def _all(found: Sequence[Day], report: Report) -> Feed:
    entries = [
        Entry(
            page=day.url,
            title=f"{day.name}: {day.summary or 'no changed verdict'}" if day.before else f"{day.name}: the first day",
            updated=day.snapshot.newest,
            html=_text(day, day.families, report),
        )
        for day in reversed(found)
    ]
    return Feed("feeds/all.xml", changes.FILE, f"{_SITE}: changes", report.newest, entries)


def _families(found: Sequence[Day], report: Report) -> list[Feed]:
    """A feed for each family, also for one that is only in an earlier day: who reads its feed shall not lose it."""
    names = {
        (each.kind, each.slug if each.kind == "interpreter" else f"{each.kind}-{each.slug}"): each.name
        for each in report.families
    }
    for day in found:
        for family in day.families:
            names.setdefault((family.kind, family.slug), family.name)
    feeds = []
    for (kind, slug), name in names.items():
        entries = [
            Entry(
                page=f"{day.url}#{slug}",
                title=_title(family),
                updated=day.snapshot.newest,
                html=_text(day, [family], report),
            )
            for day in reversed(found)
            for family in day.families
            if (family.kind, family.slug) == (kind, slug) and family.changed
        ]
        feeds.append(Feed(f"feeds/{slug}.xml", changes.FILE, f"{_SITE}: {name}", report.newest, entries))
    return feeds


def _title(family: FamilyDay) -> str:
    numbers = f"{family.tally.passed} of {family.tally.applicable} hold"
    stands = f"{family.name} {family.head.label}: {'no asynchronous generators' if family.head.absent else numbers}"
    return f"{stands}; {family.summary}" if family.summary else stands


def _text(day: Day, families: Sequence[FamilyDay], report: Report) -> str:
    template = environment().get_template("entry.html.j2")
    root = absolute("", report.address) if report.address else ""
    return template.render(day=day, families=families, root=root, links=bool(report.address), spoken=errata.spoken)


def _errata(sections: Sequence[Section], report: Report) -> Feed:
    entries = [
        Entry(
            page=f"{changes.ERRATA}#{changes.anchor(section)}",
            title=section.title,
            updated=f"{section.withdrawn.isoformat()}T00:00:00Z",
            html=environment()
            .get_template("entry-errata.html.j2")
            .render(
                section=section,
                worded=lambda text: changes.worded(text, report, absolute("", report.address), report.address != ""),
            ),
        )
        for section in sorted(sections, key=lambda each: each.withdrawn, reverse=True)
    ]
    return Feed("feeds/errata.xml", changes.ERRATA, f"{_SITE}: errata", report.newest, entries)
