"""YFX: what is seen of a delegation from outside: attributes, frames, tracebacks, context, events, collection."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import awaiting, collect, define, in_loop, items_of, raises, run, step, suspend, tidy
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP525, PEP828, PEPS, REFERENCE


@behaviour("YFX-001", source=[PEP525.AGEN_OBJECT, LIBRARY.INSPECT, PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_running_while_the_inner_body_runs():
    """``ag_running`` of both generators is true while the inner body runs, and false while they are suspended at a
    delegated yield.
    """
    source = """
async def outer():
    received = yield from subiterator
    yield "after"
"""
    seen = []

    def look():
        seen.append([g.ag_running, subiterator.ag_running])

    async def inner():
        look()
        yield "first"
        look()
        yield "second"
        look()

    subiterator = inner()
    g = define(source, "outer", subiterator=subiterator)()
    look()
    items = [await g.__anext__()]
    look()
    items.append(await g.asend("sent"))
    look()
    items.append(await g.__anext__())
    look()
    await tidy(g)

    assert items == ["first", "second", "after"]
    assert seen == [
        [False, False],
        *[[True, True], [False, False]],
        *[[True, True], [False, False]],
        *[[True, True], [False, False]],
    ]


@behaviour("YFX-002", source=[PEP525.AGEN_OBJECT, LIBRARY.INSPECT, PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_running_while_the_inner_body_handles_an_exception():
    """``ag_running`` of both generators is true while the inner body handles the exception of ``athrow()``, or the
    GeneratorExit of ``aclose()``.
    """
    source = """
async def outer():
    yield from subiterator
"""
    seen = []

    async def inner():
        try:
            yield "first"
        except KeyError:
            seen.append(["athrow", g.ag_running, subiterator.ag_running])
        try:
            yield "second"
        finally:
            seen.append(["aclose", g.ag_running, subiterator.ag_running])

    subiterator = inner()
    g = define(source, "outer", subiterator=subiterator)()
    items = [await g.__anext__(), await g.athrow(KeyError())]
    await g.aclose()

    assert items == ["first", "second"]
    assert seen == [["athrow", True, True], ["aclose", True, True]]


@behaviour(
    "YFX-003",
    source=[PEP525.AGEN_OBJECT, PEP828.YIELD_FROM, ISSUE.GH_155127],
    since="3.16",
    level="detail",
    needs=["compile"],
    allowed=["None", "subiterator"],
)
async def test_ag_await_at_a_delegated_yield():
    """``ag_await`` of a generator that is suspended at a delegated yield is None or the subiterator, and None once the
    delegation has ended.
    """
    source = """
async def outer():
    yield from subiterator
    yield "after"
"""

    async def inner():
        yield "item"

    subiterator = inner()
    g = define(source, "outer", subiterator=subiterator)()
    before = g.ag_await
    items = [await g.__anext__()]
    during, inside = g.ag_await, subiterator.ag_await
    items.append(await g.__anext__())
    after = g.ag_await
    await tidy(g)

    assert items == ["item", "after"]
    assert [before, inside, after] == [None, None, None]
    return "None" if during is None else "subiterator" if during is subiterator else repr(during)


@behaviour(
    "YFX-004",
    source=[CPYTHON.GENOBJECT, PEP525.AGEN_OBJECT, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile"],
)
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_ag_await_while_the_inner_body_awaits(operation):
    """While the inner body awaits, its ``ag_await`` is what it awaits, and that of the outer generator is the awaitable
    of the inner one's operation.
    """
    source = """
async def outer():
    yield from subiterator
"""

    class Pause:
        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            return "paused"

        def send(self, value):
            raise StopIteration

    async def inner():
        yield "item"
        await pause
        yield "next"

    pause = Pause()
    subiterator = inner()
    kinds = [type(subiterator.__anext__()), type(subiterator.asend(None))]
    g = define(source, "outer", subiterator=subiterator)()
    item = run(g.__anext__())
    awaitable = g.__anext__() if operation == "anext" else g.asend("sent")
    paused = step(awaitable.send, None)
    seen, kind = subiterator.ag_await, type(g.ag_await)
    rest = step(awaitable.send, "answer")
    run(tidy(g))

    assert item == "item"
    assert paused == ["suspends", "paused"]
    assert seen is pause
    assert kind in kinds
    assert rest == ["returns", "next"]


@behaviour(
    "YFX-005", source=[LIBRARY.INSPECT_STATE, PEP828.YIELD_FROM], since="3.16", level="library", needs=["compile"]
)
async def test_states_of_both_generators():
    """``inspect.getasyncgenstate()`` of both generators of a delegation is the same from the first item to the end of
    the inner one.
    """
    import inspect

    source = """
async def outer():
    yield from subiterator
    look()
    yield "after"
"""
    seen = []

    def look():
        seen.append([inspect.getasyncgenstate(g), inspect.getasyncgenstate(subiterator)])

    async def inner():
        look()
        yield "item"
        look()

    subiterator = inner()
    g = define(source, "outer", subiterator=subiterator, look=look)()
    look()
    async for item in g:
        look()
    look()
    created, running, suspended, closed = (
        inspect.AGEN_CREATED, inspect.AGEN_RUNNING, inspect.AGEN_SUSPENDED, inspect.AGEN_CLOSED,
    )  # fmt: skip

    assert seen == [
        [created, created],
        [running, running],
        [suspended, suspended],
        [running, running],
        [running, closed],
        [suspended, closed],
        [closed, closed],
    ]


@behaviour(
    "YFX-006",
    source=[REFERENCE.FRAME_OBJECTS, PEP525.AGEN_OBJECT, LIBRARY.INSPECT, PEP828.YIELD_FROM],
    since="3.16",
    needs=["compile"],
)
async def test_frames_of_suspended_generators():
    """At a delegated yield the frame of the outer generator is at the line of its ``yield from``, and that of the inner
    one at its yield, with their local variables.
    """
    source = """
async def inner():
    local = "inner"
    yield 1

    yield 2


async def outer():
    local = "outer"
    subiterators.append(inner())

    yield from subiterators[0]
    yield "after"
"""
    subiterators = []
    g = define(source, "outer", subiterators=subiterators)()
    seen = []
    for _ in range(2):
        await g.__anext__()
        for generator in [g, subiterators[0]]:
            frame = generator.ag_frame
            seen.append([frame.f_lineno - generator.ag_code.co_firstlineno, frame.f_locals["local"]])
    last = await g.__anext__()
    after = g.ag_frame.f_lineno - g.ag_code.co_firstlineno
    await tidy(g)

    assert last == "after"
    assert seen == [[4, "outer"], [2, "inner"], [4, "outer"], [4, "inner"]]
    assert after == 5


@behaviour("YFX-007", source=[REFERENCE.TRACEBACK_OBJECTS, PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("operation", ["anext", "asend", "athrow"], ids=["anext", "asend", "athrow"])
async def test_traceback_through_the_delegations(operation):
    """The traceback of an exception of the innermost body contains entries of the outer bodies, each at its
    ``yield from``, before that of the innermost.
    """
    source = """
async def inner():
    yield "item"

    raise KeyError


async def middle():
    yield from inner()
    yield "after"


async def outer():
    pass

    yield from middle()
    yield "after"
"""
    g = define(source, "outer")()
    item = await g.__anext__()
    entries = []
    try:
        await {"anext": g.__anext__, "asend": lambda: g.asend(1), "athrow": lambda: g.athrow(KeyError())}[operation]()
    except KeyError as error:
        traceback = error.__traceback__
        while traceback is not None:
            code = traceback.tb_frame.f_code
            entry = [code.co_name, traceback.tb_lineno - code.co_firstlineno]
            # An exception that is passed on by athrow() may have entries of its way in, too.
            if code.co_name in ["outer", "middle", "inner"] and entry not in entries:
                entries.append(entry)
            traceback = traceback.tb_next

    assert item == "item"
    assert entries == [["outer", 3], ["middle", 1], ["inner", 1 if operation == "athrow" else 3]]


@behaviour(
    "YFX-008",
    source=[ISSUE.GH_155127, REFERENCE.FRAME_OBJECTS, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile"],
)
@pytest.mark.parametrize("operation", ["anext", "asend", "athrow"], ids=["anext", "asend", "athrow"])
async def test_call_stack_of_the_inner_body(operation):
    """In the innermost body the frames of the outer bodies are on the call stack, the outermost one last."""
    import sys

    source = """
async def inner():
    try:
        look()
        yield "item"
        look()
    except KeyError:
        look()
    yield "next"


async def middle():
    yield from inner()


async def outer():
    yield from middle()
"""
    seen = []

    def look():
        frame, names = sys._getframe(1), []
        while frame is not None:
            names.append(frame.f_code.co_name)
            frame = frame.f_back
        seen.append([name for name in names if name in ["outer", "middle", "inner"]])

    g = define(source, "outer", look=look)()
    items = [await g.__anext__()]
    items.append(
        await {"anext": g.__anext__, "asend": lambda: g.asend(1), "athrow": lambda: g.athrow(KeyError())}[operation]()
    )
    await tidy(g)

    assert items == ["item", "next"]
    assert seen == [["inner", "middle", "outer"]] * 2


@behaviour("YFX-009", source=[PEPS.PEP567, LIBRARY.CONTEXTVARS, PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("operation", ["anext", "asend", "athrow"], ids=["anext", "asend", "athrow"])
def test_context_variables(operation):
    """The inner body sees and changes the context variables of the operation on the outer generator, and the outer body
    and the consumer see what it changed.
    """
    import contextvars

    source = """
async def outer():
    yield from inner()
    log.append(["outer", variable.get()])
    variable.set("of outer")
    yield "after"
"""
    log = []
    variable = contextvars.ContextVar("variable", default="default")

    async def inner():
        log.append(["inner", variable.get()])
        variable.set("of inner")
        try:
            yield "item"
        except KeyError:
            pass
        log.append(["inner", variable.get()])
        variable.set("of inner again")

    def scenario():
        g = define(source, "outer", inner=inner, variable=variable, log=log)()
        variable.set("of consumer")
        items = [run(g.__anext__())]
        log.append(["consumer", variable.get()])
        variable.set("of consumer again")
        call = {"anext": g.__anext__, "asend": lambda: g.asend(1), "athrow": lambda: g.athrow(KeyError())}[operation]
        items.append(run(call()))
        log.append(["consumer", variable.get()])
        run(tidy(g))
        return items

    items = contextvars.copy_context().run(scenario)
    outside = variable.get()

    assert items == ["item", "after"]
    assert log == [
        ["inner", "of consumer"],
        ["consumer", "of inner"],
        ["inner", "of consumer again"],
        ["outer", "of inner again"],
        ["consumer", "of outer"],
    ]
    assert outside == "default"


@behaviour(
    "YFX-010",
    source=[ISSUE.GH_155127, LIBRARY.SETTRACE, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile", "frames", "tracing"],
)
def test_trace_of_a_delegation():
    """A trace function sees the outer body called and left around the inner one at each delegated item."""
    import sys

    source = """
async def outer():
    yield from inner()
"""
    log = []

    async def inner():
        yield 1
        yield 2

    def tracer(frame, event, argument):
        if event in ["call", "return"] and frame.f_code.co_name in ["outer", "inner"]:
            log.append([event, frame.f_code.co_name])
        return tracer

    g = define(source, "outer", inner=inner)()
    items = []
    earlier = sys.gettrace()
    sys.settrace(tracer)
    try:
        for _ in range(3):
            items.append(step(g.__anext__().send, None))
            log.append("consumer")
    finally:
        sys.settrace(earlier)

    around = [["call", "outer"], ["call", "inner"], ["return", "inner"], ["return", "outer"], "consumer"]

    assert items == [["returns", 1], ["returns", 2], ["raises", "StopAsyncIteration"]]
    assert log == around * 3


@behaviour(
    "YFX-011",
    source=[ISSUE.GH_155127, LIBRARY.MONITORING, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile"],
)
@pytest.mark.parametrize("part", ["items", "end"], ids=["items", "end"])
async def test_monitoring_of_a_delegation(part):
    """``sys.monitoring`` reports that the outer body yields and is resumed at each delegated item, and at its end that
    it returns, with the value.
    """
    import sys

    source = """
async def inner():
    yield 1
    yield 2
    return "inner value"


async def outer():
    yield from inner()
    return "value"
"""
    monitoring = sys.monitoring
    outer = define(source, "outer")
    log = []

    def record(name):
        def callback(code, offset, *arguments):
            if code is outer.__code__:
                log.append([name, *arguments] if name == "PY_RETURN" and part == "end" else name)

        return callback

    events = {name: getattr(monitoring.events, name) for name in ["PY_RESUME", "PY_YIELD", "PY_RETURN"]}
    tool = next(number for number in range(6) if monitoring.get_tool(number) is None)
    monitoring.use_tool_id(tool, "asyncgen-conformance")
    try:
        for name, event in events.items():
            monitoring.register_callback(tool, event, record(name))
        monitoring.set_local_events(tool, outer.__code__, sum(events.values()))
        async for item in outer():
            log.append(item)
    finally:
        monitoring.set_local_events(tool, outer.__code__, 0)
        for event in events.values():
            monitoring.register_callback(tool, event, None)
        monitoring.free_tool_id(tool)

    assert log[:-1] == ["PY_YIELD", 1, "PY_RESUME", "PY_YIELD", 2, "PY_RESUME"]
    assert log[-1] == (["PY_RETURN", "value"] if part == "end" else "PY_RETURN")


@behaviour(
    "YFX-012",
    source=[LIBRARY.EXC_INFO, REFERENCE.YIELD, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile"],
)
async def test_handled_exceptions_of_both_bodies():
    """What the bodies handle stays apart: the inner one sees the exception that the outer handles until it handles its
    own, and the outer one never sees that.
    """
    import sys

    source = """
async def outer():
    try:
        raise KeyError
    except KeyError:
        yield from inner()
        log.append(["outer", sys.exc_info()[0]])
    log.append(["outer", sys.exc_info()[0]])
"""
    log = []

    async def inner():
        log.append(["inner", sys.exc_info()[0]])
        try:
            raise ValueError
        except ValueError:
            yield 1
            log.append(["inner", sys.exc_info()[0]])
        log.append(["inner", sys.exc_info()[0]])
        try:
            raise
        except KeyError as error:
            log.append(["raised again", type(error)])
        yield 2

    g = define(source, "outer", inner=inner, log=log, sys=sys)()
    items = []
    async for item in g:
        items.append(item)
        log.append(["consumer", sys.exc_info()[0]])

    assert items == [1, 2]
    assert log == [
        ["inner", KeyError],
        ["consumer", None],
        ["inner", ValueError],
        ["inner", KeyError],
        ["raised again", KeyError],
        ["consumer", None],
        ["outer", KeyError],
        ["outer", None],
    ]


@behaviour(
    "YFX-013",
    source=[LIBRARY.GC, ISSUE.GH_155127, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile", "gc", "weakref"],
)
def test_cycle_of_generators_is_collected():
    """Without hooks, a cycle of a generator that delegates to one that refers back is collected, and both clean up."""
    import weakref

    source = """
async def outer(others):
    try:
        yield from others[0]
    finally:
        log.append("outer")
"""
    log = []

    async def inner(others):
        try:
            yield "item"
        finally:
            log.append("inner")
            del others

    others = []
    others.append(inner(others))
    others.append(define(source, "outer", log=log)(others))
    item = run(others[1].__anext__())
    references = [weakref.ref(each) for each in others]
    del others
    collect()
    alive = [reference() is not None for reference in references]

    assert item == "item"
    assert sorted(log) == ["inner", "outer"]
    assert alive == [False, False]


@behaviour(
    "YFX-014",
    source=[PEP828.YIELD_FROM, REFERENCE.OBJECTS],
    since="3.16",
    level="detail",
    needs=["compile", "gc", "weakref"],
)
@pytest.mark.parametrize("end", ["result", "exception"], ids=["result", "exception"])
async def test_life_of_the_subiterator(end):
    """A delegation keeps its subiterator alive, and when it has ended, with a result or an exception, the generator
    does not refer to it any more.
    """
    import weakref

    source = """
async def outer(operands):
    try:
        yield from operands.pop()
    except KeyError:
        pass
    yield "after"
"""

    async def inner():
        yield "item"
        if end == "exception":
            raise KeyError

    operands = [inner()]
    reference = weakref.ref(operands[0])
    g = define(source, "outer")(operands)
    items = [await g.__anext__()]
    collect()
    alive = [reference() is not None]
    items.append(await g.__anext__())
    collect()
    alive.append(reference() is not None)
    await tidy(g)

    assert items == ["item", "after"]
    assert alive == [True, False]


@behaviour("YFX-015", source=[LIBRARY.TYPING], since="3.13", level="detail")
def test_no_type_for_the_result():
    """``typing.AsyncGenerator`` takes the types of items and of sent values, and refuses a third one, which would be
    that of the result.
    """
    import typing

    two = typing.AsyncGenerator[int, str]
    with raises(TypeError):
        typing.AsyncGenerator[int, str, bytes]
    three = typing.Generator[int, str, bytes]

    assert typing.get_args(two) == (int, str)
    assert typing.get_args(three) == (int, str, bytes)


@behaviour("YFX-016", source=[PEP828.YIELD_FROM, LIBRARY.COLLECTIONS_ABC], since="3.16", needs=["compile"])
async def test_subiterator_of_the_abstract_class():
    """An object of a class that is derived from ``collections.abc.AsyncGenerator`` is a subiterator, also with the
    methods that it inherits.
    """
    from collections.abc import AsyncGenerator

    source = """
async def outer():
    try:
        yield from Subiterator()
    finally:
        log.append("finally")
"""
    log = []

    class Subiterator(AsyncGenerator):
        async def asend(self, value):
            log.append(["asend", value])
            return ["sent", value]

        async def athrow(self, kind, value=None, traceback=None):
            error = kind() if isinstance(kind, type) else kind
            log.append(["athrow", type(error).__name__])
            if isinstance(error, GeneratorExit):
                raise error
            return "thrown"

    g = define(source, "outer", Subiterator=Subiterator, log=log)()
    items = [await g.__anext__(), await g.asend(5), await g.athrow(KeyError())]
    closed = await g.aclose()

    assert items == [["sent", None], ["sent", 5], "thrown"]
    assert closed is None
    assert log == [["asend", None], ["asend", 5], ["athrow", "KeyError"], ["athrow", "GeneratorExit"], "finally"]


@behaviour("YFX-017", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile", "threads"])
def test_operations_in_several_threads():
    """One thread after another may resume a delegating generator, and the inner body continues in that thread."""
    import threading

    source = """
async def outer():
    return (yield from inner())
"""
    log = []

    async def inner():
        for number in range(2):
            log.append(threading.get_ident())
            log.append((yield number))

    g = define(source, "outer", inner=inner)()
    steps = []

    def work(value):
        log.append(["thread", threading.get_ident()])
        steps.append(step(awaiting(g.asend(value)).send, None))

    for value in [None, "sent", "last"]:
        thread = threading.Thread(target=work, args=(value,))
        thread.start()
        thread.join()
    threads = [entry[1] for entry in log if isinstance(entry, list)]
    rest = [entry for entry in log if not isinstance(entry, list)]

    assert steps == [["returns", 0], ["returns", 1], ["raises", "StopAsyncIteration"]]
    assert rest == [threads[0], "sent", threads[1], "last"]


@behaviour(
    "YFX-018",
    source=[LIBRARY.ASYNCIO_TASK, PEP828.YIELD_FROM],
    since="3.16",
    level="library",
    needs=["asyncio", "compile"],
)
def test_delegation_under_an_event_loop():
    """In an event loop other tasks run while either body of a delegation awaits, and each consumer gets its items in
    order.
    """
    import asyncio

    source = """
async def outer(name):
    await asyncio.sleep(0)
    result = yield from inner(name)
    await asyncio.sleep(0)
    yield [name, result]


async def inner(name):
    for number in range(3):
        await asyncio.sleep(0)
        yield [name, number]
    return "result"
"""
    log = []

    async def consume(outer, name):
        async for item in outer(name):
            log.append(item)

    async def main():
        outer = define(source, "outer", asyncio=asyncio)
        await asyncio.gather(consume(outer, "a"), consume(outer, "b"))

    in_loop(main())
    first = [item for _, item in [entry for entry in log if entry[0] == "a"]]
    second = [item for _, item in [entry for entry in log if entry[0] == "b"]]
    order = [name for name, _ in log]

    assert first == [0, 1, 2, "result"]
    assert second == [0, 1, 2, "result"]
    assert order != sorted(order)


@behaviour(
    "YFX-019",
    source=[LIBRARY.RECURSION_ERROR, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile"],
    allowed=["item", "RecursionError"],
)
@pytest.mark.parametrize("depth", [1000, 100000], ids=["1000", "100000"])
async def test_deep_delegation(depth):
    """A delegation through very many generators gives the item of the innermost one, or RecursionError, which the
    consumer can catch.
    """
    source = """
async def level(number):
    if number == 0:
        yield "item"
    else:
        yield from level(number - 1)
"""
    level = define(source, "level")
    g = level(depth)
    try:
        outcome = await g.__anext__()
    except RecursionError:
        outcome = "RecursionError"
    await tidy(g)

    return outcome


@behaviour(
    "YFX-020",
    source=[CPYTHON.GENOBJECT, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile", "gc", "weakref"],
)
@pytest.mark.parametrize("state", ["suspended", "not-begun"], ids=["suspended", "not-begun"])
def test_deep_delegation_is_dropped(state):
    """A chain of very many generators that delegate to each other can be dropped, suspended or not begun, and the
    innermost one is collected.
    """
    import weakref

    source = """
async def outer(subiterator):
    yield from subiterator
"""

    async def inner():
        yield "item"

    outer = define(source, "outer")
    g = inner()
    reference = weakref.ref(g)
    for _ in range(100 if state == "suspended" else 2000):
        g = outer(g)
    item = run(g.__anext__()) if state == "suspended" else "item"
    del g
    collect()
    alive = reference() is not None

    assert item == "item"
    assert not alive


@behaviour("YFX-021", source=[PEP828.YIELD_FROM, PEP525.ITERATION], since="3.16", needs=["compile"])
def test_steps_of_the_driver():
    """An item, a sent value, an ``await`` of the innermost body and an exception pass through fifty delegations in one
    step of the driver each.
    """
    source = """
async def level(number):
    if number:
        yield from level(number - 1)
    else:
        received = yield "item"
        answer = await suspend(["awaits", received])
        try:
            yield answer
        except KeyError as error:
            yield error
"""
    error = KeyError("key")
    g = define(source, "level", suspend=suspend)(50)
    steps = [step(awaiting(g.__anext__()).send, None)]
    second = awaiting(g.asend("sent"))
    steps += [step(second.send, None), step(second.send, "answer")]
    steps.append(step(awaiting(g.athrow(error)).send, None))
    run(tidy(g))

    assert steps[:3] == [["returns", "item"], ["suspends", ["awaits", "sent"]], ["returns", "answer"]]
    assert steps[3][0] == "returns"
    assert steps[3][1] is error


@behaviour(
    "YFX-022",
    source=[LIBRARY.DIS, LIBRARY.INSPECT, LIBRARY.INSPECT_SIGNATURE, PEP828.COMPILER],
    since="3.16",
    level="detail",
    needs=["compile"],
)
def test_dis_and_inspect():
    """``dis`` shows the code of a function with an asynchronous ``yield from``, which has a YIELD_VALUE, and
    ``inspect`` gives its signature and source.
    """
    import dis
    import inspect
    import linecache

    source = """async def outer(subiterator, *, key=None):
    return (yield from subiterator)
"""
    names = {}
    linecache.cache["<delegation>"] = (len(source), None, source.splitlines(True), "<delegation>")
    try:
        exec(compile(source, "<delegation>", "exec"), names)
        outer = names["outer"]
        shown = inspect.getsource(outer)
    finally:
        del linecache.cache["<delegation>"]
    operations = [instruction.opname for instruction in dis.get_instructions(outer)]
    signature = str(inspect.signature(outer))

    assert "YIELD_VALUE" in operations
    assert signature == "(subiterator, *, key=None)"
    assert shown == source


@behaviour(
    "YFX-023",
    source=[ISSUE.GH_89091, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile", "gc", "warnings"],
)
@pytest.mark.parametrize("kind", ["generator", "coroutines"], ids=["generator", "coroutines"])
@pytest.mark.parametrize(
    "ending",
    ["end", "asend", "athrow", "aclose", "refused", "dropped"],
    ids=["end", "asend", "athrow", "aclose", "refused", "dropped"],
)
def test_no_warning_about_the_delegation(ending, kind):
    """A delegation makes nothing that is not awaited, and so no warning is given, even if an operation is refused or
    the generator is dropped.
    """
    import warnings

    source = """
async def outer(subiterator):
    yield from subiterator
"""

    async def inner():
        yield "item"
        await suspend("waits")
        yield "next"

    class Subiterator:
        asked = 0

        def __aiter__(self):
            return self

        async def __anext__(self):
            self.asked += 1
            if self.asked == 1:
                return "item"
            if self.asked == 3:
                raise StopAsyncIteration
            await suspend("waits")
            return "next"

        async def athrow(self, error):
            raise error

        async def aclose(self):
            pass

    outer = define(source, "outer")
    steps = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        g = outer(inner() if kind == "generator" else Subiterator())
        steps.append(step(g.__anext__().send, None))
        if ending == "end":
            steps.append(run(items_of(g)))
        elif ending == "refused":
            first = g.__anext__()
            steps += [step(first.send, None), step(g.__anext__().send, None), step(first.send, None)]
            run(tidy(g))
        elif ending != "dropped":
            # A generator waits when it is sent a value, and the other subiterator has no asend().
            operation = g.aclose() if ending == "aclose" else getattr(g, ending)(KeyError())
            steps.append(step(operation.send, None))
            if steps[-1] == ["suspends", "waits"]:
                steps.append(step(operation.send, None))
            del operation
            run(tidy(g))
        del g
        collect()
    messages = [str(each.message) for each in caught]
    sent = [["suspends", "waits"], ["returns", "next"]] if kind == "generator" else [["raises", "AttributeError"]]

    assert steps[0] == ["returns", "item"]
    assert (
        steps[1:]
        == {
            "end": [["next"]],
            "asend": sent,
            "athrow": [["raises", "KeyError"]],
            "aclose": [["returns", None]],
            "refused": [["suspends", "waits"], ["raises", "RuntimeError"], ["returns", "next"]],
            "dropped": [],
        }[ending]
    )
    assert messages == []
