"""What a composed picture is made of, as values: the photos with their captions, and what stands around them."""

from __future__ import annotations

from dataclasses import dataclass

from needlejournal.imaging.composing.lettering import Note
from needlejournal.imaging.composing.placing import WHOLE, Box, Polygon
from needlejournal.imaging.reading.pixels import Pixels
from needlejournal.journal.alignments import Matrix


@dataclass(frozen=True, slots=True)
class Panel:
    """One photo of a composed picture.

    `heading` stands out before `caption` on the first line below the photo, `detail` on the second.
    `matrix` maps its pixels to those of the first panel (origin at the centre of the top-left pixel); without
    one it is shown as taken. `colour_table` holds 256 new levels each for red, green and blue, or nothing.
    `covers` are polygons in its pixels that are filled with grey.
    """

    pixels: Pixels
    heading: str = ""
    caption: str = ""
    detail: str = ""
    badge: str = ""
    matrix: Matrix | None = None
    colour_table: bytes = b""
    covers: tuple[Polygon, ...] = ()


@dataclass(frozen=True, slots=True)
class PanelSheet:
    """What stands around the photos, and how large it all is.

    `box` is the part to show, in fractions of the first photo (and of each that is not aligned). A photo is
    `photo_height` pixels high, less where it has fewer or the whole would be wider than `max_width`.
    """

    title: str = ""
    labels: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    watermark: str = ""
    box: Box = WHOLE
    photo_height: int = 1600
    max_width: int = 6000
