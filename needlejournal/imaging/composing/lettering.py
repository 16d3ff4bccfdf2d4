"""Text, pills and signs on composed pictures, in the app's own typeface and in neutral greys."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont

from needlejournal import paths
from needlejournal.imaging.composing.typefaces import length, runs

if TYPE_CHECKING:
    from PIL.Image import Image

Point = tuple[float, float]
Colour = tuple[int, int, int]

INK, SOFT_INK, LINE, PILL = (32, 32, 32), (72, 72, 72), (190, 190, 190), (245, 245, 245)
SIGNS = {"matches": ("✓", (46, 107, 72)), "differs": ("!", (154, 84, 8)), "unknown": ("?", (95, 95, 95))}
ELLIPSIS = "…"
FINE = 4  # shapes are drawn this much larger and averaged: Pillow draws hard edges
_LONGEST, _MOST_LINES, _PILL_PAD = 2000, 12, 0.75


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote; `answer` matches, differs or unknown puts the sign of the comparability panel before it."""

    text: str
    answer: str = ""


@lru_cache(maxsize=64)
def font(size: float, weight: str = "Regular") -> FreeTypeFont:
    """The app's typeface in a size in pixels; weights Regular, Medium, SemiBold."""
    shipped = paths.resources() / "fonts" / f"Inter-{weight}.ttf"
    if shipped.exists():
        return ImageFont.truetype(str(shipped), size)
    return ImageFont.load_default(size)  # type: ignore[return-value]


def one_line(text: str) -> str:
    """`text` without line breaks and whatever else cannot be drawn, cut after 2000 letters."""
    words = ("".join(letter for letter in word if letter.isprintable()) for word in text[:_LONGEST].split())
    return " ".join(word for word in words if word)


def shortened(text: str, face: FreeTypeFont, width: float) -> str:
    """`text` on one line, cut with an ellipsis where it is wider than `width` pixels."""
    line = one_line(text)
    if length(line, face) <= width:
        return line
    fitting = bisect_right(range(1, len(line)), width, key=lambda end: length(line[:end] + ELLIPSIS, face))
    return line[:fitting].rstrip() + ELLIPSIS


def wrapped(text: str, face: FreeTypeFont, width: float) -> list[str]:
    """`text` broken into at most 12 lines of `width` pixels; a word that is wider is shortened."""
    lines: list[str] = []
    for word in one_line(text).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and length(longer, face) <= width:
            lines[-1] = longer
        elif len(lines) == _MOST_LINES:
            lines[-1] = shortened(longer, face, width)
            break
        else:
            lines.append(shortened(word, face, width))
    return lines


def write(image: Image, at: Point, text: str, face: FreeTypeFont, ink: Colour, anchor: str = "ls") -> float:
    """Write a line at the point that `anchor` names (left end of the baseline, else as Pillow has it).

    Return how far to the right it reaches when it starts there.
    """
    pen = ImageDraw.Draw(image)
    pieces = runs(text, face)
    if len(pieces) == 1:
        pen.text(at, text, font=pieces[0][1], fill=ink, anchor=anchor)
        return at[0] + length(text, face)
    x, y = at[0] - {"l": 0.0, "m": 0.5, "r": 1.0}[anchor[0]] * length(text, face), at[1]
    if anchor[1] == "m":  # all pieces on one baseline
        above, below = face.getmetrics()
        y += (above - below) / 2
    for piece, font_of_piece in pieces:
        pen.text((x, y), piece, font=font_of_piece, fill=ink, anchor="ls")
        x += font_of_piece.getlength(piece)
    return x


def pill(image: Image, right: float, middle: float, text: str, face: FreeTypeFont) -> float:
    """Draw a rounded label that ends at `right`, centred at height `middle`; return where it begins."""
    text = one_line(text)
    left, half = right - pill_width(text, face), face.size * 0.85
    shape(image, (left, middle - half, right, middle + half), half, PILL)
    write(image, (left + face.size * _PILL_PAD, middle), text, face, INK, "lm")
    return left


def pill_width(text: str, face: FreeTypeFont) -> float:
    """How wide the label is, in pixels."""
    return length(one_line(text), face) + 2 * face.size * _PILL_PAD


def shape(image: Image, box: tuple[float, float, float, float], radius: float, colour: Colour) -> None:
    """Fill a box with round corners, smooth at its edges."""
    left, top = int(box[0]), int(box[1])
    size = int(box[2]) + 2 - left, int(box[3]) + 2 - top
    mask = Pillow.new("L", (size[0] * FINE, size[1] * FINE), 0)
    inside = [(edge - start) * FINE for edge, start in zip(box, (left, top, left, top), strict=True)]
    ImageDraw.Draw(mask).rounded_rectangle(inside, radius * FINE, fill=255)
    image.paste(colour, (left, top), mask.reduce(FINE))


def note_lines(note: Note, face: FreeTypeFont, width: float) -> list[str]:
    """The lines of a footnote in a column of `width` pixels, its sign's room left out."""
    return wrapped(note.text, face, width - _indent(note, face))


def write_note(image: Image, at: Point, note: Note, lines: list[str], face: FreeTypeFont) -> None:
    """Write a footnote whose first line is centred at `at`, its sign before it, lines 1.45 sizes apart."""
    if note.answer:
        _sign(image, (at[0] + face.size * 0.6, at[1]), note.answer, face.size * 0.6)
    for number, line in enumerate(lines):
        place = at[0] + _indent(note, face), at[1] + number * face.size * 1.45
        write(image, place, line, face, SOFT_INK, "lm")


def _indent(note: Note, face: FreeTypeFont) -> float:
    return face.size * 1.75 if note.answer else 0


def _sign(image: Image, centre: Point, answer: str, radius: float) -> None:
    sign, colour = SIGNS[answer]
    x, y = centre
    shape(image, (x - radius, y - radius, x + radius, y + radius), radius, colour)
    if sign == "✓":
        _tick(image, centre, radius)
    else:
        write(image, (x, y), sign, font(radius * 1.5, "SemiBold"), PILL, "mm")


def _tick(image: Image, centre: Point, radius: float) -> None:
    """A tick is drawn, since typefaces differ about it."""
    corner = int(centre[0] - radius), int(centre[1] - radius)
    side = int(2 * radius) + 2
    x, y, reach = (centre[0] - corner[0]) * FINE, (centre[1] - corner[1]) * FINE, radius * FINE
    mask = Pillow.new("L", (side * FINE, side * FINE), 0)
    points = [(x - reach * 0.45, y + reach * 0.02), (x - reach * 0.1, y + reach * 0.38)]
    points.append((x + reach * 0.48, y - reach * 0.34))
    ImageDraw.Draw(mask).line(points, fill=255, width=max(1, round(reach * 0.26)), joint="curve")
    image.paste(PILL, corner, mask.reduce(FINE))
