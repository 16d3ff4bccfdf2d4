"""Full-text search over notes, symptoms, products, clinics, tags and file names, newest first, as one types.

Words are found by their beginnings through the index. Scripts that write words without spaces between them are found
inside their runs: an index of signs tells where rare ones stand, common ones are met by reading the newest texts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from needlejournal.journal.frozen import frozen
from needlejournal.store.database import Database
from needlejournal.store.rows import to_list
from needlejournal.store.schema import KINDS, UNSPACED, search_body, search_key
from needlejournal.store.spelling import beginnings, folded, runs, spellings, words

_RARE = 6_000  # what stands in more places is met sooner by reading from the newest on
_NEWEST = 1_000  # so many are looked through for a word of an alphabet behind signs
_TOGETHER = 3  # so many signs in a row are one entry of the index
_BEGINNING = "SELECT doc FROM search_signs WHERE term >= ? AND term < ? LIMIT ?"
_OF_THREES = "SELECT rowid FROM search_inside WHERE search_inside MATCH ? ORDER BY rowid DESC LIMIT ?"
_MATCHING = "SELECT rowid AS key FROM search WHERE search MATCH ?"
_FELT = " AND r.severity > 0"  # what was looked for and not there is not found by its zone
_ONE_OF = "IN (SELECT value FROM json_each(?))"
_KIND_OF = {number: kind for kind, number in KINDS.items()}
# julianday() of a date is at noon minus a half: the integer part of 2000-01-01 is 2451544.
_EPOCH, _EPOCH_JULIAN = date(2000, 1, 1), 2451544


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


@frozen
class _Sql:
    """Part of a statement, with its values."""

    text: str
    values: tuple[object, ...]


@frozen
class _Apart:
    """A word of an alphabet, what it means, and rows in which it follows signs without a space."""

    word: str
    meant: Meant
    behind: tuple[int, ...]

    @property
    def in_words(self) -> bool:
        """Whether the index of words knows all rows of it."""
        return not (self.meant.in_rows or self.behind)


def search(database: Database, text: str, limit: int = 500, meant: Sequence[Meant] = ()) -> list[Hit]:
    """The newest rows holding every word or what it means, newest first; nothing for a text without words.

    `meant`: what each of the words means, in their order; none where nobody looked.
    """
    typed = words(text)
    each = list(zip(typed, meant or [Meant()] * len(typed), strict=True))
    inside = [word for word in typed if runs(word)]
    apart = _of_words([_Apart(word, of, _behind(database, word)) for word, of in each if word not in inside])
    if inside:
        return [_hit(key) for key in _inside(database, inside, apart, limit)]
    if apart is None:
        return []
    return [_hit(row[0]) for row in database.rows(f"{apart.text} LIMIT ?", (*apart.values, limit))]


def _of_words(each: Sequence[_Apart]) -> _Sql | None:
    """Keys of the rows that hold every word, or are of a treatment, zone or view that it means; newest first."""
    plain = [_spelled(one.word, one.meant.symptoms) for one in each if one.in_words]
    parts = [_Sql(_MATCHING, (" AND ".join(plain),))] if plain else []
    parts += [_any_way(one) for one in each if not one.in_words]
    if not parts:
        return None
    text = parts[0].text  # where it is all, it is read from the newest on, and no further than is wanted
    if len(parts) > 1:
        text = " INTERSECT ".join(f"SELECT key FROM ({part.text})" for part in parts)  # noqa: S608
    return _Sql(f"{text} ORDER BY key DESC", tuple(value for part in parts for value in part.values))


def _any_way(one: _Apart) -> _Sql:
    """Keys of the rows that hold a word, before or behind signs, or are of what it means."""
    selects, values = [_MATCHING], [_spelled(one.word, one.meant.symptoms)]
    if one.behind:
        selects.append("SELECT value FROM json_each(?)")
        values.append(json.dumps(one.behind))
    for kind, holds, keys in _asked(one.meant):
        selects.append(f"SELECT {search_key(kind, 'r')} FROM {kind} AS r WHERE r.deleted_utc IS NULL AND {holds}")  # noqa: S608
        values.append(to_list(keys))
    return _Sql(" UNION ".join(selects), tuple(values))


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
    """A word that begins so, in any of its spellings, or a symptom it means."""
    quoted = [f'"{spelling}"*' for spelling in beginnings(word)]
    quoted += [f'"{key.replace("_", " ")}"' for key in symptoms if words(key) == [key]]
    return quoted[0] if len(quoted) == 1 else f"({' OR '.join(quoted)})"


def _inside(database: Database, typed: Sequence[str], apart: _Sql | None, limit: int) -> list[int]:
    """Keys of rows whose text holds all of `typed` anywhere, and that are among those found by the words beside."""
    wanted = _all_hold(typed)
    holding = (_holding(database, run) for word in typed for run in runs(word))
    rare = [keys for keys in holding if keys is not None]
    if rare and apart:
        among = json.dumps(list(set.intersection(*rare)))
        both = f"SELECT key FROM ({apart.text}) WHERE +key {_ONE_OF}"  # noqa: S608 (+: each key alone would be sought)
        return _among(database, _Sql(both, (*apart.values, among)), wanted, limit)
    if rare:
        newest_first = json.dumps(sorted(set.intersection(*rare), reverse=True))
        return _among(database, _Sql("SELECT value AS key FROM json_each(?)", (newest_first,)), wanted, limit)
    return _among(database, apart, wanted, limit) if apart else _read(database, wanted, limit)


def _holding(database: Database, run: str) -> set[int] | None:
    """Keys of the rows that may hold these signs in a row, however they are written; None where too many do."""
    found: set[int] = set()
    for spelling in spellings(run):
        rows = database.rows(*_entries(spelling))
        if len(rows) == _RARE:
            return None
        found.update(row[0] for row in rows)
    return found


def _behind(database: Database, word: str) -> tuple[int, ...]:
    """Keys of the newest rows in which a word of an alphabet follows signs of another script without a space."""
    ways = beginnings(word)
    found: set[int] = set()
    for spelling in ways:
        rows = database.rows(*_entries(spelling, _NEWEST))
        if len(spelling) >= _TOGETHER or len(rows) < _NEWEST:  # beginnings come in no order: of very many none
            found.update(row[0] for row in rows)
    if not found:
        return ()
    follows = re.compile("|".join(f"{way}(?<={UNSPACED}{way})" for way in ways))
    keys = _Sql("SELECT value AS key FROM json_each(?)", (json.dumps(list(found)),))
    return tuple(
        key for key, body in database.rows(_with_bodies(keys), keys.values) if follows.search(str(body).lower())
    )


def _entries(run: str, most: int = _RARE) -> tuple[str, tuple[object, ...]]:
    """The statement for the entries of the index that begin with these signs, or hold every three of them."""
    if len(run) < _TOGETHER:
        return _BEGINNING, (run, run[:-1] + chr(ord(run[-1]) + 1), most)
    threes = (f'"{run[start : start + _TOGETHER]}"' for start in range(len(run) - _TOGETHER + 1))
    return _OF_THREES, (" AND ".join(threes), most)


def _among(database: Database, keys: _Sql, wanted: _Sql, limit: int) -> list[int]:
    """Those of these rows that hold all that is wanted, in their order."""
    holding = f"SELECT key FROM ({_with_bodies(keys)}) WHERE {wanted.text} LIMIT ?"  # noqa: S608
    return [row[0] for row in database.rows(holding, (*keys.values, *wanted.values, limit))]


def _with_bodies(keys: _Sql) -> str:
    """These keys, each with the text of its row."""
    bodies = " ".join(
        f"WHEN {number} THEN (SELECT {search_body(kind, 'r')} FROM {kind} AS r "  # noqa: S608 (our own names)
        "WHERE r.id = key & 0xFFFFFFFF)"
        for kind, number in KINDS.items()
    )
    return f"SELECT key, CASE (key >> 32) & 3 {bodies} END AS body FROM ({keys.text})"  # noqa: S608


def _read(database: Database, wanted: _Sql, limit: int) -> list[int]:
    """Rows that hold all that is wanted, by reading; each kind newest first, no more of it than are wanted."""
    keys = [row[0] for kind in KINDS for row in database.rows(_looking_inside(kind, wanted), (*wanted.values, limit))]
    return sorted(keys, reverse=True)[:limit]


def _looking_inside(kind: str, wanted: _Sql) -> str:
    return (
        f"SELECT key FROM (SELECT {search_key(kind, 'r')} AS key, {search_body(kind, 'r')} AS body, r.day AS day "  # noqa: S608
        f"FROM {kind} AS r WHERE r.deleted_utc IS NULL ORDER BY r.day DESC) WHERE {wanted.text} LIMIT ?"
    )


def _all_hold(typed: Iterable[str]) -> _Sql:
    """That a text holds all of these: each run as it may be written, and around it what else its word has."""
    conditions: list[str] = []
    values: list[str] = []
    for word in typed:
        for run in runs(word):
            ways = spellings(run)
            conditions.append(f"({' OR '.join(['instr(body, ?) > 0'] * len(ways))})")
            values += ways
        if runs(word) != [word]:
            conditions.append("instr(folded(CAST(body AS BLOB)), ?) > 0")
            values.append(folded(word))
    return _Sql(" AND ".join(conditions), tuple(values))


def _hit(key: int) -> Hit:
    day = _EPOCH + timedelta(days=(key >> 34) - _EPOCH_JULIAN)
    return Hit(_KIND_OF[(key >> 32) & 3], key & 0xFFFFFFFF, day)
