"""AWT: ``throw()`` before the first step, in an ``await``, after the end, and while another awaitable is suspended."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import awaiting, operate, raises, run, step, suspend
from conformance.protocol.awaitables.parameters import each_operation
from conformance.sources import CPYTHON, ISSUE, PEP492, PEP525, PEPS, REFERENCE, WHATSNEW


@behaviour("AWT-018", source=[PEP525.ASEND_ATHROW], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_throw_into_unstarted(operation):
    """``throw()`` on an awaitable that would start a generator raises the exception directly and finishes the generator
    without entering the body.
    """
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


@behaviour("AWT-019", source=[PEP525.ASEND_ATHROW, ISSUE.BPO_38013], since="3.6")
@pytest.mark.parametrize("ending", ["ends", "raises"], ids=["ends", "raises"])
def test_throw_instead_of_what_athrow_throws(ending):
    """``throw()`` on a new ``athrow()`` awaitable throws its own argument and not the exception that ``athrow()`` was
    called with, and if the body ends or lets it propagate, the generator is finished.
    """
    log = []
    error = KeyError("thrown")

    async def agen():
        try:
            yield 1
        except BaseException as caught:
            log.append(caught)
            if ending == "raises":
                raise
        log.append("goes on")

    g = agen()
    run(g.__anext__())
    outcome = step(g.athrow(OSError("given to athrow")).throw, error)
    following = step(g.__anext__().send, None)

    assert outcome == ["raises", "KeyError" if ending == "raises" else "StopAsyncIteration"]
    assert log == ([error] if ending == "raises" else [error, "goes on"])
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-020", source=[PEP525.ASEND_ATHROW, ISSUE.BPO_38013], since="3.6")
@pytest.mark.parametrize("started", [True, False], ids=["started", "unstarted"])
def test_throw_instead_of_closing(started):
    """``throw()`` on a new ``aclose()`` awaitable throws its argument, and if the body lets it propagate, raises it and
    finishes the generator.
    """
    log = []
    error = KeyError("thrown")

    async def agen():
        try:
            yield 1
        except BaseException as caught:
            log.append(caught)
            raise

    g = agen()
    if started:
        run(g.__anext__())
    steps = g.aclose().__await__()
    with raises(KeyError) as thrown:
        steps.throw(error)
    following = step(g.__anext__().send, None)

    assert thrown.value is error
    assert log == ([error] if started else [])
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-021", source=[PEP525.ASEND_ATHROW, ISSUE.BPO_35409], since="3.6")
@pytest.mark.parametrize("state", ["at-yield", "in-await", "unstarted"], ids=["at-yield", "in-await", "unstarted"])
def test_generator_exit_into_aclose(state):
    """A GeneratorExit that is thrown into an ``aclose()`` awaitable and that the body lets propagate completes the
    awaitable normally.
    """
    log = []

    async def agen():
        try:
            try:
                yield 1
            finally:
                try:
                    if state == "in-await":
                        await suspend("closing")
                except GeneratorExit:
                    log.append("in the await")
                    raise
                finally:
                    log.append("finally")
        except GeneratorExit:
            log.append("left")
            raise

    g = agen()
    if state != "unstarted":
        run(g.__anext__())
    steps = g.aclose().__await__()
    if state == "in-await":
        steps.send(None)
    outcome = step(steps.throw, GeneratorExit())
    seen = list(log)
    following = step(g.__anext__().send, None)

    assert outcome == ["returns", None]
    assert seen == {
        "at-yield": ["finally", "left"], "in-await": ["in the await", "finally", "left"], "unstarted": [],
    }[state]  # fmt: skip
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-022b", source=[ISSUE.GH_117894, CPYTHON.TEST_ASYNCGEN], since="3.6")
@pytest.mark.parametrize("started", [True, False], ids=["started", "unstarted"])
def test_generator_exit_spends_aclose(started):
    """A GeneratorExit thrown into an ``aclose()`` awaitable completes it once, and every later step raises
    RuntimeError.
    """

    async def agen():
        yield 1

    g = agen()
    if started:
        run(g.__anext__())
    steps = g.aclose().__await__()
    outcomes = [step(steps.throw, GeneratorExit()), step(steps.throw, GeneratorExit()), step(steps.send, None)]

    assert outcomes == [["returns", None], ["raises", "RuntimeError"], ["raises", "RuntimeError"]]


@behaviour("AWT-024b", source=[ISSUE.GH_117894, CPYTHON.TEST_ASYNCGEN], since="3.6")
def test_throw_spends_aclose():
    """After ``throw()`` has ended an ``aclose()`` awaitable with an exception, ``throw()`` and ``send()`` raise
    RuntimeError.
    """
    log = []

    async def agen():
        try:
            yield 1
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    run(g.__anext__())
    steps = g.aclose().__await__()
    outcomes = [step(steps.throw, KeyError()), step(steps.throw, OSError()), step(steps.send, None)]

    assert outcomes == [["raises", "KeyError"], ["raises", "RuntimeError"], ["raises", "RuntimeError"]]
    assert log == [KeyError]


@behaviour("AWT-025b", source=[ISSUE.GH_117894, CPYTHON.TEST_ASYNCGEN], since="3.6")
@pytest.mark.parametrize("ending", ["yields", "raises"], ids=["yields", "raises"])
def test_throw_spends_athrow(ending):
    """After ``throw()`` has completed an ``athrow()`` awaitable, ``throw()`` and ``send()`` raise RuntimeError."""
    log = []

    async def agen():
        while True:
            try:
                yield len(log)
            except BaseException as error:
                log.append(type(error))
                if ending == "raises":
                    raise

    g = agen()
    run(g.__anext__())
    steps = g.athrow(ValueError()).__await__()
    outcomes = [step(steps.throw, KeyError()), step(steps.throw, OSError()), step(steps.send, None)]
    seen = list(log)
    following = step(g.__anext__().send, None)

    assert outcomes == [
        ["returns", 1] if ending == "yields" else ["raises", "KeyError"],
        ["raises", "RuntimeError"],
        ["raises", "RuntimeError"],
    ]
    assert seen == [KeyError]
    assert following == (["returns", 1] if ending == "yields" else ["raises", "StopAsyncIteration"])


@behaviour(
    "AWT-027",
    source=[REFERENCE.COROUTINE_OBJECTS, REFERENCE.AGEN_ACLOSE, PEP525.AGEN_OBJECT, REFERENCE.AGEN_METHODS],
    since="3.6",
)
@each_operation
def test_throw_while_the_body_waits_and_lets_it_out(operation):
    """An exception that is thrown into a suspended awaitable and that the body does not catch is raised by the
    awaitable and finishes the generator.
    """
    log = []
    error = OSError("thrown")

    async def agen():
        try:
            yield 1
        except (KeyError, GeneratorExit):
            pass
        try:
            await suspend("waiting")
            log.append("not reached")
        finally:
            log.append("finally")

    g = agen()
    run(g.__anext__())
    steps = awaiting(operate(g, operation))
    waiting = steps.send(None)
    with raises(OSError) as caught:
        steps.throw(error)
    seen = list(log)
    following = [step(awaiting(each).send, None) for each in (g.__anext__(), g.aclose())]

    assert waiting == "waiting"
    assert caught.value is error
    assert seen == ["finally"]
    assert following == [["raises", "StopAsyncIteration"], ["returns", None]]


@behaviour("AWT-045b", source=[ISSUE.GH_117881, CPYTHON.TEST_ASYNCGEN, WHATSNEW.V39], since="3.9")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_throw_is_refused_while_another_is_under_way(operation):
    """``throw()`` on an ``__anext__()`` or ``asend()`` awaitable raises RuntimeError while another awaitable is
    suspended.
    """
    log = []

    async def agen():
        yield 1
        try:
            log.append(await suspend("waiting"))
        except BaseException as error:
            log.append(type(error))
        yield 2
        yield 3

    g = agen()
    run(g.__anext__())
    under_way = g.__anext__()
    under_way.send(None)
    other = operate(g, operation)
    outcomes = [
        step(other.throw, KeyError()),
        step(other.throw, KeyError()),
        step(under_way.send, "answer"),
        step(other.throw, KeyError()),
    ]
    following = step(g.__anext__().send, None)

    assert outcomes == [
        ["raises", "RuntimeError"],
        ["raises", "RuntimeError"],
        ["returns", 2],
        ["raises", "RuntimeError"],
    ]
    assert log == ["answer"]
    assert following == ["returns", 3]


@behaviour("AWT-046b", source=[ISSUE.GH_117881, CPYTHON.TEST_ASYNCGEN, WHATSNEW.V39], since="3.9")
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_throw_of_athrow_or_aclose_is_refused(operation):
    """``throw()`` on an ``athrow()`` or ``aclose()`` awaitable raises RuntimeError while another awaitable is
    suspended.
    """
    log = []

    async def agen():
        yield 1
        try:
            log.append(await suspend("waiting"))
        except BaseException as error:
            log.append(type(error))
            raise
        yield 2
        yield 3

    g = agen()
    run(g.__anext__())
    under_way = g.__anext__()
    under_way.send(None)
    other = g.athrow(OSError()) if operation == "athrow" else g.aclose()
    outcomes = [
        step(other.throw, KeyError()),
        step(under_way.send, "answer"),
        step(other.throw, KeyError()),
        step(other.send, None),
    ]
    following = step(g.__anext__().send, None)

    assert outcomes == [
        ["raises", "RuntimeError"],
        ["returns", 2],
        ["raises", "RuntimeError"],
        ["raises", "RuntimeError"],
    ]
    assert log == ["answer"]
    assert following == ["returns", 3]


@behaviour("AWT-047a", source=[CPYTHON.GENOBJECT, WHATSNEW.V312], since="3.6", until="3.11", needs=["warnings"])
@pytest.mark.parametrize("form", ["type-value", "type-value-traceback"], ids=["type-value", "type-value-traceback"])
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_throw_with_several_arguments(operation, form):
    """``throw()`` of an awaitable also accepts a class, an instance and a traceback as separate arguments, and gives no
    warning.
    """
    import warnings

    log = []
    error = KeyError("thrown")

    async def agen():
        try:
            yield 1
        except KeyError as caught:
            log.append(caught)
        yield 2

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    arguments = [KeyError, error] if form == "type-value" else [KeyError, error, None]
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        outcome = step(awaitable.throw, *arguments)

    assert outcome == ["returns", 2]
    assert log == [error]
    assert warned == []


@behaviour("AWT-047b", source=[ISSUE.GH_96348, CPYTHON.GENOBJECT, WHATSNEW.V312], since="3.12", needs=["warnings"])
@pytest.mark.parametrize("form", ["type-value", "type-value-traceback"], ids=["type-value", "type-value-traceback"])
@each_operation
def test_throw_with_several_arguments_warns(operation, form):
    """``throw()`` of an awaitable with more than one argument gives one DeprecationWarning and still throws."""
    import warnings

    log = []
    error = KeyError("thrown")

    async def agen():
        try:
            yield 1
        except KeyError as caught:
            log.append(caught)
            raise

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    arguments = [KeyError, error] if form == "type-value" else [KeyError, error, None]
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        outcome = step(awaitable.throw, *arguments)
    categories = [warning.category for warning in warned]

    assert outcome == ["raises", "KeyError"]
    assert log == [error]
    assert categories == [DeprecationWarning]


@behaviour("AWT-048", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("kind", ["int", "None", "class"], ids=["int", "None", "class"])
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_throw_of_what_is_no_exception(operation, kind):
    """``throw()`` on an awaitable raises TypeError for an argument that is not an exception, and the body stays where
    it is.
    """
    log = []

    async def agen():
        try:
            yield 1
        except BaseException as error:
            log.append(type(error))
            raise
        yield 2

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation).__await__()
    with raises(TypeError):
        steps.throw({"int": 1, "None": None, "class": int}[kind])
    following = step(g.__anext__().send, None)

    assert log == []
    assert following == ["returns", 2]


@behaviour("AWT-081", source=[CPYTHON.GENOBJECT, ISSUE.BPO_38013], since="3.6")
@pytest.mark.parametrize("ending", ["aclose", "error", "return"], ids=["aclose", "error", "return"])
@each_operation
def test_throw_after_the_end_of_the_generator(operation, ending):
    """``throw()`` on an awaitable of a generator that has ended raises its exception, whichever operation the awaitable
    is for.
    """
    log = []
    error = OSError("thrown")

    async def agen():
        yield 1
        log.append("resumed")
        if ending == "error":
            raise ValueError

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    ended = step(g.aclose().send if ending == "aclose" else g.__anext__().send, None)
    with raises(OSError) as caught:
        awaitable.throw(error)
    running = g.ag_running
    seen = list(log)
    following = step(g.__anext__().send, None)
    outcomes = {"aclose": ["returns", None], "error": ["raises", "ValueError"]}

    assert ended == outcomes.get(ending, ["raises", "StopAsyncIteration"])
    assert seen == ([] if ending == "aclose" else ["resumed"])
    assert caught.value is error
    assert running is False
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-083", source=[CPYTHON.GENOBJECT, ISSUE.BPO_38013], since="3.6")
@each_operation
def test_throw_after_an_ignored_generator_exit(operation):
    """After the body has ignored a GeneratorExit, ``throw()`` on an awaitable of any operation still raises at the
    yield.
    """
    log = []

    async def agen():
        try:
            yield 1
        except GeneratorExit:
            try:
                yield "ignored"
            except BaseException as error:
                log.append(type(error))
                raise

    g = agen()
    run(g.__anext__())
    ignored = step(g.aclose().send, None)
    awaitable = operate(g, operation)
    outcome = step(awaitable.throw, OSError())
    running = g.ag_running
    following = step(g.__anext__().send, None)

    assert ignored == ["raises", "RuntimeError"]
    assert outcome == ["raises", "OSError"]
    assert log == [OSError]
    assert running is False
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-088", source=[PEP525.ASEND_ATHROW, ISSUE.BPO_38013], since="3.6")
@pytest.mark.parametrize("state", ["at-yield", "in-await"], ids=["at-yield", "in-await"])
@pytest.mark.parametrize("operation", ["anext", "asend", "athrow"], ids=["anext", "asend", "athrow"])
def test_generator_exit_is_no_end_of_other_operations(operation, state):
    """A GeneratorExit that is thrown into an awaitable other than that of ``aclose()`` and that the body lets propagate
    is raised unchanged.
    """
    log = []
    error = GeneratorExit("thrown")

    async def agen():
        try:
            try:
                yield 1
            except KeyError:
                pass
            if state == "in-await":
                await suspend("waiting")
            yield 2
        finally:
            log.append("finally")

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    if state == "in-await":
        awaitable.send(None)
    with raises(GeneratorExit) as caught:
        awaitable.throw(error)
    seen = list(log)
    following = step(g.__anext__().send, None)

    assert caught.value is error
    assert seen == ["finally"]
    assert following == ["raises", "StopAsyncIteration"]


@behaviour(
    "AWT-089",
    source=[PEPS.PEP380, REFERENCE.COROUTINE_OBJECTS, PEP492.AWAIT, PEP525.AGEN_OBJECT],
    since="3.6",
)
@pytest.mark.parametrize("kind", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
@each_operation
def test_end_thrown_into_a_wait(operation, kind):
    """A StopIteration or StopAsyncIteration that is thrown in while the body awaits an iterator without ``throw()``,
    and that the body lets propagate, becomes a RuntimeError.
    """
    log = []
    error = StopIteration("result") if kind == "StopIteration" else StopAsyncIteration()

    class Waiting:
        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            return "waiting"

    async def agen():
        try:
            yield 1
        except BaseException:
            pass
        try:
            await Waiting()
        except BaseException as caught:
            log.append(caught)
            raise

    g = agen()
    run(g.__anext__())
    consumer = awaiting(operate(g, operation))
    waiting = consumer.send(None)
    with raises(RuntimeError):
        consumer.throw(error)

    assert waiting == "waiting"
    assert log == [error]
