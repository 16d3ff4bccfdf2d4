"""Both photos over each other: the upper one more or less transparent, as on tracing paper."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from needlejournal.ui.compare.modes.base import Dial, Mode, draw_shot, in_one_place, row
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

STEP = 0.1


class Overlay(Mode):
    """`opacity` is how much of the second photo is seen, 0 to 1."""

    key = "overlay"

    def __init__(self) -> None:
        self.opacity = 0.5

    def words(self) -> str:
        return tr("Overlay")

    def dial(self) -> Dial:
        words = tr("{percent} % of the second photo").format(percent=round(self.opacity * 100))
        return Dial(tr("How much of the second photo is seen"), self.opacity, words)

    def turn(self, value: float) -> None:
        self.opacity = min(1.0, max(0.0, value))

    def step(self, by: int) -> bool:
        self.turn(self.opacity + by * STEP)
        return True

    def content(self, area: QRectF, scene: Scene) -> QRectF:
        return with_captions(in_one_place(scene, self.cell_of(0, area, scene)), scene)

    def paint(self, painter: QPainter, area: QRectF, scene: Scene) -> None:
        scene = replace(scene, stacked=True)
        cell = self.cell_of(0, area, scene)
        frame = in_one_place(scene, cell)
        paint_pane(painter, cell, scene)
        for shot, opacity in zip(scene.shots, (1.0, self.opacity), strict=False):
            painter.setOpacity(opacity)
            draw_shot(painter, shot, cell, scene)
        painter.setOpacity(1.0)
        count = len(scene.shots)
        rooms = row(caption_room(cell, frame, scene), count)
        for shot, part, room in zip(scene.shots, row(frame, count), rooms, strict=True):
            say_on(painter, shot, part, cell, scene)
            paint_caption(painter, shot, room, scene)
        round_corners(painter, frame if scene.paper else cell, scene)
