"""The card: a calm box on the ground that holds one matter, with a title and a column of content."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlejournal.ui import theme
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.text import Label

Tone = Literal["plain", "accent", "warning"]
_GROUNDS: dict[Tone, tuple[str, str | None]] = {
    "plain": ("card", "line"),
    "accent": ("accent_ground", None),
    "warning": ("card", "line"),
}


class Card(QWidget):
    """A card. Put content into `body` (a column); `add_to_header` sets something at the right of the title.

    Tone "accent" is for what is proposed next, "warning" carries one red bar at the left.
    """

    def __init__(self, title: str = "", parent: QWidget | None = None, *, tone: Tone = "plain") -> None:
        super().__init__(parent)
        self._tone: Tone = tone
        self.spoken_role = QAccessible.Role.Grouping
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme.SPACE_M)
        self._header = QHBoxLayout()
        self._header.setSpacing(theme.SPACE_S)
        self._title = Label(title, "title")
        self._header.addWidget(self._title, 1)
        self._column.addLayout(self._header)
        self._title.setVisible(bool(title))
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.SPACE_M)
        self._column.addLayout(self.body, 1)
        if title:
            self.setAccessibleName(title)
        self._space()
        theme.on_change(self._space)

    def set_title(self, title: str) -> None:
        """Show another title; none hides it."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.setAccessibleName(title)

    def add_to_header(self, widget: QWidget) -> None:
        """Set `widget` at the right of the title."""
        self._header.addWidget(widget, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def set_padding(self, padding: int) -> None:
        """Room between the edge and the content, at ordinary text size."""
        self._padding = padding
        self._space()

    _padding = theme.CARD_PADDING

    def _space(self) -> None:
        room = theme.px(self._padding)
        self._column.setContentsMargins(room, room, room, room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where = QRectF(self.rect()).adjusted(1, 1, -1, -2)
            ground, line = _GROUNDS[self._tone]
            if self._tone != "accent":
                painting.soft_shadow(
                    painter, where.adjusted(0, 0, 0, -1), theme.RADIUS_CARD, theme.tokens().shadow_card, 3
                )
            painting.box(
                painter,
                where,
                theme.RADIUS_CARD,
                theme.colour(ground),
                theme.colour(line) if line is not None else None,
            )
            if self._tone == "warning":
                painter.setClipPath(painting.rounded_path(where, theme.RADIUS_CARD))
                painter.fillRect(QRectF(where.left(), where.top(), 4, where.height()), theme.colour("danger"))
