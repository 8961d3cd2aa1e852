"""CLS: ``aclose()``, which raises GeneratorExit in the body, and the possible answers of the body."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import awaiting, collect, define, hooks, operate, raises, run, step, suspend, tidy
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP479, PEP525, PEPS, REFERENCE, TUTORIAL, WHATSNEW


@behaviour(
    "CLS-001", source=[REFERENCE.AGEN_ACLOSE, PEP525.AGEN_OBJECT, TUTORIAL.S14, PEP525.FINALIZATION], since="3.6"
)
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


@behaviour("CLS-002", source=[REFERENCE.AGEN_ACLOSE, TUTORIAL.S14, PEP525.FINALIZATION], since="3.6")
@pytest.mark.parametrize("handling", ["none", "re-raised"], ids=["none", "re-raised"])
async def test_generator_exit_let_out(handling):
    """If the body lets GeneratorExit propagate, awaiting ``aclose()`` returns None, and the generator is finished."""
    log = []

    async def without_handler():
        try:
            yield 1
            log.append("resumed")
        finally:
            log.append("left")
        yield 2

    async def with_handler():
        try:
            yield 1
        except GeneratorExit:
            log.append("left")
            raise
        yield 2

    g = without_handler() if handling == "none" else with_handler()
    await g.__anext__()
    returned = await g.aclose()
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert log == ["left"]
    assert returned is None


@behaviour("CLS-003", source=[REFERENCE.AGEN_ACLOSE, REFERENCE.TRY, TUTORIAL.S14], since="3.6")
async def test_finally_clauses():
    """``aclose()`` runs the ``finally`` clauses around the yield from the inside out, and no other clauses."""
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


@behaviour(
    "CLS-004",
    source=[PEP525.FINALIZATION, REFERENCE.AGEN_ACLOSE, REFERENCE.COROUTINE_OBJECTS, TUTORIAL.S03, TUTORIAL.S14],
    since="3.6",
)
@pytest.mark.parametrize("clause", ["finally", "except"], ids=["finally", "except"])
def test_awaits_while_closing(clause):
    """An ``await`` in a clause that ``aclose()`` runs suspends the ``aclose()`` awaitable, and its result is the value
    that the driver sends.
    """
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
    steps = awaiting(g.aclose())
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
    """If a ``finally`` clause that ``aclose()`` runs yields, awaiting ``aclose()`` raises RuntimeError, which is not
    raised inside the body.
    """
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


@behaviour("CLS-006", source=[REFERENCE.AGEN_ACLOSE, TUTORIAL.S14], since="3.6")
@pytest.mark.parametrize(
    "clause", ["GeneratorExit", "BaseException", "bare"], ids=["GeneratorExit", "BaseException", "bare"]
)
async def test_caught_and_yielded(clause):
    """``aclose()`` raises RuntimeError if the body catches GeneratorExit and yields, and the body is not resumed."""
    log = []

    async def agen():
        if clause == "bare":
            try:
                yield 1
            except:  # noqa: E722
                log.append("caught")
                yield "lost"
        else:
            try:
                yield 1
            except {"GeneratorExit": GeneratorExit, "BaseException": BaseException}[clause]:
                log.append("caught")
                yield "lost"
        log.append("goes on")

    g = agen()
    await g.__anext__()
    awaitable = g.aclose()
    with raises(RuntimeError):
        await awaitable
    seen = list(log)

    assert seen == ["caught"]


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
    """Another exception that the body raises in answer to ``aclose()`` reaches the awaiting caller, and the generator
    is finished.
    """
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


@behaviour("CLS-009", source=[REFERENCE.AGEN_ACLOSE, REFERENCE.RAISE, LIBRARY.EXCEPTION_CONTEXT], since="3.6")
async def test_context_of_another_exception():
    """Another exception that the body raises while it is being closed propagates with the GeneratorExit as its context
    and without a cause.
    """
    received = []

    async def agen():
        try:
            yield 1
        except GeneratorExit as error:
            received.append(error)
            raise KeyError("cleanup")

    g = agen()
    await g.__anext__()
    with raises(KeyError) as caught:
        await g.aclose()

    assert received == [caught.value.__context__]
    assert caught.value.__cause__ is None


@behaviour("CLS-010", source=[REFERENCE.AGEN_ACLOSE, TUTORIAL.S14], since="3.6")
async def test_unstarted():
    """``aclose()`` on an unstarted generator returns None and finishes the generator without running anything of the
    body.
    """
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


@behaviour("CLS-011", source=[REFERENCE.AGEN_ACLOSE], since="3.6")
@pytest.mark.parametrize(
    "state",
    ["unstarted", "suspended", "exhausted", "failed", "closed"],
    ids=["unstarted", "suspended", "exhausted", "failed", "closed"],
)
async def test_nothing_comes_after_it(state):
    """After ``aclose()``, whatever the state was before, ``__anext__()`` and ``asend()`` raise StopAsyncIteration."""
    log = []

    async def agen():
        yield 1
        log.append("resumed")
        if state == "failed":
            raise KeyError

    g = agen()
    if state != "unstarted":
        await g.__anext__()
    if state in ("exhausted", "failed"):
        with raises(KeyError if state == "failed" else StopAsyncIteration):
            await g.__anext__()
    # What awaiting aclose() does is not the subject.
    for _ in range(2 if state == "closed" else 1):
        try:
            await g.aclose()
        except Exception:
            pass
    before = list(log)
    for request in [g.__anext__, lambda: g.asend(None), lambda: g.asend("value"), g.__anext__]:
        with raises(StopAsyncIteration):
            await request()

    assert before == (["resumed"] if state in ("exhausted", "failed") else [])
    assert log == before


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


@behaviour("CLS-013", source=[REFERENCE.AGEN_ACLOSE], since="3.6")
async def test_after_an_exception():
    """``aclose()`` of a generator that ended with an exception returns None, and the exception is not raised again."""
    log = []

    async def agen():
        try:
            yield 1
            raise KeyError
        finally:
            log.append("finally")

    g = agen()
    await g.__anext__()
    with raises(KeyError):
        await g.__anext__()
    results = [await g.aclose(), await g.aclose()]

    assert results == [None, None]
    assert log == ["finally"]


@behaviour("CLS-014", source=[REFERENCE.AGEN_ACLOSE], since="3.6")
async def test_closed_twice():
    """A second ``aclose()`` also returns None, and nothing is raised in the body again."""
    log = []

    async def agen():
        try:
            yield 1
        except GeneratorExit:
            log.append("GeneratorExit")
            raise

    g = agen()
    await g.__anext__()
    first, second = g.aclose(), g.aclose()
    results = [await first, await second, await g.aclose()]

    assert results == [None, None, None]
    assert log == ["GeneratorExit"]


@behaviour("CLS-015", source=[REFERENCE.AGEN_ACLOSE, PEP525.AGEN_OBJECT, TUTORIAL.S14], since="3.6")
async def test_closed_when_awaited():
    """Calling ``aclose()`` closes nothing: the body can still be resumed, and awaiting the awaitable closes it where it
    is then.
    """
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
    """``aclose()`` runs the ``finally`` clause, and neither the ``else`` clause nor the code after the ``try``."""
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


@behaviour("CLS-017", source=[REFERENCE.AGEN_ATHROW, REFERENCE.TRY, LIBRARY.GENERATOR_EXIT], since="3.6")
async def test_not_an_exception_of_programs():
    """``except Exception`` in the body does not catch a GeneratorExit of the yield, but a bare ``except`` does."""
    log = []

    async def agen():
        try:
            try:
                yield 1
            except Exception:
                log.append("Exception")
        except:  # noqa: E722
            log.append("bare")
            raise

    g = agen()
    await g.__anext__()
    try:
        await g.athrow(GeneratorExit())
    except BaseException:
        pass

    assert log == ["bare"]
    assert not issubclass(GeneratorExit, Exception)


@behaviour("CLS-018", source=[REFERENCE.AGEN_ACLOSE, REFERENCE.ASYNC_WITH, REFERENCE.WITH], since="3.6")
async def test_context_managers_are_left():
    """``aclose()`` exits the open ``async with`` and ``with`` blocks with the GeneratorExit, the inner ones first."""
    log = []

    class Manager:
        def __init__(self, name):
            self.name = name

        def __enter__(self):
            return self

        def __exit__(self, kind, value, traceback):
            log.append([self.name, kind, type(value)])

        async def __aenter__(self):
            return self

        async def __aexit__(self, kind, value, traceback):
            await suspend()
            log.append([self.name, kind, type(value)])

    async def agen():
        async with Manager("outer"):
            with Manager("middle"):
                async with Manager("inner"):
                    yield 1

    g = agen()
    await g.__anext__()
    result = await g.aclose()

    assert result is None
    assert log == [
        ["inner", GeneratorExit, GeneratorExit],
        ["middle", GeneratorExit, GeneratorExit],
        ["outer", GeneratorExit, GeneratorExit],
    ]


@behaviour("CLS-019", source=[REFERENCE.AGEN_ACLOSE, REFERENCE.ASYNC_WITH], since="3.6")
@pytest.mark.parametrize("then", ["ends", "yields"], ids=["ends", "yields"])
async def test_suppressed_by_a_context_manager(then):
    """If a context manager suppresses the GeneratorExit, ``aclose()`` returns None if the body then ends, and raises
    RuntimeError if it yields.
    """
    log = []

    class Suppressing:
        async def __aenter__(self):
            return self

        async def __aexit__(self, kind, value, traceback):
            return True

    async def agen():
        async with Suppressing():
            yield 1
        log.append("after the block")
        if then == "yields":
            yield 2

    g = agen()
    await g.__anext__()
    if then == "yields":
        with raises(RuntimeError):
            await g.aclose()
        with raises(StopAsyncIteration):
            await g.__anext__()
    else:
        log.append(await g.aclose())

    assert log == (["after the block"] if then == "yields" else ["after the block", None])


@behaviour(
    "CLS-020",
    source=[REFERENCE.AGEN_ACLOSE, REFERENCE.ASYNC_FOR, PEP525.YIELD_FROM, PEPS.PEP533, TUTORIAL.S18],
    since="3.6",
)
async def test_inner_generator_is_not_closed():
    """``aclose()`` of a generator inside an ``async for`` over another generator runs its ``finally`` clause, and
    leaves that other generator as it is.
    """
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
    await tidy(inner)

    assert [first, second] == [1, 2]
    assert after_aclose == ["outer"]


@behaviour("CLS-021a", source=[CPYTHON.GENOBJECT, ISSUE.BPO_30773, WHATSNEW.V39], since="3.6", until="3.8")
async def test_body_closes_itself_in_vain():
    """A body that awaits ``aclose()`` of its own generator gets None and continues."""
    log = []

    async def agen():
        log.append(await g.aclose())
        yield 1
        yield 2

    g = agen()
    items = [await g.__anext__(), await g.__anext__()]

    assert log == [None]
    assert items == [1, 2]


@behaviour("CLS-021b", source=[CPYTHON.GENOBJECT, ISSUE.BPO_30773, WHATSNEW.V39], since="3.9")
async def test_body_closes_itself():
    """A body that awaits ``aclose()`` of its own generator gets RuntimeError, is not closed and continues."""
    log = []

    async def agen():
        try:
            log.append(await g.aclose())
        except BaseException as error:
            log.append(type(error))
        yield 1
        yield 2

    g = agen()
    items = [await g.__anext__(), await g.__anext__()]

    assert log == [RuntimeError]
    assert items == [1, 2]


@behaviour("CLS-022", source=[CPYTHON.GENOBJECT, TUTORIAL.S14], since="3.6")
async def test_resumed_after_a_yield_while_closing():
    """After a yield has made ``aclose()`` fail, the body is suspended at that yield and can be resumed from it."""
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


@behaviour("CLS-023b", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_closed_again_after_it_was_ignored():
    """After the body has ignored a GeneratorExit, a second ``aclose()`` raises StopAsyncIteration and raises nothing in
    the body.
    """
    log = []

    async def agen():
        try:
            yield 1
        except GeneratorExit:
            log.append("GeneratorExit")
            yield 2
        yield 3

    g = agen()
    await g.__anext__()
    with raises(RuntimeError):
        await g.aclose()
    with raises(StopAsyncIteration):
        await g.aclose()
    following = await g.__anext__()

    assert log == ["GeneratorExit"]
    assert following == 3


@behaviour("CLS-024b", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_thrown_into_after_it_was_ignored():
    """After the body has ignored a GeneratorExit, ``athrow()`` raises StopAsyncIteration and throws nothing."""
    log = []

    async def agen():
        try:
            yield 1
        except GeneratorExit:
            try:
                yield 2
            except KeyError:
                log.append("thrown")
        yield 3

    g = agen()
    await g.__anext__()
    with raises(RuntimeError):
        await g.aclose()
    with raises(StopAsyncIteration):
        await g.athrow(KeyError())
    following = await g.__anext__()

    assert log == []
    assert following == 3


@behaviour("CLS-025", source=[REFERENCE.TRY, REFERENCE.AGEN_ACLOSE], since="3.6", needs=["compile", "warnings"])
async def test_return_in_finally():
    """A ``return`` in ``finally`` discards the GeneratorExit: the body ends, and ``aclose()`` returns None."""
    import warnings

    log = []
    # Since Python 3.14 the compiler warns of such a statement.
    source = """
async def agen(log):
    try:
        yield 1
    finally:
        log.append("finally")
        return
"""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        agen = define(source, "agen")
    g = agen(log)
    await g.__anext__()
    result = await g.aclose()
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert result is None
    assert log == ["finally"]


@behaviour(
    "CLS-026",
    source=[REFERENCE.AGEN_ACLOSE, REFERENCE.CONTINUE, REFERENCE.TRY],
    since="3.8",
    needs=["compile", "warnings"],
)
async def test_continue_in_finally():
    """A ``continue`` in ``finally`` that leads back to a yield makes ``aclose()`` raise RuntimeError."""
    import warnings

    log = []
    # Since Python 3.14 the compiler warns of such a statement.
    source = """
async def agen(log):
    for number in range(2):
        try:
            yield number
        finally:
            log.append(number)
            continue
"""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        agen = define(source, "agen")
    g = agen(log)
    await g.__anext__()
    with raises(RuntimeError):
        await g.aclose()
    seen = list(log)
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert seen == [0]


@behaviour("CLS-027", source=[PEP525.AGEN_OBJECT], since="3.6")
async def test_stop_async_iteration_while_closing():
    """A StopAsyncIteration that the body raises while it is being closed becomes a RuntimeError and does not end
    ``aclose()`` normally.
    """

    async def agen():
        try:
            yield 1
        finally:
            raise StopAsyncIteration("cleanup")

    g = agen()
    await g.__anext__()
    with raises(RuntimeError):
        await g.aclose()
    with raises(StopAsyncIteration):
        await g.__anext__()


@behaviour("CLS-028", source=[PEP525.AGEN_OBJECT, PEP479.PROPOSAL], since="3.6")
async def test_stop_iteration_while_closing():
    """A StopIteration that the body raises while it is being closed becomes a RuntimeError and is not the result of
    ``aclose()``.
    """
    failure = StopIteration("cleanup")

    async def agen():
        try:
            yield 1
        finally:
            raise failure

    g = agen()
    await g.__anext__()
    with raises(RuntimeError) as caught:
        await g.aclose()
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert caught.value.__cause__ is failure


@behaviour("CLS-029", source=[REFERENCE.AGEN_ACLOSE, PEP525.FINALIZATION], since="3.6")
async def test_another_generator_exit():
    """A new GeneratorExit that the body raises while it is being closed completes ``aclose()`` like the GeneratorExit
    that was raised in the body.
    """

    class Leave(GeneratorExit):
        pass

    async def agen(error):
        try:
            try:
                yield 1
            except GeneratorExit:
                raise error
        except GeneratorExit as leaving:
            seen.append(leaving)
            raise

    results, seen = [], []
    errors = [GeneratorExit("new"), Leave()]
    for error in errors:
        g = agen(error)
        await g.__anext__()
        results.append(await g.aclose())
        with raises(StopAsyncIteration):
            await g.__anext__()

    assert results == [None, None]
    assert seen == errors


@behaviour("CLS-030", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_closed_first_of_all():
    """``aclose()`` as the first operation calls the ``firstiter`` hook and finishes the generator, which has no frame
    after that.
    """
    log = []

    async def agen():
        log.append("body")
        yield

    g = agen()
    with hooks(firstiter=lambda generator: log.append("firstiter")):
        result = await g.aclose()

    assert result is None
    assert log == ["firstiter"]
    assert g.ag_frame is None


@behaviour("CLS-031", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "weakref"])
async def test_variables_are_let_go():
    """After ``aclose()`` the variables of the body are released, although the generator and its awaitable still
    exist.
    """
    import weakref

    class Value:
        pass

    async def agen():
        local = Value()
        references.append(weakref.ref(local))
        yield

    references = []
    g = agen()
    await g.__anext__()
    collect()
    suspended = references[0]() is not None
    awaitable = g.aclose()
    await awaitable
    collect()
    closed = references[0]() is not None

    assert suspended is True
    assert closed is False


@behaviour("CLS-032", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "weakref"])
async def test_arguments_of_an_unstarted_generator_are_let_go():
    """After ``aclose()`` of a generator that has not started, its arguments are released, although the generator still
    exists.
    """
    import weakref

    class Value:
        pass

    async def agen(*arguments, **named):
        yield

    def make():
        first, second = Value(), Value()
        references.extend([weakref.ref(first), weakref.ref(second)])
        return agen(first, name=second)

    references = []
    g = make()
    collect()
    before = [reference() is not None for reference in references]
    await g.aclose()
    collect()
    after = [reference() is not None for reference in references]

    assert before == [True, True]
    assert after == [False, False]


@behaviour("CLS-033", source=[REFERENCE.AGEN_ACLOSE, REFERENCE.TRY], since="3.6")
async def test_awaited_cleanup_that_fails():
    """An exception from an ``await`` in the cleanup replaces the GeneratorExit, and the generator is finished."""
    log = []
    failure = KeyError("awaited")

    async def cleanup():
        await suspend()
        raise failure

    async def agen():
        try:
            yield 1
        finally:
            log.append("cleanup")
            await cleanup()
            log.append("never")

    g = agen()
    await g.__anext__()
    with raises(KeyError) as caught:
        await g.aclose()
    with raises(StopAsyncIteration):
        await g.__anext__()
    again = await g.aclose()

    assert caught.value is failure
    assert log == ["cleanup"]
    assert again is None


@behaviour("CLS-034", source=[WHATSNEW.V39, ISSUE.BPO_30773], since="3.8")
def test_closed_while_it_is_being_closed():
    """``aclose()`` raises RuntimeError while another ``aclose()`` is suspended in an ``await``, and the first one can
    continue.
    """
    log = []

    async def agen():
        try:
            yield 1
        finally:
            answer = await suspend("closing")
            log.append(answer)

    g = agen()
    run(g.__anext__())
    closing = g.aclose()
    steps = [step(closing.send, None), step(g.aclose().send, None)]
    before = list(log)
    steps.append(step(closing.send, "answer"))

    assert steps == [["suspends", "closing"], ["raises", "RuntimeError"], ["returns", None]]
    assert before == []
    assert log == ["answer"]


@behaviour("CLS-035", source=[WHATSNEW.V39, ISSUE.BPO_30773], since="3.8")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_iterated_while_it_is_being_closed(operation):
    """``__anext__()`` and ``asend()`` raise RuntimeError while ``aclose()`` is suspended in an ``await``."""
    log = []

    async def agen():
        try:
            yield 1
        finally:
            answer = await suspend("closing")
            log.append(answer)

    g = agen()
    run(g.__anext__())
    closing = g.aclose()
    steps = [step(closing.send, None), step(operate(g, operation).send, None)]
    before = list(log)
    steps.append(step(closing.send, "answer"))

    assert steps == [["suspends", "closing"], ["raises", "RuntimeError"], ["returns", None]]
    assert before == []
    assert log == ["answer"]


@behaviour("CLS-036", source=[WHATSNEW.V39, ISSUE.BPO_30773, TUTORIAL.S14], since="3.8")
def test_refused_while_an_item_is_under_way():
    """``aclose()`` raises RuntimeError while ``__anext__()`` is suspended in an ``await``, and has no other effect."""
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


@behaviour("CLS-037b", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
def test_abandoned_close():
    """After an ``aclose()`` awaitable was dropped while it was suspended in an ``await``, the generator counts as
    running and every operation raises RuntimeError.
    """
    log = []

    async def agen():
        try:
            yield 1
        finally:
            log.append(await suspend("closing"))

    with hooks():
        g = agen()
        run(g.__anext__())
        closing = g.aclose()
        waiting = step(closing.send, None)
        del closing
        collect()
        running = g.ag_running
        awaitables = [g.__anext__(), g.asend(None), g.athrow(KeyError()), g.aclose()]
        refused = [step(awaitable.send, None) for awaitable in awaitables]
        before = list(log)

    assert waiting == ["suspends", "closing"]
    assert running is True
    assert refused == [["raises", "RuntimeError"]] * 4
    assert before == []


@behaviour("CLS-038b", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
def test_abandoned_item():
    """After an ``__anext__()`` awaitable was dropped while it was suspended in an ``await``, every operation, including
    ``aclose()``, raises RuntimeError.
    """
    log = []

    async def agen():
        log.append(await suspend("waiting"))
        yield 1

    with hooks():
        g = agen()
        awaitable = g.__anext__()
        waiting = step(awaitable.send, None)
        del awaitable
        collect()
        running = g.ag_running
        awaitables = [g.__anext__(), g.asend(None), g.athrow(KeyError()), g.aclose()]
        refused = [step(each.send, None) for each in awaitables]
        before = list(log)

    assert waiting == ["suspends", "waiting"]
    assert running is True
    assert refused == [["raises", "RuntimeError"]] * 4
    assert before == []


@behaviour("CLS-039", source=[REFERENCE.AGEN_ACLOSE], since="3.6")
async def test_no_value_is_returned():
    """``aclose()`` returns only None: a value that the body yields in answer to it is not its result."""

    async def yields():
        try:
            yield 1
        except GeneratorExit:
            yield "value"

    async def ends():
        try:
            yield 1
        except GeneratorExit:
            pass

    results = []
    for function in [yields, ends]:
        g = function()
        await g.__anext__()
        try:
            results.append(await g.aclose())
        except RuntimeError:
            results.append("RuntimeError")

    assert results == ["RuntimeError", None]


@behaviour("CLS-040b", source=[ISSUE.BPO_29587], since="3.6")
async def test_closed_in_a_handler():
    """The GeneratorExit that ``aclose()`` raises in an ``except`` clause of the body has the handled exception as its
    context.
    """
    contexts = []
    failure = KeyError("handled")

    async def agen():
        try:
            raise failure
        except KeyError:
            try:
                yield 1
            except GeneratorExit as error:
                contexts.append(error.__context__)
                raise

    g = agen()
    await g.__anext__()
    await g.aclose()

    assert contexts == [failure]
