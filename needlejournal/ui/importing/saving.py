"""Saving the photos of a plan: originals in a worker, rows here, and "saved" only once a row is committed.

Knows no page. When the journal is being closed it lets the photo at hand be finished and keeps the rest for later.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from needlejournal.journal.message import message
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.ui.importing.for_later import ForLater
from needlejournal.ui.jobs import JobControl
from needlejournal.ui.language import tr
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.photos_in import import_draft
from needlejournal.workflows.photos_in.import_plan import ImportItem
from needlejournal.workflows.photos_in.importing import Arrival, Failure, Imported, Staging, record


class Saving(QObject):
    """One run. `advanced` tells that more is saved (see `saved`); `ended` carries Imported."""

    advanced = Signal()
    ended = Signal(object)

    def __init__(
        self, open_journal: OpenJournal, items: Sequence[ImportItem], undecided: Sequence[ImportItem], later: ForLater
    ) -> None:
        """Save `items`; `undecided` only waits with them when the journal is closed meanwhile."""
        super().__init__(later)
        self._later = later
        self._undecided = tuple(undecided)
        self._open = open_journal
        self._staging = Staging(items, open_journal.journal.originals)
        self._items = tuple(items)
        self._failed: list[Failure] = []
        self._closed = False
        self.saved: dict[int, tuple[ImportItem, Photo]] = {}
        open_journal.locked.connect(self._stop_for_good)
        open_journal.closing.connect(self._keep_rest)

    @property
    def total(self) -> int:
        """How many photos this run began with."""
        return len(self._items)

    @property
    def done(self) -> int:
        """How many of them are saved, or told not to be."""
        return len(self.saved) + len(self._failed)

    def start(self) -> bool:
        """Begin, and give whether it could. Until the end all of it waits as a draft: a crash loses no decision."""
        waiting = (*self._items, *self._undecided)
        if not self._later.keep(waiting):
            self._close()
            return False

        def work(control: JobControl) -> None:
            self._staging.work(control)

        self._open.jobs.run(work, lambda _none: self._end(), self._fail, lambda _progress: self._write())
        return True

    def stop(self) -> None:
        """Finish the photo at hand and begin no other."""
        self._staging.stop()

    def _write(self) -> None:
        """Write the rows of what is durable by now."""
        if self._closed:
            return
        taken = self._staging.take()
        arrivals = [one for one in taken if isinstance(one, Arrival)]
        self._failed += [one for one in taken if isinstance(one, Failure)]
        if arrivals:
            self._record(arrivals)
        self.advanced.emit()

    def _record(self, arrivals: list[Arrival]) -> None:
        label, key = tr("Add photos"), f"import {id(self)}"
        written = self._open.write(label, lambda journal: record(journal, arrivals), merge=key)
        if written is None:  # the window has told why
            self._staging.stop()
            reason = message("Its entry could not be written. Nothing was lost; import it again.")
            self._failed += [Failure(arrival.item, reason) for arrival in arrivals]
            return
        for arrival, photo in zip(arrivals, written.value, strict=True):
            self.saved[arrival.item.key] = (arrival.item, photo)

    def _end(self) -> None:
        self._write()
        if not self._closed:
            self._close()
            self.ended.emit(Imported(tuple(self.saved.values()), tuple(self._failed), self._staging.left))

    def _fail(self, error: Exception) -> None:
        """A fault of ours in the worker: what is saved is saved, the rest is left."""
        self._open.failed.emit(error)
        self._end()

    def _stop_for_good(self) -> None:
        """The journal is being closed: only the photo at hand is finished."""
        self._closed = True
        self._staging.stop()

    def _keep_rest(self) -> None:
        """Write the rows of what is durable by now, and keep what is left for another time."""
        arrivals = [one for one in self._staging.take() if isinstance(one, Arrival)]

        def keep(journal: Journal) -> None:
            with journal.step(tr("Add photos")):
                record(journal, arrivals)
            import_draft.keep(journal, (*self._staging.left, *self._undecided), self._later.beside)

        self._open.keep_aside(keep)

    def _close(self) -> None:
        self._closed = True
        self._open.locked.disconnect(self._stop_for_good)
        self._open.closing.disconnect(self._keep_rest)
