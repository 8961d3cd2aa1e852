"""The enlarged report: its numbers, its copies, and that it is the same in every run."""

from __future__ import annotations

import pytest

from conformance.catalogue import load
from conformance.program import cases
from reports.model import Report
from tests.browser.big import NoSample, enlarged
from tests.reports.samples import result

MORE = 30


@pytest.fixture(scope="module", name="big")
def _big() -> Report:
    return _made()


def _made() -> Report:
    pypy = {
        "title": "PyPy 8.0.1 (Python 3.11.17)",
        "implementation": "pypy",
        "implementation_version": "8.0.1",
        "language_version": "3.11.17",
    }
    failing = {case.name: "fail" for behaviour in load().values() for case in cases(behaviour)}
    results = [result(), result(failing, slug="pypy-8.0.1-py3.11", judged_as="3.11", interpreter=pypy)]
    return enlarged(results, 5, len(load()) + MORE)


def test_it_has_so_many_columns_and_behaviours(big: Report) -> None:
    """The report has the numbers that were asked for, and all original behaviours are there."""
    assert len(big.results) == 5
    assert len(big.standings) == len(big.catalogue) == len(load()) + MORE
    assert list(big.catalogue)[: len(load())] == list(load())


def test_columns_are_later_releases_of_the_same_families(big: Report) -> None:
    """A copy of a column has another release, slug and title, and no family is new."""
    assert [family.name for family in big.families] == ["CPython", "PyPy"]
    assert [each.slug for each in big.results] == [
        "cpython-3.13.0",
        "cpython-3.13.1",
        "cpython-3.13.2",
        "pypy-8.0.1-py3.11",
        "pypy-8.0.2-py3.11",
    ]
    assert big.results[-1].title == "PyPy 8.0.2 (Python 3.11.17)"
    assert big.results[-1].interpreter.language_version == "3.11.17"


def test_copies_have_prefixes_of_their_own(big: Report) -> None:
    """A copy of a behaviour has a prefix that no behaviour has, and the function and the module of one."""
    copies = [big.catalogue[id] for id in big.catalogue if id not in load()]
    functions = {each.function for each in load().values()}

    assert not {copy.prefix for copy in copies} & {each.prefix for each in load().values()}
    assert all(copy.function in functions for copy in copies)


def test_copies_stand_as_their_originals(big: Report) -> None:
    """A copy has the outcomes and hashes of its original, in each column."""
    originals = {each.function: each.id for each in load().values()}
    statuses = {standing.behaviour.id: standing.statuses for standing in big.standings}
    copies = [each.behaviour for each in big.standings if each.behaviour.id not in load()]
    record = big.results[0].record

    assert all(statuses[copy.id] == statuses[originals[copy.function]] for copy in copies)
    assert {status for copy in copies for status in statuses[copy.id].values()} >= {"pass", "fail"}
    assert record.outcomes.keys() == {case.name for each in big.catalogue.values() for case in cases(each)}
    assert all(record.hashes[case.name] for copy in copies for case in cases(copy))
    assert all(big.unknown(each) == [] for each in big.results)


def test_causes_explain_the_copies() -> None:
    """A cause names the copies of the behaviours that it names."""
    big = enlarged([result()], 1, 2 * len(load()))
    named = [cause for cause in big.causes.causes if any(case in load() for case in cause.cases)]

    assert named
    assert all(len(cause.cases) == 2 * len(set(cause.cases) - _copies(cause.cases)) for cause in named)


def _copies(names: tuple[str, ...]) -> set[str]:
    return {name for name in names if name.partition("[")[0] not in load() and "*" not in name.partition("[")[0]}


def test_it_is_the_same_in_every_run(big: Report) -> None:
    """Two samples of the same results are equal."""
    again = _made()

    assert list(again.catalogue) == list(big.catalogue)
    assert [each.record for each in again.results] == [each.record for each in big.results]


@pytest.mark.parametrize(
    ("columns", "more", "message"),
    [
        (1, 0, "the results have 2 columns; give --columns 2 or more"),
        (2, -1, f"the suite has {len(load())} behaviours; give --behaviours {len(load())} or more"),
    ],
    ids=["columns", "behaviours"],
)
def test_it_does_not_make_a_report_smaller(columns: int, more: int, message: str) -> None:
    """Fewer columns or behaviours than there are cannot be asked for."""
    with pytest.raises(NoSample) as caught:
        enlarged([result(), result(slug="other")], columns, len(load()) + more)

    assert str(caught.value) == message
