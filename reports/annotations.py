"""The new failures as annotations of a GitHub Actions run."""

from __future__ import annotations

from reports.model import Failure, Report, failures

#: GitHub shows ten errors and ten notices of a step; the last of ours says how many are left.
MOST = 10


def render(report: Report) -> list[str]:
    """Workflow commands, one a line: an error for each new failure and each bad run, a notice for each chosen part.

    They name no file: the cases are files of this suite, and not of the repository that the run is about.
    """
    errors: list[tuple[str, str]] = []
    notices: list[tuple[str, str]] = []
    for result in report.results:
        if result.remark is not None:
            chosen = result.record.complete and not result.absent
            (notices if chosen else errors).append((result.title, result.remark))
    for standing in report.standings:
        for failure in failures(standing.behaviour, report.results):
            if failure.news:
                errors.append(_error(failure, standing.behaviour.sentence))
    return [*_commands("error", errors), *_commands("notice", notices)]


def _error(failure: Failure, sentence: str) -> tuple[str, str]:
    outcome = failure.outcome
    titles = ", ".join(result.title for result in failure.results)
    return f"{failure.case} {outcome.verdict} on {titles}", f"{sentence}\n{outcome.message or outcome.verdict}"


def _commands(name: str, found: list[tuple[str, str]]) -> list[str]:
    if len(found) > MOST:
        rest = (f"{len(found) - MOST + 1} more", "The summary of the job lists them, and the report shows them.")
        found = [*found[: MOST - 1], rest]
    return [f"::{name} title={_escaped(title, property_=True)}::{_escaped(message)}" for title, message in found]


def _escaped(text: str, property_: bool = False) -> str:
    """Text as the runner reads it back: https://docs.github.com/actions/reference/workflow-commands-for-github-actions"""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property_ else text
