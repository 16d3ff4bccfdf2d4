"""When something happened: the local day as written down, and where known the time and its UTC offset."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import accumulate, groupby
from typing import TypeVar

from needlejournal.journal.errors import BadInput
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import message

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)
MAX_OFFSET_MINUTES = 18 * 60
AHEAD_DAYS = 366


def day_lived(now: datetime, begins: dt.time) -> date:
    """The day a person still lives in: it ends when their next one begins, at `begins` and not at midnight."""
    return now.date() if now.time() >= begins else now.date() - timedelta(days=1)


def next_day_begins(now: datetime, begins: dt.time) -> datetime:
    """When (on the same clock, without its zone) the next day begins for them."""
    return datetime.combine(day_lived(now, begins) + timedelta(days=1), begins)


def farthest_day(today: date) -> date:
    """The last day that is taken for a session, an entry or a plan: a year ahead."""
    return today + timedelta(days=AHEAD_DAYS)


def check_not_far_ahead(day: date, today: date) -> None:
    """Refuse a day more than a year ahead: it is a slip of the pen. Raises BadInput."""
    if day > farthest_day(today):
        raise BadInput(
            message("{day} is more than a year ahead. Nothing was written; please correct the date.", day=day)
        )


@frozen
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
            raise BadInput(
                message("The date {day} cannot be right. Please give one between 1900 and 2199.", day=self.day)
            )
        if self.offset_minutes is not None and abs(self.offset_minutes) > MAX_OFFSET_MINUTES:
            raise BadInput(message("The offset from UTC cannot be more than 18 hours. Please correct it."))

    @property
    def utc(self) -> datetime | None:
        """The instant in UTC, or None where the time or the offset is not known."""
        if self.time is None or self.offset_minutes is None:
            return None
        local = datetime.combine(self.day, self.time, timezone(timedelta(minutes=self.offset_minutes)))
        return local.astimezone(UTC)

    @classmethod
    def from_datetime(cls, moment: datetime) -> When:
        """Take the local day and time of `moment`, and its offset where it has one."""
        offset = moment.utcoffset()
        minutes = None if offset is None else round(offset.total_seconds() / 60)
        return cls(moment.date(), moment.time().replace(microsecond=0, tzinfo=None), minutes)


T = TypeVar("T")


def in_order(things: Iterable[T], when: Callable[[T], When], tie: Callable[[T], int]) -> list[T]:
    """Things by their local day, and within a day as they happened; what is the same moment goes by `tie`."""
    by_clock = sorted(things, key=lambda thing: (when(thing).day, _clock(when(thing)), tie(thing)))
    return by_instants(by_clock, when)


def by_instants(things: Iterable[T], when: Callable[[T], When]) -> list[T]:
    """Things that are sorted by day and clock, in the order in which they happened.

    Of one day, those with a known offset go by the instant (clocks that go back, a flight over time zones); the others
    go by their clock among them, an unknown time first.
    """
    found: list[T] = []
    for _, same_day in groupby(things, lambda thing: when(thing).day):
        group = list(same_day)
        mixed = len(group) > 1 and len({when(thing).offset_minutes for thing in group}) > 1
        found += _day_order(group, when) if mixed else group
    return found


def _day_order(group: list[T], when: Callable[[T], When]) -> list[T]:
    """The things of one day, sorted by their clocks before; an unknown offset goes behind every clock not later."""
    known = sorted((utc, place) for place, thing in enumerate(group) if (utc := when(thing).utc) is not None)
    ranks: dict[int, tuple[float, int]] = {place: (rank, place) for rank, (_, place) in enumerate(known)}
    latest = list(accumulate((_clock(when(group[place])) for _, place in known), max))
    for place, thing in enumerate(group):
        if place not in ranks:
            ranks[place] = bisect_right(latest, _clock(when(thing))) - 0.5, place
    return [group[place] for place in sorted(ranks, key=ranks.__getitem__)]


def _clock(when: When) -> dt.time:
    return when.time or dt.time.min


def is_known_before(one: When, other: When) -> bool:
    """Whether `one` is known to be earlier: by the day, on one day by the instants or else by the clocks."""
    if one.day != other.day:
        return one.day < other.day
    if one.utc is not None and other.utc is not None:
        return one.utc < other.utc
    return one.time is not None and other.time is not None and one.time < other.time
