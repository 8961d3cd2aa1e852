"""YFT: ``yield from`` and the exceptions that are thrown into the generator that delegates."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import awaiting, define, items_of, operate, raises, run, step, suspend, tidy
from conformance.sources import CPYTHON, ISSUE, PEP479, PEP525, PEP828, REFERENCE, WHATSNEW


@behaviour("YFT-001", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_instance_reaches_the_inner_body():
    """``athrow()`` of an instance raises that very instance at the yield of the inner asynchronous generator."""
    source = """
async def outer():
    yield from inner()
"""
    log = []
    error = KeyError("key")

    async def inner():
        try:
            yield "first"
        except KeyError as caught:
            log.append(caught)
        yield "caught"

    g = define(source, "outer", inner=inner)()
    items = [await g.__anext__(), await g.athrow(error)]
    await tidy(g)

    assert items == ["first", "caught"]
    assert len(log) == 1
    assert log[0] is error


@behaviour("YFT-002", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_class_reaches_the_inner_body():
    """``athrow()`` of a class raises an instance of it, without arguments, at the yield of the inner asynchronous
    generator.
    """
    source = """
async def outer():
    yield from inner()
"""
    log = []

    async def inner():
        try:
            yield "first"
        except LookupError as caught:
            log.append([type(caught), caught.args])
        yield "caught"

    g = define(source, "outer", inner=inner)()
    items = [await g.__anext__(), await g.athrow(KeyError)]
    await tidy(g)

    assert items == ["first", "caught"]
    assert log == [[KeyError, ()]]


@behaviour("YFT-003", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_instance_is_the_only_argument_of_athrow():
    """``athrow()`` calls ``athrow()`` of a hand-written subiterator with the exception instance alone, and its result,
    when awaited, is the item.
    """
    source = """
async def outer():
    yield from Subiterator()
"""
    log = []
    item = object()
    error = KeyError("key")

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        async def athrow(self, *arguments, **named):
            log.append([arguments, named])
            return item

    g = define(source, "outer", Subiterator=Subiterator)()
    first = await g.__anext__()
    answer = await g.athrow(error)
    seen = list(log)
    await tidy(g)

    assert first == "first"
    assert seen == [[(error,), {}]]
    assert seen[0][0][0] is error
    assert answer is item


@behaviour("YFT-004", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_class_reaches_athrow_as_an_instance():
    """An exception that is thrown as a class reaches ``athrow()`` of a hand-written subiterator as an instance."""
    source = """
async def outer():
    yield from Subiterator()
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        async def athrow(self, error):
            log.append(error)
            return "thrown"

    g = define(source, "outer", Subiterator=Subiterator)()
    items = [await g.__anext__(), await g.athrow(KeyError)]
    kinds = [type(error) for error in log]
    await tidy(g)

    assert items == ["first", "thrown"]
    assert kinds == [KeyError]


@behaviour("YFT-005", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_answer_is_the_item():
    """If the inner body catches the exception and yields, ``athrow()`` returns that very item, and the delegation
    continues.
    """
    source = """
async def outer():
    yield from inner()
    yield "after"
"""
    log = []
    item = object()

    async def inner():
        try:
            yield "first"
        except KeyError:
            log.append((yield item))
        log.append((yield "last"))

    g = define(source, "outer", inner=inner)()
    first = await g.__anext__()
    answer = await g.athrow(KeyError())
    items = [await g.asend("a"), await g.asend("b")]
    await tidy(g)

    assert first == "first"
    assert answer is item
    assert items == ["last", "after"]
    assert log == ["a", "b"]


@behaviour("YFT-006", source=[PEP828.YIELD_FROM, PEP828.RETURN], since="3.16", needs=["compile"])
async def test_exception_that_ends_the_inner_generator():
    """If the inner body catches the exception and returns a value, that is the value of ``yield from``, and
    ``athrow()`` returns the next item of the outer body.
    """
    source = """
async def inner():
    try:
        yield "first"
    except KeyError:
        return value


async def outer():
    log.append((yield from inner()))
    yield "next"
"""
    log = []
    value = object()
    g = define(source, "outer", log=log, value=value)()
    items = [await g.__anext__(), await g.athrow(KeyError())]
    await tidy(g)

    assert items == ["first", "next"]
    assert len(log) == 1
    assert log[0] is value


@behaviour("YFT-007", source=[PEP828.RETURN, PEP828.YIELD_FROM, PEP828.STOP], since="3.16", needs=["compile"])
async def test_exception_that_ends_both_generators():
    """If the exception makes both bodies return, ``athrow()`` raises StopAsyncIteration with the value of the outer
    one.
    """
    source = """
async def inner():
    try:
        yield "first"
    except KeyError:
        return "inner"


async def outer():
    return [(yield from inner()), "outer"]
"""
    g = define(source, "outer")()
    first = await g.__anext__()
    with raises(StopAsyncIteration) as caught:
        await g.athrow(KeyError())
    value = caught.value.value

    assert first == "first"
    assert value == ["inner", "outer"]


@behaviour("YFT-008", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_exception_that_the_inner_body_lets_out():
    """A thrown exception that the inner body lets out comes out at the ``yield from`` as the same object, and the inner
    generator is finished.
    """
    source = """
async def outer(subiterator):
    try:
        yield from subiterator
    except KeyError as caught:
        log.append(caught)
    yield "after"
"""
    log = []
    error = KeyError("key")

    async def inner():
        try:
            yield "first"
        finally:
            log.append("inner")

    subiterator = inner()
    g = define(source, "outer", log=log)(subiterator)
    items = [await g.__anext__(), await g.athrow(error)]
    with raises(StopAsyncIteration):
        await subiterator.__anext__()
    await tidy(g)

    assert items == ["first", "after"]
    assert len(log) == 2
    assert log[0] == "inner"
    assert log[1] is error


@behaviour("YFT-009", source=[PEP828.YIELD_FROM, REFERENCE.AGEN_ATHROW], since="3.16", needs=["compile"])
async def test_exception_that_nobody_catches():
    """A thrown exception that neither body catches comes out of ``athrow()`` as the same object, and both generators
    are finished.
    """
    source = """
async def outer(subiterator):
    try:
        yield from subiterator
    finally:
        log.append("outer")
"""
    log = []
    error = KeyError("key")

    async def inner():
        try:
            yield "first"
        finally:
            log.append("inner")

    subiterator = inner()
    g = define(source, "outer", log=log)(subiterator)
    first = await g.__anext__()
    with raises(KeyError) as caught:
        await g.athrow(error)
    with raises(StopAsyncIteration):
        await subiterator.__anext__()
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert first == "first"
    assert caught.value is error
    assert log == ["inner", "outer"]


@behaviour("YFT-010", source=[REFERENCE.RAISE, PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_exception_that_the_inner_body_raises_in_answer():
    """Another exception that the inner body raises while it handles the thrown one comes out at the ``yield from``,
    with the thrown one as its context.
    """
    source = """
async def outer():
    try:
        yield from inner()
    except ValueError as caught:
        log.append(caught)
    yield "after"
"""
    log = []
    error, answer = KeyError("key"), ValueError("value")

    async def inner():
        try:
            yield "first"
        except KeyError:
            raise answer

    g = define(source, "outer", inner=inner, log=log)()
    items = [await g.__anext__(), await g.athrow(error)]
    await tidy(g)
    context = answer.__context__

    assert items == ["first", "after"]
    assert len(log) == 1
    assert log[0] is answer
    assert context is error


@behaviour("YFT-011", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("extra", ["nothing", "asend", "aclose"], ids=["nothing", "asend", "aclose"])
async def test_exception_for_a_subiterator_without_athrow(extra):
    """An exception that is thrown while the subiterator has no ``athrow`` is raised at the ``yield from``, and the
    subiterator is neither asked nor closed.
    """
    source = """
async def outer(subiterator):
    try:
        yield from subiterator
    except KeyError as caught:
        log.append(caught)
    yield "after"
"""
    log = []
    error = KeyError("key")

    class Subiterator:
        def __init__(self):
            self.left = [3, 2, 1]

        def __aiter__(self):
            return self

        async def __anext__(self):
            if not self.left:
                raise StopAsyncIteration
            return self.left.pop()

    class WithSend(Subiterator):
        async def asend(self, value):
            log.append("asend")

    class WithClose(Subiterator):
        async def aclose(self):
            log.append("aclose")

    subiterator = {"nothing": Subiterator, "asend": WithSend, "aclose": WithClose}[extra]()
    g = define(source, "outer", log=log)(subiterator)
    items = [await g.__anext__(), await g.athrow(error)]
    seen = list(log)
    await tidy(g)
    rest = await items_of(subiterator)

    assert items == [1, "after"]
    assert len(seen) == 1
    assert seen[0] is error
    assert rest == [2, 3]


@behaviour(
    "YFT-012",
    source=[ISSUE.GH_155127, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile"],
    allowed=["suppressed", "not suppressed"],
)
async def test_context_of_an_exception_without_athrow():
    """If the subiterator has no ``athrow``, the thrown exception gets no cause, and its context is marked as suppressed
    or is not.
    """
    source = """
async def outer():
    yield from Subiterator()
"""

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

    error = KeyError("key")
    g = define(source, "outer", Subiterator=Subiterator)()
    first = await g.__anext__()
    with raises(KeyError) as caught:
        await g.athrow(error)

    assert first == "first"
    assert caught.value is error
    assert error.__cause__ is None
    return "suppressed" if error.__suppress_context__ else "not suppressed"


@behaviour(
    "YFT-013",
    source=[ISSUE.GH_155127, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile"],
    allowed=["no context", "an AttributeError"],
)
async def test_trace_of_the_failed_look_up_of_athrow():
    """If the subiterator has no ``athrow``, the thrown exception gets no context, or the AttributeError of the
    look-up.
    """
    source = """
async def outer():
    yield from Subiterator()
"""

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

    error = KeyError("key")
    g = define(source, "outer", Subiterator=Subiterator)()
    first = await g.__anext__()
    with raises(KeyError) as caught:
        await g.athrow(error)
    context = error.__context__

    assert first == "first"
    assert caught.value is error
    if context is None:
        return "no context"
    return "an AttributeError" if type(context) is AttributeError else type(context).__name__


@behaviour(
    "YFT-014",
    source=[ISSUE.GH_155127, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile"],
    allowed=["kept", "cleared"],
)
async def test_cause_of_an_exception_without_athrow():
    """If the subiterator has no ``athrow``, a cause that the thrown exception has is kept, or is cleared."""
    source = """
async def outer():
    yield from Subiterator()
"""

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

    error, cause = KeyError("key"), OSError("cause")
    error.__cause__ = cause
    g = define(source, "outer", Subiterator=Subiterator)()
    first = await g.__anext__()
    with raises(KeyError) as caught:
        await g.athrow(error)
    found = error.__cause__

    assert first == "first"
    assert caught.value is error
    if found is None:
        return "cleared"
    return "kept" if found is cause else "another cause"


@behaviour("YFT-015", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("way", ["property", "getattr"], ids=["property", "getattr"])
async def test_exception_of_the_look_up_of_athrow(way):
    """An exception other than AttributeError that the look-up of ``athrow`` raises comes out at the ``yield from``
    instead of the thrown one.
    """
    source = """
async def outer(subiterator):
    try:
        yield from subiterator
    except Exception as caught:
        log.append(caught)
    yield "after"
"""
    log = []
    raised = OSError("look-up")

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

    class WithProperty(Subiterator):
        @property
        def athrow(self):
            raise raised

    class WithGetattr(Subiterator):
        def __getattr__(self, name):
            if name == "athrow":
                raise raised
            raise AttributeError(name)

    g = define(source, "outer", log=log)(WithProperty() if way == "property" else WithGetattr())
    items = [await g.__anext__(), await g.athrow(KeyError())]
    await tidy(g)

    assert items == ["first", "after"]
    assert len(log) == 1
    assert log[0] is raised


@behaviour("YFT-016", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("when", ["at-the-call", "when-awaited"], ids=["at-the-call", "when-awaited"])
async def test_attribute_error_of_athrow(when):
    """An AttributeError that ``athrow()`` of the subiterator raises, at the call or when it is awaited, comes out at
    the ``yield from``: it does not mean that ``athrow`` is missing.
    """
    source = """
async def outer():
    try:
        yield from Subiterator()
    except Exception as caught:
        log.append(caught)
    yield "after"
"""
    log = []
    raised = AttributeError("inside")

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        def athrow(self, error):
            if when == "at-the-call":
                raise raised
            return self.fail()

        async def fail(self):
            raise raised

    g = define(source, "outer", Subiterator=Subiterator, log=log)()
    items = [await g.__anext__(), await g.athrow(KeyError())]
    await tidy(g)

    assert items == ["first", "after"]
    assert len(log) == 1
    assert log[0] is raised


@behaviour("YFT-017", source=[PEP828.YIELD_FROM, REFERENCE.AWAIT], since="3.16", needs=["compile"])
async def test_athrow_that_returns_no_awaitable():
    """If ``athrow()`` of the subiterator returns an object that is not awaitable, TypeError comes out at the
    ``yield from``.
    """
    source = """
async def outer():
    try:
        yield from Subiterator()
    except TypeError:
        yield "caught"
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        def athrow(self, error):
            log.append(type(error))

    g = define(source, "outer", Subiterator=Subiterator)()
    items = [await g.__anext__(), await g.athrow(KeyError())]
    await tidy(g)

    assert items == ["first", "caught"]
    assert log == [KeyError]


@behaviour("YFT-018", source=[PEP828.YIELD_FROM, PEP828.STOP], since="3.16", needs=["compile"])
@pytest.mark.parametrize("when", ["at-the-call", "when-awaited"], ids=["at-the-call", "when-awaited"])
async def test_stop_of_athrow(when):
    """A StopAsyncIteration of ``athrow()`` of the subiterator, at the call or when it is awaited, ends the delegation
    with its value.
    """
    source = """
async def outer():
    log.append((yield from Subiterator()))
    yield "after"
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        def athrow(self, error):
            if when == "at-the-call":
                raise StopAsyncIteration("result")
            return self.end()

        async def end(self):
            raise StopAsyncIteration("result")

    g = define(source, "outer", Subiterator=Subiterator, log=log)()
    items = [await g.__anext__(), await g.athrow(KeyError())]
    await tidy(g)

    assert items == ["first", "after"]
    assert log == ["result"]


@behaviour("YFT-019", source=[PEP525.AGEN_OBJECT, PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_thrown_stop_that_the_inner_body_lets_out():
    """A thrown StopAsyncIteration that the inner body lets out comes out at the ``yield from`` as RuntimeError, and
    does not end the delegation.
    """
    source = """
async def outer():
    try:
        log.append(["result", (yield from inner())])
    except RuntimeError:
        log.append("RuntimeError")
    yield "after"
"""
    log = []

    async def inner():
        try:
            yield "first"
        finally:
            log.append("inner")

    g = define(source, "outer", inner=inner, log=log)()
    items = [await g.__anext__(), await g.athrow(StopAsyncIteration("value"))]
    await tidy(g)

    assert items == ["first", "after"]
    assert log == ["inner", "RuntimeError"]


@behaviour("YFT-020", source=[PEP828.YIELD_FROM, PEP525.AGEN_OBJECT], since="3.16", needs=["compile"])
@pytest.mark.parametrize("catches", [True, False], ids=["caught", "not-caught"])
async def test_thrown_stop_without_athrow(catches):
    """A StopAsyncIteration that is thrown while the subiterator has no ``athrow`` is raised at the ``yield from``, and
    does not end the delegation; uncaught, it becomes RuntimeError.
    """
    source = """
async def outer():
    try:
        log.append(["result", (yield from Subiterator())])
    except StopAsyncIteration as caught:
        log.append(caught)
        if not catches:
            raise
    yield "after"
"""
    log = []
    error = StopAsyncIteration("value")

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

    g = define(source, "outer", Subiterator=Subiterator, log=log, catches=catches)()
    items = [await g.__anext__()]
    try:
        items.append(await g.athrow(error))
    except RuntimeError:
        items.append("RuntimeError")
    await tidy(g)

    assert items == ["first", "after" if catches else "RuntimeError"]
    assert len(log) == 1
    assert log[0] is error


@behaviour("YFT-021", source=[PEP828.YIELD_FROM, PEP525.AGEN_OBJECT, PEP479.PROPOSAL], since="3.16", needs=["compile"])
@pytest.mark.parametrize("catches", [True, False], ids=["caught", "not-caught"])
async def test_thrown_stop_iteration_without_athrow(catches):
    """A StopIteration that is thrown while the subiterator has no ``athrow`` is raised at the ``yield from``; uncaught,
    it becomes RuntimeError.
    """
    source = """
async def outer():
    try:
        log.append(["result", (yield from Subiterator())])
    except StopIteration as caught:
        log.append(caught)
        if not catches:
            raise
    yield "after"
"""
    log = []
    error = StopIteration("value")

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

    g = define(source, "outer", Subiterator=Subiterator, log=log, catches=catches)()
    items = [await g.__anext__()]
    try:
        items.append(await g.athrow(error))
    except RuntimeError:
        items.append("RuntimeError")
    await tidy(g)

    assert items == ["first", "after" if catches else "RuntimeError"]
    assert len(log) == 1
    assert log[0] is error


@behaviour("YFT-022", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "kind",
    ["KeyboardInterrupt", "SystemExit", "BaseException", "derived"],
    ids=["KeyboardInterrupt", "SystemExit", "BaseException", "derived"],
)
@pytest.mark.parametrize("subiterator", ["generator", "iterator"], ids=["generator", "iterator"])
async def test_exceptions_that_are_no_exception(subiterator, kind):
    """A thrown exception whose class is derived from BaseException alone, and is not GeneratorExit, reaches the
    subiterator as any other does.
    """
    source = """
async def outer(subiterator):
    yield from subiterator
"""
    log = []

    class Derived(BaseException):
        pass

    error = {
        "KeyboardInterrupt": KeyboardInterrupt,
        "SystemExit": SystemExit,
        "BaseException": BaseException,
        "derived": Derived,
    }[kind]("thrown")

    async def inner():
        try:
            yield "first"
        except BaseException as caught:
            log.append(caught)
        yield "answer"

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        async def athrow(self, error):
            log.append(error)
            return "answer"

    g = define(source, "outer")(inner() if subiterator == "generator" else Subiterator())
    first = await g.__anext__()
    try:
        answer = await g.athrow(error)
    except BaseException as caught:
        answer = type(caught)
    seen = list(log)
    await tidy(g)

    assert first == "first"
    assert answer == "answer"
    assert len(seen) == 1
    assert seen[0] is error


@behaviour("YFT-023", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
def test_inner_handler_awaits():
    """While the inner body handles the exception it may await: the driver of ``athrow()`` gets what it awaits, and
    answers it.
    """
    source = """
async def outer():
    yield from inner()
"""
    log = []

    async def inner():
        try:
            yield "first"
        except KeyError:
            log.append(await suspend("one"))
            log.append(await suspend("two"))
        yield "after"

    g = define(source, "outer", inner=inner)()
    first = run(g.__anext__())
    throwing = awaiting(g.athrow(KeyError()))
    steps = [step(throwing.send, None), step(throwing.send, "a"), step(throwing.send, "b")]
    run(tidy(g))

    assert first == "first"
    assert steps == [["suspends", "one"], ["suspends", "two"], ["returns", "after"]]
    assert log == ["a", "b"]


@behaviour("YFT-024", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
def test_driver_throws_into_the_inner_handler():
    """What the driver of ``athrow()`` throws while the inner handler awaits is raised at that ``await``; if the inner
    body catches it, the delegation continues.
    """
    source = """
async def outer():
    yield from inner()
"""
    log = []
    error = ValueError("driver")

    async def inner():
        try:
            yield "first"
        except KeyError:
            try:
                await suspend("waits")
            except ValueError as caught:
                log.append(caught)
        log.append((yield "after"))
        yield "last"

    g = define(source, "outer", inner=inner)()
    first = run(g.__anext__())
    throwing = awaiting(g.athrow(KeyError()))
    steps = [step(throwing.send, None), step(throwing.throw, error)]
    last = run(g.asend("sent"))
    run(tidy(g))

    assert first == "first"
    assert steps == [["suspends", "waits"], ["returns", "after"]]
    assert last == "last"
    assert log[0] is error
    assert log[1:] == ["sent"]


@behaviour(
    "YFT-025",
    source=[WHATSNEW.V39, ISSUE.BPO_30773, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
@pytest.mark.parametrize("which", ["outer", "inner"], ids=["outer", "inner"])
def test_operation_while_the_inner_handler_awaits(which, operation):
    """While the inner body awaits in its handler of a thrown exception, every other operation on either generator
    raises RuntimeError, and ``athrow()`` can be completed.
    """
    source = """
async def outer(subiterator):
    yield from subiterator
"""
    log = []

    async def inner():
        try:
            yield "first"
        except ValueError:
            try:
                log.append(await suspend("waits"))
            except BaseException as error:
                log.append(error)
        yield "handled"

    subiterator = inner()
    g = define(source, "outer")(subiterator)
    first = run(g.__anext__())
    throwing = g.athrow(ValueError())
    steps = [step(throwing.send, None)]
    steps.append(step(lambda: operate(g if which == "outer" else subiterator, operation).send(None)))
    steps.append(step(throwing.send, "driver"))
    run(tidy(g))

    assert first == "first"
    assert steps == [["suspends", "waits"], ["raises", "RuntimeError"], ["returns", "handled"]]
    assert log == ["driver"]


@behaviour("YFT-026", source=[REFERENCE.AGEN_ATHROW, PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_exception_before_the_start():
    """``athrow()`` before the outer generator has started raises the exception and runs neither body; the subiterator
    can be used afterwards.
    """
    source = """
async def outer(subiterator):
    log.append("outer")
    yield from subiterator
"""
    log = []
    error = KeyError("key")

    async def inner():
        log.append("inner")
        yield "item"

    subiterator = inner()
    g = define(source, "outer", log=log)(subiterator)
    with raises(KeyError) as caught:
        await g.athrow(error)
    before = list(log)
    items = await items_of(subiterator)

    assert caught.value is error
    assert before == []
    assert items == ["item"]
    assert log == ["inner"]


@behaviour("YFT-027", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_exception_through_several_levels():
    """Through several delegations a thrown exception reaches the innermost body first, and then each ``yield from``
    from the inside out, until a body catches it.
    """
    source = """
async def level(number):
    try:
        if number == 1:
            yield "first"
        else:
            yield from level(number - 1)
    except KeyError as caught:
        log.append([number, caught is error])
        if number < 3:
            raise
    yield ["caught", number]


def outer():
    return level(4)
"""
    log = []
    error = KeyError("key")
    g = define(source, "outer", log=log, error=error)()
    items = [await g.__anext__(), await g.athrow(error), await g.__anext__()]
    await tidy(g)

    assert items == ["first", ["caught", 3], ["caught", 4]]
    assert log == [[1, True], [2, True], [3, True]]


@behaviour("YFT-028", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("has_athrow", [True, False], ids=["athrow", "no-athrow"])
async def test_operations_after_the_outer_body_has_caught(has_athrow):
    """After the outer body has caught what came out of the delegation, later operations reach the outer body, and not
    the subiterator.
    """
    source = """
async def outer():
    try:
        yield from Subiterator()
    except KeyError:
        try:
            log.append((yield "handling"))
            yield "after"
        except ValueError:
            log.append("ValueError")
    yield "last"
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            log.append("anext")
            return "first"

        async def asend(self, value):
            log.append("asend")

        async def aclose(self):
            log.append("aclose")

    class WithThrow(Subiterator):
        async def athrow(self, error):
            log.append("athrow")
            raise error

    g = define(source, "outer", Subiterator=WithThrow if has_athrow else Subiterator, log=log)()
    items = [await g.__anext__(), await g.athrow(KeyError()), await g.asend("sent"), await g.athrow(ValueError())]
    closed = await g.aclose()

    assert items == ["first", "handling", "after", "last"]
    assert closed is None
    assert log == ["anext"] + ["athrow"] * has_athrow + ["sent", "ValueError"]


@behaviour("YFT-029", source=[PEP828.YIELD_FROM, REFERENCE.AGEN_ATHROW], since="3.16", needs=["compile", "warnings"])
async def test_type_and_value():
    """``athrow(type, value)``, which is deprecated, raises the given instance in the inner body too."""
    import warnings

    source = """
async def outer():
    yield from inner()
"""
    log = []
    error = KeyError("key")

    async def inner():
        try:
            yield "first"
        except KeyError as caught:
            log.append(caught)
        yield "caught"

    g = define(source, "outer", inner=inner)()
    first = await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        awaitable = g.athrow(KeyError, error)
    answer = await awaitable
    await tidy(g)

    assert first == "first"
    assert answer == "caught"
    assert len(log) == 1
    assert log[0] is error


@behaviour("YFT-030", source=[CPYTHON.GENOBJECT, PEP828.YIELD_FROM], since="3.16", level="detail", needs=["compile"])
async def test_object_that_is_no_exception():
    """``athrow()`` of an object that is not an exception raises TypeError, no body sees it, and the delegation
    continues.
    """
    source = """
async def outer():
    try:
        yield from inner()
    except BaseException as error:
        log.append(["outer", type(error)])
        raise
"""
    log = []

    async def inner():
        try:
            yield "first"
            yield "second"
            yield "third"
        except BaseException as error:
            log.append(["inner", type(error)])
            raise

    g = define(source, "outer", inner=inner, log=log)()
    first = await g.__anext__()
    with raises(TypeError):
        await g.athrow(5)
    items = [await g.__anext__(), await g.__anext__()]
    seen = list(log)
    await tidy(g)

    assert first == "first"
    assert items == ["second", "third"]
    assert seen == []


@behaviour("YFT-031", source=[ISSUE.BPO_29587, PEP828.YIELD_FROM], since="3.16", level="detail", needs=["compile"])
async def test_exception_into_a_delegation_of_a_handler():
    """An exception that is thrown into a delegation inside of an ``except`` clause leaves the outer body with the
    exception that is handled there as its context.
    """
    source = """
async def outer():
    try:
        raise handled
    except OSError:
        yield from inner()
"""
    handled, error = OSError("handled"), KeyError("key")

    async def inner():
        yield "first"

    g = define(source, "outer", inner=inner, handled=handled)()
    first = await g.__anext__()
    with raises(KeyError) as caught:
        await g.athrow(error)
    context = error.__context__

    assert first == "first"
    assert caught.value is error
    assert context is handled


@behaviour("YFT-032", source=[PEP828.YIELD_FROM, REFERENCE.EXCEPT_STAR], since="3.16", needs=["compile"])
async def test_exception_group():
    """``except*`` in the inner body takes its part of an exception group that is thrown, and the rest comes out at the
    ``yield from``.
    """
    source = """
async def inner():
    try:
        yield "first"
    except* KeyError as group:
        log.append(["inner", group.exceptions])


async def outer():
    try:
        yield from inner()
    except* ValueError as group:
        log.append(["outer", group.exceptions])
    yield "after"
"""
    log = []
    key, value = KeyError("key"), ValueError("value")
    g = define(source, "outer", log=log)()
    items = [await g.__anext__(), await g.athrow(ExceptionGroup("group", [key, value]))]
    await tidy(g)

    assert items == ["first", "after"]
    assert log == [["inner", (key,)], ["outer", (value,)]]


@behaviour("YFT-033", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_exit_as_the_answer():
    """If ``athrow()`` of the subiterator raises GeneratorExit, that comes out at the ``yield from``, and ``aclose()``
    of the subiterator is not called.
    """
    source = """
async def outer():
    try:
        yield from Subiterator()
    except BaseException as caught:
        log.append(caught)
    yield "after"
"""
    log = []
    answer = GeneratorExit("answer")

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        async def athrow(self, error):
            log.append("athrow")
            raise answer

        async def aclose(self):
            log.append("aclose")

    g = define(source, "outer", Subiterator=Subiterator, log=log)()
    items = [await g.__anext__(), await g.athrow(KeyError())]
    await tidy(g)

    assert items == ["first", "after"]
    assert len(log) == 2
    assert log[0] == "athrow"
    assert log[1] is answer


@behaviour(
    "YFT-034",
    source=[ISSUE.GH_155127, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile"],
    allowed=["returns None", "raises the exception"],
)
@pytest.mark.parametrize("end", ["closed", "exhausted"], ids=["closed", "exhausted"])
async def test_subiterator_that_was_finished_directly(end):
    """If the inner generator was finished directly in the meantime, an exception that is thrown into the outer one is
    lost and None is the item, or it is raised at the ``yield from``.
    """
    source = """
async def outer(subiterator):
    try:
        log.append(["result", (yield from subiterator)])
    except KeyError as caught:
        log.append(caught)
        raise
"""
    log = []
    error = KeyError("key")

    async def inner():
        yield "first"

    subiterator = inner()
    g = define(source, "outer", log=log)(subiterator)
    first = await g.__anext__()
    if end == "closed":
        await subiterator.aclose()
    else:
        await items_of(subiterator)
    try:
        seen = "returns %r" % (await g.athrow(error),)
    except KeyError as caught:
        seen = "raises the exception" if caught is error else "raises another KeyError"
    found = list(log)
    await tidy(g)

    assert first == "first"
    assert found == ([] if seen == "returns None" else [error])
    return seen


@behaviour(
    "YFT-035",
    source=[WHATSNEW.V39, ISSUE.BPO_30773, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile"],
)
def test_subiterator_in_the_middle_of_another_operation():
    """If another operation has the inner generator suspended in an ``await``, ``athrow()`` of the outer one raises
    RuntimeError at the ``yield from``, and does not disturb that operation.
    """
    source = """
async def outer(subiterator):
    try:
        yield from subiterator
    except RuntimeError:
        yield "refused"
"""
    log = []

    async def inner():
        yield "first"
        try:
            log.append(await suspend("waits"))
        except BaseException as error:
            log.append(error)
        yield "second"

    subiterator = inner()
    g = define(source, "outer")(subiterator)
    first = run(g.__anext__())
    other = subiterator.__anext__()
    steps = [step(other.send, None), step(g.athrow(KeyError()).send, None), step(other.send, "driver")]
    run(tidy(g, subiterator))

    assert first == "first"
    assert steps == [["suspends", "waits"], ["returns", "refused"], ["returns", "second"]]
    assert log == ["driver"]


@behaviour("YFT-036", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("has_athrow", [True, False], ids=["athrow", "no-athrow"])
async def test_throw_is_never_used(has_athrow):
    """A method ``throw`` of the subiterator is never used, whether the subiterator has ``athrow`` or not."""
    source = """
async def outer():
    try:
        yield from Subiterator()
    except KeyError:
        yield "caught"
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        def throw(self, *arguments):
            log.append("throw")
            return "thrown"

    class WithThrow(Subiterator):
        async def athrow(self, error):
            return "athrow"

    g = define(source, "outer", Subiterator=WithThrow if has_athrow else Subiterator)()
    first = await g.__anext__()
    thrown = await g.athrow(KeyError())
    await tidy(g)

    assert first == "first"
    assert thrown == ("athrow" if has_athrow else "caught")
    assert log == []


@behaviour("YFT-037", source=[PEP828.YIELD_FROM, REFERENCE.COROUTINE_OBJECTS], since="3.16", needs=["compile"])
def test_throwing_coroutine_is_closed():
    """If the coroutine that awaits ``athrow()`` is closed while the inner handler awaits, GeneratorExit is raised at
    that ``await``, then at the ``yield from``.
    """
    source = """
async def outer():
    try:
        yield from inner()
    except GeneratorExit:
        log.append("outer")
        raise
"""
    log = []

    async def inner():
        try:
            yield "first"
        except KeyError:
            try:
                await suspend("waits")
            except GeneratorExit:
                log.append("inner")
                raise

    async def consumer():
        try:
            await g.athrow(KeyError())
        finally:
            log.append("consumer")

    g = define(source, "outer", inner=inner, log=log)()
    first = run(g.__anext__())
    coroutine = consumer()
    waiting = step(coroutine.send, None)
    coroutine.close()
    with raises(StopAsyncIteration):
        run(g.__anext__())

    assert first == "first"
    assert waiting == ["suspends", "waits"]
    assert log == ["inner", "outer", "consumer"]


@behaviour("YFT-038", source=[ISSUE.GH_155127, PEP828.YIELD_FROM], since="3.16", level="detail", needs=["compile"])
async def test_thrown_exception_gets_no_context():
    """An exception that is thrown into an inner generator while nobody handles another one gets no context from the
    delegation.
    """
    source = """
async def outer():
    try:
        yield from inner()
    except ValueError:
        yield "after"
"""
    log = []
    error = KeyError("key")

    async def inner():
        try:
            yield "first"
        except KeyError as caught:
            log.append(caught.__context__)
            raise ValueError

    g = define(source, "outer", inner=inner)()
    items = [await g.__anext__(), await g.athrow(error)]
    context = error.__context__
    await tidy(g)

    assert items == ["first", "after"]
    assert log == [None]
    assert context is None


@behaviour("YFT-039", source=[PEP828.YIELD_FROM, REFERENCE.RAISE], since="3.16", level="detail", needs=["compile"])
async def test_context_of_an_exception_of_the_look_up():
    """If the look-up of ``athrow`` raises another exception, the thrown one is its context."""
    source = """
async def outer():
    try:
        yield from Subiterator()
    except OSError as caught:
        log.append(caught.__context__)
    yield "after"
"""
    log = []
    error = KeyError("key")

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        @property
        def athrow(self):
            raise OSError

    g = define(source, "outer", Subiterator=Subiterator, log=log)()
    items = [await g.__anext__(), await g.athrow(error)]
    await tidy(g)

    assert items == ["first", "after"]
    assert len(log) == 1
    assert log[0] is error


@behaviour("YFT-040", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_athrow_is_an_ordinary_attribute():
    """``athrow`` of the subiterator is looked up each time that an exception is thrown, as an ordinary attribute: on
    the instance too.
    """
    source = """
async def outer(subiterator):
    yield from subiterator
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        async def athrow(self, error):
            log.append("method of the class")

        def __getattribute__(self, name):
            if name == "athrow":
                log.append("look-up")
            return object.__getattribute__(self, name)

    async def one(error):
        return ["one", type(error)]

    async def two(error):
        return ["two", type(error)]

    subiterator = Subiterator()
    subiterator.athrow = one
    g = define(source, "outer")(subiterator)
    items = [await g.__anext__(), await g.athrow(KeyError())]
    subiterator.athrow = two
    items.append(await g.athrow(ValueError()))
    seen = list(log)
    await tidy(g)

    assert items == ["first", ["one", KeyError], ["two", ValueError]]
    assert seen == ["look-up", "look-up"]
