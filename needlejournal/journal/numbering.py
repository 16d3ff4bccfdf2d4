"""Which session is which, and "day n after session k": counted from the sessions there are, never stored."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from needlejournal.journal.moments import When


@dataclass(frozen=True, slots=True)
class SessionMark:
    """A session as far as counting goes."""

    id: int
    when: When
    treatment: str


@dataclass(frozen=True, slots=True)
class DayNumber:
    """`days` after session `number`; negative days are before session 1 (the baseline days)."""

    session_id: int
    number: int
    days: int


class SessionCalendar:
    """All sessions in the order they happened, numbered from 1. Two on one day go by time, then by id."""

    def __init__(self, marks: Iterable[SessionMark]) -> None:
        self.marks = tuple(sorted(marks, key=lambda mark: (mark.when.order, mark.id)))
        self._days = [mark.when.day for mark in self.marks]
        self._numbers = {mark.id: position + 1 for position, mark in enumerate(self.marks)}

    def number(self, session_id: int) -> int:
        """The number of a session, from 1. Raises KeyError when it is not there (trashed)."""
        return self._numbers[session_id]

    def find(self, number: int) -> SessionMark | None:
        """The session with this number, or None."""
        return self.marks[number - 1] if 0 < number <= len(self.marks) else None

    def day_number(self, day: date, at: time | None = None) -> DayNumber | None:
        """Place a local day among the sessions, or None when there are no sessions at all.

        On the day of a session it counts as day 0 of that session (of the last one, when there are two),
        unless `at` is earlier than every session of that day: then it is still the time before them.
        Days are whole local calendar days, so clocks going forward or travel never shift them.
        """
        if not self.marks:
            return None
        position = bisect_right(self._days, day)
        if at is not None:
            position = self._before_time(day, at, position)
        mark = self.marks[max(position - 1, 0)]
        return DayNumber(mark.id, max(position, 1), (day - mark.when.day).days)

    def _before_time(self, day: date, at: time, position: int) -> int:
        """Step back over the sessions of `day` that are known to start after `at`."""
        first = bisect_left(self._days, day)
        while position > first:
            start = self.marks[position - 1].when.time
            if start is None or start <= at:
                break
            position -= 1
        return position
