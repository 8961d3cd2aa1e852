"""``python -m runners``: list, install and test interpreters, and publish their results."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import Any

import click

from conformance.commands import Commands
from runners import publish as published
from runners import values
from runners.machine.install import CannotInstall, install
from runners.machine.machine import Machine
from runners.machine.pythons import NotFound
from runners.machine.registry import BadRegistry
from runners.plugin.progress import Progress
from runners.survey import Finding, candidates, identify, implementations, pointed_versions


def _folder(context: click.Context, parameter: click.Parameter, value: str | None) -> Path | None:
    try:
        return None if value is None else values.folder(value)
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from None


_RESULTS = click.option(
    "--results", callback=_folder, metavar="DIR", help="Write a result file for each interpreter into this folder."
)


def _findings() -> list[Finding]:
    try:
        return identify(candidates())
    except (NotFound, BadRegistry) as error:
        raise click.ClickException(str(error)) from None


def _run(commands: list[str], results: Path | None, extra: tuple[str, ...] = ()) -> int:
    import pytest

    arguments = ["conformance"]
    for command in commands:
        arguments += ["--interpreter", command]
    if results is not None:
        arguments += ["--results", str(results)]
    return int(pytest.main([*arguments, *extra]) or 0)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Find the interpreters on this machine, and run the suite on them."""


@main.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array instead of one line for each interpreter.")
def list_(as_json: bool) -> None:
    """List every implementation in the registry, and then every other interpreter that was found on this machine.

    The command starts each interpreter that was found, to learn its version. For each of the others it shows how to
    install it.
    """
    machine = Machine()
    try:
        findings = identify([*implementations(machine), *candidates()], machine, _progress().show)
    except (NotFound, BadRegistry) as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(json.dumps([_described(finding, machine) for finding in findings], indent=1))
        return
    for finding in findings:
        name = finding.candidate.name if finding.candidate.origin else finding.candidate.command
        if finding.identity is None:
            click.echo(f"{name:<26} -- {finding.problem}")
            continue
        remark = "  absent: no asynchronous generators" if finding.identity.absent else ""
        click.echo(f"{name:<26} {finding.identity.title}{remark}")


def _described(finding: Finding, machine: Machine) -> dict[str, Any]:
    """The entry of one interpreter in the output of ``list --json``."""
    entry = (
        machine.registry.implementations.get(finding.candidate.name) if finding.candidate.origin == "registry" else None
    )
    described: dict[str, Any] = {
        "name": finding.candidate.name,
        "origin": finding.candidate.origin or "file",
        "command": finding.candidate.command,
        "found": finding.there,
        "title": finding.identity.title if finding.identity else None,
        "slug": finding.identity.slug if finding.identity else None,
        "absent": finding.identity.absent if finding.identity else None,
        "problem": finding.problem,
        "native": finding.native,
    }
    if entry is not None:
        described |= {key: getattr(entry, key) for key in ("about", "homepage", "verified")}
        described |= {"gaps": list(entry.gaps), "get": machine.how(entry)}
    return described


def _progress() -> Progress:
    """Progress on standard error: one line that is overwritten on a terminal, a new line at intervals in a log."""
    live = sys.stderr.isatty()
    return Progress(lambda line: click.echo(f"\r\x1b[K{line}" if live else line, err=True, nl=not live), live=live)


@main.command("install")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
def install_(names: tuple[str, ...]) -> None:
    """Install implementations from PyPI, npm, crates.io and Maven Central into the user's cache.

    If an installation needs root, the command only prints what to run. The exit status is 4 if an implementation is
    still missing at the end.
    """
    progress = _progress()
    failed = False
    try:
        machine = Machine()
        for name in names:
            try:
                click.echo(install(name, machine, lambda text, name=name: progress.show(name, text)))  # type: ignore[misc]
            except CannotInstall as error:
                failed = True
                click.echo(f"ERROR: {error}", err=True)
    except BadRegistry as error:
        raise click.ClickException(str(error)) from None
    sys.exit(4 if failed else 0)


@main.command()
@click.option("--out", callback=_folder, required=True, metavar="DIR", help="The folder for the result files.")
@click.option("--only", multiple=True, metavar="NAME", help="Run only this implementation; may be given many times.")
@click.option(
    "--changed", is_flag=True, help="Run only the cases that are missing or out of date in the published file."
)
@click.argument("extra", nargs=-1, type=click.UNPROCESSED)
def publish(out: Path, only: tuple[str, ...], changed: bool, extra: tuple[str, ...]) -> None:
    """Run the suite on every implementation on this machine, and write the results in their published form.

    EXTRA is passed to pytest. The implementations run one after another, so that none slows down another. With
    --changed, the new outcomes are merged into the published file of the same build. Files of other builds stay
    unchanged. The last lines name the files that are out of date.
    """
    problems: list[str] = []
    try:
        machine = Machine()
        for name in list(only) or published.names(machine):
            if changed:
                done = published.publish_changed(name, out, machine, extra)
            else:
                done = published.publish(name, out, extra)
            for line in done.lines:
                click.echo(line)
            problems += done.problems
    except (NotFound, BadRegistry) as error:
        raise click.ClickException(str(error)) from None
    for line in published.stale(out):
        click.echo(line)
    for problem in problems:
        click.echo(f"ERROR: {problem}", err=True)
    sys.exit(4 if problems else 0)


@main.command()
@_RESULTS
@click.argument("extra", nargs=-1, type=click.UNPROCESSED)
def matrix(results: Path | None, extra: tuple[str, ...]) -> None:
    """Run the suite on each CPython and PyPy without a tox environment, and on each interpreter in interpreters.toml.

    EXTRA is passed to pytest.
    """
    findings = _findings()
    for finding in findings:
        if finding.identity is None:
            click.echo(f"skipped: {finding.problem}")
    chosen = [finding for finding in findings if finding.pointed]
    there = {
        finding.identity.language
        for finding in chosen
        if finding.identity and finding.identity.implementation == "cpython"
    }
    for version in pointed_versions():
        if version not in there:
            click.echo("skipped: CPython {}.{}: not found on this machine".format(*version))
    if not chosen:
        click.echo("nothing to run: no interpreter without a tox environment was found; interpreters.toml can name one")
        return
    # With the name, and not the command, the run also has the limits and the transport from the user's file.
    named = [finding.candidate.name if finding.candidate.origin else finding.candidate.command for finding in chosen]
    sys.exit(_run(named, results, extra))


@main.command(context_settings={"ignore_unknown_options": True})
@_RESULTS
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def point(results: Path | None, command: tuple[str, ...]) -> None:
    """Run the suite on the interpreter that COMMAND starts. COMMAND is one command line, quoted or not."""
    sys.exit(_run([command[0] if len(command) == 1 else shlex.join(command)], results))


if __name__ == "__main__":
    main(prog_name="python -m runners")
