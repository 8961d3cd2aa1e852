"""EQV: the table of states and operations, and the equivalence with synchronous generators."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import raises, step, suspend
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP525, REFERENCE, TUTORIAL, WHATSNEW

FIRST, SECOND, NOTHING = ["returns", "first"], ["returns", "second"], ["returns", None]
END, REFUSED, THROWN = ["raises", "StopAsyncIteration"], ["raises", "RuntimeError"], ["raises", "ValueError"]

#: The table: the effect of each operation in each state of the generator. The key of a row is (state, operation). Its
#: value is (the outcome, the values and exceptions that the body sees, the effect that follows); the last one is None
#: where no document defines it. The effect that follows is that of ``__anext__()``; for ``in-await`` and
#: ``running-itself`` it is the end of the first operation, which was suspended or running. The rows whose state ends in
#: ``-3.7`` hold for the versions in which overlapping operations do not raise RuntimeError. Each behaviour below tests
#: a part of the table, because the parts have different sources and different versions.
TABLE = {
    ("created", "anext"): (FIRST, [], SECOND),
    ("created", "asend-None"): (FIRST, [], SECOND),
    ("created", "asend-42"): (["raises", "TypeError"], [], None),
    ("created", "athrow"): (THROWN, [], END),
    ("created", "aclose"): (NOTHING, [], END),
    ("at-yield", "anext"): (SECOND, ["got None"], END),
    ("at-yield", "asend-None"): (SECOND, ["got None"], END),
    ("at-yield", "asend-42"): (SECOND, ["got 42"], END),
    ("at-yield", "athrow"): (THROWN, ["ValueError"], END),
    ("at-yield", "aclose"): (NOTHING, ["GeneratorExit"], END),
    ("in-await", "anext"): (REFUSED, [], FIRST),
    ("in-await", "asend-None"): (REFUSED, [], FIRST),
    ("in-await", "asend-42"): (REFUSED, [], FIRST),
    ("in-await", "athrow"): (REFUSED, [], FIRST),
    ("in-await", "aclose"): (REFUSED, [], FIRST),
    ("running-itself", "anext"): (REFUSED, ["RuntimeError"], FIRST),
    ("running-itself", "asend-None"): (REFUSED, ["RuntimeError"], FIRST),
    ("running-itself", "asend-42"): (REFUSED, ["RuntimeError"], FIRST),
    ("running-itself", "athrow"): (REFUSED, ["RuntimeError"], FIRST),
    ("running-itself", "aclose"): (REFUSED, ["RuntimeError"], FIRST),
    ("in-await-3.7", "anext"): (FIRST, ["got None"], END),
    ("in-await-3.7", "asend-None"): (FIRST, ["got None"], END),
    ("in-await-3.7", "asend-42"): (FIRST, ["got 42"], END),
    ("in-await-3.7", "athrow"): (THROWN, ["ValueError"], END),
    ("in-await-3.7", "aclose"): (NOTHING, ["GeneratorExit"], END),
    ("running-itself-3.7", "anext"): (THROWN, ["ValueError"], FIRST),
    ("running-itself-3.7", "asend-None"): (THROWN, ["ValueError"], FIRST),
    ("running-itself-3.7", "asend-42"): (THROWN, ["ValueError"], FIRST),
    ("running-itself-3.7", "athrow"): (NOTHING, [], FIRST),
    ("running-itself-3.7", "aclose"): (NOTHING, [], FIRST),
    ("closed-by-return", "anext"): (END, [], END),
    ("closed-by-return", "asend-None"): (END, [], END),
    ("closed-by-return", "asend-42"): (END, [], END),
    ("closed-by-return", "athrow"): ("open", [], END),
    ("closed-by-return", "aclose"): (NOTHING, [], END),
    ("closed-by-exception", "anext"): (END, [], END),
    ("closed-by-exception", "asend-None"): (END, [], END),
    ("closed-by-exception", "asend-42"): (END, [], END),
    ("closed-by-exception", "athrow"): ("open", [], END),
    ("closed-by-exception", "aclose"): (NOTHING, [], END),
    ("closed-by-aclose", "anext"): (END, [], END),
    ("closed-by-aclose", "asend-None"): (END, [], END),
    ("closed-by-aclose", "asend-42"): (END, [], END),
    ("closed-by-aclose", "athrow"): ("open", [], END),
    ("closed-by-aclose", "aclose"): (NOTHING, [], END),
}


def part(states, operations=("anext", "asend-None", "asend-42", "athrow", "aclose"), columns=3):
    """The keyword arguments of parametrize for some rows of the table, each with its first ``columns`` effects."""
    rows = {
        "-".join(pair): [*pair, *effect[:columns]]
        for pair, effect in TABLE.items()
        if pair[0] in states and pair[1] in operations and (effect[0] == "open") == (columns == 0)
    }
    return {"argvalues": list(rows.values()), "ids": list(rows)}


@behaviour("EQV-001", source=[PEP525.AGEN_OBJECT, REFERENCE.AGEN_ASEND], since="3.6", needs=["compile"])
async def test_next_and_send_do_what_they_do_to_a_synchronous_generator():
    """Every sequence of four steps, next or send, has the same effect on a body without awaits as on a synchronous
    generator.
    """
    import itertools

    def generator(log):
        total = 0
        for _ in range(3):
            got = yield total
            log.append(got)
            total += got or 1

    async def agen(log):
        total = 0
        for _ in range(3):
            got = yield total
            log.append(got)
            total += got or 1

    differences, histories = [], {}
    for steps in itertools.product([None, 5], repeat=4):
        log, async_log, seen, async_seen = [], [], [], []
        g, ag = generator(log), agen(async_log)
        for value in steps:
            try:
                seen.append(g.send(value))
            except (StopIteration, TypeError) as error:
                seen.append(type(error).__name__.replace("StopI", "StopAsyncI"))
            try:
                async_seen.append(await (ag.asend(value) if value is not None else ag.__anext__()))
            except (StopAsyncIteration, TypeError) as error:
                async_seen.append(type(error).__name__)
        histories[steps] = [async_seen, async_log]
        if (seen, log) != (async_seen, async_log):
            differences.append([steps, seen, async_seen])

    assert differences == []
    assert histories[None, 5, None, 5] == [[0, 5, 6, "StopAsyncIteration"], [5, None, 5]]


@behaviour("EQV-002", source=[PEP525.AGEN_OBJECT, REFERENCE.AGEN_ATHROW], since="3.6", needs=["compile"])
async def test_throw_does_what_it_does_to_a_synchronous_generator():
    """Every sequence of four steps, next, send or throw, has the same effect as on a synchronous generator, until the
    generator ends.
    """
    import itertools

    def generator(log):
        for number in range(3):
            try:
                log.append((yield number))
            except KeyError:
                log.append("caught")

    async def agen(log):
        for number in range(3):
            try:
                log.append((yield number))
            except KeyError:
                log.append("caught")

    differences, histories = [], {}
    for steps in itertools.product(["next", "send", "caught", "escapes"], repeat=4):
        log, async_log, seen, async_seen = [], [], [], []
        g, ag = generator(log), agen(async_log)
        for operation in steps:
            error = {"caught": KeyError, "escapes": ValueError}.get(operation)
            value = 5 if operation == "send" else None
            try:
                seen.append(g.throw(error()) if error else g.send(value))
            except (StopIteration, TypeError, KeyError, ValueError) as raised:
                seen.append(type(raised).__name__.replace("StopI", "StopAsyncI"))
            try:
                async_seen.append(await (ag.athrow(error()) if error else ag.asend(value)))
            except (StopAsyncIteration, TypeError, KeyError, ValueError) as raised:
                async_seen.append(type(raised).__name__)
            if seen[-1] in ("StopAsyncIteration", "KeyError", "ValueError"):
                break
        histories[steps] = [async_seen, async_log]
        if (seen, log) != (async_seen, async_log):
            differences.append([steps, seen, async_seen])

    assert differences == []
    assert histories["next", "caught", "send", "escapes"] == [[0, 1, 2, "ValueError"], ["caught", 5]]


@behaviour("EQV-003", source=[PEP525.AGEN_OBJECT, REFERENCE.AGEN_ACLOSE], since="3.6", needs=["compile"])
@pytest.mark.parametrize("exit", ["passes", "returns", "yields"], ids=["passes", "returns", "yields"])
async def test_close_does_what_it_does_to_a_synchronous_generator(exit):
    """Every sequence of four steps, next, send or close, has the same effect as on a synchronous generator, until the
    body ignores a close.
    """
    import itertools

    def generator(log):
        for number in range(3):
            try:
                log.append((yield number))
            except GeneratorExit:
                log.append("GeneratorExit")
                if exit == "passes":
                    raise
                if exit == "yields":
                    yield "ignored"
                return

    async def agen(log):
        for number in range(3):
            try:
                log.append((yield number))
            except GeneratorExit:
                log.append("GeneratorExit")
                if exit == "passes":
                    raise
                if exit == "yields":
                    yield "ignored"
                return

    differences, histories, ignored = [], {}, 0
    for steps in itertools.product(["next", "send", "close"], repeat=4):
        log, async_log, seen, async_seen = [], [], [], []
        g, ag = generator(log), agen(async_log)
        for operation in steps:
            value = 5 if operation == "send" else None
            try:
                seen.append(g.close() if operation == "close" else g.send(value))
            except (StopIteration, TypeError, RuntimeError) as raised:
                seen.append(type(raised).__name__.replace("StopI", "StopAsyncI"))
            try:
                async_seen.append(await (ag.aclose() if operation == "close" else ag.asend(value)))
            except (StopAsyncIteration, TypeError, RuntimeError) as raised:
                async_seen.append(type(raised).__name__)
            if seen[-1] == "RuntimeError":
                ignored += 1
                break
        histories[steps] = [async_seen, async_log]
        if (seen, log) != (async_seen, async_log):
            differences.append([steps, seen, async_seen])
        # What ignores GeneratorExit is ended here, or it would be reported when it is collected.
        for _ in range(4):
            step(g.send, None)
            try:
                await ag.asend(None)
            except Exception:
                pass

    ending = "RuntimeError" if exit == "yields" else None

    assert differences == []
    assert histories["next", "next", "send", "close"] == [[0, 1, 2, ending], [None, 5, "GeneratorExit"]]
    assert (ignored > 0) == (exit == "yields")


@behaviour(
    "EQV-004", source=[PEP525.AGEN_OBJECT, REFERENCE.AGEN_ATHROW, REFERENCE.AGEN_ACLOSE], since="3.6", needs=["compile"]
)
async def test_thrown_generator_exit_does_what_it_does_to_a_synchronous_generator():
    """Every sequence of four steps, next, close or throw of GeneratorExit, has the same effect as on a synchronous
    generator, except a throw after its end.
    """
    import itertools

    def generator(log):
        yield 1
        yield 2
        try:
            yield "protected"
        except GeneratorExit:
            log.append("GeneratorExit")
            raise

    async def agen(log):
        yield 1
        yield 2
        try:
            yield "protected"
        except GeneratorExit:
            log.append("GeneratorExit")
            raise

    differences, histories = [], {}
    for steps in itertools.product(["next", "throw", "close"], repeat=4):
        log, async_log, seen, async_seen = [], [], [], []
        g, ag = generator(log), agen(async_log)
        calls = {"next": lambda: g.send(None), "throw": lambda: g.throw(GeneratorExit()), "close": g.close}
        async_calls = {"next": ag.__anext__, "throw": lambda: ag.athrow(GeneratorExit()), "close": ag.aclose}
        finished = False
        for operation in steps:
            was_finished = finished
            try:
                seen.append(calls[operation]())
            except (StopIteration, GeneratorExit) as raised:
                seen.append(type(raised).__name__.replace("StopI", "StopAsyncI"))
            finished = was_finished or operation != "next" or seen[-1] == "StopAsyncIteration"
            try:
                async_seen.append(await async_calls[operation]())
            except (StopAsyncIteration, GeneratorExit) as raised:
                async_seen.append(type(raised).__name__)
            if was_finished and operation == "throw":
                # What a finished generator does with an exception is left open: EQV-009.
                seen.pop()
                async_seen.pop()
        histories[steps] = [async_seen, async_log]
        if (seen, log) != (async_seen, async_log):
            differences.append([steps, seen, async_seen])

    assert differences == []
    assert histories["next", "next", "next", "throw"] == [[1, 2, "protected", "GeneratorExit"], ["GeneratorExit"]]


@behaviour(
    "EQV-005",
    source=[
        REFERENCE.AGEN_METHODS,
        REFERENCE.AGEN_ANEXT,
        REFERENCE.AGEN_ASEND,
        REFERENCE.AGEN_ATHROW,
        REFERENCE.AGEN_ACLOSE,
        PEP525.AGEN_OBJECT,
        TUTORIAL.S13,
        TUTORIAL.S14,
    ],
    since="3.6",
)
@pytest.mark.parametrize(
    "state, operation, outcome, body, afterwards",
    **part(["created", "at-yield", "closed-by-return", "closed-by-exception", "closed-by-aclose"]),
)
async def test_operation_while_nothing_is_under_way(state, operation, outcome, body, afterwards):
    """Each operation has exactly one effect in each state of a generator in which no other operation is suspended or
    running.
    """
    log = []

    async def agen():
        try:
            log.append("got %r" % (yield "first"))
            log.append("got %r" % (yield "second"))
        except BaseException as error:
            log.append(type(error).__name__)
            raise

    async def effect(awaitable):
        try:
            return ["returns", await awaitable]
        except BaseException as error:
            return ["raises", type(error).__name__]

    g = agen()
    reached = []
    if state != "created":
        await g.__anext__()
    if state == "closed-by-return":
        reached = [await effect(g.__anext__()), await effect(g.__anext__())]
    elif state == "closed-by-exception":
        reached = [await effect(g.athrow(KeyError("before")))]
    elif state == "closed-by-aclose":
        reached = [await effect(g.aclose())]
    del log[:]
    calls = {
        "anext": g.__anext__,
        "asend-None": lambda: g.asend(None),
        "asend-42": lambda: g.asend(42),
        "athrow": lambda: g.athrow(ValueError("thrown")),
        "aclose": g.aclose,
    }
    seen = await effect(calls[operation]())
    seen_by_body = list(log)
    seen_next = None if afterwards is None else await effect(g.__anext__())
    ways = {
        "closed-by-return": [["returns", "second"], ["raises", "StopAsyncIteration"]],
        "closed-by-exception": [["raises", "KeyError"]],
        "closed-by-aclose": [["returns", None]],
    }

    assert reached == ways.get(state, [])
    assert seen == outcome
    assert seen_by_body == body
    assert seen_next == afterwards


@behaviour("EQV-006", source=[WHATSNEW.V39, ISSUE.BPO_30773, TUTORIAL.S14], since="3.9")
@pytest.mark.parametrize("state, operation, outcome, body, afterwards", **part(["in-await"]))
def test_operation_while_suspended_in_an_await(state, operation, outcome, body, afterwards):
    """Each operation on a generator that another operation has left suspended in an ``await`` raises RuntimeError and
    changes nothing.
    """
    log = []

    async def agen():
        try:
            await suspend("waiting")
        except BaseException as error:
            log.append(type(error).__name__)
            raise
        yield "first"

    g = agen()
    under_way = g.__anext__()
    waiting = step(under_way.send, None)
    if operation == "anext":
        awaitable = g.__anext__()
    elif operation == "athrow":
        awaitable = g.athrow(ValueError("thrown"))
    elif operation == "aclose":
        awaitable = g.aclose()
    else:
        awaitable = g.asend(42 if operation == "asend-42" else None)
    seen = step(awaitable.send, None)
    seen_next = step(under_way.send, None)

    assert waiting == ["suspends", "waiting"]
    assert seen == outcome
    assert log == body
    assert seen_next == afterwards


@behaviour("EQV-007", source=[ISSUE.BPO_30773, CPYTHON.TEST_ASYNCGEN, WHATSNEW.V39], since="3.9")
@pytest.mark.parametrize(
    "state, operation, outcome, body, afterwards", **part(["running-itself"], ["anext", "asend-None", "asend-42"])
)
async def test_body_resumes_itself(state, operation, outcome, body, afterwards):
    """A body that awaits ``__anext__()`` or ``asend()`` of its own generator gets RuntimeError at that ``await`` and
    can continue.
    """
    log = []

    async def agen():
        try:
            got = await (g.__anext__() if operation == "anext" else g.asend(42 if operation == "asend-42" else None))
            log.append(["returns", got])
        except BaseException as error:
            log.append(["raises", type(error).__name__])
        yield "first"

    g = agen()
    seen_next = ["returns", await g.__anext__()]

    assert log == [outcome]
    assert seen_next == afterwards


@behaviour("EQV-008", source=[ISSUE.BPO_30773, CPYTHON.GENOBJECT, WHATSNEW.V39], since="3.9")
@pytest.mark.parametrize(
    "state, operation, outcome, body, afterwards", **part(["running-itself"], ["athrow", "aclose"])
)
async def test_body_throws_into_or_closes_itself(state, operation, outcome, body, afterwards):
    """A body that awaits ``athrow()`` or ``aclose()`` of its own generator gets RuntimeError at that ``await`` and can
    continue.
    """
    log = []

    async def agen():
        try:
            got = await (g.aclose() if operation == "aclose" else g.athrow(ValueError("thrown")))
            log.append(["returns", got])
        except BaseException as error:
            log.append(["raises", type(error).__name__])
        yield "first"

    g = agen()
    seen_next = ["returns", await g.__anext__()]

    assert log == [outcome]
    assert seen_next == afterwards


@behaviour(
    "EQV-009",
    source=[CPYTHON.GENOBJECT, TUTORIAL.S13],
    since="3.6",
    allowed=["returns None", "raises the exception"],
)
@pytest.mark.parametrize(
    "state, operation", **part(["closed-by-return", "closed-by-exception", "closed-by-aclose"], columns=0)
)
async def test_athrow_on_a_closed_generator(state, operation):
    """Awaiting ``athrow()`` of a closed generator runs nothing of its body, and returns None or raises the
    exception.
    """
    log = []

    async def agen():
        try:
            yield 1
            log.append("resumed")
        finally:
            log.append("left")

    g = agen()
    await g.__anext__()
    if state == "closed-by-return":
        with raises(StopAsyncIteration):
            await g.__anext__()
    elif state == "closed-by-exception":
        with raises(KeyError):
            await g.athrow(KeyError("before"))
    else:
        await g.aclose()
    thrown = ValueError("thrown")
    try:
        seen = "returns %r" % (await g.athrow(thrown),)
    except ValueError as error:
        seen = "raises the exception" if error is thrown else "raises another ValueError"
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert log == (["resumed", "left"] if state == "closed-by-return" else ["left"])
    return seen


@behaviour("EQV-010", source=[ISSUE.BPO_30773, CPYTHON.GENOBJECT, WHATSNEW.V39], since="3.6", until="3.8")
@pytest.mark.parametrize("state, operation, outcome, body, afterwards", **part(["in-await-3.7"]))
def test_operation_takes_over_an_await(state, operation, outcome, body, afterwards):
    """Each operation on a generator that another operation has left suspended in an ``await`` takes effect in the body
    at that ``await``.
    """
    log = []

    async def agen():
        try:
            log.append("got %r" % (await suspend("waiting"),))
        except BaseException as error:
            log.append(type(error).__name__)
            raise
        yield "first"

    g = agen()
    under_way = g.__anext__()
    waiting = step(under_way.send, None)
    if operation == "anext":
        awaitable = g.__anext__()
    elif operation == "athrow":
        awaitable = g.athrow(ValueError("thrown"))
    elif operation == "aclose":
        awaitable = g.aclose()
    else:
        awaitable = g.asend(42 if operation == "asend-42" else None)
    seen = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(under_way.send, None)

    assert waiting == ["suspends", "waiting"]
    assert seen == outcome
    assert seen_by_body == body
    assert seen_next == afterwards


@behaviour("EQV-011", source=[ISSUE.BPO_30773, CPYTHON.GENOBJECT, WHATSNEW.V39], since="3.6", until="3.8")
@pytest.mark.parametrize("state, operation, outcome, body, afterwards", **part(["running-itself-3.7"]))
async def test_body_operates_on_itself_unguarded(state, operation, outcome, body, afterwards):
    """A body that awaits an operation of its own generator gets ValueError, or None from ``athrow()`` and ``aclose()``,
    and can continue.
    """
    log, caught = [], []

    async def agen():
        if operation == "anext":
            awaitable = g.__anext__()
        elif operation == "athrow":
            awaitable = g.athrow(KeyError("thrown"))
        elif operation == "aclose":
            awaitable = g.aclose()
        else:
            awaitable = g.asend(42 if operation == "asend-42" else None)
        try:
            log.append(["returns", await awaitable])
        except BaseException as error:
            caught.append(type(error).__name__)
            log.append(["raises", type(error).__name__])
        yield "first"

    g = agen()
    seen_next = ["returns", await g.__anext__()]

    assert log == [outcome]
    assert caught == body
    assert seen_next == afterwards


@behaviour(
    "EQV-012",
    source=[REFERENCE.AGEN_ACLOSE, REFERENCE.AGEN_ATHROW, PEP525.AGEN_OBJECT, LIBRARY.AGEN_ACLOSE],
    since="3.6",
)
@pytest.mark.parametrize(
    "answer, thrown, closed",
    [
        ["created", "GeneratorExit", "nothing"],
        ["passes", "GeneratorExit", "nothing"],
        ["returns", "StopAsyncIteration", "nothing"],
        ["raises", "KeyError", "KeyError"],
        ["awaits", "GeneratorExit", "nothing"],
    ],
    ids=["created", "passes", "returns", "raises", "awaits"],
)
async def test_aclose_does_what_a_thrown_generator_exit_does(answer, thrown, closed):
    """``aclose()`` does to the body what ``athrow(GeneratorExit)`` does, and completes where that raises GeneratorExit
    or StopAsyncIteration.
    """

    async def agen(log):
        try:
            yield "first"
            yield "second"
        except BaseException as error:
            log.append(type(error).__name__)
            if answer == "returns":
                return
            if answer == "raises":
                raise KeyError("instead")
            if answer == "awaits":
                await suspend()
                log.append("awaited")
            raise
        finally:
            log.append("finally")

    async def raised(awaitable):
        try:
            await awaitable
            return "nothing"
        except BaseException as error:
            return type(error).__name__

    seen, ends, logs = [], [], []
    for operation in ["athrow", "aclose"]:
        log = []
        g = agen(log)
        if answer != "created":
            await g.__anext__()
        seen.append(await raised(g.athrow(GeneratorExit) if operation == "athrow" else g.aclose()))
        ends.append(await raised(g.__anext__()))
        logs.append(log)
    entered = [] if answer == "created" else ["GeneratorExit"] + ["awaited"] * (answer == "awaits") + ["finally"]

    assert seen == [thrown, closed]
    assert ends == ["StopAsyncIteration"] * 2
    assert logs == [entered] * 2
