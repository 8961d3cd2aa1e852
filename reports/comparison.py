"""Two results compared, in words: a sentence to quote, and Markdown for a pull request.

The page Compare says the same in a browser. It gets every word from here, as data, so that none stands twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from conformance.behaviour import Version
from conformance.catalogue import load
from conformance.verdicts import STATUSES, Shown
from reports.diff import QUIET, Changed, behaviours
from reports.markdown import escape, sentence
from reports.model import Result
from runners.record.outcome import Outcome

#: The characters of a message that are kept.
MESSAGE = 300
#: Behaviours of a list, and cases of a behaviour that share a story, that are named in Markdown before the rest is only
#: counted; as many stories of one behaviour are told.
MOST, MOST_CASES = 50, 5
#: The characters of a list that Markdown may have reached: GitHub takes no comment of more than 65,536.
ROOM = 55_000
#: The states of a case that a result does not have, and of one that does not apply.
MISSING, ASIDE = "not there", "does not apply"
#: The verdicts without a message of their own: a pass, and that of every case where there are no such generators.
SILENT = (*(row.name for row in STATUSES.values() if row.shown is Shown.PASSED), "absent")


@dataclass(frozen=True)
class Words:
    """The words of a list: its heading, a sentence that says which behaviours it holds, and what follows their number.

    ``{old}`` and ``{new}`` are the implementations, ``{was}`` and ``{now}`` the versions of the language, and
    ``{newly}`` says to which versions something applies that did not apply before.
    """

    heading: str
    meaning: str
    counted: str


#: The words for two results of one implementation.
SAME = {
    "new crash": Words("new crash", "A case of it crashes or hangs now, and did not before.", "newly crashing"),
    "broken further": Words(
        "broken further", "A case of it fails now and did not fail before. Another one failed before.", "broken further"
    ),
    "broken": Words("broken", "A case of it fails now, and did not fail before.", "broken"),
    "lost": Words("lost", "A case of it passed before, and is not judged now.", "no longer judged"),
    "applies now and fails": Words(
        "{newly}, and fails", "It did not apply to Python {was}. A case of it fails now.", "{newly} and failing"
    ),
    "partly fixed": Words(
        "partly fixed", "A case of it no longer fails as before. Another one still fails.", "partly fixed"
    ),
    "fixed crash": Words("fixed crash", "A case of it crashed or hung before, and does not now.", "no longer crashing"),
    "fixed": Words("fixed", "A case of it passes now, and failed or was not judged before.", "fixed"),
    "applies now": Words("{newly}", "It did not apply to Python {was}, and passes now.", "{newly}"),
    "applies no longer": Words(
        "applies no longer", "It applied to Python {was}, and does not apply to Python {now}.", "no longer applying"
    ),
    "still failing": Words("still failing", "It fails now in the cases that failed before.", "still failing"),
    "new": Words("only in the new result", "The old result does not have a case of it.", "only in the new result"),
    "gone": Words("only in the old result", "The new result does not have a case of it.", "only in the old result"),
}
#: The words for two implementations: neither of them came first.
PAIR = {
    "new crash": Words(
        "crashes on {new} only", "A case of it crashes or hangs on {new}, and not on {old}.", "crashing on {new} only"
    ),
    "broken further": Words(
        "fails on both, and on {new} in cases of its own",
        "A case of it fails on {new} and not on {old}. Another one fails on {old}.",
        "failing on both and on {new} in cases of its own",
    ),
    "broken": Words(
        "fails on {new}, holds on {old}",
        "A case of it fails on {new}. On {old} that case holds, or was not judged.",
        "failing on {new} only",
    ),
    "lost": Words(
        "not judged on {new}, holds on {old}",
        "A case of it holds on {old}, and was not judged on {new}.",
        "not judged on {new}",
    ),
    "applies now and fails": Words(
        "applies to {new} only, and fails",
        "A case of it fails on {new}. It does not apply to the version of Python that {old} is.",
        "applying to {new} only and failing",
    ),
    "partly fixed": Words(
        "fails on both, and on {old} in cases of its own",
        "A case of it fails on {old} and not on {new}. Another one fails on both.",
        "failing on both and on {old} in cases of its own",
    ),
    "fixed crash": Words(
        "crashes on {old} only", "A case of it crashes or hangs on {old}, and not on {new}.", "crashing on {old} only"
    ),
    "fixed": Words(
        "holds on {new}, fails on {old}",
        "A case of it holds on {new}. On {old} that case fails, or was not judged.",
        "holding on {new} only",
    ),
    "applies now": Words(
        "applies to {new} only, and holds",
        "It holds on {new}. It does not apply to the version of Python that {old} is.",
        "applying to {new} only and holding",
    ),
    "applies no longer": Words(
        "applies to {old} only", "It does not apply to the version of Python that {new} is.", "applying to {old} only"
    ),
    "still failing": Words("fails on both", "It fails on both in the same cases.", "failing on both"),
    "new": Words(
        "only in the result of {new}", "The result of {old} does not have a case of it.", "only in the result of {new}"
    ),
    "gone": Words(
        "only in the result of {old}", "The result of {new} does not have a case of it.", "only in the result of {old}"
    ),
}
#: The order of the sentence: what everybody asks first. The lists in ``ALWAYS`` are named even if they are empty.
SENTENCE = (
    "fixed",
    "partly fixed",
    "fixed crash",
    "broken",
    "broken further",
    "new crash",
    "lost",
    "applies now",
    "applies now and fails",
    "applies no longer",
    "still failing",
    "new",
    "gone",
)
ALWAYS = ("fixed", "broken")
#: Sentences that are said where they are true.
PHRASES = {
    "title": "Asynchronous generators: {subject}",
    "same": "{new} against {old}",
    "runs": "{new}, run of {now}, against the run of {was}",
    "pair": "{new} beside {old}",
    "details": "Details of CPython, which no document demands, are counted apart: {counts}.",
    "nothing": "No behaviour is in a list.",
    "changed": "Cases that changed between the two runs: {number} of {all}. "
    "What is said of them may be a change of the suite.",
    "unknown": "A result without hashes of its cases does not say whether the two runs had the same cases.",
    "revisions": "The two runs had the same cases, at different revisions of the suite ({old} and {new}).",
    "old run": "The old run is not a full one ({remark}).",
    "new run": "The new run is not a full one ({remark}).",
    "from to": "{before} → {after}",
    "beside": "{before} on {old}, {after} on {new}",
    "other case": "the case has changed",
    "more": "and {number} more",
}


@dataclass(frozen=True)
class Comparison:
    """An old and a new result."""

    old: Result
    new: Result

    @cached_property
    def lists(self) -> Mapping[str, list[Changed]]:
        """List → behaviours, in the order in which they are shown."""
        return behaviours(self.old, self.new)

    @property
    def pair(self) -> bool:
        """Whether the results are of two implementations, so that none is the earlier one."""
        return self.old.implementation != self.new.implementation

    @property
    def subject(self) -> str:
        """What is compared: ``CPython 3.14.10 against 3.13.18``."""
        old, new = self.old, self.new
        if self.pair:
            return PHRASES["pair"].format(new=new.title, old=old.title)
        if old.title == new.title:
            return PHRASES["runs"].format(new=new.title, now=new.record.started[:10], was=old.record.started[:10])
        return PHRASES["same"].format(new=new.title, old=old.version or old.title)

    @property
    def sentence(self) -> str:
        """The result in one sentence; it counts the behaviours that a document demands."""
        return f"{self.subject}: {self.counted}"

    @property
    def counted(self) -> str:
        """The sentence without the names: ``12 behaviours fixed, 2 broken.``"""
        (number, words), *rest = self._counts(detail=False, always=ALWAYS)
        noun = "behaviour" if number == 1 else "behaviours"
        return ", ".join([f"{number} {noun} {words}", *(f"{count} {each}" for count, each in rest)]) + "."

    @property
    def notes(self) -> list[str]:
        """Sentences about the details, the two suites and the two runs, where there is something to say."""
        found = []
        details = [f"{number} {words}" for number, words in self._counts(detail=True)]
        if details:
            found.append(PHRASES["details"].format(counts=", ".join(details)))
        if (suites := self._suites()) is not None:
            found.append(suites)
        for side, result in (("old run", self.old), ("new run", self.new)):
            if result.remark is not None:
                found.append(PHRASES[side].format(remark=result.remark))
        return found

    def words(self, name: str) -> Words:
        """The words of a list, with the names and versions of these results."""
        raw = (PAIR if self.pair else SAME)[name]
        was, now = self.old.interpreter.version, self.new.interpreter.version
        values = {
            "old": self.old.implementation,
            "new": self.new.implementation,
            "was": _spoken(was),
            "now": _spoken(now),
            "newly": newly(was, now),
        }
        return Words(*(each.format(**values) for each in (raw.heading, raw.meaning, raw.counted)))

    def case_changed(self, case: str) -> bool:
        """Whether the two runs had another text for a case, as their hashes tell."""
        hashes = [result.record.hashes.get(case) for result in (self.old, self.new)]
        return None not in hashes and hashes[0] != hashes[1]

    def markdown(self, everything: bool = False, details: bool = False) -> str:
        """The text for a pull request: ``everything`` is with what still fails, ``details`` with details of CPython."""
        lines = [f"### {escape(PHRASES['title'].format(subject=self.subject))}", "", escape(self.counted)]
        lines += [line for note in self.notes for line in ("", escape(note))]
        shown = {
            name: [each for each in listed if details or each.level != "detail"]
            for name, listed in self.lists.items()
            if everything or name not in QUIET
        }
        size = sum(len(line) + 1 for line in lines)
        for name, listed in shown.items():
            if not listed:
                continue
            words = self.words(name)
            heading = f"{words.heading[0].upper()}{words.heading[1:]} ({len(listed)})"
            lines += ["", f"#### {escape(heading)}", "", escape(words.meaning), ""]
            for number, each in enumerate(listed):
                entry = self._entry(each)
                size += sum(len(line) + 1 for line in entry)
                if number == MOST or size > ROOM:
                    lines.append("- " + PHRASES["more"].format(number=len(listed) - number))
                    break
                lines += entry
        if not any(shown.values()):
            lines += ["", PHRASES["nothing"]]
        return "\n".join(lines) + "\n"

    def _entry(self, changed: Changed) -> list[str]:
        behaviour = load().get(changed.id)
        head = f"- **{escape(changed.id)}**"
        if behaviour is not None:
            head += f" {sentence(behaviour.sentence)}"
        groups: dict[str, list[str]] = {}
        for case in changed.cases:
            groups.setdefault(self._story(case), []).append(case.removeprefix(changed.id)[1:-1])
        lines = [head + (" (detail)" if changed.level == "detail" else "")]
        for story, names in list(groups.items())[:MOST_CASES]:
            lines.append(f"  - {_listed(names)}{story}")
        if len(groups) > MOST_CASES:
            rest = sum(map(len, list(groups.values())[MOST_CASES:]))
            lines.append("  - " + PHRASES["more"].format(number=rest))
        return lines

    def _story(self, case: str) -> str:
        """How a case stood and stands, with the message of the failure."""
        before, after = self.old.outcomes.get(case), self.new.outcomes.get(case)
        names = {"old": escape(self.old.implementation), "new": escape(self.new.implementation)}
        way = PHRASES["beside" if self.pair else "from to"]
        text = way.format(before=state(before), after=state(after), **names)
        if (message := said(after)) is not None:
            text += f": {escape(message)}"
        elif (message := said(before)) is not None:
            label = f"on {names['old']}" if self.pair else "before"
            text += f" ({label}: {escape(message)})"
        return text + (f" ({PHRASES['other case']})" if self.case_changed(case) else "")

    def _counts(self, detail: bool, always: Iterable[str] = ()) -> list[tuple[int, str]]:
        found = []
        for name in SENTENCE:
            number = sum((each.level == "detail") == detail for each in self.lists[name])
            if number or name in always:
                found.append((number, self.words(name).counted))
        return found

    def _suites(self) -> str | None:
        shared = self.old.outcomes.keys() & self.new.outcomes.keys()
        number = sum(map(self.case_changed, shared))
        if number:
            return PHRASES["changed"].format(number=number, all=len(shared))
        if any(case not in result.record.hashes for result in (self.old, self.new) for case in shared):
            return PHRASES["unknown"]
        old, new = (result.record.suite.revision or "unknown" for result in (self.old, self.new))
        return None if old == new else PHRASES["revisions"].format(old=old, new=new)


def newly(was: Version, now: Version) -> str:
    """What a behaviour is that applies to ``now`` and not to ``was``: ``new in Python 3.14``."""
    if now <= was:
        return f"in Python {_spoken(now)} only"
    first = (was[0], was[1] + 1)
    return f"new in Python {_spoken(now)}" if first == now else f"new in Python {_spoken(first)} to {_spoken(now)}"


def state(outcome: Outcome | None) -> str:
    """How a case stands, in a word: its verdict, whether it is known or not."""
    if outcome is None:
        return MISSING
    return outcome.verdict if outcome.applicable else ASIDE


def said(outcome: Outcome | None) -> str | None:
    """The message of an outcome that applies and has something to tell, cut to :data:`MESSAGE` characters."""
    if outcome is None or not outcome.applicable or outcome.verdict in SILENT or not outcome.message:
        return None
    return cut(outcome.message)


def cut(text: str) -> str:
    """The first :data:`MESSAGE` characters of a text."""
    return text if len(text) <= MESSAGE else text[:MESSAGE] + "…"


def _listed(names: list[str]) -> str:
    """The parameters of some cases before their story; empty for the only case of a behaviour."""
    if names == [""]:
        return ""
    more = [PHRASES["more"].format(number=len(names) - MOST_CASES)] if len(names) > MOST_CASES else []
    return ", ".join([*map(escape, names[:MOST_CASES]), *more]) + ": "


def _spoken(version: Version) -> str:
    return "{}.{}".format(*version)
