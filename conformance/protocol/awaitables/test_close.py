"""AWT: ``close()`` before the first step, in an ``await`` and after the end, and the steps that follow it."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import operate, raises, run, step, suspend
from conformance.protocol.awaitables.parameters import each_operation
from conformance.sources import CPYTHON, ISSUE


@behaviour("AWT-028a", source=[ISSUE.GH_117714], since="3.6", until="3.12")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_close_before_the_start_does_nothing(operation):
    """``close()`` on an awaitable that would start a generator returns None, and another awaitable can start the
    generator after that.
    """
    entered = []

    async def agen():
        entered.append(True)
        yield 1

    g = agen()
    awaitable = g.__anext__() if operation == "anext" else g.asend(None)
    closed = awaitable.close()
    seen = list(entered)
    following = step(g.__anext__().send, None)

    assert closed is None
    assert seen == []
    assert following == ["returns", 1]
    assert entered == [True]


@behaviour("AWT-028b", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
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


@behaviour("AWT-029a", source=[ISSUE.GH_117714], since="3.6", until="3.12")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_close_before_the_first_step_does_nothing(operation):
    """``close()`` on an ``__anext__()`` or ``asend()`` awaitable before its first step does nothing to the suspended
    body.
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
    steps = (g.__anext__() if operation == "anext" else g.asend("never sent")).__await__()
    closed = steps.close()
    seen = list(log)
    following = step(g.asend("next").send, None)
    received = list(log)

    assert closed is None
    assert seen == []
    assert following == ["returns", 2]
    assert received == ["next"]


@behaviour("AWT-029b", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_close_before_the_first_step(operation):
    """``close()`` on an ``__anext__()`` or ``asend()`` awaitable before its first step raises GeneratorExit at the
    yield.
    """
    log = []

    async def agen():
        try:
            log.append((yield 1))
        except BaseException as error:
            log.append(type(error))
            raise
        finally:
            log.append("finally")

    g = agen()
    run(g.__anext__())
    steps = (g.__anext__() if operation == "anext" else g.asend("never sent")).__await__()
    closed = steps.close()
    seen = list(log)
    running = g.ag_running
    following = step(g.__anext__().send, None)

    assert closed is None
    assert seen == [GeneratorExit, "finally"]
    assert running is False
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-030a", source=[ISSUE.GH_117714], since="3.6", until="3.7")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_closed_while_the_body_waits_and_resumed(operation):
    """``close()`` on an awaitable suspended in an ``await`` raises nothing in the body, and another awaitable can
    resume the body there.
    """
    log = []

    async def agen():
        try:
            yield 1
            log.append(await suspend("waiting"))
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation).__await__()
    steps.send(None)
    closed = steps.close()
    seen = list(log)
    following = step(g.__anext__().send, None)

    assert closed is None
    assert seen == []
    assert following == ["returns", 2]
    assert log == [None]


@behaviour("AWT-030b", source=[ISSUE.GH_117714], since="3.8", until="3.12")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_closed_while_the_body_waits_and_stuck(operation):
    """``close()`` on an awaitable suspended in an ``await`` raises nothing in the body, and no other awaitable can
    resume the body.
    """
    log = []

    async def agen():
        try:
            yield 1
            log.append(await suspend("waiting"))
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation).__await__()
    steps.send(None)
    closed = steps.close()
    refused = [step(g.__anext__().send, None), step(g.aclose().send, None), step(steps.send, None)]
    running = g.ag_running
    seen = list(log)

    assert closed is None
    assert refused == [["raises", "RuntimeError"]] * 3
    assert running is True
    assert seen == []


@behaviour("AWT-030c", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_close_while_the_body_waits(operation):
    """``close()`` on an awaitable suspended in an ``await`` raises GeneratorExit there, which finishes the
    generator.
    """
    log = []

    async def agen():
        try:
            yield 1
            log.append(await suspend("waiting"))
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation).__await__()
    steps.send(None)
    closed = steps.close()
    seen = list(log)
    running = g.ag_running
    following = step(g.__anext__().send, None)

    assert closed is None
    assert seen == [GeneratorExit]
    assert running is False
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-031a", source=[ISSUE.GH_117714], since="3.6", until="3.12")
@pytest.mark.parametrize("started", [True, False], ids=["started", "unstarted"])
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_close_of_athrow_or_aclose_does_nothing(operation, started):
    """``close()`` on an ``athrow()`` or ``aclose()`` awaitable before its first step leaves the generator as it is."""
    log = []

    async def agen():
        try:
            yield 1
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    if started:
        run(g.__anext__())
    steps = operate(g, operation).__await__()
    closed = steps.close()
    seen = list(log)
    following = step(g.__anext__().send, None)

    assert closed is None
    assert seen == []
    assert following == ["returns", 2 if started else 1]


@behaviour("AWT-031b", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
@pytest.mark.parametrize("started", [True, False], ids=["started", "unstarted"])
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_close_of_athrow_or_aclose(operation, started):
    """``close()`` on an ``athrow()`` or ``aclose()`` awaitable before its first step closes the generator with
    GeneratorExit.
    """
    log = []

    async def agen():
        try:
            yield 1
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    if started:
        run(g.__anext__())
    steps = operate(g, operation).__await__()
    closed = steps.close()
    seen = list(log)
    running = g.ag_running
    following = step(g.__anext__().send, None)

    assert closed is None
    assert seen == ([GeneratorExit] if started else [])
    assert running is False
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-032a", source=[ISSUE.GH_117714], since="3.6", until="3.7")
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_closed_in_the_cleanup_and_resumed(operation):
    """``close()`` on an ``athrow()`` or ``aclose()`` awaitable suspended in an ``await`` raises nothing in the body,
    and another awaitable can resume the body there.
    """
    log = []

    async def agen():
        try:
            yield 1
        finally:
            try:
                log.append(await suspend("cleanup"))
            except BaseException as error:
                log.append(type(error))
                raise

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation).__await__()
    steps.send(None)
    closed = steps.close()
    seen = list(log)
    following = step(g.__anext__().send, None)

    assert closed is None
    assert seen == []
    assert following == ["raises", "KeyError" if operation == "athrow" else "GeneratorExit"]
    assert log == [None]


@behaviour("AWT-032b", source=[ISSUE.GH_117714], since="3.8", until="3.12")
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_closed_in_the_cleanup_and_stuck(operation):
    """``close()`` on an ``athrow()`` or ``aclose()`` awaitable suspended in an ``await`` raises nothing in the body,
    and no other awaitable can resume the body.
    """
    log = []

    async def agen():
        try:
            yield 1
        finally:
            try:
                log.append(await suspend("cleanup"))
            except BaseException as error:
                log.append(type(error))
                raise

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation).__await__()
    steps.send(None)
    closed = steps.close()
    refused = [step(g.__anext__().send, None), step(g.aclose().send, None), step(steps.send, None)]
    running = g.ag_running
    seen = list(log)

    assert closed is None
    assert refused == [["raises", "RuntimeError"]] * 3
    assert running is True
    assert seen == []


@behaviour("AWT-032c", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_close_in_the_cleanup(operation):
    """``close()`` on an ``athrow()`` or ``aclose()`` awaitable suspended in an ``await`` of the body raises a new
    GeneratorExit there.
    """
    log = []

    async def agen():
        try:
            yield 1
        except BaseException as first:
            try:
                log.append(await suspend("cleanup"))
            except BaseException as second:
                log.append([type(first), type(second), second is first])
                raise

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation).__await__()
    steps.send(None)
    closed = steps.close()
    seen = list(log)
    running = g.ag_running
    following = step(g.__anext__().send, None)

    assert closed is None
    assert seen == [[KeyError if operation == "athrow" else GeneratorExit, GeneratorExit, False]]
    assert running is False
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-033a", source=[ISSUE.GH_117714], since="3.6", until="3.12")
@each_operation
def test_closed_though_the_body_would_wait_again(operation):
    """``close()`` on a suspended awaitable raises nothing in the body and returns None, even if the body would answer
    GeneratorExit with another ``await``.
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
                await suspend("ignored")

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation)
    steps.send(None)
    closed = steps.close()
    seen = list(log)

    assert closed is None
    assert seen == []


@behaviour("AWT-033b", source=[ISSUE.GH_117714, CPYTHON.TEST_ASYNCGEN], since="3.13")
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


@behaviour("AWT-034", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
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


@behaviour("AWT-035", source=[CPYTHON.GENOBJECT], since="3.6")
@each_operation
def test_close_of_a_completed_one(operation):
    """``close()`` on an awaitable that has completed returns None every time and does nothing to the generator."""
    log = []

    async def agen():
        try:
            yield 1
        except KeyError:
            pass
        try:
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise
        yield 3

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation)
    completed = step(steps.send, None)
    closed = [steps.close(), steps.close()]
    following = step(g.__anext__().send, None)

    assert completed == ["returns", None if operation == "aclose" else 2]
    assert closed == [None, None]
    assert following == (["raises", "StopAsyncIteration"] if operation == "aclose" else ["returns", 3])
    assert log == []


@behaviour("AWT-036a", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6", until="3.6")
@each_operation
def test_send_after_close_returns_none(operation):
    """``send()`` on an awaitable that was closed returns None every time and does nothing to the generator."""
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
    outcomes = [step(steps.send, None), step(steps.send, None)]
    seen = list(log)
    following = step(g.__anext__().send, None)

    assert outcomes == [["returns", None], ["returns", None]]
    assert seen == []
    assert following == ["returns", 2]


@behaviour("AWT-036b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.7")
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


@behaviour("AWT-085a", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6", until="3.6")
@each_operation
def test_closed_in_an_await_returns_none(operation):
    """An awaitable that was closed while it was suspended returns None from then on, and the body stays suspended."""
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
    outcomes = [step(awaitable.send, "answer"), awaitable.close(), step(awaitable.send, "answer")]
    seen = list(log)

    assert outcomes == [["returns", None], None, ["returns", None]]
    assert seen == []


@behaviour("AWT-085b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.7")
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


@behaviour("AWT-086", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
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


@behaviour("AWT-087", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
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
