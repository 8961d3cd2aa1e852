"""Context variables: a body has no context of its own, and runs in the context of the code that resumes it."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import awaiting, collect, in_loop, raises, run, suspend, tidy
from conformance.sources import LIBRARY, PEPS, REFERENCE, TUTORIAL


@behaviour("CVR-001", source=[PEPS.PEP567, LIBRARY.CONTEXTVARS], since="3.7")
async def test_set_in_the_body():
    """If the body sets a context variable, the consumer sees that value too, after the yield and after the end."""
    import contextvars

    variable = contextvars.ContextVar("variable", default="default")

    async def agen():
        variable.set("first")
        yield 1
        variable.set("second")

    g = agen()
    seen = [variable.get()]
    await g.__anext__()
    seen.append(variable.get())
    with raises(StopAsyncIteration):
        await g.__anext__()
    seen.append(variable.get())

    assert seen == ["default", "first", "second"]


@behaviour("CVR-002", source=[PEPS.PEP567, LIBRARY.CONTEXTVARS], since="3.7")
async def test_set_by_the_consumer():
    """If the consumer sets a context variable between two steps, the body sees that value when it is resumed."""
    import contextvars

    variable = contextvars.ContextVar("variable", default="default")

    async def agen():
        while True:
            yield variable.get()

    g = agen()
    variable.set("after the call")
    seen = [await g.__anext__()]
    variable.set("between")
    seen.append(await g.__anext__())
    variable.set("again")
    seen.append(await g.__anext__())
    await tidy(g)

    assert seen == ["after the call", "between", "again"]


@behaviour(
    "CVR-003",
    source=[PEPS.PEP567, LIBRARY.CONTEXTVARS, TUTORIAL.S17],
    since="3.7",
    needs=["contexts", "stepping"],
)
def test_resumed_in_several_contexts():
    """Each resumption, at a yield or in an ``await``, reads and sets variables in the context of the caller that
    resumes it.
    """
    import contextvars

    variable = contextvars.ContextVar("variable", default="default")

    async def agen():
        seen.append(variable.get())
        variable.set("changed at the start")
        await suspend()
        seen.append(variable.get())
        variable.set("changed in the await")
        yield 1
        seen.append(variable.get())

    contexts = [contextvars.copy_context() for _ in range(3)]
    for number, context in enumerate(contexts):
        context.run(variable.set, number)
    seen = []
    g = agen()
    step = awaiting(g.__anext__())
    contexts[0].run(step.send, None)
    with raises(StopIteration):
        contexts[1].run(step.send, None)
    with raises(StopAsyncIteration):
        contexts[2].run(run, g.__anext__())
    left = [context[variable] for context in contexts]
    outside = variable.get()

    assert seen == [0, 1, 2]
    assert left == ["changed at the start", "changed in the await", 2]
    assert outside == "default"


@behaviour("CVR-004", source=[PEPS.PEP567, LIBRARY.CONTEXTVARS], since="3.7", needs=["contexts", "stepping"])
def test_reset_in_another_context():
    """The body can reset a context variable with its token only when resumed in the context where it made the token."""
    import contextvars

    variable = contextvars.ContextVar("variable", default="default")

    async def agen():
        token = variable.set("inside")
        yield 1
        with raises(ValueError):
            variable.reset(token)
        yield 2
        variable.reset(token)
        yield 3

    first, second = contextvars.copy_context(), contextvars.copy_context()
    g = agen()
    steps = [first.run(run, g.__anext__()), second.run(run, g.__anext__())]
    kept = first[variable]
    steps.append(first.run(run, g.__anext__()))
    restored = first.run(variable.get)
    run(tidy(g))

    assert steps == [1, 2, 3]
    assert kept == "inside"
    assert restored == "default"


@behaviour("CVR-005", source=[PEPS.PEP567, LIBRARY.CONTEXTVARS], since="3.7", needs=["asyncio"])
def test_advanced_by_several_tasks():
    """The body runs in the context of the task that advances it, and no other task sees the variables that it sets
    there.
    """
    import asyncio
    import contextvars

    variable = contextvars.ContextVar("variable", default="default")
    log = []

    async def agen():
        for item in "abcd":
            log.append([item, variable.get()])
            variable.set("set before " + item)
            yield item

    async def advance(g, steps):
        for _ in range(steps):
            await g.__anext__()
        log.append(["task", variable.get()])

    async def main():
        g = agen()
        variable.set("main")
        await asyncio.ensure_future(advance(g, 2))
        await asyncio.ensure_future(advance(g, 1))
        log.append(["main", variable.get()])
        await g.__anext__()
        log.append(["main", variable.get()])
        await tidy(g)

    in_loop(main())

    assert log == [
        ["a", "main"], ["b", "set before a"], ["task", "set before b"],
        ["c", "main"], ["task", "set before c"],
        ["main", "main"], ["d", "main"], ["main", "set before d"],
    ]  # fmt: skip


@behaviour("CVR-006", source=[REFERENCE.AGEN_FUNCTION], since="3.7", level="detail", needs=["asyncio", "gc"])
def test_context_of_a_cleanup_that_the_loop_schedules():
    """The ``aclose()`` that asyncio schedules runs in a copy of the context in which the generator was collected."""
    import asyncio
    import contextvars

    variable = contextvars.ContextVar("variable", default="default")
    log = []

    async def agen():
        variable.set("body")
        try:
            yield 1
        finally:
            log.append(["cleanup", variable.get()])
            variable.set("cleanup")

    async def drop(g):
        variable.set("dropping task")
        await g[0].__anext__()
        variable.set("dropping task, after the item")
        del g[:]
        collect()
        for _ in range(20):
            # Far more cycles than the cleanup takes.
            await asyncio.sleep(0)
        log.append(["dropping task", variable.get()])

    async def main():
        variable.set("main")
        await asyncio.ensure_future(drop([agen()]))
        log.append(["main", variable.get()])

    in_loop(main())

    assert log == [
        ["cleanup", "dropping task, after the item"],
        ["dropping task", "dropping task, after the item"],
        ["main", "main"],
    ]


@behaviour("CVR-007", source=[PEPS.PEP567, PEPS.PEP568], since="3.7")
@pytest.mark.parametrize("way", ["exhausted", "left", "closed"], ids=["exhausted", "left", "closed"])
async def test_nothing_is_restored(way):
    """However the iteration ends, a context variable keeps the value that the body has set: nothing restores it."""
    import contextvars

    variable = contextvars.ContextVar("variable", default="default")

    async def agen():
        variable.set("first")
        yield 1
        variable.set("second")
        yield 2

    g = agen()
    seen = []
    if way == "exhausted":
        async for _ in g:
            seen.append(variable.get())
    else:
        await g.__anext__()
        seen.append(variable.get())
    if way == "closed":
        await tidy(g)
    left = variable.get()
    await tidy(g)

    assert seen == (["first", "second"] if way == "exhausted" else ["first"])
    assert left == seen[-1]


@behaviour("CVR-008", source=[LIBRARY.DECIMAL, PEPS.PEP568], since="3.6", level="library")
async def test_decimal_context():
    """A ``decimal.localcontext()`` around a yield also applies in the consumer until the body leaves the block."""
    import decimal

    async def agen():
        with decimal.localcontext() as context:
            context.prec = 5
            yield decimal.getcontext().prec
        yield decimal.getcontext().prec

    with decimal.localcontext() as outer:
        outer.prec = 20
        g = agen()
        seen = [["consumer", decimal.getcontext().prec]]
        async for precision in g:
            seen.append(["body", precision])
            seen.append(["consumer", decimal.getcontext().prec])

    assert seen == [["consumer", 20], ["body", 5], ["consumer", 5], ["body", 20], ["consumer", 20]]


@behaviour("CVR-009", source=[LIBRARY.ASYNCIO_TASK], since="3.11", needs=["asyncio", "contexts"])
def test_task_with_a_context():
    """A task made from an ``asend()`` awaitable with ``context`` runs that resumption of the body in that context."""
    import asyncio
    import contextvars

    variable = contextvars.ContextVar("variable", default="default")
    log = []

    async def agen():
        log.append(variable.get())
        variable.set("body")
        yield 1
        log.append(variable.get())
        yield 2

    async def main():
        context = contextvars.copy_context()
        context.run(variable.set, "given")
        loop = asyncio.get_running_loop()
        g = agen()
        await loop.create_task(g.asend(None), context=context)
        log.append(["main", variable.get(), context[variable]])
        await g.__anext__()

    in_loop(main())

    assert log == ["given", ["main", "default", "body"], "default"]


@behaviour("CVR-010", source=[LIBRARY.ACLOSING], since="3.10")
@pytest.mark.parametrize("way", ["end", "exception"], ids=["end", "exception"])
async def test_aclosing_cleans_up_in_the_context_of_the_iterations(way):
    """With ``contextlib.aclosing()`` the exit code of a generator runs in the context in which it was iterated."""
    import contextvars
    from contextlib import aclosing

    variable = contextvars.ContextVar("variable", default="default")
    log = []

    async def agen():
        try:
            log.append(["body", variable.get()])
            yield 1
        finally:
            log.append(["exit", variable.get()])
            variable.set("set at the exit")

    variable.set("consumer")
    try:
        async with aclosing(agen()) as g:
            await g.__anext__()
            if way == "exception":
                raise KeyError
        log.append(["after", variable.get()])
    except KeyError:
        log.append(["KeyError", variable.get()])
    last = "after" if way == "end" else "KeyError"

    assert log == [["body", "consumer"], ["exit", "consumer"], [last, "set at the exit"]]
