"""inspect and ast: how asynchronous generators are told from everything else."""

import pytest

from conformance.behaviour import behaviour
from conformance.sources import LIBRARY, TUTORIAL


@behaviour("INS-001", source=[LIBRARY.INSPECT_ISASYNCGENFUNCTION, TUTORIAL.S01], since="3.6")
async def test_isasyncgenfunction():
    """``inspect.isasyncgenfunction()`` is true of an ``async def`` with a yield of its own, and of nothing else."""
    import inspect

    async def agen():
        yield 1

    async def never_yields():
        return
        yield

    async def coroutine():
        return agen

    async def with_inner_agen():
        async def inner():
            yield 1

        return inner

    def generator():
        yield 1

    def function():
        return agen()

    class Class:
        async def method(self):
            yield 1

    things = [agen, never_yields, Class.method, coroutine, with_inner_agen, generator, function, Class]
    recognized = [thing.__name__ for thing in things if inspect.isasyncgenfunction(thing)]
    of_object = inspect.isasyncgenfunction(agen())

    assert recognized == ["agen", "never_yields", "method"]
    assert not of_object


@behaviour("INS-002", source=[LIBRARY.INSPECT_ISASYNCGEN], since="3.6")
async def test_isasyncgen():
    """``inspect.isasyncgen()`` is true of the object in any state, and false of its function and of look-alikes."""
    import inspect
    from collections.abc import AsyncGenerator

    async def agen():
        yield 1

    async def coroutine():
        return 1

    def generator():
        yield 1

    class LookAlike(AsyncGenerator):
        async def asend(self, value):
            return value

        async def athrow(self, *exception):
            raise StopAsyncIteration

    g = agen()
    created = inspect.isasyncgen(g)
    await g.__anext__()
    suspended = inspect.isasyncgen(g)
    await g.aclose()
    closed = inspect.isasyncgen(g)
    pending = coroutine()
    others = [agen, pending, generator(), LookAlike(), type(g)]
    mistaken = [type(other).__name__ for other in others if inspect.isasyncgen(other)]
    pending.close()

    assert created
    assert suspended
    assert closed
    assert mistaken == []


@behaviour("INS-003", source=[LIBRARY.INSPECT, TUTORIAL.S04], since="3.6")
@pytest.mark.parametrize(
    "name",
    ["iscoroutinefunction", "isgeneratorfunction", "iscoroutine", "isgenerator", "isawaitable"],
    ids=["iscoroutinefunction", "isgeneratorfunction", "iscoroutine", "isgenerator", "isawaitable"],
)
async def test_neither_coroutine_nor_generator(name):
    """To ``inspect``, neither the object nor its function is a coroutine, a generator or awaitable, or makes these."""
    import inspect

    async def agen():
        yield 1

    async def coroutine():
        return 1

    def generator():
        yield 1

    predicate = getattr(inspect, name)
    pending = coroutine()
    things = [coroutine, generator, pending, generator()]
    recognized = [thing for thing in things if predicate(thing)]
    pending.close()
    of_function = predicate(agen)
    of_object = predicate(agen())

    assert len(recognized) == 1
    assert not of_function
    assert not of_object


@behaviour("INS-010", source=[LIBRARY.INSPECT_STATE], since="3.12")
async def test_getasyncgenstate():
    """``inspect.getasyncgenstate()`` tells a created, a running, a suspended and a finished generator apart."""
    import inspect

    async def agen():
        states.append(inspect.getasyncgenstate(g))
        yield 1
        states.append(inspect.getasyncgenstate(g))

    g = agen()
    states = [inspect.getasyncgenstate(g)]
    async for _ in g:
        states.append(inspect.getasyncgenstate(g))
    states.append(inspect.getasyncgenstate(g))
    created, running, suspended, closed = (
        inspect.AGEN_CREATED, inspect.AGEN_RUNNING, inspect.AGEN_SUSPENDED, inspect.AGEN_CLOSED,
    )  # fmt: skip

    assert states == [created, running, suspended, running, closed]
    assert len(set(states)) == 4


@behaviour("INS-015", source=[LIBRARY.INSPECT_FLAGS, TUTORIAL.S01], since="3.6")
async def test_code_flags():
    """``CO_ASYNC_GENERATOR`` is set on the code of asynchronous generators only, without the two related flags."""
    import inspect

    async def agen():
        yield 1

    async def coroutine():
        return 1

    def generator():
        yield 1

    def function():
        return 1

    flags = ["CO_ASYNC_GENERATOR", "CO_COROUTINE", "CO_GENERATOR"]
    seen = {}
    for each in [agen, coroutine, generator, function]:
        seen[each.__name__] = [flag for flag in flags if each.__code__.co_flags & getattr(inspect, flag)]

    assert seen["agen"] == ["CO_ASYNC_GENERATOR"]
    assert seen["coroutine"] == ["CO_COROUTINE"]
    assert seen["generator"] == ["CO_GENERATOR"]
    assert seen["function"] == []


@behaviour("INS-021", source=[LIBRARY.AST, TUTORIAL.S05], since="3.6")
async def test_syntax_tree():
    """In an ``ast``, an AsyncFunctionDef may hold a Yield, and ``is_async`` marks just the ``async for`` clauses."""
    import ast

    functions = ast.parse(
        "async def agen():\n    yield 1\n"
        "async def coroutine():\n    await agen\n"
        "def generator():\n    yield 1\n"
    ).body  # fmt: skip
    kinds = [type(function).__name__ for function in functions]
    yields = [sum(isinstance(node, ast.Yield) for node in ast.walk(function)) for function in functions]

    flags = []
    for display in ["[x %s]", "{x %s}", "{x: x %s}", "(x %s)"]:
        tree = ast.parse("async def f():\n    return " + display % "async for x in a for y in b async for z in c")
        clauses = tree.body[0].body[0].value.generators
        flags.append([clause.is_async for clause in clauses])

    assert kinds == ["AsyncFunctionDef", "AsyncFunctionDef", "FunctionDef"]
    assert yields == [1, 0, 1]
    assert flags == [[1, 0, 1]] * 4
