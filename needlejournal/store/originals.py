"""Originals of photographs, byte for byte: the write protocol, and reading them back.

Storing never depends on being able to decode a picture. Nothing is reported as kept before it is durable.
"""

from __future__ import annotations

import hashlib
import io
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from needlejournal.journal.errors import WorldError
from needlejournal.store.folder import INCOMING, PHOTOS, QUARANTINE, as_world_error, sync_file, sync_folder

CHUNK = 1 << 20
EXTENSIONS = {"jpeg": ".jpg", "png": ".png", "webp": ".webp", "heic": ".heic", "tiff": ".tif"}


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that is durable in photos/ and now only needs its row. `stored_name` is relative to photos/."""

    sha256: str
    stored_name: str
    size: int


def hash_file(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file, read in pieces. Raises OSError."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size


class Originals:
    """The files in photos/. Safe to use from several threads: files are written aside under random names."""

    def __init__(self, folder: Path) -> None:
        self._photos = folder / PHOTOS
        self._incoming = folder / INCOMING
        self._quarantine = folder / QUARANTINE

    def stage(
        self,
        source: Path | bytes,
        picture_format: str = "",
        cancelled: Callable[[], bool] = lambda: False,
        *,
        name: str = "",
        expected: str = "",
    ) -> Staged:
        """Copy a file (or bytes) in and make it durable; the same bytes twice give the same place.

        `name` is what messages call it; `expected` is the hash it had when it was looked at. Raises WorldError when
        the source cannot be read or has changed, the disk is full or the copy is not what was read, and Cancelled:
        then nothing is left behind in photos/.
        """
        called = name or (_printable(source) if isinstance(source, Path) else "The picture")
        incoming = self._incoming / secrets.token_hex(16)
        try:
            self._incoming.mkdir(exist_ok=True)
            digest, size = self._copy(_opened(source), incoming, cancelled)
            if expected and digest != expected:
                raise WorldError(f"“{called}” was not saved: it changed while it was being imported. Import it again.")
            if hash_file(incoming)[0] != digest:
                raise WorldError(
                    f"“{called}” was not saved: the disk gave back other bytes than were written. "
                    "Your file is untouched; check the journal's disk."
                )
            return self._place(incoming, digest, size, picture_format)
        except OSError as error:
            raise as_world_error(error, f"“{called}” was not saved") from error
        finally:
            with suppress(OSError):
                incoming.unlink(missing_ok=True)

    def read(self, stored_name: str) -> bytes:
        """The bytes of an original. Raises WorldError when it is gone or cannot be read."""
        try:
            return self.path(stored_name).read_bytes()
        except OSError as error:
            raise as_world_error(error, "The original of this photo cannot be read") from error

    def digest(self, stored_name: str) -> str | None:
        """The hash of what is stored now, or None when it is missing or unreadable."""
        try:
            return hash_file(self.path(stored_name))[0]
        except OSError:
            return None

    def names(self) -> set[str]:
        """The stored names of all files in photos/."""
        if not self._photos.is_dir():
            return set()
        return {f"{file.parent.name}/{file.name}" for file in self._photos.glob("*/*") if file.is_file()}

    def remove(self, stored_name: str) -> None:
        """Unlink an original whose row is purged already; one that is gone is no error."""
        with suppress(OSError):
            self.path(stored_name).unlink(missing_ok=True)

    def quarantine_leftovers(self) -> int:
        """Move what a crash left in incoming/ aside, never deleting it. Returns how many files."""
        found = list(self._incoming.iterdir()) if self._incoming.is_dir() else []
        for file in found:
            self._quarantine.mkdir(exist_ok=True)
            file.rename(self._quarantine / file.name)
        return len(found)

    def path(self, stored_name: str) -> Path:
        """Where an original lies. Only this package may open it. Raises WorldError for a name that leads outside."""
        path = self._photos / stored_name
        if ".." in Path(stored_name).parts or Path(stored_name).is_absolute():
            raise WorldError("The journal names a file outside its own folder. It was not touched; check the journal.")
        return path

    def _copy(self, reader: IO[bytes], target: Path, cancelled: Callable[[], bool]) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        with reader, target.open("xb") as writer:
            while piece := reader.read(CHUNK):
                if cancelled():
                    raise Cancelled
                digest.update(piece)
                size += len(piece)
                writer.write(piece)
            sync_file(writer)
        _forget_cached(target)
        return digest.hexdigest(), size

    def _place(self, incoming: Path, digest: str, size: int, picture_format: str) -> Staged:
        name = f"{digest[:2]}/{digest}{EXTENSIONS.get(picture_format, '.bin')}"
        target = self._photos / name
        if not target.parent.is_dir():
            target.parent.mkdir(parents=True, exist_ok=True)
            sync_folder(self._photos)
        os.replace(incoming, target)  # noqa: PTH105 (an orphan of the same bytes is adopted by being replaced)
        sync_folder(target.parent)
        return Staged(digest, name, size)


class Cancelled(Exception):
    """The person stopped it; nothing of this file was kept."""


def _opened(source: Path | bytes) -> IO[bytes]:
    return source.open("rb") if isinstance(source, Path) else io.BytesIO(source)


def _printable(path: Path) -> str:
    return os.fsencode(path.name).decode("utf-8", "replace")


def _forget_cached(path: Path) -> None:
    """Ask the system to drop its cached pages, so that reading back reads the disk."""
    if hasattr(os, "posix_fadvise"):
        file: IO[bytes]
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
