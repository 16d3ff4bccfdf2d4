"""A box drawn once shows the same skin enlarged in every photo, below the photos it was drawn on."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPainter

from needlejournal.ui.compare.modes.base import GAP, draw_shot, paint_shot, row
from needlejournal.ui.compare.modes.box_drawing import BoxDrawing
from needlejournal.ui.compare.modes.framing import above_captions, round_corners
from needlejournal.ui.compare.view.scene import Scene, Shot
from needlejournal.ui.compare.view.viewport import FIT, Viewport, showing
from needlejournal.ui.language import tr

ABOVE = 0.42  # share of the height for the photos


class Magnifier(BoxDrawing):
    """The box is what is enlarged; the photos above always stay whole."""

    key = "magnifier"

    def boxed_view(self, scene: Scene) -> Viewport:
        return FIT

    def words(self) -> str:
        return tr("Magnifier")

    def hint(self) -> str:
        return tr("Draw a box on a photo, or drag it · ↑ ↓ size · Alt and arrows move it")

    def cells(self, area: QRectF, scene: Scene) -> list[QRectF]:
        above = QRectF(area.left(), area.top(), area.width(), area.height() * ABOVE - GAP / 2)
        return [above_captions(cell, scene) for cell in row(above, max(1, len(scene.shots)))]

    def closeups(self, area: QRectF, scene: Scene) -> list[QRectF]:
        """Where the enlarged boxes go."""
        top = area.top() + area.height() * ABOVE + GAP / 2
        below = QRectF(area.left(), top, area.width(), area.bottom() - top)
        return row(below, max(1, len(scene.shots)))

    def closest(self, area: QRectF, scene: Scene) -> tuple[Viewport, QRectF]:
        cell = self.closeups(area, scene)[0]
        return self._view(scene.sheet, cell), cell

    def content(self, area: QRectF, scene: Scene) -> QRectF:
        return area

    def paint(self, painter: QPainter, area: QRectF, scene: Scene) -> None:
        whole = replace(scene, viewport=FIT)
        for shot, cell in zip(scene.shots, self.cells(area, scene), strict=True):
            paint_shot(painter, shot, cell, whole)
            self.paint_box(painter, shot, cell, scene)
        for shot, cell in zip(scene.shots, self.closeups(area, scene), strict=True):
            self._paint_closeup(painter, shot, cell, scene)

    def _paint_closeup(self, painter: QPainter, shot: Shot, cell: QRectF, scene: Scene) -> None:
        view = self._view(shot.placement.sheet, cell)
        draw_shot(painter, shot, cell, replace(scene, viewport=view), cell)
        round_corners(painter, cell, scene)

    def _view(self, sheet: QSizeF, cell: QRectF) -> Viewport:
        return showing(self.box.left(), self.box.top(), self.box.width(), self.box.height(), sheet, cell.size())
