"""HOK: for which generators the finalizer is called, and what it can do with them."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, hooks, raises, run, step, suspend, unraisable
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP525, PEPS, REFERENCE


@behaviour(
    "HOK-019",
    source=[LIBRARY.SET_ASYNCGEN_HOOKS, PEP525.FINALIZATION],
    since="3.6",
    needs=["gc", "weakref"],
    allowed=["called", "not collected"],
)
async def test_finalizer_gets_a_suspended_generator():
    """When a suspended generator is about to be collected, ``finalizer`` is called once, with the generator as its only
    argument.
    """
    import weakref

    calls = []

    async def agen():
        try:
            yield
        finally:
            pass

    def finalizer(*args, **named):
        calls.append([[id(arg) for arg in args], named])

    with hooks(finalizer=finalizer):
        g = agen()
        alive = weakref.ref(g)
        await g.__anext__()
        identity = id(g)
        collect()
        while_referenced = list(calls)
        del g
        collect()
        seen = list(calls)

    assert while_referenced == []
    if not seen and alive() is not None:
        return "not collected"
    assert seen == [[[identity], {}]]
    return "called"


@behaviour(
    "HOK-020",
    source=[REFERENCE.AGEN_FUNCTION, PEP525.FINALIZATION],
    since="3.6",
    needs=["gc", "weakref"],
    allowed=["called", "not collected"],
)
async def test_finalizer_is_kept_from_the_first_iteration():
    """A generator calls the ``finalizer`` that was in force at its first iteration, even if another one is installed
    later.
    """
    import weakref

    log = []

    async def agen():
        try:
            yield 1
            yield 2
        finally:
            pass

    with hooks(finalizer=lambda generator: log.append("at creation")):
        g = agen()
        alive = weakref.ref(g)
    with hooks(finalizer=lambda generator: log.append("at first iteration")):
        await g.__anext__()
    with hooks(finalizer=lambda generator: log.append("at collection")):
        await g.__anext__()
        del g
        collect()
        seen = list(log)

    if not seen and alive() is not None:
        return "not collected"
    assert seen == ["at first iteration"]
    return "called"


@behaviour(
    "HOK-021",
    source=[PEP525.FINALIZATION],
    since="3.6",
    needs=["gc", "weakref"],
    allowed=["called", "not collected"],
)
async def test_finalizer_after_the_hooks_were_removed():
    """A generator calls the finalizer that it stored, even if no hook is installed any more."""
    import weakref

    calls = []

    async def agen():
        try:
            yield
        finally:
            pass

    with hooks(finalizer=lambda generator: calls.append("finalizer")):
        g = agen()
        alive = weakref.ref(g)
        await g.__anext__()
    with hooks():
        del g
        collect()
        seen = list(calls)

    if not seen and alive() is not None:
        return "not collected"
    assert seen == ["finalizer"]
    return "called"


@behaviour(
    "HOK-022",
    source=[PEP525.FINALIZATION],
    since="3.6",
    needs=["gc", "weakref"],
    allowed=["called", "not collected"],
)
async def test_finalizer_installed_too_late():
    """A finalizer is called only for generators that are first iterated after it was installed."""
    import weakref

    calls = []

    async def agen():
        try:
            yield 1
            yield 2
        finally:
            pass

    with hooks():
        early = agen()
        await early.__anext__()
    with hooks(finalizer=lambda generator: calls.append(id(generator))):
        late = agen()
        alive = weakref.ref(late)
        await early.__anext__()
        await late.__anext__()
        identity = id(late)
        del early
        collect()
        of_early = list(calls)
        del late
        collect()
        seen = list(calls)

    assert of_early == []
    if not seen and alive() is not None:
        return "not collected"
    assert seen == [identity]
    return "called"


@behaviour("HOK-023", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
@pytest.mark.parametrize("ending", ["return", "exception", "aclose"], ids=["return", "exception", "aclose"])
async def test_finalizer_ignores_a_finished_generator(ending):
    """``finalizer`` is not called for a generator that has ended, but is called for a suspended one dropped with it."""
    calls, log = [], []

    async def agen():
        try:
            yield
            log.append("resumed")
            if ending == "exception":
                raise KeyError
        finally:
            pass

    with hooks(finalizer=lambda generator: calls.append(id(generator))):
        suspended = agen()
        finished = agen()
        identity = id(suspended)
        await suspended.__anext__()
        await finished.__anext__()
        if ending == "aclose":
            await finished.aclose()
        else:
            with raises(KeyError if ending == "exception" else StopAsyncIteration):
                await finished.__anext__()
        del suspended, finished
        collect()
        seen = list(calls)

    assert log == ([] if ending == "aclose" else ["resumed"])
    assert seen == [identity]


@behaviour(
    "HOK-024",
    source=[PEP525.FINALIZATION],
    since="3.6",
    needs=["gc", "weakref"],
    allowed=["called", "not collected"],
)
async def test_finalizer_and_a_generator_never_iterated():
    """The finalizer is not called for a generator that was never iterated, but is called for one that was."""
    import weakref

    calls = []

    async def agen():
        try:
            yield
        finally:
            pass

    with hooks(finalizer=lambda generator: calls.append(id(generator))):
        untouched, iterated = agen(), agen()
        alive = weakref.ref(iterated)
        untouched.__aiter__()
        await iterated.__anext__()
        identity = id(iterated)
        del untouched
        collect()
        after_first = list(calls)
        del iterated
        collect()
        seen = list(calls)

    assert after_first == []
    if not seen and alive() is not None:
        return "not collected"
    assert seen == [identity]
    return "called"


@behaviour("HOK-025", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "warnings"])
async def test_finalizer_after_an_awaitable_was_made():
    """The finalizer is called for a generator whose ``__anext__()`` was called, even if that awaitable was never
    awaited.
    """
    import warnings

    log = []

    async def agen():
        try:
            log.append("body")
            yield
        finally:
            log.append("finally")

    with warnings.catch_warnings(), hooks(finalizer=lambda generator: log.append("finalizer")):
        warnings.simplefilter("ignore")
        g = agen()
        g.__anext__()
        del g
        collect()
        seen = list(log)

    assert seen == ["finalizer"]


@behaviour(
    "HOK-026",
    source=[PEP525.FINALIZATION, REFERENCE.AGEN_FUNCTION],
    since="3.6",
    needs=["gc", "weakref"],
    allowed=["kept", "not collected"],
)
@pytest.mark.parametrize("way", ["aclose", "anext"], ids=["aclose", "anext"])
async def test_finalizer_keeps_the_generator(way):
    """A generator that the finalizer stores stays alive in its suspended state: it can be closed or iterated later."""
    import weakref

    log, kept = [], []

    async def agen():
        try:
            yield 1
            yield 2
        finally:
            await suspend()
            log.append("finally")

    with hooks(finalizer=kept.append):
        g = agen()
        alive = weakref.ref(g)
        await g.__anext__()
        del g
        collect()
    before = list(log)
    if not kept and alive() is not None:
        return "not collected"
    assert len(kept) == 1
    result = await (kept[0].aclose() if way == "aclose" else kept[0].__anext__())
    seen = list(log)
    await kept[0].aclose()

    assert before == []
    assert result == (None if way == "aclose" else 2)
    assert log == ["finally"]
    assert seen == (["finally"] if way == "aclose" else [])
    return "kept"


@behaviour("HOK-027", source=[PEPS.PEP442, CPYTHON.GENOBJECT], since="3.6", level="detail", needs=["gc"])
async def test_finalizer_is_called_once():
    """The finalizer is called once for each generator: not again if it stored the generator and that is
    dropped again.
    """
    calls, kept = [], []

    async def agen():
        try:
            yield
        finally:
            pass

    def finalizer(generator):
        calls.append("finalizer")
        kept.append(generator)

    with hooks(finalizer=finalizer):
        g = agen()
        await g.__anext__()
        del g
        collect()
        first = list(calls)
        del kept[:]
        collect()
        second = list(calls)

    assert first == ["finalizer"]
    assert second == ["finalizer"]


@behaviour("HOK-028", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
async def test_finalizer_raises():
    """An exception that the finalizer raises goes to ``sys.unraisablehook()``, and nowhere else."""
    log = []

    async def agen():
        try:
            yield
        finally:
            log.append("finally")

    def finalizer(generator):
        log.append("finalizer")
        raise KeyError("finalizer")

    with hooks(finalizer=finalizer), unraisable() as reports:
        g = agen()
        await g.__anext__()
        del g
        collect()
        log.append("after")
        seen = list(log)

    assert seen == ["finalizer", "after"]
    assert reports == [[KeyError, "'finalizer'"]]


@behaviour(
    "HOK-029",
    source=[PEP525.FINALIZATION, REFERENCE.AGEN_FUNCTION],
    since="3.6",
    needs=["gc", "weakref"],
    allowed=["left to the finalizer", "closed afterwards", "not collected"],
)
async def test_finalizer_takes_the_place_of_the_cleanup():
    """A generator that has stored a finalizer calls it at collection before anything is raised in its body."""
    import weakref

    log = []

    async def agen():
        try:
            yield
        except BaseException as error:
            log.append(type(error))
            raise
        finally:
            log.append("finally")

    with hooks(finalizer=lambda generator: log.append("finalizer")):
        g = agen()
        alive = weakref.ref(g)
        await g.__anext__()
        del g
        collect()
        seen = list(log)

    if not seen and alive() is not None:
        return "not collected"
    assert seen[:1] == ["finalizer"]
    return "closed afterwards" if GeneratorExit in seen else "left to the finalizer"


@behaviour(
    "HOK-030",
    source=[LIBRARY.SET_ASYNCGEN_HOOKS, LIBRARY.GC, PEP525.FINALIZATION],
    since="3.6",
    level="library",
    needs=["gc", "weakref"],
    allowed=["called", "not collected"],
)
async def test_finalizer_of_a_generator_in_a_cycle():
    """The finalizer is called for a generator in a reference cycle, when the cycle is collected."""
    import weakref

    calls = []

    async def agen(holder):
        try:
            yield
        finally:
            holder.clear()

    with hooks(finalizer=lambda generator: calls.append(id(generator))):
        holder = []
        g = agen(holder)
        alive = weakref.ref(g)
        holder.append(g)
        await g.__anext__()
        identity = id(g)
        del g, holder
        collect()
        seen = list(calls)

    if not seen and alive() is not None:
        return "not collected"
    assert seen == [identity]
    return "called"


@behaviour("HOK-031", source=[ISSUE.BPO_28500, CPYTHON.GENOBJECT], since="3.6", level="detail", needs=["gc", "threads"])
def test_finalizer_runs_where_the_generator_is_collected():
    """The finalizer is called in the thread that collects the generator, even if another thread stored it."""
    import threading

    calls = []

    async def agen(itself):
        try:
            yield
        finally:
            pass

    def drop():
        # The generator is in a cycle. On a free-threaded build, its own thread may release it otherwise.
        del made[:]
        collect()

    with hooks(finalizer=lambda generator: calls.append(threading.current_thread().name)):
        made = [[]]
        made[0].append(agen(made[0]))
        run(made[0][0].__anext__())
        thread = threading.Thread(target=drop, name="collecting")
        thread.start()
        thread.join()
        seen = list(calls)

    assert seen == ["collecting"]


@behaviour("HOK-038", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
async def test_finalizer_can_look_into_the_generator():
    """The finalizer gets the generator with its frame, variables and state as they were at the suspension."""
    seen = []

    async def agen():
        local = "kept"
        try:
            yield
        finally:
            del local

    def finalizer(generator):
        frame = generator.ag_frame
        seen.append([dict(frame.f_locals), generator.ag_running, generator.ag_await, generator.ag_code.co_name])

    with hooks(finalizer=finalizer):
        g = agen()
        await g.__anext__()
        del g
        collect()

    assert seen == [[{"local": "kept"}, False, None, "agen"]]


@behaviour("HOK-039", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
async def test_finalizer_of_a_body_without_cleanup():
    """The finalizer is called for a suspended generator whose body has no cleanup."""
    calls = []

    async def agen():
        yield

    with hooks(finalizer=lambda generator: calls.append("finalizer")):
        g = agen()
        await g.__anext__()
        del g
        collect()
        seen = list(calls)

    assert seen == ["finalizer"]


@behaviour("HOK-040", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
def test_finalizer_of_a_generator_that_is_being_closed():
    """The finalizer is not called for a generator whose ``aclose()`` was started and then abandoned in an ``await``."""
    calls = []

    async def agen():
        try:
            yield
        finally:
            await suspend("closing")

    with hooks(finalizer=lambda generator: calls.append("finalizer")):
        g = agen()
        run(g.__anext__())
        awaitable = g.aclose()
        waiting = step(awaitable.send, None)
        del awaitable, g
        collect()
        seen = list(calls)

    assert waiting == ["suspends", "closing"]
    assert seen == []


@behaviour("HOK-042", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
async def test_exception_in_flight_is_kept():
    """An exception that is propagating while a finalizer runs, even one that raises, propagates unchanged."""
    log = []
    failure = ValueError("in flight")

    async def agen():
        try:
            yield
        finally:
            pass

    def finalizer(generator):
        log.append("finalizer")
        raise KeyError("finalizer")

    async def drop():
        g = agen()
        await g.__anext__()
        try:
            raise failure
        finally:
            del g
            collect()

    with hooks(finalizer=finalizer), unraisable() as reports:
        with raises(ValueError) as caught:
            await drop()
        kinds = [kind for kind, _ in reports]

    assert caught.value is failure
    assert failure.__context__ is None
    assert log == ["finalizer"]
    assert kinds == [KeyError]


@behaviour("HOK-043", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
@pytest.mark.parametrize(
    "ending",
    ["aclose-unstarted", "athrow-unstarted", "athrow", "throw", "ignored-then-ended"],
    ids=["aclose-unstarted", "athrow-unstarted", "athrow", "throw", "ignored-then-ended"],
)
def test_finalizer_ignores_what_has_ended_in_any_way(ending):
    """The finalizer is not called for a generator ended before its start, by an exception, or after ignoring
    GeneratorExit.
    """
    calls = []

    async def agen():
        try:
            yield 1
        except GeneratorExit:
            yield "ignored"

    with hooks(finalizer=lambda generator: calls.append("finalizer")):
        g = agen()
        if not ending.endswith("unstarted"):
            run(g.__anext__())
        if ending.startswith("aclose"):
            step(g.aclose().send, None)
        elif ending.startswith("athrow"):
            step(g.athrow(KeyError()).send, None)
        elif ending == "throw":
            step(g.__anext__().throw, KeyError())
        else:
            step(g.aclose().send, None)
            step(g.__anext__().send, None)
        following = step(g.__anext__().send, None)
        del g
        collect()
        seen = list(calls)

    assert following == ["raises", "StopAsyncIteration"]
    assert seen == []


@behaviour("HOK-044", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
async def test_finalizer_of_a_generator_whose_firstiter_raised():
    """The finalizer is stored before ``firstiter`` is called, so it is called later even if ``firstiter`` raised."""
    calls = []

    async def agen():
        try:
            yield 1
        finally:
            pass

    def firstiter(generator):
        raise KeyError

    with hooks(firstiter, lambda generator: calls.append("finalizer")):
        g = agen()
        with raises(KeyError):
            g.__anext__()
    with hooks():
        item = await g.__anext__()
        del g
        collect()
        seen = list(calls)

    assert item == 1
    assert seen == ["finalizer"]


@behaviour("HOK-048", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc", "weakref"])
@pytest.mark.parametrize(
    "name",
    ["SystemExit", "KeyboardInterrupt", "GeneratorExit", "StopAsyncIteration"],
    ids=["SystemExit", "KeyboardInterrupt", "GeneratorExit", "StopAsyncIteration"],
)
async def test_finalizer_raises_anything(name):
    """Any exception that the finalizer raises is reported, even SystemExit, and the generator is collected."""
    import builtins
    import weakref

    log = []

    async def agen():
        try:
            yield
        finally:
            log.append("finally")

    def finalizer(generator):
        log.append("finalizer")
        raise getattr(builtins, name)

    with hooks(finalizer=finalizer), unraisable() as reports:
        g = agen()
        alive = weakref.ref(g)
        await g.__anext__()
        del g
        collect()
        kinds = [kind.__name__ for kind, _ in reports]
    left = alive()

    assert kinds == [name]
    assert log == ["finalizer"]
    assert left is None


@behaviour("HOK-049", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
async def test_finalizer_keeps_the_generator_and_raises():
    """A generator that the finalizer stored before it raised is as usable as if the finalizer had not raised."""
    log, kept = [], []

    async def agen():
        try:
            yield 1
            yield 2
        finally:
            log.append("finally")

    def finalizer(generator):
        kept.append(generator)
        raise KeyError

    with hooks(finalizer=finalizer), unraisable() as reports:
        g = agen()
        await g.__anext__()
        del g
        collect()
        kinds = [kind for kind, _ in reports]
    before = list(log)
    item = await kept[0].__anext__()
    await kept[0].aclose()

    assert kinds == [KeyError]
    assert before == []
    assert item == 2
    assert log == ["finally"]


@behaviour("HOK-050", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
def test_finalizer_closes_by_hand():
    """A finalizer can drive ``aclose()`` to its end: the body is cleaned up once, and nothing is reported."""
    log = []

    async def agen():
        try:
            yield
        except BaseException as error:
            log.append(type(error))
            raise
        finally:
            await suspend()
            log.append("finally")

    def finalizer(generator):
        log.append("finalizer")
        run(generator.aclose())
        log.append("closed")

    with hooks(finalizer=finalizer), unraisable() as reports:
        g = agen()
        run(g.__anext__())
        del g
        collect()
        seen = list(log)

    assert seen == ["finalizer", GeneratorExit, "finally", "closed"]
    assert reports == []


@behaviour("HOK-054", source=[PEPS.PEP442, CPYTHON.GENOBJECT], since="3.8", level="detail", needs=["gc", "weakref"])
async def test_kept_iterated_and_dropped_again():
    """If the finalizer stored a generator that was then iterated, dropping it again calls no hook, runs no cleanup and
    reports nothing.
    """
    import weakref

    log, kept = [], []

    async def agen():
        try:
            yield 1
            yield 2
        finally:
            log.append("finally")

    def finalizer(generator):
        log.append("finalizer")
        kept.append(generator)

    with hooks(finalizer=finalizer), unraisable() as reports:
        g = agen()
        await g.__anext__()
        del g
        collect()
        item = await kept[0].__anext__()
        alive = weakref.ref(kept[0])
        del kept[:]
        collect()
        seen = list(log)
    left = alive()

    assert item == 2
    assert seen == ["finalizer"]
    assert reports == []
    assert left is None


@behaviour("HOK-056", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
async def test_finalizer_that_raises_is_called_for_each():
    """A finalizer that raises for one generator is still called for the others that are dropped with it."""
    calls = []

    async def agen():
        try:
            yield
        finally:
            pass

    def finalizer(generator):
        calls.append(id(generator))
        raise KeyError

    with hooks(finalizer=finalizer), unraisable() as reports:
        made = [agen(), agen(), agen()]
        identities = sorted(id(g) for g in made)
        for i in range(3):
            await made[i].__anext__()
        made.append(made)
        del made
        collect()
        seen = sorted(calls)
        kinds = [kind for kind, _ in reports]

    assert seen == identities
    assert kinds == [KeyError, KeyError, KeyError]
