"""A disk that refuses, in the three ways that matter: full, not writable, gone. `relents` makes it work again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import apsw

from needlejournal.store import Journal

Refusal = Callable[[Journal], None]


class _Full:
    """A connection to a file on a disk without any room: reading goes on, changing does not."""

    def __init__(self, connection: apsw.Connection) -> None:
        self.connection = connection

    def execute(self, sql: str, *values: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            raise apsw.FullError("database or disk is full")
        return self.connection.execute(sql, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


def full(journal: Journal) -> None:
    """No room for a single byte more."""
    journal._database._connection = _Full(journal._database._connection)  # type: ignore[assignment]


def read_only(journal: Journal) -> None:
    """Nothing may be changed any more."""
    journal._database.run("PRAGMA query_only = on")


def gone(journal: Journal) -> None:
    """The folder was renamed under the open journal."""
    journal.folder.rename(journal.folder.with_name("elsewhere"))


def relents(journal: Journal) -> None:
    """Whatever was wrong is not any more."""
    elsewhere = journal.folder.with_name("elsewhere")
    if elsewhere.exists():
        elsewhere.rename(journal.folder)
    journal._database.run("PRAGMA query_only = off")
    connection: Any = journal._database._connection
    journal._database._connection = getattr(connection, "connection", connection)


REFUSALS: tuple[Refusal, ...] = (full, read_only, gone)
