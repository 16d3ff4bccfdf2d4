"""Backing a journal up, when that is due, and making a journal of a backup again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from needlejournal.journal.errors import BadInput
from needlejournal.journal.message import message
from needlejournal.store import Journal
from needlejournal.store.backup import BackedUp, BackupSource, make_backup
from needlejournal.store.folder import DATABASE
from needlejournal.store.keys import fitting_key, is_locked
from needlejournal.store.remembered import BACKUP_BEGUN, BACKUP_EVERY, BACKUP_LAST, BACKUP_PLACE
from needlejournal.store.restore import Restored
from needlejournal.store.restore import restore as restore_backup
from needlejournal.workflows.progress import Control, Progress, Unattended

CHOICES = (1, 7, 30)  # days between backups that a person may choose


def back_up(
    source: BackupSource,
    place: Path,
    now: datetime,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> BackedUp:
    """Back up once; may run in a worker. Reports Progress. Raises WorldError, Cancelled."""
    return make_backup(source, place, now, _steps(control), lambda: control.cancelled)


def remember(journal: Journal, place: Path, now: datetime) -> None:
    """Remember a backup that went well. A journal open for viewing only remembers nothing."""
    if not journal.read_only:
        journal.remembered.put(BACKUP_PLACE, str(place))
        journal.remembered.put(BACKUP_LAST, now.isoformat())
        note_begun(journal, begun=False)


def choose_place(journal: Journal, place: Path) -> None:
    """Send backups there from now on."""
    journal.remembered.put(BACKUP_PLACE, str(place))


def schedule(journal: Journal, every_days: int) -> None:
    """Back up every so many days, or 0: only by hand."""
    if every_days not in {0, *CHOICES}:
        raise BadInput(message("Backups can be made every 1, 7 or 30 days, or by hand."))
    journal.remembered.put(BACKUP_EVERY, str(every_days))


def place_of(journal: Journal) -> Path | None:
    """Where backups go, or None when none was chosen."""
    remembered = journal.remembered.get(BACKUP_PLACE)
    return Path(remembered) if remembered else None


def every_days_of(journal: Journal) -> int:
    """Days between backups; 0: only by hand."""
    remembered = journal.remembered.get(BACKUP_EVERY)
    return int(remembered) if remembered.isdecimal() and int(remembered) in CHOICES else 0


def last_backup(journal: Journal) -> datetime | None:
    """When a backup last went well, in UTC, or None."""
    try:
        found = datetime.fromisoformat(journal.remembered.get(BACKUP_LAST))
    except ValueError:
        return None
    return found if found.tzinfo else None


def note_begun(journal: Journal, *, begun: bool) -> None:
    """Remember that a backup was begun, or is wanted no more. A journal open for viewing only remembers nothing."""
    if not journal.read_only:
        journal.remembered.put(BACKUP_BEGUN, "yes" if begun else "")


def is_due(journal: Journal, now: datetime) -> bool:
    """Whether the schedule wants a backup now, or one was begun that never ended: the journal was locked or closed."""
    every, last = every_days_of(journal), last_backup(journal)
    scheduled = bool(every) and (last is None or _apart(now, last) >= timedelta(every))
    return place_of(journal) is not None and (scheduled or bool(journal.remembered.get(BACKUP_BEGUN)))


def days_without(journal: Journal, now: datetime) -> int | None:
    """Full days since the last backup; None when there never was one."""
    last = last_backup(journal)
    return None if last is None else _apart(now, last).days


def age_in_days(journal: Journal, now: datetime) -> int:
    """Full days since the journal was made."""
    return 0 if journal.created is None else _apart(now, journal.created).days


def _apart(now: datetime, last: datetime) -> timedelta:
    """A clock that was set back counts as no time passed."""
    return max(now - last, timedelta())


def restore(
    place: Path,
    new: Path,
    *,
    version: str = "",
    passphrase: str = "",
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> Restored:
    """Make a journal of a backup in a new folder; may run in a worker. Raises WorldError, Cancelled.

    With the passphrase of an encrypted one its database is looked into too; without, its hashes tell that it is whole.
    """

    def key(folder: Path) -> bytes | None:
        if not (passphrase and is_locked(folder)):
            return None
        from needlejournal.store.keyring import unlock

        return fitting_key(folder / DATABASE, unlock(folder, passphrase))

    return restore_backup(
        place, new, version=version, key=key, step=_steps(control), cancelled=lambda: control.cancelled
    )  # fmt: skip


def _steps(control: Control) -> Callable[[int, int], None]:
    return lambda done, of: control.report(Progress(done, of))
