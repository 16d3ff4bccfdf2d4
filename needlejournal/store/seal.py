"""The seal of a plain journal's database: its hash, written when the journal was closed well, gone while it is changed.

SQLite notices a flipped bit in about half of all cases, the seal in all. `sha256sum -c journal.seal` reads it too. An
encrypted database needs none: each of its pages is authenticated.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from needlejournal.store import disk
from needlejournal.store.durable import replace_whole
from needlejournal.store.folder import DATABASE

SEAL = "journal.seal"
CHUNK = 1 << 20


class Sealed(StrEnum):
    """What the seal tells of the database."""

    WHOLE = "whole"  # it is to the last bit what was closed well
    CHANGED = "changed"  # something else changed it since: a disk, another program, a sync program
    UNKNOWN = "unknown"  # there is no seal: it was not closed well, or was written by an early version


def look(folder: Path) -> Sealed:
    """Compare the database with its seal."""
    try:
        with disk.Folder(folder) as place:
            with place.opened(SEAL) as file:
                written = file.read(200).split()
            found = digest(place, DATABASE)
    except OSError:
        return Sealed.UNKNOWN
    return Sealed.WHOLE if written[:1] == [found.encode()] else Sealed.CHANGED


def close_with(folder: Path, *, changed: bool = True) -> None:
    """Seal the database as it is now, unless it was not changed and its seal is whole.

    What cannot be sealed stays without; that is checked at the next opening.
    """
    if not changed and look(folder) is Sealed.WHOLE:
        return
    with suppress(OSError), disk.Folder(folder) as place:
        replace_whole(place, SEAL, f"{digest(place, DATABASE)}  {DATABASE}\n".encode())


def break_open(folder: Path) -> None:
    """Take the seal away, durably, before anything is changed. Raises OSError."""
    with disk.Folder(folder) as place:
        if place.state(SEAL) is not None:
            place.unlink(SEAL)
            place.sync()


def digest(place: disk.Folder, name: str) -> str:
    """The SHA-256 of a file. Raises OSError."""
    found = hashlib.sha256()
    with place.opened(name) as file:
        while piece := file.read(CHUNK):
            found.update(piece)
    return found.hexdigest()
