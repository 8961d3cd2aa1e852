"""One line for a behaviour: since when it should hold, where it fails, and that it holds elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from conformance.behaviour import Behaviour
from conformance.verdicts import STATUSES
from reports.families import Family, release, variant
from reports.model import Count, Report, Result, Standing

#: The most families that the line names; it counts the others.
_MOST = 5


def answer(standing: Standing, report: Report) -> str:
    """``Since 3.10. Fails on GraalPy 25.1.3 and Brython 3.14.3; holds elsewhere.``

    An interpreter without asynchronous generators is not named: it has none of the behaviours.
    """
    failing, untold, holding = [], [], False
    for family in report.families:
        statuses = {each.slug: standing.statuses[each.slug] for each in family.columns}
        bad = [each for each in family.columns if STATUSES[statuses[each.slug]].fails]
        if bad:
            failing.append(columns_in_words(family, bad))
        elif not family.head.absent and _open(statuses[family.head.slug]):
            untold.append(family.name)
        holding = holding or "pass" in statuses.values()
    parts = []
    if failing:
        parts.append(f"fails on {_listed(failing)}")
    if untold:
        parts.append(f"not judged on {_listed(untold)}")
    if holding:
        parts.append("holds elsewhere" if parts else "holds wherever it was run")
    if not parts:
        parts.append("no run here is of these versions")
    text = "; ".join(parts)
    return f"{when(standing.behaviour)}. {text[:1].upper()}{text[1:]}."


def _open(status: str) -> bool:
    """Whether the run does not tell."""
    count = Count()
    count.add(status)
    return count.open > 0


def when(behaviour: Behaviour) -> str:
    """The language versions at the start of a sentence: ``Since 3.10``, ``From 3.6 to 3.9``, ``Only in 3.8``."""
    first = "{}.{}".format(*behaviour.since)
    if behaviour.until is None:
        return f"Since {first}"
    last = "{}.{}".format(*behaviour.until)
    return f"Only in {first}" if first == last else f"From {first} to {last}"


def columns_in_words(family: Family, columns: Sequence[Result]) -> str:
    """Columns of a family: ``PyPy 8.0.1``, ``CPython 3.8 to 3.11``, ``CPython 3.15 (O)``.

    Of a family with a column for each language version the versions are named, of all others the releases. A build is
    named only where another build of the same release does not fail as well.
    """
    in_order = list(reversed(family.columns))
    plain = [each for each in in_order if not variant(each)]
    eras = len({release(each) for each in plain}) > 2
    whole = {release(each) for each in in_order}
    whole -= {release(each) for each in (plain or in_order) if each not in columns}
    whole -= {
        release(each) for each in in_order if variant(each) and plain and release(each) not in map(release, plain)
    }
    if eras:
        words = _runs([each for each in plain if each in columns], plain)
    else:
        words = list(dict.fromkeys(release(each) for each in in_order if release(each) in whole))
    told = {_minor(each) for each in plain if eras and each in columns}
    for each in in_order:
        if each in columns and variant(each) and release(each) not in whole and _minor(each) not in told:
            words.append(f"{_minor(each) if eras else release(each)} ({' '.join(variant(each))})")
    return f"{family.name} {', '.join(words)}"


def _runs(chosen: Sequence[Result], among: Sequence[Result]) -> list[str]:
    """Neighbours as ``3.8 to 3.11``, the oldest first."""
    found: list[list[Result]] = []
    for each in chosen:
        if found and among.index(each) == among.index(found[-1][-1]) + 1:
            found[-1].append(each)
        else:
            found.append([each])
    return [_minor(run[0]) if len(run) == 1 else f"{_minor(run[0])} to {_minor(run[-1])}" for run in found]


def _minor(result: Result) -> str:
    return ".".join(result.interpreter.language_version.split(".")[:2])


def _listed(texts: Sequence[str]) -> str:
    if len(texts) > _MOST:
        return f"{', '.join(texts[: _MOST - 1])} and {len(texts) - _MOST + 1} others"
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def family_of(result: Result, report: Report) -> Family:
    """The family that a column belongs to."""
    return next(each for each in report.families if result in each.columns)
