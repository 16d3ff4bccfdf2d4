"""Draws the outline of a pose: a grey silhouette, the face in thin lines, and two lines to hold it by. On any paper."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from needlejournal.imaging.faces.lines import FaceLines, Line
from needlejournal.journal.frozen import frozen
from needlejournal.ui import theme
from needlejournal.ui.widgets import painting

HAIR, BESIDE, NECK, SHOULDERS, TURNED = 0.30, 0.06, 0.27, 1.15, 0.4  # in heights and widths of the face's oval


@frozen
class Inks:
    """The colours of a drawing."""

    ground: QColor
    body: QColor
    line: QColor
    aid: QColor


def screen_inks() -> Inks:
    """The colours on the screen, as the theme has them."""
    ground, line = theme.colour("surround"), theme.colour("on_surround")
    return Inks(ground, theme.mix(ground, line, 0.14), line, theme.mix(ground, line, 0.5))


def paper_inks() -> Inks:
    """The colours on paper: little ink."""
    return Inks(QColor(244, 244, 244), QColor(222, 222, 222), QColor(40, 40, 40), QColor(150, 150, 150))


def frame_in(room: QRectF, proportions: float) -> QRectF:
    """The largest frame with these proportions (width over height) in the middle of `room`."""
    width = min(room.width(), room.height() * proportions)
    frame = QRectF(0, 0, width, width / proportions)
    frame.moveCenter(room.center())
    return frame


def paint_guide(
    painter: QPainter, frame: QRectF, lines: FaceLines | None, inks: Inks, picture: QPixmap | None = None
) -> None:
    """Draw the pose into `frame`, which stands for the photo; without lines the picture itself, if there is one."""
    painting.smooth(painter)
    painting.box(painter, frame, theme.RADIUS_CONTROL, inks.ground)
    if lines is None:
        if picture is not None:
            painting.picture_in(painter, frame, theme.RADIUS_CONTROL, picture)
        return
    painter.save()
    painter.setClipPath(painting.rounded_path(frame, theme.RADIUS_CONTROL))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(_silhouette(lines, frame), inks.body)
    thin = frame.height() / 380
    _paint_aids(painter, lines, frame, QPen(inks.aid, thin * 0.8, Qt.PenStyle.DashLine))
    pen = QPen(inks.line, thin * 1.5)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for line in (lines.oval, *lines.features):
        painter.drawPath(_path(line, frame))
    painter.restore()


def _at(point: tuple[float, float], frame: QRectF) -> QPointF:
    return QPointF(frame.left() + point[0] * frame.width(), frame.top() + point[1] * frame.height())


def _path(line: Line, frame: QRectF) -> QPainterPath:
    """The line as a smooth curve through the middles between its points."""
    points = [_at(point, frame) for point in line.points]
    path = QPainterPath()
    if line.closed:
        points = [*points, points[0], points[1]]
        path.moveTo((points[0] + points[1]) / 2)
    else:
        path.moveTo(points[0])
    for first, second in pairwise(points[1:]):
        path.quadTo(first, (first + second) / 2)
    if not line.closed:
        path.lineTo(points[-1])
    return path


def _silhouette(lines: FaceLines, frame: QRectF) -> QPainterPath:
    """Head with hair, neck and shoulders, guessed from the oval of the face."""
    oval = QPolygonF([_at(point, frame) for point in lines.oval.points]).boundingRect()
    wide, high = oval.width(), oval.height()
    behind = (oval.center().x() - frame.left() - lines.nose * frame.width()) * TURNED  # where the head is turned
    head = QPainterPath()
    head.addEllipse(oval.adjusted(-wide * BESIDE, -high * HAIR, wide * BESIDE, -high * 0.04).translated(behind, 0))
    head = head.united(_path(lines.oval, frame))
    middle, chin = oval.center().x() + behind, oval.bottom()
    body = QPainterPath(QPointF(middle - wide * NECK, chin - high * 0.35))
    body.lineTo(middle + wide * NECK, chin - high * 0.35)
    body.lineTo(middle + wide * NECK, chin + high * 0.12)
    far, low = wide * SHOULDERS, max(frame.bottom(), chin + high) + 10
    body.cubicTo(middle + wide * NECK * 1.3, chin + high * 0.32, middle + far, chin + high * 0.3, middle + far, low)
    body.lineTo(middle - far, low)
    body.cubicTo(
        middle - far, chin + high * 0.3, middle - wide * NECK * 1.3, chin + high * 0.32,
        middle - wide * NECK, chin + high * 0.12,
    )  # fmt: skip
    body.closeSubpath()
    return head.united(body)


def _paint_aids(painter: QPainter, lines: FaceLines, frame: QRectF, pen: QPen) -> None:
    """The height of the eyes and the middle of the face, through the whole picture."""
    painter.setPen(pen)
    xs = [x for x, _ in lines.oval.points]
    eyes, middle = frame.top() + lines.eyes * frame.height(), frame.left() + (min(xs) + max(xs)) / 2 * frame.width()
    painter.drawLine(QPointF(frame.left(), eyes), QPointF(frame.right(), eyes))
    painter.drawLine(QPointF(middle, frame.top()), QPointF(middle, frame.bottom()))
