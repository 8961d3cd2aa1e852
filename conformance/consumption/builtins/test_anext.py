"""BLT: ``anext()`` with an asynchronous generator: the item, the end, and when the body runs."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import items_of, raises, suspend
from conformance.sources import LIBRARY, PEP525, REFERENCE, TUTORIAL


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
    """Without a default, awaiting ``anext(agen)`` after the last item raises StopAsyncIteration, every time."""
    log = []

    async def agen():
        yield 1
        await suspend()
        log.append("end")

    g = agen()
    first = await anext(g)
    ending = anext(g)
    with raises(StopAsyncIteration):
        await ending
    exhausted = anext(g)
    with raises(StopAsyncIteration):
        await exhausted

    assert first == 1
    assert log == ["end"]


@behaviour("BLT-009", source=[LIBRARY.ANEXT], since="3.10")
async def test_anext_at_the_end_gives_the_default():
    """Awaiting ``anext(agen, default)`` gives each item in turn, and after the last item the default, every time."""
    default = ["default"]
    log = []

    async def agen():
        await suspend()
        yield 1
        yield 2
        await suspend()
        log.append("end")

    g = agen()
    first = await anext(g, default)
    second = await anext(g, default)
    ending = await anext(g, default)
    exhausted = await anext(g, default)

    assert [first, second] == [1, 2]
    assert ending is default
    assert exhausted is default
    assert log == ["end"]


@behaviour("BLT-010", source=[LIBRARY.ANEXT], since="3.10")
async def test_anext_takes_none_as_a_default():
    """In ``anext(agen, None)``, None is a default: at the end it is returned and nothing is raised."""

    async def agen():
        yield 1

    g = agen()
    first = await anext(g, None)
    ending = await anext(g, None)

    assert first == 1
    assert ending is None


@behaviour("BLT-011", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_anext_passes_exceptions(default):
    """An exception of the body leaves ``await anext()`` unchanged, default or not; a later call gives the default."""
    failure = KeyError("body")

    async def agen():
        yield 1
        raise failure

    g = agen()
    arguments = ["default"] if default else []
    first = await anext(g, *arguments)
    with raises(KeyError) as caught:
        await anext(g, *arguments)
    after = await anext(g, "default")

    assert first == 1
    assert caught.value is failure
    assert after == "default"


@behaviour("BLT-017", source=[LIBRARY.ANEXT, REFERENCE.AGEN_FUNCTION], since="3.10", level="library")
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_anext_waits_for_await(default):
    """The call of ``anext()`` does not run the body: the body starts when the awaitable that it returned is awaited."""
    log = []

    async def agen():
        log.append("body")
        yield 1

    awaitable = anext(agen(), "default") if default else anext(agen())
    called = list(log)
    item = await awaitable

    assert called == []
    assert item == 1
    assert log == ["body"]


@behaviour("BLT-030", source=[PEP525.AGEN_OBJECT, LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize("caught", [True, False], ids=["caught", "escapes"])
async def test_anext_in_a_body(caught):
    """A body can catch the StopAsyncIteration of its ``await anext()``, or it leaves the body as RuntimeError."""

    async def inner():
        yield 1

    async def outer():
        iterator = inner()
        yield await anext(iterator)
        try:
            yield await anext(iterator)
        except StopAsyncIteration:
            if not caught:
                raise
        yield "caught"

    g = outer()
    items = [await anext(g)]
    if caught:
        items.append(await anext(g))
    else:
        with raises(RuntimeError):
            await anext(g)
        items.append("RuntimeError")

    assert items == [1, "caught" if caught else "RuntimeError"]


@behaviour("BLT-033", source=[LIBRARY.ANEXT], since="3.10")
async def test_several_suspensions():
    """``await anext()``, with a default or without, passes through the suspensions that ``async for`` has."""
    log = []

    class Recorder:
        def __init__(self, name):
            self.name = name

        def __await__(self):
            log.append(self.name)
            yield
            log.append(self.name + " done")

    async def agen():
        await Recorder("a")
        await Recorder("b")
        yield 1
        log.append("resumed")
        await Recorder("c")

    looped = await items_of(agen())
    in_the_loop = list(log)
    del log[:]
    g = agen()
    found = [await anext(g, "default"), await anext(g, "default")]
    seen = list(log)
    del log[:]
    without = await anext(agen())

    assert looped == [1]
    assert found == [1, "default"]
    assert seen == in_the_loop
    assert "resumed" in seen
    assert without == 1
    assert log == in_the_loop[: in_the_loop.index("resumed")]
