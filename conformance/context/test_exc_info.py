"""sys.exc_info: the exception that the body handles, and the one that the consumer handles."""

from conformance.behaviour import behaviour
from conformance.prelude import raises
from conformance.sources import ISSUE, LIBRARY, REFERENCE


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
