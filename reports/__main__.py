"""``python -m reports``: build the report, sum it up, compare two results."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from reports.diff import LISTS, WORSE, compare
from reports.model import Report, Result, gather
from runners.results import BadResult, read

_RESULTS = click.argument("results", nargs=-1, required=True, type=click.Path(path_type=Path))


def _load(results: tuple[Path, ...]) -> tuple[Report, list[str]]:
    """The report of the files and folders given, and the lines about what is left out; ends here if nothing is left."""
    found, notes, errors = gather(results)
    for line in notes:
        click.echo(f"note: {line}", err=True)
    for line in errors:
        click.echo(f"error: {line}", err=True)
    if not found:
        click.echo("error: no result to report; 'pytest conformance --results DIR' makes one", err=True)
        sys.exit(2)
    return Report(found), errors


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Reports from result files. RESULT is a file, or a folder of them."""


@main.command()
@_RESULTS
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write to.")
def build(results: tuple[Path, ...], out: Path) -> None:
    """Write the report of RESULTS: a page, Markdown, JUnit XML, badges, the merged JSON."""
    from reports.build import build as build_files

    report, errors = _load(results)
    try:
        written = build_files(report, out, errors)
    except OSError as error:
        click.echo(f"error: cannot write to {out}: {error.strerror or error}", err=True)
        sys.exit(2)
    click.echo(f"report: {written[0].resolve()}")
    sys.exit(1 if errors else 0)


@main.command()
@_RESULTS
@click.option("--format", "format_", type=click.Choice(["terminal", "markdown"]), default="terminal")
def summary(results: tuple[Path, ...], format_: str) -> None:
    """Show the matrix of RESULTS and what fails."""
    report, errors = _load(results)
    if format_ == "markdown":
        from reports.markdown import render

        click.echo(render(report), nl=False)
    else:
        from rich.console import Console

        from reports.terminal import show

        show(report, Console(highlight=False))
    sys.exit(1 if errors else 0)


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
