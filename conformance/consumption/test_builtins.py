"""aiter(), anext() and next(): the built-in functions, given an asynchronous generator."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import raises, suspend
from conformance.sources import LIBRARY, TUTORIAL


@behaviour("BLT-001", source=[LIBRARY.AITER, LIBRARY.ANEXT], since="3.10")
def test_aiter_and_anext_are_built_in():
    """``aiter`` and ``anext`` are callables in ``builtins``, reached without an import."""
    import builtins

    reached = [aiter, anext]
    kept = [builtins.aiter, builtins.anext]

    assert reached == kept
    assert callable(aiter)
    assert callable(anext)


@behaviour("BLT-002", source=[LIBRARY.AITER, TUTORIAL.S07], since="3.10")
async def test_aiter_of_a_generator_is_the_generator():
    """``aiter()`` of an asynchronous generator is that generator in every state, and moves it nowhere."""
    entered = []

    async def agen():
        entered.append(True)
        yield 1
        yield 2

    g = agen()
    unstarted = aiter(g)
    entered_by_aiter = list(entered)
    await g.__anext__()
    suspended = aiter(g)
    following = await g.__anext__()
    await g.aclose()
    closed = aiter(g)

    assert unstarted is g
    assert entered_by_aiter == []
    assert suspended is g
    assert following == 2
    assert closed is g


@behaviour("BLT-007", source=[LIBRARY.ANEXT, TUTORIAL.S11, TUTORIAL.S15], since="3.10")
async def test_anext_gives_the_next_item_when_awaited():
    """Awaiting ``anext(agen)`` runs the body to its next yield and evaluates to the item; the call runs nothing."""
    log = []

    async def agen():
        log.append("entered")
        await suspend()
        yield 1
        log.append("resumed")
        yield 2

    g = agen()
    awaitable = anext(g)
    seen_before = list(log)
    first = await awaitable
    seen_between = list(log)
    second = await anext(g)

    assert seen_before == []
    assert first == 1
    assert seen_between == ["entered"]
    assert second == 2
    assert log == ["entered", "resumed"]


@behaviour("BLT-008", source=[LIBRARY.ANEXT, LIBRARY.STOP_ASYNC_ITERATION], since="3.10")
async def test_anext_at_the_end_raises_when_awaited():
    """Without a default, awaiting ``anext(agen)`` at the end of the items raises StopAsyncIteration, every time."""

    async def agen():
        yield 1
        await suspend()

    g = agen()
    first = await anext(g)
    ending = anext(g)
    with raises(StopAsyncIteration):
        await ending
    exhausted = anext(g)
    with raises(StopAsyncIteration):
        await exhausted

    assert first == 1


@behaviour("BLT-009", source=[LIBRARY.ANEXT], since="3.10")
async def test_anext_at_the_end_gives_the_default():
    """Awaiting ``anext(agen, default)`` gives the items while there are any, then the default itself, every time."""
    default = ["default"]

    async def agen():
        await suspend()
        yield 1
        await suspend()

    g = agen()
    first = await anext(g, default)
    ending = await anext(g, default)
    exhausted = await anext(g, default)

    assert first == 1
    assert ending is default
    assert exhausted is default


@behaviour("BLT-010", source=[LIBRARY.ANEXT], since="3.10")
async def test_anext_takes_none_as_a_default():
    """``anext(agen, None)`` has a default, None: at the end of the items it raises nothing."""

    async def agen():
        yield 1

    g = agen()
    first = await anext(g, None)
    ending = await anext(g, None)
    exhausted = await anext(g, None)

    assert first == 1
    assert ending is None
    assert exhausted is None


@behaviour("BLT-015", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize(
    "kind",
    ["int", "None", "list", "sync-iterator", "iterable", "function"],
    ids=["int", "None", "list", "sync-iterator", "iterable", "function"],
)
def test_anext_refuses_what_has_no_anext(kind):
    """``anext(x)`` raises TypeError at the call if the type of ``x`` has no ``__anext__``, iterable or not."""
    asked = []
    numbers = iter([1, 2])

    async def agen():
        asked.append("body")
        yield 1

    class Iterable:
        def __aiter__(self):
            asked.append("__aiter__")
            return agen()

    objects = {"int": 1, "None": None, "list": [1], "sync-iterator": numbers, "iterable": Iterable(), "function": agen}
    with raises(TypeError):
        anext(objects[kind])

    assert asked == []
    assert list(numbers) == [1, 2]


@behaviour("BLT-029", source=[LIBRARY.NEXT, TUTORIAL.S10], since="3.6")
@pytest.mark.parametrize("default", [[], ["default"]], ids=["alone", "default"])
async def test_next_refuses_an_asynchronous_generator(default):
    """``next()`` of an asynchronous generator raises TypeError, default or not, and moves the generator nowhere."""

    async def agen():
        yield 1
        yield 2

    g = agen()
    with raises(TypeError):
        next(g, *default)
    first = await g.__anext__()
    with raises(TypeError):
        next(g, *default)
    second = await g.__anext__()

    assert first == 1
    assert second == 2
