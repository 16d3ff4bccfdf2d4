"""Searching 100,000 notes while somebody types."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from needlejournal.journal.days import DayNote
from needlejournal.store import Journal, TimelineFilter, create_journal

if TYPE_CHECKING:
    from tests.benchmarks.conftest import Costs

pytestmark = pytest.mark.benchmark
NOTES = 100_000
WORDS = (
    "warm tight calm redness cheek morning evening serum gel better worse flaking swollen sun window clinic forehead "
    "tender itching cool dry oily sleep water photo light left right chin nose quiet busy walked rested hyaluronic"
).split()


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    """Make a journal of 100,000 day notes of fifteen words each."""
    made = create_journal(tmp_path_factory.mktemp("notes") / "notes.needlejournal", "Notes")
    chance = random.Random(3)
    rows = []
    for number in range(NOTES):
        day = date(1921, 1, 1) + timedelta(days=number)
        rows.append(DayNote(day, " ".join(chance.choices(WORDS, k=15))))
    with made.step("fill"):
        for row in rows:
            made.day_notes._insert(row)
    made.history.forget()
    yield made
    made.close()


@pytest.fixture(scope="module")
def unspaced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    """Make a journal of 100,000 notes of sixty signs without a space: one pair in five, one in 4,000; and a word."""
    made = create_journal(tmp_path_factory.mktemp("signs") / "signs.needlejournal", "Signs")
    chance = random.Random(3)
    signs = [chr(0x4E00 + number) for number in range(600)]
    with made.step("fill"):
        for number in range(NOTES):
            text = "".join(chance.choices(signs, k=58)) + ("鬱龘" if number % 20_000 == 7 else "")
            made.day_notes._insert(
                DayNote(
                    date(1921, 1, 1) + timedelta(days=number),
                    text + "麻煩" * (number % 25 == 3) + " calm" * (number % 3 == 0),
                )
            )
    made.history.forget()
    yield made
    made.close()


@pytest.mark.parametrize("text", ["鬱龘", "麻煩", "一丁", "鬱龘 麻煩", "麻煩 calm"])
def test_signs_within_a_run_are_found_at_once(costs: Costs, unspaced: Journal, text: str) -> None:
    """Of a pair in five notes, one in 4,000 and one in a dozen: at most the 10 ms of a word with spaces around it."""
    keys = [text[: length + 1] for length in range(len(text))]
    taken = [costs.cpu(lambda key=key: unspaced.timeline.keys(TimelineFilter(text=key)), 3) for key in keys]  # type: ignore[misc]
    costs.work(f"search of 100,000 notes without spaces, slowest key of “{text}”", max(taken), at_most=1.1)


@pytest.mark.parametrize("text", ["redness cheek", "hyaluronic", "zzz"])
def test_each_key_is_answered_at_once(costs: Costs, journal: Journal, text: str) -> None:
    """From the first letter to the last, the slowest key counts."""
    keys = [text[: length + 1] for length in range(len(text))]
    taken = [costs.cpu(lambda key=key: journal.timeline.keys(TimelineFilter(text=key)), 3) for key in keys]  # type: ignore[misc]
    costs.work(f"search of 100,000 notes, slowest key of “{text}”", max(taken), at_most=1.1)
