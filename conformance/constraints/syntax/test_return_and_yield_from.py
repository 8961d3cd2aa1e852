"""SYN: ``return`` with a value and ``yield from``, which an asynchronous generator cannot contain."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import items_of, rejects
from conformance.sources import PEP492, PEP525, PEPS, REFERENCE, TUTORIAL


@behaviour(
    "SYN-001",
    source=[REFERENCE.RETURN, TUTORIAL.S16, PEP525.ASYNCHRONOUS_GENERATORS, PEPS.PEP828],
    since="3.6",
    until="3.15",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "value",
    ["1", "0", "''", "()", "1, 2", "value", "[value]", "await value", "lambda: 1"],
    ids=["1", "0", "empty-str", "empty-tuple", "tuple", "name", "list", "await", "lambda"],
)
def test_return_of_a_value(value):
    """An ``async def`` that yields and also returns a value, even a false or empty one, is a SyntaxError."""
    agen = "async def f(value):\n    yield\n    return"
    coroutine = "async def f(value):\n    return"

    assert rejects(agen + " " + value)
    assert not rejects(agen)
    assert not rejects(coroutine + " " + value)


@behaviour(
    "SYN-002",
    source=[REFERENCE.RETURN, TUTORIAL.S16, PEP525.ASYNCHRONOUS_GENERATORS, PEPS.PEP828],
    since="3.6",
    until="3.15",
    needs=["compile"],
)
@pytest.mark.parametrize("value", ["None", "(None)"], ids=["None", "parenthesised"])
def test_return_of_none(value):
    """An explicit None after ``return`` counts as a value, which an ``async def`` that yields may not return."""
    agen = "async def f():\n    yield\n    return"
    coroutine = "async def f():\n    return"
    generator = "def f():\n    yield\n    return"

    assert rejects(agen + " " + value)
    assert not rejects(agen)
    assert not rejects(coroutine + " " + value)
    assert not rejects(generator + " " + value)


@behaviour(
    "SYN-003",
    source=[REFERENCE.RETURN, TUTORIAL.S16, PEPS.PEP828],
    since="3.6",
    until="3.15",
    needs=["compile"],
)
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
    """``return 1`` and ``yield`` in one ``async def`` are a SyntaxError in either order, even if one of them is
    unreachable.
    """
    source = "async def f(value):\n" + body

    assert rejects(source)
    assert not rejects(source.replace("return 1", "return"))
    assert not rejects(source.replace("yield", "pass"))


@behaviour("SYN-004", source=[REFERENCE.RETURN, TUTORIAL.S16], since="3.6")
async def test_bare_return_anywhere():
    """A ``return`` without a value may stand anywhere in an asynchronous generator and ends it there."""
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
            log.append("except")
            return
        finally:
            log.append("finally")
        yield "not reached"

    async def last():
        yield "last"
        return

    items = []
    for agen in [first, nested, protected, last]:
        items.append(await items_of(agen()))

    assert items == [[], [0, 1], ["try"], ["last"]]
    assert log == ["except", "finally"]


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


@behaviour(
    "SYN-006",
    source=[REFERENCE.RETURN, TUTORIAL.S16, PEPS.PEP828],
    since="3.6",
    until="3.15",
    needs=["compile"],
)
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
    source=[REFERENCE.AGEN_FUNCTION, PEP525.YIELD_FROM, TUTORIAL.S18, PEPS.PEP828],
    since="3.6",
    until="3.15",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "statement",
    ["yield from x", "y = yield from x", "y = [(yield from x)]", "await (yield from x)", "yield (yield from x)"],
    ids=["statement", "assigned", "in-a-list", "awaited", "yielded"],
)
def test_yield_from_beside_a_yield(statement):
    """An asynchronous generator cannot delegate with ``yield from``, which is a SyntaxError wherever it stands."""
    source = "async def f(x):\n    yield 1\n    " + statement + "\n    yield 2\n"
    generator = "def f(x):\n    yield 1\n    " + statement.replace("await ", "") + "\n    yield 2\n"

    assert rejects(source)
    assert not rejects(source.replace("yield from", "yield"))
    assert not rejects(generator)


@behaviour(
    "SYN-008",
    source=[REFERENCE.AGEN_FUNCTION, PEP492.DECLARATION, PEP525.YIELD_FROM, TUTORIAL.S18, PEPS.PEP828],
    since="3.6",
    until="3.15",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "body",
    ["yield from x", "y = yield from x", "return (yield from x)", "await x; yield from x"],
    ids=["statement", "assigned", "returned", "after-await"],
)
def test_yield_from_without_a_yield(body):
    """``yield from`` is a SyntaxError in an ``async def`` without any plain ``yield`` too."""
    source = "async def f(x):\n    " + body
    generator = "def f(x):\n    " + body.replace("await ", "")

    assert rejects(source)
    assert not rejects(source.replace("yield from", "await"))
    assert not rejects(generator)


@behaviour("SYN-009", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.YIELD, TUTORIAL.S18], since="3.6")
async def test_yield_from_in_a_nested_function():
    """A plain function or lambda inside an ``async def`` may use ``yield from``, which does not change the kind of the
    ``async def``.
    """

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
