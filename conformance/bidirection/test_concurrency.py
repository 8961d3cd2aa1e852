"""RUN: operations that overlap, and ``ag_running``, which is true while an operation has not completed."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import awaiting, in_loop, operate, raises, run, step, suspend, tidy
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP525, REFERENCE, TUTORIAL, WHATSNEW


@behaviour("RUN-001", source=[WHATSNEW.V39, ISSUE.BPO_30773], since="3.8")
@pytest.mark.parametrize("second", ["anext", "asend"], ids=["anext", "asend"])
@pytest.mark.parametrize("first", ["anext", "asend"], ids=["anext", "asend"])
def test_next_item_while_one_is_under_way(first, second):
    """While ``__anext__()`` or ``asend()`` is suspended in an ``await``, awaiting another of them raises
    RuntimeError.
    """
    log = []

    async def agen():
        log.append((yield 1))
        log.append(await suspend("waiting"))
        yield 2

    g = agen()
    run(g.__anext__())
    under_way = operate(g, first).__await__()
    waiting = under_way.send(None)
    refused = operate(g, second).__await__()
    with raises(RuntimeError):
        refused.send(None)
    seen = list(log)

    assert waiting == "waiting"
    assert seen == [None if first == "anext" else "sent"]


@behaviour("RUN-002a", source=[ISSUE.BPO_30773, WHATSNEW.V39], since="3.6", until="3.8")
def test_athrow_into_an_item_under_way():
    """``athrow()`` while ``__anext__()`` is suspended in an ``await`` throws its exception there and finishes the
    generator.
    """
    log = []

    async def agen():
        try:
            await suspend("waiting")
        except BaseException as error:
            log.append(type(error))
            raise
        yield 1

    g = agen()
    under_way = g.__anext__()
    waiting = step(under_way.send, None)
    thrown = step(g.athrow(KeyError()).send, None)
    following = step(under_way.send, None)

    assert waiting == ["suspends", "waiting"]
    assert thrown == ["raises", "KeyError"]
    assert log == [KeyError]
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("RUN-002b", source=[WHATSNEW.V39, ISSUE.BPO_30773], since="3.9")
@pytest.mark.parametrize("first", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"])
def test_athrow_while_something_is_under_way(first):
    """While an operation is suspended in an ``await``, awaiting ``athrow()`` raises RuntimeError and throws nothing."""
    log = []

    async def agen():
        try:
            yield 1
            log.append("resumed")
        except BaseException as error:
            log.append(type(error))
            raise
        finally:
            try:
                await suspend("waiting")
                log.append("goes on")
            except BaseException as error:
                log.append(type(error))
                raise

    g = agen()
    run(g.__anext__())
    under_way = operate(g, first)
    waiting = step(under_way.send, None)
    before = list(log)
    refused = step(g.athrow(OSError()).send, None)
    seen = list(log)
    ending = step(under_way.send, None)
    logs = {"athrow": [KeyError, "goes on"], "aclose": [GeneratorExit, "goes on"]}
    endings = {"athrow": ["raises", "KeyError"], "aclose": ["returns", None]}

    assert waiting == ["suspends", "waiting"]
    assert refused == ["raises", "RuntimeError"]
    assert seen == before
    assert ending == endings.get(first, ["raises", "StopAsyncIteration"])
    assert log == logs.get(first, ["resumed", "goes on"])


@behaviour("RUN-003", source=[WHATSNEW.V39, ISSUE.BPO_30773], since="3.8")
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
def test_refusal_disturbs_nothing(operation):
    """After another operation raised RuntimeError, the suspended operation gets its answer and its item, and later
    items follow.
    """
    log = []

    async def agen():
        try:
            log.append(await suspend("first wait"))
            log.append(await suspend("second wait"))
            log.append((yield 1))
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    under_way = g.__anext__().__await__()
    waits = [under_way.send(None)]
    with raises(RuntimeError):
        operate(g, operation).__await__().send(None)
    waits.append(under_way.send("first answer"))
    with raises(StopIteration) as stop:
        under_way.send("second answer")
    rest = run(g.__anext__())
    seen = list(log)

    assert waits == ["first wait", "second wait"]
    assert stop.value.value == 1
    assert rest == 2
    assert seen == ["first answer", "second answer", None]


@behaviour("RUN-004", source=[WHATSNEW.V39, ISSUE.BPO_30773, CPYTHON.TEST_ASYNCGEN], since="3.8")
async def test_body_awaits_its_own_next_item():
    """A body that awaits ``__anext__()`` of its own generator gets a RuntimeError at that ``await`` and can continue
    from there.
    """
    log = []

    async def agen():
        log.append("entered")
        try:
            await g.__anext__()
        except BaseException as error:
            log.append(type(error))
        yield 1
        log.append("resumed")

    g = agen()
    first = await g.__anext__()
    before = list(log)
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert first == 1
    assert before == ["entered", RuntimeError]
    assert log == ["entered", RuntimeError, "resumed"]


@behaviour("RUN-005", source=[REFERENCE.AGEN_METHODS, ISSUE.BPO_30773], since="3.6", needs=["stepping"])
def test_calls_while_an_item_is_under_way():
    """While an operation is suspended in an ``await``, other operations can be called, and can be awaited once it has
    completed.
    """
    log = []

    async def agen():
        try:
            log.append(await suspend("waiting"))
            log.append((yield 1))
            log.append((yield 2))
            yield 3
        except ValueError:
            log.append("thrown")
            yield 4
        finally:
            log.append("finally")

    g = agen()
    under_way = awaiting(g.__anext__())
    under_way.send(None)
    made = [g.__anext__(), g.asend("sent"), g.athrow(ValueError), g.aclose()]
    seen = list(log)
    with raises(StopIteration) as stop:
        under_way.send("answer")
    answered = list(log)
    results = [run(awaitable) for awaitable in made]

    assert seen == []
    assert stop.value.value == 1
    assert answered == ["answer"]
    assert results == [2, 3, 4, None]
    assert log == ["answer", None, "sent", "thrown", "finally"]


@behaviour("RUN-006a", source=[ISSUE.BPO_30773, WHATSNEW.V39], since="3.6", until="3.8", needs=["asyncio"])
def test_two_tasks_get_items_of_each_other():
    """If two tasks await items of a generator whose body suspends, neither gets an error, and each gets the item of the
    other.
    """
    import asyncio

    log = []

    async def agen():
        for item in [1, 2]:
            log.append(await asyncio.sleep(0, "slept"))
            yield item

    async def main():
        g = agen()
        tasks = [asyncio.ensure_future(g.__anext__()), asyncio.ensure_future(g.__anext__())]
        return await asyncio.gather(*tasks, return_exceptions=True)

    results = in_loop(main())

    assert results == [2, 1]
    assert log == ["slept", "slept"]


@behaviour("RUN-006b", source=[WHATSNEW.V39, ISSUE.BPO_30773], since="3.9", needs=["asyncio"])
def test_two_tasks_at_once():
    """If two tasks await items of a generator whose body suspends, the first one gets its item and the second one gets
    RuntimeError.
    """
    import asyncio

    log = []

    async def agen():
        for item in [1, 2]:
            log.append(await asyncio.sleep(0, "slept"))
            yield item

    async def main():
        g = agen()
        tasks = [asyncio.ensure_future(g.__anext__()), asyncio.ensure_future(g.__anext__())]
        results = await asyncio.gather(*tasks, return_exceptions=True)
        return results + [await g.__anext__()]

    first, second, third = in_loop(main())

    assert first == 1
    assert type(second) is RuntimeError
    assert third == 2
    assert log == ["slept", "slept"]


@behaviour("RUN-007", source=[LIBRARY.ASYNCIO_TASK, ISSUE.BPO_30773], since="3.6", needs=["asyncio"])
def test_two_tasks_that_never_overlap():
    """Two tasks can share the items of a generator whose body never suspends, and each item goes to one of them."""
    import asyncio

    async def agen():
        for item in range(6):
            yield item

    async def consume(g, name):
        async for item in g:
            received.append([name, item])
            await asyncio.sleep(0)

    async def main():
        g = agen()
        await asyncio.gather(consume(g, "a"), consume(g, "b"))

    received = []
    in_loop(main())

    assert [item for _, item in received] == [0, 1, 2, 3, 4, 5]
    assert {name for name, _ in received} == {"a", "b"}


@behaviour("RUN-008", source=[WHATSNEW.V39, ISSUE.BPO_30773], since="3.8")
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
def test_running_in_an_await(operation):
    """``ag_running`` is true while an operation is suspended in an ``await``, and false before the operation and after
    it.
    """
    log = []

    async def agen():
        try:
            yield 1
        except BaseException:
            await suspend("caught")
            log.append("goes on")
            raise
        await suspend("resumed")
        yield 2

    g = agen()
    idle = [g.ag_running]
    run(g.__anext__())
    idle.append(g.ag_running)
    steps = operate(g, operation).__await__()
    idle.append(g.ag_running)
    waiting = steps.send(None)
    in_await = g.ag_running
    with raises(KeyError if operation == "athrow" else StopIteration):
        steps.send(None)
    idle.append(g.ag_running)

    assert waiting == ("resumed" if operation in ("anext", "asend") else "caught")
    assert log == (["goes on"] if operation in ("athrow", "aclose") else [])
    assert in_await
    assert idle == [False, False, False, False]


@behaviour("RUN-009", source=[LIBRARY.INSPECT, PEP525.AGEN_OBJECT], since="3.6")
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
async def test_running_inside_the_body(operation):
    """``ag_running`` is true when the body reads it, whichever operation runs the body, and is false again at the
    yield.
    """

    async def agen():
        seen.append(g.ag_running)
        try:
            yield 1
            seen.append(g.ag_running)
        except BaseException:
            seen.append(g.ag_running)
            raise

    seen = []
    g = agen()
    await g.__anext__()
    at_yield = g.ag_running
    try:
        ending = await operate(g, operation)
    except (StopAsyncIteration, KeyError) as error:
        ending = type(error)

    assert ending == {"athrow": KeyError, "aclose": None}.get(operation, StopAsyncIteration)
    assert seen == [True, True]
    assert not at_yield
    assert not g.ag_running


@behaviour("RUN-010", source=[LIBRARY.INSPECT, ISSUE.BPO_30773], since="3.6")
async def test_not_running_after_an_error():
    """``ag_running`` is false once an operation that was suspended in an ``await`` has raised."""

    async def agen():
        await suspend()
        raise KeyError
        yield

    g = agen()
    with raises(KeyError):
        await g.__anext__()

    assert not g.ag_running


@behaviour("RUN-011b", source=[ISSUE.GH_117714], since="3.6")
def test_closed_awaitable_ends_it():
    """``close()`` of an ``__anext__()`` awaitable suspended in an ``await`` finishes the generator, and ``ag_running``
    is false after that.
    """
    log = []

    async def agen():
        try:
            await suspend("waiting")
        except BaseException as error:
            log.append(type(error))
            raise
        yield 1

    g = agen()
    under_way = g.__anext__()
    under_way.send(None)
    under_way.close()
    running = g.ag_running
    following = step(g.__anext__().send, None)

    assert running is False
    assert log == [GeneratorExit]
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("RUN-012", source=[LIBRARY.ASYNCIO_CANCELLATION], since="3.6", needs=["asyncio"])
def test_cancelled_consumer():
    """Cancelling the task that awaits an item raises CancelledError in the ``await`` of the body and finishes the
    generator.
    """
    import asyncio

    log = []

    async def agen():
        try:
            log.append("waiting")
            await asyncio.get_event_loop().create_future()
        except BaseException as error:
            log.append(type(error))
            raise
        yield 1

    async def main():
        g = agen()
        task = asyncio.ensure_future(g.__anext__())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        log.append(task.cancelled())
        with raises(StopAsyncIteration):
            await g.__anext__()
        log.append("finished")

    in_loop(main())

    assert log == ["waiting", asyncio.CancelledError, True, "finished"]


@behaviour("RUN-013", source=[LIBRARY.ASYNCIO_CANCELLATION], since="3.6", needs=["asyncio"])
def test_body_that_suppresses_cancellation():
    """If the body catches CancelledError and yields, the task gets the item and is not cancelled."""
    import asyncio

    async def agen():
        try:
            await asyncio.get_event_loop().create_future()
        except asyncio.CancelledError:
            yield "caught"
        yield "next"

    async def consume(g):
        return [await g.__anext__(), await g.__anext__()]

    async def main():
        task = asyncio.ensure_future(consume(agen()))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        return [task.cancelled(), task.result()]

    cancelled, items = in_loop(main())

    assert cancelled is False
    assert items == ["caught", "next"]


@behaviour("RUN-014", source=[LIBRARY.ASYNCIO_CANCELLATION, REFERENCE.ASYNC_FOR], since="3.6", needs=["asyncio"])
def test_consumer_cancelled_in_its_loop():
    """Cancelling a consumer in the suite of its ``async for`` loop does not reach the generator, which can continue."""
    import asyncio

    log = []

    async def agen():
        try:
            yield 1
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise

    async def consume(g):
        async for item in g:
            log.append(item)
            await asyncio.get_event_loop().create_future()

    async def main():
        g = agen()
        task = asyncio.ensure_future(consume(g))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        log.append(task.cancelled())
        log.append(await g.__anext__())
        seen = list(log)
        await tidy(g)
        return seen

    seen = in_loop(main())

    assert seen == [1, True, 2]


@behaviour("RUN-015", source=[LIBRARY.ASYNCIO_WAIT_FOR], since="3.7", needs=["asyncio"])
def test_timeout_of_an_item():
    """When ``asyncio.wait_for()`` of an item times out, it raises CancelledError in the body and waits until the body
    has ended.
    """
    import asyncio

    log = []

    async def agen():
        try:
            await asyncio.get_event_loop().create_future()
        except BaseException as error:
            log.append(type(error))
            raise
        finally:
            await asyncio.sleep(0)
            log.append("finally")
        yield 1

    async def main():
        g = agen()
        try:
            await asyncio.wait_for(g.__anext__(), 0.001)
        except asyncio.TimeoutError:
            log.append("timeout")
        with raises(StopAsyncIteration):
            await g.__anext__()
        log.append("finished")

    in_loop(main())

    assert log == [asyncio.CancelledError, "finally", "timeout", "finished"]


@behaviour("RUN-016", source=[LIBRARY.ASYNCIO_SHIELD], since="3.6", needs=["asyncio"])
def test_shielded_item():
    """``asyncio.shield()`` around an item lets the body continue when the task that waits for the item is cancelled."""
    import asyncio

    log = []

    async def agen():
        try:
            log.append(await gate[0])
            yield "item"
        except BaseException as error:
            log.append(type(error))
            raise

    async def wait(inner):
        return await asyncio.shield(inner)

    async def main():
        gate.append(asyncio.get_event_loop().create_future())
        g = agen()
        inner = asyncio.ensure_future(g.__anext__())
        outer = asyncio.ensure_future(wait(inner))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        outer.cancel()
        await asyncio.wait([outer])
        log.append(outer.cancelled())
        gate[0].set_result("opened")
        log.append(await inner)
        seen = list(log)
        await tidy(g)
        return seen

    gate = []
    seen = in_loop(main())

    assert seen == [True, "opened", "item"]


@behaviour("RUN-017a", source=[ISSUE.BPO_30773, WHATSNEW.V39], since="3.6", until="3.8", needs=["threads"])
def test_other_thread_while_the_body_runs():
    """Resuming a generator while another thread runs its body raises ValueError and has no other effect."""
    import threading

    entered, leave = threading.Event(), threading.Event()
    items = []

    async def agen():
        entered.set()
        leave.wait(5)
        yield 1
        yield 2

    g = agen()
    thread = threading.Thread(target=lambda: items.append(run(g.__anext__())))
    thread.start()
    entered.wait(5)
    try:
        refused = step(g.__anext__().send, None)
    finally:
        leave.set()
        thread.join()
    following = step(g.__anext__().send, None)

    assert refused == ["raises", "ValueError"]
    assert items == [1]
    assert following == ["returns", 2]


@behaviour("RUN-017b", source=[WHATSNEW.V39, ISSUE.BPO_30773], since="3.9", needs=["threads"])
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_other_thread_is_refused_while_the_body_runs(operation):
    """Awaiting the next item of a generator while another thread runs its body raises RuntimeError and has no other
    effect.
    """
    import threading

    entered, leave = threading.Event(), threading.Event()
    items = []

    async def agen():
        entered.set()
        leave.wait(5)
        yield 1
        yield 2

    g = agen()
    thread = threading.Thread(target=lambda: items.append(run(g.__anext__())))
    thread.start()
    entered.wait(5)
    try:
        refused = step(operate(g, operation).send, None)
    finally:
        leave.set()
        thread.join()
    following = step(g.__anext__().send, None)

    assert refused == ["raises", "RuntimeError"]
    assert items == [1]
    assert following == ["returns", 2]


@behaviour(
    "RUN-018",
    source=[REFERENCE.AGEN_FUNCTION, TUTORIAL.S17],
    since="3.6",
    level="detail",
    needs=["stepping", "threads"],
)
def test_passed_from_thread_to_thread():
    """Threads can take turns with one generator, both at a yield and in an ``await``, and the generator keeps its
    state.
    """
    import threading

    threads, results = [], []

    async def agen():
        try:
            threads.append(threading.current_thread())
            received = yield 1
            threads.append(threading.current_thread())
            answer = await suspend("waiting")
            threads.append(threading.current_thread())
            yield [received, answer]
        finally:
            threads.append(threading.current_thread())

    def in_thread(function, argument):
        thread = threading.Thread(target=lambda: results.append(function(argument)))
        thread.start()
        thread.join()

    g = agen()
    in_thread(run, g.__anext__())
    steps = awaiting(g.asend("sent"))
    in_thread(steps.send, None)
    with raises(StopIteration) as stop:
        steps.send("answer")
    in_thread(run, g.aclose())
    count, different = len(threads), len(set(threads))

    assert results == [1, "waiting", None]
    assert stop.value.value == ["sent", "answer"]
    assert [count, different] == [4, 4]


@behaviour("RUN-019", source=[LIBRARY.INSPECT, ISSUE.BPO_30773], since="3.6")
async def test_not_running_after_athrow_before_the_start():
    """``ag_running`` is false after ``athrow()`` into an unstarted generator has raised its exception."""

    async def agen():
        yield 1

    g = agen()
    with raises(KeyError):
        await g.athrow(KeyError())

    assert not g.ag_running


@behaviour("RUN-020", source=[LIBRARY.INSPECT], since="3.6")
async def test_not_running_after_a_refused_value():
    """``ag_running`` is false after ``asend()`` of a value was awaited too early, before the generator had started."""

    entered = []

    async def agen():
        entered.append(True)
        yield 1

    g = agen()
    with raises(TypeError):
        await g.asend("value")

    assert entered == []
    assert not g.ag_running


@behaviour("RUN-021", source=[WHATSNEW.V39, ISSUE.BPO_30773], since="3.8")
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
def test_running_until_the_first_one_ends(operation):
    """``ag_running`` stays true when another operation raises RuntimeError, until the suspended operation has
    completed.
    """

    async def agen():
        await suspend("waiting")
        yield 1

    g = agen()
    under_way = g.__anext__()
    seen = [step(under_way.send, None), g.ag_running]
    seen += [step(operate(g, operation).send, None), g.ag_running]
    seen += [step(under_way.send, None), g.ag_running]

    assert seen == [["suspends", "waiting"], True, ["raises", "RuntimeError"], True, ["returns", 1], False]


@behaviour("RUN-022", source=[LIBRARY.ASYNCIO_DEV, WHATSNEW.V39], since="3.8", level="detail", needs=["asyncio"])
def test_documented_example_of_two_tasks():
    """Of two tasks made of ``asend()`` of one generator whose body suspends, the first one gets the item and the second
    one gets RuntimeError.
    """
    import asyncio

    async def agen():
        while True:
            await asyncio.sleep(0)
            yield 1

    async def main():
        g = agen()
        await g.asend(None)
        tasks = [asyncio.ensure_future(g.asend(None)) for _ in range(2)]
        done = await asyncio.gather(*tasks, return_exceptions=True)
        await tidy(g)
        return done

    first, second = in_loop(main())

    assert first == 1
    assert type(second) is RuntimeError


@behaviour("RUN-023a", source=[ISSUE.BPO_30773, CPYTHON.GENOBJECT, WHATSNEW.V39], since="3.6", until="3.8")
async def test_body_throws_into_itself_in_vain():
    """A body that awaits ``athrow()`` of its own generator gets None, and nothing is thrown."""
    log = []

    async def agen():
        try:
            log.append(await g.athrow(KeyError()))
        except BaseException as error:
            log.append(type(error))
        yield 1

    g = agen()
    item = await g.__anext__()

    assert log == [None]
    assert item == 1


@behaviour("RUN-023b", source=[ISSUE.BPO_30773, CPYTHON.GENOBJECT, WHATSNEW.V39], since="3.9")
async def test_body_throws_into_itself():
    """A body that awaits ``athrow()`` of its own generator gets RuntimeError, nothing is thrown, and the body
    continues.
    """
    log = []

    async def agen():
        try:
            log.append(await g.athrow(KeyError()))
        except BaseException as error:
            log.append(type(error))
        yield 1
        yield 2

    g = agen()
    items = [await g.__anext__(), await g.__anext__()]
    await tidy(g)

    assert log == [RuntimeError]
    assert items == [1, 2]


@behaviour("RUN-024a", source=[ISSUE.BPO_30773, WHATSNEW.V39], since="3.6", until="3.8")
async def test_body_sends_to_itself_and_gets_value_error():
    """A body that awaits ``asend()`` of its own generator gets ValueError, and nothing is sent."""
    log = []

    async def agen():
        try:
            log.append(await g.asend("sent"))
        except BaseException as error:
            log.append(type(error))
        log.append((yield 1))
        yield 2

    g = agen()
    items = [await g.__anext__(), await g.__anext__()]
    await tidy(g)

    assert log == [ValueError, None]
    assert items == [1, 2]


@behaviour("RUN-024b", source=[WHATSNEW.V39, ISSUE.BPO_30773], since="3.9")
async def test_body_sends_to_itself():
    """A body that awaits ``asend()`` of its own generator gets RuntimeError, and nothing is sent."""
    log = []

    async def agen():
        try:
            log.append(await g.asend("sent"))
        except BaseException as error:
            log.append(type(error))
        log.append((yield 1))
        yield 2

    g = agen()
    items = [await g.__anext__(), await g.__anext__()]
    await tidy(g)

    assert log == [RuntimeError, None]
    assert items == [1, 2]


@behaviour(
    "RUN-025",
    source=[REFERENCE.AGEN_ACLOSE, REFERENCE.AGEN_METHODS, PEP525.AGEN_OBJECT, LIBRARY.INSPECT, ISSUE.GH_117881],
    since="3.6",
    allowed=["finished", "not suspended", "not interrupted"],
)
def test_aclose_that_is_interrupted():
    """An exception that is thrown into a body while ``aclose()`` waits in an ``await`` finishes the generator, and
    ``ag_running`` is false after that.
    """
    log = []

    async def agen():
        try:
            yield 1
        finally:
            try:
                await suspend("closing")
            except BaseException as error:
                log.append(type(error))
                raise

    g = agen()
    run(g.__anext__())
    closing = awaiting(g.aclose())
    waiting = step(closing.send, None)
    # Where aclose() does not wait, CLS-004 fails. No document says that the exception reaches the body.
    if waiting != ["suspends", "closing"]:
        return "not suspended"
    interrupted = step(closing.throw, OSError())
    running = g.ag_running
    following = [step(awaiting(g.__anext__()).send, None), step(awaiting(g.aclose()).send, None)]

    if not log:
        return "not interrupted"
    assert interrupted == ["raises", "OSError"]
    assert log == [OSError]
    assert not running
    assert following == [["raises", "StopAsyncIteration"], ["returns", None]]
    return "finished"


@behaviour(
    "RUN-026", source=[REFERENCE.AGEN_ATHROW, REFERENCE.AGEN_METHODS, LIBRARY.INSPECT], since="3.6", needs=["stepping"]
)
def test_athrow_that_is_interrupted():
    """An exception thrown in while ``athrow()`` is suspended in an ``await`` finishes the generator, and
    ``ag_running`` is false after that.
    """
    log = []

    async def agen():
        try:
            yield 1
        except KeyError:
            try:
                await suspend("handling")
            except BaseException as error:
                log.append(type(error))
                raise

    g = agen()
    run(g.__anext__())
    throwing = awaiting(g.athrow(KeyError()))
    waiting = step(throwing.send, None)
    interrupted = step(throwing.throw, OSError())
    running = g.ag_running
    following = [step(awaiting(g.__anext__()).send, None), step(awaiting(g.aclose()).send, None)]

    assert waiting == ["suspends", "handling"]
    assert interrupted == ["raises", "OSError"]
    assert log == [OSError]
    assert not running
    assert following == [["raises", "StopAsyncIteration"], ["returns", None]]


@behaviour("RUN-027", source=[LIBRARY.ASYNCIO_TIMEOUT], since="3.11", needs=["asyncio"])
def test_timeout_around_a_loop():
    """A timeout around ``async for`` raises CancelledError in the ``await`` of the body, and TimeoutError outside of
    the timeout block.
    """
    import asyncio

    log = []

    async def agen():
        yield 1
        try:
            await asyncio.get_running_loop().create_future()
        except BaseException as error:
            log.append(type(error))
            raise

    async def main():
        g = agen()
        try:
            async with asyncio.timeout(0):
                async for item in g:
                    log.append(item)
        except TimeoutError:
            log.append("timeout")
        with raises(StopAsyncIteration):
            await g.__anext__()
        log.append("finished")

    in_loop(main())

    assert log == [1, asyncio.CancelledError, "timeout", "finished"]


@behaviour("RUN-028a", source=[ISSUE.BPO_30773, WHATSNEW.V39], since="3.6", until="3.8")
def test_second_one_takes_the_answer_of_the_first():
    """A second ``__anext__()`` that overlaps with the first one resumes the ``await`` of the body with None."""
    log = []

    async def agen():
        log.append(await suspend("waiting"))
        yield 1
        yield 2

    g = agen()
    first, second = g.__anext__(), g.__anext__()
    steps = [step(first.send, None), step(second.send, None), step(first.send, "answer")]

    assert steps == [["suspends", "waiting"], ["returns", 1], ["returns", 2]]
    assert log == [None]


@behaviour("RUN-028b", source=[WHATSNEW.V39, ISSUE.BPO_30773], since="3.9")
def test_second_one_never_takes_the_answer_of_the_first():
    """A second ``__anext__()`` that overlaps with the first one does not resume the body, which gets the answer sent to
    the first one.
    """
    log = []

    async def agen():
        log.append(await suspend("waiting"))
        yield 1
        yield 2

    g = agen()
    first, second = g.__anext__(), g.__anext__()
    steps = [step(first.send, None), step(second.send, None), step(first.send, "answer")]

    assert steps == [["suspends", "waiting"], ["raises", "RuntimeError"], ["returns", 1]]
    assert log == ["answer"]


@behaviour("RUN-029a", source=[CPYTHON.GENOBJECT, WHATSNEW.V39], since="3.6", until="3.8")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
@pytest.mark.parametrize("method", ["send", "next"], ids=["send", "next"])
async def test_body_steps_its_own_item_and_gets_value_error(method, operation):
    """A body that drives an ``__anext__()`` or ``asend()`` awaitable of its own generator gets ValueError and
    continues.
    """
    log = []

    async def agen():
        own = operate(g, operation)
        log.append(step(own.__next__) if method == "next" else step(own.send, None))
        log.append((yield 1))
        yield 2

    g = agen()
    items = [await g.__anext__(), await g.__anext__()]
    await tidy(g)

    assert log == [["raises", "ValueError"], None]
    assert items == [1, 2]


@behaviour("RUN-029b", source=[ISSUE.BPO_30773, CPYTHON.GENOBJECT, WHATSNEW.V39], since="3.9")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
@pytest.mark.parametrize("method", ["send", "next"], ids=["send", "next"])
async def test_body_steps_its_own_item(method, operation):
    """A body that drives an ``__anext__()`` or ``asend()`` awaitable of its own generator gets RuntimeError each
    time.
    """
    log = []

    async def agen():
        own = operate(g, operation)
        for _ in range(2):
            log.append(step(own.__next__) if method == "next" else step(own.send, None))
            log.append(g.ag_running)
        log.append((yield 1))
        yield 2

    g = agen()
    items = [await g.__anext__(), await g.__anext__()]
    await tidy(g)

    assert log == [["raises", "RuntimeError"], True, ["raises", "RuntimeError"], True, None]
    assert items == [1, 2]


@behaviour("RUN-030a", source=[CPYTHON.GENOBJECT, WHATSNEW.V39], since="3.6", until="3.8")
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
@pytest.mark.parametrize("method", ["send", "next"], ids=["send", "next"])
async def test_body_steps_its_own_end_in_vain(method, operation):
    """An ``athrow()`` or ``aclose()`` awaitable that the body of its own generator drives returns None, and the body
    continues.
    """
    log = []

    async def agen():
        own = operate(g, operation)
        log.append(step(own.__next__) if method == "next" else step(own.send, None))
        log.append((yield 1))
        yield 2

    g = agen()
    items = [await g.__anext__(), await g.__anext__()]
    await tidy(g)

    assert log == [["returns", None], None]
    assert items == [1, 2]


@behaviour("RUN-030b", source=[CPYTHON.GENOBJECT, WHATSNEW.V39], since="3.9")
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
@pytest.mark.parametrize("method", ["send", "next"], ids=["send", "next"])
async def test_body_steps_its_own_end(method, operation):
    """A body that drives an ``athrow()`` or ``aclose()`` awaitable of its own generator gets RuntimeError each time."""
    log = []

    async def agen():
        own = operate(g, operation)
        for _ in range(2):
            log.append(step(own.__next__) if method == "next" else step(own.send, None))
            log.append(g.ag_running)
        log.append((yield 1))
        yield 2

    g = agen()
    items = [await g.__anext__(), await g.__anext__()]
    await tidy(g)

    assert log == [["raises", "RuntimeError"], True, ["raises", "RuntimeError"], True, None]
    assert items == [1, 2]


@behaviour("RUN-031b", source=[ISSUE.GH_117881, WHATSNEW.V39], since="3.9")
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
async def test_body_throws_by_hand(operation):
    """A body that calls ``throw()`` of an awaitable of its own generator gets RuntimeError, nothing is thrown, and the
    body continues.
    """
    log = []

    async def agen():
        own = operate(g, operation)
        log.append(step(own.throw, KeyError()))
        log.append(g.ag_running)
        log.append(step(own.send, None))
        log.append((yield 1))
        yield 2

    g = agen()
    items = [await g.__anext__(), await g.__anext__()]
    await tidy(g)

    assert log == [["raises", "RuntimeError"], True, ["raises", "RuntimeError"], None]
    assert items == [1, 2]


@behaviour("RUN-032b", source=[ISSUE.GH_117714, WHATSNEW.V39], since="3.9")
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
async def test_body_is_refused_to_close_an_awaitable_of_its_own(operation):
    """A body that calls ``close()`` of an awaitable of its own generator gets RuntimeError, is not closed and
    continues.
    """
    log = []

    async def agen():
        own = operate(g, operation)
        log.append(step(own.close))
        log.append(g.ag_running)
        log.append(step(own.send, None))
        log.append((yield 1))
        yield 2

    g = agen()
    items = [await g.__anext__(), await g.__anext__()]
    await tidy(g)

    assert log == [["raises", "RuntimeError"], True, ["raises", "RuntimeError"], None]
    assert items == [1, 2]


@behaviour("RUN-033", source=[ISSUE.BPO_30773, CPYTHON.GENOBJECT], since="3.10", needs=["threads"])
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_other_thread_cannot_end_it_while_the_body_runs(operation):
    """``athrow()`` and ``aclose()`` raise RuntimeError while another thread runs the body, and have no other effect."""
    import threading

    entered, leave = threading.Event(), threading.Event()
    items = []

    async def agen():
        entered.set()
        leave.wait(5)
        yield 1
        yield 2

    g = agen()
    thread = threading.Thread(target=lambda: items.append(run(g.__anext__())))
    thread.start()
    entered.wait(5)
    try:
        refused = step(operate(g, operation).send, None)
    finally:
        leave.set()
        thread.join()
    following = step(g.__anext__().send, None)

    assert refused == ["raises", "RuntimeError"]
    assert items == [1]
    assert following == ["returns", 2]
