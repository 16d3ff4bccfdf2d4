"""The editor of a course. What is typed is saved within a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlejournal.journal.changes import Changes
from needlejournal.journal.courses import Course
from needlejournal.journal.planning.plan import CoursePlan
from needlejournal.ui.keeping import Keeping, Unsaved
from needlejournal.ui.language import tr
from needlejournal.ui.plan.aftercare_section import AftercareSection
from needlejournal.ui.plan.aim_section import AimSection
from needlejournal.ui.plan.ask_first_section import AskFirstSection
from needlejournal.ui.plan.beginning import fresh_course, with_treatment
from needlejournal.ui.plan.clinic_section import ClinicSection
from needlejournal.ui.plan.section import CourseSection
from needlejournal.ui.plan.treatment_section import TreatmentSection
from needlejournal.ui.session import OpenJournal
from needlejournal.ui.typing_steps import BY_JOURNAL
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.frame.columns import Columns
from needlejournal.ui.widgets.frame.page_header import PageHeader
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea


class CourseEditor(QWidget):
    """Edits one course; a new one is stored with the first thing changed, or with Done. `left`: back to the plan."""

    left = Signal()

    def __init__(self, open_journal: OpenJournal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = open_journal
        self._course: Course | None = None
        self._plans: Sequence[CoursePlan] = ()
        catalogue = open_journal.catalogue
        self._treatment = TreatmentSection(catalogue, open_journal.today)
        self._clinic = ClinicSection()
        self._aftercare = AftercareSection(catalogue)
        self._sections: tuple[CourseSection, ...] = (
            self._treatment, AimSection(catalogue), self._clinic, AskFirstSection(catalogue), self._aftercare
        )  # fmt: skip
        self._keeping = Keeping(open_journal, self, lambda: self._name(self._course))
        self._keeping.add(self._keep, self._restore)
        self._lay_out()
        self.setProperty(BY_JOURNAL, True)
        self._treatment.treatment_changed.connect(self._follow_treatment)
        for section in self._sections:
            section.edited.connect(self._keeping.begin)
            section.setEnabled(not open_journal.journal.read_only)
        open_journal.changed.connect(self._refresh)

    @property
    def course(self) -> Course | None:
        """The course being edited, as it was last stored; id 0 while it is new. None before the first `edit`."""
        return self._course

    def edit(self, course: Course, plans: Sequence[CoursePlan]) -> None:
        """Show a course; id 0 is a new one. `plans` are the courses there are."""
        if not self._keeping.settle():
            return
        self._course, self._plans = course, plans
        self._clinic.suggest(self._open.journal.sessions.suggestions("clinic"))
        self._show(course)

    def leave(self) -> tuple[Unsaved, ...]:
        """Save what is being typed, now. Gives what could not be stored."""
        return self._keeping.leave()

    def finish(self) -> None:
        """Save, also a new course that was left as proposed, and go back."""
        if not self._keeping.settle():
            return
        course, may = self._course, not self._open.journal.read_only
        if course is None or course.id or not may or self._save(course):
            self.left.emit()

    def _lay_out(self) -> None:
        self._header = PageHeader(tr("Plan"), tr("Plan"))
        self._keeping.said.connect(self._header.set_state)
        self._header.back.connect(self._go_back)
        self._trash = self._header.add_action(IconButton("trash", tr("Move this plan to the trash")))
        self._trash.clicked.connect(self._move_to_trash)
        self._end = self._header.add_action(Button(""))
        self._end.clicked.connect(self._end_or_take_up)
        self._header.add_action(Button(tr("Done"), "filled")).clicked.connect(self.finish)
        columns = Columns(11, 9)
        columns.show_cards(self._sections[:2], self._sections[2:4])
        scroll = ScrollArea()
        scroll.column().addWidget(columns)
        scroll.column().addWidget(self._aftercare)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._header)
        page.addWidget(scroll, 1)

    def _go_back(self) -> None:
        if self._keeping.settle():
            self.left.emit()

    def _keep(self) -> None:
        if self._course is not None:
            written = self._written(self._course)
            if written != self._course:
                self._save(written)

    def _restore(self) -> None:
        if self._course is not None:
            self._show(self._course)

    def _written(self, course: Course) -> Course:
        """The course with what stands in the fields."""
        for section in self._sections:
            course = section.apply(course)
        return course

    def _follow_treatment(self) -> None:
        """What was still as the old treatment proposes becomes as the new one does."""
        if self._course is None:
            return
        written = self._written(self._course)
        catalogue = self._open.catalogue
        old, new = catalogue.treatment(self._course.treatment), catalogue.treatment(written.treatment)
        before = replace(written, treatment=old.key, setting=self._course.setting)
        changed = with_treatment(before, old, new, written.setting)
        if not self._course.id:
            changed = replace(changed, starts=fresh_course(new, self._plans, self._open.today).starts)
        for section in self._sections:
            section.show_course(changed)

    def _save(self, course: Course) -> bool:
        """Store a course. Gives whether it is."""
        new = not course.id
        label = tr("Write a plan") if new else tr("Edit a plan")
        before, self._course = self._course, course
        key = None if new else self._keeping.steps.key(f"course:{course.id}", asdict(before or course), asdict(course))
        written = self._keeping.write(label, lambda journal: journal.courses.save(course), merge=key)
        self._course = written.value if written else before
        if written:
            self._show_actions(written.value)
        return written is not None

    def _refresh(self, changes: Changes) -> None:
        """Undo, redo and the trash may have changed what is shown here."""
        if self._course is None or not self._course.id or self._course.id not in changes.ids("course"):
            return
        stored = self._open.journal.courses.get(self._course.id)
        if stored is None:
            self._course = None
            self._keeping.drop()
            self.left.emit()
        elif stored != self._course and not self._keeping.typing:
            self._course = stored
            self._show(stored)

    def _show(self, course: Course) -> None:
        for section in self._sections:
            section.show_course(course)
        self._header.set_state("")
        self._show_actions(course)

    def _show_actions(self, course: Course) -> None:
        self._header.set_title(self._name(course))
        may = bool(course.id) and not self._open.journal.read_only
        self._trash.setVisible(may)
        self._end.setVisible(may)
        self._end.set_text(tr("End this plan") if course.ended is None else tr("Take it up again"))

    def _name(self, course: Course | None) -> str:
        if course is None or not course.id:
            return tr("New plan")
        return course.title or self._open.catalogue.treatment(course.treatment).name

    def _end_or_take_up(self) -> None:
        if not self._keeping.settle() or self._course is None:
            return
        ended = self._open.today if self._course.ended is None else None
        if self._save(replace(self._course, ended=ended)):
            said = tr("The plan has ended. Its sessions stay.") if ended else tr("The plan goes on.")
            self._open.say(said, undoable=True)

    def _move_to_trash(self) -> None:
        if self._course is None or not self._keeping.settle():
            return
        row, gone = self._course.id, tr("The plan is in the trash for 30 days. Its sessions stay.")
        self._open.write(tr("Move a plan to the trash"), lambda journal: journal.courses.trash(row), say=gone)
