"""Proposed days: when photos are taken, results looked at and concerns rated. Pure dates, from a course's sessions.

A slot is a proposed day with the days in which it still counts as done. It goes by quietly when they are over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from needlejournal.journal.catalogue import PhotoPlan, Treatment
from needlejournal.journal.moments import When, is_known_before
from needlejournal.journal.months import add_months
from needlejournal.journal.planning.course_sessions import CourseSessions, NextSession
from needlejournal.journal.sessions import Session

LATE_DAYS = 3  # a photo so many days after its proposed day still counts for it, unless the next is nearer
LOOK_EARLY_DAYS = 7
LOOK_LATE_DAYS = 28
MONTHLY_LATE_DAYS = 21
BASELINE_DAYS = 7
HISTORY_DAYS = 400  # what was proposed longer ago than this is no longer looked at


@dataclass(frozen=True, slots=True)
class Slot:
    """A proposed day. `kind`: baseline, day, glow, before_next, after_last, or monthly (a routine at home).

    `number` is the session it follows (0: none yet), `before` the session it precedes (0: not known which), both as
    the journal counts them; `offset` the days (day, glow) or months (after_last, monthly). `first` and `last` enclose
    the days that count, None being open. On the day of `opens` only what came after that session counts, on the day of
    `closes` only what is known to have come before it.
    """

    kind: str
    session_id: int | None
    number: int
    offset: int
    day: date | None
    first: date | None = None
    last: date | None = None
    opens: When | None = None
    closes: When | None = None
    before: int = 0

    @property
    def is_look(self) -> bool:
        """Whether a result is looked at, rather than healing or the start."""
        return self.kind in {"before_next", "after_last", "monthly"}

    @property
    def lapses(self) -> date | None:
        """The last day on which it can still be done: before the session that closes it. None: it stays open."""
        return self.last if self.closes is None else self.closes.day - timedelta(days=1)

    def holds_day(self, day: date) -> bool:
        """Whether something of that day counts for this slot, as far as days go."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def holds(self, when: When) -> bool:
        """Whether a photo taken then counts for this slot."""
        if not self.holds_day(when.day):
            return False
        if self.opens is not None and when.day == self.opens.day:
            return not is_known_before(when, self.opens)
        if self.closes is not None and when.day == self.closes.day:
            return is_known_before(when, self.closes)
        return True

    def state(self, today: date, *, complete: bool) -> str:
        """done, past (its days are over), coming (not yet), or due."""
        if complete:
            return "done"
        lapses = self.lapses
        if lapses is not None and today > lapses:
            return "past"
        return "coming" if self.day is not None and today < self.day else "due"


@dataclass(frozen=True, slots=True)
class Counted:
    """How the journal counts: each session's number by its id, and whether all sessions are of this one course."""

    numbers: Mapping[int, int]
    alone: bool = True

    def after(self, number: int) -> int:
        """The number of the session to come after this one; 0 where sessions of other courses may come before it."""
        return number + 1 if self.alone else 0


def course_slots(
    of: CourseSessions,
    following: NextSession | None,
    proposed: tuple[Treatment, PhotoPlan],
    today: date,
    counted: Counted,
) -> tuple[Slot, ...]:
    """The proposed days of a course, in the order of their days (undated first).

    Sessions of more than `HISTORY_DAYS` ago have none any more, besides the baseline and the looks after the last.
    """
    treatment, plan = proposed
    sessions, oldest = of.sessions, today - timedelta(days=HISTORY_DAYS)
    found = [_baseline(of)] if plan.baseline else []
    if of.at_home:
        found += _monthly(of, today, counted)
        return tuple(sorted(found, key=lambda slot: (slot.day or date.min, slot.kind)))
    for position, session in enumerate(sessions):
        if session.when.day < oldest:
            continue
        later = sessions[position + 1] if position + 1 < len(sessions) else None
        number = counted.numbers[session.id]
        found += _after_session(session, number, later, treatment, plan)
        still_to_come = following is not None and following.booked is None
        if plan.before_next and (later or still_to_come):
            before = counted.numbers[later.id] if later else counted.after(number)
            found += _before_next((session, number), (later, before), of, treatment)
    if sessions and _is_over(following, today):
        found += _after_last(sessions[-1], counted.numbers[sessions[-1].id], plan.months_after_last)
    return tuple(sorted(found, key=lambda slot: (slot.day or date.min, slot.kind)))


def _monthly(of: CourseSessions, today: date, counted: Counted) -> list[Slot]:
    """A look each month while a routine at home goes on: up to the next one after its last session."""
    done = [session for session in of.sessions if session.when.day <= today]
    if not done:
        return []
    first, last = done[0], done[-1]
    found = []
    for count in range(1, 2 + (last.when.day - first.when.day).days // 28):
        day = add_months(first.when.day, count)
        if day < today - timedelta(days=HISTORY_DAYS):
            continue
        begins, ends = day - timedelta(days=LOOK_EARLY_DAYS), day + timedelta(days=MONTHLY_LATE_DAYS)
        found.append(Slot("monthly", first.id, counted.numbers[first.id], count, day, begins, ends))
        if day > last.when.day:
            break
    return found


def _baseline(of: CourseSessions) -> Slot:
    early = timedelta(days=BASELINE_DAYS)
    if of.sessions:
        first = of.sessions[0]
        when = first.when
        return Slot("baseline", first.id, 0, 0, when.day - early, None, when.day, closes=when)
    starts = of.course.starts
    return Slot("baseline", None, 0, 0, None if starts is None else starts - early)


def _after_session(
    session: Session, number: int, later: Session | None, treatment: Treatment, plan: PhotoPlan
) -> list[Slot]:
    """The photo days of one session, and its fresh glow; what the next session overtakes is left out."""
    found = []
    for position, offset in enumerate(plan.days):
        following = plan.days[position + 1] if position + 1 < len(plan.days) else offset + 2 * LATE_DAYS
        late = min((following - offset) // 2, LATE_DAYS)
        found += _day_slot("day", session, number, later, (offset, late))
    if treatment.glow is not None:
        found += _day_slot("glow", session, number, later, (round(treatment.glow.hours / 24), 1))
    return found


def _day_slot(kind: str, session: Session, number: int, later: Session | None, days: tuple[int, int]) -> list[Slot]:
    offset, late = days
    day = session.when.day + timedelta(days=offset)
    last = day + timedelta(days=late)
    if later is not None:
        if day >= later.when.day:
            return []
        last = min(last, later.when.day - timedelta(days=1))
    return [Slot(kind, session.id, number, offset, day, day, last, opens=session.when)]


def _before_next(
    since: tuple[Session, int], until: tuple[Session | None, int], of: CourseSessions, treatment: Treatment
) -> list[Slot]:
    """The look just before the next session, written or still to come; none when that came too early for one."""
    (session, number), (later, before) = since, until
    start, course = session.when.day, of.course
    from_day = treatment.looks.not_before_day or (treatment.healing.days or 0) + 1
    first = start + timedelta(days=from_day)
    if later is not None:
        if later.when.day < first:
            return []
        day, last = max(first, later.when.day - timedelta(days=1)), later.when.day
        return [Slot("before_next", session.id, number, 0, day, first, last, closes=later.when, before=before)]
    day = start + timedelta(days=max(from_day, (course.not_before or 0) - 1))
    end = None if course.not_after is None else max(day, start + timedelta(days=course.not_after))
    return [Slot("before_next", session.id, number, 0, day, first, end, before=before)]


def _is_over(following: NextSession | None, today: date) -> bool:
    """Whether the last session may well have been the last: complete, ended, or its next window is over."""
    if following is None:
        return True
    return following.booked is None and following.latest is not None and today > following.latest


def _after_last(session: Session, number: int, months: Sequence[int]) -> list[Slot]:
    found = []
    for count in months:
        day = add_months(session.when.day, count)
        first, last = day - timedelta(days=LOOK_EARLY_DAYS), day + timedelta(days=LOOK_LATE_DAYS)
        found.append(Slot("after_last", session.id, number, count, day, first, last))
    return found
