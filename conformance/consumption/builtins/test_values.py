"""BLT: the items and defaults that are returned: tuples, exceptions, false values."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import suspend
from conformance.sources import ISSUE, LIBRARY


@behaviour("BLT-012", source=[LIBRARY.ANEXT, ISSUE.GH_128078], since="3.10")
@pytest.mark.parametrize("default", ["pair", "empty", "of-exceptions"], ids=["pair", "empty", "of-exceptions"])
async def test_tuple_as_default(default):
    """At the end, a default that is a tuple is returned whole, as the same object each time."""
    value = {"pair": (1, 2), "empty": (), "of-exceptions": (KeyError, 1, None)}[default]

    async def agen():
        yield 1

    g = agen()
    first = await anext(g, value)
    found = [await anext(g, value), await anext(g, value)]

    assert first == 1
    assert [each is value for each in found] == [True, True]


@behaviour("BLT-013", source=[LIBRARY.ANEXT, ISSUE.GH_128078], since="3.10")
async def test_tuple_as_default_of_an_empty_generator():
    """If a generator ends before its first item, a default that is a tuple is returned whole."""
    value = (1, 2)
    log = []

    async def agen():
        log.append("body")
        await suspend()
        return
        yield

    found = await anext(agen(), value)

    assert found is value
    assert log == ["body"]


@behaviour("BLT-014", source=[LIBRARY.ANEXT, ISSUE.GH_128078], since="3.10")
@pytest.mark.parametrize(
    "name",
    ["ValueError", "StopIteration", "StopAsyncIteration", "GeneratorExit"],
    ids=["ValueError", "StopIteration", "StopAsyncIteration", "GeneratorExit"],
)
async def test_exception_as_default(name):
    """At the end, a default that is an exception is returned and not raised."""
    import builtins

    value = getattr(builtins, name)("default")

    async def agen():
        yield 1

    g = agen()
    await g.__anext__()
    found = await anext(g, value)

    assert found is value


@behaviour("BLT-037", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize("value", [None, False, 0, "", []], ids=["None", "False", "0", "str", "list"])
async def test_false_items_and_defaults(value):
    """A false item is returned as an item and not taken as the end, and a false default is returned at the end."""
    default = object()

    async def agen():
        yield value

    g = agen()
    items = [await anext(g, default)]
    ending = await anext(g, default)
    g = agen()
    items.append(await anext(g, value))
    false_ending = await anext(g, value)

    assert items[0] is value
    assert items[1] is value
    assert ending is default
    assert false_ending is value


@behaviour("BLT-038", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize(
    "name",
    ["ValueError", "StopIteration", "StopAsyncIteration"],
    ids=["ValueError", "StopIteration", "StopAsyncIteration"],
)
async def test_class_as_default(name):
    """A default that is an exception class is returned as it is: it is neither raised nor instantiated."""
    import builtins

    value = getattr(builtins, name)

    async def agen():
        return
        yield

    found = await anext(agen(), value)

    assert found is value


@behaviour("BLT-048", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize(
    "kind",
    ["coroutine", "awaitable", "generator", "iterator", "function"],
    ids=["coroutine", "awaitable", "generator", "iterator", "function"],
)
async def test_default_that_could_be_used(kind):
    """A default that could be awaited, iterated or called is returned as it is, and none of its code runs."""
    log = []

    async def coroutine():
        log.append("coroutine")

    async def agen():
        log.append("agen")
        yield 1

    class Awaitable:
        def __await__(self):
            log.append("__await__")
            return iter([])

    async def empty():
        return
        yield

    exhausted, pending = empty(), coroutine()
    value = {
        "coroutine": pending,
        "awaitable": Awaitable(),
        "generator": agen(),
        "iterator": exhausted,
        "function": agen,
    }[kind]
    found = await anext(exhausted, value)
    pending.close()

    assert found is value
    assert log == []


@behaviour("BLT-049", source=[LIBRARY.ANEXT], since="3.10")
async def test_values_that_refuse_every_question():
    """``anext()`` returns items and defaults whose truth value, equality, length, hash and iterator raise."""

    class Value:
        def refuse(self, *arguments):
            raise KeyError

        __bool__ = __eq__ = __ne__ = __len__ = __hash__ = __iter__ = refuse

    value, default = Value(), Value()

    async def agen():
        yield value

    g = agen()
    item = await anext(g, default)
    end = await anext(g, default)

    assert item is value
    assert end is default


@behaviour("BLT-053", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize(
    "kind",
    ["tuple", "empty", "StopIteration", "StopAsyncIteration", "class"],
    ids=["tuple", "empty", "StopIteration", "StopAsyncIteration", "class"],
)
async def test_tuples_and_exceptions_as_items(kind):
    """An item that is a tuple, an exception or an exception class is returned whole, also if there is a default."""
    value = {
        "tuple": (1, 2),
        "empty": (),
        "StopIteration": StopIteration("item"),
        "StopAsyncIteration": StopAsyncIteration("item"),
        "class": StopAsyncIteration,
    }[kind]

    class Iterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            await suspend()
            return value

    async def agen():
        await suspend()
        yield value

    found = [await anext(agen(), "default"), await anext(Iterator(), "default")]

    assert [each is value for each in found] == [True, True]
