"""The forms in which an asynchronous generator function can be defined."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import define, items_of, raises, suspend
from conformance.sources import LIBRARY, REFERENCE


@behaviour("FRM-001", source=[REFERENCE.DATAMODEL_AGEN], since="3.6")
async def test_instance_method():
    """An asynchronous generator that is a method has its instance, and reads and writes its attributes."""

    class Counter:
        def __init__(self, start):
            self.value = start

        async def count(self, steps):
            for _ in range(steps):
                self.value += 1
                yield self.value

    counter, other = Counter(10), Counter(20)
    first, second = counter.count(2), counter.count(1)
    values = [await first.__anext__(), await second.__anext__(), await first.__anext__()]
    unbound = await items_of(Counter.count(other, 1))

    assert values == [11, 12, 13]
    assert counter.value == 13
    assert unbound == [21]


@behaviour("FRM-002", source=[REFERENCE.DATAMODEL_AGEN, LIBRARY.FUNCTIONS], since="3.6")
@pytest.mark.parametrize("through", ["class", "instance"], ids=["class", "instance"])
async def test_class_and_static_method(through):
    """An asynchronous generator can be a class method, which gets the class, or a static method, which gets neither."""

    class Base:
        @classmethod
        async def of_class(cls, *arguments):
            yield [cls.__name__, list(arguments)]

        @staticmethod
        async def of_nothing(*arguments):
            yield list(arguments)

    class Derived(Base):
        pass

    owner = Derived if through == "class" else Derived()
    from_class = await items_of(owner.of_class(1, 2))
    from_static = await items_of(owner.of_nothing(1, 2))

    assert from_class == [["Derived", [1, 2]]]
    assert from_static == [[1, 2]]


@behaviour("FRM-005", source=[LIBRARY.SUPER], since="3.6")
async def test_super_without_arguments():
    """``super()`` without arguments and ``__class__`` refer to the defining class, before and after a yield."""

    class Base:
        def greet(self):
            return ["base", type(self).__name__]

        async def items(self):
            yield "inherited"

    class Middle(Base):
        def greet(self):
            return ["middle"]

        async def items(self):
            yield super().greet()
            async for item in super().items():
                yield item
            yield __class__.__name__

    class Derived(Middle):
        def greet(self):
            return ["derived"]

    items = await items_of(Derived().items())

    assert items == [["base", "Derived"], "inherited", "Middle"]


@behaviour("FRM-007", source=[REFERENCE.NONLOCAL], since="3.6")
async def test_nonlocal_variables():
    """A nonlocal variable is shared by the body, the outer function and other closures, whichever assigns to it."""
    shared = "outer"

    def change(value):
        nonlocal shared
        shared = value

    async def agen():
        nonlocal shared
        yield shared
        yield shared
        shared = "body"
        await suspend()
        yield shared

    g = agen()
    change("closure")
    seen = [await g.__anext__()]
    shared = "outer again"
    seen.append(await g.__anext__())
    seen.append(await g.__anext__())
    outside = shared
    await g.aclose()

    assert seen == ["closure", "outer again", "body"]
    assert outside == "body"


@behaviour("FRM-009", source=[REFERENCE.FUNCTION_DEF, REFERENCE.CALLS], since="3.6")
async def test_parameters():
    """Default, variable and keyword-only parameters of an asynchronous generator are bound as in any function."""

    async def agen(a, b=2, *args, c, d=4, **kwargs):
        yield [a, b, list(args)]
        yield [c, d, kwargs]

    fewest = await items_of(agen(1, c=3))
    most = await items_of(agen(10, 20, 30, 40, d=60, c=50, e=70))
    named = await items_of(agen(b=20, a=10, c=30))
    positional, keywords = [1, 2, 3], {"c": 4, "f": 5}
    unpacked = await items_of(agen(*positional, **keywords))
    with raises(TypeError):
        agen(1, 2, 3)

    assert fewest == [[1, 2, []], [3, 4, {}]]
    assert most == [[10, 20, [30, 40]], [50, 60, {"e": 70}]]
    assert named == [[10, 20, []], [30, 4, {}]]
    assert unpacked == [[1, 2, [3]], [4, 4, {"f": 5}]]


@behaviour("FRM-010", source=[REFERENCE.FUNCTION_DEF], since="3.6")
async def test_decorated():
    """A decorator gets the asynchronous generator function, once and uncalled, and what it returns takes the name."""
    import inspect

    received = []

    def doubled(function):
        received.append(["doubled", function.__name__, inspect.isasyncgenfunction(function)])

        async def wrapper(*arguments):
            async for item in function(*arguments):
                yield item * 2

        return wrapper

    def counted(function):
        received.append(["counted", function.__name__, inspect.isasyncgenfunction(function)])
        return function

    @counted
    @doubled
    async def agen(start):
        yield start
        yield start + 1

    items = await items_of(agen(10))
    again = await items_of(agen(1))

    assert received == [["doubled", "agen", True], ["counted", "wrapper", True]]
    assert items == [20, 22]
    assert again == [2, 4]


@behaviour("FRM-012", source=[LIBRARY.FUNCTOOLS], since="3.6")
async def test_partial():
    """Each call of a ``functools.partial`` makes a new generator, from the stored and the new arguments."""
    import functools
    import types

    async def agen(*args, **kwargs):
        yield list(args)
        yield kwargs

    partial = functools.partial(agen, 1, key="stored", other="kept")
    first, second = partial(), partial(2, key="replaced")
    kinds = [type(first), type(second)]
    of_first = await items_of(first)
    of_second = await items_of(second)

    assert kinds == [types.AsyncGeneratorType] * 2
    assert of_first == [[1], {"key": "stored", "other": "kept"}]
    assert of_second == [[1, 2], {"key": "replaced", "other": "kept"}]


@behaviour("FRM-021", source=[REFERENCE.GENERATOR_EXPRESSIONS], since="3.7")
async def test_lambda():
    """A lambda around an asynchronous generator expression makes a new, independent generator at each call."""
    import types

    async def numbers():
        yield 1
        yield 2

    scaled = define("scaled = lambda factor: (n * factor async for n in numbers())", "scaled", numbers=numbers)
    first, second = scaled(10), scaled(100)
    kinds = [type(first), type(second)]
    values = [await first.__anext__(), await second.__anext__(), await first.__anext__()]
    await second.aclose()
    rest = await items_of(first)

    assert kinds == [types.AsyncGeneratorType] * 2
    assert values == [10, 100, 20]
    assert rest == []
