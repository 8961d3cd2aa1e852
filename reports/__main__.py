"""``python -m reports``: build the report, sum it up, compare two results."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from reports.diff import LISTS, WORSE, compare
from reports.gather import gather
from reports.model import Report, Result
from runners.record.results import BadResult, read

_RESULTS = click.argument("results", nargs=-1, required=True, type=click.Path(path_type=Path))


def _load(results: tuple[Path, ...], strict: bool = False, address: str = "") -> Report:
    """The report of the files and folders given, with a line about each choice and each file that is left out.

    Ends here with 2 if nothing is left, and with 1 if it should be strict and something is left out or incomplete.
    """
    found = gather(results)
    for line in found.notes:
        click.echo(f"note: {line}", err=True)
    for each in found.left_out:
        click.echo(f"left out: {each}", err=True)
    if not found.results:
        click.echo("error: no result to report; 'pytest conformance --results DIR' makes one", err=True)
        sys.exit(2)
    report = Report(found.results, found.left_out, address)
    if strict:
        cut = [result for result in report.results if not result.full]
        for result in cut:
            click.echo(f"error: {result.path}: {result.remark}; run the whole suite again", err=True)
        if cut or found.left_out:
            click.echo("error: nothing was written, as --strict wants every file to be a whole run", err=True)
            sys.exit(1)
    return report


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Reports from result files. RESULT is a file, or a folder of them."""


@main.command()
@_RESULTS
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write to.")
@click.option("--strict", is_flag=True, help="Write nothing if a file cannot be used or a run is not a whole one.")
@click.option("--url", default="", help="Where the site will be, for the badges that others copy.")
def build(results: tuple[Path, ...], out: Path, strict: bool, url: str) -> None:
    """Write the site of RESULTS: HTML pages, Markdown, badges, and under data/ the same for programs."""
    from reports.build import CannotBuild, write

    if url and not url.startswith(("https://", "http://")):
        click.echo(f"error: --url {url} is no address; it begins with https://", err=True)
        sys.exit(2)
    report = _load(results, strict, url)
    try:
        write(report, out)
    except CannotBuild as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(2)
    click.echo(f"report: {(out / 'index.html').resolve()}")


@main.command()
@_RESULTS
@click.option("--format", "format_", type=click.Choice(["terminal", "markdown"]), default="terminal")
def summary(results: tuple[Path, ...], format_: str) -> None:
    """Show the matrix of RESULTS and what fails."""
    report = _load(results)
    if format_ == "markdown":
        from reports.markdown import render

        click.echo(render(report), nl=False)
    else:
        from rich.console import Console

        from reports.terminal import show

        show(report, Console(highlight=False))


@main.command()
@_RESULTS
def annotate(results: tuple[Path, ...]) -> None:
    """Print what fails in RESULTS, and is not known to, as annotations of a GitHub Actions run."""
    from reports.annotations import render

    for line in render(_load(results)):
        click.echo(line)


@main.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def diff(old: Path, new: Path) -> None:
    """Compare two result files; exits with 1 if something got worse."""
    try:
        before, after = (Result(path, read(path)) for path in (old, new))
    except BadResult as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(2)
    click.echo(f"old: {before.title}, {before.document['started']}, suite {before.document['suite']['revision']}")
    click.echo(f"new: {after.title}, {after.document['started']}, suite {after.document['suite']['revision']}")
    found = compare(before, after)
    for name, cases in found.items():
        if cases:
            click.echo(f"{name} ({len(cases)}): {LISTS[name]}")
            for case in cases:
                message = (after.outcomes.get(case) or before.outcomes[case])["message"]
                click.echo(f"  {case}" + (f": {message}" if message else ""))
    if not any(found.values()):
        click.echo("no difference")
    sys.exit(1 if any(found[name] for name in WORSE) else 0)


if __name__ == "__main__":
    main(prog_name="python -m reports")
