"""Carrying out an import: originals made durable in a worker, then their rows, and only then "saved".

`look` makes the plan, `Staging` writes files, `record` writes rows; `import_all` does all of it without a window.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from shutil import disk_usage
from threading import Event

from needlejournal.imaging.reading.apart import workers
from needlejournal.imaging.reading.previews import MadePreviews
from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.errors import NotAllowed, WorldError
from needlejournal.journal.message import Message
from needlejournal.journal.photos import Original, Photo
from needlejournal.store import PROXY, THUMBNAIL, Journal, Staged
from needlejournal.store.originals import Originals
from needlejournal.workflows.photos_in.import_plan import ImportItem, ImportPlan, ImportSource, Pasted
from needlejournal.workflows.photos_in.proving import proof_for
from needlejournal.workflows.photos_in.scanning import KnownPhotos, scan
from needlejournal.workflows.progress import Control, Progress, Unattended

BATCH = 8  # photos that share one commit where nobody watches
LABEL = "Import photos"
LITTLE_ROOM = 256 << 20  # bytes: unless so much is left when all originals are in, previews wait until they are


@dataclass(frozen=True, slots=True)
class Arrival:
    """An original that is durable and waits for its row."""

    item: ImportItem
    staged: Staged


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was not saved, with the sentence why."""

    item: ImportItem
    reason: Message


@dataclass(frozen=True, slots=True)
class Imported:
    """How an import went. `left` was not begun, because it was stopped."""

    saved: tuple[tuple[ImportItem, Photo], ...] = ()
    failed: tuple[Failure, ...] = ()
    left: tuple[ImportItem, ...] = ()


def known_to(journal: Journal, catalogue: Catalogue, now: datetime | None = None) -> KnownPhotos:
    """What a scan needs of a journal. `now` is the local time: dates after it are implausible."""
    return KnownPhotos(
        journal.photos.known_hashes(),
        journal.photos.trashed_ids(),
        journal.sessions.calendar(),
        tuple(view.key for view in catalogue.views),
        tuple(zone.key for zone in catalogue.zones),
        now,
    )


class KeepPreviews:
    """Puts the previews that a scan makes into the journal; a preview that cannot be kept is made again later."""

    def __init__(self, journal: Journal) -> None:
        self._previews = journal.previews
        self._folder = journal.folder

    def __call__(self, sha256: str, previews: MadePreviews, to_come: int) -> None:
        """Keep both previews under the hash, unless the originals to come, in bytes, need the room."""
        try:
            if disk_usage(self._folder).free < LITTLE_ROOM + to_come:
                return
            self._previews.put(sha256, {THUMBNAIL: previews.thumbnail_jpeg, PROXY: previews.proxy_jpeg})
        except (WorldError, OSError):
            return


def look(
    journal: Journal,
    sources: Iterable[ImportSource],
    catalogue: Catalogue,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> ImportPlan:
    """Scan for a journal, in this thread; the pictures are looked at in a process of their own."""
    return scan(sources, known_to(journal, catalogue), KeepPreviews(journal), control, workers.look, proof_for(journal))


def stage(item: ImportItem, originals: Originals) -> Staged:
    """Make the original of one item durable. Raises WorldError when it cannot be, or is another file by now."""
    source = item.source.data if isinstance(item.source, Pasted) else item.source
    return originals.stage(source, item.format, name=item.name, expected=item.sha256)


class Staging:
    """Writes the originals of a plan, one after another, in a worker; the GUI thread takes what is ready.

    Stopping lets the photo at hand be finished. Whatever was not begun stays in `left`.
    """

    def __init__(self, items: Sequence[ImportItem], originals: Originals) -> None:
        self._waiting = deque(items)
        self._ready: deque[Arrival | Failure] = deque()
        self._originals = originals
        self._stop = Event()

    def work(self, control: Control) -> None:
        """Stage until all is done or somebody stops it; reports after each file. Runs in a worker."""
        total = len(self._waiting)
        while self._waiting and not self._stop.is_set():
            item = self._waiting[0]
            self._ready.append(_staged(item, self._originals))
            self._waiting.popleft()
            control.report(Progress(total - len(self._waiting), total, item.name))

    def stop(self) -> None:
        """Begin no further photo."""
        self._stop.set()

    def take(self) -> list[Arrival | Failure]:
        """What became ready since the last call, in order."""
        taken = []
        while self._ready:
            taken.append(self._ready.popleft())
        return taken

    @property
    def left(self) -> tuple[ImportItem, ...]:
        """What was not begun; meaningful once the work has ended."""
        return tuple(self._waiting)


def _staged(item: ImportItem, originals: Originals) -> Arrival | Failure:
    try:
        return Arrival(item, stage(item, originals))
    except WorldError as error:
        return Failure(item, error.message)


def record(journal: Journal, arrivals: Iterable[Arrival]) -> list[Photo]:
    """Write the rows of originals that are durable; call it inside a step. What is in the trash comes back."""
    return [_record(journal, arrival) for arrival in arrivals]


def _record(journal: Journal, arrival: Arrival) -> Photo:
    photo = as_photo(arrival)
    if photo.session_id and journal.sessions.get(photo.session_id) is None:
        photo = replace(photo, session_id=None)
    there = journal.photos.by_hash(photo.original.sha256)
    if there and there.original.stored_name != photo.original.stored_name:
        there = journal.photos.save(replace(there, original=photo.original))
    if there is None:
        return journal.photos.save(photo)
    if not journal.photos.in_trash(there.id):
        return there
    journal.photos.restore(there.id)
    return journal.photos.save(_brought_back(there, photo))


def _brought_back(there: Photo, photo: Photo) -> Photo:
    """A photo out of the trash: its notes and tags as they were, the plan's decisions where it made any."""
    return replace(
        there,
        original=photo.original,
        when=photo.when,
        view=photo.view or there.view,
        zone=photo.zone if photo.view else there.zone,
        session_id=photo.session_id or there.session_id,
        mirrored=photo.mirrored or there.mirrored,
        damage=photo.damage,
        date_source=photo.date_source,
    )


def as_photo(arrival: Arrival) -> Photo:
    """The photo that an item becomes. Raises ValueError for one without a date."""
    item, staged = arrival.item, arrival.staged
    if item.when is None:
        raise ValueError(f"no date: {item.key}")
    return Photo(
        Original(staged.sha256, staged.stored_name, item.name, staged.size, item.format, item.width, item.height),
        item.when,
        view=item.view,
        zone=item.zone,
        session_id=item.session_id,
        mirrored=item.mirrored,
        camera=item.camera,
        colour=item.colour,
        damage=item.damage,
        date_source=item.dated_by.value if item.dated_by else "",
    )


def import_all(
    journal: Journal,
    plan: ImportPlan,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> Imported:
    """Save everything in the plan that can be, a few photos to a commit. Reports Progress of what is saved.

    Raises NotAllowed when the journal is open for viewing only; then nothing at all is written.
    """
    if journal.read_only:
        raise NotAllowed(journal.why_read_only)
    waiting = list(plan.to_save)
    total = len(waiting)
    result = Imported()
    while waiting and not control.cancelled:
        batch, waiting = waiting[:BATCH], waiting[BATCH:]
        result = _with_batch(journal, batch, result)
        control.report(Progress(total - len(waiting), total, batch[-1].name))
    return replace(result, left=tuple(waiting))


def _with_batch(journal: Journal, batch: list[ImportItem], result: Imported) -> Imported:
    outcomes = [_staged(item, journal.originals) for item in batch]
    arrivals = [outcome for outcome in outcomes if isinstance(outcome, Arrival)]
    failed = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    try:
        with journal.step(LABEL):
            photos = record(journal, arrivals)
    except WorldError as error:
        take_back(journal, arrivals)
        return replace(
            result, failed=(*result.failed, *failed, *(Failure(one.item, error.message) for one in arrivals))
        )
    saved = tuple((arrival.item, photo) for arrival, photo in zip(arrivals, photos, strict=True))
    return replace(result, saved=(*result.saved, *saved), failed=(*result.failed, *failed))


def take_back(journal: Journal, arrivals: Iterable[Arrival]) -> None:
    """Remove originals whose rows could not be written, where nothing was there before: they take room for nothing."""
    for arrival in arrivals:
        with suppress(OSError, WorldError):
            if arrival.staged.fresh and journal.photos.by_hash(arrival.staged.sha256) is None:
                journal.originals.remove(arrival.staged.stored_name)
