"""inspect and ast: how they recognize asynchronous generators, and what they show of them."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import items_of, raises, run, suspend, tidy
from conformance.sources import ISSUE, LIBRARY, PEP525, REFERENCE, TUTORIAL, WHATSNEW


@behaviour("INS-001", source=[LIBRARY.INSPECT_ISASYNCGENFUNCTION, TUTORIAL.S01, PEP525.TYPES], since="3.6")
async def test_isasyncgenfunction():
    """``inspect.isasyncgenfunction()`` is true for an ``async def`` function with a yield of its own, and for nothing
    else.
    """
    import inspect

    async def agen():
        yield 1

    async def never_yields():
        return
        yield

    async def coroutine():
        return agen

    async def with_inner_agen():
        async def inner():
            yield 1

        return inner

    def generator():
        yield 1

    def function():
        return agen()

    class Class:
        async def method(self):
            yield 1

    things = [agen, never_yields, Class.method, coroutine, with_inner_agen, generator, function, Class]
    recognized = [thing.__name__ for thing in things if inspect.isasyncgenfunction(thing)]
    of_object = inspect.isasyncgenfunction(agen())

    assert recognized == ["agen", "never_yields", "method"]
    assert not of_object


@behaviour("INS-002", source=[LIBRARY.INSPECT_ISASYNCGEN, PEP525.TYPES], since="3.6")
async def test_isasyncgen():
    """``inspect.isasyncgen()`` is true for a generator object in any state, and false for its function and for similar
    objects.
    """
    import inspect
    from collections.abc import AsyncGenerator

    async def agen():
        yield 1

    async def coroutine():
        return 1

    def generator():
        yield 1

    class LookAlike(AsyncGenerator):
        async def asend(self, value):
            return value

        async def athrow(self, *exception):
            raise StopAsyncIteration

    g = agen()
    created = inspect.isasyncgen(g)
    await g.__anext__()
    suspended = inspect.isasyncgen(g)
    await g.aclose()
    closed = inspect.isasyncgen(g)
    pending = coroutine()
    others = [agen, pending, generator(), LookAlike(), type(g)]
    mistaken = [type(other).__name__ for other in others if inspect.isasyncgen(other)]
    pending.close()

    assert created
    assert suspended
    assert closed
    assert mistaken == []


@behaviour("INS-003", source=[LIBRARY.INSPECT, TUTORIAL.S04], since="3.6")
@pytest.mark.parametrize(
    "name",
    ["isgeneratorfunction", "iscoroutine", "isgenerator", "isawaitable"],
    ids=["isgeneratorfunction", "iscoroutine", "isgenerator", "isawaitable"],
)
async def test_neither_coroutine_nor_generator(name):
    """The predicates of ``inspect`` for coroutines, awaitables, generators and their functions are false for an
    asynchronous generator and its function.
    """
    import inspect

    async def agen():
        yield 1

    predicate = getattr(inspect, name)
    of_function = predicate(agen)
    of_object = predicate(agen())

    assert not of_function
    assert not of_object


@behaviour(
    "INS-004", source=[REFERENCE.DATAMODEL_AGEN, LIBRARY.INSPECT_ISASYNCGENFUNCTION], since="3.6", level="library"
)
@pytest.mark.parametrize("through", ["instance", "class"], ids=["instance", "class"])
async def test_methods(through):
    """``inspect.isasyncgenfunction()`` is true for methods, class methods and static methods that are such
    functions.
    """
    import inspect

    class Owner:
        async def method(self):
            yield 1

        @classmethod
        async def class_method(cls):
            yield 1

        @staticmethod
        async def static_method():
            yield 1

        @staticmethod
        async def coroutine():
            pass

    owner = Owner() if through == "instance" else Owner
    names = ["method", "class_method", "static_method", "coroutine"]
    recognized = [name for name in names if inspect.isasyncgenfunction(getattr(owner, name))]

    assert recognized == ["method", "class_method", "static_method"]


@behaviour("INS-005a", source=[LIBRARY.INSPECT_ISASYNCGENFUNCTION], since="3.6", until="3.7", level="detail")
async def test_partial_is_not_followed():
    """``inspect.isasyncgenfunction()`` does not look through ``functools.partial()``."""
    import functools
    import inspect

    async def agen(argument):
        yield argument

    partial = functools.partial(agen, 1)
    items = await items_of(partial())
    recognized = [inspect.isasyncgenfunction(each) for each in [agen, partial]]

    assert recognized == [True, False]
    assert items == [1]


@behaviour("INS-005b", source=[LIBRARY.INSPECT_ISASYNCGENFUNCTION], since="3.8")
async def test_partial():
    """``inspect.isasyncgenfunction()`` is true for a ``functools.partial()`` of an asynchronous generator function."""
    import functools
    import inspect

    async def agen(*arguments):
        yield arguments

    async def coroutine(*arguments):
        return arguments

    once = functools.partial(agen, 1)
    twice = functools.partial(once, 2)
    other = functools.partial(coroutine, 1)
    recognized = [inspect.isasyncgenfunction(each) for each in [once, twice, other]]

    assert recognized == [True, True, False]


@behaviour("INS-006a", source=[LIBRARY.INSPECT_ISASYNCGENFUNCTION], since="3.6", until="3.12", level="detail")
async def test_partialmethod_is_not_followed():
    """``inspect.isasyncgenfunction()`` does not look through ``functools.partialmethod()`` accessed on the class."""
    import functools
    import inspect

    class Owner:
        async def agen(self, argument):
            yield argument

        method = functools.partialmethod(agen, 1)

    items = await items_of(Owner().method())
    recognized = [inspect.isasyncgenfunction(each) for each in [Owner.agen, Owner.method]]

    assert recognized == [True, False]
    assert items == [1]


@behaviour("INS-006b", source=[LIBRARY.INSPECT_ISASYNCGENFUNCTION], since="3.13")
@pytest.mark.parametrize("through", ["instance", "class"], ids=["instance", "class"])
async def test_partialmethod(through):
    """``inspect.isasyncgenfunction()`` looks through ``functools.partialmethod()``, accessed on the class or an
    instance.
    """
    import functools
    import inspect

    class Owner:
        async def agen(self, argument):
            yield argument

        async def coroutine(self, argument):
            return argument

        method = functools.partialmethod(agen, 1)
        other = functools.partialmethod(coroutine, 1)

    owner = Owner() if through == "instance" else Owner
    items = await items_of(Owner().method())
    recognized = [inspect.isasyncgenfunction(each) for each in [owner.method, owner.other]]

    assert recognized == [True, False]
    assert items == [1]


@behaviour("INS-007", source=[LIBRARY.INSPECT_ISASYNCGENFUNCTION], since="3.6")
async def test_wrapper_is_what_it_is_itself():
    """``inspect.isasyncgenfunction()`` judges a ``functools.wraps()`` wrapper by the wrapper itself, not by what it
    wraps.
    """
    import functools
    import inspect

    async def agen():
        yield 1

    def function():
        return agen()

    @functools.wraps(agen)
    def plain(*arguments):
        return agen(*arguments)

    @functools.wraps(function)
    async def generating(*arguments):
        yield function(*arguments)

    recognized = [inspect.isasyncgenfunction(each) for each in [plain, generating]]

    assert plain.__wrapped__ is agen
    assert generating.__wrapped__ is function
    assert recognized == [False, True]


@behaviour(
    "INS-008", source=[REFERENCE.DATAMODEL_AGEN, LIBRARY.INSPECT_ISASYNCGENFUNCTION], since="3.6", level="library"
)
async def test_object_with_a_generating_call():
    """``inspect.isasyncgenfunction()`` is false for an object whose ``__call__`` is such a function, and true for its
    bound method.
    """
    import inspect

    class Callable:
        async def __call__(self):
            yield 1

    target = Callable()
    items = await items_of(target())
    recognized = [inspect.isasyncgenfunction(each) for each in [target, target.__call__]]

    assert items == [1]
    assert recognized == [False, True]


@behaviour("INS-009", source=[WHATSNEW.V311, ISSUE.GH_84753], since="3.10")
async def test_function_like_object():
    """``inspect.isasyncgenfunction()`` is true for an object that has all attributes of such a function."""
    import inspect

    async def agen():
        yield 1

    async def coroutine():
        pass

    class FunctionLike:
        def __init__(self, function):
            self.__code__ = function.__code__
            self.__name__ = function.__name__
            self.__defaults__ = function.__defaults__
            self.__kwdefaults__ = function.__kwdefaults__
            self.__annotations__ = {}

        def __call__(self):
            pass

    recognized = [inspect.isasyncgenfunction(FunctionLike(each)) for each in [agen, coroutine]]

    assert recognized == [True, False]


@behaviour("INS-010", source=[LIBRARY.INSPECT_STATE], since="3.12")
async def test_getasyncgenstate():
    """``inspect.getasyncgenstate()`` distinguishes created, running, suspended and closed generators."""
    import inspect

    async def agen():
        states.append(inspect.getasyncgenstate(g))
        yield 1
        states.append(inspect.getasyncgenstate(g))

    g = agen()
    states = [inspect.getasyncgenstate(g)]
    async for _ in g:
        states.append(inspect.getasyncgenstate(g))
    states.append(inspect.getasyncgenstate(g))
    created, running, suspended, closed = (
        inspect.AGEN_CREATED, inspect.AGEN_RUNNING, inspect.AGEN_SUSPENDED, inspect.AGEN_CLOSED,
    )  # fmt: skip

    assert states == [created, running, suspended, running, closed]
    assert len(set(states)) == 4


@behaviour("INS-011b", source=[LIBRARY.INSPECT_STATE], since="3.12", level="detail")
def test_suspended_in_an_await_is_suspended():
    """``inspect.getasyncgenstate()`` of a generator that is suspended in an ``await`` is ``AGEN_SUSPENDED``."""
    import inspect

    async def agen():
        await suspend()
        states.append(inspect.getasyncgenstate(g))
        yield 1

    states = []
    g = agen()
    awaitable = g.__anext__()
    awaitable.send(None)
    waiting = inspect.getasyncgenstate(g)
    with raises(StopIteration):
        awaitable.send(None)
    run(tidy(g))

    assert waiting == inspect.AGEN_SUSPENDED
    assert states == [inspect.AGEN_RUNNING]


@behaviour("INS-012", source=[LIBRARY.INSPECT_STATE, REFERENCE.AGEN_FUNCTION], since="3.12", level="library")
@pytest.mark.parametrize("operation", ["aclose", "athrow"], ids=["aclose", "athrow"])
async def test_state_of_one_that_ended_before_it_started(operation):
    """The state of an unstarted generator is ``AGEN_CREATED`` until the call of ``aclose()`` or ``athrow()`` is
    awaited, then ``AGEN_CLOSED``.
    """
    import inspect

    async def agen():
        yield 1

    g = agen()
    awaitable = g.aclose() if operation == "aclose" else g.athrow(KeyError())
    called = inspect.getasyncgenstate(g)
    try:
        await awaitable
    except KeyError:
        pass
    awaited = inspect.getasyncgenstate(g)

    assert called == inspect.AGEN_CREATED
    assert awaited == inspect.AGEN_CLOSED


@behaviour(
    "INS-013",
    source=[LIBRARY.INSPECT_STATE],
    since="3.12",
    allowed=["the live variables", "always an empty dictionary"],
)
async def test_getasyncgenlocals():
    """``inspect.getasyncgenlocals()`` maps names to their values, except in a Python without frames, is empty after the
    end, and raises TypeError for other objects.
    """
    import inspect

    async def agen(argument):
        local = "first"
        yield 1
        local = "second"
        yield 2

    def generator():
        yield 1

    g = agen("given")
    seen = [dict(inspect.getasyncgenlocals(g))]
    async for _ in g:
        seen.append(dict(inspect.getasyncgenlocals(g)))
    seen.append(inspect.getasyncgenlocals(g))
    for other in [generator(), agen, 1]:
        with raises(TypeError):
            inspect.getasyncgenlocals(other)

    live = [
        {"argument": "given"},
        {"argument": "given", "local": "first"},
        {"argument": "given", "local": "second"},
        {},
    ]
    nothing = [{}, {}, {}, {}]

    assert seen in [live, nothing]
    return "the live variables" if seen == live else "always an empty dictionary"


@behaviour("INS-014", source=[LIBRARY.INSPECT_STATE], since="3.12")
async def test_state_of_a_generator_like_object():
    """``inspect.getasyncgenstate()`` of an object that is like a running generator needs only ``ag_running`` and
    ``ag_frame``.
    """
    import inspect

    class GeneratorLike:
        def __init__(self, running, frame):
            self.ag_running = running
            self.ag_frame = frame

    state = inspect.getasyncgenstate(GeneratorLike(True, object()))

    assert state == inspect.AGEN_RUNNING


@behaviour("INS-015", source=[LIBRARY.INSPECT_FLAGS, TUTORIAL.S01], since="3.6")
async def test_code_flags():
    """The code of an asynchronous generator has ``CO_ASYNC_GENERATOR`` without ``CO_COROUTINE`` and ``CO_GENERATOR``,
    and other code does not have it.
    """
    import inspect

    async def agen():
        yield 1

    async def coroutine():
        return 1

    def generator():
        yield 1

    def function():
        return 1

    flags = ["CO_ASYNC_GENERATOR", "CO_COROUTINE", "CO_GENERATOR"]
    seen = {}
    for each in [agen, coroutine, generator, function]:
        seen[each.__name__] = [flag for flag in flags if each.__code__.co_flags & getattr(inspect, flag)]

    others = seen["coroutine"] + seen["generator"] + seen["function"]

    assert seen["agen"] == ["CO_ASYNC_GENERATOR"]
    assert "CO_ASYNC_GENERATOR" not in others


@behaviour("INS-016", source=[LIBRARY.INSPECT_FLAGS], since="3.6", needs=["compile"])
@pytest.mark.parametrize(
    "kind, asynchronous",
    [["async-for", True], ["await", True], ["plain", False]],
    ids=["async-for", "await", "plain"],
)
async def test_flags_of_a_generator_expression(kind, asynchronous):
    """The code of an asynchronous generator expression has ``CO_ASYNC_GENERATOR``, that of a synchronous one
    ``CO_GENERATOR``.
    """
    import inspect
    import types

    async def async_for(iterable):
        return (x async for x in iterable)

    async def awaiting(iterable):
        return (await x for x in iterable)

    def plain(iterable):
        return (x for x in iterable)

    function = {"async-for": async_for, "await": awaiting, "plain": plain}[kind]
    codes = [constant for constant in function.__code__.co_consts if isinstance(constant, types.CodeType)]
    flags = [bool(codes[0].co_flags & flag) for flag in [inspect.CO_ASYNC_GENERATOR, inspect.CO_GENERATOR]]

    assert len(codes) == 1
    assert flags == [asynchronous, not asynchronous]


@behaviour("INS-017", source=[LIBRARY.INSPECT, LIBRARY.INSPECT_SIGNATURE], since="3.6", needs=["docstrings"])
async def test_function_like_any_other():
    """An asynchronous generator function has a signature and a docstring, and is a function, like any other
    function.
    """
    import inspect

    async def agen(a, b=2, *rest, c, d: int = 4, **more):
        """What it yields."""
        yield a

    def function(a, b=2, *rest, c, d: int = 4, **more):
        return a

    signature = inspect.signature(agen)
    of_function = inspect.signature(function)
    kinds = [parameter.kind.name for parameter in signature.parameters.values()]
    bound = signature.bind(1, c=3)

    assert list(signature.parameters) == ["a", "b", "rest", "c", "d", "more"]
    assert kinds == [
        "POSITIONAL_OR_KEYWORD", "POSITIONAL_OR_KEYWORD", "VAR_POSITIONAL",
        "KEYWORD_ONLY", "KEYWORD_ONLY", "VAR_KEYWORD",
    ]  # fmt: skip
    assert signature == of_function
    assert dict(bound.arguments) == {"a": 1, "c": 3}
    assert inspect.isfunction(agen) == inspect.isfunction(function)
    assert inspect.getdoc(agen) == "What it yields."


@behaviour("INS-018", source=[LIBRARY.INSPECT_MARK], since="3.12", level="detail")
async def test_marked_as_a_coroutine_function():
    """``inspect.markcoroutinefunction()`` makes the function a coroutine function too, and keeps it an asynchronous
    generator function.
    """
    import inspect

    async def agen():
        yield 1

    before = [inspect.iscoroutinefunction(agen), inspect.isasyncgenfunction(agen)]
    marked = inspect.markcoroutinefunction(agen)
    after = [inspect.iscoroutinefunction(agen), inspect.isasyncgenfunction(agen)]
    items = await items_of(agen())

    assert marked is agen
    assert before == [False, True]
    assert after == [True, True]
    assert items == [1]


@behaviour("INS-019", source=[ISSUE.BPO_36045, WHATSNEW.V38], since="3.8", needs=["docstrings"])
async def test_help():
    """``pydoc`` writes ``async`` before an asynchronous generator function, and not before a plain function."""
    import pydoc

    async def agen(argument):
        """What it yields."""
        yield argument

    def function(argument):
        return argument

    asynchronous = pydoc.plain(pydoc.render_doc(agen)).splitlines()
    synchronous = pydoc.plain(pydoc.render_doc(function)).splitlines()

    assert [line for line in asynchronous if "agen(" in line] == ["async agen(argument)"]
    assert [line for line in synchronous if "function(" in line] == ["function(argument)"]
    assert any("What it yields." in line for line in asynchronous)


@behaviour("INS-020", source=[LIBRARY.DIS, ISSUE.BPO_31183], since="3.7", level="detail")
async def test_disassembled():
    """``dis.dis()`` of an asynchronous generator object shows the same code as that of its function."""
    import dis
    import io

    async def agen():
        yield "item"

    g = agen()
    of_object, of_function = io.StringIO(), io.StringIO()
    dis.dis(g, file=of_object)
    dis.dis(agen, file=of_function)
    shown, wanted = of_object.getvalue(), of_function.getvalue()

    assert "'item'" in shown
    assert shown == wanted


@behaviour("INS-021", source=[LIBRARY.AST, TUTORIAL.S05], since="3.6")
async def test_syntax_tree():
    """In an ``ast``, an AsyncFunctionDef can contain a Yield, and ``is_async`` marks exactly the ``async
    for`` clauses.
    """
    import ast

    functions = ast.parse(
        "async def agen():\n    yield 1\n"
        "async def coroutine():\n    await agen\n"
        "def generator():\n    yield 1\n"
    ).body  # fmt: skip
    kinds = [type(function).__name__ for function in functions]
    yields = [sum(isinstance(node, ast.Yield) for node in ast.walk(function)) for function in functions]

    flags = []
    for display in ["[x %s]", "{x %s}", "{x: x %s}", "(x %s)"]:
        tree = ast.parse("async def f():\n    return " + display % "async for x in a for y in b async for z in c")
        clauses = tree.body[0].body[0].value.generators
        flags.append([clause.is_async for clause in clauses])

    assert kinds == ["AsyncFunctionDef", "AsyncFunctionDef", "FunctionDef"]
    assert yields == [1, 0, 1]
    assert flags == [[1, 0, 1]] * 4


@behaviour("INS-022a", source=[ISSUE.GH_81137, WHATSNEW.V313], since="3.6", until="3.12", needs=["warnings"])
async def test_no_warning_for_code_of_another_kind():
    """Assigning the code of an asynchronous generator to a function of another kind gives no warning."""
    import warnings

    async def agen():
        yield 1

    def function():
        return 1

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        function.__code__ = agen.__code__
    items = await items_of(function())

    assert caught == []
    assert items == [1]


@behaviour("INS-022b", source=[ISSUE.GH_81137, WHATSNEW.V313], since="3.13", needs=["warnings"])
@pytest.mark.parametrize("kind", ["function", "generator", "coroutine"], ids=["function", "generator", "coroutine"])
async def test_warning_for_code_of_another_kind(kind):
    """Assigning the code of an asynchronous generator to a function of another kind gives a DeprecationWarning."""
    import warnings

    async def agen():
        yield 1

    async def other_agen():
        yield 2

    def function():
        return 1

    def generator():
        yield 1

    async def coroutine():
        return 1

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        other_agen.__code__ = agen.__code__
        of_same_kind = list(caught)
        {"function": function, "generator": generator, "coroutine": coroutine}[kind].__code__ = agen.__code__
    categories = [warning.category for warning in caught]

    assert of_same_kind == []
    assert categories == [DeprecationWarning]


@behaviour(
    "INS-023",
    source=[REFERENCE.USER_FUNCTIONS, REFERENCE.CODE_OBJECTS],
    since="3.6",
    level="detail",
    needs=["warnings"],
)
async def test_replaced_code():
    """A function that is given the ``__code__`` of an asynchronous generator returns asynchronous generators from then
    on.
    """
    import warnings

    async def agen(argument):
        yield argument
        yield "second"

    async def other(argument="default"):
        yield "other"

    earlier = other()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other.__code__ = agen.__code__
    items = [await items_of(other()), await items_of(other("given")), await items_of(earlier)]

    assert items == [["default", "second"], ["given", "second"], ["other"]]


@behaviour("INS-024", source=[LIBRARY.INSPECT_STATE], since="3.6", level="detail")
@pytest.mark.parametrize("name", ["getgeneratorstate", "getcoroutinestate"], ids=["generator", "coroutine"])
async def test_state_functions_for_other_kinds(name):
    """``inspect.getgeneratorstate()`` and ``getcoroutinestate()`` raise AttributeError for a generator object, started
    or not.
    """
    import inspect

    async def agen():
        yield 1

    g = agen()
    with raises(AttributeError):
        getattr(inspect, name)(g)
    item = await g.__anext__()
    with raises(AttributeError):
        getattr(inspect, name)(g)
    await tidy(g)

    assert item == 1


@behaviour("INS-025", source=[LIBRARY.TYPES, REFERENCE.CODE_OBJECTS], since="3.6", level="detail", needs=["compile"])
async def test_function_made_of_code():
    """``types.FunctionType`` makes another asynchronous generator function from the code of one."""
    import inspect
    import types

    async def agen(argument):
        yield argument
        yield len

    made = types.FunctionType(agen.__code__, {"len": "global"}, "made", ("default",))
    g = made()
    items = await items_of(g)

    assert inspect.isasyncgenfunction(made)
    assert g.__name__ == "made"
    assert g.ag_code is agen.__code__
    assert items == ["default", "global"]


@behaviour("INS-026", source=[LIBRARY.INSPECT], since="3.6")
async def test_routines_and_methods():
    """To ``inspect`` the function and the bound method are what others are; the generator object is no routine, and is
    not callable.
    """
    import inspect

    async def agen():
        yield 1

    def function():
        return 1

    class Owner:
        async def method(self):
            yield 1

        def plain(self):
            return 1

    predicates = [inspect.isroutine, inspect.isfunction, inspect.ismethod, inspect.isbuiltin, callable]
    names = ["isroutine", "isfunction", "ismethod", "isbuiltin", "callable"]
    seen = []
    for each in [agen, function, Owner().method, Owner().plain, agen()]:
        seen.append([name for name, predicate in zip(names, predicates) if predicate(each)])

    assert seen[0] == seen[1]
    assert seen[2] == seen[3]
    assert seen[4] == []


@behaviour("INS-027", source=[LIBRARY.INSPECT], since="3.6")
async def test_unwrapped():
    """``inspect.unwrap()`` follows ``__wrapped__`` through several wrappers to the asynchronous generator function."""
    import functools
    import inspect

    async def agen():
        yield 1

    @functools.wraps(agen)
    def outer():
        return inner()

    @functools.wraps(agen)
    async def inner():
        async for item in agen():
            yield item

    outer.__wrapped__ = inner
    found = inspect.unwrap(outer)
    itself = inspect.unwrap(agen)

    assert found is agen
    assert itself is agen


@behaviour("INS-028", source=[LIBRARY.TYPES, REFERENCE.CODE_OBJECTS], since="3.8", level="detail")
async def test_replaced_parts_of_code():
    """``replace()`` of the code of an asynchronous generator keeps its kind, and a function with that code makes such
    generators.
    """
    import inspect

    async def agen():
        yield "item"

    async def other():
        yield "other"

    code = agen.__code__.replace(co_name="replaced")
    other.__code__ = code
    g = other()
    items = await items_of(g)

    assert code is not agen.__code__
    assert code.co_flags & inspect.CO_ASYNC_GENERATOR
    assert g.ag_code is code
    assert g.ag_code.co_name == "replaced"
    assert items == ["item"]


@behaviour("INS-029", source=[LIBRARY.INSPECT], since="3.6", level="detail")
async def test_not_a_coroutine_function():
    """``inspect.iscoroutinefunction()`` is false for an asynchronous generator function."""
    import inspect

    async def agen():
        yield 1

    async def coroutine():
        pass

    recognized = [inspect.iscoroutinefunction(each) for each in [agen, coroutine]]

    assert recognized == [False, True]
