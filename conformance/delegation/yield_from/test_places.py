"""YFR: where a delegation may stand, who may consume it, what its awaits do, and how delegations nest and overlap."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import awaiting, define, items_of, operate, raises, run, step, suspend, tidy
from conformance.sources import ISSUE, LIBRARY, PEP525, PEP828, REFERENCE, WHATSNEW


@behaviour(
    "YFR-038",
    source=[PEP828.COMPILER, PEP828.YIELD_FROM, REFERENCE.YIELD, REFERENCE.EVALUATION_ORDER],
    since="3.16",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "expression, items, result",
    [
        ["(yield from give('a', 1)) + (yield from give('b', 2))", ["a", "b"], 3],
        ["note(7) - (yield from give('a', 2)) * note(3)", [7, "a", 3], 1],
        ["[(yield from give('a', 1)), note(2), (yield from give('b', 3))]", ["a", 2, "b"], [1, 2, 3]],
        ["dict(x=(yield from give('a', 1)), y=(yield from give('b', 2)))", ["a", "b"], {"x": 1, "y": 2}],
        ["[10, 20, 30][(yield from give('a', 1)) : (yield from give('b', 3))]", ["a", "b"], [20, 30]],
        ["f\"{(yield from give('a', 1))}-{(yield from give('b', 2))}\"", ["a", "b"], "1-2"],
        ["note(0) or (yield from give('a', 0)) or (yield from give('b', 3)) or note(4)", [0, "a", "b"], 3],
        ["(yield from give('a', 1)) if (yield from give('b', 0)) else (yield from give('c', 3))", ["b", "c"], 3],
        ["(yield from give((yield from give('a', 'b')), 2))", ["a", "b"], 2],
        ["-(yield from give('a', 1))", ["a"], -1],
    ],
    ids=[
        "operands",
        "operators",
        "list",
        "arguments",
        "slice",
        "formatted",
        "or",
        "condition",
        "operand-of-another",
        "unary",
    ],
)
async def test_expressions(expression, items, result):
    """A ``yield from`` in parentheses may stand wherever a value may, and several in one expression are evaluated in
    turn.
    """
    source = """
async def give(item, value):
    log.append(item)
    yield item
    return value


def note(value):
    log.append(value)
    return value


async def outer():
    results.append(EXPRESSION)
"""
    log, results = [], []
    g = define(source.replace("EXPRESSION", expression), "outer", log=log, results=results)()
    yielded = await items_of(g)

    assert log == items
    assert yielded == [each for each in items if isinstance(each, str)]
    assert results == [result]


@behaviour("YFR-039", source=[PEP828.YIELD_FROM, PEP828.RETURN, REFERENCE.AWAIT], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "statement, items, value",
    [
        ["return (yield from inner())", ["item"], "result"],
        ["return yield from inner()", None, None],
        ["yield (yield from inner())", ["item", "result"], None],
        ["return await coroutine((yield from inner()))", ["item"], ["awaited", "result"]],
        ["return await (yield from coroutines())", ["item"], ["awaited", "given"]],
        ["return [(yield (yield from inner()))]", ["item", "result"], [None]],
    ],
    ids=["returned", "returned-bare", "yielded", "argument-of-await", "awaited", "yielded-and-returned"],
)
async def test_result_is_used_at_once(statement, items, value):
    """The result of ``yield from`` in parentheses may be returned, yielded or awaited at once; after ``return`` it
    needs its parentheses.
    """
    source = """
async def inner():
    yield "item"
    return "result"


async def coroutine(value):
    return ["awaited", value]


async def coroutines():
    yield "item"
    return coroutine("given")


async def outer():
    STATEMENT


async def collector():
    seen.append((yield from outer()))
"""
    seen = []
    source = source.replace("STATEMENT", statement)
    refused = False
    yielded = None
    try:
        collector = define(source, "collector", seen=seen)
    except SyntaxError:
        refused = True
    if not refused:
        yielded = await items_of(collector())

    assert refused is (items is None)
    assert yielded == items
    assert seen == ([] if refused else [value])


@behaviour("YFR-040", source=[PEP828.COMPILER, PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_every_block():
    """A ``yield from`` may stand in every block: loops and their ``else``, the clauses of ``try``, ``with``, ``async
    with`` and ``match``.
    """
    source = """
async def give(item):
    yield item
    return item.upper()


async def outer():
    if await truth() and (yield from give("condition")):
        log.append((yield from give("if")))
    for each in (yield from give("ab")):
        log.append((yield from give("for " + each)))
    else:
        log.append((yield from give("else of for")))
    async for each in give("async for"):
        log.append((yield from give("in " + each)))
    while (yield from give("while")):
        break
    try:
        log.append((yield from give("try")))
        raise KeyError
    except KeyError:
        log.append((yield from give("except")))
    else:
        log.append("never")
    finally:
        log.append((yield from give("finally")))
    try:
        pass
    except KeyError:
        log.append("never")
    else:
        log.append((yield from give("else of try")))
    with Manager((yield from give("manager"))):
        log.append((yield from give("with")))
    async with Manager((yield from give("async manager"))):
        log.append((yield from give("async with")))
    match (yield from give("subject")):
        case "SUBJECT":
            log.append((yield from give("match")))
"""
    log = []

    async def truth():
        return True

    class Manager:
        def __init__(self, name):
            self.name = name

        def __enter__(self):
            log.append(["enter", self.name])

        def __exit__(self, *arguments):
            log.append(["exit", self.name])

        async def __aenter__(self):
            self.__enter__()

        async def __aexit__(self, *arguments):
            self.__exit__()

    items = await items_of(define(source, "outer", log=log, truth=truth, Manager=Manager)())

    assert items == [
        *["condition", "if", "ab", "for A", "for B", "else of for", "in async for", "while", "try", "except"],
        *["finally", "else of try", "manager", "with", "async manager", "async with", "subject", "match"],
    ]
    assert log == [
        *["IF", "FOR A", "FOR B", "ELSE OF FOR", "IN ASYNC FOR", "TRY", "EXCEPT", "FINALLY", "ELSE OF TRY"],
        *[["enter", "MANAGER"], "WITH", ["exit", "MANAGER"]],
        *[["enter", "ASYNC MANAGER"], "ASYNC WITH", ["exit", "ASYNC MANAGER"], "MATCH"],
    ]


@behaviour("YFR-041", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
async def test_generator_expression_as_subiterator():
    """An asynchronous generator expression is a subiterator as any other: values that are sent to it have no effect,
    and its result is None.
    """
    source = """
async def outer():
    log.append((yield from (2 * x async for x in inner())))
    yield "after"
"""
    log = []

    async def inner():
        for number in range(3):
            yield number

    g = define(source, "outer", inner=inner, log=log)()
    items = [await g.__anext__(), await g.asend("sent"), await g.__anext__(), await g.__anext__()]
    await tidy(g)

    assert items == [0, 2, 4, "after"]
    assert log == [None]


@behaviour("YFR-042", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
def test_awaits_of_the_inner_body():
    """An ``await`` of the inner body suspends the operation on the outer generator, its driver answers it, and it is
    never taken for an item.
    """
    source = """
async def outer():
    log.append(await suspend("outer"))
    yield from inner()
"""
    log = []

    async def inner():
        log.append(await suspend("before"))
        yield "item"
        log.append(await suspend("after"))

    g = define(source, "outer", inner=inner, log=log, suspend=suspend)()
    first = awaiting(g.__anext__())
    steps = [step(first.send, value) for value in [None, 1, 2]]
    second = awaiting(g.__anext__())
    steps += [step(second.send, value) for value in [None, 3]]

    assert steps == [
        ["suspends", "outer"],
        ["suspends", "before"],
        ["returns", "item"],
        ["suspends", "after"],
        ["raises", "StopAsyncIteration"],
    ]
    assert log == [1, 2, 3]


@behaviour("YFR-043", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
def test_sent_value_and_value_of_the_driver():
    """The value of ``asend()`` answers the inner yield, and what the driver sends afterwards answers the inner
    ``await`` that follows.
    """
    source = """
async def outer():
    yield from inner()
"""
    log = []

    async def inner():
        log.append((yield "item"))
        log.append(await suspend("waits"))
        yield "next"

    g = define(source, "outer", inner=inner)()
    first = run(g.__anext__())
    second = awaiting(g.asend("sent"))
    steps = [step(second.send, None), step(second.send, "driver")]
    run(tidy(g))

    assert first == "item"
    assert steps == [["suspends", "waits"], ["returns", "next"]]
    assert log == ["sent", "driver"]


@behaviour("YFR-044", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
def test_driver_throws_into_an_await_of_the_inner_body():
    """What the driver throws while the inner body awaits is raised at that ``await``; if the inner body catches it, the
    delegation continues.
    """
    source = """
async def outer():
    yield from inner()
"""
    log = []
    error = KeyError("key")

    async def inner():
        try:
            await suspend("waits")
        except KeyError as caught:
            log.append(caught)
        log.append((yield "item"))
        yield "next"

    g = define(source, "outer", inner=inner)()
    first = awaiting(g.__anext__())
    steps = [step(first.send, None), step(first.throw, error)]
    item = run(g.asend("sent"))
    run(tidy(g))

    assert steps == [["suspends", "waits"], ["returns", "item"]]
    assert item == "next"
    assert log[0] is error
    assert log[1:] == ["sent"]


@behaviour("YFR-045", source=[PEP828.YIELD_FROM], since="3.16", needs=["compile"])
def test_driver_throws_and_the_inner_body_ends():
    """What the driver throws while the inner body awaits, and the inner body does not catch, comes out at the
    ``yield from``, where the outer body can catch it.
    """
    source = """
async def outer(subiterator):
    try:
        yield from subiterator
    except KeyError as caught:
        log.append(caught)
    yield "after"
"""
    log = []
    error = KeyError("key")

    async def inner():
        try:
            await suspend("waits")
        finally:
            log.append("inner")
        yield "item"

    subiterator = inner()
    g = define(source, "outer", log=log)(subiterator)
    first = awaiting(g.__anext__())
    steps = [step(first.send, None), step(first.throw, error)]
    with raises(StopAsyncIteration):
        run(subiterator.__anext__())
    run(tidy(g))

    assert steps == [["suspends", "waits"], ["returns", "after"]]
    assert log[0] == "inner"
    assert log[1] is error
    assert len(log) == 2


@behaviour("YFR-046", source=[PEP828.YIELD_FROM, REFERENCE.COROUTINE_OBJECTS], since="3.16", needs=["compile"])
def test_awaiting_coroutine_is_closed():
    """If the coroutine that awaits an item is closed while the inner body awaits, GeneratorExit is raised at that
    ``await``, then at the ``yield from``.
    """
    source = """
async def outer():
    try:
        yield from inner()
    except GeneratorExit:
        log.append("outer")
        raise
"""
    log = []

    async def inner():
        try:
            await suspend("waits")
        except GeneratorExit:
            log.append("inner")
            raise
        yield "item"

    async def consumer():
        try:
            await g.__anext__()
        finally:
            log.append("consumer")

    g = define(source, "outer", inner=inner, log=log)()
    coroutine = consumer()
    waiting = step(coroutine.send, None)
    coroutine.close()
    with raises(StopAsyncIteration):
        run(g.__anext__())

    assert waiting == ["suspends", "waits"]
    assert log == ["inner", "outer", "consumer"]


@behaviour("YFR-047", source=[PEP828.YIELD_FROM, REFERENCE.ASYNC_FOR, LIBRARY.ANEXT], since="3.16", needs=["compile"])
async def test_consumers():
    """``async for``, asynchronous comprehensions and ``anext()`` consume a delegating generator as any other, and a
    default of ``anext()`` replaces its end.
    """
    source = """
async def inner():
    yield 1
    yield 2
    return "lost"


async def outer():
    return (yield from inner())
"""
    log = []
    outer = define(source, "outer")
    async for item in outer():
        log.append(item)
    else:
        log.append("else")
    doubled = [2 * item async for item in outer()]
    g = outer()
    asked = [await anext(g), await anext(g, "default"), await anext(g, "default"), await anext(g, "default")]

    assert log == [1, 2, "else"]
    assert doubled == [2, 4]
    assert asked == [1, 2, "default", "default"]


@behaviour("YFR-048", source=[PEP828.YIELD_FROM, REFERENCE.AGEN_METHODS], since="3.16", needs=["compile"])
@pytest.mark.parametrize("catches", [True, False], ids=["caught", "not-caught"])
async def test_exception_of_the_inner_body(catches):
    """An exception of the inner body comes out at the ``yield from`` as the same object, and out of the outer generator
    if its body does not catch it.
    """
    source = """
async def outer(subiterator):
    try:
        yield from subiterator
    except KeyError as caught:
        log.append(caught)
        if not catches:
            raise
    yield "after"
"""
    log = []
    error = KeyError("key")

    async def inner():
        yield "item"
        raise error

    subiterator = inner()
    g = define(source, "outer", log=log, catches=catches)(subiterator)
    items = [await g.__anext__()]
    try:
        items.append(await g.__anext__())
    except KeyError as caught:
        items.append(caught)
    with raises(StopAsyncIteration):
        await subiterator.__anext__()
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert items[0] == "item"
    assert items[1] is error or (catches and items[1] == "after")
    assert len(log) == 1
    assert log[0] is error


@behaviour("YFR-049", source=[PEP525.AGEN_OBJECT, PEP828.YIELD_FROM, PEP828.RETURN], since="3.16", needs=["compile"])
async def test_stop_that_the_inner_body_raises():
    """A StopAsyncIteration that the inner body raises is not the end of the delegation: it comes out at the
    ``yield from`` as RuntimeError.
    """
    source = """
async def outer():
    try:
        log.append(["result", (yield from inner())])
    except RuntimeError:
        log.append("RuntimeError")
    yield "after"
"""
    log = []

    async def inner():
        yield "item"
        raise StopAsyncIteration("value")

    items = await items_of(define(source, "outer", inner=inner, log=log)())

    assert items == ["item", "after"]
    assert log == ["RuntimeError"]


@behaviour("YFR-050", source=[PEP525.AGEN_OBJECT, PEP828.YIELD_FROM, PEP828.RETURN], since="3.16", needs=["compile"])
async def test_stop_that_the_outer_body_raises():
    """A StopAsyncIteration that the outer body raises after a delegation comes out of its generator as RuntimeError,
    and is not the end of its items.
    """
    source = """
async def outer():
    yield from inner()
    raise StopAsyncIteration("value")
"""

    async def inner():
        yield "item"

    items = []
    with raises(RuntimeError):
        async for item in define(source, "outer", inner=inner)():
            items.append(item)

    assert items == ["item"]


@behaviour("YFR-051", source=[PEP828.YIELD_FROM, PEP828.RETURN], since="3.16", needs=["compile"])
@pytest.mark.parametrize("depth", [2, 10, 50], ids=["2", "10", "50"])
async def test_nested_delegations(depth):
    """Through nested delegations, items and sent values pass unchanged, and each generator gets the result of the one
    that it delegates to.
    """
    source = """
async def level(number):
    if number == 0:
        received = yield "ready"
        while received is not None:
            received = yield received
        return [0]
    result = yield from level(number - 1)
    return [*result, number]


async def outer(number):
    log.append((yield from level(number)))
"""
    log = []
    sent = [object() for _ in range(3)]
    g = define(source, "outer", log=log)(depth)
    first = await g.__anext__()
    answers = [await g.asend(each) for each in sent]
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert first == "ready"
    assert all(answer is each for answer, each in zip(answers, sent))
    assert log == [list(range(depth + 1))]


@behaviour("YFR-052", source=[PEP828.YIELD_FROM, PEP828.RETURN], since="3.16", needs=["compile"])
async def test_recursive_walk():
    """A recursive walk with ``yield from`` visits each node of a tree in order, and its return values add up."""
    source = """
async def walk(first, last):
    if first > last:
        return 0
    middle = (first + last) // 2
    below = yield from walk(first, middle - 1)
    yield middle
    above = yield from walk(middle + 1, last)
    return below + 1 + above


async def outer():
    log.append((yield from walk(1, 63)))
"""
    log = []
    items = await items_of(define(source, "outer", log=log)())

    assert items == list(range(1, 64))
    assert log == [63]


@behaviour(
    "YFR-053",
    source=[WHATSNEW.V39, ISSUE.BPO_30773, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile"],
)
async def test_generator_that_delegates_to_itself():
    """A generator that delegates to itself gets RuntimeError at the ``yield from``, where it can catch it and
    continue.
    """
    source = """
async def outer():
    try:
        yield from itself[0]
    except RuntimeError:
        yield "caught"
    yield "after"
"""
    itself = []
    g = define(source, "outer", itself=itself)()
    itself.append(g)
    items = await items_of(g)

    assert items == ["caught", "after"]


@behaviour(
    "YFR-054",
    source=[WHATSNEW.V39, ISSUE.BPO_30773, ISSUE.GH_155127, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile"],
)
async def test_generators_that_delegate_to_each_other():
    """Of two generators that delegate to each other, the second one gets RuntimeError, because the first one is
    running.
    """
    source = """
async def outer(name):
    try:
        yield from others[name]
    except RuntimeError:
        log.append(name)
        raise
"""
    log, others = [], {}
    outer = define(source, "outer", log=log, others=others)
    first, second = outer("first"), outer("second")
    others["first"], others["second"] = second, first
    with raises(RuntimeError):
        await first.__anext__()

    assert log == ["second", "first"]


@behaviour(
    "YFR-055",
    source=[WHATSNEW.V39, ISSUE.BPO_30773, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile"],
)
def test_subiterator_in_the_middle_of_another_operation():
    """If another operation has the subiterator suspended in an ``await``, RuntimeError comes out at the ``yield from``,
    and that operation is not disturbed.
    """
    source = """
async def outer(subiterator):
    try:
        yield from subiterator
    except RuntimeError:
        yield "refused"
"""
    log = []

    async def inner():
        log.append(await suspend("waits"))
        yield "item"

    subiterator = inner()
    other = subiterator.__anext__()
    steps = [step(other.send, None)]
    g = define(source, "outer")(subiterator)
    steps.append(step(g.__anext__().send, None))
    steps.append(step(other.send, "driver"))
    run(tidy(g, subiterator))

    assert steps == [["suspends", "waits"], ["returns", "refused"], ["returns", "item"]]
    assert log == ["driver"]


@behaviour(
    "YFR-056",
    source=[WHATSNEW.V39, ISSUE.BPO_30773, PEP828.YIELD_FROM],
    since="3.16",
    level="detail",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "operation", ["anext", "asend", "athrow", "aclose"], ids=["anext", "asend", "athrow", "aclose"]
)
@pytest.mark.parametrize("which", ["outer", "inner"], ids=["outer", "inner"])
def test_operation_while_the_inner_body_awaits(which, operation):
    """While the inner body awaits, every other operation on either generator raises RuntimeError, and the first one
    can be completed.
    """
    source = """
async def outer(subiterator):
    yield from subiterator
"""
    log = []

    async def inner():
        try:
            log.append(await suspend("waits"))
            yield "item"
        except BaseException as error:
            log.append(error)
            raise

    subiterator = inner()
    g = define(source, "outer")(subiterator)
    first = g.__anext__()
    steps = [step(first.send, None)]
    steps.append(step(operate(g if which == "outer" else subiterator, operation).send, None))
    steps.append(step(first.send, "driver"))
    seen = list(log)
    run(tidy(g))

    assert steps == [["suspends", "waits"], ["raises", "RuntimeError"], ["returns", "item"]]
    assert seen == ["driver"]
