"""Halves of a day and digits, as people of many languages write them."""

from __future__ import annotations

import pytest

from needlejournal.journal.day_halves import hour_of, with_plain_digits


@pytest.mark.parametrize(
    ("hour", "half", "expected"),
    [(12, "am", 0), (12, "pm", 12), (5, "오후", 17), (5, "上午", 5), (17, "pm", 17), (5, "", 5), (12, "", 12)],
)
def test_an_hour_and_its_half_give_the_hour_of_the_day(hour: int, half: str, expected: int) -> None:
    assert hour_of(hour, half) == expected


def test_digits_of_every_script_are_read() -> None:
    assert with_plain_digits("٢٠٢١-٠٣ １２:３０ x\N{NARROW NO-BREAK SPACE}y") == "2021-03 12:30 x y"
