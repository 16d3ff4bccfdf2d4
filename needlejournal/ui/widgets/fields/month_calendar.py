"""One month as a grid of days to choose from, by mouse and arrow keys."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlejournal.ui import language, theme
from needlejournal.ui.language import tr
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.buttons import IconButton
from needlejournal.ui.widgets.text import Label

_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)


def _moved(day: date, months: int) -> date:
    """`day` in a month earlier or later, on its last day where that month is shorter."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    after = date(year + month // 11, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (after - timedelta(days=1)).day))


class _DayGrid(QWidget):
    """Six weeks; the cursor moves with the keys, `chosen` is a click, Enter or Space."""

    chosen = Signal()
    moved = Signal()

    def __init__(self, day: date, today: date | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.day, self._today = day, today
        self._hovered: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_day(self, day: date) -> None:
        self.day = min(_LAST, max(_FIRST, day))
        self.setAccessibleName(language.long_date(self.day))
        self.moved.emit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(7 * theme.px(36), theme.px(24) + 6 * theme.px(34))

    def _cell(self) -> tuple[float, float, float]:
        head = theme.px(24)
        return self.width() / 7, (self.height() - head) / 6, head

    def _start(self) -> date:
        first = self.day.replace(day=1)
        return first - timedelta(days=(first.weekday() - language.first_weekday()) % 7)

    def _at(self, where: QPoint | QPointF) -> date | None:
        width, height, head = self._cell()
        column, row = int(where.x() // width), int((where.y() - head) // height)
        inside = where.y() >= head and 0 <= column < 7 and 0 <= row < 6
        return self._start() + timedelta(days=7 * row + column) if inside else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._at(event.position())
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._at(event.position())
        if day is not None:
            self.show_day(day)
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if key in days:
            self.show_day(self.day + timedelta(days=days[key]))
        elif key in months:
            self.show_day(_moved(self.day, months[key]))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            width, height, head = self._cell()
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("ink_soft"))
            for column in range(7):
                letter = language.weekday_letter((column + language.first_weekday()) % 7)
                painter.drawText(QRectF(column * width, 0, width, head), Qt.AlignmentFlag.AlignCenter, letter)
            for index in range(42):
                row, column = divmod(index, 7)
                cell = QRectF(column * width, head + row * height, width, height)
                self._paint_day(painter, cell.adjusted(2, 1, -2, -1), self._start() + timedelta(days=index))

    def _paint_day(self, painter: QPainter, cell: QRectF, day: date) -> None:
        ink, style = "ink" if day.month == self.day.month else "ink_soft", "text"
        if day == self.day:
            painting.box(painter, cell, theme.RADIUS_CONTROL, theme.colour("accent"))
            ink, style = "on_accent", "strong"
        elif day == self._hovered:
            painting.box(painter, cell, theme.RADIUS_CONTROL, theme.colour("hover"))
        if day == self._today and day != self.day:
            painting.box(painter, cell, theme.RADIUS_CONTROL, theme.colour("accent_ground"))
            ink = "accent"
        painter.setFont(theme.font("strong" if style == "strong" else "text"))
        painter.setPen(theme.colour(ink, 1.0 if day.month == self.day.month else 0.65))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(day.day))


class MonthCalendar(QWidget):
    """A month to page through. `chosen` tells that the person settled on `day()`."""

    chosen = Signal()

    def __init__(self, day: date, today: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = _DayGrid(day, today, self)
        self._title = Label("", "subtitle").one_line()
        earlier = IconButton("chevron_left", tr("Earlier month"))
        later = IconButton("chevron_right", tr("Later month"))
        earlier.clicked.connect(lambda: self._grid.show_day(_moved(self._grid.day, -1)))
        later.clicked.connect(lambda: self._grid.show_day(_moved(self._grid.day, 1)))
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(earlier)
        head.addWidget(later)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_M, theme.SPACE_M)
        column.setSpacing(theme.SPACE_XS)
        column.addLayout(head)
        column.addWidget(self._grid)
        self._grid.moved.connect(self._name)
        self._grid.chosen.connect(self.chosen)
        self.setFocusProxy(self._grid)
        self._grid.show_day(day)

    def day(self) -> date:
        """The day the cursor is on."""
        return self._grid.day

    def set_day(self, day: date) -> None:
        """Move to `day`, without choosing it."""
        self._grid.show_day(day)

    def _name(self) -> None:
        self._title.setText(language.month_title(self._grid.day))
