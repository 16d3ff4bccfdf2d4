"""A box drawn once shows the same skin enlarged in every photo, below the photos it was drawn on."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen

from needlejournal.ui import theme
from needlejournal.ui.compare.modes.base import GAP, Mode, draw_shot, paint_shot, row
from needlejournal.ui.compare.modes.framing import above_captions, round_corners
from needlejournal.ui.compare.view.scene import Scene, Shot
from needlejournal.ui.compare.view.viewport import FIT, Viewport, showing
from needlejournal.ui.language import tr

ABOVE = 0.42  # share of the height for the photos
SMALLEST = 0.02


class Magnifier(Mode):
    """`box` is what is enlarged, in fractions of the sheet; the photos above always stay whole."""

    key = "magnifier"

    def __init__(self) -> None:
        self.box = QRectF(0.52, 0.42, 0.18, 0.12)
        self._anchor: QPointF | None = None
        self._grip = QPointF()

    def words(self) -> str:
        return tr("Magnifier")

    def hint(self) -> str:
        return tr("Draw a box on a photo, or drag it")

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
            self._paint_box(painter, shot, cell)
        for shot, cell in zip(scene.shots, self.closeups(area, scene), strict=True):
            self._paint_closeup(painter, shot, cell, scene)

    def press(self, point: QPointF, area: QRectF, scene: Scene) -> bool:
        place = self._place(point, area, scene)
        if place is None:
            return False
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

    def _place(self, point: QPointF, area: QRectF, scene: Scene, *, clamp: bool = False) -> QPointF | None:
        """The place under `point` in fractions of the sheet; None beside the photos, unless `clamp`."""
        for shot, cell in zip(scene.shots, self.cells(area, scene), strict=True):
            if cell.contains(point) or (clamp and cell.left() <= point.x() <= cell.right() + GAP):
                back, _ = shot.sheet_to_cell(FIT, cell).inverted()
                found, sheet = back.map(point), shot.placement.sheet
                place = QPointF(found.x() / sheet.width(), found.y() / sheet.height())
                inside = 0 <= place.x() <= 1 and 0 <= place.y() <= 1
                if clamp:
                    return QPointF(min(max(place.x(), 0.0), 1.0), min(max(place.y(), 0.0), 1.0))
                return place if inside else None
        return None

    def _paint_box(self, painter: QPainter, shot: Shot, cell: QRectF) -> None:
        sheet = shot.placement.sheet
        box = QRectF(
            self.box.left() * sheet.width(),
            self.box.top() * sheet.height(),
            self.box.width() * sheet.width(),
            self.box.height() * sheet.height(),
        )
        seen = shot.sheet_to_cell(FIT, cell).mapRect(box)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.shadow(0.55), 4))
        painter.drawRoundedRect(seen, 3, 3)
        painter.setPen(QPen(Qt.GlobalColor.white, 2))
        painter.drawRoundedRect(seen, 3, 3)

    def _paint_closeup(self, painter: QPainter, shot: Shot, cell: QRectF, scene: Scene) -> None:
        view = self._view(shot.placement.sheet, cell)
        draw_shot(painter, shot, cell, replace(scene, viewport=view), cell)
        round_corners(painter, cell, scene)

    def _view(self, sheet: QSizeF, cell: QRectF) -> Viewport:
        return showing(self.box.left(), self.box.top(), self.box.width(), self.box.height(), sheet, cell.size())
