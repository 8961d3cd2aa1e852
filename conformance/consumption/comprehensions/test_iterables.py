"""CMP: where and when the leftmost iterable and the inner ones are evaluated."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import define, items_of, raises, rejects, suspend, tidy
from conformance.sources import CPYTHON, ISSUE, PEP530, PEPS, REFERENCE


@behaviour("CMP-015", source=[REFERENCE.GENERATOR_EXPRESSIONS], since="3.6")
async def test_leftmost_iterable_is_evaluated_at_creation():
    """Making an asynchronous generator expression evaluates its leftmost iterable, which may raise, and no other
    expression of it.
    """
    log = []

    async def agen(name):
        log.append("body of " + name)
        yield name

    def evaluate(name):
        log.append(name)
        return agen(name)

    def fail():
        raise KeyError

    expression = ([a, b] async for a in evaluate("left") if log.append("if") is None async for b in evaluate("right"))
    seen_before = list(log)
    items = await items_of(expression)
    with raises(KeyError):
        expression = (item async for item in fail())

    assert seen_before == ["left"]
    assert items == [["left", "right"]]
    assert log == ["left", "body of left", "if", "right", "body of right"]


@behaviour("CMP-016", source=[REFERENCE.GENERATOR_EXPRESSIONS], since="3.6", level="detail")
@pytest.mark.parametrize("kind", ["int", "list", "sync-iterator"], ids=["int", "list", "sync-iterator"])
async def test_first_iterable_that_is_no_asynchronous_iterable(kind):
    """Making an asynchronous generator expression over an object without ``__aiter__()`` raises TypeError at once."""
    log = []
    numbers = iter([1, 2])

    def element(value):
        log.append(value)
        return value

    value = {"int": 1, "list": [1], "sync-iterator": numbers}[kind]
    with raises(TypeError):
        (element(x) async for x in value)
    left = list(numbers)

    assert log == []
    assert left == [1, 2]


@behaviour("CMP-017", source=[REFERENCE.GENERATOR_EXPRESSIONS], since="3.6", level="detail")
async def test_aiter_of_the_first_iterable():
    """Making an asynchronous generator expression calls ``__aiter__()`` of its leftmost iterable, but not
    ``__anext__()``.
    """
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
    """Making a generator expression evaluates only its leftmost iterable; the other parts are evaluated for
    each item.
    """
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


@behaviour("CMP-037", source=[REFERENCE.YIELD, ISSUE.BPO_10544], since="3.6", needs=["compile"])
async def test_yield_in_the_first_iterable():
    """A ``yield`` in the leftmost iterable of an asynchronous comprehension belongs to the function around it."""
    source = "async def f(received):\n    yield [x async for x in received((yield 'waiting'))]\n"
    log = []

    async def agen():
        yield 1

    def received(iterable):
        log.append(iterable)
        return iterable

    sent = agen()
    g = define(source, "f")(received)
    item = await g.__anext__()
    # What the comprehension does with the iterable is not the subject.
    try:
        await g.asend(sent)
    except Exception:
        pass
    await tidy(g)

    assert item == "waiting"
    assert log == [sent]


@behaviour(
    "CMP-049", source=[REFERENCE.DISPLAYS, REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.EVALUATION_ORDER], since="3.6"
)
@pytest.mark.parametrize("kind", ["list", "set", "dict", "generator"], ids=["list", "set", "dict", "generator"])
async def test_where_the_iterables_are_evaluated(kind):
    """The leftmost iterable is evaluated in the scope around the comprehension, and inner iterables in its
    own scope.
    """
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

    assert log == ["outside", "a", "b"]
    assert found == ["a", "b"]


@behaviour("CMP-066", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.YIELD], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    "expression, sent",
    [["(x async for x in (yield 'waiting'))", "asynchronous"], ["(await give(x) for x in (yield 'waiting'))", "plain"]],
    ids=["async-for", "await"],
)
async def test_yield_in_the_first_iterable_of_an_expression(expression, sent):
    """A ``yield`` in the leftmost iterable of a generator expression suspends the body while it makes the
    expression.
    """
    log = []

    async def give(value):
        log.append("given")
        return value

    async def numbers():
        log.append("iterated")
        yield 1

    source = "async def agen():\n    made = " + expression + "\n    log.append('made')\n    yield made\n"
    g = define(source, "agen", log=log, give=give)()
    first = await g.__anext__()
    log.append("sent")
    made = await g.asend(numbers() if sent == "asynchronous" else [1, 2])
    await tidy(g)

    assert first == "waiting"
    assert log == ["sent", "made"]
    assert type(made) is type(g)
    assert made is not g


@behaviour("CMP-067", source=[REFERENCE.GENERATOR_EXPRESSIONS, PEP530.AWAIT], since="3.6")
async def test_await_in_the_first_iterable_of_a_nested_expression():
    """``await`` in the leftmost iterable of a nested generator expression makes the outer expression asynchronous."""
    log = []

    async def agen():
        yield

    async def double(items):
        await suspend()
        log.append(items)
        return items * 2

    expression = ((x for x in await double(y)) for y in [[1], [2]])
    made = list(log)
    await items_of(expression)

    assert type(expression) is type(agen())
    assert made == []
    assert log == [[1], [2]]


@behaviour("CMP-078", source=[REFERENCE.GENERATOR_EXPRESSIONS, CPYTHON.COMPILER], since="3.6", level="detail")
async def test_nested_expression_stays_synchronous():
    """A generator expression that is the element of another one is synchronous if only its leftmost iterable awaits."""

    def generator():
        yield

    async def double(items):
        await suspend()
        return items * 2

    nested = await items_of((x for x in await double(y)) for y in [[1], [2]])
    kinds = {type(each) for each in nested}
    items = [list(each) for each in nested]

    assert kinds == {type(generator())}
    assert items == [[1, 1], [2, 2]]


@behaviour("CMP-079", source=[REFERENCE.GENERATOR_EXPRESSIONS, CPYTHON.COMPILER], since="3.6", level="detail")
async def test_expression_over_an_asynchronous_comprehension():
    """A generator expression whose leftmost iterable is an asynchronous comprehension is a synchronous generator."""

    def generator():
        yield

    async def agen():
        yield 1
        await suspend()
        yield 2

    expression = (x * 10 for x in [y async for y in agen()])
    found = list(expression)

    assert type(expression) is type(generator())
    assert found == [10, 20]


@behaviour("CMP-069", source=[REFERENCE.DISPLAYS, REFERENCE.GENERATOR_EXPRESSIONS], since="3.6")
async def test_asynchronous_comprehension_as_the_first_iterable():
    """An asynchronous comprehension as leftmost iterable of a comprehension or generator expression runs to its
    end first.
    """
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

    assert listed == [1, 2]
    assert seen == [["source", 0], ["source", 1], ["source", 2], ["element", 1], ["element", 2]]
    assert made == [["source", 0], ["source", 1], ["source", 2]]


@behaviour(
    "CMP-070",
    source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.AWAIT, PEP530.COMPREHENSIONS],
    since="3.7",
    needs=["compile"],
)
async def test_iterables_of_an_expression_in_a_plain_function():
    """Outside of a coroutine function, a generator expression can await in any part but its leftmost iterable, which is
    evaluated in the scope around it.
    """
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
    """In a class body, only the leftmost iterable of an asynchronous generator expression sees the names of
    the class.
    """
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
    """An inner iterable that raises or cannot be iterated makes the step that reaches it raise, and ends the
    expression.
    """
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


@behaviour("CMP-073", source=[REFERENCE.GENERATOR_EXPRESSIONS, PEPS.PEP289], since="3.6")
@pytest.mark.parametrize("kind", ["await", "async-for"], ids=["await", "async-for"])
async def test_synchronous_first_iterable_of_an_asynchronous_expression(kind):
    """An asynchronous generator expression whose first clause is ``for`` gets the iterator of that iterable when it is
    made.
    """
    log = []

    class Iterable:
        def __iter__(self):
            log.append("iter")
            return iter([1, 2])

    async def give(value):
        log.append(value)
        return value

    async def agen(value):
        yield await give(value)

    async def other():
        yield

    if kind == "await":
        expression = (await give(x) for x in Iterable())
        with raises(TypeError):
            (await give(x) for x in agen(1))
    else:
        expression = (y for x in Iterable() async for y in agen(x))
        with raises(TypeError):
            (y for x in agen(1) async for y in agen(x))

    assert log == ["iter"]
    assert type(expression) is type(other())


@behaviour("CMP-074", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.NAMING], since="3.6")
async def test_names_of_the_iterables():
    """Rebinding the name of the leftmost iterable after making a generator expression has no effect on it; rebinding
    a name of its element has.
    """

    async def agen(items):
        for item in items:
            yield item

    leftmost = agen("ab")
    beside = 1
    expression = ([x, beside] async for x in leftmost)
    first = await expression.__anext__()
    leftmost = agen("cd")
    beside = 2
    rest = await items_of(expression)
    untouched = await items_of(leftmost)

    assert first == ["a", 1]
    assert rest == [["b", 2]]
    assert untouched == ["c", "d"]


@behaviour("CMP-077", source=[REFERENCE.GENERATOR_EXPRESSIONS, REFERENCE.TRY], since="3.6")
async def test_where_errors_of_iterables_are_caught():
    """An error of the leftmost iterable can be caught where the expression is made, an error of an inner iterable
    cannot.
    """
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
