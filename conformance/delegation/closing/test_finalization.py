"""YFC: delegating generators that are abandoned, collected, cancelled or closed by an event loop."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, define, hooks, in_loop, raises, suspend, tidy, unraisable
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP525, PEP828, REFERENCE


@behaviour("YFC-027", source=[LIBRARY.ACLOSING, PEP828.YIELD_FROM], since="3.16", level="library", needs=["compile"])
async def test_aclosing():
    """``contextlib.aclosing()`` around the outer generator closes the inner one too before the code after the block
    runs.
    """
    from contextlib import aclosing

    source = """
async def outer():
    try:
        yield from inner()
    finally:
        log.append("outer")
"""
    log = []

    async def inner():
        try:
            yield "first"
            yield "second"
        finally:
            await suspend()
            log.append("inner")

    async with aclosing(define(source, "outer", inner=inner, log=log)()) as g:
        async for item in g:
            log.append(item)
            break
    log.append("after the block")

    assert log == ["first", "inner", "outer", "after the block"]


@behaviour(
    "YFC-028", source=[CPYTHON.GENOBJECT, PEP828.YIELD_FROM], since="3.16", level="detail", needs=["compile", "gc"]
)
async def test_collected_together():
    """Without hooks, if nothing refers to a delegating generator, it is finalized together with the inner one: the
    clean-up of the inner one runs first.
    """
    source = """
async def outer():
    try:
        yield from inner()
    finally:
        log.append("outer")
"""
    log = []

    async def inner():
        try:
            yield "first"
        finally:
            log.append("inner")

    with hooks(), unraisable() as reports:
        g = define(source, "outer", inner=inner, log=log)()
        first = await g.__anext__()
        del g
        collect()
        seen = list(log)

    assert first == "first"
    assert seen == ["inner", "outer"]
    assert reports == []


@behaviour(
    "YFC-029", source=[CPYTHON.GENOBJECT, PEP828.YIELD_FROM], since="3.16", level="detail", needs=["compile", "gc"]
)
async def test_collected_with_a_clean_up_that_awaits():
    """Without hooks, if the clean-up of the inner generator awaits when both are collected, one RuntimeError is
    reported for the pair.
    """
    source = """
async def outer():
    yield from inner()
"""
    log = []

    async def inner():
        try:
            yield "first"
        finally:
            log.append("begins")
            await suspend()
            log.append("ends")

    with hooks(), unraisable() as reports:
        g = define(source, "outer", inner=inner)()
        first = await g.__anext__()
        del g
        collect()
        seen = list(log)
    kinds = [kind for kind, _ in reports]

    assert first == "first"
    assert seen == ["begins"]
    assert kinds == [RuntimeError]


@behaviour(
    "YFC-030",
    source=[PEP828.YIELD_FROM, LIBRARY.SET_ASYNCGEN_HOOKS],
    since="3.16",
    level="detail",
    needs=["compile"],
)
@pytest.mark.parametrize("begun", [False, True], ids=["new", "begun"])
async def test_firstiter_of_both_generators(begun):
    """``firstiter`` is called for the outer generator, then for the inner one when the delegation first asks it; not
    for an inner one that has begun elsewhere.
    """
    source = """
async def outer(subiterator):
    yield "before"
    yield from subiterator
"""
    calls = []

    async def inner():
        yield 1
        yield 2
        yield 3

    subiterator = inner()
    if begun:
        await subiterator.__anext__()
    with hooks(calls.append):
        g = define(source, "outer")(subiterator)
        first = await g.__anext__()
        before = list(calls)
        items = [await g.__anext__(), await g.__anext__()]
    await tidy(g)

    assert first == "before"
    assert items == ([2, 3] if begun else [1, 2])
    assert len(before) == 1
    assert before[0] is g
    assert len(calls) == (1 if begun else 2)
    assert calls[-1] is (g if begun else subiterator)


@behaviour(
    "YFC-031",
    source=[PEP828.YIELD_FROM, LIBRARY.SET_ASYNCGEN_HOOKS],
    since="3.16",
    level="detail",
    needs=["compile"],
)
async def test_firstiter_that_raises_for_the_inner_generator():
    """An exception that ``firstiter`` raises for the inner generator comes out at the ``yield from``."""
    source = """
async def outer(subiterator):
    try:
        yield from subiterator
    except KeyError as caught:
        log.append(caught)
    yield "after"
"""
    log = []
    error = KeyError("hook")

    async def inner():
        log.append("inner")
        yield "item"

    def firstiter(generator):
        if generator is subiterator:
            raise error

    subiterator = inner()
    with hooks(firstiter):
        g = define(source, "outer", log=log)(subiterator)
        item = await g.__anext__()
    await tidy(g)

    assert item == "after"
    assert len(log) == 1
    assert log[0] is error


@behaviour(
    "YFC-032",
    source=[PEP828.YIELD_FROM, LIBRARY.SET_ASYNCGEN_HOOKS],
    since="3.16",
    level="detail",
    needs=["compile", "gc"],
)
async def test_finalizer_gets_the_outer_generator():
    """If nothing refers to a delegating generator, the finalizer hook is called for it and not for the inner one, and
    its ``aclose()`` closes both.
    """
    source = """
async def outer():
    try:
        yield from inner()
    finally:
        log.append("outer")
"""
    log, kept = [], []

    async def inner():
        try:
            yield "first"
        finally:
            await suspend()
            log.append("inner")

    with hooks(finalizer=kept.append):
        g = define(source, "outer", inner=inner, log=log)()
        first = await g.__anext__()
        del g
        collect()
        before, found = list(log), list(kept)
        closed = [await each.aclose() for each in found]
        seen = list(log)

    assert first == "first"
    assert before == []
    assert closed == [None]
    assert seen == ["inner", "outer"]


@behaviour(
    "YFC-033",
    source=[LIBRARY.SHUTDOWN_ASYNCGENS, PEP828.YIELD_FROM],
    since="3.16",
    level="library",
    needs=["asyncio", "compile"],
)
def test_shutdown_of_the_event_loop():
    """``loop.shutdown_asyncgens()`` closes a delegating generator and the one that it delegates to, and awaits the
    clean-up of both.
    """
    import asyncio

    source = """
async def outer(number, subiterator):
    try:
        yield from subiterator
    finally:
        await asyncio.sleep(0)
        log.append([number, "outer"])
"""
    log = []

    async def inner(number):
        try:
            yield number
        finally:
            await asyncio.sleep(0)
            log.append([number, "inner"])

    outer = define(source, "outer", asyncio=asyncio, log=log)

    async def main():
        # Both are closed at once, so that one of the two closings may be refused, and reported.
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
        # Which one is closed first depends on where the two are in memory: several pairs show both orders.
        generators, firsts = [], []
        for number in range(8):
            subiterator = inner(number)
            g = outer(number, subiterator)
            firsts.append(await g.__anext__())
            generators += [g, subiterator]
        await asyncio.get_running_loop().shutdown_asyncgens()
        seen = sorted(log)
        for each in generators:
            with raises(StopAsyncIteration):
                await each.__anext__()
        return firsts, seen

    firsts, seen = in_loop(main())

    assert firsts == list(range(8))
    assert seen == [[number, which] for number in range(8) for which in ("inner", "outer")]


@behaviour(
    "YFC-034",
    source=[REFERENCE.AGEN_FUNCTION, PEP525.ASYNCIO, PEP828.YIELD_FROM],
    since="3.16",
    level="library",
    needs=["asyncio", "compile", "gc", "weakref"],
    allowed=["closed", "not collected"],
)
def test_abandoned_in_a_task():
    """The running loop closes a delegating generator that nothing refers to after a ``break``, and with it the inner
    one, and awaits the clean-up of both.
    """
    import asyncio
    import weakref

    source = """
async def outer():
    try:
        yield from inner()
    finally:
        await asyncio.sleep(0)
        log.append("outer")
"""
    log, references = [], []

    async def inner():
        try:
            yield "first"
            yield "second"
        finally:
            await asyncio.sleep(0)
            log.append("inner")

    async def consume():
        g = define(source, "outer", asyncio=asyncio, inner=inner, log=log)()
        references.append(weakref.ref(g))
        async for item in g:
            log.append(item)
            break

    async def main():
        await consume()
        collect()
        for _turn in range(20):
            await asyncio.sleep(0)
        return list(log)

    seen = in_loop(main())

    if seen == ["first"] and references[0]() is not None:
        return "not collected"
    assert seen == ["first", "inner", "outer"]
    return "closed"


@behaviour(
    "YFC-035",
    source=[LIBRARY.ASYNCIO_CANCELLATION, PEP828.YIELD_FROM],
    since="3.16",
    level="library",
    needs=["asyncio", "compile"],
)
@pytest.mark.parametrize("catches", [True, False], ids=["caught", "not-caught"])
def test_cancelled_consumer(catches):
    """Cancelling the task that awaits an item raises CancelledError in the inner ``await``, then at the ``yield from``;
    if no body catches it, the task is cancelled.
    """
    import asyncio

    source = """
async def outer():
    try:
        yield from inner()
    except asyncio.CancelledError:
        log.append("outer")
        if not catches:
            raise
    yield "after"
"""
    log = []

    async def inner():
        try:
            log.append("waits")
            await asyncio.get_running_loop().create_future()
        except asyncio.CancelledError:
            log.append("inner")
            raise
        yield "never"

    async def consume(g):
        return await g.__anext__()

    async def main():
        g = define(source, "outer", asyncio=asyncio, inner=inner, log=log, catches=catches)()
        task = asyncio.ensure_future(consume(g))
        for _turn in range(5):
            await asyncio.sleep(0)
        task.cancel()
        for _turn in range(20):
            await asyncio.sleep(0)
        ended = task.done()
        outcome = "cancelled" if ended and task.cancelled() else task.result() if ended else "not done"
        await tidy(g)
        return outcome

    outcome = in_loop(main())

    assert log == ["waits", "inner", "outer"]
    assert outcome == ("after" if catches else "cancelled")


@behaviour(
    "YFC-036",
    source=[ISSUE.GH_155127, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile", "gc", "weakref"],
)
@pytest.mark.parametrize("end", ["result", "exception"], ids=["result", "exception"])
@pytest.mark.parametrize("kind", ["generator", "iterator"], ids=["generator", "iterator"])
async def test_subiterator_is_released(kind, end):
    """The subiterator is released when the delegation ends, by its result or by an exception, and not only when the
    outer generator ends.
    """
    import weakref

    source = """
async def outer(make):
    try:
        yield from make()
    except KeyError:
        pass
    yield "after"
"""
    references = []

    async def inner():
        if end == "exception":
            raise KeyError
        return
        yield

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            raise KeyError if end == "exception" else StopAsyncIteration

    def make():
        made = inner() if kind == "generator" else Subiterator()
        references.append(weakref.ref(made))
        return made

    g = define(source, "outer")(make)
    item = await g.__anext__()
    collect()
    alive = [reference() is not None for reference in references]
    await tidy(g)

    assert item == "after"
    assert alive == [False]


@behaviour(
    "YFC-039", source=[ISSUE.GH_155127, PEP828.YIELD_FROM], since="3.16", level="detail", needs=["compile", "gc"]
)
async def test_close_is_not_used_at_collection():
    """Without hooks, a method ``close`` of the subiterator is not called when the outer generator is collected."""
    source = """
async def outer():
    try:
        yield from Subiterator()
    finally:
        log.append("outer")
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        def close(self):
            log.append("close")

    with hooks():
        g = define(source, "outer", Subiterator=Subiterator, log=log)()
        first = await g.__anext__()
        del g
        collect()
        seen = list(log)

    assert first == "first"
    assert seen == ["outer"]
