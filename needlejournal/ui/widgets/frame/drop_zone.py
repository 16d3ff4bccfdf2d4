"""Where files are dropped: a dotted field in a page, and a veil over the whole window while files hover above it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlejournal.journal.frozen import frozen
from needlejournal.ui import icons, theme
from needlejournal.ui.theme import TextStyle, mix
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.pressable import Pressable


@frozen
class Dropped:
    """Files and folders a person let go above the window."""

    paths: tuple[Path, ...]


def dropped_paths(data: QMimeData) -> Dropped:
    """The local files in what is dragged or pasted, in their order."""
    return Dropped(tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()))


def may_be_photos(data: QMimeData) -> bool:
    """Whether it may be meant as photos: files, a picture itself, or addresses, of which at least a word is due."""
    return bool(data.urls()) or data.hasImage()


def are_photos(data: QMimeData) -> bool:
    """Whether it is meant as photos and not as text: files, or a picture without words."""
    return bool(dropped_paths(data).paths) or (data.hasImage() and not data.hasText())


class DropZone(Pressable):
    """A dotted field: press it (`clicked`) to choose files, or drop them on it (`dropped` carries `Dropped`)."""

    dropped = Signal(object)
    text_style: TextStyle = "text"

    def __init__(self, text: str, icon: str = "photos", parent: QWidget | None = None) -> None:
        self._icon = icon
        super().__init__(text, parent)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self._over = False

    def sizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(104))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()).paths:
            event.acceptProposedAction()
            self._show_over(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_over(over=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(over=False)
        event.acceptProposedAction()
        self.dropped.emit(dropped_paths(event.mimeData()))

    def _show_over(self, *, over: bool) -> None:
        self._over = over
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where = QRectF(self.rect())
            part = 1.0 if self._over else self.glow.value
            painting.box(painter, where, theme.RADIUS_CONTROL, theme.colour("accent_mist", part))
            line = mix(theme.colour("ink_faint"), theme.colour("accent"), part)
            pen = QPen(line, 1.2)
            pen.setDashPattern([4, 3.5])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(where.adjusted(1, 1, -1, -1), theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
            self._paint_words(painter, where, mix(theme.colour("ink_soft"), theme.colour("accent"), part))
            if self.ringed:
                painting.focus_ring(painter, where, theme.RADIUS_CONTROL)

    def _paint_words(self, painter: QPainter, where: QRectF, ink: QColor) -> None:
        side = theme.px(22)
        painter.setFont(self.font())
        room = where.adjusted(12, 8, -12, -8)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        words = painter.boundingRect(room, flags, self.text())
        with_icon = words.height() + side + 6 <= room.height()
        top = room.center().y() - (words.height() + (side + 6 if with_icon else 0)) / 2
        if with_icon:
            icon = QRectF(room.center().x() - side / 2, top, side, side)
            icons.paint(painter, self._icon, icon, ink)
            top += side + 6
        painter.setPen(ink)
        painter.drawText(QRectF(room.left(), top, room.width(), words.height()), flags, self.text())


class DropVeil(QWidget):
    """Covers `window` while files or pictures are dragged over it, so that they can be dropped anywhere.

    `dropped` carries what was let go, a QMimeData that lives as long as the signal.
    """

    dropped = Signal(object)

    def __init__(self, window: QWidget, text: str) -> None:
        super().__init__(window)
        self._window, self._text = window, text
        self.setAcceptDrops(True)
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and isinstance(event, QDragEnterEvent) and may_be_photos(event.mimeData()):
            event.acceptProposedAction()
            self.setGeometry(self._window.rect())
            self.show()
            self.raise_()
            return True
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.hide()
        event.acceptProposedAction()
        self.dropped.emit(event.mimeData())

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            painter.fillRect(self.rect(), theme.colour("ground", 0.86))
            where = QRectF(self.rect()).adjusted(24, 24, -24, -24)
            painting.box(painter, where, theme.RADIUS_CARD, theme.colour("accent_ground", 0.6))
            pen = QPen(theme.colour("accent"), 2)
            pen.setDashPattern([5, 4])
            painter.setPen(pen)
            painter.drawRoundedRect(where, theme.RADIUS_CARD, theme.RADIUS_CARD)
            side = theme.px(48)
            middle = where.center()
            icon = QRectF(middle.x() - side / 2, middle.y() - side, side, side)
            icons.paint(painter, "photos", icon, theme.colour("accent"))
            painter.setFont(theme.font("page"))
            painter.setPen(theme.colour("accent"))
            below = QRectF(where.left(), middle.y() + 12, where.width(), theme.px(60))
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._text)
