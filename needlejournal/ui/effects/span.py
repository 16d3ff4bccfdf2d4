"""Which days the page shows: those after a session, or a month by its dates where no session's days reach. No Qt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from needlejournal.journal.diary.days_after import GRID_DAYS
from needlejournal.journal.numbering import SessionCalendar


@dataclass(frozen=True, slots=True)
class DaySpan:
    """Days from `first` on. `session` is the id of the session they come after; 0: a month, by its dates."""

    first: date
    days: int
    session: int = 0

    @property
    def key(self) -> str:
        """What the choice is kept by: a session stays the same one when others are written before it."""
        return f"session {self.session}" if self.session else self.first.isoformat()

    @property
    def last(self) -> date:
        """The last day shown."""
        return self.first + timedelta(days=self.days - 1)

    def has(self, day: date) -> bool:
        """Whether a day is shown."""
        return self.first <= day <= self.last


def month_of(day: date) -> DaySpan:
    """The month of a day, by its dates."""
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return DaySpan(first, (following - first).days)


def spans(calendar: SessionCalendar, written: Sequence[date], today: date) -> list[DaySpan]:
    """Everything that can be shown, the latest first: each session until today, and months with other written days.

    The month of today is there too while no session's days reach it.
    """
    of_sessions = [DaySpan(mark.when.day, GRID_DAYS, mark.id) for mark in calendar.marks if mark.when.day <= today]
    starts = sorted(span.first for span in of_sessions)
    firsts = {day.replace(day=1) for day in [*written, today] if not _reached(starts, day)}
    return sorted([*of_sessions, *map(month_of, firsts)], key=lambda span: (span.first, span.session), reverse=True)


def _reached(starts: Sequence[date], day: date) -> bool:
    """Whether a session's days reach a day: if any do, those of the last one before it do too."""
    before = bisect_right(starts, day)
    return before > 0 and (day - starts[before - 1]).days < GRID_DAYS


def span_of_today(found: Sequence[DaySpan], today: date) -> DaySpan:
    """What is shown unless the person chose something: the last session while its days last, else this month."""
    return next((span for span in found if span.session and span.has(today)), month_of(today))
