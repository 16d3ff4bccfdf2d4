"""Composes before/after pictures and strips for keeping and sharing: photos at one scale, captions, what differs.

Pixels in, pixels out; no window. Nothing is drawn over skin but what the caller asks to have covered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from needlejournal.imaging import page_setting, placing
from needlejournal.imaging.lettering import Note
from needlejournal.imaging.panels import Panel, Sheet
from needlejournal.imaging.pixels import Pixels
from needlejournal.imaging.placing import Frame

if TYPE_CHECKING:
    from needlejournal.imaging.pixels import Bytes

__all__ = ["Note", "Panel", "Sheet", "compose_frames", "compose_pair", "compose_strip"]

FRAME, COVER = 204, 120  # neutral greys: what a photo leaves empty in its frame, and what hides eyes
_LEGIBLE = 480  # smaller photos are enlarged to this, so that captions have room; larger ones never are


def compose_pair(before: Panel, after: Panel, sheet: Sheet | None = None) -> Pixels:
    """Put two photos side by side at the same height, or at the same scale on the skin when `after` is aligned."""
    return compose_strip((before, after), sheet)


def compose_strip(panels: Sequence[Panel], sheet: Sheet | None = None) -> Pixels:
    """Put photos in one row, the first of which sets the frame for those aligned to it."""
    sheet = sheet or Sheet()
    frame = _frame(panels[0], sheet, len(panels))
    return page_setting.set_page([_photo(panel, panels[0], frame) for panel in panels], panels, frame, sheet)


def compose_frames(panels: Sequence[Panel], sheet: Sheet | None = None) -> tuple[Pixels, ...]:
    """Give each photo a page of its own, all of one size and with the skin in one place: for blinking."""
    sheet = sheet or Sheet()
    frame = _frame(panels[0], sheet, 1)
    lines = [replace(panel, detail=panel.detail or " " * any(other.detail for other in panels)) for panel in panels]
    return tuple(page_setting.set_page([_photo(panel, panels[0], frame)], [panel], frame, sheet) for panel in lines)


def _frame(first: Panel, sheet: Sheet, count: int) -> Frame:
    width, height = first.pixels.width * sheet.box[2], first.pixels.height * sheet.box[3]
    widest = sheet.max_width / (count * 1.1)
    scale = min(sheet.photo_height / height, widest / width)
    scale = min(scale, max(1.0, _LEGIBLE / max(width, height)))
    return Frame(max(1, round(width * scale)), max(1, round(height * scale)), sheet.box)


def _photo(panel: Panel, first: Panel, frame: Frame) -> Bytes:
    """The panel's photo in its frame, as an RGB array."""
    import cv2
    import numpy as np

    if panel is first or panel.matrix is None:
        way = placing.way_into(frame, panel.pixels.size)
    else:
        way = placing.after(placing.way_into(frame, first.pixels.size), panel.matrix)
    drawn = placing.place(panel.pixels, way, frame, FRAME)
    if panel.colour_table:
        table = np.frombuffer(panel.colour_table, np.uint8).reshape(3, 256)[::-1].T
        drawn = cv2.LUT(drawn, np.ascontiguousarray(table[None]))  # type: ignore[assignment]
    placing.cover(drawn, way, panel.covers, COVER)
    return cv2.cvtColor(drawn, cv2.COLOR_BGR2RGB)  # type: ignore[return-value]
