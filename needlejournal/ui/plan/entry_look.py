"""How an entry of the agenda looks everywhere: its icon, its colours, its state in a word, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from needlejournal.journal.planning.agenda import AgendaEntry
from needlejournal.ui.destinations import Destination, EditSession, ImportPhotos, ShowPage
from needlejournal.ui.language import day_and_month, tr, tr_message, weekday_and_day
from needlejournal.ui.models.plan_words import span, state_word


@dataclass(frozen=True, slots=True)
class EntryLook:
    """Icon, and roles of ground and words; `dotted`: an outline instead of a ground."""

    icon: str
    ground: str
    ink: str
    dotted: bool = False


_LOOKS = {
    "session": EntryLook("session", "accent", "on_accent"),
    "next_session": EntryLook("plan", "accent_ground", "accent"),
    "photos": EntryLook("camera", "pill", "ink"),
    "ratings": EntryLook("star", "pill", "ink"),
    "result": EntryLook("progress", "card", "ink_soft", dotted=True),
}
_DONE = EntryLook("check", "pill", "ink_soft")


def look_of(entry: AgendaEntry) -> EntryLook:
    """How to draw an entry; proposals that are done step back."""
    if entry.kind in {"photos", "ratings"} and entry.state == "done":
        return _DONE
    return _LOOKS.get(entry.kind, _DONE)


def short_title(entry: AgendaEntry) -> str:
    """Few words for a day's cell: "Session 2", "Photos", "Rate", "Result"."""
    return tr_message(entry.short)


def when_words(entry: AgendaEntry, today: date) -> str:
    """ "Saturday 12 April", "Between 12 and 26 April" for a window."""
    if entry.until != entry.day:
        return span(entry.day, entry.until, today)
    return weekday_and_day(entry.day)


def standing_of(entry: AgendaEntry) -> str:
    """Its state in words: "due until 12 April", "done", "coming"."""
    if entry.kind == "result":
        return ""
    if entry.state == "due" and entry.lapses:
        return tr("due until {day}").format(day=day_and_month(entry.lapses))
    return state_word(entry.state)


def leads_to(entry: AgendaEntry, today: date) -> tuple[str, Destination] | None:
    """What can be done about an entry, in a word, and where that is; None for what only stands there."""
    if entry.kind == "session" and entry.session_id:
        return tr("Open"), EditSession(entry.session_id)
    if entry.kind == "next_session":
        return tr("Write it down"), EditSession(0)
    if entry.kind == "photos" and entry.state == "due":
        return tr("Add"), ImportPhotos(session_id=entry.session_id or 0, day=today)
    if entry.kind == "ratings" and entry.state == "due":
        return tr("Rate"), ShowPage("progress")
    return None
