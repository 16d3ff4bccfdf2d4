"""Both photos as taken, with points that the person sets on the same places of each: an alignment by hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from needlejournal.ui import theme
from needlejournal.ui.compare.modes.side_by_side import SideBySide
from needlejournal.ui.compare.view.scene import Scene
from needlejournal.ui.language import tr
from needlejournal.ui.widgets import painting

REACH = 12
Place = tuple[float, float]
Marks = tuple[tuple[Place, ...], tuple[Place, ...]]
COLOURS = ("#E8B23A", "#4FB3E8", "#E86FA0", "#7BD66B", "#B58BF0", "#F08A4B")


class Points(SideBySide):
    """`marks` are the points of both photos in their own pixels (centres of pixels); the nth of each belong together.

    `residuals` say how far each pair lies apart after aligning, in pixels of the first photo; empty while unknown.
    """

    key = "points"
    as_taken = True

    def __init__(self) -> None:
        self.residuals: tuple[float, ...] = ()
        self._steps: list[Marks] = [((), ())]
        self._undone: list[Marks] = []
        self._held: tuple[int, int] | None = None

    @property
    def marks(self) -> Marks:
        """The points set so far."""
        return self._steps[-1]

    def start(self, marks: Marks) -> None:
        """Begin with these points."""
        self._steps, self._undone = [marks], []
        self.residuals = ()

    def pairs(self) -> list[tuple[Place, Place]]:
        """The points that are set on both photos."""
        return list(zip(*self.marks, strict=False))

    def next_side(self) -> int:
        """The photo that the next point is wanted on."""
        return 1 if len(self.marks[1]) < len(self.marks[0]) else 0

    @property
    def can_undo(self) -> bool:
        """Whether a point was set, moved or removed since the tool was taken in hand."""
        return len(self._steps) > 1

    def clear(self) -> None:
        """Remove all points; `undo` brings them back."""
        self._step(((), ()))

    def undo(self) -> None:
        """Take back the last point, move or removal."""
        if len(self._steps) > 1:
            self._undone.append(self._steps.pop())

    def redo(self) -> None:
        """Bring back what was taken back last."""
        if self._undone:
            self._steps.append(self._undone.pop())

    def _step(self, marks: Marks) -> None:
        self._steps.append(marks)
        self._undone.clear()

    def words(self) -> str:
        return tr("Align by hand")

    def hint(self) -> str:
        return tr("Click the same place on both photos · drag to correct")

    def press(self, point: QPointF, area: QRectF, scene: Scene) -> bool:
        self._held = self._at(point, area, scene)
        if self._held is not None:
            self._step(self.marks)
        return self._held is not None

    def drag(self, point: QPointF, area: QRectF, scene: Scene) -> None:
        if self._held is not None:
            side, number = self._held
            self._put(side, number, self._place(side, point, area, scene))

    def release(self, area: QRectF, scene: Scene) -> None:
        self._held = None

    def click(self, point: QPointF, area: QRectF, scene: Scene) -> None:
        side = self.shot_at(point, area, scene)
        place = self._place(side, point, area, scene)
        picture = scene.shots[side].picture.size
        if 0 <= place[0] <= picture.width() and 0 <= place[1] <= picture.height():
            self.set_point(side, place)

    def set_in_middle(self, area: QRectF, scene: Scene) -> None:
        """Set the next point in the middle of what is seen of its photo: for the keyboard."""
        side = self.next_side()
        middle = self.cell_of(side, area, scene).center()
        self.set_point(side, self._place(side, middle, area, scene))

    def set_point(self, side: int, place: Place) -> None:
        """Set the next point of a photo; while its last has no partner, that one is moved."""
        self._step(self.marks)
        alone = len(self.marks[side]) > len(self.marks[1 - side])
        self._put(side, len(self.marks[side]) - alone, place)

    def cursor(self, point: QPointF, area: QRectF, scene: Scene) -> Qt.CursorShape | None:
        over = self._at(point, area, scene) is not None
        return Qt.CursorShape.SizeAllCursor if over else Qt.CursorShape.CrossCursor

    def paint(self, painter: QPainter, area: QRectF, scene: Scene) -> None:
        super().paint(painter, area, scene.unmarked())
        for side in range(min(2, len(scene.shots))):
            cell = self.cell_of(side, area, scene)
            painter.save()
            painter.setClipRect(cell)
            for number in range(len(self.marks[side])):
                self._paint_point(painter, number, self._on_stage(side, number, area, scene), residual=side == 1)
            painter.restore()

    def _put(self, side: int, number: int, place: Place) -> None:
        points = list(self.marks[side])
        points[number : number + 1] = [place]
        other = self.marks[1 - side]
        self._steps[-1] = (tuple(points), other) if side == 0 else (other, tuple(points))

    def _place(self, side: int, point: QPointF, area: QRectF, scene: Scene) -> Place:
        to_cell = scene.shots[side].picture_to_cell(scene.viewport, self.cell_of(side, area, scene))
        back, _ = to_cell.inverted()
        found = back.map(point)
        return found.x() - 0.5, found.y() - 0.5

    def _on_stage(self, side: int, number: int, area: QRectF, scene: Scene) -> QPointF:
        x, y = self.marks[side][number]
        cell = self.cell_of(side, area, scene)
        return scene.shots[side].picture_to_cell(scene.viewport, cell).map(QPointF(x + 0.5, y + 0.5))

    def _at(self, point: QPointF, area: QRectF, scene: Scene) -> tuple[int, int] | None:
        for side in range(min(2, len(scene.shots))):
            for number in range(len(self.marks[side])):
                if (self._on_stage(side, number, area, scene) - point).manhattanLength() <= REACH:
                    return side, number
        return None

    def _paint_point(self, painter: QPainter, number: int, at: QPointF, *, residual: bool) -> None:
        """A ring with a cross that leaves its middle free, its number, and what is left over."""
        colour = QColor(COLOURS[number % len(COLOURS)])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(QColor(0, 0, 0, 150), 4), QPen(colour, 2)):
            painter.setPen(pen)
            painter.drawEllipse(at, 9, 9)
            for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                painter.drawLine(at + QPointF(3 * x, 3 * y), at + QPointF(9 * x, 9 * y))
        words = point_words(number, self.residuals if residual else ())
        painter.setFont(theme.font("small_strong"))
        width = painter.fontMetrics().horizontalAdvance(words) + 10
        box = QRectF(at.x() + 12, at.y() - 10, width, 20)
        painting.box(painter, box, 4, theme.colour("card", 0.92))
        painter.setPen(theme.colour("ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def point_words(number: int, residuals: Sequence[float]) -> str:
    """ "3 · 7.2 px off"; of two points nothing is said, as these always fit."""
    if len(residuals) < 3 or number >= len(residuals):
        return str(number + 1)
    return tr("{point} · {off} px off").format(point=number + 1, off=f"{residuals[number]:.1f}")
