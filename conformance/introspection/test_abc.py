"""collections.abc: of which abstract base classes an asynchronous generator is an instance."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import items_of, raises, suspend
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP525, PEPS, TUTORIAL


@behaviour("ABC-001", source=[LIBRARY.COLLECTIONS_ABC, TUTORIAL.S04, PEP525.TYPES], since="3.6")
async def test_instance_of_the_asynchronous_classes():
    """A generator object is an AsyncGenerator, AsyncIterator and AsyncIterable, and its function is none of these."""
    import collections.abc

    async def agen():
        yield 1

    names = ["AsyncGenerator", "AsyncIterator", "AsyncIterable"]
    g = agen()
    of_object = [name for name in names if isinstance(g, getattr(collections.abc, name))]
    of_function = [name for name in names if isinstance(agen, getattr(collections.abc, name))]

    assert of_object == names
    assert of_function == []


@behaviour("ABC-002", source=[LIBRARY.COLLECTIONS_ABC, TUTORIAL.S04], since="3.6")
async def test_instance_of_no_synchronous_class():
    """A generator object is Hashable, but not a synchronous iterable or generator, an awaitable, a container or a
    callable.
    """
    import collections.abc

    async def agen():
        yield 1

    names = [
        "Iterable", "Iterator", "Reversible", "Generator", "Awaitable", "Coroutine",
        "Sized", "Container", "Collection", "Callable", "Hashable",
    ]  # fmt: skip
    g = agen()
    recognized = [name for name in names if isinstance(g, getattr(collections.abc, name))]
    found = {g: "found"}[g]

    assert recognized == ["Hashable"]
    assert found == "found"


@behaviour("ABC-003", source=[LIBRARY.COLLECTIONS_ABC], since="3.6")
async def test_hierarchy():
    """AsyncGenerator derives from AsyncIterator, and AsyncIterator from AsyncIterable, and not the other way round."""
    from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator

    bases = [AsyncGenerator.__bases__, AsyncIterator.__bases__]
    upward = [issubclass(AsyncIterable, AsyncIterator), issubclass(AsyncIterator, AsyncGenerator)]

    assert bases == [(AsyncIterator,), (AsyncIterable,)]
    assert upward == [False, False]


@behaviour("ABC-004", source=[LIBRARY.COLLECTIONS_ABC], since="3.6")
async def test_recognized_by_its_methods():
    """A class is an AsyncGenerator if it has or inherits all five methods, and is not one if any of them is missing."""
    from collections.abc import AsyncGenerator

    def method(self, *arguments):
        return None

    names = ["__aiter__", "__anext__", "asend", "athrow", "aclose"]
    complete = type("Complete", (), dict.fromkeys(names, method))
    derived = type("Derived", (complete,), {})
    counted = []
    for missing in names:
        incomplete = type("Incomplete", (), {name: method for name in names if name != missing})
        if issubclass(incomplete, AsyncGenerator) or isinstance(incomplete(), AsyncGenerator):
            counted.append(missing)
    of_classes = [issubclass(complete, AsyncGenerator), issubclass(derived, AsyncGenerator)]
    of_objects = [isinstance(complete(), AsyncGenerator), isinstance(derived(), AsyncGenerator)]

    assert of_classes == [True, True]
    assert of_objects == [True, True]
    assert counted == []


@behaviour("ABC-005", source=[LIBRARY.COLLECTIONS_ABC], since="3.6")
async def test_iterables_and_iterators_by_their_methods():
    """A class with ``__aiter__()`` is an AsyncIterable, and one with ``__aiter__()`` and ``__anext__()`` an
    AsyncIterator.
    """
    from collections.abc import AsyncIterable, AsyncIterator

    def method(self):
        return self

    seen = []
    for names in [["__aiter__"], ["__anext__"], ["__aiter__", "__anext__"], []]:
        kind = type("Kind", (), dict.fromkeys(names, method))
        instance = kind()
        # The methods of the instance do not count.
        instance.__aiter__ = instance.__anext__ = method
        of_class = [issubclass(kind, AsyncIterable), issubclass(kind, AsyncIterator)]
        of_object = [isinstance(instance, AsyncIterable), isinstance(instance, AsyncIterator)]
        seen.append([of_class, of_object])

    assert seen == [
        [[True, False], [True, False]],
        [[False, False], [False, False]],
        [[True, True], [True, True]],
        [[False, False], [False, False]],
    ]


@behaviour("ABC-006", source=[LIBRARY.COLLECTIONS_ABC], since="3.6")
@pytest.mark.parametrize(
    "name", ["__aiter__", "__anext__", "asend", "athrow", "aclose"], ids=["aiter", "anext", "asend", "athrow", "aclose"]
)
async def test_method_set_to_none(name):
    """A class that sets one of the five methods to None is not an AsyncGenerator, even if it inherits that method."""
    from collections.abc import AsyncGenerator

    def method(self, *arguments):
        return None

    names = ["__aiter__", "__anext__", "asend", "athrow", "aclose"]
    complete = type("Complete", (), dict.fromkeys(names, method))
    without = type("Without", (complete,), {name: None})

    assert issubclass(complete, AsyncGenerator)
    assert not issubclass(without, AsyncGenerator)
    assert not isinstance(without(), AsyncGenerator)


@behaviour("ABC-007", source=[LIBRARY.COLLECTIONS_ABC], since="3.6")
@pytest.mark.parametrize("missing", ["asend", "athrow"], ids=["asend", "athrow"])
async def test_abstract_methods_and_mixins(missing):
    """A subclass of AsyncGenerator must define ``asend`` and ``athrow``, and inherits the three other methods."""
    from collections.abc import AsyncGenerator

    async def method(self, *arguments):
        raise StopAsyncIteration

    complete = type("Complete", (AsyncGenerator,), {"asend": method, "athrow": method})
    incomplete = type(
        "Incomplete", (AsyncGenerator,), {name: method for name in ["asend", "athrow"] if name != missing}
    )
    with raises(TypeError):
        incomplete()
    instance = complete()
    itself = instance.__aiter__()
    with raises(StopAsyncIteration):
        await instance.__anext__()
    closed = await instance.aclose()

    assert itself is instance
    assert closed is None


@behaviour("ABC-008", source=[LIBRARY.COLLECTIONS_ABC], since="3.6")
async def test_mixins_for_iteration():
    """The inherited ``__anext__()`` awaits ``asend(None)``, and the inherited ``__aiter__()`` returns the object."""
    from collections.abc import AsyncGenerator

    class Counter(AsyncGenerator):
        def __init__(self):
            self.sent = []

        async def asend(self, value):
            self.sent.append(value)
            await suspend()
            if len(self.sent) == 3:
                raise StopAsyncIteration
            return len(self.sent)

        async def athrow(self, *exception):
            raise AssertionError

    counter = Counter()
    itself = counter.__aiter__()
    awaitable = counter.__anext__()
    called = list(counter.sent)
    first = await awaitable
    rest = await items_of(counter)

    assert itself is counter
    assert called == []
    assert [first] + rest == [1, 2]
    assert counter.sent == [None, None, None]


@behaviour("ABC-009", source=[LIBRARY.COLLECTIONS_ABC, CPYTHON.COLLECTIONS_ABC], since="3.6", level="detail")
@pytest.mark.parametrize(
    "ending, swallowed",
    [["GeneratorExit", True], ["StopAsyncIteration", True], ["KeyError", False]],
    ids=["GeneratorExit", "StopAsyncIteration", "KeyError"],
)
async def test_mixin_aclose(ending, swallowed):
    """The inherited ``aclose()`` awaits ``athrow(GeneratorExit)`` and suppresses only GeneratorExit and
    StopAsyncIteration.
    """
    import builtins
    from collections.abc import AsyncGenerator

    class Closing(AsyncGenerator):
        thrown = []

        async def asend(self, value):
            raise AssertionError

        async def athrow(self, *exception):
            self.thrown.append(exception)
            await suspend()
            raise getattr(builtins, ending)

    closing = Closing()
    if swallowed:
        result = await closing.aclose()
    else:
        with raises(KeyError):
            await closing.aclose()
        result = None

    assert result is None
    assert closing.thrown == [(GeneratorExit,)]


@behaviour("ABC-010", source=[LIBRARY.COLLECTIONS_ABC, CPYTHON.COLLECTIONS_ABC], since="3.6", level="detail")
async def test_mixin_aclose_that_is_ignored():
    """If ``athrow()`` returns a value, the inherited ``aclose()`` raises a RuntimeError that says that GeneratorExit
    was ignored.
    """
    from collections.abc import AsyncGenerator

    class Ignoring(AsyncGenerator):
        async def asend(self, value):
            raise AssertionError

        async def athrow(self, *exception):
            return "yielded"

    awaitable = Ignoring().aclose()
    with raises(RuntimeError) as caught:
        await awaitable
    message = str(caught.value)

    assert message == "asynchronous generator ignored GeneratorExit"


@behaviour("ABC-011", source=[CPYTHON.COLLECTIONS_ABC], since="3.6")
async def test_abstract_methods_called():
    """Awaiting the abstract ``asend()`` raises StopAsyncIteration, and the abstract ``athrow()`` raises its
    argument.
    """
    from collections.abc import AsyncGenerator

    class Delegating(AsyncGenerator):
        async def asend(self, value):
            return await super().asend(value)

        async def athrow(self, *exception):
            return await super().athrow(*exception)

    failure = KeyError("given")
    delegating = Delegating()
    with raises(StopAsyncIteration):
        await delegating.asend(1)
    with raises(KeyError) as of_class:
        await delegating.athrow(KeyError)
    with raises(KeyError) as of_value:
        await delegating.athrow(KeyError, failure)

    assert of_class.value is not failure
    assert of_value.value is failure


@behaviour("ABC-012", source=[PEPS.PEP585, LIBRARY.GENERIC_ALIAS], since="3.9")
@pytest.mark.parametrize(
    "name, count", [["AsyncGenerator", 2], ["AsyncIterator", 1], ["AsyncIterable", 1]],
    ids=["AsyncGenerator", "AsyncIterator", "AsyncIterable"],
)  # fmt: skip
async def test_subscripted(name, count):
    """The abstract classes can be subscripted with types, the alias keeps them, and a class can derive from
    the alias.
    """
    import collections.abc

    kind = getattr(collections.abc, name)
    types = (int, str)[:count]
    alias = kind[types]

    class Derived(alias):
        pass

    assert alias.__origin__ is kind
    assert alias.__args__ == types
    assert issubclass(Derived, kind)


@behaviour("ABC-013", source=[PEP525.TYPES, LIBRARY.COLLECTIONS_ABC], since="3.6")
async def test_type_is_registered():
    """``types.AsyncGeneratorType`` is a subclass of the three abstract classes."""
    import collections.abc
    import types

    names = ["AsyncGenerator", "AsyncIterator", "AsyncIterable"]
    found = [name for name in names if issubclass(types.AsyncGeneratorType, getattr(collections.abc, name))]

    assert found == names


@behaviour("ABC-014", source=[ISSUE.GH_126699], since="3.13")
async def test_base_of_a_protocol():
    """AsyncIterator can be a base of a ``typing.Protocol``, and a generator is an instance of that protocol."""
    import typing
    from collections.abc import AsyncIterator

    @typing.runtime_checkable
    class Closing(AsyncIterator, typing.Protocol):
        async def aclose(self): ...

    async def agen():
        yield 1

    assert isinstance(agen(), Closing)
    assert not isinstance(iter([]), Closing)
