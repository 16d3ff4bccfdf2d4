"""Reads what a camera wrote beside the pixels: date, offset, lens, orientation. Broken entries count as not written."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from PIL.Image import Image
from PIL.Image import Image as AnyImage

from needlejournal.imaging.reading.opening import DECODER_ERRORS
from needlejournal.journal.photos import Camera

EXIF_IFD, GPS_IFD = 0x8769, 0x8825
MAKE, MODEL, ORIENTATION, SOFTWARE = 0x010F, 0x0110, 0x0112, 0x0131
TAKEN, TAKEN_OFFSET = 0x9003, 0x9011
FOCAL, FOCAL_35MM, LENS = 0x920A, 0xA405, 0xA434
GPS_VERSION = 0

_DATE = re.compile(r"(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?")
_OFFSET = re.compile(r"([+\-−])(\d{2}):?(\d{2})")
_LONGEST_TEXT = 200

Tags = Mapping[int, object]


@dataclass(frozen=True, slots=True)
class Exif:
    """The two lists of a picture's EXIF that matter here, and whether it tells where it was taken."""

    main: Tags
    details: Tags
    has_gps: bool


def read(image: Image) -> Exif:
    """Read the EXIF of an opened picture; what is missing or broken comes back empty."""
    try:
        found = AnyImage.getexif(image)  # a PNG's own way would decode its pixels and hide what is broken in them
        main = dict(found)
    except DECODER_ERRORS:
        return Exif({}, {}, has_gps=False)
    return Exif(main, _list(found, EXIF_IFD), has_gps=bool(_list(found, GPS_IFD).keys() - {GPS_VERSION}))


def orientation(exif: Exif) -> int:
    """How the stored pixels must be turned to stand upright: EXIF's 1 to 8; 1 where it makes no sense."""
    value = exif.main.get(ORIENTATION)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def taken(exif: Exif) -> datetime | None:
    """The local date and time at which the shutter was pressed, without an offset; None when not written."""
    match = _DATE.match(_text(exif.details.get(TAKEN)))
    if match is None:
        return None
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        return datetime(year, month, day, hour, minute, min(second, 59))
    except ValueError:
        return None


def written_date(exif: Exif) -> str:
    """The date as the camera wrote it, sense or nonsense; empty when it wrote none."""
    text = _text(exif.details.get(TAKEN))
    return text if any(digit in text for digit in "123456789") else ""


def offset_minutes(exif: Exif) -> int | None:
    """The offset from UTC at which `taken` was written, in minutes, east positive; None when not written."""
    text = _text(exif.details.get(TAKEN_OFFSET))
    if text in {"Z", "+0", "0"}:
        return 0
    match = _OFFSET.fullmatch(text)
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3])
    if minutes > 14 * 60 or int(match[3]) > 59:
        return None
    return minutes if match[1] == "+" else -minutes


def camera(exif: Exif) -> Camera:
    """Camera, lens and software as written in the picture."""
    return Camera(
        make=_text(exif.main.get(MAKE)),
        model=_text(exif.main.get(MODEL)),
        lens=_text(exif.details.get(LENS)),
        focal_mm=_length(exif.details.get(FOCAL)),
        focal_35mm=_length(exif.details.get(FOCAL_35MM)),
        software=_text(exif.main.get(SOFTWARE)),
    )


def _list(found: object, key: int) -> dict[int, object]:
    try:
        return dict(found.get_ifd(key))  # type: ignore[attr-defined]
    except DECODER_ERRORS:
        return {}


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return ""
    kept = value.split("\0", 1)[0]
    return "".join(letter for letter in kept if letter.isprintable()).strip()[:_LONGEST_TEXT]


def _length(value: object) -> float | None:
    try:
        millimetres = float(value)  # type: ignore[arg-type]
    except DECODER_ERRORS:
        return None
    return round(millimetres, 2) if math.isfinite(millimetres) and 0 < millimetres < 10_000 else None
