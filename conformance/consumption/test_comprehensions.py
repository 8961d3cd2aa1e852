"""Asynchronous comprehensions and generator expressions: over a generator, and as one."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import define, items_of, raises, suspend
from conformance.sources import ISSUE, PEP530, REFERENCE, TUTORIAL, WHATSNEW


@behaviour("CMP-001", source=[REFERENCE.DISPLAYS, PEP530.COMPREHENSIONS, TUTORIAL.S11], since="3.6")
async def test_list_comprehension_collects():
    """A list comprehension with ``async for`` evaluates its element for each item in turn, up to the end."""
    log = []

    async def agen():
        for number in (3, 1, 3):
            await suspend()
            log.append(["yields", number])
            yield number
        log.append("ends")

    result = [log.append(item) or item * 10 async for item in agen()]

    assert type(result) is list
    assert result == [30, 10, 30]
    assert log == [["yields", 3], 3, ["yields", 1], 1, ["yields", 3], 3, "ends"]


@behaviour("CMP-002", source=[REFERENCE.DISPLAYS, PEP530.COMPREHENSIONS], since="3.6")
async def test_set_comprehension_collects():
    """A set comprehension with ``async for`` is the set of its element for every item, up to the end."""
    log = []

    async def agen():
        for number in (3, 1, 3):
            await suspend()
            yield number
        log.append("ends")

    result = {item * 10 async for item in agen()}

    assert type(result) is set
    assert result == {10, 30}
    assert log == ["ends"]


@behaviour("CMP-003", source=[REFERENCE.DISPLAYS, PEP530.COMPREHENSIONS], since="3.6")
async def test_dict_comprehension_collects():
    """A dict comprehension with ``async for`` enters a pair for every item, up to the end, and a later one wins."""
    log = []

    async def agen():
        for pair in (["a", 1], ["b", 2], ["a", 3]):
            await suspend()
            yield pair
        log.append("ends")

    result = {key: value * 10 async for key, value in agen()}

    assert type(result) is dict
    assert result == {"a": 30, "b": 20}
    assert log == ["ends"]


@behaviour("CMP-004", source=[REFERENCE.GENERATOR_EXPRESSIONS, PEP530.COMPREHENSIONS, TUTORIAL.S11], since="3.6")
async def test_generator_expression_is_a_lazy_asynchronous_generator():
    """A generator expression with ``async for`` is an asynchronous generator that takes one item when asked for one."""
    log = []

    async def agen():
        for number in (1, 2):
            await suspend()
            log.append(number)
            yield number

    source = agen()
    expression = (item * 10 async for item in source)
    seen_before = list(log)
    first = await expression.__anext__()
    seen_between = list(log)
    rest = await items_of(expression)

    assert type(expression) is type(source)
    assert seen_before == []
    assert first == 10
    assert seen_between == [1]
    assert rest == [20]


@behaviour("CMP-008", source=[REFERENCE.GENERATOR_EXPRESSIONS, PEP530.AWAIT], since="3.6")
async def test_await_makes_the_generator_expression_asynchronous():
    """A generator expression that awaits in its element is an asynchronous generator, though its ``for`` is not."""
    log = []

    async def agen():
        yield

    async def tenfold(number):
        await suspend()
        log.append(number)
        return number * 10

    expression = (await tenfold(number) for number in [1, 2])
    seen_before = list(log)
    first = await expression.__anext__()
    seen_between = list(log)
    rest = await items_of(expression)

    assert type(expression) is type(agen())
    assert seen_before == []
    assert first == 10
    assert seen_between == [1]
    assert rest == [20]


@behaviour("CMP-010", source=[REFERENCE.GENERATOR_EXPRESSIONS, ISSUE.BPO_31708], since="3.7")
async def test_generator_expression_in_a_plain_function():
    """A plain function may hold a generator expression with ``async for``, and stays a plain function."""
    make = define("def make(items):\n    return [(item * 10 async for item in items), 'plain']\n", "make")

    async def agen():
        yield 1
        await suspend()
        yield 2

    source = agen()
    expression, beside = make(source)
    items = await items_of(expression)

    assert beside == "plain"
    assert type(expression) is type(source)
    assert items == [10, 20]


@behaviour("CMP-013", source=[REFERENCE.DISPLAYS, WHATSNEW.V311, ISSUE.BPO_33346], since="3.11")
@pytest.mark.parametrize(
    "display, expected, lengths",
    [
        ["[[item async for item in agen(n)] for n in (2, 1)]", [[0, 1], [0]], [2, 1]],
        ["list({sum([item async for item in agen(n)]) for n in (3, 3)})", [3], [3, 3]],
        ["{str(n): [item async for item in agen(n)] for n in (2, 1)}", {"2": [0, 1], "1": [0]}, [2, 1]],
    ],
    ids=["list", "set", "dict"],
)
async def test_asynchronous_comprehension_inside_a_plain_one(display, expected, lengths):
    """In a coroutine, a comprehension may have an asynchronous one for its element, and waits for each of its items."""
    log = []

    async def agen(length):
        for number in range(length):
            await suspend()
            yield number
        log.append(length)

    coroutine = define("async def coroutine():\n    return " + display + "\n", "coroutine", agen=agen)
    result = await coroutine()

    assert result == expected
    assert log == lengths


@behaviour("CMP-015", source=[REFERENCE.GENERATOR_EXPRESSIONS], since="3.6")
async def test_leftmost_iterable_is_evaluated_at_creation():
    """Making an asynchronous generator expression evaluates its leftmost iterable, errors included, and no more."""
    log = []

    async def agen(name):
        log.append("body of " + name)
        yield name

    def evaluate(name):
        log.append(name)
        return agen(name)

    expression = ([a, b] async for a in evaluate("left") if log.append("if") is None async for b in evaluate("right"))
    seen_before = list(log)
    items = await items_of(expression)
    with raises(ZeroDivisionError):
        expression = (item async for item in 1 // 0)

    assert seen_before == ["left"]
    assert items == [["left", "right"]]
    assert log == ["left", "body of left", "if", "right", "body of right"]
