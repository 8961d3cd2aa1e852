"""Find and read result files: which are used, which are left out, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from reports.model import LeftOut, Result
from runners.record.results import BadResult, read

#: What tells two builds of one version apart.
_BUILD = ("implementation", "implementation_version", "language_version", "version_text", "build", "platform")


@dataclass
class Gathered:
    """Results, each with a slug of its own; a line about each choice that was made; and the files that are no use."""

    results: list[Result] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def gather(paths: Iterable[Path]) -> Gathered:
    """Read result files, and those in folders.

    Of a folder's ``SLUG.json`` and ``SLUG.partial.json`` the first is taken. Of two results of one build the full one
    is taken, and of two full ones the newer. Two builds with one slug are both taken, and one gets another slug.
    """
    found = Gathered()
    read_already = set()
    for path in paths:
        for file in _files(path, found):
            if file.resolve() in read_already:
                continue
            read_already.add(file.resolve())
            try:
                _add(Result(file, read(file)), found)
            except BadResult as error:
                found.left_out.append(LeftOut(file, str(error).removeprefix(f"{file}: ")))
    _tell_apart(found)
    return found


def _files(path: Path, found: Gathered) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(path.glob("*.json"))
    for file in [file for file in files if file.name.endswith(".partial.json")]:
        if file.with_name(file.name.replace(".partial.json", ".json")) in files:
            files.remove(file)
            found.notes.append(f"{file}: left out for the full result beside it")
    if not files:
        why = f"has no result file in it; 'pytest conformance --results {path}' makes one"
        found.left_out.append(LeftOut(path, why))
    return files


def _add(result: Result, found: Gathered) -> None:
    for place, other in enumerate(found.results):
        if other.slug == result.slug and _build(other) == _build(result):
            worse, better = sorted((other, result), key=lambda each: (each.full, str(each.document["started"])))
            kind = "a newer run" if worse.full == better.full else "a full run"
            found.notes.append(f"{worse.path}: left out for {better.path}, {kind} of the same interpreter")
            found.results[place] = better
            return
    found.results.append(result)


def _build(result: Result) -> list[object]:
    return [result.interpreter[key] for key in _BUILD]


def _tell_apart(found: Gathered) -> None:
    """Give every result a slug of its own, and say in its title which one it is."""
    taken = {result.slug for result in found.results}
    seen: set[str] = set()
    for place, result in enumerate(found.results):
        if result.slug in seen:
            number = next(number for number in range(2, len(taken) + 3) if f"{result.slug}-{number}" not in taken)
            slug, title = f"{result.slug}-{number}", f"{result.title} #{number}"
            found.notes.append(f"{result.path}: shown as {slug}, for {result.slug} is another build")
            interpreter = {**result.interpreter, "slug": slug, "title": title}
            found.results[place] = Result(result.path, {**result.document, "interpreter": interpreter})
            taken.add(slug)
        seen.add(found.results[place].slug)
