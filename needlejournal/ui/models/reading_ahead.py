"""Reads faces in the background after an import, one photo at a time, so that opening a pair waits for nothing.

Started once for an open journal; knows no widget. What is read is kept with the previews.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice

from PySide6.QtCore import QObject, Signal

from needlejournal.journal.changes import Changes
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.ui.jobs import LATER, Job, JobControl
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.comparison.readings import read_ahead

AT_ONCE = 100  # photos that one job looks at: whoever is looked at meanwhile waits no longer


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
        self._waiting: dict[int, None] = {}  # ids, in the order in which they are read
        self._job: Job[tuple[list[int], bool]] | None = None
        open_journal.changed.connect(self._follow)
        open_journal.locked.connect(self._stop)
        self._add(open_journal.journal.photos.ids())

    @classmethod
    def of(cls, open_journal: OpenJournal) -> ReadingAhead:
        """The one of this open journal; it begins when first asked for."""
        return open_journal.findChild(cls) or cls(open_journal)

    @property
    def waiting(self) -> int:
        """How many photos are still to be read."""
        return len(self._waiting)

    def sooner(self, photos: Sequence[Photo]) -> None:
        """Read these before the others: somebody is looking at them."""
        first = {photo.id: None for photo in photos if photo.id in self._waiting}
        if first:
            self._waiting = first | self._waiting

    def _follow(self, changes: Changes) -> None:
        if changes.has("photo"):
            self._add(sorted(changes.ids("photo")))

    def _add(self, ids: Iterable[int]) -> None:
        if not self._open.journal.read_only:
            self._waiting |= dict.fromkeys(ids)
            self._next()

    def _next(self) -> None:
        if self._job is not None:
            return
        if self._waiting:
            work = partial(_read_one, self._open.journal, list(islice(self._waiting, AT_ONCE)))
            self._job = self._open.jobs.run(work, self._done, priority=LATER)
        else:
            self.all_read.emit()
            self._open.reading.emit(0)

    def _done(self, went_through: tuple[list[int], bool]) -> None:
        self._job = None
        ids, one_was_new = went_through
        for photo_id in ids:
            self._waiting.pop(photo_id, None)
        if one_was_new:
            self.read.emit()
            self._open.reading.emit(self.waiting)
        self._next()

    def _stop(self) -> None:
        self._waiting.clear()
        if self._job is not None:
            self._job.drop()
            self._job = None


def _read_one(journal: Journal, ids: Sequence[int], control: JobControl) -> tuple[list[int], bool]:
    """Go on to the first photo that nobody has read, and read it: the ids that are done now, and whether one was read.

    One that cannot be read is passed over: whoever opens it is told why, nobody needs to be told now.
    """
    done: list[int] = []
    for photo_id in ids:
        if control.cancelled:
            break
        photo = journal.photos.get(photo_id)
        done.append(photo_id)
        with suppress(Exception):  # damaged pictures fail in many ways
            if photo is not None and photo.original.readable and read_ahead(journal, photo):
                return done, True
    return done, False
