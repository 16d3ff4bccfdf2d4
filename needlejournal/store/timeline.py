"""What the timeline shows: a card for each session and for each other day on which something was kept.

A day's note, side effects and photos stand on the card of that day's (last) session, where there is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from datetime import date

from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.frozen import frozen
from needlejournal.journal.numbering import SessionCalendar
from needlejournal.journal.photos import Photo
from needlejournal.journal.sessions import Session
from needlejournal.store.database import Database, Row
from needlejournal.store.days import DayNoteRows, SideEffectRows
from needlejournal.store.photos import PhotoRows
from needlejournal.store.rows import day_from, rows_in_order, to_list, understood, when_from
from needlejournal.store.search import Meant, search
from needlejournal.store.sessions import SessionRows

FOUND_AT_MOST = 300  # rows; more are found by writing more letters


@frozen
class TimelineFilter:
    """What to show; empty means everything."""

    text: str = ""
    treatment: str = ""
    zone: str = ""
    view: str = ""
    with_photos: bool = False
    meant: tuple[Meant, ...] = ()  # what each word of the text means by the catalogue, where that was looked up

    def __bool__(self) -> bool:
        return bool(self.text.strip() or self.treatment or self.zone or self.view or self.with_photos)


@frozen
class CardKey:
    """Names a card: its day, and the session it is for (0: a day without one). `hosts_day`: see the module."""

    day: date
    session_id: int = 0
    hosts_day: bool = field(default=True, compare=False)


@frozen
class TimelineCard:
    """Everything on one card, ready to be drawn."""

    key: CardKey
    session: Session | None
    note: DayNote | None
    effects: tuple[SideEffect, ...]
    photos: tuple[Photo, ...]


@frozen
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
        self._left_out = False

    @property
    def left_out(self) -> bool:
        """Whether the last `keys` for words left out older cards, because very many rows hold them."""
        return self._left_out

    def keys(self, wanted: TimelineFilter = TimelineFilter()) -> list[CardKey]:  # noqa: B008 (it is a value)
        """The keys of all cards that pass, newest first; sessions of one day by time, latest first."""
        self._left_out = False
        keys = self._found_keys(wanted) if wanted.text.strip() else self._all_keys()
        for allowed in self._filters(wanted):
            keys = [key for key in keys if allowed.lets(key)]
        return keys

    def cards(self, keys: Sequence[CardKey]) -> list[TimelineCard]:
        """The cards of these keys, in their order; one query for each kind of row."""
        sessions = self._sessions.many(key.session_id for key in keys if key.session_id)
        days = sorted({key.day for key in keys})
        notes = {note.day: note for note in self._notes.on_days(days)}
        effects: dict[date, list[SideEffect]] = defaultdict(list)
        for effect in self._effects.on_days(days):
            effects[effect.day].append(effect)
        photos = self._photos_of(days, {key.session_id for key in keys})
        return [
            TimelineCard(
                key,
                sessions.get(key.session_id),
                notes.get(key.day) if key.hosts_day else None,
                tuple(effects[key.day]) if key.hosts_day else (),
                tuple(photos[key.session_id] + (photos[key.day] if key.hosts_day else [])),
            )
            for key in keys
        ]

    def _photos_of(self, days: Sequence[date], sessions: set[int]) -> dict[int | date, list[Photo]]:
        """Photos by the session they were taken for, else by their day."""
        found: dict[int | date, list[Photo]] = defaultdict(list)
        attached = self._photos.of_sessions(sessions)
        for photo in attached:
            found[photo.session_id or 0].append(photo)
        for photo in self._photos.without_session(days):
            found[photo.when.day].append(photo)
        found[0] = []
        return found

    def keys_on(self, days: Iterable[date]) -> list[CardKey]:
        """The keys of all cards of these days, as `keys` gives them without a filter."""
        return self._read_keys("day IN (SELECT value FROM json_each(?1))", (to_list(day.isoformat() for day in days),))

    def days_of_photos(self, sessions: Iterable[int]) -> set[date]:
        """The days of the photos taken for these sessions: their own cards, once a session is in the trash."""
        chosen = to_list(str(row_id) for row_id in sessions)
        rows = self._database.rows(
            "SELECT DISTINCT day FROM photo WHERE session_id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))",
            (chosen,),
        )
        return set(understood(rows, lambda row: day_from(row[0])))

    def _all_keys(self) -> list[CardKey]:
        return self._read_keys("1", ())

    def _read_keys(self, chosen: str, values: Sequence[object]) -> list[CardKey]:
        """The keys of cards whose day is `chosen`, a condition."""
        sessions = self._database.rows(
            f"SELECT day, time, offset_minutes, id FROM session WHERE deleted_utc IS NULL AND {chosen} "  # noqa: S608
            "ORDER BY day, time, id",
            values,
        )
        keys, taken = [], set()
        for day, row_id in understood(reversed(rows_in_order(sessions, 0)), _day_and_id):
            keys.append(CardKey(day, row_id, day not in taken))
            taken.add(day)
        days = self._database.rows(
            f"SELECT day FROM photo WHERE session_id IS NULL AND deleted_utc IS NULL AND {chosen} "  # noqa: S608
            "UNION SELECT day FROM photo WHERE session_id IN (SELECT id FROM session WHERE deleted_utc IS NOT NULL) "
            f"AND deleted_utc IS NULL AND {chosen} "
            f"UNION SELECT day FROM day_note WHERE deleted_utc IS NULL AND {chosen} "
            f"UNION SELECT day FROM side_effect WHERE deleted_utc IS NULL AND {chosen}",
            values,
        )
        others = understood(days, lambda row: day_from(row[0]))
        keys += [CardKey(day) for day in others if day not in taken]
        keys.sort(key=lambda key: key.day, reverse=True)
        return keys

    def _filters(self, wanted: TimelineFilter) -> Iterable[_Allowed]:
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

    def _found_keys(self, wanted: TimelineFilter) -> list[CardKey]:
        """Keys of the newest rows that hold the words; read from what was found, so that each letter is quick."""
        other_filters = bool(replace(wanted, text=""))
        most = FOUND_AT_MOST * (20 if other_filters else 1)
        hits = search(self._database, wanted.text, most + 1, wanted.meant)
        self._left_out = len(hits) > most
        del hits[most:]
        attached = self._sessions_of_photos(hit.id for hit in hits if hit.kind == "photo")
        sessions = {hit.id for hit in hits if hit.kind == "session"} | set(attached.values())
        days = {hit.day for hit in hits if hit.kind != "session" and not (hit.kind == "photo" and hit.id in attached)}
        keys, hosted = [], set()
        for day, row_id in self._sessions_near(sessions, days):
            key = CardKey(day, row_id, day not in hosted)
            hosted.add(day)
            if row_id in sessions or (key.hosts_day and day in days):
                keys.append(key)
        keys += [CardKey(day) for day in days - hosted]
        keys.sort(key=lambda key: key.day, reverse=True)
        return keys

    def _sessions_of_photos(self, photos: Iterable[int]) -> dict[int, int]:
        """The session of each of these photos that was taken for one."""
        return dict(
            self._database.rows(
                "SELECT p.id, p.session_id FROM photo AS p JOIN session AS s ON s.id = p.session_id "
                "WHERE s.deleted_utc IS NULL AND p.id IN (SELECT CAST(value AS INTEGER) FROM json_each(?))",
                (to_list(str(photo) for photo in photos),),
            )
        )

    def _sessions_near(self, ids: set[int], days: set[date]) -> list[tuple[date, int]]:
        """Day and id of every session on the days of these sessions and on these days, in the timeline's order."""
        rows = self._database.rows(
            "SELECT day, time, offset_minutes, id FROM session WHERE deleted_utc IS NULL AND day IN (SELECT value "
            "FROM json_each(?) UNION SELECT day FROM session WHERE id IN (SELECT CAST(value AS INTEGER) FROM "
            "json_each(?))) ORDER BY day, time, id",
            (to_list(day.isoformat() for day in days), to_list(str(row_id) for row_id in ids)),
        )
        return understood(reversed(rows_in_order(rows, 0)), _day_and_id)

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


def _day_and_id(row: Row) -> tuple[date, int]:
    return when_from(*row[:3]).day, row[3]
