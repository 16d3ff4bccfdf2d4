"""What stands on and below a photo of the stage: badges, the pin, its caption, and why it cannot be shown."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath

from needlejournal.ui import icons, theme
from needlejournal.ui.compare.view.scene import Scene, Shot
from needlejournal.ui.widgets import painting

RADIUS = 6.0
NARROW = 190
PAPER, PAPER_INK = QColor(217, 217, 217), QColor(32, 32, 32)  # what files are set on


def captions_height() -> float:
    """How high the line of words below a photo is."""
    return QFontMetricsF(theme.font("text")).height() + theme.px(8)


def above_captions(cell: QRectF, scene: Scene) -> QRectF:
    """What of a cell is left for the photo when its caption stands below it."""
    return cell.adjusted(0, 0, 0, -captions_height() if scene.captions else 0)


def with_captions(frame: QRectF, scene: Scene) -> QRectF:
    """A photo's frame with the room for its caption."""
    return frame.adjusted(0, 0, 0, captions_height() if scene.captions else 0)


def caption_room(cell: QRectF, frame: QRectF, scene: Scene) -> QRectF:
    """Where the caption of a photo stands: below its pane, in a file right below the photo itself."""
    above = frame if scene.paper else cell
    return QRectF(above.left(), above.bottom(), above.width(), captions_height())


def paint_pane(painter: QPainter, cell: QRectF, scene: Scene) -> None:
    """The neutral grey around a photo that does not fill its pane."""
    if not scene.paper:
        painting.box(painter, cell, RADIUS, theme.colour("surround"))


def round_corners(painter: QPainter, frame: QRectF, scene: Scene) -> None:
    """Round the corners of what was drawn into `frame` by painting the ground over them."""
    path = QPainterPath()
    path.addRect(frame.adjusted(-1, -1, 1, 1))
    path.addRoundedRect(frame, RADIUS, RADIUS)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, PAPER if scene.paper else theme.colour(scene.ground))


def say_on(painter: QPainter, shot: Shot, frame: QRectF, cell: QRectF, scene: Scene) -> None:
    """What is said on a shot itself, within `frame`: why it cannot be shown, and its badges."""
    if shot.picture.problem and not shot.picture.levels:
        paint_problem(painter, shot.picture.problem, cell)
    if scene.captions:
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


def paint_caption(painter: QPainter, shot: Shot, room: QRectF, scene: Scene) -> None:
    """Head, date and place on one line below a photo, what matters least left out where there is no room."""
    caption = shot.caption
    if not scene.captions or not (caption.head or caption.date) or room.width() < theme.px(30):
        return
    strong, plain = _inks(scene)
    for head, place in (
        (f"{caption.head} · {caption.date}", caption.place),
        (f"{caption.head} · {caption.date}", ""),
        (f"{caption.head} · {caption.short_date}", ""),
    ):
        if _width(head, "strong") + _width(place, "text") + theme.px(10) <= room.width():
            break
    left = room.left() + theme.px(2)
    where = QRectF(left, room.top(), room.right() - left, room.height())
    _word(painter, head, "strong", where, strong)
    _word(painter, place, "text", where.adjusted(_width(head, "strong") + theme.px(10), 0, 0, 0), plain)


def _inks(scene: Scene) -> tuple[QColor, QColor]:
    """The colours of a caption's words: what is read first, and the rest."""
    if scene.paper:
        return PAPER_INK, PAPER_INK
    if scene.ground == "surround":
        return theme.colour("on_surround"), theme.colour("on_surround")
    return theme.colour("ink"), theme.colour("ink_soft")


def _width(text: str, style: theme.TextStyle) -> float:
    return float(QFontMetricsF(theme.font(style)).horizontalAdvance(text))


def _word(painter: QPainter, text: str, style: theme.TextStyle, room: QRectF, ink: QColor) -> None:
    if text and room.width() > theme.px(12):
        painter.setFont(theme.font(style))
        painter.setPen(ink)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, painting.elided(painter, text, room.width()))


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
    """Date and day below a photo that is narrow; that it shows healing skin is said there too."""
    height = QFontMetricsF(theme.font("small")).height()
    lines: list[tuple[str, theme.TextStyle]] = [
        (shot.caption.short_date, "small_strong"),
        (", ".join(filter(None, (shot.caption.head, shot.caption.badge))), "small"),
    ]
    for number, (text, style) in enumerate(lines):
        painter.setFont(theme.font(style))
        painter.setPen(_inks(scene)[0])
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
    painter.setPen(theme.colour("ink"))  # without a pen, Qt measures words as nothing
    room = cell.adjusted(theme.px(24), theme.px(24), -theme.px(24), -theme.px(24))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    words = painter.boundingRect(room, flags, sentence)
    side = theme.px(22)
    painting.box(painter, words.adjusted(-16, -side - 24, 16, 16), theme.RADIUS_CONTROL, theme.colour("card"))
    sign = QRectF(words.center().x() - side / 2, words.top() - side - 8, side, side)
    icons.paint(painter, "warning", sign, theme.colour("warning"))
    painter.setPen(theme.colour("ink"))
    painter.drawText(words, flags, sentence)
