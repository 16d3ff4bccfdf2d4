"""Whole lives to test with: random ones from a seed, and a year in which treatments are mixed. Values only.

A life is what a patient may have written: sessions of every treatment, home and clinic, some moved or in the trash;
days with side effects or with nothing to note; many days of which nothing is known.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from needlejournal.journal.courses import Course
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.diary.days_after import Diary
from needlejournal.journal.moments import When
from needlejournal.journal.numbering import SessionCalendar, SessionMark
from needlejournal.journal.ratings import Rating
from needlejournal.journal.sessions import Needle, Session, Severity
from needlejournal.store import Journal

START = date(2025, 1, 6)  # a Monday
TREATMENTS = (
    "microneedling", "rf_microneedling", "chemical_peel", "jessner_peel", "laser_ablative_fractional",
    "laser_non_ablative", "hydrafacial", "other", "a_newer_one",
)  # fmt: skip
SYMPTOMS = ("redness", "swelling", "discomfort", "darkening", "infection", "lump", "flaking", "Tingling ears")
CONCERNS = ("scars", "sun_damage", "pores", "lines_wrinkles")


@dataclass(frozen=True, slots=True)
class Life:
    """What one patient wrote. Sessions have ids, in no order of their days."""

    sessions: tuple[Session, ...] = ()
    effects: tuple[SideEffect, ...] = ()
    notes: tuple[DayNote, ...] = ()
    courses: tuple[Course, ...] = ()
    ratings: tuple[Rating, ...] = ()

    @property
    def calendar(self) -> SessionCalendar:
        """Its sessions for counting."""
        return SessionCalendar(SessionMark(one.id, one.when, one.treatment) for one in self.sessions)

    @property
    def diary(self) -> Diary:
        """Its diary."""
        return Diary(self.effects, self.notes)

    def later(self, days: int) -> Life:
        """The same life, so many days later."""
        by = timedelta(days=days)
        return Life(
            tuple(replace(one, when=replace(one.when, day=one.when.day + by)) for one in self.sessions),
            tuple(replace(one, day=one.day + by) for one in self.effects),
            tuple(replace(one, day=one.day + by) for one in self.notes),
            tuple(replace(one, starts=one.starts and one.starts + by) for one in self.courses),
            tuple(replace(one, day=one.day + by) for one in self.ratings),
        )

    def with_session(self, session: Session) -> Life:
        """The same life with one more session."""
        return replace(self, sessions=(*self.sessions, session))

    def without_day(self, day: date, symptom: str) -> Life:
        """The same life in which nobody knows of this symptom that day."""
        kept = tuple(one for one in self.effects if (one.day, one.symptom) != (day, symptom))
        return replace(self, effects=kept, notes=tuple(note for note in self.notes if note.day != day))


def day(number: int) -> date:
    """A day, counted from the start."""
    return START + timedelta(days=number)


def random_life(seed: int, most_days: int = 90) -> Life:
    """A life of 0 to 20 sessions and a few symptoms, some written daily and some now and then."""
    chance = random.Random(seed)
    count = chance.choice((0, 1, 1, 2, 3, 4, 6, 12, 20))
    weekly = chance.random() < 0.3
    sessions = tuple(
        Session(
            When(day(7 * key if weekly else chance.randint(0, most_days)), chance.choice((None, time(9), time(18)))),
            treatment=chance.choice(TREATMENTS if not weekly else TREATMENTS[:1]),
            setting=chance.choice(("clinic", "home", "")),
            id=key + 1,
        )
        for key in range(count)
    )
    effects = [
        entry
        for symptom in chance.sample(SYMPTOMS, chance.randint(1, 4))
        for entry in _symptom(chance, symptom, most_days)
    ]
    nothing = chance.sample(range(-15, most_days), chance.choice((0, 0, 2, 8)))
    return Life(sessions, tuple(effects), tuple(DayNote(day(number), nothing_to_note=True) for number in nothing))


def _symptom(chance: random.Random, symptom: str, most_days: int) -> list[SideEffect]:
    every = chance.choice((1, 1, 2, 3, 9))
    first = chance.randint(-15, most_days)
    last = min(most_days + 10, first + chance.randint(0, 60))
    grades = (0, 0, 1, 1, 1, 2, 2, 3, 4) if chance.random() < 0.7 else (1, 1, 2, 3)
    days = [number for number in range(first, last + 1, every) if chance.random() < 0.85]
    return [SideEffect(day(number), symptom, Severity(chance.choice(grades))) for number in days]


def mixed_year() -> Life:
    """A year: eight clinic sessions of three treatments, weekly home rolls, 250 diary days, four concerns."""
    clinic = [
        *((number, "microneedling") for number in (10, 45, 80, 115)),
        *((number, "hydrafacial") for number in (60, 150, 240)),
        (200, "laser_ablative_fractional"),
    ]
    sessions = [
        Session(When(day(number), time(10), 60), treatment, "clinic", clinic="Dr. Example", id=key)
        for key, (number, treatment) in enumerate(clinic, start=1)
    ]
    sessions += [
        Session(
            When(day(number), time(21), 60), setting="home", needles=(Needle("cheek_inner_left", 200),), id=100 + key
        )
        for key, number in enumerate(range(5, 365, 7))
    ]
    scars = Course(
        title="Scars 2025", setting="clinic", starts=day(10), sessions=4, concerns=CONCERNS, phone="+1 555 0100", id=1
    )
    home = Course(title="Home rolling", setting="home", sessions=0, not_before=7, not_after=7, id=2)
    effects, notes = _year_of_days(sessions)
    ratings = tuple(
        Rating(day(number), concern, 8 - number // 60 + place % 2, id=0)
        for number in range(0, 365, 30)
        for place, concern in enumerate(CONCERNS)
    )
    return Life(tuple(sessions), effects, notes, (scars, home), ratings)


def _year_of_days(sessions: Iterable[Session]) -> tuple[tuple[SideEffect, ...], tuple[DayNote, ...]]:
    """250 days: redness that fades after each session, darker patches after the laser, quiet days in between."""
    last = {one.when.day: one for one in sorted(sessions, key=lambda one: one.setting, reverse=True)}
    effects: list[SideEffect] = []
    notes: list[DayNote] = []
    for number in [one for one in range(365) if one % 3 or one < 20][:250]:
        today = day(number)
        since = next((back for back in range(4) if today - timedelta(days=back) in last), None)
        grade = (
            0
            if since is None
            else max(0, (3 if last[today - timedelta(days=since)].setting == "clinic" else 2) - since)
        )
        if grade:
            effects.append(SideEffect(today, "redness", Severity(grade), "cheek_inner_left" if number % 2 else ""))
        if 205 <= number <= 230:
            effects.append(SideEffect(today, "darkening", Severity.MILD, "cheek_inner_right"))
        if not grade and not 205 <= number <= 230:
            notes.append(DayNote(today, f"Day {number} of the year.", nothing_to_note=True))
    return tuple(effects), tuple(notes)


def write(journal: Journal, life: Life) -> None:
    """Write a life into a journal. Belongs inside no step; its ids are given anew."""
    with journal.step("Write a life"):
        courses = {one.id: journal.courses.save(replace(one, id=0)) for one in life.courses}
        for session in life.sessions:
            course = courses.get(session.course_id or 0)
            journal.sessions.save(replace(session, id=0, course_id=course.id if course else None))
        for effect in life.effects:
            journal.side_effects.save(effect)
        for note in life.notes:
            journal.day_notes.save(note)
        for rating in life.ratings:
            journal.ratings.save(rating)
