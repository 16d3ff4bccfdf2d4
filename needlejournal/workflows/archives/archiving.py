"""The open export: everything that was written down, as JSON, CSV and a calendar, with all photos, in one BagIt ZIP;
and taking such an archive into a journal.

The same journal gives the same bytes. Exports are plain: whoever has the file can read it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.errors import BadInput, NotAllowed, WorldError
from needlejournal.journal.message import message
from needlejournal.journal.photos import Photo
from needlejournal.store import Cancelled, Journal
from needlejournal.store.merging import nonsense
from needlejournal.store.originals import EXTENSIONS, Originals
from needlejournal.store.records import Record, Records
from needlejournal.workflows.archives.bag_reading import Bag
from needlejournal.workflows.archives.bag_writing import write_bag
from needlejournal.workflows.archives.zip_reading import CheckedZip, UnsafeArchive
from needlejournal.workflows.calendar import CalendarFile, calendar_bytes, exported
from needlejournal.workflows.photos_in.import_plan import Stored
from needlejournal.workflows.photos_in.proving import Proof
from needlejournal.workflows.planning import agenda_of
from needlejournal.workflows.progress import Control, Progress, Unattended
from needlejournal.workflows.saving import as_csv

FORMAT = "needlejournal"
VERSION = 1
JOURNAL = "journal.json"
LABEL = message("Import an archive")
WIDEST = 1_000_000
_PLAIN = re.compile(r"[^0-9A-Za-z]+")
README = """\
This is a diary of skin treatments, exported from Needle Journal. Nothing in it is encrypted.

data/journal.json   everything that was written down; docs/file-format.md of the program says what each name means
data/csv/           the same as tables for a spreadsheet
data/calendar.ics   sessions and plans for a calendar
data/photos/        the photographs, byte for byte as they were given
manifest-sha256.txt the hash of each file: check them with "sha256sum -c manifest-sha256.txt"

It is a bag as RFC 8493 (BagIt) describes it. Needle Journal takes it back with "needlejournal import-archive".
"""


@dataclass(frozen=True, slots=True)
class ExportedArchive:
    """What went into an archive. `left_out` are names of photos whose originals are missing or damaged."""

    records: int
    photos: int
    left_out: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came out of an archive: new rows by kind, what was here already, and what says something else here.

    `mended` and `broken` count originals here that were missing or damaged: put back from the archive, or not.
    """

    added: Mapping[str, int] = field(default_factory=dict)
    already: int = 0
    differing: int = 0
    mended: int = 0
    broken: int = 0


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is read from a journal for an archive: its rows, where originals lie by hash, and the calendar."""

    name: str
    records: Records
    photos: Mapping[str, Photo]
    calendar: bytes
    unreadable: tuple[str, ...] = ()


def gather(journal: Journal, catalogue: Catalogue) -> Gathered:
    """Read the rows; quick. The photos follow in `write_archive`."""
    records = journal.records()
    now = max((_instant(row["changed_utc"]) for rows in records.values() for row in rows), default=_instant(""))
    entries = exported(agenda_of(journal, now.date(), catalogue))
    photos = {photo.original.sha256: photo for photo in journal.photos.all()}
    calendar = calendar_bytes(CalendarFile(entries), journal.name, now)
    return Gathered(journal.name, records, photos, calendar, journal.checkup.unreadable())


def write_archive(
    gathered: Gathered,
    read: Callable[[Photo], bytes],
    path: Path,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> ExportedArchive:
    """Write the archive; may run in a worker. `read` gives proven originals. Raises WorldError, Cancelled."""
    left_out: list[str] = []
    info = [
        ("Source-Organization", "Needle Journal"),
        ("External-Description", "A diary of skin treatments with its photographs"),
        ("External-Identifier", gathered.name),
    ]
    top = f"{_PLAIN.sub('-', gathered.name).strip('-') or 'journal'}-export"
    write_bag(path, top, _payload(gathered, _photos(gathered, read, left_out, control)), info, README)
    count = sum(len(rows) for rows in gathered.records.values())
    return ExportedArchive(count, len(gathered.records["photo"]) - len(left_out), tuple(left_out), gathered.unreadable)


def export_archive(
    journal: Journal,
    path: Path,
    catalogue: Catalogue,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> ExportedArchive:
    """Write the whole journal, without the trash, to a ZIP file. Raises WorldError, and Cancelled when stopped."""
    return write_archive(gather(journal, catalogue), journal.photo_bytes, path, control)


def _payload(gathered: Gathered, photos: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Photos first: what cannot be read is marked so in what is written about them."""
    yield from photos
    document = {"format": FORMAT, "version": VERSION, "name": gathered.name, "records": gathered.records}
    yield JOURNAL, (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    for kind, rows in gathered.records.items():
        if rows:
            yield f"csv/{kind}.csv", as_csv(_table(rows))
    yield "calendar.ics", gathered.calendar


def _photos(
    gathered: Gathered, read: Callable[[Photo], bytes], left_out: list[str], control: Control
) -> Iterator[tuple[str, bytes]]:
    total = len(gathered.records["photo"])
    for number, record in enumerate(gathered.records["photo"]):
        if control.cancelled:
            raise Cancelled
        control.report(Progress(number, total, record["file_name"]))
        record["file"] = _photo_name(record)
        try:
            contents = read(gathered.photos[record["sha256"]])
        except WorldError:
            left_out.append(record["file_name"])
            record["file"] = None
            continue
        yield record["file"], contents


def _photo_name(record: Record) -> str:
    clock = (record["time"] or "")[:5].replace(":", "")
    parts = (record["day"], clock, _PLAIN.sub("-", record["view"])[:40], record["sha256"][:16])
    return f"photos/{'_'.join(part for part in parts if part)}{EXTENSIONS.get(record['format'], '.bin')}"


def _instant(text: str) -> datetime:
    with suppress(ValueError):
        return datetime.fromisoformat(text).astimezone(UTC)
    return datetime(2000, 1, 1, tzinfo=UTC)


def _table(rows: list[Record]) -> Iterator[list[str]]:
    names = list(rows[0])
    yield names
    for row in rows:
        yield [_cell(row[name]) for name in names]


def _cell(value: object) -> str:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return (
        ""
        if value is None
        else value
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False, sort_keys=True)
    )


# ---- taking in


@dataclass(frozen=True, slots=True)
class Prepared:
    """An archive that was proven and whose new photos are durable; only rows are missing."""

    records: Records
    staged: dict[str, str]  # stored names of new originals, by hash
    here: dict[str, Stored]  # how originals are that were here already, by hash


def prepare(
    originals: Originals,
    names: Mapping[str, str],
    archive: CheckedZip,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> Prepared:
    """Prove a bag and store its new photos; those whose hashes are in `names`, with the names of their files, are
    proven and put back where they are not whole. May run in a worker.

    Raises WorldError, and Cancelled when stopped; then nothing new is left behind.
    """
    bag = Bag(archive)

    def step(done: int, total: int) -> None:
        if control.cancelled:
            raise Cancelled
        control.report(Progress(done, 2 * total))

    bag.verify(step)
    prepared = Prepared(_records(bag), {}, {})
    try:
        _stage_photos(originals, names, bag, prepared, control)
    except BaseException:
        discard(originals, prepared)
        raise
    return prepared


def discard(originals: Originals, prepared: Prepared) -> None:
    """Remove the photos of an archive that is not taken in after all."""
    for stored_name in prepared.staged.values():
        with suppress(OSError):
            originals.remove(stored_name)


def admit(journal: Journal, prepared: Prepared) -> TakenIn:
    """Write the rows, inside an open step; `discard` when that fails. Raises BadInput for what makes no sense."""
    wanted = {photo["sha256"] for photo in prepared.records["photo"]}
    here = {sha256: name for sha256, name in journal.photos.stored_names().items() if sha256 in wanted}
    merged = journal.take_in(prepared.records, {**prepared.staged, **here})
    how = Counter(prepared.here.values())
    return TakenIn(dict(merged.added), merged.already, merged.differing, how[Stored.MENDED], how[Stored.BROKEN])


def import_archive(
    journal: Journal,
    archive: CheckedZip,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> TakenIn:
    """Take a bag in: everything or nothing, and nothing twice. Raises WorldError, and Cancelled when stopped."""
    if journal.read_only:
        raise NotAllowed(journal.why_read_only)
    prepared = prepare(journal.originals, journal.photos.stored_names(), archive, control)
    try:
        with journal.step(str(LABEL)):
            return admit(journal, prepared)
    except BaseException:
        discard(journal.originals, prepared)
        raise


def archive_name(archive: CheckedZip) -> str:
    """The name of the journal in a bag."""
    return str(_document(Bag(archive)).get("name", ""))[:200]


def _document(bag: Bag) -> dict[str, Any]:
    if JOURNAL not in bag.hashes:
        raise UnsafeArchive(message("There is no journal in this archive. Nothing was imported."))
    try:
        found = json.loads(bag.read(JOURNAL))
        json.dumps(found, ensure_ascii=False).encode()  # half a UTF-16 pair, which no database can hold, raises
    except (ValueError, RecursionError) as error:
        raise nonsense("journal") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise UnsafeArchive(message("There is no journal in this archive. Nothing was imported."))
    version = found.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise BadInput(message("This was written by a newer version of Needle Journal. Update the app to read it."))
    return found


def _records(bag: Bag) -> Records:
    """The records, each photo with a file that is there; a photo without one was left out when it was exported."""
    records = _document(bag).get("records")
    if not isinstance(records, dict) or not isinstance(records.get("photo", []), list):
        raise nonsense("journal")
    photos = [photo for photo in records.get("photo", []) if not isinstance(photo, dict) or photo.get("file", 1)]
    for photo in photos:
        if not isinstance(photo, dict):
            raise nonsense("photo")
        _check_photo(photo, bag)
    return {**records, "photo": photos}


def _check_photo(photo: Record, bag: Bag) -> None:
    sizes = (photo.get("width"), photo.get("height"))
    named = photo.get("file")
    if (
        not isinstance(named, str)
        or bag.hashes.get(named) != photo.get("sha256")
        or photo.get("format") not in ("", *EXTENSIONS)
        or not all(isinstance(size, int) and 0 <= size <= WIDEST for size in sizes)
    ):
        raise nonsense("photo")


def _stage_photos(
    originals: Originals,
    names: Mapping[str, str],
    bag: Bag,
    prepared: Prepared,
    control: Control,
) -> None:
    """Make the originals that are not here yet durable, prove the others, and write into `prepared` how it went."""
    prove, staged, records = Proof(originals, names), prepared.staged, prepared.records["photo"]
    total = len(records)
    for number, photo in enumerate(records):
        if control.cancelled:
            raise Cancelled
        control.report(Progress(total + number, 2 * total, str(photo.get("file_name", ""))))
        contents, sha256 = bag.read(photo.pop("file")), photo["sha256"]
        photo["size"] = len(contents)
        if sha256 in names:
            prepared.here[sha256] = prove(sha256, contents)
        elif sha256 not in staged:
            kept = originals.stage(contents, photo["format"], name="A photo", expected=sha256)
            staged[sha256] = kept.stored_name
