"""Small facts a journal remembers about its own keeping: where it is backed up and when that last went well, and in
which folders new photos arrive.

They are not part of the diary: no undo, no export.
"""

from __future__ import annotations

from needlejournal.store.database import Database

BACKUP_PLACE = "backup_place"  # the folder the person chose
BACKUP_EVERY = "backup_every_days"  # "" or 0: only by hand
BACKUP_LAST = "backup_last_utc"
BACKUP_BEGUN = "backup_begun"  # "yes" while one is made: it goes on after a lock, a close or a crash
SAMPLE = "sample"  # "yes" in the sample journal
ARRIVE_IN = "photos_arrive_in"  # JSON: the folders the person named
ARRIVED_SEEN = "arrived_seen"  # of files in them that were offered before: marks of eight bytes, in base64
ARRIVED_LAST = "arrived_last_utc"  # when they were last looked through
LEFT_OUT = "left_out"  # "yes" while entries cannot be read: every opening looks for them and says so
KEYS = frozenset({
    SAMPLE, BACKUP_PLACE, BACKUP_EVERY, BACKUP_LAST, BACKUP_BEGUN, ARRIVE_IN, ARRIVED_SEEN, ARRIVED_LAST, LEFT_OUT,
})  # fmt: skip


class Remembered:
    """Reads and writes these facts, each a text; "" is one that is not known."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str) -> str:
        """What is known."""
        return self._database.value("SELECT value FROM meta WHERE key = ?", (_known(key),)) or ""

    def put(self, key: str, value: str) -> None:
        """Remember it, durably. Raises WorldError."""
        with self._database.transaction():
            self._database.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_known(key), value))


def _known(key: str) -> str:
    if key not in KEYS:
        raise KeyError(key)
    return key
