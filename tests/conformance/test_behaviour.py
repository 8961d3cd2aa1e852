"""The decorator: it refuses, at import, a behaviour that a report could not show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from conformance.behaviour import CATALOGUE, behaviour, parse_version
from conformance.sources import CPYTHON, LIBRARY, PEP525, PEP828, TUTORIAL


@pytest.fixture(autouse=True)
def _catalogue_as_it_was() -> Iterator[None]:
    earlier = dict(CATALOGUE)
    yield
    CATALOGUE.clear()
    CATALOGUE.update(earlier)


def _function() -> None:
    """A sentence
    over two lines.

    And more.
    """


def _other() -> None:
    """Another."""


def _enter(**changes: Any) -> Any:
    given: dict[str, Any] = {"source": [PEP525.AGEN_OBJECT], "since": "3.6", **changes}
    id = given.pop("id", "ZZZ-001")
    behaviour(id, **given)(_function)
    return CATALOGUE[id]


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "SND-1"},
        {"id": "snd-001"},
        {"source": []},
        {"since": "3.5"},
        {"since": "3.99"},
        {"since": "4.0"},
        {"since": "3.9", "until": "3.8"},
        {"needs": ["a quantum computer"]},
        {"level": "rumour"},
        {"source": [TUTORIAL.S01]},
    ],
    ids=lambda changes: "-".join(changes),
)
def test_refuses_what_is_malformed(changes: dict[str, Any]) -> None:
    """A malformed ID, version, need, level or source raises a ValueError that names the behaviour or the version."""
    with pytest.raises(ValueError, match=r"SND-1|snd-001|ZZZ-001|language version"):
        _enter(**changes)


def test_refuses_an_id_that_is_used() -> None:
    """Two functions cannot have the same ID."""
    _enter()

    with pytest.raises(ValueError, match="ZZZ-001 is the ID of both"):
        behaviour("ZZZ-001", source=[PEP525.AGEN_OBJECT], since="3.6")(_other)


@pytest.mark.parametrize(
    ("sources", "level"),
    [
        ([PEP525.AGEN_OBJECT], "language"),
        ([LIBRARY.INSPECT], "library"),
        ([CPYTHON.GENOBJECT], "detail"),
        ([CPYTHON.GENOBJECT, LIBRARY.INSPECT, TUTORIAL.S01], "library"),
        ([LIBRARY.INSPECT, PEP525.AGEN_OBJECT], "language"),
    ],
)
def test_level_follows_from_the_strongest_source(sources: list[Any], level: str) -> None:
    """The level is that of the strongest document cited."""
    assert _enter(source=sources).level == level


def test_level_can_be_overridden() -> None:
    """A level given to the decorator replaces the level of the sources."""
    assert _enter(level="detail").level == "detail"


def test_sentence_is_the_first_paragraph_on_one_line() -> None:
    """The sentence of a behaviour is the first paragraph of the docstring, on one line."""
    assert _enter().sentence == "A sentence over two lines."


@pytest.mark.parametrize(
    ("source", "since", "feature"),
    [
        ([PEP828.YIELD_FROM], "3.16", "yield-from"),
        ([LIBRARY.WEAKREF, PEP828.STOP], "3.16", "yield-from"),
        ([PEP828.YIELD_FROM], "3.6", None),
        ([PEP525.AGEN_OBJECT], "3.16", None),
    ],
)
def test_feature_follows_from_source_and_version(source: list[Any], since: str, feature: str | None) -> None:
    """A behaviour is about a feature if it cites its document and begins with the version that adds it."""
    assert _enter(source=source, since=since).feature == feature


@pytest.mark.parametrize(
    ("since", "until", "words", "applies"),
    [
        ("3.8", None, "3.8+", [(3, 8), (3, 9), (3, 15), (3, 99)]),
        ("3.8", "3.9", "3.8 to 3.9", [(3, 8), (3, 9)]),
        ("3.7", "3.7", "3.7 only", [(3, 7)]),
    ],
)
def test_versions_are_inclusive(since: str, until: str | None, words: str, applies: list[tuple[int, int]]) -> None:
    """``since`` and ``until`` both belong to the range."""
    entry = _enter(since=since, until=until)
    versions = [(3, 6), (3, 7), (3, 8), (3, 9), (3, 15), (3, 99)]

    assert entry.versions == words
    assert [version for version in versions if entry.applies_to(version)] == applies


@pytest.mark.parametrize("text", ["", "3", "3.x", "2.7", "4.0", "3.6.1", " 3.6", "3.1000", "3.\u0661"])
def test_parse_version_refuses(text: str) -> None:
    """Only ``3.`` and a number of at most three digits is a language version."""
    with pytest.raises(ValueError, match="not a language version"):
        parse_version(text)
