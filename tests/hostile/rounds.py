"""What a round does, chosen by a seed: plans of interpreters, options, signals and the files that are there before."""

from __future__ import annotations

import random
from dataclasses import dataclass

from runners.transport.conversation import MOST_BUSY
from tests.hostile.agent import ACTS

#: The names of the interpreters of a round, in this order.
LABELS = ("one", "two", "three")
#: The part of the suite that most rounds run, as pytest's arguments: six cases, one of them without parameters.
PART = ("conformance/bidirection/test_asend.py", "-k", "SND-001 or SND-012")
WHOLE = ("conformance",)
#: The act that the host endures for long, MOST_BUSY times the time limit of a case.
BUSY = "is_busy_for_ever"
#: The result of an earlier run: whole, a part, empty, cut off, nested too deep, a folder, a pipe that nobody writes to.
EARLIER = ("full", "partial", "empty", "broken", "deep", "folder", "fifo")
BASELINES = ("", "known = []\n", "known = [\n" * 50_000, "[[known]]\ncase = 1\n", "\udcff")
#: STOP is followed by CONT, as after Ctrl-Z and fg.
SIGNALS = ("INT", "INT", "TERM", "HUP", "KILL", "STOP")
#: A signal goes to pytest, to its process group as from a terminal, or to one of its pytest-xdist workers.
RECEIVERS = ("pytest", "group", "worker")
#: Chance in percent → options.
OPTIONS = [
    (25, ("-n", "2")),
    (20, ("--isolate",)),
    (15, ("--repeat", "2")),
    (8, ("-x",)),
    (3, ("--collect-only",)),
    (5, ("-s",)),
    (2, ("-n", "-1")),
    (2, ("-k", "no_such")),
    (2, ("-k", "( or")),
    (2, ("--case-timeout", "nan")),
]
#: Options about the output, one of which is chosen. Some of them fail in pytest itself if there is no terminal plugin.
SHOWN = (
    *((),) * 8,
    *(("-rA",), ("-v",), ("-v",), ("-q",), ("-p", "no:terminal")),
    *(("--setup-only",), ("--setup-plan",), ("--fixtures-per-test",)),
)


@dataclass(frozen=True)
class Sent:
    """A signal that is sent ``delay`` seconds after the log of the round has so many ``entries``."""

    entries: int
    delay: float
    name: str
    receiver: str


@dataclass(frozen=True)
class Round:
    """The plans are one for each interpreter; an act of a plan is (moment, name, times)."""

    seed: int
    plans: tuple[tuple[tuple[int, str, int], ...], ...]
    options: tuple[str, ...]
    signals: tuple[Sent, ...]
    earlier: str | None
    baseline: str | None
    whole: bool
    file: bool
    ci: bool

    @classmethod
    def random(cls, seed: int) -> Round:
        """The round that belongs to a seed."""
        dice = random.Random(seed)
        whole = dice.random() < 0.1
        plans = tuple(
            tuple(
                _patient(
                    dice.choice((0, 1, 2, 2, 3, 4, 5, 9, -1)),
                    dice.choice(sorted(ACTS)),
                    dice.choice((1, 1, 2, 2 if whole else 30)),
                )
                for _ in range(dice.choice((0, 1, 1, 1, 2, 3)))
            )
            for _ in range(1 if whole else dice.choice((1, 1, 2, 3)))
        )
        chosen = [words for percent, words in OPTIONS if dice.randrange(100) < percent and not whole]
        chosen.append(dice.choice(SHOWN))
        signals = tuple(
            Sent(dice.randrange(9), dice.random() * dice.choice((0.05, 0.4, 2)), dice.choice(SIGNALS), receiver)
            for receiver in dice.choices(RECEIVERS, (6, 3, 2), k=dice.choice((0, 0, 0, 1, 1, 2)))
        )
        return cls(
            seed,
            plans,
            tuple(word for words in chosen for word in words),
            tuple(sorted(signals, key=lambda sent: sent.entries)),
            dice.choice((None, None, *EARLIER)),
            dice.choice(BASELINES) if dice.random() < 0.1 else None,
            whole,
            not whole and dice.random() < 0.15,
            dice.random() < 0.2,
        )

    @classmethod
    def interrupted(cls, seed: int) -> Round:
        """A round in which nothing goes wrong but one Ctrl-C, or two, at random moments from the start on."""
        dice = random.Random(seed)
        options = dice.choice(((), ("-n", "2"), ("--isolate",)))
        signals = [
            Sent(dice.choice((0, 0, 1, 2, 3, 5, 8)), dice.random() * dice.choice((0.05, 0.4, 2)), "INT", receiver)
            for receiver in dice.choices(("pytest", "group"), k=dice.choice((1, 2)))
        ]
        return cls(
            seed,
            ((),) * dice.choice((1, 2)),
            options,
            tuple(sorted(signals, key=lambda sent: sent.entries)),
            dice.choice((None, "full", "partial")),
            baseline=None,
            whole="--isolate" not in options and dice.random() < 0.5,
            file=False,
            ci=False,
        )

    @property
    def limit(self) -> float:
        """The seconds after which the run counts as hanging: each act may cost the time of a case twice and a start.

        With the file transport an act may cost the time limit of a start and that of a case.
        """
        acts = sum(min(times, 24) for plan in self.plans for _, _, times in plan)
        busy = sum(name == BUSY for plan in self.plans for _, name, _ in plan)
        each, most = (6, 300) if self.file else (2, 150)
        return min((70 if self.whole else 35) + each * acts, most) + MOST_BUSY * busy

    @property
    def part(self) -> tuple[str, ...]:
        """The arguments of pytest that choose the cases."""
        return WHOLE if self.whole else PART

    def __str__(self) -> str:
        acts = " / ".join(
            " ".join(f"{name}@{when}x{times}" for when, name, times in plan) or "well" for plan in self.plans
        )
        sent = [f"{each.name} to {each.receiver} at {each.entries}+{each.delay:.2f} s" for each in self.signals]
        words = [acts, *self.options, *sent, self.earlier, *(n for n in ("whole", "file", "ci") if getattr(self, n))]
        return ", ".join(word for word in (*words, None if self.baseline is None else "baseline") if word)


def _patient(when: int, name: str, times: int) -> tuple[int, str, int]:
    """The act, changed if it would take longer than a round: to be busy in a start is endured for minutes."""
    return (max(when, 2), name, 1) if name == BUSY else (when, name, times)
