"""Which picture format some bytes are in, told from the bytes and never from a file name. Standard library only."""

from __future__ import annotations

from enum import Enum
from typing import Literal

HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"})
TIFF_STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


class Format(Enum):
    """The formats that can be read; the value is the key the journal keeps."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    TIFF = "tiff"

    @property
    def mime(self) -> str:
        """The media type, such as `image/jpeg`."""
        return f"image/{self.value}"


def sniff(data: bytes) -> Format | None:
    """Tell the format of `data`, or None when it is none of ours."""
    if data.startswith(b"\xff\xd8\xff"):
        return Format.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Format.PNG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Format.WEBP
    if data.startswith(TIFF_STARTS):
        return Format.TIFF
    return Format.HEIC if _is_heic(data) else None


def is_blank(data: bytes) -> bool:
    """Whether there is nothing in `data`: no bytes, or only zeros, as some interrupted copies leave behind."""
    return not data[:64].strip(b"\0") and data.count(0) == len(data)


def breaks_off(data: bytes, kind: Format) -> bool:
    """Whether the end of the file is missing, as far as its outer structure tells (a TIFF's often does not)."""
    match kind:
        case Format.JPEG:
            return _jpeg_breaks_off(data)
        case Format.PNG:
            return data.rfind(b"IEND") < 0
        case Format.WEBP:
            return int.from_bytes(data[4:8], "little") + 8 > len(data)
        case Format.HEIC:
            return _boxes_break_off(data)
        case Format.TIFF:
            return _tiff_breaks_off(data)


def png_exif(data: bytes) -> bytes | None:
    """The EXIF of a PNG, wherever among its chunks it stands; None when there is none."""
    at = 8
    while at + 12 <= len(data):
        size, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if name == b"eXIf":
            return data[at + 8 : at + 8 + size]
        at += 12 + size
    return None


def _is_heic(data: bytes) -> bool:
    if data[4:8] != b"ftyp":
        return False
    end = min(int.from_bytes(data[:4], "big"), len(data), 512)
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, end, 4))}
    return bool(brands & HEIC_BRANDS) and b"avif" not in brands


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
    return int.from_bytes(first, order) >= len(data)


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
