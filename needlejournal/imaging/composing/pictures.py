"""Composes before/after pictures and strips for keeping and sharing: photos at one scale, captions, what differs.

Pixels in, pixels out; no window. Nothing is drawn over skin but what the caller asks to have covered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import cv2

from needlejournal.imaging.composing import page_setting, placing
from needlejournal.imaging.composing.lettering import Note
from needlejournal.imaging.composing.panels import Panel, PanelSheet
from needlejournal.imaging.composing.placing import Frame
from needlejournal.imaging.reading.arrays import Bytes, as_array, from_array
from needlejournal.imaging.reading.pixels import Pixels

__all__ = [
    "Note",
    "Panel",
    "PanelSheet",
    "compose_film",
    "compose_frames",
    "compose_overlay",
    "compose_pair",
    "compose_strip",
    "compose_wipe",
    "drawn",
]

FRAME, COVER, DIVIDER = 204, 120, 245  # neutral greys: what a photo leaves empty, what hides eyes, the wipe's line
_LEGIBLE = 640  # smaller photos are enlarged to this, so that captions have room; larger ones never are


def compose_pair(before: Panel, after: Panel, sheet: PanelSheet | None = None) -> Pixels:
    """Put two photos side by side at the same height, or at the same scale on the skin when `after` is aligned."""
    return compose_strip((before, after), sheet)


def compose_strip(panels: Sequence[Panel], sheet: PanelSheet | None = None) -> Pixels:
    """Put photos in one row, the first of which sets the frame for those aligned to it."""
    sheet = sheet or PanelSheet()
    frame = _frame(panels[0], sheet, len(panels))
    return page_setting.set_page([_photo(panel, panels[0], frame) for panel in panels], panels, frame, sheet)


def compose_frames(panels: Sequence[Panel], sheet: PanelSheet | None = None) -> tuple[Pixels, ...]:
    """Give each photo a page of its own, all of one size and with the skin in one place: for blinking."""
    sheet = sheet or PanelSheet()
    frame = _frame(panels[0], sheet, 1)
    lines = [replace(panel, detail=panel.detail or " " * any(other.detail for other in panels)) for panel in panels]
    return tuple(page_setting.set_page([_photo(panel, panels[0], frame)], [panel], frame, sheet) for panel in lines)


def compose_film(panels: Sequence[Panel], notes: Sequence[Sequence[Note]], sheet: PanelSheet) -> tuple[Pixels, ...]:
    """Give each photo a page of its own with its own notes, all of one size and with the skin in one place."""
    frame = _frame(panels[0], sheet, 1)
    lines = [replace(panel, detail=panel.detail or " ") for panel in panels]
    sheets = [replace(sheet, notes=tuple(lines_below)) for lines_below in notes]
    unit = max(page_setting.fitting_unit(1, lines[:1], frame, one) for one in sheets)
    pages = [
        page_setting.set_page([_photo(panel, panels[0], frame)], [panel], frame, one, unit)
        for panel, one in zip(lines, sheets, strict=True)
    ]
    width, height = max(page.width for page in pages), max(page.height for page in pages)
    return tuple(_enlarged(page, width, height) for page in pages)


def _enlarged(page: Pixels, width: int, height: int) -> Pixels:
    """The page with more ground at its right and foot."""
    ground = (page_setting.GROUND,) * 3 + (255,)
    right, below = width - page.width, height - page.height
    array = cv2.copyMakeBorder(as_array(page), 0, below, 0, right, cv2.BORDER_CONSTANT, value=ground)
    return from_array(array)  # type: ignore[arg-type]


def compose_overlay(before: Panel, after: Panel, share: float = 0.5, sheet: PanelSheet | None = None) -> Pixels:
    """Lay `after` over `before`, showing through by `share` (0 only before, 1 only after); both captions below."""

    def mixed(first: Bytes, second: Bytes) -> Bytes:
        return cv2.addWeighted(first, 1 - share, second, share, 0)  # type: ignore[return-value]

    return _laid_over(before, after, mixed, sheet or PanelSheet())


def compose_wipe(before: Panel, after: Panel, at: float = 0.5, sheet: PanelSheet | None = None) -> Pixels:
    """Show `before` left of a thin line and `after` right of it, at a fraction of the width; both captions below."""

    def divided(first: Bytes, second: Bytes) -> Bytes:
        edge = round(first.shape[1] * min(1.0, max(0.0, at)))
        half = max(1, first.shape[1] // 600)
        first[:, edge:] = second[:, edge:]
        if 0 < edge < first.shape[1]:
            first[:, max(0, edge - half) : edge + half] = DIVIDER
        return first

    return _laid_over(before, after, divided, sheet or PanelSheet())


def drawn(panels: Sequence[Panel], sheet: PanelSheet) -> tuple[Pixels, ...]:
    """The photos alone, all in the frame of the first: nothing around them, no words. For pages set elsewhere."""
    frame = _frame(panels[0], sheet, len(panels))
    found = (cv2.cvtColor(_photo(panel, panels[0], frame), cv2.COLOR_RGB2BGRA) for panel in panels)
    return tuple(from_array(picture) for picture in found)  # type: ignore[arg-type]


def _laid_over(before: Panel, after: Panel, join: Callable[[Bytes, Bytes], Bytes], sheet: PanelSheet) -> Pixels:
    frame = _frame(before, sheet, 1)
    joined = join(_photo(before, before, frame), _photo(after, before, frame))
    return page_setting.set_page([joined], (before, after), frame, sheet)


def _frame(first: Panel, sheet: PanelSheet, count: int) -> Frame:
    width, height = first.pixels.width * sheet.box[2], first.pixels.height * sheet.box[3]
    widest = sheet.max_width / (count * 1.1)
    scale = min(sheet.photo_height / height, widest / width)
    scale = min(scale, max(1.0, _LEGIBLE / max(width, height)))
    return Frame(max(1, round(width * scale)), max(1, round(height * scale)), sheet.box)


def _photo(panel: Panel, first: Panel, frame: Frame) -> Bytes:
    """The panel's photo in its frame, as an RGB array."""
    if panel is first or panel.matrix is None:
        way = placing.way_into(frame, panel.pixels.size)
    else:
        way = placing.after(placing.way_into(frame, first.pixels.size), panel.matrix)
    drawn = placing.place(panel.pixels, way, frame, FRAME, panel.colour_table)
    placing.cover(drawn, way, panel.covers, COVER)
    return cv2.cvtColor(drawn, cv2.COLOR_BGR2RGB)  # type: ignore[return-value]
