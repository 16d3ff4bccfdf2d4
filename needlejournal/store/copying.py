"""Copying a file so that it is there whole and proven, or not at all; for backups, restoring and repair."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import IO

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message
from needlejournal.store.backup_folder import UNFINISHED
from needlejournal.store.folder import sync_file
from needlejournal.store.originals import hash_file

CHUNK = 1 << 20


class NotTheSame(WorldError):
    """What was read is not what was expected, or the disk gave back something else than was written."""


def copy_proven(source: Path, target: Path, expected: str = "") -> str:
    """Copy beside the place, make durable, read back, move into place; gives the SHA-256 of the bytes.

    The folder's own entry is not synced yet. Raises NotTheSame, OSError; then nothing is at `target`.
    """
    aside = target.with_name(target.name + UNFINISHED)
    digest = hashlib.sha256()
    try:
        with source.open("rb") as reader, _for_owner(aside) as writer:
            while piece := reader.read(CHUNK):
                digest.update(piece)
                writer.write(piece)
            sync_file(writer)
            forget_cached(writer.fileno())
        found = _proven(aside, digest.hexdigest(), expected)
        os.replace(aside, target)  # noqa: PTH105 (what is there is the same or worse)
    except BaseException:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
    return found


def _proven(aside: Path, found: str, expected: str) -> str:
    if (expected and found != expected) or hash_file(aside)[0] != found:
        raise NotTheSame(message("“{name}” is not what it was.", name=aside.name.removesuffix(UNFINISHED)))
    return found


def _for_owner(path: Path) -> IO[bytes]:
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def forget_cached(handle: int) -> None:
    """Ask the system to drop its cached pages of a file, so that reading back reads the disk."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
