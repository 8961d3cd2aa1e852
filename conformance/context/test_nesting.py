"""Asynchronous generators that consume asynchronous generators."""

from conformance.behaviour import behaviour
from conformance.prelude import items_of, raises, suspend
from conformance.sources import PEP525, REFERENCE


@behaviour("NST-001", source=[REFERENCE.AGEN_FUNCTION, PEP525.YIELD_FROM], since="3.6")
async def test_recursive_walk():
    """A generator that iterates over calls of itself walks a tree of depth 30, every leaf once and in order."""

    async def leaves(node):
        if isinstance(node, list):
            for child in node:
                async for leaf in leaves(child):
                    yield leaf
        else:
            await suspend()
            yield node

    tree = 0
    for depth in range(1, 31):
        tree = [depth, tree, -depth]
    found = await items_of(leaves(tree))

    assert found == list(range(30, -31, -1))


@behaviour("NST-002", source=[REFERENCE.AGEN_FUNCTION, PEP525.YIELD_FROM], since="3.6")
async def test_long_chain():
    """Values, and then the end, come through a chain of 100 generators, each of which iterates over the next."""
    ended = []

    async def source():
        for value in [0, 1, 2]:
            await suspend()
            yield value
        ended.append("source")

    async def add_one(inner):
        async for value in inner:
            yield value + 1
        ended.append("link")

    chain = source()
    for _ in range(100):
        chain = add_one(chain)
    values = await items_of(chain)
    with raises(StopAsyncIteration):
        await chain.__anext__()

    assert values == [100, 101, 102]
    assert ended == ["source"] + ["link"] * 100


@behaviour("NST-004", source=[REFERENCE.AGEN_FUNCTION, PEP525.YIELD_FROM], since="3.6")
async def test_lazy_pipeline():
    """In a pipeline each item goes all the way to the consumer, or is dropped, before the source makes the next one."""
    log = []

    async def source():
        for number in [1, 2, 3]:
            log.append(["source", number])
            yield number

    async def tenfold(numbers):
        async for number in numbers:
            log.append(["map", number])
            yield number * 10

    async def without_20(numbers):
        async for number in numbers:
            log.append(["filter", number])
            if number != 20:
                yield number

    pipeline = without_20(tenfold(source()))
    log.append("built")
    async for number in pipeline:
        log.append(["consumer", number])

    assert log == [
        "built",
        ["source", 1], ["map", 1], ["filter", 10], ["consumer", 10],
        ["source", 2], ["map", 2], ["filter", 20],
        ["source", 3], ["map", 3], ["filter", 30], ["consumer", 30],
    ]  # fmt: skip
