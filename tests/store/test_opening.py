"""Opening a folder that came from anywhere: nothing foreign is written, nothing foreign is carried out, one bad value
locks out nothing."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import stat
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import apsw
import pytest

from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.errors import NotAllowed, WorldError
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Session, Severity
from needlejournal.store import Damaged, InUseElsewhere, Journal, computers, create_journal, open_journal
from needlejournal.store.computers import this_computer
from needlejournal.store.database import SUPER_JOURNAL
from needlejournal.store.schema_check import DIGESTS, MIGRATIONS, digest_of, expected_schema
from needlejournal.workflows.safekeeping.salvaging import go_back
from tests.store.conftest import Clock, a_photo
from tests.store.test_old_journals import JOURNALS, NOT_LATER

DAY = date(2025, 3, 8)


@pytest.fixture
def closed(journal: Journal, folder: Path) -> Path:
    """A closed journal with a note, a session, a side effect, a photo and an original."""
    with journal.step("all"):
        journal.day_notes.save(DayNote(DAY, "here"))
        journal.sessions.save(Session(When(DAY), notes="session"))
        journal.side_effects.save(SideEffect(DAY, "redness", Severity.MILD))
        journal.photos.save(a_photo())
    journal.originals.stage(b"a photo", "jpeg")
    journal.close()
    return folder


def sql(folder: Path, statement: str) -> None:
    """Change the database behind the app's back."""
    connection = apsw.Connection(str(folder / "journal.db"))
    connection.execute("PRAGMA ignore_check_constraints = on").fetchall()
    connection.execute(statement).fetchall()
    connection.close()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_each_version_has_the_digest_of_its_schema() -> None:
    told = digest_of(expected_schema(len(MIGRATIONS)))
    assert (len(DIGESTS), DIGESTS[-1]) == (len(MIGRATIONS), told), f"DIGESTS of schema_check.py ends with {told!r}"


def test_a_migrated_journal_is_as_a_new_one(tmp_path: Path) -> None:
    with zipfile.ZipFile(JOURNALS / "v1.zip") as archive:
        archive.extractall(tmp_path)
    for _ in range(2):
        journal = open_journal(tmp_path / "Mine.needlejournal", now=lambda: NOT_LATER)
        assert (journal.why_read_only, journal.notices) == ("", ())
        journal.close()


class TestLinks:
    def test_incoming_that_is_a_link_is_not_emptied(self, closed: Path, tmp_path: Path) -> None:
        theirs = tmp_path / "theirs"
        theirs.mkdir()
        (theirs / "letter").write_bytes(b"dear")
        (closed / "incoming").rmdir()
        (closed / "incoming").symlink_to(theirs)
        journal = open_journal(closed)
        assert "incoming" in journal.verify().unreadable
        journal.close()
        assert contents(theirs) == {"letter": b"dear"}

    def test_a_link_below_photos_leads_no_purge_outside(self, closed: Path, tmp_path: Path, clock: Clock) -> None:
        theirs = tmp_path / "theirs"
        theirs.mkdir()
        sha256 = f"{1:064x}"
        (theirs / f"{sha256}.jpg").write_bytes(b"dear")
        (closed / "photos" / "00").symlink_to(theirs)
        journal = open_journal(closed, now=clock)
        with journal.step("delete"):
            journal.photos.trash(journal.photos.all()[0].id)
        assert journal.verify().missing == (f"00/{sha256}.jpg",)
        journal.trash.purge(journal.trash.listing())
        assert "photos/00" in journal.verify().unreadable
        journal.close()
        assert contents(theirs) == {f"{sha256}.jpg": b"dear"}

    @pytest.mark.parametrize("part", ["lock", "previews.db", "journal.db-journal", "journal.db"])
    @pytest.mark.parametrize("hard", [False, True])
    def test_no_file_that_is_a_link_is_written(self, closed: Path, tmp_path: Path, part: str, *, hard: bool) -> None:
        theirs = tmp_path / "theirs"
        theirs.write_bytes((closed / part).read_bytes() if (closed / part).exists() else b"")
        before = theirs.read_bytes()
        (closed / part).unlink(missing_ok=True)
        (closed / part).hardlink_to(theirs) if hard else (closed / part).symlink_to(theirs)
        try:
            journal = open_journal(closed)
        except WorldError:
            pass
        else:
            with suppress(WorldError):
                journal.previews.put("aa", {"thumbnail": b"x"})
            journal.close()
        assert theirs.read_bytes() == before
        assert not (tmp_path / "theirs-journal").exists()

    def test_a_rollback_journal_that_names_another_file_deletes_nothing(self, closed: Path) -> None:
        (closed / "journal.db-journal").write_bytes(b"x" * 600 + SUPER_JOURNAL)
        with pytest.raises(Damaged, match="not written by Needle Journal"):
            open_journal(closed)


class TestForeign:
    @pytest.mark.parametrize(
        "statement",
        [
            "CREATE TRIGGER theirs AFTER INSERT ON day_note BEGIN DELETE FROM photo; END",
            "CREATE VIEW theirs AS SELECT * FROM photo",
            "CREATE TABLE theirs (a)",
            "CREATE INDEX theirs ON photo (note)",
        ],
    )
    def test_what_we_never_defined_is_for_viewing_only(self, closed: Path, statement: str) -> None:
        sql(closed, statement)
        viewed = open_journal(closed)
        assert "did not write" in viewed.why_read_only
        assert [note.text for note in viewed.day_notes.all()] == ["here"]
        with pytest.raises(NotAllowed):
            viewed.step("note")
        viewed.close()

    def test_a_part_that_is_missing_is_damage(self, closed: Path) -> None:
        sql(closed, "DROP TABLE rating")
        with pytest.raises(Damaged, match="missing or was altered"):
            open_journal(closed)

    @pytest.mark.parametrize("statement", ["ATTACH 'x.db' AS x", "VACUUM INTO 'x.db'", "PRAGMA writable_schema = 1"])
    def test_statements_nobody_needs_are_refused(self, journal: Journal, statement: str) -> None:
        with pytest.raises((apsw.AuthError, apsw.SQLError)):
            journal._database.run(statement)

    @pytest.mark.parametrize("version", [0, -5])
    def test_a_version_that_is_none_is_damage(self, closed: Path, version: int) -> None:
        sql(closed, f"PRAGMA user_version = {version}")
        with pytest.raises(Damaged):
            open_journal(closed)

    def test_an_emptied_or_lost_database_is_damage_and_stays_as_it_is(self, closed: Path) -> None:
        (closed / "journal.db").write_bytes(b"")
        with pytest.raises(Damaged, match="empty"):
            open_journal(closed)
        assert (closed / "journal.db").read_bytes() == b""
        (closed / "journal.db").unlink()
        with pytest.raises(Damaged, match="missing"):
            open_journal(closed)

    def test_a_journal_that_was_never_finished_is_finished(self, folder: Path, closed: Path, tmp_path: Path) -> None:
        half = tmp_path / "Half.needlejournal"
        for part in ("photos", "incoming", "quarantine"):
            (half / part).mkdir(parents=True)
        (half / "README.txt").write_text("half")
        (half / "journal.db.new").write_bytes(b"half")
        with pytest.raises(WorldError, match="no journal"):
            open_journal(half)
        create_journal(half).close()
        open_journal(half).close()
        with pytest.raises(WorldError, match="not empty"):
            create_journal(closed)


class TestBadValues:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE {0} SET day = '9999-99-99'",
            "UPDATE {0} SET uid = CAST(x'ff41' AS TEXT)",
        ],
    )
    @pytest.mark.parametrize("table", ["day_note", "session", "side_effect", "photo"])
    def test_one_is_left_out_and_named_and_the_rest_is_there(self, closed: Path, table: str, statement: str) -> None:
        sql(closed, statement.format(table))
        journal = open_journal(closed)
        assert [str(notice) for notice in journal.notices if "cannot be read" in str(notice)] == [
            "1 entry cannot be read and is left as it is; everything else is here."
        ]
        assert journal.verify().unreadable[0] == f"{table} 1"
        there = (journal.day_notes.all(), journal.sessions.all(), journal.side_effects.all(), journal.photos.all())
        assert sum(map(len, there)) == 3
        journal.timeline.cards(journal.timeline.keys())
        journal.sessions.calendar()
        journal.photos.places()
        with journal.step("note"):
            journal.day_notes.save(DayNote(date(2025, 4, 1), "it goes on"))
        journal.close()

    def test_it_is_said_at_every_opening_until_it_can_be_read(self, closed: Path) -> None:
        sql(closed, "UPDATE day_note SET day = '9999-99-99'")
        for _ in range(3):
            journal = open_journal(closed)
            assert "1 entry cannot be read" in str(journal.notices[-1])
            with journal.step("note"):
                journal.day_notes.save(DayNote(date(2025, 4, 1), "it goes on"))
            journal.close()
        sql(closed, "UPDATE day_note SET day = '2025-03-08' WHERE day = '9999-99-99'")
        open_journal(closed).close()
        journal = open_journal(closed)
        assert journal.notices == ()
        journal.close()


class TestSeal:
    def test_every_flipped_bit_is_noticed(self, closed: Path, tmp_path: Path, thorough: bool) -> None:
        whole = (closed / "journal.db").read_bytes()
        tries = 400 if thorough else 12
        for number in range(tries):
            place = (number * 7919 + 13) * len(whole) // (tries * 7919 + 20) % len(whole)
            data = bytearray(whole)
            data[place] ^= 1 << number % 8
            copy = tmp_path / f"flip {number}"
            shutil.copytree(closed, copy)
            (copy / "journal.db").write_bytes(data)
            try:
                journal = open_journal(copy)
            except WorldError:
                continue
            assert journal.notices or journal.read_only, place
            journal.close()

    def test_closed_well_it_opens_without_a_word_and_sha256sum_reads_the_seal(self, closed: Path) -> None:
        import hashlib

        told = (closed / "journal.seal").read_text().split()
        assert told == [hashlib.sha256((closed / "journal.db").read_bytes()).hexdigest(), "journal.db"]
        journal = open_journal(closed)
        assert journal.notices == ()
        with journal.step("note"):
            journal.day_notes.save(DayNote(DAY, "more"))
            assert not (closed / "journal.seal").exists()
        journal.close()
        assert (closed / "journal.seal").exists()

    def test_back_to_the_newest_good_copy(self, closed: Path, clock: Clock) -> None:
        clock.pass_by(days=1)
        journal = open_journal(closed, now=clock)
        with journal.step("note"):
            journal.day_notes.save(DayNote(date(2025, 3, 9), "after the copy"))
        journal.close()
        (closed / "journal.db").write_bytes(b"")
        go_back(closed)
        again = open_journal(closed, now=clock)
        assert [note.text for note in again.day_notes.all()] == ["here"]
        again.close()
        assert list((closed / "quarantine").glob("*journal.db"))
        for copy in (closed / "snapshots").iterdir():
            copy.write_bytes(copy.read_bytes()[:-1] + b"\1")
        with pytest.raises(WorldError, match="no good copy"):
            go_back(closed)


class TestOtherComputers:
    def test_in_use_on_another_one_asks(self, closed: Path) -> None:
        (closed / "lock").write_text(json.dumps({"host": "attic", "utc": "2025-03-08T11:00:00+00:00"}))
        with pytest.raises(InUseElsewhere, match="attic"):
            open_journal(closed)
        open_journal(closed, even_if_in_use=True).close()
        open_journal(closed).close()
        (closed / "lock").write_text("[[[")
        open_journal(closed).close()

    def test_another_one_of_the_same_name_is_told_apart(
        self, closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        number = tmp_path / "machine-id"
        monkeypatch.setattr(computers, "_MACHINE_IDS", (number,))
        monkeypatch.setattr(computers.sys, "platform", "linux")

        def sit_at(computer: str) -> None:
            number.write_text(computer)
            computers.mark.cache_clear()

        sit_at("one\n")
        journal = open_journal(closed)
        left_behind = (closed / "lock").read_bytes()  # as a crash, or a journal that is still open, leaves it
        assert b"one" not in left_behind
        journal.close()
        (closed / "lock").write_bytes(left_behind)
        sit_at("two\n")
        with pytest.raises(InUseElsewhere, match="another computer that is called"):
            open_journal(closed)
        sit_at("one\n")
        open_journal(closed).close()
        for unknown in ({"host": this_computer(), "utc": "2025-03-08T11:00:00+00:00"}, ["host"]):
            (closed / "lock").write_text(json.dumps(unknown))
            open_journal(closed).close()
        computers.mark.cache_clear()

    @pytest.mark.parametrize("there", [True, False])
    def test_on_macos_the_system_is_asked_for_its_number(self, monkeypatch: pytest.MonkeyPatch, *, there: bool) -> None:
        class System:
            """The one function of macOS that is asked."""

            def gethostuuid(self, into: ctypes.Array[ctypes.c_ubyte], _patience: object) -> int:
                into[0] = 7
                return 0 if there else -1

        monkeypatch.setattr(computers.sys, "platform", "darwin")
        monkeypatch.setattr(computers.ctypes, "CDLL", lambda _name: System())
        computers.mark.cache_clear()
        assert bool(computers.mark()) is there
        computers.mark.cache_clear()

    @pytest.mark.parametrize(
        "name",
        [
            "journal.db.conflict1",
            "journal.conflict1.db",
            "journal.sync-conflict-20260301-101112-ABCDEFG.db",
            "journal (conflicted copy 2026-03-01 101112).db",
            "journal (Ana's conflicted copy 2026-03-01).db",
            "journal-LAPTOP.db",
            "journal 2.db",
            "journal (1).db",
            "journal.db (1)",
            "Copy of journal.db",
            "journal (SFConflict ana 2026-03-01-10-11-12).db",
        ],
    )
    def test_a_second_copy_is_said_and_can_be_looked_at(self, closed: Path, name: str) -> None:
        shutil.copy(closed / "journal.db", closed / name)
        journal = open_journal(closed)
        assert [name in str(version.words) for version in journal.other_versions] == [True]
        journal.close()
        viewed = open_journal(closed / name)
        assert (viewed.read_only, [note.text for note in viewed.day_notes.all()]) == (True, ["here"])
        viewed.close()

    @pytest.mark.parametrize(
        "name", ["journal.db.new", "journal.db.v6", "journal.db-journal", "journals.db", "journal.txt"]
    )
    def test_what_is_no_copy_is_not_taken_for_one(self, closed: Path, name: str) -> None:
        (closed / name).write_bytes(b"")
        journal = open_journal(closed)
        assert journal.other_versions == ()
        journal.close()

    def test_what_is_in_the_cloud_is_said_to_be(self, closed: Path) -> None:
        name = next((closed / "photos").glob("*/*"))
        name.rename(name.with_name(f".{name.name}.icloud"))
        journal = open_journal(closed)
        with pytest.raises(WorldError, match="in the cloud"):
            journal.originals.read(f"{name.parent.name}/{name.name}")
        journal.close()
        (closed / "journal.db").rename(closed / ".journal.db.icloud")
        with pytest.raises(WorldError, match="in the cloud"):
            open_journal(closed)


def test_an_open_folder_is_closed_to_others(closed: Path) -> None:
    for path in [closed, *closed.rglob("*")]:
        path.chmod(0o777 if path.is_dir() else 0o666)
    open_journal(closed).close()
    modes = {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in [closed, *closed.rglob("*")]}
    assert modes == {0}


@pytest.mark.parametrize("lost", ["DELETE FROM meta WHERE key = 'rev'", "REPLACE INTO meta VALUES ('rev', 'x')"])
def test_a_lost_counter_goes_on_from_the_highest_revision(closed: Path, lost: str) -> None:
    connection = apsw.Connection(str(closed / "journal.db"))
    highest = connection.execute("SELECT max(rev) FROM photo").fetchall()[0][0]
    connection.execute(lost).fetchall()
    connection.close()
    journal = open_journal(closed)
    with journal.step("More"):
        journal.day_notes.save(DayNote(date(2025, 5, 5), "More"))
    assert journal._database.value("SELECT rev FROM day_note WHERE day = '2025-05-05'") > highest
    journal.close()


def test_this_computer_has_a_name_on_every_system(monkeypatch: pytest.MonkeyPatch) -> None:
    here = this_computer()
    monkeypatch.delattr(os, "uname", raising=False)
    assert this_computer() == here


def test_no_journal_is_made_within_another(journal: Journal) -> None:
    with pytest.raises(WorldError, match="left to the journal alone"):
        create_journal(journal.folder / "Another")
    assert not (journal.folder / "Another").exists()
