"""Undo and redo for everything in the journal: before each change the database tells what the row was.

A step is what the person did in one go. What it takes to reverse it is kept as plain values in memory: nothing of it
lies on the disk, and closing or locking the journal ends it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from needlejournal.journal.changes import Changes
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import message
from needlejournal.store.database import Damaged, Database, RowChange

MERGE_WITHIN = timedelta(seconds=20)

# Child rows count as their parent, so that a change of a needle is a change of its session: its kind, and the place
# of its id in the child's row.
OWNERS = {"needle": ("session", 1), "product": ("session", 1)}
TRACKED = (
    "course", "session", "needle", "product", "photo", "day_note", "side_effect", "rating", "blind_answer",
    "aftercare_tick", "dismissal", "alignment", "spot", "spot_place", "pair_override", "question",
)  # fmt: skip
_TRACKED = frozenset(TRACKED)


@dataclass(slots=True)
class _Step:
    label: str
    merge: str | None
    at: datetime
    rows: list[RowChange]


@dataclass(slots=True)
class Step:
    """What is being written; `changes` is filled when the block is left."""

    changes: Changes = field(default_factory=Changes)


@frozen
class Undone:
    """A step that was undone or redone: what it was called and what it touched."""

    label: str
    changes: Changes


class History:
    """Runs steps in transactions and takes them back. `now` gives the time in UTC."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._undo: list[_Step] = []
        self._redo: list[_Step] = []
        self._open: list[RowChange] | None = None
        self._columns: dict[str, list[str]] = {}
        database.watch(self._note)

    @contextmanager
    def step(self, label: str, merge: str | None = None) -> Iterator[Step]:
        """Write in one transaction and remember how to take it back.

        Steps with the same `merge` key that follow one another within seconds are undone together: typing.
        A step inside another one joins it.
        """
        step = Step()
        if self._open is not None:
            yield step
            return
        with self._recorded() as rows:
            yield step
        step.changes = self._touched(rows)
        if rows:
            self._remember(self._mergeable(merge), _Step(label, merge, self._now(), rows))

    def undo(self) -> Undone | None:
        """Take back the newest step, or None when there is none."""
        return self._reverse(self._undo, self._redo)

    def redo(self) -> Undone | None:
        """Do again what was undone last, or None when there is nothing."""
        return self._reverse(self._redo, self._undo)

    def forget(self) -> None:
        """Drop every remembered value: after a purge nothing of the purged may remain."""
        self._undo.clear()
        self._redo.clear()

    @contextmanager
    def _recorded(self) -> Iterator[list[RowChange]]:
        """One transaction; the rows it changes are in the list, and out of it again when it fails."""
        rows: list[RowChange] = []
        self._open = rows
        try:
            with self._database.transaction():
                yield rows
        finally:
            self._open = None

    def _note(self, change: RowChange) -> None:
        if self._open is None or change.table not in _TRACKED:
            return
        if change.before is change.after is None:
            raise Damaged(
                message("This belongs together with something that is damaged and cannot be read. Nothing was changed.")
            )
        self._open.append(change)

    def _reverse(self, source: list[_Step], target: list[_Step]) -> Undone | None:
        if not source:
            return None
        step = source[-1]
        with self._recorded() as rows:
            self._database.run("PRAGMA defer_foreign_keys=on")
            for change in reversed(step.rows):
                self._take_back(change)
        source.pop()
        target.append(_Step(step.label, None, self._now(), rows))
        return Undone(step.label, self._touched(rows))

    def _take_back(self, change: RowChange) -> None:
        """Carry out the opposite of one change. Undoing an import sends photos to the trash: their files are kept, so
        that redo brings them back."""
        table, names = change.table, self._names(change.table)
        if change.before is None and table == "photo":
            self._database.run(
                "UPDATE photo SET deleted_utc = ? WHERE id = ?", (self._now().isoformat(), change.row_id)
            )
        elif change.before is None:
            self._database.run(f"DELETE FROM {table} WHERE id = ?", (change.row_id,))  # noqa: S608 (our own names)
        elif change.after is None:
            marks = ", ".join("?" * len(names))
            self._database.run(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", change.before)  # noqa: S608
        else:
            changed = [at for at, pair in enumerate(zip(change.before, change.after, strict=True)) if _differs(*pair)]
            sets = ", ".join(f"{names[at]} = ?" for at in changed)
            values = (*(change.before[at] for at in changed), change.row_id)
            self._database.run(f"UPDATE {table} SET {sets or 'id = id'} WHERE id = ?", values)  # noqa: S608

    def _mergeable(self, merge: str | None) -> _Step | None:
        last = self._undo[-1] if self._undo else None
        if merge is None or last is None or last.merge != merge or self._redo:
            return None
        return last if self._now() - last.at <= MERGE_WITHIN else None

    def _remember(self, joined: _Step | None, step: _Step) -> None:
        self._redo.clear()
        if joined:
            joined.at = step.at
            joined.rows += step.rows
        else:
            self._undo.append(step)

    def _names(self, table: str) -> list[str]:
        if table not in self._columns:
            self._columns[table] = [row[1] for row in self._database.rows(f"PRAGMA table_info({table})")]
        return self._columns[table]

    def _touched(self, rows: list[RowChange]) -> Changes:
        return Changes(frozenset(map(_owner, rows)), frozenset(day for change in rows for day in self._days(change)))

    def _days(self, change: RowChange) -> Iterator[date]:
        names = self._names(change.table)
        for row in (change.before, change.after) if "day" in names else ():
            with suppress(ValueError, TypeError):  # what is no day is shown on none
                if row is not None:
                    yield date.fromisoformat(row[names.index("day")])


def _owner(change: RowChange) -> tuple[str, int]:
    owner = OWNERS.get(change.table)
    if owner is None:
        return change.table, change.row_id
    kind, place = owner
    return kind, (change.before or change.after or ())[place]


def _differs(one: object, other: object) -> bool:
    return type(one) is not type(other) or one != other
