"""Verifying a journal: every original hashed again, the database checked, files without a row listed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from needlejournal.journal.frozen import frozen
from needlejournal.store.database import Database, DatabaseError
from needlejournal.store.originals import Cancelled, Originals


@frozen
class Verified:
    """What was found. Lists hold stored names; `database` is "ok" or what SQLite says."""

    photos: int
    bad: tuple[str, ...]
    missing: tuple[str, ...]
    orphans: tuple[str, ...]
    database: str

    @property
    def sound(self) -> bool:
        """Whether nothing is damaged or missing (orphans lose nothing)."""
        return not self.bad and not self.missing and self.database == "ok"


def check_database(database: Database) -> str:
    """ "ok", or the first thing SQLite finds wrong in structure or references."""
    try:
        found = database.value("PRAGMA integrity_check(1)")
        if found != "ok":
            return str(found)
        broken = database.row("PRAGMA foreign_key_check")
    except DatabaseError as error:
        return str(error)
    return f"a row of {broken[0]} refers to one that is gone" if broken else "ok"


def expected_files(database: Database) -> list[tuple[str, str]]:
    """Stored name and hash of every photo, the trash included."""
    return [(row[0], row[1]) for row in database.rows("SELECT stored_name, sha256 FROM photo ORDER BY stored_name")]


def check_files(
    originals: Originals,
    expected: list[tuple[str, str]],
    step: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Iterator[tuple[str, str]]:
    """Hash every original again; yields ("bad" | "missing", stored name). `step` hears done and total."""
    names = originals.names()
    for position, (name, sha256) in enumerate(expected):
        if cancelled():
            raise Cancelled
        if name not in names:
            yield "missing", name
        elif originals.digest(name) != sha256:
            yield "bad", name
        step(position + 1, len(expected))
