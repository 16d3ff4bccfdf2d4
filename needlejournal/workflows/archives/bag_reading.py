"""A bag from somewhere (BagIt, RFC 8493, in a ZIP file): proven whole by its manifest before any of it is used."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from needlejournal.journal.message import message
from needlejournal.workflows.archives.zip_reading import CheckedZip, UnsafeArchive

MANIFEST = "manifest-sha256.txt"
DECLARATION = "bagit.txt"
LARGEST_MANIFEST = 64 << 20
_LINE = re.compile(r"([0-9a-fA-F]{64})[ \t]+\*?(data/[^\r\n]+)")


class Bag:
    """The payload of a bag: hashes by path below `data/`. The ZIP file stays the caller's to close."""

    def __init__(self, archive: CheckedZip) -> None:
        """Raises UnsafeArchive when this is no bag or its list of files is not what is in it."""
        self._zip = archive
        self._top = _top(archive)
        self.hashes = self._listed()
        data = f"{self._top}data/"
        there = {name[len(data) :] for name in archive.names if name.startswith(data)}
        if there != set(self.hashes):
            raise UnsafeArchive(
                message("This archive does not hold what its own list says. Nothing of it was imported.")
            )

    def verify(self, step: Callable[[int, int], None]) -> None:
        """Read every file and compare its hash. `step` hears done and total, and may raise. Raises UnsafeArchive."""
        for number, (name, expected) in enumerate(self.hashes.items()):
            step(number, len(self.hashes))
            digest = hashlib.sha256()
            for piece in self._zip.pieces(f"{self._top}data/{name}"):
                digest.update(piece)
            if digest.hexdigest() != expected:
                raise UnsafeArchive(
                    message(
                        "“{name}” in this archive is not what it was when the archive was made. Nothing of it was "
                        "imported; get a fresh copy of the archive.",
                        name=name,
                    )
                )

    def read(self, name: str) -> bytes:
        """A file of the payload. Raises UnsafeArchive."""
        return self._zip.read(f"{self._top}data/{name}", limit=1 << 30)

    def _listed(self) -> dict[str, str]:
        text = self._zip.read(f"{self._top}{MANIFEST}", LARGEST_MANIFEST).decode("utf-8", "replace")
        hashes: dict[str, str] = {}
        for line in text.splitlines():
            found = _LINE.fullmatch(line)
            if not found or found[2][5:] in hashes:
                raise UnsafeArchive(message("The list of files in this archive is damaged. Nothing was imported."))
            hashes[found[2][5:]] = found[1].lower()
        return hashes


def is_bag(archive: CheckedZip) -> bool:
    """Whether there is a bag in this ZIP file."""
    return any(name.rpartition("/")[2] == DECLARATION and name.count("/") <= 1 for name in archive.names)


def _top(archive: CheckedZip) -> str:
    """The folder of the bag with its slash, or "" where the bag is the whole file."""
    tops = [name[: -len(DECLARATION)] for name in archive.names if name.rpartition("/")[2] == DECLARATION]
    tops = [top for top in tops if top.count("/") <= 1]
    if len(tops) != 1:
        raise UnsafeArchive(message("This file is not an archive of a journal. Nothing was imported."))
    return tops[0]
