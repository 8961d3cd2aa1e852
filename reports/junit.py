"""A result as JUnit XML, as GitHub's and GitLab's readers take it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from xml.etree import ElementTree

from conformance.behaviour import Behaviour
from conformance.catalogue import load
from conformance.program import body, cases
from conformance.verdicts import STATUSES, Shown
from reports.model import Result
from runners.record.outcome import Outcome

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: How an outcome is shown → the element inside of its test case.
_ELEMENTS = {
    Shown.PASSED: None,
    Shown.FAILED: "failure",
    Shown.ERROR: "error",
    Shown.SKIPPED: "skipped",
    Shown.XFAILED: "skipped",
}


def clean(text: str) -> str:
    """Text with the characters escaped that XML cannot hold."""
    return _FORBIDDEN.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def render(result: Result, catalogue: Mapping[str, Behaviour] | None = None) -> str:
    """One suite for each module. An outcome that does not count is skipped; an absent interpreter fails once.

    An outcome of a case that the catalogue no longer has does not count. The catalogue is the one that ships, unless
    another is given.
    """
    root = _element(None, "testsuites", name=f"asyncgen-conformance: {result.title}")
    if result.record.absent is not None:
        suite = _element(root, "testsuite", name="capability", tests="1", failures="1", errors="0", skipped="0")
        case = _element(suite, "testcase", classname="capability", name="asynchronous generators")
        _element(case, "failure", message=f"absent: {result.record.absent}")
    catalogue = load() if catalogue is None else catalogue
    modules: dict[str, list[Outcome]] = {}
    for outcome in sorted(result.outcomes.values(), key=lambda each: (each.module, each.case)):
        modules.setdefault(outcome.module, []).append(outcome)
    for module, outcomes in modules.items():
        suite = _element(root, "testsuite", name=module)
        counts = Counter(_case(suite, outcome, result.stale(outcome.case), catalogue) for outcome in outcomes)
        suite.set("tests", str(len(outcomes)))
        suite.set("failures", str(counts["failure"]))
        suite.set("errors", str(counts["error"]))
        suite.set("skipped", str(counts["skipped"]))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def judge(outcome: Outcome) -> tuple[str | None, str]:
    """The element that JUnit has for an outcome, failure, error, skipped or None, and its message."""
    message = outcome.message or ""
    if not outcome.applicable:
        return "skipped", f"does not apply to this version; the verdict would be: {outcome.verdict}"
    if outcome.verdict == "absent":
        return "skipped", f"absent: {message}"  # the interpreter has one failure for all of them
    if outcome.fails and not outcome.binding:
        return "skipped", f"detail: {outcome.verdict}: {message}"
    element = _ELEMENTS[STATUSES[outcome.status].shown]
    reason = outcome.known if outcome.status == "known" else message
    return element, "" if element is None else f"{outcome.status}: {reason}"


def _case(
    suite: ElementTree.Element, outcome: Outcome, stale: str | None, catalogue: Mapping[str, Behaviour]
) -> str | None:
    """Add the test case of an outcome; the element that it got."""
    module = outcome.module
    names = {"classname": module.removesuffix(".py").replace("/", "."), "name": outcome.case, "file": module}
    case = _element(suite, "testcase", **names, time=f"{outcome.seconds or 0:.6f}")
    behaviour = catalogue.get(outcome.id)
    kind, message = judge(outcome)
    if behaviour is None or outcome.case not in {each.name for each in cases(behaviour)}:
        kind, message = "skipped", f"no longer in the suite: {outcome.verdict}"
    if kind is not None:
        text = _text(outcome, stale, behaviour) if kind != "skipped" else None
        _element(case, kind, text, message=message)
    for name, said in (("system-out", outcome.output), ("system-err", outcome.stderr)):
        if said:
            _element(case, name, said)
    return kind


def _text(outcome: Outcome, stale: str | None, behaviour: Behaviour | None) -> str:
    line = "" if behaviour is None or outcome.line is None else f":{body(behaviour).in_file(outcome.line)}"
    lines = [f"{outcome.module}{line}: {outcome.message or 'no message'}"]
    lines += [f"  {name} = {value}" for name, value in (outcome.locals or {}).items()]
    return "\n".join(lines if stale is None else [*lines, stale])


def _element(
    parent: ElementTree.Element | None, tag: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    cleaned = {name: clean(value) for name, value in attributes.items()}
    made = ElementTree.Element(tag, cleaned) if parent is None else ElementTree.SubElement(parent, tag, cleaned)
    made.text = None if text is None else clean(text)
    return made
