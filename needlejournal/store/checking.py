"""Verifying a journal: every original hashed again, the database checked, files without a row listed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import message
from needlejournal.store import disk
from needlejournal.store.database import Database, DatabaseError, Row
from needlejournal.store.folder import as_world_error, strangers
from needlejournal.store.migrations import NEWEST
from needlejournal.store.migrations import version as version_of
from needlejournal.store.originals import Cancelled, Originals, fits
from needlejournal.store.rows import Rows
from needlejournal.store.schema_check import Fit, fit_of


@frozen
class Verified:
    """What was found. Lists hold stored names; `database` is "ok" or what SQLite says."""

    photos: int
    bad: tuple[str, ...]
    missing: tuple[str, ...]
    orphans: tuple[str, ...]
    database: str
    unreadable: tuple[str, ...] = ()  # rows that make no sense, and what is no plain file in the folder

    @property
    def sound(self) -> bool:
        """Whether everything is as it was saved, and nothing lies there that no row knows of."""
        wrong = self.bad or self.missing or self.orphans or self.unreadable
        return not wrong and self.database == "ok"


def check_place(originals: Originals) -> None:
    """Raise WorldError where the journal's folder was moved or replaced: then nothing in it tells of this one."""
    if not originals.home.is_there:
        raise as_world_error(disk.Replaced(originals.home.path.name), message("Nothing was checked"))


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


# What SQLite says of a value that is not as its table wants it, while the pages it lies in are sound.
_OF_A_VALUE = re.compile(r"(CHECK constraint failed in|NULL value in|(non-)?[A-Z]+ value in) ")


def check_structure(database: Database) -> str:
    """The same, but for single values and references that make no sense: rows with those are copied like any other."""
    try:
        found = [str(row[0]) for row in database.rows("PRAGMA integrity_check(1000)")]
    except DatabaseError as error:
        return str(error)
    return next((one for one in found if one != "ok" and not _OF_A_VALUE.match(one)), "ok")


def adrift(database: Database) -> dict[str, bool]:
    """Rows that refer to one that is gone, each as its kind and id, and whether they mean nothing without it."""
    found: dict[str, bool] = {}
    for kind, row_id, _, reference in database.rows("PRAGMA foreign_key_check"):
        columns = {row[0]: row[3] for row in database.rows(f"PRAGMA foreign_key_list({kind})")}
        needed = {row[1] for row in database.rows(f"PRAGMA table_info({kind})") if row[3]}
        name = f"{kind} {row_id}"
        found[name] = found.get(name, False) or columns[reference] in needed
    return found


def is_foreign(database: Database) -> bool:
    """Whether a sound database holds what its version never makes; of a newer version nobody here can know."""
    made_by = version_of(database)
    return made_by <= NEWEST and fit_of(database, made_by) is not Fit.OURS


def expected_files(database: Database) -> list[tuple[str, str]]:
    """Stored name and hash of every photo whose name may be that of an original, the trash included."""
    rows = _photos(database, "stored_name")
    return [(name, sha256) for _, name, sha256 in rows if fits(name, sha256)]


def _photos(database: Database, order: str) -> list[Row]:
    try:
        return database.rows(f"SELECT id, stored_name, sha256 FROM photo ORDER BY {order}")  # noqa: S608
    except DatabaseError:
        return []  # `check_database` says so


def misnamed(database: Database) -> list[str]:
    """Photos whose files are called as no original is: a name in a database is not trusted, and never followed."""
    rows = _photos(database, "id")
    return [f"photo {row_id}" for row_id, name, sha256 in rows if not fits(name, sha256)]


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


class Checkup:
    """Looks through a whole journal. Kinds are the kinds of rows by name."""

    def __init__(
        self, folder: Path, database: Database, originals: Originals, kinds: Mapping[str, Rows[Any]]
    ) -> None:  # fmt: skip
        self._folder = folder
        self._database = database
        self._originals = originals
        self._kinds = kinds

    def verify(self, step: Callable[[int, int], None], cancelled: Callable[[], bool]) -> Verified:
        """Everything: originals by their hashes, the database, rows that make no sense, files that nobody knows.

        Raises WorldError, where the folder is not there any more.
        """
        check_place(self._originals)
        expected = expected_files(self._database)
        wrong = list(check_files(self._originals, expected, step, cancelled))
        return Verified(
            photos=len(expected),
            bad=tuple(name for what, name in wrong if what == "bad"),
            missing=tuple(name for what, name in wrong if what == "missing"),
            orphans=self.orphans(),
            database=self._database_state(),
            unreadable=(*self.unreadable(), *misnamed(self._database), *self._adrift(lost=False), *self.strangers()),
        )

    def _adrift(self, *, lost: bool) -> list[str]:
        try:
            return [name for name, meaningless in adrift(self._database).items() if meaningless is lost]
        except DatabaseError:
            return []  # `check_database` says so

    def _database_state(self) -> str:
        found = check_database(self._database)
        return "it holds things Needle Journal did not make" if found == "ok" and is_foreign(self._database) else found

    def trouble(self) -> str:
        """What is wrong with the database's pages, or "": a single senseless value keeps nobody from writing."""
        found = check_structure(self._database)
        return "" if found == "ok" else found

    def unreadable(self) -> tuple[str, ...]:
        """Rows that make no sense, each as its kind and id (a kind alone: damaged pages). Left out and kept."""
        found: list[str] = []
        for kind, rows in self._kinds.items():
            try:
                found += [f"{kind} {row_id}" for row_id in rows.unreadable()]
                found += rows.unreadable_parts()
            except DatabaseError:
                found.append(kind)
        return tuple(dict.fromkeys((*found, *self._adrift(lost=True))))

    def orphans(self) -> tuple[str, ...]:
        """Files of photos/ that no row names: an import was stopped between, or the database is an older one."""
        known = {name for name, _ in expected_files(self._database)}
        return tuple(sorted({*self._originals.names(), *self._originals.strays()} - known))

    def set_doubles_aside(self) -> int:
        """Move files that no row names, and whose contents are a photo's that lies whole at its own place, into
        quarantine/. Returns how many. Raises OSError."""
        own, doubles = {sha256: name for name, sha256 in expected_files(self._database)}, 0
        for name in self.orphans():
            digest = self._originals.digest(name)
            if digest in own and self._originals.digest(own[digest]) == digest:
                self._originals.set_aside(name)
                doubles += 1
        return doubles

    def strangers(self) -> tuple[str, ...]:
        """What lies in the folder and is no plain file or folder of its own: never followed, and left alone."""
        return (*strangers(self._folder), *self._originals.strangers())
