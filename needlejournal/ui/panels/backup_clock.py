"""Backups of the open journal while the app runs: by hand, and by themselves when due and the disk is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from needlejournal.journal.errors import WorldError
from needlejournal.store import Cancelled
from needlejournal.store.remembered import SAMPLE
from needlejournal.ui.jobs import Job, JobControl
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.progress import Progress
from needlejournal.workflows.safekeeping import backing_up

LOOK_MS = 10 * 60 * 1000
FIRST_LOOK_MS = 30 * 1000
REMIND_DAYS = 30


class BackupClock(QObject):
    """One for each open journal. `changed` tells that something here is another now, `advanced` done and total."""

    changed = Signal()
    advanced = Signal(int, int)

    def __init__(self, open_journal: OpenJournal) -> None:
        super().__init__(open_journal)
        self._open = open_journal
        self._job: Job[object] | None = None
        self.outcome = ""
        self._timer = QTimer(self)
        self._timer.setInterval(FIRST_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        open_journal.locked.connect(self._pause)

    @staticmethod
    def of(open_journal: OpenJournal) -> BackupClock:
        """The one of this journal, made when it is first asked for."""
        return open_journal.findChild(BackupClock) or BackupClock(open_journal)

    @property
    def running(self) -> bool:
        """Whether something is being copied now."""
        return self._job is not None

    def look(self) -> None:
        """Back up when that is due and the place can be reached; a disk that is away is no error."""
        self._timer.setInterval(LOOK_MS)
        if self._open.closed:
            return
        place = backing_up.place_of(self._open.journal)
        due = backing_up.is_due(self._open.journal, self._open.clock())
        if due and place is not None and place.is_dir() and not self.running and not self._open.journal.read_only:
            self.begin()

    def set_place(self, place: Path) -> None:
        """Send backups there from now on."""
        self._open.keep_aside(lambda journal: backing_up.choose_place(journal, place))
        self.changed.emit()

    def set_every(self, days: int) -> None:
        """Back up every so many days, 0: by hand."""
        self._open.keep_aside(lambda journal: backing_up.schedule(journal, days))
        self.changed.emit()

    def begin(self) -> None:
        """Back up now, to the place that was chosen."""
        place, now = backing_up.place_of(self._open.journal), self._open.clock()
        if place is None or self.running:
            return
        source = self._open.journal.backup_source()

        def done(result: object) -> None:
            damaged, senseless = getattr(result, "damaged", ()), getattr(result, "senseless", False)
            self._open.keep_aside(lambda journal: backing_up.remember(journal, place, now))
            words = tr("The backup is done and was read back.")
            if senseless:
                words = tr(
                    "The backup is done and was read back. Some entries in it make no sense, as in the journal itself. "
                    "Check every file below to see more."
                )
            if damaged:
                words = tr(
                    "The backup is done, but %n photo(s) in the journal (is|are) damaged or missing. Older copies are "
                    "kept. Check every file below to see more.", len(damaged)
                )  # fmt: skip
            self._end(words)

        self._note(begun=True)
        self._start(lambda control: backing_up.back_up(source, place, now, control), done)

    def restore(self, place: Path, new: Path) -> None:
        """Make a journal of the newest backup at `place` in the folder `new`."""

        def done(_result: object) -> None:
            self._end(tr("The backup is restored as “{name}”. Open it like any journal.").format(name=new.name))

        self._start(lambda control: backing_up.restore(place, new, control=control), done)

    def stop(self) -> None:
        """Stop what is being copied."""
        self._note(begun=False)
        self._cancel()

    def _pause(self) -> None:
        """The journal is being locked or closed: a backup goes on when it is open again."""
        self._timer.stop()
        self._cancel()

    def _cancel(self) -> None:
        if self._job:
            self._job.cancel()

    def reminder(self) -> str:
        """A quiet sentence when there was no backup for long; "" when all is well, or it is young, or the sample."""
        journal = self._open.journal
        now = self._open.clock()
        days = backing_up.days_without(journal, now)
        if journal.read_only or journal.remembered.get(SAMPLE) or (days is not None and days < REMIND_DAYS):
            return ""
        if days is None:
            return tr("This journal has no backup yet.") if backing_up.age_in_days(journal, now) >= REMIND_DAYS else ""
        return tr("The last backup is %n day(s) old.", days)

    def _start(self, work: Callable[[JobControl], object], done: Callable[[object], None]) -> None:
        self.outcome = ""
        self._job = self._open.jobs.run(work, done, self._failed, self._advance)
        self.changed.emit()

    def _advance(self, progress: object) -> None:
        if isinstance(progress, Progress):
            self.advanced.emit(progress.done, progress.total)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._end(tr("It was stopped. Older backups are as they were."))
            return
        self._note(begun=False)
        if isinstance(error, WorldError):
            self._end(tr_message(error.message))
        else:
            self._end("")
            self._open.failed.emit(error)

    def _end(self, outcome: str) -> None:
        self._job, self.outcome = None, outcome
        self.changed.emit()

    def _note(self, *, begun: bool) -> None:
        self._open.keep_aside(lambda journal: backing_up.note_begun(journal, begun=begun))
        self.changed.emit()
