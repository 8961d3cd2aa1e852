"""The changed verdicts from one day to another: the column's work, or the suite's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reports.changes import changes, counterpart, difference, kind_of, movement
from reports.errata import Row, Section
from reports.snapshots import Demand, Snapshot
from tests.reports.days import FIRST, SECOND, asking, column_of, pypy, python, taken, without

#: A withdrawn failure of CPython, one of the day between, and a withdrawn pass of PyPy.
SECTION = Section(
    "Published, withdrawn",
    FIRST,
    SECOND,
    (Row("SND-001", "CPython 3.13.0", "wrong", False), Row("CLS-001", "PyPy 8.0.1", "empty", True)),
)
BEFORE = taken(python("3.13.0", {"SND-001": "fail"}))
AFTER = taken(python("3.13.0"), day=SECOND)


def kinds(before: Snapshot, after: Snapshot, *sections: Section) -> dict[str, tuple[str, ...]]:
    """The changes of the one column."""
    found = changes(before, after, sections)
    return dict(found[0].kinds) if found else {}


def test_fixed_and_broken() -> None:
    """The same text has another verdict: it is the column that changed."""
    assert kinds(BEFORE, AFTER) == {"fixed": ("SND-001",)}
    assert kinds(replace(AFTER, day=FIRST), replace(BEFORE, day=SECOND)) == {"broken": ("SND-001",)}


@pytest.mark.parametrize(
    "values", [{"digest": "00000000"}, {"digest": "-"}, {"level": "library"}, {"versions": "3.7+"}]
)
def test_the_suite_changed(values: dict[str, str]) -> None:
    """Another text, an unknown one, another level or other versions: nobody knows whose work it is."""
    assert kinds(asking(BEFORE, "SND-001", **values), AFTER) == {"suite changed": ("SND-001",)}


def test_the_text_that_ran_counts() -> None:
    """A column that ran an older text than the suite of its day is compared by what it ran."""
    column = replace(AFTER.columns[0], other={"SND-001": "00000000"})

    assert kinds(BEFORE, replace(AFTER, columns=(column,))) == {"suite changed": ("SND-001",)}


def test_a_level_that_changed() -> None:
    """A failure that counted, and is one of a detail now, is not an accusation any more."""
    now = asking(replace(BEFORE, day=SECOND), "SND-001", level="detail")

    assert kinds(BEFORE, now) == {"suite changed": ("SND-001",)}
    assert kinds(BEFORE, now, SECTION) == {"withdrawn": ("SND-001",)}


def test_withdrawn_by_the_errata() -> None:
    """The errata since the day before name the verdict, on the column's implementation; older ones do not matter."""
    older = replace(SECTION, withdrawn=FIRST)
    newer = replace(SECTION, withdrawn=date(2026, 11, 16))
    of_another = replace(SECTION, rows=(replace(SECTION.rows[0], whose="PyPy 8.0.1"),))

    assert kinds(BEFORE, AFTER, SECTION) == {"withdrawn": ("SND-001",)}
    for section in (older, newer, of_another):
        assert kinds(BEFORE, AFTER, section) == {"fixed": ("SND-001",)}


def test_a_withdrawn_pass() -> None:
    """A pass that was empty is withdrawn, and not broken."""
    was, now = taken(pypy("8.0.1")), taken(pypy("8.0.1", {"CLS-001": "fail"}), day=SECOND)

    assert kinds(was, now, SECTION) == {"broken": ("CLS-001",)}
    assert kinds(was, asking(now, "CLS-001", digest="00000000"), SECTION) == {"suite changed": ("CLS-001",)}


def test_a_behaviour_that_is_gone() -> None:
    """Its failure is withdrawn; nothing is said of a pass."""
    assert kinds(BEFORE, without(AFTER, "SND-001", "CLS-001")) == {"withdrawn": ("SND-001",)}
    assert difference(BEFORE, without(AFTER, "SND-001")).gone == ("SND-001",)


def test_a_behaviour_that_is_new() -> None:
    """One that fails is a change by the suite; one that holds is in the list of new behaviours only."""
    old, new = without(replace(AFTER, day=FIRST), "SND-001", "CLS-001"), replace(BEFORE, day=SECOND)

    assert kinds(old, new) == {"suite changed": ("SND-001",)}
    assert set(difference(old, new).new) == {"CLS-001", "SND-001"}


def test_nothing_changed() -> None:
    """A column without a changed verdict is not listed, and the suite is the same."""
    same = replace(BEFORE, day=SECOND)

    assert changes(BEFORE, same, ()) == ()
    assert difference(BEFORE, same).same


def test_a_new_release_goes_on_where_the_old_one_was() -> None:
    """3.13.1 is compared with 3.13.0, by the name that stays."""
    now = taken(python("3.13.1"), day=SECOND)
    (found,) = changes(BEFORE, now, ())

    assert (found.page, found.since, found.kinds) == ("cpython-3.13", "CPython 3.13.0", {"fixed": ("SND-001",)})


def test_an_old_release_beside_a_new_one() -> None:
    """3.13.0 keeps its history under its slug when 3.13.1 takes the name."""
    both = taken(python("3.13.0"), python("3.13.1"), day=SECOND)
    old = counterpart(column_of(both, "cpython-3.13.0"), BEFORE)

    assert old is BEFORE.columns[0]


def test_a_new_column() -> None:
    """It is listed, and nothing is compared."""
    now = taken(python("3.13.0", {"SND-001": "fail"}), pypy("8.0.1", {"SND-001": "fail"}), day=SECOND)
    (found,) = changes(BEFORE, now, ())

    assert (found.page, found.since, found.kinds) == ("pypy-3.11", None, {})


LANGUAGE, DETAIL = Demand("AAA-001", "language", "3.6+", "0"), Demand("AAA-001", "detail", "3.6+", "0")


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("fails", "holds", "fixed"),
        ("open", "holds", "fixed"),
        ("holds", "fails", "broken"),
        ("open", "fails", "broken"),
        ("holds", "open", "not judged"),
        ("fails", "open", "not judged"),
        ("aside", "holds", None),
        ("aside", "fails", None),
        ("holds", "aside", None),
        ("holds", "holds", None),
        ("fails", "fails", None),
    ],
)
def test_kinds_of_the_same_demand(before: str, after: str, kind: str | None) -> None:
    """One kind for each pair of states; another version of the language is no change of the column."""
    for demand in (LANGUAGE, DETAIL):
        assert kind_of((demand, before), (demand, after), same=True, withdrawn=False) == kind


def test_details_accuse_nobody() -> None:
    """A detail that is gone, or is new, or was withdrawn is no change of an accusation."""
    assert kind_of((DETAIL, "fails"), None, same=False, withdrawn=False) is None
    assert kind_of(None, (DETAIL, "fails"), same=False, withdrawn=False) is None


def test_words_for_a_movement() -> None:
    """How a behaviour stood and stands, in words."""
    was, now = BEFORE.columns[0], AFTER.columns[0]

    assert movement(BEFORE, was, AFTER, now, "SND-001") == "failed, and holds now"
    assert movement(None, None, BEFORE, was, "SND-001") == "is new, and fails now"
    assert movement(BEFORE, was, without(AFTER, "SND-001"), now, "SND-001") == "failed, and is not in the suite now"
