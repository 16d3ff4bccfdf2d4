"""Reads what a camera wrote beside the pixels: date, offset, lens, orientation. Broken entries count as not written."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PIL.Image import Image
from PIL.Image import Image as AnyImage

from needlejournal.imaging.reading import moments_written
from needlejournal.imaging.reading.opening import DECODER_ERRORS
from needlejournal.journal.moments import When
from needlejournal.journal.photos import Camera

# Exif 2.32 (CIPA DC-008) and TIFF 6.0: the numbers of tags.
EXIF_IFD, GPS_IFD = 0x8769, 0x8825
MAKE, MODEL, ORIENTATION, SOFTWARE = 0x010F, 0x0110, 0x0112, 0x0131
TAKEN, TAKEN_OFFSET, TAKEN_FRACTION = 0x9003, 0x9011, 0x9291
DIGITIZED, DIGITIZED_OFFSET = 0x9004, 0x9012
FOCAL, FOCAL_35MM, LENS = 0x920A, 0xA405, 0xA434
GPS_VERSION = 0
INTEROP_IFD, INTEROP_INDEX, COLOUR_SPACE = 0xA005, 0x0001, 0xA001
_ADOBE_INDEX, _ADOBE_SPACE = "R03", 2  # DCF 2.0, 4.7.2; some cameras write 2 for the colour space instead

_LONGEST_TEXT = 200

Tags = Mapping[int, object]


@dataclass(frozen=True, slots=True)
class Exif:
    """The two lists of a picture's EXIF that matter here, whether it tells where it was taken, and whether it says that
    its colours are Adobe RGB, which cameras often do without embedding the profile.
    """

    main: Tags
    details: Tags
    has_gps: bool
    adobe_rgb: bool = False


def read(image: Image) -> Exif:
    """Read the EXIF of an opened picture; what is missing or broken comes back empty."""
    try:
        found = AnyImage.getexif(image)  # a PNG's own way would decode its pixels and hide what is broken in them
        main = dict(found)
    except DECODER_ERRORS:
        return Exif({}, {}, has_gps=False)
    details = _list(found, EXIF_IFD)
    has_gps = bool(_list(found, GPS_IFD).keys() - {GPS_VERSION})
    return Exif(main, details, has_gps=has_gps, adobe_rgb=_is_adobe_rgb(found, details))


def _is_adobe_rgb(found: object, details: Tags) -> bool:
    interop = _list(found, INTEROP_IFD) if INTEROP_IFD in details else {}
    return details.get(COLOUR_SPACE) == _ADOBE_SPACE or _text(interop.get(INTEROP_INDEX)) == _ADOBE_INDEX


def orientation(exif: Exif) -> int:
    """How the stored pixels must be turned to stand upright: EXIF's 1 to 8; 1 where it makes no sense."""
    value = exif.main.get(ORIENTATION)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def taken(exif: Exif) -> When | None:
    """The local moment at which the shutter was pressed, with its offset where written; None when not written."""
    return _moment(exif, TAKEN, TAKEN_OFFSET)


def taken_unusually(exif: Exif) -> When | None:
    """The moment of a date that is written as no camera should write it and makes sense all the same; else None."""
    return None if taken(exif) else _moment(exif, TAKEN, TAKEN_OFFSET, moments_written.unusual)


def digitized(exif: Exif) -> When | None:
    """The moment at which it became a file: for a photo that of taking, for a scan of a print much later."""
    return _moment(exif, DIGITIZED, DIGITIZED_OFFSET)


def microsecond(exif: Exif) -> int:
    """The part of a second at which the shutter was pressed, which puts bursts in order; 0 when not written."""
    digits = re.match(r"\d{1,6}", _text(exif.details.get(TAKEN_FRACTION)))
    return int(digits[0].ljust(6, "0")) if digits else 0


def written_date(exif: Exif) -> str:
    """The date as the camera wrote it, sense or nonsense; empty when it wrote none."""
    text = _text(exif.details.get(TAKEN))
    return text if any(digit in text for digit in "123456789") else ""


def _moment(
    exif: Exif, date_tag: int, offset_tag: int, read: Callable[[str], When | None] = moments_written.moment
) -> When | None:
    when = read(_text(exif.details.get(date_tag)))
    if when is None or when.time is None:
        return when
    beside = moments_written.offset_minutes(_text(exif.details.get(offset_tag)))
    return when if beside is None else replace(when, offset_minutes=beside)


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
