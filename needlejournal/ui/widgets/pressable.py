"""The base of all that can be pressed: hover that eases, a focus ring for the keyboard, Enter as well as Space."""

from __future__ import annotations

from weakref import ReferenceType, ref

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QCursor, QEnterEvent, QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget
from shiboken6 import isValid

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


class _Pointed:
    """The pressable that the mouse is on, of which there is one at most.

    Qt does not always tell a widget that the mouse left it while a menu or a sheet lay over it.
    """

    def __init__(self) -> None:
        self._now: ReferenceType[Pressable] | None = None

    def enter(self, entered: Pressable) -> None:
        """The mouse is on this one, and on no other."""
        self.leave()
        if not _is_covered(entered):
            self._now = ref(entered)
            entered.glow.aim(1.0)

    def leave(self) -> None:
        """The mouse is on none."""
        left, self._now = self._now() if self._now else None, None
        if left is not None and isValid(left):
            left.glow.aim(0.0)

    def look_again(self) -> None:
        """A menu closed: whether the mouse is still there."""
        there = self._now() if self._now else None
        if there is not None and isValid(there) and not there.rect().contains(there.mapFromGlobal(QCursor.pos())):
            self.leave()


def _is_covered(widget: QWidget) -> bool:
    """Whether a menu or a sheet is in front of its window."""
    front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    return front is not None and widget.window() is not front.window()


_pointed = _Pointed()


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
        self._measured: tuple[str | None, QSize] = (None, QSize())
        self.setFont(theme.font(self.text_style))
        self.updateGeometry()
        self.update()

    def text_size(self) -> QSize:
        """How much room the words take, "&" not counted."""
        words = self.text()
        if words != self._measured[0]:  # a layout asks many times
            shown = words.replace("&&", "\0").replace("&", "").replace("\0", "&")
            self._measured = words, QFontMetrics(self.font()).size(Qt.TextFlag.TextSingleLine, shown)
        return self._measured[1]

    def enterEvent(self, event: QEnterEvent) -> None:
        _pointed.enter(self)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.glow.aim(0.0)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ringed = event.reason() not in BY_MOUSE
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            _pointed.look_again()
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
