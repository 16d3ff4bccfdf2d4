"""The aftercare list of a course, line by line: words, from which day to which, order; and back to what is proposed."""

from __future__ import annotations

import secrets
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.courses import ChecklistItem, Course
from needlejournal.ui import theme
from needlejournal.ui.language import tr, tr_message
from needlejournal.ui.plan.parts import emptied, keep_one
from needlejournal.ui.plan.section import CourseSection
from needlejournal.ui.tips import set_tip
from needlejournal.ui.widgets.buttons import Button, IconButton
from needlejournal.ui.widgets.fields.form import row_of
from needlejournal.ui.widgets.fields.text_fields import NumberField, TextField
from needlejournal.ui.widgets.text import Label

LONGEST = 365


class AftercareLineFields(QWidget):
    """One line of the list. `moved` carries −1 or 1."""

    edited = Signal()
    removed = Signal()
    moved = Signal(int)

    def __init__(self, item: ChecklistItem, source: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item = item
        self.words = TextField(tr("What to do"), tr("What to do or leave"), item.text)
        self.words.setMinimumWidth(theme.px(120))
        self.first = NumberField(tr("From day"), high=LONGEST)
        self.last = NumberField(tr("To day"), high=LONGEST)
        self.first.set_value(item.from_day)
        self.last.set_value(item.to_day)
        if source:
            set_tip(self.words, tr("Source: {source}").format(source=source))
        for field in (self.first, self.last):
            field.setFixedWidth(theme.px(52))
            field.changed.connect(self.edited)
        self.words.textEdited.connect(self.edited)
        self._lay_out()

    def _lay_out(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_XS + 2)
        row.addWidget(self.words, 1)
        for widget in (self.first, Label("–", "text", "ink_soft").one_line(), self.last):
            row.addWidget(widget)
        buttons = (("chevron_up", tr("Move up"), -1), ("chevron_down", tr("Move down"), 1))
        for icon, label, step in buttons:
            button = IconButton(icon, label)
            button.clicked.connect(lambda _checked=False, step=step: self.moved.emit(step))
            row.addWidget(button)
        self.remove = IconButton("close", tr("Remove this line"))
        self.remove.clicked.connect(self.removed)
        row.addWidget(self.remove)

    def item(self) -> ChecklistItem:
        """The line as it stands in the fields; a last day before the first is taken as the first, and said so."""
        first = int(self.first.value() or 0)
        last = self.last.value()
        self.last.mark_too_early(early=last is not None and last < first)
        return replace(
            self._item,
            text=self.words.text().strip(),
            from_day=first,
            to_day=max(first, int(first if last is None else last)),
        )


class AftercareSection(CourseSection):
    """Every clinic says something else, so every line can be changed."""

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(tr("Aftercare list"), parent)
        self._catalogue = catalogue
        self._treatment = ""
        self._lines: list[AftercareLineFields] = []
        words = tr("A starting point: your clinic may say something else. Days are counted from the session, day 0.")
        self.body.addWidget(Label(words, "text", "ink_soft"))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE_S)
        self.body.addLayout(self._list)
        add = Button(tr("Add a line"), "plain", "add")
        self._reset = Button(tr("Back to the suggested list"), "quiet", "restore")
        self.body.addWidget(row_of(add, self._reset))
        add.clicked.connect(self._add)
        self._reset.clicked.connect(self._take_proposed)

    def show_course(self, course: Course) -> None:
        self._treatment = course.treatment
        items = course.aftercare or self._proposed()
        if items != self._items():
            self._build(items)
        self._show_reset()

    def apply(self, course: Course) -> Course:
        """A course without a list of its own has none as long as it stands as proposed."""
        items = self._items()
        return course if not course.aftercare and items == self._proposed() else replace(course, aftercare=items)

    def _proposed(self) -> tuple[ChecklistItem, ...]:
        return self._catalogue.treatment(self._treatment).aftercare

    def _items(self) -> tuple[ChecklistItem, ...]:
        return tuple(item for item in (line.item() for line in self._lines) if item.text)

    def _build(self, items: tuple[ChecklistItem, ...]) -> None:
        emptied(self._list)
        self._lines = []
        for item in items:
            self._append(item)

    def _append(self, item: ChecklistItem) -> AftercareLineFields:
        source = self._catalogue.source(item.source) if item.source else None
        line = AftercareLineFields(item, tr_message(source.cited) if source else "")
        line.edited.connect(self._emit_changed)
        line.removed.connect(lambda: self._remove(line))
        line.moved.connect(lambda step: self._move(line, step))
        self._lines.append(line)
        self._list.addWidget(line)
        return line

    def _add(self) -> None:
        line = self._append(ChecklistItem(f"own_{secrets.token_hex(4)}", "", 0, 7))
        line.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, line: AftercareLineFields) -> None:
        self._lines.remove(line)
        self._list.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._emit_changed()

    def _move(self, line: AftercareLineFields, step: int) -> None:
        place = self._lines.index(line)
        target = min(max(0, place + step), len(self._lines) - 1)
        if target != place:
            self._lines.insert(target, self._lines.pop(place))
            self._list.removeWidget(line)
            self._list.insertWidget(target, line)
            self._emit_changed()

    def _take_proposed(self) -> None:
        self._build(self._proposed())
        self._emit_changed()

    def _emit_changed(self) -> None:
        self._show_reset()
        self.edited.emit()

    def _show_reset(self) -> None:
        proposed = self._proposed()
        self._reset.setVisible(bool(proposed) and self._items() != proposed)
        keep_one([line.remove for line in self._lines])
