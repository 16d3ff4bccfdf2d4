"""Which sessions belong to which course, and when the next one fits. Each course counts its own sessions only.

A course is for one treatment in one setting: rolling at home finishes no clinic's course, a peel between needling
sessions shortens no window. What the patient says goes before. Sessions that no course claims are seen as an implied
course of their treatment and setting, with what its file proposes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile

from needlejournal.journal.catalogue import Catalogue, Treatment
from needlejournal.journal.courses import Course
from needlejournal.journal.moments import in_order
from needlejournal.journal.sessions import Session

HOME = "home"
EARLY_DAYS = 14  # a first session this much before the hoped-for day still belongs to its course


def new_course(treatment: Treatment, setting: str = "") -> Course:
    """A course with what the treatment's file proposes; a number of sessions of 0 means: no fixed number.

    The files speak of clinics: for a routine at home no number and no days between are proposed.
    """
    if setting == HOME:
        routine = Course(treatment.key, sessions=0, not_before=None, not_after=None, aftercare=treatment.aftercare)
        return replace(routine, setting=HOME)
    return Course(
        treatment=treatment.key,
        setting=setting,
        sessions=treatment.sessions.proposed or 0,
        not_before=treatment.interval.not_before,
        not_after=treatment.interval.not_after,
        aftercare=treatment.aftercare,
    )


@dataclass(frozen=True, slots=True)
class CourseSessions:
    """A course with its sessions in the order they happened. `implied`: nobody planned it. `declined`: the patient says
    that they belong to no plan, so that no next one is proposed.

    `setting` is the plan's own, else that of its sessions; "" while there is neither.
    """

    course: Course
    sessions: tuple[Session, ...]
    implied: bool = False
    setting: str = ""
    declined: bool = False

    @property
    def at_home(self) -> bool:
        """Whether it is a routine at home: photos monthly, and no diary or glow after each session."""
        return self.setting == HOME


@dataclass(frozen=True, slots=True)
class NextSession:
    """The next session of a course: its place in it, of how many (None: no fixed number), and the days it fits.

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
    """Give each session to its course, or to an implied one of its treatment and setting.

    Courses come in their given order. A course without a setting takes that of the first session that fits it.
    """
    found: list[list[Session]] = [[] for _ in courses]
    settings = [course.setting for course in courses]
    implied: dict[tuple[str, str, bool], list[Session]] = {}
    for session in sort_sessions(sessions):
        position = _course_of(session, courses, settings)
        if position is None:
            implied.setdefault((session.treatment, _where(session), session.unplanned), []).append(session)
        else:
            found[position].append(session)
            settings[position] = settings[position] or _where(session)
    planned = [
        CourseSessions(course, tuple(own), setting=setting)
        for course, setting, own in zip(courses, settings, found, strict=True)
    ]
    unplanned = [
        CourseSessions(
            new_course(catalogue.treatment(treatment), setting),
            tuple(own),
            implied=True,
            setting=setting,
            declined=declined,
        )
        for (treatment, setting, declined), own in implied.items()
    ]
    return planned + unplanned


def _where(session: Session) -> str:
    """At home or not: a session whose setting nobody noted counts with those of a clinic."""
    return HOME if session.setting == HOME else "clinic"


def _course_of(session: Session, courses: Sequence[Course], settings: Sequence[str]) -> int | None:
    """The position of the session's course: what the patient says, else the latest that fits."""
    if session.unplanned:
        return None
    named = [position for position, course in enumerate(courses) if course.id and course.id == session.course_id]
    if named:
        return named[0]
    fitting = [
        position
        for position, (course, setting) in enumerate(zip(courses, settings, strict=True))
        if _fits(session, course) and setting in {"", _where(session)}
    ]
    return max(fitting, key=lambda position: (courses[position].starts or date.min, position), default=None)


def course_fitting(session: Session, written: Sequence[Session], courses: Sequence[Course]) -> Course | None:
    """The course that a session would belong to if the patient said nothing of it: what "automatic" means."""
    free = replace(session, course_id=None, unplanned=False)
    others = [one for one in written if one.id != session.id or not session.id]
    settings = [course.setting for course in courses]
    for one in takewhile(lambda one: one is not free, sort_sessions([*others, free])):
        position = _course_of(one, courses, settings)
        if position is not None:
            settings[position] = settings[position] or _where(one)
    position = _course_of(free, courses, settings)
    return None if position is None else courses[position]


def _fits(session: Session, course: Course) -> bool:
    day = session.when.day
    started = course.starts is None or day >= course.starts - timedelta(days=EARLY_DAYS)
    return session.treatment == course.treatment and started and (course.ended is None or day <= course.ended)


def next_session(of: CourseSessions, today: date) -> NextSession | None:
    """The next session of a course; None when the course has ended, is complete, or nothing is known of a next one.

    Of sessions that belong to no plan only one that is booked is told.
    """
    course = of.course
    done = [session for session in of.sessions if session.when.day <= today]
    booked = next((session.when.day for session in of.sessions if session.when.day > today), None)
    complete = bool(course.sessions) and len(done) >= course.sessions
    if course.ended is not None or complete or (of.declined and booked is None):
        return None
    earliest, latest = (None, None) if of.declined else _window(course, done)
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
