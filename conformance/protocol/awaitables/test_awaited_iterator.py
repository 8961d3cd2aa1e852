"""AWT: the methods of the iterator that the body awaits, as the steps of an awaitable call them."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import awaiting, operate, run, step, suspend
from conformance.protocol.awaitables.parameters import each_operation
from conformance.sources import CPYTHON, ISSUE, PEP492, PEP525, PEPS, REFERENCE, WHATSNEW


@behaviour(
    "AWT-090", source=[PEPS.PEP380, PEP492.AWAIT, REFERENCE.COROUTINE_OBJECTS, REFERENCE.AGEN_FUNCTION], since="3.6"
)
@each_operation
def test_steps_of_the_awaited_iterator(operation):
    """None sent to a coroutine that waits for an operation calls ``__next__()`` of the iterator that the body awaits,
    and any other value calls its ``send()``.
    """
    log = []

    class Waiting:
        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            log.append("next")
            return "waiting for next"

        def send(self, value):
            log.append(["send", value])
            if value == "last":
                raise StopIteration("result")
            return ["waiting after", value]

    async def agen():
        try:
            yield 1
        except BaseException:
            pass
        log.append(["result", await Waiting()])

    g = agen()
    run(g.__anext__())
    consumer = awaiting(operate(g, operation))
    steps = [step(consumer.send, value) for value in [None, None, 0, "value", None]]
    # How the operation ends is another matter.
    step(consumer.send, "last")

    assert steps == [
        ["suspends", "waiting for next"],
        ["suspends", "waiting for next"],
        ["suspends", ["waiting after", 0]],
        ["suspends", ["waiting after", "value"]],
        ["suspends", "waiting for next"],
    ]
    assert log == ["next", "next", ["send", 0], ["send", "value"], "next", ["send", "last"], ["result", "result"]]


@behaviour("AWT-091", source=[PEPS.PEP380, PEP492.AWAIT, REFERENCE.YIELD], since="3.6")
@each_operation
def test_value_for_an_iterator_without_send(operation):
    """A value sent while the body awaits an iterator without ``send()`` raises AttributeError or TypeError at that
    ``await``.
    """
    log = []

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
        except (AttributeError, TypeError):
            log.append("refused")

    g = agen()
    run(g.__anext__())
    consumer = awaiting(operate(g, operation))
    waiting = step(consumer.send, None)
    # How the operation ends is another matter.
    step(consumer.send, "value")

    assert waiting == ["suspends", "waiting"]
    assert log == ["refused"]


@behaviour(
    "AWT-092", source=[PEPS.PEP380, PEP492.AWAIT, REFERENCE.COROUTINE_OBJECTS, REFERENCE.AGEN_ACLOSE], since="3.6"
)
@each_operation
def test_throw_goes_to_the_awaited_iterator(operation):
    """An exception thrown into a coroutine that waits for an operation goes to ``throw()`` of the iterator that the
    body awaits, which may suspend again or end with a result.
    """
    log = []
    errors = [KeyError("first"), OSError("second"), ValueError("third")]

    class Waiting:
        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            log.append("next")
            return "waiting"

        def throw(self, *arguments):
            # The exception is the only argument or the second one, according to the implementation.
            error = [argument for argument in arguments if isinstance(argument, BaseException)][0]
            log.append(error)
            if error is errors[2]:
                raise StopIteration("result")
            return ["waiting after", errors.index(error)]

        def close(self):
            log.append("close")

    async def agen():
        try:
            yield 1
        except BaseException:
            pass
        try:
            result = await Waiting()
            log.append(result)
        except BaseException as error:
            log.append(["in the body", error])

    g = agen()
    run(g.__anext__())
    consumer = awaiting(operate(g, operation))
    outcome = ["returns", None] if operation == "aclose" else ["raises", "StopAsyncIteration"]
    steps = [
        step(consumer.send, None),
        step(consumer.throw, errors[0]),
        step(consumer.send, None),
        step(consumer.throw, errors[1]),
        step(consumer.throw, errors[2]),
    ]

    assert steps == [
        ["suspends", "waiting"],
        ["suspends", ["waiting after", 0]],
        ["suspends", "waiting"],
        ["suspends", ["waiting after", 1]],
        outcome,
    ]
    assert log == ["next", errors[0], "next", errors[1], errors[2], "result"]


@behaviour("AWT-093", source=[PEPS.PEP380, PEP492.AWAIT, REFERENCE.COROUTINE_OBJECTS], since="3.6")
@pytest.mark.parametrize("raised", ["same", "another"], ids=["same", "another"])
@pytest.mark.parametrize("method", ["send", "throw", "next"], ids=["send", "throw", "next"])
def test_error_of_the_awaited_iterator(method, raised):
    """An exception that a method of the awaited iterator raises is raised at the ``await`` of the body, which can catch
    it and continue.
    """
    log = []
    thrown, another = KeyError("thrown"), OSError("another")
    failure = thrown if raised == "same" else another

    class Waiting:
        started = False

        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            if self.started:
                raise failure
            self.started = True
            return "waiting"

        def send(self, value):
            raise failure

        def throw(self, *arguments):
            raise failure

        def close(self):
            log.append("close")

    async def agen():
        try:
            await Waiting()
        except BaseException as error:
            log.append(error)
        yield 1

    g = agen()
    consumer = awaiting(g.__anext__())
    steps = [step(consumer.send, None)]
    if method == "throw":
        steps.append(step(consumer.throw, thrown))
    else:
        steps.append(step(consumer.send, "value" if method == "send" else None))

    assert steps == [["suspends", "waiting"], ["returns", 1]]
    assert log == [failure]


@behaviour("AWT-094", source=[PEPS.PEP380, PEP492.AWAIT, REFERENCE.COROUTINE_OBJECTS, REFERENCE.YIELD], since="3.6")
@each_operation
def test_exception_for_an_iterator_without_throw(operation):
    """If the awaited iterator has no ``throw()``, a thrown exception is raised at the ``await``, and the iterator is
    not closed.
    """
    log = []
    thrown = OSError("thrown")

    class Waiting:
        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            return "waiting"

        def close(self):
            log.append("close")

    async def agen():
        try:
            yield 1
        except BaseException:
            pass
        try:
            await Waiting()
        except BaseException as error:
            log.append(error)
            await suspend("second wait")

    g = agen()
    run(g.__anext__())
    consumer = awaiting(operate(g, operation))
    steps = [step(consumer.send, None), step(consumer.throw, thrown)]
    seen = list(log)
    # How the operation ends is another matter.
    step(consumer.send, None)

    assert steps == [["suspends", "waiting"], ["suspends", "second wait"]]
    assert seen == [thrown]


@behaviour("AWT-095", source=[PEPS.PEP380, PEP525.ASEND_ATHROW], since="3.6", level="detail")
@pytest.mark.parametrize("has", ["close", "throw", "both", "neither"], ids=["close", "throw", "both", "neither"])
@pytest.mark.parametrize("operation", ["anext", "asend", "athrow"], ids=["anext", "asend", "athrow"])
def test_generator_exit_closes_the_awaited_iterator(operation, has):
    """A GeneratorExit thrown into an awaitable calls ``close()`` of the awaited iterator if it has one, does not call
    its ``throw()``, and is then raised in the body.
    """
    log = []
    thrown = GeneratorExit("thrown")

    class Waiting:
        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            return "waiting"

    def close(self):
        log.append("close")
        return "ignored"

    def throw(self, *arguments):
        log.append("throw")
        return "swallowed"

    if has in ["close", "both"]:
        Waiting.close = close
    if has in ["throw", "both"]:
        Waiting.throw = throw

    async def agen():
        try:
            yield 1
        except KeyError:
            pass
        try:
            await Waiting()
        except BaseException as error:
            log.append(error)
            raise

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    steps = [step(awaitable.send, None), step(awaitable.throw, thrown), step(g.__anext__().send, None)]

    assert steps == [["suspends", "waiting"], ["raises", "GeneratorExit"], ["raises", "StopAsyncIteration"]]
    assert log == (["close", thrown] if has in ["close", "both"] else [thrown])


@behaviour("AWT-096", source=[PEPS.PEP380, PEP525.ASEND_ATHROW], since="3.6", level="detail")
@pytest.mark.parametrize("has_close", [True, False], ids=["close", "no-close"])
@pytest.mark.parametrize("answer", ["raises", "returns", "waits"], ids=["raises", "returns", "waits"])
def test_generator_exit_while_closing(answer, has_close):
    """A GeneratorExit thrown into a suspended ``aclose()`` closes the awaited iterator, and the body can answer it as
    it can answer any GeneratorExit.
    """
    log = []
    thrown = GeneratorExit("thrown")

    class Waiting:
        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            return "waiting"

        def throw(self, *arguments):
            log.append("throw")

    if has_close:
        Waiting.close = lambda self: log.append("close")

    async def agen():
        try:
            yield 1
        except GeneratorExit:
            try:
                await Waiting()
            except GeneratorExit as error:
                log.append(error)
                if answer == "raises":
                    raise
                if answer == "waits":
                    log.append(await suspend("second wait"))

    g = agen()
    run(g.__anext__())
    awaitable = g.aclose()
    steps = [step(awaitable.send, None), step(awaitable.throw, thrown)]
    if answer == "waits":
        steps.append(step(awaitable.send, "answer"))

    assert steps[0] == ["suspends", "waiting"]
    assert steps[1:] == ([["suspends", "second wait"]] if answer == "waits" else []) + [["returns", None]]
    assert log == (["close"] if has_close else []) + [thrown] + (["answer"] if answer == "waits" else [])


@behaviour("AWT-097", source=[PEPS.PEP380, PEP525.ASEND_ATHROW], since="3.6", level="detail")
@pytest.mark.parametrize("caught", [True, False], ids=["caught", "let-out"])
@each_operation
def test_close_of_the_awaited_iterator_fails(operation, caught):
    """If ``close()`` of the awaited iterator raises, the body gets that exception instead of the GeneratorExit."""
    log = []
    failure = OSError("close")

    class Waiting:
        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            return "waiting"

        def close(self):
            log.append("close")
            raise failure

    async def agen():
        try:
            yield 1
        except BaseException:
            pass
        try:
            await Waiting()
        except BaseException as error:
            log.append(error)
            if not caught:
                raise
        log.append(await suspend("second wait"))

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    outcome = ["returns", None] if operation == "aclose" else ["raises", "StopAsyncIteration"]
    steps = [step(awaitable.send, None), step(awaitable.throw, GeneratorExit())]
    if caught:
        steps.append(step(awaitable.send, "answer"))

    assert steps[0] == ["suspends", "waiting"]
    assert steps[1:] == ([["suspends", "second wait"], outcome] if caught else [["raises", "OSError"]])
    assert log == ["close", failure] + (["answer"] if caught else [])


@behaviour("AWT-098b", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("has", ["close", "failing-close", "throw"], ids=["close", "failing-close", "throw"])
@each_operation
def test_close_reaches_the_awaited_iterator(operation, has):
    """``close()`` of a suspended awaitable calls ``close()`` and not ``throw()`` of the awaited iterator, and finishes
    the generator.
    """
    log = []

    class Waiting:
        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            return "waiting"

        def throw(self, *arguments):
            log.append("throw")

    def close(self):
        log.append("close")
        if has == "failing-close":
            raise OSError

    if has != "throw":
        Waiting.close = close

    async def agen():
        try:
            yield 1
        except BaseException:
            pass
        try:
            await Waiting()
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    waiting = awaitable.send(None)
    try:
        closed = ["returns", awaitable.close()]
    except OSError:
        closed = ["raises", "OSError"]
    running = g.ag_running
    following = step(g.__anext__().send, None)

    assert waiting == "waiting"
    assert closed == (["raises", "OSError"] if has == "failing-close" else ["returns", None])
    assert (
        log
        == {
            "close": ["close", GeneratorExit],
            "failing-close": ["close", OSError],
            "throw": [GeneratorExit],
        }[has]
    )
    assert running is False
    assert following == ["raises", "StopAsyncIteration"]


@behaviour(
    "AWT-099", source=[PEPS.PEP380, PEP492.AWAIT, REFERENCE.COROUTINE_OBJECTS, REFERENCE.AGEN_FUNCTION], since="3.6"
)
@pytest.mark.parametrize("inner", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"])
@pytest.mark.parametrize("outer", ["asend", "aclose"], ids=["asend", "aclose"])
def test_through_an_awaitable_of_another_generator(outer, inner):
    """Values and exceptions pass through an awaitable of another generator that the body awaits, and reach the
    ``await`` in that generator.
    """
    log = []
    thrown = OSError("thrown")

    async def behind():
        try:
            yield 1
        except BaseException:
            pass
        log.append(await suspend("first wait"))
        try:
            await suspend("second wait")
        except OSError as error:
            log.append(error)
        log.append(await suspend("third wait"))

    async def agen():
        g = behind()
        await g.__anext__()
        try:
            yield 1
        except GeneratorExit:
            pass
        try:
            await operate(g, inner)
        except StopAsyncIteration:
            pass

    g = agen()
    run(g.__anext__())
    consumer = awaiting(operate(g, outer))
    steps = [
        step(consumer.send, None),
        step(consumer.send, "first answer"),
        step(consumer.throw, thrown),
    ]
    # How the two operations end is another matter.
    step(consumer.send, "third answer")

    assert steps == [["suspends", "first wait"], ["suspends", "second wait"], ["suspends", "third wait"]]
    assert log == ["first answer", thrown, "third answer"]


@behaviour("AWT-100b", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("inner", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"])
def test_generator_exit_closes_through_an_awaitable(inner):
    """A GeneratorExit thrown in while the body awaits an awaitable of another generator finishes that generator
    first.
    """
    log = []

    async def behind():
        try:
            yield 1
        except BaseException:
            pass
        try:
            await suspend("waiting")
        except BaseException as error:
            log.append(["behind", type(error)])
            raise

    async def agen(g):
        try:
            await operate(g, inner)
        except BaseException as error:
            log.append(["body", error is thrown])
            raise
        yield 1

    thrown = GeneratorExit("thrown")
    other = behind()
    run(other.__anext__())
    awaitable = agen(other).__anext__()
    steps = [step(awaitable.send, None), step(awaitable.throw, thrown)]
    following = step(other.__anext__().send, None)

    assert steps == [["suspends", "waiting"], ["raises", "GeneratorExit"]]
    assert log == [["behind", GeneratorExit], ["body", True]]
    assert following == ["raises", "StopAsyncIteration"]


@behaviour(
    "AWT-101", source=[PEPS.PEP380, PEP492.AWAIT, REFERENCE.COROUTINE_OBJECTS, REFERENCE.AGEN_FUNCTION], since="3.6"
)
@pytest.mark.parametrize("kind", ["coroutine", "generator", "iterator"], ids=["coroutine", "generator", "iterator"])
@each_operation
def test_exception_is_swallowed_behind_the_await(operation, kind):
    """A thrown exception goes to the object that the body awaits; if that swallows it and suspends again, the coroutine
    is suspended with the new value, and the body later continues without it.
    """
    import types

    log = []

    async def coroutine():
        try:
            await suspend("first wait")
        except OSError:
            log.append("swallowed")
        await suspend("second wait")

    @types.coroutine
    def generator():
        try:
            yield "first wait"
        except OSError:
            log.append("swallowed")
        yield "second wait"

    class Iterator:
        started = False

        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            if self.started:
                raise StopIteration
            self.started = True
            return "first wait"

        def throw(self, *arguments):
            log.append("swallowed")
            return "second wait"

    async def agen():
        try:
            yield 1
        except BaseException:
            pass
        try:
            await {"coroutine": coroutine, "generator": generator, "iterator": Iterator}[kind]()
            log.append("after the await")
        except BaseException:
            log.append("in the body")

    g = agen()
    run(g.__anext__())
    consumer = awaiting(operate(g, operation))
    steps = [step(consumer.send, None), step(consumer.throw, OSError())]
    # How the operation ends is another matter.
    step(consumer.send, None)

    assert steps == [["suspends", "first wait"], ["suspends", "second wait"]]
    assert log == ["swallowed", "after the await"]


@behaviour("AWT-102", source=[PEPS.PEP380, PEP492.AWAIT, REFERENCE.COROUTINE_OBJECTS], since="3.6")
@pytest.mark.parametrize("how", ["next", "send", "throw"], ids=["next", "send", "throw"])
@pytest.mark.parametrize("value", [None, 0, "result", [1, 2]], ids=["None", "zero", "text", "list"])
def test_result_of_the_awaited_iterator(how, value):
    """If any method of the awaited iterator raises StopIteration, the value of that exception is the result of the
    ``await``.
    """
    received = []

    class Waiting:
        started = False

        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            if self.started:
                raise StopIteration(value)
            self.started = True
            return "waiting"

        def send(self, sent):
            raise StopIteration(value)

        def throw(self, *arguments):
            raise StopIteration(value)

    async def agen():
        received.append(await Waiting())
        yield "item"

    g = agen()
    consumer = awaiting(g.__anext__())
    steps = [step(consumer.send, None)]
    if how == "throw":
        steps.append(step(consumer.throw, KeyError()))
    else:
        steps.append(step(consumer.send, None if how == "next" else "value"))

    assert steps == [["suspends", "waiting"], ["returns", "item"]]
    assert received == [value]
    assert received[0] is value


@behaviour("AWT-103", source=[ISSUE.BPO_30773, PEP525.AGEN_OBJECT, WHATSNEW.V39], since="3.9", level="detail")
@pytest.mark.parametrize("method", ["next", "send", "throw", "close"], ids=["next", "send", "throw", "close"])
def test_operation_from_behind_the_await(method):
    """If a step calls the iterator that the body awaits, that iterator sees the generator running and gets RuntimeError
    from ``__anext__()``.
    """
    log = []

    class Waiting:
        started = False

        def look(self):
            log.append([g.ag_running, step(g.__anext__().send, None)])

        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            if self.started:
                self.look()
            self.started = True
            return "waiting"

        def send(self, value):
            self.look()
            return "waiting"

        def throw(self, *arguments):
            self.look()
            return "waiting"

        def close(self):
            self.look()

    async def agen():
        try:
            await Waiting()
        except GeneratorExit:
            await suspend("waiting")
        yield 1

    g = agen()
    awaitable = g.__anext__()
    steps = [step(awaitable.send, None)]
    if method in ["next", "send"]:
        steps.append(step(awaitable.send, None if method == "next" else "value"))
    else:
        steps.append(step(awaitable.throw, KeyError() if method == "throw" else GeneratorExit()))

    assert steps == [["suspends", "waiting"], ["suspends", "waiting"]]
    assert log == [[True, ["raises", "RuntimeError"]]]


@behaviour("AWT-107", source=[REFERENCE.AGEN_ACLOSE], since="3.6", needs=["stepping"])
@pytest.mark.parametrize("by", ["value", "exception"], ids=["value", "exception"])
def test_close_after_a_wait_that_was_resumed(by):
    """``aclose()`` whose ``await`` inside of the body is resumed by a value, or by an exception that the body catches,
    ends without an exception when the body returns.
    """
    log = []

    async def agen():
        try:
            yield 1
        except GeneratorExit:
            try:
                await suspend("waiting")
            except KeyError:
                pass
        log.append("returns")

    g = agen()
    run(g.__anext__())
    consumer = awaiting(g.aclose())
    waiting = step(consumer.send, None)
    end = step(consumer.send, "value") if by == "value" else step(consumer.throw, KeyError())

    assert waiting == ["suspends", "waiting"]
    assert log == ["returns"]
    assert end[0] == "returns"
