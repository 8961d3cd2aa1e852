"""Synchronous consumers refuse an asynchronous generator and do not change it."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import in_loop, items_of, raises, tidy
from conformance.sources import CPYTHON, LIBRARY, PEPS, REFERENCE, TUTORIAL, WHATSNEW


@behaviour("REJ-001", source=[REFERENCE.FOR, LIBRARY.ITER, TUTORIAL.S10], since="3.6")
async def test_for_in_a_plain_function():
    """A ``for`` loop over an asynchronous generator raises TypeError before its suite, its ``else`` or the
    body runs.
    """
    log = []

    async def agen():
        log.append("entered")
        yield 1

    g = agen()

    def loop():
        for item in g:
            log.append(item)
        else:
            log.append("else")

    with raises(TypeError):
        loop()
    seen_before = list(log)
    items = await items_of(g)

    assert seen_before == []
    assert items == [1]


@behaviour("REJ-002", source=[LIBRARY.ITER, TUTORIAL.S10], since="3.6")
async def test_iter():
    """``iter()`` of an asynchronous generator raises TypeError, started or not, and does not advance it."""

    async def agen():
        yield 1
        yield 2

    g = agen()
    with raises(TypeError):
        iter(g)
    first = await g.__anext__()
    with raises(TypeError):
        iter(g)
    second = await g.__anext__()

    assert first == 1
    assert second == 2


@behaviour("REJ-003", source=[LIBRARY.FUNCTIONS, LIBRARY.ITERATOR_TYPES, TUTORIAL.S10], since="3.6")
@pytest.mark.parametrize(
    "name", ["list", "tuple", "set", "frozenset", "dict"], ids=["list", "tuple", "set", "frozenset", "dict"]
)
async def test_built_in_containers(name):
    """Making a built-in container from an asynchronous generator raises TypeError, and takes no item."""
    import builtins

    async def agen():
        yield "ab"
        yield "cd"

    g = agen()
    container = getattr(builtins, name)
    with raises(TypeError):
        container(g)
    items = await items_of(g)

    assert items == ["ab", "cd"]


@behaviour("REJ-004", source=[LIBRARY.FUNCTIONS, LIBRARY.ITERATOR_TYPES, TUTORIAL.S10], since="3.6")
@pytest.mark.parametrize(
    "name",
    ["sum", "min", "max", "any", "all", "sorted", "reversed", "enumerate", "zip", "map", "filter"],
    ids=["sum", "min", "max", "any", "all", "sorted", "reversed", "enumerate", "zip", "map", "filter"],
)
async def test_built_in_functions(name):
    """A built-in function that iterates raises TypeError for an asynchronous generator, and takes no item."""
    import builtins

    called = []

    async def agen():
        yield 1
        yield 2

    g = agen()
    function = getattr(builtins, name)
    arguments = [called.append, g] if name in ("map", "filter") else [g]
    with raises(TypeError):
        result = function(*arguments)
        if name in ("reversed", "enumerate", "zip", "map", "filter"):
            # These may be as late as their first item; the method, as next() would hide a wrong result's TypeError.
            result.__next__()
    items = await items_of(g)

    assert called == []
    assert items == [1, 2]


@behaviour("REJ-005", source=[REFERENCE.ASSIGNMENT, TUTORIAL.S10], since="3.6")
@pytest.mark.parametrize("form", ["pair", "single", "starred", "nested"], ids=["pair", "single", "starred", "nested"])
async def test_unpacking(form):
    """Assigning an asynchronous generator to a target list raises TypeError, binds no target and takes no item."""

    async def agen():
        yield 1
        yield 2

    g = agen()
    a = b = "unbound"
    with raises(TypeError):
        if form == "pair":
            a, b = g
        elif form == "single":
            (a,) = g
        elif form == "starred":
            a, *b = g
        else:
            (a, b), _ = g, 3
    items = await items_of(g)

    assert [a, b] == ["unbound", "unbound"]
    assert items == [1, 2]


@behaviour("REJ-006", source=[REFERENCE.EXPRESSION_LISTS, REFERENCE.CALLS], since="3.6")
@pytest.mark.parametrize("form", ["list", "tuple", "set", "call"], ids=["list", "tuple", "set", "call"])
async def test_starred(form):
    """An asynchronous generator after ``*`` in a list, tuple or set display or in a call raises TypeError, and nothing
    runs.
    """
    called = []

    async def agen():
        yield 1
        yield 2

    def function(*arguments):
        called.append(arguments)

    g = agen()
    result = "unbound"
    with raises(TypeError):
        if form == "list":
            result = [0, *g]
        elif form == "tuple":
            result = (0, *g)
        elif form == "set":
            result = {0, *g}
        else:
            result = function(0, *g)
    items = await items_of(g)

    assert result == "unbound"
    assert called == []
    assert items == [1, 2]


@behaviour("REJ-007", source=[REFERENCE.MEMBERSHIP], since="3.6")
async def test_membership():
    """``in`` and ``not in`` with an asynchronous generator on the right side raise TypeError, and do not iterate it."""
    log = []

    async def agen():
        log.append("body")
        yield 1

    g = agen()
    with raises(TypeError):
        1 in g
    with raises(TypeError):
        1 not in g
    before = list(log)
    items = await items_of(g)

    assert before == []
    assert items == [1]


@behaviour("REJ-008", source=[PEPS.PEP380, LIBRARY.ITER, REFERENCE.YIELD, TUTORIAL.S18], since="3.6")
async def test_yield_from():
    """``yield from`` an asynchronous generator raises TypeError in the synchronous generator, which can
    catch it there.
    """
    log = []

    async def agen():
        yield 1
        yield 2

    g = agen()

    def generator():
        yield "before"
        try:
            yield from g
        except TypeError:
            log.append("TypeError")
            yield "after"

    yielded = list(generator())
    items = await items_of(g)

    assert yielded == ["before", "after"]
    assert log == ["TypeError"]
    assert items == [1, 2]


@behaviour("REJ-009", source=[REFERENCE.SPECIAL_LOOKUP, REFERENCE.DATAMODEL_AGEN], since="3.6")
@pytest.mark.parametrize(
    "operation",
    ["len", "index", "slice", "delete", "add", "multiply", "negate", "int", "reversed"],
    ids=["len", "index", "slice", "delete", "add", "multiply", "negate", "int", "reversed"],
)
async def test_operations_of_sequences_and_numbers(operation):
    """An asynchronous generator is neither a sequence nor a number: arithmetic raises TypeError, and the other
    operations of both raise TypeError or AttributeError.
    """

    async def agen():
        yield 1

    g = agen()
    expected = [TypeError] if operation in ["add", "multiply", "negate"] else [TypeError, AttributeError]
    with raises(*expected):
        if operation == "len":
            len(g)
        elif operation == "index":
            g[0]
        elif operation == "slice":
            g[:1]
        elif operation == "delete":
            del g[0]
        elif operation == "add":
            g + g
        elif operation == "multiply":
            g * 2
        elif operation == "negate":
            -g
        elif operation == "int":
            int(g)
        else:
            reversed(g)
    items = await items_of(g)

    assert items == [1]


@behaviour("REJ-010", source=[REFERENCE.CALLS], since="3.6")
async def test_called():
    """Calling an asynchronous generator raises TypeError, and the generator can still be iterated afterwards."""

    async def agen(*arguments):
        yield 1

    g = agen()
    with raises(TypeError):
        g()
    with raises(TypeError):
        g(1)
    items = await items_of(g)

    assert callable(g) is False
    assert items == [1]


@behaviour("REJ-011a", source=[WHATSNEW.V311], since="3.6", until="3.10")
@pytest.mark.parametrize("statement", ["with", "async with"], ids=["with", "async-with"])
async def test_with_raises_attribute_error(statement):
    """``with`` and ``async with`` on an asynchronous generator raise AttributeError and run nothing."""
    log = []

    async def agen():
        log.append("entered")
        yield 1

    g = agen()
    with raises(AttributeError):
        if statement == "with":
            with g:
                log.append("suite")
        else:
            async with g:
                log.append("suite")
    seen_before = list(log)
    items = await items_of(g)

    assert seen_before == []
    assert items == [1]


@behaviour("REJ-011b", source=[WHATSNEW.V311], since="3.11")
@pytest.mark.parametrize("statement", ["with", "async with"], ids=["with", "async-with"])
async def test_with_raises_type_error(statement):
    """``with`` and ``async with`` on an asynchronous generator raise TypeError and run nothing."""
    log = []

    async def agen():
        log.append("entered")
        yield 1

    g = agen()
    with raises(TypeError):
        if statement == "with":
            with g:
                log.append("suite")
        else:
            async with g:
                log.append("suite")
    seen_before = list(log)
    items = await items_of(g)

    assert seen_before == []
    assert items == [1]


@behaviour("REJ-012", source=[LIBRARY.ASYNCIO_TASK], since="3.6", level="detail", needs=["asyncio"])
@pytest.mark.parametrize(
    "name", ["create_task", "gather", "shield", "wait_for"], ids=["create_task", "gather", "shield", "wait_for"]
)
def test_asyncio_takes_coroutines(name):
    """The functions that make a task from a coroutine refuse an asynchronous generator with TypeError, and do not start
    it.
    """
    import asyncio

    log = []

    async def agen():
        log.append("body")
        yield 1

    async def main():
        g = agen()
        with raises(TypeError):
            if name == "create_task":
                asyncio.get_event_loop().create_task(g)
            elif name == "wait_for":
                await asyncio.wait_for(g, None)
            else:
                getattr(asyncio, name)(g)
        before = list(log)
        items = await items_of(g)
        return [before, items]

    before, items = in_loop(main())

    assert before == []
    assert items == [1]


@behaviour("REJ-013", source=[LIBRARY.ASYNCIO_TASK], since="3.6", needs=["asyncio", "warnings"])
async def test_no_coroutine_to_asyncio():
    """``asyncio.iscoroutine()`` is false for an asynchronous generator, and ``iscoroutinefunction()`` for
    its function.
    """
    import asyncio
    import warnings

    async def agen():
        yield 1

    async def coroutine():
        pass

    pending = coroutine()
    with warnings.catch_warnings():
        # iscoroutinefunction() of asyncio is deprecated since 3.14.
        warnings.simplefilter("ignore")
        objects = [asyncio.iscoroutine(agen()), asyncio.iscoroutine(pending)]
        functions = [asyncio.iscoroutinefunction(agen), asyncio.iscoroutinefunction(coroutine)]
    pending.close()

    assert objects == [False, True]
    assert functions == [False, True]


@behaviour("REJ-014", source=[LIBRARY.STDTYPES, LIBRARY.ITERTOOLS], since="3.6")
@pytest.mark.parametrize(
    "name",
    ["join", "bytes", "bytearray", "chain", "from_iterable"],
    ids=["join", "bytes", "bytearray", "chain", "from_iterable"],
)
async def test_constructors(name):
    """Constructors of strings, bytes and chains from an iterable refuse an asynchronous generator with TypeError."""
    import itertools

    log = []

    async def agen():
        log.append("body")
        yield "1"

    with raises(TypeError):
        if name == "join":
            "".join(agen())
        elif name == "bytes":
            bytes(agen())
        elif name == "bytearray":
            bytearray(agen())
        elif name == "chain":
            next(itertools.chain(agen()))
        else:
            next(itertools.chain.from_iterable(agen()))

    assert log == []


@behaviour("REJ-015", source=[LIBRARY.STDTYPES], since="3.6")
@pytest.mark.parametrize(
    "name",
    ["dict.update", "list.extend", "list.__iadd__", "slice", "set.update", "set.union", "deque"],
    ids=["dict.update", "list.extend", "list.__iadd__", "slice", "set.update", "set.union", "deque"],
)
async def test_methods_of_containers(name):
    """Methods that add the items of an iterable to a container refuse an asynchronous generator, and add nothing."""
    import collections

    async def agen():
        yield 1

    mapping, sequence, members = {"key": 0}, [0], {0}
    with raises(TypeError):
        if name == "dict.update":
            mapping.update(agen())
        elif name == "list.extend":
            sequence.extend(agen())
        elif name == "list.__iadd__":
            sequence += agen()
        elif name == "slice":
            sequence[:] = agen()
        elif name == "set.update":
            members.update(agen())
        elif name == "set.union":
            members.union(agen())
        else:
            collections.deque(agen())

    assert mapping == {"key": 0}
    assert sequence == [0]
    assert members == {0}


@behaviour("REJ-016", source=[REFERENCE.AWAIT, REFERENCE.AGEN_FUNCTION], since="3.6")
async def test_awaited_call():
    """Awaiting the call of an asynchronous generator function raises TypeError, wherever the yield is in its body."""
    log = []

    async def first():
        log.append("first")
        yield 1

    async def last():
        log.append("last")
        if False:
            yield

    for function in [first, last]:
        with raises(TypeError):
            await function()

    assert log == []


@behaviour("REJ-017", source=[LIBRARY.COPY], since="3.6", level="detail")
@pytest.mark.parametrize("name", ["copy", "deepcopy"], ids=["copy", "deepcopy"])
async def test_copied(name):
    """Copying an asynchronous generator raises TypeError in every state, also if it is part of a deep copy."""
    import copy

    async def agen():
        yield 1

    g = agen()
    function = getattr(copy, name)
    for _ in range(3):
        with raises(TypeError):
            function(g)
        with raises(TypeError):
            copy.deepcopy([g])
        try:
            await g.__anext__()
        except StopAsyncIteration:
            pass


@behaviour("REJ-018", source=[LIBRARY.PICKLE], since="3.6", allowed=["TypeError", "PicklingError", "pickled"])
@pytest.mark.parametrize("protocol", [0, 2, 4], ids=["0", "2", "4"])
async def test_pickled(protocol):
    """Pickling an asynchronous generator, alone or as part of another object, works or raises TypeError or
    PicklingError.
    """
    import pickle

    async def agen():
        yield 1

    seen = []
    for thing in [agen(), [agen()]]:
        try:
            pickle.dumps(thing, protocol)
            seen.append("pickled")
        except (TypeError, pickle.PicklingError) as error:
            seen.append(type(error).__name__)

    assert seen[0] == seen[1]
    return seen[0]


@behaviour("REJ-019", source=[REFERENCE.COMPARISONS], since="3.6")
@pytest.mark.parametrize("operator", ["lt", "le", "gt", "ge"], ids=["lt", "le", "gt", "ge"])
async def test_ordered(operator):
    """Asynchronous generators have no order: comparing two, or one with itself, raises TypeError."""
    import operator as operators

    async def agen():
        yield 1

    compare = getattr(operators, operator)
    g = agen()
    with raises(TypeError):
        compare(g, agen())
    with raises(TypeError):
        compare(g, g)
    with raises(TypeError):
        compare(g, 1)


@behaviour("REJ-020", source=[LIBRARY.TRUTH], since="3.6")
@pytest.mark.parametrize("ending", ["exhausted", "closed"], ids=["exhausted", "closed"])
async def test_true_though_it_has_no_items(ending):
    """An asynchronous generator that will produce no more items is as true as a fresh one."""

    async def agen():
        return
        yield

    g = agen()
    fresh = bool(g)
    if ending == "closed":
        await tidy(g)
    else:
        with raises(StopAsyncIteration):
            await g.__anext__()
    ended = bool(g)

    assert fresh is True
    assert ended is True


@behaviour("REJ-021", source=[REFERENCE.ASYNC_FOR, REFERENCE.ASYNC_ITERATORS], since="3.6")
async def test_coroutine_that_was_not_awaited():
    """``async for`` over a coroutine that would return a generator raises TypeError or AttributeError, and does not run
    the coroutine.
    """
    log = []

    async def agen():
        yield 1

    async def make():
        log.append("made")
        return agen()

    pending = make()
    with raises(TypeError, AttributeError):
        async for _ in pending:
            log.append("suite")
    before = list(log)
    items = await items_of(await pending)

    assert before == []
    assert items == [1]


@behaviour("REJ-022", source=[LIBRARY.CLOSING], since="3.6")
async def test_closing():
    """``contextlib.closing()`` of an asynchronous generator raises AttributeError at the end of its block, for lack of
    ``close()``.
    """
    from contextlib import closing

    log = []

    async def agen():
        yield 1
        yield 2

    g = agen()
    with raises(AttributeError):
        with closing(g) as target:
            log.append(target is g)
            log.append(await g.__anext__())
    following = await g.__anext__()

    assert log == [True, 1]
    assert following == 2


@behaviour("REJ-023", source=[LIBRARY.CONTEXTMANAGER], since="3.6", allowed=["TypeError", "AttributeError"])
async def test_contextmanager():
    """A ``contextlib.contextmanager()`` made from an asynchronous generator function fails when it is entered."""
    from contextlib import contextmanager

    log = []

    @contextmanager
    async def manager():
        log.append("body")
        yield 1

    made = manager()
    seen = "nothing"
    try:
        with made:
            log.append("block")
    except (TypeError, AttributeError) as error:
        seen = type(error).__name__

    assert log == []
    return seen


@behaviour("REJ-024", source=[CPYTHON.CEVAL], since="3.6")
async def test_message_of_iteration():
    """The message of the TypeError of a synchronous iteration says that an ``async_generator`` is not iterable."""

    async def agen():
        yield 1

    messages = []
    for consume in [list, iter, sum, lambda g: [item for item in g]]:
        with raises(TypeError) as caught:
            consume(agen())
        messages.append(str(caught.value))

    assert messages == ["'async_generator' object is not iterable"] * 4


@behaviour("REJ-025b", source=[CPYTHON.CEVAL], since="3.6")
async def test_message_of_await():
    """The message of the TypeError of ``await`` says that an ``async_generator`` object cannot be awaited."""

    async def agen():
        yield 1

    with raises(TypeError) as caught:
        await agen()
    message = str(caught.value)

    assert message == "'async_generator' object can't be awaited"


@behaviour("REJ-026", source=[REFERENCE.FOR, LIBRARY.ITER], since="3.6")
@pytest.mark.parametrize("form", ["statement", "comprehension"], ids=["statement", "comprehension"])
async def test_for_in_an_asynchronous_function(form):
    """A plain ``for`` over an asynchronous generator raises TypeError in ``async def`` too: it does not become
    asynchronous.
    """
    log = []

    async def agen():
        log.append("entered")
        yield 1

    g = agen()
    with raises(TypeError):
        if form == "statement":
            for item in g:
                log.append(item)
        else:
            [log.append(item) for item in g]
    seen_before = list(log)
    items = await items_of(g)

    assert seen_before == []
    assert items == [1]


@behaviour("REJ-027", source=[LIBRARY.CONCURRENT_FUTURES], since="3.6", needs=["threads"])
def test_executor():
    """``map()`` of an executor refuses an asynchronous generator with TypeError, and does not call the function."""
    from concurrent.futures import ThreadPoolExecutor

    log = []

    async def agen():
        log.append("body")
        yield 1

    with ThreadPoolExecutor(1) as executor:
        with raises(TypeError):
            executor.map(log.append, agen())

    assert log == []


@behaviour("REJ-028", source=[LIBRARY.ASYNCIO_TASK], since="3.6", needs=["asyncio"])
@pytest.mark.parametrize("name", ["as_completed", "wait"], ids=["as_completed", "wait"])
def test_collections_of_futures(name):
    """``asyncio.as_completed()`` and ``asyncio.wait()`` refuse an asynchronous generator with TypeError."""
    import asyncio

    log = []

    async def agen():
        log.append("body")
        yield asyncio.sleep(0)

    async def main():
        with raises(TypeError):
            if name == "wait":
                await asyncio.wait(agen())
            else:
                list(asyncio.as_completed(agen()))
        return "refused"

    outcome = in_loop(main())

    assert outcome == "refused"
    assert log == []


@behaviour(
    "REJ-029",
    source=[LIBRARY.ASYNCIO_RUN],
    since="3.7",
    needs=["asyncio", "no-loop"],
    allowed=["ValueError", "TypeError"],
)
def test_asyncio_run():
    """``asyncio.run()`` refuses an asynchronous generator, and does not start it."""
    import asyncio

    log = []

    async def agen():
        log.append("body")
        yield 1

    seen = "nothing"
    try:
        asyncio.run(agen())
    except (ValueError, TypeError) as error:
        seen = type(error).__name__

    assert log == []
    return seen


@behaviour("REJ-030", source=[LIBRARY.ENSURE_FUTURE], since="3.6", needs=["asyncio"])
def test_ensure_future_takes_awaitables():
    """``asyncio.ensure_future()`` raises TypeError for an asynchronous generator, which is not awaitable."""
    import asyncio

    async def agen():
        yield 1

    async def main():
        with raises(TypeError):
            asyncio.ensure_future(agen())
        return "refused"

    outcome = in_loop(main())

    assert outcome == "refused"
