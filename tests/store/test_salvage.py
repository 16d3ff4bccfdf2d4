"""Of a damaged journal everything that can be read comes into a new one, and the damaged one stays as it is."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import apsw
import pytest

from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.errors import WorldError
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Needle, Session, Severity
from needlejournal.store import AlreadyOpen, DatabaseError, Journal, open_journal
from needlejournal.store import salvage as module
from needlejournal.store.database import Database
from needlejournal.store.salvage import free_folder, rescue, unknown_originals
from tests.store.conftest import a_photo
from tests.store.faults import FaultyDisk

DAY = date(2025, 3, 8)
NOTES = 400


@pytest.fixture
def full(journal: Journal, folder: Path) -> Path:
    """A closed journal with a session, two photos with originals, and hundreds of notes."""
    with journal.step("all"):
        session = journal.sessions.save(Session(When(DAY), needles=(Needle("nose", 500),)))
        for number in (1, 2):
            staged = journal.originals.stage(f"photo {number}".encode(), "jpeg")
            photo = a_photo(number, session_id=session.id)
            original = replace(photo.original, sha256=staged.sha256, stored_name=staged.stored_name)
            journal.photos.save(replace(photo, original=original))
        for number in range(NOTES):
            journal.day_notes.save(DayNote(date.fromordinal(738_000 + number), f"{number} " + "word " * 60))
        journal.side_effects.save(SideEffect(DAY, "redness", Severity.MILD))
    journal.close()
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def hit_page_of(folder: Path, table: str) -> None:
    """Overwrite a page in the middle of a table."""
    connection = apsw.Connection(str(folder / "journal.db"))
    pages = [row[0] for row in connection.execute("SELECT pageno FROM dbstat WHERE name = ? ORDER BY pageno", (table,))]
    connection.close()
    with (folder / "journal.db").open("r+b") as file:
        file.seek((pages[len(pages) // 2] - 1) * 4096)
        file.write(b"\xff" * 4096)


def test_a_sound_journal_comes_over_whole(full: Path, tmp_path: Path) -> None:
    before = contents(full)
    told = rescue(full, tmp_path / "Copy.needlejournal")
    assert (told.originals, told.damaged_originals) == (2, 0)
    copy = open_journal(tmp_path / "Copy.needlejournal")
    assert copy.name == "Mine"
    counts = copy.counts()
    assert (counts.sessions, counts.photos, counts.day_notes, counts.side_effects) == (1, 2, NOTES, 1)
    assert copy.sessions.all()[0].needles == (Needle("nose", 500),)
    assert sorted(copy.photo_bytes(photo) for photo in copy.photos.all()) == [b"photo 1", b"photo 2"]
    assert copy.verify().sound
    with copy.step("note"):
        copy.day_notes.save(DayNote(DAY, "it goes on"))
    copy.close()
    assert contents(full) == before


@pytest.mark.parametrize("table", ["day_note", "session", "photo"])
def test_around_a_damaged_page_everything_is_read_and_the_rest_let_go(full: Path, tmp_path: Path, table: str) -> None:
    hit_page_of(full, table)
    before = contents(full)
    rescue(full, tmp_path / "Copy.needlejournal")
    copy = open_journal(tmp_path / "Copy.needlejournal")
    counts = copy.counts()
    assert NOTES * 0.8 < counts.day_notes <= NOTES
    assert (counts.day_notes == NOTES) == (table != "day_note")
    assert counts.sessions == (0 if table == "session" else 1)
    if table == "session":
        assert [photo.session_id for photo in copy.photos.all()] == [None, None]
        assert copy._database.value("SELECT count(*) FROM needle") == 0
    assert len(unknown_originals(copy.folder)) == (2 if table == "photo" else 0)
    assert len(copy.verify().orphans) == (2 if table == "photo" else 0)
    copy.close()
    assert contents(full) == before


def test_what_the_damage_made_senseless_is_left_out(full: Path, tmp_path: Path) -> None:
    connection = apsw.Connection(str(full / "journal.db"))
    connection.execute("PRAGMA ignore_check_constraints=on; UPDATE side_effect SET severity = 99").fetchall()
    connection.close()
    rescue(full, tmp_path / "Copy.needlejournal")
    copy = open_journal(tmp_path / "Copy.needlejournal")
    assert copy.counts().side_effects == 0
    copy.close()


@pytest.mark.parametrize("ruin", [lambda path: path.write_bytes(b"x" * 9000), Path.unlink])
def test_without_a_database_the_originals_still_come_over(
    full: Path, tmp_path: Path, ruin: Callable[[Path], object]
) -> None:
    ruin(full / "journal.db")
    told = rescue(full, tmp_path / "Copy.needlejournal")
    assert (told.rows, told.originals) == (0, 2)
    assert len(unknown_originals(tmp_path / "Copy.needlejournal")) == 2


def test_a_database_whose_tables_are_others_gives_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "Theirs.needlejournal"
    folder.mkdir()
    connection = apsw.Connection(str(folder / "journal.db"))
    connection.execute("CREATE TABLE words (name TEXT); INSERT INTO words VALUES ('x')").fetchall()
    connection.close()
    assert rescue(folder, tmp_path / "Copy.needlejournal").rows == 0


def test_a_damaged_schema_gives_no_rows(full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Database.rows

    def damaged(self: Database, sql: str, values: object = ()) -> list[tuple[object, ...]]:
        if self.read_only and "table_info" in sql:
            raise DatabaseError("The journal's database is damaged.")
        return real(self, sql, values)  # type: ignore[arg-type]

    monkeypatch.setattr(Database, "rows", damaged)
    assert rescue(full, tmp_path / "Copy.needlejournal").rows == 0


def test_a_damaged_original_is_set_aside_and_an_unreadable_one_counted(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, unreadable = sorted((full / "photos").glob("*/*"))
    bad.write_bytes(b"other")
    FaultyDisk(monkeypatch).unopened = {unreadable.name}
    told = rescue(full, tmp_path / "Copy.needlejournal")
    assert (told.originals, told.damaged_originals) == (0, 2)
    assert (tmp_path / "Copy.needlejournal" / "quarantine" / bad.name).read_bytes() == b"other"


def test_a_full_disk_is_said(full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = min((full / "photos").glob("*/*"))
    bad.write_bytes(b"other")
    disk = FaultyDisk(monkeypatch)

    def fail(_number: int, name: str) -> None:
        if name == "rename":
            raise OSError(errno.ENOSPC, "No space left on device")

    disk.before = fail
    with pytest.raises(WorldError, match="disk is full"):
        rescue(full, tmp_path / "Copy.needlejournal")


def test_a_journal_open_elsewhere_is_left_alone(journal: Journal, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(AlreadyOpen):
        rescue(folder, tmp_path / "Copy.needlejournal")


def test_a_damaged_journal_on_a_disk_that_only_reads_is_rescued_too(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(module.parts, "FolderLock", refuse)
        assert rescue(full, tmp_path / "Copy.needlejournal").originals == 2


def test_the_copy_takes_a_name_that_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged, elsewhere = tmp_path / "My.needlejournal", tmp_path / "Documents"
    assert free_folder(damaged, elsewhere).name == "My (copy).needlejournal"
    (tmp_path / "My (copy).needlejournal").mkdir()
    assert free_folder(damaged, elsewhere).name == "My (copy 2).needlejournal"
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert free_folder(damaged, elsewhere).parent == elsewhere
    monkeypatch.setattr(Path, "exists", lambda _path: True)
    with pytest.raises(WorldError, match="too many copies"):
        free_folder(damaged, elsewhere)


def cut_off(folder: Path) -> bytes:
    """Leave a change half written, as a power cut does; gives the database as it lies there."""
    with closing(Database(folder / "journal.db")) as database:
        database._connection.execute("PRAGMA cache_size=2").fetchall()
        database.run("BEGIN IMMEDIATE")
        database.run("UPDATE day_note SET text = 'never written ' || ?", ("x" * 900,))
        left = {name: (folder / name).read_bytes() for name in ("journal.db", "journal.db-journal")}
        database.run("ROLLBACK")
    for name, body in left.items():
        (folder / name).write_bytes(body)
    return left["journal.db"]


def test_a_change_that_was_cut_off_is_not_rescued_and_all_before_it_is(full: Path, tmp_path: Path) -> None:
    lies_there = cut_off(full)
    told = rescue(full, tmp_path / "Copy.needlejournal")
    assert told.held.days == NOTES + 1
    with closing(open_journal(tmp_path / "Copy.needlejournal")) as copy:
        assert [note.text.split()[1:] for note in copy.day_notes.all()] == [["word"] * 60] * NOTES
    assert (full / "journal.db").read_bytes() == lies_there
    assert not list((tmp_path / "Copy.needlejournal").glob(".*"))


def test_a_change_that_was_cut_off_and_no_room_is_said(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(full)
    faulty = FaultyDisk(monkeypatch)
    written: list[str] = []

    def fail(_number: int, name: str) -> None:
        written.extend([name] if name == "write" else [])
        if len(written) > 1:
            raise OSError(errno.ENOSPC, "No space left on device")

    faulty.before = fail
    with pytest.raises(WorldError, match="disk is full"):
        rescue(full, tmp_path / "Copy.needlejournal")
