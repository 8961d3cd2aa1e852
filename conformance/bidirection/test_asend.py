"""asend: a value goes in, the next one comes out."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import items_of, raises, run, suspend
from conformance.sources import PEP342, PEP525, REFERENCE, TUTORIAL


@behaviour("SND-001", source=[REFERENCE.AGEN_ASEND, PEP525.AGEN_OBJECT, PEP342.SEND, TUTORIAL.S12], since="3.6")
async def test_asend_value_becomes_the_result_of_yield():
    """``asend(value)`` resumes the body with ``value`` as the result of the yield, and returns what is yielded next."""

    async def agen():
        received = yield "ready"
        yield ["echo", received]

    g = agen()
    first = await g.__anext__()
    answer = await g.asend(42)

    assert first == "ready"
    assert answer == ["echo", 42]


@behaviour("SND-002", source=[REFERENCE.AGEN_ANEXT, REFERENCE.YIELD, TUTORIAL.S12], since="3.6")
@pytest.mark.parametrize("resumed_by", ["anext", "async-for"], ids=["anext", "async-for"])
async def test_resumed_without_a_value(resumed_by):
    """Resumed by ``__anext__()`` or ``async for``, a yield evaluates to None, whatever was sent to an earlier one."""
    received = []

    async def agen():
        for number in [1, 2, 3]:
            received.append((yield number))

    g = agen()
    await g.__anext__()
    await g.asend("sent")
    if resumed_by == "async-for":
        rest = await items_of(g)
    else:
        rest = [await g.__anext__()]
        with raises(StopAsyncIteration):
            await g.__anext__()

    assert rest == [3]
    assert received == ["sent", None, None]


@behaviour("SND-003", source=[REFERENCE.AGEN_ASEND, REFERENCE.AGEN_ANEXT, TUTORIAL.S12], since="3.6")
async def test_none_is_like_anext():
    """``asend(None)`` starts, resumes, finishes and finds exhausted a generator exactly as ``__anext__()`` does."""

    async def effects(step):
        log = []

        async def agen():
            log.append((yield 1))
            log.append(await suspend())
            log.append((yield 2))

        g = agen()
        for _ in range(4):
            try:
                log.append(await step(g))
            except StopAsyncIteration:
                log.append("end")
        return log

    of_asend = await effects(lambda g: g.asend(None))
    of_anext = await effects(lambda g: g.__anext__())

    assert of_asend == [1, None, None, 2, None, "end", "end"]
    assert of_anext == of_asend


@behaviour("SND-004", source=[REFERENCE.AGEN_ASEND, TUTORIAL.S12], since="3.6")
@pytest.mark.parametrize(
    "kind",
    ["exception", "exception-class", "StopIteration", "exc-info", "coroutine", "generator-itself", "NotImplemented"],
    ids=[
        "exception",
        "exception-class",
        "StopIteration",
        "exc-info",
        "coroutine",
        "generator-itself",
        "NotImplemented",
    ],
)
async def test_any_object_arrives_as_it_is(kind):
    """The very object that is sent becomes the result of the yield; nothing raises it, unpacks it or awaits it."""
    received, awaited = [], []

    async def coroutine_function():
        awaited.append(True)

    async def agen():
        received.append((yield "ready"))
        yield received[0]

    g = agen()
    coroutine = coroutine_function()
    sent = {
        "exception": KeyError("sent"),
        "exception-class": KeyError,
        "StopIteration": StopIteration("value"),
        "exc-info": (KeyError, KeyError("sent"), None),
        "coroutine": coroutine,
        "generator-itself": g,
        "NotImplemented": NotImplemented,
    }[kind]
    await g.__anext__()
    answer = await g.asend(sent)
    coroutine.close()

    assert len(received) == 1
    assert received[0] is sent
    assert answer is sent
    assert awaited == []


@behaviour("SND-007", source=[REFERENCE.AGEN_ASEND, REFERENCE.AGEN_ACLOSE, TUTORIAL.S15], since="3.6")
async def test_whole_exchange():
    """A generator is started by ``__anext__()``, exchanges a value by ``asend()``, and is ended by ``aclose()``."""
    log = []

    async def agen():
        try:
            log.append((yield "ready"))
            log.append((yield "received"))
        finally:
            log.append("finally")

    g = agen()
    first = await g.__anext__()
    answer = await g.asend(42)
    before_aclose = list(log)
    closed = await g.aclose()
    with raises(StopAsyncIteration):
        await g.asend(43)

    assert [first, answer, closed] == ["ready", "received", None]
    assert before_aclose == [42]
    assert log == [42, "finally"]


@behaviour("SND-008", source=[REFERENCE.YIELD, REFERENCE.EVALUATION_ORDER, REFERENCE.AGEN_ASEND], since="3.6")
async def test_yields_inside_an_expression():
    """Yields in parentheses inside one expression are suspended at, and get what is sent, from left to right."""

    def called(*arguments, **named):
        return [list(arguments), named]

    async def agen():
        yield called("first", (yield 1), (yield 2), last=(yield 3))
        yield (yield 4) - (yield 5)

    g = agen()
    answers = [await g.asend(value) for value in [None, "a", "b", "c"]]
    difference = [await g.asend(value) for value in [None, 10, 3]]

    assert answers == [1, 2, 3, [["first", "a", "b"], {"last": "c"}]]
    assert difference == [4, 5, 7]


@behaviour("SND-011", source=[REFERENCE.AGEN_ASEND, REFERENCE.AWAIT], since="3.6")
def test_value_is_not_for_the_await_that_follows():
    """A sent value goes to the yield only; an ``await`` that follows it gets the answer of whoever drives."""
    log = []

    async def agen():
        log.append((yield "ready"))
        log.append(await suspend("waiting"))
        yield "done"

    g = agen()
    run(g.__anext__())
    steps = g.asend("sent").__await__()
    waiting = steps.send(None)
    before_answer = list(log)
    with raises(StopIteration) as stop:
        steps.send("answer")

    assert waiting == "waiting"
    assert before_answer == ["sent"]
    assert log == ["sent", "answer"]
    assert stop.value.value == "done"


@behaviour("SND-012", source=[REFERENCE.AGEN_ASEND], since="3.6")
@pytest.mark.parametrize("value", [42, 0, False, "", []], ids=["42", "0", "False", "empty-str", "empty-list"])
async def test_unstarted_accepts_only_none(value):
    """``asend()`` of anything but None, be it false, to an unstarted generator raises TypeError when awaited."""
    entered = []

    async def agen():
        entered.append(True)
        yield 1

    g = agen()
    awaitable = g.asend(value)
    with raises(TypeError):
        await awaitable

    assert entered == []
