"""The open export: everything that was written down, as JSON, CSV and a calendar, with all photos, in one BagIt ZIP;
and taking such an archive into a journal.

The same journal gives the same bytes. Exports are plain: whoever has the file can read it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.errors import BadInput, WorldError
from needlejournal.journal.message import message
from needlejournal.store import Cancelled, Journal
from needlejournal.store.merging import Merged, nonsense
from needlejournal.store.originals import EXTENSIONS
from needlejournal.store.records import Record, Records
from needlejournal.workflows.bag_reading import Bag
from needlejournal.workflows.bag_writing import write_bag
from needlejournal.workflows.calendar import calendar_bytes, exported
from needlejournal.workflows.planning import agenda_of
from needlejournal.workflows.progress import Control, Progress, Unattended
from needlejournal.workflows.saving import as_csv
from needlejournal.workflows.zip_reading import CheckedZip, UnsafeArchive

FORMAT = "needlejournal"
VERSION = 1
JOURNAL = "journal.json"
LABEL = "Take in an archive"
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
class Exported:
    """What went into an archive. `left_out` are names of photos whose originals are missing or damaged."""

    records: int
    photos: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came out of an archive: new rows by kind, what was here already, and what says something else here."""

    added: Mapping[str, int] = field(default_factory=dict)
    already: int = 0
    differing: int = 0


def export_archive(
    journal: Journal,
    path: Path,
    catalogue: Catalogue,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> Exported:
    """Write the whole journal, without the trash, to a ZIP file. Raises WorldError, and Cancelled when stopped."""
    records = journal.records()
    left_out: list[str] = []
    kept = {photo["sha256"]: photo for photo in records["photo"]}
    photos = _photos(journal, records, left_out, control)
    payload = _payload(journal, records, photos, catalogue)
    info = [
        ("Source-Organization", "Needle Journal"),
        ("External-Description", "A diary of skin treatments with its photographs"),
        ("External-Identifier", journal.name),
    ]
    write_bag(path, f"{_PLAIN.sub('-', journal.name).strip('-') or 'journal'}-export", payload, info, README)
    count = sum(len(rows) for rows in records.values())
    return Exported(count, len(kept) - len(left_out), tuple(left_out))


def _payload(
    journal: Journal, records: Records, photos: Iterator[tuple[str, bytes]], catalogue: Catalogue
) -> Iterator[tuple[str, bytes]]:
    """Photos first: what cannot be read is left out of what is written about them."""
    yield from photos
    document = {"format": FORMAT, "version": VERSION, "name": journal.name, "records": records}
    yield JOURNAL, (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    for kind, rows in records.items():
        if rows:
            yield f"csv/{kind}.csv", as_csv(_table(rows))
    now = max((_instant(row["changed_utc"]) for rows in records.values() for row in rows), default=_instant(""))
    entries = exported(agenda_of(journal, now.date(), catalogue))
    yield "calendar.ics", calendar_bytes(entries, journal.name, now)


def _photos(journal: Journal, records: Records, left_out: list[str], control: Control) -> Iterator[tuple[str, bytes]]:
    originals = {photo.original.sha256: photo for photo in journal.photos.all()}
    total = len(records["photo"])
    for number, record in enumerate(records["photo"]):
        if control.cancelled:
            raise Cancelled
        control.report(Progress(number, total, record["file_name"]))
        record["file"] = _photo_name(record)
        try:
            contents = journal.sound_photo_bytes(originals[record["sha256"]])
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


def import_archive(
    journal: Journal,
    archive: CheckedZip,
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> TakenIn:
    """Take a bag in: everything or nothing, and nothing twice. Raises WorldError, and Cancelled when stopped."""
    bag = Bag(archive)

    def step(done: int, total: int) -> None:
        if control.cancelled:
            raise Cancelled
        control.report(Progress(done, 2 * total))

    bag.verify(step)
    records, staged = _records(bag), dict[str, str]()
    try:
        _stage_photos(journal, bag, records, staged, control)
        with journal.step(LABEL):
            merged = journal.take_in(records, {**staged, **_here(journal, records)})
    except BaseException:
        for stored_name in staged.values():
            journal.originals.remove(stored_name)
        raise
    return as_taken_in(merged)


def as_taken_in(merged: Merged) -> TakenIn:
    """The same as a value."""
    return TakenIn(dict(merged.added), merged.already, merged.differing)


def archive_name(archive: CheckedZip) -> str:
    """The name of the journal in a bag."""
    return str(_document(Bag(archive)).get("name", ""))[:200]


def _document(bag: Bag) -> dict[str, Any]:
    if JOURNAL not in bag.hashes:
        raise UnsafeArchive(message("There is no journal in this archive. Nothing was taken in."))
    try:
        found = json.loads(bag.read(JOURNAL))
    except (ValueError, RecursionError) as error:
        raise nonsense("journal") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise UnsafeArchive(message("There is no journal in this archive. Nothing was taken in."))
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
    told = photo.get("file")
    if (
        not isinstance(told, str)
        or bag.hashes.get(told) != photo.get("sha256")
        or not (photo.get("format") == "" or photo.get("format") in EXTENSIONS)
        or not all(isinstance(size, int) and 0 <= size <= WIDEST for size in sizes)
    ):
        raise nonsense("photo")


def _here(journal: Journal, records: Records) -> dict[str, str]:
    wanted = {photo["sha256"] for photo in records["photo"]}
    return {sha256: name for sha256, name in journal.photos.stored_names().items() if sha256 in wanted}


def _stage_photos(journal: Journal, bag: Bag, records: Records, staged: dict[str, str], control: Control) -> None:
    """Make the originals that are not here yet durable, and write into `staged` where, by hash."""
    here, total = journal.photos.known_hashes(), len(records["photo"])
    for number, photo in enumerate(records["photo"]):
        if control.cancelled:
            raise Cancelled
        control.report(Progress(total + number, 2 * total, str(photo.get("file_name", ""))))
        contents, sha256 = bag.read(photo.pop("file")), photo["sha256"]
        photo["size"] = len(contents)
        if sha256 not in here and sha256 not in staged:
            kept = journal.originals.stage(contents, photo["format"], name="A photo", expected=sha256)
            staged[sha256] = kept.stored_name
