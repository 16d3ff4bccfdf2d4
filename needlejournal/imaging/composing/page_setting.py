"""Sets drawn photos on a page: title and labels above, captions below, then footnotes. Does not draw the photos."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont

from needlejournal.imaging.composing import lettering
from needlejournal.imaging.composing.lettering import Note
from needlejournal.imaging.composing.panels import Panel, PanelSheet
from needlejournal.imaging.composing.placing import Frame
from needlejournal.imaging.composing.typefaces import length
from needlejournal.imaging.reading.arrays import Bytes, from_array
from needlejournal.imaging.reading.pixels import Pixels

GROUND = 217  # neutral grey: a tinted surround would shift how skin is seen
_NOTE = 12.5  # the size of footnotes, in units
_READABLE = 0.016  # of the page's height is the least that footnotes are read at
_ROUNDS = 6  # of fitting the size of footnotes, which changes the page they stand on
_MOSTLY_NOTES = 0.3  # of the page: notes that long are scrolled through, and larger ones only make it longer
_WIDTH_UNIT = 430  # a photo this wide gets the sizes below as they stand
_SMALLEST_UNIT = 0.55  # below, text could not be read


def fitting_unit(photos: int, panels: Sequence[Panel], frame: Frame, sheet: PanelSheet) -> float:
    """How large to set all but so many photos on a page, for its notes to be read."""
    unit = _unit(frame, len(panels) / photos)
    page, notes = _arranged(photos, panels, frame, sheet, unit)
    for _ in range(_ROUNDS):  # larger notes make a higher page, so that the last bit takes a few
        if _NOTE * unit >= _READABLE * page.height or notes.height > _MOSTLY_NOTES * page.height:
            break
        unit = _READABLE * page.height / _NOTE * 1.02
        page, notes = _arranged(photos, panels, frame, sheet, unit)
    return unit


def set_page(
    photos: list[Bytes], panels: Sequence[Panel], frame: Frame, sheet: PanelSheet, unit: float | None = None
) -> Pixels:
    """Return the page with `photos`, drawn as RGB arrays of the size of `frame`, and the captions of `panels` below.

    There is a photo for each panel, or one in which several are laid over one another: they share the row. `unit` is
    how large all else is set, for pages that are to agree; else as it fits.
    """
    unit = unit or fitting_unit(len(photos), panels, frame, sheet)
    page, notes = _arranged(len(photos), panels, frame, sheet, unit)
    image = Image.new("RGB", (page.width, page.height), (GROUND, GROUND, GROUND))
    for photo, (left, _) in zip(photos, _columns(page, len(photos)), strict=True):
        _paste(image, photo, (left, page.photos_top), round(5 * page.unit))
    for panel, (left, width) in zip(panels, _columns(page, len(panels)), strict=True):
        _write_caption(image, panel, left, width, page)
    _write_header(image, sheet, page)
    _write_notes(image, notes, page)
    _write_watermark(image, sheet.watermark, page)
    return _as_pixels(image)


def _arranged(
    photos: int, panels: Sequence[Panel], frame: Frame, sheet: PanelSheet, unit: float
) -> tuple[_Page, _Notes]:
    row = photos * frame.width + (photos - 1) * _gap(unit)
    notes = _set_notes(sheet, row, unit)
    return _page(panels, _Row(row, frame.height, unit), sheet, notes), notes


@dataclass(frozen=True, slots=True)
class _Page:
    """Where things stand on a page, in pixels. `unit` scales every size with the width of a photo."""

    unit: float
    width: int
    header_lines: int
    photos_top: int
    captions_top: int
    notes_top: float
    height: int

    @property
    def margin(self) -> int:
        return round(24 * self.unit)


@dataclass(frozen=True, slots=True)
class _Row:
    """The row of photos: its size in pixels, and the unit that everything around it is set in."""

    width: int
    height: int
    unit: float


def _page(panels: Sequence[Panel], row: _Row, sheet: PanelSheet, notes: _Notes) -> _Page:
    unit, margin = row.unit, round(24 * row.unit)
    header_lines = _header_lines(sheet, row)
    photos_top = margin + round(34 * unit * bool(header_lines) + 30 * unit * (header_lines > 1))
    captions_top = photos_top + row.height
    lines = _caption_lines(panels, row)
    notes_top = captions_top + (10 * unit + lines * 21 * unit if lines else 0)
    foot = notes.height + (20 * unit if sheet.watermark else 0)
    bottom = notes_top + (foot + 16 * unit if foot else 0) + margin * (0.8 if lines or foot else 1)
    return _Page(unit, row.width + 2 * margin, header_lines, photos_top, captions_top, notes_top, round(bottom))


def _caption_lines(panels: Sequence[Panel], row: _Row) -> int:
    lines = any(panel.heading or panel.caption for panel in panels) + any(
        panel.detail or panel.badge for panel in panels
    )
    width = _column_width(row.width, len(panels), row.unit)
    return max([lines, *(1 + _badge_line(panel, width, row.unit) for panel in panels if panel.badge)])


def _header_lines(sheet: PanelSheet, row: _Row) -> int:
    """None, one, or two where title and labels find no room beside one another."""
    if not (sheet.title and sheet.labels):
        return int(bool(sheet.title or sheet.labels))
    labels: float = sum(lettering.pill_width(label, _label_font(row.unit)) + 8 * row.unit for label in sheet.labels)
    title = length(lettering.one_line(sheet.title), _title_font(row.unit))
    return 1 if title + labels <= row.width else 2


def _columns(page: _Page, count: int) -> list[tuple[int, int]]:
    """Left edge and width of each of `count` equal columns between the margins."""
    gap = _gap(page.unit)
    width = _column_width(page.width - 2 * page.margin, count, page.unit)
    return [(page.margin + number * (width + gap), width) for number in range(count)]


def _column_width(row: int, count: int, unit: float) -> int:
    return (row - (count - 1) * _gap(unit)) // count


def _unit(frame: Frame, sharing: float) -> float:
    """How large to set things below photos of this size, each with `sharing` captions below it."""
    return max(_SMALLEST_UNIT, min(frame.width, frame.height) / (_WIDTH_UNIT * math.pow(sharing, 0.6)))


def _title_font(unit: float) -> FreeTypeFont:
    return lettering.font(19 * unit, "SemiBold")


def _label_font(unit: float) -> FreeTypeFont:
    return lettering.font(12 * unit, "Medium")


def _fitting(labels: Sequence[str], room: float, unit: float) -> FreeTypeFont:
    """The font in which the labels find room in one row: smaller where they are many, or long."""
    face = _label_font(unit)
    gaps = (len(labels) - 1) * 8 * unit
    wide: float = sum(lettering.pill_width(label, face) for label in labels)
    return _label_font(unit * min(1.0, 0.99 * (room - gaps) / max(1.0, wide)))


def _gap(unit: float) -> int:
    return round(12 * unit)


def _write_header(image: Image.Image, sheet: PanelSheet, page: _Page) -> None:
    right, middle = float(page.width - page.margin), page.margin + 8 * page.unit
    labels_middle = middle + (30 * page.unit if page.header_lines > 1 else 0)
    face = _fitting(sheet.labels, page.width - 2 * page.margin, page.unit)
    if page.header_lines > 1:  # then the labels stand below the title, from the left
        widths = (lettering.pill_width(label, face) for label in sheet.labels)
        right = page.margin + sum(widths) + (len(sheet.labels) - 1) * 8 * page.unit
    for label in reversed(sheet.labels):
        right = lettering.pill(image, right, labels_middle, label, face) - 8 * page.unit
    room = (page.width - page.margin if page.header_lines > 1 else right) - page.margin
    title = lettering.shortened(sheet.title, _title_font(page.unit), room)
    lettering.write(image, (page.margin, middle), title, _title_font(page.unit), lettering.INK, "lm")


def _write_caption(image: Image.Image, panel: Panel, left: int, width: int, page: _Page) -> None:
    bold, plain = _caption_fonts(page.unit)
    base = page.captions_top + 24 * page.unit
    below = bool(panel.heading or panel.caption)
    ends = [float(left + width)] * 3  # of each line
    if panel.badge:
        small, on = _badge_font(page.unit), _badge_line(panel, width, page.unit)
        badge = lettering.shortened(panel.badge, small, width - lettering.pill_width("", small))
        middle = base + (20 * on - 5) * page.unit
        ends[on] = lettering.pill(image, ends[on], middle, badge, small) - 8 * page.unit
    heading = lettering.shortened(panel.heading, bold, ends[0] - left)
    at = lettering.write(image, (left, base), heading, bold, lettering.INK)
    at = lettering.write(image, (at, base), _between(panel), plain, lettering.SOFT_INK)
    caption = lettering.shortened(panel.caption, plain, ends[0] - at)
    lettering.write(image, (at, base), caption, plain, lettering.INK)
    detail = lettering.shortened(panel.detail, plain, ends[below] - left)
    lettering.write(image, (left, base + 20 * page.unit * below), detail, plain, lettering.SOFT_INK)


def _badge_line(panel: Panel, width: float, unit: float) -> int:
    """The line of a caption for its badge: the last, else the first, where it cuts nothing off; else one more."""
    bold, plain = _caption_fonts(unit)
    first = length(lettering.one_line(panel.heading), bold)
    first += length(lettering.one_line(_between(panel) + panel.caption), plain)
    words = [first] * bool(panel.heading or panel.caption) + [length(lettering.one_line(panel.detail), plain)]
    room = width - lettering.pill_width(panel.badge, _badge_font(unit)) - 8 * unit
    fitting = [line for line, taken in enumerate(words) if taken <= room]
    return len(words) - 1 if fitting and fitting[-1] == len(words) - 1 else (fitting or [len(words)])[0]


def _badge_font(unit: float) -> FreeTypeFont:
    return lettering.font(11.5 * unit, "Medium")


def _between(panel: Panel) -> str:
    return "  ·  " if panel.heading and panel.caption else ""


def _caption_fonts(unit: float) -> tuple[FreeTypeFont, FreeTypeFont]:
    """Of what is read first, and of the rest."""
    return lettering.font(14 * unit, "SemiBold"), lettering.font(14 * unit)


@dataclass(frozen=True, slots=True)
class _Notes:
    """Footnotes set in columns: each with its lines; `height` in pixels of the highest column."""

    columns: list[list[tuple[Note, list[str]]]]
    width: float
    height: float


def _set_notes(sheet: PanelSheet, row: int, unit: float) -> _Notes:
    count = max(1, min(3, len(sheet.notes), int(row // (330 * unit))))
    width = (row - (count - 1) * _gap(unit)) / count
    face = lettering.font(_NOTE * unit)
    lines = [(note, lettering.note_lines(note, face, width - 8 * unit)) for note in sheet.notes]
    each = -(-len(lines) // count)
    columns = [lines[start : start + each] for start in range(0, len(lines), each or 1)]
    tallest = max((sum(_note_height(shown, unit) for _, shown in column) for column in columns), default=0.0)
    return _Notes(columns, width, tallest)


def _note_height(lines: list[str], unit: float) -> float:
    return len(lines) * _NOTE * 1.45 * unit + 5 * unit


def _write_notes(image: Image.Image, notes: _Notes, page: _Page) -> None:
    if not notes.columns:
        return
    unit = page.unit
    ruler = page.notes_top + 8 * unit
    line = page.margin, round(ruler), page.width - page.margin, round(ruler + max(1.0, unit))
    image.paste(lettering.LINE, line)
    for number, column in enumerate(notes.columns):
        left, top = page.margin + number * (notes.width + _gap(unit)), ruler + 18 * unit
        for note, lines in column:
            lettering.write_note(image, (left, top), note, lines, lettering.font(_NOTE * unit))
            top += _note_height(lines, unit)


def _write_watermark(image: Image.Image, text: str, page: _Page) -> None:
    face = lettering.font(11 * page.unit)
    shown = lettering.shortened(text, face, page.width - 2 * page.margin)
    place = page.width - page.margin, page.height - page.margin * 0.7
    lettering.write(image, place, shown, face, lettering.SOFT_INK, "rs")


def _paste(image: Image.Image, photo: Bytes, at: tuple[int, int], radius: int) -> None:
    corners = Image.new("L", (photo.shape[1] * 2, photo.shape[0] * 2), 0)
    ImageDraw.Draw(corners).rounded_rectangle((0, 0, *(side - 1 for side in corners.size)), radius * 2, fill=255)
    image.paste(Image.fromarray(photo), at, corners.reduce(2))


def _as_pixels(image: Image.Image) -> Pixels:
    return from_array(cv2.cvtColor(np.asarray(image), cv2.COLOR_RGB2BGRA))  # type: ignore[arg-type]
