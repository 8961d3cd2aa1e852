"""``python -m conformance``: list the catalogue, show a behaviour, and print a case as a program."""

from __future__ import annotations

import json
from pathlib import Path

import click

from conformance import files
from conformance.behaviour import Behaviour
from conformance.catalogue import describe, find, load
from conformance.commands import Commands
from conformance.program import body, cases, file_names, find_case, index, program, script
from conformance.requirements import describe as describe_sources


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """List the behaviours that are tested, show one of them, or print one case as a program."""


@main.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array instead of one line for each behaviour.")
def list_(as_json: bool) -> None:
    """List every behaviour: ID, level, versions and sentence."""
    entries = load().values()
    if as_json:
        click.echo(json.dumps([describe(entry) for entry in entries], indent=1))
        return
    for entry in entries:
        click.echo(f"{entry.id:<9}{entry.level:<10}{entry.versions:<12} {entry.sentence}")


@main.command()
@click.argument("name")
def show(name: str) -> None:
    """Show one behaviour: its sentence, sources and code.

    NAME is an ID (SND-001), the name of a case ('SND-012[42]'), or a number (AWT-061), which shows all its eras.
    """
    try:
        entries = find(load(), name)
    except KeyError as error:
        raise click.ClickException(error.args[0]) from None
    click.echo("\n\n".join(_shown(entry, name) for entry in entries))


def _shown(entry: Behaviour, name: str) -> str:
    """One behaviour as lines of text. If ``name`` is a case of it, the arguments of the case are included."""
    lines = [
        f"{entry.id}: {entry.sentence}",
        f"  level: {entry.level}   holds in: {entry.versions}   needs: {', '.join(entry.needs) or 'nothing'}",
    ]
    for section in entry.sources:
        lines += [f"  source: {section.document.title}, {section.title}", f"          {section.url}"]
    lines += [f"  allowed: {outcome}" for outcome in entry.allowed]
    arguments = {case.name: case.arguments for case in cases(entry)}
    if list(arguments) != [entry.id]:
        lines.append(f"  cases: {' '.join(arguments)}")
        lines += [f"  {name} has {key} = {value!r}" for key, value in arguments.get(name, {}).items()]
    text = body(entry)
    return "\n".join([*lines, "", f"# {text.file}:{text.line}", text.original.rstrip()])


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array of documents instead of lines.")
def sources(as_json: bool) -> None:
    """List the demands of each section of each document, and the behaviours that show each demand."""
    found = describe_sources(load())
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    for document in found:
        click.echo(f"{document['title']} <{document['url']}>")
        for section in document["sections"]:
            click.echo(f"  {section['title']}")
            others = [*section["cited_by"], *section["shown_by"]]
            for each in section["requires"] or [{"sentence": "cited or shown by", "behaviours": others}]:
                click.echo(f"    {each['sentence']} [{' '.join(each['behaviours']) or 'untested'}]")


@main.command("script")
@click.argument("case", required=False)
@click.option(
    "--all",
    "folder",
    type=click.Path(file_okay=False),
    help="Write every case into this folder, as one program each.",
)
@click.option("--whole", is_flag=True, help="CASE is an ID: print one program that runs all of its cases.")
def script_(case: str | None, folder: str | None, whole: bool) -> None:
    """Print CASE as one stand-alone program, which prints PASS or FAIL and exits with 0 or 1.

    The program does not need this suite, and runs under a debugger like any other program:

    \b
        python -m conformance script CLS-022 > case.py
        gdb --args ./python case.py
        lldb -- ./python case.py

    --all also writes index.tsv, with one line for each program: file, since, until, level, case.
    The program of --whole runs all cases of a behaviour, or those whose names it is given.
    """
    if (case is None) == (folder is None) or folder == "" or (whole and case is None):
        raise click.UsageError("give the name of a case, --whole ID, or --all FOLDER")
    catalogue = load()
    if case is not None:
        try:
            if whole and case not in catalogue:
                raise KeyError(f"no behaviour {case}; 'python -m conformance list' shows all names")
            click.echo(program(catalogue[case]).text if whole else script(find_case(catalogue, case)), nl=False)
        except KeyError as error:
            raise click.ClickException(error.args[0]) from None
        return
    assert folder is not None
    everything = [each for entry in catalogue.values() for each in cases(entry)]
    names = file_names(everything)
    try:
        for each in everything:
            files.write(Path(folder, names[each.name]), script(each), durable=False)
        files.write(Path(folder, "index.tsv"), index(everything))
    except files.CannotWrite as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{len(everything)} programs in {folder}, listed in {Path(folder, 'index.tsv')}")


if __name__ == "__main__":
    main(prog_name="python -m conformance")
