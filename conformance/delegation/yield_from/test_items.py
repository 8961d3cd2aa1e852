"""YFR: the items of the subiterator, the result, and the operand.

A source with the syntax of Python 3.16 is the text ``source``, which the body compiles with ``define()``. The
subiterators, which need no new syntax, are functions and classes of the body, and become globals of the source.
"""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import awaiting, define, items_of, raises, step
from conformance.sources import ISSUE, PEP828, REFERENCE


@behaviour("YFR-001", source=[PEP828.YIELD_FROM, PEP828.COMPILER], since="3.16", needs=["compile"])
async def test_every_item_is_yielded():
    """``yield from`` yields every item of an asynchronous generator, in order and as it is, and the body continues."""
    source = """
async def outer():
    yield "before"
    yield from inner()
    yield "after"
"""
    objects = [object(), None, [], StopIteration(1), StopAsyncIteration]

    async def inner():
        for each in objects:
            yield each

    items = await items_of(define(source, "outer", inner=inner)())

    assert len(items) == 7
    assert items[0] == "before"
    assert all(item is each for item, each in zip(items[1:], objects))
    assert items[6] == "after"


@behaviour("YFR-002", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_operand_is_evaluated_when_the_body_reaches_it():
    """The operand of ``yield from`` is evaluated, and its ``__aiter__()`` is called, once, when the body reaches it."""
    source = """
async def outer():
    log.append("body")
    yield "before"
    yield from operand()
    yield "after"
"""
    log = []

    async def inner():
        yield 1
        yield 2

    class Iterable:
        def __aiter__(self):
            log.append("aiter")
            return inner()

    def operand():
        log.append("operand")
        return Iterable()

    g = define(source, "outer", log=log, operand=operand)()
    logs = [list(log)]
    items = []
    async for item in g:
        items.append(item)
        logs.append(list(log))

    assert items == ["before", 1, 2, "after"]
    assert logs == [[], ["body"]] + [["body", "operand", "aiter"]] * 3


@behaviour("YFR-003", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_inner_body_runs_inside_of_the_operations():
    """The inner body runs only while an operation on the outer generator is awaited, and neither body runs ahead."""
    source = """
async def outer():
    log.append("outer begins")
    yield from inner()
    log.append("outer ends")
"""
    log = []

    async def inner():
        log.append("inner begins")
        yield 1
        log.append("inner continues")
        yield 2
        log.append("inner ends")

    g = define(source, "outer", log=log, inner=inner)()
    log.append("called")
    async for item in g:
        log.append(item)

    assert log == [
        "called",
        "outer begins",
        "inner begins",
        1,
        "inner continues",
        2,
        "inner ends",
        "outer ends",
    ]


@behaviour("YFR-004", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "kind",
    ["empty-generator", "empty-iterator", "exhausted-generator", "closed-generator"],
    ids=["empty-generator", "empty-iterator", "exhausted-generator", "closed-generator"],
)
async def test_empty_subiterator_yields_nothing(kind):
    """``yield from`` a subiterator that is at its end yields nothing, and the body continues in the same operation."""
    source = """
async def outer(subiterator):
    yield "before"
    log.append((yield from subiterator))
    yield "after"
"""
    log = []

    class Empty:
        def __aiter__(self):
            return self

        async def __anext__(self):
            raise StopAsyncIteration

    async def inner(count):
        for number in range(count):
            yield number

    subiterator = Empty() if kind == "empty-iterator" else inner(0 if kind == "empty-generator" else 1)
    if kind == "exhausted-generator":
        await items_of(subiterator)
    elif kind == "closed-generator":
        await subiterator.__anext__()
        await subiterator.aclose()
    items = await items_of(define(source, "outer", log=log)(subiterator))

    assert items == ["before", "after"]
    assert log == [None]


@behaviour("YFR-005", source=[PEP828.YIELD_FROM, PEP828.RETURN], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "kind",
    ["object", "None", "zero", "tuple", "exception", "exception-class", "stop"],
    ids=["object", "None", "zero", "tuple", "exception", "exception-class", "stop"],
)
async def test_result_is_what_the_inner_generator_returns(kind):
    """The value of ``yield from`` is the very object that the inner asynchronous generator returns, whatever it is."""
    source = """
async def inner(value):
    yield "item"
    return value


async def outer(value):
    log.append((yield from inner(value)))
    yield "last"
"""
    value = {
        "object": object(),
        "None": None,
        "zero": 0,
        "tuple": (1, 2),
        "exception": KeyError(1),
        "exception-class": KeyError,
        "stop": StopAsyncIteration(3),
    }[kind]
    log = []
    items = await items_of(define(source, "outer", log=log)(value))

    assert items == ["item", "last"]
    assert len(log) == 1
    assert log[0] is value


@behaviour("YFR-006", source=[PEP828.YIELD_FROM, PEP828.STOP], since="3.16", needs=["compile"])
async def test_result_of_an_inner_generator_without_a_value():
    """The value of ``yield from`` is None if the inner asynchronous generator ends by a bare ``return`` or at its last
    statement.
    """
    source = """
async def outer(*subiterators):
    for subiterator in subiterators:
        log.append((yield from subiterator))
"""
    log = []

    async def returns():
        yield 1
        return

    async def falls_off():
        yield 2

    items = await items_of(define(source, "outer", log=log)(returns(), falls_off()))

    assert items == [1, 2]
    assert log == [None, None]


@behaviour("YFR-007", source=[PEP828.YIELD_FROM, PEP828.STOP], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "kind",
    ["no-argument", "class", "one-argument", "a-tuple"],
    ids=["no-argument", "class", "one-argument", "a-tuple"],
)
async def test_result_is_the_value_of_the_stop(kind):
    """The value of ``yield from`` is the ``value`` of the StopAsyncIteration that a hand-written ``__anext__()``
    raises: its argument, or None.
    """
    source = """
async def outer(subiterator):
    log.append((yield from subiterator))
    yield "last"
"""
    log = []
    only = (1, 2)
    end, value = {
        "no-argument": (StopAsyncIteration(), None),
        "class": (StopAsyncIteration, None),
        "one-argument": (StopAsyncIteration(42), 42),
        "a-tuple": (StopAsyncIteration(only), only),
    }[kind]

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            raise end

    items = await items_of(define(source, "outer", log=log)(Subiterator()))

    assert items == ["last"]
    assert len(log) == 1
    assert log[0] is value


@behaviour("YFR-008", source=[PEP828.YIELD_FROM, ISSUE.GH_155127], since="3.16", level="detail", needs=["compile"])
async def test_assigned_value_is_the_result():
    """If a ``value`` was assigned to the StopAsyncIteration before it is raised, it is the value of ``yield from``, and
    the argument is not.
    """
    source = """
async def outer(subiterator):
    log.append((yield from subiterator))
    yield "last"
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            stop = StopAsyncIteration("argument")
            stop.value = "assigned"
            raise stop

    items = await items_of(define(source, "outer", log=log)(Subiterator()))

    assert items == ["last"]
    assert log == ["assigned"]


@behaviour("YFR-009", source=[PEP828.YIELD_FROM, PEP828.STOP], since="3.16", needs=["compile"])
async def test_derived_stop_ends_the_delegation():
    """An exception of a class that is derived from StopAsyncIteration ends the delegation, and its ``value`` is the
    result.
    """
    source = """
async def outer(*subiterators):
    for subiterator in subiterators:
        log.append((yield from subiterator))
    yield "last"
"""
    log = []

    class Stop(StopAsyncIteration):
        pass

    class Subiterator:
        def __init__(self, *items):
            self.items = list(items)

        def __aiter__(self):
            return self

        async def __anext__(self):
            if self.items:
                return self.items.pop()
            raise Stop("argument")

    items = await items_of(define(source, "outer", log=log)(Subiterator(), Subiterator("item")))

    assert items == ["item", "last"]
    assert log == ["argument", "argument"]


@behaviour("YFR-010", source=[PEP828.YIELD_FROM, ISSUE.GH_155127], since="3.16", level="detail", needs=["compile"])
async def test_result_is_the_attribute_of_a_derived_stop():
    """If a class derived from StopAsyncIteration computes the attribute ``value``, the result of ``yield from`` is the
    computed one.
    """
    source = """
async def outer(subiterator):
    log.append((yield from subiterator))
    yield "last"
"""
    log = []

    class Stop(StopAsyncIteration):
        @property
        def value(self):
            return "computed"

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            raise Stop("argument")

    items = await items_of(define(source, "outer", log=log)(Subiterator()))

    assert items == ["last"]
    assert log == ["computed"]


@behaviour("YFR-011", source=[ISSUE.GH_155127, PEP828.YIELD_FROM], since="3.16", level="detail", needs=["compile"])
@pytest.mark.parametrize("kind", ["never-set", "deleted"], ids=["never-set", "deleted"])
async def test_result_of_a_stop_without_a_value(kind):
    """A StopAsyncIteration whose ``value`` was never set, or was deleted, ends the delegation with None."""
    source = """
async def outer(subiterator):
    log.append((yield from subiterator))
    yield "last"
"""
    log = []

    class Stop(StopAsyncIteration):
        def __init__(self):
            pass

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            stop = Stop() if kind == "never-set" else StopAsyncIteration("argument")
            if kind == "deleted":
                del stop.value
            raise stop

    items = await items_of(define(source, "outer", log=log)(Subiterator()))

    assert items == ["last"]
    assert log == [None]


@behaviour("YFR-012", source=[PEP828.YIELD_FROM, REFERENCE.SPECIAL_LOOKUP], since="3.16", needs=["compile"])
async def test_special_methods_are_those_of_the_types():
    """``yield from`` uses ``__aiter__()`` and ``__anext__()`` of the types, whatever attributes of these names the
    instances have.
    """
    source = """
async def outer(operand):
    log.append((yield from operand))
"""
    log = []

    def wrong(*arguments):
        log.append("attribute of the instance")
        raise StopAsyncIteration("wrong")

    class Subiterator:
        def __init__(self):
            self.left = [2, 1]
            self.__aiter__ = self.__anext__ = wrong

        def __aiter__(self):
            return self

        async def __anext__(self):
            if self.left:
                return self.left.pop()
            raise StopAsyncIteration("result")

    items = await items_of(define(source, "outer", log=log)(Subiterator()))

    assert items == [1, 2]
    assert log == ["result"]


@behaviour("YFR-013", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_subiterator_is_what_aiter_returns():
    """The subiterator is what ``__aiter__()`` of the operand returns: ``yield from`` uses no other method of the
    operand, and no ``__aiter__`` of the subiterator.
    """
    source = """
async def outer(operand):
    yield from operand
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            log.append("aiter")
            return self

        async def __anext__(self):
            log.append("anext")
            return "item"

        async def asend(self, value):
            log.append("asend")
            return "sent"

        async def athrow(self, error):
            log.append("athrow")
            return "thrown"

        async def aclose(self):
            log.append("aclose")

    class Iterable:
        def __aiter__(self):
            return Subiterator()

        def __anext__(self):
            log.append("method of the operand")

        asend = athrow = aclose = __anext__

    g = define(source, "outer")(Iterable())
    items = [await g.__anext__(), await g.asend(1), await g.athrow(KeyError())]
    closed = await g.aclose()

    assert items == ["item", "sent", "thrown"]
    assert closed is None
    assert log == ["anext", "asend", "athrow", "aclose"]


@behaviour("YFR-014", source=[PEP828.YIELD_FROM, REFERENCE.ASYNC_ITERATORS], since="3.16", needs=["compile"])
async def test_generator_method_as_aiter():
    """An ``async def __aiter__`` with a yield makes the objects of its class operands of ``yield from``, and each
    delegation gets a generator of its own.
    """
    source = """
async def outer(operand):
    yield from operand
    yield from operand
"""

    class Iterable:
        async def __aiter__(self):
            yield 1
            yield 2

    items = await items_of(define(source, "outer")(Iterable()))

    assert items == [1, 2, 1, 2]


@behaviour("YFR-015", source=[PEP828.YIELD_FROM, PEP828.SYNCHRONOUS], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "kind",
    ["list", "text", "None", "generator", "iterator", "coroutine", "object"],
    ids=["list", "text", "None", "generator", "iterator", "coroutine", "object"],
)
async def test_operand_that_is_not_asynchronously_iterable(kind):
    """``yield from`` an object that is not asynchronously iterable raises TypeError there in the body, which can catch
    it and continue.
    """
    source = """
async def outer(operand):
    yield "before"
    try:
        yield from operand
    except TypeError:
        log.append("caught")
    yield "after"
"""
    log = []

    def generator():
        yield 1

    async def coroutine():
        log.append("coroutine runs")

    made = coroutine()
    operand = {
        "list": [1, 2],
        "text": "ab",
        "None": None,
        "generator": generator(),
        "iterator": iter([1]),
        "coroutine": made,
        "object": object(),
    }[kind]
    items = await items_of(define(source, "outer", log=log)(operand))
    made.close()

    assert items == ["before", "after"]
    assert log == ["caught"]


@behaviour("YFR-016", source=[PEP828.SYNCHRONOUS, PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_synchronous_generator_is_not_iterated():
    """``yield from`` a synchronous generator raises TypeError and takes nothing from it, and the generator can be used
    afterwards.
    """
    source = """
async def outer(operand):
    yield from operand
"""
    log = []

    def generator():
        log.append("begins")
        yield 1
        log.append("ends")

    operand = generator()
    g = define(source, "outer")(operand)
    with raises(TypeError):
        await g.__anext__()
    before = list(log)
    items = list(operand)

    assert before == []
    assert items == [1]
    assert log == ["begins", "ends"]


@behaviour("YFR-017", source=[PEP828.YIELD_FROM, REFERENCE.ASYNC_ITERATORS], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "kind",
    ["None", "coroutine", "no-anext", "synchronous-iterator", "awaitable"],
    ids=["None", "coroutine", "no-anext", "synchronous-iterator", "awaitable"],
)
async def test_bad_aiter(kind):
    """``yield from`` raises TypeError in the body if ``__aiter__`` is None, or if what it returns has no
    ``__anext__()``, such as a coroutine.
    """
    source = """
async def outer(operand):
    try:
        yield from operand
    except TypeError:
        yield "caught"
"""

    async def coroutine():
        return None

    class Awaitable:
        def __await__(self):
            yield from ()

    made = coroutine()
    returned = {"coroutine": made, "no-anext": object(), "synchronous-iterator": iter([1]), "awaitable": Awaitable()}

    class Iterable:
        def __aiter__(self):
            return returned[kind]

    class NotIterable:
        __aiter__ = None

    operand = NotIterable() if kind == "None" else Iterable()
    items = await items_of(define(source, "outer")(operand))
    made.close()

    assert items == ["caught"]


@behaviour("YFR-018", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("kind", ["KeyError", "StopAsyncIteration"], ids=["KeyError", "StopAsyncIteration"])
async def test_exception_of_aiter(kind):
    """An exception that ``__aiter__()`` raises comes out at the ``yield from``: a StopAsyncIteration of it is not the
    end of a delegation.
    """
    source = """
async def outer():
    try:
        log.append(["result", (yield from Iterable())])
    except (KeyError, StopAsyncIteration) as error:
        log.append(error)
    yield "after"
"""
    log = []
    raised = KeyError("key") if kind == "KeyError" else StopAsyncIteration("value")

    class Iterable:
        def __aiter__(self):
            raise raised

    items = await items_of(define(source, "outer", log=log, Iterable=Iterable)())

    assert items == ["after"]
    assert len(log) == 1
    assert log[0] is raised


@behaviour("YFR-019", source=[PEP828.YIELD_FROM, PEP828.STOP], since="3.16", needs=["compile"])
@pytest.mark.parametrize("count", [0, 1], ids=["first", "later"])
async def test_stop_at_the_call_of_anext(count):
    """A StopAsyncIteration that the call of ``__anext__()`` raises, before there is anything to await, ends the
    delegation with its value.
    """
    source = """
async def outer(subiterator):
    log.append((yield from subiterator))
    yield "last"
"""
    log = []

    async def give():
        return "item"

    class Subiterator:
        left = count

        def __aiter__(self):
            return self

        def __anext__(self):
            if not self.left:
                raise StopAsyncIteration("result")
            self.left -= 1
            return give()

    items = await items_of(define(source, "outer", log=log)(Subiterator()))

    assert items == ["item"] * count + ["last"]
    assert log == ["result"]


@behaviour("YFR-020", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("count", [0, 1], ids=["first", "later"])
@pytest.mark.parametrize("when", ["at-the-call", "when-awaited"], ids=["at-the-call", "when-awaited"])
async def test_exception_of_anext(when, count):
    """Another exception of ``__anext__()``, at the call or when it is awaited, comes out at the ``yield from``, and
    nothing asks the subiterator again.
    """
    source = """
async def outer(subiterator):
    try:
        yield from subiterator
    except KeyError as error:
        log.append(error)
    yield "after"
"""
    log = []
    raised = KeyError("key")

    async def give():
        log.append("asked")
        if log.count("asked") > count:
            raise raised
        return "item"

    class Subiterator:
        def __aiter__(self):
            return self

        def __anext__(self):
            if when == "at-the-call" and log.count("asked") == count:
                log.append("asked")
                raise raised
            return give()

    items = await items_of(define(source, "outer", log=log)(Subiterator()))

    assert items == ["item"] * count + ["after"]
    assert log[:-1] == ["asked"] * (count + 1)
    assert log[-1] is raised


@behaviour("YFR-021", source=[PEP828.YIELD_FROM, REFERENCE.AWAIT], since="3.16", needs=["compile"])
@pytest.mark.parametrize("kind", ["number", "None", "generator"], ids=["number", "None", "generator"])
async def test_anext_that_returns_no_awaitable(kind):
    """If ``__anext__()`` returns an object that is not awaitable, TypeError comes out at the ``yield from``."""
    source = """
async def outer(subiterator):
    try:
        yield from subiterator
    except TypeError:
        yield "caught"
"""

    def generator():
        yield 1

    returned = {"number": 1, "None": None, "generator": generator()}[kind]

    class Subiterator:
        def __aiter__(self):
            return self

        def __anext__(self):
            return returned

    items = await items_of(define(source, "outer")(Subiterator()))

    assert items == ["caught"]


@behaviour("YFR-022", source=[PEP828.YIELD_FROM, REFERENCE.AWAIT], since="3.16", needs=["compile"])
@pytest.mark.parametrize("kind", ["object", "types.coroutine"], ids=["object", "types.coroutine"])
def test_methods_may_return_any_awaitable(kind):
    """``__anext__()`` and ``asend()`` of the subiterator may return any awaitable: an object with ``__await__()``, a
    generator of ``types.coroutine()``.
    """
    import types

    source = """
async def outer(subiterator):
    yield from subiterator
"""

    class Awaitable:
        def __init__(self, value):
            self.value = value

        def __await__(self):
            return [(yield "suspended"), self.value]

    @types.coroutine
    def coroutine(value):
        return [(yield "suspended"), value]

    make = Awaitable if kind == "object" else coroutine

    class Subiterator:
        def __aiter__(self):
            return self

        def __anext__(self):
            return make("item")

        def asend(self, value):
            return make(value)

    g = define(source, "outer")(Subiterator())
    first = awaiting(g.__anext__())
    steps = [step(first.send, None), step(first.send, "driver")]
    second = awaiting(g.asend("sent"))
    steps += [step(second.send, None), step(second.send, "driver again")]

    assert steps == [
        ["suspends", "suspended"],
        ["returns", ["driver", "item"]],
        ["suspends", "suspended"],
        ["returns", ["driver again", "sent"]],
    ]
