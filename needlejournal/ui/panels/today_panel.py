"""Above the timeline: one quiet line for today that unfolds where the person asks, and a "call your clinic" card.

The clinic's card comes last, so that one that appears while a person writes moves nothing under the mouse.
"""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from needlejournal.journal.changes import Changes
from needlejournal.journal.diary.clinic_cards import ClinicCard
from needlejournal.ui import theme
from needlejournal.ui.destinations import Go, ShowPage
from needlejournal.ui.keeping import Unsaved
from needlejournal.ui.language import tr
from needlejournal.ui.models.wording import day_after
from needlejournal.ui.panels.clinic_card import ClinicCardView
from needlejournal.ui.panels.next_banner import NextBanner
from needlejournal.ui.panels.today_card import TodayCard
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.tips import set_tip
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.diary import cards_between
from needlejournal.workflows.writing import write_nothing

CARDS_SHOWN = 1
# What was written longer ago stays on the side effects page; to be told of it every evening helps nobody.
RECENT = timedelta(days=60)


def words_of(open_journal: OpenJournal, day: date) -> str:
    """What is written about side effects on a day, in a word or two; "" while nothing is."""
    journal = open_journal.journal
    if journal.day_notes.nothing_to_note(day, day):
        return tr("No side effects today")
    symptoms = {effect.symptom for effect in journal.side_effects.of_day(day)}
    return tr("%n symptom(s) written down", len(symptoms)) if symptoms else ""


class ClinicCardList(QWidget):
    """The "call your clinic" cards that were not put aside, the latest first."""

    def __init__(self, open_journal: OpenJournal, go: Go, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open, self._go = open_journal, go
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.CARD_GAP)
        self._shown: tuple[ClinicCard, ...] = ()
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
        since = opened.today - RECENT
        found = cards_between(opened.journal, opened.catalogue, opened.calendar, since).open
        shown = found[:CARDS_SHOWN]
        if shown != self._shown:
            self._shown = shown
            self._build()
        self._more.set_text(tr("%n more on the side effects page", len(found) - len(shown)))
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
            self._column.insertWidget(place, ClinicCardView(self._open, finding, self._go))


class TodayLine(Card):
    """Today in one line, what comes next in a softer one below. `opened`: the person wants to write."""

    opened = Signal()

    def __init__(self, open_journal: OpenJournal, go: Go, parent: QWidget | None = None) -> None:
        super().__init__("", parent, tone="accent")
        self._open = open_journal
        self._when = Label("", "text", "ink_soft")
        self._asked = Label("", "text")
        self._nothing = Button(tr("No side effects today"))
        self._nothing.clicked.connect(self._write_nothing)
        self._write = Button(tr("Write…"))
        self._write.clicked.connect(self.opened)
        self._lay_out(NextBanner(open_journal, go))
        if open_journal.journal.read_only:
            self._grey_out()
        self.set_padding(theme.SPACE_S)
        self.show_day()

    def _lay_out(self, following: QWidget) -> None:
        words = FlowLayout(gap=theme.SPACE_M, row_gap=0)
        for label in (Label(tr("Today"), "strong"), self._when, self._asked):
            words.addWidget(label.one_line())
        buttons = FlowLayout(gap=theme.SPACE_S)
        buttons.addWidget(self._nothing)
        buttons.addWidget(self._write)
        self._said, self._answers = QWidget(), QWidget()
        self._said.setLayout(words)
        self._answers.setLayout(buttons)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(theme.SPACE_S)
        self._line.addWidget(self._said, 1, Qt.AlignmentFlag.AlignVCenter)
        self._line.addWidget(self._answers)
        self._line.setContentsMargins(theme.SPACE_S, 0, 0, 0)
        following.setContentsMargins(theme.SPACE_S, 0, 0, 0)
        self.body.setSpacing(theme.SPACE_XS)
        self.body.addLayout(self._line)
        self.body.addWidget(following)

    def _grey_out(self) -> None:
        for button in (self._nothing, self._write):
            button.setEnabled(False)
            set_tip(button, tr("This journal is open for viewing only."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The answers beside the words, or below them where there is no room."""
        wanted = self._said.sizeHint().width() + self._answers.sizeHint().width() + 2 * theme.px(theme.SPACE_XL)
        way = QBoxLayout.Direction
        self._line.setDirection(way.LeftToRight if wanted <= self.width() else way.TopToBottom)

    def _write_nothing(self) -> None:
        day = self._open.today
        label = tr("No side effects")
        said = tr("Written down: no side effects today.")
        self._open.write(label, lambda journal: write_nothing(journal, day, nothing=True), say=said)

    def show_day(self) -> None:
        """Say which day it is, and whether something is written."""
        today = self._open.today
        number = day_after(self._open.calendar.day_number(today))
        self._when.setText(number)
        self._when.setVisible(bool(number))
        words = words_of(self._open, today)
        self._asked.setText(words or tr("How is your skin?"))
        self._nothing.setVisible(not words)
        self._write.set_text(tr("Change…") if words else tr("Write…"))
        self._arrange()


class TodayPanel(QWidget):
    """Today's line, which unfolds into today's card when pressed and never by itself, and one clinic card."""

    def __init__(self, open_journal: OpenJournal, go: Go, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setBackgroundRole(QPalette.ColorRole.Window)  # the list it lies on has another
        self._open, self._go = open_journal, go
        self._card: TodayCard | None = None
        self._line = TodayLine(open_journal, go)
        self._line.opened.connect(self.unfold)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.CARD_GAP)
        self._column.addWidget(self._line)
        self._column.addWidget(ClinicCardList(open_journal, go))
        open_journal.changed.connect(self._line.show_day)
        open_journal.day_changed.connect(self._line.show_day)

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
