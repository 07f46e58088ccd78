"""Tries mutants against tests: the tests are collected once, and each mutant runs in a fork."""

import functools
import gc
import inspect
import os
import signal
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from types import CodeType, FrameType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.mutants import Mutant

CPU_LIMIT = 3.0
"""Seconds of CPU for one test, beside ten times what it takes; a mutant that needs more runs for ever, and
counts as noticed."""
_EVERYWHERE = ("event_loop_policy",)
"""What pytest's plugins add to each test."""


@dataclass(frozen=True)
class Result:
    """What became of a mutant. ``by``: the test that failed; ``reached``: how many tests run its function."""

    mutant: Mutant
    killed: bool
    by: str
    reached: int


class Trial:
    """A pytest plugin that runs mutants instead of the session's tests."""

    def __init__(self, mutants: Sequence[Mutant], jobs: int, seconds: float) -> None:
        self.mutants, self.jobs, self.seconds = mutants, jobs, seconds
        self.results: list[Result] = []
        self.broken: list[str] = []
        self._reaching: dict[CodeType, list[pytest.Item]] = {mutant.code: [] for mutant in mutants}
        self._took: dict[str, float] = {}
        self._killers: dict[str, list[str]] = defaultdict(list)
        self._failed = ""

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self._failed:
            self._failed = report.nodeid

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = [item for item in session.items if item.get_closest_marker("no_mutants") is None]
        for at, item in enumerate(items):
            self._look(item, items[at + 1] if at + 1 < len(items) else None)
        if not self.broken:
            gc.collect()
            gc.freeze()
            self._try_all()
        return True

    def _look(self, item: pytest.Item, after: pytest.Item | None) -> None:
        """Run a test as it is, and note which functions it reaches."""
        reached: set[CodeType] = set()

        def note(frame: FrameType, event: str, argument: object) -> None:
            if event == "call" and frame.f_code in self._reaching:
                reached.add(frame.f_code)

        self._failed, began = "", monotonic()
        sys.setprofile(note)
        try:
            runtestprotocol(item, nextitem=after, log=True)
        finally:
            sys.setprofile(None)
        self._took[item.nodeid] = monotonic() - began
        if self._failed:
            self.broken.append(item.nodeid)
            return
        for code in reached:
            self._reaching[code].append(item)

    def _try_all(self) -> None:
        running: dict[int, tuple[Mutant, int, int]] = {}
        end = monotonic() + self.seconds
        for mutant in self.mutants:
            if monotonic() > end:
                break
            while len(running) >= self.jobs:
                self._settle(running)
            tests = list(self._in_order(mutant))
            if tests:
                process, answer = self._begin(mutant, tests)
                running[process] = (mutant, answer, len(tests))
            else:
                self.results.append(Result(mutant, False, "", 0))
        while running:
            self._settle(running)

    def _in_order(self, mutant: Mutant) -> Iterator[pytest.Item]:
        """The tests that reach it: first those that noticed other faults of its function, then the quick."""
        tests = self._reaching[mutant.code]
        killers = self._killers[mutant.function]
        first = {name: at for at, name in enumerate(reversed(killers))}
        yield from sorted(
            tests, key=lambda item: (first.get(item.nodeid, len(first)), self._took[item.nodeid])
        )

    def _begin(self, mutant: Mutant, tests: Sequence[pytest.Item]) -> tuple[int, int]:
        answer, said = os.pipe()
        process = os.fork()
        if process:
            os.close(said)
            return process, answer
        try:
            os.write(said, self._noticed(mutant, tests).encode()[:2000])
        except BaseException as error:
            os.write(said, f"{type(error).__name__} outside of a test".encode())
        os._exit(0)

    def _noticed(self, mutant: Mutant, tests: Sequence[pytest.Item]) -> str:
        """In the fork: the first test that fails with the mutant; "-" where none does."""
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (1, 2):
            os.dup2(silence, stream)
        _forget_cached()
        mutant.put_in()
        self._failed = ""
        for at, item in enumerate(tests):
            signal.setitimer(signal.ITIMER_PROF, CPU_LIMIT + 10 * self._took[item.nodeid])
            if _is_plain(item):
                if _fails(item):
                    return item.nodeid
            else:
                runtestprotocol(item, nextitem=tests[at + 1] if at + 1 < len(tests) else None, log=True)
            if self._failed:
                return self._failed
        return "-"

    def _settle(self, running: dict[int, tuple[Mutant, int, int]]) -> None:
        process, _ = os.wait()
        mutant, answer, reached = running.pop(process)
        said = os.read(answer, 2000).decode()
        os.close(answer)
        if said and said != "-":
            self._killers[mutant.function].append(said)
        self.results.append(Result(mutant, said != "-", said or "it runs for ever", reached))


def _is_plain(item: pytest.Item) -> bool:
    """Whether a test needs nothing of pytest but its own parameters: calling it is much quicker."""
    if not isinstance(item, pytest.Function) or item.cls is not None:
        return False
    given = item.callspec.params if hasattr(item, "callspec") else {}
    special = inspect.iscoroutinefunction(item.obj) or hasattr(item.obj, "hypothesis")
    return not special and set(item._fixtureinfo.names_closure) <= {*given, *_EVERYWHERE}


def _fails(item: pytest.Function) -> bool:
    given = item.callspec.params if hasattr(item, "callspec") else {}
    try:
        item.obj(**{name: given[name] for name in item._fixtureinfo.argnames})
    except BaseException:
        return True
    return False


def _forget_cached() -> None:
    """What was computed without the fault must not hide it."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "service":
            for value in list(vars(module).values()):
                if isinstance(value, functools._lru_cache_wrapper):
                    value.cache_clear()


def run(trial: Trial, tests: Sequence[str], deselected: Sequence[str]) -> Any:
    """Collect the tests, look what each reaches, and try the mutants. pytest's exit code."""
    arguments = ["-q", "-n", "0", "-p", "no:cacheprovider", *tests]
    return pytest.main([*arguments, *(f"--deselect={name}" for name in deselected)], plugins=[trial])
