"""CMP: asynchronous generator expressions: their type, their methods and their end."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import awaiting, define, items_of, raises, rejects, step, suspend, tidy
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP525, PEP530, REFERENCE, TUTORIAL, WHATSNEW


@behaviour("CMP-004", source=[REFERENCE.GENERATOR_EXPRESSIONS, PEP530.COMPREHENSIONS, TUTORIAL.S11], since="3.6")
async def test_generator_expression_is_a_lazy_asynchronous_generator():
    """A generator expression with ``async for`` is an asynchronous generator, and takes one item each time it is asked
    for one.
    """
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
    """A generator expression with ``await`` in its element is an asynchronous generator, even if its ``for`` is
    synchronous.
    """
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


@behaviour("CMP-009", source=[REFERENCE.GENERATOR_EXPRESSIONS, CPYTHON.COMPILER], since="3.6", level="detail")
async def test_await_in_the_first_iterable():
    """A generator expression with ``await`` only in its leftmost iterable is a synchronous generator."""

    def generator():
        yield

    async def make():
        await suspend()
        return [1, 2]

    expression = (x * 10 for x in await make())
    found = list(expression)

    assert type(expression) is type(generator())
    assert found == [10, 20]


@behaviour("CMP-010", source=[REFERENCE.GENERATOR_EXPRESSIONS, ISSUE.BPO_31708], since="3.7")
async def test_generator_expression_in_a_plain_function():
    """A plain function can make a generator expression with ``async for``, and is still a plain function."""

    def make(items):
        return [(item * 10 async for item in items), "plain"]

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


@behaviour("CMP-011", source=[REFERENCE.GENERATOR_EXPRESSIONS, ISSUE.BPO_31708], since="3.7")
async def test_await_in_an_expression_of_a_plain_function():
    """In a plain function a generator expression with ``await`` in its element is an asynchronous generator."""

    def make(awaitables):
        return (await awaitable for awaitable in awaitables)

    async def agen():
        yield

    async def coroutine(value):
        await suspend()
        return value

    expression = make([coroutine(1), coroutine(2)])
    found = await items_of(expression)

    assert type(expression) is type(agen())
    assert found == [1, 2]


@behaviour(
    "CMP-014",
    source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.DISPLAYS, WHATSNEW.V311, ISSUE.BPO_33346],
    since="3.11",
    needs=["compile"],
)
async def test_asynchronous_comprehension_in_a_generator_expression():
    """An asynchronous comprehension in the element of a generator expression makes the expression asynchronous."""
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

    assert type(expression) is type(agen(0))
    assert found == [[0], [0, 1]]


@behaviour("CMP-019", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.AGEN_METHODS], since="3.6")
async def test_methods_of_an_expression():
    """An asynchronous generator expression has all methods of an asynchronous generator; a value sent to it is lost."""
    log = []

    async def agen():
        for number in range(5):
            log.append((yield number))

    expression = (x * 10 async for x in agen())
    with raises(TypeError):
        await (x async for x in agen()).asend("too early")
    items = [await expression.asend(None), await expression.asend("lost"), await expression.__anext__()]
    itself = expression.__aiter__()
    closed = await expression.aclose()
    with raises(StopAsyncIteration):
        await expression.__anext__()
    thrown, error = (x async for x in agen()), KeyError("thrown in")
    await thrown.__anext__()
    with raises(KeyError) as caught:
        await thrown.athrow(error)
    with raises(StopAsyncIteration):
        await thrown.__anext__()

    assert items == [0, 10, 20]
    assert itself is expression
    assert caught.value is error
    assert closed is None
    assert log == [None, None]


@behaviour("CMP-020", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.AGEN_ATHROW], since="3.6")
async def test_exception_thrown_into_an_expression():
    """An exception thrown into a generator expression leaves and ends it, and does not reach the generator that it
    iterates.
    """
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
    await tidy(source)

    assert caught.value is failure
    assert seen == []
    assert [first, second] == [1, 2]


@behaviour("CMP-021", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.AGEN_ACLOSE], since="3.6")
async def test_closed_expression():
    """A generator expression gives the items of the generator that it iterates, and its ``aclose()`` leaves that
    generator suspended.
    """
    log = []

    async def agen():
        try:
            yield 1
            yield 2
        finally:
            log.append("closed")

    source = agen()
    expression = (x async for x in source)
    first = await expression.__anext__()
    # What awaiting aclose() does is not the subject.
    try:
        await expression.aclose()
    except Exception:
        pass
    seen = list(log)
    following = await source.__anext__()
    await tidy(source)

    assert first == 1
    assert seen == []
    assert following == 2


@behaviour("CMP-027", source=[LIBRARY.FUNCTIONS, LIBRARY.ITER, ISSUE.GH_149122], since="3.6")
@pytest.mark.parametrize(
    "name",
    ["sum", "list", "tuple", "set", "any", "all", "max", "sorted", "dict", "join"],
    ids=["sum", "list", "tuple", "set", "any", "all", "max", "sorted", "dict", "join"],
)
async def test_expression_as_an_argument(name):
    """Functions that take an iterable refuse an asynchronous generator expression with TypeError, and take no item."""
    log = []

    async def agen():
        log.append("body")
        yield 1

    # A compiler may treat a call of a built-in name with a generator expression apart, so each name is written out.
    with raises(TypeError):
        if name == "sum":
            sum(x async for x in agen())
        elif name == "list":
            list(x async for x in agen())
        elif name == "tuple":
            tuple(x async for x in agen())
        elif name == "set":
            set(x async for x in agen())
        elif name == "any":
            any(x async for x in agen())
        elif name == "all":
            all(x async for x in agen())
        elif name == "max":
            max(x async for x in agen())
        elif name == "sorted":
            sorted(x async for x in agen())
        elif name == "dict":
            dict(x async for x in agen())
        elif name == "join":
            "".join(x async for x in agen())

    assert log == []


@behaviour("CMP-028", source=[LIBRARY.FUNCTIONS, LIBRARY.ITER, ISSUE.GH_149122], since="3.6", level="detail")
@pytest.mark.parametrize(
    "name", ["list", "tuple", "set", "any", "all", "sum"], ids=["list", "tuple", "set", "any", "all", "sum"]
)
async def test_expression_with_await_as_an_argument(name):
    """Functions that take an iterable refuse a generator expression that awaits with TypeError, and take no item."""
    log = []

    class Awaitable:
        def __await__(self):
            log.append("awaited")
            return iter([])

    def items():
        log.append("taken")
        yield Awaitable()

    # A compiler may treat a call of a built-in name with a generator expression apart, so each name is written out.
    with raises(TypeError):
        if name == "list":
            list(await x for x in items())
        elif name == "tuple":
            tuple(await x for x in items())
        elif name == "set":
            set(await x for x in items())
        elif name == "any":
            any(await x for x in items())
        elif name == "all":
            all(await x for x in items())
        elif name == "sum":
            sum(await x for x in items())

    assert log == []


@behaviour("CMP-029", source=[CPYTHON.COMPILER], since="3.6")
async def test_name_of_an_expression():
    """A generator expression is named ``<genexpr>``, and its qualified name begins with that of the
    function around it.
    """

    async def agen():
        yield 1

    async def function():
        return (x async for x in agen())

    expression = await function()
    names = [expression.__name__, expression.__qualname__]

    assert names[0] == "<genexpr>"
    assert names[1] == function.__qualname__ + ".<locals>.<genexpr>"


@behaviour("CMP-032", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.AGEN_ANEXT], since="3.6")
async def test_end_of_an_expression():
    """A generator expression raises StopAsyncIteration at its end, and again at each later ``__anext__()``."""

    async def agen():
        yield 1

    expression = (x async for x in agen())
    items = [await expression.__anext__()]
    for _ in range(2):
        with raises(StopAsyncIteration):
            await expression.__anext__()

    assert items == [1]


@behaviour("CMP-033", source=[PEP525.AGEN_OBJECT, REFERENCE.GENERATOR_EXPRESSIONS], since="3.6")
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
async def test_end_raised_in_an_expression(name):
    """A StopIteration or StopAsyncIteration raised in the element of a generator expression leaves it as
    RuntimeError.
    """
    import builtins

    failure = getattr(builtins, name)("element")

    async def agen():
        yield 1
        yield 2

    def fail():
        raise failure

    expression = (fail() async for x in agen())
    with raises(RuntimeError):
        await expression.__anext__()
    with raises(StopAsyncIteration):
        await expression.__anext__()


@behaviour("CMP-042", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.CALLS], since="3.6", needs=["compile"])
async def test_only_argument():
    """An asynchronous generator expression that is the only argument of a call needs no parentheses of its own."""
    source = "async def f(take, y):\n    return take({})\n"

    assert not rejects(source.format("x async for x in y"))
    assert rejects(source.format("1, x async for x in y"))
    assert not rejects(source.format("1, (x async for x in y)"))


@behaviour("CMP-044", source=[REFERENCE.GENERATOR_EXPRESSIONS, ISSUE.BPO_31708], since="3.7")
async def test_made_here_and_consumed_there():
    """A plain function can make a generator expression that awaits, and a coroutine elsewhere can iterate it."""
    log = []

    def make(coroutine, values):
        return (await coroutine(value) for value in values if value)

    async def coroutine(value):
        await suspend()
        log.append(value)
        return value * 10

    expression = make(coroutine, [1, 0, 2])
    made = list(log)
    found = []
    async for item in expression:
        found.append(item)

    assert made == []
    assert found == [10, 20]
    assert log == [1, 2]


@behaviour("CMP-051", source=[REFERENCE.GENERATOR_EXPRESSIONS, ISSUE.BPO_31708], since="3.7", needs=["compile"])
async def test_expression_at_the_top_level():
    """An asynchronous generator expression may stand at the top level, in a class body and in a lambda."""

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

    assert kinds == {type(agen())}
    assert items == [[1], [1], [1]]


@behaviour("CMP-057", source=[ISSUE.BPO_33346, CPYTHON.COMPILER], since="3.11", needs=["compile"])
@pytest.mark.parametrize(
    "element, expected",
    [["[y async for y in agen(x)]", [[0], [0, 1]]], ["[await one() for y in range(x)]", [[1], [1, 1]]]],
    ids=["async-for", "await"],
)
async def test_asynchronous_comprehension_in_an_expression_of_a_plain_function(element, expected):
    """An asynchronous comprehension may be the element of a generator expression in a plain function too."""
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


@behaviour("CMP-068", source=[REFERENCE.GENERATOR_EXPRESSIONS, ISSUE.BPO_31708], since="3.7")
async def test_expressions_that_a_loop_makes():
    """A loop of a plain function can make several asynchronous generator expressions, each with the iterable that the
    name had then.
    """

    async def agen(items):
        for item in items:
            await suspend()
            yield item

    def make(items):
        expressions = []
        for y in items:
            expressions.append(x async for x in agen(y))
        return expressions

    made = make([[1], [2, 3]])
    kinds = {type(each) for each in made}
    items = [await items_of(each) for each in made]

    assert kinds == {type(agen([]))}
    assert items == [[1], [2, 3]]


@behaviour("CMP-076", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.AGEN_FUNCTION], since="3.6")
def test_suspensions_of_an_expression_in_a_generator():
    """``await`` in the conditions, inner iterables and element of a generator expression suspends the generator that
    iterates it.
    """

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
    awaitable = awaiting(g.__anext__())
    for answer in [None, ["a", "b"]]:
        found.append(step(awaitable.send, answer))
    awaitable = awaiting(g.__anext__())
    for answer in [None, False, True, ["c"], "answer"]:
        found.append(step(awaitable.send, answer))
    ended = step(awaiting(g.__anext__()).send, None)

    assert found == [
        ["suspends", "leftmost"], ["returns", "made"],
        ["suspends", ["if", "a"]], ["suspends", ["if", "b"]], ["suspends", ["inner", "b"]],
        ["suspends", ["element", "c"]], ["returns", "answer"],
    ]  # fmt: skip
    assert ended == ["raises", "StopAsyncIteration"]


@behaviour("CMP-080", source=[REFERENCE.GENERATOR_EXPRESSIONS, ISSUE.BPO_31708], since="3.7")
async def test_expression_in_the_parts_of_a_plain_function():
    """A lambda, a class body and a default of a plain function can contain an asynchronous generator expression."""

    async def agen():
        yield 1
        await suspend()
        yield 2

    def make():
        class Holder:
            expression = (item * 10 async for item in agen())

        def with_default(expression=(item * 100 async for item in agen())):
            return expression

        return [Holder.expression, with_default(), (lambda: (item async for item in agen()))()]

    made = make()
    kinds = {type(each) for each in made}
    items = [await items_of(each) for each in made]

    assert kinds == {type(agen())}
    assert items == [[10, 20], [100, 200], [1, 2]]


@behaviour("CMP-081", source=[REFERENCE.GENERATOR_EXPRESSIONS, ISSUE.BPO_31708], since="3.7")
def test_expression_outside_of_every_coroutine_function():
    """A plain function that no coroutine function encloses can make a generator expression with ``async for``."""

    async def agen():
        yield 1

    expression = (item async for item in agen())

    assert type(expression) is type(agen())


@behaviour("CMP-082", source=[REFERENCE.GENERATOR_EXPRESSIONS, ISSUE.BPO_31708], since="3.7")
def test_await_outside_of_every_coroutine_function():
    """A plain function that no coroutine function encloses can make a generator expression that awaits each item."""

    async def agen():
        yield 1

    expression = (await item for item in [])

    assert type(expression) is type(agen())


@behaviour("CMP-083", source=[ISSUE.BPO_31708, REFERENCE.GENERATOR_EXPRESSIONS], since="3.7", level="detail")
async def test_asynchronous_expression_inside_a_plain_one():
    """The elements of a list comprehension in a plain function can be asynchronous generator expressions."""

    async def agen(items):
        for item in items:
            await suspend()
            yield item

    def make(items):
        return [(x async for x in agen(y)) for y in items]

    made = make([[1], [2, 3]])
    kinds = {type(each) for each in made}
    items = [await items_of(each) for each in made]

    assert kinds == {type(agen([]))}
    assert items == [[1], [2, 3]]
