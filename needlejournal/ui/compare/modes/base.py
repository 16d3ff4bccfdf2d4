"""What a mode of the comparison is: it arranges the shots in the area of the stage and paints them. Not a widget."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter

from needlejournal.journal.frozen import frozen
from needlejournal.ui.compare.modes.framing import (
    above_captions,
    caption_room,
    paint_caption,
    paint_pane,
    round_corners,
    say_on,
    with_captions,
)
from needlejournal.ui.compare.view.captions import Caption
from needlejournal.ui.compare.view.layers import draw
from needlejournal.ui.compare.view.scene import Scene, Shot
from needlejournal.ui.compare.view.viewport import Viewport, fit_scale
from needlejournal.ui.language import tr

GAP = 10.0
COVER = QColor(120, 120, 120)


@frozen
class Dial:
    """Something of a mode that can be turned, 0 to 1: its name, its value, and the value in words."""

    name: str
    value: float
    words: str


class Mode:
    """One way to look at photos. Subclasses say where the cells are and what is painted into them.

    `key` names it; `many` wants up to `count` photos of the series instead of a pair; `as_taken` never aligns. Points
    are in the coordinates of `area`.
    """

    key: ClassVar[str]
    many: ClassVar[bool] = False
    as_taken: ClassVar[bool] = False
    count: int = 2

    def words(self) -> str:
        """Its name as the person reads it."""
        raise NotImplementedError

    def hint(self) -> str:
        """What can be done in this mode beside zooming and paging; "" when nothing."""
        return ""

    def caption(self, shot: Shot) -> Caption:
        """What is said about a shot in this mode."""
        return shot.caption

    def cells(self, area: QRectF, scene: Scene) -> list[QRectF]:
        """Where the shots go; one cell may hold several shots. Captions stand below it."""
        return [above_captions(one_pane(area, scene.sheet), scene)]

    def shot_at(self, point: QPointF, area: QRectF, scene: Scene) -> int:
        """Which shot lies under `point`."""
        cells = self.cells(area, scene)
        found = next((index for index, cell in enumerate(cells) if cell.contains(point)), 0)
        return min(found, len(scene.shots) - 1)

    def cell_of(self, shot: int, area: QRectF, scene: Scene) -> QRectF:
        """The cell in which a shot is drawn."""
        cells = self.cells(area, scene)
        return cells[min(shot, len(cells) - 1)]

    def paint(self, painter: QPainter, area: QRectF, scene: Scene) -> None:
        """Draw everything."""
        for shot, cell in zip(scene.shots, self.cells(area, scene), strict=False):
            paint_shot(painter, shot, cell, scene)

    def content(self, area: QRectF, scene: Scene) -> QRectF:
        """The part of `area` that is worth keeping in a file: without the empty room around the photos."""
        found = QRectF()
        for shot, cell in zip(scene.shots, self.cells(area, scene), strict=False):
            found = found.united(shot.frame(scene.viewport, cell))
        return with_captions(found, scene)

    def closest(self, area: QRectF, scene: Scene) -> tuple[Viewport, QRectF]:
        """The closest look that is taken at the photos, and the cell it is taken in: what has to be sharp."""
        return scene.viewport, self.cell_of(0, area, scene)

    def still(self) -> Mode:
        """The mode that holds in one picture what this one shows one after the other."""
        return self

    def frames(self, scene: Scene) -> list[Scene]:
        """What is shown one after the other, for an animation; one scene where nothing moves."""
        return [scene]

    def press(self, point: QPointF, area: QRectF, scene: Scene) -> bool:
        """The mouse went down: whether the mode takes the drag that follows, instead of panning."""
        return False

    def drag(self, point: QPointF, area: QRectF, scene: Scene) -> None:
        """The mouse moved in a drag that was taken."""

    def release(self, area: QRectF, scene: Scene) -> None:
        """The drag that was taken ended."""

    def click(self, point: QPointF, area: QRectF, scene: Scene) -> None:
        """The mouse was pressed and released in one place."""

    def cursor(self, point: QPointF, area: QRectF, scene: Scene) -> Qt.CursorShape | None:
        """The cursor over `point`, where the mode has one of its own."""
        return None

    def dial(self) -> Dial | None:
        """What of the mode can be turned."""
        return None

    def turn(self, value: float) -> None:
        """Turn the dial, 0 to 1."""

    def interval_ms(self) -> int:
        """How often `tick` is wanted; 0 for never."""
        return 0

    def tick(self) -> None:
        """Time has passed."""

    def words_now(self) -> str:
        """What is turned up or down, and how far, in words."""
        dial = self.dial()
        return tr("{what}: {value}").format(what=dial.name, value=dial.words) if dial else ""

    def nudge(self, by: QPointF) -> bool:
        """Alt and an arrow key were pressed, `by` in fractions of a photo: whether the mode has something to move."""
        return False

    def step(self, by: int) -> bool:
        """Up (1) or down (-1) was pressed: whether the mode has something to turn up or down."""
        return False


def draw_shot(painter: QPainter, shot: Shot, cell: QRectF, scene: Scene, clip: QRectF | None = None) -> None:
    """The picture of a shot, within `clip` (its frame if None), with what has to be hidden covered."""
    to_cell = shot.picture_to_cell(scene.viewport, cell)
    clip = shot.frame(scene.viewport, cell) if clip is None else clip
    draw(painter, shot.picture, to_cell, clip, coarser=scene.moving and scene.stacked, tables=shot.tables)
    for cover in shot.covers:
        painter.save()
        painter.setClipRect(clip, Qt.ClipOperation.IntersectClip)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(COVER)
        painter.drawPolygon(to_cell.map(cover))
        painter.restore()


def paint_shot(painter: QPainter, shot: Shot, cell: QRectF, scene: Scene) -> None:
    """One shot alone in its cell, with what is said about it."""
    frame = shot.frame(scene.viewport, cell)
    paint_pane(painter, cell, scene)
    draw_shot(painter, shot, cell, scene)
    say_on(painter, shot, frame, cell, scene)
    paint_caption(painter, shot, caption_room(cell, frame, scene), scene)
    round_corners(painter, frame if scene.paper else cell, scene)


def one_by_one(scene: Scene) -> list[Scene]:
    """A scene for each shot alone."""
    return [replace(scene, shots=(shot,)) for shot in scene.shots]


def in_one_place(scene: Scene, cell: QRectF) -> QRectF:
    """The part of `cell` that any of the photos covers, where all are drawn into it."""
    frame = QRectF()
    for shot in scene.shots:
        frame = frame.united(shot.frame(scene.viewport, cell))
    return frame


def one_pane(area: QRectF, sheet: QSizeF) -> QRectF:
    """The pane for photos that lie over each other: a square for upright ones, else of their own shape."""
    width = min(area.width(), area.height() * max(1.0, sheet.width() / max(1.0, sheet.height())))
    return QRectF(area.center().x() - width / 2, area.top(), width, area.height())


def row(area: QRectF, count: int, gap: float = GAP) -> list[QRectF]:
    """`count` cells of one size side by side."""
    width = (area.width() - gap * (count - 1)) / max(1, count)
    return [QRectF(area.left() + at * (width + gap), area.top(), width, area.height()) for at in range(count)]


def column(area: QRectF, count: int, gap: float = GAP) -> list[QRectF]:
    """`count` cells of one size below each other."""
    height = (area.height() - gap * (count - 1)) / max(1, count)
    return [QRectF(area.left(), area.top() + at * (height + gap), area.width(), height) for at in range(count)]


def row_or_column(area: QRectF, count: int, sheet: QSizeF) -> list[QRectF]:
    """Side by side, unless the pictures get clearly larger below each other."""
    beside, below = row(area, count), column(area, count)
    if fit_scale(sheet, below[0].size()) > 1.2 * fit_scale(sheet, beside[0].size()):
        return below
    return beside
