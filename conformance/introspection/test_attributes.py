"""The attributes of asynchronous generator objects."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import awaiting, hooks, items_of, raises, run, suspend, tidy
from conformance.sources import CPYTHON, LIBRARY, PEP525, REFERENCE, WHATSNEW


@behaviour("ATR-001", source=[PEP525.AGEN_OBJECT, LIBRARY.INSPECT], since="3.6")
async def test_name_is_that_of_the_function():
    """``__name__`` of the generator object is that of its function."""

    async def agen():
        yield 1

    assert agen().__name__ == "agen"


@behaviour("ATR-002", source=[PEP525.AGEN_OBJECT, LIBRARY.INSPECT], since="3.6")
async def test_qualname_is_that_of_the_function():
    """``__qualname__`` of the generator object is that of its function."""

    class Owner:
        async def agen(self):
            yield 1

    name = Owner().agen().__qualname__

    assert name.endswith("Owner.agen")
    assert name == Owner.agen.__qualname__


@behaviour("ATR-003", source=[LIBRARY.INSPECT], since="3.6", level="detail")
@pytest.mark.parametrize("attribute", ["__name__", "__qualname__"], ids=["name", "qualname"])
async def test_names_are_taken_at_the_call(attribute):
    """A new name of the function applies to generator objects made afterwards, and not to existing ones."""

    async def agen():
        yield 1

    original = getattr(agen, attribute)
    earlier = agen()
    setattr(agen, attribute, "renamed")
    later = agen()
    setattr(agen, attribute, "renamed again")
    names = [getattr(earlier, attribute), getattr(later, attribute)]
    await earlier.__anext__()
    after_start = getattr(earlier, attribute)

    assert names == [original, "renamed"]
    assert after_start == original


@behaviour("ATR-004", source=[PEP525.AGEN_OBJECT], since="3.6")
@pytest.mark.parametrize("attribute", ["__name__", "__qualname__"], ids=["name", "qualname"])
async def test_names_are_writable(attribute):
    """A string assigned to ``__name__`` or ``__qualname__`` of a generator object replaces only that name of that
    object.
    """

    async def agen():
        yield 1

    g, untouched = agen(), agen()
    other = "__qualname__" if attribute == "__name__" else "__name__"
    original, kept = getattr(agen, attribute), getattr(agen, other)
    setattr(g, attribute, "renamed")
    changed = getattr(g, attribute)
    not_changed = [getattr(g, other), getattr(untouched, attribute), getattr(agen, attribute)]

    assert changed == "renamed"
    assert not_changed == [kept, original, original]


@behaviour("ATR-005", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("attribute", ["__name__", "__qualname__"], ids=["name", "qualname"])
async def test_names_are_strings(attribute):
    """Assigning anything but a string to ``__name__`` or ``__qualname__`` raises TypeError, and the name stays."""

    async def agen():
        yield 1

    g = agen()
    before = getattr(g, attribute)
    for value in [None, 1, b"name", ["name"]]:
        with raises(TypeError):
            setattr(g, attribute, value)
    after = getattr(g, attribute)

    assert after == before


@behaviour("ATR-006", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("attribute", ["__name__", "__qualname__"], ids=["name", "qualname"])
async def test_names_cannot_be_deleted(attribute):
    """Deleting ``__name__`` or ``__qualname__`` raises TypeError, and the name stays."""

    async def agen():
        yield 1

    g = agen()
    before = getattr(g, attribute)
    with raises(TypeError):
        delattr(g, attribute)
    after = getattr(g, attribute)

    assert after == before


@behaviour("ATR-007", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_repr():
    """``repr()`` shows the type, the current ``__qualname__`` of the generator object, and its address."""

    async def agen():
        yield 1

    g = agen()
    address = hex(id(g))[2:]
    shown = repr(g)
    g.__name__ = "name"
    renamed = repr(g)
    g.__qualname__ = "qualified"
    requalified = repr(g)

    assert shown.startswith("<async_generator object %s at 0x" % agen.__qualname__)
    assert shown.lower().endswith(address + ">")
    assert renamed == shown
    assert requalified.startswith("<async_generator object qualified at 0x")


@behaviour("ATR-008", source=[PEP525.AGEN_OBJECT, LIBRARY.INSPECT], since="3.6")
async def test_code_is_that_of_the_function():
    """``ag_code`` is the code object of the function that made the generator, started or not."""

    async def agen():
        yield 1

    async def other():
        yield 1

    g = agen()
    created = g.ag_code
    await g.__anext__()
    started = g.ag_code
    await tidy(g)
    foreign = other().ag_code

    assert created is agen.__code__
    assert started is agen.__code__
    assert foreign is other.__code__
    assert foreign is not agen.__code__


@behaviour("ATR-009", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("ending", ["return", "exception", "aclose"], ids=["return", "exception", "aclose"])
async def test_code_after_the_end(ending):
    """``ag_code`` is still the code of the function after the generator has returned, raised or been closed."""
    log = []

    async def agen():
        yield 1
        log.append("resumed")
        if ending == "exception":
            raise KeyError

    g = agen()
    await g.__anext__()
    if ending == "aclose":
        await g.aclose()
    else:
        with raises(KeyError if ending == "exception" else StopAsyncIteration):
            await g.__anext__()

    assert log == ([] if ending == "aclose" else ["resumed"])
    assert g.ag_code is agen.__code__


@behaviour("ATR-010", source=[PEP525.AGEN_OBJECT, LIBRARY.INSPECT], since="3.6", allowed=["frame", "no frame"])
async def test_frame_until_the_end():
    """``ag_frame`` of a running or suspended generator is a frame object, or None in a Python whose generators expose
    no frame.
    """
    import inspect

    async def agen():
        frames.append(g.ag_frame)
        yield 1
        frames.append(g.ag_frame)
        yield 2

    g, frames = agen(), []
    async for _ in g:
        frames.append(g.ag_frame)
    kinds = [inspect.isframe(frame) for frame in frames]

    if frames == [None, None, None, None]:
        return "no frame"
    assert kinds == [True, True, True, True]
    return "frame"


@behaviour("ATR-011", source=[CPYTHON.GENOBJECT], since="3.6")
def test_running_is_a_bool():
    """``ag_running`` is either True or False in every state."""

    async def agen():
        seen.append(g.ag_running)
        await suspend()
        yield 1

    g = agen()
    seen = [g.ag_running]
    awaitable = g.__anext__()
    awaitable.send(None)
    # The value while the body waits has changed in 3.8, so only its type counts here.
    waiting = g.ag_running
    with raises(StopIteration):
        awaitable.send(None)
    seen.append(g.ag_running)
    run(g.aclose())
    seen.append(g.ag_running)

    assert [type(each) for each in [*seen, waiting]] == [bool] * 5
    assert seen == [False, True, False, False]


@behaviour("ATR-012", source=[PEP525.AGEN_OBJECT, LIBRARY.INSPECT], since="3.6")
async def test_awaits_nothing():
    """``ag_await`` is None before the start, at each yield, even after an earlier ``await``, and at the end."""

    async def agen():
        await suspend()
        yield 1
        await suspend()
        yield 2
        await suspend()

    g = agen()
    seen = [g.ag_await]
    async for _ in g:
        seen.append(g.ag_await)
    seen.append(g.ag_await)
    closed = agen()
    await closed.__anext__()
    await closed.aclose()
    seen.append(closed.ag_await)

    assert seen == [None, None, None, None, None]


@behaviour("ATR-013", source=[PEP525.AGEN_OBJECT, LIBRARY.INSPECT], since="3.6")
def test_awaits_an_object():
    """``ag_await`` of a generator suspended in the ``await`` of an object that is its own iterator is that object, and
    None after the ``await``.
    """

    class Pause:
        done = False

        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            if self.done:
                raise StopIteration
            self.done = True
            return "paused"

    async def agen():
        for pause in pauses:
            await pause
        yield 1

    pauses = [Pause(), Pause()]
    g = agen()
    awaitable = awaiting(g.__anext__())
    awaitable.send(None)
    first = g.ag_await
    awaitable.send(None)
    second = g.ag_await
    with raises(StopIteration):
        awaitable.send(None)
    resumed = g.ag_await
    run(tidy(g))

    assert first is pauses[0]
    assert second is pauses[1]
    assert resumed is None


@behaviour("ATR-014", source=[PEP525.AGEN_OBJECT, LIBRARY.INSPECT], since="3.6")
def test_awaits_a_coroutine():
    """While a generator is suspended in the ``await`` of a coroutine, ``ag_await`` is not None."""

    async def coroutine():
        await suspend("waiting")

    async def agen():
        await coroutine()
        yield 1

    g = agen()
    awaitable = awaiting(g.__anext__())
    waiting = awaitable.send(None)
    awaited = g.ag_await
    with raises(StopIteration):
        awaitable.send(None)
    resumed = g.ag_await
    run(tidy(g))

    assert waiting == "waiting"
    assert awaited is not None
    assert resumed is None


@behaviour("ATR-015", source=[CPYTHON.GENOBJECT], since="3.6")
def test_awaits_another_generator():
    """While a generator is suspended in an ``async for``, ``ag_await`` is the awaitable of the inner generator."""

    async def inner():
        await suspend()
        yield 1

    async def outer():
        async for item in inner():
            yield item

    other = inner().__anext__()
    g = outer()
    awaitable = g.__anext__()
    awaitable.send(None)
    awaited = g.ag_await
    with raises(StopIteration):
        awaitable.send(None)
    kinds = [type(awaited), type(other)]
    other.close()
    run(tidy(g))

    assert kinds[0] is kinds[1]
    assert awaited is not other


@behaviour("ATR-016", source=[PEP525.AGEN_OBJECT, CPYTHON.GENOBJECT], since="3.6", level="detail")
@pytest.mark.parametrize(
    "attribute",
    ["ag_await", "ag_code", "ag_frame", "ag_running"],
    ids=["ag_await", "ag_code", "ag_frame", "ag_running"],
)
async def test_read_only(attribute):
    """``ag_await``, ``ag_code``, ``ag_frame`` and ``ag_running`` can be neither assigned nor deleted."""

    async def agen():
        yield 1

    g, other = agen(), agen()
    before = getattr(g, attribute)
    with raises(AttributeError, TypeError):
        setattr(g, attribute, getattr(other, attribute))
    with raises(AttributeError, TypeError):
        setattr(g, attribute, True)
    with raises(AttributeError, TypeError):
        delattr(g, attribute)
    after = getattr(g, attribute)

    assert after is before


@behaviour("ATR-017", source=[LIBRARY.INSPECT], since="3.12")
async def test_suspended():
    """``ag_suspended`` is true for a generator that is suspended at a yield, and false for one that is unstarted,
    running or finished.
    """

    async def agen():
        running.append(g.ag_suspended)
        yield 1
        running.append(g.ag_suspended)

    g, running, at_yield = agen(), [], []
    unstarted = g.ag_suspended
    async for _ in g:
        at_yield.append(g.ag_suspended)
    finished = g.ag_suspended

    assert not unstarted
    assert running == [False, False]
    assert at_yield == [True]
    assert not finished


@behaviour("ATR-018", source=[LIBRARY.INSPECT, LIBRARY.INSPECT_STATE], since="3.15")
async def test_state():
    """``ag_state`` is the name of the state: ``AGEN_CREATED``, ``AGEN_RUNNING``, ``AGEN_SUSPENDED`` or
    ``AGEN_CLOSED``.
    """

    async def agen():
        states.append(g.ag_state)
        yield 1
        states.append(g.ag_state)

    g = agen()
    states = [g.ag_state]
    async for _ in g:
        states.append(g.ag_state)
    states.append(g.ag_state)
    unstarted = agen()
    await unstarted.aclose()
    closed = unstarted.ag_state

    assert states == ["AGEN_CREATED", "AGEN_RUNNING", "AGEN_SUSPENDED", "AGEN_RUNNING", "AGEN_CLOSED"]
    assert closed == "AGEN_CLOSED"


@behaviour(
    "ATR-019",
    source=[REFERENCE.FRAME_OBJECTS, PEP525.AGEN_OBJECT, LIBRARY.INSPECT],
    since="3.6",
    allowed=["frame", "no frame"],
)
async def test_frame_of_a_suspended_body():
    """The frame of a suspended generator, if the generator exposes one, has the variables of the body and the line
    where it is suspended.
    """

    async def agen(argument):
        local = "first"
        yield 1
        local = "second"
        yield 2
        used.append([argument, local])

    first_line = agen.__code__.co_firstlineno
    g = agen("given")
    used, seen, lines = [], [], []
    async for _ in g:
        frame = getattr(g, "ag_frame", None)
        if frame is None:
            return "no frame"
        seen.append([frame.f_locals["argument"], frame.f_locals["local"]])
        lines.append(frame.f_lineno - first_line)

    assert seen == [["given", "first"], ["given", "second"]]
    assert lines == [2, 4]
    return "frame"


@behaviour("ATR-020", source=[REFERENCE.FRAME_OBJECTS], since="3.6", level="detail")
async def test_suspended_frame_has_no_caller():
    """``f_back`` of the frame of a generator is None before the start and at a yield, but not while it runs."""

    async def agen():
        seen.append(g.ag_frame.f_back is not None)
        yield 1

    g = agen()
    frame = g.ag_frame
    seen = [frame.f_back]
    await g.__anext__()
    seen.append(frame.f_back)
    await tidy(g)

    assert seen == [None, True, None]


@behaviour("ATR-021", source=[REFERENCE.FRAME_OBJECTS], since="3.6", allowed=["frame", "no frame"])
async def test_frame_has_code_and_globals():
    """The frame of a generator, if the generator exposes one, has the code and the globals of its function, and the
    built-in names.
    """
    import builtins

    async def agen():
        yield 1

    g = agen()
    frames = [getattr(g, "ag_frame", None)]
    await g.__anext__()
    frames = [frame for frame in [*frames, getattr(g, "ag_frame", None)] if frame is not None]
    if not frames:
        return "no frame"
    codes = [frame.f_code for frame in frames]
    globals_are_those = [frame.f_globals is agen.__globals__ for frame in frames]
    found = [frame.f_builtins["len"] for frame in frames]

    assert codes == [agen.__code__] * len(frames)
    assert globals_are_those == [True] * len(frames)
    assert found == [builtins.len] * len(frames)
    return "frame"


@behaviour("ATR-022", source=[REFERENCE.FRAME_OBJECTS, LIBRARY.INSPECT], since="3.14", allowed=["frame", "no frame"])
async def test_frame_knows_its_generator():
    """``f_generator`` of the frame of a generator, if the generator exposes one, is that generator, and of the frame of
    a plain function it is None.
    """
    import inspect

    async def agen():
        frames.append(getattr(g, "ag_frame", None))
        yield 1

    def function():
        return inspect.currentframe()

    g = agen()
    frames = [getattr(g, "ag_frame", None)]
    await g.__anext__()
    frames = [frame for frame in [*frames, getattr(g, "ag_frame", None)] if frame is not None]
    of_function = function()
    if not frames:
        return "no frame"
    owners = [frame.f_generator for frame in frames]

    assert [owner is g for owner in owners] == [True] * len(frames)
    assert of_function is None or of_function.f_generator is None
    return "frame"


@behaviour("ATR-023a", source=[REFERENCE.FRAME_OBJECTS], since="3.6", until="3.12", level="detail")
async def test_clearing_the_frame_closes():
    """``clear()`` of the frame of a suspended generator runs its finally clause and ends the generator."""
    log = []

    async def agen():
        try:
            yield 1
            yield 2
        finally:
            log.append("finally")

    g = agen()
    await g.__anext__()
    with hooks():
        g.ag_frame.clear()
    cleared = list(log)
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert cleared == ["finally"]
    assert log == ["finally"]


@behaviour("ATR-023b", source=[REFERENCE.FRAME_OBJECTS, WHATSNEW.V313], since="3.13", allowed=["refused", "no frame"])
async def test_clearing_the_frame_is_refused():
    """``clear()`` of the frame of a suspended generator, if the generator exposes one, raises RuntimeError, and the
    generator can still be resumed.
    """
    log = []

    async def agen():
        local = "kept"
        yield 1
        log.append(local)
        yield 2

    g = agen()
    await g.__anext__()
    frame = getattr(g, "ag_frame", None)
    if frame is None:
        return "no frame"
    with raises(RuntimeError):
        frame.clear()
    item = await g.__anext__()

    assert item == 2
    assert log == ["kept"]
    return "refused"


@behaviour("ATR-024", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_attributes_of_the_function_stay_there():
    """A generator object does not have the module, annotations, defaults, code or own attributes of its function."""
    names = ["__module__", "__annotations__", "__defaults__", "__code__", "__globals__", "__closure__", "own"]

    async def agen(argument: int = 1) -> str:
        yield names

    agen.own = True
    g = agen()
    of_function = [name for name in names if hasattr(agen, name)]
    of_object = [name for name in names if hasattr(g, name)]

    assert of_function == names
    assert of_object == []


@behaviour("ATR-025", source=[CPYTHON.GENOBJECT], since="3.6", needs=["docstrings"])
async def test_documentation_of_the_function_stays_there():
    """``__doc__`` of a generator object is that of its type, not the docstring of its function."""

    async def agen():
        """What it yields."""
        yield 1

    g = agen()

    assert agen.__doc__ == "What it yields."
    assert g.__doc__ == type(g).__doc__
    assert g.__doc__ != agen.__doc__


@behaviour("ATR-026", source=[LIBRARY.INSPECT, CPYTHON.GENOBJECT], since="3.6", level="detail")
async def test_attributes_of_generators_and_coroutines():
    """An asynchronous generator has attributes named ``ag_…``, and not those named ``gi_…`` of generators or ``cr_…``
    of coroutines.
    """

    async def agen():
        yield 1

    g = agen()
    names = ["frame", "running", "code", "await", "yieldfrom", "origin", "suspended"]
    foreign = [prefix + name for prefix in ["gi_", "cr_"] for name in names if hasattr(g, prefix + name)]
    own = [name for name in names[:4] if hasattr(g, "ag_" + name)]

    assert foreign == []
    assert own == ["frame", "running", "code", "await"]


@behaviour("ATR-027", source=[LIBRARY.GETSIZEOF], since="3.6", level="detail")
async def test_getsizeof():
    """In every state ``sys.getsizeof()`` is a positive number of bytes, not less than ``__sizeof__()``."""
    import sys

    async def agen():
        yield 1

    g = agen()
    sizes = [[sys.getsizeof(g), g.__sizeof__()]]
    await g.__anext__()
    sizes.append([sys.getsizeof(g), g.__sizeof__()])
    await g.aclose()
    sizes.append([sys.getsizeof(g), g.__sizeof__()])

    assert {type(size) for pair in sizes for size in pair} == {int}
    assert [total >= own > 0 for total, own in sizes] == [True, True, True]


@behaviour("ATR-028", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_frame_of_a_running_body():
    """While the body runs, ``ag_frame`` is the frame in which it runs, and the same one at each resumption."""
    import sys

    async def agen():
        seen.append(g.ag_frame is sys._getframe())
        frames.append(sys._getframe())
        yield 1
        seen.append(g.ag_frame is sys._getframe())
        frames.append(sys._getframe())

    seen, frames = [], []
    g = agen()
    items = await items_of(g)

    assert items == [1]
    assert seen == [True, True]
    assert frames[0] is frames[1]


@behaviour("ATR-029", source=[PEP525.AGEN_OBJECT, LIBRARY.INSPECT], since="3.6")
def test_awaits_the_outermost_of_several():
    """While the body awaits a coroutine that awaits another one, ``ag_await`` is neither None nor what the innermost
    coroutine awaits.
    """

    class Pause:
        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            return "paused"

    async def innermost():
        await pause

    async def middle():
        await innermost()

    async def agen():
        await middle()
        yield 1

    pause = Pause()
    g = agen()
    awaitable = awaiting(g.__anext__())
    reached = awaitable.send(None)
    awaited = g.ag_await
    with raises(KeyError):
        awaitable.throw(KeyError())
    finished = g.ag_await

    assert reached == "paused"
    assert awaited is not None
    assert awaited is not pause
    assert finished is None


@behaviour("ATR-030", source=[CPYTHON.GENOBJECT], since="3.8", needs=["subprocess"])
def test_audit_events_of_frame_and_code():
    """Reading ``ag_frame`` or ``ag_code`` raises an audit event with the object and the name; other attributes raise
    none.

    It runs in a process of its own, because an audit hook cannot be removed.
    """
    import subprocess
    import sys

    source = """
import sys
log = []
async def agen():
    yield 1
g = agen()
def hook(event, arguments):
    if event.startswith("object.") and arguments[0] is g:
        log.append(event + " " + arguments[1])
sys.addaudithook(hook)
g.ag_frame, g.ag_running, g.ag_await, g.ag_code, g.__name__, g.__qualname__
print(", ".join(log))
"""
    output = subprocess.check_output([sys.executable, "-S", "-c", source]).decode().strip()

    assert output == "object.__getattr__ ag_frame, object.__getattr__ ag_code"


@behaviour("ATR-031", source=[CPYTHON.GENOBJECT], since="3.8", needs=["subprocess"])
def test_veto_of_an_audit_hook():
    """If an audit hook raises on the event of ``ag_frame``, reading it raises that exception, and the generator still
    works.

    It runs in a process of its own, because an audit hook cannot be removed.
    """
    import subprocess
    import sys

    source = """
import sys
async def agen():
    yield "item"
g = agen()
def hook(event, arguments):
    if event == "object.__getattr__" and arguments[1] == "ag_frame":
        raise PermissionError("no frames")
sys.addaudithook(hook)
log = []
try:
    g.ag_frame
except PermissionError as error:
    log.append(str(error))
try:
    g.__anext__().send(None)
except StopIteration as stop:
    log.append(stop.value)
print(", ".join(log))
"""
    output = subprocess.check_output([sys.executable, "-S", "-c", source]).decode().strip()

    assert output == "no frames, item"


@behaviour("ATR-032", source=[LIBRARY.INSPECT], since="3.12", level="detail")
async def test_suspended_is_read_only():
    """``ag_suspended`` can be neither assigned nor deleted."""

    async def agen():
        yield 1

    g = agen()
    await g.__anext__()
    with raises(AttributeError):
        g.ag_suspended = False
    with raises(AttributeError):
        del g.ag_suspended
    kept = g.ag_suspended
    await tidy(g)

    assert kept is True


@behaviour("ATR-033", source=[LIBRARY.INSPECT, CPYTHON.GENOBJECT], since="3.6", level="detail")
@pytest.mark.parametrize(
    "ending",
    ["return", "exception", "aclose", "aclose-unstarted"],
    ids=["return", "exception", "aclose", "aclose-unstarted"],
)
async def test_no_frame_after_the_end(ending):
    """``ag_frame`` is None once the generator has returned, raised or been closed."""
    log = []

    async def agen():
        yield 1
        log.append("resumed")
        if ending == "exception":
            raise ValueError

    g = agen()
    if ending != "aclose-unstarted":
        await g.__anext__()
    if ending in ("aclose", "aclose-unstarted"):
        await g.aclose()
    else:
        with raises(ValueError if ending == "exception" else StopAsyncIteration):
            await g.__anext__()

    assert log == (["resumed"] if ending in ("return", "exception") else [])
    assert g.ag_frame is None


@behaviour("ATR-034", source=[LIBRARY.INSPECT, CPYTHON.GENOBJECT], since="3.12", level="detail")
def test_suspended_in_an_await():
    """``ag_suspended`` is true while the generator is suspended in an ``await``."""

    async def agen():
        await suspend()
        yield 1

    g = agen()
    awaitable = g.__anext__()
    awaitable.send(None)
    awaiting = g.ag_suspended
    with raises(StopIteration):
        awaitable.send(None)
    run(tidy(g))

    assert awaiting is True


@behaviour("ATR-035", source=[LIBRARY.INSPECT, CPYTHON.GENOBJECT], since="3.6", level="detail")
async def test_frame_before_the_start():
    """A generator that has not started has a frame, and it is the same frame after the start."""

    async def agen():
        yield 1

    g = agen()
    unstarted = g.ag_frame
    await g.__anext__()
    suspended = g.ag_frame
    await tidy(g)

    assert unstarted is not None
    assert suspended is unstarted


@behaviour("ATR-036", source=[LIBRARY.INSPECT, CPYTHON.GENOBJECT], since="3.6", level="detail")
def test_chain_of_coroutines():
    """While the body awaits a coroutine, ``ag_await`` is that coroutine itself, and its ``cr_await`` the next one."""

    class Pause:
        def __await__(self):
            return self

        def __iter__(self):
            return self

        def __next__(self):
            return "paused"

    async def innermost():
        await pause

    async def middle():
        await pending[0]

    async def agen():
        await pending[1]
        yield 1

    pause = Pause()
    pending = [innermost()]
    pending.append(middle())
    g = agen()
    awaitable = awaiting(g.__anext__())
    reached = awaitable.send(None)
    chain = [g.ag_await, g.ag_await.cr_await, g.ag_await.cr_await.cr_await]

    assert reached == "paused"
    assert [chain[0] is pending[1], chain[1] is pending[0], chain[2] is pause] == [True, True, True]
