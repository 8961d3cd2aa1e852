"""AWT: the table of ends, which has each way in which an awaitable ends, and its effect when it is awaited again."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import operate, run, step, suspend
from conformance.protocol.awaitables.parameters import END, FIRST, NOTHING, REFUSED, SECOND, each_operation, part
from conformance.sources import CPYTHON, ISSUE, PEP525

WAYS = "send send-send throw send-throw throw-send"

ERROR = ["raises", "OSError"]

#: The table: the end of an awaitable, and its effect when it is awaited again. The key of a row is (operations, ways,
#: answer, versions). Its value is (the end, the effect of awaiting it again, the effect of ``__anext__()`` after that).
#: The way to the end is one step, or two steps with a suspension in between. Each step is ``send(None)`` or
#: ``throw()``. The body answers with an item, an error or its end.
ENDS = {
    ("anext asend", WAYS, "item", "3.6"): (FIRST, NOTHING, SECOND),
    ("anext asend", WAYS, "error", "3.6"): (ERROR, NOTHING, END),
    ("anext asend", WAYS, "end", "3.6"): (END, NOTHING, END),
    ("athrow", "send", "end", "3.6"): (END, NOTHING, END),
    ("aclose", "send send-send", "end", "3.6"): (NOTHING, NOTHING, END),
    ("anext asend", WAYS, "item", "3.7+"): (FIRST, REFUSED, SECOND),
    ("anext asend", WAYS, "error", "3.7+"): (ERROR, REFUSED, END),
    ("anext asend", WAYS, "end", "3.7+"): (END, REFUSED, END),
    ("athrow", "send", "end", "3.7+"): (END, REFUSED, END),
    ("aclose", "send send-send", "end", "3.7+"): (NOTHING, REFUSED, END),
    ("athrow", "send", "item", "3.6-3.7"): (FIRST, SECOND, END),
    ("athrow", "send", "error", "3.6-3.7"): (ERROR, NOTHING, END),
    ("aclose", "send send-send", "error", "3.6-3.7"): (ERROR, NOTHING, END),
    ("athrow", "send", "item", "3.8+"): (FIRST, REFUSED, SECOND),
    ("athrow", "send", "error", "3.8+"): (ERROR, REFUSED, END),
    ("aclose", "send send-send", "error", "3.8+"): (ERROR, REFUSED, END),
    ("athrow", "throw", "item", "3.7-3.11"): (FIRST, ["raises", "KeyError"], END),
    ("athrow", "send-throw", "item", "3.7-3.11"): (FIRST, SECOND, END),
    ("athrow", "throw send-throw", "error", "3.7-3.11"): (ERROR, NOTHING, END),
    ("athrow", "throw send-throw", "end", "3.7-3.11"): (END, NOTHING, END),
    ("aclose", "throw", "error", "3.7-3.11"): (ERROR, NOTHING, END),
    ("aclose", "throw", "end", "3.7-3.11"): (NOTHING, NOTHING, END),
    ("athrow", "throw send-throw", "item", "3.12+"): (FIRST, REFUSED, SECOND),
    ("athrow", "throw send-throw", "error", "3.12+"): (ERROR, REFUSED, END),
    ("athrow", "throw send-throw", "end", "3.12+"): (END, REFUSED, END),
    ("aclose", "throw send-throw throw-send", "error", "3.12+"): (ERROR, REFUSED, END),
    ("aclose", "throw send-throw throw-send", "end", "3.12+"): (NOTHING, REFUSED, END),
    ("athrow", "send-send", "item", "3.6+"): (FIRST, SECOND, END),
    ("athrow", "send-send", "error", "3.6+"): (ERROR, NOTHING, END),
    ("athrow", "send-send", "end", "3.6+"): (END, NOTHING, END),
    ("athrow", "throw-send", "item", "3.12+"): (FIRST, SECOND, END),
    ("athrow", "throw-send", "error", "3.12+"): (ERROR, NOTHING, END),
    ("athrow", "throw-send", "end", "3.12+"): (END, NOTHING, END),
    ("aclose", "send send-send", "item", "3.6"): (REFUSED, REFUSED, END),
    ("aclose", "send send-send throw send-throw", "item", "3.7+"): (REFUSED, REFUSED, SECOND),
    ("aclose", "throw-send", "item", "3.12+"): (REFUSED, REFUSED, SECOND),
}


@behaviour("AWT-069a", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6", until="3.6")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "anext asend", WAYS, "item error end", "3.6"),
)
def test_ended_in_any_way_returns_none(operation, way, answer, outcome, again, following):
    """An ``__anext__()`` or ``asend()`` awaitable that has ended in any way returns None when it is awaited again, and
    does nothing.
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


@behaviour("AWT-069b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.7")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "anext asend", WAYS, "item error end", "3.7+"),
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


@behaviour("AWT-070a", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6", until="3.6")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "athrow aclose", WAYS, "end", "3.6"),
)
def test_aclose_after_a_wait_returns_none(operation, way, answer, outcome, again, following):
    """An ``aclose()`` or ``athrow()`` awaitable that the body answered by ending returns None when it is awaited
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


@behaviour("AWT-070b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.7")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "athrow aclose", WAYS, "end", "3.7+"),
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


@behaviour("AWT-071a", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6", until="3.7")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "athrow aclose", "send send-send", "item error", "3.6-3.7"),
)
def test_after_an_error_returns_none(operation, way, answer, outcome, again, following):
    """After an error, an ``athrow()`` or ``aclose()`` awaitable returns None when it is awaited again; after an item,
    an ``athrow()`` awaitable resumes the body.
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
    assert seen_by_body == ([None] if answer == "item" else [])
    assert seen_next == following


@behaviour("AWT-071b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.8")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "athrow aclose", "send send-send", "item error", "3.8+"),
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


@behaviour("AWT-072a", source=[ISSUE.GH_117894, CPYTHON.GENOBJECT], since="3.7", until="3.11")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "athrow aclose", WAYS, "item error end", "3.7-3.11"),
)
def test_after_throw_is_not_spent(operation, way, answer, outcome, again, following):
    """An ``athrow()`` or ``aclose()`` awaitable that ``throw()`` has ended can be awaited again without a
    RuntimeError.
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
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"]] * ("-" in way) + [outcome]
    assert seen_again == again
    assert seen_by_body == {"item": [None] if way == "send-throw" else [], "error": [], "end": ["end"]}[answer]
    assert seen_next == following


@behaviour("AWT-072b", source=[ISSUE.GH_117894, CPYTHON.GENOBJECT], since="3.12")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "athrow aclose", "throw send-throw", "item error end", "3.12+"),
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


@behaviour("AWT-073", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "athrow", "send-send", "item error end", "3.6+"),
)
def test_athrow_that_has_waited_is_never_spent(operation, way, answer, outcome, again, following):
    """An ``athrow()`` awaitable that was suspended before its end resumes the body or returns None when it is awaited
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
    steps = [step(awaitable.send, None), step(awaitable.send, None)]
    running = g.ag_running
    seen_again = step(awaitable.send, None)
    seen_by_body = list(log)
    seen_next = step(g.__anext__().send, None)

    assert steps == [["suspends", "waiting"], outcome]
    assert running is False
    assert seen_again == again
    assert seen_by_body == {"item": [None], "error": [], "end": ["end"]}[answer]
    assert seen_next == following


@behaviour("AWT-074", source=[ISSUE.GH_117894, CPYTHON.GENOBJECT], since="3.12")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "athrow aclose", "throw-send", "item error end", "3.12+"),
)
def test_thrown_into_and_waited(operation, way, answer, outcome, again, following):
    """An ``aclose()`` awaitable that ended after ``throw()`` and a suspension raises RuntimeError when it is awaited
    again, while an ``athrow()`` awaitable does not.
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
        if answer == "end" and operation == "athrow":
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
    assert seen_by_body == ({"item": [None], "end": ["end"]}.get(answer, []) if operation == "athrow" else [])
    assert seen_next == following


@behaviour("AWT-075a", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.6", until="3.6")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "aclose", WAYS, "item", "3.6"),
)
def test_aclose_that_was_ignored_goes_on(operation, way, answer, outcome, again, following):
    """An ``aclose()`` awaitable that the body answered with a yield resumes the body there when it is awaited again."""
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
    assert seen_by_body == [None]
    assert seen_next == following


@behaviour("AWT-075b", source=[ISSUE.BPO_39386, CPYTHON.GENOBJECT], since="3.7")
@pytest.mark.parametrize(
    "operation, way, answer, outcome, again, following",
    **part(ENDS, "aclose", WAYS, "item", "3.7+"),
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


@behaviour("AWT-105", source=[ISSUE.GH_117894, CPYTHON.GENOBJECT], since="3.8", until="3.11")
@pytest.mark.parametrize("answer", ["error", "end"], ids=["error", "end"])
def test_end_by_throw_after_a_wait_of_aclose(answer):
    """An ``aclose()`` awaitable that ``throw()`` has ended in an ``await`` returns None when it is awaited again, and
    the generator counts as running from then on.
    """

    async def agen():
        try:
            yield 1
        finally:
            try:
                await suspend("waiting")
            except ValueError:
                if answer == "error":
                    raise OSError

    g = agen()
    run(g.__anext__())
    awaitable = g.aclose()
    steps = [step(awaitable.send, None), step(awaitable.throw, ValueError()), step(awaitable.send, None)]
    running = g.ag_running
    following = step(g.__anext__().send, None)
    ending = ["raises", "OSError"] if answer == "error" else ["returns", None]

    assert steps == [["suspends", "waiting"], ending, ["returns", None]]
    assert running is True
    assert following == ["raises", "RuntimeError"]
