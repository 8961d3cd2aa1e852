"""The changed verdicts from one day of publication to another: whose work they are, the column's or the suite's."""

from __future__ import annotations

from collections.abc import Sequence

from reports import errata
from reports.snapshots import KINDS, Change, Column, Demand, Snapshot, Suite, state


def difference(before: Snapshot, after: Snapshot) -> Suite:
    """What the suite asks that it did not ask before, and the other way round. An unknown text is a changed one."""
    old, new = before.places, after.places
    changed = [
        demand.id for demand in after.demands if demand.id in old and not demand.same(before.demands[old[demand.id]])
    ]
    return Suite(
        new=tuple(each for each in new if each not in old),
        gone=tuple(each for each in old if each not in new),
        changed=tuple(changed),
    )


def changes(before: Snapshot, after: Snapshot, sections: Sequence[errata.Section] | None = None) -> tuple[Change, ...]:
    """The changed verdicts of each column that has any, and each new column.

    ``sections`` are those of the errata, by default the ones of docs/errata.md.
    """
    since = [
        each for each in (errata.load() if sections is None else sections) if before.day < each.withdrawn <= after.day
    ]
    found = []
    for column in after.columns:
        old = counterpart(column, before)
        # Where there are no asynchronous generators, only the suite can change.
        nothing = old is None or (old.absent and column.absent)
        kinds = {} if old is None or nothing else _kinds(before, old, after, column, since)
        if old is None or kinds:
            found.append(Change(column.page, None if old is None else old.title, kinds))
    return tuple(found)


def counterpart(column: Column, before: Snapshot) -> Column | None:
    """The column of an earlier day that a column continues: that with its page, or else that with its slug."""
    by_page = {each.page: each for each in before.columns}
    by_slug = {each.slug: each for each in before.columns}
    return by_page.get(column.page) or by_slug.get(column.slug) or by_slug.get(column.page)


def _kinds(
    before: Snapshot, old: Column, after: Snapshot, new: Column, since: Sequence[errata.Section]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for behaviour in dict.fromkeys([*after.places, *before.places]):
        earlier, later = _side(before, old, behaviour), _side(after, new, behaviour)
        same = (
            earlier is not None
            and later is not None
            and later[0].same(earlier[0], (after.digest(new, behaviour), before.digest(old, behaviour)))
        )

        def withdrawn(passes: bool, behaviour: str = behaviour) -> bool:
            return any(section.names(behaviour, new.name, passes) for section in since)

        if earlier is not None and earlier[1] == "fails" and earlier[0].counts:
            named = withdrawn(passes=False)
        else:
            named = earlier is not None and earlier[1] == "holds" and withdrawn(passes=True)
        kind = kind_of(earlier, later, same=same, withdrawn=named)
        if kind is not None:
            found[kind].append(behaviour)
    return {kind: tuple(ids) for kind, ids in found.items() if ids}


#: State → the words for it before and now.
_WORDS = {
    "holds": ("held", "holds"),
    "fails": ("failed", "fails"),
    "open": ("was not judged", "is not judged"),
    "aside": ("did not apply", "does not apply"),
}


def movement(before: Snapshot | None, old: Column | None, after: Snapshot, new: Column, behaviour: str) -> str:
    """How a behaviour stood and stands in a column: ``failed, and holds now``."""
    was = None if before is None or old is None else _side(before, old, behaviour)
    now = _side(after, new, behaviour)
    if now is None:
        return "is not in the suite now" if was is None else f"{_WORDS[was[1]][0]}, and is not in the suite now"
    words = f"{_WORDS[now[1]][1]} now"
    if now[1] == "fails" and not now[0].counts:
        words = "fails now as a detail, which counts for nobody"
    return f"is new, and {words}" if was is None else f"{_WORDS[was[1]][0]}, and {words}"


def _side(snapshot: Snapshot, column: Column, behaviour: str) -> tuple[Demand, str] | None:
    """What a behaviour asked, and its state in a column; None if the suite did not have it."""
    place = snapshot.places.get(behaviour)
    return None if place is None else (snapshot.demands[place], state(column.letters[place]))


def kind_of(
    before: tuple[Demand, str] | None, after: tuple[Demand, str] | None, *, same: bool, withdrawn: bool
) -> str | None:
    """The kind of a change, a key of :data:`reports.snapshots.KINDS`; None where nothing changed for the column.

    ``same`` says that both sides ask the same, and ``withdrawn`` that the errata name the verdict before. A failure
    that counted and now is one of a detail is a change, and so is a new behaviour that fails.
    """
    was, now = _accuses(before), _accuses(after)
    if before is None or after is None:
        return "withdrawn" if was else "suite changed" if now else None
    if before[1] == after[1] and was == now:
        return None
    if withdrawn and not now and (was or after[1] != "holds"):
        return "withdrawn"
    if not same:
        return "suite changed"
    if "aside" in (before[1], after[1]):
        # The column is judged as another version of the language; its behaviour has not changed.
        return None
    return {"holds": "fixed", "fails": "broken"}.get(after[1], "not judged")


def _accuses(side: tuple[Demand, str] | None) -> bool:
    """Whether a verdict counts against the column."""
    return side is not None and side[1] == "fails" and side[0].counts
