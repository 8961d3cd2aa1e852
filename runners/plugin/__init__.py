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
from contextlib import suppress
from functools import cache, cached_property
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from queue import Empty
from types import ModuleType
from typing import Any

import pytest

from conformance.behaviour import CATALOGUE, LEVELS, Behaviour
from conformance.catalogue import load as load_catalogue
from conformance.files import CannotWrite
from conformance.prelude import run
from conformance.program import ROOT, Case, body, cases
from runners.machine.machine import Machine, Start
from runners.machine.pythons import NotFound
from runners.machine.registry import BadRegistry
from runners.machine.resolve import labels, matches, resolve
from runners.plugin import options
from runners.plugin.lane import Lane
from runners.plugin.outcome import report_of, tell
from runners.plugin.progress import Progress, on_terminal
from runners.plugin.signals import Signals
from runners.printable import one_line
from runners.record.baseline import BadBaseline, Baseline, Entry, default, load, update
from runners.record.outcome import Outcome
from runners.record.recorder import Recorder
from runners.record.run import Run
from runners.transport.answers import Answer
from runners.transport.make import make
from runners.transport.process import GLANCE
from runners.transport.target import CannotStart, Target
from runners.transport.watcher import end_with_parent

CASE = pytest.StashKey[Case]()
LANE = pytest.StashKey[Lane]()
#: The beginning of the text of a failed case, see ``explain``.
CASE_LINE = re.compile(r"(Failed: )?[A-Z]{3}-\d{3}")
_FIXTURE = "interpreter_under_test"
#: The user property in which a worker sends its news with pytest's report of a test.
PROPERTY = "conformance"
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
        self._baselines: dict[str, Baseline] = {}
        #: A worker sends its outcomes in its test reports, and the controlling process collects them.
        self._is_worker = hasattr(config, "workerinput")
        if self._is_worker:
            end_with_parent()
        self._run = Run()
        option = config.option
        self._signals = Signals(quiet=self._is_worker, resumes=option.usepdb)
        #: Whether pytest only shows what it would do.
        self._dry = any(getattr(option, name, False) for name in DRY)
        self._recorder = (
            Recorder(self._run, option.results, config.invocation_params.args, option.baseline)
            if option.results is not None and not self._is_worker and not self._dry
            else None
        )
        if option.results is not None or option.interpreter:
            self._signals.install()
        if self._is_worker:
            Signals.unblock()
        if self._recorder is not None:
            try:
                self._recorder.check()
            except CannotWrite as error:
                raise pytest.UsageError(f"--results: {error}") from None

    @property
    def _pointed(self) -> list[str]:
        return self._config.option.interpreter or []

    # -- collection ----------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        """Start the interpreters, once, at the first behaviour: they come up while pytest imports other modules."""
        if self._lanes or self._config.option.in_process or self._dry or self._controls:
            return
        self._signals.install()
        with self._signals:
            self._launch()

    def _launch(self) -> None:
        if not self._pointed:
            here = Start((sys.executable,))
            self._lanes = [Lane("", sys.executable, lambda: self._target(here, sys.executable))]
            return
        machine = Machine()
        for label, text in zip(labels(self._pointed), self._pointed, strict=True):

            def find(label: str = label, text: str = text) -> Target:
                try:
                    return self._target(resolve(text, machine=machine), label)
                except (NotFound, BadRegistry) as error:
                    raise CannotStart(str(error)) from None

            self._lanes.append(Lane(label, text, find))

    def _target(self, start: Start, label: str) -> Target:
        option = self._config.option
        if start.single and getattr(self._config, "workerinput", {}).get("workercount", 1) > 1:
            raise CannotStart(f"{label}: is marked single, and -n would start it several times; run it without -n")
        return make(
            start,
            case_timeout=option.case_timeout,
            language_version=self._version,
            isolate=option.isolate,
            transport=option.transport,
            progress=lambda text: self._progress.show(label, text),
            pause=self._signals.pause,
        )

    @property
    def _controls(self) -> bool:
        """Whether this process controls pytest-xdist workers, and runs no case itself."""
        return bool(self._config.getoption("numprocesses", None)) and not self._is_worker

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionstart(self) -> Generator[None, object, object]:
        option = self._config.option
        # A worker could not refuse these files: pytest-xdist would call that an internal error.
        unknown = [] if self._is_worker else sorted(name for name in option.cases or () if not _exists(name))
        if unknown:
            raise pytest.UsageError(
                f"--cases: no case {unknown[0]}; 'python -m conformance list --json' names them all"
            )
        if option.baseline and not option.in_process and not self._dry and not self._is_worker:
            self._load(option.baseline)
        if not self._controls or self._recorder is None:
            return (yield)
        with Signals.blocked():
            return (yield)

    @property
    def _queue(self) -> Any:
        """The queue in which pytest-xdist puts what its workers send; None if there is none."""
        return getattr(self._config.pluginmanager.get_plugin("dsession"), "queue", None)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self) -> Generator[None, object, object]:
        """Let Ctrl-C wait while pytest-xdist handles a report that it has taken from its queue."""
        queue = self._queue
        if queue is None or not self._controls or self._recorder is None:
            return (yield)
        take = queue.get

        def get(block: bool = True, timeout: float | None = None) -> Any:
            self._signals.pause()
            # pytest-xdist asks again if nothing came.
            return take(block, min(timeout, GLANCE) if timeout else timeout)

        queue.get = get
        try:
            with self._signals:
                return (yield)
        finally:
            queue.get = take

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
            metafunc.fixturenames.append(_FIXTURE)
            metafunc.parametrize(_FIXTURE, labels(self._pointed))

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        behaviour = getattr(getattr(item, "function", None), "behaviour", None)
        if not isinstance(behaviour, Behaviour):
            if item.path.is_relative_to(ROOT / "conformance"):
                raise pytest.UsageError(f"{item.nodeid} has no @behaviour; see docs/adding-a-behaviour.md")
            return
        assert isinstance(item, pytest.Function)
        case, label = _case_of(item, behaviour)
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
            if asked is not None and not skipped and not asked.usable and not self._is_worker:
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
        problems = [f"cannot run {lane.failure}"]
        if lane.usable:
            try:
                self._known(lane)
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
            if lane.usable and not self._is_worker:
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
            _call_here(case)
            return True
        self._signals.pause()
        with self._signals:
            if lane.usable:
                answer = lane.answer(case, self._config.option.repeat)
                self._progress.done()
                outcome, entry = self._judged(lane, case, answer)
                self._record(lane, outcome)
            else:
                self._record_absent(lane, case)
            if self._is_worker:
                pyfuncitem.user_properties.append((PROPERTY, self._run.tell()))
        if not lane.usable:
            raise pytest.skip.Exception(lane.failure or "the interpreter has no asynchronous generators")
        assert lane.identity is not None
        tell(case, outcome, entry, lane.identity, lane.command if self._pointed else None)
        return True

    def _judged(self, lane: Lane, case: Case, answer: Answer) -> tuple[Outcome, Entry | None]:
        """The outcome of an answer, and the entry of the baseline for the case."""
        outcome = Outcome.of(case, answer, lane.judged_as)
        entry = self._known(lane).find(case.name, *lane.release)
        if entry is not None and entry.explains(outcome):
            outcome.known = entry.text
        return outcome, entry

    def _record(self, lane: Lane, outcome: Outcome) -> None:
        self._run.add(lane.label, outcome)
        self._run.learn(lane.label, lane.needs)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport | None:
        return report_of(item, call) if CASE in item.stash else None

    def _known(self, lane: Lane) -> Baseline:
        """The known failures of an interpreter: from the given files, else from the file that ships for it."""
        baseline = self._baselines.get(lane.label)
        if baseline is None:
            baseline = self._load(self._config.option.baseline or default(lane.release[0]))
            self._baselines[lane.label] = baseline
        return baseline

    def _load(self, paths: Sequence[Path]) -> Baseline:
        unfinished = self._config.option.update_baseline
        if unfinished:
            paths = [path for path in paths if path.exists()]
        try:
            return load(paths, _exists, unfinished=unfinished)
        except BadBaseline as error:
            raise pytest.UsageError(*str(error).splitlines()) from None

    # -- recording -----------------------------------------------------------------------------------------------------

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        crash = getattr(report.longrepr, "reprcrash", None) if report.failed else None
        if crash is not None and CASE_LINE.match(crash.message):
            # On CI, pytest would print the whole text of every failure once more in its short summary.
            crash.message = crash.message.splitlines()[0].removeprefix("Failed: ")
        if report.when == "call" and not self._is_worker:
            with self._signals:
                self._hear(report)
                if self._recorder is not None:
                    self._recorder.checkpoint()

    def _hear(self, report: Any) -> bool:
        """Add the news of a worker in a report; return whether there are any."""
        news = [value for name, value in getattr(report, "user_properties", ()) if name == PROPERTY]
        for value in news:
            self._run.hear(value)
        return bool(news)

    def _hear_end(self, node: Any) -> bool:
        """Add the news of a worker that ended; return whether there are any."""
        told = getattr(node, "workeroutput", {}).pop(PROPERTY, None)
        if told is not None:
            self._run.hear(told)
        return told is not None

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """Add the last news of a pytest-xdist worker that ended; they came too late for its test reports."""
        with self._signals:
            self._hear_end(node)

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
            if self._is_worker:
                self._config.workeroutput[PROPERTY] = self._run.tell()  # type: ignore[attr-defined]
            elif not self._dry and not self._config.option.in_process:
                self._save()
                if self._config.option.update_baseline and self._run.parts:
                    self._update_baseline(self._config.option.baseline[0])
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
                        self._record(lane, self._judged(lane, case, answer)[0])
        if not self._rescue_news(session) and self._recorder is not None:
            self._save()

    def _rescue_news(self, session: pytest.Session | None) -> bool:
        """Record and write the news of workers that pytest-xdist received and did not handle before its end."""
        found = False
        while self._queue is not None:
            try:
                _, values = self._queue.get_nowait()
            except Empty:
                break
            found |= self._hear(values.get("rep")) | self._hear_end(values.get("node"))
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

    def _update_baseline(self, path: Path) -> None:
        try:
            change = update(path, [(p.interpreter.release, p.outcomes.values()) for p in self._run.parts.values()])
        except (CannotWrite, BadBaseline) as error:
            self._run.fail(str(error))
            return
        written = "1 entry" if change.added == 1 else f"{change.added} entries"
        reasons = " (write a reason for each)" if change.added else ""
        self._run.note(f"baseline {path}: {written} added{reasons}, {change.removed} removed")

    @pytest.hookimpl(trylast=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        self._rescue_news(terminalreporter._session)
        for line in self._recorder.written if self._recorder is not None else ():
            terminalreporter.write_line(line)
        for line in self._run.notes:
            terminalreporter.write_line(line, yellow=True)
        for line in self._run.problems:
            terminalreporter.write_line(f"ERROR: {line}", red=True)


def _call_here(case: Case) -> None:
    """Call a case in this process, unchanged, for ``--pdb`` and for pytest's own explanation of a failed assert."""
    if not case.behaviour.applies_to(sys.version_info[:2]):
        pytest.skip(f"{case.behaviour.id} is about Python {case.behaviour.versions}")
    result = case.behaviour.function(**case.arguments)
    if body(case.behaviour).asynchronous:
        result = run(result)  # type: ignore[no-untyped-call]
    if case.behaviour.allowed and result not in case.behaviour.allowed:
        pytest.fail(f"an outcome that no document allows: {result}", pytrace=False)


def _case_of(item: pytest.Function, behaviour: Behaviour) -> tuple[Case, str]:
    """The case of a pytest item, and the label of its interpreter ("" for the interpreter at hand)."""
    callspec = getattr(item, "callspec", None)
    if callspec is None:
        return Case(behaviour, None, {}), ""
    param, label = callspec.id, callspec.params.get(_FIXTURE, "")
    if label:
        param = "" if param == label else param.removesuffix(f"-{label}")
    case = _by_param(behaviour).get(param)
    if case is None:
        # A plugin such as pytest-repeat adds a parameter of its own, whose id is then a part of the item's.
        same = (each for each in cases(behaviour) if callspec.params.keys() - {_FIXTURE} > each.arguments.keys())
        case = next((each for each in same if all(callspec.params[k] is v for k, v in each.arguments.items())), None)
    if case is None:
        raise pytest.UsageError(f"{item.nodeid}: parametrize needs one explicit string id for each value")
    return case, label


@cache
def _by_param(behaviour: Behaviour) -> dict[str, Case]:
    return {case.param or "": case for case in cases(behaviour)}


def _exists(name: str) -> bool:
    id = name.partition("[")[0]
    entry = CATALOGUE.get(id) or load_catalogue().get(id)
    return entry is not None and any(case.name == name for case in cases(entry))
