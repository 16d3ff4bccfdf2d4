"""Something worrying? The symptoms that are never expected, one tap away and otherwise quiet."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from needlejournal.journal.catalogue import Catalogue, Symptom
from needlejournal.ui import icons, theme
from needlejournal.ui.language import tr
from needlejournal.ui.theme import TextStyle, mix
from needlejournal.ui.tips import set_tip
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.pressable import Pressable
from needlejournal.ui.widgets.text import Label
from needlejournal.workflows.writing import SymptomOfDay


class RedFlag(Pressable):
    """One of them, ticked while it is written down. A hasty second click takes nothing back."""

    text_style: TextStyle = "small"

    def __init__(self, symptom: Symptom) -> None:
        super().__init__(symptom.short_name)
        self.setCheckable(True)
        self.symptom = symptom.key
        self.setAccessibleName(symptom.label)
        set_tip(self, symptom.label)

    def sizeHint(self) -> QSize:
        """The same with and without its tick, so that nothing beside it moves."""
        return QSize(self.text_size().width() + theme.px(28), self.text_size().height() + theme.px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where, checked = QRectF(self.rect()), self.isChecked()
            radius, tick = where.height() / 2, theme.px(12)
            ground = mix(theme.colour("button"), theme.colour("hover"), 0.0 if checked else self.glow.value)
            if checked:
                painting.box(painter, where, radius, theme.colour("danger_ground"), theme.colour("danger"))
                sign = QRectF(theme.px(6), where.center().y() - tick / 2, tick, tick)
                icons.paint(painter, "check", sign, theme.colour("danger"))
                where.setLeft(theme.px(14))
            else:
                painting.box(painter, where, radius, ground, theme.colour("field_line"))
            painter.setFont(self.font())
            painter.setPen(theme.colour("ink" if self.isEnabled() else "ink_faint"))
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, self.text())
            if self.ringed:
                painting.focus_ring(painter, QRectF(self.rect()), radius)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()


class RedFlags(QWidget):
    """`pressed` carries the key of the symptom that was pressed."""

    pressed = Signal(str)

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_XS)
        column.addWidget(Label(tr("Something worrying?"), "small", "ink_soft"))
        chips = QWidget()
        flow = FlowLayout(chips, gap=4, row_gap=4)
        column.addWidget(chips)
        self._flags = [RedFlag(symptom) for symptom in catalogue.symptoms if symptom.red_flag]
        for flag in self._flags:
            flow.addWidget(flag)
            flag.clicked.connect(lambda _=False, key=flag.symptom: self.pressed.emit(key))

    def __contains__(self, symptom: object) -> bool:
        """Whether a symptom stands here."""
        return any(flag.symptom == symptom for flag in self._flags)

    def show_written(self, written: Mapping[str, SymptomOfDay]) -> None:
        """Tick those that are written down."""
        for flag in self._flags:
            there = written.get(flag.symptom)
            flag.setChecked(bool(there and there.is_felt))
