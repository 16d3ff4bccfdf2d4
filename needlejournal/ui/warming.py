"""The pixel libraries and the modules of the other pages are loaded by a job while the first page is looked at, so that
nothing loads them under hands; then photos that nobody has read yet are read in the background.

Knows which doors below ui lead to them, and no page.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from needlejournal.ui.jobs import JobControl
from needlejournal.ui.session import OpenJournal

AFTER_MS = 300  # after the window came up: its first picture goes first
READ_AFTER_MS = 5000  # after that: the first seconds belong to the person
DOORS = (
    "imaging.aligning.automatic",
    "imaging.measuring.light",
    "workflows.comparison.comparison_export",
    "workflows.photos_in.import_run",
)


class Warming(QObject):
    """Loads them once, then the modules `pages`. `when_warm` runs something as soon as the libraries are there."""

    def __init__(self, open_journal: OpenJournal, parent: QObject, pages: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._pages = pages
        self._waiting: list[Callable[[], object]] = []
        self._warm = all(_module(door) in sys.modules for door in DOORS)
        self._timer = QTimer(self, interval=AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self._load)
        self._reading = QTimer(self, interval=READ_AFTER_MS, singleShot=True)
        self._reading.timeout.connect(self._read_ahead)
        self._closed = False
        open_journal.locked.connect(self._leave)
        open_journal.locked.connect(stop_workers)
        if self._warm:
            self._reading.start()
        else:
            self._timer.start()

    def when_warm(self, then: Callable[[], object]) -> None:
        """Run it at once where they are loaded, else as soon as they are; of several only the last."""
        if self._warm:
            then()
            return
        self._waiting = [then]
        if self._timer.isActive():
            self._timer.start(0)

    def _read_ahead(self) -> None:
        """Photos that the command line brought in, or an older version measured, are read while nobody waits."""
        from needlejournal.ui.models.reading_ahead import ReadingAhead  # it leads to the pixel libraries

        ReadingAhead.of(self._open)

    def _leave(self) -> None:
        """The journal is being closed: what is still being loaded leads to nothing any more."""
        self._closed = True
        self._timer.stop()
        self._reading.stop()

    def _load(self) -> None:
        self._open.jobs.run(lambda _control: load(), lambda _none: self._go_on(), self._fail)

    def _fail(self, error: Exception) -> None:
        self._open.failed.emit(error)
        self._go_on()

    def _go_on(self) -> None:
        if self._closed:
            return
        self._warm = True
        self._reading.start()
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()
        self._open.jobs.run(partial(_load_pages, self._pages), lambda _none: None)


def _load_pages(pages: Sequence[str], control: JobControl) -> None:
    for page in pages:
        if not control.cancelled:
            import_module(page)


def _module(door: str) -> str:
    return f"needlejournal.{door}"


def stop_workers() -> None:
    """End the processes that decode, with the pixels they may still hold; there are none while that is being loaded."""
    workers = getattr(sys.modules.get("needlejournal.imaging.reading.apart"), "workers", None)
    if workers:
        workers.stop()


def load() -> None:
    """Load them, now and here."""
    for door in DOORS:
        import_module(_module(door))
