"""One symptom as a curve over the days, with the usual course as a band behind it and an earlier session dashed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlejournal.journal.sessions import Severity
from needlejournal.ui import theme
from needlejournal.ui.effects.course import CourseGrid, Row, Severities, stretches
from needlejournal.ui.language import day_and_month, tr
from needlejournal.ui.widgets import painting, spoken
from needlejournal.ui.widgets.pickers.severity_picker import severity_word

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class CurveView(QWidget):
    """Draws a row of a course. Lines break where nothing was written. Arrow keys walk over the days that were written;
    `moved` tells that the keyboard is on another one.
    """

    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: Row | None = None
        self._course: CourseGrid | None = None
        self._day = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.on_change(self.updateGeometry)

    def show_row(self, course: CourseGrid, row: Row | None) -> None:
        """Draw another symptom."""
        if (
            not self._row
            or not row
            or row.symptom != self._row.symptom
            or self._course is None
            or course.first != self._course.first
        ):
            self._day = -1
        self._course, self._row = course, row
        self.setAccessibleName(tr("Curve of {symptom}").format(symptom=row.name) if row else tr("No curve"))
        self.update()
        self.moved.emit()

    def _written(self) -> list[tuple[int, Severity]]:
        """The days of the curve that have a value."""
        days = enumerate(self._course.own(self._row)) if self._course and self._row else ()
        return [(day, severity) for day, severity in days if severity is not None]

    def _words(self, day: int, severity: Severity) -> str:
        course, word = self._course, severity_word(severity)
        if course is None or course.number:
            return tr("Day {day}: {severity}").format(day=day, severity=word)
        return tr("{date}: {severity}").format(date=day_and_month(course.first + timedelta(days=day)), severity=word)

    def words_now(self) -> str:
        """The point that the keyboard is on, in words; "" without one."""
        return next((self._words(day, severity) for day, severity in self._written() if day == self._day), "")

    def spoken_parts(self) -> Sequence[spoken.SpokenPart]:
        """Each day that was written, in words."""
        plot, side = self._plot(theme.font("small")), theme.px(12)
        points = [(self._words(day, severity), self._point(plot, day, severity)) for day, severity in self._written()]
        return [
            spoken.SpokenPart(words, QRectF(at.x() - side / 2, at.y() - side / 2, side, side).toRect())
            for words, at in points
        ]

    def spoken_now(self) -> int:
        """The point that the arrow keys are on."""
        days = [day for day, _ in self._written()]
        return days.index(self._day) if self._day in days else -1

    def stand_on(self, part: int) -> None:
        """Let the keyboard be on another point."""
        self._stand_on(self._written()[part][0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        days = [day for day, _ in self._written()]
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not days:
            super().keyPressEvent(event)
            return
        self._stand_on(days[min(max(self.spoken_now() + step, 0), len(days) - 1)])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.spoken_now() < 0 and self._written():
            self._stand_on(self._written()[0][0])
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _stand_on(self, day: int) -> None:
        self._day = day
        self.setAccessibleDescription(self.words_now())
        spoken.say_part(self)
        self.moved.emit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(560), theme.px(190))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(230), theme.px(150))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._row or not self._course:
            return
        with QPainter(self) as painter:
            painting.smooth(painter)
            painter.setFont(theme.font("small"))
            plot = self._plot(painter.font())
            if self._row.usual:
                self._paint_usual(painter, plot, self._row.usual)
            self._paint_axes(painter, plot)
            if self._course.earlier_number is not None:
                self._paint_line(painter, plot, self._row.earlier, theme.colour("ink_soft"), dashed=True)
            self._paint_line(painter, plot, self._course.own(self._row), theme.colour("ink"), dashed=False)
            self._paint_ends(painter, plot, self._course)
            if self.hasFocus():
                self._paint_focus(painter, plot)

    def _paint_focus(self, painter: QPainter, plot: QRectF) -> None:
        """A ring about the whole, and one about the point that the arrow keys are on."""
        painting.focus_ring(painter, QRectF(self.rect()), theme.RADIUS_CONTROL)
        side = theme.px(18)
        for day, severity in self._written():
            if day == self._day:
                at = self._point(plot, day, severity)
                painting.focus_ring(painter, QRectF(at.x() - side / 2, at.y() - side / 2, side, side), side // 2)

    def _plot(self, font: QFont) -> QRectF:
        metrics = QFontMetricsF(font)
        left = max(metrics.horizontalAdvance(severity_word(severity)) for severity in Severity) + theme.px(12)
        return QRectF(
            left, metrics.height() * 1.4, self.width() - left - theme.px(10), self.height() - metrics.height() * 3.0
        )

    def _point(self, plot: QRectF, day: float, severity: float) -> QPointF:
        days = (self._course.days if self._course else 31) - 1
        return QPointF(plot.left() + plot.width() * day / days, plot.bottom() - plot.height() * severity / 4)

    def _paint_usual(self, painter: QPainter, plot: QRectF, usual: tuple[int, int]) -> None:
        left, right = self._point(plot, usual[0], 0).x(), self._point(plot, usual[1], 0).x()
        band = QRectF(left, plot.top() - 4, max(right - left, 6), plot.height() + 8)
        painting.box(painter, band, 6, theme.colour("accent_ground"))
        painter.setPen(theme.colour("accent"))
        words = tr("usual: day {first} to {last}").format(first=usual[0], last=usual[1])
        where = QRectF(band.left(), 0, plot.width(), painter.fontMetrics().height())
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft, words)

    def _paint_axes(self, painter: QPainter, plot: QRectF) -> None:
        height = painter.fontMetrics().height()
        for severity in Severity:
            y = self._point(plot, 0, severity.value).y()
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(theme.colour("ink_soft"))
            words = QRectF(0, y - height / 2, plot.left() - theme.px(10), height)
            painter.drawText(
                words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, severity_word(severity)
            )
        for day in range(0, self._course.days if self._course else 0, 5):
            x = self._point(plot, day, 0).x()
            where = QRectF(x - 30, plot.bottom() + theme.px(6), 60, height)
            name = self._course.day_name(day) if self._course else ""
            first = bool(day == 0 and self._course and self._course.number)
            painter.drawText(where, Qt.AlignmentFlag.AlignHCenter, tr("day 0") if first else name)

    def _paint_ends(self, painter: QPainter, plot: QRectF, course: CourseGrid) -> None:
        """Where the days of a following session begin: a dashed line with words, and no curve beyond it."""
        if course.next_session is not None:
            self._paint_end(painter, plot, course.next_session, "accent", tr("next session"))
        if course.earlier_until is not None and course.earlier_until != course.next_session:
            words = tr("session {n} ends here").format(n=course.earlier_number)
            self._paint_end(painter, plot, course.earlier_until, "ink_soft", words)

    def _paint_end(self, painter: QPainter, plot: QRectF, day: int, role: str, words: str) -> None:
        x = (self._point(plot, day, 0).x() + self._point(plot, day - 1, 0).x()) / 2
        painter.setPen(QPen(theme.colour(role), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(words)
        left = x + theme.px(4) if x + theme.px(4) + width < self.width() else x - theme.px(4) - width
        below = metrics.height() * (1.2 if role == "accent" else 2.2)
        painter.drawText(QPointF(left, plot.top() + below), words)

    def _paint_line(
        self, painter: QPainter, plot: QRectF, severities: Severities, ink: QColor, *, dashed: bool
    ) -> None:
        pen = QPen(ink, 1.6 if dashed else 2.2)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if dashed:
            pen.setDashPattern([3, 3])
        for stretch in stretches(severities):
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF([self._point(plot, day, severity) for day, severity in stretch]))
            for day, severity in stretch:
                self._paint_dot(painter, self._point(plot, day, severity), severity, ink, dashed=dashed)

    def _paint_dot(self, painter: QPainter, at: QPointF, severity: Severity, ink: QColor, *, dashed: bool) -> None:
        radius = theme.px(3) if dashed else theme.px(5)
        painter.setPen(QPen(ink, 1.4))
        painter.setBrush(theme.colour("card") if dashed else theme.colour(f"severity_{severity.value}"))
        painter.drawEllipse(at, radius, radius)
