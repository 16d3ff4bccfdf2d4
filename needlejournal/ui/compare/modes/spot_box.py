"""Both photos large, with a box to draw around a spot of skin on either of them."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from needlejournal.ui.compare.modes.box_drawing import BoxDrawing
from needlejournal.ui.compare.modes.side_by_side import SideBySide
from needlejournal.ui.compare.view.scene import Scene
from needlejournal.ui.language import tr


class SpotBox(BoxDrawing, SideBySide):
    """Side by side at any zoom; the box is shown on the first photo, and on the second where that is aligned."""

    key = "spot_box"

    def words(self) -> str:
        return tr("Box a spot")

    def hint(self) -> str:
        return tr("Draw a box closely around a spot · ↑ ↓ size · Alt and arrows move it · wheel zooms")

    def paint(self, painter: QPainter, area: QRectF, scene: Scene) -> None:
        super().paint(painter, area, scene.unmarked())
        for place, (shot, cell) in enumerate(zip(scene.shots, self.cells(area, scene), strict=False)):
            if place == 0 or shot.aligned:
                self.paint_box(painter, shot, cell, scene)
