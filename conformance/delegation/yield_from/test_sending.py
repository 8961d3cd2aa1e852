"""YFR: the values that ``asend()`` sends to the subiterator, and the state that generators share with it."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import define, items_of, raises, tidy
from conformance.sources import PEP828, REFERENCE


@behaviour("YFR-023", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_sent_value_reaches_the_inner_generator():
    """``asend(value)`` makes the pending yield of the inner asynchronous generator evaluate to that very object, and
    returns the item that follows.
    """
    source = """
async def outer():
    yield from inner()
"""

    async def inner():
        received = yield "ready"
        while True:
            received = yield ["echo", received]

    sent = [object(), (1, 2)]
    g = define(source, "outer", inner=inner)()
    first = await g.__anext__()
    answers = [await g.asend(each) for each in sent]
    await tidy(g)

    assert first == "ready"
    assert [answer[0] for answer in answers] == ["echo", "echo"]
    assert answers[0][1] is sent[0]
    assert answers[1][1] is sent[1]


@behaviour("YFR-024", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_sent_value_is_the_only_argument_of_asend():
    """``asend(value)`` calls ``asend()`` of a hand-written subiterator with that very object alone, and its result,
    when awaited, is the item.
    """
    source = """
async def outer():
    yield from Subiterator()
"""
    log = []
    item = object()

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            log.append("anext")
            return "first"

        async def asend(self, *arguments, **named):
            log.append([arguments, named])
            return item

    sent = [object(), (1, 2)]
    g = define(source, "outer", Subiterator=Subiterator)()
    first = await g.__anext__()
    answers = [await g.asend(each) for each in sent]
    await tidy(g)

    assert first == "first"
    assert log == ["anext", [(sent[0],), {}], [((1, 2),), {}]]
    assert log[1][0][0] is sent[0]
    assert log[2][0][0] is sent[1]
    assert answers[0] is item
    assert answers[1] is item


@behaviour("YFR-025", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_none_is_never_sent():
    """``__anext__()`` and ``asend(None)`` of the outer generator call ``__anext__()`` of the subiterator, and never its
    ``asend()``.
    """
    source = """
async def outer():
    yield from Subiterator()
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            log.append("anext")
            return len(log)

        async def asend(self, value):
            log.append(["asend", value])
            return len(log)

    g = define(source, "outer", Subiterator=Subiterator)()
    items = [await g.asend(None), await g.__anext__(), await g.asend(None), await g.asend(1), await g.asend(None)]
    async for item in g:
        items.append(item)
        break
    await tidy(g)

    assert items == [1, 2, 3, 4, 5, 6]
    assert log == ["anext", "anext", "anext", ["asend", 1], "anext", "anext"]


@behaviour("YFR-026", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "value", [0, False, "", [], {}], ids=["zero", "False", "empty-text", "empty-list", "empty-dictionary"]
)
async def test_false_values_are_sent(value):
    """``asend()`` of a value that is false but not None sends it to the subiterator."""
    source = """
async def outer():
    yield from Subiterator()
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            log.append("anext")
            return "first"

        async def asend(self, value):
            log.append(value)
            return "sent"

    g = define(source, "outer", Subiterator=Subiterator)()
    items = [await g.__anext__(), await g.asend(value)]
    await tidy(g)

    assert items == ["first", "sent"]
    assert len(log) == 2
    assert log[1] is value


@behaviour("YFR-027", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_value_that_equals_none_is_sent():
    """A sent value is compared with None by identity: an object that equals None is sent to the subiterator."""
    source = """
async def outer():
    yield from inner()
"""

    class Equal:
        def __eq__(self, other):
            return True

    async def inner():
        received = yield "first"
        yield [received]

    value = Equal()
    g = define(source, "outer", inner=inner)()
    first = await g.__anext__()
    (received,) = await g.asend(value)
    await tidy(g)

    assert first == "first"
    assert received is value


@behaviour("YFR-028", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("extra", ["nothing", "aclose", "athrow"], ids=["nothing", "aclose", "athrow"])
async def test_value_for_a_subiterator_without_asend(extra):
    """``asend(value)`` while the subiterator has no ``asend`` raises AttributeError at the ``yield from``, and the
    subiterator is neither asked nor closed.
    """
    source = """
async def outer(subiterator):
    try:
        yield from subiterator
    except AttributeError:
        log.append("caught")
    yield "after"
"""
    log = []

    class Subiterator:
        def __init__(self):
            self.left = [3, 2, 1]

        def __aiter__(self):
            return self

        async def __anext__(self):
            if not self.left:
                raise StopAsyncIteration
            return self.left.pop()

    class WithClose(Subiterator):
        async def aclose(self):
            log.append("aclose")

    class WithThrow(Subiterator):
        async def athrow(self, error):
            log.append("athrow")

    subiterator = {"nothing": Subiterator, "aclose": WithClose, "athrow": WithThrow}[extra]()
    g = define(source, "outer", log=log)(subiterator)
    items = [await g.__anext__(), await g.asend("value")]
    seen = list(log)
    await tidy(g)
    rest = await items_of(subiterator)

    assert items == [1, "after"]
    assert seen == ["caught"]
    assert rest == [2, 3]


@behaviour("YFR-029", source=[PEP828.YIELD_FROM, REFERENCE.AGEN_METHODS], since="3.16", needs=["compile"])
async def test_missing_asend_finishes_the_outer_generator():
    """If the body does not catch the AttributeError of a missing ``asend``, it comes out of ``asend()``, and the outer
    generator is finished.
    """
    source = """
async def outer():
    try:
        yield from Subiterator()
    finally:
        log.append("finally")
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            log.append("anext")
            return 1

    g = define(source, "outer", Subiterator=Subiterator, log=log)()
    first = await g.__anext__()
    with raises(AttributeError):
        await g.asend("value")
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert first == 1
    assert log == ["anext", "finally"]


@behaviour("YFR-030", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_asend_is_an_ordinary_attribute():
    """``asend`` of the subiterator is looked up each time that a value is sent, as an ordinary attribute: on the
    instance too.
    """
    source = """
async def outer(subiterator):
    yield from subiterator
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        async def asend(self, value):
            log.append("method of the class")

        def __getattribute__(self, name):
            if name == "asend":
                log.append("look-up")
            return object.__getattribute__(self, name)

    async def first(value):
        return ["first", value]

    async def second(value):
        return ["second", value]

    subiterator = Subiterator()
    subiterator.asend = first
    g = define(source, "outer")(subiterator)
    items = [await g.__anext__(), await g.asend(1)]
    subiterator.asend = second
    items.append(await g.asend(2))
    seen = list(log)
    await tidy(g)

    assert items == ["first", ["first", 1], ["second", 2]]
    assert seen == ["look-up", "look-up"]


@behaviour("YFR-031", source=[PEP828.YIELD_FROM, REFERENCE.AWAIT], since="3.16", needs=["compile"])
async def test_asend_that_returns_no_awaitable():
    """If ``asend()`` of the subiterator returns an object that is not awaitable, TypeError comes out at the
    ``yield from``.
    """
    source = """
async def outer():
    try:
        yield from Subiterator()
    except TypeError:
        yield "caught"
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        def asend(self, value):
            log.append(value)
            return value

    g = define(source, "outer", Subiterator=Subiterator)()
    items = [await g.__anext__(), await g.asend("value")]
    await tidy(g)

    assert items == ["first", "caught"]
    assert log == ["value"]


@behaviour("YFR-032", source=[PEP828.YIELD_FROM, PEP828.STOP], since="3.16", needs=["compile"])
@pytest.mark.parametrize("when", ["at-the-call", "when-awaited"], ids=["at-the-call", "when-awaited"])
async def test_stop_of_asend(when):
    """A StopAsyncIteration of ``asend()`` of the subiterator, at the call or when it is awaited, ends the delegation
    with its value.
    """
    source = """
async def outer():
    log.append((yield from Subiterator()))
    yield "after"
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        def asend(self, value):
            if when == "at-the-call":
                raise StopAsyncIteration(["result", value])
            return self.end(value)

        async def end(self, value):
            raise StopAsyncIteration(["result", value])

    g = define(source, "outer", Subiterator=Subiterator, log=log)()
    items = [await g.__anext__(), await g.asend("value")]
    await tidy(g)

    assert items == ["first", "after"]
    assert log == [["result", "value"]]


@behaviour("YFR-033", source=[REFERENCE.AGEN_ASEND, PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_value_before_the_start():
    """``asend(value)`` before the outer generator has started raises TypeError, neither body runs, and both can be
    started afterwards.
    """
    source = """
async def outer():
    log.append("outer")
    yield from inner()
"""
    log = []

    async def inner():
        log.append("inner")
        yield 1

    g = define(source, "outer", inner=inner, log=log)()
    with raises(TypeError):
        await g.asend("value")
    before = list(log)
    item = await g.__anext__()
    await tidy(g)

    assert before == []
    assert item == 1
    assert log == ["outer", "inner"]


@behaviour("YFR-034", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_value_that_ends_the_inner_generator():
    """A sent value that makes the inner generator end is not passed on: the next yield of the outer body evaluates to
    what the next operation sends.
    """
    source = """
async def outer():
    yield from inner()
    log.append(["outer", (yield "second")])
    log.append(["outer", (yield "third")])
"""
    log = []

    async def inner():
        log.append(["inner", (yield "first")])

    g = define(source, "outer", inner=inner, log=log)()
    items = [await g.__anext__(), await g.asend("a"), await g.asend("b")]
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert items == ["first", "second", "third"]
    assert log == [["inner", "a"], ["outer", "b"], ["outer", None]]


@behaviour("YFR-035", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_subiterator_that_has_begun():
    """``yield from`` a generator that was begun elsewhere continues where it stands, and resumes it with None."""
    source = """
async def outer(subiterator):
    log.append((yield "before"))
    yield from subiterator
"""
    log = []

    async def inner():
        for number in range(4):
            log.append((yield number))

    subiterator = inner()
    begun = [await subiterator.__anext__(), await subiterator.asend("directly")]
    g = define(source, "outer", log=log)(subiterator)
    items = [await g.__anext__(), await g.asend("to the outer body"), await g.asend("through")]
    await tidy(g)

    assert begun == [0, 1]
    assert items == ["before", 2, 3]
    assert log == ["directly", "to the outer body", None, "through"]


@behaviour("YFR-036", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_subiterator_can_be_advanced_directly():
    """While the outer generator is suspended in a delegation, the inner one can be advanced directly, and the
    delegation continues from there.
    """
    source = """
async def outer(subiterator):
    yield from subiterator
"""
    log = []

    async def inner():
        for number in range(4):
            log.append((yield number))

    subiterator = inner()
    g = define(source, "outer")(subiterator)
    items = [await g.__anext__(), await subiterator.asend("directly"), await g.asend("through")]
    items.append(await subiterator.__anext__())
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert items == [0, 1, 2, 3]
    assert log == ["directly", "through", None, None]


@behaviour("YFR-037", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_two_generators_share_a_subiterator():
    """Two generators can delegate to one subiterator in turn: each item goes to the one that asks, and the one that
    asks after the end gets the result None.
    """
    source = """
async def inner():
    yield 1
    yield 2
    yield 3
    return "value"


async def outer(name, subiterator):
    yield [name, "result", (yield from subiterator)]
"""
    inner = define(source, "inner")
    outer = define(source, "outer")
    subiterator = inner()
    a, b = outer("a", subiterator), outer("b", subiterator)
    items = [await a.__anext__(), await b.__anext__(), await a.__anext__()]
    ends = [await b.__anext__(), await a.__anext__()]
    await tidy(a, b)

    assert items == [1, 2, 3]
    assert ends == [["b", "result", "value"], ["a", "result", None]]


@behaviour("YFR-065", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("way", ["property", "getattr"], ids=["property", "getattr"])
async def test_exception_of_the_look_up_of_asend(way):
    """An exception that the look-up of ``asend`` raises comes out at the ``yield from``."""
    source = """
async def outer(subiterator):
    try:
        yield from subiterator
    except KeyError as error:
        log.append(error)
    yield "after"
"""
    log = []
    raised = KeyError("key")

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

    class WithProperty(Subiterator):
        @property
        def asend(self):
            raise raised

    class WithGetattr(Subiterator):
        def __getattr__(self, name):
            if name == "asend":
                raise raised
            raise AttributeError(name)

    g = define(source, "outer", log=log)(WithProperty() if way == "property" else WithGetattr())
    items = [await g.__anext__(), await g.asend("value")]
    await tidy(g)

    assert items == ["first", "after"]
    assert len(log) == 1
    assert log[0] is raised
