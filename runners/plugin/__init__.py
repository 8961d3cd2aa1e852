"""The pytest plugin: the only room that knows both pytest and targets.

Collection, selection and reporting stay pytest's own. Instead of a call of the behaviour's function in this process,
the plugin sends the function to the interpreters under test. pytest loads the plugin in every run in this checkout; it
does nothing until a behaviour is collected.
"""

from __future__ import annotations

import gc
import re
import signal
import sys
from collections.abc import Generator, Sequence
from contextlib import nullcontext, suppress
from functools import cached_property
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

import pytest

from conformance.behaviour import LEVELS, Behaviour
from conformance.files import CannotWrite
from conformance.program import ROOT, Case
from runners.machine.resolve import labels, matches
from runners.plugin import options
from runners.plugin.items import CASE, FIXTURE, LANE, call_here, case_of, find
from runners.plugin.known import Known
from runners.plugin.lane import Lane
from runners.plugin.launch import launch
from runners.plugin.outcome import report_of, tell
from runners.plugin.progress import Progress, on_terminal
from runners.plugin.signals import Signals
from runners.plugin.workers import Workers
from runners.printable import one_line
from runners.record.outcome import Outcome
from runners.record.recorder import Recorder
from runners.record.run import Run
from runners.transport.answers import Answer
from runners.transport.watcher import end_with_parent

#: The beginning of the text of a failed case, see ``explain``.
CASE_LINE = re.compile(r"(Failed: )?[A-Z]{3}-\d{3}")
#: The options of pytest with which it collects, and runs no case.
DRY = ("help", "collectonly", "setuponly", "setupplan", "showfixtures", "show_fixtures_per_test")


def pytest_addoption(parser: pytest.Parser) -> None:
    options.add(parser)


def pytest_configure(config: pytest.Config) -> None:
    version = options.check(config)
    if not config.option.in_process:
        sys.meta_path.insert(0, _PlainImport)
        config.add_cleanup(lambda: sys.meta_path.remove(_PlainImport))
    config.pluginmanager.register(Conformance(config, version), "conformance-run")


class _PlainImport:
    """Imports the modules of behaviours without pytest's rewriting of asserts.

    The host does not call their functions, and to load the rewritten modules would take longer than all other work of
    the plugin.
    """

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        return PathFinder.find_spec(name, path, target) if name.startswith("conformance.") else None


class Conformance:
    """One run: the lanes of the interpreters, and the state of the run."""

    def __init__(self, config: pytest.Config, version: tuple[int, int] | None) -> None:
        self._config = config
        self._version = version
        self._lanes: list[Lane] = []
        self._run = Run()
        option = config.option
        self._known = Known(option.baseline or (), rewrites=option.update_baseline)
        self._signals = Signals(quiet=hasattr(config, "workerinput"), resumes=option.usepdb)
        self._workers = Workers(config, self._run, self._signals)
        if self._workers.is_worker:
            end_with_parent()
        #: Whether pytest only shows what it would do.
        self._dry = any(getattr(option, name, False) for name in DRY)
        self._recorder = (
            Recorder(self._run, option.results, config.invocation_params.args, option.baseline)
            if option.results is not None and not self._workers.is_worker and not self._dry
            else None
        )
        if option.results is not None or option.interpreter:
            self._signals.install()
        if self._workers.is_worker:
            Signals.unblock()
        if self._recorder is not None:
            try:
                self._recorder.check()
            except CannotWrite as error:
                raise pytest.UsageError(one_line(f"--results: {error}")) from None

    @property
    def _pointed(self) -> list[str]:
        return self._config.option.interpreter or []

    # -- collection ----------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        """Start the interpreters, once, at the first behaviour: they come up while pytest imports other modules."""
        if self._lanes or self._config.option.in_process or self._dry or self._workers.controls:
            return
        self._signals.install()
        with self._signals:
            show = self._progress.show
            self._lanes = launch(self._config, self._version, show, self._signals.pause)

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionstart(self) -> Generator[None, object, object]:
        # A worker could not refuse these files: pytest-xdist would call that an internal error.
        if not self._workers.is_worker:
            unknown = sorted(name for name in self._config.option.cases or () if find(name) is None)
            if unknown:
                raise pytest.UsageError(
                    f"--cases: no case {unknown[0]}; 'python -m conformance list --json' names them all"
                )
            if not self._config.option.in_process and not self._dry:
                self._known.check()
        with Signals.blocked() if self._workers.controls and self._recorder is not None else nullcontext():
            return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self) -> Generator[None, object, object]:
        with self._workers.listening() if self._recorder is not None else nullcontext():
            return (yield)

    @cached_property
    def _progress(self) -> Progress:
        manager = self._config.pluginmanager
        return on_terminal(manager.get_plugin("terminalreporter"), manager.get_plugin("capturemanager"))

    @pytest.hookimpl(trylast=True)
    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        behaviour = getattr(metafunc.function, "behaviour", None)
        if behaviour is None:
            return
        self._start()
        if self._pointed:
            metafunc.fixturenames.append(FIXTURE)
            metafunc.parametrize(FIXTURE, labels(self._pointed))

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        behaviour = getattr(getattr(item, "function", None), "behaviour", None)
        if not isinstance(behaviour, Behaviour):
            if item.path.is_relative_to(ROOT / "conformance"):
                raise pytest.UsageError(f"{item.nodeid} has no @behaviour; see docs/adding-a-behaviour.md")
            return
        assert isinstance(item, pytest.Function)
        case, label = case_of(item, behaviour)
        item.stash[CASE] = case
        if hasattr(item, "callspec"):
            # The host does not call the function, so pytest need not set up a fixture for each argument.
            item.fixturenames = [name for name in item.fixturenames if name not in item.callspec.params]
        item.extra_keyword_matches.update((behaviour.id, case.name, behaviour.level))
        for lane in self._lanes:
            if lane.label == label:
                item.stash[LANE] = lane

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Wait for the interpreters; keep the chosen cases, and drop the cases of interpreters that cannot run them."""
        chosen = LEVELS[: LEVELS.index(self._config.option.level) + 1]
        listed = self._config.option.cases
        dropped = []
        for lane in self._lanes:
            with self._signals:
                self._greet(lane)
        for item in items:
            case, asked = item.stash.get(CASE, None), item.stash.get(LANE, None)
            if case is None:
                continue
            skipped = case.behaviour.level not in chosen or (listed is not None and case.name not in listed)
            # Workers must agree on what they collected, although an interpreter may have failed in one of them.
            if asked is not None and not skipped and not asked.usable and not self._workers.is_worker:
                self._record_absent(asked, case)
                skipped = True
            if skipped:
                dropped.append(item)
        if dropped:
            out = set(dropped)
            items[:] = [item for item in items if item not in out]
            self._config.hook.pytest_deselected(items=dropped)

    def _record_absent(self, lane: Lane, case: Case) -> None:
        """Record the outcome of a case if the interpreter has no asynchronous generators."""
        if lane.failure is None and lane.identity is not None and lane.identity.absent is not None:
            answer = Answer("absent", lane.identity.absent)
            self._run.add(lane.label, Outcome.of(case, answer, lane.judged_as))

    def _greet(self, lane: Lane) -> None:
        identity = lane.greet()
        self._progress.done()
        expected = self._config.option.expect
        if identity and expected and not matches(expected, identity.implementation, identity.language, identity.build):
            lane.failure = f"{one_line(lane.command)}: is {identity.title}, but {expected} was expected"
        problems = [f"an interpreter cannot run: {lane.failure}"]
        if lane.usable:
            try:
                self._known.of(lane)
            except pytest.UsageError as error:  # the baseline that ships for it, which workers may not refuse either
                lane.failure, problems = error.args[0], list(error.args)
        if lane.failure is not None or identity is None:
            for problem in problems:
                self._run.fail(problem)
        else:
            self._run.meet(lane.label, lane.command, identity, lane.judged_as)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Give each interpreter its selected cases, and record which ones they are."""
        mine = [item for item in session.items if CASE in item.stash]
        if not mine and not self._lanes:
            return
        if hasattr(gc, "freeze"):
            # The collected items live to the end; each collection that traverses them costs time, a quarter of the run.
            gc.freeze()
        for lane in self._lanes:
            selection = [item.stash[CASE] for item in mine if item.stash.get(LANE, None) is lane]
            self._run.plan(lane.label, [case.name for case in selection])
            if lane.usable and not self._workers.is_worker:
                with self._signals:
                    lane.feed(selection, self._config.option.repeat)

    def pytest_report_collectionfinish(self) -> list[str]:
        return [f"interpreter: {part.interpreter.title}" for part in self._run.parts.values()]

    # -- the call ------------------------------------------------------------------------------------------------------

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> object:
        case = pyfuncitem.stash.get(CASE, None)
        if case is None:
            return None
        lane = pyfuncitem.stash.get(LANE, None)
        if lane is None:
            if not self._config.option.in_process:
                # An interpreter that did not run the case gets no verdict.
                pytest.fail(f"{case.name} was not sent to any interpreter", pytrace=False)
            call_here(case)
            return True
        self._signals.pause()
        with self._signals:
            if lane.usable:
                answer = lane.answer(case, self._config.option.repeat)
                self._progress.done()
                outcome, entry = self._known.judged(lane, case, answer)
                self._record(lane, outcome)
            else:
                self._record_absent(lane, case)
            self._workers.tell(pyfuncitem)
        if not lane.usable:
            raise pytest.skip.Exception(lane.failure or "the interpreter has no asynchronous generators")
        assert lane.identity is not None
        tell(case, outcome, entry, lane.identity, lane.command if self._pointed else None)
        return True

    def _record(self, lane: Lane, outcome: Outcome) -> None:
        self._run.add(lane.label, outcome)
        self._run.learn(lane.label, lane.needs)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport | None:
        return report_of(item, call) if CASE in item.stash else None

    # -- recording -----------------------------------------------------------------------------------------------------

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        crash = getattr(report.longrepr, "reprcrash", None) if report.failed else None
        if crash is not None and CASE_LINE.match(crash.message):
            # On CI, pytest would print the whole text of every failure once more in its short summary.
            crash.message = crash.message.splitlines()[0].removeprefix("Failed: ")
        if report.when == "call" and not self._workers.is_worker:
            with self._signals:
                self._workers.hear(report)
                if self._recorder is not None:
                    self._recorder.checkpoint()

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """Add the last news of a pytest-xdist worker that ended; they came too late for its test reports."""
        with self._signals:
            self._workers.hear_last(node)

    @pytest.hookimpl(tryfirst=True)
    def pytest_keyboard_interrupt(self) -> None:
        self._signals.finish()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, object, object]:
        """Write the results before anything else, because an end takes time: of interpreters, workers, plugins."""
        self._signals.finish()
        with self._signals:
            self._rescue(session)
            for lane in self._lanes:
                # Only a user who insists gets here while signals wait.
                with suppress(KeyboardInterrupt):
                    self._run.ended(lane.label, lane.close())
                self._run.learn(lane.label, lane.needs)
            if self._workers.is_worker:
                self._workers.tell_last()
            elif not self._dry and not self._config.option.in_process:
                self._save()
                self._known.update(self._run)
                self._decide(session)
            try:
                return (yield)
            finally:
                self._rescue_news(session)

    def _rescue(self, session: pytest.Session) -> None:
        """Record and write the answers that have arrived and that pytest did not ask for before its end."""
        if not (session.shouldstop or session.shouldfail):
            for lane in self._lanes:
                if lane.usable:
                    for case, answer in lane.unclaimed(self._config.option.repeat):
                        self._record(lane, self._known.judged(lane, case, answer)[0])
        if not self._rescue_news(session) and self._recorder is not None:
            self._save()

    def _rescue_news(self, session: pytest.Session | None) -> bool:
        """Record and write the news of workers that pytest-xdist did not handle; return whether there are any."""
        found = self._workers.rescue()
        if found:
            self._save()
            if session is not None:
                self._decide(session)
        return found

    def _save(self) -> None:
        if self._recorder is not None:
            for problem in self._recorder.save():
                self._run.fail(problem)

    def _decide(self, session: pytest.Session) -> None:
        """Decide the exit status."""
        if self._signals.first not in (None, signal.SIGINT):
            assert self._signals.first is not None
            session.exitstatus = 128 + self._signals.first
        elif self._run.problems:
            session.exitstatus = pytest.ExitCode.USAGE_ERROR
        elif self._run.fails and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_unconfigure(self) -> None:
        self._signals.restore()

    @pytest.hookimpl(trylast=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        self._rescue_news(terminalreporter._session)
        for line in self._recorder.written if self._recorder is not None else ():
            terminalreporter.write_line(line)
        for line in self._run.notes:
            terminalreporter.write_line(line, yellow=True)
        for line in self._run.problems:
            terminalreporter.write_line(f"ERROR: {line}", red=True)
