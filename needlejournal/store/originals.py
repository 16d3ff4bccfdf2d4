"""Originals of photographs, byte for byte: the write protocol, and reading them back.

In an encrypted journal they lie as age files under random names; which one it is, the ending says. Storing never
depends on being able to decode a picture. Nothing is reported as kept before it is durable.
"""

from __future__ import annotations

import hashlib
import io
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message
from needlejournal.store.folder import INCOMING, PHOTOS, QUARANTINE, as_world_error, sync_file, sync_folder

if TYPE_CHECKING:
    from needlejournal.store.age_keys import Identity

CHUNK = 1 << 20
SEALED = ".age"
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

    def __init__(self, folder: Path, keys: Sequence[Identity] = (), *, plain: bool = False) -> None:
        """With `keys`, new originals are sealed for the first of them, unless they are to be `plain` again."""
        self._keys = tuple(keys)
        self._seal_for = self._keys[0].recipient if self._keys and not plain else None
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
            if self._hash(incoming, sealed=self._seal_for is not None) != digest:
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
            return b"".join(self._pieces(self.path(stored_name), sealed=stored_name.endswith(SEALED)))
        except OSError as error:
            raise as_world_error(error, "The original of this photo cannot be read") from error

    def digest(self, stored_name: str) -> str | None:
        """The hash of what is stored now, or None when it is missing or unreadable."""
        try:
            return self._hash(self.path(stored_name), sealed=stored_name.endswith(SEALED))
        except (OSError, WorldError):
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

    def _sink(self, writer: IO[bytes]) -> tuple[Callable[[bytes], object], Callable[[], object]]:
        """Where contents are written, and what ends it."""
        if not self._seal_for:
            return writer.write, writer.flush
        from needlejournal.store.age import Sealing

        sealing = Sealing(writer, self._seal_for)
        return sealing.write, sealing.finish

    def _pieces(self, path: Path, *, sealed: bool) -> Iterator[bytes]:
        """The contents of a stored file. Raises OSError, and WorldError when no key opens it."""
        with path.open("rb") as file:
            if not sealed:
                while piece := file.read(CHUNK):
                    yield piece
                return
            from needlejournal.store.age import NotOpened, opened

            try:
                yield from opened(file, self._keys)
            except NotOpened as error:
                raise WorldError(message("The original of this photo is damaged, or another key is needed.")) from error

    def _hash(self, path: Path, *, sealed: bool) -> str:
        digest = hashlib.sha256()
        for piece in self._pieces(path, sealed=sealed):
            digest.update(piece)
        return digest.hexdigest()

    def _copy(self, reader: IO[bytes], target: Path, cancelled: Callable[[], bool]) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        with reader, target.open("xb") as writer:
            write, finish = self._sink(writer)
            while piece := reader.read(CHUNK):
                if cancelled():
                    raise Cancelled
                digest.update(piece)
                size += len(piece)
                write(piece)
            finish()
            sync_file(writer)
        _forget_cached(target)
        return digest.hexdigest(), size

    def _place(self, incoming: Path, digest: str, size: int, picture_format: str) -> Staged:
        name = f"{digest}{EXTENSIONS.get(picture_format, '.bin')}"
        if self._seal_for:
            name = f"{secrets.token_hex(16)}{SEALED}"  # a name that tells nothing of the photo
        name = f"{name[:2]}/{name}"
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
