"""Draws cards and months of the timeline from their layouts. Knows no model and reads nothing."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap

from needlejournal.journal.frozen import frozen
from needlejournal.ui import icons, theme
from needlejournal.ui.models.thumbnails import Thumbnails
from needlejournal.ui.theme import TextStyle
from needlejournal.ui.timeline.card_layout import CardLayout, Cell, PlacedPhoto, PlacedPill
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.pictures import veil

RAIL_LEFT, CARD_LEFT = 10, 34  # from the page's margin
_EDGE = 18  # of the card's stretched picture


@frozen
class CardState:
    """How a card is shown: under the mouse, chosen, with the keyboard on it; the photo under each (−1: none)."""

    hovered: bool = False
    chosen: bool = False
    focused: bool = False
    hot_photo: int = -1
    chosen_photo: int = -1


@cache
def _font(style: TextStyle, _scale: float) -> QFont:
    return theme.font(style)


@cache
def _colour(_theme: str, role: str) -> QColor:
    return theme.colour(role)


def colour(role: str) -> QColor:
    """The colour of a role; the same object each time, which nobody changes."""
    return _colour(theme.tokens().name, role)


def _words(painter: QPainter, style: TextStyle, role: str) -> None:
    painter.setFont(_font(style, theme.text_scale()))
    painter.setPen(colour(role))


@cache
def _card_picture(_theme: str, line: str, width: float, ratio: float) -> QPixmap:
    """A small card with shadow, whose middle is stretched to any size."""
    side = 4 * _EDGE
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painting.smooth(painter)
        where = QRectF(4, 4, side - 8, side - 8)
        painting.soft_shadow(painter, where.adjusted(0, 0, 0, -1), theme.RADIUS_CARD, theme.tokens().shadow_card, 3)
        painter.setPen(QPen(theme.colour(line), width))
        painter.setBrush(theme.colour("card"))
        half = width / 2
        painter.drawRoundedRect(where.adjusted(half, half, -half, -half), theme.RADIUS_CARD, theme.RADIUS_CARD)
    return picture


def _paint_ground(painter: QPainter, where: QRectF, state: CardState) -> None:
    """The card itself, its picture stretched in nine parts."""
    line, width = ("line", 1.0)
    if state.chosen:
        line, width = ("focus", 2.0) if state.focused else ("accent", 1.5)
    elif state.hovered:
        line = "line_strong"
    ratio = painter.device().devicePixelRatio()
    picture = _card_picture(theme.tokens().name, line, width, ratio)
    outer = where.adjusted(-4, -4, 4, 4)
    xs = (outer.left(), outer.left() + _EDGE, outer.right() - _EDGE, outer.right())
    ys = (outer.top(), outer.top() + _EDGE, outer.bottom() - _EDGE, outer.bottom())
    stops = (0, _EDGE * ratio, 3 * _EDGE * ratio, 4 * _EDGE * ratio)
    for row in range(3):
        for column in range(3):
            target = QRectF(QPointF(xs[column], ys[row]), QPointF(xs[column + 1], ys[row + 1]))
            source = QRectF(QPointF(stops[column], stops[row]), QPointF(stops[column + 1], stops[row + 1]))
            if row == column == 1:
                painter.fillRect(target, colour("card"))
            else:
                painter.drawPixmap(target, picture, source)


def paint_card(painter: QPainter, where: QRectF, layout: CardLayout, state: CardState) -> None:
    """Draw a card without its photos into `where`, whose size is the layout's."""
    _paint_ground(painter, where, state)
    painter.translate(where.topLeft())
    for placed in layout.pills:
        _paint_pill(painter, placed)
    for box in layout.found:
        painting.box(painter, box, theme.RADIUS_SMALL - 1, colour("accent_ground"))
    for line in layout.lines:
        _words(painter, line.style, line.role)
        painter.drawText(line.at, line.text)
    for cell in layout.cells:
        _paint_cell(painter, cell)
    if layout.more:
        box, words = layout.more
        painting.box(painter, box, theme.RADIUS_CONTROL, colour("pill"))
        _words(painter, "subtitle", "ink_soft")
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    painter.translate(-where.topLeft())


def _paint_pill(painter: QPainter, placed: PlacedPill) -> None:
    where, dot = placed.where, placed.dot
    radius = where.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("pill"))
    painter.drawRoundedRect(where, radius, radius)
    if dot:
        side = theme.px(9)
        painter.setBrush(colour(dot))
        painter.setPen(colour("field_line") if dot.endswith("_0") else Qt.PenStyle.NoPen)
        painter.drawEllipse(QRectF(where.left() + theme.px(9), where.center().y() - side / 2, side, side))


def _paint_cell(painter: QPainter, cell: Cell) -> None:
    kind = f"severity_{cell.severity}" if cell.severity is not None else "line" if cell.future else "ink_faint"
    ratio = painter.device().devicePixelRatio()
    picture = _cell_picture(theme.tokens().name, kind, round(cell.where.width()), ratio)
    painter.drawPixmap(cell.where.topLeft(), picture)


@cache
def _cell_picture(_theme: str, kind: str, side: int, ratio: float) -> QPixmap:
    """A day of the grid: filled by severity, or a dotted outline in the colour `kind`."""
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painting.smooth(painter)
        where, radius = QRectF(0, 0, side, side), theme.RADIUS_SMALL - 1
        if kind.startswith("severity"):
            painting.box(painter, where, radius, theme.colour(kind))
        else:
            dotted = QPen(theme.colour(kind), 1)
            dotted.setDashPattern([1.5, 2])
            painter.setPen(dotted)
            painter.drawRoundedRect(where.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    return picture


def paint_photos(painter: QPainter, layout: CardLayout, state: CardState, thumbnails: Thumbnails) -> None:
    """Draw a card's photos; the painter stands at the card's corner."""
    ratio = painter.device().devicePixelRatio()
    for placed in layout.photos:
        where, photo = placed.where, placed.photo
        picture = thumbnails.tile(photo, where.width(), where.height(), theme.RADIUS_CONTROL, ratio)
        if picture is not None:
            uncovered = placed.place in {state.chosen_photo, state.hot_photo}
            veil.paint_tile(painter, where, picture, uncovered=uncovered)
        else:
            _paint_without_picture(painter, placed, can_show=thumbnails.can_show(photo))
        if placed.place in {state.chosen_photo, state.hot_photo}:
            _paint_photo_state(painter, where, chosen=placed.place == state.chosen_photo)


def _paint_without_picture(painter: QPainter, placed: PlacedPhoto, *, can_show: bool) -> None:
    """The photo's own colour while its picture is on the way; a sign where there will be none."""
    where, radius = placed.where, theme.RADIUS_CONTROL
    if can_show:
        painting.box(painter, where, radius, QColor(0xFF000000 | placed.photo.colour))
        return
    painting.box(painter, where, radius, colour("surround"), colour("surround_line"))
    middle = QRectF(where.center() - QPointF(14, 14), where.center() + QPointF(14, 14))
    icons.paint(painter, "warning", middle, colour("on_surround"))


def _paint_photo_state(painter: QPainter, where: QRectF, *, chosen: bool) -> None:
    radius = theme.RADIUS_CONTROL
    if not chosen:
        painting.box(painter, where, radius, theme.colour("card", 0.14))
        return
    painter.setPen(QPen(colour("focus"), 2.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(where.adjusted(-2.5, -2.5, 2.5, 2.5), radius + 2, radius + 2)


def paint_rail(painter: QPainter, row: QRectF, dot_y: float, *, session: bool, first: bool) -> None:
    """The line at the left with the card's dot; `first` of a month begins at its dot. `row` starts at the margin."""
    x = row.left() + RAIL_LEFT
    top = row.top() + dot_y if first else row.top()
    painter.fillRect(QRectF(x - 1, top, 2, row.bottom() - top), colour("line"))
    size = 5.5 if session else 4.0
    painter.setPen(QPen(colour("accent" if session else "ink_faint"), 3.0 if session else 1.8))
    painter.setBrush(colour("card" if session else "ground"))
    middle = QPointF(x, row.top() + dot_y)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("ground"))
    painter.drawEllipse(middle, size + 4, size + 4)
    painter.restore()
    painter.drawEllipse(middle, size, size)


def paint_month(painter: QPainter, row: QRectF, words: str) -> None:
    """A month's heading, standing on the foot of its row. `row` starts at the margin."""
    _words(painter, "small_strong", "ink_soft")
    room = row.adjusted(CARD_LEFT, 0, 0, -theme.px(9))
    painter.drawText(room, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, words)
