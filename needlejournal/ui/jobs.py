"""The only place with threads: work goes in as a function, its result comes back to the GUI thread as a value.

A worker gets values and returns a value; it never touches a widget. The executor is an argument, so that tests run
jobs by hand. Newer jobs of a lane go first where the lane says so: pictures somebody is looking at right now.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal  # noqa: TID251 (this is that place)
from shiboken6 import isValid

T = TypeVar("T")
log = logging.getLogger(__name__)

SOON, LATER = 1, 0


class Executor(Protocol):
    """Runs a callable off the GUI thread, higher `priority` first; `wait` returns when all have run."""

    def execute(self, work: Callable[[], None], priority: int) -> None: ...
    def wait(self) -> None: ...


class ThreadPool:
    """The executor of the running app."""

    def __init__(self, threads: int = 0) -> None:
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(threads or max(2, QThreadPool.globalInstance().maxThreadCount()))
        # Without an expiry threads live as long as the pool; numpy's buffers like that.
        self._pool.setExpiryTimeout(-1)

    def execute(self, work: Callable[[], None], priority: int) -> None:
        """Start it when a thread is free.

        Not through QRunnable.create: its Python half outlives the Qt half and later poses as another object.
        """
        self._pool.start(work, priority)

    def wait(self) -> None:
        """Return when nothing runs any more."""
        self._pool.clear()
        self._pool.waitForDone()


class JobControl:
    """What the work itself sees: whether it should stop, and where to report how far it is."""

    def __init__(self, report: Callable[[object], None]) -> None:
        self._stop = Event()
        self._report = report

    @property
    def cancelled(self) -> bool:
        """Whether the person (or a closing window) asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next good point."""
        self._stop.set()

    def report(self, progress: object) -> None:
        """Send a value to the job's `on_progress` on the GUI thread."""
        if not self.cancelled:
            self._report(progress)


@dataclass(slots=True)
class Job(Generic[T]):
    """One piece of work. Its callbacks run on the GUI thread, and not at all once it is dropped."""

    work: Callable[[JobControl], T]
    on_done: Callable[[T], None]
    on_failed: Callable[[Exception], None] | None
    on_progress: Callable[[object], None] | None
    control: JobControl
    dropped: bool = False
    finished: bool = False

    def cancel(self) -> None:
        """Ask it to stop; what it returns is still delivered."""
        self.control.cancel()

    def drop(self) -> None:
        """Nobody needs the result any more: skip the work if it has not begun, and deliver nothing."""
        self.dropped = True
        self.control.cancel()


class Jobs(QObject):
    """Starts jobs and hands their results back. `fault` hears of exceptions nobody asked for."""

    fault = Signal(object)
    _came = Signal()

    def __init__(self, executor: Executor | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = executor or ThreadPool()
        self._running: dict[int, Job[Any]] = {}
        self._results: deque[Callable[[], None]] = deque()
        self._ended = False
        self._held: list[tuple[Callable[[], None], int]] | None = None
        self._then: Callable[[], object] | None = None
        self._came.connect(self._hand_over)

    def run(
        self,
        work: Callable[[JobControl], T],
        on_done: Callable[[T], None],
        on_failed: Callable[[Exception], None] | None = None,
        on_progress: Callable[[object], None] | None = None,
        *,
        priority: int = LATER,
    ) -> Job[T]:
        """Run `work` in a worker. Without `on_failed`, an exception goes to `fault`. After `finish` nothing begins."""
        job: Job[T] = Job(work, on_done, on_failed, on_progress, JobControl(lambda value: self._progress(job, value)))
        if self._ended:
            job.drop()
            return job
        self._running[id(job)] = job
        if self._held is None:
            self._executor.execute(partial(self._perform, job), priority)
        else:
            self._held.append((partial(self._perform, job), priority))
        return job

    def hold(self) -> None:
        """Begin nothing until `release`."""
        self._held = []

    def release(self) -> None:
        """Begin what was asked for meanwhile, what is wanted soon first."""
        held, self._held = self._held or [], None
        for work, priority in sorted(held, key=lambda one: -one[1]):
            self._executor.execute(work, priority)

    @property
    def busy(self) -> bool:
        """Whether any job is waiting or running."""
        return bool(self._running)

    def finish(self) -> None:
        """Wait for what is running and hand its results over, before the journal is closed; what has not begun never
        runs."""
        self._ended = True
        self.release()
        self._executor.wait()
        self._hand_over()
        self._running.clear()
        self._go_on()

    def end(self, then: Callable[[], object]) -> None:
        """Ask all that runs to stop at its next good point, and call `then` once every result is handed over; what has
        not begun never runs. Waits for nothing."""
        self._ended = True
        self.release()
        self._then = then
        for job in self._running.values():
            job.cancel()
        self._go_on()

    def _deliver(self, result: Callable[[], None]) -> None:
        """From any thread: `result` is called on the GUI thread, in turn."""
        self._results.append(result)
        self._came.emit()

    def _hand_over(self) -> None:
        try:
            while self._results:
                self._results.popleft()()
        finally:
            self._go_on()

    def _go_on(self) -> None:
        """All has ended, and somebody waits for that."""
        if self._then is not None and not self._running:
            then, self._then = self._then, None
            then()

    def _perform(self, job: Job[T]) -> None:
        if job.dropped or self._ended:
            self._deliver(partial(self._settle, job))
            return
        try:
            value = job.work(job.control)
        except Exception as error:  # noqa: BLE001 (delivered to whoever asked)
            self._deliver(partial(self._fail, job, error))
        else:
            self._deliver(partial(self._done, job, value))

    def _progress(self, job: Job[T], value: object) -> None:
        if job.on_progress and not job.dropped:
            self._deliver(partial(self._report, job, value))

    def _report(self, job: Job[T], value: object) -> None:
        if job.on_progress and not job.dropped and not _is_gone(job.on_progress):
            job.on_progress(value)

    def _settle(self, job: Job[T]) -> None:
        job.finished = True
        self._running.pop(id(job), None)

    def _done(self, job: Job[T], value: T) -> None:
        self._settle(job)
        if not job.dropped and not _is_gone(job.on_done):
            job.on_done(value)

    def _fail(self, job: Job[T], error: Exception) -> None:
        self._settle(job)
        if job.dropped:
            return
        if job.on_failed is None:
            self.fault.emit(error)
        elif not _is_gone(job.on_failed):
            job.on_failed(error)


def _is_gone(asking: Callable[..., object]) -> bool:
    """Whether the sheet or page that asked was deleted while the work ran: by a method of its own, or by a function
    that holds it or such a method.
    """
    while isinstance(asking, partial):
        asking = asking.func
    owners = (getattr(one, "__self__", one) for one in (asking, *_held_by(asking)))
    return any(isinstance(owner, QObject) and not isValid(owner) for owner in owners)


def _held_by(function: Callable[..., object]) -> Iterator[object]:
    yield from getattr(function, "__defaults__", None) or ()
    for cell in getattr(function, "__closure__", None) or ():
        with suppress(ValueError):  # nothing is in it yet
            yield cell.cell_contents


class WorkAlone(QObject):
    """Work during which nothing else begins; of what is asked for meanwhile, the last comes after it. `freed` tells
    that it is over, whatever came of it."""

    freed = Signal()

    def __init__(self, parent: QObject, executor: Executor | None = None) -> None:
        super().__init__(parent)
        self._jobs = Jobs(executor or ThreadPool(1), self)
        self._job: Job[Any] | None = None
        self._next: tuple[Callable[[], object], Callable[[], bool]] | None = None
        self._ending: tuple[Callable[[object], object], Callable[[], object]] | None = None

    @property
    def under_way(self) -> bool:
        """Whether there is any now."""
        return self._job is not None

    def run(
        self,
        work: Callable[[JobControl], T],
        on_done: Callable[[T], None],
        on_failed: Callable[[Exception], None],
        on_progress: Callable[[object], None] | None = None,
    ) -> Job[T]:
        """Do it in a worker."""
        job = self._jobs.run(work, partial(self._go_on, on_done), partial(self._go_on, on_failed), on_progress)
        self._job = job
        return job

    def when_free(self, then: Callable[[], object], *, unless: Callable[[], bool] = lambda: False) -> None:
        """Do this at once; or after the work under way, `unless` that made it needless."""
        if self.under_way:
            self._next = then, unless
        else:
            then()

    def end(self, put_away: Callable[[object], object], then: Callable[[], object]) -> None:
        """Ask the work under way to stop at its next good point; what comes of it is given to `put_away` instead of to
        whoever asked. Then only `then` is done."""
        self._ending = put_away, then
        if self._job is not None:
            self._job.cancel()

    def finish(self, put_away: Callable[[object], object]) -> None:
        """The same at once: wait for it. Nothing begins after that."""
        self.end(put_away, lambda: None)
        self._jobs.finish()

    def _go_on(self, then: Callable[[T], object], outcome: T) -> None:
        self._job = None
        (ending, self._ending), (wanted, self._next) = (self._ending, None), (self._next, None)
        if ending:
            put_away, after = ending
            put_away(outcome)
            after()
            return
        then(outcome)
        if wanted and not wanted[1]():
            wanted[0]()
        if not self.under_way:
            self.freed.emit()
