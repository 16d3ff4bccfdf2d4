"""What to tell the clinician before a course: boxes to tick, never a ban; the list can be changed for each plan."""

from __future__ import annotations

import secrets
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.courses import ChecklistItem, Course
from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.plan.parts import Sources, emptied, keep_one
from needlejournal.ui.plan.section import CourseSection, in_kept_order
from needlejournal.ui.typing_steps import BY_JOURNAL
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.fields.check_box import CheckBox
from needlejournal.ui.widgets.fields.form import row_of
from needlejournal.ui.widgets.fields.text_fields import TextField
from needlejournal.ui.widgets.frame.notices import Banner
from needlejournal.ui.widgets.text import Label


def proposed_list(catalogue: Catalogue) -> tuple[ChecklistItem, ...]:
    """The list as the data files propose it."""
    return tuple(
        ChecklistItem(one.key, f"{one.statement.text} ({one.note})" if one.note else one.statement.text)
        for one in catalogue.ask_first
    )


class AskFirstLine(QWidget):
    """One thing to tell: a box to tick, and a button that takes it off the list."""

    ticked = Signal()
    removed = Signal()

    def __init__(self, item: ChecklistItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self.box = CheckBox(item.text)
        self.box.clicked.connect(self.ticked)
        self.remove = IconButton("close", tr("Take “{words}” off this list").format(words=item.text))
        self.remove.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box, 1)
        row.addWidget(self.remove)


class AskFirstSection(CourseSection):
    """Ticked means: this applies to me, and I tell my clinician."""

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(tr("Ask first"), parent)
        self._proposed = proposed_list(catalogue)
        self._kept: tuple[str, ...] = ()
        self._lines: list[AskFirstLine] = []
        words = tr("If one of these applies to you, tell your clinician. Nothing here is forbidden.")
        self.body.addWidget(Label(words, "text", "ink_soft"))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE_XS)
        self.body.addLayout(self._list)
        self._own = TextField(tr("Something else to tell"), tr("Something else to tell your clinician"))
        self._own.setProperty(BY_JOURNAL, False)
        add = Button(tr("Add"), "plain", "add")
        self.body.addWidget(row_of(self._own, add))
        self._reset = Button(tr("Back to the suggested list"), "quiet", "restore")
        self.body.addWidget(row_of(self._reset))
        self._advice = Banner("", "info")
        self.body.addWidget(self._advice)
        statements = [one.statement for one in catalogue.ask_first]
        self.body.addWidget(Sources(tr("Where this list comes from"), statements))
        self._own.returnPressed.connect(self._add)
        self._own.editingFinished.connect(self._add)
        add.clicked.connect(self._add)
        self._reset.clicked.connect(self._take_proposed)

    def show_course(self, course: Course) -> None:
        items = course.ask_first_list or self._proposed
        if items != self._items():
            self._build(items)
        shown = {item.key for item in items}
        self._kept = tuple(key for key in course.ask_first if key not in shown)
        for line in self._lines:
            line.box.setChecked(line.item.key in course.ask_first)
        self._show_advice()

    def apply(self, course: Course) -> Course:
        ticked = [line.item.key for line in self._lines if line.box.isChecked()]
        items = self._items()
        return replace(
            course,
            ask_first=in_kept_order(course.ask_first, (*ticked, *self._kept)),
            ask_first_list=() if items == self._proposed else items,
        )

    def _items(self) -> tuple[ChecklistItem, ...]:
        return tuple(line.item for line in self._lines)

    def _build(self, items: tuple[ChecklistItem, ...]) -> None:
        emptied(self._list)
        self._lines = []
        for item in items:
            self._append(item)

    def _append(self, item: ChecklistItem) -> AskFirstLine:
        line = AskFirstLine(item)
        line.ticked.connect(self._emit_changed)
        line.removed.connect(lambda: self._remove(line))
        self._lines.append(line)
        self._list.addWidget(line)
        return line

    def _add(self) -> None:
        """What the patient adds applies to them: it is ticked."""
        words = self._own.text().strip()
        if words:
            self._own.clear()
            self._append(ChecklistItem(f"own_{secrets.token_hex(4)}", words)).box.setChecked(True)
            self._emit_changed()

    def _remove(self, line: AskFirstLine) -> None:
        self._lines.remove(line)
        self._list.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._emit_changed()

    def _take_proposed(self) -> None:
        ticked = {line.item.key for line in self._lines if line.box.isChecked()}
        self._build(self._proposed)
        for line in self._lines:
            line.box.setChecked(line.item.key in ticked)
        self._emit_changed()

    def _emit_changed(self) -> None:
        self._show_advice()
        self.edited.emit()

    def _show_advice(self) -> None:
        count = sum(line.box.isChecked() for line in self._lines)
        self._advice.set_text(tr("Tell your clinician about %n thing(s) before the first session.", count))
        self._advice.setVisible(bool(count))
        keep_one([line.remove for line in self._lines])
        self._reset.setVisible(self._items() != self._proposed)
