"""Sentences as values: they fill their places, follow a count, and can be translated piece by piece."""

from __future__ import annotations

import json
from datetime import date

import pytest

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import Message, in_a_row, listed, message


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


def test_a_message_comes_back_from_json_in_any_language() -> None:
    one = message("%n day(s), {where}", 3, where=message("in {place}", place="Rome"), number=2)
    back = Message.from_values(json.loads(json.dumps(one.to_values())))
    assert back == one and str(back) == "3 days, in Rome"
    assert back.render(lambda text, _count: {"in {place}": "à {place}"}.get(text, text), str) == "%n day(s), à Rome"
    assert Message.from_values("Found.") == message("Found.")


@pytest.mark.parametrize("values", [3, None, [], {}, {"text": 1, "values": {}, "count": None}, {"text": "a"}])
def test_what_is_no_message_is_refused(values: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (it says what was found)
        Message.from_values(values)


@pytest.mark.parametrize(
    ("things", "words"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", message("b"), "c", "d"], "a, b, c and d")]
)
def test_several_things_are_listed_within_a_sentence(things: list[Message | str], words: str) -> None:
    assert str(listed(things)) == words


def test_things_in_a_row_are_set_apart_by_commas_and_none_is_no_words() -> None:
    assert [str(in_a_row(things)) for things in (["a"], ["a", "b", "c"])] == ["a", "a, b, c"]
    assert not in_a_row([])
