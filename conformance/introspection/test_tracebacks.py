"""Tracebacks, stacks and call graphs through an asynchronous generator."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import in_loop, raises
from conformance.sources import ISSUE, LIBRARY, REFERENCE


@behaviour("TRB-001", source=[LIBRARY.TRACEBACK, REFERENCE.TRACEBACK_OBJECTS], since="3.6")
async def test_frame_of_the_generator():
    """A traceback through a body has one entry for that body, with the name of its function, after that of its consumer
    and before what it called.
    """
    import traceback

    def fail():
        raise ValueError

    async def agen():
        yield 1
        fail()

    async def consumer():
        async for _ in agen():
            pass

    with raises(ValueError) as caught:
        await consumer()
    entries = traceback.extract_tb(caught.value.__traceback__)
    names = [entry.name for entry in entries]

    assert names.count("agen") == names.count("consumer") == 1
    assert names.index("consumer") < names.index("agen") < len(names) - 1


@behaviour("TRB-002", source=[LIBRARY.TRACEBACK, REFERENCE.FRAME_OBJECTS], since="3.6", level="detail")
async def test_stack_of_a_running_body():
    """The stack seen from a running body ends with the coroutines that await it, outermost first, and then the body."""
    import traceback

    async def agen():
        stacks.append([entry.name for entry in traceback.extract_stack()])
        yield 1
        stacks.append([entry.name for entry in traceback.extract_stack()])

    async def inner(g):
        await g.__anext__()

    async def outer(g):
        await inner(g)

    stacks = []
    g = agen()
    await outer(g)
    with raises(StopAsyncIteration):
        await inner(g)

    assert stacks[0][-3:] == ["outer", "inner", "agen"]
    assert stacks[1][-2:] == ["inner", "agen"]
    assert "outer" not in stacks[1]


@behaviour("TRB-003", source=[ISSUE.BPO_39764], since="3.8", needs=["asyncio"])
@pytest.mark.parametrize("operation", ["asend", "aclose"], ids=["asend", "aclose"])
def test_stack_of_a_task_of_an_awaitable(operation):
    """``get_stack()`` and ``print_stack()`` work for a task made from an ``asend()`` or ``aclose()`` awaitable."""
    import asyncio
    import io

    async def agen():
        try:
            yield 1
        except GeneratorExit:
            pass
        log.append(await gate[0])

    async def main():
        gate.append(asyncio.get_event_loop().create_future())
        g = agen()
        await g.__anext__()
        task = asyncio.ensure_future(g.asend(None) if operation == "asend" else g.aclose())
        await asyncio.sleep(0)
        stack = task.get_stack()
        text = io.StringIO()
        task.print_stack(file=text)
        gate[0].set_result("open")
        await asyncio.wait([task])
        return [stack, text.getvalue().lower(), type(task.exception())]

    gate, log = [], []
    stack, printed, ending = in_loop(main())

    assert type(stack) is list
    assert "stack for <" in printed
    assert log == ["open"]
    assert ending is (StopAsyncIteration if operation == "asend" else type(None))


@behaviour("TRB-004", source=[ISSUE.BPO_33672], since="3.7", needs=["asyncio"])
@pytest.mark.parametrize("operation", ["asend", "athrow"], ids=["asend", "athrow"])
def test_repr_of_a_task_of_an_awaitable(operation):
    """``repr()`` of a task made from an ``asend()`` or ``athrow()`` awaitable says that this object has no name."""
    import asyncio

    async def agen():
        while True:
            try:
                yield 1
            except KeyError:
                pass

    async def main():
        g = agen()
        await g.__anext__()
        task = asyncio.ensure_future(g.asend(None) if operation == "asend" else g.athrow(KeyError()))
        pending = repr(task)
        await task
        return [pending, repr(task)]

    pending, done = in_loop(main())

    assert "async_generator_%s without __name__" % operation in pending
    assert "pending" in pending
    assert "finished" in done


@behaviour("TRB-005", source=[REFERENCE.FRAME_OBJECTS], since="3.6", level="detail")
async def test_caller_of_a_running_frame():
    """At each resumption, ``f_back`` of the frame of the body is the frame of the coroutine that awaits it at that
    time.
    """

    async def agen():
        callers.append(g.ag_frame.f_back.f_code)
        yield 1
        callers.append(g.ag_frame.f_back.f_code)

    async def first(g):
        await g.__anext__()

    async def second(g):
        async for _ in g:
            pass

    callers = []
    g = agen()
    await first(g)
    await second(g)

    assert callers == [first.__code__, second.__code__]


@behaviour(
    "TRB-006",
    source=[LIBRARY.ASYNCIO_GRAPH, ISSUE.GH_156980],
    since="3.14",
    level="detail",
    needs=["asyncio"],
    allowed=["body and consumer", "consumer"],
)
@pytest.mark.parametrize("where", ["inside", "outside"], ids=["inside", "outside"])
def test_call_graph(where):
    """``asyncio.capture_call_graph()`` lists a body that calls it before its consumer; called from outside, it lists
    the consumer, with or without the body.
    """
    import asyncio

    async def agen():
        if where == "inside":
            graphs.append(asyncio.capture_call_graph())
        await gate[0]
        yield 1

    async def consumer():
        async for _ in agen():
            pass

    async def main():
        gate.append(asyncio.get_running_loop().create_future())
        task = asyncio.create_task(consumer())
        await asyncio.sleep(0)
        if where == "outside":
            graphs.append(asyncio.capture_call_graph(task))
        gate[0].set_result(None)
        await task

    gate, graphs = [], []
    in_loop(main())
    names = [entry.frame.f_code.co_name for entry in graphs[0].call_stack]

    assert len(graphs) == 1
    if where == "outside" and names == ["consumer"]:
        return "consumer"
    assert names[:2] == ["agen", "consumer"]
    return "body and consumer"


@behaviour("TRB-007", source=[ISSUE.GH_95882], since="3.7")
@pytest.mark.parametrize("name", ["ValueError", "RuntimeError"], ids=["ValueError", "RuntimeError"])
async def test_traceback_through_a_context_manager(name):
    """The traceback of an exception that passes a context manager made by ``@asynccontextmanager`` contains the line of
    the block.
    """
    import builtins
    from contextlib import asynccontextmanager

    failure = getattr(builtins, name)("block")

    @asynccontextmanager
    async def manager():
        yield

    async def block():
        async with manager():
            raise failure

    with raises(type(failure)) as caught:
        await block()
    lines = []
    traceback = caught.value.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_name == "block":
            lines.append(traceback.tb_lineno - block.__code__.co_firstlineno)
        traceback = traceback.tb_next

    assert caught.value.__cause__ is None
    assert 2 in lines
