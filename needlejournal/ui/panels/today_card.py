"""Tonight in ten seconds: the card that asks for today's side effects, and lets one page back to fill in days."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from needlejournal.journal.changes import Changes
from needlejournal.ui import theme
from needlejournal.ui.destinations import EditDay, Go, ImportPhotos
from needlejournal.ui.keeping import Unsaved
from needlejournal.ui.language import tr, weekday_and_day
from needlejournal.ui.models.wording import day_after
from needlejournal.ui.panels.day_entries import DayEntries
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.fields.form import buttons_of
from needlejournal.ui.widgets.for_writing import for_writing
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.text import Label

ROWS_SHOWN = 7


class TodayCard(Card):
    """The entries of one day, today to begin with."""

    def __init__(self, open_journal: OpenJournal, go: Go, parent: QWidget | None = None) -> None:
        super().__init__(tr("Today"), parent)
        self.set_padding(theme.SPACE_M + 2)
        self._open = open_journal
        self._day = open_journal.today
        self._when = Label("", "small", "ink_soft")
        self._entries = DayEntries(open_journal, most=ROWS_SHOWN)
        before = IconButton("chevron_left", tr("The day before"))
        self._after = IconButton("chevron_right", tr("The day after"))
        self.add_to_header(before)
        self.add_to_header(self._after)
        note = Button(tr("Note"), "plain", "note")
        photo = Button(tr("Photo"), "plain", "camera")
        for_writing(open_journal.journal, photo)
        for widget in (self._when, self._entries, buttons_of(note, photo)):
            self.body.addWidget(widget)
        before.clicked.connect(lambda: self.show_day(self._day - timedelta(days=1)))
        self._after.clicked.connect(lambda: self.show_day(self._day + timedelta(days=1)))
        note.clicked.connect(lambda: go(EditDay(self._day)))
        photo.clicked.connect(lambda: go(ImportPhotos(day=self._day)))
        open_journal.changed.connect(self._refresh)
        open_journal.day_changed.connect(self._move_on)
        self._say()

    def _move_on(self) -> None:
        """A new day: what is being typed stays with the day it was for, and the card asks for the new one."""
        if self.leave():
            self._say()
        else:
            self.show_day(self._open.today)

    def show_day(self, day: date) -> None:
        """Ask for another day; days that have not come cannot be written. What is refused stays, with its day."""
        day = min(day, self._open.today)
        if self._entries.show_day(day):
            self._day = day
        self._say()

    def _say(self) -> None:
        """Which day it is, as of now."""
        today = self._open.today
        names = {today: tr("Today"), today - timedelta(days=1): tr("Yesterday")}
        self.set_title(names.get(self._day, weekday_and_day(self._day)))
        number = day_after(self._open.calendar.day_number(self._day))
        words = (number, weekday_and_day(self._day) if self._day in names else "")
        self._when.setText(" · ".join(part for part in words if part))
        self._after.setEnabled(self._day < today)

    def _refresh(self, changes: Changes) -> None:
        if changes.has("session"):
            self._say()

    def leave(self) -> tuple[Unsaved, ...]:
        """Store what is being typed, now. Gives what could not be stored."""
        return self._entries.leave()
