"""Families of columns: what belongs together, what is the newest, and the names that stay."""

from __future__ import annotations

import re

from reports.families import families, label, names, short, stable, title, variant
from reports.model import Report
from tests.reports.samples import column, evil_result

OLD = column("cpython-3.14.2", "cpython", "3.14.2", "3.14.2")
NEW = column("cpython-3.14.10", "cpython", "3.14.10", "3.14.10")
NEWEST = column("cpython-3.15.0", "cpython", "3.15.0", "3.15.0")
DEBUG = column("cpython-3.15.0-O", "cpython", "3.15.0", "3.15.0", "O")
PYPY = column("pypy-8.0.1-py3.11", "pypy", "8.0.1", "3.11.17")
PYODIDE = column("cpython-3.14.2-pyodide-314.0.7-node-20", "cpython", "3.14.2", "3.14.2", "pyodide-314.0.7", "node-20")
ALL = [PYPY, NEW, DEBUG, PYODIDE, NEWEST, OLD]


def test_a_family_begins_with_its_newest_release() -> None:
    """Numbers are compared as numbers, the plain build stands for its release, and CPython comes first."""
    found = {family.name: [each.slug for each in family.columns] for family in families(ALL)}

    assert found == {
        "CPython": ["cpython-3.15.0", "cpython-3.15.0-O", "cpython-3.14.10", "cpython-3.14.2"],
        "Pyodide": ["cpython-3.14.2-pyodide-314.0.7-node-20"],
        "PyPy": ["pypy-8.0.1-py3.11"],
    }
    assert families(ALL)[0].head is NEWEST
    assert NEWEST not in families(ALL)[0].rest


def test_a_plain_build_stands_for_a_family_although_another_build_is_newer() -> None:
    """A debug build of a newer release does not take the place of the plain one."""
    assert families([OLD, DEBUG])[0].head is OLD


def test_a_distribution_is_a_family_with_releases_of_its_own() -> None:
    """Pyodide is no CPython: it has its own name, release and columns."""
    assert title(PYODIDE) == "Pyodide 314.0.7 (Python 3.14.2, node-20)"
    assert label(PYODIDE) == "314.0.7 (Python 3.14, node)"
    assert stable(PYODIDE) == "pyodide-3.14-node"
    assert variant(PYODIDE) == ("node",)


def test_a_stable_name_follows_the_newest_run() -> None:
    """A release takes the name of the one before it, and the older one keeps its slug."""
    before, after = Report([OLD, PYPY]), Report(ALL)

    assert {name: each.slug for name, each in before.names.items()} == {
        "cpython-3.14": "cpython-3.14.2",
        "cpython": "cpython-3.14.2",
        "pypy-3.11": "pypy-8.0.1-py3.11",
        "pypy": "pypy-8.0.1-py3.11",
    }
    assert after.names["cpython-3.14"].slug == "cpython-3.14.10"
    assert after.names["cpython"].slug == "cpython-3.15.0"
    assert {each.slug: each.page for each in after.results if each.implementation == "CPython"} == {
        "cpython-3.14.2": "cpython-3.14.2",
        "cpython-3.14.10": "cpython-3.14",
        "cpython-3.15.0": "cpython-3.15",
        "cpython-3.15.0-O": "cpython-3.15-o",
    }


def test_no_name_is_the_slug_of_another_column() -> None:
    """A name that is a slug stays the slug's, whatever the case of its letters."""
    odd = column("CPython-3.14", "odd", "1", "3.14.0")

    assert "cpython-3.14" not in names([NEW, odd])
    assert Report([NEW, odd]).results[0].page == "cpython-3.14.10"


def test_an_event_loop_is_a_family_of_another_kind() -> None:
    """A column of an event loop belongs to the loop, and stands behind the interpreters."""
    from runners.record.results import Loop

    loop = column("cpython-3.15.0-uvloop", "cpython", "3.15.0", "3.15.0", kind="loop", loop=Loop("uvloop", "0.22.1"))
    found = families([loop, NEWEST])

    assert [(each.kind, each.name) for each in found] == [("interpreter", "CPython"), ("loop", "uvloop")]
    assert stable(loop) == "uvloop-3.15-cpython"


def test_a_hostile_name_is_a_name_of_a_file() -> None:
    """Whatever an interpreter says that it is, its names have no folder in them and are short."""
    for name in (stable(evil_result()), short(evil_result())):
        assert re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,119}", name)
