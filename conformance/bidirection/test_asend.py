"""asend: a value goes in, the next one comes out."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import raises
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
