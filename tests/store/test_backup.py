"""Backups: whole, small the second time, proven; and journals made of them that are the same, byte for byte."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import pytest

from needlejournal.journal.errors import WorldError
from needlejournal.journal.message import message
from needlejournal.store import AlreadyOpen, Cancelled, Journal, age, copying, create_journal, open_journal
from needlejournal.store.backup import READ_AGAIN, BackedUp, make_backup
from needlejournal.store.backup_folder import COMPLETE, MARK, SUMS, BackupFolder, find_backup_folder
from needlejournal.store.database import Database, DatabaseError
from needlejournal.store.disk import Folder
from needlejournal.store.folder import FolderLock, lay_out
from needlejournal.store.keys import KEYRING, is_locked
from needlejournal.store.repair import repair
from needlejournal.store.restore import restore, sweep_unfinished
from needlejournal.workflows.safekeeping.encrypting import encrypt
from tests.asked import with_trash
from tests.store.every_kind import add_photo, fill
from tests.store.faults import FaultyDisk, refuse
from tests.store.killing import killed_at
from tests.store.test_opening import sql

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = create_journal(tmp_path / "Mine.needlejournal")
    fill(made)
    yield made
    made.close()


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    return tmp_path / "disk"


def back_up(journal: Journal, disk: Path, days: float = 0) -> BackedUp:
    return make_backup(journal.backup_source(), disk, NOW + timedelta(days=days))


def everything(folder: Path) -> dict[str, bytes]:
    journal = open_journal(folder)
    found = {photo.original.sha256: journal.photo_bytes(photo) for photo in with_trash(journal.photos)}
    found["records"] = json.dumps(journal.records(), sort_keys=True).encode()
    found["trash"] = repr([(item.kind, item.id, item.what) for item in journal.trash.listing()]).encode()
    assert journal.verify().sound and not journal.verify().orphans
    journal.close()
    return found


def test_originals_that_are_all_gone_are_said_and_the_rest_is_backed_up(
    journal: Journal, disk: Path, tmp_path: Path
) -> None:
    (journal.folder / "photos").rename(tmp_path / "elsewhere")
    done = back_up(journal, disk)
    assert (done.photos, done.copied, len(done.damaged)) == (5, 0, 5)
    (tmp_path / "elsewhere").rename(journal.folder / "photos")
    assert back_up(journal, disk, 1).damaged == ()


def test_a_restored_journal_is_the_same_record_for_record_and_byte_for_byte(
    journal: Journal, disk: Path, tmp_path: Path
) -> None:
    done = back_up(journal, disk)
    assert (done.photos, done.copied, done.damaged) == (5, 5, ())
    back = restore(disk, tmp_path / "Back.needlejournal")
    assert (back.photos, back.damaged, back.encrypted) == (5, (), False)
    journal.close()
    assert everything(tmp_path / "Back.needlejournal") == everything(journal.folder)
    assert not list(tmp_path.glob(".*"))


def test_the_second_backup_copies_only_what_is_new(journal: Journal, disk: Path) -> None:
    first = back_up(journal, disk)
    with journal.step("More"):
        add_photo(journal, 50)
    second = back_up(journal, disk, 1)
    assert (second.photos, second.copied) == (6, 1) and second.copied_bytes < first.copied_bytes
    assert len(BackupFolder(disk).versions()) == 2


def test_sha256sum_proves_a_version(journal: Journal, disk: Path) -> None:
    back_up(journal, disk)
    version = BackupFolder(disk).versions()[0]
    subprocess.run(["sha256sum", "--quiet", "-c", SUMS], cwd=version.folder, check=True)
    assert (disk / "README.txt").read_text().startswith("These are backups")


def test_old_backups_thin_out_and_their_photos_go(journal: Journal, disk: Path, tmp_path: Path) -> None:
    with journal.step("Short-lived"):
        photo = add_photo(journal, 60)
    back_up(journal, disk)
    with journal.step("Delete"):
        journal.photos.trash(photo.id)
    journal.trash.purge(journal.trash.listing())
    gone = 0
    for day in range(1, 40):
        gone += back_up(journal, disk, day).let_go
    versions = BackupFolder(disk).versions()
    assert gone == 40 - len(versions) and 7 < len(versions) < 18
    assert (disk / "photos" / photo.original.stored_name).exists()  # March still has it
    for day in range(40, 800, 20):
        back_up(journal, disk, day)
    assert not (disk / "photos" / photo.original.stored_name).exists()
    assert {version.made.year for version in BackupFolder(disk).versions()} >= {2027, 2028}


def test_any_damage_of_the_newest_backup_is_said_and_an_older_one_restores(
    journal: Journal, disk: Path, tmp_path: Path
) -> None:
    back_up(journal, disk)
    back_up(journal, disk, 1)
    newest, older = BackupFolder(disk).versions()
    database = newest.folder / "journal.db"
    flipped = bytearray(database.read_bytes())
    flipped[5000] ^= 1
    database.write_bytes(flipped)
    with pytest.raises(WorldError, match="damaged"):
        restore(disk, tmp_path / "Back.needlejournal")
    assert not (tmp_path / "Back.needlejournal").exists() and not list(tmp_path.glob(".*"))
    database.unlink()
    with pytest.raises(WorldError, match="damaged"):
        restore(disk, tmp_path / "Back.needlejournal")
    assert restore(disk, tmp_path / "Back.needlejournal", version="2026-03-01").version == older.folder.name
    (newest.folder / SUMS).write_bytes((newest.folder / SUMS).read_bytes()[1:])
    assert restore(disk, tmp_path / "Again.needlejournal").version == older.folder.name
    (older.folder / COMPLETE).write_text("{}")
    with pytest.raises(WorldError, match="no whole backup"):
        restore(disk, tmp_path / "Third.needlejournal")


def test_a_damaged_photo_of_the_backup_is_named_and_the_rest_comes_back(
    journal: Journal, disk: Path, tmp_path: Path
) -> None:
    back_up(journal, disk)
    names = sorted(BackupFolder(disk).versions()[0].photos)
    (disk / "photos" / names[0]).write_bytes(b"other bytes")
    (disk / "photos" / names[1]).unlink()
    (disk / "photos" / names[2]).unlink()
    (disk / "photos" / names[2]).symlink_to("/etc/hostname")
    back = restore(disk, tmp_path / "Back.needlejournal")
    assert sorted(back.damaged) == names[:3] and back.photos == 2
    opened = open_journal(tmp_path / "Back.needlejournal")
    assert set(opened.verify().missing) == set(names[:3]) and not opened.verify().bad
    opened.close()


def test_damage_in_the_journal_never_reaches_a_backup(journal: Journal, disk: Path) -> None:
    back_up(journal, disk)
    with journal.step("More"):
        fresh = add_photo(journal, 70)
    old = journal.photos.all()[0]
    for photo in (fresh, old):
        path = journal.folder / "photos" / photo.original.stored_name
        path.write_bytes(path.read_bytes()[:-1])
    done = back_up(journal, disk, 1)
    assert set(done.damaged) == {fresh.original.stored_name, old.original.stored_name}
    assert (disk / "photos" / old.original.stored_name).read_bytes() != b""
    newest = BackupFolder(disk).versions()[0]
    assert old.original.stored_name in newest.photos and fresh.original.stored_name not in newest.photos
    subprocess.run(["sha256sum", "--quiet", "-c", SUMS], cwd=newest.folder, check=True)


def test_a_damaged_database_makes_no_backup(
    journal: Journal, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    from needlejournal.store import backup

    back_up(journal, disk)
    monkeypatch.setattr(backup, "check_structure", lambda _database: "row 3 missing from index")
    with pytest.raises(WorldError, match="row 3"):
        back_up(journal, disk, 1)
    assert len(BackupFolder(disk).versions()) == 1 and len(list((disk / "versions").iterdir())) == 1


BAD_VALUES = (
    "UPDATE photo SET session_id = 77",
    "UPDATE session SET tags = 'x'",
    "UPDATE session SET day = '9999-99-99'",
    "UPDATE side_effect SET severity = 1 << 62",
)


@pytest.mark.parametrize("bad", BAD_VALUES)
def test_a_value_that_makes_no_sense_keeps_nobody_from_a_backup(
    journal: Journal, disk: Path, tmp_path: Path, bad: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(age, "WORK_FACTOR", 4)
    journal.close()
    sql(journal.folder, f"PRAGMA foreign_keys = off; {bad}")
    opened = open_journal(journal.folder)
    done = back_up(opened, disk)
    assert done.senseless == (opened.verify().database != "ok") and not done.damaged
    before = opened.records()
    opened.close()
    back = open_journal(restore(disk, tmp_path / "Back.needlejournal").folder)
    assert back.records() == before and not back.verify().bad
    back.close()
    (tmp_path / "Back.needlejournal" / "journal.seal").unlink(missing_ok=True)
    encrypt(back.folder, "six words of green ink")
    assert is_locked(back.folder)


def test_stopping_keeps_older_backups_and_what_was_copied(journal: Journal, disk: Path, tmp_path: Path) -> None:
    answers = iter([False, False, True])
    with pytest.raises(Cancelled):
        make_backup(journal.backup_source(), disk, NOW, cancelled=lambda: next(answers))
    assert not BackupFolder(disk).versions() and len(list((disk / "photos").glob("*/*"))) == 2
    (disk / "photos" / "ab").mkdir(exist_ok=True)
    (disk / "photos" / "ab" / "x.jpg.part").write_bytes(b"half")
    (disk / "versions" / "000009_2026-01-01T00-00-00Z.part").mkdir()
    one, other = sorted((disk / "photos").glob("*/*.jpg"))
    other.write_bytes(other.read_bytes()[::-1])
    assert back_up(journal, disk).copied == 4, "of five, one is used that the stopped one had copied"
    assert not list(disk.rglob("*.part"))
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() == path.stem for path in (one, other))
    answers = iter([False, True])
    with pytest.raises(Cancelled):
        restore(disk, tmp_path / "Back.needlejournal", cancelled=lambda: next(answers))
    assert not (tmp_path / "Back.needlejournal").exists() and not list(tmp_path.glob(".*"))


def test_a_disk_that_lies_is_noticed(journal: Journal, disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "digest_on_disk", lambda _place, _name: "0" * 64)
    done = back_up(journal, disk)
    assert len(done.damaged) == 5 and not list((disk / "photos").glob("*/*"))


def test_a_full_disk_is_a_sentence(journal: Journal, disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up(journal, disk)
    with journal.step("More"):
        add_photo(journal, 80)
    with monkeypatch.context() as patch:
        refuse(patch, "rename", errno.ENOSPC)
        with pytest.raises(WorldError, match="disk is full"):
            back_up(journal, disk, 1)
    assert len(BackupFolder(disk).versions()) == 1
    assert back_up(journal, disk, 1).copied == 1


def test_where_no_backup_could_be_made_nothing_is_left(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, at each step until the first photo lies there: "nothing was changed" is true."""
    empty = tmp_path / "empty"
    empty.mkdir()
    faulty = FaultyDisk(monkeypatch)
    hits, nth, calls = 0, 0, 0

    def fail(_number: int, name: str) -> None:
        nonlocal calls
        calls += 1
        if calls == nth and name not in {"unlink", "rmdir"}:
            raise OSError(errno.ENOSPC, "No space left on device")

    faulty.before = fail
    for place in (tmp_path / "a" / "b" / "disk", empty):
        for nth in range(1, 400):  # noqa: B007 (read by `fail`)
            calls = 0
            with suppress(WorldError):
                back_up(journal, place)
                break
            if any((place / "photos").glob("*")):
                break
            hits += 1
            assert list(empty.iterdir()) == [] and (place is empty or not (tmp_path / "a").exists())
    assert hits > 20 and (tmp_path / "a" / "b" / "disk" / MARK).exists() and (empty / MARK).exists()


def test_where_there_is_no_room_for_the_database_nothing_is_left(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_database: Database, _path: Path) -> None:
        raise DatabaseError(message("The disk is full. Nothing was changed; free some space and try again."))

    with monkeypatch.context() as patch:
        patch.setattr(Database, "copy_to", full)
        with pytest.raises(WorldError, match="Nothing was changed"):
            back_up(journal, tmp_path / "a" / "disk")
    assert not (tmp_path / "a").exists()
    assert back_up(journal, tmp_path / "a" / "disk").copied


def test_of_several_backups_in_one_place_that_of_the_journal_is_found(journal: Journal, tmp_path: Path) -> None:
    back_up(journal, tmp_path / "stick" / "mine")
    other = create_journal(tmp_path / "Second.needlejournal")
    back_up(other, tmp_path / "stick" / "other")
    (tmp_path / "stick" / "broken").mkdir()
    (tmp_path / "stick" / "broken" / MARK).write_text("{")
    for one, name in ((journal, "mine"), (other, "other")):
        assert find_backup_folder(tmp_path / "stick", one.backup_source().uid).folder.name == name
    for uid in ("", "nobody"):
        with pytest.raises(WorldError, match="several journals"):
            find_backup_folder(tmp_path / "stick", uid)
    other.close()


def test_a_mark_that_no_parser_can_read_is_damage(journal: Journal, disk: Path) -> None:
    back_up(journal, disk)
    (disk / MARK).write_bytes(b"[" * 900_000)
    for act in (lambda: back_up(journal, disk, 1), lambda: find_backup_folder(disk)):
        with pytest.raises(WorldError, match="is damaged"):
            act()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_in_place_of_a_copy_is_never_waited_for(journal: Journal, disk: Path) -> None:
    back_up(journal, disk)
    photo = journal.photos.all()[0].original
    copy = disk / "photos" / photo.stored_name
    copy.unlink()
    os.mkfifo(copy)
    told = repair(journal.originals, [(photo.stored_name, photo.sha256)], BackupFolder(disk))
    assert told.lost == (photo.stored_name,)
    database = journal.folder / "journal.db"
    journal.close()
    database.unlink()
    os.mkfifo(database)
    (journal.folder / KEYRING).write_bytes(b"keys")
    assert not is_locked(journal.folder)


def test_places_that_are_no_place_for_a_backup(journal: Journal, tmp_path: Path, disk: Path) -> None:
    for place in (journal.folder, journal.folder / "photos", journal.folder / "new"):
        with pytest.raises(WorldError, match="inside the journal"):
            back_up(journal, place)
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorldError, match="is a file"):
        back_up(journal, tmp_path / "file")
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "holiday.txt").write_text("other things")
    assert back_up(journal, stick).folder == stick / "Mine backup"
    assert back_up(journal, stick, 1).folder == stick / "Mine backup"
    assert find_backup_folder(stick).folder == stick / "Mine backup"
    other = create_journal(tmp_path / "Mine2.needlejournal")
    with pytest.raises(WorldError, match="another journal"):
        back_up(other, stick / "Mine backup")
    back_up(other, stick)
    with pytest.raises(WorldError, match="several journals"):
        find_backup_folder(stick)
    other.close()


def test_what_is_no_backup_is_said(tmp_path: Path, journal: Journal, disk: Path) -> None:
    with pytest.raises(WorldError, match="no backup in"):
        restore(tmp_path / "nowhere", tmp_path / "New")
    (tmp_path / "odd").mkdir()
    for contents in ("{", '{"format": "x"}', "[]", '{"format": "needlejournal-backup", "journal": 3}'):
        (tmp_path / "odd" / MARK).write_text(contents)
        with pytest.raises(WorldError, match="not a folder of backups"):
            restore(tmp_path / "odd", tmp_path / "New")
    back_up(journal, disk)
    with pytest.raises(WorldError, match="new folder only"):
        restore(disk, journal.folder)
    (tmp_path / "empty").mkdir()
    assert restore(disk, tmp_path / "empty").photos == 5


def test_two_backups_at_once_do_not_mix(journal: Journal, disk: Path) -> None:
    back_up(journal, disk)
    lock = FolderLock(disk)
    with pytest.raises(AlreadyOpen):
        back_up(journal, disk, 1)
    lock.release()


def test_a_database_that_was_made_to_pass_its_hash_is_looked_into(
    journal: Journal, disk: Path, tmp_path: Path
) -> None:  # fmt: skip
    from needlejournal.store import restore as module

    back_up(journal, disk)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "check_structure", lambda _database: "wrong")
        with pytest.raises(WorldError, match="wrong"):
            restore(disk, tmp_path / "Back")
    shutil.rmtree(disk / "versions")
    with pytest.raises(WorldError, match="no whole backup"):
        restore(disk, tmp_path / "Back")


def test_foreign_triggers_and_views_are_never_restored(journal: Journal, disk: Path, tmp_path: Path) -> None:
    import hashlib

    import apsw

    back_up(journal, disk)
    version = BackupFolder(disk).versions()[0]
    database = apsw.Connection(str(version.folder / "journal.db"))
    database.execute("CREATE TRIGGER evil AFTER INSERT ON day_note BEGIN DELETE FROM photo; END")
    database.close()
    sums = (version.folder / SUMS).read_text().splitlines()
    digest = hashlib.sha256((version.folder / "journal.db").read_bytes()).hexdigest()
    told = "\n".join(f"{digest}  journal.db" if line.endswith("  journal.db") else line for line in sums) + "\n"
    (version.folder / SUMS).write_text(told)
    (version.folder / COMPLETE).write_text(json.dumps({"sums": hashlib.sha256(told.encode()).hexdigest()}))
    with pytest.raises(WorldError, match="foreign triggers"):
        restore(disk, tmp_path / "Back.needlejournal")
    assert not (tmp_path / "Back.needlejournal").exists()


def test_a_backup_killed_anywhere_leaves_the_older_one_and_the_next_is_whole(
    journal: Journal, disk: Path, tmp_path: Path, thorough: bool
) -> None:
    back_up(journal, disk)
    with journal.step("More"):
        for number in range(3):
            add_photo(journal, 90 + number)
    folder, hits = journal.folder, 0
    journal.close()
    now = everything(folder)

    def work(target: Path) -> None:
        opened = open_journal(folder)
        make_backup(opened.backup_source(), target, NOW + timedelta(days=1))

    for step in range(1, 400, 1 if thorough else 17):
        target = shutil.copytree(disk, tmp_path / "try")
        if not killed_at(step, lambda target=target: work(target)):
            break
        hits += 1
        assert restore(target, tmp_path / "Old", version="2026-03-01").photos == 5
        opened = open_journal(folder)
        back_up(opened, target, 2)
        opened.close()
        assert restore(target, tmp_path / "New").photos == 8
        assert everything(tmp_path / "New") == now and not list(target.rglob("*.part"))
        for place in ("try", "Old", "New"):
            shutil.rmtree(tmp_path / place)
    assert hits > (20 if thorough else 1)


def test_a_restore_killed_anywhere_is_whole_or_not_there(
    journal: Journal, disk: Path, tmp_path: Path, thorough: bool
) -> None:
    back_up(journal, disk)
    journal.close()
    now, hits = everything(journal.folder), 0
    for step in range(0, 400, 1 if thorough else 13):
        new = tmp_path / "New"
        if not killed_at(step, lambda new=new: restore(disk, new)):
            break
        hits += 1
        if not new.exists():
            restore(disk, new)
        assert everything(new) == now and not list(tmp_path.glob(".New*"))
        shutil.rmtree(new)
    assert hits > (5 if thorough else 1)


def test_what_a_killed_restore_left_goes_with_the_next_one_wherever_that_leads(
    journal: Journal, disk: Path, tmp_path: Path
) -> None:
    back_up(journal, disk)
    assert killed_at(20, lambda: restore(disk, tmp_path / "Killed"))
    left = tmp_path / ".Killed.restoring"
    assert left.is_dir()
    mine = tmp_path / ".holidays.restoring" / "photos"
    mine.mkdir(parents=True)
    (mine / "beach.jpg").write_bytes(b"of another program, which restores things too")
    with make_unfinished(tmp_path / ".Running.restoring"):
        restore(disk, tmp_path / "Other")
        assert not left.exists() and mine.exists() and (tmp_path / ".Running.restoring").exists()
        with pytest.raises(WorldError, match="“Running” is being restored by another window now"):
            restore(disk, tmp_path / "Running")
        assert (tmp_path / ".Running.restoring/photos").is_dir()
    sweep_unfinished(tmp_path)
    assert not (tmp_path / ".Running.restoring").exists()
    with pytest.raises(WorldError, match=r"“.holidays.restoring” exists already"):
        restore(disk, tmp_path / "holidays")
    assert [path.name for path in mine.parent.rglob("*")] == ["photos", "beach.jpg"]


def test_a_restore_follows_no_link_and_goes_into_no_journal(
    journal: Journal, disk: Path, tmp_path: Path
) -> None:  # fmt: skip
    back_up(journal, disk)
    mine = tmp_path / "mine"
    mine.mkdir()
    (tmp_path / ".Back.restoring").symlink_to(mine)
    with pytest.raises(WorldError, match="there is a link"):
        restore(disk, tmp_path / "Back")
    for link, target in (("Link", mine), ("Broken", tmp_path / "nowhere")):
        (tmp_path / link).symlink_to(target)
        with pytest.raises(WorldError, match=f"“{link}” exists already"):
            restore(disk, tmp_path / link)
    assert not list(mine.iterdir())
    with pytest.raises(WorldError, match="“Back” was not written: it would lie within the folder of the journal"):
        restore(disk, journal.folder / "folder" / "Back")
    assert not (journal.folder / "folder").exists()


@contextmanager
def make_unfinished(folder: Path) -> Iterator[None]:
    """A restore of another window, in the middle."""
    lay_out(folder)
    lock = FolderLock(folder)
    yield
    lock.release()


def test_a_place_that_cannot_be_read_or_written_is_said(
    journal: Journal, disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        refuse(patch, "mkdir", errno.EACCES)
        with pytest.raises(WorldError, match="No backup was made"):
            back_up(journal, disk)
    with monkeypatch.context() as patch:
        patch.delattr(os, "posix_fadvise", raising=False)  # where the system has no such thing
        back_up(journal, disk)
    with monkeypatch.context() as patch:
        FaultyDisk(patch).unopened = {MARK}
        with pytest.raises(WorldError, match="cannot be read"):
            find_backup_folder(disk)
    with monkeypatch.context() as patch:
        refuse(patch, "rename", errno.EACCES)
        with pytest.raises(WorldError, match="was not restored"):
            restore(disk, tmp_path / "Back")
    version = BackupFolder(disk).versions()[0]
    told = (version.folder / SUMS).read_text() + "no line of ours\n" + "0" * 64 + "  .hidden\n"
    (version.folder / SUMS).write_text(told)
    import hashlib

    (version.folder / COMPLETE).write_text(json.dumps({"sums": hashlib.sha256(told.encode()).hexdigest()}))
    assert BackupFolder(disk).versions()[0].files == version.files


@pytest.mark.parametrize("name", ["versions", "photos"])
def test_a_backup_never_sweeps_where_a_link_leads(journal: Journal, disk: Path, tmp_path: Path, name: str) -> None:
    back_up(journal, disk)
    person = tmp_path / "person"
    (person / "aa").mkdir(parents=True)
    for mine in (person / "mine.part", person / "aa" / "mine.part"):
        mine.touch()
    shutil.rmtree(disk / name)
    (disk / name).symlink_to(person)
    with pytest.raises(WorldError, match="a link"):
        back_up(journal, disk, 1)
    assert sorted(path.name for path in person.rglob("*")) == ["aa", "mine.part", "mine.part"]


def test_a_linked_folder_of_copies_is_left_alone(journal: Journal, disk: Path, tmp_path: Path) -> None:
    back_up(journal, disk)
    (tmp_path / "mine.part").touch()
    (disk / "photos" / "zz").symlink_to(tmp_path)
    back_up(journal, disk, 1)
    assert (tmp_path / "mine.part").exists()


def test_what_could_not_be_restored_is_not_called_backed_up(journal: Journal, disk: Path) -> None:
    folder = journal.folder
    journal.close()
    change(folder, "CREATE TRIGGER t AFTER INSERT ON side_effect BEGIN DELETE FROM photo; END")
    opened = open_journal(folder)
    found = opened.verify()
    with pytest.raises(WorldError, match="foreign"):
        back_up(opened, disk)
    opened.close()
    assert not found.sound and "did not make" in found.database


def test_a_photo_whose_name_leads_outside_is_said_as_not_backed_up(journal: Journal, disk: Path) -> None:
    folder = journal.folder
    journal.close()
    change(folder, "UPDATE photo SET stored_name = '../../x.jpg' WHERE id = 1")
    opened = open_journal(folder)
    done = back_up(opened, disk)
    opened.close()
    assert (done.photos, done.damaged) == (4, ("photo 1",))


def change(folder: Path, statement: str) -> None:
    database = Database(folder / "journal.db")
    database.run(statement)
    database.close()


def test_while_a_list_is_damaged_no_photo_goes(journal: Journal, disk: Path) -> None:
    with journal.step("Short-lived"):
        photo = add_photo(journal, 60)
    back_up(journal, disk)
    with journal.step("Delete"):
        journal.photos.trash(photo.id)
    journal.trash.purge(journal.trash.listing())
    listed = BackupFolder(disk).versions()[0].folder / SUMS
    whole = listed.read_bytes()
    listed.write_bytes(b"")
    for day in range(1, 40):
        back_up(journal, disk, day)
    assert (disk / "photos" / photo.original.stored_name).exists()
    listed.write_bytes(whole)
    assert not restore(disk, disk.with_name("Back"), version="2026-03-01").damaged


def test_a_copy_that_lost_a_bit_is_made_anew_in_its_turn(journal: Journal, disk: Path, tmp_path: Path) -> None:
    back_up(journal, disk)
    name = next(iter(BackupFolder(disk).versions()[0].photos))
    copy = disk / "photos" / name
    whole = copy.read_bytes()
    copy.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    copied = [back_up(journal, disk, number / 48).copied for number in range(READ_AGAIN)]
    assert sum(copied) == 1 and copy.read_bytes() == whole


def test_a_copy_that_cannot_be_read_is_said_and_the_rest_comes_back(
    journal: Journal, disk: Path, tmp_path: Path
) -> None:
    from needlejournal.store import copying

    back_up(journal, disk)
    version = BackupFolder(disk).versions()[0]
    first, second, *_ = sorted(version.photos)
    real = copying._source

    def source(here: Folder, name: str) -> IO[bytes]:
        file = real(here, name)
        return BadSector(file) if name == first[3:] else file

    (disk / "photos" / second).unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copying, "_source", source)
        back = restore(disk, tmp_path / "Back")
    assert set(back.damaged) == {first, second} and back.photos == 3


class BadSector(io.BufferedReader):
    """A file that opens and does not read."""

    def read(self, _size: int | None = -1) -> bytes:
        raise OSError(errno.EIO, "bad sector")
