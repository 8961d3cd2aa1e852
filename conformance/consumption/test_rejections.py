"""What consumes synchronously refuses an asynchronous generator, and leaves it as it was."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import items_of, raises
from conformance.sources import LIBRARY, PEPS, REFERENCE, TUTORIAL, WHATSNEW


@behaviour("REJ-001", source=[REFERENCE.FOR, LIBRARY.ITER, TUTORIAL.S10], since="3.6")
async def test_for_in_a_plain_function():
    """A ``for`` loop over an asynchronous generator raises TypeError before its suite, ``else`` or the body runs."""
    log = []

    async def agen():
        log.append("entered")
        yield 1

    g = agen()

    def loop():
        for item in g:
            log.append(item)
        else:
            log.append("else")

    with raises(TypeError):
        loop()
    seen_before = list(log)
    items = await items_of(g)

    assert seen_before == []
    assert items == [1]


@behaviour("REJ-002", source=[LIBRARY.ITER, TUTORIAL.S10], since="3.6")
async def test_iter():
    """``iter()`` of an asynchronous generator raises TypeError, started or not, and moves it nowhere."""

    async def agen():
        yield 1
        yield 2

    g = agen()
    with raises(TypeError):
        iter(g)
    first = await g.__anext__()
    with raises(TypeError):
        iter(g)
    second = await g.__anext__()

    assert first == 1
    assert second == 2


@behaviour("REJ-003", source=[LIBRARY.FUNCTIONS, LIBRARY.ITERATOR_TYPES, TUTORIAL.S10], since="3.6")
@pytest.mark.parametrize(
    "name", ["list", "tuple", "set", "frozenset", "dict"], ids=["list", "tuple", "set", "frozenset", "dict"]
)
async def test_built_in_containers(name):
    """A built-in container cannot be made from an asynchronous generator: TypeError, and no item is taken."""
    import builtins

    async def agen():
        yield "ab"
        yield "cd"

    g = agen()
    container = getattr(builtins, name)
    with raises(TypeError):
        container(g)
    items = await items_of(g)

    assert items == ["ab", "cd"]


@behaviour("REJ-004", source=[LIBRARY.FUNCTIONS, LIBRARY.ITERATOR_TYPES, TUTORIAL.S10], since="3.6")
@pytest.mark.parametrize(
    "name",
    ["sum", "min", "max", "any", "all", "sorted", "reversed", "enumerate", "zip", "map", "filter"],
    ids=["sum", "min", "max", "any", "all", "sorted", "reversed", "enumerate", "zip", "map", "filter"],
)
async def test_built_in_functions(name):
    """A built-in function that iterates raises TypeError for an asynchronous generator, and takes no item."""
    import builtins

    called = []

    async def agen():
        yield 1
        yield 2

    g = agen()
    function = getattr(builtins, name)
    arguments = [called.append, g] if name in ("map", "filter") else [g]
    with raises(TypeError):
        result = function(*arguments)
        if name in ("reversed", "enumerate", "zip", "map", "filter"):
            # These may be as late as their first item; the method, as next() would hide a wrong result's TypeError.
            result.__next__()
    items = await items_of(g)

    assert called == []
    assert items == [1, 2]


@behaviour("REJ-005", source=[REFERENCE.ASSIGNMENT, TUTORIAL.S10], since="3.6")
@pytest.mark.parametrize("form", ["pair", "single", "starred", "nested"], ids=["pair", "single", "starred", "nested"])
async def test_unpacking(form):
    """Assigning an asynchronous generator to a target list raises TypeError, and binds and takes nothing."""

    async def agen():
        yield 1
        yield 2

    g = agen()
    a = b = "unbound"
    with raises(TypeError):
        if form == "pair":
            a, b = g
        elif form == "single":
            (a,) = g
        elif form == "starred":
            a, *b = g
        else:
            (a, b), _ = g, 3
    items = await items_of(g)

    assert [a, b] == ["unbound", "unbound"]
    assert items == [1, 2]


@behaviour("REJ-006", source=[REFERENCE.EXPRESSION_LISTS, REFERENCE.CALLS], since="3.6")
@pytest.mark.parametrize("form", ["list", "tuple", "set", "call"], ids=["list", "tuple", "set", "call"])
async def test_starred(form):
    """Starring an asynchronous generator in a list, tuple or set display or a call raises TypeError; nothing is run."""
    called = []

    async def agen():
        yield 1
        yield 2

    def function(*arguments):
        called.append(arguments)

    g = agen()
    result = "unbound"
    with raises(TypeError):
        if form == "list":
            result = [0, *g]
        elif form == "tuple":
            result = (0, *g)
        elif form == "set":
            result = {0, *g}
        else:
            result = function(0, *g)
    items = await items_of(g)

    assert result == "unbound"
    assert called == []
    assert items == [1, 2]


@behaviour("REJ-008", source=[PEPS.PEP380, REFERENCE.YIELD, TUTORIAL.S18], since="3.6")
async def test_yield_from():
    """A generator that reaches ``yield from`` an asynchronous generator gets a TypeError there, which can be caught."""
    log = []

    async def agen():
        yield 1
        yield 2

    g = agen()

    def generator():
        yield "before"
        try:
            yield from g
        except TypeError:
            log.append("TypeError")
            yield "after"

    yielded = list(generator())
    items = await items_of(g)

    assert yielded == ["before", "after"]
    assert log == ["TypeError"]
    assert items == [1, 2]


@behaviour("REJ-011a", source=[WHATSNEW.V311], since="3.6", until="3.10")
@pytest.mark.parametrize("statement", ["with", "async with"], ids=["with", "async-with"])
async def test_with_raises_attribute_error(statement):
    """Until 3.10, ``with`` and ``async with`` of an asynchronous generator raise AttributeError and run nothing."""
    log = []

    async def agen():
        log.append("entered")
        yield 1

    g = agen()
    with raises(AttributeError):
        if statement == "with":
            with g:
                log.append("suite")
        else:
            async with g:
                log.append("suite")
    seen_before = list(log)
    items = await items_of(g)

    assert seen_before == []
    assert items == [1]


@behaviour("REJ-011b", source=[WHATSNEW.V311], since="3.11")
@pytest.mark.parametrize("statement", ["with", "async with"], ids=["with", "async-with"])
async def test_with_raises_type_error(statement):
    """Since 3.11, ``with`` and ``async with`` of an asynchronous generator raise TypeError and run nothing."""
    log = []

    async def agen():
        log.append("entered")
        yield 1

    g = agen()
    with raises(TypeError):
        if statement == "with":
            with g:
                log.append("suite")
        else:
            async with g:
                log.append("suite")
    seen_before = list(log)
    items = await items_of(g)

    assert seen_before == []
    assert items == [1]


@behaviour("REJ-026", source=[REFERENCE.FOR, LIBRARY.ITER], since="3.6")
@pytest.mark.parametrize("form", ["statement", "comprehension"], ids=["statement", "comprehension"])
async def test_for_in_an_asynchronous_function(form):
    """A plain ``for`` over an asynchronous generator raises TypeError in ``async def`` too: nothing makes it wait."""
    log = []

    async def agen():
        log.append("entered")
        yield 1

    g = agen()
    with raises(TypeError):
        if form == "statement":
            for item in g:
                log.append(item)
        else:
            [log.append(item) for item in g]
    seen_before = list(log)
    items = await items_of(g)

    assert seen_before == []
    assert items == [1]
