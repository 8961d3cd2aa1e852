"""The report that the browser is shown: small results with one of everything that a site has to draw."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reports.model import LeftOut, Report, Result
from tests.reports.samples import EVIL, evil_result, result

#: What PyPy does otherwise here: one of each verdict that leaves an interpreter standing, and several of one cause.
OTHERWISE = {
    "SND-001": "fail",
    "SND-012[42]": "crash",
    "THR-001": "timeout",
    "CLS-001": "error",
    "FOR-002": "unmet",
    "EQV-006[in-await-anext]": "fail",
    "EQV-006[in-await-aclose]": "fail",
}


def report() -> Report:
    """Three CPythons of different eras, PyPy with failures, one absent, one cut short, and one that is hostile."""
    hostile = evil_result().document
    named = {**hostile, "interpreter": {**hostile["interpreter"], "slug": "evil-1"}}
    return Report(
        [
            _python("cpython", "CPython", "3.6.15", "3.6", {"RUN-001": "fail"}),
            _python("cpython", "CPython", "3.12.1", "3.12", {"AWT-001": "fail", "TYP-001": "fail"}, ["AWT-001"]),
            _python("cpython", "CPython", "3.13.0", "3.13", {}),
            _python("pypy", "PyPy", "8.0.1", "3.11", OTHERWISE, ["EQV-006[in-await-aclose]"]),
            _python("tiny", "Tiny", "1.0", "3.12", {}, absent="no yield in async def"),
            _python("micro", "Micro", "2.0", "3.12", {"SND-001": "fail"}, complete=False),
            Result(Path("evil-1.json"), named),
        ],
        [LeftOut(Path("bad.json"), f"is no JSON {EVIL}")],
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
) -> Result:
    """A result in which what applies passes, and what belongs to another era fails, save for ``verdicts``."""
    language = version if name == "cpython" else judged_as + ".0"
    whole = result(
        slug=f"{name}-{version}",
        judged_as=judged_as,
        complete=complete,
        interpreter={
            "title": f"{family} {version}" + ("" if name == "cpython" else f" (Python {language})"),
            "implementation": name,
            "implementation_version": version,
            "language_version": language,
            "judged_as": judged_as,
            "absent": absent,
            "features": {"gc": None, "asyncio": "ImportError: no module named asyncio" if name == "pypy" else None},
        },
    )
    outcomes = [_outcome(each, verdicts, known, absent is not None) for each in whole.document["outcomes"]]
    return Result(whole.path, {**whole.document, "outcomes": outcomes})


def _outcome(each: dict[str, Any], verdicts: dict[str, str], known: list[str], absent: bool) -> dict[str, Any]:
    """An outcome with its verdict in this report, and with a message, a line and locals if it did not pass."""
    case = each["case"]
    verdict = "absent" if absent else verdicts.get(case, "pass" if each["applicable"] else "fail")
    if verdict == "pass":
        return each
    return {
        **each,
        "verdict": verdict,
        "observed": None,
        "message": f"assert {case.partition('[')[0].lower().replace('-', '_')} == 42",
        "line": 1 if verdict == "fail" else None,
        "locals": {"agen": "<async_generator object agen>"} if verdict == "fail" else None,
        "known": "the reason (https://example.org/implementation/issues/123456)" if case in known else None,
    }
