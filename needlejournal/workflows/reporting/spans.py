"""Which days and sessions a report is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.errors import BadInput
from needlejournal.journal.message import Message, message
from needlejournal.journal.planning.course_sessions import CourseSessions, assign_sessions, sort_sessions
from needlejournal.journal.sessions import Session
from needlejournal.store import Journal
from needlejournal.workflows.reporting.wishes import FromTo, OneCourse, OneSession, SpanWish

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ReportSpan:
    """The days of a report, both ends included, the sessions in it, and words for it.

    `earlier`: sessions and photos before it may stand beside, to compare with.
    """

    first: date
    last: date
    sessions: tuple[Session, ...]
    words: Message
    earlier: bool = False

    def holds(self, day: date) -> bool:
        """Whether a day is in it."""
        return self.first <= day <= self.last


def courses_of(journal: Journal, catalogue: Catalogue) -> list[CourseSessions]:
    """The courses that have sessions, planned or implied, in a steady order."""
    courses = assign_sessions(journal.courses.all(), journal.sessions.all(), catalogue)
    return [course for course in courses if course.sessions]


def resolve(journal: Journal, catalogue: Catalogue, wanted: SpanWish, today: date) -> ReportSpan:
    """The span that was asked for. Raises BadInput when it is not there, or has no days."""
    sessions = [session for session in sort_sessions(journal.sessions.all()) if session.when.day <= today]
    match wanted:
        case OneSession(number):
            return _of_session(sessions, number, today)
        case OneCourse(place):
            return _of_course(sessions, courses_of(journal, catalogue), place, today)
        case FromTo(first, last):
            return _from_to(sessions, first, min(last or today, today), today)
        case _:
            return _since_last_visit(sessions, today)


def _since_last_visit(sessions: Sequence[Session], today: date) -> ReportSpan:
    visits = [session for session in sessions if session.setting != "home" and session.when.day < today]
    if not visits:
        return _from_to(sessions, None, today, today)
    first = visits[-1].when.day
    words = message("Since the last visit, {first} to {last}", first=first, last=today)
    return ReportSpan(first, today, _between(sessions, first, today), words, earlier=True)


def _of_session(sessions: Sequence[Session], number: int, today: date) -> ReportSpan:
    if not 0 < number <= len(sessions):
        raise BadInput(
            message("There is no session {number}. This journal has %n session(s).", len(sessions), number=number)
        )
    session = sessions[number - 1]
    later = (one.when.day - DAY for one in sessions[number:] if one.when.day > session.when.day)
    last = next(later, today)
    words = message("Session {number}, {first} to {last}", number=number, first=session.when.day, last=last)
    return ReportSpan(session.when.day, last, (session,), words, earlier=True)


def _of_course(sessions: Sequence[Session], courses: Sequence[CourseSessions], place: int, today: date) -> ReportSpan:
    """A course reaches back to what other sessions left before it, so that its baseline photos belong to it."""
    if not 0 <= place < len(courses):
        raise BadInput(message("This course is not in the journal any more. Please choose another."))
    own = [session for session in courses[place].sessions if session.when.day <= today]
    if not own:
        raise BadInput(message("This course has no session yet. Please choose another span."))
    start, end = own[0].when.day, own[-1].when.day
    ids = {session.id for session in own}
    others = [session.when.day for session in sessions if session.id not in ids]
    first = max((day + DAY for day in others if day < start), default=date.min)
    last = min((day - DAY for day in others if day > end), default=today)
    words = message("One course, {first} to {last}", first=start, last=last)
    return ReportSpan(first, last, tuple(own), words)


def _from_to(sessions: Sequence[Session], first: date | None, last: date, today: date) -> ReportSpan:
    if first is not None and first > today:
        raise BadInput(message("{day} lies ahead. A report tells of days that have been.", day=first))
    if first is not None and first > last:
        raise BadInput(message("The first day lies after the last one. Please give them the other way round."))
    found = _between(sessions, first or date.min, last)
    if first is None:
        words = message("Everything until {last}", last=last)
    else:
        words = message("{first} to {last}", first=first, last=last)
    return ReportSpan(first or date.min, last, found, words)


def _between(sessions: Sequence[Session], first: date, last: date) -> tuple[Session, ...]:
    return tuple(session for session in sessions if first <= session.when.day <= last)
