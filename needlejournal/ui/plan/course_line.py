"""A course as a line through time: sessions, the window of the next one, photo days and expected results.

Values in, a picture out; nothing here reads a journal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlejournal.journal.months import add_months
from needlejournal.journal.planning.plan import CoursePlan
from needlejournal.ui import language, theme
from needlejournal.ui.language import medium_date, tr, tr_message
from needlejournal.ui.models.plan_words import next_words, slot_words, state_word
from needlejournal.ui.tips import show_tip
from needlejournal.ui.widgets import painting

_MARGIN_DAYS = 12
_OPEN_WINDOW_DAYS = 14  # how much of a window without an end is drawn


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on a day. `kind`: session, booked, photos, look or result; `state` as of a proposal."""

    kind: str
    day: date
    words: str
    state: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class DrawnCourse:
    """What is drawn: from `first` to `last`, the marks, and the next window (None: not known)."""

    first: date
    last: date
    today: date
    marks: tuple[Mark, ...]
    window: tuple[date, date, int, str] | None = None  # first day, last day, session number, words

    def part(self, day: date) -> float:
        """Where a day lies, 0 to 1."""
        return (day - self.first).days / max(1, (self.last - self.first).days)


def line_of(of: CoursePlan, today: date) -> DrawnCourse | None:
    """The line of a course; None where there is not a single day to draw."""
    marks = [*_sessions(of, today), *_photos(of), *_results(of)]
    window = _window(of, today)
    days = [mark.day for mark in marks] + ([window[0], window[1]] if window else [])
    if not days:
        return None
    margin = timedelta(days=_MARGIN_DAYS)
    first, last = min(days) - margin, max(days) + margin
    if first - 2 * margin <= today <= last + 2 * margin:
        first, last = min(first, today - margin), max(last, today + margin)
    return DrawnCourse(first, last, today, tuple(marks), window)


def _sessions(of: CoursePlan, today: date) -> list[Mark]:
    found = []
    for number, session in zip(of.numbers, of.sessions, strict=True):
        day = session.when.day
        words = tr("Session {n}, {day}").format(n=number, day=medium_date(day))
        found.append(Mark("session" if day <= today else "booked", day, words, number=number))
    return found


def _photos(of: CoursePlan) -> list[Mark]:
    found = []
    for photos in of.photos:
        day, slot = photos.slot.day, photos.slot
        if day is not None:
            sentence = tr("Photos: {when}, {day}, {state}")
            words = sentence.format(when=slot_words(slot), day=medium_date(day), state=state_word(photos.state))
            found.append(Mark("look" if slot.is_look else "photos", day, words, photos.state))
    return found


def _results(of: CoursePlan) -> list[Mark]:
    words = tr("A result would be expected: {day} ({source})")
    return [
        Mark("result", day, words.format(day=medium_date(day), source=tr_message(result.result.statement.cited)))
        for result in of.results
        for day in result.days
    ]


def _window(of: CoursePlan, today: date) -> tuple[date, date, int, str] | None:
    following = of.next
    if following is None or following.booked is not None or following.earliest is None:
        return None
    last = following.latest or following.earliest + timedelta(days=_OPEN_WINDOW_DAYS)
    return following.earliest, last, following.number if of.alone else 0, next_words(of, today)


class CourseLine(QWidget):
    """Draws a Line; pointing at a mark tells its day, and the whole is told to a screen reader."""

    def __init__(self, line: DrawnCourse, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = line
        self._drawn: Sequence[Mark] = ()
        self._crowded = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = [mark.words for mark in line.marks if mark.kind in {"session", "booked"}]
        words += [line.window[3]] if line.window else []
        self.setAccessibleName(tr("The course over time"))
        self.setAccessibleDescription(". ".join(words))
        theme.on_change(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(112))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(220), theme.px(112))

    def x_of(self, day: date) -> float:
        """Where a day is drawn."""
        edge = theme.px(12)
        return edge + self._line.part(day) * (self.width() - 2 * edge)

    def _middle(self) -> float:
        return float(theme.px(46))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            self._paint_months(painter)
            self._paint_window(painter)
            middle = self._middle()
            painter.setPen(QPen(theme.colour("line_strong"), 2))
            painter.drawLine(QPointF(theme.px(4), middle), QPointF(self.width() - theme.px(4), middle))
            self._paint_today(painter)
            dots = self._dots() if self._crowded else {}
            for mark in self._drawn:
                if mark.kind in dots:
                    painter.drawPixmap(self._corner_of_dot(mark), dots[mark.kind])
                else:
                    self._paint_mark(painter, mark)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose what is painted at this width: of very many marks those that can be told apart."""
        super().resizeEvent(event)
        self._crowded = self.crowded()
        apart = theme.px(3)  # less cannot be seen in dots of 10
        seen = {(round(self.x_of(mark.day) / apart), mark.kind, mark.state): mark for mark in self._line.marks}
        order = {"result": 0, "photos": 1, "look": 2, "booked": 3, "session": 4}
        marks = seen.values() if self._crowded else self._line.marks
        self._drawn = sorted(marks, key=lambda mark: order[mark.kind])

    def _paint_months(self, painter: QPainter) -> None:
        painter.setFont(theme.font("small"))
        metrics = painter.fontMetrics()
        step = 1
        months = (self._line.last - self._line.first).days / 30.4
        room = metrics.horizontalAdvance("Mmm 0000") + theme.px(14)
        while months / step * room > self.width() and step < 12:
            step += 1
        month = add_months(self._line.first.replace(day=1), 1)
        free = 0.0
        while month < self._line.last:
            x = self.x_of(month)
            painter.setPen(theme.colour("line"))
            painter.drawLine(QPointF(x, theme.px(88)), QPointF(x, theme.px(93)))
            words = language.month_title(month).split()[0][:3] + f" {month.year}"
            if x >= free and x + metrics.horizontalAdvance(words) < self.width():
                painter.setPen(theme.colour("ink_soft"))
                painter.drawText(QPointF(x, theme.px(107)), words)
                free = x + room
            month = add_months(month, step)

    def _paint_window(self, painter: QPainter) -> None:
        if self._line.window is None:
            return
        first, last, number, _words = self._line.window
        left, right = self.x_of(first), self.x_of(last)
        side = theme.px(26)
        width = max(right - left, side)
        where = QRectF(left, self._middle() - side / 2, width, side)
        painting.box(painter, where, side / 2, theme.colour("accent_ground"))
        painting.dotted_box(painter, where, side / 2, theme.colour("accent"), 1.5)
        painter.setFont(theme.font("small_strong"))
        painter.setPen(theme.colour("accent"))
        painter.drawText(where.translated(0, -side), Qt.AlignmentFlag.AlignCenter, str(number or ""))

    def _paint_today(self, painter: QPainter) -> None:
        line = self._line
        if not line.first <= line.today <= line.last:
            return
        x = self.x_of(line.today)
        painter.setPen(QPen(theme.colour("ink_soft"), 1.5))
        painter.drawLine(QPointF(x, theme.px(17)), QPointF(x, theme.px(84)))
        painter.setFont(theme.font("small"))
        width = painter.fontMetrics().horizontalAdvance(tr("today")) + 4
        left = min(max(0.0, x - width / 2), self.width() - width)
        painter.drawText(QRectF(left, 0, width, theme.px(16)), Qt.AlignmentFlag.AlignCenter, tr("today"))

    def _paint_mark(self, painter: QPainter, mark: Mark) -> None:
        x, middle = self.x_of(mark.day), self._middle()
        if mark.kind in {"session", "booked"}:
            where = _paint_disc(painter, QPointF(x, middle), theme.px(12), done=mark.kind == "session")
            painter.setFont(theme.font("small_strong"))
            painter.setPen(theme.colour("on_accent" if mark.kind == "session" else "accent"))
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, str(mark.number))
        elif mark.kind == "result":
            painter.setPen(QPen(theme.colour("ink_soft"), 1.5))
            painter.setBrush(theme.colour("card"))
            side = theme.px(4)
            diamond = [QPointF(x, middle - side), QPointF(x + side, middle), QPointF(x, middle + side)]
            painter.drawPolygon([*diamond, QPointF(x - side, middle)])
        else:
            self._paint_photos(painter, QPointF(x, theme.px(72)), mark)

    def _dots(self) -> dict[str, QPixmap]:
        """A session that was and one that is booked, each drawn once: there may be hundreds on a line."""
        ratio = self.devicePixelRatioF()
        made = {}
        for kind in ("session", "booked"):
            dot = QPixmap(QSizeF(2 * self._half_dot(), 2 * self._half_dot()).toSize() * ratio)
            dot.setDevicePixelRatio(ratio)
            dot.fill(Qt.GlobalColor.transparent)
            with QPainter(dot) as painter:
                middle = QPointF(self._half_dot(), self._half_dot())
                _paint_disc(painting.smooth(painter), middle, theme.px(5), done=kind == "session")
            made[kind] = dot
        return made

    @staticmethod
    def _half_dot() -> int:
        return theme.px(5) + 2  # and its outline

    def _corner_of_dot(self, mark: Mark) -> QPoint:
        return QPointF(self.x_of(mark.day) - self._half_dot(), self._middle() - self._half_dot()).toPoint()

    def crowded(self) -> bool:
        """Whether sessions lie so near that their numbers would cover one another: then they are dots."""
        places = sorted(self.x_of(mark.day) for mark in self._line.marks if mark.kind in {"session", "booked"})
        return any(right - left < theme.px(20) for left, right in pairwise(places))

    def _paint_photos(self, painter: QPainter, where: QPointF, mark: Mark) -> None:
        """A stroke for each photo day: strong when taken or due, faint when coming, fainter when it went by."""
        role = {"done": "ink_soft", "due": "accent", "coming": "accent"}.get(mark.state, "line_strong")
        height = theme.px(8 if mark.kind == "photos" else 14)
        width = theme.px(3 if mark.state == "due" else 2)
        stroke = QRectF(where.x() - width / 2, where.y() - height / 2, width, height)
        painting.box(painter, stroke, width / 2, theme.colour(role, 0.55 if mark.state == "coming" else 1.0))

    def words_at(self, where: QPointF) -> str:
        """What is told of the marks near a point."""
        reach = theme.px(9)
        below = where.y() > theme.px(60)
        near = [
            mark
            for mark in self._line.marks
            if abs(self.x_of(mark.day) - where.x()) <= reach and (mark.kind in {"photos", "look"}) == below
        ]
        words = [mark.words for mark in near]
        window = self._line.window
        if not words and window and self.x_of(window[0]) <= where.x() <= self.x_of(window[1]):
            words = [window[3]]
        return "\n".join(words)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            show_tip(event.globalPos(), self.words_at(QPointF(event.pos())), self)
            return True
        return super().event(event)


def _paint_disc(painter: QPainter, middle: QPointF, radius: float, *, done: bool) -> QRectF:
    """A session as a disc: filled when it was, a ring when it is booked. Gives where it is."""
    where = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    painter.setPen(QPen(theme.colour("card"), 3) if done else QPen(theme.colour("accent"), 2))
    painter.setBrush(theme.colour("accent" if done else "card"))
    painter.drawEllipse(where)
    return where
