"""What changed from one day of publication to the next, how each implementation stood over time, and the errata."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from conformance.behaviour import Behaviour
from reports import errata
from reports.changes import counterpart, movement
from reports.errata import Section, spoken
from reports.model import Report
from reports.site.markup import behaviour_url, render_page
from reports.snapshots import KINDS, Change, Column, Snapshot, Suite, Tally, columns_by_family

FILE = "changes.html"
TITLE = "Changes"
ERRATA = "changes/errata.html"
#: A list with more behaviours than this has their IDs and not their sentences.
_MOST_SENTENCES = 30
#: The kinds whose names say how a behaviour stood and stands.
_SPEAKING = ("fixed", "broken")
#: The most days with a table on the first page; the others are links.
_MOST_TABLES = 12
#: The most days of a picture; the table has all.
_MOST_BARS = 40
#: Pixels of a picture: a day, its bar, the highest bar, and the line of dates below.
_STEP, _BAR, _HIGH, _FOOT = 46, 30, 90, 20


@dataclass(frozen=True)
class Item:
    """A changed verdict: the ID, and its behaviour if the suite of today has it.

    ``moved`` says how it stood and stands, where the kind of the change does not; ``columns`` where, empty for all.
    """

    id: str
    behaviour: Behaviour | None
    moved: str
    columns: str

    @property
    def words(self) -> str:
        """How and where."""
        return ": ".join(each for each in (self.columns, self.moved) if each)


@dataclass(frozen=True)
class Group:
    """The changed verdicts of one kind, those of CPython's details apart."""

    kind: str
    items: tuple[Item, ...]
    details: tuple[Item, ...]

    @property
    def count(self) -> int:
        """The number of behaviours, without the details."""
        return len({item.id for item in self.items})

    @property
    def short(self) -> bool:
        """Whether the sentences of its behaviours are shown."""
        return len(self.items) <= _MOST_SENTENCES


@dataclass(frozen=True)
class FamilyDay:
    """A family on a day. ``before`` and ``was`` are its head on the day before, and how that stood; None if new."""

    name: str
    slug: str
    kind: str
    head: Column
    tally: Tally
    before: Column | None
    was: Tally | None
    groups: tuple[Group, ...]
    #: Columns without a counterpart on the day before, and the other way round.
    new: tuple[Column, ...]
    gone: tuple[Column, ...]

    @property
    def changed(self) -> bool:
        """Whether anything is told about it."""
        return bool(self.groups or self.new or self.gone or self.tally != self.was)

    @property
    def summary(self) -> str:
        """The number of behaviours with a changed verdict, by kind: ``10 fixed, 6 broken``; empty if there are none."""
        return ", ".join(f"{each.count} {each.kind}" for each in self.groups if each.items)


@dataclass(frozen=True)
class Day:
    """A day of publication, and the families in it. ``before`` is None for the first day."""

    snapshot: Snapshot
    before: Snapshot | None
    families: tuple[FamilyDay, ...]
    #: The names of families that are not in it any more.
    gone: tuple[str, ...]

    @property
    def name(self) -> str:
        """``30 November 2026``"""
        return spoken(self.snapshot.day)

    @property
    def url(self) -> str:
        """Its page, from the root of the site."""
        return f"changes/{self.snapshot.day.isoformat()}.html"

    @property
    def suite(self) -> Suite:
        """What the suite asks otherwise than on the day before."""
        return self.snapshot.suite

    @property
    def summary(self) -> str:
        """The number of behaviours that changed, by kind, of all families together."""
        counts = dict.fromkeys(KINDS, 0)
        for family in self.families:
            for group in family.groups:
                counts[group.kind] += group.count
        return ", ".join(f"{number} {kind}" for kind, number in counts.items() if number)


@dataclass(frozen=True)
class Bar:
    """A day in a picture: the place and the heights in pixels, and whether the suite is another than the day before."""

    x: int
    heights: tuple[int, int, int]
    point: Point
    label: str
    other_suite: bool

    @property
    def tops(self) -> tuple[int, int, int]:
        """The upper edges of what holds, fails and is open."""
        holds, fails, still_open = self.heights
        return _HIGH - holds, _HIGH - holds - fails, _HIGH - holds - fails - still_open


@dataclass(frozen=True)
class Point:
    """How the head of a family stood on a day."""

    day: Day
    column: Column
    tally: Tally
    other_suite: bool


@dataclass(frozen=True)
class Line:
    """A family over time, the newest day last, and its picture."""

    name: str
    slug: str
    points: tuple[Point, ...]
    bars: tuple[Bar, ...]

    @property
    def width(self) -> int:
        """The width of the picture in pixels."""
        return _STEP * max(1, len(self.bars))

    @property
    def height(self) -> int:
        """The height of the picture in pixels."""
        return _HIGH + _FOOT

    @property
    def words(self) -> str:
        """The picture in words."""
        last = self.points[-1]
        stands = f"{last.tally.passed} of {last.tally.applicable} behaviours hold"
        return f"{self.name}: {'no asynchronous generators' if last.column.absent else stands} on {last.day.name}"


def pages(report: Report) -> dict[str, str]:
    """``changes.html``, ``changes/<date>.html``, ``changes/errata.html``. Everything is escaped by the template."""
    found = days(report)
    sections = errata.load()
    shared = {"kinds": KINDS, "spoken": spoken, "errata": ERRATA}
    made = {
        FILE: render_page(
            "changes.html.j2",
            FILE,
            page=FILE,
            report=report,
            days=found[::-1][:_MOST_TABLES],
            older=found[::-1][_MOST_TABLES:],
            lines=lines(found),
            sections=sections,
            bar=_BAR,
            high=_HIGH,
            **shared,
        ),
        ERRATA: render_page(
            "errata.html.j2",
            ERRATA,
            page=FILE,
            report=report,
            sections=sections[::-1],
            anchor=anchor,
            worded=lambda text: worded(text, report, "../"),
            **shared,
        ),
    }
    for number, day in enumerate(found):
        made[day.url] = render_page(
            "changes-day.html.j2",
            day.url,
            page=FILE,
            report=report,
            day=day,
            earlier=found[number - 1] if number else None,
            later=found[number + 1] if number + 1 < len(found) else None,
            page_of=lambda column: page_of(column, report),
            **shared,
        )
    return made


def days(report: Report) -> list[Day]:
    """The recorded days, the oldest first."""
    found = []
    before: Snapshot | None = None
    for snapshot in report.history:
        compared = before if before is not None and before.day == snapshot.earlier else None
        found.append(day(snapshot, compared, report))
        before = snapshot
    return found


def day(snapshot: Snapshot, before: Snapshot | None, report: Report) -> Day:
    """One day beside the day before."""
    changes = {change.page: change for change in snapshot.changes}
    now = columns_by_family(snapshot)
    was = {} if before is None else columns_by_family(before)
    families = tuple(
        _family(key, columns, snapshot, was.get(key, ()), before, changes, report) for key, columns in now.items()
    )
    gone = tuple(columns[0].name for key, columns in was.items() if key not in now)
    return Day(snapshot, before, families, gone)


def _family(
    key: tuple[str, str],
    columns: Sequence[Column],
    snapshot: Snapshot,
    old: Sequence[Column],
    before: Snapshot | None,
    changes: Mapping[str, Change],
    report: Report,
) -> FamilyDay:
    head, first = columns[0], old[0] if old else None
    names = {name for column in columns for name in (column.page, column.slug)}
    return FamilyDay(
        name=head.name,
        slug=key[1] if key[0] == "interpreter" else f"{key[0]}-{key[1]}",
        kind=key[0],
        head=head,
        tally=snapshot.tally(head),
        before=first,
        was=None if first is None or before is None else before.tally(first),
        groups=tuple(_groups(columns, changes, snapshot, before, report)),
        new=tuple(each for each in columns if each.page in changes and changes[each.page].since is None),
        gone=tuple(each for each in old if each.page not in names and each.slug not in names),
    )


def _groups(
    columns: Sequence[Column],
    changes: Mapping[str, Change],
    snapshot: Snapshot,
    before: Snapshot | None,
    report: Report,
) -> Iterable[Group]:
    for kind in KINDS:
        found: dict[tuple[str, str], list[Column]] = {}
        for column in columns:
            change = changes.get(column.page)
            old = None if before is None else counterpart(column, before)
            for behaviour in () if change is None else change.kinds.get(kind, ()):
                moved = "" if kind in _SPEAKING else movement(before, old, snapshot, column, behaviour)
                found.setdefault((behaviour, moved), []).append(column)
        items: tuple[list[Item], list[Item]] = ([], [])
        for (behaviour, moved), those in sorted(found.items()):
            who = "" if len(those) == len(columns) else ", ".join(each.label for each in those)
            items[_is_detail(behaviour, snapshot, before)].append(
                Item(behaviour, report.catalogue.get(behaviour), moved, who)
            )
        if found:
            yield Group(kind, tuple(items[0]), tuple(items[1]))


def _is_detail(behaviour: str, snapshot: Snapshot, before: Snapshot | None) -> bool:
    """Whether a behaviour counts on neither day."""
    demands = [
        each.demands[each.places[behaviour]]
        for each in (before, snapshot)
        if each is not None and behaviour in each.places
    ]
    return not any(each.counts for each in demands)


def lines(found: Sequence[Day]) -> list[Line]:
    """Every family of the newest day over time."""
    if not found:
        return []
    made = []
    for family in found[-1].families:
        points = [
            Point(day, each.head, each.tally, not day.suite.same)
            for day in found
            for each in day.families
            if (each.kind, each.slug) == (family.kind, family.slug)
        ]
        made.append(Line(family.name, family.slug, tuple(points), tuple(_bars(points[-_MOST_BARS:]))))
    return made


def _bars(points: Sequence[Point]) -> Iterable[Bar]:
    most = max((each.tally.applicable for each in points), default=0) or 1
    many = len(points) > 8
    for number, point in enumerate(points):
        tally = point.tally
        whole = round(_HIGH * tally.applicable / most)
        fails = _pixels(tally.failed, most)
        still_open = _pixels(tally.open, most)
        shown = not many or number in (0, len(points) - 1)
        day = point.day.snapshot.day
        label = f"{day.day} {spoken(day).split()[1][:3]}" if shown else ""
        yield Bar(
            number * _STEP,
            (max(0, whole - fails - still_open), fails, still_open),
            point,
            label,
            number > 0 and point.other_suite,
        )


def _pixels(number: int, most: int) -> int:
    """The height of a part of a bar; one that is not empty can be seen."""
    return max(2, round(_HIGH * number / most)) if number else 0


def page_of(column: Column, report: Report) -> str | None:
    """The page of a column of an earlier day in the site of today; None if there is none."""
    pages = {result.page: result for result in report.results}
    result = pages.get(column.page) or report.names.get(column.page)
    return None if result is None else f"interpreters/{result.page}.html"


def anchor(section: Section) -> str:
    """The place of a section on the page of the errata."""
    return f"withdrawn-{section.withdrawn.isoformat()}-published-{section.published.isoformat()}"


def worded(text: str, report: Report, root: str, links: bool = True) -> Markup:
    """A cell of the errata: `code` in backticks as <code>, the IDs of behaviours as links, everything escaped."""
    found = Markup("")
    for number, part in enumerate(re.split(r"`(.+?)`", text)):
        if number % 2:
            found += Markup("<code>{}</code>").format(part)
            continue
        for place, piece in enumerate(re.split(r"\b([A-Z]{3}-[0-9]{3}[a-z]?)\b", part)):
            behaviour = report.catalogue.get(piece) if place % 2 and links else None
            if behaviour is None:
                found += Markup("{}").format(piece)
            else:
                link = Markup('<a class="id" href="{}{}">{}</a>')
                found += link.format(root, behaviour_url(behaviour), piece)
    return found
