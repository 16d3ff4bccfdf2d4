"""A symptom over calendar days, whatever sessions come: its episodes, the sessions that can explain one, and its runs.

A new session never ends an episode: only a day known to be None does, and an unknown day is never None. The clinic
cards go by these; the grid of a session and its comparisons go by the days after that session (see episodes.py).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from needlejournal.journal.catalogue import UsualEnds
from needlejournal.journal.numbering import SessionCalendar, SessionMark
from needlejournal.journal.sessions import Severity

KnownDates = Mapping[date, Severity]  # in order; a day that is not there is unknown


@dataclass(frozen=True)  # without slots, for what is worked out only when a rule asks
class WholeEpisode:
    """The days of one episode that are known to be above None, and the sessions that can explain it, in order.

    `sessions` begins with the earliest session whose usual end reaches the onset, else the last one before it; those
    that came in between follow. It is empty where no session came before its last day.
    """

    days: tuple[date, ...]
    calendar: SessionCalendar = field(repr=False)
    ends: UsualEnds = field(repr=False)

    @cached_property
    def sessions(self) -> tuple[SessionMark, ...]:
        """Every session that can explain it."""
        return _explaining(self.calendar, self.days[0], self.days[-1], self.ends)

    @property
    def onset(self) -> date:
        """The first day known to be above None."""
        return self.days[0]

    @cached_property
    def before_onset(self) -> tuple[SessionMark, ...]:
        """Those of its sessions that came on or before the day of the onset."""
        return tuple(mark for mark in self.sessions if mark.when.day <= self.onset)

    @property
    def first_day(self) -> date:
        """The day of the first session that can explain it; the onset where none came before."""
        return next((mark.when.day for mark in self.before_onset), self.onset)

    @property
    def day_zero(self) -> date:
        """From where its days are counted: the session of the day of onset, else the first that can explain it."""
        return self.onset if any(mark.when.day == self.onset for mark in self.sessions) else self.first_day


def whole_episodes(known: KnownDates, calendar: SessionCalendar, ends: UsualEnds) -> tuple[WholeEpisode, ...]:
    """The episodes of one symptom, first to last, each with the sessions that can explain it."""
    stretches: list[list[date]] = [[]]
    for day, severity in known.items():
        if severity > Severity.NONE:
            stretches[-1].append(day)
        elif stretches[-1]:
            stretches.append([])
    return tuple(WholeEpisode(tuple(days), calendar, ends) for days in stretches if days)


def _explaining(calendar: SessionCalendar, onset: date, last: date, ends: UsualEnds) -> tuple[SessionMark, ...]:
    latest = calendar.last_on(onset)
    if latest is None:
        return calendar.between(onset, last)
    near = calendar.between(onset - timedelta(days=ends.longest), onset)
    reaching = (mark.when.day for mark in near if _reach(mark, ends) >= onset)
    return calendar.between(next(reaching, latest.when.day), last)


def _reach(mark: SessionMark, ends: UsualEnds) -> date:
    return mark.when.day + timedelta(days=ends.of(mark.treatment))


@dataclass(frozen=True, slots=True)
class Allowance:
    """Until when a symptom is still usual, and which session says so (None: the general limit from the onset)."""

    until: date
    mark: SessionMark | None


def allowances(episode: WholeEpisode, ends: UsualEnds) -> tuple[Allowance, ...]:
    """What each day of the episode is measured against.

    At the onset the session that reaches farthest counts, or the general limit where none came before. A later one
    moves it only when its usual end is longer than all before, so that weekly needling never does.
    """
    before = episode.before_onset
    current = max(
        (Allowance(_reach(mark, ends), mark) for mark in before),
        key=lambda one: one.until,
        default=Allowance(episode.onset + timedelta(days=ends.general), None),
    )
    longest = max((ends.of(mark.treatment) for mark in before), default=ends.general)
    later = list(episode.sessions[len(before) :])
    found = []
    for day in episode.days:
        while later and later[0].when.day <= day:
            mark = later.pop(0)
            if ends.of(mark.treatment) > longest:
                longest = ends.of(mark.treatment)
                current = Allowance(_reach(mark, ends), mark)
        found.append(current)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Run:
    """The known days, None among them, that a rise is looked for in: until a session begins while it is known gone.

    `begins` is the session it starts with (None: before the first). `sessions` are all on or before its last day.
    """

    known: KnownDates
    begins: SessionMark | None
    sessions: tuple[SessionMark, ...]

    @property
    def day_zero(self) -> date:
        """From where its days are counted: its session, else the first day above None (the first known, if all are)."""
        if self.begins is not None:
            return self.begins.when.day
        return next((day for day, severity in self.known.items() if severity), next(iter(self.known)))

    @property
    def starts(self) -> tuple[date, ...]:
        """From where days are counted: its day zero, and each day of a session that came later."""
        later = (mark.when.day for mark in self.sessions if mark.when.day > self.day_zero)
        return tuple(dict.fromkeys((self.day_zero, *later)))

    def sessions_by(self, day: date) -> tuple[SessionMark, ...]:
        """Those of its sessions that came on or before a day."""
        return tuple(mark for mark in self.sessions if mark.when.day <= day)

    def last_session_by(self, day: date) -> SessionMark | None:
        """The last of its sessions on or before a day."""
        place = bisect_right(self.sessions, day, key=lambda mark: mark.when.day)
        return self.sessions[place - 1] if place else None


def runs_of(known: KnownDates, calendar: SessionCalendar) -> tuple[Run, ...]:
    """The runs of one symptom, first to last. In a run that no session interrupts its Nones count as they stand."""
    days = list(known)
    places = [0, *_begin_anew(days, known, calendar), len(days)] if days else []
    return tuple(_run(days[start:end], known, calendar) for start, end in pairwise(places))


def whole_runs(
    known: KnownDates, calendar: SessionCalendar, first: date, last: date, *, from_start: bool, to_end: bool
) -> KnownDates | None:
    """The known days of every run that has a day from `first` to `last`, and of few others. None: more must be known.

    `from_start` and `to_end` tell whether no day is known before, or after, the ones in `known`. What the clinic
    cards say of these runs comes from their days and the sessions, from no other day.
    """
    days = list(known)
    places = list(_begin_anew(days, known, calendar))
    start = next((place for place in reversed(places) if days[place] <= first), 0 if from_start else None)
    end = next((place for place in places if days[place] > last), len(days) if to_end else None)
    return None if start is None or end is None else {day: known[day] for day in days[start:end]}


def _begin_anew(days: Sequence[date], known: KnownDates, calendar: SessionCalendar) -> Iterator[int]:
    """The places of the days with which a new run begins: sessions came since the known day before, which is None."""
    place = 0
    for mark in calendar.between(days[0] + timedelta(days=1), days[-1]) if days else ():
        if place and days[place] >= mark.when.day:
            continue  # after the same known day as the session before
        place = bisect_left(days, mark.when.day, place)  # the first known day that is not before the session
        if known[days[place - 1]] == Severity.NONE:
            yield place


def _run(days: Sequence[date], known: KnownDates, calendar: SessionCalendar) -> Run:
    begins = calendar.last_on(days[0])
    sessions = calendar.between(begins.when.day if begins else days[0], days[-1])
    return Run({day: known[day] for day in days}, begins, sessions)
