"""Asynchronous generators that consume asynchronous generators."""

from conformance.behaviour import behaviour
from conformance.prelude import in_loop, items_of, raises, suspend, tidy
from conformance.sources import LIBRARY, PEP525, REFERENCE


@behaviour("NST-001", source=[REFERENCE.AGEN_FUNCTION, PEP525.YIELD_FROM], since="3.6")
async def test_recursive_walk():
    """A generator that iterates over calls of itself visits each leaf of a tree of depth 10 once and in order."""

    async def leaves(node):
        if isinstance(node, list):
            for child in node:
                async for leaf in leaves(child):
                    yield leaf
        else:
            yield node

    tree = 0
    for depth in range(1, 11):
        tree = [depth, tree, -depth]
    found = await items_of(leaves(tree))

    assert found == list(range(10, -11, -1))


@behaviour("NST-002", source=[REFERENCE.AGEN_FUNCTION, PEP525.YIELD_FROM], since="3.6")
async def test_long_chain():
    """Items and the end pass through a chain of 100 generators, each of which iterates over the next one."""
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

    assert values == [100, 101, 102]
    assert ended == ["source"] + ["link"] * 100


@behaviour("NST-003", source=[LIBRARY.RECURSION_ERROR, LIBRARY.RECURSION_LIMIT], since="3.6")
async def test_endless_recursion():
    """A generator that iterates over calls of itself without end raises RecursionError, and other generators still
    work.
    """

    async def endless():
        async for item in endless():
            yield item

    async def agen():
        yield 1

    with raises(RecursionError):
        await endless().__anext__()
    items = await items_of(agen())

    assert items == [1]


@behaviour("NST-004", source=[REFERENCE.AGEN_FUNCTION, PEP525.YIELD_FROM], since="3.6")
async def test_lazy_pipeline():
    """In a pipeline, each item reaches the consumer or is dropped before the source makes the next item."""
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


@behaviour("NST-005", source=[REFERENCE.AGEN_FUNCTION], since="3.6")
async def test_mutual_consumption():
    """Two generators can exchange items in turn, as long as neither is resumed while it runs."""
    log = []

    async def player(name):
        received = yield name + " ready"
        while True:
            log.append([name, received])
            received = yield [name, received + 1]

    async def referee(count):
        first, second = player("first"), player("second")
        log.append(await first.__anext__())
        log.append(await second.__anext__())
        ball = 0
        for number in range(count):
            name, ball = await (first if number % 2 == 0 else second).asend(ball)
            yield [name, ball, await (second if number % 2 == 0 else first).asend(-1)]
        await tidy(first, second)

    items = await items_of(referee(3))

    assert items == [["first", 1, ["second", 0]], ["second", 2, ["first", 0]], ["first", 3, ["second", 0]]]
    assert log == [
        "first ready", "second ready",
        ["first", 0], ["second", -1], ["second", 1], ["first", -1], ["first", 2], ["second", -1],
    ]  # fmt: skip


@behaviour("NST-006", source=[REFERENCE.AGEN_FUNCTION, PEP525.FINALIZATION], since="3.6")
async def test_other_generators_while_closing():
    """The finally clause of a generator that is being closed can make, iterate and close other generators."""
    log = []

    async def cleanup(name):
        try:
            await suspend()
            yield name + " 1"
            yield name + " 2"
        finally:
            log.append(name + " closed")

    async def agen():
        try:
            yield 1
        finally:
            async for item in cleanup("whole"):
                log.append(item)
            partial = cleanup("partial")
            log.append(await partial.__anext__())
            await partial.aclose()
            listed = [item async for item in cleanup("listed")]
            log.append(listed)

    g = agen()
    await g.__anext__()
    await g.aclose()

    assert log == [
        "whole 1", "whole 2", "whole closed",
        "partial 1", "partial closed",
        "listed closed", ["listed 1", "listed 2"],
    ]  # fmt: skip


@behaviour("NST-007", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.ASYNC_FOR], since="3.6")
async def test_generators_of_generators():
    """Items that are generators are passed on unstarted, and the consumer can iterate them."""
    log = []

    async def inner(name):
        log.append(name + " starts")
        for number in range(2):
            yield name + str(number)

    async def outer():
        for name in "ab":
            yield inner(name)
            log.append("after " + name)

    async for generator in outer():
        log.append("got one")
        async for item in generator:
            log.append(item)

    assert log == [
        "got one", "a starts", "a0", "a1", "after a",
        "got one", "b starts", "b0", "b1", "after b",
    ]  # fmt: skip


@behaviour("NST-008", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.FOR], since="3.6")
async def test_synchronous_generator_inside():
    """A body can take the items of a synchronous generator with ``for``, await between them and yield them."""
    log = []

    def synchronous():
        try:
            for number in range(3):
                log.append(["makes", number])
                yield number
        finally:
            log.append("closed")

    async def agen():
        for number in synchronous():
            await suspend()
            yield number

    g = agen()
    async for item in g:
        log.append(["gets", item])

    assert log == [
        ["makes", 0], ["gets", 0], ["makes", 1], ["gets", 1], ["makes", 2], ["gets", 2], "closed",
    ]  # fmt: skip


@behaviour("NST-009", source=[LIBRARY.ASYNCIO_TASK], since="3.6", needs=["asyncio"])
def test_consumers_side_by_side():
    """``asyncio.gather()`` of consumers runs their generators concurrently: while one waits, the others continue."""
    import asyncio

    log = []

    async def agen(name):
        for number in range(2):
            await asyncio.sleep(0)
            yield name + str(number)

    async def consume(name):
        found = []
        async for item in agen(name):
            log.append(item)
            found.append(item)
        return found

    async def main():
        return await asyncio.gather(*[consume(name) for name in "abc"])

    results = in_loop(main())

    assert results == [["a0", "a1"], ["b0", "b1"], ["c0", "c1"]]
    assert sorted(log[:3]) == ["a0", "b0", "c0"]
    assert sorted(log[3:]) == ["a1", "b1", "c1"]
