"""The topics of the page for the authors of libraries."""

from __future__ import annotations

import re

from conformance.catalogue import load
from reports.topics import SUBJECTS, TOPICS, topics_of


def test_every_behaviour_has_a_topic() -> None:
    """Each behaviour, of every prefix, belongs to at least one topic: a new prefix needs one."""
    assert sorted({entry.prefix for entry in load().values() if not topics_of(entry)}) == []


def test_topics_name_what_there_is() -> None:
    """A topic names prefixes and numbers of the catalogue only, each once, and has a behaviour of its own."""
    known = {entry.prefix for entry in load().values()} | {entry.number for entry in load().values()}
    used = {topic for entry in load().values() for topic in topics_of(entry)}

    for topic in TOPICS:
        names = topic.names.split()
        assert set(names) <= known, topic.id
        assert len(names) == len(set(names)), topic.id
    assert used == set(TOPICS)


def test_topics_have_addresses_of_their_own() -> None:
    """Each ID is a word for an address and is there once, and so is each title."""
    assert len({topic.id for topic in TOPICS}) == len({topic.title for topic in TOPICS}) == len(TOPICS)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", topic.id) for topic in TOPICS)
    assert all(subject.topics for subject in SUBJECTS)


def test_a_number_takes_a_behaviour_out_of_its_prefix() -> None:
    """``anext()`` with a default is a topic of its own; what is about both has both topics."""
    ids = {id: [topic.id for topic in topics_of(load()[id])] for id in ("BLT-009", "BLT-001", "BLT-033", "YFX-001")}

    assert ids == {
        "BLT-009": ["anext-default"],
        "BLT-001": ["anext"],
        "BLT-033": ["anext", "anext-default"],
        "YFX-001": ["delegation", "contextvars"],
    }


def test_defaults_are_in_the_topic_of_defaults() -> None:
    """A sentence about ``anext()`` that speaks of its default stands in the topic of defaults."""
    missing = [
        entry.id
        for entry in load().values()
        if entry.prefix == "BLT"
        and re.search(r"anext\(\)`` with a default|anext\(agen, ", entry.sentence)
        and "anext-default" not in [topic.id for topic in topics_of(entry)]
    ]

    assert missing == []
