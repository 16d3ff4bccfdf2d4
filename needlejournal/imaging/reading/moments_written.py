"""Reads moments as cameras and programs write them into pictures: EXIF, XMP, IPTC. Knows no picture."""

from __future__ import annotations

import re
from datetime import date, time

from needlejournal.journal.day_halves import hour_of
from needlejournal.journal.errors import BadInput
from needlejournal.journal.moments import When

_DAY = re.compile(r"\s*(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})")
_CLOCK = re.compile(r"[T ,]*(?:([^\d\W]+)\.?\s*)?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?\s*(.*)", re.DOTALL)
_SHORT_CLOCK = re.compile(r"[T ]*(\d{1,2}):(\d{1,2}):(\d{1,2})\s*")
_HALF = re.compile(r"([ap])\.?\s?m\.?", re.IGNORECASE)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+\-−])\s*(\d{1,2})(?::?(\d{2}))?(?!\d)", re.IGNORECASE)
_FURTHEST = 14 * 60  # no place on earth is further from UTC


def moment(text: str) -> When | None:
    """The local day and, where written, the time and the offset behind it; None when it makes no sense.

    "2024:05:01" is a day. Hour 24 and 31 February are nonsense; second 60 is taken for 59.
    """
    found = _DAY.match(text)
    if found is None:
        return None
    rest = text[found.end() :]
    try:
        day = date(*(int(part) for part in found.groups()))
        if not any(letter.isdigit() for letter in rest):
            return When(day)
        clock, offset = _clock(rest)
        return None if clock is None else When(day, clock, offset)
    except (ValueError, BadInput):
        return None


def unusual(text: str) -> When | None:
    """The moment of a text that `moment` does not read because figures of its time lack their zeros: "2024:5:1 2:3:4".

    None for all others: what is read so is only proposed.
    """
    found = _DAY.match(text)
    clock = _SHORT_CLOCK.fullmatch(text, found.end()) if found else None
    if found is None or clock is None:
        return None
    day = "-".join(found.groups())
    return moment(f"{day} {':'.join(part.zfill(2) for part in clock.groups())}")


def offset_minutes(text: str) -> int | None:
    """An offset from UTC in minutes, east positive: "+02:00", "+2:00", "+02", "UTC+0200", "Z"; None for others."""
    text = text.strip()
    if text.upper() in {"Z", "UTC", "GMT", "0", "+0"}:
        return 0
    found = _OFFSET.match(text)
    if found is None or int(found[3] or 0) > 59:
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    if minutes > _FURTHEST:
        return None
    return minutes if found[1] == "+" else -minutes


def _clock(rest: str) -> tuple[time | None, int | None]:
    found = _CLOCK.match(rest)
    if found is None or (found[4] is None and found[6].startswith(":")):  # seconds that are not two figures
        return None, None
    tail = found[6]
    half = (found[1] or "").lower()
    if named := _HALF.match(tail):
        half, tail = f"{named[1].lower()}m", tail[named.end() :]
    clock = time(hour_of(int(found[2]), half), int(found[3]), min(int(found[4] or 0), 59))
    return clock, offset_minutes(tail) if tail.strip() else None
