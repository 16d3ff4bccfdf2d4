"""What is read of two sessions alone shows them as the whole diary does."""

from __future__ import annotations

import random

import pytest

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.diary.days_after import session_window
from needlejournal.journal.sessions import Product, Severity
from needlejournal.store import Journal
from needlejournal.workflows.diary import diary_of_sessions, products_before_symptom, read_diary, session_days
from tests.lives import random_life, write


@pytest.mark.parametrize("seed", [0, 1, 3, 4, 5, 6, 7])
def test_sessions_read_alone_are_shown_as_from_the_whole_diary(
    journal: Journal, catalogue: Catalogue, seed: int
) -> None:
    write(journal, random_life(seed, 400))
    calendar, whole, chance = journal.sessions.calendar(), read_diary(journal), random.Random(seed)
    numbers = range(1, len(calendar.marks) + 1)
    for _ in range(10):
        chosen = [chance.choice(numbers) for _ in range(chance.randint(1, 2))]
        marks = [calendar.marks[number - 1] for number in chosen]
        alone = diary_of_sessions(journal, [session_window(calendar, mark.id) for mark in marks])
        for number in chosen:
            shown = session_days(catalogue, calendar, alone, number)
            assert shown == session_days(catalogue, calendar, whole, number)


def test_products_are_followed_by_a_symptom_on_days_it_was_felt_only(journal: Journal, catalogue: Catalogue) -> None:
    life = random_life(3, 200)
    write(journal, life)
    assert products_before_symptom(journal, journal.sessions.all(), [], "redness") == ()
    first = journal.sessions.all()[0]
    with journal.step("Serum"):
        journal.sessions.save(type(first)(first.when, first.treatment, products=(Product("serum", "C"),), id=first.id))
    sessions, written = journal.sessions.all(), journal.side_effects.known_days()
    window = session_window(journal.sessions.calendar(), first.id)
    for symptom in journal.side_effects.symptoms():
        felt = [day for day, severity in life.diary.known_dates(symptom).items() if severity > Severity.NONE]
        followed = any(window.first <= day and (window.until is None or day < window.until) for day in felt)
        (use,) = products_before_symptom(journal, sessions, written, symptom)
        assert bool(use.followed) == followed
