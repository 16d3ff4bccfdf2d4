"""Looking at what was brought, in a job: one at a time, and what is brought meanwhile waits its turn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

from needlejournal.journal.errors import WorldError
from needlejournal.ui.jobs import Job, JobControl
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.photos_in.import_plan import ImportItem, ImportPlan, ImportSource, Likeness
from needlejournal.workflows.photos_in.import_views import proposed_views
from needlejournal.workflows.photos_in.importing import KeepPreviews, known_to
from needlejournal.workflows.photos_in.proving import proof_for
from needlejournal.workflows.photos_in.same_photo import probably_same
from needlejournal.workflows.photos_in.scanning import Glimpsed, scan
from needlejournal.workflows.progress import Progress

SHOW_EVERY_MS = 120


class Looking(QObject):
    """`progressed` carries Progress, `glimpsed` the ImportItems found so far, `seen` the ImportPlan of one batch.

    `posed` carries the views that photos seen before look like, `likened` what they are probably copies of, by keys.
    """

    progressed = Signal(object)
    glimpsed = Signal(object)
    seen = Signal(object)
    posed = Signal(object)
    likened = Signal(object)

    def __init__(self, open_journal: OpenJournal, parent: QObject) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._waiting: list[ImportSource] = []
        self._job: Job[ImportPlan] | None = None
        self._posing: Job[tuple[dict[int, str], dict[int, Likeness]]] | None = None
        self._found: dict[int, ImportItem] = {}
        self._showing = QTimer(self, singleShot=True, interval=SHOW_EVERY_MS)
        self._showing.timeout.connect(self._show_found)
        open_journal.locked.connect(self._drop)

    @property
    def busy(self) -> bool:
        """Whether something is being looked at."""
        return self._job is not None

    @property
    def waiting(self) -> bool:
        """Whether something waits to be looked at."""
        return bool(self._waiting)

    def get_ready(self) -> None:
        """Photos are about to be chosen: the process that decodes them starts meanwhile."""
        self._open.jobs.run(lambda _control: _wake(), lambda _none: None, self._open.failed.emit)

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
        keep, prove = KeepPreviews(self._open.journal), proof_for(self._open.journal)

        def look(control: JobControl) -> ImportPlan:
            from needlejournal.imaging.reading.apart import workers  # heavy, and not wanted before

            workers.wake()
            return scan(sources, known, keep, control, workers.look, prove)

        self._job = self._open.jobs.run(look, self._take, self._fail, self._take_progress)

    def stop(self) -> None:
        """Look at no more: what was seen is delivered, what waits is dropped."""
        self._waiting.clear()
        if self._job:
            self._job.cancel()

    def pose(self, items: Sequence[ImportItem]) -> None:
        """Find out which views these look like and which are copies, once nothing more pressing is to be done."""
        asked = [item for item in items if item.wanted and item.width]
        if not asked or self._posing:
            return
        journal, photos = self._open.journal, self._open.journal.photos.all()

        def work(control: JobControl) -> tuple[dict[int, str], dict[int, Likeness]]:
            copies = probably_same(journal, photos, asked, control)
            return proposed_views(journal, [item for item in asked if not item.view], control), copies

        self._posing = self._open.jobs.run(work, self._take_poses, self._fail_posing)

    def _take_poses(self, found: tuple[dict[int, str], dict[int, Likeness]]) -> None:
        self._posing = None
        views, copies = found
        self.likened.emit(copies)
        self.posed.emit(views)

    def _fail_posing(self, error: Exception) -> None:
        self._posing = None
        self._open.failed.emit(error)

    def forget(self, items: Iterable[ImportItem]) -> None:
        """Drop the previews of files that will not be imported; where the disk refuses, another time."""
        hashes = self._open.journal.photos.known_hashes()
        with suppress(WorldError):
            for item in items:
                if item.sha256 and item.sha256 not in hashes:
                    self._open.journal.previews.forget(item.sha256)

    def _take_progress(self, progress: object) -> None:
        if isinstance(progress, Progress):
            self.progressed.emit(progress)
        elif isinstance(progress, Glimpsed):
            self._found |= {item.key: item for item in progress.items}
            if not self._showing.isActive():
                self._showing.start()

    def _show_found(self) -> None:
        if self._job:
            self.glimpsed.emit(tuple(self._found.values()))

    def _take(self, plan: ImportPlan) -> None:
        self._job = None
        self._found.clear()
        self.seen.emit(plan)
        self.begin()

    def _fail(self, error: Exception) -> None:
        self._job = None
        self._open.failed.emit(error)
        self.seen.emit(ImportPlan())
        self.begin()

    def _drop(self) -> None:
        for job in (self._job, self._posing):
            if job:
                job.drop()
        self._job = self._posing = None


def _wake() -> None:
    from needlejournal.imaging.reading.apart import workers  # heavy, and not wanted before

    workers.wake()
