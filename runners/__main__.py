"""``python -m runners``: which interpreters there are, and the suite on one or on many of them."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

import click

from runners.found import POINTED, Interpreter, candidates, identify
from runners.interpreters import NotFound

_RESULTS = click.option("--results", type=click.Path(path_type=Path), help="Write a result file for each into DIR.")


def _found() -> list[Interpreter]:
    try:
        return identify(candidates())
    except NotFound as error:
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
    """List the interpreters found: in interpreters.toml, in the folders of pyenv and uv, on PATH."""
    found = _found()
    if as_json:
        entries = [
            {
                "name": each.candidate.name,
                "command": each.candidate.command,
                "title": each.identity.title if each.identity else None,
                "slug": each.identity.slug if each.identity else None,
                "absent": each.identity.absent if each.identity else None,
                "problem": each.problem,
                "native": each.native,
            }
            for each in found
        ]
        click.echo(json.dumps(entries, indent=1))
        return
    for each in found:
        if each.identity is None:
            click.echo(f"{'cannot be used':<34} {each.problem}")
            continue
        remark = "  absent: no asynchronous generators" if each.identity.absent else ""
        click.echo(f"{each.identity.title:<34} {each.candidate.command}{remark}")


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
    for version in POINTED:
        if version not in there:
            click.echo("skipped: CPython {}.{}: not found on this machine".format(*version))
    if not chosen:
        click.echo("no interpreter to point at")
        return
    sys.exit(_run([each.candidate.command for each in chosen], results, extra))


@main.command(context_settings={"ignore_unknown_options": True})
@_RESULTS
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def point(results: Path | None, command: tuple[str, ...]) -> None:
    """Run the suite on the interpreter that COMMAND starts; all of it is one command line, quoted or not."""
    sys.exit(_run([command[0] if len(command) == 1 else shlex.join(command)], results))


if __name__ == "__main__":
    main(prog_name="python -m runners")
