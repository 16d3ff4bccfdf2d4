"""What any foreign diary comes down to: days with texts, tags and photos."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from needlejournal.journal.errors import BadInput
from needlejournal.journal.message import message

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
LONGEST_TEXT = 1 << 20


@dataclass(frozen=True, slots=True)
class ForeignPhoto:
    """A picture of an entry; `read` gives its bytes and raises WorldError."""

    name: str
    read: Callable[[], bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ForeignEntry:
    """One entry; `at` is its local moment where the other program kept one, for photos that say nothing themselves."""

    day: date
    text: str
    tags: tuple[str, ...] = ()
    photos: tuple[ForeignPhoto, ...] = ()
    at: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", whole(self.text))
        object.__setattr__(self, "tags", tuple(whole(tag) for tag in self.tags))


def whole(text: str) -> str:
    """The text with each half of a UTF-16 pair, which JSON and YAML can hold and no file can, replaced by U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def readable(name: str) -> BadInput:
    """The sentence for a file that is not what it should be."""
    return BadInput(
        message("“{name}” is damaged, or is not a diary. Nothing was imported; your journal is as it was.", name=name)
    )
