"""Find the report of a sanitizer or of valgrind in the text that an interpreter wrote on its standard error."""

from __future__ import annotations

import re

from runners.printable import one_line

#: The first line of a report. A tool also writes lines that are not reports, such as its banner.
_REPORT = re.compile(
    r"""(?mx) ^ (?: ==\d+== \s* )? (
        ERROR: \s (?: Address | Leak | Memory | HWAddress ) Sanitizer: .*
      | WARNING: \s (?: Thread | Memory ) Sanitizer: .*
      | \S+:\d+:\d+: \s runtime \s error: \s .*
      | SUMMARY: \s \w+ Sanitizer: .*
      )
      | ^ ==\d+== \s+ (
        (?: Invalid | Mismatched ) \s .*
      | Conditional \s jump \s .*
      | Use \s of \s uninitialised \s .*
      | Syscall \s param \s .*
      | Source \s and \s destination \s overlap .*
      | Jump \s to \s the \s invalid \s address .*
      | Possible \s data \s race .*
      | ERROR \s SUMMARY: \s [1-9].*
      )"""
)
_LONGEST = 300


def report_in(text: str | None) -> str | None:
    """The first line of the first report in a text, without the process id; None if there is no report."""
    found = _REPORT.search(text) if text and ("Sanitizer" in text or "==" in text or "runtime error" in text) else None
    return None if found is None else one_line((found[1] or found[2]).strip()[:_LONGEST])
