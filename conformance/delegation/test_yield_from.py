"""YFR: what ``yield from`` delegates in an asynchronous generator: items, sent values and the result.

A source with the syntax of Python 3.16 is the text ``source``, which the body compiles with ``define()``. The
subiterators, which need no new syntax, are functions and classes of the body, and become globals of the source.
"""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import define, items_of
from conformance.sources import PEP828


@behaviour("YFR-001", source=[PEP828.YIELD_FROM, PEP828.COMPILER], since="3.16", needs=["compile"])
async def test_every_item_is_yielded():
    """``yield from`` yields every item of an asynchronous generator, in order and as it is, and the body continues."""
    source = """
async def outer():
    yield "before"
    yield from inner()
    yield "after"
"""
    objects = [object(), None, [], StopIteration(1), StopAsyncIteration]

    async def inner():
        for each in objects:
            yield each

    items = await items_of(define(source, "outer", inner=inner)())

    assert len(items) == 7
    assert items[0] == "before"
    assert all(item is each for item, each in zip(items[1:], objects))
    assert items[6] == "after"


@behaviour("YFR-002", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_operand_is_evaluated_when_the_body_reaches_it():
    """The operand of ``yield from`` is evaluated, and its ``__aiter__()`` is called, once, when the body reaches it."""
    source = """
async def outer():
    log.append("body")
    yield "before"
    yield from operand()
    yield "after"
"""
    log = []

    async def inner():
        yield 1
        yield 2

    class Iterable:
        def __aiter__(self):
            log.append("aiter")
            return inner()

    def operand():
        log.append("operand")
        return Iterable()

    g = define(source, "outer", log=log, operand=operand)()
    logs = [list(log)]
    items = []
    async for item in g:
        items.append(item)
        logs.append(list(log))

    assert items == ["before", 1, 2, "after"]
    assert logs == [[], ["body"]] + [["body", "operand", "aiter"]] * 3


@behaviour("YFR-003", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_inner_body_runs_inside_of_the_operations():
    """The inner body runs only while an operation on the outer generator is awaited, and neither body runs ahead."""
    source = """
async def outer():
    log.append("outer begins")
    yield from inner()
    log.append("outer ends")
"""
    log = []

    async def inner():
        log.append("inner begins")
        yield 1
        log.append("inner continues")
        yield 2
        log.append("inner ends")

    g = define(source, "outer", log=log, inner=inner)()
    log.append("called")
    async for item in g:
        log.append(item)

    assert log == [
        "called",
        "outer begins",
        "inner begins",
        1,
        "inner continues",
        2,
        "inner ends",
        "outer ends",
    ]


@behaviour("YFR-004", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "kind",
    ["empty-generator", "empty-iterator", "exhausted-generator", "closed-generator"],
    ids=["empty-generator", "empty-iterator", "exhausted-generator", "closed-generator"],
)
async def test_empty_subiterator_yields_nothing(kind):
    """``yield from`` a subiterator that is at its end yields nothing, and the body continues in the same operation."""
    source = """
async def outer(subiterator):
    yield "before"
    log.append((yield from subiterator))
    yield "after"
"""
    log = []

    class Empty:
        def __aiter__(self):
            return self

        async def __anext__(self):
            raise StopAsyncIteration

    async def inner(count):
        for number in range(count):
            yield number

    subiterator = Empty() if kind == "empty-iterator" else inner(0 if kind == "empty-generator" else 1)
    if kind == "exhausted-generator":
        await items_of(subiterator)
    elif kind == "closed-generator":
        await subiterator.__anext__()
        await subiterator.aclose()
    items = await items_of(define(source, "outer", log=log)(subiterator))

    assert items == ["before", "after"]
    assert log == [None]


@behaviour("YFR-005", source=[PEP828.YIELD_FROM, PEP828.RETURN], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "kind",
    ["object", "None", "zero", "tuple", "exception", "exception-class", "stop"],
    ids=["object", "None", "zero", "tuple", "exception", "exception-class", "stop"],
)
async def test_result_is_what_the_inner_generator_returns(kind):
    """The value of ``yield from`` is the very object that the inner asynchronous generator returns, whatever it is."""
    source = """
async def inner(value):
    yield "item"
    return value


async def outer(value):
    log.append((yield from inner(value)))
    yield "last"
"""
    value = {
        "object": object(),
        "None": None,
        "zero": 0,
        "tuple": (1, 2),
        "exception": KeyError(1),
        "exception-class": KeyError,
        "stop": StopAsyncIteration(3),
    }[kind]
    log = []
    items = await items_of(define(source, "outer", log=log)(value))

    assert items == ["item", "last"]
    assert len(log) == 1
    assert log[0] is value


@behaviour("YFR-006", source=[PEP828.YIELD_FROM, PEP828.STOP], since="3.16", needs=["compile"])
async def test_result_of_an_inner_generator_without_a_value():
    """The value of ``yield from`` is None if the inner asynchronous generator ends by a bare ``return`` or at its last
    statement.
    """
    source = """
async def outer(*subiterators):
    for subiterator in subiterators:
        log.append((yield from subiterator))
"""
    log = []

    async def returns():
        yield 1
        return

    async def falls_off():
        yield 2

    items = await items_of(define(source, "outer", log=log)(returns(), falls_off()))

    assert items == [1, 2]
    assert log == [None, None]


@behaviour("YFR-007", source=[PEP828.YIELD_FROM, PEP828.STOP], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "kind",
    ["no-argument", "class", "one-argument", "a-tuple"],
    ids=["no-argument", "class", "one-argument", "a-tuple"],
)
async def test_result_is_the_value_of_the_stop(kind):
    """The value of ``yield from`` is the ``value`` of the StopAsyncIteration that a hand-written ``__anext__()``
    raises: its argument, or None.
    """
    source = """
async def outer(subiterator):
    log.append((yield from subiterator))
    yield "last"
"""
    log = []
    only = (1, 2)
    end, value = {
        "no-argument": (StopAsyncIteration(), None),
        "class": (StopAsyncIteration, None),
        "one-argument": (StopAsyncIteration(42), 42),
        "a-tuple": (StopAsyncIteration(only), only),
    }[kind]

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            raise end

    items = await items_of(define(source, "outer", log=log)(Subiterator()))

    assert items == ["last"]
    assert len(log) == 1
    assert log[0] is value
