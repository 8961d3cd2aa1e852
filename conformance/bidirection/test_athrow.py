"""athrow: an exception goes in, and what becomes of it."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import raises
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP479, PEP525, REFERENCE, TUTORIAL


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
