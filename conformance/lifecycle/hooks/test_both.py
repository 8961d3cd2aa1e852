"""HOK: behaviours of both hooks."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, hooks, suspend, tidy
from conformance.sources import CPYTHON, LIBRARY


@behaviour("HOK-017", source=[CPYTHON.GENOBJECT], since="3.6", needs=["gc"])
async def test_what_hooks_return():
    """The return values of the hooks are ignored, even if they are awaitable or are another generator."""
    log = []

    async def agen():
        try:
            yield 1
        finally:
            pass

    async def other():
        log.append("other")
        yield 2

    def firstiter(generator):
        log.append("firstiter")
        return other()

    def finalizer(generator):
        log.append("finalizer")
        return other()

    with hooks(firstiter, finalizer):
        g = agen()
        item = await g.__anext__()
        del g
        collect()
        seen = list(log)

    assert item == 1
    assert seen == ["firstiter", "finalizer"]


@behaviour("HOK-032", source=[LIBRARY.SET_ASYNCGEN_HOOKS], since="3.6", needs=["gc"])
async def test_other_kinds_have_no_hooks():
    """Synchronous generators and coroutines call neither hook when they are started, ended or collected."""
    calls = []

    def generator():
        try:
            yield 1
        finally:
            pass

    async def coroutine():
        try:
            await suspend()
            return "result"
        finally:
            pass

    async def agen():
        yield 1

    with hooks(lambda generator: calls.append("firstiter"), lambda generator: calls.append("finalizer")):
        first, second = generator(), coroutine()
        next(first)
        second.send(None)
        result = await coroutine()
        del first
        second.close()
        del second
        collect()
        others = list(calls)
        g = agen()
        await g.__anext__()
        await tidy(g)

    assert result == "result"
    assert others == []
    assert calls == ["firstiter"]


@behaviour("HOK-051", source=[LIBRARY.SET_ASYNCGEN_HOOKS, CPYTHON.GENOBJECT], since="3.6", level="detail", needs=["gc"])
@pytest.mark.parametrize("name", ["firstiter", "finalizer"], ids=["firstiter", "finalizer"])
async def test_one_hook_without_the_other(name):
    """Each hook works without the other: with ``firstiter`` alone, a collected body ends as it does without hooks."""
    log = []

    async def agen():
        try:
            yield
        except BaseException as error:
            log.append(type(error))
            raise

    with hooks(**{name: lambda generator: log.append(name)}):
        g = agen()
        await g.__anext__()
        iterated = list(log)
        del g
        collect()
        seen = list(log)

    assert iterated == (["firstiter"] if name == "firstiter" else [])
    assert seen == (["firstiter", GeneratorExit] if name == "firstiter" else ["finalizer"])
