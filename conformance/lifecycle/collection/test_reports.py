"""GCF: which exceptions and warnings are reported when a generator is collected, and which are not."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, hooks, step, suspend, unraisable
from conformance.sources import CPYTHON, LIBRARY, PEPS, REFERENCE


@behaviour("GCF-002", source=[LIBRARY.ASYNCIO_DEV, CPYTHON.GENOBJECT], since="3.8", level="detail", needs=["gc"])
async def test_await_while_collected():
    """Without hooks, an ``await`` that suspends during the cleanup at collection ends the cleanup, and is reported."""
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
    """Without hooks, a yield during the cleanup at collection ends the cleanup, and is reported."""
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
    """Without hooks, an exception that ``finally`` raises at collection goes to ``sys.unraisablehook``, and nowhere
    else.
    """
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


@behaviour("GCF-006", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "warnings", "weakref"])
@pytest.mark.parametrize("ending", ["return", "exception", "aclose"], ids=["return", "exception", "aclose"])
async def test_finished_is_collected_silently(ending):
    """A generator that has ended is collected without a warning, and no part of its body runs again."""
    import warnings
    import weakref

    log = []

    async def agen():
        try:
            yield
            log.append("resumed")
            if ending == "exception":
                raise KeyError
        finally:
            log.append("finally")

    with warnings.catch_warnings(record=True) as caught, hooks():
        warnings.simplefilter("always")
        g = agen()
        await g.__anext__()
        try:
            outcome = await (g.aclose() if ending == "aclose" else g.__anext__())
        except (StopAsyncIteration, KeyError) as error:
            outcome = type(error)
        alive = weakref.ref(g)
        del g
        collect()

    assert alive() is None
    assert outcome == {"return": StopAsyncIteration, "exception": KeyError, "aclose": None}[ending]
    assert log == (["finally"] if ending == "aclose" else ["resumed", "finally"])
    assert caught == []


@behaviour("GCF-007", source=[REFERENCE.AGEN_FUNCTION], since="3.6", level="detail", needs=["gc", "warnings"])
async def test_suspended_is_collected_without_a_warning():
    """Collecting a suspended generator gives no warning: not closing a generator is not an error by itself."""
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


@behaviour("GCF-031", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
@pytest.mark.parametrize("state", ["at-yield", "in-await"], ids=["at-yield", "in-await"])
def test_nothing_is_reported_for_a_body_that_obeys(state):
    """Without hooks, nothing is reported if the body lets GeneratorExit propagate at collection."""
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
    """Without hooks, an exception that the body raises at collection instead of GeneratorExit is reported."""
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


@behaviour("GCF-033b", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
@pytest.mark.parametrize("state", ["at-yield", "in-await"], ids=["at-yield", "in-await"])
def test_end_at_collection_is_not_reported(state):
    """Without hooks, if the body answers GeneratorExit at collection by returning, nothing is reported."""
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


@behaviour("GCF-040", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
@pytest.mark.parametrize("answer", ["yields", "awaits"], ids=["yields", "awaits"])
@pytest.mark.parametrize("state", ["at-yield", "in-await"], ids=["at-yield", "in-await"])
def test_ignored_at_collection(state, answer):
    """Without hooks, a body that catches GeneratorExit at collection and suspends again is reported and not resumed."""
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


@behaviour("GCF-044", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
@pytest.mark.parametrize("kind", ["another", "subclass"], ids=["another", "subclass"])
@pytest.mark.parametrize("state", ["at-yield", "in-await"], ids=["at-yield", "in-await"])
def test_another_generator_exit(state, kind):
    """Without hooks, a GeneratorExit, or an instance of a subclass, that the body itself raises at collection is not
    reported.
    """
    log = []

    class Exit(GeneratorExit):
        pass

    async def agen():
        try:
            try:
                if state == "in-await":
                    await suspend()
                yield
            finally:
                log.append("finally")
                raise again
        except GeneratorExit as error:
            log.append(error)
            raise

    again = GeneratorExit("again") if kind == "another" else Exit()
    with hooks(), unraisable() as reports:
        g = agen()
        step(g.__anext__().send, None)
        del g
        collect()
        seen = list(log)

    assert seen == ["finally", again]
    assert reports == []


@behaviour("GCF-046b", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
@pytest.mark.parametrize("failing", ["body", "ignoring", "finalizer"], ids=["body", "ignoring", "finalizer"])
async def test_message_of_a_report(failing):
    """A report about the collection of a generator, or about its finalizer, names the generator only in its message."""
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
    """A generator that stores itself and yields at collection is reported, stays alive, and is not closed a second
    time.
    """
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
    "failing",
    ["raises", "yields", "awaits", "exits", "finalizer"],
    ids=["raises", "yields", "awaits", "exits", "finalizer"],
)
async def test_report_that_nobody_takes(failing):
    """If no hook takes an exception raised at collection, the cleanup ends, the exception is printed on ``sys.stderr``,
    and the program continues.
    """
    import io
    import sys

    log = []

    class Manager:
        async def __aenter__(self):
            return self

        async def __aexit__(self, kind, value, traceback):
            log.append("cleanup")
            await suspend()
            log.append("never")

    async def managed():
        async with Manager():
            yield

    async def agen():
        try:
            yield
        finally:
            log.append("cleanup")
            if failing == "yields":
                yield
            elif failing == "awaits":
                await suspend()
            else:
                raise KeyError("cleanup")
            log.append("never")

    def finalizer(generator):
        raise KeyError("finalizer")

    stderr, hook = sys.stderr, getattr(sys, "unraisablehook", None)
    sys.stderr = io.StringIO()
    if hook is not None:
        sys.unraisablehook = sys.__unraisablehook__
    try:
        with hooks(finalizer=finalizer if failing == "finalizer" else None):
            g = managed() if failing == "exits" else agen()
            await g.__anext__()
            del g
            collect()
            seen = list(log)
            printed = sys.stderr.getvalue().splitlines()
    finally:
        sys.stderr = stderr
        if hook is not None:
            sys.unraisablehook = hook
    ignored = "RuntimeError: async generator ignored GeneratorExit"
    wanted = {"raises": "KeyError: 'cleanup'", "finalizer": "KeyError: 'finalizer'"}

    assert printed[-1:] == [wanted.get(failing, ignored)]
    assert seen == ([] if failing == "finalizer" else ["cleanup"])
