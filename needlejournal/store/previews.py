"""Small pictures and cached readings of photos, in a database of their own that may be thrown away at any time.

Keyed by the original's hash. Used from several threads; knows nothing of how previews are made.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Lock

from needlejournal.journal.message import message
from needlejournal.store import disk
from needlejournal.store.database import MEMORY, Damaged, Database, DatabaseError, Linked

TABLES = """
CREATE TABLE IF NOT EXISTS preview (
    sha256 TEXT NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (sha256, kind)
) STRICT;
CREATE TABLE IF NOT EXISTS reading (
    sha256 TEXT NOT NULL, kind TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (sha256, kind)
) STRICT, WITHOUT ROWID;
"""
THUMBNAIL = "thumbnail"
PROXY = "proxy"


class Previews:
    """Previews (JPEG bytes) and readings (JSON text). A damaged file is made anew, empty."""

    def __init__(self, path: Path, *, read_only: bool = False, key: bytes | None = None) -> None:
        self._lock = Lock()
        self._path = path
        self._key = key
        self._database = self._open_or_memory(read_only=read_only)

    def get(self, sha256: str, kind: str = THUMBNAIL) -> bytes | None:
        """The bytes of a preview, or None when it is not there."""
        with self._lock:
            body = self._database.value("SELECT body FROM preview WHERE sha256 = ? AND kind = ?", (sha256, kind))
        return None if body is None else bytes(body)

    def put(self, sha256: str, previews: dict[str, bytes]) -> None:
        """Keep previews by kind; those there already are replaced."""
        with self._lock, self._database.transaction():
            self._database.run_many(
                "INSERT OR REPLACE INTO preview VALUES (?, ?, ?)", [(sha256, k, b) for k, b in previews.items()]
            )

    def hashes(self) -> set[str]:
        """The hashes of all originals about which something is kept here."""
        with self._lock:
            rows = self._database.rows("SELECT sha256 FROM preview UNION SELECT sha256 FROM reading")
        return {row[0] for row in rows}

    def reading(self, sha256: str, kind: str, version: int) -> str | None:
        """A cached reading (JSON), or None when there is none of this version."""
        with self._lock:
            body: str | None = self._database.value(
                "SELECT body FROM reading WHERE sha256 = ? AND kind = ? AND version = ?", (sha256, kind, version)
            )
        return body

    def readings(self, kind: str, version: int) -> dict[str, str]:
        """All cached readings of a kind, by hash."""
        with self._lock:
            rows = self._database.rows(
                "SELECT sha256, body FROM reading WHERE kind = ? AND version = ?", (kind, version)
            )
        return dict(rows)

    def put_reading(self, sha256: str, kind: str, version: int, body: str) -> None:
        """Keep a reading, replacing older versions."""
        with self._lock, self._database.transaction():
            self._database.run("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?)", (sha256, kind, version, body))

    def forget(self, sha256: str) -> None:
        """Drop everything kept about an original."""
        with self._lock, self._database.transaction():
            self._database.run("DELETE FROM preview WHERE sha256 = ?", (sha256,))
            self._database.run("DELETE FROM reading WHERE sha256 = ?", (sha256,))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def _open_or_memory(self, *, read_only: bool) -> Database:
        """The file; made anew when damaged or not ours; in memory when it is a link, or cannot be read or written."""
        with suppress(Linked):
            if not read_only:
                try:
                    return self._open()
                except Linked:
                    raise
                except DatabaseError:
                    pass
                with suppress(DatabaseError, OSError):
                    self._remove()
                    return self._open()
            elif self._path.exists():
                with suppress(DatabaseError):
                    return self._checked(Database(self._path, read_only=True, key=self._key, durable=False))
        database = Database(MEMORY, durable=False)
        database.run(TABLES)
        return database

    def _open(self) -> Database:
        database = Database(self._path, key=self._key, durable=False)
        try:
            database.run("PRAGMA synchronous=NORMAL")
            database.run("PRAGMA cache_size=-8192")  # pictures are read once and kept elsewhere as they are shown
            database.run(TABLES)
        except DatabaseError:
            database.close()
            raise
        return self._checked(database)

    def _checked(self, database: Database) -> Database:
        """Nothing but our own tables: what a foreign file defines is never carried out. Raises DatabaseError."""
        try:
            found = {row[0] for row in database.rows("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}
        except DatabaseError:
            database.close()
            raise
        if found != {table.replace(" IF NOT EXISTS", "") for table in TABLES.strip().removesuffix(";").split(";\n")}:
            database.close()
            raise Damaged(message("The previews were not made by Needle Journal. They will be made again."))
        return database

    def _remove(self) -> None:
        with disk.Folder(self._path.parent) as folder:
            for name in (self._path.name, f"{self._path.name}-journal"):
                folder.unlink(name)
