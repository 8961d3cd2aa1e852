"""GCF: the objects that a generator keeps alive, when it releases them, and weak references to it."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, hooks, operate, raises, run, step, suspend, tidy
from conformance.sources import CPYTHON, LIBRARY, PEP525, REFERENCE


@behaviour("GCF-008", source=[LIBRARY.WEAKREF], since="3.6", needs=["gc"], allowed=["collected", "not collected"])
async def test_weak_reference():
    """A weak reference returns the generator while it is alive, then None, and its callback is called once, at
    collection.
    """
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
    if left is not None:
        assert left is reference()
        assert calls == []
        return "not collected"
    assert calls == [reference]
    return "collected"


@behaviour("GCF-009", source=[LIBRARY.WEAKREF], since="3.6")
async def test_in_weak_containers():
    """A generator can be a member of a WeakSet and a key of a WeakKeyDictionary."""
    import weakref

    async def agen():
        yield

    members, mapping = weakref.WeakSet(), weakref.WeakKeyDictionary()
    first, second = agen(), agen()
    await first.__anext__()
    members.update([first, second])
    mapping[first], mapping[second] = 0, 1
    in_set = [first in members, second in members, len(members)]
    values = [mapping[first], mapping[second], len(mapping)]
    await tidy(first)

    assert in_set == [True, True, 2]
    assert values == [0, 1, 2]


@behaviour(
    "GCF-012", source=[REFERENCE.AGEN_FUNCTION, CPYTHON.GENOBJECT], since="3.6", level="detail", needs=["gc", "weakref"]
)
async def test_variables_live_as_long_as_the_body():
    """A suspended generator keeps its arguments and local variables alive, and releases them when it is exhausted."""
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
    """A yielded object that the consumer has dropped is released once the body has been resumed."""
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
    """A sent object that the body does not store is released at the next yield, and one that it stores is kept."""
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
    await tidy(g)

    assert items == ["dropped", "stored"]
    assert found == [True, False]


@behaviour("GCF-015", source=[REFERENCE.TRACEBACK_OBJECTS], since="3.6", level="detail", needs=["gc", "weakref"])
async def test_exception_keeps_the_frame():
    """An exception that left the body keeps the variables of the body alive through its traceback, until it
    is dropped.
    """
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


@behaviour(
    "GCF-020",
    source=[REFERENCE.OBJECTS, REFERENCE.AGEN_METHODS, PEP525.IMPLEMENTATION],
    since="3.6",
    needs=["gc", "warnings"],
)
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
async def test_kept_by_an_awaitable(operation):
    """A generator that is referred to only by one of its own awaitables is not finalized: the awaitable can still be
    awaited.
    """
    import warnings

    log, finalized = [], []

    async def agen():
        try:
            log.append((yield 1))
            yield 2
        finally:
            log.append("finally")

    with warnings.catch_warnings(), hooks(finalizer=lambda generator: finalized.append("finalizer")):
        warnings.simplefilter("ignore")
        g = agen()
        await g.__anext__()
        awaitable = operate(g, operation)
        del g
        collect()
        kept = log + finalized
        try:
            await awaitable
        except KeyError:
            log.append("thrown")
        seen = list(log)
    wanted = {"asend": ["sent"], "anext": [None], "athrow": ["finally", "thrown"]}

    assert kept == []
    assert seen == wanted.get(operation, ["finally"])


@behaviour("GCF-025", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "weakref"])
@pytest.mark.parametrize(
    "ending",
    ["return", "exception", "aclose", "athrow", "throw"],
    ids=["return", "exception", "aclose", "athrow", "throw"],
)
def test_released_at_the_end(ending):
    """However a generator ends, it releases its arguments, variables and sent values, even if it stays alive itself."""
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
            return step(g.aclose().send, None)
        if ending == "athrow":
            return step(g.athrow(KeyError()).send, None)
        if ending == "throw":
            return step(g.__anext__().throw, KeyError())
        return step(g.__anext__().send, None)

    references = []
    g = start()
    collect()
    suspended = [reference() is not None for reference in references]
    outcome = end()
    collect()
    ended = [reference() is not None for reference in references]
    outcomes = {"return": ["raises", "StopAsyncIteration"], "aclose": ["returns", None]}

    assert suspended == [True, True, True]
    assert outcome == outcomes.get(ending, ["raises", "KeyError"])
    assert ended == [False, False, False]
    assert g is not None


@behaviour("GCF-026", source=[REFERENCE.TRY, CPYTHON.GENOBJECT], since="3.6", level="detail", needs=["gc", "weakref"])
async def test_handled_exception_is_let_go():
    """A body suspended in an exception handler keeps the handled exception, and releases it after the handler."""
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
    await tidy(g)

    assert found == [True, False]


@behaviour("GCF-027", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "weakref"])
async def test_hooks_are_let_go():
    """Until it is collected, a generator keeps alive the finalizer that it stored, but not the ``firstiter`` hook."""
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


@behaviour("GCF-034", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "weakref"])
@pytest.mark.parametrize("ending", ["return", "exception", "aclose"], ids=["return", "exception", "aclose"])
def test_defaults_and_closure_are_let_go(ending):
    """A generator keeps the defaults and the closure of its function alive until it ends, even without the function."""
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
    assert g is not None


@behaviour("GCF-035", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "weakref"])
@pytest.mark.parametrize("finalizer", [False, True], ids=["without-hooks", "with-a-finalizer"])
@pytest.mark.parametrize("state", ["unstarted", "at-yield", "in-await"], ids=["unstarted", "at-yield", "in-await"])
def test_released_on_collection(state, finalizer):
    """Collecting a generator releases its arguments and variables, whether it was suspended or not."""
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
    """A generator does not keep an exception that it handled or that ended it, whether it was thrown in or raised by
    the body.
    """
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
    """An awaitable that is dropped, in whatever state, releases its generator and its argument."""
    import warnings
    import weakref

    class Value(Exception):
        pass

    async def agen():
        try:
            yield
        except Value:
            pass
        except GeneratorExit:
            if state != "suspended":
                raise
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
