"""The day and time that a file's name spells out, as phones, messengers and screenshots name their pictures.

Each is only proposed: a copy may have been named long after the photo was taken. Reads no file.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo

from needlejournal.journal.day_halves import AFTERNOON, MORNING, hour_of, with_plain_digits
from needlejournal.journal.errors import BadInput
from needlejournal.journal.moments import When

_DAY = (
    r"(?<![0-9])(?P<year>(?:19[89]|20[0-9])[0-9])"
    r"(?:(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    r"|(?P<dash>[-_.: ])(?P<month_apart>[0-9]{1,2})(?P=dash)(?P<day_apart>[0-9]{1,2}))"
)
_HALVES = "|".join(
    [
        r"[ap]\.? ?m\b\.?",
        r"[πμ]\.μ\.",
        *map(re.escape, sorted((MORNING | AFTERNOON) - {"a", "p"}, key=len, reverse=True)),
    ]
)
# Between day and time: "_", "-", "T", " at ", " um ", ", às ", " a la(s) " …; then hhmmss or hh.mm.ss.
_CLOCK = (
    rf"(?P<between>[^0-9]{{0,16}}?)(?P<half_before>{_HALVES})?\s?"
    r"(?:(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2})(?:[0-9]{3})?"
    r"|(?P<hour_apart>[0-9]{1,2})[.:\-_h ꞉](?P<minute_apart>[0-9]{2})[.:\-_m ꞉](?P<second_apart>[0-9]{2}))"
    rf"(?![0-9])\s?(?P<half_after>{_HALVES})?"
)
_MOMENT = re.compile(_DAY + _CLOCK, re.IGNORECASE)
_TOGETHER = re.compile(
    r"(?<![0-9])((?:19[89]|20[0-9])[0-9])([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})(?:[0-9]{3})?(?![0-9])"
)
_DAY_ALONE = re.compile(_DAY + "(?![0-9])")
_TELEGRAM = re.compile(r"@([0-9]{2})-([0-9]{2})-([0-9]{4})_([0-9]{2})-([0-9]{2})-([0-9]{2})")  # day before month
# Milliseconds since 1970, as Facebook, WeChat and some cameras name what they save.
_SINCE_1970 = re.compile(r"(?:FB_IMG_|mmexport|wx_camera_|IMG[-_]?)([1-9][0-9]{12})(?![0-9])", re.IGNORECASE)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_UTC = re.compile(r"PXL_", re.IGNORECASE)  # Google's camera writes UTC


def moment_in(name: str, zone: tzinfo | None = None) -> When | None:
    """What the name says: a day with its time, a day alone, or nothing.

    A name that is written in UTC, or counts milliseconds, is turned into the time of `zone`, by default that of this
    computer.
    """
    plain = with_plain_digits(name)
    found = _telegram(plain) or _together(plain) or _with_time(plain) or _day_alone(plain)
    if not found:
        return _since_1970(plain, zone)
    if found.time and _UTC.match(plain):
        return When.from_datetime(datetime.combine(found.day, found.time, UTC).astimezone(zone))
    return found


def _since_1970(name: str, zone: tzinfo | None) -> When | None:
    found = _SINCE_1970.match(name)
    moment = datetime.fromtimestamp(int(found[1]) // 1000, UTC) if found else _LATEST
    return When.from_datetime(moment.astimezone(zone)) if moment < _LATEST else None


def _telegram(name: str) -> When | None:
    found = _TELEGRAM.search(name)
    if not found:
        return None
    day, month, year, *clock = (int(part) for part in found.groups())
    return _when((year, month, day), (clock[0], clock[1], clock[2]))


def _together(name: str) -> When | None:
    found = _TOGETHER.search(name)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups())
    return _when((year, month, day), (hour, minute, second))


def _with_time(name: str) -> When | None:
    found = _MOMENT.search(name)
    if not found or (found["month"] and not found["between"] and not found["half_before"]):
        return None  # digits right behind a day written together are a counter
    half = (found["half_before"] or found["half_after"] or "").lower().replace(".", "").replace(" ", "")
    hour, minute, second = (int(found[part] or found[f"{part}_apart"]) for part in ("hour", "minute", "second"))
    return _when(_day(found), (hour_of(hour, half), minute, second))


def _day_alone(name: str) -> When | None:
    for found in _DAY_ALONE.finditer(name):
        if when := _when(_day(found), None):
            return when
    return None


def _day(found: re.Match[str]) -> tuple[int, int, int]:
    month, day = (int(found[part] or found[f"{part}_apart"]) for part in ("month", "day"))
    return int(found["year"]), month, day


def _when(day: tuple[int, int, int], clock: tuple[int, int, int] | None) -> When | None:
    try:
        found = date(*day)
    except ValueError:
        return None
    try:
        return When(found, time(*clock) if clock else None)
    except ValueError:
        return When(found)
    except BadInput:
        return None
