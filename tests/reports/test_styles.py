"""The style sheets of the site: nothing in them is of a page that is gone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from conformance.verdicts import STATUSES
from reports.site.markup import css_class

REPORTS = Path(__file__).parents[2] / "reports"
SHEETS = sorted((REPORTS / "assets").glob("*.css"))
TEMPLATES = {path: path.read_text(encoding="utf-8") for path in (REPORTS / "templates").iterdir()}
#: The values of ``class`` and ``id``, in which an expression of a template can have quotation marks.
_ATTRIBUTE = re.compile(r'\b(?:class|id)="((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*)"')
#: A literal of a script or of a module: names of classes that are given while a page is made or shown.
_LITERAL = re.compile(r"""["'`]([^"'`\n]*)["'`]""")
_WORD = re.compile(r"[A-Za-z][\w-]*")
#: ``s1`` to ``s4`` are shades, ``era0`` to ``era2`` letters of an era: a page puts the number behind the letter.
_NUMBERED = re.compile(r"(s|era)\d")


def words(pattern: re.Pattern[str], texts: Iterable[str]) -> set[str]:
    return {word for text in texts for found in pattern.findall(text) for word in _WORD.findall(found)}


def links(text: str, sheet: Path) -> bool:
    return f'{sheet.name}"' in text


def selected(sheet: Path) -> set[str]:
    """The classes and IDs in the selectors of a style sheet."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    selectors = re.findall(r"([^{};]+)\{", text)
    return {name for each in selectors for name in re.findall(r"[.#]([A-Za-z][\w-]*)", re.sub(r"\[[^]]*\]", "", each))}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: str(sheet.name))
def test_each_selector_has_a_page(sheet: Path) -> None:
    """Each class and ID is in a template that loads the sheet, in a piece of templates, in a script or in a module."""
    pages = [text for text in TEMPLATES.values() if links(text, sheet) or "{% extends" not in text]
    if sheet.name == "site.css":
        pages = list(TEMPLATES.values())
    scripts = [path.read_text(encoding="utf-8") for path in (REPORTS / "assets").glob("*.js")]
    modules = [
        path.read_text(encoding="utf-8")
        for path in [*REPORTS.rglob("*.py"), *(REPORTS.parent / "conformance").rglob("sources/*.py")]
    ]

    known = words(_ATTRIBUTE, pages) | words(_LITERAL, scripts + modules) | {css_class(name) for name in STATUSES}

    assert {name for name in selected(sheet) - known if not _NUMBERED.fullmatch(name)} == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: str(sheet.name))
def test_a_page_loads_the_sheet(sheet: Path) -> None:
    """A template links it."""
    assert any(links(text, sheet) for text in TEMPLATES.values())
