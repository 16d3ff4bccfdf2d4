"""A number from 0 to 10 between two fixed ends in words, or unknown."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.theme import TextStyle, mix
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.pickers.options import Option, OptionGroup
from needlejournal.ui.widgets.text import Label

HIGHEST = 10
_SIDE, _GAP = 32, 4


class _ScaleStep(Option):
    text_style: TextStyle = "text"

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_SIDE), theme.px(_SIDE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where = QRectF(self.rect())
            if self.isChecked():
                ground, line, ink, font = "accent_ground", "accent", "accent", theme.font("subtitle")
                painting.box(painter, where, theme.RADIUS_CONTROL, theme.colour(ground), theme.colour(line))
            else:
                ink, font = "ink", self.font()
                hovered = mix(theme.colour("button"), theme.colour("hover"), self.glow.value)
                painting.box(painter, where, theme.RADIUS_CONTROL, hovered, theme.colour("field_line"))
            painter.setFont(font)
            painter.setPen(theme.colour(ink))
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, self.text())
            if self.ringed:
                painting.focus_ring(painter, where, theme.RADIUS_CONTROL)


class ScalePicker(QWidget):
    """0 to 10 with the words `low` and `high` at the ends; digits on the keyboard choose, Delete makes it unknown.

    `changed` tells that the person chose or cleared.
    """

    changed = Signal()

    def __init__(self, name: str, low: str, high: str, value: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAccessibleDescription(tr("0 is {low}, 10 is {high}.").format(low=low, high=high))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        steps = [_ScaleStep(str(step), str(step), self) for step in range(HIGHEST + 1)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._row(name, steps))
        column.addLayout(self._ends(low, high))
        self._group = OptionGroup(steps, self, clearable=True)
        self._group.changed.connect(self.changed)
        self.set_value(value)
        self._limit()
        theme.on_change(self._limit)

    def value(self) -> int | None:
        """The number; None while unknown."""
        key = self._group.value()
        return None if key is None else int(key)

    def set_value(self, value: int | None) -> None:
        """Show a number 0 to 10, or none, without emitting."""
        self._group.set_value(None if value is None else str(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit() and self.isEnabled():
            chosen = self._group.option(event.text())
            chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if not chosen.isChecked():
                chosen.click()
            return
        super().keyPressEvent(event)

    @staticmethod
    def _row(name: str, steps: list[_ScaleStep]) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row, gap=_GAP)
        for step in steps:
            step.setAccessibleName(f"{name}: {step.text()}")
            flow.addWidget(step)
        return row

    @staticmethod
    def _ends(low: str, high: str) -> QHBoxLayout:
        ends = QHBoxLayout()
        for words, side in ((low, Qt.AlignmentFlag.AlignLeft), (high, Qt.AlignmentFlag.AlignRight)):
            label = Label(words, "small", "ink_soft")
            label.setAlignment(side | Qt.AlignmentFlag.AlignTop)
            ends.addWidget(label, 1)
        return ends

    def _limit(self) -> None:
        self.setMaximumWidth((HIGHEST + 1) * theme.px(_SIDE) + HIGHEST * _GAP)
