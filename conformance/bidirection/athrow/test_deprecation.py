"""THR: the deprecation of more than one argument."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import raises
from conformance.sources import CPYTHON, ISSUE, REFERENCE, TUTORIAL


@behaviour(
    "THR-013",
    source=[REFERENCE.AGEN_ATHROW, ISSUE.GH_96348, TUTORIAL.S13],
    since="3.12",
    level="detail",
    needs=["warnings"],
)
@pytest.mark.parametrize("count", [1, 2, 3], ids=["one", "two", "three"])
async def test_more_than_one_argument_is_deprecated(count):
    """Calling ``athrow()`` with more than one argument gives one DeprecationWarning, and awaiting it gives none."""
    import warnings

    async def agen():
        yield 1

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        awaitable = g.athrow(*[ValueError, ValueError("thrown"), None][:count])
        of_the_call = [warning.category for warning in caught]
        with raises(ValueError):
            await awaitable
    of_both = [warning.category for warning in caught]

    assert of_the_call == ([] if count == 1 else [DeprecationWarning])
    assert of_both == of_the_call


@behaviour("THR-014", source=[CPYTHON.GENOBJECT, ISSUE.GH_96348], since="3.12", needs=["warnings"])
async def test_deprecation_as_an_error():
    """If the warning for several arguments is turned into an error, ``athrow()`` raises it at the call and throws
    nothing.
    """
    import warnings

    log = []

    async def agen():
        try:
            yield 1
        except KeyError:
            log.append("thrown")
        yield 2

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with raises(DeprecationWarning):
            g.athrow(KeyError, "value")
    item = await g.__anext__()

    assert log == []
    assert item == 2


@behaviour("THR-043", source=[REFERENCE.AGEN_ATHROW], since="3.6", needs=["warnings"])
@pytest.mark.parametrize("kind", ["class", "instance"], ids=["class", "instance"])
async def test_one_argument_gives_no_warning(kind):
    """``athrow()`` with one argument, a class or an instance, gives no warning, neither at the call nor when it is
    awaited.
    """
    import warnings

    async def agen():
        try:
            yield 1
        except KeyError:
            yield 2

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        await g.athrow(KeyError if kind == "class" else KeyError("instance"))

    assert caught == []


@behaviour("THR-046a", source=[CPYTHON.GENOBJECT], since="3.6", until="3.11", needs=["warnings"])
@pytest.mark.parametrize("state", ["unstarted", "suspended", "finished"], ids=["unstarted", "suspended", "finished"])
@pytest.mark.parametrize("count", [2, 3], ids=["two", "three"])
async def test_several_arguments_give_no_warning(count, state):
    """``athrow()`` with two or three arguments gives no warning, whatever the state of the generator is."""
    import warnings

    async def agen():
        yield 1

    g = agen()
    if state != "unstarted":
        await g.__anext__()
    if state == "finished":
        await g.aclose()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        awaitable = g.athrow(*[KeyError, "value", None][:count])
        called = [warning.category for warning in caught]
        try:
            await awaitable
        except KeyError:
            pass
        awaited = [warning.category for warning in caught]

    assert called == []
    assert awaited == []


@behaviour("THR-046b", source=[REFERENCE.AGEN_ATHROW, ISSUE.GH_96348], since="3.12", level="detail", needs=["warnings"])
@pytest.mark.parametrize("state", ["unstarted", "suspended", "finished"], ids=["unstarted", "suspended", "finished"])
@pytest.mark.parametrize("count", [2, 3], ids=["two", "three"])
async def test_several_arguments_warn_in_any_state(count, state):
    """``athrow()`` with two or three arguments gives one DeprecationWarning, at the call, whatever the state of the
    generator is.
    """
    import warnings

    async def agen():
        yield 1

    g = agen()
    if state != "unstarted":
        await g.__anext__()
    if state == "finished":
        await g.aclose()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        awaitable = g.athrow(*[KeyError, "value", None][:count])
        called = [warning.category for warning in caught]
        try:
            await awaitable
        except KeyError:
            pass
        awaited = [warning.category for warning in caught]

    assert called == [DeprecationWarning]
    assert awaited == called


@behaviour("THR-058", source=[CPYTHON.GENOBJECT, ISSUE.GH_96348], since="3.12", needs=["warnings"])
async def test_warning_for_several_arguments():
    """The warning for several arguments names the method and the form to use, and refers to the line of the call."""
    import warnings

    async def agen():
        yield 1

    def call(generator):
        return generator.athrow(KeyError, "value")

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        awaitable = call(g)
    with raises(KeyError):
        await awaitable
    messages = [str(warning.message) for warning in caught]
    places = [[warning.filename, warning.lineno - call.__code__.co_firstlineno] for warning in caught]

    assert messages == [
        "the (type, exc, tb) signature of athrow() is deprecated, use the single-arg signature instead."
    ]
    assert places == [[call.__code__.co_filename, 1]]
