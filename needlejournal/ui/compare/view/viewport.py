"""What part of a picture is looked at: one value for all panes, in fractions of the picture; pure functions only.

Sizes are device-independent pixels for panes and pixels for pictures. Knows no photo and no widget.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QTransform

from needlejournal.journal.frozen import frozen

LARGEST = 16.0  # screen pixels for one picture pixel
STEP = 1.25


@frozen
class Viewport:
    """`zoom` 1 shows all; `x`, `y` is what lies in the middle of the pane, in fractions of the picture."""

    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5


FIT = Viewport()
Change = Callable[[Viewport, QSizeF, QSizeF, QPointF], Viewport]  # view, picture, pane, point in the pane


@frozen
class Nudge:
    """How one side was moved against the others while it was unlinked: factor of zoom, shift in fractions."""

    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def __bool__(self) -> bool:
        return self != UNMOVED


UNMOVED = Nudge()


def fit_scale(picture: QSizeF, pane: QSizeF) -> float:
    """Pane pixels for one picture pixel when the whole picture is shown."""
    return min(pane.width() / max(1.0, picture.width()), pane.height() / max(1.0, picture.height()))


def scale(view: Viewport, picture: QSizeF, pane: QSizeF) -> float:
    """Pane pixels for one picture pixel."""
    return fit_scale(picture, pane) * view.zoom


def to_pane(view: Viewport, picture: QSizeF, pane: QSizeF) -> QTransform:
    """Maps picture pixels to pane pixels (edges of pixels, not their centres, are whole numbers)."""
    factor = scale(view, picture, pane)
    shown = QTransform.fromTranslate(pane.width() / 2, pane.height() / 2)
    shown.scale(factor, factor)
    shown.translate(-view.x * picture.width(), -view.y * picture.height())
    return shown


def zoomed(view: Viewport, factor: float, at: QPointF, picture: QSizeF, pane: QSizeF) -> Viewport:
    """Zoom by `factor` so that what lies under `at` (pane pixels) stays there, as far as the edges allow."""
    zoom = _within_limits(view.zoom * factor, picture, pane)
    before, after = scale(view, picture, pane), fit_scale(picture, pane) * zoom
    away = at - QPointF(pane.width() / 2, pane.height() / 2)
    shift = away / before - away / after
    moved = Viewport(zoom, view.x + shift.x() / picture.width(), view.y + shift.y() / picture.height())
    return clamped(moved, picture, pane)


def panned(view: Viewport, by: QPointF, picture: QSizeF, pane: QSizeF) -> Viewport:
    """Drag the picture by `by` pane pixels, as far as its edges allow."""
    return clamped(dragged(view, by, picture, pane), picture, pane)


def dragged(view: Viewport, by: QPointF, picture: QSizeF, pane: QSizeF) -> Viewport:
    """Drag the picture by `by` pane pixels, beyond its edges too."""
    factor = scale(view, picture, pane)
    return replace(view, x=view.x - by.x() / factor / picture.width(), y=view.y - by.y() / factor / picture.height())


def actual_size(view: Viewport, at: QPointF, picture: QSizeF, pane: QSizeF, ratio: float = 1.0) -> Viewport:
    """One picture pixel on one pixel of a screen with `ratio` of them for each pane pixel; `at` stays where it is."""
    return zoomed(view, 1 / ratio / scale(view, picture, pane), at, picture, pane)


def clamped(view: Viewport, picture: QSizeF, pane: QSizeF) -> Viewport:
    """Nothing smaller than whole or 1:1, no empty edge where the picture could fill it."""
    zoom = _within_limits(view.zoom, picture, pane)
    factor = fit_scale(picture, pane) * zoom
    return Viewport(
        zoom,
        _centre(view.x, pane.width() / (picture.width() * factor)),
        _centre(view.y, pane.height() / (picture.height() * factor)),
    )


def nudged(view: Viewport, nudge: Nudge) -> Viewport:
    """What a side shows that was moved against the others."""
    return Viewport(view.zoom * nudge.zoom, view.x + nudge.x, view.y + nudge.y)


def nudge_between(view: Viewport, moved: Viewport) -> Nudge:
    """The nudge that leads from the shared view to `moved`."""
    return Nudge(moved.zoom / view.zoom, moved.x - view.x, moved.y - view.y)


def showing(left: float, top: float, width: float, height: float, picture: QSizeF, pane: QSizeF) -> Viewport:
    """The view in which a box, in fractions of the picture, just fits into the pane."""
    factor = min(pane.width() / (width * picture.width()), pane.height() / (height * picture.height()))
    zoom = factor / fit_scale(picture, pane)
    return Viewport(zoom, left + width / 2, top + height / 2)


def _within_limits(zoom: float, picture: QSizeF, pane: QSizeF) -> float:
    fit = fit_scale(picture, pane)
    return min(max(min(1.0, 1 / fit), zoom), max(8.0, LARGEST / fit))


def _centre(value: float, share: float) -> float:
    """Where the middle may lie when `share` of the picture's side is visible."""
    if share >= 1:
        return 0.5
    return min(max(share / 2, value), 1 - share / 2)
