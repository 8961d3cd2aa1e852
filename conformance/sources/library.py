"""The library reference."""

from conformance.sources.section import Document, Section


class LIBRARY(
    Document, title="The Python Standard Library", url="https://docs.python.org/3.14/library/", level="library"
):
    AITER = Section(
        "aiter()",
        "functions.html#aiter",
        requires={
            "Returns an asynchronous iterator for an asynchronous iterable, as ``__aiter__()`` of its type does.": "BLT-002 BLT-004 BLT-005 BLT-031",
            "There is no form with two arguments.": "BLT-003",
        },
    )
    ANEXT = Section(
        "anext()",
        "functions.html#anext",
        requires={
            "Awaited, it returns the next item.": "BLT-007 BLT-017 BLT-024",
            "At the end it raises StopAsyncIteration, or returns the default if one was given.": "BLT-008 BLT-009 BLT-010",
            "It calls ``__anext__()`` of the type of the iterator.": "BLT-015 BLT-025",
            "Other exceptions pass.": "BLT-011",
            "Any object can be the default.": "BLT-012 BLT-013 BLT-014",
        },
    )
    ITER = Section("iter()", "functions.html#iter", "``iter()`` takes synchronous iterables.")
    NEXT = Section("next()", "functions.html#next", "``next()`` takes synchronous iterators.")
    FUNCTIONS = Section("Built-in Functions", "functions.html", "What takes an iterable takes a synchronous one.")
    SUPER = Section("super()", "functions.html#super", "Works without arguments in methods of every kind.")
    ITERATOR_TYPES = Section(
        "Iterator types", "stdtypes.html#iterator-types", "A synchronous iterable has ``__iter__()``."
    )
    GENERIC_ALIAS = Section(
        "Generic Alias Type", "stdtypes.html#generic-alias-type", "An alias remembers its origin and arguments."
    )
    STOP_ITERATION = Section(
        "StopIteration",
        "exceptions.html#StopIteration",
        "A generator that would let it out raises RuntimeError instead.",
    )
    STOP_ASYNC_ITERATION = Section(
        "StopAsyncIteration", "exceptions.html#StopAsyncIteration", "``__anext__()`` raises it to end the iteration."
    )
    SET_ASYNCGEN_HOOKS = Section(
        "sys.set_asyncgen_hooks()",
        "sys.html#sys.set_asyncgen_hooks",
        requires={
            "``firstiter`` and ``finalizer`` are optional and can be given by keyword.": "HOK-004 HOK-005 HOK-008",
            "``firstiter`` is called with the generator when it is iterated for the first time.": "HOK-010 HOK-012 HOK-013 HOK-014",
            "``finalizer`` is called with the generator when it is about to be collected.": "HOK-019 HOK-030",
            "They are callables.": "HOK-006",
            "An auditing event is raised for each of the two.": "HOK-035",
        },
    )
    GET_ASYNCGEN_HOOKS = Section(
        "sys.get_asyncgen_hooks()",
        "sys.html#sys.get_asyncgen_hooks",
        requires={"Returns the pair of hooks, like a named tuple, each None or a function.": "HOK-001 HOK-002"},
    )
    EXC_INFO = Section(
        "sys.exc_info()",
        "sys.html#sys.exc_info",
        "The innermost exception that is being handled, in this frame or a caller's; none outside of handlers.",
    )
    SETTRACE = Section(
        "sys.settrace()", "sys.html#sys.settrace", "The trace function hears of calls, lines, returns and exceptions."
    )
    MONITORING = Section(
        "sys.monitoring", "sys.monitoring.html", "Events of the body are reported in the order in which they happen."
    )
    TYPES = Section(
        "types.AsyncGeneratorType",
        "types.html#types.AsyncGeneratorType",
        "The type of what asynchronous generator functions return.",
    )
    INSPECT = Section(
        "inspect",
        "inspect.html",
        requires={
            "The table of attributes: ``__name__``, ``__qualname__``, ``ag_await``, ``ag_code``, ``ag_frame``, ``ag_running``.": "ATR-001 ATR-002 ATR-008 ATR-010 ATR-012 ATR-013 RUN-009",
            "``ag_suspended`` and ``ag_state`` where the table has them.": "ATR-017 ATR-018",
            "The other predicates tell asynchronous generators apart from coroutines and generators.": "INS-003",
            "A generator function is a function to everything else in the module.": "INS-017 INS-026 INS-027",
        },
    )
    INSPECT_ISASYNCGENFUNCTION = Section(
        "inspect.isasyncgenfunction()",
        "inspect.html#inspect.isasyncgenfunction",
        requires={
            "True for asynchronous generator functions and nothing else.": "INS-001 INS-004 INS-007 INS-008",
            "Functions wrapped in ``functools.partial()`` count since 3.8, ``functools.partialmethod()`` since 3.13.": "INS-005b INS-006b",
        },
    )
    INSPECT_ISASYNCGEN = Section(
        "inspect.isasyncgen()",
        "inspect.html#inspect.isasyncgen",
        requires={"True for what an asynchronous generator function returns and nothing else.": "INS-002"},
    )
    INSPECT_STATE = Section(
        "Current state of generators, coroutines, and asynchronous generators",
        "inspect.html#current-state-of-generators-coroutines-and-asynchronous-generators",
        requires={
            "``getasyncgenstate()`` tells created, running, suspended at a yield, and closed apart.": "INS-010 INS-012",
            "It accepts objects that have the attributes of an asynchronous generator.": "INS-014",
            "``getasyncgenlocals()`` maps the live variables, is empty without a frame, and refuses other objects with TypeError.": "INS-013",
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
            "Classes with the methods are subclasses.": "ABC-004 ABC-005",
        },
    )
    ASYNCCONTEXTMANAGER = Section(
        "contextlib.asynccontextmanager()",
        "contextlib.html#contextlib.asynccontextmanager",
        requires={
            "The function yields once; what it yields is bound by ``as``.": "LIB-001 LIB-003 LIB-004",
            "An exception of the block is raised at the yield, and can be handled there.": "LIB-002 LIB-005 LIB-007 LIB-015",
            "The manager is for one use; as a decorator, since 3.10, a new one is made for each call.": "LIB-008 LIB-009",
        },
    )
    ACLOSING = Section(
        "contextlib.aclosing()",
        "contextlib.html#contextlib.aclosing",
        requires={
            "``aclose()`` is awaited when the block is left, in whatever way, before what follows.": "LIB-013 SHD-011",
            "The exit code runs in the context in which the iteration ran.": "CVR-010",
        },
    )
    CONTEXTVARS = Section(
        "contextvars", "contextvars.html", "A variable has the value that it has in the current context."
    )
    FUNCTOOLS = Section(
        "functools", "functools.html", "Wrappers of functions work on asynchronous generator functions."
    )
    GC = Section("gc", "gc.html", "The collector finds cycles, and what they hold is finalized.")
    WEAKREF = Section("weakref", "weakref.html", "A weak reference does not keep its object alive, and dies with it.")
    TYPING = Section(
        "typing",
        "typing.html",
        "``AsyncGenerator`` takes two types, the second one since 3.13 optional; nothing is enforced.",
    )
    TRACEBACK = Section("traceback", "traceback.html", "An entry for each frame, under the name of its function.")
    AST = Section("ast", "ast.html", "The tree of source, and the flag that allows ``await`` at the top level.")
    ASYNCIO_DEV = Section(
        "Asynchronous generators best practices",
        "asyncio-dev.html#asynchronous-generators-best-practices",
        requires={
            "Close asynchronous generators explicitly: cleanup that is left to the loop comes later, in another order and another task.": "SHD-011 SHD-020 SHD-021",
            "Create them while the loop is running: otherwise the loop does not know them.": "SHD-014 SHD-025 LPB-012",
            "Do not iterate or close one from two tasks at a time: the second is refused with RuntimeError.": "RUN-001 RUN-002b RUN-006b RUN-022 CLS-034 CLS-035 CLS-036",
        },
    )
    ASYNCIO_RUN = Section(
        "asyncio.run()",
        "asyncio-runner.html#asyncio.run",
        "Runs a coroutine, cancels the tasks that are left, and closes the asynchronous generators.",
    )
    ASYNCIO_TASK = Section(
        "Coroutines and tasks", "asyncio-task.html", "Tasks are made of coroutines and awaitables, and take turns."
    )
    SHUTDOWN_ASYNCGENS = Section(
        "loop.shutdown_asyncgens()",
        "asyncio-eventloop.html#asyncio.loop.shutdown_asyncgens",
        requires={
            "All open asynchronous generators are closed with ``aclose()``.": "SHD-002 SHD-017",
            "After it the loop warns when a new one is iterated.": "SHD-005",
            "``asyncio.run()`` calls it.": "SHD-004 SHD-019",
        },
    )
    COMPILE = Section(
        "compile()", "functions.html#compile", "Source becomes code, with the optimization and the flags given."
    )
    LOCALS = Section("locals()", "functions.html#locals", "The variables of the function as they are.")
    TRUTH = Section(
        "Truth Value Testing", "stdtypes.html#truth-value-testing", "An object is true unless its type says otherwise."
    )
    STDTYPES = Section("Built-in Types", "stdtypes.html", "Methods of containers take synchronous iterables.")
    GENERATOR_EXIT = Section("GeneratorExit", "exceptions.html#GeneratorExit", "It is no Exception.")
    RECURSION_ERROR = Section("RecursionError", "exceptions.html#RecursionError", "Too deep a recursion raises it.")
    EXCEPTION_CONTEXT = Section(
        "Exception context",
        "exceptions.html#exception-context",
        "The exception handled when another one is raised is its context.",
    )
    GETSIZEOF = Section("sys.getsizeof()", "sys.html#sys.getsizeof", "The size of an object in bytes.")
    SETPROFILE = Section(
        "sys.setprofile()", "sys.html#sys.setprofile", "The profile function hears of calls and returns."
    )
    AUDIT_EVENTS = Section("Audit events table", "audit_events.html", "The events that are raised, by name.")
    ORIGIN_TRACKING = Section(
        "sys.set_coroutine_origin_tracking_depth()",
        "sys.html#sys.set_coroutine_origin_tracking_depth",
        "Coroutines remember where they were made.",
    )
    TYPES_COROUTINE = Section(
        "types.coroutine()", "types.html#types.coroutine", "Makes a generator function one of coroutines."
    )
    INSPECT_ISAWAITABLE = Section(
        "inspect.isawaitable()", "inspect.html#inspect.isawaitable", "True for what ``await`` takes."
    )
    INSPECT_MARK = Section(
        "inspect.markcoroutinefunction()",
        "inspect.html#inspect.markcoroutinefunction",
        "Makes a function count as a coroutine function.",
    )
    INSPECT_SIGNATURE = Section(
        "Introspecting callables with the Signature object",
        "inspect.html#introspecting-callables-with-the-signature-object",
        "The signature of any function.",
    )
    ABC_AWAITABLE = Section(
        "collections.abc.Awaitable", "collections.abc.html#collections.abc.Awaitable", "What has ``__await__()``."
    )
    CONTEXTMANAGER = Section(
        "contextlib.contextmanager()", "contextlib.html#contextlib.contextmanager", "Takes a generator function."
    )
    DECIMAL = Section(
        "decimal.localcontext()",
        "decimal.html#decimal.localcontext",
        "The context of the thread is another one from entry to exit.",
    )
    CLOSING = Section(
        "contextlib.closing()", "contextlib.html#contextlib.closing", "Calls ``close()`` at the end of the block."
    )
    SUPPRESS = Section(
        "contextlib.suppress()",
        "contextlib.html#contextlib.suppress",
        "Swallows the exceptions given, and the code behind the block goes on.",
    )
    EXIT_STACK = Section(
        "contextlib.AsyncExitStack",
        "contextlib.html#contextlib.AsyncExitStack",
        "Leaves what was entered or pushed, the last one first.",
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
    COPY = Section("copy", "copy.html", "Does not copy what has no way to be copied.")
    PICKLE = Section(
        "What can be pickled and unpickled?",
        "pickle.html#what-can-be-pickled-and-unpickled",
        "Does not pickle generators.",
    )
    JSON = Section("json", "json.html", "Serializes a few types, and refuses others with TypeError.")
    MARSHAL = Section("marshal", "marshal.html", "Serializes a few types, and refuses others with ValueError.")
    ITERTOOLS = Section("itertools", "itertools.html", "Takes synchronous iterables.")
    DIS = Section("dis", "dis.html", "Shows the code of an asynchronous generator since 3.7.")
    DOCTEST = Section("doctest", "doctest.html", "Finds and runs the examples in docstrings of functions.")
    ABC = Section("abc", "abc.html", "A class with abstract methods cannot be instantiated.")
    CONCURRENT_FUTURES = Section(
        "concurrent.futures", "concurrent.futures.html", "``map()`` takes synchronous iterables."
    )
    UNITTEST_MOCK = Section(
        "unittest.mock",
        "unittest.mock.html",
        "MagicMock supports ``__aiter__()``; an autospec has the signature of its function.",
    )
    ISOLATED_ASYNCIO_TEST_CASE = Section(
        "unittest.IsolatedAsyncioTestCase",
        "unittest.html#unittest.IsolatedAsyncioTestCase",
        "Runs coroutines as tests, in a loop of their own.",
    )
    ASYNCIO_EVENT_LOOP = Section(
        "Event loop",
        "asyncio-eventloop.html",
        "The running loop is the one that runs this code; a loop can be run again and again.",
    )
    ASYNCIO_EXCEPTION_HANDLER = Section(
        "loop.call_exception_handler()",
        "asyncio-eventloop.html#asyncio.loop.call_exception_handler",
        "Gets what could not be raised, with the generator under ``asyncgen``.",
    )
    ASYNCIO_FUTURE = Section(
        "Futures", "asyncio-future.html", "``exception()`` is what it failed with, and ``await`` raises it."
    )
    ASYNCIO_QUEUE = Section("Queues", "asyncio-queue.html", "``get()`` waits for an item.")
    ASYNCIO_GRAPH = Section("Call graph introspection", "asyncio-graph.html", "Shows the frames that a task awaits.")
    ASYNCIO_RUNNER = Section(
        "asyncio.Runner", "asyncio-runner.html#asyncio.Runner", "``close()`` shuts down the asynchronous generators."
    )
    ASYNCIO_CANCELLATION = Section(
        "Task cancellation",
        "asyncio-task.html#task-cancellation",
        "CancelledError is raised in what the task awaits, and may be caught there.",
    )
    ASYNCIO_TIMEOUT = Section(
        "asyncio.timeout()",
        "asyncio-task.html#asyncio.timeout",
        "Cancels what is inside, and raises TimeoutError outside.",
    )
    ASYNCIO_WAIT_FOR = Section(
        "asyncio.wait_for()",
        "asyncio-task.html#asyncio.wait_for",
        "Cancels at the timeout, and waits for the end of that.",
    )
    ASYNCIO_SHIELD = Section(
        "asyncio.shield()",
        "asyncio-task.html#asyncio.shield",
        "Protects what it waits for from the cancellation of the one who waits.",
    )
    ASYNCIO_TASK_GROUP = Section(
        "asyncio.TaskGroup",
        "asyncio-task.html#asyncio.TaskGroup",
        "The first failure cancels the rest, the parent too.",
    )
    ASYNCIO_EAGER = Section(
        "asyncio.eager_task_factory()",
        "asyncio-task.html#asyncio.eager_task_factory",
        "A task starts to run when it is made.",
    )
    SYS_EXCEPTION = Section(
        "sys.exception()", "sys.html#sys.exception", "The exception that is being handled, or None."
    )
    EXEC = Section("exec()", "functions.html#exec", "Runs source text as a program.")
