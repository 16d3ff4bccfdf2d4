"""Making a backup: the database by its own copy, every original once, each proven by reading it back.

The journal may stay open and be written to meanwhile; this takes a connection of its own and can run in a worker.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from needlejournal.journal.errors import WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import message
from needlejournal.store import disk
from needlejournal.store import folder as parts
from needlejournal.store.backup_folder import (
    COMPLETE,
    SUMS,
    UNFINISHED,
    VERSIONS,
    BackupFolder,
    Step,
    as_sums,
    made_backup_folder,
    sizes_below,
)
from needlejournal.store.checking import check_database, check_structure, expected_files, is_foreign, misnamed
from needlejournal.store.copying import NotTheSame, copy_proven, digest_on_disk
from needlejournal.store.database import Database
from needlejournal.store.durable import add
from needlejournal.store.keys import KEYRING, RECOVERY
from needlejournal.store.originals import Cancelled, Originals

# Every copy is read again once in so many backups: what a disk lost is copied anew while the original is there.
READ_AGAIN = 32


@frozen
class BackedUp:
    """How a backup went. `damaged` are stored names of originals that are missing or not what they were; `senseless`:
    some rows hold what makes no sense, and are in the backup as they are in the journal."""

    folder: Path
    made: datetime
    photos: int
    copied: int
    copied_bytes: int
    damaged: tuple[str, ...] = ()
    let_go: int = 0
    senseless: bool = False


@frozen
class BackupSource:
    """What is backed up: the journal's folder, the key of its database, its originals, its lasting identity."""

    folder: Path
    key: bytes | None
    originals: Originals
    uid: str


@frozen
class _Copied:
    """A copied database: the originals it names, photos whose names lead nowhere, whether rows make no sense."""

    expected: list[tuple[str, str]]
    unnamed: list[str]
    senseless: bool


@dataclass(slots=True)
class _Work:
    """What was found out so far: hashes of stored files, what was copied, what is damaged."""

    sums: dict[str, str] = field(default_factory=dict)
    copied: int = 0
    copied_bytes: int = 0
    damaged: list[str] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    sizes: Mapping[str, int] = field(default_factory=dict)  # of originals, by their stored names
    copies: Mapping[str, int] = field(default_factory=dict)  # of what the backup has of them
    known: dict[str, str] = field(default_factory=dict)  # stored files that older versions have, with their hashes
    turn: int = 0  # which copies are read again this time

    def is_turn_of(self, digest: str) -> bool:
        """Whether a copy is to be read again this time."""
        return int(digest[:8], 16) % READ_AGAIN == self.turn % READ_AGAIN


def make_backup(
    source: BackupSource,
    place: Path,
    now: datetime,
    step: Step = lambda _done, _of: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> BackedUp:
    """Back up to the folder `place`, or one below it when something else is there. Raises WorldError, Cancelled.

    When it fails or is stopped, the older backups are as they were, and what was copied is used the next time.
    """
    _check_place(source.folder, place)
    with made_backup_folder(place, source.uid, source.folder.stem) as backups:
        try:
            return _in_turn(source, backups, now, step, cancelled)
        except OSError as error:
            raise parts.as_world_error(
                error, message("The backup was not finished; older ones are as they were")
            ) from error


def _in_turn(
    source: BackupSource, backups: BackupFolder, now: datetime, step: Step, cancelled: Callable[[], bool]
) -> BackedUp:  # fmt: skip
    lock = parts.FolderLock(backups.folder)
    try:
        backups.sweep()
        return _made(source, backups, now, step, cancelled)
    finally:
        lock.release()


def _check_place(journal: Path, place: Path) -> None:
    here, there = journal.resolve(), place.resolve()
    if here == there or here in there.parents:
        raise WorldError(
            message("A backup inside the journal would be lost with it. Nothing was written; choose another folder.")
        )


def _made(
    source: BackupSource, backups: BackupFolder, now: datetime, step: Step, cancelled: Callable[[], bool]
) -> BackedUp:  # fmt: skip
    name = backups.next_name(now)
    aside = name + UNFINISHED
    with backups.held(VERSIONS) as versions:
        try:
            with versions.inner(aside, make=True) as version:
                database = _copy_database(source, version)
                work = _copy_photos(source, backups, database.expected, step, cancelled)
                work.damaged += database.unnamed
                files = {parts.DATABASE: digest_on_disk(version, parts.DATABASE)}
                files |= _copy_keyrings(source.folder, version)
                _finish(version, as_sums(work.sums, files), len(database.expected))
            versions.move(aside, versions, name)
            versions.sync()
        except BaseException:
            with suppress(OSError):
                versions.remove_all(aside)
            raise
    gone = backups.let_go()
    return BackedUp(
        backups.folder, now, len(database.expected), work.copied, work.copied_bytes, tuple(work.damaged), gone,
        database.senseless,
    )  # fmt: skip


def _copy_database(source: BackupSource, version: disk.Folder) -> _Copied:
    """Copy the database and prove the copy."""
    target = version.path / parts.DATABASE
    version.created(parts.DATABASE).close()
    with closing(Database(source.folder / parts.DATABASE, read_only=True, key=source.key)) as database:
        uid = database.value("SELECT value FROM meta WHERE key = 'uid'") or ""
        if uid != source.uid or not source.originals.home.is_there:
            raise disk.Replaced(source.folder.name)
        database.copy_to(target)
    version.sync_file(parts.DATABASE)
    # Opened for writing, though nothing is written: SQLite leaves the checks of values out where it may only read.
    with closing(Database(target, key=source.key, durable=False)) as copy:
        found = check_structure(copy)
        if found != "ok":
            raise WorldError(
                message(
                    "No backup was made, because the journal's database is damaged ({what}). Older backups are as they "
                    "were; run the check in the settings.",
                    what=found,
                )
            )
        if is_foreign(copy):
            raise WorldError(
                message(
                    "No backup was made, because the journal's database holds things no version of Needle Journal "
                    "makes, such as foreign triggers. Older backups are as they were; make a copy of what can be read."
                )
            )
        return _Copied(expected_files(copy), misnamed(copy), check_database(copy) != "ok")


def _copy_photos(
    source: BackupSource,
    backups: BackupFolder,
    expected: list[tuple[str, str]],
    step: Step,
    cancelled: Callable[[], bool],
) -> _Work:
    versions = backups.versions()
    known = {name: digest for version in reversed(versions) for name, digest in version.photos.items()}
    turn = versions[0].number if versions else 0
    work = _Work(sizes=_sizes_of_originals(source), copies=backups.copies(), known=known, turn=turn)
    with backups.held(parts.PHOTOS) as photos:
        for number, (name, sha256) in enumerate(expected):
            if cancelled():
                raise Cancelled
            step(number, len(expected))
            _copy_photo(source, photos, name, sha256, work)
        for folder in work.touched:
            with photos.inner(folder) as place:
                place.sync()
        photos.sync()
    return work


def _sizes_of_originals(source: BackupSource) -> Mapping[str, int]:
    with suppress(FileNotFoundError), disk.held(source.folder, parts.PHOTOS) as originals:
        return sizes_below(originals)
    return {}


def _copy_photo(source: BackupSource, photos: disk.Folder, name: str, sha256: str, work: _Work) -> None:
    folder, _, file = name.partition("/")
    size, copy = work.sizes.get(name), work.copies.get(name)
    if copy is not None and copy == size and _is_good(photos, name, work):
        work.sums[name] = work.known[name]
        return
    with photos.inner(folder, make=True) as there:
        if size is not None and source.originals.digest(name) == sha256:
            with suppress(NotTheSame), disk.held(source.folder, parts.PHOTOS, folder) as here:
                work.touched.add(folder)
                left = _left_copy(here, there, file) if copy == size else ""
                work.sums[name] = left or copy_proven(here, file, there)
                if not left:
                    work.copied, work.copied_bytes = work.copied + 1, work.copied_bytes + size
                return
    work.damaged.append(name)
    if copy is not None and name in work.known:
        work.sums[name] = work.known[name]


def _left_copy(here: disk.Folder, there: disk.Folder, file: str) -> str:
    """The SHA-256 of a copy that was left by a backup that was stopped, when it is the same as the file; else ""."""
    with suppress(NotTheSame, OSError):
        found = digest_on_disk(there, file)
        return found if found == digest_on_disk(here, file) else ""
    return ""


def _is_good(photos: disk.Folder, name: str, work: _Work) -> bool:
    """Whether a copy of the same size is trusted; when it is its turn, only after it was read."""
    known, (folder, _, file) = work.known.get(name), name.partition("/")
    if known is None or not work.is_turn_of(known):
        return known is not None
    with suppress(NotTheSame, OSError), photos.inner(folder) as there:
        return digest_on_disk(there, file) == known
    return False


def _copy_keyrings(folder: Path, version: disk.Folder) -> dict[str, str]:
    with disk.Folder(folder) as here:
        there = [name for name in (KEYRING, RECOVERY) if here.state(name) is not None]
        return {name: copy_proven(here, name, version) for name in there}


def _finish(version: disk.Folder, sums: bytes, photos: int) -> None:
    """The list first, then the mark that it is whole; both durable before the folder gets its name."""
    mark = {"sums": hashlib.sha256(sums).hexdigest(), "photos": photos}
    add(version, SUMS, sums)
    add(version, COMPLETE, json.dumps(mark).encode())
    version.sync()
