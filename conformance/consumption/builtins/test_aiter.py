"""BLT: ``aiter()``."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import raises, tidy
from conformance.sources import LIBRARY, PEP525, REFERENCE, TUTORIAL


@behaviour("BLT-001", source=[LIBRARY.AITER, LIBRARY.ANEXT], since="3.10")
def test_aiter_and_anext_are_built_in():
    """``aiter`` and ``anext`` are callables in ``builtins`` and need no import."""
    import builtins

    reached = [aiter, anext]
    kept = [builtins.aiter, builtins.anext]

    assert reached == kept
    assert callable(aiter)
    assert callable(anext)


@behaviour("BLT-002", source=[LIBRARY.AITER, PEP525.AGEN_OBJECT, TUTORIAL.S07], since="3.10", level="library")
async def test_aiter_of_a_generator_is_the_generator():
    """``aiter()`` of an asynchronous generator returns that generator in every state, and does not advance it."""
    entered = []

    async def agen():
        entered.append(True)
        yield 1
        yield aiter(g)
        yield 2

    g = agen()
    unstarted = aiter(g)
    entered_by_aiter = list(entered)
    await g.__anext__()
    suspended = aiter(g)
    running = await g.__anext__()
    following = await g.__anext__()
    await tidy(g)
    closed = aiter(g)

    assert unstarted is g
    assert entered_by_aiter == []
    assert suspended is g
    assert running is g
    assert following == 2
    assert closed is g


@behaviour("BLT-003", source=[LIBRARY.AITER, REFERENCE.CALLS], since="3.10", level="library")
async def test_aiter_takes_one_argument():
    """``aiter()`` takes exactly one argument: none or two raise TypeError."""

    async def agen():
        yield 1

    with raises(TypeError):
        aiter()
    with raises(TypeError):
        aiter(agen(), None)


@behaviour("BLT-004", source=[LIBRARY.AITER], since="3.10", allowed=["TypeError", "AttributeError"])
@pytest.mark.parametrize(
    "kind",
    ["int", "list", "generator", "coroutine", "function", "none", "not-callable"],
    ids=["int", "list", "generator", "coroutine", "function", "none", "not-callable"],
)
async def test_aiter_of_what_is_no_iterable(kind):
    """``aiter()`` of an object without a callable ``__aiter__`` raises TypeError or AttributeError and runs nothing."""
    log = []

    def generator():
        log.append("generator")
        yield 1

    async def coroutine():
        log.append("coroutine")

    async def agen():
        log.append("agen")
        yield 1

    class Iterable:
        def __aiter__(self):
            log.append("__aiter__")
            return agen()

    class Refusing(Iterable):
        __aiter__ = None

    class Wrong:
        __aiter__ = 1

    pending = coroutine()
    made = {
        "int": 1,
        "list": [1],
        "generator": generator(),
        "coroutine": pending,
        "function": agen,
        "none": Refusing(),
        "not-callable": Wrong(),
    }[kind]
    with raises(TypeError, AttributeError) as caught:
        aiter(made)
    pending.close()

    assert log == []
    return type(caught.value).__name__


@behaviour("BLT-005", source=[REFERENCE.ASYNC_ITERATORS, LIBRARY.AITER], since="3.10")
@pytest.mark.parametrize("returned", ["none", "iterable", "iterator"], ids=["none", "iterable", "iterator"])
async def test_aiter_that_returns_no_iterator(returned):
    """``aiter()`` raises TypeError if ``__aiter__()`` returns an object whose type has no ``__anext__()``."""
    log = []

    class Iterable:
        def __aiter__(self):
            log.append("called")
            return {"none": None, "iterable": self, "iterator": iter([1])}[returned]

    with raises(TypeError):
        aiter(Iterable())

    assert log == ["called"]


@behaviour("BLT-031", source=[REFERENCE.ASYNC_ITERATORS, LIBRARY.AITER], since="3.10")
async def test_aiter_of_a_coroutine_function():
    """``aiter()`` raises TypeError if ``__aiter__()`` returns a coroutine, and does not run the coroutine."""
    made, log = [], []

    class Iterable:
        def __aiter__(self):
            made.append(self.coroutine())
            return made[-1]

        async def coroutine(self):
            log.append("coroutine")
            return self

        async def __anext__(self):
            log.append("__anext__")
            return 1

    with raises(TypeError):
        aiter(Iterable())
    for coroutine in made:
        coroutine.close()

    assert len(made) == 1
    assert log == []


@behaviour("BLT-040", source=[LIBRARY.AITER], since="3.10")
async def test_aiter_calls_the_method_once():
    """``aiter()`` calls ``__aiter__()`` once, returns its result, and lets its exception propagate."""
    log = []
    failure = KeyError("aiter")

    class Iterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            log.append("__anext__")

    class Iterable:
        def __init__(self, fails):
            self.fails = fails

        def __aiter__(self):
            log.append("__aiter__")
            if self.fails:
                raise failure
            return iterator

    iterator = Iterator()
    found = aiter(Iterable(False))
    with raises(KeyError) as caught:
        aiter(Iterable(True))

    assert found is iterator
    assert caught.value is failure
    assert log == ["__aiter__", "__aiter__"]
