"""Two photos beside each other, or below each other where that shows them larger."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF

from needlejournal.ui.compare.modes.base import Mode, row_or_column
from needlejournal.ui.compare.modes.framing import above_captions
from needlejournal.ui.compare.view.scene import Scene
from needlejournal.ui.language import tr

LEAST_HEIGHT = 0.6  # of a photo must stay in sight where it fills its pane


class SideBySide(Mode):
    """Each photo in a cell of its own."""

    key = "side_by_side"

    def words(self) -> str:
        return tr("Side by side")

    def cells(self, area: QRectF, scene: Scene) -> list[QRectF]:
        cells = [above_captions(cell, scene) for cell in row_or_column(area, 2, scene.sheet)]
        return [_narrowed(cell, scene.sheet) for cell in cells]


def _narrowed(cell: QRectF, sheet: QSizeF) -> QRectF:
    """A pane so wide that filling it leaves too little of the height is made narrower, about its middle."""
    widest = cell.height() * sheet.width() / max(1.0, sheet.height()) / LEAST_HEIGHT
    spare = max(0.0, cell.width() - widest) / 2
    return cell.adjusted(spare, 0, -spare, 0)
