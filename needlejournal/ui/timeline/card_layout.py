"""Where everything on a card of the timeline lies, for a given width: lines of text, pills, photos, the little grid.

Coordinates are the card's own. Made once for a card and width; painting only follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption

from needlejournal.journal.frozen import frozen
from needlejournal.journal.photos import Photo
from needlejournal.journal.sessions import Severity
from needlejournal.ui import theme
from needlejournal.ui.language import tr
from needlejournal.ui.models.card_content import CardContent, EffectGrid, Pill
from needlejournal.ui.theme import TextStyle

PADDING = 16
NOTE_LINES = 4
TILE_WIDTH, TILE_HEIGHT, TILE_GAP = 106, 132, 8
_MORE_WIDTH = 60
_CELL, _CELL_GAP = 18, 7
_GRID_BESIDE_FROM = 720


@frozen
class TextLine:
    """One line of text; `at` is the left end of its baseline."""

    text: str
    style: TextStyle
    role: str
    at: QPointF


@frozen
class PlacedPill:
    """A pill's box and the role of its dot; its words are among the lines."""

    dot: str
    where: QRectF


@frozen
class PlacedPhoto:
    """A photo's tile; `place` is its place among the card's photos."""

    photo: Photo
    place: int
    where: QRectF


@frozen
class Cell:
    """One day of one symptom; None: not written down. `future` days are still to come."""

    severity: Severity | None
    future: bool
    where: QRectF


@dataclass(slots=True)
class CardLayout:
    """What is on a card, and its height. `more` is the box "+n" for photos without room, `found` what was searched."""

    width: float
    height: float = 0.0
    dot_y: float = 0.0
    lines: list[TextLine] = field(default_factory=list)
    pills: list[PlacedPill] = field(default_factory=list)
    photos: list[PlacedPhoto] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    more: tuple[QRectF, str] | None = None
    found: list[QRectF] = field(default_factory=list)

    def photo_at(self, point: QPointF) -> int:
        """The place of the photo under a point, −1 where there is none."""
        return next((placed.place for placed in self.photos if placed.where.contains(point)), -1)


@cache
def _metrics(style: TextStyle, _scale: float) -> QFontMetricsF:
    return QFontMetricsF(theme.font(style))


def metrics(style: TextStyle) -> QFontMetricsF:
    """Measures of a text style at the person's text size."""
    return _metrics(style, theme.text_scale())


@lru_cache(4096)
def _advance(style: TextStyle, scale: float, text: str) -> float:
    return _metrics(style, scale).horizontalAdvance(text)


def advance(style: TextStyle, text: str) -> float:
    """How wide a text is; most words on cards come again and again."""
    return _advance(style, theme.text_scale(), text)


def tile_size() -> tuple[int, int]:
    """Width and height of a photo; they grow a little with the text."""
    scale = min(1.35, max(1.0, theme.text_scale()))
    return round(TILE_WIDTH * scale), round(TILE_HEIGHT * scale)


def lay_out(content: CardContent, width: float, searched: str = "") -> CardLayout:
    """Lay a card out in `width`; words that begin as those `searched` for are marked."""
    layout = _Builder(content, width).build()
    beginnings = re.findall(r"\w+", searched)
    if beginnings:
        pattern = re.compile(rf"\b(?:{'|'.join(beginnings)})\w*", re.IGNORECASE)
        layout.found = [box for line in layout.lines for box in _marked(line, pattern)]
    return layout


def _marked(line: TextLine, pattern: re.Pattern[str]) -> Iterator[QRectF]:
    """Boxes behind the words of a line that were searched for."""
    fonts = metrics(line.style)
    for match in pattern.finditer(line.text):
        left = line.at.x() + fonts.horizontalAdvance(line.text[: match.start()])
        width = fonts.horizontalAdvance(match[0])
        yield QRectF(left - 2, line.at.y() - fonts.ascent(), width + 4, fonts.height())


class _Builder:
    """Fills a layout from the top; `_y` is where the next thing goes."""

    def __init__(self, content: CardContent, width: float) -> None:
        self._content = content
        self._layout = CardLayout(width)
        self._left = float(theme.px(PADDING))
        self._inner = max(80.0, width - 2 * self._left)
        self._y = self._left - theme.px(2)

    def build(self) -> CardLayout:
        content, layout, top = self._content, self._layout, self._y
        grid_bottom = 0.0
        beside = content.grid is not None and self._inner >= theme.px(_GRID_BESIDE_FROM)
        whole = self._inner
        if content.grid and beside:
            grid_width = self._grid_width(content.grid)
            grid_bottom = self._grid(content.grid, self._left + whole - grid_width, top + theme.px(2))
            self._inner = whole - grid_width - theme.px(28)
        self._title()
        self._flow([*content.facts, *(Pill(f"#{tag}") for tag in content.tags)])
        for paragraph in content.paragraphs:
            self._paragraph(paragraph)
        self._photos()
        if content.grid and not beside:
            self._y = self._grid(content.grid, self._left, self._y + theme.px(12))
        layout.height = max(self._y, grid_bottom) + theme.px(PADDING)
        return layout

    def _title(self) -> None:
        content, fonts = self._content, metrics("title")
        text = metrics("text")
        baseline = self._y + fonts.ascent() + 1
        self._layout.dot_y = baseline - fonts.ascent() * 0.36
        lead_width = advance("title", content.lead)
        marks = sum(_pill_width(pill) + theme.px(8) for pill in content.marks)
        self._line(content.lead, "title", "ink", self._left, baseline)
        rest_left = self._left + lead_width + theme.px(10)
        room = self._left + self._inner - rest_left
        rest_width = text.horizontalAdvance(content.rest)
        beside = content.marks and rest_width + marks <= room
        if rest_width > room:
            baseline += text.lineSpacing() + theme.px(2)
            rest_left, room = self._left, self._inner
        rest = content.rest
        if rest_width > room:
            rest = text.elidedText(rest, Qt.TextElideMode.ElideRight, room)
        self._line(rest, "text", "ink_soft", rest_left, baseline)
        self._y = baseline + fonts.descent()
        if beside:
            self._marks_right(baseline - fonts.ascent() * 0.36)
        else:
            self._flow(content.marks)

    def _marks_right(self, middle: float) -> None:
        right = self._left + self._inner
        height = _pill_height()
        for pill in reversed(self._content.marks):
            width = _pill_width(pill)
            self._pill(pill, QRectF(right - width, middle - height / 2, width, height))
            right -= width + theme.px(8)

    def _flow(self, pills: list[Pill] | tuple[Pill, ...]) -> None:
        if not pills:
            return
        x, top, height = self._left, self._y + theme.px(9), _pill_height()
        for pill in pills:
            width = min(_pill_width(pill), self._inner)
            if x > self._left and x + width > self._left + self._inner:
                x, top = self._left, top + height + theme.px(6)
            self._pill(pill, QRectF(x, top, width, height))
            x += width + theme.px(6)
        self._y = top + height

    def _pill(self, pill: Pill, where: QRectF) -> None:
        fonts = metrics("small")
        left = where.left() + theme.px(9) + (theme.px(15) if pill.dot else 0)
        room = where.right() - theme.px(8) - left
        text = pill.text
        if where.width() >= self._inner:
            text = fonts.elidedText(text, Qt.TextElideMode.ElideRight, room)
        baseline = where.center().y() + (fonts.ascent() - fonts.descent()) / 2
        self._line(text, "small", "ink_soft", left, baseline)
        self._layout.pills.append(PlacedPill(pill.dot, where))

    def _paragraph(self, text: str) -> None:
        fonts = metrics("text")
        lines = wrapped(text, self._inner, NOTE_LINES)
        top = self._y + theme.px(8)
        for number, line in enumerate(lines):
            self._line(line, "text", "ink_soft", self._left, top + number * theme.px(21) + fonts.ascent() + 1)
        self._y = top + len(lines) * theme.px(21) - theme.px(2)

    def _photos(self) -> None:
        photos = self._content.photos
        if not photos:
            return
        width, height = tile_size()
        step, top = width + TILE_GAP, self._y + theme.px(12)
        fitting = max(1, int((self._inner + TILE_GAP) // step))
        if len(photos) > fitting:
            fitting = max(1, int((self._inner - _MORE_WIDTH) // step))
        for place, photo in enumerate(photos[:fitting]):
            where = QRectF(self._left + place * step, top, width, height)
            self._layout.photos.append(PlacedPhoto(photo, place, where))
        if len(photos) > fitting:
            box = QRectF(self._left + fitting * step, top, _MORE_WIDTH, height)
            self._layout.more = box, f"+{len(photos) - fitting}"
        self._y = top + height

    def _grid_label_width(self, grid: EffectGrid) -> float:
        widest = max(advance("small", line.symptom) for line in grid.lines)
        return min(theme.px(130), max(widest, advance("small", tr("day")))) + theme.px(12)

    def _grid_width(self, grid: EffectGrid) -> float:
        days = len(grid.lines[0].severities)
        cells = self._grid_label_width(grid) + days * theme.px(_CELL + _CELL_GAP) - theme.px(_CELL_GAP)
        return max([cells, *(advance("small", words) for words in _small_print(grid))])

    def _grid(self, grid: EffectGrid, left: float, top: float) -> float:
        """The grid with its head and small print; gives where it ends."""
        fonts, label = metrics("small"), self._grid_label_width(grid)
        side, step = theme.px(_CELL), theme.px(_CELL + _CELL_GAP)
        line_height = max(theme.px(22), fonts.height() + 2)
        self._line(tr("day"), "small", "ink_soft", left, top + fonts.ascent())
        for day in range(len(grid.lines[0].severities)):
            shift = (side - advance("small", str(day))) / 2
            self._line(str(day), "small", "ink_soft", left + label + day * step + shift, top + fonts.ascent())
        y = top + fonts.height() + theme.px(5)
        for line in grid.lines:
            name = line.symptom
            if advance("small", name) > label - theme.px(6):
                name = fonts.elidedText(name, Qt.TextElideMode.ElideRight, label - theme.px(6))
            self._line(name, "small", "ink", left, y + (line_height - fonts.height()) / 2 + fonts.ascent())
            for day, severity in enumerate(line.severities):
                where = QRectF(left + label + day * step, y + (line_height - side) / 2, side, side)
                self._layout.cells.append(Cell(severity, day >= grid.future_from, where))
            y += line_height
        for words in _small_print(grid):
            self._line(words, "small", "ink_soft", left, y + theme.px(5) + fonts.ascent())
            y += fonts.lineSpacing() + theme.px(3)
        return y

    def _line(self, text: str, style: TextStyle, role: str, x: float, baseline: float) -> None:
        self._layout.lines.append(TextLine(text, style, role, QPointF(x, baseline)))


def _small_print(grid: EffectGrid) -> list[str]:
    more = [tr("%n more symptom(s)", grid.more)] if grid.more else []
    return more + ([tr("Dotted days were not written down.")] if grid.has_unknown else [])


def _pill_width(pill: Pill) -> float:
    return advance("small", pill.text) + theme.px(18) + (theme.px(15) if pill.dot else 0)


def _pill_height() -> float:
    return metrics("small").height() + theme.px(6)


def wrapped(text: str, width: float, most: int) -> list[str]:
    """The lines of a text in `width`, the last of `most` shortened with "…" where more follows."""
    fonts = metrics("text")
    if fonts.horizontalAdvance(text) <= width:
        return [text]
    layout, units = QTextLayout(text, theme.font("text")), text.encode("utf-16-le", "replace")  # as Qt counts
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)  # an address may be longer than a line
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while len(lines) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start = line.textStart()
        end = len(units) if len(lines) == most - 1 else start + line.textLength()
        words = units[2 * start : 2 * end].decode("utf-16-le").rstrip()
        lines.append(fonts.elidedText(words, Qt.TextElideMode.ElideRight, width))
    layout.endLayout()
    return lines
