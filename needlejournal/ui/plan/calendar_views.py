"""The calendar in its two views, by month and as an agenda; each is made when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from needlejournal.journal.planning.agenda import agenda
from needlejournal.journal.planning.plan import Plan
from needlejournal.ui.destinations import Go
from needlejournal.ui.session import OpenJournal

if TYPE_CHECKING:
    from needlejournal.ui.plan.agenda_view import AgendaView
    from needlejournal.ui.plan.month_view import MonthView


class CalendarViews(QStackedWidget):
    """Shows a plan as "month" or "agenda"."""

    def __init__(self, open_journal: OpenJournal, go: Go, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open, self._go = open_journal, go
        self._month: MonthView | None = None
        self._agenda: AgendaView | None = None

    def show_plan(self, plan: Plan, view: str) -> None:
        """Show a plan in a view."""
        entries = agenda(plan, self._open.catalogue)
        if view == "month":
            shown = self._month_view()
            shown.show_entries(entries, plan.today)
            self.setCurrentWidget(shown)
        else:
            listed = self._agenda_view()
            listed.show_entries(entries, plan.today)
            self.setCurrentWidget(listed)

    def _month_view(self) -> MonthView:
        from needlejournal.ui.plan.month_view import MonthView

        if self._month is None:
            self._month = MonthView(self._open.today, self._go)
            self.addWidget(self._month)
        return self._month

    def _agenda_view(self) -> AgendaView:
        from needlejournal.ui.plan.agenda_view import AgendaView

        if self._agenda is None:
            self._agenda = AgendaView(self._go)
            self.addWidget(self._agenda)
        return self._agenda
