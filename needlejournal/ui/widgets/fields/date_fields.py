"""Fields for a day, a time of day and a UTC offset, written as the person writes them; the day has a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from needlejournal.journal.moments import EARLIEST, farthest_day
from needlejournal.ui import language, theme
from needlejournal.ui.language import tr
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.buttons import IconButton
from needlejournal.ui.widgets.fields.month_calendar import MonthCalendar
from needlejournal.ui.widgets.fields.text_fields import TextField


class _Popup(QFrame):
    """A calendar on a card of its own, closed by Escape and by a press outside."""

    def __init__(self, calendar: MonthCalendar, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(calendar)
        self.calendar = calendar

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            painter.fillRect(self.rect(), theme.colour("card"))
            painter.setPen(theme.colour("line_strong"))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))


class DateField(TextField):
    """A day, or none. `changed` tells that the person gave another one; what is no date is marked, not thrown away.

    `today` is marked in the calendar and where it opens while the field is empty. `latest` gives the last day taken, a
    year ahead where it is not said; a `needed` day cannot be emptied. A day that was kept before is always taken.
    """

    changed = Signal()

    def __init__(
        self, name: str, day: date | None = None, today: date | None = None, parent: QWidget | None = None, *,
        latest: Callable[[], date] | None = None, needed: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(name, tr("Choose a date"), "", parent)
        self._day, self._today, self._needed = day, today, needed
        self._latest = latest or (lambda: farthest_day(max(today or date.today(), date.today())))  # noqa: DTZ011
        self._button = IconButton("calendar", tr("Open the calendar"), self)
        self._button.clicked.connect(self._open)
        self._popup: _Popup | None = None
        self.editingFinished.connect(self._take)
        self.set_day(day)
        self._space()
        theme.on_change(self._space)

    def day(self) -> date | None:
        """The day; None while empty."""
        return self._day

    def set_day(self, day: date | None) -> None:
        """Show a day, or none, without emitting."""
        self._day = day
        self.setText(language.medium_date(day) if day else "")
        self.setCursorPosition(0)
        self.show_problem("")

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance("28 September 2025")
        return QSize(words + theme.px(60), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(130), super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_F4}:
            self._open()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self._button.sizeHint().width()
        self._button.setGeometry(self.width() - side - 3, (self.height() - side) // 2, side, side)

    def _space(self) -> None:
        self.setTextMargins(0, 0, theme.px(24), 0)

    def _open(self) -> None:
        popup = self._popup or self._made()
        popup.calendar.set_day(self._day or self._today or date.today())  # noqa: DTZ011 - a start only
        popup.adjustSize()
        popup.move(self._below(popup.size()))
        popup.show()
        popup.calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _below(self, size: QSize) -> QPoint:
        """Where a popup goes: below the field, or above it at the foot of the screen."""
        place, room = self.mapToGlobal(QPoint(0, self.height() + 4)), self.screen().availableGeometry()
        if place.y() + size.height() > room.bottom():
            place = self.mapToGlobal(QPoint(0, -size.height() - 4))
        return QPoint(max(room.left(), min(place.x(), room.right() - size.width())), max(room.top(), place.y()))

    def _made(self) -> _Popup:
        self._popup = _Popup(MonthCalendar(self._day or date(2000, 1, 1), self._today), self)
        self._popup.calendar.chosen.connect(self._chosen)
        return self._popup

    def _chosen(self) -> None:
        if self._popup is None:
            return
        self._popup.hide()
        day = self._popup.calendar.day()
        self.setText(language.medium_date(day))
        self._accept(day)
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _offer(self, day: date | None) -> None:
        moved = day != self._day
        self.set_day(day)
        if moved:
            self.changed.emit()

    def _take(self) -> None:
        written = self.text().strip()
        day = language.read_date(written) if written else None
        if written and day is None:
            example = language.medium_date(date(2025, 3, 15))
            self.show_problem(tr("Not kept yet. Please write a date such as {example}.").format(example=example))
            return
        self._accept(self._day if day is None and self._needed else day)

    def _accept(self, day: date | None) -> None:
        problem = self._problem_of(day) if day is not None and day != self._day else ""
        if problem:
            self.show_problem(problem)
        else:
            self._offer(day)

    def _problem_of(self, day: date) -> str:
        """Why a day is not taken; "" when it is."""
        latest = self._latest()
        if day > latest:
            shown = language.medium_date(latest)
            return tr("Not kept yet. Please write a day up to {latest}.").format(latest=shown)
        if day < EARLIEST:
            shown = language.medium_date(EARLIEST)
            return tr("Not kept yet. Please write a day from {earliest} on.").format(earliest=shown)
        return ""


class TimeField(TextField):
    """A time of day, or none unless it is `needed`; "14:30", "1430" and "2.30 pm" are all understood."""

    changed = Signal()

    def __init__(
        self, name: str, moment: time | None = None, parent: QWidget | None = None, *, needed: bool = False
    ) -> None:
        super().__init__(name, tr("Time"), "", parent)
        self._time: time | None = None
        self._needed = needed
        self.set_time(moment)
        self.editingFinished.connect(self._take)

    def time_of_day(self) -> time | None:
        """The time; None while empty."""
        return self._time

    def set_time(self, moment: time | None) -> None:
        """Show a time, or none, without emitting."""
        self._time = moment
        self.setText(language.clock_time(moment) if moment else "")
        self.show_problem("")

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("12:30 PM") + theme.px(34), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(76), super().minimumSizeHint().height())

    def _take(self) -> None:
        written = self.text().strip()
        if self._time and written == language.clock_time(self._time):
            self.show_problem("")
            return  # its seconds are not shown, and stay
        moment = language.read_time(written) if written else (self._time if self._needed else None)
        if written and moment is None:
            self.show_problem(tr("Not kept yet. Please write a time such as 14:30."))
            return
        moved = moment != self._time
        self.set_time(moment)
        if moved:
            self.changed.emit()


class OffsetField(TextField):
    """Minutes east of Greenwich, written "UTC+2" or "-7:00"; never empty for good."""

    changed = Signal()

    def __init__(self, name: str, minutes: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(name, "UTC", "", parent)
        self._minutes = minutes
        self.set_minutes(minutes)
        self.editingFinished.connect(self._take)

    def minutes(self) -> int:
        """The offset."""
        return self._minutes

    def set_minutes(self, minutes: int) -> None:
        """Show an offset without emitting."""
        self._minutes = minutes
        self.setText(language.offset(minutes))
        self.show_problem("")

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("UTC+12:45") + theme.px(34), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), super().minimumSizeHint().height())

    def _take(self) -> None:
        minutes = language.read_offset(self.text())
        if minutes is None:
            self.show_problem(tr("Not kept yet. Please write the offset from UTC, such as UTC+2 or UTC−7."))
            return
        moved = minutes != self._minutes
        self.set_minutes(minutes)
        if moved:
            self.changed.emit()
