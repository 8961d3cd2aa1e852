"""``python -m runners``: which interpreters there are, and the suite on one or on many of them."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import Any

import click

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


_RESULTS = click.option("--results", callback=_folder, metavar="DIR", help="Write a result file for each into DIR.")


def _found() -> list[Finding]:
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


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """The interpreters on this machine, and the suite on them."""


@main.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON array instead of a line each.")
def list_(as_json: bool) -> None:
    """List the implementations that have a name, on this machine or not, and then the interpreters found on it.

    Those that are there are started, to be asked who they are. The others say which command gets them.
    """
    machine = Machine()
    try:
        found = identify([*implementations(machine), *candidates()], machine, _progress().show)
    except (NotFound, BadRegistry) as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(json.dumps([_described(each, machine) for each in found], indent=1))
        return
    for each in found:
        name = each.candidate.name if each.candidate.origin else each.candidate.command
        if each.identity is None:
            click.echo(f"{name:<26} -- {each.problem}")
            continue
        remark = "  absent: no asynchronous generators" if each.identity.absent else ""
        click.echo(f"{name:<26} {each.identity.title}{remark}")


def _described(each: Finding, machine: Machine) -> dict[str, Any]:
    """What ``list --json`` says of one interpreter."""
    entry = machine.registry.implementations.get(each.candidate.name) if each.candidate.origin == "registry" else None
    described: dict[str, Any] = {
        "name": each.candidate.name,
        "origin": each.candidate.origin or "file",
        "command": each.candidate.command,
        "found": each.there,
        "title": each.identity.title if each.identity else None,
        "slug": each.identity.slug if each.identity else None,
        "absent": each.identity.absent if each.identity else None,
        "problem": each.problem,
        "native": each.native,
    }
    if entry is not None:
        described |= {key: getattr(entry, key) for key in ("about", "homepage", "verified")}
        described |= {"gaps": list(entry.gaps), "get": machine.how(entry)}
    return described


def _progress() -> Progress:
    """Progress on standard error: on a terminal one line, written over; in a log now and then one more."""
    live = sys.stderr.isatty()
    return Progress(lambda line: click.echo(f"\r\x1b[K{line}" if live else line, err=True, nl=not live), live=live)


@main.command("install")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
def install_(names: tuple[str, ...]) -> None:
    """Install implementations from PyPI, npm, crates.io and Maven Central into the user's cache.

    What needs root is not installed; the command is printed. Exit status 4 if something is not there in the end.
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
@click.option("--out", callback=_folder, required=True, metavar="DIR", help="Where the results go.")
@click.option("--only", multiple=True, metavar="NAME", help="This implementation; may be given many times.")
@click.option("--changed", is_flag=True, help="Run only the cases that are not in the published file as they are now.")
@click.argument("extra", nargs=-1, type=click.UNPROCESSED)
def publish(out: Path, only: tuple[str, ...], changed: bool, extra: tuple[str, ...]) -> None:
    """Run the suite on every implementation on this machine, and write the results as they are published.

    EXTRA goes to pytest. The implementations run one after the other: each has the machine for itself. With --changed,
    the outcomes of a few cases join the published file of the same build; files of other builds stay as they are, and
    the end says which of them are not of this revision.
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
    """Run the suite on every CPython and PyPy that tox makes no environment for, and all in interpreters.toml.

    EXTRA goes to pytest.
    """
    found = _found()
    for each in found:
        if each.identity is None:
            click.echo(f"skipped: {each.problem}")
    chosen = [each for each in found if each.pointed]
    there = {each.identity.language for each in chosen if each.identity and each.identity.implementation == "cpython"}
    for version in pointed_versions():
        if version not in there:
            click.echo("skipped: CPython {}.{}: not found on this machine".format(*version))
    if not chosen:
        click.echo("no interpreter to point at")
        return
    # By its name, what the user's file says of an interpreter besides its command is known too.
    named = [each.candidate.name if each.candidate.origin else each.candidate.command for each in chosen]
    sys.exit(_run(named, results, extra))


@main.command(context_settings={"ignore_unknown_options": True})
@_RESULTS
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def point(results: Path | None, command: tuple[str, ...]) -> None:
    """Run the suite on the interpreter that COMMAND starts; all of it is one command line, quoted or not."""
    sys.exit(_run([command[0] if len(command) == 1 else shlex.join(command)], results))


if __name__ == "__main__":
    main(prog_name="python -m runners")
