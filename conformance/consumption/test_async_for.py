"""async for: what the loop asks of a generator, and what it leaves alone."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import items_of, raises, suspend
from conformance.sources import ISSUE, PEP492, PEP525, PEPS, REFERENCE, TUTORIAL


@behaviour("FOR-001", source=[REFERENCE.ASYNC_FOR, PEP525.ASYNCHRONOUS_GENERATORS, TUTORIAL.S11], since="3.6")
async def test_loop_binds_each_item_in_order():
    """``async for`` runs its suite once for each yielded value, in turn with the body, until the body has ended."""
    log = []

    async def agen():
        for number in (1, 2):
            await suspend()
            log.append(["yields", number])
            yield number
        await suspend()
        log.append("ends")

    async for item in agen():
        log.append(["gets", item])
    log.append("after the loop")

    assert log == [["yields", 1], ["gets", 1], ["yields", 2], ["gets", 2], "ends", "after the loop"]
    assert item == 2


@behaviour("FOR-002", source=[REFERENCE.ASYNC_FOR, PEP492.ASYNC_FOR], since="3.6")
async def test_loop_calls_aiter_once_and_anext_for_each_item_and_the_end():
    """``async for`` calls ``__aiter__()`` once, then ``__anext__()`` of what it got once an item and once more."""
    log = []

    class Iterator:
        left = ["a", "b"]

        def __aiter__(self):
            log.append("aiter of the iterator")
            return self

        async def __anext__(self):
            log.append("anext")
            if not self.left:
                raise StopAsyncIteration
            return self.left.pop(0)

    class Iterable:
        def __aiter__(self):
            log.append("aiter")
            return Iterator()

    async for item in Iterable():
        log.append(item)

    assert log == ["aiter", "anext", "a", "anext", "b", "anext"]


@behaviour("FOR-003", source=[REFERENCE.ASYNC_FOR, REFERENCE.SPECIAL_LOOKUP], since="3.6")
async def test_instance_attributes_are_ignored():
    """``async for`` finds ``__aiter__`` and ``__anext__`` on the types, past what the instances have of that name."""
    asked = []

    class Iterator:
        left = ["of the type"]

        def __aiter__(self):
            return self

        async def __anext__(self):
            if not self.left:
                raise StopAsyncIteration
            return self.left.pop()

    class Empty:
        pass

    shadowed = Iterator()
    shadowed.__aiter__ = shadowed.__anext__ = lambda: asked.append("shadowed")
    items = await items_of(shadowed)
    bare = Empty()
    bare.__aiter__ = lambda: asked.append("bare")
    with raises(TypeError):
        await items_of(bare)

    assert items == ["of the type"]
    assert asked == []


@behaviour("FOR-005", source=[REFERENCE.ASYNC_FOR, REFERENCE.FOR], since="3.6")
@pytest.mark.parametrize("length", [0, 2], ids=["no-item", "two-items"])
async def test_exhaustion_runs_else_once(length):
    """When the generator is exhausted, the ``else`` suite of ``async for`` runs once, after the body has ended."""
    log = []

    async def agen():
        for number in range(length):
            yield number
        log.append("generator ends")

    async for item in agen():
        log.append(item)
    else:
        log.append("else")
    log.append("after the loop")

    assert log == [*range(length), "generator ends", "else", "after the loop"]


@behaviour("FOR-007", source=[REFERENCE.ASYNC_FOR, REFERENCE.AGEN_FUNCTION], since="3.6")
async def test_break_leaves_the_generator_suspended():
    """``break`` neither closes nor ends the generator: a second loop goes on behind the item of the first."""
    log = []

    async def agen():
        try:
            for number in (1, 2, 3):
                yield number
        except GeneratorExit:
            log.append("closed")
            raise
        finally:
            log.append("finally")

    g = agen()
    async for item in g:
        log.append(item)
        break
    await suspend()
    seen_after_break = list(log)
    rest = await items_of(g)

    assert seen_after_break == [1]
    assert rest == [2, 3]
    assert log == [1, "finally"]


@behaviour("FOR-010", source=[REFERENCE.ASYNC_FOR, REFERENCE.AGEN_FUNCTION], since="3.6")
async def test_exception_of_the_suite_does_not_reach_the_generator():
    """An exception raised in the suite leaves the loop as it is, and the generator stays suspended and unaware."""
    log = []
    error = ValueError("from the suite")

    async def agen():
        try:
            yield 1
            log.append("resumed")
            yield 2
        except BaseException as seen:
            log.append(type(seen).__name__)
            raise

    g = agen()
    with raises(ValueError) as caught:
        async for item in g:
            log.append(item)
            raise error
        else:
            log.append("else")
    seen_before_resuming = list(log)
    following = await g.__anext__()

    assert caught.value is error
    assert seen_before_resuming == [1]
    assert following == 2
    assert log == [1, "resumed"]


@behaviour("FOR-013", source=[REFERENCE.AGEN_ACLOSE, REFERENCE.ASYNC_FOR], since="3.6")
@pytest.mark.parametrize("started", [False, True], ids=["unstarted", "suspended"])
async def test_closed_generator_gives_no_item(started):
    """``async for`` over a generator that was closed by ``aclose()`` runs ``else`` at once, and no body."""
    log = []

    async def agen():
        log.append("entered")
        yield 1
        log.append("resumed")
        yield 2

    g = agen()
    if started:
        await g.__anext__()
    await g.aclose()
    async for item in g:
        log.append(item)
    else:
        log.append("else")

    assert log == (["entered", "else"] if started else ["else"])


@behaviour("FOR-019", source=[REFERENCE.ASYNC_FOR], since="3.6")
async def test_stop_async_iteration_of_the_suite_is_not_the_end():
    """A StopAsyncIteration raised in the suite is no end of the iteration: it leaves the loop, without ``else``."""
    log = []
    stop = StopAsyncIteration("from the suite")

    async def agen():
        yield 1
        yield 2

    g = agen()
    with raises(StopAsyncIteration) as caught:
        async for item in g:
            log.append(item)
            raise stop
        else:
            log.append("else")
    following = await g.__anext__()

    assert caught.value is stop
    assert log == [1]
    assert following == 2


@behaviour("FOR-022", source=[PEP492.ASYNC_FOR, REFERENCE.ASYNC_ITERATORS], since="3.6")
@pytest.mark.parametrize(
    "kind",
    ["list", "sync-iterator", "None", "anext-alone", "function"],
    ids=["list", "sync-iterator", "None", "anext-alone", "function"],
)
async def test_object_without_aiter_is_refused(kind):
    """``async for`` over an object whose type has no ``__aiter__`` raises TypeError and takes nothing out of it."""
    asked = []
    numbers = iter([1, 2])

    class AnextAlone:
        async def __anext__(self):
            asked.append("__anext__")
            raise StopAsyncIteration

    async def agen():
        asked.append("body")
        yield 1

    objects = {"list": [1], "sync-iterator": numbers, "None": None, "anext-alone": AnextAlone(), "function": agen}
    with raises(TypeError):
        async for item in objects[kind]:
            asked.append(item)
        else:
            asked.append("else")

    assert asked == []
    assert list(numbers) == [1, 2]


@behaviour("FOR-023", source=[REFERENCE.ASYNC_ITERATORS, PEP492.ASYNC_FOR], since="3.6")
@pytest.mark.parametrize("kind", ["None", "sync-iterator", "aiter-alone"], ids=["None", "sync-iterator", "aiter-alone"])
async def test_aiter_must_return_an_asynchronous_iterator(kind):
    """``async for`` raises TypeError when what ``__aiter__()`` returned has no ``__anext__``, before any suite runs."""
    log = []
    numbers = iter([1, 2])

    class AiterAlone:
        def __aiter__(self):
            log.append("asked")
            return {"None": None, "sync-iterator": numbers, "aiter-alone": self}[kind]

    with raises(TypeError):
        async for item in AiterAlone():
            log.append(item)
        else:
            log.append("else")

    assert log == ["asked"]
    assert list(numbers) == [1, 2]


@behaviour("FOR-024", source=[REFERENCE.ASYNC_ITERATORS, ISSUE.BPO_31709], since="3.7")
@pytest.mark.parametrize("kind", ["coroutine", "object"], ids=["coroutine", "object"])
async def test_awaitable_from_aiter_is_not_awaited(kind):
    """An awaitable returned by ``__aiter__()`` makes ``async for`` raise TypeError, and is not awaited first."""
    log = []

    async def agen():
        yield 1

    async def later():
        log.append("awaited")
        return agen()

    class Awaitable:
        def __await__(self):
            log.append("awaited")
            return agen()
            yield

    coroutine = later()

    class Iterable:
        def __aiter__(self):
            log.append("asked")
            return {"coroutine": coroutine, "object": Awaitable()}[kind]

    with raises(TypeError):
        async for item in Iterable():
            log.append(item)
    coroutine.close()

    assert log == ["asked"]


@behaviour("FOR-028", source=[REFERENCE.AGEN_ANEXT, REFERENCE.ASYNC_FOR], since="3.6")
async def test_loop_resumes_with_none():
    """In a generator that ``async for`` resumes, each yield expression evaluates to None, whatever came before."""
    received = []

    async def agen():
        received.append((yield "a"))
        received.append((yield "b"))
        received.append((yield "c"))

    g = agen()
    await g.__anext__()
    await g.asend("sent")
    items = await items_of(g)

    assert items == ["c"]
    assert received == ["sent", None, None]


@behaviour("FOR-029", source=[PEP525.YIELD_FROM, REFERENCE.ASYNC_FOR, TUTORIAL.S18], since="3.6")
async def test_loop_in_a_generator_delegates():
    """A generator that yields the items of an ``async for`` hands them on one by one, then goes on by itself."""
    log = []

    async def inner():
        for number in (1, 2):
            await suspend()
            log.append(["inner yields", number])
            yield number

    async def outer():
        yield "before"
        async for item in inner():
            yield item
        yield "after"

    async for item in outer():
        log.append(item)

    assert log == ["before", ["inner yields", 1], 1, ["inner yields", 2], 2, "after"]


@behaviour("FOR-030", source=[REFERENCE.ASYNC_FOR, PEP525.YIELD_FROM, TUTORIAL.S18], since="3.6")
async def test_delegating_loop_forwards_nothing():
    """Where a generator delegates with ``async for``, what is sent or thrown stops at its own yield."""
    log = []
    error = ValueError("thrown")

    async def inner():
        try:
            log.append(["inner received", (yield 1)])
            log.append(["inner received", (yield 2)])
            yield 3
        except BaseException as seen:
            log.append(["inner saw", type(seen).__name__])
            raise

    source = inner()

    async def outer():
        async for item in source:
            log.append(["outer received", (yield item)])

    g = outer()
    await g.asend(None)
    answer = await g.asend("sent")
    with raises(ValueError) as caught:
        await g.athrow(error)
    rest = await items_of(source)

    assert answer == 2
    assert caught.value is error
    assert rest == [3]
    assert log == [["outer received", "sent"], ["inner received", None], ["inner received", None]]


@behaviour("FOR-032", source=[REFERENCE.ASYNC_FOR, REFERENCE.AGEN_FUNCTION, PEPS.PEP533], since="3.6")
@pytest.mark.parametrize(
    "way, expected",
    [
        ["end", ["__anext__", "__anext__", "__anext__", "after"]],
        ["break", ["__anext__", "after"]],
        ["return", ["__anext__"]],
        ["raise", ["__anext__", "ValueError"]],
    ],
    ids=["end", "break", "return", "raise"],
)
async def test_loop_never_closes_its_iterator(way, expected):
    """However ``async for`` is left, it does not call ``aclose()`` or anything else but ``__anext__()``."""
    calls = []

    class Iterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            calls.append("__anext__")
            if len(calls) >= 3:
                raise StopAsyncIteration
            return way

        def __getattr__(self, name):
            calls.append(name)
            raise AttributeError(name)

        async def aclose(self):
            calls.append("aclose")

    async def loop(iterator):
        async for item in iterator:
            if item == "break":
                break
            if item == "return":
                return
            if item == "raise":
                raise ValueError(item)
        calls.append("after")

    iterator = Iterator()
    try:
        await loop(iterator)
    except ValueError:
        calls.append("ValueError")

    assert calls == expected
