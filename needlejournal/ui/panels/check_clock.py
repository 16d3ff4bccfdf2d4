"""What is looked after now and then while the app runs: a few photos are checked, those longest unchecked first, and
damaged ones put right; once a day the database is copied.
"""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

from needlejournal.journal.errors import WorldError
from needlejournal.store.repair import Repaired
from needlejournal.ui.jobs import Job
from needlejournal.ui.language import tr
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.safekeeping.watching_over import check, next_to_check

LOOK_MS = 2 * 60 * 1000
AT_ONCE = 5


class CheckClock(QObject):
    """One for each open journal. `found` carries a sentence about damage, each photo told once."""

    found = Signal(str)

    def __init__(self, open_journal: OpenJournal) -> None:
        super().__init__(open_journal)
        self._open = open_journal
        self._job: Job[Repaired] | None = None
        self._reported: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        open_journal.locked.connect(self._timer.stop)

    @staticmethod
    def of(open_journal: OpenJournal) -> CheckClock:
        """The one of this journal, made when it is first asked for."""
        return open_journal.findChild(CheckClock) or CheckClock(open_journal)

    def look(self) -> None:
        """Check the next few. A journal open for viewing only is left alone."""
        if self._open.closed or self._job is not None or self._open.journal.read_only:
            return
        journal, now = self._open.journal, self._open.clock()
        with suppress(OSError, WorldError):
            journal.take_daily_snapshot()  # a window may stay open for weeks
        watched = next_to_check(journal, AT_ONCE)
        originals, previews = journal.originals, journal.previews
        self._job = self._open.jobs.run(
            lambda control: check(originals, previews, watched, now, control), self._report, self._failed
        )

    def _report(self, repaired: Repaired) -> None:
        self._job = None
        lost = set(repaired.lost) - self._reported
        self._reported |= lost
        if repaired.restored:
            words = tr("%n photo(s) (was|were) damaged on the disk and (was|were) put back from the backup.",
                       len(repaired.restored))  # fmt: skip
            self.found.emit(words)
        if lost:
            words = tr(
                "%n photo(s) (is|are) damaged on the disk, and no backup within reach has a good copy. "
                "Connect the disk with the backups, or look at “This journal” in the settings.", len(lost),
            )  # fmt: skip
            self.found.emit(words)

    def _failed(self, error: Exception) -> None:
        """A disk that refuses now is asked again later; anything else is a fault of ours."""
        self._job = None
        if not isinstance(error, WorldError):
            self._open.failed.emit(error)
