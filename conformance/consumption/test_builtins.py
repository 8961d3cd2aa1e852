"""The built-in functions aiter(), anext() and next() with an asynchronous generator as argument."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import hooks, in_loop, items_of, raises, run, step, suspend, tidy
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP492, PEP525, PEPS, REFERENCE, TUTORIAL


@behaviour("BLT-001", source=[LIBRARY.AITER, LIBRARY.ANEXT], since="3.10")
def test_aiter_and_anext_are_built_in():
    """``aiter`` and ``anext`` are callables in ``builtins`` and need no import."""
    import builtins

    reached = [aiter, anext]
    kept = [builtins.aiter, builtins.anext]

    assert reached == kept
    assert callable(aiter)
    assert callable(anext)


@behaviour("BLT-002", source=[LIBRARY.AITER, PEP525.AGEN_OBJECT, TUTORIAL.S07], since="3.10", level="library")
async def test_aiter_of_a_generator_is_the_generator():
    """``aiter()`` of an asynchronous generator returns that generator in every state, and does not advance it."""
    entered = []

    async def agen():
        entered.append(True)
        yield 1
        yield aiter(g)
        yield 2

    g = agen()
    unstarted = aiter(g)
    entered_by_aiter = list(entered)
    await g.__anext__()
    suspended = aiter(g)
    running = await g.__anext__()
    following = await g.__anext__()
    await tidy(g)
    closed = aiter(g)

    assert unstarted is g
    assert entered_by_aiter == []
    assert suspended is g
    assert running is g
    assert following == 2
    assert closed is g


@behaviour("BLT-003", source=[LIBRARY.AITER, REFERENCE.CALLS], since="3.10", level="library")
async def test_aiter_takes_one_argument():
    """``aiter()`` takes exactly one argument: none or two raise TypeError."""

    async def agen():
        yield 1

    with raises(TypeError):
        aiter()
    with raises(TypeError):
        aiter(agen(), None)


@behaviour("BLT-004", source=[LIBRARY.AITER], since="3.10", allowed=["TypeError", "AttributeError"])
@pytest.mark.parametrize(
    "kind",
    ["int", "list", "generator", "coroutine", "function", "none", "not-callable"],
    ids=["int", "list", "generator", "coroutine", "function", "none", "not-callable"],
)
async def test_aiter_of_what_is_no_iterable(kind):
    """``aiter()`` of an object without a callable ``__aiter__`` raises TypeError or AttributeError and runs nothing."""
    log = []

    def generator():
        log.append("generator")
        yield 1

    async def coroutine():
        log.append("coroutine")

    async def agen():
        log.append("agen")
        yield 1

    class Iterable:
        def __aiter__(self):
            log.append("__aiter__")
            return agen()

    class Refusing(Iterable):
        __aiter__ = None

    class Wrong:
        __aiter__ = 1

    pending = coroutine()
    made = {
        "int": 1,
        "list": [1],
        "generator": generator(),
        "coroutine": pending,
        "function": agen,
        "none": Refusing(),
        "not-callable": Wrong(),
    }[kind]
    with raises(TypeError, AttributeError) as caught:
        aiter(made)
    pending.close()

    assert log == []
    return type(caught.value).__name__


@behaviour("BLT-005", source=[REFERENCE.ASYNC_ITERATORS, LIBRARY.AITER], since="3.10")
@pytest.mark.parametrize("returned", ["none", "iterable", "iterator"], ids=["none", "iterable", "iterator"])
async def test_aiter_that_returns_no_iterator(returned):
    """``aiter()`` raises TypeError if ``__aiter__()`` returns an object whose type has no ``__anext__()``."""
    log = []

    class Iterable:
        def __aiter__(self):
            log.append("called")
            return {"none": None, "iterable": self, "iterator": iter([1])}[returned]

    with raises(TypeError):
        aiter(Iterable())

    assert log == ["called"]


@behaviour("BLT-006", source=[CPYTHON.BLTINMODULE], since="3.10")
async def test_anext_is_the_awaitable_of_the_method():
    """``anext()`` without a default returns the object that ``__anext__()`` returned, without a wrapper."""

    class Iterator:
        def __anext__(self):
            return returned

    async def agen():
        yield 1

    returned = object()
    of_iterator = anext(Iterator())
    g = agen()
    awaitable = anext(g)
    method = g.__anext__()
    kinds = [type(awaitable), type(method)]
    method.close()
    awaitable.close()

    assert of_iterator is returned
    assert kinds[0] is kinds[1]


@behaviour("BLT-007", source=[LIBRARY.ANEXT, TUTORIAL.S11, TUTORIAL.S15], since="3.10")
async def test_anext_gives_the_next_item_when_awaited():
    """Awaiting ``anext(agen)`` runs the body to its next yield and evaluates to the item; the call runs nothing."""
    log = []

    async def agen():
        log.append("entered")
        await suspend()
        yield 1
        log.append("resumed")
        yield 2

    g = agen()
    awaitable = anext(g)
    seen_before = list(log)
    first = await awaitable
    seen_between = list(log)
    second = await anext(g)

    assert seen_before == []
    assert first == 1
    assert seen_between == ["entered"]
    assert second == 2
    assert log == ["entered", "resumed"]


@behaviour("BLT-008", source=[LIBRARY.ANEXT, LIBRARY.STOP_ASYNC_ITERATION], since="3.10")
async def test_anext_at_the_end_raises_when_awaited():
    """Without a default, awaiting ``anext(agen)`` after the last item raises StopAsyncIteration, every time."""
    log = []

    async def agen():
        yield 1
        await suspend()
        log.append("end")

    g = agen()
    first = await anext(g)
    ending = anext(g)
    with raises(StopAsyncIteration):
        await ending
    exhausted = anext(g)
    with raises(StopAsyncIteration):
        await exhausted

    assert first == 1
    assert log == ["end"]


@behaviour("BLT-009", source=[LIBRARY.ANEXT], since="3.10")
async def test_anext_at_the_end_gives_the_default():
    """Awaiting ``anext(agen, default)`` gives each item in turn, and after the last item the default, every time."""
    default = ["default"]
    log = []

    async def agen():
        await suspend()
        yield 1
        yield 2
        await suspend()
        log.append("end")

    g = agen()
    first = await anext(g, default)
    second = await anext(g, default)
    ending = await anext(g, default)
    exhausted = await anext(g, default)

    assert [first, second] == [1, 2]
    assert ending is default
    assert exhausted is default
    assert log == ["end"]


@behaviour("BLT-010", source=[LIBRARY.ANEXT], since="3.10")
async def test_anext_takes_none_as_a_default():
    """In ``anext(agen, None)``, None is a default: at the end it is returned and nothing is raised."""

    async def agen():
        yield 1

    g = agen()
    first = await anext(g, None)
    ending = await anext(g, None)

    assert first == 1
    assert ending is None


@behaviour("BLT-011", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_anext_passes_exceptions(default):
    """An exception of the body leaves ``await anext()`` unchanged, default or not; a later call gives the default."""
    failure = KeyError("body")

    async def agen():
        yield 1
        raise failure

    g = agen()
    arguments = ["default"] if default else []
    first = await anext(g, *arguments)
    with raises(KeyError) as caught:
        await anext(g, *arguments)
    after = await anext(g, "default")

    assert first == 1
    assert caught.value is failure
    assert after == "default"


@behaviour("BLT-012", source=[LIBRARY.ANEXT, ISSUE.GH_128078], since="3.10")
@pytest.mark.parametrize("default", ["pair", "empty", "of-exceptions"], ids=["pair", "empty", "of-exceptions"])
async def test_tuple_as_default(default):
    """At the end, a default that is a tuple is returned whole, as the same object each time."""
    value = {"pair": (1, 2), "empty": (), "of-exceptions": (KeyError, 1, None)}[default]

    async def agen():
        yield 1

    g = agen()
    first = await anext(g, value)
    found = [await anext(g, value), await anext(g, value)]

    assert first == 1
    assert [each is value for each in found] == [True, True]


@behaviour("BLT-013", source=[LIBRARY.ANEXT, ISSUE.GH_128078], since="3.10")
async def test_tuple_as_default_of_an_empty_generator():
    """If a generator ends before its first item, a default that is a tuple is returned whole."""
    value = (1, 2)
    log = []

    async def agen():
        log.append("body")
        await suspend()
        return
        yield

    found = await anext(agen(), value)

    assert found is value
    assert log == ["body"]


@behaviour("BLT-014", source=[LIBRARY.ANEXT, ISSUE.GH_128078], since="3.10")
@pytest.mark.parametrize(
    "name",
    ["ValueError", "StopIteration", "StopAsyncIteration", "GeneratorExit"],
    ids=["ValueError", "StopIteration", "StopAsyncIteration", "GeneratorExit"],
)
async def test_exception_as_default(name):
    """At the end, a default that is an exception is returned and not raised."""
    import builtins

    value = getattr(builtins, name)("default")

    async def agen():
        yield 1

    g = agen()
    await g.__anext__()
    found = await anext(g, value)

    assert found is value


@behaviour("BLT-015", source=[LIBRARY.ANEXT], since="3.10", allowed=["TypeError", "AttributeError"])
@pytest.mark.parametrize(
    "kind",
    ["int", "None", "list", "sync-iterator", "iterable", "function"],
    ids=["int", "None", "list", "sync-iterator", "iterable", "function"],
)
def test_anext_refuses_what_has_no_anext(kind):
    """The call of ``anext(x)`` raises TypeError or AttributeError if ``x`` has no ``__anext__``, iterable or not."""
    asked = []
    numbers = iter([1, 2])

    async def agen():
        asked.append("body")
        yield 1

    class Iterable:
        def __aiter__(self):
            asked.append("__aiter__")
            return agen()

    objects = {"int": 1, "None": None, "list": [1], "sync-iterator": numbers, "iterable": Iterable(), "function": agen}
    with raises(TypeError, AttributeError) as caught:
        anext(objects[kind])

    assert asked == []
    assert list(numbers) == [1, 2]
    return type(caught.value).__name__


@behaviour("BLT-016", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize("count", [0, 3], ids=["none", "three"])
def test_number_of_arguments_of_anext(count):
    """``anext()`` raises TypeError if it is called without arguments or with three."""

    async def agen():
        yield 1

    arguments = [agen(), "default", "other"]
    with raises(TypeError):
        anext(*arguments[:count])


@behaviour("BLT-017", source=[LIBRARY.ANEXT, REFERENCE.AGEN_FUNCTION], since="3.10", level="library")
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_anext_waits_for_await(default):
    """The call of ``anext()`` does not run the body: the body starts when the awaitable that it returned is awaited."""
    log = []

    async def agen():
        log.append("body")
        yield 1

    awaitable = anext(agen(), "default") if default else anext(agen())
    called = list(log)
    item = await awaitable

    assert called == []
    assert item == 1
    assert log == ["body"]


@behaviour("BLT-018", source=[CPYTHON.ITEROBJECT], since="3.10")
async def test_type_of_anext_with_a_default():
    """``anext()`` with a default returns an ``anext_awaitable``, which is awaitable and is its own iterator."""
    import inspect
    from collections.abc import Awaitable

    async def agen():
        yield 1

    awaitable = anext(agen(), "default")
    name = type(awaitable).__name__
    kinds = [isinstance(awaitable, Awaitable), inspect.isawaitable(awaitable), inspect.iscoroutine(awaitable)]
    itself = iter(awaitable) is awaitable
    item = await awaitable

    assert name == "anext_awaitable"
    assert kinds == [True, True, False]
    assert itself is True
    assert item == 1


@behaviour("BLT-019", source=[ISSUE.BPO_44963], since="3.10")
def test_steps_of_anext_with_a_default():
    """The awaitable of ``anext()`` with a default is driven with ``send()`` and ``throw()`` like a coroutine."""
    log = []

    async def agen():
        log.append(await suspend("first"))
        try:
            await suspend("second")
        except KeyError:
            log.append("thrown")
        yield "item"

    awaitable = anext(agen(), "default")
    steps = [
        step(awaitable.send, None),
        step(awaitable.send, "answer"),
        step(awaitable.throw, KeyError()),
    ]

    assert steps == [["suspends", "first"], ["suspends", "second"], ["returns", "item"]]
    assert log == ["answer", "thrown"]


@behaviour("BLT-020", source=[CPYTHON.TEST_ASYNCGEN], since="3.10")
@pytest.mark.parametrize(
    "answer, wanted",
    [
        ["return", [["returns", "default"]]],
        ["wait", [["suspends", "handling"], ["returns", "default"]]],
        ["raise", [["raises", "ValueError"]]],
    ],
    ids=["return", "wait", "raise"],
)
def test_end_after_a_thrown_exception(answer, wanted):
    """If the body answers an exception thrown into ``anext()`` with a default by returning, it gives the default."""
    log = []

    async def agen():
        try:
            await suspend("waiting")
        except KeyError:
            if answer == "return":
                return
            if answer == "wait":
                await suspend("handling")
                log.append("handled")
                return
            raise ValueError
        yield 1

    awaitable = anext(agen(), "default")
    waiting = step(awaitable.send, None)
    steps = [step(awaitable.throw, KeyError())]
    if answer == "wait":
        steps.append(step(awaitable.send, None))

    assert waiting == ["suspends", "waiting"]
    assert steps == wanted
    assert log == (["handled"] if answer == "wait" else [])


@behaviour("BLT-021", source=[CPYTHON.TEST_ASYNCGEN], since="3.10")
def test_close_of_anext_with_a_default():
    """``close()`` of ``anext()`` with a default, suspended in the body, returns None; ``send()`` raises
    RuntimeError.
    """

    async def agen():
        await suspend("waiting")
        yield 1

    awaitable = anext(agen(), "default")
    waiting = step(awaitable.send, None)
    closed = awaitable.close()
    after = step(awaitable.send, None)

    assert waiting == ["suspends", "waiting"]
    assert closed is None
    assert after == ["raises", "RuntimeError"]


@behaviour("BLT-022", source=[ISSUE.GH_131670], since="3.10")
@pytest.mark.parametrize("name", ["ValueError", "StopAsyncIteration"], ids=["ValueError", "StopAsyncIteration"])
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
def test_anext_method_that_raises_at_the_call(default, name):
    """An exception that the call of ``__anext__()`` raises leaves the call of ``anext()``, with a default or not."""
    import builtins

    failure = getattr(builtins, name)("call")

    class Iterator:
        def __anext__(self):
            raise failure

    with raises(type(failure)) as caught:
        anext(Iterator(), "default") if default else anext(Iterator())

    assert caught.value is failure


@behaviour("BLT-023", source=[LIBRARY.ANEXT, PEP492.AWAIT, REFERENCE.AWAIT], since="3.10", level="library")
@pytest.mark.parametrize(
    "kind",
    ["int", "none", "generator", "no-iterator", "coroutine"],
    ids=["int", "none", "generator", "no-iterator", "coroutine"],
)
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_anext_method_that_returns_nothing_awaitable(default, kind):
    """If ``__anext__()`` returns an object that is not awaitable, or whose ``__await__()`` returns no iterator,
    ``anext()`` raises TypeError, at the call or when awaited.
    """
    log = []

    def generator():
        log.append("generator")
        yield 1

    async def coroutine():
        log.append("coroutine")

    class Awaitable:
        def __await__(self):
            return {"no-iterator": 1, "coroutine": pending}[kind]

    class Iterator:
        def __anext__(self):
            return {"int": 1, "none": None, "generator": generator()}.get(kind, Awaitable())

    pending = coroutine()
    with raises(TypeError):
        await (anext(Iterator(), "default") if default else anext(Iterator()))
    pending.close()

    assert log == []


@behaviour("BLT-024", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize(
    "kind", ["coroutine", "generator-based", "awaitable"], ids=["coroutine", "generator-based", "awaitable"]
)
async def test_anext_of_other_iterators(kind):
    """``await anext(x)`` has the outcome of ``await x.__anext__()``, whatever kind of awaitable that returns."""
    import types

    def take(left):
        if not left:
            raise StopAsyncIteration
        return left.pop(0)

    async def coroutine(left):
        await suspend()
        return take(left)

    def steps(left):
        yield
        return take(left)

    @types.coroutine
    def generator_based(left):
        return (yield from steps(left))

    class Awaitable:
        def __init__(self, left):
            self.iterator = steps(left)

        def __await__(self):
            return self.iterator

    class Iterator:
        def __init__(self):
            self.left = ["a", "b"]

        def __anext__(self):
            return {"coroutine": coroutine, "generator-based": generator_based}.get(kind, Awaitable)(self.left)

    async def outcome(request):
        try:
            return await request()
        except Exception as error:
            return type(error).__name__

    plain, asked = Iterator(), Iterator()
    expected = [await outcome(plain.__anext__), await outcome(plain.__anext__), await outcome(plain.__anext__)]
    found = [await outcome(lambda: anext(asked)), await outcome(lambda: anext(asked, "default"))]
    found.append(await outcome(lambda: anext(asked)))
    ending = await outcome(lambda: anext(asked, "default"))

    assert found == expected
    assert ending == ("default" if expected[2] == "StopAsyncIteration" else expected[2])


@behaviour("BLT-025", source=[LIBRARY.ANEXT, REFERENCE.SPECIAL_LOOKUP], since="3.10", level="library")
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_anext_looks_at_the_type(default):
    """``anext()`` uses ``__anext__()`` of the type and ignores an instance attribute of that name."""

    async def of_instance():
        return "instance"

    class Iterator:
        async def __anext__(self):
            return "type"

    iterator = Iterator()
    iterator.__anext__ = of_instance
    item = await (anext(iterator, "default") if default else anext(iterator))

    assert item == "type"


@behaviour("BLT-026", source=[CPYTHON.BLTINMODULE], since="3.10")
def test_firstiter_at_the_call_of_anext():
    """The call of ``anext()`` with a default calls the ``firstiter`` hook at once, as ``__anext__()`` does."""
    calls = []

    async def agen():
        yield 1

    g = agen()
    with hooks(firstiter=calls.append):
        awaitable = anext(g, "default")
        called = list(calls)
        item = run(awaitable)

    assert called == [g]
    assert calls == [g]
    assert item == 1


@behaviour("BLT-027", source=[ISSUE.BPO_44963], since="3.10", needs=["asyncio", "no-loop"])
def test_task_of_anext_with_a_default():
    """A task, ``asyncio.run()`` and an event loop can run the awaitable of ``anext()`` with a default."""
    import asyncio

    async def agen():
        await asyncio.sleep(0)
        yield 1

    async def main():
        g = agen()
        return [await asyncio.create_task(anext(g, "default")), await asyncio.create_task(anext(g, "default"))]

    results = in_loop(main())
    in_a_loop = in_loop(anext(agen(), "default"))
    run_directly = asyncio.run(anext(agen(), "default"))

    assert results == [1, "default"]
    assert in_a_loop == 1
    assert run_directly == 1


@behaviour("BLT-028", source=[CPYTHON.GENOBJECT], since="3.10")
async def test_anext_with_a_default_awaited_twice():
    """The awaitable of ``anext()`` with a default raises RuntimeError when awaited again, and takes no second item."""

    async def agen():
        yield 1
        yield 2

    g = agen()
    awaitable = anext(g, "default")
    first = await awaitable
    with raises(RuntimeError):
        await awaitable
    following = await g.__anext__()

    assert first == 1
    assert following == 2


@behaviour("BLT-029", source=[LIBRARY.NEXT, TUTORIAL.S10], since="3.6")
@pytest.mark.parametrize("default", [[], ["default"]], ids=["alone", "default"])
async def test_next_refuses_an_asynchronous_generator(default):
    """``next()`` of an asynchronous generator raises TypeError, default or not, and does not advance the generator."""

    async def agen():
        yield 1
        yield 2

    g = agen()
    with raises(TypeError):
        next(g, *default)
    first = await g.__anext__()
    with raises(TypeError):
        next(g, *default)
    second = await g.__anext__()

    assert first == 1
    assert second == 2


@behaviour("BLT-030", source=[PEP525.AGEN_OBJECT, LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize("caught", [True, False], ids=["caught", "escapes"])
async def test_anext_in_a_body(caught):
    """A body can catch the StopAsyncIteration of its ``await anext()``, or it leaves the body as RuntimeError."""

    async def inner():
        yield 1

    async def outer():
        iterator = inner()
        yield await anext(iterator)
        try:
            yield await anext(iterator)
        except StopAsyncIteration:
            if not caught:
                raise
        yield "caught"

    g = outer()
    items = [await anext(g)]
    if caught:
        items.append(await anext(g))
    else:
        with raises(RuntimeError):
            await anext(g)
        items.append("RuntimeError")

    assert items == [1, "caught" if caught else "RuntimeError"]


@behaviour("BLT-031", source=[REFERENCE.ASYNC_ITERATORS, LIBRARY.AITER], since="3.10")
async def test_aiter_of_a_coroutine_function():
    """``aiter()`` raises TypeError if ``__aiter__()`` returns a coroutine, and does not run the coroutine."""
    made, log = [], []

    class Iterable:
        def __aiter__(self):
            made.append(self.coroutine())
            return made[-1]

        async def coroutine(self):
            log.append("coroutine")
            return self

        async def __anext__(self):
            log.append("__anext__")
            return 1

    with raises(TypeError):
        aiter(Iterable())
    for coroutine in made:
        coroutine.close()

    assert len(made) == 1
    assert log == []


@behaviour("BLT-032", source=[LIBRARY.FUNCTIONS, LIBRARY.ITER, LIBRARY.NEXT], since="3.6")
async def test_synchronous_built_in_functions():
    """``iter()``, ``next()`` and library functions that iterate never call ``__aiter__()`` or ``__anext__()``."""
    import functools
    import operator

    called, refused = [], []

    class Both:
        def __aiter__(self):
            called.append("__aiter__")
            return self

        def __anext__(self):
            called.append("__anext__")
            return self

    both = Both()
    functions = {
        "iter": iter,
        "next": next,
        "next with a default": lambda value: next(value, None),
        "contains": lambda value: operator.contains(value, 1),
        "countOf": lambda value: operator.countOf(value, 1),
        "reduce": lambda value: functools.reduce(max, value),
        "length_hint": operator.length_hint,
    }
    for name in functions:
        try:
            functions[name](both)
        except TypeError:
            refused.append(name)

    # The hint of what has neither a length nor a hint is 0.
    assert sorted(refused) == ["contains", "countOf", "iter", "next", "next with a default", "reduce"]
    assert called == []


@behaviour("BLT-033", source=[LIBRARY.ANEXT], since="3.10")
async def test_several_suspensions():
    """``await anext()``, with a default or without, passes through the suspensions that ``async for`` has."""
    log = []

    class Recorder:
        def __init__(self, name):
            self.name = name

        def __await__(self):
            log.append(self.name)
            yield
            log.append(self.name + " done")

    async def agen():
        await Recorder("a")
        await Recorder("b")
        yield 1
        await Recorder("c")

    looped = await items_of(agen())
    in_the_loop = list(log)
    del log[:]
    g = agen()
    found = [await anext(g, "default"), await anext(g, "default")]
    seen = list(log)
    del log[:]
    without = await anext(agen())

    assert looped == [1]
    assert found == [1, "default"]
    assert seen == in_the_loop
    assert without == 1
    assert log == in_the_loop[:4]


@behaviour("BLT-034", source=[LIBRARY.ANEXT, REFERENCE.COROUTINE_OBJECTS], since="3.10", level="library")
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
def test_answers_of_the_driver(default):
    """Sent values and thrown exceptions pass through ``anext()`` to the ``await`` in a hand-written ``__anext__()``."""
    log = []

    class Iterator:
        async def __anext__(self):
            log.append(await suspend("first"))
            try:
                await suspend("second")
            except KeyError:
                log.append("thrown")
            return "item"

    async def consumer():
        return await (anext(Iterator(), "default") if default else anext(Iterator()))

    c = consumer()
    steps = [step(c.send, None), step(c.send, "answer"), step(c.throw, KeyError())]

    assert steps == [["suspends", "first"], ["suspends", "second"], ["returns", "item"]]
    assert log == ["answer", "thrown"]


@behaviour("BLT-035", source=[LIBRARY.ANEXT, REFERENCE.COROUTINE_OBJECTS], since="3.10", level="library")
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
def test_closed_while_suspended(default):
    """Closing a coroutine suspended in ``await anext()`` raises GeneratorExit in the awaited ``__anext__()``."""
    log = []

    class Iterator:
        async def __anext__(self):
            try:
                await suspend("waiting")
            except BaseException as error:
                log.append(type(error))
                raise

    async def consumer():
        try:
            log.append(await (anext(Iterator(), "default") if default else anext(Iterator())))
        finally:
            log.append("consumer")

    c = consumer()
    waiting = step(c.send, None)
    c.close()

    assert waiting == ["suspends", "waiting"]
    assert log == [GeneratorExit, "consumer"]


@behaviour("BLT-036", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize("when", ["at-once", "after-a-suspension"], ids=["at-once", "after-a-suspension"])
async def test_end_of_a_handwritten_iterator(when):
    """The default replaces only StopAsyncIteration and its subclasses, raised at once or after a suspension."""

    class End(StopAsyncIteration):
        pass

    class Iterator:
        def __init__(self, error):
            self.error = error

        async def __anext__(self):
            if when == "after-a-suspension":
                await suspend()
            raise self.error

    found = []
    for error in [StopAsyncIteration(), End("argument")]:
        found.append(await anext(Iterator(error), "default"))
    for error in [ValueError(), KeyError(), GeneratorExit()]:
        with raises(type(error)) as caught:
            await anext(Iterator(error), "default")
        found.append(caught.value is error)

    assert found == ["default", "default", True, True, True]


@behaviour("BLT-037", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize("value", [None, False, 0, "", []], ids=["None", "False", "0", "str", "list"])
async def test_false_items_and_defaults(value):
    """A false item is returned as an item and not taken as the end, and a false default is returned at the end."""
    default = object()

    async def agen():
        yield value

    g = agen()
    items = [await anext(g, default)]
    ending = await anext(g, default)
    g = agen()
    items.append(await anext(g, value))
    false_ending = await anext(g, value)

    assert items[0] is value
    assert items[1] is value
    assert ending is default
    assert false_ending is value


@behaviour("BLT-038", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize(
    "name",
    ["ValueError", "StopIteration", "StopAsyncIteration"],
    ids=["ValueError", "StopIteration", "StopAsyncIteration"],
)
async def test_class_as_default(name):
    """A default that is an exception class is returned as it is: it is neither raised nor instantiated."""
    import builtins

    value = getattr(builtins, name)

    async def agen():
        return
        yield

    found = await anext(agen(), value)

    assert found is value


@behaviour("BLT-039", source=[LIBRARY.ANEXT, REFERENCE.SPECIAL_LOOKUP], since="3.10", level="library")
@pytest.mark.parametrize(
    "kind",
    ["none", "not-callable", "class", "iterable", "list"],
    ids=["none", "not-callable", "class", "iterable", "list"],
)
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_anext_of_what_is_no_iterator(default, kind):
    """``anext()`` of an object without a callable ``__anext__`` raises TypeError, at the call or when awaited."""
    log = []

    class Iterator:
        # Its argument may be left out: a call on the class itself would succeed.
        async def __anext__(self=None):
            log.append("__anext__")

    class Refusing(Iterator):
        __anext__ = None

    class Wrong:
        __anext__ = 1

    class Iterable:
        def __aiter__(self):
            log.append("__aiter__")
            return Iterator()

    made = {"none": Refusing(), "not-callable": Wrong(), "class": Iterator, "iterable": Iterable(), "list": [1]}[kind]
    with raises(TypeError):
        await (anext(made, "default") if default else anext(made))

    assert log == []


@behaviour("BLT-040", source=[LIBRARY.AITER], since="3.10")
async def test_aiter_calls_the_method_once():
    """``aiter()`` calls ``__aiter__()`` once, returns its result, and lets its exception propagate."""
    log = []
    failure = KeyError("aiter")

    class Iterator:
        async def __anext__(self):
            log.append("__anext__")

    class Iterable:
        def __init__(self, fails):
            self.fails = fails

        def __aiter__(self):
            log.append("__aiter__")
            if self.fails:
                raise failure
            return iterator

    iterator = Iterator()
    found = aiter(Iterable(False))
    with raises(KeyError) as caught:
        aiter(Iterable(True))

    assert found is iterator
    assert caught.value is failure
    assert log == ["__aiter__", "__aiter__"]


@behaviour(
    "BLT-041",
    source=[LIBRARY.ANEXT, REFERENCE.AWAITABLE_OBJECTS, PEP492.AWAIT, PEPS.PEP380],
    since="3.10",
    level="library",
)
@pytest.mark.parametrize("kind", ["generator", "iterator", "end"], ids=["generator", "iterator", "end"])
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
def test_suspensions_of_a_handwritten_awaitable(default, kind):
    """``await anext()`` calls ``__await__()`` of a hand-written awaitable once, and runs that iterator to its end."""
    log = []

    class Steps:
        def __init__(self):
            self.left = ["first", "second"]

        def __iter__(self):
            return self

        def __next__(self):
            if not self.left:
                raise StopIteration("item")
            return self.left.pop(0)

        def close(self):
            pass

    class Awaitable:
        def generator(self):
            yield "first"
            yield "second"
            if kind == "end":
                raise StopAsyncIteration
            return "item"

        def __await__(self):
            log.append("__await__")
            return Steps() if kind == "iterator" else self.generator()

    class Iterator:
        def __anext__(self):
            return Awaitable()

    async def consumer():
        return await (anext(Iterator(), "default") if default else anext(Iterator()))

    # As many steps as there are: an awaitable that starts again at each of them never ends.
    c = consumer()
    steps = [step(c.send, None), step(c.send, None), step(c.send, None)]
    at_the_end = ["returns", "default"] if default else ["raises", "StopAsyncIteration"]

    assert steps[:2] == [["suspends", "first"], ["suspends", "second"]]
    assert steps[2] == (at_the_end if kind == "end" else ["returns", "item"])
    assert log == ["__await__"]


@behaviour(
    "BLT-042",
    source=[LIBRARY.ANEXT, REFERENCE.COROUTINE_OBJECTS, PEP492.AWAIT, PEPS.PEP380],
    since="3.10",
    level="library",
)
@pytest.mark.parametrize("action", ["send", "throw", "close"], ids=["send", "throw", "close"])
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
def test_driver_of_a_handwritten_awaitable(default, action):
    """The driver's ``send()``, ``throw()`` and ``close()`` reach a hand-written awaitable through ``anext()``."""
    log = []

    class Waiting:
        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            return "first"

        def send(self, value):
            # Whether the first step is next() or send(None) is another question.
            if value is None:
                return "first"
            log.append(value)
            return "second"

        def throw(self, *arguments):
            log.append("KeyError")
            return "second"

        def close(self):
            log.append("close")

    class Iterator:
        def __anext__(self):
            return Waiting()

    async def consumer():
        return await (anext(Iterator(), "default") if default else anext(Iterator()))

    c = consumer()
    waiting = step(c.send, None)
    if action == "close":
        answered = [c.close()]
    else:
        answered = [step(c.send, "answer") if action == "send" else step(c.throw, KeyError())]
    seen = list(log)
    c.close()

    assert waiting == ["suspends", "first"]
    assert seen == [{"send": "answer", "throw": "KeyError", "close": "close"}[action]]
    assert answered == ([None] if action == "close" else [["suspends", "second"]])


@behaviour(
    "BLT-043",
    source=[LIBRARY.ANEXT, REFERENCE.COROUTINE_OBJECTS],
    since="3.10",
    level="library",
    allowed=["KeyError", "AttributeError"],
)
def test_thrown_into_an_iterator_without_throw():
    """A throw into ``await anext()`` with a default ends it if the awaited iterator has no ``throw()``."""
    log = []

    class Steps:
        def __iter__(self):
            return self

        def __next__(self):
            log.append("step")
            return "waiting"

        def send(self, value):
            # Whether the first step is next() or send(None) is another question.
            return next(self)

    class Iterator:
        def __anext__(self):
            return self

        def __await__(self):
            return Steps()

    async def consumer():
        try:
            return await anext(Iterator(), "default")
        except BaseException as error:
            log.append("caught")
            return type(error).__name__

    c = consumer()
    waiting = step(c.send, None)
    ending, seen = step(c.throw, KeyError())

    assert waiting == ["suspends", "waiting"]
    assert ending == "returns"
    assert log == ["step", "caught"]
    return seen


@behaviour("BLT-044", source=[LIBRARY.ANEXT, PEP492.AWAIT, PEPS.PEP380, REFERENCE.AWAIT], since="3.10", level="library")
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_await_method_that_raises(default):
    """An exception raised by ``__await__()`` leaves ``await anext()``, and not the call of ``anext()``."""
    failure = ValueError("__await__")

    class Iterator:
        def __anext__(self):
            return self

        def __await__(self):
            raise failure

    awaitable = anext(Iterator(), "default") if default else anext(Iterator())
    with raises(ValueError) as caught:
        await awaitable

    assert caught.value is failure


@behaviour("BLT-045", source=[LIBRARY.ANEXT], since="3.10", allowed=["default", "StopAsyncIteration"])
async def test_await_method_that_raises_the_end():
    """If ``__await__()`` itself raises StopAsyncIteration, ``await anext()`` gives the default or lets it propagate."""

    class Iterator:
        def __anext__(self):
            return self

        def __await__(self):
            raise StopAsyncIteration

    try:
        return await anext(Iterator(), "default")
    except StopAsyncIteration:
        return "StopAsyncIteration"


@behaviour("BLT-046", source=[LIBRARY.ANEXT, PEP525.AGEN_OBJECT], since="3.10", level="library")
@pytest.mark.parametrize("kind", ["coroutine", "generator"], ids=["coroutine", "generator"])
def test_end_thrown_in(kind):
    """StopAsyncIteration thrown into ``await anext()`` gives the default, except through the body of a generator."""

    class Iterator:
        async def __anext__(self):
            await suspend("waiting")

    async def agen():
        await suspend("waiting")
        yield 1

    async def consumer():
        return await anext(Iterator() if kind == "coroutine" else agen(), "default")

    c = consumer()
    waiting = step(c.send, None)
    ending = step(c.throw, StopAsyncIteration())

    assert waiting == ["suspends", "waiting"]
    assert ending == (["returns", "default"] if kind == "coroutine" else ["raises", "RuntimeError"])


@behaviour("BLT-047", source=[LIBRARY.ANEXT], since="3.10", allowed=["at the call", "when awaited"])
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_anext_calls_the_method(default):
    """``anext()`` calls ``__anext__()`` once, at the call or, with a default, when it is awaited, and ``await`` awaits
    the object that this returned.
    """
    log = []

    class Iterator:
        def __aiter__(self):
            log.append("__aiter__")
            return self

        def __anext__(self):
            log.append("__anext__")
            return self.item()

        async def item(self):
            log.append("item")
            return 1

    awaitable = anext(Iterator(), "default") if default else anext(Iterator())
    called = log.count("__anext__")
    item = await awaitable

    assert called == 1 or (default and called == 0)
    assert item == 1
    assert log == ["__anext__", "item"]
    return "at the call" if called else "when awaited"


@behaviour("BLT-048", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize(
    "kind",
    ["coroutine", "awaitable", "generator", "iterator", "function"],
    ids=["coroutine", "awaitable", "generator", "iterator", "function"],
)
async def test_default_that_could_be_used(kind):
    """A default that could be awaited, iterated or called is returned as it is, and none of its code runs."""
    log = []

    async def coroutine():
        log.append("coroutine")

    async def agen():
        log.append("agen")
        yield 1

    class Awaitable:
        def __await__(self):
            log.append("__await__")
            return iter([])

    async def empty():
        return
        yield

    exhausted, pending = empty(), coroutine()
    value = {
        "coroutine": pending,
        "awaitable": Awaitable(),
        "generator": agen(),
        "iterator": exhausted,
        "function": agen,
    }[kind]
    found = await anext(exhausted, value)
    pending.close()

    assert found is value
    assert log == []


@behaviour("BLT-049", source=[LIBRARY.ANEXT], since="3.10")
async def test_values_are_not_looked_at():
    """``anext()`` asks neither an item nor a default for its truth value, equality, length, hash or iterator."""
    log = []

    class Value:
        def refuse(self, *arguments):
            log.append("asked")
            raise KeyError

        __bool__ = __eq__ = __ne__ = __len__ = __hash__ = __iter__ = refuse

    value, default = Value(), Value()

    async def agen():
        yield value

    g = agen()
    item = await anext(g, default)
    end = await anext(g, default)

    assert item is value
    assert end is default
    assert log == []


@behaviour("BLT-050b", source=[CPYTHON.ITEROBJECT, ISSUE.GH_117714], since="3.10")
async def test_close_before_await_closes_the_generator():
    """``close()`` of the awaitable of ``anext()`` with a default, not awaited yet, closes the generator too."""
    log = []

    async def agen():
        log.append("body")
        yield 1

    g = agen()
    awaitable = anext(g, "default")
    closed = awaitable.close()
    item = await anext(g, "default")

    assert closed is None
    assert item == "default"
    assert log == []


@behaviour("BLT-054b", source=[CPYTHON.ITEROBJECT, ISSUE.GH_117714], since="3.10")
def test_close_while_suspended_reaches_the_body():
    """``close()`` of ``anext()`` with a default, suspended in the body, raises GeneratorExit there and ends it."""
    log = []

    async def agen():
        try:
            await suspend("waiting")
        except BaseException as error:
            log.append(type(error))
            raise
        yield 1

    g = agen()
    awaitable = anext(g, "default")
    waiting = step(awaitable.send, None)
    closed = awaitable.close()
    seen = list(log)
    following = step(g.__anext__().send, None)

    assert waiting == ["suspends", "waiting"]
    assert closed is None
    assert seen == [GeneratorExit]
    assert following == ["raises", "StopAsyncIteration"]


@behaviour(
    "BLT-051",
    source=[LIBRARY.ANEXT, REFERENCE.COROUTINE_OBJECTS, REFERENCE.GENERATOR_METHODS],
    since="3.10",
    level="library",
)
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
def test_closing_that_is_ignored(default):
    """Closing a coroutine in ``await anext()`` raises RuntimeError if the awaited ``__anext__()`` suspends again."""
    log = []

    class Iterator:
        async def __anext__(self):
            try:
                await suspend("waiting")
            except GeneratorExit:
                log.append("GeneratorExit")
                await suspend("again")
            return "item"

    async def consumer():
        return await (anext(Iterator(), "default") if default else anext(Iterator()))

    c = consumer()
    waiting = step(c.send, None)
    closing = step(c.close)
    seen = list(log)

    assert waiting == ["suspends", "waiting"]
    assert seen == ["GeneratorExit"]
    assert closing == ["raises", "RuntimeError"]


@behaviour("BLT-052", source=[LIBRARY.ANEXT, PEP492.COROUTINE_OBJECTS], since="3.10", level="library")
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_stop_iteration_of_a_coroutine(default):
    """A StopIteration raised by an ``__anext__()`` coroutine becomes a RuntimeError, not an item or the end."""

    class Iterator:
        async def __anext__(self):
            await suspend()
            raise StopIteration("value")

    with raises(RuntimeError):
        await (anext(Iterator(), "default") if default else anext(Iterator()))


@behaviour("BLT-053", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize(
    "kind",
    ["tuple", "empty", "StopIteration", "StopAsyncIteration", "class"],
    ids=["tuple", "empty", "StopIteration", "StopAsyncIteration", "class"],
)
async def test_tuples_and_exceptions_as_items(kind):
    """An item that is a tuple, an exception or an exception class is returned whole, also if there is a default."""
    value = {
        "tuple": (1, 2),
        "empty": (),
        "StopIteration": StopIteration("item"),
        "StopAsyncIteration": StopAsyncIteration("item"),
        "class": StopAsyncIteration,
    }[kind]

    class Iterator:
        async def __anext__(self):
            await suspend()
            return value

    async def agen():
        await suspend()
        yield value

    found = [await anext(agen(), "default"), await anext(Iterator(), "default")]

    assert [each is value for each in found] == [True, True]


@behaviour("BLT-055", source=[LIBRARY.AITER, LIBRARY.ANEXT], since="3.13")
@pytest.mark.parametrize(
    "function, count, name",
    [["aiter", 0, "async_iterable"], ["anext", 0, "async_iterator"], ["anext", 0, "iterator"], ["anext", 1, "default"]],
    ids=["aiter-async_iterable", "anext-async_iterator", "anext-iterator", "anext-default"],
)
def test_parameters_are_positional_only(function, count, name):
    """The parameters of ``aiter()`` and ``anext()`` are positional-only: an argument with a name raises TypeError."""
    import builtins

    async def agen():
        yield 1

    with raises(TypeError):
        getattr(builtins, function)(*[agen()][:count], **{name: agen()})


@behaviour("BLT-056", source=[REFERENCE.SPECIAL_LOOKUP, CPYTHON.BLTINMODULE], since="3.10", level="detail")
@pytest.mark.parametrize(
    "call", ["returned", "aiter", "class", "anext", "default"], ids=["returned", "aiter", "class", "anext", "default"]
)
async def test_method_of_an_instance_is_not_enough(call):
    """``aiter()`` and ``anext()`` raise TypeError if only an object, and not its type, has the method they need."""

    class Thing:
        pass

    async def agen():
        yield 1

    class Iterable:
        def __aiter__(self):
            return thing

    class Optional:
        def __aiter__(self=None):  # a call on the class itself would succeed
            return agen()

    thing, g = Thing(), agen()
    thing.__aiter__, thing.__anext__ = g.__aiter__, g.__anext__
    with raises(TypeError):
        if call == "returned":
            aiter(Iterable())
        elif call == "aiter":
            aiter(thing)
        elif call == "class":
            aiter(Optional)
        else:
            await (anext(thing) if call == "anext" else anext(thing, "default"))
