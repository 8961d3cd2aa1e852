"""Everyday words for each behaviour: what people type when it is the answer to their question.

``reports/everyday/<area>.toml`` has a line for each behaviour, ``SND-001 = "words"``. The words are not those of its
sentence, which the search knows anyway, and they tell it from its neighbours. ``phrases.toml`` has the questions that
many people ask in the same few words.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from conformance.behaviour import Behaviour
from runners.record.tables import parsed, text_of

FOLDER = Path(__file__).parent / "everyday"


def everyday(behaviour: Behaviour) -> str:
    """The everyday words of a behaviour, with spaces between; empty if nobody has written any."""
    return _of_area(behaviour.area).get(behaviour.id, "")


@cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """What many people ask in the same few words → the IDs that answer, the best first."""
    found = parsed(text_of(FOLDER / "phrases.toml"))
    return {phrase: tuple(ids.split()) for phrase, ids in found.items()}


@cache
def _of_area(area: str) -> dict[str, str]:
    path = FOLDER / f"{area}.toml"
    return {id: str(words) for id, words in parsed(text_of(path)).items()} if path.is_file() else {}
