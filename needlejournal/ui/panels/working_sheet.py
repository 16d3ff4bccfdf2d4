"""A sheet whose work takes a while: it shows how far the work is, and stops it when the person asks or closes it.

Knows nothing of what is done; where the strip stands is the sheet's own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget

from needlejournal.ui.jobs import SOON, Job, JobControl
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.frame.progress_strip import ProgressStrip
from needlejournal.ui.widgets.frame.sheets import Sheet
from needlejournal.workflows.progress import Progress

T = TypeVar("T")


class WorkingSheet(Sheet):
    """`strip` is hidden until something runs. One work at a time."""

    def __init__(self, open_journal: OpenJournal, title: str, parent: QWidget | None, *, width: int) -> None:
        super().__init__(title, parent, width=width)
        self._open = open_journal
        self._job: Job[Any] | None = None
        self.strip = ProgressStrip("")
        self.strip.hide()
        self.strip.cancelled.connect(self._stop)
        self.finished.connect(self._stop)

    def run(
        self,
        words: str,
        work: Callable[[JobControl], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Begin `work` in the background and show it as `words`; one of the two is called at its end."""
        self.strip.reset(words)
        self.strip.show()
        self._job = self._open.jobs.run(work, done, failed, self._advance, priority=SOON)

    def ended(self) -> None:
        """Nothing runs any more."""
        self._job = None
        self.strip.hide()

    @property
    def at_work(self) -> bool:
        """Whether something runs."""
        return self._job is not None

    def _advance(self, progress: object) -> None:
        if isinstance(progress, Progress):
            self.strip.show_progress(progress.done, progress.total)

    def _stop(self) -> None:
        if self._job is not None and not self._job.finished:
            self._job.cancel()
