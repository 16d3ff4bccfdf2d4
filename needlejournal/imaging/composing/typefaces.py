"""Letters that the app's typeface lacks (other scripts, signs), from the fonts of this computer.

Looked for only when a text has such letters, once for each of them. Draws nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont, Layout

from needlejournal import paths

_NOBODYS = "\U0010fffe"  # a letter that no font has: what is drawn in the place of a missing one
_MOST_MISSED = 32  # letters that no font has, after which nobody looks on: so many are no writing
_PROBE = 16  # pixels; enough to tell shapes apart
_ENDINGS = frozenset({".ttf", ".otf", ".ttc"})
# Looked into first: they have many scripts, and most computers have one of them.
_LIKELY = ("dejavusans.", "arial.", "arialuni", "segoeui.", "notosans-regular", "sfns", "noto")


def runs(text: str, face: FreeTypeFont) -> list[tuple[str, FreeTypeFont]]:
    """The text in pieces, each with the font to write it in, one of `face`'s size where that lacks letters.

    One font for all of it where there is one, so that what runs from the right stands in one piece.
    """
    lacking = {letter for letter in text if not _has(_file_of(face), letter)}
    folders = paths.font_folders()
    others = _others(lacking, folders)
    if not others:
        return [(text, face)]
    whole = _font_with(frozenset(text) - (lacking - others.keys()), folders)
    if whole is not None:
        return [(text, _sized(whole, face.size))]
    pieces = groupby(text, key=others.get)
    return [("".join(letters), _sized(file, face.size) if file else face) for file, letters in pieces]


def _others(lacking: Collection[str], folders: tuple[Path, ...]) -> dict[str, str]:
    """The font file for each of these letters that one has."""
    found, missed = {}, 0
    for letter in sorted(lacking):
        file = _font_with(frozenset(letter), folders)
        if file:
            found[letter] = file
        else:
            missed += 1
        if missed == _MOST_MISSED:
            break
    return found


def length(text: str, face: FreeTypeFont) -> float:
    """How wide the text is, in pixels."""
    return sum(font.getlength(piece) for piece, font in runs(text, face))


def _file_of(face: FreeTypeFont) -> str:
    return str(face.path)


@lru_cache(maxsize=4096)
def _font_with(letters: frozenset[str], folders: tuple[Path, ...]) -> str | None:
    """A font file in these folders that has all of these letters; None where there is none."""
    return next((file for file in _files(folders) if all(_has(file, letter) for letter in letters)), None)


@lru_cache(maxsize=1)
def _files(folders: tuple[Path, ...]) -> tuple[str, ...]:
    found = (file for folder in folders for file in _within(folder) if file.suffix.lower() in _ENDINGS)
    return tuple(map(str, sorted(found, key=lambda file: (_likely(file.name.lower()), file.name))))


def _within(folder: Path) -> Iterator[Path]:
    try:
        yield from folder.rglob("*")
    except OSError:  # a folder that may not be read
        return


def _likely(name: str) -> int:
    return next((place for place, part in enumerate(_LIKELY) if name.startswith(part)), len(_LIKELY))


@lru_cache(maxsize=4096)
def _has(file: str, letter: str) -> bool:
    """Whether a font has a shape of its own for a letter."""
    if letter.isspace():
        return True
    probe = _probe(file)
    if probe is None:
        return False
    shape, missing = probe.getmask(letter), probe.getmask(_NOBODYS)
    return (shape.size, bytes(shape)) != (missing.size, bytes(missing))


@lru_cache(maxsize=8)  # each holds its file open
def _probe(file: str) -> FreeTypeFont | None:
    try:
        return ImageFont.truetype(file, _PROBE, layout_engine=Layout.BASIC)
    except (OSError, ValueError):  # broken, or of one size only, as the fonts of coloured signs
        return None


@lru_cache(maxsize=16)
def _sized(file: str, size: float) -> FreeTypeFont:
    return ImageFont.truetype(file, size)
