"""SND: ``asend()``, which sends a value into the body and returns the next item."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import awaiting, items_of, raises, run, suspend, tidy
from conformance.sources import CPYTHON, PEP342, PEP525, REFERENCE, TUTORIAL


@behaviour("SND-001", source=[REFERENCE.AGEN_ASEND, PEP525.AGEN_OBJECT, PEP342.SEND, TUTORIAL.S12], since="3.6")
async def test_asend_value_becomes_the_result_of_yield():
    """``asend(value)`` resumes the body with ``value`` as the result of the yield, and returns the next item."""

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
    """A yield that ``__anext__()`` or ``async for`` resumes evaluates to None, whatever was sent to an earlier
    yield.
    """
    received = []

    async def agen():
        for number in [1, 2, 3]:
            received.append((yield number))

    g = agen()
    await g.__anext__()
    await g.asend("sent")
    rest = []
    if resumed_by == "async-for":
        rest.extend(await items_of(g))
    else:
        rest.append(await g.__anext__())
        with raises(StopAsyncIteration):
            await g.__anext__()

    assert rest == [3]
    assert received == ["sent", None, None]


@behaviour("SND-003", source=[REFERENCE.AGEN_ASEND, REFERENCE.AGEN_ANEXT, TUTORIAL.S12], since="3.6")
async def test_none_is_like_anext():
    """``asend(None)`` has exactly the effect of ``__anext__()``: it starts, resumes and finishes a generator, and
    raises StopAsyncIteration after the end.
    """

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
    """The very object that is sent becomes the result of the yield: it is not raised, unpacked or awaited."""
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


@behaviour("SND-005", source=[REFERENCE.AGEN_ASEND], since="3.6")
async def test_value_that_ends_the_body():
    """``asend()`` raises StopAsyncIteration if the body receives the value and ends without another yield."""
    log = []

    async def agen():
        log.append((yield 1))

    g = agen()
    first = await g.__anext__()
    awaitable = g.asend("last")
    with raises(StopAsyncIteration):
        await awaitable

    assert first == 1
    assert log == ["last"]


@behaviour("SND-006", source=[REFERENCE.AGEN_ASEND, REFERENCE.AGEN_METHODS], since="3.6")
async def test_value_that_makes_the_body_fail():
    """``asend()`` raises the very exception that the body raises after it has received the value, and the generator is
    finished.
    """

    async def agen():
        raise (yield 1)

    failure = KeyError("sent")
    g = agen()
    await g.__anext__()
    with raises(KeyError) as caught:
        await g.asend(failure)
    with raises(StopAsyncIteration):
        await g.asend("more")

    assert caught.value is failure


@behaviour("SND-007", source=[REFERENCE.AGEN_ASEND, REFERENCE.AGEN_ACLOSE, TUTORIAL.S15], since="3.6")
async def test_whole_exchange():
    """``__anext__()`` starts a generator, ``asend()`` exchanges a value with it, and ``aclose()`` ends it."""
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
    """Several yields in parentheses in one expression suspend, and receive the sent values, from left to right."""

    def called(*arguments, **named):
        return [list(arguments), named]

    async def agen():
        yield called("first", (yield 1), (yield 2), last=(yield 3))
        yield (yield 4) - (yield 5)

    g = agen()
    answers, difference = [], []
    for value in [None, "a", "b", "c"]:
        answers.append(await g.asend(value))
    for value in [None, 10, 3]:
        difference.append(await g.asend(value))

    assert answers == [1, 2, 3, [["first", "a", "b"], {"last": "c"}]]
    assert difference == [4, 5, 7]


@behaviour("SND-009", source=[REFERENCE.YIELD, REFERENCE.AGEN_ASEND], since="3.6")
async def test_yield_of_a_yield():
    """``yield (yield 1)`` yields 1, then yields the value that was sent for it, and evaluates to the value that is sent
    next.
    """
    log = []

    async def agen():
        log.append((yield (yield (yield 1))))
        yield "end"

    g = agen()
    items = [await g.__anext__(), await g.asend("a"), await g.asend("b"), await g.asend("c")]

    assert items == [1, "a", "b", "end"]
    assert log == ["c"]


@behaviour("SND-010", source=[REFERENCE.AUGMENTED_ASSIGNMENT, REFERENCE.EVALUATION_ORDER, REFERENCE.YIELD], since="3.6")
async def test_operands_before_the_yield():
    """An augmented assignment reads its target before a yield on its right side, while a plain assignment evaluates its
    target after the yield.
    """

    async def agen(data):
        data["key"] += yield "augmented"
        data[(yield "index")] = yield "value"
        total = data["key"]
        total += yield total
        yield total

    data = {"key": 1}
    g = agen(data)
    items = [await g.__anext__()]
    data["key"] = 100
    items.append(await g.asend(10))
    items.append(await g.asend("sent first"))
    items.append(await g.asend("sent second"))
    items.append(await g.asend(5))

    assert items == ["augmented", "value", "index", 11, 16]
    assert data == {"key": 11, "sent second": "sent first"}


@behaviour("SND-011", source=[REFERENCE.AGEN_ASEND, REFERENCE.AWAIT], since="3.6", needs=["stepping"])
def test_value_is_not_for_the_await_that_follows():
    """A sent value goes only to the yield, and an ``await`` after it receives the value that the driver sends there."""
    log = []

    async def agen():
        log.append((yield "ready"))
        log.append(await suspend("waiting"))
        yield "done"

    g = agen()
    run(g.__anext__())
    steps = awaiting(g.asend("sent"))
    waiting = steps.send(None)
    before_answer = list(log)
    with raises(StopIteration) as stop:
        steps.send("answer")

    assert waiting == "waiting"
    assert before_answer == ["sent"]
    assert log == ["sent", "answer"]
    assert stop.value.value == "done"


@behaviour("SND-012", source=[REFERENCE.AGEN_ASEND, PEP525.AGEN_OBJECT, PEP342.SEND], since="3.6")
@pytest.mark.parametrize("value", [42, 0, False, "", []], ids=["42", "0", "False", "empty-str", "empty-list"])
async def test_unstarted_accepts_only_none(value):
    """``asend()`` of any value but None, even a false one, to an unstarted generator raises TypeError when it is
    awaited.
    """
    entered = []

    async def agen():
        entered.append(True)
        yield 1

    g = agen()
    awaitable = g.asend(value)
    with raises(TypeError):
        await awaitable

    assert entered == []


@behaviour("SND-013", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_message_before_the_start():
    """The TypeError for a value sent before the start says that the asynchronous generator has just started."""

    async def agen():
        yield 1

    with raises(TypeError) as caught:
        await agen().asend("value")
    message = str(caught.value)

    assert message == "can't send non-None value to a just-started async generator"


@behaviour("SND-014", source=[REFERENCE.AGEN_ASEND, REFERENCE.AGEN_FUNCTION], since="3.6")
async def test_running_average():
    """A body that adds up the values sent to it keeps its sum and count from one ``asend()`` to the next."""

    async def average():
        total, count, result = 0, 0, None
        while True:
            value = yield result
            await suspend()
            total += value
            count += 1
            result = total / count

    g = average()
    results = [await g.asend(None)]
    for value in [10, 20, 60]:
        results.append(await g.asend(value))
    await tidy(g)

    assert results == [None, 10, 15, 30]


@behaviour("SND-015", source=[REFERENCE.AGEN_ASEND, REFERENCE.TRY], since="3.6")
async def test_no_handler_runs():
    """A value sent to a yield inside ``try`` runs the ``else`` clause and no ``except`` clause, even if the value is an
    exception.
    """
    log = []

    async def agen():
        while True:
            try:
                log.append((yield))
            except BaseException as error:
                log.append(["caught", error])
                raise
            else:
                log.append("else")

    failure = KeyError("not raised")
    g = agen()
    await g.__anext__()
    await g.asend("value")
    await g.asend(failure)
    seen = list(log)
    await tidy(g)

    assert seen == ["value", "else", failure, "else"]


@behaviour("SND-016", source=[REFERENCE.AGEN_ASEND, REFERENCE.AGEN_ANEXT, REFERENCE.ASYNC_FOR], since="3.6")
async def test_mixed_with_a_loop():
    """``asend()``, ``__anext__()`` and loops can alternate on one generator, and each sent value goes to the pending
    yield.
    """
    log = []

    async def agen():
        for number in range(7):
            log.append([number, (yield number)])

    async def first_of(iterable):
        async for item in iterable:
            return item

    g = agen()
    items = [await g.__anext__(), await g.asend("a"), await first_of(g)]
    items.append(await g.asend("b"))
    async for item in g:
        items.append(item)
        if item == 4:
            items.append(await g.asend("c"))

    assert items == [0, 1, 2, 3, 4, 5, 6]
    assert log == [[0, "a"], [1, None], [2, "b"], [3, None], [4, "c"], [5, None], [6, None]]


@behaviour("SND-017", source=[REFERENCE.YIELD, REFERENCE.AGEN_ASEND], since="3.6")
async def test_value_decides():
    """The sent value decides the outcome of an ``if``, ``while``, ``and``, ``or`` or ``not`` whose operand is the
    yield.
    """
    log = []

    async def agen():
        if (yield "if"):
            log.append("if taken")
        log.append("then" if (yield "ternary") else "else")
        log.append((yield "and left") and (yield "and right"))
        log.append((yield "or left") or (yield "or right"))
        log.append(not (yield "not"))
        while (yield "while"):
            log.append("looped")

    sent = [None, True, False, 0, 1, 0, 2, 0]
    g = agen()
    items = []
    try:
        for value in sent:
            items.append(await g.asend(value))
    except StopAsyncIteration:
        items.append("ended")

    assert items == ["if", "ternary", "and left", "or left", "not", "while", "while", "ended"]
    assert log == ["if taken", "else", 0, 1, True, "looped"]


@behaviour("SND-018", source=[REFERENCE.AGEN_ASEND, REFERENCE.ASYNC_WITH, REFERENCE.WITH], since="3.6")
@pytest.mark.parametrize("kind", ["with", "async-with"], ids=["with", "async-with"])
async def test_inside_a_context_manager(kind):
    """Values sent to yields inside a ``with`` or ``async with`` block leave the block open until the body leaves it."""
    log = []

    class Manager:
        def __enter__(self):
            log.append("enter")

        def __exit__(self, *exception):
            log.append("exit")

        async def __aenter__(self):
            log.append("enter")

        async def __aexit__(self, *exception):
            await suspend()
            log.append("exit")

    async def agen():
        if kind == "with":
            with Manager():
                log.append((yield 1))
                log.append((yield 2))
        else:
            async with Manager():
                log.append((yield 1))
                log.append((yield 2))
        yield 3

    g = agen()
    items = [await g.__anext__(), await g.asend("a"), await g.asend("b")]
    await tidy(g)

    assert items == [1, 2, 3]
    assert log == ["enter", "a", "b", "exit"]
