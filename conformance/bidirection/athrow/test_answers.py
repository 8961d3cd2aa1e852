"""THR: the body catches the exception, answers it, cleans up, or lets it propagate."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, define, raises, suspend, tidy
from conformance.sources import PEP525, PEPS, REFERENCE


@behaviour("THR-003", source=[REFERENCE.AGEN_ATHROW, PEP525.AGEN_OBJECT], since="3.6")
async def test_thrown_when_awaited():
    """Calling ``athrow()`` throws nothing: awaiting its awaitable raises the exception where the body is suspended at
    that time.
    """
    log = []

    async def agen():
        try:
            yield 1
            log.append("resumed")
            yield 2
            log.append("resumed again")
        except ValueError:
            log.append("thrown")
            raise

    g = agen()
    await g.__anext__()
    awaitable = g.athrow(ValueError)
    after_the_call = list(log)
    second = await g.__anext__()
    before_the_await = list(log)
    with raises(ValueError):
        await awaitable

    assert after_the_call == []
    assert second == 2
    assert before_the_await == ["resumed"]
    assert log == ["resumed", "thrown"]


@behaviour("THR-004", source=[REFERENCE.AGEN_ATHROW], since="3.6")
async def test_caught_and_yielded():
    """If the body catches the exception and yields, awaiting ``athrow()`` returns the yielded item, and the body can
    continue.
    """

    async def agen():
        try:
            yield 1
        except ValueError:
            received = yield ["caught"]
            yield received
        yield "after the handler"

    g = agen()
    await g.__anext__()
    answer = await g.athrow(ValueError)
    echo = await g.asend("sent")
    last = await g.__anext__()

    assert answer == ["caught"]
    assert echo == "sent"
    assert last == "after the handler"


@behaviour("THR-005", source=[REFERENCE.AGEN_ATHROW], since="3.6")
@pytest.mark.parametrize("ending", ["return", "end"], ids=["return", "end"])
async def test_caught_and_returned(ending):
    """If the body catches the exception and ends, awaiting ``athrow()`` raises StopAsyncIteration, and the generator is
    finished.
    """
    log = []

    async def agen():
        try:
            yield 1
            log.append("resumed")
        except ValueError:
            log.append("caught")
            if ending == "return":
                return
        log.append("end")

    g = agen()
    await g.__anext__()
    awaitable = g.athrow(ValueError)
    with raises(StopAsyncIteration):
        await awaitable
    seen = list(log)
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert seen == (["caught"] if ending == "return" else ["caught", "end"])
    assert log == seen


@behaviour("THR-006", source=[REFERENCE.AGEN_ATHROW], since="3.6")
async def test_not_caught():
    """An exception that the body does not catch reaches the caller that awaits ``athrow()``, and finishes the
    generator.
    """
    log = []

    async def agen():
        try:
            yield 1
            log.append("resumed")
        except TypeError:
            log.append("caught")
        finally:
            log.append("finally")
        yield 2

    thrown = ValueError("thrown")
    g = agen()
    await g.__anext__()
    awaitable = g.athrow(thrown)
    with raises(ValueError) as caught:
        await awaitable
    seen = list(log)
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert caught.value is thrown
    assert seen == ["finally"]
    assert log == seen


@behaviour("THR-007", source=[REFERENCE.AGEN_ATHROW, REFERENCE.RAISE], since="3.6")
@pytest.mark.parametrize("how", ["plain", "from", "from-none"], ids=["plain", "from", "from-none"])
async def test_answered_with_another_exception(how):
    """Another exception that the body raises in answer is raised by ``athrow()`` and has the thrown exception as its
    context.
    """
    thrown, answer, cause = KeyError("thrown"), OSError("answer"), ValueError("cause")

    async def agen():
        try:
            yield 1
        except KeyError:
            if how == "from":
                raise answer from cause
            if how == "from-none":
                raise answer from None
            raise answer

    g = agen()
    await g.__anext__()
    with raises(OSError) as caught:
        await g.athrow(thrown)
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert caught.value is answer
    assert answer.__context__ is thrown
    assert answer.__cause__ is (cause if how == "from" else None)


@behaviour("THR-022", source=[REFERENCE.AGEN_ATHROW, REFERENCE.TRY], since="3.6")
async def test_finally_runs():
    """The ``finally`` clauses, including the awaits in them, run before the thrown exception reaches the caller, the
    inner ones first.
    """
    log = []
    failure = KeyError("thrown")

    async def agen():
        try:
            try:
                yield 1
            finally:
                log.append("inner begins")
                await suspend()
                log.append("inner ends")
        finally:
            await suspend()
            log.append("outer")

    g = agen()
    await g.__anext__()
    try:
        await g.athrow(failure)
    except KeyError as error:
        log.append(error)

    assert log == ["inner begins", "inner ends", "outer", failure]


@behaviour("THR-032", source=[REFERENCE.ASYNC_WITH, REFERENCE.AGEN_ATHROW], since="3.6")
@pytest.mark.parametrize("suppress", [True, False], ids=["suppressed", "passed-on"])
async def test_inside_an_asynchronous_context_manager(suppress):
    """An exception thrown at a yield inside ``async with`` is passed to ``__aexit__()``, which can suppress it."""
    log = []
    failure = KeyError("thrown")

    class Manager:
        async def __aenter__(self):
            return self

        async def __aexit__(self, kind, value, traceback):
            await suspend()
            log.append([kind, value])
            return suppress

    async def agen():
        async with Manager():
            yield 1
        log.append("after the block")
        yield 2

    g = agen()
    await g.__anext__()
    try:
        await g.athrow(failure)
    except KeyError as error:
        log.append(error)

    assert log == [[KeyError, failure], "after the block" if suppress else failure]


@behaviour("THR-033", source=[REFERENCE.TRY, REFERENCE.AGEN_ATHROW], since="3.6")
async def test_nested_handlers():
    """Only the innermost ``except`` clause that matches a thrown exception catches it."""
    log = []

    async def agen():
        while True:
            try:
                try:
                    try:
                        yield "waiting"
                    except ValueError:
                        log.append("inner")
                except LookupError:
                    log.append("middle")
            except Exception:
                log.append("outer")

    g = agen()
    await g.__anext__()
    for error in [ValueError(), KeyError(), OSError(), IndexError(), UnicodeError()]:
        await g.athrow(error)
    seen = list(log)
    await tidy(g)

    assert seen == ["inner", "middle", "outer", "middle", "inner"]


@behaviour("THR-034", source=[REFERENCE.EXCEPT_STAR, PEPS.PEP654], since="3.11", needs=["compile"])
async def test_exception_group():
    """The ``except*`` clauses of the body split a thrown exception group, and the exceptions that no clause matches are
    raised.
    """
    log = []
    source = """
async def agen(log):
    try:
        yield 1
    except* KeyError as group:
        log.append(["KeyError", group.exceptions])
    except* OSError as group:
        log.append(["OSError", group.exceptions])
    yield 2
"""
    key, os, value = KeyError("key"), OSError("os"), ValueError("value")
    agen = define(source, "agen")
    first = agen(log)
    await first.__anext__()
    await first.athrow(ExceptionGroup("all matched", [key, os]))
    second = agen(log)
    await second.__anext__()
    with raises(ExceptionGroup) as caught:
        await second.athrow(ExceptionGroup("one is left", [key, value]))

    assert log == [["KeyError", (key,)], ["OSError", (os,)], ["KeyError", (key,)]]
    assert caught.value.exceptions == (value,)


@behaviour("THR-036", source=[REFERENCE.AGEN_ATHROW, REFERENCE.AGEN_FUNCTION], since="3.6")
async def test_goes_on_after_it():
    """After the body has caught a thrown exception and answered it with a yield, ``asend()`` and ``__anext__()`` work
    as before.
    """
    log = []

    async def agen():
        while True:
            try:
                log.append((yield len(log)))
            except KeyError as error:
                log.append(error.args[0])

    g = agen()
    await g.__anext__()
    await g.athrow(KeyError("a"))
    items = [await g.asend("b"), await g.__anext__()]
    await g.athrow(KeyError("c"))
    items.append(await g.asend("d"))
    await tidy(g)

    assert items == [2, 3, 5]
    assert log == ["a", "b", None, "c", "d"]


@behaviour("THR-037", source=[REFERENCE.AGEN_ATHROW, REFERENCE.AGEN_FUNCTION], since="3.6", needs=["warnings", "gc"])
async def test_dropped_unawaited():
    """An ``athrow()`` awaitable that is not awaited throws nothing, whether it is dropped or kept, and other awaitables
    work in the meantime.
    """
    import warnings

    log = []

    async def agen():
        try:
            log.append((yield 1))
            log.append((yield 2))
            yield 3
        except KeyError:
            log.append("thrown")
            yield 4

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        g = agen()
        await g.__anext__()
        g.athrow(KeyError())
        collect()
        kept = g.athrow(KeyError())
        items = [await g.asend("a"), await g.__anext__(), await kept]

    assert items == [2, 3, 4]
    assert log == ["a", None, "thrown"]


@behaviour("THR-038", source=[REFERENCE.ASYNC_FOR, REFERENCE.AGEN_FUNCTION], since="3.6")
async def test_suite_of_a_loop_throws_nothing():
    """An exception in the suite of ``async for`` is not raised in the generator, which can continue."""
    log = []

    async def agen():
        try:
            yield 1
            yield 2
        except BaseException as error:
            log.append(error)
            raise

    g = agen()
    with raises(KeyError):
        async for _ in g:
            raise KeyError
    following = await g.__anext__()
    seen = list(log)
    await tidy(g)

    assert following == 2
    assert seen == []
