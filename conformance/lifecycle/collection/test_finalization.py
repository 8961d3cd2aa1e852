"""GCF: the cleanup of a body when its generator is collected, or when the interpreter exits."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, hooks, operate, raises, run, step, suspend, unraisable
from conformance.sources import CPYTHON, LIBRARY, PEPS, REFERENCE


@behaviour("GCF-001", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
async def test_suspended_without_hooks():
    """Without hooks, collecting a suspended generator raises GeneratorExit at its yield, and its ``finally`` runs."""
    log = []

    async def agen():
        try:
            yield
            log.append("resumed")
        except BaseException as error:
            log.append(type(error).__name__)
            raise
        finally:
            log.append("finally")

    with hooks():
        g = agen()
        await g.__anext__()
        collect()
        while_referenced = list(log)
        del g
        collect()
        seen = list(log)

    assert while_referenced == []
    assert seen == ["GeneratorExit", "finally"]


@behaviour("GCF-005", source=[REFERENCE.AGEN_FUNCTION], since="3.6", needs=["gc"])
def test_unstarted_is_collected():
    """Collecting a generator that was never iterated runs no part of its body."""
    log = []

    async def agen():
        try:
            log.append("body")
            yield
        finally:
            log.append("finally")

    with hooks():
        g = agen()
        del g
        collect()

    assert log == []


@behaviour(
    "GCF-010",
    source=[REFERENCE.OBJECTS, LIBRARY.SET_ASYNCGEN_HOOKS],
    since="3.6",
    needs=["gc"],
    allowed=["at once", "at a collection", "not at all"],
)
async def test_when_it_is_finalized():
    """A generator is finalized when its last reference is dropped, at a later collection, or not at all: the language
    allows each.
    """
    import gc

    log = []

    async def agen():
        try:
            yield
        finally:
            pass

    enabled = gc.isenabled()
    gc.disable()
    try:
        with hooks(finalizer=lambda generator: log.append("finalizer")):
            g = agen()
            await g.__anext__()
            referenced = list(log)
            del g
            at_once = list(log)
            collect()
    finally:
        if enabled:
            gc.enable()

    assert referenced == []
    assert log in ([], ["finalizer"])
    if at_once:
        return "at once"
    return "at a collection" if log else "not at all"


@behaviour("GCF-016", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.ASYNC_WITH], since="3.8", level="detail", needs=["gc"])
async def test_asynchronous_context_manager_while_collected():
    """Without hooks, the exit of an ``async with`` block starts at collection, and is abandoned at its first
    suspension.
    """
    log = []

    class Manager:
        async def __aenter__(self):
            return self

        async def __aexit__(self, kind, value, traceback):
            log.append(kind)
            await suspend()
            log.append("never")

    async def agen():
        async with Manager():
            yield

    with hooks(), unraisable() as reports:
        g = agen()
        await g.__anext__()
        del g
        collect()
        seen = list(log)
    kinds = [kind for kind, _ in reports]

    assert seen == [GeneratorExit]
    assert kinds == [RuntimeError]


@behaviour("GCF-018", source=[CPYTHON.PYLIFECYCLE], since="3.6", needs=["subprocess"])
def test_suspended_at_a_yield_at_exit():
    """If a module holds a generator suspended at a yield, its ``finally`` runs at interpreter exit, and the status is
    0.

    It runs in a process of its own, because it tests the end of a process.
    """
    import subprocess
    import sys

    source = """
import os
async def agen(write=os.write):
    try:
        yield
    finally:
        write(1, b"finally")
g = agen()
try:
    g.__anext__().send(None)
except StopIteration:
    os.write(1, b"suspended ")
"""
    output = subprocess.check_output([sys.executable, "-S", "-c", source])

    assert output == b"suspended finally"


@behaviour("GCF-019", source=[CPYTHON.PYLIFECYCLE], since="3.6", needs=["subprocess"])
def test_suspended_in_an_await_at_exit():
    """If a module holds a generator suspended in an ``await``, its ``finally`` runs at interpreter exit, and the status
    is 0.

    It runs in a process of its own, because it tests the end of a process.
    """
    import subprocess
    import sys

    source = """
import os
class Pause:
    def __await__(self):
        yield
async def agen(write=os.write):
    try:
        await Pause()
        yield
    finally:
        write(1, b"finally")
g = agen()
awaitable = g.__anext__()
awaitable.send(None)
os.write(1, b"suspended ")
"""
    output = subprocess.check_output([sys.executable, "-S", "-c", source])

    assert output == b"suspended finally"


@behaviour("GCF-021", source=[PEPS.PEP442], since="3.6", level="detail", needs=["gc"])
async def test_kept_by_its_own_cleanup():
    """A generator whose ``finally`` stores a reference to it during collection stays alive, and is finished."""
    kept = []

    async def agen(holder):
        try:
            yield
        finally:
            kept.append(holder.pop())

    with hooks():
        holder = []
        g = agen(holder)
        holder.append(g)
        await g.__anext__()
        del g, holder
        collect()
    count = len(kept)
    with raises(StopAsyncIteration):
        await kept[0].__anext__()
    closed = await kept[0].aclose()

    assert count == 1
    assert closed is None


@behaviour("GCF-022", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
def test_abandoned_by_break_without_a_loop():
    """A generator that ``break`` abandons in a coroutine driven by hand is finalized like any other, without an event
    loop.
    """
    log = []

    async def agen():
        try:
            yield 1
            yield 2
        except BaseException as error:
            log.append(type(error))
            raise

    async def consumer():
        async for item in agen():
            log.append(item)
            break
        log.append("after the loop")

    with hooks():
        run(consumer())
        collect()
        seen = sorted(log, key=str)

    assert seen == sorted([1, "after the loop", GeneratorExit], key=str)


@behaviour("GCF-023", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
def test_suspended_in_an_await_without_hooks(operation):
    """Without hooks, collecting a generator suspended in an ``await`` raises GeneratorExit there, and its ``finally``
    runs.
    """
    log = []

    async def agen():
        try:
            yield
        except (KeyError, GeneratorExit):
            pass
        try:
            await suspend("waiting")
            log.append("resumed")
        except BaseException as error:
            log.append(type(error))
            raise
        finally:
            log.append("finally")

    with hooks():
        g = agen()
        run(g.__anext__())
        awaitable = operate(g, operation)
        waiting = step(awaitable.send, None)
        del awaitable, g
        collect()
        seen = list(log)

    assert waiting == ["suspends", "waiting"]
    assert seen == [GeneratorExit, "finally"]


@behaviour(
    "GCF-024", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"], allowed=["ag_running: True", "ag_running: False"]
)
def test_suspended_in_an_await_with_a_finalizer():
    """A generator collected while suspended in an ``await`` is passed to its finalizer, running or not by its
    ``ag_running``, and nothing is raised in its body.
    """
    log = []

    async def agen():
        try:
            await suspend("waiting")
            yield
        finally:
            log.append("finally")

    def finalizer(generator):
        log.append("finalizer")
        states.append([generator.ag_await is not None, generator.ag_running])

    states = []
    with hooks(finalizer=finalizer):
        g = agen()
        awaitable = g.__anext__()
        waiting = step(awaitable.send, None)
        del awaitable, g
        collect()
        seen = list(log)
    (state,) = states

    assert waiting == ["suspends", "waiting"]
    assert seen == ["finalizer"]
    assert state[0] is True
    return "ag_running: %s" % state[1]


@behaviour(
    "GCF-030", source=[REFERENCE.COROUTINE_OBJECTS, CPYTHON.GENOBJECT], since="3.6", level="detail", needs=["gc"]
)
def test_awaited_iterator_is_closed():
    """Without hooks, the iterator that a collected generator awaits is closed before GeneratorExit is raised in the
    body.
    """
    log = []

    class Pause:
        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            return "waiting"

        def close(self):
            log.append("iterator closed")

    async def agen():
        try:
            await Pause()
            yield
        except BaseException as error:
            log.append(type(error))
            raise

    with hooks():
        g = agen()
        awaitable = g.__anext__()
        waiting = step(awaitable.send, None)
        del awaitable, g
        collect()
        seen = list(log)

    assert waiting == ["suspends", "waiting"]
    assert seen == ["iterator closed", GeneratorExit]


@behaviour("GCF-041", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
@pytest.mark.parametrize("handled", [False, True], ids=["passes", "handled"])
def test_closing_the_awaited_iterator_fails(handled):
    """Without hooks, if closing the awaited iterator at collection raises, the body sees that exception instead of
    GeneratorExit.
    """
    log = []

    class Pause:
        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            return "waiting"

        def close(self):
            raise KeyError("close")

    async def agen():
        try:
            await Pause()
            yield
        except BaseException as error:
            log.append(type(error))
            if handled:
                raise GeneratorExit
            raise

    with hooks(), unraisable() as reports:
        g = agen()
        waiting = step(g.__anext__().send, None)
        del g
        collect()
        seen = list(log)

    assert waiting == ["suspends", "waiting"]
    assert seen == [KeyError]
    assert reports == ([] if handled else [[KeyError, "'close'"]])


@behaviour("GCF-042", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
def test_awaited_coroutines_are_closed_first():
    """Without hooks, GeneratorExit at collection passes through the coroutines that the body awaits,
    innermost first.
    """
    log = []

    async def inner():
        try:
            await suspend("waiting")
        finally:
            log.append("inner")

    async def outer():
        try:
            await inner()
            log.append("resumed")
        except BaseException as error:
            log.append(["outer", type(error)])
            raise

    async def agen():
        try:
            await outer()
            log.append("resumed")
            yield
        except BaseException as error:
            log.append(["agen", type(error)])
            raise

    with hooks():
        g = agen()
        waiting = step(g.__anext__().send, None)
        del g
        collect()
        seen = list(log)

    assert waiting == ["suspends", "waiting"]
    assert seen == ["inner", ["outer", GeneratorExit], ["agen", GeneratorExit]]


@behaviour("GCF-043", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
@pytest.mark.parametrize("state", ["at-yield", "in-await"], ids=["at-yield", "in-await"])
def test_generators_of_a_chain(state):
    """Without hooks, a collected generator and the generator that it iterates each see GeneratorExit once."""
    log = []

    async def inner():
        try:
            if state == "in-await":
                await suspend("waiting")
            yield 1
        except BaseException as error:
            log.append("inner " + type(error).__name__)
            raise

    async def outer():
        try:
            async for item in inner():
                yield item
        except BaseException as error:
            log.append("outer " + type(error).__name__)
            raise

    with hooks(), unraisable() as reports:
        g = outer()
        outcome = step(g.__anext__().send, None)
        del g
        collect()
        seen = sorted(log)

    assert outcome == (["suspends", "waiting"] if state == "in-await" else ["returns", 1])
    assert seen == ["inner GeneratorExit", "outer GeneratorExit"]
    assert reports == []


@behaviour("GCF-045", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
@pytest.mark.parametrize("cleanup", ["passes", "raises", "yields"], ids=["passes", "raises", "yields"])
async def test_exception_in_flight_at_collection(cleanup):
    """Without hooks, an exception that is propagating while a generator is collected propagates unchanged."""
    log = []
    failure = ValueError("in flight")

    async def agen():
        try:
            yield
        finally:
            log.append("finally")
            if cleanup == "raises":
                raise KeyError
            elif cleanup == "yields":
                yield

    async def drop():
        g = agen()
        await g.__anext__()
        try:
            raise failure
        finally:
            del g
            collect()

    with hooks(), unraisable() as reports:
        with raises(ValueError) as caught:
            await drop()
        kinds = [kind for kind, _ in reports]

    assert caught.value is failure
    assert failure.__context__ is None
    assert log == ["finally"]
    assert kinds == {"passes": [], "raises": [KeyError], "yields": [RuntimeError]}[cleanup]
