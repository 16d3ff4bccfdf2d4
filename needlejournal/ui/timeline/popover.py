"""A small card that opens below a button and closes with Escape or a press outside."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.widgets import painting


class Popover(QFrame):
    """Put content into `body`; `open_below` shows it with its right edge at the right edge of a button."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAccessibleName(name)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*(theme.px(14),) * 4)
        self.body.setSpacing(theme.SPACE_M)

    def open_below(self, button: QWidget) -> None:
        """Show it."""
        self.adjustSize()
        corner = button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + 4))
        screen = button.screen().availableGeometry()
        left = max(screen.left() + 8, min(corner.x(), screen.right() - self.width() - 8))
        self.move(left, corner.y())
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            painter.fillRect(self.rect(), theme.colour("card"))
            painter.setPen(theme.colour("line_strong"))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
