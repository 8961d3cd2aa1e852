"""Where ``yield``, ``return``, ``await`` and ``async for`` may stand, and what a ``yield`` makes of a function."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import define, items_of, raises, rejects, step, suspend
from conformance.sources import (
    CPYTHON,
    ISSUE,
    LIBRARY,
    PEP342,
    PEP479,
    PEP492,
    PEP525,
    PEP530,
    PEPS,
    REFERENCE,
    TUTORIAL,
    WHATSNEW,
)


@behaviour(
    "SYN-001", source=[REFERENCE.RETURN, TUTORIAL.S16, PEP525.ASYNCHRONOUS_GENERATORS], since="3.6", needs=["compile"]
)
@pytest.mark.parametrize(
    "value",
    ["1", "0", "''", "()", "1, 2", "value", "[value]", "await value", "lambda: 1"],
    ids=["1", "0", "empty-str", "empty-tuple", "tuple", "name", "list", "await", "lambda"],
)
def test_return_of_a_value(value):
    """An ``async def`` that yields is a SyntaxError if it also returns a value, be it false or empty."""
    agen = "async def f(value):\n    yield\n    return"
    coroutine = "async def f(value):\n    return"

    assert rejects(agen + " " + value)
    assert not rejects(agen)
    assert not rejects(coroutine + " " + value)


@behaviour(
    "SYN-002", source=[REFERENCE.RETURN, TUTORIAL.S16, PEP525.ASYNCHRONOUS_GENERATORS], since="3.6", needs=["compile"]
)
@pytest.mark.parametrize("value", ["None", "(None)"], ids=["None", "parenthesised"])
def test_return_of_none(value):
    """A None spelt out after ``return`` counts as a value, which an ``async def`` that yields may not return."""
    agen = "async def f():\n    yield\n    return"
    coroutine = "async def f():\n    return"
    generator = "def f():\n    yield\n    return"

    assert rejects(agen + " " + value)
    assert not rejects(agen)
    assert not rejects(coroutine + " " + value)
    assert not rejects(generator + " " + value)


@behaviour("SYN-003", source=[REFERENCE.RETURN, TUTORIAL.S16], since="3.8", needs=["compile"])
@pytest.mark.parametrize(
    "body",
    [
        "    return 1\n    yield\n",
        "    if value:\n        return 1\n    yield\n",
        "    yield\n    return\n    return 1\n",
        "    yield\n    raise ValueError\n    return 1\n",
        "    yield\n    if 0:\n        return 1\n",
        "    yield\n    while False:\n        return 1\n",
        "    if 0:\n        yield\n    return 1\n",
        "    while False:\n        yield\n    return 1\n",
    ],
    ids=[
        "before-the-yield",
        "in-an-if-before-the-yield",
        "after-return",
        "after-raise",
        "in-if-0",
        "in-while-False",
        "yield-in-if-0",
        "yield-in-while-False",
    ],
)
def test_return_of_a_value_that_is_never_reached(body):
    """Neither the order of ``return 1`` and ``yield`` nor that one of them is unreachable makes the pair legal."""
    source = "async def f(value):\n" + body

    assert rejects(source)
    assert not rejects(source.replace("return 1", "return"))
    assert not rejects(source.replace("yield", "pass"))


@behaviour("SYN-004", source=[REFERENCE.RETURN, TUTORIAL.S16], since="3.6")
async def test_bare_return_anywhere():
    """A ``return`` without a value may stand anywhere in an asynchronous generator, which ends there."""
    log = []

    async def first():
        return
        yield 1

    async def nested():
        for item in range(3):
            while True:
                yield item
                if item == 1:
                    return
                break
        yield "not reached"

    async def protected():
        try:
            yield "try"
            raise ValueError
        except ValueError:
            return
        finally:
            log.append("finally")
        yield "not reached"

    async def last():
        yield "last"
        return

    items = [await items_of(agen()) for agen in [first, nested, protected, last]]

    assert items == [[], [0, 1], ["try"], ["last"]]
    assert log == ["finally"]


@behaviour("SYN-005", source=[REFERENCE.RETURN], since="3.6")
async def test_return_of_a_value_in_a_nested_function():
    """A function, coroutine function or lambda inside an asynchronous generator may return values of its own."""

    async def agen():
        def function():
            return "function"

        async def coroutine():
            return "coroutine"

        class Local:
            def method(self):
                return "method"

        yield function()
        yield await coroutine()
        yield Local().method()
        yield (lambda: "lambda")()

    items = await items_of(agen())

    assert items == ["function", "coroutine", "method", "lambda"]


@behaviour("SYN-006", source=[REFERENCE.RETURN, TUTORIAL.S16], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    "value",
    ["(yield)", "(yield 1)", "[(yield)]", "1 + (yield)"],
    ids=["bare", "with-value", "in-a-list", "in-a-sum"],
)
def test_return_of_a_yield(value):
    """A ``yield`` inside the value of a ``return`` makes that ``return`` a SyntaxError in an ``async def``."""
    returned = "async def f():\n    return " + value
    assigned = "async def f():\n    x = " + value + "\n    return"
    generator = "def f():\n    return " + value

    assert rejects(returned)
    assert not rejects(assigned)
    assert not rejects(generator)


@behaviour(
    "SYN-007",
    source=[REFERENCE.AGEN_FUNCTION, PEP525.YIELD_FROM, TUTORIAL.S18],
    since="3.6",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "statement",
    ["yield from x", "y = yield from x", "y = [(yield from x)]", "await (yield from x)", "yield (yield from x)"],
    ids=["statement", "assigned", "in-a-list", "awaited", "yielded"],
)
def test_yield_from_beside_a_yield(statement):
    """An asynchronous generator cannot delegate with ``yield from``: it is a SyntaxError wherever it stands."""
    source = "async def f(x):\n    yield 1\n    " + statement + "\n    yield 2\n"
    generator = "def f(x):\n    yield 1\n    " + statement.replace("await ", "") + "\n    yield 2\n"

    assert rejects(source)
    assert not rejects(source.replace("yield from", "yield"))
    assert not rejects(generator)


@behaviour(
    "SYN-008",
    source=[REFERENCE.AGEN_FUNCTION, PEP525.YIELD_FROM, TUTORIAL.S18],
    since="3.6",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "body",
    ["yield from x", "y = yield from x", "return (yield from x)", "await x; yield from x"],
    ids=["statement", "assigned", "returned", "after-await"],
)
def test_yield_from_without_a_yield(body):
    """An ``async def`` without any plain ``yield`` cannot contain ``yield from`` either."""
    source = "async def f(x):\n    " + body
    generator = "def f(x):\n    " + body.replace("await ", "")

    assert rejects(source)
    assert not rejects(source.replace("yield from", "await"))
    assert not rejects(generator)


@behaviour("SYN-009", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.YIELD, TUTORIAL.S18], since="3.6")
async def test_yield_from_in_a_nested_function():
    """A plain function or lambda inside an ``async def`` may use ``yield from``, and the outer one stays what it is."""

    async def coroutine():
        def function():
            yield from [1, 2]

        return [function, lambda: (yield from [3, 4])]

    async def agen():
        def function():
            return (yield from [5, 6])

        yield list(function())
        yield list((lambda: (yield from [7, 8]))())

    function, anonymous = await coroutine()
    from_coroutine = [list(function()), list(anonymous())]
    from_agen = await items_of(agen())

    assert from_coroutine == [[1, 2], [3, 4]]
    assert from_agen == [[5, 6], [7, 8]]


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
    """A ``yield`` in what a list, set or dictionary comprehension collects is a SyntaxError in an ``async def``."""
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
    """A ``yield`` in what a generator expression produces is a SyntaxError in an ``async def``."""
    source = "async def f(x, y):\n    yield\n    z = " + expression
    display = source.replace(" async for x in y", "").replace(" for x in y", "")

    assert rejects(source)
    assert rejects(source.replace("    yield\n", ""))
    assert not rejects(source.replace("(yield)", "x"))
    assert not rejects(display)


@behaviour("SYN-012", source=[REFERENCE.YIELD, REFERENCE.DISPLAYS, REFERENCE.GENERATOR_EXPRESSIONS], since="3.6")
async def test_yield_in_the_outermost_iterable():
    """A ``yield`` as the first iterable of a comprehension or generator expression belongs to the ``async def``."""
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
    ("comprehension", "sent", "steps"),
    [
        ["[x for x in [1, 2] if (yield x)]", [None, True, False], [["suspends", 1], ["suspends", 2], ["returns", [1]]]],
        ["[y for x in [1] for y in (yield x)]", [None, [5, 6]], [["suspends", 1], ["returns", [5, 6]]]],
    ],
    ids=["condition", "inner-iterable"],
)
async def test_yield_deep_in_a_comprehension_at_first(comprehension, sent, steps):
    """A ``yield`` in a condition or an inner iterable makes the comprehension a generator, not the ``async def``."""
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
    """A ``yield`` in a condition or an inner iterable of a comprehension is a SyntaxError, as in the element."""
    source = "async def f(y):\n    yield\n    z = " + brackets.format("x " + clauses)

    assert rejects(source)
    assert rejects(source.replace("    yield\n", ""))
    assert not rejects(source.replace("(yield)", "x"))
    assert not rejects(source.replace("(yield)", "x").replace("in y", "in (yield)"))


@behaviour("SYN-014", source=[REFERENCE.AWAIT, PEP492.AWAIT], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    ("before", "inside"),
    [
        ["", "async def f(x):\n    "],
        ["def f(x):\n    ", "async def f(x):\n    "],
        ["class C:\n    ", "class C:\n    async def f(x):\n        "],
        ["async def f(x):\n    def g():\n        ", "async def f(x):\n    async def g():\n        "],
        ["async def f(x):\n    class C:\n        ", "async def f(x):\n    if x:\n        "],
        ["async def f(x):\n    yield\n    def g():\n        ", "async def f(x):\n    yield\n    if x:\n        "],
    ],
    ids=["module", "function", "class", "function-in-async-def", "class-in-async-def", "function-in-agen"],
)
def test_await_outside_of_a_coroutine(before, inside):
    """The nearest enclosing function of an ``await``, with no class body between, must be an ``async def``."""

    assert rejects(before + "await x\n")
    assert rejects(before + "y = [await x]\n")
    assert not rejects(before + "x = 1\n")
    assert not rejects(inside + "await x\n")
    assert not rejects(inside + "y = [await x]\n")


@behaviour("SYN-015", source=[REFERENCE.AWAIT, REFERENCE.LAMBDAS, PEP492.AWAIT], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ["lambda: await x", "lambda y=await x: y"],
        ["lambda y: [y, await y]", "lambda y: [y, x]"],
        ["lambda: lambda: await x", "lambda: lambda: x"],
        ["lambda y=(lambda: await x): y", "lambda y=(await x): y"],
    ],
    ids=["body", "part-of-the-body", "nested", "in-a-default"],
)
@pytest.mark.parametrize("before", ["", "    yield\n"], ids=["coroutine", "agen"])
def test_await_in_a_lambda(before, inside, outside):
    """``await`` in the body of a lambda is a SyntaxError, in an ``async def`` too; its defaults belong to that."""
    source = "async def f(x):\n" + before + "    z = "

    assert rejects(source + inside)
    assert not rejects(source + outside)


@behaviour("SYN-016", source=[REFERENCE.ASYNC_FOR, PEP492.ASYNC_FOR], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    ("before", "inside"),
    [
        ["{}", "async def f(x):\n    {}"],
        ["def f(x):\n    {}", "async def f(x):\n    {}"],
        ["class C:\n    {}", "class C:\n    async def f(x):\n        {}"],
        ["async def f(x):\n    class C:\n        {}", "async def f(x):\n    if x:\n        {}"],
        ["async def f(x):\n    def g():\n        {}", "async def f(x):\n    async def g():\n        {}"],
    ],
    ids=["module", "function", "class", "class-in-async-def", "function-in-async-def"],
)
def test_async_for_outside_of_a_coroutine(before, inside):
    """The nearest enclosing function of an ``async for``, with no class body between, must be an ``async def``."""
    loop = "async for y in x: pass"

    assert rejects(before.format(loop))
    assert not rejects(before.format("for y in (): pass"))
    assert not rejects(inside.format(loop))


@behaviour("SYN-017", source=[REFERENCE.ASYNC_WITH, PEP492.ASYNC_WITH, ISSUE.BPO_33363], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    ("before", "inside"),
    [
        ["{}", "async def f(x):\n    {}"],
        ["def f(x):\n    {}", "async def f(x):\n    {}"],
        ["class C:\n    {}", "class C:\n    async def f(x):\n        {}"],
        ["async def f(x):\n    class C:\n        {}", "async def f(x):\n    if x:\n        {}"],
        ["async def f(x):\n    def g():\n        {}", "async def f(x):\n    async def g():\n        {}"],
    ],
    ids=["module", "function", "class", "class-in-async-def", "function-in-async-def"],
)
def test_async_with_outside_of_a_coroutine(before, inside):
    """The nearest enclosing function of an ``async with``, with no class body between, must be an ``async def``."""
    statement = "async with x as y: pass"

    assert rejects(before.format(statement))
    assert not rejects(before.format(statement.replace("async ", "")))
    assert not rejects(inside.format(statement))


@behaviour("SYN-018", source=[REFERENCE.YIELD], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    "statement", ["yield", "yield 1", "x = yield", "(yield)"], ids=["bare", "1", "assigned", "parenthesised"]
)
@pytest.mark.parametrize(
    "outside",
    [
        "",
        "class C:\n    ",
        "async def f():\n    class C:\n        ",
        "async def f():\n    yield\n    class C:\n        ",
    ],
    ids=["module", "class", "class-in-async-def", "class-in-agen"],
)
def test_yield_outside_of_a_function(outside, statement):
    """A ``yield`` at module level or directly in a class body is a SyntaxError, even inside an ``async def``."""
    nested = outside + "async def method(): " + statement
    beside = outside + "x = 1"

    assert rejects(outside + statement)
    assert not rejects(nested)
    assert not rejects(beside)


@behaviour("SYN-019", source=[REFERENCE.YIELD, REFERENCE.AGEN_FUNCTION, TUTORIAL.S01, TUTORIAL.S05], since="3.6")
async def test_yield_in_a_nested_lambda():
    """A ``yield`` in a lambda makes the lambda a generator function, and nothing of the ``async def`` around it."""

    async def coroutine():
        return lambda: (yield "from the lambda")

    async def agen():
        yield lambda: (yield "from the lambda")

    returned = coroutine()
    awaitable = hasattr(returned, "__await__") and not hasattr(returned, "__aiter__")
    inner = await returned
    generator = inner()
    plain = hasattr(generator, "__next__") and not hasattr(generator, "__anext__")
    values = list(generator)
    yielded = [list(item()) for item in await items_of(agen())]

    assert awaitable
    assert plain
    assert values == ["from the lambda"]
    assert yielded == [["from the lambda"]]


@behaviour("SYN-020", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.YIELD, TUTORIAL.S01, TUTORIAL.S05], since="3.6")
async def test_yield_in_a_nested_function():
    """An ``async def`` whose only ``yield`` is in a function nested in it stays a coroutine that may return a value."""

    async def coroutine():
        def generator():
            yield "plain"

        async def agen():
            yield "asynchronous"

        return [list(generator()), await items_of(agen())]

    returned = coroutine()
    awaitable = hasattr(returned, "__await__")
    iterable = hasattr(returned, "__aiter__") or hasattr(returned, "__anext__")
    values = await returned

    assert awaitable
    assert not iterable
    assert values == [["plain"], ["asynchronous"]]


@behaviour("SYN-021", source=[REFERENCE.YIELD, REFERENCE.AGEN_FUNCTION, REFERENCE.TRY], since="3.6")
async def test_yield_in_every_part_of_try():
    """A ``yield`` works in each suite of ``try``, and an exception that is on its way goes on after it."""

    async def agen(fails):
        try:
            yield "try"
            if fails:
                raise ValueError
        except ValueError:
            yield "except"
            raise KeyError from None
        else:
            yield "else"
        finally:
            yield "finally"
        yield "after"

    without = await items_of(agen(False))
    g = agen(True)
    failing = [await g.__anext__(), await g.__anext__(), await g.__anext__()]
    with raises(KeyError):
        await g.__anext__()

    assert without == ["try", "else", "finally", "after"]
    assert failing == ["try", "except", "finally"]


@behaviour(
    "SYN-022",
    source=[REFERENCE.YIELD, REFERENCE.AGEN_FUNCTION, REFERENCE.WITH, REFERENCE.ASYNC_WITH, REFERENCE.ASYNC_FOR],
    since="3.6",
)
async def test_yield_in_headers_and_bodies():
    """A ``yield`` works in the header and in the body of ``with``, ``for``, ``while`` and ``if``, ``async`` or not."""

    class Manager:
        def __enter__(self):
            return "entered"

        def __exit__(self, *details):
            log.append("exit")

        async def __aenter__(self):
            return "aentered"

        async def __aexit__(self, *details):
            log.append("aexit")

    async def source():
        yield "a"
        yield "b"

    async def agen():
        with (yield "with") as x:
            yield x
        async with (yield "async with") as x:
            yield x
        for x in (yield "for"):
            yield x
        async for x in (yield "async for"):
            yield x
        while (yield "while"):
            yield "repeated"
        if (yield "if"):
            yield "chosen"

    answers = [Manager(), None, Manager(), None, [1, 2], None, None, source(), None, None, True, None, False, True]
    g = agen()
    log = [await g.__anext__()]
    for answer in answers:
        log.append(await g.asend(answer))
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert log[:6] == ["with", "entered", "exit", "async with", "aentered", "aexit"]
    assert log[6:12] == ["for", 1, 2, "async for", "a", "b"]
    assert log[12:] == ["while", "repeated", "while", "if", "chosen"]


@behaviour("SYN-023", source=[REFERENCE.MATCH, REFERENCE.YIELD, PEPS.PEP634], since="3.10")
async def test_yield_in_match():
    """A ``yield`` works as the subject of ``match``, as a guard, each in its turn, and in the body of a case."""
    log = []

    async def agen():
        match (yield "subject"):
            case [x, y] if (yield "first guard"):
                log.append((yield ["first body", x, y]))
            case [*x] if (yield "second guard"):
                log.append((yield ["second body", x]))
            case _:
                yield "default"
        yield "after"

    async def reached(*sent):
        g = agen()
        return [await g.asend(value) for value in [None, *sent]]

    first = await reached([1, 2], True, "answer")
    second = await reached([1, 2], False, True, "other answer")
    neither = await reached("text", None)

    assert first == ["subject", "first guard", ["first body", 1, 2], "after"]
    assert second == ["subject", "first guard", "second guard", ["second body", [1, 2]], "after"]
    assert neither == ["subject", "default", "after"]
    assert log == ["answer", "other answer"]


@behaviour("SYN-024", source=[REFERENCE.EXCEPT_STAR, REFERENCE.YIELD, PEPS.PEP654], since="3.11", needs=["compile"])
async def test_yield_in_except_star():
    """``yield`` and ``await`` work in the clauses of ``except*``, and what they left of the group goes on after."""
    source = """
async def agen(group):
    try:
        yield "try"
        raise group
    except* ValueError as matched:
        yield ["ValueError", len(matched.exceptions)]
    except* (yield "which type") as matched:
        yield ["sent type", await count(matched)]
    finally:
        yield "finally"
"""

    async def count(matched):
        return len(matched.exceptions)

    rest = TypeError()
    group = ExceptionGroup("group", [ValueError(), KeyError(), rest, ValueError()])
    g = define(source, "agen", count=count)(group)
    items = [await g.__anext__(), await g.__anext__(), await g.__anext__()]
    items += [await g.asend(KeyError), await g.__anext__()]
    with raises(ExceptionGroup) as caught:
        await g.__anext__()
    left = list(caught.value.exceptions)

    assert items == ["try", ["ValueError", 2], "which type", ["sent type", 1], "finally"]
    assert left == [rest]


@behaviour("SYN-025", source=[REFERENCE.AWAIT, REFERENCE.YIELD], since="3.6")
async def test_await_and_yield_combined():
    """What ``await`` evaluates to may be yielded, and what ``yield`` evaluates to may be awaited, in one expression."""
    log = []

    async def echo(value):
        log.append(value)
        return value

    async def agen():
        yield await echo(1)
        await (yield 2)
        received = await (yield await echo(3))
        yield ["received", received]

    g = agen()
    items = [await g.__anext__(), await g.__anext__(), await g.asend(echo("sent")), await g.asend(echo("sent later"))]

    assert items == [1, 2, 3, ["received", "sent later"]]
    assert log == [1, "sent", 3, "sent later"]


@behaviour("SYN-026", source=[REFERENCE.AWAIT, PEP492.AWAIT], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    ("bare", "parenthesised"),
    [
        ["await yield", "await (yield)"],
        ["await yield x", "await (yield x)"],
        ["y = await yield x", "y = await (yield x)"],
        ["yield await yield x", "yield await (yield x)"],
    ],
    ids=["bare", "with-value", "assigned", "yielded"],
)
def test_await_of_a_bare_yield(bare, parenthesised):
    """The operand of ``await`` may be a ``yield`` in parentheses, but not one without them."""
    function = "async def f(x):\n    "

    assert rejects(function + bare)
    assert not rejects(function + parenthesised)


@behaviour("SYN-027", source=[REFERENCE.YIELD, PEP342.YIELD], since="3.6", needs=["compile"])
async def test_yield_where_no_parentheses_are_needed():
    """A ``yield`` without parentheses is a statement, or all that stands on the right-hand side of an assignment."""
    source = """
async def agen(log):
    yield
    yield 1
    x = yield 2
    log.append(x)
    x = y = yield 3
    log.append([x, y])
    x, *y = yield 4
    log.append([x, y])
    x += yield 5
    log.append(x)
    log[0] = yield 6, 7
"""
    log = []
    g = define(source, "agen")(log)
    items = [await g.asend(value) for value in [None, "ignored", "ignored too", "x", "xy", [10, 20, 30], 5]]
    with raises(StopAsyncIteration):
        await g.asend("last")

    assert items == [None, 1, 2, 3, 4, 5, (6, 7)]
    assert log == ["last", ["xy", "xy"], [10, [20, 30]], 15]
    assert rejects(source.replace("yield 6, 7", "6, yield 7"))
    assert rejects(source.replace("yield 6, 7", "yield, 7"))
    assert rejects(source.replace("yield 6, 7", "*yield 7"))
    assert not rejects(source.replace("yield 6, 7", "6, (yield 7)"))


@behaviour("SYN-028", source=[REFERENCE.ANNOTATED_ASSIGNMENT, WHATSNEW.V38], since="3.8", needs=["compile"])
async def test_yield_in_an_annotated_assignment():
    """The whole right-hand side of an annotated assignment may be a bare ``yield``, and is then what is sent."""
    source = """
async def agen(log):
    x: int = yield
    log.append(x)
    x: int = yield 1, 2
    log.append(x)
"""
    log = []
    g = define(source, "agen")(log)
    items = [await g.__anext__(), await g.asend("first")]
    with raises(StopAsyncIteration):
        await g.asend("second")

    assert items == [None, (1, 2)]
    assert log == ["first", "second"]
    assert rejects(source.replace("= yield 1, 2", "= 1, yield 2"))


@behaviour("SYN-029", source=[REFERENCE.YIELD, PEP342.YIELD], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ["f(", ")"],
        ["f(x, ", ")"],
        ["f(x=", ")"],
        ["f(*", ")"],
        ["[", "]"],
        ["{", "}"],
        ["{x: ", "}"],
        ["(x, ", ")"],
        ["x[", "]"],
        ["x[1:", "]"],
        ["1 + ", ""],
        ["not ", ""],
        ["x and ", ""],
        ["x == ", ""],
        ["x if ", " else x"],
        ["yield ", ""],
        ["if ", ": pass"],
        ["while ", ": pass"],
        ["for y in ", ": pass"],
        ["async for y in ", ": pass"],
        ["with ", ": pass"],
        ["async with ", ": pass"],
        ["assert ", ""],
        ["raise ", ""],
        ["del x[", "]"],
    ],
    ids=[
        "argument",
        "last-argument",
        "keyword-argument",
        "starred-argument",
        "list",
        "set",
        "dict",
        "tuple",
        "subscript",
        "slice",
        "sum",
        "not",
        "and",
        "comparison",
        "condition",
        "yield",
        "if",
        "while",
        "for",
        "async-for",
        "with",
        "async-with",
        "assert",
        "raise",
        "del",
    ],
)
def test_yield_without_parentheses(before, after):
    """As a part of a larger expression, or in the header of a statement, a ``yield`` needs parentheses of its own."""
    bare = "async def f(x):\n    " + before + "yield" + after
    parenthesised = "async def f(x):\n    " + before + "(yield)" + after

    assert rejects(bare)
    assert not rejects(parenthesised)


@behaviour("SYN-030", source=[REFERENCE.YIELD, PEP342.YIELD], since="3.6")
async def test_yield_in_parentheses():
    """In parentheses, a ``yield`` may stand wherever a value may, is reached in turn, and evaluates to what is sent."""
    log = []
    # What is sent in answer to the item 0, to the item 1, and so on.
    sent = [["k", 1], 2, {"z": 3}, 0, 1, 3, 1, 2, 3, True, "then", 0, 10, 20, 1, 2, "key", "value", 1, [2, 3]]
    sent += ["a", "c", 7, 24, "inner", LookupError()]

    async def agen():
        target = {"a": 1, "b": 2}
        log.append(dict([(yield 0)], x=(yield 1), **(yield 2)))
        log.append("abcdef"[(yield 3)] + "abcdef"[(yield 4) : (yield 5)])
        log.append((yield 6) < (yield 7) < (yield 8))
        log.append((yield 10) if (yield 9) else None)
        log.append((yield 11) or (yield 12) + (yield 13))
        log.append([(yield 14), {(yield 15)}, {(yield 16): (yield 17)}, ((yield 18), *(yield 19))])
        del target[(yield 20)]
        target[(yield 21)] = 3
        log.append([target, (yield 22).real, (yield (yield 23))])
        raise (yield 25)

    g = agen()
    reached = [await g.__anext__()]
    for value in sent[:-1]:
        reached.append(await g.asend(value))
    with raises(LookupError) as caught:
        await g.asend(sent[-1])

    assert reached == list(range(26))
    assert caught.value is sent[-1]
    assert log[:5] == [{"k": 1, "x": 2, "z": 3}, "abc", True, "then", 30]
    assert log[5:] == [[1, {2}, {"key": "value"}, (1, 2, 3)], [{"b": 2, "c": 3}, 7, "inner"]]


@behaviour("SYN-031", source=[REFERENCE.ASSIGNMENT, REFERENCE.YIELD], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    ("target", "accepted"),
    [
        ["yield = 1", "x[(yield)] = 1"],
        ["yield x = 1", "x = yield 1"],
        ["(yield) = 1", "x[(yield)] = 1"],
        ["x, (yield) = 1, 2", "x, x[(yield)] = 1, 2"],
        ["[(yield)] = x", "[x[(yield)]] = x"],
        ["(yield) += 1", "x[(yield)] += 1"],
        ["(yield): int = 1", "x[(yield)]: int = 1"],
        ["del (yield)", "del x[(yield)]"],
        ["for (yield) in x: pass", "for x[(yield)] in x: pass"],
        ["async for (yield) in x: pass", "async for x[(yield)] in x: pass"],
        ["with x as (yield): pass", "with x as x[(yield)]: pass"],
    ],
    ids=[
        "bare",
        "bare-with-value",
        "assignment",
        "tuple",
        "list",
        "augmented",
        "annotated",
        "del",
        "for",
        "async-for",
        "with",
    ],
)
def test_yield_as_a_target(target, accepted):
    """Nothing can be assigned to a ``yield`` nor can it be deleted, though it may be a part of such a target."""
    function = "async def f(x):\n    "

    assert rejects(function + target)
    assert not rejects(function + accepted)


@behaviour(
    "SYN-032",
    source=[REFERENCE.ASSIGNMENT_EXPRESSIONS, REFERENCE.YIELD, PEPS.PEP572],
    since="3.8",
    needs=["compile"],
)
async def test_yield_in_an_assignment_expression():
    """An assignment expression can bind what a ``yield`` evaluates to if that is in parentheses of its own."""
    source = """
async def agen(log):
    while (x := (yield "more?")):
        log.append(x)
    log.append([y := (yield 1), y])
"""
    bare = "async def f():\n    (y := yield)\n"
    log = []
    g = define(source, "agen")(log)
    items = [await g.asend(value) for value in [None, "a", "b", ""]]
    with raises(StopAsyncIteration):
        await g.asend("end")

    assert items == ["more?", "more?", "more?", 1]
    assert log == ["a", "b", ["end", "end"]]
    assert rejects(bare)
    assert rejects(bare.replace("yield", "yield 1"))
    assert not rejects(bare.replace("yield", "(yield)"))


@behaviour("SYN-033a", source=[ISSUE.BPO_32117, WHATSNEW.V38], since="3.6", until="3.7", needs=["compile"])
@pytest.mark.parametrize("value", ["1, *x", "*x, 1", "*x,"], ids=["last", "first", "alone"])
def test_starred_value_without_parentheses_at_first(value):
    """A value with a starred part can be yielded only in parentheses."""
    source = "async def f(x):\n    yield "

    assert rejects(source + value)
    assert not rejects(source + "(" + value + ")")


@behaviour("SYN-033b", source=[REFERENCE.YIELD, ISSUE.BPO_32117, WHATSNEW.V38], since="3.8", needs=["compile"])
async def test_starred_value_without_parentheses():
    """A value with starred parts needs no parentheses to be yielded, and is a tuple, but cannot be a bare ``*x``."""
    source = """
async def agen(x):
    yield 1, *x
    yield *x, 1
    yield *x,
    y = yield *x, *x
    yield y
"""
    items = await items_of(define(source, "agen")([2, 3]))

    assert items == [(1, 2, 3), (2, 3, 1), (2, 3), (2, 3, 2, 3), None]
    assert rejects("async def f(x):\n    yield *x")
    assert not rejects("async def f(x):\n    yield *x,")


@behaviour("SYN-034", source=[REFERENCE.YIELD, REFERENCE.EXPRESSION_LISTS], since="3.6")
async def test_starred_value_in_parentheses():
    """A tuple, list or set display with starred parts can be yielded, and is unpacked in the ``async def``."""
    log = []

    class Unpacked:
        def __iter__(self):
            log.append("unpacked")
            return iter([2, 3])

    async def agen():
        yield (1, *Unpacked())
        yield (*Unpacked(),)
        log.append((yield [*Unpacked(), *Unpacked()]))
        yield {*Unpacked()}

    g = agen()
    items = [await g.__anext__()]
    first = list(log)
    items += [await g.__anext__(), await g.__anext__(), await g.asend("sent")]

    assert items == [(1, 2, 3), (2, 3), [2, 3, 2, 3], {2, 3}]
    assert first == ["unpacked"]
    assert log == ["unpacked"] * 4 + ["sent", "unpacked"]


@behaviour("SYN-035", source=[REFERENCE.YIELD, REFERENCE.FUNCTION_DEF, REFERENCE.CLASS_DEF], since="3.6")
async def test_yield_in_the_header_of_a_definition():
    """A ``yield`` in a decorator, default or base of a nested definition is one of the ``async def`` around it."""

    async def agen(decorate):
        @decorate((yield "decorator"))
        def function(x=(yield "default"), *, y=(yield "keyword-only default")):
            return [x, y]

        class Local((yield "base"), keyword=(yield "keyword")):
            pass

        anonymous = lambda x=(yield "lambda"): x
        yield [function, Local, anonymous]

    def decorate(argument):
        return lambda function: [argument, function(), function(1, y=2)]

    class Base:
        def __init_subclass__(cls, keyword):
            cls.keyword = keyword

    g = agen(decorate)
    items = [await g.asend(value) for value in [None, "d", "x", "y", Base, "k"]]
    function, local, anonymous = await g.asend("z")

    assert items == ["decorator", "default", "keyword-only default", "base", "keyword", "lambda"]
    assert function == ["d", ["x", "y"], [1, 2]]
    assert local.__bases__ == (Base,)
    assert local.keyword == "k"
    assert anonymous() == "z"


@behaviour(
    "SYN-036",
    source=[REFERENCE.AWAIT, REFERENCE.FUNCTION_DEF, REFERENCE.COROUTINE_DEF, REFERENCE.CLASS_DEF],
    since="3.6",
    needs=["compile"],
)
async def test_await_in_the_header_of_a_definition():
    """An ``await`` in a decorator, default or base of a nested definition is one of the ``async def`` around it."""
    log = []

    class Base:
        pass

    async def echo(value):
        log.append(value)
        return value

    def decorate(argument):
        return lambda function: [argument, function()]

    async def agen():
        @decorate(await echo("decorator"))
        def function(x=await echo("default"), *, y=await echo("keyword-only default")):
            return [x, y]

        class Local(await echo(Base)):
            pass

        anonymous = lambda x=await echo("lambda"): x
        yield [function, Local.__bases__, anonymous()]

    items = await items_of(agen())
    function, bases, anonymous = items[0]

    assert log == ["decorator", "default", "keyword-only default", Base, "lambda"]
    assert function == ["decorator", ["default", "keyword-only default"]]
    assert bases == (Base,)
    assert anonymous == "lambda"
    assert rejects("def f():\n    def g(x=await y): pass")
    assert not rejects("async def f():\n    def g(x=await y): pass")


@behaviour(
    "SYN-037a",
    source=[REFERENCE.FUNCTION_DEF, REFERENCE.YIELD, PEPS.PEP649],
    since="3.6",
    until="3.13",
    needs=["compile"],
)
@pytest.mark.parametrize(
    ("parameter", "name"),
    [["x: (yield 1)", "x"], ["*x: (yield 1)", "x"], ["*, x: (yield 1)", "x"], ["**x: (yield 1)", "x"]],
    ids=["positional", "starred", "keyword-only", "double-starred"],
)
async def test_yield_in_an_annotation_of_a_nested_function(parameter, name):
    """A ``yield`` that annotates a parameter is one of the ``async def`` around the function, run when that is made."""
    source = "async def agen(log):\n    def f(" + parameter + "): return 2\n    log.append(f.__annotations__)\n"
    log = []
    g = define(source, "agen")(log)
    item = await g.__anext__()
    before = list(log)
    with raises(StopAsyncIteration):
        await g.asend("sent")

    assert item == 1
    assert before == []
    assert log == [{name: "sent"}]


@behaviour(
    "SYN-037b",
    source=[REFERENCE.ANNOTATION_SCOPES, PEPS.PEP649, WHATSNEW.V314],
    since="3.14",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "parameter",
    ["x: (yield)", "*x: (yield)", "*, x: (yield)", "**x: (yield)"],
    ids=["positional", "starred", "keyword-only", "double-starred"],
)
def test_yield_in_a_lazy_annotation_of_a_nested_function(parameter):
    """A parameter annotation is a scope of its own, in which ``yield`` is a SyntaxError, even in an ``async def``."""
    source = "async def agen():\n    yield\n    def f(" + parameter + "): pass\n"

    assert rejects(source)
    assert rejects(source.replace("    yield\n", ""))
    assert not rejects(source.replace("(yield)", "1"))
    assert not rejects("async def agen():\n    def f(x: 1 = (yield)): pass\n")


@behaviour(
    "SYN-038a",
    source=[REFERENCE.FUNCTION_DEF, REFERENCE.AWAIT, PEPS.PEP649],
    since="3.6",
    until="3.13",
    needs=["compile"],
)
async def test_await_in_an_annotation_of_a_nested_function():
    """An ``await`` in an annotation of a nested function runs in the ``async def`` around, as the function is made."""
    source = """
async def agen(log):
    def f(x: await echo(1), *y: await echo(2), z: await echo(3) = 0, **w: await echo(4)) -> await echo(5):
        pass
    log.append("made")
    yield f.__annotations__
"""
    log = []

    async def echo(value):
        log.append(value)
        return value

    items = await items_of(define(source, "agen", echo=echo)(log))

    assert items == [{"x": 1, "y": 2, "z": 3, "w": 4, "return": 5}]
    assert sorted(log[:5]) == [1, 2, 3, 4, 5]
    assert log[5:] == ["made"]


@behaviour(
    "SYN-038b",
    source=[REFERENCE.ANNOTATION_SCOPES, PEPS.PEP649, WHATSNEW.V314],
    since="3.14",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "header",
    ["(x: await y)", "(*x: await y)", "(*, x: await y)", "(**x: await y)", "() -> await y", "() -> (yield)"],
    ids=["positional", "starred", "keyword-only", "double-starred", "return", "return-yield"],
)
def test_await_in_a_lazy_annotation_of_a_nested_function(header):
    """No annotation of a nested function can contain ``await``, and that of its result no ``yield`` either."""
    source = "async def f(y):\n    yield\n    def g" + header + ": pass\n"

    assert rejects(source)
    assert rejects(source.replace("    yield\n", ""))
    assert not rejects(source.replace("await y", "y").replace("(yield)", "y"))


@behaviour(
    "SYN-039a",
    source=[REFERENCE.ANNOTATED_ASSIGNMENT, REFERENCE.YIELD, PEPS.PEP526],
    since="3.6",
    until="3.13",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "statement",
    ["x: (yield 1)", "x: (yield 1) = 2", "log[0:]: (yield 1) = [3]", "x: [(yield 1), (yield 2)]"],
    ids=["bare", "with-value", "subscript", "nested"],
)
async def test_yield_in_an_annotation_of_a_local_variable(statement):
    """A ``yield`` that annotates a local variable makes an asynchronous generator, but is never reached."""
    source = "async def f(log):\n    " + statement + "\n    log.append('end')\n"
    log = []
    made = define(source, "f")(log)
    iterable = hasattr(made, "__anext__") and not hasattr(made, "__await__")
    items = await items_of(made)

    assert iterable
    assert items == []
    assert log[-1] == "end"
    assert rejects(source + "    return 1\n")


@behaviour(
    "SYN-039b",
    source=[REFERENCE.ANNOTATION_SCOPES, PEPS.PEP649, WHATSNEW.V314],
    since="3.14",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "statement",
    ["x: (yield)", "x: (yield) = 2", "y[0]: (yield) = 2", "y.z: (yield) = 2", "(x): (yield) = 2", "x: [(yield)]"],
    ids=["bare", "with-value", "subscript", "attribute", "parenthesised", "nested"],
)
def test_yield_in_a_lazy_annotation_of_a_local_variable(statement):
    """A ``yield`` that annotates a local variable of an ``async def`` is a SyntaxError, though it would never run."""
    source = "async def f(y):\n    yield\n    " + statement + "\n"

    assert rejects(source)
    assert rejects(source.replace("    yield\n", ""))
    assert not rejects(source.replace("(yield)", "1"))
    assert not rejects("async def f(y):\n    x: int = yield\n")


@behaviour(
    "SYN-040a",
    source=[REFERENCE.ANNOTATED_ASSIGNMENT, REFERENCE.AWAIT, PEPS.PEP526],
    since="3.6",
    until="3.13",
    needs=["compile"],
)
async def test_await_in_an_annotation_of_a_local_variable():
    """An ``await`` that annotates a local variable is legal in an ``async def``, and its operand is not evaluated."""
    source = """
async def agen(log):
    x: await log.append("x")
    y: await log.append("y") = 2
    log[0:]: await log.append("subscript") = ["assigned"]
    yield y
"""
    log = []
    items = await items_of(define(source, "agen")(log))

    assert items == [2]
    assert log == ["assigned"]


@behaviour(
    "SYN-040b",
    source=[REFERENCE.ANNOTATION_SCOPES, PEPS.PEP649, WHATSNEW.V314],
    since="3.14",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "statement",
    ["x: await y", "x: await y = 2", "y[0]: await y = 2", "y.z: await y = 2", "(x): await y = 2", "x: [await y]"],
    ids=["bare", "with-value", "subscript", "attribute", "parenthesised", "nested"],
)
def test_await_in_a_lazy_annotation_of_a_local_variable(statement):
    """An ``await`` that annotates a local variable of an ``async def`` is a SyntaxError, though it would never run."""
    source = "async def f(y):\n    yield\n    " + statement + "\n"

    assert rejects(source)
    assert rejects(source.replace("    yield\n", ""))
    assert not rejects(source.replace("await y", "y"))
    assert not rejects("async def f(y):\n    x: int = await y\n")


@behaviour(
    "SYN-041a",
    source=[PEPS.PEP563, ISSUE.BPO_42725, WHATSNEW.V310],
    since="3.7",
    until="3.9",
    level="detail",
    needs=["compile"],
)
async def test_yield_and_await_in_a_postponed_annotation_at_first():
    """Under ``from __future__ import annotations``, ``yield`` and ``await`` in annotations are text that never runs."""
    source = """
from __future__ import annotations

async def agen(log):
    def f(x: (yield 1), y: await log.append("await")) -> (yield 2): pass
    z: (yield 3)
    w: await log.append("local")
    log.append(f.__annotations__)
    yield "body"
"""
    log = []
    items = await items_of(define(source, "agen")(log))
    annotations = log[0]
    kinds = [type(annotations[name]) for name in ["x", "y", "return"]]

    assert items == ["body"]
    assert log == [annotations]
    assert kinds == [str, str, str]
    assert "yield" in annotations["x"]
    assert "await" in annotations["y"]


@behaviour("SYN-041b", source=[WHATSNEW.V310, ISSUE.BPO_42725], since="3.10", needs=["compile"])
@pytest.mark.parametrize("annotation", ["(yield)", "[await y]"], ids=["yield", "await"])
@pytest.mark.parametrize(
    "statement",
    ["def g(x: {}): pass", "def g(*x: {}): pass", "def g() -> {}: pass", "x: {}", "x: {} = 2"],
    ids=["parameter", "starred", "return", "local-variable", "with-value"],
)
def test_yield_and_await_in_a_postponed_annotation(statement, annotation):
    """Under ``from __future__ import annotations`` neither ``yield`` nor ``await`` may stand in an annotation."""
    source = "from __future__ import annotations\nasync def f(y):\n    yield\n    "

    assert rejects(source + statement.format(annotation))
    assert not rejects(source + statement.format("y"))
    assert not rejects(source + "x: y = yield\n    x: y = await y")


@behaviour(
    "SYN-042",
    source=[REFERENCE.ANNOTATION_SCOPES, REFERENCE.TYPE_STATEMENT, PEPS.PEP695],
    since="3.12",
    needs=["compile"],
)
@pytest.mark.parametrize("expression", ["(yield)", "await y"], ids=["yield", "await"])
@pytest.mark.parametrize(
    "statement",
    [
        "def g[T: {}](): pass",
        "async def g[T: {}](): pass",
        "def g[T: (y, {})](): pass",
        "def g[T](x: {}): pass",
        "class C[T: {}]: pass",
        "class C[T]({}): pass",
        "class C[T](metaclass={}): pass",
        "type X = {}",
        "type X[T: {}] = T",
    ],
    ids=[
        "bound",
        "bound-of-async-def",
        "constraint",
        "annotation",
        "bound-of-class",
        "base-of-generic-class",
        "keyword-of-generic-class",
        "alias",
        "bound-of-alias",
    ],
)
def test_yield_and_await_in_type_parameters(statement, expression):
    """Type parameters, type aliases and bases of generic classes are scopes without ``yield`` and ``await``."""
    source = "async def f(y):\n    yield\n    "
    # What the annotation scope does not contain still belongs to the async def.
    outside = "@y({})\n    def g[T](x={}): pass".replace("{}", expression)

    assert rejects(source + statement.format(expression))
    assert not rejects(source + statement.format("y"))
    assert not rejects(source + statement.format("lambda: (yield)"))
    assert not rejects(source + outside)


@behaviour("SYN-043a", source=[REFERENCE.FSTRINGS], since="3.6", until="3.6", needs=["compile"])
@pytest.mark.parametrize("field", ["{await x}", "{[await x]}", "{1:{await x}}"], ids=["field", "nested", "format"])
def test_await_in_a_formatted_string_at_first(field):
    """An ``await`` in a replacement field of a formatted string is a SyntaxError, even in an ``async def``."""
    source = "async def f(x):\n    return f'" + field + "'\n"

    assert rejects(source)
    assert not rejects(source.replace("await x", "x"))


@behaviour("SYN-043b", source=[REFERENCE.FSTRINGS, REFERENCE.AWAIT, PEPS.PEP498], since="3.7", needs=["compile"])
async def test_await_in_a_formatted_string():
    """``await`` works in the replacement fields of a formatted string, each in its turn, as in its format."""
    source = """
async def agen(echo):
    yield f"{await echo(1)}-{[await echo(2), await echo(3)]!s:>{await echo(7)}}-{await echo('x')!r}"
"""
    log = []

    async def echo(value):
        log.append(value)
        return value

    items = await items_of(define(source, "agen")(echo))

    assert items == ["1- [2, 3]-'x'"]
    assert log == [1, 2, 3, 7, "x"]
    assert rejects("def f(x):\n    return f'{await x}'\n")
    assert not rejects("async def f(x):\n    return f'{await x}'\n")


@behaviour(
    "SYN-044",
    source=[REFERENCE.FSTRINGS, REFERENCE.YIELD, PEPS.PEP498, PEPS.PEP701, ISSUE.BPO_40904],
    since="3.6",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "text",
    ["{yield 1}-{yield 2!r}-{yield 3:>{yield 4}}", "{(yield 1)}-{(yield 2)!r}-{(yield 3):>{(yield 4)}}"],
    ids=["bare", "parenthesised"],
)
async def test_yield_in_a_formatted_string(text):
    """A ``yield`` in a replacement field, with or without parentheses, makes an ``async def`` a generator and works."""
    source = "async def f(log):\n    log.append(f'" + text + "')\n"
    log = []
    made = define(source, "f")(log)
    iterable = hasattr(made, "__anext__") and not hasattr(made, "__await__")
    items = [await made.asend(value) for value in [None, "a", "b", "c"]]
    with raises(StopAsyncIteration):
        await made.asend(5)

    assert iterable
    assert items == [1, 2, 3, 4]
    assert log == ["a-'b'-    c"]
    assert rejects(source + "    return 1\n")


@behaviour("SYN-045", source=[REFERENCE.TSTRINGS, REFERENCE.YIELD, PEPS.PEP750], since="3.14", needs=["compile"])
async def test_await_and_yield_in_a_template_string():
    """``await`` and ``yield`` work in the replacement fields of a template string, each in its turn."""
    source = """
async def agen(log, echo):
    template = t"{await echo('a')}-{yield 1}-{(yield 2)!r:>{yield 3}}-{await echo('b')}"
    log.append([[field.value, field.conversion, field.format_spec] for field in template.interpolations])
"""
    log = []

    async def echo(value):
        log.append(value)
        return value

    g = define(source, "agen")(log, echo)
    items = [await g.asend(value) for value in [None, "x", "y"]]
    with raises(StopAsyncIteration):
        await g.asend("z")

    assert items == [1, 2, 3]
    assert log == ["a", "b", [["a", None, ""], ["x", None, ""], ["y", "r", ">z"], ["b", None, ""]]]
    assert rejects("def f(x):\n    return t'{await x}'\n")
    assert not rejects("async def f(x):\n    return t'{await x}'\n")


@behaviour("SYN-046", source=[REFERENCE.KEYWORDS, PEP492.TRANSITION, WHATSNEW.V37], since="3.7", needs=["compile"])
@pytest.mark.parametrize("word", ["async", "await"], ids=["async", "await"])
@pytest.mark.parametrize(
    "template",
    [
        "{} = 1",
        "print({})",
        "x.{}",
        "x.{} = 1",
        "del {}",
        "f({}=1)",
        "def {}(): pass",
        "def f({}): pass",
        "lambda {}: 1",
        "class {}: pass",
        "import {}",
        "import x.{}",
        "import x as {}",
        "from x import {}",
        "for {} in x: pass",
        "with x as {}: pass",
        "try: pass\nexcept E as {}: pass",
        "global {}",
    ],
    ids=[
        "assignment",
        "load",
        "attribute",
        "attribute-assignment",
        "del",
        "keyword-argument",
        "function",
        "parameter",
        "lambda-parameter",
        "class",
        "module",
        "submodule",
        "import-as",
        "imported-name",
        "for-target",
        "with-target",
        "except-target",
        "global",
    ],
)
def test_async_and_await_as_names(template, word):
    """``async`` and ``await`` are keywords: nothing can have such a name, inside or outside of an ``async def``."""
    nested = "async def g():\n    " + template.replace("\n", "\n    ")

    assert rejects(template.format(word))
    assert rejects(nested.format(word))
    assert not rejects(template.format(word + "_"))
    assert not rejects(nested.format(word.title()))


@behaviour("SYN-047", source=[REFERENCE.GENERIC_FUNCTIONS, PEPS.PEP695], since="3.12", needs=["compile"])
async def test_type_parameters():
    """An ``async def`` that yields may have type parameters, which its body can name and which it shows."""
    source = """
async def agen[T, *Ts, **P](x: T, *rest: *Ts) -> T:
    received = yield [x, rest]
    yield [T, Ts, P, received]
"""
    function = define(source, "agen")
    g = function(1, 2, 3)
    first = await g.__anext__()
    second = await g.asend("sent")
    with raises(StopAsyncIteration):
        await g.__anext__()
    shown = list(function.__type_params__)
    names = [parameter.__name__ for parameter in shown]

    assert first == [1, (2, 3)]
    assert second == [*shown, "sent"]
    assert names == ["T", "Ts", "P"]


@behaviour("SYN-048", source=[REFERENCE.LAMBDAS], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    "statement",
    ["f = async lambda: 1", "f = async lambda x: await x", "g(async lambda: (yield))", "async lambda: 1"],
    ids=["assigned", "with-await", "with-yield", "statement"],
)
@pytest.mark.parametrize("before", ["", "async def f(g):\n    "], ids=["module", "async-def"])
def test_async_lambda(before, statement):
    """There is no ``async lambda``."""
    plain = statement.replace("async ", "").replace("await ", "")

    assert rejects(before + statement)
    assert not rejects(before + plain)


@behaviour(
    "SYN-049", source=[PEP530.AWAIT, REFERENCE.ASYNC_COMPREHENSIONS, REFERENCE.DISPLAYS], since="3.6", needs=["compile"]
)
@pytest.mark.parametrize(
    ("comprehension", "result"),
    [
        ["[await suspend(x) for x in 'ab']", ["A", "B"]],
        ["sorted({await suspend(x) for x in 'ab'})", ["A", "B"]],
        ["{await suspend(x): x for x in 'ab'}", {"A": "a", "B": "b"}],
        ["{x: await suspend(x) for x in 'ab'}", {"a": "A", "b": "B"}],
        ["[x for x in 'ab' if await suspend(x) == 'B']", ["b"]],
        ["[y for x in 'ab' for y in await suspend(x)]", ["A", "B"]],
    ],
    ids=["list", "set", "dict-key", "dict-value", "condition", "inner-iterable"],
)
def test_await_in_a_comprehension(comprehension, result):
    """An ``await`` anywhere in a comprehension suspends the ``async def`` in the middle of the comprehension."""
    source = "async def f():\n    return " + comprehension + "\n"
    coroutine = define(source, "f", suspend=suspend)()
    steps = [step(coroutine.send, value) for value in [None, "A", "B"]]

    assert steps == [["suspends", "a"], ["suspends", "b"], ["returns", result]]


@behaviour("SYN-050", source=[PEP530.AWAIT, REFERENCE.ASYNC_COMPREHENSIONS], since="3.6", needs=["compile"])
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
    """An ``await`` in a comprehension is a SyntaxError outside of an ``async def``, be it nested in one or not."""
    function = "def f(y):\n    return " + comprehension + "\n"
    nested = "async def g():\n    def f(y):\n        return " + comprehension + "\n"

    assert rejects(comprehension)
    assert rejects(function)
    assert rejects(nested)
    assert not rejects(function.replace("await ", ""))
    assert not rejects("async " + function)


@behaviour("SYN-051", source=[REFERENCE.ASYNC_COMPREHENSIONS, REFERENCE.FUNCTION_DEF], since="3.6", needs=["compile"])
async def test_async_comprehension_in_the_header_of_a_definition():
    """An asynchronous comprehension may be a default, decorator or base of what is defined in an ``async def``."""
    log = []

    async def source(*items):
        for item in items:
            log.append(item)
            yield item

    def decorate(arguments):
        return lambda function: [arguments, function()]

    async def agen():
        @decorate([x async for x in source("decorator")])
        def function(x=[x async for x in source("default")], *, y={x async for x in source("keyword-only")}):
            return [x, y]

        class Local(*[x async for x in source(dict, object)]):
            pass

        yield [function, Local.__bases__]

    items = await items_of(agen())
    body = "async def f(y):\n    def g(): return [x async for x in y]\n"
    default = "async def f(y):\n    def g(z=[x async for x in y]): return z\n"

    assert items == [[[["decorator"], [["default"], {"keyword-only"}]], (dict, object)]]
    assert log == ["decorator", "default", "keyword-only", dict, object]
    assert rejects(body)
    assert not rejects(default)


@behaviour(
    "SYN-052",
    source=[REFERENCE.AWAIT, REFERENCE.ASYNC_COMPREHENSIONS, REFERENCE.DISPLAYS],
    since="3.6",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "comprehension",
    ["[x for x in await y]", "(x for x in await y)", "[await x for x in y]", "[x async for x in y]"],
    ids=["iterable", "iterable-of-generator", "element", "async-for"],
)
def test_comprehension_in_a_class_body(comprehension):
    """A comprehension directly in a class body in an ``async def`` can neither await nor be asynchronous."""
    source = "async def f(y):\n    yield\n    class C:\n        z = " + comprehension + "\n"
    method = source.replace("z =", "async def z(self): return")

    assert rejects(source)
    assert rejects(source.replace("    yield\n", ""))
    assert not rejects(source.replace("await ", "").replace("async for", "for"))
    assert not rejects(method)


@behaviour("SYN-053", source=[LIBRARY.COMPILE, LIBRARY.AST, ISSUE.BPO_34616], since="3.8", needs=["compile"])
async def test_top_level_await():
    """``ast.PyCF_ALLOW_TOP_LEVEL_AWAIT`` lets ``compile()`` accept ``await`` and its like in a module, but no yield."""
    import ast

    flag = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    source = """
log.append(await echo("await"))
async for x in agen():
    log.append(x)
async with Manager() as y:
    log.append(y)
log.append([x async for x in agen()])
"""
    refused = ["yield", "x = yield 1", "yield from x", "return await x", "def f(): await x", "class C: await x"]
    log = []

    async def echo(value):
        return value

    async def agen():
        yield 1

    class Manager:
        async def __aenter__(self):
            return "aenter"

        async def __aexit__(self, *details):
            log.append("aexit")

    names = {"log": log, "echo": echo, "agen": agen, "Manager": Manager}
    evaluated = eval(compile(source, "<top>", "exec", flags=flag), names)
    before = list(log)
    await evaluated
    for text in refused:
        with raises(SyntaxError):
            compile(text, "<top>", "exec", flags=flag)
    with raises(SyntaxError):
        compile(source, "<top>", "exec")

    assert before == []
    assert log == ["await", 1, "aenter", "aexit", [1]]


@behaviour(
    "SYN-054", source=[REFERENCE.NONLOCAL, REFERENCE.GLOBAL, REFERENCE.AGEN_FUNCTION], since="3.6", needs=["compile"]
)
async def test_global_and_nonlocal():
    """``global`` and ``nonlocal`` work in an asynchronous generator as in any function, and hold across its yields."""
    source = """
shared = "module"

def make():
    enclosing = "function"

    async def agen():
        global shared, added
        nonlocal enclosing
        shared, enclosing, added = "a", "b", "c"
        yield [shared, enclosing]
        yield [shared, enclosing]

    def change(value):
        nonlocal enclosing
        enclosing = value
        return globals()

    return [agen, change]
"""
    agen, change = define(source, "make")()
    g = agen()
    names = change("changed before")
    before = [names["shared"], "added" in names]
    first = await g.__anext__()
    change("changed")
    added = names["added"]
    names["shared"] = "changed too"
    second = await g.__anext__()

    assert before == ["module", False]
    assert first == ["a", "b"]
    assert added == "c"
    assert second == ["changed too", "changed"]
    assert rejects("async def f():\n    yield\n    nonlocal x\n")
    assert rejects("async def f():\n    yield x\n    global x\n")
    assert rejects("async def f(x):\n    yield\n    global x\n")
    assert not rejects("async def f():\n    global x\n    yield x\n")


@behaviour("SYN-055", source=[REFERENCE.FUNCTION_DEF, PEPS.PEP570], since="3.8", needs=["compile"])
async def test_positional_only_parameters():
    """An ``async def`` that yields may have positional-only parameters, which the call checks."""
    source = "async def agen(a, b=2, /, c=3, *, d, **rest):\n    yield [a, b, c, d, rest]\n"
    agen = define(source, "agen")
    items = [await items_of(agen(1, d=4)), await items_of(agen(1, 5, 6, d=7)), await items_of(agen(1, c=8, d=9, a=10))]
    with raises(TypeError):
        agen(a=1, d=4)
    with raises(TypeError):
        agen(d=4, b=2)

    assert items == [[[1, 2, 3, 4, {}]], [[1, 5, 6, 7, {}]], [[1, 2, 8, 9, {"a": 10}]]]


@behaviour("SYN-056", source=[REFERENCE.WITH, REFERENCE.ASYNC_WITH, WHATSNEW.V310], since="3.10")
async def test_parenthesised_async_with():
    """``async with`` may have its items in parentheses, with a trailing comma, around and between yields."""
    log = []

    class Manager:
        def __init__(self, name):
            self.name = name

        async def __aenter__(self):
            log.append("enter " + self.name)
            return self.name

        async def __aexit__(self, *details):
            log.append("exit " + self.name)

    async def agen():
        async with (
            Manager("a") as a,
            Manager("b"),
            (yield "manager") as c,
        ):
            yield [a, c]
        yield "after"

    g = agen()
    items = [await g.__anext__(), await g.asend(Manager("c"))]
    entered = list(log)
    items.append(await g.__anext__())

    assert items == ["manager", ["a", "c"], "after"]
    assert entered == ["enter a", "enter b", "enter c"]
    assert log[3:] == ["exit c", "exit b", "exit a"]


@behaviour("SYN-057", source=[REFERENCE.BREAK, REFERENCE.CONTINUE, REFERENCE.ASYNC_FOR], since="3.6", needs=["compile"])
async def test_break_and_continue_in_async_for():
    """``break`` and ``continue`` act on the nearest loop, also if it is ``async for``, and stand nowhere else."""

    async def source():
        for x in range(5):
            yield x

    async def agen():
        async for x in source():
            if x == 0:
                continue
            for y in "ab":
                if y == "b":
                    break
                yield [x, y]
            if x == 2:
                break
        else:
            yield "not reached"
        async for x in source():
            continue
        else:
            yield ["else", x]

    items = await items_of(agen())
    function = "async def f(x):\n    yield\n    {}\n"
    loop = "async def f(x):\n    async for y in x:\n        {}\n        yield\n    {}\n"

    assert items == [[1, "a"], [2, "a"], ["else", 4]]
    for word in ["break", "continue"]:
        assert rejects(function.format(word))
        assert rejects(loop.format("def g(): " + word, "pass"))
        assert rejects(loop.format("class C: " + word, "pass"))
        assert rejects(loop.format("pass", "else: " + word))
        assert not rejects(loop.format(word, "else: pass"))


@behaviour("SYN-058", source=[PEP479.PROPOSAL, PEP525.AGEN_OBJECT, REFERENCE.FUTURE], since="3.6", needs=["compile"])
@pytest.mark.parametrize("future", ["", "from __future__ import generator_stop\n"], ids=["without", "with"])
async def test_generator_stop(future):
    """With ``from __future__ import generator_stop`` or without, a StopIteration in the body becomes RuntimeError."""
    source = future + "async def agen(error):\n    yield 1\n    raise error\n"
    agen = define(source, "agen")
    error = StopIteration("value")
    g = agen(error)
    first = await g.__anext__()
    with raises(RuntimeError) as caught:
        await g.__anext__()
    other = agen(ValueError())
    await other.__anext__()
    with raises(ValueError):
        await other.__anext__()

    assert first == 1
    assert caught.value.__cause__ is error


@behaviour("SYN-059", source=[REFERENCE.AWAIT, REFERENCE.YIELD, REFERENCE.CALLS], since="3.6")
async def test_await_and_yield_as_arguments():
    """``await`` and ``yield`` may be arguments of one call, which is made when all have been evaluated in turn."""
    log = []

    async def echo(value):
        log.append(["await", value])
        return value

    def call(*args, **named):
        log.append([list(args), named])
        return "returned"

    async def agen():
        yield call((await echo(1)), (yield 2), *(await echo([3])), x=await echo(4), y=(yield 5))

    g = agen()
    items = [await g.__anext__()]
    first = list(log)
    items += [await g.asend("a"), await g.asend("b")]

    assert items == [2, 5, "returned"]
    assert first == [["await", 1]]
    assert log[1:] == [["await", [3]], ["await", 4], [[1, "a", 3], {"x": 4, "y": "b"}]]


@behaviour("SYN-060", source=[REFERENCE.AWAIT, REFERENCE.COROUTINE_DEF, PEP492.AWAIT], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    ("statement", "accepted"),
    [
        ["await", "await x"],
        ["y = await", "y = await x"],
        ["await await x", "await (await x)"],
        ["await -x", "-await x"],
        ["await not x", "not await x"],
        ["await lambda: x", "await (lambda: x)"],
        ["async", "async def g(): pass"],
        ["async if x: pass", "if x: pass"],
        ["async while x: pass", "while x: pass"],
        ["async class C: pass", "class C: pass"],
        ["async try: pass\n    finally: pass", "try: pass\n    finally: pass"],
        ["async await x", "await x"],
        ["async x = 1", "x = 1"],
        ["async async def g(): pass", "async def g(): pass"],
    ],
    ids=[
        "no-operand",
        "assigned-no-operand",
        "await-await",
        "await-minus",
        "await-not",
        "await-lambda",
        "async-alone",
        "async-if",
        "async-while",
        "async-class",
        "async-try",
        "async-await",
        "async-assignment",
        "async-async",
    ],
)
def test_misplaced_async_and_await(statement, accepted):
    """``await`` needs a primary as its operand, and ``async`` stands only before ``def``, ``for`` and ``with``."""
    function = "async def f(x):\n    "

    assert rejects(function + statement)
    assert not rejects(function + accepted)


@behaviour(
    "SYN-061",
    source=[REFERENCE.COROUTINE_DEF, REFERENCE.AGEN_FUNCTION, TUTORIAL.S05],
    since="3.6",
)
async def test_no_yield():
    """An ``async def`` with no ``yield`` is a coroutine function, however little is in it and whatever it mentions."""

    async def docstring():
        """yield"""

    async def passing():
        pass  # yield 1

    async def text():
        "yield 1"
        yielded = "yield"
        return yielded

    made = [docstring(), passing(), text()]
    awaitable = [hasattr(coroutine, "__await__") for coroutine in made]
    iterable = [hasattr(coroutine, "__aiter__") or hasattr(coroutine, "__anext__") for coroutine in made]
    results = [await coroutine for coroutine in made]

    assert awaitable == [True, True, True]
    assert iterable == [False, False, False]
    assert results == [None, None, "yield"]


@behaviour("SYN-062", source=[REFERENCE.AGEN_FUNCTION, TUTORIAL.S01, TUTORIAL.S05], since="3.6")
async def test_yield_only_in_removable_code():
    """A ``yield`` that can never run, and that a compiler may leave out, still makes an asynchronous generator."""
    log = []

    async def if_false():
        log.append("if False")
        if False:
            yield

    async def while_zero():
        log.append("while 0")
        while 0:
            yield

    async def else_of_true():
        if True:
            log.append("if True")
        else:
            yield

    async def after_return():
        log.append("return")
        return
        yield

    async def short_circuit():
        log.append(False and (yield))  # noqa: SIM223 - it is there to be folded

    made = [if_false(), while_zero(), else_of_true(), after_return(), short_circuit()]
    iterable = [hasattr(g, "__aiter__") and hasattr(g, "__anext__") for g in made]
    awaitable = [hasattr(g, "__await__") for g in made]
    items = [await items_of(g) for g in made]

    assert iterable == [True, True, True, True, True]
    assert awaitable == [False, False, False, False, False]
    assert items == [[], [], [], [], []]
    assert log == ["if False", "while 0", "if True", "return", False]


@behaviour(
    "SYN-063", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.ASSERT, LIBRARY.COMPILE], since="3.6", needs=["compile"]
)
@pytest.mark.parametrize("optimize", [0, 1, 2], ids=["0", "1", "2"])
async def test_yield_in_an_assert(optimize):
    """A ``yield`` in an ``assert`` makes an asynchronous generator, even where ``-O`` has the ``assert`` left out."""
    source = "async def f(log):\n    assert not (yield 'assert')\n    log.append('after')\n"
    names = {}
    log = []
    exec(compile(source, "<optimized>", "exec", optimize=optimize), names)
    made = names["f"](log)
    iterable = hasattr(made, "__anext__") and not hasattr(made, "__await__")
    items = await items_of(made)
    with raises(SyntaxError):
        compile(source + "    return 1\n", "<optimized>", "exec", optimize=optimize)

    assert iterable
    assert items == ([] if optimize else ["assert"])
    assert log == ["after"]


@behaviour("SYN-064a", source=[ISSUE.GH_121637, ISSUE.GH_121297], since="3.7", until="3.13", needs=["compile"])
@pytest.mark.parametrize(
    "statement",
    ["assert [x async for x in y]", "assert [await x for x in y]", "assert await y"],
    ids=["async-comprehension", "await-comprehension", "await"],
)
def test_error_in_removed_code_at_first(statement):
    """A misplaced ``await`` or asynchronous comprehension in an ``assert`` is accepted if the optimizer removes it."""
    source = "def f(y):\n    " + statement
    compiled = compile(source, "<source>", "exec", 0, True, 1)
    with raises(SyntaxError):
        compile(source, "<source>", "exec", 0, True, 0)

    assert compiled.co_name == "<module>"


@behaviour(
    "SYN-064b",
    source=[REFERENCE.ASYNC_COMPREHENSIONS, REFERENCE.AWAIT, ISSUE.GH_121637, ISSUE.GH_121297, WHATSNEW.V314],
    since="3.14",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "statement",
    ["assert [x async for x in y]", "assert [await x for x in y]", "assert await y"],
    ids=["async-comprehension", "await-comprehension", "await"],
)
@pytest.mark.parametrize("optimize", [0, 1, 2], ids=["0", "1", "2"])
def test_error_in_removed_code(optimize, statement):
    """A misplaced ``await`` or asynchronous comprehension in an ``assert`` is a SyntaxError, removed or not."""
    source = "def f(y):\n    " + statement
    with raises(SyntaxError):
        compile(source, "<source>", "exec", 0, True, optimize)
    compiled = compile("async " + source, "<source>", "exec", 0, True, optimize)

    assert compiled.co_name == "<module>"


@behaviour(
    "SYN-065a",
    source=[PEPS.PEP765, REFERENCE.TRY],
    since="3.6",
    until="3.13",
    level="detail",
    needs=["compile", "warnings"],
)
@pytest.mark.parametrize("word", ["return", "break"], ids=["return", "break"])
async def test_leaving_finally_without_a_warning(word):
    """``return`` and ``break`` in ``finally`` are accepted without a warning, and discard the exception on its way."""
    import warnings

    source = """
async def agen():
    while True:
        try:
            yield 1
            raise ValueError
        finally:
            yield 2
            {}
    yield 3
"""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        agen = define(source.format(word), "agen")
    warned = [message.category for message in caught]
    items = await items_of(agen())

    assert warned == []
    assert items == ([1, 2] if word == "return" else [1, 2, 3])


@behaviour("SYN-065b", source=[PEPS.PEP765, REFERENCE.TRY, WHATSNEW.V314], since="3.14", needs=["compile", "warnings"])
@pytest.mark.parametrize("word", ["return", "break", "continue"], ids=["return", "break", "continue"])
async def test_leaving_finally_with_a_warning(word):
    """``return``, ``break`` or ``continue`` that leaves a ``finally`` is a SyntaxWarning, and works nevertheless."""
    import warnings

    source = """
async def agen():
    for x in [1, 2]:
        try:
            yield x
            raise ValueError
        finally:
            yield "finally"
            {}
    yield "after"
"""
    inside = "async def f():\n    try:\n        yield\n    finally:\n        for x in ():\n            {}\n"
    nested = "async def f():\n    try:\n        yield\n    finally:\n        def g(): return 1\n"
    expected = {"return": [1, "finally"], "break": [1, "finally", "after"]}
    expected["continue"] = [1, "finally", 2, "finally", "after"]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        agen = define(source.format(word), "agen")
        warned = [[message.category, message.lineno] for message in caught]
        compile(nested if word == "return" else inside.format(word), "<source>", "exec")
        in_all = len(caught)
    items = await items_of(agen())

    assert warned == [[SyntaxWarning, 9]]
    assert in_all == 1
    assert items == expected[word]


@behaviour("SYN-066", source=[LIBRARY.COMPILE, LIBRARY.EXEC], since="3.6", needs=["compile"])
@pytest.mark.parametrize("form", ["text", "code", "tree", "single"], ids=["text", "code", "tree", "single"])
async def test_executed_source(form):
    """An asynchronous generator function from ``exec()``, of text, code or a tree, works like one in the module."""
    import ast

    source = """
async def agen(log):
    try:
        log.append((yield 1))
    except KeyError:
        yield 2
    finally:
        log.append("finally")
"""
    if form == "text":
        executable = source
    elif form == "tree":
        executable = compile(ast.parse(source), "<tree>", "exec")
    else:
        executable = compile(source, "<code>", "exec" if form == "code" else "single")

    async def here(log):
        try:
            log.append((yield 1))
        except KeyError:
            yield 2
        finally:
            log.append("finally")

    async def history(agen):
        log = []
        g = agen(log)
        log.append(type(g))
        log.append(await g.__anext__())
        log.append(await g.athrow(KeyError()))
        await g.aclose()
        g = agen(log)
        await g.__anext__()
        with raises(StopAsyncIteration):
            await g.asend("sent")
        return log

    names = {}
    exec(executable, names)
    found = await history(names["agen"])
    expected = await history(here)

    assert found == expected
    assert found[1:] == [1, 2, "finally", "sent", "finally"]


@behaviour("SYN-067", source=[REFERENCE.FUNCTION_DEF, LIBRARY.TYPING], since="3.6")
async def test_annotations_are_not_checked():
    """What an asynchronous generator function is annotated with changes nothing, and nothing is checked against it."""

    async def plain(x):
        received = yield x
        yield received

    async def wrong(x: str) -> int:
        received = yield x
        yield received

    async def misleading(x: "Missing" = 5) -> None:
        received = yield x
        kept: dict = received
        yield kept

    seen = []
    for function in [plain, wrong, misleading]:
        g = function(1)
        seen.append([type(g), await g.__anext__(), await g.asend("sent"), await items_of(g)])

    assert seen == [[type(plain(1)), 1, "sent", []]] * 3
    assert wrong.__annotations__ == {"x": str, "return": int}


@behaviour("SYN-068", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.YIELD], since="3.6")
async def test_functions_in_functions():
    """Each function in a nest of functions is what its own body makes it, whatever is around it and inside it."""

    def shape(made):
        return [name for name in ["__await__", "__anext__", "__next__"] if hasattr(made, name)]

    async def agen():
        def generator():
            async def coroutine():
                async def inner():
                    def plain():
                        return lambda: (yield "lambda")

                    yield plain

                return inner

            yield coroutine

        yield generator

    outer = agen()
    generator = await outer.__anext__()
    iterator = generator()
    coroutine = next(iterator)
    awaitable = coroutine()
    inner = await awaitable
    innermost = inner()
    plain = await innermost.__anext__()
    anonymous = plain()
    shapes = [shape(made) for made in [outer, iterator, awaitable, innermost, anonymous, anonymous()]]

    assert shapes == [["__anext__"], ["__next__"], ["__await__"], ["__anext__"], [], ["__next__"]]
    assert list(anonymous()) == ["lambda"]


@behaviour("SYN-069", source=[REFERENCE.YIELD, REFERENCE.LAMBDAS, REFERENCE.RETURN], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    "definition",
    ["lambda: {}", "lambda y={}: y", "def g(): return {}", "def g(y={}): pass", "class C({}): pass"],
    ids=["lambda", "lambda-default", "return", "default", "base"],
)
def test_bare_yield_in_a_nested_definition(definition):
    """In a lambda, after ``return`` and in the header of a definition a ``yield`` needs parentheses of its own."""
    function = "async def f(x):\n    yield\n    "

    assert rejects(function + definition.format("yield"))
    assert rejects(function + definition.format("yield x"))
    assert not rejects(function + definition.format("(yield)"))
    assert not rejects(function + definition.format("(yield x)"))


@behaviour("SYN-070", source=[CPYTHON.COMPILER], since="3.6", needs=["compile"])
def test_message_for_return():
    """The SyntaxError for a returned value says that it is one in an asynchronous generator."""
    with raises(SyntaxError) as caught:
        compile("async def f():\n    yield\n    return 1", "<source>", "exec")
    message = caught.value.msg

    assert message == "'return' with value in async generator"


@behaviour("SYN-071", source=[CPYTHON.COMPILER], since="3.6", needs=["compile"])
def test_message_for_yield_from():
    """The SyntaxError for ``yield from`` says that it stands inside of an asynchronous function."""
    with raises(SyntaxError) as caught:
        compile("async def f(x):\n    yield from x", "<source>", "exec")
    message = caught.value.msg

    assert message == "'yield from' inside async function"


@behaviour("SYN-072a", source=[CPYTHON.COMPILER], since="3.6", until="3.6", needs=["compile"])
def test_message_for_await_at_first():
    """The SyntaxError for an ``await`` in a plain function says nothing of it."""
    with raises(SyntaxError) as caught:
        compile("def f(x):\n    await x", "<source>", "exec")
    message = caught.value.msg

    assert message == "invalid syntax"


@behaviour("SYN-072b", source=[CPYTHON.COMPILER], since="3.7", needs=["compile"])
@pytest.mark.parametrize(
    "source, wanted",
    [["def f(x):\n    await x", "'await' outside async function"], ["await x", "'await' outside function"]],
    ids=["function", "module"],
)
def test_message_for_await(source, wanted):
    """The SyntaxError for ``await`` says that it is outside of an asynchronous function, or of any function."""
    with raises(SyntaxError) as caught:
        compile(source, "<source>", "exec")
    message = caught.value.msg

    assert message == wanted


@behaviour("SYN-073a", source=[CPYTHON.COMPILER], since="3.6", until="3.6", needs=["compile"])
def test_message_for_a_comprehension_at_first():
    """The SyntaxError for an asynchronous comprehension in a plain function says nothing of it."""
    with raises(SyntaxError) as caught:
        compile("def f(x):\n    [y async for y in x]", "<source>", "exec")
    message = caught.value.msg

    assert message == "invalid syntax"


@behaviour("SYN-073b", source=[CPYTHON.COMPILER], since="3.7", needs=["compile"])
def test_message_for_a_comprehension():
    """The SyntaxError for an asynchronous comprehension says that it is outside of an asynchronous function."""
    with raises(SyntaxError) as caught:
        compile("def f(x):\n    [y async for y in x]", "<source>", "exec")
    message = caught.value.msg

    assert message == "asynchronous comprehension outside of an asynchronous function"


@behaviour("SYN-074", source=[CPYTHON.COMPILER], since="3.6", needs=["compile"])
def test_line_of_the_error():
    """The SyntaxError for a returned value is at the line of this ``return``, wherever the yield is."""
    lines = []
    for source in [
        "async def f():\n    yield\n\n    return 1\n",
        "async def f():\n    if x:\n        return 1\n    yield\n",
    ]:
        with raises(SyntaxError) as caught:
            compile(source, "<source>", "exec")
        lines.append(caught.value.lineno)

    assert lines == [4, 3]


@behaviour("SYN-075", source=[REFERENCE.YIELD], since="3.6", needs=["compile"])
@pytest.mark.parametrize("place", ["decorator", "default", "base"], ids=["decorator", "default", "base"])
def test_yield_in_the_head_of_a_definition_of_a_module(place):
    """A ``yield`` in the head of a definition at module level is a SyntaxError: it is outside of a function."""
    sources = {
        "decorator": "@d({})\nasync def f():\n    yield\n",
        "default": "async def f(x={}):\n    yield\n",
        "base": "class C({}):\n    pass\n",
    }

    assert rejects(sources[place].format("(yield)"))
    assert not rejects(sources[place].format("x"))


@behaviour("SYN-076", source=[REFERENCE.EXCEPT_STAR, PEPS.PEP654], since="3.11", needs=["compile"])
@pytest.mark.parametrize("statement", ["return", "break", "continue"], ids=["return", "break", "continue"])
def test_leaving_except_star(statement):
    """An ``except*`` suite of a body may hold ``await`` and ``yield``, and no ``return``, ``break`` or ``continue``."""
    source = (
        "async def f(x):\n    while x:\n        try:\n            yield\n        except* KeyError:\n            {}\n"
    )

    assert rejects(source.format(statement))
    assert not rejects(source.format("await x; yield x"))
    assert not rejects(source.replace("*", "").format(statement))


@behaviour("SYN-077", source=[CPYTHON.COMPILER], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    "block",
    ["async for x in y:", "async with y:", "for x in y:", "with y:", "while y:", "try:"],
    ids=["async-for", "async-with", "for", "with", "while", "try"],
)
def test_too_many_nested_blocks(block):
    """Twenty-one blocks nested in one another are a SyntaxError, as are more of them; eighteen are not."""

    def nested(count):
        lines = ["async def f(y):"]
        for depth in range(1, count + 1):
            lines.append("  " * depth + block)
        lines.append("  " * (count + 1) + "yield")
        if block == "try:":
            for depth in range(count, 0, -1):
                lines.append("  " * depth + "finally: pass")
        return "\n".join(lines)

    assert rejects(nested(21))
    assert rejects(nested(30))
    assert not rejects(nested(18))


@behaviour("SYN-078", source=[REFERENCE.YIELD, REFERENCE.ANNOTATED_ASSIGNMENT], since="3.6", needs=["compile"])
def test_yield_in_a_nested_class_body():
    """A ``yield`` in a class body is a SyntaxError though the class stands in an ``async def``."""
    source = "async def f():\n    class C:\n        {}\n    yield"

    assert rejects(source.format("x: (yield) = 1"))
    assert rejects(source.format("x = (yield)"))
    assert rejects(source.format("class D:\n            yield"))
    assert not rejects(source.format("x: int = 1"))


@behaviour("SYN-079", source=[REFERENCE.DISPLAYS, REFERENCE.YIELD, REFERENCE.AWAIT], since="3.6", needs=["compile"])
async def test_await_in_the_element_and_yield_in_the_iterable():
    """A comprehension may await in its element while its leftmost iterable is a yield of the function around it."""
    source = """
async def f(give):
    yield [await give(x) async for y in (yield "iterable") for x in y]
"""

    async def give(value):
        await suspend()
        return value * 10

    async def agen():
        yield [1, 2]
        yield [3]

    g = define(source, "f")(give)
    items = [await g.__anext__(), await g.asend(agen())]
    await g.aclose()

    assert items == ["iterable", [10, 20, 30]]


@behaviour(
    "SYN-080",
    source=[REFERENCE.DISPLAYS, REFERENCE.LAMBDAS, REFERENCE.GENERATOR_EXPRESSIONS],
    since="3.6",
    needs=["compile"],
)
async def test_default_of_a_lambda():
    """Awaits, comprehensions and yields in the default of a lambda are those of the body around it."""
    source = """
async def f(agen, give):
    function = lambda x=await give("a"), y=[z async for z in agen()], w=(yield "default"): [x, y, w]
    yield function()
    yield [z async for z in (z async for z in agen())]
"""

    async def give(value):
        await suspend()
        return value

    async def agen():
        yield 1

    g = define(source, "f")(agen, give)
    items = [await g.__anext__(), await g.asend("sent"), await g.__anext__()]
    await g.aclose()

    assert items == ["default", ["a", [1], "sent"], [1]]


@behaviour("SYN-081", source=[REFERENCE.FUNCTION_DEF], since="3.6", needs=["compile"])
async def test_shapes_of_a_head():
    """The head of a generator function may have decorators, annotations, several lines and a comma at the end."""
    source = """
@decorate
@decorate
async def f(
    a: int,
    b: "text" = 2,
    *,
    c=3,
) -> "what it yields":
    yield [a, b, c]
"""
    calls = []

    def decorate(function):
        calls.append(function.__name__)
        return function

    items = await items_of(define(source, "f", decorate=decorate)(1, c=30))

    assert items == [[1, 2, 30]]
    assert calls == ["f", "f"]


@behaviour("SYN-082", source=[REFERENCE.COMPOUND, REFERENCE.FUNCTION_DEF], since="3.6", needs=["compile"])
async def test_one_line():
    """A generator function may stand on one line, with one statement or several."""
    sources = ["async def f(): yield 1", "async def f(): yield; return", "async def f(): x = yield 1; yield 2"]
    items = [await items_of(define(source, "f")()) for source in sources]

    assert items == [[1], [None], [1, 2]]


@behaviour("SYN-083", source=[ISSUE.BPO_10544, WHATSNEW.V37], since="3.7", until="3.7", needs=["compile", "warnings"])
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


@behaviour("SYN-084", source=[PEP492.TRANSITION, WHATSNEW.V36], since="3.6", until="3.6", needs=["compile", "warnings"])
@pytest.mark.parametrize("name", ["async", "await"], ids=["async", "await"])
def test_keywords_as_names(name):
    """``async`` and ``await`` may be names outside of an ``async def``, with a DeprecationWarning."""
    import warnings

    names = {}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        exec(name + " = 1", names)
    categories = {warning.category for warning in caught}
    with raises(SyntaxError):
        compile("async def f():\n    %s = 1" % name, "<source>", "exec")

    assert names[name] == 1
    assert categories == {DeprecationWarning}


@behaviour("SYN-085", source=[CPYTHON.COMPILER, TUTORIAL.S05], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    "body",
    ["    yield\n    return 1\n", "    yield\n    yield from x\n", "    yield from x\n", "    return (yield)\n"],
    ids=["return-value", "yield-from-and-yield", "yield-from", "return-yield"],
)
def test_parsed_but_not_compiled(body):
    """The grammar knows no asynchronous generator: what is illegal in one parses to the same tree, and fails later."""
    import ast

    source = "async def f(x):\n" + body
    tree = ast.parse(source)
    parsed_as = [type(node).__name__ for node in tree.body]
    coroutine = ast.parse("async def f(x):\n    return 1\n")
    coroutine_parsed_as = [type(node).__name__ for node in coroutine.body]
    with raises(SyntaxError):
        compile(tree, "<tree>", "exec")

    assert parsed_as == ["AsyncFunctionDef"]
    assert coroutine_parsed_as == ["AsyncFunctionDef"]
    assert rejects(source)
    assert not rejects(source.replace("async def", "def"))


@behaviour("SYN-086", source=[REFERENCE.YIELD, REFERENCE.AGEN_FUNCTION, TUTORIAL.S05], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    "statement",
    ["x = [y for y in (yield)]", "@d((yield))\n    def g(): pass", "def g(x=(yield)): pass", "class C((yield)): pass"],
    ids=["iterable", "decorator", "default", "base"],
)
def test_yields_that_count_for_the_function_around(statement):
    """A yield that is evaluated in the scope of an ``async def`` makes it a generator, which may return no value."""
    source = "async def f():\n    {}\n    return{}"

    assert rejects(source.format(statement, " 1"))
    assert not rejects(source.format(statement, ""))
    assert not rejects(source.format(statement.replace("(yield)", "(1)"), " 1"))


@behaviour("SYN-087", source=[CPYTHON.COMPILER, ISSUE.GH_118544], since="3.8", needs=["compile"])
@pytest.mark.parametrize(
    "block",
    ["async for x in one():", "async with y:", "for x in [1]:", "with y:", "try:"],
    ids=["async-for", "async-with", "for", "with", "try"],
)
async def test_twenty_nested_blocks(block):
    """Twenty blocks nested in one another compile, and a ``yield`` in the innermost of them works."""
    lines = ["async def agen(one, y):"]
    for depth in range(1, 21):
        lines.append("  " * depth + block)
    lines.append("  " * 21 + "yield 'innermost'")
    if block == "try:":
        for depth in range(20, 0, -1):
            lines.append("  " * depth + "finally: y.left.append(%d)" % depth)

    class Manager:
        left = []

        def __enter__(self):
            self.left.append("enter")

        def __exit__(self, *details):
            self.left.append("exit")

        async def __aenter__(self):
            self.left.append("enter")

        async def __aexit__(self, *details):
            self.left.append("exit")

    async def one():
        Manager.left.append("item")
        yield 1

    items = await items_of(define("\n".join(lines), "agen")(one, Manager()))
    expected = {"async for x in one():": ["item"] * 20, "for x in [1]:": [], "try:": list(range(20, 0, -1))}

    assert items == ["innermost"]
    assert Manager.left == expected.get(block, ["enter"] * 20 + ["exit"] * 20)


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


@behaviour("SYN-089", source=[REFERENCE.ANNOTATION_SCOPES, WHATSNEW.V313], since="3.13", needs=["compile"])
@pytest.mark.parametrize("expression", ["(yield)", "await y"], ids=["yield", "await"])
@pytest.mark.parametrize(
    "statement",
    ["def g[T = {}](): pass", "def g[*T = {}](): pass", "def g[**T = {}](): pass", "class C[T = {}]: pass"],
    ids=["function", "tuple", "parameters", "class"],
)
def test_yield_and_await_in_a_default_of_a_type_parameter(statement, expression):
    """The default of a type parameter is a scope of its own, in which ``yield`` and ``await`` are SyntaxErrors."""
    source = "async def f(y):\n    yield\n    "

    assert rejects(source + statement.format(expression))
    assert rejects(source.replace("    yield\n", "") + statement.format(expression))
    assert not rejects(source + statement.format("y"))
