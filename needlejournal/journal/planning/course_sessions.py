"""Which sessions belong to which course, and when the next one fits. Each course counts its own sessions only.

A session of another treatment in between (a peel between needling sessions) shortens no window. Sessions that no
course claims are seen as an implied course of their treatment, with what its file proposes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from needlejournal.journal.catalogue import Catalogue, Treatment
from needlejournal.journal.courses import Course
from needlejournal.journal.moments import in_order
from needlejournal.journal.sessions import Session

EARLY_DAYS = 14  # a first session this much before the hoped-for day still belongs to its course


def new_course(treatment: Treatment) -> Course:
    """A course with what the treatment's file proposes; a number of sessions of 0 means: no fixed number."""
    return Course(
        treatment=treatment.key,
        sessions=treatment.sessions.proposed or 0,
        not_before=treatment.interval.not_before,
        not_after=treatment.interval.not_after,
        aftercare=treatment.aftercare,
    )


@dataclass(frozen=True, slots=True)
class CourseSessions:
    """A course with its sessions in the order they happened. `implied`: nobody planned it."""

    course: Course
    sessions: tuple[Session, ...]
    implied: bool = False


@dataclass(frozen=True, slots=True)
class NextSession:
    """The next session of a course: its number, of how many (None: no fixed number), and the days it fits.

    `earliest` and `latest` are None where nothing is known. `booked` is the day of a session already written down
    for the future. `state`: coming (before the window), open, later (after it), or unknown (no window).
    """

    number: int
    of: int | None
    earliest: date | None
    latest: date | None
    booked: date | None
    state: str


def sort_sessions(sessions: Sequence[Session]) -> list[Session]:
    """Sessions in the order they happened; two on one day by time, then by id."""
    return in_order(sessions, lambda session: session.when, lambda session: session.id)


def assign_sessions(
    courses: Sequence[Course], sessions: Sequence[Session], catalogue: Catalogue
) -> list[CourseSessions]:
    """Give each session to its course, or to an implied one of its treatment. Courses come in their given order."""
    by_course: dict[int, list[Session]] = {position: [] for position in range(len(courses))}
    implied: dict[str, list[Session]] = {}
    for session in sort_sessions(sessions):
        position = _course_of(session, courses)
        if position is None:
            implied.setdefault(session.treatment, []).append(session)
        else:
            by_course[position].append(session)
    planned = [CourseSessions(courses[position], tuple(found)) for position, found in by_course.items()]
    unplanned = [
        CourseSessions(new_course(catalogue.treatment(treatment)), tuple(found), implied=True)
        for treatment, found in implied.items()
    ]
    return planned + unplanned


def _course_of(session: Session, courses: Sequence[Course]) -> int | None:
    """The position of the session's course: the one it names, else the latest that fits treatment and days."""
    fitting = [position for position, course in enumerate(courses) if _fits(session, course)]
    named = [position for position, course in enumerate(courses) if course.id and course.id == session.course_id]
    if named:
        return named[0]
    return max(fitting, key=lambda position: (courses[position].starts or date.min, position), default=None)


def _fits(session: Session, course: Course) -> bool:
    day = session.when.day
    started = course.starts is None or day >= course.starts - timedelta(days=EARLY_DAYS)
    return session.treatment == course.treatment and started and (course.ended is None or day <= course.ended)


def next_session(of: CourseSessions, today: date) -> NextSession | None:
    """The next session of a course; None when the course has ended, is complete, or nothing is known of a next one."""
    course = of.course
    done = [session for session in of.sessions if session.when.day <= today]
    booked = next((session.when.day for session in of.sessions if session.when.day > today), None)
    if course.ended is not None or (course.sessions and len(done) >= course.sessions):
        return None
    earliest, latest = _window(course, done)
    if not course.sessions and earliest is None and booked is None:
        return None
    state = _window_state(earliest, latest, today)
    return NextSession(len(done) + 1, course.sessions or None, earliest, latest, booked, state)


def _window(course: Course, done: Sequence[Session]) -> tuple[date | None, date | None]:
    if not done:
        return course.starts, None
    last = done[-1].when.day
    return _after(last, course.not_before), _after(last, course.not_after)


def _after(day: date, days: int | None) -> date | None:
    return None if days is None else day + timedelta(days=days)


def _window_state(earliest: date | None, latest: date | None, today: date) -> str:
    if earliest is None and latest is None:
        return "unknown"
    if earliest is not None and today < earliest:
        return "coming"
    return "later" if latest is not None and today > latest else "open"
