"""CMP: where an asynchronous comprehension, or a ``yield`` inside it, is a syntax error."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import rejects
from conformance.sources import CPYTHON, ISSUE, PEP530, PEPS, REFERENCE, WHATSNEW


@behaviour(
    "CMP-012",
    source=[REFERENCE.DISPLAYS, REFERENCE.COROUTINE_DEF, PEP530.COMPREHENSIONS],
    since="3.6",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "comprehension",
    ["[x async for x in y]", "{x async for x in y}", "{x: x async for x in y}"],
    ids=["list", "set", "dict"],
)
async def test_outside_of_a_coroutine(comprehension):
    """An asynchronous list, set or dict comprehension outside a coroutine function is a syntax error."""
    templates = ["{}\n", "def f(y):\n    {}\n", "class C:\n    {}\n", "f = lambda y: {}\n"]
    rejected = [rejects(template.format(comprehension)) for template in templates]
    synchronous = [rejects(template.format(comprehension.replace("async ", ""))) for template in templates]

    assert rejected == [True] * 4
    assert synchronous == [False] * 4
    assert not rejects("async def f(y):\n    {}\n".format(comprehension))


@behaviour("CMP-036a", source=[ISSUE.BPO_10544, WHATSNEW.V37], since="3.6", until="3.7", needs=["compile", "warnings"])
@pytest.mark.parametrize(
    "expression",
    ["[(yield) async for x in y]", "((yield) async for x in y)", "[x async for x in y if (yield)]"],
    ids=["list", "generator", "condition"],
)
async def test_yield_is_accepted(expression):
    """The compiler accepts a ``yield`` in the element or condition of an asynchronous comprehension."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rejected = rejects("async def f(y):\n    return_ = {}\n".format(expression))

    assert rejected is False


@behaviour("CMP-036b", source=[REFERENCE.YIELD, WHATSNEW.V37, ISSUE.BPO_10544], since="3.8", needs=["compile"])
@pytest.mark.parametrize(
    "expression",
    [
        "[(yield) async for x in y]",
        "{(yield) async for x in y}",
        "{x: (yield) async for x in y}",
        "((yield) async for x in y)",
        "[x async for x in y if (yield)]",
        "[x for z in y async for x in (yield)]",
    ],
    ids=["list", "set", "dict", "generator", "condition", "inner-iterable"],
)
async def test_yield_is_rejected(expression):
    """A ``yield`` in an asynchronous comprehension, outside of its leftmost iterable, is a syntax error."""
    assert rejects("async def f(y):\n    {}\n".format(expression))
    assert not rejects("async def f(y):\n    {}\n".format(expression.replace("(yield)", "1")))


@behaviour(
    "CMP-040",
    source=[REFERENCE.DISPLAYS, REFERENCE.COROUTINE_DEF, PEP530.COMPREHENSIONS],
    since="3.6",
    needs=["compile"],
)
@pytest.mark.parametrize("inner", ["lambda", "function"], ids=["lambda", "function"])
async def test_in_a_nested_plain_function(inner):
    """An asynchronous comprehension in a lambda or plain function inside a coroutine function is a syntax error."""
    templates = {
        "lambda": "async def f(y):\n    return lambda: {}\n",
        "function": "async def f(y):\n    def g():\n        return {}\n    return g\n",
    }
    rejected = [rejects(templates[inner].format(c)) for c in ["[x async for x in y]", "{x: x async for x in y}"]]

    assert rejected == [True, True]
    assert not rejects("async def f(y):\n    async def g():\n        return [x async for x in y]\n    return g\n")


@behaviour("CMP-041", source=[REFERENCE.DISPLAYS, CPYTHON.COMPILER], since="3.6", level="detail", needs=["compile"])
async def test_in_a_nested_class_body():
    """An asynchronous comprehension in a class body inside a coroutine function is a syntax error."""
    source = "async def f(y):\n    class C:\n        {}\n    return C\n"

    assert rejects(source.format("attribute = [x async for x in y]"))
    assert rejects(source.format("attribute = {x async for x in y}"))
    assert not rejects(source.format("attribute = [x for x in y]"))


@behaviour(
    "CMP-053", source=[REFERENCE.GENERATOR_EXPRESSIONS, ISSUE.BPO_31708], since="3.6", until="3.6", needs=["compile"]
)
@pytest.mark.parametrize("expression", ["(x async for x in y)", "(await x for x in y)"], ids=["async-for", "await"])
async def test_generator_expression_outside_of_a_coroutine(expression):
    """An asynchronous generator expression not directly in a coroutine function is a syntax error, even if nested in
    one.
    """
    templates = [
        "{}\n",
        "def f(y):\n    {}\n",
        "f = lambda y: {}\n",
        "class C:\n    x = {}\n",
        "async def f(y):\n    def g():\n        {}\n",
        "async def f(y):\n    (list({}) for z in y)\n",
    ]
    rejected = [rejects(template.format(expression)) for template in templates]

    assert rejected == [True] * 6
    assert not rejects("async def f(y):\n    {}\n".format(expression))
    assert not rejects("async def f(y):\n    yield {}\n".format(expression))


@behaviour(
    "CMP-054", source=[REFERENCE.DISPLAYS, WHATSNEW.V311, ISSUE.BPO_33346], since="3.6", until="3.10", needs=["compile"]
)
@pytest.mark.parametrize("brackets", ["[{}]", "{{{}}}", "{{1: {}}}", "({})"], ids=["list", "set", "dict", "generator"])
@pytest.mark.parametrize("inner", ["[y async for y in x]", "[await y for y in x]"], ids=["async-for", "await"])
async def test_asynchronous_comprehension_inside_a_comprehension(inner, brackets):
    """An asynchronous comprehension in the element of a synchronous one is a syntax error, even in a coroutine
    function.
    """
    source = "async def f(z):\n    " + brackets

    assert rejects(source.format("tuple(" + inner + ") for x in z"))
    assert not rejects(source.format("tuple([y for y in x]) for x in z"))
    assert not rejects(source.format("tuple(" + inner + ") async for x in z"))
    assert not rejects(source.format("x for x in [tuple(" + inner.replace("in x", "in z") + ")]"))


@behaviour("CMP-055", source=[REFERENCE.FSTRINGS], since="3.6", until="3.6", needs=["compile"])
async def test_not_in_a_formatted_string():
    """An asynchronous comprehension in a replacement field of an f-string is a syntax error, even in a coroutine
    function.
    """
    source = "async def f(y):\n    return f'{{{}}}'\n"

    assert rejects(source.format("[x async for x in y]"))
    assert rejects(source.format("(x async for x in y)"))
    assert not rejects(source.format("[x for x in y]"))
    assert not rejects("async def f(y):\n    return '{}'.format([x async for x in y])\n")


@behaviour("CMP-056", source=[PEPS.PEP798, REFERENCE.DISPLAYS], since="3.6", until="3.14", needs=["compile"])
@pytest.mark.parametrize(
    "comprehension",
    ["[*x async for x in y]", "{*x async for x in y}", "{**x async for x in y}", "(*x async for x in y)"],
    ids=["list", "set", "dict", "generator"],
)
async def test_unpacking_is_rejected(comprehension):
    """``*`` or ``**`` before the element of an asynchronous comprehension is a syntax error."""
    source = "async def f(y):\n    return {}\n"

    assert rejects(source.format(comprehension))
    assert not rejects(source.format(comprehension.replace("**x", "x: x").replace("*x", "x")))


@behaviour(
    "CMP-075",
    source=[REFERENCE.YIELD, REFERENCE.DISPLAYS, REFERENCE.GENERATOR_EXPRESSIONS],
    since="3.8",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "nested",
    ["[x async for x in {}]", "{{x async for x in {}}}", "{{x: x async for x in {}}}", "(x async for x in {})"],
    ids=["list", "set", "dict", "generator"],
)
async def test_yield_in_the_first_iterable_of_a_nested_one(nested):
    """If a comprehension is nested in another one, not as leftmost iterable, a ``yield`` in its leftmost iterable is a
    syntax error.
    """
    template = "async def f(y):\n    {}\n"
    inside = nested.format("(yield)")

    assert rejects(template.format("[" + inside + " async for z in y]"))
    assert rejects(template.format("(" + inside + " async for z in y)"))
    assert rejects(template.format("[z async for z in y if " + inside + "]"))
    assert not rejects(template.format("[z for z in " + inside + "]"))
    assert not rejects(template.format("(z async for z in " + inside + ")"))
