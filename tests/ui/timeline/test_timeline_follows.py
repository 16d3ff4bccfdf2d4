"""Whatever is written, undone or redone, the timeline shows what one that is opened anew would show."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session, Severity
from needlejournal.store import Journal, TimelineFilter
from needlejournal.ui.models.timeline_model import FEW_DAYS, TimelineModel
from needlejournal.ui.session import OpenJournal
from tests.ui.models.building import add_photo

FIRST = date(2025, 1, 28)


def shown(model: TimelineModel) -> list[object]:
    """Every row and every card, with whether the day's own things stand on it."""
    rows = [model.row(place) for place in range(model.rowCount())]
    cards = [model.content(place) for place in range(model.rowCount())]
    return [model.cards, [(row, getattr(row, "hosts_day", None)) for row in rows], cards]


class Person:
    """Somebody who writes anything: each method is one way."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def day(self) -> date:
        return FIRST + timedelta(days=self.chance.randint(0, 40))

    def writes(self, journal: Journal) -> None:
        way = self.chance.choice((self.session, self.effect, self.note, self.move, self.photo, self.take_away))
        way(journal)

    def session(self, journal: Journal) -> None:
        journal.sessions.save(Session(When(self.day()), self.chance.choice(("microneedling", "hydrafacial"))))

    def effect(self, journal: Journal) -> None:
        severity = Severity(self.chance.randint(0, 4))
        journal.side_effects.save(SideEffect(self.day(), self.chance.choice(("redness", "lump")), severity))

    def note(self, journal: Journal) -> None:
        journal.day_notes.save(DayNote(self.day(), self.chance.choice(("", "Warm.")), self.chance.random() < 0.5))

    def move(self, journal: Journal) -> None:
        for session in journal.sessions.all()[:1]:
            journal.sessions.save(replace(session, when=When(self.day())))

    def photo(self, journal: Journal) -> None:
        of = self.chance.choice([*(one.id for one in journal.sessions.all()), None])
        for photo in self.chance.sample(journal.photos.all(), min(1, journal.photos.count())):
            journal.photos.save(replace(photo, when=When(self.day()), session_id=of))

    def take_away(self, journal: Journal) -> None:
        for rows in (journal.sessions, journal.photos, journal.side_effects, journal.day_notes):
            there = rows.all()
            if there and self.chance.random() < 0.3:
                rows.trash(self.chance.choice(there).id)


@pytest.mark.parametrize("seed", range(4))
def test_it_is_the_same_as_one_opened_anew(opened: OpenJournal, seed: int) -> None:
    person = Person(seed)
    for number in range(4):
        add_photo(opened, FIRST + timedelta(days=9 * number), shade=number)
    model = TimelineModel(opened)
    for _ in range(45):
        shown(model)
        way = person.chance.random()
        if way < 0.2:
            model.sleep()
        if way < 0.7:
            opened.write("Something", person.writes)
        elif way < 0.85:
            opened.undo()
        else:
            opened.redo()
        if way < 0.15 or way > 0.5:
            model.wake()
            assert shown(model) == shown(TimelineModel(opened))


def test_so_it_is_with_a_filter_and_after_very_many_days(opened: OpenJournal) -> None:
    model = TimelineModel(opened)

    def many(journal: Journal) -> None:
        for number in range(FEW_DAYS + 5):
            journal.day_notes.save(DayNote(FIRST + timedelta(days=number), "Warm."))

    opened.write("Many", many)
    assert (model.cards, shown(model)) == (FEW_DAYS + 5, shown(TimelineModel(opened)))
    model.show_all(TimelineFilter("cold"))
    opened.write("One", lambda journal: journal.day_notes.save(DayNote(FIRST, "Cold.")))
    assert model.cards == 1
    opened.undo()
    assert (model.cards, model.rowCount()) == (0, 0)


def test_only_cards_that_say_something_else_are_made_anew(opened: OpenJournal) -> None:
    for number in range(30):
        opened.write(
            "Note", lambda journal, day=FIRST + timedelta(days=number): journal.day_notes.save(DayNote(day, "x"))
        )
    model = TimelineModel(opened)
    before = [model.content(place) for place in range(model.rowCount())]
    day = FIRST + timedelta(days=20)
    opened.write("One", lambda journal: journal.day_notes.save(DayNote(day, "Warm.")))
    after = [model.content(place) for place in range(model.rowCount())]
    other = [place for place, (one, two) in enumerate(zip(before, after, strict=True)) if one is not two]
    assert len(other) <= 8 and any(after[place] != before[place] for place in other)
