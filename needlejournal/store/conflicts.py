"""What sync programs leave in a journal's folder: second copies of the database, stand-ins of files."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import Message, message
from needlejournal.store import disk
from needlejournal.store.folder import DATABASE, holds_journal

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# Dropbox and Nextcloud "journal (… conflicted copy …).db", Syncthing "journal.sync-conflict-….db", OneDrive
# "journal-COMPUTER.db", Google Drive and iCloud "journal (1).db", "journal 2.db", rclone "journal.conflict1.db":
# whatever begins and ends so. Behind the ending rclone "journal.db.conflict1", Google Drive "journal.db (1)"; and its
# "Copy of journal.db". Our own "journal.db.new" and "journal.db-journal" are none of these.
_COPY = re.compile(
    r"journal[ (.\-_\[].*\.db|journal\.db[ .\-_~(]*(conflict.*|sync-conflict.*|\(?\d+\)?)|copy of journal.*\.db",
    re.IGNORECASE,
)


@frozen
class OtherVersion:
    """Another database beside the one that is open: what opens it, and what to say. `itself`: the journal's own."""

    path: Path
    words: Message
    itself: bool = False


def is_copys_name(name: str) -> bool:
    """Whether a sync program calls another copy of the database so."""
    return bool(_COPY.fullmatch(name))


def is_copy(path: Path) -> bool:
    """Whether this file is another copy of a journal's database."""
    return (
        is_copys_name(path.name) and path.is_file() and path.name in copies(path.parent) and holds_journal(path.parent)
    )


def is_in_cloud(folder: Path) -> bool:
    """Whether the database is a stand-in of iCloud: its contents are not on this computer."""
    with suppress(OSError), disk.Folder(folder) as place:
        return place.state(f".{DATABASE}.icloud") is not None
    return False


def copies(folder: Path) -> list[str]:
    """The names of other copies of the database that a sync program left."""
    with suppress(OSError), disk.Folder(folder) as place:
        return [entry.name for entry in place.entries() if entry.plain and is_copys_name(entry.name)]
    return []


def other_versions(folder: Path, shown: str) -> tuple[OtherVersion, ...]:
    """The databases beside the one that is shown, with what to say about them: both dates, and that nothing is lost."""
    own = _changed(folder / DATABASE)
    itself = message("The journal itself was last written on {day}, {time} UTC.", day=own.date(), time=f"{own:%H:%M}")
    above = [OtherVersion(folder, itself, itself=True)] if shown != DATABASE and own > _NEVER else []
    return (
        *above,
        *(OtherVersion(folder / name, _notice(folder, shown, name)) for name in copies(folder) if name != shown),
    )


def _notice(folder: Path, shown: str, name: str) -> Message:
    here, there = _changed(folder / shown), _changed(folder / name)
    return message(
        "There are two versions of this journal: two computers wrote to it before your sync program had "
        "brought everything. This one was last written on {day}, {time} UTC; “{name}” in the same folder on "
        "{other_day}, {other_time} UTC. Nothing is lost.",
        day=here.date(),
        time=f"{here:%H:%M}",
        name=name,
        other_day=there.date(),
        other_time=f"{there:%H:%M}",
    )


def _changed(path: Path) -> datetime:
    with suppress(OSError):
        return datetime.fromtimestamp(path.lstat().st_mtime, UTC)
    return _NEVER
