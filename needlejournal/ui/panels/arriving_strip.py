"""New photos in the folders where photos arrive: one quiet notice on the timeline. Nothing happens by itself."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from needlejournal.ui.destinations import Go, ImportPhotos
from needlejournal.ui.jobs import Job, JobControl
from needlejournal.ui.language import medium_date, tr
from needlejournal.ui.panels.corner_notice import CornerNotice, NoticeWords
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from needlejournal.workflows.photos_in.arriving import Arrived, Sorted

FIRST_LOOK_MS = 4_000  # after the window is there and painted
EVERY_MS = 10 * 60_000


class ArrivingStrip(CornerNotice):
    """Looks now and then, in a worker. What looks like this diary's photos comes first, the rest is one tap away."""

    def __init__(self, open_journal: OpenJournal, go: Go, parent: QWidget) -> None:
        super().__init__(parent, at_left=True)
        self._open, self._go = open_journal, go
        self._arrived: Arrived | None = None
        self._sorted: tuple[bytes, ...] | None = None  # the news that the notice, shown or not, is about
        self._job: Job[Arrived] | Job[Sorted] | None = None
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self.look)
        open_journal.locked.connect(self._stop)
        if not open_journal.journal.read_only:
            self._wait.start(FIRST_LOOK_MS)

    def look(self) -> None:
        """Look for new photos, once."""
        from needlejournal.workflows.photos_in.arriving import arrived_in, folders_of, seen_before

        self._wait.start(EVERY_MS)
        folders, seen = folders_of(self._open.journal), seen_before(self._open.journal)
        if not folders:
            self.hide()
        elif self._job is None:
            self._job = self._open.jobs.run(lambda _control: arrived_in(folders, seen), self._take, self._fail)

    def _stop(self) -> None:
        """Whatever is being looked at, its answer is not wanted any more."""
        self._wait.stop()
        if self._job:
            self._job.drop()
            self._job = None

    def _fail(self, _error: Exception) -> None:
        """A folder on a disk that went away is no news; it is looked at again later."""
        self._job = None

    def _take(self, arrived: Arrived) -> None:
        self._job = None
        if self._sorted == arrived.news:
            return
        self._arrived, self._sorted = arrived, None
        if not arrived.files:
            self.hide()
            return
        self._sort(arrived.files)

    def _sort(self, files: tuple[Path, ...]) -> None:
        """Read the newest, and tell which of them look like the photos of this diary."""
        from needlejournal.workflows.photos_in.arriving import LOOKED_AT, sorted_out
        from needlejournal.workflows.photos_in.importing import KeepPreviews, known_to
        from needlejournal.workflows.photos_in.scanning import scan

        journal, now = self._open.journal, self._open.clock().replace(tzinfo=None)
        known, keep = known_to(journal, self._open.catalogue, now), KeepPreviews(journal)

        def work(control: JobControl) -> Sorted:
            from needlejournal.imaging.reading.apart import workers  # heavy, not wanted before

            plan = scan(files[:LOOKED_AT], known, keep, control, workers.look)
            return sorted_out(journal, plan.items, control)

        self._job = self._open.jobs.run(work, self._take_sorted, self._fail)

    def _take_sorted(self, found: Sorted) -> None:
        """Offer what looks like this diary's photos first; what was not looked at yet is with the rest."""
        from needlejournal.workflows.photos_in.arriving import pass_by

        self._job = None
        self._sorted = self._arrived.news if self._arrived and not found.away else None
        self._open.keep_aside(lambda journal: pass_by(journal, self._marks(found.known)))
        looked = {*found.alike, *found.others, *found.known, *found.away}
        others = (
            *found.others,
            *(file for file in (self._arrived.files if self._arrived else ()) if file not in looked),
        )
        first, second = (found.alike, others) if found.alike else (others, ())
        if first:
            self._offer(first, second)
        else:
            self.hide()

    def _offer(self, files: tuple[Path, ...], others: tuple[Path, ...]) -> None:
        """Say what is new, with what may be done about it."""
        from needlejournal.workflows.photos_in.arriving import last_looked

        since = last_looked(self._open.journal)
        words = tr("%n new photo(s)", len(files))
        if since:
            words = tr("%n new photo(s) since {day}", len(files)).format(day=medium_date(since.astimezone().date()))
        notice = NoticeWords(words, "strong")
        look = Button(tr("Look through"), "filled")
        look.clicked.connect(lambda: self._bring(files))
        notice.offer(look)
        if others:
            rest = Button(tr("%n other(s)…", len(others)))
            rest.setAccessibleDescription(tr("Pictures unlike those in this diary"))
            rest.clicked.connect(lambda: self._bring(others))
            notice.offer(rest)
        leave = Button(tr("Not these"), "quiet")
        leave.clicked.connect(lambda: self._leave((*files, *others)))
        notice.offer(leave)
        self.show_notice(notice)

    def _bring(self, files: tuple[Path, ...]) -> None:
        """To the import sheet, which keeps them from here on; nothing is imported before the person says so."""
        self._go(ImportPhotos(files))
        self._leave(files)

    def _leave(self, files: tuple[Path, ...]) -> None:
        from needlejournal.workflows.photos_in.arriving import looked_through

        self.hide()
        self._stop()  # a look that has begun does not know of this, and would offer them again
        self._open.keep_aside(lambda journal: looked_through(journal, self._marks(files), self._open.clock()))
        self._arrived = self._sorted = None
        self._wait.start(FIRST_LOOK_MS)

    def _marks(self, files: Iterable[Path]) -> list[bytes]:
        marks = self._arrived.marks if self._arrived else {}
        return [marks[file] for file in files if file in marks]
