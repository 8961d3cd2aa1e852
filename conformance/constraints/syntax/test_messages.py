"""SYN: the messages and the line numbers of SyntaxErrors."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import raises
from conformance.sources import CPYTHON, PEP828


@behaviour(
    "SYN-070", source=[CPYTHON.COMPILER, PEP828.COMPILER], since="3.6", until="3.15", level="detail", needs=["compile"]
)
def test_message_for_return():
    """The SyntaxError for a returned value says that the ``return`` with a value is in an asynchronous generator."""
    with raises(SyntaxError) as caught:
        compile("async def f():\n    yield\n    return 1", "<source>", "exec")
    message = caught.value.msg

    assert message == "'return' with value in async generator"


@behaviour(
    "SYN-071", source=[CPYTHON.COMPILER, PEP828.COMPILER], since="3.6", until="3.15", level="detail", needs=["compile"]
)
def test_message_for_yield_from():
    """The SyntaxError for ``yield from`` says that it is inside an asynchronous function."""
    with raises(SyntaxError) as caught:
        compile("async def f(x):\n    yield from x", "<source>", "exec")
    message = caught.value.msg

    assert message == "'yield from' inside async function"


@behaviour("SYN-072b", source=[CPYTHON.COMPILER], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    "source, wanted",
    [["def f(x):\n    await x", "'await' outside async function"], ["await x", "'await' outside function"]],
    ids=["function", "module"],
)
def test_message_for_await(source, wanted):
    """The SyntaxError for a misplaced ``await`` says that it is outside of an asynchronous function, or outside of any
    function.
    """
    with raises(SyntaxError) as caught:
        compile(source, "<source>", "exec")
    message = caught.value.msg

    assert message == wanted


@behaviour("SYN-073b", source=[CPYTHON.COMPILER], since="3.6", needs=["compile"])
def test_message_for_a_comprehension():
    """The SyntaxError for an asynchronous comprehension says that it is outside of an asynchronous function."""
    with raises(SyntaxError) as caught:
        compile("def f(x):\n    [y async for y in x]", "<source>", "exec")
    message = caught.value.msg

    assert message == "asynchronous comprehension outside of an asynchronous function"


@behaviour(
    "SYN-074", source=[CPYTHON.COMPILER, PEP828.COMPILER], since="3.6", until="3.15", level="detail", needs=["compile"]
)
def test_line_of_the_error():
    """The SyntaxError for a returned value refers to the line of the ``return`` that returns it, wherever the yield
    is.
    """
    lines = []
    for source in [
        "async def f():\n    yield\n\n    return 1\n",
        "async def f():\n    if x:\n        return 1\n    yield\n",
    ]:
        with raises(SyntaxError) as caught:
            compile(source, "<source>", "exec")
        lines.append(caught.value.lineno)

    assert lines == [4, 3]
