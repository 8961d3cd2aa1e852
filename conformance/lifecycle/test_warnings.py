"""Warnings: which awaitables and generators complain that they were never awaited."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, hooks, run, suspend
from conformance.sources import CPYTHON, ISSUE, PEP492, REFERENCE


@behaviour("WRN-001", source=[ISSUE.GH_89091], since="3.13", needs=["gc", "warnings"])
@pytest.mark.parametrize("operation", ["__anext__", "asend"], ids=["anext", "asend"])
def test_next_item_never_awaited(operation):
    """Dropping what ``__anext__()`` or ``asend()`` returned, not awaited, warns once, about ``asend`` either way."""
    import warnings

    entered = []

    async def agen():
        entered.append(True)
        yield

    arguments = {"asend": [None]}.get(operation, [])
    g = agen()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        getattr(g, operation)(*arguments)
        collect()
    warned = [[warning.category, str(warning.message)] for warning in caught]
    message = "coroutine method 'asend' of '%s' was never awaited" % agen.__qualname__

    assert warned == [[RuntimeWarning, message]]
    assert entered == []


@behaviour("WRN-002", source=[ISSUE.GH_89091], since="3.13", needs=["gc", "warnings"])
def test_athrow_never_awaited():
    """Dropping what ``athrow()`` returned, not awaited, warns once, names the method, and throws nothing."""
    import warnings

    log = []

    async def agen():
        try:
            yield 1
        except KeyError:
            log.append("thrown")
        yield 2

    g = agen()
    run(g.__anext__())
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        g.athrow(KeyError())
        collect()
    warned = [[warning.category, str(warning.message)] for warning in caught]
    message = "coroutine method 'athrow' of '%s' was never awaited" % agen.__qualname__
    item = run(g.__anext__())

    assert warned == [[RuntimeWarning, message]]
    assert log == []
    assert item == 2


@behaviour("WRN-003", source=[ISSUE.GH_89091], since="3.13", needs=["gc", "warnings"])
def test_aclose_never_awaited():
    """Dropping what ``aclose()`` returned, not awaited, warns once, names the method, and closes nothing."""
    import warnings

    async def agen():
        yield 1
        yield 2

    g = agen()
    run(g.__anext__())
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        g.aclose()
        collect()
    warned = [[warning.category, str(warning.message)] for warning in caught]
    message = "coroutine method 'aclose' of '%s' was never awaited" % agen.__qualname__
    item = run(g.__anext__())

    assert warned == [[RuntimeWarning, message]]
    assert item == 2


@behaviour("WRN-004", source=[REFERENCE.AGEN_FUNCTION, PEP492.DECLARATION], since="3.6", needs=["gc", "warnings"])
def test_generator_never_iterated():
    """A generator that is dropped before its first use gives no warning, where a coroutine warns once."""
    import warnings

    async def agen():
        yield

    async def coroutine():
        pass

    with warnings.catch_warnings(record=True) as caught, hooks():
        warnings.simplefilter("always")
        agen()
        collect()
        warned_generator = [warning.category for warning in caught]
        coroutine()
        collect()
        warned_both = [warning.category for warning in caught]

    assert warned_generator == []
    assert warned_both == [RuntimeWarning]


@behaviour("WRN-010", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "warnings"])
@pytest.mark.parametrize(
    "operation", ["__anext__", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
def test_abandoned_in_the_middle(operation):
    """An awaitable that is dropped while the body waits in an await gives no warning, nor does its generator."""
    import warnings

    async def agen():
        try:
            yield
        finally:
            await suspend("waiting")

    arguments = {"asend": [None], "athrow": [KeyError()]}.get(operation, [])
    with warnings.catch_warnings(record=True) as caught, hooks():
        warnings.simplefilter("always")
        g = agen()
        run(g.__anext__())
        awaitable = getattr(g, operation)(*arguments)
        waiting = awaitable.send(None)
        del awaitable
        collect()
        del g
        collect()
    warned = [str(warning.message) for warning in caught]

    assert waiting == "waiting"
    assert warned == []
