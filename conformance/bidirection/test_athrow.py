"""athrow: an exception goes in, and what becomes of it."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, define, hooks, items_of, raises, suspend
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP479, PEP525, PEPS, REFERENCE, TUTORIAL


@behaviour("THR-001", source=[REFERENCE.AGEN_ATHROW, PEP525.AGEN_OBJECT, TUTORIAL.S13], since="3.6")
async def test_class_is_instantiated():
    """``athrow()`` of an exception class raises a fresh instance of it at the yield where the body is suspended."""
    caught = []

    async def agen():
        try:
            yield 1
        except KeyError:
            caught.append("at the first yield")
        try:
            yield 2
            caught.append("resumed")
        except KeyError as error:
            caught.append([type(error), error.args])
        yield 3

    g = agen()
    await g.__anext__()
    await g.__anext__()
    answer = await g.athrow(KeyError)

    assert caught == [[KeyError, ()]]
    assert answer == 3


@behaviour("THR-002", source=[REFERENCE.AGEN_ATHROW, PEP525.AGEN_OBJECT, TUTORIAL.S13], since="3.6")
async def test_instance_is_raised_itself():
    """``athrow()`` of an exception raises that very object at the yield where the body is suspended."""
    caught = []

    async def agen():
        try:
            yield 1
        except KeyError:
            caught.append("at the first yield")
        try:
            yield 2
            caught.append("resumed")
        except KeyError as error:
            caught.append(error)
        yield 3

    thrown = KeyError("thrown")
    g = agen()
    await g.__anext__()
    await g.__anext__()
    answer = await g.athrow(thrown)

    assert len(caught) == 1
    assert caught[0] is thrown
    assert thrown.args == ("thrown",)
    assert answer == 3


@behaviour("THR-003", source=[REFERENCE.AGEN_ATHROW, PEP525.AGEN_OBJECT], since="3.6")
async def test_thrown_when_awaited():
    """``athrow()`` itself throws nothing: the exception is raised where the body is when its awaitable is awaited."""
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
    """If the body catches the exception and yields, awaiting ``athrow()`` returns that item, and the body can go on."""

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
    """If the body catches the exception and ends, awaiting ``athrow()`` raises StopAsyncIteration, for good."""
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
    """An exception that the body does not catch reaches whoever awaits ``athrow()``, and finishes the generator."""
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
    """Another exception that the body raises in answer comes out, with the thrown one as its context."""
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


@behaviour("THR-008", source=[REFERENCE.AGEN_ATHROW, TUTORIAL.S13], since="3.6")
async def test_unstarted():
    """``athrow()`` on an unstarted generator raises the exception when awaited, and finishes it without a run."""
    log = []

    async def agen():
        log.append("entered")
        try:
            yield 1
        except ValueError:
            log.append("caught")

    thrown = ValueError("thrown")
    g = agen()
    awaitable = g.athrow(thrown)
    with raises(ValueError) as caught:
        await awaitable
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert caught.value is thrown
    assert log == []


@behaviour(
    "THR-009",
    source=[CPYTHON.GENOBJECT, TUTORIAL.S13],
    since="3.6",
    level="detail",
    allowed=["returns None", "raises the exception"],
)
async def test_exhausted():
    """Awaiting ``athrow()`` of an exhausted generator either returns None or raises, and it remains exhausted."""
    log = []

    async def agen():
        try:
            yield 1
        finally:
            log.append("left")

    g = agen()
    await g.__anext__()
    with raises(StopAsyncIteration):
        await g.__anext__()
    thrown = ValueError("thrown")
    try:
        seen = "returns %r" % (await g.athrow(thrown),)
    except ValueError as error:
        seen = "raises the exception" if error is thrown else "raises another ValueError"
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert log == ["left"]
    return seen


@behaviour("THR-010", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("state", ["suspended", "unstarted"], ids=["suspended", "unstarted"])
async def test_after_aclose(state):
    """``athrow()`` of a generator that ``aclose()`` has ended returns None when it is awaited, and raises nothing."""
    log = []

    async def agen():
        try:
            yield 1
        finally:
            log.append("finally")

    g = agen()
    if state == "suspended":
        await g.__anext__()
    await g.aclose()
    before = list(log)
    results = [await g.athrow(KeyError()), await g.athrow(KeyError)]

    assert results == [None, None]
    assert log == before


@behaviour("THR-011", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("ending", ["body", "athrow"], ids=["body", "athrow"])
async def test_after_an_exception(ending):
    """``athrow()`` of a generator that an exception has ended returns None when it is awaited, and raises nothing."""

    async def agen():
        yield 1
        raise ValueError

    g = agen()
    await g.__anext__()
    with raises(ValueError):
        await (g.__anext__() if ending == "body" else g.athrow(ValueError()))
    results = [await g.athrow(KeyError()), await g.athrow(ValueError())]

    assert results == [None, None]


@behaviour("THR-012", source=[REFERENCE.AGEN_ATHROW, PEP525.AGEN_OBJECT, TUTORIAL.S13], since="3.6", needs=["warnings"])
@pytest.mark.parametrize(
    "form", ["argument", "None", "instance", "traceback"], ids=["argument", "None", "instance", "traceback"]
)
async def test_type_value_and_traceback(form):
    """``athrow()`` also takes the class, then the instance or what to make one with, then a traceback, apart."""
    import warnings

    seen = []

    async def agen():
        try:
            yield 1
        except Exception as error:
            seen.append(error)
            yield "caught"

    try:
        raise ZeroDivisionError
    except ZeroDivisionError as error:
        given = error.__traceback__
    instance = KeyError("value")
    arguments = {"argument": ["value"], "None": [None], "instance": [instance], "traceback": [instance, given]}[form]
    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        answer = await g.athrow(KeyError, *arguments)
    innermost = seen[0].__traceback__
    while innermost.tb_next is not None:
        innermost = innermost.tb_next
    kept = [seen[0] is instance, innermost is given]

    assert answer == "caught"
    assert [type(error) for error in seen] == [KeyError]
    assert seen[0].args == (() if form == "None" else ("value",))
    assert kept == [form in ("instance", "traceback"), form == "traceback"]


@behaviour("THR-013", source=[REFERENCE.AGEN_ATHROW, ISSUE.GH_96348, TUTORIAL.S13], since="3.12", needs=["warnings"])
@pytest.mark.parametrize("count", [1, 2, 3], ids=["one", "two", "three"])
async def test_more_than_one_argument_is_deprecated(count):
    """Calling ``athrow()`` with more than one argument, and not its await, warns once of the deprecation."""
    import warnings

    async def agen():
        yield 1

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        awaitable = g.athrow(*[ValueError, ValueError("thrown"), None][:count])
        of_the_call = [warning.category for warning in caught]
        with raises(ValueError):
            await awaitable
    of_both = [warning.category for warning in caught]

    assert of_the_call == ([] if count == 1 else [DeprecationWarning])
    assert of_both == of_the_call


@behaviour("THR-014", source=[CPYTHON.GENOBJECT, ISSUE.GH_96348], since="3.12", needs=["warnings"])
async def test_deprecation_as_an_error():
    """Where the warning for several arguments is an error, ``athrow()`` raises it at the call, and throws nothing."""
    import warnings

    log = []

    async def agen():
        try:
            yield 1
        except KeyError:
            log.append("thrown")
        yield 2

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with raises(DeprecationWarning):
            g.athrow(KeyError, "value")
    item = await g.__anext__()

    assert log == []
    assert item == 2


@behaviour("THR-015a", source=[CPYTHON.GENOBJECT], since="3.6", until="3.14")
async def test_no_argument_is_noticed_late():
    """``athrow()`` without an argument can be called, and raises TypeError when it is awaited."""

    async def agen():
        yield 1

    g = agen()
    await g.__anext__()
    awaitable = g.athrow()
    with raises(TypeError):
        await awaitable


@behaviour("THR-015b", source=[ISSUE.GH_117852, CPYTHON.GENOBJECT], since="3.15")
async def test_no_argument():
    """``athrow()`` without an argument raises TypeError at the call, and the generator goes on."""

    async def agen():
        yield 1
        yield 2

    g = agen()
    await g.__anext__()
    with raises(TypeError):
        g.athrow()
    item = await g.__anext__()

    assert item == 2


@behaviour("THR-016a", source=[CPYTHON.GENOBJECT], since="3.6", until="3.14", needs=["warnings"])
async def test_four_arguments_are_noticed_late():
    """``athrow()`` with four arguments can be called, and raises TypeError when it is awaited."""
    import warnings

    async def agen():
        yield 1

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        awaitable = g.athrow(KeyError, None, None, None)
    with raises(TypeError):
        await awaitable


@behaviour("THR-016b", source=[ISSUE.GH_117852, CPYTHON.GENOBJECT], since="3.15", needs=["warnings"])
async def test_four_arguments():
    """``athrow()`` with four arguments raises TypeError at the call, and the generator goes on."""
    import warnings

    async def agen():
        yield 1
        yield 2

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with raises(TypeError):
            g.athrow(KeyError, None, None, None)
    item = await g.__anext__()

    assert item == 2


@behaviour("THR-017", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "kind", ["int", "str", "None", "class", "object"], ids=["int", "str", "None", "class", "object"]
)
async def test_what_is_no_exception(kind):
    """``athrow()`` of what is no exception raises TypeError when it is awaited, and the generator stays where it is."""
    log = []

    async def agen():
        try:
            yield 1
        except BaseException as error:
            log.append(error)
            raise
        yield 2

    g = agen()
    await g.__anext__()
    awaitable = g.athrow({"int": 1, "str": "KeyError", "None": None, "class": int, "object": object()}[kind])
    with raises(TypeError):
        await awaitable
    item = await g.__anext__()

    assert log == []
    assert item == 2


@behaviour("THR-018", source=[CPYTHON.GENOBJECT], since="3.6", needs=["warnings"])
async def test_instance_with_a_value():
    """``athrow()`` of an instance and a value throws nothing: awaiting it raises TypeError, whose message says why."""
    import warnings

    log = []

    async def agen():
        try:
            yield 1
        except BaseException as error:
            log.append(error)
            raise
        yield 2

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        awaitable = g.athrow(KeyError("instance"), "value")
    with raises(TypeError) as caught:
        await awaitable
    message = str(caught.value)
    item = await g.__anext__()

    assert message == "instance exception may not have a separate value"
    assert log == []
    assert item == 2


@behaviour("THR-019", source=[CPYTHON.GENOBJECT], since="3.6", needs=["warnings"])
@pytest.mark.parametrize("kind", ["str", "int", "frame"], ids=["str", "int", "frame"])
async def test_third_argument_that_is_no_traceback(kind):
    """A third argument of ``athrow()`` that is no traceback raises TypeError when it is awaited, and throws nothing."""
    import warnings

    async def agen():
        yield 1
        yield 2

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        awaitable = g.athrow(KeyError, "value", {"str": "traceback", "int": 1, "frame": g.ag_frame}[kind])
    with raises(TypeError):
        await awaitable
    item = await g.__anext__()

    assert item == 2


@behaviour("THR-020", source=[REFERENCE.AGEN_ATHROW, REFERENCE.TRACEBACK_OBJECTS], since="3.6", needs=["warnings"])
async def test_given_traceback():
    """A traceback given to ``athrow()`` is the end of that of the exception, behind the frames it passes."""
    import warnings

    def fail():
        raise OSError

    async def agen():
        yield 1

    try:
        fail()
    except OSError as error:
        given = error.__traceback__
    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        awaitable = g.athrow(KeyError, KeyError("thrown"), given)
    with raises(KeyError) as caught:
        await awaitable
    codes = []
    traceback = caught.value.__traceback__
    while traceback is not None:
        codes.append(traceback.tb_frame.f_code)
        traceback = traceback.tb_next

    assert codes[-1] is fail.__code__
    assert agen.__code__ in codes
    assert codes.index(agen.__code__) < codes.index(fail.__code__)


@behaviour("THR-021", source=[REFERENCE.AGEN_ATHROW, REFERENCE.TRACEBACK_OBJECTS], since="3.6")
async def test_traceback_has_the_yield():
    """The traceback of an exception that was thrown in and came out has the body at the line of its yield."""

    async def agen():
        before = 1
        yield before
        yield 2

    failure = KeyError("thrown")
    g = agen()
    await g.__anext__()
    with raises(KeyError):
        await g.athrow(failure)
    lines = []
    traceback = failure.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code is agen.__code__:
            lines.append(traceback.tb_lineno - agen.__code__.co_firstlineno)
        traceback = traceback.tb_next

    assert lines == [2]


@behaviour("THR-022", source=[REFERENCE.AGEN_ATHROW, REFERENCE.TRY], since="3.6")
async def test_finally_runs():
    """The finally clauses, awaits in them too, run inner first before the thrown exception comes out."""
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


@behaviour("THR-023", source=[REFERENCE.AGEN_ATHROW], since="3.6")
async def test_generator_exit_is_not_swallowed():
    """A GeneratorExit from ``athrow()`` that the body lets out reaches whoever awaits, unlike one from ``aclose()``."""
    log = []

    async def agen():
        try:
            yield 1
            log.append("resumed")
        except GeneratorExit as error:
            log.append(error)
            raise

    thrown = GeneratorExit("thrown")
    g, closed = agen(), agen()
    await g.__anext__()
    await closed.__anext__()
    with raises(GeneratorExit) as caught:
        await g.athrow(thrown)
    with raises(StopAsyncIteration):
        await g.__anext__()
    seen = list(log)
    returned = await closed.aclose()

    assert caught.value is thrown
    assert seen == [thrown]
    assert returned is None


@behaviour("THR-024", source=[REFERENCE.AGEN_ATHROW, ISSUE.BPO_33786], since="3.6")
async def test_generator_exit_that_is_answered():
    """A thrown GeneratorExit that the body answers with a yield gives that value, like any other exception."""

    async def agen():
        try:
            yield 1
        except GeneratorExit:
            yield "answer"
        yield "next"

    g = agen()
    await g.__anext__()
    items = [await g.athrow(GeneratorExit()), await g.__anext__()]
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert items == ["answer", "next"]


@behaviour("THR-025", source=[REFERENCE.AGEN_ATHROW, REFERENCE.ASYNC_FOR, ISSUE.BPO_33786], since="3.6")
async def test_generator_exit_while_delegating():
    """A GeneratorExit thrown into a body inside of its ``async for`` does not reach the inner generator."""
    log = []

    async def inner():
        try:
            yield 1
            yield 2
            yield 3
        except BaseException as error:
            log.append(type(error))
            raise

    async def outer():
        generator = inner()
        try:
            async for item in generator:
                yield item
        except GeneratorExit:
            log.append("outer caught")
            yield "answer"
        async for item in generator:
            yield item

    g = outer()
    items = [await g.__anext__(), await g.athrow(GeneratorExit())]
    items += await items_of(g)

    assert items == [1, "answer", 2, 3]
    assert log == ["outer caught"]


@behaviour("THR-026", source=[PEP525.AGEN_OBJECT, PEP479.PROPOSAL, LIBRARY.STOP_ITERATION], since="3.6")
async def test_stop_iteration_becomes_runtime_error():
    """A thrown StopIteration that the body lets out comes out as the cause of a RuntimeError, and is the end."""
    log = []

    async def agen():
        try:
            yield 1
            log.append("resumed")
        except StopIteration as error:
            log.append(error)
            raise

    thrown = StopIteration("thrown")
    g = agen()
    await g.__anext__()
    with raises(RuntimeError) as caught:
        await g.athrow(thrown)
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert log == [thrown]
    assert caught.value.__cause__ is thrown


@behaviour("THR-027", source=[PEP525.AGEN_OBJECT], since="3.6")
async def test_stop_async_iteration_becomes_runtime_error():
    """A thrown StopAsyncIteration that the body lets out comes out as the cause of a RuntimeError, and is the end."""
    log = []

    async def agen():
        try:
            yield 1
            log.append("resumed")
        except StopAsyncIteration as error:
            log.append(error)
            raise

    thrown = StopAsyncIteration("thrown")
    g = agen()
    await g.__anext__()
    with raises(RuntimeError) as caught:
        await g.athrow(thrown)
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert log == [thrown]
    assert caught.value.__cause__ is thrown


@behaviour("THR-028a", source=[PEP525.AGEN_OBJECT, CPYTHON.GENOBJECT], since="3.6", until="3.11", level="detail")
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
async def test_end_thrown_before_the_start_is_converted(name):
    """A StopIteration or StopAsyncIteration thrown in before the start comes out as RuntimeError caused by it."""
    import builtins

    failure = getattr(builtins, name)("thrown")

    async def agen():
        yield 1

    g = agen()
    with raises(RuntimeError) as caught:
        await g.athrow(failure)
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert caught.value.__cause__ is failure


@behaviour("THR-028b", source=[REFERENCE.AGEN_ATHROW, CPYTHON.GENOBJECT], since="3.12", level="detail")
async def test_end_thrown_before_the_start():
    """A StopAsyncIteration thrown in before the start comes out as it is, and a StopIteration gives its value."""
    failure = StopAsyncIteration("thrown")

    async def agen():
        yield 1

    g, other = agen(), agen()
    with raises(StopAsyncIteration) as caught:
        await g.athrow(failure)
    value = await other.athrow(StopIteration("value"))
    with raises(StopAsyncIteration):
        await other.__anext__()

    assert caught.value is failure
    assert value == "value"


@behaviour("THR-029", source=[REFERENCE.AGEN_ATHROW, REFERENCE.EXCEPTIONS], since="3.6")
@pytest.mark.parametrize(
    "name",
    ["KeyboardInterrupt", "SystemExit", "BaseException"],
    ids=["KeyboardInterrupt", "SystemExit", "BaseException"],
)
async def test_exceptions_that_end_programs(name):
    """An exception that is not derived from Exception is thrown in, caught, answered and let out like any other."""
    import builtins

    failure = getattr(builtins, name)("thrown")
    log = []

    async def agen():
        try:
            yield 1
        except Exception:
            log.append("no such handler")
        except BaseException as error:
            log.append(error)
            yield "answer"
        yield "next"

    g = agen()
    await g.__anext__()
    answer = await g.athrow(failure)
    with raises(type(failure)) as caught:
        await g.athrow(failure)
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert answer == "answer"
    assert log == [failure]
    assert caught.value is failure


@behaviour("THR-030a", source=[ISSUE.BPO_29587], since="3.6", until="3.8")
async def test_context_in_a_handler_at_first():
    """An exception thrown into an except clause of the body keeps the context that it had."""
    contexts = []

    async def agen():
        try:
            raise OSError
        except OSError:
            try:
                yield 1
            except KeyError as error:
                contexts.append(error.__context__)
                yield 2

    g = agen()
    await g.__anext__()
    await g.athrow(KeyError())

    assert contexts == [None]


@behaviour("THR-030b", source=[ISSUE.BPO_29587], since="3.9")
async def test_context_in_a_handler():
    """An exception thrown into an except clause of the body gets the handled one as its context, and none elsewhere."""
    contexts = []
    handled = OSError("handled")

    async def agen():
        try:
            raise handled
        except OSError:
            try:
                yield 1
            except KeyError as error:
                contexts.append(error.__context__)
                yield 2
        try:
            yield 3
        except KeyError as error:
            contexts.append(error.__context__)
            yield 4

    g = agen()
    items = [await g.__anext__(), await g.athrow(KeyError()), await g.__anext__(), await g.athrow(KeyError())]

    assert items == [1, 2, 3, 4]
    assert contexts == [handled, None]


@behaviour("THR-031", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_context_of_the_consumer_is_not_taken():
    """An exception thrown in while the consumer handles another one does not get that one as its context."""
    contexts = []

    async def agen():
        try:
            yield 1
        except KeyError as error:
            contexts.append(error.__context__)
            raise

    g = agen()
    await g.__anext__()
    try:
        raise OSError("consumer")
    except OSError:
        with raises(KeyError) as caught:
            await g.athrow(KeyError("thrown"))

    assert contexts == [None]
    assert caught.value.__context__ is None


@behaviour("THR-032", source=[REFERENCE.ASYNC_WITH, REFERENCE.AGEN_ATHROW], since="3.6")
@pytest.mark.parametrize("suppress", [True, False], ids=["suppressed", "passed-on"])
async def test_inside_an_asynchronous_context_manager(suppress):
    """An exception thrown in at a yield inside ``async with`` goes to ``__aexit__()``, which can suppress it."""
    log = []
    failure = KeyError("thrown")

    class Manager:
        async def __aenter__(self):
            return self

        async def __aexit__(self, kind, value, traceback):
            await suspend()
            log.append([kind, value, traceback is not None])
            return suppress

    async def agen():
        async with Manager():
            yield 1
        yield "after the block"

    g = agen()
    await g.__anext__()
    if suppress:
        log.append(await g.athrow(failure))
    else:
        with raises(KeyError) as caught:
            await g.athrow(failure)
        log.append(caught.value is failure)

    assert log == [[KeyError, failure, True], "after the block" if suppress else True]


@behaviour("THR-033", source=[REFERENCE.TRY, REFERENCE.AGEN_ATHROW], since="3.6")
async def test_nested_handlers():
    """A thrown exception is caught by the innermost except clause that matches it, and by no other."""
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
    await g.aclose()

    assert seen == ["inner", "middle", "outer", "middle", "inner"]


@behaviour("THR-034", source=[REFERENCE.EXCEPT_STAR, PEPS.PEP654], since="3.11", needs=["compile"])
async def test_exception_group():
    """A thrown exception group is split by the ``except*`` clauses of the body, and what none matches comes out."""
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
    answer = await first.athrow(ExceptionGroup("all matched", [key, os]))
    second = agen(log)
    await second.__anext__()
    with raises(ExceptionGroup) as caught:
        await second.athrow(ExceptionGroup("one is left", [key, value]))

    assert answer == 2
    assert log == [["KeyError", (key,)], ["OSError", (os,)], ["KeyError", (key,)]]
    assert caught.value.exceptions == (value,)


@behaviour("THR-035", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_class_that_cannot_be_instantiated():
    """If the class given to ``athrow()`` cannot be instantiated, that error is what is raised at the yield."""
    log = []

    class Failing(Exception):
        def __init__(self):
            log.append("instantiated")
            raise ZeroDivisionError

    async def agen():
        try:
            yield 1
        except ZeroDivisionError:
            log.append("caught")
            yield 2

    g = agen()
    await g.__anext__()
    awaitable = g.athrow(Failing)
    called = list(log)
    item = await awaitable

    assert called == []
    assert item == 2
    assert log == ["instantiated", "caught"]


@behaviour("THR-036", source=[REFERENCE.AGEN_ATHROW, REFERENCE.AGEN_FUNCTION], since="3.6")
async def test_goes_on_after_it():
    """After a thrown exception was caught and answered, values are sent and items are taken as before."""
    log = []

    async def agen():
        while True:
            try:
                log.append((yield len(log)))
            except KeyError as error:
                log.append(error.args[0])

    g = agen()
    items = [await g.__anext__(), await g.athrow(KeyError("a")), await g.asend("b"), await g.__anext__()]
    items += [await g.athrow(KeyError("c")), await g.asend("d")]
    await g.aclose()

    assert items == [0, 1, 2, 3, 4, 5]
    assert log == ["a", "b", None, "c", "d"]


@behaviour("THR-037", source=[REFERENCE.AGEN_ATHROW, REFERENCE.AGEN_FUNCTION], since="3.6", needs=["warnings", "gc"])
async def test_dropped_unawaited():
    """An ``athrow()`` that is not awaited throws nothing, dropped or kept, and other awaitables work meanwhile."""
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
    """An exception of the suite of ``async for`` is not raised in the generator, which can go on."""
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
    await g.aclose()

    assert following == 2
    assert seen == []


@behaviour("THR-039", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_message_for_what_is_no_exception():
    """The TypeError for what is no exception says what may be thrown, and the type that was given."""

    async def agen():
        yield 1

    messages = []
    for value in [1, "KeyError", int]:
        with raises(TypeError) as caught:
            await agen().athrow(value)
        messages.append(str(caught.value))
    stem = "exceptions must be classes or instances deriving from BaseException, not "

    assert messages == [stem + "int", stem + "str", stem + "type"]


@behaviour("THR-040", source=[REFERENCE.AGEN_ATHROW, REFERENCE.TRACEBACK_OBJECTS], since="3.6")
async def test_same_instance_again():
    """One exception thrown in several times is the same object each time, and its traceback grows."""
    failure = KeyError("thrown")
    seen = []

    def length():
        count, traceback = 0, failure.__traceback__
        while traceback is not None:
            count, traceback = count + 1, traceback.tb_next
        return count

    async def agen():
        while True:
            try:
                yield
            except KeyError as error:
                seen.append([error is failure, length()])

    g = agen()
    await g.__anext__()
    for _ in range(3):
        await g.athrow(failure)
    await g.aclose()
    lengths = [count for _, count in seen]

    assert [same for same, _ in seen] == [True, True, True]
    assert lengths[0] < lengths[1] < lengths[2]


@behaviour("THR-041", source=[REFERENCE.AGEN_ATHROW, PEP525.AGEN_OBJECT], since="3.6", needs=["warnings"])
async def test_class_with_a_value():
    """A class and a value: the value is the argument of the class, a tuple its arguments, and None is no argument."""
    import warnings

    seen = []

    async def agen():
        while True:
            try:
                yield
            except KeyError as error:
                seen.append(error.args)

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for value in ["text", ("two", "arguments"), None, 0, ()]:
            await g.athrow(KeyError, value)
    await g.aclose()

    assert seen == [("text",), ("two", "arguments"), (), (0,), ()]


@behaviour("THR-042", source=[CPYTHON.GENOBJECT], since="3.6", needs=["warnings"])
async def test_class_with_an_instance():
    """A class and an instance of it, or of a subclass, throws this very instance; another one becomes its argument."""
    import warnings

    seen = []

    async def agen():
        while True:
            try:
                yield
            except LookupError as error:
                seen.append(error)

    own, derived, foreign = LookupError("own"), KeyError("derived"), OSError("foreign")
    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for value in [own, derived, foreign]:
            await g.athrow(LookupError, value)
    await g.aclose()

    assert [seen[0] is own, seen[1] is derived] == [True, True]
    assert type(seen[2]) is LookupError
    assert seen[2].args == (foreign,)


@behaviour("THR-043", source=[REFERENCE.AGEN_ATHROW], since="3.6", needs=["warnings"])
@pytest.mark.parametrize("kind", ["class", "instance"], ids=["class", "instance"])
async def test_one_argument_gives_no_warning(kind):
    """``athrow()`` with one argument, a class or an instance, warns of nothing, at the call or when it is awaited."""
    import warnings

    async def agen():
        try:
            yield 1
        except KeyError:
            yield 2

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        item = await g.athrow(KeyError if kind == "class" else KeyError("instance"))

    assert item == 2
    assert caught == []


@behaviour("THR-044", source=[REFERENCE.AGEN_ATHROW, REFERENCE.TRACEBACK_OBJECTS], since="3.6")
async def test_exception_that_has_a_traceback():
    """An exception that carries a traceback already keeps it: the frames that it passes are put before those."""

    def fail():
        raise KeyError

    async def agen():
        yield 1

    try:
        fail()
    except KeyError as error:
        failure = error
    g = agen()
    await g.__anext__()
    with raises(KeyError) as caught:
        await g.athrow(failure)
    codes = []
    traceback = caught.value.__traceback__
    while traceback is not None:
        codes.append(traceback.tb_frame.f_code)
        traceback = traceback.tb_next

    assert caught.value is failure
    assert codes[-1] is fail.__code__
    assert codes.count(agen.__code__) == 1
    assert codes.index(agen.__code__) < codes.index(fail.__code__)


@behaviour("THR-045", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("state", ["unstarted", "suspended"], ids=["unstarted", "suspended"])
async def test_wrong_type_is_noticed_when_awaited(state):
    """What ``athrow()`` was given is looked at when it is awaited, and the state of the generator is the same after."""

    async def agen():
        yield 1
        yield 2

    g = agen()
    if state == "suspended":
        await g.__anext__()
    awaitables = [g.athrow(1), g.athrow(None), g.athrow(int)]
    for awaitable in awaitables:
        with raises(TypeError):
            await awaitable
    item = await g.__anext__()

    assert item == (2 if state == "suspended" else 1)
    assert g.ag_running is False


@behaviour("THR-046a", source=[CPYTHON.GENOBJECT], since="3.6", until="3.11", needs=["warnings"])
async def test_several_arguments_give_no_warning():
    """``athrow()`` with two or three arguments warns of nothing."""
    import warnings

    async def agen():
        while True:
            try:
                yield 1
            except KeyError:
                pass

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        await g.athrow(KeyError, "value")
        await g.athrow(KeyError, None, None)
    await g.aclose()

    assert caught == []


@behaviour("THR-046b", source=[REFERENCE.AGEN_ATHROW, ISSUE.GH_96348], since="3.12", needs=["warnings"])
@pytest.mark.parametrize("count", [2, 3], ids=["2", "3"])
async def test_when_several_arguments_warn(count):
    """``athrow()`` with several arguments warns once, at the call, and throws when it is awaited nevertheless."""
    import warnings

    async def agen():
        try:
            yield 1
        except KeyError as error:
            yield error.args

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        awaitable = g.athrow(*[KeyError, "value", None][:count])
        called = [warning.category for warning in caught]
        item = await awaitable
        awaited = len(caught)

    assert called == [DeprecationWarning]
    assert item == ("value",)
    assert awaited == 1


@behaviour("THR-047", source=[REFERENCE.AGEN_ATHROW], since="3.6")
async def test_class_is_instantiated_when_it_is_thrown():
    """A class given to ``athrow()`` is instantiated without arguments when it is awaited, anew each time."""
    log = []

    class Failure(Exception):
        def __init__(self, *arguments):
            log.append(["instantiated", arguments])

    seen = []

    async def agen():
        while True:
            try:
                yield
            except Failure as error:
                seen.append(error)

    g = agen()
    await g.__anext__()
    first, second = g.athrow(Failure), g.athrow(Failure)
    called = list(log)
    await first
    await second
    await g.aclose()

    assert called == []
    assert log == [["instantiated", ()], ["instantiated", ()]]
    assert [type(seen[0]), type(seen[1])] == [Failure, Failure]
    assert seen[0] is not seen[1]


@behaviour("THR-048", source=[CPYTHON.GENOBJECT], since="3.8", until="3.14", needs=["warnings"])
@pytest.mark.parametrize("count", [0, 4], ids=["none", "four"])
async def test_wrong_number_leaves_it_running(count):
    """Awaiting ``athrow()`` without an argument or with four leaves the generator running: everything is refused."""
    import warnings

    async def agen():
        yield 1

    with hooks(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        g = agen()
        await g.__anext__()
        with raises(TypeError):
            await g.athrow(*[KeyError, None, None, None][:count])
        running = g.ag_running
        for awaitable in [g.__anext__(), g.asend(None), g.athrow(KeyError()), g.aclose()]:
            with raises(RuntimeError):
                await awaitable

    assert running is True


@behaviour("THR-049", source=[PEP525.AGEN_OBJECT, REFERENCE.GENERATOR_METHODS], since="3.6", needs=["warnings"])
@pytest.mark.parametrize("state", ["suspended", "unstarted"], ids=["suspended", "unstarted"])
async def test_given_traceback_replaces_that_of_the_exception(state):
    """A traceback given to ``athrow()`` beside a class and an instance takes the place of the one that it carries."""
    import warnings

    def fail_before():
        raise KeyError

    def fail_elsewhere():
        raise OSError

    async def agen():
        yield 1

    try:
        fail_before()
    except KeyError as error:
        thrown = error
    try:
        fail_elsewhere()
    except OSError as error:
        given = error.__traceback__
    g = agen()
    if state == "suspended":
        await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        awaitable = g.athrow(KeyError, thrown, given)
    with raises(KeyError) as caught:
        await awaitable
    codes = []
    traceback = caught.value.__traceback__
    while traceback is not None:
        codes.append(traceback.tb_frame.f_code)
        traceback = traceback.tb_next

    assert caught.value is thrown
    assert codes[-1] is fail_elsewhere.__code__
    assert fail_before.__code__ not in codes


@behaviour(
    "THR-050",
    source=[PEP525.AGEN_OBJECT, REFERENCE.GENERATOR_METHODS],
    since="3.6",
    needs=["warnings"],
    allowed=["kept", "cleared"],
)
@pytest.mark.parametrize("form", ["omitted", "None"], ids=["omitted", "None"])
async def test_traceback_of_the_instance_beside_its_class(form):
    """An instance that ``athrow()`` gets beside its class, without a traceback, keeps its own one or loses it."""
    import warnings

    def fail():
        raise KeyError

    async def agen():
        yield 1

    try:
        fail()
    except KeyError as error:
        thrown = error
    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        awaitable = g.athrow(*[KeyError, thrown, None][: 2 if form == "omitted" else 3])
    with raises(KeyError) as caught:
        await awaitable
    codes = []
    traceback = caught.value.__traceback__
    while traceback is not None:
        codes.append(traceback.tb_frame.f_code)
        traceback = traceback.tb_next

    assert caught.value is thrown
    assert codes.count(agen.__code__) == 1
    return "kept" if fail.__code__ in codes else "cleared"


@behaviour("THR-051", source=[CPYTHON.GENOBJECT], since="3.6", needs=["warnings"])
@pytest.mark.parametrize("form", ["None", "None-None", "traceback"], ids=["None", "None-None", "traceback"])
async def test_instance_followed_by_none(form):
    """``athrow()`` of an instance and None throws it with the traceback it carries, unless a third argument is one."""
    import warnings

    def fail_before():
        raise KeyError

    def fail_elsewhere():
        raise OSError

    async def agen():
        try:
            yield 1
        except KeyError:
            yield "caught"

    try:
        fail_before()
    except KeyError as error:
        thrown = error
    try:
        fail_elsewhere()
    except OSError as error:
        given = error.__traceback__
    arguments = {"None": [None], "None-None": [None, None], "traceback": [None, given]}[form]
    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        item = await g.athrow(thrown, *arguments)
    codes = []
    traceback = thrown.__traceback__
    while traceback is not None:
        codes.append(traceback.tb_frame.f_code)
        traceback = traceback.tb_next
    origins = [fail_before.__code__ in codes, fail_elsewhere.__code__ in codes]

    assert item == "caught"
    assert codes[0] is agen.__code__
    assert origins == ([False, True] if form == "traceback" else [True, False])


@behaviour("THR-052", source=[CPYTHON.GENOBJECT], since="3.6", needs=["warnings"])
@pytest.mark.parametrize(
    "positional, name",
    [[0, "type"], [0, "typ"], [0, "value"], [1, "value"], [1, "val"]],
    ids=["type", "typ", "value", "second-value", "second-val"],
)
async def test_arguments_by_name(positional, name):
    """``athrow()`` takes no argument by name: it raises TypeError at the call, and the generator goes on."""
    import warnings

    log = []

    async def agen():
        try:
            yield 1
        except KeyError:
            log.append("thrown")
        yield 2

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with raises(TypeError):
            g.athrow(*[KeyError][:positional], **{name: KeyError("by name")})
    item = await g.__anext__()

    assert log == []
    assert item == 2


@behaviour("THR-053", source=[CPYTHON.GENOBJECT], since="3.6", needs=["warnings"])
@pytest.mark.parametrize("state", ["suspended", "unstarted"], ids=["suspended", "unstarted"])
async def test_wrong_value_or_traceback_is_noticed_when_awaited(state):
    """Only awaiting ``athrow()`` looks at its second and third argument, and a wrong one changes no state."""
    import warnings

    log = []

    async def agen():
        try:
            yield 1
        except BaseException as error:
            log.append(error)
            raise
        yield 2
        log.append("end")

    g = agen()
    if state == "suspended":
        await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        awaitables = [
            g.athrow(KeyError("instance"), "value"),
            g.athrow(KeyError("instance"), "value", None),
            g.athrow(KeyError, "value", "traceback"),
            g.athrow(KeyError("instance"), None, "traceback"),
        ]
    running = []
    for awaitable in awaitables:
        with raises(TypeError):
            await awaitable
        running.append(g.ag_running)
    items = await items_of(g)

    assert running == [False, False, False, False]
    assert items == ([2] if state == "suspended" else [1, 2])
    assert log == ["end"]


@behaviour(
    "THR-054",
    source=[CPYTHON.GENOBJECT],
    since="3.6",
    needs=["warnings"],
    allowed=["returns None", "raises TypeError"],
)
@pytest.mark.parametrize("wrong", ["exception", "value", "traceback"], ids=["exception", "value", "traceback"])
async def test_wrong_type_on_a_finished_generator(wrong):
    """Awaiting ``athrow()`` of an exhausted generator refuses a wrong argument, or does not look at it."""
    import warnings

    async def agen():
        yield 1

    arguments = {"exception": [1], "value": [KeyError(), "value"], "traceback": [KeyError, None, "traceback"]}[wrong]
    g = agen()
    await items_of(g)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        awaitable = g.athrow(*arguments)
    try:
        seen = "returns %r" % (await awaitable,)
    except Exception as error:
        seen = "raises " + type(error).__name__
    with raises(StopAsyncIteration):
        await g.__anext__()

    return seen


@behaviour("THR-055", source=[CPYTHON.GENOBJECT], since="3.6", needs=["warnings"])
@pytest.mark.parametrize("arguments", [[], ["value"]], ids=["class", "class-and-value"])
async def test_class_that_cannot_be_instantiated_before_the_start(arguments):
    """If the class given before the start cannot be instantiated, that error comes out, and finishes the generator."""
    import warnings

    log = []
    failure = ZeroDivisionError("failure")

    class Failing(Exception):
        def __init__(self, *values):
            log.append(list(values))
            raise failure

    async def agen():
        log.append("entered")
        yield 1

    g = agen()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        awaitable = g.athrow(Failing, *arguments)
    called = list(log)
    with raises(ZeroDivisionError) as caught:
        await awaitable
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert called == []
    assert caught.value is failure
    assert log == [arguments]


@behaviour("THR-056", source=[ISSUE.BPO_39091, CPYTHON.GENOBJECT], since="3.9")
async def test_constructor_that_returns_no_exception():
    """If what the class given to ``athrow()`` makes is no exception, a TypeError is raised at the yield instead."""
    log = []

    class Strange(Exception):
        def __new__(cls):
            log.append("made")
            return 1

    async def agen():
        try:
            yield 1
        except TypeError:
            log.append("caught")
            yield 2

    g = agen()
    await g.__anext__()
    awaitable = g.athrow(Strange)
    called = list(log)
    item = await awaitable

    assert called == []
    assert item == 2
    assert log == ["made", "caught"]


@behaviour("THR-057", source=[CPYTHON.GENOBJECT], since="3.11")
@pytest.mark.parametrize("state", ["suspended", "unstarted"], ids=["suspended", "unstarted"])
async def test_constructor_that_returns_another_exception(state):
    """If the class given to ``athrow()`` makes an exception of another class, that exception is thrown."""
    made, seen = KeyError("made"), []

    class Strange(Exception):
        def __new__(cls, *arguments):
            return made

    async def agen():
        try:
            yield 1
        except Strange:
            seen.append("as Strange")
        except KeyError as error:
            seen.append(error)
            raise

    g = agen()
    if state == "suspended":
        await g.__anext__()
    with raises(KeyError) as caught:
        await g.athrow(Strange)
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert caught.value is made
    assert seen == ([made] if state == "suspended" else [])


@behaviour("THR-058", source=[CPYTHON.GENOBJECT, ISSUE.GH_96348], since="3.12", needs=["warnings"])
async def test_warning_for_several_arguments():
    """The warning for several arguments names the method and the form to use, and points at the line of the call."""
    import warnings

    async def agen():
        yield 1

    def call(generator):
        return generator.athrow(KeyError, "value")

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        awaitable = call(g)
    with raises(KeyError):
        await awaitable
    messages = [str(warning.message) for warning in caught]
    places = [[warning.filename, warning.lineno - call.__code__.co_firstlineno] for warning in caught]

    assert messages == [
        "the (type, exc, tb) signature of athrow() is deprecated, use the single-arg signature instead."
    ]
    assert places == [[call.__code__.co_filename, 1]]
