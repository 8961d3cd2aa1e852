"""async for: which methods of a generator the loop calls, and which it does not."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import define, items_of, raises, suspend, tidy
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP479, PEP492, PEP525, PEPS, REFERENCE, TUTORIAL


@behaviour(
    "FOR-001",
    source=[REFERENCE.ASYNC_FOR, PEP525.ASYNCHRONOUS_GENERATORS, TUTORIAL.S11, REFERENCE.DATAMODEL_AGEN],
    since="3.6",
)
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


@behaviour("FOR-002", source=[REFERENCE.ASYNC_FOR, PEP492.ASYNC_FOR], since="3.6")
async def test_loop_calls_aiter_once_and_anext_for_each_item_and_the_end():
    """``async for`` calls ``__aiter__()`` once, then calls ``__anext__()`` of its result for each item and
    for the end.
    """
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
    """``async for`` looks up ``__aiter__`` and ``__anext__`` on the types and ignores instance attributes
    of that name.
    """
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


@behaviour("FOR-004", source=[REFERENCE.ASYNC_FOR], since="3.6")
async def test_iterable_is_evaluated_once():
    """The expression after ``in`` is evaluated once, before the first item, whatever is assigned to its names later."""
    log = []

    async def agen(name):
        for number in [1, 2]:
            log.append(name)
            yield number

    def choose():
        log.append("chosen")
        return generators[0]

    generators = [agen("first")]
    items = []
    async for item in choose():
        items.append(item)
        generators[0] = agen("second")

    assert items == [1, 2]
    assert log == ["chosen", "first", "first"]


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


@behaviour("FOR-006", source=[REFERENCE.ASYNC_FOR, REFERENCE.BREAK], since="3.6")
async def test_break_skips_else():
    """``break`` leaves the loop without running its ``else`` suite, which the same loop runs if nothing breaks it."""
    log = []

    async def agen():
        yield 1
        yield 2

    for stop in [1, 3]:
        async for item in agen():
            if item == stop:
                log.append("break")
                break
            log.append(item)
        else:
            log.append("else")
        log.append("after")

    assert log == ["break", "after", 1, 2, "else", "after"]


@behaviour("FOR-007", source=[REFERENCE.ASYNC_FOR, REFERENCE.AGEN_FUNCTION], since="3.6")
async def test_break_leaves_the_generator_suspended():
    """``break`` neither closes nor ends the generator: a second loop continues after the last item of the first."""
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


@behaviour("FOR-008", source=[REFERENCE.ASYNC_FOR, REFERENCE.CONTINUE], since="3.6")
async def test_continue():
    """``continue`` skips the rest of the suite for the current item only, and does not skip ``else``."""
    log = []

    async def agen():
        for number in [1, 2, 3]:
            yield number

    async for item in agen():
        if item == 2:
            continue
        log.append(item)
    else:
        log.append("else")

    assert log == [1, 3, "else"]


@behaviour("FOR-009", source=[REFERENCE.ASYNC_FOR, REFERENCE.RETURN], since="3.6")
async def test_return_from_the_loop():
    """``return`` in the loop returns from the coroutine, and leaves the generator suspended, so that it can
    be resumed.
    """
    log = []

    async def agen():
        try:
            yield 1
            yield 2
        finally:
            log.append("finally")

    async def consumer(g):
        async for item in g:
            return ["returned", item]
        return "exhausted"

    g = agen()
    result = await consumer(g)
    before = list(log)
    following = await g.__anext__()
    await tidy(g)

    assert result == ["returned", 1]
    assert before == []
    assert following == 2


@behaviour("FOR-010", source=[REFERENCE.ASYNC_FOR, REFERENCE.AGEN_FUNCTION], since="3.6")
async def test_exception_of_the_suite_does_not_reach_the_generator():
    """An exception raised in the suite propagates unchanged, and the generator stays suspended and does not see it."""
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


@behaviour("FOR-011", source=[REFERENCE.ASYNC_FOR, REFERENCE.AGEN_METHODS], since="3.6")
async def test_exception_of_the_body():
    """An exception that the body raises leaves the loop unchanged, without ``else``, and is not raised a
    second time.
    """
    log = []
    failure = KeyError("body")

    async def agen():
        yield 1
        raise failure

    g = agen()
    with raises(KeyError) as caught:
        async for item in g:
            log.append(item)
        else:
            log.append("else")
    async for item in g:
        log.append("again")

    assert caught.value is failure
    assert log == [1]


@behaviour("FOR-012", source=[REFERENCE.ASYNC_FOR], since="3.6")
async def test_exhausted_generator():
    """A loop over an exhausted generator does not run its suite, and runs ``else``."""
    log = []

    async def agen():
        log.append("body")
        yield 1

    g = agen()
    async for _ in g:
        log.append("first loop")
    async for _ in g:
        log.append("second loop")
    else:
        log.append("else")

    assert log == ["body", "first loop", "else"]


@behaviour("FOR-013", source=[REFERENCE.AGEN_ACLOSE, REFERENCE.ASYNC_FOR], since="3.6")
@pytest.mark.parametrize("started", [False, True], ids=["unstarted", "suspended"])
async def test_closed_generator_gives_no_item(started):
    """``async for`` over a generator that ``aclose()`` has closed runs ``else`` at once, and does not
    resume the body.
    """
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


@behaviour("FOR-014", source=[REFERENCE.ASYNC_FOR, REFERENCE.AGEN_ANEXT], since="3.6")
async def test_goes_on_where_the_generator_is():
    """A loop over a generator that has already produced items begins with the next one."""

    async def agen():
        for number in [1, 2, 3, 4]:
            yield number

    g = agen()
    first = await g.__anext__()
    second = await g.asend("sent")
    rest = []
    async for item in g:
        rest.append(item)

    assert [first, second] == [1, 2]
    assert rest == [3, 4]


@behaviour("FOR-015", source=[REFERENCE.ASYNC_FOR], since="3.6")
async def test_nested_loops():
    """An inner loop over a generator of its own runs to its end for each item of the outer loop."""
    log = []

    async def agen(items):
        for item in items:
            await suspend()
            yield item

    async for outer in agen("ab"):
        async for inner in agen([1, 2]):
            log.append([outer, inner])

    assert log == [["a", 1], ["a", 2], ["b", 1], ["b", 2]]


@behaviour("FOR-016", source=[REFERENCE.ASYNC_FOR], since="3.6")
async def test_nested_loops_over_one_generator():
    """An inner loop over the generator of the outer loop takes the remaining items, and then both loops end."""
    log = []

    async def agen():
        for number in [1, 2, 3]:
            yield number

    g = agen()
    async for outer in g:
        async for inner in g:
            log.append([outer, inner])
        else:
            log.append("inner ends")
    else:
        log.append("outer ends")

    assert log == [[1, 2], [1, 3], "inner ends", "outer ends"]


@behaviour("FOR-017", source=[REFERENCE.ASYNC_FOR, REFERENCE.ASSIGNMENT], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    "kind",
    ["attribute", "subscript", "tuple", "list", "starred"],
    ids=["attribute", "subscript", "tuple", "list", "starred"],
)
async def test_targets(kind):
    """The target can be anything that can be assigned to: attribute, subscription, sequence of targets,
    starred target.
    """

    class Namespace:
        pass

    async def agen():
        yield [1, 2]
        yield [3, 4]

    a, items, found = Namespace(), {}, []
    if kind == "attribute":
        async for a.attribute in agen():
            found.append(a.attribute)
    elif kind == "subscript":
        async for items["key"] in agen():
            found.append(items["key"])
    elif kind == "tuple":
        async for a.left, items[0] in agen():
            found.append([a.left, items[0]])
    elif kind == "list":
        async for [a.left, b] in agen():
            found.append([a.left, b])
    else:
        async for a.left, *rest in agen():
            found.append([a.left, rest])

    assert found == ([[1, [2]], [3, [4]]] if kind == "starred" else [[1, 2], [3, 4]])


@behaviour("FOR-018", source=[REFERENCE.ASYNC_FOR, REFERENCE.FOR], since="3.6")
async def test_target_after_the_loop():
    """After the loop the target keeps its last value, whether the loop or the suite assigned it, and is unbound if
    there was no item.
    """

    async def agen(count):
        for number in range(count):
            yield number

    async def last(count):
        async for item in agen(count):
            pass
        return item

    async def replaced():
        seen = []
        async for item in agen(3):
            seen.append(item)
            item = "replaced"
        return [seen, item]

    found = await last(3)
    replacing = await replaced()
    with raises(UnboundLocalError):
        await last(0)

    assert found == 2
    assert replacing == [[0, 1, 2], "replaced"]


@behaviour("FOR-019", source=[REFERENCE.ASYNC_FOR], since="3.6")
async def test_stop_async_iteration_of_the_suite_is_not_the_end():
    """A StopAsyncIteration raised in the suite does not end the iteration: it propagates out of the loop, without
    ``else``.
    """
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


@behaviour("FOR-020b", source=[ISSUE.BPO_33041, REFERENCE.ASYNC_FOR], since="3.6", level="detail")
async def test_assignment_that_raises():
    """A StopAsyncIteration raised by the assignment to the target propagates out of the loop, and is not taken as its
    end.
    """
    log = []
    failure = StopAsyncIteration()

    class Target:
        def __setitem__(self, key, value):
            raise failure

    async def agen():
        yield 1
        yield 2

    g = agen()
    with raises(StopAsyncIteration) as caught:
        async for Target()[0] in g:
            log.append("suite")
        else:
            log.append("else")
    following = await g.__anext__()

    assert caught.value is failure
    assert log == []
    assert following == 2


@behaviour("FOR-021b", source=[ISSUE.BPO_33041], since="3.6", needs=["compile"])
async def test_end_is_not_found_by_name():
    """A loop whose globals bind StopAsyncIteration to another object ends as usual."""

    async def agen():
        yield 1

    source = """
StopAsyncIteration = KeyError
async def loop(g):
    items = []
    async for item in g:
        items.append(item)
    else:
        items.append("else")
    return items
"""
    items = await define(source, "loop")(agen())

    assert items == [1, "else"]


@behaviour("FOR-022", source=[PEP492.ASYNC_FOR, REFERENCE.ASYNC_ITERATORS], since="3.6")
@pytest.mark.parametrize(
    "kind",
    ["list", "sync-iterator", "None", "anext-alone", "function"],
    ids=["list", "sync-iterator", "None", "anext-alone", "function"],
)
async def test_object_without_aiter_is_refused(kind):
    """``async for`` over a regular iterable raises TypeError, and over another object without ``__aiter__`` that or an
    AttributeError; it takes no item from the object.
    """
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
    refusals = [TypeError] if kind in ("list", "sync-iterator") else [TypeError, AttributeError]
    with raises(*refusals):
        async for item in objects[kind]:
            asked.append(item)
        else:
            asked.append("else")

    assert asked == []
    assert list(numbers) == [1, 2]


@behaviour("FOR-023", source=[REFERENCE.ASYNC_ITERATORS, PEP492.ASYNC_FOR], since="3.7")
@pytest.mark.parametrize("kind", ["None", "sync-iterator", "aiter-alone"], ids=["None", "sync-iterator", "aiter-alone"])
async def test_aiter_must_return_an_asynchronous_iterator(kind):
    """``async for`` raises TypeError, before any suite runs, if the object that ``__aiter__()`` returned has no
    ``__anext__``.
    """
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


@behaviour("FOR-025", source=[REFERENCE.ASYNC_ITERATORS, PEP492.ASYNC_FOR], since="3.6")
@pytest.mark.parametrize("kind", ["int", "None", "generator"], ids=["int", "None", "generator"])
async def test_anext_returns_no_awaitable(kind):
    """If ``__anext__()`` returns an object that is not awaitable, the loop raises TypeError before its suite runs."""
    log = []

    def generator():
        log.append("generator runs")
        yield 1

    class Iterator:
        def __aiter__(self):
            return self

        def __anext__(self):
            return {"int": 1, "None": None, "generator": generator()}[kind]

    with raises(TypeError):
        async for _ in Iterator():
            log.append("suite")
        else:
            log.append("else")

    assert log == []


@behaviour("FOR-026", source=[ISSUE.BPO_28893], since="3.6")
@pytest.mark.parametrize("awaited", ["raises", "no-iterator"], ids=["raises", "no-iterator"])
async def test_cause_of_a_bad_awaitable(awaited):
    """If ``__await__()`` of the object that ``__anext__()`` returned fails, the loop raises TypeError with that error
    as cause.
    """
    failure = KeyError("await")

    class Awaitable:
        def __await__(self):
            if awaited == "raises":
                raise failure
            return 1

    class Iterator:
        def __aiter__(self):
            return self

        def __anext__(self):
            return Awaitable()

    with raises(TypeError) as caught:
        async for _ in Iterator():
            pass
    cause = caught.value.__cause__

    assert type(cause) is (KeyError if awaited == "raises" else TypeError)
    assert awaited != "raises" or cause is failure


@behaviour("FOR-027", source=[REFERENCE.ASYNC_FOR, REFERENCE.AGEN_ANEXT], since="3.6")
async def test_items_taken_from_the_loop():
    """The loop does not get the items that its suite takes from the generator with ``__anext__()`` or ``asend()``."""
    log = []

    async def agen():
        for number in range(6):
            log.append([number, (yield number)])

    g = agen()
    items = []
    async for item in g:
        items.append(item)
        if item == 0:
            items.append(["taken", await g.__anext__()])
        if item == 2:
            items.append(["taken", await g.asend("sent")])

    assert items == [0, ["taken", 1], 2, ["taken", 3], 4, 5]
    assert log == [[0, None], [1, None], [2, "sent"], [3, None], [4, None], [5, None]]


@behaviour("FOR-028", source=[REFERENCE.AGEN_ANEXT, REFERENCE.ASYNC_FOR], since="3.6")
async def test_loop_resumes_with_none():
    """When ``async for`` resumes a generator, the yield expression evaluates to None, even after an earlier
    ``asend(value)``.
    """
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
    """A generator that yields each item of an ``async for`` loop passes them on one by one, then continues with its own
    body.
    """
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
    """Where a generator delegates with ``async for``, a sent value or thrown exception reaches only its own yield, not
    the inner generator.
    """
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


@behaviour("FOR-031", source=[REFERENCE.ASYNC_FOR, REFERENCE.TRY], since="3.6")
async def test_finally_runs_within_the_loop():
    """When the loop exhausts the generator, the generator's finally clauses, with their awaits, run before ``else``."""
    log = []

    async def agen():
        try:
            yield 1
            log.append("resumed")
        finally:
            log.append("finally begins")
            await suspend()
            log.append("finally ends")

    async for item in agen():
        log.append(item)
    else:
        log.append("else")
    log.append("after")

    assert log == [1, "resumed", "finally begins", "finally ends", "else", "after"]


@behaviour("FOR-032", source=[REFERENCE.ASYNC_FOR, REFERENCE.AGEN_FUNCTION, PEPS.PEP533], since="3.6")
@pytest.mark.parametrize(
    "way, expected",
    [
        ["end", ["__anext__", "__anext__", "__anext__", "after"]],
        ["return", ["__anext__"]],
        ["raise", ["__anext__", "ValueError"]],
    ],
    ids=["end", "return", "raise"],
)
async def test_loop_never_closes_its_iterator(way, expected):
    """If ``async for`` ends, or is left by ``return`` or an exception, it calls neither ``aclose()`` nor any other
    method of the iterator but ``__anext__()``.
    """
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


@behaviour("FOR-033", source=[REFERENCE.ASYNC_FOR, REFERENCE.TRY, REFERENCE.BREAK, REFERENCE.CONTINUE], since="3.6")
async def test_deep_nesting():
    """Nested loops with awaits, ``break``, ``continue`` and finally clauses run their suites in the order of the
    nesting.
    """
    log = []

    async def agen(name, count):
        for number in range(count):
            await suspend()
            yield [name, number]

    async for a in agen("a", 2):
        try:
            async for b in agen("b", 3):
                try:
                    if b[1] == 0:
                        continue
                    async for c in agen("c", 3):
                        await suspend()
                        if c[1] == 1:
                            break
                        log.append(a + b + c)
                    else:
                        log.append("never")
                    if b[1] == 1 and a[1] == 1:
                        break
                finally:
                    await suspend()
                    log.append(["finally"] + b)
        finally:
            log.append(["finally"] + a)

    assert log == [
        ["finally", "b", 0],
        ["a", 0, "b", 1, "c", 0],
        ["finally", "b", 1],
        ["a", 0, "b", 2, "c", 0],
        ["finally", "b", 2],
        ["finally", "a", 0],
        ["finally", "b", 0],
        ["a", 1, "b", 1, "c", 0],
        ["finally", "b", 1],
        ["finally", "a", 1],
    ]


@behaviour("FOR-034", source=[REFERENCE.ASYNC_FOR, REFERENCE.FOR], since="3.6")
async def test_iterable_of_both_kinds():
    """For an object with both ``__iter__()`` and ``__aiter__()``, ``for`` uses the first and ``async for``
    the second.
    """

    class Both:
        def __iter__(self):
            return iter(["synchronous"])

        async def __aiter__(self):
            yield "asynchronous"

    both = Both()
    synchronous = [item for item in both]
    asynchronous = []
    async for item in both:
        asynchronous.append(item)

    assert synchronous == ["synchronous"]
    assert asynchronous == ["asynchronous"]


@behaviour("FOR-035", source=[REFERENCE.ASYNC_FOR, REFERENCE.AWAIT], since="3.6")
async def test_iterable_is_awaited():
    """``async for x in await f()`` awaits ``f()`` once, before the loop, and iterates over its result."""
    log = []

    async def agen():
        yield 1
        yield 2

    async def connect():
        log.append("connecting")
        await suspend()
        log.append("connected")
        return agen()

    async for item in await connect():
        log.append(item)

    assert log == ["connecting", "connected", 1, 2]


@behaviour("FOR-036", source=[REFERENCE.ASYNC_FOR], since="3.6")
async def test_name_of_the_generator_is_rebound():
    """A loop continues with its generator even if its suite rebinds or deletes the name of that generator."""

    async def agen(name):
        yield name + " 1"
        yield name + " 2"

    g = agen("first")
    other = agen("second")
    items = []
    async for item in g:
        items.append(item)
        g = other
    deleted = []
    async for item in g:
        deleted.append(item)
        if len(deleted) == 1:
            del g

    assert items == ["first 1", "first 2"]
    assert deleted == ["second 1", "second 2"]


@behaviour("FOR-037", source=[REFERENCE.AGEN_ACLOSE, REFERENCE.ASYNC_FOR], since="3.6")
async def test_closed_by_the_suite():
    """If the suite awaits ``aclose()`` of the generator that the loop iterates, the loop ends after this item, with
    ``else``.
    """
    log = []

    async def agen():
        try:
            yield 1
            yield 2
        finally:
            log.append("finally")

    g = agen()
    async for item in g:
        log.append(item)
        await g.aclose()
        log.append("closed")
    else:
        log.append("else")

    assert log == [1, "finally", "closed", "else"]


@behaviour("FOR-038", source=[CPYTHON.CEVAL], since="3.6")
async def test_message_for_what_is_no_asynchronous_iterable():
    """The message of the TypeError for an object without ``__aiter__()`` names the missing method and the type of the
    object.
    """

    class Thing:
        pass

    with raises(TypeError) as caught:
        async for _ in Thing():
            pass
    message = str(caught.value)

    assert message == "'async for' requires an object with __aiter__ method, got Thing"


@behaviour("FOR-039b", source=[CPYTHON.CEVAL], since="3.6")
async def test_message_for_what_is_no_asynchronous_iterator():
    """The message of the TypeError for the object that ``__aiter__()`` returned says that it lacks ``__anext__()`` and
    names its type.
    """

    class Thing:
        def __aiter__(self):
            return 1

    with raises(TypeError) as caught:
        async for _ in Thing():
            pass
    message = str(caught.value)

    assert message == "'async for' received an object from __aiter__ that does not implement __anext__: int"


@behaviour("FOR-040", source=[CPYTHON.CEVAL], since="3.6")
async def test_message_for_what_is_not_awaitable():
    """The message of the TypeError for the object that ``__anext__()`` returned calls the object invalid and names its
    type.
    """

    class Thing:
        def __aiter__(self):
            return self

        def __anext__(self):
            return 1

    with raises(TypeError) as caught:
        async for _ in Thing():
            pass
    message = str(caught.value)

    assert message == "'async for' received an invalid object from __anext__: int"


@behaviour("FOR-041", source=[REFERENCE.TRACEBACK_OBJECTS, LIBRARY.TRACEBACK], since="3.6")
async def test_traceback_through_the_loop():
    """The traceback of an exception that the body raises into the loop contains the line of the loop and that of the
    body.
    """

    async def agen():
        yield 1
        raise KeyError

    async def consumer():
        async for _ in agen():
            pass

    with raises(KeyError) as caught:
        await consumer()
    lines = []
    traceback = caught.value.__traceback__
    while traceback is not None:
        lines.append(traceback.tb_lineno)
        traceback = traceback.tb_next
    between = [outer - inner for number, outer in enumerate(lines) for inner in lines[number + 1 :]]

    # The loop is three lines below the raise.
    assert 3 in between


@behaviour("FOR-042", source=[ISSUE.BPO_27243, REFERENCE.ASYNC_ITERATORS], since="3.6", until="3.6", needs=["warnings"])
async def test_awaitable_from_aiter_is_deprecated():
    """An ``__aiter__()`` that returns an awaitable is accepted: the loop awaits it once, with a DeprecationWarning."""
    import warnings

    class Iterable:
        async def __aiter__(self):
            log.append("awaited")
            return Iterator()

    class Iterator:
        left = [1, 2]

        def __aiter__(self):
            return self

        async def __anext__(self):
            if not self.left:
                raise StopAsyncIteration
            return self.left.pop(0)

    log = []
    items = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        async for item in Iterable():
            items.append(item)
    categories = [warning.category for warning in caught]

    assert items == [1, 2]
    assert log == ["awaited"]
    assert DeprecationWarning in categories


@behaviour("FOR-043", source=[PEP492.COROUTINE_OBJECTS, REFERENCE.COROUTINE_OBJECTS, PEP479.PROPOSAL], since="3.6")
async def test_stop_iteration_of_anext():
    """A StopIteration raised by an ``__anext__()`` coroutine does not end the loop: it leaves the loop as
    RuntimeError.
    """
    log = []
    failure = StopIteration("early")

    class Iterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            raise failure

    with raises(RuntimeError) as caught:
        async for _ in Iterator():
            log.append("suite")
        else:
            log.append("else")

    assert caught.value.__cause__ is failure
    assert log == []


@behaviour("FOR-044", source=[REFERENCE.ASYNC_FOR, REFERENCE.ASYNC_ITERATORS], since="3.6")
async def test_anext_raises_at_the_call():
    """A StopAsyncIteration that the call of ``__anext__()`` raises, before it returns an awaitable, ends the loop."""
    log = []

    class Iterator:
        def __aiter__(self):
            return self

        def __anext__(self):
            log.append("called")
            raise StopAsyncIteration

    async for _ in Iterator():
        log.append("suite")
    else:
        log.append("else")

    assert log == ["called", "else"]


@behaviour("FOR-045", source=[REFERENCE.ASYNC_FOR, REFERENCE.TRY], since="3.6")
async def test_subclass_of_stop_async_iteration():
    """An exception of a class derived from StopAsyncIteration ends the loop when ``__anext__()`` raises it."""
    log = []

    class End(StopAsyncIteration):
        pass

    class Iterator:
        left = [1]

        def __aiter__(self):
            return self

        async def __anext__(self):
            if not self.left:
                raise End
            return self.left.pop()

    async for item in Iterator():
        log.append(item)
    else:
        log.append("else")

    assert log == [1, "else"]


@behaviour("FOR-046", source=[REFERENCE.ASYNC_FOR], since="3.6")
@pytest.mark.parametrize("where", ["expression", "aiter"], ids=["expression", "aiter"])
async def test_iterable_fails(where):
    """An exception raised by the iterable expression or by ``__aiter__()`` leaves the loop before anything
    is iterated.
    """
    log = []
    failure = StopAsyncIteration("no end of the loop")

    class Iterable:
        def __aiter__(self):
            log.append("aiter")
            raise failure

    def make():
        log.append("expression")
        if where == "expression":
            raise failure
        return Iterable()

    with raises(StopAsyncIteration) as caught:
        async for _ in make():
            log.append("suite")
        else:
            log.append("else")

    assert caught.value is failure
    assert log == (["expression"] if where == "expression" else ["expression", "aiter"])


@behaviour("FOR-047", source=[REFERENCE.ASYNC_FOR, REFERENCE.AGEN_FUNCTION], since="3.6")
async def test_no_item_ends_the_loop():
    """No yielded item ends the loop: not None, not a false or empty object, not an exception or a class of
    exceptions.
    """
    wanted = [None, False, 0, "", [], StopAsyncIteration, StopAsyncIteration(), StopIteration(1), GeneratorExit]

    async def agen():
        for item in wanted:
            yield item

    seen = []
    async for item in agen():
        seen.append(item)
    same = [one is other for one, other in zip(seen, wanted)]

    assert len(seen) == len(wanted)
    assert all(same)


@behaviour("FOR-048", source=[REFERENCE.ASYNC_FOR, REFERENCE.BREAK, PEPS.PEP533], since="3.6")
async def test_break_does_not_close_the_iterator():
    """``break`` in ``async for`` calls neither ``aclose()`` nor any other method of the iterator."""
    calls = []

    class Iterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            calls.append("__anext__")
            if len(calls) >= 3:
                raise StopAsyncIteration
            return "item"

        def __getattr__(self, name):
            calls.append(name)
            raise AttributeError(name)

        async def aclose(self):
            calls.append("aclose")

    async for _ in Iterator():
        break
    calls.append("after")

    assert calls == ["__anext__", "after"]
