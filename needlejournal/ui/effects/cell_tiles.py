"""The cells of the day grid as ready pictures: there are few kinds of them and hundreds of cells to draw."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from needlejournal.journal.sessions import Severity
from needlejournal.ui import theme
from needlejournal.ui.widgets import painting


class CellLook(NamedTuple):
    """What a cell shows: a severity (None: unknown), that of an earlier session, and whether the day is to come."""

    severity: Severity | None
    earlier: Severity | None
    future: bool


class CellTiles:
    """Draws each kind of cell once for a size. Made anew when the theme changes."""

    def __init__(self) -> None:
        self._size = QSizeF()
        self._ratio = 1.0
        self._made: dict[CellLook, QPixmap] = {}

    def fit(self, size: QSizeF, ratio: float) -> None:
        """Draw for cells of this size on a screen of this ratio."""
        if (size, ratio) != (self._size, self._ratio):
            self._size, self._ratio = size, ratio
            self._made.clear()

    def tile(self, look: CellLook) -> QPixmap:
        """The picture of a kind of cell."""
        if look not in self._made:
            self._made[look] = self._draw(look)
        return self._made[look]

    def _draw(self, look: CellLook) -> QPixmap:
        made = QPixmap((self._size * self._ratio).toSize())
        made.setDevicePixelRatio(self._ratio)
        made.fill(Qt.GlobalColor.transparent)
        with QPainter(made) as painter:
            painting.smooth(painter)
            where = QRectF(0, 0, made.width() / self._ratio, made.height() / self._ratio)
            _paint_day(painter, where, look)
            if look.earlier is not None:
                _paint_earlier(painter, where, look.earlier)
        return made


def _paint_day(painter: QPainter, where: QRectF, look: CellLook) -> None:
    """Known days are filled; unknown ones dotted; days to come have the thinnest line."""
    if look.severity is not None:
        line = theme.colour("field_line") if look.severity is Severity.NONE else None
        painting.box(painter, where, theme.RADIUS_SMALL, theme.colour(f"severity_{look.severity.value}"), line)
    elif look.future:
        painting.box(painter, where, theme.RADIUS_SMALL, QColor(0, 0, 0, 0), theme.colour("line"))
    else:
        painting.dotted_box(painter, where, theme.RADIUS_SMALL, theme.colour("ink_faint"))


def _paint_earlier(painter: QPainter, where: QRectF, severity: Severity) -> None:
    """The earlier session as a bar at the foot of the cell, outlined so that it shows on any fill."""
    bar = QRectF(where.left() + 1, where.bottom() - where.height() * 0.34, where.width() - 2, where.height() * 0.24)
    painting.box(painter, bar, 1, theme.colour(f"severity_{severity.value}"), theme.colour("ink_soft"))
