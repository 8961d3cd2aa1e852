"""AWT: awaitables as tasks, and in place of the main coroutine of an event loop."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import in_loop, operate, raises, run, tidy
from conformance.sources import LIBRARY


@behaviour("AWT-052", source=[LIBRARY.ASYNCIO_TASK, LIBRARY.ASYNCIO_FUTURE], since="3.7", needs=["asyncio"])
@pytest.mark.parametrize(
    "through", ["ensure_future", "gather", "wait_for", "shield"], ids=["ensure_future", "gather", "wait_for", "shield"]
)
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_in_a_task(operation, through):
    """The asyncio functions that accept any awaitable accept an ``__anext__()`` or ``asend()`` awaitable, whose item is
    the result.
    """
    import asyncio

    received = []

    async def agen():
        received.append((yield 1))
        await asyncio.sleep(0)
        yield 2

    async def main():
        g = agen()
        first = await g.__anext__()
        awaitable = operate(g, operation)
        if through == "ensure_future":
            item = await asyncio.ensure_future(awaitable)
        elif through == "gather":
            (item,) = await asyncio.gather(awaitable)
        elif through == "wait_for":
            item = await asyncio.wait_for(awaitable, None)
        else:
            item = await asyncio.shield(awaitable)
        await tidy(g)
        return [first, item]

    items = in_loop(main())

    assert items == [1, 2]
    assert received == [None if operation == "anext" else "sent"]


@behaviour(
    "AWT-053",
    source=[LIBRARY.ASYNCIO_DEV, LIBRARY.ASYNCIO_EVENT_LOOP],
    since="3.6",
    level="detail",
    needs=["asyncio"],
)
def test_as_the_main_coroutine():
    """``loop.run_until_complete()`` accepts awaitables of a generator in place of coroutines, one after the other."""
    import asyncio

    log = []

    async def agen():
        try:
            await asyncio.sleep(0)
            log.append((yield 1))
            await asyncio.sleep(0)
            yield 2
        finally:
            await asyncio.sleep(0)
            log.append("closed")

    loop = asyncio.new_event_loop()
    try:
        g = agen()
        items = [loop.run_until_complete(g.__anext__()), loop.run_until_complete(g.asend("sent"))]
        closed = loop.run_until_complete(g.aclose())
    finally:
        loop.close()

    assert items == [1, 2]
    assert closed is None
    assert log == ["sent", "closed"]


@behaviour("AWT-054", source=[LIBRARY.ASYNCIO_TASK, LIBRARY.ASYNCIO_FUTURE], since="3.6", needs=["asyncio"])
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_end_in_a_task(operation):
    """A task of an awaitable that ends with StopAsyncIteration has that exception as its exception and raises it when
    it is awaited.
    """
    import asyncio

    log = []

    async def agen():
        yield 1
        await asyncio.sleep(0)
        log.append("resumed")

    async def main():
        g = agen()
        await g.__anext__()
        task = asyncio.ensure_future(operate(g, operation))
        await asyncio.wait([task])
        with raises(StopAsyncIteration) as caught:
            await task
        return [task.done(), task.cancelled(), caught.value is task.exception()]

    seen = in_loop(main())

    assert seen == [True, False, True]
    assert log == ["resumed"]


@behaviour("AWT-104", source=[LIBRARY.ASYNCIO_DEV, LIBRARY.ASYNCIO_RUN], since="3.14", needs=["asyncio", "no-loop"])
@pytest.mark.parametrize("operation", ["anext", "asend", "athrow"], ids=["anext", "asend", "athrow"])
def test_asyncio_run(operation):
    """``asyncio.run()`` accepts an awaitable of a generator in place of a coroutine and returns its item."""
    import asyncio

    log = []

    async def agen():
        try:
            log.append((yield 1))
        except KeyError:
            log.append("KeyError")
        await asyncio.sleep(0)
        yield 2

    # Started outside of any loop, it is not known to the loop, which would close it at its end.
    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    item = asyncio.run(awaitable)

    assert item == 2
    assert log == [{"anext": None, "asend": "sent", "athrow": "KeyError"}[operation]]


@behaviour(
    "AWT-106", source=[LIBRARY.ASYNCIO_DEV, LIBRARY.ASYNCIO_TASK], since="3.6", level="detail", needs=["asyncio"]
)
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_created_task(operation):
    """``create_task()`` accepts an ``__anext__()`` or ``asend()`` awaitable in place of a coroutine."""
    import asyncio

    received = []

    async def agen():
        received.append((yield 1))
        await asyncio.sleep(0)
        yield 2

    async def main():
        g = agen()
        first = await g.__anext__()
        item = await asyncio.get_event_loop().create_task(operate(g, operation))
        await tidy(g)
        return [first, item]

    items = in_loop(main())

    assert items == [1, 2]
    assert received == [None if operation == "anext" else "sent"]
