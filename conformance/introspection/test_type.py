"""types.AsyncGeneratorType: the type of asynchronous generator objects."""

from conformance.behaviour import behaviour
from conformance.prelude import raises
from conformance.sources import CPYTHON, LIBRARY, PEP525, PEPS


@behaviour("TYP-001", source=[PEP525.TYPES, LIBRARY.TYPES], since="3.6")
async def test_exact_type_of_every_object():
    """``types.AsyncGeneratorType`` is the exact type of what asynchronous generator functions and expressions make."""
    import types

    async def agen():
        yield 1

    class Owner:
        async def method(self):
            yield 1

    g = agen()
    made = [g, Owner().method(), (item async for item in agen())]
    kinds = [type(each) for each in made]
    await g.__anext__()
    await g.aclose()
    closed = type(g)

    assert kinds == [types.AsyncGeneratorType] * 3
    assert closed is types.AsyncGeneratorType


@behaviour("TYP-002", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_cannot_be_called():
    """Calling ``types.AsyncGeneratorType``, whatever the arguments, raises TypeError."""
    import types

    async def agen():
        yield 1

    with raises(TypeError):
        types.AsyncGeneratorType()
    with raises(TypeError):
        types.AsyncGeneratorType(agen)
    with raises(TypeError):
        types.AsyncGeneratorType(agen.__code__, {})


@behaviour("TYP-007", source=[CPYTHON.GENOBJECT, LIBRARY.GENERIC_ALIAS, PEPS.PEP585], since="3.9", level="detail")
async def test_subscripted():
    """``types.AsyncGeneratorType[int, None]`` is a generic alias that remembers the type and both arguments."""
    import types

    alias = types.AsyncGeneratorType[int, None]
    origin = alias.__origin__
    arguments = alias.__args__

    assert isinstance(alias, types.GenericAlias)
    assert origin is types.AsyncGeneratorType
    assert arguments == (int, None)


@behaviour("TYP-011", source=[LIBRARY.TYPES], since="3.6")
async def test_unrelated_to_generators_and_coroutines():
    """``types.AsyncGeneratorType`` is neither a base nor a subclass of the types of generators and of coroutines."""
    import types

    kind = types.AsyncGeneratorType
    others = [types.GeneratorType, types.CoroutineType]
    bases = [other.__name__ for other in others if issubclass(kind, other)]
    subclasses = [other.__name__ for other in others if issubclass(other, kind)]

    assert bases == []
    assert subclasses == []
