"""What a page shows while there is nothing on it: a picture, what will be here, and what to do first."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from needlejournal.ui import icons, theme
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.buttons import Button
from needlejournal.ui.widgets.frame.scroll_area import ScrollArea
from needlejournal.ui.widgets.text import Label


class _Medallion(QWidget):
    """An icon on three quiet rings."""

    def __init__(self, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(132), theme.px(132))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            middle, radius = QRectF(self.rect()).center(), self.width() / 2
            painter.setPen(Qt.PenStyle.NoPen)
            for part, alpha in ((1.0, 0.28), (0.76, 0.45), (0.52, 1.0)):
                painter.setBrush(theme.colour("accent_ground", alpha))
                painter.drawEllipse(middle, radius * part, radius * part)
            side = theme.px(34)
            where = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
            icons.paint(painter, self._icon, where, theme.colour("accent"))


class EmptyState(ScrollArea):
    """Scrolls where there is little room, and takes none from what stands above it, as it did even when hidden.

    `acted` is the first button, `acted_second` the other, where there are any.
    """

    acted = Signal()
    acted_second = Signal()

    def __init__(
        self, icon: str, title: str, sentence: str, action: str = "", second: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        column = self.column(theme.SPACE_S)
        column.addStretch(2)
        column.addWidget(_Medallion(icon, self), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.SPACE_S)
        heading = Label(title, "page")
        words = Label(sentence, "text", "ink_soft")
        for label in (heading, words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            label.setMaximumWidth(theme.px(460))
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(label, 20)
            row.addStretch(1)
            column.addLayout(row)
        column.addSpacing(theme.SPACE_M)
        column.addLayout(self._buttons(action, second))
        column.addStretch(3)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)

    def _buttons(self, action: str, second: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_S + 2)
        row.addStretch(1)
        for text, kind, signal in ((action, "filled", self.acted), (second, "plain", self.acted_second)):
            if text:
                button = Button(text, "filled" if kind == "filled" else "plain")
                button.clicked.connect(signal)
                row.addWidget(button)
        row.addStretch(1)
        return row
