"""Photos leaving the journal as files: exact copies of their originals, or copies without what the phone wrote in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from needlejournal.journal.errors import WorldError
from needlejournal.journal.frozen import frozen
from needlejournal.journal.message import Message
from needlejournal.journal.photos import Photo
from needlejournal.store import Journal
from needlejournal.store.originals import SEALED
from needlejournal.workflows.progress import Control, Progress, Unattended
from needlejournal.workflows.saving import save_export

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_LONGEST = 200  # bytes of a name; systems take 255, and a number or ending may be added
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


@frozen
class SavedOut:
    """How it went: the files that are there now, and what could not be saved with the sentence why."""

    saved: tuple[Path, ...] = ()
    failed: tuple[tuple[str, Message], ...] = ()
    left: int = 0


def save_originals(
    journal: Journal,
    photos: Sequence[Photo],
    folder: Path,
    *,
    scrubbed: bool = False,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> SavedOut:
    """Write these into a folder under the names they came with; nothing that is there is replaced. In a worker.

    An original is proven before it is written. `scrubbed` ones are upright JPEGs that carry no metadata.
    """
    taken = {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()
    saved: list[Path] = []
    failed: list[tuple[str, Message]] = []
    for done, photo in enumerate(photos):
        if control.cancelled:
            return SavedOut(tuple(saved), tuple(failed), len(photos) - done)
        control.report(Progress(done, len(photos), photo.original.file_name))
        name = free_name(photo, taken, scrubbed=scrubbed)
        try:
            save_export(folder / name, copy_of(journal, photo, scrubbed=scrubbed))
        except WorldError as error:
            failed.append((photo.original.file_name or name, error.message))
            continue
        taken.add(name)
        saved.append(folder / name)
    return SavedOut(tuple(saved), tuple(failed))


def copy_of(journal: Journal, photo: Photo, *, scrubbed: bool = False) -> bytes:
    """The bytes of a copy. Raises WorldError when the original is damaged, gone, or (scrubbed) cannot be read."""
    contents = journal.photo_bytes(photo)
    if not scrubbed:
        return contents
    from needlejournal.imaging.composing.scrubbing import scrub

    return scrub(contents)


def free_name(photo: Photo, taken: Iterable[str], *, scrubbed: bool = False) -> str:
    """The name a photo came with, made fit for every system, and another where it is taken ("IMG_1 (2).jpg").

    Names that differ in capitals only, or in how their letters are composed, are one name to some systems.
    """
    came_with = (
        _FORBIDDEN.sub("_", photo.original.file_name)[-120:].encode()[-_LONGEST:].decode(errors="ignore").strip(" .")
    )
    if not came_with or _RESERVED.match(came_with):
        came_with = f"{photo.when.day.isoformat()} {photo.view or 'photo'}"
    stem, dot, ending = came_with.rpartition(".")
    if not dot or not stem:
        stem, ending = came_with, Path(photo.original.stored_name.removesuffix(SEALED)).suffix.lstrip(".")
    ending = "jpg" if scrubbed else ending
    names = set(map(_same, taken))
    number = 1
    name = f"{stem}.{ending}"
    while _same(name) in names:
        number += 1
        name = f"{stem} ({number}).{ending}"
    return name


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
