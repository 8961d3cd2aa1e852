"""THR: the arguments: a class, an instance, a value, a traceback, and arguments that raise TypeError."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import items_of, raises, tidy
from conformance.sources import CPYTHON, ISSUE, PEP342, PEP525, REFERENCE, TUTORIAL


@behaviour("THR-001", source=[REFERENCE.AGEN_ATHROW, PEP525.AGEN_OBJECT, TUTORIAL.S13], since="3.6")
async def test_class_is_instantiated():
    """``athrow()`` of an exception class raises a new instance of it at the yield where the body is suspended."""
    caught, places = [], []

    async def agen():
        try:
            yield 1
        except KeyError:
            places.append("the first yield")
        for place in ("the second yield", "the third yield"):
            try:
                yield place
                places.append("resumed")
            except KeyError as error:
                caught.append(error)
                places.append(place)
        yield "the last yield"

    g = agen()
    await g.__anext__()
    await g.__anext__()
    answers = [await g.athrow(KeyError), await g.athrow(KeyError)]

    assert answers == ["the third yield", "the last yield"]
    assert places == ["the second yield", "the third yield"]
    assert [[type(error), error.args] for error in caught] == [[KeyError, ()]] * 2
    assert caught[0] is not caught[1]


@behaviour("THR-002", source=[REFERENCE.AGEN_ATHROW, PEP525.AGEN_OBJECT, TUTORIAL.S13], since="3.6")
async def test_instance_is_raised_itself():
    """``athrow()`` of an exception instance raises that very object at the yield where the body is suspended."""
    caught = []

    async def agen():
        try:
            yield 1
        except KeyError:
            caught.append("at the first yield")
        try:
            yield 2
            caught.append("resumed")
        except KeyError as error:
            caught.append(error)
        yield 3

    thrown = KeyError("thrown")
    g = agen()
    await g.__anext__()
    await g.__anext__()
    await g.athrow(thrown)

    assert len(caught) == 1
    assert caught[0] is thrown
    assert thrown.args == ("thrown",)


@behaviour("THR-012", source=[REFERENCE.AGEN_ATHROW, PEP525.AGEN_OBJECT, TUTORIAL.S13], since="3.6", needs=["warnings"])
@pytest.mark.parametrize("form", ["instance", "traceback"], ids=["instance", "traceback"])
async def test_type_value_and_traceback(form):
    """``athrow()`` also accepts two or three separate arguments, the class, the instance and a traceback, and throws
    the instance.
    """
    import warnings

    seen, given = [], []

    def fail():
        try:
            raise ZeroDivisionError
        except ZeroDivisionError as error:
            given.append(error.__traceback__)

    async def agen():
        try:
            yield 1
        except Exception as error:
            seen.append(error)
            yield "caught"

    fail()
    instance = KeyError("value")
    arguments = {"instance": [instance], "traceback": [instance, *given]}[form]
    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        await g.athrow(KeyError, *arguments)

    assert len(given) == 1
    assert len(seen) == 1
    assert seen[0] is instance


@behaviour("THR-015b", source=[REFERENCE.CALLS, REFERENCE.AGEN_ATHROW], since="3.6")
async def test_no_argument():
    """``athrow()`` without an argument raises TypeError, at the call or when it is awaited."""

    async def agen():
        yield 1

    g = agen()
    await g.__anext__()
    with raises(TypeError):
        await g.athrow()


@behaviour(
    "THR-016b",
    source=[REFERENCE.CALLS, REFERENCE.AGEN_ATHROW],
    since="3.6",
    needs=["warnings"],
)
async def test_four_arguments():
    """``athrow()`` with four arguments raises TypeError, at the call or when it is awaited."""
    import warnings

    async def agen():
        yield 1

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with raises(TypeError):
            await g.athrow(KeyError, None, None, None)


@behaviour("THR-017", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize(
    "kind", ["int", "str", "None", "class", "object"], ids=["int", "str", "None", "class", "object"]
)
async def test_what_is_no_exception(kind):
    """``athrow()`` of an object that is not an exception raises TypeError when it is awaited, and the generator stays
    where it is.
    """
    log = []

    async def agen():
        try:
            yield 1
        except BaseException as error:
            log.append(error)
            raise
        yield 2

    g = agen()
    await g.__anext__()
    awaitable = g.athrow({"int": 1, "str": "KeyError", "None": None, "class": int, "object": object()}[kind])
    with raises(TypeError):
        await awaitable
    item = await g.__anext__()

    assert log == []
    assert item == 2


@behaviour("THR-018", source=[CPYTHON.GENOBJECT], since="3.6", needs=["warnings"])
async def test_instance_with_a_value():
    """Awaiting ``athrow()`` of an instance and a value throws nothing and raises a TypeError whose message gives the
    reason.
    """
    import warnings

    log = []

    async def agen():
        try:
            yield 1
        except BaseException as error:
            log.append(error)
            raise
        yield 2

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        awaitable = g.athrow(KeyError("instance"), "value")
    with raises(TypeError) as caught:
        await awaitable
    message = str(caught.value)
    item = await g.__anext__()

    assert message == "instance exception may not have a separate value"
    assert log == []
    assert item == 2


@behaviour("THR-019", source=[CPYTHON.GENOBJECT], since="3.6", needs=["frames", "warnings"])
@pytest.mark.parametrize("kind", ["str", "int", "frame"], ids=["str", "int", "frame"])
async def test_third_argument_that_is_no_traceback(kind):
    """A third argument of ``athrow()`` that is not a traceback raises TypeError when it is awaited, and nothing is
    thrown.
    """
    import warnings

    async def agen():
        yield 1
        yield 2

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        awaitable = g.athrow(KeyError, "value", {"str": "traceback", "int": 1, "frame": g.ag_frame}[kind])
    with raises(TypeError):
        await awaitable
    item = await g.__anext__()

    assert item == 2


@behaviour("THR-035", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_class_that_cannot_be_instantiated():
    """If the class given to ``athrow()`` cannot be instantiated, the error of the instantiation is raised at the
    yield.
    """
    log = []

    class Failing(Exception):
        def __init__(self):
            log.append("instantiated")
            raise ZeroDivisionError

    async def agen():
        try:
            yield 1
        except ZeroDivisionError:
            log.append("caught")
            yield 2

    g = agen()
    await g.__anext__()
    awaitable = g.athrow(Failing)
    called = list(log)
    item = await awaitable

    assert called == []
    assert item == 2
    assert log == ["instantiated", "caught"]


@behaviour("THR-039", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_message_for_what_is_no_exception():
    """The TypeError for an object that is not an exception says which objects may be thrown, and names the type of
    the given object.
    """

    async def agen():
        yield 1

    messages = []
    for value in [1, "KeyError", int]:
        with raises(TypeError) as caught:
            await agen().athrow(value)
        messages.append(str(caught.value))
    stem = "exceptions must be classes or instances deriving from BaseException, not "

    assert messages == [stem + "int", stem + "str", stem + "type"]


@behaviour("THR-041", source=[PEP342.THROW, CPYTHON.GENOBJECT], since="3.6", level="detail", needs=["warnings"])
async def test_class_with_a_value():
    """``athrow()`` of a class and a value passes the value to the class, a tuple as several arguments, and None as no
    argument.
    """
    import warnings

    seen = []

    async def agen():
        while True:
            try:
                yield
            except KeyError as error:
                seen.append(error.args)

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for value in ["text", ("two", "arguments"), None, 0, ()]:
            await g.athrow(KeyError, value)
    await tidy(g)

    assert seen == [("text",), ("two", "arguments"), (), (0,), ()]


@behaviour("THR-042", source=[CPYTHON.GENOBJECT], since="3.6", needs=["warnings"])
async def test_class_with_an_instance():
    """``athrow()`` of a class and an instance of it or of a subclass throws that instance; another instance becomes the
    argument of the class.
    """
    import warnings

    seen = []

    async def agen():
        while True:
            try:
                yield
            except LookupError as error:
                seen.append(error)

    own, derived, foreign = LookupError("own"), KeyError("derived"), OSError("foreign")
    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for value in [own, derived, foreign]:
            await g.athrow(LookupError, value)
    await tidy(g)

    assert [seen[0] is own, seen[1] is derived] == [True, True]
    assert type(seen[2]) is LookupError
    assert seen[2].args == (foreign,)


@behaviour("THR-045", source=[CPYTHON.GENOBJECT], since="3.6")
@pytest.mark.parametrize("state", ["unstarted", "suspended"], ids=["unstarted", "suspended"])
async def test_wrong_type_is_noticed_when_awaited(state):
    """``athrow()`` checks its argument only when it is awaited, and a wrong argument does not change the state of the
    generator.
    """

    async def agen():
        yield 1
        yield 2

    g = agen()
    if state == "suspended":
        await g.__anext__()
    awaitables = [g.athrow(1), g.athrow(None), g.athrow(int)]
    for awaitable in awaitables:
        with raises(TypeError):
            await awaitable
    item = await g.__anext__()

    assert item == (2 if state == "suspended" else 1)
    assert g.ag_running is False


@behaviour("THR-047", source=[REFERENCE.AGEN_ATHROW, REFERENCE.RAISE], since="3.6")
async def test_class_is_instantiated_when_it_is_thrown():
    """A class given to ``athrow()`` is instantiated without arguments, anew for each ``athrow()``."""
    log = []

    class Failure(Exception):
        def __init__(self, *arguments):
            log.append(["instantiated", arguments])

    seen = []

    async def agen():
        while True:
            try:
                yield
            except Failure as error:
                seen.append(error)

    g = agen()
    await g.__anext__()
    await g.athrow(Failure)
    await g.athrow(Failure)
    await tidy(g)

    assert log == [["instantiated", ()], ["instantiated", ()]]
    assert [type(seen[0]), type(seen[1])] == [Failure, Failure]
    assert seen[0] is not seen[1]


@behaviour("THR-051", source=[CPYTHON.GENOBJECT], since="3.6", needs=["tracebacks", "warnings"])
@pytest.mark.parametrize("form", ["None", "None-None", "traceback"], ids=["None", "None-None", "traceback"])
async def test_instance_followed_by_none(form):
    """``athrow()`` of an instance and None throws the instance with its own traceback, unless the third argument is a
    traceback.
    """
    import warnings

    def fail_before():
        raise KeyError

    def fail_elsewhere():
        raise OSError

    async def agen():
        try:
            yield 1
        except KeyError:
            yield "caught"

    try:
        fail_before()
    except KeyError as error:
        thrown = error
    try:
        fail_elsewhere()
    except OSError as error:
        given = error.__traceback__
    arguments = {"None": [None], "None-None": [None, None], "traceback": [None, given]}[form]
    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        item = await g.athrow(thrown, *arguments)
    names = []
    traceback = thrown.__traceback__
    while traceback is not None:
        names.append(traceback.tb_frame.f_code.co_name.rpartition(".")[2])
        traceback = traceback.tb_next
    origins = ["fail_before" in names, "fail_elsewhere" in names]

    assert item == "caught"
    assert names[0] == "agen"
    assert origins == ([False, True] if form == "traceback" else [True, False])


@behaviour("THR-052", source=[CPYTHON.GENOBJECT], since="3.6", needs=["warnings"])
@pytest.mark.parametrize(
    "positional, name",
    [[0, "type"], [0, "typ"], [0, "value"], [1, "value"], [1, "val"]],
    ids=["type", "typ", "value", "second-value", "second-val"],
)
async def test_arguments_by_name(positional, name):
    """``athrow()`` accepts no argument by name: it raises TypeError at the call, and the generator can continue."""
    import warnings

    log = []

    async def agen():
        try:
            yield 1
        except KeyError:
            log.append("thrown")
        yield 2

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with raises(TypeError):
            g.athrow(*[KeyError][:positional], **{name: KeyError("by name")})
    item = await g.__anext__()

    assert log == []
    assert item == 2


@behaviour("THR-053", source=[CPYTHON.GENOBJECT], since="3.6", needs=["warnings"])
@pytest.mark.parametrize("state", ["suspended", "unstarted"], ids=["suspended", "unstarted"])
async def test_wrong_value_or_traceback_is_noticed_when_awaited(state):
    """``athrow()`` checks its second and third argument only when it is awaited, and a wrong one does not change the
    state of the generator.
    """
    import warnings

    log = []

    async def agen():
        try:
            yield 1
        except BaseException as error:
            log.append(error)
            raise
        yield 2
        log.append("end")

    g = agen()
    if state == "suspended":
        await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        awaitables = [
            g.athrow(KeyError("instance"), "value"),
            g.athrow(KeyError("instance"), "value", None),
            g.athrow(KeyError, "value", "traceback"),
            g.athrow(KeyError("instance"), None, "traceback"),
        ]
    running = []
    for awaitable in awaitables:
        with raises(TypeError):
            await awaitable
        running.append(g.ag_running)
    items = await items_of(g)

    assert running == [False, False, False, False]
    assert items == ([2] if state == "suspended" else [1, 2])
    assert log == ["end"]


@behaviour("THR-056", source=[ISSUE.BPO_39091, CPYTHON.GENOBJECT], since="3.6")
async def test_constructor_that_returns_no_exception():
    """If the class given to ``athrow()`` creates an object that is not an exception, a TypeError is raised at the yield
    instead.
    """
    log = []

    class Strange(Exception):
        def __new__(cls, *arguments):
            log.append("made")
            return 1

    async def agen():
        try:
            yield 1
        except TypeError:
            log.append("caught")
            yield 2

    g = agen()
    await g.__anext__()
    awaitable = g.athrow(Strange)
    called = list(log)
    item = await awaitable

    assert called == []
    assert item == 2
    assert log == ["made", "caught"]


@behaviour("THR-057", source=[CPYTHON.GENOBJECT], since="3.11")
@pytest.mark.parametrize("state", ["suspended", "unstarted"], ids=["suspended", "unstarted"])
async def test_constructor_that_returns_another_exception(state):
    """If the class given to ``athrow()`` creates an exception of another class, that exception is thrown."""
    made, seen = KeyError("made"), []

    class Strange(Exception):
        def __new__(cls, *arguments):
            return made

    async def agen():
        try:
            yield 1
        except Strange:
            seen.append("as Strange")
        except KeyError as error:
            seen.append(error)
            raise

    g = agen()
    if state == "suspended":
        await g.__anext__()
    with raises(KeyError) as caught:
        await g.athrow(Strange)
    with raises(StopAsyncIteration):
        await g.__anext__()

    assert caught.value is made
    assert seen == ([made] if state == "suspended" else [])


@behaviour("THR-059", source=[CPYTHON.GENOBJECT], since="3.6")
async def test_class_is_not_instantiated_at_the_call():
    """A class given to ``athrow()`` is instantiated when ``athrow()`` is awaited, and not at the call."""
    log = []

    class Failure(Exception):
        def __init__(self, *arguments):
            log.append("instantiated")

    async def agen():
        try:
            yield 1
        except Failure:
            yield 2

    g = agen()
    await g.__anext__()
    awaitable = g.athrow(Failure)
    called = list(log)
    item = await awaitable

    assert called == []
    assert item == 2
    assert log == ["instantiated"]


@behaviour("THR-060", source=[ISSUE.GH_117852], since="3.6", level="detail", needs=["warnings"])
@pytest.mark.parametrize("given", [0, 4], ids=["none", "four"])
async def test_arguments_are_counted_at_the_call(given):
    """``athrow()`` without an argument or with four raises TypeError at the call, and the generator can continue."""
    import warnings

    async def agen():
        yield 1
        yield 2

    g = agen()
    await g.__anext__()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with raises(TypeError):
            g.athrow(*[KeyError, None, None, None][:given])
    item = await g.__anext__()

    assert item == 2
