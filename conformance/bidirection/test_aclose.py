"""aclose: the body is asked to leave, and how it may answer."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import raises, run, suspend
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP525, PEPS, REFERENCE, TUTORIAL, WHATSNEW


@behaviour("CLS-001", source=[REFERENCE.AGEN_ACLOSE, PEP525.AGEN_OBJECT, TUTORIAL.S14], since="3.6")
async def test_generator_exit_at_the_yield():
    """``aclose()`` raises one GeneratorExit in the body, at the yield where it is suspended."""
    log = []

    async def agen():
        try:
            yield 1
        except BaseException:
            log.append("at the first yield")
        try:
            yield 2
            log.append("resumed")
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    await g.__anext__()
    await g.__anext__()
    await g.aclose()

    assert log == [GeneratorExit]


@behaviour("CLS-002", source=[REFERENCE.AGEN_ACLOSE, TUTORIAL.S14], since="3.6")
@pytest.mark.parametrize("handling", ["none", "re-raised"], ids=["none", "re-raised"])
async def test_generator_exit_let_out(handling):
    """If the body lets GeneratorExit out, awaiting ``aclose()`` returns None, and the generator is finished."""

    async def without_handler():
        yield 1
        yield 2

    async def with_handler():
        try:
            yield 1
        except GeneratorExit:
            raise
        yield 2

    g = without_handler() if handling == "none" else with_handler()
    await g.__anext__()
    returned = await g.aclose()
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert returned is None


@behaviour("CLS-003", source=[REFERENCE.AGEN_ACLOSE, REFERENCE.TRY, TUTORIAL.S14], since="3.6")
async def test_finally_clauses():
    """``aclose()`` runs the ``finally`` clauses around the yield, from the inside out, and no other."""
    log = []

    async def agen():
        try:
            try:
                try:
                    yield 1
                finally:
                    log.append("innermost")
            finally:
                log.append("middle")
            try:
                yield 2
            finally:
                log.append("not entered")
        finally:
            log.append("outermost")

    g = agen()
    await g.__anext__()
    before = list(log)
    await g.aclose()

    assert before == []
    assert log == ["innermost", "middle", "outermost"]


@behaviour("CLS-004", source=[PEP525.FINALIZATION, REFERENCE.AGEN_ACLOSE, TUTORIAL.S03, TUTORIAL.S14], since="3.6")
@pytest.mark.parametrize("clause", ["finally", "except"], ids=["finally", "except"])
def test_awaits_while_closing(clause):
    """An ``await`` in a clause that ``aclose()`` runs suspends its awaitable, and gets the answer of who drives it."""
    log = []

    async def clean_up():
        log.append(await suspend("first"))
        log.append(await suspend("second"))

    async def with_finally():
        try:
            yield 1
        finally:
            await clean_up()

    async def with_except():
        try:
            yield 1
        except GeneratorExit:
            await clean_up()
            raise

    g = with_finally() if clause == "finally" else with_except()
    run(g.__anext__())
    steps = g.aclose().__await__()
    suspended_with = [steps.send(None), steps.send("one")]
    before_the_end = list(log)
    with raises(StopIteration) as stop:
        steps.send("two")
    with raises(StopAsyncIteration):
        run(g.__anext__())

    assert suspended_with == ["first", "second"]
    assert before_the_end == ["one"]
    assert log == ["one", "two"]
    assert stop.value.value is None


@behaviour("CLS-005", source=[REFERENCE.AGEN_ACLOSE, PEP525.FINALIZATION, TUTORIAL.S14], since="3.6")
async def test_yield_while_closing():
    """If a ``finally`` clause that ``aclose()`` runs yields, awaiting it raises RuntimeError, not inside the body."""
    log = []

    async def agen():
        try:
            yield 1
        finally:
            log.append("finally")
            try:
                yield 2
            except BaseException as error:
                log.append(type(error))
                raise
            log.append("resumed")

    g = agen()
    await g.__anext__()
    awaitable = g.aclose()
    with raises(RuntimeError):
        await awaitable
    seen = list(log)

    assert seen == ["finally"]


@behaviour("CLS-007", source=[REFERENCE.AGEN_ACLOSE, TUTORIAL.S14], since="3.6")
@pytest.mark.parametrize("ending", ["return", "end"], ids=["return", "end"])
async def test_generator_exit_caught(ending):
    """If the body catches GeneratorExit and ends, ``aclose()`` returns None, and the generator is finished."""
    log = []

    async def agen():
        try:
            yield 1
            log.append("resumed")
        except GeneratorExit:
            log.append("caught")
            if ending == "return":
                return
        log.append("end")

    g = agen()
    await g.__anext__()
    returned = await g.aclose()
    seen = list(log)
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert returned is None
    assert seen == (["caught"] if ending == "return" else ["caught", "end"])
    assert log == seen


@behaviour("CLS-008", source=[REFERENCE.AGEN_ACLOSE], since="3.6")
@pytest.mark.parametrize("clause", ["finally", "except"], ids=["finally", "except"])
async def test_other_exception_while_closing(clause):
    """Another exception that the body raises in answer to ``aclose()`` reaches whoever awaits, and is the end."""
    replacement = KeyError("replacement")

    async def with_finally():
        try:
            yield 1
        finally:
            raise replacement

    async def with_except():
        try:
            yield 1
        except GeneratorExit:
            raise replacement
        yield 2

    g = with_finally() if clause == "finally" else with_except()
    await g.__anext__()
    awaitable = g.aclose()
    with raises(KeyError) as caught:
        await awaitable
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert caught.value is replacement


@behaviour("CLS-010", source=[REFERENCE.AGEN_ACLOSE, TUTORIAL.S14], since="3.6")
async def test_unstarted():
    """``aclose()`` on an unstarted generator returns None, and finishes it without running anything of the body."""
    log = []

    async def agen():
        log.append("entered")
        try:
            yield 1
        finally:
            log.append("finally")

    g = agen()
    returned = await g.aclose()
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert returned is None
    assert log == []


@behaviour("CLS-012", source=[REFERENCE.AGEN_ACLOSE, TUTORIAL.S14], since="3.6")
async def test_exhausted():
    """``aclose()`` on an exhausted generator returns None every time, runs nothing, and leaves it exhausted."""
    log = []

    async def agen():
        try:
            yield 1
            log.append("end")
        finally:
            log.append("finally")

    g = agen()
    await g.__anext__()
    with raises(StopAsyncIteration):
        await g.__anext__()
    returned = [await g.aclose(), await g.aclose()]
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert returned == [None, None]
    assert log == ["end", "finally"]


@behaviour("CLS-015", source=[REFERENCE.AGEN_ACLOSE, PEP525.AGEN_OBJECT, TUTORIAL.S14], since="3.6")
async def test_closed_when_awaited():
    """``aclose()`` itself closes nothing: the body can go on, and is closed where it is at the ``await``."""
    log = []

    async def agen():
        try:
            yield 1
            log.append("resumed")
            yield 2
            log.append("resumed again")
        finally:
            log.append("finally")

    g = agen()
    await g.__anext__()
    awaitable = g.aclose()
    after_the_call = list(log)
    second = await g.__anext__()
    before_the_await = list(log)
    returned = await awaitable

    assert after_the_call == []
    assert second == 2
    assert before_the_await == ["resumed"]
    assert returned is None
    assert log == ["resumed", "finally"]


@behaviour("CLS-016", source=[REFERENCE.AGEN_ACLOSE, REFERENCE.TRY], since="3.6")
async def test_nothing_else_is_run():
    """``aclose()`` runs no statement that follows the yield but in ``finally``, be it in ``else`` or after the try."""
    log = []

    async def agen():
        for number in [1, 2, 3]:
            log.append(number)
            try:
                log.append((yield number))
            except Exception:
                log.append("except")
            else:
                log.append("else")
            finally:
                log.append("finally")
            log.append("after the try")
        log.append("after the loop")

    g = agen()
    await g.__anext__()
    await g.aclose()

    assert log == [1, "finally"]


@behaviour("CLS-020", source=[REFERENCE.ASYNC_FOR, PEP525.YIELD_FROM, PEPS.PEP533, TUTORIAL.S18], since="3.6")
async def test_inner_generator_is_not_closed():
    """``aclose()`` of a generator inside an ``async for`` over another one leaves that other one as it is."""
    log = []

    async def inner_agen():
        try:
            yield 1
            yield 2
        finally:
            log.append("inner")

    async def outer_agen():
        try:
            async for item in inner:
                yield item
        finally:
            log.append("outer")

    inner = inner_agen()
    outer = outer_agen()
    first = await outer.__anext__()
    await outer.aclose()
    after_aclose = list(log)
    second = await inner.__anext__()
    await inner.aclose()

    assert [first, second] == [1, 2]
    assert after_aclose == ["outer"]
    assert log == ["outer", "inner"]


@behaviour("CLS-022", source=[CPYTHON.GENOBJECT, TUTORIAL.S14], since="3.6")
async def test_resumed_after_a_yield_while_closing():
    """After a yield has made ``aclose()`` fail, the body is suspended at that yield, from which it can be resumed."""
    log = []

    async def agen():
        try:
            yield 1
        except GeneratorExit:
            log.append("caught")
            log.append((yield 2))
        yield 3
        log.append("end")

    g = agen()
    await g.__anext__()
    with raises(RuntimeError):
        await g.aclose()
    before = list(log)
    resumed_with = await g.asend("sent")
    after = list(log)
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert before == ["caught"]
    assert resumed_with == 3
    assert after == ["caught", "sent"]
    assert log == ["caught", "sent", "end"]


@behaviour("CLS-036", source=[LIBRARY.ASYNCIO_DEV, WHATSNEW.V39, ISSUE.BPO_30773, TUTORIAL.S14], since="3.8")
def test_refused_while_an_item_is_under_way():
    """``aclose()`` raises RuntimeError while ``__anext__()`` is suspended in an ``await``, and disturbs nothing."""
    log = []

    async def agen():
        try:
            log.append(await suspend("waiting"))
            yield 1
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    under_way = g.__anext__().__await__()
    under_way.send(None)
    refused = g.aclose().__await__()
    with raises(RuntimeError):
        refused.send(None)
    seen = list(log)
    with raises(StopIteration) as stop:
        under_way.send("answer")
    before_aclose = list(log)
    returned = run(g.aclose())

    assert seen == []
    assert stop.value.value == 1
    assert before_aclose == ["answer"]
    assert returned is None
    assert log == ["answer", GeneratorExit]
