"""What is new and fails, as annotations of a GitHub Actions run."""

from __future__ import annotations

from reports.model import NEWS, Report, failures
from runners.printable import printable

#: GitHub shows ten errors of a step; the last of ours says how many are left.
MOST = 10


def render(report: Report) -> list[str]:
    """Workflow commands, one a line: an error for each failure that counts and is not known, one for each bad run.

    They name no file: the cases are files of this suite, and not of the repository that the run is about.
    """
    found = []
    for result in report.results:
        if result.remark is not None:
            found.append(_command(printable(result.title), result.remark))
    for entry in report.entries:
        if entry.behaviour.level == "detail":
            continue
        for case, outcome, results in failures(entry.behaviour, report.results):
            if outcome["applicable"] and outcome["verdict"] in NEWS and outcome["known"] is None:
                who = ", ".join(printable(result.title) for result in results)
                said = printable(outcome["message"] or outcome["verdict"])
                title = f"{case} {outcome['verdict']} on {who}"
                found.append(_command(title, f"{entry.behaviour.sentence}\n{said}"))
    if len(found) <= MOST:
        return found
    rest = len(found) - MOST + 1
    return [
        *found[: MOST - 1],
        _command(f"{rest} more", "The summary of the job lists them, and the report shows them."),
    ]


def _command(title: str, message: str) -> str:
    return f"::error title={_escaped(title, property_=True)}::{_escaped(message)}"


def _escaped(text: str, property_: bool = False) -> str:
    """Text as the runner reads it back: https://docs.github.com/actions/reference/workflow-commands-for-github-actions"""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property_ else text
