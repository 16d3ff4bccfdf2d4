"""What the timeline shows: a card for each session and for each other day on which something was kept.

A day's note, side effects and photos stand on the card of that day's (last) session, where there is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.numbering import SessionCalendar
from needlejournal.journal.photos import Photo
from needlejournal.journal.sessions import Session
from needlejournal.store.database import Database
from needlejournal.store.days import DayNoteRows, SideEffectRows
from needlejournal.store.photos import PhotoRows
from needlejournal.store.rows import to_list
from needlejournal.store.search import as_query, search
from needlejournal.store.sessions import SessionRows


@dataclass(frozen=True, slots=True)
class TimelineFilter:
    """What to show; empty means everything."""

    text: str = ""
    treatment: str = ""
    zone: str = ""
    view: str = ""
    with_photos: bool = False

    def __bool__(self) -> bool:
        return bool(as_query(self.text) or self.treatment or self.zone or self.view or self.with_photos)


@dataclass(frozen=True, slots=True)
class CardKey:
    """Names a card: its day, and the session it is for (0: a day without one). `hosts_day`: see the module."""

    day: date
    session_id: int = 0
    hosts_day: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True)
class Card:
    """Everything on one card, ready to be drawn."""

    key: CardKey
    session: Session | None
    note: DayNote | None
    effects: tuple[SideEffect, ...]
    photos: tuple[Photo, ...]


@dataclass(frozen=True, slots=True)
class _Allowed:
    """What one filter lets through: these sessions, and these days."""

    sessions: frozenset[int]
    days: frozenset[str]

    def lets(self, key: CardKey) -> bool:
        return key.session_id in self.sessions or (key.hosts_day and key.day.isoformat() in self.days)


class Timeline:
    """Reads the timeline. Keys first (small, all of them), then the cards that are looked at."""

    def __init__(
        self,
        database: Database,
        sessions: SessionRows,
        photos: PhotoRows,
        notes: DayNoteRows,
        effects: SideEffectRows,
    ) -> None:
        self._database = database
        self._sessions = sessions
        self._photos = photos
        self._notes = notes
        self._effects = effects

    def keys(self, wanted: TimelineFilter = TimelineFilter()) -> list[CardKey]:
        """The keys of all cards that pass, newest first; sessions of one day by time, latest first."""
        keys = self._all_keys()
        for allowed in self._filters(wanted):
            keys = [key for key in keys if allowed.lets(key)]
        return keys

    def cards(self, keys: Sequence[CardKey]) -> list[Card]:
        """The cards of these keys, in their order; one query for each kind of row."""
        sessions = self._sessions.many(key.session_id for key in keys if key.session_id)
        days = to_list(sorted({key.day.isoformat() for key in keys}))
        chosen = "day IN (SELECT value FROM json_each(?))"
        notes = {note.day: note for note in self._notes.where(chosen, (days,))}
        effects: dict[date, list[SideEffect]] = defaultdict(list)
        for effect in self._effects.where(chosen, (days,), order="day, id"):
            effects[effect.day].append(effect)
        photos = self._photos_of(days, {key.session_id for key in keys})
        return [
            Card(
                key,
                sessions.get(key.session_id),
                notes.get(key.day) if key.hosts_day else None,
                tuple(effects[key.day]) if key.hosts_day else (),
                tuple(photos[key.session_id] + (photos[key.day] if key.hosts_day else [])),
            )
            for key in keys
        ]

    def _photos_of(self, days: str, sessions: set[int]) -> dict[int | date, list[Photo]]:
        """Photos by the session they were taken for, else by their day."""
        found: dict[int | date, list[Photo]] = defaultdict(list)
        attached = self._photos.of_sessions(sessions)
        for photo in attached:
            found[photo.session_id or 0].append(photo)
        loose = (
            "day IN (SELECT value FROM json_each(?)) AND (session_id IS NULL OR NOT EXISTS "
            "(SELECT 1 FROM session AS s WHERE s.id = photo.session_id AND s.deleted_utc IS NULL))"
        )
        for photo in self._photos.where(loose, (days,), order="day, time, id"):
            found[photo.when.day].append(photo)
        found[0] = []
        return found

    def _all_keys(self) -> list[CardKey]:
        sessions = self._database.rows(
            "SELECT day, id FROM session WHERE deleted_utc IS NULL ORDER BY day DESC, coalesce(time, '') DESC, id DESC"
        )
        keys, taken = [], set()
        for day, row_id in sessions:
            keys.append(CardKey(date.fromisoformat(day), row_id, day not in taken))
            taken.add(day)
        days = self._database.rows(
            "SELECT day FROM photo AS p WHERE deleted_utc IS NULL AND (session_id IS NULL OR NOT EXISTS "
            "(SELECT 1 FROM session s WHERE s.id = p.session_id AND s.deleted_utc IS NULL)) "
            "UNION SELECT day FROM day_note WHERE deleted_utc IS NULL "
            "UNION SELECT day FROM side_effect WHERE deleted_utc IS NULL"
        )
        keys += [CardKey(date.fromisoformat(day)) for (day,) in days if day not in taken]
        keys.sort(key=lambda key: key.day, reverse=True)
        return keys

    def _filters(self, wanted: TimelineFilter) -> Iterable[_Allowed]:
        if as_query(wanted.text):
            yield self._found(wanted.text)
        if wanted.treatment:
            yield self._treated_with(wanted.treatment)
        if wanted.zone:
            yield self._chosen(
                "SELECT session_id FROM needle WHERE zone = ?1 UNION SELECT session_id FROM photo WHERE zone = ?1",
                "SELECT day FROM photo WHERE zone = ?1 AND deleted_utc IS NULL "
                "UNION SELECT day FROM side_effect WHERE zone = ?1 AND deleted_utc IS NULL",
                (wanted.zone,),
            )
        if wanted.view or wanted.with_photos:
            view = "AND view = ?1" if wanted.view else ""
            yield self._chosen(
                f"SELECT session_id FROM photo WHERE deleted_utc IS NULL {view}",  # noqa: S608
                f"SELECT day FROM photo WHERE deleted_utc IS NULL AND session_id IS NULL {view}",  # noqa: S608
                (wanted.view,) if wanted.view else (),
            )

    def _chosen(self, sessions: str, days: str, values: Sequence[object]) -> _Allowed:
        return _Allowed(
            frozenset(row[0] for row in self._database.rows(sessions, values) if row[0]),
            frozenset(row[0] for row in self._database.rows(days, values)),
        )

    def _found(self, text: str) -> _Allowed:
        hits = search(self._database, text)
        photo_ids = to_list(str(hit.id) for hit in hits if hit.kind == "photo")
        attached = self._database.rows(
            "SELECT session_id FROM photo WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))", (photo_ids,)
        )
        sessions = {hit.id for hit in hits if hit.kind == "session"} | {row[0] for row in attached if row[0]}
        return _Allowed(frozenset(sessions), frozenset(hit.day.isoformat() for hit in hits if hit.kind != "session"))

    def _treated_with(self, treatment: str) -> _Allowed:
        """Sessions of a treatment, and the days that count after one of them."""
        calendar: SessionCalendar = self._sessions.calendar()
        ids = frozenset(mark.id for mark in calendar.marks if mark.treatment == treatment)
        days = set()
        for key in self._all_keys():
            number = calendar.day_number(key.day)
            if number and number.session_id in ids and not key.session_id:
                days.add(key.day.isoformat())
        return _Allowed(ids, frozenset(days))
