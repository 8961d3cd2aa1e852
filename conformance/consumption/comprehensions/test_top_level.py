"""CMP: ``ast.PyCF_ALLOW_TOP_LEVEL_AWAIT``: comprehensions and ``await`` at the top level."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, items_of, suspend
from conformance.sources import CPYTHON, ISSUE, LIBRARY, REFERENCE, WHATSNEW


@behaviour("CMP-038", source=[LIBRARY.AST, WHATSNEW.V38, ISSUE.BPO_39562], since="3.8", needs=["compile"])
async def test_at_the_top_level():
    """With ``ast.PyCF_ALLOW_TOP_LEVEL_AWAIT`` an asynchronous comprehension runs at the top level of the source, at
    once or in the coroutine that ``eval()`` returns.
    """
    import ast
    import inspect

    async def agen():
        yield 1
        yield 2

    async def result_of(source, mode):
        made = eval(compile(source, "<source>", mode, flag), names)
        # The code may return a coroutine, or run at once.
        return await made if inspect.isawaitable(made) else made

    flag = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    names = {"agen": agen}
    await result_of("result = [x async for x in agen()]", "exec")
    value = await result_of("[x async for x in agen()]", "eval")

    assert names["result"] == [1, 2]
    assert value == [1, 2]


@behaviour("CMP-045", source=[LIBRARY.AST, LIBRARY.COMPILE], since="3.8", needs=["compile"])
@pytest.mark.parametrize(
    "statement",
    [
        "await x",
        "async for y in x: pass",
        "async with x: pass",
        "[y async for y in x]",
        "{y async for y in x}",
        "{y: y async for y in x}",
        "[await y for y in x]",
        "{z for y in x for z in await y}",
        "{y: y for y in x if await y}",
    ],
    ids=[
        "await",
        "async-for",
        "async-with",
        "list",
        "set",
        "dict",
        "await-in-list",
        "await-in-set",
        "await-in-dict",
    ],
)
async def test_flag_for_the_top_level(statement):
    """With ``ast.PyCF_ALLOW_TOP_LEVEL_AWAIT``, and not without it, ``compile()`` accepts ``await`` and asynchronous
    statements at the top level.
    """
    import ast

    def refused(mode, flags):
        try:
            compile(statement + "\n\n", "<source>", mode, flags)
            return False
        except SyntaxError:
            return True

    modes = ["exec", "single"] if "pass" in statement else ["exec", "single", "eval"]
    with_the_flag = [refused(mode, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT) for mode in modes]
    without = [refused(mode, 0) for mode in modes]

    assert with_the_flag == [False] * len(modes)
    assert without == [True] * len(modes)


@behaviour("CMP-046", source=[ISSUE.BPO_41218, WHATSNEW.V38], since="3.8", needs=["compile"])
@pytest.mark.parametrize(
    "statement",
    [
        "x = [1]",
        "x = [y for y in [1]]",
        "x = list(y for y in [1])",
        "def x():\n    pass",
        "async def x():\n    await y",
        "async def x():\n    yield [y async for y in z]",
    ],
    ids=["name", "list", "generator-expression", "function", "coroutine-function", "generator-function"],
)
async def test_flag_without_need(statement):
    """With ``ast.PyCF_ALLOW_TOP_LEVEL_AWAIT`` synchronous source compiles to ordinary code, which runs at once."""
    import ast
    import inspect

    code = compile(statement, "<source>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    plain = compile(statement, "<source>", "exec")
    names = {}
    result = eval(code, names)

    assert not code.co_flags & inspect.CO_COROUTINE
    assert code.co_flags == plain.co_flags
    assert code.co_code == plain.co_code
    assert result is None
    assert "x" in names


@behaviour("CMP-047b", source=[CPYTHON.COMPILER, ISSUE.GH_121637], since="3.8", needs=["compile"])
@pytest.mark.parametrize(
    "expression", ["(y async for y in agen())", "(await y for y in [one()])"], ids=["async-for", "await"]
)
async def test_flag_leaves_an_expression_alone(expression):
    """With ``ast.PyCF_ALLOW_TOP_LEVEL_AWAIT`` an asynchronous generator expression compiles to ordinary code."""
    import ast
    import types

    async def agen():
        yield 1

    async def one():
        return 1

    code = compile(expression, "<source>", "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    made = eval(code, {"agen": agen, "one": one})
    kind = type(made)
    items = await items_of(made)

    assert kind is types.AsyncGeneratorType
    assert items == [1]


@behaviour(
    "CMP-048",
    source=[REFERENCE.AWAIT, LIBRARY.COMPILE, LIBRARY.AST, ISSUE.BPO_39965],
    since="3.8",
    level="library",
    needs=["compile"],
    allowed=["refused", "no flag"],
)
@pytest.mark.parametrize(
    "statement",
    ["await x", "async for y in x: pass", "async with x: pass", "[y async for y in x]", "[await y for y in x]"],
    ids=["await", "async-for", "async-with", "comprehension", "await-in-list"],
)
async def test_flag_does_not_reach_inside(statement):
    """``ast.PyCF_ALLOW_TOP_LEVEL_AWAIT``, if there is one, does not allow ``await`` in plain functions, classes and
    lambdas of the source.
    """
    import ast

    # Where the flag is missing, CMP-045 fails.
    if not hasattr(ast, "PyCF_ALLOW_TOP_LEVEL_AWAIT"):
        return "no flag"

    def refused(template):
        try:
            compile(template.format(statement), "<source>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
            return False
        except SyntaxError:
            return True

    inside = ["def f(x):\n    {}", "class C:\n    {}", "async def f(x):\n    def g():\n        {}"]
    if "pass" not in statement:
        inside.append("f = lambda x: ({})")
    allowed = ["{}", "if x:\n    {}", "async def f(x):\n    {}"]
    inside_refused = {refused(template) for template in inside}
    allowed_refused = {refused(template) for template in allowed}

    assert inside_refused == {True}
    assert allowed_refused == {False}
    return "refused"


@behaviour("CMP-058", source=[LIBRARY.COMPILE, LIBRARY.AST], since="3.8", level="detail", needs=["compile"])
@pytest.mark.parametrize(
    "statement, expected",
    [
        ["log.append(await one())", [1]],
        ["async for y in agen():\n    log.append(y)", [1, 2]],
        ["async with Manager() as y:\n    log.append(y)", ["entered", "left"]],
        ["log.append([y async for y in agen()])", [[1, 2]]],
        ["log.append(sorted({y async for y in agen()}))", [[1, 2]]],
        ["log.append({str(y): y async for y in agen()})", [{"1": 1, "2": 2}]],
        ["log.append([await one() for y in 'ab'])", [[1, 1]]],
        ["log.append([x async for x in (y async for y in agen())])", [[1, 2]]],
    ],
    ids=["await", "async-for", "async-with", "list", "set", "dict", "await-in-list", "generator-expression"],
)
async def test_evaluated_code(statement, expected):
    """``eval()`` of code with top-level await returns a coroutine, which runs in the given namespaces when it is
    awaited.
    """
    import ast
    import types

    log = []

    async def one():
        await suspend()
        return 1

    async def agen():
        yield 1
        await suspend()
        yield 2

    class Manager:
        async def __aenter__(self):
            return "entered"

        async def __aexit__(self, *details):
            log.append("left")

    source = "first = 'bound'\n" + statement + "\nlast = 'bound'\n"
    code = compile(source, "<source>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    names = {"log": log, "one": one, "agen": agen, "Manager": Manager}
    variables = {}
    coroutine = eval(code, names, variables)
    kind = type(coroutine)
    ran_before = [list(log), dict(variables)]
    returned = await coroutine

    assert kind is types.CoroutineType
    assert ran_before == [[], {}]
    assert returned is None
    assert log == expected
    assert [variables["first"], variables["last"]] == ["bound", "bound"]
    assert "first" not in names


@behaviour(
    "CMP-059",
    source=[LIBRARY.COMPILE, LIBRARY.INSPECT_FLAGS, LIBRARY.AST],
    since="3.8",
    level="detail",
    needs=["compile"],
)
async def test_function_of_code():
    """``types.FunctionType`` makes a coroutine function from code with top-level await, and each call runs the code
    anew.
    """
    import ast
    import inspect
    import types

    async def agen():
        yield 1
        await suspend()
        yield 2

    source = "count += 1\nfound = [x * count async for x in agen()]\n"
    code = compile(source, "<source>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    names = {"agen": agen, "count": 0}
    function = types.FunctionType(code, names)
    one = function()
    two = function()
    count_before = names["count"]
    returned = [await one]
    first = names["found"]
    returned.append(await two)
    second = names["found"]

    assert inspect.iscoroutinefunction(function)
    assert type(one) is types.CoroutineType
    assert one is not two
    assert count_before == 0
    assert returned == [None, None]
    assert [first, second] == [[1, 2], [2, 4]]


@behaviour("CMP-060", source=[WHATSNEW.V38, CPYTHON.COMPILER], since="3.8", needs=["compile", "gc", "warnings"])
def test_executed_code():
    """``exec()`` of code with top-level await runs none of it: the coroutine is dropped, with a RuntimeWarning."""
    import ast
    import warnings

    log = []

    async def one():
        return 1

    source = "log.append('begins')\nlog.append(await one())\n"
    code = compile(source, "<source>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        collect()
        del caught[:]  # what others left behind
        returned = exec(code, {"log": log, "one": one})
        collect()
    seen = [warning.category.__name__ for warning in caught]

    assert returned is None
    assert log == []
    assert seen == ["RuntimeWarning"]


@behaviour("CMP-061", source=[LIBRARY.COMPILE, LIBRARY.AST], since="3.8", level="detail", needs=["compile"])
async def test_modes_of_code():
    """Awaiting code with top-level await returns its value in mode ``"eval"``, and displays it in mode ``"single"``."""
    import ast
    import sys

    shown = []

    async def agen():
        await suspend()
        yield 1

    def make(mode):
        code = compile("[x async for x in agen()]\n", "<source>", mode, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        return eval(code, {"agen": agen})

    earlier, sys.displayhook = sys.displayhook, shown.append
    try:
        executed = await make("exec")
        evaluated = await make("eval")
        single = make("single")
        shown_before = list(shown)
        interactive = await single
    finally:
        sys.displayhook = earlier

    assert executed is None
    assert evaluated == [1]
    assert shown_before == []
    assert interactive is None
    assert shown == [[1]]


@behaviour(
    "CMP-062",
    source=[LIBRARY.AST, LIBRARY.COMPILE, REFERENCE.FUNCTION_DEF, REFERENCE.GENERATOR_EXPRESSIONS],
    since="3.8",
    level="library",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "statement",
    [
        "def f(y=await one()):\n    return y\nfound = f()",
        "found = (lambda y=await one(): y)()",
        "class C(type(await one())):\n    pass\nfound = C(1)",
        "@decorate(await one())\ndef found():\n    pass",
        "found = list(y for y in [await one()])[0]",
        "found = (lambda: 2, await one())[1]",
    ],
    ids=["default", "default-of-lambda", "base", "decorator", "leftmost-iterable", "beside-a-lambda"],
)
async def test_flag_reaches_what_is_evaluated_outside(statement):
    """``ast.PyCF_ALLOW_TOP_LEVEL_AWAIT`` allows ``await`` in defaults, base classes, decorators and leftmost iterables
    at the top level, as they are evaluated there.
    """
    import ast

    def refused(flags):
        try:
            compile(statement, "<source>", "exec", flags)
            return False
        except SyntaxError:
            return True

    with_the_flag = refused(ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    without = refused(0)

    assert with_the_flag is False
    assert without is True


@behaviour(
    "CMP-063",
    source=[LIBRARY.COMPILE, REFERENCE.AGEN_FUNCTION],
    since="3.8",
    level="detail",
    needs=["compile"],
)
async def test_generator_function_in_source_with_the_flag():
    """An asynchronous generator function in source with top-level await is an ordinary one, and does not make the
    source a generator.
    """
    import ast
    import inspect

    source = """
async def agen():
    yield await one()
    yield 2
items = [x async for x in agen()]
"""

    async def one():
        await suspend()
        return 1

    names = {"one": one}
    code = compile(source, "<source>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    await eval(code, names)

    assert not code.co_flags & inspect.CO_ASYNC_GENERATOR
    assert inspect.isasyncgenfunction(names["agen"])
    assert names["items"] == [1, 2]


@behaviour("CMP-064", source=[CPYTHON.COMPILER], since="3.8", needs=["compile"])
@pytest.mark.parametrize(
    "statement",
    ["if 0: await x", "0 and await x", "while 0:\n    async for y in x: pass", "if 0: [y async for y in x]"],
    ids=["if", "and", "while", "comprehension"],
)
async def test_flag_and_what_never_runs(statement):
    """With ``ast.PyCF_ALLOW_TOP_LEVEL_AWAIT``, an ``await`` that can never run still makes the code that of a
    coroutine.
    """
    import ast
    import inspect

    code = compile(statement, "<source>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    returned = await eval(code, {})

    assert code.co_flags & inspect.CO_COROUTINE
    assert returned is None
