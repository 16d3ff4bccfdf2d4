"""Single things out of a backup: what was deleted comes back as it was, nothing else is touched."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import apsw
import pytest

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.errors import BadInput, NotAllowed, WorldError
from needlejournal.journal.sessions import Severity
from needlejournal.store import Cancelled, Journal, age, create_journal, older, open_journal
from needlejournal.store.backup_folder import as_sums
from needlejournal.store.copying import NotTheSame
from needlejournal.store.keyring import save_for_passphrase, unlock
from needlejournal.store.keys import make_keyring
from needlejournal.store.older import OtherKeys
from needlejournal.workflows.progress import Unattended
from needlejournal.workflows.safekeeping import bringing_back
from needlejournal.workflows.safekeeping.backing_up import back_up
from needlejournal.workflows.safekeeping.bringing_back import bring_back, find, versions_at
from needlejournal.workflows.safekeeping.lacking_words import what_it_is
from tests.asked import undoable
from tests.store.every_kind import DAY, WORD, fill
from tests.store.test_old_journals import JOURNALS

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def disk(journal: Journal, tmp_path: Path) -> Path:
    """A backup of a journal with every kind of row."""
    fill(journal)
    back_up(journal.backup_source(), tmp_path / "disk", NOW)
    return tmp_path / "disk"


def everything(journal: Journal) -> dict[str, list[dict[str, object]]]:
    """What was written, by what a person sees: without the times of writing."""
    times = {"changed_utc", "created_utc"}
    return {
        kind: [{name: value for name, value in record.items() if name not in times} for record in records]
        for kind, records in journal.records().items()
    }


def delete_all(journal: Journal, *, purged: bool) -> None:
    with journal.step("Delete"):
        for kind in bringing_back.SINGLE:
            rows = journal.rows_of(kind)
            for row in rows.all():
                rows.trash(row.id)
    if purged:
        journal.trash.purge(journal.trash.listing())


def found_in(journal: Journal, disk: Path) -> bringing_back.InBackup:
    return find(journal.records(), journal.backup_source(), disk)


def test_nothing_is_lacking_where_nothing_was_deleted(journal: Journal, disk: Path) -> None:
    assert found_in(journal, disk).things == ()


@pytest.mark.parametrize("purged", [False, True])
def test_what_was_deleted_comes_back_as_it_was(journal: Journal, disk: Path, purged: bool) -> None:
    before = everything(journal)
    delete_all(journal, purged=purged)
    found = found_in(journal, disk)
    kinds = {thing.kind for thing in found.things}
    assert kinds == {kind for kind in bringing_back.SINGLE if before[kind]} - {"spot"}
    done = bring_back(journal, found, [thing.key for thing in found.things])
    assert done.left_out == () and done.things == len(found.things)
    after = everything(journal)
    for note in (*before["day_note"], *after["day_note"]):
        note.pop("uid")
    if not purged:  # a spot in the trash of its own is there to be restored
        left = found_in(journal, disk)
        bring_back(journal, left, [thing.key for thing in left.things])
        after["spot"], after["spot_place"] = everything(journal)["spot"], everything(journal)["spot_place"]
    assert after == before
    verified = journal.verify()
    assert (verified.bad, verified.missing) == ((), ())
    assert undoable(journal) == str(bringing_back.LABEL)


def test_one_photo_comes_back_alone_and_goes_by_undo(journal: Journal, disk: Path) -> None:
    first, *others = journal.photos.all()
    contents = journal.photo_bytes(first)
    with journal.step("Delete"):
        for photo in (first, *others):
            journal.photos.trash(photo.id)
    journal.trash.purge(journal.trash.listing())
    found = found_in(journal, disk)
    key = next(thing.key for thing in found.things if thing.records[0]["uid"] == first.uid)
    bring_back(journal, found, [key])
    (back,) = journal.photos.all()
    assert journal.photo_bytes(back) == contents and back.uid == first.uid
    assert back.session_id == first.session_id, "it is linked with its session again"
    journal.history.undo()
    assert journal.photos.all() == []


def test_a_note_emptied_comes_back_and_one_changed_stays(journal: Journal, tmp_path: Path) -> None:
    days = [date(2025, 4, day) for day in (1, 2, 3)]
    with journal.step("Write"):
        for day in days:
            journal.day_notes.save(DayNote(day, f"written on {day}", tags=("kept",)))
    back_up(journal.backup_source(), tmp_path / "disk", NOW)
    with journal.step("Change"):
        note = journal.day_notes.of_day(days[0])
        assert note
        journal.day_notes.save(replace(note, text="  "))
        journal.day_notes.save(DayNote(days[1], "something else"))
        third = journal.day_notes.of_day(days[2])
        assert third
        journal.day_notes.trash(third.id)
    found = found_in(journal, tmp_path / "disk")
    assert [thing.day for thing in found.things] == ["2025-04-03", "2025-04-01"]
    bring_back(journal, found, [thing.key for thing in found.things])
    texts = [note.text for note in journal.day_notes.all()]
    assert sorted(texts) == ["something else", "written on 2025-04-01", "written on 2025-04-03"]


def test_a_side_effect_that_comes_back_takes_nothing_to_note_away(journal: Journal, tmp_path: Path) -> None:
    with journal.step("Write"):
        felt = journal.side_effects.save(SideEffect(DAY, "redness", Severity.MILD))
    back_up(journal.backup_source(), tmp_path / "disk", NOW)
    with journal.step("Change"):
        journal.side_effects.trash(felt.id)
        journal.day_notes.save(DayNote(DAY, nothing_to_note=True))
    found = found_in(journal, tmp_path / "disk")
    bring_back(journal, found, [thing.key for thing in found.things])
    note = journal.day_notes.of_day(DAY)
    assert note and not note.nothing_to_note and len(journal.side_effects.of_day(DAY)) == 1


def test_a_damaged_copy_is_named_and_the_rest_comes_back(journal: Journal, disk: Path) -> None:
    photos = journal.photos.all()
    with journal.step("Delete"):
        for photo in photos:
            journal.photos.trash(photo.id)
    journal.trash.purge(journal.trash.listing())
    copies = [disk / "photos" / photo.original.stored_name for photo in photos]
    copies[0].write_bytes(b"other")
    copies[1].unlink()
    found = found_in(journal, disk)
    done = bring_back(journal, found, [thing.key for thing in found.things])
    assert set(done.left_out) == {photo.original.file_name for photo in photos[:2]}
    assert {photo.uid for photo in journal.photos.all()} == {photo.uid for photo in photos[2:]}
    assert len(journal.originals.names()) == len(photos) - 2


def test_a_photo_in_the_trash_whose_file_is_gone_is_put_back_too(journal: Journal, disk: Path) -> None:
    photo = journal.photos.all()[0]
    with journal.step("Delete"):
        journal.photos.trash(photo.id)
    journal.originals.path(photo.original.stored_name).unlink()
    found = found_in(journal, disk)
    bring_back(journal, found, [thing.key for thing in found.things])
    assert journal.photo_bytes(photo)


def test_nothing_is_left_behind_when_it_is_stopped_or_refused(
    journal: Journal, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(Unattended):
        cancelled = True

    delete_all(journal, purged=True)
    found = found_in(journal, disk)
    keys = [thing.key for thing in found.things]
    with pytest.raises(Cancelled):
        bring_back(journal, found, keys, Stopped())
    with pytest.raises(BadInput, match="no “photo-1” in this backup"):
        bring_back(journal, found, ["photo-1"])
    with monkeypatch.context() as patch:
        patch.setattr(journal.day_notes, "save", lambda _note: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            bring_back(journal, found, keys)
    assert journal.photos.all() == [] and journal.originals.names() == set()
    monkeypatch.setattr(journal, "why_read_only", "for viewing only")
    with pytest.raises(NotAllowed):
        bring_back(journal, found, keys)


def test_another_journal_and_damage_are_refused(journal: Journal, disk: Path, tmp_path: Path) -> None:
    other = create_journal(tmp_path / "Other.needlejournal")
    with pytest.raises(WorldError, match="another journal"):
        found_in(other, disk)
    other.close()
    (version,) = versions_at(disk, journal.backup_source())
    (version.folder / "journal.db").write_bytes(b"other")
    with pytest.raises(WorldError, match="is damaged"):
        found_in(journal, disk)
    (version.folder / "journal.db").unlink()
    with pytest.raises(WorldError, match="cannot be read"):
        found_in(journal, disk)


def test_a_backup_whose_disk_stops_reading_is_called_damaged(
    journal: Journal, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(_place: object, name: str) -> str:
        raise NotTheSame(name)

    monkeypatch.setattr(older, "digest_on_disk", torn)
    with pytest.raises(WorldError, match="is damaged"):
        found_in(journal, disk)


def test_an_encrypted_one_with_its_own_and_with_older_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 4)
    keyring, _recovery = make_keyring()
    folder = tmp_path / "Sealed.needlejournal"
    journal = create_journal(folder, keyring=keyring, passphrase="the old one")
    fill(journal)
    before = everything(journal)
    back_up(journal.backup_source(), tmp_path / "disk", NOW)
    delete_all(journal, purged=True)
    found = found_in(journal, tmp_path / "disk")
    bring_back(journal, found, [thing.key for thing in found.things])
    assert len(everything(journal)["photo"]) == len(before["photo"])
    assert all(name.endswith(".age") for name in journal.originals.names())
    assert journal.verify().sound
    source = journal.backup_source()
    stranger = replace(source, key=b"\1" * 32)
    with pytest.raises(OtherKeys):
        find(journal.records(), stranger, tmp_path / "disk")
    (version,) = versions_at(tmp_path / "disk", source)
    save_for_passphrase(folder, keyring, "the new one")
    assert find(journal.records(), stranger, tmp_path / "disk", keyring=unlock(version.folder, "the old one"))
    journal.close()


def with_another_database(disk: Path, journal: Journal, database: bytes) -> bytes:
    """Put another database into the only version, as a program that knew no better would have written it."""
    (version,) = versions_at(disk, journal.backup_source())
    (version.folder / "journal.db").write_bytes(database)
    sums = as_sums(version.photos, {"journal.db": hashlib.sha256(database).hexdigest()})
    (version.folder / "SHA256SUMS").write_bytes(sums)
    told = json.loads((version.folder / "complete.json").read_text())
    (version.folder / "complete.json").write_text(json.dumps({**told, "sums": hashlib.sha256(sums).hexdigest()}))
    return database


def test_a_backup_of_an_older_version_is_read_without_being_changed(tmp_path: Path) -> None:
    with zipfile.ZipFile(JOURNALS / "v1.zip") as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / "Mine.needlejournal"
    old = (folder / "journal.db").read_bytes()
    journal = open_journal(folder, now=lambda: datetime(2025, 3, 10, tzinfo=UTC))
    before = everything(journal)
    back_up(journal.backup_source(), tmp_path / "disk", NOW)
    with_another_database(tmp_path / "disk", journal, old)
    delete_all(journal, purged=True)
    found = found_in(journal, tmp_path / "disk")
    bring_back(journal, found, [thing.key for thing in found.things])
    assert len(everything(journal)["photo"]) == len(before["photo"]) > 0
    (version,) = versions_at(tmp_path / "disk", journal.backup_source())
    assert (version.folder / "journal.db").read_bytes() == old
    journal.close()


def test_a_row_without_a_real_day_is_passed_over(journal: Journal, disk: Path, tmp_path: Path) -> None:
    (version,) = versions_at(disk, journal.backup_source())
    path = tmp_path / "changed.db"
    path.write_bytes((version.folder / "journal.db").read_bytes())
    connection = apsw.Connection(str(path))
    connection.execute("UPDATE day_note SET day = '9999-99-99', uid = 'other'")
    connection.close()
    with_another_database(disk, journal, path.read_bytes())
    assert found_in(journal, disk).things == ()


def test_a_backup_with_a_foreign_trigger_is_not_read(journal: Journal, disk: Path, tmp_path: Path) -> None:
    (version,) = versions_at(disk, journal.backup_source())
    path = tmp_path / "changed.db"
    path.write_bytes((version.folder / "journal.db").read_bytes())
    connection = apsw.Connection(str(path))
    connection.execute("CREATE TRIGGER more AFTER INSERT ON rating BEGIN DELETE FROM photo; END")
    connection.close()
    with_another_database(disk, journal, path.read_bytes())
    with pytest.raises(WorldError, match="is damaged"):
        found_in(journal, disk)


def test_things_are_told_in_words(journal: Journal, disk: Path, catalogue: Catalogue) -> None:
    delete_all(journal, purged=True)
    told = {thing.kind: str(what_it_is(thing, catalogue)) for thing in found_in(journal, disk).things}
    assert told["session"] == f"Session · Micro-needling · Clinic {WORD}"
    assert told["photo"].startswith("Photo · From the front · ") and told["photo"].endswith(".jpg")
    assert told["side_effect"].startswith("Side effects · ")
    assert told["day_note"].startswith("Note · ")
    assert all(" · " in words for words in told.values())


def test_opening_is_not_needed_afterwards(journal: Journal, disk: Path) -> None:
    delete_all(journal, purged=True)
    found = found_in(journal, disk)
    bring_back(journal, found, [thing.key for thing in found.things])
    folder, records = journal.folder, journal.records()
    journal.close()
    again = open_journal(folder)
    assert again.records() == records
    again.close()
