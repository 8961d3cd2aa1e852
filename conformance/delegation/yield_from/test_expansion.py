"""YFR: a delegation does what the statements do that the PEP gives for it, whatever methods the subiterator has."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import awaiting, define, run, step, suspend, tidy
from conformance.sources import PEP525, PEP828


@behaviour("YFR-057", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "methods",
    [
        ["generator"],
        [],
        ["asend"],
        ["athrow"],
        ["aclose"],
        ["asend", "athrow"],
        ["asend", "aclose"],
        ["athrow", "aclose"],
        ["asend", "athrow", "aclose"],
    ],
    ids=[
        "generator",
        "none",
        "asend",
        "athrow",
        "aclose",
        "asend-athrow",
        "asend-aclose",
        "athrow-aclose",
        "asend-athrow-aclose",
    ],
)
def test_sequences_of_operations(methods):
    """After the first item, every sequence of three operations has the same effect on a generator that delegates as on
    one that spells the delegation out.
    """
    import itertools

    source = """
async def outer(operand, log):
    try:
        log.append(["result", (yield from operand)])
    except BaseException as error:
        log.append(["outer", type(error).__name__])
        if isinstance(error, GeneratorExit):
            raise
    yield "after"
"""

    async def spelled_out(operand, log):
        try:
            iterator = aiter(operand)
            ask, argument = anext, iterator
            while True:
                try:
                    item = await ask(argument)
                except StopAsyncIteration as stop:
                    log.append(["result", stop.value])
                    break
                try:
                    received = yield item
                except GeneratorExit as error:
                    if hasattr(iterator, "aclose"):
                        await iterator.aclose()
                    raise error
                except BaseException as error:
                    if not hasattr(iterator, "athrow"):
                        raise error
                    ask, argument = iterator.athrow, error
                else:
                    ask, argument = (anext, iterator) if received is None else (iterator.asend, received)
        except BaseException as error:
            log.append(["outer", type(error).__name__])
            if isinstance(error, GeneratorExit):
                raise
        yield "after"

    async def generator(log):
        for number in range(3):
            try:
                log.append(["received", (yield number)])
            except KeyError:
                log.append(["inner", "KeyError"])
            except GeneratorExit:
                log.append(["inner", "GeneratorExit"])
                raise

    def subiterator(log):
        left = [2, 1, 0]

        def take():
            if not left:
                raise StopAsyncIteration("end")
            return left.pop()

        async def anext(self):
            log.append("anext")
            return take()

        async def asend(self, value):
            log.append(["asend", value])
            return take()

        async def athrow(self, error):
            log.append(["athrow", type(error).__name__])
            return take()

        async def aclose(self):
            log.append("aclose")

        made = {"asend": asend, "athrow": athrow, "aclose": aclose}
        names = dict({name: made[name] for name in methods}, __aiter__=lambda self: self, __anext__=anext)
        return type("Subiterator", (), names)()

    def play(function, operations):
        log = []
        g = function(generator(log) if methods == ["generator"] else subiterator(log), log)
        for operation, argument in (["anext", None], *operations):
            call = {"anext": g.__anext__, "asend": g.asend, "athrow": g.athrow, "aclose": g.aclose}[operation]
            log.append(step((call(argument) if argument is not None else call()).send, None))
        run(tidy(g))
        return log

    outer = define(source, "outer")
    operations = [["anext", None], ["asend", "value"], ["athrow", KeyError], ["aclose", None]]
    differences = []
    for sequence in itertools.product(operations, repeat=3):
        found, expected = play(outer, sequence), play(spelled_out, sequence)
        if found != expected:
            differences.append([[operation for operation, _ in sequence], found, expected])

    assert differences == []


@behaviour("YFR-058", source=[PEP828.SYMMETRY, PEP828.YIELD_FROM], since="3.16", needs=["compile"])
def test_delegation_of_synchronous_generators():
    """After the first item, every sequence of three operations has the same effect on asynchronous generators that
    delegate as on synchronous ones, until the end.
    """
    import itertools

    source = """
async def inner():
    received = yield 1
    try:
        received = yield received
    except KeyError:
        received = yield "inner caught"
    return ["returned", received]


async def outer():
    log.append("begins")
    try:
        log.append((yield from inner()))
    except ValueError:
        log.append("outer caught")
    finally:
        log.append("finally")
    yield "after"
"""
    log = []
    synchronous = define(source.replace("async ", ""), "outer", log=log)
    asynchronous = define(source, "outer", log=log)

    def step_of(operation):
        try:
            return ["returns", operation()]
        except (StopIteration, StopAsyncIteration) as stop:
            return ["ends", stop.value]
        except Exception as error:
            return ["raises", type(error).__name__]

    def play(g, call):
        del log[:]
        found = []
        for name, *arguments in sequence:
            found.append(step_of(lambda: call(g, name, arguments)))
            if found[-1][0] != "returns" or name == "close":
                break
        found.append(list(log))
        return found

    def call_synchronous(g, name, arguments):
        return getattr(g, name)(*arguments)

    def call_asynchronous(g, name, arguments):
        return run(getattr(g, {"__next__": "__anext__"}.get(name, "a" + name))(*arguments))

    operations = [["__next__"], ["send", "sent"], ["throw", KeyError()], ["throw", ValueError()], ["close"]]
    differences = []
    for rest in itertools.product(operations, repeat=3):
        sequence = [["__next__"], *rest]
        g = asynchronous()
        expected, found = play(synchronous(), call_synchronous), play(g, call_asynchronous)
        run(tidy(g))
        if found != expected:
            differences.append([sequence, found, expected])

    assert differences == []


@behaviour("YFR-059", source=[PEP828.SYNCHRONOUS, PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_wrapped_synchronous_generator():
    """A class whose asynchronous methods call those of a synchronous generator makes it a subiterator: items, values,
    exceptions, result and closing reach it.
    """
    source = """
async def outer(*operands):
    for operand in operands:
        log.append(["result", (yield from operand)])
"""
    log = []

    class Wrapper:
        def __init__(self, generator):
            self.generator = generator

        def __aiter__(self):
            return self

        async def __anext__(self):
            return self.call(self.generator.__next__)

        async def asend(self, value):
            return self.call(self.generator.send, value)

        async def athrow(self, error):
            return self.call(self.generator.throw, error)

        async def aclose(self):
            self.generator.close()

        def call(self, method, *arguments):
            try:
                return method(*arguments)
            except StopIteration as stop:
                end = stop.value
            raise StopAsyncIteration(end)

    def generator():
        received = yield 1
        try:
            yield ["received", received]
        except KeyError:
            yield "caught"
        return "value"

    def endless():
        try:
            while True:
                yield "endless"
        finally:
            log.append("closed")

    g = define(source, "outer", log=log)(Wrapper(generator()), Wrapper(endless()))
    items = [await g.__anext__(), await g.asend("sent"), await g.athrow(KeyError()), await g.__anext__()]
    closed = await g.aclose()

    assert items == [1, ["received", "sent"], "caught", "endless"]
    assert closed is None
    assert log == [["result", "value"], "closed"]


@behaviour("YFR-060", source=[PEP828.YIELD_FROM, PEP525.AGEN_OBJECT], since="3.16", needs=["compile"])
@pytest.mark.parametrize("kind", ["iterator", "generator"], ids=["iterator", "generator"])
def test_driver_throws_a_stop(kind):
    """A StopAsyncIteration that the driver throws while a hand-written ``__anext__()`` awaits ends the delegation; out
    of an inner generator it comes as RuntimeError.
    """
    source = """
async def outer(subiterator):
    try:
        yield ["result", (yield from subiterator)]
    except RuntimeError:
        yield "RuntimeError"
"""

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            await suspend("waits")

    async def inner():
        await suspend("waits")
        yield "item"

    g = define(source, "outer")(Subiterator() if kind == "iterator" else inner())
    first = awaiting(g.__anext__())
    steps = [step(first.send, None), step(first.throw, StopAsyncIteration("value"))]
    run(tidy(g))

    assert steps == [
        ["suspends", "waits"],
        ["returns", ["result", "value"] if kind == "iterator" else "RuntimeError"],
    ]


@behaviour("YFR-061", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_awaiting_coroutine_is_closed_and_not_the_subiterator(operation):
    """If the coroutine that awaits an item is closed while a method of the subiterator awaits, GeneratorExit is raised
    there, and ``aclose()`` of the subiterator is not called.
    """
    source = """
async def outer():
    try:
        yield from Subiterator()
    except GeneratorExit:
        log.append("outer")
        raise
"""
    log = []

    class Subiterator:
        first = True

        def __aiter__(self):
            return self

        async def wait(self):
            try:
                await suspend("waits")
            except GeneratorExit:
                log.append("method")
                raise

        async def __anext__(self):
            if self.first:
                self.first = False
                return "first"
            await self.wait()

        async def asend(self, value):
            await self.wait()

        async def athrow(self, error):
            log.append("athrow")

        async def aclose(self):
            log.append("aclose")

    g = define(source, "outer", Subiterator=Subiterator, log=log)()
    item = run(g.__anext__())

    async def consumer():
        await (g.__anext__() if operation == "anext" else g.asend("value"))

    coroutine = consumer()
    waiting = step(coroutine.send, None)
    coroutine.close()

    assert item == "first"
    assert waiting == ["suspends", "waits"]
    assert log == ["method", "outer"]


@behaviour("YFR-062", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("has_asend", [True, False], ids=["asend", "no-asend"])
async def test_iterator_below_several_levels(has_asend):
    """A value that is sent through several delegations reaches ``asend()`` of the iterator at the bottom; if there is
    none, the AttributeError comes out at the innermost ``yield from``.
    """
    source = """
async def bottom():
    try:
        yield from Subiterator()
    except AttributeError:
        log.append("bottom")
        raise


async def middle():
    try:
        yield from bottom()
    except AttributeError:
        log.append("middle")
    yield "after"


async def outer():
    yield from middle()
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

    class WithSend(Subiterator):
        async def asend(self, value):
            return ["sent", value]

    g = define(source, "outer", Subiterator=WithSend if has_asend else Subiterator, log=log)()
    items = [await g.__anext__(), await g.asend("value")]
    await tidy(g)

    assert items == ["first", ["sent", "value"] if has_asend else "after"]
    assert log == ([] if has_asend else ["bottom", "middle"])


@behaviour("YFR-063", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "methods",
    [
        [],
        ["asend"],
        ["athrow"],
        ["aclose"],
        ["asend", "athrow"],
        ["asend", "aclose"],
        ["athrow", "aclose"],
        ["asend", "athrow", "aclose"],
    ],
    ids=[
        "none",
        "asend",
        "athrow",
        "aclose",
        "asend-athrow",
        "asend-aclose",
        "athrow-aclose",
        "asend-athrow-aclose",
    ],
)
def test_each_operation_uses_its_method(methods):
    """Whichever of ``asend``, ``athrow`` and ``aclose`` a subiterator has, each operation calls the one that is meant
    for it, or raises in the body what its lack means.
    """
    source = """
async def outer():
    try:
        yield from Subiterator()
    except BaseException as error:
        log.append(["raises", type(error).__name__])
        raise
"""
    log = []

    async def anext(self):
        log.append("anext")
        return "item"

    async def asend(self, value):
        log.append("asend")
        return "item"

    async def athrow(self, error):
        log.append("athrow")
        return "item"

    async def aclose(self):
        log.append("aclose")

    made = {"asend": asend, "athrow": athrow, "aclose": aclose}
    names = dict({name: made[name] for name in methods}, __aiter__=lambda self: self, __anext__=anext)
    outer = define(source, "outer", Subiterator=type("Subiterator", (), names), log=log)

    def used(name, *arguments):
        g = outer()
        run(g.__anext__())
        del log[:]
        step(getattr(g, name)(*arguments).send, None)
        seen = list(log)
        run(tidy(g))
        return seen

    thrown = ["athrow"] if "athrow" in methods else [["raises", "KeyError"]]
    closed = (["aclose"] if "aclose" in methods else []) + [["raises", "GeneratorExit"]]
    seen = [
        used("__anext__"),
        used("asend", None),
        used("asend", 0),
        used("athrow", KeyError()),
        used("athrow", KeyError),
        used("athrow", GeneratorExit()),
        used("aclose"),
    ]

    assert seen == [
        ["anext"],
        ["anext"],
        ["asend"] if "asend" in methods else [["raises", "AttributeError"]],
        thrown,
        thrown,
        closed,
        closed,
    ]


@behaviour("YFR-064", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
async def test_methods_that_return_no_awaitable(operation):
    """If a method of the subiterator returns an object that is not awaitable, the operation that calls it raises
    TypeError at the ``yield from``, after the call.
    """
    source = """
async def outer():
    try:
        yield from Subiterator()
    except TypeError:
        log.append("TypeError")
"""
    log = []

    async def item():
        return "item"

    class Subiterator:
        first = True

        def __aiter__(self):
            return self

        def __anext__(self):
            if self.first:
                self.first = False
                return item()
            log.append("anext")
            return "not awaitable"

        def asend(self, value):
            log.append("asend")
            return "not awaitable"

        def athrow(self, error):
            log.append("athrow")
            return "not awaitable"

        def aclose(self):
            log.append("aclose")
            return "not awaitable"

    g = define(source, "outer", Subiterator=Subiterator, log=log)()
    first = await g.__anext__()
    call = {"anext": g.__anext__, "asend": lambda: g.asend("value"), "athrow": lambda: g.athrow(KeyError())}
    try:
        end = await call.get(operation, g.aclose)()
    except StopAsyncIteration:
        end = "StopAsyncIteration"

    assert first == "item"
    assert end == (None if operation == "aclose" else "StopAsyncIteration")
    assert log == [operation, "TypeError"]
