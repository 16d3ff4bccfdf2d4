"""A box of skin that is drawn on the photos: by dragging, moved by its inside, made larger and smaller by keys.

Shared by the modes that need one; knows nothing of what the box is for.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from needlejournal.ui import theme
from needlejournal.ui.compare.modes.base import GAP, Mode
from needlejournal.ui.compare.view.scene import Scene, Shot
from needlejournal.ui.compare.view.viewport import Viewport
from needlejournal.ui.language import tr

SMALLEST = 0.02


class BoxDrawing(Mode):
    """`box` is in fractions of the sheet; `boxed_view` is how the photos are seen while it is drawn."""

    def __init__(self) -> None:
        self.box = QRectF(0.52, 0.42, 0.18, 0.12)
        self._before = self.box
        self._anchor: QPointF | None = None
        self._grip = QPointF()

    def boxed_view(self, scene: Scene) -> Viewport:
        """How the photos are seen that the box is drawn on."""
        return scene.viewport

    def press(self, point: QPointF, area: QRectF, scene: Scene) -> bool:
        place = self._place(point, area, scene)
        if place is None:
            return False
        self._before = QRectF(self.box)
        inside = self.box.contains(place)
        self._anchor = None if inside else place
        self._grip = place - self.box.topLeft()
        if not inside:
            self.box = QRectF(place.x(), place.y(), SMALLEST, SMALLEST)
        return True

    def drag(self, point: QPointF, area: QRectF, scene: Scene) -> None:
        place = self._place(point, area, scene, clamp=True)
        if place is None:
            return
        if self._anchor is None:
            corner = place - self._grip
            left = min(max(0.0, corner.x()), 1 - self.box.width())
            self.box.moveTo(left, min(max(0.0, corner.y()), 1 - self.box.height()))
        else:
            drawn = QRectF(self._anchor, place).normalized()
            self.box = QRectF(drawn.left(), drawn.top(), max(SMALLEST, drawn.width()), max(SMALLEST, drawn.height()))

    def back(self) -> None:
        """Put the box where it was before it was last drawn or dragged."""
        self.box = QRectF(self._before)

    def cursor(self, point: QPointF, area: QRectF, scene: Scene) -> Qt.CursorShape | None:
        place = self._place(point, area, scene)
        if place is None:
            return Qt.CursorShape.ArrowCursor
        return Qt.CursorShape.SizeAllCursor if self.box.contains(place) else Qt.CursorShape.CrossCursor

    def step(self, by: int) -> bool:
        factor = 1.1**-by
        middle = self.box.center()
        width, height = min(1.0, self.box.width() * factor), min(1.0, self.box.height() * factor)
        self.box = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
        return True

    def words_now(self) -> str:
        sides = round(self.box.width() * 100), round(self.box.height() * 100)
        return tr("The box is {width} % of the photo wide and {height} % high").format(width=sides[0], height=sides[1])

    def nudge(self, by: QPointF) -> bool:
        left = min(max(0.0, self.box.left() + by.x()), 1 - self.box.width())
        self.box.moveTo(left, min(max(0.0, self.box.top() + by.y()), 1 - self.box.height()))
        return True

    def paint_box(self, painter: QPainter, shot: Shot, cell: QRectF, scene: Scene) -> None:
        """Draw the box where it lies on a shot."""
        sheet = shot.placement.sheet
        box = QRectF(
            self.box.left() * sheet.width(),
            self.box.top() * sheet.height(),
            self.box.width() * sheet.width(),
            self.box.height() * sheet.height(),
        )
        seen = shot.sheet_to_cell(self.boxed_view(scene), cell).mapRect(box)
        painter.save()
        painter.setClipRect(cell, Qt.ClipOperation.IntersectClip)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(theme.shadow(0.55), 4), QPen(Qt.GlobalColor.white, 2)):
            painter.setPen(pen)
            painter.drawRoundedRect(seen, 3, 3)
        painter.restore()

    def _place(self, point: QPointF, area: QRectF, scene: Scene, *, clamp: bool = False) -> QPointF | None:
        """The place under `point` in fractions of the sheet; None beside the photos, unless `clamp`."""
        for shot, cell in zip(scene.shots, self.cells(area, scene), strict=False):
            if cell.contains(point) or (clamp and cell.left() <= point.x() <= cell.right() + GAP):
                back, _ = shot.sheet_to_cell(self.boxed_view(scene), cell).inverted()
                found, sheet = back.map(point), shot.placement.sheet
                place = QPointF(found.x() / sheet.width(), found.y() / sheet.height())
                inside = 0 <= place.x() <= 1 and 0 <= place.y() <= 1
                if clamp:
                    return QPointF(min(max(place.x(), 0.0), 1.0), min(max(place.y(), 0.0), 1.0))
                return place if inside else None
        return None
