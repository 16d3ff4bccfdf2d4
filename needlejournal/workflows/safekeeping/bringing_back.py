"""Single things out of a backup: what it holds and the journal lacks, and bringing the chosen ones back.

First looked at and prepared in a worker, then admitted where rows are written, or discarded.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from needlejournal.journal.days import DayNote
from needlejournal.journal.errors import BadInput, NotAllowed, WorldError
from needlejournal.journal.message import message
from needlejournal.store import Cancelled, Journal
from needlejournal.store.backup import BackupSource
from needlejournal.store.backup_folder import Version, find_backup_folder
from needlejournal.store.keys import Keyring
from needlejournal.store.merging import SAME
from needlejournal.store.older import Older, look_into
from needlejournal.store.originals import Originals
from needlejournal.store.records import KINDS, REFERS, Record, Records
from needlejournal.store.restore import chosen_version
from needlejournal.workflows.photos_in.proving import Proof
from needlejournal.workflows.progress import Control, Progress, Unattended
from needlejournal.workflows.writing import something_was_felt

LABEL = message("Bring back from a backup")
SINGLE = ("session", "photo", "day_note", "side_effect", "rating", "course", "spot", "question")
BELONGS = ("blind_answer", "aftercare_tick", "dismissal", "alignment", "spot", "spot_place", "pair_override")
KEY_SIGNS = 10  # of a uid: enough to tell things apart, short enough to type
_POINTS_TO = frozenset(name.removesuffix("_id") for name in REFERS)


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something a backup holds and the journal does not: what it is called here (`key`), its kind, its day ("" when it
    has none), and its records; the side effects of one day are one thing."""

    key: str
    kind: str
    day: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class InBackup:
    """What was found in one version of a backup, the latest day first."""

    older: Older
    things: tuple[Lacking, ...]


@dataclass(frozen=True, slots=True)
class BackToBe:
    """Chosen things whose photos are durable; only rows are missing. `left_out` are names of photos whose copy in the
    backup is not what it was."""

    records: Records
    notes: tuple[Record, ...]
    staged: dict[str, str] = field(default_factory=dict)  # stored names of new originals, by hash
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """How many things came back, with what belongs to them, and names of photos whose copy is damaged."""

    things: int
    left_out: tuple[str, ...] = ()


def versions_at(place: Path, source: BackupSource) -> list[Version]:
    """The whole versions of this journal's backup at `place`, the newest first. Raises WorldError."""
    return find_backup_folder(place, source.uid).versions()


def find(
    here: Records, source: BackupSource, place: Path, version: str = "", keyring: Keyring | None = None
) -> InBackup:  # fmt: skip
    """What the newest version at `place` (or the one whose name begins with `version`) holds and `here` lacks.

    May run in a worker. Raises WorldError.
    """
    backups = find_backup_folder(place, source.uid)
    older = look_into(backups, chosen_version(backups, version), source, keyring)
    things = sorted(_lacking(here, older.records), key=_within_a_day)
    return InBackup(older, tuple(sorted(things, key=lambda thing: thing.day, reverse=True)))


def _lacking(here: Records, there: Records) -> Iterator[Lacking]:
    effects, photos = defaultdict[str, list[Record]](list), {photo["uid"] for photo in here["photo"]}
    for kind in SINGLE:
        known, alike = {record["uid"] for record in here[kind]}, {_meaning(kind, record) for record in here[kind]}
        texts = {note["day"]: note["text"] for note in here["day_note"]}
        for record in there[kind]:
            if not _has_a_day(record):
                continue
            if kind == "day_note":
                if _note_is_lacking(record, texts.get(record["day"])):
                    yield _thing(kind, record)
            elif record["uid"] in known or _meaning(kind, record) in alike or not _stands_alone(kind, record, photos):
                continue
            elif kind == "side_effect":
                effects[record["day"]].append(record)
            else:
                yield _thing(kind, record)
    for day, records in effects.items():
        yield Lacking(f"side_effects-{day}", "side_effect", day, tuple(records))


def _meaning(kind: str, record: Record) -> tuple[object, ...]:
    """What two records of a kind share that mean the same thing."""
    return tuple(record[name] for name in SAME.get(kind, ("uid",)))


def _has_a_day(record: Record) -> bool:
    """One whose day is none cannot be shown anywhere."""
    with suppress(ValueError):
        return record.get("day") is None or bool(date.fromisoformat(record["day"]))
    return False


def _stands_alone(kind: str, record: Record, photos: set[str]) -> bool:
    """A spot without its photo comes back with that."""
    return kind != "spot" or record["photo"] in photos


def _note_is_lacking(record: Record, text_here: str | None) -> bool:
    """A note that was removed or emptied; one that says something else here was changed by the person, and stays."""
    return bool(record["text"].strip()) and not (text_here or "").strip()


def _within_a_day(thing: Lacking) -> tuple[int, str, str]:
    record = thing.records[0]
    return SINGLE.index(thing.kind), record.get("time") or "", record.get("file_name") or thing.key


def _thing(kind: str, record: Record) -> Lacking:
    return Lacking(f"{kind}-{record['uid'][:KEY_SIGNS]}", kind, record.get("day") or "", (record,))


def prepare(
    originals: Originals,
    names: Mapping[str, str],
    here: Records,
    found: InBackup,
    chosen: Collection[str],
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> BackToBe:
    """Make the photos among the chosen things durable, each proven by its hash; may run in a worker.

    `names` say where originals of the journal lie, by hash. Raises BadInput for a key that is not among the things,
    WorldError, and Cancelled when stopped; then nothing new is left behind.
    """
    things = [thing for thing in found.things if thing.key in chosen]
    unknown = set(chosen) - {thing.key for thing in things}
    if unknown:
        raise BadInput(message("There is no “{key}” in this backup that the journal lacks.", key=min(unknown)))
    wanted: dict[str, list[Record]] = {kind: [] for kind in KINDS}
    notes = [record for thing in things for record in thing.records if thing.kind == "day_note"]
    for thing in things:
        if thing.kind != "day_note":
            wanted[thing.kind] += thing.records
    back = BackToBe({}, tuple(notes))
    try:
        _stage_photos(originals, names, found.older, wanted, back, control)
    except BaseException:
        discard(originals, back)
        raise
    _add_what_belongs(wanted, here, found.older.records)
    back.records.update(wanted)
    return back


def discard(originals: Originals, back: BackToBe) -> None:
    """Remove the photos of what is not brought back after all."""
    for stored_name in back.staged.values():
        with suppress(OSError):
            originals.remove(stored_name)


def admit(journal: Journal, back: BackToBe) -> None:
    """Write the rows, inside an open step; `discard` when that fails."""
    journal.take_in(back.records, {**back.staged, **journal.photos.stored_names()})
    for record in back.notes:
        day = date.fromisoformat(record["day"])
        note = journal.day_notes.of_day(day) or DayNote(day)
        tags = tuple(dict.fromkeys((*note.tags, *record["tags"])))
        journal.day_notes.save(replace(note, text=record["text"], tags=tags))
    for effect in back.records["side_effect"]:
        something_was_felt(journal, date.fromisoformat(effect["day"]))


def bring_back(
    journal: Journal,
    found: InBackup,
    chosen: Collection[str],
    control: Control = Unattended(),  # noqa: B008 (it has no state)
) -> BroughtBack:
    """Bring these things back in one step: everything or nothing. Raises WorldError, Cancelled."""
    if journal.read_only:
        raise NotAllowed(journal.why_read_only)
    back = prepare(journal.originals, journal.photos.stored_names(), journal.records(), found, chosen, control)
    try:
        with journal.step(str(LABEL)):
            admit(journal, back)
    except BaseException:
        discard(journal.originals, back)
        raise
    return BroughtBack(len(chosen) - len(back.left_out), tuple(back.left_out))


def _stage_photos(
    originals: Originals,
    names: Mapping[str, str],
    older: Older,
    wanted: dict[str, list[Record]],
    back: BackToBe,
    control: Control,
) -> None:
    """Make the wanted photos durable, or prove those whose files are here; one whose copy is damaged stays out."""
    prove, whole = Proof(originals, names), []
    for number, photo in enumerate(wanted["photo"]):
        if control.cancelled:
            raise Cancelled
        control.report(Progress(number, len(wanted["photo"]), photo["file_name"]))
        sha256 = photo["sha256"]
        contents = _sound_copy(older, sha256)
        if contents is None:
            back.left_out.append(photo["file_name"])
            continue
        if sha256 in names:
            prove(sha256, contents)
        elif sha256 not in back.staged:
            kept = originals.stage(contents, photo["format"], name=photo["file_name"], expected=sha256)
            back.staged[sha256] = kept.stored_name
        whole.append(photo)
    wanted["photo"] = whole


def _sound_copy(older: Older, sha256: str) -> bytes | None:
    with suppress(WorldError):
        contents = older.originals.read(older.stored_names[sha256])
        return contents if hashlib.sha256(contents).hexdigest() == sha256 else None
    return None


def _add_what_belongs(wanted: dict[str, list[Record]], here: Records, there: Records) -> None:
    """Add what means nothing alone and hangs on wanted things (ticks, alignments, …), and what is here and is linked
    with them, so that the links come back as well."""
    coming = {record["uid"] for records in wanted.values() for record in records}
    alive = {record["uid"]: kind for kind in KINDS for record in here[kind]}
    for kind in KINDS:
        for record in there[kind]:
            if record["uid"] not in alive and kind in BELONGS and _points_to(record) & coming:
                wanted[kind].append(record)
                coming.add(record["uid"])
    linked = {uid for records in wanted.values() for record in records for uid in _points_to(record)}
    for kind in KINDS:
        wanted[kind] += [
            record
            for record in there[kind]
            if alive.get(record["uid"]) == kind and (record["uid"] in linked or _points_to(record) & coming)
        ]


def _points_to(record: Record) -> set[str]:
    return {uid for name in _POINTS_TO & record.keys() if isinstance(uid := record[name], str)}
