"""Checking originals a few at a time, those longest unchecked first, and putting damaged ones back from the backup."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from needlejournal.journal.errors import WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.store import Journal
from needlejournal.store.backup_folder import BackupFolder, find_backup_folder
from needlejournal.store.checking import check_place
from needlejournal.store.originals import Originals
from needlejournal.store.previews import Previews
from needlejournal.store.repair import Repaired, repair
from needlejournal.store.restore import sweep_unfinished
from needlejournal.workflows.progress import Control, Unattended
from needlejournal.workflows.safekeeping.backing_up import place_of

CHECKED, VERSION = "checked", 1  # a cached reading: lost with the previews, and then everything is checked anew


@frozen
class Watched:
    """What is looked at next: stored names with their hashes, and where a backup is."""

    photos: tuple[tuple[str, str], ...]
    place: Path | None


def next_to_check(journal: Journal, many: int) -> Watched:
    """The originals that were checked longest ago, or never."""
    seen = journal.previews.readings(CHECKED, VERSION)
    names = journal.photos.stored_names()
    oldest = sorted(names, key=lambda sha256: (seen.get(sha256, ""), sha256))[:many]
    return Watched(tuple((names[sha256], sha256) for sha256 in oldest), place_of(journal))


def check(
    originals: Originals,
    previews: Previews,
    watched: Watched,
    now: datetime,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> Repaired:
    """Hash these originals and put right what is wrong; may run in a worker. Raises WorldError.

    What a stopped restore left beside the journal's folder goes too: it is a copy of somebody's diary.
    """
    check_place(originals)
    with suppress(OSError):
        sweep_unfinished(originals.home.path.parent)
    wrong = []
    for name, sha256 in watched.photos:
        if control.cancelled:
            break
        if originals.digest(name) != sha256:
            wrong.append((name, sha256))
        else:
            with suppress(WorldError):
                previews.put_reading(sha256, CHECKED, VERSION, f'"{now.astimezone(UTC).isoformat()}"')
    return repair(originals, wrong, backups_at(watched.place)) if wrong else Repaired()


def put_right(journal: Journal, names: Iterable[str], place: Path | None) -> Repaired:
    """Put these originals (stored names) back from the backup at `place`, or where backups go. Raises WorldError."""
    hashes = {name: sha256 for sha256, name in journal.photos.stored_names().items()}
    wrong = [(name, hashes[name]) for name in names]
    return repair(journal.originals, wrong, backups_at(place or place_of(journal)))


def backups_at(place: Path | None) -> BackupFolder | None:
    """The backups there, or None when the disk is away or holds none."""
    with suppress(WorldError):
        return find_backup_folder(place) if place else None
    return None
