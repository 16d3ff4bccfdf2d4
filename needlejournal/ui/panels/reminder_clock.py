"""Looks for reminders while the app runs: when it is asked to, when one falls due, and when something was written.

Nothing is scheduled beyond that: what fell due while the computer was off is told in one notice.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from needlejournal.journal.changes import Changes
from needlejournal.journal.planning.agenda import AgendaEntry, agenda
from needlejournal.journal.planning.plan import Plan
from needlejournal.journal.planning.reminders import (
    Notice,
    Reminder,
    after_shown,
    asked_from,
    due_notice,
    next_moment,
    reminders,
)
from needlejournal.store import Journal
from needlejournal.ui.panels.reminder_settings import reminder_settings
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.workflows.diary import read_diary
from needlejournal.workflows.planning import plan_of

AFTER_WRITING_MS = 1_500
PLANNED = ("course", "session", "photo", "rating")  # what a plan is made from
LONGEST_WAIT_MS = 30 * 60 * 1000  # the clock may be set, the computer may sleep


class ReminderClock(QObject):
    """`noticed` carries the one Notice there is to show; that it was shown is kept with the journal."""

    noticed = Signal(object)

    def __init__(self, open_journal: OpenJournal, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open, self._preferences = open_journal, preferences
        self._planned: tuple[Plan, tuple[AgendaEntry, ...]] | None = None  # while nothing of it is written
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        open_journal.changed.connect(self._refresh)
        open_journal.locked.connect(self._timer.stop)

    def look(self) -> None:
        """Tell what is due, if anything, and wait for the next."""
        settings, now = reminder_settings(self._preferences), self._open.clock()
        if not settings.enabled:
            self._timer.start(LONGEST_WAIT_MS)
            return
        found, journal = self._found(), self._open.journal
        states = journal.reminders.all()
        notice = due_notice(found, states, now, settings)
        if notice is not None:
            self._keep_shown(notice, now)
            states = journal.reminders.all()
            self.noticed.emit(notice)
        following = next_moment(found, states, now, settings)
        wait = LONGEST_WAIT_MS
        if following is not None:
            wait = max(1000, int((following - now.replace(tzinfo=None)).total_seconds() * 1000))
        self._timer.start(min(wait, LONGEST_WAIT_MS))

    def _keep_shown(self, notice: Notice, now: datetime) -> None:
        """Remember what was told; a disk that refuses is told too, and the notice may come again."""

        def keep(journal: Journal) -> None:
            for state in after_shown(notice, now):
                journal.reminders.save(state)

        self._open.keep_aside(keep)

    def _found(self) -> tuple[Reminder, ...]:
        opened = self._open
        if self._planned is None or self._planned[0].today != opened.today:
            plan = plan_of(opened.journal, opened.today, opened.catalogue)
            self._planned = plan, agenda(plan, opened.catalogue)
        plan, entries = self._planned
        diary = read_diary(opened.journal, asked_from(plan))
        return reminders(plan, entries, diary, reminder_settings(self._preferences))

    def _refresh(self, changes: Changes) -> None:
        if changes.has(*PLANNED):
            self._planned = None
        if changes.has(*PLANNED, "side_effect", "day_note"):
            self._timer.start(AFTER_WRITING_MS)
