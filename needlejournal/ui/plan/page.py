"""The plan page: courses as they stand, the calendar by month and as an agenda, and the editor of a course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from needlejournal.journal.changes import Changes
from needlejournal.journal.courses import Course
from needlejournal.journal.planning.plan import CoursePlan, Plan
from needlejournal.ui.actions import Command
from needlejournal.ui.destinations import Go
from needlejournal.ui.keeping import Unsaved
from needlejournal.ui.language import tr
from needlejournal.ui.models.plan_words import course_name
from needlejournal.ui.page import Page
from needlejournal.ui.plan.beginning import fresh_course, is_running, planned
from needlejournal.ui.plan.calendar_export import about_second_import, save_calendar
from needlejournal.ui.plan.calendar_views import CalendarViews
from needlejournal.ui.plan.overview import Overview
from needlejournal.ui.preferences import Preferences
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.tips import set_tip
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.empty_state import EmptyState
from needlejournal.ui.widgets.frame.page_header import PageHeader
from needlejournal.ui.widgets.frame.sheets import QuestionSheet
from needlejournal.ui.widgets.pickers.segmented import SegmentedControl
from needlejournal.workflows.planning import plan_of

if TYPE_CHECKING:
    from needlejournal.ui.plan.editor import CourseEditor

VIEW = "plan/view"
USUAL = "microneedling"  # what a new plan is for until another treatment is chosen
VIEWS = ("courses", "month", "agenda")
MADE_FROM = ("course", "session", "photo", "rating")


class PlanPage(Page):
    """Calculates the plan again when what it is made from changes; hidden, only when it is shown next."""

    def __init__(self, open_journal: OpenJournal, go: Go, preferences: Preferences) -> None:
        super().__init__()
        self._open, self._preferences = open_journal, preferences
        self._stale = False
        self._plan = Plan(open_journal.today, ())
        self._overview = Overview(open_journal, go)
        self._calendar = CalendarViews(open_journal, go)
        self._editor: CourseEditor | None = None
        self._lay_out()
        self._overview.edit_wanted.connect(self._edit)
        open_journal.changed.connect(self._refresh)
        open_journal.day_changed.connect(self._move_on)
        self._calculate()

    def leave(self) -> tuple[Unsaved, ...]:
        """Store what is being typed, now. Gives what could not be stored."""
        return self._editor.leave() if self._editor is not None else ()

    def commands(self) -> tuple[Command, ...]:
        """The page's own keys."""
        return (
            Command("plan_new", tr("New plan"), self._begin, "add", ("Ctrl+Shift+P",)),
            Command("plan_done", tr("Done with the plan"), self._finish, "check", ("Ctrl+Return",)),
            Command("plan_courses", tr("Plans"), lambda: self.show_view("courses"), "plan", ("Alt+1",)),
            Command("plan_month", tr("Calendar by month"), lambda: self.show_view("month"), "calendar", ("Alt+2",)),
            Command("plan_agenda", tr("Calendar as a list"), lambda: self.show_view("agenda"), "timeline", ("Alt+3",)),
            Command("plan_export", tr("Save as a calendar file…"), self._export, "export", ("Ctrl+E",)),
        )

    def show_view(self, key: str) -> None:
        """Show courses, month or agenda."""
        self.leave()
        self._pages.setCurrentIndex(0)
        self._view.set_value(key)
        self._preferences.remember(VIEW, key)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        if self._stale or self._plan.today != self._open.today:
            self._calculate()
        super().showEvent(event)

    def _lay_out(self) -> None:
        kept = self._preferences.text(VIEW)
        names = ((VIEWS[0], tr("Plans")), (VIEWS[1], tr("Month")), (VIEWS[2], tr("List")))
        self._view = SegmentedControl(tr("Show"), names, kept if kept in VIEWS else VIEWS[0])
        self._view.changed.connect(lambda: self.show_view(self._view.value() or VIEWS[0]))
        self._header = PageHeader(tr("Plan"))
        self._header.add_action(self._view)
        self._save = self._header.add_action(Button(tr("Calendar file…"), "plain", "export"))
        self._save.clicked.connect(self._export)
        set_tip(self._save, about_second_import())
        self._save.setAccessibleDescription(about_second_import())
        self._new = self._header.add_action(Button(tr("New plan"), "filled"))
        self._new.clicked.connect(self._begin)
        self._new.setEnabled(not self._open.journal.read_only)
        self._states = QStackedWidget()
        for view in (self._overview, self._calendar, self._make_empty()):
            self._states.addWidget(view)
        front = QWidget()
        column = QVBoxLayout(front)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._states, 1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(front)

    def _make_empty(self) -> EmptyState:
        empty = EmptyState(
            "plan",
            tr("No plan yet"),
            tr(
                "Say what you have treated and how often. The plan then suggests days for the next session, days "
                "on which photos are worth taking, and when to look at the result."
            ),
            "" if self._open.journal.read_only else tr("Make a plan"),
        )
        empty.acted.connect(self._begin)
        return empty

    def _refresh(self, changes: Changes) -> None:
        if changes.has("aftercare_tick"):
            self._overview.refresh_ticks()
        if changes.has(*MADE_FROM):
            self._stale = True
            if self.isVisible():
                self._calculate()

    def _move_on(self) -> None:
        """Another day: what comes next is another; a page that is not seen does it when it is."""
        if self.isVisible():
            self._calculate()

    def _calculate(self) -> None:
        self._stale = False
        self._plan = plan_of(self._open.journal, self._open.today, self._open.catalogue)
        self._show()

    def _show(self) -> None:
        view = self._view.value() or VIEWS[0]
        some = bool(self._plan.courses)
        self._states.setCurrentIndex(2 if not some else int(view != VIEWS[0]))
        for action in (self._view, self._save, self._new):
            action.setVisible(some)
        if view == VIEWS[0]:
            self._overview.show_plan(self._plan)
        else:
            self._calendar.show_plan(self._plan, view)

    def _edit(self, of: CoursePlan) -> None:
        self._open_editor(planned(of))

    def _begin(self) -> None:
        if self._open.journal.read_only:
            return
        self.leave()
        running = [of for of in self._plan.courses if of.treatment.key == USUAL and is_running(of)]
        if not running:
            self._open_new()
            return
        sentence = tr("Its sessions stay with it. A second plan only counts sessions that come after them.")
        title = tr("You already have the plan “{name}”. Make another one?").format(name=course_name(running[0]))
        sheet = QuestionSheet(title, sentence, tr("Make another plan"), self)
        sheet.accepted.connect(self._open_new)
        sheet.open()

    def _open_new(self) -> None:
        treatment = self._open.catalogue.treatment(USUAL)
        self._open_editor(fresh_course(treatment, self._plan.courses, self._open.today))

    def _open_editor(self, course: Course) -> None:
        """The editor is made when it is first needed: the plan opens without it."""
        from needlejournal.ui.plan.editor import CourseEditor

        if self._editor is None:
            self._editor = CourseEditor(self._open)
            self._editor.left.connect(self._show_plan)
            self._pages.addWidget(self._editor)
        self._editor.edit(course, self._plan.courses)
        self._pages.setCurrentWidget(self._editor)

    def _finish(self) -> None:
        if self._editor is not None and self._pages.currentWidget() is self._editor:
            self._editor.finish()

    def _show_plan(self) -> None:
        self._pages.setCurrentIndex(0)
        if self._stale:
            self._calculate()

    def _export(self) -> None:
        if self._plan.courses:
            save_calendar(self._open, self)
