"""The day grid: symptoms down, days across, drawn as one instrument and walked with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlejournal.journal.catalogue import Catalogue
from needlejournal.ui import theme
from needlejournal.ui.effects.cell_tiles import CellLook, CellTiles
from needlejournal.ui.effects.course import CourseGrid, Row, cell_words
from needlejournal.ui.language import tr
from needlejournal.ui.tips import show_tip
from needlejournal.ui.widgets import painting, spoken

GAP = 3
_STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


@dataclass(frozen=True, slots=True)
class GridPlace:
    """A place in the grid: row number and day number."""

    row: int
    day: int


class GridView(QWidget):
    """Draws a course. `chosen` tells that another row is `current()`; `activated` carries the Cell to write in."""

    chosen = Signal()
    moved = Signal()  # the keyboard or mouse is on another cell
    activated = Signal(object)

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._course: CourseGrid | None = None
        self._at = GridPlace(0, 0)
        self._tiles = CellTiles()
        self._name_room: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Side effects by day"))
        theme.on_change(self._forget_tiles)

    def show_course(self, course: CourseGrid) -> None:
        """Draw another course; the row chosen stays where its symptom still is."""
        symptom = self._course.rows[self._at.row].symptom if self._course and self._course.rows else None
        rows = [row.symptom for row in course.rows]
        self._course = course
        self._name_room = None
        row = rows.index(symptom) if symptom in rows else 0
        self._at = GridPlace(row, min(max(course.today, 0), course.days - 1))
        self._say_place()
        self.updateGeometry()
        self.update()

    def current(self) -> Row | None:
        """The row that is chosen."""
        return self._course.rows[self._at.row] if self._course and self._course.rows else None

    def cell_at(self, point: QPointF) -> GridPlace | None:
        """The cell under a point of the widget, or None."""
        if not self._course:
            return None
        row = int((point.y() - self._head()) // self._pitch_down())
        day = int((point.x() - self._names()) // self._pitch_across())
        if not (0 <= row < len(self._course.rows) and 0 <= day < self._course.days):
            return None
        place = GridPlace(row, day)
        beside = point.x() < self._names() or point.y() < self.cell_rect(place).top()
        return None if beside else place

    def cell_rect(self, cell: GridPlace) -> QRectF:
        """Where a cell is drawn."""
        across, down = self._pitch_across(), self._pitch_down()
        above = self._name_height()
        left, top = self._names() + cell.day * across, self._head() + cell.row * down + above
        return QRectF(round(left), round(top), across - GAP, down - above - GAP - theme.px(5))

    def sizeHint(self) -> QSize:
        rows = len(self._course.rows) if self._course else 4
        return QSize(theme.px(640), int(self._head() + rows * self._pitch_down()) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(250), self.sizeHint().height())

    def _forget_tiles(self) -> None:
        self._tiles = CellTiles()
        self._name_room = None
        self.updateGeometry()

    def _head(self) -> float:
        return theme.px(24)

    def _names(self) -> float:
        """Room for the names beside the days, as wide as the longest; none where they would take more than a quarter,
        and stand above. Measured once a layout."""
        if self._name_room is None:
            metrics = QFontMetricsF(theme.font("strong"))
            names = [row.short_name for row in self._course.rows] if self._course else []
            widest = max((metrics.horizontalAdvance(name) for name in names), default=0) + theme.px(14)
            self._name_room = widest if widest <= self.width() / 4 else 0.0
        return self._name_room

    def _name_height(self) -> float:
        """How much of a row its name takes, where it stands above the days."""
        return 0.0 if self._names() else QFontMetricsF(theme.font("strong")).height()

    def _pitch_down(self) -> float:
        return theme.px(30) + self._name_height()

    def _pitch_across(self) -> float:
        days = self._course.days if self._course else 31
        return (self.width() - self._names()) / days

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._name_room = None
        self.updateGeometry()
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._course:
            return
        with QPainter(self) as painter:
            painting.smooth(painter)
            self._tiles.fit(self.cell_rect(GridPlace(0, 0)).size(), self.devicePixelRatioF())
            self._paint_days(painter, self._course)
            for number, row in enumerate(self._course.rows):
                self._paint_row(painter, self._course, number, row)
            if self._course.next_session is not None:
                self._paint_next_session(painter, self._course.next_session)
            if self.hasFocus() and self._course.rows:
                painting.focus_ring(painter, self.cell_rect(self._at).adjusted(-3, -3, 3, 3), theme.RADIUS_SMALL + 2)

    def _paint_days(self, painter: QPainter, course: CourseGrid) -> None:
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("ink_soft"))
        room = painter.fontMetrics().horizontalAdvance("30") + 6
        every = 1 if self._pitch_across() >= room else 5 if self._pitch_across() * 5 >= room else 10
        for day in range(0, course.days, every):
            left = self._names() + day * self._pitch_across()
            where = QRectF(left - 12, 0, self._pitch_across() - GAP + 24, self._head() - 4)
            where.moveRight(min(where.right(), self.width() + (where.width() - room) / 2))
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, course.day_name(day))

    def _paint_row(self, painter: QPainter, course: CourseGrid, number: int, row: Row) -> None:
        first = self.cell_rect(GridPlace(number, 0))
        chosen = number == self._at.row
        painter.setFont(theme.font("strong" if chosen else "text"))
        painter.setPen(theme.colour("ink"))
        name = QRectF(0, first.top(), self._names() - theme.px(10), first.height())
        if above := self._name_height():
            name = QRectF(0, first.top() - above, self.width(), above)
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, painting.elided(painter, row.short_name, name.width()))
        across = self._pitch_across()
        for day, (severity, earlier) in enumerate(zip(row.severities, row.earlier, strict=True)):
            left = round(self._names() + day * across)
            look = CellLook(severity, earlier, day > course.today)
            painter.drawPixmap(QPointF(left, first.top()), self._tiles.tile(look))
        if row.usual:
            self._paint_usual(painter, number, row.usual, course.days)

    def _paint_usual(self, painter: QPainter, number: int, usual: tuple[int, int], days: int) -> None:
        first, last = (
            self.cell_rect(GridPlace(number, usual[0])),
            self.cell_rect(GridPlace(number, min(usual[1], days - 1))),
        )
        painter.setPen(QPen(theme.colour("accent"), 2))
        below = first.bottom() + theme.px(3)
        painter.drawLine(QPointF(first.left(), below), QPointF(last.right(), below))

    def _paint_next_session(self, painter: QPainter, day: int) -> None:
        left = self.cell_rect(GridPlace(0, day)).left() - GAP / 2 - 0.5
        painter.setPen(QPen(theme.colour("accent"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(left, self._head() - 4), QPointF(left, self.height() - 4))

    def _move_to(self, cell: GridPlace) -> None:
        other_row = cell.row != self._at.row
        self._at = cell
        self._say_place()
        self.update()
        if other_row:
            self.chosen.emit()

    def _say_place(self) -> None:
        self.setAccessibleDescription(self.words_now())
        spoken.say_part(self)
        self.moved.emit()

    def words_now(self) -> str:
        """The chosen cell in words; "" without one."""
        row = self.current()
        return cell_words(row, self._course, self._at.day, self._catalogue) if row and self._course else ""

    def spoken_parts(self) -> Sequence[spoken.SpokenPart]:
        """Each cell in words, symptom by symptom."""
        course = self._course
        return [
            spoken.SpokenPart(
                cell_words(row, course, day, self._catalogue), self.cell_rect(GridPlace(at, day)).toRect()
            )
            for at, row in enumerate(course.rows if course else ())
            for day in range(course.days if course else 0)
            if course
        ]

    def spoken_now(self) -> int:
        """The place of the chosen cell among all."""
        return self._at.row * self._course.days + self._at.day if self._course and self._course.rows else -1

    def stand_on(self, part: int) -> None:
        """Let the keyboard be on another cell."""
        if self._course:
            self._move_to(GridPlace(*divmod(part, self._course.days)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if not self._course or not self._course.rows:
            super().keyPressEvent(event)
        elif step:
            row = min(max(self._at.row + step[0], 0), len(self._course.rows) - 1)
            self._move_to(GridPlace(row, min(max(self._at.day + step[1], 0), self._course.days - 1)))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.activated.emit(self._at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        row = int((event.position().y() - self._head()) // self._pitch_down())
        if cell:
            self._move_to(cell)
        elif self._course and 0 <= row < len(self._course.rows):
            self._move_to(GridPlace(row, self._at.day))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if cell and self._course and not self._course.is_future(cell.day):
            self.activated.emit(cell)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._course:
            cell = self.cell_at(QPointF(event.pos()))
            words = cell_words(self._course.rows[cell.row], self._course, cell.day, self._catalogue) if cell else ""
            show_tip(event.globalPos(), words, self)
            return True
        return super().event(event)
