"""One table of kept values: how a value becomes a row and back, with the trash and the revision counter.

Each kind of value declares its columns once; reading and writing is the same for all of them.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, TypeVar

import apsw

from needlejournal.journal.errors import BadInput, WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import message
from needlejournal.journal.moments import EARLIEST, LATEST, When, by_instants
from needlejournal.store.database import Database, Row

T = TypeVar("T", bound=Any)
U = TypeVar("U")
IN_ITS_PLACE = message(
    "It stays in the trash: something else was written in its place meanwhile. Move that to the trash first, then this "
    "one can come back."
)
# What making a value of a damaged row may raise.
SENSELESS = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError, WorldError)


@frozen
class Table(Generic[T]):
    """How values of one kind lie in their table. `to_row` and `from_row` follow the order of `columns`."""

    name: str
    columns: tuple[str, ...]
    to_row: Callable[[T], Sequence[object]]
    from_row: Callable[[int, str, Row], T]  # id, uid, the columns


class Rows(Generic[T]):
    """Reads and writes one table. Writes belong inside a step of the history."""

    def __init__(self, database: Database, table: Table[T], now: Callable[[], datetime]) -> None:
        self.database = database
        self.table = table
        self._now = now
        self._select = f"SELECT id, uid, {', '.join(table.columns)} FROM {table.name}"  # noqa: S608 (our own names)

    def get(self, row_id: int, *, trashed: bool = False) -> T | None:
        """The value with this id, or None when it is not there (or in the trash)."""
        found = self._where("id = ?", (row_id,), trashed=trashed)
        return found[0] if found else None

    def _where(
        self, condition: str = "1", values: Sequence[object] = (), *, order: str = "id", trashed: bool = False
    ) -> list[T]:
        """The values that meet a condition, without the trash. What makes no sense is left out: see `unreadable`."""
        alive = "" if trashed else " AND deleted_utc IS NULL"
        rows = self.database.rows(f"{self._select} WHERE ({condition}){alive} ORDER BY {order}", values)
        return understood(rows, lambda row: self.table.from_row(row[0], row[1], row[2:]))

    def unreadable(self) -> list[int]:
        """The ids of rows that are no value of their kind, the trash included."""
        readable = {value.id for value in self._where(trashed=True)}
        ids = [row[0] for row in self.database.rows(f"SELECT id FROM {self.table.name} ORDER BY id")]  # noqa: S608
        return [row_id for row_id in ids if row_id not in readable]

    def unreadable_parts(self) -> list[str]:
        """The rows of other tables that are parts of these and make no sense, each as its table and id."""
        return []

    def all(self) -> list[T]:
        """Every value, in the order in which they were first written, without the trash."""
        return self._where()

    def many(self, ids: Iterable[int]) -> dict[int, T]:
        """The values with these ids, by id."""
        marks = json.dumps(list(ids))
        return {value.id: value for value in self._where("id IN (SELECT value FROM json_each(?))", (marks,))}

    def count(self) -> int:
        """How many there are, without the trash."""
        return int(self.database.value(f"SELECT count(*) FROM {self.table.name} WHERE deleted_utc IS NULL"))  # noqa: S608

    def let_go_of_unreadable(self) -> None:
        """Delete rows that are no value of their kind: damage that the table's own rules let through."""
        for row_id in self.unreadable():
            self.database.run(f"DELETE FROM {self.table.name} WHERE id = ?", (row_id,))  # noqa: S608 (our own names)

    def save(self, value: T) -> T:
        """Insert (id 0) or update a value; returns it as stored. Saving what is there already writes nothing."""
        if not value.id:
            return self._insert(value)
        if self.get(value.id, trashed=True) != value:
            self._update(value)
        return value

    def trash(self, row_id: int) -> None:
        """Put a row into the trash."""
        self._mark_deleted(row_id, self._now().isoformat())

    def restore(self, row_id: int) -> None:
        """Take a row out of the trash. Raises BadInput when another was written in its place meanwhile."""
        try:
            self._mark_deleted(row_id, None)
        except apsw.ConstraintError as error:
            raise BadInput(IN_ITS_PLACE) from error

    def _insert(self, value: T) -> T:
        uid = value.uid or secrets.token_hex(16)
        now = self._now().isoformat()
        names = ("uid", "rev", "created_utc", "changed_utc", *self.table.columns)
        values = (uid, self.next_rev(), now, now, *self.table.to_row(value))
        row_id = self.database.run(
            f"INSERT INTO {self.table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",  # noqa: S608
            values,
        )
        stored: T = replace(value, id=row_id, uid=uid)
        return stored

    def _update(self, value: T) -> None:
        sets = ", ".join(f"{name} = ?" for name in self.table.columns)
        self.database.run(
            f"UPDATE {self.table.name} SET rev = ?, changed_utc = ?, {sets} WHERE id = ?",  # noqa: S608
            (self.next_rev(), self._now().isoformat(), *self.table.to_row(value), value.id),
        )

    def _mark_deleted(self, row_id: int, utc: str | None) -> None:
        self.database.run(
            f"UPDATE {self.table.name} SET rev = ?, deleted_utc = ? WHERE id = ?",  # noqa: S608
            (self.next_rev(), utc, row_id),
        )

    def next_rev(self) -> int:
        """The revision counter orders writes; the clock may be set back, this never is.

        One that was lost begins anew, and one beyond all writing stays: a bad value locks nobody out.
        """
        self.database.run(
            "INSERT INTO meta VALUES ('rev', '1') ON CONFLICT (key) DO UPDATE SET "
            "value = CAST(min(CAST(value AS INTEGER), 1 << 53) + 1 AS TEXT)"
        )
        return int(self.database.value("SELECT value FROM meta WHERE key = 'rev'"))


def go_on_counting(database: Database, tables: Iterable[str]) -> None:
    """Where the revision counter was lost, let it go on from the highest revision of any row."""
    if not database.value("SELECT max(0, CAST(value AS INTEGER)) FROM meta WHERE key = 'rev'"):
        highest = max(int(database.value(f"SELECT coalesce(max(rev), 0) FROM {name}")) for name in tables)  # noqa: S608
        if highest:
            with database.transaction():
                database.run("INSERT OR REPLACE INTO meta VALUES ('rev', ?)", (str(highest),))


def understood(rows: Iterable[Row], make: Callable[[Row], U]) -> list[U]:
    """What `make` makes of each row; rows that make no sense are left out, so that one bad value locks out nothing."""
    known = list(rows)
    try:
        return [make(row) for row in known]
    except SENSELESS:
        return list(_understood_one_by_one(known, make))


def _understood_one_by_one(rows: list[Row], make: Callable[[Row], U]) -> Iterator[U]:
    for row in rows:
        with suppress(*SENSELESS):
            yield make(row)


def when_columns(when: When) -> tuple[str, str | None, int | None]:
    """Day, time and offset as they are kept."""
    clock = when.time.isoformat(timespec="seconds") if when.time else None
    return when.day.isoformat(), clock, when.offset_minutes


def when_from(day: str, clock: str | None, offset: int | None) -> When:
    """Inverse of `when_columns`. Raises ValueError, and BadInput for a day that cannot be right."""
    at = time.fromisoformat(clock) if clock else None
    if at is not None and at.tzinfo is not None:
        raise ValueError(clock)
    return When(date.fromisoformat(day), at, offset)


def rows_in_order(rows: Iterable[Row], at: int) -> list[Row]:
    """Rows sorted by day and clock, as they happened; day, time and offset are three columns from `at` on."""
    found: list[Row] = []
    for _, same_day in groupby(rows, itemgetter(at)):
        group = list(same_day)
        if len({row[at + 2] for row in group}) > 1:
            group = [row for _, row in by_instants(understood(group, partial(_timed, at)), itemgetter(0))]
        found += group
    return found


def _timed(at: int, row: Row) -> tuple[When, Row]:
    return when_from(*row[at : at + 3]), row


def to_list(keys: Iterable[str]) -> str:
    """A list of keys as JSON."""
    return json.dumps(list(keys), ensure_ascii=False)


def from_list(text: str) -> tuple[str, ...]:
    """Inverse of `to_list`. Most lists are empty, and a journal has thousands."""
    return () if text == "[]" else tuple(str(key) for key in json.loads(text))


def day_from(text: str) -> date:
    """A day as it is kept. Raises ValueError for none, or one outside the years that a diary is written in."""
    day = date.fromisoformat(text)
    if not EARLIEST <= day <= LATEST:
        raise ValueError(text)
    return day


def day_or_none(text: str | None) -> date | None:
    """An optional day. Raises ValueError."""
    return day_from(text) if text else None
