"""How strong something was that day, in whole words, or unknown."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlejournal.journal.sessions import Severity
from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.theme import TextStyle, mix
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.pickers.options import Option, OptionGroup


def severity_word(severity: Severity) -> str:
    """The word for a severity, as written on the buttons."""
    return {
        Severity.NONE: tr("None"),
        Severity.MILD: tr("Mild"),
        Severity.MODERATE: tr("Moderate"),
        Severity.SEVERE: tr("Severe"),
        Severity.VERY_SEVERE: tr("Very severe"),
    }[severity]


class _SeverityOption(Option):
    text_style: TextStyle = "text"

    def __init__(self, severity: Severity, parent: QWidget) -> None:
        super().__init__(str(severity.value), severity_word(severity), parent)
        self._fill = f"severity_{severity.value}"

    def sizeHint(self) -> QSize:
        return QSize(self.text_size().width() + theme.px(20), max(theme.px(32), self.text_size().height() + 10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painting.smooth(QPainter(self))
        where = QRectF(self.rect())
        if self.isChecked():
            painting.box(painter, where, theme.RADIUS_CONTROL, theme.colour(self._fill), theme.colour("ink_faint"))
            painter.setPen(theme.colour(f"on_{self._fill}"))
            painter.setFont(theme.font("strong"))
        else:
            ground = mix(theme.colour("button"), theme.colour(self._fill), 0.35 * self.glow.value)
            painting.box(painter, where, theme.RADIUS_CONTROL, ground, theme.colour("line"))
            painter.setPen(theme.colour("ink" if self.glow.value > 0.5 else "ink_soft"))
            painter.setFont(self.font())
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.ringed:
            painting.focus_ring(painter, where, theme.RADIUS_CONTROL)


class SeverityPicker(QWidget):
    """None to Very severe, going on in a second row where it is narrow; pressed again, the answer is unknown.

    `name` is what is judged ("Redness"). `changed` tells that the person chose or cleared.
    """

    changed = Signal()

    def __init__(self, name: str, severity: Severity | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        flow = FlowLayout(self, gap=4)
        options = [_SeverityOption(grade, self) for grade in Severity]
        for option in options:
            option.setAccessibleName(f"{name}: {option.text()}")
            flow.addWidget(option)
        self._group = OptionGroup(options, self, clearable=True)
        self._group.changed.connect(self.changed)
        self.set_severity(severity)

    def severity(self) -> Severity | None:
        """The answer; None while it is unknown, which is not the same as Severity.NONE."""
        key = self._group.value()
        return None if key is None else Severity(int(key))

    def set_severity(self, severity: Severity | None) -> None:
        """Show an answer, without emitting."""
        self._group.set_value(None if severity is None else str(severity.value))
