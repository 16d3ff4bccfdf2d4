"""Shapes every widget draws with: rounded boxes, focus rings, soft shadows, cropped pictures. No widget lives here."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPixmap

from needlejournal.ui import theme


def smooth(painter: QPainter) -> QPainter:
    """`painter` with edges and pictures smoothed, and alignments that mean the sides of the drawing: beside an icon
    painted at the left, words begin at its right whichever way the window is laid out."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return painter


def box(painter: QPainter, where: QRectF, radius: float, fill: QColor, line: QColor | None = None) -> None:
    """A rounded box; `line` draws a one-pixel outline within `where`."""
    if line is None:
        painter.setPen(Qt.PenStyle.NoPen)
        inner = where
    else:
        painter.setPen(QPen(line, 1))
        inner = where.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setBrush(fill)
    painter.drawRoundedRect(inner, radius, radius)


def dotted_box(painter: QPainter, where: QRectF, radius: float, line: QColor, width: float = 1.0) -> None:
    """A dotted outline without a fill: what is unknown, or waits for something."""
    pen = QPen(line, width)
    pen.setDashPattern([2, 2.5])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(where.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def focus_ring(painter: QPainter, where: QRectF, radius: float) -> None:
    """The ring that says where the keyboard is, two pixels wide, within `where`."""
    painter.setPen(QPen(theme.colour("focus"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(where.adjusted(1, 1, -1, -1), radius, radius)


def soft_shadow(painter: QPainter, where: QRectF, radius: float, strength: float, reach: int = 4) -> None:
    """A faint shadow below the box `where`, reaching `reach` pixels beyond it; `strength` 0 to 1."""
    if strength <= 0:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.shadow(strength / reach))
    for step in range(reach, 0, -1):
        grown = where.adjusted(-step * 0.6, -step * 0.3 + 1, step * 0.6, step * 0.8 + 0.5)
        painter.drawRoundedRect(grown, radius + step * 0.6, radius + step * 0.6)


def rounded_path(where: QRectF, radius: float) -> QPainterPath:
    """The outline of a rounded box."""
    path = QPainterPath()
    path.addRoundedRect(where, radius, radius)
    return path


def cover_rect(size: tuple[float, float], where: QRectF, centre: QPointF | None = None) -> QRectF:
    """The part of a picture of `size` that fills `where` without stretching.

    `centre`, in fractions of the picture, is kept in the middle as far as the edges allow; the middle by default.
    """
    width, height = size
    scale = max(where.width() / width, where.height() / height)
    part = QRectF(0, 0, where.width() / scale, where.height() / scale)
    middle = centre or QPointF(0.5, 0.5)
    left = min(max(0.0, middle.x() * width - part.width() / 2), width - part.width())
    top = min(max(0.0, middle.y() * height - part.height() / 2), height - part.height())
    part.moveTo(left, top)
    return part


def picture_in(
    painter: QPainter, where: QRectF, radius: float, picture: QPixmap | QImage, centre: QPointF | None = None
) -> None:
    """Draw `picture` cropped to fill `where` with rounded corners, never stretched."""
    if picture.isNull():
        return
    part = cover_rect((picture.width(), picture.height()), where, centre)
    painter.save()
    painter.setClipPath(rounded_path(where, radius))
    if isinstance(picture, QImage):
        painter.drawImage(where, picture, part)
    else:
        painter.drawPixmap(where, picture, part)
    painter.restore()


def elided(painter: QPainter, text: str, width: float) -> str:
    """`text` shortened with "…" to `width` in the painter's font."""
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width))
