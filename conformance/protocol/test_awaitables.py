"""The awaitables of __anext__, asend, athrow and aclose, driven by hand."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, hooks, in_loop, operate, raises, run, step, suspend
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP492, PEP525, PEPS, REFERENCE, TUTORIAL

ALL = "anext asend athrow aclose"
NOTHING, REFUSED, END = ["returns", None], ["raises", "RuntimeError"], ["raises", "StopAsyncIteration"]
FIRST, SECOND = ["returns", "item 1"], ["returns", "item 2"]
REUSES = "send send-value throw next await"

#: The table: what a method of an awaitable does in each state of it. (operations, state, methods, versions): (the
#: outcome, what the body sees, what ``__anext__()`` does after it). The generator was suspended at its first yield when
#: the awaitable was made, which is new, suspended in an await of the body, finished with its result, or was closed
#: before its first step. Some of the behaviours are parts of the table, which differ in what documents them and since
#: when.
TABLE = {
    ("anext", "new", "send next await", "3.6+"): (FIRST, ["got None"], SECOND),
    ("asend", "new", "send next await", "3.6+"): (FIRST, ["got 'sent'"], SECOND),
    ("athrow", "new", "send next await", "3.6+"): (FIRST, ["KeyError"], SECOND),
    ("aclose", "new", "send next await", "3.6+"): (NOTHING, ["GeneratorExit"], END),
    ("anext asend", "new", "send-value", "3.6+"): (FIRST, ["got 'given'"], SECOND),
    ("athrow aclose", "new", "send-value", "3.6+"): (REFUSED, [], FIRST),
    ("anext asend athrow", "new", "throw", "3.6+"): (FIRST, ["ValueError"], SECOND),
    ("aclose", "new", "throw", "3.7+"): (REFUSED, ["ValueError"], SECOND),
    (ALL, "new", "close", "3.6-3.12"): (NOTHING, [], FIRST),
    (ALL, "new", "close", "3.13+"): (NOTHING, ["GeneratorExit"], END),
    ("anext asend athrow", "suspended", "send next await", "3.6+"): (FIRST, ["got None"], SECOND),
    ("anext asend athrow", "suspended", "send-value", "3.6+"): (FIRST, ["got 'given'"], SECOND),
    ("aclose", "suspended", "send next await", "3.6+"): (NOTHING, ["got None"], END),
    ("aclose", "suspended", "send-value", "3.6+"): (NOTHING, ["got 'given'"], END),
    (ALL, "suspended", "throw", "3.6+"): (["raises", "ValueError"], ["ValueError"], END),
    ("anext asend athrow", "suspended", "close", "3.6-3.7"): (NOTHING, [], FIRST),
    ("aclose", "suspended", "close", "3.6-3.7"): (NOTHING, [], ["raises", "GeneratorExit"]),
    (ALL, "suspended", "close", "3.8-3.12"): (NOTHING, [], REFUSED),
    (ALL, "suspended", "close", "3.13+"): (NOTHING, ["GeneratorExit"], END),
    ("anext asend", "finished", REUSES, "3.6"): (NOTHING, [], SECOND),
    ("aclose", "finished", REUSES, "3.6"): (NOTHING, [], END),
    ("anext asend", "finished", REUSES, "3.7+"): (REFUSED, [], SECOND),
    ("aclose", "finished", REUSES, "3.7+"): (REFUSED, [], END),
    ("athrow", "finished", "send next await", "3.6-3.7"): (SECOND, ["got None"], END),
    ("athrow", "finished", "send-value", "3.6-3.7"): (SECOND, ["got 'given'"], END),
    ("athrow", "finished", "throw", "3.6-3.7"): (["raises", "ValueError"], ["ValueError"], END),
    ("athrow", "finished", REUSES, "3.8+"): (REFUSED, [], SECOND),
    ("anext asend athrow", "finished", "close", "3.6+"): (NOTHING, [], SECOND),
    ("aclose", "finished", "close", "3.6+"): (NOTHING, [], END),
    (ALL, "closed", REUSES, "3.6"): (NOTHING, [], FIRST),
    (ALL, "closed", REUSES, "3.7-3.12"): (REFUSED, [], FIRST),
    (ALL, "closed", REUSES, "3.13+"): (REFUSED, [], END),
    (ALL, "closed", "close", "3.6-3.12"): (NOTHING, [], FIRST),
    (ALL, "closed", "close", "3.13+"): (NOTHING, [], END),
}

WAYS = "send send-send throw send-throw throw-send"
ERROR = ["raises", "OSError"]

#: How an awaitable ends and what it does when awaited again. (operations, ways, answer, versions): (how it ends, what
#: awaiting it again does, what ``__anext__()`` does after that). The way to the end is one step or two with a wait in
#: between, of ``send(None)`` or ``throw()`` each; the body answers with an item, an error or its end.
ENDS = {
    ("anext asend", WAYS, "item", "3.6"): (FIRST, NOTHING, SECOND),
    ("anext asend", WAYS, "error", "3.6"): (ERROR, NOTHING, END),
    ("anext asend", WAYS, "end", "3.6"): (END, NOTHING, END),
    ("athrow", "send", "end", "3.6"): (END, NOTHING, END),
    ("aclose", "send send-send", "end", "3.6"): (NOTHING, NOTHING, END),
    ("anext asend", WAYS, "item", "3.7+"): (FIRST, REFUSED, SECOND),
    ("anext asend", WAYS, "error", "3.7+"): (ERROR, REFUSED, END),
    ("anext asend", WAYS, "end", "3.7+"): (END, REFUSED, END),
    ("athrow", "send", "end", "3.7+"): (END, REFUSED, END),
    ("aclose", "send send-send", "end", "3.7+"): (NOTHING, REFUSED, END),
    ("athrow", "send", "item", "3.6-3.7"): (FIRST, SECOND, END),
    ("athrow", "send", "error", "3.6-3.7"): (ERROR, NOTHING, END),
    ("aclose", "send send-send", "error", "3.6-3.7"): (ERROR, NOTHING, END),
    ("athrow", "send", "item", "3.8+"): (FIRST, REFUSED, SECOND),
    ("athrow", "send", "error", "3.8+"): (ERROR, REFUSED, END),
    ("aclose", "send send-send", "error", "3.8+"): (ERROR, REFUSED, END),
    ("athrow", "throw", "item", "3.7-3.11"): (FIRST, ["raises", "KeyError"], END),
    ("athrow", "send-throw", "item", "3.7-3.11"): (FIRST, SECOND, END),
    ("athrow", "throw send-throw", "error", "3.7-3.11"): (ERROR, NOTHING, END),
    ("athrow", "throw send-throw", "end", "3.7-3.11"): (END, NOTHING, END),
    ("aclose", "throw", "error", "3.7-3.11"): (ERROR, NOTHING, END),
    ("aclose", "throw", "end", "3.7-3.11"): (NOTHING, NOTHING, END),
    ("athrow", "throw send-throw", "item", "3.12+"): (FIRST, REFUSED, SECOND),
    ("athrow", "throw send-throw", "error", "3.12+"): (ERROR, REFUSED, END),
    ("athrow", "throw send-throw", "end", "3.12+"): (END, REFUSED, END),
    ("aclose", "throw send-throw throw-send", "error", "3.12+"): (ERROR, REFUSED, END),
    ("aclose", "throw send-throw throw-send", "end", "3.12+"): (NOTHING, REFUSED, END),
    ("athrow", "send-send", "item", "3.6+"): (FIRST, SECOND, END),
    ("athrow", "send-send", "error", "3.6+"): (ERROR, NOTHING, END),
    ("athrow", "send-send", "end", "3.6+"): (END, NOTHING, END),
    ("athrow", "throw-send", "item", "3.12+"): (FIRST, SECOND, END),
    ("athrow", "throw-send", "error", "3.12+"): (ERROR, NOTHING, END),
    ("athrow", "throw-send", "end", "3.12+"): (END, NOTHING, END),
    ("aclose", "send send-send", "item", "3.6"): (REFUSED, REFUSED, END),
    ("aclose", "send send-send throw send-throw", "item", "3.7+"): (REFUSED, REFUSED, SECOND),
    ("aclose", "throw-send", "item", "3.12+"): (REFUSED, REFUSED, SECOND),
}

#: Variation over all four.
each_operation = pytest.mark.parametrize("operation", ALL.split(), ids=ALL.split())


def part(table, operations, states, methods, versions):
    """The keyword arguments of parametrize for a part of a table: its rows of these versions."""
    rows = {}
    for (owners, group, kinds, era), effects in table.items():
        for operation in owners.split():
            for state in group.split():
                for method in kinds.split():
                    wanted = operation in operations.split() and state in states.split() and method in methods.split()
                    if wanted and era == versions:
                        rows["-".join([operation, state, method])] = [operation, state, method, *effects]
    return {"argvalues": list(rows.values()), "ids": list(rows)}


@behaviour("AWT-001", source=[CPYTHON.GENOBJECT], since="3.6")
def test_types():
    """``__anext__()`` and ``asend()`` return an ``async_generator_asend``, the others an ``async_generator_athrow``."""

    async def agen():
        yield 1

    g = agen()
    asends = [type(g.__anext__()), type(g.asend(None)), type(g.asend("sent"))]
    athrows = [type(g.athrow(KeyError())), type(g.aclose())]

    assert asends == [asends[0]] * 3
    assert athrows == [athrows[0]] * 2
    assert asends[0].__name__ == "async_generator_asend"
    assert athrows[0].__name__ == "async_generator_athrow"


@behaviour("AWT-002", source=[PEP525.IMPLEMENTATION], since="3.6")
@each_operation
def test_await_method_returns_the_awaitable(operation):
    """``__await__()`` of the awaitable of each operation returns that very awaitable, and runs nothing."""
    log = []

    async def agen():
        try:
            log.append((yield 1))
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    arrives = {"anext": None, "asend": "sent", "athrow": KeyError, "aclose": GeneratorExit}[operation]
    outcome = {"athrow": KeyError, "aclose": StopIteration}.get(operation, StopAsyncIteration)
    returned = [awaitable.__await__(), awaitable.__await__()]
    before = list(log)
    with raises(outcome):
        awaitable.send(None)

    assert returned[0] is awaitable
    assert returned[1] is awaitable
    assert before == []
    assert log == [arrives]


@behaviour("AWT-003", source=[PEP525.IMPLEMENTATION], since="3.6")
@each_operation
def test_iterated(operation):
    """``iter()`` of the awaitable of each operation is itself, and ``next()`` is one step of it that sends None."""
    log = []

    async def agen():
        try:
            log.append((yield 1))
        except BaseException as error:
            log.append(type(error))
            raise
        finally:
            log.append(await suspend("first wait"))
            log.append(await suspend("second wait"))

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    arrives = {"anext": None, "asend": "sent", "athrow": KeyError, "aclose": GeneratorExit}[operation]
    outcome = {"athrow": KeyError, "aclose": StopIteration}.get(operation, StopAsyncIteration)
    iterator = iter(awaitable)
    before = list(log)
    waits = [next(awaitable), awaitable.__next__()]
    with raises(outcome):
        next(awaitable)

    assert iterator is awaitable
    assert before == []
    assert waits == ["first wait", "second wait"]
    assert log == [arrives, None, None]


@behaviour("AWT-004", source=[PEP525.IMPLEMENTATION, PEP525.ASEND_ATHROW], since="3.6")
@each_operation
def test_send_and_throw(operation):
    """By ``send()`` and ``throw()`` of the awaitable of each operation its driver answers what the body awaits."""
    log = []
    error = OSError()

    async def agen():
        try:
            yield 1
        finally:
            try:
                log.append(await suspend("first wait"))
                log.append(await suspend("second wait"))
            except OSError as caught:
                log.append(caught)
            await suspend("third wait")

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    outcome = {"athrow": KeyError, "aclose": StopIteration}.get(operation, StopAsyncIteration)
    waits = [awaitable.send(None), awaitable.send("answer"), awaitable.throw(error)]
    with raises(outcome):
        awaitable.send(None)

    assert waits == ["first wait", "second wait", "third wait"]
    assert log == ["answer", error]


@behaviour("AWT-005", source=[LIBRARY.ABC_AWAITABLE, LIBRARY.INSPECT_ISAWAITABLE], since="3.6")
@each_operation
def test_are_awaitables(operation):
    """What each operation returns is a ``collections.abc.Awaitable``, and ``inspect.isawaitable()`` says so too."""
    import collections.abc
    import inspect

    async def agen():
        yield 1

    g = agen()
    awaitable = operate(g, operation)
    found = [isinstance(awaitable, collections.abc.Awaitable), inspect.isawaitable(awaitable)]
    of_the_generator = [isinstance(g, collections.abc.Awaitable), inspect.isawaitable(g)]

    assert found == [True, True]
    assert of_the_generator == [False, False]


@behaviour("AWT-006", source=[CPYTHON.COLLECTIONS_ABC], since="3.6")
@each_operation
def test_are_coroutines_by_their_methods_alone(operation):
    """What each operation returns is a ``collections.abc.Coroutine`` by its methods, but no coroutine object."""
    import collections.abc
    import inspect
    import types

    async def agen():
        yield 1

    g = agen()
    awaitable = operate(g, operation)
    by_methods = isinstance(awaitable, collections.abc.Coroutine)
    bases = type(awaitable).__mro__

    assert by_methods is True
    assert isinstance(awaitable, types.CoroutineType) is False
    assert inspect.iscoroutine(awaitable) is False
    assert collections.abc.Coroutine not in bases


@behaviour("AWT-007", source=[CPYTHON.COLLECTIONS_ABC], since="3.6")
@each_operation
def test_are_generators_by_their_methods_alone(operation):
    """What each operation returns is an iterator and a generator to ``collections.abc``, but no generator object."""
    import collections.abc
    import inspect

    async def agen():
        yield 1

    g = agen()
    awaitable = operate(g, operation)
    by_methods = [isinstance(awaitable, collections.abc.Iterator), isinstance(awaitable, collections.abc.Generator)]
    by_type = [inspect.isgenerator(awaitable), inspect.isasyncgen(awaitable)]
    asynchronous = [
        isinstance(awaitable, collections.abc.AsyncIterator),
        isinstance(awaitable, collections.abc.AsyncGenerator),
    ]

    assert by_methods == [True, True]
    assert by_type == [False, False]
    assert asynchronous == [False, False]


@behaviour("AWT-008", source=[ISSUE.BPO_39386, CPYTHON.TEST_ASYNCGEN], since="3.7")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
async def test_awaited_again(operation):
    """An awaitable that has given its item raises RuntimeError when awaited again, and the body does not go on."""
    log = []

    async def agen():
        log.append((yield 1))
        log.append((yield 2))
        log.append((yield 3))

    g = agen()
    await g.__anext__()
    awaitable = operate(g, operation)
    item = await awaitable
    with raises(RuntimeError):
        await awaitable
    seen = list(log)
    following = await g.__anext__()

    assert item == 2
    assert seen == [None if operation == "anext" else "sent"]
    assert following == 3


@behaviour("AWT-009a", source=[ISSUE.BPO_39386], since="3.6", until="3.6")
async def test_aclose_awaited_again_and_again():
    """An ``aclose()`` awaitable that has closed the generator returns None each time that it is awaited again."""
    log = []

    async def agen():
        try:
            yield 1
        except GeneratorExit:
            log.append("closed")

    g = agen()
    await g.__anext__()
    awaitable = g.aclose()
    results = [await awaitable, await awaitable, await awaitable]

    assert results == [None, None, None]
    assert log == ["closed"]


@behaviour("AWT-009b", source=[ISSUE.BPO_39386, CPYTHON.TEST_ASYNCGEN], since="3.7")
async def test_aclose_awaited_again():
    """An ``aclose()`` awaitable that has closed the generator raises RuntimeError when awaited again, a new one not."""
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


@behaviour("AWT-010a", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6", until="3.7")
async def test_athrow_awaited_again_resumes():
    """An ``athrow()`` awaitable that has given an item resumes the body when awaited again, and gives the next one."""
    log = []

    async def agen():
        try:
            yield 1
        except KeyError:
            log.append("caught")
        log.append((yield 2))
        yield 3

    g = agen()
    await g.__anext__()
    awaitable = g.athrow(KeyError())
    items = [await awaitable, await awaitable]

    assert items == [2, 3]
    assert log == ["caught", None]


@behaviour("AWT-010b", source=[ISSUE.BPO_39386, CPYTHON.TEST_ASYNCGEN], since="3.8")
async def test_athrow_awaited_again():
    """An ``athrow()`` awaitable that has given an item raises RuntimeError when awaited again, and throws nothing."""
    log = []

    async def agen():
        try:
            yield 1
        except KeyError:
            log.append("caught")
        log.append((yield 2))
        yield 3

    g = agen()
    await g.__anext__()
    awaitable = g.athrow(KeyError())
    item = await awaitable
    with raises(RuntimeError):
        await awaitable
    seen = list(log)
    following = await g.__anext__()

    assert item == 2
    assert seen == ["caught"]
    assert following == 3


@behaviour("AWT-011a", source=[CPYTHON.GENOBJECT, ISSUE.BPO_39386], since="3.6", until="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
async def test_returns_none_after_the_end(operation):
    """An awaitable that ended with StopAsyncIteration returns None when it is awaited again."""

    async def agen():
        yield 1

    g = agen()
    await g.__anext__()
    awaitable = operate(g, operation)
    with raises(StopAsyncIteration):
        await awaitable
    results = [await awaitable, await awaitable]

    assert results == [None, None]


@behaviour("AWT-011b", source=[CPYTHON.GENOBJECT, ISSUE.BPO_39386], since="3.7")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
async def test_awaited_again_after_the_end(operation):
    """An awaitable that ended with StopAsyncIteration raises RuntimeError when awaited again; a new one does not."""

    async def agen():
        yield 1

    g = agen()
    await g.__anext__()
    awaitable = operate(g, operation)
    with raises(StopAsyncIteration):
        await awaitable
    with raises(RuntimeError):
        await awaitable
    with raises(RuntimeError):
        await awaitable
    with raises(StopAsyncIteration):
        await g.__anext__()


@behaviour("AWT-012a", source=[CPYTHON.GENOBJECT, ISSUE.BPO_39386], since="3.6", until="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
async def test_returns_none_after_an_error(operation):
    """An awaitable that ended with an exception of the body returns None when it is awaited again."""

    async def agen():
        yield 1
        raise KeyError

    g = agen()
    await g.__anext__()
    awaitable = operate(g, operation)
    with raises(KeyError):
        await awaitable
    results = [await awaitable, await awaitable]

    assert results == [None, None]


@behaviour("AWT-012b", source=[CPYTHON.GENOBJECT, ISSUE.BPO_39386], since="3.7")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
async def test_awaited_again_after_an_error(operation):
    """An awaitable that ended with an exception of the body raises RuntimeError when awaited again, unchained to it."""
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


@behaviour("AWT-013", source=[PEP525.ASEND_ATHROW, CPYTHON.TEST_ASYNCGEN, TUTORIAL.S12], since="3.6")
def test_first_send_brings_a_value_to_the_yield():
    """A value given to the first ``send()`` of an ``__anext__()`` awaitable becomes the result of the pending yield."""
    received = []

    async def agen():
        received.append((yield 1))
        received.append((yield 2))
        yield 3

    g = agen()
    run(g.__anext__())
    steps = g.__anext__().__await__()
    with raises(StopIteration) as stop:
        steps.send("sent")
    following = run(g.__anext__())

    assert stop.value.value == 2
    assert following == 3
    assert received == ["sent", None]


@behaviour("AWT-014", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("given", [None, 0, "", "given"], ids=["None", "zero", "empty", "text"])
def test_first_send_overrides(given):
    """A value other than None in the first ``send()`` of an ``asend()`` awaitable replaces what it had to send."""
    received = []

    async def agen():
        received.append((yield 1))
        received.append((yield 2))
        yield 3

    g = agen()
    run(g.__anext__())
    steps = g.asend("sent").__await__()
    item = step(steps.send, given)
    following = run(g.__anext__())

    assert item == ["returns", 2]
    assert following == 3
    assert received == ["sent" if given is None else given, None]


@behaviour("AWT-015", source=[CPYTHON.TEST_ASYNCGEN, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_first_send_of_a_value_before_the_start(operation):
    """A value given to the first ``send()`` of an awaitable that would start a generator raises TypeError."""
    entered = []

    async def agen():
        entered.append(True)
        yield 1
        yield 2

    g = agen()
    steps = (g.__anext__() if operation == "anext" else g.asend(None)).__await__()
    with raises(TypeError):
        steps.send("given")
    seen = list(entered)
    items = [run(g.__anext__()), run(g.__anext__())]

    assert seen == []
    assert items == [1, 2]


@behaviour("AWT-016", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("started", [True, False], ids=["started", "unstarted"])
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_first_send_has_nothing_to_send(operation, started):
    """A value given to the first ``send()`` of ``athrow()`` or ``aclose()`` raises RuntimeError; None still works."""
    log = []

    async def agen():
        try:
            log.append((yield 1))
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    if started:
        run(g.__anext__())
    steps = operate(g, operation).__await__()
    refused = [step(steps.send, "given"), step(steps.send, 0)]
    seen = list(log)
    outcome = step(steps.send, None)

    assert refused == [["raises", "RuntimeError"]] * 2
    assert seen == []
    assert outcome == (["raises", "KeyError"] if operation == "athrow" else ["returns", None])
    assert log == ([KeyError if operation == "athrow" else GeneratorExit] if started else [])


@behaviour("AWT-017", source=[PEP525.ASEND_ATHROW], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_throw_before_the_first_step(operation):
    """``throw()`` on an awaitable not driven yet raises at the pending yield and completes with the next item."""
    log = []
    error = KeyError("thrown")

    async def agen():
        try:
            log.append((yield 1))
        except KeyError as caught:
            log.append(caught)
        yield 2
        yield 3

    g = agen()
    run(g.__anext__())
    steps = (g.__anext__() if operation == "anext" else g.asend("never sent")).__await__()
    with raises(StopIteration) as stop:
        steps.throw(error)
    following = run(g.__anext__())

    assert log == [error]
    assert stop.value.value == 2
    assert following == 3


@behaviour("AWT-018", source=[PEP525.ASEND_ATHROW, REFERENCE.AGEN_ATHROW], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_throw_into_unstarted(operation):
    """``throw()`` on the awaitable that would start a generator raises right out of it, and ends it unentered."""
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
@pytest.mark.parametrize("ending", ["yields", "ends", "raises"], ids=["yields", "ends", "raises"])
def test_throw_instead_of_what_athrow_throws(ending):
    """``throw()`` on a new ``athrow()`` awaitable throws what it is given, and not what ``athrow()`` was given."""
    log = []
    error = KeyError("thrown")

    async def agen():
        try:
            yield 1
        except BaseException as caught:
            log.append(caught)
            if ending == "raises":
                raise
        if ending == "yields":
            yield 2

    g = agen()
    run(g.__anext__())
    outcome = step(g.athrow(OSError("given to athrow")).throw, error)
    following = step(g.__anext__().send, None)

    assert outcome == {
        "yields": ["returns", 2], "ends": ["raises", "StopAsyncIteration"], "raises": ["raises", "KeyError"],
    }[ending]  # fmt: skip
    assert log == [error]
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-020", source=[PEP525.ASEND_ATHROW, REFERENCE.AGEN_ACLOSE, ISSUE.BPO_38013], since="3.6")
@pytest.mark.parametrize("started", [True, False], ids=["started", "unstarted"])
def test_throw_instead_of_closing(started):
    """``throw()`` on a new ``aclose()`` awaitable throws what it is given; let out, it comes out and ends all."""
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
    running = g.ag_running
    following = step(g.__anext__().send, None)

    assert thrown.value is error
    assert log == ([error] if started else [])
    assert running is False
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-021", source=[REFERENCE.AGEN_ACLOSE, PEP525.ASEND_ATHROW, ISSUE.BPO_35409], since="3.6")
@pytest.mark.parametrize("state", ["at-yield", "in-await", "unstarted"], ids=["at-yield", "in-await", "unstarted"])
def test_generator_exit_into_aclose(state):
    """A GeneratorExit thrown into an ``aclose()`` awaitable, and let out by the body, is its normal completion."""
    log = []

    async def agen():
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
    assert seen == {"at-yield": ["finally"], "in-await": ["in the await", "finally"], "unstarted": []}[state]
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-022a", source=[ISSUE.BPO_35409, ISSUE.GH_117894], since="3.7", until="3.11")
@pytest.mark.parametrize("started", [True, False], ids=["started", "unstarted"])
def test_generator_exit_into_aclose_twice(started):
    """A GeneratorExit thrown a second time into an ``aclose()`` awaitable that it has completed completes it again."""

    async def agen():
        yield 1

    g = agen()
    if started:
        run(g.__anext__())
    steps = g.aclose().__await__()
    outcomes = [step(steps.throw, GeneratorExit()), step(steps.throw, GeneratorExit())]

    assert outcomes == [["returns", None], ["returns", None]]


@behaviour("AWT-022b", source=[ISSUE.GH_117894, CPYTHON.TEST_ASYNCGEN], since="3.12")
@pytest.mark.parametrize("started", [True, False], ids=["started", "unstarted"])
def test_generator_exit_spends_aclose(started):
    """A GeneratorExit thrown into an ``aclose()`` awaitable completes it once, and raises RuntimeError after that."""

    async def agen():
        yield 1

    g = agen()
    if started:
        run(g.__anext__())
    steps = g.aclose().__await__()
    outcomes = [step(steps.throw, GeneratorExit()), step(steps.throw, GeneratorExit()), step(steps.send, None)]

    assert outcomes == [["returns", None], ["raises", "RuntimeError"], ["raises", "RuntimeError"]]


@behaviour("AWT-023a", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6", until="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend", "aclose"], ids=["anext", "asend", "aclose"])
def test_throw_into_a_completed_one_in_vain(operation):
    """``throw()`` on an awaitable that has completed returns None, and throws nothing."""
    log = []

    async def agen():
        try:
            yield 1
            yield 2
            yield 3
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation)
    completed = step(steps.send, None)
    outcome = step(steps.throw, KeyError())
    seen = list(log)
    following = step(g.__anext__().send, None)

    assert completed == ["returns", None if operation == "aclose" else 2]
    assert outcome == ["returns", None]
    assert seen == ([GeneratorExit] if operation == "aclose" else [])
    assert following == (["raises", "StopAsyncIteration"] if operation == "aclose" else ["returns", 3])


@behaviour("AWT-023b", source=[ISSUE.BPO_39386, CPYTHON.TEST_ASYNCGEN], since="3.7")
@pytest.mark.parametrize("operation", ["anext", "asend", "aclose"], ids=["anext", "asend", "aclose"])
def test_throw_into_a_completed_one(operation):
    """``throw()`` on an awaitable that has completed raises RuntimeError, throws nothing, and leaves the generator."""
    log = []

    async def agen():
        try:
            yield 1
            yield 2
            yield 3
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation)
    completed = step(steps.send, None)
    outcome = step(steps.throw, KeyError())
    seen = list(log)
    following = step(g.__anext__().send, None)

    assert completed == ["returns", None if operation == "aclose" else 2]
    assert outcome == ["raises", "RuntimeError"]
    assert seen == ([GeneratorExit] if operation == "aclose" else [])
    assert following == (["raises", "StopAsyncIteration"] if operation == "aclose" else ["returns", 3])


@behaviour("AWT-024a", source=[ISSUE.GH_117894], since="3.7", until="3.11")
def test_aclose_is_thrown_into_twice():
    """An exception that ended an ``aclose()`` awaitable by ``throw()`` can be thrown into it a second time."""
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
    outcomes = [step(steps.throw, KeyError()), step(steps.throw, OSError())]

    assert outcomes == [["raises", "KeyError"], ["raises", "OSError"]]
    assert log == [KeyError]


@behaviour("AWT-024b", source=[ISSUE.GH_117894, CPYTHON.TEST_ASYNCGEN], since="3.12")
def test_throw_spends_aclose():
    """An exception thrown into an ``aclose()`` awaitable, and let out, spends it: after that it raises RuntimeError."""
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


@behaviour("AWT-025a", source=[ISSUE.GH_117894], since="3.7", until="3.11")
@pytest.mark.parametrize("ending", ["yields", "raises"], ids=["yields", "raises"])
def test_athrow_is_thrown_into_twice(ending):
    """After ``throw()`` has completed an ``athrow()`` awaitable, a second one throws into the generator again."""
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
    outcomes = [step(steps.throw, KeyError()), step(steps.throw, OSError())]
    seen = list(log)

    assert outcomes == (
        [["returns", 1], ["returns", 2]] if ending == "yields" else [["raises", "KeyError"], ["raises", "OSError"]]
    )
    assert seen == ([KeyError, OSError] if ending == "yields" else [KeyError])


@behaviour("AWT-025b", source=[ISSUE.GH_117894, CPYTHON.TEST_ASYNCGEN], since="3.12")
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


@behaviour("AWT-026", source=[REFERENCE.AWAIT, PEP525.ASEND_ATHROW, REFERENCE.AGEN_FUNCTION], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_throw_while_the_body_waits(operation):
    """``throw()`` while the body waits raises at that ``await``; if handled, the awaitable goes on from there."""
    log = []
    error = KeyError("thrown")

    async def agen():
        try:
            log.append((yield 1))
            try:
                log.append(await suspend("first wait"))
            except KeyError as caught:
                log.append(caught)
            log.append(await suspend("second wait"))
            yield 2
        except KeyError:
            log.append("at the yield")

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation).__await__()
    waits = [steps.send(None), steps.throw(error)]
    with raises(StopIteration) as stop:
        steps.send("answer")
    seen = list(log)

    assert waits == ["first wait", "second wait"]
    assert seen == [None if operation == "anext" else "sent", error, "answer"]
    assert stop.value.value == 2


@behaviour("AWT-027", source=[PEP525.ASEND_ATHROW, REFERENCE.AGEN_METHODS], since="3.6")
@each_operation
def test_throw_while_the_body_waits_and_lets_it_out(operation):
    """An exception thrown into a suspended awaitable, and not caught by the body, comes out and is the end of both."""
    log = []
    error = OSError("thrown")

    async def agen():
        try:
            yield 1
        finally:
            try:
                await suspend("waiting")
                log.append("not reached")
            finally:
                log.append("finally")

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation)
    waiting = steps.send(None)
    with raises(OSError) as caught:
        steps.throw(error)
    seen = list(log)
    following = [step(g.__anext__().send, None), step(g.aclose().send, None)]

    assert waiting == "waiting"
    assert caught.value is error
    assert seen == ["finally"]
    assert following == [["raises", "StopAsyncIteration"], ["returns", None]]


@behaviour("AWT-028a", source=[ISSUE.GH_117714], since="3.6", until="3.12")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_close_before_the_start_does_nothing(operation):
    """``close()`` on the awaitable that would start a generator returns None, and another one can start it then."""
    entered = []

    async def agen():
        entered.append(True)
        yield 1

    g = agen()
    awaitable = g.__anext__() if operation == "anext" else g.asend(None)
    closed = awaitable.close()
    seen = list(entered)
    following = step(g.__anext__().send, None)

    assert closed is None
    assert seen == []
    assert following == ["returns", 1]
    assert entered == [True]


@behaviour("AWT-028b", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_close_before_the_start(operation):
    """``close()`` on the awaitable that would start a generator returns None, and ends the generator unentered."""
    entered = []

    async def agen():
        entered.append(True)
        yield 1

    g = agen()
    awaitable = g.__anext__() if operation == "anext" else g.asend(None)
    closed = awaitable.close()
    following = step(g.__anext__().send, None)

    assert closed is None
    assert entered == []
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-029a", source=[ISSUE.GH_117714], since="3.6", until="3.12")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_close_before_the_first_step_does_nothing(operation):
    """``close()`` on an ``__anext__()`` or ``asend()`` awaitable not driven yet leaves the suspended body alone."""
    log = []

    async def agen():
        try:
            log.append((yield 1))
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    run(g.__anext__())
    steps = (g.__anext__() if operation == "anext" else g.asend("never sent")).__await__()
    closed = steps.close()
    seen = list(log)
    following = step(g.asend("next").send, None)
    received = list(log)

    assert closed is None
    assert seen == []
    assert following == ["returns", 2]
    assert received == ["next"]


@behaviour("AWT-029b", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_close_before_the_first_step(operation):
    """``close()`` on an ``__anext__()`` or ``asend()`` awaitable not driven yet raises GeneratorExit at the yield."""
    log = []

    async def agen():
        try:
            log.append((yield 1))
        except BaseException as error:
            log.append(type(error))
            raise
        finally:
            log.append("finally")

    g = agen()
    run(g.__anext__())
    steps = (g.__anext__() if operation == "anext" else g.asend("never sent")).__await__()
    closed = steps.close()
    seen = list(log)
    running = g.ag_running
    following = step(g.__anext__().send, None)

    assert closed is None
    assert seen == [GeneratorExit, "finally"]
    assert running is False
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-030a", source=[ISSUE.GH_117714], since="3.6", until="3.7")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_closed_while_the_body_waits_and_resumed(operation):
    """``close()`` on an awaitable suspended in an ``await`` tells the body nothing, and another one goes on there."""
    log = []

    async def agen():
        try:
            yield 1
            log.append(await suspend("waiting"))
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation).__await__()
    steps.send(None)
    closed = steps.close()
    seen = list(log)
    following = step(g.__anext__().send, None)

    assert closed is None
    assert seen == []
    assert following == ["returns", 2]
    assert log == [None]


@behaviour("AWT-030b", source=[ISSUE.GH_117714], since="3.8", until="3.12")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_closed_while_the_body_waits_and_stuck(operation):
    """``close()`` on an awaitable suspended in an ``await`` tells the body nothing, and nothing else can resume it."""
    log = []

    async def agen():
        try:
            yield 1
            log.append(await suspend("waiting"))
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation).__await__()
    steps.send(None)
    closed = steps.close()
    refused = [step(g.__anext__().send, None), step(g.aclose().send, None), step(steps.send, None)]
    running = g.ag_running
    seen = list(log)

    assert closed is None
    assert refused == [["raises", "RuntimeError"]] * 3
    assert running is True
    assert seen == []


@behaviour("AWT-030c", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_close_while_the_body_waits(operation):
    """``close()`` on an awaitable suspended in an ``await`` raises GeneratorExit there, and so ends the generator."""
    log = []

    async def agen():
        try:
            yield 1
            log.append(await suspend("waiting"))
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation).__await__()
    steps.send(None)
    closed = steps.close()
    seen = list(log)
    running = g.ag_running
    following = step(g.__anext__().send, None)

    assert closed is None
    assert seen == [GeneratorExit]
    assert running is False
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-031a", source=[ISSUE.GH_117714], since="3.6", until="3.12")
@pytest.mark.parametrize("started", [True, False], ids=["started", "unstarted"])
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_close_of_athrow_or_aclose_does_nothing(operation, started):
    """``close()`` on an ``athrow()`` or ``aclose()`` awaitable not driven yet leaves the generator as it is."""
    log = []

    async def agen():
        try:
            yield 1
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    if started:
        run(g.__anext__())
    steps = operate(g, operation).__await__()
    closed = steps.close()
    seen = list(log)
    following = step(g.__anext__().send, None)

    assert closed is None
    assert seen == []
    assert following == ["returns", 2 if started else 1]


@behaviour("AWT-031b", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
@pytest.mark.parametrize("started", [True, False], ids=["started", "unstarted"])
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_close_of_athrow_or_aclose(operation, started):
    """``close()`` on an ``athrow()`` or ``aclose()`` awaitable not driven yet closes the generator by GeneratorExit."""
    log = []

    async def agen():
        try:
            yield 1
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    if started:
        run(g.__anext__())
    steps = operate(g, operation).__await__()
    closed = steps.close()
    seen = list(log)
    running = g.ag_running
    following = step(g.__anext__().send, None)

    assert closed is None
    assert seen == ([GeneratorExit] if started else [])
    assert running is False
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-032a", source=[ISSUE.GH_117714], since="3.6", until="3.7")
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_closed_in_the_cleanup_and_resumed(operation):
    """``close()`` on ``athrow()`` or ``aclose()`` in an ``await`` tells the body nothing, and another one goes on."""
    log = []

    async def agen():
        try:
            yield 1
        finally:
            try:
                log.append(await suspend("cleanup"))
            except BaseException as error:
                log.append(type(error))
                raise

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation).__await__()
    steps.send(None)
    closed = steps.close()
    seen = list(log)
    following = step(g.__anext__().send, None)

    assert closed is None
    assert seen == []
    assert following == ["raises", "KeyError" if operation == "athrow" else "GeneratorExit"]
    assert log == [None]


@behaviour("AWT-032b", source=[ISSUE.GH_117714], since="3.8", until="3.12")
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_closed_in_the_cleanup_and_stuck(operation):
    """``close()`` on ``athrow()`` or ``aclose()`` in an ``await`` tells the body nothing, and nothing resumes it."""
    log = []

    async def agen():
        try:
            yield 1
        finally:
            try:
                log.append(await suspend("cleanup"))
            except BaseException as error:
                log.append(type(error))
                raise

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation).__await__()
    steps.send(None)
    closed = steps.close()
    refused = [step(g.__anext__().send, None), step(g.aclose().send, None), step(steps.send, None)]
    running = g.ag_running
    seen = list(log)

    assert closed is None
    assert refused == [["raises", "RuntimeError"]] * 3
    assert running is True
    assert seen == []


@behaviour("AWT-032c", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_close_in_the_cleanup(operation):
    """``close()`` on ``athrow()`` or ``aclose()`` in an ``await`` of the body raises a new GeneratorExit there."""
    log = []

    async def agen():
        try:
            yield 1
        except BaseException as first:
            try:
                log.append(await suspend("cleanup"))
            except BaseException as second:
                log.append([type(first), type(second), second is first])
                raise

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation).__await__()
    steps.send(None)
    closed = steps.close()
    seen = list(log)
    running = g.ag_running
    following = step(g.__anext__().send, None)

    assert closed is None
    assert seen == [[KeyError if operation == "athrow" else GeneratorExit, GeneratorExit, False]]
    assert running is False
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-033a", source=[ISSUE.GH_117714], since="3.6", until="3.12")
@each_operation
def test_closed_though_the_body_would_wait_again(operation):
    """``close()`` on a suspended awaitable returns None where the body would wait again, as the body is not told."""
    log = []

    async def agen():
        try:
            yield 1
        finally:
            try:
                await suspend("waiting")
            except GeneratorExit:
                log.append("GeneratorExit")
                await suspend("ignored")

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation)
    steps.send(None)
    closed = steps.close()
    seen = list(log)

    assert closed is None
    assert seen == []


@behaviour("AWT-033b", source=[ISSUE.GH_117714, CPYTHON.TEST_ASYNCGEN], since="3.13")
@each_operation
def test_close_is_answered_by_waiting_again(operation):
    """``close()`` raises RuntimeError if the body answers with another wait, from which the awaitable can go on."""
    log = []

    async def agen():
        try:
            yield 1
        finally:
            try:
                await suspend("waiting")
            except GeneratorExit:
                log.append("GeneratorExit")
                log.append(await suspend("ignored"))

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation)
    outcome = {"athrow": ["raises", "KeyError"], "aclose": ["returns", None]}.get(
        operation, ["raises", "StopAsyncIteration"]
    )
    steps.send(None)
    with raises(RuntimeError):
        steps.close()
    seen = list(log)
    running = g.ag_running
    ending = step(steps.send, "answer")

    assert seen == ["GeneratorExit"]
    assert running is True
    assert ending == outcome
    assert log == ["GeneratorExit", "answer"]


@behaviour("AWT-034", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
@pytest.mark.parametrize("state", ["at-yield", "in-await"], ids=["at-yield", "in-await"])
@pytest.mark.parametrize("operation", ["anext", "asend", "athrow"], ids=["anext", "asend", "athrow"])
def test_close_is_answered_by_a_yield(operation, state):
    """If the body answers the GeneratorExit of ``close()`` with a yield, its value is lost, and the body can go on."""
    log = []

    async def agen():
        try:
            try:
                yield 1
            except KeyError:
                pass
            await suspend("waiting")
        except GeneratorExit:
            log.append("GeneratorExit")
            log.append((yield "lost"))
        yield 3

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation)
    if state == "in-await":
        steps.send(None)
    closed = steps.close()
    seen = list(log)
    running = g.ag_running
    following = [step(steps.send, None), step(g.asend("goes on").send, None)]

    assert closed is None
    assert seen == ["GeneratorExit"]
    assert running is False
    assert following == [["raises", "RuntimeError"], ["returns", 3]]
    assert log == ["GeneratorExit", "goes on"]


@behaviour("AWT-035", source=[CPYTHON.GENOBJECT], since="3.6")
@each_operation
def test_close_of_a_completed_one(operation):
    """``close()`` on an awaitable that has completed returns None each time, and does nothing to the generator."""
    log = []

    async def agen():
        try:
            yield 1
        except KeyError:
            pass
        try:
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise
        yield 3

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation)
    completed = step(steps.send, None)
    closed = [steps.close(), steps.close()]
    following = step(g.__anext__().send, None)

    assert completed == ["returns", None if operation == "aclose" else 2]
    assert closed == [None, None]
    assert following == (["raises", "StopAsyncIteration"] if operation == "aclose" else ["returns", 3])
    assert log == []


@behaviour("AWT-036a", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6", until="3.6")
@each_operation
def test_send_after_close_returns_none(operation):
    """``send()`` on an awaitable that was closed returns None, each time, and does nothing to the generator."""
    log = []

    async def agen():
        try:
            log.append((yield 1))
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation)
    steps.close()
    outcomes = [step(steps.send, None), step(steps.send, None)]
    seen = list(log)
    following = step(g.__anext__().send, None)

    assert outcomes == [["returns", None], ["returns", None]]
    assert seen == []
    assert following == ["returns", 2]


@behaviour("AWT-036b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.7")
@each_operation
def test_send_after_close(operation):
    """``send()`` on an awaitable that was closed raises RuntimeError, each time, and neither sends nor throws."""
    log = []

    async def agen():
        try:
            log.append((yield 1))
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    run(g.__anext__())
    steps = operate(g, operation)
    steps.close()
    before = list(log)
    outcomes = [step(steps.send, None), step(steps.send, None)]
    after = list(log)

    assert outcomes == [["raises", "RuntimeError"], ["raises", "RuntimeError"]]
    assert after == before


@behaviour("AWT-037", source=[PEP525.ASEND_ATHROW, PEP525.IMPLEMENTATION], since="3.6", needs=["gc"])
@each_operation
def test_keeps_its_generator_alive(operation):
    """An awaitable keeps its generator: with no other reference to it, it is not finalized and can still be driven."""
    log = []

    async def agen():
        try:
            log.append((yield 1))
        except KeyError:
            log.append("KeyError")
        except GeneratorExit:
            log.append("GeneratorExit")
            raise
        yield 2

    with hooks(finalizer=lambda generator: log.append("finalizer")):
        g = agen()
        run(g.__anext__())
        awaitable = operate(g, operation)
        del g
        collect()
        before = list(log)
        outcome = step(awaitable.send, None)
        seen = list(log)
        collect()

    arrives = {"anext": None, "asend": "sent", "athrow": "KeyError", "aclose": "GeneratorExit"}[operation]
    assert before == []
    assert outcome == ["returns", None if operation == "aclose" else 2]
    assert seen == [arrives]


@behaviour("AWT-038", source=[CPYTHON.GENOBJECT], since="3.6", needs=["weakref"])
@each_operation
def test_no_weak_references(operation):
    """There are no weak references to the awaitables, though there are some to their generator."""
    import weakref

    async def agen():
        yield 1

    g = agen()
    awaitable = operate(g, operation)
    of_generator = weakref.ref(g)
    with raises(TypeError):
        weakref.ref(awaitable)

    assert of_generator() is g


@behaviour("AWT-039", source=[CPYTHON.GENOBJECT], since="3.6")
@each_operation
def test_no_attributes(operation):
    """The awaitables have no name, no dictionary and none of the attributes that tell the state of a coroutine."""

    async def agen():
        yield 1

    g = agen()
    awaitable = operate(g, operation)
    public = [name for name in dir(awaitable) if not name.startswith("_")]
    hidden = [name for name in ["__name__", "__qualname__", "__dict__"] if hasattr(awaitable, name)]
    with raises(AttributeError):
        awaitable.attribute = 1

    assert public == ["close", "send", "throw"]
    assert hidden == []


@behaviour("AWT-040", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("operation", ["asend", "aclose"], ids=["asend", "aclose"])
def test_types_make_no_instances(operation):
    """Calling the type of an awaitable raises TypeError, with or without arguments."""

    async def agen():
        yield 1

    g = agen()
    kind = type(g.asend(None) if operation == "asend" else g.aclose())
    with raises(TypeError):
        kind()
    with raises(TypeError):
        kind(g)
    with raises(TypeError):
        kind(g, None)
    item = run(g.__anext__())

    assert item == 1


@behaviour("AWT-041", source=[PEP525.IMPLEMENTATION, PEP525.ITERATION, REFERENCE.FOR], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_for_loop_over_it(operation):
    """``for`` and ``list()`` get out of an awaitable what the body's awaits hand out, and neither gets the item."""
    received = []

    async def agen():
        yield 1
        received.append(await suspend("first wait"))
        received.append(await suspend("second wait"))
        yield 2
        await suspend("third wait")
        yield 3
        yield 4

    g = agen()
    immediate = list(g.__anext__())
    looped = []
    for wait in operate(g, operation):
        looped.append(wait)
    listed = list(operate(g, operation))
    following = step(g.__anext__().send, None)

    assert immediate == []
    assert looped == ["first wait", "second wait"]
    assert listed == ["third wait"]
    assert received == [None, None]
    assert following == ["returns", 4]


@behaviour("AWT-042", source=[REFERENCE.AGEN_ANEXT, REFERENCE.AGEN_ASEND, REFERENCE.AGEN_ACLOSE], since="3.6")
@pytest.mark.parametrize("ending", ["returns", "raises", "aclose"], ids=["returns", "raises", "aclose"])
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
async def test_made_before_the_end(operation, ending):
    """An ``__anext__()`` or ``asend()`` awaitable made before the end raises StopAsyncIteration if awaited after it."""
    log = []

    async def agen():
        log.append((yield 1))
        if ending == "raises":
            raise KeyError

    g = agen()
    await g.__anext__()
    awaitable = operate(g, operation)
    if ending == "returns":
        with raises(StopAsyncIteration):
            await g.__anext__()
    elif ending == "raises":
        with raises(KeyError):
            await g.__anext__()
    else:
        await g.aclose()
    before = list(log)
    with raises(StopAsyncIteration):
        await awaitable

    assert log == before
    assert before == ([] if ending == "aclose" else [None])


@behaviour("AWT-043", source=[REFERENCE.AGEN_ACLOSE], since="3.6")
@pytest.mark.parametrize("ending", ["returns", "raises", "aclose"], ids=["returns", "raises", "aclose"])
async def test_aclose_made_before_the_end(ending):
    """An ``aclose()`` awaitable made before the end does nothing and returns None if awaited after it."""
    log = []

    async def agen():
        try:
            yield 1
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

    assert before == ["finally"]
    assert closed is None
    assert log == before


@behaviour("AWT-044a", source=[ISSUE.GH_117881], since="3.8", until="3.11")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_usable_after_it_was_refused(operation):
    """An ``__anext__()`` or ``asend()`` awaitable refused while another one was under way can be awaited after that."""
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

    assert outcomes == [["raises", "RuntimeError"], ["returns", 2], ["returns", 3]]
    assert log == [None, None if operation == "anext" else "sent"]


@behaviour("AWT-044b", source=[ISSUE.GH_117881, CPYTHON.TEST_ASYNCGEN], since="3.12")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_spent_after_it_was_refused(operation):
    """An ``__anext__()`` or ``asend()`` awaitable refused while another one was under way is spent by that."""
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


@behaviour("AWT-045a", source=[ISSUE.GH_117881], since="3.6", until="3.11")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_throw_interferes_with_what_is_under_way(operation):
    """``throw()`` on an ``__anext__()`` or ``asend()`` awaitable raises in the ``await`` in which another one waits."""
    log = []

    async def agen():
        yield 1
        try:
            await suspend("waiting")
        except BaseException as error:
            log.append(type(error))
        yield 2
        yield 3

    g = agen()
    run(g.__anext__())
    under_way = g.__anext__()
    under_way.send(None)
    other = operate(g, operation)
    outcomes = [step(other.throw, KeyError()), step(under_way.send, None)]

    assert outcomes == [["returns", 2], ["returns", 3]]
    assert log == [KeyError]


@behaviour("AWT-045b", source=[ISSUE.GH_117881, CPYTHON.TEST_ASYNCGEN], since="3.12")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_throw_is_refused_while_another_is_under_way(operation):
    """``throw()`` on an ``__anext__()`` or ``asend()`` awaitable raises RuntimeError while another one is under way."""
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


@behaviour("AWT-046a", source=[ISSUE.GH_117881, ISSUE.BPO_38013], since="3.7", until="3.11")
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_throw_of_athrow_or_aclose_interferes(operation):
    """``throw()`` on an ``athrow()`` or ``aclose()`` awaitable raises in the ``await`` in which another one waits."""
    log = []

    async def agen():
        yield 1
        try:
            await suspend("waiting")
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    run(g.__anext__())
    under_way = g.__anext__()
    under_way.send(None)
    other = g.athrow(OSError()) if operation == "athrow" else g.aclose()
    outcomes = [step(other.throw, KeyError()), step(under_way.send, None)]

    assert outcomes == [["raises", "KeyError"], ["raises", "StopAsyncIteration"]]
    assert log == [KeyError]


@behaviour("AWT-046b", source=[ISSUE.GH_117881, CPYTHON.TEST_ASYNCGEN], since="3.12")
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_throw_of_athrow_or_aclose_is_refused(operation):
    """``throw()`` on an ``athrow()`` or ``aclose()`` awaitable raises RuntimeError while another one is under way."""
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


@behaviour("AWT-047a", source=[CPYTHON.GENOBJECT], since="3.6", until="3.11", needs=["warnings"])
@pytest.mark.parametrize("form", ["type-value", "type-value-traceback"], ids=["type-value", "type-value-traceback"])
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_throw_with_several_arguments(operation, form):
    """``throw()`` of an awaitable takes a class, an instance and a traceback as well, and warns of nothing."""
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


@behaviour("AWT-047b", source=[ISSUE.GH_96348, CPYTHON.GENOBJECT], since="3.12", needs=["warnings"])
@pytest.mark.parametrize("form", ["type-value", "type-value-traceback"], ids=["type-value", "type-value-traceback"])
@each_operation
def test_throw_with_several_arguments_warns(operation, form):
    """``throw()`` of an awaitable with more than one argument warns once that this is deprecated, and throws still."""
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
    """``throw()`` on an awaitable of what is no exception raises TypeError, and the body stays where it is."""
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


@behaviour("AWT-049", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("times", [1, 2], ids=["once", "twice"])
def test_athrow_that_suspended_is_not_spent(times):
    """An ``athrow()`` awaitable that was suspended before it gave its item resumes the body when awaited again."""
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
    outcomes = [step(awaitable.send, "answer"), step(awaitable.send, "sent")]

    assert waits == [["suspends", number] for number in range(times)]
    assert outcomes == [["returns", 2], ["returns", 3]]
    assert log == [None] * (times - 1) + ["answer", "sent"]


@behaviour("AWT-050", source=[REFERENCE.AGEN_METHODS, REFERENCE.AGEN_FUNCTION], since="3.6")
@pytest.mark.parametrize("order", ["as-made", "reversed"], ids=["as-made", "reversed"])
async def test_one_after_the_other(order):
    """Awaitables that were made together can be awaited one after the other: each resumes where the last one left."""
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


@behaviour("AWT-051", source=[REFERENCE.AGEN_ASEND, REFERENCE.CALLS, REFERENCE.OBJECTS], since="3.6")
async def test_value_is_taken_at_the_call():
    """``asend()`` sends the very object that it was called with, as it is by then, whatever its name now stands for."""
    received = []

    async def agen():
        while True:
            received.append((yield))

    g = agen()
    await g.__anext__()
    value = original = ["at the call"]
    awaitable = g.asend(value)
    original.append("later")
    value = ["another"]
    await awaitable

    assert received == [["at the call", "later"]]
    assert received[0] is original
    assert value == ["another"]


@behaviour("AWT-052", source=[LIBRARY.ASYNCIO_TASK, LIBRARY.ASYNCIO_DEV], since="3.6", needs=["asyncio"])
@pytest.mark.parametrize(
    "through", ["create_task", "ensure_future", "gather", "wait_for", "wait", "shield"],
    ids=["create_task", "ensure_future", "gather", "wait_for", "wait", "shield"],
)  # fmt: skip
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_in_a_task(operation, through):
    """A task can be made of an ``__anext__()`` or ``asend()`` awaitable itself, or by what takes any awaitable."""
    import asyncio

    received = []

    async def agen():
        received.append((yield 1))
        await asyncio.sleep(0)
        yield 2

    async def main():
        loop = asyncio.get_event_loop()
        g = agen()
        first = await g.__anext__()
        awaitable = operate(g, operation)
        if through == "create_task":
            item = await loop.create_task(awaitable)
        elif through == "ensure_future":
            item = await asyncio.ensure_future(awaitable)
        elif through == "gather":
            (item,) = await asyncio.gather(awaitable)
        elif through == "wait_for":
            item = await asyncio.wait_for(awaitable, None)
        elif through == "shield":
            item = await asyncio.shield(awaitable)
        else:
            done, pending = await asyncio.wait([asyncio.ensure_future(awaitable)])
            item = done.pop().result()
        await g.aclose()
        return [first, item]

    items = in_loop(main())

    assert items == [1, 2]
    assert received == [None if operation == "anext" else "sent"]


@behaviour("AWT-053", source=[LIBRARY.ASYNCIO_DEV, LIBRARY.ASYNCIO_EVENT_LOOP], since="3.6", needs=["asyncio"])
def test_as_the_main_coroutine():
    """``loop.run_until_complete()`` takes awaitables of a generator in place of coroutines, one after the other."""
    import asyncio

    log = []

    async def agen():
        try:
            await asyncio.sleep(0)
            log.append((yield 1))
            await asyncio.sleep(0)
            yield 2
        finally:
            await asyncio.sleep(0)
            log.append("closed")

    loop = asyncio.new_event_loop()
    try:
        g = agen()
        items = [loop.run_until_complete(g.__anext__()), loop.run_until_complete(g.asend("sent"))]
        closed = loop.run_until_complete(g.aclose())
    finally:
        loop.close()

    assert items == [1, 2]
    assert closed is None
    assert log == ["sent", "closed"]


@behaviour("AWT-054", source=[LIBRARY.ASYNCIO_TASK, LIBRARY.ASYNCIO_FUTURE], since="3.6", needs=["asyncio"])
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_end_in_a_task(operation):
    """A task of an awaitable that ends with StopAsyncIteration has it as its exception, and raises it when awaited."""
    import asyncio

    async def agen():
        yield 1
        await asyncio.sleep(0)

    async def main():
        g = agen()
        await g.__anext__()
        task = asyncio.ensure_future(operate(g, operation))
        await asyncio.wait([task])
        with raises(StopAsyncIteration) as caught:
            await task
        return [task.done(), task.cancelled(), caught.value is task.exception()]

    seen = in_loop(main())

    assert seen == [True, False, True]


@behaviour("AWT-055", source=[CPYTHON.GENOBJECT], since="3.6")
@each_operation
def test_representation(operation):
    """``repr()`` of an awaitable is that of ``object``, with the name of the type, and does not name the generator."""

    async def agen():
        yield 1

    g = agen()
    awaitable = operate(g, operation)
    text = repr(awaitable)
    name = "async_generator_asend" if operation in ["anext", "asend"] else "async_generator_athrow"

    assert text == object.__repr__(awaitable)
    assert text.startswith("<" + name + " object at ")


@behaviour("AWT-056", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "weakref"])
@pytest.mark.parametrize("state", ["new", "suspended"], ids=["new", "suspended"])
@each_operation
def test_cycle_through_an_awaitable(operation, state):
    """A cycle through a generator, a variable of its body and an awaitable of it is found and collected."""
    import weakref

    class Holder:
        pass

    async def agen(holder):
        try:
            yield 1
        finally:
            await suspend("waiting")

    with hooks():
        holder = Holder()
        alive = weakref.ref(holder)
        g = agen(holder)
        run(g.__anext__())
        holder.awaitable = operate(g, operation)
        if state == "suspended":
            holder.awaitable.send(None)
        del g
        del holder
        collect()
        left = alive()

    assert left is None


@behaviour("AWT-057", source=[PEP525.ASEND_ATHROW, PEP525.IMPLEMENTATION, REFERENCE.AGEN_METHODS], since="3.6")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, ALL, "new", "send next await", "3.6+"),
)
def test_first_step(operation, state, method, outcome, body, following):
    """``send(None)``, ``next()`` and ``await`` make the same first step, that for which the operation was called."""
    log = []

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
        return await awaitable

    steps = {"send": lambda: awaitable.send(None), "next": awaitable.__next__, "await": lambda: awaiting().send(None)}
    seen = step(steps[method])
    seen_by_body = list(log)
    running = g.ag_running
    seen_next = step(g.__anext__().send, None)

    assert seen == outcome
    assert seen_by_body == body
    assert running is False
    assert seen_next == following


@behaviour("AWT-058", source=[PEP525.ASEND_ATHROW, REFERENCE.AGEN_METHODS, ISSUE.BPO_38013], since="3.6")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, "anext asend athrow", "new", "throw", "3.6+"),
)
def test_throw_as_the_first_step(operation, state, method, outcome, body, following):
    """``throw()`` as the first step raises its exception at the yield, in place of what the operation is for."""
    log = []

    async def agen():
        try:
            log.append("got %r" % (yield "first"))
        except BaseException as error:
            log.append(type(error).__name__)
        yield "item 1"
        yield "item 2"

    g = agen()
    run(g.__anext__())
    seen = step(operate(g, operation).throw, ValueError())
    seen_by_body = list(log)
    running = g.ag_running
    seen_next = step(g.__anext__().send, None)

    assert seen == outcome
    assert seen_by_body == body
    assert running is False
    assert seen_next == following


@behaviour("AWT-059", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, ALL, "new", "send-value", "3.6+"),
)
def test_value_as_the_first_step(operation, state, method, outcome, body, following):
    """A value as the first step goes to the yield, whatever was to be sent, but is refused where nothing is sent."""
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


@behaviour("AWT-060", source=[CPYTHON.GENOBJECT, ISSUE.BPO_38013], since="3.7")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, "aclose", "new", "throw", "3.7+"),
)
def test_throw_into_a_new_aclose_is_answered_by_a_yield(operation, state, method, outcome, body, following):
    """A yield in answer to what was thrown into a new ``aclose()`` awaitable makes it raise RuntimeError."""
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


@behaviour("AWT-061a", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.6", until="3.12")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, ALL, "new", "close", "3.6-3.12"),
)
def test_close_as_the_first_step_is_not_told(operation, state, method, outcome, body, following):
    """``close()`` as the first step returns None, and the body, which is told nothing, can go on from its yield."""
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


@behaviour("AWT-061b", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, ALL, "new", "close", "3.13+"),
)
def test_close_as_the_first_step(operation, state, method, outcome, body, following):
    """``close()`` as the first step of any operation returns None, and closes the generator at its yield."""
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
    source=[PEP525.IMPLEMENTATION, PEP525.ASEND_ATHROW, PEP492.AWAIT, PEPS.PEP380, REFERENCE.AGEN_METHODS],
    since="3.6",
)
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, ALL, "suspended", "send send-value throw next await", "3.6+"),
)
def test_step_of_a_suspended_one(operation, state, method, outcome, body, following):
    """Each step of a suspended awaitable, with a value, None or an exception, goes to the ``await`` of the body."""
    log = []

    async def agen():
        try:
            yield "first"
        except KeyError:
            pass
        finally:
            try:
                log.append("got %r" % (await suspend("waiting")))
            except BaseException as error:
                log.append(type(error).__name__)
                raise
        yield "item 1"
        yield "item 2"

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)

    async def awaiting():
        return await awaitable

    waiting = step(awaitable.send, None)
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

    assert waiting == ["suspends", "waiting"]
    assert seen == outcome
    assert seen_by_body == body
    assert running is False
    assert seen_next == following


@behaviour("AWT-063a", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.6", until="3.7")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, ALL, "suspended", "close", "3.6-3.7"),
)
def test_close_of_a_suspended_one_is_not_told(operation, state, method, outcome, body, following):
    """``close()`` of a suspended awaitable returns None, and the body, not told of it, can go on at its ``await``."""
    log = []

    async def agen():
        try:
            yield "first"
        except KeyError:
            pass
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

    assert seen == outcome
    assert seen_by_body == body
    assert running is False
    assert seen_next == following


@behaviour("AWT-063b", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.8", until="3.12")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, ALL, "suspended", "close", "3.8-3.12"),
)
def test_close_of_a_suspended_one_leaves_it_running(operation, state, method, outcome, body, following):
    """``close()`` of a suspended awaitable returns None, and the generator counts as running for ever after it."""
    log = []

    async def agen():
        try:
            yield "first"
        except KeyError:
            pass
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

    assert seen == outcome
    assert seen_by_body == body
    assert running is True
    assert seen_next == following


@behaviour("AWT-063c", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, ALL, "suspended", "close", "3.13+"),
)
def test_close_of_a_suspended_one(operation, state, method, outcome, body, following):
    """``close()`` of a suspended awaitable of any operation returns None, and closes the generator at its ``await``."""
    log = []

    async def agen():
        try:
            yield "first"
        except KeyError:
            pass
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

    assert seen == outcome
    assert seen_by_body == body
    assert running is False
    assert seen_next == following


@behaviour("AWT-064a", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6", until="3.6")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, "anext asend aclose", "finished", REUSES, "3.6"),
)
def test_step_of_a_finished_one_does_nothing(operation, state, method, outcome, body, following):
    """Any step of a finished awaitable, but of ``athrow()``, returns None, and does nothing to the generator."""
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


@behaviour("AWT-064b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.7")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, "anext asend aclose", "finished", REUSES, "3.7+"),
)
def test_step_of_a_finished_one(operation, state, method, outcome, body, following):
    """Any step of a finished awaitable, but of ``athrow()``, raises RuntimeError, and does nothing to the generator."""
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


@behaviour("AWT-065a", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6", until="3.7")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, "athrow", "finished", REUSES, "3.6-3.7"),
)
def test_step_of_a_finished_athrow_goes_on(operation, state, method, outcome, body, following):
    """A step of an ``athrow()`` awaitable that has given its item resumes the body, as if it were a new operation."""
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


@behaviour("AWT-065b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.8")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, "athrow", "finished", REUSES, "3.8+"),
)
def test_step_of_a_finished_athrow(operation, state, method, outcome, body, following):
    """Any step of an ``athrow()`` awaitable that has given its item at once raises RuntimeError, and does nothing."""
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
    **part(TABLE, ALL, "finished", "close", "3.6+"),
)
def test_close_of_a_finished_one(operation, state, method, outcome, body, following):
    """``close()`` of a finished awaitable of any operation returns None, and the body sees nothing of it."""
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
    seen_by_body = list(log)
    running = g.ag_running
    seen_next = step(g.__anext__().send, None)

    assert completed == ["returns", None if operation == "aclose" else "item 1"]
    assert seen == outcome
    assert seen_by_body == body
    assert running is False
    assert seen_next == following


@behaviour("AWT-067a", source=[ISSUE.BPO_39386, ISSUE.GH_117714], since="3.6", until="3.6")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, ALL, "closed", REUSES, "3.6"),
)
def test_step_of_a_closed_one_does_nothing(operation, state, method, outcome, body, following):
    """Any step of an awaitable closed before its first one returns None; the body can go on from where it was."""
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


@behaviour("AWT-067b", source=[ISSUE.BPO_39386, ISSUE.GH_117714], since="3.7", until="3.12")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, ALL, "closed", REUSES, "3.7-3.12"),
)
def test_step_of_a_closed_one_is_refused(operation, state, method, outcome, body, following):
    """Any step of an awaitable closed before its first one raises RuntimeError; the body can go on where it was."""
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


@behaviour("AWT-067c", source=[ISSUE.BPO_39386, ISSUE.GH_117714], since="3.13")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, ALL, "closed", REUSES, "3.13+"),
)
def test_step_of_a_closed_one(operation, state, method, outcome, body, following):
    """Any step of an awaitable closed before its first one raises RuntimeError; the generator has ended."""
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


@behaviour("AWT-068a", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.6", until="3.12")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, ALL, "closed", "close", "3.6-3.12"),
)
def test_closed_twice_in_vain(operation, state, method, outcome, body, following):
    """A second ``close()`` of an awaitable returns None as the first did, and neither has done anything to the body."""
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


@behaviour("AWT-068b", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
@pytest.mark.parametrize(
    "operation, state, method, outcome, body, following",
    **part(TABLE, ALL, "closed", "close", "3.13+"),
)
def test_closed_twice(operation, state, method, outcome, body, following):
    """A second ``close()`` of an awaitable returns None, and does nothing to the generator that the first one ended."""
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


@behaviour("AWT-069a", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6", until="3.6")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "anext asend", WAYS, "item error end", "3.6"),
)
def test_ended_in_any_way_returns_none(operation, way, answer, outcome, again, following):
    """However an ``__anext__()`` or ``asend()`` awaitable ended, it returns None after that, and does nothing."""
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException:
            pass
        if "-" in way:
            try:
                await suspend("waiting")
            except ValueError:
                pass
        if answer == "error":
            raise OSError
        if answer == "item":
            log.append((yield "item 1"))
            log.append((yield "item 2"))

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    methods = way.split("-")
    steps = [step(getattr(awaitable, name), None if name == "send" else ValueError()) for name in methods]
    running = g.ag_running
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"]] * ("-" in way) + [outcome]
    assert running is False
    assert seen_again == again
    assert seen_by_body == []
    assert seen_next == following


@behaviour("AWT-069b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.7")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "anext asend", WAYS, "item error end", "3.7+"),
)
def test_ended_in_any_way_is_spent(operation, way, answer, outcome, again, following):
    """However an ``__anext__()`` or ``asend()`` awaitable ended, it raises RuntimeError and does nothing after that."""
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException:
            pass
        if "-" in way:
            try:
                await suspend("waiting")
            except ValueError:
                pass
        if answer == "error":
            raise OSError
        if answer == "item":
            log.append((yield "item 1"))
            log.append((yield "item 2"))

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    methods = way.split("-")
    steps = [step(getattr(awaitable, name), None if name == "send" else ValueError()) for name in methods]
    running = g.ag_running
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"]] * ("-" in way) + [outcome]
    assert running is False
    assert seen_again == again
    assert seen_by_body == []
    assert seen_next == following


@behaviour("AWT-070a", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6", until="3.6")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "athrow aclose", WAYS, "end", "3.6"),
)
def test_aclose_after_a_wait_returns_none(operation, way, answer, outcome, again, following):
    """``aclose()`` or ``athrow()`` that the body answered by ending returns None when it is awaited again."""
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException:
            pass
        if "-" in way:
            try:
                await suspend("waiting")
            except ValueError:
                pass
        log.append("ended")

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    methods = way.split("-")
    steps = [step(getattr(awaitable, name), None if name == "send" else ValueError()) for name in methods]
    running = g.ag_running
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"]] * ("-" in way) + [outcome]
    assert running is False
    assert seen_again == again
    assert seen_by_body == ["ended"]
    assert seen_next == following


@behaviour("AWT-070b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.7")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "athrow aclose", WAYS, "end", "3.7+"),
)
def test_aclose_after_a_wait_is_spent(operation, way, answer, outcome, again, following):
    """``aclose()`` or ``athrow()`` that the body answered by ending raises RuntimeError when it is awaited again."""
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException:
            pass
        if "-" in way:
            try:
                await suspend("waiting")
            except ValueError:
                pass
        log.append("ended")

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    methods = way.split("-")
    steps = [step(getattr(awaitable, name), None if name == "send" else ValueError()) for name in methods]
    running = g.ag_running
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"]] * ("-" in way) + [outcome]
    assert running is False
    assert seen_again == again
    assert seen_by_body == ["ended"]
    assert seen_next == following


@behaviour("AWT-071a", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6", until="3.7")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "athrow aclose", "send send-send", "item error", "3.6-3.7"),
)
def test_after_an_error_returns_none(operation, way, answer, outcome, again, following):
    """``athrow()`` and ``aclose()`` awaited again return None after an error; after an item ``athrow()`` goes on."""
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException:
            pass
        if "-" in way:
            try:
                await suspend("waiting")
            except ValueError:
                pass
        if answer == "error":
            raise OSError
        if answer == "item":
            log.append((yield "item 1"))
            log.append((yield "item 2"))

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    methods = way.split("-")
    steps = [step(getattr(awaitable, name), None if name == "send" else ValueError()) for name in methods]
    running = g.ag_running
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"]] * ("-" in way) + [outcome]
    assert running is False
    assert seen_again == again
    assert seen_by_body == ([None] if answer == "item" else [])
    assert seen_next == following


@behaviour("AWT-071b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.8")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "athrow aclose", "send send-send", "item error", "3.8+"),
)
def test_after_an_error_is_spent(operation, way, answer, outcome, again, following):
    """``athrow()`` and ``aclose()`` raise RuntimeError when awaited again after an error, or an item given at once."""
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException:
            pass
        if "-" in way:
            try:
                await suspend("waiting")
            except ValueError:
                pass
        if answer == "error":
            raise OSError
        if answer == "item":
            log.append((yield "item 1"))
            log.append((yield "item 2"))

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    methods = way.split("-")
    steps = [step(getattr(awaitable, name), None if name == "send" else ValueError()) for name in methods]
    running = g.ag_running
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"]] * ("-" in way) + [outcome]
    assert running is False
    assert seen_again == again
    assert seen_by_body == []
    assert seen_next == following


@behaviour("AWT-072a", source=[ISSUE.GH_117894, CPYTHON.GENOBJECT], since="3.7", until="3.11")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "athrow aclose", WAYS, "item error end", "3.7-3.11"),
)
def test_after_throw_is_not_spent(operation, way, answer, outcome, again, following):
    """``athrow()`` and ``aclose()`` awaitables that ``throw()`` has brought to their end are not spent by that."""
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException:
            pass
        if "-" in way:
            try:
                await suspend("waiting")
            except ValueError:
                pass
        if answer == "error":
            raise OSError
        if answer == "item":
            log.append((yield "item 1"))
            log.append((yield "item 2"))

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    methods = way.split("-")
    steps = [step(getattr(awaitable, name), None if name == "send" else ValueError()) for name in methods]
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"]] * ("-" in way) + [outcome]
    assert seen_again == again
    assert seen_by_body == ([None] if answer == "item" and way == "send-throw" else [])
    assert seen_next == following


@behaviour("AWT-072b", source=[ISSUE.GH_117894, CPYTHON.GENOBJECT], since="3.12")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "athrow aclose", "throw send-throw", "item error end", "3.12+"),
)
def test_after_throw_is_spent(operation, way, answer, outcome, again, following):
    """``athrow()`` and ``aclose()`` awaitables that ``throw()`` has brought to their end are spent by it."""
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException:
            pass
        if "-" in way:
            try:
                await suspend("waiting")
            except ValueError:
                pass
        if answer == "error":
            raise OSError
        if answer == "item":
            log.append((yield "item 1"))
            log.append((yield "item 2"))

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    methods = way.split("-")
    steps = [step(getattr(awaitable, name), None if name == "send" else ValueError()) for name in methods]
    running = g.ag_running
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"]] * ("-" in way) + [outcome]
    assert running is False
    assert seen_again == again
    assert seen_by_body == []
    assert seen_next == following


@behaviour("AWT-073", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "athrow", "send-send", "item error end", "3.6+"),
)
def test_athrow_that_has_waited_is_never_spent(operation, way, answer, outcome, again, following):
    """An ``athrow()`` awaitable that the body made wait is not spent by its end: it goes on, or else returns None."""
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException:
            pass
        await suspend("waiting")
        if answer == "error":
            raise OSError
        if answer == "item":
            log.append((yield "item 1"))
            log.append((yield "item 2"))

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    steps = [step(awaitable.send, None), step(awaitable.send, None)]
    running = g.ag_running
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"], outcome]
    assert running is False
    assert seen_again == again
    assert seen_by_body == ([None] if answer == "item" else [])
    assert seen_next == following


@behaviour("AWT-074", source=[ISSUE.GH_117894, CPYTHON.GENOBJECT], since="3.12")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "athrow aclose", "throw-send", "item error end", "3.12+"),
)
def test_thrown_into_and_waited(operation, way, answer, outcome, again, following):
    """After a throw and a wait ``aclose()`` awaitables are spent by their end, ``athrow()`` awaitables are not."""
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException:
            pass
        if "-" in way:
            try:
                await suspend("waiting")
            except ValueError:
                pass
        if answer == "error":
            raise OSError
        if answer == "item":
            log.append((yield "item 1"))
            log.append((yield "item 2"))

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    methods = way.split("-")
    steps = [step(getattr(awaitable, name), None if name == "send" else ValueError()) for name in methods]
    running = g.ag_running
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"]] * ("-" in way) + [outcome]
    assert running is False
    assert seen_again == again
    assert seen_by_body == ([None] if answer == "item" and operation == "athrow" else [])
    assert seen_next == following


@behaviour("AWT-075a", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6", until="3.6")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "aclose", WAYS, "item", "3.6"),
)
def test_aclose_that_was_ignored_goes_on(operation, way, answer, outcome, again, following):
    """An ``aclose()`` awaitable that was answered with a yield resumes the body there when it is awaited again."""
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException:
            pass
        if "-" in way:
            try:
                await suspend("waiting")
            except ValueError:
                pass
        log.append((yield "item 1"))
        log.append((yield "item 2"))

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    methods = way.split("-")
    steps = [step(getattr(awaitable, name), None if name == "send" else ValueError()) for name in methods]
    running = g.ag_running
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"]] * ("-" in way) + [outcome]
    assert running is False
    assert seen_again == again
    assert seen_by_body == [None]
    assert seen_next == following


@behaviour("AWT-075b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.7")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "aclose", WAYS, "item", "3.7+"),
)
def test_aclose_that_was_ignored_is_spent(operation, way, answer, outcome, again, following):
    """An ``aclose()`` awaitable that was answered with a yield is spent, and the body can go on from that yield."""
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException:
            pass
        if "-" in way:
            try:
                await suspend("waiting")
            except ValueError:
                pass
        log.append((yield "item 1"))
        log.append((yield "item 2"))

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    methods = way.split("-")
    steps = [step(getattr(awaitable, name), None if name == "send" else ValueError()) for name in methods]
    running = g.ag_running
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"]] * ("-" in way) + [outcome]
    assert running is False
    assert seen_again == again
    assert seen_by_body == []
    assert seen_next == following


@behaviour("AWT-076", source=[PEP525.ASEND_ATHROW, ISSUE.GH_117894], since="3.6")
@each_operation
def test_send_after_a_throw_that_suspended(operation):
    """After ``throw()`` as the first step, if the body waits then, ``send()`` goes on there and throws nothing more."""
    log = []

    async def agen():
        try:
            yield 1
        except BaseException as error:
            log.append(type(error))
        try:
            log.append(await suspend("first wait"))
            log.append(await suspend("second wait"))
        except BaseException as error:
            log.append(type(error))
            raise
        if operation != "aclose":
            yield 2

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    steps = [step(awaitable.throw, OSError()), step(awaitable.send, "answer"), step(awaitable.send, None)]
    following = step(g.__anext__().send, None)

    assert steps == [
        ["suspends", "first wait"],
        ["suspends", "second wait"],
        ["returns", None if operation == "aclose" else 2],
    ]
    assert log == [OSError, "answer", None]
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-077", source=[ISSUE.BPO_30773, CPYTHON.GENOBJECT], since="3.8")
@pytest.mark.parametrize("first", ["anext", "athrow", "aclose"], ids=["anext", "athrow", "aclose"])
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_athrow_or_aclose_is_spent_by_a_refusal(operation, first):
    """An ``athrow()`` or ``aclose()`` awaitable refused while another one was under way is spent by that."""
    log = []

    async def agen():
        try:
            yield 1
        except KeyError:
            pass
        finally:
            log.append(await suspend("waiting"))
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


@behaviour("AWT-078a", source=[ISSUE.BPO_30773, ISSUE.GH_117881], since="3.8", until="3.11")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
async def test_usable_after_its_own_body_was_refused(operation):
    """An ``__anext__()`` or ``asend()`` awaitable that the body could not await itself can be awaited afterwards."""
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
    items = [await g.__anext__(), await own]

    assert items == [2, 3]
    assert log == ["refused", None if operation == "anext" else "sent"]


@behaviour("AWT-078b", source=[ISSUE.GH_117881, CPYTHON.GENOBJECT], since="3.12")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
async def test_spent_after_its_own_body_was_refused(operation):
    """An ``__anext__()`` or ``asend()`` awaitable that the body could not await itself is spent by the attempt."""
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


@behaviour("AWT-079a", source=[ISSUE.BPO_30773, CPYTHON.GENOBJECT], since="3.7", until="3.9")
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
async def test_spent_without_an_effect_by_its_own_body(operation):
    """An ``athrow()`` or ``aclose()`` awaitable that the body awaits itself returns None there, and is spent."""
    log = []

    async def agen():
        yield 1
        log.append(await own)
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
    assert log == [None]


@behaviour("AWT-079b", source=[ISSUE.BPO_30773, CPYTHON.GENOBJECT], since="3.10")
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
async def test_athrow_or_aclose_is_spent_by_its_own_body(operation):
    """An ``athrow()`` or ``aclose()`` awaitable that the body could not await itself is spent by the attempt."""
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


@behaviour("AWT-080a", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6", until="3.6")
@each_operation
def test_first_awaited_after_the_end_returns_none_again(operation):
    """An awaitable that was awaited only after the generator had ended returns None when it is awaited again."""

    async def agen():
        yield 1

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    run(g.aclose())
    step(awaitable.send, None)
    outcomes = [step(awaitable.send, None), step(awaitable.throw, OSError())]

    assert outcomes[0] == ["returns", None]
    assert outcomes[1] == (["returns", None] if operation in ["anext", "asend"] else ["raises", "RuntimeError"])


@behaviour("AWT-080b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.7")
@each_operation
def test_first_awaited_after_the_end_is_spent(operation):
    """An awaitable that was awaited only after the generator had ended is spent by that, whatever it did."""

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


@behaviour("AWT-081", source=[CPYTHON.GENOBJECT, ISSUE.BPO_38013], since="3.7")
@pytest.mark.parametrize("ending", ["aclose", "error", "return"], ids=["aclose", "error", "return"])
@each_operation
def test_throw_after_the_end_of_the_generator(operation, ending):
    """``throw()`` on an awaitable of a generator that has ended raises its exception, whatever the operation is."""
    error = OSError("thrown")

    async def agen():
        yield 1
        if ending == "error":
            raise ValueError

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    step(g.aclose().send if ending == "aclose" else g.__anext__().send, None)
    with raises(OSError) as caught:
        awaitable.throw(error)
    running = g.ag_running
    following = step(g.__anext__().send, None)

    assert caught.value is error
    assert running is False
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-082", source=[CPYTHON.GENOBJECT], since="3.8")
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_refused_after_an_ignored_generator_exit(operation):
    """An ``athrow()`` or ``aclose()`` awaitable refused after an ignored GeneratorExit is spent by that refusal."""
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


@behaviour("AWT-083", source=[CPYTHON.GENOBJECT, ISSUE.BPO_38013], since="3.7")
@each_operation
def test_throw_after_an_ignored_generator_exit(operation):
    """After an ignored GeneratorExit ``throw()`` on an awaitable of any operation still raises at the yield."""
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


@behaviour("AWT-084a", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6", until="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend", "asend-value"], ids=["anext", "asend", "asend-value"])
def test_value_before_the_start_leads_to_none(operation):
    """An awaitable that raised TypeError for a value before the start returns None when it is awaited again."""

    async def agen():
        yield 1

    g = agen()
    awaitable = g.__anext__() if operation == "anext" else g.asend("sent" if operation == "asend-value" else None)
    outcomes = [step(awaitable.send, None if operation == "asend-value" else "given"), step(awaitable.send, None)]
    following = step(g.__anext__().send, None)

    assert outcomes == [["raises", "TypeError"], ["returns", None]]
    assert following == ["returns", 1]


@behaviour("AWT-084b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.7")
@pytest.mark.parametrize("operation", ["anext", "asend", "asend-value"], ids=["anext", "asend", "asend-value"])
def test_value_before_the_start_spends_it(operation):
    """An awaitable that raised TypeError for a value before the start is spent, and another one can start the body."""

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


@behaviour("AWT-085a", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6", until="3.6")
@each_operation
def test_closed_in_an_await_returns_none(operation):
    """An awaitable closed while it was suspended returns None after that, and the body waits on."""
    log = []

    async def agen():
        try:
            yield 1
        finally:
            log.append(await suspend("waiting"))

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    awaitable.send(None)
    awaitable.close()
    outcomes = [step(awaitable.send, "answer"), awaitable.close(), step(awaitable.send, "answer")]
    seen = list(log)

    assert outcomes == [["returns", None], None, ["returns", None]]
    assert seen == []


@behaviour("AWT-085b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.7")
@each_operation
def test_closed_in_an_await_is_spent(operation):
    """An awaitable closed while it was suspended raises RuntimeError after that, but can be closed again."""
    log = []

    async def agen():
        try:
            yield 1
        finally:
            log.append(await suspend("waiting"))

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    awaitable.send(None)
    awaitable.close()
    outcomes = [step(awaitable.send, "answer"), step(awaitable.throw, OSError()), step(awaitable.send, None)]
    closed = awaitable.close()
    seen = list(log)

    assert outcomes == [["raises", "RuntimeError"]] * 3
    assert closed is None
    assert seen == []


@behaviour("AWT-086", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
@pytest.mark.parametrize("state", ["at-yield", "in-await"], ids=["at-yield", "in-await"])
def test_close_of_aclose_is_answered_by_a_yield(state):
    """``close()`` on an ``aclose()`` awaitable raises RuntimeError if the body yields, and spends it nevertheless."""
    log = []

    async def agen():
        try:
            try:
                yield 1
            except GeneratorExit:
                if state == "in-await":
                    await suspend("waiting")
                raise
        except GeneratorExit:
            log.append("GeneratorExit")
            log.append((yield "ignored"))
        yield 2

    g = agen()
    run(g.__anext__())
    awaitable = g.aclose()
    if state == "in-await":
        awaitable.send(None)
    with raises(RuntimeError):
        awaitable.close()
    seen = list(log)
    running = g.ag_running
    again = [step(awaitable.send, None), ["returns", awaitable.close()]]
    following = step(g.asend("goes on").send, None)

    assert seen == ["GeneratorExit"]
    assert running is False
    assert again == [["raises", "RuntimeError"], ["returns", None]]
    assert following == ["returns", 2]
    assert log == ["GeneratorExit", "goes on"]


@behaviour("AWT-087", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
@pytest.mark.parametrize("state", ["at-yield", "in-await"], ids=["at-yield", "in-await"])
@each_operation
def test_close_is_answered_by_an_error(operation, state):
    """Another exception that the body raises in answer to ``close()`` comes out of it, and both are over."""
    log = []
    failure = OSError("body")

    async def agen():
        try:
            try:
                yield 1
            except KeyError:
                pass
            finally:
                if state == "in-await":
                    await suspend("waiting")
        except GeneratorExit:
            log.append("GeneratorExit")
            raise failure

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    if state == "in-await":
        awaitable.send(None)
    with raises(OSError) as caught:
        awaitable.close()
    running = g.ag_running
    again = [step(awaitable.send, None), ["returns", awaitable.close()]]
    following = step(g.__anext__().send, None)

    assert caught.value is failure
    assert log == ["GeneratorExit"]
    assert running is False
    assert again == [["raises", "RuntimeError"], ["returns", None]]
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-088", source=[PEP525.ASEND_ATHROW, REFERENCE.AGEN_METHODS, ISSUE.BPO_38013], since="3.6")
@pytest.mark.parametrize("state", ["at-yield", "in-await"], ids=["at-yield", "in-await"])
@pytest.mark.parametrize("operation", ["anext", "asend", "athrow"], ids=["anext", "asend", "athrow"])
def test_generator_exit_is_no_end_of_other_operations(operation, state):
    """A GeneratorExit thrown into an awaitable other than that of ``aclose()``, and let out, comes out as it is."""
    log = []
    error = GeneratorExit("thrown")

    async def agen():
        try:
            yield 1
        except KeyError:
            pass
        finally:
            try:
                if state == "in-await":
                    await suspend("waiting")
            finally:
                log.append("finally")
        yield 2

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


@behaviour("AWT-089", source=[PEP525.AGEN_OBJECT, PEP525.ASEND_ATHROW], since="3.6")
@pytest.mark.parametrize("kind", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
@each_operation
def test_end_thrown_into_a_wait(operation, kind):
    """An end thrown into a suspended awaitable, and let out by the body, is a RuntimeError, no end and no result."""
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
    awaitable = operate(g, operation)
    waiting = awaitable.send(None)
    with raises(RuntimeError) as converted:
        awaitable.throw(error)

    assert waiting == "waiting"
    assert log == [error]
    assert converted.value.__cause__ is error


@behaviour("AWT-090", source=[PEPS.PEP380, PEP492.AWAIT, PEP525.ASEND_ATHROW], since="3.6")
@each_operation
def test_steps_of_the_awaited_iterator(operation):
    """None given to ``send()`` calls ``__next__()`` of the awaited iterator, any other value calls its ``send()``."""
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
    awaitable = operate(g, operation)
    outcome = ["returns", None] if operation == "aclose" else ["raises", "StopAsyncIteration"]
    steps = [step(awaitable.send, value) for value in [None, None, 0, "value", None, "last"]]

    assert steps == [
        ["suspends", "waiting for next"],
        ["suspends", "waiting for next"],
        ["suspends", ["waiting after", 0]],
        ["suspends", ["waiting after", "value"]],
        ["suspends", "waiting for next"],
        outcome,
    ]
    assert log == ["next", "next", ["send", 0], ["send", "value"], "next", ["send", "last"], ["result", "result"]]


@behaviour("AWT-091", source=[PEPS.PEP380, PEP492.AWAIT], since="3.6")
@pytest.mark.parametrize("caught", [True, False], ids=["caught", "let-out"])
@each_operation
def test_value_for_an_iterator_without_send(operation, caught):
    """A value sent while the body awaits an iterator without ``send()`` is an AttributeError at that ``await``."""
    log = []

    class Waiting:
        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            log.append("next")
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
        except AttributeError:
            log.append("AttributeError")
            if not caught:
                raise

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    outcome = ["returns", None] if operation == "aclose" else ["raises", "StopAsyncIteration"]
    steps = [step(awaitable.send, value) for value in [None, None, "value"]]
    following = step(g.__anext__().send, None)

    assert steps[:2] == [["suspends", "waiting"], ["suspends", "waiting"]]
    assert steps[2] == (outcome if caught else ["raises", "AttributeError"])
    assert log == ["next", "next", "AttributeError"]
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("AWT-092", source=[PEPS.PEP380, PEP492.AWAIT, PEP525.ASEND_ATHROW], since="3.6")
@each_operation
def test_throw_goes_to_the_awaited_iterator(operation):
    """An exception goes to ``throw()`` of the awaited iterator, which may wait on, and may end with a result then."""
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
            log.append(await Waiting())
        except BaseException as error:
            log.append(["in the body", error])

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    outcome = ["returns", None] if operation == "aclose" else ["raises", "StopAsyncIteration"]
    steps = [
        step(awaitable.send, None),
        step(awaitable.throw, errors[0]),
        step(awaitable.send, None),
        step(awaitable.throw, errors[1]),
        step(awaitable.throw, errors[2]),
    ]

    assert steps == [
        ["suspends", "waiting"],
        ["suspends", ["waiting after", 0]],
        ["suspends", "waiting"],
        ["suspends", ["waiting after", 1]],
        outcome,
    ]
    assert log == ["next", errors[0], "next", errors[1], errors[2], "result"]


@behaviour("AWT-093", source=[PEPS.PEP380, PEP492.AWAIT], since="3.6")
@pytest.mark.parametrize("raised", ["same", "another"], ids=["same", "another"])
@pytest.mark.parametrize("method", ["send", "throw", "next"], ids=["send", "throw", "next"])
def test_error_of_the_awaited_iterator(method, raised):
    """Whatever method of the iterator that the body awaits raises, it is raised at that ``await``, and it may go on."""
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
    awaitable = g.__anext__()
    steps = [step(awaitable.send, None)]
    if method == "throw":
        steps.append(step(awaitable.throw, thrown))
    else:
        steps.append(step(awaitable.send, "value" if method == "send" else None))

    assert steps == [["suspends", "waiting"], ["returns", 1]]
    assert log == [failure]


@behaviour("AWT-094", source=[PEPS.PEP380, PEP492.AWAIT], since="3.6")
@each_operation
def test_exception_for_an_iterator_without_throw(operation):
    """An exception is raised at the ``await`` if the iterator has no ``throw()``, and that one is not closed."""
    log = []
    thrown = OSError("thrown")

    class Waiting:
        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            log.append("next")
            return "waiting"

        def send(self, value):
            log.append("send")

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
            log.append(await suspend("second wait"))

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    outcome = ["returns", None] if operation == "aclose" else ["raises", "StopAsyncIteration"]
    steps = [step(awaitable.send, None), step(awaitable.throw, thrown), step(awaitable.send, "answer")]

    assert steps == [["suspends", "waiting"], ["suspends", "second wait"], outcome]
    assert log == ["next", thrown, "answer"]


@behaviour("AWT-095", source=[PEPS.PEP380, PEP492.AWAIT, PEP525.ASEND_ATHROW], since="3.6")
@pytest.mark.parametrize("has", ["close", "throw", "both", "neither"], ids=["close", "throw", "both", "neither"])
@pytest.mark.parametrize("operation", ["anext", "asend", "athrow"], ids=["anext", "asend", "athrow"])
def test_generator_exit_closes_the_awaited_iterator(operation, has):
    """A GeneratorExit calls ``close()``, if there is one, and not ``throw()`` of the iterator, and is raised then."""
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


@behaviour("AWT-096", source=[PEPS.PEP380, PEP492.AWAIT, REFERENCE.AGEN_ACLOSE], since="3.6")
@pytest.mark.parametrize("has_close", [True, False], ids=["close", "no-close"])
@pytest.mark.parametrize("answer", ["raises", "returns", "waits"], ids=["raises", "returns", "waits"])
def test_generator_exit_while_closing(answer, has_close):
    """A GeneratorExit thrown into a waiting ``aclose()`` closes what is awaited, and the body can answer as always."""
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


@behaviour("AWT-097", source=[PEPS.PEP380, PEP492.AWAIT], since="3.6")
@pytest.mark.parametrize("caught", [True, False], ids=["caught", "let-out"])
@each_operation
def test_close_of_the_awaited_iterator_fails(operation, caught):
    """If ``close()`` of the awaited iterator raises, the body gets that exception in place of the GeneratorExit."""
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


@behaviour("AWT-098a", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.6", until="3.12")
@each_operation
def test_close_does_not_reach_the_awaited_iterator(operation):
    """``close()`` of a suspended awaitable calls nothing of the iterator that the body awaits."""
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

    async def agen():
        try:
            yield 1
        except BaseException:
            pass
        await Waiting()

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    waiting = awaitable.send(None)
    closed = awaitable.close()
    seen = list(log)

    assert waiting == "waiting"
    assert closed is None
    assert seen == []


@behaviour("AWT-098b", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
@pytest.mark.parametrize("has", ["close", "failing-close", "throw"], ids=["close", "failing-close", "throw"])
@each_operation
def test_close_reaches_the_awaited_iterator(operation, has):
    """``close()`` of a suspended awaitable calls ``close()``, not ``throw()``, of what the body awaits; both end."""
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


@behaviour("AWT-099", source=[PEPS.PEP380, PEP492.AWAIT, PEP525.ASEND_ATHROW], since="3.6")
@pytest.mark.parametrize("inner", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"])
@pytest.mark.parametrize("outer", ["asend", "aclose"], ids=["asend", "aclose"])
def test_through_an_awaitable_of_another_generator(outer, inner):
    """Values and exceptions pass an awaitable that the body itself awaits, and reach the ``await`` behind it."""
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
            log.append(await operate(g, inner))
        except StopAsyncIteration:
            log.append("StopAsyncIteration")

    g = agen()
    run(g.__anext__())
    awaitable = g.asend("sent") if outer == "asend" else g.aclose()
    steps = [
        step(awaitable.send, None),
        step(awaitable.send, "first answer"),
        step(awaitable.throw, thrown),
        step(awaitable.send, "third answer"),
    ]

    assert steps == [
        ["suspends", "first wait"],
        ["suspends", "second wait"],
        ["suspends", "third wait"],
        ["returns", None] if outer == "aclose" else ["raises", "StopAsyncIteration"],
    ]
    assert log == [
        "first answer",
        thrown,
        "third answer",
        None if inner == "aclose" else "StopAsyncIteration",
    ]


@behaviour("AWT-100a", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.6", until="3.12")
@pytest.mark.parametrize("inner", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"])
def test_generator_exit_stops_at_an_awaitable(inner):
    """A GeneratorExit thrown in while the body awaits an awaitable of another generator is not raised in that one."""
    log = []

    async def behind():
        try:
            yield 1
        except BaseException:
            pass
        try:
            await suspend("waiting")
        except BaseException:
            log.append("behind")
            raise

    async def agen(g):
        try:
            await operate(g, inner)
        except GeneratorExit:
            log.append("body")
            raise
        yield 1

    other = behind()
    run(other.__anext__())
    awaitable = agen(other).__anext__()
    steps = [step(awaitable.send, None), step(awaitable.throw, GeneratorExit())]
    seen = list(log)

    assert steps == [["suspends", "waiting"], ["raises", "GeneratorExit"]]
    assert seen == ["body"]


@behaviour("AWT-100b", source=[ISSUE.GH_117714, CPYTHON.GENOBJECT], since="3.13")
@pytest.mark.parametrize("inner", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"])
def test_generator_exit_closes_through_an_awaitable(inner):
    """A GeneratorExit thrown in while the body awaits an awaitable of another generator first ends that generator."""
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


@behaviour("AWT-101", source=[PEPS.PEP380, PEP492.AWAIT, REFERENCE.AGEN_FUNCTION], since="3.6")
@pytest.mark.parametrize("kind", ["coroutine", "generator", "iterator"], ids=["coroutine", "generator", "iterator"])
@each_operation
def test_exception_is_swallowed_behind_the_await(operation, kind):
    """An exception that is swallowed by what the body awaits, which waits again, is never seen by the body."""
    import types

    log = []

    async def coroutine():
        try:
            await suspend("first wait")
        except OSError:
            log.append("swallowed")
        return await suspend("second wait")

    @types.coroutine
    def generator():
        try:
            yield "first wait"
        except OSError:
            log.append("swallowed")
        return (yield "second wait")

    class Iterator:
        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            return "first wait"

        def throw(self, *arguments):
            log.append("swallowed")
            return "second wait"

        def send(self, value):
            raise StopIteration(value)

    async def agen():
        try:
            yield 1
        except BaseException:
            pass
        try:
            log.append(await {"coroutine": coroutine, "generator": generator, "iterator": Iterator}[kind]())
        except BaseException:
            log.append("in the body")

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    outcome = ["returns", None] if operation == "aclose" else ["raises", "StopAsyncIteration"]
    steps = [step(awaitable.send, None), step(awaitable.throw, OSError()), step(awaitable.send, "answer")]

    assert steps == [["suspends", "first wait"], ["suspends", "second wait"], outcome]
    assert log == ["swallowed", "answer"]


@behaviour("AWT-102", source=[PEPS.PEP380, PEP492.AWAIT], since="3.6")
@pytest.mark.parametrize("how", ["next", "send", "throw"], ids=["next", "send", "throw"])
@pytest.mark.parametrize("value", [None, 0, "result", [1, 2]], ids=["None", "zero", "text", "list"])
def test_result_of_the_awaited_iterator(how, value):
    """The value of the StopIteration with which the awaited iterator ends, in any method, is that of the ``await``."""
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
    awaitable = g.__anext__()
    steps = [step(awaitable.send, None)]
    if how == "throw":
        steps.append(step(awaitable.throw, KeyError()))
    else:
        steps.append(step(awaitable.send, None if how == "next" else "value"))

    assert steps == [["suspends", "waiting"], ["returns", "item"]]
    assert received == [value]
    assert received[0] is value


@behaviour("AWT-103", source=[ISSUE.BPO_30773, PEP525.AGEN_OBJECT], since="3.8", level="detail")
@pytest.mark.parametrize("method", ["next", "send", "throw", "close"], ids=["next", "send", "throw", "close"])
def test_operation_from_behind_the_await(method):
    """The iterator that the body awaits, called by a step, sees the generator running and is refused its next item."""
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


@behaviour("AWT-104", source=[LIBRARY.ASYNCIO_DEV, LIBRARY.ASYNCIO_RUN], since="3.7", needs=["asyncio"])
@pytest.mark.parametrize("operation", ["anext", "asend", "athrow"], ids=["anext", "asend", "athrow"])
def test_asyncio_run(operation):
    """``asyncio.run()`` takes an awaitable of a generator in place of a coroutine, and returns its item."""
    import asyncio

    log = []

    async def agen():
        try:
            log.append((yield 1))
        except KeyError:
            log.append("KeyError")
        await asyncio.sleep(0)
        yield 2

    # Started outside of any loop, it is not known to the loop, which would close it at its end.
    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    item = asyncio.run(awaitable)

    assert item == 2
    assert log == [{"anext": None, "asend": "sent", "athrow": "KeyError"}[operation]]


@behaviour("AWT-105", source=[ISSUE.GH_117894, CPYTHON.GENOBJECT], since="3.8", until="3.11")
@pytest.mark.parametrize("answer", ["error", "end"], ids=["error", "end"])
def test_end_by_throw_after_a_wait_of_aclose(answer):
    """An ``aclose()`` awaitable that ``throw()`` has ended in a wait returns None then, and the generator is stuck."""

    async def agen():
        try:
            yield 1
        finally:
            try:
                await suspend("waiting")
            except ValueError:
                if answer == "error":
                    raise OSError

    g = agen()
    run(g.__anext__())
    awaitable = g.aclose()
    steps = [step(awaitable.send, None), step(awaitable.throw, ValueError()), step(awaitable.send, None)]
    running = g.ag_running
    following = step(g.__anext__().send, None)
    ending = ["raises", "OSError"] if answer == "error" else ["returns", None]

    assert steps == [["suspends", "waiting"], ending, ["returns", None]]
    assert running is True
    assert following == ["raises", "RuntimeError"]
