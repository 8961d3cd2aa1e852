"""contextlib: asynchronous generators as context managers, and closed by one."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import raises, suspend
from conformance.sources import LIBRARY


@behaviour("LIB-001", source=[LIBRARY.ASYNCCONTEXTMANAGER], since="3.7")
async def test_asynccontextmanager_runs_the_generator_around_the_block():
    """``asynccontextmanager`` runs a generator up to its yield, gives the block that value, and runs the rest after."""
    from contextlib import asynccontextmanager

    log = []

    @asynccontextmanager
    async def manager(name, *, end):
        await suspend()
        log.append("enter " + name)
        yield [name, end]
        await suspend()
        log.append(end)

    made = manager("a", end="leave")
    log.append("made")
    async with made as target:
        log.append(target)
    log.append("after")

    assert log == ["made", "enter a", ["a", "leave"], "leave", "after"]


@behaviour("LIB-002", source=[LIBRARY.ASYNCCONTEXTMANAGER], since="3.7")
@pytest.mark.parametrize("handled", [True, False], ids=["handled", "raised-again"])
async def test_exception_of_the_block_is_raised_at_the_yield(handled):
    """An exception that leaves the block is raised at the yield of the generator, which ends it or raises it again."""
    from contextlib import asynccontextmanager

    log = []
    error = ValueError("from the block")

    @asynccontextmanager
    async def manager():
        try:
            yield
            log.append("resumed")
        except ValueError as seen:
            await suspend()
            log.append(seen)
            if not handled:
                raise

    try:
        async with manager():
            raise error
        log.append("after")
    except ValueError as escaped:
        log.append(["escaped", escaped])

    assert log == ([error, "after"] if handled else [error, ["escaped", error]])


@behaviour("LIB-013", source=[LIBRARY.ACLOSING], since="3.10")
@pytest.mark.parametrize("way", ["end", "break", "return", "raise"], ids=["end", "break", "return", "raise"])
async def test_aclosing_closes_however_the_block_is_left(way):
    """``aclosing(agen)`` gives ``agen`` itself, and has awaited its ``aclose()`` when the block has been left."""
    from contextlib import aclosing

    log = []

    async def agen():
        try:
            yield 1
            yield 2
        except GeneratorExit:
            await suspend()
            log.append("closed")
            raise

    async def leave(g):
        while True:
            async with aclosing(g) as target:
                log.append([target is g, await target.__anext__()])
                if way == "break":
                    break
                if way == "return":
                    return
                if way == "raise":
                    raise ValueError(way)
            break
        log.append("after")

    g = agen()
    try:
        await leave(g)
    except ValueError:
        log.append("ValueError")
    with raises(StopAsyncIteration):
        await g.__anext__()
    last = {"return": [], "raise": ["ValueError"]}.get(way, ["after"])

    assert log == [[True, 1], "closed", *last]
