"""Text, pills and signs on composed pictures, in the app's own typeface and in neutral greys."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from needlejournal import paths

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

INK, SOFT_INK, LINE, PILL = (32, 32, 32), (72, 72, 72), (190, 190, 190), (245, 245, 245)
SIGNS = {"matches": ("✓", (46, 107, 72)), "differs": ("!", (154, 84, 8)), "unknown": ("?", (95, 95, 95))}
ELLIPSIS = "…"
_LONGEST, _MOST_LINES = 2000, 12


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote; `answer` matches, differs or unknown puts the sign of the comparability panel before it."""

    text: str
    answer: str = ""


@lru_cache(maxsize=64)
def font(size: float, weight: str = "Regular") -> FreeTypeFont:
    """The app's typeface in a size in pixels; weights Regular, Medium, SemiBold."""
    from PIL import ImageFont

    shipped = paths.resources() / "fonts" / f"Inter-{weight}.ttf"
    if shipped.exists():
        return ImageFont.truetype(str(shipped), size)
    return ImageFont.load_default(size)  # type: ignore[return-value]


def shortened(text: str, face: FreeTypeFont, width: float) -> str:
    """`text` on one line, cut with an ellipsis where it is wider than `width` pixels."""
    line = " ".join(text[:_LONGEST].split())
    if face.getlength(line) <= width:
        return line
    fitting = bisect_right(range(1, len(line)), width, key=lambda end: face.getlength(line[:end] + ELLIPSIS))
    return line[:fitting].rstrip() + ELLIPSIS


def wrapped(text: str, face: FreeTypeFont, width: float) -> list[str]:
    """`text` broken into at most 12 lines of `width` pixels; a word that is wider is shortened."""
    lines: list[str] = []
    for word in text[:_LONGEST].split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= width:
            lines[-1] = longer
        elif len(lines) == _MOST_LINES:
            lines[-1] = shortened(longer, face, width)
            break
        else:
            lines.append(shortened(word, face, width))
    return lines


def write(draw: ImageDraw, at: tuple[float, float], text: str, face: FreeTypeFont, ink: tuple[int, int, int]) -> float:
    """Write a line whose baseline starts at `at`; return where it ends."""
    draw.text(at, text, font=face, fill=ink, anchor="ls")
    return at[0] + face.getlength(text)


def pill(draw: ImageDraw, right: float, middle: float, text: str, face: FreeTypeFont) -> float:
    """Draw a rounded label that ends at `right`, centred at height `middle`; return where it begins."""
    pad, half = face.size * 0.75, face.size * 0.85
    left = right - face.getlength(text) - 2 * pad
    draw.rounded_rectangle((left, middle - half, right, middle + half), radius=half, fill=PILL)
    draw.text((left + pad, middle), text, font=face, fill=INK, anchor="lm")
    return left


def note_lines(note: Note, face: FreeTypeFont, width: float) -> list[str]:
    """The lines of a footnote in a column of `width` pixels, its sign's room left out."""
    return wrapped(note.text, face, width - _indent(note, face))


def write_note(draw: ImageDraw, at: tuple[float, float], note: Note, lines: list[str], face: FreeTypeFont) -> None:
    """Write a footnote whose first line is centred at `at`, its sign before it, lines 1.45 sizes apart."""
    if note.answer:
        _sign(draw, (at[0] + face.size * 0.6, at[1]), note.answer, face.size * 0.6)
    for number, line in enumerate(lines):
        place = at[0] + _indent(note, face), at[1] + number * face.size * 1.45
        draw.text(place, line, font=face, fill=SOFT_INK, anchor="lm")


def _indent(note: Note, face: FreeTypeFont) -> float:
    return face.size * 1.75 if note.answer else 0


def _sign(draw: ImageDraw, centre: tuple[float, float], answer: str, radius: float) -> None:
    sign, colour = SIGNS[answer]
    x, y = centre
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    if sign == "✓":  # drawn: fonts differ about this one
        points = [(x - radius * 0.45, y + radius * 0.02), (x - radius * 0.1, y + radius * 0.38)]
        draw.line([*points, (x + radius * 0.48, y - radius * 0.34)], fill=PILL, width=max(1, round(radius * 0.26)))
    else:
        draw.text((x, y), sign, font=font(radius * 1.5, "SemiBold"), fill=PILL, anchor="mm")
