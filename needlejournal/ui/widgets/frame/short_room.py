"""Where a window is too short for what stands in it: it keeps the height it needs, and scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from needlejournal.ui.widgets.frame.scroll_area import ScrollArea


class ShortRoom(ScrollArea):
    """Fills its room with `content`, or where that is too low with as much as the content needs at least.

    Of pages in a stack the one in front counts.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        self._content = content
        super().__init__(content, parent)
        self.setWidgetResizable(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if isinstance(content, QStackedWidget):
            content.currentChanged.connect(self._begin)

    def sizeHint(self) -> QSize:
        return self._content.sizeHint().expandedTo(self.minimumSizeHint())

    def minimumSizeHint(self) -> QSize:
        return QSize(max(self._content.minimumSizeHint().width(), self._content.minimumWidth()), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _begin(self) -> None:
        """Another page is in front: from its top."""
        self._fit()
        self.verticalScrollBar().setValue(0)

    def _fit(self) -> None:
        if self._content.minimumWidth() == self._content.maximumWidth() != self.width():
            self.setFixedWidth(self._content.minimumWidth())
        room = self.viewport().size()
        shown = self._content.currentWidget() if isinstance(self._content, QStackedWidget) else self._content
        need = _least_height(shown, room.width()) if shown else 0
        width = max(room.width(), self._content.minimumSizeHint().width())  # its margin may lie below the bar
        self._content.resize(width, max(room.height(), need))


def _least_height(widget: QWidget, width: int) -> int:
    """None for one that is content with any height: it gives up parts of it by itself."""
    layout = widget.layout()
    least = widget.minimumSizeHint().height()
    if least and layout is not None and layout.hasHeightForWidth():
        return max(least, layout.minimumHeightForWidth(width))
    return least
