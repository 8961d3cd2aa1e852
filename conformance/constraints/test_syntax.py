"""Where ``yield``, ``return``, ``await`` and ``async for`` may stand, and what a ``yield`` makes of a function."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import define, items_of, raises, rejects
from conformance.sources import CPYTHON, ISSUE, PEP342, PEP492, PEP525, PEPS, REFERENCE, TUTORIAL, WHATSNEW


@behaviour("SYN-001", source=[REFERENCE.RETURN, TUTORIAL.S16], since="3.6", needs=["compile"])
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


@behaviour("SYN-002", source=[REFERENCE.RETURN, TUTORIAL.S16], since="3.6", needs=["compile"])
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
