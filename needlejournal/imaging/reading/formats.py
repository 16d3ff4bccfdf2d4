"""Which picture format some bytes are in, told from the bytes and never from a file name. Standard library only."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from enum import Enum
from typing import Literal

from needlejournal.imaging.reading import tiff_tags

HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"})
TIFF_STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_BMP_HEADERS = frozenset(size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124))
_UNUSUAL_FRAMES = frozenset({0xC3, 0xC5, 0xC6, 0xC7, 0xCB, 0xCD, 0xCE, 0xCF})  # ITU-T T.81, table B.1


class Format(Enum):
    """The formats that can be read; the value is the key the journal keeps. Of a GIF the first picture counts."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    TIFF = "tiff"
    AVIF = "avif"
    GIF = "gif"
    BMP = "bmp"
    JPEG2000 = "jp2"

    @property
    def mime(self) -> str:
        """The media type, such as `image/jpeg`."""
        return f"image/{self.value}"


_STARTS: tuple[tuple[bytes | tuple[bytes, ...], Format], ...] = (
    (b"\xff\xd8\xff", Format.JPEG),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (TIFF_STARTS, Format.TIFF),
    ((b"GIF87a", b"GIF89a"), Format.GIF),
    ((b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51"), Format.JPEG2000),
)


def sniff(data: bytes) -> Format | None:
    """Tell the format of `data`, or None when it is none of ours."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Format.WEBP
    if data.startswith(b"BM") and data[14:18] in _BMP_HEADERS and data[6:10] == bytes(4):
        return Format.BMP
    if _is_avif(data):
        return Format.AVIF
    return Format.HEIC if _is_heic(data) else None


def is_blank(data: bytes) -> bool:
    """Whether there is nothing in `data`: no bytes, or only zeros, as some interrupted copies leave behind."""
    return not data[:64].strip(b"\0") and data.count(0) == len(data)


def breaks_off(data: bytes, kind: Format) -> bool:
    """Whether the end of the file is missing, as far as its outer structure tells (a TIFF's often does not)."""
    return _BREAKS_OFF[kind](data)


def png_exif(data: bytes) -> bytes | None:
    """The EXIF of a PNG, wherever among its chunks it stands; None when there is none."""
    at = 8
    while at + 12 <= len(data):
        size, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if name == b"eXIf":
            return data[at + 8 : at + 8 + size]
        at += 12 + size
    return None


def jpeg_is_unusual(data: bytes) -> bool:
    """Whether a JPEG is of a valid kind that decoders leave alone: lossless, hierarchical, or of 12 bits."""
    at = 2
    while at + 5 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _UNUSUAL_FRAMES:
            return True
        if marker in {0xC0, 0xC1, 0xC2, 0xC9, 0xCA}:
            return data[at + 4] != 8
        at += 1 if marker == 0xFF else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return False


def png_without_broken_extras(data: bytes) -> bytes:
    """A PNG without those ancillary chunks (gamma, texts, …) whose sum is wrong: the picture itself needs none."""
    at, kept = 8, [data[:8]]
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        name, broken = data[at + 4 : at + 8], False
        if name[:1].islower() and end <= len(data):  # lower case: ancillary (PNG specification, 5.4)
            broken = zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big")
        if not broken:
            kept.append(data[at:end])
        at = end
    return data if sum(map(len, kept)) == min(at, len(data)) else b"".join(kept)


def _is_avif(data: bytes) -> bool:
    return data[8:12] in {b"avif", b"avis"} or bool(_brands(data) & {b"avif", b"avis"})


def _is_heic(data: bytes) -> bool:
    return bool(_brands(data) & HEIC_BRANDS) and data[8:12] != b"crx "


def _brands(data: bytes) -> set[bytes]:
    if data[4:8] != b"ftyp":
        return set()
    end = min(int.from_bytes(data[:4], "big"), len(data), 512)
    return {data[8:12], *(data[at : at + 4] for at in range(16, end, 4))}


def _jpeg_breaks_off(data: bytes) -> bool:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xDA:  # start of scan: the picture itself, closed by an end-of-image marker
            return data.rfind(b"\xff\xd9", at) < 0
        at += 1 if marker == 0xFF else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return at + 4 > len(data)


def _tiff_breaks_off(data: bytes) -> bool:
    """Whether the list of tags, which many programs write last, lies beyond the end."""
    order: Literal["little", "big"] = "little" if data[:1] == b"I" else "big"
    first = data[8:16] if 43 in data[2:4] else data[4:8]
    return int.from_bytes(first, order) >= len(data) or tiff_tags.breaks_off(data)


def _boxes_break_off(data: bytes) -> bool:
    at = 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size == 0:  # reaches to the end by definition
            return False
        if size < 8 or at + size > len(data):
            return True
        at += size
    return False


_BREAKS_OFF: dict[Format, Callable[[bytes], bool]] = {
    Format.JPEG: _jpeg_breaks_off,
    Format.PNG: lambda data: data.rfind(b"IEND") < 0,
    Format.WEBP: lambda data: int.from_bytes(data[4:8], "little") + 8 > len(data),
    Format.HEIC: _boxes_break_off,
    Format.AVIF: _boxes_break_off,
    Format.TIFF: _tiff_breaks_off,
    Format.GIF: lambda data: not data.rstrip(b"\0").endswith(b";"),
    Format.BMP: lambda data: len(data) < int.from_bytes(data[2:6], "little"),
    Format.JPEG2000: lambda data: data.rfind(b"\xff\xd9") < 0,
}
