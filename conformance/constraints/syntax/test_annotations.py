"""SYN: annotations, type parameters and type aliases."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import define, items_of, raises, rejects
from conformance.sources import ISSUE, LIBRARY, PEP828, PEPS, REFERENCE, WHATSNEW


@behaviour(
    "SYN-037a",
    source=[REFERENCE.FUNCTION_DEF, REFERENCE.YIELD, PEPS.PEP649],
    since="3.6",
    until="3.13",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "parameter, name",
    [["x: (yield 1)", "x"], ["*x: (yield 1)", "x"], ["*, x: (yield 1)", "x"], ["**x: (yield 1)", "x"]],
    ids=["positional", "starred", "keyword-only", "double-starred"],
)
async def test_yield_in_an_annotation_of_a_nested_function(parameter, name):
    """A ``yield`` in the annotation of a parameter belongs to the enclosing ``async def`` and runs when the annotated
    function is created.
    """
    source = "async def agen(log):\n    def f(" + parameter + "): return 2\n    log.append(f.__annotations__)\n"
    log = []
    g = define(source, "agen")(log)
    item = await g.__anext__()
    before = list(log)
    with raises(StopAsyncIteration):
        await g.asend("sent")

    assert item == 1
    assert before == []
    assert log == [{name: "sent"}]


@behaviour(
    "SYN-037b",
    source=[REFERENCE.ANNOTATION_SCOPES, PEPS.PEP649, WHATSNEW.V314],
    since="3.14",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "parameter",
    ["x: (yield)", "*x: (yield)", "*, x: (yield)", "**x: (yield)"],
    ids=["positional", "starred", "keyword-only", "double-starred"],
)
def test_yield_in_a_lazy_annotation_of_a_nested_function(parameter):
    """The annotation of a parameter is a scope of its own, in which ``yield`` is a SyntaxError, even in an ``async
    def``.
    """
    source = "async def agen():\n    yield\n    def f(" + parameter + "): pass\n"

    assert rejects(source)
    assert rejects(source.replace("    yield\n", ""))
    assert not rejects(source.replace("(yield)", "1"))
    assert not rejects("async def agen():\n    def f(x: 1 = (yield)): pass\n")


@behaviour(
    "SYN-038a",
    source=[REFERENCE.FUNCTION_DEF, REFERENCE.AWAIT, PEPS.PEP649],
    since="3.6",
    until="3.13",
    needs=["compile"],
)
async def test_await_in_an_annotation_of_a_nested_function():
    """An ``await`` in an annotation of a nested function runs in the enclosing ``async def`` when the function is
    created.
    """
    source = """
async def agen(log):
    def f(x: await echo(1), *y: await echo(2), z: await echo(3) = 0, **w: await echo(4)) -> await echo(5):
        pass
    log.append("made")
    yield f.__annotations__
"""
    log = []

    async def echo(value):
        log.append(value)
        return value

    items = await items_of(define(source, "agen", echo=echo)(log))

    assert items == [{"x": 1, "y": 2, "z": 3, "w": 4, "return": 5}]
    assert sorted(log[:5]) == [1, 2, 3, 4, 5]
    assert log[5:] == ["made"]


@behaviour(
    "SYN-038b",
    source=[REFERENCE.ANNOTATION_SCOPES, PEPS.PEP649, WHATSNEW.V314],
    since="3.14",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "header",
    ["(x: await y)", "(*x: await y)", "(*, x: await y)", "(**x: await y)", "() -> await y", "() -> (yield)"],
    ids=["positional", "starred", "keyword-only", "double-starred", "return", "return-yield"],
)
def test_await_in_a_lazy_annotation_of_a_nested_function(header):
    """No annotation of a nested function can contain ``await``, and its return annotation cannot contain ``yield``
    either.
    """
    source = "async def f(y):\n    yield\n    def g" + header + ": pass\n"

    assert rejects(source)
    assert rejects(source.replace("    yield\n", ""))
    assert not rejects(source.replace("await y", "y").replace("(yield)", "y"))


@behaviour(
    "SYN-039a",
    source=[REFERENCE.ANNOTATED_ASSIGNMENT, REFERENCE.YIELD, PEPS.PEP526],
    since="3.6",
    until="3.13",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "statement",
    ["x: (yield 1)", "x: (yield 1) = 2", "log[0:]: (yield 1) = [3]", "x: [(yield 1), (yield 2)]"],
    ids=["bare", "with-value", "subscript", "nested"],
)
async def test_yield_in_an_annotation_of_a_local_variable(statement):
    """A ``yield`` in the annotation of a local variable makes an asynchronous generator, but is never evaluated."""
    source = "async def f(log):\n    " + statement + "\n    log.append('end')\n"
    log = []
    made = define(source, "f")(log)
    iterable = hasattr(made, "__anext__") and not hasattr(made, "__await__")
    items = await items_of(made)

    assert iterable
    assert items == []
    assert log[-1] == "end"
    assert rejects(source + "    return 1\n")


@behaviour(
    "SYN-039b",
    source=[REFERENCE.ANNOTATION_SCOPES, PEPS.PEP649, WHATSNEW.V314],
    since="3.14",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "statement",
    ["x: (yield)", "x: (yield) = 2", "y[0]: (yield) = 2", "y.z: (yield) = 2", "(x): (yield) = 2", "x: [(yield)]"],
    ids=["bare", "with-value", "subscript", "attribute", "parenthesised", "nested"],
)
def test_yield_in_a_lazy_annotation_of_a_local_variable(statement):
    """A ``yield`` in the annotation of a local variable of an ``async def`` is a SyntaxError, although it would never
    run.
    """
    source = "async def f(y):\n    yield\n    " + statement + "\n"

    assert rejects(source)
    assert rejects(source.replace("    yield\n", ""))
    assert not rejects(source.replace("(yield)", "1"))
    assert not rejects("async def f(y):\n    x: int = yield\n")


@behaviour(
    "SYN-040a",
    source=[REFERENCE.ANNOTATED_ASSIGNMENT, REFERENCE.AWAIT, PEPS.PEP526],
    since="3.6",
    until="3.13",
    needs=["compile"],
)
async def test_await_in_an_annotation_of_a_local_variable():
    """An ``await`` in the annotation of a local variable is legal in an ``async def``, and its operand is not
    evaluated.
    """
    source = """
async def agen(log):
    x: await log.append("x")
    y: await log.append("y") = 2
    log[0:]: await log.append("subscript") = ["assigned"]
    yield y
"""
    log = []
    items = await items_of(define(source, "agen")(log))

    assert items == [2]
    assert log == ["assigned"]


@behaviour(
    "SYN-040b",
    source=[REFERENCE.ANNOTATION_SCOPES, PEPS.PEP649, WHATSNEW.V314],
    since="3.14",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "statement",
    ["x: await y", "x: await y = 2", "y[0]: await y = 2", "y.z: await y = 2", "(x): await y = 2", "x: [await y]"],
    ids=["bare", "with-value", "subscript", "attribute", "parenthesised", "nested"],
)
def test_await_in_a_lazy_annotation_of_a_local_variable(statement):
    """An ``await`` in the annotation of a local variable of an ``async def`` is a SyntaxError, although it would never
    run.
    """
    source = "async def f(y):\n    yield\n    " + statement + "\n"

    assert rejects(source)
    assert rejects(source.replace("    yield\n", ""))
    assert not rejects(source.replace("await y", "y"))
    assert not rejects("async def f(y):\n    x: int = await y\n")


@behaviour(
    "SYN-041a",
    source=[PEPS.PEP563, ISSUE.BPO_42725, WHATSNEW.V310],
    since="3.7",
    until="3.9",
    level="detail",
    needs=["compile"],
)
async def test_yield_and_await_in_a_postponed_annotation_at_first():
    """Under ``from __future__ import annotations``, ``yield`` and ``await`` in annotations are only text and never
    run.
    """
    source = """
from __future__ import annotations

async def agen(log):
    def f(x: (yield 1), y: await log.append("await")) -> (yield 2): pass
    z: (yield 3)
    w: await log.append("local")
    log.append(f.__annotations__)
    yield "body"
"""
    log = []
    items = await items_of(define(source, "agen")(log))
    annotations = log[0]
    kinds = [type(annotations[name]) for name in ["x", "y", "return"]]

    assert items == ["body"]
    assert log == [annotations]
    assert kinds == [str, str, str]
    assert "yield" in annotations["x"]
    assert "await" in annotations["y"]


@behaviour("SYN-041b", source=[WHATSNEW.V310, ISSUE.BPO_42725], since="3.10", needs=["compile"])
@pytest.mark.parametrize("annotation", ["(yield)", "[await y]"], ids=["yield", "await"])
@pytest.mark.parametrize(
    "statement",
    ["def g(x: {}): pass", "def g(*x: {}): pass", "def g() -> {}: pass", "x: {}", "x: {} = 2"],
    ids=["parameter", "starred", "return", "local-variable", "with-value"],
)
def test_yield_and_await_in_a_postponed_annotation(statement, annotation):
    """Under ``from __future__ import annotations`` neither ``yield`` nor ``await`` may stand in an annotation."""
    source = "from __future__ import annotations\nasync def f(y):\n    yield\n    "

    assert rejects(source + statement.format(annotation))
    assert not rejects(source + statement.format("y"))
    assert not rejects(source + "x: y = yield\n    x: y = await y")


@behaviour(
    "SYN-042",
    source=[REFERENCE.ANNOTATION_SCOPES, REFERENCE.TYPE_STATEMENT, PEPS.PEP695],
    since="3.12",
    needs=["compile"],
)
@pytest.mark.parametrize("expression", ["(yield)", "await y"], ids=["yield", "await"])
@pytest.mark.parametrize(
    "statement",
    [
        "def g[T: {}](): pass",
        "async def g[T: {}](): pass",
        "def g[T: (y, {})](): pass",
        "def g[T](x: {}): pass",
        "class C[T: {}]: pass",
        "class C[T]({}): pass",
        "class C[T](metaclass={}): pass",
        "type X = {}",
        "type X[T: {}] = T",
    ],
    ids=[
        "bound",
        "bound-of-async-def",
        "constraint",
        "annotation",
        "bound-of-class",
        "base-of-generic-class",
        "keyword-of-generic-class",
        "alias",
        "bound-of-alias",
    ],
)
def test_yield_and_await_in_type_parameters(statement, expression):
    """Type parameters, type aliases and bases of generic classes are scopes that may not contain ``yield`` and
    ``await``.
    """
    source = "async def f(y):\n    yield\n    "

    assert rejects(source + statement.format(expression))
    assert not rejects(source + statement.format("y"))
    assert not rejects(source + statement.format("lambda: (yield)"))


@behaviour("SYN-047", source=[REFERENCE.GENERIC_FUNCTIONS, PEPS.PEP695], since="3.12", needs=["compile"])
async def test_type_parameters():
    """An ``async def`` that yields may have type parameters, which its body can name and which its ``__type_params__``
    contains.
    """
    source = """
async def agen[T, *Ts, **P](x: T, *rest) -> T:
    received = yield [x, rest]
    yield [T, Ts, P, received]
"""
    function = define(source, "agen")
    g = function(1, 2, 3)
    first = await g.__anext__()
    second = await g.asend("sent")
    with raises(StopAsyncIteration):
        await g.__anext__()
    shown = list(function.__type_params__)
    names = [parameter.__name__ for parameter in shown]

    assert first == [1, (2, 3)]
    assert second == [*shown, "sent"]
    assert names == ["T", "Ts", "P"]


@behaviour("SYN-067", source=[REFERENCE.FUNCTION_DEF, LIBRARY.TYPING], since="3.6")
async def test_annotations_are_not_checked():
    """The annotations of an asynchronous generator function change nothing, and nothing is checked against them."""

    async def plain(x):
        received = yield x
        yield received

    async def wrong(x: str) -> int:
        received = yield x
        yield received

    async def misleading(x: "Missing" = 5) -> None:
        received = yield x
        kept: dict = received
        yield kept

    seen = []
    for function in [plain, wrong, misleading]:
        g = function(1)
        seen.append([type(g), await g.__anext__(), await g.asend("sent"), await items_of(g)])

    assert seen == [[type(plain(1)), 1, "sent", []]] * 3
    assert wrong.__annotations__ == {"x": str, "return": int}


@behaviour("SYN-089", source=[REFERENCE.ANNOTATION_SCOPES, WHATSNEW.V313], since="3.13", needs=["compile"])
@pytest.mark.parametrize("expression", ["(yield)", "await y"], ids=["yield", "await"])
@pytest.mark.parametrize(
    "statement",
    ["def g[T = {}](): pass", "def g[*T = {}](): pass", "def g[**T = {}](): pass", "class C[T = {}]: pass"],
    ids=["function", "tuple", "parameters", "class"],
)
def test_yield_and_await_in_a_default_of_a_type_parameter(statement, expression):
    """The default of a type parameter is a scope of its own, in which ``yield`` and ``await`` are SyntaxErrors."""
    source = "async def f(y):\n    yield\n    "

    assert rejects(source + statement.format(expression))
    assert rejects(source.replace("    yield\n", "") + statement.format(expression))
    assert not rejects(source + statement.format("y"))


@behaviour(
    "SYN-101",
    source=[REFERENCE.ANNOTATION_SCOPES, PEPS.PEP649, PEPS.PEP695, PEP828.COMPILER],
    since="3.16",
    needs=["compile"],
)
@pytest.mark.parametrize(
    "statement",
    [
        *["y: {}", "y: {} = 1", "def g(y: {}): pass", "def g() -> {}: pass"],
        *["type T = {}", "def g[T: {}](): pass", "class C[T: {}]: pass"],
    ],
    ids=["local", "local-with-value", "parameter", "return", "alias", "bound", "bound-of-a-class"],
)
def test_yield_from_in_an_annotation_scope(statement):
    """``yield from`` in an annotation, in a type alias or in the bound of a type parameter is a SyntaxError in an
    ``async def`` too.
    """
    source = "async def f(x):\n    yield from x\n    " + statement

    assert rejects(source.format("(yield from x)"))
    assert rejects(source.format("(yield from x)").replace("    yield from x\n", "    pass\n"))
    assert not rejects(source.format("x"))
    assert not rejects("async def f(x):\n    y: int = yield from x")
