"""Opening and making journals: what may be opened, how, and what is said about it.

The folder came from anywhere. Nothing is written before it is known that the database is ours and fits its version.
"""

from __future__ import annotations

import os
import secrets
from contextlib import closing, suppress
from pathlib import Path

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import Message, message
from needlejournal.store import disk, seal
from needlejournal.store import folder as parts
from needlejournal.store.computers import lock_note, said_of
from needlejournal.store.conflicts import is_copys_name, is_in_cloud, other_versions
from needlejournal.store.database import Damaged, Database, DatabaseError
from needlejournal.store.journal import Clock, Foreign, Journal, Newer, utc_now
from needlejournal.store.keys import PLAIN, Keyring, NeedsPassphrase, is_locked
from needlejournal.store.migrations import NEWEST as NEWEST_SCHEMA
from needlejournal.store.migrations import make
from needlejournal.store.remembered import LEFT_OUT
from needlejournal.store.schema import APPLICATION_ID
from needlejournal.store.seal import Sealed

APPLICATION_ID_AT = 68  # in a database's header (SQLite's file format, section 1.3)
USER_VERSION_AT = 60
HEADER = 100


class InUseElsewhere(WorldError):
    """Another computer says that it has this journal open."""


def create_journal(
    folder: Path, name: str = "", *, now: Clock = utc_now, keyring: Keyring | None = None, passphrase: str = ""
) -> Journal:
    """Make a new journal in an empty or new folder and open it; encrypted, with a keyring and a passphrase for it.

    What a stop half-way left is finished. Raises WorldError.
    """
    parts.lay_out(folder, encrypted=keyring is not None)
    if keyring:
        from needlejournal.store.keyring import save_for_passphrase, save_for_recovery

        save_for_recovery(folder, keyring)
        save_for_passphrase(folder, keyring, passphrase)
    _make_database(folder, name or folder.stem, keyring, now)
    return open_journal(folder, now=now, keyring=keyring)


def _make_database(folder: Path, name: str, keyring: Keyring | None, now: Clock) -> None:
    """It gets its name when it is whole: a stop before leaves no journal, never an empty one."""
    key = keyring.database_keys[0] if keyring else None
    facts = (("name", name), ("uid", secrets.token_hex(16)), ("created_utc", now().isoformat()))
    with closing(Database(folder / parts.UNFINISHED, key=key)) as database:
        make(database)
        with database.transaction():
            database.run_many("INSERT OR REPLACE INTO meta VALUES (?, ?)", facts)
    try:
        with disk.Folder(folder) as place:
            place.sync_file(parts.UNFINISHED)
            place.move(parts.UNFINISHED, place, parts.DATABASE)
            place.unlink(f"{parts.UNFINISHED}-journal")
            place.sync()
    except OSError as error:
        raise parts.as_world_error(error, message("The journal could not be made there")) from error


def open_journal(
    path: Path, *, now: Clock = utc_now, keyring: Keyring | None = None, even_if_in_use: bool = False
) -> Journal:
    """Open the journal at `path` (the folder, or a file in it); an encrypted one with its keys.

    Raises NeedsPassphrase when it is encrypted and there is no keyring, AlreadyOpen when another window has the
    journal, InUseElsewhere when another computer has it, Damaged when the database is broken or not ours, WorldError
    when there is none. Opens for viewing only when the folder cannot be written, a newer version made it, it is
    damaged in places, or is another copy of the database.
    """
    folder, name = parts.as_journal_folder(path), parts.DATABASE
    is_other = path.suffix == ".db" or is_copys_name(path.name)
    if is_other and path.name not in {parts.DATABASE, parts.PREVIEWS} and path.is_file():
        folder, name = path.parent, path.name
    _check_file(folder, name, keyring)
    lock, why = (None, _copy_sentence(name)) if name != parts.DATABASE else _take_lock(folder, even_if_in_use)
    opening = _Opening(folder, name, lock, now, keyring)
    try:
        return opening.opened(why)
    except BaseException:
        if lock:
            lock.release()
        raise


def is_behind(path: Path) -> bool:
    """Whether this journal is plain and of an older version, so that opening it may take long: all of it is copied and
    changed first. May be told of any path; what cannot be read is not behind.
    """
    file = path if path.is_file() and is_copys_name(path.name) else parts.as_journal_folder(path) / parts.DATABASE
    try:
        with disk.Folder(file.parent) as place, place.opened(file.name) as opened:
            header = opened.read(HEADER)
    except OSError:
        return False
    found = int.from_bytes(header[USER_VERSION_AT : USER_VERSION_AT + 4], "big")
    return header.startswith(PLAIN) and 0 < found < NEWEST_SCHEMA


class _Opening:
    """One opening of one journal, whose lock is held where it may be written."""

    def __init__(
        self, folder: Path, name: str, lock: parts.FolderLock | None, now: Clock, keyring: Keyring | None
    ) -> None:
        self._folder = folder
        self._name = name
        self._lock = lock
        self._now = now
        self._keyring = keyring

    def opened(self, why: Message | None) -> Journal:
        """The journal, for writing where nothing is against it."""
        sealed = seal.look(self._folder) if self._name == parts.DATABASE else Sealed.UNKNOWN
        try:
            journal = self._journal(why)
        except Newer:
            journal = self._journal(NEWER)
        except Foreign:
            journal = self._journal(FOREIGN)
        notices: list[Message] = []
        known = journal.encrypted or sealed is Sealed.WHOLE
        if not known or journal.remembered.get(LEFT_OUT):
            journal, notices = self._looked_through(journal, sealed)
        journal.notices = tuple(notices)
        journal.other_versions = other_versions(self._folder, self._name)
        if sealed is not Sealed.WHOLE:
            journal.orphans = journal.checkup.orphans()
        if self._lock and not journal.read_only:
            self._tidy(journal, self._lock, sealed)
        return journal

    def _journal(self, why: Message | None) -> Journal:
        return Journal(
            self._folder,
            self._lock,
            why_read_only=str(why) if why else "",
            now=self._now,
            keyring=self._keyring,
            database=self._name,
        )

    def _looked_through(self, journal: Journal, sealed: Sealed) -> tuple[Journal, list[Message]]:
        """Nobody knows that the database is what it was, or it is known not to be: look at all of it, and say what is
        wrong."""
        notices = []
        if journal.checkup.trouble():
            if not journal.read_only:
                journal.close_unsealed()
                journal = self._journal(BROKEN)
        elif sealed is Sealed.CHANGED:
            notices.append(CHANGED)
        left_out = len(journal.checkup.unreadable())
        _remember(journal, left_out)
        if left_out:
            notices.append(
                message(
                    "%n (entry|entries) cannot be read and (is|are) left as (it is|they are); everything else is here.",
                    left_out,
                )
            )
        return journal, notices

    def _tidy(self, journal: Journal, lock: parts.FolderLock, sealed: Sealed) -> None:
        """What is due at an opening; a disk that refuses is no obstacle, and it is due again the next time."""
        parts.tighten(self._folder)
        with suppress(OSError), disk.Folder(self._folder) as place:
            disk.sweep_asides(place)
            journal.snapshots.sweep()
        lock.write_note(lock_note(self._now()))
        with suppress(OSError):
            journal.originals.quarantine_leftovers()
        with suppress(OSError, WorldError):
            journal.take_daily_snapshot()
            journal.go_on_counting()
        with suppress(OSError, WorldError):
            journal.trash.sweep()
            if sealed is not Sealed.WHOLE:
                journal.trash.drop_stray_previews()
            journal.trash.purge_old()


def _remember(journal: Journal, left_out: int) -> None:
    """That entries are left out, so that the next opening says it too, however well the journal is closed."""
    if not journal.read_only and bool(left_out) != bool(journal.remembered.get(LEFT_OUT)):
        with suppress(WorldError):
            journal.remembered.put(LEFT_OUT, "yes" if left_out else "")


NEWER = message(
    "This journal was written by a newer version of Needle Journal. It is open for viewing; nothing can be changed. "
    "Update the app to write in it."
)
FOREIGN = message(
    "Something was added to this journal's database that Needle Journal did not write. It is open for viewing; nothing "
    "can be changed. A copy of what can be read is free of it."
)
BROKEN = message(
    "This journal's database is damaged in places. What can be read is open for viewing; nothing can be changed. Make "
    "a copy of what can be read, or go back to the newest good copy of the database."
)
CHANGED = message(
    "This journal's database was changed since it was last closed, not by this version of Needle Journal: by another "
    "program, a sync program, or the disk. Earlier copies of it are kept."
)
ENCRYPTED = message("This journal is encrypted. Its passphrase opens it.")
NOT_WRITABLE = message(
    "This journal's folder cannot be written to. It is open for viewing; nothing can be changed. Copy the folder to "
    "your own disk to write in it."
)


def _copy_sentence(name: str) -> Message:
    return message(
        "This is “{name}”, another copy of the journal's database. It is open for viewing; nothing can be changed.",
        name=name,
    )


def _check_file(folder: Path, name: str, keyring: Keyring | None) -> None:
    """Look at the file before SQLite does: what is not ours is never opened for writing."""
    try:
        with disk.Folder(folder) as place:
            found = place.state(name)
            header = b""
            if found is not None and disk.is_plain(found):
                with place.opened(name) as file:
                    header = file.read(HEADER)
    except (FileNotFoundError, NotADirectoryError, disk.Stranger) as error:
        raise _no_journal(folder) from error
    except OSError as error:
        raise parts.as_world_error(error, message("The journal cannot be opened")) from error
    if found is None:
        raise _missing(folder)
    if keyring is None and is_locked(folder) and name == parts.DATABASE:
        raise NeedsPassphrase(ENCRYPTED)
    if disk.is_plain(found) and not header:
        raise Damaged(
            message(
                "The database of this journal is empty: a disk or another program emptied it. The photos are as they "
                "were. Nothing was changed; make a copy of what can be read, or go back to an earlier copy."
            )
        )
    plain = header.startswith(PLAIN)
    if keyring is None and not plain and name != parts.DATABASE and is_locked(folder):
        raise NeedsPassphrase(ENCRYPTED)
    named = int.from_bytes(header[APPLICATION_ID_AT : APPLICATION_ID_AT + 4], "big")
    if disk.is_plain(found) and ((plain and named != APPLICATION_ID) or (not plain and keyring is None)):
        raise Damaged(message("This database was not made by Needle Journal, or is damaged. Nothing was changed."))


def _missing(folder: Path) -> WorldError:
    if is_in_cloud(folder):
        return WorldError(message("This journal is still in the cloud. Let your sync program download it first."))
    with suppress(OSError), disk.held(folder, parts.PHOTOS) as photos:
        if photos.entries():
            return Damaged(
                message(
                    "The database of this journal is missing. Its photos are here and were not touched. Make a copy of "
                    "what can be read, or go back to an earlier copy of the database."
                )
            )
    return _no_journal(folder)


def _no_journal(folder: Path) -> WorldError:
    return WorldError(
        message(
            "There is no journal in “{name}”. Choose a folder that ends in {ending}.",
            name=folder.name,
            ending=parts.SUFFIX,
        )
    )


def _take_lock(folder: Path, even_if_in_use: bool) -> tuple[parts.FolderLock | None, Message | None]:  # noqa: FBT001
    """The lock, or None with the sentence why the journal can only be viewed."""
    database = folder / parts.DATABASE
    if not (os.access(folder, os.W_OK) and os.access(database, os.W_OK)):
        return None, NOT_WRITABLE
    try:
        lock = parts.FolderLock(folder)
    except disk.Stranger:
        return None, message(
            "“lock” in this journal's folder is a link or no ordinary file, and was left alone. The journal is open "
            "for viewing; nothing can be changed. Remove it to write."
        )
    except OSError:
        return None, NOT_WRITABLE
    if not even_if_in_use:
        _refuse_in_use(lock)
    return lock, None


def _refuse_in_use(lock: parts.FolderLock) -> None:
    said = said_of(lambda: lock.note)
    if said:
        lock.release()
        raise InUseElsewhere(said)


__all__ = ["Damaged", "DatabaseError", "InUseElsewhere", "create_journal", "open_journal"]
