"""The asynchronous generator object: its birth, its protocol and its ends."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, items_of, raises, run, suspend
from conformance.sources import LIBRARY, PEP342, PEP492, PEP525, REFERENCE, TUTORIAL


@behaviour("PRO-001", source=[REFERENCE.AGEN_FUNCTION, PEP525.ASYNCHRONOUS_GENERATORS, TUTORIAL.S02], since="3.6")
def test_call_runs_nothing():
    """Calling an asynchronous generator function runs nothing of its body, not even up to its first ``await``."""
    log = []

    async def agen():
        log.append("entered")
        log.append(await suspend("waiting"))
        yield 1

    g = agen()
    after_call = list(log)
    steps = g.__anext__().__await__()
    waiting = steps.send(None)
    after_step = list(log)

    assert after_call == []
    assert waiting == "waiting"
    assert after_step == ["entered"]


@behaviour("PRO-002", source=[PEP525.TYPES, LIBRARY.TYPES, TUTORIAL.S02], since="3.6")
async def test_call_makes_neither_coroutine_nor_generator():
    """A call gives an instance of ``types.AsyncGeneratorType``, which is neither a coroutine nor a generator."""
    import types

    def generator():
        yield 1

    async def coroutine():
        return 1

    async def agen():
        yield 1

    def instance_of(made):
        kinds = [types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType]
        return [isinstance(made, kind) for kind in kinds]

    awaited = coroutine()
    of_generator = instance_of(generator())
    of_coroutine = instance_of(awaited)
    of_agen = instance_of(agen())
    await awaited

    assert of_generator == [True, False, False]
    assert of_coroutine == [False, True, False]
    assert of_agen == [False, False, True]


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
    """Arguments that do not fit the parameters raise TypeError from the call, without entering the body."""
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
    """Defaults are evaluated once, at the definition, and arguments at each call, before the body begins."""
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


@behaviour("PRO-006", source=[PEP525.AGEN_OBJECT, PEP525.ITERATION, TUTORIAL.S07], since="3.6")
async def test_aiter_is_the_object_itself():
    """``__aiter__()`` returns the generator itself, so that a loop goes on where the items taken before it ended."""

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
def test_aiter_in_every_state():
    """``__aiter__()`` gives the generator in every state, before its start, while it runs and after its end."""
    log = []

    def ask(state):
        log.append([state, g.__aiter__() is g, g.__aiter__() is g])

    async def agen():
        ask("running")
        log.append(await suspend())
        log.append((yield 1))

    g = agen()
    ask("unstarted")
    steps = g.__anext__().__await__()
    steps.send(None)
    ask("waiting")
    with raises(StopIteration):
        steps.send("answer")
    ask("suspended")
    with raises(StopAsyncIteration):
        run(g.__anext__())
    ask("ended")
    run(g.aclose())
    ask("closed")

    assert log == [
        ["unstarted", True, True],
        ["running", True, True],
        ["waiting", True, True],
        "answer",
        ["suspended", True, True],
        None,
        ["ended", True, True],
        ["closed", True, True],
    ]


@behaviour("PRO-008", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.AGEN_ANEXT, TUTORIAL.S08], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
async def test_asking_for_an_item_runs_nothing(operation):
    """Calling ``__anext__()`` or ``asend()`` neither starts nor resumes the body; awaiting what it returns does."""
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


@behaviour("PRO-009", source=[REFERENCE.AGEN_ANEXT, PEP525.AGEN_OBJECT, TUTORIAL.S06], since="3.6")
async def test_runs_to_the_next_yield():
    """Awaiting ``__anext__()`` runs the body, awaits included, up to the next ``yield``, and gives its value."""
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
    """Across a ``yield``, variables, half-evaluated expressions, loops and exception handling stay as they were."""

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
    after_call = list(log)
    with raises(StopAsyncIteration):
        await awaitable

    assert item == 1
    assert after_call == []
    assert log == [None if operation == "anext" else "sent", "last"]


@behaviour("PRO-012", source=[REFERENCE.RETURN, REFERENCE.DATAMODEL_AGEN, TUTORIAL.S09], since="3.6")
async def test_bare_return():
    """A bare ``return`` leaves loops and runs what is in ``finally``; then the awaitable raises StopAsyncIteration."""
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


@behaviour("PRO-014", source=[REFERENCE.DATAMODEL_AGEN, PEP525.ITERATION, TUTORIAL.S09], since="3.6")
@pytest.mark.parametrize("ended_by", ["last-statement", "return"], ids=["last-statement", "return"])
async def test_end_is_for_good(ended_by):
    """After its end a generator raises StopAsyncIteration whenever the next item is awaited, and gives loops none."""
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


@behaviour("PRO-015", source=[PEP525.AGEN_OBJECT, REFERENCE.AGEN_ANEXT, TUTORIAL.S09], since="3.6")
@pytest.mark.parametrize("fails", ["at-once", "when-resumed"], ids=["at-once", "when-resumed"])
async def test_exception_ends_the_generator(fails):
    """An exception that leaves the body comes out once, as it is; from then on only StopAsyncIteration is raised."""
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


@behaviour("PRO-017", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.YIELD, TUTORIAL.S01], since="3.6")
@pytest.mark.parametrize(
    "place",
    ["after-return", "if-0", "unused-handler", "nested-default"],
    ids=["after-return", "if-0", "unused-handler", "nested-default"],
)
async def test_mere_presence_of_yield(place):
    """A ``yield`` anywhere in the body, reached or not, makes an ``async def`` give a generator, not a coroutine."""

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

    async def nested_default():
        def nested(default=(yield)):
            return default

    made = {
        "after-return": after_return,
        "if-0": if_0,
        "unused-handler": unused_handler,
        "nested-default": nested_default,
    }[place]()
    iterable = hasattr(made, "__aiter__") and hasattr(made, "__anext__")
    awaitable = hasattr(made, "__await__")
    items = await items_of(made)

    assert iterable
    assert not awaitable
    assert items == ([None] if place == "nested-default" else [])


@behaviour("PRO-018", source=[REFERENCE.AGEN_ANEXT, REFERENCE.DATAMODEL_AGEN], since="3.6")
async def test_yields_nothing():
    """A body that passes no ``yield`` runs to its end when the first item is awaited, and raises StopAsyncIteration."""
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


@behaviour("PRO-021", source=[REFERENCE.AGEN_ANEXT, REFERENCE.YIELD, PEP525.IMPLEMENTATION], since="3.6")
@pytest.mark.parametrize(
    "consumed_by", ["anext", "async-for", "comprehension"], ids=["anext", "async-for", "comprehension"]
)
async def test_items_arrive_as_they_are(consumed_by):
    """The very object that is yielded is the item, whatever it is: not copied, unpacked, raised, called or awaited."""

    async def agen():
        for item in objects:
            yield item

    g = agen()
    objects = [[1], (1, 2), (), None, NotImplemented, KeyError("item"), KeyError, list, suspend("item"), g]
    objects += [StopIteration("item"), StopIteration, StopAsyncIteration("item"), StopAsyncIteration, GeneratorExit()]
    if consumed_by == "anext":
        items = [await g.__anext__() for _ in objects]
    elif consumed_by == "async-for":
        items = await items_of(g)
    else:
        items = [item async for item in g]
    same = [item is yielded for item, yielded in zip(items, objects)]  # noqa: B905 - strict is not in Python 3.6

    assert len(items) == len(objects)
    assert same == [True] * len(objects)


@behaviour("PRO-027", source=[PEP525.IMPLEMENTATION, REFERENCE.AWAIT, TUTORIAL.S03], since="3.6")
def test_what_awaits_hand_out_is_no_item():
    """What the awaits of the body hand out goes to whoever drives, even between items, and never becomes an item."""
    marker = object()

    async def agen():
        await suspend(marker)
        yield marker
        await suspend("second wait")
        await suspend()
        yield "item"
        await suspend("third wait")

    handed_out = []
    consumer = items_of(agen())
    with raises(StopIteration) as stop:
        while True:
            handed_out.append(consumer.send(None))

    assert handed_out == [marker, "second wait", None, "third wait"]
    assert stop.value.value == [marker, "item"]


@behaviour("PRO-028", source=[PEP525.ITERATION, PEP525.ASEND_ATHROW, TUTORIAL.S08], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_signals_of_item_and_end(operation):
    """Driven by hand, an awaitable raises StopIteration that carries the item, and StopAsyncIteration at the end."""

    async def agen():
        yield "item"
        yield None
        yield (1, 2)

    g = agen()
    items = []
    for _ in range(3):
        steps = (g.__anext__() if operation == "anext" else g.asend(None)).__await__()
        with raises(StopIteration) as stop:
            steps.send(None)
        items.append(stop.value.value)
    steps = (g.__anext__() if operation == "anext" else g.asend(None)).__await__()
    with raises(StopAsyncIteration):
        steps.send(None)

    assert items == ["item", None, (1, 2)]


@behaviour("PRO-029", source=[REFERENCE.AGEN_FUNCTION, PEP525.ASEND_ATHROW, TUTORIAL.S03], since="3.6")
def test_nothing_to_wait_for():
    """A body whose awaits suspend nowhere gives item after item, and its end, without handing anything to a driver."""
    log = []

    async def ready(value):
        return value

    async def agen():
        for number in [1, 2]:
            yield await ready(number)
        log.append(await ready("end"))

    g = agen()
    steps = g.__anext__().__await__()
    with raises(StopIteration) as first:
        steps.send(None)
    consumer = items_of(g)
    with raises(StopIteration) as rest:
        consumer.send(None)

    assert first.value.value == 1
    assert rest.value.value == [2]
    assert log == ["end"]


@behaviour("PRO-031", source=[PEP492.AWAIT, REFERENCE.AWAIT, PEP525.AGEN_OBJECT, TUTORIAL.S04], since="3.6")
async def test_object_cannot_be_awaited():
    """Awaiting the generator object itself raises TypeError, and neither starts the generator nor moves it on."""
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


@behaviour("PRO-032", source=[PEP525.AGEN_OBJECT, TUTORIAL.S04], since="3.6")
async def test_lacks_the_methods_of_generators_and_coroutines():
    """The object has none of the methods by which plain iterators, generators and coroutines are run."""

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
async def test_has_the_methods_of_the_protocol():
    """The object has ``__aiter__()``, ``__anext__()``, ``asend()``, ``athrow()`` and ``aclose()``, as has its type."""
    log = []

    async def agen():
        try:
            log.append((yield 1))
            yield 2
        except KeyError:
            log.append("thrown")
            yield 3
        finally:
            log.append("finally")

    g = agen()
    names = ["__aiter__", "__anext__", "asend", "athrow", "aclose"]
    missing = [name for name in names if not callable(getattr(type(g), name, None))]
    same = g.__aiter__()
    results = [await g.__anext__(), await g.asend("sent"), await g.athrow(KeyError()), await g.aclose()]

    assert missing == []
    assert same is g
    assert results == [1, 2, 3, None]
    assert log == ["sent", "thrown", "finally"]


@behaviour("PRO-035", source=[REFERENCE.AGEN_ASEND, PEP525.AGEN_OBJECT, PEP342.SEND, TUTORIAL.S12], since="3.6")
async def test_value_for_the_start_is_refused_when_awaited():
    """``asend(value)`` may be called before the start; it is awaiting the result before the start that is TypeError."""
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


@behaviour("PRO-037", source=[REFERENCE.AGEN_ASEND, PEP525.AGEN_OBJECT, TUTORIAL.S12], since="3.6")
def test_started_by_asend_none():
    """``asend(None)`` starts a generator as ``__anext__()`` does: nothing at the call, then awaits, then the item."""

    def start(operation):
        log = []

        async def agen():
            log.append("entered")
            log.append(await suspend("waiting"))
            yield "item"
            log.append("resumed")

        steps = operation(agen()).__await__()
        log.append("called")
        log.append(steps.send(None))
        with raises(StopIteration) as stop:
            steps.send("answer")
        return [*log, stop.value.value]

    by_asend = start(lambda g: g.asend(None))
    by_anext = start(lambda g: g.__anext__())

    assert by_asend == ["called", "entered", "waiting", "answer", "item"]
    assert by_anext == by_asend


@behaviour("PRO-040", source=[REFERENCE.AGEN_FUNCTION, TUTORIAL.S08], since="3.6", needs=["gc", "warnings"])
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_dropped_awaitables_move_nothing(operation):
    """An awaitable of ``__anext__()`` or ``asend()`` that is dropped unawaited leaves the generator where it was."""
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
    """Awaitables made ahead give the items, and deliver what they send, in the order in which they are awaited."""
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


@behaviour("PRO-047", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.AWAIT, TUTORIAL.S08], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_item_that_takes_several_steps(operation):
    """While an item takes several steps, each one goes on at the ``await`` where the body stopped, up to a yield."""
    log = []

    async def agen():
        log.append((yield "ready"))
        log.append(await suspend("first wait"))
        log.append(await suspend("second wait"))
        yield "item"
        log.append("beyond")

    g = agen()
    run(g.__anext__())
    steps = (g.__anext__() if operation == "anext" else g.asend("sent")).__await__()
    log.append(steps.send(None))
    log.append(steps.send("first answer"))
    with raises(StopIteration) as stop:
        steps.send("second answer")
    seen = list(log)
    sent = None if operation == "anext" else "sent"

    assert seen == [sent, "first wait", "first answer", "second wait", "second answer"]
    assert stop.value.value == "item"


@behaviour("PRO-050", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.AGEN_ANEXT], since="3.6")
async def test_what_stands_before_and_after_the_yields():
    """Code before the first ``yield`` runs with the first item, code after the last one with the end, each once."""
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
    for _ in range(2):
        with raises(StopAsyncIteration):
            await g.__anext__()
        log.append("end")

    assert log == ["prologue", 1, 2, "all items", "epilogue", "end", "end"]
