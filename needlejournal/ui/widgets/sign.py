"""An icon that stands by itself beside words, in a role's colour. Decoration: a screen reader hears the words."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from needlejournal.ui import icons, theme


class Sign(QLabel):
    """Shows an icon so many pixels high, at text size 100 %, and follows theme and text size."""

    def __init__(self, name: str, size: int, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._size, self._role = name, size, role
        self._draw()
        theme.on_change(self._draw)

    def show_icon(self, name: str, role: str) -> None:
        """Show another icon, in another role's colour."""
        self._name, self._role = name, role
        self._draw()

    def _draw(self) -> None:
        self.setPixmap(icons.pixmap(self._name, theme.px(self._size), self._role, self.devicePixelRatioF()))
