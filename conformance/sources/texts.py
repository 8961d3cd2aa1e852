"""Texts that are read more than the specification: their sentences in our words, the accuracy of each, and corrections.

They bind nobody: what the examples of PEP 525 demand stands in the document PEP525. Each example program of PEP 525 was
run on CPython 3.6.15, 3.7.16, 3.8.18, 3.9.18, 3.10.13, 3.11.7, 3.12.1 and 3.13.0, and on PyPy 7.3.11; its note says what
differs. The example about synchronous generators is left out: it compares with a CPython that nobody can build today.
"""

from conformance.sources.section import Document, Section


class GLOSSARY(
    Document,
    title="Glossary (of the Python documentation)",
    url="https://docs.python.org/3/glossary.html",
    level=None,
):
    S01 = Section(
        "asynchronous generator: a function that returns an asynchronous generator iterator",
        "#term-asynchronous-generator",
        accuracy="accurate",
        note="The call runs nothing of the body.",
        shown_by="PRO-001 PRO-002 PRO-017",
    )
    S02 = Section(
        "asynchronous generator: it looks like a coroutine function, but has yield expressions, whose values async for takes",
        "#term-asynchronous-generator",
        accuracy="imprecise",
        note="Only a yield in the function's own scope counts, and one that is never reached counts too. "
        "The function is not a coroutine function, and its result cannot be awaited.",
        shown_by="FOR-001 PRO-017 SYN-020 SYN-062 INS-003 PRO-031",
    )
    S03 = Section(
        "asynchronous generator: mostly the function is meant, sometimes the iterator",
        "#term-asynchronous-generator",
        accuracy="accurate",
        note="The names in the library mean the iterator: types.AsyncGeneratorType, inspect.isasyncgen() and "
        "collections.abc.AsyncGenerator. For the function there is inspect.isasyncgenfunction().",
        shown_by="TYP-001 INS-001 INS-002 ABC-001",
    )
    S04 = Section(
        "asynchronous generator: the function may contain await, async for and async with",
        "#term-asynchronous-generator",
        accuracy="accurate",
        note="It need not contain any of them.",
        shown_by="PRO-009 PRO-029 FOR-029 CLS-018",
    )
    S05 = Section(
        "asynchronous generator iterator: the object that an asynchronous generator function creates",
        "#term-asynchronous-generator-iterator",
        accuracy="imprecise",
        note="An asynchronous generator expression creates one too, without a function that anybody wrote.",
        shown_by="PRO-002 PRO-005 CMP-004 TYP-001",
    )
    S06 = Section(
        "asynchronous generator iterator: __anext__() returns an awaitable that executes the body until the next yield",
        "#term-asynchronous-generator-iterator",
        accuracy="imprecise",
        note="The body runs only when the awaitable is awaited, from where it is suspended. "
        "It can also stop at an await, which may suspend, at its end, or at an exception.",
        shown_by="PRO-008 PRO-009 PRO-011 PRO-015 PRO-047",
    )
    S07 = Section(
        "asynchronous generator iterator: yield suspends, and local variables and pending try statements are kept",
        "#term-asynchronous-generator-iterator",
        accuracy="accurate",
        shown_by="PRO-010 SYN-021",
    )
    S08 = Section(
        "asynchronous generator iterator: another awaitable of __anext__() resumes it where it stopped",
        "#term-asynchronous-generator-iterator",
        accuracy="imprecise",
        note="asend(), athrow() and aclose() resume it too: the first one gives the yield a value, and the two others "
        "raise an exception there. It must be another awaitable: CPython refuses to await the same one again.",
        shown_by="PRO-010 SND-001 THR-001 CLS-001 AWT-069b",
    )
    S09 = Section(
        "asynchronous iterable: async for accepts it, and its __aiter__() must return an asynchronous iterator",
        "#term-asynchronous-iterable",
        accuracy="imprecise",
        later={"3.7": "accurate"},
        note="In 3.6 __aiter__() may also return an awaitable that gives the iterator, with a DeprecationWarning. "
        "The method is looked up on the type; an attribute of the instance is not enough.",
        shown_by="FOR-002 FOR-003 FOR-022 FOR-023 FOR-024 FOR-042",
    )
    S10 = Section(
        "asynchronous iterator: an object with the methods __aiter__() and __anext__()",
        "#term-asynchronous-iterator",
        accuracy="imprecise",
        note="collections.abc.AsyncIterator asks for both. async for asks only for __anext__() of the object that "
        "__aiter__() returned.",
        shown_by="ABC-001 ABC-005 FOR-002 FOR-023",
    )
    S11 = Section(
        "asynchronous iterator: __anext__() must return an awaitable",
        "#term-asynchronous-iterator",
        accuracy="accurate",
        note="Otherwise async for raises TypeError. So __anext__() must not be an asynchronous generator function.",
        shown_by="FOR-025 PRO-046",
    )
    S12 = Section(
        "asynchronous iterator: async for awaits what __anext__() returns until StopAsyncIteration is raised",
        "#term-asynchronous-iterator",
        accuracy="imprecise",
        note="The loop can also end by break, return or an exception, and then it does not close the iterator. "
        "A StopAsyncIteration of the suite does not end it, and leaves the loop.",
        shown_by="FOR-001 FOR-002 FOR-007 FOR-010 FOR-011 FOR-019 FOR-048",
    )
    S13 = Section(
        "awaitable: what await accepts, a coroutine or an object with __await__()",
        "#term-awaitable",
        accuracy="imprecise",
        note="A generator of a function that types.coroutine() decorates is accepted too, and has no __await__(). "
        "What the operations of an asynchronous generator return are awaitables with __await__(), and not coroutines; "
        "the asynchronous generator iterator itself is not awaitable.",
        shown_by="AWT-002 AWT-005 AWT-006 PRO-031",
    )


class PEP525EXAMPLES(
    Document,
    title="PEP 525: Asynchronous Generators (its examples)",
    url="https://peps.python.org/pep-0525/",
    level=None,
):
    S01 = Section(
        "Ticker: a class with __aiter__() and __anext__() gives the numbers below a limit, with a delay before each but the first",
        "#rationale-and-goals",
        accuracy="accurate",
        shown_by="FOR-002 FOR-045",
    )
    S02 = Section(
        "ticker: the asynchronous generator does the same as the class Ticker",
        "#rationale-and-goals",
        accuracy="imprecise",
        note="The items are the same. The generator waits after each yield, so it waits once more: after the last item, "
        "before its end.",
        shown_by="PRO-009 PRO-050",
    )
    S03 = Section(
        "A yield makes a def a generator function, and an async def an asynchronous generator function; without it, it is a coroutine function",
        "#asynchronous-generators",
        accuracy="accurate",
        shown_by="PRO-002 PRO-017 SYN-061",
    )
    S04 = Section(
        "By hand: __aiter__() gives the object, two __anext__() give its two items, and the third one raises StopAsyncIteration",
        "#support-for-asynchronous-iteration-protocol",
        accuracy="accurate",
        note="StopAsyncIteration is raised by the await, and not by the call of __anext__().",
        shown_by="PRO-006 PRO-008 PRO-009 PRO-011",
    )
    S05 = Section(
        "square_series: after a break, the generator is collected, and the event loop leaves its async with block",
        "#finalization",
        accuracy="imprecise",
        note="A break closes nothing: the block is left some time after the loop, in another task, and never before the "
        "statement that follows the loop. It happens only if nothing refers to the generator any more, and where objects are "
        "not collected at once, as on PyPy, it can take until the event loop shuts its generators down. "
        "contextlib.aclosing(), new in 3.10, closes the generator in time.",
        shown_by="FOR-007 FOR-048 SHD-009 SHD-010 SHD-011 SHD-012 LIB-013",
    )
    S06 = Section(
        "In the finally block await works, and a yield raises RuntimeError",
        "#finalization",
        accuracy="imprecise",
        note="This is so while aclose() runs the block, and it is aclose() that raises, not the yield. "
        "When the block is run because the body goes on, or because of an exception that athrow() throws, a yield there gives "
        "an item as any other.",
        shown_by="CLS-004 CLS-005 SYN-021 FRM-030",
    )
    S07 = Section(
        "asyncio: run_forever() installs a finalizer that makes a task of aclose(), and restores the earlier hooks when it stops",
        "#finalization",
        accuracy="imprecise",
        note="The program works as it is written while generators are collected in the thread of the loop. "
        "asyncio itself installs firstiter too, and its finalizer hands aclose() to the loop in a way that is safe in every "
        "thread, since a generator can be collected in any of them.",
        shown_by="HOK-004 HOK-009 HOK-019 SHD-001 SHD-009 SHD-012",
    )
    S08 = Section(
        "After run_forever(), shutdown_asyncgens() closes what is still open, before the loop is closed",
        "#asyncio",
        accuracy="accurate",
        note="asyncio.run(), new in 3.7, does this itself.",
        shown_by="SHD-002 SHD-004 SHD-017",
    )
    S09 = Section(
        "asend(None) starts the body and gives its first item; asend('hello') is the value of that yield, and then the end raises StopAsyncIteration",
        "#asynchronous-generator-object",
        accuracy="accurate",
        shown_by="PRO-037 SND-001 SND-005",
    )
    S10 = Section(
        "athrow(ZeroDivisionError) is raised at the yield, and the item of the except clause is its result",
        "#asynchronous-generator-object",
        accuracy="accurate",
        note="A class or an instance alone is the current form. The form with a value and a traceback, which the text names, "
        "is deprecated since 3.12.",
        shown_by="THR-001 THR-004 THR-012 THR-013",
    )
    S11 = Section(
        "An asynchronous generator is about 2.3 times as fast as a class with __anext__()",
        "#improvements-over-asynchronous-iterators",
        accuracy="imprecise",
        later={"3.12": "inaccurate"},
        note="With one build of each version on one machine, the generator was 3.2 to 3.7 times as fast on CPython 3.6, "
        "2.1 to 2.7 times on 3.7 to 3.10, 1.6 times on 3.11, and slower than the class on 3.12.1 and 3.13.0. "
        "No document demands a speed, so no behaviour shows it.",
    )
    S12 = Section(
        "The built-in functions aiter() and anext() are to come with Python 3.7",
        "#aiter-and-anext-builtins",
        accuracy="inaccurate",
        note="They came with 3.10.",
        shown_by="BLT-001 BLT-002 BLT-007",
    )
    S13 = Section(
        "In Python 3.6 __aiter__() can still return an awaitable, with a DeprecationWarning",
        "#aiter-and-anext-builtins",
        accuracy="accurate",
        note="Since 3.7 async for raises TypeError for it.",
        shown_by="FOR-042 FOR-024",
    )
    S14 = Section(
        "An asynchronous generator does not support yield from",
        "#asynchronous-yield-from",
        accuracy="accurate",
        later={"3.16": "inaccurate"},
        note="PEP 828 adds it to 3.16. Up to 3.15 it is a SyntaxError.",
        shown_by="SYN-007 SYN-008 SYN-094 YFR-001",
    )
    S15 = Section(
        "g2: an async for loop that yields each item composes generators",
        "#asynchronous-yield-from",
        accuracy="imprecise",
        note="It passes on the items. It forwards neither sent values nor thrown exceptions, and does not close the inner generator.",
        shown_by="FOR-029 FOR-030 CLS-020",
    )
    S16 = Section(
        "With asend() and athrow(), an asynchronous generator can be the body of an asynchronous context manager",
        "#why-the-asend-and-athrow-methods-are-necessary",
        accuracy="accurate",
        note="The library has the decorator since 3.7, under the name contextlib.asynccontextmanager.",
        shown_by="LIB-001 LIB-002",
    )
    S17 = Section(
        "The whole example: get_event_loop(), run_until_complete(), close() print the numbers 0 to 9",
        "#example",
        accuracy="accurate",
        later={"3.12": "imprecise", "3.14": "inaccurate"},
        note="asyncio.get_event_loop() makes no loop any more where none is set: it warned in 3.12 and 3.13, and raises "
        "RuntimeError since 3.14, so the example stops at that line. asyncio.run(run()), new in 3.7, takes the place of all "
        "five lines, and closes open generators too.",
        shown_by="FOR-001 PRO-009 SHD-004",
    )


class WHATSNEW36(
    Document,
    title="What's New In Python 3.6 (asynchronous generators and comprehensions)",
    url="https://docs.python.org/3/whatsnew/3.6.html",
    level=None,
):
    S01 = Section(
        "Since 3.6 a function body may contain both await and yield, which makes it an asynchronous generator",
        "#pep-525-asynchronous-generators",
        accuracy="imprecise",
        note="The yield in an async def makes it one. An await is not needed for that.",
        shown_by="PRO-002 PRO-017 PRO-029",
    )
    S02 = Section(
        "Example: ticker() yields the numbers below a limit, and awaits a delay after each",
        "#pep-525-asynchronous-generators",
        accuracy="accurate",
        shown_by="FOR-001 PRO-009 PRO-050",
    )
    S03 = Section(
        "async for works in list, set and dict comprehensions and in generator expressions",
        "#pep-530-asynchronous-comprehensions",
        accuracy="imprecise",
        note="A comprehension with async for must be directly in an async def. A generator expression may stand anywhere "
        "since 3.7. Since 3.11 such a comprehension may also be the element of a synchronous one.",
        shown_by="CMP-001 CMP-002 CMP-003 CMP-004 CMP-010 CMP-012 CMP-013 CMP-054",
    )
    S04 = Section(
        "await works in every kind of comprehension",
        "#pep-530-asynchronous-comprehensions",
        accuracy="imprecise",
        note="Only inside of an async def. In a generator expression it makes the result an asynchronous generator, unless it "
        "is in the leftmost iterable.",
        shown_by="CMP-007 CMP-008 CMP-009 SYN-049 SYN-050",
    )
