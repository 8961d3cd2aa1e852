"""EXC: exceptions that the body raises by itself, which are raised unchanged or become a RuntimeError."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import awaiting, items_of, operate, raises, suspend
from conformance.sources import CPYTHON, LIBRARY, PEP479, PEP492, PEP525, PEPS, REFERENCE, TUTORIAL


@behaviour("EXC-001", source=[PEP525.AGEN_OBJECT, PEP479.PROPOSAL, LIBRARY.STOP_ITERATION], since="3.6")
@pytest.mark.parametrize(
    "consumer", ["first-anext", "later-anext", "async-for"], ids=["first-anext", "later-anext", "async-for"]
)
async def test_stop_iteration(consumer):
    """A StopIteration that the body raises becomes a RuntimeError and is neither a result nor the end of the
    generator's items.
    """
    items = []

    async def agen():
        if consumer != "first-anext":
            yield 1
        raise StopIteration("value")

    g = agen()
    if consumer == "later-anext":
        items.append(await g.__anext__())
    with raises(RuntimeError):
        if consumer == "async-for":
            async for item in g:
                items.append(item)
        else:
            items.append(await g.__anext__())

    assert items == ([] if consumer == "first-anext" else [1])


@behaviour("EXC-002", source=[PEP525.AGEN_OBJECT], since="3.6")
@pytest.mark.parametrize(
    "consumer", ["first-anext", "later-anext", "async-for"], ids=["first-anext", "later-anext", "async-for"]
)
async def test_stop_async_iteration(consumer):
    """A StopAsyncIteration that the body raises becomes a RuntimeError and does not end an ``async for`` silently."""
    items = []

    async def agen():
        if consumer != "first-anext":
            yield 1
        raise StopAsyncIteration

    g = agen()
    if consumer == "later-anext":
        items.append(await g.__anext__())
    with raises(RuntimeError):
        if consumer == "async-for":
            async for item in g:
                items.append(item)
        else:
            items.append(await g.__anext__())

    assert items == ([] if consumer == "first-anext" else [1])


@behaviour("EXC-003", source=[LIBRARY.STOP_ITERATION], since="3.6")
async def test_original_is_kept():
    """The RuntimeError that replaces a StopIteration has that exception as its cause."""
    original = StopIteration("original")

    async def agen():
        yield 1
        raise original

    g = agen()
    await g.__anext__()
    with raises(RuntimeError) as caught:
        await g.__anext__()

    assert caught.value.__cause__ is original


@behaviour("EXC-004", source=[PEP525.AGEN_OBJECT, PEP479.PROPOSAL, REFERENCE.TRY], since="3.6")
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
async def test_subclasses(name):
    """An exception of a class derived from StopIteration or StopAsyncIteration becomes a RuntimeError too."""
    import builtins

    class End(getattr(builtins, name)):
        pass

    raised = []

    async def agen():
        yield 1
        raised.append(End("body"))
        raise raised[0]

    g = agen()
    await g.__anext__()
    with raises(RuntimeError):
        await g.__anext__()

    assert len(raised) == 1


@behaviour("EXC-005", source=[PEP525.AGEN_OBJECT, PEP479.PROPOSAL], since="3.6")
async def test_raised_by_a_function_that_is_called():
    """A StopIteration of a function that the body calls, such as ``next()`` of an empty iterator, becomes a
    RuntimeError too.
    """

    def deep(iterator):
        return next(iterator)

    async def agen():
        yield 1
        yield deep(iter([]))

    g = agen()
    item = await g.__anext__()
    with raises(RuntimeError) as caught:
        await g.__anext__()
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert item == 1
    assert type(caught.value.__cause__) is StopIteration


@behaviour("EXC-006", source=[PEP525.AGEN_OBJECT], since="3.6")
async def test_end_of_an_inner_generator():
    """A StopAsyncIteration of an inner generator that the body awaits and lets propagate becomes a RuntimeError."""
    log = []

    async def inner_agen():
        yield 1

    async def agen():
        inner = inner_agen()
        yield await inner.__anext__()
        try:
            await inner.__anext__()
        except StopAsyncIteration as error:
            log.append(type(error).__name__)
            raise
        yield 2

    g = agen()
    first = await g.__anext__()
    with raises(RuntimeError):
        await g.__anext__()

    assert first == 1
    assert log == ["StopAsyncIteration"]


@behaviour("EXC-007", source=[PEP525.AGEN_OBJECT, REFERENCE.TRY], since="3.6")
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
async def test_caught_inside(name):
    """If the body catches a StopIteration or StopAsyncIteration, it gets the very exception that was raised, and can
    continue.
    """
    import builtins

    failure = getattr(builtins, name)("body")
    log = []

    async def agen():
        try:
            raise failure
        except (StopIteration, StopAsyncIteration) as error:
            log.append(error)
            yield "handling"
        yield "after"

    items = await items_of(agen())

    assert items == ["handling", "after"]
    assert log == [failure]


@behaviour("EXC-008", source=[PEP525.AGEN_OBJECT], since="3.6")
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
async def test_finished_by_the_conversion(name):
    """Once a StopIteration or StopAsyncIteration has become a RuntimeError, the generator is finished."""
    log = []

    async def agen():
        try:
            yield 1
            raise {"StopIteration": StopIteration, "StopAsyncIteration": StopAsyncIteration}[name]
        finally:
            log.append("finally")
        yield 2

    g = agen()
    await g.__anext__()
    with raises(RuntimeError):
        await g.__anext__()
    with raises(StopAsyncIteration):
        await g.__anext__()
    with raises(StopAsyncIteration):
        await g.asend("sent")
    rest = await items_of(g)

    assert log == ["finally"]
    assert rest == []


@behaviour("EXC-009", source=[REFERENCE.AGEN_METHODS, REFERENCE.RAISE], since="3.6")
@pytest.mark.parametrize(
    "name",
    ["KeyError", "RuntimeError", "Exception", "BaseException", "own"],
    ids=["KeyError", "RuntimeError", "Exception", "BaseException", "own"],
)
async def test_any_other_exception(name):
    """Any other exception of the body is raised as the same object, with nothing chained to it, and the generator is
    finished.
    """
    import builtins

    class Own(Exception):
        pass

    original = getattr(builtins, name, Own)("original")

    async def agen():
        yield 1
        raise original
        yield 2

    g = agen()
    await g.__anext__()
    with raises(type(original)) as caught:
        await g.__anext__()
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert caught.value is original
    assert original.args == ("original",)
    assert original.__cause__ is None
    assert original.__context__ is None


@behaviour("EXC-010", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_generator_exit_of_the_body():
    """A GeneratorExit that the body raises by itself is raised unchanged, and the generator is finished."""
    failure = GeneratorExit("body")

    async def agen():
        yield 1
        raise failure

    g = agen()
    await g.__anext__()
    with raises(GeneratorExit) as caught:
        await g.__anext__()
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert caught.value is failure


@behaviour("EXC-011", source=[REFERENCE.AGEN_METHODS, REFERENCE.EXCEPTIONS], since="3.6")
@pytest.mark.parametrize("name", ["KeyboardInterrupt", "SystemExit"], ids=["KeyboardInterrupt", "SystemExit"])
async def test_exceptions_that_end_programs(name):
    """KeyboardInterrupt and SystemExit of the body are raised unchanged, and the generator is finished."""
    import builtins

    failure = getattr(builtins, name)("body")

    async def agen():
        try:
            yield 1
            raise failure
        except Exception:
            yield "no such handler"

    g = agen()
    await g.__anext__()
    with raises(type(failure)) as caught:
        await g.__anext__()
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert caught.value is failure


@behaviour("EXC-012", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.AGEN_ANEXT, TUTORIAL.S09], since="3.6")
async def test_before_the_first_yield():
    """An exception that the body raises before its first yield is raised by the first ``await`` and not by the calls
    that lead to it.
    """
    log = []

    async def agen():
        log.append("entered")
        raise KeyError("early")
        yield 1

    g = agen()
    awaitable = g.__anext__()
    with raises(KeyError):
        await awaitable

    assert log == ["entered"]


@behaviour("EXC-013", source=[REFERENCE.RAISE, LIBRARY.EXCEPTION_CONTEXT], since="3.6")
async def test_cause_and_context():
    """The consumer finds on an exception the cause and the context that it got in the body."""
    cause = OSError("cause")

    async def agen(explicit):
        yield 1
        try:
            raise cause
        except OSError:
            await suspend()
            if explicit == "from":
                raise KeyError("explicit") from cause
            if explicit == "none":
                raise KeyError("suppressed") from None
            raise KeyError("implicit")

    seen = []
    for explicit in ["from", "none", "implicit"]:
        g = agen(explicit)
        await g.__anext__()
        with raises(KeyError) as caught:
            await g.__anext__()
        error = caught.value
        seen.append([error.__cause__ is cause, error.__context__ is cause, error.__suppress_context__])

    assert seen == [[True, True, True], [False, True, True], [False, True, False]]


@behaviour("EXC-014", source=[REFERENCE.YIELD, REFERENCE.RAISE, TUTORIAL.S06], since="3.6")
async def test_raised_again_after_a_yield():
    """A bare ``raise`` after a yield in a handler raises the exception that the body handled before, and not the one
    that the consumer handles.
    """
    handled = KeyError("handled")

    async def agen():
        try:
            raise handled
        except KeyError:
            yield 1
            yield 2
            raise

    g = agen()
    await g.__anext__()
    try:
        raise ValueError("of the consumer")
    except ValueError:
        await g.__anext__()
        with raises(KeyError) as caught:
            await g.__anext__()

    assert caught.value is handled


@behaviour("EXC-015", source=[PEP492.COROUTINE_OBJECTS, PEP479.PROPOSAL], since="3.6")
async def test_raised_by_a_coroutine_that_is_awaited():
    """A StopIteration of a coroutine that the body awaits arrives in the body as a RuntimeError and can be caught."""
    failure = StopIteration("coroutine")
    log = []

    async def coroutine():
        raise failure

    async def agen():
        try:
            yield await coroutine()
        except RuntimeError as error:
            log.append(error.__cause__)
            yield "caught"

    items = await items_of(agen())

    assert items == ["caught"]
    assert log == [failure]


@behaviour("EXC-016", source=[REFERENCE.TRACEBACK_OBJECTS, LIBRARY.TRACEBACK], since="3.6")
async def test_traceback_has_no_earlier_resumers():
    """The traceback of an exception contains the body at its line and the caller that resumed it last, and no earlier
    caller.
    """

    async def agen():
        yield 1
        yield 2
        raise KeyError

    async def first(g):
        return await g.__anext__()

    async def second(g):
        return await g.__anext__()

    async def third(g):
        return await g.__anext__()

    g = agen()
    items = [await first(g), await second(g)]
    with raises(KeyError) as caught:
        await third(g)
    names, line = [], None
    traceback = caught.value.__traceback__
    while traceback is not None:
        names.append(traceback.tb_frame.f_code.co_name)
        line = traceback.tb_lineno - agen.__code__.co_firstlineno
        traceback = traceback.tb_next

    assert items == [1, 2]
    assert names[-2:] == ["third", "agen"]
    assert line == 3
    assert "first" not in names
    assert "second" not in names
    assert names.count("agen") == 1


@behaviour("EXC-017", source=[PEPS.PEP654, REFERENCE.AGEN_METHODS], since="3.11")
async def test_exception_group():
    """An exception group that the body raises is raised unchanged, with the exceptions that it contains."""
    failure = ExceptionGroup("group", [KeyError("key"), OSError("os")])

    async def agen():
        yield 1
        raise failure

    g = agen()
    await g.__anext__()
    with raises(ExceptionGroup) as caught:
        await g.__anext__()
    kinds = [type(error) for error in caught.value.exceptions]

    assert caught.value is failure
    assert kinds == [KeyError, OSError]


@behaviour("EXC-018", source=[PEPS.PEP678], since="3.11")
async def test_notes():
    """Notes that the body adds to an exception, and notes that a thrown exception had before, are still there when it
    is raised to the consumer.
    """
    thrown = OSError("thrown")
    thrown.add_note("outside")

    async def agen():
        try:
            yield 1
        except OSError as error:
            error.add_note("inside")
            raise

    g = agen()
    await g.__anext__()
    with raises(OSError) as caught:
        await g.athrow(thrown)

    assert caught.value is thrown
    assert thrown.__notes__ == ["outside", "inside"]


@behaviour("EXC-019", source=[CPYTHON.GENOBJECT], since="3.11")
async def test_group_with_the_end_of_an_iteration():
    """An exception group that contains a StopAsyncIteration and a StopIteration is not converted to a RuntimeError."""
    failure = ExceptionGroup("group", [StopAsyncIteration(), StopIteration(1)])

    async def agen():
        yield 1
        raise failure

    g = agen()
    await g.__anext__()
    with raises(ExceptionGroup) as caught:
        await g.__anext__()

    assert caught.value is failure


@behaviour(
    "EXC-020", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.NAMING, REFERENCE.EXCEPTIONS], since="3.6", needs=["compile"]
)
@pytest.mark.parametrize(
    "name",
    ["NameError", "UnboundLocalError", "AttributeError", "ZeroDivisionError"],
    ids=["NameError", "UnboundLocalError", "AttributeError", "ZeroDivisionError"],
)
async def test_error_of_a_statement(name):
    """An error in a statement of the body is raised by the ``await`` that runs the statement, and not earlier."""
    import builtins

    log = []
    for enclosed in [log]:
        pass
    del enclosed

    async def agen():
        yield 1
        log.append("before")
        if name == "NameError":
            log.append(enclosed)
        elif name == "UnboundLocalError":
            log.append(local)
        elif name == "AttributeError":
            log.append(None.attribute)
        else:
            log.append(1 / 0)
        local = "after"
        log.append(local)
        yield 2

    g = agen()
    item = await g.__anext__()
    awaitable = g.__anext__()
    with raises(getattr(builtins, name)):
        await awaitable

    assert item == 1
    assert log == ["before"]


@behaviour("EXC-021", source=[REFERENCE.TRY], since="3.6")
async def test_name_of_the_handled_exception():
    """The name that ``except … as`` binds is still bound after a yield in that clause, and is unbound after the
    clause.
    """
    failure = KeyError("body")

    async def agen():
        try:
            raise failure
        except KeyError as error:
            yield error
            yield error
        try:
            yield error
        except UnboundLocalError:
            yield "unbound"

    items = await items_of(agen())

    assert items == [failure, failure, "unbound"]


@behaviour("EXC-022", source=[LIBRARY.RECURSION_ERROR, REFERENCE.AGEN_METHODS], since="3.6")
async def test_recursion_error():
    """A RecursionError of a function that the body calls is raised unchanged, or the body can catch it."""

    def endless():
        raise RecursionError

    async def agen(catch):
        yield 1
        try:
            endless()
        except RecursionError:
            if not catch:
                raise
        yield "caught"

    caught = await items_of(agen(True))
    g = agen(False)
    await g.__anext__()
    with raises(RecursionError):
        await g.__anext__()
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert caught == [1, "caught"]


@behaviour("EXC-023", source=[PEP525.AGEN_OBJECT, REFERENCE.RAISE, LIBRARY.STOP_ITERATION], since="3.6")
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
@pytest.mark.parametrize("explicit", ["cause", "none"], ids=["cause", "none"])
async def test_conversion_keeps_what_is_chained(explicit, name):
    """A StopIteration or StopAsyncIteration that becomes a RuntimeError keeps the cause and the context that it was
    raised with.
    """
    import builtins

    cause, handled, end = OSError("cause"), KeyError("handled"), getattr(builtins, name)("end")

    async def agen():
        yield 1
        try:
            raise handled
        except KeyError:
            raise end from (cause if explicit == "cause" else None)

    g = agen()
    await g.__anext__()
    with raises(RuntimeError):
        await g.__anext__()

    assert end.__cause__ is (cause if explicit == "cause" else None)
    assert end.__context__ is handled
    assert end.__suppress_context__ is True


@behaviour("EXC-024", source=[PEP525.AGEN_OBJECT, LIBRARY.STOP_ITERATION], since="3.6")
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
async def test_converted_once(name):
    """A RuntimeError with a StopIteration or StopAsyncIteration as its cause is not converted, neither in the generator
    that raises it nor in one that passes it on.
    """
    import builtins

    failure = RuntimeError("by hand")

    async def inner():
        yield 1
        raise failure from getattr(builtins, name)("end")

    async def outer():
        async for item in inner():
            yield item

    found = []
    for g in [inner(), outer()]:
        await g.__anext__()
        with raises(RuntimeError) as caught:
            await g.__anext__()
        found.append(caught.value is failure)

    assert found == [True, True]


@behaviour("EXC-025", source=[PEP525.AGEN_OBJECT, REFERENCE.RAISE], since="3.6")
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
@pytest.mark.parametrize("place", ["except", "finally", "with"], ids=["except", "finally", "with"])
async def test_conversion_is_at_the_edge(place, name):
    """The clauses of the body that a StopIteration or StopAsyncIteration passes see it unchanged: it is converted only
    when it leaves the body.
    """
    import builtins
    import sys

    end = getattr(builtins, name)("end")
    seen = []

    class Manager:
        async def __aenter__(self):
            pass

        async def __aexit__(self, kind, value, traceback):
            seen.append(value)

    async def agen():
        yield 1
        if place == "except":
            try:
                raise end
            except BaseException as error:
                seen.append(error)
                raise
        if place == "finally":
            try:
                raise end
            finally:
                seen.append(sys.exc_info()[1])
        async with Manager():
            raise end

    g = agen()
    await g.__anext__()
    with raises(RuntimeError):
        await g.__anext__()

    assert seen == [end]
    assert end.__context__ is None


@behaviour("EXC-026", source=[PEP525.AGEN_OBJECT, REFERENCE.RAISE], since="3.6")
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
async def test_end_in_answer_to_a_thrown_exception(operation, name):
    """A StopIteration or StopAsyncIteration that the body raises in answer to an exception thrown at a yield is
    converted, and has the thrown exception as its context.
    """
    import builtins

    end = getattr(builtins, name)("end")
    received = []

    async def agen():
        try:
            yield 1
        except BaseException as error:
            received.append(error)
            raise end

    g = agen()
    await g.__anext__()
    with raises(RuntimeError):
        await operate(g, operation)

    assert [type(error) for error in received] == [GeneratorExit if operation == "aclose" else KeyError]
    assert end.__context__ is received[0]


@behaviour("EXC-027", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
async def test_message_of_the_conversion(name):
    """The message of the RuntimeError says that an asynchronous generator raised StopIteration or
    StopAsyncIteration.
    """
    import builtins

    async def agen():
        yield 1
        raise getattr(builtins, name)("body")

    g = agen()
    await g.__anext__()
    with raises(RuntimeError) as caught:
        await g.__anext__()
    message = str(caught.value)

    assert message == "async generator raised " + name


@behaviour("EXC-028", source=[PEP525.AGEN_OBJECT, REFERENCE.RAISE], since="3.6", needs=["stepping"])
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
def test_end_in_answer_to_an_exception_in_an_await(name):
    """A StopIteration or StopAsyncIteration that the body raises in answer to an exception thrown into its ``await`` is
    converted, and has the thrown exception as its context.
    """
    import builtins

    end, thrown = getattr(builtins, name)("end"), KeyError("thrown")

    async def agen():
        try:
            await suspend("waiting")
            yield 1
        except KeyError:
            raise end

    consumer = awaiting(agen().__anext__())
    waiting = consumer.send(None)
    with raises(RuntimeError):
        consumer.throw(thrown)

    assert waiting == "waiting"
    assert end.__context__ is thrown


@behaviour("EXC-029", source=[PEP525.AGEN_OBJECT], since="3.6", level="detail")
async def test_original_stop_async_iteration_is_kept():
    """The RuntimeError that replaces a StopAsyncIteration has that exception as its cause."""
    original = StopAsyncIteration("original")

    async def agen():
        yield 1
        raise original

    g = agen()
    await g.__anext__()
    with raises(RuntimeError) as caught:
        await g.__anext__()

    assert caught.value.__cause__ is original
