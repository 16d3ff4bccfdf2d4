"""The journal that is open in this window: writes go through here, and `changed` is the only "something happened".

Rows are read and written on the GUI thread (about a millisecond); files and pixels go through `jobs`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.changes import Changes
from needlejournal.journal.numbering import SessionCalendar
from needlejournal.store import Journal
from needlejournal.ui.jobs import Jobs

T = TypeVar("T")
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Saying:
    """A short sentence for the foot of the window; `undoable` puts an undo button beside it."""

    sentence: str
    undoable: bool = False


def local_now() -> datetime:
    """The time now, on the clock of this computer, with its offset."""
    return datetime.now().astimezone()


class OpenJournal(QObject):
    """A journal with everything a page needs. `changed` carries Changes, `failed` the exception, `said` a Saying."""

    changed = Signal(object)
    failed = Signal(object)
    steps_changed = Signal()  # what can be undone or redone is another now
    said = Signal(object)  # Saying
    locked = Signal()  # pages drop pictures and drafts

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
        self._calendar: SessionCalendar | None = None
        jobs.fault.connect(self.failed)

    @property
    def today(self) -> date:
        """The local day."""
        return self.clock().date()

    @property
    def calendar(self) -> SessionCalendar:
        """All sessions for "day n after session k"; read again only when a session changed."""
        if self._calendar is None:
            self._calendar = self.journal.sessions.calendar()
        return self._calendar

    def write(self, label: str, write: Callable[[Journal], T], *, merge: str | None = None) -> T | None:
        """Write in one transaction and one step of undo, then tell everybody what changed.

        Gives what `write` gives. When it fails nothing is changed, `failed` tells, and None is returned.
        `label` says what was done ("Edit session"); steps with the same `merge` key are undone together.
        """
        try:
            with self.journal.step(label, merge) as step:
                value = write(self.journal)
        except Exception as error:  # noqa: BLE001 (shown to the person by the window)
            self.failed.emit(error)
            return None
        self._tell(step.changes)
        return value

    def say(self, sentence: str, *, undoable: bool = False) -> None:
        """Tell the person in a line what was done, with an undo button where that helps."""
        self.said.emit(Saying(sentence, undoable))

    def undo(self) -> str | None:
        """Take back the last step; gives its label, or None when there was none."""
        return self._step_back(self.journal.history.undo)

    def redo(self) -> str | None:
        """Do the last undone step again; gives its label, or None."""
        return self._step_back(self.journal.history.redo)

    def purge_trash(self) -> None:
        """Remove everything in the trash for good; the undo steps that could bring it back go too."""
        try:
            self.journal.trash.purge(self.journal.trash.listing())
        except Exception as error:  # noqa: BLE001 (shown to the person by the window)
            self.failed.emit(error)
        self.steps_changed.emit()

    def close(self) -> None:
        """Finish running work and close the journal."""
        self.locked.emit()
        self.jobs.finish()
        self.journal.close()

    def _step_back(self, step: Callable[[], object]) -> str | None:
        from needlejournal.store.history import Undone

        try:
            undone = step()
        except Exception as error:  # noqa: BLE001 (shown to the person by the window)
            self.failed.emit(error)
            return None
        if not isinstance(undone, Undone):
            return None
        self._tell(undone.changes)
        return undone.label

    def _tell(self, changes: Changes) -> None:
        if not changes:
            return
        if changes.has("session"):
            self._calendar = None
        self.changed.emit(changes)
        self.steps_changed.emit()
