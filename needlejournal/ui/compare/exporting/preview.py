"""Shows what will be in the file: one picture, or one after the other as they will move."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlejournal.imaging.reading.pixels import Pixels
from needlejournal.ui import theme
from needlejournal.ui.compare.exporting.snapshot import as_image
from needlejournal.ui.language import tr


class Preview(QWidget):
    """Shows composed pictures whole; several take turns, unless less motion is asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: list[QImage] = []
        self._front = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)
        self.setAccessibleName(tr("What will be in the file"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_pages(self, pages: Sequence[Pixels], seconds: float) -> None:
        """Show other pictures, each for so long."""
        self._images = [as_image(page) for page in pages]
        self._front = 0
        if len(self._images) > 1 and theme.motion_ms():
            self._timer.start(round(seconds * 1000))
        else:
            self._timer.stop()
        self.update()

    def count(self) -> int:
        """How many pictures take turns."""
        return len(self._images)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(420))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 160)

    def _turn(self) -> None:
        self._front = (self._front + 1) % len(self._images)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._images:
            return
        image = self._images[self._front]
        size = QSizeF(image.size()).scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        where = QRectF(0, 0, size.width(), size.height())
        where.moveCenter(QRectF(self.rect()).center())
        ratio = self.devicePixelRatioF()
        smooth = Qt.TransformationMode.SmoothTransformation
        pixels = QSize(max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio)))
        with QPainter(self) as painter:
            painter.drawImage(where, image.scaled(pixels, Qt.AspectRatioMode.IgnoreAspectRatio, smooth))
