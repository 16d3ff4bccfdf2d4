"""What stands on a photo of the stage: its caption, badges, the pin, and the sentence when it cannot be shown."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QLinearGradient, QPainter, QPainterPath

from needlejournal.ui import icons, theme
from needlejournal.ui.compare.view.captions import Caption
from needlejournal.ui.compare.view.scene import Scene, Shot
from needlejournal.ui.widgets import painting

RADIUS = 6.0
NARROW = 190
PAPER, PAPER_INK = QColor(217, 217, 217), QColor(32, 32, 32)  # what files are set on


def round_corners(painter: QPainter, frame: QRectF, scene: Scene) -> None:
    """Round the corners of what was drawn into `frame` by painting the surround over them."""
    path = QPainterPath()
    path.addRect(frame.adjusted(-1, -1, 1, 1))
    path.addRoundedRect(frame, RADIUS, RADIUS)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, PAPER if scene.paper else theme.colour("surround"))


def tell(painter: QPainter, shot: Shot, frame: QRectF, cell: QRectF, scene: Scene) -> None:
    """Everything that is said about a shot, within `frame`."""
    if shot.picture.problem and not shot.picture.levels:
        paint_problem(painter, shot.picture.problem, cell)
    if not scene.captions:
        return
    paint_caption(painter, shot, frame)
    paint_badges(painter, shot, frame, scene)


def paint_badges(painter: QPainter, shot: Shot, frame: QRectF, scene: Scene) -> None:
    """Healing, aligned, pinned: as words where there is room, else as signs."""
    if frame.width() < theme.px(NARROW - 40):
        _paint_signs(painter, shot, frame, scene)
        return
    left = frame.left() + theme.px(10)
    top = frame.top() + theme.px(10)
    for text, role in [*([(shot.caption.badge, "danger")] if shot.caption.badge else []), *_labels(shot, scene)]:
        top += paint_badge(painter, text, QPointF(left, top), role, frame, scene) + theme.px(6)
    if shot.pinned and not scene.paper:
        paint_pin(painter, frame)


def _labels(shot: Shot, scene: Scene) -> list[tuple[str, str]]:
    """What was done to a photo; in a file that stands above all of them."""
    return [] if scene.paper else [(label, "ink") for label in shot.labels]


def _colour(role: str, scene: Scene) -> QColor:
    """The colour of a badge; in a file always that of the light theme."""
    return QColor(theme.load_tokens("light").roles[role]) if scene.paper else theme.colour(role)


def paint_caption(painter: QPainter, shot: Shot, frame: QRectF) -> None:
    """Head and date on one line, the place below; on a narrow photo head and date below each other."""
    caption = shot.caption
    if not caption.head and not caption.date:
        return
    room = frame.adjusted(theme.px(12), 0, -theme.px(12), 0)
    if room.width() < theme.px(30):
        return
    narrow = frame.width() < theme.px(NARROW)
    first: list[tuple[str, theme.TextStyle]] = [(caption.head, "strong")]
    if not narrow:
        first.append((f" · {_fitting_date(caption, room.width())}", "text"))
    second = caption.short_date if narrow else caption.place
    lines = 2 if second else 1
    height = QFontMetricsF(theme.font("text")).height() + 2
    _shade(painter, frame, height * lines + theme.px(44))
    baseline = frame.bottom() - theme.px(11) - (lines - 1) * height - 4
    painter.setPen(QColor("white"))
    left = room.left()
    for text, style in first:
        left += _word(painter, text, style, QPointF(left, baseline), room.right() - left)
    if second:
        _word(painter, second, "small" if narrow else "text", QPointF(room.left(), baseline + height), room.width())


def _fitting_date(caption: Caption, width: float) -> str:
    """The date with its time; without it where that would not fit beside the head."""
    head = QFontMetricsF(theme.font("strong")).horizontalAdvance(caption.head)
    fits = head + QFontMetricsF(theme.font("text")).horizontalAdvance(f" · {caption.date}") <= width
    return caption.date if fits else caption.short_date or caption.date


def _word(painter: QPainter, text: str, style: theme.TextStyle, at: QPointF, width: float) -> float:
    if width < 12:
        return 0
    painter.setFont(theme.font(style))
    painter.drawText(at, painting.elided(painter, text, width))
    return float(QFontMetricsF(painter.font()).horizontalAdvance(text))


def _shade(painter: QPainter, frame: QRectF, height: float) -> None:
    """Darken the foot of the photo so that white words can be read on any skin and any wall."""
    where = QRectF(frame.left(), max(frame.top(), frame.bottom() - height), frame.width(), min(height, frame.height()))
    shade = QLinearGradient(where.topLeft(), where.bottomLeft())
    for at, alpha in ((0.0, 0.0), (0.35, 0.34), (0.6, 0.56), (1.0, 0.66)):
        shade.setColorAt(at, QColor.fromRgbF(0.08, 0.07, 0.06, alpha))
    painter.fillRect(where, QBrush(shade))


def paint_badge(painter: QPainter, text: str, at: QPointF, role: str, frame: QRectF, scene: Scene) -> float:
    """A label on the photo; gives its height."""
    painter.setFont(theme.font("small_strong"))
    metrics = QFontMetricsF(painter.font())
    room = frame.right() - at.x() - theme.px(10)
    width = min(room, metrics.horizontalAdvance(text) + theme.px(18))
    height = metrics.height() + theme.px(7)
    if room < theme.px(30):
        return 0
    painting.box(painter, QRectF(at.x(), at.y(), width, height), theme.RADIUS_SMALL, _colour("card", scene))
    painter.setPen(_colour(role, scene))
    where = QRectF(at.x() + theme.px(9), at.y(), width - theme.px(14), height)
    painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, painting.elided(painter, text, where.width()))
    return float(height)


def _paint_signs(painter: QPainter, shot: Shot, frame: QRectF, scene: Scene) -> None:
    """The badges of a narrow photo: discs with a sign, below each other at the left."""
    side, top = theme.px(22), frame.top() + theme.px(5)
    signs = [("warning", "danger")] if shot.caption.badge else []
    signs += [("align", "ink") for _ in _labels(shot, scene)[:1]]
    signs += [("pin", "accent")] if shot.pinned and not scene.paper else []
    for name, role in signs:
        where = QRectF(frame.left() + theme.px(5), top, side, side)
        painting.box(painter, where, side / 2, _colour("card", scene))
        icons.paint(painter, name, where.adjusted(4, 4, -4, -4), _colour(role, scene))
        top += side + theme.px(4)


def paint_below(painter: QPainter, shot: Shot, where: QRectF, scene: Scene) -> None:
    """Date and day below a photo, on the neutral surround: where a photo is too narrow to be written on."""
    height = QFontMetricsF(theme.font("small")).height()
    lines: list[tuple[str, theme.TextStyle]] = [(shot.caption.short_date, "small_strong"), (shot.caption.head, "small")]
    for number, (text, style) in enumerate(lines):
        painter.setFont(theme.font(style))
        painter.setPen(PAPER_INK if scene.paper else theme.colour("on_surround"))
        room = QRectF(where.left(), where.top() + number * height, where.width(), height)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, painting.elided(painter, text, room.width()))


def paint_pin(painter: QPainter, frame: QRectF) -> None:
    """The pin of the photo that stays while the other side is paged."""
    side = theme.px(28)
    if frame.width() < 3 * side:
        return
    where = QRectF(frame.right() - side - theme.px(10), frame.top() + theme.px(10), side, side)
    painting.box(painter, where, side / 2, theme.colour("card", 0.94))
    icons.paint(painter, "pin", where.adjusted(6, 6, -6, -6), theme.colour("accent"))


def paint_problem(painter: QPainter, sentence: str, cell: QRectF) -> None:
    """Why there is no picture, in the middle of its cell."""
    painter.setFont(theme.font("text"))
    room = cell.adjusted(theme.px(24), theme.px(24), -theme.px(24), -theme.px(24))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    words = painter.boundingRect(room, flags, sentence)
    side = theme.px(22)
    painting.box(painter, words.adjusted(-16, -side - 24, 16, 16), theme.RADIUS_CONTROL, theme.colour("card"))
    sign = QRectF(words.center().x() - side / 2, words.top() - side - 8, side, side)
    icons.paint(painter, "warning", sign, theme.colour("warning"))
    painter.setPen(theme.colour("ink"))
    painter.drawText(words, flags, sentence)
