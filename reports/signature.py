"""The signature of a failure: the expected and the seen behaviour, in words that many failures share."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import Any

from runners.record.outcome import Outcome

#: Longest text of a value in a signature; beyond it the condition says more.
MOST = 60
#: Exceptions whose text names the missing or refused thing, and therefore belongs to the signature.
_TELLING = {"AttributeError", "ImportError", "ModuleNotFoundError", "NameError", "NotImplementedError", "SyntaxError"}
_TELLING |= {"SystemError", "TypeError", "UnsupportedOperation"}
_RAISES = re.compile(r"(?P<wanted>[\w. ]+) expected, raised was (?P<seen>\w+)(?:: (?P<text>.*))?", re.DOTALL)
_KIND = r"[A-Z]\w*(?:Error|Exception|Exit|Iteration|Interrupt|Warning)"
_RAISED = re.compile(rf"(?P<kind>{_KIND})(?:: (?P<text>.*))?", re.DOTALL)
_CLASS = re.compile(r"<class '([\w.]+)'>")
_STEP = re.compile(r"(raises|returns|suspends with|suspends) ?(.*)", re.DOTALL)


class _Unknown(Exception):
    """The values that came back do not tell both sides of a condition."""


def signature(outcome: Outcome) -> str:
    """A text that failures with a common cause share. It holds words of the interpreter: escape it."""
    verdict, message = outcome.verdict, outcome.message or ""
    if verdict != "fail":
        return f"{verdict}: {_even(message)}" if message else verdict
    match = _RAISES.fullmatch(message)
    if match:
        return _steps(["raises", match["wanted"]], _seen_raise(match["seen"]), match["text"])
    if message.startswith("assert "):
        return _of_condition(message.removeprefix("assert "), outcome.locals or {})
    match = _RAISED.fullmatch(message)
    return _steps(["returns", None], ["raises", match["kind"]], match["text"]) if match else _even(message)


def _seen_raise(kind: str) -> list[str | None]:
    """The raised exception as a step: an awaitable that is done raises StopIteration, and so returns."""
    return ["returns", None] if kind in ("nothing", "StopIteration") else ["raises", kind]


def _of_condition(condition: str, values: Mapping[str, str]) -> str:
    try:
        tree = ast.parse(condition, mode="eval").body
        if not isinstance(tree, ast.Compare) or not isinstance(tree.ops[0], (ast.Eq, ast.Is)) or len(tree.ops) > 1:
            raise _Unknown
        seen, wanted = _value(tree.left, values), _value(tree.comparators[0], values)
    except (_Unknown, SyntaxError, ValueError, TypeError, LookupError, RecursionError, MemoryError):
        return f"not so: {_even(condition)}"
    return _difference(seen, wanted, _even(ast.unparse(tree.left))) or f"not so: {_even(condition)}"


def _value(node: ast.expr, values: Mapping[str, str]) -> Any:
    """The value of a side of a condition, with a class as its name. Raises _Unknown, or what ``ast`` raises."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, (ast.List, ast.Tuple)):
        return [_value(each, values) for each in node.elts]
    if isinstance(node, ast.Name):
        if node.id not in values:
            return node.id
        return _plain(ast.literal_eval(_CLASS.sub(r"'\1'", values[node.id])))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        part, times = _value(node.left, values), _value(node.right, values)
        if isinstance(part, list) and isinstance(times, int) and times < 100:
            return part * times
    if isinstance(node, ast.IfExp) and isinstance(node.test, ast.Compare) and isinstance(node.test.ops[0], ast.Eq):
        same = _value(node.test.left, values) == _value(node.test.comparators[0], values)
        return _value(node.body if same else node.orelse, values)
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Dict) and None not in node.value.keys:
        keys = [_value(key, values) for key in node.value.keys if key is not None]
        return _value(node.value.values[keys.index(_value(node.slice, values))], values)
    raise _Unknown


def _plain(value: Any) -> Any:
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value


def _difference(seen: Any, wanted: Any, name: str) -> str | None:
    """The first place where two values differ, in words; None where they are equal, or where the text is too long."""
    if seen == wanted:
        return None
    if _step(seen) and _step(wanted):
        return _steps(_step(wanted), _step(seen), None)
    if isinstance(seen, list) and isinstance(wanted, list) and len(seen) == len(wanted):
        return next(_difference(*pair, name) for pair in zip(seen, wanted, strict=True) if pair[0] != pair[1])
    text = f"{name}: {seen!r} instead of {wanted!r}"
    return text if len(text) <= MOST + len(name) else None


def _step(value: Any) -> list[Any]:
    """``["raises", "KeyError"]``, also for ``"raises KeyError"`` and ``"KeyError"``; empty for anything else."""
    if isinstance(value, list) and len(value) == 2 and value[0] in ("raises", "returns", "suspends"):
        return value
    if not isinstance(value, str):
        return []
    match = _STEP.fullmatch(value)
    if match:
        return [match[1].split()[0], match[2]]
    return ["raises", value] if re.fullmatch(_KIND, value) else []


def _steps(wanted: list[Any], seen: list[Any], text: str | None) -> str:
    """The seen step in place of the wanted one; values only where nothing else tells the two apart."""
    if seen[0] == "raises":
        told = f"{seen[1]}: {_even(text)}" if text and seen[1] in _TELLING else seen[1]
        return f"raises {told} instead of {wanted[1] if wanted[0] == 'raises' else 'going on'}"
    if wanted[0] == "raises":
        return f"does not raise {wanted[1]}"
    if seen[0] != wanted[0]:
        return "ends instead of suspending" if wanted[0] == "suspends" else "suspends instead of ending"
    return f"{seen[0]} another value"


def _even(text: str | None) -> str:
    """One line, without the numbers and addresses that differ from case to case."""
    line = re.sub(r"\d+", "#", " ".join((text or "").split()))
    return line if len(line) <= 2 * MOST else line[: 2 * MOST] + "…"
