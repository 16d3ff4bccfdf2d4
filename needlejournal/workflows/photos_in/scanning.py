"""Looking at what a person brought: files and folders become an ImportPlan. Reads files; writes only previews.

Each picture is read and decoded once: what comes out is kept as its preview, under the hash, so that saving it later
needs no second decode. Previews of photos that were not saved are dropped by `previewing.drop_strays`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from pathlib import Path

from needlejournal.imaging.reading import other_files
from needlejournal.imaging.reading.damage import Damage
from needlejournal.imaging.reading.formats import Format, sniff
from needlejournal.imaging.reading.inspection import DateAnswer, PictureFacts
from needlejournal.imaging.reading.looking import Looked, look
from needlejournal.imaging.reading.previews import MadePreviews
from needlejournal.imaging.reading.unreadable import DAMAGED_KIND, Reason, UnreadablePicture
from needlejournal.journal.dating import DateSource, Proposal, doubt, may_be_proposed, ranked
from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import Message, message
from needlejournal.journal.moments import When
from needlejournal.journal.numbering import SessionCalendar
from needlejournal.store.folder import as_world_error
from needlejournal.workflows.photos_in.file_names import moment_in
from needlejournal.workflows.photos_in.import_plan import (
    UNREACHABLE,
    ImportItem,
    ImportPlan,
    ImportSource,
    Pasted,
    Standing,
    Stored,
    guessed_key,
    once_each,
    printable,
    proposed_session,
)
from needlejournal.workflows.photos_in.proving import Prove, unproven
from needlejournal.workflows.photos_in.sidecars import moment_beside
from needlejournal.workflows.photos_in.walking import find
from needlejournal.workflows.progress import Control, Progress, Unattended

HEAD = 4096
LARGEST_OTHER = 64 << 20  # a file that is no picture is not read to its end beyond this size
LARGEST = 4 << 30
IN_TRASH = message("It is in the journal’s trash. Importing it brings it back.")
IN_JOURNAL = {
    Stored.WHOLE: message("It is in the journal already."),
    Stored.MENDED: message(
        "It is in the journal already. The journal’s own file of it was missing or damaged, and was put back from this "
        "one."
    ),
    Stored.BROKEN: message(
        "It is in the journal already, but the journal’s own file of it is missing or damaged and could not be put "
        "back. Keep this one, and try again when there is room on the disk."
    ),
}

KeepPreviews = Callable[
    [str, MadePreviews, int], None
]  # the hash, what to keep, and the bytes of all originals to come
Look = Callable[[bytes, datetime | None], Looked]


@dataclass(frozen=True, slots=True)
class KnownPhotos:
    """What the journal knows, as far as a scan needs it: photo ids by hash, those in the trash, sessions, keys.

    `now` is local; `zone` is where moments told in UTC are lived, by default this computer's.
    """

    hashes: Mapping[str, int]
    trashed: frozenset[int] = frozenset()
    calendar: SessionCalendar = field(default_factory=lambda: SessionCalendar(()))
    views: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    now: datetime | None = None
    zone: tzinfo | None = None

    @property
    def first_day(self) -> date | None:
        """The day of the first session: photos from years before it are asked about."""
        return self.calendar.marks[0].when.day if self.calendar.marks else None


@dataclass(frozen=True, slots=True)
class Glimpsed:
    """Files that were found, with nothing but their names; or those of them that have been looked at."""

    items: tuple[ImportItem, ...]


def scan(
    sources: Iterable[ImportSource],
    known: KnownPhotos,
    keep_previews: KeepPreviews = lambda _sha256, _previews, _to_come: None,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
    look: Look = look,
    prove: Prove = unproven,
) -> ImportPlan:
    """Look at files, folders (with all that is in them) and pasted pictures. Runs in a worker.

    `look` is how one picture is looked at: in this process, or apart from it (`imaging.reading.apart`).
    `prove` tells how the journal's own file is of a photo that is there already, and mends it.

    Reports all names as Glimpsed, then Progress and Glimpsed for each file. When it is cancelled the plan holds what
    was seen until then.
    """
    found = find(sources)
    files = _heic_last(found.files)
    control.report(Glimpsed(tuple(ImportItem(key, source, Standing.NEW) for key, (source, _) in enumerate(files))))
    means = _Means(known, keep_previews, look, prove, sum(_size(source) for source, _ in files))
    items: list[ImportItem] = []
    for key, (source, failure) in enumerate(files):
        if control.cancelled:
            break
        control.report(Progress(key, len(files), _name(source)))
        notes = found.sidecars.get(source, ())
        items.append(_unread(key, source, failure) if failure else _seen(key, source, means, notes))
        control.report(Glimpsed((items[-1],)))
    return ImportPlan(once_each(items), len(items) == len(files), found.companions)


def _heic_last(found: Sequence[tuple[ImportSource, Message | None]]) -> list[tuple[ImportSource, Message | None]]:
    """HEIC takes seven times as long as JPEG: the others are there first."""
    return sorted(found, key=lambda one: _name(one[0]).lower().endswith((".heic", ".heif")))


def _name(source: ImportSource) -> str:
    return source.name if isinstance(source, Pasted) else printable(source.name)


def _size(source: ImportSource) -> int:
    if isinstance(source, Pasted):
        return len(source.data)
    with suppress(OSError):
        return source.stat().st_size
    return 0


def _unread(key: int, source: ImportSource, reason: Message, kind: str = UNREACHABLE) -> ImportItem:
    return ImportItem(key, source, Standing.UNREADABLE, kind=kind, reason=reason)


@dataclass(frozen=True, slots=True)
class _Means:
    """What every file is looked at with."""

    known: KnownPhotos
    keep_previews: KeepPreviews
    look: Look
    prove: Prove
    to_come: int  # bytes of all files that were found


def _seen(key: int, source: ImportSource, means: _Means, notes: Sequence[Path]) -> ImportItem:
    """One file as it stands to the journal."""
    try:
        data = _read(source)
    except UnreadablePicture as error:
        return _unread(key, source, error.message, error.reason.kind)
    except WorldError as error:
        return _unread(key, source, error.message)
    except MemoryError:
        return _unread(key, source, Reason.NO_MEMORY.sentence, Reason.NO_MEMORY.kind)
    sha256 = hashlib.sha256(data).hexdigest()
    base = ImportItem(key, source, Standing.NEW, sha256, len(data))
    photo_id = means.known.hashes.get(sha256, 0)
    if photo_id and photo_id not in means.known.trashed:
        stored = means.prove(sha256, data)
        return replace(base, standing=Standing.ALREADY, reason=IN_JOURNAL[stored], photo_id=photo_id, stored=stored)
    item = _understood(base, data, means, notes)
    return replace(item, standing=Standing.TRASHED, reason=IN_TRASH, photo_id=photo_id) if photo_id else item


def _understood(base: ImportItem, data: bytes, means: _Means, notes: Sequence[Path]) -> ImportItem:
    looked = means.look(data, means.known.now)
    item = _with_facts(base, looked.facts, means.known, notes) if looked.facts else base
    if looked.previews is None:
        return replace(_unreadable(item, looked.failure or UnreadablePicture(Reason.DAMAGED)), width=0, height=0)
    previews = looked.previews
    means.keep_previews(item.sha256, previews, means.to_come)
    item = replace(item, colour=previews.colour, harmed=previews.harmed)
    return _damaged(item, previews.damage) if previews.damage else item


def _damaged(item: ImportItem, damage: Damage) -> ImportItem:
    return replace(
        item,
        standing=Standing.UNREADABLE if damage is Damage.CUT else Standing.DAMAGED,
        kind=DAMAGED_KIND,
        damage=damage.value,
        reason=damage.sentence,
    )


def _unreadable(item: ImportItem, failure: UnreadablePicture) -> ImportItem:
    return replace(item, standing=Standing.UNREADABLE, kind=failure.reason.kind, reason=failure.message)


def _with_facts(base: ImportItem, facts: PictureFacts, known: KnownPhotos, notes: Sequence[Path]) -> ImportItem:
    view = guessed_key(base.name, known.views)
    return _dated(
        replace(
            base,
            format=facts.format.value,
            width=facts.width,
            height=facts.height,
            camera=facts.camera,
            view=view,
            zone=guessed_key(base.name, known.zones) if view == "close_up" else "",
            clock=facts.clock,
            microsecond=facts.microsecond,
            remark=_remark(facts),
        ),
        facts,
        known,
        notes,
    )


def _dated(item: ImportItem, facts: PictureFacts, known: KnownPhotos, notes: Sequence[Path]) -> ImportItem:
    """The item with the camera's date where that can be believed, else with what is proposed instead."""
    now = known.now or datetime.now()  # noqa: DTZ005 (compared with local camera dates)
    when = facts.when
    if when and doubt(when, now, known.first_day) is None:
        return replace(item, when=when, session_id=proposed_session(known.calendar, when))
    beside = [(DateSource.SIDECAR, moment_beside(notes, known.zone)), (DateSource.NAME, _named(item, known))]
    others = [Proposal(found, source) for source, found in beside if found and may_be_proposed(found, now)]
    if when:
        return replace(
            item, proposals=ranked((Proposal(when, DateSource.CAMERA), *others), camera_last=False), reason=_LONG_BEFORE
        )
    return replace(item, proposals=ranked((*facts.proposals, *others), camera_last=True), reason=_about_date(facts))


def _named(item: ImportItem, known: KnownPhotos) -> When | None:
    return None if isinstance(item.source, Pasted) else moment_in(item.name, known.zone)


_LONG_BEFORE = message("The camera’s date is years before your first session. Is it right?")


def _about_date(facts: PictureFacts) -> Message | None:
    match facts.date_answer:
        case DateAnswer.IMPLAUSIBLE:
            return message("The date in this picture, “{written}”, cannot be right.", written=facts.written_date)
        case DateAnswer.UNUSUAL:
            return message("The date in this picture is written unusually: “{written}”.", written=facts.written_date)
        case DateAnswer.RESET:
            return message(
                "The camera’s clock had been reset: “{written}” is what it begins with.", written=facts.written_date
            )
        case DateAnswer.MISSING:
            return message("This picture does not say when it was taken.")
        case DateAnswer.WRITTEN:
            return None


def _remark(facts: PictureFacts) -> Message | None:
    """What the file holds besides the picture that is shown."""
    if facts.depth:
        return message("It holds a depth map too, which stays in the original.")
    if not facts.further:
        return None
    if facts.format is Format.TIFF:
        return message("Its %n further page(s) (stays|stay) in the original; the first is shown.", facts.further)
    return message("Its %n further picture(s) (stays|stay) in the original; the first is shown.", facts.further)


def _read(source: ImportSource) -> bytes:
    """The bytes of a file. Raises WorldError when it cannot be read, or is far too large to be a picture."""
    if isinstance(source, Pasted):
        return source.data
    try:
        if not source.is_file():
            source.stat()
            raise WorldError(message("This is not an ordinary file. It was left as it is."))
        with source.open("rb") as file:
            return _read_open(file.read, os.fstat(file.fileno()).st_size)
    except OSError as error:
        raise as_world_error(error, message("This file cannot be read")) from error


def _read_open(read: Callable[[int], bytes], size: int) -> bytes:
    head = read(HEAD)
    if sniff(head) is None and other_files.is_film(head) and not other_files.is_raw(head):
        raise UnreadablePicture(Reason.VIDEO)
    if sniff(head) is None and size > LARGEST_OTHER:
        raise UnreadablePicture(Reason.RAW if other_files.is_raw(head) else Reason.NOT_A_PICTURE)
    if size > LARGEST:
        raise UnreadablePicture(Reason.TOO_LARGE)
    return head + read(-1)
