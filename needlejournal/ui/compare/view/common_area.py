"""The look that shows only what all photos show, so that no slanted edge of an aligned photo is in sight.

Pure geometry: photos are quadrilaterals on their sheet, in fractions of it. Knows no photo and no widget.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPolygonF, QTransform

from needlejournal.journal.frozen import frozen
from needlejournal.ui.compare.view.viewport import FIT, Viewport, fit_scale

STEPS = 16  # places tried across and down: the best lies within 3 % of the sheet
LEAST = 0.3  # of the sheet: photos that share less are shown whole
NEAR = 0.5  # how much room is given up for a middle nearer to the face
_PLACES = [(x / STEPS, y / STEPS) for x in range(1, STEPS) for y in range(1, STEPS)]


@frozen
class _Edge:
    """What lies inside meets x · across + y · down ≤ reach."""

    across: float
    down: float
    reach: float

    def for_panes(self, width: float, height: float) -> tuple[float, float, float]:
        """The same, so that reach - across · x - down · y is how large a pane of this shape may be around a place."""
        half = (abs(self.across) * width + abs(self.down) * height) / 2
        return self.across / half, self.down / half, self.reach / half


def outline(size: QSizeF, onto: QTransform, sheet: QSizeF) -> QPolygonF:
    """The corners of a photo of `size` on its sheet, in fractions of the sheet; `onto` maps its pixels there."""
    corners = onto.map(QPolygonF(QRectF(QPointF(0, 0), size)))
    return QTransform.fromScale(1 / sheet.width(), 1 / sheet.height()).map(corners)


def common_view(outlines: Sequence[QPolygonF], sheet: QSizeF, pane: QSizeF, middle: QPointF) -> Viewport:
    """The view that fills `pane` with what all outlines hold, as near to `middle` as costs little room.

    FIT where the photos share too little to be shown so.
    """
    fit = fit_scale(sheet, pane)
    width, height = pane.width() / fit / sheet.width(), pane.height() / fit / sheet.height()
    edges = [edge.for_panes(width, height) for edge in _edges([QPolygonF(QRectF(0, 0, 1, 1)), *outlines])]
    at_x, at_y = middle.x(), middle.y()
    best, where = 0.0, (at_x, at_y)
    for x, y in [where, *_PLACES]:
        # How large a pane around this place may be without leaving any photo, less what it lies away.
        worth = min([reach - across * x - down * y for across, down, reach in edges])
        worth -= NEAR * (abs(x - at_x) / width + abs(y - at_y) / height)
        if worth > best:
            best, where = worth, (x, y)
    size = min([reach - across * where[0] - down * where[1] for across, down, reach in edges])
    if size < LEAST:
        return FIT
    return Viewport(1 / size, *where)


def _edges(outlines: Sequence[QPolygonF]) -> list[_Edge]:
    """The edges of convex outlines, whichever way round their corners go."""
    found = []
    for corners in outlines:
        points = [corners.at(at) for at in range(4)]
        centre = QPointF(sum(point.x() for point in points) / 4, sum(point.y() for point in points) / 4)
        for start, end in zip(points, [*points[1:], points[0]], strict=True):
            across, down = end.y() - start.y(), start.x() - end.x()
            reach = across * start.x() + down * start.y()
            outwards = 1 if across * centre.x() + down * centre.y() <= reach else -1
            found.append(_Edge(across * outwards, down * outwards, reach * outwards))
    return found
