"""collections.abc: which abstract base classes an asynchronous generator belongs to."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import raises
from conformance.sources import LIBRARY, TUTORIAL


@behaviour("ABC-001", source=[LIBRARY.COLLECTIONS_ABC, TUTORIAL.S04], since="3.6")
async def test_instance_of_the_asynchronous_classes():
    """The generator object is an AsyncGenerator, AsyncIterator and AsyncIterable, and its function is none of them."""
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
    """The generator object is Hashable, but no synchronous iterable or generator, awaitable, container or callable."""
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


@behaviour("ABC-004", source=[LIBRARY.COLLECTIONS_ABC], since="3.6")
async def test_recognized_by_its_methods():
    """A class counts as an AsyncGenerator if it has or inherits all five methods, and does not if it lacks any one."""
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


@behaviour("ABC-007", source=[LIBRARY.COLLECTIONS_ABC], since="3.6")
@pytest.mark.parametrize("missing", ["asend", "athrow"], ids=["asend", "athrow"])
async def test_abstract_methods_and_mixins(missing):
    """A subclass of AsyncGenerator must define ``asend`` and ``athrow``, and is given the three other methods."""
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
