"""Asynchronous comprehensions and generator expressions: over a generator, and as one."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, define, items_of, raises, rejects, step, suspend
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP525, PEP530, PEPS, REFERENCE, TUTORIAL, WHATSNEW


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


@behaviour("CMP-005", source=[REFERENCE.DISPLAYS, PEP530.COMPREHENSIONS], since="3.6")
@pytest.mark.parametrize("kind", ["list", "set", "dict", "generator"], ids=["list", "set", "dict", "generator"])
async def test_conditions(kind):
    """Conditions filter the items of an ``async for`` clause, each after the one before it, and may await."""
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
    """``for`` and ``async for`` clauses can follow one another in either order, and nest as loops do."""

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
    """``await`` may stand in the element, in conditions and in every iterable of a comprehension in a coroutine."""
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


@behaviour("CMP-009", source=[REFERENCE.GENERATOR_EXPRESSIONS, PEP530.AWAIT], since="3.6")
async def test_await_in_the_first_iterable():
    """A generator expression with ``await`` in its leftmost iterable alone is a synchronous generator."""
    import types

    async def make():
        await suspend()
        return [1, 2]

    expression = (x * 10 for x in await make())
    found = list(expression)

    assert type(expression) is types.GeneratorType
    assert found == [10, 20]


@behaviour("CMP-010", source=[REFERENCE.GENERATOR_EXPRESSIONS, ISSUE.BPO_31708], since="3.7", needs=["compile"])
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


@behaviour("CMP-011", source=[REFERENCE.GENERATOR_EXPRESSIONS, ISSUE.BPO_31708], since="3.7", needs=["compile"])
async def test_await_in_an_expression_of_a_plain_function():
    """In a plain function a generator expression with ``await`` in its element is an asynchronous generator."""
    import types

    source = """
def f(awaitables):
    return (await awaitable for awaitable in awaitables)
"""

    async def coroutine(value):
        await suspend()
        return value

    expression = define(source, "f")([coroutine(1), coroutine(2)])
    found = await items_of(expression)

    assert type(expression) is types.AsyncGeneratorType
    assert found == [1, 2]


@behaviour("CMP-012", source=[REFERENCE.DISPLAYS, PEP530.COMPREHENSIONS], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    "comprehension", ["[x async for x in y]", "{x async for x in y}", "{x: x async for x in y}"],
    ids=["list", "set", "dict"],
)  # fmt: skip
async def test_outside_of_a_coroutine(comprehension):
    """An asynchronous list, set or dict comprehension is a syntax error outside of a coroutine function."""
    templates = ["{}\n", "def f(y):\n    {}\n", "class C:\n    {}\n", "f = lambda y: {}\n"]
    rejected = [rejects(template.format(comprehension)) for template in templates]

    assert rejected == [True] * 4
    assert not rejects("async def f(y):\n    {}\n".format(comprehension))


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


@behaviour("CMP-014", source=[ISSUE.BPO_33346, WHATSNEW.V311], since="3.11", needs=["compile"])
async def test_asynchronous_comprehension_in_a_generator_expression():
    """An asynchronous comprehension in the element of a generator expression makes this one asynchronous."""
    import types

    source = """
async def f(agen):
    return ([y async for y in agen(x)] for x in [1, 2])
"""

    async def agen(count):
        for number in range(count):
            await suspend()
            yield number

    expression = await define(source, "f")(agen)
    found = await items_of(expression)

    assert type(expression) is types.AsyncGeneratorType
    assert found == [[0], [0, 1]]


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


@behaviour("CMP-016", source=[REFERENCE.GENERATOR_EXPRESSIONS], since="3.6")
async def test_first_iterable_that_is_no_asynchronous_iterable():
    """Making an asynchronous generator expression over something without ``__aiter__()`` raises TypeError at once."""
    log = []

    def elements(value):
        log.append(value)
        return value

    for value in [[1], 1, iter([1])]:
        with raises(TypeError):
            (elements(x) async for x in value)

    assert log == []


@behaviour("CMP-017", source=[REFERENCE.GENERATOR_EXPRESSIONS], since="3.6")
async def test_aiter_of_the_first_iterable():
    """``__aiter__()`` of the leftmost iterable is called when the expression is made, and ``__anext__()`` is not."""
    log = []

    class Iterable:
        def __aiter__(self):
            log.append("aiter")
            return self

        async def __anext__(self):
            log.append("anext")
            raise StopAsyncIteration

    expression = (x async for x in Iterable())
    made = list(log)
    found = await items_of(expression)

    assert made == ["aiter"]
    assert found == []
    assert log == ["aiter", "anext"]


@behaviour("CMP-018", source=[REFERENCE.GENERATOR_EXPRESSIONS], since="3.6")
async def test_what_waits_for_the_iteration():
    """Of a generator expression only the leftmost iterable is evaluated when it is made, the rest for each item."""
    log = []

    def note(name, value):
        log.append(name)
        return value

    async def agen(items):
        for item in items:
            yield item

    expression = (
        note("element", [x, y])
        async for x in note("outer", agen([1, 2]))
        if note("condition", True)
        for y in note("inner", "a")
    )
    made = list(log)
    first = await expression.__anext__()
    second = list(log)
    rest = await items_of(expression)

    assert made == ["outer"]
    assert first == [1, "a"]
    assert second == ["outer", "condition", "inner", "element"]
    assert rest == [[2, "a"]]
    assert log[4:] == ["condition", "inner", "element"]


@behaviour("CMP-019", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.AGEN_METHODS], since="3.6")
async def test_methods_of_an_expression():
    """An asynchronous generator expression has all methods of a generator; what is sent to it is lost."""
    log = []

    async def agen():
        for number in range(5):
            log.append((yield number))

    expression = (x * 10 async for x in agen())
    with raises(TypeError):
        await expression.asend("too early")
    items = [await expression.asend(None), await expression.asend("lost"), await expression.__anext__()]
    closed = await expression.aclose()
    with raises(StopAsyncIteration):
        await expression.__anext__()

    assert items == [0, 10, 20]
    assert closed is None
    assert log == [None, None]


@behaviour("CMP-020", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.AGEN_ATHROW], since="3.6")
async def test_exception_thrown_into_an_expression():
    """An exception thrown into a generator expression comes out, ends it, and does not reach what it iterates over."""
    log = []

    async def agen():
        try:
            yield 1
            yield 2
        except BaseException as error:
            log.append(error)
            raise

    source = agen()
    failure = KeyError("thrown")
    expression = (x async for x in source)
    first = await expression.__anext__()
    with raises(KeyError) as caught:
        await expression.athrow(failure)
    with raises(StopAsyncIteration):
        await expression.__anext__()
    seen = list(log)
    second = await source.__anext__()
    await source.aclose()

    assert caught.value is failure
    assert seen == []
    assert [first, second] == [1, 2]


@behaviour("CMP-021", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.AGEN_ACLOSE], since="3.6")
async def test_closed_expression():
    """``aclose()`` of a generator expression leaves the generator that it iterates over suspended."""
    log = []

    async def agen():
        try:
            yield 1
            yield 2
        finally:
            log.append("closed")

    source = agen()
    expression = (x async for x in source)
    await expression.__anext__()
    await expression.aclose()
    seen = list(log)
    following = await source.__anext__()
    await source.aclose()

    assert seen == []
    assert following == 2
    assert log == ["closed"]


@behaviour("CMP-022", source=[REFERENCE.DISPLAYS], since="3.6")
@pytest.mark.parametrize("kind", ["list", "set", "dict", "generator"], ids=["list", "set", "dict", "generator"])
async def test_variables_do_not_leak(kind):
    """The variables of ``async for`` clauses are those of the comprehension: names outside keep their values."""

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

    assert x == "outside"
    assert result == [1, 2]


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
    """An exception in a comprehension comes out of it; the source goes on if it was not the one that raised."""
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
    """An asynchronous comprehension in a body runs within one step of the generator, and makes no item of its own."""
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
    """An asynchronous comprehension and ``await`` may stand in the replacement field of an f-string in a coroutine."""
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


@behaviour("CMP-027", source=[LIBRARY.FUNCTIONS, LIBRARY.ITER, ISSUE.GH_149122], since="3.6")
@pytest.mark.parametrize(
    "name", ["sum", "list", "tuple", "set", "any", "all", "max", "sorted", "dict", "join"],
    ids=["sum", "list", "tuple", "set", "any", "all", "max", "sorted", "dict", "join"],
)  # fmt: skip
async def test_expression_as_an_argument(name):
    """What takes an iterable refuses an asynchronous generator expression with TypeError, and asks it for nothing."""
    import builtins

    log = []

    async def agen():
        log.append("body")
        yield 1

    function = "".join if name == "join" else getattr(builtins, name)
    with raises(TypeError):
        function(x async for x in agen())

    assert log == []


@behaviour("CMP-028", source=[LIBRARY.FUNCTIONS, LIBRARY.ITER, ISSUE.GH_149122], since="3.6")
@pytest.mark.parametrize(
    "name", ["list", "tuple", "set", "any", "all", "sum"], ids=["list", "tuple", "set", "any", "all", "sum"]
)
async def test_expression_with_await_as_an_argument(name):
    """What takes an iterable refuses a generator expression with ``await`` with TypeError, and asks it for nothing."""
    import builtins

    log = []

    class Awaitable:
        def __await__(self):
            log.append("awaited")
            return iter([])

    function = getattr(builtins, name)
    with raises(TypeError):
        function(await x for x in [Awaitable()])

    assert log == []


@behaviour("CMP-029", source=[CPYTHON.COMPILER], since="3.6")
async def test_name_of_an_expression():
    """A generator expression is named ``<genexpr>``, and qualified with the function that contains it."""

    async def agen():
        yield 1

    async def function():
        return (x async for x in agen())

    expression = await function()
    names = [expression.__name__, expression.__qualname__]

    assert names[0] == "<genexpr>"
    assert names[1] == function.__qualname__ + ".<locals>.<genexpr>"


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

    assert list(found.values()) == [1, 2]
    assert log == [["key", 1], 1, ["key", 2], 2]


@behaviour("CMP-031", source=[PEPS.PEP798], since="3.15", needs=["compile"])
async def test_unpacking():
    """``*`` and ``**`` in an asynchronous comprehension put in all items of each element."""
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


@behaviour("CMP-032", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.AGEN_ANEXT], since="3.6")
async def test_end_of_an_expression():
    """A generator expression raises StopAsyncIteration at its end, and again whenever it is asked after that."""

    async def agen():
        yield 1

    expression = (x async for x in agen())
    items = [await expression.__anext__()]
    for _ in range(2):
        with raises(StopAsyncIteration):
            await expression.__anext__()

    assert items == [1]
    assert expression.ag_frame is None


@behaviour("CMP-033", source=[PEP525.AGEN_OBJECT, REFERENCE.GENERATOR_EXPRESSIONS], since="3.6")
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
async def test_end_raised_in_an_expression(name):
    """A StopIteration or StopAsyncIteration of the element of a generator expression comes out as RuntimeError."""
    import builtins

    failure = getattr(builtins, name)("element")

    async def agen():
        yield 1
        yield 2

    def fail():
        raise failure

    expression = (fail() async for x in agen())
    with raises(RuntimeError) as caught:
        await expression.__anext__()
    with raises(StopAsyncIteration):
        await expression.__anext__()

    assert caught.value.__cause__ is failure


@behaviour("CMP-034", source=[REFERENCE.DISPLAYS, REFERENCE.ASYNC_FOR], since="3.6")
@pytest.mark.parametrize("kind", ["list", "set", "dict"], ids=["list", "set", "dict"])
async def test_end_raised_in_a_comprehension(kind):
    """A StopAsyncIteration of the element of a comprehension comes out of it, and does not end the loop quietly."""
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
    """Comprehensions see the variables of their function, generator expressions as they are when they run."""

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


@behaviour("CMP-036a", source=[ISSUE.BPO_10544, WHATSNEW.V37], since="3.6", until="3.7", needs=["compile", "warnings"])
@pytest.mark.parametrize(
    "expression",
    ["[(yield) async for x in y]", "((yield) async for x in y)", "[x async for x in y if (yield)]"],
    ids=["list", "generator", "condition"],
)
async def test_yield_is_accepted(expression):
    """A ``yield`` in the element or condition of an asynchronous comprehension is accepted by the compiler."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rejected = rejects("async def f(y):\n    return_ = {}\n".format(expression))

    assert rejected is False


@behaviour("CMP-036b", source=[REFERENCE.YIELD, ISSUE.BPO_10544], since="3.8", needs=["compile"])
@pytest.mark.parametrize(
    "expression",
    [
        "[(yield) async for x in y]",
        "{(yield) async for x in y}",
        "{x: (yield) async for x in y}",
        "((yield) async for x in y)",
        "[x async for x in y if (yield)]",
        "[x for z in y async for x in (yield)]",
    ],
    ids=["list", "set", "dict", "generator", "condition", "inner-iterable"],
)
async def test_yield_is_rejected(expression):
    """A ``yield`` in an asynchronous comprehension, but in its leftmost iterable, is a syntax error."""
    assert rejects("async def f(y):\n    {}\n".format(expression))
    assert not rejects("async def f(y):\n    {}\n".format(expression.replace("(yield)", "1")))


@behaviour("CMP-037", source=[REFERENCE.YIELD, ISSUE.BPO_10544], since="3.6", needs=["compile"])
async def test_yield_in_the_first_iterable():
    """A ``yield`` in the leftmost iterable of an asynchronous comprehension is a yield of the function around it."""
    source = """
async def f():
    found = [x async for x in (yield "waiting")]
    yield found
    yield [x async for x in ((yield "again"))]
"""

    async def agen():
        yield 1
        yield 2

    g = define(source, "f")()
    items = [await g.__anext__(), await g.asend(agen()), await g.__anext__(), await g.asend(agen())]
    await g.aclose()

    assert items == ["waiting", [1, 2], "again", [1, 2]]


@behaviour("CMP-038", source=[LIBRARY.AST, ISSUE.BPO_39562], since="3.8", needs=["compile"])
async def test_at_the_top_level():
    """With ``ast.PyCF_ALLOW_TOP_LEVEL_AWAIT`` an asynchronous comprehension runs at the top level."""
    import ast
    import types

    async def agen():
        yield 1
        yield 2

    flag = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    code = compile("result = [x async for x in agen()]", "<source>", "exec", flag)
    names = {"agen": agen}
    await types.FunctionType(code, names)()
    value = await eval(compile("[x async for x in agen()]", "<source>", "eval", flag), {"agen": agen})

    assert names["result"] == [1, 2]
    assert value == [1, 2]


@behaviour("CMP-039", source=[REFERENCE.DISPLAYS], since="3.6")
async def test_synchronous_in_a_generator():
    """A comprehension or generator expression without ``async for`` and ``await`` stays synchronous in a body."""
    import types

    async def agen():
        yield [x * 2 for x in [1, 2]]
        yield (x * 2 for x in [1, 2])

    found = await items_of(agen())
    kind = type(found[1])
    items = list(found[1])

    assert found[0] == [2, 4]
    assert kind is types.GeneratorType
    assert items == [2, 4]


@behaviour("CMP-040", source=[REFERENCE.DISPLAYS], since="3.6", needs=["compile"])
@pytest.mark.parametrize("inner", ["lambda", "function"], ids=["lambda", "function"])
async def test_in_a_nested_plain_function(inner):
    """An asynchronous comprehension is a syntax error in a lambda or plain function inside of a coroutine function."""
    templates = {
        "lambda": "async def f(y):\n    return lambda: {}\n",
        "function": "async def f(y):\n    def g():\n        return {}\n    return g\n",
    }
    rejected = [rejects(templates[inner].format(c)) for c in ["[x async for x in y]", "{x: x async for x in y}"]]

    assert rejected == [True, True]
    assert not rejects("async def f(y):\n    async def g():\n        return [x async for x in y]\n    return g\n")


@behaviour("CMP-041", source=[REFERENCE.DISPLAYS], since="3.6", needs=["compile"])
async def test_in_a_nested_class_body():
    """An asynchronous comprehension is a syntax error in a class body inside of a coroutine function."""
    source = "async def f(y):\n    class C:\n        {}\n    return C\n"

    assert rejects(source.format("attribute = [x async for x in y]"))
    assert rejects(source.format("attribute = {x async for x in y}"))
    assert not rejects(source.format("attribute = [x for x in y]"))


@behaviour("CMP-042", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.CALLS], since="3.6", needs=["compile"])
async def test_only_argument():
    """An asynchronous generator expression that is the only argument of a call needs no parentheses of its own."""

    async def agen():
        yield 1
        yield 2

    def take(*arguments, **named):
        return [arguments, named]

    source = "async def f(take, y):\n    return take({})\n"
    (expression,), named = take(x * 10 async for x in agen())
    found = await items_of(expression)

    assert found == [10, 20]
    assert named == {}
    assert rejects(source.format("1, x async for x in y"))
    assert not rejects(source.format("1, (x async for x in y)"))


@behaviour("CMP-043", source=[REFERENCE.DISPLAYS, PEP530.COMPREHENSIONS], since="3.6")
def test_suspends_the_coroutine():
    """What a comprehension awaits suspends the coroutine around it, and the answer goes to this ``await``."""
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


@behaviour("CMP-044", source=[REFERENCE.GENERATOR_EXPRESSIONS, ISSUE.BPO_31708], since="3.7", needs=["compile"])
async def test_made_here_and_consumed_there():
    """A generator expression that a plain function made of awaitables is iterated by a coroutine elsewhere."""
    source = """
def make(coroutine, values):
    return (await coroutine(value) for value in values if value)
"""
    log = []

    async def coroutine(value):
        await suspend()
        log.append(value)
        return value * 10

    expression = define(source, "make")(coroutine, [1, 0, 2])
    made = list(log)
    found = []
    async for item in expression:
        found.append(item)

    assert made == []
    assert found == [10, 20]
    assert log == [1, 2]


@behaviour("CMP-045", source=[LIBRARY.AST, LIBRARY.COMPILE], since="3.8", needs=["compile"])
@pytest.mark.parametrize(
    "statement",
    [
        "await x",
        "async for y in x: pass",
        "async with x: pass",
        "[y async for y in x]",
        "{y async for y in x}",
        "{y: y async for y in x}",
        "[await y for y in x]",
        "{z for y in x for z in await y}",
        "{y: y for y in x if await y}",
    ],
    ids=[
        "await", "async-for", "async-with", "list", "set", "dict", "await-in-list", "await-in-set", "await-in-dict",
    ],
)  # fmt: skip
async def test_flag_for_the_top_level(statement):
    """``ast.PyCF_ALLOW_TOP_LEVEL_AWAIT`` allows it at the top level, and makes the code that of a coroutine."""
    import ast
    import inspect

    kinds = inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR | inspect.CO_GENERATOR
    given = [[statement, "exec"], [ast.parse(statement), "exec"], [statement + "\n", "single"]]
    if "pass" not in statement:
        given.append([statement, "eval"])
    codes = [compile(source, "<source>", mode, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT) for source, mode in given]
    flags = {code.co_flags & kinds for code in codes}

    assert flags == {inspect.CO_COROUTINE}
    assert rejects(statement)


@behaviour("CMP-046", source=[ISSUE.BPO_41218, WHATSNEW.V38], since="3.8", needs=["compile"])
@pytest.mark.parametrize(
    "statement",
    [
        "x = [1]",
        "x = [y for y in [1]]",
        "x = list(y for y in [1])",
        "def x():\n    pass",
        "async def x():\n    await y",
        "async def x():\n    yield [y async for y in z]",
    ],
    ids=["name", "list", "generator-expression", "function", "coroutine-function", "generator-function"],
)
async def test_flag_without_need(statement):
    """With ``ast.PyCF_ALLOW_TOP_LEVEL_AWAIT`` synchronous source compiles to ordinary code, which runs at once."""
    import ast
    import inspect

    code = compile(statement, "<source>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    plain = compile(statement, "<source>", "exec")
    names = {}
    result = eval(code, names)

    assert not code.co_flags & inspect.CO_COROUTINE
    assert code.co_flags == plain.co_flags
    assert code.co_code == plain.co_code
    assert result is None
    assert "x" in names


@behaviour("CMP-047a", source=[CPYTHON.COMPILER], since="3.8", until="3.13", needs=["compile"])
@pytest.mark.parametrize(
    "expression", ["(y async for y in agen())", "(await y for y in [one()])"], ids=["async-for", "await"]
)
async def test_flag_makes_a_coroutine_of_an_expression(expression):
    """With ``ast.PyCF_ALLOW_TOP_LEVEL_AWAIT`` an asynchronous generator expression compiles to a coroutine's code."""
    import ast
    import types

    async def agen():
        yield 1

    async def one():
        return 1

    code = compile(expression, "<source>", "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    made = eval(code, {"agen": agen, "one": one})
    kind = type(made)
    items = await items_of(await made)

    assert kind is types.CoroutineType
    assert items == [1]


@behaviour("CMP-047b", source=[CPYTHON.COMPILER, ISSUE.GH_121637], since="3.14", needs=["compile"])
@pytest.mark.parametrize(
    "expression", ["(y async for y in agen())", "(await y for y in [one()])"], ids=["async-for", "await"]
)
async def test_flag_leaves_an_expression_alone(expression):
    """With ``ast.PyCF_ALLOW_TOP_LEVEL_AWAIT`` an asynchronous generator expression compiles to ordinary code."""
    import ast
    import types

    async def agen():
        yield 1

    async def one():
        return 1

    code = compile(expression, "<source>", "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    made = eval(code, {"agen": agen, "one": one})
    kind = type(made)
    items = await items_of(made)

    assert kind is types.AsyncGeneratorType
    assert items == [1]


@behaviour("CMP-048", source=[LIBRARY.COMPILE, LIBRARY.AST, ISSUE.BPO_39965], since="3.8", needs=["compile"])
@pytest.mark.parametrize(
    "statement",
    ["await x", "async for y in x: pass", "async with x: pass", "[y async for y in x]", "[await y for y in x]"],
    ids=["await", "async-for", "async-with", "comprehension", "await-in-list"],
)
async def test_flag_does_not_reach_inside(statement):
    """``ast.PyCF_ALLOW_TOP_LEVEL_AWAIT`` changes nothing for plain functions, classes and lambdas in the source."""
    import ast

    def refused(template):
        try:
            compile(template.format(statement), "<source>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
            return False
        except SyntaxError:
            return True

    inside = ["def f(x):\n    {}", "class C:\n    {}", "async def f(x):\n    def g():\n        {}"]
    if "pass" not in statement:
        inside.append("f = lambda x: ({})")
    allowed = ["{}", "if x:\n    {}", "async def f(x):\n    {}"]
    inside_refused = {refused(template) for template in inside}
    allowed_refused = {refused(template) for template in allowed}

    assert inside_refused == {True}
    assert allowed_refused == {False}


@behaviour(
    "CMP-049", source=[REFERENCE.DISPLAYS, REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.EVALUATION_ORDER], since="3.6"
)
@pytest.mark.parametrize("kind", ["list", "set", "dict", "generator"], ids=["list", "set", "dict", "generator"])
async def test_where_the_iterables_are_evaluated(kind):
    """The leftmost iterable is evaluated in the scope around the comprehension, the inner ones inside of it."""
    log = []

    def note(name, value):
        log.append(name)
        return value

    async def agen(items):
        for item in items:
            yield item

    x = "outside"
    if kind == "list":
        found = [y async for x in note(x, agen("ab")) for y in note(x, [x])]
    elif kind == "set":
        found = sorted({y async for x in note(x, agen("ab")) for y in note(x, [x])})
    elif kind == "dict":
        found = list({y: y async for x in note(x, agen("ab")) for y in note(x, [x])})
    else:
        found = await items_of(y async for x in note(x, agen("ab")) for y in note(x, [x]))

    assert found == ["a", "b"]
    assert log == ["outside", "a", "b"]


@behaviour("CMP-050", source=[REFERENCE.DISPLAYS, REFERENCE.YIELD, REFERENCE.AWAIT], since="3.6", needs=["compile"])
async def test_await_and_yield_around_a_comprehension():
    """In a body, awaits and yields in the leftmost iterable run before the comprehension begins, in their order."""
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
    await g.aclose()

    assert items == ["waiting", [1, 2]]
    assert waiting == ["body", "first"]
    assert log == ["body", "first", "inner", 1, 2]


@behaviour("CMP-051", source=[REFERENCE.GENERATOR_EXPRESSIONS, ISSUE.BPO_31708], since="3.7", needs=["compile"])
async def test_expression_at_the_top_level():
    """An asynchronous generator expression may stand at the top level, in a class body and in a lambda."""
    import types

    async def agen():
        yield 1

    names = {"agen": agen}
    source = """
of_module = (y async for y in agen())
class C:
    of_class = (y async for y in agen())
of_lambda = (lambda: (y async for y in agen()))()
"""
    exec(source, names)
    made = [names["of_module"], names["C"].of_class, names["of_lambda"]]
    kinds = {type(each) for each in made}
    items = [await items_of(each) for each in made]

    assert kinds == {types.AsyncGeneratorType}
    assert items == [[1], [1], [1]]


@behaviour("CMP-052", source=[REFERENCE.DISPLAYS, PEP530.COMPREHENSIONS], since="3.6")
async def test_synchronous_clause_between_asynchronous_ones():
    """A ``for`` clause can stand between two ``async for`` clauses, which see its variable."""

    async def agen(items):
        for item in items:
            yield item

    found = [[x, y, z] async for x in agen("ab") for y in [1] async for z in agen([x, y])]

    assert found == [["a", 1, "a"], ["a", 1, 1], ["b", 1, "b"], ["b", 1, 1]]


@behaviour(
    "CMP-053", source=[REFERENCE.GENERATOR_EXPRESSIONS, ISSUE.BPO_31708], since="3.6", until="3.6", needs=["compile"]
)
@pytest.mark.parametrize("expression", ["(x async for x in y)", "(await x for x in y)"], ids=["async-for", "await"])
async def test_generator_expression_outside_of_a_coroutine(expression):
    """An asynchronous generator expression is a syntax error outside of a coroutine function, be it nested in one."""
    templates = [
        "{}\n",
        "def f(y):\n    {}\n",
        "f = lambda y: {}\n",
        "class C:\n    x = {}\n",
        "async def f(y):\n    def g():\n        {}\n",
        "async def f(y):\n    (list({}) for z in y)\n",
    ]
    rejected = [rejects(template.format(expression)) for template in templates]

    assert rejected == [True] * 6
    assert not rejects("async def f(y):\n    {}\n".format(expression))
    assert not rejects("async def f(y):\n    yield {}\n".format(expression))


@behaviour(
    "CMP-054", source=[REFERENCE.DISPLAYS, WHATSNEW.V311, ISSUE.BPO_33346], since="3.6", until="3.10", needs=["compile"]
)
@pytest.mark.parametrize("brackets", ["[{}]", "{{{}}}", "{{1: {}}}", "({})"], ids=["list", "set", "dict", "generator"])
@pytest.mark.parametrize("inner", ["[y async for y in x]", "[await y for y in x]"], ids=["async-for", "await"])
async def test_asynchronous_comprehension_inside_a_comprehension(inner, brackets):
    """An asynchronous comprehension in the element of a plain one is a syntax error, even in a coroutine function."""
    source = "async def f(z):\n    " + brackets

    assert rejects(source.format("tuple(" + inner + ") for x in z"))
    assert not rejects(source.format("tuple([y for y in x]) for x in z"))
    assert not rejects(source.format("tuple(" + inner + ") async for x in z"))
    assert not rejects(source.format("x for x in [tuple(" + inner.replace("in x", "in z") + ")]"))


@behaviour("CMP-055", source=[REFERENCE.FSTRINGS], since="3.6", until="3.6", needs=["compile"])
async def test_not_in_a_formatted_string():
    """An asynchronous comprehension in a replacement field of an f-string is a syntax error, even in a coroutine."""
    source = "async def f(y):\n    return f'{{{}}}'\n"

    assert rejects(source.format("[x async for x in y]"))
    assert rejects(source.format("(x async for x in y)"))
    assert not rejects(source.format("[x for x in y]"))
    assert not rejects("async def f(y):\n    return '{}'.format([x async for x in y])\n")


@behaviour("CMP-056", source=[PEPS.PEP798, REFERENCE.DISPLAYS], since="3.6", until="3.14", needs=["compile"])
@pytest.mark.parametrize(
    "comprehension",
    ["[*x async for x in y]", "{*x async for x in y}", "{**x async for x in y}", "(*x async for x in y)"],
    ids=["list", "set", "dict", "generator"],
)
async def test_unpacking_is_rejected(comprehension):
    """``*`` or ``**`` before the element of an asynchronous comprehension is a syntax error."""
    source = "async def f(y):\n    return {}\n"

    assert rejects(source.format(comprehension))
    assert not rejects(source.format(comprehension.replace("**x", "x: x").replace("*x", "x")))


@behaviour("CMP-057", source=[ISSUE.BPO_33346, CPYTHON.COMPILER], since="3.11", needs=["compile"])
@pytest.mark.parametrize(
    "element, expected",
    [["[y async for y in agen(x)]", [[0], [0, 1]]], ["[await one() for y in range(x)]", [[1], [1, 1]]]],
    ids=["async-for", "await"],
)
async def test_asynchronous_comprehension_in_an_expression_of_a_plain_function(element, expected):
    """In a plain function too, an asynchronous comprehension may be the element of a generator expression."""
    import types

    async def agen(count):
        for number in range(count):
            await suspend()
            yield number

    async def one():
        await suspend()
        return 1

    make = define("def make(items):\n    return (" + element + " for x in items)\n", "make", agen=agen, one=one)
    expression = make([1, 2])
    found = await items_of(expression)

    assert type(expression) is types.AsyncGeneratorType
    assert found == expected


@behaviour("CMP-058", source=[LIBRARY.COMPILE, LIBRARY.AST], since="3.8", needs=["compile"])
@pytest.mark.parametrize(
    "statement, expected",
    [
        ["log.append(await one())", [1]],
        ["async for y in agen():\n    log.append(y)", [1, 2]],
        ["async with Manager() as y:\n    log.append(y)", ["entered", "left"]],
        ["log.append([y async for y in agen()])", [[1, 2]]],
        ["log.append(sorted({y async for y in agen()}))", [[1, 2]]],
        ["log.append({str(y): y async for y in agen()})", [{"1": 1, "2": 2}]],
        ["log.append([await one() for y in 'ab'])", [[1, 1]]],
        ["log.append([x async for x in (y async for y in agen())])", [[1, 2]]],
    ],
    ids=["await", "async-for", "async-with", "list", "set", "dict", "await-in-list", "generator-expression"],
)
async def test_evaluated_code(statement, expected):
    """``eval()`` of code with top-level await makes a coroutine, which runs in the namespaces given when awaited."""
    import ast
    import types

    log = []

    async def one():
        await suspend()
        return 1

    async def agen():
        yield 1
        await suspend()
        yield 2

    class Manager:
        async def __aenter__(self):
            return "entered"

        async def __aexit__(self, *details):
            log.append("left")

    source = "first = 'bound'\n" + statement + "\nlast = 'bound'\n"
    code = compile(source, "<source>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    names = {"log": log, "one": one, "agen": agen, "Manager": Manager}
    variables = {}
    coroutine = eval(code, names, variables)
    kind = type(coroutine)
    ran_before = [list(log), dict(variables)]
    returned = await coroutine

    assert kind is types.CoroutineType
    assert ran_before == [[], {}]
    assert returned is None
    assert log == expected
    assert [variables["first"], variables["last"]] == ["bound", "bound"]
    assert "first" not in names


@behaviour("CMP-059", source=[LIBRARY.COMPILE, LIBRARY.INSPECT_FLAGS, LIBRARY.AST], since="3.8", needs=["compile"])
async def test_function_of_code():
    """``types.FunctionType`` makes a coroutine function of code with top-level await, and each call runs it anew."""
    import ast
    import inspect
    import types

    async def agen():
        yield 1
        await suspend()
        yield 2

    source = "count += 1\nfound = [x * count async for x in agen()]\n"
    code = compile(source, "<source>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    names = {"agen": agen, "count": 0}
    function = types.FunctionType(code, names)
    one = function()
    two = function()
    count_before = names["count"]
    returned = [await one]
    first = names["found"]
    returned.append(await two)
    second = names["found"]

    assert inspect.iscoroutinefunction(function)
    assert type(one) is types.CoroutineType
    assert one is not two
    assert count_before == 0
    assert returned == [None, None]
    assert [first, second] == [[1, 2], [2, 4]]


@behaviour("CMP-060", source=[WHATSNEW.V38, CPYTHON.COMPILER], since="3.8", needs=["compile", "gc", "warnings"])
def test_executed_code():
    """``exec()`` runs nothing of code with top-level await: the coroutine is lost, with a RuntimeWarning."""
    import ast
    import warnings

    log = []

    async def one():
        return 1

    source = "log.append('begins')\nlog.append(await one())\n"
    code = compile(source, "<source>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        collect()
        del caught[:]  # what others left behind
        returned = exec(code, {"log": log, "one": one})
        collect()
    seen = [warning.category.__name__ for warning in caught]

    assert returned is None
    assert log == []
    assert seen == ["RuntimeWarning"]


@behaviour("CMP-061", source=[LIBRARY.COMPILE, LIBRARY.AST], since="3.8", needs=["compile"])
async def test_modes_of_code():
    """Code with top-level await, awaited, gives its value in mode ``"eval"``, and shows it in mode ``"single"``."""
    import ast
    import sys

    shown = []

    async def agen():
        await suspend()
        yield 1

    def make(mode):
        code = compile("[x async for x in agen()]\n", "<source>", mode, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        return eval(code, {"agen": agen})

    earlier, sys.displayhook = sys.displayhook, shown.append
    try:
        executed = await make("exec")
        evaluated = await make("eval")
        single = make("single")
        shown_before = list(shown)
        interactive = await single
    finally:
        sys.displayhook = earlier

    assert executed is None
    assert evaluated == [1]
    assert shown_before == []
    assert interactive is None
    assert shown == [[1]]


@behaviour(
    "CMP-062",
    source=[LIBRARY.COMPILE, REFERENCE.FUNCTION_DEF, REFERENCE.GENERATOR_EXPRESSIONS],
    since="3.8",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "statement",
    [
        "def f(y=await one()):\n    return y\nfound = f()",
        "found = (lambda y=await one(): y)()",
        "class C(type(await one())):\n    pass\nfound = C(1)",
        "@decorate(await one())\ndef found():\n    pass",
        "found = list(y for y in [await one()])[0]",
        "found = (lambda: 2, await one())[1]",
    ],
    ids=["default", "default-of-lambda", "base", "decorator", "leftmost-iterable", "beside-a-lambda"],
)
async def test_flag_reaches_what_is_evaluated_outside(statement):
    """Defaults, bases, decorators and leftmost iterables at the top level may await, as they are evaluated there."""
    import ast
    import inspect

    async def one():
        await suspend()
        return 1

    def decorate(value):
        return lambda function: value

    code = compile(statement, "<source>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    names = {"one": one, "decorate": decorate}
    await eval(code, names)

    assert code.co_flags & inspect.CO_COROUTINE
    assert names["found"] == 1


@behaviour("CMP-063", source=[LIBRARY.COMPILE, REFERENCE.AGEN_FUNCTION], since="3.8", needs=["compile"])
async def test_generator_function_in_source_with_the_flag():
    """A generator function in source with top-level await is one as always, and makes no generator of the source."""
    import ast
    import inspect

    source = """
async def agen():
    yield await one()
    {}
items = [x async for x in agen()]
"""

    async def one():
        await suspend()
        return 1

    names = {"one": one}
    code = compile(source.format("yield 2"), "<source>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    await eval(code, names)
    with raises(SyntaxError):
        compile(source.format("return 2"), "<source>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)

    assert not code.co_flags & inspect.CO_ASYNC_GENERATOR
    assert inspect.isasyncgenfunction(names["agen"])
    assert names["items"] == [1, 2]


@behaviour("CMP-064", source=[CPYTHON.COMPILER], since="3.8", needs=["compile"])
@pytest.mark.parametrize(
    "statement",
    ["if 0: await x", "0 and await x", "while 0:\n    async for y in x: pass", "if 0: [y async for y in x]"],
    ids=["if", "and", "while", "comprehension"],
)
async def test_flag_and_what_never_runs(statement):
    """With ``ast.PyCF_ALLOW_TOP_LEVEL_AWAIT``, what can never run makes code that of a coroutine nevertheless."""
    import ast
    import inspect

    code = compile(statement, "<source>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    returned = await eval(code, {})

    assert code.co_flags & inspect.CO_COROUTINE
    assert returned is None


@behaviour(
    "CMP-065", source=[REFERENCE.DISPLAYS, REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.AGEN_FUNCTION], since="3.6"
)
@pytest.mark.parametrize("kind", ["list", "set", "dict", "generator"], ids=["list", "set", "dict", "generator"])
async def test_awaits_of_a_comprehension_in_a_generator(kind):
    """In a body, a comprehension awaits clause by clause, an expression what is not leftmost when it is iterated."""
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


@behaviour("CMP-066", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.YIELD], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    "expression, sent",
    [["(x async for x in (yield 'waiting'))", "asynchronous"], ["(await give(x) for x in (yield 'waiting'))", "plain"]],
    ids=["async-for", "await"],
)
async def test_yield_in_the_first_iterable_of_an_expression(expression, sent):
    """A ``yield`` in the leftmost iterable of a generator expression suspends the body where the expression is made."""
    log = []

    async def give(value):
        await suspend()
        return value

    async def numbers():
        log.append("iterated")
        yield 1
        yield 2

    source = "async def agen():\n    made = " + expression + "\n    log.append('made')\n    yield made\n"
    g = define(source, "agen", log=log, give=give)()
    first = await g.__anext__()
    log.append("sent")
    made = await g.asend(numbers() if sent == "asynchronous" else [1, 2])
    await g.aclose()
    log.append("closed")
    items = await items_of(made)

    assert first == "waiting"
    assert type(made) is type(g)
    assert made is not g
    assert items == [1, 2]
    assert log == ["sent", "made", "closed"] + (["iterated"] if sent == "asynchronous" else [])


@behaviour("CMP-067", source=[REFERENCE.GENERATOR_EXPRESSIONS, PEP530.AWAIT], since="3.6")
async def test_await_in_the_first_iterable_of_a_nested_expression():
    """``await`` in the leftmost iterable of a nested generator expression makes the outer one asynchronous, not it."""
    import types

    log = []

    async def double(items):
        await suspend()
        log.append(items)
        return items * 2

    expression = ((x for x in await double(y)) for y in [[1], [2]])
    made = list(log)
    nested = await items_of(expression)
    kinds = {type(each) for each in nested}
    items = [list(each) for each in nested]

    assert type(expression) is types.AsyncGeneratorType
    assert made == []
    assert kinds == {types.GeneratorType}
    assert items == [[1, 1], [2, 2]]
    assert log == [[1], [2]]


@behaviour("CMP-068", source=[REFERENCE.GENERATOR_EXPRESSIONS, ISSUE.BPO_31708], since="3.7", needs=["compile"])
@pytest.mark.parametrize(
    "nested", ["(await give(x) for x in y)", "(x async for x in agen(y))"], ids=["await", "async-for"]
)
async def test_asynchronous_expression_inside_a_plain_one(nested):
    """An asynchronous generator expression as the element leaves the comprehension or expression around it plain."""
    import types

    async def give(value):
        await suspend()
        return value

    async def agen(items):
        for item in items:
            await suspend()
            yield item

    source = "def make(items):\n    return [(" + nested + " for y in items), [" + nested + " for y in items]]\n"
    outer, eager = define(source, "make", give=give, agen=agen)([[1], [2, 3]])
    kind = type(outer)
    made = list(outer) + eager
    kinds = {type(each) for each in made}
    items = [await items_of(each) for each in made]

    assert kind is types.GeneratorType
    assert type(eager) is list
    assert kinds == {types.AsyncGeneratorType}
    assert items == [[1], [2, 3], [1], [2, 3]]


@behaviour("CMP-069", source=[REFERENCE.DISPLAYS, REFERENCE.GENERATOR_EXPRESSIONS], since="3.6")
async def test_asynchronous_comprehension_as_the_first_iterable():
    """An asynchronous comprehension as the leftmost iterable leaves the one around it plain, and ends before it."""
    import types

    log = []

    async def agen():
        for number in range(3):
            await suspend()
            log.append(["source", number])
            yield number

    def note(value):
        log.append(["element", value])
        return value

    listed = [note(x) for x in [y async for y in agen() if y]]
    seen = list(log)
    expression = (note(x) for x in {y: y async for y in agen()})
    made = log[len(seen) :]
    items = list(expression)

    assert listed == [1, 2]
    assert seen == [["source", 0], ["source", 1], ["source", 2], ["element", 1], ["element", 2]]
    assert type(expression) is types.GeneratorType
    assert made == [["source", 0], ["source", 1], ["source", 2]]
    assert items == [0, 1, 2]


@behaviour("CMP-070", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.AWAIT], since="3.7", needs=["compile"])
async def test_iterables_of_an_expression_in_a_plain_function():
    """In a plain function, a generator expression may await anywhere but in its leftmost iterable, which is outside."""
    templates = ["def f(y):\n    {}\n", "f = lambda y: {}\n", "class C:\n    {}\n", "{}\n"]
    leftmost = ["(x for x in await y)", "(x async for x in await y)", "(x for x in [z async for z in y])"]
    elsewhere = [
        "(await x for x in y)",
        "(x for x in y if await x)",
        "(z for x in y for z in await x)",
        "(z for x in y async for z in x)",
    ]
    refused = [rejects(template.format(expression)) for template in templates for expression in leftmost]
    accepted = [not rejects(template.format(expression)) for template in templates for expression in elsewhere]
    inside = [not rejects("async def f(y):\n    {}\n".format(expression)) for expression in leftmost]

    assert refused == [True] * 12
    assert accepted == [True] * 16
    assert inside == [True] * 3


@behaviour("CMP-071", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.NAMING], since="3.7", needs=["compile"])
async def test_iterables_of_an_expression_in_a_class():
    """In a class body, the leftmost iterable of an asynchronous generator expression sees its names, the rest not."""
    source = """
class C:
    numbers = agen()
    others = [3]
    leftmost = (x async for x in numbers)
    inner = ([x, y] async for x in agen() for y in others)
    condition = (x async for x in agen() if others)
"""

    async def agen():
        yield 1
        yield 2

    made = define(source, "C", agen=agen)
    items = await items_of(made.leftmost)
    with raises(NameError):
        await made.inner.__anext__()
    with raises(NameError):
        await made.condition.__anext__()

    assert items == [1, 2]


@behaviour("CMP-072", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.ASYNC_FOR], since="3.6")
@pytest.mark.parametrize(
    "wrong", ["not-asynchronous", "not-synchronous", "raises"], ids=["not-asynchronous", "not-synchronous", "raises"]
)
async def test_wrong_inner_iterable(wrong):
    """An inner iterable that raises, or is none, raises for the item that reaches it, and ends the expression."""
    log = []

    async def agen():
        for number in (0, 1, 2):
            log.append(number)
            yield number

    if wrong == "not-asynchronous":
        expression = ([x, y] async for x in agen() if x async for y in [x])
        expected = TypeError
    elif wrong == "not-synchronous":
        expression = ([x, y] async for x in agen() if x for y in agen())
        expected = TypeError
    else:
        expression = ([x, y] async for x in agen() if x for y in [1 // (x - 1)])
        expected = ZeroDivisionError
    made = list(log)
    with raises(expected):
        await expression.__anext__()
    with raises(StopAsyncIteration):
        await expression.__anext__()

    assert made == []
    assert log == [0, 1]


@behaviour("CMP-073", source=[REFERENCE.GENERATOR_EXPRESSIONS], since="3.6")
@pytest.mark.parametrize("kind", ["await", "async-for"], ids=["await", "async-for"])
async def test_synchronous_first_iterable_of_an_asynchronous_expression(kind):
    """An asynchronous generator expression whose leftmost clause is a ``for`` iterates over it from the start alone."""
    log = []

    class Iterable:
        def __iter__(self):
            log.append("iter")
            return iter([1, 2])

    async def give(value):
        await suspend()
        log.append(value)
        return value

    async def agen(value):
        yield await give(value)

    if kind == "await":
        expression = (await give(x) for x in Iterable())
        with raises(TypeError):
            (await give(x) for x in agen(1))
    else:
        expression = (y for x in Iterable() async for y in agen(x))
        with raises(TypeError):
            (y for x in agen(1) async for y in agen(x))
    made = list(log)
    items = await items_of(expression)

    assert made == ["iter"]
    assert items == [1, 2]
    assert log == ["iter", 1, 2]


@behaviour("CMP-074", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.NAMING], since="3.6")
async def test_names_of_the_iterables():
    """A new value of the name of the leftmost iterable comes too late for an expression, that of an inner one not."""

    async def agen(items):
        for item in items:
            yield item

    leftmost = agen("ab")
    inner = [1]
    expression = ([x, y] async for x in leftmost for y in inner)
    first = await expression.__anext__()
    leftmost = agen("cd")
    inner = [2, 3]
    rest = await items_of(expression)
    untouched = await items_of(leftmost)

    assert first == ["a", 1]
    assert rest == [["b", 2], ["b", 3]]
    assert untouched == ["c", "d"]


@behaviour(
    "CMP-075",
    source=[REFERENCE.YIELD, REFERENCE.DISPLAYS, REFERENCE.GENERATOR_EXPRESSIONS],
    since="3.8",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "nested",
    ["[x async for x in {}]", "{{x async for x in {}}}", "{{x: x async for x in {}}}", "(x async for x in {})"],
    ids=["list", "set", "dict", "generator"],
)
async def test_yield_in_the_first_iterable_of_a_nested_one(nested):
    """A ``yield`` in the leftmost iterable of what stands in another comprehension, not leftmost, is a syntax error."""
    template = "async def f(y):\n    {}\n"
    inside = nested.format("(yield)")

    assert rejects(template.format("[" + inside + " async for z in y]"))
    assert rejects(template.format("(" + inside + " async for z in y)"))
    assert rejects(template.format("[z async for z in y if " + inside + "]"))
    assert not rejects(template.format("[z for z in " + inside + "]"))
    assert not rejects(template.format("(z async for z in " + inside + ")"))


@behaviour("CMP-076", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.AGEN_FUNCTION], since="3.6")
def test_suspensions_of_an_expression_in_a_generator():
    """What an expression awaits in conditions, inner iterables and elements suspends the generator that iterates it."""

    async def agen():
        made = (
            await suspend(["element", y]) for x in await suspend("leftmost")
            if await suspend(["if", x]) for y in await suspend(["inner", x])
        )  # fmt: skip
        yield "made"
        async for item in made:
            yield item

    g = agen()
    found = []
    awaitable = g.__anext__()
    for answer in [None, ["a", "b"]]:
        found.append(step(awaitable.send, answer))
    awaitable = g.__anext__()
    for answer in [None, False, True, ["c"], "answer"]:
        found.append(step(awaitable.send, answer))
    ended = step(g.__anext__().send, None)

    assert found == [
        ["suspends", "leftmost"], ["returns", "made"],
        ["suspends", ["if", "a"]], ["suspends", ["if", "b"]], ["suspends", ["inner", "b"]],
        ["suspends", ["element", "c"]], ["returns", "answer"],
    ]  # fmt: skip
    assert ended == ["raises", "StopAsyncIteration"]


@behaviour("CMP-077", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.TRY], since="3.6")
async def test_where_errors_of_iterables_are_caught():
    """A body can catch an error of a leftmost iterable where it makes the expression, not that of an inner iterable."""
    log = []

    def fail(name):
        raise KeyError(name)

    async def agen():
        yield 1

    async def outer():
        try:
            yield (x async for x in fail("leftmost"))
        except KeyError as error:
            log.append(error.args[0])
        try:
            made = (y async for x in agen() for y in fail("inner"))
        except KeyError:
            log.append("caught too early")
        yield made

    (made,) = await items_of(outer())
    with raises(KeyError) as caught:
        await made.__anext__()

    assert log == ["leftmost"]
    assert caught.value.args == ("inner",)
