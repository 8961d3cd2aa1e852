"""asyncio: which generators the event loop closes and when, and which it does not close."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, hooks, in_loop, raises, run, tidy, unraisable
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP525, REFERENCE, TUTORIAL, WHATSNEW


@behaviour("SHD-001", source=[PEP525.FINALIZATION, PEP525.ASYNCIO], since="3.6", needs=["asyncio", "no-loop"])
def test_loop_installs_hooks_while_it_runs():
    """The asyncio event loop installs both hooks when it starts to run, and restores the earlier ones when it stops."""
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
    """``loop.shutdown_asyncgens()`` closes every generator iterated under the loop, and awaits its cleanup."""
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


@behaviour("SHD-003", source=[LIBRARY.SHUTDOWN_ASYNCGENS], since="3.6", level="detail", needs=["asyncio"])
def test_end_of_loop_leaves_generators_suspended():
    """A loop that stops and is closed without ``shutdown_asyncgens()`` does not change a suspended generator."""
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
    seen = list(log)
    run(tidy(g))

    assert loop_closed == []
    assert answer == "still here"
    assert seen == ["resumed"]


@behaviour(
    "SHD-004", source=[LIBRARY.ASYNCIO_RUN, LIBRARY.SHUTDOWN_ASYNCGENS], since="3.7", needs=["asyncio", "no-loop"]
)
def test_asyncio_run_closes_generators():
    """Before it returns, ``asyncio.run()`` closes a generator that is still suspended, and awaits its cleanup."""
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


@behaviour("SHD-005", source=[LIBRARY.SHUTDOWN_ASYNCGENS, PEP525.ASYNCIO], since="3.6", needs=["asyncio", "warnings"])
def test_iterated_after_the_shutdown():
    """After ``shutdown_asyncgens()``, the first iteration of another generator gives a warning, and works
    all the same.
    """
    import asyncio
    import warnings

    async def agen():
        yield 1
        yield 2

    async def main():
        loop = asyncio.get_event_loop()
        earlier = agen()
        await earlier.__anext__()
        await loop.shutdown_asyncgens()
        g = agen()
        before = len(caught)
        items = [await g.__anext__()]
        after_first = len(caught)
        items.append(await g.__anext__())
        in_the_end = len(caught)
        await tidy(g)
        return [before, items, after_first, in_the_end]

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        before, items, after_first, in_the_end = in_loop(main())

    assert items == [1, 2]
    assert after_first == before + 1
    assert in_the_end == after_first


@behaviour("SHD-006", source=[LIBRARY.SHUTDOWN_ASYNCGENS], since="3.6", needs=["asyncio"])
def test_shutdown_with_nothing_to_close():
    """``shutdown_asyncgens()`` returns None, also if there is nothing to close, and can be called again."""
    import asyncio

    log = []

    async def agen():
        try:
            yield
        finally:
            log.append("closed")

    async def main():
        loop = asyncio.get_event_loop()
        if log == ["with"]:
            g = agen()
            await g.__anext__()
        return [await loop.shutdown_asyncgens(), await loop.shutdown_asyncgens()]

    without = in_loop(main())
    log.append("with")
    together = in_loop(main())

    assert without == [None, None]
    assert together == [None, None]
    assert log == ["with", "closed"]


@behaviour(
    "SHD-007", source=[LIBRARY.ASYNCIO_EXCEPTION_HANDLER, LIBRARY.SHUTDOWN_ASYNCGENS], since="3.6", needs=["asyncio"]
)
def test_error_while_shutting_down():
    """An exception that a generator raises at shutdown goes to the exception handler of the loop, with the
    generator.
    """
    import asyncio

    contexts = []
    failure = KeyError("cleanup")

    async def agen():
        try:
            yield
        finally:
            raise failure

    async def main():
        loop = asyncio.get_event_loop()
        loop.set_exception_handler(lambda loop, context: contexts.append(context))
        g = agen()
        await g.__anext__()
        result = await loop.shutdown_asyncgens()
        return [g, result]

    g, result = in_loop(main())

    assert result is None
    assert len(contexts) == 1
    assert contexts[0]["exception"] is failure
    assert contexts[0]["asyncgen"] is g
    assert type(contexts[0]["message"]) is str


@behaviour("SHD-008", source=[LIBRARY.SHUTDOWN_ASYNCGENS], since="3.6", needs=["asyncio"])
def test_error_of_one_among_several():
    """A generator that raises at shutdown does not prevent the others from being closed."""
    import asyncio

    log = []

    async def agen(name):
        try:
            yield
        finally:
            await asyncio.sleep(0)
            log.append(name)
            if name == "fails":
                raise KeyError

    async def main():
        loop = asyncio.get_event_loop()
        loop.set_exception_handler(lambda loop, context: log.append("reported"))
        generators = [agen(name) for name in ["a", "fails", "b"]]
        for g in generators:
            await g.__anext__()
        await loop.shutdown_asyncgens()

    in_loop(main())

    assert sorted(log) == ["a", "b", "fails", "reported"]


@behaviour(
    "SHD-009",
    source=[PEP525.ASYNCIO, REFERENCE.AGEN_FUNCTION],
    since="3.6",
    needs=["asyncio", "gc", "weakref"],
    allowed=["closed", "not collected"],
)
def test_abandoned_generator_is_closed_by_the_loop():
    """The running loop closes a generator that nothing refers to after a ``break``, and awaits its cleanup."""
    import asyncio
    import weakref

    log, references = [], []

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
        g = agen()
        references.append(weakref.ref(g))
        async for item in g:
            log.append(item)
            break

    async def main():
        await consume()
        collect()
        for _turn in range(10):
            await asyncio.sleep(0)
        return list(log)

    seen = in_loop(main())

    if seen == [1] and references[0]() is not None:
        return "not collected"
    assert seen == [1, "GeneratorExit", "awaited"]
    return "closed"


@behaviour(
    "SHD-010",
    source=[REFERENCE.AGEN_FUNCTION, PEP525.ASYNCIO],
    since="3.6",
    needs=["asyncio", "gc", "weakref"],
    allowed=["closed later", "not collected"],
)
def test_abandoned_generator_is_closed_later():
    """The cleanup of a generator abandoned by ``break`` runs only after its task has returned control to the loop."""
    import asyncio
    import weakref

    log, references = [], []

    async def agen():
        try:
            yield 1
        finally:
            log.append("finally")

    async def main():
        g = agen()
        references.append(weakref.ref(g))
        async for _item in g:
            del g
            log.append("break")
            break
        log.append("after the loop")
        collect()
        log.append("after the collection")
        for _turn in range(10):
            await asyncio.sleep(0)
        return list(log)

    seen = in_loop(main())

    assert seen[:3] == ["break", "after the loop", "after the collection"]
    if not seen[3:] and references[0]() is not None:
        return "not collected"
    assert seen[3:] == ["finally"]
    return "closed later"


@behaviour("SHD-011", source=[LIBRARY.ACLOSING, LIBRARY.ASYNCIO_DEV], since="3.10", needs=["asyncio"])
@pytest.mark.parametrize("way", ["aclosing", "aclose"], ids=["aclosing", "aclose"])
def test_closed_explicitly(way):
    """With ``aclosing()``, or ``aclose()`` in ``finally``, the cleanup runs before the statement after the block."""
    import asyncio
    from contextlib import aclosing

    log = []

    async def agen():
        try:
            yield 1
            yield 2
        finally:
            await asyncio.sleep(0)
            log.append("cleanup")

    async def main():
        if way == "aclosing":
            async with aclosing(agen()) as g:
                async for _ in g:
                    break
        else:
            g = agen()
            try:
                async for _ in g:
                    break
            finally:
                await g.aclose()
        log.append("after the block")

    in_loop(main())

    assert log == ["cleanup", "after the block"]


@behaviour(
    "SHD-012",
    source=[PEP525.FINALIZATION, PEP525.ASYNCIO],
    since="3.6",
    needs=["asyncio", "gc", "weakref"],
    allowed=["a task of its own", "not collected"],
)
def test_cleanup_in_a_task_of_its_own():
    """The ``aclose()`` that the loop schedules for a collected generator runs in a new task, not in the task of the
    consumer.
    """
    import asyncio
    import weakref

    tasks, references = [], []

    async def agen():
        try:
            tasks.append(current())
            yield
        finally:
            tasks.append(current())
            await asyncio.sleep(0)
            tasks.append(current())

    def current():
        find = getattr(asyncio, "current_task", None) or asyncio.Task.current_task
        return find()

    async def main():
        g = agen()
        references.append(weakref.ref(g))
        async for _ in g:
            del g
            break
        collect()
        for _ in range(10):
            await asyncio.sleep(0)
        tasks.append(current())

    in_loop(main())

    if len(tasks) == 2 and references[0]() is not None:
        return "not collected"
    assert len(tasks) == 4
    assert None not in tasks
    assert tasks[0] is tasks[3]
    assert tasks[1] is tasks[2]
    assert tasks[1] is not tasks[0]
    return "a task of its own"


@behaviour("SHD-013", source=[CPYTHON.BASE_EVENTS], since="3.6", needs=["asyncio", "gc"])
def test_collected_after_its_loop_was_closed():
    """If a suspended generator is collected after its loop was closed, none of its cleanup runs."""
    log = []

    async def agen():
        try:
            yield 1
        finally:
            log.append("cleanup")

    async def main(g):
        return await g.__anext__()

    g = agen()
    item = in_loop(main(g))
    del g
    collect()
    seen = list(log)

    assert item == 1
    assert seen == []


@behaviour("SHD-014", source=[CPYTHON.BASE_EVENTS, LIBRARY.ASYNCIO_DEV], since="3.6", level="detail", needs=["asyncio"])
def test_started_before_the_loop():
    """The shutdown of a loop does not close a generator that was first iterated by hand and then in the loop."""
    import asyncio

    log = []

    async def agen(name):
        try:
            yield 1
            yield 2
            yield 3
        finally:
            log.append(name)

    async def main(earlier):
        later = agen("later")
        await later.__anext__()
        item = await earlier.__anext__()
        await asyncio.get_event_loop().shutdown_asyncgens()
        return item

    with hooks():
        earlier = agen("earlier")
        first = run(earlier.__anext__())
        second = in_loop(main(earlier))
        seen = list(log)
        third = run(earlier.__anext__())
        run(tidy(earlier))

    assert [first, second, third] == [1, 2, 3]
    assert seen == ["later"]


@behaviour("SHD-015a", source=[ISSUE.BPO_30773, WHATSNEW.V39], since="3.6", until="3.8", needs=["asyncio"])
def test_shutdown_of_one_that_is_running_ends_it():
    """``shutdown_asyncgens()`` raises GeneratorExit in the ``await`` of a generator that another task is
    waiting for.
    """
    import asyncio

    log = []

    async def agen():
        try:
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            yield 1
        except BaseException as error:
            log.append(type(error))
            raise

    async def main():
        loop = asyncio.get_event_loop()
        loop.set_exception_handler(lambda loop, context: log.append("reported"))
        g = agen()
        task = asyncio.ensure_future(g.__anext__())
        await asyncio.sleep(0)
        await loop.shutdown_asyncgens()
        await asyncio.wait([task])
        return type(task.exception())

    ending = in_loop(main())

    assert log == [GeneratorExit]
    assert ending is StopAsyncIteration


@behaviour("SHD-015b", source=[ISSUE.BPO_30773, CPYTHON.BASE_EVENTS, WHATSNEW.V39], since="3.9", needs=["asyncio"])
def test_shutdown_of_one_that_is_running():
    """``shutdown_asyncgens()`` reports RuntimeError for a generator that another task is waiting for, and does not
    change it.
    """
    import asyncio

    log = []

    async def agen():
        await gate[0]
        yield 1

    async def main():
        loop = asyncio.get_event_loop()
        loop.set_exception_handler(lambda loop, context: log.append([type(context["exception"]), context["asyncgen"]]))
        gate.append(loop.create_future())
        g = agen()
        task = asyncio.ensure_future(g.__anext__())
        await asyncio.sleep(0)
        await loop.shutdown_asyncgens()
        gate[0].set_result(None)
        item = await task
        await tidy(g)
        return [g, item]

    gate = []
    g, item = in_loop(main())

    assert log == [[RuntimeError, g]]
    assert item == 1


@behaviour("SHD-016", source=[CPYTHON.BASE_EVENTS], since="3.6", needs=["asyncio"])
def test_closed_side_by_side():
    """``shutdown_asyncgens()`` closes all generators concurrently: the cleanup of each starts before that
    of any ends.
    """
    import asyncio

    log = []

    async def agen(name):
        try:
            yield
        finally:
            log.append(name + " begins")
            await asyncio.sleep(0)
            log.append(name + " ends")

    async def main():
        generators = [agen(name) for name in "abc"]
        for g in generators:
            await g.__anext__()
        await asyncio.get_event_loop().shutdown_asyncgens()

    in_loop(main())

    assert sorted(log[:3]) == ["a begins", "b begins", "c begins"]
    assert sorted(log[3:]) == ["a ends", "b ends", "c ends"]


@behaviour("SHD-017", source=[LIBRARY.SHUTDOWN_ASYNCGENS, PEP525.ASYNCIO], since="3.6", needs=["asyncio"])
def test_shutdown_leaves_finished_generators_alone():
    """``loop.shutdown_asyncgens()`` closes a suspended generator, and does nothing to generators that have ended."""
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


@behaviour(
    "SHD-018",
    source=[LIBRARY.ASYNCIO_RUN, LIBRARY.ASYNCIO_CANCELLATION],
    since="3.7",
    level="detail",
    needs=["asyncio", "no-loop"],
)
def test_tasks_are_cancelled_first():
    """``asyncio.run()`` cancels the remaining tasks and reports nothing: a body in which such a task waits sees
    CancelledError there.
    """
    import asyncio

    log, tasks, reports = [], [], []

    async def agen():
        try:
            await asyncio.get_event_loop().create_future()
            yield
        except BaseException as error:
            log.append(type(error))
            raise
        finally:
            await asyncio.sleep(0)
            log.append("finally")

    async def consume():
        async for _ in agen():
            pass

    async def main():
        asyncio.get_event_loop().set_exception_handler(lambda loop, context: reports.append(context["message"]))
        tasks.append(asyncio.ensure_future(consume()))
        await asyncio.sleep(0)
        log.append("main ends")

    asyncio.run(main())

    assert tasks[0].cancelled()
    assert log == ["main ends", asyncio.CancelledError, "finally"]
    assert reports == []


@behaviour(
    "SHD-019", source=[LIBRARY.ASYNCIO_RUN, LIBRARY.SHUTDOWN_ASYNCGENS], since="3.7", needs=["asyncio", "no-loop"]
)
def test_generator_exit_at_the_end_of_run():
    """A generator that is suspended at a yield when ``asyncio.run()`` ends sees GeneratorExit there, and can still
    await.
    """
    import asyncio

    log = []

    async def agen():
        try:
            yield 1
        except BaseException as error:
            log.append(type(error))
            await asyncio.sleep(0)
            log.append("awaited")
            raise

    async def main():
        g = agen()
        await g.__anext__()
        log.append("main ends")
        return g

    g = asyncio.run(main())
    log.append("run ends")
    with raises(StopAsyncIteration):
        run(g.__anext__())

    assert log == ["main ends", GeneratorExit, "awaited", "run ends"]


@behaviour(
    "SHD-020",
    source=[LIBRARY.ASYNCIO_DEV, LIBRARY.ASYNCIO_RUN],
    since="3.7",
    level="detail",
    needs=["asyncio", "gc", "no-loop"],
    allowed=["cancelled", "completed", "abandoned"],
)
def test_scheduled_cleanup_at_the_end_of_run():
    """At the end of ``asyncio.run()``, the cleanup of a collected generator that is waiting is cancelled, completed or
    abandoned.
    """
    import asyncio

    log = []

    async def agen():
        try:
            yield 1
            yield 2
        except GeneratorExit:
            log.append("cleanup begins")
            try:
                # Far more cycles than the main coroutine runs.
                for _ in range(100):
                    await asyncio.sleep(0)
                log.append("completed")
            except asyncio.CancelledError:
                log.append("cancelled")

    async def main():
        async for _ in agen():
            break
        collect()
        for _ in range(10):
            await asyncio.sleep(0)
        log.append("main ends")

    asyncio.run(main())
    during = list(log)
    outcome = during.pop() if during[-1] in ("cancelled", "completed") else "abandoned"

    assert sorted(during) == ["cleanup begins", "main ends"]
    return outcome


@behaviour(
    "SHD-021",
    source=[LIBRARY.ASYNCIO_RUN, LIBRARY.ASYNCIO_DEV],
    since="3.7",
    needs=["asyncio", "gc", "no-loop"],
    allowed=["outer first", "inner first"],
)
def test_order_of_abandoned_generators():
    """Two abandoned generators, one iterating over the other, are both closed, in an order that is not specified."""
    import asyncio

    log = []

    async def inner():
        try:
            yield 1
            yield 2
        finally:
            log.append("inner first")

    async def outer():
        try:
            async for item in inner():
                yield item
        finally:
            log.append("outer first")

    async def main():
        async for _ in outer():
            break
        for _ in range(10):
            collect()
            await asyncio.sleep(0)
        return "main ends"

    returned = asyncio.run(main())

    assert returned == "main ends"
    assert sorted(log) == ["inner first", "outer first"]
    return log[0]


@behaviour("SHD-022", source=[CPYTHON.BASE_EVENTS], since="3.7", needs=["asyncio", "gc", "no-loop"])
def test_error_in_a_scheduled_cleanup():
    """An exception that the scheduled ``aclose()`` raises goes to the exception handler of the loop."""
    import asyncio

    reported = []

    async def agen():
        try:
            yield 1
        finally:
            raise KeyError("cleanup")

    async def main():
        loop = asyncio.get_event_loop()
        # The exception itself would keep its task alive, which is reported when it is collected.
        loop.set_exception_handler(lambda loop, context: reported.append(repr(context["exception"])))
        async for _ in agen():
            break
        collect()
        for _ in range(10):
            await asyncio.sleep(0)
            collect()
        return "main ends"

    returned = asyncio.run(main())
    collect()

    assert returned == "main ends"
    assert reported in (["KeyError('cleanup')"], ["KeyError('cleanup',)"])


@behaviour("SHD-023", source=[CPYTHON.BASE_EVENTS], since="3.6", needs=["asyncio", "gc", "weakref"])
def test_loop_keeps_nothing_alive():
    """The loop keeps neither an exhausted nor an abandoned generator alive."""
    import asyncio
    import weakref

    async def agen():
        yield 1

    async def main():
        exhausted, abandoned = agen(), agen()
        references = [weakref.ref(exhausted), weakref.ref(abandoned)]
        async for _ in exhausted:
            pass
        await abandoned.__anext__()
        del exhausted, abandoned
        for _ in range(3):
            collect()
            await asyncio.sleep(0)
        return [reference() for reference in references]

    found = in_loop(main())

    assert found == [None, None]


@behaviour("SHD-024", source=[LIBRARY.ASYNCIO_RUNNER], since="3.11", needs=["asyncio", "no-loop"])
def test_runner_shuts_down():
    """``asyncio.Runner.close()`` closes the generators of its loop, which stay usable from one ``run()`` to
    the next.
    """
    import asyncio

    log = []

    async def agen():
        try:
            yield 1
            yield 2
        finally:
            await asyncio.sleep(0)
            log.append("closed")

    async def start():
        g = agen()
        log.append(await g.__anext__())
        return g

    async def go_on(g):
        log.append(await g.__anext__())

    with asyncio.Runner() as runner:
        g = runner.run(start())
        runner.run(go_on(g))
        log.append("closing")
    log.append("after")

    assert log == [1, 2, "closing", "closed", "after"]


@behaviour("SHD-025", source=[LIBRARY.ASYNCIO_DEV], since="3.11", level="detail", needs=["asyncio", "gc", "no-loop"])
def test_documented_example_of_a_generator_outside_of_the_loop():
    """The loop does not know a generator whose ``anext()`` is called before the runner runs: its cleanup is lost."""
    import asyncio

    log = []

    async def agen():
        try:
            yield 1
        finally:
            await asyncio.sleep(0)
            log.append("never")

    with hooks(), unraisable():
        with asyncio.Runner() as runner:
            g = agen()
            item = runner.run(anext(g))
            del g
            collect()

    assert item == 1
    assert log == []


@behaviour("SHD-026", source=[CPYTHON.BASE_EVENTS], since="3.6", needs=["asyncio", "gc", "threads"])
@pytest.mark.parametrize("debug", [False, True], ids=["normal", "debug"])
def test_collected_in_another_thread(debug):
    """The cleanup of a generator that is collected in another thread runs in its loop, in the thread of the loop."""
    import asyncio
    import threading

    log = []

    async def agen():
        try:
            yield 1
        finally:
            await asyncio.sleep(0)
            log.append(threading.current_thread() is threads[0])

    def drop(made):
        del made[:]
        collect()

    async def main():
        loop = asyncio.get_event_loop()
        loop.set_debug(debug)
        # In debug mode, a loop logs each step that takes longer than this number of seconds.
        loop.slow_callback_duration = 60
        threads.append(threading.current_thread())
        made = [agen()]
        await made[0].__anext__()
        thread = threading.Thread(target=drop, args=(made,))
        thread.start()
        thread.join()
        # The cleanup takes far fewer cycles of the loop.
        for _ in range(20):
            await asyncio.sleep(0)

    threads = []
    in_loop(main())

    assert log == [True]


@behaviour("SHD-027", source=[LIBRARY.ISOLATED_ASYNCIO_TEST_CASE], since="3.11", level="detail", needs=["asyncio"])
def test_isolated_test_case_shuts_down():
    """``unittest.IsolatedAsyncioTestCase`` closes, at the end of a test, the generators that the test
    leaves suspended.
    """
    import unittest

    log = []

    async def agen():
        try:
            yield 1
        finally:
            log.append("closed")

    kept = []

    class Case(unittest.IsolatedAsyncioTestCase):
        async def test(self):
            kept.append(agen())
            log.append(await kept[0].__anext__())

    result = unittest.TestResult()
    Case("test").run(result)

    assert [result.testsRun, result.errors, result.failures] == [1, [], []]
    assert log == [1, "closed"]


@behaviour("SHD-028", source=[CPYTHON.ASYNC_CASE], since="3.8", needs=["asyncio", "warnings"])
def test_generator_as_a_test_method():
    """If a test method of ``IsolatedAsyncioTestCase`` is an asynchronous generator, it is called, but its body does not
    run.
    """
    import unittest
    import warnings

    log = []

    class Case(unittest.IsolatedAsyncioTestCase):
        async def test(self):
            log.append("body")
            yield

    result = unittest.TestResult()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Case("test").run(result)

    assert result.testsRun == 1
    assert result.failures == []
    assert log == []


@behaviour(
    "SHD-029", source=[PEP525.FINALIZATION, CPYTHON.BASE_EVENTS], since="3.6", level="detail", needs=["asyncio", "gc"]
)
def test_collected_while_another_loop_runs():
    """A generator that is collected while another loop runs is closed by the loop that first iterated it."""
    import asyncio

    log = []

    async def agen():
        try:
            yield 1
        finally:
            await asyncio.sleep(0)
            log.append(asyncio.get_event_loop())

    async def start(made):
        await made[0].__anext__()

    async def drop(made):
        del made[:]
        collect()
        for _ in range(5):
            await asyncio.sleep(0)

    async def wait():
        for _ in range(5):
            await asyncio.sleep(0)

    first, second = asyncio.new_event_loop(), asyncio.new_event_loop()
    try:
        made = [agen()]
        first.run_until_complete(start(made))
        second.run_until_complete(drop(made))
        before = list(log)
        first.run_until_complete(wait())
    finally:
        first.close()
        second.close()

    assert before == []
    assert log == [first]


@behaviour(
    "SHD-030",
    source=[LIBRARY.SHUTDOWN_ASYNCGENS, REFERENCE.AGEN_ACLOSE, REFERENCE.ASYNC_FOR],
    since="3.6",
    level="library",
    needs=["asyncio"],
)
def test_shutdown_by_the_suite_of_a_loop():
    """Awaiting ``shutdown_asyncgens()`` inside an ``async for`` closes the iterated generator, and ends the loop."""
    import asyncio

    log = []

    async def agen():
        try:
            yield 1
            yield 2
        finally:
            log.append("closed")

    async def main():
        async for item in agen():
            log.append(item)
            await asyncio.get_event_loop().shutdown_asyncgens()
        else:
            log.append("else")

    in_loop(main())

    assert log == [1, "closed", "else"]


@behaviour("SHD-031", source=[CPYTHON.GENOBJECT, LIBRARY.ASYNCIO_DEV], since="3.6", level="detail", needs=["asyncio"])
def test_called_before_the_loop_runs():
    """The shutdown of a loop does not close a generator whose first ``__anext__()`` was called before the loop ran."""
    import asyncio

    log = []

    async def agen():
        try:
            yield 1
            yield 2
        finally:
            log.append("closed")

    with hooks():
        loop = asyncio.new_event_loop()
        try:
            g = agen()
            item = loop.run_until_complete(g.__anext__())
            loop.run_until_complete(loop.shutdown_asyncgens())
            seen = list(log)
        finally:
            loop.close()
        following = run(g.__anext__())
        run(tidy(g))

    assert item == 1
    assert seen == []
    assert following == 2


@behaviour(
    "SHD-032",
    source=[CPYTHON.BASE_EVENTS, ISSUE.GH_117536],
    since="3.7",
    needs=["asyncio", "gc", "no-loop"],
    allowed=["GeneratorExit", "CancelledError"],
)
def test_abandoned_in_the_last_step():
    """A body collected in the last step before ``asyncio.run()`` ends sees GeneratorExit or CancelledError."""
    import asyncio

    log = []

    async def agen():
        try:
            yield 1
            yield 2
        except BaseException as error:
            log.append(type(error).__name__)

    async def main():
        async for _ in agen():
            break
        collect()
        log.append("main ends")

    asyncio.run(main())
    during = list(log)

    assert len(during) == 2
    assert during[0] == "main ends"
    return during[1]


@behaviour("SHD-033", source=[CPYTHON.BASE_EVENTS], since="3.6", needs=["asyncio"])
def test_message_of_an_error_while_shutting_down():
    """The message for an exception that a generator raises at shutdown says so, and names the generator."""
    import asyncio

    messages = []

    async def agen():
        try:
            yield
        finally:
            raise KeyError

    async def main():
        loop = asyncio.get_event_loop()
        loop.set_exception_handler(lambda loop, context: messages.append(context["message"]))
        g = agen()
        await g.__anext__()
        await loop.shutdown_asyncgens()
        return repr(g)

    named = in_loop(main())

    assert messages == ["an error occurred during closing of asynchronous generator " + named]


@behaviour("SHD-034", source=[WHATSNEW.V311, CPYTHON.ASYNC_CASE], since="3.11", needs=["asyncio", "warnings"])
def test_warning_about_a_generator_as_a_test_method():
    """If a test method of ``IsolatedAsyncioTestCase`` is an asynchronous generator, one DeprecationWarning says that it
    returned a value.
    """
    import unittest
    import warnings

    class Case(unittest.IsolatedAsyncioTestCase):
        async def test(self):
            yield

    result = unittest.TestResult()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        Case("test").run(result)
    kinds = [each.category for each in caught]

    assert result.testsRun == 1
    assert kinds == [DeprecationWarning]
