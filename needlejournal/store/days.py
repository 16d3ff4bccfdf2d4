"""Day notes and side effects: one note a day, one entry for each day, symptom and zone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.sessions import Severity
from needlejournal.store.database import Row
from needlejournal.store.rows import Rows, Table, day_from, from_list, to_list, understood


def _note_from(row_id: int, uid: str, row: Row) -> DayNote:
    return DayNote(day_from(row[0]), row[1], bool(row[2]), from_list(row[3]), row_id, uid)


def _effect_from(row_id: int, uid: str, row: Row) -> SideEffect:
    day, symptom, severity, zone, note, photo_id = row
    return SideEffect(day_from(day), symptom, Severity(severity), zone, note, photo_id, row_id, uid)


DAY_NOTES = Table(
    "day_note",
    ("day", "text", "nothing_to_note", "tags"),
    lambda note: (note.day.isoformat(), note.text, int(note.nothing_to_note), to_list(note.tags)),
    _note_from,
)
SIDE_EFFECTS = Table(
    "side_effect",
    ("day", "symptom", "severity", "zone", "note", "photo_id"),
    lambda effect: (
        effect.day.isoformat(),
        effect.symptom,
        int(effect.severity),
        effect.zone,
        effect.note,
        effect.photo_id,
    ),
    _effect_from,
)


class DayNoteRows(Rows[DayNote]):
    """The notes of a journal, one for each day."""

    def of_day(self, day: date) -> DayNote | None:
        """The note of a day, or None."""
        found = self._where("day = ?", (day.isoformat(),))
        return found[0] if found else None

    def between(self, first: date, last: date) -> list[DayNote]:
        """Notes from one day to another, both included, in order."""
        return self._where("day BETWEEN ? AND ?", (first.isoformat(), last.isoformat()), order="day")

    def on_days(self, days: Iterable[date]) -> list[DayNote]:
        """Notes of these days."""
        return self._where("day IN (SELECT value FROM json_each(?))", (to_list(day.isoformat() for day in days),))

    def nothing_to_note(self, first: date = date.min, last: date = date.max) -> list[DayNote]:
        """Notes of days on which the patient looked and found nothing, from one day to another, in order."""
        span = (first.isoformat(), last.isoformat())
        return self._where("day BETWEEN ? AND ? AND nothing_to_note = 1", span, order="day")

    def save(self, value: DayNote) -> DayNote:
        """Write the note of its day, replacing the one that is there."""
        there = self.of_day(value.day)
        return super().save(replace(value, id=there.id, uid=there.uid) if there and not value.id else value)


class SideEffectRows(Rows[SideEffect]):
    """The side effects of a journal."""

    def between(self, first: date, last: date) -> list[SideEffect]:
        """Entries from one day to another, both included, in order."""
        return self._where("day BETWEEN ? AND ?", (first.isoformat(), last.isoformat()), order="day, id")

    def on_days(self, days: Iterable[date]) -> list[SideEffect]:
        """Entries of these days, in order."""
        chosen = to_list(day.isoformat() for day in days)
        return self._where("day IN (SELECT value FROM json_each(?))", (chosen,), order="day, id")

    def severities(
        self, first: date = date.min, last: date = date.max, symptoms: Iterable[str] | None = None
    ) -> dict[date, dict[str, Severity]]:
        """The highest severity of each day and symptom from one day to another, of some symptoms or of all."""
        rows = self.database.rows(
            "SELECT day, symptom, max(severity) FROM side_effect WHERE day BETWEEN ?1 AND ?2 AND deleted_utc IS NULL "
            "AND severity BETWEEN 0 AND ?4 AND (?3 IS NULL OR symptom IN (SELECT value FROM json_each(?3))) "
            "GROUP BY day, symptom",
            (first.isoformat(), last.isoformat(), None if symptoms is None else to_list(symptoms), max(Severity)),
        )
        words, by_text = tuple(Severity), defaultdict[str, dict[str, Severity]](dict)
        for day, symptom, severity in rows:
            by_text[day][symptom] = words[severity]
        return dict(understood(by_text.items(), lambda row: (day_from(row[0]), row[1])))

    def known_span(self) -> tuple[date, date]:
        """Days between which lies all that is known of side effects, the looks that found nothing among it.

        All days there are, where nothing is known or a day makes no sense.
        """
        effects = "side_effect WHERE deleted_utc IS NULL"
        looks = "day_note WHERE deleted_utc IS NULL AND nothing_to_note = 1"
        rows = self.database.rows(
            "SELECT min(first), max(last) FROM ("  # noqa: S608 (our own names)
            f"SELECT (SELECT min(day) FROM {effects}) AS first, (SELECT max(day) FROM {effects}) AS last "
            f"UNION ALL SELECT (SELECT min(day) FROM {looks}), (SELECT max(day) FROM {looks}))"
        )
        known = understood(rows, lambda row: (date.fromisoformat(row[0]), date.fromisoformat(row[1])))
        return known[0] if known else (date.min, date.max)

    def known_days(self) -> list[date]:
        """Every day on which anything is known of side effects, the looks that found nothing among them, in order."""
        rows = self.database.rows(
            "SELECT day FROM side_effect WHERE deleted_utc IS NULL UNION "
            "SELECT day FROM day_note WHERE deleted_utc IS NULL AND nothing_to_note = 1 ORDER BY day"
        )
        return understood(rows, lambda row: day_from(row[0]))

    def symptoms(self) -> list[str]:
        """Every symptom that was ever written down, in the order of the alphabet."""
        rows = self.database.rows("SELECT DISTINCT symptom FROM side_effect WHERE deleted_utc IS NULL ORDER BY symptom")
        return [row[0] for row in rows]

    def of_day(self, day: date) -> list[SideEffect]:
        """Entries of one day."""
        return self.between(day, day)

    def save(self, value: SideEffect) -> SideEffect:
        """Write an entry; one for the same day, symptom and zone is replaced."""
        there = self._where("day = ? AND symptom = ? AND zone = ?", (value.day.isoformat(), value.symptom, value.zone))
        known = there[0] if there and not value.id else None
        return super().save(replace(value, id=known.id, uid=known.uid) if known else value)

    def own_symptoms(self, catalogued: frozenset[str]) -> list[str]:
        """The patient's own symptoms, most recent first: every one that is not in the catalogue."""
        rows = self.database.rows(
            "SELECT symptom FROM side_effect WHERE deleted_utc IS NULL AND symptom NOT IN (SELECT value FROM "
            "json_each(?)) GROUP BY symptom ORDER BY max(rev) DESC",
            (to_list(catalogued),),
        )
        return [row[0] for row in rows]
