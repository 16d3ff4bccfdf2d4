"""Small photos blurred until pointed at, where the person wants that: one switch for all of them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from needlejournal.ui import theme
from needlejournal.ui.widgets import painting

KEY = "calm/blur"  # under which the wish is remembered
_PIXELS = 7


class _Switch:
    """Whether the veil is drawn in this run."""

    drawn = False


def draw(drawn: bool) -> None:
    """Draw the veil over small photos, or take it away."""
    _Switch.drawn = drawn


def is_drawn() -> bool:
    """Whether small photos are blurred until pointed at."""
    return _Switch.drawn


def blurred(picture: QPixmap | QImage) -> QPixmap | QImage:
    """The picture with nothing left to recognise: seven pixels across, smoothed."""
    smooth, keep = Qt.TransformationMode.SmoothTransformation, Qt.AspectRatioMode.KeepAspectRatioByExpanding
    tiny = picture.scaled(_PIXELS, _PIXELS, keep, smooth)
    soft = tiny.scaled(_PIXELS * 8, _PIXELS * 8, keep, smooth)
    soft.setDevicePixelRatio(1.0)
    return soft


def paint_tile(painter: QPainter, where: QRectF, picture: QPixmap, *, uncovered: bool) -> None:
    """Draw a tile that fits `where`; blurred while the veil is drawn and nobody points at it."""
    if is_drawn() and not uncovered:
        painting.picture_in(painter, where, theme.RADIUS_CONTROL, blurred(picture), QPointF(0.5, 0.5))
    else:
        painter.drawPixmap(where.topLeft(), picture)
