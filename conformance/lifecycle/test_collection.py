"""Garbage collection: what becomes of a generator that nobody refers to, where no hook is installed."""

from conformance.behaviour import behaviour
from conformance.prelude import collect, hooks, raises
from conformance.sources import CPYTHON, LIBRARY, REFERENCE


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


@behaviour("GCF-004", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
async def test_exception_while_collected():
    """Without hooks, an exception out of ``finally`` at collection goes to ``sys.unraisablehook``, and nowhere else."""
    import sys

    log = []

    async def agen():
        try:
            yield
        finally:
            raise KeyError("cleanup")

    def unraisable(report):
        log.append([report.exc_type.__name__, report.exc_value.args])

    earlier = sys.unraisablehook
    sys.unraisablehook = unraisable
    try:
        with hooks():
            g = agen()
            await g.__anext__()
            del g
            collect()
            seen = list(log)
    finally:
        sys.unraisablehook = earlier

    assert seen == [["KeyError", ("cleanup",)]]


@behaviour("GCF-005", source=[REFERENCE.AGEN_FUNCTION], since="3.6", needs=["gc", "warnings", "weakref"])
def test_unstarted_is_collected_silently():
    """A generator that was never iterated is collected without a warning, and without running anything of its body."""
    import warnings
    import weakref

    log = []

    async def agen():
        try:
            log.append("body")
            yield
        finally:
            log.append("finally")

    with warnings.catch_warnings(record=True) as caught, hooks():
        warnings.simplefilter("always")
        g = agen()
        reference = weakref.ref(g)
        del g
        collect()
    warned = [str(warning.message) for warning in caught]
    left = reference()

    assert left is None
    assert log == []
    assert warned == []


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


@behaviour("GCF-012", source=[REFERENCE.AGEN_FUNCTION], since="3.6", needs=["gc", "weakref"])
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
