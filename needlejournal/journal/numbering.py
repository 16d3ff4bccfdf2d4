"""Which session is which, and "day n after session k": counted from the sessions there are, never stored.

One count for all sessions of a journal, whatever their treatment and plan; a plan says "3 of 4" of its own beside it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, time

from needlejournal.journal.frozen import frozen
from needlejournal.journal.moments import When, in_order, is_known_before


@frozen
class SessionMark:
    """A session as far as counting goes."""

    id: int
    when: When
    treatment: str


@frozen
class DayNumber:
    """`days` after session `number`; negative days are before session 1 (the baseline days)."""

    session_id: int
    number: int
    days: int


class SessionCalendar:
    """All sessions in the order they happened, numbered from 1; two on one day as `in_order` says, then by id."""

    def __init__(self, marks: Iterable[SessionMark]) -> None:
        self.marks = tuple(in_order(marks, lambda mark: mark.when, lambda mark: mark.id))
        self._days = [mark.when.day for mark in self.marks]
        self._numbers = {mark.id: position + 1 for position, mark in enumerate(self.marks)}

    def number(self, session_id: int) -> int:
        """The number of a session, from 1. Raises KeyError when it is not there (trashed)."""
        return self._numbers[session_id]

    def find(self, number: int) -> SessionMark | None:
        """The session with this number, or None."""
        return self.marks[number - 1] if 0 < number <= len(self.marks) else None

    def between(self, first: date, last: date) -> tuple[SessionMark, ...]:
        """The sessions from one day to another, both included."""
        return self.marks[bisect_left(self._days, first) : bisect_right(self._days, last)]

    def last_on(self, day: date) -> SessionMark | None:
        """The last session on or before a day, or None."""
        position = bisect_right(self._days, day)
        return self.marks[position - 1] if position else None

    def done_by(self, when: When) -> int:
        """How many sessions had been at a moment. Those of its day count unless they are known to start later."""
        first, position = bisect_left(self._days, when.day), bisect_right(self._days, when.day)
        while position > first and is_known_before(when, self.marks[position - 1].when):
            position -= 1
        return position

    def place(self, when: When) -> DayNumber | None:
        """Place a moment among the sessions, or None when there are no sessions at all.

        On the day of a session it counts as day 0 of that session (of the last one, when there are two),
        unless it is known to be earlier: then it is still the time before.
        Days are whole local calendar days, so clocks going forward or travel never shift them.
        """
        if not self.marks:
            return None
        position = max(self.done_by(when), 1)
        mark = self.marks[position - 1]
        return DayNumber(mark.id, position, (when.day - mark.when.day).days)

    def day_number(self, day: date, at: time | None = None) -> DayNumber | None:
        """The same for a local day, and where known a time of day without its offset."""
        return self.place(When(day, at))
