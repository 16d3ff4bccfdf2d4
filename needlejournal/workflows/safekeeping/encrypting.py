"""A passphrase for a journal: giving it one, opening with it, changing it, new keys, and taking it away again.

Each of these works on a journal that is open nowhere, and goes on where it was interrupted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message
from needlejournal.store import Journal, keyring, open_journal
from needlejournal.store.age_keys import Identity
from needlejournal.store.converting import Conversion, convert, unfinished
from needlejournal.store.database import Database
from needlejournal.store.folder import DATABASE, FolderLock, as_journal_folder
from needlejournal.store.keys import Keyring, fitting_key, is_locked, make_keyring
from needlejournal.store.migrations import version
from needlejournal.workflows.progress import Control, Progress, Unattended


def encrypt(
    path: Path,
    passphrase: str,
    keys: tuple[Keyring, Identity] | None = None,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> Identity:
    """Give a plain journal a passphrase; gives the recovery key, which is kept nowhere.

    `keys` when they were made and shown to the person before. On a journal whose encryption was interrupted it goes
    on, with a new recovery key: nobody may have seen the first. Raises WorldError, WrongPassphrase, Cancelled.
    """
    folder = as_journal_folder(path)
    checked = keyring.checked_passphrase(passphrase)
    with _alone(folder):
        if is_locked(folder):
            held = keyring.unlock(folder, checked)
            if _mark_of(folder, held) != "seal":
                raise WorldError(message("This journal has a passphrase already. Nothing was changed."))
            held, recovery = _with_new_recovery(folder, held, checked)
            _finish(folder, checked, held, control)
            return recovery
        made, recovery = keys or make_keyring()
        keyring.save_for_recovery(folder, made)
        keyring.save_for_passphrase(folder, made, checked)
        _convert(Conversion(folder, made), control)
        return recovery


def decrypt(
    path: Path,
    passphrase: str,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> None:
    """Make a journal plain again, whether it was encrypted to the end or not. Raises WorldError, Cancelled."""
    folder = as_journal_folder(path)
    with _alone(folder):
        if not is_locked(folder):
            raise WorldError(message("This journal has no passphrase. Nothing was changed."))
        _convert(Conversion(folder, keyring.unlock(folder, passphrase), plain=True), control)


def change_passphrase(path: Path, passphrase: str, new: str, *, recovery_key: str = "") -> None:
    """Another passphrase for the same keys; the old one, or the recovery key, proves who asks.

    May be done while the journal is open. Copies and backups from before still open with the old one.
    """
    folder = as_journal_folder(path)
    checked = keyring.checked_passphrase(new)
    keys = keyring.unlock_with_recovery(folder, recovery_key) if recovery_key else keyring.unlock(folder, passphrase)
    keyring.save_for_passphrase(folder, keys, checked)


def new_recovery_key(path: Path, passphrase: str) -> Identity:
    """Another recovery key; the old sheet opens nothing from now on, but for copies and backups from before."""
    folder = as_journal_folder(path)
    return _with_new_recovery(folder, keyring.unlock(folder, passphrase), passphrase)[1]


def _with_new_recovery(folder: Path, keys: Keyring, passphrase: str) -> tuple[Keyring, Identity]:
    recovery = Identity.made()
    keys = replace(keys, recovery=recovery.recipient)
    keyring.save_for_passphrase(folder, keys, passphrase)
    keyring.save_for_recovery(folder, keys)
    return keys, recovery


def change_keys(
    path: Path,
    passphrase: str,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> None:
    """Write everything anew under new keys; passphrase and recovery key stay. Raises WorldError, Cancelled."""
    folder = as_journal_folder(path)
    with _alone(folder):
        keys = keyring.unlock(folder, passphrase)
        if not keys.changing:
            keys = keys.renewed()
            keyring.save_for_recovery(folder, keys)
            keyring.save_for_passphrase(folder, keys, passphrase)
        _finish(folder, passphrase, keys, control)


def open_unlocked(
    path: Path,
    passphrase: str,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
    *,
    even_if_in_use: bool = False,
) -> Journal:
    """Open an encrypted journal, and first finish what was interrupted. Raises WorldError, WrongPassphrase.

    InUseElsewhere when another computer has it, unless it is to be opened `even_if_in_use`.
    """
    folder = as_journal_folder(path)
    keys = keyring.unlock(folder, passphrase)
    finish_interrupted(folder, passphrase, keys, control)
    return open_journal(folder, keyring=keys, even_if_in_use=even_if_in_use)


def finish_interrupted(
    folder: Path,
    passphrase: str,
    keys: Keyring,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> bool:
    """Go on with an interrupted conversion, where there is one. Gives whether there was."""
    if not (keys.changing or _mark_of(folder, keys)):
        return False
    with _alone(folder):
        _finish(folder, passphrase, keys, control)
    return True


def _finish(folder: Path, passphrase: str, keys: Keyring, control: Control) -> None:
    """Go on with what was interrupted: towards plain where that was begun, else towards the newest keys."""
    plain = _mark_of(folder, keys) == "unseal"
    _convert(Conversion(folder, keys, plain=plain), control)
    if keys.changing and not plain:
        keyring.save_for_passphrase(folder, keys.newest(), passphrase)
        keyring.save_for_recovery(folder, keys.newest())


def _mark_of(folder: Path, keys: Keyring) -> str:
    path = folder / DATABASE
    with closing(Database.to_read(path, fitting_key(path, keys))) as database:
        version(database)  # an emptied or foreign database is damage, whatever was being done with it
        return unfinished(database)


def _convert(wanted: Conversion, control: Control) -> None:
    convert(wanted, lambda done, of: control.report(Progress(done, of)), lambda: control.cancelled)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else has the journal open meanwhile. Raises AlreadyOpen, WorldError."""
    if not (folder / DATABASE).is_file():
        raise WorldError(message("There is no journal in “{name}”.", name=folder.name))
    lock = FolderLock(folder)
    try:
        yield
    finally:
        lock.release()
