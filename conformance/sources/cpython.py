"""Documents that bind nobody: the release notes, source, tests and issues of CPython."""

from conformance.sources.section import Document, Section


class WHATSNEW(Document, title="What's New in Python", url="https://docs.python.org/3/whatsnew/", level="detail"):
    V36 = Section("What's New In Python 3.6", "3.6.html", announces="3.6")
    V37 = Section("What's New In Python 3.7", "3.7.html", announces="3.7")
    V38 = Section("What's New In Python 3.8", "3.8.html", announces="3.8")
    V39 = Section("What's New In Python 3.9", "3.9.html", announces="3.9")
    V310 = Section("What's New In Python 3.10", "3.10.html", announces="3.10")
    V311 = Section("What's New In Python 3.11", "3.11.html", announces="3.11")
    V312 = Section("What's New In Python 3.12", "3.12.html", announces="3.12")
    V313 = Section("What's New In Python 3.13", "3.13.html", announces="3.13")
    V314 = Section("What's new in Python 3.14", "3.14.html", announces="3.14")


class CPYTHON(Document, title="CPython: source and tests", url="https://github.com/python/cpython/", level="detail"):
    GENOBJECT = Section("Objects/genobject.c", "blob/3.14/Objects/genobject.c")
    COMPILER = Section("Python/compile.c, Python/symtable.c", "blob/3.14/Python/symtable.c")
    TEST_ASYNCGEN = Section("Lib/test/test_asyncgen.py", "blob/3.14/Lib/test/test_asyncgen.py")
    CEVAL = Section("Python/ceval.c", "blob/3.14/Python/ceval.c")
    BLTINMODULE = Section("Python/bltinmodule.c", "blob/3.14/Python/bltinmodule.c")
    ITEROBJECT = Section("Objects/iterobject.c", "blob/3.14/Objects/iterobject.c")
    SYSMODULE = Section("Python/sysmodule.c", "blob/3.14/Python/sysmodule.c")
    WARNINGS = Section("Python/_warnings.c", "blob/3.14/Python/_warnings.c")
    PYLIFECYCLE = Section("Python/pylifecycle.c", "blob/3.14/Python/pylifecycle.c")
    BASE_EVENTS = Section("Lib/asyncio/base_events.py", "blob/3.14/Lib/asyncio/base_events.py")
    ASYNCIO_TASKS = Section("Lib/asyncio/tasks.py", "blob/3.14/Lib/asyncio/tasks.py")
    COLLECTIONS_ABC = Section("Lib/_collections_abc.py", "blob/3.14/Lib/_collections_abc.py")
    TYPES = Section("Lib/types.py", "blob/3.14/Lib/types.py")
    ASYNC_CASE = Section("Lib/unittest/async_case.py", "blob/3.14/Lib/unittest/async_case.py")
    EXCEPTIONS = Section("Objects/exceptions.c", "blob/3.14/Objects/exceptions.c")
    TEST_SETTRACE = Section("Lib/test/test_sys_settrace.py", "blob/3.14/Lib/test/test_sys_settrace.py")


class ISSUE(Document, title="CPython: issues", url="https://github.com/python/cpython/issues", level="detail"):
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
    GH_89091 = Section(
        "gh-89091: warn about never-awaited asynchronous generator methods",
        "https://github.com/python/cpython/issues/89091",
    )
    GH_96348 = Section(
        "gh-96348: deprecate the 3-argument throw() signature", "https://github.com/python/cpython/issues/96348"
    )
    GH_117714 = Section(
        "gh-117714: close() and throw() of the awaitables of athrow()",
        "https://github.com/python/cpython/issues/117714",
    )
    BPO_39764 = Section(
        "bpo-39764: PyAsyncGenObject causes task.get_stack() raising AttributeError",
        "https://bugs.python.org/issue39764",
    )
    BPO_33672 = Section(
        "bpo-33672: repr() of a Task of a coroutine without a name", "https://bugs.python.org/issue33672"
    )
    GH_128534 = Section(
        "gh-128534: branch events of sys.monitoring for async for", "https://github.com/python/cpython/issues/128534"
    )
    BPO_33041 = Section("bpo-33041: issues with async for", "https://bugs.python.org/issue33041")
    GH_84753 = Section(
        "gh-84753: inspect's predicates and function-like objects", "https://github.com/python/cpython/issues/84753"
    )
    BPO_36045 = Section("bpo-36045: help() and async functions", "https://bugs.python.org/issue36045")
    BPO_31183 = Section("bpo-31183: dis and asynchronous generators", "https://bugs.python.org/issue31183")
    GH_81137 = Section(
        "gh-81137: deprecate the assignment of code objects of another kind",
        "https://github.com/python/cpython/issues/81137",
    )
    GH_117881 = Section(
        "gh-117881: athrow().throw() and asend().throw() while another operation runs",
        "https://github.com/python/cpython/issues/117881",
    )
    BPO_28893 = Section("bpo-28893: async for keeps the cause of a bad __anext__", "https://bugs.python.org/issue28893")
    BPO_27243 = Section("bpo-27243: __aiter__ that returns an awaitable", "https://bugs.python.org/issue27243")
    GH_126699 = Section(
        "gh-126699: AsyncIterator as a base of protocols", "https://github.com/python/cpython/issues/126699"
    )
    BPO_25612 = Section("bpo-25612: the stack of handled exceptions", "https://bugs.python.org/issue25612")
    GH_117536 = Section(
        "gh-117536: never-awaited warning after throw()", "https://github.com/python/cpython/issues/117536"
    )
    GH_156980 = Section(
        "gh-156980: asyncio.print_call_graph() loses the call stack at asynchronous generators",
        "https://github.com/python/cpython/issues/156980",
    )
    GH_110378 = Section(
        "gh-110378: close the generator of a context manager that does not stop",
        "https://github.com/python/cpython/issues/110378",
    )
    GH_125862 = Section(
        "gh-125862: context managers as decorators of generator functions",
        "https://github.com/python/cpython/issues/125862",
    )
    GH_95882 = Section(
        "gh-95882: traceback of an exception that passes a context manager",
        "https://github.com/python/cpython/issues/95882",
    )
    BPO_33786 = Section("bpo-33786: GeneratorExit and asynccontextmanager", "https://bugs.python.org/issue33786")
    BPO_29587 = Section("bpo-29587: context of exceptions thrown into generators", "https://bugs.python.org/issue29587")
    GH_128078 = Section("gh-128078: anext() and a tuple as default", "https://github.com/python/cpython/issues/128078")
    BPO_46009 = Section("bpo-46009: generators after a value was sent too early", "https://bugs.python.org/issue46009")
    BPO_44963 = Section("bpo-44963: send() and throw() of anext_awaitable", "https://bugs.python.org/issue44963")
    GH_131670 = Section(
        "gh-131670: anext() of an iterator that raises at the call", "https://github.com/python/cpython/issues/131670"
    )
    GH_118473 = Section(
        "gh-118473: sys.set_asyncgen_hooks() that fails in part", "https://github.com/python/cpython/issues/118473"
    )
    BPO_38410 = Section(
        "bpo-38410: sys.set_asyncgen_hooks() and audit hooks that raise", "https://bugs.python.org/issue38410"
    )
    BPO_28500 = Section(
        "bpo-28500: finalizers of asynchronous generators and threads", "https://bugs.python.org/issue28500"
    )
    GH_108668 = Section(
        "gh-108668: the handled exception is lost when one is thrown into an await",
        "https://github.com/python/cpython/issues/108668",
    )
    BPO_40696 = Section("bpo-40696: a hang after throw() into a generator", "https://bugs.python.org/issue40696")
    GH_117852 = Section(
        "gh-117852: arguments of athrow() are checked at the call", "https://github.com/python/cpython/issues/117852"
    )
    GH_149122 = Section(
        "gh-149122: asynchronous generator expressions as arguments of any(), all() and tuple()",
        "https://github.com/python/cpython/issues/149122",
    )
    BPO_39562 = Section("bpo-39562: flags of compile() for top-level await", "https://bugs.python.org/issue39562")
    BPO_32117 = Section(
        "bpo-32117: tuple unpacking in return and yield statements", "https://bugs.python.org/issue32117"
    )
    BPO_33363 = Section(
        "bpo-33363: async for statement is not a syntax error in sync context", "https://bugs.python.org/issue33363"
    )
    BPO_42725 = Section("bpo-42725: PEP 563 and yield in annotations", "https://bugs.python.org/issue42725")
    GH_121637 = Section(
        "gh-121637: misplaced await in code that is optimized away", "https://github.com/python/cpython/issues/121637"
    )
    GH_118544 = Section(
        "gh-118544: segmentation fault with exactly 20 nested context managers",
        "https://github.com/python/cpython/issues/118544",
    )
    BPO_40904 = Section("bpo-40904: yield in f-strings", "https://bugs.python.org/issue40904")
    BPO_34616 = Section("bpo-34616: top-level await", "https://bugs.python.org/issue34616")
    GH_121297 = Section(
        "gh-121297: asynchronous comprehensions in code that is optimized away",
        "https://github.com/python/cpython/issues/121297",
    )
    BPO_38013 = Section(
        "bpo-38013: throw() of an awaitable of athrow() or aclose() that was not awaited yet",
        "https://bugs.python.org/issue38013",
    )
    BPO_35409 = Section(
        "bpo-35409: async generator might re-throw GeneratorExit on aclose()", "https://bugs.python.org/issue35409"
    )
    GH_117894 = Section(
        "gh-117894: async generator aclose()/athrow() can be re-used after StopIteration",
        "https://github.com/python/cpython/issues/117894",
    )
    BPO_41218 = Section(
        "bpo-41218: PyCF_ALLOW_TOP_LEVEL_AWAIT + list comprehension set .CO_COROUTINE flag",
        "https://bugs.python.org/issue41218",
    )
    BPO_39965 = Section(
        "bpo-39965: await is valid in non async functions if PyCF_ALLOW_TOP_LEVEL_AWAIT is set",
        "https://bugs.python.org/issue39965",
    )
    BPO_39091 = Section(
        "bpo-39091: _PyErr_CreateException() must check that the result is an exception",
        "https://bugs.python.org/issue39091",
    )
    GH_155127 = Section(
        "gh-155127: yield from and return values in asynchronous generators (not merged)",
        "https://github.com/python/cpython/issues/155127",
    )
