"""Finds out whether a picture that can be opened is whole: parts overwritten, zeroed or missing decode without a word.

Looks at structure, sums and coded pixels. A missing end mark or a broken extra alone is no damage. Thresholds were
measured on 2,000 real files of public test sets and on copies of them destroyed in the ways broken copies are.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from enum import Enum

import simplejpeg

from needlejournal.imaging.reading import boxes, jpeg_parts
from needlejournal.imaging.reading.formats import Format, breaks_off, jpeg_is_unusual
from needlejournal.journal.message import Message, message

# The longest run of zero bytes met in whole files has 15 where zeros mean noise; where they mean flat areas there are
# runs of 6,637, so there only long ones count that begin or end on a disk's sector.
_ZEROS, _LONG, _SECTOR = 48, 4096, 512
_QUIET = 512  # WebP: 60 were met
_PADDING = 64  # bytes behind the last pixel that some encoders leave
_UNJUDGED = re.compile(r"subsampling level|color ?conversion|colorspace", re.IGNORECASE)
_EXTRANEOUS = re.compile(r"(\d+) extraneous bytes before marker 0xd9")
_START_CODE = re.compile(rb"\0\0[\0\1\2]")  # cannot occur in HEVC: an 03 would stand between (ITU-T H.265, 7.4.2)


_FILLING = 38  # the type of a unit that holds nothing (ITU-T H.265, table 7-1)


class Damage(Enum):
    """How a picture is broken; the value is the key the journal keeps."""

    CUT = "cut"
    PART = "part"

    @property
    def sentence(self) -> Message:
        """What the person reads."""
        return _SENTENCES[self]


_SENTENCES = {
    Damage.CUT: message(
        "This picture breaks off: the end of the file is missing, as after an interrupted copy. "
        "Copy it once more from the phone or camera."
    ),
    Damage.PART: message(
        "Part of this picture is damaged, as after a copy that went wrong. "
        "Copy it once more from the phone or camera; if it stays like this, look for an older copy."
    ),
}


@dataclass(frozen=True, slots=True)
class DamageFound:
    """The damage, and at which byte it begins where that is known."""

    damage: Damage
    at: int | None = None


def find(data: bytes, kind: Format, *, complained: bool = True) -> DamageFound | None:
    """What is broken in a picture that can be opened; None when nothing is.

    `complained` is False when a strict decoder has read all of a JPEG already without a word.
    """
    match kind:
        case Format.JPEG:
            return _zeroed_scan(data) or (_broken_code(data) if complained else None)
        case Format.HEIC | Format.AVIF:
            return _broken_items(data)
        case Format.PNG:
            return _broken_png(data)
        case Format.WEBP:
            return _broken_webp(data)
        case Format.TIFF:
            return DamageFound(Damage.CUT, len(data)) if breaks_off(data, kind) else None
        case _:  # their decoders are strict enough
            return None


def _blank(data: bytes, start: int, end: int) -> DamageFound | None:
    """A run of zeros or of ones, as an unwritten part of a disk or card holds, where coded pixels should be."""
    ones = data.find(b"\xff" * _ZEROS, start, end)
    return _zeroed(data, start, end, _ZEROS) or (DamageFound(Damage.PART, ones) if ones >= 0 else None)


def _zeroed(data: bytes, start: int, end: int, longest: int, *, on_sector: bool = False) -> DamageFound | None:
    """A run of zeros of at least this length; `on_sector`: only one that begins or ends where a disk's sectors do."""
    at = data.find(bytes(longest), start, end)
    while at >= 0:
        after = end - len(data[at:end].lstrip(b"\0"))
        if not on_sector or at % _SECTOR == 0 or after % _SECTOR == 0:
            return DamageFound(Damage.PART if after < end else Damage.CUT, at)
        at = data.find(bytes(longest), after, end)
    return None


def _zeroed_scan(data: bytes) -> DamageFound | None:
    """Whether coded pixels were overwritten with zeros. The quick look first: most files hold no such run at all."""
    if bytes(_ZEROS) not in data:
        return None
    found = (
        _zeroed(data, one.start, one.end, _LONG if one.quiet else _ZEROS, on_sector=one.quiet)
        for one in jpeg_parts.scans(data)
    )
    first = next((one for one in found if one), None)
    if first is None:
        return None
    said = _complaint(jpeg_parts.without_extras(data[: first.at]))
    complete = not said or _EXTRANEOUS.search(said)  # before: these are bytes of a phone's own behind the picture
    return None if complete else first


def _broken_code(data: bytes) -> DamageFound | None:
    """Whether a strict decoder, given only what it needs, complains about the coded pixels themselves."""
    if jpeg_is_unusual(data):
        return None
    said = _complaint(jpeg_parts.without_extras(data))
    extra = _EXTRANEOUS.search(said)
    if not said or _UNJUDGED.search(said):
        return None
    if extra:  # behind the last pixel: padding, or a phone's own trailer where the end mark is missing
        return DamageFound(Damage.PART) if int(extra[1]) > _PADDING and not _ends_in_code(data) else None
    return DamageFound(Damage.CUT, len(data)) if _ends_in_code(data) else DamageFound(Damage.PART)


def _complaint(data: bytes) -> str:
    """What a strict decoder says of a JPEG, decoded as small as can be; "" when nothing."""
    try:
        space = simplejpeg.decode_jpeg_header(data, strict=False)[2]
        simplejpeg.decode_jpeg(
            data, "CMYK" if space in {"CMYK", "YCCK"} else "BGR", fastdct=True, min_width=1, min_height=1
        )
    except (ValueError, LookupError, TypeError) as error:
        return str(error)
    return ""


def _ends_in_code(data: bytes) -> bool:
    """Whether the file ends within its coded pixels."""
    ends = [segment.end for segment in jpeg_parts.segments(data)]
    return not ends or ends[-1] >= len(data)


def _broken_items(data: bytes) -> DamageFound | None:
    for coded in boxes.coded_pictures(data):
        for start, size in coded.extents:
            if start + size > len(data):
                return DamageFound(Damage.CUT, len(data))
        parts = b"".join(data[start : start + size] for start, size in coded.extents)
        whole = _is_hevc(parts) if coded.kind == b"hvc1" else _blank(parts, 0, len(parts)) is None
        if not whole:
            return DamageFound(Damage.PART)
    return DamageFound(Damage.CUT, len(data)) if boxes.breaks_off(data) else None


def _is_hevc(stream: bytes) -> bool:
    """Whether these are HEVC units, one behind the other to the end, without the codes that none can hold."""
    at = 0
    while at + 6 <= len(stream):
        end = at + 4 + int.from_bytes(stream[at : at + 4], "big")
        if end > len(stream) or stream[at + 4] & 0x80 or not _is_unit(stream[at + 4 : end].rstrip(b"\0")):
            return False
        at = end
    return at == len(stream)


def _is_unit(unit: bytes) -> bool:
    """Whether one unit can be whole. Zeros at its end and units of filling are allowed: Canon's cameras write both."""
    filling = unit[:1] == bytes([_FILLING << 1])
    return filling or (not _START_CODE.search(unit) and b"\xff" * _ZEROS not in unit)


def _broken_webp(data: bytes) -> DamageFound | None:
    if breaks_off(data, Format.WEBP):
        return DamageFound(Damage.CUT, len(data))
    at = 12
    while at + 8 <= len(data):
        end = at + 8 + int.from_bytes(data[at + 4 : at + 8], "little")
        if data[at : at + 4] == b"VP8 " and (found := _zeroed(data, at + 8, end, _QUIET)):
            return found
        at = end + end % 2
    return None


def _broken_png(data: bytes) -> DamageFound | None:
    at = 8
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if end > len(data):
            return DamageFound(Damage.CUT, at) if data[at + 4 : at + 8] == b"IDAT" else None
        critical = data[at + 4 : at + 5].isupper()
        if critical and zlib.crc32(data[at + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            return DamageFound(Damage.PART, at)
        if data[at + 4 : at + 8] == b"IEND":
            return None
        at = end
    return None
