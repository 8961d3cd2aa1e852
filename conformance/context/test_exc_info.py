"""sys.exc_info: the exception that the body handles, and the one that the consumer handles."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import raises, run, step, suspend
from conformance.sources import ISSUE, LIBRARY, PEP479, PEP525, REFERENCE


@behaviour("XIN-001", source=[REFERENCE.AGEN_FUNCTION, LIBRARY.EXC_INFO], since="3.6")
async def test_hidden_from_the_consumer():
    """A body suspended in an except clause does not change what ``sys.exc_info()`` is for the consumer."""
    import sys

    async def agen():
        try:
            raise KeyError
        except KeyError:
            yield 1
            yield 2

    g = agen()
    await g.__anext__()
    idle = sys.exc_info()
    own = ValueError()
    try:
        raise own
    except ValueError:
        await g.__anext__()
        handling = sys.exc_info()[1]
    afterwards = sys.exc_info()
    await g.aclose()

    assert idle == (None, None, None)
    assert handling is own
    assert afterwards == (None, None, None)


@behaviour("XIN-002", source=[REFERENCE.AGEN_FUNCTION, LIBRARY.EXC_INFO], since="3.6")
async def test_restored_on_resumption():
    """Resumed in an except clause, ``sys.exc_info()`` and ``raise`` of the body know the exception it was handling."""
    import sys

    own = KeyError()

    async def agen():
        try:
            raise own
        except KeyError:
            yield sys.exc_info()[1]
            yield sys.exc_info()[1]
            yield sys.exc_info()[1]
            raise

    g = agen()
    seen = [await g.__anext__(), await g.__anext__()]
    try:
        raise ValueError
    except ValueError:
        seen.append(await g.__anext__())
    with raises(KeyError) as caught:
        await g.__anext__()

    assert seen == [own, own, own]
    assert caught.value is own


@behaviour("XIN-003", source=[ISSUE.BPO_25612], since="3.6")
async def test_of_the_consumer_is_visible_in_the_body():
    """``sys.exc_info()`` in the body, outside its handlers, is what the consumer handles while it awaits the item."""
    import sys

    async def agen():
        while True:
            yield sys.exc_info()[1]

    g = agen()
    outside = await g.__anext__()
    failures = [KeyError(), OSError()]
    seen = []
    for failure in failures:
        try:
            raise failure
        except (KeyError, OSError):
            seen.append(await g.__anext__())
    afterwards = await g.__anext__()
    await g.aclose()

    assert outside is None
    assert seen == failures
    assert afterwards is None


@behaviour("XIN-004", source=[REFERENCE.RAISE], since="3.6")
async def test_context_of_an_exception_from_the_body():
    """``__context__`` of an exception from the body is what the consumer handles at that time, or None if nothing."""

    async def agen():
        yield 1
        raise KeyError

    during, after = agen(), agen()
    consumers = ValueError()
    await during.__anext__()
    try:
        raise consumers
    except ValueError:
        await after.__anext__()
        with raises(KeyError) as raised_during:
            await during.__anext__()
    with raises(KeyError) as raised_after:
        await after.__anext__()

    assert raised_during.value.__context__ is consumers
    assert raised_after.value.__context__ is None


@behaviour("XIN-005", source=[REFERENCE.AGEN_FUNCTION, ISSUE.BPO_25612], since="3.6")
async def test_both_states_stay_apart():
    """Consumer and body that resume each other while each handles an exception each keep their own."""
    import sys

    log = []

    async def agen():
        try:
            raise KeyError("body")
        except KeyError as own:
            for _ in range(3):
                log.append(sys.exc_info()[1] is own)
                yield
        yield

    g = agen()
    outer = OSError("consumer")
    await g.__anext__()
    try:
        raise outer
    except OSError:
        for _ in range(2):
            await g.__anext__()
            log.append(sys.exc_info()[1] is outer)
        try:
            raise ValueError("inner")
        except ValueError as inner:
            await g.__anext__()
            log.append(sys.exc_info()[1] is inner)
        log.append(sys.exc_info()[1] is outer)
        with raises(OSError) as caught:
            raise
    log.append(sys.exc_info()[1])
    await g.aclose()

    assert log == [True, True, True, True, True, True, True, None]
    assert caught.value is outer


@behaviour("XIN-006", source=[LIBRARY.EXC_INFO], since="3.6")
async def test_cleared_after_the_handler():
    """Once the body has left an except clause, with a yield in it or not, ``sys.exc_info()`` there is empty again."""
    import sys

    async def agen():
        try:
            raise KeyError
        except KeyError:
            handling = sys.exc_info()[0]
        yield [handling, sys.exc_info()]
        try:
            raise LookupError
        except LookupError:
            yield "in the clause"
            handling = sys.exc_info()[0]
        yield [handling, sys.exc_info()]

    g = agen()
    without_yield = await g.__anext__()
    await g.__anext__()
    with_yield = await g.__anext__()
    await g.aclose()

    assert without_yield == [KeyError, (None, None, None)]
    assert with_yield == [LookupError, (None, None, None)]


@behaviour("XIN-007a", source=[ISSUE.BPO_29587], since="3.6", until="3.8")
@pytest.mark.parametrize("operation", ["athrow", "aclose", "throw"], ids=["athrow", "aclose", "throw"])
def test_thrown_into_a_handler_without_context(operation):
    """An exception that is thrown into an except clause of the body does not get the handled one as its context."""
    seen = []

    async def agen():
        try:
            raise OSError("body")
        except OSError:
            try:
                yield 1
            except BaseException as error:
                seen.append(error.__context__)
                raise

    g = agen()
    run(g.__anext__())
    if operation == "athrow":
        step(g.athrow(KeyError()).send, None)
    elif operation == "aclose":
        step(g.aclose().send, None)
    else:
        step(g.__anext__().throw, KeyError())

    assert seen == [None]


@behaviour("XIN-007b", source=[ISSUE.BPO_29587], since="3.9")
@pytest.mark.parametrize("operation", ["athrow", "aclose", "throw"], ids=["athrow", "aclose", "throw"])
@pytest.mark.parametrize("consumer", ["idle", "handling"], ids=["idle", "handling"])
def test_thrown_into_a_handler(consumer, operation):
    """An exception that is thrown into an except clause of the body has the handled one as its context, and no more."""
    seen = []
    own = OSError("body")

    async def agen():
        try:
            raise own
        except OSError:
            try:
                yield 1
            except BaseException as error:
                seen.append(error.__context__)
                raise

    def throw():
        if operation == "athrow":
            step(g.athrow(KeyError()).send, None)
        elif operation == "aclose":
            step(g.aclose().send, None)
        else:
            step(g.__anext__().throw, KeyError())

    g = agen()
    run(g.__anext__())
    if consumer == "idle":
        throw()
    else:
        try:
            raise ValueError("consumer")
        except ValueError:
            throw()

    assert seen == [own]
    assert own.__context__ is None


@behaviour("XIN-008", source=[PEP479.PROPOSAL, PEP525.AGEN_OBJECT, LIBRARY.EXCEPTION_CONTEXT], since="3.6")
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
async def test_converted_in_a_handler(name):
    """The RuntimeError of an end raised in an except clause has that as cause and context, and this the handled one."""
    import builtins

    own, end = OSError("body"), getattr(builtins, name)("end")

    async def agen():
        yield 1
        try:
            raise own
        except OSError:
            raise end

    g = agen()
    await g.__anext__()
    with raises(RuntimeError) as caught:
        await g.__anext__()
    error = caught.value

    assert error.__cause__ is end
    assert error.__context__ is end
    assert error.__suppress_context__ is True
    assert end.__context__ is own
    assert end.__cause__ is None


@behaviour("XIN-009", source=[REFERENCE.RAISE, LIBRARY.EXC_INFO, REFERENCE.AGEN_FUNCTION], since="3.6")
@pytest.mark.parametrize(
    "way", ["yield", "end", "exception", "aclose", "athrow"], ids=["yield", "end", "exception", "aclose", "athrow"]
)
async def test_of_the_consumer_is_untouched(way):
    """What the consumer handles is the same after the body has run, to whatever end, and ``raise`` raises it again."""
    import sys

    async def agen():
        try:
            raise OSError("body")
        except OSError:
            yield 1
        try:
            yield 2
            if way == "exception":
                raise LookupError("body")
        except KeyError:
            raise LookupError("answer")

    own = ValueError("consumer")
    seen = []
    g = agen()
    await g.__anext__()
    await g.__anext__()
    with raises(ValueError) as caught:
        try:
            raise own
        except ValueError:
            try:
                if way == "yield":
                    await agen().__anext__()
                elif way == "aclose":
                    await g.aclose()
                elif way == "athrow":
                    await g.athrow(KeyError())
                else:
                    await g.__anext__()
            except (StopAsyncIteration, LookupError):
                pass
            seen.append(sys.exc_info()[1])
            raise

    assert seen == [own]
    assert caught.value is own
    assert own.__context__ is None


@behaviour("XIN-010", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.RAISE, LIBRARY.EXC_INFO], since="3.6")
def test_each_generator_has_its_own():
    """Several bodies, suspended in except clauses at yields and in awaits, each find the exception that they handle."""
    import sys

    seen = []

    async def agen(own):
        try:
            raise own
        except Exception:
            yield
            seen.append(sys.exc_info()[1] is own)
            await suspend()
            seen.append(sys.exc_info()[1] is own)
            raise

    failures = [KeyError(), OSError(), ValueError()]
    generators = [agen(failure) for failure in failures]
    for g in generators:
        run(g.__anext__())
    awaitables = [g.__anext__() for g in generators]
    waiting = [step(awaitable.send, None) for awaitable in awaitables]
    idle = sys.exc_info()[1]
    endings = [step(awaitable.send, None) for awaitable in reversed(awaitables)]

    assert waiting == [["suspends", None]] * 3
    assert idle is None
    assert seen == [True] * 6
    assert endings == [["raises", "ValueError"], ["raises", "OSError"], ["raises", "KeyError"]]
