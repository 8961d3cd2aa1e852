"""YFC: the GeneratorExit at the ``yield from``, and what runs while a delegation is closed."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import awaiting, define, items_of, operate, raises, run, step, suspend, tidy
from conformance.sources import ISSUE, PEP828, REFERENCE, WHATSNEW


@behaviour("YFC-015", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("form", ["instance", "class", "derived"], ids=["instance", "class", "derived"])
async def test_thrown_exit_closes_the_subiterator(form):
    """``athrow()`` of a GeneratorExit, or of one of a derived class, closes the subiterator: its ``aclose`` is called,
    and its ``athrow`` is not.
    """
    source = """
async def outer():
    try:
        yield from Subiterator()
    finally:
        log.append("outer")
"""
    log = []

    class Exit(GeneratorExit):
        pass

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        async def athrow(self, error):
            log.append("athrow")

        async def aclose(self):
            log.append("aclose")

    thrown = {"instance": GeneratorExit(), "class": GeneratorExit, "derived": Exit()}[form]
    g = define(source, "outer", Subiterator=Subiterator, log=log)()
    first = await g.__anext__()
    with raises(GeneratorExit, Exit):
        await g.athrow(thrown)

    assert first == "first"
    assert log == ["aclose", "outer"]


@behaviour("YFC-016", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("subiterator", ["generator", "iterator"], ids=["generator", "iterator"])
async def test_thrown_exit_is_raised_again(subiterator):
    """After the subiterator has been closed, the very GeneratorExit that was thrown is raised at the ``yield from``."""
    source = """
async def outer(subiterator):
    try:
        yield from subiterator
    except GeneratorExit as caught:
        log.append(caught)
        raise
"""
    log = []
    thrown = GeneratorExit("thrown")

    async def inner():
        try:
            yield "first"
        except GeneratorExit:
            log.append("closed")
            raise

    class Subiterator:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return "first"

        async def aclose(self):
            log.append("closed")

    g = define(source, "outer", log=log)(inner() if subiterator == "generator" else Subiterator())
    first = await g.__anext__()
    with raises(GeneratorExit) as caught:
        await g.athrow(thrown)

    assert first == "first"
    assert len(log) == 2
    assert log[0] == "closed"
    assert log[1] is thrown
    assert caught.value is thrown


@behaviour("YFC-017", source=[PEP828.YIELD_FROM, REFERENCE.AGEN_ATHROW], since="3.16", needs=["compile"])
async def test_outer_body_that_yields_after_a_thrown_exit():
    """If the outer body catches a GeneratorExit of ``athrow()`` and yields, ``athrow()`` returns that item, and the
    generator continues.
    """
    source = """
async def outer():
    try:
        yield from inner()
    except GeneratorExit:
        log.append("outer")
        log.append((yield "caught"))
    yield "after"
"""
    log = []

    async def inner():
        try:
            yield "first"
        finally:
            log.append("inner")

    g = define(source, "outer", inner=inner, log=log)()
    items = [await g.__anext__(), await g.athrow(GeneratorExit()), await g.asend("sent")]
    await tidy(g)

    assert items == ["first", "caught", "after"]
    assert log == ["inner", "outer", "sent"]


@behaviour("YFC-018", source=[REFERENCE.AGEN_ACLOSE, PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("answer", ["yield", "return"], ids=["yield", "return"])
async def test_answer_of_the_outer_body(answer):
    """After the inner generator has been closed, ``aclose()`` raises RuntimeError if the outer body yields in answer to
    GeneratorExit, and returns None if it ends.
    """
    source = """
async def outer(answer):
    try:
        yield from inner()
    except GeneratorExit:
        log.append("outer")
        if answer == "yield":
            yield "ignored"
"""
    log = []

    async def inner():
        try:
            yield "first"
        finally:
            log.append("inner")

    g = define(source, "outer", inner=inner, log=log)(answer)
    first = await g.__anext__()
    try:
        outcome = await g.aclose()
    except RuntimeError:
        outcome = "RuntimeError"

    assert first == "first"
    assert outcome == ("RuntimeError" if answer == "yield" else None)
    assert log == ["inner", "outer"]


@behaviour("YFC-019", source=[PEP828.YIELD_FROM, REFERENCE.AGEN_ACLOSE], since="3.16", needs=["compile"])
def test_delegation_in_answer_to_an_exit():
    """The outer body may delegate again while it handles the GeneratorExit of ``aclose()``: a ``yield from`` that
    yields nothing does not count as a yield.
    """
    source = """
async def empty():
    log.append(await suspend("waits"))
    return "result"
    yield


async def outer():
    try:
        yield from inner()
    except GeneratorExit:
        log.append((yield from empty()))
"""
    log = []

    async def inner():
        try:
            yield "first"
        finally:
            log.append("inner")

    g = define(source, "outer", inner=inner, log=log, suspend=suspend)()
    first = run(g.__anext__())
    closing = awaiting(g.aclose())
    steps = [step(closing.send, None), step(closing.send, "answer")]

    assert first == "first"
    assert steps == [["suspends", "waits"], ["returns", None]]
    assert log == ["inner", "answer", "result"]


@behaviour("YFC-020", source=[PEP828.YIELD_FROM, REFERENCE.AGEN_ACLOSE], since="3.16", needs=["compile"])
@pytest.mark.parametrize("when", ["before", "after"], ids=["before", "after"])
async def test_closing_outside_of_the_delegation(when):
    """``aclose()`` before the outer generator has started, or after its delegation has ended, does not close the
    subiterator.
    """
    source = """
async def outer(subiterator):
    yield from subiterator
    yield "after"
"""
    log = []

    class Subiterator:
        def __aiter__(self):
            log.append("aiter")
            return self

        async def __anext__(self):
            raise StopAsyncIteration

        async def aclose(self):
            log.append("aclose")

    g = define(source, "outer")(Subiterator())
    if when == "after":
        log.append(await g.__anext__())
    closed = await g.aclose()

    assert closed is None
    assert log == (["aiter", "after"] if when == "after" else [])


@behaviour("YFC-021", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
def test_closing_through_several_levels():
    """Through several delegations ``aclose()`` closes the generators from the inside out, and each clean-up ends before
    the next one begins.
    """
    source = """
async def level(number):
    try:
        if number == 1:
            yield "first"
        else:
            yield from level(number - 1)
    finally:
        log.append(["begins", number])
        log.append(await suspend(number))


def outer():
    return level(4)
"""
    log = []
    g = define(source, "outer", log=log, suspend=suspend)()
    first = run(g.__anext__())
    closing = awaiting(g.aclose())
    steps = [step(closing.send, None)]
    steps += [step(closing.send, ["ends", number]) for number in (1, 2, 3, 4)]

    assert first == "first"
    assert steps == [["suspends", 1], ["suspends", 2], ["suspends", 3], ["suspends", 4], ["returns", None]]
    assert log == [[what, number] for number in (1, 2, 3, 4) for what in ("begins", "ends")]


@behaviour(
    "YFC-022",
    source=[WHATSNEW.V39, ISSUE.BPO_30773, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
@pytest.mark.parametrize("which", ["outer", "inner"], ids=["outer", "inner"])
def test_operation_while_the_inner_clean_up_awaits(which, operation):
    """While the inner clean-up awaits, every other operation on either generator raises RuntimeError, and ``aclose()``
    can be completed.
    """
    source = """
async def outer(subiterator):
    yield from subiterator
"""
    log = []

    async def inner():
        try:
            yield "first"
        finally:
            try:
                log.append(await suspend("waits"))
            except BaseException as error:
                log.append(error)

    subiterator = inner()
    g = define(source, "outer")(subiterator)
    first = run(g.__anext__())
    closing = g.aclose()
    steps = [step(closing.send, None)]
    steps.append(step(lambda: operate(g if which == "outer" else subiterator, operation).send(None)))
    steps.append(step(closing.send, "driver"))

    assert first == "first"
    assert steps == [["suspends", "waits"], ["raises", "RuntimeError"], ["returns", None]]
    assert log == ["driver"]


@behaviour("YFC-023", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
@pytest.mark.parametrize("catches", [True, False], ids=["caught", "not-caught"])
def test_driver_throws_into_the_inner_clean_up(catches):
    """What the driver of ``aclose()`` throws while the inner clean-up awaits is raised at that ``await``, and comes out
    at the ``yield from`` if the inner body does not catch it.
    """
    source = """
async def outer():
    try:
        yield from inner()
    except BaseException as caught:
        log.append(type(caught))
        raise
"""
    log = []
    error = KeyError("driver")

    async def inner():
        try:
            yield "first"
        except GeneratorExit:
            try:
                await suspend("waits")
            except KeyError as caught:
                log.append(caught)
                if not catches:
                    raise
            raise

    g = define(source, "outer", inner=inner, log=log)()
    first = run(g.__anext__())
    closing = awaiting(g.aclose())
    steps = [step(closing.send, None), step(closing.throw, error)]

    assert first == "first"
    assert steps == [["suspends", "waits"], ["returns", None] if catches else ["raises", "KeyError"]]
    assert len(log) == 2
    assert log[0] is error
    assert log[1] is (GeneratorExit if catches else KeyError)


@behaviour(
    "YFC-024",
    source=[WHATSNEW.V39, ISSUE.BPO_30773, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile"],
)
def test_subiterator_in_the_middle_of_another_operation():
    """If another operation has the inner generator suspended in an ``await``, ``aclose()`` of the outer one raises
    RuntimeError at the ``yield from``, and does not disturb that operation.
    """
    source = """
async def outer(subiterator):
    try:
        yield from subiterator
    except BaseException as error:
        log.append(type(error))
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
    g = define(source, "outer", log=log)(subiterator)
    first = run(g.__anext__())
    other = subiterator.__anext__()
    steps = [step(other.send, None), step(g.aclose().send, None), step(other.send, "driver")]
    run(tidy(subiterator))

    assert first == "first"
    assert steps == [["suspends", "waits"], ["returns", None], ["returns", "second"]]
    assert log == [RuntimeError, "driver"]


@behaviour("YFC-025", source=[PEP828.YIELD_FROM, REFERENCE.AGEN_ACLOSE], since="3.16", needs=["compile"])
@pytest.mark.parametrize("end", ["closed", "exhausted"], ids=["closed", "exhausted"])
async def test_subiterator_that_was_finished_directly(end):
    """If the inner generator was finished directly in the meantime, ``aclose()`` of the outer one raises GeneratorExit
    at the ``yield from`` and returns None.
    """
    source = """
async def outer(subiterator):
    try:
        yield from subiterator
    except BaseException as error:
        log.append(["outer", type(error)])
        raise
"""
    log = []

    async def inner():
        try:
            yield "first"
        finally:
            log.append("inner")

    subiterator = inner()
    g = define(source, "outer", log=log)(subiterator)
    first = await g.__anext__()
    if end == "closed":
        await subiterator.aclose()
    else:
        await items_of(subiterator)
    closed = await g.aclose()

    assert first == "first"
    assert closed is None
    assert log == ["inner", ["outer", GeneratorExit]]


@behaviour("YFC-026", source=[PEP828.YIELD_FROM, REFERENCE.ASYNC_WITH, REFERENCE.WITH], since="3.16", needs=["compile"])
async def test_managers_around_the_delegation():
    """``aclose()`` closes the subiterator first, and then leaves the ``with`` and ``async with`` blocks around the
    ``yield from`` with the GeneratorExit.
    """
    source = """
async def outer():
    async with Manager("async with"):
        with Manager("with"):
            yield from inner()
"""
    log = []

    class Manager:
        def __init__(self, name):
            self.name = name

        def __enter__(self):
            return self

        def __exit__(self, kind, value, traceback):
            log.append([self.name, kind])

        async def __aenter__(self):
            return self

        async def __aexit__(self, kind, value, traceback):
            await suspend()
            log.append([self.name, kind])

    async def inner():
        try:
            yield "first"
        finally:
            await suspend()
            log.append("inner")

    g = define(source, "outer", inner=inner, Manager=Manager)()
    first = await g.__anext__()
    closed = await g.aclose()

    assert first == "first"
    assert closed is None
    assert log == ["inner", ["with", GeneratorExit], ["async with", GeneratorExit]]


@behaviour("YFC-038", source=[PEP828.YIELD_FROM, REFERENCE.COROUTINE_OBJECTS], since="3.16", needs=["compile"])
def test_closing_coroutine_is_closed():
    """If the coroutine that awaits ``aclose()`` is closed while the inner clean-up awaits, GeneratorExit is raised at
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
        finally:
            try:
                await suspend("waits")
            except GeneratorExit:
                log.append("inner")
                raise

    async def consumer():
        try:
            await g.aclose()
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


@behaviour("YFC-040", source=[ISSUE.GH_155127, PEP828.YIELD_FROM], since="3.16", level="detail", needs=["compile"])
async def test_exits_of_the_two_bodies():
    """The inner body gets a GeneratorExit of its own, and the one that was thrown into the outer generator gets no
    context.
    """
    source = """
async def outer():
    try:
        yield from inner()
    finally:
        log.append("outer")
"""
    log = []
    thrown = GeneratorExit("thrown")

    async def inner():
        try:
            yield "first"
        except GeneratorExit as caught:
            log.append(caught is thrown)
            raise

    g = define(source, "outer", inner=inner, log=log)()
    first = await g.__anext__()
    with raises(GeneratorExit):
        await g.athrow(thrown)
    context = thrown.__context__

    assert first == "first"
    assert log == [False, "outer"]
    assert context is None
