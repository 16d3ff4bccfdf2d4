"""Copying a file so that it is there whole and proven, or not at all; for backups and restoring."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message
from needlejournal.store import disk
from needlejournal.store.backup_folder import UNFINISHED
from needlejournal.store.originals import forget_cached

CHUNK = 1 << 20


class NotTheSame(WorldError):
    """What was read is not what was expected, cannot be read, or the disk gave back something else than was written."""


def copy_proven(here: disk.Folder, name: str, there: disk.Folder, expected: str = "") -> str:
    """Copy a file into another folder: written aside, made durable, read back, moved into place; gives its SHA-256.

    The folder's own entry is not synced yet. Raises NotTheSame when the source is at fault or what was written reads
    otherwise, OSError when it cannot be written; then what was at its place is as it was.
    """
    aside = name + UNFINISHED
    try:
        there.unlink(aside)
        with _source(here, name) as reader, there.created(aside) as writer:
            digest = hashlib.sha256()
            for piece in _pieces(reader, name):
                digest.update(piece)
                writer.write(piece)
            writer.sync()
        found = digest.hexdigest()
        _prove(there, aside, name, found, expected or found)
        there.move(aside, there, name)
    except BaseException:
        with suppress(OSError):
            there.unlink(aside)
        raise
    return found


def _prove(there: disk.Folder, aside: str, name: str, found: str, expected: str) -> None:
    if found != expected or digest_on_disk(there, aside) != found:
        raise _not_the_same(name)


def digest_on_disk(place: disk.Folder, name: str) -> str:
    """The SHA-256 of what the disk gives back, its cached pages dropped first. Raises NotTheSame, OSError."""
    digest = hashlib.sha256()
    with place.opened(name) as file:
        forget_cached(file)
        for piece in _pieces(file, name):
            digest.update(piece)
    return digest.hexdigest()


def _source(here: disk.Folder, name: str) -> IO[bytes]:
    try:
        return here.opened(name)
    except OSError as error:
        raise _not_the_same(name) from error


def _pieces(file: IO[bytes], name: str) -> Iterator[bytes]:
    try:
        while piece := file.read(CHUNK):
            yield piece
    except OSError as error:
        raise _not_the_same(name) from error


def _not_the_same(name: str) -> NotTheSame:
    return NotTheSame(message("“{name}” is not what it was.", name=name))
