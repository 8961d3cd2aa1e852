"""SYN: ``try``, ``with``, ``match``, loops and ``except*`` around a ``yield``, and the depth of nested blocks."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import define, items_of, raises, rejects
from conformance.sources import CPYTHON, ISSUE, PEP828, PEPS, REFERENCE, WHATSNEW


@behaviour("SYN-021", source=[REFERENCE.YIELD, REFERENCE.AGEN_FUNCTION, REFERENCE.TRY], since="3.6")
async def test_yield_in_every_part_of_try():
    """A ``yield`` works in each suite of ``try``, and a pending exception continues to propagate after it."""

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
    """A ``yield`` works as the subject of ``match``, as a guard, and in the body of a case, and the guards are
    evaluated in order.
    """
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
    """``yield`` and ``await`` work in the clauses of ``except*``, and the exceptions of the group that no clause
    matches are raised afterwards.
    """
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


@behaviour("SYN-056", source=[REFERENCE.WITH, REFERENCE.ASYNC_WITH, WHATSNEW.V310], since="3.10")
async def test_parenthesised_async_with():
    """The items of ``async with`` may stand in parentheses, with a trailing comma, and both the items and the suite may
    contain yields.
    """
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
    """``break`` and ``continue`` act on the nearest loop, including ``async for``, and may not stand outside of a
    loop.
    """

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
        assert not rejects(loop.format(word, "else: pass"))


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
    """``return`` and ``break`` in ``finally`` are accepted without a warning and discard the pending exception."""
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


@behaviour(
    "SYN-065b",
    source=[PEPS.PEP765, REFERENCE.TRY, WHATSNEW.V314],
    since="3.14",
    needs=["compile", "warnings"],
    allowed=["warning", "error", "nothing"],
)
@pytest.mark.parametrize("word", ["return", "break", "continue"], ids=["return", "break", "continue"])
async def test_leaving_finally_with_a_warning(word):
    """A ``return``, ``break`` or ``continue`` that leaves a ``finally`` clause gives a SyntaxWarning, a SyntaxError or
    nothing, and works if it is no error.
    """
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
    reports = []

    def compiled(source, name):
        reports.append([])
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                return define(source, name)
            except SyntaxError:
                return None
            finally:
                reports[-1].extend([message.category, message.lineno] for message in caught)

    agen = compiled(source.format(word), "agen")
    other = compiled(nested if word == "return" else inside.format(word), "f")
    items = expected[word] if agen is None else await items_of(agen())
    warned, unwarned = reports

    assert warned in ([[SyntaxWarning, 9]], [])
    assert unwarned == []
    assert other is not None
    assert items == expected[word]
    return "error" if agen is None else "warning" if warned else "nothing"


@behaviour("SYN-076", source=[REFERENCE.EXCEPT_STAR, PEPS.PEP654], since="3.11", needs=["compile"])
@pytest.mark.parametrize("statement", ["return", "break", "continue"], ids=["return", "break", "continue"])
def test_leaving_except_star(statement):
    """An ``except*`` clause of a body may contain ``await`` and ``yield``, but not ``return``, ``break`` or
    ``continue``.
    """
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
    """Twenty-one nested blocks or more are a SyntaxError, and eighteen nested blocks are not."""

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


@behaviour("SYN-087", source=[CPYTHON.COMPILER, ISSUE.GH_118544], since="3.8", needs=["compile"])
@pytest.mark.parametrize(
    "block",
    ["async for x in one():", "async with y:", "for x in [1]:", "with y:", "try:"],
    ids=["async-for", "async-with", "for", "with", "try"],
)
async def test_twenty_nested_blocks(block):
    """Twenty nested blocks compile, and a ``yield`` in the innermost of them works."""
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


@behaviour("SYN-091", source=[REFERENCE.TRY, WHATSNEW.V38], since="3.6", until="3.7", needs=["compile"])
@pytest.mark.parametrize("loop", ["for x in y:", "async for x in y:", "while y:"], ids=["for", "async-for", "while"])
def test_continue_in_finally_at_first(loop):
    """A ``continue`` that leaves a ``finally`` clause is a SyntaxError, unlike a ``break`` or the ``continue`` of a
    loop inside the clause.
    """
    source = "async def f(y):\n    " + loop + "\n        try:\n            yield\n        finally:\n            {}\n"

    assert rejects(source.format("continue"))
    assert not rejects(source.format("break"))
    assert not rejects(source.format("for z in y: continue"))


@behaviour("SYN-092", source=[REFERENCE.TRY, WHATSNEW.V38], since="3.8", needs=["compile", "warnings"])
async def test_continue_in_finally():
    """A ``continue`` in ``finally`` discards the pending exception and starts the next cycle of the loop."""
    import warnings

    source = """
async def agen():
    for x in [1, 2]:
        try:
            yield x
            raise ValueError
        finally:
            yield "finally"
            continue
        yield "not reached"
    yield "after"
"""
    with warnings.catch_warnings():
        # Since 3.14 it is a SyntaxWarning.
        warnings.simplefilter("ignore")
        agen = define(source, "agen")
    items = await items_of(agen())

    assert items == [1, "finally", 2, "finally", "after"]


@behaviour("SYN-105", source=[REFERENCE.EXCEPT_STAR, PEPS.PEP654, PEP828.COMPILER], since="3.16", needs=["compile"])
async def test_delegation_in_an_except_star_suite():
    """An ``except*`` clause may contain ``yield from``, but no ``return``, with a value or without."""
    source = """
async def inner():
    yield "item"
    return "result"


async def agen():
    try:
        raise ExceptionGroup("group", [KeyError(1), ValueError(2)])
    except* KeyError as group:
        log.append((yield from inner()))
        log.append(len(group.exceptions))
        {}
    except* ValueError:
        yield "other"
"""
    log = []
    items = await items_of(define(source.format("pass"), "agen", log=log)())

    assert items == ["item", "other"]
    assert log == ["result", 1]
    assert rejects(source.format("return 1"))
    assert rejects(source.format("return"))


@behaviour("SYN-108", source=[PEPS.PEP765, REFERENCE.TRY, PEP828.COMPILER], since="3.16", needs=["compile", "warnings"])
@pytest.mark.parametrize(
    "body, lines",
    [
        ["try:\n  yield\n finally:\n  return 1", [5]],
        ["try:\n  yield from x\n finally:\n  return (yield from x)", [5]],
        ["try:\n  return 1\n finally:\n  yield", []],
        ["try:\n  yield from x\n finally:\n  yield from x\n return (yield from x)", []],
        ["yield\n return 1", []],
    ],
    ids=["return-value", "return-yield-from", "return-in-try", "yield-from", "no-finally"],
)
def test_warnings_about_return_and_yield_from(lines, body):
    """A ``return value`` that leaves a ``finally`` clause is a SyntaxWarning; nothing else about ``return value`` and
    ``yield from`` gives a warning.
    """
    import warnings

    source = "async def agen(x):\n " + body
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        define(source, "agen")
    warned = sorted({(each.category.__name__, each.lineno) for each in caught})

    assert warned == [("SyntaxWarning", line) for line in lines]


@behaviour("SYN-109", source=[CPYTHON.COMPILER], since="3.6", needs=["compile"])
@pytest.mark.parametrize("word", ["break", "continue"], ids=["break", "continue"])
def test_break_and_continue_in_the_else_clause(word):
    """``break`` and ``continue`` in the ``else`` clause of an ``async for`` do not belong to its loop: without another
    loop around it, they are a SyntaxError.
    """
    alone = "async def f(x):\n    async for y in x: pass\n    else: {}\n"
    nested = "async def f(x):\n    async for z in x:\n        async for y in x: pass\n        else: {}\n"

    assert rejects(alone.format(word))
    assert not rejects(alone.format("pass"))
    assert not rejects(nested.format(word))
