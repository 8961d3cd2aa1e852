"""RTV: ``return`` with a value in an asynchronous generator."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, define, in_loop, items_of, raises, run, step, suspend, tidy, unraisable
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP525, PEP828, REFERENCE


@behaviour("RTV-001", source=[PEP828.RETURN, PEP828.STOP], since="3.16", needs=["compile"])
async def test_returned_value_is_that_of_the_stop():
    """``return value`` ends the generator with a StopAsyncIteration whose ``value``, and only argument, is that very
    object.
    """
    source = """
async def agen(value):
    yield "item"
    return value
"""
    value = object()
    g = define(source, "agen")(value)
    item = await g.__anext__()
    with raises(StopAsyncIteration) as caught:
        await g.__anext__()
    found, arguments = caught.value.value, caught.value.args

    assert item == "item"
    assert found is value
    assert len(arguments) == 1
    assert arguments[0] is value


@behaviour("RTV-002", source=[PEP828.RETURN], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "kind",
    [
        *["zero", "False", "empty-text", "empty-list", "exception", "exception-class", "generator", "iterator"],
        *["coroutine", "awaitable", "function"],
    ],
    ids=[
        *["zero", "False", "empty-text", "empty-list", "exception", "exception-class", "generator", "iterator"],
        *["coroutine", "awaitable", "function"],
    ],
)
async def test_any_object_is_returned_as_it_is(kind):
    """Any object can be returned and arrives as it is: a false one is not lost, and none is raised, awaited, called or
    iterated.
    """
    source = """
async def agen(value):
    yield "item"
    return value
"""
    log = []

    async def coroutine():
        log.append("awaited")

    def generator():
        log.append("iterated")
        yield 1

    class Awaitable:
        def __await__(self):
            log.append("awaited")
            return iter(())

        def __aiter__(self):
            log.append("iterated")
            return self

        def __call__(self):
            log.append("called")

    made = coroutine()
    value = {
        "zero": 0,
        "False": False,
        "empty-text": "",
        "empty-list": [],
        "exception": KeyError("key"),
        "exception-class": KeyError,
        "generator": generator(),
        "iterator": iter([1, 2]),
        "coroutine": made,
        "awaitable": Awaitable(),
        "function": generator,
    }[kind]
    g = define(source, "agen")(value)
    item = await g.__anext__()
    with raises(StopAsyncIteration) as caught:
        await g.__anext__()
    found = caught.value.value
    made.close()

    assert item == "item"
    assert found is value
    assert log == []


@behaviour("RTV-003", source=[PEP828.RETURN, PEP828.STOP], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "returned, length", [["1, 2", 2], ["(3,)", 1], ["()", 0]], ids=["two-items", "one-item", "empty"]
)
async def test_returned_tuple_is_one_value(returned, length):
    """A returned tuple is the value as a whole: its items do not become the arguments of the StopAsyncIteration."""
    source = """
async def agen():
    yield "item"
    return RETURNED
"""
    g = define(source.replace("RETURNED", returned), "agen")()
    await g.__anext__()
    with raises(StopAsyncIteration) as caught:
        await g.__anext__()
    value, arguments = caught.value.value, caught.value.args

    assert value == {2: (1, 2), 1: (3,), 0: ()}[length]
    assert type(value) is tuple
    assert arguments == (value,)


@behaviour("RTV-004", source=[PEP828.RETURN, PEP828.STOP], since="3.16", needs=["compile"])
@pytest.mark.parametrize("kind", ["object", "class", "derived"], ids=["object", "class", "derived"])
async def test_returned_stop_is_a_value(kind):
    """A returned StopAsyncIteration, object or class, is not raised: it is the value of another StopAsyncIteration."""
    source = """
async def agen(value):
    yield "item"
    return value
"""

    class Stop(StopAsyncIteration):
        pass

    value = {"object": StopAsyncIteration("argument"), "class": StopAsyncIteration, "derived": Stop("argument")}[kind]
    g = define(source, "agen")(value)
    await g.__anext__()
    with raises(StopAsyncIteration) as caught:
        await g.__anext__()
    found = caught.value

    assert found is not value
    assert found.value is value


@behaviour("RTV-005", source=[PEP828.STOP, PEP828.RETURN, REFERENCE.RETURN], since="3.16", needs=["compile"])
@pytest.mark.parametrize("end", ["return", "return None", "pass"], ids=["bare-return", "return-None", "last-statement"])
@pytest.mark.parametrize("operation", ["anext", "asend", "athrow"], ids=["anext", "asend", "athrow"])
async def test_value_at_an_end_without_one(operation, end):
    """The ``value`` is None if a generator that can return another one ends by a bare ``return``, ``return None`` or
    its last statement.
    """
    source = """
async def agen(early):
    if early:
        return "value"
    try:
        yield "item"
    except KeyError:
        pass
    END
"""
    agen = define(source.replace("END", end), "agen")
    early, g = agen(True), agen(False)
    with raises(StopAsyncIteration) as other:
        await early.__anext__()
    await g.__anext__()
    with raises(StopAsyncIteration) as caught:
        await {"anext": g.__anext__, "asend": lambda: g.asend("sent"), "athrow": lambda: g.athrow(KeyError())}[
            operation
        ]()
    values = [other.value.value, caught.value.value]

    assert values == ["value", None]


@behaviour(
    "RTV-006",
    source=[PEP828.STOP, PEP828.RETURN, ISSUE.GH_155127],
    since="3.16",
    level="detail",
    needs=["compile"],
    allowed=["no argument", "None as argument"],
)
@pytest.mark.parametrize("end", ["return", "return None", "pass"], ids=["bare-return", "return-None", "last-statement"])
@pytest.mark.parametrize("operation", ["anext", "asend", "athrow"], ids=["anext", "asend", "athrow"])
async def test_arguments_at_an_end_without_a_value(operation, end):
    """At an end without a value the StopAsyncIteration has no argument, or None as its only one."""
    source = """
async def agen(early):
    if early:
        return "value"
    try:
        yield "item"
    except KeyError:
        pass
    END
"""
    agen = define(source.replace("END", end), "agen")
    g = agen(False)
    await g.__anext__()
    with raises(StopAsyncIteration) as caught:
        await {"anext": g.__anext__, "asend": lambda: g.asend("sent"), "athrow": lambda: g.athrow(KeyError())}[
            operation
        ]()
    arguments = caught.value.args

    return {(): "no argument", (None,): "None as argument"}.get(arguments, repr(arguments))


@behaviour("RTV-007", source=[PEP828.RETURN, REFERENCE.AGEN_ASEND], since="3.16", needs=["compile"])
async def test_asend_to_the_end():
    """``asend()`` that resumes the body to its end raises StopAsyncIteration with the returned value."""
    source = """
async def agen():
    received = yield "item"
    return ["received", received]
"""
    g = define(source, "agen")()
    await g.__anext__()
    with raises(StopAsyncIteration) as caught:
        await g.asend("sent")
    value = caught.value.value

    assert value == ["received", "sent"]


@behaviour("RTV-008", source=[PEP828.RETURN, REFERENCE.AGEN_ATHROW], since="3.16", needs=["compile"])
async def test_athrow_to_the_end():
    """If the body catches the exception of ``athrow()`` and returns a value, the awaitable raises StopAsyncIteration
    with this value.
    """
    source = """
async def agen():
    try:
        yield "item"
    except KeyError as error:
        return ["caught", error]
"""
    error = KeyError("key")
    g = define(source, "agen")()
    await g.__anext__()
    with raises(StopAsyncIteration) as caught:
        await g.athrow(error)
    value = caught.value.value

    assert value[0] == "caught"
    assert value[1] is error


@behaviour(
    "RTV-009",
    source=[REFERENCE.AGEN_ACLOSE, PEP525.AGEN_OBJECT, PEP828.RETURN],
    since="3.16",
    needs=["compile", "warnings"],
    allowed=["None", "value"],
)
@pytest.mark.parametrize("clause", ["except GeneratorExit", "finally"], ids=["except", "finally"])
async def test_result_of_aclose(clause):
    """If the body answers GeneratorExit by returning a value, ``aclose()`` completes normally, and its result is None
    or this value.
    """
    source = """
async def agen():
    try:
        yield "item"
    CLAUSE:
        log.append("returns")
        return "value"
"""
    import warnings

    log = []
    # A return in finally is a SyntaxWarning since 3.14.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        g = define(source.replace("CLAUSE", clause), "agen", log=log)()
    await g.__anext__()
    result = await g.aclose()

    assert log == ["returns"]
    return "None" if result is None else result


@behaviour("RTV-010", source=[PEP828.RETURN, REFERENCE.AGEN_ATHROW], since="3.16", needs=["compile"])
async def test_thrown_generator_exit_to_the_end():
    """If the body answers the GeneratorExit of ``athrow()`` by returning a value, the awaitable raises
    StopAsyncIteration with this value.
    """
    source = """
async def agen():
    try:
        yield "item"
    except GeneratorExit:
        return "value"
"""
    g = define(source, "agen")()
    await g.__anext__()
    with raises(StopAsyncIteration) as caught:
        await g.athrow(GeneratorExit())
    value = caught.value.value

    assert value == "value"


@behaviour("RTV-011", source=[PEP828.RETURN, PEP828.STOP, PEP525.ITERATION], since="3.16", needs=["compile"])
async def test_value_is_delivered_once():
    """Only the operation that the ``return`` ends gets the value: each later one raises a StopAsyncIteration whose
    ``value`` is None.
    """
    source = """
async def agen():
    yield "item"
    return "value"
"""
    g = define(source, "agen")()
    await g.__anext__()
    values = []
    for operation in [g.__anext__, g.__anext__, lambda: g.asend("sent"), g.__anext__]:
        with raises(StopAsyncIteration) as caught:
            await operation()
        values.append(caught.value.value)

    assert values == ["value", None, None, None]


@behaviour("RTV-012", source=[PEP828.RETURN, REFERENCE.ASYNC_FOR, REFERENCE.DISPLAYS], since="3.16", needs=["compile"])
async def test_loops_discard_the_value():
    """``async for`` and asynchronous comprehensions end at a ``return value`` as at any end: ``else`` runs, and the
    value is no item.
    """
    source = """
async def agen():
    yield 1
    yield 2
    return 3
"""
    agen = define(source, "agen")
    log = []
    async for item in agen():
        log.append(item)
    else:
        log.append("else")
    as_list = [item async for item in agen()]
    as_set = {item async for item in agen()}
    as_dict = {item: item async for item in agen()}
    chained = await items_of(item async for item in agen())

    assert log == [1, 2, "else"]
    assert as_list == [1, 2]
    assert as_set == {1, 2}
    assert as_dict == {1: 1, 2: 2}
    assert chained == [1, 2]


@behaviour("RTV-013", source=[LIBRARY.ANEXT, PEP828.RETURN], since="3.16", level="library", needs=["compile"])
async def test_anext_at_a_return():
    """``anext()`` raises the StopAsyncIteration with the returned value; with a default it gives the default, and not
    the value.
    """
    source = """
async def agen():
    return "value"
    yield
"""
    agen = define(source, "agen")
    with raises(StopAsyncIteration) as caught:
        await anext(agen())
    value = caught.value.value
    defaults = [await anext(agen(), "default"), await anext(agen(), None)]

    assert value == "value"
    assert defaults == ["default", None]


@behaviour("RTV-014", source=[PEP828.RETURN], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "clause",
    ["except StopAsyncIteration", "except BaseException", "except"],
    ids=["StopAsyncIteration", "BaseException", "bare"],
)
async def test_return_cannot_be_caught_in_the_body(clause):
    """No ``except`` clause of the body sees the end by ``return value``, and ``finally`` runs."""
    source = """
async def agen():
    yield "item"
    try:
        try:
            return "value"
        CLAUSE:
            log.append("caught")
        else:
            log.append("else")
    finally:
        log.append("finally")
"""
    log = []
    g = define(source.replace("CLAUSE", clause), "agen", log=log)()
    await g.__anext__()
    with raises(StopAsyncIteration) as caught:
        await g.__anext__()
    value = caught.value.value

    assert value == "value"
    assert log == ["finally"]


@behaviour(
    "RTV-015",
    source=[PEP828.RETURN, REFERENCE.WITH, REFERENCE.ASYNC_WITH],
    since="3.16",
    needs=["compile"],
)
async def test_managers_see_no_exception_at_a_return():
    """At a ``return value``, ``__exit__()`` and ``__aexit__()`` of managers around it get None three times, and a true
    result of theirs changes nothing.
    """
    source = """
async def agen():
    yield "item"
    with Manager():
        async with Manager():
            return "value"
    log.append("after")
"""
    log = []

    class Manager:
        def __enter__(self):
            return self

        def __exit__(self, *arguments):
            log.append(["exit", *arguments])
            return True

        async def __aenter__(self):
            return self

        async def __aexit__(self, *arguments):
            log.append(["aexit", *arguments])
            return True

    g = define(source, "agen", Manager=Manager, log=log)()
    await g.__anext__()
    with raises(StopAsyncIteration) as caught:
        await g.__anext__()
    value = caught.value.value

    assert value == "value"
    assert log == [["aexit", None, None, None], ["exit", None, None, None]]


@behaviour("RTV-016", source=[PEP828.RETURN, REFERENCE.TRY], since="3.16", needs=["compile"])
@pytest.mark.parametrize("fails", [False, True], ids=["ends", "raises"])
async def test_finally_runs_after_the_value(fails):
    """The value is evaluated before the ``finally`` clauses run, which may await, and an exception of theirs replaces
    the ``return``.
    """
    source = """
async def agen():
    yield "item"
    try:
        try:
            return note("value")
        finally:
            await suspend()
            log.append("inner finally")
            if fails:
                raise KeyError
    finally:
        log.append("outer finally")
"""
    log = []

    def note(value):
        log.append(value)
        return value

    g = define(source, "agen", log=log, note=note, fails=fails, suspend=suspend)()
    await g.__anext__()
    try:
        outcome = await g.__anext__()
    except StopAsyncIteration as stop:
        outcome = ["ends", stop.value]
    except KeyError:
        outcome = "KeyError"

    assert outcome == ("KeyError" if fails else ["ends", "value"])
    assert log == ["value", "inner finally", "outer finally"]


@behaviour(
    "RTV-017",
    source=[PEP828.RETURN, REFERENCE.TRY, REFERENCE.BREAK, REFERENCE.CONTINUE],
    since="3.16",
    needs=["compile", "warnings"],
)
@pytest.mark.parametrize(
    "statement, value",
    [["return 'other'", "other"], ["return", None], ["break", None], ["continue", None]],
    ids=["return-value", "bare-return", "break", "continue"],
)
async def test_finally_discards_a_return(statement, value):
    """A ``return`` in ``finally`` replaces the earlier one, with its own value or None, and ``break`` or ``continue``
    there discards it.
    """
    source = """
async def agen():
    yield "item"
    for number in range(2):
        try:
            return "value"
        finally:
            log.append(number)
            STATEMENT
    log.append("after")
"""
    import warnings

    log = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        agen = define(source.replace("STATEMENT", statement), "agen", log=log)
    g = agen()
    await g.__anext__()
    with raises(StopAsyncIteration) as caught:
        await g.__anext__()
    found = caught.value.value

    assert found == value
    assert log == {"break": [0, "after"], "continue": [0, 1, "after"]}.get(statement, [0])


@behaviour("RTV-018", source=[PEP828.RETURN, REFERENCE.TRY, REFERENCE.AGEN_FUNCTION], since="3.16", needs=["compile"])
async def test_yield_in_finally_after_a_return():
    """A yield in ``finally`` after a ``return value`` gives its item first, and the value comes with the end that
    follows.
    """
    source = """
async def agen():
    yield "item"
    try:
        return "value"
    finally:
        log.append((yield "in finally"))
"""
    log = []
    g = define(source, "agen", log=log)()
    items = [await g.__anext__(), await g.__anext__()]
    with raises(StopAsyncIteration) as caught:
        await g.asend("sent")
    value = caught.value.value

    assert items == ["item", "in finally"]
    assert log == ["sent"]
    assert value == "value"


@behaviour("RTV-019", source=[PEP828.COMPILER, PEP828.RETURN], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "block",
    [
        *["if True:", "if False: pass\nelse:", "for each in range(3):", "while True:", "for each in (): pass\nelse:"],
        *["try: int('x')\nexcept ValueError:", "try: pass\nexcept ValueError: pass\nelse:"],
        *["async for each in inner():", "with manager:", "async with manager:", "match 1:\n case 1:"],
        "while True:\n for each in [1, 2]:\n  try:\n   int('x')\n  except ValueError:\n   with manager:\n    if each:",
    ],
    ids=[
        *["if", "else", "for", "while", "else-of-for", "except", "else-of-try", "async-for", "with", "async-with"],
        *["match", "nested"],
    ],
)
async def test_return_in_every_block(block):
    """``return value`` may stand in every block of the body, and leaves all blocks around it."""
    lines = block.split("\n")
    depth = len(lines[-1]) - len(lines[-1].lstrip()) + 1
    returned = " " * depth + "log.append('returns')\n" + " " * depth + "return 'value'\n"
    text = "yield 'item'\n" + block + "\n" + returned + "log.append('after')\n"
    source = "async def agen():\n" + "".join(["  " + line + "\n" for line in text.splitlines()])
    log = []

    async def inner():
        yield 1
        yield 2

    class Manager:
        def __enter__(self):
            pass

        def __exit__(self, *arguments):
            pass

        async def __aenter__(self):
            pass

        async def __aexit__(self, *arguments):
            pass

    g = define(source, "agen", log=log, inner=inner, manager=Manager())()
    item = await g.__anext__()
    with raises(StopAsyncIteration) as caught:
        await g.__anext__()
    value = caught.value.value

    assert item == "item"
    assert value == "value"
    assert log == ["returns"]


@behaviour("RTV-020", source=[PEP828.RETURN, REFERENCE.AGEN_FUNCTION], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "body",
    ["return 'value'; yield", "if 0: yield\n    return 'value'", "await pause(); return 'value'; yield"],
    ids=["before-the-yield", "yield-in-if-0", "after-await"],
)
async def test_return_before_any_yield(body):
    """A generator that returns before any yield ends at its first operation, with the value, and is no coroutine."""
    source = """
async def agen():
    BODY
"""

    async def pause():
        await suspend()

    g = define(source.replace("BODY", body), "agen", pause=pause)()
    awaitable = hasattr(g, "__await__")
    with raises(StopAsyncIteration) as caught:
        await g.__anext__()
    value = caught.value.value

    assert not awaitable
    assert value == "value"


@behaviour("RTV-021", source=[PEP828.COMPILER, PEP828.RETURN, REFERENCE.AWAIT], since="3.16", needs=["compile"])
@pytest.mark.parametrize(
    "expression, items, value",
    [
        ["await give(1)", [], 1],
        ["(yield 'a')", ["a"], "sent a"],
        ["[(yield 'a'), await give(2), (yield 'b')]", ["a", "b"], ["sent a", 2, "sent b"]],
        ["[x async for x in inner()]", [], [1, 2]],
    ],
    ids=["await", "yield", "both", "comprehension"],
)
async def test_returned_expression_awaits_and_yields(expression, items, value):
    """The expression after ``return`` may contain ``await``, yields and asynchronous comprehensions, evaluated
    in turn.
    """
    source = """
async def agen():
    if False:
        yield
    return EXPRESSION
"""

    async def give(value):
        await suspend()
        return value

    async def inner():
        yield 1
        yield 2

    g = define(source.replace("EXPRESSION", expression), "agen", give=give, inner=inner)()
    seen, sent = [], None
    with raises(StopAsyncIteration) as caught:
        while len(seen) < 9:
            seen.append(await g.asend(sent))
            sent = "sent " + str(seen[-1])
    found = caught.value.value

    assert seen == items
    assert found == value


@behaviour("RTV-022", source=[PEP828.RETURN, REFERENCE.EXCEPTIONS], since="3.16", needs=["compile"])
@pytest.mark.parametrize("catches", [True, False], ids=["caught", "not-caught"])
async def test_exception_of_the_returned_expression(catches):
    """An exception of the expression after ``return`` is one of the body, which may catch it, and otherwise it comes
    out as it is.
    """
    source = """
async def agen():
    yield "item"
    try:
        return fail()
    except KeyError as caught:
        log.append(caught)
        if not catches:
            raise
    yield "after"
"""
    log = []
    error = KeyError("key")

    def fail():
        raise error

    g = define(source, "agen", log=log, fail=fail, catches=catches)()
    outcomes = [await g.__anext__()]
    try:
        outcomes.append(await g.__anext__())
    except KeyError as caught:
        outcomes.append(caught)
    await tidy(g)

    assert outcomes[0] == "item"
    assert outcomes[1] is error or (catches and outcomes[1] == "after")
    assert len(log) == 1
    assert log[0] is error


@behaviour("RTV-023", source=[PEP525.AGEN_OBJECT, PEP828.RETURN], since="3.16", needs=["compile"])
@pytest.mark.parametrize("raised", ["instance", "class"], ids=["instance", "class"])
async def test_raised_stop_is_no_return(raised):
    """A StopAsyncIteration that the body raises leaves a generator with ``return value`` as RuntimeError, with or
    without a value, and ends no loop.
    """
    source = """
async def agen(error):
    yield "item"
    if error is not None:
        raise error
    return "value"
"""
    agen = define(source, "agen")
    raising = agen(StopAsyncIteration("value") if raised == "instance" else StopAsyncIteration)
    items = []
    with raises(RuntimeError):
        async for item in raising:
            items.append(item)

    assert items == ["item"]


@behaviour("RTV-024", source=[PEP525.AGEN_OBJECT, PEP828.RETURN], since="3.16", needs=["compile"])
async def test_stop_of_another_generator_is_no_return():
    """The StopAsyncIteration of another generator's ``return``, if the body awaits it and does not catch it, leaves the
    body as RuntimeError.
    """
    source = """
async def inner():
    return "value"
    yield


async def outer():
    yield "item"
    await inner().__anext__()
"""
    g = define(source, "outer")()
    item = await g.__anext__()
    with raises(RuntimeError):
        await g.__anext__()

    assert item == "item"


@behaviour(
    "RTV-025", source=[ISSUE.GH_155127, PEP828.RETURN, REFERENCE.RAISE], since="3.16", level="detail", needs=["compile"]
)
@pytest.mark.parametrize("operation", ["anext", "athrow"], ids=["anext", "athrow"])
async def test_stop_of_a_return_has_no_context(operation):
    """The StopAsyncIteration of a ``return value`` has neither a cause nor a context, even if the ``return`` is in an
    ``except`` clause.
    """
    source = """
async def agen():
    try:
        yield "item"
        raise KeyError
    except KeyError:
        return "value"
"""
    g = define(source, "agen")()
    await g.__anext__()
    with raises(StopAsyncIteration) as caught:
        await (g.__anext__() if operation == "anext" else g.athrow(KeyError()))
    stop = caught.value
    found = [stop.value, stop.__cause__, stop.__context__, stop.__suppress_context__]

    assert found == ["value", None, None, False]


@behaviour("RTV-026", source=[PEP525.AGEN_OBJECT, LIBRARY.INSPECT, PEP828.RETURN], since="3.16", needs=["compile"])
async def test_generator_is_finished_after_a_return():
    """After ``return value`` the generator is finished: ``ag_frame`` is None, ``ag_running`` is false, and nothing of
    the body runs any more.
    """
    source = """
async def agen():
    log.append("runs")
    yield "item"
    log.append("runs")
    return "value"
"""
    log = []
    g = define(source, "agen", log=log)()
    await g.__anext__()
    with raises(StopAsyncIteration):
        await g.__anext__()
    state = [g.ag_frame, g.ag_running]
    with raises(StopAsyncIteration):
        await g.__anext__()
    await tidy(g)

    assert state == [None, False]
    assert log == ["runs", "runs"]


@behaviour(
    "RTV-027",
    source=[ISSUE.GH_155127, PEP828.RETURN],
    since="3.16",
    level="detail",
    needs=["compile", "gc", "weakref"],
)
async def test_generator_keeps_nothing_after_a_return():
    """After ``return value`` the generator keeps neither its local variables nor the returned object, which lives as
    long as the StopAsyncIteration.
    """
    import weakref

    source = """
async def agen():
    local = Helper()
    references.append(weakref.ref(local))
    yield "item"
    value = Helper()
    references.append(weakref.ref(value))
    return value
"""

    class Helper:
        pass

    references = []
    g = define(source, "agen", Helper=Helper, weakref=weakref, references=references)()
    await g.__anext__()
    stop = None
    try:
        await g.__anext__()
    except StopAsyncIteration as error:
        stop = error.with_traceback(None)
    collect()
    with_the_stop = [reference() is None for reference in references]
    carried = references[1]() is stop.value
    stop = None
    collect()
    without = [reference() is None for reference in references]
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert with_the_stop == [True, False]
    assert carried
    assert without == [True, True]


@behaviour("RTV-028", source=[PEP828.RETURN, REFERENCE.RETURN], since="3.16", needs=["compile"])
async def test_nested_functions_return_for_themselves():
    """The ``return`` of a function, coroutine function or lambda in the body returns from that function, and not from
    the generator.
    """
    source = """
async def agen():
    def function():
        return "function"

    async def coroutine():
        return "coroutine"

    async def inner():
        yield "inner"
        return "inner"

    yield function()
    yield await coroutine()
    yield (lambda: "lambda")()
    async for item in inner():
        yield item
    return "own"
"""
    g = define(source, "agen")()
    items = [await g.__anext__() for _ in range(4)]
    with raises(StopAsyncIteration) as caught:
        await g.__anext__()
    value = caught.value.value

    assert items == ["function", "coroutine", "lambda", "inner"]
    assert value == "own"


@behaviour(
    "RTV-029", source=[LIBRARY.ASYNCCONTEXTMANAGER, PEP828.RETURN], since="3.16", level="library", needs=["compile"]
)
@pytest.mark.parametrize("value", ["5", "False", "True", "None"], ids=["5", "False", "True", "None"])
@pytest.mark.parametrize("kind", ["KeyError", "StopAsyncIteration"], ids=["KeyError", "StopAsyncIteration"])
async def test_manager_ignores_the_returned_value(kind, value):
    """A manager of ``asynccontextmanager()`` ignores what its generator returns: an exception of the block that the
    generator catches is handled, whatever the value is.
    """
    import contextlib

    source = """
async def agen():
    try:
        yield "target"
    except (KeyError, StopAsyncIteration):
        log.append("caught")
        return VALUE
    return VALUE
"""
    log = []
    manager = contextlib.asynccontextmanager(define(source.replace("VALUE", value), "agen", log=log))
    async with manager() as target:
        log.append(target)
    async with manager():
        log.append("block")
        raise KeyError if kind == "KeyError" else StopAsyncIteration("argument")

    assert log == ["target", "block", "caught"]


@behaviour(
    "RTV-030", source=[LIBRARY.ASYNCCONTEXTMANAGER, PEP828.YIELD_FROM], since="3.16", level="library", needs=["compile"]
)
async def test_manager_whose_generator_delegates():
    """A generator that delegates can be that of ``asynccontextmanager()``: the target and the exception of the block
    are those of its subiterator.
    """
    import contextlib

    source = """
async def outer():
    log.append((yield from inner()))
    log.append("outer ends")


async def inner():
    log.append("enter")
    try:
        yield "target"
    except KeyError as error:
        log.append(error)
        return "caught"
    log.append("exit")
    return "ended"
"""
    log = []
    error = KeyError("key")
    manager = contextlib.asynccontextmanager(define(source, "outer", log=log))
    async with manager() as target:
        log.append(target)
    seen = list(log)
    del log[:]
    async with manager():
        raise error

    assert seen == ["enter", "target", "exit", "ended", "outer ends"]
    assert log[:1] == ["enter"]
    assert log[1] is error
    assert log[2:] == ["caught", "outer ends"]


@behaviour(
    "RTV-031",
    source=[LIBRARY.ASYNCIO_TASK, LIBRARY.ASYNCIO_FUTURE, PEP828.RETURN],
    since="3.16",
    level="library",
    needs=["asyncio", "compile"],
)
def test_task_that_ends_with_the_stop():
    """A task whose coroutine lets the StopAsyncIteration of a ``return value`` out has it, with its value, as its
    exception.
    """
    import asyncio

    source = """
async def agen():
    await asyncio.sleep(0)
    return "value"
    yield
"""

    async def ask(g):
        return await g.__anext__()

    async def main():
        task = asyncio.ensure_future(ask(define(source, "agen", asyncio=asyncio)()))
        await asyncio.wait([task])
        error = task.exception()
        return [type(error) is StopAsyncIteration, error.value]

    found = in_loop(main())

    assert found == [True, "value"]


@behaviour(
    "RTV-032",
    source=[CPYTHON.GENOBJECT, PEP828.RETURN],
    since="3.16",
    level="detail",
    needs=["compile", "gc"],
)
def test_collection_with_a_returned_value():
    """Without hooks, the collection of a generator that answers GeneratorExit by returning a value reports nothing."""
    source = """
async def agen():
    try:
        yield "item"
    except GeneratorExit:
        log.append("returns")
        return "value"
"""
    log = []
    g = define(source, "agen", log=log)()
    run(g.__anext__())
    with unraisable() as reports:
        del g
        collect()

    assert log == ["returns"]
    assert reports == []


@behaviour("RTV-033", source=[CPYTHON.GENOBJECT, PEP828.RETURN], since="3.16", level="detail", needs=["compile"])
@pytest.mark.parametrize("operation", ["anext", "asend", "athrow"], ids=["anext", "asend", "athrow"])
async def test_awaitable_of_the_end_is_used_up(operation):
    """An awaitable that ended with the returned value raises RuntimeError when it is awaited again."""
    source = """
async def agen():
    try:
        yield "item"
    except KeyError:
        pass
    return "value"
"""
    g = define(source, "agen")()
    await g.__anext__()
    awaitable = {"anext": g.__anext__, "asend": lambda: g.asend("sent"), "athrow": lambda: g.athrow(KeyError())}[
        operation
    ]()
    with raises(StopAsyncIteration) as caught:
        await awaitable
    value = caught.value.value
    with raises(RuntimeError):
        await awaitable

    assert value == "value"


@behaviour("RTV-034", source=[PEP525.ITERATION, PEP828.RETURN], since="3.16", needs=["compile"])
@pytest.mark.parametrize("suspensions", [0, 2], ids=["first-step", "after-suspensions"])
def test_end_of_an_awaitable_that_is_driven_by_hand(suspensions):
    """A step of the iterator that the awaitable of ``__anext__()`` gives raises StopIteration with an item, and
    StopAsyncIteration with the returned value, at once or after suspensions.
    """
    source = """
async def agen():
    yield "item"
    for number in range(suspensions):
        await suspend(number)
    return "value"
"""
    g = define(source, "agen", suspensions=suspensions, suspend=suspend)()
    first = step(next, g.__anext__().__await__())
    iterator = g.__anext__().__await__()
    steps = [step(next, iterator) for _ in range(suspensions)]
    with raises(StopAsyncIteration) as caught:
        next(iterator)
    value = caught.value.value

    assert first == ["returns", "item"]
    assert steps == [["suspends", number] for number in range(suspensions)]
    assert value == "value"
