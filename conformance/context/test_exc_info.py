"""sys.exc_info(): the exception that the body handles, and the exception that the consumer handles."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import awaiting, collect, define, raises, run, step, suspend, tidy
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP479, PEP525, REFERENCE


@behaviour("XIN-001", source=[REFERENCE.AGEN_FUNCTION, LIBRARY.EXC_INFO], since="3.6")
async def test_hidden_from_the_consumer():
    """A body that is suspended in an except clause does not change ``sys.exc_info()`` of the consumer."""
    import sys

    async def agen():
        try:
            raise KeyError
        except KeyError:
            yield 1
            yield 2

    g = agen()
    await g.__anext__()
    idle = sys.exc_info()
    own = ValueError()
    try:
        raise own
    except ValueError:
        await g.__anext__()
        handling = sys.exc_info()[1]
    afterwards = sys.exc_info()
    await tidy(g)

    assert idle == (None, None, None)
    assert handling is own
    assert afterwards == (None, None, None)


@behaviour("XIN-002", source=[REFERENCE.AGEN_FUNCTION, LIBRARY.EXC_INFO, REFERENCE.YIELD], since="3.6")
async def test_restored_on_resumption():
    """When a body is resumed in an except clause, its ``sys.exc_info()`` and ``raise`` use the exception that it
    handles.
    """
    import sys

    own = KeyError()

    async def agen():
        try:
            raise own
        except KeyError:
            yield sys.exc_info()[1]
            yield sys.exc_info()[1]
            yield sys.exc_info()[1]
            raise

    g = agen()
    seen = [await g.__anext__(), await g.__anext__()]
    try:
        raise ValueError
    except ValueError:
        seen.append(await g.__anext__())
    with raises(KeyError) as caught:
        await g.__anext__()

    assert seen == [own, own, own]
    assert caught.value is own


@behaviour("XIN-003", source=[LIBRARY.EXC_INFO, ISSUE.BPO_25612], since="3.6")
async def test_of_the_consumer_is_visible_in_the_body():
    """In the body, outside its except clauses, ``sys.exc_info()`` is the exception that the awaiting
    consumer handles.
    """
    import sys

    async def agen():
        while True:
            yield sys.exc_info()[1]

    g = agen()
    outside = await g.__anext__()
    failures = [KeyError(), OSError()]
    seen = []
    for failure in failures:
        try:
            raise failure
        except (KeyError, OSError):
            seen.append(await g.__anext__())
    afterwards = await g.__anext__()
    await tidy(g)

    assert outside is None
    assert seen == failures
    assert afterwards is None


@behaviour("XIN-004", source=[REFERENCE.RAISE], since="3.6")
async def test_context_of_an_exception_from_the_body():
    """``__context__`` of an exception raised in the body is the exception that the consumer handles at that time, or
    None.
    """

    async def agen():
        yield 1
        raise KeyError

    during, after = agen(), agen()
    raised_during, raised_after = raises(KeyError), raises(KeyError)
    consumers = ValueError()
    await during.__anext__()
    try:
        raise consumers
    except ValueError:
        await after.__anext__()
        with raised_during:
            await during.__anext__()
    with raised_after:
        await after.__anext__()

    assert raised_during.value.__context__ is consumers
    assert raised_after.value.__context__ is None


@behaviour("XIN-005", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.EXCEPT, REFERENCE.RAISE, ISSUE.BPO_25612], since="3.6")
async def test_both_states_stay_apart():
    """If consumer and body resume each other while each handles an exception, each keeps its own exception."""
    import sys

    log = []

    async def agen():
        try:
            raise KeyError("body")
        except KeyError as own:
            for _ in range(3):
                log.append(sys.exc_info()[1] is own)
                yield
        yield

    g = agen()
    outer = OSError("consumer")
    await g.__anext__()
    try:
        raise outer
    except OSError:
        for _ in range(2):
            await g.__anext__()
            log.append(sys.exc_info()[1] is outer)
        try:
            raise ValueError("inner")
        except ValueError as inner:
            await g.__anext__()
            log.append(sys.exc_info()[1] is inner)
        log.append(sys.exc_info()[1] is outer)
        with raises(OSError) as caught:
            raise
    log.append(sys.exc_info()[1])
    await tidy(g)

    assert log == [True, True, True, True, True, True, True, None]
    assert caught.value is outer


@behaviour("XIN-006", source=[LIBRARY.EXC_INFO], since="3.6")
async def test_cleared_after_the_handler():
    """Once the body has left an except clause, with or without a yield in it, its ``sys.exc_info()`` is empty again."""
    import sys

    async def agen():
        try:
            raise KeyError
        except KeyError:
            handling = sys.exc_info()[0]
        yield [handling, sys.exc_info()]
        try:
            raise LookupError
        except LookupError:
            yield "in the clause"
        yield sys.exc_info()

    g = agen()
    without_yield = await g.__anext__()
    await g.__anext__()
    with_yield = await g.__anext__()
    await tidy(g)

    assert without_yield == [KeyError, (None, None, None)]
    assert with_yield == (None, None, None)


@behaviour("XIN-007b", source=[ISSUE.BPO_29587], since="3.6")
@pytest.mark.parametrize("operation", ["athrow", "aclose", "throw"], ids=["athrow", "aclose", "throw"])
@pytest.mark.parametrize("consumer", ["idle", "handling"], ids=["idle", "handling"])
def test_thrown_into_a_handler(consumer, operation):
    """An exception thrown into an except clause of the body has exactly the handled exception as its context."""
    seen = []
    own = OSError("body")

    async def agen():
        try:
            raise own
        except OSError:
            try:
                yield 1
            except BaseException as error:
                seen.append(error.__context__)
                raise

    def throw():
        if operation == "athrow":
            step(g.athrow(KeyError()).send, None)
        elif operation == "aclose":
            step(g.aclose().send, None)
        else:
            step(g.__anext__().throw, KeyError())

    g = agen()
    run(g.__anext__())
    if consumer == "idle":
        throw()
    else:
        try:
            raise ValueError("consumer")
        except ValueError:
            throw()

    assert seen == [own]
    assert own.__context__ is None


@behaviour("XIN-008", source=[PEP479.PROPOSAL, PEP525.AGEN_OBJECT, LIBRARY.EXCEPTION_CONTEXT], since="3.6")
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
async def test_converted_in_a_handler(name):
    """A StopIteration or StopAsyncIteration raised in an except clause becomes a RuntimeError, and has the handled
    exception as its context.
    """
    import builtins

    own, end = OSError("body"), getattr(builtins, name)("end")

    async def agen():
        yield 1
        try:
            raise own
        except OSError:
            raise end

    g = agen()
    await g.__anext__()
    with raises(RuntimeError):
        await g.__anext__()

    assert end.__context__ is own


@behaviour("XIN-009", source=[REFERENCE.RAISE, LIBRARY.EXC_INFO, REFERENCE.AGEN_FUNCTION], since="3.6")
@pytest.mark.parametrize(
    "way", ["yield", "end", "exception", "aclose", "athrow"], ids=["yield", "end", "exception", "aclose", "athrow"]
)
async def test_of_the_consumer_is_untouched(way):
    """However the body ends a step, the consumer still handles its own exception, and ``raise`` raises that again."""
    import sys

    async def agen():
        try:
            raise OSError("body")
        except OSError:
            yield 1
        try:
            yield 2
            if way == "exception":
                raise LookupError("body")
        except KeyError:
            raise LookupError("answer")

    own = ValueError("consumer")
    seen = []
    g = agen()
    await g.__anext__()
    await g.__anext__()
    with raises(ValueError) as caught:
        try:
            raise own
        except ValueError:
            try:
                if way == "yield":
                    await agen().__anext__()
                elif way == "aclose":
                    await tidy(g)
                elif way == "athrow":
                    await g.athrow(KeyError())
                else:
                    await g.__anext__()
            except (StopAsyncIteration, LookupError):
                pass
            seen.append(sys.exc_info()[1])
            raise

    assert seen == [own]
    assert caught.value is own
    assert own.__context__ is None


@behaviour(
    "XIN-010", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.RAISE, LIBRARY.EXC_INFO], since="3.6", needs=["stepping"]
)
def test_each_generator_has_its_own():
    """Several bodies suspended in except clauses, at yields and in awaits, each keep the exception that they handle."""
    import sys

    seen = []

    async def agen(own):
        try:
            raise own
        except Exception:
            yield
            seen.append(sys.exc_info()[1] is own)
            await suspend()
            seen.append(sys.exc_info()[1] is own)
            raise

    failures = [KeyError(), OSError(), ValueError()]
    generators = [agen(failure) for failure in failures]
    for g in generators:
        run(g.__anext__())
    awaitables = [awaiting(g.__anext__()) for g in generators]
    waiting = [step(awaitable.send, None) for awaitable in awaitables]
    endings = [step(awaitable.send, None) for awaitable in reversed(awaitables)]

    assert waiting == [["suspends", None]] * 3
    assert seen == [True] * 6
    assert endings == [["raises", "ValueError"], ["raises", "OSError"], ["raises", "KeyError"]]


@behaviour("XIN-011b", source=[ISSUE.BPO_29587], since="3.6")
@pytest.mark.parametrize("driver", ["idle", "handling"], ids=["idle", "handling"])
def test_thrown_into_an_await_of_a_handler(driver):
    """An exception thrown into an ``await`` in an except clause of the body has the handled exception as
    its context.
    """
    seen = []
    own = OSError("body")

    async def agen():
        try:
            raise own
        except OSError:
            try:
                await suspend("waiting")
            except KeyError as error:
                seen.append(error.__context__)
        yield "caught"

    awaitable = agen().__anext__()
    waiting = step(awaitable.send, None)
    if driver == "idle":
        answer = step(awaitable.throw, KeyError())
    else:
        try:
            raise ValueError("driver")
        except ValueError:
            answer = step(awaitable.throw, KeyError())

    assert waiting == ["suspends", "waiting"]
    assert answer == ["returns", "caught"]
    assert seen == [own]
    assert own.__context__ is None


@behaviour("XIN-012", source=[ISSUE.BPO_29587], since="3.6")
@pytest.mark.parametrize(
    "place, wanted",
    [
        ["outer", ["KeyError", "OSError"]],
        ["inner", ["KeyError", "LookupError", "OSError"]],
        ["after-inner", ["KeyError", "OSError"]],
        ["finally", ["KeyError", "LookupError", "OSError"]],
    ],
    ids=["outer", "inner", "after-inner", "finally"],
)
async def test_innermost_handler_counts(place, wanted):
    """The context of a thrown exception is the exception that the innermost clause around the yield handles, and this
    one keeps its own context.
    """

    async def agen():
        try:
            raise OSError("outer")
        except OSError:
            if place == "outer":
                yield
            try:
                raise LookupError("inner")
            except LookupError:
                if place == "inner":
                    yield
            if place == "after-inner":
                yield
            try:
                raise LookupError("passing")
            finally:
                if place == "finally":
                    yield

    g = agen()
    await g.__anext__()
    with raises(KeyError) as caught:
        await g.athrow(KeyError())
    chain, error = [], caught.value
    while error is not None and len(chain) < 5:
        chain.append(type(error).__name__)
        error = error.__context__

    assert chain == wanted


@behaviour("XIN-013", source=[REFERENCE.AGEN_ATHROW, REFERENCE.RAISE, LIBRARY.EXCEPTION_CONTEXT], since="3.6")
@pytest.mark.parametrize(
    "place",
    ["unstarted", "before", "else", "after", "finally"],
    ids=["unstarted", "before", "else", "after", "finally"],
)
async def test_thrown_where_nothing_is_handled(place):
    """While neither body nor consumer handles an exception, an exception thrown into the body gets no context."""
    seen, reached = [], []

    async def agen():
        try:
            if place == "before":
                yield
            try:
                if place != "else":
                    raise OSError("body")
            except OSError:
                yield "handling"
            else:
                yield
            reached.append("after")
            if place == "after":
                yield
        except KeyError as error:
            seen.append(error.__context__)
            raise
        finally:
            if place == "finally":
                try:
                    yield
                except KeyError as error:
                    seen.append(error.__context__)
                    raise

    thrown = KeyError("thrown")
    g = agen()
    while place != "unstarted" and await g.__anext__() == "handling":
        pass
    with raises(KeyError) as caught:
        await g.athrow(thrown)

    assert caught.value is thrown
    assert thrown.__context__ is None
    assert reached == (["after"] if place in ("after", "finally") else [])
    assert seen == ([] if place == "unstarted" else [None])


@behaviour("XIN-014", source=[CPYTHON.GENOBJECT, ISSUE.BPO_40696], since="3.6")
@pytest.mark.parametrize("thrown", ["itself", "context", "context-of-context"], ids=["itself", "context", "deeper"])
async def test_contexts_make_no_cycle(thrown):
    """Throwing the exception that the body handles, or one of its contexts, makes no cycle of contexts."""
    own, middle, deep = OSError("own"), LookupError("middle"), ZeroDivisionError("deep")

    async def agen():
        try:
            try:
                try:
                    raise deep
                except ZeroDivisionError:
                    raise middle
            except LookupError:
                raise own
        except OSError:
            yield

    def chains():
        found = []
        for error in [own, middle, deep]:
            chain = []
            while error is not None and len(chain) < 9:
                chain.append(error)
                error = error.__context__
            found.append([len(chain), len({id(link) for link in chain})])
        return found

    g = agen()
    await g.__anext__()
    before = chains()
    failure = {"itself": own, "context": middle, "context-of-context": deep}[thrown]
    with raises(type(failure)) as caught:
        await g.athrow(failure)
    after = chains()

    assert caught.value is failure
    assert before == [[3, 3], [2, 2], [1, 1]]
    assert [links for links, distinct in after] == [distinct for links, distinct in after]


@behaviour("XIN-015b", source=[ISSUE.BPO_29587], since="3.6")
async def test_earlier_context_is_replaced():
    """The existing context of an exception is replaced by the handled exception when it is thrown into an except
    clause.
    """
    own, earlier, thrown = OSError("body"), LookupError("earlier"), KeyError("thrown")
    thrown.__context__ = earlier

    async def agen(handling):
        try:
            if handling:
                raise own
            yield
        except OSError:
            yield

    idle, handling = agen(False), agen(True)
    await idle.__anext__()
    await handling.__anext__()
    with raises(KeyError):
        await idle.athrow(thrown)
    kept = thrown.__context__
    with raises(KeyError):
        await handling.athrow(thrown)

    assert kept is earlier
    assert thrown.__context__ is own
    assert own.__context__ is None


@behaviour("XIN-016", source=[REFERENCE.RAISE, LIBRARY.EXCEPTION_CONTEXT], since="3.6")
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
@pytest.mark.parametrize("place", ["except", "finally", "resumed"], ids=["except", "finally", "resumed"])
async def test_converted_while_the_consumer_handles(place, name):
    """A StopIteration or StopAsyncIteration that the body raises has the exception that the body handles as its
    context, and that exception has the one of the consumer.
    """
    import builtins

    consumers, own, end = ValueError("consumer"), OSError("body"), getattr(builtins, name)("end")

    async def agen():
        if place != "resumed":
            yield
        try:
            raise own
        except OSError:
            if place == "resumed":
                yield
            if place != "finally":
                raise end
        try:
            raise own
        finally:
            raise end

    g = agen()
    if place != "resumed":
        await g.__anext__()
    try:
        raise consumers
    except ValueError:
        if place == "resumed":
            await g.__anext__()
        with raises(RuntimeError, StopIteration, StopAsyncIteration):
            await g.__anext__()

    assert end.__context__ is own
    assert own.__context__ is consumers


@behaviour("XIN-017", source=[ISSUE.BPO_29587], since="3.6")
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
async def test_thrown_end_in_a_handler(name):
    """A StopIteration or StopAsyncIteration thrown into an except clause is cause and context of the RuntimeError, and
    has the handled exception as its context.
    """
    import builtins

    own, end = OSError("body"), getattr(builtins, name)("end")

    async def agen():
        try:
            raise own
        except OSError:
            yield

    g = agen()
    await g.__anext__()
    with raises(RuntimeError) as caught:
        await g.athrow(end)
    error = caught.value

    assert error.__cause__ is end
    assert error.__context__ is end
    assert error.__suppress_context__ is True
    assert end.__context__ is own
    assert own.__context__ is None


@behaviour("XIN-018", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.EXCEPT, REFERENCE.WITH, LIBRARY.EXC_INFO], since="3.6")
@pytest.mark.parametrize("place", ["except", "async-with"], ids=["except", "async-with"])
def test_kept_while_it_waits(place):
    """Across awaits, the body keeps the exception that it handles, in an except clause or in ``__aexit__()``, and the
    driver keeps its own.
    """
    import sys

    own = OSError("body")
    seen = []

    def handled():
        return sys.exc_info()[1]

    async def wait():
        for _ in range(2):
            seen.append(handled() is own)
            await suspend()
        seen.append(handled() is own)

    class Manager:
        async def __aenter__(self):
            pass

        async def __aexit__(self, *exception):
            await wait()

    async def agen():
        if place == "except":
            try:
                raise own
            except OSError:
                await wait()
                raise
        else:
            async with Manager():
                raise own
        yield

    awaitable = awaiting(agen().__anext__())
    steps = [step(awaitable.send, None)]
    idle = handled()
    drivers = []
    for driver in [KeyError("driver"), LookupError("driver")]:
        try:
            raise driver
        except LookupError:
            steps.append(step(awaitable.send, None))
            drivers.append(handled() is driver)

    assert steps == [["suspends", None], ["suspends", None], ["raises", "OSError"]]
    assert idle is None
    assert drivers == [True, True]
    assert seen == [True, True, True]


@behaviour("XIN-019", source=[REFERENCE.RAISE, LIBRARY.EXCEPTION_CONTEXT], since="3.6")
@pytest.mark.parametrize("place", ["except", "finally"], ids=["except", "finally"])
async def test_raised_again_without_context(place):
    """An exception that the body raises again or lets pass gets no context from the consumer that resumed the body."""
    own = OSError("body")

    async def agen():
        if place == "except":
            try:
                raise own
            except OSError:
                yield
                raise
        try:
            raise own
        finally:
            yield

    g = agen()
    await g.__anext__()
    with raises(OSError) as caught:
        try:
            raise ValueError("consumer")
        except ValueError:
            await g.__anext__()

    assert caught.value is own
    assert own.__context__ is None


@behaviour("XIN-020", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.RAISE, LIBRARY.EXCEPTION_CONTEXT], since="3.6")
async def test_context_is_what_the_body_handles():
    """A new exception in an except clause of a resumed body has the handled exception as context, not that of the
    consumer.
    """
    own = OSError("body")

    async def agen():
        try:
            raise own
        except OSError:
            yield
            await suspend()
            raise KeyError("new")

    caught = raises(KeyError)
    g = agen()
    await g.__anext__()
    try:
        raise ValueError("consumer")
    except ValueError:
        with caught:
            await g.__anext__()

    assert caught.value.__context__ is own
    assert own.__context__ is None


@behaviour("XIN-021", source=[LIBRARY.EXC_INFO, LIBRARY.SYS_EXCEPTION, ISSUE.BPO_25612], since="3.6")
@pytest.mark.parametrize("left_by", ["end", "loop"], ids=["end", "loop"])
async def test_handler_entered_under_another_consumer(left_by):
    """After leaving an except clause that it entered under another consumer, the body sees the exception of its present
    consumer.
    """
    import sys

    seen = []

    async def agen():
        for _ in range(2):
            try:
                raise OSError("body")
            except OSError:
                yield
                if left_by == "loop":
                    continue
        while True:
            seen.append(sys.exc_info()[1])
            yield

    entered, present = LookupError("entered"), ValueError("present")
    g = agen()
    try:
        raise entered
    except LookupError:
        await g.__anext__()
        await g.__anext__()
    await g.__anext__()
    try:
        raise present
    except ValueError:
        await g.__anext__()
    await g.__anext__()
    await tidy(g)

    assert seen == [None, present, None]


@behaviour("XIN-022", source=[REFERENCE.AGEN_FUNCTION, REFERENCE.RAISE, LIBRARY.EXC_INFO], since="3.6")
@pytest.mark.parametrize("operation", ["athrow", "throw"], ids=["athrow", "throw"])
def test_handled_again_after_a_thrown_one(operation):
    """After the body has handled an exception thrown into its except clause, it handles the earlier exception again."""
    import sys

    own = OSError("body")
    seen = []

    async def agen():
        try:
            raise own
        except OSError:
            try:
                yield "yield"
                await suspend("await")
            except KeyError:
                seen.append(type(sys.exc_info()[1]))
                yield "dealing"
                seen.append(type(sys.exc_info()[1]))
            seen.append(type(sys.exc_info()[1]))
            yield "dealt with"
            raise

    g = agen()
    run(g.__anext__())
    if operation == "athrow":
        answer = step(awaiting(g.athrow(KeyError())).send, None)
    else:
        awaitable = awaiting(g.__anext__())
        awaitable.send(None)
        answer = step(awaitable.throw, KeyError())
    item = run(g.__anext__())
    with raises(OSError) as caught:
        run(g.__anext__())

    assert answer == ["returns", "dealing"]
    assert item == "dealt with"
    assert seen == [KeyError, KeyError, OSError]
    assert caught.value is own


@behaviour("XIN-023", source=[REFERENCE.RAISE, LIBRARY.EXC_INFO], since="3.6")
@pytest.mark.parametrize("earlier", ["none", "own", "consumers"], ids=["none", "own", "consumers"])
async def test_nothing_to_raise_again(earlier):
    """A bare ``raise`` in a body where nothing is handled raises RuntimeError, whatever was handled at
    earlier steps.
    """

    async def agen():
        try:
            if earlier == "own":
                raise OSError("body")
        except OSError:
            yield 1
        yield 2
        raise

    g = agen()
    if earlier == "consumers":
        try:
            raise ValueError("consumer")
        except ValueError:
            await g.__anext__()
    else:
        while await g.__anext__() != 2:
            pass
    with raises(RuntimeError) as caught:
        await g.__anext__()

    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@behaviour("XIN-024", source=[LIBRARY.EXC_INFO, REFERENCE.AGEN_FUNCTION], since="3.6")
@pytest.mark.parametrize("kind", ["function", "expression", "awaitable"], ids=["function", "expression", "awaitable"])
async def test_where_it_was_made_does_not_count(kind):
    """A body sees the exception handled where it runs, not the one handled where the generator or awaitable
    was made.
    """
    import sys

    async def source():
        yield 1
        yield 2

    async def agen():
        yield sys.exc_info()[1]
        yield sys.exc_info()[1]

    async def make():
        if kind == "expression":
            return (sys.exc_info()[1] async for _ in source())
        return agen()

    idle = await make()
    awaitable = idle.__anext__() if kind == "awaitable" else None
    present = ValueError("present")
    made, inside = [], []
    try:
        raise KeyError("where it was made")
    except KeyError:
        made.append(await make())
        made.append(made[0].__anext__() if kind == "awaitable" else None)
    handling, other = made
    outside = await (other if kind == "awaitable" else handling.__anext__())
    try:
        raise present
    except ValueError:
        inside.append(await (awaitable if kind == "awaitable" else idle.__anext__()))
        inside.append(await handling.__anext__())
    await tidy(idle, handling)

    assert outside is None
    assert inside == [present, present]


@behaviour("XIN-025", source=[REFERENCE.AGEN_FUNCTION, LIBRARY.EXC_INFO], since="3.6")
async def test_generators_inside_each_other():
    """In nested generators, each sees the exception that it handles, or otherwise that of the generator or consumer
    around it.
    """
    import sys

    log = []

    def note(who):
        handled = sys.exc_info()[1]
        log.append([who, None if handled is None else handled.args[0]])

    async def inner():
        note("inner")
        try:
            raise LookupError("of inner")
        except LookupError:
            yield 1
            note("inner")
        note("inner")
        yield 2

    async def outer():
        note("outer")
        try:
            raise OSError("of outer")
        except OSError:
            async for item in inner():
                note("outer")
                yield item
                note("outer")
        note("outer")

    try:
        raise ValueError("of consumer")
    except ValueError:
        async for _ in outer():
            note("consumer")

    assert log == [
        ["outer", "of consumer"],
        ["inner", "of outer"],
        ["outer", "of outer"],
        ["consumer", "of consumer"],
        ["outer", "of outer"],
        ["inner", "of inner"],
        ["inner", "of outer"],
        ["outer", "of outer"],
        ["consumer", "of consumer"],
        ["outer", "of outer"],
        ["outer", "of consumer"],
    ]


@behaviour("XIN-026", source=[LIBRARY.EXCEPTION_CONTEXT, REFERENCE.RAISE], since="3.6", level="library")
@pytest.mark.parametrize("consumer", ["idle", "handling"], ids=["idle", "handling"])
@pytest.mark.parametrize(
    "kind",
    ["ended", "refused-value", "ignored-exit"],
    ids=["ended", "refused-value", "ignored-exit"],
)
async def test_context_of_what_the_operation_raises(kind, consumer):
    """The context of an exception that the operation itself raises is the exception of the consumer, not that of the
    body.
    """

    log = []

    async def agen():
        try:
            raise OSError("body")
        except OSError:
            log.append("handles")
            try:
                yield 1
            except GeneratorExit:
                log.append("ignores")
                yield 2
            log.append("returns")
            return

    async def operate():
        g = agen()
        if kind == "refused-value":
            return await g.asend("value")
        await g.__anext__()
        if kind == "ignored-exit":
            return await g.aclose()
        try:
            await g.__anext__()
        except Exception:
            pass
        return await g.__anext__()

    caught = raises(StopAsyncIteration, RuntimeError, TypeError, ValueError)
    consumers = ValueError("consumer")
    if consumer == "idle":
        with caught:
            await operate()
    else:
        try:
            raise consumers
        except ValueError:
            with caught:
                await operate()

    assert log == {"ended": ["handles", "returns"], "refused-value": [], "ignored-exit": ["handles", "ignores"]}[kind]
    assert caught.value.__context__ is (None if consumer == "idle" else consumers)


@behaviour("XIN-027", source=[LIBRARY.SYS_EXCEPTION, REFERENCE.AGEN_FUNCTION], since="3.11")
async def test_sys_exception():
    """``sys.exception()`` in the body and in the consumer returns the exception that each of them handles."""
    import sys

    own, consumers = OSError("body"), ValueError("consumer")
    seen = []

    async def agen():
        seen.append(["body", sys.exception()])
        try:
            raise own
        except OSError:
            yield
            seen.append(["body", sys.exception()])
            yield
        seen.append(["body", sys.exception()])

    g = agen()
    await g.__anext__()
    seen.append(["consumer", sys.exception()])
    try:
        raise consumers
    except ValueError:
        await g.__anext__()
        seen.append(["consumer", sys.exception()])
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert seen == [["body", None], ["consumer", None], ["body", own], ["consumer", consumers], ["body", None]]


@behaviour(
    "XIN-028",
    source=[REFERENCE.EXCEPT_STAR, REFERENCE.AGEN_FUNCTION, LIBRARY.SYS_EXCEPTION],
    since="3.11",
    needs=["compile"],
)
async def test_group_of_an_except_star():
    """The group that an ``except*`` clause caught is handled across its yields, and the rest of it is raised at the
    end.
    """
    import sys

    source = """
async def agen(seen, own):
    try:
        raise own
    except* KeyError as caught:
        seen.append([type(error) for error in caught.exceptions])
        yield
        seen.append(handled() is caught)
        yield
        seen.append(handled() is caught)
    yield
"""
    failure = OSError("left over")
    own = ExceptionGroup("body", [KeyError("body"), failure])
    seen = []
    g = define(source, "agen", handled=sys.exception)(seen, own)
    await g.__anext__()
    try:
        raise ValueError("consumer")
    except ValueError:
        await g.__anext__()
    with raises(ExceptionGroup) as caught:
        await g.__anext__()

    assert seen == [[KeyError], True, True]
    assert list(caught.value.exceptions) == [failure]


@behaviour(
    "XIN-029",
    source=[REFERENCE.AGEN_FUNCTION, LIBRARY.EXC_INFO],
    since="3.6",
    level="detail",
    needs=["stepping", "threads"],
)
def test_resumed_in_another_thread():
    """When a body is resumed in another thread, the body keeps the exception that it handles, and each
    thread its own.
    """
    import sys
    import threading

    own, of_main, of_other = OSError("body"), KeyError("main"), ValueError("other")
    seen = []

    def handled():
        return sys.exc_info()[1]

    async def agen():
        try:
            raise own
        except OSError:
            yield
            seen.append(handled())
            yield
            seen.append(handled())
            yield

    def target():
        seen.append(handled())
        run(g.__anext__())
        try:
            raise of_other
        except ValueError:
            run(g.__anext__())
            seen.append(handled())
        seen.append(handled())

    g = agen()
    run(g.__anext__())
    try:
        raise of_main
    except KeyError:
        thread = threading.Thread(target=target)
        thread.start()
        thread.join()
        seen.append(handled())
    run(tidy(g))

    assert seen == [None, own, own, of_other, None, of_main]


@behaviour(
    "XIN-030",
    source=[REFERENCE.RAISE, REFERENCE.EXCEPT, LIBRARY.EXC_INFO, REFERENCE.AGEN_FUNCTION],
    since="3.6",
    needs=["gc"],
    allowed=["cleanup ran", "no cleanup"],
)
def test_collected_while_the_consumer_handles():
    """The collection of a body does not change the exception that the consumer handles, even if its cleanup runs and
    handles exceptions.
    """
    import sys

    consumers = ValueError("consumer")
    seen = []

    async def agen():
        try:
            raise OSError("body")
        except OSError:
            try:
                yield
            finally:
                seen.append(type(sys.exc_info()[1]))
                try:
                    raise KeyError("finalized")
                except KeyError:
                    seen.append(type(sys.exc_info()[1]))
                seen.append("handled")
        finally:
            seen.append("left")

    g = agen()
    run(g.__anext__())
    with raises(ValueError) as caught:
        try:
            raise consumers
        except ValueError:
            del g
            collect()
            handled = sys.exc_info()[1]
            raise

    assert handled is consumers
    assert caught.value is consumers
    assert consumers.__context__ is None
    assert seen in [[], [GeneratorExit, KeyError, "handled", "left"]]
    return "cleanup ran" if seen else "no cleanup"


@behaviour("XIN-031", source=[ISSUE.BPO_25612], since="3.6", needs=["gc", "weakref"])
@pytest.mark.parametrize("place", ["idle", "except", "await"], ids=["idle", "except", "await"])
def test_of_the_consumer_is_not_kept_alive(place):
    """A generator that is resumed while its consumer handles an exception does not keep that exception alive
    afterwards.
    """
    import weakref

    class Consumers(Exception):
        pass

    async def agen():
        try:
            yield 1
            if place == "except":
                raise KeyError
        except KeyError as error:
            # The context is a reference of its own, and not the one that this is about.
            error.__context__ = None
            yield 2
        if place == "await":
            await suspend()
        yield 2

    def resume():
        try:
            raise Consumers
        except Consumers as error:
            steps.append(step(awaitable.send, None))
            return weakref.ref(error)

    g = agen()
    run(g.__anext__())
    awaitable, steps = g.__anext__(), []
    alive = resume()
    collect()

    assert steps == [["suspends", None] if place == "await" else ["returns", 2]]
    assert alive() is None


@behaviour("XIN-032", source=[LIBRARY.EXC_INFO], since="3.6")
@pytest.mark.parametrize("driver", ["idle", "handling"], ids=["idle", "handling"])
def test_thrown_into_a_coroutine_of_a_handler(driver):
    """A coroutine awaited in an except clause of the body sees the handled exception, and the body still sees it after
    a throw into the coroutine.
    """
    import sys

    own = OSError("body")
    seen = []

    def handled():
        return sys.exc_info()[1]

    async def coroutine():
        seen.append(handled())
        try:
            await suspend("waiting")
        except KeyError:
            pass

    async def agen():
        try:
            raise own
        except OSError:
            await coroutine()
            seen.append(handled())
        yield

    awaitable = awaiting(agen().__anext__())
    steps = [step(awaitable.send, None)]
    if driver == "idle":
        steps.append(step(awaitable.throw, KeyError()))
    else:
        try:
            raise ValueError("driver")
        except ValueError:
            steps.append(step(awaitable.throw, KeyError()))

    assert steps == [["suspends", "waiting"], ["returns", None]]
    assert seen == [own, own]


@behaviour("XIN-033", source=[PEP479.PROPOSAL, CPYTHON.GENOBJECT], since="3.6", level="detail")
@pytest.mark.parametrize("name", ["StopIteration", "StopAsyncIteration"], ids=["StopIteration", "StopAsyncIteration"])
async def test_context_of_the_converted(name):
    """The StopIteration or StopAsyncIteration that a RuntimeError replaces is also the context of the RuntimeError,
    whatever the consumer handles.
    """
    import builtins

    ends = [getattr(builtins, name)("idle"), getattr(builtins, name)("handling")]

    async def agen(end):
        yield 1
        raise end

    first, second = [agen(end) for end in ends]
    await first.__anext__()
    await second.__anext__()
    with raises(RuntimeError) as idle:
        await first.__anext__()
    try:
        raise ValueError("consumer")
    except ValueError:
        with raises(RuntimeError) as handling:
            await second.__anext__()
    contexts = [idle.value.__context__, handling.value.__context__]

    assert contexts == ends


@behaviour(
    "XIN-034", source=[ISSUE.GH_108668, LIBRARY.EXC_INFO], since="3.6", level="detail", allowed=["body", "other"]
)
def test_coroutine_after_a_throw_into_it():
    """After a throw into a coroutine that is awaited in an except clause of the body, the coroutine sees the exception
    that the body handles, or another one.
    """
    import sys

    own = OSError("body")
    seen = []

    async def coroutine():
        try:
            await suspend("waiting")
        except KeyError:
            pass
        seen.append(sys.exc_info()[1])

    async def agen():
        try:
            raise own
        except OSError:
            await coroutine()
        yield

    awaitable = awaiting(agen().__anext__())
    steps = [step(awaitable.send, None), step(awaitable.throw, KeyError())]

    assert steps == [["suspends", "waiting"], ["returns", None]]
    return "body" if seen[0] is own else "other"


@behaviour("XIN-035", source=[CPYTHON.GENOBJECT, LIBRARY.EXCEPTION_CONTEXT], since="3.6", level="detail")
@pytest.mark.parametrize("consumer", ["idle", "handling"], ids=["idle", "handling"])
async def test_context_of_the_end(consumer):
    """The context of the StopAsyncIteration that ends a generator is the exception of the consumer, even if the body
    returned while it handled another one.
    """

    log = []

    async def agen():
        try:
            raise OSError("body")
        except OSError:
            yield 1
            log.append("returns")
            return

    g = agen()
    await g.__anext__()
    ended = raises(StopAsyncIteration)
    consumers = ValueError("consumer")
    if consumer == "idle":
        with ended:
            await g.__anext__()
    else:
        try:
            raise consumers
        except ValueError:
            with ended:
                await g.__anext__()

    assert log == ["returns"]
    assert ended.value.__context__ is (None if consumer == "idle" else consumers)
