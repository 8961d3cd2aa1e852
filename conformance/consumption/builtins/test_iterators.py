"""BLT: ``anext()`` with a hand-written asynchronous iterator."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import raises, step, suspend
from conformance.sources import ISSUE, LIBRARY, PEP492, PEPS, REFERENCE


@behaviour("BLT-022", source=[ISSUE.GH_131670], since="3.10")
@pytest.mark.parametrize("name", ["ValueError", "StopAsyncIteration"], ids=["ValueError", "StopAsyncIteration"])
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
def test_anext_method_that_raises_at_the_call(default, name):
    """An exception that the call of ``__anext__()`` raises leaves the call of ``anext()``, with a default or not."""
    import builtins

    failure = getattr(builtins, name)("call")

    class Iterator:
        def __aiter__(self):
            return self

        def __anext__(self):
            raise failure

    with raises(type(failure)) as caught:
        anext(Iterator(), "default") if default else anext(Iterator())

    assert caught.value is failure


@behaviour("BLT-023", source=[LIBRARY.ANEXT, PEP492.AWAIT, REFERENCE.AWAIT], since="3.10", level="library")
@pytest.mark.parametrize(
    "kind",
    ["int", "none", "generator", "no-iterator", "coroutine"],
    ids=["int", "none", "generator", "no-iterator", "coroutine"],
)
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_anext_method_that_returns_nothing_awaitable(default, kind):
    """If ``__anext__()`` returns an object that is not awaitable, or whose ``__await__()`` returns no iterator,
    ``anext()`` raises TypeError, at the call or when awaited.
    """
    log = []

    def generator():
        log.append("generator")
        yield 1

    async def coroutine():
        log.append("coroutine")

    class Awaitable:
        def __await__(self):
            return {"no-iterator": 1, "coroutine": pending}[kind]

    class Iterator:
        def __aiter__(self):
            return self

        def __anext__(self):
            return {"int": 1, "none": None, "generator": generator()}.get(kind, Awaitable())

    pending = coroutine()
    with raises(TypeError):
        await (anext(Iterator(), "default") if default else anext(Iterator()))
    pending.close()

    assert log == []


@behaviour("BLT-024", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize(
    "kind", ["coroutine", "generator-based", "awaitable"], ids=["coroutine", "generator-based", "awaitable"]
)
async def test_anext_of_other_iterators(kind):
    """``await anext(x)`` has the outcome of ``await x.__anext__()``, whatever kind of awaitable that returns."""
    import types

    def take(left):
        if not left:
            raise StopAsyncIteration
        return left.pop(0)

    async def coroutine(left):
        await suspend()
        return take(left)

    def steps(left):
        yield
        return take(left)

    @types.coroutine
    def generator_based(left):
        return (yield from steps(left))

    class Awaitable:
        def __init__(self, left):
            self.iterator = steps(left)

        def __await__(self):
            return self.iterator

    class Iterator:
        def __init__(self):
            self.left = ["a", "b"]

        def __aiter__(self):
            return self

        def __anext__(self):
            return {"coroutine": coroutine, "generator-based": generator_based}.get(kind, Awaitable)(self.left)

    async def outcome(request):
        try:
            return await request()
        except Exception as error:
            return type(error).__name__

    plain, asked = Iterator(), Iterator()
    expected = [await outcome(plain.__anext__), await outcome(plain.__anext__), await outcome(plain.__anext__)]
    found = [await outcome(lambda: anext(asked)), await outcome(lambda: anext(asked, "default"))]
    found.append(await outcome(lambda: anext(asked)))
    ending = await outcome(lambda: anext(asked, "default"))

    assert found == expected
    assert ending == ("default" if expected[2] == "StopAsyncIteration" else expected[2])


@behaviour("BLT-036", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize("when", ["at-once", "after-a-suspension"], ids=["at-once", "after-a-suspension"])
async def test_end_of_a_handwritten_iterator(when):
    """The default replaces only StopAsyncIteration and its subclasses, raised at once or after a suspension."""

    class End(StopAsyncIteration):
        pass

    class Iterator:
        def __init__(self, error):
            self.error = error

        def __aiter__(self):
            return self

        async def __anext__(self):
            if when == "after-a-suspension":
                await suspend()
            raise self.error

    found = []
    for error in [StopAsyncIteration(), End("argument")]:
        found.append(await anext(Iterator(error), "default"))
    for error in [ValueError(), KeyError(), GeneratorExit()]:
        with raises(type(error)) as caught:
            await anext(Iterator(error), "default")
        found.append(caught.value is error)

    assert found == ["default", "default", True, True, True]


@behaviour(
    "BLT-041",
    source=[LIBRARY.ANEXT, REFERENCE.AWAITABLE_OBJECTS, PEP492.AWAIT, PEPS.PEP380],
    since="3.10",
    level="library",
)
@pytest.mark.parametrize("kind", ["generator", "iterator", "end"], ids=["generator", "iterator", "end"])
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
def test_suspensions_of_a_handwritten_awaitable(default, kind):
    """``await anext()`` calls ``__await__()`` of a hand-written awaitable once, and runs that iterator to its end."""
    log = []

    class Steps:
        def __init__(self):
            self.left = ["first", "second"]

        def __iter__(self):
            return self

        def __next__(self):
            if not self.left:
                raise StopIteration("item")
            return self.left.pop(0)

        def close(self):
            pass

    class Awaitable:
        def generator(self):
            yield "first"
            yield "second"
            if kind == "end":
                raise StopAsyncIteration
            return "item"

        def __await__(self):
            log.append("__await__")
            return Steps() if kind == "iterator" else self.generator()

    class Iterator:
        def __aiter__(self):
            return self

        def __anext__(self):
            return Awaitable()

    async def consumer():
        return await (anext(Iterator(), "default") if default else anext(Iterator()))

    # As many steps as there are: an awaitable that starts again at each of them never ends.
    c = consumer()
    steps = [step(c.send, None), step(c.send, None), step(c.send, None)]
    at_the_end = ["returns", "default"] if default else ["raises", "StopAsyncIteration"]

    assert steps[:2] == [["suspends", "first"], ["suspends", "second"]]
    assert steps[2] == (at_the_end if kind == "end" else ["returns", "item"])
    assert log == ["__await__"]


@behaviour("BLT-044", source=[LIBRARY.ANEXT, PEP492.AWAIT, PEPS.PEP380, REFERENCE.AWAIT], since="3.10", level="library")
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_await_method_that_raises(default):
    """An exception raised by ``__await__()`` leaves ``await anext()``, and not the call of ``anext()``."""
    failure = ValueError("__await__")

    class Iterator:
        def __aiter__(self):
            return self

        def __anext__(self):
            return self

        def __await__(self):
            raise failure

    awaitable = anext(Iterator(), "default") if default else anext(Iterator())
    with raises(ValueError) as caught:
        await awaitable

    assert caught.value is failure


@behaviour("BLT-045", source=[LIBRARY.ANEXT], since="3.10", allowed=["default", "StopAsyncIteration"])
async def test_await_method_that_raises_the_end():
    """If ``__await__()`` itself raises StopAsyncIteration, ``await anext()`` gives the default or lets it propagate."""

    class Iterator:
        def __aiter__(self):
            return self

        def __anext__(self):
            return self

        def __await__(self):
            raise StopAsyncIteration

    try:
        return await anext(Iterator(), "default")
    except StopAsyncIteration:
        return "StopAsyncIteration"


@behaviour("BLT-047", source=[LIBRARY.ANEXT], since="3.10", allowed=["at the call", "when awaited"])
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_anext_calls_the_method(default):
    """``anext()`` calls ``__anext__()`` once, at the call or, with a default, when it is awaited, and ``await`` awaits
    the object that this returned.
    """
    log = []

    class Iterator:
        def __aiter__(self):
            log.append("__aiter__")
            return self

        def __anext__(self):
            log.append("__anext__")
            return self.item()

        async def item(self):
            log.append("item")
            return 1

    awaitable = anext(Iterator(), "default") if default else anext(Iterator())
    called = log.count("__anext__")
    item = await awaitable

    assert called == 1 or (default and called == 0)
    assert item == 1
    assert log == ["__anext__", "item"]
    return "at the call" if called else "when awaited"


@behaviour("BLT-052", source=[LIBRARY.ANEXT, PEP492.COROUTINE_OBJECTS], since="3.10", level="library")
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_stop_iteration_of_a_coroutine(default):
    """A StopIteration raised by an ``__anext__()`` coroutine becomes a RuntimeError, not an item or the end."""

    class Iterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            await suspend()
            raise StopIteration("value")

    with raises(RuntimeError):
        await (anext(Iterator(), "default") if default else anext(Iterator()))
