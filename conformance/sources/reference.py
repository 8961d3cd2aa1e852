"""The language reference."""

from conformance.sources.section import Document, Section


class REFERENCE(
    Document, title="The Python Language Reference", url="https://docs.python.org/3.14/reference/", level="language"
):
    AGEN_FUNCTION = Section(
        "Asynchronous generator functions",
        "expressions.html#asynchronous-generator-functions",
        requires={
            "A yield in the own scope of an ``async def`` function or method makes it an asynchronous generator function.": "PRO-017 SYN-020 SYN-062 SYN-063 SYN-068 FRM-001 FRM-013",
            "Calling it returns an asynchronous generator iterator and runs nothing of the body.": "PRO-001 PRO-005",
            "Its methods return awaitables, and the body runs only when those are awaited.": "PRO-008 PRO-040",
            "The body then runs to the next yield, whose value goes to the awaiting coroutine.": "PRO-050 PRO-021 PRO-027",
            "Between yields all local state is kept: variables, the place in the body, the evaluation stack, the state of exception handling.": "PRO-010 XIN-001 XIN-002",
            "Resumed, the body goes on as if the yield had been a call; the result of the yield depends on the method that resumed.": "PRO-010 FRM-030",
            "Yield may stand anywhere in a try statement.": "SYN-021",
            "A generator that is dropped before its end may leave finally clauses unexecuted: to call ``aclose()`` is up to the event loop.": "FOR-007 GCF-007",
            "At its first iteration a generator stores the finalizer that is installed, and it is called at finalization.": "HOK-020 LPB-010",
            "The cleanup that a finalizer schedules may run in an unexpected context.": "CVR-006",
            "``yield from`` in an asynchronous generator function is a syntax error.": "SYN-007 SYN-008 SYN-009",
        },
    )
    AGEN_METHODS = Section(
        "Asynchronous generator-iterator methods",
        "expressions.html#asynchronous-generator-iterator-methods",
        requires={
            "Each method returns an awaitable, and each has one effect in each state of the generator.": "EQV-005",
            "An exception of the body goes to the caller of the awaitable, and the generator is finished.": "PRO-015 EXC-009 EXC-011",
        },
    )
    AGEN_ANEXT = Section(
        "agen.__anext__()",
        "expressions.html#agen.__anext__",
        requires={
            "The awaitable starts the body, or resumes it at the yield where it stopped.": "PRO-009 EQV-005",
            "A yield that is resumed so evaluates to None.": "SND-002 FOR-028",
            "The value of the next yield is the value of the StopIteration that the awaitable raises.": "PRO-028",
            "At the end of the body the awaitable raises StopAsyncIteration.": "PRO-011 PRO-018",
        },
    )
    AGEN_ASEND = Section(
        "agen.asend(value)",
        "expressions.html#agen.asend",
        requires={
            "The awaitable resumes the body, and the value is the result of the pending yield.": "SND-001 SND-004 SND-008",
            "It returns the value of the next yield.": "SND-001 SND-003",
            "It raises StopAsyncIteration if the body ends without another yield.": "SND-005 PRO-016",
            "A generator that has not started accepts only None.": "PRO-034 SND-012 PRO-037",
        },
    )
    AGEN_ATHROW = Section(
        "agen.athrow(value)",
        "expressions.html#agen.athrow",
        requires={
            "The awaitable raises the exception where the generator is paused.": "THR-001 THR-002 THR-003",
            "It returns the value of the next yield.": "THR-004",
            "It raises StopAsyncIteration if the body ends without another yield.": "THR-005",
            "An exception that the body does not catch, or another one that it raises, goes to the caller.": "THR-006 THR-007",
            "The form with type, value and traceback is accepted, and deprecated since 3.12.": "THR-012 THR-013",
        },
    )
    AGEN_ACLOSE = Section(
        "agen.aclose()",
        "expressions.html#agen.aclose",
        requires={
            "The awaitable raises GeneratorExit in the body where it is paused.": "CLS-001 CLS-015",
            "It ends normally if the body exits, is closed already, or lets GeneratorExit pass.": "CLS-002 CLS-007 CLS-010 CLS-014 CLS-029",
            "Whatever is awaited of the generator afterwards raises StopAsyncIteration.": "CLS-011",
            "If the body yields, the awaitable raises RuntimeError.": "CLS-005 CLS-006 CLS-039",
            "Any other exception of the body goes to the caller.": "CLS-008 CLS-033",
            "Of a generator that has ended it does nothing.": "CLS-012 CLS-013",
        },
    )
    YIELD = Section(
        "Yield expressions",
        "expressions.html#yield-expressions",
        requires={
            "Yield without an expression yields None, an expression list a tuple.": "PRO-019 PRO-020 SYN-033b SYN-034",
            "A yield may stand only in the body of a function.": "SYN-018",
            "The parentheses may be left out where it is a statement or the whole right side of an assignment, and nowhere else.": "SYN-027 SYN-029 SYN-030",
            "Comprehensions and generator expressions must not contain one, except in the outermost iterable.": "SYN-010 SYN-011 SYN-012 SYN-013b CMP-036b CMP-037",
            "The result of a yield is what the resuming method sends.": "SND-008 SND-009 SND-017",
            "An exception that is being handled at a yield is still being handled after it.": "EXC-014 XIN-002",
        },
    )
    AWAIT = Section(
        "Await expression",
        "expressions.html#await-expression",
        requires={
            "``await`` may stand only inside a coroutine function or an asynchronous generator function.": "SYN-014 SYN-015",
            "``await`` and yield combine in one expression.": "SYN-025 SYN-026 SYN-059",
            "Its operand must be awaitable: an asynchronous generator is not.": "PRO-031 REJ-016",
        },
    )
    CALLS = Section(
        "Calls",
        "expressions.html#calls",
        "Arguments are evaluated and bound at the call, and errors about them are raised there.",
    )
    DISPLAYS = Section(
        "Displays for lists, sets and dictionaries",
        "expressions.html#displays-for-lists-sets-and-dictionaries",
        requires={
            "A comprehension with ``async for`` collects as one with ``for`` does; clauses and conditions nest from left to right.": "CMP-001 CMP-002 CMP-003 CMP-005 CMP-006 CMP-052",
            "It may stand only in a coroutine function.": "CMP-012 CMP-040 CMP-041",
            "Since 3.11 it may be the element of a comprehension, which becomes asynchronous by it.": "CMP-013 CMP-054",
            "The leftmost iterable is evaluated in the scope around it, everything else inside.": "CMP-049 CMP-022 CMP-069",
            "``await`` in it suspends the coroutine around it.": "CMP-007 CMP-043 SYN-049",
        },
    )
    GENERATOR_EXPRESSIONS = Section(
        "Generator expressions",
        "expressions.html#generator-expressions",
        requires={
            "With ``async for``, or ``await`` outside of the leftmost iterable, it is an asynchronous generator.": "CMP-004 CMP-008 CMP-009 CMP-067 CMP-068",
            "Since 3.7 it may stand in any function.": "CMP-010 CMP-011 CMP-051 CMP-053 CMP-070",
            "The leftmost iterable is evaluated, and its iterator made, at once; everything else for each item.": "CMP-015 CMP-016 CMP-017 CMP-018 CMP-065 CMP-071 CMP-072 CMP-073 CMP-074 CMP-077",
            "As the only argument of a call it needs no parentheses of its own.": "CMP-042",
        },
    )
    EXPRESSION_LISTS = Section(
        "Expression lists",
        "expressions.html#expression-lists",
        "An expression list with a comma is a tuple; starred expressions in it are unpacked from iterables.",
    )
    EVALUATION_ORDER = Section(
        "Evaluation order",
        "expressions.html#evaluation-order",
        "Operands are evaluated from left to right, and a yield among them suspends in its turn.",
    )
    ASSIGNMENT = Section(
        "Assignment statements",
        "simple_stmts.html#assignment-statements",
        "Whatever can be assigned to is a target, and a sequence of targets takes an iterable.",
    )
    ANNOTATED_ASSIGNMENT = Section(
        "Annotated assignment statements",
        "simple_stmts.html#annotated-assignment-statements",
        "The value may be a yield, since 3.8 without parentheses; the annotation of a local variable is not evaluated.",
    )
    RETURN = Section(
        "The return statement",
        "simple_stmts.html#the-return-statement",
        requires={
            "An empty return ends an asynchronous generator: StopAsyncIteration is raised.": "PRO-012 SYN-004",
            "A return with an expression is a syntax error in an asynchronous generator function.": "SYN-001 SYN-002 SYN-003 SYN-006",
            "There is no return value.": "PRO-054",
        },
    )
    RAISE = Section(
        "The raise statement",
        "simple_stmts.html#the-raise-statement",
        "A raised exception gets the handled one as context and what follows ``from`` as cause; a bare ``raise`` raises the handled one.",
    )
    NONLOCAL = Section(
        "The nonlocal statement",
        "simple_stmts.html#the-nonlocal-statement",
        "A nonlocal name is that of the enclosing function, shared with it.",
    )
    FOR = Section(
        "The for statement",
        "compound_stmts.html#the-for-statement",
        "``for`` takes an iterable; ``else`` runs when it is exhausted, and the target keeps its last value.",
    )
    TRY = Section(
        "The try statement",
        "compound_stmts.html#the-try-statement",
        "The innermost matching except clause handles an exception; finally clauses run in any case, and may replace or discard it, since 3.8 by ``continue`` too.",
    )
    WITH = Section(
        "The with statement",
        "compound_stmts.html#the-with-statement",
        "The block is left through its context manager, with the exception if there is one; several may stand in parentheses since 3.10.",
    )
    FUNCTION_DEF = Section(
        "Function definitions",
        "compound_stmts.html#function-definitions",
        "Defaults and decorators are evaluated at the definition; annotations change nothing at run time.",
    )
    COROUTINE_DEF = Section(
        "Coroutine function definition",
        "compound_stmts.html#coroutine-function-definition",
        "``async def`` makes a coroutine function, in whose body alone ``await``, ``async for`` and ``async with`` may stand.",
    )
    ASYNC_FOR = Section(
        "The async for statement",
        "compound_stmts.html#the-async-for-statement",
        requires={
            "``__aiter__()`` of the type of the iterable is called once, and ``__anext__()`` awaited for each item.": "FOR-001 FOR-002 FOR-003 FOR-004",
            "StopAsyncIteration ends the loop and runs ``else``; ``break`` does not.": "FOR-005 FOR-006 FOR-012 FOR-044 FOR-045",
            "Only the StopAsyncIteration of ``__anext__()`` ends the loop.": "FOR-019 FOR-044 FOR-045",
            "It is a syntax error outside of a coroutine function.": "SYN-016 LPB-014",
            "Leaving the loop early leaves the generator suspended.": "FOR-007 FOR-009 FOR-010",
            "The target is any assignment target.": "FOR-017 FOR-018",
            "By the expansion given, a StopAsyncIteration of the assignment to the target ends the loop, which no release since 3.8 does.": "FOR-020a FOR-020b",
        },
    )
    ASYNC_WITH = Section(
        "The async with statement",
        "compound_stmts.html#the-async-with-statement",
        "Entering and leaving are awaited, an exception goes to ``__aexit__()``; it is a syntax error outside of a coroutine function.",
    )
    DATAMODEL_AGEN = Section(
        "Data model: Asynchronous generator functions",
        "datamodel.html#asynchronous-generator-functions",
        requires={
            "Calling the function returns an asynchronous iterator that ``async for`` consumes.": "FOR-001",
            "The awaitable of ``__anext__()`` runs the body until it yields.": "PRO-009",
            "An empty return or the end of the body raises StopAsyncIteration.": "PRO-011 PRO-012",
        },
    )
    ASYNC_ITERATORS = Section(
        "Asynchronous iterators",
        "datamodel.html#asynchronous-iterators",
        requires={
            "``__aiter__()`` must return an asynchronous iterator; since 3.7 an awaitable of one is a TypeError too.": "FOR-022 FOR-023 FOR-024 FOR-042",
            "``__anext__()`` must return an awaitable; anything else is a TypeError.": "FOR-025 PRO-046",
        },
    )
    COROUTINE_OBJECTS = Section(
        "Coroutine objects",
        "datamodel.html#coroutine-objects",
        "A coroutine is driven with ``send()``, ``throw()`` and ``close()``, which reach what it awaits.",
    )
    SPECIAL_LOOKUP = Section(
        "Special method lookup",
        "datamodel.html#special-method-lookup",
        "Special methods are looked up on the type of the object.",
    )
    ANNOTATION_SCOPES = Section(
        "Annotation scopes",
        "executionmodel.html#annotation-scopes",
        "Annotation scopes must not contain ``yield`` or ``await``.",
    )
    KEYWORDS = Section("Keywords", "lexical_analysis.html#keywords", "``async`` and ``await`` are reserved.")
    AUGMENTED_ASSIGNMENT = Section(
        "Augmented assignment statements",
        "simple_stmts.html#augmented-assignment-statements",
        "The target is evaluated before the right side.",
    )
    MEMBERSHIP = Section(
        "Membership test operations",
        "expressions.html#membership-test-operations",
        "``in`` needs a container or a synchronous iterable.",
    )
    COMPARISONS = Section(
        "Value comparisons", "expressions.html#value-comparisons", "Objects without an order refuse to be ordered."
    )
    LAMBDAS = Section("Lambdas", "expressions.html#lambda", "A lambda is a plain function of one expression.")
    DICTIONARY_DISPLAYS = Section(
        "Dictionary displays",
        "expressions.html#dictionary-displays",
        "In a dict comprehension the key is evaluated before the value, since 3.8.",
    )
    ASYNC_COMPREHENSIONS = Section(
        "Asynchronous comprehensions",
        "expressions.html#displays-for-lists-sets-and-dictionaries",
        "``async for`` clauses and ``await`` make a comprehension asynchronous, which only a coroutine function may contain.",
    )
    MANGLING = Section(
        "Identifiers (names): private name mangling",
        "expressions.html#private-name-mangling",
        "Private names are mangled with the name of the class.",
    )
    BREAK = Section(
        "The break statement",
        "simple_stmts.html#the-break-statement",
        "``break`` ends the nearest loop and skips its ``else``.",
    )
    CONTINUE = Section(
        "The continue statement",
        "simple_stmts.html#the-continue-statement",
        "``continue`` goes on with the next cycle of the nearest loop.",
    )
    DEL = Section("The del statement", "simple_stmts.html#the-del-statement", "A deleted name is unbound.")
    GLOBAL = Section(
        "The global statement", "simple_stmts.html#the-global-statement", "A global name is that of the module."
    )
    MATCH = Section(
        "The match statement",
        "compound_stmts.html#the-match-statement",
        "The subject, the guards in order and one suite are evaluated.",
    )
    EXCEPT_STAR = Section(
        "except* clause",
        "compound_stmts.html#except-star",
        "``except*`` splits a group, and its suites must not leave with ``return``, ``break`` or ``continue``.",
    )
    COMPOUND = Section(
        "Compound statements",
        "compound_stmts.html#compound-statements",
        "Suites run as their headers say; simple statements may stand on the line of a header.",
    )
    WHILE = Section(
        "The while statement",
        "compound_stmts.html#the-while-statement",
        "``else`` runs when the condition becomes false.",
    )
    GENERIC_FUNCTIONS = Section(
        "Generic functions",
        "compound_stmts.html#generic-functions",
        "A function may have type parameters, which its body can name.",
    )
    NAMING = Section(
        "Naming and binding",
        "executionmodel.html#naming-and-binding",
        "A name is looked up when it is used; an unbound local name is an UnboundLocalError.",
    )
    EXCEPTIONS = Section(
        "Exceptions", "executionmodel.html#exceptions", "An exception ends what it leaves, until a handler matches it."
    )
    OBJECTS = Section(
        "Objects, values and types",
        "datamodel.html#objects-values-and-types",
        "When an object that nothing refers to is finalized is up to the implementation.",
    )
    CUSTOMIZATION = Section(
        "Basic customization",
        "datamodel.html#basic-customization",
        "Objects are equal to themselves, hashable and true, unless their type says otherwise.",
    )
    USER_FUNCTIONS = Section(
        "User-defined functions", "datamodel.html#user-defined-functions", "``__code__`` of a function can be replaced."
    )
    CODE_OBJECTS = Section(
        "Code objects",
        "datamodel.html#code-objects",
        "A code object makes the same kind of function wherever it is used.",
    )
    FRAME_OBJECTS = Section(
        "Frame objects",
        "datamodel.html#frame-objects",
        "A frame has its code, its variables, its line and its caller; since 3.13 ``clear()`` refuses the frame of a suspended generator.",
    )
    TRACEBACK_OBJECTS = Section(
        "Traceback objects",
        "datamodel.html#traceback-objects",
        "A traceback has an entry for each frame that the exception left, with its line, and keeps these frames alive.",
    )
    AWAITABLE_OBJECTS = Section(
        "Awaitable objects",
        "datamodel.html#awaitable-objects",
        "``__await__()`` returns an iterator, which ``await`` runs to its end.",
    )
    GENERATOR_METHODS = Section(
        "Generator-iterator methods",
        "expressions.html#generator-iterator-methods",
        "A traceback given to ``throw()`` replaces that of the exception; without one, its own may be cleared.",
    )
    ASSIGNMENT_EXPRESSIONS = Section(
        "Assignment expressions",
        "expressions.html#assignment-expressions",
        "In a comprehension the name is bound in the function around it.",
    )
    FSTRINGS = Section(
        "Formatted string literals",
        "lexical_analysis.html#formatted-string-literals",
        "Replacement fields may contain ``await`` and ``yield``, evaluated in their turn.",
    )
    CLASS_DEF = Section(
        "Class definitions",
        "compound_stmts.html#class-definitions",
        "Bases are evaluated in the scope around the class.",
    )
    TYPE_STATEMENT = Section(
        "The type statement",
        "simple_stmts.html#the-type-statement",
        "The value of an alias is evaluated in an annotation scope.",
    )
    TSTRINGS = Section(
        "Template string literals",
        "lexical_analysis.html#template-string-literals",
        "Fields of template strings are evaluated as those of f-strings.",
    )
    FUTURE = Section(
        "Future statements",
        "simple_stmts.html#future-statements",
        "A feature that has become standard is still accepted.",
    )
    ASSERT = Section(
        "The assert statement",
        "simple_stmts.html#the-assert-statement",
        "The optimizer may remove the statement, but not what it makes of the function.",
    )
