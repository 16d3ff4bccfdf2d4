"""The halves of a day in the words of several languages, and digits of every script: for reading times people write."""

from __future__ import annotations

import unicodedata

MORNING = frozenset({"a", "am", "上午", "午前", "오전", "凌晨", "早上", "ص", "πμ"})
AFTERNOON = frozenset({"p", "pm", "下午", "午後", "오후", "晚上", "中午", "م", "μμ"})


def hour_of(hour: int, half: str) -> int:
    """The hour of 24 for an hour and its half of the day, in one of the words above; others change nothing."""
    if half in AFTERNOON and hour < 12:
        return hour + 12
    return 0 if half in MORNING and hour == 12 else hour


def with_plain_digits(text: str) -> str:
    """The text with digits of every script as 0 to 9, full-width signs and odd spaces as ordinary ones."""
    return "".join(_plain(letter) for letter in unicodedata.normalize("NFKC", text))


def _plain(letter: str) -> str:
    number = unicodedata.digit(letter, -1)
    return letter if number < 0 else str(number)
