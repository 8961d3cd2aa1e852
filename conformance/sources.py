"""The documents, and the sections of them, that a behaviour can cite.

A class is a document, an attribute is a section of it: ``PEP525.AGEN_OBJECT``. The level of a document says what its
word is worth: ``language`` and ``library`` bind an implementation, ``detail`` only records what CPython does, and a
document without a level (a tutorial) claims nothing. ``tests/`` refuses a section that no behaviour cites.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

_REFERENCE = "https://docs.python.org/3.14/reference/"
_LIBRARY = "https://docs.python.org/3.14/library/"
_WHATSNEW = "https://docs.python.org/3/whatsnew/"
_CPYTHON = "https://github.com/python/cpython/"


@dataclass
class Section:
    """A place in a document. ``id`` and ``document`` are filled in by the class that it is an attribute of.

    ``note`` is for sentences that are not right as they stand: what is true instead, in our words.
    """

    title: str
    url: str
    note: str = ""
    id: str = field(default="", init=False)
    document: type[Document] = field(init=False, repr=False)

    def __hash__(self) -> int:
        return hash(self.id)


class Document:
    """A document that can be cited: subclasses are the documents, their Section attributes the sections."""

    title: ClassVar[str]
    url: ClassVar[str]
    level: ClassVar[str | None]
    sections: ClassVar[tuple[Section, ...]]

    def __init_subclass__(cls, *, title: str, url: str, level: str | None) -> None:
        cls.title, cls.url, cls.level = title, url, level
        found = []
        for name, section in vars(cls).items():
            if isinstance(section, Section):
                section.id = f"{cls.__name__}.{name}"
                section.document = cls
                found.append(section)
        cls.sections = tuple(found)


def documents() -> list[type[Document]]:
    """Every document, in the order of this file."""
    return Document.__subclasses__()


class REFERENCE(Document, title="The Python Language Reference", url=_REFERENCE, level="language"):
    AGEN_FUNCTION = Section(
        "Asynchronous generator functions", _REFERENCE + "expressions.html#asynchronous-generator-functions"
    )
    AGEN_METHODS = Section(
        "Asynchronous generator-iterator methods",
        _REFERENCE + "expressions.html#asynchronous-generator-iterator-methods",
    )
    AGEN_ANEXT = Section("agen.__anext__()", _REFERENCE + "expressions.html#agen.__anext__")
    AGEN_ASEND = Section("agen.asend(value)", _REFERENCE + "expressions.html#agen.asend")
    AGEN_ATHROW = Section("agen.athrow(value)", _REFERENCE + "expressions.html#agen.athrow")
    AGEN_ACLOSE = Section("agen.aclose()", _REFERENCE + "expressions.html#agen.aclose")
    YIELD = Section("Yield expressions", _REFERENCE + "expressions.html#yield-expressions")
    AWAIT = Section("Await expression", _REFERENCE + "expressions.html#await-expression")
    CALLS = Section("Calls", _REFERENCE + "expressions.html#calls")
    DISPLAYS = Section(
        "Displays for lists, sets and dictionaries",
        _REFERENCE + "expressions.html#displays-for-lists-sets-and-dictionaries",
    )
    GENERATOR_EXPRESSIONS = Section("Generator expressions", _REFERENCE + "expressions.html#generator-expressions")
    EXPRESSION_LISTS = Section("Expression lists", _REFERENCE + "expressions.html#expression-lists")
    EVALUATION_ORDER = Section("Evaluation order", _REFERENCE + "expressions.html#evaluation-order")
    ASSIGNMENT = Section("Assignment statements", _REFERENCE + "simple_stmts.html#assignment-statements")
    ANNOTATED_ASSIGNMENT = Section(
        "Annotated assignment statements", _REFERENCE + "simple_stmts.html#annotated-assignment-statements"
    )
    RETURN = Section("The return statement", _REFERENCE + "simple_stmts.html#the-return-statement")
    RAISE = Section("The raise statement", _REFERENCE + "simple_stmts.html#the-raise-statement")
    NONLOCAL = Section("The nonlocal statement", _REFERENCE + "simple_stmts.html#the-nonlocal-statement")
    FOR = Section("The for statement", _REFERENCE + "compound_stmts.html#the-for-statement")
    TRY = Section("The try statement", _REFERENCE + "compound_stmts.html#the-try-statement")
    WITH = Section("The with statement", _REFERENCE + "compound_stmts.html#the-with-statement")
    FUNCTION_DEF = Section("Function definitions", _REFERENCE + "compound_stmts.html#function-definitions")
    COROUTINE_DEF = Section(
        "Coroutine function definition", _REFERENCE + "compound_stmts.html#coroutine-function-definition"
    )
    ASYNC_FOR = Section("The async for statement", _REFERENCE + "compound_stmts.html#the-async-for-statement")
    ASYNC_WITH = Section("The async with statement", _REFERENCE + "compound_stmts.html#the-async-with-statement")
    DATAMODEL_AGEN = Section(
        "Data model: Asynchronous generator functions",
        _REFERENCE + "datamodel.html#asynchronous-generator-functions",
    )
    ASYNC_ITERATORS = Section("Asynchronous iterators", _REFERENCE + "datamodel.html#asynchronous-iterators")
    COROUTINE_OBJECTS = Section("Coroutine objects", _REFERENCE + "datamodel.html#coroutine-objects")
    SPECIAL_LOOKUP = Section("Special method lookup", _REFERENCE + "datamodel.html#special-method-lookup")
    ANNOTATION_SCOPES = Section("Annotation scopes", _REFERENCE + "executionmodel.html#annotation-scopes")
    KEYWORDS = Section("Keywords", _REFERENCE + "lexical_analysis.html#keywords")


class PEP525(
    Document, title="PEP 525: Asynchronous Generators", url="https://peps.python.org/pep-0525/", level="language"
):
    ASYNCHRONOUS_GENERATORS = Section(
        "Asynchronous Generators", "https://peps.python.org/pep-0525/#asynchronous-generators"
    )
    ITERATION = Section(
        "Support for Asynchronous Iteration Protocol",
        "https://peps.python.org/pep-0525/#support-for-asynchronous-iteration-protocol",
    )
    FINALIZATION = Section("Finalization", "https://peps.python.org/pep-0525/#finalization")
    ASYNCIO = Section("asyncio", "https://peps.python.org/pep-0525/#asyncio")
    AGEN_OBJECT = Section(
        "Asynchronous Generator Object", "https://peps.python.org/pep-0525/#asynchronous-generator-object"
    )
    TYPES = Section(
        "New Standard Library Functions and Types",
        "https://peps.python.org/pep-0525/#new-standard-library-functions-and-types",
    )
    IMPLEMENTATION = Section("Implementation Details", "https://peps.python.org/pep-0525/#implementation-details")
    ASEND_ATHROW = Section(
        "PyAsyncGenASend and PyAsyncGenAThrow", "https://peps.python.org/pep-0525/#pyasyncgenasend-and-pyasyncgenathrow"
    )
    YIELD_FROM = Section("Asynchronous yield from", "https://peps.python.org/pep-0525/#asynchronous-yield-from")


class PEP492(
    Document,
    title="PEP 492: Coroutines with async and await syntax",
    url="https://peps.python.org/pep-0492/",
    level="language",
):
    DECLARATION = Section(
        "New Coroutine Declaration Syntax", "https://peps.python.org/pep-0492/#new-coroutine-declaration-syntax"
    )
    AWAIT = Section("Await Expression", "https://peps.python.org/pep-0492/#await-expression")
    ASYNC_FOR = Section(
        "Asynchronous Iterators and async for", "https://peps.python.org/pep-0492/#asynchronous-iterators-and-async-for"
    )
    COROUTINE_OBJECTS = Section("Coroutine objects", "https://peps.python.org/pep-0492/#coroutine-objects")
    TRANSITION = Section("Transition Plan", "https://peps.python.org/pep-0492/#transition-plan")


class PEP479(
    Document,
    title="PEP 479: Change StopIteration handling inside generators",
    url="https://peps.python.org/pep-0479/",
    level="language",
):
    PROPOSAL = Section("Proposal", "https://peps.python.org/pep-0479/#proposal")


class PEP530(
    Document, title="PEP 530: Asynchronous Comprehensions", url="https://peps.python.org/pep-0530/", level="language"
):
    COMPREHENSIONS = Section(
        "Asynchronous Comprehensions", "https://peps.python.org/pep-0530/#asynchronous-comprehensions"
    )
    AWAIT = Section("await in Comprehensions", "https://peps.python.org/pep-0530/#await-in-comprehensions")


class PEP342(
    Document,
    title="PEP 342: Coroutines via Enhanced Generators",
    url="https://peps.python.org/pep-0342/",
    level="language",
):
    SEND = Section(
        "New generator method: send(value)", "https://peps.python.org/pep-0342/#new-generator-method-send-value"
    )
    YIELD = Section("New syntax: Yield Expressions", "https://peps.python.org/pep-0342/#new-syntax-yield-expressions")


class PEPS(Document, title="Other PEPs", url="https://peps.python.org/", level="language"):
    PEP380 = Section("PEP 380: Syntax for Delegating to a Subgenerator", "https://peps.python.org/pep-0380/")
    PEP533 = Section(
        "PEP 533: Deterministic cleanup for iterators (deferred: what it wants does not hold)",
        "https://peps.python.org/pep-0533/",
    )
    PEP567 = Section("PEP 567: Context Variables", "https://peps.python.org/pep-0567/")
    PEP585 = Section("PEP 585: Type Hinting Generics In Standard Collections", "https://peps.python.org/pep-0585/")
    PEP649 = Section("PEP 649: Deferred Evaluation Of Annotations", "https://peps.python.org/pep-0649/")
    PEP669 = Section("PEP 669: Low Impact Monitoring", "https://peps.python.org/pep-0669/")


class LIBRARY(Document, title="The Python Standard Library", url=_LIBRARY, level="library"):
    AITER = Section("aiter()", _LIBRARY + "functions.html#aiter")
    ANEXT = Section("anext()", _LIBRARY + "functions.html#anext")
    ITER = Section("iter()", _LIBRARY + "functions.html#iter")
    NEXT = Section("next()", _LIBRARY + "functions.html#next")
    FUNCTIONS = Section("Built-in Functions", _LIBRARY + "functions.html")
    SUPER = Section("super()", _LIBRARY + "functions.html#super")
    ITERATOR_TYPES = Section("Iterator types", _LIBRARY + "stdtypes.html#iterator-types")
    GENERIC_ALIAS = Section("Generic Alias Type", _LIBRARY + "stdtypes.html#generic-alias-type")
    STOP_ITERATION = Section("StopIteration", _LIBRARY + "exceptions.html#StopIteration")
    STOP_ASYNC_ITERATION = Section("StopAsyncIteration", _LIBRARY + "exceptions.html#StopAsyncIteration")
    SET_ASYNCGEN_HOOKS = Section("sys.set_asyncgen_hooks()", _LIBRARY + "sys.html#sys.set_asyncgen_hooks")
    GET_ASYNCGEN_HOOKS = Section("sys.get_asyncgen_hooks()", _LIBRARY + "sys.html#sys.get_asyncgen_hooks")
    EXC_INFO = Section("sys.exc_info()", _LIBRARY + "sys.html#sys.exc_info")
    SETTRACE = Section("sys.settrace()", _LIBRARY + "sys.html#sys.settrace")
    MONITORING = Section("sys.monitoring", _LIBRARY + "sys.monitoring.html")
    TYPES = Section("types.AsyncGeneratorType", _LIBRARY + "types.html#types.AsyncGeneratorType")
    INSPECT = Section("inspect", _LIBRARY + "inspect.html")
    INSPECT_ISASYNCGENFUNCTION = Section(
        "inspect.isasyncgenfunction()", _LIBRARY + "inspect.html#inspect.isasyncgenfunction"
    )
    INSPECT_ISASYNCGEN = Section("inspect.isasyncgen()", _LIBRARY + "inspect.html#inspect.isasyncgen")
    INSPECT_STATE = Section(
        "Current state of generators, coroutines, and asynchronous generators",
        _LIBRARY + "inspect.html#current-state-of-generators-coroutines-and-asynchronous-generators",
    )
    INSPECT_FLAGS = Section("Code objects bit flags", _LIBRARY + "inspect.html#code-objects-bit-flags")
    COLLECTIONS_ABC = Section("collections.abc", _LIBRARY + "collections.abc.html")
    ASYNCCONTEXTMANAGER = Section(
        "contextlib.asynccontextmanager()", _LIBRARY + "contextlib.html#contextlib.asynccontextmanager"
    )
    ACLOSING = Section("contextlib.aclosing()", _LIBRARY + "contextlib.html#contextlib.aclosing")
    CONTEXTVARS = Section("contextvars", _LIBRARY + "contextvars.html")
    FUNCTOOLS = Section("functools", _LIBRARY + "functools.html")
    GC = Section("gc", _LIBRARY + "gc.html")
    WEAKREF = Section("weakref", _LIBRARY + "weakref.html")
    TYPING = Section("typing", _LIBRARY + "typing.html")
    TRACEBACK = Section("traceback", _LIBRARY + "traceback.html")
    AST = Section("ast", _LIBRARY + "ast.html")
    ASYNCIO_DEV = Section(
        "Asynchronous generators best practices",
        _LIBRARY + "asyncio-dev.html#asynchronous-generators-best-practices",
    )
    ASYNCIO_RUN = Section("asyncio.run()", _LIBRARY + "asyncio-runner.html#asyncio.run")
    ASYNCIO_TASK = Section("Coroutines and tasks", _LIBRARY + "asyncio-task.html")
    SHUTDOWN_ASYNCGENS = Section(
        "loop.shutdown_asyncgens()", _LIBRARY + "asyncio-eventloop.html#asyncio.loop.shutdown_asyncgens"
    )


class WHATSNEW(Document, title="What's New in Python", url=_WHATSNEW, level="detail"):
    V37 = Section("What's New In Python 3.7", _WHATSNEW + "3.7.html")
    V38 = Section("What's New In Python 3.8", _WHATSNEW + "3.8.html")
    V39 = Section("What's New In Python 3.9", _WHATSNEW + "3.9.html")
    V311 = Section("What's New In Python 3.11", _WHATSNEW + "3.11.html")
    V314 = Section("What's new in Python 3.14", _WHATSNEW + "3.14.html")


class CPYTHON(Document, title="CPython: source and tests", url=_CPYTHON, level="detail"):
    GENOBJECT = Section("Objects/genobject.c", _CPYTHON + "blob/3.14/Objects/genobject.c")
    COMPILER = Section("Python/compile.c, Python/symtable.c", _CPYTHON + "blob/3.14/Python/symtable.c")
    TEST_ASYNCGEN = Section("Lib/test/test_asyncgen.py", _CPYTHON + "blob/3.14/Lib/test/test_asyncgen.py")


class ISSUE(Document, title="CPython: issues", url=_CPYTHON + "issues", level="detail"):
    BPO_10544 = Section("bpo-10544: yield expression inside generator expression", "https://bugs.python.org/issue10544")
    BPO_30773 = Section(
        "bpo-30773: async generator receives wrong value when shared between coroutines",
        "https://bugs.python.org/issue30773",
    )
    BPO_31708 = Section(
        "bpo-31708: allow use of asynchronous generator expressions in synchronous functions",
        "https://bugs.python.org/issue31708",
    )
    BPO_31709 = Section("bpo-31709: drop support for asynchronous __aiter__", "https://bugs.python.org/issue31709")
    BPO_33346 = Section(
        "bpo-33346: async comprehensions inside implicit function scopes", "https://bugs.python.org/issue33346"
    )
    BPO_39386 = Section("bpo-39386: prevent double awaiting of async iterator", "https://bugs.python.org/issue39386")
    GH_89091 = Section("gh-89091: warn about never-awaited asynchronous generator methods", _CPYTHON + "issues/89091")
    GH_96348 = Section("gh-96348: deprecate the 3-argument throw() signature", _CPYTHON + "issues/96348")
    GH_117714 = Section("gh-117714: close() and throw() of the awaitables of athrow()", _CPYTHON + "issues/117714")


class TUTORIAL(
    Document,
    title="Python Async Generator Function (syntblaze documentation)",
    url="https://docs.syntblaze.com/python/functions/async-generator-function",
    level=None,
):
    S01 = Section(
        "An async def that contains yield makes an asynchronous generator function",
        "https://docs.syntblaze.com/python/functions/async-generator-function",
    )
    S02 = Section(
        "Calling it does not run the body, but returns an asynchronous generator object",
        "https://docs.syntblaze.com/python/functions/async-generator-function",
        note="The arguments are evaluated and bound at the call.",
    )
    S03 = Section(
        "It combines suspension with non-blocking awaits between the yields",
        "https://docs.syntblaze.com/python/functions/async-generator-function",
        note="Whether an await blocks or suspends at all is a matter of the awaited object.",
    )
    S04 = Section(
        "Unlike a coroutine, the object implements __aiter__ and __anext__",
        "https://docs.syntblaze.com/python/functions/async-generator-function",
        note="It has asend, athrow and aclose as well.",
    )
    S05 = Section(
        "The parser classifies the function by the presence of yield",
        "https://docs.syntblaze.com/python/functions/async-generator-function",
        note="The grammar does not tell them apart: the same syntax tree is classified later, by the compiler, "
        "by a yield in the function's own scope.",
    )
    S06 = Section(
        "yield suspends, emits the value and keeps the local state",
        "https://docs.syntblaze.com/python/functions/async-generator-function",
    )
    S07 = Section(
        "__aiter__ returns the object itself",
        "https://docs.syntblaze.com/python/functions/async-generator-function",
    )
    S08 = Section(
        "__anext__ returns an awaitable that runs the body to the next yield",
        "https://docs.syntblaze.com/python/functions/async-generator-function",
        note="Only when it is awaited; it may also stop at an await, at the end or at an exception.",
    )
    S09 = Section(
        "At the end the awaitable raises StopAsyncIteration",
        "https://docs.syntblaze.com/python/functions/async-generator-function",
        note="If the body raises, that exception comes first, and StopAsyncIteration only after it.",
    )
    S10 = Section(
        "It cannot be consumed by for or next()",
        "https://docs.syntblaze.com/python/functions/async-generator-function",
    )
    S11 = Section(
        "It must be consumed by async for or anext() in an asynchronous context",
        "https://docs.syntblaze.com/python/functions/async-generator-function",
        note="Comprehensions, awaiting __anext__() or asend(), and driving the awaitables by hand "
        "from synchronous code work too.",
    )
    S12 = Section(
        "asend(value) resumes, and the yield evaluates to the value",
        "https://docs.syntblaze.com/python/functions/async-generator-function",
        note="Only once started: the first value must be None.",
    )
    S13 = Section(
        "athrow(type, [value, [traceback]]) raises at the point of suspension",
        "https://docs.syntblaze.com/python/functions/async-generator-function",
        note="athrow(exception) is the form to use, the other is deprecated since 3.12; an unstarted body never runs.",
    )
    S14 = Section(
        "aclose() raises GeneratorExit at the yield, which ends the generator and runs the pending finally blocks",
        "https://docs.syntblaze.com/python/functions/async-generator-function",
        note="Only when it is awaited, and only where there is a suspended yield; "
        "a body that yields again makes it a RuntimeError and is not ended.",
    )
    S15 = Section(
        "Example: start with anext(), exchange with asend(42), end with aclose()",
        "https://docs.syntblaze.com/python/functions/async-generator-function",
    )
    S16 = Section(
        "return with a value is a syntax error; a bare return raises StopAsyncIteration",
        "https://docs.syntblaze.com/python/functions/async-generator-function",
        note="return None is rejected as well.",
    )
    S17 = Section(
        "Execution is strictly bound to a running event loop",
        "https://docs.syntblaze.com/python/functions/async-generator-function",
        note="No event loop is needed or kept: anything that drives the awaitables will do.",
    )
    S18 = Section(
        "yield from is not supported; an async for loop delegates instead",
        "https://docs.syntblaze.com/python/functions/async-generator-function",
        note="The loop forwards neither sent values nor thrown exceptions, and does not close the inner generator.",
    )


__all__ = [
    "CPYTHON",
    "ISSUE",
    "LIBRARY",
    "PEP342",
    "PEP479",
    "PEP492",
    "PEP525",
    "PEP530",
    "PEPS",
    "REFERENCE",
    "TUTORIAL",
    "WHATSNEW",
    "Document",
    "Section",
    "documents",
]
