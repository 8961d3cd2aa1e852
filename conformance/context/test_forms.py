"""The forms in which an asynchronous generator function can be defined."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import define, items_of, raises, suspend, tidy
from conformance.sources import CPYTHON, LIBRARY, PEPS, REFERENCE


@behaviour("FRM-001", source=[REFERENCE.DATAMODEL_AGEN, REFERENCE.AGEN_FUNCTION], since="3.6")
async def test_instance_method():
    """An asynchronous generator method is bound to its instance, and reads and sets the attributes of the instance."""

    class Counter:
        def __init__(self, start):
            self.value = start

        async def count(self, steps):
            for _ in range(steps):
                self.value += 1
                yield self.value

    counter, other = Counter(10), Counter(20)
    first, second = counter.count(2), counter.count(1)
    values = [await first.__anext__(), await second.__anext__(), await first.__anext__()]
    unbound = await items_of(Counter.count(other, 1))

    assert values == [11, 12, 13]
    assert counter.value == 13
    assert unbound == [21]


@behaviour("FRM-002", source=[REFERENCE.DATAMODEL_AGEN, LIBRARY.FUNCTIONS], since="3.6")
@pytest.mark.parametrize("through", ["class", "instance"], ids=["class", "instance"])
async def test_class_and_static_method(through):
    """An asynchronous generator can be a class method, which gets the class, or a static method, which gets neither
    class nor instance.
    """

    class Base:
        @classmethod
        async def of_class(cls, *arguments):
            yield [cls.__name__, list(arguments)]

        @staticmethod
        async def of_nothing(*arguments):
            yield list(arguments)

    class Derived(Base):
        pass

    owner = Derived if through == "class" else Derived()
    from_class = await items_of(owner.of_class(1, 2))
    from_static = await items_of(owner.of_nothing(1, 2))

    assert from_class == [["Derived", [1, 2]]]
    assert from_static == [[1, 2]]


@behaviour("FRM-003", source=[REFERENCE.DATAMODEL_AGEN, LIBRARY.FUNCTIONS], since="3.6")
async def test_property():
    """A property whose getter is an asynchronous generator function returns a new generator each time it is read."""
    log = []

    class Owner:
        start = 1

        @property
        async def items(self):
            log.append("body")
            yield self.start
            yield self.start + 1

    owner = Owner()
    first, second = owner.items, owner.items
    read = list(log)
    item = await first.__anext__()
    items = await items_of(second)
    await tidy(first)

    assert first is not second
    assert read == []
    assert item == 1
    assert items == [1, 2]


@behaviour("FRM-004", source=[REFERENCE.CALLS, REFERENCE.DATAMODEL_AGEN], since="3.6")
async def test_call_method():
    """Calling an object whose class has an asynchronous generator function as ``__call__()`` returns a generator."""
    log = []

    class Source:
        def __init__(self, start):
            self.start = start

        async def __call__(self, count):
            log.append("body")
            for number in range(count):
                yield self.start + number

    source = Source(10)
    g = source(2)
    called = list(log)
    items = await items_of(g)
    again = await items_of(source(1))

    assert called == []
    assert items == [10, 11]
    assert again == [10]


@behaviour("FRM-005", source=[LIBRARY.SUPER], since="3.6")
async def test_super_without_arguments():
    """``super()`` without arguments and ``__class__`` refer to the defining class, before and after a yield."""

    class Base:
        def greet(self):
            return ["base", type(self).__name__]

        async def items(self):
            yield "inherited"

    class Middle(Base):
        def greet(self):
            return ["middle"]

        async def items(self):
            yield super().greet()
            async for item in super().items():
                yield item
            yield __class__.__name__

    class Derived(Middle):
        def greet(self):
            return ["derived"]

    items = await items_of(Derived().items())

    assert items == [["base", "Derived"], "inherited", "Middle"]


@behaviour("FRM-006", source=[REFERENCE.MANGLING], since="3.6")
async def test_private_names():
    """Names with two leading underscores in the body are mangled with the class name, as in any method."""

    class Owner:
        def __init__(self):
            self.__value = "private"

        async def method(self):
            __local = "local"
            yield self.__value
            yield sorted(locals())

    items = await items_of(Owner().method())

    assert items[0] == "private"
    assert items[1] == ["_Owner__local", "self"]


@behaviour("FRM-007", source=[REFERENCE.NONLOCAL], since="3.6")
async def test_nonlocal_variables():
    """The body, the outer function and other closures share a nonlocal variable, whichever of them assigns to it."""
    shared = "outer"

    def change(value):
        nonlocal shared
        shared = value

    async def agen():
        nonlocal shared
        yield shared
        yield shared
        shared = "body"
        await suspend()
        yield shared

    g = agen()
    change("closure")
    seen = [await g.__anext__()]
    shared = "outer again"
    seen.append(await g.__anext__())
    seen.append(await g.__anext__())
    outside = shared
    await tidy(g)

    assert seen == ["closure", "outer again", "body"]
    assert outside == "body"


@behaviour("FRM-008", source=[REFERENCE.GLOBAL], since="3.6", needs=["compile"])
async def test_global():
    """The body reads and binds a name declared ``global`` in the module, each time it runs."""
    source = """
value = "initial"

async def agen():
    global value, made
    yield value
    value = "bound by the body"
    made = True
    yield value
    del made

def get():
    return [value, "made" in globals()]

def put(new):
    global value
    value = new
"""
    names = {}
    exec(source, names)
    g = names["agen"]()
    names["put"]("changed")
    seen = [await g.__anext__(), names["get"]()]
    seen += [await g.__anext__(), names["get"]()]
    with raises(StopAsyncIteration):
        await g.__anext__()
    seen.append(names["get"]())

    assert seen == [
        "changed",
        ["changed", False],
        "bound by the body",
        ["bound by the body", True],
        ["bound by the body", False],
    ]


@behaviour("FRM-009", source=[REFERENCE.FUNCTION_DEF, REFERENCE.CALLS], since="3.6")
async def test_parameters():
    """Default, variable and keyword-only parameters of an asynchronous generator function are bound as in
    any function.
    """

    async def agen(a, b=2, *args, c, d=4, **kwargs):
        yield [a, b, list(args)]
        yield [c, d, kwargs]

    fewest = await items_of(agen(1, c=3))
    most = await items_of(agen(10, 20, 30, 40, d=60, c=50, e=70))
    named = await items_of(agen(b=20, a=10, c=30))
    positional, keywords = [1, 2, 3], {"c": 4, "f": 5}
    unpacked = await items_of(agen(*positional, **keywords))
    with raises(TypeError):
        agen(1, 2, 3)

    assert fewest == [[1, 2, []], [3, 4, {}]]
    assert most == [[10, 20, [30, 40]], [50, 60, {"e": 70}]]
    assert named == [[10, 20, []], [30, 4, {}]]
    assert unpacked == [[1, 2, [3]], [4, 4, {"f": 5}]]


@behaviour("FRM-010", source=[REFERENCE.FUNCTION_DEF], since="3.6")
async def test_decorated():
    """A decorator is called once with the asynchronous generator function itself, and its result is bound
    to the name.
    """
    received, returned = [], []

    def doubled(function):
        received.append(function)

        async def wrapper(*arguments):
            async for item in function(*arguments):
                yield item * 2

        returned.append(wrapper)
        return wrapper

    def counted(function):
        received.append(function)
        return function

    @counted
    @doubled
    async def agen(start):
        yield start
        yield start + 1

    items = await items_of(agen(10))
    again = await items_of(agen(1))
    undecorated = await items_of(received[0](10))

    assert received[1:] == returned
    assert agen is returned[0]
    assert undecorated == [10, 11]
    assert items == [20, 22]
    assert again == [2, 4]


@behaviour("FRM-011", source=[REFERENCE.FUNCTION_DEF], since="3.6", needs=["docstrings"])
async def test_docstring():
    """A string that is the first statement of the body is the docstring of the function, and a string after a yield is
    not.
    """

    async def documented():
        """What it yields."""
        yield 1

    async def undocumented():
        yield 1
        """No documentation."""
        yield 2

    items = [await items_of(documented()), await items_of(undocumented())]

    assert documented.__doc__ == "What it yields."
    assert undocumented.__doc__ is None
    assert items == [[1], [1, 2]]


@behaviour("FRM-012", source=[LIBRARY.FUNCTOOLS], since="3.6")
async def test_partial():
    """Each call of a ``functools.partial`` makes a new generator from the stored and the new arguments."""
    import functools

    async def agen(*args, **kwargs):
        yield list(args)
        yield kwargs

    partial = functools.partial(agen, 1, key="stored", other="kept")
    first, second = partial(), partial(2, key="replaced")
    kinds = [type(first), type(second)]
    of_first = await items_of(first)
    of_second = await items_of(second)
    third = partial()
    again = await items_of(third)

    assert third is not first
    assert again == of_first
    assert kinds == [type(agen())] * 2
    assert of_first == [[1], {"key": "stored", "other": "kept"}]
    assert of_second == [[1, 2], {"key": "replaced", "other": "kept"}]


@behaviour("FRM-013", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.NAMING], since="3.6")
async def test_defined_in_a_coroutine_function():
    """An asynchronous generator in a coroutine function uses the variables of that function, also after later awaits in
    it.
    """

    class Answer:
        def __await__(self):
            return iter([])

    async def coroutine():
        await suspend()
        value = "first"

        async def agen():
            yield value
            yield value

        g = agen()
        item = await g.__anext__()
        await Answer()
        value = "second"
        return [item, g]

    item, g = await coroutine()
    rest = await items_of(g)

    assert item == "first"
    assert rest == ["second"]


@behaviour("FRM-014", source=[REFERENCE.COROUTINE_DEF, REFERENCE.AWAIT], since="3.6")
async def test_returned_by_a_coroutine():
    """Awaiting a coroutine that returns a generator evaluates to that generator, and does not start it."""
    log = []

    async def agen():
        log.append("body")
        yield 1
        yield 2

    async def coroutine():
        log.append("coroutine")
        return agen()

    pending = coroutine()
    has_items = hasattr(pending, "__aiter__")
    g = await pending
    awaited = list(log)
    items = await items_of(g)

    assert has_items is False
    assert awaited == ["coroutine"]
    assert items == [1, 2]


@behaviour("FRM-015", source=[LIBRARY.LOCALS, LIBRARY.FUNCTIONS], since="3.6", needs=["compile"])
async def test_locals_exec_and_eval():
    """In the body, ``locals()`` returns its current variables, and ``eval()`` and ``exec()`` can read them."""

    async def agen(argument):
        yield dict(locals())
        local = 2
        yield dict(locals())
        yield eval("argument + local")
        seen = []
        exec("seen.append(argument * local)")
        yield seen

    items = await items_of(agen(5))

    assert items == [{"argument": 5}, {"argument": 5, "local": 2}, 7, [10]]


@behaviour("FRM-016", source=[REFERENCE.DEL, REFERENCE.NAMING], since="3.6")
async def test_deleted_variable():
    """A variable that is deleted before a yield is unbound after it: reading it raises UnboundLocalError."""

    async def agen():
        value = 1
        del value
        yield "deleted"
        try:
            yield value
        except UnboundLocalError:
            yield "unbound"
        value = 2
        yield value

    items = await items_of(agen())

    assert items == ["deleted", "unbound", 2]


@behaviour("FRM-017", source=[REFERENCE.COMPOUND, REFERENCE.TRY, REFERENCE.WHILE, REFERENCE.FOR], since="3.6")
async def test_compound_statements():
    """Yields in ``with``, ``try``, ``while`` and ``for`` statements do not change which of their suites run."""
    log = []

    class Manager:
        def __enter__(self):
            log.append("enter")
            return "entered"

        def __exit__(self, *exception):
            log.append("exit")

    async def agen():
        with Manager() as target:
            yield target
        try:
            yield "try"
        except KeyError:
            yield "never"
        else:
            yield "else of try"
        finally:
            yield "finally"
        count = 0
        while count < 2:
            yield ["while", count]
            count += 1
        else:
            yield "else of while"
        for item in [1, 2]:
            yield ["for", item]
            if item == 1:
                break
        else:
            yield "never"
        for _ in []:
            yield "never"
        else:
            yield "else of for"

    async for item in agen():
        log.append(item)

    assert log == [
        "enter", "entered", "exit",
        "try", "else of try", "finally",
        ["while", 0], ["while", 1], "else of while",
        ["for", 1], "else of for",
    ]  # fmt: skip


@behaviour("FRM-018", source=[REFERENCE.MATCH, PEPS.PEP634], since="3.10", needs=["compile"])
async def test_match():
    """Yields in the subject, guards and suites of ``match`` run in the order of ``match``, and the sent values are
    matched.
    """

    async def agen(guards):
        match (yield "subject"):
            case [x, y] if guards.append("first") or (yield "guard"):
                yield ["pair", x, y]
            case {"key": value}:
                yield ["mapping", value]
            case other:
                yield ["other", other]
        yield "after"

    seen = []
    for subject, guard in [[[1, 2], True], [[1, 2], False], [{"key": 3}, None]]:
        guards = []
        g = agen(guards)
        items = [await g.__anext__(), await g.asend(subject)]
        if items[-1] == "guard":
            items.append(await g.asend(guard))
        items += await items_of(g)
        seen.append([items, guards])

    assert seen == [
        [["subject", "guard", ["pair", 1, 2], "after"], ["first"]],
        [["subject", "guard", ["other", [1, 2]], "after"], ["first"]],
        [["subject", ["mapping", 3], "after"], []],
    ]


@behaviour("FRM-019", source=[PEPS.PEP572, REFERENCE.ASSIGNMENT_EXPRESSIONS], since="3.8", needs=["compile"])
async def test_assignment_expression():
    """A name bound by an assignment expression, also to a sent value, keeps its value across yields."""
    source = """
async def agen():
    if (first := (yield "first")) is not None:
        yield ["got", first]
    while (value := (yield "more")) != "stop":
        yield [first, value]
    yield [first, value, [last := number for number in range(3)], last]
"""
    g = define(source, "agen")()
    sent = [None, "a", None, "b", None, "stop"]
    seen = []
    for value in sent:
        seen.append(await g.asend(value))
    await tidy(g)

    assert seen == ["first", ["got", "a"], "more", ["a", "b"], "more", ["a", "stop", [0, 1, 2], 2]]


@behaviour("FRM-020", source=[PEPS.PEP695, REFERENCE.GENERIC_FUNCTIONS], since="3.12", needs=["compile"])
async def test_type_parameters():
    """An asynchronous generator function can have type parameters, and its body can read them."""
    source = """
async def agen[T, *Ts](first: T, *rest):
    yield first
    yield [parameter.__name__ for parameter in (T, Ts)]
    for item in rest:
        yield item
"""
    agen = define(source, "agen")
    items = await items_of(agen(1, 2, 3))
    names = [parameter.__name__ for parameter in agen.__type_params__]

    assert items == [1, ["T", "Ts"], 2, 3]
    assert names == ["T", "Ts"]


@behaviour("FRM-021", source=[REFERENCE.GENERATOR_EXPRESSIONS], since="3.7")
async def test_lambda():
    """A lambda around an asynchronous generator expression makes a new, independent generator at each call."""

    async def numbers():
        yield 1
        yield 2

    (scaled,) = [lambda factor: (n * factor async for n in numbers())]
    first, second = scaled(10), scaled(100)
    kinds = [type(first), type(second)]
    values = [await first.__anext__(), await second.__anext__(), await first.__anext__()]
    await tidy(second)
    rest = await items_of(first)

    assert kinds == [type(numbers())] * 2
    assert values == [10, 100, 20]
    assert rest == []


@behaviour("FRM-022", source=[REFERENCE.DATAMODEL_AGEN, LIBRARY.FUNCTIONS], since="3.6")
@pytest.mark.parametrize(
    "way", ["conditional", "loop", "type", "metaclass"], ids=["conditional", "loop", "type", "metaclass"]
)
async def test_put_into_a_class(way):
    """A method defined in a condition or loop of a class body, or added to the class, works like any other method."""

    async def method(self):
        yield self.value
        yield type(self).__name__

    class Meta(type):
        def __new__(cls, name, bases, names):
            return super().__new__(cls, name, bases, dict(names, method=method))

    if way == "conditional":

        class Owner:
            value = 1
            if value:

                async def method(self):
                    yield self.value
                    yield type(self).__name__

    elif way == "loop":

        class Owner:
            value = 1
            for _ in range(2):

                async def method(self):
                    yield self.value
                    yield type(self).__name__

    elif way == "type":
        Owner = type("Owner", (), {"value": 1, "method": method})
    else:

        class Owner(metaclass=Meta):
            value = 1

    items = await items_of(Owner().method())

    assert items == [1, "Owner"]


@behaviour("FRM-023", source=[CPYTHON.COMPILER], since="3.6", needs=["compile"])
async def test_large_body():
    """A body with hundreds of yields, variables, arguments and large constants works like a small one."""
    count = 250
    names = ["v%d" % number for number in range(count)]
    lines = ["async def agen(%s):" % ", ".join("a" + name for name in names)]
    for number, name in enumerate(names):
        lines.append("    %s = yield a%s + %d" % (name, name, 10**30 + number))
    lines.append("    yield [%s]" % ", ".join(names))
    agen = define("\n".join(lines), "agen")
    g = agen(*range(count))
    seen = [await g.__anext__()]
    for number in range(count):
        seen.append(await g.asend(number))
    wanted = [2 * number + 10**30 for number in range(count)]

    assert seen == wanted + [list(range(count))]


@behaviour("FRM-024", source=[REFERENCE.AGEN_FUNCTION], since="3.6")
async def test_endless_generator():
    """An endless generator produces as many items as are taken, and computes each one only when it is asked for."""
    made = 0

    async def agen():
        nonlocal made
        while True:
            made += 1
            yield made

    g = agen()
    total = 0
    for _ in range(20001):
        total += await g.__anext__()

    assert made == 20001
    assert total == 20001 * 20002 // 2


@behaviour("FRM-025", source=[LIBRARY.DOCTEST], since="3.6", needs=["docstrings"])
async def test_doctest():
    """``doctest`` finds the examples in the docstring of an asynchronous generator function, and runs them."""
    import builtins
    import doctest
    import types

    async def agen():
        """Count.

        >>> 6 * 7
        42
        >>> "print" + "ed"
        'something else'
        """
        yield 1

    module = types.ModuleType("module")
    module.agen = agen
    agen.__module__ = "module"
    found = doctest.DocTestFinder().find(agen, "agen", module, {"agen": agen})
    printed = []
    named = hasattr(builtins, "_")
    results = doctest.DocTestRunner().run(found[0], out=printed.append)
    if hasattr(builtins, "_") and not named:
        # doctest leaves this name behind.
        del builtins._

    assert [len(test.examples) for test in found] == [2]
    assert [results.attempted, results.failed] == [2, 1]
    assert "something else" in "".join(printed)


@behaviour("FRM-026", source=[LIBRARY.FUNCTOOLS], since="3.6", level="detail")
async def test_cached_function():
    """``functools.lru_cache()`` on an asynchronous generator function returns the same generator again, even if
    exhausted.
    """
    import functools

    @functools.lru_cache(maxsize=None)
    async def agen(argument):
        yield argument
        yield "second"

    first = agen(1)
    item = await first.__anext__()
    again = agen(1)
    rest = await items_of(again)
    exhausted = await items_of(agen(1))
    other = await items_of(agen(2))

    assert again is first
    assert item == 1
    assert rest == ["second"]
    assert exhausted == []
    assert other == [2, "second"]


@behaviour("FRM-027", source=[LIBRARY.FUNCTOOLS], since="3.6")
async def test_single_dispatch():
    """``functools.singledispatch()`` selects an asynchronous generator function by the type of the argument."""
    import functools

    @functools.singledispatch
    async def agen(argument):
        yield ["other", argument]

    @agen.register(int)
    async def of_int(argument):
        yield ["int", argument]

    @agen.register(str)
    async def of_str(argument):
        for letter in argument:
            yield ["str", letter]

    items = [await items_of(agen(1)), await items_of(agen("ab")), await items_of(agen(None))]
    direct = await items_of(of_int("unchecked"))

    assert items == [[["int", 1]], [["str", "a"], ["str", "b"]], [["other", None]]]
    assert direct == [["int", "unchecked"]]


@behaviour("FRM-031", source=[LIBRARY.FUNCTOOLS], since="3.8")
async def test_single_dispatch_method():
    """``functools.singledispatchmethod()`` selects an asynchronous generator method, bound to its instance, by the type
    of the argument.
    """
    import functools

    class Source:
        def __init__(self, name):
            self.name = name

        @functools.singledispatchmethod
        async def items(self, argument):
            yield [self.name, "other", argument]

        @items.register(int)
        async def of_int(self, argument):
            yield [self.name, "int", argument]
            yield [self.name, "int", argument + 1]

    source, other = Source("a"), Source("b")
    items = await items_of(source.items(1)) + await items_of(other.items("text"))
    direct = await other.of_int("unchecked").__anext__()

    assert items == [["a", "int", 1], ["a", "int", 2], ["b", "other", "text"]]
    assert direct == ["b", "int", "unchecked"]


@behaviour("FRM-028", source=[LIBRARY.ABC], since="3.6")
async def test_abstract_method():
    """A class with an abstract method cannot be instantiated until the method is overridden, by whatever kind of
    function.
    """
    import abc

    class Base(abc.ABC):
        @abc.abstractmethod
        async def declared(self):
            yield "abstract"

    class CoroutineBase(abc.ABC):
        @abc.abstractmethod
        async def declared(self):
            pass

    class Instead(CoroutineBase):
        async def declared(self):
            yield "generator instead"

    class Inherits(Base):
        async def another(self):
            yield

    class Generator(Base):
        async def declared(self):
            async for item in super().declared():
                yield item
            yield "overridden"

    class Coroutine(Base):
        async def declared(self):
            return "coroutine"

    class Plain(Base):
        def declared(self):
            return "plain"

    class Synchronous(Base):
        def declared(self):
            yield "synchronous"

    for refused in [Base, Inherits, CoroutineBase]:
        with raises(TypeError):
            refused()
    items = [await items_of(Generator().declared()), await items_of(Instead().declared())]
    others = [await Coroutine().declared(), Plain().declared(), list(Synchronous().declared())]

    assert items == [["abstract", "overridden"], ["generator instead"]]
    assert others == ["coroutine", "plain", ["synchronous"]]


@behaviour("FRM-029", source=[CPYTHON.TYPES], since="3.6")
async def test_types_coroutine():
    """``types.coroutine()`` on an asynchronous generator function does not make its generators awaitable."""
    import types

    async def agen():
        yield 1

    wrapped = types.coroutine(agen)
    g = wrapped()
    with raises(TypeError):
        await g
    items = await items_of(wrapped())

    assert type(g) is types.AsyncGeneratorType
    assert items == [1]


@behaviour(
    "FRM-030", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.TRY, REFERENCE.AGEN_ASEND, REFERENCE.AGEN_ATHROW], since="3.6"
)
async def test_awaits_in_finally_between_yields():
    """Awaits in finally clauses between yields run in order, whether a value was sent or an exception was thrown."""
    log = []

    async def agen():
        for name in "abc":
            try:
                log.append(["got", (yield name)])
            except KeyError:
                log.append(["caught in", name])
            finally:
                log.append(["cleaning", name])
                await suspend()
                log.append(["cleaned", name])

    g = agen()
    items = [await g.__anext__(), await g.asend("sent")]
    await g.athrow(KeyError())
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert items == ["a", "b"]
    assert log == [
        ["got", "sent"], ["cleaning", "a"], ["cleaned", "a"],
        ["caught in", "b"], ["cleaning", "b"], ["cleaned", "b"],
        ["got", None], ["cleaning", "c"], ["cleaned", "c"],
    ]  # fmt: skip
