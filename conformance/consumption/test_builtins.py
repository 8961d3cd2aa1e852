"""aiter(), anext() and next(): the built-in functions, given an asynchronous generator."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import hooks, in_loop, raises, run, step, suspend
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP525, REFERENCE, TUTORIAL


@behaviour("BLT-001", source=[LIBRARY.AITER, LIBRARY.ANEXT], since="3.10")
def test_aiter_and_anext_are_built_in():
    """``aiter`` and ``anext`` are callables in ``builtins``, reached without an import."""
    import builtins

    reached = [aiter, anext]
    kept = [builtins.aiter, builtins.anext]

    assert reached == kept
    assert callable(aiter)
    assert callable(anext)


@behaviour("BLT-002", source=[LIBRARY.AITER, TUTORIAL.S07], since="3.10")
async def test_aiter_of_a_generator_is_the_generator():
    """``aiter()`` of an asynchronous generator is that generator in every state, and moves it nowhere."""
    entered = []

    async def agen():
        entered.append(True)
        yield 1
        yield 2

    g = agen()
    unstarted = aiter(g)
    entered_by_aiter = list(entered)
    await g.__anext__()
    suspended = aiter(g)
    following = await g.__anext__()
    await g.aclose()
    closed = aiter(g)

    assert unstarted is g
    assert entered_by_aiter == []
    assert suspended is g
    assert following == 2
    assert closed is g


@behaviour("BLT-003", source=[LIBRARY.AITER], since="3.10")
async def test_aiter_takes_one_argument():
    """``aiter()`` takes one positional argument: none, two, or one by a name are refused with TypeError."""

    async def agen():
        yield 1

    with raises(TypeError):
        aiter()
    with raises(TypeError):
        aiter(agen(), None)
    for name in ["iterable", "async_iterable", "object", "x"]:
        with raises(TypeError):
            aiter(**{name: agen()})


@behaviour("BLT-004", source=[LIBRARY.AITER], since="3.10")
@pytest.mark.parametrize(
    "kind", ["int", "list", "generator", "coroutine", "on-the-instance", "none"],
    ids=["int", "list", "generator", "coroutine", "on-the-instance", "none"],
)  # fmt: skip
async def test_aiter_of_what_is_no_iterable(kind):
    """``aiter()`` raises TypeError for an object whose type has no ``__aiter__()``, or has None in its place."""

    def generator():
        yield 1

    async def coroutine():
        pass

    class Thing:
        pass

    class Refusing:
        __aiter__ = None

    thing, pending = Thing(), coroutine()
    thing.__aiter__ = lambda: aiter(generator())
    made = {
        "int": 1,
        "list": [1],
        "generator": generator(),
        "coroutine": pending,
        "on-the-instance": thing,
        "none": Refusing(),
    }[kind]
    with raises(TypeError):
        aiter(made)
    pending.close()


@behaviour("BLT-005", source=[LIBRARY.AITER], since="3.10")
@pytest.mark.parametrize("returned", ["int", "iterable", "iterator"], ids=["int", "iterable", "iterator"])
async def test_aiter_that_returns_no_iterator(returned):
    """``aiter()`` raises TypeError if ``__aiter__()`` returns an object whose type has no ``__anext__()``."""
    log = []

    class Iterable:
        def __aiter__(self):
            log.append("called")
            return {"int": 1, "iterable": self, "iterator": iter([1])}[returned]

    with raises(TypeError):
        aiter(Iterable())

    assert log == ["called"]


@behaviour("BLT-006", source=[CPYTHON.BLTINMODULE], since="3.10")
async def test_anext_is_the_awaitable_of_the_method():
    """``anext()`` without a default returns just what ``__anext__()`` returned, wrapped in nothing."""

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
    """Without a default, awaiting ``anext(agen)`` at the end of the items raises StopAsyncIteration, every time."""

    async def agen():
        yield 1
        await suspend()

    g = agen()
    first = await anext(g)
    ending = anext(g)
    with raises(StopAsyncIteration):
        await ending
    exhausted = anext(g)
    with raises(StopAsyncIteration):
        await exhausted

    assert first == 1


@behaviour("BLT-009", source=[LIBRARY.ANEXT], since="3.10")
async def test_anext_at_the_end_gives_the_default():
    """Awaiting ``anext(agen, default)`` gives the items while there are any, then the default itself, every time."""
    default = ["default"]

    async def agen():
        await suspend()
        yield 1
        await suspend()

    g = agen()
    first = await anext(g, default)
    ending = await anext(g, default)
    exhausted = await anext(g, default)

    assert first == 1
    assert ending is default
    assert exhausted is default


@behaviour("BLT-010", source=[LIBRARY.ANEXT], since="3.10")
async def test_anext_takes_none_as_a_default():
    """``anext(agen, None)`` has a default, None: at the end of the items it raises nothing."""

    async def agen():
        yield 1

    g = agen()
    first = await anext(g, None)
    ending = await anext(g, None)
    exhausted = await anext(g, None)

    assert first == 1
    assert ending is None
    assert exhausted is None


@behaviour("BLT-011", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_anext_passes_exceptions(default):
    """An exception of the body comes out of ``anext()`` as it is, default or not, and the default comes after it."""
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
    """A default that is a tuple is returned whole at the end, the same object each time."""
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
    """A default that is a tuple is returned whole by a generator that ends before its first item."""
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
    "name", ["ValueError", "StopIteration", "StopAsyncIteration", "GeneratorExit"],
    ids=["ValueError", "StopIteration", "StopAsyncIteration", "GeneratorExit"],
)  # fmt: skip
async def test_exception_as_default(name):
    """A default that is an exception is returned at the end, and not raised."""
    import builtins

    value = getattr(builtins, name)("default")

    async def agen():
        yield 1

    g = agen()
    await g.__anext__()
    found = await anext(g, value)

    assert found is value
    assert value.__traceback__ is None


@behaviour("BLT-015", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize(
    "kind",
    ["int", "None", "list", "sync-iterator", "iterable", "function"],
    ids=["int", "None", "list", "sync-iterator", "iterable", "function"],
)
def test_anext_refuses_what_has_no_anext(kind):
    """``anext(x)`` raises TypeError at the call if the type of ``x`` has no ``__anext__``, iterable or not."""
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
    with raises(TypeError):
        anext(objects[kind])

    assert asked == []
    assert list(numbers) == [1, 2]


@behaviour("BLT-016", source=[LIBRARY.ANEXT], since="3.10")
async def test_number_of_arguments_of_anext():
    """``anext()`` without an argument or with more than two raises TypeError, and asks the iterator for nothing."""
    log = []

    class Iterator:
        def __anext__(self):
            log.append("anext")

    with raises(TypeError):
        anext()
    with raises(TypeError):
        anext(Iterator(), 1, 2)

    assert log == []


@behaviour("BLT-017", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_anext_waits_for_await(default):
    """``anext()`` runs nothing of the body: that begins when what it returned is awaited."""
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
    """``anext()`` with a default returns an ``anext_awaitable``, which is awaitable and iterates over itself."""
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
    """What ``anext()`` returned for a default is driven with ``send()`` and ``throw()`` like a coroutine."""
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
def test_end_after_a_thrown_exception():
    """An exception thrown into ``anext()`` with a default gives the default if the body answers it by ending."""

    async def agen(answer):
        try:
            await suspend("waiting")
        except KeyError:
            if answer == "return":
                return
            if answer == "wait":
                await suspend("handling")
                return
            raise ValueError
        yield 1

    seen = []
    for answer in ["return", "wait", "raise"]:
        awaitable = anext(agen(answer), "default")
        steps = [step(awaitable.send, None), step(awaitable.throw, KeyError())]
        if answer == "wait":
            steps.append(step(awaitable.send, None))
        seen.append(steps[1:])

    assert seen == [
        [["returns", "default"]],
        [["suspends", "handling"], ["returns", "default"]],
        [["raises", "ValueError"]],
    ]


@behaviour("BLT-021", source=[CPYTHON.TEST_ASYNCGEN], since="3.10")
def test_close_of_anext_with_a_default():
    """``close()`` of what ``anext()`` returned for a default is None, and a later ``send()`` raises RuntimeError."""

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
    """An exception that the call of ``__anext__()`` raises comes out of the call of ``anext()``, default or not."""
    import builtins

    failure = getattr(builtins, name)("call")

    class Iterator:
        def __anext__(self):
            raise failure

    with raises(type(failure)) as caught:
        anext(Iterator(), "default") if default else anext(Iterator())

    assert caught.value is failure


@behaviour("BLT-023", source=[LIBRARY.ANEXT, REFERENCE.AWAIT], since="3.10", level="language")
@pytest.mark.parametrize("kind", ["int", "none", "no-iterator"], ids=["int", "none", "no-iterator"])
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_anext_method_that_returns_nothing_awaitable(default, kind):
    """If what ``__anext__()`` returned cannot be awaited, ``await`` of ``anext()`` raises TypeError, not the call."""

    class Awaitable:
        def __await__(self):
            return 1

    class Iterator:
        def __anext__(self):
            return {"int": 1, "none": None, "no-iterator": Awaitable()}[kind]

    awaitable = anext(Iterator(), "default") if default else anext(Iterator())
    with raises(TypeError):
        await awaitable


@behaviour("BLT-024", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize(
    "kind", ["coroutine", "generator-based", "awaitable"], ids=["coroutine", "generator-based", "awaitable"]
)
async def test_anext_of_other_iterators(kind):
    """``anext()`` takes any asynchronous iterator, whatever its ``__anext__()`` makes its awaitables of."""
    import types

    class Awaitable:
        def __init__(self, coroutine):
            self.coroutine = coroutine

        def __await__(self):
            return self.coroutine.__await__()

    class Iterator:
        left = ["a", "b"]

        async def take(self):
            await suspend()
            if not self.left:
                raise StopAsyncIteration
            return self.left.pop(0)

        @types.coroutine
        def generator_based(self):
            return (yield from self.take().__await__())

        def __anext__(self):
            if kind == "coroutine":
                return self.take()
            return self.generator_based() if kind == "generator-based" else Awaitable(self.take())

    iterator = Iterator()
    found = [await anext(iterator), await anext(iterator, "default"), await anext(iterator, "default")]
    with raises(StopAsyncIteration):
        await anext(iterator)

    assert found == ["a", "b", "default"]


@behaviour("BLT-025", source=[LIBRARY.ANEXT, REFERENCE.SPECIAL_LOOKUP], since="3.10", level="library")
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_anext_looks_at_the_type(default):
    """``anext()`` uses ``__anext__()`` of the type, whatever attribute of this name the instance has."""

    async def of_instance():
        return "instance"

    class Iterator:
        async def __anext__(self):
            return "type"

    class Empty:
        pass

    iterator, other = Iterator(), Empty()
    iterator.__anext__ = other.__anext__ = of_instance
    item = await (anext(iterator, "default") if default else anext(iterator))
    with raises(TypeError):
        await (anext(other, "default") if default else anext(other))

    assert item == "type"


@behaviour("BLT-026", source=[CPYTHON.BLTINMODULE], since="3.10")
def test_firstiter_at_the_call_of_anext():
    """``anext()`` with a default calls the ``firstiter`` hook at once, as ``__anext__()`` does."""
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


@behaviour("BLT-027", source=[ISSUE.BPO_44963], since="3.10", needs=["asyncio"])
def test_task_of_anext_with_a_default():
    """A task can be made of what ``anext()`` returned for a default, and an event loop can run it."""
    import asyncio

    async def agen():
        await asyncio.sleep(0)
        yield 1

    async def main():
        g = agen()
        loop = asyncio.get_running_loop()
        return [await loop.create_task(anext(g, "default")), await loop.create_task(anext(g, "default"))]

    results = in_loop(main())
    direct = in_loop(anext(agen(), "default"))

    assert results == [1, "default"]
    assert direct == 1


@behaviour("BLT-028", source=[CPYTHON.GENOBJECT], since="3.10")
async def test_anext_with_a_default_awaited_twice():
    """What ``anext()`` returned for a default raises RuntimeError when awaited again, and takes no second item."""

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
    """``next()`` of an asynchronous generator raises TypeError, default or not, and moves the generator nowhere."""

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
    """The StopAsyncIteration of ``anext()`` in another body can be caught there, and leaves it as RuntimeError."""

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
        with raises(RuntimeError) as error:
            await anext(g)
        items.append(type(error.value.__cause__))

    assert items == [1, "caught" if caught else StopAsyncIteration]


@behaviour("BLT-031", source=[REFERENCE.ASYNC_ITERATORS, LIBRARY.AITER], since="3.10")
async def test_aiter_of_a_coroutine_function():
    """``aiter()`` raises TypeError if ``__aiter__()`` is a coroutine function: what it returns is no iterator."""
    made = []

    class Iterable:
        def __aiter__(self):
            made.append(self.coroutine())
            return made[0]

        async def coroutine(self):
            return self

        async def __anext__(self):
            return 1

    with raises(TypeError):
        aiter(Iterable())
    made[0].close()

    assert len(made) == 1


@behaviour("BLT-032", source=[LIBRARY.FUNCTIONS, LIBRARY.ITER, LIBRARY.NEXT], since="3.6")
async def test_synchronous_built_in_functions():
    """``iter()`` and ``next()`` never use ``__aiter__()`` and ``__anext__()``, and no ``operator`` function does."""
    import operator

    log = []

    class Both:
        def __aiter__(self):
            log.append("aiter")
            return self

        def __anext__(self):
            log.append("anext")
            return self

    both = Both()
    for function in [iter, next, list, operator.length_hint, lambda value: operator.contains(value, 1)]:
        try:
            function(both)
        except TypeError:
            log.append("TypeError")

    assert log == ["TypeError", "TypeError", "TypeError", "TypeError"]


@behaviour("BLT-033", source=[LIBRARY.ANEXT], since="3.10")
async def test_several_suspensions():
    """``await`` of ``anext()``, with a default or without, goes on through all suspensions of the body, in order."""
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

    g = agen()
    found = [await anext(g, "default"), await anext(g, "default")]
    seen = list(log)
    del log[:]
    without = await anext(agen())

    assert found == [1, "default"]
    assert seen == ["a", "a done", "b", "b done", "c", "c done"]
    assert without == 1
    assert log == seen[:4]


@behaviour("BLT-034", source=[LIBRARY.ANEXT, REFERENCE.COROUTINE_OBJECTS], since="3.10", level="library")
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
def test_answers_of_the_driver(default):
    """Values and exceptions of the driver reach what a hand-written ``__anext__()`` awaits, through ``anext()``."""
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
    """Closing a coroutine that is suspended in ``await anext()`` raises GeneratorExit in what it waits for."""
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
            await (anext(Iterator(), "default") if default else anext(Iterator()))
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
    """The default replaces only a StopAsyncIteration, at once or after a suspension, a derived one too."""

    class End(StopAsyncIteration):
        pass

    class Iterator:
        def __init__(self, error):
            self.error = error

        async def __anext__(self):
            if when == "after-a-suspension":
                await suspend()
            raise self.error

    found = [await anext(Iterator(error), "default") for error in [StopAsyncIteration(), End("argument")]]
    for error in [ValueError(), KeyError(), GeneratorExit()]:
        with raises(type(error)) as caught:
            await anext(Iterator(error), "default")
        found.append(caught.value is error)

    assert found == ["default", "default", True, True, True]


@behaviour("BLT-037", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize("value", [None, False, 0, "", []], ids=["None", "False", "0", "str", "list"])
async def test_false_items_and_defaults(value):
    """A false item is returned as an item and not taken for the end, and a false default is returned at the end."""
    default = object()

    async def agen():
        yield value

    g = agen()
    item = await anext(g, default)
    ends = [await anext(g, default), await anext(g, value)]

    assert item == value
    assert item is not default
    assert ends[0] is default
    assert ends[1] == value


@behaviour("BLT-038", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize(
    "name",
    ["ValueError", "StopIteration", "StopAsyncIteration"],
    ids=["ValueError", "StopIteration", "StopAsyncIteration"],
)
async def test_class_as_default(name):
    """A default that is a class of exceptions is returned as it is: nothing is raised or made of it."""
    import builtins

    value = getattr(builtins, name)

    async def agen():
        return
        yield

    found = await anext(agen(), value)

    assert found is value


@behaviour("BLT-039", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize("kind", ["none", "iterable", "list"], ids=["none", "iterable", "list"])
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_anext_of_what_is_no_iterator(default, kind):
    """``anext()`` of what has no ``__anext__()`` raises TypeError, at the call or at ``await``, default or not."""

    class Refusing:
        __anext__ = None

    class Iterable:
        def __aiter__(self):
            return self

    made = {"none": Refusing(), "iterable": Iterable(), "list": [1]}[kind]
    with raises(TypeError):
        await (anext(made, "default") if default else anext(made))


@behaviour("BLT-040", source=[LIBRARY.AITER, REFERENCE.SPECIAL_LOOKUP], since="3.10", level="library")
async def test_aiter_calls_the_method_once():
    """``aiter()`` calls ``__aiter__()`` of the type once, returns what it returned, and passes on what it raises."""
    log = []
    failure = KeyError("aiter")

    class Iterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return 1

    class Iterable:
        def __init__(self, fails):
            self.fails = fails

        def __aiter__(self):
            log.append("called")
            if self.fails:
                raise failure
            return iterator

    iterator = Iterator()
    found = aiter(Iterable(False))
    with raises(KeyError) as caught:
        aiter(Iterable(True))

    assert found is iterator
    assert caught.value is failure
    assert log == ["called", "called"]
