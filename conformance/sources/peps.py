"""The enhancement proposals."""

from conformance.sources.section import Document, Section


class PEP525(
    Document, title="PEP 525: Asynchronous Generators", url="https://peps.python.org/pep-0525/", level="language"
):
    ASYNCHRONOUS_GENERATORS = Section(
        "Asynchronous Generators",
        "#asynchronous-generators",
        requires={
            "An ``async def`` with yield is an asynchronous generator function; the result of calling it is an asynchronous generator object.": "PRO-001 PRO-002 PRO-017",
            "The object implements the asynchronous iteration protocol of PEP 492.": "PRO-006 PRO-009",
            "A return with a value is a SyntaxError.": "SYN-001 SYN-002",
        },
        quote={
            "PRO-001": "The result of calling an asynchronous generator function is an asynchronous generator object, which implements the asynchronous iteration protocol",
            "SYN-001": "It is a SyntaxError to have a non-empty return statement in an asynchronous generator.",
        },
    )
    ITERATION = Section(
        "Support for Asynchronous Iteration Protocol",
        "#support-for-asynchronous-iteration-protocol",
        requires={
            "``__aiter__()`` returns an asynchronous iterator; in the example it is the object itself.": "PRO-006",
            "``__anext__()`` returns an awaitable that raises StopIteration with each value, and StopAsyncIteration at the end.": "PRO-028 PRO-014 LPB-001",
        },
        quote={
            "PRO-028": 'An __anext__ method returning an awaitable object, which uses StopIteration exception to "yield" values, and StopAsyncIteration exception to signal the end of the iteration.',
        },
    )
    FINALIZATION = Section(
        "Finalization",
        "#finalization",
        requires={
            "``aclose()`` throws GeneratorExit into the suspended generator, and iterates it until that or StopAsyncIteration comes out.": "CLS-001 CLS-002",
            "``await`` works in a finally block while closing.": "CLS-004",
            "A yield in a finally block while closing raises RuntimeError.": "CLS-005",
            "The ``firstiter`` hook is called when a generator is iterated for the first time.": "HOK-010 HOK-012 HOK-013 HOK-033 HOK-034 LPB-012",
            "The ``finalizer`` hook is called when a generator is about to be collected.": "HOK-019 HOK-026 HOK-029 HOK-030",
            "A generator stores the current ``finalizer`` hook when it is iterated for the first time, and calls that hook later.": "HOK-020 HOK-021 HOK-022 HOK-024 LPB-010",
            "The ``finalizer`` hook may schedule ``aclose()`` of the generator.": "HOK-026 HOK-029",
            "Each thread has its own hooks.": "HOK-018",
            "``sys.get_asyncgen_hooks()`` returns a structure like a named tuple with ``firstiter`` and ``finalizer``.": "HOK-002 HOK-009",
        },
        quote={
            "CLS-001": "When awaited it throws a GeneratorExit into the suspended generator and iterates over it until either a GeneratorExit or a StopAsyncIteration occur.",
            "CLS-005": "Raise a RuntimeError, when an asynchronous generator executes a yield expression in its finally block (using await is fine, though)",
            "CLS-004": "Raise a RuntimeError, when an asynchronous generator executes a yield expression in its finally block (using await is fine, though)",
            "HOK-010": "a callable which will be called when an asynchronous generator is iterated for the first time",
            "HOK-019": "a callable which will be called when an asynchronous generator is about to be GCed",
            "HOK-020": "When an asynchronous generator is iterated for the first time, it stores a reference to the current finalizer.",
            "HOK-018": "sys.set_asyncgen_hooks() is thread-specific, so several event loops running in parallel threads can use it safely.",
            "HOK-002": "sys.get_asyncgen_hooks() returns a namedtuple-like structure with firstiter and finalizer fields.",
            "HOK-026": "The assumption is that the finalizer will schedule an aclose() call with the loop that was active when the iteration started.",
        },
    )
    ASYNCIO = Section(
        "asyncio",
        "#asyncio",
        requires={
            "The event loop uses the hooks to know its generators; it installs them while it runs, as the example of the section about finalization shows.": "SHD-001 LPB-012",
            "The event loop schedules ``aclose()`` when a generator is about to be collected.": "SHD-009 SHD-012",
            "``loop.shutdown_asyncgens()`` schedules ``aclose()`` of all generators that are open.": "SHD-002",
            "After ``loop.shutdown_asyncgens()`` the loop warns when a new generator is iterated for the first time.": "SHD-005",
        },
        quote={
            "SHD-001": "The asyncio event loop will use sys.set_asyncgen_hooks() API to maintain a weak set of all scheduled asynchronous generators, and to schedule their aclose() coroutine methods when it is time for generators to be GCed.",
        },
    )
    AGEN_OBJECT = Section(
        "Asynchronous Generator Object",
        "#asynchronous-generator-object",
        requires={
            "``__aiter__()`` returns the object itself.": "PRO-006",
            "``__anext__()`` returns an awaitable that performs one iteration when it is awaited.": "PRO-008 PRO-009",
            "``asend(value)`` returns an awaitable that sends the value; before the first iteration the value must be None.": "SND-001 PRO-034",
            "``athrow(type, value, traceback)`` returns an awaitable that throws the exception.": "THR-001 THR-012",
            "``aclose()`` returns an awaitable that throws GeneratorExit.": "CLS-001",
            "``__name__`` and ``__qualname__`` can be read and written.": "ATR-001 ATR-002 ATR-004",
            "``ag_await`` is the object that the body awaits, or None.": "ATR-012 ATR-013 ATR-014 ATR-029",
            "``ag_frame``, ``ag_running`` and ``ag_code`` mean the same as the attributes of synchronous generators.": "ATR-008 ATR-010 ATR-019 RUN-025",
            "StopIteration and StopAsyncIteration do not propagate out of the body: RuntimeError replaces them.": "EXC-001 EXC-002 EXC-004 EXC-008 THR-026 THR-027 CLS-027 CLS-028",
            "Essentially the object behaves as a synchronous generator does, with an asynchronous interface.": "EQV-001 EQV-002 EQV-003 EQV-004",
        },
        quote={
            "EQV-001": "the behaviour of asynchronous generators is designed to replicate the behaviour of synchronous generators, with the only difference in that the API is asynchronous",
            "PRO-008": "Returns an awaitable, that performs one asynchronous generator iteration when awaited.",
            "SND-001": "When the agen has not yet been iterated, val must be None.",
            "THR-001": "Returns an awaitable, that throws an exception into the agen generator.",
            "CLS-001": "Returns an awaitable, that throws a GeneratorExit exception into the generator.",
            "ATR-001": "readable and writable name and qualified name attributes",
            "ATR-012": "The object that agen is currently awaiting on, or None.",
            "ATR-008": "defined in the same way as similar attributes of standard generators",
            "EXC-001": "StopIteration and StopAsyncIteration are not propagated out of asynchronous generators, and are replaced with a RuntimeError.",
        },
    )
    TYPES = Section(
        "New Standard Library Functions and Types",
        "#new-standard-library-functions-and-types",
        requires={
            "``types.AsyncGeneratorType`` is the type of the objects.": "PRO-002",
            "``inspect.isasyncgen()`` recognizes the objects, and ``inspect.isasyncgenfunction()`` recognizes the functions.": "INS-001 INS-002",
            "``collections.abc.AsyncGenerator`` is the abstract base class of the objects.": "ABC-001",
        },
        quote={
            "PRO-002": "types.AsyncGeneratorType -- type of asynchronous generator object.",
        },
    )
    IMPLEMENTATION = Section(
        "Implementation Details",
        "#implementation-details",
        detail=True,  # "the reference implementation introduces three new objects"
    )
    ASEND_ATHROW = Section(
        "PyAsyncGenASend and PyAsyncGenAThrow",
        "#pyasyncgenasend-and-pyasyncgenathrow",
        detail=True,  # a part of the details of the implementation
    )
    YIELD_FROM = Section(
        "Asynchronous yield from",
        "#asynchronous-yield-from",
        requires={
            "``yield from`` is not supported, and an ``async for`` loop composes generators instead.": "FOR-029 FOR-030 CLS-020"
        },
    )


class PEP492(
    Document,
    title="PEP 492: Coroutines with async and await syntax",
    url="https://peps.python.org/pep-0492/",
    level="language",
):
    DECLARATION = Section(
        "New Coroutine Declaration Syntax",
        "#new-coroutine-declaration-syntax",
        "A native coroutine that was never awaited gives a warning when it is collected.",
    )
    AWAIT = Section(
        "Await Expression",
        "#await-expression",
        "``await`` may stand only in an ``async def``; an operand that is not an awaitable, or whose ``__await__()`` returns no iterator, raises TypeError.",
    )
    ASYNC_FOR = Section(
        'Asynchronous Iterators and "async for"',
        "#asynchronous-iterators-and-async-for",
        "``__aiter__()`` must return an asynchronous iterator and ``__anext__()`` an awaitable, StopAsyncIteration ends the iteration, and an iterable without ``__aiter__()`` raises TypeError.",
    )
    COROUTINE_OBJECTS = Section(
        "Coroutine objects",
        "#coroutine-objects",
        "``send()`` and ``throw()`` of a coroutine push values and raise errors into what it waits for, and PEP 479 holds for its StopIteration.",
    )
    TRANSITION = Section(
        "Transition Plan",
        "#transition-plan",
        "Outside of ``async def``, ``async`` and ``await`` are names at first; they become keywords later.",
    )
    ASYNC_WITH = Section(
        'Asynchronous Context Managers and "async with"',
        "#asynchronous-context-managers-and-async-with",
        "``async with`` outside of an ``async def`` is a SyntaxError.",
    )


class PEP530(
    Document, title="PEP 530: Asynchronous Comprehensions", url="https://peps.python.org/pep-0530/", level="language"
):
    COMPREHENSIONS = Section(
        "Asynchronous Comprehensions",
        "#asynchronous-comprehensions",
        "Comprehensions and generator expressions may contain ``async for``; comprehensions that do are only allowed inside an ``async def``.",
    )
    AWAIT = Section(
        "await in Comprehensions",
        "#await-in-comprehensions",
        "``await`` is allowed in all comprehensions, and only in the body of an ``async def``.",
    )


class PEP828(
    Document,
    title="PEP 828: Supporting 'yield from' in asynchronous generators",
    url="https://peps.python.org/pep-0828/",
    level="language",
):
    COMPILER = Section(
        "Compiler changes",
        "#compiler-changes",
        requires={
            "``yield from`` in an asynchronous generator is not a SyntaxError any more.": "SYN-094 SYN-095 SYN-096 SYN-100 SYN-106 SYN-107 YFR-001 YFR-038 YFR-040",
            "``return`` with a value in an asynchronous generator is not a SyntaxError any more.": "SYN-093 SYN-095 RTV-019 RTV-021",
        },
        announces="3.16",
    )
    STOP = Section(
        "Changes to StopAsyncIteration",
        "#changes-to-stopasynciteration",
        requires={
            "The value of ``yield from`` is the attribute ``value`` of the StopAsyncIteration.": "YFR-007",
            "The attribute is the positional argument, or None if there is none.": "SAI-001 SAI-002 SAI-009 RTV-005 YFR-006 YFR-007",
        },
        announces="3.16",
    )
    RETURN = Section(
        "return statements inside asynchronous generators",
        "#return-statements-inside-asynchronous-generators",
        requires={
            "``return`` with a value ends the generator with a StopAsyncIteration that has this value.": "RTV-001 RTV-002 RTV-003 RTV-004 RTV-007 RTV-008 RTV-010 RTV-011 RTV-012 RTV-013 RTV-018 RTV-020 RTV-026 RTV-031 RTV-034 YFR-005 YFR-051 YFR-052 YFT-006 YFT-007",
            "The value is that of the ``return`` statement of this body that ends it.": "RTV-016 RTV-017 RTV-018 RTV-022 RTV-028",
            "Nothing in the body can catch this StopAsyncIteration.": "RTV-014 RTV-015 RTV-016",
            "Only a ``return`` ends the generator like this: a StopAsyncIteration that the body raises does not.": "RTV-023 RTV-024 YFR-049 YFR-050",
        },
    )
    YIELD_FROM = Section(
        "yield from semantics in an asynchronous generator",
        "#yield-from-semantics-in-an-asynchronous-generator",
        requires={
            "``yield from`` does what the statements of the section do.": "YFR-057",
            "The subiterator is what ``aiter()`` makes of the operand, and what ``aiter()`` raises is not caught.": "YFR-002 YFR-012 YFR-013 YFR-014 YFR-015 YFR-017 YFR-018",
            "Each item that ``anext()`` of the subiterator gives is yielded.": "YFR-001 YFR-003 YFR-022 YFR-035 YFR-036 YFR-042 YFX-017 YFX-018 YFX-021",
            "A StopAsyncIteration of the subiterator ends the delegation, and its ``value`` is that of the expression.": "YFR-004 YFR-005 YFR-006 YFR-007 YFR-009 YFR-019 YFR-032 YFR-037",
            "Any other exception of the subiterator comes out of the expression.": "YFR-020 YFR-021 YFR-031 YFR-045 YFR-048 YFR-064",
            "A sent value other than None is the argument of ``asend()`` of the subiterator; for None the next item is asked for.": "YFR-023 YFR-024 YFR-025 YFR-026 YFR-027 YFX-016 YFX-021",
            "The look-up of ``asend`` is that of an attribute, and what it raises comes out of the expression.": "YFR-028 YFR-029 YFR-030 YFR-065",
            "A GeneratorExit at the yield awaits ``aclose()`` of the subiterator, if there is one, and is raised again.": "YFC-001 YFC-002 YFC-003 YFC-004 YFC-009 YFC-010 YFC-015 YFC-016 YFC-017 YFC-021 YFC-025 YFC-026 YFC-037 YFR-063 YFX-016",
            "The look-up of ``aclose`` is that of an attribute, and only an AttributeError of the look-up means that there is none.": "YFC-011 YFC-012 YFC-041",
            "What ``aclose()`` of the subiterator raises comes out of the expression, a StopAsyncIteration too.": "YFC-005 YFC-007 YFC-013 YFC-014 YFC-023",
            "Another exception at the yield awaits ``athrow()`` of the subiterator with it, or is raised if there is none.": "RTV-030 YFR-063 YFT-001 YFT-002 YFT-003 YFT-004 YFT-011 YFT-020 YFT-021 YFT-022 YFT-027 YFT-036 YFX-016 YFX-021",
            "The look-up of ``athrow`` is that of an attribute, and only an AttributeError of the look-up means that there is none.": "YFT-015 YFT-016 YFT-040",
            "What ``athrow()`` gives is the next item; a StopAsyncIteration ends the delegation, and any other exception comes out of the expression.": "YFT-005 YFT-006 YFT-008 YFT-009 YFT-017 YFT-018 YFT-019 YFT-023 YFT-024 YFT-033",
            "Only a GeneratorExit at the yield closes the subiterator.": "YFC-020 YFR-061 YFT-033 YFT-037",
        },
    )
    SYMMETRY = Section(
        "Relation to synchronous generators",
        "#relation-to-synchronous-generators",
        requires={
            "``yield from`` means what it means in a synchronous generator, with asynchronous methods.": "YFR-058",
        },
    )
    SYNCHRONOUS = Section(
        "Allowing delegation to synchronous subgenerators",
        "#allowing-delegation-to-synchronous-subgenerators",
        requires={
            "``yield from`` in an asynchronous generator does not delegate to a synchronous iterable.": "YFR-015 YFR-016",
            "A class with asynchronous methods that call those of a synchronous generator makes it a subiterator.": "YFR-059",
        },
    )
    SYNTAX = Section(
        "Choice of yield from as the syntax",
        "#choice-of-yield-from-as-the-syntax",
        requires={"The syntax is that of synchronous generators.": "SYN-103"},
    )
    REJECTED = Section(
        "Rejected Ideas",
        "#rejected-ideas",
        requires={"``async yield from`` and similar spellings are not part of the syntax.": "SYN-102"},
    )
    COMPATIBILITY = Section(
        "Backwards Compatibility",
        "#backwards-compatibility",
        requires={
            "``value`` of StopAsyncIteration mirrors that of StopIteration.": "SAI-003",
            "The attribute does not affect any other behaviour of StopAsyncIteration.": "SAI-007",
        },
    )


class PEP479(
    Document,
    title="PEP 479: Change StopIteration handling inside generators",
    url="https://peps.python.org/pep-0479/",
    level="language",
):
    PROPOSAL = Section(
        "Proposal",
        "#proposal",
        "A StopIteration that is about to leave the frame of a generator is replaced with RuntimeError; the generator has ended then.",
    )


class PEP342(
    Document,
    title="PEP 342: Coroutines via Enhanced Generators",
    url="https://peps.python.org/pep-0342/",
    level="language",
):
    SEND = Section(
        "New generator method: send(value)",
        "#new-generator-method-send-value",
        "The first value sent must be None, and each later value is the result of a yield.",
    )
    THROW = Section(
        "New generator method: throw(type, value=None, traceback=None)",
        "#new-generator-method-throw-type-value-none-traceback-none",
        "A value that is not an instance of the class becomes the argument of a new instance, by the rules that the raise statement had then.",
    )
    YIELD = Section(
        "New syntax: Yield Expressions",
        "#new-syntax-yield-expressions",
        "A yield is an expression; it needs parentheses except as the whole right side of an assignment.",
    )


class PEPS(Document, title="Other PEPs", url="https://peps.python.org/", level="language"):
    PEP289 = Section(
        "PEP 289: Generator Expressions",
        "pep-0289/",
        "The iterator of the leftmost ``for`` clause is made when the generator expression is, and the names of the other parts are looked up when it runs.",
    )
    PEP380 = Section(
        "PEP 380: Syntax for Delegating to a Subgenerator",
        "pep-0380/",
        {
            "``yield from`` takes an iterable, and gets its iterator as ``iter()`` does.": "REJ-008",
            "None is passed on by ``__next__()`` of the iterator, another value by its ``send()``.": "AWT-090 AWT-091",
            "An exception other than GeneratorExit is passed to ``throw()`` of the iterator, or raised if it has none.": "AWT-092 AWT-094 AWT-089",
            "What these methods raise is raised in the delegating generator, and the value of a StopIteration is the result.": "AWT-093 AWT-102",
            "A GeneratorExit calls ``close()`` of the iterator, if it has one, and is then raised in the delegating generator.": "AWT-095 AWT-097",
        },
        quote={
            "AWT-092": "Exceptions other than GeneratorExit thrown into the delegating generator are passed to the throw() method of the iterator.",
            "AWT-090": "If the sent value is None, the iterator's __next__() method is called. If the sent value is not None, the iterator's send() method is called.",
            "AWT-093": "If the call raises StopIteration, the delegating generator is resumed. Any other exception is propagated to the delegating generator.",
            "AWT-095": "If a GeneratorExit exception is thrown into the delegating generator, or the close() method of the delegating generator is called, then the close() method of the iterator is called if it has one.",
        },
    )
    PEP533 = Section(
        "PEP 533: Deterministic cleanup for iterators (deferred: its proposal does not hold)",
        "pep-0533/",
        detail=True,
    )
    PEP567 = Section(
        "PEP 567: Context Variables",
        "pep-0567/",
        "Code runs in the current context, which belongs to the caller and not to the generator.",
    )
    PEP585 = Section(
        "PEP 585: Type Hinting Generics In Standard Collections",
        "pep-0585/",
        "The abstract classes and the type are subscriptable.",
    )
    PEP649 = Section(
        "PEP 649: Deferred Evaluation Of Annotations Using Descriptors",
        "pep-0649/",
        "Annotations are evaluated lazily in a scope of their own, which may not contain ``yield`` or ``await``.",
        announces="3.14",
    )
    PEP669 = Section(
        "PEP 669: Low Impact Monitoring for CPython",
        "pep-0669/",
        detail=True,  # it says of itself that it is about CPython
    )
    PEP442 = Section(
        "PEP 442: Safe object finalization",
        "pep-0442/",
        "A finalizer is called only once, and may resurrect its object.",
    )
    PEP498 = Section("PEP 498: Literal String Interpolation", "pep-0498/", "Replacement fields are full expressions.")
    PEP526 = Section(
        "PEP 526: Syntax for Variable Annotations", "pep-0526/", "Annotations of local variables are not evaluated."
    )
    PEP563 = Section(
        "PEP 563: Postponed Evaluation of Annotations",
        "pep-0563/",
        "Annotations are kept as text and not evaluated.",
    )
    PEP568 = Section(
        "PEP 568: Generator-sensitivity for Context Variables (deferred: its proposal does not hold)",
        "pep-0568/",
        detail=True,
    )
    PEP570 = Section(
        "PEP 570: Python Positional-Only Parameters", "pep-0570/", "Parameters before a slash are positional only."
    )
    PEP572 = Section(
        "PEP 572: Assignment Expressions",
        "pep-0572/",
        "An assignment expression in a comprehension binds in the function around it.",
    )
    PEP634 = Section(
        "PEP 634: Structural Pattern Matching: Specification",
        "pep-0634/",
        "Subject, guards and suites of ``match`` are evaluated in order.",
    )
    PEP654 = Section(
        "PEP 654: Exception Groups and except*",
        "pep-0654/",
        "Exception groups are raised and propagated like other exceptions, and ``except*`` splits them.",
    )
    PEP678 = Section("PEP 678: Enriching Exceptions with Notes", "pep-0678/", "Notes stay with their exception.")
    PEP695 = Section(
        "PEP 695: Type Parameter Syntax",
        "pep-0695/",
        "Functions may have type parameters, whose scopes may not contain ``yield`` or ``await``.",
    )
    PEP701 = Section(
        "PEP 701: Syntactic formalization of f-strings", "pep-0701/", "Replacement fields are full expressions."
    )
    PEP750 = Section("PEP 750: Template Strings", "pep-0750/", "Fields of template strings are expressions.")
    PEP765 = Section(
        "PEP 765: Disallow return/break/continue that exit a finally block",
        "pep-0765/",
        "Leaving ``finally`` with ``return``, ``break`` or ``continue`` is a SyntaxWarning since 3.14.",
        announces="3.14",
    )
    PEP789 = Section(
        "PEP 789: Preventing task-cancellation bugs by limiting yield in async generators (draft: its proposal does not hold)",
        "pep-0789/",
        detail=True,
    )
    PEP798 = Section(
        "PEP 798: Unpacking in Comprehensions",
        "pep-0798/",
        "Comprehensions may unpack their elements since 3.15.",
        announces="3.15",
    )
