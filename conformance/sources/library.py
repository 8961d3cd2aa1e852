"""The library reference."""

from conformance.sources.section import Document, Section

#: The built-in functions, types and exceptions have a chapter of their own beside the library since September 2026, in
#: the documentation of 3.13 and later. Their old addresses lead to it.
BUILTINS = "https://docs.python.org/3.14/builtins/"


class LIBRARY(
    Document, title="The Python standard library", url="https://docs.python.org/3.14/library/", level="library"
):
    AITER = Section(
        "aiter()",
        BUILTINS + "functions.html#aiter",
        requires={
            "``aiter()`` returns the asynchronous iterator that ``__aiter__()`` of its argument returns.": "BLT-002 BLT-004 BLT-005 BLT-031",
            "There is no form of ``aiter()`` with two arguments.": "BLT-003",
            "The parameter is positional-only, in the documentation of 3.13 and later.": "BLT-055",
        },
        quote={
            "BLT-002": "Return an asynchronous iterator for an asynchronous iterable. Equivalent to calling x.__aiter__().",
            "BLT-003": "Unlike iter(), aiter() has no 2-argument variant.",
        },
    )
    ANEXT = Section(
        "anext()",
        BUILTINS + "functions.html#anext",
        requires={
            "Awaiting ``anext()`` returns the next item.": "BLT-007 BLT-017 BLT-024",
            "At the end, awaiting it raises StopAsyncIteration, or returns the default if one was given.": "BLT-008 BLT-009 BLT-010",
            "``anext()`` calls ``__anext__()`` of the iterator, and returns an awaitable.": "BLT-015 BLT-025",
            "It behaves like ``next()``: only exhaustion is answered by the default.": "BLT-011",
            "The default that is returned is the one that was given, whatever object it is.": "BLT-012 BLT-013 BLT-014",
        },
        quote={
            "BLT-007": "Awaiting this returns the next value of the iterator.",
            "BLT-008": "If default is given, it is returned if the iterator is exhausted, otherwise StopAsyncIteration is raised.",
            "BLT-011": "This is the async variant of the next() builtin, and behaves similarly.",
            "BLT-012": "If default is given, it is returned if the iterator is exhausted",
            "BLT-015": "This calls the __anext__() method of async_iterator, returning an awaitable.",
        },
    )
    ITER = Section(
        "iter()",
        BUILTINS + "functions.html#iter",
        "The argument must support the iterable protocol or the sequence protocol, or TypeError is raised.",
    )
    NEXT = Section("next()", BUILTINS + "functions.html#next", "``next()`` calls ``__next__()`` of an iterator.")
    FUNCTIONS = Section(
        "Built-in Functions",
        BUILTINS + "functions.html",
        "A built-in function that takes an iterable takes a synchronous one.",
    )
    SUPER = Section(
        "super()",
        BUILTINS + "functions.html#super",
        "``super()`` works without arguments in an ordinary method of a class.",
    )
    ITERATOR_TYPES = Section(
        "Iterator Types",
        BUILTINS + "stdtypes.html#iterator-types",
        "An iterable has ``__iter__()``, and an iterator ``__next__()`` too.",
    )
    GENERIC_ALIAS = Section(
        "Generic Alias Type",
        BUILTINS + "stdtypes.html#generic-alias-type",
        "A generic alias stands for a class with type arguments, has both as attributes, and checks nothing.",
    )
    STOP_ITERATION = Section(
        "StopIteration",
        BUILTINS + "exceptions.html#StopIteration",
        "A StopIteration that a generator raises is converted into a RuntimeError, and is the cause of it.",
        quote="If a generator code directly or indirectly raises StopIteration, it is converted into a RuntimeError (retaining the StopIteration as the new exception's cause).",
    )
    STOP_ASYNC_ITERATION = Section(
        "StopAsyncIteration",
        BUILTINS + "exceptions.html#StopAsyncIteration",
        "``__anext__()`` raises StopAsyncIteration to end the iteration.",
        quote="Must be raised by __anext__() method of an asynchronous iterator object to stop the iteration.",
    )
    EXCEPTION_HIERARCHY = Section(
        "Exception hierarchy",
        BUILTINS + "exceptions.html#exception-hierarchy",
        "The hierarchy shows the built-in exceptions, each below the class that it is derived from.",
    )
    SET_ASYNCGEN_HOOKS = Section(
        "sys.set_asyncgen_hooks()",
        "sys.html#sys.set_asyncgen_hooks",
        requires={
            "``firstiter`` and ``finalizer`` are optional and can be given by keyword.": "HOK-004 HOK-005 HOK-008",
            "``firstiter`` is called with the generator when it is iterated for the first time.": "HOK-010 HOK-012 HOK-013",
            "``finalizer`` is called with the generator when it is about to be collected.": "HOK-019 HOK-030",
            "Both hooks are callables.": "HOK-006 HOK-053",
            "An audit event is raised for each of the two hooks.": "HOK-035",
        },
        quote={
            "HOK-004": "Accepts two optional keyword arguments which are callables that accept an asynchronous generator iterator as an argument.",
            "HOK-010": "The firstiter callable will be called when an asynchronous generator is iterated for the first time.",
            "HOK-019": "The finalizer will be called when an asynchronous generator is about to be garbage collected.",
        },
    )
    GET_ASYNCGEN_HOOKS = Section(
        "sys.get_asyncgen_hooks()",
        "sys.html#sys.get_asyncgen_hooks",
        requires={
            "The function returns the two hooks, each None or a function, as an object like a named tuple.": "HOK-001 HOK-002"
        },
        quote={
            "HOK-001": "Returns an asyncgen_hooks object, which is similar to a namedtuple of the form (firstiter, finalizer)",
        },
    )
    EXC_INFO = Section(
        "sys.exc_info()",
        "sys.html#sys.exc_info",
        "``sys.exc_info()`` returns the exception that is being handled anywhere on the stack, or three times None.",
        quote="If no exception is being handled anywhere on the stack, this function return a tuple containing three None values.",
    )
    SETTRACE = Section(
        "sys.settrace()",
        "sys.html#sys.settrace",
        "The trace function is called for calls, lines, returns and exceptions.",
    )
    MONITORING = Section(
        "sys.monitoring",
        "sys.monitoring.html",
        "Callbacks get the events that occur as a program runs: start, resumption, yield, return, throw, unwinding.",
    )
    TYPES = Section(
        "types.AsyncGeneratorType",
        "types.html#types.AsyncGeneratorType",
        "Asynchronous generator functions return objects of this type.",
        quote="The type of asynchronous generator-iterator objects, created by asynchronous generator functions.",
    )
    INSPECT = Section(
        "inspect",
        "inspect.html",
        requires={
            "The table of attributes lists ``__name__``, ``__qualname__``, ``ag_await``, ``ag_code``, ``ag_frame`` and ``ag_running``.": "ATR-001 ATR-002 ATR-008 ATR-010 ATR-012 ATR-013",
            "``ag_running`` says whether the generator is running.": "RUN-009 RUN-010 RUN-019 RUN-020 RUN-025 RUN-026",
            "In the versions that have them, the table also lists ``ag_suspended`` and ``ag_state``.": "ATR-017 ATR-018",
            "The other predicates distinguish asynchronous generators from coroutines and generators.": "INS-003",
            "The module describes functions, methods and their signatures of every kind, and follows ``__wrapped__``.": "INS-017 INS-026 INS-027",
        },
        announces="3.12 3.14 3.15",
    )
    INSPECT_ISASYNCGENFUNCTION = Section(
        "inspect.isasyncgenfunction()",
        "inspect.html#inspect.isasyncgenfunction",
        requires={
            "The predicate is true for asynchronous generator functions and nothing else.": "INS-001 INS-004 INS-007 INS-008",
            "It is also true for functions wrapped in ``functools.partial()`` since 3.8, and in ``functools.partialmethod()`` since 3.13.": "INS-005b INS-006b",
        },
        announces="3.8 3.13",
        quote={
            "INS-001": "Return True if the object is an asynchronous generator function",
            "INS-005b": "Functions wrapped in functools.partial() now return True if the wrapped function is an asynchronous generator function.",
        },
    )
    INSPECT_ISASYNCGEN = Section(
        "inspect.isasyncgen()",
        "inspect.html#inspect.isasyncgen",
        requires={
            "The predicate is true for the objects that asynchronous generator functions return, and nothing else.": "INS-002"
        },
        quote={
            "INS-002": "Return True if the object is an asynchronous generator iterator created by an asynchronous generator function.",
        },
    )
    INSPECT_STATE = Section(
        "Current State of Generators, Coroutines, and Asynchronous Generators",
        "inspect.html#current-state-of-generators-coroutines-and-asynchronous-generators",
        requires={
            "``getasyncgenstate()`` distinguishes four states: created, running, suspended at a yield, and closed.": "INS-010 INS-012",
            "It accepts objects that have the attributes of an asynchronous generator.": "INS-014",
            "``getasyncgenlocals()`` maps names to their values, is empty without a frame, and raises TypeError for other objects; without frames it may always be empty.": "INS-013",
        },
        quote={
            "INS-010": "AGEN_SUSPENDED: Currently suspended at a yield expression.",
            "INS-014": "will accept any asynchronous generator-like object that has ag_running and ag_frame attributes",
        },
    )
    INSPECT_FLAGS = Section(
        "Code Objects Bit Flags",
        "inspect.html#code-objects-bit-flags",
        detail=True,  # "The flags are specific to CPython, and may not be defined in other Python implementations."
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
        announces="3.10",
    )
    SINGLE_USE = Section(
        "Single use, reusable and reentrant context managers",
        "contextlib.html#single-use-reusable-and-reentrant-context-managers",
        "A second use of a manager that a generator function makes fails, because the generator does not yield again.",
    )
    ACLOSING = Section(
        "contextlib.aclosing()",
        "contextlib.html#contextlib.aclosing",
        requires={
            "However the block is left, ``aclose()`` is awaited before the code after the block runs.": "LIB-013 SHD-011",
            "The exit code of the generator runs in the context in which it was iterated.": "CVR-010",
        },
        quote={
            "LIB-013": "Return an async context manager that calls the aclose() method of thing upon completion of the block.",
            "CVR-010": "This pattern ensures that the generator's async exit code is executed in the same context as its iterations",
        },
    )
    CONTEXTVARS = Section(
        "contextvars", "contextvars.html", "A context variable has the value that the current context gives it."
    )
    FUNCTOOLS = Section(
        "functools",
        "functools.html",
        "The tools of the module take any callable as a function, and call it as they say.",
    )
    GC = Section(
        "gc",
        "gc.html",
        "The module is the interface to the optional garbage collector, and ``gc.collect()`` runs a full collection.",
    )
    WEAKREF = Section(
        "weakref",
        "weakref.html",
        "A weak reference does not keep its object alive, and is cleared when the object is collected.",
    )
    TYPING = Section(
        "typing",
        "typing.html",
        "``AsyncGenerator`` takes two types, of which the second has a default since 3.13, and the runtime enforces neither.",
        announces="3.13",
    )
    TRACEBACK = Section(
        "traceback",
        "traceback.html",
        "A stack trace has an entry for each frame, with file, line and name of the function.",
    )
    AST = Section(
        "ast",
        "ast.html",
        "The module makes the syntax tree of a source, and has the flag that allows ``await`` at the top level.",
        quote="Enables support for top-level await, async for, async with and async comprehensions.",
    )
    ASYNCIO_DEV = Section(
        "Asynchronous generators best practices",
        "asyncio-dev.html#asynchronous-generators-best-practices",
        requires={
            "It is recommended to close them explicitly: otherwise the cleanup may run later, and in an unexpected context and order.": "SHD-011 SHD-020 SHD-021",
            "It is recommended to create them once there is a loop: a generator that was iterated before is not known to it.": "SHD-014 SHD-025 LPB-012",
            "It is recommended not to use one in parallel tasks: an overlapping call can cause errors, such as the RuntimeError of an example.": "RUN-022",
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
            "All open asynchronous generators are scheduled to be closed with ``aclose()``.": "SHD-002 SHD-017 SHD-030 LPB-012",
            "After that the loop warns when a new generator is iterated.": "SHD-005",
            "Nobody has to call it when ``asyncio.run()`` is used.": "SHD-004 SHD-019",
        },
    )
    COMPILE = Section(
        "compile()",
        BUILTINS + "functions.html#compile",
        "``compile()`` turns source into code, with the given optimization and flags.",
        quote="ast.PyCF_ALLOW_TOP_LEVEL_AWAIT can now be passed in flags to enable support for top-level await, async for, and async with.",
    )
    LOCALS = Section(
        "locals()",
        BUILTINS + "functions.html#locals",
        "``locals()`` returns the variables of the function with their current values.",
    )
    TRUTH = Section(
        "Truth Value Testing",
        BUILTINS + "stdtypes.html#truth-value-testing",
        "An object is true unless its type says otherwise.",
    )
    STDTYPES = Section(
        "Built-in Types", BUILTINS + "stdtypes.html", "Methods of containers take synchronous iterables."
    )
    AGEN_ACLOSE = Section(
        "agen.aclose()",
        "https://docs.python.org/3.15/builtins/stdtypes.html#agen.aclose",
        "The awaitable throws GeneratorExit into the body, as ``athrow(GeneratorExit)`` does.",
    )
    GENERATOR_EXIT = Section(
        "GeneratorExit",
        BUILTINS + "exceptions.html#GeneratorExit",
        "GeneratorExit is raised when a generator is closed, and is not a subclass of Exception.",
        quote="It directly inherits from BaseException instead of Exception",
    )
    RECURSION_LIMIT = Section(
        "sys.getrecursionlimit()",
        "sys.html#sys.getrecursionlimit",
        "The limit keeps an endless recursion from overflowing the C stack and crashing Python.",
    )
    RECURSION_ERROR = Section(
        "RecursionError",
        BUILTINS + "exceptions.html#RecursionError",
        "A recursion that is too deep raises RecursionError.",
        quote="It is raised when the interpreter detects that the maximum recursion depth (see sys.getrecursionlimit()) is exceeded.",
    )
    EXCEPTION_CONTEXT = Section(
        "Exception context",
        BUILTINS + "exceptions.html#exception-context",
        "The context of a new exception is the exception that is being handled when it is raised.",
        quote="When raising a new exception while another exception is already being handled, the new exception's __context__ attribute is automatically set to the handled exception.",
    )
    GETSIZEOF = Section(
        "sys.getsizeof()", "sys.html#sys.getsizeof", "``sys.getsizeof()`` returns the size of an object in bytes."
    )
    SETPROFILE = Section(
        "sys.setprofile()", "sys.html#sys.setprofile", "The profile function is called for calls and returns."
    )
    AUDIT_EVENTS = Section("Audit events table", "audit_events.html", detail=True)
    ORIGIN_TRACKING = Section(
        "sys.set_coroutine_origin_tracking_depth()",
        "sys.html#sys.set_coroutine_origin_tracking_depth",
        "Coroutine objects record where they were created, if that is enabled.",
    )
    TYPES_COROUTINE = Section(
        "types.coroutine()",
        "types.html#types.coroutine",
        "``types.coroutine()`` turns a generator function into one that returns an awaitable generator-based coroutine.",
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
        "``signature()`` accepts plain functions.",
    )
    ABC_AWAITABLE = Section(
        "collections.abc.Awaitable",
        "collections.abc.html#collections.abc.Awaitable",
        "An object with ``__await__()`` is an instance.",
    )
    CONTEXTMANAGER = Section(
        "contextlib.contextmanager()",
        "contextlib.html#contextlib.contextmanager",
        "The function must return a generator iterator, which yields exactly once.",
    )
    DECIMAL = Section(
        "decimal.localcontext()",
        "decimal.html#decimal.localcontext",
        "On entry the thread gets a copy of a decimal context, and on exit the earlier context is restored.",
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
        "The stack is like ``ExitStack``, which unwinds in reverse order, and takes asynchronous context managers and coroutine functions.",
    )
    CONTEXT_DECORATOR = Section(
        "contextlib.ContextDecorator",
        "https://docs.python.org/3.15/library/contextlib.html#contextlib.ContextDecorator",
        requires={
            "Since 3.15 it lasts for the iteration of a decorated asynchronous generator function, which is closed when the iteration ends.": "LIB-011b LIB-039",
            "Since 3.15 a decorated asynchronous generator function is one still.": "LIB-038",
            "Values and exceptions are not forwarded to the wrapped generator.": "LIB-012",
        },
        announces="3.15",
    )
    ASYNC_CONTEXT_DECORATOR = Section(
        "contextlib.AsyncContextDecorator",
        "https://docs.python.org/3.15/library/contextlib.html#contextlib.AsyncContextDecorator",
        requires={
            "Since 3.15 it lasts for the iteration of a decorated asynchronous generator function.": "LIB-010b LIB-033b LIB-034",
            "Since 3.15 a decorated asynchronous generator function is one still.": "LIB-038",
            "Since 3.15 a synchronous generator function can be decorated, and is then iterated with ``async for``.": "LIB-037 LIB-039",
        },
        announces="3.15",
    )
    COPY = Section("copy", "copy.html", "Some types are not copied; classes can say how their instances are copied.")
    PICKLE = Section(
        "What can be pickled and unpickled?",
        "pickle.html#what-can-be-pickled-and-unpickled",
        "The section lists what can be pickled, generators not among it; other objects raise PicklingError.",
    )
    JSON = Section("json", "json.html", "``json`` serializes a few types, and raises TypeError for others.")
    MARSHAL = Section(
        "marshal", "marshal.html", "``marshal`` serializes a few types, and raises ValueError for others."
    )
    ITERTOOLS = Section("itertools", "itertools.html", "The iterators of the module take synchronous iterables.")
    DIS = Section("dis", "dis.html", detail=True)
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
        "The context that the exception handler gets may have the generator that caused the exception, under ``asyncgen``.",
    )
    ENSURE_FUTURE = Section(
        "asyncio.ensure_future()",
        "asyncio-future.html#asyncio.ensure_future",
        "``ensure_future()`` takes a future, a coroutine or another awaitable, and raises TypeError for any other object.",
    )
    ASYNCIO_FUTURE = Section(
        "Futures", "asyncio-future.html", "``exception()`` returns the exception of a future, and ``await`` raises it."
    )
    ASYNCIO_QUEUE = Section("Queues", "asyncio-queue.html", "``get()`` waits for an item.")
    ASYNCIO_GRAPH = Section(
        "Call graph introspection", "asyncio-graph.html", "The call graph contains the frames that a task awaits."
    )
    ASYNCIO_RUNNER = Section(
        "asyncio.Runner", "asyncio-runner.html#asyncio.Runner", "``close()`` finalizes the asynchronous generators."
    )
    ASYNCIO_CANCELLATION = Section(
        "Task cancellation",
        "asyncio-task.html#task-cancellation",
        "CancelledError is raised in the task at the next opportunity, and can be caught there.",
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
        "Task groups",
        "asyncio-task.html#task-groups",
        "The first failure cancels the other tasks of the group, and the task of the block if it is still in it.",
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
        quote="When exception handlers are nested within one another, only the exception handled by the innermost handler is accessible.",
    )
    EXEC = Section(
        "exec()",
        BUILTINS + "functions.html#exec",
        requires={
            "``exec()`` executes source text as statements.": "SYN-066",
            "``yield`` and ``return`` may not stand outside of a function.": "SYN-053",
        },
        quote={
            "SYN-053": "the nonlocal, yield, and return statements may not be used outside of function definitions",
        },
    )
