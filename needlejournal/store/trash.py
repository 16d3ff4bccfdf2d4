"""The trash: what was deleted in the last thirty days, how to get it back, and how it goes for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from needlejournal.journal.frozen import frozen
from needlejournal.store.database import Database
from needlejournal.store.history import History
from needlejournal.store.originals import Originals
from needlejournal.store.previews import Previews

KEEP = timedelta(days=30)
_LISTED = {
    "session": "treatment || CASE WHEN clinic <> '' THEN ' · ' || clinic ELSE '' END",
    "photo": "file_name",
    "day_note": "substr(text, 1, 80)",
    "side_effect": "symptom",
    "course": "coalesce(nullif(title, ''), treatment)",
    "rating": "concern",
    "spot": "name",
    "question": "text",
}


@frozen
class Trashed:
    """Something in the trash: its kind and id, its day ("" when it has none), what it is, when it was deleted."""

    kind: str
    id: int
    day: str
    what: str
    deleted: datetime


class Trash:
    """Lists, restores and purges. Purging commits first and unlinks second."""

    def __init__(
        self,
        database: Database,
        history: History,
        originals: Originals,
        previews: Previews,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._history = history
        self._originals = originals
        self._previews = previews
        self._now = now

    def listing(self) -> list[Trashed]:
        """Everything in the trash, the latest deletion first."""
        found = []
        for kind, what in _LISTED.items():
            day = "''" if kind in {"course", "spot", "question"} else "day"
            rows = self._database.rows(
                f"SELECT id, {day}, {what}, deleted_utc FROM {kind} WHERE deleted_utc IS NOT NULL"  # noqa: S608
            )
            found += [Trashed(kind, row[0], row[1], row[2] or "", datetime.fromisoformat(row[3])) for row in rows]
        return sorted(found, key=lambda item: item.deleted, reverse=True)

    def purge_old(self) -> int:
        """Remove for good what was deleted more than thirty days ago. Returns how many things."""
        limit = self._now() - KEEP
        return self.purge([item for item in self.listing() if item.deleted < limit])

    def purge(self, items: list[Trashed]) -> int:
        """Remove these for good, with their files, and forget the undo steps that could bring them back.

        What was restored since it was listed stays.
        """
        if not items:
            return 0
        files = []
        with self._database.transaction():
            for item in items:
                if item.kind == "photo":
                    files += self._database.rows(
                        "SELECT sha256, stored_name FROM photo WHERE id = ? AND deleted_utc IS NOT NULL", (item.id,)
                    )
                self._database.run(
                    f"DELETE FROM {item.kind} WHERE id = ? AND deleted_utc IS NOT NULL",  # noqa: S608
                    (item.id,),
                )
        self._history.forget()
        for sha256, stored_name in files:
            self._originals.remove(stored_name)
            self._previews.forget(sha256)
        return len(items)
