"""Two columns of cards that become one where there is little room. Knows nothing of what stands in them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from needlejournal.ui import theme

_NARROW = 820


class Columns(QWidget):
    """`show_cards` puts cards left and right; cards that are shown again keep their place and their state."""

    def __init__(self, left: int = 12, right: int = 7, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._sides = (QVBoxLayout(), QVBoxLayout())
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.CARD_GAP)
        for side, stretch in zip(self._sides, (left, right), strict=True):
            side.setSpacing(theme.CARD_GAP)
            side.addStretch(1)
            self._row.addLayout(side, stretch)
        theme.on_change(self._arrange)

    def show_cards(self, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
        """Show these cards; those that are not among them go. Cards that stay are not touched."""
        kept = {*left, *right}
        for side, cards in zip(self._sides, (left, right), strict=True):
            for widget in _widgets(side):
                if widget not in cards:
                    side.removeWidget(widget)
                    if widget not in kept:
                        widget.hide()
                        widget.deleteLater()
            for place, card in enumerate(cards):
                if side.indexOf(card) != place:
                    side.insertWidget(place, card)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of the two, since they can stand one above the other."""
        widest = max(side.minimumSize().width() for side in self._sides)
        return QSize(widest, self._row.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < theme.px(_NARROW)
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if narrow else way.LeftToRight)


def _widgets(side: QVBoxLayout) -> list[QWidget]:
    items = [side.itemAt(place) for place in range(side.count())]
    found = [item.widget() if item else None for item in items]
    return [widget for widget in found if widget is not None]
