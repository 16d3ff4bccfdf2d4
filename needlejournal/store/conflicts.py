"""What sync programs leave in a journal's folder: second copies of the database, stand-ins of files."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from needlejournal.journal.message import Message, message
from needlejournal.store import disk
from needlejournal.store.folder import DATABASE

# Dropbox and Nextcloud "journal (… conflicted copy …).db", Syncthing "journal.sync-conflict-….db", OneDrive
# "journal-COMPUTER.db", Google Drive and iCloud "journal (1).db", "journal 2.db": whatever begins and ends so.
_COPY = re.compile(r"journal[ (.\-_\[].*\.db", re.IGNORECASE)


def is_in_cloud(folder: Path) -> bool:
    """Whether the database is a stand-in of iCloud: its contents are not on this computer."""
    with suppress(OSError), disk.Folder(folder) as place:
        return place.state(f".{DATABASE}.icloud") is not None
    return False


def copies(folder: Path) -> list[str]:
    """The names of other copies of the database that a sync program left."""
    with suppress(OSError), disk.Folder(folder) as place:
        return [entry.name for entry in place.entries() if entry.plain and _COPY.fullmatch(entry.name)]
    return []


def notice_of_copies(folder: Path, shown: Path) -> list[Message]:
    """What to say about them: both dates, and that nothing is lost."""
    return [
        message(
            "There are two versions of this journal: two computers wrote to it before your sync program had "
            "brought everything. This one was last written on {day}, {time} UTC; “{name}” in the same folder on "
            "{other_day}, "
            "{other_time} UTC. Open that file to look at it; nothing is lost.",
            day=_changed(shown).date(),
            time=f"{_changed(shown):%H:%M}",
            name=name,
            other_day=_changed(folder / name).date(),
            other_time=f"{_changed(folder / name):%H:%M}",
        )
        for name in copies(folder)
        if name != shown.name
    ]


def _changed(path: Path) -> datetime:
    with suppress(OSError):
        return datetime.fromtimestamp(path.lstat().st_mtime, UTC)
    return datetime(1970, 1, 1, tzinfo=UTC)
