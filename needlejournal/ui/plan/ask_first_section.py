"""What to tell the clinician before a course: boxes to tick, never a ban; each with its source."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.courses import Course
from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.plan.parts import Sources, stack_of
from needlejournal.ui.plan.section import Section, in_kept_order
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.frame.notices import Banner
from needlejournal.ui.widgets.text import Label


class AskFirstSection(Section):
    """Ticked means: this applies to me, and I tell my clinician."""

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(tr("Ask first"), parent)
        self._kept: tuple[str, ...] = ()
        self._boxes = {
            one.key: CheckBox(f"{one.statement.text} ({one.note})" if one.note else one.statement.text)
            for one in catalogue.ask_first
        }
        words = tr("If one of these applies to you, tell your clinician. Nothing here is forbidden.")
        self.body.addWidget(Label(words, "text", "ink_soft"))
        self.body.addWidget(stack_of(*self._boxes.values(), gap=theme.SPACE_XS))
        self._told = Banner("", "info")
        self.body.addWidget(self._told)
        statements = [one.statement for one in catalogue.ask_first]
        self.body.addWidget(Sources(tr("Where this list comes from"), statements))
        for box in self._boxes.values():
            box.clicked.connect(self._tell)

    def show_course(self, course: Course) -> None:
        self._kept = tuple(key for key in course.ask_first if key not in self._boxes)
        for key, box in self._boxes.items():
            box.setChecked(key in course.ask_first)
        self._show_told()

    def apply(self, course: Course) -> Course:
        ticked = [key for key, box in self._boxes.items() if box.isChecked()]
        return replace(course, ask_first=in_kept_order(course.ask_first, (*ticked, *self._kept)))

    def _tell(self) -> None:
        self._show_told()
        self.edited.emit()

    def _show_told(self) -> None:
        count = sum(box.isChecked() for box in self._boxes.values())
        self._told.set_text(tr("Tell your clinician about %n thing(s) before the first session.", count))
        self._told.setVisible(bool(count))
