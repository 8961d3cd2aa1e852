"""A report that is larger than any real one yet: the published results, with copies of columns and of behaviours.

``big_report(40, 2000)`` is the sample that the limits of the site's size are about. It is the same in every run.

A copy of a column is a later release of the same family. A copy of a behaviour has an ID with a prefix of its own, and
the function, the module and the sources of the original. The lists of demands in ``conformance/sources`` stay as they
are, so that the page of a copy quotes only the sections with one demand.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from conformance.behaviour import Behaviour
from conformance.catalogue import load
from conformance.program import ROOT
from reports.families import families, release
from reports.gather import gather
from reports.model import LeftOut, Report, Result
from runners.record import found

PUBLISHED = ROOT / "reports" / "published"
#: A site that is published knows both, and its pages link to them.
ADDRESS, REPOSITORY = "https://example.org/report", "https://example.org/repository"
_THREE_NUMBERS = re.compile(r"(?P<minor>[0-9]+\.[0-9]+\.)(?P<patch>[0-9]+)")


class NoSample(Exception):
    """A sample that cannot be made. The message is one line that says why, and what to do."""


def big_report(columns: int, behaviours: int, folder: Path = PUBLISHED) -> Report:
    """The results of a folder, enlarged to so many columns and behaviours. Raises NoSample."""
    gathered = gather([folder])
    if not gathered.results:
        why = gathered.left_out[0] if gathered.left_out else f"{folder}: no result"
        raise NoSample(f"{why}; give a folder of result files with --results")
    return enlarged(gathered.results, columns, behaviours, gathered.left_out)


def enlarged(results: Sequence[Result], columns: int, behaviours: int, left_out: Sequence[LeftOut] = ()) -> Report:
    """A report of so many columns and behaviours. Raises NoSample if there are more already."""
    shipped = load()
    if columns < len(results):
        raise NoSample(f"the results have {len(results)} columns; give --columns {len(results)} or more")
    if behaviours < len(shipped):
        raise NoSample(f"the suite has {len(shipped)} behaviours; give --behaviours {len(shipped)} or more")
    copies = more_behaviours(shipped, behaviours - len(shipped))
    wide = [*results, *more_columns(results, columns - len(results))]
    return Report(
        [with_copies(each, copies) for each in wide],
        left_out,
        ADDRESS,
        with_causes(found.shipped(), copies),
        REPOSITORY,
        catalogue={**shipped, **{copy.id: copy for copy, _ in copies}},
    )


def more_columns(results: Sequence[Result], number: int) -> list[Result]:
    """So many later releases: one of each family first, then of every build."""
    heads = [family.head for family in families(results)]
    order = [*heads, *(each for each in results if each not in heads)]
    made: list[Result] = []
    for step in itertools.count(1):
        for result in order:
            if len(made) == number:
                return made
            made.append(_later(result, step))
    raise AssertionError("the loop has no end")


def _later(result: Result, step: int) -> Result:
    """The result as one of a release that is ``step`` patches newer."""
    it, old = result.interpreter, release(result)
    new = _THREE_NUMBERS.sub(lambda match: f"{match['minor']}{int(match['patch']) + step}", old, count=1)
    new = f"{old}.{step}" if new == old else new
    interpreter = replace(
        it,
        slug=it.slug.replace(old, new),
        label=it.label.replace(old, new),
        title=it.title.replace(old, new),
        implementation_version=it.implementation_version.replace(old, new),
        language_version=it.language_version.replace(old, new),
        version_text=it.version_text.replace(old, new),
        build=tuple(word.replace(old, new) for word in it.build),
    )
    path = result.path.with_name(f"{interpreter.slug}.json")
    return replace(result, path=path, record=replace(result.record, interpreter=interpreter))


def more_behaviours(catalogue: Mapping[str, Behaviour], number: int) -> list[tuple[Behaviour, Behaviour]]:
    """So many copies, each with its original.

    Their order has nothing to do with the order of the originals. Otherwise a compressed file would have every second
    text for nothing, and would be smaller than one with so many real behaviours.
    """
    shuffled = sorted(catalogue.values(), key=lambda each: hashlib.sha256(each.id.encode()).digest())
    free = _free_prefixes(each.prefix for each in catalogue.values())
    made: list[tuple[Behaviour, Behaviour]] = []
    while len(made) < number:
        prefixes = {prefix: next(free) for prefix in dict.fromkeys(each.prefix for each in catalogue.values())}
        for original in shuffled[: number - len(made)]:
            made.append((replace(original, id=prefixes[original.prefix] + original.id[3:]), original))
    return made


def _free_prefixes(used: Iterable[str]) -> Iterator[str]:
    """Prefixes that no behaviour has."""
    taken = set(used)
    letters = itertools.product(string.ascii_uppercase, repeat=3)
    return (prefix for prefix in map("".join, letters) if prefix not in taken)


def with_copies(result: Result, copies: Iterable[tuple[Behaviour, Behaviour]]) -> Result:
    """The result, in which each copy has the outcomes and the hashes of its original."""
    record = result.record
    cases: dict[str, list[str]] = {}
    for case in {**record.outcomes, **record.hashes}:
        cases.setdefault(_id(case), []).append(case)
    outcomes, hashes, changed = dict(record.outcomes), dict(record.hashes), set(record.changed)
    for copy, original in copies:
        for case in cases.get(original.id, ()):
            name = copy.id + case.removeprefix(original.id)
            if case in record.outcomes:
                outcomes[name] = replace(record.outcomes[case], case=name, id=copy.id)
            if case in record.hashes:
                hashes[name] = record.hashes[case]
            if case in record.changed:
                changed.add(name)
    return replace(result, record=replace(record, outcomes=outcomes, hashes=hashes, changed=frozenset(changed)))


def with_causes(causes: found.Found, copies: Iterable[tuple[Behaviour, Behaviour]]) -> found.Found:
    """The causes, which explain the failures of the copies as well."""
    ids: dict[str, list[str]] = {}
    for copy, original in copies:
        ids.setdefault(original.id, []).append(copy.id)

    def more(names: Iterable[str]) -> tuple[str, ...]:
        names = tuple(names)
        return names + tuple(id + name.removeprefix(_id(name)) for name in names for id in ids.get(_id(name), ()))

    return found.Found(
        replace(file, causes=tuple(replace(cause, cases=more(cause.cases)) for cause in file.causes))
        for file in causes.files
    )


def _id(case: str) -> str:
    """The ID of a case: ``SND-012`` for ``SND-012[42]``."""
    return case.partition("[")[0]
