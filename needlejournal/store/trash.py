"""The trash: what was deleted in the last thirty days, how to get it back, and how it goes for good.

What is purged leaves nothing behind in the folder: no word in the search index, no original, preview, snapshot or file
in quarantine. What is still to be removed is written down with the purge, so that a stop half-way is finished later.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial

from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import message
from needlejournal.store.database import Database, Row
from needlejournal.store.folder import as_world_error
from needlejournal.store.history import History
from needlejournal.store.originals import Originals
from needlejournal.store.previews import Previews
from needlejournal.store.rows import understood
from needlejournal.store.schema import RUNS, WORDS
from needlejournal.store.snapshots import DAILY, Snapshots

KEEP = timedelta(days=30)
DAYS_OF_USE = 3  # distinct days on which the journal was used since: a clock that jumps empties nothing
CLOSE = timedelta(days=90)  # within which they lie: a clock that jumps again and again makes no days of use
_DAYS = "days_used"  # in meta: days and the revision at their beginning, as JSON; only ever a later day is added
_SWEEPING = "sweeping"  # in meta: hashes and stored names of what was purged and is still to be removed, as JSON
_REMEMBERED_DAYS = 60
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
        snapshots: Snapshots,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._history = history
        self._originals = originals
        self._previews = previews
        self._snapshots = snapshots
        self._now = now

    def listing(self) -> list[Trashed]:
        """Everything in the trash, the latest deletion first."""
        found = []
        for kind, what in _LISTED.items():
            day = "''" if kind in {"course", "spot", "question"} else "day"
            rows = self._database.rows(
                f"SELECT id, {day}, {what}, deleted_utc FROM {kind} WHERE deleted_utc IS NOT NULL"  # noqa: S608
            )
            found += understood(rows, partial(_trashed, kind))
        return sorted(found, key=lambda item: item.deleted, reverse=True)

    def purge_old(self) -> int:
        """Remove for good what was deleted more than thirty days ago, and some days of use. Returns how many things.

        Notes that the journal is used today: a clock that is set wrong can neither hurry nor undo that.
        """
        days = self._days_with_today()
        return self.purge([item for item in self.listing() if self._is_over(item, days)])

    def purge(self, items: list[Trashed]) -> int:
        """Remove these for good, with their files, and forget the undo steps that could bring them back.

        What was restored since it was listed stays. Raises WorldError; what was committed by then is finished at the
        next opening.
        """
        if not items:
            return 0
        with self._database.transaction():
            files = [file for item in items for file in self._delete(item)]
            self._forget_words()
            self._write_meta(_SWEEPING, [*self._meta(_SWEEPING), *files])
        self._history.forget()
        self.sweep()
        return len(items)

    def _forget_words(self) -> None:
        """No word of the deleted stays in an index."""
        for index in (WORDS.table, RUNS.table):
            self._database.run(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608 (our own names)

    def sweep(self) -> None:
        """Remove what purged things left behind, if anything is still to be removed. Raises WorldError."""
        if self._database.value("SELECT 1 FROM meta WHERE key = ?", (_SWEEPING,)) is None:
            return
        hashes = set()
        try:
            for sha256, stored_name in understood(self._meta(_SWEEPING), lambda one: (str(one[0]), str(one[1]))):
                if self._database.value("SELECT 1 FROM photo WHERE sha256 = ?", (sha256,)) is None:
                    self._originals.remove(stored_name)
                    hashes.add(sha256)
            self._originals.drop_from_quarantine(hashes)
            self.drop_stray_previews()
            self._snapshots.let_go()
            with self._database.transaction():
                self._database.run("DELETE FROM meta WHERE key = ?", (_SWEEPING,))
            self._snapshots.take(self._database, self._now(), DAILY)
        except OSError as error:
            what = message("What was deleted is gone from the journal, but some of its files could not be removed yet")
            raise as_world_error(error, what) from error

    def drop_stray_previews(self) -> None:
        """Forget previews of pictures that are not in the journal: purged, or only looked at."""
        known = {row[0] for row in self._database.rows("SELECT sha256 FROM photo")}
        for sha256 in self._previews.hashes() - known:
            self._previews.forget(sha256)

    def _delete(self, item: Trashed) -> list[Row]:
        files = []
        if item.kind == "photo":
            files = self._database.rows(
                "SELECT sha256, stored_name FROM photo WHERE id = ? AND deleted_utc IS NOT NULL", (item.id,)
            )
        self._database.run(f"DELETE FROM {item.kind} WHERE id = ? AND deleted_utc IS NOT NULL", (item.id,))  # noqa: S608
        return files

    def _is_over(self, item: Trashed, days: list[tuple[date, int]]) -> bool:
        """Thirty days by the clock, and by the days on which the journal was used since, of which there are several."""
        if self._now() - item.deleted < KEEP:
            return False
        deleted_at = self._database.value(f"SELECT rev FROM {item.kind} WHERE id = ?", (item.id,)) or 0  # noqa: S608
        since = [day for day, rev in days if rev >= deleted_at]
        before = [day for day, rev in days if rev < deleted_at]
        first = before[-1] if before else (since or [date.max])[0]
        latest = since[-DAYS_OF_USE:]
        in_use = len(latest) == DAYS_OF_USE and latest[-1] - latest[0] <= CLOSE
        return in_use and latest[-1] - first >= KEEP

    def _days_with_today(self) -> list[tuple[date, int]]:
        days = understood(self._meta(_DAYS), lambda one: (date.fromisoformat(one[0]), int(one[1])))
        today = self._now().date()
        if days and today <= days[-1][0]:
            return days
        rev = int(self._database.value("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'rev'") or 0)
        days = [*days, (today, rev)][-_REMEMBERED_DAYS:]
        with self._database.transaction():
            self._write_meta(_DAYS, [(day.isoformat(), rev) for day, rev in days])
        return days

    def _meta(self, key: str) -> list[Row]:
        with suppress(ValueError, TypeError, RecursionError):
            found = json.loads(self._database.value("SELECT value FROM meta WHERE key = ?", (key,)) or "[]")
            return found if isinstance(found, list) else []
        return []

    def _write_meta(self, key: str, value: object) -> None:
        self._database.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, json.dumps(value)))


def _trashed(kind: str, row: Row) -> Trashed:
    deleted = datetime.fromisoformat(row[3])
    return Trashed(kind, row[0], row[1], row[2] or "", deleted if deleted.tzinfo else deleted.replace(tzinfo=UTC))
