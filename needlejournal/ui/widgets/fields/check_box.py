"""A question answered yes or no: a box with words beside it that wrap."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from needlejournal.ui import icons, theme
from needlejournal.ui.theme import TextStyle, mix
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.pressable import Pressable

_FLAGS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class CheckBox(Pressable):
    """`toggled` and `clicked` as of any Qt button; `clicked` comes from the person only."""

    text_style: TextStyle = "text"

    def __init__(self, text: str, parent: QWidget | None = None, *, checked: bool = False) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)
        self.setChecked(checked)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _side(self) -> int:
        return theme.px(18)

    def _indent(self) -> int:
        return self._side() + theme.px(10)

    def _text_rect(self, width: int) -> QRect:
        room = QRect(0, 0, max(theme.px(40), width - self._indent() - 4), 10_000)
        return QFontMetrics(self.font()).boundingRect(room, _FLAGS, self.text())

    def sizeHint(self) -> QSize:
        words = self.text_size()
        return QSize(words.width() + self._indent() + 8, max(self._side(), words.height()) + theme.px(8))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self._side(), self._text_rect(width).height()) + theme.px(8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            line = QFontMetrics(self.font()).height()
            top = theme.px(4) + max(0, (line - self._side()) / 2)
            mark = QRectF(2, top, self._side(), self._side())
            checked, ink = self.isChecked(), "ink" if self.isEnabled() else "ink_faint"
            if checked:
                fill = mix(theme.colour("accent"), theme.colour("accent_hover"), self.glow.value)
                painting.box(painter, mark, theme.RADIUS_SMALL, fill if self.isEnabled() else theme.colour("ink_faint"))
                icons.paint(painter, "check", mark.adjusted(2, 2, -2, -2), theme.colour("on_accent"))
            else:
                edge = mix(theme.colour("ink_faint"), theme.colour("accent"), self.glow.value)
                painting.box(painter, mark, theme.RADIUS_SMALL, theme.colour("field"), edge)
            painter.setFont(self.font())
            painter.setPen(theme.colour(ink))
            room = QRect(self._indent(), theme.px(4), self.width() - self._indent() - 4, self.height())
            painter.drawText(room, _FLAGS, self.text())
            if self.ringed:
                painting.focus_ring(painter, QRectF(self.rect()), theme.RADIUS_SMALL)
