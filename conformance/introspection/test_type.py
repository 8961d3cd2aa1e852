"""types.AsyncGeneratorType: the type of asynchronous generator objects."""

from conformance.behaviour import behaviour
from conformance.prelude import hooks, raises
from conformance.sources import CPYTHON, LIBRARY, PEP525, PEPS


@behaviour("TYP-001", source=[PEP525.TYPES, LIBRARY.TYPES], since="3.6")
async def test_type_of_every_object():
    """The results of asynchronous generator functions, methods and expressions are instances of
    ``types.AsyncGeneratorType``.
    """
    import types

    async def agen():
        yield 1

    class Owner:
        async def method(self):
            yield 1

    made = [agen(), Owner().method(), (item async for item in agen())]
    instances = [isinstance(each, types.AsyncGeneratorType) for each in made]

    assert instances == [True, True, True]


@behaviour("TYP-002", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_cannot_be_called():
    """Calling ``types.AsyncGeneratorType`` raises TypeError, whatever the arguments are."""
    import types

    async def agen():
        yield 1

    with raises(TypeError):
        types.AsyncGeneratorType()
    with raises(TypeError):
        types.AsyncGeneratorType(agen)
    with raises(TypeError):
        types.AsyncGeneratorType(agen.__code__, {})


@behaviour("TYP-003", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_cannot_be_derived_from():
    """Deriving a class from ``types.AsyncGeneratorType`` raises TypeError, also with another base beside it."""
    import types

    with raises(TypeError):
        type("Derived", (types.AsyncGeneratorType,), {})
    with raises(TypeError):
        type("Derived", (Exception, types.AsyncGeneratorType), {})


@behaviour("TYP-004", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_no_attributes_of_its_own():
    """A generator object has no ``__dict__``, and assigning a new attribute raises AttributeError."""

    async def agen():
        yield 1

    g = agen()
    with raises(AttributeError):
        g.attribute = 1
    with raises(AttributeError):
        del g.attribute
    found = [hasattr(g, "__dict__"), hasattr(g, "attribute")]

    assert found == [False, False]


@behaviour("TYP-005", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_type_cannot_be_changed():
    """Adding, replacing or deleting an attribute of the type raises TypeError, and does not change the type."""
    import types

    kind = types.AsyncGeneratorType
    before = kind.asend
    with raises(TypeError):
        kind.attribute = 1
    with raises(TypeError):
        kind.asend = None
    with raises(TypeError):
        del kind.asend

    assert not hasattr(kind, "attribute")
    assert kind.asend is before


@behaviour("TYP-006", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_bases():
    """The only base of the type is ``object``."""
    import types

    order = types.AsyncGeneratorType.__mro__

    assert order == (types.AsyncGeneratorType, object)


@behaviour("TYP-007", source=[CPYTHON.GENOBJECT, LIBRARY.GENERIC_ALIAS, PEPS.PEP585], since="3.9", level="detail")
async def test_subscripted():
    """``types.AsyncGeneratorType[int, None]`` is a generic alias that stores the type and both arguments."""
    import types

    alias = types.AsyncGeneratorType[int, None]
    origin = alias.__origin__
    arguments = alias.__args__

    assert isinstance(alias, types.GenericAlias)
    assert origin is types.AsyncGeneratorType
    assert arguments == (int, None)


@behaviour("TYP-008", source=[PEP525.AGEN_OBJECT], since="3.6", level="detail")
async def test_names_listed():
    """``dir()`` of a generator object lists its methods and attributes, and each of them can be read."""

    async def agen():
        yield 1

    names = [
        "__aiter__", "__anext__", "asend", "athrow", "aclose",
        "__name__", "__qualname__", "ag_await", "ag_frame", "ag_running", "ag_code",
    ]  # fmt: skip
    g = agen()
    listed = dir(g)
    missing = [name for name in names if name not in listed]
    unreadable = [name for name in names if not hasattr(g, name)]

    assert missing == []
    assert unreadable == []


@behaviour("TYP-009a", source=[CPYTHON.GENOBJECT, LIBRARY.INSPECT], since="3.6", until="3.11", level="detail")
async def test_public_names_at_first():
    """The public names of the type are its three methods and the four attributes that PEP 525 names."""
    import types

    names = sorted(name for name in dir(types.AsyncGeneratorType) if not name.startswith("_"))

    assert names == ["aclose", "ag_await", "ag_code", "ag_frame", "ag_running", "asend", "athrow"]


@behaviour("TYP-009b", source=[CPYTHON.GENOBJECT, LIBRARY.INSPECT], since="3.12", until="3.14", level="detail")
async def test_public_names_with_suspended():
    """The public names of the type are its three methods, the four attributes of PEP 525 and ``ag_suspended``."""
    import types

    names = sorted(name for name in dir(types.AsyncGeneratorType) if not name.startswith("_"))

    assert names == ["aclose", "ag_await", "ag_code", "ag_frame", "ag_running", "ag_suspended", "asend", "athrow"]


@behaviour("TYP-009c", source=[CPYTHON.GENOBJECT, LIBRARY.INSPECT], since="3.15", level="detail")
async def test_public_names_with_state():
    """The public names of the type are its three methods, the four attributes of PEP 525, ``ag_suspended`` and
    ``ag_state``.
    """
    import types

    names = sorted(name for name in dir(types.AsyncGeneratorType) if not name.startswith("_"))

    assert names == [
        "aclose", "ag_await", "ag_code", "ag_frame", "ag_running", "ag_state", "ag_suspended", "asend", "athrow",
    ]  # fmt: skip


@behaviour("TYP-010", source=[CPYTHON.GENOBJECT, PEPS.PEP442], since="3.6", level="detail")
async def test_finalizer_of_the_type():
    """The type defines ``__del__()``, and without hooks a call of it ends a suspended generator."""
    import types

    log = []

    async def agen():
        try:
            yield 1
        finally:
            log.append("finally")

    g = agen()
    with hooks():
        await g.__anext__()
        types.AsyncGeneratorType.__del__(g)
        seen = list(log)
        with raises(StopAsyncIteration):
            await g.__anext__()

    assert seen == ["finally"]
    assert log == ["finally"]


@behaviour("TYP-011", source=[LIBRARY.TYPES], since="3.6")
async def test_unrelated_to_generators_and_coroutines():
    """``types.AsyncGeneratorType`` is neither a base nor a subclass of the generator type or the coroutine type."""
    import types

    kind = types.AsyncGeneratorType
    others = [types.GeneratorType, types.CoroutineType]
    bases = [other.__name__ for other in others if issubclass(kind, other)]
    subclasses = [other.__name__ for other in others if issubclass(other, kind)]

    assert bases == []
    assert subclasses == []


@behaviour("TYP-012", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_name():
    """The name of the type is ``async_generator`` without a prefix, and its module is ``builtins``."""
    import types

    kind = types.AsyncGeneratorType
    names = [kind.__name__, kind.__qualname__, kind.__module__]

    assert names == ["async_generator", "async_generator", "builtins"]


@behaviour("TYP-013", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_exact_type_of_every_object():
    """``type()`` of the result of an asynchronous generator function, method or expression is
    ``types.AsyncGeneratorType`` itself, also after the end.
    """
    import types

    async def agen():
        yield 1

    class Owner:
        async def method(self):
            yield 1

    g = agen()
    made = [g, Owner().method(), (item async for item in agen())]
    exact = [type(each) is types.AsyncGeneratorType for each in made]
    await g.__anext__()
    await g.aclose()
    exact.append(type(g) is types.AsyncGeneratorType)

    assert exact == [True, True, True, True]
