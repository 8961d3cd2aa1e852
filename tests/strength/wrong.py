"""The wrong Pythons: each one changes one kind of statement, in a body or in the functions inside of it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

#: What a wrong Python does with a statement: it gets the statement, and whether nothing follows it in its function, so
#: that to leave there changes nothing. It returns the statements in its place, or None if it runs this one rightly.
Change = Callable[[ast.stmt, bool], list[ast.stmt] | None]


@dataclass(frozen=True)
class Wrong:
    """A wrong Python. ``does`` completes the sentence "A Python that ..."."""

    name: str
    does: str
    change: Change


def changed(source: str, wrong: Wrong, mark: str, *, nested: bool) -> str | None:
    """The source of a body as the wrong Python runs it; None if it has no statement of the kind.

    ``nested`` chooses the functions inside of the body, else only the body itself is changed. Each changed statement
    appends ``mark`` to the list ``loops`` of the prelude, which an agent sends to the host.
    """
    tree = ast.parse(source)
    walk = _Walk(wrong.change, mark, nested)
    tree.body = walk.block(tree.body, inside=False, last=False, outermost=True)
    return ast.unparse(ast.fix_missing_locations(tree)) if walk.found else None


class _Walk:
    def __init__(self, change: Change, mark: str, nested: bool) -> None:
        self._change, self._mark, self._nested = change, mark, nested
        self.found = False

    def block(self, statements: list[ast.stmt], *, inside: bool, last: bool, outermost: bool = False) -> list[ast.stmt]:
        """The statements of a block after the change; ``last`` says that nothing follows the block in its function."""
        made: list[ast.stmt] = []
        for number, statement in enumerate(statements):
            end = last and number == len(statements) - 1
            self._enter(statement, inside, end, outermost)
            new = self._change(statement, end) if inside == self._nested and not outermost else None
            if new is None:
                made.append(statement)
                continue
            self.found = True
            made.extend(new)
        return [_marked(statement, self._mark) for statement in made] if outermost else made

    def _enter(self, statement: ast.stmt, inside: bool, end: bool, outermost: bool) -> None:
        """Change what is in a statement."""
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            # The body itself ends with its token, so that to leave it early is never the same.
            statement.body = self.block(statement.body, inside=not outermost, last=not outermost)
        elif isinstance(statement, ast.ClassDef):
            statement.body = self.block(statement.body, inside=inside, last=False)
        elif isinstance(statement, ast.If):
            statement.body = self.block(statement.body, inside=inside, last=end)
            statement.orelse = self.block(statement.orelse, inside=inside, last=end)
        elif isinstance(statement, ast.With | ast.AsyncWith):
            statement.body = self.block(statement.body, inside=inside, last=end)
        elif isinstance(statement, ast.For | ast.AsyncFor | ast.While):
            statement.body = self.block(statement.body, inside=inside, last=False)
            statement.orelse = self.block(statement.orelse, inside=inside, last=end)
        elif isinstance(statement, ast.Try):
            quiet = end and not statement.finalbody
            statement.body = self.block(statement.body, inside=inside, last=False)
            for handler in statement.handlers:
                handler.body = self.block(handler.body, inside=inside, last=quiet)
            statement.orelse = self.block(statement.orelse, inside=inside, last=quiet)
            statement.finalbody = self.block(statement.finalbody, inside=inside, last=False)


class _Hit(ast.Pass):
    """Stands for the statement that records that a changed statement ran."""


def _marked(statement: ast.stmt, mark: str) -> ast.stmt:
    class Marker(ast.NodeTransformer):
        def visit__Hit(self, node: _Hit) -> ast.stmt:
            return ast.parse(f"loops.append({mark!r})").body[0]

    made: ast.stmt = Marker().visit(statement)
    return made


def _leave() -> list[ast.stmt]:
    return [_Hit(), ast.Return(None)]


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a statement that run in its function: not those of functions and classes inside of it."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield from _own(child)


def _simple(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr | ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Delete)


def _leaves_after(wanted: Callable[[ast.AST], bool]) -> Change:
    """Leaves the function after a simple statement with such an expression in it."""

    def change(statement: ast.stmt, last: bool) -> list[ast.stmt] | None:
        if isinstance(statement, ast.Return) and statement.value is not None and any(map(wanted, _own(statement))):
            return [ast.Expr(statement.value), *_leave()]
        if _simple(statement) and not last and any(map(wanted, _own(statement))):
            return [statement, *_leave()]
        return None

    return change


def _leaves_behind(*kinds: type[ast.stmt]) -> Change:
    """Leaves the function behind a whole statement."""
    return lambda statement, last: [statement, *_leave()] if isinstance(statement, kinds) and not last else None


def _is_asynchronous(node: ast.AST) -> bool:
    return isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) and any(
        each.is_async for each in node.generators
    )


def _after_exhaustion(statement: ast.stmt, last: bool) -> list[ast.stmt] | None:
    if not isinstance(statement, ast.AsyncFor) or (last and not statement.orelse):
        return None
    statement.orelse = [*_leave(), *statement.orelse]
    return [statement]


def _jumps(statements: list[ast.stmt], kind: type[ast.stmt], new: list[ast.stmt]) -> tuple[list[ast.stmt], bool]:
    """The statements of a loop with each ``break`` or ``continue`` of this loop replaced, and whether there is one."""
    made, found = [], False
    for statement in statements:
        if isinstance(statement, kind):
            made.extend(new)
            found = True
            continue
        if not isinstance(statement, ast.For | ast.AsyncFor | ast.While | ast.FunctionDef | ast.AsyncFunctionDef):
            for field in ("body", "orelse", "finalbody"):
                inner, some = _jumps(getattr(statement, field, []), kind, new)
                if some:
                    setattr(statement, field, inner)
                    found = True
            for handler in getattr(statement, "handlers", ()):
                handler.body, some = _jumps(handler.body, kind, new)
                found |= some
        made.append(statement)
    return made, found


def _at_break(statement: ast.stmt, last: bool) -> list[ast.stmt] | None:
    if not isinstance(statement, ast.AsyncFor) or last:
        return None
    statement.body, found = _jumps(statement.body, ast.Break, _leave())
    return [statement] if found else None


def _at_continue(statement: ast.stmt, last: bool) -> list[ast.stmt] | None:
    if not isinstance(statement, ast.AsyncFor | ast.For | ast.While):
        return None
    statement.body, found = _jumps(statement.body, ast.Continue, [_Hit(), ast.Break()])
    return [statement] if found else None


def _once(*kinds: type[ast.stmt]) -> Change:
    """Ends a loop when its second turn would begin."""

    def change(statement: ast.stmt, last: bool) -> list[ast.stmt] | None:
        if not isinstance(statement, ast.For | ast.AsyncFor | ast.While) or not isinstance(statement, kinds):
            return None
        name = f"turned_{statement.lineno}"
        before, turned = ast.parse(f"{name} = False\n{name} = True").body
        stop = ast.If(ast.Name(name, ast.Load()), [_Hit(), ast.Break()], [])
        statement.body = [stop, turned, *statement.body]
        return [before, statement]

    return change


def _behind_handlers(statement: ast.stmt, last: bool) -> list[ast.stmt] | None:
    if not isinstance(statement, ast.Try) or not statement.handlers or (last and not statement.finalbody):
        return None
    for handler in statement.handlers:
        handler.body = [*handler.body, *_leave()]
    return [statement]


def _in_finally(statement: ast.stmt, last: bool) -> list[ast.stmt] | None:
    if not isinstance(statement, ast.Try) or not statement.finalbody:
        return None
    statement.finalbody = [*statement.finalbody, _if("sys.exc_info()[0] not in (None, GeneratorExit)", _leave())]
    return [statement]


def _if(condition: str, then: list[ast.stmt]) -> ast.stmt:
    return ast.If(ast.parse(condition, mode="eval").body, then, [])


def _behind_finally(statement: ast.stmt, last: bool) -> list[ast.stmt] | None:
    return [statement, *_leave()] if isinstance(statement, ast.Try) and statement.finalbody and not last else None


def _in_place_of_raise(new: Callable[[], list[ast.stmt]]) -> Change:
    """Does something else in place of a raise, but for one that raises GeneratorExit again.

    ``aclose()`` takes a return for it, and whatever collects a generator does so too.
    """

    def change(statement: ast.stmt, last: bool) -> list[ast.stmt] | None:
        if not isinstance(statement, ast.Raise):
            return None
        if statement.exc is None:
            return [_if("sys.exc_info()[0] is GeneratorExit", [statement]), *new()]
        # An assert is a raise in the text that is shipped.
        asserts = isinstance(statement.exc, ast.Call) and ast.unparse(statement.exc.func) == "AssertionError"
        return None if asserts else new()

    return change


WRONG = (
    Wrong("async-for-end", "leaves the function when an async for is exhausted", _after_exhaustion),
    Wrong("async-for-break", "leaves the function at a break in an async for", _at_break),
    Wrong("async-for-once", "ends an async for after its first item", _once(ast.AsyncFor)),
    Wrong("continue", "ends a loop at a continue", _at_continue),
    Wrong("comprehension", "leaves the function after an asynchronous comprehension", _leaves_after(_is_asynchronous)),
    Wrong("async-with", "leaves the function behind an async with", _leaves_behind(ast.AsyncWith)),
    Wrong("with", "leaves the function behind a with", _leaves_behind(ast.With)),
    Wrong("finally-loses", "loses the exception under way at the end of finally, and leaves the function", _in_finally),
    Wrong("finally-leaves", "leaves the function behind a try with finally", _behind_finally),
    Wrong("except", "leaves the function after an except clause", _behind_handlers),
    Wrong("raise-lost", "goes on after a raise", _in_place_of_raise(lambda: [_Hit()])),
    Wrong("raise-returns", "returns in place of a raise", _in_place_of_raise(_leave)),
    Wrong(
        "yield", "leaves the function when it is resumed at a yield", _leaves_after(lambda n: isinstance(n, ast.Yield))
    ),
    Wrong("await", "leaves the function after an await", _leaves_after(lambda n: isinstance(n, ast.Await))),
    Wrong("while-once", "ends a while loop after its first turn", _once(ast.While)),
)
