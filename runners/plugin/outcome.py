"""Turn the outcome of a case into a result of pytest: passed, skipped, failed or xfailed."""

from __future__ import annotations

import pytest

from conformance.program import Case
from conformance.verdicts import STATUSES, Shown
from runners.plugin.explain import explain
from runners.record.baseline import Entry
from runners.record.outcome import Outcome
from runners.transport.answers import Identity


def tell(case: Case, outcome: Outcome, entry: Entry | None, identity: Identity, command: str | None) -> None:
    """Return if the case passed; else raise the exception that skips, xfails or fails the item of pytest.

    ``entry`` is the entry of the baseline for the case; ``command`` is the text after ``--interpreter``, None for the
    interpreter at hand. Raises pytest's skip, xfail and fail exceptions.
    """
    behaviour = case.behaviour
    if STATUSES[outcome.verdict].shown is Shown.SKIPPED:
        raise pytest.skip.Exception(outcome.message or "a need is not met")
    if not outcome.applicable:
        here = f"its verdict here is: {outcome.verdict}"
        raise pytest.skip.Exception(f"{behaviour.id} is about Python {behaviour.versions}; {here}")
    if not outcome.binding and outcome.fails:
        how = "does not hold" if outcome.verdict == "fail" else STATUSES[outcome.verdict].told
        raise pytest.xfail.Exception(f"detail: {behaviour.id} {how} on {identity.title}: {outcome.message}")
    if entry is not None and outcome.binding and not outcome.fails and outcome.verdict != "error":
        pytest.fail(
            f"{case.name} is a known failure of {identity.title}, but the verdict is: {outcome.verdict}\n"
            f"  {entry.where}: remove the entry, or narrow its 'only' to the versions that still fail",
            pytrace=False,
        )
    if outcome.verdict == "pass":
        return
    if outcome.known is not None:
        raise pytest.xfail.Exception(f"known: {outcome.known}", pytrace=False)
    pytest.fail(explain(case, outcome, identity.title, command), pytrace=False)


def report_of(item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport | None:
    """The report of pytest for a case that is skipped or xfailed; None if pytest has to make the report itself.

    pytest would search the traceback file by file, which takes longer than the case, and finds only this plugin there.
    """
    if call.when != "call" or call.excinfo is None:
        return None
    exception = call.excinfo.value
    longrepr: str | tuple[str, int, str]
    if isinstance(exception, pytest.skip.Exception):
        longrepr = (str(item.path), (item.location[1] or 0) + 1, f"Skipped: {exception.msg}")
    elif isinstance(exception, pytest.xfail.Exception) and not item.config.option.runxfail:
        longrepr = str(exception.msg)  # pytest makes it an expected failure
    else:
        return None
    return pytest.TestReport(
        item.nodeid,
        item.location,
        dict.fromkeys(item.keywords, 1),
        "skipped",
        longrepr,
        call.when,
        duration=call.duration,
        start=call.start,
        stop=call.stop,
        user_properties=item.user_properties,
    )
