"""SYN: the function to which a ``yield`` or a name belongs, and the kind of that function."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import define, items_of, raises, rejects
from conformance.sources import LIBRARY, PEP828, REFERENCE, TUTORIAL


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
    """A ``yield`` in a lambda makes the lambda a generator function and does not change the kind of the enclosing
    ``async def``.
    """

    async def coroutine():
        return lambda: (yield "from the lambda")

    async def agen():
        yield lambda: (yield "from the lambda")

    returned = coroutine()
    iterable = hasattr(returned, "__aiter__") or hasattr(returned, "__anext__")
    inner = await returned
    generator = inner()
    plain = hasattr(generator, "__next__") and not hasattr(generator, "__anext__")
    values = list(generator)
    items = await items_of(agen())
    yielded = [list(item()) for item in items]

    assert not iterable
    assert plain
    assert values == ["from the lambda"]
    assert yielded == [["from the lambda"]]


@behaviour("SYN-020", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.YIELD, TUTORIAL.S01, TUTORIAL.S05], since="3.6")
async def test_yield_in_a_nested_function():
    """An ``async def`` whose only ``yield`` is in a nested function is a coroutine function and may return a value."""

    async def coroutine():
        def generator():
            yield "plain"

        async def agen():
            yield "asynchronous"

        return [list(generator()), await items_of(agen())]

    returned = coroutine()
    iterable = hasattr(returned, "__aiter__") or hasattr(returned, "__anext__")
    values = await returned

    assert not iterable
    assert values == [["plain"], ["asynchronous"]]


@behaviour(
    "SYN-054", source=[REFERENCE.NONLOCAL, REFERENCE.GLOBAL, REFERENCE.AGEN_FUNCTION], since="3.6", needs=["compile"]
)
async def test_global_and_nonlocal():
    """``global`` and ``nonlocal`` work in an asynchronous generator as in any function, also across its yields."""
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


@behaviour(
    "SYN-061",
    source=[REFERENCE.COROUTINE_DEF, REFERENCE.AGEN_FUNCTION, TUTORIAL.S05],
    since="3.6",
)
async def test_no_yield():
    """An ``async def`` without a ``yield`` is a coroutine function, even if its body is empty or contains the word only
    in a string or comment.
    """

    async def docstring():
        """yield"""

    async def passing():
        pass  # yield 1

    async def text():
        "yield 1"
        yielded = "yield"
        return yielded

    made = [docstring(), passing(), text()]
    iterable = [hasattr(coroutine, "__aiter__") or hasattr(coroutine, "__anext__") for coroutine in made]
    results = []
    for coroutine in made:
        results.append(await coroutine)

    assert iterable == [False, False, False]
    assert results == [None, None, "yield"]


@behaviour("SYN-062", source=[REFERENCE.AGEN_FUNCTION, TUTORIAL.S01, TUTORIAL.S05], since="3.6")
async def test_yield_only_in_removable_code():
    """A ``yield`` that can never run, and that a compiler may remove, still makes an asynchronous generator."""
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
    items = []
    for g in made:
        items.append(await items_of(g))

    assert iterable == [True, True, True, True, True]
    assert awaitable == [False, False, False, False, False]
    assert items == [[], [], [], [], []]
    assert log == ["if False", "while 0", "if True", "return", False]


@behaviour(
    "SYN-063", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.ASSERT, LIBRARY.COMPILE], since="3.6", needs=["compile"]
)
@pytest.mark.parametrize("optimize", [0, 1, 2], ids=["0", "1", "2"])
async def test_yield_in_an_assert(optimize):
    """A ``yield`` in an ``assert`` makes an asynchronous generator, whether or not ``-O`` removes the ``assert``."""
    source = "async def f(log):\n    assert not (yield 'assert')\n    log.append('after')\n"
    names = {}
    log = []
    exec(compile(source, "<optimized>", "exec", optimize=optimize), names)
    made = names["f"](log)
    iterable = hasattr(made, "__anext__")
    items = await items_of(made)

    assert iterable
    assert items in ([["assert"], []] if optimize else [["assert"]])
    assert log == ["after"]


@behaviour("SYN-068", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.YIELD], since="3.6")
async def test_functions_in_functions():
    """The kind of each nested function depends only on its own body, and not on the functions around it and inside
    it.
    """

    def shape(made):
        return [name for name in ["__anext__", "__next__"] if hasattr(made, name)]

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

    assert shapes == [["__anext__"], ["__next__"], [], ["__anext__"], [], ["__next__"]]
    assert list(anonymous()) == ["lambda"]


@behaviour("SYN-078", source=[REFERENCE.YIELD, REFERENCE.ANNOTATED_ASSIGNMENT], since="3.6", needs=["compile"])
def test_yield_in_a_nested_class_body():
    """A ``yield`` in a class body is a SyntaxError even if the class is in an ``async def``."""
    source = "async def f():\n    class C:\n        {}\n    yield"

    assert rejects(source.format("x: (yield) = 1"))
    assert rejects(source.format("x = (yield)"))
    assert rejects(source.format("class D:\n            yield"))
    assert not rejects(source.format("x: int = 1"))


@behaviour(
    "SYN-086",
    source=[REFERENCE.YIELD, REFERENCE.AGEN_FUNCTION, REFERENCE.RETURN, TUTORIAL.S05, PEP828.COMPILER],
    since="3.6",
    until="3.15",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "statement",
    ["x = [y for y in (yield)]", "@d((yield))\n    def g(): pass", "def g(x=(yield)): pass", "class C((yield)): pass"],
    ids=["iterable", "decorator", "default", "base"],
)
def test_yields_that_count_for_the_function_around(statement):
    """A ``yield`` that is evaluated in the scope of an ``async def`` makes it an asynchronous generator, which may not
    return a value.
    """
    source = "async def f():\n    {}\n    return{}"

    made = define(source.format(statement, ""), "f")()

    assert rejects(source.format(statement, " 1"))
    assert made.__aiter__() is made
    assert not rejects(source.format(statement.replace("(yield)", "(1)"), " 1"))


@behaviour("SYN-099", source=[REFERENCE.YIELD, PEP828.COMPILER], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "outside",
    [
        "",
        "class C:\n    ",
        "async def f(x):\n    class C:\n        ",
        "async def f(x):\n    yield\n    class C:\n        ",
    ],
    ids=["module", "class", "class-in-async-def", "class-in-agen"],
)
@pytest.mark.parametrize("flag", [False, True], ids=["plain", "top-level-await"])
def test_yield_from_outside_of_a_function(flag, outside):
    """``yield from`` at module level or in a class body is a SyntaxError, also in a class in an ``async def`` and with
    the flag for ``await`` at the top level.
    """
    import ast

    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if flag else 0
    with raises(SyntaxError):
        compile(outside + "yield from x", "<source>", "exec", flags)
    with raises(SyntaxError):
        compile(outside + "y = (yield from x)", "<source>", "exec", flags)
    code = compile(outside + "async def method(x): yield from x", "<source>", "exec", flags)

    assert code.co_name == "<module>"


@behaviour(
    "SYN-100",
    source=[PEP828.COMPILER, REFERENCE.FUNCTION_DEF, REFERENCE.CLASS_DEF, REFERENCE.YIELD],
    since="3.16",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "definition, value",
    [
        ["@(yield from give('item', lambda function: 'decorated'))\n    def made(): pass", "decorated"],
        ["def function(x=(yield from give('item', 'default'))): return x\n    made = function()", "default"],
        ["def function(*, x=(yield from give('item', 'keyword'))): return x\n    made = function()", "keyword"],
        ["made = (lambda x=(yield from give('item', 'of the lambda')): x)()", "of the lambda"],
        ["class C((yield from give('item', Base))): pass\n    made = C.name", "base"],
        ["class C(Base, key=(yield from give('item', 'key'))): pass\n    made = C.key", "key"],
    ],
    ids=["decorator", "default", "keyword-only-default", "default-of-a-lambda", "base", "keyword-of-a-class"],
)
async def test_yield_from_in_the_head_of_a_definition(definition, value):
    """A ``yield from`` in a decorator, default, base or keyword of a definition inside an ``async def`` delegates for
    that ``async def``.
    """
    source = """
async def give(item, value):
    yield item
    return value


async def agen():
    DEFINITION
    yield made
"""

    class Base:
        name = "base"

        def __init_subclass__(cls, key=None):
            cls.key = key

    items = await items_of(define(source.replace("DEFINITION", definition), "agen", Base=Base)())

    assert items == ["item", value]


@behaviour(
    "SYN-106", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.ASSERT, PEP828.COMPILER], since="3.16", needs=["compile"]
)
@pytest.mark.parametrize(
    "statement",
    ["if 0: yield from x", "while 0: yield from x", "return\n    yield from x", "y = False and (yield from x)"],
    ids=["if-0", "while-0", "after-return", "short-circuit"],
)
@pytest.mark.parametrize("optimize", [0, 1, 2], ids=["0", "1", "2"])
async def test_yield_from_that_is_never_reached(optimize, statement):
    """A ``yield from`` that is never reached, or that ``-O`` removes with its ``assert``, makes an asynchronous
    generator all the same.
    """
    names = {"x": None}
    source = "async def agen():\n    " + statement + "\nasync def asserts():\n    assert (yield from x) is None\n"
    exec(compile(source, "<optimized>", "exec", optimize=optimize), names)
    made = [names["agen"](), names["asserts"]()]
    kinds = [[name for name in ["__await__", "__anext__", "__next__"] if hasattr(each, name)] for each in made]
    items = await items_of(made[0])
    if optimize:
        items += await items_of(made[1])

    assert kinds == [["__anext__"], ["__anext__"]]
    assert items == []
