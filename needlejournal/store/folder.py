"""The folder of a journal: its parts, the README in it, its lock, and durable renames.

Knows nothing of what is in the files.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from needlejournal.journal.errors import WorldError

SUFFIX = ".needlejournal"
DATABASE = "journal.db"
PREVIEWS = "previews.db"
PHOTOS = "photos"
INCOMING = "incoming"
QUARANTINE = "quarantine"
LOCK = "lock"
README = "README.txt"

README_TEXT = """\
This folder is a journal of the program Needle Journal. Everything in it can be opened without the program.

photos/      Your photographs, byte for byte as they were given. Each has its SHA-256 hash as its name.
journal.db   Sessions, notes, side effects and what is known of each photo: an SQLite 3 database. Open it with
             any SQLite tool, for example "DB Browser for SQLite" or: sqlite3 journal.db "SELECT * FROM session".
             The table "photo" tells day, view and original file name of each file in photos/.
previews.db  Small copies for a fast display. It may be deleted; the program makes it again.
incoming/    Photos on their way in. After a crash, what was left here is moved to quarantine/.
quarantine/  Files the program could not place. It never deletes them.
lock         Says that a window has this journal open.

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


def lay_out(folder: Path) -> None:
    """Make an empty journal folder. Raises WorldError when something is there already or cannot be written."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorldError(f"“{folder.name}” exists already and is not empty. Please choose another name or place.")
    try:
        for part in (PHOTOS, INCOMING, QUARANTINE):
            (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / README).write_text(README_TEXT, encoding="utf-8")
    except OSError as error:
        raise as_world_error(error, "The journal could not be made there") from error


def as_world_error(error: OSError, what: str) -> WorldError:
    """A sentence for an error of the file system; `what` opens it and has no full stop."""
    reasons = {
        "ENOSPC": "the disk is full. Free some space and try again.",
        "EDQUOT": "the disk is full. Free some space and try again.",
        "EACCES": "the folder's permissions do not allow it. Check them, or choose another place.",
        "EPERM": "the folder's permissions do not allow it. Check them, or choose another place.",
        "EROFS": "the disk can only be read. Choose another place.",
        "ENOENT": "the file or folder is no longer there. Check whether the disk or card is connected.",
        "ENAMETOOLONG": "its name or path is too long for this disk. Please shorten it.",
        "EIO": "the disk did not read or write as it should. Check the disk or card and try again.",
    }
    import errno

    name = errno.errorcode.get(error.errno or 0, "")
    return WorldError(f"{what}: {reasons.get(name, 'the disk reported an error. Check it and try again.')}")


def sync_file(file: IO[bytes]) -> None:
    """Make a written file durable; on macOS through the drive's own cache too."""
    file.flush()
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(file.fileno(), fcntl.F_FULLFSYNC)
    else:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make renames within a folder durable, where the system knows of that."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class FolderLock:
    """A lock held by the system for this process: a crash lets go of it."""

    def __init__(self, folder: Path) -> None:
        """Take the lock. Raises AlreadyOpen when another window has it, OSError when it cannot be written."""
        self._file = (folder / LOCK).open("a+b")
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            raise AlreadyOpen(
                "This journal is open in another window. Nothing was changed; use that window, or close it first."
            ) from error

    def release(self) -> None:
        """Let go; releasing twice is allowed."""
        self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
