"""Full-text search over notes, symptoms, products, clinics, tags and file names, newest first, as one types.

Words are found by their beginnings through the index. Scripts that write words without spaces between them are found
inside their runs: an index of signs tells where rare ones stand, common ones are met by reading the newest texts.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import chain, islice, product, zip_longest

from needlejournal.journal.frozen import frozen
from needlejournal.store.database import Database
from needlejournal.store.rows import to_list
from needlejournal.store.schema import KINDS, UNSPACED, search_body, search_key

_WORD = re.compile(r"\w+", re.UNICODE)
# The same word as different people write it; the index knows the accents already.
_ALIKE = {"ß": ("ß", "ss"), "ss": ("ss", "ß"), "i": ("i", "ı"), "ı": ("ı", "i")}
_ALIKE_PARTS = re.compile("|".join(_ALIKE))
_MOST_SPELLINGS = 16
_RARE = 6_000  # what stands in more places is met sooner by reading from the newest on
_TOGETHER = 3  # so many signs in a row are one entry of the index
_BEGINNING = "SELECT doc FROM search_signs WHERE term >= ? AND term < ? LIMIT ?"
_OF_THREES = "SELECT rowid FROM search_inside WHERE search_inside MATCH ? LIMIT ?"
_FELT = " AND r.severity > 0"  # what was looked for and not there is not found by its zone
_ONE_OF = "IN (SELECT value FROM json_each(?))"
_KIND_OF = {number: kind for kind, number in KINDS.items()}
# julianday() of a date is at noon minus a half: the integer part of 2000-01-01 is 2451544.
_EPOCH, _EPOCH_JULIAN = date(2000, 1, 1), 2451544


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(f"{UNSPACED}+")  # takes milliseconds, and most starts search for nothing


@frozen
class Hit:
    """A row in which the words were found."""

    kind: str  # session | day_note | photo | side_effect
    id: int
    day: date


@frozen
class Meant:
    """What a typed word means beside itself: keys of symptoms, treatments, zones, views, and kinds of products and
    devices.
    """

    symptoms: tuple[str, ...] = ()
    treatments: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()

    @property
    def in_rows(self) -> bool:
        """Whether rows have to be asked that the index does not hold by these words."""
        return any((self.treatments, self.zones, self.views, self.products, self.devices))


def words(text: str) -> list[str]:
    """The words of what was typed, composed as texts usually are; signs and pictures are no words."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


def search(database: Database, text: str, limit: int = 500, meant: Sequence[Meant] = ()) -> list[Hit]:
    """The newest rows holding every word or what it means, newest first; nothing for a text without words.

    `meant`: what each of the words means, in their order; none where nobody looked.
    """
    typed = words(text)
    if any(_runs().search(word) for word in typed):
        return _inside(database, typed, limit)
    if not typed:
        return []
    each = list(zip(typed, meant or [Meant()] * len(typed), strict=True))
    if any(one.in_rows for _, one in each):
        return _with_rows(database, each, limit)
    query = " AND ".join(_spelled(word, one.symptoms) for word, one in each)
    rows = database.rows("SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?", (query, limit))
    return [_hit(row[0]) for row in rows]


def _with_rows(database: Database, each: Iterable[tuple[str, Meant]], limit: int) -> list[Hit]:
    """Rows that hold every word, or are of a treatment, zone or view that it means."""
    parts: list[str] = []
    values: list[object] = []
    for word, meant in each:
        selects = ["SELECT rowid AS key FROM search WHERE search MATCH ?"]
        values.append(_spelled(word, meant.symptoms))
        for kind, holds, keys in _asked(meant):
            selects.append(
                f"SELECT {search_key(kind, 'r')} FROM {kind} AS r WHERE r.deleted_utc IS NULL AND {holds}"  # noqa: S608
            )
            values.append(to_list(keys))
        parts.append(f"SELECT key FROM ({' UNION '.join(selects)})")  # noqa: S608
    rows = database.rows(f"{' INTERSECT '.join(parts)} ORDER BY key DESC LIMIT ?", (*values, limit))
    return [_hit(row[0]) for row in rows]


def _asked(meant: Meant) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Table, condition and keys of what a word means beside symptoms, whose words are in the index."""
    asked = (
        ("session", f"r.treatment {_ONE_OF}", meant.treatments),
        ("session", f"r.device_kind {_ONE_OF}", meant.devices),
        ("session", f"r.id IN (SELECT session_id FROM product WHERE kind {_ONE_OF})", meant.products),  # noqa: S608
        ("side_effect", f"r.zone {_ONE_OF}{_FELT}", meant.zones),
        ("photo", f"r.zone {_ONE_OF}", meant.zones),
        ("photo", f"r.view {_ONE_OF}", meant.views),
    )
    yield from (one for one in asked if one[2])


def _spelled(word: str, symptoms: Iterable[str] = ()) -> str:
    """A word that begins so, in any of its spellings (of a word with very many only some), or a symptom it means."""
    word = word.replace("İ", "i").lower()  # the index knows no capitals
    parts = _ALIKE_PARTS.split(word)
    choices = [_ALIKE[found] for found in _ALIKE_PARTS.findall(word)]
    every = ("".join(chain.from_iterable(zip_longest(parts, chosen, fillvalue=""))) for chosen in product(*choices))
    spellings = dict.fromkeys([word, *islice(every, _MOST_SPELLINGS)])
    quoted = [f'"{spelling}"*' for spelling in spellings]
    quoted += [f'"{key.replace("_", " ")}"' for key in symptoms if words(key) == [key]]
    return quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})"


def _inside(database: Database, typed: Iterable[str], limit: int) -> list[Hit]:
    """Rows whose text holds all of these anywhere, newest first."""
    wanted = [word.lower() for word in typed]
    holding = (_holding(database, run) for word in wanted for run in _runs().findall(word))
    rare = [keys for keys in holding if keys is not None]
    if not rare:
        return [_hit(key) for key in _read(database, wanted, limit)]
    newest_first = sorted(set.intersection(*rare), reverse=True)
    return [_hit(key) for key in _among(database, newest_first, wanted, limit)]


def _holding(database: Database, run: str) -> set[int] | None:
    """Keys of the rows that may hold these signs in a row; None where too many do."""
    if len(run) < _TOGETHER:
        found = database.rows(_BEGINNING, (run, run[:-1] + chr(ord(run[-1]) + 1), _RARE))
    else:
        threes = (f'"{run[start : start + _TOGETHER]}"' for start in range(len(run) - _TOGETHER + 1))
        found = database.rows(_OF_THREES, (" AND ".join(threes), _RARE))
    return None if len(found) == _RARE else {row[0] for row in found}


def _among(database: Database, keys: Sequence[int], wanted: Sequence[str], limit: int) -> list[int]:
    """Those of these rows that hold all that is wanted, in their order."""
    bodies = " ".join(
        f"WHEN {number} THEN (SELECT {search_body(kind, 'r')} FROM {kind} AS r "  # noqa: S608 (our own names)
        "WHERE r.id = value & 0xFFFFFFFF)"
        for kind, number in KINDS.items()
    )
    found = database.rows(
        f"SELECT key FROM (SELECT value AS key, CASE (value >> 32) & 3 {bodies} END AS body FROM json_each(?)) "  # noqa: S608
        f"WHERE {_holds(wanted)} LIMIT ?",
        (json.dumps(keys), *wanted, limit),
    )
    return [row[0] for row in found]


def _read(database: Database, wanted: Sequence[str], limit: int) -> list[int]:
    """Rows that hold all that is wanted, by reading; each kind newest first, no more of it than are wanted."""
    keys = [row[0] for kind in KINDS for row in database.rows(_looking_inside(kind, wanted), (*wanted, limit))]
    return sorted(keys, reverse=True)[:limit]


def _looking_inside(kind: str, wanted: Sequence[str]) -> str:
    return (
        f"SELECT key FROM (SELECT {search_key(kind, 'r')} AS key, {search_body(kind, 'r')} AS body, r.day AS day "  # noqa: S608
        f"FROM {kind} AS r WHERE r.deleted_utc IS NULL ORDER BY r.day DESC) WHERE {_holds(wanted)} LIMIT ?"
    )


def _holds(wanted: Sequence[str]) -> str:
    return " AND ".join(["instr(lower(body), ?) > 0"] * len(wanted))


def _hit(key: int) -> Hit:
    day = _EPOCH + timedelta(days=(key >> 34) - _EPOCH_JULIAN)
    return Hit(_KIND_OF[(key >> 32) & 3], key & 0xFFFFFFFF, day)
