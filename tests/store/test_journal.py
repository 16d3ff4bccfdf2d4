"""Opening, viewing, counting, verifying: what a journal as a whole promises."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import apsw
import pytest

from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.errors import NotAllowed, WorldError
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session, Severity
from needlejournal.store import (
    AlreadyOpen,
    Cancelled,
    Damaged,
    DatabaseError,
    Journal,
    create_journal,
    open_journal,
    utc_now,
)
from needlejournal.store.migrations import NEWEST
from tests.asked import undoable
from tests.store.conftest import Clock, a_photo
from tests.store.faults import FaultyDisk, refuse

DAY = date(2025, 3, 8)


def sql(folder: Path, statement: str) -> None:
    """Change the database behind the app's back."""
    connection = apsw.Connection(str(folder / "journal.db"))
    connection.execute(statement).fetchall()
    connection.close()


def put_original(journal: Journal, tmp_path: Path, data: bytes) -> str:
    """An original with its row; gives its stored name."""
    (tmp_path / "a.jpg").write_bytes(data)
    staged = journal.originals.stage(tmp_path / "a.jpg", "jpeg")
    from dataclasses import replace

    photo = a_photo()
    original = replace(photo.original, sha256=staged.sha256, stored_name=staged.stored_name, size=staged.size)
    with journal.step("import"):
        journal.photos.save(replace(photo, original=original))
    return staged.stored_name


class TestCreating:
    def test_a_new_journal_is_laid_out_and_says_how_to_read_it(self, journal: Journal, folder: Path) -> None:
        assert journal.name == "Mine"
        assert {path.name for path in folder.iterdir()} >= {"journal.db", "photos", "incoming", "quarantine", "lock"}
        assert "SQLite" in (folder / "README.txt").read_text(encoding="utf-8")

    def test_a_journal_without_a_name_is_called_like_its_folder(self, folder: Path) -> None:
        made = create_journal(folder)
        assert made.name == "Mine"
        made.close()

    def test_an_empty_folder_will_do(self, folder: Path) -> None:
        folder.mkdir()
        create_journal(folder).close()

    def test_a_folder_with_something_in_it_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "letter.txt").write_text("mine")
        with pytest.raises(WorldError, match="not empty"):
            create_journal(tmp_path)
        with pytest.raises(WorldError, match="exists already"):
            create_journal(tmp_path / "letter.txt")

    def test_a_place_that_cannot_be_written_is_said(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        refuse(monkeypatch, "mkdir", errno.EACCES)
        with pytest.raises(WorldError, match="permissions do not allow"):
            create_journal(folder)


class TestOpening:
    @pytest.mark.parametrize("part", ["", "journal.db", "README.txt"])
    def test_the_folder_or_a_file_in_it_is_opened(self, journal: Journal, folder: Path, part: str) -> None:
        journal.close()
        opened = open_journal(folder / part)
        assert (opened.name, opened.read_only) == ("Mine", False)
        opened.close()
        opened.close()

    def test_a_folder_without_a_journal_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(WorldError, match="no journal"):
            open_journal(tmp_path)
        assert list(tmp_path.iterdir()) == []

    def test_a_second_window_is_refused_with_a_sentence(self, journal: Journal, folder: Path) -> None:
        with pytest.raises(AlreadyOpen, match="another window"):
            open_journal(folder)
        assert journal.counts().sessions == 0

    def test_after_a_crash_it_opens_again(self, journal: Journal, folder: Path, tmp_path: Path) -> None:
        shutil.copytree(folder, tmp_path / "after")
        opened = open_journal(tmp_path / "after")
        assert not opened.read_only
        opened.close()

    def test_what_a_crash_left_in_incoming_is_quarantined(self, journal: Journal, folder: Path) -> None:
        journal.close()
        (folder / "incoming" / "half").write_bytes(b"half a photo")
        open_journal(folder).close()
        assert (folder / "quarantine" / "half").read_bytes() == b"half a photo"

    def test_missing_folders_are_no_obstacle(self, journal: Journal, folder: Path) -> None:
        journal.close()
        for part in ("incoming", "quarantine", "photos"):
            (folder / part).rmdir()
        opened = open_journal(folder)
        assert opened.verify().orphans == ()
        opened.close()

    def test_a_name_that_was_lost_is_the_folders(self, journal: Journal, folder: Path) -> None:
        journal.close()
        sql(folder, "DELETE FROM meta WHERE key = 'name'")
        opened = open_journal(folder)
        assert opened.name == "Mine"
        opened.close()


class TestViewing:
    """Journals that can be looked at and not written in."""

    def test_a_folder_that_cannot_be_written_opens_for_viewing(
        self, journal: Journal, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with journal.step("note"):
            journal.day_notes.save(DayNote(date(2025, 3, 8), "here"))
        journal.close()
        monkeypatch.setattr(os, "access", lambda *_: False)
        viewed = open_journal(folder)
        assert viewed.read_only
        assert "cannot be written" in viewed.why_read_only
        assert [note.text for note in viewed.day_notes.all()] == ["here"]
        with pytest.raises(NotAllowed, match="viewing"):
            viewed.step("note")
        viewed.close()

    def test_a_lock_that_cannot_be_written_opens_for_viewing(
        self, journal: Journal, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        journal.close()
        disk = FaultyDisk(monkeypatch)
        disk.unopened, disk.code = {"lock"}, errno.EACCES
        viewed = open_journal(folder)
        assert viewed.read_only
        viewed.close()

    def test_a_journal_of_a_newer_version_opens_for_viewing_and_says_so(self, journal: Journal, folder: Path) -> None:
        journal.close()
        sql(folder, f"PRAGMA user_version = {NEWEST + 1}")
        viewed = open_journal(folder)
        assert "newer version" in viewed.why_read_only
        with pytest.raises(NotAllowed):
            viewed.step("note")
        viewed.close()

    def test_two_windows_may_not_write_even_a_newer_one(self, journal: Journal, folder: Path) -> None:
        journal.close()
        sql(folder, f"PRAGMA user_version = {NEWEST + 1}")
        viewed = open_journal(folder)
        with pytest.raises(AlreadyOpen):
            open_journal(folder)
        viewed.close()


class TestDamaged:
    def test_somebody_elses_database_is_refused_and_left_as_it_is(self, journal: Journal, folder: Path) -> None:
        journal.close()
        sql(folder, "PRAGMA application_id = 7")
        before = (folder / "journal.db").read_bytes()
        with pytest.raises(Damaged, match="not made by Needle Journal"):
            open_journal(folder)
        assert (folder / "journal.db").read_bytes() == before

    def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(self, journal: Journal, folder: Path) -> None:
        journal.close()
        (folder / "journal.db").write_bytes(b"Dear diary, " * 1000)
        with pytest.raises(Damaged):
            open_journal(folder)
        assert (folder / "journal.db").read_bytes().startswith(b"Dear diary")

    def test_a_refused_journal_can_be_tried_again(self, journal: Journal, folder: Path) -> None:
        journal.close()
        good = (folder / "journal.db").read_bytes()
        (folder / "journal.db").write_bytes(b"x" * 5000)
        with pytest.raises(Damaged):
            open_journal(folder)
        (folder / "journal.db").write_bytes(good)
        open_journal(folder).close()

    def test_a_damaged_journal_that_can_only_be_read_is_refused_as_well(
        self, journal: Journal, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        journal.close()
        (folder / "journal.db").write_bytes(b"Dear diary, " * 1000)
        monkeypatch.setattr(os, "access", lambda *_: False)
        with pytest.raises(Damaged):
            open_journal(folder)

    @pytest.mark.parametrize("table", ["day_note", "product"])  # product rows refer to others
    def test_damaged_pages_are_found_by_verifying(self, journal: Journal, folder: Path, table: str) -> None:
        with journal.step("notes"):
            for number in range(400):
                journal.day_notes.save(DayNote(date.fromordinal(738_000 + number), "word " * 60))
        journal.close()
        with closing(sqlite3.connect(folder / "journal.db")) as database:
            (page,) = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        with (folder / "journal.db").open("r+b") as file:
            file.seek((page - 1) * 4096)
            file.write(b"\xff" * 4096)
        opened = open_journal(folder)
        found = opened.verify()
        assert found.database != "ok"
        assert not found.sound
        assert ("day_note" in found.unreadable) == (table == "day_note")
        opened.close()


class TestVerifying:
    def test_a_sound_journal(self, journal: Journal, tmp_path: Path) -> None:
        put_original(journal, tmp_path, b"a photo")
        steps: list[tuple[int, int]] = []
        found = journal.verify(lambda done, total: steps.append((done, total)))
        assert found.sound
        assert (found.photos, found.database, steps) == (1, "ok", [(1, 1)])

    def test_it_can_be_stopped(self, journal: Journal, tmp_path: Path) -> None:
        put_original(journal, tmp_path, b"a photo")
        with pytest.raises(Cancelled):
            journal.verify(cancelled=lambda: True)

    def test_a_flipped_bit_a_missing_file_and_an_orphan(self, journal: Journal, folder: Path, tmp_path: Path) -> None:
        name = put_original(journal, tmp_path, b"a photo")
        (folder / "photos" / name).write_bytes(b"a phot0")
        (folder / "photos" / "ab").mkdir()
        stray = f"ab/ab{0:062x}.jpg"
        (folder / "photos" / stray).write_bytes(b"")
        found = journal.verify()
        assert (found.bad, found.orphans, found.sound) == ((name,), (stray,), False)
        (folder / "photos" / name).unlink()
        assert journal.verify().missing == (name,)

    def test_a_reference_to_a_row_that_is_gone(self, journal: Journal, folder: Path) -> None:
        with journal.step("photo"):
            journal.photos.save(a_photo())
        journal.close()
        sql(folder, "PRAGMA foreign_keys = off; UPDATE photo SET session_id = 99")
        opened = open_journal(folder)
        assert "refers to one that is gone" in opened.verify().database
        opened.close()

    def test_what_sqlite_finds_is_said(self, journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
        from needlejournal.store.checking import check_database

        monkeypatch.setattr(journal._database, "value", lambda *_: "row 3 missing from index")
        assert check_database(journal._database) == "row 3 missing from index"

        def broken(*_: object) -> None:
            raise DatabaseError("The journal's database is damaged.")

        monkeypatch.setattr(journal._database, "value", broken)
        assert "damaged" in check_database(journal._database)


class TestKeeping:
    def test_counts_are_without_the_trash(self, journal: Journal) -> None:
        with journal.step("all"):
            journal.sessions.save(Session(When(date(2025, 3, 8))))
            journal.photos.save(a_photo(1))
            thrown = journal.photos.save(a_photo(2))
            journal.photos.trash(thrown.id)
            journal.day_notes.save(DayNote(date(2025, 3, 8)))
            journal.side_effects.save(SideEffect(date(2025, 3, 8), "redness", Severity.MILD))
        counts = journal.counts()
        assert (counts.sessions, counts.photos, counts.day_notes, counts.side_effects) == (1, 1, 1, 1)
        assert (counts.bytes, counts.schema) == (1001, NEWEST)

    def test_drafts_outlive_a_crash_and_are_no_steps(self, journal: Journal, folder: Path, tmp_path: Path) -> None:
        journal.keep_draft("session", {"notes": "half a wor", "😀": [1, None]})
        shutil.copytree(folder, tmp_path / "after")
        after = open_journal(tmp_path / "after")
        assert after.draft("session") == {"notes": "half a wor", "😀": [1, None]}
        assert undoable(after) is None
        after.keep_draft("session", None)
        assert after.draft("session") is None
        after.close()

    def test_a_photos_bytes_come_through_the_journal(self, journal: Journal, tmp_path: Path) -> None:
        put_original(journal, tmp_path, b"a photo")
        assert journal.photo_bytes(journal.photos.all()[0]) == b"a photo"

    def test_a_full_disk_while_writing_a_note_changes_nothing(self, journal: Journal) -> None:
        with journal.step("before"):
            journal.day_notes.save(DayNote(DAY, "before"))
        database = journal._database
        database.run(f"PRAGMA max_page_count = {database.value('PRAGMA page_count') + 3}")
        with pytest.raises(DatabaseError, match="disk is full"), journal.step("after"):
            journal.day_notes.save(DayNote(DAY, "after " * 100_000))
        assert [note.text for note in journal.day_notes.all()] == ["before"]
        assert undoable(journal) == "before"
        database.run("PRAGMA max_page_count = 1000000")
        with journal.step("after"):
            journal.day_notes.save(DayNote(DAY, "after"))
        assert journal.verify().database == "ok"

    def test_the_clock_is_in_utc(self) -> None:
        assert utc_now().utcoffset() is not None

    def test_the_clock_set_back_never_reorders_what_was_written(self, journal: Journal, clock: Clock) -> None:
        with journal.step("first"):
            first = journal.day_notes.save(DayNote(date(2025, 3, 8), "first"))
        clock.pass_by(days=-400)
        with journal.step("second"):
            second = journal.day_notes.save(DayNote(date(2025, 3, 9), "second"))
        revs = dict(journal._database.rows("SELECT id, rev FROM day_note"))
        assert revs[first.id] < revs[second.id]
        journal.history.undo()
        assert [note.text for note in journal.day_notes.all()] == ["first"]


def test_stopping_is_no_error_of_the_world() -> None:
    assert not issubclass(Cancelled, WorldError)
