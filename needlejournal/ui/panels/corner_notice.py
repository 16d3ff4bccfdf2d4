"""A quiet notice in a corner of a page or window. It lies over it: nothing moves under the mouse when it comes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.theme import TextStyle
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.flow_layout import FlowLayout
from needlejournal.ui.widgets.text import Label

_WIDTH, _MESSAGES = 520, 48


class NoticeWords(QWidget):
    """Words over the whole width, and below them what can be done, in rows: good to read however narrow it is."""

    def __init__(self, words: str, style: TextStyle = "text", corner: QWidget | None = None) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(12), theme.px(12))
        row = QHBoxLayout()
        row.addWidget(Label(words, style), 1)
        if corner is not None:
            row.addWidget(corner, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        ways = QWidget()
        self._ways = FlowLayout(ways, gap=theme.SPACE_S)
        column.addWidget(ways)
        self.setAccessibleName(words)

    def offer(self, way: Button) -> None:
        """One more thing that can be done."""
        self._ways.addWidget(way)


class CornerNotice(QWidget):
    """Hidden until `show_notice`, then at the foot of its parent, above where messages pass by."""

    def __init__(self, parent: QWidget | None = None, *, at_left: bool = False) -> None:
        super().__init__(parent)
        self._at_left = at_left
        self._shown: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            parent.installEventFilter(self)
        self.hide()

    def show_notice(self, notice: QWidget) -> None:
        """Show this instead of what was shown before."""
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = notice
        self._column.addWidget(notice)
        notice.show()
        self.show()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        where = QRectF(self.rect())
        with QPainter(self) as painter:
            painting.box(painting.smooth(painter), where, theme.RADIUS_CARD, theme.colour("accent_ground"))

    def _place(self) -> None:
        """As wide as is pleasant to read."""
        over = self.parentWidget()
        if over is None or self._shown is None:
            return
        margin = theme.PAGE_MARGIN
        width = min(theme.px(_WIDTH), over.width() - 2 * margin)
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        left = margin if self._at_left else over.width() - width - margin
        self.setGeometry(left, over.height() - height - margin - theme.px(_MESSAGES), width, height)
        self.raise_()
