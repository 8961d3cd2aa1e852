"""BLT: the arguments of ``anext()`` and ``aiter()``: their number and names, and objects without the method."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import raises
from conformance.sources import CPYTHON, LIBRARY, REFERENCE


@behaviour("BLT-015", source=[LIBRARY.ANEXT], since="3.10", allowed=["TypeError", "AttributeError"])
@pytest.mark.parametrize(
    "kind",
    ["int", "None", "list", "sync-iterator", "iterable", "function"],
    ids=["int", "None", "list", "sync-iterator", "iterable", "function"],
)
def test_anext_refuses_what_has_no_anext(kind):
    """The call of ``anext(x)`` raises TypeError or AttributeError if ``x`` has no ``__anext__``, iterable or not."""
    asked = []
    numbers = iter([1, 2])

    async def agen():
        asked.append("body")
        yield 1

    class Iterable:
        def __aiter__(self):
            asked.append("__aiter__")
            return agen()

    objects = {"int": 1, "None": None, "list": [1], "sync-iterator": numbers, "iterable": Iterable(), "function": agen}
    with raises(TypeError, AttributeError) as caught:
        anext(objects[kind])

    assert asked == []
    assert list(numbers) == [1, 2]
    return type(caught.value).__name__


@behaviour("BLT-016", source=[LIBRARY.ANEXT], since="3.10")
@pytest.mark.parametrize("count", [0, 3], ids=["none", "three"])
def test_number_of_arguments_of_anext(count):
    """``anext()`` raises TypeError if it is called without arguments or with three."""

    async def agen():
        yield 1

    arguments = [agen(), "default", "other"]
    with raises(TypeError):
        anext(*arguments[:count])


@behaviour(
    "BLT-025",
    source=[LIBRARY.ANEXT, REFERENCE.SPECIAL_LOOKUP],
    since="3.10",
    level="library",
    allowed=["called", "not awaited"],
)
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_anext_looks_at_the_type(default):
    """``anext()`` calls ``__anext__()`` of the type and ignores an instance attribute of that name."""
    log = []

    async def item():
        return "item"

    def of_instance():
        log.append("instance")
        return item()

    class Iterator:
        def __aiter__(self):
            return self

        def __anext__(self):
            log.append("type")
            return item()

    iterator = Iterator()
    iterator.__anext__ = of_instance
    try:
        await (anext(iterator, "default") if default else anext(iterator))
    except Exception:
        # Where anext() cannot be awaited, BLT-007 or BLT-009 fails.
        if not log:
            return "not awaited"

    assert log == ["type"]
    return "called"


@behaviour("BLT-039", source=[LIBRARY.ANEXT, REFERENCE.SPECIAL_LOOKUP], since="3.10", level="library")
@pytest.mark.parametrize(
    "kind",
    ["none", "not-callable", "class", "iterable", "list"],
    ids=["none", "not-callable", "class", "iterable", "list"],
)
@pytest.mark.parametrize("default", [False, True], ids=["without-default", "with-default"])
async def test_anext_of_what_is_no_iterator(default, kind):
    """``anext()`` of an object without a callable ``__anext__`` raises TypeError or AttributeError, at the call or when
    awaited, and TypeError if ``__anext__`` is None.
    """
    log = []

    class Iterator:
        # Its argument may be left out: a call on the class itself would succeed.
        async def __anext__(self=None):
            log.append("__anext__")

    class Refusing(Iterator):
        __anext__ = None

    class Wrong:
        __anext__ = 1

    class Iterable:
        def __aiter__(self):
            log.append("__aiter__")
            return Iterator()

    made = {"none": Refusing(), "not-callable": Wrong(), "class": Iterator, "iterable": Iterable(), "list": [1]}[kind]
    with raises(TypeError, AttributeError) as caught:
        await (anext(made, "default") if default else anext(made))

    assert kind != "none" or isinstance(caught.value, TypeError)
    assert log == []


@behaviour("BLT-055", source=[LIBRARY.AITER, LIBRARY.ANEXT], since="3.13")
@pytest.mark.parametrize(
    "function, count, name",
    [["aiter", 0, "async_iterable"], ["anext", 0, "async_iterator"], ["anext", 0, "iterator"], ["anext", 1, "default"]],
    ids=["aiter-async_iterable", "anext-async_iterator", "anext-iterator", "anext-default"],
)
def test_parameters_are_positional_only(function, count, name):
    """The parameters of ``aiter()`` and ``anext()`` are positional-only: an argument with a name raises TypeError."""
    import builtins

    async def agen():
        yield 1

    with raises(TypeError):
        getattr(builtins, function)(*[agen()][:count], **{name: agen()})


@behaviour("BLT-056", source=[REFERENCE.SPECIAL_LOOKUP, CPYTHON.BLTINMODULE], since="3.10", level="detail")
@pytest.mark.parametrize(
    "call", ["returned", "aiter", "class", "anext", "default"], ids=["returned", "aiter", "class", "anext", "default"]
)
async def test_method_of_an_instance_is_not_enough(call):
    """``aiter()`` and ``anext()`` raise TypeError if only an object, and not its type, has the method they need."""

    class Thing:
        pass

    async def agen():
        yield 1

    class Iterable:
        def __aiter__(self):
            return thing

    class Optional:
        def __aiter__(self=None):  # a call on the class itself would succeed
            return agen()

    thing, g = Thing(), agen()
    thing.__aiter__, thing.__anext__ = g.__aiter__, g.__anext__
    with raises(TypeError):
        if call == "returned":
            aiter(Iterable())
        elif call == "aiter":
            aiter(thing)
        elif call == "class":
            aiter(Optional)
        else:
            await (anext(thing) if call == "anext" else anext(thing, "default"))
