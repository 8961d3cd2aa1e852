"""The pages of ``docs/found``: one for each implementation, made from its causes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from reports.markdown import fence, own
from runners.record.found import FOLDER, NOT_REPORTED, STATES, Cause, Causes, Found

#: The command that makes the pages.
COMMAND = "python -m reports found"


def pages(found: Found) -> dict[Path, str]:
    """The path of each page, and its text."""
    return {FOLDER / f"{file.implementation}.md": page(file) for file in found.files}


def outdated(pages: Mapping[Path, str]) -> list[Path]:
    """The pages that are missing, or that are not made of the present causes."""
    return [path for path, text in pages.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]


def page(file: Causes) -> str:
    """The causes of one implementation: a table of all, then each with its program."""
    lines = [
        f"# Why behaviours fail on {file.name}",
        "",
        f"<!-- Made from {file.implementation}.toml by `{COMMAND}`: change that file, and run the command. -->",
        "",
    ]
    if file.about:
        lines += [file.about, ""]
    lines += ["| cause | state | upstream |", "|---|---|---|"]
    for cause in file.causes:
        lines.append(f"| [{own(cause.title)}](#{cause.id}) | {cause.fate} | {_upstream(cause)} |")
    for cause in file.causes:
        lines += ["", *_section(cause)]
    return "\n".join(lines) + "\n"


def _section(cause: Cause) -> list[str]:
    lines = [
        f'<a id="{cause.id}"></a>',
        "",
        f"## {own(cause.title)}",
        "",
        f"Interpreters: {_listed(cause.only)}.",
        f"State: {cause.fate}{'' if cause.state == 'fixed' else f' ({STATES[cause.state]})'}.",
        f"Upstream: {_upstream(cause)}.",
        "",
    ]
    if cause.answer is not None:
        lines += [f"The makers: {own(cause.answer)}", ""]
    if cause.note is not None:
        lines += [own(cause.note), ""]
    lines += [
        fence(cause.program, "python"),
        "",
        "It should print:",
        "",
        fence(cause.expected),
        "",
        "These interpreters print:",
        "",
        fence(cause.seen),
        "",
        f"Cases: {_listed(cause.cases)}.",
    ]
    return lines


def _upstream(cause: Cause) -> str:
    return NOT_REPORTED if cause.upstream is None else f"<{cause.upstream}>"


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(f"`{text}`" for text in texts)
