"""Garbage collection: what becomes of a generator that nobody refers to, where no hook is installed."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, hooks, operate, raises, run, step, suspend, unraisable
from conformance.sources import CPYTHON, LIBRARY, PEP525, PEPS, REFERENCE


@behaviour("GCF-001", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
async def test_suspended_without_hooks():
    """Without hooks, a suspended generator that is collected sees GeneratorExit at its yield, and runs ``finally``."""
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


@behaviour("GCF-002", source=[LIBRARY.ASYNCIO_DEV, CPYTHON.GENOBJECT], since="3.8", level="detail", needs=["gc"])
async def test_await_while_collected():
    """Without hooks, an ``await`` that suspends in the cleanup at collection loses the rest, and is reported."""
    log = []

    async def agen():
        try:
            yield
        finally:
            log.append("cleanup")
            await suspend()
            log.append("never")

    with hooks(), unraisable() as reports:
        g = agen()
        await g.__anext__()
        del g
        collect()
        seen = list(log)

    assert seen == ["cleanup"]
    assert reports == [[RuntimeError, "async generator ignored GeneratorExit"]]


@behaviour("GCF-003", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
async def test_yield_while_collected():
    """Without hooks, a yield in the cleanup at collection loses the rest, and is reported."""
    log = []

    async def agen():
        try:
            yield
        finally:
            log.append("cleanup")
            yield
            log.append("never")

    with hooks(), unraisable() as reports:
        g = agen()
        await g.__anext__()
        del g
        collect()
        seen = list(log)

    assert seen == ["cleanup"]
    assert reports == [[RuntimeError, "async generator ignored GeneratorExit"]]


@behaviour("GCF-004", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
async def test_exception_while_collected():
    """Without hooks, an exception out of ``finally`` at collection goes to ``sys.unraisablehook``, and nowhere else."""
    log = []

    async def agen():
        try:
            yield
        finally:
            log.append("cleanup")
            raise KeyError("cleanup")

    with hooks(), unraisable() as reports:
        g = agen()
        await g.__anext__()
        del g
        collect()
        log.append("after")
        seen = list(log)

    assert seen == ["cleanup", "after"]
    assert reports == [[KeyError, "'cleanup'"]]


@behaviour("GCF-005", source=[REFERENCE.AGEN_FUNCTION], since="3.6", needs=["gc", "weakref"])
def test_unstarted_is_collected():
    """A generator that was never iterated is collected without running anything of its body."""
    import weakref

    log = []

    async def agen():
        try:
            log.append("body")
            yield
        finally:
            log.append("finally")

    with hooks():
        g = agen()
        reference = weakref.ref(g)
        del g
        collect()
    left = reference()

    assert left is None
    assert log == []


@behaviour("GCF-006", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "warnings", "weakref"])
@pytest.mark.parametrize("ending", ["return", "exception", "aclose"], ids=["return", "exception", "aclose"])
async def test_finished_is_collected_silently(ending):
    """A generator that has ended is collected without a warning, and its body does not run again."""
    import warnings
    import weakref

    log = []

    async def agen():
        try:
            yield
            if ending == "exception":
                raise KeyError
        finally:
            log.append("finally")

    with warnings.catch_warnings(record=True) as caught, hooks():
        warnings.simplefilter("always")
        g = agen()
        await g.__anext__()
        try:
            await (g.aclose() if ending == "aclose" else g.__anext__())
        except (StopAsyncIteration, KeyError):
            pass
        alive = weakref.ref(g)
        del g
        collect()

    assert alive() is None
    assert log == ["finally"]
    assert caught == []


@behaviour("GCF-007", source=[REFERENCE.AGEN_FUNCTION], since="3.6", level="detail", needs=["gc", "warnings"])
async def test_suspended_is_collected_without_a_warning():
    """A suspended generator that is collected gives no warning: that it was not closed is nobody's error by itself."""
    import warnings

    log = []

    async def agen():
        try:
            yield
        finally:
            log.append("finally")

    with warnings.catch_warnings(record=True) as caught, hooks():
        warnings.simplefilter("always")
        g = agen()
        await g.__anext__()
        del g
        collect()
        seen = list(log)

    assert seen == ["finally"]
    assert caught == []


@behaviour("GCF-008", source=[LIBRARY.WEAKREF], since="3.6", needs=["gc"])
async def test_weak_reference():
    """A weak reference gives the generator while it lives, then None, and its callback is called once on collection."""
    import weakref

    calls = []

    async def agen():
        try:
            yield
        finally:
            pass

    with hooks():
        g = agen()
        reference = weakref.ref(g, calls.append)
        await g.__anext__()
        collect()
        referent_is_g = reference() is g
        called_early = list(calls)
        del g
        collect()
    left = reference()

    assert referent_is_g
    assert called_early == []
    assert left is None
    assert calls == [reference]


@behaviour("GCF-009", source=[LIBRARY.WEAKREF], since="3.6", needs=["gc"])
async def test_in_weak_containers():
    """A generator can be a member of a WeakSet and a key of a WeakKeyDictionary, until it is collected."""
    import weakref

    async def agen():
        yield

    members, mapping = weakref.WeakSet(), weakref.WeakKeyDictionary()
    first, second = agen(), agen()
    await first.__anext__()
    members.update([first, second])
    mapping[first], mapping[second] = 0, 1
    both = [len(members), mapping[first], mapping[second], first in members]
    with hooks():
        del first
        collect()
        one = [len(members), len(mapping), second in members]

    assert both == [2, 0, 1, True]
    assert one == [1, 1, True]


@behaviour(
    "GCF-010",
    source=[REFERENCE.OBJECTS, LIBRARY.SET_ASYNCGEN_HOOKS],
    since="3.6",
    needs=["gc"],
    allowed=["at once", "at a collection"],
)
async def test_when_it_is_finalized():
    """A generator is finalized when its last reference goes, or at a collection after that: which is left open."""
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
            seen = "at once" if log else "at a collection"
            collect()
    finally:
        if enabled:
            gc.enable()

    assert referenced == []
    assert log == ["finalizer"]
    return seen


@behaviour("GCF-011", source=[LIBRARY.GC], since="3.6", needs=["gc", "weakref"])
async def test_cycle_through_a_local():
    """``gc.collect()`` finds a suspended generator that only a local variable of its own body still refers to."""
    import weakref

    async def agen():
        itself = yield
        try:
            yield
        finally:
            del itself

    with hooks():
        g = agen()
        reference = weakref.ref(g)
        await g.__anext__()
        await g.asend(g)
        collect()
        referent_is_g = reference() is g
        del g
        collect()
    left = reference()

    assert referent_is_g
    assert left is None


@behaviour(
    "GCF-012", source=[REFERENCE.AGEN_FUNCTION, CPYTHON.GENOBJECT], since="3.6", level="detail", needs=["gc", "weakref"]
)
async def test_variables_live_as_long_as_the_body():
    """A suspended generator keeps its arguments and local variables alive, and lets go of them when it is exhausted."""
    import weakref

    references = []
    used = []

    class Thing:
        pass

    async def agen(argument):
        references.append(weakref.ref(argument))
        local = Thing()
        references.append(weakref.ref(local))
        yield
        used.append([type(argument), type(local)])

    g = agen(Thing())
    await g.__anext__()
    collect()
    alive_suspended = [reference() is not None for reference in references]
    with raises(StopAsyncIteration):
        await g.__anext__()
    collect()
    alive_exhausted = [reference() is not None for reference in references]

    assert alive_suspended == [True, True]
    assert used == [[Thing, Thing]]
    assert alive_exhausted == [False, False]


@behaviour("GCF-013", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "weakref"])
async def test_yielded_value_is_let_go():
    """A yielded object that the consumer has dropped is let go, once the body has been resumed."""
    import weakref

    class Value:
        pass

    async def agen():
        yield Value()
        yield "next"

    g = agen()
    alive = weakref.ref(await g.__anext__())
    following = await g.__anext__()
    collect()
    found = alive()

    assert following == "next"
    assert found is None


@behaviour("GCF-014", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "weakref"])
async def test_sent_value_is_let_go():
    """A sent object that the body does not store is let go at the next yield, and one that it stores is kept."""
    import weakref

    class Value:
        pass

    async def agen():
        yield "start"
        kept = yield "dropped"
        yield "stored"
        del kept

    def send():
        value = Value()
        return [weakref.ref(value), g.asend(value)]

    g = agen()
    await g.__anext__()
    first, awaitable = send()
    items = [await awaitable]
    second, awaitable = send()
    items.append(await awaitable)
    del awaitable
    collect()
    found = [first() is None, second() is None]
    await g.aclose()

    assert items == ["dropped", "stored"]
    assert found == [True, False]


@behaviour("GCF-015", source=[REFERENCE.TRACEBACK_OBJECTS], since="3.6", needs=["gc", "weakref"])
async def test_exception_keeps_the_frame():
    """An exception that left the body keeps its variables alive through the traceback, until it is dropped itself."""
    import weakref

    class Value:
        pass

    async def agen(references):
        local = Value()
        references.append(weakref.ref(local))
        yield
        raise KeyError

    references, errors = [], []

    async def consume():
        g = agen(references)
        await g.__anext__()
        try:
            await g.__anext__()
        except KeyError as error:
            errors.append(error)

    await consume()
    collect()
    kept = references[0]() is not None
    del errors[:]
    collect()
    dropped = references[0]() is None

    assert kept is True
    assert dropped is True


@behaviour("GCF-016", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.ASYNC_WITH], since="3.8", level="detail", needs=["gc"])
async def test_asynchronous_context_manager_while_collected():
    """Without hooks, the exit of an ``async with`` block begins at collection, and is lost at its first suspension."""
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


@behaviour("GCF-017", source=[CPYTHON.GENOBJECT, LIBRARY.GC], since="3.6", level="detail", needs=["gc"])
async def test_seen_by_the_collector():
    """The collector tracks a generator, and reaches from it what its body holds."""
    import gc

    async def agen(argument):
        yield

    argument = ["argument"]
    g = agen(argument)
    await g.__anext__()
    tracked = gc.is_tracked(g)
    reached, todo = [], [g]
    while todo:
        for each in gc.get_referents(todo.pop()):
            if type(each).__name__ in ("frame", "list"):
                reached.append(each)
            if type(each).__name__ == "frame" and len(todo) < 10:
                todo.append(each)
    found = any(each is argument for each in reached)
    await g.aclose()

    assert tracked is True
    assert found is True


@behaviour("GCF-018", source=[CPYTHON.PYLIFECYCLE], since="3.6", needs=["subprocess"])
def test_suspended_at_a_yield_at_exit():
    """A generator that a module holds suspended at a yield runs its ``finally`` at interpreter exit, with status 0.

    Takes a process of its own, because it is about its end.
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
    """A generator that a module holds suspended in an ``await`` runs its ``finally`` at exit, with status 0.

    Takes a process of its own, because it is about its end.
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


@behaviour("GCF-020", source=[PEP525.IMPLEMENTATION], since="3.6", needs=["gc", "warnings"])
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
async def test_kept_by_an_awaitable(operation):
    """A generator that only an awaitable of its own refers to is not finalized: that can still be awaited."""
    import warnings

    log = []

    async def agen():
        try:
            log.append((yield 1))
            yield 2
        finally:
            log.append("finally")

    with warnings.catch_warnings(), hooks(finalizer=lambda generator: log.append("finalizer")):
        warnings.simplefilter("ignore")
        g = agen()
        await g.__anext__()
        awaitable = operate(g, operation)
        del g
        collect()
        kept = list(log)
        try:
            await awaitable
        except KeyError:
            log.append("thrown")
        del awaitable
        collect()
        seen = list(log)
    wanted = {"asend": ["sent", "finalizer"], "anext": [None, "finalizer"], "athrow": ["finally", "thrown"]}

    assert kept == []
    assert seen == wanted.get(operation, ["finally"])


@behaviour("GCF-021", source=[PEPS.PEP442], since="3.6", level="detail", needs=["gc"])
async def test_kept_by_its_own_cleanup():
    """A generator whose ``finally`` keeps it alive while it is collected lives on, finished."""
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
    """A generator that ``break`` left behind in a coroutine run by hand is finalized as any other, without a loop."""
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
    """Without hooks, a generator that is collected in an ``await`` sees GeneratorExit there, and runs ``finally``."""
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


@behaviour("GCF-024", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
def test_suspended_in_an_await_with_a_finalizer():
    """A generator that is collected in an ``await`` is given to its finalizer, and nothing is raised in its body."""
    log = []

    async def agen():
        try:
            await suspend("waiting")
            yield
        finally:
            log.append("finally")

    with hooks(finalizer=lambda generator: log.append(["finalizer", generator.ag_await is not None])):
        g = agen()
        awaitable = g.__anext__()
        waiting = step(awaitable.send, None)
        del awaitable, g
        collect()
        seen = list(log)

    assert waiting == ["suspends", "waiting"]
    assert seen == [["finalizer", True]]


@behaviour("GCF-025", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "weakref"])
@pytest.mark.parametrize(
    "ending",
    ["return", "exception", "aclose", "athrow", "throw"],
    ids=["return", "exception", "aclose", "athrow", "throw"],
)
def test_released_at_the_end(ending):
    """Arguments, variables and sent values are let go when the generator ends, in whatever way, though it lives on."""
    import weakref

    class Value:
        pass

    async def agen(argument):
        local = Value()
        references.append(weakref.ref(local))
        sent = yield
        yield
        if ending == "exception":
            raise KeyError
        del sent

    def start():
        argument, sent = Value(), Value()
        references.extend([weakref.ref(argument), weakref.ref(sent)])
        g = agen(argument)
        run(g.__anext__())
        run(g.asend(sent))
        return g

    def end():
        if ending == "aclose":
            step(g.aclose().send, None)
        elif ending == "athrow":
            step(g.athrow(KeyError()).send, None)
        elif ending == "throw":
            step(g.__anext__().throw, KeyError())
        else:
            step(g.__anext__().send, None)

    references = []
    g = start()
    collect()
    suspended = [reference() is not None for reference in references]
    end()
    collect()
    ended = [reference() is not None for reference in references]

    assert suspended == [True, True, True]
    assert ended == [False, False, False]
    assert g.ag_frame is None


@behaviour("GCF-026", source=[REFERENCE.TRY, CPYTHON.GENOBJECT], since="3.6", level="detail", needs=["gc", "weakref"])
async def test_handled_exception_is_let_go():
    """An exception that the body handles is kept while it is suspended in the handler, and let go behind it."""
    import weakref

    class Failure(Exception):
        pass

    async def agen():
        try:
            failure = Failure()
            references.append(weakref.ref(failure))
            try:
                raise failure
            finally:
                del failure
        except Failure:
            yield "handling"
        yield "handled"

    references = []
    g = agen()
    found = []
    for _ in range(2):
        await g.__anext__()
        collect()
        found.append(references[0]() is not None)
    await g.aclose()

    assert found == [True, False]


@behaviour("GCF-027", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "weakref"])
async def test_hooks_are_let_go():
    """A generator keeps the finalizer that it stored alive, and not ``firstiter``, until it is collected."""
    import weakref

    class Hook:
        def __call__(self, generator):
            pass

    async def agen():
        try:
            yield
        finally:
            pass

    async def start():
        first, last = Hook(), Hook()
        references.extend([weakref.ref(first), weakref.ref(last)])
        g = agen()
        with hooks(first, last):
            await g.__anext__()
        return g

    references = []
    g = await start()
    collect()
    suspended = [reference() is not None for reference in references]
    del g
    collect()
    collected = [reference() is not None for reference in references]

    assert suspended == [False, True]
    assert collected == [False, False]


@behaviour("GCF-028", source=[LIBRARY.GC, CPYTHON.GENOBJECT], since="3.6", needs=["gc", "warnings", "weakref"])
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
@pytest.mark.parametrize("state", ["new", "suspended"], ids=["new", "suspended"])
def test_cycle_through_an_awaitable(state, operation):
    """A cycle of a generator, something that its body holds, and an awaitable of its own is collected."""
    import warnings
    import weakref

    class Holder:
        pass

    async def agen(holder):
        try:
            yield
        except KeyError:
            pass
        finally:
            await suspend("waiting")

    def make():
        holder = Holder()
        g = agen(holder)
        run(g.__anext__())
        holder.awaitable = operate(g, operation)
        if state == "suspended":
            step(holder.awaitable.send, None)
        return weakref.ref(holder)

    with warnings.catch_warnings(), hooks(finalizer=lambda generator: None):
        warnings.simplefilter("ignore")
        alive = make()
        collect()
        found = alive()

    assert found is None


@behaviour("GCF-029", source=[LIBRARY.GC], since="3.6", needs=["gc", "weakref"])
async def test_cycle_through_the_finalizer():
    """A cycle of a generator and the finalizer that it stored is collected, and the finalizer called before that."""
    import weakref

    calls = []

    class Finalizer:
        def __call__(self, generator):
            calls.append("finalizer")

    async def agen():
        try:
            yield
        finally:
            pass

    async def make():
        finalizer = Finalizer()
        finalizer.generator = agen()
        with hooks(finalizer=finalizer):
            await finalizer.generator.__anext__()
        return weakref.ref(finalizer)

    alive = await make()
    collect()
    found = alive()

    assert calls == ["finalizer"]
    assert found is None


@behaviour(
    "GCF-030", source=[REFERENCE.COROUTINE_OBJECTS, CPYTHON.GENOBJECT], since="3.6", level="detail", needs=["gc"]
)
def test_awaited_iterator_is_closed():
    """Without hooks, the iterator that a collected generator waits for is closed before GeneratorExit is raised."""
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


@behaviour("GCF-031", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
@pytest.mark.parametrize("state", ["at-yield", "in-await"], ids=["at-yield", "in-await"])
def test_nothing_is_reported_for_a_body_that_obeys(state):
    """Without hooks, nothing is reported for a body that lets GeneratorExit pass at collection."""
    log = []

    async def agen():
        try:
            if state == "in-await":
                await suspend()
            yield
        except GeneratorExit:
            log.append("GeneratorExit")
            raise

    with hooks(), unraisable() as reports:
        g = agen()
        awaitable = g.__anext__()
        step(awaitable.send, None)
        del awaitable, g
        collect()
        seen = list(log)

    assert seen == ["GeneratorExit"]
    assert reports == []


@behaviour("GCF-032", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
@pytest.mark.parametrize(
    "name",
    ["KeyError", "StopAsyncIteration", "KeyboardInterrupt"],
    ids=["KeyError", "StopAsyncIteration", "KeyboardInterrupt"],
)
def test_what_the_body_raises_is_reported(name):
    """Without hooks, what the body raises at collection in place of GeneratorExit is reported."""
    import builtins

    async def agen():
        try:
            await suspend()
            yield
        except GeneratorExit:
            raise getattr(builtins, name)("cleanup")

    with hooks(), unraisable() as reports:
        g = agen()
        awaitable = g.__anext__()
        step(awaitable.send, None)
        del awaitable, g
        collect()
        kinds = [kind.__name__ for kind, _ in reports]

    assert kinds == ["RuntimeError" if name == "StopAsyncIteration" else name]


@behaviour("GCF-033a", source=[CPYTHON.GENOBJECT], since="3.8", until="3.14", needs=["gc"])
@pytest.mark.parametrize("state", ["at-yield", "in-await"], ids=["at-yield", "in-await"])
def test_end_at_collection_is_reported(state):
    """Without hooks, a body that answers GeneratorExit by ending at collection is reported with StopAsyncIteration."""

    async def agen():
        try:
            if state == "in-await":
                await suspend()
            yield
        except GeneratorExit:
            return

    with hooks(), unraisable() as reports:
        g = agen()
        awaitable = g.__anext__()
        step(awaitable.send, None)
        del awaitable, g
        collect()
        kinds = [kind for kind, _ in reports]

    assert kinds == [StopAsyncIteration]


@behaviour("GCF-033b", source=[CPYTHON.GENOBJECT], since="3.15", needs=["gc"])
@pytest.mark.parametrize("state", ["at-yield", "in-await"], ids=["at-yield", "in-await"])
def test_end_at_collection_is_not_reported(state):
    """Without hooks, nothing is reported for a body that answers GeneratorExit by ending at collection."""
    log = []

    async def agen():
        try:
            if state == "in-await":
                await suspend()
            yield
        except GeneratorExit:
            log.append("GeneratorExit")
            return

    with hooks(), unraisable() as reports:
        g = agen()
        awaitable = g.__anext__()
        step(awaitable.send, None)
        del awaitable, g
        collect()
        seen = list(log)

    assert seen == ["GeneratorExit"]
    assert reports == []


@behaviour("GCF-034", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "weakref"])
@pytest.mark.parametrize("ending", ["return", "exception", "aclose"], ids=["return", "exception", "aclose"])
def test_defaults_and_closure_are_let_go(ending):
    """A generator keeps the defaults and the closure of its function, though that is gone, until it ends."""
    import weakref

    class Value:
        pass

    references, used = [], []

    def make():
        default, enclosed = Value(), Value()
        references.extend([weakref.ref(default), weakref.ref(enclosed)])

        async def agen(argument=default):
            yield
            used.append([type(argument), type(enclosed)])
            if ending == "exception":
                raise KeyError

        return agen()

    g = make()
    run(g.__anext__())
    collect()
    suspended = [reference() is not None for reference in references]
    outcome = step((g.aclose() if ending == "aclose" else g.__anext__()).send, None)
    collect()
    ended = [reference() is not None for reference in references]
    wanted = {"return": ["raises", "StopAsyncIteration"], "exception": ["raises", "KeyError"]}

    assert suspended == [True, True]
    assert outcome == wanted.get(ending, ["returns", None])
    assert used == ([] if ending == "aclose" else [[Value, Value]])
    assert ended == [False, False]
    assert g.ag_frame is None


@behaviour("GCF-035", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "weakref"])
@pytest.mark.parametrize("finalizer", [False, True], ids=["without-hooks", "with-a-finalizer"])
@pytest.mark.parametrize("state", ["unstarted", "at-yield", "in-await"], ids=["unstarted", "at-yield", "in-await"])
def test_released_on_collection(state, finalizer):
    """Arguments and variables are let go with a generator that is collected, whether or not it was suspended."""
    import weakref

    class Value:
        pass

    async def agen(argument):
        local = Value()
        references.append(weakref.ref(local))
        try:
            if state == "in-await":
                await suspend()
            yield
        finally:
            del local

    def start():
        argument = Value()
        references.append(weakref.ref(argument))
        g = agen(argument)
        if state != "unstarted":
            step(g.__anext__().send, None)
        return g

    references, calls = [], []
    with hooks(finalizer=(lambda generator: calls.append("finalizer")) if finalizer else None):
        g = start()
        collect()
        kept = [reference() is not None for reference in references]
        del g
        collect()
        left = [reference() is not None for reference in references]
        seen = list(calls)

    assert kept == ([True] if state == "unstarted" else [True, True])
    assert left == [False for _ in kept]
    assert seen == (["finalizer"] if finalizer and state != "unstarted" else [])


@behaviour("GCF-036", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "weakref"])
@pytest.mark.parametrize(
    "way",
    ["thrown-handled", "thrown", "raised-handled", "raised"],
    ids=["thrown-handled", "thrown", "raised-handled", "raised"],
)
def test_exception_is_let_go(way):
    """A generator does not keep an exception that it has handled or that has ended it, thrown in or raised by it."""
    import weakref

    class Failure(Exception):
        pass

    async def agen():
        try:
            yield
            raise make()
        except Failure:
            if not way.endswith("handled"):
                raise
        yield "handled"

    def make():
        failure = Failure()
        references.append(weakref.ref(failure))
        return failure

    references = []
    g = agen()
    run(g.__anext__())
    outcome = step((g.athrow(make()) if way.startswith("thrown") else g.__anext__()).send, None)
    collect()
    left = [reference() for reference in references]
    following = step(g.__anext__().send, None)

    assert outcome == (["returns", "handled"] if way.endswith("handled") else ["raises", "Failure"])
    assert left == [None]
    assert following == ["raises", "StopAsyncIteration"]


@behaviour("GCF-037", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "warnings", "weakref"])
@pytest.mark.parametrize(
    "operation", ["__anext__", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
@pytest.mark.parametrize("state", ["new", "suspended", "ended", "closed"], ids=["new", "suspended", "ended", "closed"])
def test_dropped_awaitable_keeps_nothing(state, operation):
    """An awaitable that is dropped in any state lets go of its generator and of what it was given."""
    import warnings
    import weakref

    class Value(Exception):
        pass

    async def agen():
        try:
            yield
        except Value:
            pass
        finally:
            if state == "suspended":
                await suspend()
        yield

    def make():
        value = Value()
        g = agen()
        references.extend([weakref.ref(g), weakref.ref(value)])
        run(g.__anext__())
        return getattr(g, operation)(*([value] if operation in ["asend", "athrow"] else []))

    references = []
    with warnings.catch_warnings(), hooks(finalizer=lambda generator: None):
        warnings.simplefilter("ignore")
        awaitable = make()
        collect()
        kept = references[0]() is not None
        outcome = None
        if state == "closed":
            awaitable.close()
        elif state != "new":
            outcome = step(awaitable.send, None)
        del awaitable
        collect()
        left = [reference() for reference in references]

    assert kept
    assert outcome == {"suspended": ["suspends", None], "ended": ["returns", None]}.get(state)
    assert left == [None, None]


@behaviour("GCF-038", source=[LIBRARY.GC], since="3.6", needs=["gc", "weakref"])
@pytest.mark.parametrize(
    "link",
    ["argument", "closure", "awaited", "handled", "other-generator"],
    ids=["argument", "closure", "awaited", "handled", "other-generator"],
)
def test_cycle_through_the_generator(link):
    """A cycle through an argument, a closure, an awaited object, a handled exception or a generator is collected."""
    import weakref

    class Holder(Exception):
        def __await__(self):
            yield "waiting"

    async def iterating(iterator):
        try:
            async for item in iterator:
                yield item
        finally:
            pass

    def make():
        holder = Holder()

        async def agen(argument):
            try:
                if link == "awaited":
                    await argument
                elif link == "handled":
                    try:
                        raise argument
                    except Holder:
                        del argument
                        yield
                elif link == "closure":
                    del argument
                    yield
                    yield holder
                yield
            finally:
                pass

        g = agen(holder)
        holder.generator = iterating(g) if link == "other-generator" else g
        outcome = None if link == "argument" else step(holder.generator.__anext__().send, None)
        return [weakref.ref(g), weakref.ref(holder), outcome]

    with hooks():
        generator, holder, outcome = make()
        collect()
        left = [generator(), holder()]
    outcomes = {"argument": None, "awaited": ["suspends", "waiting"]}

    assert outcome == outcomes.get(link, ["returns", None])
    assert left == [None, None]


@behaviour("GCF-039", source=[LIBRARY.GC], since="3.10", needs=["gc", "warnings", "weakref"])
@pytest.mark.parametrize("state", ["new", "suspended", "ended"], ids=["new", "suspended", "ended"])
def test_cycle_through_a_default(state):
    """A cycle of a generator, what ``anext()`` returned for it and the default given there is collected."""
    import warnings
    import weakref

    class Holder:
        pass

    async def agen(argument):
        try:
            await suspend()
            yield
        finally:
            del argument

    def make():
        holder = Holder()
        g = agen(holder)
        holder.awaitable = anext(g, holder)
        steps = {"new": 0, "suspended": 1, "ended": 2}[state]
        driver = holder.awaitable.__await__()
        return [weakref.ref(g), weakref.ref(holder), [step(driver.send, None) for _ in range(steps)]]

    with warnings.catch_warnings(), hooks():
        warnings.simplefilter("ignore")
        generator, holder, outcomes = make()
        collect()
        left = [generator(), holder()]

    assert outcomes == [["suspends", None], ["returns", None]][: len(outcomes)]
    assert left == [None, None]


@behaviour("GCF-040", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
@pytest.mark.parametrize("answer", ["yields", "awaits"], ids=["yields", "awaits"])
@pytest.mark.parametrize("state", ["at-yield", "in-await"], ids=["at-yield", "in-await"])
def test_ignored_at_collection(state, answer):
    """Without hooks, a body that handles GeneratorExit at collection and suspends again is reported and left there."""
    log = []

    async def agen():
        try:
            try:
                if state == "in-await":
                    await suspend()
                yield
            except GeneratorExit:
                log.append("ignored")
            if answer == "yields":
                yield
            else:
                await suspend()
            log.append("resumed")
        finally:
            log.append("finally")

    with hooks(), unraisable() as reports:
        g = agen()
        step(g.__anext__().send, None)
        del g
        collect()
        seen = list(log)

    assert seen == ["ignored"]
    assert reports == [[RuntimeError, "async generator ignored GeneratorExit"]]


@behaviour("GCF-041", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
@pytest.mark.parametrize("handled", [False, True], ids=["passes", "handled"])
def test_closing_the_awaited_iterator_fails(handled):
    """Without hooks, what closing the awaited iterator raises at collection arrives in place of GeneratorExit."""
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
    """Without hooks, GeneratorExit goes at collection through the coroutines that the body awaits, innermost first."""
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
    """Without hooks, a collected generator and the one that it iterates see GeneratorExit once each."""
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


@behaviour("GCF-044", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
@pytest.mark.parametrize("kind", ["another", "subclass"], ids=["another", "subclass"])
@pytest.mark.parametrize("state", ["at-yield", "in-await"], ids=["at-yield", "in-await"])
def test_another_generator_exit(state, kind):
    """Without hooks, a GeneratorExit that the body raises itself at collection is not reported, nor is a subclass."""
    log = []

    class Exit(GeneratorExit):
        pass

    async def agen():
        try:
            if state == "in-await":
                await suspend()
            yield
        finally:
            log.append("finally")
            raise GeneratorExit("again") if kind == "another" else Exit()

    with hooks(), unraisable() as reports:
        g = agen()
        step(g.__anext__().send, None)
        del g
        collect()
        seen = list(log)

    assert seen == ["finally"]
    assert reports == []


@behaviour("GCF-045", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
@pytest.mark.parametrize("cleanup", ["passes", "raises", "yields"], ids=["passes", "raises", "yields"])
async def test_exception_in_flight_at_collection(cleanup):
    """Without hooks, an exception that is on its way when a generator is collected arrives unchanged."""
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


@behaviour("GCF-046a", source=[CPYTHON.GENOBJECT], since="3.8", until="3.13", needs=["gc"])
@pytest.mark.parametrize("failing", ["body", "ignoring", "finalizer"], ids=["body", "ignoring", "finalizer"])
async def test_object_of_a_report(failing):
    """What is reported about a generator at collection, or about its finalizer, has that generator as its object."""
    import sys

    names = []

    async def agen():
        try:
            yield
        finally:
            if failing == "ignoring":
                yield
            raise KeyError

    def finalizer(generator):
        raise KeyError

    earlier = sys.unraisablehook
    sys.unraisablehook = lambda report: names.append([report.exc_type, getattr(report.object, "__name__", None)])
    try:
        with hooks(finalizer=finalizer if failing == "finalizer" else None):
            g = agen()
            await g.__anext__()
            del g
            collect()
            seen = list(names)
    finally:
        sys.unraisablehook = earlier

    assert seen == [[RuntimeError if failing == "ignoring" else KeyError, "agen"]]


@behaviour("GCF-046b", source=[CPYTHON.GENOBJECT], since="3.14", needs=["gc"])
@pytest.mark.parametrize("failing", ["body", "ignoring", "finalizer"], ids=["body", "ignoring", "finalizer"])
async def test_message_of_a_report(failing):
    """What is reported about a generator at collection, or about its finalizer, names it in the message only."""
    import sys

    found = []

    async def agen():
        try:
            yield
        finally:
            if failing == "ignoring":
                yield
            raise KeyError

    def finalizer(generator):
        raise KeyError

    earlier = sys.unraisablehook
    sys.unraisablehook = lambda report: found.append([report.exc_type, report.err_msg, report.object])
    try:
        with hooks(finalizer=finalizer if failing == "finalizer" else None):
            g = agen()
            named = repr(g)
            await g.__anext__()
            del g
            collect()
            seen = list(found)
    finally:
        sys.unraisablehook = earlier
    doing = "finalizing" if failing == "finalizer" else "closing"
    kind = RuntimeError if failing == "ignoring" else KeyError

    assert seen == [[kind, "Exception ignored while %s generator %s" % (doing, named), None]]


@behaviour("GCF-047", source=[PEPS.PEP442, CPYTHON.GENOBJECT], since="3.8", level="detail", needs=["gc"])
async def test_kept_and_ignoring():
    """A generator that keeps itself and yields at collection is reported, lives on, and is not closed a second time."""
    log, kept = [], []

    async def agen(holder):
        try:
            yield 1
        except GeneratorExit:
            log.append("ignored")
            kept.append(holder.pop())
            yield 2
        try:
            yield 3
        finally:
            log.append("finally")

    with hooks(), unraisable() as reports:
        holder = []
        g = agen(holder)
        holder.append(g)
        await g.__anext__()
        del g, holder
        collect()
        kinds = [kind for kind, _ in reports]
        item = await kept[0].__anext__()
        del kept[:]
        collect()
        seen = list(log)

    assert kinds == [RuntimeError]
    assert item == 3
    assert seen == ["ignored"]
    assert len(reports) == 1


@behaviour("GCF-048", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
@pytest.mark.parametrize(
    "failing", ["raises", "yields", "awaits", "finalizer"], ids=["raises", "yields", "awaits", "finalizer"]
)
async def test_report_that_nobody_takes(failing):
    """What nobody can catch at collection is printed on ``sys.stderr`` if no hook takes it, and the program goes on."""
    import io
    import sys

    async def agen():
        try:
            yield
        finally:
            if failing == "yields":
                yield
            elif failing == "awaits":
                await suspend()
            else:
                raise KeyError("cleanup")

    def finalizer(generator):
        raise KeyError("finalizer")

    stderr, hook = sys.stderr, getattr(sys, "unraisablehook", None)
    sys.stderr = io.StringIO()
    if hook is not None:
        sys.unraisablehook = sys.__unraisablehook__
    try:
        with hooks(finalizer=finalizer if failing == "finalizer" else None):
            g = agen()
            await g.__anext__()
            del g
            collect()
            printed = sys.stderr.getvalue().splitlines()
    finally:
        sys.stderr = stderr
        if hook is not None:
            sys.unraisablehook = hook
    ignored = "RuntimeError: async generator ignored GeneratorExit"
    wanted = {"raises": "KeyError: 'cleanup'", "finalizer": "KeyError: 'finalizer'"}

    assert printed[-1:] == [wanted.get(failing, ignored)]
