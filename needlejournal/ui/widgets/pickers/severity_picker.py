"""How strong something was that day, or unknown: in whole words, or as five equal steps under common heads."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from needlejournal.journal.sessions import Severity
from needlejournal.ui import icons, theme
from needlejournal.ui.language import tr
from needlejournal.ui.theme import TextStyle, mix
from needlejournal.ui.tips import set_tip
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
        with QPainter(self) as painter:
            painting.smooth(painter)
            where = QRectF(self.rect())
            if self.isChecked():
                painting.box(painter, where, theme.RADIUS_CONTROL, theme.colour(self._fill), theme.colour("ink_faint"))
                painter.setPen(theme.colour(f"on_{self._fill}"))
                painter.setFont(theme.font("strong"))
            else:
                ground = mix(theme.colour("button"), theme.colour(self._fill), 0.35 * self.glow.value)
                painting.box(painter, where, theme.RADIUS_CONTROL, ground, theme.colour("field_line"))
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


STEP_GAP = 4
_STEP_WIDTH, _STEP_LEAST, _STEP_HEIGHT = 46, 30, 30


class _SeverityStep(Option):
    """A box without words: the head above says them."""

    text_style: TextStyle = "text"

    def __init__(self, severity: Severity, parent: QWidget) -> None:
        super().__init__(str(severity.value), severity_word(severity), parent)
        self._fill = f"severity_{severity.value}"
        self.before = self.elsewhere = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_STEP_WIDTH), theme.px(_STEP_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(_STEP_LEAST), theme.px(_STEP_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where, radius = QRectF(self.rect()), theme.RADIUS_CONTROL
            if self.isChecked():
                painting.box(painter, where, radius, theme.colour(self._fill), theme.colour("ink_faint"))
            else:
                ground = mix(theme.colour("button"), theme.colour(self._fill), 0.35 * self.glow.value)
                painting.box(painter, where, radius, ground, theme.colour("field_line"))
            self._paint_marks(painter, where)
            if self.ringed:
                painting.focus_ring(painter, where, radius)

    def _paint_marks(self, painter: QPainter, where: QRectF) -> None:
        """A tick for the answer, a bar where another place is that strong, a dot for the last time."""
        side, dot = theme.px(16), theme.px(6)
        if self.isChecked():
            tick = QRectF(where.center().x() - side / 2, where.center().y() - side / 2, side, side)
            icons.paint(painter, "check", tick, theme.colour(f"on_{self._fill}"))
        elif self.elsewhere:
            bar = QRectF(theme.px(4), where.bottom() - theme.px(9), where.width() - 2 * theme.px(4), theme.px(5))
            painting.box(painter, bar, 2, theme.colour(self._fill), theme.colour("ink_faint"))
        elif self.before:
            spot = QRectF(where.center().x() - dot / 2, where.center().y() - dot / 2, dot, dot)
            painting.box(painter, spot, dot / 2, theme.colour("ink_faint"))


class SeveritySteps(QWidget):
    """None to Very severe as five equal steps in one line; pressed again, the answer is unknown.

    What they mean stands above them (`StepHeads`) and in each step's name and tooltip. `name` is what is judged.
    `changed` tells that the person chose or cleared.
    """

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(STEP_GAP)
        self._name = name
        self._steps = {grade: _SeverityStep(grade, self) for grade in Severity}
        for step in self._steps.values():
            row.addWidget(step, 1)
        self._group = OptionGroup(self._steps.values(), self, clearable=True)
        self._group.changed.connect(self.changed)
        self.show_marks()

    def severity(self) -> Severity | None:
        """The answer; None while it is unknown, which is not the same as Severity.NONE."""
        key = self._group.value()
        return None if key is None else Severity(int(key))

    def set_severity(self, severity: Severity | None) -> None:
        """Show an answer, without emitting."""
        self._group.set_value(None if severity is None else str(severity.value))

    def steps(self) -> Sequence[QWidget]:
        """The five of them, None first."""
        return tuple(self._steps.values())

    def show_marks(
        self, before: Severity | None = None, when: str = "", elsewhere: frozenset[Severity] = frozenset()
    ) -> None:
        """Mark what was answered the last time (`when`: "yesterday"), and how strong it is in other places."""
        for grade, step in self._steps.items():
            step.before, step.elsewhere = grade == before, grade in elsewhere
            word = severity_word(grade)
            words = tr("{when}: {word}").format(when=when.capitalize(), word=word.lower()) if step.before else word
            set_tip(step, tr("{word}, in another place").format(word=word) if step.elsewhere else words)
            step.setAccessibleName(f"{self._name}: {word}")
            step.setAccessibleDescription(step.toolTip() if step.toolTip() != word else "")
            step.update()


class StepHeads(QWidget):
    """The five words above columns of steps, each over its own, in two lines where it has to be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.on_change(self.updateGeometry)

    def least_width(self) -> int:
        """How wide it has to be for every word to be whole: a long one may reach over a short one's step."""
        words = self._widest_words()
        pitch = max((one + other) / 2 + STEP_GAP for one, other in itertools.pairwise(words))
        return math.ceil(5 * pitch - STEP_GAP)

    def _widest_words(self) -> list[int]:
        metrics = QFontMetrics(theme.font("small"))
        return [max(metrics.horizontalAdvance(part) for part in severity_word(grade).split()) for grade in Severity]

    def sizeHint(self) -> QSize:
        return QSize(self.least_width(), 2 * QFontMetrics(theme.font("small")).height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(5 * theme.px(_STEP_LEAST) + 4 * STEP_GAP, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("ink_soft"))
            pitch = (self.width() + STEP_GAP) / 5
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
            for grade, widest in zip(Severity, self._widest_words(), strict=True):
                width = max(widest + 2, pitch - STEP_GAP)
                middle = grade.value * pitch + (pitch - STEP_GAP) / 2
                where = QRectF(middle - width / 2, 0, width, self.height())
                painter.drawText(where, flags, severity_word(grade))
