"""The helpers that travel with each case."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from conformance import prelude

# The prelude has no annotations: an interpreter of any age compiles it.
PRELUDE: Any = prelude
in_loop, run, suspend, tidy = PRELUDE.in_loop, PRELUDE.run, PRELUDE.suspend, PRELUDE.tidy


class Closes:
    """A generator of another implementation: what its ``aclose()`` does is given."""

    def __init__(self, closing: Any) -> None:
        self.closing = closing
        self.steps = 0

    def aclose(self) -> Any:
        """Give what was given, or raise it."""
        if isinstance(self.closing, BaseException):
            raise self.closing
        return self.closing

    def send(self, value: None) -> None:
        """Suspend each time."""
        self.steps += 1


async def items(log: list[object]) -> AsyncGenerator[int, object]:
    """Items, and a log of how the generator was left."""
    try:
        yield 1
        yield 2
    except BaseException as error:
        log.append(type(error))
        await suspend()
        log.append("cleanup")
        raise


def test_tidy_closes_every_generator() -> None:
    """Generators are closed in their order, each to the end of its cleanup."""
    log: list[object] = []

    async def body() -> str:
        first, second = items(log), items(log)
        await first.__anext__()
        await second.__anext__()
        await tidy(first, second)
        return "came to its end"

    ended = run(body())

    assert ended == "came to its end"
    assert log == [GeneratorExit, "cleanup"] * 2


def test_tidy_closes_a_generator_of_an_event_loop() -> None:
    """In an event loop a generator is closed at once, and the loop has nothing left to close."""
    log: list[object] = []

    async def main() -> None:
        g = items(log)
        await g.__anext__()
        await tidy(g)

    in_loop(main())

    assert log == [GeneratorExit, "cleanup"]


@pytest.mark.parametrize(
    "closing", [None, 1, TypeError("raised"), KeyboardInterrupt(), StopIteration(), SystemExit(), AssertionError()]
)
def test_tidy_cannot_fail_a_case(closing: object) -> None:
    """What ``aclose()`` raises, and a result of it that is not an awaitable, is ignored, and the next one is closed."""
    log: list[object] = []
    g = items(log)
    run(g.__anext__())

    run(tidy(Closes(closing), object(), g))

    assert log == [GeneratorExit, "cleanup"]


def test_tidy_ignores_what_the_body_does() -> None:
    """An exception of the cleanup, and a yield in answer to GeneratorExit, are ignored."""

    async def raising() -> AsyncGenerator[int, None]:
        try:
            yield 1
        finally:
            raise KeyError

    async def yielding() -> AsyncGenerator[int, None]:
        try:
            yield 1
        except GeneratorExit:
            yield 2

    for g in [raising(), yielding()]:
        run(g.__anext__())
        run(tidy(g))


def test_tidy_does_not_wait_for_ever() -> None:
    """An ``aclose()`` that suspends again and again gets a few steps."""
    g = Closes(None)
    g.closing = g

    run(tidy(g))

    assert 1 < g.steps < 20
