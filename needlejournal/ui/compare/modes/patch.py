"""Side by side, with a box on each photo around skin that was not treated: what colours are matched on."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTransform

from needlejournal.imaging.composing.region import Region
from needlejournal.ui.compare.modes.side_by_side import SideBySide
from needlejournal.ui.compare.view.scene import Scene, Shot
from needlejournal.ui.language import tr

SIZE = 0.07  # of the shorter side of the first photo, for a box set by a click or the keyboard
LEAST = 8  # pixels on the stage below which a drag is a click


class Patch(SideBySide):
    """`boxes` are drawn on the photos' own pixels, by place; one drawn on an aligned pair lies on both."""

    key = "patch"

    def __init__(self) -> None:
        self.boxes: dict[int, QRectF] = {}
        self._from = QPointF()
        self._side = 0

    def words(self) -> str:
        return tr("Match colours")

    def hint(self) -> str:
        return tr("Draw a box around untreated skin")

    def regions(self, scene: Scene) -> tuple[Region, Region] | None:
        """Both boxes in fractions of their photos; None while one is missing."""
        if len(scene.shots) < 2 or len(self.boxes) < 2:
            return None
        first, second = (_region(self.boxes[place], scene.shots[place]) for place in (0, 1))
        return first, second

    def press(self, point: QPointF, area: QRectF, scene: Scene) -> bool:
        self._side = self.shot_at(point, area, scene)
        self._from = point
        return True

    def drag(self, point: QPointF, area: QRectF, scene: Scene) -> None:
        if (point - self._from).manhattanLength() >= LEAST:
            back, _ = self._to_cell(self._side, area, scene).inverted()
            self._set(self._side, back.mapRect(QRectF(self._from, point).normalized()), scene)

    def release(self, area: QRectF, scene: Scene) -> None:
        return

    def set_in_middle(self, area: QRectF, scene: Scene) -> None:
        """Set the box in the middle of what is seen of the first photo that has none: for the keyboard."""
        side = 0 if 0 not in self.boxes else 1
        back, _ = self._to_cell(side, area, scene).inverted()
        middle = back.map(self.cell_of(side, area, scene).center())
        size = scene.shots[side].picture.size
        reach = min(size.width(), size.height()) * SIZE / 2
        self._set(side, QRectF(middle.x() - reach, middle.y() - reach, 2 * reach, 2 * reach), scene)

    def cursor(self, point: QPointF, area: QRectF, scene: Scene) -> Qt.CursorShape | None:
        return Qt.CursorShape.CrossCursor

    def paint(self, painter: QPainter, area: QRectF, scene: Scene) -> None:
        super().paint(painter, area, scene.unmarked())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place, box in self.boxes.items():
            if place < len(scene.shots):
                seen = self._to_cell(place, area, scene).mapToPolygon(box.toRect())
                for pen in (QPen(Qt.GlobalColor.black, 4), QPen(Qt.GlobalColor.white, 2)):
                    painter.setPen(pen)
                    painter.drawPolygon(seen)

    def _to_cell(self, place: int, area: QRectF, scene: Scene) -> QTransform:
        return scene.shots[place].picture_to_cell(scene.viewport, self.cell_of(place, area, scene))

    def _set(self, side: int, box: QRectF, scene: Scene) -> None:
        self.boxes[side] = box
        shots = scene.shots
        if len(shots) == 2 and shots[1].aligned:  # aligned: the same skin is known on the other photo
            back, _ = shots[1 - side].placement.onto.inverted()
            self.boxes[1 - side] = (shots[side].placement.onto * back).mapRect(box)


def _region(box: QRectF, shot: Shot) -> Region:
    size = shot.picture.size
    return Region(
        box.left() / size.width(), box.top() / size.height(), box.width() / size.width(), box.height() / size.height()
    )
