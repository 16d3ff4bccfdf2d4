"""What is written tonight, above the timeline: today's card, folded while not needed, and "call your clinic" cards.

The cards come last, so that one that appears while a person writes moves nothing under the mouse.
"""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlejournal.journal.changes import Changes
from needlejournal.journal.diary.clinic_cards import Card as ClinicFinding
from needlejournal.ui import theme
from needlejournal.ui.destinations import Go, ShowPage
from needlejournal.ui.keeping import Unsaved
from needlejournal.ui.language import tr
from needlejournal.ui.models.wording import day_after
from needlejournal.ui.panels.clinic_card import ClinicCard
from needlejournal.ui.panels.today_card import TodayCard
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.diary import clinic_cards, read_diary

USUAL_DIARY_DAYS = 30  # where the treatment's file does not say
CARDS_SHOWN = 2
# What was written longer ago stays on the side effects page; to be told of it every evening helps nobody.
RECENT = timedelta(days=60)


def in_diary_days(open_journal: OpenJournal, day: date) -> bool:
    """Whether the diary of the last session before `day` is still kept on it."""
    number = open_journal.calendar.day_number(day)
    if number is None or number.days < 0:
        return False
    treatment = open_journal.catalogue.treatment(open_journal.calendar.marks[number.number - 1].treatment)
    return number.days <= (treatment.diary.days if treatment.diary else USUAL_DIARY_DAYS)


def is_written(open_journal: OpenJournal, day: date) -> bool:
    """Whether anything was written about side effects on a day."""
    journal = open_journal.journal
    noted = journal.day_notes.where("day = ? AND nothing_to_note = 1", (day.isoformat(),))
    return bool(noted or journal.side_effects.of_day(day))


class ClinicCards(QWidget):
    """The "call your clinic" cards that were not put aside, the latest first."""

    def __init__(self, open_journal: OpenJournal, go: Go, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open, self._go = open_journal, go
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.CARD_GAP)
        self._shown: tuple[ClinicFinding, ...] = ()
        self._more = Button("", "link")
        self._more.clicked.connect(lambda: go(ShowPage("effects")))
        self._column.addWidget(self._more)
        open_journal.changed.connect(self._refresh)
        open_journal.day_changed.connect(self._show)
        self._show()

    def _refresh(self, changes: Changes) -> None:
        if changes.has("side_effect", "day_note", "session", "dismissal", "course"):
            self._show()

    def _show(self) -> None:
        opened = self._open
        diary = read_diary(opened.journal)
        cards = clinic_cards(opened.journal, opened.catalogue, opened.calendar, diary).open
        recent = (opened.today - RECENT).isoformat()
        found = tuple(card for card in cards if card.entries[-1] >= recent)
        shown = found[:CARDS_SHOWN]
        if shown != self._shown:
            self._shown = shown
            self._build()
        self._more.set_text(tr("%n more card(s) on the side effects page", len(found) - len(shown)))
        self._more.setVisible(len(found) > len(shown))
        self.setVisible(bool(found))

    def _build(self) -> None:
        while self._column.count() > 1:
            item = self._column.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.hide()
                widget.deleteLater()
        for place, finding in enumerate(self._shown):
            self._column.insertWidget(place, ClinicCard(self._open, finding, self._go))


class TodayLine(Card):
    """Today's card folded into one line. `opened`: the person wants to write."""

    opened = Signal()

    def __init__(self, open_journal: OpenJournal, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._open = open_journal
        self._words = Label("", "text", "ink_soft")
        write = Button(tr("Write today…"), "plain", "note")
        write.clicked.connect(self.opened)
        row = QHBoxLayout()
        row.addWidget(self._words, 1)
        row.addWidget(write)
        self.body.addLayout(row)
        self.set_padding(theme.SPACE_M)
        self.show_day()

    def show_day(self) -> None:
        """Say which day it is, and whether something is written."""
        today = self._open.today
        number = day_after(self._open.calendar.day_number(today))
        written = tr("written") if is_written(self._open, today) else ""
        self._words.setText(" · ".join(part for part in (tr("Today"), number, written) if part))


class TodayPanel(QWidget):
    """Clinic cards, and today's card: open in the diary days until today is written, else one line."""

    def __init__(self, open_journal: OpenJournal, go: Go, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Window)  # the list it lies on has another
        self._open, self._go = open_journal, go
        self._card: TodayCard | None = None
        self._line = TodayLine(open_journal)
        self._line.opened.connect(self.unfold)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.CARD_GAP)
        self._column.addWidget(self._line)
        self._column.addWidget(ClinicCards(open_journal, go))
        if in_diary_days(open_journal, open_journal.today) and not is_written(open_journal, open_journal.today):
            self.unfold()
        open_journal.changed.connect(self._line.show_day)
        open_journal.day_changed.connect(self._line.show_day)

    @property
    def unfolded(self) -> bool:
        """Whether today's card is open."""
        return self._line.isHidden()

    def unfold(self) -> None:
        """Open today's card, on today."""
        if self._card is None:
            self._card = TodayCard(self._open, self._go)
            fold = IconButton("chevron_up", tr("Fold this card"))
            fold.clicked.connect(self.fold)
            self._card.add_to_header(fold)
            self._column.insertWidget(1, self._card)
        else:
            self._card.show_day(self._open.today)
        self._card.show()
        self._line.hide()

    def fold(self) -> None:
        """Store what is being typed, and fold today's card into one line."""
        self.leave()
        if self._card is not None:
            self._card.hide()
        self._line.show_day()
        self._line.show()

    def leave(self) -> tuple[Unsaved, ...]:
        """Store what is being typed, now. Gives what could not be stored."""
        return self._card.leave() if self._card is not None else ()
