"""The source that a body defines at run time, as code of the body, for interpreters that compile bodies ahead of time.

``define("async def agen(): ...", "agen", log=log)`` hides new syntax from a compiler that builds the body: what is in
the string is compiled by the Python that runs the compiled code. If the string is known before the case runs, it can
stand in the text that is shipped, as a function that makes the object::

    def _defined_1(log):
        async def agen(): ...
        return agen

The names that were globals of the source are parameters of that function. Nothing else may depend on the difference, so
sources and bodies with the words in ``_REFUSED`` stay as they are.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator, Mapping

from conformance.behaviour import Behaviour
from conformance.program import Case, body

#: The need of a case whose body compiles source at run time.
NEED = "compile"
#: Whatever else of a body compiles source at run time.
_COMPILES = re.compile(r"\b(?:rejects|compile|exec|eval)\s*\(")
#: What shows that a source is code of a module, or which function it is in.
_REFUSED = re.compile(
    r"\b(?:global|nonlocal|import \*|__future__|globals|locals|vars|dir|__name__|__qualname__|__module__|__globals__"
    r"|__closure__|__code__|__builtins__|f_\w+|co_\w+|tb_\w+|ag_(?:frame|code)|gi_\w+|cr_\w+)\b"
)
#: A string of several lines changes with its indentation.
_LONG_STRING = re.compile(r"\"\"\"|'''|\\\n")
_STAYS = (str, int, float, bool)
_BUILTINS = {"len": len, "range": range, "repr": repr, "str": str}


def inlined(case: Case) -> str | None:
    """The explicit text of the body of a case without source in strings; None if it has none, or not only known ones.

    The lines of the body stay where they are. The functions that make the objects follow it.
    """
    place = case.behaviour, case.param
    if place not in _TEXTS:
        _TEXTS[place] = _inlined(case)
    return _TEXTS[place]


#: What :func:`inlined` has returned for a case.
_TEXTS: dict[tuple[Behaviour, str | None], str | None] = {}


def _inlined(case: Case) -> str | None:
    text = body(case.behaviour).explicit
    if NEED not in case.behaviour.needs or _COMPILES.search(text) or _REFUSED.search(text):
        return None
    indentation = len(text) - len(text.lstrip(" "))
    text = textwrap.dedent(text) if indentation else text
    made: list[str] = []
    while (found := _innermost(ast.parse(text))) is not None:
        call, known = found, _known(ast.parse(text).body[0], case.arguments)
        parts = [_value(each, known) for each in call.args]
        if len(parts) != 2 or not all(isinstance(each, str) for each in parts):
            return None
        source, name = map(str, parts)
        names = [each.arg for each in call.keywords if each.arg is not None]
        if len(names) < len(call.keywords) or _REFUSED.search(source) or _LONG_STRING.search(source):
            return None
        made.append(
            f"\n\ndef _defined_{len(made) + 1}({', '.join(names)}):\n"
            f"{textwrap.indent(source.strip(chr(10)), '    ')}\n    return {name}\n"
        )
        text = _replaced(text, call, len(made))
    return text + "".join(made) if made else None


def needs_of(case: Case, *, prepares: bool) -> tuple[str, ...]:
    """The needs of a case on an interpreter that compiles bodies ahead of time (``prepares``), or on any other one."""
    needs = case.behaviour.needs
    return tuple(need for need in needs if need != NEED) if prepares and inlined(case) is not None else needs


def _innermost(tree: ast.AST) -> ast.Call | None:
    """A call of ``define()`` that contains no other."""
    calls = _calls(tree)
    return next((each for each in calls if _calls(each) == [each]), None)


def _calls(tree: ast.AST) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "define"
    ]


def _replaced(text: str, call: ast.Call, number: int) -> str:
    """The text with a call of the function that makes the object in the place of the call, on as many lines."""
    assert call.end_lineno is not None
    assert call.end_col_offset is not None
    lines = text.encode().splitlines(keepends=True)
    given = ", ".join(f"{each.arg}={ast.get_source_segment(text, each.value)}" for each in call.keywords)
    new = f"_defined_{number}({given}"
    gone = call.end_lineno - call.lineno - new.count("\n")
    before = lines[call.lineno - 1][: call.col_offset]
    after = lines[call.end_lineno - 1][call.end_col_offset :]
    lines[call.lineno - 1 : call.end_lineno] = [before + f"{new}{chr(10) * gone})".encode() + after]
    return b"".join(lines).decode()


def _known(function: ast.AST, arguments: Mapping[str, object]) -> Mapping[str, object]:
    """The names of a body whose values are known before it runs: arguments, and what is assigned once from these."""
    bound: dict[str, int] = {}
    for name in _bound(function):
        bound[name] = bound.get(name, 0) + 1
    # What can be changed later, such as a list, is not known.
    known = {name: value for name, value in arguments.items() if bound.get(name) == 1 and isinstance(value, _STAYS)}
    for statement in getattr(function, "body", ()):
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
            if isinstance(target, ast.Name) and bound[target.id] == 1:
                value = _value(statement.value, known)
                if isinstance(value, _STAYS):
                    known[target.id] = value
    return known


def _bound(function: ast.AST) -> Iterator[str]:
    """Each place where a name is bound in a function, and in what it contains."""
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.ExceptHandler):
            yield node.name or ""
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).partition(".")[0]


def _value(node: ast.expr, known: Mapping[str, object]) -> object:
    """The value of an expression of known names, or None. No code of a body runs: nothing but strings has methods."""
    names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    if not names <= {*known, *_BUILTINS, *_bound(node)}:
        return None
    expression = ast.fix_missing_locations(ast.Expression(node))
    try:
        # Names of the body are globals here, so that comprehensions find them.
        return eval(compile(expression, "<body>", "eval"), {"__builtins__": _BUILTINS, **known})
    except Exception:
        return None
