"""The awaitables of __anext__, asend, athrow and aclose, driven by hand."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import raises, run, suspend
from conformance.sources import CPYTHON, ISSUE, PEP525, REFERENCE, TUTORIAL


@behaviour("AWT-002", source=[PEP525.IMPLEMENTATION], since="3.6")
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
def test_await_method_returns_the_awaitable(operation):
    """``__await__()`` of the awaitable of each operation returns that very awaitable, and runs nothing."""
    log = []

    async def agen():
        try:
            log.append((yield 1))
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    run(g.__anext__())
    awaitable, arrives, outcome = {
        "anext": lambda: [g.__anext__(), None, StopAsyncIteration],
        "asend": lambda: [g.asend("sent"), "sent", StopAsyncIteration],
        "athrow": lambda: [g.athrow(KeyError()), KeyError, KeyError],
        "aclose": lambda: [g.aclose(), GeneratorExit, StopIteration],
    }[operation]()
    returned = [awaitable.__await__(), awaitable.__await__()]
    before = list(log)
    with raises(outcome):
        awaitable.send(None)

    assert returned[0] is awaitable
    assert returned[1] is awaitable
    assert before == []
    assert log == [arrives]


@behaviour("AWT-004", source=[PEP525.IMPLEMENTATION, PEP525.ASEND_ATHROW], since="3.6")
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
def test_send_and_throw(operation):
    """By ``send()`` and ``throw()`` of the awaitable of each operation its driver answers what the body awaits."""
    log = []
    error = OSError()

    async def agen():
        try:
            yield 1
        finally:
            try:
                log.append(await suspend("first wait"))
                log.append(await suspend("second wait"))
            except OSError as caught:
                log.append(caught)
            await suspend("third wait")

    g = agen()
    run(g.__anext__())
    awaitable, outcome = {
        "anext": lambda: [g.__anext__(), StopAsyncIteration],
        "asend": lambda: [g.asend("sent"), StopAsyncIteration],
        "athrow": lambda: [g.athrow(KeyError()), KeyError],
        "aclose": lambda: [g.aclose(), StopIteration],
    }[operation]()
    waits = [awaitable.send(None), awaitable.send("answer"), awaitable.throw(error)]
    with raises(outcome):
        awaitable.send(None)

    assert waits == ["first wait", "second wait", "third wait"]
    assert log == ["answer", error]


@behaviour("AWT-008", source=[ISSUE.BPO_39386, CPYTHON.TEST_ASYNCGEN], since="3.7")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
async def test_awaited_again(operation):
    """An awaitable that has given its item raises RuntimeError when awaited again, and the body does not go on."""
    log = []

    async def agen():
        log.append((yield 1))
        log.append((yield 2))
        log.append((yield 3))

    g = agen()
    await g.__anext__()
    awaitable = g.__anext__() if operation == "anext" else g.asend("sent")
    item = await awaitable
    with raises(RuntimeError):
        await awaitable
    seen = list(log)
    following = await g.__anext__()

    assert item == 2
    assert seen == [None if operation == "anext" else "sent"]
    assert following == 3


@behaviour("AWT-013", source=[PEP525.ASEND_ATHROW, CPYTHON.TEST_ASYNCGEN, TUTORIAL.S12], since="3.6")
def test_first_send_brings_a_value_to_the_yield():
    """A value given to the first ``send()`` of an ``__anext__()`` awaitable becomes the result of the pending yield."""
    received = []

    async def agen():
        received.append((yield 1))
        received.append((yield 2))
        yield 3

    g = agen()
    run(g.__anext__())
    steps = g.__anext__().__await__()
    with raises(StopIteration) as stop:
        steps.send("sent")
    following = run(g.__anext__())

    assert stop.value.value == 2
    assert following == 3
    assert received == ["sent", None]


@behaviour("AWT-017", source=[PEP525.ASEND_ATHROW], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_throw_before_the_first_step(operation):
    """``throw()`` on an awaitable not driven yet raises at the pending yield and completes with the next item."""
    log = []
    error = KeyError("thrown")

    async def agen():
        try:
            log.append((yield 1))
        except KeyError as caught:
            log.append(caught)
        yield 2
        yield 3

    g = agen()
    run(g.__anext__())
    steps = (g.__anext__() if operation == "anext" else g.asend("never sent")).__await__()
    with raises(StopIteration) as stop:
        steps.throw(error)
    following = run(g.__anext__())

    assert log == [error]
    assert stop.value.value == 2
    assert following == 3


@behaviour("AWT-018", source=[PEP525.ASEND_ATHROW, REFERENCE.AGEN_ATHROW], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_throw_into_unstarted(operation):
    """``throw()`` on the awaitable that would start a generator raises right out of it, and ends it unentered."""
    entered = []
    error = KeyError("thrown")

    async def agen():
        entered.append(True)
        try:
            yield 1
        except KeyError:
            yield 2

    g = agen()
    steps = (g.__anext__() if operation == "anext" else g.asend(None)).__await__()
    with raises(KeyError) as caught:
        steps.throw(error)
    with raises(StopAsyncIteration):
        run(g.__anext__())

    assert caught.value is error
    assert entered == []


@behaviour("AWT-026", source=[REFERENCE.AWAIT, PEP525.ASEND_ATHROW, REFERENCE.AGEN_FUNCTION], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_throw_while_the_body_waits(operation):
    """``throw()`` while the body waits raises at that ``await``; if handled, the awaitable goes on from there."""
    log = []
    error = KeyError("thrown")

    async def agen():
        try:
            log.append((yield 1))
            try:
                log.append(await suspend("first wait"))
            except KeyError as caught:
                log.append(caught)
            log.append(await suspend("second wait"))
            yield 2
        except KeyError:
            log.append("at the yield")

    g = agen()
    run(g.__anext__())
    steps = (g.__anext__() if operation == "anext" else g.asend("sent")).__await__()
    waits = [steps.send(None), steps.throw(error)]
    with raises(StopIteration) as stop:
        steps.send("answer")
    seen = list(log)

    assert waits == ["first wait", "second wait"]
    assert seen == [None if operation == "anext" else "sent", error, "answer"]
    assert stop.value.value == 2


@behaviour("AWT-028", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_close_before_the_start(operation):
    """``close()`` on the awaitable that would start a generator returns None, and ends the generator unentered."""
    entered = []

    async def agen():
        entered.append(True)
        yield 1

    g = agen()
    steps = (g.__anext__() if operation == "anext" else g.asend(None)).__await__()
    closed = steps.close()
    with raises(StopAsyncIteration):
        run(g.__anext__())

    assert closed is None
    assert entered == []
