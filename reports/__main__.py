"""``python -m reports``: build the report, sum it up, annotate a CI run, compare two results, explain a failure.

Exit status: 0; 1 if ``diff`` finds that something got worse, or ``build --strict`` or ``history`` refuses a run that is
not a full one; 2 for bad input, and for a site or a file that cannot be written. ``found`` ends with 1 if causes and
results, or causes and pages, do not agree.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import click

from conformance.commands import Commands
from reports import inputs
from reports.diff import LISTS, QUIET, WORSE, compare
from reports.gather import Gathered, gather, load, stale_line
from reports.model import Report, Result
from runners.printable import one_line
from runners.record.found import FOLDER, BadFound, Found
from runners.record.reading import BadResult

_RESULTS = click.argument("results", nargs=-1, required=True)


def _say(line: str, err: bool = False) -> None:
    """Print a line: whatever a file name or an error holds, it stays one and does nothing else."""
    click.echo(one_line(line), err=err)


def _end(problem: str, status: int = 2) -> NoReturn:
    _say(f"error: {problem}", err=True)
    sys.exit(status)


def _gather(results: Sequence[Path]) -> Gathered:
    """The results in the files and folders given, with a line about each choice and each file that is left out.

    Ends here with 2 if there is none.
    """
    found = gather(results)
    for line in found.notes:
        _say(f"note: {line}", err=True)
    for each in found.left_out:
        _say(f"left out: {each}", err=True)
    if not found.results:
        _end("there is no result to report; 'pytest conformance --results DIR' makes one")
    return found


def _report(results: Sequence[str]) -> Report:
    found = _gather(_paths(results))
    return Report(found.results, found.left_out)


def _paths(texts: Sequence[str]) -> tuple[Path, ...]:
    try:
        return inputs.paths(texts)
    except inputs.BadInput as error:
        _end(str(error))


def _demand_whole(found: Gathered, who: str = "--strict") -> None:
    """Count the stale cases, and end here with 1 if a file was left out or is not of a full run."""
    _say(stale_line(found.results), err=True)
    cut = [result for result in found.results if not result.record.full]
    for result in cut:
        _say(f"error: {result.path}: {result.remark}; run the whole suite again", err=True)
    if cut or found.left_out:
        _end(f"nothing was written, because {who} wants every file to be of a full run", 1)


class _Commands(Commands):
    word, status = "error", 2


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Reports from result files. RESULTS are files, or folders of files."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without UTF-8 shall not end the command


@main.command()
@_RESULTS
@click.option("--out", required=True, metavar="DIRECTORY", help="The folder to write to.")
@click.option("--strict", is_flag=True, help="Write nothing if a file is left out or a run is not a full one.")
@click.option("--url", default="", help="The address where the site will be, for the badges that others copy.")
@click.option("--repository", metavar="URL", help="Where this project is; by default as the CI or git's origin says.")
@click.option(
    "--pyodide", default="", metavar="URL", help="The folder of Pyodide; pages then offer to run a case there."
)
@click.option("--history", metavar="DIRECTORY", help="The files of 'history', for the pages and feeds of what changed.")
def build(
    results: tuple[str, ...],
    out: str,
    strict: bool,
    url: str,
    repository: str | None,
    pyodide: str,
    history: str | None,
) -> None:
    """Write the site of RESULTS: HTML pages, Markdown, badges, and under data/ the same for programs."""
    from reports import cards, recorded
    from reports import repository as places
    from reports.build import CannotBuild, write

    paths = _paths(results)
    try:
        address = inputs.address(url) if url else ""
        home = inputs.address(repository, "--repository").rstrip("/") if repository else ""
        loaded = inputs.address(pyodide, "--pyodide").rstrip("/") + "/" if pyodide else ""
        folder = inputs.folder(out, paths)
        days = [] if history is None else recorded.read_all(inputs.existing_folder(history, "--history"))
    except (inputs.BadInput, recorded.BadSnapshot) as error:
        _end(str(error))
    found = _gather(paths)
    if strict:
        _demand_whole(found)
    if address and not cards.available():
        _say(f"note: {cards.MISSING}", err=True)
    try:
        home = places.found() if repository is None else home
        made = Report(found.results, found.left_out, address, repository=home, pyodide=loaded, history=days)
        write(made, folder)
    except CannotBuild as error:
        _end(str(error))
    _say(f"report: {(folder / 'index.html').resolve()}")


@main.command()
@_RESULTS
@click.option("--format", "format_", type=click.Choice(["terminal", "markdown"]), default="terminal")
def summary(results: tuple[str, ...], format_: str) -> None:
    """Show the matrix of RESULTS and the failures."""
    report = _report(results)
    if format_ == "markdown":
        from reports.markdown import render

        click.echo(render(report), nl=False)
    else:
        from rich.console import Console

        from reports.terminal import show

        show(report, Console(highlight=False))


@main.command()
@_RESULTS
def annotate(results: tuple[str, ...]) -> None:
    """Print the new failures of RESULTS as annotations of a GitHub Actions run."""
    from reports.annotations import render

    for line in render(_report(results)):
        click.echo(line)


@main.command()
@click.argument("old")
@click.argument("new")
@click.option("--all", "everything", is_flag=True, help="With the list of what still fails.")
@click.option("--format", "format_", type=click.Choice(["terminal", "markdown"]), default="terminal")
@click.option(
    "--details", is_flag=True, help="In Markdown, name the details of CPython too. A terminal always has them."
)
def diff(old: str, new: str, everything: bool, format_: str, details: bool) -> None:
    """Compare two result files; exits with 1 if something got worse.

    A terminal has the cases of each list. Markdown is for a pull request: it counts behaviours.
    """
    try:
        before, after = (load(path) for path in _paths((old, new)))
    except BadResult as error:
        _end(str(error))
    found = compare(before, after)
    if format_ == "markdown":
        from reports.comparison import Comparison

        click.echo(Comparison(before, after).markdown(everything, details), nl=False)
    else:
        _show_lists(before, after, {name: found[name] for name in LISTS if everything or name not in QUIET})
    sys.exit(1 if any(found[name] for name in WORSE) else 0)


def _show_lists(before: Result, after: Result, lists: Mapping[str, Sequence[str]]) -> None:
    for name, result in (("old", before), ("new", after)):
        record = result.record
        _say(f"{name}: {result.title}, {record.started}, suite {record.suite.revision or 'of an unknown revision'}")
    for name, cases in lists.items():
        if cases:
            _say(f"{name} ({len(cases)}): {LISTS[name]}")
        for case in cases:
            outcome = after.outcomes.get(case) or before.outcomes[case]
            _say(f"  {case}" + (f": {outcome.message}" if outcome.message else ""))
    if not any(lists.values()):
        _say("no difference")


@main.command("history")
@_RESULTS
@click.option("--date", "day", metavar="YYYY-MM-DD", help="The day of publication; by default that of the newest run.")
@click.option("--out", metavar="DIRECTORY", help="The folder of the files; by default reports/history.")
@click.option(
    "--same-suite", is_flag=True, help="RESULTS of schema 1, which have no hashes, ran the cases of this checkout."
)
def history_(results: tuple[str, ...], day: str | None, out: str | None, same_suite: bool) -> None:
    """Record how every column of RESULTS stands on a day of publication, and what changed since the day before.

    Writes DATE.json, which replaces the file of the same day. 'build --history' shows these files.
    """
    from conformance.files import CannotWrite
    from reports import recorded

    paths = _paths(results)
    try:
        given = None if day is None else inputs.day(day)
        folder = recorded.FOLDER if out is None else inputs.folder(out, paths)
    except inputs.BadInput as error:
        _end(str(error))
    found = _gather(paths)
    _demand_whole(found, "history")
    report = Report(found.results)
    try:
        written = recorded.record(report, given or inputs.day(report.newest[:10]), folder, same_suite=same_suite)
    except (inputs.BadInput, recorded.BadSnapshot, CannotWrite) as error:
        _end(str(error))
    for each in written:
        changed = sum(len(ids) for change in each.changes for ids in change.kinds.values())
        since = "the first day" if each.earlier is None else f"{changed} changed verdicts since {each.earlier}"
        _say(f"history: {folder / f'{each.day}.json'}: {len(each.columns)} columns, {since}")


@main.command()
@click.argument("case")
@click.argument("result")
@click.argument("others", nargs=-1)
def explain(case: str, result: str, others: tuple[str, ...]) -> None:
    """Print the failure of CASE in RESULT as Markdown that can be filed with the makers of the interpreter.

    CASE is the name of a case, or an ID, of which the first failing case is taken. OTHERS are results of other
    interpreters, by default the files beside RESULT.
    """
    from reports import explain as words

    try:
        behaviours = words.named(case)
        only = words.wanted(behaviours)
        paths = _paths((result, *others))
        about = load(paths[0], only)
        found = gather(paths[1:] or [paths[0].parent], only)
        for each in found.left_out if others else ():
            _say(f"left out: {each}", err=True)
        text = words.explain(case, behaviours, about, found.results, _causes())
    except (BadResult, words.CannotExplain) as error:
        _end(str(error))
    click.echo(text, nl=False)


@main.command("found")
@click.argument("results", nargs=-1)
@click.option("--check", is_flag=True, help="Compare the causes with RESULTS, and the pages with the causes.")
@click.option("--draft", is_flag=True, help="Print a cause to be completed for each kind of failure without one.")
def found_(results: tuple[str, ...], check: bool, draft: bool) -> None:
    """Make the pages of docs/found from the causes there; with --check or --draft, write nothing.

    --check lists the cases that a cause names and that pass in RESULTS, the failures that no cause explains, and the
    causes that no result shows; it exits with 1 if there are any.
    """
    from reports import found as causes

    if check and draft:
        raise click.UsageError("--check and --draft are two different things; give one of them")
    if bool(results) != (check or draft):
        raise click.UsageError("--check and --draft need RESULTS, and only they do")
    pages = causes.pages(_causes(checked=True))
    if not results:
        for path, text in pages.items():
            _write(path, text)
        _say(f"written: {len(pages)} pages in {FOLDER}")
        return
    report = _report(results)
    if draft:
        from reports.audit import drafts

        click.echo(drafts(report), nl=False)
        return
    from reports.audit import audit

    compared, old = audit(report), causes.outdated(pages)
    for path in old:
        _say(f"{path}: is not made of the present causes; run '{causes.COMMAND}'")
    for line in compared.lines:
        _say(line)
    agrees = compared.agrees and not old
    _say("causes and results agree" if agrees else "causes and results do not agree")
    sys.exit(0 if agrees else 1)


def _causes(checked: bool = False) -> Found:
    """The causes that ship; ``checked`` also for the cases that they name. Ends here with 2 if they cannot be used."""
    from conformance.hashes import every
    from runners.record.found import files, load, shipped

    try:
        return load(files(), every()) if checked else shipped()
    except BadFound as error:
        lines = str(error).splitlines()
        for line in lines[:-1]:
            _say(f"error: {line}", err=True)
        _end(lines[-1])


def _write(path: Path, text: str) -> None:
    from conformance.files import CannotWrite, write

    try:
        write(path, text)
    except CannotWrite as error:
        _end(str(error))


if __name__ == "__main__":
    main(prog_name="python -m reports")
