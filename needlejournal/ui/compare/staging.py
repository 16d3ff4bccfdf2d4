"""Turns what is compared into shots for the stage: how each lies on its sheet, what is said about it."""

from __future__ import annotations

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor

from needlejournal.ui.compare.captions import caption
from needlejournal.ui.compare.comparison import Comparison
from needlejournal.ui.compare.layers import Picture, alone
from needlejournal.ui.compare.pictures import Pictures
from needlejournal.ui.compare.scene import Shot
from needlejournal.workflows.comparing import SeriesPhoto


def shots_of(comparison: Comparison, pictures: Pictures) -> tuple[Shot, ...]:
    """The two photos that are compared, ready for the stage."""
    pair = comparison.pair or ()
    there = [shown.photo for shown in pair if shown.id not in comparison.gone]
    found = dict(zip([photo.id for photo in there], pictures.show(there), strict=True))
    return tuple(
        _shot(comparison, shown, found.get(shown.id) or _missing(comparison, shown), pinned=place == comparison.pinned)
        for place, shown in enumerate(pair)
    )


def _shot(comparison: Comparison, shown: SeriesPhoto, picture: Picture, *, pinned: bool) -> Shot:
    placement = alone(picture.size, comparison.turn(shown.id))
    return Shot(shown.id, picture, placement, caption(shown), pinned=pinned)


def _missing(comparison: Comparison, shown: SeriesPhoto) -> Picture:
    original = shown.photo.original
    colour = QColor.fromRgb(shown.photo.colour)
    return Picture(QSizeF(original.width, original.height), colour, problem=comparison.gone[shown.id])
