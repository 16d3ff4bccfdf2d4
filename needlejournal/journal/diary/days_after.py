"""The diary of side effects as days after a session. A day nobody wrote stays unknown (None), never "None" severity.

Which days count to which session: the *grid* of a session shows its days 0 to 30 by the calendar, whatever follows.
The *window* of a session ends where the next session on a later day begins, so that nothing is blamed on two
sessions; two sessions on one day share the days after them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.frozen import frozen
from needlejournal.journal.numbering import SessionCalendar
from needlejournal.journal.sessions import Severity

GRID_DAYS = 31
KnownDays = Mapping[int, Severity]
Severities = Mapping[date, Mapping[str, Severity]]  # the highest of each day and symptom


class Diary:
    """All that was written down about side effects, by day. A symptom's severity is the highest over its zones."""

    def __init__(self, effects: Iterable[SideEffect] | Severities, notes: Iterable[DayNote] = ()) -> None:
        """`effects` one by one, or as they were counted already."""
        self._by_day = effects if isinstance(effects, Mapping) else _highest(effects)
        self._nothing = {note.day for note in notes if note.nothing_to_note}
        self._days = sorted(self._by_day.keys() | self._nothing)
        self._known: dict[tuple[date, date | None], Mapping[str, KnownDays]] = {}

    def on(self, day: date) -> Mapping[str, Severity]:
        """What was written down for one day, by symptom."""
        return self._by_day.get(day, {})

    @property
    def written_days(self) -> Sequence[date]:
        """Every day on which anything is known of the side effects, in order."""
        return tuple(self._days)

    def nothing_to_note(self, day: date) -> bool:
        """Whether the patient looked and found nothing that day."""
        return day in self._nothing

    def is_written(self, day: date) -> bool:
        """Whether anything is known of the side effects of that day."""
        return day in self._by_day or day in self._nothing

    @cached_property
    def symptoms(self) -> tuple[str, ...]:
        """Every symptom that was written down, in the order of the alphabet."""
        return tuple(sorted(set[str]().union(*self._by_day.values())))

    def known_dates(self, symptom: str) -> Mapping[date, Severity]:
        """All known days of one symptom, in order: those written down, and None where there was nothing to note.

        Empty where it was never written down at all.
        """
        written = {day: of_day[symptom] for day, of_day in self._by_day.items() if symptom in of_day}
        if not written:
            return {}
        none = dict.fromkeys(self._nothing, Severity.NONE)
        return dict(sorted((none | written).items()))

    def has_days(self, first: date, until: date | None = None) -> bool:
        """Whether any day from `first` to before `until` was written."""
        return bool(self._between(first, until))

    def known(self, first: date, until: date | None = None) -> Mapping[str, KnownDays]:
        """Each symptom's known days from `first` (day 0) to before `until`, by day number, in order.

        Only symptoms that were written down in that time are there. A day with "nothing to note" counts as
        None severity for each of them, unless the symptom itself was written down that day.
        """
        found = self._known.get((first, until))
        if found is None:
            found = self._known[first, until] = self._count(first, until)
        return found

    def _count(self, first: date, until: date | None) -> Mapping[str, KnownDays]:
        days = self._between(first, until)
        found: dict[str, dict[int, Severity]] = {symptom: {} for day in days for symptom in self.on(day)}
        for day in days:
            number = (day - first).days
            if day in self._nothing:
                for known in found.values():
                    known[number] = Severity.NONE
            for symptom, severity in self.on(day).items():
                found[symptom][number] = severity
        return found

    def _between(self, first: date, until: date | None) -> list[date]:
        end = len(self._days) if until is None else bisect_left(self._days, until)
        return self._days[bisect_left(self._days, first) : end]


def _highest(effects: Iterable[SideEffect]) -> Severities:
    by_day: dict[date, dict[str, Severity]] = {}
    for effect in effects:
        of_day = by_day.setdefault(effect.day, {})
        known = of_day.get(effect.symptom)
        if known is None or effect.severity > known:
            of_day[effect.symptom] = effect.severity
    return by_day


@frozen
class SessionWindow:
    """The days that count to one session: from its day to before the next session on a later day (None: open)."""

    session_id: int
    number: int
    treatment: str
    first: date
    until: date | None

    @property
    def days(self) -> int | None:
        """How many days it has; None while no later session ends it."""
        return None if self.until is None else (self.until - self.first).days


def session_window(calendar: SessionCalendar, session_id: int) -> SessionWindow:
    """The days that count to a session. Raises KeyError when the session is not there (trashed)."""
    number = calendar.number(session_id)
    mark = calendar.marks[number - 1]
    later = (following.when.day for following in calendar.marks[number:] if following.when.day > mark.when.day)
    return SessionWindow(session_id, number, mark.treatment, mark.when.day, next(later, None))


@frozen
class GridRow:
    """One symptom from day 0 on: the severity of each day, None where it is unknown."""

    symptom: str
    severities: tuple[Severity | None, ...]


@frozen
class DayGrid:
    """The side effects of the days after a session. `written` tells which days are known at all."""

    window: SessionWindow
    rows: tuple[GridRow, ...]
    written: tuple[bool, ...]

    @property
    def next_session(self) -> int | None:
        """The day number on which the next session's days begin, when that is within the grid."""
        days = self.window.days
        return days if days is not None and days < len(self.written) else None

    def row(self, symptom: str) -> tuple[Severity | None, ...]:
        """The severities of one symptom; all unknown where it was never written down."""
        found = next((row.severities for row in self.rows if row.symptom == symptom), None)
        return (None,) * len(self.written) if found is None else found


def day_grid(
    diary: Diary, calendar: SessionCalendar, session_id: int, order: Sequence[str] = (), days: int = GRID_DAYS
) -> DayGrid:
    """The grid of one session, days 0 to `days` − 1 by the calendar. `order` puts known symptoms first.

    Days on or after the next session are shown too (see `next_session`); rules and episodes leave them out.
    Raises KeyError when the session is not there (trashed).
    """
    window = session_window(calendar, session_id)
    known = diary.known(window.first, window.first + timedelta(days=days))
    places = {symptom: place for place, symptom in enumerate(order)}
    symptoms = sorted(known, key=lambda symptom: (places.get(symptom, len(places)), symptom))
    return DayGrid(
        window,
        tuple(GridRow(symptom, tuple(known[symptom].get(day) for day in range(days))) for symptom in symptoms),
        tuple(diary.is_written(window.first + timedelta(days=day)) for day in range(days)),
    )
