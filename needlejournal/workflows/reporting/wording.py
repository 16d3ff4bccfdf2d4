"""How values of a report become JSON: messages and days in the person's language, texts without what cannot be set."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from needlejournal.journal.message import Message, english

Words = Message | str | date
_ROWS, _DRAWN = {"photo", "candidates"}, {"svg"}
_LONGEST_WORD, _PIECE = 36, 18
_LONG = re.compile(rf"\S{{{_LONGEST_WORD},}}")
# Signs that turn the direction of what follows, beyond their own text.
_TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def day_words(day: date) -> str:
    """A day as a clinician reads it anywhere: 8 March 2025."""
    return f"{day.day} {day:%B %Y}"


@dataclass(frozen=True, slots=True)
class Language:
    """How a report speaks: what becomes of English words, and of days."""

    translate: Callable[[str, int | None], str] = english
    day: Callable[[date], str] = day_words


def as_values(value: object, language: Language) -> Any:
    """What JSON holds: dataclasses as objects, messages and days as texts. Rows of photos stay behind."""
    made: Any = value
    match value:
        case Message():
            made = cleaned(value.render(language.translate, language.day))
        case date():
            made = language.day(value)
        case str():
            made = cleaned(value)
        case Mapping():
            made = {key: as_values(part, language) for key, part in value.items()}
        case tuple() | list():
            made = [as_values(part, language) for part in value]
        case _ if is_dataclass(value):
            shown = [each.name for each in fields(value) if each.name not in _ROWS]
            made = {name: as_values(getattr(value, name), language) for name in shown if name not in _DRAWN}
            made |= {name: getattr(value, name) for name in shown if name in _DRAWN}
    return made


def cleaned(text: str) -> str:
    """A text without control signs; words too long for any line may be broken."""
    shown = "".join(letter for letter in text if _can_be_set(letter))
    return _LONG.sub(lambda word: _breakable(word[0]), shown)


def _can_be_set(letter: str) -> bool:
    return letter == "\n" or (unicodedata.category(letter) not in {"Cc", "Cs", "Co"} and ord(letter) not in _TURNING)


def _breakable(word: str) -> str:
    """The word with places where a line may end: never before a mark that belongs to the letter before it."""
    pieces = [""]
    for letter in word:
        joined = unicodedata.category(letter) in {"Mn", "Me", "Mc", "Cf", "Sk"} or pieces[-1].endswith("\u200d")
        if len(pieces[-1]) >= _PIECE and not joined:
            pieces.append("")
        pieces[-1] += letter
    return "\u200b".join(pieces)
