"""SYN: ``return`` with a value and ``yield from``, which an asynchronous generator can contain since Python 3.16."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import define, items_of, raises, rejects
from conformance.sources import LIBRARY, PEP492, PEP525, PEP828, REFERENCE, TUTORIAL


@behaviour(
    "SYN-001",
    source=[REFERENCE.RETURN, TUTORIAL.S16, PEP525.ASYNCHRONOUS_GENERATORS, PEP828.COMPILER],
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
    source=[REFERENCE.RETURN, TUTORIAL.S16, PEP525.ASYNCHRONOUS_GENERATORS, PEP828.COMPILER],
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
    source=[REFERENCE.RETURN, TUTORIAL.S16, PEP828.COMPILER],
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
    source=[REFERENCE.RETURN, TUTORIAL.S16, PEP828.COMPILER],
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
    source=[REFERENCE.AGEN_FUNCTION, PEP525.YIELD_FROM, TUTORIAL.S18, PEP828.COMPILER],
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
    source=[REFERENCE.AGEN_FUNCTION, PEP492.DECLARATION, PEP525.YIELD_FROM, TUTORIAL.S18, PEP828.COMPILER],
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


@behaviour("SYN-093", source=[PEP828.COMPILER], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "body",
    [
        *["yield; return 1", "yield; return 0", "yield; return ''", "yield; return ()", "yield; return 1, 2"],
        *["yield; return None", "yield; return (None)", "yield; return await x", "yield; return lambda: 1"],
        *["return 1; yield", "if x: return 1\n    yield", "yield; return; return 1", "yield; raise x; return 1"],
        *["yield\n    if 0: return 1", "yield\n    while False: return 1", "if 0: yield\n    return 1"],
        *["while False: yield\n    return 1", "return (yield)", "return (yield 1)", "return [(yield)]"],
        "return 1 + (yield)",
    ],
    ids=[
        *["1", "0", "empty-str", "empty-tuple", "tuple", "None", "parenthesised-None", "await", "lambda"],
        *["before-the-yield", "in-an-if-before-the-yield", "after-return", "after-raise", "in-if-0", "in-while-False"],
        *["yield-in-if-0", "yield-in-while-False", "bare-yield", "yield-of-a-value", "yield-in-a-list"],
        "yield-in-a-sum",
    ],
)
def test_return_of_a_value_is_accepted(body):
    """An ``async def`` that yields may return a value, None included, before or after the yield, reachable or not, and
    is an asynchronous generator.
    """
    source = "async def agen(x):\n    " + body
    made = define(source, "agen")(None)
    kinds = [name for name in ["__await__", "__anext__", "__next__"] if hasattr(made, name)]

    assert kinds == ["__anext__"]


@behaviour("SYN-094", source=[PEP828.COMPILER, REFERENCE.YIELD], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "statement",
    [
        *["yield from x", "y = yield from x", "y: int = yield from x", "x += yield from x", "(y := (yield from x))"],
        *["y = [(yield from x)]", "y = x[(yield from x)]", "x[(yield from x)] = 1", "x((yield from x))"],
        *["x(*(yield from x), **(yield from x))", "y = 1 if (yield from x) else 2", "y = f'{(yield from x)}'"],
        *["await (yield from x)", "yield (yield from x)", "del x[(yield from x)]", "raise (yield from x)"],
        *["assert (yield from x)", "return (yield from x)", "y = (yield from (yield from x))"],
        "y = [z for z in (yield from x)]",
    ],
    ids=[
        *["statement", "assigned", "annotated", "augmented", "walrus", "list", "subscript", "target", "argument"],
        *["unpacked", "condition", "formatted", "awaited", "yielded", "deleted", "raised", "asserted", "returned"],
        *["delegated-to", "iterable"],
    ],
)
def test_yield_from_is_accepted_beside_a_yield(statement):
    """``yield from`` may stand in an ``async def`` beside a ``yield``, wherever that could, and the result is an
    asynchronous generator.
    """
    source = "async def agen(x):\n    yield 1\n    " + statement + "\n    yield 2\n"
    made = define(source, "agen")(None)
    kinds = [name for name in ["__await__", "__anext__", "__next__"] if hasattr(made, name)]

    assert kinds == ["__anext__"]
    assert not rejects(source.replace("yield from", "yield"))


@behaviour(
    "SYN-095", source=[PEP828.COMPILER, REFERENCE.AGEN_FUNCTION, REFERENCE.YIELD], since="3.16", needs=["compile"]
)
@pytest.mark.parametrize(
    "body, items, value",
    [
        ["yield from x", [1, 2], None],
        ["y = yield from x", [1, 2], None],
        ["return (yield from x)", [1, 2], "result"],
        ["await pause(); yield from x", [1, 2], None],
        ["yield from x; return await pause()", [1, 2], "paused"],
    ],
    ids=["statement", "assigned", "returned", "after-await", "return-after-it"],
)
async def test_yield_from_makes_a_generator(body, items, value):
    """``yield from`` alone makes an ``async def`` an asynchronous generator function, which may await and return a
    value.
    """
    source = "async def agen(x):\n    " + body

    class Subiterator:
        left = [1, 2]

        def __aiter__(self):
            return self

        async def __anext__(self):
            if self.left:
                first, *self.left = self.left
                return first
            raise StopAsyncIteration("result")

    async def pause():
        return "paused"

    g = define(source, "agen", pause=pause)(Subiterator())
    kinds = [name for name in ["__await__", "__anext__", "__next__"] if hasattr(g, name)]
    seen = [await g.__anext__(), await g.__anext__()]
    with raises(StopAsyncIteration) as caught:
        await g.__anext__()
    found = caught.value.value

    assert kinds == ["__anext__"]
    assert seen == items
    assert found == value


@behaviour("SYN-096", source=[LIBRARY.INSPECT_FLAGS, PEP828.COMPILER], since="3.16", level="library", needs=["compile"])
@pytest.mark.parametrize(
    "body",
    ["yield from x", "yield; return 1", "return (yield from x)"],
    ids=["yield-from", "return-value", "both"],
)
def test_flags_of_the_code(body):
    """The code of an ``async def`` with ``yield from``, or with a yield and ``return value``, has the flag of
    asynchronous generators and no other of its kind.
    """
    import inspect

    flags = define("async def agen(x): " + body, "agen").__code__.co_flags
    found = [bool(flags & flag) for flag in [inspect.CO_ASYNC_GENERATOR, inspect.CO_COROUTINE, inspect.CO_GENERATOR]]

    assert found == [True, False, False]


@behaviour("SYN-098", source=[REFERENCE.YIELD, REFERENCE.AGEN_FUNCTION, REFERENCE.LAMBDAS], since="3.6")
async def test_yield_from_in_a_nested_function_is_synchronous():
    """``yield from`` in a plain function or lambda inside an ``async def`` delegates synchronously: an asynchronous
    generator as its operand raises TypeError.
    """

    async def agen():
        yield 1

    async def coroutine():
        def function(operand):
            return (yield from operand)

        return [function, lambda operand: (yield from operand)]

    made = coroutine()
    iterable = hasattr(made, "__anext__")
    functions = await made
    values = [list(each([1, 2])) for each in functions]
    refused = []
    for each in functions:
        generator = each(agen())
        with raises(TypeError):
            next(generator)
        refused.append(True)

    assert not iterable
    assert values == [[1, 2], [1, 2]]
    assert refused == [True, True]
