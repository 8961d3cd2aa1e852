"""SYN: ``yield`` and ``await`` in comprehensions and generator expressions."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import define, items_of, raises, rejects, step, suspend, tidy
from conformance.sources import ISSUE, PEP492, PEP530, PEP828, REFERENCE, WHATSNEW


@behaviour("SYN-010", source=[REFERENCE.YIELD, ISSUE.BPO_10544, WHATSNEW.V38], since="3.8", needs=["compile"])
@pytest.mark.parametrize(
    "comprehension",
    [
        "[(yield) for x in y]",
        "{(yield) for x in y}",
        "{(yield): x for x in y}",
        "{x: (yield) for x in y}",
        "[(yield) async for x in y]",
        "[[(yield)] for x in y]",
    ],
    ids=["list", "set", "dict-key", "dict-value", "async-list", "nested-display"],
)
def test_yield_in_a_comprehension(comprehension):
    """A ``yield`` in the element of a list, set or dictionary comprehension is a SyntaxError in an ``async def``."""
    source = "async def f(x, y):\n    yield\n    z = " + comprehension
    display = source.replace(" async for x in y", "").replace(" for x in y", "")

    assert rejects(source)
    assert rejects(source.replace("    yield\n", ""))
    assert not rejects(source.replace("(yield)", "x"))
    assert not rejects(display)


@behaviour("SYN-011", source=[REFERENCE.YIELD, ISSUE.BPO_10544, WHATSNEW.V38], since="3.8", needs=["compile"])
@pytest.mark.parametrize(
    "expression",
    ["((yield) for x in y)", "(f((yield)) for x in y)", "f((yield) for x in y)", "((yield) async for x in y)"],
    ids=["yield", "as-an-argument", "sole-argument", "async"],
)
def test_yield_in_a_generator_expression(expression):
    """A ``yield`` in the element of a generator expression is a SyntaxError in an ``async def``."""
    source = "async def f(x, y):\n    yield\n    z = " + expression
    display = source.replace(" async for x in y", "").replace(" for x in y", "")

    assert rejects(source)
    assert rejects(source.replace("    yield\n", ""))
    assert not rejects(source.replace("(yield)", "x"))
    assert not rejects(display)


@behaviour("SYN-012", source=[REFERENCE.YIELD, REFERENCE.DISPLAYS, REFERENCE.GENERATOR_EXPRESSIONS], since="3.6")
async def test_yield_in_the_outermost_iterable():
    """A ``yield`` as the first iterable of a comprehension or generator expression belongs to the enclosing ``async
    def``.
    """
    log = []

    async def agen():
        log.append([x + 1 for x in (yield "list")])
        log.append({x + 2 for x in (yield "set")})
        log.append({x: x + 3 for x in (yield "dict")})
        later = (x + 4 for x in (yield "generator expression"))
        log.append("made")
        log.append(list(later))

    g = agen()
    yielded = [await g.__anext__(), await g.asend([10]), await g.asend([20]), await g.asend([30])]
    with raises(StopAsyncIteration):
        await g.asend([40])

    assert yielded == ["list", "set", "dict", "generator expression"]
    assert log == [[11], {22}, {30: 33}, "made", [44]]


@behaviour("SYN-013a", source=[ISSUE.BPO_10544, WHATSNEW.V38], since="3.6", until="3.7", needs=["compile", "warnings"])
@pytest.mark.parametrize(
    "comprehension, sent, steps",
    [
        ["[x for x in [1, 2] if (yield x)]", [None, True, False], [["suspends", 1], ["suspends", 2], ["returns", [1]]]],
        ["[y for x in [1] for y in (yield x)]", [None, [5, 6]], [["suspends", 1], ["returns", [5, 6]]]],
    ],
    ids=["condition", "inner-iterable"],
)
async def test_yield_deep_in_a_comprehension_at_first(comprehension, sent, steps):
    """A ``yield`` in a condition or an inner iterable turns the comprehension into a generator, and not the ``async
    def``.
    """
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        coroutine_function = define("async def f():\n    return " + comprehension, "f")
    made = coroutine_function()
    awaitable = hasattr(made, "__await__")
    generator = await made
    plain = hasattr(generator, "__next__") and not hasattr(generator, "__anext__")
    found = [step(generator.send, value) for value in sent]

    assert awaitable
    assert plain
    assert found == steps


@behaviour("SYN-013b", source=[REFERENCE.YIELD, ISSUE.BPO_10544, WHATSNEW.V38], since="3.8", needs=["compile"])
@pytest.mark.parametrize("brackets", ["[{}]", "{{{}}}", "{{x: {}}}", "({})"], ids=["list", "set", "dict", "generator"])
@pytest.mark.parametrize(
    "clauses",
    ["for x in y if x if (yield)", "for x in y for z in (yield)"],
    ids=["condition", "inner-iterable"],
)
def test_yield_deep_in_a_comprehension(clauses, brackets):
    """A ``yield`` in a condition or an inner iterable of a comprehension is a SyntaxError, as it is in the element."""
    source = "async def f(y):\n    yield\n    z = " + brackets.format("x " + clauses)

    assert rejects(source)
    assert rejects(source.replace("    yield\n", ""))
    assert not rejects(source.replace("(yield)", "x"))
    assert not rejects(source.replace("(yield)", "x").replace("in y", "in (yield)"))


@behaviour(
    "SYN-049", source=[PEP530.AWAIT, REFERENCE.ASYNC_COMPREHENSIONS, REFERENCE.DISPLAYS], since="3.6", needs=["compile"]
)
@pytest.mark.parametrize(
    "comprehension, result",
    [
        ["[await give(x) for x in 'ab']", ["A", "B"]],
        ["sorted({await give(x) for x in 'ab'})", ["A", "B"]],
        ["{await give(x): x for x in 'ab'}", {"A": "a", "B": "b"}],
        ["{x: await give(x) for x in 'ab'}", {"a": "A", "b": "B"}],
        ["[x for x in 'ab' if await give(x) == 'B']", ["b"]],
        ["[y for x in 'ab' for y in await give(x)]", ["A", "B"]],
    ],
    ids=["list", "set", "dict-key", "dict-value", "condition", "inner-iterable"],
)
async def test_await_in_a_comprehension(comprehension, result):
    """An ``await`` may stand anywhere in a comprehension of an ``async def``, and is awaited for each item in turn."""
    log = []

    async def give(x):
        log.append(["asked", x])
        await suspend()
        log.append(["given", x])
        return x.upper()

    source = "async def f():\n    return " + comprehension + "\n"
    made = await define(source, "f", give=give)()

    assert made == result
    assert log == [["asked", "a"], ["given", "a"], ["asked", "b"], ["given", "b"]]


@behaviour(
    "SYN-050", source=[PEP530.AWAIT, PEP492.AWAIT, REFERENCE.ASYNC_COMPREHENSIONS], since="3.6", needs=["compile"]
)
@pytest.mark.parametrize(
    "comprehension",
    [
        "[await x for x in y]",
        "{await x for x in y}",
        "{await x: 1 for x in y}",
        "[x for x in y if await x]",
        "[x for x in await y]",
        "[z for x in y for z in await x]",
    ],
    ids=["list", "set", "dict", "condition", "iterable", "inner-iterable"],
)
def test_await_in_a_comprehension_of_a_plain_function(comprehension):
    """An ``await`` in a comprehension outside of an ``async def`` is a SyntaxError, even in a plain function nested in
    an ``async def``.
    """
    function = "def f(y):\n    return " + comprehension + "\n"
    nested = "async def g():\n    def f(y):\n        return " + comprehension + "\n"

    assert rejects(comprehension)
    assert rejects(function)
    assert rejects(nested)
    assert not rejects(function.replace("await ", ""))
    assert not rejects("async " + function)


@behaviour("SYN-051", source=[REFERENCE.ASYNC_COMPREHENSIONS, REFERENCE.FUNCTION_DEF], since="3.6")
async def test_async_comprehension_in_the_header_of_a_definition():
    """An asynchronous comprehension may be a default, decorator or base of a definition inside an ``async def``."""

    async def source(*items):
        for item in items:
            yield item

    def decorate(arguments):
        return lambda function: [arguments, function()]

    async def agen():
        @decorate([x async for x in source(1, "decorator")])
        def function(x=[x async for x in source(2, "default")], *, y={x async for x in source(3, "keyword-only")}):
            return [x, y]

        class Local([x async for x in source(list, dict)][1]):
            pass

        yield [function, Local.__bases__]

    items = await items_of(agen())

    assert items == [[[[1, "decorator"], [[2, "default"], {3, "keyword-only"}]], (dict,)]]


@behaviour(
    "SYN-052",
    source=[REFERENCE.AWAIT, REFERENCE.ASYNC_COMPREHENSIONS, REFERENCE.DISPLAYS],
    since="3.6",
    level="detail",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "comprehension",
    ["[x for x in await y]", "(x for x in await y)", "[await x for x in y]", "[x async for x in y]"],
    ids=["iterable", "iterable-of-generator", "element", "async-for"],
)
def test_comprehension_in_a_class_body(comprehension):
    """A comprehension directly in a class body inside an ``async def`` cannot contain ``await`` or ``async for``."""
    source = "async def f(y):\n    yield\n    class C:\n        z = " + comprehension + "\n"
    method = source.replace("z =", "async def z(self): return")

    assert rejects(source)
    assert rejects(source.replace("    yield\n", ""))
    assert not rejects(source.replace("await ", "").replace("async for", "for"))
    assert not rejects(method)


@behaviour("SYN-079", source=[REFERENCE.DISPLAYS, REFERENCE.YIELD, REFERENCE.AWAIT], since="3.6", needs=["compile"])
async def test_await_in_the_element_and_yield_in_the_iterable():
    """A comprehension may await in its element while its leftmost iterable is a yield of the enclosing function."""
    source = """
async def f(give):
    yield [await give(x) for x in (yield "iterable")]
"""

    async def give(value):
        await suspend()
        return value * 10

    g = define(source, "f")(give)
    items = [await g.__anext__(), await g.asend([1, 2, 3])]
    await tidy(g)

    assert items == ["iterable", [10, 20, 30]]


@behaviour(
    "SYN-083",
    source=[ISSUE.BPO_10544, WHATSNEW.V37, WHATSNEW.V38],
    since="3.7",
    until="3.7",
    needs=["compile", "warnings"],
)
@pytest.mark.parametrize(
    "expression",
    ["[(yield) for x in y]", "{(yield) for x in y}", "((yield) for x in y)", "[x for x in y if (yield)]"],
    ids=["list", "set", "generator", "condition"],
)
def test_yield_in_a_comprehension_warns(expression):
    """A ``yield`` in a comprehension of an ``async def`` gives a DeprecationWarning when it is compiled."""
    import warnings

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        compile("async def f(y):\n    x = [x for x in (yield)]", "<source>", "exec")
        outermost = len(caught)
        compile("async def f(y):\n    x = " + expression, "<source>", "exec")
    categories = [warning.category for warning in caught]

    assert outermost == 0
    assert categories == [DeprecationWarning]


@behaviour("SYN-088", source=[ISSUE.BPO_10544, WHATSNEW.V37], since="3.6", until="3.6", needs=["compile", "warnings"])
@pytest.mark.parametrize(
    "expression",
    ["[(yield) for x in y]", "{(yield) for x in y}", "((yield) for x in y)", "[x for x in y if (yield)]"],
    ids=["list", "set", "generator", "condition"],
)
def test_yield_in_a_comprehension_is_silent(expression):
    """A ``yield`` in a comprehension of an ``async def`` is compiled without a warning."""
    import warnings

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        compiled = compile("async def f(y):\n    x = " + expression, "<source>", "exec")
    categories = [warning.category for warning in caught]

    assert compiled.co_names == ("f",)
    assert categories == []


@behaviour(
    "SYN-097",
    source=[REFERENCE.YIELD, REFERENCE.DISPLAYS, REFERENCE.GENERATOR_EXPRESSIONS, PEP828.COMPILER],
    since="3.16",
    needs=["compile"],
)
@pytest.mark.parametrize("brackets", ["[{}]", "{{{}}}", "{{a: {}}}", "({})"], ids=["list", "set", "dict", "generator"])
@pytest.mark.parametrize(
    "refused",
    [
        "(yield from x) for a in y",
        "(yield from x) async for a in y",
        "a for a in y if (yield from x)",
        "a for a in y for b in (yield from x)",
    ],
    ids=["element", "element-of-async-for", "condition", "inner-iterable"],
)
async def test_yield_from_in_a_comprehension(refused, brackets):
    """``yield from`` in a comprehension of an ``async def`` is a SyntaxError, except in the outermost iterable, where
    it delegates for the ``async def``.
    """
    source = "async def agen(x, y):\n    log.append(list({}))\n    yield"

    async def inner():
        yield "item"

    class Subiterator:
        left = ["item"]

        def __aiter__(self):
            return self

        async def __anext__(self):
            if self.left:
                self.left = []
                return "item"
            raise StopAsyncIteration("ab")

    log = []
    accepted = source.format(brackets.format("a for a in (yield from x)"))
    items = await items_of(define(accepted, "agen", log=log)(Subiterator(), None))

    assert rejects(source.format(brackets.format(refused)))
    assert rejects(source.format(brackets.format(refused)).replace("    yield", "    pass"))
    assert items == ["item", None]
    assert [sorted(each) for each in log] == [["a", "b"]]
