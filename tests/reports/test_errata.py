"""The errata as data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reports import errata

TEXT = """# Errata

Words.

## Published on 1 May 2026, withdrawn on 20 June 2026

### Failures

| cases | against | why |
|---|---|---|
| AAA-001, AAA-002[x] | PyPy 8.0.1 (known); MicroPython 1 | It was `wrong`. |

### Passes

| cases | of | why |
|---|---|---|
| BBB-003b (all) | GraalPy 25 | It was empty. |

## Something else

| CCC-001 | CPython | no |
"""


def test_sections_and_rows() -> None:
    """A dated section has its days and its rows; another one is none."""
    (section,) = errata.parse(TEXT)

    assert (section.published, section.withdrawn) == (date(2026, 5, 1), date(2026, 6, 20))
    assert [(sorted(row.ids), row.passes) for row in section.rows] == [
        (["AAA-001", "AAA-002"], False),
        (["BBB-003b"], True),
    ]


@pytest.mark.parametrize(
    ("behaviour", "family", "passes", "named"),
    [
        ("AAA-001", "PyPy", False, True),
        ("AAA-001", "PyPy", True, False),
        ("AAA-001", "CPython", False, False),
        ("AAA-001", "Python", False, False),
        ("BBB-003b", "GraalPy", True, True),
        ("BBB-003", "GraalPy", True, False),
    ],
)
def test_who_is_named(behaviour: str, family: str, passes: bool, named: bool) -> None:
    """A verdict is of a behaviour and of an implementation, whose name is a whole word."""
    (section,) = errata.parse(TEXT)

    assert section.names(behaviour, family, passes) is named


def test_the_errata_of_the_project() -> None:
    """Each section with a day is read, and each row of a table in it."""
    text = errata.FILE.read_text(encoding="utf-8")
    rows = sum(line.startswith("| ") and not line.startswith("| cases ") for line in text.splitlines())
    found = errata.load()

    assert len(found) == text.count("\n## Published on ")
    assert sum(len(section.rows) for section in found) == rows


def test_no_errata(tmp_path: Path) -> None:
    """Without the file nothing was withdrawn."""
    assert errata.load(tmp_path / "errata.md") == ()


def test_a_day_in_words() -> None:
    """A day is written as in the titles of the errata."""
    assert errata.spoken(date(2026, 11, 30)) == "30 November 2026"
