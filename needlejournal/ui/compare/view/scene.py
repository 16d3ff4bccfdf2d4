"""What is on the stage as one value: the shots, how they lie, and the part of them that is looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPolygonF, QTransform

from needlejournal.ui.compare.view.captions import Caption
from needlejournal.ui.compare.view.layers import Picture, Placement
from needlejournal.ui.compare.view.viewport import FIT, UNMOVED, Nudge, Viewport, nudged, to_pane

USUAL_MIDDLE = QPointF(0.5, 0.47)


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One photo on the stage: its picture, how it lies on its sheet, and what is said about it."""

    photo_id: int
    picture: Picture
    placement: Placement
    caption: Caption
    nudge: Nudge = UNMOVED
    pinned: bool = False
    aligned: bool = False
    labels: tuple[str, ...] = ()  # "Aligned", "Colour matched": what was done to it for viewing
    face: QPointF | None = None  # the middle of the face, in its own pixels
    covers: tuple[QPolygonF, ...] = ()  # in its own pixels: what is hidden
    tables: bytes = b""  # colours replaced for viewing

    def view(self, viewport: Viewport) -> Viewport:
        """What this shot shows of its sheet."""
        return nudged(viewport, self.nudge)

    def sheet_to_cell(self, viewport: Viewport, cell: QRectF) -> QTransform:
        """Maps pixels of the sheet into the coordinates in which `cell` is given."""
        shown = to_pane(self.view(viewport), self.placement.sheet, cell.size())
        return shown * QTransform.fromTranslate(cell.left(), cell.top())

    def picture_to_cell(self, viewport: Viewport, cell: QRectF) -> QTransform:
        """Maps the picture's full pixels into the coordinates in which `cell` is given."""
        return self.placement.onto * self.sheet_to_cell(viewport, cell)

    def frame(self, viewport: Viewport, cell: QRectF) -> QRectF:
        """The part of `cell` that the sheet covers."""
        whole = QRectF(QPointF(0, 0), self.placement.sheet)
        return self.sheet_to_cell(viewport, cell).mapRect(whole).intersected(cell)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything a mode needs to paint.

    `moving`: something is being dragged, coarser is good enough. `paper`: it is painted for a file, not for the screen.
    `stacked`: the photos lie over each other. `ground` is the role of the colour around the panes.
    """

    shots: tuple[Shot, ...] = ()
    viewport: Viewport = FIT
    moving: bool = False
    captions: bool = True
    paper: bool = False
    stacked: bool = False
    ground: str = "ground"

    def unmarked(self) -> Scene:
        """The same with nothing standing on the photos, so that a tool can reach all of the skin."""
        bare = (replace(shot, caption=replace(shot.caption, badge=""), pinned=False, labels=()) for shot in self.shots)
        return replace(self, shots=tuple(bare))

    @property
    def middle(self) -> QPointF:
        """Where the face of the first shot is, in fractions of its sheet; where faces mostly are, if nobody knows."""
        face = self.shots[0].face if self.shots else None
        if face is None:
            return USUAL_MIDDLE
        found, sheet = self.shots[0].placement.onto.map(face), self.sheet
        return QPointF(found.x() / sheet.width(), found.y() / sheet.height())

    @property
    def sheet(self) -> QSizeF:
        """The size that cells are shaped for: the first shot's sheet."""
        return self.shots[0].placement.sheet if self.shots else QSizeF(3, 4)
