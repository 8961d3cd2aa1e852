"""Context variables: a body has no context of its own, and runs in that of whoever resumes it."""

from conformance.behaviour import behaviour
from conformance.prelude import raises, run, suspend
from conformance.sources import LIBRARY, PEPS, TUTORIAL


@behaviour("CVR-001", source=[PEPS.PEP567, LIBRARY.CONTEXTVARS], since="3.7")
async def test_set_in_the_body():
    """A context variable that the body sets has that value for the consumer too, after the yield and after the end."""
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
    """What the consumer sets a context variable to between two steps is what the body reads when it is resumed."""
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
    token = variable.set("again")
    seen.append(await g.__anext__())
    variable.reset(token)
    seen.append(await g.__anext__())
    await g.aclose()

    assert seen == ["after the call", "between", "again", "between"]


@behaviour("CVR-003", source=[PEPS.PEP567, LIBRARY.CONTEXTVARS, TUTORIAL.S17], since="3.7")
def test_resumed_in_several_contexts():
    """Each resumption, at a yield or in an ``await``, runs in the context of the resumer, reading and setting there."""
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
    step = g.__anext__()
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


@behaviour("CVR-004", source=[PEPS.PEP567, LIBRARY.CONTEXTVARS], since="3.7")
def test_reset_in_another_context():
    """A token made by the body cannot be reset after a resumption in another context, but still can in its own."""
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
    run(g.aclose())

    assert steps == [1, 2, 3]
    assert kept == "inside"
    assert restored == "default"
