"""The attributes of asynchronous generator objects."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import raises, run, suspend
from conformance.sources import LIBRARY, PEP525


@behaviour("ATR-001", source=[PEP525.AGEN_OBJECT, LIBRARY.INSPECT], since="3.6")
async def test_name_is_that_of_the_function():
    """``__name__`` of the object is the ``__name__`` that the function had when it was called."""

    async def agen():
        yield 1

    earlier = agen()
    agen.__name__ = "renamed"
    later = agen()
    names = [earlier.__name__, later.__name__]

    assert names == ["agen", "renamed"]


@behaviour("ATR-002", source=[PEP525.AGEN_OBJECT, LIBRARY.INSPECT], since="3.6")
async def test_qualname_is_that_of_the_function():
    """``__qualname__`` of the object is the ``__qualname__`` that the function had when it was called."""

    class Owner:
        async def agen(self):
            yield 1

    owner = Owner()
    original = Owner.agen.__qualname__
    earlier = owner.agen()
    Owner.agen.__qualname__ = "Renamed.agen"
    later = owner.agen()
    names = [earlier.__qualname__, later.__qualname__]

    assert original.endswith("Owner.agen")
    assert names == [original, "Renamed.agen"]


@behaviour("ATR-004", source=[PEP525.AGEN_OBJECT], since="3.6")
@pytest.mark.parametrize("attribute", ["__name__", "__qualname__"], ids=["name", "qualname"])
async def test_names_are_writable(attribute):
    """A string assigned to ``__name__`` or ``__qualname__`` of the object replaces that name, and no other."""

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
    await g.aclose()
    foreign = other().ag_code

    assert created is agen.__code__
    assert started is agen.__code__
    assert foreign is other.__code__
    assert foreign is not agen.__code__


@behaviour("ATR-010", source=[PEP525.AGEN_OBJECT, LIBRARY.INSPECT], since="3.6")
@pytest.mark.parametrize(
    "ending",
    ["return", "exception", "aclose", "aclose-unstarted"],
    ids=["return", "exception", "aclose", "aclose-unstarted"],
)
async def test_frame_until_the_end(ending):
    """``ag_frame`` is a frame object until the generator has returned, raised or been closed, and then None."""
    import types

    async def agen():
        frames.append(g.ag_frame)
        yield 1
        if ending == "exception":
            raise ValueError

    g = agen()
    frames = [g.ag_frame]
    if ending != "aclose-unstarted":
        await g.__anext__()
        frames.append(g.ag_frame)
    kinds = {type(frame) for frame in frames}
    if ending in ("aclose", "aclose-unstarted"):
        await g.aclose()
    else:
        with raises(ValueError if ending == "exception" else StopAsyncIteration):
            await g.__anext__()
    finished = g.ag_frame

    assert kinds == {types.FrameType}
    assert finished is None


@behaviour("ATR-012", source=[PEP525.AGEN_OBJECT, LIBRARY.INSPECT], since="3.6")
async def test_awaits_nothing():
    """``ag_await`` is None before the start, at each yield, even after an ``await``, and at the end."""

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
    """``ag_await`` of a generator suspended in an ``await`` is the very object awaited, and None again afterwards."""

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
    step = g.__anext__()
    step.send(None)
    first = g.ag_await
    step.send(None)
    second = g.ag_await
    with raises(StopIteration):
        step.send(None)
    resumed = g.ag_await
    run(g.aclose())

    assert first is pauses[0]
    assert second is pauses[1]
    assert resumed is None


@behaviour("ATR-016", source=[PEP525.AGEN_OBJECT], since="3.6")
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
def test_suspended():
    """``ag_suspended`` is True at a yield and in an ``await``, and False when unstarted, running or finished."""

    async def agen():
        seen.append(g.ag_suspended)
        await suspend()
        seen.append(g.ag_suspended)
        yield 1

    g = agen()
    seen = [g.ag_suspended]
    step = g.__anext__()
    step.send(None)
    awaiting = g.ag_suspended
    with raises(StopIteration):
        step.send(None)
    yielded = g.ag_suspended
    run(g.aclose())
    closed = g.ag_suspended

    assert seen == [False, False, False]
    assert awaiting is True
    assert yielded is True
    assert closed is False


@behaviour("ATR-018", source=[LIBRARY.INSPECT, LIBRARY.INSPECT_STATE], since="3.15")
async def test_state():
    """``ag_state`` names the state: ``AGEN_CREATED``, ``AGEN_RUNNING``, ``AGEN_SUSPENDED`` or ``AGEN_CLOSED``."""

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
