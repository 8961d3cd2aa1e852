"""Warnings: which awaitables and generators warn that they were never awaited."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, hooks, operate, run, step, suspend, unraisable
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP492, REFERENCE


@behaviour("WRN-001", source=[ISSUE.GH_89091], since="3.6", needs=["gc", "warnings"])
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_next_item_never_awaited(operation):
    """Dropping the unawaited awaitable of ``__anext__()`` or ``asend()`` warns once, and the warning names ``asend`` in
    both cases.
    """
    import warnings

    entered = []

    async def agen():
        entered.append(True)
        yield

    g = agen()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        operate(g, operation)
        collect()
    warned = [[warning.category, str(warning.message)] for warning in caught]
    message = "coroutine method 'asend' of '%s' was never awaited" % agen.__qualname__

    assert warned == [[RuntimeWarning, message]]
    assert entered == []


@behaviour("WRN-002", source=[ISSUE.GH_89091], since="3.6", needs=["gc", "warnings"])
def test_athrow_never_awaited():
    """Dropping the unawaited awaitable of ``athrow()`` warns once, names the method, and throws nothing."""
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


@behaviour("WRN-003", source=[ISSUE.GH_89091], since="3.6", needs=["gc", "warnings"])
def test_aclose_never_awaited():
    """Dropping the unawaited awaitable of ``aclose()`` warns once, names the method, and does not close the
    generator.
    """
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


@behaviour(
    "WRN-004",
    source=[REFERENCE.AGEN_FUNCTION, PEP492.DECLARATION],
    since="3.6",
    level="detail",
    needs=["gc", "warnings"],
)
def test_generator_never_iterated():
    """Dropping a generator before its first use gives no warning, while dropping a new coroutine warns once."""
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


@behaviour("WRN-005", source=[ISSUE.GH_89091, ISSUE.GH_117536], since="3.6", needs=["gc", "warnings"])
@pytest.mark.parametrize(
    "operation", ["__anext__", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
@pytest.mark.parametrize("done", ["awaited", "closed", "thrown-into"], ids=["awaited", "closed", "thrown-into"])
def test_used_awaitable(done, operation):
    """Dropping an awaitable that was awaited, closed or thrown into gives no warning, while dropping an unused one
    does.
    """
    import warnings

    async def agen():
        yield 1

    arguments = {"asend": [None], "athrow": [KeyError()]}.get(operation, [])
    with warnings.catch_warnings(record=True) as caught, hooks():
        warnings.simplefilter("always")
        awaitable = getattr(agen(), operation)(*arguments)
        if done == "awaited":
            step(awaitable.send, None)
        elif done == "closed":
            awaitable.close()
        else:
            step(awaitable.throw, OSError())
        del awaitable
        collect()
        used = [str(warning.message) for warning in caught]
        getattr(agen(), operation)(*arguments)
        collect()
        both = len(caught)

    assert used == []
    assert both == 1


@behaviour("WRN-006", source=[CPYTHON.TEST_ASYNCGEN, ISSUE.GH_117881], since="3.6", needs=["gc", "warnings"])
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
def test_refused_awaitable(operation):
    """Dropping an awaitable refused because another one is running gives no warning, while dropping an
    unused one does.
    """
    import warnings

    async def agen():
        await suspend("waiting")
        yield 1

    with warnings.catch_warnings(record=True) as caught, hooks():
        warnings.simplefilter("always")
        g = agen()
        under_way = g.__anext__()
        under_way.send(None)
        awaitable = operate(g, operation)
        refused = step(awaitable.send, None)
        del awaitable
        collect()
        warned = [str(warning.message) for warning in caught]
        operate(g, operation)
        collect()
        unused = len(caught)
        item = step(under_way.send, None)

    assert refused == ["raises", "RuntimeError"]
    assert warned == []
    assert unused == 1
    assert item == ["returns", 1]


@behaviour("WRN-007", source=[CPYTHON.WARNINGS], since="3.6", needs=["gc", "warnings"])
def test_name_in_the_warning():
    """The warning contains the ``__qualname__`` that the generator has at the time the awaitable is dropped."""
    import warnings

    async def agen():
        yield 1

    g = agen()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        awaitable = g.aclose()
        g.__name__ = "name"
        g.__qualname__ = "renamed"
        del awaitable
        collect()
    messages = [str(warning.message) for warning in caught]

    assert messages == ["coroutine method 'aclose' of 'renamed' was never awaited"]


@behaviour("WRN-008", source=[CPYTHON.WARNINGS], since="3.8", needs=["gc", "warnings"])
def test_warning_as_an_error():
    """If warnings are errors, that of a dropped awaitable is not raised but goes to ``sys.unraisablehook()``."""
    import warnings

    async def agen():
        yield 1

    g = agen()
    with warnings.catch_warnings(), unraisable() as reports:
        warnings.simplefilter("error")
        g.asend(None)
        collect()
        item = run(g.__anext__())
    kinds = [kind for kind, _ in reports]

    assert kinds == [RuntimeWarning]
    assert item == 1


@behaviour("WRN-009", source=[ISSUE.GH_89091], since="3.10", needs=["gc", "warnings"])
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
def test_anext_never_awaited(default):
    """Dropping the unawaited awaitable of ``anext()``, with a default or without, gives one warning, about
    ``asend``.
    """
    import warnings

    async def agen():
        yield 1

    g = agen()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        anext(g, "default") if default else anext(g)
        collect()
    messages = [str(warning.message) for warning in caught]
    item = run(g.__anext__())

    assert messages == ["coroutine method 'asend' of '%s' was never awaited" % agen.__qualname__]
    assert item == 1


@behaviour("WRN-010", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "warnings"])
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
def test_abandoned_in_the_middle(operation):
    """Dropping an awaitable while the body is suspended in an ``await`` gives no warning, and nor does dropping the
    generator.
    """
    import warnings

    async def agen():
        try:
            yield
        except (KeyError, GeneratorExit):
            pass
        await suspend("waiting")

    with warnings.catch_warnings(record=True) as caught, hooks():
        warnings.simplefilter("always")
        g = agen()
        run(g.__anext__())
        awaitable = operate(g, operation)
        waiting = awaitable.send(None)
        del awaitable
        collect()
        del g
        collect()
    warned = [str(warning.message) for warning in caught]

    assert waiting == "waiting"
    assert warned == []


@behaviour("WRN-011", source=[LIBRARY.ORIGIN_TRACKING], since="3.7", level="detail")
def test_no_origin():
    """Coroutine origin tracking, which sets ``cr_origin`` on a coroutine, adds no attribute to an asynchronous
    generator.
    """
    import sys

    async def agen():
        yield 1

    async def coroutine():
        pass

    before = sys.get_coroutine_origin_tracking_depth()
    sys.set_coroutine_origin_tracking_depth(2)
    try:
        g = agen()
        pending = coroutine()
    finally:
        sys.set_coroutine_origin_tracking_depth(before)
    tracked = pending.cr_origin is not None
    pending.close()
    names = [name for name in dir(g) if name.endswith("origin")]
    item = run(g.__anext__())

    assert tracked
    assert names == []
    assert item == 1
