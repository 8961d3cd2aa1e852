"""CMP: list, set and dict comprehensions: their clauses, their names and their awaits."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import define, items_of, raises, step, suspend, tidy
from conformance.sources import ISSUE, PEP530, PEPS, REFERENCE, TUTORIAL, WHATSNEW


@behaviour("CMP-001", source=[REFERENCE.DISPLAYS, PEP530.COMPREHENSIONS, TUTORIAL.S11], since="3.6")
async def test_list_comprehension_collects():
    """A list comprehension with ``async for`` evaluates its element for each item in turn, until the iterator ends."""
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
    """A set comprehension with ``async for`` collects its element for every item, until the iterator ends."""
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
    """A dict comprehension with ``async for`` stores a pair for every item, until the iterator ends, and a later pair
    replaces an earlier one.
    """
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


@behaviour("CMP-005", source=[REFERENCE.DISPLAYS, PEP530.COMPREHENSIONS], since="3.6")
@pytest.mark.parametrize("kind", ["list", "set", "dict", "generator"], ids=["list", "set", "dict", "generator"])
async def test_conditions(kind):
    """Conditions filter the items of an ``async for`` clause one after another, and can await."""
    log = []

    async def agen():
        for number in range(6):
            yield number

    async def odd(number):
        await suspend()
        log.append(number)
        return number % 2 == 1

    if kind == "list":
        found = [x async for x in agen() if x > 1 if await odd(x)]
    elif kind == "set":
        found = sorted({x async for x in agen() if x > 1 if await odd(x)})
    elif kind == "dict":
        found = list({x: x async for x in agen() if x > 1 if await odd(x)})
    else:
        found = await items_of(x async for x in agen() if x > 1 if await odd(x))

    assert found == [3, 5]
    assert log == [2, 3, 4, 5]


@behaviour("CMP-006", source=[REFERENCE.DISPLAYS, PEP530.COMPREHENSIONS], since="3.6")
async def test_mixed_clauses():
    """``for`` and ``async for`` clauses can follow each other in either order, and nest as loops do."""

    async def agen(items):
        for item in items:
            await suspend()
            yield item

    first = [[x, y] for x in "ab" async for y in agen([1, 2])]
    second = [[x, y] async for x in agen("ab") for y in [1, 2]]
    third = [[x, y] async for x in agen("ab") async for y in agen([1, 2])]
    expression = await items_of([x, y] for x in "ab" async for y in agen([1, 2]))

    assert first == [["a", 1], ["a", 2], ["b", 1], ["b", 2]]
    assert [second, third, expression] == [first, first, first]


@behaviour("CMP-007", source=[PEP530.AWAIT, REFERENCE.DISPLAYS], since="3.6")
async def test_await_in_each_part():
    """In a coroutine, ``await`` can be in the element, the conditions and every iterable of a comprehension."""
    log = []

    async def note(value):
        await suspend()
        log.append(value)
        return value

    found = [
        await note(["element", x, y])
        for x in await note([1, 2])
        if await note(["condition", x])
        for y in await note(["inner"])
    ]
    sets = {await note(x) for x in [1]}
    mappings = {await note("key"): await note("value") for _ in [1]}

    assert found == [["element", 1, "inner"], ["element", 2, "inner"]]
    assert log[:7] == [
        [1, 2], ["condition", 1], ["inner"], ["element", 1, "inner"],
        ["condition", 2], ["inner"], ["element", 2, "inner"],
    ]  # fmt: skip
    assert sets == {1}
    assert mappings == {"key": "value"}


@behaviour("CMP-013", source=[REFERENCE.DISPLAYS, WHATSNEW.V311, ISSUE.BPO_33346], since="3.11", needs=["compile"])
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
    """In a coroutine, a comprehension can have an asynchronous comprehension as its element, and awaits each of its
    items.
    """
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


@behaviour("CMP-022", source=[REFERENCE.DISPLAYS], since="3.6")
@pytest.mark.parametrize("kind", ["list", "set", "dict", "generator"], ids=["list", "set", "dict", "generator"])
async def test_variables_do_not_leak(kind):
    """A comprehension with ``async for`` collects its items while outer variables of the same names keep their
    values.
    """

    async def agen():
        yield 1
        yield 2

    x, result = "outside", None
    if kind == "list":
        result = [x async for x in agen()]
    elif kind == "set":
        result = sorted({x async for x in agen()})
    elif kind == "dict":
        result = list({x: x async for x in agen()})
    else:
        result = await items_of(x async for x in agen())

    assert result == [1, 2]
    assert x == "outside"


@behaviour("CMP-023", source=[PEPS.PEP572, REFERENCE.ASSIGNMENT_EXPRESSIONS], since="3.8", needs=["compile"])
async def test_assignment_expression_binds_outside():
    """An assignment expression in an asynchronous comprehension binds the name in the function that contains it."""
    source = """
async def f(agen):
    found = [last := x async for x in agen()]
    any_large = [y async for y in agen() if (seen := y) > 1]
    return [found, last, any_large, seen]
"""

    async def agen():
        yield 1
        yield 2

    result = await define(source, "f")(agen)

    assert result == [[1, 2], 2, [2], 2]


@behaviour("CMP-024", source=[REFERENCE.DISPLAYS, REFERENCE.EXCEPTIONS], since="3.6")
@pytest.mark.parametrize("where", ["element", "condition", "source"], ids=["element", "condition", "source"])
async def test_exception_in_a_comprehension(where):
    """An exception raised in a comprehension propagates; the iterated generator can be resumed unless it raised the
    exception.
    """
    failure = KeyError(where)

    async def agen():
        yield 1
        if where == "source":
            raise failure
        yield 2

    def fail(name):
        if name == where:
            raise failure
        return True

    g = agen()
    with raises(KeyError) as caught:
        [fail("element") async for x in g if fail("condition")]
    rest = await items_of(g)

    assert caught.value is failure
    assert rest == ([] if where == "source" else [2])


@behaviour("CMP-025", source=[REFERENCE.DISPLAYS, REFERENCE.AGEN_FUNCTION], since="3.6")
async def test_comprehension_in_a_generator():
    """An asynchronous comprehension in a body runs within one step of the generator, and yields no item of its own."""
    log = []

    async def inner():
        for number in range(3):
            await suspend()
            log.append(number)
            yield number

    async def outer():
        yield [x async for x in inner()]
        yield {x: x async for x in inner() if x}

    g = outer()
    first = await g.__anext__()
    seen = list(log)
    rest = await items_of(g)

    assert first == [0, 1, 2]
    assert seen == [0, 1, 2]
    assert rest == [{1: 1, 2: 2}]


@behaviour("CMP-026", source=[REFERENCE.FSTRINGS, REFERENCE.DISPLAYS], since="3.7", needs=["compile"])
async def test_in_a_formatted_string():
    """An asynchronous comprehension and ``await`` can be in a replacement field of an f-string in a coroutine."""
    source = """
async def f(agen, coroutine):
    return f"{[x async for x in agen()]} and {await coroutine():>5}"
"""

    async def agen():
        yield 1
        yield 2

    async def coroutine():
        await suspend()
        return "a"

    result = await define(source, "f")(agen, coroutine)

    assert result == "[1, 2] and     a"


@behaviour("CMP-030a", source=[WHATSNEW.V38], since="3.6", until="3.7")
async def test_value_before_key():
    """In an asynchronous dict comprehension the value is evaluated before the key."""
    log = []

    def note(value):
        log.append(value)
        return value

    async def agen():
        yield 1

    found = {note("key"): note("value") async for _ in agen()}

    assert found == {"key": "value"}
    assert log == ["value", "key"]


@behaviour("CMP-030b", source=[REFERENCE.DICTIONARY_DISPLAYS, PEPS.PEP572, WHATSNEW.V38], since="3.8")
async def test_key_before_value():
    """In an asynchronous dict comprehension the key is evaluated before the value, for each item."""
    log = []

    async def note(value):
        await suspend()
        log.append(value)
        return value

    async def agen():
        yield 1
        yield 2

    found = {str(await note(["key", x])): await note(x) async for x in agen()}

    assert log == [["key", 1], 1, ["key", 2], 2]
    assert list(found.values()) == [1, 2]


@behaviour("CMP-031", source=[PEPS.PEP798], since="3.15", needs=["compile"])
async def test_unpacking():
    """``*`` and ``**`` in an asynchronous comprehension unpack each element into the result."""
    source = """
async def f(agen):
    return [
        [*x async for x in agen([[1, 2], [], [3]])],
        {*x async for x in agen([[1, 2], [2]])},
        {**x async for x in agen([{"a": 1}, {"a": 2, "b": 3}])},
        [y async for y in (*x async for x in agen([[1], [2, 3]]))],
    ]
"""

    async def agen(items):
        for item in items:
            await suspend()
            yield item

    found = await define(source, "f")(agen)

    assert found == [[1, 2, 3], {1, 2}, {"a": 2, "b": 3}, [1, 2, 3]]


@behaviour("CMP-034", source=[REFERENCE.DISPLAYS, REFERENCE.ASYNC_FOR], since="3.6")
@pytest.mark.parametrize("kind", ["list", "set", "dict"], ids=["list", "set", "dict"])
async def test_end_raised_in_a_comprehension(kind):
    """A StopAsyncIteration raised in the element of a comprehension propagates, and does not end the loop silently."""
    failure = StopAsyncIteration("element")

    async def agen():
        yield 1
        yield 2

    def fail():
        raise failure

    g = agen()
    with raises(StopAsyncIteration) as caught:
        if kind == "list":
            [fail() async for x in g]
        elif kind == "set":
            {fail() async for x in g}
        else:
            {fail(): x async for x in g}
    rest = await items_of(g)

    assert caught.value is failure
    assert rest == [2]


@behaviour("CMP-035", source=[REFERENCE.DISPLAYS, REFERENCE.NAMING], since="3.6")
async def test_names_of_the_function():
    """A comprehension sees the variables of its function, and a generator expression sees their values at the time it
    runs.
    """

    async def agen():
        yield 1
        yield 2

    factor = 10
    eager = [x * factor async for x in agen()]
    lazy = (x * factor async for x in agen())
    first = await lazy.__anext__()
    factor = 100
    second = await lazy.__anext__()
    functions = [lambda: x * factor async for x in agen()]
    late = [function() for function in functions]

    assert eager == [10, 20]
    assert [first, second] == [10, 200]
    assert late == [200, 200]


@behaviour("CMP-039", source=[REFERENCE.DISPLAYS], since="3.6")
async def test_synchronous_in_a_generator():
    """In a body, a comprehension or generator expression without ``async for`` and ``await`` is synchronous."""

    def generator():
        yield

    async def agen():
        yield [x * 2 for x in [1, 2]]
        yield (x * 2 for x in [1, 2])

    found = await items_of(agen())
    kind = type(found[1])
    items = list(found[1])

    assert found[0] == [2, 4]
    assert kind is type(generator())
    assert items == [2, 4]


@behaviour("CMP-043", source=[REFERENCE.DISPLAYS, PEP530.COMPREHENSIONS], since="3.6")
def test_suspends_the_coroutine():
    """``await`` in a comprehension suspends the coroutine around it, and the sent value is the result of that
    ``await``.
    """
    log = []

    async def agen():
        log.append(await suspend("source"))
        yield 1

    async def consumer():
        return [[x, await suspend("element")] async for x in agen()]

    c = consumer()
    steps = [step(c.send, None), step(c.send, "first"), step(c.send, "second")]

    assert steps == [["suspends", "source"], ["suspends", "element"], ["returns", [[1, "second"]]]]
    assert log == ["first"]


@behaviour("CMP-050", source=[REFERENCE.DISPLAYS, REFERENCE.YIELD, REFERENCE.AWAIT], since="3.6", needs=["compile"])
async def test_await_and_yield_around_a_comprehension():
    """In a body, awaits and yields in the leftmost iterable run in order, before the comprehension begins."""
    source = """
async def agen(log, suspend):
    log.append("body")
    found = [x async for x in (log.append("first"), await suspend(), (yield "waiting"))[2] if not log.append(x)]
    yield found
"""
    log = []

    async def inner():
        log.append("inner")
        yield 1
        yield 2

    g = define(source, "agen")(log, suspend)
    items = [await g.__anext__()]
    waiting = list(log)
    items.append(await g.asend(inner()))
    await tidy(g)

    assert items == ["waiting", [1, 2]]
    assert waiting == ["body", "first"]
    assert log == ["body", "first", "inner", 1, 2]


@behaviour("CMP-052", source=[REFERENCE.DISPLAYS, PEP530.COMPREHENSIONS], since="3.6")
async def test_synchronous_clause_between_asynchronous_ones():
    """A ``for`` clause can be between two ``async for`` clauses, and a later clause sees the variables of
    earlier ones.
    """

    async def agen(items):
        for item in items:
            yield item

    found = [[x, y, z] async for x in agen("ab") for y in [1] async for z in agen([x, y])]

    assert found == [["a", 1, "a"], ["a", 1, 1], ["b", 1, "b"], ["b", 1, 1]]


@behaviour(
    "CMP-065", source=[REFERENCE.DISPLAYS, REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.AGEN_FUNCTION], since="3.6"
)
@pytest.mark.parametrize("kind", ["list", "set", "dict", "generator"], ids=["list", "set", "dict", "generator"])
async def test_awaits_of_a_comprehension_in_a_generator(kind):
    """In a body, a comprehension runs its awaits clause by clause, and a generator expression runs those outside its
    leftmost iterable when iterated.
    """
    log = []

    async def note(name, value=None):
        await suspend()
        log.append(name)
        return value

    async def source():
        for number in (1, 2):
            yield number

    async def agen():
        if kind == "list":
            made = [
                await note("element")
                async for x in await note("outer", source())
                if await note(["if", x], x > 1)
                async for y in await note(["inner", x], source())
            ]
        elif kind == "set":
            made = {
                await note("element")
                async for x in await note("outer", source())
                if await note(["if", x], x > 1)
                async for y in await note(["inner", x], source())
            }
        elif kind == "dict":
            made = {
                x: await note("element")
                async for x in await note("outer", source())
                if await note(["if", x], x > 1)
                async for y in await note(["inner", x], source())
            }
        else:
            made = (
                await note("element")
                async for x in await note("outer", source())
                if await note(["if", x], x > 1)
                async for y in await note(["inner", x], source())
            )
        log.append("made")
        yield made

    items = await items_of(agen())
    length = len(await items_of(items[0]) if kind == "generator" else items[0])
    later = [["if", 1], ["if", 2], ["inner", 2], "element", "element"]

    assert len(items) == 1
    assert length == (1 if kind in ("set", "dict") else 2)
    assert log == (["outer", "made"] + later if kind == "generator" else ["outer"] + later + ["made"])
