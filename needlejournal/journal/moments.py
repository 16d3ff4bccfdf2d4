"""When something happened: the local day as written down, and where known the time and its UTC offset."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from needlejournal.journal.errors import BadInput

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)
MAX_OFFSET_MINUTES = 18 * 60


@dataclass(frozen=True, slots=True)
class When:
    """A local day with, where known, the local time and the offset from UTC in minutes (east positive).

    The day is kept as the person lived it: it never moves when the time zone of the computer does.
    Raises BadInput for a day outside 1900–2199 or an offset beyond ±18 hours.
    """

    day: date
    time: dt.time | None = None
    offset_minutes: int | None = None

    def __post_init__(self) -> None:
        if not EARLIEST <= self.day <= LATEST:
            raise BadInput(f"The date {self.day.isoformat()} cannot be right. Please give one between 1900 and 2199.")
        if self.offset_minutes is not None and abs(self.offset_minutes) > MAX_OFFSET_MINUTES:
            raise BadInput("The offset from UTC cannot be more than 18 hours. Please correct it.")

    @property
    def utc(self) -> datetime | None:
        """The instant in UTC, or None where the time or the offset is not known."""
        if self.time is None or self.offset_minutes is None:
            return None
        local = datetime.combine(self.day, self.time, timezone(timedelta(minutes=self.offset_minutes)))
        return local.astimezone(UTC)

    @property
    def order(self) -> tuple[date, dt.time]:
        """A sort key by the local clock; an unknown time sorts before the known ones of that day."""
        return self.day, self.time or dt.time.min

    @classmethod
    def from_datetime(cls, moment: datetime) -> When:
        """Take the local day and time of `moment`, and its offset where it has one."""
        offset = moment.utcoffset()
        minutes = None if offset is None else round(offset.total_seconds() / 60)
        return cls(moment.date(), moment.time().replace(microsecond=0, tzinfo=None), minutes)
