"""The calendar as an agenda: what comes, by month; what was is one press away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlejournal.journal.planning.agenda import AgendaEntry
from needlejournal.ui import theme
from needlejournal.ui.destinations import Go
from needlejournal.ui.language import month_title, tr
from needlejournal.ui.plan.entry_rows import EntryRow
from needlejournal.ui.plan.parts import emptied
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.card import Card
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.text import Label

STEP = 20  # how many entries are shown more at a time
MOST = 60


class AgendaView(QWidget):
    """Shows what is due and coming; earlier entries are added from the latest backwards."""

    def __init__(self, go: Go, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._go = go
        self._entries: tuple[AgendaEntry, ...] = ()
        self._today = date.min
        self._earlier_shown, self._most = 0, MOST
        self._earlier = Button(tr("Show earlier entries"), "link", "chevron_up")
        self._later = Button(tr("Show later entries"), "link", "chevron_down")
        self._months = QVBoxLayout()
        self._months.setSpacing(theme.CARD_GAP)
        scroll = ScrollArea()
        inner = scroll.column()
        inner.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addLayout(self._months)
        inner.addWidget(self._later, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        self._earlier.clicked.connect(self._show_earlier)
        self._later.clicked.connect(self._show_later)

    def show_entries(self, entries: Sequence[AgendaEntry], today: date) -> None:
        """Show these entries as seen on a day."""
        self._entries, self._today = tuple(entries), today
        self._show()

    def _show_earlier(self) -> None:
        self._earlier_shown += STEP
        self._show()

    def _show_later(self) -> None:
        self._most += STEP
        self._show()

    def _show(self) -> None:
        ahead = [entry for entry in self._entries if entry.until >= self._today or entry.state == "due"]
        past = [entry for entry in self._entries if entry not in ahead] if len(self._entries) < 2000 else []
        shown = past[max(0, len(past) - self._earlier_shown) :] + ahead[: self._most]
        months = emptied(self._months)
        for month, found in groupby(shown, key=lambda entry: entry.day.replace(day=1)):
            card = Card(month_title(month))
            for entry in found:
                card.body.addWidget(EntryRow(entry, self._go, self._today, dated=True))
            months.addWidget(card)
        if not shown:
            months.addWidget(Label(tr("Nothing is coming up."), "text", "ink_soft"))
        self._earlier.setVisible(len(past) > self._earlier_shown)
        self._later.setVisible(len(ahead) > self._most)
