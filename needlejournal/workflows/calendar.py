"""The plan as an iCalendar file (RFC 5545) for any calendar: whole days, or the time of a session, with alarms.

Importing a newer file updates the entries of an older one, since their UIDs last.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.planning.agenda import AgendaEntry
from needlejournal.store import Journal
from needlejournal.workflows.planning import agenda_of
from needlejournal.workflows.saving import save_export

if TYPE_CHECKING:
    from icalendar import Event

SESSION_LENGTH = timedelta(hours=1)
MORNING = timedelta(hours=9)
EVENING = timedelta(hours=18)
DAY_BEFORE = timedelta(hours=-24)


def write_calendar(journal: Journal, path: Path, now: datetime, catalogue: Catalogue) -> int:
    """Write the plan's calendar to `path` and return the number of entries. `now` with its zone.

    Raises WorldError when the file cannot be written; an older file there is replaced.
    """
    entries = exported(agenda_of(journal, now.date(), catalogue))
    save_export(path, calendar_bytes(entries, journal.name, now))
    return len(entries)


def exported(entries: Iterable[AgendaEntry]) -> tuple[AgendaEntry, ...]:
    """What goes into a calendar: every session, and of the proposals those that are not done."""
    return tuple(entry for entry in entries if entry.kind == "session" or entry.state not in {"done", "later"})


def calendar_bytes(entries: Iterable[AgendaEntry], name: str, now: datetime) -> bytes:
    """The entries as an iCalendar stream; `now`, with its zone, is when it was made and decides on alarms."""
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("prodid", "-//Needle Journal//Needle Journal//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(_printable(name)))
    for entry in entries:
        calendar.add_component(_event(entry, now))
    return bytes(calendar.to_ical())


def _event(entry: AgendaEntry, now: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{entry.key}@needlejournal")
    event.add("dtstamp", now.astimezone(UTC))
    start, end = _times(entry)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", _printable(entry.title))
    if entry.text:
        event.add("description", _printable(entry.text))
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if isinstance(start, datetime) else "TRANSPARENT")
    event.add("status", "CONFIRMED" if entry.kind == "session" else "TENTATIVE")
    if entry.kind != "result" and entry.day >= now.date() and entry.state != "done":
        _add_alarm(event, entry, start)
    return event


def _printable(text: str) -> str:
    """The text without control characters, which the format does not allow."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cc" or sign in "\n\t")


def _times(entry: AgendaEntry) -> tuple[date, date]:
    """Begin and end: instants where a session's is known, its local time where the offset is not, else whole days."""
    if entry.session is not None and entry.session.when.time is not None:
        when = entry.session.when
        start = when.utc or datetime.combine(when.day, entry.session.when.time)
        return start, start + SESSION_LENGTH
    return entry.day, entry.until + timedelta(days=1)


def _add_alarm(event: Event, entry: AgendaEntry, start: date) -> None:
    """A day before a session with a time; else in the evening (photos, ratings) or morning of the day."""
    from icalendar import Alarm

    evening = entry.kind in {"photos", "ratings"}
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _printable(entry.title))
    alarm.add("trigger", DAY_BEFORE if isinstance(start, datetime) else EVENING if evening else MORNING)
    event.add_component(alarm)
