"""The chart of one concern: ratings as stems over time, sessions and healing windows behind them.

Nothing is drawn between two ratings: what was not written down stays unknown. The same painting serves the screen and
the exported SVG and PNG. Knows no widget.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen

from needlejournal.journal.numbering import SessionCalendar
from needlejournal.journal.planning.progress import ConcernProgress, HealingSpan, RatedPoint
from needlejournal.ui.language import medium_date, short_date, tr

HIGHEST = 10
MARGIN_DAYS = 10
RING = 1.5  # pixels around a dot, that part it from the one beside it
Ink = Callable[[str], QColor]


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn. `ends` are the words for 0 and 10."""

    title: str
    progress: ConcernProgress
    sessions: tuple[tuple[date, int], ...]
    healing: tuple[HealingSpan, ...]
    ends: tuple[str, str]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Style:
    """Colours by role, and the fonts of small print and of numbers."""

    ink: Ink
    small: QFont
    strong: QFont


def chart_of(
    progress: ConcernProgress, title: str, calendar: SessionCalendar, healing: tuple[HealingSpan, ...],
    ends: tuple[str, str],
) -> Chart:  # fmt: skip
    """The chart of one concern, from its first day (or the first session) to its last."""
    sessions = tuple((mark.when.day, number) for number, mark in enumerate(calendar.marks, 1))
    days = [point.day for point in progress.points] + [day for day, _ in sessions] or [date(2000, 1, 1)]
    margin = timedelta(days=MARGIN_DAYS)
    return Chart(title, progress, sessions, healing, ends, min(days) - margin, max(days) + margin)


def plot_rect(where: QRectF, style: Style) -> QRectF:
    """The part of `where` that holds the stems; around it stand the words."""
    line = _height(style)
    return where.adjusted(line * 1.8, line * 1.9, -line * 0.6, -line * 2.4)


def x_of(day: date, chart: Chart, plot: QRectF) -> float:
    """Where a day lies across."""
    return plot.left() + plot.width() * (day - chart.first).days / max((chart.last - chart.first).days, 1)


def point_of(point: RatedPoint, chart: Chart, plot: QRectF) -> QPointF:
    """Where a rating lies."""
    return QPointF(x_of(point.day, chart, plot), plot.bottom() - plot.height() * point.value / HIGHEST)


def points_of(chart: Chart, plot: QRectF) -> list[QPointF]:
    """Where all ratings lie: as `point_of`, for hundreds of them at each frame."""
    left, foot, begun = plot.left(), plot.bottom(), chart.first.toordinal()
    day, step = plot.width() / max((chart.last - chart.first).days, 1), plot.height() / HIGHEST
    return [
        QPointF(left + day * (point.day.toordinal() - begun), foot - step * point.value)
        for point in chart.progress.points
    ]


def nearest(chart: Chart, plot: QRectF, x: float, reach: float) -> RatedPoint | None:
    """The rating next to a place across, within `reach` pixels."""
    found = min(chart.progress.points, key=lambda point: abs(x_of(point.day, chart, plot) - x), default=None)
    return found if found and abs(x_of(found.day, chart, plot) - x) <= reach else None


def point_words(point: RatedPoint) -> str:
    """A rating in words: "15 March 2025, day 7 after session 1: 6 of 10"."""
    words = medium_date(point.day)
    if point.session is not None and point.days is not None and point.days >= 0:
        words += tr(", day {day} after session {n}").format(day=point.days, n=point.session)
    return tr("{when}: {value} of 10").format(when=words, value=point.value)


def paint(painter: QPainter, where: QRectF, chart: Chart, style: Style, hovered: RatedPoint | None = None) -> None:
    """Draw the chart into `where`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    plot = plot_rect(where, style)
    painter.setFont(style.small)
    _paint_healing(painter, plot, chart, style)
    _paint_scale(painter, plot, chart, style)
    _paint_sessions(painter, plot, chart, style)
    _paint_dates(painter, plot, chart, style)
    _paint_stems(painter, plot, chart, style)
    crowded = len(chart.progress.points) > plot.width() / (_height(style) * 1.2)
    numbered = chart.progress.points if not crowded else [hovered] if hovered else []
    for point in numbered:
        _paint_number(painter, plot, chart, style, point)


def _height(style: Style) -> float:
    return style.small.pixelSize() * 1.25


def _paint_healing(painter: QPainter, plot: QRectF, chart: Chart, style: Style) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.ink("accent_ground"))
    for span in chart.healing:
        left, right = x_of(span.first, chart, plot), x_of(span.last, chart, plot)
        painter.drawRect(QRectF(left, plot.top(), max(right - left, 2), plot.height()))


def _paint_scale(painter: QPainter, plot: QRectF, chart: Chart, style: Style) -> None:
    height = _height(style)
    for value in (0, 5, 10):
        y = plot.bottom() - plot.height() * value / HIGHEST
        painter.setPen(QPen(style.ink("line"), 1))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setPen(style.ink("ink_soft"))
        number = QRectF(plot.left() - height * 1.8, y - height / 2, height * 1.5, height)
        painter.drawText(number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(value))
    worst = QRectF(plot.left() + 4, plot.top() - height * 1.9, plot.width(), height)
    painter.drawText(worst, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, f"10 {chart.ends[1]}")


def _paint_sessions(painter: QPainter, plot: QRectF, chart: Chart, style: Style) -> None:
    """A line for each session with its number below; only a stroke at the foot where there are too many."""
    room = _has_room(chart, plot, style)
    for day, _number in chart.sessions:
        x = x_of(day, chart, plot)
        painter.setPen(QPen(style.ink("accent"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, plot.top() if room else plot.bottom() - 4), QPointF(x, plot.bottom() + 4))
    if room:
        metrics = painter.fontMetrics()
        painter.setPen(style.ink("accent"))
        gap = float(metrics.horizontalAdvance(" "))
        for words, left in numbers_apart(chart, plot, lambda words: float(metrics.horizontalAdvance(words)), gap):
            painter.drawText(QPointF(left, plot.bottom() + 3 + metrics.ascent()), words)


def numbers_apart(chart: Chart, plot: QRectF, width: Callable[[str], float], gap: float) -> list[tuple[str, float]]:
    """The sessions' numbers below their lines with their left edges, without those that would touch one before."""
    found: list[tuple[str, float]] = []
    end = -inf
    for day, number in chart.sessions:
        words = f"S{number}"
        left = x_of(day, chart, plot) - width(words) / 2
        if left >= end + gap:
            found.append((words, left))
            end = left + width(words)
    return found


def _has_room(chart: Chart, plot: QRectF, style: Style) -> bool:
    """Whether every session can have its number: with weekly needling there are too many lines to see anything."""
    return len(chart.sessions) * _height(style) < plot.width()


def _paint_dates(painter: QPainter, plot: QRectF, chart: Chart, style: Style) -> None:
    painter.setPen(style.ink("ink_soft"))
    row = QRectF(plot.left(), plot.bottom() + 3 + _height(style), plot.width(), _height(style))
    metrics = painter.fontMetrics()
    gap = float(metrics.horizontalAdvance("  "))
    for day, left in dates_apart(chart, plot, lambda day: float(metrics.horizontalAdvance(short_date(day))), gap):
        painter.drawText(QPointF(left, row.top() + metrics.ascent()), short_date(day))


def dates_apart(chart: Chart, plot: QRectF, width: Callable[[date], float], gap: float) -> list[tuple[date, float]]:
    """The dates below the axis with their left edges: of sessions as far as they have room, else of months' starts.

    None touches another or leaves the axis.
    """
    found: list[tuple[date, float, float]] = []
    for day in (*(day for day, _ in chart.sessions), *_months(chart)):
        wide, middle = width(day), x_of(day, chart, plot)
        left = min(max(middle - wide / 2, plot.left()), plot.right() - wide)
        if all(left + wide + gap <= other or end + gap <= left for _, other, end in found):
            found.append((day, left, left + wide))
    return sorted((day, left) for day, left, _ in found)


def _months(chart: Chart) -> list[date]:
    """The first days of the months that are shown."""
    months = range(chart.first.year * 12 + chart.first.month - 1, chart.last.year * 12 + chart.last.month)
    days = (date(month // 12, month % 12 + 1, 1) for month in months)
    return [day for day in days if chart.first <= day <= chart.last]


def _paint_stems(painter: QPainter, plot: QRectF, chart: Chart, style: Style) -> None:
    """Every rating as a dot on a line from the foot; the dots above all lines, so that none is crossed out."""
    places = points_of(chart, plot)
    foot = plot.bottom()
    painter.setPen(QPen(style.ink("line_strong"), 2))
    painter.drawLines([QLineF(at.x(), foot, at.x(), at.y()) for at in places])
    painter.setPen(Qt.PenStyle.NoPen)
    rings = [
        (QBrush(style.ink(role)), _dot(style) + beyond) for role, beyond in (("card", RING / 2), ("ink", -RING / 2))
    ]
    for at in places:
        for brush, radius in rings:  # filled twice: a pen around it takes twice as long
            painter.setBrush(brush)
            painter.drawEllipse(at, radius, radius)


def _dot(style: Style) -> float:
    return _height(style) * 0.32


def _paint_number(painter: QPainter, plot: QRectF, chart: Chart, style: Style, point: RatedPoint) -> None:
    at, radius = point_of(point, chart, plot), _dot(style)
    painter.setFont(style.strong)
    painter.setPen(style.ink("ink"))
    top = max(at.y() - radius - _height(style) * 1.1, plot.top() - _height(style) * 0.9)
    wide = painter.fontMetrics().horizontalAdvance(str(point.value))
    lines = [x_of(day, chart, plot) for day, _ in chart.sessions] if _has_room(chart, plot, style) else []
    left = beside_lines(at.x(), wide, lines, radius)
    painter.drawText(QPointF(left, top + painter.fontMetrics().ascent()), str(point.value))
    painter.setFont(style.small)


def beside_lines(middle: float, width: float, lines: Sequence[float], gap: float) -> float:
    """The left edge of a number over a stem: in the middle, but beside a session's line that would run through it."""
    near = [line for line in lines if abs(line - middle) < width / 2 + gap]
    if not near:
        return middle - width / 2
    return max(near) + gap if max(near) <= middle else min(near) - gap - width
