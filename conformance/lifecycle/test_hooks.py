"""sys.set_asyncgen_hooks(): who hears of a first iteration, and of a generator that is about to be collected."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, hooks, raises, run
from conformance.sources import CPYTHON, LIBRARY, PEP525, REFERENCE, TUTORIAL


@behaviour("HOK-001", source=[LIBRARY.GET_ASYNCGEN_HOOKS], since="3.6")
def test_nothing_installed():
    """Where nobody installed hooks, ``sys.get_asyncgen_hooks()`` reports None for both."""
    import sys

    found = list(sys.get_asyncgen_hooks())

    assert found == [None, None]


@behaviour("HOK-002", source=[LIBRARY.GET_ASYNCGEN_HOOKS, PEP525.FINALIZATION], since="3.6")
def test_hooks_read_like_a_named_tuple():
    """``sys.get_asyncgen_hooks()`` returns a pair with the fields ``firstiter`` and ``finalizer``, in this order."""
    import sys

    def first(generator):
        pass

    def last(generator):
        pass

    with hooks(first, last):
        found = sys.get_asyncgen_hooks()
    by_name = [found.firstiter, found.finalizer]
    by_index = [found[0], found[1]]
    unpacked_first, unpacked_last = found
    length = len(found)

    assert by_name == [first, last]
    assert by_index == [first, last]
    assert unpacked_first is first
    assert unpacked_last is last
    assert length == 2


@behaviour("HOK-004", source=[LIBRARY.SET_ASYNCGEN_HOOKS, PEP525.FINALIZATION], since="3.6")
@pytest.mark.parametrize("positional", [0, 1, 2], ids=["keywords", "both", "positional"])
def test_installing_by_position_and_by_name(positional):
    """``sys.set_asyncgen_hooks()`` takes ``firstiter`` and ``finalizer`` by position or by name, and returns None."""
    import sys

    def first(generator):
        pass

    def last(generator):
        pass

    named = {"finalizer": last, "firstiter": first}
    placed = [named.pop(name) for name in ["firstiter", "finalizer"][:positional]]
    with hooks():
        returned = sys.set_asyncgen_hooks(*placed, **named)
        installed = list(sys.get_asyncgen_hooks())

    assert returned is None
    assert installed == [first, last]


@behaviour("HOK-005", source=[LIBRARY.SET_ASYNCGEN_HOOKS], since="3.6")
@pytest.mark.parametrize(
    "name, other", [["firstiter", "finalizer"], ["finalizer", "firstiter"]], ids=["firstiter", "finalizer"]
)
def test_omitted_hook_stays_and_none_clears(name, other):
    """``sys.set_asyncgen_hooks()`` keeps the hook that it is not given, and removes the one that is given as None."""
    import sys

    def old(generator):
        pass

    def new(generator):
        pass

    with hooks(old, old):
        sys.set_asyncgen_hooks()
        untouched = list(sys.get_asyncgen_hooks())
        sys.set_asyncgen_hooks(**{name: new})
        replaced = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(**{name: None})
        cleared = sys.get_asyncgen_hooks()

    assert untouched == [old, old]
    assert getattr(replaced, name) is new
    assert getattr(replaced, other) is old
    assert getattr(cleared, name) is None
    assert getattr(cleared, other) is old


@behaviour("HOK-006", source=[LIBRARY.SET_ASYNCGEN_HOOKS], since="3.6")
@pytest.mark.parametrize("name", ["firstiter", "finalizer"], ids=["firstiter", "finalizer"])
@pytest.mark.parametrize("value", [0, "hook", []], ids=["0", "str", "list"])
def test_hook_that_cannot_be_called(value, name):
    """A hook that is neither callable nor None is refused with TypeError, and the installed hooks stay."""
    import sys

    def first(generator):
        pass

    def last(generator):
        pass

    with hooks(first, last):
        with raises(TypeError):
            sys.set_asyncgen_hooks(**{name: value})
        installed = list(sys.get_asyncgen_hooks())

    assert installed == [first, last]


@behaviour("HOK-009", source=[PEP525.FINALIZATION], since="3.6")
async def test_restoring_earlier_hooks():
    """What ``sys.get_asyncgen_hooks()`` returned, unpacked into ``sys.set_asyncgen_hooks()``, is in force again."""
    import sys

    log = []

    async def agen():
        yield

    def earlier_first(generator):
        log.append("earlier firstiter")

    def earlier_last(generator):
        log.append("earlier finalizer")

    with hooks(earlier_first, earlier_last):
        earlier = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(lambda generator: log.append("firstiter"), None)
        await agen().__anext__()
        before = list(log)
        sys.set_asyncgen_hooks(*earlier)
        restored = list(sys.get_asyncgen_hooks())
        g = agen()
        await g.__anext__()
        after = list(log)

    assert before == ["firstiter"]
    assert restored == [earlier_first, earlier_last]
    assert after == ["firstiter", "earlier firstiter"]


@behaviour("HOK-010", source=[LIBRARY.SET_ASYNCGEN_HOOKS], since="3.6")
async def test_firstiter_gets_the_generator():
    """``firstiter`` is called with one argument, the very generator that is iterated."""
    calls = []

    async def agen():
        yield 1

    def firstiter(*args, **named):
        calls.append([list(args), named])

    g = agen()
    with hooks(firstiter):
        item = await g.__anext__()

    assert item == 1
    assert calls == [[[g], {}]]


@behaviour("HOK-011", source=[CPYTHON.GENOBJECT, TUTORIAL.S08], since="3.6")
@pytest.mark.parametrize(
    "operation", ["__anext__", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
async def test_firstiter_runs_at_the_call(operation):
    """``firstiter`` runs when the first awaitable is asked for, by whichever method, and not when it is awaited."""
    log = []

    async def agen():
        log.append("body")
        yield

    g = agen()
    arguments = {"asend": [None], "athrow": [KeyError()]}.get(operation, [])
    with hooks(firstiter=lambda generator: log.append("firstiter")):
        awaitable = getattr(g, operation)(*arguments)
        at_the_call = list(log)
        try:
            await awaitable
        except KeyError:
            log.append("thrown")
        awaited = list(log)
    afterwards = {"athrow": ["thrown"], "aclose": []}.get(operation, ["body"])

    assert at_the_call == ["firstiter"]
    assert awaited == ["firstiter"] + afterwards


@behaviour("HOK-012", source=[LIBRARY.SET_ASYNCGEN_HOOKS, PEP525.FINALIZATION], since="3.6")
@pytest.mark.parametrize(
    "operation", ["__anext__", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
async def test_firstiter_runs_once_for_each_generator(operation):
    """``firstiter`` is called once for each generator, at its first iteration, and for nothing that is done later."""
    calls = []

    async def agen():
        while True:
            try:
                yield
            except KeyError:
                continue

    arguments = {"asend": [None], "athrow": [KeyError()]}.get(operation, [])
    one = agen()
    two = agen()
    with hooks(firstiter=calls.append):
        await one.__anext__()
        first = list(calls)
        await getattr(one, operation)(*arguments)
        await two.__anext__()
        await getattr(one, operation)(*arguments)
        await getattr(two, operation)(*arguments)

    assert first == [one]
    assert calls == [one, two]


@behaviour("HOK-013", source=[LIBRARY.SET_ASYNCGEN_HOOKS, PEP525.FINALIZATION], since="3.6")
async def test_firstiter_waits_for_the_iteration():
    """Neither the creation of a generator nor ``__aiter__()`` calls ``firstiter``: the first ``__anext__()`` does."""
    calls = []

    async def agen():
        yield

    with hooks(firstiter=calls.append):
        g = agen()
        created = list(calls)
        iterator = g.__aiter__()
        iterable = list(calls)
        await iterator.__anext__()
        iterated = list(calls)

    assert created == []
    assert iterable == []
    assert iterated == [g]


@behaviour("HOK-014", source=[LIBRARY.SET_ASYNCGEN_HOOKS, PEP525.FINALIZATION], since="3.6")
async def test_firstiter_precedes_the_body():
    """``firstiter`` has returned before the first statement of the body runs."""
    log = []

    async def agen():
        log.append("body starts")
        yield
        log.append("body goes on")

    def firstiter(generator):
        log.append("firstiter starts")
        log.append("firstiter ends")

    with hooks(firstiter):
        async for _item in agen():
            log.append("item")

    assert log == ["firstiter starts", "firstiter ends", "body starts", "item", "body goes on"]


@behaviour("HOK-015", source=[CPYTHON.GENOBJECT], since="3.6")
def test_firstiter_raises():
    """An exception of ``firstiter`` comes out of the call of ``__anext__()`` itself, and the body is not entered."""
    entered = []
    failure = KeyError("firstiter")

    async def agen():
        entered.append(True)
        yield

    def firstiter(generator):
        raise failure

    g = agen()
    with hooks(firstiter), raises(KeyError) as caught:
        g.__anext__()

    assert caught.value is failure
    assert entered == []


@behaviour("HOK-018", source=[PEP525.FINALIZATION], since="3.6", needs=["threads"])
def test_hooks_belong_to_the_thread():
    """A new thread starts without hooks, and what it installs is in force for it alone."""
    import sys
    import threading

    log = []
    seen = []

    async def agen():
        yield

    def main(generator):
        log.append("main")

    def other(generator):
        log.append("other")

    def last(generator):
        pass

    def target():
        seen.append(list(sys.get_asyncgen_hooks()))
        run(agen().__anext__())
        sys.set_asyncgen_hooks(other, None)
        seen.append(list(sys.get_asyncgen_hooks()))
        g = agen()
        run(g.__anext__())
        run(g.aclose())

    with hooks(main, last):
        thread = threading.Thread(target=target)
        thread.start()
        thread.join()
        kept = list(sys.get_asyncgen_hooks())
        g = agen()
        run(g.__anext__())
        run(g.aclose())

    assert seen == [[None, None], [other, None]]
    assert kept == [main, last]
    assert log == ["other", "main"]


@behaviour("HOK-019", source=[LIBRARY.SET_ASYNCGEN_HOOKS, PEP525.FINALIZATION], since="3.6", needs=["gc"])
async def test_finalizer_gets_a_suspended_generator():
    """When a suspended generator is about to be collected, ``finalizer`` is called with it alone, once."""
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
        await g.__anext__()
        identity = id(g)
        collect()
        while_referenced = list(calls)
        del g
        collect()
        seen = list(calls)

    assert while_referenced == []
    assert seen == [[[identity], {}]]


@behaviour("HOK-020", source=[REFERENCE.AGEN_FUNCTION, PEP525.FINALIZATION], since="3.6", needs=["gc"])
async def test_finalizer_is_kept_from_the_first_iteration():
    """The ``finalizer`` that was in force at the first iteration is called, though another one is by then."""
    log = []

    async def agen():
        try:
            yield 1
            yield 2
        finally:
            pass

    with hooks(finalizer=lambda generator: log.append("at creation")):
        g = agen()
    with hooks(finalizer=lambda generator: log.append("at first iteration")):
        await g.__anext__()
    with hooks(finalizer=lambda generator: log.append("at collection")):
        await g.__anext__()
        del g
        collect()
        seen = list(log)

    assert seen == ["at first iteration"]


@behaviour("HOK-023", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
@pytest.mark.parametrize("ending", ["return", "exception", "aclose"], ids=["return", "exception", "aclose"])
async def test_finalizer_ignores_a_finished_generator(ending):
    """``finalizer`` is not called for a generator that has ended, but for the suspended one that is dropped with it."""
    calls = []

    async def agen():
        try:
            yield
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

    assert seen == [identity]
