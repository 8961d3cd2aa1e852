"""LPB: an asynchronous generator needs no event loop, and the effects that a loop has on a generator."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import (
    awaiting,
    collect,
    define,
    hooks,
    in_loop,
    items_of,
    raises,
    rejects,
    run,
    step,
    suspend,
    tidy,
)
from conformance.sources import CPYTHON, LIBRARY, PEP492, PEP525, PEP530, REFERENCE, TUTORIAL


@behaviour(
    "LPB-001",
    source=[
        REFERENCE.AGEN_FUNCTION,
        REFERENCE.DATAMODEL_AGEN,
        REFERENCE.COROUTINE_OBJECTS,
        PEP525.ITERATION,
        TUTORIAL.S17,
    ],
    since="3.6",
)
def test_created_without_a_loop():
    """Synchronous code outside of any event loop can create asynchronous generators and use them later."""
    log = []

    async def agen(name):
        log.append(name)
        yield name

    made = [agen("a"), agen("b")]
    iterable = [hasattr(g, "__anext__") and g.__aiter__() is g for g in made]
    before = list(log)
    items = [run(made[1].__anext__()), run(made[0].__anext__())]

    assert iterable == [True, True]
    assert before == []
    assert items == ["b", "a"]
    assert log == ["b", "a"]


@behaviour(
    "LPB-002",
    source=[PEP525.ITERATION, REFERENCE.AGEN_ANEXT, REFERENCE.COROUTINE_OBJECTS, TUTORIAL.S11, TUTORIAL.S17],
    since="3.6",
)
def test_exhausted_by_hand():
    """Plain ``send()`` calls can exhaust a generator: a coroutine that awaits an item ends with a StopIteration that
    has the item, and at the end with a StopAsyncIteration.
    """
    log = []

    async def agen():
        log.append(await suspend("waiting"))
        yield 1
        log.append("between")
        yield 2
        log.append("end")

    g = agen()
    steps = awaiting(g.__anext__())
    waiting = steps.send(None)
    with raises(StopIteration) as first:
        steps.send("answer")
    with raises(StopIteration) as second:
        awaiting(g.__anext__()).send(None)
    steps = awaiting(g.__anext__())
    before = list(log)
    with raises(StopAsyncIteration):
        steps.send(None)

    assert waiting == "waiting"
    assert [first.value.value, second.value.value] == [1, 2]
    assert before == ["answer", "between"]
    assert log == ["answer", "between", "end"]


@behaviour("LPB-003", source=[REFERENCE.COROUTINE_OBJECTS, TUTORIAL.S11, TUTORIAL.S17], since="3.6")
def test_never_suspending_needs_one_send():
    """If no ``await`` suspends, a single ``send(None)`` without an event loop runs a coroutine through a whole ``async
    for``.
    """
    log = []

    async def double(value):
        return value * 2

    async def agen():
        for value in [1, 2, 3]:
            yield await double(value)

    async def consumer():
        async for item in agen():
            log.append(item)
        return "consumed"

    coroutine = consumer()
    before = list(log)
    with raises(StopIteration) as stop:
        coroutine.send(None)

    assert before == []
    assert log == [2, 4, 6]
    assert stop.value.value == "consumed"


@behaviour("LPB-004", source=[CPYTHON.ASYNCIO_TASKS, TUTORIAL.S17], since="3.7", needs=["asyncio"])
@pytest.mark.parametrize("primitive", ["sleep", "future"], ids=["sleep", "future"])
def test_primitive_that_needs_a_loop(primitive):
    """Without a running event loop, awaiting ``asyncio.sleep()`` or a Future raises RuntimeError in the body, which can
    continue.
    """
    import asyncio

    log = []
    loop = asyncio.new_event_loop()

    async def agen():
        yield 1
        try:
            await (loop.create_future() if primitive == "future" else asyncio.sleep(60))
        except RuntimeError:
            log.append("RuntimeError in the body")
        yield 2

    try:
        g = agen()
        items = [run(g.__anext__()), run(g.__anext__())]
        with raises(StopAsyncIteration):
            run(g.__anext__())
    finally:
        loop.close()

    assert items == [1, 2]
    assert log == ["RuntimeError in the body"]


@behaviour("LPB-005", source=[CPYTHON.ASYNCIO_TASKS, TUTORIAL.S17], since="3.6", needs=["asyncio"])
def test_sleep_of_no_time_needs_no_loop():
    """``await asyncio.sleep(0)`` in a body passes None to any driver, and continues when the driver resumes it."""
    import asyncio

    async def agen():
        yield await asyncio.sleep(0, "slept")

    g = agen()
    awaitable = g.__anext__()
    steps = [step(awaitable.send, None), step(awaitable.send, None)]
    run(tidy(g))

    assert steps == [["suspends", None], ["returns", "slept"]]


@behaviour("LPB-006", source=[CPYTHON.GENOBJECT, TUTORIAL.S17], since="3.6", needs=["asyncio"])
def test_continued_in_another_loop():
    """A generator that is suspended at a ``yield`` in one event loop can continue in a later one, and keeps its
    state.
    """
    import asyncio

    used, made = [], []

    async def agen():
        for item in [1, 2, 3]:
            used.append(asyncio.get_event_loop())
            await asyncio.sleep(0)
            yield item

    async def start():
        made.append(agen())
        return await made[0].__anext__()

    first = in_loop(start())
    closed = used[0].is_closed()
    rest = in_loop(items_of(made[0]))

    assert first == 1
    assert closed
    assert rest == [2, 3]
    assert [used[0] is used[1], used[1] is used[2]] == [False, True]


@behaviour(
    "LPB-007", source=[LIBRARY.ASYNCIO_RUN, LIBRARY.SHUTDOWN_ASYNCGENS], since="3.7", needs=["asyncio", "no-loop"]
)
def test_closed_at_the_end_of_asyncio_run():
    """``asyncio.run()`` closes the generators that it leaves suspended, so that a second run finds them exhausted."""
    import asyncio

    log = []

    async def agen():
        try:
            yield 1
            yield 2
        except GeneratorExit:
            log.append("GeneratorExit")
            raise
        finally:
            await asyncio.sleep(0)
            log.append("finally")

    async def start():
        g = agen()
        log.append(await g.__anext__())
        return g

    g = asyncio.run(start())
    after_first = list(log)
    items = asyncio.run(items_of(g))

    assert after_first == [1, "GeneratorExit", "finally"]
    assert items == []
    assert log == after_first


@behaviour("LPB-008", source=[LIBRARY.ASYNCIO_TASK], since="3.6", needs=["asyncio"])
def test_advanced_by_tasks_in_turn():
    """Tasks of one event loop can advance one generator in turn, and each task gets the items that it awaited."""
    import asyncio

    log = []

    async def agen():
        for item in range(4):
            await asyncio.sleep(0)
            yield item

    async def worker(name, g, mine, other):
        for _ in range(2):
            await mine.wait()
            mine.clear()
            log.append([name, await g.__anext__()])
            other.set()

    async def main():
        g = agen()
        turns = [asyncio.Event(), asyncio.Event()]
        turns[0].set()
        await asyncio.gather(worker("a", g, *turns), worker("b", g, *turns[::-1]))
        return await items_of(g)

    left = in_loop(main())

    assert log == [["a", 0], ["b", 1], ["a", 2], ["b", 3]]
    assert left == []


@behaviour("LPB-009", source=[LIBRARY.ASYNCIO_EVENT_LOOP, TUTORIAL.S17], since="3.7", needs=["asyncio", "no-loop"])
def test_running_loop_is_that_of_the_resumption():
    """``asyncio.get_running_loop()`` in the body returns the event loop that runs the current step, and raises
    RuntimeError if no loop does.
    """
    import asyncio

    seen = []

    async def agen():
        while True:
            try:
                seen.append(asyncio.get_running_loop())
            except RuntimeError:
                seen.append("none")
            yield

    async def advance():
        await g.__anext__()
        return asyncio.get_running_loop()

    g = agen()
    loops = [in_loop(advance())]
    run(g.__anext__())
    loops.append(in_loop(advance()))

    assert seen == [loops[0], "none", loops[1]]
    assert loops[0] is not loops[1]


@behaviour(
    "LPB-010",
    source=[PEP525.FINALIZATION, REFERENCE.AGEN_FUNCTION, TUTORIAL.S17],
    since="3.6",
    needs=["gc", "weakref"],
    allowed=["called", "not collected"],
)
@pytest.mark.parametrize("first", ["__anext__", "asend"], ids=["anext", "asend"])
async def test_finalizer_is_that_of_the_first_iteration(first):
    """The finalizer hook that is installed when iteration starts is the hook that is called in the end, whatever is
    installed later.
    """
    import weakref

    log, kept = [], []

    async def agen():
        try:
            yield 1
            yield 2
        finally:
            pass

    def original(g):
        log.append("original")
        kept.append(g)

    def replacement(g):
        log.append("replacement")
        kept.append(g)

    g = agen()
    alive = weakref.ref(g)
    with hooks(finalizer=original):
        await (g.__anext__() if first == "__anext__" else g.asend(None))
    with hooks(finalizer=replacement):
        item = await g.__anext__()
        before = list(log)
        del g
        collect()
        seen = list(log)
    await tidy(*kept)

    assert item == 2
    assert before == []
    if not seen and alive() is not None:
        return "not collected"
    assert seen == ["original"]
    return "called"


@behaviour("LPB-011", source=[CPYTHON.GENOBJECT, TUTORIAL.S17], since="3.6", needs=["asyncio", "gc", "weakref"])
def test_no_reference_to_a_loop():
    """A generator first iterated in an event loop that has no hooks keeps neither that loop nor its finalizer alive."""
    import asyncio
    import weakref

    class Loop(asyncio.SelectorEventLoop):
        pass

    async def agen():
        try:
            yield 1
            yield 2
        finally:
            pass

    async def start(g):
        with hooks():
            return await g.__anext__()

    g = agen()
    loop = Loop()
    item = loop.run_until_complete(start(g))
    loop.close()
    alive = weakref.ref(loop)
    del loop
    collect()
    found = alive()
    following = run(g.__anext__())
    run(tidy(g))

    assert item == 1
    assert found is None
    assert following == 2


@behaviour(
    "LPB-012",
    source=[PEP525.FINALIZATION, PEP525.ASYNCIO, LIBRARY.SHUTDOWN_ASYNCGENS, LIBRARY.ASYNCIO_DEV, TUTORIAL.S17],
    since="3.6",
    level="library",
    needs=["asyncio"],
)
def test_started_before_the_loop_is_unknown_to_it():
    """An event loop is told of the generators that are first iterated while it runs, and shuts them down; it is not
    told of one that was first iterated before.
    """
    import asyncio
    import sys

    log, told = [], []

    async def agen(name):
        try:
            yield 1
            yield 2
        finally:
            log.append(name)

    async def main():
        known = agen("known")
        of_loop, finalizer = sys.get_asyncgen_hooks()

        def firstiter(generator):
            told.append("known" if generator is known else "early")
            of_loop(generator)

        with hooks(firstiter, finalizer):
            started = [await known.__anext__(), await early.__anext__()]
        await asyncio.get_event_loop().shutdown_asyncgens()
        return [started, await items_of(known), "known" in log]

    early = agen("early")
    with hooks():
        item = run(early.__anext__())
    started, left, closed = in_loop(main())
    run(tidy(early))

    assert item == 1
    assert started == [1, 2]
    assert told == ["known"]
    assert [left, closed] == [[], True]


@behaviour(
    "LPB-013", source=[REFERENCE.COROUTINE_OBJECTS, PEP492.COROUTINE_OBJECTS, TUTORIAL.S11, TUTORIAL.S17], since="3.6"
)
def test_interleaved_by_a_handwritten_scheduler():
    """A loop of ``send()`` calls over a queue can run several asynchronous generators concurrently."""
    log = []

    async def agen(name):
        for number in [1, 2]:
            log.append([name, "answered", await suspend(name)])
            yield number

    async def consumer(name):
        async for item in agen(name):
            log.append([name, item])
        return name

    queue = [[consumer("a"), None], [consumer("b"), None]]
    finished = []
    while queue:
        coroutine, answer = queue.pop(0)
        try:
            request = coroutine.send(answer)
        except StopIteration as stop:
            finished.append(stop.value)
        else:
            log.append([request, "waits"])
            queue.append([coroutine, "for " + request])

    assert finished == ["a", "b"]
    assert log[:2] == [["a", "waits"], ["b", "waits"]]
    assert log[2:5] == [["a", "answered", "for a"], ["a", 1], ["a", "waits"]]
    assert log[5:8] == [["b", "answered", "for b"], ["b", 1], ["b", "waits"]]
    assert log[8:] == [["a", "answered", "for a"], ["a", 2], ["b", "answered", "for b"], ["b", 2]]


@behaviour(
    "LPB-014",
    source=[
        REFERENCE.ASYNC_FOR,
        REFERENCE.AWAIT,
        REFERENCE.COROUTINE_DEF,
        REFERENCE.COROUTINE_OBJECTS,
        PEP530.COMPREHENSIONS,
        PEP492.AWAIT,
        TUTORIAL.S17,
    ],
    since="3.6",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "body",
    [
        "    items = []\n    async for item in g: items.append(item)\n    return items\n",
        "    return [item async for item in g]\n",
        "    return [await g.__anext__(), await g.__anext__()]\n",
    ],
    ids=["async-for", "async-comprehension", "await"],
)
def test_async_def_is_required_and_a_loop_is_not(body):
    """``async for``, an asynchronous comprehension and ``await`` are a SyntaxError in a plain ``def``; in an
    ``async def`` they need no event loop.
    """

    async def agen():
        await suspend()
        yield 1
        yield 2

    items = run(define("async def consume(g):\n" + body, "consume")(agen()))

    assert items == [1, 2]
    assert rejects("def consume(g):\n" + body)


@behaviour("LPB-015", source=[LIBRARY.ASYNCIO_DEV], since="3.6", needs=["asyncio", "threads"])
def test_loop_in_another_thread():
    """A generator whose body awaits asyncio functions also runs in the event loop of a thread other than the one that
    created it.
    """
    import asyncio
    import threading

    log = []

    async def agen():
        for item in [1, 2, 3]:
            await asyncio.sleep(0)
            log.append(threading.current_thread().name)
            yield item

    def target():
        results.append(in_loop(items_of(g)))

    results = []
    g = agen()
    thread = threading.Thread(target=target, name="other")
    thread.start()
    thread.join()
    with raises(StopAsyncIteration):
        run(g.__anext__())

    assert results == [[1, 2, 3]]
    assert log == ["other", "other", "other"]


@behaviour("LPB-016", source=[CPYTHON.ASYNCIO_TASKS], since="3.6", needs=["asyncio"])
def test_future_of_another_loop():
    """If the body awaits a Future of an event loop other than the one that resumes it, it gets RuntimeError at that
    ``await``.
    """
    import asyncio

    log = []
    other = asyncio.new_event_loop()

    async def agen():
        try:
            await other.create_future()
        except RuntimeError:
            log.append("RuntimeError in the body")
        yield 1

    async def main():
        g = agen()
        item = await g.__anext__()
        await tidy(g)
        return item

    try:
        item = in_loop(main())
    finally:
        other.close()

    assert log == ["RuntimeError in the body"]
    assert item == 1


@behaviour("LPB-017", source=[LIBRARY.ASYNCIO_EVENT_LOOP], since="3.6", needs=["asyncio"])
def test_pumped_item_by_item():
    """Synchronous code gets one item from each ``run_until_complete()`` call, and the body does not run between these
    calls.
    """
    import asyncio

    log = []

    async def agen():
        for item in "ab":
            log.append("making " + item)
            await asyncio.sleep(0)
            yield item
            log.append("after " + item)

    async def following():
        return await g.__anext__()

    loop = asyncio.new_event_loop()
    try:
        g = agen()
        for _ in range(2):
            log.append(loop.run_until_complete(following()))
            log.append("between")
        with raises(StopAsyncIteration):
            loop.run_until_complete(following())
    finally:
        loop.close()

    assert log == ["making a", "a", "between", "after a", "making b", "b", "between", "after b"]
