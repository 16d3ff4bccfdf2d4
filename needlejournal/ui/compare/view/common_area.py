"""The look that shows only what all photos show, so that no slanted edge of an aligned photo is in sight.

Pure geometry: photos are quadrilaterals on their sheet, in fractions of it. Knows no photo and no widget.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPolygonF, QTransform

from needlejournal.ui.compare.view.viewport import FIT, Viewport, fit_scale

STEPS = 16  # places tried across and down: the best lies within 3 % of the sheet
LEAST = 0.3  # of the sheet: photos that share less are shown whole
NEAR = 0.5  # how much room is given up for a middle nearer to the face


@dataclass(frozen=True, slots=True)
class _Edge:
    """What lies inside meets x · across + y · down ≤ reach."""

    across: float
    down: float
    reach: float


def outline(size: QSizeF, onto: QTransform, sheet: QSizeF) -> QPolygonF:
    """The corners of a photo of `size` on its sheet, in fractions of the sheet; `onto` maps its pixels there."""
    corners = onto.map(QPolygonF(QRectF(QPointF(0, 0), size)))
    return QTransform.fromScale(1 / sheet.width(), 1 / sheet.height()).map(corners)


def common_view(outlines: Sequence[QPolygonF], sheet: QSizeF, pane: QSizeF, middle: QPointF) -> Viewport:
    """The view that fills `pane` with what all outlines hold, as near to `middle` as costs little room.

    FIT where the photos share too little to be shown so.
    """
    edges = _edges([QPolygonF(QRectF(0, 0, 1, 1)), *outlines])
    fit = fit_scale(sheet, pane)
    width, height = pane.width() / fit / sheet.width(), pane.height() / fit / sheet.height()
    best, where = 0.0, middle
    for place in _places(middle):
        size = _size_at(place, width, height, edges)
        away = abs(place.x() - middle.x()) / width + abs(place.y() - middle.y()) / height
        if size - NEAR * away > best:
            best, where = size - NEAR * away, place
    size = _size_at(where, width, height, edges)
    if size < LEAST:
        return FIT
    return Viewport(1 / size, where.x(), where.y())


def _places(middle: QPointF) -> list[QPointF]:
    steps = [at / STEPS for at in range(1, STEPS)]
    return [middle, *(QPointF(x, y) for x in steps for y in steps)]


def _size_at(place: QPointF, width: float, height: float, edges: Sequence[_Edge]) -> float:
    """How large a pane of `width` by `height` may be around a place without leaving any photo."""
    return min(
        2 * (edge.reach - edge.across * place.x() - edge.down * place.y())
        / (abs(edge.across) * width + abs(edge.down) * height)
        for edge in edges
    )  # fmt: skip


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
