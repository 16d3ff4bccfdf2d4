"""Clinic cards of some days, read from around them, are those of the whole diary: in lives of every kind and length."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from needlejournal import paths
from needlejournal.journal.catalogue import Catalogue, load_catalogue
from needlejournal.journal.courses import Dismissal
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.diary.clinic_cards import ClinicCard, all_cards
from needlejournal.journal.diary.days_after import Severities
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session, Severity
from needlejournal.store import Journal
from needlejournal.workflows.diary import cards_between, clinic_cards, read_diary
from tests.lives import START, Life, mixed_year, random_life, write

CATALOGUE = load_catalogue(paths.resources())


@dataclass
class Written:
    """A life as a journal gives it, and how far it was asked to read."""

    life: Life
    reads: int = 0

    @property
    def side_effects(self) -> Written:
        return self

    day_notes = dismissals = side_effects

    def severities(self, first: date, last: date, symptoms: set[str] | None = None) -> Severities:
        found = [one for one in self.life.effects if first <= one.day <= last]
        chosen = [one for one in found if symptoms is None or one.symptom in symptoms]
        self.reads += len(chosen)
        rising = sorted(chosen, key=lambda one: one.severity)  # the last one of a day stands
        return {day: {one.symptom: one.severity for one in rising if one.day == day} for day in {o.day for o in rising}}

    def nothing_to_note(self, first: date, last: date) -> list[DayNote]:
        return [note for note in self.life.notes if first <= note.day <= last]

    def known_span(self) -> tuple[date, date]:
        known = [*(one.day for one in self.life.effects), *(note.day for note in self.life.notes)]
        return min(known, default=date.min), max(known, default=date.max)

    def symptoms(self) -> list[str]:
        return sorted({one.symptom for one in self.life.effects})

    def all(self) -> list[Dismissal]:
        return []


def long_life(seed: int) -> Life:
    """A few lives one after the other, near or years apart, their sessions numbered anew."""
    chance = random.Random(seed)
    whole = Life()
    for part in range(chance.randint(1, 4)):
        life = random_life(seed * 7 + part, chance.choice((20, 90, 400))).later(chance.choice((0, 50, 130, 500, 1500)))
        sessions = [replace(one, id=one.id + 100 * part) for one in life.sessions]
        whole = Life((*whole.sessions, *sessions), whole.effects + life.effects, whole.notes + life.notes)
    return whole


def shown(cards: tuple[ClinicCard, ...]) -> list[tuple[object, ...]]:
    return [(card, card.sentences, card.sources, card.soft) for card in cards]


@settings(max_examples=200)
@example(seed=10_030, first=57, days=2, open_end=False)  # it fell to None on these days, and rose after them
@given(seed=st.integers(0, 10_000), first=st.integers(-20, 2000), days=st.integers(0, 70), open_end=st.booleans())
def test_they_are_those_of_the_whole_diary_that_have_an_entry_there(
    seed: int, first: int, days: int, open_end: bool
) -> None:
    life = long_life(seed)
    since = START + timedelta(days=first)
    until = date.max if open_end else since + timedelta(days=days)
    whole = all_cards(life.diary, life.calendar, CATALOGUE)
    wanted = tuple(card for card in whole if any(since <= day <= until for day in card.days))
    found = cards_between(Written(life), CATALOGUE, life.calendar, since, until)  # type: ignore[arg-type]
    assert shown(found.all) == shown(wanted)


@pytest.mark.parametrize("seed", range(3))
def test_they_follow_every_change_of_a_journal(journal: Journal, catalogue: Catalogue, seed: int) -> None:
    write(journal, random_life(seed + 11))
    chance = random.Random(seed)
    since = START + timedelta(days=30)
    for _ in range(12):
        with journal.step("Change"):
            day = START + timedelta(days=chance.randint(0, 100))
            journal.side_effects.save(SideEffect(day, "lump", Severity(chance.randint(0, 4))))
            if chance.random() < 0.3:
                journal.sessions.save(Session(When(day)))
        if chance.random() < 0.3:
            journal.history.undo()
        calendar = journal.sessions.calendar()
        whole = clinic_cards(journal, catalogue, calendar, read_diary(journal)).open
        wanted = [card for card in whole if card.days[-1] >= since]
        assert list(cards_between(journal, catalogue, calendar, since).open) == wanted


def test_one_that_was_put_aside_is_not_open(journal: Journal, catalogue: Catalogue) -> None:
    with journal.step("Note"):
        journal.side_effects.save(SideEffect(START, "lump", Severity.MILD))
        journal.dismissals.save(Dismissal("red_flag", "lump", 0, (START.isoformat(),), "They know"))
    found = cards_between(journal, catalogue, journal.sessions.calendar(), START)
    assert (len(found.all), found.open) == (1, ())


@pytest.mark.parametrize("open_end", [True, False])
def test_how_long_the_journal_is_makes_no_difference_to_what_is_read(open_end: bool) -> None:
    year, last = mixed_year(), timedelta(days=60)

    def read(years: int) -> int:
        lives = [year.later(364 * number) for number in range(years)]
        sessions = [one for life in lives for one in life.sessions]
        numbered = tuple(replace(one, id=place) for place, one in enumerate(sessions, start=1))
        effects, notes = ([one for life in lives for one in getattr(life, kind)] for kind in ("effects", "notes"))
        written = Written(Life(numbered, tuple(effects), tuple(notes)))
        end = max(one.day for one in effects)
        until = date.max if open_end else end
        cards_between(written, CATALOGUE, written.life.calendar, end - last, until)  # type: ignore[arg-type]
        return written.reads

    assert read(12) == read(6)
