"""YFC: how ``aclose()`` of a delegating generator closes the subiterator."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import awaiting, define, items_of, raises, run, step, suspend
from conformance.sources import ISSUE, PEP525, PEP828, REFERENCE


@behaviour("YFC-001", source=[PEP828.YIELD_FROM, REFERENCE.AGEN_ACLOSE], since="3.16", needs=["compile"])
async def test_inner_generator_is_closed_first():
    """``aclose()`` closes the inner generator, then raises GeneratorExit at the ``yield from``, and returns None; both
    generators are finished.
    """
    source = """
async def outer(subiterator):
    try:
        yield from subiterator
    except GeneratorExit:
        log.append("outer")
        raise
"""
    log = []

    async def inner():
        try:
            yield "first"
        except GeneratorExit:
            log.append("inner")
            raise

    subiterator = inner()
    g = define(source, "outer", log=log)(subiterator)
    first = await g.__anext__()
    closed = await g.aclose()
    with raises(StopAsyncIteration):
        await subiterator.__anext__()
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert first == "first"
    assert closed is None
    assert log == ["inner", "outer"]


@behaviour("YFC-002", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("levels", [1, 3], ids=["1", "3"])
def test_inner_clean_up_awaits(levels):
    """The inner clean-up may await: the driver of the outer ``aclose()`` answers, and the outer clean-up begins when
    the inner one has ended.
    """
    source = """
async def outer(level):
    try:
        yield from (inner() if level == 1 else outer(level - 1))
    finally:
        log.append(["outer", level])
"""
    log = []

    async def inner():
        try:
            yield "first"
        finally:
            log.append(await suspend("one"))
            log.append(await suspend("two"))

    g = define(source, "outer", inner=inner, log=log)(levels)
    first = run(g.__anext__())
    closing = awaiting(g.aclose())
    steps = [step(closing.send, None), step(closing.send, "a"), step(closing.send, "b")]

    assert first == "first"
    assert steps == [["suspends", "one"], ["suspends", "two"], ["returns", None]]
    assert log == ["a", "b"] + [["outer", level + 1] for level in range(levels)]


@behaviour("YFC-003", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
def test_aclose_is_called_and_awaited():
    """``aclose()`` of a hand-written subiterator is called once, without arguments, and is awaited; neither ``asend``
    nor ``athrow`` is called.
    """
    source = """
async def outer():
    try:
        yield from Subiterator()
    finally:
        log.append("outer")
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        async def asend(self, *arguments):
            log.append("asend")

        async def athrow(self, *arguments):
            log.append("athrow")

        async def aclose(self, *arguments, **named):
            log.append([arguments, named])
            log.append(await suspend("waits"))
            return "lost"

    g = define(source, "outer", Subiterator=Subiterator, log=log)()
    first = run(g.__anext__())
    closing = awaiting(g.aclose())
    steps = [step(closing.send, None), step(closing.send, "answer")]

    assert first == "first"
    assert steps == [["suspends", "waits"], ["returns", None]]
    assert log == [[(), {}], "answer", "outer"]


@behaviour("YFC-004", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("extra", ["nothing", "asend", "athrow"], ids=["nothing", "asend", "athrow"])
async def test_subiterator_without_aclose(extra):
    """A subiterator without ``aclose`` is neither asked nor thrown into when the outer generator is closed, and
    GeneratorExit is raised at the ``yield from``.
    """
    source = """
async def outer(subiterator):
    try:
        yield from subiterator
    except BaseException as error:
        log.append(type(error))
        raise
"""
    log = []

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

    class WithThrow(Subiterator):
        async def athrow(self, error):
            log.append("athrow")

    subiterator = {"nothing": Subiterator, "asend": WithSend, "athrow": WithThrow}[extra]()
    g = define(source, "outer", log=log)(subiterator)
    first = await g.__anext__()
    closed = await g.aclose()
    rest = await items_of(subiterator)

    assert first == 1
    assert closed is None
    assert log == [GeneratorExit]
    assert rest == [2, 3]


@behaviour("YFC-005", source=[PEP828.YIELD_FROM, REFERENCE.RAISE], since="3.16", needs=["compile"])
@pytest.mark.parametrize("catches", [True, False], ids=["caught", "not-caught"])
async def test_exception_of_the_inner_clean_up(catches):
    """An exception of the inner clean-up comes out at the ``yield from`` instead of GeneratorExit, with a GeneratorExit
    as its context; uncaught, it comes out of ``aclose()``.
    """
    source = """
async def outer():
    try:
        yield from inner()
    except BaseException as caught:
        log.append(caught)
        if not catches:
            raise
"""
    log = []
    error = ValueError("clean-up")

    async def inner():
        try:
            yield "first"
        finally:
            raise error

    g = define(source, "outer", inner=inner, log=log, catches=catches)()
    first = await g.__anext__()
    try:
        outcome = await g.aclose()
    except ValueError as caught:
        outcome = caught
    context = error.__context__

    assert first == "first"
    assert len(log) == 1
    assert log[0] is error
    assert outcome is (None if catches else error)
    assert type(context) is GeneratorExit


@behaviour("YFC-006", source=[PEP828.YIELD_FROM, REFERENCE.AGEN_ACLOSE], since="3.16", needs=["compile"])
async def test_outer_body_that_replaces_an_exception_of_the_inner_clean_up():
    """If the outer body answers an exception of the inner clean-up with a yield, ``aclose()`` raises RuntimeError; if
    it ends, ``aclose()`` returns None.
    """
    source = """
async def outer(ends):
    try:
        yield from inner()
    except ValueError:
        log.append("caught")
        if ends:
            return
        yield "ignored"
"""
    log = []

    async def inner():
        try:
            yield "first"
        finally:
            raise ValueError

    outer = define(source, "outer", inner=inner, log=log)
    ending, yielding = outer(True), outer(False)
    items = [await ending.__anext__(), await yielding.__anext__()]
    closed = await ending.aclose()
    with raises(RuntimeError):
        await yielding.aclose()

    assert items == ["first", "first"]
    assert closed is None
    assert log == ["caught", "caught"]


@behaviour("YFC-007", source=[PEP828.YIELD_FROM, REFERENCE.AGEN_ACLOSE], since="3.16", needs=["compile"])
async def test_inner_generator_that_yields_when_it_is_closed():
    """If the inner body yields in answer to GeneratorExit, RuntimeError comes out at the ``yield from``, and the value
    is not an item.
    """
    source = """
async def outer():
    try:
        yield from inner()
    except RuntimeError:
        log.append("RuntimeError")
"""
    log = []

    async def inner():
        try:
            yield "first"
        except GeneratorExit:
            log.append("inner")
            yield "ignored"

    g = define(source, "outer", inner=inner, log=log)()
    first = await g.__anext__()
    closed = await g.aclose()

    assert first == "first"
    assert closed is None
    assert log == ["inner", "RuntimeError"]


@behaviour("YFC-008", source=[ISSUE.GH_155127, PEP828.YIELD_FROM], since="3.16", level="detail", needs=["compile"])
@pytest.mark.parametrize("operation", ["aclose", "athrow"], ids=["aclose", "athrow"])
async def test_context_of_the_error_of_a_generator_that_yields(operation):
    """If the inner body yields in answer to GeneratorExit, the RuntimeError has the GeneratorExit of the outer
    generator as its context.
    """
    source = """
async def outer():
    try:
        yield from inner()
    except RuntimeError as caught:
        log.append(caught.__context__)
"""
    log = []
    thrown = GeneratorExit("thrown")

    async def inner():
        try:
            yield "first"
        except GeneratorExit:
            yield "ignored"

    g = define(source, "outer", inner=inner, log=log)()
    first = await g.__anext__()
    try:
        outcome = await (g.aclose() if operation == "aclose" else g.athrow(thrown))
    except StopAsyncIteration:
        outcome = "end"

    assert first == "first"
    assert outcome == (None if operation == "aclose" else "end")
    assert [type(context) for context in log] == [GeneratorExit]
    assert log[0] is thrown or operation == "aclose"


@behaviour("YFC-009", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("answer", ["return", "value"], ids=["return", "value"])
async def test_inner_generator_that_returns_when_it_is_closed(answer):
    """If the inner body answers GeneratorExit by returning, with a value or without, the ``yield from`` has no value:
    GeneratorExit is raised there.
    """
    source = """
async def returns():
    try:
        yield "first"
    except GeneratorExit:
        log.append("inner")
        return


async def returns_value():
    try:
        yield "first"
    except GeneratorExit:
        log.append("inner")
        return "lost"


async def outer(answer):
    try:
        log.append(["result", (yield from (returns() if answer == "return" else returns_value()))])
    except GeneratorExit:
        log.append("outer")
        raise
"""
    log = []
    g = define(source, "outer", log=log)(answer)
    first = await g.__anext__()
    closed = await g.aclose()

    assert first == "first"
    assert closed is None
    assert log == ["inner", "outer"]


@behaviour("YFC-010", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("kind", ["value", "nothing", "awaitable"], ids=["value", "nothing", "awaitable"])
async def test_aclose_without_an_exception(kind):
    """Whatever ``aclose()`` of the subiterator gives when awaited, the ``yield from`` has no value: GeneratorExit is
    raised there.
    """
    source = """
async def outer(subiterator):
    try:
        log.append(["result", (yield from subiterator)])
    except GeneratorExit:
        log.append("outer")
        raise
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

    class Value(Subiterator):
        async def aclose(self):
            log.append("aclose")
            return "lost"

    class Nothing(Subiterator):
        async def aclose(self):
            log.append("aclose")

    class Awaitable(Subiterator):
        def aclose(self):
            return self

        def __await__(self):
            log.append("aclose")
            return "lost"
            yield

    subiterator = {"value": Value, "nothing": Nothing, "awaitable": Awaitable}[kind]()
    g = define(source, "outer", log=log)(subiterator)
    first = await g.__anext__()
    closed = await g.aclose()

    assert first == "first"
    assert closed is None
    assert log == ["aclose", "outer"]


@behaviour("YFC-011", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("way", ["property", "getattr"], ids=["property", "getattr"])
async def test_exception_of_the_look_up_of_aclose(way):
    """An exception other than AttributeError that the look-up of ``aclose`` raises comes out at the ``yield from``
    instead of GeneratorExit.
    """
    source = """
async def outer(subiterator):
    try:
        yield from subiterator
    except BaseException as caught:
        log.append(caught)
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
        def aclose(self):
            raise raised

    class WithGetattr(Subiterator):
        def __getattr__(self, name):
            if name == "aclose":
                raise raised
            raise AttributeError(name)

    g = define(source, "outer", log=log)(WithProperty() if way == "property" else WithGetattr())
    first = await g.__anext__()
    closed = await g.aclose()

    assert first == "first"
    assert closed is None
    assert len(log) == 1
    assert log[0] is raised


@behaviour("YFC-012", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("when", ["at-the-call", "when-awaited"], ids=["at-the-call", "when-awaited"])
async def test_attribute_error_of_aclose(when):
    """An AttributeError that ``aclose()`` of the subiterator raises, at the call or when it is awaited, comes out at
    the ``yield from``: it does not mean that ``aclose`` is missing.
    """
    source = """
async def outer():
    try:
        yield from Subiterator()
    except BaseException as caught:
        log.append(caught)
"""
    log = []
    raised = AttributeError("inside")

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        def aclose(self):
            if when == "at-the-call":
                raise raised
            return self.fail()

        async def fail(self):
            raise raised

    g = define(source, "outer", Subiterator=Subiterator, log=log)()
    first = await g.__anext__()
    closed = await g.aclose()

    assert first == "first"
    assert closed is None
    assert len(log) == 1
    assert log[0] is raised


@behaviour("YFC-013", source=[PEP828.YIELD_FROM, REFERENCE.AWAIT], since="3.16", needs=["compile"])
async def test_aclose_that_returns_no_awaitable():
    """If ``aclose()`` of the subiterator returns an object that is not awaitable, TypeError comes out at the
    ``yield from``.
    """
    source = """
async def outer():
    try:
        yield from Subiterator()
    except BaseException as caught:
        log.append(type(caught))
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        def aclose(self):
            log.append("aclose")

    g = define(source, "outer", Subiterator=Subiterator, log=log)()
    first = await g.__anext__()
    closed = await g.aclose()

    assert first == "first"
    assert closed is None
    assert log == ["aclose", TypeError]


@behaviour("YFC-014", source=[PEP828.YIELD_FROM, PEP525.AGEN_OBJECT], since="3.16", needs=["compile"])
@pytest.mark.parametrize("catches", [True, False], ids=["caught", "not-caught"])
@pytest.mark.parametrize("when", ["at-the-call", "when-awaited"], ids=["at-the-call", "when-awaited"])
async def test_stop_of_aclose(when, catches):
    """A StopAsyncIteration of ``aclose()`` of the subiterator does not end the delegation: it is raised at the
    ``yield from``; uncaught, it becomes RuntimeError.
    """
    source = """
async def outer():
    try:
        log.append(["result", (yield from Subiterator())])
    except StopAsyncIteration as caught:
        log.append(caught)
        if not catches:
            raise
"""
    log = []
    raised = StopAsyncIteration("value")

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        def aclose(self):
            if when == "at-the-call":
                raise raised
            return self.fail()

        async def fail(self):
            raise raised

    g = define(source, "outer", Subiterator=Subiterator, log=log, catches=catches)()
    first = await g.__anext__()
    try:
        outcome = await g.aclose()
    except RuntimeError:
        outcome = "RuntimeError"

    assert first == "first"
    assert len(log) == 1
    assert log[0] is raised
    assert outcome == (None if catches else "RuntimeError")


@behaviour("YFC-037", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("has_aclose", [True, False], ids=["aclose", "no-aclose"])
async def test_close_is_never_used(has_aclose):
    """A method ``close`` of the subiterator is never used by ``aclose()`` of the outer generator, whether the
    subiterator has ``aclose`` or not.
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
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        def close(self):
            log.append("close")

    class WithClose(Subiterator):
        async def aclose(self):
            log.append("aclose")

    g = define(source, "outer", Subiterator=WithClose if has_aclose else Subiterator, log=log)()
    first = await g.__anext__()
    closed = await g.aclose()

    assert first == "first"
    assert closed is None
    assert log == ["aclose"] * has_aclose + ["outer"]


@behaviour("YFC-041", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_aclose_is_an_ordinary_attribute():
    """``aclose`` of the subiterator is looked up when the outer generator is closed, as an ordinary attribute: on the
    instance too.
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

        async def aclose(self):
            log.append("method of the class")

        def __getattribute__(self, name):
            if name == "aclose":
                log.append("look-up")
            return object.__getattribute__(self, name)

    async def aclose():
        log.append("attribute of the instance")

    subiterator = Subiterator()
    g = define(source, "outer")(subiterator)
    first = await g.__anext__()
    subiterator.aclose = aclose
    before = list(log)
    closed = await g.aclose()

    assert first == "first"
    assert before == []
    assert closed is None
    assert log == ["look-up", "attribute of the instance"]
