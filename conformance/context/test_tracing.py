"""Tracing and monitoring: the events that a debugger gets from a body."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import items_of, suspend, tidy
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEPS


@behaviour("TRC-001", source=[LIBRARY.SETTRACE], since="3.6", level="detail", needs=["frames", "tracing"])
async def test_trace_events():
    """A trace function gets a call event at each resumption of the body, and a return event at each yield and at the
    end.
    """
    import sys

    log = []

    async def agen():
        log.append("first")
        yield 1
        log.append("second")
        yield 2
        log.append("third")

    def tracer(frame, event, argument):
        if frame.f_code is not agen.__code__:
            return None
        if event in ("call", "return"):
            log.append(event)
        return tracer

    g = agen()
    earlier = sys.gettrace()
    sys.settrace(tracer)
    try:
        async for _ in g:
            log.append("consumer")
    finally:
        sys.settrace(earlier)

    assert log == [
        "call", "first", "return", "consumer",
        "call", "second", "return", "consumer",
        "call", "third", "return",
    ]  # fmt: skip


@behaviour("TRC-002", source=[CPYTHON.CEVAL], since="3.6", needs=["frames", "tracing"])
async def test_trace_argument_at_a_yield():
    """The argument of the return event is an internal wrapper, not the item, at a yield, and None at the end."""
    import sys

    arguments = []

    async def agen():
        yield "item"

    def tracer(frame, event, argument):
        if frame.f_code is not agen.__code__:
            return None
        if event == "return":
            arguments.append(type(argument).__name__)
        return tracer

    earlier = sys.gettrace()
    sys.settrace(tracer)
    try:
        items = await items_of(agen())
    finally:
        sys.settrace(earlier)

    assert items == ["item"]
    assert arguments == ["async_generator_wrapped_value", "NoneType"]


@behaviour("TRC-003", source=[LIBRARY.SETPROFILE], since="3.6", level="detail", needs=["frames", "tracing"])
async def test_profile_events():
    """A profile function gets a call event at each resumption of the body, and a return event at each suspension and at
    the end.
    """
    import sys

    log = []

    async def agen():
        log.append("first")
        yield 1
        log.append("second")
        await suspend()
        log.append("third")

    def profiler(frame, event, argument):
        if frame.f_code is agen.__code__ and event in ("call", "return"):
            log.append(event)

    g = agen()
    earlier = sys.getprofile()
    sys.setprofile(profiler)
    try:
        async for _ in g:
            log.append("consumer")
    finally:
        sys.setprofile(earlier)

    assert log == [
        "call", "first", "return", "consumer",
        "call", "second", "return",
        "call", "third", "return",
    ]  # fmt: skip


@behaviour("TRC-004", source=[LIBRARY.MONITORING, PEPS.PEP669], since="3.12", level="detail")
async def test_monitoring_events():
    """``sys.monitoring`` reports the start of the body, each yield, each resumption and the return, in that order."""
    import sys

    monitoring = sys.monitoring
    log = []

    async def agen():
        log.append("first")
        yield 1
        log.append("second")
        yield 2
        log.append("third")

    def record(name):
        return lambda code, *arguments: log.append(name) if code is agen.__code__ else None

    events = {name: getattr(monitoring.events, name) for name in ["PY_START", "PY_RESUME", "PY_YIELD", "PY_RETURN"]}
    tool = next(number for number in range(6) if monitoring.get_tool(number) is None)
    monitoring.use_tool_id(tool, "asyncgen-conformance")
    try:
        for name, event in events.items():
            monitoring.register_callback(tool, event, record(name))
        monitoring.set_local_events(tool, agen.__code__, sum(events.values()))
        async for _ in agen():
            log.append("consumer")
    finally:
        monitoring.set_local_events(tool, agen.__code__, 0)
        for event in events.values():
            monitoring.register_callback(tool, event, None)
        monitoring.free_tool_id(tool)

    assert log == [
        "PY_START", "first", "PY_YIELD", "consumer",
        "PY_RESUME", "second", "PY_YIELD", "consumer",
        "PY_RESUME", "third", "PY_RETURN",
    ]  # fmt: skip


@behaviour("TRC-005", source=[LIBRARY.MONITORING, PEPS.PEP669], since="3.12", level="detail")
@pytest.mark.parametrize("caught", [True, False], ids=["caught", "escapes"])
async def test_monitoring_of_athrow(caught):
    """``sys.monitoring`` reports that ``athrow()`` throws an exception into the body, and whether that
    leaves the body.
    """
    import sys

    monitoring = sys.monitoring
    log = []

    async def agen():
        while True:
            try:
                yield
            except KeyError:
                if not caught:
                    raise

    def record(name):
        return lambda code, offset, error: log.append([name, error]) if code is agen.__code__ else None

    # An event that has no local form is for all code, and the callback picks.
    events = {name: getattr(monitoring.events, name) for name in ["PY_THROW", "PY_UNWIND"]}
    tool = next(number for number in range(6) if monitoring.get_tool(number) is None)
    error = KeyError("thrown")
    g = agen()
    await g.__anext__()
    monitoring.use_tool_id(tool, "asyncgen-conformance")
    try:
        for name, event in events.items():
            monitoring.register_callback(tool, event, record(name))
        monitoring.set_events(tool, sum(events.values()))
        try:
            await g.athrow(error)
        except KeyError:
            pass
    finally:
        monitoring.set_events(tool, 0)
        for event in events.values():
            monitoring.register_callback(tool, event, None)
        monitoring.free_tool_id(tool)
    await tidy(g)

    assert log == [["PY_THROW", error]] + ([] if caught else [["PY_UNWIND", error]])


@behaviour("TRC-006", source=[LIBRARY.MONITORING], since="3.12", level="detail")
async def test_monitoring_of_aclose():
    """``sys.monitoring`` reports ``aclose()`` of a suspended body as a GeneratorExit that is thrown into it and leaves
    it.
    """
    import sys

    monitoring = sys.monitoring
    log = []

    async def agen():
        yield

    def record(name):
        return lambda code, offset, error: log.append([name, type(error)]) if code is agen.__code__ else None

    events = {name: getattr(monitoring.events, name) for name in ["PY_THROW", "PY_UNWIND"]}
    tool = next(number for number in range(6) if monitoring.get_tool(number) is None)
    g = agen()
    await g.__anext__()
    monitoring.use_tool_id(tool, "asyncgen-conformance")
    try:
        for name, event in events.items():
            monitoring.register_callback(tool, event, record(name))
        monitoring.set_events(tool, sum(events.values()))
        await g.aclose()
        await g.aclose()
    finally:
        monitoring.set_events(tool, 0)
        for event in events.values():
            monitoring.register_callback(tool, event, None)
        monitoring.free_tool_id(tool)

    assert log == [["PY_THROW", GeneratorExit], ["PY_UNWIND", GeneratorExit]]


@behaviour("TRC-007", source=[ISSUE.GH_128534], since="3.14")
async def test_monitoring_of_branches():
    """``sys.monitoring`` reports a left branch for each item of an ``async for`` loop, and a right branch
    for its end.
    """
    import sys

    monitoring = sys.monitoring
    log = []

    async def agen():
        yield 1
        yield 2

    async def consumer(g):
        async for _ in g:
            log.append("item")

    def record(name):
        return lambda code, source, destination: log.append(name)

    events = {name: getattr(monitoring.events, name) for name in ["BRANCH_LEFT", "BRANCH_RIGHT"]}
    tool = next(number for number in range(6) if monitoring.get_tool(number) is None)
    monitoring.use_tool_id(tool, "asyncgen-conformance")
    try:
        for name, event in events.items():
            monitoring.register_callback(tool, event, record(name))
        monitoring.set_local_events(tool, consumer.__code__, sum(events.values()))
        await consumer(agen())
    finally:
        monitoring.set_local_events(tool, consumer.__code__, 0)
        for event in events.values():
            monitoring.register_callback(tool, event, None)
        monitoring.free_tool_id(tool)

    assert log == ["BRANCH_LEFT", "item", "BRANCH_LEFT", "item", "BRANCH_RIGHT"]


@behaviour("TRC-008", source=[LIBRARY.SETTRACE], since="3.6", level="detail", needs=["frames", "tracing"])
async def test_trace_lines_and_exceptions():
    """A trace function gets a line event for each line that runs, and an exception event at the line where ``athrow()``
    throws.
    """
    import sys

    log = []

    async def agen():
        try:
            yield 1
        except KeyError:
            log.append("handling")
        yield 2

    first = agen.__code__.co_firstlineno

    def tracer(frame, event, argument):
        if frame.f_code is not agen.__code__:
            return None
        if event in ("line", "exception"):
            log.append([event, frame.f_lineno - first])
        return tracer

    g = agen()
    earlier = sys.gettrace()
    sys.settrace(tracer)
    try:
        await g.__anext__()
        log.append("throwing")
        await g.athrow(KeyError())
    finally:
        sys.settrace(earlier)
    await tidy(g)

    assert log == [
        ["line", 1], ["line", 2], "throwing",
        ["exception", 2], ["line", 3], ["line", 4], "handling", ["line", 5],
    ]  # fmt: skip


@behaviour("TRC-009", source=[ISSUE.BPO_33041, CPYTHON.TEST_SETTRACE], since="3.6", needs=["frames", "tracing"])
async def test_jump_into_a_loop():
    """A trace function that sets ``f_lineno`` to a line inside an ``async for`` loop gets ValueError."""
    import sys

    log = []

    async def agen():
        yield 1
        yield 2

    async def consumer(g):
        log.append("before")
        async for item in g:
            log.append(item)
        log.append("after")

    first = consumer.__code__.co_firstlineno

    def tracer(frame, event, argument):
        if frame.f_code is not consumer.__code__:
            return None
        if event == "line" and frame.f_lineno == first + 1:
            outcome = "jumped"
            try:
                frame.f_lineno = first + 3
            except ValueError:
                outcome = "ValueError"
            log.append(outcome)
        return tracer

    earlier = sys.gettrace()
    sys.settrace(tracer)
    try:
        await consumer(agen())
    finally:
        sys.settrace(earlier)

    assert log == ["ValueError", "before", 1, 2, "after"]


@behaviour("TRC-010", source=[ISSUE.BPO_33041, CPYTHON.TEST_SETTRACE], since="3.6", needs=["frames", "tracing"])
async def test_jump_out_of_a_loop():
    """A trace function that sets ``f_lineno`` from a line inside an ``async for`` loop to one after it ends
    the loop.
    """
    import sys

    log = []

    async def agen():
        yield 1
        yield 2

    async def consumer(g):
        async for item in g:
            log.append(item)
            log.append("skipped")
        log.append("after")
        return [item async for item in g]

    first = consumer.__code__.co_firstlineno

    def tracer(frame, event, argument):
        if frame.f_code is not consumer.__code__:
            return None
        if event == "line" and frame.f_lineno == first + 3:
            frame.f_lineno = first + 4
        return tracer

    earlier = sys.gettrace()
    sys.settrace(tracer)
    try:
        rest = await consumer(agen())
    finally:
        sys.settrace(earlier)

    assert log == [1, "after"]
    assert rest == [2]
