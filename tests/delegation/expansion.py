"""Turn the CPython (3.11 to 3.15) that runs this text into one with PEP 828, by the expansion that the PEP gives.

The text travels: it runs in the interpreter under test, before any case. It replaces ``compile`` and ``exec``, so that
source with ``yield from`` or ``return value`` in an asynchronous generator is rewritten before it is compiled, and it
gives ``StopAsyncIteration`` its ``value``. The generators stay those of the interpreter.

* ``yield from`` becomes the statements of the PEP. What stands before it in its expression is evaluated into names, so
  that the order stays; a place that this does not reach is left as it is, and the compiler refuses it.
* ``return value`` becomes ``return``, and a note that the ``StopAsyncIteration`` picks up with which the interpreter
  ends the generator.
* The type ``StopAsyncIteration`` cannot be changed from Python, so its attributes and its initializer are put where
  the interpreter keeps them.
"""

import ast
import builtins
import copy
import ctypes
import gc
import sys
import threading

COMPILE, EXEC = builtins.compile, builtins.exec
VALUE = "value of the end"
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)

# --- yield from -------------------------------------------------------------------------------------------------------

#: ``OPERAND`` is the operand; the other names in capitals become names that no source has.
EXPANSION = """
try:
    ITERATOR = PEP828.aiter(OPERAND)
    try:
        ITEM = await PEP828.anext(ITERATOR)
    except PEP828.StopAsyncIteration as STOP:
        RESULT = STOP.value
    else:
        while True:
            try:
                RECEIVED = yield ITEM
            except PEP828.GeneratorExit as EXIT:
                try:
                    METHOD = ITERATOR.aclose
                except PEP828.AttributeError:
                    pass
                else:
                    await METHOD()
                raise EXIT
            except PEP828.BaseException as ERROR:
                try:
                    METHOD = ITERATOR.athrow
                except PEP828.AttributeError:
                    raise ERROR from None
                else:
                    try:
                        ITEM = await METHOD(ERROR)
                    except PEP828.StopAsyncIteration as STOP:
                        RESULT = STOP.value
                        break
            else:
                try:
                    if RECEIVED is None:
                        ITEM = await PEP828.anext(ITERATOR)
                    else:
                        ITEM = await ITERATOR.asend(RECEIVED)
                except PEP828.StopAsyncIteration as STOP:
                    RESULT = STOP.value
                    break
finally:
    ITERATOR = ITEM = RECEIVED = METHOD = None
"""
NAMES = ("ITERATOR", "ITEM", "RECEIVED", "RESULT", "METHOD", "STOP", "EXIT", "ERROR")


class Named(ast.NodeTransformer):
    """Gives the names in capitals their meaning for one ``yield from``."""

    def __init__(self, operand, prefix):
        self.operand = operand
        self.prefix = prefix

    def visit_Name(self, node):
        if node.id == "OPERAND":
            return self.operand
        if node.id == "PEP828":
            return ast.Name("__pep828__", ast.Load())
        if node.id in NAMES:
            return ast.Name(self.prefix + node.id, node.ctx)
        return node

    def visit_ExceptHandler(self, node):
        if node.name in NAMES:
            node.name = self.prefix + node.name
        return self.generic_visit(node)


# --- return value -----------------------------------------------------------------------------------------------------

#: A body with ``return value``. Each of its returns is a note in RETURNED and a bare return.
RETURNING = """
RETURNED = None
try:
    BODY
    RETURNED = None
except PEP828.BaseException:
    RETURNED = None
    raise
finally:
    PEP828.leave(RETURNED)
"""

#: Thread → the frame that resumed a generator which has just ended, by its id, and the value that it returns.
ENDING = {}


def leave(value):
    """Note the value of a generator that ends now."""
    thread = threading.get_ident()
    ENDING.pop(thread, None)
    if value is not None:
        ENDING[thread] = id(sys._getframe(1).f_back), value


def ending():
    """The arguments of a StopAsyncIteration that was made without any: the value of the generator that ends, if any."""
    thread = threading.get_ident()
    frame, value = ENDING.get(thread, (None, None))
    # Before 3.12 the exception is made when it is caught, maybe by another frame.
    if frame is None or (sys.version_info >= (3, 12) and frame != id(sys._getframe(2))):
        return ()
    del ENDING[thread]
    return (value,)


# --- StopAsyncIteration -----------------------------------------------------------------------------------------------


def __init__(self, *arguments, **named):
    arguments = arguments or ending()
    Exception.__init__(self, *arguments, **named)
    self.__dict__[VALUE] = arguments[0] if arguments else None


def __reduce__(self):
    kind, arguments, *state = Exception.__reduce__(self)
    state = [{name: value for name, value in each.items() if name != VALUE} for each in state]
    return (kind, arguments, state[0]) if state and state[0] else (kind, arguments)


def get_value(self):
    return self.__dict__.get(VALUE)


def set_value(self, value):
    self.__dict__[VALUE] = value


def delete_value(self):
    self.__dict__.pop(VALUE, None)


#: Where a type has the pointers to its initializer and to its shortcut for calls, in bytes from its beginning.
INITIALIZER, SHORTCUT = 296, 400


def give_value():
    """Give ``StopAsyncIteration`` its attribute and its initializer."""

    class Model(Exception):
        __init__ = __init__

    (attributes,) = [each for each in gc.get_referents(StopAsyncIteration.__dict__) if type(each) is dict]
    attributes.update(value=property(get_value, set_value, delete_value), __init__=__init__, __reduce__=__reduce__)

    def pointer(cls, place):
        return ctypes.c_void_p.from_address(id(cls) + place)

    if pointer(StopAsyncIteration, INITIALIZER).value != pointer(Exception, INITIALIZER).value:
        raise RuntimeError("this interpreter keeps the initializer of a type elsewhere")
    pointer(StopAsyncIteration, INITIALIZER).value = pointer(Model, INITIALIZER).value
    pointer(StopAsyncIteration, SHORTCUT).value = None
    ctypes.pythonapi.PyType_ClearCache()
    if not hasattr(StopAsyncIteration(7), "value"):
        raise RuntimeError("StopAsyncIteration has no value")


# --- source -----------------------------------------------------------------------------------------------------------


def own(node):
    """The nodes that are evaluated in the function in which ``node`` stands: of a function inside, only its head."""
    yield node
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        inner = node.decorator_list + node.args.defaults + [each for each in node.args.kw_defaults if each]
    elif isinstance(node, ast.Lambda):
        inner = node.args.defaults + [each for each in node.args.kw_defaults if each]
    elif isinstance(node, ast.ClassDef):
        inner = node.decorator_list + node.bases + [each.value for each in node.keywords]
    elif isinstance(node, COMPREHENSIONS):
        inner = [node.generators[0].iter]
    else:
        inner = ast.iter_child_nodes(node)
    for each in inner:
        yield from own(each)


def has(nodes, kinds):
    return any(isinstance(inner, kinds) for node in nodes for inner in own(node))


def delegates(*nodes):
    return has([node for node in nodes if node is not None], ast.YieldFrom)


def statements(text):
    return ast.parse("async def f():\n" + "\n".join("    " + line for line in text.strip().split("\n"))).body[0].body


def load(name):
    return ast.Name(name, ast.Load())


def store(name, value):
    return ast.Assign(targets=[ast.Name(name, ast.Store())], value=value)


class Rewriter:
    """Rewrites the asynchronous generators in a tree."""

    def __init__(self):
        self.count = 0

    def tree(self, tree):
        if hasattr(tree, "body") and isinstance(tree.body, list):
            tree.body = self.block(tree.body, None)
        return ast.fix_missing_locations(tree)

    def name(self):
        self.count += 1
        return f"_pep828_{self.count}"

    # -- functions

    def function(self, node):
        agen = isinstance(node, ast.AsyncFunctionDef) and has(node.body, (ast.Yield, ast.YieldFrom))
        returns = agen and self.returns(node)
        node.body = self.block(node.body, ("returning" if returns else "plain") if agen else None)
        if returns:
            documented = ast.get_docstring(node, clean=False) is not None
            rest = node.body[1:] if documented else node.body
            around = [self.around(each, rest) for each in statements(RETURNING)]
            node.body = [*node.body[:1] * documented, *self.placed(around, node.body[0])]

    def returns(self, node):
        values = [each for inner in node.body for each in own(inner) if isinstance(each, ast.Return)]
        return sys.version_info < (3, 12) or any(each.value is not None for each in values)

    def around(self, statement, body):
        class Inside(ast.NodeTransformer):
            def visit_Expr(self, node):
                return (
                    body if isinstance(node.value, ast.Name) and node.value.id == "BODY" else self.generic_visit(node)
                )

            def visit_Name(self, node):
                return ast.Name(
                    {"PEP828": "__pep828__", "RETURNED": "_pep828_returned"}.get(node.id, node.id), node.ctx
                )

        return Inside().visit(statement)

    def placed(self, new, old):
        """Statements that were made from nothing, all at the place of ``old``."""
        for statement in new:
            for node in ast.walk(statement):
                if "lineno" in node._attributes and not hasattr(node, "lineno"):
                    ast.copy_location(node, old)
        return new

    # -- statements

    def block(self, block, kind):
        """The statements of a block. ``kind`` is None outside of an asynchronous generator."""
        return [made for statement in block for made in self.statement(statement, kind)]

    def statement(self, node, kind):
        before = self.head(node, kind) if kind is not None and not isinstance(node, (ast.While, ast.With)) else []
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            self.function(node)
            return [*before, node]
        if isinstance(node, ast.ClassDef):
            node.body = self.block(node.body, None)
            return [*before, node]
        if kind is not None and isinstance(node, (ast.With, ast.AsyncWith)):
            return self.managers(node, kind)
        if kind is not None and isinstance(node, ast.Match) and delegates(*[each.guard for each in node.cases]):
            return [*before, *self.guarded(node, kind)]
        for field in ("body", "orelse", "finalbody"):
            if isinstance(getattr(node, field, None), list):
                setattr(node, field, self.block(getattr(node, field), kind))
        for each in [*getattr(node, "handlers", []), *getattr(node, "cases", [])]:
            each.body = self.block(each.body, kind)
        if kind is not None and isinstance(node, ast.While) and delegates(node.test):
            return self.loop(node)
        if kind == "returning" and isinstance(node, ast.Return):
            noted = store("_pep828_returned", node.value or ast.Constant(None))
            node.value = None
            return self.placed([*before, noted, node], node)
        if kind is not None and isinstance(node, ast.AugAssign):
            return [*before, *self.augmented(node)]
        if kind is not None and isinstance(node, ast.Assert) and delegates(node.msg):
            said = self.at(ast.Raise(ast.Call(load("AssertionError"), [node.msg], []), None), node)
            node = self.at(ast.If(ast.UnaryOp(ast.Not(), node.test), [*self.hoist(said.exc, ["args"]), said], []), node)
            return self.placed([ast.If(load("__debug__"), [*before, node], [])], node)
        if isinstance(node, ast.Assert) and before:
            return self.placed([ast.If(load("__debug__"), [*before, node], [])], node)
        return [*before, node]

    def head(self, node, kind):
        """What has to run before a statement so that no ``yield from`` is left in its own expressions."""
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return self.hoist(node, ["decorator_list"]) + self.hoist(node.args, ["defaults", "kw_defaults"])
        if isinstance(node, ast.ClassDef):
            return self.hoist(node, ["decorator_list", "bases", "keywords"])
        if isinstance(node, (ast.If, ast.While, ast.Assert)):
            return self.hoist(node, ["test"])
        if isinstance(node, (ast.For, ast.AsyncFor)):
            return self.hoist(node, ["iter"])
        if isinstance(node, ast.Match):
            return self.hoist(node, ["subject"])
        if isinstance(node, ast.Raise):
            return self.hoist(node, ["exc", "cause"])
        if isinstance(node, ast.Assign):
            return self.hoist(node, ["value", "targets"])
        if isinstance(node, (ast.Expr, ast.Return, ast.AnnAssign)):
            return self.hoist(node, ["value"])
        return self.hoist(node, ["targets"]) if isinstance(node, ast.Delete) else []

    def loop(self, node):
        """``while`` with a delegation in its condition."""
        before = self.head(node, "plain")
        leave = ast.If(ast.UnaryOp(ast.Not(), node.test), [*node.orelse, ast.Break()], [])
        made = ast.While(ast.Constant(True), [*before, leave, *node.body], [])
        return self.placed([made], node)

    def managers(self, node, kind):
        """``with``, with one statement for each manager if one of them delegates."""
        if not delegates(*[item.context_expr for item in node.items]):
            node.body = self.block(node.body, kind)
            return [node]
        first, *rest = node.items
        if rest:
            inner = type(node)(items=rest, body=node.body)
            body = self.managers(ast.copy_location(inner, node), kind)
        else:
            body = self.block(node.body, kind)
        before = self.hoist(first, ["context_expr"])
        made = ast.copy_location(type(node)(items=[first], body=body), node)
        return self.placed([*before, made], node)

    def guarded(self, node, kind):
        """``match`` with a delegation in a guard: one ``match`` for each case, until one was taken."""
        subject, taken = self.name(), self.name()
        made = [store(subject, node.subject), store(taken, ast.Constant(False))]
        for case in node.cases:
            body = [store(taken, ast.Constant(True)), *self.block(case.body, kind)]
            if case.guard is not None:
                before = self.hoist(case, ["guard"])
                body = [*before, ast.If(case.guard, body, [])]
                case.guard = None
            case.body = body
            one = ast.Match(load(subject), [case])
            made.append(ast.If(ast.UnaryOp(ast.Not(), load(taken)), [one], []))
        return self.placed(made, node)

    def augmented(self, node):
        """An augmented assignment: its target is read before the value is evaluated."""
        if not delegates(node.target, node.value):
            return [node]
        before, target = [], node.target
        for field in ("value", "slice"):
            if hasattr(target, field):
                inner, simple = self.expression(getattr(target, field))
                kept = self.name()
                before += [*inner, store(kept, simple)]
                setattr(target, field, load(kept))
        old = self.name()
        read = copy.deepcopy(target)
        read.ctx = ast.Load()
        inner, simple = self.expression(node.value)
        step = ast.AugAssign(ast.Name(old, ast.Store()), node.op, simple)
        last = ast.Assign(targets=[target], value=load(old))
        return self.placed([*before, store(old, read), *inner, step, last], node)

    # -- expressions

    def slots(self, node, fields):
        """The places of the expressions in some fields, in the order of their evaluation, as (object, field or index).

        What is no value by itself, such as an argument with a name or a part of a target, gives the places in it.
        """
        if isinstance(node, ast.Dict):
            for index, key in enumerate(node.keys):
                if key is not None:
                    yield node.keys, index
                yield node.values, index
            return
        for field in fields:
            value = getattr(node, field, None)
            for place, index in [(value, i) for i in range(len(value))] if isinstance(value, list) else [(node, field)]:
                each = get(place, index)
                parts = isinstance(getattr(each, "ctx", None), (ast.Store, ast.Del)) or isinstance(each, PARTS)
                if parts and not isinstance(each, ast.Name):
                    yield from self.slots(each, each._fields)
                elif isinstance(each, ast.expr) and not parts:
                    yield place, index

    def hoist(self, node, fields):
        """Take each ``yield from`` out of some fields: the statements that have to run before."""
        slots = list(self.slots(node, fields))
        last = max([n for n, slot in enumerate(slots) if delegates(get(*slot))], default=-1)
        before = []
        for number, slot in enumerate(slots[: last + 1]):
            inner, simple = self.expression(get(*slot))
            before += inner
            if number < last and not isinstance(simple, ast.Constant):
                kept = self.name()
                before.append(ast.copy_location(store(kept, simple), simple))
                simple = ast.copy_location(load(kept), simple)
            put(*slot, simple)
        return self.placed(before, node if hasattr(node, "lineno") else before[0]) if before else []

    def expression(self, node):
        """The statements that have to run before an expression, and what is left of it."""
        if not delegates(node):
            return [], node
        if isinstance(node, ast.YieldFrom):
            before, operand = self.expression(node.value)
            prefix = self.name() + "_"
            made = [Named(operand, prefix).visit(each) for each in statements(EXPANSION)]
            for each in made:
                for inner in ast.walk(each):
                    if "lineno" in inner._attributes and not any(inner is kept for kept in ast.walk(operand)):
                        ast.copy_location(inner, node)
            return before + made, ast.copy_location(load(prefix + "RESULT"), node)
        if isinstance(node, ast.NamedExpr):
            before, value = self.expression(node.value)
            return [*before, self.at(store(node.target.id, value), node)], self.at(load(node.target.id), node)
        if isinstance(node, ast.IfExp):
            before, test = self.expression(node.test)
            kept, branches = self.name(), []
            for branch in (node.body, node.orelse):
                inner, value = self.expression(branch)
                branches.append([*inner, store(kept, value)])
            return [*before, self.at(ast.If(test, *branches), node)], self.at(load(kept), node)
        if isinstance(node, ast.BoolOp):
            kept = self.name()
            before, value = self.expression(node.values[0])
            before.append(self.at(store(kept, value), node))
            block = before
            for each in node.values[1:]:
                inner, value = self.expression(each)
                test = load(kept) if isinstance(node.op, ast.And) else ast.UnaryOp(ast.Not(), load(kept))
                inner.append(store(kept, value))
                block.append(self.at(ast.If(test, inner, []), node))
                block = inner
            return before, self.at(load(kept), node)
        if isinstance(node, ast.Compare) and len(node.ops) > 1:
            return [], node
        if isinstance(node, COMPREHENSIONS):
            return self.hoist(node.generators[0], ["iter"]), node
        if isinstance(node, ast.Lambda):
            return self.hoist(node.args, ["defaults", "kw_defaults"]), node
        return self.hoist(node, node._fields), node

    def at(self, new, old):
        self.placed([new], old)
        return new


PARTS = tuple(
    getattr(ast, name)
    for name in ("keyword", "Starred", "FormattedValue", "Interpolation", "Slice", "JoinedStr")
    if hasattr(ast, name)
)


def get(place, index):
    return place[index] if isinstance(place, list) else getattr(place, index)


def put(place, index, value):
    if isinstance(place, list):
        place[index] = value
    else:
        setattr(place, index, value)


def concerns(tree):
    """Whether something in a tree has to be rewritten."""
    for node in ast.walk(tree):
        kinds = (ast.Yield, ast.YieldFrom) if sys.version_info < (3, 12) else (ast.YieldFrom, ast.Return)
        if isinstance(node, ast.AsyncFunctionDef) and has(node.body, kinds):
            return True
    return False


# --- the interpreter --------------------------------------------------------------------------------------------------


def expanded(source, filename, mode, flags, inherit):
    """The tree of a source after the expansion; the source itself where there is nothing to expand."""
    if flags & ast.PyCF_ONLY_AST or mode != "exec":
        return source
    if isinstance(source, ast.AST):
        tree = copy.deepcopy(source)
    elif isinstance(source, str) and "async" in source:
        tree = COMPILE(source, filename, mode, flags | ast.PyCF_ONLY_AST, inherit)
    else:
        return source
    return Rewriter().tree(tree) if concerns(tree) else source


def new_compile(source, filename, mode, flags=0, dont_inherit=True, optimize=-1, **more):
    return COMPILE(expanded(source, filename, mode, flags, True), filename, mode, flags, True, optimize, **more)


def new_exec(source, *names, **more):
    if isinstance(source, str):
        source = new_compile(source, "<string>", "exec")
    if not names and "globals" not in more:
        caller = sys._getframe(1)
        names = caller.f_globals, caller.f_locals
    return EXEC(source, *names, **more)


class Pep828:
    """What an expansion uses, whatever its own module calls by these names."""

    aiter = staticmethod(builtins.aiter)
    anext = staticmethod(builtins.anext)
    leave = staticmethod(leave)
    StopAsyncIteration = StopAsyncIteration
    GeneratorExit = GeneratorExit
    AttributeError = AttributeError
    BaseException = BaseException
    Exception = Exception


give_value()
builtins.__pep828__ = Pep828
builtins.compile = new_compile
builtins.exec = new_exec
