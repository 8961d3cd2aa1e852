"""THR: ``athrow()`` of a generator that is unstarted or finished."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import items_of, raises
from conformance.sources import CPYTHON, REFERENCE, TUTORIAL


@behaviour("THR-008", source=[REFERENCE.AGEN_ATHROW, TUTORIAL.S13], since="3.6")
async def test_unstarted():
    """``athrow()`` on an unstarted generator raises the exception when it is awaited, and finishes the generator
    without running its body.
    """
    log = []

    async def agen():
        log.append("entered")
        try:
            yield 1
        except ValueError:
            log.append("caught")

    thrown = ValueError("thrown")
    g = agen()
    awaitable = g.athrow(thrown)
    with raises(ValueError) as caught:
        await awaitable
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert caught.value is thrown
    assert log == []


@behaviour(
    "THR-009",
    source=[CPYTHON.GENOBJECT, TUTORIAL.S13],
    since="3.6",
    level="detail",
    allowed=["returns None", "raises the exception"],
)
async def test_exhausted():
    """Awaiting ``athrow()`` of an exhausted generator returns None or raises the exception, and the generator remains
    exhausted.
    """
    log = []

    async def agen():
        try:
            yield 1
            log.append("resumed")
        finally:
            log.append("left")

    g = agen()
    await g.__anext__()
    with raises(StopAsyncIteration):
        await g.__anext__()
    thrown = ValueError("thrown")
    try:
        seen = "returns %r" % (await g.athrow(thrown),)
    except ValueError as error:
        seen = "raises the exception" if error is thrown else "raises another ValueError"
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert log == ["resumed", "left"]
    return seen


@behaviour("THR-010", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("state", ["suspended", "unstarted"], ids=["suspended", "unstarted"])
async def test_after_aclose(state):
    """``athrow()`` of a generator that ``aclose()`` has finished returns None when it is awaited, and raises
    nothing.
    """
    log = []

    async def agen():
        try:
            yield 1
        finally:
            log.append("finally")

    g = agen()
    if state == "suspended":
        await g.__anext__()
    await g.aclose()
    before = list(log)
    results = [await g.athrow(KeyError()), await g.athrow(KeyError)]

    assert results == [None, None]
    assert log == before


@behaviour("THR-011", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("ending", ["body", "athrow"], ids=["body", "athrow"])
async def test_after_an_exception(ending):
    """``athrow()`` of a generator that an exception has finished returns None when it is awaited, and raises
    nothing.
    """

    async def agen():
        yield 1
        raise ValueError

    g = agen()
    await g.__anext__()
    with raises(ValueError):
        await (g.__anext__() if ending == "body" else g.athrow(ValueError()))
    results = [await g.athrow(KeyError()), await g.athrow(ValueError())]

    assert results == [None, None]


@behaviour(
    "THR-054",
    source=[CPYTHON.GENOBJECT],
    since="3.6",
    needs=["warnings"],
    allowed=["returns None", "raises TypeError"],
)
@pytest.mark.parametrize("wrong", ["exception", "value", "traceback"], ids=["exception", "value", "traceback"])
async def test_wrong_type_on_a_finished_generator(wrong):
    """Awaiting ``athrow()`` of an exhausted generator with a wrong argument raises TypeError, or ignores the argument
    and returns None.
    """
    import warnings

    async def agen():
        yield 1

    arguments = {"exception": [1], "value": [KeyError(), "value"], "traceback": [KeyError, None, "traceback"]}[wrong]
    g = agen()
    await items_of(g)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        awaitable = g.athrow(*arguments)
    try:
        seen = "returns %r" % (await awaitable,)
    except Exception as error:
        seen = "raises " + type(error).__name__
    with raises(StopAsyncIteration):
        await g.__anext__()

    return seen


@behaviour("THR-055", source=[CPYTHON.GENOBJECT], since="3.6", needs=["warnings"])
@pytest.mark.parametrize("arguments", [[], ["value"]], ids=["class", "class-and-value"])
async def test_class_that_cannot_be_instantiated_before_the_start(arguments):
    """If ``athrow()`` before the start gets a class that cannot be instantiated, the error of the instantiation is
    raised and finishes the generator.
    """
    import warnings

    log = []
    failure = ZeroDivisionError("failure")

    class Failing(Exception):
        def __init__(self, *values):
            log.append(list(values))
            raise failure

    async def agen():
        log.append("entered")
        yield 1

    g = agen()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        awaitable = g.athrow(Failing, *arguments)
    called = list(log)
    with raises(ZeroDivisionError) as caught:
        await awaitable
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert called == []
    assert caught.value is failure
    assert log == [arguments]
