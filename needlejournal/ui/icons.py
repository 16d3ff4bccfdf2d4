"""Drawn icons, tinted by a role of the theme and sharp on any screen; they follow a change of theme by themselves.

One file a name in resources/icons, 24 × 24, one stroke; nothing here knows where an icon is used.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from needlejournal import paths
from needlejournal.ui import theme


def names() -> tuple[str, ...]:
    """Every icon there is."""
    return tuple(sorted(_files()))


@cache
def icon(name: str, role: str = "ink") -> QIcon:
    """The icon `name` in the colour of `role`; KeyError when there is none of that name."""
    if name not in _files():  # read when it is first drawn: most entries of menus never are
        raise KeyError(name)
    engine = _TintedEngine(name, role)
    _kept.append(engine)
    return QIcon(engine)


def pixmap(name: str, size: float, role: str = "ink", ratio: float = 1.0) -> QPixmap:
    """The icon as a pixmap `size` device-independent pixels wide, for a screen of `ratio`."""
    return _tinted(name, round(size * ratio), theme.colour(role).name(QColor.NameFormat.HexArgb), ratio)


def paint(painter: QPainter, name: str, where: QRectF, tint: QColor) -> None:
    """Draw the icon into `where`, the largest square in its middle, in the colour `tint`."""
    side = min(where.width(), where.height())
    ratio = painter.device().devicePixelRatio()
    picture = _tinted(name, round(side * ratio), tint.name(QColor.NameFormat.HexArgb), ratio)
    left = where.center().x() - side / 2
    top = where.center().y() - side / 2
    painter.drawPixmap(QRectF(left, top, side, side), picture, QRectF(picture.rect()))


@cache
def _files() -> dict[str, Path]:
    return {file.stem: file for file in (paths.resources() / "icons").glob("*.svg")}


@cache
def _renderer(name: str) -> QSvgRenderer:
    return QSvgRenderer(str(_files()[name]))


@cache
def _tinted(name: str, pixels: int, tint: str, ratio: float) -> QPixmap:
    picture = QPixmap(max(1, pixels), max(1, pixels))
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _renderer(name).render(painter, QRectF(picture.rect()))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(picture.rect(), QColor(tint))
    picture.setDevicePixelRatio(ratio)
    return picture


class _TintedEngine(QIconEngine):
    """Draws at the moment of painting, so that a new theme needs no new icon."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def _tint(self, mode: QIcon.Mode) -> QColor:
        return theme.colour("ink_faint" if mode == QIcon.Mode.Disabled else self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        paint(painter, self._name, QRectF(rect), self._tint(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, _scale: float) -> QPixmap:
        side = min(size.width(), size.height())
        return QPixmap(_tinted(self._name, side, self._tint(mode).name(QColor.NameFormat.HexArgb), 1.0))

    def key(self) -> str:
        return "needlejournal"

    def clone(self) -> QIconEngine:
        twin = _TintedEngine(self._name, self._role)
        _kept.append(twin)
        return twin


# Qt deletes an engine with its last icon and Python must not do so before: the few there are stay.
_kept: list[QIconEngine] = []
