"""Costs as ratios: what ours takes beside what a baseline takes in the same run, and the table of them at the end.

A benchmark is marked `benchmark` and asks for `costs`:

    ours = costs.cpu(lambda: open_timeline(journal))
    theirs = costs.cpu(lambda: fill_list_widget(journal))
    costs.ratio("timeline of 10,000 sessions / QListWidget", ours, theirs, at_most=0.01)
    costs.frame("timeline: 95 of 100 jumps", costs.p95(jumps), at_most=5.9)
    costs.work("plan of ten years, recalculated", costs.cpu(recalculate), at_most=1.1)

`frame` and `work` hold a time against a reference measured right after it in the same process, so that a slow or busy
machine slows both. Every limit is noted; a test fails at its end with all of its misses.

Nothing here knows what is measured.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

import pytest

ROWS = pytest.StashKey[list["Row"]]()
LONGEST_S = 120  # a program that does not end by itself is ended, and fails


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: `value` was allowed to be `limit` at most; `how` says what both were."""

    name: str
    value: float
    limit: float
    unit: str
    how: str

    def __str__(self) -> str:
        verdict = "ok  " if self.value <= self.limit else "OVER"
        return f"{verdict} {self.name:<58} {self.value:>9.3f} {self.unit:<3} at most {self.limit:<8.3g} {self.how}"


@dataclass(frozen=True, slots=True)
class Process:
    """What a program took from its start to its end: CPU seconds and the most memory it held, in bytes."""

    cpu: float
    memory: int


class Costs:
    """Measures, and notes what is compared."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows
        self.missed: list[Row] = []

    def cpu(self, work: Callable[[], object], rounds: int = 5) -> float:
        """Return the CPU seconds of all threads that `work` takes, the median of several rounds after a first."""
        return statistics.median(self._rounds(work, rounds, time.process_time))

    def wall(self, work: Callable[[], object], rounds: int = 5) -> float:
        """Return the seconds that pass until `work` is done, the median of several rounds after a first."""
        return statistics.median(self._rounds(work, rounds, time.perf_counter))

    def p95(self, frames: Sequence[Callable[[], object]]) -> float:
        """Return the CPU seconds that 95 of 100 frames stay under, each drawn once."""
        taken = sorted(self._once(frame, time.process_time) for frame in frames)
        return taken[min(len(taken) - 1, int(len(taken) * 0.95))]

    def process(
        self, command: Sequence[str | Path], rounds: int = 3, before: Callable[[], object] = lambda: None
    ) -> Process:
        """Run a program several times after a first and return the median of its CPU time and of its peak memory.

        `before` is done before each run and not counted.
        """
        runs = [(before(), self._run(command))[1] for _ in range(rounds + 1)][1:]
        return Process(statistics.median(run.cpu for run in runs), int(statistics.median(run.memory for run in runs)))

    def frame(self, name: str, seconds: float, *, at_most: float) -> None:
        """Note a time as so many times that of drawing one window of 1280 × 800 from one pixmap (1.7 ms when idle)."""
        self.ratio(f"{name} / one pixmap drawn", seconds, self.cpu(_drawn_pixmap(), 21), at_most=at_most)

    def work(self, name: str, seconds: float, *, at_most: float) -> None:
        """Note a time as so many times that of sorting and grouping 20,000 pairs in Python (9.2 ms when idle)."""
        self.ratio(f"{name} / 20,000 pairs sorted", seconds, self.cpu(_sorted_pairs, 11), at_most=at_most)

    def ratio(self, name: str, ours: float, theirs: float, *, at_most: float) -> None:
        """Note `ours` beside `theirs`, in seconds."""
        self._note(Row(name, ours / theirs, at_most, "×", f"({ours * 1000:.1f} / {theirs * 1000:.1f} ms)"))

    def at_most(self, name: str, value: float, limit: float, unit: str) -> None:
        """Note a value that has a limit of its own: memory, or a time that is long by design."""
        self._note(Row(name, value, limit, unit, ""))

    def _note(self, row: Row) -> None:
        self._rows.append(row)
        if row.value > row.limit:
            self.missed.append(row)

    def _rounds(self, work: Callable[[], object], rounds: int, clock: Callable[[], float]) -> list[float]:
        work()
        return [self._once(work, clock) for _ in range(rounds)]

    @staticmethod
    def _once(work: Callable[[], object], clock: Callable[[], float]) -> float:
        start = clock()
        work()
        return clock() - start

    @staticmethod
    def _run(command: Sequence[str | Path]) -> Process:
        compiled_once = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        program = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, env=compiled_once)
        hanging = Timer(LONGEST_S, program.kill)
        hanging.start()
        _, status, usage = os.wait4(program.pid, 0)
        hanging.cancel()
        program.returncode = os.waitstatus_to_exitcode(status)
        assert program.returncode == 0, command
        kilobyte = 1 if sys.platform == "darwin" else 1024
        return Process(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * kilobyte)


@pytest.fixture
def costs(pytestconfig: pytest.Config) -> Iterator[Costs]:
    """What a benchmark measures with. What lies above its limit fails the test at its end, all of it at once."""
    measured = Costs(pytestconfig.stash.setdefault(ROWS, []))
    yield measured
    if measured.missed:
        pytest.fail("\n".join(str(row) for row in measured.missed), pytrace=False)


def _sorted_pairs() -> None:
    pairs = sorted((number * 7919 % 10007, str(number)) for number in range(20_000))
    groups: dict[int, list[str]] = {}
    for rest, text in pairs:
        groups.setdefault(rest % 97, []).append(text)


def _drawn_pixmap() -> Callable[[], object]:
    from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
    from PySide6.QtWidgets import QWidget

    class Drawn(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawPixmap(self.rect(), pixmap)

    pixmap = QPixmap(1600, 1000)
    pixmap.fill("teal")
    drawn = Drawn()
    drawn.resize(1280, 800)
    return drawn.grab


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    rows = config.stash.get(ROWS, [])
    if rows:
        terminalreporter.section("costs")
        for row in rows:
            terminalreporter.write_line(str(row))
