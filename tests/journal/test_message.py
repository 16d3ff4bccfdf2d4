"""Sentences as values: they fill their places, follow a count, and can be translated piece by piece."""

from __future__ import annotations

from datetime import date

import pytest

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message


def test_places_are_filled_and_days_are_written_as_the_reader_writes_them() -> None:
    sentence = message("{symptom} on {day}.", symptom=message("Redness"), day=date(2026, 3, 8))
    assert str(sentence) == "Redness on 2026-03-08."
    german = {"{symptom} on {day}.": "{day}: {symptom}.", "Redness": "Rötung"}
    assert sentence.render(lambda text, _count: german[text], lambda day: f"{day.day}. März") == "8. März: Rötung."


@pytest.mark.parametrize(("count", "words"), [(1, "1 day is unknown"), (3, "3 days are unknown")])
def test_the_plural_follows_the_count(count: int, words: str) -> None:
    assert str(message("%n day(s) (is|are) unknown", count)) == words


def test_braces_in_what_a_person_wrote_stay_as_they_are() -> None:
    assert str(message("“{name}” is kept.", name="{day}")) == "“{day}” is kept."


def test_an_error_is_its_sentence() -> None:
    error = WorldError(message("The disk is full; {what} was kept.", what="nothing"))
    assert str(error) == "The disk is full; nothing was kept."


def test_a_place_that_nothing_fills_stays_as_it_is() -> None:
    assert str(message("“{name}.jpg” cannot be read.")) == "“{name}.jpg” cannot be read."
