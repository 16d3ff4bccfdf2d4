"""The plan: everything recalculated from courses, sessions, photos and ratings as they stand, nothing stored.

Proposals are offers: done, due, coming or past, never "missed".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from needlejournal.journal.catalogue import Catalogue, ExpectedResult, Treatment
from needlejournal.journal.courses import AftercareTick, ChecklistItem, Course
from needlejournal.journal.moments import When
from needlejournal.journal.months import add_months
from needlejournal.journal.planning.course_sessions import (
    CourseSessions,
    NextSession,
    assign_sessions,
    next_session,
    sort_sessions,
)
from needlejournal.journal.planning.slots import Counted, Slot, course_slots
from needlejournal.journal.ratings import Rating
from needlejournal.journal.sessions import Session


class TakenPhoto(Protocol):
    """What a plan needs of a photo; Photo and PhotoMark have it."""

    @property
    def when(self) -> When:
        """When it was taken."""

    @property
    def view(self) -> str:
        """The key of its view, "" while undecided."""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What a plan is made from. Trashed things are left out by who gives it."""

    courses: Sequence[Course] = ()
    sessions: Sequence[Session] = ()
    photos: Sequence[TakenPhoto] = ()
    ratings: Sequence[Rating] = ()


@dataclass(frozen=True, slots=True)
class ProposedPhotos:
    """Photos proposed for a slot: the views still to take, those taken, and the state."""

    slot: Slot
    views: tuple[str, ...]
    taken: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class ProposedRatings:
    """Ratings proposed for a slot: concerns still to rate, those rated, and the state. Of a glow: concern ""."""

    slot: Slot
    concerns: tuple[str, ...]
    rated: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class ExpectedOn:
    """When a result would be expected, as days, with the statement that says so."""

    result: ExpectedResult
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """One course as it stands today. `implied`: nobody planned it, the treatment's file proposes it; `declined`: the
    patient says that its sessions belong to no plan.

    `numbers` are those of its sessions as the journal counts them. `alone`: all sessions of the journal are its own, so
    that a session's place in it is its number too.
    """

    course: Course
    treatment: Treatment
    implied: bool
    sessions: tuple[Session, ...]
    next: NextSession | None
    photos: tuple[ProposedPhotos, ...]
    ratings: tuple[ProposedRatings, ...]
    results: tuple[ExpectedOn, ...]
    numbers: tuple[int, ...] = ()
    alone: bool = True
    at_home: bool = False
    declined: bool = False

    @property
    def booked_number(self) -> int:
        """The number of the session that is booked next; 0 where none is."""
        booked = self.next.booked if self.next else None
        days = [session.when.day for session in self.sessions]
        return self.numbers[days.index(booked)] if booked in days else 0

    @property
    def looks(self) -> tuple[ProposedPhotos, ...]:
        """The looks at results: before each next session, and months after the last."""
        return tuple(photos for photos in self.photos if photos.slot.is_look)


@dataclass(frozen=True, slots=True)
class Plan:
    """All courses as they stand on one day."""

    today: date
    courses: tuple[CoursePlan, ...]

    @property
    def due_photos(self) -> tuple[ProposedPhotos, ...]:
        """The photos proposed for now, of all courses."""
        return tuple(photos for course in self.courses for photos in course.photos if photos.state == "due")


class _Taken:
    """Photos by day, to find those of a slot quickly."""

    def __init__(self, photos: Iterable[TakenPhoto]) -> None:
        self._by_day: dict[date, list[TakenPhoto]] = {}
        for photo in photos:
            if photo.view:
                self._by_day.setdefault(photo.when.day, []).append(photo)
        self._days = sorted(self._by_day)
        self._views = [{photo.view for photo in self._by_day[day]} for day in self._days]

    def views(self, slot: Slot) -> set[str]:
        """The views taken in the slot; only on the day of its session does the time of day matter."""
        start, end = _range(self._days, slot)
        edge = slot.opens or slot.closes
        if edge is None or edge.day not in self._by_day:
            return set().union(*self._views[start:end])
        near = {photo.view for photo in self._by_day[edge.day] if slot.holds(photo.when)}
        if slot.opens is not None:
            return near.union(*self._views[bisect_right(self._days, edge.day, start, end) : end])
        return near.union(*self._views[start : bisect_left(self._days, edge.day, start, end)])


class _Rated:
    """Ratings by day, to find those of a slot quickly."""

    def __init__(self, ratings: Iterable[Rating]) -> None:
        self._ratings = sorted(ratings, key=lambda rating: rating.day)
        self._days = [rating.day for rating in self._ratings]

    def concerns(self, slot: Slot) -> set[str]:
        """The concerns rated in the slot; for a glow "" when it was rated at all."""
        start, end = _range(self._days, slot)
        found = self._ratings[start:end]
        if slot.kind == "glow":
            return {"" for rating in found if rating.kind == "glow"}
        return {rating.concern for rating in found if rating.kind != "glow"}


def _range(days: Sequence[date], slot: Slot) -> tuple[int, int]:
    """From where to where the sorted days lie in the slot."""
    start = 0 if slot.first is None else bisect_left(days, slot.first)
    return start, len(days) if slot.last is None else bisect_right(days, slot.last)


def make_plan(written: PlanFacts, today: date, catalogue: Catalogue) -> Plan:
    """The plan of all courses on `today`. Planned courses first, then implied ones."""
    taken, rated = _Taken(written.photos), _Rated(written.ratings)
    numbers = {session.id: number for number, session in enumerate(sort_sessions(written.sessions), start=1)}
    plans = [
        _course_plan(of, today, catalogue, (taken, rated), Counted(numbers, len(of.sessions) == len(numbers)))
        for of in assign_sessions(written.courses, written.sessions, catalogue)
    ]
    return Plan(today, tuple(plans))


def _course_plan(
    of: CourseSessions, today: date, catalogue: Catalogue, done: tuple[_Taken, _Rated], counted: Counted
) -> CoursePlan:
    treatment = catalogue.treatment(of.course.treatment)
    taken, rated = done
    following = next_session(of, today)
    slots = course_slots(of, following, (treatment, catalogue.photo_plan), today, counted)
    photos = [
        _photos(slot, catalogue.photo_plan.views, taken.views(slot), today) for slot in slots if slot.kind != "glow"
    ]
    ratings = [_ratings(slot, of.course.concerns, rated.concerns(slot), today) for slot in slots if slot.kind != "day"]
    return CoursePlan(
        of.course,
        treatment,
        of.implied,
        of.sessions,
        following,
        tuple(photos),
        tuple(rating for rating in ratings if rating.concerns or rating.rated),
        () if of.at_home else expected_results(treatment, of.sessions),
        tuple(counted.numbers[session.id] for session in of.sessions),
        counted.alone,
        of.at_home,
        of.declined,
    )


def _photos(slot: Slot, views: Sequence[str], taken: set[str], today: date) -> ProposedPhotos:
    missing = tuple(view for view in views if view not in taken) if taken else tuple(views)
    return ProposedPhotos(slot, missing, tuple(sorted(taken)), slot.state(today, complete=not missing))


def _ratings(slot: Slot, concerns: Sequence[str], rated: set[str], today: date) -> ProposedRatings:
    wanted = ("",) if slot.kind == "glow" else tuple(concerns)
    missing = tuple(concern for concern in wanted if concern not in rated)
    return ProposedRatings(slot, missing, tuple(sorted(rated)), slot.state(today, complete=not missing))


def expected_results(treatment: Treatment, sessions: Sequence[Session]) -> tuple[ExpectedOn, ...]:
    """When results would be expected, from the treatment's file; sessions in order. Nothing without a session."""
    if not sessions:
        return ()
    start = {"first": sessions[0].when.day, "last": sessions[-1].when.day}
    return tuple(
        ExpectedOn(
            result,
            (
                *(start[result.counted_from] + timedelta(days=days) for days in result.days),
                *(add_months(start[result.counted_from], months) for months in result.months),
            ),
        )
        for result in treatment.results
    )


@dataclass(frozen=True, slots=True)
class AftercareLine:
    """One line of the aftercare of a session on one day, and whether the patient ticked it."""

    session: Session
    item: ChecklistItem
    days: int
    ticked: bool


def aftercare_on(plan: Plan, ticks: Iterable[AftercareTick], day: date) -> tuple[AftercareLine, ...]:
    """The aftercare that applies on a day: the course's own list, else the treatment's, each thing said once.

    What is asked for after several sessions stands with the last of them, or with the one it is ticked for. What the
    last of them does not ask for yet waits: no sun cream from an earlier session against "only the product given".
    """
    ticked = {(tick.session_id, tick.item) for tick in ticks if tick.day == day}
    asked: dict[str, list[tuple[int, Session, ChecklistItem]]] = {}
    for of in plan.courses:
        for session in of.sessions:
            days = (day - session.when.day).days
            for item in of.course.aftercare or of.treatment.aftercare:
                if 0 <= days <= item.to_day:
                    asked.setdefault(item.text, []).append((days, session, item))
    found = []
    for lines in asked.values():
        lines.sort(key=lambda line: line[0])
        if lines[0][0] >= lines[0][2].from_day:
            days, session, item = next((line for line in lines if (line[1].id, line[2].key) in ticked), lines[0])
            found.append(AftercareLine(session, item, days, (session.id, item.key) in ticked))
    return tuple(found)
