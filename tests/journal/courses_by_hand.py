"""Short ways to write sessions, entries and courses of days in tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta

from needlejournal.journal.catalogue import Catalogue, load_catalogue
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.diary.days_after import Diary
from needlejournal.journal.moments import When
from needlejournal.journal.numbering import SessionCalendar, SessionMark
from needlejournal.journal.sessions import Severity
from needlejournal.paths import resources

CATALOGUE: Catalogue = load_catalogue(resources())
START = date(2026, 3, 1)


def day(number: int) -> date:
    """Day `number` after the first session."""
    return START + timedelta(days=number)


def mark(key: int, number: int, treatment: str = "microneedling", at: time | None = None) -> SessionMark:
    """A session on day `number`."""
    return SessionMark(key, When(day(number), at), treatment)


def calendar(*marks: SessionMark) -> SessionCalendar:
    """A calendar; with no marks given, of one micro-needling session on day 0."""
    return SessionCalendar(marks or [mark(1, 0)])


def course(symptom: str, severities: str, first: int = 0) -> list[SideEffect]:
    """Entries day by day from `first`: digits are severities, a dot is a day nobody wrote."""
    return [
        SideEffect(day(number), symptom, Severity(int(sign)))
        for number, sign in enumerate(severities, start=first)
        if sign != "."
    ]


def diary(courses: Mapping[str, str] | None = None, nothing: tuple[int, ...] = ()) -> Diary:
    """A diary of courses by symptom, and of days with nothing to note."""
    entries = [entry for symptom, signs in (courses or {}).items() for entry in course(symptom, signs)]
    return Diary(entries, [DayNote(day(number), nothing_to_note=True) for number in nothing])
