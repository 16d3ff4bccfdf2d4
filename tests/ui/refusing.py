"""A disk that refuses, in the three ways that matter: full, not writable, gone. `relents` makes it work again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from needlejournal.journal.errors import WorldError
from needlejournal.store import Journal

Refusal = Callable[[Journal], None]


def full(journal: Journal) -> None:
    """No page more, and what was left of the last one is used: every write keeps a line of undo there."""
    database = journal._database
    _set(journal, "max_page_count", _set(journal, "page_count"))
    for size in (900, 90, 9, 0):
        with suppress(WorldError):
            while True:
                database.run(
                    "INSERT INTO history (step, utc, kind, row_id, inverse) VALUES (0, '', '', 0, ?)", ("x" * size,)
                )


def read_only(journal: Journal) -> None:
    """Nothing may be changed any more."""
    _set(journal, "query_only", 1)


def gone(journal: Journal) -> None:
    """The folder was renamed under the open journal."""
    journal.folder.rename(journal.folder.with_name("elsewhere"))


def relents(journal: Journal) -> None:
    """Whatever was wrong is not any more."""
    elsewhere = journal.folder.with_name("elsewhere")
    if elsewhere.exists():
        elsewhere.rename(journal.folder)
    _set(journal, "query_only", 0)
    _set(journal, "max_page_count", 1_000_000)


def _set(journal: Journal, pragma: str, value: int | None = None) -> int:
    """Ask for or set what the app itself is not allowed to."""
    connection = journal._database._connection
    guard, connection.authorizer = connection.authorizer, None
    try:
        found = connection.execute(f"PRAGMA {pragma}{'' if value is None else f' = {value}'}").fetchall()
        return int(found[0][0]) if found else 0
    finally:
        connection.authorizer = guard


REFUSALS: tuple[Refusal, ...] = (full, read_only, gone)
