"""Letters that the app's typeface lacks come from a font of the computer, where one has them."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFont
from PIL.ImageFont import FreeTypeFont, Layout

from needlejournal import paths
from needlejournal.imaging.composing import lettering
from needlejournal.imaging.composing.typefaces import length, runs

RUSSIAN = "Щека слева"
NOBODYS = "\U0010fffd"


@pytest.fixture
def small(tmp_path: Path) -> FreeTypeFont:
    """A typeface of some Latin letters and nothing else."""
    file = tmp_path / "small.ttf"
    file.write_bytes(ImageFont.load_default(16).font_bytes)
    return ImageFont.truetype(str(file), 20)


@pytest.fixture
def fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The fonts of the computer: for the moment one that cannot be read, and a folder that is not there."""
    folder = tmp_path / "fonts" / "truetype"
    folder.mkdir(parents=True)
    (folder / "broken.ttf").write_bytes(b"no font")
    monkeypatch.setattr(paths, "font_folders", lambda: (tmp_path / "fonts", tmp_path / "none"))
    return folder


INTER = paths.resources() / "fonts" / "Inter-Regular.ttf"


def install(fonts: Path) -> None:
    shutil.copy(INTER, fonts / "many.TTF")


def install_russian(fonts: Path) -> None:
    """A font of nothing but the Cyrillic letters, as many of one script are."""
    font = bytearray(INTER.read_bytes())
    entry = next(at for at in range(12, 12 + 16 * int.from_bytes(font[4:6], "big"), 16) if font[at : at + 4] == b"cmap")
    start, size = struct.unpack(">2I", font[entry + 8 : entry + 16])
    groups = b"".join(struct.pack(">3I", code, code, glyph) for code, glyph in glyphs(font, start))
    table = struct.pack(">2H 2HI 2H3I", 0, 1, 3, 10, 12, 12, 0, 16 + len(groups), 0, len(groups) // 12) + groups
    font[start : start + size] = table.ljust(size, b"\0")
    (fonts / "russian.ttf").write_bytes(font)


def glyphs(font: bytes | bytearray, cmap: int) -> list[tuple[int, int]]:
    """Cyrillic letters with their glyphs, by the segments of the font's first table (format 4)."""
    at = cmap + struct.unpack(">I", font[cmap + 8 : cmap + 12])[0]
    assert font[at : at + 2] == b"\0\4"
    half = int.from_bytes(font[at + 6 : at + 8], "big")
    places = at + 14, at + 16 + half, at + 16 + 2 * half, at + 16 + 3 * half
    ends, begins, deltas, ranges = (struct.unpack(f">{half // 2}H", font[place : place + half]) for place in places)
    found = []
    for number, (end, begin, delta, skip) in enumerate(zip(ends, begins, deltas, ranges, strict=True)):
        for code in range(max(begin, 0x400), min(end, 0x4FF) + 1):
            place = places[3] + 2 * number + skip + 2 * (code - begin)
            glyph = int.from_bytes(font[place : place + 2], "big") if skip else code
            found.append((code, (glyph + delta) % 65536))
    return found


def name_of(font: FreeTypeFont) -> str:
    return Path(str(font.path)).name


def drawn(text: str, face: FreeTypeFont, anchor: str = "ls") -> np.ndarray:
    image = Image.new("RGB", (600, 60), (255, 255, 255))
    lettering.write(image, (300, 30), text, face, (0, 0, 0), anchor)
    return np.asarray(image)


def test_what_it_has_is_written_in_it(small: FreeTypeFont, fonts: Path) -> None:
    install(fonts)
    assert runs("Left cheek", small) == [("Left cheek", small)]
    assert length("Left cheek", small) == small.getlength("Left cheek")


def test_what_it_lacks_is_written_in_a_font_that_has_it_all_in_the_same_size(small: FreeTypeFont, fonts: Path) -> None:
    install(fonts)
    ((text, font),) = runs(f"Cheek: {RUSSIAN}", small)
    assert text == f"Cheek: {RUSSIAN}"
    assert name_of(font) == "many.TTF" and font.size == small.size
    inter = ImageFont.truetype(str(fonts / "many.TTF"), 20)
    assert (drawn(RUSSIAN, small) == drawn(RUSSIAN, inter)).all()


@pytest.mark.parametrize("anchor", ["ls", "lm", "rs", "mm"])
def test_where_no_font_has_all_the_words_are_pieced_together(small: FreeTypeFont, fonts: Path, anchor: str) -> None:
    install_russian(fonts)
    text = f"Cheek, {RUSSIAN}"
    pieces = runs(text, small)
    assert [(piece, name_of(font)) for piece, font in pieces] == [
        ("Cheek, ", "small.ttf"),
        ("Щека", "russian.ttf"),
        (" ", "small.ttf"),
        ("слева", "russian.ttf"),
    ]
    assert length(text, small) == pytest.approx(sum(font.getlength(piece) for piece, font in pieces))
    inked = np.flatnonzero((drawn(text, small, anchor) < 128).any(axis=(0, 2)))
    begins = 300 - {"l": 0, "m": 0.5, "r": 1}[anchor[0]] * length(text, small)
    assert inked.min() == pytest.approx(begins, abs=3)
    assert inked.max() == pytest.approx(begins + length(text, small), abs=3)


def test_a_sign_that_no_font_has_spoils_only_itself(small: FreeTypeFont, fonts: Path) -> None:
    install(fonts)
    ((_, font),) = runs(f"{RUSSIAN} {NOBODYS}", small)
    assert name_of(font) == "many.TTF"


def test_without_any_such_font_nothing_fails(small: FreeTypeFont, fonts: Path) -> None:
    assert runs(RUSSIAN, small) == [(RUSSIAN, small)]
    assert drawn(RUSSIAN, small).min() < 128


def test_signs_that_no_font_has_are_not_sought_without_end(
    small: FreeTypeFont, fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(10):
        shutil.copy(INTER, fonts / f"{number}.ttf")
    opened: list[str] = []
    truetype = ImageFont.truetype

    def counted(file: str, *how: float, **named: Layout) -> FreeTypeFont:
        opened.append(file)
        return truetype(file, *how, **named)

    monkeypatch.setattr(ImageFont, "truetype", counted)
    signs = "".join(chr(0x10000 + number) for number in range(600))
    assert runs(signs, small) == [(signs, small)]
    assert len(opened) < 500
