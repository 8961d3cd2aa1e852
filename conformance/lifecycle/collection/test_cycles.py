"""GCF: reference cycles through a generator."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, hooks, operate, run, step, suspend, tidy
from conformance.sources import CPYTHON, LIBRARY


@behaviour("GCF-011", source=[LIBRARY.GC], since="3.6", level="detail", needs=["gc", "weakref"])
async def test_cycle_through_a_local():
    """``gc.collect()`` collects a suspended generator that only a local variable of its own body still refers to."""
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


@behaviour("GCF-017", source=[CPYTHON.GENOBJECT, LIBRARY.GC], since="3.6", level="detail", needs=["gc"])
async def test_seen_by_the_collector():
    """The garbage collector tracks a generator, and reaches the objects that its body holds."""
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
    await tidy(g)

    assert tracked is True
    assert found is True


@behaviour(
    "GCF-028", source=[LIBRARY.GC, CPYTHON.GENOBJECT], since="3.6", level="detail", needs=["gc", "warnings", "weakref"]
)
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
@pytest.mark.parametrize("state", ["new", "suspended"], ids=["new", "suspended"])
def test_cycle_through_an_awaitable(state, operation):
    """A reference cycle of a generator, an object that its body holds, and one of its awaitables is collected."""
    import warnings
    import weakref

    class Holder:
        pass

    async def agen(holder):
        try:
            yield
        except (KeyError, GeneratorExit):
            if state == "new":
                raise
        await suspend("waiting")

    def make():
        holder = Holder()
        g = agen(holder)
        run(g.__anext__())
        holder.awaitable = operate(g, operation)
        outcome = step(holder.awaitable.send, None) if state == "suspended" else None
        return weakref.ref(holder), outcome

    with warnings.catch_warnings(), hooks(finalizer=lambda generator: None):
        warnings.simplefilter("ignore")
        alive, outcome = make()
        collect()
        found = alive()

    assert outcome == (None if state == "new" else ["suspends", "waiting"])
    assert found is None


@behaviour("GCF-029", source=[LIBRARY.GC], since="3.6", level="detail", needs=["gc", "weakref"])
async def test_cycle_through_the_finalizer():
    """A reference cycle of a generator and the finalizer that it stored is collected, after the finalizer
    was called.
    """
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


@behaviour("GCF-038", source=[LIBRARY.GC], since="3.6", level="detail", needs=["gc", "weakref"])
@pytest.mark.parametrize(
    "link",
    ["argument", "closure", "awaited", "handled", "other-generator"],
    ids=["argument", "closure", "awaited", "handled", "other-generator"],
)
def test_cycle_through_the_generator(link):
    """A reference cycle through an argument, a closure, an awaited object, a handled exception or a generator is
    collected.
    """
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
                        yield "handling"
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
    outcomes = {"argument": None, "awaited": ["suspends", "waiting"], "handled": ["returns", "handling"]}

    assert outcome == outcomes.get(link, ["returns", None])
    assert left == [None, None]


@behaviour("GCF-039", source=[LIBRARY.GC], since="3.10", level="detail", needs=["gc", "warnings", "weakref"])
@pytest.mark.parametrize("state", ["new", "suspended", "ended"], ids=["new", "suspended", "ended"])
def test_cycle_through_a_default(state):
    """A reference cycle of a generator, its ``anext()`` awaitable and the default given to ``anext()`` is collected."""
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
