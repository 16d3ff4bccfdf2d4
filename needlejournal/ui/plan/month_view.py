"""The calendar by month: the grid, and beside it what is on the day looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlejournal.journal.moments import farthest_day
from needlejournal.journal.months import add_months
from needlejournal.journal.planning.agenda import AgendaEntry
from needlejournal.ui import theme
from needlejournal.ui.destinations import EditDay, EditSession, Go
from needlejournal.ui.language import long_date, month_title, tr
from needlejournal.ui.plan.entry_rows import EntryRow
from needlejournal.ui.plan.month_grid import MonthGrid
from needlejournal.ui.plan.parts import emptied
from needlejournal.ui.tips import set_tip
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.fields.form import row_of
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.columns import Columns
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.text import Label


class MonthView(QWidget):
    """Shows a month of the agenda."""

    def __init__(self, today: date, go: Go, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._go, self._today = go, today
        self.grid = MonthGrid(today, today)
        self._card = Card()
        self._day = Card()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.SPACE_L)
        columns = Columns(13, 6)
        columns.show_cards([self._month_card()], [self._day_card()])
        scroll = ScrollArea()
        scroll.column().addWidget(columns)
        scroll.column().addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        self.grid.chosen.connect(self._show)
        self._show()

    def show_entries(self, entries: Sequence[AgendaEntry], today: date) -> None:
        """Show these entries as seen on a day; the day looked at stays."""
        self._today = today
        self.grid.show_entries(entries, today)
        self._show()

    def _month_card(self) -> Card:
        for icon, label, step in (("chevron_left", tr("Earlier month"), -1), ("chevron_right", tr("Later month"), 1)):
            button = IconButton(icon, label)
            button.clicked.connect(lambda _checked=False, step=step: self._page(step))
            self._card.add_to_header(button)
        today = Button(tr("Today"))
        today.clicked.connect(lambda: self.grid.show_day(self._today))
        self._card.add_to_header(today)
        self._card.body.addWidget(self.grid)
        return self._card

    def _day_card(self) -> Card:
        self._day.body.addLayout(self._rows)
        note, session = Button(tr("Day note"), "plain", "note"), Button(tr("Session"), "plain", "session")
        note.clicked.connect(lambda: self._go(EditDay(self.grid.day())))
        session.clicked.connect(lambda: self._go(EditSession(0, self.grid.day())))
        self._note, self._session = note, session
        self._day.body.addWidget(row_of(note, session))
        return self._day

    def _page(self, step: int) -> None:
        self.grid.show_day(add_months(self.grid.day(), step))

    def _show(self) -> None:
        day = self.grid.day()
        self._card.set_title(month_title(day))
        self._day.set_title(long_date(day))
        rows = emptied(self._rows)
        found = self.grid.of_day()
        for entry in found:
            rows.addWidget(EntryRow(entry, self._go, self._today, dated=False))
        if not found:
            rows.addWidget(Label(tr("Nothing planned for this day."), "text", "ink_soft"))
        self._note.setVisible(day <= self._today)
        far = day > farthest_day(self._today)
        self._session.setEnabled(not far)
        set_tip(self._session, tr("More than a year ahead") if far else "")
        self.grid.updateGeometry()
