"""AWT: ``send()`` as the first step, and the value that it is given."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import operate, raises, run, step
from conformance.sources import CPYTHON, REFERENCE


@behaviour("AWT-014", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("given", [0, ""], ids=["zero", "empty"])
def test_first_send_overrides(given):
    """A false value other than None that is passed to the first ``send()`` of an ``asend()`` awaitable replaces the
    argument of ``asend()``.
    """
    received = []

    async def agen():
        received.append((yield 1))
        received.append((yield 2))
        yield 3

    g = agen()
    run(g.__anext__())
    steps = g.asend("sent").__await__()
    item = step(steps.send, given)
    following = run(g.__anext__())

    assert item == ["returns", 2]
    assert following == 3
    assert received == [given, None]


@behaviour("AWT-015", source=[CPYTHON.TEST_ASYNCGEN, CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("operation", ["anext", "asend"], ids=["anext", "asend"])
def test_first_send_of_a_value_before_the_start(operation):
    """A value passed to the first ``send()`` of an awaitable that would start a generator raises TypeError."""
    entered = []

    async def agen():
        entered.append(True)
        yield 1
        yield 2

    g = agen()
    steps = (g.__anext__() if operation == "anext" else g.asend(None)).__await__()
    with raises(TypeError):
        steps.send("given")
    seen = list(entered)
    items = [run(g.__anext__()), run(g.__anext__())]

    assert seen == []
    assert items == [1, 2]


@behaviour("AWT-016", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("started", [True, False], ids=["started", "unstarted"])
@pytest.mark.parametrize("operation", ["athrow", "aclose"], ids=["athrow", "aclose"])
def test_first_send_has_nothing_to_send(operation, started):
    """A value passed to the first ``send()`` of an ``athrow()`` or ``aclose()`` awaitable raises RuntimeError, and
    ``send(None)`` still works after that.
    """
    log = []

    async def agen():
        try:
            log.append((yield 1))
        except BaseException as error:
            log.append(type(error))
            raise

    g = agen()
    if started:
        run(g.__anext__())
    steps = operate(g, operation).__await__()
    refused = [step(steps.send, "given"), step(steps.send, 0)]
    seen = list(log)
    outcome = step(steps.send, None)

    assert refused == [["raises", "RuntimeError"]] * 2
    assert seen == []
    assert outcome == (["raises", "KeyError"] if operation == "athrow" else ["returns", None])
    assert log == ([KeyError if operation == "athrow" else GeneratorExit] if started else [])


@behaviour("AWT-051", source=[REFERENCE.AGEN_ASEND, REFERENCE.CALLS, REFERENCE.OBJECTS], since="3.6")
async def test_value_is_taken_at_the_call():
    """``asend()`` sends the very object that it was called with, including later changes to it, whatever its name
    refers to by then.
    """
    received = []

    async def agen():
        while True:
            received.append((yield))

    g = agen()
    await g.__anext__()
    value = original = ["at the call"]
    awaitable = g.asend(value)
    original.append("later")
    value = ["another"]
    await awaitable

    assert received == [["at the call", "later"]]
    assert received[0] is original
    assert value == ["another"]
