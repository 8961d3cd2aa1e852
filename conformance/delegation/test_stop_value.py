"""SAI: ``StopAsyncIteration.value``."""

import pytest

from conformance.behaviour import behaviour
from conformance.prelude import collect, raises
from conformance.sources import CPYTHON, ISSUE, LIBRARY, PEP828, REFERENCE


@behaviour("SAI-001", source=[PEP828.STOP], since="3.16")
@pytest.mark.parametrize(
    "kind", ["object", "None", "zero", "tuple", "exception"], ids=["object", "None", "zero", "tuple", "exception"]
)
def test_value_is_the_argument(kind):
    """``StopAsyncIteration(x).value`` is x itself, and the ``args`` are x alone."""
    value = {"object": object(), "None": None, "zero": 0, "tuple": (1, 2), "exception": StopAsyncIteration(3)}[kind]
    stop = StopAsyncIteration(value)

    assert stop.value is value
    assert len(stop.args) == 1
    assert stop.args[0] is value


@behaviour("SAI-002", source=[PEP828.STOP], since="3.16")
def test_value_without_an_argument():
    """Without an argument ``value`` is None and ``args`` is empty, also if the class itself is raised."""
    made = StopAsyncIteration()
    raised = None
    try:
        raise StopAsyncIteration
    except StopAsyncIteration as error:
        raised = error

    assert made.value is None
    assert made.args == ()
    assert raised.value is None
    assert raised.args == ()


@behaviour("SAI-003", source=[PEP828.COMPATIBILITY, PEP828.STOP], since="3.16")
@pytest.mark.parametrize("arguments", [["a", "b"], ["a", "b", "c"], [None, "b"]], ids=["two", "three", "None-first"])
def test_value_of_several_arguments(arguments):
    """Of several arguments the first one is the ``value``, as it is for StopIteration."""
    stop, synchronous = StopAsyncIteration(*arguments), StopIteration(*arguments)

    assert stop.value == arguments[0]
    assert synchronous.value == arguments[0]
    assert stop.args == tuple(arguments)


@behaviour("SAI-004", source=[ISSUE.GH_155127, PEP828.COMPATIBILITY], since="3.16", level="detail")
def test_value_can_be_assigned():
    """``value`` can be assigned, which changes neither ``args`` nor ``str()`` nor ``repr()``, and an assignment to
    ``args`` does not change ``value``.
    """
    stop = StopAsyncIteration("argument")
    before = stop.value
    shown = [stop.args, str(stop), repr(stop)]
    stop.value = "assigned"
    afterwards = [stop.args, str(stop), repr(stop)]
    assigned = stop.value
    stop.args = ("other",)
    value, arguments = stop.value, stop.args
    without = StopAsyncIteration()
    without.value = "assigned"

    assert [before, assigned] == ["argument", "assigned"]
    assert shown == [("argument",), "argument", "StopAsyncIteration('argument')"]
    assert afterwards == shown
    assert value == "assigned"
    assert arguments == ("other",)
    assert [without.value, without.args] == ["assigned", ()]


@behaviour("SAI-005", source=[ISSUE.GH_155127, PEP828.COMPATIBILITY], since="3.16", level="detail")
def test_value_can_be_deleted():
    """After ``del stop.value`` the value is None, the ``args`` are as before, and a second ``del`` does what it does to
    a StopIteration.
    """

    def second_deletion(stop):
        del stop.value
        try:
            del stop.value
        except AttributeError:
            return "AttributeError"
        return stop.value

    stop = StopAsyncIteration("argument")
    del stop.value
    value, arguments = stop.value, stop.args
    outcomes = [second_deletion(StopAsyncIteration("argument")), second_deletion(StopIteration("argument"))]

    assert value is None
    assert arguments == ("argument",)
    assert outcomes[0] == outcomes[1]


@behaviour("SAI-006", source=[CPYTHON.EXCEPTIONS, PEP828.STOP], since="3.16", level="detail")
@pytest.mark.parametrize("count", [0, 1], ids=["alone", "beside-an-argument"])
def test_no_keyword_argument(count):
    """The ``value`` comes from a positional argument only: ``StopAsyncIteration(value=1)`` raises TypeError."""
    arguments = ["argument"][:count]
    with raises(TypeError):
        StopAsyncIteration(*arguments, value=1)
    made = StopAsyncIteration(*arguments)
    value = made.value

    assert made.args == tuple(arguments)
    assert value == (arguments[0] if arguments else None)


@behaviour("SAI-007", source=[PEP828.COMPATIBILITY, PEP828.STOP], since="3.16")
@pytest.mark.parametrize("arguments", [[], ["argument"], ["a", 2], [None]], ids=["none", "one", "two", "None"])
def test_text_of_a_stop(arguments):
    """``str()`` and ``repr()`` show the arguments, as those of another exception do, and nothing of the ``value``."""

    class Other(Exception):
        pass

    stop, other = StopAsyncIteration(*arguments), Other(*arguments)
    has_value = hasattr(stop, "value")

    assert has_value
    assert str(stop) == str(other)
    assert repr(stop) == repr(other).replace("Other", "StopAsyncIteration")


@behaviour("SAI-008", source=[LIBRARY.EXCEPTION_HIERARCHY], since="3.6")
def test_place_in_the_hierarchy():
    """StopAsyncIteration is derived from Exception directly, and neither from StopIteration nor the other way round."""
    bases = StopAsyncIteration.__bases__
    kin = [issubclass(StopAsyncIteration, StopIteration), issubclass(StopIteration, StopAsyncIteration)]

    assert bases == (Exception,)
    assert kin == [False, False]


@behaviour("SAI-009", source=[PEP828.STOP], since="3.16")
def test_value_of_a_derived_class():
    """A derived class inherits ``value``: it is the argument that its ``__init__()`` passes on, and None if it passes
    none.
    """

    class Plain(StopAsyncIteration):
        pass

    class Doubling(StopAsyncIteration):
        def __init__(self, code):
            super().__init__(code * 2)
            self.code = code

    class Without(StopAsyncIteration):
        def __init__(self, code):
            super().__init__()
            self.code = code

    plain, doubling, without = Plain("x"), Doubling("x"), Without("x")

    assert plain.value == "x"
    assert [doubling.value, doubling.code] == ["xx", "x"]
    assert [without.value, without.code] == [None, "x"]


@behaviour("SAI-010", source=[CPYTHON.EXCEPTIONS, PEP828.COMPATIBILITY], since="3.16", level="detail")
@pytest.mark.parametrize(
    "way",
    ["copy", "deepcopy", "pickle-0", "pickle-1", "pickle-2", "pickle-3", "pickle-4"],
    ids=["copy", "deepcopy", "pickle-0", "pickle-1", "pickle-2", "pickle-3", "pickle-4"],
)
def test_value_of_a_copy(way):
    """A copy, also by way of pickle, has the ``value`` that the arguments give, and not one that was assigned, as that
    of a StopIteration.
    """
    import copy
    import pickle

    def copied(stop):
        if way.startswith("pickle"):
            return pickle.loads(pickle.dumps(stop, int(way[-1])))
        return getattr(copy, way)(stop)

    def assigned(stop):
        stop.value = "assigned"
        stop.note = "own attribute"
        return stop

    made = copied(StopAsyncIteration(["value"]))
    without = copied(StopAsyncIteration())
    changed, synchronous = copied(assigned(StopAsyncIteration("argument"))), copied(assigned(StopIteration("argument")))

    assert type(made) is StopAsyncIteration
    assert [made.value, made.args] == [["value"], (["value"],)]
    assert [without.value, without.args] == [None, ()]
    assert [changed.value, changed.note] == ["argument", "own attribute"]
    assert synchronous.value == changed.value


@behaviour("SAI-011", source=[ISSUE.GH_155127, PEP828.STOP], since="3.16", level="detail")
def test_value_is_an_attribute_of_the_class():
    """``value`` is an attribute of the class, and a StopAsyncIteration has notes, a traceback and attributes of its own
    as before.
    """
    traceback = None
    try:
        raise KeyError
    except KeyError as error:
        traceback = error.__traceback__
    stop = StopAsyncIteration("argument")
    stop.add_note("note")
    stop.mine = 1
    same = stop.with_traceback(traceback)

    assert hasattr(StopAsyncIteration, "value")
    assert stop.__notes__ == ["note"]
    assert stop.mine == 1
    assert same is stop
    assert stop.__traceback__ is traceback
    assert stop.value == "argument"


@behaviour("SAI-012", source=[REFERENCE.ASYNC_FOR, LIBRARY.ANEXT, LIBRARY.STOP_ASYNC_ITERATION], since="3.10")
async def test_argument_of_a_stop_of_an_iterator():
    """A StopAsyncIteration with an argument that ``__anext__()`` raises ends ``async for`` as one without, and leaves
    ``anext()`` as it is.
    """
    end = StopAsyncIteration("argument")
    log = []

    class Iterator:
        def __init__(self):
            self.left = [2, 1]

        def __aiter__(self):
            return self

        async def __anext__(self):
            if self.left:
                return self.left.pop()
            raise end

    async for item in Iterator():
        log.append(item)
    else:
        log.append("else")
    iterator = Iterator()
    asked = [await anext(iterator), await anext(iterator), await anext(iterator, "default")]
    with raises(StopAsyncIteration) as caught:
        await anext(iterator)
    raised = caught.value

    assert log == [1, 2, "else"]
    assert asked == [1, 2, "default"]
    assert raised is end


@behaviour("SAI-013", source=[CPYTHON.EXCEPTIONS, PEP828.COMPATIBILITY], since="3.16", level="detail")
def test_initializer_called_again():
    """``__init__()`` called again sets ``value`` and ``args`` anew, to None and no arguments if it gets none."""
    stop = StopAsyncIteration("a")
    stop.__init__("b")
    again = [stop.value, stop.args]
    stop.__init__()
    empty = [stop.value, stop.args]

    assert again == ["b", ("b",)]
    assert empty == [None, ()]


@behaviour(
    "SAI-014", source=[LIBRARY.GC, ISSUE.GH_155127, PEP828.STOP], since="3.16", level="detail", needs=["gc", "weakref"]
)
def test_cycle_through_the_value_is_collected():
    """A StopAsyncIteration that is referred to by its own ``value`` is collected."""
    import weakref

    class Helper:
        pass

    helper = Helper()
    reference = weakref.ref(helper)
    stop = StopAsyncIteration()
    values = [stop.value]
    stop.value = [stop, helper]
    values.append(stop.value[0] is stop)
    del stop, helper
    collect()
    alive = reference() is not None

    assert values == [None, True]
    assert not alive
