"""What tests ask a journal beyond what the app asks, by its public doors."""

from __future__ import annotations

from typing import TypeVar

from needlejournal.store import Journal
from needlejournal.store.rows import Rows

T = TypeVar("T")


def with_trash(rows: Rows[T]) -> list[T]:
    """Every value that makes sense, those in the trash too."""
    ids = [row[0] for row in rows.database.rows(f"SELECT id FROM {rows.table.name} ORDER BY id")]
    return [value for one in ids if (value := rows.get(one, trashed=True)) is not None]


def undoable(journal: Journal) -> str | None:
    """What would be undone next: it is undone, and done again."""
    undone = journal.history.undo()
    if undone:
        journal.history.redo()
    return undone.label if undone else None


def snapshot(journal: Journal, why: str) -> None:
    """Keep a copy of the database as it is now."""
    journal.snapshots.take(journal.photos.database, journal.now(), why)
