"""The library reference."""

from conformance.sources.section import Document, Section


class LIBRARY(
    Document, title="The Python Standard Library", url="https://docs.python.org/3.14/library/", level="library"
):
    AITER = Section("aiter()", "functions.html#aiter")
    ANEXT = Section("anext()", "functions.html#anext")
    ITER = Section("iter()", "functions.html#iter")
    NEXT = Section("next()", "functions.html#next")
    FUNCTIONS = Section("Built-in Functions", "functions.html")
    SUPER = Section("super()", "functions.html#super")
    ITERATOR_TYPES = Section("Iterator types", "stdtypes.html#iterator-types")
    GENERIC_ALIAS = Section("Generic Alias Type", "stdtypes.html#generic-alias-type")
    STOP_ITERATION = Section("StopIteration", "exceptions.html#StopIteration")
    STOP_ASYNC_ITERATION = Section("StopAsyncIteration", "exceptions.html#StopAsyncIteration")
    SET_ASYNCGEN_HOOKS = Section("sys.set_asyncgen_hooks()", "sys.html#sys.set_asyncgen_hooks")
    GET_ASYNCGEN_HOOKS = Section("sys.get_asyncgen_hooks()", "sys.html#sys.get_asyncgen_hooks")
    EXC_INFO = Section("sys.exc_info()", "sys.html#sys.exc_info")
    SETTRACE = Section("sys.settrace()", "sys.html#sys.settrace")
    MONITORING = Section("sys.monitoring", "sys.monitoring.html")
    TYPES = Section("types.AsyncGeneratorType", "types.html#types.AsyncGeneratorType")
    INSPECT = Section("inspect", "inspect.html")
    INSPECT_ISASYNCGENFUNCTION = Section("inspect.isasyncgenfunction()", "inspect.html#inspect.isasyncgenfunction")
    INSPECT_ISASYNCGEN = Section("inspect.isasyncgen()", "inspect.html#inspect.isasyncgen")
    INSPECT_STATE = Section(
        "Current state of generators, coroutines, and asynchronous generators",
        "inspect.html#current-state-of-generators-coroutines-and-asynchronous-generators",
    )
    INSPECT_FLAGS = Section("Code objects bit flags", "inspect.html#code-objects-bit-flags")
    COLLECTIONS_ABC = Section("collections.abc", "collections.abc.html")
    ASYNCCONTEXTMANAGER = Section("contextlib.asynccontextmanager()", "contextlib.html#contextlib.asynccontextmanager")
    ACLOSING = Section("contextlib.aclosing()", "contextlib.html#contextlib.aclosing")
    CONTEXTVARS = Section("contextvars", "contextvars.html")
    FUNCTOOLS = Section("functools", "functools.html")
    GC = Section("gc", "gc.html")
    WEAKREF = Section("weakref", "weakref.html")
    TYPING = Section("typing", "typing.html")
    TRACEBACK = Section("traceback", "traceback.html")
    AST = Section("ast", "ast.html")
    ASYNCIO_DEV = Section(
        "Asynchronous generators best practices", "asyncio-dev.html#asynchronous-generators-best-practices"
    )
    ASYNCIO_RUN = Section("asyncio.run()", "asyncio-runner.html#asyncio.run")
    ASYNCIO_TASK = Section("Coroutines and tasks", "asyncio-task.html")
    SHUTDOWN_ASYNCGENS = Section("loop.shutdown_asyncgens()", "asyncio-eventloop.html#asyncio.loop.shutdown_asyncgens")
    COMPILE = Section("compile()", "functions.html#compile")
    LOCALS = Section("locals()", "functions.html#locals")
    TRUTH = Section("Truth Value Testing", "stdtypes.html#truth-value-testing")
    STDTYPES = Section("Built-in Types", "stdtypes.html")
    AGEN_ITERATORS = Section("Built-in Types: Asynchronous generator iterators (3.15)", "stdtypes.html")
    GENERATOR_EXIT = Section("GeneratorExit", "exceptions.html#GeneratorExit")
    RECURSION_ERROR = Section("RecursionError", "exceptions.html#RecursionError")
    EXCEPTION_CONTEXT = Section("Exception context", "exceptions.html#exception-context")
    UNRAISABLEHOOK = Section("sys.unraisablehook()", "sys.html#sys.unraisablehook")
    GETSIZEOF = Section("sys.getsizeof()", "sys.html#sys.getsizeof")
    SETPROFILE = Section("sys.setprofile()", "sys.html#sys.setprofile")
    AUDIT_EVENTS = Section("Audit events table", "audit_events.html")
    ORIGIN_TRACKING = Section(
        "sys.set_coroutine_origin_tracking_depth()", "sys.html#sys.set_coroutine_origin_tracking_depth"
    )
    TYPES_COROUTINE = Section("types.coroutine()", "types.html#types.coroutine")
    INSPECT_ISAWAITABLE = Section("inspect.isawaitable()", "inspect.html#inspect.isawaitable")
    INSPECT_MARK = Section("inspect.markcoroutinefunction()", "inspect.html#inspect.markcoroutinefunction")
    INSPECT_SIGNATURE = Section(
        "Introspecting callables with the Signature object",
        "inspect.html#introspecting-callables-with-the-signature-object",
    )
    ABC_ASYNCGENERATOR = Section(
        "collections.abc.AsyncGenerator", "collections.abc.html#collections.abc.AsyncGenerator"
    )
    ABC_ASYNCITERATOR = Section("collections.abc.AsyncIterator", "collections.abc.html#collections.abc.AsyncIterator")
    ABC_ASYNCITERABLE = Section("collections.abc.AsyncIterable", "collections.abc.html#collections.abc.AsyncIterable")
    ABC_AWAITABLE = Section("collections.abc.Awaitable", "collections.abc.html#collections.abc.Awaitable")
    CONTEXTLIB = Section("contextlib", "contextlib.html")
    CONTEXTMANAGER = Section("contextlib.contextmanager()", "contextlib.html#contextlib.contextmanager")
    CLOSING = Section("contextlib.closing()", "contextlib.html#contextlib.closing")
    SUPPRESS = Section("contextlib.suppress()", "contextlib.html#contextlib.suppress")
    EXIT_STACK = Section("contextlib.AsyncExitStack", "contextlib.html#contextlib.AsyncExitStack")
    CONTEXT_DECORATOR = Section("contextlib.ContextDecorator", "contextlib.html#contextlib.ContextDecorator")
    ASYNC_CONTEXT_DECORATOR = Section(
        "contextlib.AsyncContextDecorator", "contextlib.html#contextlib.AsyncContextDecorator"
    )
    COPY = Section("copy", "copy.html")
    PICKLE = Section("What can be pickled and unpickled?", "pickle.html#what-can-be-pickled-and-unpickled")
    JSON = Section("json", "json.html")
    MARSHAL = Section("marshal", "marshal.html")
    ITERTOOLS = Section("itertools", "itertools.html")
    DIS = Section("dis", "dis.html")
    DOCTEST = Section("doctest", "doctest.html")
    ABC = Section("abc", "abc.html")
    CONCURRENT_FUTURES = Section("concurrent.futures", "concurrent.futures.html")
    UNITTEST_MOCK = Section("unittest.mock", "unittest.mock.html")
    ISOLATED_ASYNCIO_TEST_CASE = Section(
        "unittest.IsolatedAsyncioTestCase", "unittest.html#unittest.IsolatedAsyncioTestCase"
    )
    ASYNCIO_EVENT_LOOP = Section("Event loop", "asyncio-eventloop.html")
    ASYNCIO_EXCEPTION_HANDLER = Section(
        "loop.call_exception_handler()", "asyncio-eventloop.html#asyncio.loop.call_exception_handler"
    )
    ASYNCIO_FUTURE = Section("Futures", "asyncio-future.html")
    ASYNCIO_QUEUE = Section("Queues", "asyncio-queue.html")
    ASYNCIO_GRAPH = Section("Call graph introspection", "asyncio-graph.html")
    ASYNCIO_RUNNER = Section("asyncio.Runner", "asyncio-runner.html#asyncio.Runner")
    ASYNCIO_CANCELLATION = Section("Task cancellation", "asyncio-task.html#task-cancellation")
    ASYNCIO_TIMEOUT = Section("asyncio.timeout()", "asyncio-task.html#asyncio.timeout")
    ASYNCIO_WAIT_FOR = Section("asyncio.wait_for()", "asyncio-task.html#asyncio.wait_for")
    ASYNCIO_SHIELD = Section("asyncio.shield()", "asyncio-task.html#asyncio.shield")
    ASYNCIO_TASK_GROUP = Section("asyncio.TaskGroup", "asyncio-task.html#asyncio.TaskGroup")
    ASYNCIO_EAGER = Section("asyncio.eager_task_factory()", "asyncio-task.html#asyncio.eager_task_factory")
    SYS_EXCEPTION = Section("sys.exception()", "sys.html#sys.exception")
