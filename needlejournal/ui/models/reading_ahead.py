"""Reads faces in the background after an import, one photo at a time, so that opening a pair waits for nothing.

Started once for an open journal; knows no widget. What is read is kept with the previews.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from needlejournal.journal.changes import Changes
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.ui.jobs import LATER, Job, JobControl
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.comparison.readings import read_ahead


class ReadingAhead(QObject):
    """Goes through the photos of the journal, then through those brought in later.

    `read`: one more is read, `all_read`: nothing is left to do. The open journal says as well how many are waiting,
    for those who are there before this is.
    """

    read = Signal()
    all_read = Signal()

    def __init__(self, open_journal: OpenJournal) -> None:
        super().__init__(open_journal)
        self._open = open_journal
        self._waiting: deque[int] = deque()
        self._job: Job[bool] | None = None
        open_journal.changed.connect(self._follow)
        open_journal.locked.connect(self._stop)
        self._add(place[0] for place in open_journal.journal.photos.places())

    @classmethod
    def of(cls, open_journal: OpenJournal) -> ReadingAhead:
        """The one of this open journal; it begins when first asked for."""
        return open_journal.findChild(cls) or cls(open_journal)

    @property
    def waiting(self) -> int:
        """How many photos are still to be read."""
        return len(self._waiting) + (self._job is not None)

    def sooner(self, photos: Sequence[Photo]) -> None:
        """Read these before the others: somebody is looking at them."""
        wanted = {photo.id for photo in photos}
        first = [photo_id for photo_id in self._waiting if photo_id in wanted]
        if first:
            self._waiting = deque([*first, *(photo_id for photo_id in self._waiting if photo_id not in wanted)])

    def _follow(self, changes: Changes) -> None:
        if changes.has("photo"):
            self._add(sorted(changes.ids("photo")))

    def _add(self, ids: Iterable[int]) -> None:
        if not self._open.journal.read_only:
            self._waiting.extend(ids)
            self._next()

    def _next(self) -> None:
        if self._job is not None:
            return
        while self._waiting:
            photo = self._open.journal.photos.get(self._waiting.popleft())
            if photo is None or not photo.original.readable:
                continue
            work = partial(_read, self._open.journal, photo)
            self._job = self._open.jobs.run(work, self._done, self._skip, priority=LATER)
            return
        if not self.waiting:
            self.all_read.emit()
            self._open.reading.emit(0)

    def _done(self, was_new: bool) -> None:
        self._job = None
        if was_new:
            self.read.emit()
            self._open.reading.emit(self.waiting)
        self._next()

    def _skip(self, _error: Exception) -> None:
        """It cannot be read: whoever opens it is told why, nobody needs to be told now."""
        self._done(False)

    def _stop(self) -> None:
        self._waiting.clear()
        if self._job is not None:
            self._job.drop()
            self._job = None


def _read(journal: Journal, photo: Photo, control: JobControl) -> bool:
    return not control.cancelled and read_ahead(journal, photo)
