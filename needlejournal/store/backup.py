"""Making a backup: the database by its own copy, every original once, each proven by reading it back.

The journal may stay open and be written to meanwhile; this takes a connection of its own and can run in a worker.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from needlejournal.journal.errors import WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import message
from needlejournal.store import folder as parts
from needlejournal.store.backup_folder import (
    COMPLETE,
    SUMS,
    UNFINISHED,
    VERSIONS,
    BackupFolder,
    Step,
    as_sums,
    make_backup_folder,
)
from needlejournal.store.checking import check_database, expected_files, is_foreign, misnamed
from needlejournal.store.copying import NotTheSame, copy_proven
from needlejournal.store.database import Database
from needlejournal.store.keys import KEYRING, RECOVERY
from needlejournal.store.originals import Cancelled, Originals, hash_file


@frozen
class BackedUp:
    """How a backup went. `damaged` are stored names of originals that are missing or not what they were."""

    folder: Path
    made: datetime
    photos: int
    copied: int
    copied_bytes: int
    damaged: tuple[str, ...] = ()
    let_go: int = 0


@frozen
class Source:
    """What is backed up: the journal's folder, the key of its database, its originals, its lasting identity."""

    folder: Path
    key: bytes | None
    originals: Originals
    uid: str


@dataclass(slots=True)
class _Work:
    """What was found out so far: hashes of stored files, what was copied, what is damaged."""

    sums: dict[str, str] = field(default_factory=dict)
    copied: int = 0
    copied_bytes: int = 0
    damaged: list[str] = field(default_factory=list)
    touched: set[Path] = field(default_factory=set)


def make_backup(
    source: Source,
    place: Path,
    now: datetime,
    step: Step = lambda _done, _of: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> BackedUp:
    """Back up to the folder `place`, or one below it when something else is there. Raises WorldError, Cancelled.

    When it fails or is stopped, the older backups are as they were, and what was copied is used the next time.
    """
    _check_place(source.folder, place)
    backups = make_backup_folder(place, source.uid, source.folder.stem)
    lock = parts.FolderLock(backups.folder)
    try:
        backups.sweep()
        return _made(source, backups, now, step, cancelled)
    except OSError as error:
        raise parts.as_world_error(error, "The backup was not finished; older ones are as they were") from error
    finally:
        lock.release()


def _check_place(journal: Path, place: Path) -> None:
    here, there = journal.resolve(), place.resolve()
    if here == there or here in there.parents:
        raise WorldError(
            message("A backup inside the journal would be lost with it. Nothing was written; choose another folder.")
        )


def _made(
    source: Source, backups: BackupFolder, now: datetime, step: Step, cancelled: Callable[[], bool]
) -> BackedUp:  # fmt: skip
    name = backups.next_name(now)
    aside = backups.folder / VERSIONS / (name + UNFINISHED)
    aside.mkdir(mode=0o700)
    try:
        expected, unnamed = _copy_database(source, aside / parts.DATABASE)
        work = _copy_photos(source, backups, expected, step, cancelled)
        work.damaged += unnamed
        files = {parts.DATABASE: hash_file(aside / parts.DATABASE)[0], **_copy_keyrings(source.folder, aside)}
        _finish(aside, as_sums(work.sums, files), len(expected))
        aside.rename(aside.with_name(name))
        parts.sync_folder(backups.folder / VERSIONS)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    gone = backups.let_go()
    return BackedUp(
        backups.folder, now, len(expected), work.copied, work.copied_bytes, tuple(work.damaged), gone
    )  # fmt: skip


def _copy_database(source: Source, target: Path) -> tuple[list[tuple[str, str]], list[str]]:
    """Copy the database and prove the copy; gives the originals it names, and photos whose names lead nowhere."""
    with closing(Database(source.folder / parts.DATABASE, read_only=True, key=source.key)) as database:
        database.copy_to(target)
    target.chmod(0o600)
    with target.open("rb+") as file:
        parts.sync_file(file)
    with closing(Database(target, read_only=True, key=source.key)) as copy:
        found = check_database(copy)
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
        return expected_files(copy), misnamed(copy)


def _copy_photos(
    source: Source,
    backups: BackupFolder,
    expected: list[tuple[str, str]],
    step: Step,
    cancelled: Callable[[], bool],
) -> _Work:
    known = {name: digest for version in reversed(backups.versions()) for name, digest in version.photos.items()}
    work = _Work()
    for number, (name, sha256) in enumerate(expected):
        if cancelled():
            raise Cancelled
        step(number, len(expected))
        _copy_photo(source, backups, name, sha256, known, work)
    for folder in work.touched:
        parts.sync_folder(folder)
    parts.sync_folder(backups.photos)
    return work


def _copy_photo(
    source: Source, backups: BackupFolder, name: str, sha256: str, known: dict[str, str], work: _Work
) -> None:  # fmt: skip
    here, there = source.originals.path(name), backups.photos / name
    size = here.stat().st_size if here.is_file() else -1
    if there.is_file() and name in known and there.stat().st_size == size:
        work.sums[name] = known[name]
        return
    if size >= 0 and source.originals.digest(name) == sha256:
        there.parent.mkdir(exist_ok=True)
        with suppress(NotTheSame):
            work.sums[name] = copy_proven(here, there)
            work.copied, work.copied_bytes = work.copied + 1, work.copied_bytes + size
            work.touched.add(there.parent)
            return
    work.damaged.append(name)
    if name in known and there.is_file():
        work.sums[name] = known[name]


def _copy_keyrings(folder: Path, aside: Path) -> dict[str, str]:
    there = [name for name in (KEYRING, RECOVERY) if (folder / name).is_file()]
    return {name: copy_proven(folder / name, aside / name) for name in there}


def _finish(aside: Path, sums: bytes, photos: int) -> None:
    """The list first, then the mark that it is whole; both durable before the folder gets its name."""
    told = {"sums": hashlib.sha256(sums).hexdigest(), "photos": photos}
    for name, contents in ((SUMS, sums), (COMPLETE, json.dumps(told).encode())):
        with (aside / name).open("xb") as file:
            file.write(contents)
            parts.sync_file(file)
    parts.sync_folder(aside)
