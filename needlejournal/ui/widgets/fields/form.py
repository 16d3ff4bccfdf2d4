"""Rows of a form: words at the left, the field at the right; one above the other where it is narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.text import Divider, Label

LABEL_WIDTH = 130
_NARROW = 420


class Form(QWidget):
    """A form that keeps its labels in one column and stacks them above the fields when there is little room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_M)
        self._grid.setVerticalSpacing(theme.SPACE_M + 2)
        self._rows: list[tuple[QWidget | None, QWidget]] = []
        self._stacked = False
        theme.on_change(self._arrange)

    def add(self, words: str, field: QWidget, hint: str = "") -> QWidget:
        """A row; `hint` is small print below the field. Returns what `show_row` takes."""
        label = Label(words, "text", "ink_soft")
        label.setBuddy(field)
        holder = _with_hint(field, hint) if hint else field
        self._rows.append((label, holder))
        self._arrange()
        return holder

    def show_row(self, holder: QWidget, *, shown: bool) -> None:
        """Show or hide a row with its words; `holder` as `add` returned it."""
        for label, field in self._rows:
            if field is holder:
                field.setVisible(shown)
                if label is not None:
                    label.setVisible(shown)

    def add_section(self, title: str) -> None:
        """A line across, if something stands above, and a title."""
        if self._rows:
            self._rows.append((None, Divider()))
        self._rows.append((None, Label(title, "title")))
        self._arrange()

    def add_wide(self, widget: QWidget) -> None:
        """Something across the whole form."""
        self._rows.append((None, widget))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = theme.px(LABEL_WIDTH) + theme.SPACE_M + self._widest()
        stacked = self.width() < max(theme.px(_NARROW), beside)
        if stacked != self._stacked:
            self._stacked = stacked
            self._arrange()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest field: the labels can stand above."""
        return QSize(self._widest(), super().minimumSizeHint().height())

    def _widest(self) -> int:
        return max((field.minimumSizeHint().width() for _, field in self._rows), default=0)

    def _arrange(self) -> None:
        for widget in (part for pair in self._rows for part in pair if part is not None):
            # Not takeAt: Qt would go on telling the old item of the widget's changes, and the row keep its old height.
            self._grid.removeWidget(widget)
        row = 0
        for label, field in self._rows:
            if label is None:
                self._grid.addWidget(field, row, 0, 1, 2)
            elif self._stacked:
                label.setContentsMargins(0, 0, 0, 0)
                self._grid.addWidget(label, row, 0, 1, 2)
                row += 1
                self._grid.addWidget(field, row, 0, 1, 2)
            else:
                _stand_beside(field, label)
                self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
                self._grid.addWidget(field, row, 1)
            row += 1
        for above in range(row):
            self._grid.setRowStretch(above, 0)
        self._grid.setRowStretch(row, 1)
        self._grid.setColumnMinimumWidth(0, 0 if self._stacked else theme.px(LABEL_WIDTH))
        self._grid.setColumnStretch(1, 1)


def _stand_beside(field: QWidget, label: QWidget) -> None:
    """Bring the words beside the first line of a field, whatever stands below that now or later."""
    label.setContentsMargins(0, 0, 0, 0)
    words = label.heightForWidth(theme.px(LABEL_WIDTH)) if label.hasHeightForWidth() else label.sizeHint().height()
    line = min(_first(field).sizeHint().height(), theme.px(theme.CONTROL_HEIGHT))
    label.setContentsMargins(0, max(0, line - words) // 2, 0, 0)


def _first(field: QWidget) -> QWidget:
    """The topmost part of a field that is made of several, one below the other."""
    column = field.layout()
    item = column.itemAt(0) if isinstance(column, QVBoxLayout) else None
    above = item.widget() if item else None
    return field if above is None else _first(above)


def _with_hint(field: QWidget, hint: str) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SPACE_XS)
    column.addWidget(field)
    column.addWidget(Label(hint, "small", "ink_soft"))
    return holder


def row_of(*fields: QWidget, stretch: int = -1) -> QWidget:
    """Fields beside each other as one; the field number `stretch` takes the room left, none by default."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SPACE_S)
    for index, field in enumerate(fields):
        row.addWidget(field, 1 if index == stretch else 0)
    if stretch < 0:
        row.addStretch(1)
    return holder


def buttons_of(*buttons: QWidget) -> QWidget:
    """Buttons or short fields beside each other, in rows where there is less room: they never widen a page."""
    holder = QWidget()
    row = FlowLayout(holder, gap=theme.SPACE_S)
    for button in buttons:
        row.addWidget(button)
    return holder
