"""BLT: what a driver sends, throws and closes while a coroutine awaits ``anext()``."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import step, suspend
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP492, PEP525, PEPS, REFERENCE


@behaviour("BLT-034", source=[LIBRARY.ANEXT, REFERENCE.COROUTINE_OBJECTS], since="3.10", level="library")
def test_answers_of_the_driver():
    """Sent values and thrown exceptions pass through ``anext()`` without a default to the ``await`` in a hand-written
    ``__anext__()``.
    """
    log = []

    class Iterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            log.append(await suspend("first"))
            try:
                await suspend("second")
            except KeyError:
                log.append("thrown")
            return "item"

    async def consumer():
        return await anext(Iterator())

    c = consumer()
    steps = [step(c.send, None), step(c.send, "answer"), step(c.throw, KeyError())]

    assert steps == [["suspends", "first"], ["suspends", "second"], ["returns", "item"]]
    assert log == ["answer", "thrown"]


@behaviour("BLT-035", source=[LIBRARY.ANEXT, REFERENCE.COROUTINE_OBJECTS], since="3.10", level="library")
def test_closed_while_suspended():
    """Closing a coroutine suspended in ``await anext()`` without a default raises GeneratorExit in the awaited
    ``__anext__()``.
    """
    log = []

    class Iterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            try:
                await suspend("waiting")
            except BaseException as error:
                log.append(type(error))
                raise

    async def consumer():
        try:
            log.append(await anext(Iterator()))
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
@pytest.mark.parametrize("action", ["send", "throw"], ids=["send", "throw"])
def test_driver_of_a_handwritten_awaitable(action):
    """The driver's ``send()`` and ``throw()`` reach a hand-written awaitable through ``anext()`` without a default."""
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

    class Iterator:
        def __aiter__(self):
            return self

        def __anext__(self):
            return Waiting()

    async def consumer():
        return await anext(Iterator())

    c = consumer()
    waiting = step(c.send, None)
    answered = step(c.send, "answer") if action == "send" else step(c.throw, KeyError())
    seen = list(log)
    c.close()

    assert waiting == ["suspends", "first"]
    assert seen == [{"send": "answer", "throw": "KeyError"}[action]]
    assert answered == ["suspends", "second"]


@behaviour(
    "BLT-043",
    source=[LIBRARY.ANEXT, REFERENCE.COROUTINE_OBJECTS],
    since="3.10",
    level="library",
    allowed=["KeyError", "AttributeError", "not awaited"],
)
def test_thrown_into_an_iterator_without_throw():
    """A throw into ``await anext()`` with a default, if that waits, ends it if the awaited iterator has no
    ``throw()``.
    """
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
        def __aiter__(self):
            return self

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
    # Where such an iterator cannot be awaited, BLT-041 fails.
    if step(c.send, None) != ["suspends", "waiting"]:
        return "not awaited"
    ending, seen = step(c.throw, KeyError())

    assert ending == "returns"
    assert log == ["step", "caught"]
    return seen


@behaviour("BLT-046", source=[LIBRARY.ANEXT, PEP525.AGEN_OBJECT], since="3.10", level="library")
@pytest.mark.parametrize("kind", ["coroutine", "generator"], ids=["coroutine", "generator"])
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_end_raised_inside(default, kind):
    """A StopAsyncIteration raised in an ``__anext__()`` coroutine is the end for ``await anext()``, and one raised in
    the body of a generator becomes a RuntimeError, default or not.
    """

    class Iterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            await suspend()
            raise StopAsyncIteration

    async def agen():
        await suspend()
        raise StopAsyncIteration
        yield

    async def outcome(iterator):
        try:
            return await (anext(iterator, "default") if default else anext(iterator))
        except Exception as error:
            return type(error).__name__

    ending = await outcome(Iterator() if kind == "coroutine" else agen())
    at_the_end = "default" if default else "StopAsyncIteration"

    assert ending == (at_the_end if kind == "coroutine" else "RuntimeError")


@behaviour(
    "BLT-051",
    source=[LIBRARY.ANEXT, REFERENCE.COROUTINE_OBJECTS, REFERENCE.GENERATOR_METHODS],
    since="3.10",
    level="library",
)
def test_closing_that_is_ignored():
    """Closing a coroutine in ``await anext()`` without a default raises RuntimeError if the awaited ``__anext__()``
    suspends again.
    """
    log = []

    class Iterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            try:
                await suspend("waiting")
            except GeneratorExit:
                log.append("GeneratorExit")
                await suspend("again")
            return "item"

    async def consumer():
        return await anext(Iterator())

    c = consumer()
    waiting = step(c.send, None)
    closing = step(c.close)
    seen = list(log)

    assert waiting == ["suspends", "waiting"]
    assert seen == ["GeneratorExit"]
    assert closing == ["raises", "RuntimeError"]


@behaviour("BLT-057", source=[ISSUE.BPO_44963], since="3.10")
def test_answers_through_a_default():
    """With a default too, sent values and thrown exceptions pass through ``anext()`` to the ``await`` in a hand-written
    ``__anext__()``.
    """
    log = []

    class Iterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            log.append(await suspend("first"))
            try:
                await suspend("second")
            except KeyError:
                log.append("thrown")
            return "item"

    async def consumer():
        return await anext(Iterator(), "default")

    c = consumer()
    steps = [step(c.send, None), step(c.send, "answer"), step(c.throw, KeyError())]

    assert steps == [["suspends", "first"], ["suspends", "second"], ["returns", "item"]]
    assert log == ["answer", "thrown"]


@behaviour("BLT-058", source=[CPYTHON.ITEROBJECT], since="3.10")
def test_closed_through_a_default():
    """Closing a coroutine suspended in ``await anext()`` with a default raises GeneratorExit in the awaited
    ``__anext__()``.
    """
    log = []

    class Iterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            try:
                await suspend("waiting")
            except BaseException as error:
                log.append(type(error))
                raise

    async def consumer():
        try:
            log.append(await anext(Iterator(), "default"))
        finally:
            log.append("consumer")

    c = consumer()
    waiting = step(c.send, None)
    c.close()

    assert waiting == ["suspends", "waiting"]
    assert log == [GeneratorExit, "consumer"]


@behaviour("BLT-059", source=[CPYTHON.ITEROBJECT, REFERENCE.COROUTINE_OBJECTS], since="3.10", level="detail")
@pytest.mark.parametrize(
    "default, action",
    [[True, "send"], [True, "throw"], [True, "close"], [False, "close"]],
    ids=["with-default-send", "with-default-throw", "with-default-close", "without-default-close"],
)
def test_driver_of_an_awaitable_through_a_default(default, action):
    """The driver's ``send()``, ``throw()`` and ``close()`` reach a hand-written awaitable through ``anext()`` with a
    default, and its ``close()`` also without one.
    """
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
        def __aiter__(self):
            return self

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


@behaviour("BLT-060", source=[CPYTHON.ITEROBJECT], since="3.10")
@pytest.mark.parametrize("kind", ["coroutine", "generator"], ids=["coroutine", "generator"])
def test_end_thrown_in(kind):
    """StopAsyncIteration thrown into ``await anext()`` with a default gives the default, except through the body of a
    generator.
    """

    class Iterator:
        def __aiter__(self):
            return self

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


@behaviour("BLT-061", source=[CPYTHON.ITEROBJECT], since="3.10")
def test_ignored_closing_through_a_default():
    """Closing a coroutine in ``await anext()`` with a default raises RuntimeError if the awaited ``__anext__()``
    suspends again.
    """
    log = []

    class Iterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            try:
                await suspend("waiting")
            except GeneratorExit:
                log.append("GeneratorExit")
                await suspend("again")
            return "item"

    async def consumer():
        return await anext(Iterator(), "default")

    c = consumer()
    waiting = step(c.send, None)
    closing = step(c.close)
    seen = list(log)

    assert waiting == ["suspends", "waiting"]
    assert seen == ["GeneratorExit"]
    assert closing == ["raises", "RuntimeError"]
