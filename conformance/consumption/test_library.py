"""The standard library and asynchronous generators: contextlib, asyncio, itertools, unittest.mock and others."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, in_loop, items_of, raises, suspend, tidy
from conformance.sources import ISSUE, LIBRARY, PEPS


@behaviour("LIB-001", source=[LIBRARY.ASYNCCONTEXTMANAGER], since="3.7")
async def test_asynccontextmanager_runs_the_generator_around_the_block():
    """``asynccontextmanager`` runs a generator to its yield, passes the yielded value to the block, and runs the rest
    afterwards.
    """
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
    """An exception that leaves the block is raised at the yield of the generator, which can handle it or raise it
    again.
    """
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


@behaviour("LIB-003", source=[LIBRARY.ASYNCCONTEXTMANAGER], since="3.7", level="detail")
async def test_generator_that_does_not_yield():
    """A manager whose generator ends without a yield raises RuntimeError on entry, and the block does not run."""
    from contextlib import asynccontextmanager

    log = []

    @asynccontextmanager
    async def manager():
        log.append("body")
        return
        yield

    with raises(RuntimeError):
        async with manager():
            log.append("block")

    assert log == ["body"]


@behaviour("LIB-004", source=[LIBRARY.ASYNCCONTEXTMANAGER], since="3.7", level="detail")
async def test_generator_that_yields_twice():
    """A manager whose generator yields a second time raises RuntimeError on exit, after the block has run."""
    from contextlib import asynccontextmanager

    log = []

    @asynccontextmanager
    async def manager():
        yield 1
        log.append("resumed")
        yield 2
        log.append("never")

    with raises(RuntimeError):
        async with manager():
            log.append("block")

    assert log == ["block", "resumed"]


@behaviour("LIB-005", source=[LIBRARY.ASYNCCONTEXTMANAGER], since="3.7", level="detail")
async def test_generator_that_yields_after_an_exception():
    """A manager whose generator answers the exception of the block with a yield raises RuntimeError instead of that
    exception.
    """
    from contextlib import asynccontextmanager

    log = []

    @asynccontextmanager
    async def manager():
        try:
            yield 1
        except KeyError:
            log.append("caught")
        yield 2

    with raises(RuntimeError):
        async with manager():
            raise KeyError

    assert log == ["caught"]


@behaviour("LIB-006", source=[ISSUE.GH_110378], since="3.11")
@pytest.mark.parametrize("block", ["passes", "raises"], ids=["passes", "raises"])
async def test_generator_is_closed_when_it_does_not_stop(block):
    """A generator that yields once too often is closed before the RuntimeError about that leaves the block."""
    from contextlib import asynccontextmanager

    log = []

    @asynccontextmanager
    async def manager():
        try:
            yield 1
        except KeyError:
            log.append("KeyError")
        try:
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise

    try:
        async with manager():
            if block == "raises":
                raise KeyError
    except RuntimeError:
        log.append("left")

    assert log == (["KeyError"] if block == "raises" else []) + [GeneratorExit, "left"]


@behaviour("LIB-007", source=[LIBRARY.ASYNCCONTEXTMANAGER], since="3.7")
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
async def test_block_that_raises_the_end_of_an_iteration(name):
    """A StopIteration or StopAsyncIteration raised in the block leaves it unchanged, and not as RuntimeError."""
    import builtins
    from contextlib import asynccontextmanager

    log = []
    failure = getattr(builtins, name)("block")

    @asynccontextmanager
    async def manager():
        try:
            yield
        finally:
            log.append("left")

    with raises(type(failure)) as caught:
        async with manager():
            raise failure

    assert caught.value is failure
    assert log == ["left"]


@behaviour(
    "LIB-008",
    source=[LIBRARY.ASYNCCONTEXTMANAGER, LIBRARY.SINGLE_USE],
    since="3.7",
    allowed=["RuntimeError", "AttributeError", "another exception"],
)
async def test_manager_is_for_one_use():
    """Entering the same manager object a second time fails, and runs neither the generator nor the block again."""
    from contextlib import asynccontextmanager

    log = []

    @asynccontextmanager
    async def manager():
        log.append("enter")
        yield
        log.append("exit")

    made = manager()
    async with made:
        log.append("block")
    seen = "nothing"
    try:
        async with made:
            log.append("second block")
    except Exception as error:
        name = type(error).__name__
        seen = name if name in ("RuntimeError", "AttributeError") else "another exception"

    assert log == ["enter", "block", "exit"]
    return seen


@behaviour("LIB-009", source=[LIBRARY.ASYNCCONTEXTMANAGER], since="3.10")
async def test_manager_as_decorator_of_a_coroutine_function():
    """A manager can decorate a coroutine function: each call enters a new manager, awaits the function and exits the
    manager.
    """
    from contextlib import asynccontextmanager

    log = []

    @asynccontextmanager
    async def manager(name):
        log.append("enter " + name)
        yield
        log.append("exit " + name)

    @manager("a")
    async def function(argument):
        await suspend()
        log.append(argument)
        return argument * 2

    results = [await function(1), await function(2)]

    assert results == [2, 4]
    assert log == ["enter a", 1, "exit a", "enter a", 2, "exit a"]


@behaviour("LIB-036", source=[LIBRARY.ASYNCCONTEXTMANAGER], since="3.7", until="3.9", level="detail")
async def test_manager_is_no_decorator():
    """A manager used as a decorator raises TypeError where the function is defined, and its generator does not run."""
    from contextlib import asynccontextmanager

    log = []

    @asynccontextmanager
    async def manager():
        log.append("enter")
        yield

    async def function():
        log.append("function")

    made = manager()
    with raises(TypeError):
        made(function)
    async with made:
        log.append("block")

    assert log == ["enter", "block"]


@behaviour("LIB-010a", source=[LIBRARY.ASYNC_CONTEXT_DECORATOR], since="3.10", until="3.14", level="detail")
async def test_manager_as_decorator_of_a_generator_function_fails():
    """Decorating a generator function with a manager makes it a coroutine function, whose coroutine raises
    TypeError.
    """
    from contextlib import asynccontextmanager

    log = []

    @asynccontextmanager
    async def manager():
        log.append("enter")
        yield

    @manager()
    async def agen():
        log.append("body")
        yield 1

    made = agen()
    iterable = hasattr(made, "__aiter__")
    with raises(TypeError):
        await made

    assert iterable is False
    assert log == ["enter"]


@behaviour("LIB-010b", source=[LIBRARY.ASYNC_CONTEXT_DECORATOR, ISSUE.GH_125862], since="3.15")
async def test_manager_as_decorator_of_a_generator_function():
    """A generator function decorated with a manager enters the manager at the first item and exits it at the end."""
    from contextlib import asynccontextmanager

    log = []

    @asynccontextmanager
    async def manager():
        log.append("enter")
        yield
        log.append("exit")

    @manager()
    async def agen(argument):
        log.append("body")
        yield argument
        log.append("resumed")
        yield 2

    g = agen(1)
    called = list(log)
    async for item in g:
        log.append(item)

    assert called == []
    assert log == ["enter", "body", 1, "resumed", 2, "exit"]


@behaviour("LIB-011a", source=[LIBRARY.CONTEXT_DECORATOR], since="3.6", until="3.14", level="detail")
async def test_synchronous_decorator_is_left_before_the_body():
    """A call of a generator function with a ``ContextDecorator`` enters and exits it before the body runs."""
    from contextlib import ContextDecorator

    log = []

    class Manager(ContextDecorator):
        def __enter__(self):
            log.append("enter")

        def __exit__(self, *exception):
            log.append("exit")

    @Manager()
    async def agen():
        log.append("body")
        yield 1

    async for item in agen():
        log.append(item)

    assert log == ["enter", "exit", "body", 1]


@behaviour("LIB-011b", source=[LIBRARY.CONTEXT_DECORATOR, ISSUE.GH_125862], since="3.15")
async def test_synchronous_decorator_lasts_for_the_iteration():
    """A generator function with a ``ContextDecorator`` enters it at the first item, and exits it when the generator
    ends.
    """
    from contextlib import ContextDecorator

    log = []

    class Manager(ContextDecorator):
        def __enter__(self):
            log.append("enter")

        def __exit__(self, *exception):
            log.append("exit")

    @Manager()
    async def agen():
        log.append("body")
        yield 1
        yield 2

    g = agen()
    called = list(log)
    async for item in g:
        log.append(item)

    assert called == []
    assert log == ["enter", "body", 1, 2, "exit"]


@behaviour("LIB-012", source=[LIBRARY.CONTEXT_DECORATOR], since="3.15")
async def test_decorated_generator_is_not_reached():
    """Values and exceptions sent to a decorated generator do not reach the inner generator, which is closed with it."""
    from contextlib import ContextDecorator

    log = []

    class Manager(ContextDecorator):
        def __enter__(self):
            return self

        def __exit__(self, *exception):
            log.append("exit")

    @Manager()
    async def agen():
        try:
            while True:
                log.append((yield "item"))
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    items = [await g.__anext__(), await g.asend("sent")]
    with raises(KeyError):
        await g.athrow(KeyError())

    assert items == ["item", "item"]
    assert log == [None, GeneratorExit, "exit"]


@behaviour("LIB-013", source=[LIBRARY.ACLOSING], since="3.10")
@pytest.mark.parametrize("way", ["end", "break", "return", "raise"], ids=["end", "break", "return", "raise"])
async def test_aclosing_closes_however_the_block_is_left(way):
    """``async with aclosing(agen) as g`` binds ``agen`` itself, and awaits its ``aclose()`` however the
    block is left.
    """
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


@behaviour("LIB-014", source=[LIBRARY.EXIT_STACK], since="3.7")
async def test_exit_stack_closes_generators():
    """An ``AsyncExitStack`` exits managers and awaits ``aclose()`` callbacks, the last one first."""
    from contextlib import AsyncExitStack, asynccontextmanager

    log = []

    async def agen(name):
        try:
            yield name
            log.append("end of " + name)
        finally:
            await suspend()
            log.append(name)

    async with AsyncExitStack() as stack:
        first = agen("first")
        await first.__anext__()
        stack.push_async_callback(first.aclose)
        entered = await stack.enter_async_context(asynccontextmanager(agen)("second"))
        third = agen("third")
        await third.__anext__()
        stack.push_async_callback(third.aclose)
        log.append("block")

    assert entered == "second"
    assert log == ["block", "third", "end of second", "second", "first"]


@behaviour("LIB-015", source=[LIBRARY.ASYNCCONTEXTMANAGER], since="3.7")
@pytest.mark.parametrize("name", ["ValueError", "RuntimeError"], ids=["ValueError", "RuntimeError"])
async def test_exception_of_the_block_is_the_same_outside(name):
    """An exception that the block raises and the generator lets pass is the same object outside."""
    import builtins
    from contextlib import asynccontextmanager

    log = []
    failure = getattr(builtins, name)("block")

    @asynccontextmanager
    async def manager():
        try:
            yield
        except BaseException as error:
            log.append(error)
            raise

    async def block():
        async with manager():
            raise failure

    with raises(type(failure)) as caught:
        await block()

    assert log == [failure]
    assert caught.value is failure


@behaviour("LIB-016", source=[LIBRARY.ASYNCCONTEXTMANAGER], since="3.7", level="detail", allowed=["False", "None"])
async def test_left_a_second_time():
    """A second call of ``__aexit__()`` of a manager does nothing and returns False or None, as the first call does."""
    from contextlib import asynccontextmanager

    log = []

    @asynccontextmanager
    async def manager():
        yield
        log.append("exit")

    made = manager()
    await made.__aenter__()
    first = await made.__aexit__(None, None, None)
    second = await made.__aexit__(None, None, None)

    assert log == ["exit"]
    assert first is second
    return repr(second)


@behaviour("LIB-017", source=[PEPS.PEP789], since="3.6", level="detail")
async def test_yield_is_not_prevented():
    """A body can yield inside a context manager: a way to forbid it, as PEP 789 proposes for cancel scopes, does not
    exist.
    """
    import sys

    class Scope:
        async def __aenter__(self):
            return self

        async def __aexit__(self, *exception):
            return False

    async def agen():
        async with Scope():
            yield 1

    items = [item async for item in agen()]

    assert items == [1]
    assert not hasattr(sys, "prevent_yields")


@behaviour("LIB-018", source=[PEPS.PEP789, LIBRARY.ASYNCIO_TIMEOUT], since="3.11", level="detail", needs=["asyncio"])
def test_timeout_across_a_yield():
    """A timeout that expires while the body is suspended at a yield inside it cancels the ``await`` of the consumer."""
    import asyncio

    log = []

    async def agen():
        async with asyncio.timeout(0):
            yield 1
        log.append("never")

    async def main():
        g = agen()
        await g.__anext__()
        try:
            # Far more cycles than the loop needs to find the time over.
            for _ in range(100):
                await asyncio.sleep(0)
            log.append("never")
        except asyncio.CancelledError:
            log.append("consumer cancelled")
        log.append("consumer goes on")
        asyncio.current_task().uncancel()
        await tidy(g)

    in_loop(main())

    assert log == ["consumer cancelled", "consumer goes on"]


@behaviour("LIB-019", source=[PEPS.PEP789, LIBRARY.ASYNCIO_TASK_GROUP], since="3.11", level="detail", needs=["asyncio"])
def test_task_group_across_a_yield():
    """A task group whose task fails while the body is suspended at a yield inside the group cancels the consumer."""
    import asyncio

    log = []

    async def fail():
        raise KeyError

    async def agen():
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            yield 1

    async def main():
        g = agen()
        await g.__anext__()
        try:
            for _ in range(100):
                await asyncio.sleep(0)
            log.append("never")
        except asyncio.CancelledError:
            log.append("consumer cancelled")
        try:
            await g.__anext__()
        except ExceptionGroup as group:
            log.append([type(error) for error in group.exceptions])

    in_loop(main())

    assert log == ["consumer cancelled", [KeyError]]


@behaviour("LIB-020", source=[LIBRARY.ASYNCIO_TASK], since="3.6", needs=["asyncio"])
def test_as_completed_in_a_body():
    """A body can iterate over ``asyncio.as_completed()`` and yield each result, in the order of completion."""
    import asyncio

    async def work(number, gate):
        await gate
        return number

    async def agen(gates):
        for future in asyncio.as_completed([work(number, gate) for number, gate in enumerate(gates)]):
            yield await future

    async def main():
        gates = [asyncio.get_event_loop().create_future() for _ in range(3)]
        g = agen(gates)
        found = []
        for number in [2, 0, 1]:
            gates[number].set_result(None)
            found.append(await g.__anext__())
        with raises(StopAsyncIteration):
            await g.__anext__()
        return found

    found = in_loop(main())

    assert found == [2, 0, 1]


@behaviour("LIB-021", source=[LIBRARY.UNITTEST_MOCK], since="3.8")
async def test_magic_mock_is_iterated():
    """``async for`` over a MagicMock produces the items that its ``__aiter__`` is configured to return."""
    from unittest import mock

    configured = mock.MagicMock()
    configured.__aiter__.return_value = [1, 2]
    items = await items_of(configured)

    assert items == [1, 2]


@behaviour("LIB-022", source=[LIBRARY.UNITTEST_MOCK], since="3.8", level="detail")
async def test_autospec_of_a_generator_function():
    """``create_autospec()`` of an asynchronous generator function is a function with its signature, not an
    AsyncMock.
    """
    from unittest import mock

    async def agen(argument):
        yield argument

    spec = mock.create_autospec(agen, return_value="returned")
    result = spec(1)
    with raises(TypeError):
        spec()

    assert result == "returned"
    assert not isinstance(spec, mock.AsyncMock)
    assert spec.mock_calls == [mock.call(1)]


@behaviour(
    "LIB-023", source=[LIBRARY.ASYNCIO_TASK, LIBRARY.ASYNCIO_EVENT_LOOP], since="3.9", needs=["asyncio", "threads"]
)
def test_called_in_another_thread():
    """``asyncio.to_thread()`` of an asynchronous generator function returns the generator, and does not run
    its body.
    """
    import asyncio

    log = []

    async def agen(argument):
        log.append("body")
        yield argument

    async def main():
        g = await asyncio.to_thread(agen, 1)
        called = list(log)
        items = [item async for item in g]
        # The pool of the loop ends with its threads.
        await asyncio.get_running_loop().shutdown_default_executor()
        return [called, items]

    called, items = in_loop(main())

    assert called == []
    assert items == [1]


@behaviour("LIB-024", source=[LIBRARY.ASYNCIO_EAGER], since="3.12", needs=["asyncio"])
def test_eager_task_that_consumes():
    """An eager task that iterates over a generator runs at once to the first suspension, and later continues in its
    turn.
    """
    import asyncio

    log = []

    async def agen():
        yield 1
        await asyncio.sleep(0)
        yield 2

    async def consume():
        async for item in agen():
            log.append(item)
        return "consumed"

    async def main():
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
        task = asyncio.create_task(consume())
        log.append("made")
        return await task

    result = in_loop(main())

    assert result == "consumed"
    assert log == [1, "made", 2]


@behaviour("LIB-025", source=[LIBRARY.ASYNCIO_EAGER], since="3.12", level="detail", needs=["asyncio"])
def test_eager_task_of_an_awaitable():
    """An eager task made from an ``asend()`` awaitable is done at once if the body yields without suspending."""
    import asyncio

    async def agen():
        yield "item"

    async def main():
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
        task = asyncio.create_task(agen().asend(None))
        return [task.done(), await task]

    done, item = in_loop(main())

    assert done is True
    assert item == "item"


@behaviour("LIB-026", source=[LIBRARY.ITERTOOLS], since="3.6")
@pytest.mark.parametrize(
    "name",
    ["chain", "islice", "takewhile", "groupby", "tee", "zip_longest", "accumulate"],
    ids=["chain", "islice", "takewhile", "groupby", "tee", "zip_longest", "accumulate"],
)
async def test_itertools(name):
    """The iterators of ``itertools`` refuse an asynchronous generator with TypeError, and do not start it."""
    import itertools

    log = []

    async def agen():
        log.append("body")
        yield 1

    function = getattr(itertools, name)
    with raises(TypeError):
        if name == "islice":
            list(function(agen(), 1))
        elif name == "takewhile":
            list(function(bool, agen()))
        else:
            list(function(agen()))

    assert log == []


@behaviour("LIB-027", source=[LIBRARY.FUNCTOOLS], since="3.6")
async def test_reduce():
    """``functools.reduce()`` refuses an asynchronous generator with TypeError, and does not call the function."""
    import functools

    log = []

    async def agen():
        log.append("body")
        yield 1

    with raises(TypeError):
        functools.reduce(lambda left, right: log.append("called"), agen())
    with raises(TypeError):
        functools.reduce(lambda left, right: log.append("called"), agen(), 0)

    assert log == []


@behaviour("LIB-028", source=[LIBRARY.JSON, LIBRARY.MARSHAL], since="3.6")
async def test_serializers():
    """``json`` refuses an asynchronous generator with TypeError and ``marshal`` with ValueError, and
    neither starts it.
    """
    import json
    import marshal

    log = []

    async def agen():
        log.append("body")
        yield 1

    with raises(TypeError):
        json.dumps(agen())
    with raises(TypeError):
        json.dumps([agen()])
    with raises(ValueError):
        marshal.dumps(agen())

    assert log == []


@behaviour("LIB-029", source=[LIBRARY.SUPPRESS], since="3.6")
async def test_suppress_around_a_yield():
    """``contextlib.suppress()`` around a yield suppresses the exception that ``athrow()`` throws, and the body
    continues after it.
    """
    from contextlib import suppress

    log = []

    async def agen():
        with suppress(KeyError):
            yield 1
            log.append("never")
        log.append("after")
        yield 2

    g = agen()
    first = await g.__anext__()
    await g.athrow(KeyError())
    await tidy(g)

    assert first == 1
    assert log == ["after"]


@behaviour("LIB-030", source=[LIBRARY.ASYNCIO_QUEUE], since="3.6", needs=["asyncio"])
def test_queue_reader():
    """A body that reads a queue yields its items in order while another task puts them, until the body returns."""
    import asyncio

    async def reader(queue):
        while True:
            item = await queue.get()
            if item is None:
                return
            yield item

    async def writer(queue):
        # It waits where the queue is full, and the reader where it is empty.
        for item in [1, 2, 3, 4, None]:
            await queue.put(item)

    async def main():
        queue = asyncio.Queue(2)
        task = asyncio.ensure_future(writer(queue))
        items = [item async for item in reader(queue)]
        await task
        return items

    items = in_loop(main())

    assert items == [1, 2, 3, 4]


@behaviour("LIB-031", source=[LIBRARY.ASYNCCONTEXTMANAGER, ISSUE.BPO_33786], since="3.7")
async def test_closed_inside_a_manager():
    """``aclose()`` of a generator suspended inside a manager passes GeneratorExit through the manager,
    without error.
    """
    from contextlib import asynccontextmanager

    log = []

    @asynccontextmanager
    async def manager():
        try:
            yield
        except BaseException as error:
            log.append(type(error))
            raise
        finally:
            await suspend()
            log.append("left")

    async def agen():
        async with manager():
            yield 1

    g = agen()
    item = await g.__anext__()
    result = await g.aclose()
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert item == 1
    assert result is None
    assert log == [GeneratorExit, "left"]


@behaviour("LIB-032", source=[LIBRARY.ASYNCCONTEXTMANAGER], since="3.7", level="detail", needs=["gc", "weakref"])
async def test_manager_is_let_go():
    """A manager that has been exited is released with its generator, and its factory has the function as
    ``__wrapped__``.
    """
    import weakref
    from contextlib import asynccontextmanager

    made = []

    async def agen():
        yield

    def remember():
        made.append(agen())
        return made[0]

    factory = asynccontextmanager(agen)
    manager = asynccontextmanager(remember)()
    async with manager:
        pass
    alive = [weakref.ref(manager), weakref.ref(made.pop())]
    del manager
    collect()
    found = [reference() for reference in alive]

    assert factory.__wrapped__ is agen
    assert found == [None, None]


@behaviour("LIB-033a", source=[LIBRARY.ASYNC_CONTEXT_DECORATOR], since="3.10", until="3.14", level="detail")
async def test_asynchronous_decorator_fails():
    """Decorating a generator function with an ``AsyncContextDecorator`` makes it a coroutine function that raises
    TypeError.
    """
    from contextlib import AsyncContextDecorator

    log = []

    class Manager(AsyncContextDecorator):
        async def __aenter__(self):
            log.append("enter")

        async def __aexit__(self, *exception):
            log.append("exit")

    @Manager()
    async def agen():
        log.append("body")
        yield 1

    with raises(TypeError):
        await agen()

    assert log == ["enter", "exit"]


@behaviour("LIB-033b", source=[LIBRARY.ASYNC_CONTEXT_DECORATOR, ISSUE.GH_125862], since="3.15")
async def test_asynchronous_decorator_lasts_for_the_iteration():
    """A generator function with an ``AsyncContextDecorator`` enters it at the first item, and exits it when the
    generator ends.
    """
    from contextlib import AsyncContextDecorator

    log = []

    class Manager(AsyncContextDecorator):
        async def __aenter__(self):
            await suspend()
            log.append("enter")

        async def __aexit__(self, *exception):
            await suspend()
            log.append("exit")

    @Manager()
    async def agen():
        log.append("body")
        yield 1
        yield 2

    g = agen()
    called = list(log)
    async for item in g:
        log.append(item)

    assert called == []
    assert log == ["enter", "body", 1, 2, "exit"]


@behaviour("LIB-034", source=[LIBRARY.ASYNC_CONTEXT_DECORATOR, ISSUE.GH_125862], since="3.15")
async def test_decorated_generator_is_closed_early():
    """``aclose()`` of a decorated generator closes the inner generator before the manager exits."""
    from contextlib import asynccontextmanager

    log = []

    @asynccontextmanager
    async def manager():
        try:
            yield
        finally:
            log.append("manager left")

    @manager()
    async def agen():
        try:
            yield 1
            yield 2
        finally:
            await suspend()
            log.append("generator closed")

    g = agen()
    async for item in g:
        log.append(item)
        break
    stopped = list(log)
    await g.aclose()

    assert stopped == [1]
    assert log == [1, "generator closed", "manager left"]


@behaviour("LIB-035", source=[LIBRARY.EXIT_STACK, LIBRARY.ACLOSING], since="3.10")
async def test_aclosing_on_an_exit_stack():
    """A generator entered on an ``AsyncExitStack`` with ``aclosing()`` is closed when the stack exits."""
    from contextlib import AsyncExitStack, aclosing

    log = []

    async def agen():
        try:
            yield 1
            yield 2
        finally:
            await suspend()
            log.append("closed")

    g = agen()
    with raises(KeyError):
        async with AsyncExitStack() as stack:
            entered = await stack.enter_async_context(aclosing(g))
            log.append(await entered.__anext__())
            raise KeyError

    assert entered is g
    assert log == [1, "closed"]


@behaviour("LIB-037", source=[LIBRARY.ASYNC_CONTEXT_DECORATOR, ISSUE.GH_125862], since="3.15")
async def test_asynchronous_decorator_of_a_synchronous_generator_function():
    """A synchronous generator function with an ``AsyncContextDecorator`` is iterated with ``async for``, and enters and
    exits it around the iteration.
    """
    from contextlib import AsyncContextDecorator

    log = []

    class Manager(AsyncContextDecorator):
        async def __aenter__(self):
            await suspend()
            log.append("enter")

        async def __aexit__(self, *exception):
            await suspend()
            log.append("exit")

    @Manager()
    def generator(*items):
        log.append("body")
        yield from items
        log.append("end")

    g = generator(1, 2)
    called = list(log)
    async for item in g:
        log.append(item)

    assert called == []
    assert log == ["enter", "body", 1, 2, "end", "exit"]


@behaviour(
    "LIB-038", source=[LIBRARY.CONTEXT_DECORATOR, LIBRARY.ASYNC_CONTEXT_DECORATOR, ISSUE.GH_125862], since="3.15"
)
@pytest.mark.parametrize("name", ["ContextDecorator", "AsyncContextDecorator"], ids=["synchronous", "asynchronous"])
async def test_kind_of_what_is_decorated(name):
    """An asynchronous generator function with a ``ContextDecorator`` or an ``AsyncContextDecorator`` is still one."""
    import contextlib
    import inspect

    class Manager(getattr(contextlib, name)):
        def __enter__(self):
            return self

        def __exit__(self, *exception):
            pass

        async def __aenter__(self):
            return self

        async def __aexit__(self, *exception):
            pass

    @Manager()
    async def agen():
        yield 1

    @Manager()
    async def coroutine():
        return 1

    kinds = [inspect.isasyncgenfunction(agen), inspect.isasyncgenfunction(coroutine)]
    items = await items_of(agen())

    assert kinds == [True, False]
    assert items == [1]


@behaviour(
    "LIB-039", source=[LIBRARY.ASYNC_CONTEXT_DECORATOR, LIBRARY.CONTEXT_DECORATOR, ISSUE.GH_125862], since="3.15"
)
async def test_decorated_synchronous_generator_is_closed_early():
    """``aclose()`` of what an ``AsyncContextDecorator`` made of a synchronous generator closes that generator before
    the manager exits.
    """
    from contextlib import aclosing, asynccontextmanager

    log = []

    @asynccontextmanager
    async def manager():
        try:
            yield
        finally:
            await suspend()
            log.append("manager left")

    @manager()
    def generator():
        try:
            yield 1
            yield 2
        except GeneratorExit:
            log.append("generator closed")
            raise

    async with aclosing(generator()) as g:
        async for item in g:
            log.append(item)
            break
        stopped = list(log)

    assert stopped == [1]
    assert log == [1, "generator closed", "manager left"]
