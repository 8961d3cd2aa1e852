"""One case as text: its body with explicit asserts, for the agent, and programs that run without this suite.

A body is shipped as text. Each ``assert`` becomes ``if not (...): raise AssertionError("...")`` on the same lines,
because ``-O`` removes asserts, and because some young interpreters have no traceback that leads to the condition.
The end of the body and each ``return`` of its own return ``END_OF_CASE``, a token that the driver demands: without it,
an interpreter that leaves a body too early would pass.
"""

from __future__ import annotations

import ast
import hashlib
import itertools
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from conformance.behaviour import Behaviour

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Case:
    """One call of a behaviour: its only call, or the call with one set of its parameters."""

    behaviour: Behaviour
    param: str | None
    arguments: Mapping[str, object]

    @property
    def name(self) -> str:
        """``ID`` or ``ID[param]``: the name in results, baselines, ``script`` and ``diff``."""
        return self.behaviour.id if self.param is None else f"{self.behaviour.id}[{self.param}]"


@dataclass(frozen=True)
class Body:
    """The source of a behaviour's function, without decorators, starting at ``line`` of ``file`` (1-based).

    ``head`` is the number of lines of its signature and docstring. Results count lines from the line after these, so
    that neither a new sentence nor a new place in the file changes them. ``uses`` are the names in the source.
    ``digest`` is a hash of the text after the docstring, and of whether the function is asynchronous.
    """

    file: str
    line: int
    name: str
    asynchronous: bool
    original: str
    explicit: str
    head: int
    uses: tuple[str, ...]
    digest: str

    @property
    def text(self) -> str:
        """The lines after the docstring, without their common indentation."""
        return _text(self.original, self.head)

    def counted(self, line: int | None) -> int | None:
        """A line of the file as results count it: 1 is the first line after the docstring. None outside of the body."""
        if line is None:
            return None
        found = line - self.line - self.head + 1
        return found if 1 <= found <= len(self.original.splitlines()) - self.head else None

    def in_file(self, line: int | None) -> int:
        """A line that :meth:`counted` returned, as a line of the file. For None, the first line of the function."""
        return self.line if line is None else line + self.line + self.head - 1

    def line_text(self, line: int) -> str:
        """The text of a line that :meth:`counted` returned, stripped. Empty if the body has no such line."""
        lines = self.original.splitlines()[self.head :]
        return lines[line - 1].strip() if 1 <= line <= len(lines) else ""


def cases(behaviour: Behaviour) -> list[Case]:
    """The cases of a behaviour, in pytest's order and with pytest's ids.

    ``pytest.mark.parametrize`` is read from the function. Raises ValueError unless each value has an explicit id.
    """
    return list(_cases(behaviour))


@cache
def _cases(behaviour: Behaviour) -> tuple[Case, ...]:
    marks = [mark for mark in getattr(behaviour.function, "pytestmark", ()) if mark.name == "parametrize"]
    if not marks:
        return (Case(behaviour, None, {}),)
    axes = []
    for mark in marks:
        given = dict(zip(("argnames", "argvalues"), mark.args, strict=False), **mark.kwargs)
        names, values, ids = given["argnames"], list(given["argvalues"]), given.get("ids")
        if isinstance(names, str):
            names = [name.strip() for name in names.split(",")]
        if ids is None or len(ids) != len(values):
            raise ValueError(f"{behaviour.id}: parametrize needs one explicit id for each value")
        axes.append(
            [
                (id, dict(zip(names, value if len(names) > 1 else [value], strict=True)))
                for id, value in zip(ids, values, strict=True)
            ]
        )
    # pytest lets the mark nearest to the function vary slowest, and joins the ids in that order.
    found = []
    for combination in itertools.product(*axes):
        arguments: dict[str, object] = {}
        for _, part in combination:
            arguments.update(part)
        found.append(Case(behaviour, "-".join(id for id, _ in combination), arguments))
    return tuple(found)


def find_case(catalogue: Mapping[str, Behaviour], name: str) -> Case:
    """The case called ``name``. Raises KeyError with one line that says which names exist."""
    id, _, rest = name.partition("[")
    if id not in catalogue:
        raise KeyError(f"no behaviour {id}; 'python -m conformance list' shows all names")
    known = cases(catalogue[id])
    for case in known:
        if case.name == name:
            return case
    shown = ", ".join(case.name for case in known[:20]) + (", ..." if len(known) > 20 else "")
    raise KeyError(f"no case {name}; {id} has {shown}" if rest else f"{id} has several cases; name one of: {shown}")


def body(behaviour: Behaviour) -> Body:
    """The source of a behaviour's function, as it is shipped. It is read from the module in the checkout."""
    code = behaviour.function.__code__
    return _bodies(code.co_filename, behaviour.module)[code.co_name]


@cache
def _bodies(file: str, module: str) -> dict[str, Body]:
    """The bodies of a module, by name. They are cached on disk beside its bytecode, to save time."""
    path = Path(file)
    about = path.stat()
    stamp = [about.st_mtime_ns, about.st_size, Path(__file__).stat().st_mtime_ns, module]
    kept = path.parent / "__pycache__" / f"{path.stem}.bodies.json"
    try:
        found = json.loads(kept.read_bytes())
        if found["stamp"] == stamp:
            return {name: Body(**{**each, "uses": tuple(each["uses"])}) for name, each in found["bodies"].items()}
    except (OSError, ValueError, LookupError, TypeError):
        pass
    bodies = _parse(path, module)
    if not sys.dont_write_bytecode:
        text = json.dumps({"stamp": stamp, "bodies": {name: vars(each) for name, each in bodies.items()}})
        try:
            kept.parent.mkdir(exist_ok=True)
            temporary = kept.with_suffix(f".{os.getpid()}")
            temporary.write_text(text, encoding="ascii")
            temporary.replace(kept)
        except OSError:
            pass  # a read-only checkout works without this cache
    return bodies


def _parse(path: Path, module: str) -> dict[str, Body]:
    # Only text is kept: syntax trees would slow down every garbage collection of this process.
    source = path.read_bytes()
    lines = source.splitlines(keepends=True)
    found = {}
    for node in ast.parse(source, str(path)).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            original, head = b"".join(lines[node.lineno - 1 : node.end_lineno]).decode(), _head(node)
            asynchronous = isinstance(node, ast.AsyncFunctionDef)
            found[node.name] = Body(
                file=module,
                line=node.lineno,
                name=node.name,
                asynchronous=asynchronous,
                original=original,
                explicit=b"".join(_explicit(lines, node)).decode(),
                head=head,
                uses=tuple(sorted({each.id for each in ast.walk(node) if isinstance(each, ast.Name)})),
                digest=hashlib.sha256(f"{asynchronous}\0{_text(original, head)}".encode()).hexdigest(),
            )
    return found


def _text(original: str, head: int) -> str:
    """The lines of a function behind its first ``head`` ones, without their common indentation."""
    return "\n".join(line.removeprefix("    ").rstrip() for line in original.splitlines()[head:])


def _head(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The number of lines of a function before its first statement that is not the docstring."""
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        assert first.end_lineno is not None
        return first.end_lineno - node.lineno + 1
    return first.lineno - node.lineno


def _explicit(lines: list[bytes], node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[bytes]:
    """The lines of the function with explicit asserts and with the token of its end, on the same lines."""
    own = lines[node.lineno - 1 : node.end_lineno]
    for returned in _returns(node):
        first = returned.lineno - node.lineno
        start = returned.col_offset + len(b"return")
        if returned.value is None:
            own[first] = own[first][:start] + b" END_OF_CASE, None" + own[first][start:]
            continue
        assert returned.end_lineno is not None
        assert returned.end_col_offset is not None
        last = returned.end_lineno - node.lineno
        own[last] = own[last][: returned.end_col_offset] + b")" + own[last][returned.end_col_offset :]
        own[first] = own[first][:start] + b" END_OF_CASE, (" + own[first][start:].lstrip(b" ")
    for found in _asserts(node):
        assert found.end_lineno is not None
        assert found.end_col_offset is not None
        first, last = found.lineno - node.lineno, found.end_lineno - node.lineno
        start, end = found.col_offset, found.end_col_offset
        # The end is replaced first, so that the columns of the start stay right if both are on one line.
        tail = own[last][end:]
        own[last] = own[last][:end]
        head = own[first][:start]
        own[first] = own[first][start + len(b"assert") :]
        condition = b"".join(own[first : last + 1]).decode().strip()
        text = json.dumps("assert " + " ".join(condition.split()))
        own[first] = head + b"if not (" + own[first].lstrip(b" ")
        own[last] += b"): raise AssertionError(" + text.encode() + b")" + tail
    indentation = own[0][: len(own[0]) - len(own[0].lstrip(b" "))]
    return [*own, indentation + b"    return END_OF_CASE, None\n"]


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """The statements directly in a statement. Expressions are skipped, because they contain no statements."""
    for field in ("body", "orelse", "finalbody", "handlers", "cases"):
        yield from getattr(node, field, ())


def _asserts(node: ast.AST) -> Iterator[ast.Assert]:
    """The assert statements in a function, and in the functions and classes inside of it."""
    for statement in _statements(node):
        if isinstance(statement, ast.Assert):
            yield statement
        else:
            yield from _asserts(statement)


def _returns(node: ast.AST) -> Iterator[ast.Return]:
    """The return statements of a function itself."""
    for statement in _statements(node):
        if isinstance(statement, ast.Return):
            yield statement
        elif not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from _returns(statement)


@cache
def travelling(module: str) -> str:
    """The source of ``conformance/<module>.py``, a module that runs inside the interpreter under test."""
    return (ROOT / "conformance" / f"{module}.py").read_text(encoding="utf-8")


_PROGRAM = """\
# {name}: {sentence}
# level: {level}; holds in: {versions}
{sources}
# Stand-alone: run it with any Python. It prints PASS or FAIL and why, and exits with 0 or 1.
# Under a debugger: gdb --args ./python {file}   or   lldb -- ./python {file}   (docs/implementations.md)
# Made by: {made_by}

"""
_CASE = """\
import sys

END_OF_CASE = "the end"
report = judge({function}, {arguments}, {asynchronous}, {allowed}, run, END_OF_CASE)
if report["verdict"] == "pass":
    print("PASS " + {literal} + (": " + report["observed"] if report["observed"] else ""))
    sys.exit(0)
print("FAIL " + {literal} + ": " + report["message"])
if report["line"] is not None:
    print("  at line %d of this program" % report["line"])
    for variable in sorted(report["locals"] or {{}}):
        print("  %s = %s" % (variable, report["locals"][variable]))
sys.exit(1)
"""
_CASES = """\
import sys

END_OF_CASE = "the end"
CASES = [
{cases}
]
wanted = sys.argv[1:] or [name for name, _ in CASES]
unknown = [name for name in wanted if name not in [known for known, _ in CASES]]
if unknown:
    print("no case " + unknown[0] + "; the cases are: " + ", ".join([name for name, _ in CASES]))
    sys.exit(2)
failed = 0
for name, arguments in CASES:
    if name not in wanted:
        continue
    report = judge({function}, arguments, {asynchronous}, {allowed}, run, END_OF_CASE)
    if report["verdict"] == "pass":
        print("PASS " + name + (": " + report["observed"] if report["observed"] else ""))
        continue
    failed += 1
    print("FAIL " + name + ": " + report["message"])
    if report["line"] is not None:
        print("  at line %d of this program" % report["line"])
        for variable in sorted(report["locals"] or {{}}):
            print("  %s = %s" % (variable, report["locals"][variable]))
sys.exit(1 if failed else 0)
"""


#: The line of its output in which a program prints where it failed.
AT_LINE = r"  at line (\d{1,9}) of this program"


def counted(case: Case, line: int) -> int | None:
    """A line of the program of a case, as results count it. None if it is not in the body."""
    text = body(case.behaviour)
    before = script(case).partition(text.explicit.strip())[0].count("\n")
    return text.counted(text.line + line - 1 - before)


@dataclass(frozen=True)
class Program:
    """A stand-alone program in its parts: all but ``prelude`` and ``driver`` differ from behaviour to behaviour."""

    head: str
    prelude: str
    body: str
    driver: str
    end: str

    @property
    def text(self) -> str:
        """The program as one text."""
        return f"{self.head}{self.prelude}\n\n{self.body}\n\n{self.driver}\n\n{self.end}"


def script(case: Case) -> str:
    """The case as one stand-alone program, for Python 3.6 and later and for similar interpreters."""
    quoted = case.name if case.param is None else f"'{case.name}'"
    head = _head_of(case.behaviour, case.name, file_names([case])[case.name], f"python -m conformance script {quoted}")
    end = _CASE.format(arguments=repr(dict(case.arguments)), literal=json.dumps(case.name), **_call(case.behaviour))
    return _program(head, case.behaviour, end).text


def program(behaviour: Behaviour) -> Program:
    """All cases of a behaviour as one stand-alone program; one that is given the names of cases runs only these."""
    rows = [f"    ({json.dumps(case.name)}, {dict(case.arguments)!r})," for case in cases(behaviour)]
    made_by = f"python -m conformance script --whole {behaviour.id}"
    head = _head_of(behaviour, behaviour.id, f"{behaviour.id}.py", made_by)
    return _program(head, behaviour, _CASES.format(cases="\n".join(rows), **_call(behaviour)))


def _program(head: str, behaviour: Behaviour, end: str) -> Program:
    explicit = body(behaviour).explicit.strip()
    return Program(head, travelling("prelude").strip(), explicit, travelling("driver").strip(), end)


def _head_of(behaviour: Behaviour, name: str, file: str, made_by: str) -> str:
    sources = [f"# source: {each.document.title}, {each.title}: {each.url}" for each in behaviour.sources]
    return _PROGRAM.format(
        name=name,
        file=file,
        made_by=made_by,
        sentence=behaviour.sentence,
        level=behaviour.level,
        versions=behaviour.versions,
        sources="\n".join(sources),
    )


def _call(behaviour: Behaviour) -> dict[str, object]:
    """The parts of the call of ``judge`` that all cases of a behaviour share."""
    text = body(behaviour)
    return {"function": text.name, "asynchronous": text.asynchronous, "allowed": repr(list(behaviour.allowed))}


def file_names(some: Iterable[Case]) -> dict[str, str]:
    """Case → file name of its program: short, ASCII, and unique even if the file system ignores case."""
    found: dict[str, str] = {}
    taken = set()
    for case in some:
        stem = re.sub(r"[^A-Za-z0-9_-]+", "_", case.name).strip("_")[:100]
        name, number = stem, 1
        while name.lower() in taken:
            number += 1
            name = f"{stem}~{number}"
        taken.add(name.lower())
        found[case.name] = f"{name}.py"
    return found


def index(some: Sequence[Case]) -> str:
    """The programs of some cases as a table for a shell's ``read``: file, since, until, level, case, with tabs between.

    ``since`` and ``until`` are language versions; ``until`` is ``-`` if the behaviour still holds.
    """
    names = file_names(some)
    rows = [("file", "since", "until", "level", "case")]
    for case in some:
        behaviour = case.behaviour
        until = "{}.{}".format(*behaviour.until) if behaviour.until else "-"
        rows.append((names[case.name], "{}.{}".format(*behaviour.since), until, behaviour.level, case.name))
    return "".join("\t".join(row) + "\n" for row in rows)
