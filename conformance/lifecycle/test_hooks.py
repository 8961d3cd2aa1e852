"""sys.set_asyncgen_hooks(): who hears of a first iteration, and of a generator that is about to be collected."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, hooks, items_of, operate, raises, run, step, suspend, unraisable
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP525, PEP530, PEPS, REFERENCE, TUTORIAL


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


@behaviour("HOK-003", source=[CPYTHON.SYSMODULE], since="3.6")
def test_type_of_the_pair():
    """``sys.get_asyncgen_hooks()`` returns a tuple of a type named ``asyncgen_hooks``, which cannot be changed."""
    import sys

    found = sys.get_asyncgen_hooks()
    with raises(AttributeError):
        found.firstiter = None
    with raises(AttributeError):
        found.other = None
    with raises(TypeError):
        found[0] = None

    assert type(found).__name__ == "asyncgen_hooks"
    assert isinstance(found, tuple)


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


@behaviour("HOK-007a", source=[ISSUE.GH_118473], since="3.6", until="3.12")
def test_half_of_a_refused_pair():
    """Where ``firstiter`` is refused, a valid ``finalizer`` given with it is installed nevertheless."""
    import sys

    def last(generator):
        pass

    with hooks():
        with raises(TypeError):
            sys.set_asyncgen_hooks(firstiter=1, finalizer=last)
        installed = list(sys.get_asyncgen_hooks())

    assert installed == [None, last]


@behaviour("HOK-007b", source=[ISSUE.GH_118473], since="3.13")
@pytest.mark.parametrize("wrong", ["firstiter", "finalizer"], ids=["firstiter", "finalizer"])
def test_nothing_of_a_refused_pair(wrong):
    """Where one of two hooks is refused, neither is installed."""
    import sys

    def old(generator):
        pass

    def new(generator):
        pass

    given = {"firstiter": new, "finalizer": new}
    given[wrong] = 1
    with hooks(old, old):
        with raises(TypeError):
            sys.set_asyncgen_hooks(**given)
        installed = list(sys.get_asyncgen_hooks())

    assert installed == [old, old]


@behaviour("HOK-008", source=[LIBRARY.SET_ASYNCGEN_HOOKS, LIBRARY.GET_ASYNCGEN_HOOKS], since="3.6")
def test_wrong_arguments():
    """Unknown names and a third argument are refused with TypeError, as is any argument to the function that reads."""
    import sys

    def hook(generator):
        pass

    with hooks(hook, hook):
        with raises(TypeError):
            sys.set_asyncgen_hooks(other=hook)
        with raises(TypeError):
            sys.set_asyncgen_hooks(None, None, None)
        with raises(TypeError):
            sys.set_asyncgen_hooks(None, firstiter=None)
        with raises(TypeError):
            sys.get_asyncgen_hooks(None)
        installed = list(sys.get_asyncgen_hooks())

    assert installed == [hook, hook]


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


@behaviour("HOK-010", source=[LIBRARY.SET_ASYNCGEN_HOOKS, PEP525.FINALIZATION], since="3.6")
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
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
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

    one = agen()
    two = agen()
    with hooks(firstiter=calls.append):
        await one.__anext__()
        first = list(calls)
        await operate(one, operation)
        await two.__anext__()
        await operate(one, operation)
        await operate(two, operation)

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


@behaviour("HOK-016", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_firstiter_that_raised_is_not_called_again():
    """After ``firstiter`` raised, the same generator is iterated without it, from the start."""
    calls = []

    async def agen():
        calls.append("body")
        yield 1

    def firstiter(generator):
        calls.append("firstiter")
        raise KeyError

    g = agen()
    with hooks(firstiter):
        with raises(KeyError):
            g.__anext__()
        item = await g.__anext__()

    assert item == 1
    assert calls == ["firstiter", "body"]


@behaviour("HOK-017", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
async def test_what_hooks_return():
    """What the hooks return is ignored, even if it could be awaited or is another generator."""
    log = []

    async def agen():
        try:
            yield 1
        finally:
            pass

    async def other():
        log.append("other")
        yield 2

    def firstiter(generator):
        log.append("firstiter")
        return other()

    def finalizer(generator):
        log.append("finalizer")
        return other()

    with hooks(firstiter, finalizer):
        g = agen()
        item = await g.__anext__()
        del g
        collect()
        seen = list(log)

    assert item == 1
    assert seen == ["firstiter", "finalizer"]


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


@behaviour("HOK-021", source=[PEP525.FINALIZATION], since="3.6", needs=["gc"])
async def test_finalizer_after_the_hooks_were_removed():
    """A generator calls the finalizer that it stored though no hook is installed any more."""
    log = []

    async def agen():
        try:
            yield
        finally:
            log.append("finally")

    with hooks(finalizer=lambda generator: log.append("finalizer")):
        g = agen()
        await g.__anext__()
    with hooks():
        del g
        collect()
        seen = list(log)

    assert seen == ["finalizer"]


@behaviour("HOK-022", source=[PEP525.FINALIZATION], since="3.6", needs=["gc"])
async def test_finalizer_installed_too_late():
    """A finalizer is not called for a generator that was iterated before it was installed, but for a later one."""
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
    assert seen == [identity]


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


@behaviour("HOK-024", source=[PEP525.FINALIZATION], since="3.6", needs=["gc"])
async def test_finalizer_and_a_generator_never_iterated():
    """The finalizer is not called for a generator that was never iterated, but for one beside it that was."""
    calls = []

    async def agen():
        try:
            yield
        finally:
            pass

    with hooks(finalizer=lambda generator: calls.append(id(generator))):
        untouched, iterated = agen(), agen()
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
    assert seen == [identity]


@behaviour("HOK-025", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "warnings"])
async def test_finalizer_after_an_awaitable_was_made():
    """The finalizer is called for a generator of which an awaitable was made, though it was not awaited."""
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


@behaviour("HOK-026", source=[PEP525.FINALIZATION, REFERENCE.AGEN_FUNCTION], since="3.6", needs=["gc"])
@pytest.mark.parametrize("way", ["aclose", "anext"], ids=["aclose", "anext"])
async def test_finalizer_keeps_the_generator(way):
    """A generator that the finalizer keeps lives on where it was: it can be closed later, or iterated."""
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
        await g.__anext__()
        del g
        collect()
    before = list(log)
    count = len(kept)
    result = await (kept[0].aclose() if way == "aclose" else kept[0].__anext__())
    seen = list(log)
    await kept[0].aclose()

    assert before == []
    assert count == 1
    assert result == (None if way == "aclose" else 2)
    assert seen == (["finally"] if way == "aclose" else [])


@behaviour("HOK-027", source=[PEPS.PEP442, CPYTHON.GENOBJECT], since="3.6", level="detail", needs=["gc"])
async def test_finalizer_is_called_once():
    """The finalizer is called once for each generator: not again for one that it kept and that is dropped again."""
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
    """An exception of the finalizer goes to ``sys.unraisablehook()``, and nothing else of the program sees it."""
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


@behaviour("HOK-029", source=[PEP525.FINALIZATION, REFERENCE.AGEN_FUNCTION], since="3.6", needs=["gc"])
async def test_finalizer_takes_the_place_of_the_cleanup():
    """Where a finalizer is stored, nothing is raised in the body at collection: cleanup is up to the hook."""
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
        await g.__anext__()
        del g
        collect()
        seen = list(log)

    assert seen == ["finalizer"]


@behaviour("HOK-030", source=[LIBRARY.SET_ASYNCGEN_HOOKS, LIBRARY.GC, PEP525.FINALIZATION], since="3.6", needs=["gc"])
async def test_finalizer_of_a_generator_in_a_cycle():
    """The finalizer is called for a generator that is part of a reference cycle, when that is collected."""
    calls = []

    async def agen(holder):
        try:
            yield
        finally:
            holder.clear()

    with hooks(finalizer=lambda generator: calls.append(id(generator))):
        holder = []
        g = agen(holder)
        holder.append(g)
        await g.__anext__()
        identity = id(g)
        del g, holder
        collect()
        seen = list(calls)

    assert seen == [identity]


@behaviour("HOK-031", source=[ISSUE.BPO_28500, CPYTHON.GENOBJECT], since="3.6", level="detail", needs=["gc", "threads"])
def test_finalizer_runs_where_the_generator_is_collected():
    """The finalizer that was stored in one thread is called in the thread in which the generator is collected."""
    import threading

    calls = []

    async def agen(itself):
        try:
            yield
        finally:
            pass

    def drop():
        # It is in a cycle: without the interpreter lock, one that is only let go of may be released by its own thread.
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


@behaviour("HOK-032", source=[LIBRARY.SET_ASYNCGEN_HOOKS], since="3.6", needs=["gc"])
async def test_other_kinds_have_no_hooks():
    """Generators and coroutines call neither hook, when they are started, ended or collected."""
    calls = []

    def generator():
        try:
            yield 1
        finally:
            pass

    async def coroutine():
        try:
            await suspend()
        finally:
            pass

    async def agen():
        yield 1

    with hooks(lambda generator: calls.append("firstiter"), lambda generator: calls.append("finalizer")):
        first, second = generator(), coroutine()
        next(first)
        second.send(None)
        await coroutine()
        del first
        second.close()
        del second
        collect()
        others = list(calls)
        g = agen()
        await g.__anext__()
        await g.aclose()

    assert others == []
    assert calls == ["firstiter"]


@behaviour("HOK-033", source=[LIBRARY.SET_ASYNCGEN_HOOKS, PEP530.COMPREHENSIONS], since="3.6")
async def test_expressions_and_comprehensions():
    """A generator expression calls ``firstiter`` as a function's generator does; comprehensions make no generator."""
    calls = []

    async def agen():
        yield 1

    with hooks(firstiter=lambda generator: calls.append(generator.__name__)):
        expression = (item async for item in agen())
        made = list(calls)
        items = await items_of(expression)
        of_expression = list(calls)
        del calls[:]
        lists = [item async for item in agen()]
        sets = {item async for item in agen()}
        mappings = {item: item async for item in agen()}

    assert made == []
    assert of_expression == ["<genexpr>", "agen"]
    assert calls == ["agen", "agen", "agen"]
    assert [items, lists, sets, mappings] == [[1], [1], {1}, {1: 1}]


@behaviour("HOK-034", source=[LIBRARY.SET_ASYNCGEN_HOOKS, PEP525.YIELD_FROM], since="3.6")
async def test_each_generator_of_a_chain():
    """In a chain of generators each one calls ``firstiter`` when it is iterated first, the outermost first of all."""
    calls = []

    async def inner():
        yield 1

    async def middle():
        async for item in inner():
            yield item

    async def outer():
        async for item in middle():
            yield item

    with hooks(firstiter=lambda generator: calls.append(generator.__name__)):
        items = await items_of(outer())

    assert calls == ["outer", "middle", "inner"]
    assert items == [1]


@behaviour(
    "HOK-035",
    source=[LIBRARY.SET_ASYNCGEN_HOOKS, LIBRARY.AUDIT_EVENTS],
    since="3.8",
    needs=["compile", "subprocess"],
    allowed=["sys.set_asyncgen_hooks_*", "sys.set_asyncgen_hook_*"],
)
def test_audit_events():
    """``sys.set_asyncgen_hooks()`` raises an audit event without arguments for each hook that it is given.

    Takes a process of its own, because an audit hook cannot be removed.
    """
    import subprocess
    import sys

    source = """
import sys
log = []
sys.addaudithook(lambda event, arguments: log.append([event, list(arguments)]) if "asyncgen" in event else None)
found = []
for given in [{}, {"firstiter": None}, {"finalizer": None}, {"firstiter": None, "finalizer": None}]:
    del log[:]
    sys.set_asyncgen_hooks(**given)
    found.append(sorted(log))
print(repr(found))
"""
    output = subprocess.check_output([sys.executable, "-S", "-c", source]).decode()
    found = eval(output)
    stem = "sys.set_asyncgen_hooks_" if "hooks_" in output else "sys.set_asyncgen_hook_"
    firstiter, finalizer = [stem + "firstiter", []], [stem + "finalizer", []]

    assert found == [[], [firstiter], [finalizer], [finalizer, firstiter]]
    return stem + "*"


@behaviour("HOK-036a", source=[ISSUE.BPO_38410], since="3.8", until="3.12", needs=["subprocess"])
def test_veto_of_firstiter_comes_too_late():
    """An audit hook that raises on the event of ``firstiter`` keeps it back, but the finalizer has been set by then.

    Takes a process of its own, because an audit hook cannot be removed.
    """
    import subprocess
    import sys

    source = """
import sys
def hook(event, arguments):
    if event.endswith("_firstiter"):
        raise PermissionError
sys.addaudithook(hook)
try:
    sys.set_asyncgen_hooks(firstiter=print, finalizer=repr)
except PermissionError:
    found = sys.get_asyncgen_hooks()
    print("refused", found.firstiter is None, found.finalizer is repr)
"""
    output = subprocess.check_output([sys.executable, "-S", "-c", source]).decode().split()

    assert output == ["refused", "True", "True"]


@behaviour("HOK-036b", source=[ISSUE.BPO_38410, ISSUE.GH_118473], since="3.13", needs=["subprocess"])
@pytest.mark.parametrize("vetoed", ["firstiter", "finalizer"], ids=["firstiter", "finalizer"])
def test_veto_of_an_audit_hook(vetoed):
    """An audit hook that raises on the event of one hook keeps both back, and its exception is that of the call.

    Takes a process of its own, because an audit hook cannot be removed.
    """
    import subprocess
    import sys

    source = """
import sys
def hook(event, arguments):
    if event.endswith("_" + sys.argv[1]):
        raise PermissionError
sys.addaudithook(hook)
try:
    sys.set_asyncgen_hooks(firstiter=print, finalizer=repr)
except PermissionError:
    print("refused", list(sys.get_asyncgen_hooks()))
"""
    output = subprocess.check_output([sys.executable, "-S", "-c", source, vetoed]).decode().strip()

    assert output == "refused [None, None]"


@behaviour("HOK-037", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_firstiter_iterates_itself():
    """``firstiter`` can drive its generator itself: it is not called again, and the caller gets the next item."""
    log = []

    async def agen():
        yield 1
        yield 2

    def firstiter(generator):
        log.append("firstiter")
        log.append(run(generator.__anext__()))

    g = agen()
    with hooks(firstiter):
        item = await g.__anext__()

    assert log == ["firstiter", 1]
    assert item == 2


@behaviour("HOK-038", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
async def test_finalizer_can_look_into_the_generator():
    """The finalizer gets the generator with its frame, its variables and its state as they were at the suspension."""
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
    """The finalizer is called for a suspended generator that has nothing to clean up."""
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
    """The finalizer is not called for a generator whose ``aclose()`` has begun and was abandoned in an ``await``."""
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


@behaviour("HOK-041", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "operation",
    ["asend", "athrow", "aclose", "async-for", "comprehension"],
    ids=["asend", "athrow", "aclose", "async-for", "comprehension"],
)
async def test_firstiter_raises_in_any_operation(operation):
    """An exception of ``firstiter`` comes out of whatever call or loop iterates first, and the body does not run."""
    log = []
    failure = KeyError("firstiter")

    async def agen():
        log.append("body")
        yield 1

    def firstiter(generator):
        raise failure

    g = agen()
    with hooks(firstiter), raises(KeyError) as caught:
        if operation == "async-for":
            async for _ in g:
                log.append("suite")
        elif operation == "comprehension":
            [item async for item in g]
        else:
            operate(g, operation)
    before = list(log)
    items = await items_of(g)

    assert caught.value is failure
    assert before == []
    assert items == [1]


@behaviour("HOK-042", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
async def test_exception_in_flight_is_kept():
    """An exception that is on its way when a finalizer runs, and even fails, arrives unchanged."""
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
    """The finalizer is not called for a generator that ended before its start, by an exception, or after refusing."""
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
        finished = g.ag_frame
        del g
        collect()
        seen = list(calls)

    assert finished is None
    assert seen == []


@behaviour("HOK-044", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
async def test_finalizer_of_a_generator_whose_firstiter_raised():
    """The finalizer is stored before ``firstiter`` is called, and so is called later though that one raised."""
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


@behaviour("HOK-045", source=[ISSUE.GH_131670, CPYTHON.GENOBJECT], since="3.10")
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_firstiter_raises_in_anext(default):
    """An exception of ``firstiter`` comes out of the call of ``anext()``, with a default or without."""
    entered = []
    failure = KeyError("firstiter")

    async def agen():
        entered.append(True)
        yield 1

    def firstiter(generator):
        raise failure

    g = agen()
    with hooks(firstiter), raises(KeyError) as caught:
        anext(g, "default") if default else anext(g)
    before = list(entered)
    item = await anext(g)

    assert caught.value is failure
    assert before == []
    assert item == 1


@behaviour("HOK-046", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "name",
    ["StopIteration", "StopAsyncIteration", "GeneratorExit", "KeyboardInterrupt"],
    ids=["StopIteration", "StopAsyncIteration", "GeneratorExit", "KeyboardInterrupt"],
)
def test_firstiter_raises_anything(name):
    """No exception of ``firstiter`` is replaced or swallowed by the call, not even one that ends an iteration."""
    import builtins

    kind = getattr(builtins, name)
    failures = []

    async def agen():
        yield

    def firstiter(generator):
        failures.append(kind())
        raise failures[-1]

    caught = []
    with hooks(firstiter):
        for operation in ["anext", "asend", "athrow", "aclose"]:
            try:
                operate(agen(), operation)
            except BaseException as error:
                caught.append(error)
    same = [one is other for one, other in zip(caught, failures)]

    assert len(failures) == 4
    assert same == [True, True, True, True]


@behaviour("HOK-047", source=[REFERENCE.ASYNC_FOR, CPYTHON.GENOBJECT], since="3.6", level="detail")
async def test_firstiter_ends_a_loop():
    """A StopAsyncIteration of ``firstiter`` ends an ``async for`` loop before its first item, and is not seen."""
    log = []

    async def agen():
        log.append("body")
        yield 1

    def firstiter(generator):
        log.append("firstiter")
        raise StopAsyncIteration

    g = agen()
    with hooks(firstiter):
        async for _item in g:
            log.append("suite")
        else:
            log.append("else")
    items = await items_of(g)

    assert log == ["firstiter", "else", "body"]
    assert items == [1]


@behaviour("HOK-048", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc", "weakref"])
@pytest.mark.parametrize(
    "name",
    ["SystemExit", "KeyboardInterrupt", "GeneratorExit", "StopAsyncIteration"],
    ids=["SystemExit", "KeyboardInterrupt", "GeneratorExit", "StopAsyncIteration"],
)
async def test_finalizer_raises_anything(name):
    """Whatever the finalizer raises is reported, even what would end a program, and the generator is gone for good."""
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
    """A generator that the finalizer kept before it raised is as usable as if it had not raised."""
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
    """A finalizer can drive ``aclose()`` to its end itself: the body is cleaned up once, and nothing is reported."""
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


@behaviour("HOK-051", source=[LIBRARY.SET_ASYNCGEN_HOOKS, CPYTHON.GENOBJECT], since="3.6", level="detail", needs=["gc"])
@pytest.mark.parametrize("name", ["firstiter", "finalizer"], ids=["firstiter", "finalizer"])
async def test_one_hook_without_the_other(name):
    """Each hook works without the other: ``firstiter`` alone is called, and the body then ends as without hooks."""
    log = []

    async def agen():
        try:
            yield
        except BaseException as error:
            log.append(type(error))
            raise

    with hooks(**{name: lambda generator: log.append(name)}):
        g = agen()
        await g.__anext__()
        iterated = list(log)
        del g
        collect()
        seen = list(log)

    assert iterated == (["firstiter"] if name == "firstiter" else [])
    assert seen == (["firstiter", GeneratorExit] if name == "firstiter" else ["finalizer"])


@behaviour("HOK-052", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
async def test_firstiter_changes_the_hooks():
    """A finalizer that ``firstiter`` installs is that of later generators: the one at hand has stored its own."""
    import sys

    log = []

    async def agen():
        try:
            yield
        finally:
            pass

    def firstiter(generator):
        log.append("firstiter")
        sys.set_asyncgen_hooks(firstiter=None, finalizer=lambda generator: log.append("installed by firstiter"))

    with hooks(firstiter, lambda generator: log.append("stored")):
        first, second = agen(), agen()
        await first.__anext__()
        await second.__anext__()
        del first
        collect()
        of_first = list(log)
        del second
        collect()
        seen = list(log)

    assert of_first == ["firstiter", "stored"]
    assert seen == ["firstiter", "stored", "installed by firstiter"]


@behaviour("HOK-053", source=[LIBRARY.SET_ASYNCGEN_HOOKS], since="3.6", needs=["gc"])
@pytest.mark.parametrize(
    "kind",
    ["class", "instance", "method", "builtin", "partial"],
    ids=["class", "instance", "method", "builtin", "partial"],
)
async def test_any_callable_is_a_hook(kind):
    """Anything that can be called serves as a hook, and is what ``sys.get_asyncgen_hooks()`` returns."""
    import functools
    import sys

    calls = []

    class Hook:
        def __init__(self, generator=None):
            if generator is not None:
                calls.append(generator.__name__)

        def __call__(self, generator):
            calls.append(generator.__name__)

        def method(self, generator):
            calls.append(generator.__name__)

    async def agen():
        try:
            yield
        finally:
            pass

    def record(names, generator):
        names.append(generator.__name__)

    def make():
        if kind == "class":
            return Hook
        if kind == "instance":
            return Hook()
        if kind == "method":
            return Hook().method
        if kind == "builtin":
            return calls.append
        return functools.partial(record, calls)

    first, last = make(), make()
    with hooks(first, last):
        installed = sys.get_asyncgen_hooks()
        g = agen()
        await g.__anext__()
        iterated = len(calls)
        if kind == "builtin":
            calls[0] = "agen"
        del g
        collect()
        names = [getattr(call, "__name__", call) for call in calls]

    assert installed.firstiter is first
    assert installed.finalizer is last
    assert iterated == 1
    assert names == ["agen", "agen"]


@behaviour("HOK-054", source=[PEPS.PEP442, CPYTHON.GENOBJECT], since="3.8", level="detail", needs=["gc", "weakref"])
async def test_kept_iterated_and_dropped_again():
    """A generator that the finalizer kept and that went on is dropped for good: no hook, no cleanup, no report."""
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


@behaviour("HOK-055", source=[ISSUE.BPO_38410], since="3.8", needs=["subprocess"])
@pytest.mark.parametrize("name", ["firstiter", "finalizer"], ids=["firstiter", "finalizer"])
def test_veto_of_one_hook(name):
    """An audit hook that raises on the event of the only hook that is given keeps it back, and raises in the call.

    Takes a process of its own, because an audit hook cannot be removed.
    """
    import subprocess
    import sys

    source = """
import sys
sys.set_asyncgen_hooks(len, repr)
def hook(event, arguments):
    if event.endswith("_" + sys.argv[1]):
        raise PermissionError("vetoed")
sys.addaudithook(hook)
try:
    sys.set_asyncgen_hooks(**{sys.argv[1]: print})
except PermissionError as error:
    print("refused", error, sys.get_asyncgen_hooks() == (len, repr))
sys.set_asyncgen_hooks(**{"firstiter" if sys.argv[1] == "finalizer" else "finalizer": print})
print(sys.get_asyncgen_hooks().index(print))
"""
    output = subprocess.check_output([sys.executable, "-S", "-c", source, name]).decode().split()

    assert output == ["refused", "vetoed", "True", "1" if name == "firstiter" else "0"]


@behaviour("HOK-056", source=[CPYTHON.GENOBJECT], since="3.8", needs=["gc"])
async def test_finalizer_that_raises_is_called_for_each():
    """A finalizer that raises for one generator is called for the others that are dropped with it."""
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
