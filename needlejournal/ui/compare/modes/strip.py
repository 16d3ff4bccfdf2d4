"""Three to twelve dates of the same view in one row, all with the same zoom."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from needlejournal.ui import theme
from needlejournal.ui.compare.modes.base import Dial, Mode, draw_shot, one_by_one, row
from needlejournal.ui.compare.modes.framing import paint_badges, paint_below, paint_pane, paint_problem, round_corners
from needlejournal.ui.compare.view.scene import Scene
from needlejournal.ui.language import tr

FEWEST, MOST = 3, 12
GAP = 6.0
START = 5


class Strip(Mode):
    """One cell for each photo, its date below; `count` of the series are shown."""

    key = "strip"
    many = True

    def __init__(self) -> None:
        self.count = START

    def words(self) -> str:
        return tr("Strip")

    def hint(self) -> str:
        return tr("↑ ↓ more or fewer dates · wheel zooms all")

    def dial(self) -> Dial:
        value = (self.count - FEWEST) / (MOST - FEWEST)
        return Dial(tr("How many dates are shown"), value, tr("Up to %n date(s)", self.count))

    def turn(self, value: float) -> None:
        self.count = FEWEST + round(min(1.0, max(0.0, value)) * (MOST - FEWEST))

    def step(self, by: int) -> bool:
        self.count = min(MOST, max(FEWEST, self.count + by))
        return True

    def content(self, area: QRectF, scene: Scene) -> QRectF:
        return super().content(area, scene).adjusted(0, 0, 0, self._below() if scene.captions else 0)

    def frames(self, scene: Scene) -> list[Scene]:
        return one_by_one(scene)

    @staticmethod
    def _below() -> float:
        """The height of the words below the photos."""
        return 2 * QFontMetricsF(theme.font("small")).height() + 10

    def cells(self, area: QRectF, scene: Scene) -> list[QRectF]:
        return row(area.adjusted(0, 0, 0, -self._below()), max(1, len(scene.shots)), GAP)

    def paint(self, painter: QPainter, area: QRectF, scene: Scene) -> None:
        for shot, cell in zip(scene.shots, self.cells(area, scene), strict=True):
            frame = shot.frame(scene.viewport, cell)
            paint_pane(painter, cell, scene)
            draw_shot(painter, shot, cell, scene)
            round_corners(painter, frame if scene.paper else cell, scene)
            if shot.picture.problem and not shot.picture.levels:
                paint_problem(painter, shot.picture.problem, cell)
            if scene.captions:
                paint_badges(painter, shot, frame, scene)
                paint_below(painter, shot, QRectF(cell.left(), cell.bottom() + 6, cell.width(), 0), scene)
