"""Undo and redo for everything in the journal: triggers write down, for each change, the statement that reverses it.

A step is what the person did in one go. The statements live in the table `history`; which steps can still be
undone is known only while the journal is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from needlejournal.journal.changes import Changes
from needlejournal.journal.frozen import frozen
from needlejournal.store.database import Database

MERGE_WITHIN = timedelta(seconds=20)
KEEP_DAYS = 30

# Child rows count as their parent, so that a change of a needle is a change of its session.
OWNERS = {"needle": ("session", "session_id"), "product": ("session", "session_id")}
TRACKED = (
    "course", "session", "needle", "product", "photo", "day_note", "side_effect", "rating", "blind_answer",
    "aftercare_tick", "dismissal", "alignment", "spot", "spot_place", "pair_override", "question",
)  # fmt: skip


@dataclass(slots=True)
class _Step:
    number: int
    label: str
    merge: str | None
    at: datetime


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
        self._next = 1 + (database.value("SELECT max(step) FROM history") or 0)
        self._open: int | None = None
        self._installed = False
        if not database.read_only:
            self._prune()

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
        joined = self._mergeable(merge)
        number = joined.number if joined else self._take_number()
        self._install()
        self._open = number
        before = self._database.value("SELECT max(id) FROM history") or 0
        try:
            with self._database.transaction():
                self._mark(number)
                yield step
        finally:
            self._open = None
        step.changes = self._touched(number, before)
        if step.changes:
            self._remember(joined, _Step(number, label, merge, self._now()))

    @property
    def undo_label(self) -> str | None:
        """What would be undone next, or None."""
        return self._undo[-1].label if self._undo else None

    @property
    def redo_label(self) -> str | None:
        """What would be redone next, or None."""
        return self._redo[-1].label if self._redo else None

    def undo(self) -> Undone | None:
        """Take back the newest step, or None when there is none."""
        return self._reverse(self._undo, self._redo)

    def redo(self) -> Undone | None:
        """Do again what was undone last, or None when there is nothing."""
        return self._reverse(self._redo, self._undo)

    def forget(self) -> None:
        """Drop every remembered statement: after a purge nothing of the purged may remain."""
        self._undo.clear()
        self._redo.clear()
        with self._database.transaction():
            self._database.run("DELETE FROM history")

    def _reverse(self, source: list[_Step], target: list[_Step]) -> Undone | None:
        if not source:
            return None
        step = source[-1]
        number = self._take_number()
        self._install()
        inverses = self._database.rows("SELECT inverse FROM history WHERE step = ? ORDER BY id DESC", (step.number,))
        with self._database.transaction():
            self._database.run("PRAGMA defer_foreign_keys=on")
            self._mark(number)
            for (inverse,) in inverses:
                self._database.run(inverse)
        source.pop()
        target.append(_Step(number, step.label, None, self._now()))
        return Undone(step.label, self._touched(number, 0))

    def _mergeable(self, merge: str | None) -> _Step | None:
        last = self._undo[-1] if self._undo else None
        if merge is None or last is None or last.merge != merge or self._redo:
            return None
        return last if self._now() - last.at <= MERGE_WITHIN else None

    def _remember(self, joined: _Step | None, step: _Step) -> None:
        self._redo.clear()
        if joined:
            joined.at = step.at
        else:
            self._undo.append(step)

    def _take_number(self) -> int:
        self._next += 1
        return self._next - 1

    def _mark(self, number: int) -> None:
        self._database.run("UPDATE temp.now_step SET step = ?, utc = ?", (number, self._now().isoformat()))

    def _touched(self, number: int, after: int) -> Changes:
        found = self._database.rows(
            "SELECT DISTINCT kind, row_id FROM history WHERE step = ? AND id > ?", (number, after)
        )
        return Changes(frozenset((kind, row) for kind, row in found))

    def _prune(self) -> None:
        limit = (self._now() - timedelta(days=KEEP_DAYS)).isoformat()
        if self._database.value("SELECT 1 FROM history WHERE utc < ? LIMIT 1", (limit,)):
            with self._database.transaction():
                self._database.run("DELETE FROM history WHERE utc < ?", (limit,))

    def _install(self) -> None:
        """Make the triggers with the first write: opening a journal need not wait for them."""
        if self._installed:
            return
        self._installed = True
        self._database.run("CREATE TEMP TABLE now_step (step INTEGER, utc TEXT)")
        self._database.run("INSERT INTO temp.now_step VALUES (0, '')")
        for table in TRACKED:
            columns = [row[1] for row in self._database.rows(f"PRAGMA table_info({table})")]
            for trigger in _triggers(table, columns):
                self._database.run(trigger)


def _triggers(table: str, columns: list[str]) -> Iterator[str]:
    """One trigger for each kind of change of a table."""
    yield _trigger(table, "INSERT", "NEW", _unmake(table))
    yield _trigger(table, "UPDATE", "OLD", _put_back(table, columns))
    yield _trigger(table, "DELETE", "OLD", _make_again(table, columns))


def _trigger(table: str, event: str, row: str, inverse: str) -> str:
    kind, owner = OWNERS.get(table, (table, "id"))
    return (
        f"CREATE TEMP TRIGGER history_{table}_{event.lower()} AFTER {event} ON main.{table} BEGIN "  # noqa: S608
        f"INSERT INTO history (step, utc, kind, row_id, inverse) "
        f"SELECT step, utc, '{kind}', {row}.{owner}, {inverse} FROM now_step; END"
    )


def _unmake(table: str) -> str:
    """Undoing an import sends photos to the trash: their files are kept, so that redo brings them back."""
    if table == "photo":
        return "'UPDATE photo SET deleted_utc=' || quote((SELECT utc FROM now_step)) || ' WHERE id=' || NEW.id"
    return f"'DELETE FROM {table} WHERE id=' || NEW.id"  # noqa: S608


def _put_back(table: str, columns: list[str]) -> str:
    changed = " || ".join(
        f"CASE WHEN OLD.{name} IS NEW.{name} THEN '' ELSE ',{name}=' || {_quoted(f'OLD.{name}')} END"
        for name in columns
    )
    return f"'UPDATE {table} SET id=' || OLD.id || {changed} || ' WHERE id=' || NEW.id"  # noqa: S608


def _make_again(table: str, columns: list[str]) -> str:
    values = " || ',' || ".join(_quoted(f"OLD.{name}") for name in columns)
    return f"'INSERT INTO {table} ({', '.join(columns)}) VALUES (' || {values} || ')'"  # noqa: S608


def _quoted(value: str) -> str:
    """SQL for a value as a literal. The database's own quote() ends a text at its first NUL."""
    return f"iif(instr({value}, char(0)), 'CAST(x''' || hex({value}) || ''' AS TEXT)', quote({value}))"
