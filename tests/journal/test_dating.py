"""What speaks against a date, and the words for where one comes from."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from needlejournal.journal.dating import DateSource, Doubt, doubt, may_be_proposed
from needlejournal.journal.moments import When

NOW = datetime(2026, 6, 1, 12)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (When(date(2025, 1, 2), time(0, 0)), None),
        (When(date(1989, 12, 31)), Doubt.TOO_EARLY),
        (When(date(2026, 6, 3)), Doubt.FUTURE),
        (When(date(2000, 1, 1), time(7, 0)), Doubt.RESET),
        (When(date(2000, 1, 1)), None),
        (When(date(2019, 1, 1), time(0, 0, 40)), Doubt.RESET),
        (When(date(2019, 1, 1), time(0, 1)), None),
        (When(date(2022, 5, 1)), Doubt.LONG_BEFORE),
    ],
)
def test_what_speaks_against_a_date(when: When, expected: Doubt | None) -> None:
    first_day = date(2025, 3, 8) if expected is Doubt.LONG_BEFORE else None
    assert doubt(when, NOW, first_day) is expected


def test_only_what_makes_sense_is_proposed() -> None:
    assert may_be_proposed(When(date(2025, 3, 8)), NOW)
    assert not may_be_proposed(When(date(2064, 3, 8)), NOW)


def test_every_source_has_its_words() -> None:
    assert str(DateSource.NAME.words) == "from the file’s name"
    assert len({str(source.words) for source in DateSource}) == len(DateSource)
