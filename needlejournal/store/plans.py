"""Courses, aftercare ticks, dismissed cards, questions for the clinic, reminders, ratings and blind answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

from needlejournal.journal.courses import AftercareTick, ChecklistItem, Course, Dismissal, Question, ReminderState
from needlejournal.journal.ratings import BlindAnswer, Judgement, Rating
from needlejournal.journal.sessions import Price
from needlejournal.store.database import Database, Row
from needlejournal.store.rows import Rows, Table, day_from, day_or_none, from_list, to_list
from needlejournal.store.sessions import known_setting

LONGEST_DAYS = 36_525  # a hundred years between two sessions


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number_of_days(days: int | None) -> int | None:
    """Raises ValueError for what no calendar holds."""
    if days is not None and not 0 <= days <= LONGEST_DAYS:
        raise ValueError(days)
    return days


def _course_to(course: Course) -> tuple[object, ...]:
    price = course.price
    return (
        course.treatment, course.title, _day(course.starts), course.sessions, course.not_before, course.not_after,
        to_list(course.concerns), to_list(course.zones), course.clinic, course.phone,
        price.minor if price else None, price.currency if price else None,
        json.dumps([asdict(item) for item in course.aftercare], ensure_ascii=False), to_list(course.ask_first),
        course.notes, _day(course.ended), course.setting,
        json.dumps([asdict(item) for item in course.ask_first_list], ensure_ascii=False),
    )  # fmt: skip


def _course_from(row_id: int, uid: str, row: Row) -> Course:
    (treatment, title, starts, sessions, not_before, not_after, concerns, zones, clinic, phone, minor, currency,
     aftercare, ask_first, notes, ended, setting, ask_first_list) = row  # fmt: skip
    return Course(
        treatment=treatment,
        setting=known_setting(setting),
        title=title,
        starts=day_or_none(starts),
        sessions=sessions,
        not_before=_number_of_days(not_before),
        not_after=_number_of_days(not_after),
        concerns=from_list(concerns),
        zones=from_list(zones),
        clinic=clinic,
        phone=phone,
        price=None if minor is None else Price(minor, currency or ""),
        aftercare=tuple(ChecklistItem(**item) for item in json.loads(aftercare)),
        ask_first=from_list(ask_first),
        ask_first_list=tuple(ChecklistItem(**item) for item in json.loads(ask_first_list)),
        notes=notes,
        ended=day_or_none(ended),
        id=row_id,
        uid=uid,
    )


COURSES = Table(
    "course",
    ("treatment", "title", "starts", "sessions", "not_before", "not_after", "concerns", "zones", "clinic", "phone",
     "price_minor", "currency", "aftercare", "ask_first", "notes", "ended", "setting", "ask_first_list"),
    _course_to,
    _course_from,
)  # fmt: skip
TICKS = Table(
    "aftercare_tick",
    ("session_id", "item", "day"),
    lambda tick: (tick.session_id, tick.item, tick.day.isoformat()),
    lambda row_id, uid, row: AftercareTick(row[0], row[1], day_from(row[2]), row_id, uid),
)
DISMISSALS = Table(
    "dismissal",
    ("rule", "symptom", "session_id", "entries", "reason"),
    lambda d: (d.rule, d.symptom, d.session_id, to_list(d.entries), d.reason),
    lambda row_id, uid, row: Dismissal(row[0], row[1], row[2], from_list(row[3]), row[4], row_id, uid),
)
RATINGS = Table(
    "rating",
    ("day", "concern", "value", "judgement", "baseline_photo_id", "photo_id", "note", "kind"),
    lambda r: (r.day.isoformat(), r.concern, r.value, r.judgement, r.baseline_photo_id, r.photo_id, r.note, r.kind),
    lambda row_id, uid, row: Rating(
        day=day_from(row[0]),
        concern=row[1],
        value=row[2],
        judgement=Judgement(row[3]) if row[3] else None,
        baseline_photo_id=row[4],
        photo_id=row[5],
        note=row[6],
        kind=row[7],
        id=row_id,
        uid=uid,
    ),
)
BLIND_ANSWERS = Table(
    "blind_answer",
    ("earlier_id", "later_id", "better_id", "judgement", "answered"),
    lambda a: (a.earlier_id, a.later_id, a.better_id, a.judgement, a.answered.isoformat()),
    lambda row_id, uid, row: BlindAnswer(row[0], row[1], row[2], Judgement(row[3]), day_from(row[4]), row_id, uid),
)


QUESTIONS = Table("question", ("text",), lambda q: (q.text,), lambda row_id, uid, row: Question(row[0], row_id, uid))


class CourseRows(Rows[Course]):
    """The plans of a journal."""

    def with_phone(self) -> list[Course]:
        """Those that have the clinic's number, the newest first."""
        return self._where("phone <> ''", order="id DESC")


class TickRows(Rows[AftercareTick]):
    """What was ticked off the aftercare lists."""

    def of_day(self, day: date) -> list[AftercareTick]:
        """The ticks of a day, whatever session they are about."""
        return self._where("day = ?", (day.isoformat(),))

    def of_item(self, session_id: int, item: str, day: date) -> AftercareTick | None:
        """The tick of one item on a day, or None."""
        found = self._where("session_id = ? AND item = ? AND day = ?", (session_id, item, day.isoformat()))
        return found[0] if found else None


class RatingRows(Rows[Rating]):
    """The ratings of a journal; one for each day, concern and kind."""

    def of_day(self, day: date) -> list[Rating]:
        """The ratings of a day."""
        return self._where("day = ?", (day.isoformat(),))

    def concerns(self) -> list[str]:
        """Every concern that was ever rated, in the order in which they were first written."""
        rows = self.database.rows(
            "SELECT concern FROM rating WHERE kind = 'concern' AND deleted_utc IS NULL "
            "GROUP BY concern ORDER BY min(id)"
        )
        return [row[0] for row in rows]

    def save(self, value: Rating) -> Rating:
        """Write a rating; one for the same day, concern and kind is replaced."""
        there = self._where("day = ? AND concern = ? AND kind = ?", (value.day.isoformat(), value.concern, value.kind))
        known = there[0] if there and not value.id else None
        return super().save(replace(value, id=known.id, uid=known.uid) if known else value)


class QuestionRows(Rows[Question]):
    """The questions for the clinic, in the order in which they were first written."""

    def texts(self) -> tuple[str, ...]:
        """What the patient wants to ask."""
        return tuple(question.text for question in self._where())

    def write(self, texts: Sequence[str]) -> None:
        """Keep these questions, in their order; those left out go to the trash. Belongs inside a step."""
        wanted = [text.strip() for text in texts if text.strip()]
        there = self._where()
        for question, text in zip(there, wanted, strict=False):
            self.save(replace(question, text=text))
        for text in wanted[len(there) :]:
            self.save(Question(text))
        for question in there[len(wanted) :]:
            self.trash(question.id)


class Reminders:
    """How far each reminder got; not part of undo."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[str, ReminderState]:
        """Every state by its key."""
        rows = self._database.rows("SELECT key, shown_utc, dismissed FROM reminder")
        return {row[0]: ReminderState(row[0], row[1], bool(row[2])) for row in rows}

    def save(self, state: ReminderState) -> None:
        """Keep a state, replacing the one of the same key."""
        with self._database.transaction():
            self._database.run(
                "INSERT INTO reminder (key, shown_utc, dismissed) VALUES (?, ?, ?) ON CONFLICT (key) "
                "DO UPDATE SET shown_utc = excluded.shown_utc, dismissed = excluded.dismissed",
                (state.key, state.shown_utc, int(state.dismissed)),
            )
