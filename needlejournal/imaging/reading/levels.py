"""Smaller and smaller copies of a decoded picture, so that drawing any zoom touches few pixels."""

from __future__ import annotations

from needlejournal.imaging.reading import resizing
from needlejournal.imaging.reading.pixels import Pixels, as_array, from_array

SMALLEST_LONG_SIDE = 512


def build_levels(pixels: Pixels) -> tuple[Pixels, ...]:
    """Return the picture itself and its halves, each half as wide and high as the one before.

    The last one's longer side is at most 512 pixels. All together take a third more memory than the first.
    Every level shows the whole picture: compute positions in fractions of it, not by doubling.
    """
    levels = [pixels]
    while max(levels[-1].size) > SMALLEST_LONG_SIDE:
        levels.append(from_array(resizing.halve(as_array(levels[-1]))))
    return tuple(levels)
