"""One photo after the other in the same place: what changed jumps to the eye."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from needlejournal.ui import theme
from needlejournal.ui.compare.modes.base import Dial, Mode, in_one_place, one_by_one, paint_shot
from needlejournal.ui.compare.modes.framing import with_captions
from needlejournal.ui.compare.modes.side_by_side import SideBySide
from needlejournal.ui.compare.view.scene import Scene
from needlejournal.ui.language import tr

SLOWEST_MS, QUICKEST_MS = 3000, 400  # never quicker: flicker above 3 a second can harm
STEP = 0.1


class Blink(Mode):
    """`pace` 0 stands still, where only Space flips; up to 1, where the photos change every 0.4 seconds."""

    key = "blink"

    def __init__(self) -> None:
        self._pace: float | None = None
        self.front = 0

    @property
    def pace(self) -> float:
        """As it was turned, from the middle on; whoever asked for less motion starts it."""
        if self._pace is None:
            self._pace = 0.75 if theme.motion_ms() else 0.0
        return self._pace

    def words(self) -> str:
        return tr("Blink")

    def hint(self) -> str:
        return tr("↑ ↓ quicker, slower")

    def dial(self) -> Dial:
        seconds = f"{self.interval_ms() / 1000:.1f}"
        words = tr("Every {seconds} s").format(seconds=seconds) if self.pace else tr("Only while Space is held")
        return Dial(tr("How quickly the photos change"), self.pace, words)

    def turn(self, value: float) -> None:
        self._pace = 0.0 if value < 0.05 else min(1.0, value)
        if not self.pace:
            self.front = 0

    def step(self, by: int) -> bool:
        self.turn(self.pace + by * STEP)
        return True

    def interval_ms(self) -> int:
        return round(SLOWEST_MS + (QUICKEST_MS - SLOWEST_MS) * self.pace) if self.pace else 0

    def tick(self) -> None:
        self.front = 1 - self.front

    def still(self) -> Mode:
        return SideBySide()

    def frames(self, scene: Scene) -> list[Scene]:
        return one_by_one(scene)

    def content(self, area: QRectF, scene: Scene) -> QRectF:
        return with_captions(in_one_place(scene, self.cell_of(0, area, scene)), scene)

    def paint(self, painter: QPainter, area: QRectF, scene: Scene) -> None:
        paint_shot(painter, scene.shots[min(self.front, len(scene.shots) - 1)], self.cell_of(0, area, scene), scene)
