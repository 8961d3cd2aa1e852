"""PRO: the asynchronous generator object: its creation, its protocol and its end."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, items_of, operate, raises, run, step, suspend, tidy
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP342, PEP492, PEP525, PEP828, REFERENCE, TUTORIAL


@behaviour("PRO-001", source=[REFERENCE.AGEN_FUNCTION, PEP525.ASYNCHRONOUS_GENERATORS, TUTORIAL.S02], since="3.6")
async def test_call_runs_nothing():
    """Calling an asynchronous generator function runs nothing of its body, not even the code before its first
    ``await``.
    """
    log = []

    async def agen():
        log.append("entered")
        await suspend()
        yield 1

    g = agen()
    after_call = list(log)
    item = await g.__anext__()

    assert after_call == []
    assert item == 1
    assert log == ["entered"]


@behaviour("PRO-002", source=[PEP525.TYPES, LIBRARY.TYPES, TUTORIAL.S02, PEP525.ASYNCHRONOUS_GENERATORS], since="3.6")
async def test_call_makes_neither_coroutine_nor_generator():
    """Calling an asynchronous generator function returns an instance of ``types.AsyncGeneratorType``, which is neither
    a coroutine nor a generator.
    """
    import types

    async def agen():
        yield 1

    kinds = [types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType]
    instance_of = [isinstance(agen(), kind) for kind in kinds]

    assert instance_of == [False, False, True]


@behaviour("PRO-003", source=[REFERENCE.CALLS, REFERENCE.AGEN_FUNCTION, TUTORIAL.S02], since="3.6")
@pytest.mark.parametrize(
    "positional, named",
    [
        [[], {}],
        [[1], {}],
        [[1, 2, 3], {"word": 4}],
        [[1, 2], {"word": 3, "unknown": 4}],
        [[1, 2], {"word": 3, "first": 4}],
    ],
    ids=["none", "missing", "too-many", "unknown-keyword", "twice"],
)
async def test_arguments_that_do_not_fit(positional, named):
    """Arguments that do not fit the parameters raise TypeError at the call, and the body is not entered."""
    entered = []

    async def agen(first, second=None, *, word):
        entered.append(True)
        yield [first, second, word]

    with raises(TypeError):
        agen(*positional, **named)
    after_call = list(entered)
    items = await items_of(agen(1, second=2, word=3))

    assert after_call == []
    assert items == [[1, 2, 3]]


@behaviour("PRO-004", source=[REFERENCE.FUNCTION_DEF, REFERENCE.CALLS, TUTORIAL.S02], since="3.6")
async def test_when_defaults_and_arguments_are_evaluated():
    """Defaults are evaluated once, at the definition, and arguments are evaluated at each call, before the body
    begins.
    """
    log = []

    def note(what):
        log.append(what)
        return what

    async def agen(argument, default=note("default")):  # noqa: B008 - this call is what is tested
        log.append("body")
        yield [argument, default]

    log.append("defined")
    g, h = agen(note("argument")), agen(note("another"))
    log.append("called")
    items = [await g.__anext__(), await h.__anext__()]

    assert items == [["argument", "default"], ["another", "default"]]
    assert log == ["default", "defined", "argument", "another", "called", "body", "body"]


@behaviour("PRO-005", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.DATAMODEL_AGEN], since="3.6")
async def test_each_call_makes_a_generator():
    """Each call returns a new object with its own variables and its own position in the body."""

    async def agen(start):
        total = start
        while True:
            total += yield total

    first, second = agen(1), agen(10)
    seen = [await first.__anext__(), await second.__anext__()]
    seen += [await first.asend(1), await first.asend(1), await second.asend(5)]
    await tidy(first)
    seen.append(await second.asend(5))
    await tidy(second)

    assert first is not second
    assert seen == [1, 10, 2, 3, 15, 20]


@behaviour(
    "PRO-006", source=[PEP525.AGEN_OBJECT, PEP525.ITERATION, TUTORIAL.S07, PEP525.ASYNCHRONOUS_GENERATORS], since="3.6"
)
async def test_aiter_is_the_object_itself():
    """``__aiter__()`` returns the generator itself, so that a loop continues after the items that were already
    taken.
    """

    async def agen():
        yield 1
        yield 2
        yield 3

    g = agen()
    from_object = g.__aiter__()
    from_type = type(g).__aiter__(g)
    first = await from_object.__anext__()
    rest = await items_of(g)

    assert from_object is g
    assert from_type is g
    assert first == 1
    assert rest == [2, 3]


@behaviour("PRO-007", source=[PEP525.AGEN_OBJECT, TUTORIAL.S07], since="3.6")
async def test_aiter_in_every_state():
    """``__aiter__()`` returns the generator in every state: before its start, while it runs, at a yield and after its
    end.
    """
    log = []

    def ask(state):
        log.append([state, g.__aiter__() is g, g.__aiter__() is g])

    async def agen():
        ask("running")
        await suspend()
        ask("after an await")
        yield 1
        ask("resumed")

    g = agen()
    ask("unstarted")
    await g.__anext__()
    ask("suspended")
    with raises(StopAsyncIteration):
        await g.__anext__()
    ask("ended")

    assert log == [
        ["unstarted", True, True],
        ["running", True, True],
        ["after an await", True, True],
        ["suspended", True, True],
        ["resumed", True, True],
        ["ended", True, True],
    ]


@behaviour(
    "PRO-008", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.AGEN_ANEXT, TUTORIAL.S08, PEP525.AGEN_OBJECT], since="3.6"
)
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
async def test_asking_for_an_item_runs_nothing(operation):
    """Calling ``__anext__()`` or ``asend()`` neither starts nor resumes the body; awaiting the returned awaitable
    does.
    """
    log = []

    async def agen():
        log.append("started")
        yield 1
        log.append("resumed")
        yield 2

    g = agen()
    call = {"anext": g.__anext__, "asend": lambda: g.asend(None)}[operation]
    items = []
    for _ in range(2):
        awaitable = call()
        log.append("called")
        items.append(await awaitable)

    assert items == [1, 2]
    assert log == ["called", "started", "called", "resumed"]


@behaviour(
    "PRO-009",
    source=[
        REFERENCE.AGEN_ANEXT,
        PEP525.AGEN_OBJECT,
        TUTORIAL.S06,
        REFERENCE.DATAMODEL_AGEN,
        PEP525.ASYNCHRONOUS_GENERATORS,
    ],
    since="3.6",
)
async def test_runs_to_the_next_yield():
    """Awaiting ``__anext__()`` runs the body, including its awaits, up to the next ``yield``, and returns the yielded
    value.
    """
    log = []

    async def agen():
        log.append("before 1")
        yield "one"
        log.append("between")
        await suspend()
        log.append("before 2")
        yield "two"
        log.append("after 2")

    g = agen()
    first = await g.__anext__()
    after_first = list(log)
    second = await g.__anext__()
    after_second = list(log)

    assert first == "one"
    assert after_first == ["before 1"]
    assert second == "two"
    assert after_second == ["before 1", "between", "before 2"]


@behaviour("PRO-010", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.YIELD, TUTORIAL.S06], since="3.6")
async def test_local_state_survives_a_yield():
    """Variables, half-evaluated expressions, loops and exception handling keep their state across a ``yield``."""

    async def agen(total):
        kept = []
        try:
            for step in [1, 2]:
                total += step
                kept.append([total, (yield total), step])
            kept[len(kept)]
        except IndexError:
            yield kept
            raise

    g, h = agen(0), agen(100)
    items = []
    for of_g, of_h in [[None, None], ["a", "b"], ["c", "d"]]:
        items.append([await g.asend(of_g), await h.asend(of_h)])
    with raises(IndexError):
        await g.__anext__()

    assert items[:2] == [[1, 101], [3, 103]]
    assert items[2] == [[[1, "a", 1], [3, "c", 2]], [[101, "b", 1], [103, "d", 2]]]


@behaviour("PRO-011", source=[REFERENCE.DATAMODEL_AGEN, REFERENCE.AGEN_ANEXT, TUTORIAL.S09], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
async def test_falls_off_the_end(operation):
    """Once the last statement of the body has run, the awaitable that ran it raises StopAsyncIteration."""
    log = []

    async def agen():
        log.append((yield 1))
        log.append("last")

    g = agen()
    item = await g.__anext__()
    awaitable = g.__anext__() if operation == "anext" else g.asend("sent")
    with raises(StopAsyncIteration):
        await awaitable

    assert item == 1
    assert log == [None if operation == "anext" else "sent", "last"]


@behaviour("PRO-012", source=[REFERENCE.RETURN, REFERENCE.DATAMODEL_AGEN, TUTORIAL.S09], since="3.6")
async def test_bare_return():
    """A bare ``return`` leaves loops and runs ``finally`` clauses, and then the awaitable raises StopAsyncIteration."""
    log = []

    async def agen():
        try:
            for number in [1, 2]:
                yield number
                log.append("return")
                return
        finally:
            log.append("finally")
        log.append("after")
        yield 3

    g = agen()
    item = await g.__anext__()
    before = list(log)
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert item == 1
    assert before == []
    assert log == ["return", "finally"]


@behaviour("PRO-013", source=[CPYTHON.TEST_ASYNCGEN, PEP828.STOP], since="3.6", until="3.15", level="detail")
@pytest.mark.parametrize("ending", ["falls-off", "return"], ids=["falls-off", "return"])
async def test_end_without_arguments(ending):
    """The StopAsyncIteration at the end has no arguments and no ``value`` attribute, and neither has any later one."""
    log = []

    async def agen():
        yield 1
        log.append("resumed")
        if ending == "return":
            return

    g = agen()
    await g.__anext__()
    found = []
    for _ in range(2):
        with raises(StopAsyncIteration) as caught:
            await g.__anext__()
        found.append([caught.value.args, hasattr(caught.value, "value")])

    assert found == [[(), False], [(), False]]
    assert log == ["resumed"]


@behaviour(
    "PRO-014", source=[REFERENCE.DATAMODEL_AGEN, PEP525.ITERATION, PEP525.AGEN_OBJECT, TUTORIAL.S09], since="3.6"
)
@pytest.mark.parametrize("ended_by", ["last-statement", "return"], ids=["last-statement", "return"])
async def test_end_is_for_good(ended_by):
    """After its end a generator raises StopAsyncIteration each time the next item is awaited, and a loop over it gets
    no items.
    """
    log = []

    async def agen():
        log.append("entered")
        yield 1
        log.append("resumed")
        if ended_by == "return":
            return

    g = agen()
    items = await items_of(g)
    for _ in range(3):
        awaitable = g.__anext__()
        with raises(StopAsyncIteration):
            await awaitable
    again = await items_of(g)

    assert items == [1]
    assert again == []
    assert log == ["entered", "resumed"]


@behaviour(
    "PRO-015", source=[PEP525.AGEN_OBJECT, REFERENCE.AGEN_ANEXT, TUTORIAL.S09, REFERENCE.AGEN_METHODS], since="3.6"
)
@pytest.mark.parametrize("fails", ["at-once", "when-resumed"], ids=["at-once", "when-resumed"])
async def test_exception_ends_the_generator(fails):
    """An exception that leaves the body is raised once, unchanged, and after that only StopAsyncIteration is raised."""
    error = KeyError("from the body")
    log = []

    async def agen():
        log.append("entered")
        if fails == "at-once":
            raise error
        yield 1
        log.append("resumed")
        raise error

    g = agen()
    items = [] if fails == "at-once" else [await g.__anext__()]
    with raises(KeyError) as caught:
        await g.__anext__()
    before = list(log)
    for _ in range(2):
        with raises(StopAsyncIteration):
            await g.__anext__()
    again = await items_of(g)

    assert caught.value is error
    assert before == (["entered"] if fails == "at-once" else ["entered", "resumed"])
    assert log == before
    assert items + again == ([] if fails == "at-once" else [1])


@behaviour("PRO-016", source=[REFERENCE.AGEN_ASEND], since="3.6")
async def test_value_after_the_end():
    """``asend()`` with any value raises StopAsyncIteration when it is awaited after the end of the generator."""
    log = []

    async def agen():
        log.append((yield 1))

    g = agen()
    await g.__anext__()
    with raises(StopAsyncIteration):
        await g.asend("last")
    for value in [None, 0, "value", StopAsyncIteration(), [1]]:
        awaitable = g.asend(value)
        with raises(StopAsyncIteration):
            await awaitable

    assert log == ["last"]


@behaviour(
    "PRO-017",
    source=[REFERENCE.AGEN_FUNCTION, REFERENCE.YIELD, TUTORIAL.S01, PEP525.ASYNCHRONOUS_GENERATORS],
    since="3.6",
)
@pytest.mark.parametrize(
    "place",
    ["after-return", "if-0", "unused-handler"],
    ids=["after-return", "if-0", "unused-handler"],
)
async def test_mere_presence_of_yield(place):
    """A ``yield`` anywhere in the body, reached or not, makes an ``async def`` return an asynchronous generator and not
    a coroutine.
    """

    async def after_return():
        return
        yield

    async def if_0():
        if 0:
            yield

    async def unused_handler():
        try:
            pass
        except ValueError:
            yield

    made = {"after-return": after_return, "if-0": if_0, "unused-handler": unused_handler}[place]()
    iterable = hasattr(made, "__aiter__") and hasattr(made, "__anext__")
    awaitable = hasattr(made, "__await__")
    items = await items_of(made)

    assert iterable
    assert not awaitable
    assert items == []


@behaviour("PRO-018", source=[REFERENCE.AGEN_ANEXT, REFERENCE.DATAMODEL_AGEN], since="3.6")
async def test_yields_nothing():
    """A body that reaches no ``yield`` runs to its end when the first item is awaited, and the ``await`` raises
    StopAsyncIteration.
    """
    log = []

    async def agen():
        log.append("entered")
        for item in []:
            yield item
        await suspend()
        log.append("left")

    g = agen()
    awaitable = g.__anext__()
    after_call = list(log)
    with raises(StopAsyncIteration):
        await awaitable

    assert after_call == []
    assert log == ["entered", "left"]


@behaviour("PRO-019", source=[REFERENCE.YIELD], since="3.6")
async def test_bare_yield():
    """A ``yield`` without an expression yields None, both as a statement and inside an expression."""

    async def agen():
        yield
        received = yield
        yield [received, (yield)]

    g = agen()
    items = [await g.__anext__(), await g.__anext__(), await g.asend("a"), await g.asend("b")]

    assert items == [None, None, None, ["a", "b"]]


@behaviour("PRO-020", source=[REFERENCE.YIELD, REFERENCE.EXPRESSION_LISTS], since="3.6")
async def test_list_of_expressions():
    """An expression list after ``yield`` is evaluated from left to right and yielded as one tuple."""
    log = []

    def note(value):
        log.append(value)
        return value

    async def agen():
        yield note(1), note(2)
        yield (note(3),)
        yield ()

    items = await items_of(agen())

    assert items == [(1, 2), (3,), ()]
    assert log == [1, 2, 3]


@behaviour(
    "PRO-021",
    source=[REFERENCE.AGEN_ANEXT, REFERENCE.YIELD, REFERENCE.AGEN_FUNCTION],
    since="3.6",
)
@pytest.mark.parametrize("consumed_by", ["anext", "async-for"], ids=["anext", "async-for"])
async def test_items_arrive_as_they_are(consumed_by):
    """The item is the very object that was yielded, of whatever type: it is not copied, unpacked, raised, called or
    awaited.
    """

    async def agen():
        for item in objects:
            yield item

    g = agen()
    objects = [[1], (1, 2), (), None, NotImplemented, KeyError("item"), KeyError, list, suspend("item"), g]
    objects += [StopIteration("item"), StopIteration, StopAsyncIteration("item"), StopAsyncIteration, GeneratorExit()]
    items = []
    if consumed_by == "anext":
        for _ in objects:
            items.append(await g.__anext__())
    else:
        items.extend(await items_of(g))
    same = [item is yielded for item, yielded in zip(items, objects)]  # noqa: B905 - strict is not in Python 3.6

    assert len(items) == len(objects)
    assert same == [True] * len(objects)


@behaviour("PRO-022", source=[REFERENCE.AGEN_ANEXT, REFERENCE.AGEN_ATHROW, ISSUE.GH_128078], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend", "athrow"], ids=["anext", "asend", "athrow"])
async def test_tuple_is_delivered_whole(operation):
    """The ``await`` returns a yielded tuple, empty or not, as it is and does not unpack it."""
    wanted = [(), (1,), (1, 2), (KeyError, 1), (None,)]

    async def agen():
        yield "start"
        for item in wanted:
            try:
                yield item
            except KeyError:
                yield "never"

    async def throwing():
        for item in wanted:
            try:
                yield "before"
            except KeyError:
                yield item

    found = []
    g = throwing() if operation == "athrow" else agen()
    await g.__anext__()
    for number in range(len(wanted)):
        if operation == "athrow":
            found.append(await g.athrow(KeyError()))
            if number + 1 < len(wanted):
                await g.__anext__()
        else:
            found.append(await (g.__anext__() if operation == "anext" else g.asend("sent")))
    await tidy(g)

    assert found == wanted
    assert [one is other for one, other in zip(found, wanted)] == [True] * len(wanted)


@behaviour("PRO-023", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.AGEN_ANEXT], since="3.6")
async def test_yielded_stop_iteration():
    """A yielded StopIteration, an instance or the class, is an item like any other, and its value is unchanged."""
    wanted = [StopIteration(), StopIteration(1), StopIteration((1, 2)), StopIteration]

    before = [item.value for item in wanted[:3]]

    async def agen():
        for item in wanted:
            yield item

    g = agen()
    found = [await g.__anext__(), await g.asend(None)] + await items_of(g)
    after = [item.value for item in found[:3]]

    assert [one is other for one, other in zip(found, wanted)] == [True] * 4
    assert len(found) == 4
    assert after == before


@behaviour("PRO-024", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.ASYNC_FOR], since="3.6")
async def test_yielded_stop_async_iteration():
    """A yielded StopAsyncIteration, an instance or the class, is an item like any other and does not end a loop."""
    wanted = [StopAsyncIteration(), StopAsyncIteration("argument"), StopAsyncIteration, "last"]

    async def agen():
        for item in wanted:
            yield item

    found = []
    async for item in agen():
        found.append(item)

    assert [one is other for one, other in zip(found, wanted)] == [True] * 4
    assert len(found) == 4


@behaviour("PRO-025", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.YIELD], since="3.6")
async def test_yielded_awaitable():
    """A yielded coroutine or other awaitable is not awaited: the consumer gets it and can await it."""
    log = []

    class Awaitable:
        def __await__(self):
            log.append("awaitable")
            return iter([])

    async def coroutine():
        log.append("coroutine")
        return "result"

    pending, awaitable = coroutine(), Awaitable()

    async def agen():
        yield pending
        yield awaitable

    found = await items_of(agen())
    before = list(log)
    result = await found[0]
    await found[1]

    assert found == [pending, awaitable]
    assert before == []
    assert result == "result"
    assert log == ["coroutine", "awaitable"]


@behaviour("PRO-026", source=[PEP525.YIELD_FROM, REFERENCE.AGEN_FUNCTION], since="3.6")
async def test_yielded_generator():
    """A yielded generator, asynchronous or not, is one item and is not iterated over."""
    log = []

    async def inner():
        log.append("inner")
        yield 1

    def synchronous():
        log.append("synchronous")
        yield 2

    made = [inner(), synchronous()]

    async def agen():
        for item in made:
            yield item

    found = await items_of(agen())
    before = list(log)
    items = [await items_of(found[0]), list(found[1])]

    assert [found[0] is made[0], found[1] is made[1], len(found)] == [True, True, 2]
    assert before == []
    assert items == [[1], [2]]


@behaviour(
    "PRO-027",
    source=[REFERENCE.AGEN_FUNCTION, REFERENCE.AWAIT, PEP492.AWAIT, PEP525.IMPLEMENTATION, TUTORIAL.S03],
    since="3.6",
)
def test_what_awaits_hand_out_is_no_item():
    """The values with which the awaits of the body suspend go to the driver, even between items, and never become
    items.
    """
    marker = object()

    async def agen():
        await suspend(marker)
        yield marker
        await suspend("second wait")
        await suspend()
        yield "item"
        await suspend("third wait")

    consumer = items_of(agen())
    steps = [step(consumer.send, None) for _ in range(5)]

    assert steps == [
        ["suspends", marker],
        ["suspends", "second wait"],
        ["suspends", None],
        ["suspends", "third wait"],
        ["returns", [marker, "item"]],
    ]


@behaviour("PRO-028", source=[PEP525.ITERATION, REFERENCE.AGEN_ANEXT, REFERENCE.AGEN_ASEND, TUTORIAL.S08], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_signals_of_item_and_end(operation):
    """An awaitable that is driven by hand raises a StopIteration that carries the item, and StopAsyncIteration at the
    end.
    """

    async def agen():
        yield "item"
        yield None
        yield (1, 2)

    g = agen()
    items = []
    for _ in range(3):
        steps = (g.__anext__() if operation == "anext" else g.asend(None)).__await__()
        with raises(StopIteration) as stop:
            next(steps)
        items.append(stop.value.value)
    steps = (g.__anext__() if operation == "anext" else g.asend(None)).__await__()
    with raises(StopAsyncIteration):
        next(steps)

    assert items == ["item", None, (1, 2)]


@behaviour("PRO-029", source=[REFERENCE.AGEN_FUNCTION, PEP525.ITERATION, TUTORIAL.S03], since="3.6")
def test_nothing_to_wait_for():
    """A body whose awaits never suspend produces its items and its end without passing anything to a driver."""
    log = []

    async def ready(value):
        return value

    async def agen():
        for number in [1, 2]:
            yield await ready(number)
        log.append(await ready("end"))

    consumer = items_of(agen())
    outcome = step(consumer.send, None)

    assert outcome == ["returns", [1, 2]]
    assert log == ["end"]


@behaviour("PRO-030", source=[REFERENCE.COROUTINE_OBJECTS, PEP492.COROUTINE_OBJECTS], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_answers_of_the_driver(operation):
    """A value that the driver sends to a coroutine that waits for an item is the result of the pending ``await`` of the
    body, and not of a yield.
    """
    log = []

    async def agen():
        log.append(["yield", (yield 1)])
        log.append(["await", await suspend("first")])
        log.append(["await", await suspend("second")])
        log.append(["yield", (yield 2)])

    g = agen()

    async def consuming():
        await g.__anext__()
        item = await operate(g, operation)
        await tidy(g)
        return item

    consumer = consuming()
    steps = [step(consumer.send, value) for value in [None, "a", "b"]]

    assert steps == [["suspends", "first"], ["suspends", "second"], ["returns", 2]]
    assert log == [["yield", None if operation == "anext" else "sent"], ["await", "a"], ["await", "b"]]


@behaviour("PRO-031", source=[PEP492.AWAIT, REFERENCE.AWAIT, PEP525.AGEN_OBJECT, TUTORIAL.S04], since="3.6")
async def test_object_cannot_be_awaited():
    """Awaiting the generator object itself raises TypeError and neither starts nor resumes the generator."""
    log = []

    async def agen():
        log.append("entered")
        log.append((yield 1))
        yield 2

    g = agen()
    with raises(TypeError):
        await g
    unstarted = list(log)
    first = await g.__anext__()
    with raises(TypeError):
        await g
    suspended = list(log)
    second = await g.__anext__()

    assert unstarted == []
    assert suspended == ["entered"]
    assert [first, second] == [1, 2]
    assert log == ["entered", None]


@behaviour("PRO-032", source=[CPYTHON.GENOBJECT, TUTORIAL.S04], since="3.6")
async def test_lacks_the_methods_of_generators_and_coroutines():
    """The object has none of the methods that drive plain iterators, generators and coroutines."""

    async def agen():
        yield 1

    g = agen()
    names = ["__iter__", "__next__", "__await__", "send", "throw", "close"]
    on_unstarted = [name for name in names if hasattr(g, name)]
    await g.__anext__()
    on_suspended = [name for name in names if hasattr(g, name)]
    on_type = [name for name in names if hasattr(type(g), name)]

    assert on_unstarted == []
    assert on_suspended == []
    assert on_type == []


@behaviour("PRO-033", source=[PEP525.AGEN_OBJECT, REFERENCE.AGEN_METHODS, TUTORIAL.S04], since="3.6")
def test_has_the_methods_of_the_protocol():
    """The object and its type have ``__aiter__()``, ``__anext__()``, ``asend()``, ``athrow()`` and ``aclose()``."""

    async def agen():
        yield 1

    g = agen()
    names = ["__aiter__", "__anext__", "asend", "athrow", "aclose"]
    of_the_object = [name for name in names if callable(getattr(g, name, None))]
    of_the_type = [name for name in names if callable(getattr(type(g), name, None))]

    assert of_the_object == names
    assert of_the_type == names


@behaviour("PRO-034", source=[REFERENCE.AGEN_ASEND, PEP525.AGEN_OBJECT, PEP342.SEND], since="3.6")
async def test_value_before_the_start():
    """A first ``asend()`` of anything but None raises TypeError when it is awaited, and the body does not run."""
    log = []

    async def agen():
        log.append("body")
        log.append((yield 1))

    for value in ["value", 0, False, "", [], StopAsyncIteration]:
        g = agen()
        awaitable = g.asend(value)
        with raises(TypeError):
            await awaitable

    assert log == []


@behaviour("PRO-035", source=[REFERENCE.AGEN_ASEND, PEP525.AGEN_OBJECT, PEP342.SEND, TUTORIAL.S12], since="3.6")
async def test_value_for_the_start_is_refused_when_awaited():
    """``asend(value)`` may be called before the start, but awaiting its result before the start raises TypeError."""
    log = []

    async def agen():
        log.append("entered")
        log.append((yield 1))
        yield 2

    g, h = agen(), agen()
    early = g.asend("early")
    in_time = h.asend("in time")
    after_calls = list(log)
    with raises(TypeError):
        await early
    after_refusal = list(log)
    items = [await h.__anext__(), await in_time]

    assert after_calls == []
    assert after_refusal == []
    assert items == [1, 2]
    assert log == ["entered", "in time"]


@behaviour("PRO-036", source=[ISSUE.BPO_46009, CPYTHON.GENOBJECT], since="3.6")
async def test_started_after_a_refused_value():
    """A generator whose first ``asend()`` raised TypeError has not started, and later starts at its first statement."""
    log = []

    async def agen():
        log.append("body")
        log.append((yield 1))
        yield 2

    g = agen()
    for _ in range(2):
        with raises(TypeError):
            await g.asend("refused")
    before = list(log)
    items = [await g.asend(None), await g.asend("taken")]

    assert before == []
    assert items == [1, 2]
    assert log == ["body", "taken"]


@behaviour("PRO-037", source=[REFERENCE.AGEN_ASEND, PEP525.AGEN_OBJECT, TUTORIAL.S12], since="3.6")
async def test_started_by_asend_none():
    """``asend(None)`` starts a generator as ``__anext__()`` does: the call runs nothing, and the awaitable runs the
    body, including its awaits, up to the item.
    """

    async def start(operation):
        log = []

        async def agen():
            log.append("entered")
            log.append(await ready("awaited"))
            yield "item"
            log.append("resumed")

        g = agen()
        awaitable = operation(g)
        log.append("called")
        log.append(await awaitable)
        await tidy(g)
        return log

    async def ready(value):
        await suspend()
        return value

    by_asend = await start(lambda g: g.asend(None))
    by_anext = await start(lambda g: g.__anext__())

    assert by_asend == ["called", "entered", "awaited", "item"]
    assert by_anext == by_asend


@behaviour("PRO-038", source=[PEP525.AGEN_OBJECT, REFERENCE.CALLS], since="3.6")
@pytest.mark.parametrize(
    "method, arguments",
    [["asend", []], ["asend", [1, 2]], ["aclose", [1]], ["__anext__", [1]], ["__aiter__", [1]]],
    ids=["asend-0", "asend-2", "aclose-1", "anext-1", "aiter-1"],
)
async def test_wrong_number_of_arguments(method, arguments):
    """A method called with too many or too few arguments raises TypeError at the call and does not start the body."""
    log = []

    async def agen():
        log.append("body")
        yield 1

    g = agen()
    with raises(TypeError):
        getattr(g, method)(*arguments)
    before = list(log)
    item = await g.__anext__()

    assert before == []
    assert item == 1


@behaviour("PRO-039", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "method, names",
    [["asend", ["value", "val"]], ["athrow", ["value", "typ", "type"]]],
    ids=["asend", "athrow"],
)
async def test_no_keywords(method, names):
    """The arguments of ``asend()`` and ``athrow()`` are positional-only: passing one under any name raises
    TypeError.
    """

    async def agen():
        yield 1

    g = agen()
    for name in names:
        with raises(TypeError):
            getattr(g, method)(**{name: None if method == "asend" else KeyError()})
    item = await g.__anext__()

    assert item == 1


@behaviour("PRO-040", source=[REFERENCE.AGEN_FUNCTION, TUTORIAL.S08], since="3.6", needs=["gc", "warnings"])
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_dropped_awaitables_move_nothing(operation):
    """An awaitable of ``__anext__()`` or ``asend()`` that is dropped without being awaited leaves the generator where
    it was.
    """
    import warnings

    log = []

    async def agen():
        try:
            log.append((yield 1))
            log.append((yield 2))
        finally:
            log.append("finally")

    g = agen()
    items = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for dropped in [None, "dropped"]:
            if operation == "anext":
                g.__anext__()
            else:
                g.asend(dropped)
            collect()
            items.append(run(g.__anext__()))
    seen = list(log)

    assert items == [1, 2]
    assert seen == [None]


@behaviour("PRO-041", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.AGEN_ANEXT, REFERENCE.AGEN_ASEND], since="3.6")
async def test_order_of_awaiting_counts():
    """Awaitables that were created in advance return the items, and send their values, in the order in which they are
    awaited.
    """
    received = []

    async def agen():
        for number in [1, 2, 3]:
            received.append((yield number))

    g = agen()
    awaitables = [g.asend("made first"), g.__anext__(), g.asend("made third"), g.__anext__()]
    items = [await awaitables[3], await awaitables[2], await awaitables[0]]
    with raises(StopAsyncIteration):
        await awaitables[1]

    assert items == [1, 2, 3]
    assert received == ["made third", "made first", None]


@behaviour("PRO-042", source=[REFERENCE.CUSTOMIZATION, LIBRARY.TRUTH], since="3.6")
async def test_truth_hash_and_equality():
    """In every state a generator is true, is equal only to itself, and has a hash that agrees with that."""

    async def agen():
        yield 1

    g, other = agen(), agen()
    first_hash, kept = hash(g), {g: "found"}

    def reading():
        return [bool(g), g == g, g != g, g == other, hash(g) == first_hash, kept.get(g), {other: 1}.get(g)]

    seen = [reading()]
    item = await g.__anext__()
    seen.append(reading())
    rest = await items_of(g)
    seen.append(reading())

    assert [item, rest] == [1, []]
    assert seen == [[True, True, False, False, True, "found", None]] * 3


@behaviour("PRO-043", source=[REFERENCE.SPECIAL_LOOKUP, PEP525.AGEN_OBJECT], since="3.6")
async def test_methods_of_the_type():
    """The methods are those of the type: called on the type with a generator, they do the same as called on the
    generator.
    """
    log = []

    async def agen():
        try:
            log.append((yield 1))
            yield 2
        except KeyError:
            log.append("thrown")
            yield 3

    async def outcome(method, *arguments):
        try:
            return repr(await method(*arguments))
        except Exception as error:
            return type(error).__name__

    g, h = agen(), agen()
    kind = type(g)
    same = kind.__aiter__(g)
    of_the_type = [await outcome(kind.__anext__, g), await outcome(kind.asend, g, "sent")]
    of_the_type += [await outcome(kind.athrow, g, KeyError()), await outcome(kind.aclose, g)]
    logged = list(log)
    of_the_object = [await outcome(h.__anext__), await outcome(h.asend, "sent")]
    of_the_object += [await outcome(h.athrow, KeyError()), await outcome(h.aclose)]

    assert same is g
    assert of_the_type == of_the_object
    assert of_the_type[:2] == ["1", "2"]
    assert logged == ["sent", "thrown"]
    assert log == logged * 2


@behaviour("PRO-044", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "method",
    ["__aiter__", "__anext__", "asend", "athrow", "aclose"],
    ids=["aiter", "anext", "asend", "athrow", "aclose"],
)
async def test_methods_of_the_type_with_another_object(method):
    """A method of the type raises TypeError at the call if its argument is a coroutine, a synchronous generator or
    another object.
    """
    import types

    async def coroutine():
        pass

    def generator():
        yield 1

    pending = coroutine()
    function = getattr(types.AsyncGeneratorType, method)
    arguments = {"asend": [None], "athrow": [KeyError()]}.get(method, [])
    for other in [pending, generator(), None, object(), types.AsyncGeneratorType]:
        with raises(TypeError):
            function(other, *arguments)
    with raises(TypeError):
        function()
    pending.close()


@behaviour("PRO-045", source=[REFERENCE.ASYNC_ITERATORS, REFERENCE.DATAMODEL_AGEN], since="3.6")
async def test_generator_as_aiter():
    """An ``async def __aiter__`` with a yield makes the instances of its class iterable, and each loop gets a generator
    of its own.
    """

    class Numbers:
        def __init__(self, count):
            self.count = count

        async def __aiter__(self):
            for number in range(self.count):
                yield number

    numbers = Numbers(2)
    pairs = []
    async for outer in numbers:
        async for inner in numbers:
            pairs.append([outer, inner])
    again = await items_of(numbers)

    assert pairs == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert again == [0, 1]


@behaviour("PRO-046", source=[REFERENCE.ASYNC_ITERATORS, PEP492.ASYNC_FOR], since="3.6")
async def test_generator_as_anext():
    """An ``async def __anext__`` with a yield does not return an awaitable, so a loop raises TypeError and does not
    start its body.
    """
    log = []

    class Iterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            log.append("body")
            yield 1

    with raises(TypeError):
        async for _ in Iterator():
            log.append("suite")

    assert log == []


@behaviour("PRO-047", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.AWAIT, TUTORIAL.S08], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_item_that_takes_several_steps(operation):
    """While an item takes several steps, each step resumes the body at the ``await`` where it stopped, until the next
    yield.
    """
    log = []

    async def agen():
        log.append((yield "ready"))
        log.append(await suspend("first wait"))
        log.append(await suspend("second wait"))
        yield "item"
        log.append("beyond")

    g = agen()

    async def consuming():
        await g.__anext__()
        return await operate(g, operation)

    steps = consuming()
    log.append(steps.send(None))
    log.append(steps.send("first answer"))
    with raises(StopIteration) as stop:
        steps.send("second answer")
    seen = list(log)
    sent = None if operation == "anext" else "sent"

    assert seen == [sent, "first wait", "first answer", "second wait", "second answer"]
    assert stop.value.value == "item"


@behaviour("PRO-048", source=[PEP492.AWAIT, REFERENCE.AWAIT], since="3.6")
def test_awaited_by_coroutines():
    """Coroutines can await an item at any depth: the values of the body's awaits go out through them, and the item
    comes back.
    """

    async def agen():
        await suspend("waiting")
        yield "item"

    async def inner(g):
        return await g.__anext__()

    async def middle(g):
        return [await inner(g)]

    async def outer(g):
        return [await middle(g)]

    coroutine = outer(agen())
    steps = [step(coroutine.send, None) for _ in range(2)]

    assert steps == [["suspends", "waiting"], ["returns", [["item"]]]]


@behaviour("PRO-049", source=[PEP525.IMPLEMENTATION, LIBRARY.TYPES_COROUTINE], since="3.6", level="detail")
def test_awaited_by_a_generator_based_coroutine():
    """A coroutine made with ``types.coroutine()`` can get the item of an awaitable with ``yield from``."""
    import types

    log = []

    async def agen():
        log.append(await suspend("waiting"))
        log.append((yield 1))
        yield 2

    @types.coroutine
    def consumer(g):
        first = yield from g.__anext__()
        second = yield from g.asend("sent")
        return [first, second]

    steps = consumer(agen())
    waiting = step(steps.send, None)
    ending = step(steps.send, "answer")

    assert waiting == ["suspends", "waiting"]
    assert ending == ["returns", [1, 2]]
    assert log == ["answer", "sent"]


@behaviour("PRO-050", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.AGEN_ANEXT], since="3.6")
async def test_what_stands_before_and_after_the_yields():
    """Code before the first ``yield`` runs with the first item, and code after the last ``yield`` runs with the end,
    each once.
    """
    log = []

    async def agen():
        log.append("prologue")
        yield 1
        yield 2
        log.append("epilogue")

    g = agen()
    for _ in range(2):
        log.append(await g.__anext__())
    log.append("all items")
    with raises(StopAsyncIteration):
        await g.__anext__()
    log.append("end")
    try:
        await g.__anext__()
    except Exception:
        # What a step after the end raises is another matter.
        log.append("no item")

    assert log == ["prologue", 1, 2, "all items", "epilogue", "end", "no item"]


@behaviour("PRO-051", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.FUNCTION_DEF, REFERENCE.NONLOCAL], since="3.6")
async def test_what_generators_of_one_function_share():
    """Generators of one function share its defaults and its closure variables, but not their local variables."""
    shared = 0

    async def agen(name, default=[]):
        nonlocal shared
        local = 0
        while True:
            shared += 1
            local += 1
            default.append(name)
            yield [local, shared, list(default)]

    first, second = agen("a"), agen("b")
    seen = [await first.__anext__(), await second.__anext__(), await first.__anext__()]
    await tidy(first, second)

    assert seen == [[1, 1, ["a"]], [1, 2, ["a", "b"]], [2, 3, ["a", "b", "a"]]]


@behaviour("PRO-052", source=[REFERENCE.CALLS, REFERENCE.FUNCTION_DEF], since="3.6")
async def test_arguments_are_bound_once():
    """The generator keeps the objects that it was called with, even if the caller rebinds the names later."""

    async def agen(argument, mutable):
        yield [argument, list(mutable)]
        yield [argument, list(mutable)]

    argument, mutable = "first", [1]
    g = agen(argument, mutable)
    argument = "second"
    seen = [await g.__anext__()]
    mutable.append(2)
    mutable = []
    argument = "third"
    seen.append(await g.__anext__())

    assert seen == [["first", [1]], ["first", [1, 2]]]


@behaviour("PRO-053", source=[REFERENCE.NAMING], since="3.6", needs=["compile"])
async def test_names_are_looked_up_when_the_body_runs():
    """Global names and names of the enclosing function are looked up each time the body uses them."""
    global global_name

    async def agen():
        global global_name
        yield [global_name, closed_over]
        yield [global_name, closed_over]

    global_name = closed_over = "at creation"
    g, other = agen(), agen()
    global_name = closed_over = "at the start"
    seen = [await g.__anext__()]
    global_name = closed_over = "at the second"
    seen.append(await g.__anext__())
    del global_name
    with raises(NameError):
        await other.__anext__()

    assert seen == [["at the start", "at the start"], ["at the second", "at the second"]]


@behaviour("PRO-054", source=[REFERENCE.RETURN, REFERENCE.AGEN_ANEXT, PEP828.STOP], since="3.6", until="3.15")
async def test_no_return_value():
    """An ``await`` of an item returns None only if None was yielded: the end has no value and is always an
    exception.
    """
    log = []

    async def agen():
        yield None
        yield 0
        log.append("ending")
        return

    g = agen()
    found = [await g.__anext__(), await g.__anext__()]
    for awaitable in [g.__anext__(), g.asend(None), g.asend("value")]:
        try:
            found.append(["returned", await awaitable])
        except Exception:
            found.append("ended")

    assert found == [None, 0, "ended", "ended", "ended"]
    assert log == ["ending"]


@behaviour("PRO-055", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.YIELD, REFERENCE.FUNCTION_DEF], since="3.6")
async def test_yield_in_the_default_of_a_nested_function():
    """A ``yield`` in the default of a nested function makes the outer function an asynchronous generator function, and
    the sent value becomes the default.
    """
    log = []

    async def agen():
        def nested(default=(yield "item")):
            return default

        log.append(nested())

    g = agen()
    item = await g.__anext__()
    with raises(StopAsyncIteration):
        await g.asend("sent")

    assert item == "item"
    assert log == ["sent"]
