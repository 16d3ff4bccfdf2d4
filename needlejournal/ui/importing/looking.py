"""Looking at what was brought, in a job: one at a time, and what is brought meanwhile waits its turn."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from needlejournal.ui.jobs import Job, JobControl
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.import_plan import ImportItem, ImportPlan, ImportSource
from needlejournal.workflows.importing import KeepPreviews, known_to
from needlejournal.workflows.progress import Progress
from needlejournal.workflows.scanning import scan


class Looking(QObject):
    """`progressed` carries Progress, `seen` the ImportPlan of one batch."""

    progressed = Signal(object)
    seen = Signal(object)

    def __init__(self, open_journal: OpenJournal, parent: QObject) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._waiting: list[ImportSource] = []
        self._job: Job[ImportPlan] | None = None
        open_journal.locked.connect(self._drop)

    @property
    def busy(self) -> bool:
        """Whether something is being looked at."""
        return self._job is not None

    @property
    def waiting(self) -> bool:
        """Whether something waits to be looked at."""
        return bool(self._waiting)

    def add(self, sources: Iterable[ImportSource]) -> None:
        """Put these behind what waits already."""
        self._waiting += sources

    def begin(self) -> None:
        """Look at all that waits, unless something is being looked at."""
        if self._job or not self._waiting:
            return
        sources, self._waiting = tuple(self._waiting), []
        now = self._open.clock().replace(tzinfo=None)
        known = known_to(self._open.journal, self._open.catalogue, now)
        keep = KeepPreviews(self._open.journal)

        def look(control: JobControl) -> ImportPlan:
            return scan(sources, known, keep, control)

        self._job = self._open.jobs.run(look, self._take, self._fail, self._tell)

    def stop(self) -> None:
        """Look at no more: what was seen is delivered, what waits is dropped."""
        self._waiting.clear()
        if self._job:
            self._job.cancel()

    def forget(self, items: Iterable[ImportItem]) -> None:
        """Drop the previews of files that will not be imported."""
        hashes = self._open.journal.photos.known_hashes()
        for item in items:
            if item.sha256 and item.sha256 not in hashes:
                self._open.journal.previews.forget(item.sha256)

    def _tell(self, progress: object) -> None:
        if isinstance(progress, Progress):
            self.progressed.emit(progress)

    def _take(self, plan: ImportPlan) -> None:
        self._job = None
        self.seen.emit(plan)
        self.begin()

    def _fail(self, error: Exception) -> None:
        self._job = None
        self._open.failed.emit(error)
        self.seen.emit(ImportPlan())
        self.begin()

    def _drop(self) -> None:
        if self._job:
            self._job.drop()
            self._job = None
