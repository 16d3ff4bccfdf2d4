"""Where one looks: the shared viewport, what was moved against it, and what is held down.

Knows no events and no painting.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QPointF, QRectF, Signal

from needlejournal.ui.compare.modes import Mode
from needlejournal.ui.compare.view import viewport as views
from needlejournal.ui.compare.view.common_area import common_view, outline
from needlejournal.ui.compare.view.scene import Scene, Shot
from needlejournal.ui.compare.view.viewport import FIT, UNMOVED, Nudge, Viewport

EDGE = 0.15  # of a pane: the middle of a face that lies nearer to its edge is cut off


class Gaze(QObject):
    """The shots, the mode that arranges them in `area`, and the part of them that is seen.

    Until somebody zooms or moves, what all photos show fills the room ("at rest"); with `whole` it is the whole photos.

    `moved`: something is seen differently. `linked_changed`: a side was moved alone, or all are together again.
    """

    moved = Signal()
    linked_changed = Signal()

    def __init__(self, mode: Mode, parent: QObject) -> None:
        super().__init__(parent)
        self.mode = mode
        self.area = QRectF(0, 0, 1, 1)
        self.ratio = 1.0
        self.viewport = FIT
        self.whole = False
        self._at_rest = True
        self.flipped = False
        self.unlinked = False
        self._shots: tuple[Shot, ...] = ()
        self._nudges: dict[int, Nudge] = {}

    @property
    def offset(self) -> bool:
        """Whether a side was moved against the others and stays so."""
        return any(self._nudges.values())

    def set_mode(self, mode: Mode) -> None:
        """Arrange the photos in another way. No zoom is carried between a strip and a pair: their cells differ."""
        self._at_rest = self._at_rest or mode.many != self.mode.many
        self.mode = mode
        self._settle()
        self.moved.emit()

    def set_shots(self, shots: tuple[Shot, ...]) -> None:
        """Show these; what one was moved against the others is kept for as long as it is shown."""
        self._shots = shots
        there = {shot.photo_id for shot in shots}
        self._nudges = {photo: nudge for photo, nudge in self._nudges.items() if photo in there}
        self._settle()
        self.moved.emit()
        self.linked_changed.emit()

    def set_area(self, area: QRectF, ratio: float) -> None:
        """Use this room, on a screen with `ratio` pixels for each of ours."""
        self.area, self.ratio = area, ratio
        if self._shots:
            scene = self.scene()
            cell = self.mode.cell_of(0, area, scene)
            self.viewport = views.clamped(self.viewport, scene.sheet, cell.size())
        self._settle()

    def scene(self, *, moving: bool = False, ground: str = "ground") -> Scene:
        """What is seen now, as a value."""
        shots = tuple(replace(shot, nudge=self._nudges.get(shot.photo_id, UNMOVED)) for shot in self._shots)
        return Scene(shots[::-1] if self.flipped and len(shots) == 2 else shots, self.viewport, moving, ground=ground)

    def look(self, view: Viewport) -> None:
        """Look at another part."""
        self._at_rest = False
        if view != self.viewport:
            self.viewport = view
            self.moved.emit()

    @property
    def at_rest(self) -> bool:
        """Whether nobody zoomed in or moved."""
        return self._at_rest

    def rest(self) -> None:
        """Show what all photos show, or the whole photos where that is wanted."""
        self._at_rest = True
        self._settle()
        self.moved.emit()

    def show_whole(self, *, whole: bool) -> None:
        """Whether the photos rest whole, edges and all, or filled with what all of them show."""
        self.whole = whole
        self.rest()

    def _settle(self) -> None:
        if self._at_rest:
            self.viewport = self._rest_view()

    def _rest_view(self) -> Viewport:
        scene = self.scene()
        if self.whole or not scene.shots:
            return FIT
        outlines = [outline(shot.picture.size, shot.placement.onto, shot.placement.sheet) for shot in scene.shots]
        pane = self.mode.cell_of(0, self.area, scene).size()
        found = common_view(outlines, scene.sheet, pane, scene.middle)
        return found if self.mode.many or self._shows_faces(found, scene) else FIT

    def _shows_faces(self, view: Viewport, scene: Scene) -> bool:
        """Whether no face is cut off by a view that goes by the first one: others may lie elsewhere."""
        for at, shot in enumerate(scene.shots):
            cell = self.mode.cell_of(at, self.area, scene)
            edge_x, edge_y = EDGE * cell.width(), EDGE * cell.height()
            if shot.face and not cell.adjusted(edge_x, edge_y, -edge_x, -edge_y).contains(
                shot.picture_to_cell(view, cell).map(shot.face)
            ):
                return False
        return True

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom by `factor` about `at`, or about the middle of the photo."""
        self._change(lambda view, sheet, pane, point: views.zoomed(view, factor, point, sheet, pane), at)

    def actual_size(self, at: QPointF | None = None) -> None:
        """One pixel of the first photo on one pixel of the screen."""
        self._change(lambda view, sheet, pane, point: views.actual_size(view, point, sheet, pane, self.ratio), at)

    def pan(self, by: QPointF, at: QPointF | None = None) -> None:
        """Move what is shown by `by` pixels; a side that is moved alone may leave its edges."""
        move = views.dragged if self.unlinked else views.panned
        self._change(lambda view, sheet, pane, _point: move(view, by, sheet, pane), at)

    def relink(self) -> None:
        """Let go of the offset of a side that was moved alone."""
        self._nudges.clear()
        self.moved.emit()
        self.linked_changed.emit()

    def hold_flip(self, *, held: bool) -> None:
        """Exchange the two photos in place while `held`."""
        if held != self.flipped:
            self.flipped = held
            self.moved.emit()

    def hold_unlink(self, *, held: bool) -> None:
        """Move one side alone while `held`."""
        if held != self.unlinked:
            self.unlinked = held
            self.linked_changed.emit()

    def shot_at(self, at: QPointF | None, scene: Scene) -> int:
        """Which shot is meant: the one under `at`, else the one that is not pinned."""
        if at is not None:
            return self.mode.shot_at(at, self.area, scene)
        return next((index for index, shot in enumerate(scene.shots) if not shot.pinned), 0)

    def _change(self, change: views.Change, at: QPointF | None) -> None:
        """Apply a change of view at a point: to all, or to the shot there while unlinked."""
        scene = self.scene()
        if not scene.shots:
            return
        index = self.shot_at(at, scene)
        shot, cell = scene.shots[index], self.mode.cell_of(index, self.area, scene)
        point = QPointF(cell.width() / 2, cell.height() / 2) if at is None else at - cell.topLeft()
        if not self.unlinked:
            self.look(change(self.viewport, shot.placement.sheet, cell.size(), point))
            return
        found = change(shot.view(self.viewport), shot.placement.sheet, cell.size(), point)
        self._nudges[shot.photo_id] = views.nudge_between(self.viewport, found)
        self.moved.emit()
        self.linked_changed.emit()
