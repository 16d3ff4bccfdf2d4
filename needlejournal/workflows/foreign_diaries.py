"""Taking a diary of another program in: its texts as day notes, its pictures as photos. Twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.days import DayNote
from needlejournal.journal.errors import BadInput, WorldError
from needlejournal.journal.message import message
from needlejournal.journal.moments import When
from needlejournal.store import Cancelled, Journal
from needlejournal.workflows.foreign import dayone, rednotebook
from needlejournal.workflows.foreign.entries import ForeignEntry
from needlejournal.workflows.import_plan import Pasted
from needlejournal.workflows.importing import import_all, look
from needlejournal.workflows.progress import Control, Progress, Unattended
from needlejournal.workflows.zip_reading import CheckedZip

LABEL = "Take in a diary"


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
        names = [path.name for path in source.iterdir()]
        if not rednotebook.is_rednotebook(names):
            raise BadInput(message("There is no diary that is known here in “{name}”.", name=source.name))
        yield list(rednotebook.entries_in_folder(source))
    elif archive is None:
        with CheckedZip(source) as opened:
            yield _in_zip(opened, source)
    else:
        yield _in_zip(archive, source)


def _in_zip(archive: CheckedZip, source: Path) -> list[ForeignEntry]:
    if rednotebook.is_rednotebook(archive.names):
        return list(rednotebook.entries_in_zip(archive))
    if dayone.is_day_one(archive):
        return list(dayone.entries_in_zip(archive))
    raise BadInput(
        message(
            "“{name}” is no archive of a journal, and no diary of RedNotebook or Day One. Nothing was taken in.",
            name=source.name,
        )
    )


def take_diary(
    journal: Journal,
    entries: Iterable[ForeignEntry],
    catalogue: Catalogue,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> DiaryTakenIn:
    """All texts in one step, then the photos. Raises WorldError, and Cancelled before a photo when stopped."""
    listed = list(entries)
    with journal.step(LABEL):
        notes = sum(take_note(journal, entry) for entry in listed)
    photos, unreadable = 0, list[str]()
    for number, entry in enumerate(listed):
        if control.cancelled:
            raise Cancelled
        control.report(Progress(number, len(listed), str(entry.day)))
        new, failed = _take_photos(journal, entry, catalogue)
        photos, unreadable = photos + new, unreadable + failed
    return DiaryTakenIn(notes, photos, tuple(unreadable))


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


def _take_photos(journal: Journal, entry: ForeignEntry, catalogue: Catalogue) -> tuple[int, list[str]]:
    """The photos of an entry, dated by themselves or else by the entry."""
    sources, failed = [], []
    for photo in entry.photos:
        try:
            sources.append(Pasted(photo.name, photo.read()))
        except WorldError:
            failed.append(photo.name)
    plan = look(journal, sources, catalogue)
    undated = [item.key for item in plan.items if item.when is None and item.wanted]
    when = When.from_datetime(entry.at) if entry.at else When(entry.day)
    done = import_all(journal, plan.with_when(undated, when, journal.sessions.calendar()))
    saved = {item.name for item, _photo in done.saved}
    failed += [item.name for item in plan.items if item.reason and not item.photo_id and item.name not in saved]
    return len(done.saved), failed
