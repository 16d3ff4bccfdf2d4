"""Dates that stand elsewhere in a picture than the camera's own: XMP, IPTC, and when it was digitized.

Programs that edit or send pictures keep one of these when they drop the camera's. Each is only proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from PIL.Image import Image

from needlejournal.imaging.reading import exif, moments_written
from needlejournal.journal.dating import DateSource, Proposal
from needlejournal.journal.moments import When

# XMP specification part 2: exif:DateTimeOriginal is the shutter, photoshop:DateCreated the creation of the content.
_XMP_DATES = (b"exif:DateTimeOriginal", b"photoshop:DateCreated")
_TIFF_XMP, _TIFF_IPTC, _PHOTOSHOP_IPTC = 700, 33723, 0x0404
_IPTC_DATE, _IPTC_TIME = b"\x1c\x02\x37", b"\x1c\x02\x3c"  # IIM 4.2: 2:55 CCYYMMDD, 2:60 HHMMSS±HHMM
_LONGEST = 1 << 20


def proposals(image: Image, found: exif.Exif) -> tuple[Proposal, ...]:
    """What an opened picture proposes, most trusted first."""
    return tuple(Proposal(when, source) for source, when in _candidates(image, found) if when)


def _candidates(image: Image, found: exif.Exif) -> Iterator[tuple[DateSource, When | None]]:
    yield from ((DateSource.XMP, when) for when in xmp_dates(_bytes(_xmp(image))))
    yield DateSource.IPTC, iptc_date(_bytes(_iptc(image)))
    yield DateSource.DIGITIZED, exif.digitized(found)


def xmp_dates(packet: bytes) -> Iterator[When]:
    """The dates of an XMP packet; found as text, so that no parser has to trust it."""
    for name in _XMP_DATES:
        pattern = re.escape(name) + rb"(?:\s*=\s*[\"']|\s*>)\s*([^\"'<]{8,60})"
        written = re.search(pattern, packet)
        when = moments_written.moment(written[1].decode("utf-8", "replace")) if written else None
        if when:
            yield when


def iptc_date(block: bytes) -> When | None:
    """The day, and time where written, of an IPTC block."""
    day, clock = _iptc_text(block, _IPTC_DATE), _iptc_text(block, _IPTC_TIME)
    if not re.fullmatch(r"\d{8}", day):
        return None
    text = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    timed = re.fullmatch(r"(\d\d)(\d\d)(\d\d)(.*)", clock)
    whole = moments_written.moment(f"{text}T{timed[1]}:{timed[2]}:{timed[3]}{timed[4]}") if timed else None
    return whole or moments_written.moment(text)


def _iptc_text(block: bytes, mark: bytes) -> str:
    at = block.find(mark)
    if at < 0:
        return ""
    size = int.from_bytes(block[at + 3 : at + 5], "big")
    return block[at + 5 : at + 5 + min(size, 20)].decode("ascii", "replace").strip()


def _xmp(image: Image) -> object:
    tags = getattr(image, "tag_v2", {})
    return image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or tags.get(_TIFF_XMP)


def _iptc(image: Image) -> object:
    tags = getattr(image, "tag_v2", {})
    resources = image.info.get("photoshop")
    inside = resources.get(_PHOTOSHOP_IPTC) if isinstance(resources, dict) else None
    return inside or tags.get(_TIFF_IPTC)


def _bytes(value: object) -> bytes:
    if isinstance(value, str):
        return value.encode("utf-8", "replace")[:_LONGEST]
    if isinstance(value, tuple) and all(isinstance(part, int) and 0 <= part < 1 << 32 for part in value):
        return b"".join(part.to_bytes(4, "big" if part >> 24 == 0x1C else "little") for part in value)[:_LONGEST]
    return value[:_LONGEST] if isinstance(value, bytes) else b""
