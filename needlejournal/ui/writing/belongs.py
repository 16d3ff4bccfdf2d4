"""Which plan a session belongs to: the one that fits by treatment, setting and days, or what the patient says."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from needlejournal.journal.courses import Course
from needlejournal.journal.planning.course_sessions import course_fitting
from needlejournal.journal.sessions import Session
from needlejournal.ui.language import tr
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.widgets.fields.choices import Select
from needlejournal.ui.widgets.fields.form import Form, row_of
from needlejournal.ui.writing.section import EditorSection

BY_ITSELF, NO_PLAN = "by_itself", "no_plan"


class Belongs(EditorSection):
    """Hidden while there is no plan."""

    def __init__(self, open_journal: OpenJournal, parent: QWidget | None = None) -> None:
        super().__init__(tr("Plan"), parent)
        self._open = open_journal
        self._courses: list[Course] = []
        self._plan = Select(tr("Belongs to"))
        form = Form()
        form.add(tr("Belongs to"), row_of(self._plan, stretch=0))
        self.body.addWidget(form)
        self._plan.changed.connect(self.edited)

    def show_session(self, session: Session) -> None:
        journal = self._open.journal
        courses = self._courses = journal.courses.all()
        self.setVisible(bool(courses))
        if not courses:
            return
        fitting = course_fitting(session, journal.sessions.all(), courses)
        by_itself = (
            tr("What fits: {plan}").format(plan=self._name(fitting)) if fitting else tr("What fits: no plan so far")
        )
        named = [(str(course.id), self._name(course)) for course in courses]
        self._plan.set_choices([(BY_ITSELF, by_itself), *named, (NO_PLAN, tr("No plan"))], _value(session, courses))

    def apply(self, session: Session) -> Session:
        value = self._plan.value() or BY_ITSELF
        if self.isHidden() or value == _value(session, self._courses):
            return session
        named = value not in {BY_ITSELF, NO_PLAN}
        return replace(session, course_id=int(value) if named else None, unplanned=value == NO_PLAN)

    def _name(self, course: Course) -> str:
        return course.title or self._open.catalogue.treatment(course.treatment).name


def _value(session: Session, courses: list[Course]) -> str:
    """What is chosen; a plan that is in the trash is no choice."""
    if session.unplanned:
        return NO_PLAN
    return next((str(course.id) for course in courses if course.id == session.course_id), BY_ITSELF)
