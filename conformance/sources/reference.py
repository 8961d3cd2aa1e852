"""The language reference."""

from conformance.sources.section import Document, Section


class REFERENCE(
    Document, title="The Python Language Reference", url="https://docs.python.org/3.14/reference/", level="language"
):
    AGEN_FUNCTION = Section(
        "Asynchronous generator functions",
        "expressions.html#asynchronous-generator-functions",
        requires={
            "A yield in an ``async def`` function or method makes it an asynchronous generator function.": "PRO-017 PRO-055 SYN-020 SYN-062 SYN-063 SYN-068 FRM-001 FRM-013",
            "Calling the function returns an asynchronous generator iterator and runs nothing of the body.": "PRO-001 PRO-005",
            "The methods of the iterator return awaitables, and the body runs only when they are awaited.": "PRO-008 PRO-040 INS-012",
            "The body then runs to the next yield, and the awaiting coroutine gets the yielded value.": "PRO-050 PRO-021 PRO-027",
            "Between yields all local state is kept: the variables, the position in the body, the evaluation stack, the state of exception handling.": "PRO-010 XIN-001 XIN-002",
            "A resumed body continues as if the yield had been a call; the result of the yield depends on the method that resumed the body.": "PRO-010 FRM-030",
            "Yield may stand anywhere in a try statement.": "SYN-021",
            "A generator that is dropped before its end may leave finally clauses unexecuted: the event loop has to call ``aclose()``.": "FOR-007 GCF-007",
            "At its first iteration a generator stores the installed finalizer hook, which is called at finalization.": "HOK-020 LPB-010",
            "The cleanup that a finalizer hook schedules may run in an unexpected context.": "CVR-006",
            "``yield from`` in an asynchronous generator function is a syntax error.": "SYN-007 SYN-008 SYN-009",
        },
        quote={
            "PRO-017": "The presence of a yield expression in a function or method defined using async def further defines the function as an asynchronous generator function.",
            "PRO-001": "When an asynchronous generator function is called, it returns an asynchronous iterator known as an asynchronous generator object.",
            "PRO-008": "Calling one of the asynchronous generator's methods returns an awaitable object, and the execution starts when this object is awaited on.",
            "PRO-050": "the execution proceeds to the first yield expression, where it is suspended again, returning the value of yield_list to the awaiting coroutine",
            "PRO-010": "the function can proceed exactly as if the yield expression were just another external call. The value of the yield expression after resuming depends on the method which resumed the execution.",
            "SYN-021": "In an asynchronous generator function, yield expressions are allowed anywhere in a try construct.",
            "FOR-007": "it is the responsibility of the event loop or scheduler running the asynchronous generator to call the asynchronous generator-iterator's aclose() method and run the resulting coroutine object",
            "HOK-020": "When first iterated over, an asynchronous generator-iterator will store the registered finalizer to be called upon finalization.",
            "SYN-007": "The expression yield from <expr> is a syntax error when used in an asynchronous generator function.",
        },
    )
    AGEN_METHODS = Section(
        "Asynchronous generator-iterator methods",
        "expressions.html#asynchronous-generator-iterator-methods",
        requires={
            "The methods control the execution of the generator, as their entries say.": "EQV-005",
            "An exception that leaves the body propagates to the caller of the awaitable, as the entries of ``athrow()`` and ``aclose()`` say, and the generator has exited.": "PRO-015 EXC-009 EXC-011",
        },
        quote={
            "EQV-005": "the methods of an asynchronous generator iterator, which are used to control the execution of a generator function",
        },
    )
    AGEN_ANEXT = Section(
        "agen.__anext__()",
        "expressions.html#agen.__anext__",
        requires={
            "The awaitable starts the body, or resumes it at the yield where it stopped.": "PRO-009 EQV-005",
            "A yield that ``__anext__()`` resumes evaluates to None.": "SND-002 FOR-028",
            "The value of the next yield is the value of the StopIteration that the awaitable raises.": "PRO-028",
            "At the end of the body the awaitable raises StopAsyncIteration.": "PRO-011 PRO-018",
        },
        quote={
            "PRO-009": "Returns an awaitable which when run starts to execute the asynchronous generator or resumes it at the last executed yield expression.",
            "SND-002": "the current yield expression always evaluates to None in the returned awaitable",
            "PRO-028": "The value of the yield_list of the yield expression is the value of the StopIteration exception raised by the completing coroutine.",
            "PRO-011": "If the asynchronous generator exits without yielding another value, the awaitable instead raises a StopAsyncIteration exception",
        },
    )
    AGEN_ASEND = Section(
        "agen.asend(value)",
        "expressions.html#agen.asend",
        requires={
            "The awaitable resumes the body, and the value is the result of the pending yield.": "SND-001 SND-004 SND-008",
            "The awaitable returns the value of the next yield, as the value of a StopIteration.": "SND-001 SND-003",
            "The awaitable raises StopAsyncIteration if the body ends without another yield.": "SND-005 PRO-016",
            "A generator that has not started accepts only None.": "PRO-034 SND-012 PRO-037",
        },
        quote={
            "SND-001": "The awaitable returned by the asend() method will return the next value yielded by the generator as the value of the raised StopIteration",
            "SND-005": "raises StopAsyncIteration if the asynchronous generator exits without yielding another value",
            "PRO-034": "When asend() is called to start the asynchronous generator, it must be called with None as the argument",
        },
    )
    AGEN_ATHROW = Section(
        "agen.athrow(value)",
        "expressions.html#agen.athrow",
        requires={
            "The awaitable raises the exception at the yield where the generator is suspended.": "THR-001 THR-002 THR-003",
            "The awaitable returns the value of the next yield, as the value of a StopIteration.": "THR-004",
            "The awaitable raises StopAsyncIteration if the body ends without another yield.": "THR-005",
            "An exception that the body does not catch, or another exception that it raises, propagates to the caller.": "THR-006 THR-007",
            "The form with type, value and traceback is accepted; it is deprecated since 3.12.": "THR-012",
        },
        announces="3.12",
        quote={
            "THR-001": "Returns an awaitable that raises an exception of type type at the point where the asynchronous generator was paused",
            "THR-004": "returns the next value yielded by the generator function as the value of the raised StopIteration exception",
            "THR-005": "If the asynchronous generator exits without yielding another value, a StopAsyncIteration exception is raised by the awaitable.",
            "THR-006": "If the generator function does not catch the passed-in exception, or raises a different exception, then when the awaitable is run that exception propagates to the caller of the awaitable.",
            "THR-012": "The second signature (type[, value[, traceback]]) is deprecated",
        },
    )
    AGEN_ACLOSE = Section(
        "agen.aclose()",
        "expressions.html#agen.aclose",
        requires={
            "The awaitable raises GeneratorExit in the body at the yield where it is suspended.": "CLS-001 CLS-015",
            "The awaitable completes normally if the generator exits, is already closed, or lets GeneratorExit propagate.": "CLS-002 CLS-007 CLS-010 CLS-014 CLS-029 AWT-107",
            "The awaitables of later calls raise StopAsyncIteration.": "CLS-011",
            "If the body yields, the awaitable raises RuntimeError.": "CLS-005 CLS-006 CLS-039",
            "Any other exception of the body propagates to the caller.": "CLS-008 CLS-033",
            "The awaitable does nothing if the generator has already ended.": "CLS-012 CLS-013",
        },
        quote={
            "CLS-001": "Returns an awaitable that when run will throw a GeneratorExit into the asynchronous generator function at the point where it was paused.",
            "CLS-002": "If the asynchronous generator function then exits gracefully, is already closed, or raises GeneratorExit (by not catching the exception), then the returned awaitable will raise a StopIteration exception.",
            "CLS-011": "Any further awaitables returned by subsequent calls to the asynchronous generator will raise a StopAsyncIteration exception.",
            "CLS-005": "If the asynchronous generator yields a value, a RuntimeError is raised by the awaitable.",
            "CLS-008": "If the asynchronous generator raises any other exception, it is propagated to the caller of the awaitable.",
            "CLS-012": "If the asynchronous generator has already exited due to an exception or normal exit, then further calls to aclose() will return an awaitable that does nothing.",
        },
    )
    YIELD = Section(
        "Yield expressions",
        "expressions.html#yield-expressions",
        requires={
            "A yield without an expression yields None, and a yield with a list of expressions yields the value of that list.": "PRO-019 PRO-020 SYN-033b SYN-034",
            "A yield may stand only in the body of a function.": "SYN-018",
            "A yield needs parentheses, unless it is the whole right side of an assignment.": "SYN-027 SYN-029 SYN-030",
            "Comprehensions and generator expressions must not contain a yield, except in the outermost iterable.": "SYN-010 SYN-011 SYN-012 SYN-013b CMP-036b CMP-037",
            "The result of a yield is the value that the resuming method sends.": "SND-008 SND-009 SND-017",
            "The state of exception handling is kept while the body is suspended at a yield.": "EXC-014 XIN-002",
            "A value sent to an iterator that has no ``send()`` raises AttributeError or TypeError, and an exception for one that has no ``throw()`` is raised at once.": "AWT-091 AWT-094",
        },
        announces="3.8",
        quote={
            "SYN-010": "yield expressions are not permitted as part of the implicitly defined scopes used to implement comprehensions and generator expressions",
            "EXC-014": "By suspended, we mean that all local state is retained, including the current bindings of local variables, the instruction pointer, the internal evaluation stack, and the state of any exception handling.",
            "SND-008": "if send() is used, then the result will be the value passed in to that method",
            "SYN-027": "The parentheses may be omitted when the yield expression is the sole expression on the right hand side of an assignment statement.",
            "AWT-091": "send() will raise AttributeError or TypeError, while throw() will just raise the passed in exception immediately",
            "SYN-018": "can only be used in the body of a function definition",
        },
    )
    AWAIT = Section(
        "Await expression",
        "expressions.html#await-expression",
        requires={
            "``await`` may stand only inside a coroutine function.": "SYN-014 SYN-015",
            "The operand of ``await`` is a primary, and a yield in parentheses is one.": "SYN-025 SYN-026 SYN-059",
            "``await`` suspends a coroutine on an awaitable object.": "PRO-031 REJ-016",
        },
        quote={
            "SYN-014": "Can only be used inside a coroutine function.",
        },
    )
    CALLS = Section(
        "Calls",
        "expressions.html#calls",
        "Arguments are evaluated before the call and bound to the parameters at the call; too many, too few or unknown ones raise TypeError.",
    )
    DISPLAYS = Section(
        "Displays for lists, sets and dictionaries",
        "expressions.html#displays-for-lists-sets-and-dictionaries",
        requires={
            "A comprehension with ``async for`` collects items like a comprehension with ``for``; its clauses and conditions nest from left to right.": "CMP-001 CMP-002 CMP-003 CMP-005 CMP-006 CMP-052",
            "A comprehension may contain ``async for`` in an ``async def`` function.": "CMP-012 CMP-040",
            "Since 3.11 an asynchronous comprehension may stand inside another comprehension of an asynchronous function, which becomes asynchronous too.": "CMP-013 CMP-054",
            "The leftmost iterable of a comprehension is evaluated in the enclosing scope, and everything else in the scope of the comprehension.": "CMP-049 CMP-022 CMP-069",
            "An asynchronous comprehension may suspend the coroutine function that contains it.": "CMP-007 CMP-043 SYN-049",
        },
        announces="3.8 3.11",
        quote={
            "CMP-001": "the elements of the new container are those that would be produced by considering each of the for or if clauses a block, nesting from left to right",
            "CMP-013": "Asynchronous comprehensions are now allowed inside comprehensions in asynchronous functions. Outer comprehensions implicitly become asynchronous.",
            "CMP-049": "The iterable expression in the leftmost for clause is evaluated directly in the enclosing scope",
            "CMP-012": "in an async def function, an async for clause may be used to iterate over a asynchronous iterator",
            "CMP-007": "An asynchronous comprehension may suspend the execution of the coroutine function in which it appears.",
        },
    )
    GENERATOR_EXPRESSIONS = Section(
        "Generator expressions",
        "expressions.html#generator-expressions",
        requires={
            "A generator expression that contains ``async for`` or ``await`` is an asynchronous generator; ``await`` in the leftmost iterable is not mentioned.": "CMP-004 CMP-008 CMP-067",
            "Since 3.7 an asynchronous generator expression may stand in any function.": "CMP-010 CMP-011 CMP-051 CMP-053 CMP-068 CMP-070 CMP-080 CMP-081 CMP-082",
            "The leftmost iterable is evaluated, and its iterator created, at once; everything else is evaluated for each item.": "CMP-015 CMP-016 CMP-017 CMP-018 CMP-065 CMP-071 CMP-072 CMP-073 CMP-074 CMP-077",
            "A generator expression that is the only argument of a call needs no parentheses of its own.": "CMP-042",
        },
        announces="3.7 3.8",
        quote={
            "CMP-004": "If a generator expression contains either async for clauses or await expressions it is called an asynchronous generator expression.",
            "CMP-010": "Starting with 3.7, any function can use asynchronous generator expressions.",
            "CMP-015": "The iterable expression in the leftmost for clause is evaluated immediately",
        },
    )
    EXPRESSION_LISTS = Section(
        "Expression lists",
        "expressions.html#expression-lists",
        "An expression list with a comma is a tuple; starred expressions in it unpack iterables.",
    )
    EVALUATION_ORDER = Section(
        "Evaluation order",
        "expressions.html#evaluation-order",
        "Expressions are evaluated from left to right, and the right side of an assignment before its left side.",
        quote="Python evaluates expressions from left to right. Notice that while evaluating an assignment, the right-hand side is evaluated before the left-hand side.",
    )
    ASSIGNMENT = Section(
        "Assignment statements",
        "simple_stmts.html#assignment-statements",
        "The target of an assignment may be of any kind, and a list of targets unpacks an iterable.",
    )
    ANNOTATED_ASSIGNMENT = Section(
        "Annotated assignment statements",
        "simple_stmts.html#annotated-assignment-statements",
        "Since 3.8 the value may be what may be assigned without an annotation, such as a yield; the annotation of a local variable is not evaluated.",
        announces="3.8 3.14",
    )
    RETURN = Section(
        "The return statement",
        "simple_stmts.html#the-return-statement",
        requires={
            "An empty return ends an asynchronous generator: StopAsyncIteration is raised.": "PRO-012 SYN-004",
            "A return with an expression is a syntax error in an asynchronous generator function.": "SYN-001 SYN-002 SYN-003 SYN-006",
            "The end has no value: a return without an expression only raises StopAsyncIteration.": "PRO-054",
        },
        quote={
            "SYN-001": "A non-empty return statement is a syntax error in an asynchronous generator function.",
            "PRO-012": "an empty return statement indicates that the asynchronous generator is done and will cause StopAsyncIteration to be raised",
        },
    )
    RAISE = Section(
        "The raise statement",
        "simple_stmts.html#the-raise-statement",
        "A raised exception gets the handled exception as its context and the exception after ``from`` as its cause; a bare ``raise`` raises the handled exception again.",
        quote="If no expressions are present, raise re-raises the exception that is currently being handled",
    )
    NONLOCAL = Section(
        "The nonlocal statement",
        "simple_stmts.html#the-nonlocal-statement",
        "A nonlocal name refers to the variable of the enclosing function, and both functions share it.",
    )
    FOR = Section(
        "The for statement",
        "compound_stmts.html#the-for-statement",
        "``for`` takes an iterable; ``else`` runs when it is exhausted, and the target keeps its last value.",
    )
    TRY = Section(
        "The try statement",
        "compound_stmts.html#the-try-statement",
        "The innermost matching except clause handles an exception; finally clauses run in any case, and may replace or discard the exception, since 3.8 also with ``continue``.",
        announces="3.8 3.14",
    )
    WITH = Section(
        "The with statement",
        "compound_stmts.html#the-with-statement",
        "Leaving the block calls the context manager, with the exception if there is one; several context managers may stand in parentheses since 3.10.",
    )
    FUNCTION_DEF = Section(
        "Function definitions",
        "compound_stmts.html#function-definitions",
        "Defaults and decorators are evaluated at the definition; annotations change nothing at run time.",
    )
    COROUTINE_DEF = Section(
        "Coroutine function definition",
        "compound_stmts.html#coroutine-function-definition",
        "``async def`` defines a coroutine function; ``await``, ``async for`` and ``async with`` may stand only in the body of one.",
        announces="3.7",
        quote="await expressions, async for and async with can only be used in the body of a coroutine function",
    )
    ASYNC_FOR = Section(
        "The async for statement",
        "compound_stmts.html#the-async-for-statement",
        requires={
            "``__aiter__()`` of the type of the iterable is called once, and ``__anext__()`` is awaited for each item.": "FOR-001 FOR-002 FOR-003 FOR-004",
            "StopAsyncIteration ends the loop and runs its ``else`` suite; ``break`` does not run it.": "FOR-005 FOR-006 FOR-012 FOR-044 FOR-045",
            "A StopAsyncIteration of ``__anext__()`` ends the loop, and one of the suite does not.": "FOR-019 FOR-044 FOR-045",
            "``async for`` is a syntax error outside of a coroutine function.": "SYN-016 LPB-014",
            "In the expansion that the section gives, the iterator is only asked for items, and not told that the loop is left.": "FOR-007 FOR-009 FOR-010",
            "The target of the loop may be any assignment target.": "FOR-017 FOR-018",
            "In the expansion, a StopAsyncIteration of the assignment to the target ends the loop too; no release since 3.8 does that.": "FOR-020b",
        },
        quote={
            "SYN-016": "It is a SyntaxError to use an async for statement outside the body of a coroutine function.",
        },
    )
    ASYNC_WITH = Section(
        "The async with statement",
        "compound_stmts.html#the-async-with-statement",
        "Entering and leaving the block are awaited, and an exception is passed to ``__aexit__()``; ``async with`` is a syntax error outside of a coroutine function.",
        quote="It is a SyntaxError to use an async with statement outside the body of a coroutine function.",
    )
    DATAMODEL_AGEN = Section(
        "Asynchronous generator functions (data model)",
        "datamodel.html#asynchronous-generator-functions",
        requires={
            "A function or method defined with ``async def`` that contains ``yield`` is an asynchronous generator function.": "INS-004 INS-008",
            "Calling the function returns an asynchronous iterator that ``async for`` consumes.": "FOR-001",
            "The awaitable of ``__anext__()`` runs the body until it yields.": "PRO-009",
            "An empty return or the end of the body raises StopAsyncIteration.": "PRO-011 PRO-012",
        },
        quote={
            "PRO-011": "When the function executes an empty return statement or falls off the end, a StopAsyncIteration exception is raised",
        },
    )
    ASYNC_ITERATORS = Section(
        "Asynchronous Iterators",
        "datamodel.html#asynchronous-iterators",
        requires={
            "``__aiter__()`` must return an asynchronous iterator; since 3.7 anything else, an awaitable of one too, raises TypeError.": "FOR-022 FOR-023 FOR-024 FOR-042",
            "``__anext__()`` must return an awaitable.": "FOR-025 PRO-046",
        },
        announces="3.7",
        quote={
            "FOR-022": "Must return an asynchronous iterator object.",
        },
    )
    COROUTINE_OBJECTS = Section(
        "Coroutine Objects",
        "datamodel.html#coroutine-objects",
        "``send()``, ``throw()`` and ``close()`` of a coroutine reach the iterator that caused it to suspend; without a ``throw()`` there, the exception is raised where the coroutine is suspended.",
        quote="This method delegates to the throw() method of the iterator that caused the coroutine to suspend, if it has such a method. Otherwise, the exception is raised at the suspension point.",
    )
    SPECIAL_LOOKUP = Section(
        "Special method lookup",
        "datamodel.html#special-method-lookup",
        "An implicit call of a special method is only guaranteed to work if the type defines it, and generally bypasses the instance.",
        quote="For custom classes, implicit invocations of special methods are only guaranteed to work correctly if defined on an object's type, not in the object's instance dictionary.",
    )
    ANNOTATION_SCOPES = Section(
        "Annotation scopes",
        "executionmodel.html#annotation-scopes",
        "Annotation scopes must not contain ``yield`` or ``await``.",
        quote="Expressions in annotation scopes cannot contain yield, yield from, await, or := expressions.",
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
        "``in`` uses ``__contains__()``, ``__iter__()`` or ``__getitem__()`` of its right operand.",
    )
    COMPARISONS = Section(
        "Value comparisons",
        "expressions.html#value-comparisons",
        "There is no default order: an attempt to order objects without one raises TypeError.",
    )
    LAMBDAS = Section("Lambdas", "expressions.html#lambda", "A lambda is a plain function of one expression.")
    DICTIONARY_DISPLAYS = Section(
        "Dictionary displays",
        "expressions.html#dictionary-displays",
        "In a dict comprehension the key is evaluated before the value, since 3.8.",
        announces="3.8",
    )
    ASYNC_COMPREHENSIONS = Section(
        "Displays for lists, sets and dictionaries (asynchronous comprehensions)",
        "expressions.html#displays-for-lists-sets-and-dictionaries",
        "``async for`` makes a comprehension asynchronous, and so does ``await`` outside of its leftmost iterable; it may stand in an ``async def`` function.",
        quote="Since Python 3.6, in an async def function, an async for clause may be used to iterate over a asynchronous iterator.",
    )
    MANGLING = Section(
        "Private name mangling",
        "expressions.html#private-name-mangling",
        "Private names are mangled with the name of the class.",
    )
    BREAK = Section(
        "The break statement",
        "simple_stmts.html#the-break-statement",
        "``break`` ends the nearest loop and skips its ``else``.",
        quote="break may only occur syntactically nested in a for or while loop",
    )
    CONTINUE = Section(
        "The continue statement",
        "simple_stmts.html#the-continue-statement",
        "``continue`` starts the next cycle of the nearest loop.",
        quote="continue may only occur syntactically nested in a for or while loop",
    )
    DEL = Section(
        "The del statement",
        "simple_stmts.html#the-del-statement",
        "A deleted name is unbound.",
        quote="Deletion of a name removes the binding of that name from the local or global namespace",
    )
    GLOBAL = Section(
        "The global statement",
        "simple_stmts.html#the-global-statement",
        "A global name refers to the variable of the module.",
    )
    MATCH = Section(
        "The match statement",
        "compound_stmts.html#the-match-statement",
        "The subject is evaluated, then the guards in order, and one suite runs.",
    )
    EXCEPT = Section(
        "except clause",
        "compound_stmts.html#except-clause",
        "The body of an except clause can access the exception that is handled; when the handler is left, the earlier one is handled again.",
        quote="When leaving an exception handler, the exception stored in the sys module is reset to its previous value",
    )
    EXCEPT_STAR = Section(
        "except* clause",
        "compound_stmts.html#except-star",
        "``except*`` splits a group, and its suites must not be left with ``return``, ``break`` or ``continue``.",
        quote="If the matching subgroup is not empty, it becomes the handled exception (the value returned from sys.exception())",
    )
    COMPOUND = Section(
        "Compound statements",
        "compound_stmts.html#compound-statements",
        "The header of a compound statement controls its suite; simple statements may stand on the line of the header.",
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
    STRUCTURE = Section(
        "Structure of a program",
        "executionmodel.html#structure-of-a-program",
        "A class definition is a block of its own, and no part of the function body around it.",
        quote="The following are blocks: a module, a function body, and a class definition.",
    )
    NAMING = Section(
        "Naming and binding",
        "executionmodel.html#naming-and-binding",
        "A name is looked up when it is used; an unbound local name raises UnboundLocalError.",
    )
    EXCEPTIONS = Section(
        "Exceptions",
        "executionmodel.html#exceptions",
        "An exception ends every block that it propagates out of, until a handler matches it.",
    )
    OBJECTS = Section(
        "Objects, values and types",
        "datamodel.html#objects-values-and-types",
        "An object keeps its identity. Nothing that is reachable is collected, and an implementation may postpone garbage collection or omit it.",
    )
    CUSTOMIZATION = Section(
        "Basic customization",
        "datamodel.html#basic-customization",
        "Objects are equal to themselves, hashable and true, unless their type defines it otherwise.",
    )
    USER_FUNCTIONS = Section(
        "User-defined functions", "datamodel.html#user-defined-functions", "``__code__`` of a function can be written."
    )
    CODE_OBJECTS = Section(
        "Code objects",
        "datamodel.html#code-objects",
        "Code is kept apart from the function: a code object has no context, and ``replace()`` makes a changed copy since 3.8.",
    )
    FRAME_OBJECTS = Section(
        "Frame objects",
        "datamodel.html#frame-objects",
        "A frame has its code, its variables, its line and its caller; since 3.13 ``clear()`` raises RuntimeError for the frame of a suspended generator.",
        announces="3.13",
    )
    TRACEBACK_OBJECTS = Section(
        "Traceback objects",
        "datamodel.html#traceback-objects",
        "A traceback has an entry for each frame that the exception left, with its line.",
        quote="when the search for an exception handler unwinds the execution stack, at each unwound level a traceback object is inserted in front of the current traceback",
    )
    AWAITABLE_OBJECTS = Section(
        "Awaitable Objects",
        "datamodel.html#awaitable-objects",
        "An awaitable generally has ``__await__()``, which must return an iterator.",
        quote="Must return an iterator. Should be used to implement awaitable objects.",
    )
    GENERATOR_METHODS = Section(
        "Generator-iterator methods",
        "expressions.html#generator-iterator-methods",
        "A traceback given to ``throw()`` is set on the exception; without it, the exception's own traceback may be cleared.",
    )
    ASSIGNMENT_EXPRESSIONS = Section(
        "Assignment expressions",
        "expressions.html#assignment-expressions",
        "An assignment expression binds a name and evaluates to the value; inside other expressions it often needs parentheses.",
    )
    FSTRINGS = Section(
        "f-strings",
        "lexical_analysis.html#formatted-string-literals",
        "The expressions in replacement fields are like any others, are evaluated where the literal stands, from left to right, and may contain ``await`` and ``async for`` since 3.7.",
        announces="3.7 3.12",
    )
    CLASS_DEF = Section(
        "Class definitions",
        "compound_stmts.html#class-definitions",
        "A class definition is executable: its decorators and its inheritance list are evaluated where it stands.",
    )
    TYPE_STATEMENT = Section(
        "The type statement",
        "simple_stmts.html#the-type-statement",
        "The value of an alias is evaluated in an annotation scope.",
    )
    TSTRINGS = Section(
        "t-strings",
        "lexical_analysis.html#template-string-literals",
        "Template string literals follow the syntax of f-strings.",
    )
    FUTURE = Section(
        "Future statements",
        "simple_stmts.html#future-statements",
        "A feature that has become standard is still accepted.",
    )
    ASSERT = Section(
        "The assert statement",
        "simple_stmts.html#the-assert-statement",
        "With optimization, no code is made for the statement.",
    )
