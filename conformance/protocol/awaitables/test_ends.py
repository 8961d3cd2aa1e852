"""AWT: the table of ends, which has each way in which an awaitable ends, and its effect when it is awaited again."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import operate, run, step, suspend
from conformance.protocol.awaitables.parameters import END, FIRST, NOTHING, REFUSED, SECOND, each_operation, part
from conformance.sources import CPYTHON, ISSUE, PEP525

WAYS = "send send-send throw send-throw throw-send"

ERROR = ["raises", "OSError"]

#: The table: the end of an awaitable, and its effect when it is awaited again. The key of a row is (operations, ways,
#: answers, the behaviour that shows it). Its value is (the end, the effect of awaiting it again, the effect of
#: ``__anext__()`` after that). The way to the end is one step, or two steps with a suspension in between. Each step is
#: ``send(None)`` or ``throw()``. The body answers with an item, an error or its end.
ENDS = {
    ("anext asend", WAYS, "item", "AWT-069b"): (FIRST, REFUSED, SECOND),
    ("anext asend", WAYS, "error", "AWT-069b"): (ERROR, REFUSED, END),
    ("anext asend", WAYS, "end", "AWT-069b"): (END, REFUSED, END),
    ("athrow", "send", "end", "AWT-070b"): (END, REFUSED, END),
    ("aclose", "send send-send", "end", "AWT-070b"): (NOTHING, REFUSED, END),
    ("athrow", "send", "item", "AWT-071b"): (FIRST, REFUSED, SECOND),
    ("athrow", "send", "error", "AWT-071b"): (ERROR, REFUSED, END),
    ("aclose", "send send-send", "error", "AWT-071b"): (ERROR, REFUSED, END),
    ("athrow", "throw send-throw", "item", "AWT-072b"): (FIRST, REFUSED, SECOND),
    ("athrow", "throw send-throw", "error", "AWT-072b"): (ERROR, REFUSED, END),
    ("athrow", "throw send-throw", "end", "AWT-072b"): (END, REFUSED, END),
    ("aclose", "throw send-throw", "error", "AWT-072b"): (ERROR, REFUSED, END),
    ("aclose", "throw send-throw", "end", "AWT-072b"): (NOTHING, REFUSED, END),
    ("athrow", "send-send throw-send", "item", "AWT-073"): (FIRST, SECOND, END),
    ("athrow", "send-send throw-send", "error", "AWT-073"): (ERROR, NOTHING, END),
    ("athrow", "send-send throw-send", "end", "AWT-073"): (END, NOTHING, END),
    ("aclose", "throw-send", "item", "AWT-074"): (REFUSED, REFUSED, SECOND),
    ("aclose", "throw-send", "error", "AWT-074"): (ERROR, REFUSED, END),
    ("aclose", "throw-send", "end", "AWT-074"): (NOTHING, REFUSED, END),
    ("aclose", "send send-send throw send-throw", "item", "AWT-075b"): (REFUSED, REFUSED, SECOND),
}


@behaviour("AWT-069b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "AWT-069b"),
)
def test_ended_in_any_way_is_spent(operation, way, answer, outcome, again, following):
    """An ``__anext__()`` or ``asend()`` awaitable that has ended in any way raises RuntimeError when it is awaited
    again, and does nothing.
    """
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException:
            pass
        if "-" in way:
            try:
                await suspend("waiting")
            except ValueError:
                pass
        if answer == "error":
            raise OSError
        if answer == "item":
            log.append((yield "item 1"))
            log.append((yield "item 2"))
        if answer == "end":
            log.append("end")

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    methods = way.split("-")
    steps = [step(getattr(awaitable, name), None if name == "send" else ValueError()) for name in methods]
    running = g.ag_running
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"]] * ("-" in way) + [outcome]
    assert running is False
    assert seen_again == again
    assert seen_by_body == (["end"] if answer == "end" else [])
    assert seen_next == following


@behaviour("AWT-070b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "AWT-070b"),
)
def test_aclose_after_a_wait_is_spent(operation, way, answer, outcome, again, following):
    """An ``aclose()`` or ``athrow()`` awaitable that the body answered by ending raises RuntimeError when it is awaited
    again.
    """
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException:
            pass
        if "-" in way:
            try:
                await suspend("waiting")
            except ValueError:
                pass
        log.append("ended")

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    methods = way.split("-")
    steps = [step(getattr(awaitable, name), None if name == "send" else ValueError()) for name in methods]
    running = g.ag_running
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"]] * ("-" in way) + [outcome]
    assert running is False
    assert seen_again == again
    assert seen_by_body == ["ended"]
    assert seen_next == following


@behaviour("AWT-071b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "AWT-071b"),
)
def test_after_an_error_is_spent(operation, way, answer, outcome, again, following):
    """An ``athrow()`` or ``aclose()`` awaitable raises RuntimeError when it is awaited again after an error, or after
    an item that its first step returned.
    """
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException:
            pass
        if "-" in way:
            try:
                await suspend("waiting")
            except ValueError:
                pass
        if answer == "error":
            raise OSError
        if answer == "item":
            log.append((yield "item 1"))
            log.append((yield "item 2"))

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    methods = way.split("-")
    steps = [step(getattr(awaitable, name), None if name == "send" else ValueError()) for name in methods]
    running = g.ag_running
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"]] * ("-" in way) + [outcome]
    assert running is False
    assert seen_again == again
    assert seen_by_body == []
    assert seen_next == following


@behaviour("AWT-072b", source=[ISSUE.GH_117894, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "AWT-072b"),
)
def test_after_throw_is_spent(operation, way, answer, outcome, again, following):
    """An ``athrow()`` or ``aclose()`` awaitable that ``throw()`` has ended raises RuntimeError when it is awaited
    again.
    """
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException:
            pass
        if "-" in way:
            try:
                await suspend("waiting")
            except ValueError:
                pass
        if answer == "error":
            raise OSError
        if answer == "item":
            log.append((yield "item 1"))
            log.append((yield "item 2"))
        if answer == "end":
            log.append("end")

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    methods = way.split("-")
    steps = [step(getattr(awaitable, name), None if name == "send" else ValueError()) for name in methods]
    running = g.ag_running
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"]] * ("-" in way) + [outcome]
    assert running is False
    assert seen_again == again
    assert seen_by_body == (["end"] if answer == "end" else [])
    assert seen_next == following


@behaviour(
    "AWT-073",
    source=[CPYTHON.GENOBJECT],
    since="3.6",
    allowed=["resumes the body or returns None", "raises RuntimeError"],
)
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "AWT-073"),
)
def test_athrow_that_has_waited(operation, way, answer, outcome, again, following):
    """An ``athrow()`` awaitable that was suspended before its end either resumes the body or returns None when it is
    awaited again, or raises RuntimeError and does nothing.
    """
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException:
            pass
        await suspend("waiting")
        if answer == "error":
            raise OSError
        if answer == "item":
            log.append((yield "item 1"))
            log.append((yield "item 2"))
        if answer == "end":
            log.append("end")

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    methods = way.split("-")
    steps = [step(getattr(awaitable, name), None if name == "send" else ValueError()) for name in methods]
    running = g.ag_running
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)
    refused = seen_again == ["raises", "RuntimeError"]
    ended = ["end"] if answer == "end" else []

    assert steps == [["suspends", "waiting"], outcome]
    assert running is False
    assert refused or seen_again == again
    assert seen_by_body == ([None] if answer == "item" and not refused else ended)
    assert seen_next == (["returns", "item 2"] if answer == "item" and refused else following)
    return "raises RuntimeError" if refused else "resumes the body or returns None"


@behaviour("AWT-074", source=[ISSUE.GH_117894, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "AWT-074"),
)
def test_thrown_into_and_waited(operation, way, answer, outcome, again, following):
    """An ``aclose()`` awaitable that ended after ``throw()`` and a suspension raises RuntimeError when it is awaited
    again.
    """
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException:
            pass
        await suspend("waiting")
        if answer == "error":
            raise OSError
        if answer == "item":
            log.append((yield "item 1"))
            log.append((yield "item 2"))
        if answer == "end":
            log.append("end")

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    methods = way.split("-")
    steps = [step(getattr(awaitable, name), None if name == "send" else ValueError()) for name in methods]
    running = g.ag_running
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"], outcome]
    assert running is False
    assert seen_again == again
    assert seen_by_body == (["end"] if answer == "end" else [])
    assert seen_next == following


@behaviour("AWT-075b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "AWT-075b"),
)
def test_aclose_that_was_ignored_is_spent(operation, way, answer, outcome, again, following):
    """An ``aclose()`` awaitable that the body answered with a yield raises RuntimeError when it is awaited again, and
    the body can be resumed from that yield.
    """
    log = []

    async def agen():
        try:
            yield "first"
        except BaseException:
            pass
        if "-" in way:
            try:
                await suspend("waiting")
            except ValueError:
                pass
        log.append((yield "item 1"))
        log.append((yield "item 2"))

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    methods = way.split("-")
    steps = [step(getattr(awaitable, name), None if name == "send" else ValueError()) for name in methods]
    running = g.ag_running
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"]] * ("-" in way) + [outcome]
    assert running is False
    assert seen_again == again
    assert seen_by_body == []
    assert seen_next == following


@behaviour("AWT-076", source=[PEP525.ASEND_ATHROW, ISSUE.GH_117894], since="3.6", level="detail")
@each_operation
def test_send_after_a_throw_that_suspended(operation):
    """If ``throw()`` as the first step leaves the body suspended in an ``await``, ``send()`` resumes the body there and
    throws nothing more.
    """
    log = []

    async def agen():
        try:
            yield 1
        except BaseException as error:
            log.append(type(error))
        try:
            log.append(await suspend("first wait"))
            log.append(await suspend("second wait"))
        except BaseException as error:
            log.append(type(error))
            raise
        if operation != "aclose":
            yield 2

    g = agen()
    run(g.__anext__())
    awaitable = operate(g, operation)
    steps = [step(awaitable.throw, OSError()), step(awaitable.send, "answer"), step(awaitable.send, None)]
    following = step(g.__anext__().send, None)

    assert steps == [
        ["suspends", "first wait"],
        ["suspends", "second wait"],
        ["returns", None if operation == "aclose" else 2],
    ]
    assert log == [OSError, "answer", None]
    assert following == ["raises", "StopAsyncIteration"]
