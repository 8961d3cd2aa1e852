"""SYN: ``yield`` and ``await`` in larger expressions: parentheses, targets, formatted strings, arguments."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import define, items_of, raises, rejects
from conformance.sources import ISSUE, PEP342, PEP492, PEP828, PEPS, REFERENCE, WHATSNEW


@behaviour("SYN-025", source=[REFERENCE.AWAIT, REFERENCE.YIELD], since="3.6")
async def test_await_and_yield_combined():
    """One expression may yield the result of an ``await`` and await the result of a ``yield``."""
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
    "bare, parenthesised",
    [
        ["await yield", "await (yield)"],
        ["await yield x", "await (yield x)"],
        ["y = await yield x", "y = await (yield x)"],
        ["yield await yield x", "yield await (yield x)"],
    ],
    ids=["bare", "with-value", "assigned", "yielded"],
)
def test_await_of_a_bare_yield(bare, parenthesised):
    """The operand of ``await`` may be a ``yield`` in parentheses, but not a ``yield`` without them."""
    function = "async def f(x):\n    "

    assert rejects(function + bare)
    assert not rejects(function + parenthesised)


@behaviour("SYN-027", source=[REFERENCE.YIELD, PEP342.YIELD], since="3.6", needs=["compile"])
async def test_yield_where_no_parentheses_are_needed():
    """A ``yield`` without parentheses must be a statement or the whole right-hand side of an assignment."""
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
    items = []
    for value in [None, "ignored", "ignored too", "x", "xy", [10, 20, 30], 5]:
        items.append(await g.asend(value))
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
    """The whole right-hand side of an annotated assignment may be a ``yield`` without parentheses, whose value is the
    sent value.
    """
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
    "before, after",
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
    """A ``yield`` that is a part of a larger expression or of the header of a statement needs parentheses of its
    own.
    """
    bare = "async def f(x):\n    " + before + "yield" + after
    parenthesised = "async def f(x):\n    " + before + "(yield)" + after

    assert rejects(bare)
    assert not rejects(parenthesised)


@behaviour("SYN-030", source=[REFERENCE.YIELD, REFERENCE.EVALUATION_ORDER, PEP342.YIELD], since="3.6")
async def test_yield_in_parentheses():
    """A ``yield`` in parentheses may stand wherever a value may, is evaluated in its turn, and evaluates to the sent
    value.
    """
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
    "target, accepted",
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
    """A ``yield`` cannot be assigned to and cannot be deleted, but it may be a part of a target."""
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
    """An assignment expression can bind the result of a ``yield`` that has parentheses of its own."""
    source = """
async def agen(log):
    while (x := (yield "more?")):
        log.append(x)
    log.append([y := (yield 1), y])
"""
    bare = "async def f():\n    (y := yield)\n"
    log = []
    g = define(source, "agen")(log)
    items = []
    for value in [None, "a", "b", ""]:
        items.append(await g.asend(value))
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
    """A value with starred parts can be yielded as a tuple without parentheses, but ``yield *x`` without a comma is a
    SyntaxError.
    """
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


@behaviour("SYN-043a", source=[REFERENCE.FSTRINGS], since="3.6", until="3.6", needs=["compile"])
@pytest.mark.parametrize("field", ["{await x}", "{[await x]}", "{1:{await x}}"], ids=["field", "nested", "format"])
def test_await_in_a_formatted_string_at_first(field):
    """An ``await`` in a replacement field of a formatted string is a SyntaxError, even in an ``async def``."""
    source = "async def f(x):\n    return f'" + field + "'\n"

    assert rejects(source)
    assert not rejects(source.replace("await x", "x"))


@behaviour("SYN-043b", source=[REFERENCE.FSTRINGS, REFERENCE.AWAIT, PEPS.PEP498], since="3.7", needs=["compile"])
async def test_await_in_a_formatted_string():
    """``await`` works in the replacement fields of a formatted string and in their formats, and is evaluated in its
    turn.
    """
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
    """A ``yield`` in a replacement field works, with or without parentheses, and makes an ``async def`` an asynchronous
    generator.
    """
    source = "async def f(log):\n    log.append(f'" + text + "')\n"
    log = []
    made = define(source, "f")(log)
    iterable = hasattr(made, "__anext__") and not hasattr(made, "__await__")
    items = []
    for value in [None, "a", "b", "c"]:
        items.append(await made.asend(value))
    with raises(StopAsyncIteration):
        await made.asend(5)

    assert iterable
    assert items == [1, 2, 3, 4]
    assert log == ["a-'b'-    c"]


@behaviour("SYN-045", source=[REFERENCE.TSTRINGS, REFERENCE.YIELD, PEPS.PEP750], since="3.14", needs=["compile"])
async def test_await_and_yield_in_a_template_string():
    """``await`` and ``yield`` work in the replacement fields of a template string, and are evaluated in their turn."""
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
    items = []
    for value in [None, "x", "y"]:
        items.append(await g.asend(value))
    with raises(StopAsyncIteration):
        await g.asend("z")

    assert items == [1, 2, 3]
    assert log == ["a", "b", [["a", None, ""], ["x", None, ""], ["y", "r", ">z"], ["b", None, ""]]]
    assert rejects("def f(x):\n    return t'{await x}'\n")
    assert not rejects("async def f(x):\n    return t'{await x}'\n")


@behaviour("SYN-059", source=[REFERENCE.AWAIT, REFERENCE.YIELD, REFERENCE.CALLS], since="3.6")
async def test_await_and_yield_as_arguments():
    """``await`` and ``yield`` may be arguments of one call, which is made after all of them have been evaluated in
    turn.
    """
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


@behaviour("SYN-069", source=[REFERENCE.YIELD, REFERENCE.LAMBDAS, REFERENCE.RETURN], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    "definition",
    ["lambda: {}", "lambda y={}: y", "def g(): return {}", "def g(y={}): pass", "class C({}): pass"],
    ids=["lambda", "lambda-default", "return", "default", "base"],
)
def test_bare_yield_in_a_nested_definition(definition):
    """A ``yield`` in a lambda, after ``return`` or in the header of a definition needs parentheses of its own."""
    function = "async def f(x):\n    yield\n    "

    assert rejects(function + definition.format("yield"))
    assert rejects(function + definition.format("yield x"))
    assert not rejects(function + definition.format("(yield)"))
    assert not rejects(function + definition.format("(yield x)"))


@behaviour(
    "SYN-090", source=[REFERENCE.ANNOTATED_ASSIGNMENT, WHATSNEW.V38], since="3.6", until="3.7", needs=["compile"]
)
@pytest.mark.parametrize("value", ["yield", "yield 1", "yield 1, 2"], ids=["bare", "with-value", "tuple"])
def test_yield_in_an_annotated_assignment_at_first(value):
    """A ``yield`` on the right-hand side of an annotated assignment needs parentheses of its own."""
    function = "async def f():\n    x: int = "

    assert rejects(function + value)
    assert not rejects(function + "(" + value + ")")


@behaviour("SYN-102", source=[REFERENCE.YIELD, PEP828.REJECTED, PEP828.COMPILER], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "refused, accepted",
    [
        ["yield from x, x", "yield from (x, x)"],
        ["yield from *x", "yield from [*x]"],
        ["yield from", "yield from x"],
        ["async yield from x", "yield from x"],
        ["yield await from x", "yield from await x"],
        ["await from x", "await (yield from x)"],
        ["async from x", "yield from x"],
        ["y = 1 + yield from x", "y = yield from x"],
        ["y = [yield from x]", "y = [(yield from x)]"],
        ["x(yield from x)", "x((yield from x))"],
        ["yield yield from x", "yield (yield from x)"],
        ["yield from yield x", "yield from (yield x)"],
    ],
    ids=[
        *["commas", "star", "nothing", "async-yield-from", "yield-await-from", "await-from", "async-from", "operand"],
        *["item", "argument", "yielded", "yield-as-operand"],
    ],
)
def test_form_of_yield_from(refused, accepted):
    """``yield from`` takes one expression, has no form with ``async`` or ``await``, and needs parentheses except as a
    statement or a whole right side.
    """
    source = "async def f(x):\n    "

    assert rejects(source + refused)
    assert not rejects(source + accepted)


@behaviour(
    "SYN-107",
    source=[PEP828.COMPILER, REFERENCE.MATCH, REFERENCE.FSTRINGS, REFERENCE.TSTRINGS, REFERENCE.ASSIGNMENT_EXPRESSIONS],
    since="3.16",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "statement, items, value",
    [
        ["match (yield from give('a', 1)):\n        case 1: made = 'one'", ["a"], "one"],
        [
            "match 5:\n        case 4 if (yield from give('a', True)): pass"
            "\n        case x if (yield from give('b', False)): pass"
            "\n        case x if (yield from give('c', True)): made = x",
            ["b", "c"],
            5,
        ],
        ["made = f\"{(yield from give('a', 'x')):>{(yield from give('b', 3))}}\"", ["a", "b"], "  x"],
        [
            "t = t\"{(yield from give('a', 1))}-{(yield from give('b', 2))}\"\n    made = [*t.values]",
            ["a", "b"],
            [1, 2],
        ],
        ["made = [(x := (yield from give('a', 1))), x, (x := (yield from give('b', 2)))]", ["a", "b"], [1, 1, 2]],
    ],
    ids=["subject", "guard", "formatted", "template", "walrus"],
)
async def test_places_where_a_delegation_is_reached_in_its_turn(statement, items, value):
    """A ``yield from`` in a ``match`` subject, a guard, a field of a formatted or template string, or a walrus is
    evaluated in its turn.
    """
    source = """
async def give(item, value):
    yield item
    return value


async def agen():
    STATEMENT
    yield ["made", made]
"""
    seen = await items_of(define(source.replace("STATEMENT", statement), "agen")())

    assert seen == [*items, ["made", value]]
