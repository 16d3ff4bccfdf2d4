"""Looking at what a person brought: files and folders become an ImportPlan. Reads files; writes only previews.

Each picture is read and decoded once: what comes out is kept as its preview, under the hash, so that saving it later
needs no second decode. Previews of photos that were not saved are dropped by `previewing.drop_strays`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from needlejournal.imaging.reading.formats import sniff
from needlejournal.imaging.reading.inspection import DateAnswer, PictureFacts, inspect
from needlejournal.imaging.reading.previews import Previews, make_previews
from needlejournal.imaging.reading.unreadable import Reason, UnreadablePicture
from needlejournal.journal.errors import WorldError
from needlejournal.journal.numbering import SessionCalendar
from needlejournal.store.folder import as_world_error
from needlejournal.workflows.import_plan import (
    ImportItem,
    ImportPlan,
    ImportSource,
    Pasted,
    Standing,
    guessed_key,
    once_each,
    printable,
    proposed_session,
)
from needlejournal.workflows.progress import Control, Progress, Unattended

JUNK = {"thumbs.db", "desktop.ini", "__macosx"}
HEAD = 4096
LARGEST_OTHER = 64 << 20  # a file that is no picture is not read to its end beyond this size
LARGEST = 4 << 30
IN_TRASH = "It is in the journal's trash. Importing it brings it back."
IN_JOURNAL = "It is in the journal already."

KeepPreviews = Callable[[str, Previews], None]


@dataclass(frozen=True, slots=True)
class Known:
    """What the journal knows, as far as a scan needs it: photo ids by hash, those in the trash, sessions, keys."""

    hashes: Mapping[str, int]
    trashed: frozenset[int] = frozenset()
    calendar: SessionCalendar = field(default_factory=lambda: SessionCalendar(()))
    views: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    now: datetime | None = None


def scan(
    sources: Iterable[ImportSource],
    known: Known,
    keep_previews: KeepPreviews = lambda _sha256, _previews: None,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> ImportPlan:
    """Look at files, folders (with all that is in them) and pasted pictures. Runs in a worker.

    Reports Progress. When it is cancelled the plan holds what was seen until then.
    """
    found = _heic_last(list(_files(sources)))
    items: list[ImportItem] = []
    for key, (source, failure) in enumerate(found):
        if control.cancelled:
            break
        control.report(Progress(key, len(found), _name(source)))
        items.append(_unread(key, source, failure) if failure else _seen(key, source, known, keep_previews))
    return ImportPlan(once_each(items), complete=len(items) == len(found))


def _files(sources: Iterable[ImportSource]) -> Iterator[tuple[ImportSource, str]]:
    """Every file, each with why it cannot be looked at ("" when it can). Hidden files in folders are passed over."""
    for source in sources:
        if isinstance(source, Path) and source.is_dir():
            yield from _walk(source)
        else:
            yield source, ""


def _walk(folder: Path) -> Iterator[tuple[ImportSource, str]]:
    failures: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=failures.append):
        folders[:] = sorted(name for name in folders if not _is_junk(name))
        for name in sorted(files):
            if not _is_junk(name):
                yield Path(parent, name), ""
    for error in failures:
        yield Path(os.fsdecode(error.filename or folder)), str(as_world_error(error, "This folder cannot be read"))


def _is_junk(name: str) -> bool:
    return name.startswith(".") or name.lower() in JUNK


def _heic_last(found: list[tuple[ImportSource, str]]) -> list[tuple[ImportSource, str]]:
    """HEIC takes seven times as long as JPEG: the others are there first."""
    return sorted(found, key=lambda one: _name(one[0]).lower().endswith((".heic", ".heif")))


def _name(source: ImportSource) -> str:
    return source.name if isinstance(source, Pasted) else printable(source.name)


def _unread(key: int, source: ImportSource, reason: str) -> ImportItem:
    return ImportItem(key, source, Standing.UNREADABLE, reason=reason)


def _seen(key: int, source: ImportSource, known: Known, keep_previews: KeepPreviews) -> ImportItem:
    """One file as it stands to the journal."""
    try:
        data = _read(source)
    except (WorldError, MemoryError) as error:
        return _unread(key, source, str(error) or Reason.NO_MEMORY.value)
    sha256 = hashlib.sha256(data).hexdigest()
    base = ImportItem(key, source, Standing.NEW, sha256, len(data))
    photo_id = known.hashes.get(sha256, 0)
    if photo_id and photo_id not in known.trashed:
        return replace(base, standing=Standing.ALREADY, reason=IN_JOURNAL, photo_id=photo_id)
    item = _understood(base, data, known, keep_previews)
    return replace(item, standing=Standing.TRASHED, reason=IN_TRASH, photo_id=photo_id) if photo_id else item


def _understood(base: ImportItem, data: bytes, known: Known, keep_previews: KeepPreviews) -> ImportItem:
    try:
        facts = inspect(data, now=known.now)
    except UnreadablePicture as failure:
        return replace(base, standing=Standing.UNREADABLE, reason=str(failure))
    item = _with_facts(base, facts, known)
    try:
        previews = make_previews(data)
    except UnreadablePicture as failure:
        return replace(item, standing=Standing.UNREADABLE, reason=str(failure), width=0, height=0)
    keep_previews(item.sha256, previews)
    return replace(item, colour=previews.colour)


def _with_facts(base: ImportItem, facts: PictureFacts, known: Known) -> ImportItem:
    view = guessed_key(base.name, known.views)
    return replace(
        base,
        format=facts.format.value,
        width=facts.width,
        height=facts.height,
        camera=facts.camera,
        when=facts.when,
        view=view,
        zone=guessed_key(base.name, known.zones) if view == "close_up" else "",
        session_id=proposed_session(known.calendar, facts.when) if facts.when else None,
        reason=_about_date(facts),
    )


def _about_date(facts: PictureFacts) -> str:
    if facts.date_answer is DateAnswer.IMPLAUSIBLE:
        return f"The date in this picture, “{facts.written_date}”, cannot be right."
    return "This picture does not say when it was taken." if facts.date_answer is DateAnswer.MISSING else ""


def _read(source: ImportSource) -> bytes:
    """The bytes of a file. Raises WorldError when it cannot be read, or is far too large to be a picture."""
    if isinstance(source, Pasted):
        return source.data
    try:
        if not source.is_file():
            source.stat()
            raise WorldError("This is not an ordinary file. It was left as it is.")
        with source.open("rb") as file:
            return _read_open(file.read, os.fstat(file.fileno()).st_size)
    except OSError as error:
        raise as_world_error(error, "This file cannot be read") from error


def _read_open(read: Callable[[int], bytes], size: int) -> bytes:
    head = read(HEAD)
    if sniff(head) is None and size > LARGEST_OTHER:
        raise UnreadablePicture(Reason.NOT_A_PICTURE)
    if size > LARGEST:
        raise UnreadablePicture(Reason.TOO_LARGE)
    return head + read(-1)
