"""BLT: what a driver sends, throws and closes while a coroutine awaits ``anext()``."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import step, suspend
from conformance.sources import LIBRARY, PEP492, PEP525, PEPS, REFERENCE


@behaviour("BLT-034", source=[LIBRARY.ANEXT, REFERENCE.COROUTINE_OBJECTS], since="3.10", level="library")
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
def test_answers_of_the_driver(default):
    """Sent values and thrown exceptions pass through ``anext()`` to the ``await`` in a hand-written ``__anext__()``."""
    log = []

    class Iterator:
        async def __anext__(self):
            log.append(await suspend("first"))
            try:
                await suspend("second")
            except KeyError:
                log.append("thrown")
            return "item"

    async def consumer():
        return await (anext(Iterator(), "default") if default else anext(Iterator()))

    c = consumer()
    steps = [step(c.send, None), step(c.send, "answer"), step(c.throw, KeyError())]

    assert steps == [["suspends", "first"], ["suspends", "second"], ["returns", "item"]]
    assert log == ["answer", "thrown"]


@behaviour("BLT-035", source=[LIBRARY.ANEXT, REFERENCE.COROUTINE_OBJECTS], since="3.10", level="library")
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
def test_closed_while_suspended(default):
    """Closing a coroutine suspended in ``await anext()`` raises GeneratorExit in the awaited ``__anext__()``."""
    log = []

    class Iterator:
        async def __anext__(self):
            try:
                await suspend("waiting")
            except BaseException as error:
                log.append(type(error))
                raise

    async def consumer():
        try:
            log.append(await (anext(Iterator(), "default") if default else anext(Iterator())))
        finally:
            log.append("consumer")

    c = consumer()
    waiting = step(c.send, None)
    c.close()

    assert waiting == ["suspends", "waiting"]
    assert log == [GeneratorExit, "consumer"]


@behaviour(
    "BLT-042",
    source=[LIBRARY.ANEXT, REFERENCE.COROUTINE_OBJECTS, PEP492.AWAIT, PEPS.PEP380],
    since="3.10",
    level="library",
)
@pytest.mark.parametrize("action", ["send", "throw", "close"], ids=["send", "throw", "close"])
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
def test_driver_of_a_handwritten_awaitable(default, action):
    """The driver's ``send()``, ``throw()`` and ``close()`` reach a hand-written awaitable through ``anext()``."""
    log = []

    class Waiting:
        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            return "first"

        def send(self, value):
            # Whether the first step is next() or send(None) is another question.
            if value is None:
                return "first"
            log.append(value)
            return "second"

        def throw(self, *arguments):
            log.append("KeyError")
            return "second"

        def close(self):
            log.append("close")

    class Iterator:
        def __anext__(self):
            return Waiting()

    async def consumer():
        return await (anext(Iterator(), "default") if default else anext(Iterator()))

    c = consumer()
    waiting = step(c.send, None)
    if action == "close":
        answered = [c.close()]
    else:
        answered = [step(c.send, "answer") if action == "send" else step(c.throw, KeyError())]
    seen = list(log)
    c.close()

    assert waiting == ["suspends", "first"]
    assert seen == [{"send": "answer", "throw": "KeyError", "close": "close"}[action]]
    assert answered == ([None] if action == "close" else [["suspends", "second"]])


@behaviour(
    "BLT-043",
    source=[LIBRARY.ANEXT, REFERENCE.COROUTINE_OBJECTS],
    since="3.10",
    level="library",
    allowed=["KeyError", "AttributeError"],
)
def test_thrown_into_an_iterator_without_throw():
    """A throw into ``await anext()`` with a default ends it if the awaited iterator has no ``throw()``."""
    log = []

    class Steps:
        def __iter__(self):
            return self

        def __next__(self):
            log.append("step")
            return "waiting"

        def send(self, value):
            # Whether the first step is next() or send(None) is another question.
            return next(self)

    class Iterator:
        def __anext__(self):
            return self

        def __await__(self):
            return Steps()

    async def consumer():
        try:
            return await anext(Iterator(), "default")
        except BaseException as error:
            log.append("caught")
            return type(error).__name__

    c = consumer()
    waiting = step(c.send, None)
    ending, seen = step(c.throw, KeyError())

    assert waiting == ["suspends", "waiting"]
    assert ending == "returns"
    assert log == ["step", "caught"]
    return seen


@behaviour("BLT-046", source=[LIBRARY.ANEXT, PEP525.AGEN_OBJECT], since="3.10", level="library")
@pytest.mark.parametrize("kind", ["coroutine", "generator"], ids=["coroutine", "generator"])
def test_end_thrown_in(kind):
    """StopAsyncIteration thrown into ``await anext()`` gives the default, except through the body of a generator."""

    class Iterator:
        async def __anext__(self):
            await suspend("waiting")

    async def agen():
        await suspend("waiting")
        yield 1

    async def consumer():
        return await anext(Iterator() if kind == "coroutine" else agen(), "default")

    c = consumer()
    waiting = step(c.send, None)
    ending = step(c.throw, StopAsyncIteration())

    assert waiting == ["suspends", "waiting"]
    assert ending == (["returns", "default"] if kind == "coroutine" else ["raises", "RuntimeError"])


@behaviour(
    "BLT-051",
    source=[LIBRARY.ANEXT, REFERENCE.COROUTINE_OBJECTS, REFERENCE.GENERATOR_METHODS],
    since="3.10",
    level="library",
)
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
def test_closing_that_is_ignored(default):
    """Closing a coroutine in ``await anext()`` raises RuntimeError if the awaited ``__anext__()`` suspends again."""
    log = []

    class Iterator:
        async def __anext__(self):
            try:
                await suspend("waiting")
            except GeneratorExit:
                log.append("GeneratorExit")
                await suspend("again")
            return "item"

    async def consumer():
        return await (anext(Iterator(), "default") if default else anext(Iterator()))

    c = consumer()
    waiting = step(c.send, None)
    closing = step(c.close)
    seen = list(log)

    assert waiting == ["suspends", "waiting"]
    assert seen == ["GeneratorExit"]
    assert closing == ["raises", "RuntimeError"]
