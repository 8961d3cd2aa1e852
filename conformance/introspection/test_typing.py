"""typing: the generic aliases for asynchronous generators."""

import pytest

from conformance.behaviour import behaviour
from conformance.sources import LIBRARY


@behaviour("TPG-001", source=[LIBRARY.TYPING], since="3.6")
@pytest.mark.parametrize(
    "name",
    ["AsyncGenerator", "AsyncIterator", "AsyncIterable"],
    ids=["AsyncGenerator", "AsyncIterator", "AsyncIterable"],
)
async def test_subscripted(name):
    """``typing.AsyncGenerator`` is subscripted with two types, ``AsyncIterator`` and ``AsyncIterable`` with one."""
    import typing

    alias = getattr(typing, name)
    wanted = (int, str) if name == "AsyncGenerator" else (int,)
    swapped = (str, int) if name == "AsyncGenerator" else (str,)
    subscripted = alias[wanted]

    async def agen() -> subscripted:
        yield 1

    hints = typing.get_type_hints(agen)

    assert subscripted.__args__ == wanted
    assert subscripted == alias[wanted]
    assert subscripted != alias[swapped]
    assert hints == {"return": subscripted}
