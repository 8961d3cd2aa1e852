"""Exceptions that the body raises by itself: which of them come out as they are."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import items_of, raises
from conformance.sources import LIBRARY, PEP479, PEP525, REFERENCE, TUTORIAL


@behaviour("EXC-001", source=[PEP525.AGEN_OBJECT, PEP479.PROPOSAL, LIBRARY.STOP_ITERATION], since="3.6")
@pytest.mark.parametrize(
    "consumer", ["first-anext", "later-anext", "async-for"], ids=["first-anext", "later-anext", "async-for"]
)
async def test_stop_iteration(consumer):
    """A StopIteration that the body raises comes out as RuntimeError, and is neither a result nor an end."""
    items = []

    async def agen():
        if consumer != "first-anext":
            yield 1
        raise StopIteration("value")

    g = agen()
    if consumer == "later-anext":
        items.append(await g.__anext__())
    with raises(RuntimeError):
        if consumer == "async-for":
            async for item in g:
                items.append(item)
        else:
            items.append(await g.__anext__())

    assert items == ([] if consumer == "first-anext" else [1])


@behaviour("EXC-002", source=[PEP525.AGEN_OBJECT], since="3.6")
@pytest.mark.parametrize(
    "consumer", ["first-anext", "later-anext", "async-for"], ids=["first-anext", "later-anext", "async-for"]
)
async def test_stop_async_iteration(consumer):
    """A StopAsyncIteration that the body raises comes out as RuntimeError, and ends no ``async for`` silently."""
    items = []

    async def agen():
        if consumer != "first-anext":
            yield 1
        raise StopAsyncIteration

    g = agen()
    if consumer == "later-anext":
        items.append(await g.__anext__())
    with raises(RuntimeError):
        if consumer == "async-for":
            async for item in g:
                items.append(item)
        else:
            items.append(await g.__anext__())

    assert items == ([] if consumer == "first-anext" else [1])


@behaviour("EXC-003", source=[PEP525.AGEN_OBJECT, LIBRARY.STOP_ITERATION, REFERENCE.RAISE], since="3.6")
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
async def test_original_is_kept(name):
    """The RuntimeError that stands for a StopIteration or StopAsyncIteration has it as its cause and its context."""
    original = {"StopIteration": StopIteration, "StopAsyncIteration": StopAsyncIteration}[name]("original")

    async def agen():
        yield 1
        raise original

    g = agen()
    await g.__anext__()
    with raises(RuntimeError) as caught:
        await g.__anext__()

    assert caught.value.__cause__ is original
    assert caught.value.__context__ is original
    assert original.args == ("original",)


@behaviour("EXC-006", source=[PEP525.AGEN_OBJECT], since="3.6")
async def test_end_of_an_inner_generator():
    """The StopAsyncIteration of an inner generator that the body awaits and lets out comes out as RuntimeError."""
    log = []

    async def inner_agen():
        yield 1

    async def agen():
        inner = inner_agen()
        yield await inner.__anext__()
        try:
            await inner.__anext__()
        except StopAsyncIteration as error:
            log.append(error)
            raise
        yield 2

    g = agen()
    first = await g.__anext__()
    with raises(RuntimeError) as caught:
        await g.__anext__()
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert first == 1
    assert log == [caught.value.__cause__]


@behaviour("EXC-008", source=[PEP525.AGEN_OBJECT], since="3.6")
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
async def test_finished_by_the_conversion(name):
    """Once a StopIteration or StopAsyncIteration has come out as RuntimeError, the generator is finished."""
    log = []

    async def agen():
        try:
            yield 1
            raise {"StopIteration": StopIteration, "StopAsyncIteration": StopAsyncIteration}[name]
        finally:
            log.append("finally")
        yield 2

    g = agen()
    await g.__anext__()
    with raises(RuntimeError):
        await g.__anext__()
    with raises(StopAsyncIteration):
        await g.__anext__()
    with raises(StopAsyncIteration):
        await g.asend("sent")
    rest = await items_of(g)
    returned = await g.aclose()

    assert log == ["finally"]
    assert rest == []
    assert returned is None


@behaviour("EXC-009", source=[REFERENCE.AGEN_METHODS, REFERENCE.RAISE], since="3.6")
@pytest.mark.parametrize(
    "name",
    ["KeyError", "RuntimeError", "Exception", "BaseException", "own"],
    ids=["KeyError", "RuntimeError", "Exception", "BaseException", "own"],
)
async def test_any_other_exception(name):
    """Any other exception of the body comes out as the same object, with nothing chained to it, and is the end."""
    import builtins

    class Own(Exception):
        pass

    original = getattr(builtins, name, Own)("original")

    async def agen():
        yield 1
        raise original
        yield 2

    g = agen()
    await g.__anext__()
    with raises(type(original)) as caught:
        await g.__anext__()
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert caught.value is original
    assert original.args == ("original",)
    assert original.__cause__ is None
    assert original.__context__ is None


@behaviour("EXC-012", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.AGEN_ANEXT, TUTORIAL.S09], since="3.6")
async def test_before_the_first_yield():
    """What the body raises before its first yield is raised by the first await, not by the calls that lead to it."""
    log = []

    async def agen():
        log.append("entered")
        raise KeyError("early")
        yield 1

    g = agen()
    awaitable = g.__anext__()
    before = list(log)
    with raises(KeyError):
        await awaitable
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert before == []
    assert log == ["entered"]


@behaviour("EXC-014", source=[REFERENCE.YIELD, REFERENCE.RAISE, TUTORIAL.S06], since="3.6")
async def test_raised_again_after_a_yield():
    """A bare ``raise`` after a yield in a handler raises what the body handled before, not what the consumer does."""
    handled = KeyError("handled")

    async def agen():
        try:
            raise handled
        except KeyError:
            yield 1
            yield 2
            raise

    g = agen()
    await g.__anext__()
    try:
        raise ValueError("of the consumer")
    except ValueError:
        await g.__anext__()
        with raises(KeyError) as caught:
            await g.__anext__()

    assert caught.value is handled
