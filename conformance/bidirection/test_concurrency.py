"""Operations that overlap, and what tells that one is under way."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import raises, run, suspend
from conformance.sources import CPYTHON, ISSUE, LIBRARY, REFERENCE, TUTORIAL, WHATSNEW


@behaviour("RUN-001", source=[LIBRARY.ASYNCIO_DEV, WHATSNEW.V39, ISSUE.BPO_30773], since="3.8")
@pytest.mark.parametrize("second", ["anext", "asend"], ids=["anext", "asend"])
@pytest.mark.parametrize("first", ["anext", "asend"], ids=["anext", "asend"])
def test_next_item_while_one_is_under_way(first, second):
    """While ``__anext__()`` or ``asend()`` is suspended in an ``await``, awaiting another one raises RuntimeError."""
    log = []

    async def agen():
        log.append((yield 1))
        log.append(await suspend("waiting"))
        yield 2

    g = agen()
    run(g.__anext__())
    under_way = (g.__anext__() if first == "anext" else g.asend("first")).__await__()
    waiting = under_way.send(None)
    refused = (g.__anext__() if second == "anext" else g.asend("second")).__await__()
    with raises(RuntimeError):
        refused.send(None)
    seen = list(log)

    assert waiting == "waiting"
    assert seen == [None if first == "anext" else "first"]


@behaviour("RUN-003", source=[LIBRARY.ASYNCIO_DEV, WHATSNEW.V39, ISSUE.BPO_30773], since="3.8")
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
def test_refusal_disturbs_nothing(operation):
    """After another operation was refused, the one under way gets its answer and its item, and the rest follow."""
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
    calls = {
        "anext": g.__anext__,
        "asend": lambda: g.asend("sent"),
        "athrow": lambda: g.athrow(ValueError),
        "aclose": g.aclose,
    }
    under_way = g.__anext__().__await__()
    waits = [under_way.send(None)]
    with raises(RuntimeError):
        calls[operation]().__await__().send(None)
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
    """A body that awaits its own ``__anext__()`` gets a RuntimeError at that ``await``, and can go on from there."""
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


@behaviour("RUN-005", source=[REFERENCE.AGEN_METHODS, ISSUE.BPO_30773], since="3.6")
def test_calls_while_an_item_is_under_way():
    """While an operation is suspended in an ``await``, others can be called, to be awaited once it is over."""
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
    under_way = g.__anext__().__await__()
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


@behaviour("RUN-008", source=[WHATSNEW.V39, ISSUE.BPO_30773], since="3.8")
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
def test_running_in_an_await(operation):
    """``ag_running`` is true while an operation is suspended in an ``await``, and false once it is over, or before."""

    async def agen():
        try:
            yield 1
        except BaseException:
            await suspend("caught")
            raise
        await suspend("resumed")
        yield 2

    g = agen()
    idle = [g.ag_running]
    run(g.__anext__())
    idle.append(g.ag_running)
    calls = {
        "anext": g.__anext__,
        "asend": lambda: g.asend("sent"),
        "athrow": lambda: g.athrow(ValueError),
        "aclose": g.aclose,
    }
    steps = calls[operation]().__await__()
    idle.append(g.ag_running)
    waiting = steps.send(None)
    in_await = g.ag_running
    with raises(ValueError if operation == "athrow" else StopIteration):
        steps.send(None)
    idle.append(g.ag_running)

    assert waiting == ("resumed" if operation in ("anext", "asend") else "caught")
    assert in_await
    assert idle == [False, False, False, False]


@behaviour("RUN-018", source=[REFERENCE.AGEN_FUNCTION, TUTORIAL.S17], since="3.6", needs=["threads"])
def test_passed_from_thread_to_thread():
    """Threads can take turns with one generator, at a yield as well as in an ``await``: it keeps its state."""
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
    steps = g.asend("sent").__await__()
    in_thread(steps.send, None)
    with raises(StopIteration) as stop:
        steps.send("answer")
    in_thread(run, g.aclose())
    count, different = len(threads), len(set(threads))

    assert results == [1, "waiting", None]
    assert stop.value.value == ["sent", "answer"]
    assert [count, different] == [4, 4]
