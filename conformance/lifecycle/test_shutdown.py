"""asyncio: which generators the event loop closes, when, and which it leaves alone."""

from conformance.behaviour import behaviour
from conformance.prelude import collect, hooks, in_loop, raises, run
from conformance.sources import LIBRARY, PEP525, REFERENCE, TUTORIAL


@behaviour("SHD-001", source=[PEP525.FINALIZATION, PEP525.ASYNCIO], since="3.6", needs=["asyncio"])
def test_loop_installs_hooks_while_it_runs():
    """An event loop installs both hooks when it starts to run, and the earlier ones are back as soon as it stops."""
    import asyncio
    import sys

    def first(generator):
        pass

    def last(generator):
        pass

    async def main():
        return sys.get_asyncgen_hooks()

    with hooks(first, last):
        loop = asyncio.new_event_loop()
        try:
            created = list(sys.get_asyncgen_hooks())
            firstiter, finalizer = loop.run_until_complete(main())
            stopped = list(sys.get_asyncgen_hooks())
        finally:
            loop.close()

    assert created == [first, last]
    assert callable(firstiter)
    assert callable(finalizer)
    assert firstiter is not first
    assert finalizer is not last
    assert stopped == [first, last]


@behaviour("SHD-002", source=[LIBRARY.SHUTDOWN_ASYNCGENS, PEP525.ASYNCIO, TUTORIAL.S17], since="3.6", needs=["asyncio"])
def test_shutdown_closes_every_suspended_generator():
    """``loop.shutdown_asyncgens()`` closes every generator iterated under the loop, and waits for their cleanup."""
    import asyncio

    log = []

    async def agen(name):
        try:
            yield
            log.append([name, "resumed"])
        except GeneratorExit:
            await asyncio.sleep(0)
            log.append([name, "closed"])
            raise

    async def main():
        generators = [agen("a"), agen("b"), agen("c")]
        for g in generators:
            await g.__anext__()
        await asyncio.sleep(0)
        before = list(log)
        await asyncio.get_event_loop().shutdown_asyncgens()
        after = sorted(log)
        for g in generators:
            with raises(StopAsyncIteration):
                await g.__anext__()
        return before, after

    before, after = in_loop(main())

    assert before == []
    assert after == [["a", "closed"], ["b", "closed"], ["c", "closed"]]


@behaviour("SHD-003", source=[LIBRARY.SHUTDOWN_ASYNCGENS], since="3.6", needs=["asyncio"])
def test_end_of_loop_leaves_generators_suspended():
    """A loop that stops and is closed without ``shutdown_asyncgens()`` leaves a suspended generator as it is."""
    log = []

    async def agen():
        try:
            received = yield
            log.append(received)
            yield "still here"
        finally:
            log.append("finally")

    async def main():
        g = agen()
        await g.__anext__()
        return g

    g = in_loop(main())
    loop_closed = list(log)
    answer = run(g.asend("resumed"))
    run(g.aclose())

    assert loop_closed == []
    assert answer == "still here"
    assert log == ["resumed", "finally"]


@behaviour("SHD-004", source=[LIBRARY.ASYNCIO_RUN, LIBRARY.SHUTDOWN_ASYNCGENS], since="3.7", needs=["asyncio"])
def test_asyncio_run_closes_generators():
    """``asyncio.run()`` closes a generator that is still suspended, and awaits its cleanup, before it returns."""
    import asyncio

    log = []
    kept = []

    async def agen():
        try:
            yield
        finally:
            log.append("finally")
            await asyncio.sleep(0)
            log.append("awaited")

    async def main():
        kept.append(agen())
        await kept[0].__anext__()
        await asyncio.sleep(0)
        log.append("main ends")
        return "result"

    result = asyncio.run(main())
    seen = list(log)

    assert result == "result"
    assert seen == ["main ends", "finally", "awaited"]


@behaviour("SHD-009", source=[PEP525.ASYNCIO, REFERENCE.AGEN_FUNCTION], since="3.6", needs=["asyncio", "gc"])
def test_abandoned_generator_is_closed_by_the_loop():
    """A generator that nobody refers to after a ``break`` is closed by the running loop, which awaits its cleanup."""
    import asyncio

    log = []

    async def agen():
        try:
            yield 1
            yield 2
        except GeneratorExit:
            log.append("GeneratorExit")
            raise
        finally:
            await asyncio.sleep(0)
            log.append("awaited")

    async def consume():
        async for item in agen():
            log.append(item)
            break

    async def main():
        await consume()
        collect()
        for _turn in range(10):
            await asyncio.sleep(0)
        return list(log)

    seen = in_loop(main())

    assert seen == [1, "GeneratorExit", "awaited"]


@behaviour("SHD-010", source=[REFERENCE.AGEN_FUNCTION, PEP525.ASYNCIO], since="3.6", needs=["asyncio", "gc"])
def test_abandoned_generator_is_closed_later():
    """The cleanup of a generator left by ``break`` runs only once the task that abandoned it lets the loop go on."""
    import asyncio

    log = []

    async def agen():
        try:
            yield 1
        finally:
            log.append("finally")

    async def main():
        async for _item in agen():
            log.append("break")
            break
        log.append("after the loop")
        collect()
        log.append("after the collection")
        for _turn in range(10):
            await asyncio.sleep(0)
        return list(log)

    seen = in_loop(main())

    assert seen == ["break", "after the loop", "after the collection", "finally"]


@behaviour("SHD-017", source=[LIBRARY.SHUTDOWN_ASYNCGENS, PEP525.ASYNCIO], since="3.6", needs=["asyncio"])
def test_shutdown_leaves_finished_generators_alone():
    """``loop.shutdown_asyncgens()`` does nothing to generators that have ended, while it closes one that has not."""
    import asyncio

    log = []

    async def agen(name):
        try:
            yield
            if name == "raised":
                raise KeyError
        finally:
            log.append(name)

    async def main():
        loop = asyncio.get_event_loop()
        loop.set_exception_handler(lambda loop, context: log.append(context["message"]))
        generators = [agen("exhausted"), agen("raised"), agen("closed"), agen("open")]
        for g in generators:
            await g.__anext__()
        with raises(StopAsyncIteration):
            await generators[0].__anext__()
        with raises(KeyError):
            await generators[1].__anext__()
        await generators[2].aclose()
        before = list(log)
        await loop.shutdown_asyncgens()
        return before, list(log)

    before, after = in_loop(main())

    assert before == ["exhausted", "raised", "closed"]
    assert after == ["exhausted", "raised", "closed", "open"]
