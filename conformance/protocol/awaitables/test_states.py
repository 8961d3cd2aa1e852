"""AWT: the table of states, which has the effect of each method on an awaitable in each state."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import awaiting, operate, run, step, suspend
from conformance.protocol.awaitables.parameters import ALL, END, FIRST, NOTHING, REFUSED, SECOND, part
from conformance.sources import CPYTHON, ISSUE, PEP492, PEP525, PEPS, REFERENCE, TUTORIAL

REUSES = "send send-value throw next await"

#: The table: the effect of each method of an awaitable in each state of the awaitable. The key of a row is (operations,
#: state, methods, behaviour that shows it). Its value is (outcome, values and exceptions that the body sees, effect of
#: ``__anext__()`` after it). The generator is suspended at its first yield when the awaitable is created. The awaitable
#: is then new, suspended in an ``await`` of the body, finished with its result, or closed before its first step. Each
#: behaviour below shows a part of the table, because the parts have different sources.
TABLE = {
    ("anext", "new", "send next await", "AWT-057"): (FIRST, ["got None"], SECOND),
    ("asend", "new", "send next await", "AWT-057"): (FIRST, ["got 'sent'"], SECOND),
    ("athrow", "new", "send next await", "AWT-057"): (FIRST, ["KeyError"], SECOND),
    ("aclose", "new", "send next await", "AWT-057"): (NOTHING, ["GeneratorExit"], END),
    ("anext asend", "new", "send-value", "AWT-059"): (FIRST, ["got 'given'"], SECOND),
    ("athrow aclose", "new", "send-value", "AWT-059"): (REFUSED, [], FIRST),
    ("anext asend athrow", "new", "throw", "AWT-058"): (FIRST, ["ValueError"], SECOND),
    ("aclose", "new", "throw", "AWT-060"): (REFUSED, ["ValueError"], SECOND),
    (ALL, "new", "close", "AWT-061b"): (NOTHING, ["GeneratorExit"], END),
    ("anext asend athrow", "suspended", "send next", "AWT-062"): (FIRST, ["got None"], SECOND),
    ("anext asend athrow", "suspended", "await", "AWT-004"): (FIRST, ["got None"], SECOND),
    ("anext asend athrow", "suspended", "send-value", "AWT-062"): (FIRST, ["got 'given'"], SECOND),
    ("aclose", "suspended", "send next", "AWT-062"): (NOTHING, ["got None"], END),
    ("aclose", "suspended", "await", "AWT-004"): (NOTHING, ["got None"], END),
    ("aclose", "suspended", "send-value", "AWT-062"): (NOTHING, ["got 'given'"], END),
    (ALL, "suspended", "throw", "AWT-062"): (["raises", "ValueError"], ["ValueError"], END),
    (ALL, "suspended", "close", "AWT-063c"): (NOTHING, ["GeneratorExit"], END),
    ("anext asend", "finished", REUSES, "AWT-064b"): (REFUSED, [], SECOND),
    ("aclose", "finished", REUSES, "AWT-064b"): (REFUSED, [], END),
    ("athrow", "finished", REUSES, "AWT-065b"): (REFUSED, [], SECOND),
    ("anext asend athrow", "finished", "close", "AWT-066"): (NOTHING, [], SECOND),
    ("aclose", "finished", "close", "AWT-066"): (NOTHING, [], END),
    (ALL, "closed", REUSES, "AWT-067c"): (REFUSED, [], END),
    (ALL, "closed", "close", "AWT-068b"): (NOTHING, [], END),
}


@behaviour("AWT-004", source=[PEP525.IMPLEMENTATION, PEP525.ASEND_ATHROW], since="3.6")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, "AWT-004"),
)
def test_await_of_a_suspended_one(operation, state, method, outcome, body, following):
    """``send()`` and ``throw()`` of an awaitable pass a value or an exception to the ``await`` at which the body is
    suspended, and a coroutine that awaits the awaitable then continues it.
    """
    log, answers = [], []
    error = OSError()

    async def agen():
        try:
            try:
                yield "first"
            except KeyError:
                pass
        finally:
            try:
                answers.append(await suspend("first wait"))
                await suspend("second wait")
            except OSError as caught:
                answers.append(caught)
            value = await suspend("third wait")
            log.append("got %r" % value)
        yield "item 1"
        yield "item 2"

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    waits = [awaitable.send(None), awaitable.send("answer"), awaitable.throw(error)]
    seen = step(awaiting(awaitable).send, None)
    seen_by_body = list(log)

    assert waits == ["first wait", "second wait", "third wait"]
    assert answers == ["answer", error]
    assert seen == outcome
    assert seen_by_body == body


@behaviour("AWT-057", source=[PEP525.ASEND_ATHROW, PEP525.IMPLEMENTATION], since="3.6")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, "AWT-057"),
)
def test_first_step(operation, state, method, outcome, body, following):
    """As the first step of an awaitable, ``send(None)``, ``next()`` and ``await`` have the same effect: they carry out
    the operation.
    """
    log, awaited = [], []

    async def agen():
        try:
            log.append("got %r" % (yield "first"))
        except BaseException as error:
            log.append(type(error).__name__)
            if operation == "aclose":
                raise
        yield "item 1"
        yield "item 2"

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)

    async def awaiting():
        result = await awaitable
        awaited.append(result)
        return result

    steps = {"send": lambda: awaitable.send(None), "next": awaitable.__next__, "await": lambda: awaiting().send(None)}
    seen = step(steps[method])
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert seen == outcome
    assert awaited == ([outcome[1]] if method == "await" else [])
    assert seen_by_body == body
    assert seen_next == following


@behaviour("AWT-058", source=[PEP525.ASEND_ATHROW, ISSUE.BPO_38013], since="3.6")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, "AWT-058"),
)
def test_throw_as_the_first_step(operation, state, method, outcome, body, following):
    """``throw()`` as the first step raises its exception at the yield instead of carrying out the operation."""
    log, caught = [], []
    thrown = ValueError("thrown")

    async def agen():
        try:
            log.append("got %r" % (yield "first"))
        except BaseException as error:
            log.append(type(error).__name__)
            caught.append(error)
        yield "item 1"
        yield "item 2"

    g = agen()
    run(g.__anext__())
    seen = step(operate(g, operation).throw, thrown)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert seen == outcome
    assert seen_by_body == body
    assert caught == [thrown]
    assert seen_next == following


@behaviour("AWT-059", source=[PEP525.ASEND_ATHROW, CPYTHON.GENOBJECT, TUTORIAL.S12], since="3.6", level="detail")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, "AWT-059"),
)
def test_value_as_the_first_step(operation, state, method, outcome, body, following):
    """A value sent as the first step becomes the result of the yield for ``__anext__()`` and ``asend()``, and raises
    RuntimeError for ``athrow()`` and ``aclose()``.
    """
    log = []

    async def agen():
        try:
            log.append("got %r" % (yield "first"))
        except BaseException as error:
            log.append(type(error).__name__)
            raise
        yield "item 1"
        yield "item 2"

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    seen = step(awaitable.send, "given")
    seen_by_body = list(log)
    running = g.ag_running
    seen_next = step(g.__anext__().send, None)

    assert seen == outcome
    assert seen_by_body == body
    assert running is False
    assert seen_next == following


@behaviour("AWT-060", source=[CPYTHON.GENOBJECT, ISSUE.BPO_38013], since="3.6")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, "AWT-060"),
)
def test_throw_into_a_new_aclose_is_answered_by_a_yield(operation, state, method, outcome, body, following):
    """If the body answers an exception thrown into a new ``aclose()`` awaitable with a yield, the awaitable raises
    RuntimeError.
    """
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException as error:
            log.append(type(error).__name__)
        yield "item 1"
        yield "item 2"

    g = agen()
    run(g.__anext__())
    seen = step(g.aclose().throw, ValueError())
    seen_by_body = list(log)
    running = g.ag_running
    seen_next = step(g.__anext__().send, None)

    assert seen == outcome
    assert seen_by_body == body
    assert running is False
    assert seen_next == following


@behaviour("AWT-061b", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, "AWT-061b"),
)
def test_close_as_the_first_step(operation, state, method, outcome, body, following):
    """``close()`` as the first step of any operation returns None and closes the generator at its yield."""
    log = []

    async def agen():
        try:
            log.append("got %r" % (yield "first"))
        except BaseException as error:
            log.append(type(error).__name__)
            raise
        yield "item 1"
        yield "item 2"

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    seen = ["returns", awaitable.close()]
    seen_by_body = list(log)
    running = g.ag_running
    seen_next = step(g.__anext__().send, None)

    assert seen == outcome
    assert seen_by_body == body
    assert running is False
    assert seen_next == following


@behaviour(
    "AWT-062",
    source=[REFERENCE.COROUTINE_OBJECTS, PEP492.COROUTINE_OBJECTS, PEPS.PEP380, REFERENCE.AGEN_METHODS],
    since="3.6",
)
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, "AWT-062"),
)
def test_step_of_a_suspended_one(operation, state, method, outcome, body, following):
    """A value, None or an exception for a coroutine that waits for an operation reaches the ``await`` of the body, and
    the coroutine gets the outcome.
    """
    log, resumed = [], []

    async def agen():
        try:
            try:
                yield "first"
            except KeyError:
                pass
            resumed.append(operation)
        finally:
            try:
                value = await suspend("waiting")
                log.append("got %r" % value)
            except BaseException as error:
                log.append(type(error).__name__)
                raise
        yield "item 1"
        yield "item 2"

    g = agen()
    run(g.__anext__())
    consumer = awaiting(operate(g, operation))
    iterator = consumer.__await__()
    waiting = step(next, iterator)
    steps = {
        "send": lambda: consumer.send(None),
        "send-value": lambda: consumer.send("given"),
        "throw": lambda: consumer.throw(ValueError()),
        "next": lambda: next(iterator),
    }
    seen = step(steps[method])
    seen_by_body = list(log)

    assert waiting == ["suspends", "waiting"]
    assert resumed == ([] if operation == "aclose" else [operation])
    assert seen == outcome
    assert seen_by_body == body


@behaviour("AWT-063c", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, "AWT-063c"),
)
def test_close_of_a_suspended_one(operation, state, method, outcome, body, following):
    """``close()`` of a suspended awaitable of any operation returns None and closes the generator at its ``await``."""
    log, resumed = [], []

    async def agen():
        try:
            try:
                yield "first"
            except KeyError:
                pass
            resumed.append(operation)
        finally:
            try:
                await suspend("waiting")
            except BaseException as error:
                log.append(type(error).__name__)
                raise
        yield "item 1"
        yield "item 2"

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    awaitable.send(None)
    seen = ["returns", awaitable.close()]
    seen_by_body = list(log)
    running = g.ag_running
    seen_next = step(g.__anext__().send, None)

    assert resumed == ([] if operation == "aclose" else [operation])
    assert seen == outcome
    assert seen_by_body == body
    assert running is False
    assert seen_next == following


@behaviour("AWT-064b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, "AWT-064b"),
)
def test_step_of_a_finished_one(operation, state, method, outcome, body, following):
    """Any step of a finished awaitable, except that of ``athrow()``, raises RuntimeError and does nothing to the
    generator.
    """
    log = []

    async def agen():
        try:
            log.append("got %r" % (yield "first"))
        except KeyError:
            log.append("KeyError")
        try:
            log.append("got %r" % (yield "item 1"))
        except BaseException as error:
            log.append(type(error).__name__)
            raise
        yield "item 2"

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)

    async def awaiting():
        return await awaitable

    completed = step(awaitable.send, None)
    del log[:]
    steps = {
        "send": lambda: awaitable.send(None),
        "send-value": lambda: awaitable.send("given"),
        "throw": lambda: awaitable.throw(ValueError()),
        "next": awaitable.__next__,
        "await": lambda: awaiting().send(None),
    }
    seen = step(steps[method])
    seen_by_body = list(log)
    running = g.ag_running
    seen_next = step(g.__anext__().send, None)

    assert completed == ["returns", None if operation == "aclose" else "item 1"]
    assert seen == outcome
    assert seen_by_body == body
    assert running is False
    assert seen_next == following


@behaviour("AWT-065b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, "AWT-065b"),
)
def test_step_of_a_finished_athrow(operation, state, method, outcome, body, following):
    """Any step of an ``athrow()`` awaitable that returned its item in its first step raises RuntimeError and does
    nothing to the generator.
    """
    log = []

    async def agen():
        try:
            log.append("got %r" % (yield "first"))
        except KeyError:
            log.append("KeyError")
        try:
            log.append("got %r" % (yield "item 1"))
        except BaseException as error:
            log.append(type(error).__name__)
            raise
        yield "item 2"

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)

    async def awaiting():
        return await awaitable

    completed = step(awaitable.send, None)
    del log[:]
    steps = {
        "send": lambda: awaitable.send(None),
        "send-value": lambda: awaitable.send("given"),
        "throw": lambda: awaitable.throw(ValueError()),
        "next": awaitable.__next__,
        "await": lambda: awaiting().send(None),
    }
    seen = step(steps[method])
    seen_by_body = list(log)
    running = g.ag_running
    seen_next = step(g.__anext__().send, None)

    assert completed == ["returns", None if operation == "aclose" else "item 1"]
    assert seen == outcome
    assert seen_by_body == body
    assert running is False
    assert seen_next == following


@behaviour("AWT-066", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, "AWT-066"),
)
def test_close_of_a_finished_one(operation, state, method, outcome, body, following):
    """``close()`` of a finished awaitable of any operation returns None every time and raises nothing in the body."""
    log = []

    async def agen():
        try:
            log.append("got %r" % (yield "first"))
        except KeyError:
            log.append("KeyError")
        try:
            log.append("got %r" % (yield "item 1"))
        except BaseException as error:
            log.append(type(error).__name__)
            raise
        yield "item 2"

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    completed = step(awaitable.send, None)
    del log[:]
    seen = ["returns", awaitable.close()]
    closed_again = awaitable.close()
    seen_by_body = list(log)
    running = g.ag_running
    seen_next = step(g.__anext__().send, None)

    assert completed == ["returns", None if operation == "aclose" else "item 1"]
    assert seen == outcome
    assert closed_again is None
    assert seen_by_body == body
    assert running is False
    assert seen_next == following


@behaviour("AWT-067c", source=[ISSUE.BPO_39386, ISSUE.GH_117714], since="3.6")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, "AWT-067c"),
)
def test_step_of_a_closed_one(operation, state, method, outcome, body, following):
    """Any step of an awaitable that was closed before its first step raises RuntimeError, and the generator has
    ended.
    """
    log = []

    async def agen():
        try:
            log.append("got %r" % (yield "first"))
        except KeyError:
            log.append("KeyError")
        try:
            log.append("got %r" % (yield "item 1"))
        except BaseException as error:
            log.append(type(error).__name__)
            raise
        yield "item 2"

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)

    async def awaiting():
        return await awaitable

    closed = awaitable.close()
    del log[:]
    steps = {
        "send": lambda: awaitable.send(None),
        "send-value": lambda: awaitable.send("given"),
        "throw": lambda: awaitable.throw(ValueError()),
        "next": awaitable.__next__,
        "await": lambda: awaiting().send(None),
    }
    seen = step(steps[method])
    seen_by_body = list(log)
    running = g.ag_running
    seen_next = step(g.__anext__().send, None)

    assert closed is None
    assert seen == outcome
    assert seen_by_body == body
    assert running is False
    assert seen_next == following


@behaviour("AWT-068b", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, "AWT-068b"),
)
def test_closed_twice(operation, state, method, outcome, body, following):
    """A second ``close()`` of an awaitable returns None and does nothing to the generator, which the first one has
    ended.
    """
    log = []

    async def agen():
        try:
            log.append("got %r" % (yield "first"))
        except KeyError:
            log.append("KeyError")
        try:
            log.append("got %r" % (yield "item 1"))
        except BaseException as error:
            log.append(type(error).__name__)
            raise
        yield "item 2"

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    closed = awaitable.close()
    del log[:]
    seen = ["returns", awaitable.close()]
    seen_by_body = list(log)
    running = g.ag_running
    seen_next = step(g.__anext__().send, None)

    assert closed is None
    assert seen == outcome
    assert seen_by_body == body
    assert running is False
    assert seen_next == following
