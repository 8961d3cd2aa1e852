"""The documents: their links lead to files, and the glossary is in order."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from conformance.program import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def links(path: Path) -> set[str]:
    """The targets of a document's links inside this repository, without anchors."""
    found = re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    return {link.partition("#")[0] for link in found if "://" not in link} - {""}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_to_files(path: Path) -> None:
    """Each link of a document names a file that exists."""
    assert {link for link in links(path) if not (path.parent / link).exists()} == set()


def test_glossary_is_sorted_and_says_one_thing_of_each_word() -> None:
    """Each word stands once, in alphabetical order, with one sentence."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")][1:]
    words = [word for word, *_ in rows]

    assert all(before < after for before, after in pairwise(words))
    assert [word for word, meaning, *_ in rows if not meaning.endswith(".") or ". " in meaning] == []
