"""Reading what is still readable of a damaged database, row by row, into a new one; and the originals beside it.

The damaged folder is only read. Knows nothing of what the tables mean.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import apsw

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message
from needlejournal.store import disk
from needlejournal.store import folder as parts
from needlejournal.store.database import CutOff, Database, DatabaseError, Row
from needlejournal.store.durable import replace_whole
from needlejournal.store.journal import DAYS_WRITTEN
from needlejournal.store.keys import KEYRING, RECOVERY, Keyring, fitting_key
from needlejournal.store.migrations import make
from needlejournal.store.originals import Originals, fits

# Parents come before what refers to them. Undo steps, drafts and previews are not worth the risk.
TABLES = (
    "meta", "course", "session", "needle", "product", "photo", "day_note", "side_effect", "rating", "blind_answer",
    "aftercare_tick", "dismissal", "reminder", "alignment", "spot", "spot_place", "pair_override",
    "question",
)  # fmt: skip
LONGEST_LEAP = 1 << 40
UNREADABLE = (DatabaseError, apsw.Error, UnicodeDecodeError)
_HIGHEST = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Held:
    """How much the damaged database held, without the trash; None where even that cannot be read any more."""

    sessions: int | None = None
    photos: int | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Rescued:
    """What came into the copy: rows of the database, originals, and originals whose bytes are not what they were.

    `held` is how much there was.
    """

    rows: int
    originals: int
    damaged_originals: int
    held: Held = Held()


def rescue(damaged: Path, target: Path, keyring: Keyring | None = None) -> Rescued:
    """Copy what can be read of the journal folder `damaged` into the new folder `target`, which opens as a journal.

    An encrypted one takes its keys, and the copy opens with the same. Raises WorldError when the copy cannot be
    written, AlreadyOpen when another window has the journal.
    """
    lock = _lock_of(damaged)
    key = fitting_key(damaged / parts.DATABASE, keyring)
    try:
        parts.lay_out(target, encrypted=keyring is not None)
        _copy_keyrings(damaged, target)
        rows, held = _rescue_rows(damaged / parts.DATABASE, target / parts.DATABASE, key)
        with disk.Folder(target) as place:
            disk.sweep_asides(place)
        whole, broken = _copy_originals(Originals(damaged, keyring.identities if keyring else ()), target)
        return Rescued(rows, whole, broken, held)
    finally:
        if lock:
            lock.release()


def unknown_originals(folder: Path, key: bytes | None = None) -> tuple[Path, ...]:
    """Originals in `folder` that no row of its database names: photos whose date and view were lost."""
    with closing(Database(folder / parts.DATABASE, read_only=True, key=key)) as database:
        known = {row[0] for row in database.rows("SELECT stored_name FROM photo")}
    originals = Originals(folder)
    return tuple(originals.path(name) for name in sorted(originals.names() - known))


def _lock_of(folder: Path) -> parts.FolderLock | None:
    with suppress(OSError):
        return parts.FolderLock(folder)
    return None


def _rescue_rows(source: Path, target: Path, key: bytes | None) -> tuple[int, Held]:
    with closing(Database(target, key=key)) as new:
        make(new)
        try:
            old = _open_old(source, target, key)
        except DatabaseError:
            return 0, Held()
        with closing(old), new.transaction():
            new.run("PRAGMA defer_foreign_keys=on")
            for table in TABLES:
                _copy_table(old, new, table)
            _let_go_of_lost(new)
            held = _count(old)
        rows = sum(int(new.value(f"SELECT count(*) FROM {table}")) for table in TABLES if table != "meta")  # noqa: S608
        return rows, held


def _open_old(source: Path, target: Path, key: bytes | None) -> Database:
    """The damaged database; where its last change was cut off, a copy beside `target` in which that is taken back."""
    try:
        return Database(source, read_only=True, key=key)
    except CutOff:
        aside = disk.new_aside()
        try:
            with disk.Folder(source.parent) as here, disk.Folder(target.parent) as there:
                for ending in ("", "-journal"):
                    with here.opened(source.name + ending) as file, there.created(aside + ending) as copy:
                        while piece := file.read(1 << 20):
                            copy.write(piece)
        except OSError as error:
            raise parts.as_world_error(error, message("The copy could not be finished")) from error
        return Database(target.with_name(aside), key=key)


def _count(old: Database) -> Held:
    def counted(query: str) -> int | None:
        try:
            return int(old.value(query))
        except UNREADABLE:
            return None

    alive = "SELECT count(*) FROM {} WHERE deleted_utc IS NULL"
    return Held(counted(alive.format("session")), counted(alive.format("photo")), counted(DAYS_WRITTEN))


def _copy_table(old: Database, new: Database, table: str) -> None:
    columns = _shared_columns(old, new, table)
    if not columns:
        return
    how = "REPLACE" if table == "meta" else "IGNORE"
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT OR {how} INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 (our own names)
    for row in _readable(old, table, columns):
        with suppress(apsw.ConstraintError):  # a row that breaks the rules of its table is damaged itself
            new.run(statement, row)


def _shared_columns(old: Database, new: Database, table: str) -> Sequence[str]:
    try:
        there = {row[1] for row in old.rows(f"PRAGMA table_info({table})")}
    except UNREADABLE:
        return ()
    return [row[1] for row in new.rows(f"PRAGMA table_info({table})") if row[1] in there]


def _readable(old: Database, table: str, columns: Sequence[str]) -> Iterator[Row]:
    """Rows one by one; where one cannot be read, from the other end too, so that little around it is passed over."""
    select = f"SELECT rowid, {', '.join(columns)} FROM {table} WHERE rowid"  # noqa: S608 (our own names)
    if not (yield from _onward(old, f"{select} > ? ORDER BY rowid LIMIT 1", 0, 1)):
        yield from _onward(old, f"{select} < ? ORDER BY rowid DESC LIMIT 1", _HIGHEST, -1)


def _onward(old: Database, select: str, start: int, step: int) -> Generator[Row, None, bool]:
    """Rows from one end; past a damaged place ever longer leaps look for the next. Gives whether all was readable."""
    last, leap, sound = start, 1, True
    while leap < LONGEST_LEAP:
        try:
            row = old.row(select, (last,))
        except UNREADABLE:
            last, leap, sound = max(0, min(_HIGHEST, last + step * leap)), leap * 2, False
            continue
        if row is None:
            break
        last, leap = row[0], 1
        yield row[1:]
    return sound


def _let_go_of_lost(new: Database) -> None:
    """Where a row refers to a lost one, the reference is emptied if it may be; else the row goes too."""
    for table, row_id, _parent, number in new.rows("PRAGMA foreign_key_check"):
        key = next(row for row in new.rows(f"PRAGMA foreign_key_list({table})") if row[0] == number)
        if key[6] == "SET NULL":
            new.run(f"UPDATE {table} SET {key[3]} = NULL WHERE rowid = ?", (row_id,))  # noqa: S608 (our own names)
        else:
            new.run(f"DELETE FROM {table} WHERE rowid = ?", (row_id,))  # noqa: S608


def _copy_keyrings(damaged: Path, target: Path) -> None:
    with disk.Folder(damaged) as here:
        for name in (KEYRING, RECOVERY):
            if here.state(name) is not None:
                with here.opened(name) as file:
                    _write(target, (), name, file.read())


def _copy_originals(here: Originals, target: Path) -> tuple[int, int]:
    """Copy every original that can still be opened, and is what its name says where that is its hash.

    The others go to quarantine/ as they lie there. Gives both counts.
    """
    whole = broken = 0
    for stored_name in sorted(here.names()):
        digest = here.digest(stored_name)
        sound = digest is not None and fits(stored_name, digest)
        folder, name = stored_name.split("/")
        try:
            with here.opened(stored_name) as file:
                contents = file.read()
        except OSError:
            broken += 1
            continue
        _write(target, (parts.PHOTOS, folder) if sound else (parts.QUARANTINE,), name, contents)
        whole, broken = whole + sound, broken + (not sound)
    return whole, broken


def _write(target: Path, folders: tuple[str, ...], name: str, contents: bytes) -> None:
    try:
        with disk.held(target, *folders, make=True) as place:
            replace_whole(place, name, contents)
    except OSError as error:
        raise parts.as_world_error(error, message("The copy could not be finished")) from error


def free_folder(damaged: Path, otherwise: Path) -> Path:
    """A folder name for the copy that is not taken: beside the journal, or in `otherwise` where that is not allowed."""
    parent = damaged.parent if os.access(damaged.parent, os.W_OK) else otherwise
    for number in range(1, 1000):
        folder = parent / f"{damaged.stem} (copy{f' {number}' if number > 1 else ''}){parts.SUFFIX}"
        if not folder.exists():
            return folder
    raise WorldError(message("There are too many copies of this journal beside it. Remove some and try again."))
