"""Tracing and monitoring: what a debugger sees of a body."""

from conformance.behaviour import behaviour
from conformance.sources import LIBRARY, PEPS


@behaviour("TRC-001", source=[LIBRARY.SETTRACE], since="3.6", level="detail", needs=["tracing"])
async def test_trace_events():
    """A trace function gets a call event at each resumption of the body, and a return event at each yield and end."""
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


@behaviour("TRC-004", source=[LIBRARY.MONITORING, PEPS.PEP669], since="3.12", level="library")
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
    monitoring.use_tool_id(tool, "TRC-004")
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
