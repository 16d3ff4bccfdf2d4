"""The folder of a journal: its parts, the README in it, its lock, and sentences for what a disk says.

Knows nothing of what is in the files.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import Message, message
from needlejournal.store import disk

SUFFIX = ".needlejournal"
DATABASE = "journal.db"
PREVIEWS = "previews.db"
PHOTOS = "photos"
INCOMING = "incoming"
QUARANTINE = "quarantine"
SNAPSHOTS = "snapshots"
FOLDERS = frozenset({PHOTOS, INCOMING, QUARANTINE, SNAPSHOTS})
LOCK = "lock"
README = "README.txt"
UNFINISHED = "journal.db.new"  # a database that is being made and gets its name when it is whole
LONGEST_NOTE = 4096
# What is there before the database is; a folder with nothing else holds no journal yet.
MADE_FIRST = frozenset({README, UNFINISHED, f"{UNFINISHED}-journal", LOCK, "keyring.age", "keyring-recovery.age"})

README_TEXT = """\
This folder is a journal of the program Needle Journal. Everything in it can be opened without the program.

photos/      Your photographs, byte for byte as they were given. Each has its SHA-256 hash as its name.
journal.db   Sessions, notes, side effects and what is known of each photo: an SQLite 3 database. Open it with
             any SQLite tool, for example "DB Browser for SQLite" or: sqlite3 journal.db "SELECT * FROM session".
             The table "photo" tells day, view and original file name of each file in photos/.
previews.db  Small copies for a fast display. It may be deleted; the program makes it again.
incoming/    Photos on their way in. After a crash, what was left here is moved to quarantine/.
quarantine/  Files the program could not place. It never deletes them.
lock         Says that a window has this journal open, and on which computer.

To copy or back up the journal, copy the whole folder while the program is closed.
"""

README_ENCRYPTED = """\
This folder is an encrypted journal of the program Needle Journal. With its passphrase, or the recovery key from its
sheet, everything in it can be opened without the program. Without both of them nobody can open it.

keyring.age           The keys. "age -d keyring.age" asks for the passphrase and shows them.
keyring-recovery.age  The same keys for the recovery key: age -d -i sheet.txt keyring-recovery.age
journal.db            Sessions, notes, side effects and what is known of each photo: an SQLCipher 4 database. The
                      keys tell its key: sqlcipher journal.db, then PRAGMA key="x'...'"; the table "photo" tells
                      day, view and original file name of each file in photos/.
photos/               Your photographs: age -d -i keyring.age photos/ab/....age > photo.jpg
previews.db           Small copies for a fast display, under the same key. It may be deleted.
incoming/, quarantine/, lock   The program's own.

To copy or back up the journal, copy the whole folder while the program is closed.
"""


def readme(*, encrypted: bool) -> str:
    """What stands in a journal's README.txt."""
    return README_ENCRYPTED if encrypted else README_TEXT


class AlreadyOpen(WorldError):
    """Another window has this journal open."""


def as_journal_folder(path: Path) -> Path:
    """The folder meant by `path`, which may be the folder itself or a file in it."""
    return path.parent if path.name in {DATABASE, README, LOCK} else path


def lay_out(folder: Path, *, encrypted: bool = False) -> None:
    """Make an empty journal folder, for its owner only. Raises WorldError when something is there already, or it cannot
    be written. What a stop half-way left of our own is finished."""
    refuse_inside_another(folder)
    if not _is_free(folder):
        raise WorldError(
            message("“{name}” exists already and is not empty. Please choose another name or place.", name=folder.name)
        )
    try:
        disk.make_folder(folder)
        with disk.Folder(folder) as place:
            place.tighten()
            for part in (PHOTOS, INCOMING, QUARANTINE):
                place.inner(part, make=True).close()
            disk.sweep_asides(place)
            for left in (README, UNFINISHED, f"{UNFINISHED}-journal"):
                place.unlink(left)
            with place.created(README) as file:
                file.write(readme(encrypted=encrypted).encode())
                file.sync()
            place.sync()
    except OSError as error:
        raise as_world_error(error, message("The journal could not be made there")) from error


def _is_free(folder: Path) -> bool:
    """Whether a journal may be made here: nothing is there, or only the empty parts of one that was never finished."""
    try:
        with disk.Folder(folder) as place:
            for entry in place.entries():
                if entry.name in {PHOTOS, INCOMING, QUARANTINE}:
                    with place.inner(entry.name) as part:
                        if part.entries():
                            return False
                elif entry.name not in MADE_FIRST and not disk.is_aside(entry.name):
                    return False
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def strangers(folder: Path) -> tuple[str, ...]:
    """What lies in a journal's folder, above photos/, and is no plain file or folder of its own."""
    found = []
    with suppress(OSError), disk.Folder(folder) as place:
        for entry in place.entries():
            if entry.name in FOLDERS and entry.folder and entry.name != PHOTOS:
                with place.inner(entry.name) as part:
                    found += [f"{entry.name}/{one.name}" for one in part.entries() if not one.plain]
            elif (not entry.plain and not entry.folder) or (entry.name in FOLDERS) != entry.folder:
                found.append(entry.name)
    return tuple(found)


def tighten(folder: Path) -> None:
    """Let only the owner into a journal's folder, whatever the rights were; the folder itself last, as a sign that all
    of it is done."""
    with suppress(OSError), disk.Folder(folder) as place:
        if place.is_tight():
            return
        _tighten_within(place)
        place.tighten()


def _tighten_within(place: disk.Folder) -> None:
    for entry in place.entries():
        with suppress(OSError):
            if entry.plain:
                place.tighten(entry.name)
            elif entry.folder:
                with place.inner(entry.name) as inner:
                    _tighten_within(inner)
                    inner.tighten()


_REASONS = {
    errno.ENOSPC: message("{what}: the disk is full. Free some space and try again."),
    errno.EDQUOT: message("{what}: the disk is full. Free some space and try again."),
    errno.EACCES: message("{what}: the folder's permissions do not allow it. Check them, or choose another place."),
    errno.EPERM: message("{what}: the folder's permissions do not allow it. Check them, or choose another place."),
    errno.EROFS: message("{what}: the disk can only be read. Choose another place."),
    errno.EFBIG: message("{what}: the disk takes no file as large as this. Choose another place."),
    errno.ENOENT: message(
        "{what}: the file or folder is no longer there. Check whether the disk or card is connected."
    ),
    errno.ESTALE: message(
        "{what}: the journal's folder is not where it was. It was moved or replaced, or its disk was taken away. Close "
        "the journal and open it where it is."
    ),
    errno.ENAMETOOLONG: message("{what}: its name or path is too long for this disk. Please shorten it."),
    errno.EIO: message("{what}: the disk did not read or write as it should. Check the disk or card and try again."),
    errno.EISDIR: message("{what}: there is a folder of that name. Choose another name."),
    errno.ENOTDIR: message("{what}: part of its path is a file, not a folder. Choose another place."),
    errno.ELOOP: message(
        "{what}: there is a link or something else that is no ordinary file in its place. It was left alone."
    ),
}
_OTHER_REASON = message("{what}: the disk reported an error. Check it and try again.")


def as_world_error(error: OSError, what: Message) -> WorldError:
    """A sentence for an error of the file system; `what` opens it and has no full stop."""
    return WorldError(_REASONS.get(error.errno or 0, _OTHER_REASON).filled(what=what))


def holds_journal(folder: Path) -> bool:
    """Whether a folder is one that keeps a journal."""
    return os.path.isfile(folder / DATABASE) and os.path.isdir(folder / PHOTOS)  # noqa: PTH112, PTH113 (no right to look is no error)


def refuse_within_journal(path: Path) -> None:
    """Raise WorldError for a place within a journal's folder: an export there would take a part of the journal's
    place, or lie unprotected inside an encrypted one."""
    real = path.resolve()
    _refuse_in((real, *real.parents), path)


def refuse_inside_another(folder: Path) -> None:
    """Raise WorldError for a new journal's folder that would lie within another journal."""
    _refuse_in(folder.resolve().parents, folder)


def _refuse_in(folders: Iterable[Path], path: Path) -> None:
    for folder in folders:
        if folder.name.endswith(SUFFIX) or holds_journal(folder):
            raise WorldError(
                message(
                    "“{name}” was not written: it would lie within the folder of the journal “{journal}”, which is "
                    "left to the journal alone. Choose a place outside of it.",
                    name=path.name, journal=folder.name,
                )
            )  # fmt: skip


class FolderLock:
    """A lock held by the system for this process: a crash lets go of it. A note in it tells other computers."""

    def __init__(self, folder: Path) -> None:
        """Take the lock. Raises AlreadyOpen when another window has it, OSError when it cannot be written."""
        with disk.Folder(folder) as place:
            self._file = place.own_file(LOCK)
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            raise AlreadyOpen(
                message(
                    "This journal is open in another window. Nothing was changed; use that window, or close it first."
                )
            ) from error

    @property
    def note(self) -> bytes:
        """What the last holder left in it."""
        self._file.seek(0)
        return self._file.read(LONGEST_NOTE)

    def write_note(self, note: bytes) -> None:
        """Leave a note, in place of the one there; what cannot be written is no obstacle."""
        with suppress(OSError):
            self._file.seek(0)
            self._file.write(note)
            self._file.truncate()
            self._file.flush()

    def release(self) -> None:
        """Let go; releasing twice is allowed."""
        self._file.close()


def is_open(folder: Path) -> bool:
    """Whether a window has this journal open now."""
    try:
        FolderLock(folder).release()
    except AlreadyOpen:
        return True
    except OSError:
        return False
    return False


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(1 << 30)  # beyond the note, which others may read
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
