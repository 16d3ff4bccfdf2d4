"""A double click where one was meant: its second press never lands on what came to lie below the pointer meanwhile.

A sheet closes, a page turns, a row moves up: whoever presses twice pressed the first thing and has not seen the second.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

Press, Double, Release = QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease


class SecondPresses(QObject):
    """Takes such presses away where the system hands them to our windows."""

    def __init__(self, application: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._pressed: QWidget | None = None
        self._at, self._when = QPointF(), 0  # of the last press
        self._taking = False
        application.focusWindowChanged.connect(self._follow)
        for window in application.topLevelWindows():
            self._follow(window)

    def _follow(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (Press, Double) and isinstance(event, QMouseEvent):
            under = QApplication.widgetAt(event.globalPosition().toPoint())
            self._taking = self._is_again(event) and under is not self._pressed
            self._at, self._when = event.globalPosition(), event.timestamp()
            self._pressed = self._pressed if self._taking else under
            return self._taking
        return self._taking and event.type() == Release

    def _is_again(self, event: QMouseEvent) -> bool:
        """Whether a press follows one at the same place so soon that it is a second one; the first may have been in a
        menu, of which only Qt knows."""
        hints = QApplication.styleHints()
        moved = (event.globalPosition() - self._at).manhattanLength()
        soon = event.timestamp() - self._when < hints.mouseDoubleClickInterval()
        return event.type() == Double or (soon and moved < hints.mouseDoubleClickDistance())
