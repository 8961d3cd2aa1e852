"""BLT: ``iter()``, ``next()`` and the synchronous functions."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import raises
from conformance.sources import LIBRARY, TUTORIAL


@behaviour("BLT-029", source=[LIBRARY.NEXT, TUTORIAL.S10], since="3.6")
@pytest.mark.parametrize("default", [[], ["default"]], ids=["alone", "default"])
async def test_next_refuses_an_asynchronous_generator(default):
    """``next()`` of an asynchronous generator raises TypeError, default or not, and does not advance the generator."""

    async def agen():
        yield 1
        yield 2

    g = agen()
    with raises(TypeError):
        next(g, *default)
    first = await g.__anext__()
    with raises(TypeError):
        next(g, *default)
    second = await g.__anext__()

    assert first == 1
    assert second == 2


@behaviour("BLT-032", source=[LIBRARY.FUNCTIONS, LIBRARY.ITER, LIBRARY.NEXT], since="3.6")
async def test_synchronous_built_in_functions():
    """``iter()``, ``next()`` and library functions that iterate never call ``__aiter__()`` or ``__anext__()``."""
    import functools
    import operator

    called, refused = [], []

    class Both:
        def __aiter__(self):
            called.append("__aiter__")
            return self

        def __anext__(self):
            called.append("__anext__")
            return self

    both = Both()
    functions = {
        "iter": iter,
        "next": next,
        "next with a default": lambda value: next(value, None),
        "contains": lambda value: operator.contains(value, 1),
        "countOf": lambda value: operator.countOf(value, 1),
        "reduce": lambda value: functools.reduce(max, value),
        "length_hint": operator.length_hint,
    }
    for name in functions:
        try:
            functions[name](both)
        except TypeError:
            refused.append(name)

    # The hint of what has neither a length nor a hint is 0.
    assert sorted(refused) == ["contains", "countOf", "iter", "next", "next with a default", "reduce"]
    assert called == []
