"""The library reference."""

from conformance.sources.section import Document, Section


class LIBRARY(
    Document, title="The Python Standard Library", url="https://docs.python.org/3.14/library/", level="library"
):
    AITER = Section(
        "aiter()",
        "functions.html#aiter",
        requires={
            "``aiter()`` returns the asynchronous iterator that ``__aiter__()`` of the type of its argument returns.": "BLT-002 BLT-004 BLT-005 BLT-031",
            "There is no form of ``aiter()`` with two arguments.": "BLT-003",
            "The parameter is positional-only, in the documentation of 3.13 and later.": "BLT-055",
        },
    )
    ANEXT = Section(
        "anext()",
        "functions.html#anext",
        requires={
            "Awaiting ``anext()`` returns the next item.": "BLT-007 BLT-017 BLT-024",
            "At the end, awaiting it raises StopAsyncIteration, or returns the default if one was given.": "BLT-008 BLT-009 BLT-010",
            "``anext()`` calls ``__anext__()`` of the type of the iterator.": "BLT-015 BLT-025",
            "Other exceptions propagate.": "BLT-011",
            "Any object can be the default.": "BLT-012 BLT-013 BLT-014",
        },
    )
    ITER = Section("iter()", "functions.html#iter", "``iter()`` takes synchronous iterables.")
    NEXT = Section("next()", "functions.html#next", "``next()`` takes synchronous iterators.")
    FUNCTIONS = Section(
        "Built-in Functions", "functions.html", "A built-in function that takes an iterable takes a synchronous one."
    )
    SUPER = Section("super()", "functions.html#super", "``super()`` works without arguments in methods of every kind.")
    ITERATOR_TYPES = Section(
        "Iterator types", "stdtypes.html#iterator-types", "A synchronous iterable has ``__iter__()``."
    )
    GENERIC_ALIAS = Section(
        "Generic Alias Type", "stdtypes.html#generic-alias-type", "A generic alias stores its origin and its arguments."
    )
    STOP_ITERATION = Section(
        "StopIteration",
        "exceptions.html#StopIteration",
        "If StopIteration would leave the body of a generator, RuntimeError is raised instead.",
    )
    STOP_ASYNC_ITERATION = Section(
        "StopAsyncIteration",
        "exceptions.html#StopAsyncIteration",
        "``__anext__()`` raises StopAsyncIteration to end the iteration.",
    )
    EXCEPTION_HIERARCHY = Section(
        "Exception hierarchy",
        "exceptions.html#exception-hierarchy",
        "The hierarchy shows the built-in exceptions, each below the class that it is derived from.",
    )
    SET_ASYNCGEN_HOOKS = Section(
        "sys.set_asyncgen_hooks()",
        "sys.html#sys.set_asyncgen_hooks",
        requires={
            "``firstiter`` and ``finalizer`` are optional and can be given by keyword.": "HOK-004 HOK-005 HOK-008",
            "``firstiter`` is called with the generator when it is iterated for the first time.": "HOK-010 HOK-012 HOK-013 HOK-014",
            "``finalizer`` is called with the generator when it is about to be collected.": "HOK-019 HOK-030",
            "Both hooks are callables.": "HOK-006 HOK-053",
            "An audit event is raised for each of the two hooks.": "HOK-035",
        },
    )
    GET_ASYNCGEN_HOOKS = Section(
        "sys.get_asyncgen_hooks()",
        "sys.html#sys.get_asyncgen_hooks",
        requires={
            "The function returns the two hooks, each None or a function, as an object like a named tuple.": "HOK-001 HOK-002"
        },
    )
    EXC_INFO = Section(
        "sys.exc_info()",
        "sys.html#sys.exc_info",
        "``sys.exc_info()`` returns the innermost exception being handled, in this frame or in that of a caller, or none.",
    )
    SETTRACE = Section(
        "sys.settrace()",
        "sys.html#sys.settrace",
        "The trace function is called for calls, lines, returns and exceptions.",
    )
    MONITORING = Section(
        "sys.monitoring", "sys.monitoring.html", "Events of the body are reported in the order in which they happen."
    )
    TYPES = Section(
        "types.AsyncGeneratorType",
        "types.html#types.AsyncGeneratorType",
        "Asynchronous generator functions return objects of this type.",
    )
    INSPECT = Section(
        "inspect",
        "inspect.html",
        requires={
            "The table of attributes lists ``__name__``, ``__qualname__``, ``ag_await``, ``ag_code``, ``ag_frame`` and ``ag_running``.": "ATR-001 ATR-002 ATR-008 ATR-010 ATR-012 ATR-013 RUN-009",
            "In the versions that have them, the table also lists ``ag_suspended`` and ``ag_state``.": "ATR-017 ATR-018",
            "The other predicates distinguish asynchronous generators from coroutines and generators.": "INS-003",
            "The rest of the module treats an asynchronous generator function as a function.": "INS-017 INS-026 INS-027",
        },
    )
    INSPECT_ISASYNCGENFUNCTION = Section(
        "inspect.isasyncgenfunction()",
        "inspect.html#inspect.isasyncgenfunction",
        requires={
            "The predicate is true for asynchronous generator functions and nothing else.": "INS-001 INS-004 INS-007 INS-008",
            "It is also true for functions wrapped in ``functools.partial()`` since 3.8, and in ``functools.partialmethod()`` since 3.13.": "INS-005b INS-006b",
        },
    )
    INSPECT_ISASYNCGEN = Section(
        "inspect.isasyncgen()",
        "inspect.html#inspect.isasyncgen",
        requires={
            "The predicate is true for the objects that asynchronous generator functions return, and nothing else.": "INS-002"
        },
    )
    INSPECT_STATE = Section(
        "Current state of generators, coroutines, and asynchronous generators",
        "inspect.html#current-state-of-generators-coroutines-and-asynchronous-generators",
        requires={
            "``getasyncgenstate()`` distinguishes four states: created, running, suspended at a yield, and closed.": "INS-010 INS-012",
            "It accepts objects that have the attributes of an asynchronous generator.": "INS-014",
            "``getasyncgenlocals()`` maps names to their values, is empty without a frame, and raises TypeError for other objects.": "INS-013",
        },
    )
    INSPECT_FLAGS = Section(
        "Code objects bit flags",
        "inspect.html#code-objects-bit-flags",
        requires={
            "``CO_ASYNC_GENERATOR`` is set in the code of an asynchronous generator.": "INS-015",
            "Code with ``CO_COROUTINE`` makes a coroutine when it is executed.": "CMP-059",
        },
    )
    COLLECTIONS_ABC = Section(
        "collections.abc",
        "collections.abc.html",
        requires={
            "Asynchronous generators are instances of ``AsyncGenerator``, ``AsyncIterator`` and ``AsyncIterable``.": "ABC-001 ABC-013",
            "The abstract methods are ``asend()`` and ``athrow()``; ``aclose()``, ``__aiter__()`` and ``__anext__()`` are mixins.": "ABC-007 ABC-008 ABC-009",
            "A class that has the methods is a subclass.": "ABC-004 ABC-005",
        },
    )
    ASYNCCONTEXTMANAGER = Section(
        "contextlib.asynccontextmanager()",
        "contextlib.html#contextlib.asynccontextmanager",
        requires={
            "The function yields exactly once, and ``as`` binds the yielded value.": "LIB-001 LIB-003 LIB-004",
            "An exception raised in the block is raised again at the yield, and can be handled there.": "LIB-002 LIB-005 LIB-007 LIB-015",
            "A manager can be entered once; used as a decorator, since 3.10, it is made anew for each call.": "LIB-008 LIB-009",
        },
    )
    ACLOSING = Section(
        "contextlib.aclosing()",
        "contextlib.html#contextlib.aclosing",
        requires={
            "However the block is left, ``aclose()`` is awaited before the code after the block runs.": "LIB-013 SHD-011",
            "The exit code of the generator runs in the context in which it was iterated.": "CVR-010",
        },
    )
    CONTEXTVARS = Section(
        "contextvars", "contextvars.html", "A context variable has the value that the current context gives it."
    )
    FUNCTOOLS = Section(
        "functools", "functools.html", "The wrappers of the module work on asynchronous generator functions."
    )
    GC = Section("gc", "gc.html", "The collector finds reference cycles and finalizes the objects in them.")
    WEAKREF = Section(
        "weakref",
        "weakref.html",
        "A weak reference does not keep its object alive, and is cleared when the object is collected.",
    )
    TYPING = Section(
        "typing",
        "typing.html",
        "``AsyncGenerator`` takes two types, of which the second is optional since 3.13, and neither is enforced.",
    )
    TRACEBACK = Section(
        "traceback", "traceback.html", "A traceback has an entry for each frame, with the name of its function."
    )
    AST = Section(
        "ast",
        "ast.html",
        "The module makes the syntax tree of a source, and has the flag that allows ``await`` at the top level.",
    )
    ASYNCIO_DEV = Section(
        "Asynchronous generators best practices",
        "asyncio-dev.html#asynchronous-generators-best-practices",
        requires={
            "Close asynchronous generators explicitly: the loop does their cleanup later, in another order and in another task.": "SHD-011 SHD-020 SHD-021",
            "Create them while the loop is running: otherwise the loop does not know them.": "SHD-014 SHD-025 LPB-012",
            "Do not iterate or close a generator in two tasks at a time: the second one gets RuntimeError.": "RUN-001 RUN-002b RUN-006b RUN-022 CLS-034 CLS-035 CLS-036",
        },
    )
    ASYNCIO_RUN = Section(
        "asyncio.run()",
        "asyncio-runner.html#asyncio.run",
        "``asyncio.run()`` runs a coroutine, and finalizes the asynchronous generators.",
    )
    ASYNCIO_TASK = Section(
        "Coroutines and tasks", "asyncio-task.html", "Tasks are made from coroutines and awaitables, and run in turn."
    )
    SHUTDOWN_ASYNCGENS = Section(
        "loop.shutdown_asyncgens()",
        "asyncio-eventloop.html#asyncio.loop.shutdown_asyncgens",
        requires={
            "All open asynchronous generators are closed with ``aclose()``.": "SHD-002 SHD-017",
            "After that the loop warns when a new generator is iterated.": "SHD-005",
            "``asyncio.run()`` calls ``shutdown_asyncgens()``.": "SHD-004 SHD-019",
        },
    )
    COMPILE = Section(
        "compile()",
        "functions.html#compile",
        "``compile()`` turns source into code, with the given optimization and flags.",
    )
    LOCALS = Section(
        "locals()",
        "functions.html#locals",
        "``locals()`` returns the variables of the function with their current values.",
    )
    TRUTH = Section(
        "Truth Value Testing", "stdtypes.html#truth-value-testing", "An object is true unless its type says otherwise."
    )
    STDTYPES = Section("Built-in Types", "stdtypes.html", "Methods of containers take synchronous iterables.")
    GENERATOR_EXIT = Section(
        "GeneratorExit", "exceptions.html#GeneratorExit", "GeneratorExit is not a subclass of Exception."
    )
    RECURSION_ERROR = Section(
        "RecursionError", "exceptions.html#RecursionError", "A recursion that is too deep raises RecursionError."
    )
    EXCEPTION_CONTEXT = Section(
        "Exception context",
        "exceptions.html#exception-context",
        "The context of a new exception is the exception that is being handled when it is raised.",
    )
    GETSIZEOF = Section(
        "sys.getsizeof()", "sys.html#sys.getsizeof", "``sys.getsizeof()`` returns the size of an object in bytes."
    )
    SETPROFILE = Section(
        "sys.setprofile()", "sys.html#sys.setprofile", "The profile function is called for calls and returns."
    )
    AUDIT_EVENTS = Section("Audit events table", "audit_events.html", "The table lists the audit events by name.")
    ORIGIN_TRACKING = Section(
        "sys.set_coroutine_origin_tracking_depth()",
        "sys.html#sys.set_coroutine_origin_tracking_depth",
        "Coroutines record where they were created.",
    )
    TYPES_COROUTINE = Section(
        "types.coroutine()",
        "types.html#types.coroutine",
        "``types.coroutine()`` turns a generator function into a coroutine function.",
    )
    INSPECT_ISAWAITABLE = Section(
        "inspect.isawaitable()",
        "inspect.html#inspect.isawaitable",
        "The predicate is true for objects that can be awaited.",
    )
    INSPECT_MARK = Section(
        "inspect.markcoroutinefunction()",
        "inspect.html#inspect.markcoroutinefunction",
        "The decorator marks a function as a coroutine function.",
    )
    INSPECT_SIGNATURE = Section(
        "Introspecting callables with the Signature object",
        "inspect.html#introspecting-callables-with-the-signature-object",
        "Any function has a signature.",
    )
    ABC_AWAITABLE = Section(
        "collections.abc.Awaitable",
        "collections.abc.html#collections.abc.Awaitable",
        "An object with ``__await__()`` is an instance.",
    )
    CONTEXTMANAGER = Section(
        "contextlib.contextmanager()",
        "contextlib.html#contextlib.contextmanager",
        "The decorator takes a generator function.",
    )
    DECIMAL = Section(
        "decimal.localcontext()",
        "decimal.html#decimal.localcontext",
        "From entry to exit, the thread has another decimal context.",
    )
    CLOSING = Section(
        "contextlib.closing()",
        "contextlib.html#contextlib.closing",
        "``closing()`` calls ``close()`` at the end of the block.",
    )
    SUPPRESS = Section(
        "contextlib.suppress()",
        "contextlib.html#contextlib.suppress",
        "``suppress()`` suppresses the given exceptions, and execution continues after the block.",
    )
    EXIT_STACK = Section(
        "contextlib.AsyncExitStack",
        "contextlib.html#contextlib.AsyncExitStack",
        "The stack exits its context managers and calls its callbacks, the last one first.",
    )
    CONTEXT_DECORATOR = Section(
        "contextlib.ContextDecorator",
        "contextlib.html#contextlib.ContextDecorator",
        "As a decorator of an asynchronous generator function it lasts for the iteration, since 3.15.",
    )
    ASYNC_CONTEXT_DECORATOR = Section(
        "contextlib.AsyncContextDecorator",
        "contextlib.html#contextlib.AsyncContextDecorator",
        "As a decorator of an asynchronous generator function it lasts for the iteration, since 3.15.",
    )
    COPY = Section("copy", "copy.html", "Objects that do not support copying are not copied.")
    PICKLE = Section(
        "What can be pickled and unpickled?",
        "pickle.html#what-can-be-pickled-and-unpickled",
        "Generators cannot be pickled.",
    )
    JSON = Section("json", "json.html", "``json`` serializes a few types, and raises TypeError for others.")
    MARSHAL = Section(
        "marshal", "marshal.html", "``marshal`` serializes a few types, and raises ValueError for others."
    )
    ITERTOOLS = Section("itertools", "itertools.html", "The iterators of the module take synchronous iterables.")
    DIS = Section("dis", "dis.html", "``dis`` shows the code of an asynchronous generator since 3.7.")
    DOCTEST = Section("doctest", "doctest.html", "``doctest`` finds and runs the examples in docstrings of functions.")
    ABC = Section("abc", "abc.html", "A class with abstract methods cannot be instantiated.")
    CONCURRENT_FUTURES = Section(
        "concurrent.futures", "concurrent.futures.html", "``map()`` takes synchronous iterables."
    )
    UNITTEST_MOCK = Section(
        "unittest.mock",
        "unittest.mock.html",
        "MagicMock supports ``__aiter__()``, and an autospec has the signature of its function.",
    )
    ISOLATED_ASYNCIO_TEST_CASE = Section(
        "unittest.IsolatedAsyncioTestCase",
        "unittest.html#unittest.IsolatedAsyncioTestCase",
        "The test case runs coroutines as tests, in an event loop of its own.",
    )
    ASYNCIO_EVENT_LOOP = Section(
        "Event loop",
        "asyncio-eventloop.html",
        "The running loop is the loop that runs the current code, and a loop can be run several times.",
    )
    ASYNCIO_EXCEPTION_HANDLER = Section(
        "loop.call_exception_handler()",
        "asyncio-eventloop.html#asyncio.loop.call_exception_handler",
        "The handler gets exceptions that nothing can catch, with the generator under ``asyncgen``.",
    )
    ASYNCIO_FUTURE = Section(
        "Futures", "asyncio-future.html", "``exception()`` returns the exception of a future, and ``await`` raises it."
    )
    ASYNCIO_QUEUE = Section("Queues", "asyncio-queue.html", "``get()`` waits for an item.")
    ASYNCIO_GRAPH = Section(
        "Call graph introspection", "asyncio-graph.html", "The call graph contains the frames that a task awaits."
    )
    ASYNCIO_RUNNER = Section(
        "asyncio.Runner", "asyncio-runner.html#asyncio.Runner", "``close()`` shuts down the asynchronous generators."
    )
    ASYNCIO_CANCELLATION = Section(
        "Task cancellation",
        "asyncio-task.html#task-cancellation",
        "CancelledError is raised where the task awaits, and can be caught there.",
    )
    ASYNCIO_TIMEOUT = Section(
        "asyncio.timeout()",
        "asyncio-task.html#asyncio.timeout",
        "At the timeout, the block is cancelled, and TimeoutError is raised outside of it.",
    )
    ASYNCIO_WAIT_FOR = Section(
        "asyncio.wait_for()",
        "asyncio-task.html#asyncio.wait_for",
        "At the timeout, the task is cancelled, and ``wait_for()`` waits until the task has ended.",
    )
    ASYNCIO_SHIELD = Section(
        "asyncio.shield()",
        "asyncio-task.html#asyncio.shield",
        "``shield()`` protects the awaited task when the task that awaits it is cancelled.",
    )
    ASYNCIO_TASK_GROUP = Section(
        "asyncio.TaskGroup",
        "asyncio-task.html#asyncio.TaskGroup",
        "The first failure cancels the other tasks of the group and its parent task.",
    )
    ASYNCIO_EAGER = Section(
        "asyncio.eager_task_factory()",
        "asyncio-task.html#asyncio.eager_task_factory",
        "An eager task starts to run when it is created.",
    )
    SYS_EXCEPTION = Section(
        "sys.exception()",
        "sys.html#sys.exception",
        "``sys.exception()`` returns the exception that is being handled, or None.",
    )
    EXEC = Section("exec()", "functions.html#exec", "``exec()`` executes source text as statements.")
