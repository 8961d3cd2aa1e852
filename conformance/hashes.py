"""The hash of a case. It changes if and only if different code would run.

It is computed from the text, before the text is rewritten for shipping, so that it is the same on every host. A new
sentence, a new place in the file or a new level does not change it.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Mapping
from functools import cache

from conformance.behaviour import Behaviour
from conformance.catalogue import load
from conformance.program import Case, body, cases, travelling

#: The number of hexadecimal digits that are kept: enough to detect a change, and few enough for thousands in a file.
DIGITS = 16


def case_hash(case: Case) -> str:
    """The hash of the body after its docstring, the arguments, ``allowed``, and the prelude definitions in use."""
    parts = [_of_behaviour(case.behaviour), json.dumps(dict(case.arguments), sort_keys=True)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:DIGITS]


@cache
def every() -> Mapping[str, Case]:
    """Name → case, for every case in this checkout."""
    return {case.name: case for behaviour in load().values() for case in cases(behaviour)}


@cache
def current() -> Mapping[str, str]:
    """Name → hash, for every case in this checkout. To hash all of them takes longer than a small run."""
    return {name: case_hash(case) for name, case in every().items()}


@cache
def _of_behaviour(behaviour: Behaviour) -> str:
    text = body(behaviour)
    return "\0".join([text.digest, *behaviour.allowed, *_of_prelude(text.uses)])


@cache
def _of_prelude(uses: tuple[str, ...]) -> list[str]:
    """The definitions of the prelude with these names, and all that they use in turn, in the order of their names."""
    defined = _prelude()
    found: dict[str, str] = {}
    waiting = [name for name in uses if name in defined]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name], mentioned = defined[name]
            waiting += [other for other in mentioned if other in defined]
    return [found[name] for name in sorted(found)]


@cache
def _prelude() -> Mapping[str, tuple[str, frozenset[str]]]:
    """Name → its definition in the prelude, as text without docstrings, and the names in that definition."""
    source = travelling("prelude")
    lines = source.splitlines()
    found = {}
    for node in ast.parse(source).body:
        silent = {number for inner in ast.walk(node) for number in _docstring(inner)}
        assert node.end_lineno is not None
        kept = [number for number in range(node.lineno, node.end_lineno + 1) if number not in silent]
        text = "\n".join(lines[number - 1] for number in kept)
        mentioned = frozenset(each.id for each in ast.walk(node) if isinstance(each, ast.Name))
        for name in _names(node):
            found[name] = (text, mentioned)
    return found


def _docstring(node: ast.AST) -> range:
    """The lines of the docstring of a function or class; empty for any other node."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and first.end_lineno is not None:
            return range(first.lineno, first.end_lineno + 1)
    return range(0)


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [alias.asname or alias.name for alias in node.names]
    return []
