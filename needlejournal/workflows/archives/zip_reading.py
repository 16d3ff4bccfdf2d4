"""A ZIP file from somewhere, looked at before any of it is used: names, links, sizes and bombs.

Nothing is ever unpacked under the names in it; they are checked all the same, since other programs may unpack it.
"""

from __future__ import annotations

import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import Message, message
from needlejournal.store.disk import open_plain
from needlejournal.store.folder import as_world_error

MOST_FILES = 200_000
LARGEST_TEXT = 256 << 20
LARGEST_PHOTO = 1 << 30
MOST_GROWTH = 100  # unpacked, a file of pictures and text is never this many times as large
FREE_GROWTH = 16 << 20
PIECE = 1 << 20
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_ALLOWED_KINDS = {0, stat.S_IFREG, stat.S_IFDIR}
_BROKEN = (zipfile.BadZipFile, NotImplementedError, EOFError, UnicodeError, RuntimeError, ValueError, zlib.error)


class UnsafeArchive(WorldError):
    """The archive is not what it says, or could do harm. Nothing of it was used."""


class CheckedZip:
    """An open ZIP file whose directory was found harmless. Closes with `with`."""

    def __init__(self, path: Path) -> None:
        """Raises UnsafeArchive, or WorldError when the file cannot be read."""
        try:
            self._file = open_plain(path)
        except (OSError, ValueError) as error:  # a name that no system takes is a ValueError
            failed = error if isinstance(error, OSError) else FileNotFoundError()
            raise as_world_error(failed, message("“{name}” cannot be read", name=printable(path.name))) from error
        try:
            self._zip = zipfile.ZipFile(self._file)
        except OSError as error:
            self._file.close()
            raise as_world_error(error, message("“{name}” cannot be read", name=path.name)) from error
        except _BROKEN as error:
            self._file.close()
            raise UnsafeArchive(
                message("“{name}” is not a ZIP file, or is damaged. Nothing was imported.", name=path.name)
            ) from error
        try:
            self._entries = _checked(self._zip, path)
        except BaseException:
            self._close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        self._zip.close()
        self._file.close()

    @property
    def names(self) -> tuple[str, ...]:
        """All files in it, folders left out."""
        return tuple(self._entries)

    def pieces(self, name: str, limit: int = LARGEST_PHOTO) -> Iterator[bytes]:
        """The contents of a file. Raises UnsafeArchive when it is not as large as it says, or damaged."""
        if name not in self._entries:
            raise UnsafeArchive(_damaged(name))
        member, size = self._entries[name], 0
        try:
            with self._zip.open(member) as file:
                while piece := file.read(PIECE):
                    size += len(piece)
                    if size > min(limit, member.file_size):
                        raise UnsafeArchive(_damaged(name))
                    yield piece
        except OSError as error:
            raise as_world_error(error, message("The archive cannot be read")) from error
        except _BROKEN as error:
            raise UnsafeArchive(_damaged(name)) from error
        if size != member.file_size:
            raise UnsafeArchive(_damaged(name))

    def read(self, name: str, limit: int = LARGEST_TEXT) -> bytes:
        """A whole file. Raises UnsafeArchive."""
        return b"".join(self.pieces(name, limit))


def _checked(archive: zipfile.ZipFile, path: Path) -> dict[str, zipfile.ZipInfo]:
    entries = archive.infolist()
    whole = path.stat().st_size
    packed, unpacked = sum(one.compress_size for one in entries), sum(one.file_size for one in entries)
    if len(entries) > MOST_FILES or packed > whole or unpacked > FREE_GROWTH + MOST_GROWTH * whole:
        raise UnsafeArchive(
            message("Unpacked, this archive would be far larger than any diary. Nothing of it was imported.")
        )
    seen: set[str] = set()
    for entry in entries:
        _check_entry(entry, seen)
    return {entry.filename: entry for entry in entries if not entry.is_dir()}


def _check_entry(entry: zipfile.ZipInfo, seen: set[str]) -> None:
    name = entry.filename
    if entry.orig_filename != name or not is_safe_name(name[:-1] if entry.is_dir() else name):
        raise UnsafeArchive(
            message("This archive names a file outside its own folder, or one no computer should make: “{name}”. "
                    "Nothing of it was imported.", name=printable(name))
        )  # fmt: skip
    folded = unicodedata.normalize("NFC", name).casefold().rstrip("/")
    if folded in seen:
        raise UnsafeArchive(
            message("This archive holds “{name}” twice. Nothing of it was imported.", name=printable(name))
        )
    seen.add(folded)
    if stat.S_IFMT(entry.external_attr >> 16) not in _ALLOWED_KINDS:
        raise UnsafeArchive(
            message("This archive holds a link: “{name}”. Nothing of it was imported.", name=printable(name))
        )
    if entry.flag_bits & 0x1 or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise UnsafeArchive(
            message("This archive is encrypted or packed in a way that is not read here. Nothing of it was imported.")
        )


def is_safe_name(name: str) -> bool:
    """Whether every system could make a file of this name, inside the folder it is unpacked in."""
    return len(name) < 1024 and all(_is_safe_part(part) for part in name.split("/"))


def _is_safe_part(part: str) -> bool:
    if part in {"", ".", ".."} or part[-1] in ". " or _FORBIDDEN.search(part) or len(part) > 255:
        return False
    return not _RESERVED.fullmatch(part)


def printable(name: str) -> str:
    """A name for a sentence, whatever is in it."""
    return "".join(sign if sign.isprintable() else "?" for sign in name[:120])


def _damaged(name: str) -> Message:
    return message("“{name}” in this archive is missing or damaged. Nothing of it was imported.", name=printable(name))
