"""Full-text search over notes, products, clinics and tags: what was written, newest first, as one types."""

from __future__ import annotations

import re
from datetime import date, timedelta

from needlejournal.journal.frozen import frozen
from needlejournal.store.database import Database
from needlejournal.store.schema import KINDS

_WORD = re.compile(r"\w+", re.UNICODE)
_KIND_OF = {number: kind for kind, number in KINDS.items()}
# julianday() of a date is at noon minus a half: the integer part of 2000-01-01 is 2451544.
_EPOCH, _EPOCH_JULIAN = date(2000, 1, 1), 2451544


@frozen
class Hit:
    """A row in which the words were found."""

    kind: str  # session | day_note | photo | side_effect
    id: int
    day: date


def as_query(text: str) -> str:
    """What the person typed as a query: every word must begin a word of the text. Empty when there is no word."""
    return " ".join(f'"{word}"*' for word in _WORD.findall(text))


def search(database: Database, text: str, limit: int = 500) -> list[Hit]:
    """The newest rows holding every word, newest first; nothing for a text without words."""
    query = as_query(text)
    if not query:
        return []
    rows = database.rows("SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?", (query, limit))
    return [_hit(row[0]) for row in rows]


def _hit(key: int) -> Hit:
    day = _EPOCH + timedelta(days=(key >> 34) - _EPOCH_JULIAN)
    return Hit(_KIND_OF[(key >> 32) & 3], key & 0xFFFFFFFF, day)
