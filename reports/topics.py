"""What a library does with asynchronous generators, in everyday words, and the behaviours that each topic is about."""

from __future__ import annotations

from dataclasses import dataclass

from conformance.behaviour import Behaviour


@dataclass(frozen=True)
class Topic:
    """Something that a library does. ``id`` is for addresses, ``title`` for people.

    ``names`` has prefixes (``CLS``) and numbers (``BLT-009``, which stands for all its eras), with spaces between. A
    behaviour whose number a topic has does not belong to the topics that only have its prefix.
    """

    id: str
    title: str
    names: str


@dataclass(frozen=True)
class Subject:
    """Topics that stand together on a page."""

    title: str
    topics: tuple[Topic, ...]


SUBJECTS = (
    Subject(
        "Writing a generator",
        (
            Topic("generator", "async def with yield: calling it, its items, its end", "PRO"),
            Topic("syntax", "where yield, await and return may stand", "SYN"),
            Topic("forms", "methods, decorators, closures, match, type parameters", "FRM"),
            Topic("exceptions", "exceptions that leave the body; StopIteration in it", "EXC"),
            Topic("handling", "except, finally and sys.exc_info() around a yield", "XIN"),
            Topic("nesting", "generators inside generators, pipelines, recursion", "NST"),
            Topic("delegation", "yield from in an asynchronous generator (PEP 828)", "YFR YFT YFC YFX SAI"),
            Topic("return", "return with a value (PEP 828)", "RTV SAI"),
        ),
    ),
    Subject(
        "Taking the items",
        (
            Topic("async-for", "async for over a generator", "FOR"),
            Topic("comprehensions", "async comprehensions and generator expressions", "CMP"),
            Topic(
                "anext",
                "aiter(), and anext() without a default",
                "BLT BLT-011 BLT-033 BLT-045 BLT-046 BLT-047 BLT-049 BLT-053",
            ),
            Topic(
                "anext-default",
                "anext() with a default",
                "BLT-009 BLT-010 BLT-011 BLT-012 BLT-013 BLT-014 BLT-018 BLT-019 BLT-020 BLT-021 BLT-026 BLT-027 "
                "BLT-028 BLT-033 BLT-036 BLT-037 BLT-038 BLT-043 BLT-045 BLT-046 BLT-047 BLT-048 BLT-049 BLT-050 "
                "BLT-053 BLT-054 BLT-057 BLT-058 BLT-059 BLT-060 BLT-061",
            ),
            Topic(
                "synchronous",
                "for, list() and other synchronous code, which must refuse a generator",
                "REJ BLT-029 BLT-032",
            ),
        ),
    ),
    Subject(
        "Driving a generator",
        (
            Topic("asend", "asend()", "SND"),
            Topic("athrow", "athrow()", "THR"),
            Topic("aclose", "aclose()", "CLS"),
            Topic("awaitables", "awaitables kept, awaited twice, or driven with send() and throw()", "AWT EQV"),
            Topic("concurrency", "several tasks on one generator; cancellation; ag_running", "RUN"),
            Topic("loops", "event loops, and code without one", "LPB"),
        ),
    ),
    Subject(
        "Cleaning up",
        (
            Topic("hooks", "finalizer hooks: sys.set_asyncgen_hooks()", "HOK"),
            Topic("collection", "generators that are dropped and collected", "GCF"),
            Topic("shutdown", "shutdown_asyncgens(), and the end of the program", "SHD"),
            Topic("warnings", "warnings about what was never awaited", "WRN"),
        ),
    ),
    Subject(
        "With the standard library",
        (
            Topic(
                "contextlib",
                "asynccontextmanager, aclosing() and other context managers",
                "LIB-001 LIB-002 LIB-003 LIB-004 LIB-005 LIB-006 LIB-007 LIB-008 LIB-009 LIB-010 LIB-011 LIB-012 "
                "LIB-013 LIB-014 LIB-015 LIB-016 LIB-017 LIB-029 LIB-031 LIB-032 LIB-033 LIB-034 LIB-035 LIB-036 "
                "LIB-037 LIB-038 LIB-039",
            ),
            Topic("library", "asyncio, itertools, unittest.mock and other modules", "LIB"),
            Topic("contextvars", "contextvars", "CVR YFX"),
            Topic("inspect", "inspect: predicates, states and locals", "INS"),
            Topic("abc", "collections.abc: AsyncGenerator, AsyncIterator", "ABC"),
            Topic("typing", "typing and annotations", "TPG"),
            Topic("attributes", "attributes such as ag_running, ag_frame and __qualname__", "ATR"),
            Topic("type", "the type of a generator object", "TYP"),
            Topic("tracebacks", "tracebacks", "TRB"),
            Topic("tracing", "sys.settrace() and sys.setprofile()", "TRC"),
        ),
    ),
)
TOPICS = tuple(topic for subject in SUBJECTS for topic in subject.topics)


def topics_of(behaviour: Behaviour) -> list[Topic]:
    """The topics of a behaviour: those that have its number, or else those that have its prefix."""
    numbered = [topic for topic in TOPICS if behaviour.number in topic.names.split()]
    return numbered or [topic for topic in TOPICS if behaviour.prefix in topic.names.split()]
