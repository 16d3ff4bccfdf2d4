"""When a photo was taken where its camera did not say so properly: proposals, where they come from, what is doubtful.

Pure values; reads no file. A proposal becomes a date only when the person accepts it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import Enum

from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import Message, message
from needlejournal.journal.moments import When

EARLIEST = date(1990, 1, 1)  # no camera wrote a date into a picture before
YEARS_BEFORE = timedelta(days=2 * 365)  # a camera's date this long before the first entry is asked about
_RESET_YEARS = frozenset({1970, 1980, 1990, 2000, 2036})  # what clocks begin with after their battery was out
_MIDNIGHT_MINUTE = time(0, 1)


class DateSource(Enum):
    """Where a proposed date comes from, most trusted first; the value is the key the command line tells."""

    CAMERA = "camera"  # its own date, doubtful and therefore asked about
    UNUSUAL = "unusual"  # its own date, not written as it should be
    XMP = "xmp"
    IPTC = "iptc"
    DIGITIZED = "digitized"
    SIDECAR = "sidecar"
    NAME = "name"

    @property
    def words(self) -> Message:
        """Where it comes from, to stand before the date itself: "from the file's name"."""
        return _WORDS[self]


_WORDS = {
    DateSource.CAMERA: message("from the camera’s clock"),
    DateSource.UNUSUAL: message("from the camera, written unusually"),
    DateSource.XMP: message("from the picture’s XMP notes"),
    DateSource.IPTC: message("from the picture’s IPTC notes"),
    DateSource.DIGITIZED: message("from when it was digitized"),
    DateSource.SIDECAR: message("from the file beside it"),
    DateSource.NAME: message("from the file’s name"),
}


@frozen
class Proposal:
    """A moment at which a photo may have been taken, and where that is written."""

    when: When
    source: DateSource


def ranked(proposals: Iterable[Proposal], *, camera_last: bool) -> tuple[Proposal, ...]:
    """Each once, most trusted first; the camera's own comes last where it is hardly believed."""
    order = tuple(DateSource)
    once = dict.fromkeys(proposals)
    return tuple(
        sorted(once, key=lambda one: (camera_last and one.source is DateSource.CAMERA, order.index(one.source)))
    )


class Doubt(Enum):
    """Why a date is not believed as it stands."""

    RESET = "reset"  # the clock had forgotten the time
    FUTURE = "future"
    TOO_EARLY = "too early"  # before there were such pictures
    LONG_BEFORE = "long before"  # years before anything else in the journal


def doubt(when: When, now: datetime, first_day: date | None = None) -> Doubt | None:
    """What speaks against a date; None when nothing does. `now` is local; `first_day` is the journal's first entry."""
    if when.day < EARLIEST:
        return Doubt.TOO_EARLY
    latest = now.replace(tzinfo=None) + timedelta(days=1)
    if datetime.combine(when.day, when.time or time.min) > latest:
        return Doubt.FUTURE
    if _is_reset(when):
        return Doubt.RESET
    return Doubt.LONG_BEFORE if first_day and when.day < first_day - YEARS_BEFORE else None


def _is_reset(when: When) -> bool:
    """New Year's first minute, or the first day of a year that clocks begin with."""
    if (when.day.month, when.day.day) != (1, 1) or when.time is None:
        return False
    return when.day.year in _RESET_YEARS or when.time < _MIDNIGHT_MINUTE


def may_be_proposed(when: When, now: datetime) -> bool:
    """Whether a date found elsewhere makes enough sense to be shown to a person."""
    return doubt(when, now) is None
