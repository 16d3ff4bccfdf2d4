"""Two photos beside each other, or below each other where that shows them larger."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from needlejournal.ui.compare.modes.base import Mode, row_or_column
from needlejournal.ui.compare.modes.framing import above_captions
from needlejournal.ui.compare.view.scene import Scene
from needlejournal.ui.language import tr


class SideBySide(Mode):
    """Each photo in a cell of its own."""

    key = "side_by_side"

    def words(self) -> str:
        return tr("Side by side")

    def cells(self, area: QRectF, scene: Scene) -> list[QRectF]:
        return [above_captions(cell, scene) for cell in row_or_column(area, 2, scene.sheet)]
