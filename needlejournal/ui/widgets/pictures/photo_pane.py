"""One photo that is looked at closely: fitted, or zoomed and moved. Draws only what is visible, from the best level.

It gets decoded levels, coarse ones first, and knows neither files nor jobs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlejournal.ui import theme

if TYPE_CHECKING:
    from needlejournal.imaging.reading.pixels import Pixels

LARGEST_ZOOM = 8.0
_WHEEL_NOTCH = 120.0


class PhotoPane(QWidget):
    """`zoom` is device-independent pixels on the screen for one pixel of the photo. `zoomed` tells of a change."""

    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._size = QSizeF(3, 4)
        self._levels: list[QImage] = []
        self._pixels: Sequence[Pixels] = ()
        self._placeholder = QColor()
        self._fitted = True
        self._zoom = 1.0
        self._centre = QPointF(0.5, 0.5)  # the point of the photo in the middle, in fractions
        self._grabbed: QPointF | None = None

    def show_photo(self, width: int, height: int, placeholder: QColor) -> None:
        """Begin with another photo of this size; its colour is shown until pixels come."""
        self._size = QSizeF(max(1, width), max(1, height))
        self._levels, self._pixels, self._placeholder = [], (), placeholder
        self.fit()

    def show_levels(self, levels: Sequence[Pixels]) -> None:
        """Draw from these pixels from now on, the finest first; each shows the whole photo."""
        self._pixels = levels
        self._levels = [
            QImage(level.buffer, level.width, level.height, level.stride, QImage.Format.Format_RGB32)
            for level in levels
        ]
        self.update()

    def forget(self) -> None:
        """Let go of all pixels."""
        self._levels, self._pixels = [], ()
        self.update()

    @property
    def detail(self) -> int:
        """How many pixels across are at hand to draw from; none while only the photo's colour is shown."""
        return self._levels[0].width() if self._levels else 0

    @property
    def is_fitted(self) -> bool:
        """Whether the whole photo is shown as large as it fits."""
        return self._fitted

    @property
    def zoom(self) -> float:
        """How large it is shown."""
        return self._fit_zoom() if self._fitted else self._zoom

    def fit(self) -> None:
        """Show the whole photo."""
        self._fitted, self._centre = True, QPointF(0.5, 0.5)
        self._changed()

    def actual_size(self, at: QPointF | None = None) -> None:
        """One pixel of the photo for one of the screen."""
        self.zoom_to(1.0 / self.devicePixelRatioF(), at)

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom, keeping the point at `at` (the middle by default) where it is; never smaller than fitted."""
        point = at or QPointF(self.width() / 2, self.height() / 2)
        before = self.photo_point(point)
        smallest = min(self._fit_zoom(), 1.0)
        self._zoom = min(LARGEST_ZOOM, max(smallest, zoom))
        self._fitted = self._zoom <= smallest * 1.0001
        middle = QPointF(self.width() / 2, self.height() / 2)
        shift = (point - middle) / self._zoom
        self._centre = QPointF(
            before.x() - shift.x() / self._size.width(), before.y() - shift.y() / self._size.height()
        )
        self._changed()

    def move_by(self, x: float, y: float) -> None:
        """Move the photo by pixels of the screen."""
        step = QPointF(x / self.zoom / self._size.width(), y / self.zoom / self._size.height())
        self._centre -= step
        self._changed()

    def _fit_zoom(self) -> float:
        return min(self.width() / self._size.width(), self.height() / self._size.height())

    def photo_rect(self) -> QRectF:
        """Where the whole photo lies on the pane."""
        shown = QSizeF(self._size.width() * self.zoom, self._size.height() * self.zoom)
        left = self.width() / 2 - self._centre.x() * shown.width()
        top = self.height() / 2 - self._centre.y() * shown.height()
        return QRectF(QPointF(left, top), shown)

    def photo_point(self, point: QPointF) -> QPointF:
        """What of the photo is shown at a point of the pane, in fractions of its width and height."""
        where = self.photo_rect()
        return QPointF((point.x() - where.left()) / where.width(), (point.y() - where.top()) / where.height())

    def _changed(self) -> None:
        """Keep the photo on the pane: as long as it is wider than the pane no ground shows beside it."""
        half_x = self.width() / 2 / (self._size.width() * self.zoom)
        half_y = self.height() / 2 / (self._size.height() * self.zoom)
        x = 0.5 if half_x >= 0.5 else min(1 - half_x, max(half_x, self._centre.x()))
        y = 0.5 if half_y >= 0.5 else min(1 - half_y, max(half_y, self._centre.y()))
        self._centre = QPointF(x, y)
        self.setCursor(Qt.CursorShape.ArrowCursor if self._fitted else Qt.CursorShape.OpenHandCursor)
        self.update()
        self.zoomed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour("surround"))
            where = self.photo_rect()
            if not self._levels:
                painter.fillRect(where, self._placeholder)
                return
            needed = where.width() * self.devicePixelRatioF()
            image = next((level for level in reversed(self._levels) if level.width() >= needed * 0.99), self._levels[0])
            visible = where.intersected(QRectF(self.rect()))
            scale_x, scale_y = image.width() / where.width(), image.height() / where.height()
            source = QRectF(
                (visible.left() - where.left()) * scale_x,
                (visible.top() - where.top()) * scale_y,
                visible.width() * scale_x,
                visible.height() * scale_y,
            )
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale_x > 0.5)
            painter.drawImage(visible, image, source)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._changed()

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / _WHEEL_NOTCH
        if notches:
            self.zoom_to(self.zoom * 1.25**notches, event.position())
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._fitted:
            self.actual_size(event.position())
        else:
            self.fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._fitted:
            self._grabbed = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is not None:
            step = event.position() - self._grabbed
            self._grabbed = event.position()
            self.move_by(step.x(), step.y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._grabbed = None
        self.setCursor(Qt.CursorShape.ArrowCursor if self._fitted else Qt.CursorShape.OpenHandCursor)
