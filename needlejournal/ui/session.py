"""The journal that is open in this window: writes go through here, and `changed` is the only "something happened".

Rows are read and written on the GUI thread (about a millisecond); files and pixels go through `jobs`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.changes import Changes
from needlejournal.journal.errors import WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.journal.moments import day_lived, next_day_begins
from needlejournal.journal.numbering import SessionCalendar
from needlejournal.store import Damaged, Journal
from needlejournal.store.history import Undone
from needlejournal.ui.jobs import Jobs
from needlejournal.ui.language import tr

T = TypeVar("T")
Clock = Callable[[], datetime]
LONGEST_WAIT_MS = 10 * 60 * 1000


@frozen
class Saying:
    """A short sentence for the foot of the window; `undoable` puts an undo button beside it."""

    sentence: str
    undoable: bool = False


@frozen
class Written(Generic[T]):
    """What a write gave, once it is durable; its being there is the success, whatever the value is."""

    value: T


def local_now() -> datetime:
    """The time now, on the clock of this computer, with its offset."""
    return datetime.now().astimezone()


class OpenJournal(QObject):
    """A journal with everything a page needs. `changed` carries Changes, `failed` the exception, `said` a Saying."""

    changed = Signal(object)
    failed = Signal(object)
    steps_changed = Signal()  # what can be undone or redone is another now
    said = Signal(object)  # Saying
    locked = Signal()  # pages drop pictures and drafts, and stop what may go on another time
    closing = Signal()  # no job runs any more: the last moment to write
    lock_wanted = Signal()
    long_work_wanted = Signal(object)  # LongWork, to be done while the journal is closed
    day_changed = Signal()  # it is another day now than before
    reading = Signal(int)  # so many photos are still to be read in the background; 0: all are

    def __init__(
        self,
        journal: Journal,
        catalogue: Catalogue,
        jobs: Jobs,
        clock: Clock = local_now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.journal = journal
        self.catalogue = catalogue
        self.jobs = jobs
        self.clock = clock
        self.closed = False
        self._calendar: SessionCalendar | None = None
        self._day_begins = time.min
        self._last_day = self.today
        self._next_day = QTimer(self, singleShot=True)
        self._next_day.timeout.connect(self.look_at_the_day)
        self.locked.connect(self._next_day.stop)
        self._wait_for_next_day()
        jobs.fault.connect(self.failed)

    @property
    def today(self) -> date:
        """The local day the person lives in: it ends when their next one begins (see `begin_days_at`)."""
        return day_lived(self.clock(), self._day_begins)

    def begin_days_at(self, begins: time) -> None:
        """Let "today" last until this time of the night. Days that were written keep their dates."""
        self._day_begins = begins
        self.look_at_the_day()

    def look_at_the_day(self) -> None:
        """See whether it is another day now, and say so; it does by itself when the next day begins."""
        if self.today != self._last_day:
            self._last_day = self.today
            self.day_changed.emit()
        self._wait_for_next_day()

    def _wait_for_next_day(self) -> None:
        """The clock may be set and the computer may sleep, so it looks now and then."""
        now = self.clock()
        ahead = next_day_begins(now, self._day_begins) - now.replace(tzinfo=None)
        self._next_day.start(min(max(1000, int(ahead.total_seconds() * 1000)), LONGEST_WAIT_MS))

    @property
    def calendar(self) -> SessionCalendar:
        """All sessions for "day n after session k"; read again only when a session changed."""
        if self._calendar is None:
            self._calendar = self.journal.sessions.calendar()
        return self._calendar

    def write(
        self,
        label: str,
        write: Callable[[Journal], T],
        *,
        merge: str | None = None,
        say: str = "",
        refused: Callable[[WorldError], None] | None = None,
    ) -> Written[T] | None:
        """Write in one transaction and one step of undo, announce what changed, and `say` that it is done.

        Gives what `write` gave. When it fails nothing is changed or said, and None is returned: `failed` carries the
        error, unless `refused` takes an error of the world (a damaged journal always goes to `failed`).
        `label` says what was done ("Edit session"); steps with the same `merge` key are undone together.
        """
        try:
            with self.journal.step(label, merge) as step:
                value = write(self.journal)
        except Exception as error:  # noqa: BLE001 (shown to the person by the window)
            if refused and isinstance(error, WorldError) and not isinstance(error, Damaged):
                refused(error)
            else:
                self.failed.emit(error)
            return None
        self._announce(step.changes)
        if say:
            self.say(say, undoable=bool(step.changes))
        return Written(value)

    def keep_aside(self, write: Callable[[Journal], object]) -> bool:
        """Keep what is no entry of the diary and no step of undo: a draft, where backups go, how far reminders got.

        Gives whether it is kept durably. When it is not, `failed` carries the error.
        """
        try:
            write(self.journal)
        except Exception as error:  # noqa: BLE001 (shown to the person by the window)
            self.failed.emit(error)
            return False
        return True

    def say(self, sentence: str, *, undoable: bool = False) -> None:
        """Tell the person in a line what was done, with an undo button where that helps."""
        self.said.emit(Saying(sentence, undoable))

    def undo(self) -> bool:
        """Take back the last step and say which. Gives whether there was one and it could be taken back."""
        return self._step_back(self.journal.history.undo, tr("Undone: {what}"), tr("There is nothing to undo."))

    def redo(self) -> bool:
        """Do the last undone step again and say which. Gives whether there was one and it could be done."""
        return self._step_back(self.journal.history.redo, tr("Redone: {what}"), tr("There is nothing to redo."))

    def purge_trash(self) -> bool:
        """Remove everything in the trash for good; the undo steps that could bring it back go too.

        Gives whether all of it is gone, and says so.
        """
        try:
            self.journal.trash.purge(self.journal.trash.listing())
        except Exception as error:  # noqa: BLE001 (shown to the person by the window)
            self.failed.emit(error)
            return False
        finally:
            self.steps_changed.emit()
        self.say(tr("The trash is empty."))
        return True

    def close(self) -> None:
        """Finish running work and close the journal."""
        self.locked.emit()
        self.jobs.finish()
        self._close()

    def close_soon(self, then: Callable[[], object]) -> None:
        """Stop running work at its next good point, close the journal, and call `then`. Waits for nothing."""
        self.locked.emit()

        def ended() -> None:
            self._close()
            then()

        self.jobs.end(ended)

    def _close(self) -> None:
        self.closing.emit()
        self.closed = True
        self.journal.close()

    def _step_back(self, step: Callable[[], Undone | None], done: str, nothing: str) -> bool:
        try:
            undone = step()
        except Exception as error:  # noqa: BLE001 (shown to the person by the window)
            self.failed.emit(error)
            return False
        if undone is None:
            self.say(nothing)
            return False
        self._announce(undone.changes)
        self.say(done.format(what=undone.label))
        return True

    def _announce(self, changes: Changes) -> None:
        if not changes:
            return
        if changes.has("session"):
            self._calendar = None
        self.changed.emit(changes)
        self.steps_changed.emit()
