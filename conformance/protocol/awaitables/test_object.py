"""AWT: the types, methods and attributes of the awaitables, and the objects that they keep alive."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, hooks, operate, raises, run, step, suspend
from conformance.protocol.awaitables.parameters import each_operation
from conformance.sources import CPYTHON, LIBRARY, PEP492, PEP525, REFERENCE


@behaviour("AWT-001", source=[CPYTHON.GENOBJECT], since="3.6")
def test_types():
    """``__anext__()`` and ``asend()`` return an ``async_generator_asend``, ``athrow()`` and ``aclose()`` an
    ``async_generator_athrow``.
    """

    async def agen():
        yield 1

    g = agen()
    asends = [type(g.__anext__()), type(g.asend(None)), type(g.asend("sent"))]
    athrows = [type(g.athrow(KeyError())), type(g.aclose())]

    assert asends == [asends[0]] * 3
    assert athrows == [athrows[0]] * 2
    assert asends[0].__name__ == "async_generator_asend"
    assert athrows[0].__name__ == "async_generator_athrow"


@behaviour("AWT-002", source=[REFERENCE.AWAITABLE_OBJECTS, PEP492.AWAIT, REFERENCE.AGEN_FUNCTION], since="3.6")
@each_operation
def test_await_method_returns_an_iterator(operation):
    """``__await__()`` of the awaitable of each operation returns an iterator and runs nothing of the body, and
    ``next()`` of the iterator carries out the operation.
    """
    log = []

    async def agen():
        try:
            received = yield 1
            log.append(received)
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    arrives = {"anext": None, "asend": "sent", "athrow": KeyError, "aclose": GeneratorExit}[operation]
    outcome = {"athrow": KeyError, "aclose": StopIteration}.get(operation, StopAsyncIteration)
    iterator = awaitable.__await__()
    same = iter(iterator) is iterator
    before = list(log)
    with raises(outcome):
        next(iterator)

    assert same is True
    assert before == []
    assert log == [arrives]


@behaviour("AWT-003", source=[PEP525.IMPLEMENTATION], since="3.6")
@each_operation
def test_iterated(operation):
    """``__await__()`` and ``iter()`` of the awaitable of each operation return the awaitable itself, and ``next()`` on
    it is a step that sends None.
    """
    log = []

    async def agen():
        try:
            received = yield 1
            log.append(received)
        except BaseException as error:
            log.append(type(error))
            raise
        finally:
            log.append(await suspend("first wait"))
            log.append(await suspend("second wait"))

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    arrives = {"anext": None, "asend": "sent", "athrow": KeyError, "aclose": GeneratorExit}[operation]
    outcome = {"athrow": KeyError, "aclose": StopIteration}.get(operation, StopAsyncIteration)
    returned = [awaitable.__await__(), awaitable.__await__(), iter(awaitable)]
    before = list(log)
    waits = [next(awaitable), awaitable.__next__()]
    with raises(outcome):
        next(awaitable)

    assert returned[0] is awaitable
    assert returned[1] is awaitable
    assert returned[2] is awaitable
    assert before == []
    assert waits == ["first wait", "second wait"]
    assert log == [arrives, None, None]


@behaviour("AWT-005", source=[LIBRARY.ABC_AWAITABLE, LIBRARY.INSPECT_ISAWAITABLE], since="3.6")
@each_operation
def test_are_awaitables(operation):
    """The awaitable of each operation is a ``collections.abc.Awaitable``, ``inspect.isawaitable()`` returns True
    for it, and neither holds for the generator.
    """

    def ask(thing):
        from collections.abc import Awaitable
        from inspect import isawaitable

        return [isinstance(thing, Awaitable), isawaitable(thing)]

    async def agen():
        yield 1

    g = agen()
    of_the_generator = ask(g)
    found = ask(operate(g, operation))

    assert found == [True, True]
    assert of_the_generator == [False, False]


@behaviour("AWT-006", source=[CPYTHON.COLLECTIONS_ABC], since="3.6")
@each_operation
def test_are_coroutines_by_their_methods_alone(operation):
    """The awaitable of each operation is a ``collections.abc.Coroutine`` by its methods, but it is not a coroutine
    object.
    """
    import collections.abc
    import inspect
    import types

    async def agen():
        yield 1

    g = agen()
    awaitable = operate(g, operation)
    by_methods = isinstance(awaitable, collections.abc.Coroutine)
    bases = type(awaitable).__mro__

    assert by_methods is True
    assert isinstance(awaitable, types.CoroutineType) is False
    assert inspect.iscoroutine(awaitable) is False
    assert collections.abc.Coroutine not in bases


@behaviour("AWT-007", source=[CPYTHON.COLLECTIONS_ABC], since="3.6")
@each_operation
def test_are_generators_by_their_methods_alone(operation):
    """The awaitable of each operation is an iterator and a generator for ``collections.abc``, but it is not a generator
    object.
    """
    import collections.abc
    import inspect

    async def agen():
        yield 1

    g = agen()
    awaitable = operate(g, operation)
    by_methods = [isinstance(awaitable, collections.abc.Iterator), isinstance(awaitable, collections.abc.Generator)]
    by_type = [inspect.isgenerator(awaitable), inspect.isasyncgen(awaitable)]
    asynchronous = [
        isinstance(awaitable, collections.abc.AsyncIterator),
        isinstance(awaitable, collections.abc.AsyncGenerator),
    ]

    assert by_methods == [True, True]
    assert by_type == [False, False]
    assert asynchronous == [False, False]


@behaviour(
    "AWT-037", source=[REFERENCE.OBJECTS, REFERENCE.AGEN_METHODS, PEP525.ASEND_ATHROW], since="3.6", needs=["gc"]
)
@each_operation
def test_keeps_its_generator_alive(operation):
    """An awaitable keeps its generator alive: without another reference the generator is not finalized, and the
    awaitable can still be awaited.
    """
    log = []

    async def agen():
        try:
            log.append((yield 1))
        except KeyError:
            log.append("KeyError")
        except GeneratorExit:
            log.append("GeneratorExit")
            raise
        yield 2

    with hooks(finalizer=lambda generator: log.append("finalizer")):
        g = agen()
        run(g.__anext__())
        awaitable = operate(g, operation)
        del g
        collect()
        before = list(log)
        outcome = step(next, awaitable.__await__())
        seen = list(log)
        collect()

    arrives = {"anext": None, "asend": "sent", "athrow": "KeyError", "aclose": "GeneratorExit"}[operation]
    assert before == []
    assert outcome == ["returns", None if operation == "aclose" else 2]
    assert seen == [arrives]


@behaviour("AWT-038", source=[CPYTHON.GENOBJECT], since="3.6", needs=["weakref"])
@each_operation
def test_no_weak_references(operation):
    """An awaitable of a generator cannot be weakly referenced, although the generator itself can."""
    import weakref

    async def agen():
        yield 1

    g = agen()
    awaitable = operate(g, operation)
    of_generator = weakref.ref(g)
    with raises(TypeError):
        weakref.ref(awaitable)

    assert of_generator() is g


@behaviour("AWT-039", source=[CPYTHON.GENOBJECT], since="3.6")
@each_operation
def test_no_attributes(operation):
    """The awaitables have no name, no ``__dict__`` and none of the attributes that show the state of a coroutine."""

    async def agen():
        yield 1

    g = agen()
    awaitable = operate(g, operation)
    methods = [hasattr(awaitable, name) for name in ["close", "send", "throw"]]
    states = [name + state for name in ["cr_", "gi_", "ag_"] for state in ["await", "code", "frame", "running"]]
    names = ["__name__", "__qualname__", "__dict__", "gi_yieldfrom", "cr_origin", "cr_suspended", *states]
    found = [name for name in names if hasattr(awaitable, name)]
    with raises(AttributeError):
        awaitable.attribute = 1

    assert methods == [True] * 3
    assert found == []


@behaviour("AWT-040", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("operation", ["asend", "aclose"], ids=["asend", "aclose"])
def test_types_make_no_instances(operation):
    """Calling the type of an awaitable raises TypeError, with or without arguments."""

    async def agen():
        yield 1

    g = agen()
    kind = type(g.asend(None) if operation == "asend" else g.aclose())
    with raises(TypeError):
        kind()
    with raises(TypeError):
        kind(g)
    with raises(TypeError):
        kind(g, None)
    item = run(g.__anext__())

    assert item == 1


@behaviour("AWT-041", source=[REFERENCE.AWAITABLE_OBJECTS, PEP525.ITERATION, REFERENCE.FOR], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_for_loop_over_it(operation):
    """``for`` and ``list()`` over the iterator of an awaitable get the values with which the awaits of the body
    suspend, and do not get the item.
    """
    received = []

    async def agen():
        yield 1
        received.append(await suspend("first wait"))
        received.append(await suspend("second wait"))
        yield 2
        await suspend("third wait")
        yield 3
        yield 4

    g = agen()
    immediate = list(g.__anext__().__await__())
    looped = []
    for wait in operate(g, operation).__await__():
        looped.append(wait)
    listed = list(operate(g, operation).__await__())
    following = step(next, g.__anext__().__await__())

    assert immediate == []
    assert looped == ["first wait", "second wait"]
    assert listed == ["third wait"]
    assert received == [None, None]
    assert following == ["returns", 4]


@behaviour("AWT-055", source=[CPYTHON.GENOBJECT], since="3.6")
@each_operation
def test_representation(operation):
    """``repr()`` of an awaitable is that of ``object``: it contains the name of the type and not the name of the
    generator.
    """

    async def agen():
        yield 1

    g = agen()
    awaitable = operate(g, operation)
    text = repr(awaitable)
    name = "async_generator_asend" if operation in ["anext", "asend"] else "async_generator_athrow"

    assert text == object.__repr__(awaitable)
    assert text.startswith("<" + name + " object at ")


@behaviour("AWT-056", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc", "weakref"])
@pytest.mark.parametrize("state", ["new", "suspended"], ids=["new", "suspended"])
@each_operation
def test_cycle_through_an_awaitable(operation, state):
    """A reference cycle of a generator, a variable of its body and an awaitable of the generator is found and
    collected.
    """
    import weakref

    class Holder:
        pass

    async def agen(holder):
        try:
            yield 1
        except (KeyError, GeneratorExit):
            if state == "new":
                raise
        await suspend("waiting")

    with hooks():
        holder = Holder()
        alive = weakref.ref(holder)
        g = agen(holder)
        run(g.__anext__())
        holder.awaitable = operate(g, operation)
        if state == "suspended":
            holder.awaitable.send(None)
        del g
        del holder
        collect()
        left = alive()

    assert left is None
