"""typing: the generic aliases for asynchronous generators."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import items_of, raises
from conformance.sources import LIBRARY, PEPS, REFERENCE


@behaviour("TPG-001", source=[LIBRARY.TYPING], since="3.6")
@pytest.mark.parametrize(
    "name",
    ["AsyncGenerator", "AsyncIterator", "AsyncIterable"],
    ids=["AsyncGenerator", "AsyncIterator", "AsyncIterable"],
)
async def test_subscripted(name):
    """``typing.AsyncGenerator`` is subscripted with two types, and ``AsyncIterator`` and ``AsyncIterable`` with one."""
    import typing

    alias = getattr(typing, name)
    wanted = (int, str) if name == "AsyncGenerator" else (int,)
    swapped = (str, int) if name == "AsyncGenerator" else (str,)
    subscripted = alias[wanted]

    assert subscripted.__args__ == wanted
    assert subscripted == alias[wanted]
    assert subscripted != alias[swapped]


@behaviour("TPG-002a", source=[LIBRARY.TYPING], since="3.6", until="3.12")
def test_send_type_is_demanded():
    """Subscripting ``typing.AsyncGenerator`` with one type raises TypeError, as the type of sent values has
    no default.
    """
    import typing

    with raises(TypeError):
        typing.AsyncGenerator[int]


@behaviour("TPG-002b", source=[LIBRARY.TYPING], since="3.13")
def test_send_type_defaults_to_none():
    """In ``typing.AsyncGenerator`` with one type, the type of sent values defaults to None."""
    import typing

    short = typing.AsyncGenerator[int]
    whole = typing.AsyncGenerator[int, None]
    arguments = typing.get_args(short)

    assert short == whole
    assert arguments == (int, type(None))


@behaviour("TPG-003", source=[PEPS.PEP585, LIBRARY.GENERIC_ALIAS], since="3.9")
async def test_alias_of_the_abstract_class_fills_nothing_in():
    """``collections.abc.AsyncGenerator`` can be subscripted with one or two types, and keeps exactly these."""
    from collections.abc import AsyncGenerator

    one = AsyncGenerator[int]
    two = AsyncGenerator[int, None]

    assert one.__args__ == (int,)
    assert two.__args__ == (int, None)
    assert one.__origin__ is AsyncGenerator
    assert one != two


@behaviour("TPG-004", source=[LIBRARY.TYPING], since="3.6")
@pytest.mark.parametrize(
    "name",
    ["AsyncGenerator", "AsyncIterator", "AsyncIterable"],
    ids=["AsyncGenerator", "AsyncIterator", "AsyncIterable"],
)
async def test_instance_of_the_generic_classes(name):
    """The classes of ``typing`` stand for those of ``collections.abc``: an asynchronous generator is an instance of
    them, while its function and a coroutine are not.
    """
    import typing

    async def agen():
        yield 1

    async def coroutine():
        pass

    c = coroutine()
    kind = getattr(typing, name)
    found = [isinstance(agen(), kind), isinstance(agen, kind), isinstance(c, kind)]
    c.close()

    assert found == [True, False, False]


@behaviour("TPG-005", source=[LIBRARY.TYPING], since="3.6")
@pytest.mark.parametrize("name", ["AsyncGenerator", "AsyncIterator"], ids=["AsyncGenerator", "AsyncIterator"])
async def test_base_class(name):
    """A class derived from a subscripted class of ``typing`` can be iterated, and is a subclass of the
    abstract class.
    """
    import collections.abc
    import typing

    alias = typing.AsyncGenerator[int, None] if name == "AsyncGenerator" else typing.AsyncIterator[int]

    class Counter(alias):
        count = 0

        async def asend(self, value):
            if self.count == 3:
                raise StopAsyncIteration
            self.count += 1
            return self.count

        async def athrow(self, kind, value=None, traceback=None):
            raise kind

        async def __anext__(self):
            return await self.asend(None)

    items = await items_of(Counter())
    derived = issubclass(Counter, getattr(collections.abc, name))

    assert items == [1, 2, 3]
    assert derived is True


@behaviour("TPG-006", source=[LIBRARY.TYPING], since="3.8")
@pytest.mark.parametrize(
    "name",
    ["AsyncGenerator", "AsyncIterator", "AsyncIterable"],
    ids=["AsyncGenerator", "AsyncIterator", "AsyncIterable"],
)
async def test_origin(name):
    """``typing.get_origin()`` of a subscripted class is the abstract class, and ``typing.get_args()`` returns its
    types.
    """
    import collections.abc
    import typing

    types = (int, str) if name == "AsyncGenerator" else (int,)
    alias = getattr(typing, name)[types]
    origin = typing.get_origin(alias)
    arguments = typing.get_args(alias)

    assert origin is getattr(collections.abc, name)
    assert arguments == types


@behaviour("TPG-007", source=[REFERENCE.FUNCTION_DEF], since="3.6")
async def test_annotations_are_kept_and_not_enforced():
    """Annotations of an asynchronous generator function are stored unchanged, and neither its items nor sent values are
    checked against them.
    """
    wanted = [int, str]

    async def agen(argument: int, *, other: str = "given") -> wanted:
        received = yield argument
        yield received

    annotations = agen.__annotations__
    g = agen("no int")
    seen = [await g.__anext__(), await g.asend(42)]

    assert annotations == {"argument": int, "other": str, "return": wanted}
    assert seen == ["no int", 42]


@behaviour("TPG-008", source=[LIBRARY.GENERIC_ALIAS, PEPS.PEP585], since="3.9")
async def test_instance_of_a_subscripted_class():
    """``isinstance()`` and ``issubclass()`` with a subscripted ``collections.abc.AsyncGenerator`` raise TypeError."""
    from collections.abc import AsyncGenerator

    async def agen():
        yield 1

    g = agen()
    subscripted = AsyncGenerator[int, None]
    with raises(TypeError):
        isinstance(g, subscripted)
    with raises(TypeError):
        issubclass(type(g), subscripted)
