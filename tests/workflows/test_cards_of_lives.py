"""The cards of whole journals: sessions that are moved, trashed and brought back change what can explain, no more."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session
from needlejournal.store import Journal
from needlejournal.workflows.diary import clinic_cards, read_diary
from tests.journal.diary.clinic_oracle import must_be_told
from tests.lives import Life, mixed_year, random_life, write


def told(journal: Journal, catalogue: Catalogue) -> dict[tuple[str, str], set]:
    found: dict[tuple[str, str], set] = {}
    cards = clinic_cards(journal, catalogue, journal.sessions.calendar(), read_diary(journal)).all
    for card in cards:
        days = {card.days[2]} if card.rule == "rebound" else set(card.days)
        found.setdefault((card.rule, card.symptom), set()).update(days)
    return found


def as_it_stands(journal: Journal, life: Life) -> Life:
    return replace(life, sessions=tuple(journal.sessions.all()))


@pytest.mark.parametrize("seed", range(4))
def test_moved_and_trashed_sessions_agree_with_the_oracle(journal: Journal, catalogue: Catalogue, seed: int) -> None:
    life = random_life(seed + 40)
    write(journal, life)
    assert told(journal, catalogue) == must_be_told(as_it_stands(journal, life))
    chance = random.Random(seed)
    for session in chance.sample(journal.sessions.all(), len(life.sessions) // 2):
        with journal.step("Change a session"):
            if chance.random() < 0.5:
                journal.sessions.trash(session.id)
            else:
                moved = When(session.when.day + timedelta(days=chance.randint(-9, 9)), session.when.time)
                journal.sessions.save(replace(session, when=moved))
        assert told(journal, catalogue) == must_be_told(as_it_stands(journal, life))
    while journal.history.undo() is not None:
        pass


def test_a_red_flag_stays_when_its_session_goes_to_the_trash(journal: Journal, catalogue: Catalogue) -> None:
    life = replace(
        mixed_year(), effects=(), notes=(), sessions=(Session(When(mixed_year().sessions[0].when.day), id=1),)
    )
    write(journal, life)
    day = life.sessions[0].when.day + timedelta(days=3)
    with journal.step("Note a lump"):
        journal.side_effects.save(replace(mixed_year().effects[0], day=day, symptom="lump"))
    with journal.step("Trash"):
        journal.sessions.trash(journal.sessions.all()[0].id)
    (card,) = clinic_cards(journal, catalogue, journal.sessions.calendar(), read_diary(journal)).open
    assert (card.rule, card.symptom, card.sessions) == ("red_flag", "lump", ())


def test_a_mixed_year_is_written_whole(journal: Journal) -> None:
    life = mixed_year()
    write(journal, life)
    clinic = [session for session in journal.sessions.all() if session.setting == "clinic"]
    assert (len(clinic), len({session.treatment for session in clinic})) == (8, 3)
    assert len(journal.sessions.all()) - 8 >= 51
    written = {one.day for one in life.effects} | {note.day for note in life.notes}
    assert len(written) >= 240
    assert len({rating.concern for rating in journal.ratings.all()}) == 4
