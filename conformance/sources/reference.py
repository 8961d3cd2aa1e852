"""The language reference."""

from conformance.sources.section import Document, Section


class REFERENCE(
    Document, title="The Python Language Reference", url="https://docs.python.org/3.14/reference/", level="language"
):
    AGEN_FUNCTION = Section("Asynchronous generator functions", "expressions.html#asynchronous-generator-functions")
    AGEN_METHODS = Section(
        "Asynchronous generator-iterator methods", "expressions.html#asynchronous-generator-iterator-methods"
    )
    AGEN_ANEXT = Section("agen.__anext__()", "expressions.html#agen.__anext__")
    AGEN_ASEND = Section("agen.asend(value)", "expressions.html#agen.asend")
    AGEN_ATHROW = Section("agen.athrow(value)", "expressions.html#agen.athrow")
    AGEN_ACLOSE = Section("agen.aclose()", "expressions.html#agen.aclose")
    YIELD = Section("Yield expressions", "expressions.html#yield-expressions")
    AWAIT = Section("Await expression", "expressions.html#await-expression")
    CALLS = Section("Calls", "expressions.html#calls")
    DISPLAYS = Section(
        "Displays for lists, sets and dictionaries", "expressions.html#displays-for-lists-sets-and-dictionaries"
    )
    GENERATOR_EXPRESSIONS = Section("Generator expressions", "expressions.html#generator-expressions")
    EXPRESSION_LISTS = Section("Expression lists", "expressions.html#expression-lists")
    EVALUATION_ORDER = Section("Evaluation order", "expressions.html#evaluation-order")
    ASSIGNMENT = Section("Assignment statements", "simple_stmts.html#assignment-statements")
    ANNOTATED_ASSIGNMENT = Section(
        "Annotated assignment statements", "simple_stmts.html#annotated-assignment-statements"
    )
    RETURN = Section("The return statement", "simple_stmts.html#the-return-statement")
    RAISE = Section("The raise statement", "simple_stmts.html#the-raise-statement")
    NONLOCAL = Section("The nonlocal statement", "simple_stmts.html#the-nonlocal-statement")
    FOR = Section("The for statement", "compound_stmts.html#the-for-statement")
    TRY = Section("The try statement", "compound_stmts.html#the-try-statement")
    WITH = Section("The with statement", "compound_stmts.html#the-with-statement")
    FUNCTION_DEF = Section("Function definitions", "compound_stmts.html#function-definitions")
    COROUTINE_DEF = Section("Coroutine function definition", "compound_stmts.html#coroutine-function-definition")
    ASYNC_FOR = Section("The async for statement", "compound_stmts.html#the-async-for-statement")
    ASYNC_WITH = Section("The async with statement", "compound_stmts.html#the-async-with-statement")
    DATAMODEL_AGEN = Section(
        "Data model: Asynchronous generator functions", "datamodel.html#asynchronous-generator-functions"
    )
    ASYNC_ITERATORS = Section("Asynchronous iterators", "datamodel.html#asynchronous-iterators")
    COROUTINE_OBJECTS = Section("Coroutine objects", "datamodel.html#coroutine-objects")
    SPECIAL_LOOKUP = Section("Special method lookup", "datamodel.html#special-method-lookup")
    ANNOTATION_SCOPES = Section("Annotation scopes", "executionmodel.html#annotation-scopes")
    KEYWORDS = Section("Keywords", "lexical_analysis.html#keywords")
    AUGMENTED_ASSIGNMENT = Section(
        "Augmented assignment statements", "simple_stmts.html#augmented-assignment-statements"
    )
    MEMBERSHIP = Section("Membership test operations", "expressions.html#membership-test-operations")
    COMPARISONS = Section("Value comparisons", "expressions.html#value-comparisons")
    LAMBDAS = Section("Lambdas", "expressions.html#lambda")
    DICTIONARY_DISPLAYS = Section("Dictionary displays", "expressions.html#dictionary-displays")
    ASYNC_COMPREHENSIONS = Section(
        "Asynchronous comprehensions", "expressions.html#displays-for-lists-sets-and-dictionaries"
    )
    MANGLING = Section("Identifiers (names): private name mangling", "expressions.html#private-name-mangling")
    BREAK = Section("The break statement", "simple_stmts.html#the-break-statement")
    CONTINUE = Section("The continue statement", "simple_stmts.html#the-continue-statement")
    DEL = Section("The del statement", "simple_stmts.html#the-del-statement")
    GLOBAL = Section("The global statement", "simple_stmts.html#the-global-statement")
    MATCH = Section("The match statement", "compound_stmts.html#the-match-statement")
    EXCEPT_STAR = Section("except* clause", "compound_stmts.html#except-star")
    COMPOUND = Section("Compound statements", "compound_stmts.html#compound-statements")
    WHILE = Section("The while statement", "compound_stmts.html#the-while-statement")
    GENERIC_FUNCTIONS = Section("Generic functions", "compound_stmts.html#generic-functions")
    NAMING = Section("Naming and binding", "executionmodel.html#naming-and-binding")
    EXCEPTIONS = Section("Exceptions", "executionmodel.html#exceptions")
    OBJECTS = Section("Objects, values and types", "datamodel.html#objects-values-and-types")
    CUSTOMIZATION = Section("Basic customization", "datamodel.html#basic-customization")
    USER_FUNCTIONS = Section("User-defined functions", "datamodel.html#user-defined-functions")
    CODE_OBJECTS = Section("Code objects", "datamodel.html#code-objects")
    FRAME_OBJECTS = Section("Frame objects", "datamodel.html#frame-objects")
    TRACEBACK_OBJECTS = Section("Traceback objects", "datamodel.html#traceback-objects")
    AWAITABLE_OBJECTS = Section("Awaitable objects", "datamodel.html#awaitable-objects")
    ASYNC_CONTEXT_MANAGERS = Section("Asynchronous context managers", "datamodel.html#asynchronous-context-managers")
    GENERATOR_METHODS = Section("Generator-iterator methods", "expressions.html#generator-iterator-methods")
    ASSIGNMENT_EXPRESSIONS = Section("Assignment expressions", "expressions.html#assignment-expressions")
    FSTRINGS = Section("Formatted string literals", "lexical_analysis.html#formatted-string-literals")
    CLASS_DEF = Section("Class definitions", "compound_stmts.html#class-definitions")
    TYPE_STATEMENT = Section("The type statement", "simple_stmts.html#the-type-statement")
    TSTRINGS = Section("Template string literals", "lexical_analysis.html#template-string-literals")
    FUTURE = Section("Future statements", "simple_stmts.html#future-statements")
    ASSERT = Section("The assert statement", "simple_stmts.html#the-assert-statement")
