"""What happens more rarely still: what is gone between two looks, what a disk refuses at the last moment."""

from __future__ import annotations

import errno
import os
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import apsw
import pytest

from needlejournal.journal.alignments import Alignment
from needlejournal.journal.courses import AftercareTick, Course
from needlejournal.journal.days import DayNote
from needlejournal.journal.errors import WorldError
from needlejournal.journal.moments import When
from needlejournal.journal.pairs import KeptAlignment
from needlejournal.journal.ratings import Rating
from needlejournal.journal.sessions import Session
from needlejournal.store import Damaged, Journal, backup, checking, conflicts, create_journal, disk, open_journal
from needlejournal.store.backup import make_backup
from needlejournal.store.backup_folder import BackupFolder
from needlejournal.store.database import MOVED, Database, DatabaseError, as_world_error
from needlejournal.store.folder import lay_out
from needlejournal.store.keys import KEYRING, make_keyring
from needlejournal.store.originals import Originals
from needlejournal.store.previews import Previews
from needlejournal.store.salvage import rescue
from needlejournal.store.snapshots import Snapshots
from tests.asked import snapshot
from tests.store.conftest import Clock
from tests.store.every_kind import add_photo
from tests.store.faults import FaultyDisk, refuse
from tests.store.test_old_journals import JOURNALS, NOT_LATER

DAY = date(2025, 3, 8)


def test_a_copy_in_a_backup_that_does_not_read_in_its_turn_is_made_anew(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with journal.step("Photo"):
        add_photo(journal, 1)
    now = datetime(2026, 3, 1, tzinfo=UTC)
    make_backup(journal.backup_source(), tmp_path / "disk", now)

    def unreadable(_place: disk.Folder, name: str) -> str:
        if name.endswith(".jpg"):
            raise OSError(errno.EIO, "bad sector")
        return real(_place, name)

    real = backup.digest_on_disk
    monkeypatch.setattr(backup, "digest_on_disk", unreadable)
    monkeypatch.setattr(backup, "READ_AGAIN", 1)
    assert make_backup(journal.backup_source(), tmp_path / "disk", now).copied == 1
    assert len(BackupFolder(tmp_path / "disk").versions()) >= 1


def test_photos_that_cannot_be_listed_are_the_databases_damage(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object) -> None:
        raise DatabaseError("damaged")

    monkeypatch.setattr(Database, "rows", damaged)
    assert checking.expected_files(journal._database) == []


def test_a_copy_of_a_sync_program_that_is_gone_again_has_no_date(tmp_path: Path) -> None:
    assert conflicts._changed(tmp_path / "gone").year == 1970


def test_a_folder_that_was_moved_away_is_said_as_that() -> None:
    error = apsw.ReadOnlyError("moved")
    error.extendedresult = apsw.SQLITE_READONLY_DBMOVED
    assert str(as_world_error(error)) == str(MOVED)


def test_rows_are_found_by_their_days_and_what_they_belong_to(journal: Journal) -> None:
    with journal.step("All"):
        journal.day_notes.save(DayNote(DAY, "note"))
        session = journal.sessions.save(Session(When(DAY)))
        tick = journal.ticks.save(AftercareTick(session.id, "no_heat", DAY))
        rating = journal.ratings.save(Rating(DAY, "scars", 5))
        course = journal.courses.save(Course(phone="+1 555 0100"))
        journal.courses.save(Course())
    assert [note.text for note in journal.day_notes.between(DAY, DAY)] == ["note"]
    assert journal.ticks.of_day(DAY) == [tick]
    assert journal.ticks.of_item(session.id, "no_heat", DAY) == tick
    assert journal.ticks.of_item(session.id, "other", DAY) is None
    assert journal.ratings.of_day(DAY) == [rating]
    assert journal.courses.with_phone() == [course]


def test_a_file_or_a_link_is_removed_like_a_folder_and_its_target_stays(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "mine").touch()
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "theirs")
    (tmp_path / "full" / "inner").mkdir(parents=True)
    (tmp_path / "full" / "inner" / "file").touch()
    (tmp_path / "full" / "link").symlink_to(tmp_path / "theirs")
    with disk.Folder(tmp_path) as place:
        for name in ("file", "link", "full", "gone"):
            place.remove_all(name)
    assert [path.name for path in tmp_path.iterdir()] == ["theirs"]
    assert (tmp_path / "theirs" / "mine").exists()


def test_a_new_file_is_closed_twice_without_harm(tmp_path: Path) -> None:
    with disk.Folder(tmp_path) as place, place.created("made") as file:
        file.close()
    assert (tmp_path / "made").read_bytes() == b""


def test_no_journal_is_made_where_photos_are(tmp_path: Path) -> None:
    (tmp_path / "J" / "photos").mkdir(parents=True)
    (tmp_path / "J" / "photos" / "mine.jpg").touch()
    with pytest.raises(WorldError, match="not empty"):
        lay_out(tmp_path / "J")


def test_a_draft_that_is_no_json_is_none(journal: Journal, folder: Path) -> None:
    journal.close()
    with closing(apsw.Connection(str(folder / "journal.db"))) as connection:
        connection.execute("PRAGMA ignore_check_constraints=on").fetchall()
        connection.execute("INSERT INTO draft VALUES ('x', '{', '2025-03-08T12:00:00+00:00')").fetchall()
    with closing(open_journal(folder)) as opened:
        assert opened.draft("x") is None


def test_a_database_that_cannot_get_its_name_makes_no_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        refuse(patch, "rename", errno.EIO)
        with pytest.raises(WorldError, match="could not be made"):
            create_journal(tmp_path / "J")
    create_journal(tmp_path / "J").close()


def test_a_damaged_copy_that_is_only_viewed_lets_go_of_no_lock(journal: Journal, folder: Path) -> None:
    journal.close()
    other = folder / "journal (1).db"
    other.write_bytes(b"SQLite format 3\0" + bytes(4096))
    with pytest.raises(Damaged):
        open_journal(other)
    other.write_bytes((folder / "journal.db").read_bytes()[:-4096])
    with pytest.raises(WorldError):
        open_journal(other)


def test_what_is_viewed_and_damaged_in_places_stays_viewed(
    journal: Journal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.close()
    other = folder / "journal (1).db"
    other.write_bytes((folder / "journal.db").read_bytes())
    monkeypatch.setattr(checking.Checkup, "trouble", lambda _checkup: "a page is wrong")
    viewed = open_journal(other)
    assert viewed.read_only and "another copy" in viewed.why_read_only
    viewed.close()


def test_a_database_that_does_not_open_is_said(journal: Journal, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal.close()
    FaultyDisk(monkeypatch).unopened = {"journal.db"}
    with pytest.raises(WorldError, match="cannot be opened"):
        open_journal(folder)


def test_nothing_of_a_photo_stays_where_its_folder_could_not_be_synced(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for contents in (b"a photo", b"another"):
        with monkeypatch.context() as patch:
            faulty = FaultyDisk(patch)
            moved: list[str] = []

            def fail(_step: int, name: str, moved: list[str] = moved) -> None:
                if name == "fsync" and "rename" in moved:
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
                moved.append(name)

            faulty.before = fail
            with pytest.raises(WorldError, match="not saved"):
                journal.originals.stage(contents, "jpeg")
        assert journal.originals.names() == set()
    staged = journal.originals.stage(b"a photo", "jpeg")
    with monkeypatch.context() as patch:
        faulty, moved = FaultyDisk(patch), []
        faulty.before = fail
        fail.__defaults__ = (moved,)
        with pytest.raises(WorldError, match="not saved"):
            journal.originals.stage(b"a photo", "jpeg")
    assert journal.originals.names() == {staged.stored_name}


def test_a_whole_original_is_put_back_over_itself(journal: Journal, folder: Path) -> None:
    staged = journal.originals.stage(b"a photo", "jpeg")
    journal.originals.put_back(staged.stored_name, b"a photo", staged.sha256)
    assert journal.originals.read(staged.stored_name) == b"a photo"
    assert not list((folder / "quarantine").iterdir())


def test_a_sealed_file_that_reads_otherwise_is_not_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring, _ = make_keyring()
    for part in ("photos", "incoming"):
        (tmp_path / part).mkdir()
    originals = Originals(tmp_path, keyring.identities)
    other = Originals(tmp_path, make_keyring()[0].identities)
    monkeypatch.setattr(originals, "_pieces", other._pieces)
    with pytest.raises(WorldError, match="different bytes"):
        originals.stage(b"a photo", "jpeg")


def test_previews_whose_schema_cannot_be_read_are_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, times = Database.rows, []

    def damaged(self: Database, sql: str, values: object = ()) -> object:
        if "SELECT sql FROM" in sql and not times:
            times.append(sql)
            raise DatabaseError("damaged")
        return real(self, sql, values)  # type: ignore[arg-type]

    monkeypatch.setattr(Database, "rows", damaged)
    previews = Previews(tmp_path / "previews.db")
    assert previews.hashes() == set() and times
    previews.close()


def test_a_rescue_takes_the_keyring_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from needlejournal.store import age

    monkeypatch.setattr(age, "WORK_FACTOR", 4)
    keyring, _ = make_keyring()
    journal = create_journal(tmp_path / "J", keyring=keyring, passphrase="six words")
    with journal.step("Note"):
        journal.day_notes.save(DayNote(DAY, "here"))
    journal.close()
    rescue(tmp_path / "J", tmp_path / "Copy", keyring)
    assert (tmp_path / "Copy" / KEYRING).read_bytes() == (tmp_path / "J" / KEYRING).read_bytes()
    copy = open_journal(tmp_path / "Copy", keyring=keyring)
    assert [note.text for note in copy.day_notes.all()] == ["here"]
    copy.close()


def test_a_snapshot_with_a_moment_that_never_was_is_the_oldest(journal: Journal, folder: Path) -> None:
    snapshot(journal, "before")
    (whole,) = (folder / "snapshots").iterdir()
    whole.rename(whole.with_name(f"2025-99-99T999999Z{whole.name[18:]}"))
    (found,) = Snapshots(folder).all()
    assert found.made.year == 1970


def test_what_came_back_since_it_was_purged_is_not_swept(journal: Journal) -> None:
    with journal.step("Photo"):
        photo = add_photo(journal, 1)
    one = f'[["{photo.original.sha256}", "{photo.original.stored_name}"]]'
    journal._database.run("INSERT OR REPLACE INTO meta VALUES ('sweeping', ?)", (one,))
    journal.trash.sweep()
    assert journal.originals.digest(photo.original.stored_name) == photo.original.sha256


def test_alignments_with_details_of_another_kind_keep_their_matrix(journal: Journal) -> None:
    with journal.step("Pair"):
        pair = (add_photo(journal, 1).id, add_photo(journal, 2).id)
        matrix = ((1.0, 0.0, 2.5), (0.0, 1.0, 3.5))
        journal.alignments.save(KeptAlignment(*pair, Alignment("hand", matrix, confirmed=True)))
    journal._database.run("UPDATE alignment SET details = '[]'")
    (kept,) = journal.alignments.all()
    assert kept.alignment.matrix == matrix and kept.alignment.confirmed


def test_a_seal_that_cannot_be_taken_away_stops_the_first_change(
    journal: Journal, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.close()
    with closing(open_journal(folder, now=clock)) as opened:
        with monkeypatch.context() as patch:
            refuse(patch, "unlink", errno.EIO)
            with pytest.raises(WorldError, match="Nothing was changed"), opened.step("Note"):
                opened.day_notes.save(DayNote(DAY, "never"))
        assert opened.day_notes.all() == []
        with opened.step("Note"):
            opened.day_notes.save(DayNote(DAY, "kept"))
        assert [note.text for note in opened.day_notes.all()] == ["kept"]


def test_without_a_copy_no_journal_is_brought_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(JOURNALS / "v1.zip") as archive:
        archive.extractall(tmp_path)
    before = (tmp_path / "Mine.needlejournal" / "journal.db").read_bytes()
    with monkeypatch.context() as patch:
        refuse(patch, "mkdir", errno.ENOSPC)
        with pytest.raises(WorldError, match="is as it was"):
            open_journal(tmp_path / "Mine.needlejournal", now=lambda: NOT_LATER)
    assert (tmp_path / "Mine.needlejournal" / "journal.db").read_bytes() == before
    open_journal(tmp_path / "Mine.needlejournal", now=lambda: NOT_LATER).close()


def test_what_could_not_be_removed_is_removed_at_the_next_opening(
    journal: Journal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with journal.step("Photo"):
        photo = add_photo(journal, 1)
        journal.photos.trash(photo.id)
    with monkeypatch.context() as patch:
        refuse(patch, "unlink", errno.EIO)
        with pytest.raises(WorldError, match="could not be removed yet"):
            journal.trash.purge(journal.trash.listing())
    assert journal.originals.names()
    journal.close()
    with closing(open_journal(folder)) as opened:
        assert opened.originals.names() == set()


def test_going_back_where_nothing_lies_beside_the_database(journal: Journal, folder: Path) -> None:
    snapshot(journal, "before")
    journal.close()
    (folder / "journal.db-journal").unlink(missing_ok=True)
    (copy,) = Snapshots(folder).all()
    Snapshots(folder).put_in_place(copy)
    assert [path.name.partition("-")[2] for path in (folder / "quarantine").iterdir()] == ["journal.db"]
    open_journal(folder).close()
