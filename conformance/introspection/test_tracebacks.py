"""Tracebacks that lead through an asynchronous generator."""

from conformance.behaviour import behaviour
from conformance.prelude import raises
from conformance.sources import LIBRARY


@behaviour("TRB-001", source=[LIBRARY.TRACEBACK], since="3.6")
async def test_frame_of_the_generator():
    """In a traceback through a body, that body is one entry, in its place and under the name of its function."""
    import traceback

    def fail():
        raise ValueError

    async def agen():
        yield 1
        fail()

    async def consumer():
        async for _ in agen():
            pass

    with raises(ValueError) as caught:
        await consumer()
    entries = traceback.extract_tb(caught.value.__traceback__)
    names = [entry.name for entry in entries]
    line = entries[-2].lineno - agen.__code__.co_firstlineno

    assert names[-3:] == ["consumer", "agen", "fail"]
    assert names.count("agen") == 1
    assert line == 2
