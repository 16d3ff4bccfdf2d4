"""What the colours and signs of the grid mean, in words."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlejournal.journal.sessions import Severity
from needlejournal.ui import theme
from needlejournal.ui.effects.course import CourseGrid
from needlejournal.ui.language import tr
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.pickers.severity_picker import severity_word


class _Sign(QWidget):
    """A small sign with its word: a severity, "unknown", "usual" or "earlier"."""

    def __init__(self, sign: str, words: str) -> None:
        super().__init__()
        self._sign, self._words = sign, words
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.on_change(self.updateGeometry)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(theme.px(20) + int(metrics.horizontalAdvance(self._words) * 0.95), theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            side = theme.px(12)
            where = QRectF(0, (self.height() - side) / 2, side, side)
            if self._sign == "unknown":
                painting.dotted_box(painter, where, 3, theme.colour("ink_faint"))
            elif self._sign == "future":
                painting.box(painter, where, 3, QColor(0, 0, 0, 0), theme.colour("line"))
            elif self._sign == "next":
                painter.setPen(QPen(theme.colour("accent"), 1, Qt.PenStyle.DashLine))
                painter.drawLine(where.center() - QPointF(0, side / 2), where.center() + QPointF(0, side / 2))
            elif self._sign == "usual":
                painter.fillRect(QRectF(0, self.height() / 2 - 1, side, 2), theme.colour("accent"))
            elif self._sign == "earlier":
                painting.box(
                    painter, where.adjusted(0, 3, 0, -3), 2, theme.colour("severity_1"), theme.colour("ink_soft")
                )
            else:
                painting.box(painter, where, 3, theme.colour(self._sign), theme.colour("field_line"))
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("ink_soft"))
            words = QRectF(self.rect()).adjusted(side + theme.px(5), 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._words)


class Legend(QWidget):
    """The signs in a row that wraps where it is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = FlowLayout(self, gap=12, row_gap=4)
        for severity in Severity:
            flow.addWidget(_Sign(f"severity_{severity.value}", severity_word(severity)))
        flow.addWidget(_Sign("unknown", tr("Not written")))
        self._signs = {
            "future": _Sign("future", tr("Still to come")),
            "usual": _Sign("usual", tr("Usual course")),
            "earlier": _Sign("earlier", tr("Earlier session")),
            "next": _Sign("next", tr("Next session begins")),
        }
        for sign in self._signs.values():
            flow.addWidget(sign)

    def show_course(self, course: CourseGrid) -> None:
        """Explain the signs that are drawn, and no others."""
        self._signs["future"].setVisible(course.is_future(course.days - 1))
        self._signs["usual"].setVisible(any(row.usual for row in course.rows))
        self._signs["earlier"].setVisible(course.earlier_number is not None)
        self._signs["next"].setVisible(course.next_session is not None or course.earlier_until is not None)
