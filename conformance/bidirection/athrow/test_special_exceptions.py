"""THR: GeneratorExit, StopIteration, StopAsyncIteration, and exceptions not derived from Exception."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import items_of, raises
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP479, PEP525, REFERENCE


@behaviour("THR-023", source=[REFERENCE.AGEN_ATHROW], since="3.6")
async def test_generator_exit_is_not_swallowed():
    """A GeneratorExit from ``athrow()`` that the body lets propagate reaches the awaiting caller."""
    log = []

    async def agen():
        try:
            yield 1
            log.append("resumed")
        except GeneratorExit as error:
            log.append(error)
            raise

    thrown = GeneratorExit("thrown")
    caught = raises(GeneratorExit)
    g = agen()
    await g.__anext__()
    with caught:
        await g.athrow(thrown)

    assert caught.value is thrown
    assert log == [thrown]


@behaviour("THR-024", source=[REFERENCE.AGEN_ATHROW, ISSUE.BPO_33786], since="3.6")
async def test_generator_exit_that_is_answered():
    """If the body answers a thrown GeneratorExit with a yield, ``athrow()`` returns the yielded value, as for any other
    exception.
    """

    async def agen():
        try:
            yield 1
        except GeneratorExit:
            yield "answer"
        yield "next"

    g = agen()
    await g.__anext__()
    items = [await g.athrow(GeneratorExit()), await g.__anext__()]
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert items == ["answer", "next"]


@behaviour("THR-025", source=[REFERENCE.AGEN_ATHROW, REFERENCE.ASYNC_FOR, ISSUE.BPO_33786], since="3.6")
async def test_generator_exit_while_delegating():
    """A GeneratorExit thrown into a body at a yield inside its ``async for`` does not reach the inner generator."""
    log = []

    async def inner():
        try:
            yield 1
            yield 2
            yield 3
        except BaseException as error:
            log.append(type(error))
            raise

    async def outer():
        generator = inner()
        try:
            async for item in generator:
                yield item
        except GeneratorExit:
            log.append("outer caught")
            yield "answer"
        async for item in generator:
            yield item

    g = outer()
    await g.__anext__()
    await g.athrow(GeneratorExit())
    rest = await items_of(g)

    assert rest == [2, 3]
    assert log == ["outer caught"]


@behaviour("THR-026", source=[PEP525.AGEN_OBJECT, PEP479.PROPOSAL, LIBRARY.STOP_ITERATION], since="3.6")
async def test_stop_iteration_becomes_runtime_error():
    """A thrown StopIteration that the body lets propagate becomes the cause of a RuntimeError, and the generator is
    finished.
    """
    log = []

    async def agen():
        try:
            yield 1
            log.append("resumed")
        except StopIteration as error:
            log.append(error)
            raise

    thrown = StopIteration("thrown")
    g = agen()
    await g.__anext__()
    with raises(RuntimeError) as caught:
        await g.athrow(thrown)
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert log == [thrown]
    assert caught.value.__cause__ is thrown


@behaviour("THR-027", source=[PEP525.AGEN_OBJECT], since="3.6")
async def test_stop_async_iteration_becomes_runtime_error():
    """A thrown StopAsyncIteration that the body lets propagate is replaced by a RuntimeError, and the generator is
    finished.
    """
    log = []

    async def agen():
        try:
            yield 1
            log.append("resumed")
        except StopAsyncIteration as error:
            log.append(error)
            raise

    thrown = StopAsyncIteration("thrown")
    g = agen()
    await g.__anext__()
    with raises(RuntimeError):
        await g.athrow(thrown)
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert log == [thrown]


@behaviour(
    "THR-028b",
    source=[REFERENCE.AGEN_ATHROW, PEP525.AGEN_OBJECT, CPYTHON.GENOBJECT],
    since="3.6",
    level="detail",
    allowed=["propagates", "becomes the cause of a RuntimeError"],
)
@pytest.mark.parametrize("kind", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
async def test_end_thrown_before_the_start(kind):
    """A StopIteration or StopAsyncIteration thrown before the start either propagates, which makes ``athrow()`` return
    the value of a StopIteration, or becomes the cause of a RuntimeError.
    """
    entered = []
    failure = StopIteration("value") if kind == "StopIteration" else StopAsyncIteration("thrown")

    async def agen():
        entered.append(True)
        yield 1

    g = agen()
    try:
        outcome = ["returns", await g.athrow(failure)]
    except StopAsyncIteration as error:
        outcome = ["raises", error]
    except RuntimeError as error:
        outcome = ["raises RuntimeError from", error.__cause__]
    with raises(StopAsyncIteration) as end:
        await g.__anext__()
    propagated = ["returns", "value"] if kind == "StopIteration" else ["raises", failure]

    assert entered == []
    assert end.value is not failure
    assert outcome in [propagated, ["raises RuntimeError from", failure]]
    return "propagates" if outcome == propagated else "becomes the cause of a RuntimeError"


@behaviour("THR-029", source=[REFERENCE.AGEN_ATHROW, REFERENCE.EXCEPTIONS], since="3.6")
@pytest.mark.parametrize(
    "name",
    ["KeyboardInterrupt", "SystemExit", "BaseException"],
    ids=["KeyboardInterrupt", "SystemExit", "BaseException"],
)
async def test_exceptions_that_end_programs(name):
    """An exception that is not derived from Exception can be thrown, caught and propagated like any other."""
    import builtins

    failure = getattr(builtins, name)("thrown")
    log = []

    async def agen():
        try:
            yield 1
        except Exception:
            log.append("no such handler")
        except BaseException as error:
            log.append(error)
        yield 2

    caught = raises(type(failure))
    g = agen()
    await g.__anext__()
    await g.athrow(failure)
    with caught:
        await g.athrow(failure)

    assert log == [failure]
    assert caught.value is failure
