"""AWT: ``close()`` before the first step, in an ``await`` and after the end, and the steps that follow it."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import operate, raises, run, step, suspend
from conformance.protocol.awaitables.parameters import each_operation
from conformance.sources import CPYTHON, ISSUE


@behaviour("AWT-028b", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_close_before_the_start(operation):
    """``close()`` on an awaitable that would start a generator returns None and finishes the generator without entering
    the body.
    """
    entered = []

    async def agen():
        entered.append(True)
        yield 1

    g = agen()
    awaitable = g.__anext__() if operation == "anext" else g.asend(None)
    closed = awaitable.close()
    following = step(g.__anext__().send, None)

    assert closed is None
    assert entered == []
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-031b", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_close_of_athrow_or_aclose_before_the_start(operation):
    """``close()`` on an ``athrow()`` or ``aclose()`` awaitable of a generator that has not started finishes the
    generator without entering the body.
    """
    entered = []

    async def agen():
        entered.append(True)
        yield 1

    g = agen()
    closed = operate(g, operation).close()
    running = g.ag_running
    following = step(g.__anext__().send, None)

    assert closed is None
    assert entered == []
    assert running is False
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-033b", source=[ISSUE.GH_117714, CPYTHON.TEST_ASYNCGEN], since="3.6")
@each_operation
def test_close_is_answered_by_waiting_again(operation):
    """``close()`` raises RuntimeError if the body answers GeneratorExit by suspending in another ``await``, from which
    the awaitable can continue.
    """
    log = []

    async def agen():
        try:
            yield 1
        finally:
            try:
                await suspend("waiting")
            except GeneratorExit:
                log.append("GeneratorExit")
                answer = await suspend("ignored")
                log.append(answer)
            log.append("finally ends")
        yield 2

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation)
    outcome = {"athrow": ["raises", "KeyError"], "aclose": ["returns", None]}.get(operation, ["returns", 2])
    steps.send(None)
    with raises(RuntimeError):
        steps.close()
    seen = list(log)
    running = g.ag_running
    ending = step(steps.send, "answer")

    assert seen == ["GeneratorExit"]
    assert running is True
    assert ending == outcome
    assert log == ["GeneratorExit", "answer", "finally ends"]


@behaviour("AWT-034", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("state", ["at-yield", "in-await"], ids=["at-yield", "in-await"])
@pytest.mark.parametrize("operation", ["anext", "asend", "athrow"], ids=["anext", "asend", "athrow"])
def test_close_is_answered_by_a_yield(operation, state):
    """If the body answers the GeneratorExit of ``close()`` with a yield, the yielded value is lost, and the body can be
    resumed.
    """
    log = []

    async def agen():
        try:
            try:
                yield 1
            except KeyError:
                pass
            await suspend("waiting")
        except GeneratorExit:
            log.append("GeneratorExit")
            log.append((yield "lost"))
        yield 3

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation)
    if state == "in-await":
        steps.send(None)
    closed = steps.close()
    seen = list(log)
    running = g.ag_running
    following = [step(steps.send, None), step(g.asend("goes on").send, None)]

    assert closed is None
    assert seen == ["GeneratorExit"]
    assert running is False
    assert following == [["raises", "RuntimeError"], ["returns", 3]]
    assert log == ["GeneratorExit", "goes on"]


@behaviour("AWT-036b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6")
@each_operation
def test_send_after_close(operation):
    """``send()`` on an awaitable that was closed raises RuntimeError every time and neither sends nor throws
    anything.
    """
    log = []

    async def agen():
        try:
            log.append((yield 1))
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation)
    steps.close()
    before = list(log)
    outcomes = [step(steps.send, None), step(steps.send, None)]
    after = list(log)

    assert outcomes == [["raises", "RuntimeError"], ["raises", "RuntimeError"]]
    assert after == before


@behaviour("AWT-085b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6")
@each_operation
def test_closed_in_an_await_is_spent(operation):
    """An awaitable that was closed while it was suspended raises RuntimeError from then on, but can be closed again."""
    log = []

    async def agen():
        try:
            yield 1
        except (KeyError, GeneratorExit):
            pass
        log.append(await suspend("waiting"))

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    awaitable.send(None)
    awaitable.close()
    outcomes = [step(awaitable.send, "answer"), step(awaitable.throw, OSError()), step(awaitable.send, None)]
    closed = awaitable.close()
    seen = list(log)

    assert outcomes == [["raises", "RuntimeError"]] * 3
    assert closed is None
    assert seen == []


@behaviour("AWT-086", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("state", ["at-yield", "in-await"], ids=["at-yield", "in-await"])
def test_close_of_aclose_is_answered_by_a_yield(state):
    """``close()`` on an ``aclose()`` awaitable raises RuntimeError if the body yields, and later steps of the awaitable
    raise RuntimeError too.
    """
    log = []

    async def agen():
        try:
            try:
                yield 1
            except GeneratorExit:
                if state == "in-await":
                    await suspend("waiting")
                raise
        except GeneratorExit:
            log.append("GeneratorExit")
            log.append((yield "ignored"))
        yield 2

    g = agen()
    run(g.__anext__())
    awaitable = g.aclose()
    if state == "in-await":
        awaitable.send(None)
    with raises(RuntimeError):
        awaitable.close()
    seen = list(log)
    running = g.ag_running
    again = [step(awaitable.send, None), ["returns", awaitable.close()]]
    following = step(g.asend("goes on").send, None)

    assert seen == ["GeneratorExit"]
    assert running is False
    assert again == [["raises", "RuntimeError"], ["returns", None]]
    assert following == ["returns", 2]
    assert log == ["GeneratorExit", "goes on"]


@behaviour("AWT-087", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("state", ["at-yield", "in-await"], ids=["at-yield", "in-await"])
@each_operation
def test_close_is_answered_by_an_error(operation, state):
    """Another exception that the body raises in answer to ``close()`` is raised by ``close()``, and the awaitable and
    the generator are finished.
    """
    log = []
    failure = OSError("body")

    async def agen():
        try:
            try:
                yield 1
            except (KeyError, GeneratorExit):
                if state == "at-yield":
                    raise
            await suspend("waiting")
        except GeneratorExit:
            log.append("GeneratorExit")
            raise failure

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    if state == "in-await":
        awaitable.send(None)
    with raises(OSError) as caught:
        awaitable.close()
    running = g.ag_running
    again = [step(awaitable.send, None), ["returns", awaitable.close()]]
    following = step(g.__anext__().send, None)

    assert caught.value is failure
    assert log == ["GeneratorExit"]
    assert running is False
    assert again == [["raises", "RuntimeError"], ["returns", None]]
    assert following == ["raises", "StopAsyncIteration"]
