"""Buttons: one filled a page for the next step, plain for the rest, quiet for the small, danger for the final."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from needlejournal.journal.frozen import frozen
from needlejournal.ui import icons, theme
from needlejournal.ui.theme import mix
from needlejournal.ui.tips import set_tip
from needlejournal.ui.widgets import painting
from needlejournal.ui.widgets.pressable import Pressable

Kind = Literal["filled", "plain", "quiet", "link", "crumb", "danger"]


@frozen
class _Coat:
    """The roles of one kind of button: words, ground at rest, hovered and pressed, outline."""

    ink: str
    rest: str | None
    hover: str
    pressed: str
    line: str | None


_COATS: dict[Kind, _Coat] = {
    "filled": _Coat("on_accent", "accent", "accent_hover", "accent_pressed", None),
    "plain": _Coat("ink", "button", "button_hover", "button_pressed", "field_line"),
    "quiet": _Coat("ink", None, "hover", "pressed", None),
    "link": _Coat("accent", None, "accent_ground", "accent_ground", None),
    "crumb": _Coat("ink_soft", None, "hover", "pressed", None),
    "danger": _Coat("on_danger", "danger", "danger_hover", "danger_hover", None),
}


def _ground(coat: _Coat, glow: float, *, down: bool) -> QColor:
    if down:
        return theme.colour(coat.pressed)
    hover = theme.colour(coat.hover)
    rest = theme.colour(coat.rest) if coat.rest else theme.colour(coat.hover, 0.0)
    return mix(rest, hover, glow)


class Button(Pressable):
    """A button with words and, if wanted, an icon before. "link" is an action inside a card, "crumb" the way back."""

    def __init__(self, text: str, kind: Kind = "plain", icon: str | None = None, parent: QWidget | None = None) -> None:
        self._icon = icon
        self._kind: Kind = kind
        self._menu: QMenu | None = None
        self._wordless = False
        super().__init__(text, parent)

    @property
    def kind(self) -> Kind:
        """Which sort of button it is."""
        return self._kind

    def set_kind(self, kind: Kind) -> None:
        """Show it as another sort of button."""
        self._kind = kind
        self.update()

    def set_text(self, text: str) -> None:
        """Say something else."""
        self.setText(text)
        self.updateGeometry()

    def spare_words(self, *, spared: bool) -> None:
        """Show only the icon, its words as a tooltip, where there is little room; what is read aloud stays."""
        if spared != self._wordless:
            self._wordless = spared
            self.updateGeometry()
        set_tip(self, self.text() if spared else "")

    def sizes(self) -> tuple[int, int]:
        """How wide it is with its words, and without them."""
        around = 2 * self._padding() + (theme.px(22) if self._menu else 0)
        return around + self.text_size().width() + (theme.px(26) if self._icon else 0), around + theme.px(18)

    def set_menu(self, menu: QMenu) -> None:
        """Open `menu` below when pressed, and show that there is one."""
        self._menu = menu
        self.clicked.connect(self._open_menu)
        self.updateGeometry()

    def _open_menu(self) -> None:
        if self._menu is not None:
            self._menu.setMinimumWidth(self.width())
            self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def _padding(self) -> int:
        return theme.px({"link": 8, "crumb": 3}.get(self._kind, 14))

    def sizeHint(self) -> QSize:
        width = self.sizes()[self._wordless]
        height = theme.px(28 if self._kind in {"link", "crumb"} else theme.CONTROL_HEIGHT)
        return QSize(width, max(height, self.text_size().height() + theme.px(10)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            coat = _COATS[self._kind]
            where, radius = QRectF(self.rect()), theme.RADIUS_CONTROL
            if not self.isEnabled():
                rest = theme.colour("pill") if coat.rest else theme.colour("pill", 0.0)
                painting.box(painter, where, radius, rest, theme.colour("field_line") if coat.line else None)
            else:
                line = theme.colour(coat.line) if coat.line else None
                painting.box(painter, where, radius, _ground(coat, self.glow.value, down=self.isDown()), line)
            self._paint_content(painter, theme.colour(coat.ink if self.isEnabled() else "ink_faint"))
            if self.ringed:
                self._paint_ring(painter, where)

    def _paint_ring(self, painter: QPainter, where: QRectF) -> None:
        if self._kind in {"filled", "danger"}:
            painting.focus_ring(painter, where, theme.RADIUS_CONTROL)
            painter.setPen(theme.colour("card"))
            painter.drawRoundedRect(where.adjusted(2.5, 2.5, -2.5, -2.5), 6, 6)
        else:
            painting.focus_ring(painter, where, theme.RADIUS_CONTROL)

    def _paint_content(self, painter: QPainter, ink: QColor) -> None:
        natural = self.sizeHint().width()
        left = self._padding() + max(0, (self.width() - natural) // 2)
        if self._icon:
            side = theme.px(18)
            icons.paint(painter, self._icon, QRectF(left, (self.height() - side) / 2, side, side), ink)
            left += theme.px(26)
        painter.setFont(self.font())
        painter.setPen(ink)
        room = QRectF(left, 0, self.width() - left, self.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextHideMnemonic
        painter.drawText(room, flags, "" if self._wordless else self.text())
        if self._menu:
            side = theme.px(14)
            arrow = QRectF(self.width() - self._padding() - side, (self.height() - side) / 2, side, side)
            icons.paint(painter, "chevron_down", arrow, ink)


class IconButton(Pressable):
    """A square button that shows an icon only; `label` is its tooltip and accessible name."""

    def __init__(self, icon: str, label: str, parent: QWidget | None = None, *, outlined: bool = False) -> None:
        super().__init__("", parent)
        self._icon = icon
        self._outlined = outlined
        self.set_label(label)

    def set_label(self, label: str) -> None:
        """Say something else of what it does."""
        set_tip(self, label)
        self.setAccessibleName(label)

    def sizeHint(self) -> QSize:
        side = theme.px(theme.CONTROL_HEIGHT if self._outlined else 32)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painting.smooth(painter)
            where = QRectF(self.rect())
            coat = _COATS["plain" if self._outlined else "quiet"]
            ink = theme.colour("ink" if self._outlined else "ink_soft")
            ground = _ground(coat, self.glow.value, down=self.isDown())
            line = theme.colour("field_line") if self._outlined else None
            if self.isChecked():
                ground, ink = theme.colour("accent_ground"), theme.colour("accent")
            if not self.isEnabled():
                ground, ink = theme.colour("card", 0.0), theme.colour("ink_faint")
            painting.box(painter, where, theme.RADIUS_CONTROL, ground, line)
            side = theme.px(18)
            middle = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            icons.paint(painter, self._icon, middle, ink)
            if self.ringed:
                painting.focus_ring(painter, where, theme.RADIUS_CONTROL)
