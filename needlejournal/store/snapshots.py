"""Copies of the database inside the journal's folder: before it is brought to a newer schema, and one of each day.

A copy's name ends with the beginning of its hash: one whose bytes are others is not good. They are under the same key
as the database. What is purged goes from them too, since they are let go then.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from needlejournal.journal.frozen import frozen
from needlejournal.store import disk
from needlejournal.store.database import Database
from needlejournal.store.folder import DATABASE, QUARANTINE, SNAPSHOTS
from needlejournal.store.seal import SEAL, digest

DAILY = "daily"
KEEP_DAILY = 7
KEEP_OTHERS = 3
_STAMP = "%Y-%m-%dT%H%M%SZ"
_NAME = re.compile(r"(?P<at>\d{4}-\d\d-\d\dT\d{6}Z)-(?P<why>[a-z0-9-]{1,30})-(?P<hash>[0-9a-f]{16})\.db")
OF_EARLY_VERSIONS = re.compile(r"journal\.db\.v\d{1,3}")


@frozen
class Snapshot:
    """One copy: its file in snapshots/, when it was made, why, and how its hash begins."""

    name: str
    made: datetime
    why: str
    hash: str


class Snapshots:
    """The copies in a journal's folder. Raises OSError where the disk refuses, DatabaseError where SQLite does."""

    def __init__(self, folder: Path) -> None:
        self._home = disk.Home(folder)

    def all(self) -> list[Snapshot]:
        """Every copy by its name, the newest first."""
        try:
            with self._home.held(SNAPSHOTS) as place:
                found = [_NAME.fullmatch(entry.name) for entry in place.entries() if entry.plain]
        except (FileNotFoundError, disk.Stranger):
            return []
        known = [Snapshot(one[0], _moment(one["at"]), one["why"], one["hash"]) for one in found if one]
        return sorted(known, key=lambda one: one.name, reverse=True)

    def good(self) -> Iterator[Snapshot]:
        """Those whose bytes are what they were, the newest first; each is read when it is asked for."""
        for one in self.all():
            with suppress(OSError), self._home.held(SNAPSHOTS) as place:
                if digest(place, one.name).startswith(one.hash):
                    yield one

    def sweep(self) -> None:
        """Remove copies that a stop left half made: what is gone for good must not stay in them. Raises OSError."""
        with suppress(FileNotFoundError, disk.Stranger), self._home.held(SNAPSHOTS) as place:
            disk.sweep_asides(place)

    def is_due(self, today: date) -> bool:
        """Whether no copy was made on this day (UTC) yet."""
        return all(one.made.date() != today for one in self.all() if one.why == DAILY)

    def take(self, database: Database, now: datetime, why: str) -> None:
        """Make a copy, durable before it gets its name, and let go of older ones of its kind."""
        aside = disk.new_aside()
        with self._home.held(SNAPSHOTS, make=True) as place:
            try:
                place.created(aside).close()
                database.copy_to(place.path / aside)
                place.sync_file(aside)
                stamp = now.astimezone(UTC).strftime(_STAMP)
                place.move(aside, place, f"{stamp}-{why}-{digest(place, aside)[:16]}.db")
                place.sync()
            finally:
                for left in (aside, f"{aside}-journal"):
                    place.unlink(left)
        self._thin_out(why == DAILY)

    def let_go(self, *, of_early_versions: bool = True) -> None:
        """Remove every copy, those of early versions beside the database too: something in them is gone for good."""
        self.sweep()
        for one in self.all():
            self._remove(one)
        if not of_early_versions:
            return
        with self._home.held() as place:
            for entry in place.entries():
                if entry.plain and OF_EARLY_VERSIONS.fullmatch(entry.name):
                    place.unlink(entry.name)
            place.sync()

    def put_in_place(self, snapshot: Snapshot) -> None:
        """Let a copy take the place of the database, which goes to quarantine/ and is kept there."""
        aside = disk.new_aside()
        with self._home.held() as place, place.inner(SNAPSHOTS) as copies:
            _copy(copies, snapshot.name, place, aside)
            with place.inner(QUARANTINE, make=True) as quarantine:
                for name in (DATABASE, f"{DATABASE}-journal"):
                    if place.state(name) is not None:
                        _copy(place, name, quarantine, f"{secrets.token_hex(4)}-{name}")
                quarantine.sync()
            for name in (SEAL, f"{DATABASE}-journal"):  # of the old one; a stop here leaves that, without them
                place.unlink(name)
            place.sync()
            place.move(aside, place, DATABASE)
            place.sync()

    def _thin_out(self, daily: bool) -> None:  # noqa: FBT001 (which of two kinds)
        kind = [one for one in self.all() if (one.why == DAILY) == daily]
        for one in kind[KEEP_DAILY if daily else KEEP_OTHERS :]:
            self._remove(one)

    def _remove(self, snapshot: Snapshot) -> None:
        with self._home.held(SNAPSHOTS) as place:
            place.unlink(snapshot.name)
            place.sync()


def _copy(here: disk.Folder, name: str, there: disk.Folder, new_name: str) -> None:
    with here.opened(name) as source, there.created(new_name) as copy:
        while piece := source.read(1 << 20):
            copy.write(piece)
        copy.sync()


def _moment(stamp: str) -> datetime:
    with suppress(ValueError):  # by hand: the first strptime of a process loads locales and patterns
        day, hour, minute, second = stamp[:10], stamp[11:13], stamp[13:15], stamp[15:17]
        return datetime.fromisoformat(f"{day}T{hour}:{minute}:{second}+00:00")
    return datetime(1970, 1, 1, tzinfo=UTC)
