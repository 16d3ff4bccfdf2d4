"""The plan as an iCalendar file (RFC 5545) for any calendar: whole days, or the time of a session, with alarms.

UIDs last and each file counts higher than the ones before, so that a newer file replaces the entries of an older one
in calendars that follow the standard; what fell away since then is in it once more, cancelled.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.message import Message
from needlejournal.journal.planning.agenda import AgendaEntry
from needlejournal.store import Journal
from needlejournal.workflows.planning import agenda_of
from needlejournal.workflows.saving import save_export

if TYPE_CHECKING:
    from icalendar import Event

SESSION_LENGTH, EVENING_LENGTH = timedelta(hours=1), timedelta(minutes=15)
EVENING = time(18)
# Outlook leaves out alarms that lie behind the start: they are at it or before.
DAY_BEFORE, EVENING_BEFORE, AT_START = timedelta(hours=-24), timedelta(hours=-6), timedelta(0)
EVENINGS = frozenset({"photos", "ratings"})  # done at home, in a few minutes
DRAFT = "calendar"
Say = Callable[[Message], str]
_COUNT_FROM = datetime(2020, 1, 1, tzinfo=UTC)  # SEQUENCE: seconds since then, below 2^31 until 2088
_LARGEST = 2**31 - 1  # RFC 5545, 3.3.8


@dataclass(frozen=True, slots=True)
class ExportedEntry:
    """An entry as a calendar file had it: days or local moments as ISO text."""

    uid: str
    start: str
    end: str
    title: str


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What goes into a file: the plan's entries, what fell away since the last one, and how all is remembered."""

    entries: tuple[AgendaEntry, ...]
    cancelled: tuple[ExportedEntry, ...] = ()
    say: Say = str

    @property
    def remembered(self) -> list[list[str]]:
        """What the next file has to know, as JSON."""
        now = (_as_exported(entry, self.say) for entry in self.entries)
        return [[one.uid, one.start, one.end, one.title] for one in (*now, *self.cancelled)]


def write_calendar(journal: Journal, path: Path, now: datetime, catalogue: Catalogue) -> int:
    """Write the plan's calendar to `path` and return the number of entries. `now` with its zone.

    Raises WorldError when the file cannot be written; an older file there is replaced.
    """
    file = calendar_file(journal, now.date(), catalogue)
    save_export(path, calendar_bytes(file, journal.name, now))
    remember(journal, file)
    return len(file.entries)


def calendar_file(journal: Journal, today: date, catalogue: Catalogue, say: Say = str) -> CalendarFile:
    """What a file of today holds, in the words of `say`. Entries of earlier files that are over are forgotten."""
    entries = exported(agenda_of(journal, today, catalogue))
    here = {_uid(entry) for entry in entries}
    before = [ExportedEntry(*kept) for kept in journal.draft(DRAFT) or ()]
    gone = (one for one in before if one.uid not in here and one.start[:10] >= today.isoformat())
    return CalendarFile(entries, tuple(gone), say)


def remember(journal: Journal, file: CalendarFile) -> None:
    """Remember what was exported, so that the next file can cancel what falls away."""
    if not journal.read_only:
        journal.keep_draft(DRAFT, file.remembered)


def exported(entries: Iterable[AgendaEntry]) -> tuple[AgendaEntry, ...]:
    """What goes into a calendar: every session, and of the proposals those that are not done."""
    return tuple(entry for entry in entries if entry.kind == "session" or entry.state not in {"done", "later"})


def calendar_bytes(file: CalendarFile, name: str, now: datetime) -> bytes:
    """The file as an iCalendar stream; `now`, with its zone, is when it was made and decides on alarms."""
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("prodid", "-//Needle Journal//Needle Journal//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(_printable(name)))
    for entry in file.entries:
        calendar.add_component(_event(entry, now, file.say))
    for one in file.cancelled:
        calendar.add_component(_cancelled(one, now))
    return bytes(calendar.to_ical())


def _event(entry: AgendaEntry, now: datetime, say: Say) -> Event:
    start, end = _times(entry)
    title = say(entry.title)
    event = _begun(_uid(entry), start, end, title, now)
    if entry.text:
        event.add("description", _printable(entry.text if isinstance(entry.text, str) else say(entry.text)))
    event.add("transp", "OPAQUE" if entry.kind == "session" and isinstance(start, datetime) else "TRANSPARENT")
    event.add("status", "CONFIRMED" if entry.kind == "session" else "TENTATIVE")
    if entry.kind != "result" and entry.day >= now.date() and entry.state != "done":
        _add_alarm(event, entry, start, title)
    return event


def _cancelled(one: ExportedEntry, now: datetime) -> Event:
    read = datetime.fromisoformat if "T" in one.start else date.fromisoformat
    event = _begun(one.uid, read(one.start), read(one.end), one.title, now)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED")
    return event


def _begun(uid: str, start: date, end: date, title: str, now: datetime) -> Event:
    from icalendar import Event

    event, made = Event(), now.astimezone(UTC)
    event.add("uid", uid)
    event.add("dtstamp", made)
    event.add("last-modified", made)
    event.add("sequence", min(max(0, int((made - _COUNT_FROM).total_seconds())), _LARGEST))
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", _printable(title))
    event.add("class", "PRIVATE")
    return event


def _as_exported(entry: AgendaEntry, say: Say) -> ExportedEntry:
    start, end = _times(entry)
    return ExportedEntry(_uid(entry), start.isoformat(), end.isoformat(), say(entry.title))


def _uid(entry: AgendaEntry) -> str:
    return f"{entry.key}@needlejournal"


def _printable(text: str) -> str:
    """The text without control characters, which the format does not allow."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cc" or sign in "\n\t")


def _times(entry: AgendaEntry) -> tuple[date, date]:
    """Begin and end: instants where a session's is known, its local time where the offset is not, else whole days.

    What is done in the evening stands there, at local time wherever one is.
    """
    if entry.session is not None and entry.session.when.time is not None:
        when = entry.session.when
        start = when.utc or datetime.combine(when.day, entry.session.when.time)
        return start, start + SESSION_LENGTH
    if entry.kind in EVENINGS and entry.day == entry.until:
        start = datetime.combine(entry.day, EVENING)
        return start, start + EVENING_LENGTH
    return entry.day, entry.until + timedelta(days=1)


def _add_alarm(event: Event, entry: AgendaEntry, start: date, title: str) -> None:
    """A day before a session with a time, at the start of what is done in an evening, else the evening before."""
    from icalendar import Alarm

    timed = AT_START if entry.kind in EVENINGS else DAY_BEFORE
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _printable(title))
    alarm.add("trigger", timed if isinstance(start, datetime) else EVENING_BEFORE)
    event.add_component(alarm)
