"""One spot of skin through all photos of a view: the same box of each, at the same scale, its date below."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from needlejournal.ui import theme
from needlejournal.ui.compare.modes.base import Mode, draw_shot, one_by_one
from needlejournal.ui.compare.modes.framing import paint_below, round_corners
from needlejournal.ui.compare.view.captions import Caption
from needlejournal.ui.compare.view.scene import Scene, Shot
from needlejournal.ui.compare.view.viewport import Viewport, scale, showing
from needlejournal.ui.language import tr

GAP = 8.0
WIDEST, NARROWEST = 4.0, 0.7


class SpotStrip(Mode):
    """`box` is the spot in fractions of the sheet; `centres` are corrections by photo id, in fractions of the photo.

    `photo_id` is the photo that the box was drawn on. `around` is how much more than the box is shown. `moved` is the
    photo whose place was corrected last.
    """

    key = "spot"
    many = True
    count = 12

    def __init__(self) -> None:
        self.box = QRectF(0.4, 0.4, 0.2, 0.2)
        self.photo_id = 0
        self.centres: dict[int, tuple[float, float]] = {}
        self.around = 1.6
        self.moved: int | None = None
        self._held: int | None = None
        self._last = QPointF()

    def words(self) -> str:
        return tr("Follow one spot")

    def hint(self) -> str:
        return tr("Drag a photo to correct its place · ↑ ↓ closer, wider")

    def caption(self, shot: Shot) -> Caption:
        """With what nobody can see from the skin shown: that it may be another place."""
        if not self.is_known(shot):
            return replace(shot.caption, head="", place="", badge=tr("Place not known"))
        return shot.caption if self._is_inside(shot) else replace(shot.caption, head="", badge=tr("Outside this photo"))

    def is_known(self, shot: Shot) -> bool:
        """Whether the place of the spot on a photo was boxed, put by hand or found: else any skin stands there."""
        return shot.aligned or shot.photo_id == self.photo_id or shot.photo_id in self.centres

    def _is_inside(self, shot: Shot) -> bool:
        middle, sheet, (back, _) = self._centre(shot), shot.placement.sheet, shot.placement.onto.inverted()
        place, size = back.map(QPointF(middle.x() * sheet.width(), middle.y() * sheet.height())), shot.picture.size
        return 0 <= place.x() <= size.width() and 0 <= place.y() <= size.height()

    def cells(self, area: QRectF, scene: Scene) -> list[QRectF]:
        """A grid with as many columns as give the largest cells."""
        count = max(1, len(scene.shots))
        columns = max(range(1, count + 1), key=lambda columns: self._cell_side(area, count, columns))
        side = self._cell_side(area, count, columns)
        across, down = side + GAP, side + self._words_height() + GAP
        left = area.left() + (area.width() - columns * across + GAP) / 2
        top = area.top() + (area.height() - ceil(count / columns) * down + GAP) / 2
        return [QRectF(left + at % columns * across, top + at // columns * down, side, side) for at in range(count)]

    def closest(self, area: QRectF, scene: Scene) -> tuple[Viewport, QRectF]:
        cell = self.cells(area, scene)[0]
        return self._view(scene.shots[0], cell), cell

    def content(self, area: QRectF, scene: Scene) -> QRectF:
        found = QRectF()
        for cell in self.cells(area, scene):
            found = found.united(cell)
        return found.adjusted(0, 0, 0, self._words_height() if scene.captions else 0)

    def frames(self, scene: Scene) -> list[Scene]:
        return one_by_one(scene)

    def paint(self, painter: QPainter, area: QRectF, scene: Scene) -> None:
        for shot, cell in zip(scene.shots, self.cells(area, scene), strict=True):
            draw_shot(painter, shot, cell, replace(scene, viewport=self._view(shot, cell)), cell)
            round_corners(painter, cell, scene)
            if scene.captions:
                told = replace(shot, caption=self.caption(shot))
                paint_below(painter, told, QRectF(cell.left(), cell.bottom() + 4, cell.width(), 0), scene)

    def press(self, point: QPointF, area: QRectF, scene: Scene) -> bool:
        cells = self.cells(area, scene)
        self._held = next((index for index, cell in enumerate(cells) if cell.contains(point)), None)
        self._last = point
        return True

    def drag(self, point: QPointF, area: QRectF, scene: Scene) -> None:
        if self._held is not None:
            self.shift(scene.shots[self._held], self.cells(area, scene)[self._held], point - self._last)
        self._last = point

    def shift(self, shot: Shot, cell: QRectF, by: QPointF) -> None:
        """Move the picture in its cell by so many pixels."""
        sheet, factor = shot.placement.sheet, scale(self._view(shot, cell), shot.placement.sheet, cell.size())
        centre = self._centre(shot)
        on_sheet = QPointF(centre.x() * sheet.width(), centre.y() * sheet.height()) - by / factor
        back, _ = shot.placement.onto.inverted()
        place, size = back.map(on_sheet), shot.picture.size
        self.centres[shot.photo_id] = (
            min(max(place.x() / size.width(), 0.0), 1.0),
            min(max(place.y() / size.height(), 0.0), 1.0),
        )
        self.moved = shot.photo_id

    def step(self, by: int) -> bool:
        self.around = min(WIDEST, max(NARROWEST, self.around * 1.15**-by))
        return True

    def cursor(self, point: QPointF, area: QRectF, scene: Scene) -> Qt.CursorShape | None:
        return Qt.CursorShape.OpenHandCursor

    def _view(self, shot: Shot, cell: QRectF) -> Viewport:
        centre, sheet = self._centre(shot), shot.placement.sheet
        width, height = self.box.width() * self.around, self.box.height() * self.around
        return showing(centre.x() - width / 2, centre.y() - height / 2, width, height, sheet, cell.size())

    def _centre(self, shot: Shot) -> QPointF:
        """The middle of the spot in fractions of the sheet."""
        put = self.centres.get(shot.photo_id)
        if put is None:
            return self.box.center()
        size, sheet = shot.picture.size, shot.placement.sheet
        found = shot.placement.onto.map(QPointF(put[0] * size.width(), put[1] * size.height()))
        return QPointF(found.x() / sheet.width(), found.y() / sheet.height())

    @staticmethod
    def _words_height() -> float:
        return 2 * QFontMetricsF(theme.font("small")).height() + 10

    @staticmethod
    def _pitch(area: QRectF, columns: int) -> float:
        return (area.width() + GAP) / columns

    def _row_height(self, area: QRectF, count: int, columns: int) -> float:
        return (area.height() + GAP) / ceil(count / columns)

    def _cell_side(self, area: QRectF, count: int, columns: int) -> float:
        below = self._words_height()
        return max(8.0, min(self._pitch(area, columns) - GAP, self._row_height(area, count, columns) - GAP - below))
