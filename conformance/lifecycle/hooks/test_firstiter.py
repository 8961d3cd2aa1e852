"""HOK: when ``firstiter`` is called, and what happens to the exceptions that it raises."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, hooks, items_of, operate, raises, run
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP525, PEP530, REFERENCE, TUTORIAL


@behaviour("HOK-010", source=[LIBRARY.SET_ASYNCGEN_HOOKS, PEP525.FINALIZATION], since="3.6")
async def test_firstiter_gets_the_generator():
    """``firstiter`` is called with one argument: the generator that is iterated."""
    calls = []

    async def agen():
        yield 1

    def firstiter(*args, **named):
        calls.append([list(args), named])

    g = agen()
    with hooks(firstiter):
        item = await g.__anext__()

    assert item == 1
    assert calls == [[[g], {}]]


@behaviour("HOK-011", source=[CPYTHON.GENOBJECT, TUTORIAL.S08], since="3.6")
@pytest.mark.parametrize(
    "operation", ["__anext__", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
async def test_firstiter_runs_at_the_call(operation):
    """``firstiter`` is called by the method call that makes the first awaitable, whichever method it is, and not by its
    ``await``.
    """
    log = []

    async def agen():
        log.append("body")
        yield

    g = agen()
    arguments = {"asend": [None], "athrow": [KeyError()]}.get(operation, [])
    with hooks(firstiter=lambda generator: log.append("firstiter")):
        awaitable = getattr(g, operation)(*arguments)
        at_the_call = list(log)
        try:
            await awaitable
        except KeyError:
            log.append("thrown")
        awaited = list(log)
    afterwards = {"athrow": ["thrown"], "aclose": []}.get(operation, ["body"])

    assert at_the_call == ["firstiter"]
    assert awaited == ["firstiter"] + afterwards


@behaviour("HOK-012", source=[LIBRARY.SET_ASYNCGEN_HOOKS, PEP525.FINALIZATION], since="3.6")
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
async def test_firstiter_runs_once_for_each_generator(operation):
    """``firstiter`` is called once for each generator, at its first iteration, and at none of the later operations."""
    calls = []

    async def agen():
        while True:
            try:
                yield
            except KeyError:
                continue

    one = agen()
    two = agen()
    with hooks(firstiter=calls.append):
        await one.__anext__()
        first = list(calls)
        await operate(one, operation)
        await two.__anext__()
        await operate(two, operation)

    assert first == [one]
    assert calls == [one, two]


@behaviour("HOK-013", source=[LIBRARY.SET_ASYNCGEN_HOOKS, PEP525.FINALIZATION], since="3.6")
async def test_firstiter_waits_for_the_iteration():
    """Neither the creation of a generator nor ``__aiter__()`` calls ``firstiter``: the first ``__anext__()`` does."""
    calls = []

    async def agen():
        yield

    with hooks(firstiter=calls.append):
        g = agen()
        created = list(calls)
        iterator = g.__aiter__()
        iterable = list(calls)
        await iterator.__anext__()
        iterated = list(calls)

    assert created == []
    assert iterable == []
    assert iterated == [g]


@behaviour("HOK-014", source=[LIBRARY.SET_ASYNCGEN_HOOKS, PEP525.FINALIZATION], since="3.6", level="detail")
async def test_firstiter_precedes_the_body():
    """``firstiter`` returns before the first statement of the body runs."""
    log = []

    async def agen():
        log.append("body starts")
        yield
        log.append("body goes on")

    def firstiter(generator):
        log.append("firstiter starts")
        log.append("firstiter ends")

    with hooks(firstiter):
        async for _item in agen():
            log.append("item")

    assert log == ["firstiter starts", "firstiter ends", "body starts", "item", "body goes on"]


@behaviour("HOK-015", source=[CPYTHON.GENOBJECT], since="3.6")
def test_firstiter_raises():
    """An exception that ``firstiter`` raises propagates out of the call of ``__anext__()``, and the body does not
    start.
    """
    entered = []
    failure = KeyError("firstiter")

    async def agen():
        entered.append(True)
        yield

    def firstiter(generator):
        raise failure

    g = agen()
    with hooks(firstiter), raises(KeyError) as caught:
        g.__anext__()

    assert caught.value is failure
    assert entered == []


@behaviour("HOK-016", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_firstiter_that_raised_is_not_called_again():
    """After ``firstiter`` raised, the same generator can be iterated from the start, and ``firstiter`` is not called
    again.
    """
    calls = []

    async def agen():
        calls.append("body")
        yield 1

    def firstiter(generator):
        calls.append("firstiter")
        raise KeyError

    g = agen()
    with hooks(firstiter):
        with raises(KeyError):
            g.__anext__()
        item = await g.__anext__()

    assert item == 1
    assert calls == ["firstiter", "body"]


@behaviour(
    "HOK-033", source=[PEP525.FINALIZATION, LIBRARY.SET_ASYNCGEN_HOOKS, REFERENCE.GENERATOR_EXPRESSIONS], since="3.6"
)
async def test_generator_expression():
    """An asynchronous generator expression calls ``firstiter`` like other generators, when it is first iterated."""
    calls = []

    async def agen():
        yield 1

    inner = agen()
    with hooks(firstiter=calls.append):
        expression = (item async for item in inner)
        made = list(calls)
        items = await items_of(expression)
    of_expression = [each for each in calls if each is expression]

    assert made == []
    assert len(of_expression) == 1
    assert items == [1]


@behaviour("HOK-034", source=[PEP525.FINALIZATION, LIBRARY.SET_ASYNCGEN_HOOKS], since="3.6")
async def test_each_generator_of_a_chain():
    """In a chain of generators, each calls ``firstiter`` once."""
    calls = []

    async def source():
        yield 1
        yield 2

    async def link(iterable):
        async for item in iterable:
            yield item

    inner = source()
    middle = link(inner)
    outer = link(middle)
    with hooks(firstiter=calls.append):
        items = await items_of(outer)

    assert len(calls) == 3
    assert set(calls) == {outer, middle, inner}
    assert items == [1, 2]


@behaviour("HOK-037", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_firstiter_iterates_itself():
    """``firstiter`` can iterate its generator itself: it is not called again, and the caller gets the
    following item.
    """
    log = []

    async def agen():
        yield 1
        yield 2

    def firstiter(generator):
        log.append("firstiter")
        log.append(run(generator.__anext__()))

    g = agen()
    with hooks(firstiter):
        item = await g.__anext__()

    assert log == ["firstiter", 1]
    assert item == 2


@behaviour("HOK-041", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "operation",
    ["asend", "athrow", "aclose", "async-for", "comprehension"],
    ids=["asend", "athrow", "aclose", "async-for", "comprehension"],
)
async def test_firstiter_raises_in_any_operation(operation):
    """An exception that ``firstiter`` raises propagates out of any call or loop that iterates first, and the body does
    not run.
    """
    log = []
    failure = KeyError("firstiter")

    async def agen():
        log.append("body")
        yield 1

    def firstiter(generator):
        raise failure

    g = agen()
    with hooks(firstiter), raises(KeyError) as caught:
        if operation == "async-for":
            async for _ in g:
                log.append("suite")
        elif operation == "comprehension":
            [item async for item in g]
        else:
            operate(g, operation)
    before = list(log)
    items = await items_of(g)

    assert caught.value is failure
    assert before == []
    assert items == [1]


@behaviour("HOK-045", source=[ISSUE.GH_131670, CPYTHON.GENOBJECT], since="3.10")
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_firstiter_raises_in_anext(default):
    """An exception that ``firstiter`` raises propagates out of the call of ``anext()``, with a default or without."""
    entered = []
    failure = KeyError("firstiter")

    async def agen():
        entered.append(True)
        yield 1

    def firstiter(generator):
        raise failure

    g = agen()
    with hooks(firstiter), raises(KeyError) as caught:
        anext(g, "default") if default else anext(g)
    before = list(entered)
    item = await anext(g)

    assert caught.value is failure
    assert before == []
    assert item == 1


@behaviour("HOK-046", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "name",
    ["StopIteration", "StopAsyncIteration", "GeneratorExit", "KeyboardInterrupt"],
    ids=["StopIteration", "StopAsyncIteration", "GeneratorExit", "KeyboardInterrupt"],
)
def test_firstiter_raises_anything(name):
    """The call neither replaces nor suppresses an exception that ``firstiter`` raises, not even one that ends an
    iteration.
    """
    import builtins

    kind = getattr(builtins, name)
    failures = []

    async def agen():
        yield

    def firstiter(generator):
        failures.append(kind())
        raise failures[-1]

    caught = []
    with hooks(firstiter):
        for operation in ["anext", "asend", "athrow", "aclose"]:
            try:
                operate(agen(), operation)
            except BaseException as error:
                caught.append(error)
    same = [one is other for one, other in zip(caught, failures)]

    assert len(failures) == 4
    assert same == [True, True, True, True]


@behaviour("HOK-047", source=[REFERENCE.ASYNC_FOR, CPYTHON.GENOBJECT], since="3.6", level="detail")
async def test_firstiter_ends_a_loop():
    """A StopAsyncIteration that ``firstiter`` raises ends an ``async for`` loop silently, before its first item."""
    log = []

    async def agen():
        log.append("body")
        yield 1

    def firstiter(generator):
        log.append("firstiter")
        raise StopAsyncIteration

    g = agen()
    with hooks(firstiter):
        async for _item in g:
            log.append("suite")
        else:
            log.append("else")
    items = await items_of(g)

    assert log == ["firstiter", "else", "body"]
    assert items == [1]


@behaviour("HOK-052", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
async def test_firstiter_changes_the_hooks():
    """A finalizer that ``firstiter`` installs applies to later generators: the current one has already stored its
    finalizer.
    """
    import sys

    log = []

    async def agen():
        try:
            yield
        finally:
            pass

    def firstiter(generator):
        log.append("firstiter")
        sys.set_asyncgen_hooks(firstiter=None, finalizer=lambda generator: log.append("installed by firstiter"))

    with hooks(firstiter, lambda generator: log.append("stored")):
        first, second = agen(), agen()
        await first.__anext__()
        await second.__anext__()
        del first
        collect()
        of_first = list(log)
        del second
        collect()
        seen = list(log)

    assert of_first == ["firstiter", "stored"]
    assert seen == ["firstiter", "stored", "installed by firstiter"]


@behaviour("HOK-057", source=[LIBRARY.SET_ASYNCGEN_HOOKS, PEP530.COMPREHENSIONS], since="3.6", level="detail")
async def test_comprehensions():
    """An asynchronous comprehension does not call ``firstiter`` for itself, as it makes no generator."""
    calls = []

    async def agen():
        yield 1

    first, second, third = [agen() for _ in range(3)]
    with hooks(firstiter=calls.append):
        lists = [item async for item in first]
        sets = {item async for item in second}
        mappings = {item: item async for item in third}

    assert calls == [first, second, third]
    assert [lists, sets, mappings] == [[1], {1}, {1: 1}]
