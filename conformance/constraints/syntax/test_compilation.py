"""SYN: ``compile()``, ``exec()`` and ``ast.parse()``: flags, future statements, and code that the optimizer removes."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import define, raises, rejects
from conformance.sources import (
    CPYTHON,
    ISSUE,
    LIBRARY,
    PEP479,
    PEP525,
    PEP530,
    PEP828,
    REFERENCE,
    TUTORIAL,
    WHATSNEW,
)


@behaviour(
    "SYN-053",
    source=[LIBRARY.COMPILE, LIBRARY.AST, LIBRARY.EXEC, LIBRARY.INSPECT_FLAGS, WHATSNEW.V38, ISSUE.BPO_34616],
    since="3.8",
    needs=["compile"],
    allowed=["a coroutine", "accepted"],
)
async def test_top_level_await():
    """``ast.PyCF_ALLOW_TOP_LEVEL_AWAIT`` lets ``compile()`` accept ``await`` and other asynchronous syntax in a module,
    but not ``yield``, and code that has the flag ``CO_COROUTINE`` runs as a coroutine.
    """
    import ast
    import inspect
    import types

    flag = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    source = """
log.append(await echo("await"))
async for x in agen():
    log.append(x)
async with Manager() as y:
    log.append(y)
log.append([x async for x in agen()])
"""
    refused = ["yield", "x = yield 1", "yield from x", "return await x", "def f(): await x"]
    log = []

    async def echo(value):
        return value

    async def agen():
        yield 1

    class Manager:
        async def __aenter__(self):
            return "aenter"

        async def __aexit__(self, *details):
            log.append("aexit")

    names = {"log": log, "echo": echo, "agen": agen, "Manager": Manager}
    code = compile(source, "<top>", "exec", flags=flag)
    for text in refused:
        with raises(SyntaxError):
            compile(text, "<top>", "exec", flags=flag)
    with raises(SyntaxError):
        compile(source, "<top>", "exec")

    # The flags of code objects are specific to CPython.
    if not getattr(code, "co_flags", 0) & getattr(inspect, "CO_COROUTINE", 0):
        return "accepted"
    coroutine = types.FunctionType(code, names)()
    before = list(log)
    await coroutine

    assert before == []
    assert log == ["await", 1, "aenter", "aexit", [1]]
    return "a coroutine"


@behaviour("SYN-058", source=[PEP479.PROPOSAL, PEP525.AGEN_OBJECT, REFERENCE.FUTURE], since="3.6", needs=["compile"])
@pytest.mark.parametrize("future", ["", "from __future__ import generator_stop\n"], ids=["without", "with"])
async def test_generator_stop(future):
    """A StopIteration in the body becomes a RuntimeError, with or without ``from __future__ import generator_stop``."""
    source = future + "async def agen(error):\n    yield 1\n    raise error\n"
    agen = define(source, "agen")
    error = StopIteration("value")
    g = agen(error)
    first = await g.__anext__()
    with raises(RuntimeError) as caught:
        await g.__anext__()
    other = agen(ValueError())
    await other.__anext__()
    with raises(ValueError):
        await other.__anext__()

    assert first == 1
    assert caught.value.__cause__ is error


@behaviour("SYN-064a", source=[ISSUE.GH_121637, ISSUE.GH_121297], since="3.7", until="3.13", needs=["compile"])
@pytest.mark.parametrize(
    "statement",
    ["assert [x async for x in y]", "assert [await x for x in y]", "assert await y"],
    ids=["async-comprehension", "await-comprehension", "await"],
)
def test_error_in_removed_code_at_first(statement):
    """A misplaced ``await`` or asynchronous comprehension in an ``assert`` is accepted if the optimizer removes the
    ``assert``.
    """
    source = "def f(y):\n    " + statement
    compiled = compile(source, "<source>", "exec", 0, True, 1)
    with raises(SyntaxError):
        compile(source, "<source>", "exec", 0, True, 0)

    assert compiled.co_name == "<module>"


@behaviour(
    "SYN-064b",
    source=[
        REFERENCE.ASYNC_COMPREHENSIONS,
        REFERENCE.AWAIT,
        PEP530.COMPREHENSIONS,
        ISSUE.GH_121637,
        ISSUE.GH_121297,
        WHATSNEW.V314,
    ],
    since="3.14",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "statement",
    ["assert [x async for x in y]", "assert [await x for x in y]", "assert await y"],
    ids=["async-comprehension", "await-comprehension", "await"],
)
@pytest.mark.parametrize("optimize", [0, 1, 2], ids=["0", "1", "2"])
def test_error_in_removed_code(optimize, statement):
    """A misplaced ``await`` or asynchronous comprehension in an ``assert`` is a SyntaxError, even if the optimizer
    removes the ``assert``.
    """
    source = "def f(y):\n    " + statement
    with raises(SyntaxError):
        compile(source, "<source>", "exec", 0, True, optimize)
    compiled = compile("async " + source, "<source>", "exec", 0, True, optimize)

    assert compiled.co_name == "<module>"


@behaviour("SYN-066", source=[LIBRARY.COMPILE, LIBRARY.EXEC], since="3.6", needs=["compile"])
@pytest.mark.parametrize("form", ["text", "code", "tree", "single"], ids=["text", "code", "tree", "single"])
async def test_executed_source(form):
    """An asynchronous generator function that ``exec()`` defines from text, code or a tree works like one in the
    module.
    """
    import ast

    source = """
async def agen(log):
    try:
        received = yield 1
        log.append(received)
    except KeyError:
        log.append("thrown")
        yield 2
    finally:
        log.append("finally")
    log.append("behind")
"""
    if form == "text":
        executable = source
    elif form == "tree":
        executable = compile(ast.parse(source), "<tree>", "exec")
    else:
        executable = compile(source, "<code>", "exec" if form == "code" else "single")

    async def here(log):
        try:
            received = yield 1
            log.append(received)
        except KeyError:
            log.append("thrown")
            yield 2
        finally:
            log.append("finally")
        log.append("behind")

    async def history(agen):
        log = []
        g = agen(log)
        log.append(type(g))
        log.append(await g.__anext__())
        await g.athrow(KeyError())
        log.append(await items_of(g))
        g = agen(log)
        await g.__anext__()
        with raises(StopAsyncIteration):
            await g.asend("sent")
        return log

    names = {}
    exec(executable, names)
    found = await history(names["agen"])
    expected = await history(here)

    assert found == expected
    assert found[1:] == [1, "thrown", "finally", "behind", [], "sent", "finally", "behind"]


@behaviour(
    "SYN-085",
    source=[CPYTHON.COMPILER, TUTORIAL.S05, PEP828.COMPILER],
    since="3.6",
    until="3.15",
    level="detail",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "body",
    ["    yield\n    return 1\n", "    yield\n    yield from x\n", "    yield from x\n", "    return (yield)\n"],
    ids=["return-value", "yield-from-and-yield", "yield-from", "return-yield"],
)
def test_parsed_but_not_compiled(body):
    """``ast.parse()`` parses statements that are illegal in an asynchronous generator as in a plain function, but
    ``compile()`` rejects them.
    """
    import ast

    source = "async def f(x):\n" + body
    tree = ast.parse(source)
    kinds = [type(node).__name__ for node in tree.body]
    parsed = [ast.dump(node) for node in tree.body[0].body]
    in_plain = [ast.dump(node) for node in ast.parse(source.replace("async def", "def")).body[0].body]
    with raises(SyntaxError):
        compile(tree, "<tree>", "exec")

    assert kinds == ["AsyncFunctionDef"]
    assert parsed == in_plain
    assert rejects(source)
    assert not rejects(source.replace("async def", "def"))


@behaviour("SYN-103", source=[LIBRARY.AST, PEP828.SYNTAX], since="3.16", level="library", needs=["compile"])
def test_tree_of_yield_from():
    """The tree of ``yield from`` in an ``async def`` has the node YieldFrom, as that of a ``def``; ``ast.unparse()``
    gives the source back, and the tree compiles.
    """
    import ast

    source = "async def agen(x):\n    y = (yield from x)\n    return y"
    tree = ast.parse(source)
    kind = type(tree.body[0].body[0].value).__name__
    dumped = [ast.dump(node) for node in tree.body[0].body]
    in_plain = [ast.dump(node) for node in ast.parse(source.replace("async def", "def")).body[0].body]
    again = ast.parse(ast.unparse(tree))
    code = compile(tree, "<tree>", "exec")

    assert kind == "YieldFrom"
    assert dumped == in_plain
    assert ast.dump(again) == ast.dump(tree)
    assert code.co_name == "<module>"


@behaviour("SYN-104", source=[CPYTHON.COMPILER, PEP828.COMPILER], since="3.16", level="detail", needs=["compile"])
@pytest.mark.parametrize(
    "body, items, value",
    [
        ["    yield\n    return 1\n", [None], 1],
        ["    yield\n    yield from x\n", [None, "item"], None],
        ["    yield from x\n", ["item"], None],
        ["    return (yield)\n", [None], None],
        ["    return (yield from x)\n", ["item"], "result"],
    ],
    ids=["return-value", "yield-from-and-yield", "yield-from", "return-yield", "return-yield-from"],
)
async def test_parsed_and_compiled(body, items, value):
    """What ``ast.parse()`` accepts of ``return value`` and ``yield from`` in an ``async def`` compiles from its tree,
    and runs.
    """
    import ast

    source = "async def agen(x):\n" + body

    class Subiterator:
        left = ["item"]

        def __aiter__(self):
            return self

        async def __anext__(self):
            if self.left:
                self.left = []
                return "item"
            raise StopAsyncIteration("result")

    names = {}
    exec(compile(ast.parse(source), "<tree>", "exec"), names)
    g = names["agen"](Subiterator())
    seen = []
    with raises(StopAsyncIteration) as caught:
        while len(seen) < 9:
            seen.append(await g.__anext__())
    found = caught.value.value

    assert seen == items
    assert found == value
