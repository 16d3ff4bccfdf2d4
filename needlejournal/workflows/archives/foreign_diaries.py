"""Taking a diary of another program in: its texts as day notes, its pictures as photos. Twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from needlejournal.imaging.reading.apart import workers
from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.days import DayNote
from needlejournal.journal.errors import BadInput, NotAllowed, WorldError
from needlejournal.journal.message import message
from needlejournal.journal.moments import When
from needlejournal.store import Cancelled, Journal
from needlejournal.store.folder import as_world_error
from needlejournal.store.originals import Originals
from needlejournal.workflows.archives.zip_reading import CheckedZip
from needlejournal.workflows.foreign import dayone, rednotebook
from needlejournal.workflows.foreign.entries import ForeignEntry, ForeignPhoto
from needlejournal.workflows.photos_in.import_plan import Pasted
from needlejournal.workflows.photos_in.importing import Arrival, KeepPreviews, known_to, record, stage
from needlejournal.workflows.photos_in.proving import Prove, proof_for
from needlejournal.workflows.photos_in.scanning import KnownPhotos, scan
from needlejournal.workflows.progress import Control, Progress, Unattended

LABEL = message("Import a diary")


@dataclass(frozen=True, slots=True)
class DiaryTakenIn:
    """How many day notes and photos are new, and the names of pictures that could not be read."""

    notes: int
    photos: int
    unreadable: tuple[str, ...] = ()


@contextmanager
def foreign_entries(source: Path, archive: CheckedZip | None = None) -> Iterator[list[ForeignEntry]]:
    """The entries of a diary; pictures can be read while the block lasts. Raises WorldError when it is none."""
    if source.is_dir():
        if not rednotebook.is_rednotebook(_names_in(source)):
            raise BadInput(message("No diary that can be read here was found in “{name}”.", name=source.name))
        yield list(rednotebook.entries_in_folder(source))
    elif archive is None:
        with CheckedZip(source) as opened:
            yield _in_zip(opened, source)
    else:
        yield _in_zip(archive, source)


def _names_in(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError as error:
        raise as_world_error(error, message("“{name}” cannot be read", name=folder.name)) from error


def _in_zip(archive: CheckedZip, source: Path) -> list[ForeignEntry]:
    if rednotebook.is_rednotebook(archive.names):
        return list(rednotebook.entries_in_zip(archive))
    if dayone.is_day_one(archive):
        return list(dayone.entries_in_zip(archive))
    raise BadInput(
        message(
            "“{name}” is not an archive of a journal, nor a diary of RedNotebook or Day One. Nothing was imported.",
            name=source.name,
        )
    )


@dataclass(frozen=True, slots=True)
class Target:
    """What of a journal the photos of a diary are read for and written into, so that a worker can do it."""

    originals: Originals
    known: KnownPhotos
    keep_previews: KeepPreviews
    prove: Prove


def target_in(journal: Journal, catalogue: Catalogue) -> Target:
    """Read from a journal what `prepare_diary` needs of it."""
    return Target(journal.originals, known_to(journal, catalogue), KeepPreviews(journal), proof_for(journal))


@dataclass(frozen=True, slots=True)
class PreparedDiary:
    """A diary that was read and whose new photos are durable; only rows are missing."""

    entries: tuple[ForeignEntry, ...]
    arrivals: tuple[Arrival, ...]
    unreadable: tuple[str, ...]


def prepare_diary(
    target: Target,
    entries: Iterable[ForeignEntry],
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> PreparedDiary:
    """Read the photos of a diary and make new ones durable; may run in a worker.

    Raises WorldError, and Cancelled when stopped; then nothing new is left behind.
    """
    listed = tuple(entries)
    arrivals, unreadable = dict[str, Arrival](), list[str]()
    try:
        for entry, photo in _photos_of(listed, control):
            _prepare_photo(target, entry, photo, arrivals, unreadable)
    except BaseException:
        let_go(target.originals, arrivals.values())
        raise
    return PreparedDiary(listed, tuple(arrivals.values()), tuple(unreadable))


def _photos_of(entries: Sequence[ForeignEntry], control: Control) -> Iterator[tuple[ForeignEntry, ForeignPhoto]]:
    """Each photo with its entry, one after another, with progress. Raises Cancelled when stopped."""
    for number, entry in enumerate(entries):
        control.report(Progress(number, len(entries), str(entry.day)))
        for photo in entry.photos:
            if control.cancelled:
                raise Cancelled
            yield entry, photo


def _prepare_photo(
    target: Target, entry: ForeignEntry, photo: ForeignPhoto, arrivals: dict[str, Arrival], unreadable: list[str]
) -> None:
    """Make one photo durable, dated by itself or else by its entry, unless it is here or came before."""
    try:
        source = Pasted(photo.name, photo.read())
    except WorldError:
        unreadable.append(photo.name)
        return
    plan = scan([source], target.known, target.keep_previews, look=workers.look, prove=target.prove)
    when = When.from_datetime(entry.at) if entry.at else When(entry.day)
    undated = [item.key for item in plan.items if item.when is None and item.wanted]
    (item,) = plan.with_when(undated, when, target.known.calendar).items
    if item.saves and item.sha256 not in arrivals:
        staged = stage(item, target.originals)
        arrivals[item.sha256] = Arrival(replace(item, source=Pasted(photo.name, b"")), staged)
    elif not item.wanted and not item.photo_id:
        unreadable.append(photo.name)


def let_go(originals: Originals, arrivals: Iterable[Arrival]) -> None:
    """Remove the new photos of a diary that is not taken in after all."""
    for arrival in arrivals:
        with suppress(OSError):
            if arrival.staged.fresh:
                originals.remove(arrival.staged.stored_name)


def admit_diary(journal: Journal, prepared: PreparedDiary) -> DiaryTakenIn:
    """Write the rows, inside an open step; `let_go` of the photos when that fails."""
    notes = sum(take_note(journal, entry) for entry in prepared.entries)
    return DiaryTakenIn(notes, len(record(journal, prepared.arrivals)), prepared.unreadable)


def take_diary(
    journal: Journal,
    entries: Iterable[ForeignEntry],
    catalogue: Catalogue,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> DiaryTakenIn:
    """All texts and photos in one step: everything or nothing. Raises WorldError, and Cancelled when stopped."""
    if journal.read_only:
        raise NotAllowed(journal.why_read_only)
    prepared = prepare_diary(target_in(journal, catalogue), entries, control)
    try:
        with journal.step(str(LABEL)):
            return admit_diary(journal, prepared)
    except BaseException:
        let_go(journal.originals, prepared.arrivals)
        raise


def take_note(journal: Journal, entry: ForeignEntry) -> bool:
    """Put the text below what the day says already, unless it is there; inside a step. Gives whether it was new."""
    note = journal.day_notes.of_day(entry.day) or DayNote(entry.day)
    tags = tuple(dict.fromkeys((*note.tags, *entry.tags)))
    text = note.text if entry.text in note.text else f"{note.text}\n\n{entry.text}".strip()
    taken = replace(note, text=text, tags=tags)
    if taken == note:
        return False
    journal.day_notes.save(taken)
    return True
