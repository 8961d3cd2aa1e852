"""SYN: the header of a definition: decorators, defaults, bases, parameters."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import define, items_of, raises, rejects, suspend, tidy
from conformance.sources import PEPS, REFERENCE


@behaviour("SYN-035", source=[REFERENCE.YIELD, REFERENCE.FUNCTION_DEF, REFERENCE.CLASS_DEF], since="3.6")
async def test_yield_in_the_header_of_a_definition():
    """A ``yield`` in a decorator, default or base of a nested definition belongs to the enclosing ``async def``."""

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
    """An ``await`` in a decorator, default or base of a nested definition belongs to the enclosing ``async def``."""
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

        yield [function, Local.__bases__]

    items = await items_of(agen())
    function, bases = items[0]

    assert log == ["decorator", "default", "keyword-only default", Base]
    assert function == ["decorator", ["default", "keyword-only default"]]
    assert bases == (Base,)
    assert rejects("def f():\n    def g(x=await y): pass")
    assert not rejects("async def f():\n    def g(x=await y): pass")


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


@behaviour("SYN-075", source=[REFERENCE.YIELD], since="3.6", needs=["compile"])
@pytest.mark.parametrize("place", ["decorator", "default", "base"], ids=["decorator", "default", "base"])
def test_yield_in_the_head_of_a_definition_of_a_module(place):
    """A ``yield`` in the header of a definition at module level is a SyntaxError, because it is outside of a
    function.
    """
    sources = {
        "decorator": "@d({})\nasync def f():\n    yield\n",
        "default": "async def f(x={}):\n    yield\n",
        "base": "class C({}):\n    pass\n",
    }

    assert rejects(sources[place].format("(yield)"))
    assert not rejects(sources[place].format("x"))


@behaviour(
    "SYN-080",
    source=[REFERENCE.FUNCTION_DEF, REFERENCE.DISPLAYS, REFERENCE.LAMBDAS, REFERENCE.GENERATOR_EXPRESSIONS],
    since="3.6",
    needs=["compile"],
)
async def test_default_of_a_lambda():
    """Awaits, comprehensions and yields in the default of a lambda belong to the enclosing body."""
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
    await tidy(g)

    assert items == ["default", ["a", [1], "sent"], [1]]


@behaviour("SYN-081", source=[REFERENCE.FUNCTION_DEF], since="3.6", needs=["compile"])
async def test_shapes_of_a_head():
    """The header of a generator function may have decorators, annotations, several lines and a trailing comma."""
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
    items = []
    for source in sources:
        items.append(await items_of(define(source, "f")()))

    assert items == [[1], [None], [1, 2]]
