"""A result as JUnit XML, as GitHub's and GitLab's readers take it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from conformance.catalogue import load
from reports.model import Result

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Text with the characters escaped that XML cannot hold."""
    return _FORBIDDEN.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def render(result: Result) -> str:
    """One suite for each module. What does not count is skipped, with the reason; an absent interpreter fails once.

    The module of a behaviour is where it stands today: a result may be older than its move to another module.
    """
    catalogue = load()
    root = ElementTree.Element("testsuites", name=f"asyncgen-conformance: {clean(result.title)}")
    modules: dict[str, list[Mapping[str, Any]]] = {}
    for outcome in result.document["outcomes"]:
        entry = catalogue.get(outcome["id"])
        modules.setdefault(outcome["module"] if entry is None else entry.module, []).append(outcome)
    if result.interpreter["absent"] is not None:
        suite = ElementTree.SubElement(root, "testsuite", name="capability", tests="1", failures="1", errors="0")
        case = ElementTree.SubElement(suite, "testcase", classname="capability", name="asynchronous generators")
        ElementTree.SubElement(case, "failure", message=clean(f"absent: {result.interpreter['absent']}"))
    for module, outcomes in modules.items():
        suite = ElementTree.SubElement(root, "testsuite", name=module)
        counts = {"failure": 0, "error": 0, "skipped": 0}
        for outcome in outcomes:
            case = ElementTree.SubElement(
                suite,
                "testcase",
                classname=module.removesuffix(".py").replace("/", "."),
                name=outcome["case"],
                file=module,
                time=f"{result.document['timings'].get(outcome['case'], 0):.6f}",
            )
            kind, message = judge(outcome)
            if kind is not None:
                counts[kind] += 1
                element = ElementTree.SubElement(case, kind, message=clean(message))
                if kind != "skipped":
                    element.text = clean(_text(outcome, module))
            if outcome["output"]:
                ElementTree.SubElement(case, "system-out").text = clean(outcome["output"])
        suite.set("tests", str(len(outcomes)))
        suite.set("failures", str(counts["failure"]))
        suite.set("errors", str(counts["error"]))
        suite.set("skipped", str(counts["skipped"]))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def judge(outcome: Mapping[str, Any]) -> tuple[str | None, str]:
    """What JUnit calls an outcome: (failure, error, skipped or None, the message)."""
    verdict, message = outcome["verdict"], outcome["message"] or ""
    if not outcome["applicable"]:
        return "skipped", f"does not apply to this version; it would be: {verdict}"
    if verdict == "pass":
        return None, ""
    if verdict in ("absent", "unmet"):
        return "skipped", f"{verdict}: {message}"
    if outcome["known"] is not None:
        return "skipped", f"known: {outcome['known']}"
    if verdict == "fail" and outcome["level"] == "detail":
        return "skipped", f"detail: {message}"
    return ("error" if verdict == "error" else "failure"), f"{verdict}: {message}"


def _text(outcome: Mapping[str, Any], module: str) -> str:
    lines = [f"{module}:{outcome['line'] or '?'}: {outcome['message']}"]
    lines += [f"  {name} = {value}" for name, value in (outcome["locals"] or {}).items()]
    return "\n".join(lines)
