"""The courses as they stand: a card for each, the photo days of all, and the aftercare of the last session."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlejournal.journal.planning.plan import CoursePlan, Plan
from needlejournal.ui.destinations import Go
from needlejournal.ui.plan.aftercare_card import AftercareCard
from needlejournal.ui.plan.course_card import CourseCard
from needlejournal.ui.plan.proposals_card import ProposalsCard
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.frame.columns import Columns
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea


class Overview(QWidget):
    """`edit_wanted` carries the CoursePlan whose editor is asked for."""

    edit_wanted = Signal(object)

    def __init__(self, open_journal: OpenJournal, go: Go, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._proposals = ProposalsCard(open_journal, go)
        self._aftercare = AftercareCard(open_journal)
        self._columns = Columns()
        scroll = ScrollArea()
        scroll.column().addWidget(self._columns)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    def show_plan(self, plan: Plan) -> None:
        """Show a plan: running courses first, those that have ended after them."""
        courses = sorted(plan.courses, key=lambda of: (of.course.ended is not None, of.next is None))
        self._proposals.show_plan([of for of in courses if of.course.ended is None])
        self._aftercare.show_plan(plan)
        self._columns.show_cards([self._card(of) for of in courses], [self._proposals, self._aftercare])
        self._aftercare.setVisible(self._aftercare.applies)

    def refresh_ticks(self) -> None:
        """The ticks of the aftercare changed, and nothing else."""
        self._aftercare.refresh()

    def _card(self, of: CoursePlan) -> CourseCard:
        card = CourseCard(self._open, of)
        card.edited.connect(lambda: self.edit_wanted.emit(of))
        return card
