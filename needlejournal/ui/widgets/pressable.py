"""The base of all that can be pressed: hover that eases, a focus ring for the keyboard, Enter as well as Space."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from needlejournal.ui import theme
from needlejournal.ui.theme import TextStyle
from needlejournal.ui.widgets.motion import Easing

# Reasons after which no ring is wanted: the person is pointing, not tabbing.
BY_MOUSE = {
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
}


class Pressable(QAbstractButton):
    """A button that paints itself; subclasses give `sizeHint` and `paintEvent`."""

    text_style: TextStyle = "strong"

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.glow = Easing(self.update, self)
        self.ringed = False
        self.restyle()
        theme.on_change(self.restyle)

    def restyle(self) -> None:
        """Take the type size of now."""
        self.setFont(theme.font(self.text_style))
        self.updateGeometry()
        self.update()

    def text_size(self) -> QSize:
        """How much room the words take, "&" not counted."""
        shown = self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
        return QFontMetrics(self.font()).size(Qt.TextFlag.TextSingleLine, shown)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.glow.aim(1.0)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.glow.aim(0.0)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ringed = event.reason() not in BY_MOUSE
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.ringed = False
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
