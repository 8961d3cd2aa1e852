"""BLT: the object that ``anext()`` returns: its type, methods and reuse."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import hooks, in_loop, raises, run, step, suspend
from conformance.sources import CPYTHON, ISSUE


@behaviour("BLT-006", source=[CPYTHON.BLTINMODULE], since="3.10")
async def test_anext_is_the_awaitable_of_the_method():
    """``anext()`` without a default returns the object that ``__anext__()`` returned, without a wrapper."""

    class Iterator:
        def __aiter__(self):
            return self

        def __anext__(self):
            return returned

    async def agen():
        yield 1

    returned = object()
    of_iterator = anext(Iterator())
    g = agen()
    awaitable = anext(g)
    method = g.__anext__()
    kinds = [type(awaitable), type(method)]
    method.close()
    awaitable.close()

    assert of_iterator is returned
    assert kinds[0] is kinds[1]


@behaviour("BLT-018", source=[CPYTHON.ITEROBJECT], since="3.10")
async def test_type_of_anext_with_a_default():
    """``anext()`` with a default returns an ``anext_awaitable``, which is awaitable and is its own iterator."""
    import inspect
    from collections.abc import Awaitable

    async def agen():
        yield 1

    awaitable = anext(agen(), "default")
    name = type(awaitable).__name__
    kinds = [isinstance(awaitable, Awaitable), inspect.isawaitable(awaitable), inspect.iscoroutine(awaitable)]
    itself = iter(awaitable) is awaitable
    item = await awaitable

    assert name == "anext_awaitable"
    assert kinds == [True, True, False]
    assert itself is True
    assert item == 1


@behaviour("BLT-019", source=[ISSUE.BPO_44963], since="3.10")
def test_steps_of_anext_with_a_default():
    """The awaitable of ``anext()`` with a default is driven with ``send()`` and ``throw()`` like a coroutine."""
    log = []

    async def agen():
        log.append(await suspend("first"))
        try:
            await suspend("second")
        except KeyError:
            log.append("thrown")
        yield "item"

    awaitable = anext(agen(), "default")
    steps = [
        step(awaitable.send, None),
        step(awaitable.send, "answer"),
        step(awaitable.throw, KeyError()),
    ]

    assert steps == [["suspends", "first"], ["suspends", "second"], ["returns", "item"]]
    assert log == ["answer", "thrown"]


@behaviour("BLT-020", source=[CPYTHON.TEST_ASYNCGEN], since="3.10")
@pytest.mark.parametrize(
    "answer, wanted",
    [
        ["return", [["returns", "default"]]],
        ["wait", [["suspends", "handling"], ["returns", "default"]]],
        ["raise", [["raises", "ValueError"]]],
    ],
    ids=["return", "wait", "raise"],
)
def test_end_after_a_thrown_exception(answer, wanted):
    """If the body answers an exception thrown into ``anext()`` with a default by returning, it gives the default."""
    log = []

    async def agen():
        try:
            await suspend("waiting")
        except KeyError:
            if answer == "return":
                return
            if answer == "wait":
                await suspend("handling")
                log.append("handled")
                return
            raise ValueError
        yield 1

    awaitable = anext(agen(), "default")
    waiting = step(awaitable.send, None)
    steps = [step(awaitable.throw, KeyError())]
    if answer == "wait":
        steps.append(step(awaitable.send, None))

    assert waiting == ["suspends", "waiting"]
    assert steps == wanted
    assert log == (["handled"] if answer == "wait" else [])


@behaviour("BLT-021", source=[CPYTHON.TEST_ASYNCGEN], since="3.10")
def test_close_of_anext_with_a_default():
    """``close()`` of ``anext()`` with a default, suspended in the body, returns None; ``send()`` raises
    RuntimeError.
    """

    async def agen():
        await suspend("waiting")
        yield 1

    awaitable = anext(agen(), "default")
    waiting = step(awaitable.send, None)
    closed = awaitable.close()
    after = step(awaitable.send, None)

    assert waiting == ["suspends", "waiting"]
    assert closed is None
    assert after == ["raises", "RuntimeError"]


@behaviour("BLT-026", source=[CPYTHON.BLTINMODULE], since="3.10")
def test_firstiter_at_the_call_of_anext():
    """The call of ``anext()`` with a default calls the ``firstiter`` hook at once, as ``__anext__()`` does."""
    calls = []

    async def agen():
        yield 1

    g = agen()
    with hooks(firstiter=calls.append):
        awaitable = anext(g, "default")
        called = list(calls)
        item = run(awaitable)

    assert called == [g]
    assert calls == [g]
    assert item == 1


@behaviour("BLT-027", source=[ISSUE.BPO_44963], since="3.10", needs=["asyncio", "no-loop"])
def test_task_of_anext_with_a_default():
    """A task, ``asyncio.run()`` and an event loop can run the awaitable of ``anext()`` with a default."""
    import asyncio

    async def agen():
        await asyncio.sleep(0)
        yield 1

    async def main():
        g = agen()
        return [await asyncio.create_task(anext(g, "default")), await asyncio.create_task(anext(g, "default"))]

    results = in_loop(main())
    in_a_loop = in_loop(anext(agen(), "default"))
    run_directly = asyncio.run(anext(agen(), "default"))

    assert results == [1, "default"]
    assert in_a_loop == 1
    assert run_directly == 1


@behaviour("BLT-028", source=[CPYTHON.GENOBJECT], since="3.10")
async def test_anext_with_a_default_awaited_twice():
    """The awaitable of ``anext()`` with a default raises RuntimeError when awaited again, and takes no second item."""

    async def agen():
        yield 1
        yield 2

    g = agen()
    awaitable = anext(g, "default")
    first = await awaitable
    with raises(RuntimeError):
        await awaitable
    following = await g.__anext__()

    assert first == 1
    assert following == 2


@behaviour("BLT-050b", source=[CPYTHON.ITEROBJECT, ISSUE.GH_117714], since="3.10")
async def test_close_before_await_closes_the_generator():
    """``close()`` of the awaitable of ``anext()`` with a default, not awaited yet, closes the generator too."""
    log = []

    async def agen():
        log.append("body")
        yield 1

    g = agen()
    awaitable = anext(g, "default")
    closed = awaitable.close()
    item = await anext(g, "default")

    assert closed is None
    assert item == "default"
    assert log == []


@behaviour("BLT-054b", source=[CPYTHON.ITEROBJECT, ISSUE.GH_117714], since="3.10")
def test_close_while_suspended_reaches_the_body():
    """``close()`` of ``anext()`` with a default, suspended in the body, raises GeneratorExit there and ends it."""
    log = []

    async def agen():
        try:
            await suspend("waiting")
        except BaseException as error:
            log.append(type(error))
            raise
        yield 1

    g = agen()
    awaitable = anext(g, "default")
    waiting = step(awaitable.send, None)
    closed = awaitable.close()
    seen = list(log)
    following = step(g.__anext__().send, None)

    assert waiting == ["suspends", "waiting"]
    assert closed is None
    assert seen == [GeneratorExit]
    assert following == ["raises", "StopAsyncIteration"]
