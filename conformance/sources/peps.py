"""The enhancement proposals."""

from conformance.sources.section import Document, Section


class PEP525(
    Document, title="PEP 525: Asynchronous Generators", url="https://peps.python.org/pep-0525/", level="language"
):
    ASYNCHRONOUS_GENERATORS = Section("Asynchronous Generators", "#asynchronous-generators")
    ITERATION = Section("Support for Asynchronous Iteration Protocol", "#support-for-asynchronous-iteration-protocol")
    FINALIZATION = Section("Finalization", "#finalization")
    ASYNCIO = Section("asyncio", "#asyncio")
    AGEN_OBJECT = Section("Asynchronous Generator Object", "#asynchronous-generator-object")
    TYPES = Section("New Standard Library Functions and Types", "#new-standard-library-functions-and-types")
    IMPLEMENTATION = Section("Implementation Details", "#implementation-details")
    ASEND_ATHROW = Section("PyAsyncGenASend and PyAsyncGenAThrow", "#pyasyncgenasend-and-pyasyncgenathrow")
    YIELD_FROM = Section("Asynchronous yield from", "#asynchronous-yield-from")


class PEP492(
    Document,
    title="PEP 492: Coroutines with async and await syntax",
    url="https://peps.python.org/pep-0492/",
    level="language",
):
    DECLARATION = Section("New Coroutine Declaration Syntax", "#new-coroutine-declaration-syntax")
    AWAIT = Section("Await Expression", "#await-expression")
    ASYNC_FOR = Section("Asynchronous Iterators and async for", "#asynchronous-iterators-and-async-for")
    COROUTINE_OBJECTS = Section("Coroutine objects", "#coroutine-objects")
    TRANSITION = Section("Transition Plan", "#transition-plan")
    ASYNC_WITH = Section(
        "Asynchronous Context Managers and async with", "#asynchronous-context-managers-and-async-with"
    )


class PEP530(
    Document, title="PEP 530: Asynchronous Comprehensions", url="https://peps.python.org/pep-0530/", level="language"
):
    COMPREHENSIONS = Section("Asynchronous Comprehensions", "#asynchronous-comprehensions")
    AWAIT = Section("await in Comprehensions", "#await-in-comprehensions")


class PEP479(
    Document,
    title="PEP 479: Change StopIteration handling inside generators",
    url="https://peps.python.org/pep-0479/",
    level="language",
):
    PROPOSAL = Section("Proposal", "#proposal")


class PEP342(
    Document,
    title="PEP 342: Coroutines via Enhanced Generators",
    url="https://peps.python.org/pep-0342/",
    level="language",
):
    SEND = Section("New generator method: send(value)", "#new-generator-method-send-value")
    YIELD = Section("New syntax: Yield Expressions", "#new-syntax-yield-expressions")


class PEPS(Document, title="Other PEPs", url="https://peps.python.org/", level="language"):
    PEP380 = Section("PEP 380: Syntax for Delegating to a Subgenerator", "pep-0380/")
    PEP533 = Section(
        "PEP 533: Deterministic cleanup for iterators (deferred: what it wants does not hold)", "pep-0533/"
    )
    PEP567 = Section("PEP 567: Context Variables", "pep-0567/")
    PEP585 = Section("PEP 585: Type Hinting Generics In Standard Collections", "pep-0585/")
    PEP649 = Section("PEP 649: Deferred Evaluation Of Annotations", "pep-0649/")
    PEP669 = Section("PEP 669: Low Impact Monitoring", "pep-0669/")
    PEP442 = Section("PEP 442: Safe object finalization", "pep-0442/")
    PEP498 = Section("PEP 498: Literal String Interpolation", "pep-0498/")
    PEP526 = Section("PEP 526: Syntax for Variable Annotations", "pep-0526/")
    PEP563 = Section("PEP 563: Postponed Evaluation of Annotations", "pep-0563/")
    PEP568 = Section(
        "PEP 568: Generator-sensitivity for Context Variables (deferred: what it wants does not hold)", "pep-0568/"
    )
    PEP570 = Section("PEP 570: Python Positional-Only Parameters", "pep-0570/")
    PEP572 = Section("PEP 572: Assignment Expressions", "pep-0572/")
    PEP578 = Section("PEP 578: Python Runtime Audit Hooks", "pep-0578/")
    PEP634 = Section("PEP 634: Structural Pattern Matching: Specification", "pep-0634/")
    PEP654 = Section("PEP 654: Exception Groups and except*", "pep-0654/")
    PEP678 = Section("PEP 678: Enriching Exceptions with Notes", "pep-0678/")
    PEP695 = Section("PEP 695: Type Parameter Syntax", "pep-0695/")
    PEP701 = Section("PEP 701: Syntactic formalization of f-strings", "pep-0701/")
    PEP750 = Section("PEP 750: Template Strings", "pep-0750/")
    PEP765 = Section("PEP 765: Disallow return/break/continue that exit a finally block", "pep-0765/")
    PEP789 = Section(
        "PEP 789: limiting yield in async generators (draft: what it wants does not hold)",
        "pep-0789/",
    )
    PEP798 = Section("PEP 798: Unpacking in Comprehensions", "pep-0798/")
