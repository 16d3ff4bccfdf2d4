"""Putting damaged or missing originals back from a backup. The damaged file is kept in quarantine/."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from needlejournal.journal.errors import WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.store import disk
from needlejournal.store.backup_folder import BackupFolder
from needlejournal.store.originals import Originals


@frozen
class Repaired:
    """Stored names of originals that are whole again, and of those no backup has."""

    restored: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def repair(originals: Originals, wrong: Iterable[tuple[str, str]], backups: BackupFolder | None) -> Repaired:
    """Put back what can be: `wrong` are stored names with the hashes they should have. Raises WorldError."""
    restored, lost = [], []
    for name, sha256 in wrong:
        copy = _find(originals, name, sha256, backups.photos) if backups else None
        if copy is None:
            lost.append(name)
        else:
            originals.put_back(name, copy, sha256)
            restored.append(name)
    return Repaired(tuple(restored), tuple(lost))


def _find(originals: Originals, name: str, sha256: str, photos: Path) -> bytes | None:
    """A copy with the right contents, under the same name or, from before the journal was encrypted, its hash."""
    for path in _candidates(name, sha256, photos):
        with suppress(OSError, WorldError):
            if path.is_symlink():
                continue
            with disk.open_plain(path) as file:
                contents = originals.contents_of(file, path.name)
            if hashlib.sha256(contents).hexdigest() == sha256:
                return contents
    return None


def _candidates(name: str, sha256: str, photos: Path) -> Iterator[Path]:
    yield photos / name
    yield from sorted((photos / sha256[:2]).glob(f"{sha256}.*"))
