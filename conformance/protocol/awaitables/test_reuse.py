"""AWT: awaitables that are awaited late, awaited again, or awaited after they raised RuntimeError."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import operate, raises, run, step, suspend
from conformance.protocol.awaitables.parameters import each_operation
from conformance.sources import CPYTHON, ISSUE, REFERENCE, WHATSNEW


@behaviour("AWT-009b", source=[ISSUE.BPO_39386, CPYTHON.TEST_ASYNCGEN], since="3.6")
async def test_aclose_awaited_again():
    """An ``aclose()`` awaitable that has closed the generator raises RuntimeError when it is awaited again, while a new
    one does not.
    """
    log = []

    async def agen():
        try:
            yield 1
        except GeneratorExit:
            log.append("closed")

    g = agen()
    await g.__anext__()
    awaitable = g.aclose()
    closed = await awaitable
    with raises(RuntimeError):
        await awaitable
    with raises(RuntimeError):
        await awaitable
    closed_again = await g.aclose()

    assert closed is None
    assert closed_again is None
    assert log == ["closed"]


@behaviour("AWT-012b", source=[CPYTHON.GENOBJECT, ISSUE.BPO_39386], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
async def test_awaited_again_after_an_error(operation):
    """An awaitable that ended with an exception of the body raises RuntimeError when it is awaited again, without that
    exception as its cause or context.
    """
    failure = KeyError("body")

    async def agen():
        yield 1
        raise failure

    g = agen()
    await g.__anext__()
    awaitable = operate(g, operation)
    with raises(KeyError) as caught:
        await awaitable
    with raises(RuntimeError) as refused:
        await awaitable
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert caught.value is failure
    assert refused.value.__context__ is None
    assert refused.value.__cause__ is None


@behaviour("AWT-042", source=[REFERENCE.AGEN_ANEXT, REFERENCE.AGEN_ASEND, REFERENCE.AGEN_ACLOSE], since="3.6")
@pytest.mark.parametrize("ending", ["returns", "raises", "aclose"], ids=["returns", "raises", "aclose"])
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
async def test_made_before_the_end(operation, ending):
    """An ``__anext__()`` or ``asend()`` awaitable that was created before the end of the generator raises
    StopAsyncIteration when it is awaited after the end.
    """
    log = []

    async def agen():
        yield 1
        try:
            if ending == "raises":
                raise KeyError
            log.append("returns")
        except KeyError:
            log.append("raises")
            raise

    g = agen()
    await g.__anext__()
    awaitable = operate(g, operation)
    # How the generator ends is not the subject: other behaviours demand it.
    try:
        await (g.aclose() if ending == "aclose" else g.__anext__())
    except Exception:
        pass
    before = list(log)
    with raises(StopAsyncIteration):
        await awaitable

    assert ending == "aclose" or before == [ending]
    assert log == before


@behaviour("AWT-043", source=[REFERENCE.AGEN_ACLOSE], since="3.6")
@pytest.mark.parametrize("ending", ["returns", "raises", "aclose"], ids=["returns", "raises", "aclose"])
async def test_aclose_made_before_the_end(ending):
    """An ``aclose()`` awaitable that was created before the end of the generator does nothing and returns None when it
    is awaited after the end.
    """
    log = []

    async def agen():
        try:
            yield 1
            log.append("resumed")
            if ending == "raises":
                raise KeyError
        finally:
            log.append("finally")

    g = agen()
    await g.__anext__()
    awaitable = g.aclose()
    if ending == "returns":
        with raises(StopAsyncIteration):
            await g.__anext__()
    elif ending == "raises":
        with raises(KeyError):
            await g.__anext__()
    else:
        await g.aclose()
    before = list(log)
    closed = await awaitable

    assert before == (["finally"] if ending == "aclose" else ["resumed", "finally"])
    assert closed is None
    assert log == before


@behaviour("AWT-044b", source=[ISSUE.GH_117881, CPYTHON.TEST_ASYNCGEN, WHATSNEW.V39], since="3.9")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_spent_after_it_was_refused(operation):
    """An ``__anext__()`` or ``asend()`` awaitable that raised RuntimeError because another one was suspended raises it
    again when it is awaited later.
    """
    log = []

    async def agen():
        log.append((yield 1))
        await suspend("waiting")
        log.append((yield 2))
        yield 3

    g = agen()
    run(g.__anext__())
    under_way = g.__anext__()
    under_way.send(None)
    refused = operate(g, operation)
    outcomes = [step(refused.send, None), step(under_way.send, None), step(refused.send, None)]
    seen = list(log)
    following = step(g.__anext__().send, None)

    assert outcomes == [["raises", "RuntimeError"], ["returns", 2], ["raises", "RuntimeError"]]
    assert seen == [None]
    assert following == ["returns", 3]


@behaviour("AWT-049", source=[CPYTHON.GENOBJECT], since="3.6", allowed=["resumes the body", "raises RuntimeError"])
@pytest.mark.parametrize("times", [1, 2], ids=["once", "twice"])
def test_athrow_that_suspended_is_awaited_again(times):
    """An ``athrow()`` awaitable that was suspended before it returned its item either resumes the body with the value
    that it is sent then, or raises RuntimeError.
    """
    log = []

    async def agen():
        try:
            yield 1
        except KeyError:
            for number in range(times):
                log.append(await suspend(number))
        log.append((yield 2))
        yield 3

    g = agen()
    run(g.__anext__())
    awaitable = g.athrow(KeyError())
    waits = [step(awaitable.send, None) for _ in range(times)]
    item = step(awaitable.send, "answer")
    again = step(awaitable.send, "sent")
    refused = again == ["raises", "RuntimeError"]

    assert waits == [["suspends", number] for number in range(times)]
    assert item == ["returns", 2]
    assert refused or again == ["returns", 3]
    assert log == [None] * (times - 1) + ["answer"] + ["sent"] * (not refused)
    return "raises RuntimeError" if refused else "resumes the body"


@behaviour("AWT-050", source=[REFERENCE.AGEN_METHODS, REFERENCE.AGEN_FUNCTION], since="3.6")
@pytest.mark.parametrize("order", ["as-made", "reversed"], ids=["as-made", "reversed"])
async def test_one_after_the_other(order):
    """Awaitables that were created together can be awaited one after the other: each resumes the body where the
    previous one left it.
    """
    log = []

    async def agen():
        try:
            for number in range(9):
                await suspend()
                log.append((yield number))
        except KeyError:
            log.append("KeyError")
        yield "after the exception"

    g = agen()
    first = await g.__anext__()
    awaitables = [g.asend("a"), g.__anext__(), g.asend("b"), g.__anext__()]
    thrown = g.athrow(KeyError())
    items = [await awaitable for awaitable in (awaitables if order == "as-made" else reversed(awaitables))]
    last = await thrown

    assert first == 0
    assert items == [1, 2, 3, 4]
    assert log == (["a", None, "b", None] if order == "as-made" else [None, "b", None, "a"]) + ["KeyError"]
    assert last == "after the exception"


@behaviour("AWT-077", source=[ISSUE.BPO_30773, CPYTHON.GENOBJECT, WHATSNEW.V39], since="3.9")
@pytest.mark.parametrize("first", ["anext", "athrow", "aclose"], ids=["anext", "athrow", "aclose"])
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_athrow_or_aclose_is_spent_by_a_refusal(operation, first):
    """An ``athrow()`` or ``aclose()`` awaitable that raised RuntimeError because another one was suspended raises it
    again when it is awaited later.
    """
    log = []

    async def agen():
        try:
            yield 1
        except KeyError:
            pass
        finally:
            answer = await suspend("waiting")
            log.append(answer)
        try:
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise
        yield 3

    g = agen()
    run(g.__anext__())
    under_way = {"anext": g.__anext__, "athrow": lambda: g.athrow(KeyError()), "aclose": g.aclose}[first]()
    refused = g.athrow(OSError()) if operation == "athrow" else g.aclose()
    steps = [
        step(under_way.send, None),
        step(refused.send, None),
        step(under_way.send, "answer"),
        step(refused.send, None),
        step(refused.throw, OSError()),
    ]
    running = g.ag_running
    following = step(g.__anext__().send, None)

    assert steps == [
        ["suspends", "waiting"],
        ["raises", "RuntimeError"],
        ["returns", None if first == "aclose" else 2],
        ["raises", "RuntimeError"],
        ["raises", "RuntimeError"],
    ]
    assert log == ["answer"]
    assert running is False
    assert following == (["raises", "StopAsyncIteration"] if first == "aclose" else ["returns", 3])


@behaviour("AWT-078b", source=[ISSUE.GH_117881, CPYTHON.GENOBJECT, WHATSNEW.V39], since="3.9")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
async def test_spent_after_its_own_body_was_refused(operation):
    """An ``__anext__()`` or ``asend()`` awaitable that raised RuntimeError in the body of its own generator raises it
    again when it is awaited afterwards.
    """
    log = []

    async def agen():
        yield 1
        try:
            await own
        except RuntimeError:
            log.append("refused")
        log.append((yield 2))
        yield 3

    g = agen()
    await g.__anext__()
    own = operate(g, operation)
    item = await g.__anext__()
    with raises(RuntimeError):
        await own
    seen = list(log)
    following = await g.__anext__()

    assert [item, following] == [2, 3]
    assert seen == ["refused"]
    assert log == ["refused", None]


@behaviour("AWT-079b", source=[ISSUE.BPO_30773, CPYTHON.GENOBJECT, WHATSNEW.V39], since="3.9")
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
async def test_athrow_or_aclose_is_spent_by_its_own_body(operation):
    """An ``athrow()`` or ``aclose()`` awaitable that raised RuntimeError in the body of its own generator raises it
    again when it is awaited afterwards.
    """
    log = []

    async def agen():
        yield 1
        try:
            await own
        except BaseException as error:
            log.append(type(error))
        yield 2
        yield 3

    g = agen()
    await g.__anext__()
    own = operate(g, operation)
    item = await g.__anext__()
    with raises(RuntimeError):
        await own
    following = await g.__anext__()

    assert [item, following] == [2, 3]
    assert log == [RuntimeError]


@behaviour("AWT-080b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6")
@each_operation
def test_first_awaited_after_the_end_is_spent(operation):
    """An awaitable that was first awaited after the end of the generator raises RuntimeError when it is awaited again,
    whatever the first ``await`` did.
    """

    async def agen():
        yield 1

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    run(g.aclose())
    step(awaitable.send, None)
    outcomes = [step(awaitable.send, None), step(awaitable.throw, OSError()), step(awaitable.send, None)]
    following = [step(g.__anext__().send, None), step(g.aclose().send, None)]

    assert outcomes == [["raises", "RuntimeError"]] * 3
    assert following == [["raises", "StopAsyncIteration"], ["returns", None]]


@behaviour("AWT-082", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_refused_after_an_ignored_generator_exit(operation):
    """An ``athrow()`` or ``aclose()`` awaitable that raised StopAsyncIteration after an ignored GeneratorExit raises
    RuntimeError when it is awaited again.
    """
    log = []

    async def agen():
        try:
            yield 1
        except GeneratorExit:
            log.append((yield "ignored"))
        yield 2

    g = agen()
    run(g.__anext__())
    ignored = step(g.aclose().send, None)
    awaitable = operate(g, operation)
    outcomes = [step(awaitable.send, None), step(awaitable.send, None), step(awaitable.throw, OSError())]
    running = g.ag_running
    seen = list(log)
    following = step(g.asend("goes on").send, None)

    assert ignored == ["raises", "RuntimeError"]
    assert outcomes == [["raises", "StopAsyncIteration"], ["raises", "RuntimeError"], ["raises", "RuntimeError"]]
    assert running is False
    assert seen == []
    assert following == ["returns", 2]
    assert log == ["goes on"]


@behaviour("AWT-084b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend", "asend-value"], ids=["anext", "asend", "asend-value"])
def test_value_before_the_start_spends_it(operation):
    """An awaitable that raised TypeError for a value sent before the start raises RuntimeError when it is awaited
    again, and another one can start the body.
    """

    async def agen():
        yield 1

    g = agen()
    awaitable = g.__anext__() if operation == "anext" else g.asend("sent" if operation == "asend-value" else None)
    outcomes = [step(awaitable.send, None if operation == "asend-value" else "given"), step(awaitable.send, None)]
    running = g.ag_running
    following = step(g.__anext__().send, None)

    assert outcomes == [["raises", "TypeError"], ["raises", "RuntimeError"]]
    assert running is False
    assert following == ["returns", 1]
