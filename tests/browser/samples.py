"""The report that the browser is shown: small results with one of everything that a site has to draw."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reports.model import LeftOut, Report, Result
from runners.record.outcome import Outcome
from tests.reports.samples import EVIL, edited, evil_result, recorded, result

#: The verdicts of PyPy here that are not a pass: one of each kind, and several with one cause.
OTHERWISE = {
    "SND-001": "fail",
    "SND-012[42]": "crash",
    "THR-001": "timeout",
    "CLS-001": "error",
    "FOR-002": "unmet",
    "EQV-005[at-yield-anext]": "fail",
    "EQV-006[in-await-anext]": "fail",
    "EQV-006[in-await-aclose]": "fail",
}


def report() -> Report:
    """Three CPythons of different eras, PyPy with failures, one absent, one cut short, and one that is hostile."""
    return Report(
        [
            _python("cpython", "CPython", "3.6.15", "3.6", {"RUN-001": "fail"}),
            _python("cpython", "CPython", "3.12.1", "3.12", {"AWT-001": "fail", "TYP-001": "fail"}, ["AWT-001"]),
            _python("cpython", "CPython", "3.13.0", "3.13", {"CLS-002": "timeout"}, stale=("CLS-002",)),
            _python("pypy", "PyPy", "8.0.1", "3.11", OTHERWISE, ["EQV-006[in-await-aclose]"]),
            _python("tiny", "Tiny", "1.0", "3.12", {}, absent="no yield in async def"),
            _python("micro", "Micro", "2.0", "3.12", {"SND-001": "fail"}, complete=False),
            evil_result("evil-1"),
        ],
        [LeftOut(Path("bad.json"), f"is not valid JSON {EVIL}")],
    )


def _python(
    name: str,
    family: str,
    version: str,
    judged_as: str,
    verdicts: dict[str, str],
    known: list[str] = [],  # noqa: B006
    absent: str | None = None,
    complete: bool = True,
    stale: tuple[str, ...] = (),
) -> Result:
    """A result in which what applies passes, and what belongs to another era fails, save for ``verdicts``."""
    language = version if name == "cpython" else judged_as + ".0"
    whole = result(
        slug=f"{name}-{version}",
        judged_as=judged_as,
        complete=complete,
        absent=absent,
        interpreter={
            "title": f"{family} {version}" + ("" if name == "cpython" else f" (Python {language})"),
            "implementation": name,
            "implementation_version": version,
            "language_version": language,
            "features": {"gc": None, "asyncio": "ImportError: no module named asyncio" if name == "pypy" else None},
        },
    )
    made = edited(whole, lambda each: _outcome(each, verdicts, known, absent is not None))
    return recorded(made, changed=frozenset(stale))


def _outcome(each: Outcome, verdicts: dict[str, str], known: list[str], absent: bool) -> Outcome:
    """An outcome with its verdict in this report, and with a message, a line and locals if it did not pass."""
    verdict = "absent" if absent else verdicts.get(each.case, "pass" if each.applicable else "fail")
    if verdict == "pass":
        return each
    return replace(
        each,
        verdict=verdict,
        observed=None,
        message=f"assert {each.id.lower().replace('-', '_')} == 42",
        line=1 if verdict == "fail" else None,
        locals={"agen": "<async_generator object agen>"} if verdict == "fail" else None,
        known="the reason (https://example.org/implementation/issues/123456)" if each.case in known else None,
    )
