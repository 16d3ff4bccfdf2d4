"""A photo made small: cropped around its middle, never stretched, with rounded corners, a badge and a ring."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from needlejournal.journal.frozen import frozen
from needlejournal.ui import theme
from needlejournal.ui.tips import set_tip
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.pictures import veil
from needlejournal.ui.widgets.pressable import Pressable

Ring = Literal["none", "chosen", "pinned"]


@frozen
class ThumbLook:
    """How a thumbnail is drawn: words on it, its ring, and whether it is blurred until pointed at."""

    badge: str = ""
    ring: Ring = "none"
    veiled: bool = False
    radius: float = theme.RADIUS_CONTROL


def paint_thumb(
    painter: QPainter, where: QRectF, picture: QPixmap | QImage | None, look: ThumbLook, placeholder: QColor | None
) -> None:
    """Draw a thumbnail into `where`; `placeholder` is the photo's own average colour while there is no picture."""
    painting.smooth(painter)
    inner = where.adjusted(4, 4, -4, -4) if look.ring != "none" else where
    if picture is None or picture.isNull():
        painting.box(painter, inner, look.radius, placeholder or theme.colour("surround"))
    else:
        painting.picture_in(painter, inner, look.radius, veil.blurred(picture) if look.veiled else picture, _CENTRE)
    if look.badge:
        _paint_badge(painter, inner, look.badge)
    if look.ring != "none":
        painter.setPen(QPen(theme.colour("accent" if look.ring == "chosen" else "ink_soft"), 2.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(where.adjusted(1.25, 1.25, -1.25, -1.25), look.radius + 3, look.radius + 3)


# Portraits keep their face when cropped: a little above the middle.
_CENTRE = QPointF(0.5, 0.46)


def _paint_badge(painter: QPainter, where: QRectF, badge: str) -> None:
    painter.setFont(theme.font("small_strong"))
    metrics = painter.fontMetrics()
    width = min(metrics.horizontalAdvance(badge) + theme.px(14), where.width() - 12)
    box = QRectF(where.left() + 6, where.top() + 6, width, metrics.height() + theme.px(5))
    painting.box(painter, box, theme.RADIUS_SMALL, theme.colour("card", 0.94))
    painter.setPen(theme.colour("danger"))
    room = box.adjusted(4, 0, -4, 0)
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, painting.elided(painter, badge, room.width() + 4))


class PhotoThumb(Pressable):
    """A thumbnail one can press and choose. `name` says what is on it ("Frontal, 3 March 2025")."""

    def __init__(self, name: str, size: QSize = QSize(106, 132), parent: QWidget | None = None) -> None:  # noqa: B008
        self._size = size
        super().__init__("", parent)
        self.setAccessibleName(name)
        set_tip(self, name)
        self._picture: QPixmap | QImage | None = None
        self._placeholder: QColor | None = None

    def set_picture(self, picture: QPixmap | QImage | None, placeholder: QColor | None = None) -> None:
        """Show a picture, or the placeholder colour while there is none."""
        self._picture, self._placeholder = picture, placeholder
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(self._size.width()), theme.px(self._size.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            where = QRectF(self.rect())
            ring: Ring = "chosen" if self.isChecked() else "none"
            uncovered = self.underMouse() or self.hasFocus()
            shown = ThumbLook(ring=ring, veiled=veil.is_drawn() and not uncovered)
            paint_thumb(painter, where, self._picture, shown, self._placeholder)
            if self.glow.value:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("card", 0.10 * self.glow.value))
                painter.drawRoundedRect(where, shown.radius, shown.radius)
            if self.ringed:
                painting.focus_ring(painter, where, shown.radius)
