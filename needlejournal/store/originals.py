"""Originals of photographs, byte for byte: the write protocol, and reading them back.

In an encrypted journal they lie as age files under random names; which one it is, the ending says. Storing never
depends on being able to decode a picture. Nothing is reported as kept before it is durable.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from needlejournal.journal.errors import WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import Message, message
from needlejournal.store import disk
from needlejournal.store.folder import INCOMING, PHOTOS, QUARANTINE, as_world_error

if TYPE_CHECKING:
    from needlejournal.store.age_keys import Identity

Cancel = Callable[[], bool]
CHUNK = 1 << 20
SEALED = ".age"
EXTENSIONS = {"jpeg": ".jpg", "png": ".png", "webp": ".webp", "heic": ".heic", "tiff": ".tif"}
UNKNOWN = ".bin"
# photos/ab/ab….jpg: the folder is called like the beginning of the name, which is the hash of the contents, or is
# random where the file is sealed.
NAME = re.compile(
    r"(?P<folder>[0-9a-f]{2})/(?P<stem>(?P=folder)[0-9a-f]{62}|(?P=folder)[0-9a-f]{30}(?=\.age))(?:\.[a-z0-9]{1,8}){1,2}"
)
LITTER = frozenset({"Thumbs.db", "desktop.ini"})  # what file managers leave behind, besides names that begin with a dot


@frozen
class Staged:
    """A file that is durable in photos/ and now only needs its row. `stored_name` is relative to photos/.

    `fresh` tells that nothing was there before: when the row cannot be written, it may go again.
    """

    sha256: str
    stored_name: str
    size: int
    fresh: bool = field(default=True, compare=False)


def fits(stored_name: str, sha256: str) -> bool:
    """Whether an original with these contents may be called so; names in a database are not trusted."""
    found = NAME.fullmatch(stored_name)
    return found is not None and (stored_name.endswith(SEALED) or found["stem"] == sha256)


class Originals:
    """The files in photos/. Safe to use from several threads: files are written aside under random names."""

    def __init__(self, folder: Path, keys: Sequence[Identity] = (), *, plain: bool = False) -> None:
        """With `keys`, new originals are sealed for the first of them, unless they are to be `plain` again."""
        self._folder = folder
        self.home = disk.Home(folder)
        self._keys = tuple(keys)
        self._seal_for = self._keys[0].recipient if self._keys and not plain else None

    def stage(
        self,
        source: Path | bytes,
        picture_format: str = "",
        cancelled: Cancel = lambda: False,
        *,
        name: str = "",
        expected: str = "",
    ) -> Staged:
        """Copy a file (or bytes) in and make it durable; the same bytes twice give the same place in a plain journal.

        `name` is what messages call it; `expected` is the hash it had when it was looked at. Raises WorldError when
        the source cannot be read or has changed, the disk is full or the copy is not what was read, and Cancelled:
        then nothing is left behind in photos/.
        """
        called = name or (_printable(source) if isinstance(source, Path) else message("The picture"))
        try:
            with _opened(source) as reader, self._within(INCOMING, make=True) as incoming, _aside(incoming) as aside:
                digest, size = self._copy(reader, incoming, aside, cancelled)
                if expected and digest != expected:
                    raise WorldError(_changed(called))
                stored_name = self._new_name(digest, picture_format)
                if self._read_back(incoming, aside, stored_name) != digest:
                    raise WorldError(_other_bytes(called))
                return Staged(digest, stored_name, size, self._place(incoming, aside, stored_name))
        except OSError as error:
            raise as_world_error(error, message("“{name}” was not saved", name=called)) from error

    def read(self, stored_name: str) -> bytes:
        """The bytes of an original. Raises WorldError when it is gone or cannot be read."""
        try:
            with self.opened(stored_name) as file:
                return b"".join(self._pieces(file, stored_name))
        except OSError as error:
            raise self._unreadable(stored_name, error) from error

    def digest(self, stored_name: str) -> str | None:
        """The hash of what is stored now, or None when it is missing or unreadable."""
        try:
            with self.opened(stored_name) as file:
                return _hashed(self._pieces(file, stored_name))[0]
        except (OSError, WorldError):
            return None

    def size(self, stored_name: str) -> int | None:
        """How large the file is on the disk, or None when it is missing or no plain file."""
        with suppress(OSError, WorldError), self.opened(stored_name) as file:
            return os.fstat(file.fileno()).st_size
        return None

    @contextmanager
    def opened(self, stored_name: str) -> Iterator[IO[bytes]]:
        """The file as it lies on the disk, for this package to copy. Raises OSError, WorldError for a name that
        leads outside."""
        folder, name = _parts(stored_name)
        with self._within(PHOTOS, folder) as place, place.opened(name) as file:
            yield file

    def names(self) -> set[str]:
        """The stored names of all files in photos/ that are called as originals are."""
        return {name for name, plain in self._listing() if plain and NAME.fullmatch(name)}

    def strays(self) -> list[str]:
        """Plain files in photos/ that are called otherwise: nobody knows what they are."""
        return sorted(name for name, plain in self._listing() if plain and not NAME.fullmatch(name))

    def strangers(self) -> list[str]:
        """What lies in photos/ and is no file: links, devices, folders in folders. Never followed or touched."""
        return sorted(f"{PHOTOS}/{name}" for name, plain in self._listing() if not plain)

    def remove(self, stored_name: str) -> None:
        """Unlink an original whose row is purged already; one that is gone, or no original, is no error.

        Raises OSError: then it is still there.
        """
        with suppress(FileNotFoundError, disk.Stranger, WorldError):
            folder, name = _parts(stored_name)
            with self._within(PHOTOS, folder) as place:
                place.unlink(name)
                place.sync()

    def set_aside(self, stored_name: str) -> None:
        """Move what lies at an original's place into quarantine/, under a name of its own. Raises OSError."""
        folder, name = _parts(stored_name)
        with self._within(PHOTOS, folder) as place, self._within(QUARANTINE, make=True) as aside:
            if place.state(name) is not None:
                place.move(name, aside, f"{secrets.token_hex(4)}-{name}")
                aside.sync()

    def put_back(self, stored_name: str, contents: bytes, expected: str) -> None:
        """Write an original anew in its own place, proven; what is there goes into quarantine/. Raises WorldError."""
        name = _parts(stored_name)[1]
        writer = Originals(self._folder, self._keys, plain=not name.endswith(SEALED))
        try:
            with self._within(INCOMING, make=True) as incoming, _aside(incoming) as aside:
                digest, _ = writer._copy(io.BytesIO(contents), incoming, aside, lambda: False)
                if digest != expected or self._read_back(incoming, aside, stored_name) != expected:
                    raise WorldError(_other_bytes(name))
                if self.digest(stored_name) != expected:
                    with suppress(FileNotFoundError):
                        self.set_aside(stored_name)
                self._place(incoming, aside, stored_name)
        except OSError as error:
            raise as_world_error(error, message("“{name}” was not put back", name=name)) from error

    def elsewhere(self, folder: Path) -> Originals:
        """The originals of another folder that the same keys open, to be read."""
        return Originals(folder, self._keys)

    def contents_of(self, file: IO[bytes], stored_name: str) -> bytes:
        """What is in a file that is called like an original, wherever it lies. Raises OSError, WorldError."""
        return b"".join(self._pieces(file, stored_name))

    def quarantine_leftovers(self) -> int:
        """Move what a crash left in incoming/ aside, never deleting it. Returns how many files. Raises OSError."""
        try:
            with self._within(INCOMING) as incoming:
                found = [entry.name for entry in incoming.entries() if entry.plain]
                if found:
                    with self._within(QUARANTINE, make=True) as aside:
                        for name in found:
                            free = name if aside.state(name) is None else f"{secrets.token_hex(4)}-{name}"
                            incoming.move(name, aside, free)
                        aside.sync()
        except FileNotFoundError:
            return 0
        return len(found)

    def drop_from_quarantine(self, hashes: set[str]) -> None:
        """Remove files in quarantine/ with these contents: they are gone for good. Raises OSError."""
        with suppress(FileNotFoundError, disk.Stranger), self._within(QUARANTINE) as aside:
            for entry in aside.entries() if hashes else []:
                with suppress(WorldError):
                    if entry.plain and self._hash_in(aside, entry.name) in hashes:
                        aside.unlink(entry.name)
            aside.sync()

    def path(self, stored_name: str) -> Path:
        """Where an original lies. Only this package may open it. Raises WorldError for a name that leads outside."""
        return self._folder.joinpath(PHOTOS, *_parts(stored_name))

    def _within(self, *names: str, make: bool = False) -> AbstractContextManager[disk.Folder]:
        return self.home.held(*names, make=make)

    def _new_name(self, sha256: str, picture_format: str) -> str:
        name = f"{sha256}{EXTENSIONS.get(picture_format, UNKNOWN)}"
        if self._seal_for:
            name = f"{secrets.token_hex(16)}{SEALED}"  # a name that tells nothing of the photo
        return f"{name[:2]}/{name}"

    def _sink(self, file: disk.NewFile) -> tuple[Callable[[bytes], object], Callable[[], object]]:
        """Where contents are written, and what ends it."""
        if not self._seal_for:
            return file.write, lambda: None
        from needlejournal.store.age import Sealing

        sealing = Sealing(file, self._seal_for)
        return sealing.write, sealing.finish

    def _pieces(self, file: IO[bytes], stored_name: str) -> Iterator[bytes]:
        """The contents of a stored file. Raises OSError, and WorldError when no key opens it."""
        if not stored_name.endswith(SEALED):
            yield from _plain_pieces(file)
            return
        from needlejournal.store.age import NotOpened, opened

        try:
            yield from opened(file, self._keys)
        except NotOpened as error:
            raise WorldError(message("The original of this photo is damaged, or another key is needed.")) from error

    def _copy(self, reader: IO[bytes], incoming: disk.Folder, aside: str, cancelled: Cancel) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        with incoming.created(aside) as file:
            write, finish = self._sink(file)
            while piece := reader.read(CHUNK):
                if cancelled():
                    raise Cancelled
                digest.update(piece)
                size += len(piece)
                write(piece)
            finish()
            file.sync()
        return digest.hexdigest(), size

    def _read_back(self, incoming: disk.Folder, aside: str, name: str) -> str:
        """The hash of what the disk gives back; its cached pages are dropped first."""
        with incoming.opened(aside) as file:
            forget_cached(file)
            with suppress(WorldError):
                return _hashed(self._pieces(file, name))[0]
        return ""

    def _hash_in(self, place: disk.Folder, name: str) -> str:
        with place.opened(name) as file:
            return _hashed(self._pieces(file, name))[0]

    def _place(self, incoming: disk.Folder, aside: str, stored_name: str) -> bool:
        """Move it into photos/; an orphan of the same bytes is adopted by being replaced. Whether none was there."""
        folder, name = _parts(stored_name)
        with self._within(PHOTOS, folder, make=True) as place:
            fresh = place.state(name) is None
            incoming.move(aside, place, name)
            try:
                place.sync()
            except OSError:
                if fresh:  # it is not said to be saved, so nothing of it stays
                    with suppress(OSError):
                        place.unlink(name)
                raise
        return fresh

    def _listing(self) -> list[tuple[str, bool]]:
        """Everything in photos/ as a stored name, with whether it is a plain file."""
        found: list[tuple[str, bool]] = []
        with suppress(FileNotFoundError, disk.Stranger), self._within(PHOTOS) as photos:
            for entry in photos.entries():
                if not entry.folder:
                    found.append((entry.name, entry.plain))
                    continue
                with photos.inner(entry.name) as place:
                    found += [(f"{entry.name}/{one.name}", one.plain) for one in place.entries()]
        return [(name, plain) for name, plain in found if not _is_litter(name.rpartition("/")[2])]

    def _unreadable(self, stored_name: str, error: OSError) -> WorldError:
        """A file that a sync program left in the cloud is not lost."""
        folder, name = _parts(stored_name)
        with suppress(OSError), self._within(PHOTOS, folder) as place:
            if place.state(f".{name}.icloud") is not None:
                return WorldError(message("This photo is still in the cloud. Let your sync program download it first."))
        return as_world_error(error, message("The original of this photo cannot be read"))


class Cancelled(Exception):
    """The person stopped it; nothing of this file was kept."""


@contextmanager
def _aside(incoming: disk.Folder) -> Iterator[str]:
    """A name for a file on its way in; what is left there at the end goes."""
    name = secrets.token_hex(16)
    try:
        yield name
    finally:
        with suppress(OSError):
            incoming.unlink(name)


def _is_litter(name: str) -> bool:
    return name.startswith(".") or name in LITTER


def _parts(stored_name: str) -> tuple[str, str]:
    if not NAME.fullmatch(stored_name):
        raise WorldError(
            message("The journal names a file outside its own folder. It was not touched; check the journal.")
        )
    folder, name = stored_name.split("/")
    return folder, name


def _plain_pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(CHUNK):
        yield piece


def _hashed(pieces: Iterator[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def _opened(source: Path | bytes) -> IO[bytes]:
    return disk.open_plain(source) if isinstance(source, Path) else io.BytesIO(source)


def _printable(path: Path) -> str:
    return os.fsencode(path.name).decode("utf-8", "replace")


def forget_cached(file: IO[bytes]) -> None:
    """Ask the system to drop its cached pages, so that reading back reads the disk."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _changed(called: str | Message) -> Message:
    return message("“{name}” was not saved: it changed while it was being imported. Import it again.", name=called)


def _other_bytes(called: str | Message) -> Message:
    return message(
        "“{name}” was not saved: the disk returned different bytes from those that were written. Your file is "
        "untouched; check the "
        "journal's disk.",
        name=called,
    )
