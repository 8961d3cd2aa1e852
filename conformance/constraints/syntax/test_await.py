"""SYN: the places of ``await``, ``async for`` and ``async with``, and the keywords ``async`` and ``await``."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import raises, rejects
from conformance.sources import ISSUE, PEP492, REFERENCE, WHATSNEW


@behaviour("SYN-014", source=[REFERENCE.AWAIT, PEP492.AWAIT], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    "before, inside",
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
    """An ``await`` must stand in an ``async def``, with no other function and no class body in between."""

    assert rejects(before + "await x\n")
    assert rejects(before + "y = [await x]\n")
    assert not rejects(before + "x = 1\n")
    assert not rejects(inside + "await x\n")
    assert not rejects(inside + "y = [await x]\n")


@behaviour(
    "SYN-015",
    source=[REFERENCE.AWAIT, REFERENCE.LAMBDAS, REFERENCE.FUNCTION_DEF, PEP492.AWAIT],
    since="3.6",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "inside, outside",
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
    """``await`` in the body of a lambda is a SyntaxError even in an ``async def``, while the defaults of the lambda
    belong to the ``async def``.
    """
    source = "async def f(x):\n" + before + "    z = "

    assert rejects(source + inside)
    assert not rejects(source + outside)


@behaviour(
    "SYN-016", source=[REFERENCE.ASYNC_FOR, REFERENCE.STRUCTURE, PEP492.ASYNC_FOR], since="3.6", needs=["compile"]
)
@pytest.mark.parametrize(
    "before, inside",
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
    """An ``async for`` must stand in an ``async def``, with no other function and no class body in between."""
    loop = "async for y in x: pass"

    assert rejects(before.format(loop))
    assert not rejects(before.format("for y in (): pass"))
    assert not rejects(inside.format(loop))


@behaviour(
    "SYN-017",
    source=[REFERENCE.ASYNC_WITH, REFERENCE.STRUCTURE, PEP492.ASYNC_WITH, ISSUE.BPO_33363],
    since="3.6",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "before, inside",
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
    """An ``async with`` must stand in an ``async def``, with no other function and no class body in between."""
    statement = "async with x as y: pass"

    assert rejects(before.format(statement))
    assert not rejects(before.format(statement.replace("async ", "")))
    assert not rejects(inside.format(statement))


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
    """``async`` and ``await`` are keywords and cannot be names, inside or outside of an ``async def``."""
    nested = "async def g():\n    " + template.replace("\n", "\n    ")

    assert rejects(template.format(word))
    assert rejects(nested.format(word))
    assert not rejects(template.format(word + "_"))
    assert not rejects(nested.format(word.title()))


@behaviour("SYN-048", source=[REFERENCE.LAMBDAS], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    "statement",
    ["f = async lambda: 1", "f = async lambda x: await x", "g(async lambda: (yield))", "async lambda: 1"],
    ids=["assigned", "with-await", "with-yield", "statement"],
)
@pytest.mark.parametrize("before", ["", "async def f(g):\n    "], ids=["module", "async-def"])
def test_async_lambda(before, statement):
    """An ``async lambda`` is a SyntaxError."""
    plain = statement.replace("async ", "").replace("await ", "")

    assert rejects(before + statement)
    assert not rejects(before + plain)


@behaviour("SYN-060", source=[REFERENCE.AWAIT, REFERENCE.COROUTINE_DEF, PEP492.AWAIT], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    "statement, accepted",
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
    """The operand of ``await`` must be a primary, and ``async`` may stand only before ``def``, ``for`` and ``with``."""
    function = "async def f(x):\n    "

    assert rejects(function + statement)
    assert not rejects(function + accepted)


@behaviour(
    "SYN-084",
    source=[PEP492.TRANSITION, WHATSNEW.V36, WHATSNEW.V37],
    since="3.6",
    until="3.6",
    needs=["compile", "warnings"],
)
@pytest.mark.parametrize("name", ["async", "await"], ids=["async", "await"])
def test_keywords_as_names(name):
    """``async`` and ``await`` may be names outside of an ``async def``, and give a DeprecationWarning."""
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
