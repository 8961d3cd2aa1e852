"""Find and read result files: which are used, which are left out, and why."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from reports.model import CHANGED, MAY_HAVE_CHANGED, LeftOut, Result
from runners.printable import one_line
from runners.record.reading import BadResult, read
from runners.record.results import Record

#: Characters of a text, and names in a list, that a view gets: a run writes at most 2,000 characters, and an escape for
#: one of them has at most ten.
_MOST_TEXT, _MOST_NAMES = 20_000, 100


@dataclass
class Gathered:
    """Results, each with a slug of its own; a line about each choice; and the files that could not be used."""

    results: list[Result] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def gather(paths: Iterable[Path], only: Collection[str] | None = None) -> Gathered:
    """Read result files, and the result files in folders; ``only`` are the cases that are wanted, None for all.

    Of a folder's ``SLUG.json`` and ``SLUG.partial.json`` the first is taken. Of two results of one build the full one
    is taken, and of two full ones the newer. Two builds with one slug are both taken, and one gets another slug.
    """
    found = Gathered()
    read_already = set()
    for path in paths:
        for file in _files(path, found):
            real = os.path.realpath(file)
            if real in read_already:
                continue
            read_already.add(real)
            try:
                _add(load(file, only), found)
            except BadResult as error:
                found.left_out.append(LeftOut(file, one_line(str(error).removeprefix(f"{file}: "))))
    _tell_apart(found)
    found.notes += _without_hashes(found.results)
    return found


def load(path: Path, only: Collection[str] | None = None) -> Result:
    """One result file; ``only`` are the cases that are wanted, None for all. Raises BadResult."""
    record = read(path, only)
    return Result(
        path,
        replace(
            record,
            suite=_bounded(record.suite),
            host=_bounded(record.host),
            interpreter=_bounded(record.interpreter),
            absent=_cut(record.absent),
            as_of=_cut(record.as_of),
            end=record.end and _bounded(record.end),
            selection=record.selection and _bounded(record.selection),
            baseline=_cut(record.baseline),
            outcomes={case: _bounded(outcome) for case, outcome in record.outcomes.items()},
        ),
    )


def _bounded(value: Any) -> Any:
    """A dataclass with its texts cut, and its lists and tables of texts: no view shall print what a file can hold."""
    changes = {name: _cut(held) for name, held in vars(value).items() if _is_long(held)}
    return replace(value, **changes) if changes else value


def _is_long(held: object) -> bool:
    if isinstance(held, str):
        return len(held) > _MOST_TEXT
    if isinstance(held, dict):
        return bool(held) and (_is_long(list(held)) or _is_long(list(held.values())))
    return isinstance(held, list | tuple) and (len(held) > _MOST_NAMES or any(map(_is_long, held)))


def _cut(held: Any) -> Any:
    if isinstance(held, str):
        return held[:_MOST_TEXT] + "…" if len(held) > _MOST_TEXT else held
    if isinstance(held, dict):
        return {_cut(name): _cut(text) for name, text in islice(held.items(), _MOST_NAMES)}
    return type(held)(map(_cut, held[:_MOST_NAMES])) if isinstance(held, list | tuple) else held


def stale_line(results: Sequence[Result]) -> str:
    """One line that counts the cases which have changed since they ran, by file, or which may have."""
    changed = [(result.path, result.count_stale(CHANGED)) for result in results]
    counts = [f"{path.name} {count}" for path, count in changed if count]
    line = f"stale cases: {sum(count for _, count in changed)} changed since they ran"
    if counts:
        line += f" ({', '.join(counts)})"
    unknown = sum(result.count_stale(MAY_HAVE_CHANGED) for result in results)
    return line + (f"; {unknown} more may have changed, because their files have no hashes" if unknown else "")


def _files(path: Path, found: Gathered) -> list[Path]:
    if not os.path.isdir(path):
        return [path]
    try:
        names = sorted(name for name in os.listdir(path) if name.endswith((".json", ".json.gz")))
    except OSError as error:
        found.left_out.append(LeftOut(path, f"cannot be listed: {error.strerror or error}"))
        return []
    for name in [name for name in names if name.endswith(".partial.json")]:
        if name.replace(".partial.json", ".json") in names:
            names.remove(name)
            found.notes.append(f"{path / name}: left out for the full result beside it")
    if not names:
        why = f"has no result file in it; 'pytest conformance --results {one_line(str(path))}' makes one"
        found.left_out.append(LeftOut(path, why))
    return [path / name for name in names]


def _add(result: Result, found: Gathered) -> None:
    for place, other in enumerate(found.results):
        if other.slug == result.slug and _build(other.record) == _build(result.record):
            worse, better = sorted((other, result), key=lambda each: (each.record.full, each.record.started))
            kind = "a newer run" if worse.record.full == better.record.full else "a full run"
            found.notes.append(f"{worse.path}: left out for {better.path}, {kind} of the same interpreter")
            found.results[place] = better
            return
    found.results.append(result)


def _build(record: Record) -> tuple[object, ...]:
    """The facts that tell two builds of one version apart, and two columns of one interpreter."""
    it = record.interpreter
    versions = (it.implementation, it.implementation_version, it.language_version, it.version_text)
    return (*versions, it.build, it.platform, it.kind, it.system, it.machine, it.host, it.loop)


def _tell_apart(found: Gathered) -> None:
    """Give every result a slug of its own, and say in its title which one it is."""
    taken = {result.slug for result in found.results}
    seen: set[str] = set()
    for place, result in enumerate(found.results):
        if result.slug in seen:
            number = next(number for number in range(2, len(taken) + 3) if f"{result.slug}-{number}" not in taken)
            slug, title = f"{result.slug}-{number}", f"{result.title} #{number}"
            found.notes.append(f"{result.path}: shown as {slug}, because {result.slug} is another build")
            interpreter = replace(result.interpreter, slug=slug, title=title)
            found.results[place] = replace(result, record=replace(result.record, interpreter=interpreter))
            taken.add(slug)
        seen.add(found.results[place].slug)


def _without_hashes(results: Sequence[Result]) -> list[str]:
    """One line for all files that have no hashes of their cases."""
    without = [result for result in results if result.record.schema == 1]
    if not without:
        return []
    files = str(without[0].path) if len(without) == 1 else f"{len(without)} files, the first is {without[0].path}"
    return [f"{files}: schema 1 has no hashes, so no line of a failure is shown"]
