"""A month with its entries: weeks as rows, windows as bands across their days; by mouse and arrow keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlejournal.journal.months import add_months
from needlejournal.journal.planning.agenda import AgendaEntry, entries_between
from needlejournal.ui import icons, language, theme
from needlejournal.ui.language import tr
from needlejournal.ui.plan.entry_look import look_of, short_title
from needlejournal.ui.widgets import painting

DAY, WEEK = timedelta(days=1), timedelta(days=7)
_ORDER = {"session": 0, "next_session": 1, "photos": 2, "ratings": 3, "result": 4}


@dataclass(frozen=True, slots=True)
class Bar:
    """An entry in one week: from column to column (0 to 6), in a lane from the top; open ends go on."""

    entry: AgendaEntry
    first: int
    last: int
    lane: int
    begins: bool
    ends: bool


def first_shown(month: date) -> date:
    """The first day of the first week that has a day of the month."""
    first = month.replace(day=1)
    return first - timedelta(days=(first.weekday() - language.first_weekday()) % 7)


def weeks_of(month: date) -> int:
    """How many weeks have a day of the month: 4 to 6."""
    last = add_months(month.replace(day=1), 1) - DAY
    return (last - first_shown(month)).days // 7 + 1


def bars_of(entries: Sequence[AgendaEntry], start: date) -> tuple[Bar, ...]:
    """The entries of the week from `start`, each in the highest lane that is free on all of its days."""
    end = start + 6 * DAY
    found = entries_between(entries, start, end)
    taken: list[set[int]] = []
    bars = []
    for entry in sorted(found, key=lambda one: (one.day == one.until, _ORDER.get(one.kind, 9), one.day, one.key)):
        first, last = max(0, (entry.day - start).days), min(6, (entry.until - start).days)
        columns = set(range(first, last + 1))
        lane = next((place for place, used in enumerate(taken) if not used & columns), len(taken))
        if lane == len(taken):
            taken.append(set())
        taken[lane] |= columns
        bars.append(Bar(entry, first, last, lane, entry.day >= start, entry.until <= end))
    return tuple(bars)


def fitting(title: str, room: float, width_of: Callable[[str], float]) -> str:
    """The title, else its shortest telling part (the number of a session), else nothing."""
    numbers = [word for word in title.split() if word.isdigit()]
    return next((words for words in (title, *numbers[:1]) if width_of(words) <= room), "")


class MonthGrid(QWidget):
    """`chosen` tells that another day is looked at; Page Up and Down change the month."""

    chosen = Signal()

    def __init__(self, day: date, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day, self._today = day, today
        self._entries: tuple[AgendaEntry, ...] = ()
        self._drawn: tuple[object, QPixmap] = (None, QPixmap())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.on_change(self.updateGeometry)
        self._name()

    def day(self) -> date:
        """The day looked at."""
        return self._day

    def show_entries(self, entries: Sequence[AgendaEntry], today: date) -> None:
        """Show these entries as seen on a day."""
        self._entries, self._today = tuple(entries), today
        self._name()
        self.update()

    def show_day(self, day: date) -> None:
        """Look at a day, in its month."""
        self._day = day
        self._name()
        self.update()
        self.chosen.emit()

    def of_day(self) -> tuple[AgendaEntry, ...]:
        """The entries of the day looked at."""
        return entries_between(self._entries, self._day, self._day)

    def _name(self) -> None:
        count = len(self.of_day())
        what = tr("%n (entry|entries)", count) if count else tr("nothing")
        self.setAccessibleName(tr("{day}: {what}").format(day=language.long_date(self._day), what=what))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(560), theme.px(28) + weeks_of(self._day) * theme.px(96))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(280), theme.px(28) + weeks_of(self._day) * theme.px(72))

    def _cell(self, week: int, column: int) -> QRectF:
        head = theme.px(28)
        width, height = self.width() / 7, (self.height() - head) / weeks_of(self._day)
        return QRectF(column * width, head + week * height, width, height)

    def day_at(self, where: QPointF) -> date | None:
        """The day at a point; None above the days."""
        for week in range(weeks_of(self._day)):
            for column in range(7):
                if self._cell(week, column).contains(where):
                    return first_shown(self._day) + week * WEEK + column * DAY
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position())
        if day is not None:
            self.show_day(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        days = {key.Key_Left: -DAY, key.Key_Right: DAY, key.Key_Up: -WEEK, key.Key_Down: WEEK}
        months = {key.Key_PageUp: -1, key.Key_PageDown: 1}
        pressed = key(event.key())
        if pressed in days:
            self.show_day(self._day + days[pressed])
        elif pressed in months:
            self.show_day(add_months(self._day, months[pressed]))
        elif pressed == key.Key_Home:
            self.show_day(self._today)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            painter.drawPixmap(0, 0, self._ground())
            start = first_shown(self._day)
            for week in range(weeks_of(self._day)):
                for column in range(7):
                    self._paint_day(painter, self._cell(week, column), start + week * WEEK + column * DAY)
                self._paint_bars(painter, week, start + week * WEEK)

    def _ground(self) -> QPixmap:
        """The empty month, drawn once: looking from day to day only blits it."""
        ratio = self.devicePixelRatioF()
        key = (self._day.year, self._day.month, self.size().toTuple(), theme.tokens().name, theme.text_scale(), ratio)
        if self._drawn[0] != key:
            picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            with QPainter(picture) as painter:
                painting.smooth(painter)
                self._paint_head(painter)
                start = first_shown(self._day)
                for index in range(7 * weeks_of(self._day)):
                    inside = (start + index * DAY).month == self._day.month
                    box = self._cell(*divmod(index, 7)).adjusted(2, 2, -2, -2)
                    line = theme.colour("line", 1.0 if inside else 0.45)
                    painting.box(painter, box, theme.RADIUS_CONTROL, theme.colour("card", float(inside)), line)
            self._drawn = (key, picture)
        return self._drawn[1]

    def _paint_head(self, painter: QPainter) -> None:
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("ink_soft"))
        for column in range(7):
            where = QRectF(column * self.width() / 7, 0, self.width() / 7, theme.px(24))
            letter = language.weekday_letter((column + language.first_weekday()) % 7)
            painter.drawText(where.adjusted(theme.px(9), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, letter)

    def _paint_day(self, painter: QPainter, cell: QRectF, day: date) -> None:
        inside = day.month == self._day.month
        box = cell.adjusted(2, 2, -2, -2)
        looked_at = day == self._day
        if looked_at:
            painting.box(painter, box, theme.RADIUS_CONTROL, theme.colour("hover", 0.5), theme.colour("accent"))
        side = theme.px(22)
        number = QRectF(box.left() + theme.px(4), box.top() + theme.px(4), side, side)
        if day == self._today:
            painting.box(painter, number, side / 2, theme.colour("accent"))
        painter.setFont(theme.font("small_strong" if inside else "small"))
        ink = "on_accent" if day == self._today else "ink" if inside else "ink_soft"
        painter.setPen(theme.colour(ink, 1.0 if inside or day == self._today else 0.7))
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if looked_at and self.hasFocus():
            painting.focus_ring(painter, box, theme.RADIUS_CONTROL)

    def _paint_bars(self, painter: QPainter, week: int, start: date) -> None:
        bars = bars_of(self._entries, start)
        height, top = theme.px(18), theme.px(28)
        room = int((self._cell(week, 0).height() - top - 3) // (height + 2))
        full = {column for bar in bars if bar.lane >= room for column in range(bar.first, bar.last + 1)}
        for bar in bars:
            lanes = room - 1 if full & set(range(bar.first, bar.last + 1)) else room
            if bar.lane < lanes:
                left, right = self._cell(week, bar.first), self._cell(week, bar.last)
                y = left.top() + top + bar.lane * (height + 2)
                self._paint_bar(painter, QRectF(left.left(), y, right.right() - left.left(), height), bar)
        for column in full:
            hidden = sum(bar.lane >= room - 1 and bar.first <= column <= bar.last for bar in bars)
            cell = self._cell(week, column)
            where = QRectF(
                cell.left() + theme.px(9), cell.top() + top + (room - 1) * (height + 2), cell.width(), height
            )
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("ink_soft"))
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, tr("+{n} more").format(n=hidden))

    def _paint_bar(self, painter: QPainter, where: QRectF, bar: Bar) -> None:
        look = look_of(bar.entry)
        inner = where.adjusted(6 if bar.begins else 0, 0, -6 if bar.ends else 0, 0)
        painter.save()
        painter.setClipRect(inner)
        shape = inner.adjusted(0 if bar.begins else -9, 0, 0 if bar.ends else 9, 0)
        if look.dotted:
            painting.dotted_box(painter, shape, theme.RADIUS_SMALL, theme.colour("ink_faint"))
        else:
            painting.box(painter, shape, theme.RADIUS_SMALL, theme.colour(look.ground))
        self._paint_bar_words(painter, inner, bar)
        painter.restore()

    @staticmethod
    def _paint_bar_words(painter: QPainter, inner: QRectF, bar: Bar) -> None:
        """The icon and as many words as fit; where there is no room for them, the icon alone in the middle."""
        look, side = look_of(bar.entry), theme.px(12)
        painter.setFont(theme.font("small"))
        room = inner.width() - side - theme.px(12)
        text = fitting(short_title(bar.entry), room, painter.fontMetrics().horizontalAdvance)
        left = inner.left() + theme.px(5) if text else inner.center().x() - side / 2
        icon = QRectF(left, inner.center().y() - side / 2, side, side)
        icons.paint(painter, look.icon, icon, theme.colour(look.ink))
        painter.setPen(theme.colour(look.ink))
        words = QRectF(icon.right() + theme.px(4), inner.top(), max(0.0, room), inner.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
