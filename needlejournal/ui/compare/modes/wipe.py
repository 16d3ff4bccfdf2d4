"""Both photos in one place: left of the divider the one, right of it the other."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from needlejournal.ui import icons, theme
from needlejournal.ui.compare.modes.base import Mode, draw_shot, in_one_place, row
from needlejournal.ui.compare.modes.framing import (
    caption_room,
    paint_caption,
    paint_pane,
    round_corners,
    say_on,
    with_captions,
)
from needlejournal.ui.compare.view.scene import Scene
from needlejournal.ui.language import tr
from needlejournal.ui.widgets import painting

REACH = 14
STEP = 0.05


class Wipe(Mode):
    """`split` is where the divider stands, in fractions of the frame."""

    key = "wipe"

    def __init__(self) -> None:
        self.split = 0.5

    def words(self) -> str:
        return tr("Wipe")

    def hint(self) -> str:
        return tr("Drag the divider, or ↑ ↓")

    def words_now(self) -> str:
        return tr("{percent} % of the left photo").format(percent=round(self.split * 100))

    def divider(self, area: QRectF, scene: Scene) -> float:
        """Where the divider stands, in the coordinates of `area`."""
        frame = in_one_place(scene, self.cell_of(0, area, scene))
        return frame.left() + self.split * frame.width()

    def shot_at(self, point: QPointF, area: QRectF, scene: Scene) -> int:
        return 0 if point.x() < self.divider(area, scene) else 1

    def paint(self, painter: QPainter, area: QRectF, scene: Scene) -> None:
        if len(scene.shots) < 2:
            super().paint(painter, area, scene)
            return
        cell, at = self.cell_of(0, area, scene), self.divider(area, scene)
        frame = in_one_place(scene, cell)
        paint_pane(painter, cell, scene)
        left = QRectF(frame.left(), frame.top(), at - frame.left(), frame.height())
        right = QRectF(at, frame.top(), frame.right() - at, frame.height())
        for shot, part in zip(scene.shots, (left, right), strict=False):
            seen = shot.frame(scene.viewport, cell).intersected(part)
            draw_shot(painter, shot, cell, scene, seen)
        room = caption_room(cell, frame, scene)
        for shot, part, half in zip(scene.shots, (left, right), row(room, 2), strict=False):
            say_on(painter, shot, part, part, scene)
            paint_caption(painter, shot, half, scene)
        round_corners(painter, frame if scene.paper else cell, scene)
        _paint_divider(painter, at, frame, knob=not scene.paper)

    def content(self, area: QRectF, scene: Scene) -> QRectF:
        return with_captions(in_one_place(scene, self.cell_of(0, area, scene)), scene)

    def press(self, point: QPointF, area: QRectF, scene: Scene) -> bool:
        return len(scene.shots) > 1 and abs(point.x() - self.divider(area, scene)) <= REACH

    def drag(self, point: QPointF, area: QRectF, scene: Scene) -> None:
        frame = in_one_place(scene, self.cell_of(0, area, scene))
        self.split = min(1.0, max(0.0, (point.x() - frame.left()) / max(1.0, frame.width())))

    def cursor(self, point: QPointF, area: QRectF, scene: Scene) -> Qt.CursorShape | None:
        return Qt.CursorShape.SplitHCursor if self.press(point, area, scene) else None

    def step(self, by: int) -> bool:
        self.split = min(1.0, max(0.0, self.split + by * STEP))
        return True


def _paint_divider(painter: QPainter, at: float, frame: QRectF, *, knob: bool) -> None:
    line = QPen(theme.colour("card"), 2)
    painter.setPen(line)
    painter.drawLine(QPointF(at, frame.top()), QPointF(at, frame.bottom()))
    if not knob:
        return
    side = float(theme.px(30))
    grip = QRectF(at - side / 2, frame.center().y() - side / 2, side, side)
    painting.soft_shadow(painter, grip, side / 2, 0.25, 3)
    painting.box(painter, grip, side / 2, theme.colour("card"), theme.colour("field_line"))
    arrow = side * 0.5
    for name, left in (("chevron_left", grip.left() + 1), ("chevron_right", grip.right() - 1 - arrow)):
        where = QRectF(left, grip.center().y() - arrow / 2, arrow, arrow)
        icons.paint(painter, name, where, theme.colour("ink"))
