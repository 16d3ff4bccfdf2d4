"""A journal gets a passphrase, works, and loses it again: the same records and photos, killed anywhere or not."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyrage
import pytest
import sqlcipher3

from needlejournal.journal.errors import BadInput, WorldError
from needlejournal.store import AlreadyOpen, Cancelled, Journal, age, create_journal, keyring, open_journal
from needlejournal.store.age_keys import Identity
from needlejournal.store.backup_folder import BackupFolder
from needlejournal.store.converting import Conversion, convert
from needlejournal.store.database import CutOff, Database
from needlejournal.store.folder import FolderLock
from needlejournal.store.keys import (
    KEYRING,
    RECOVERY,
    Keyring,
    NeedsPassphrase,
    WrongPassphrase,
    is_locked,
    make_keyring,
)
from needlejournal.store.pages import fits
from needlejournal.store.search import search
from needlejournal.workflows.progress import Unattended
from needlejournal.workflows.safekeeping import encrypting
from needlejournal.workflows.safekeeping.backing_up import back_up, restore
from needlejournal.workflows.safekeeping.encrypting import (
    change_keys,
    change_passphrase,
    decrypt,
    encrypt,
    new_recovery_key,
    open_unlocked,
)
from tests.asked import with_trash
from tests.store.every_kind import WORD, add_photo, fill, picture
from tests.store.faults import refuse
from tests.store.killing import killed_at
from tests.workflows.conftest import now

WORDS = "grün six words"
MARKS = [WORD.encode(), b"JFIF", b"Exif", b"SQLite format 3", "Grüße".encode(), hashlib.sha256(picture(0)).digest()]
MARKS += [hashlib.sha256(picture(0)).hexdigest().encode(), b"frontal", b"redness"]


@pytest.fixture(autouse=True)
def light(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase costs a second by design; these tests need not pay it each time."""
    monkeypatch.setattr(age, "WORK_FACTOR", 4)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    journal = create_journal(tmp_path / "Mine.needlejournal", "Mine")
    fill(journal)
    (journal.folder / "quarantine" / "found.jpg").write_bytes(picture(7))
    (journal.folder / "photos" / "ab").mkdir(exist_ok=True)
    (journal.folder / "photos" / "ab" / ("ab" * 32 + ".jpg")).write_bytes(picture(8))
    (journal.folder / "journal.db.v1").write_bytes((journal.folder / "journal.db").read_bytes())
    journal.close()
    return journal.folder


def contents(journal: Journal) -> bytes:
    """Everything a person would miss."""
    found = {photo.uid: journal.photo_bytes(photo).hex() for photo in with_trash(journal.photos)}
    listing = [(item.kind, item.id, item.what) for item in journal.trash.listing()]
    return json.dumps([journal.records(), found, listing], sort_keys=True).encode()


def marks_in(folder: Path) -> list[str]:
    """Every file in which something readable is found, by its name or its bytes."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "README.txt":
            body = path.read_bytes() + path.name.encode()
            found += [f"{path.relative_to(folder)}: {mark!r}" for mark in MARKS if mark in body]
    return found


def read(folder: Path, passphrase: str = "") -> bytes:
    journal = open_unlocked(folder, passphrase) if passphrase else open_journal(folder)
    try:
        found = journal.verify()
        assert (found.bad, found.missing, found.database) == ((), (), "ok"), found
        assert journal.encrypted is bool(passphrase)
        return contents(journal)
    finally:
        journal.close()


def test_there_and_back_nothing_is_lost_and_nothing_readable_stays(plain: Path) -> None:
    before = read(plain)
    assert marks_in(plain)
    recovery = encrypt(plain, WORDS)
    assert marks_in(plain) == [] and is_locked(plain) and "age -d" in (plain / "README.txt").read_text()
    assert all(any(place.iterdir()) for place in (plain / "photos").iterdir()), "an empty folder tells of a hash"
    assert read(plain, WORDS) == before
    with pytest.raises(NeedsPassphrase):
        open_journal(plain)
    change_keys(plain, WORDS)
    assert read(plain, WORDS) == before and marks_in(plain) == []
    change_passphrase(plain, "", "other words", recovery_key=recovery.written())
    with pytest.raises(WrongPassphrase):
        open_unlocked(plain, WORDS)
    assert read(plain, "other words") == before
    decrypt(plain, "other words")
    assert read(plain) == before and not list(plain.rglob("*.age")) and "sqlite3" in (plain / "README.txt").read_text()
    assert (plain / "quarantine" / "found.jpg").read_bytes() == picture(7)
    assert Database(plain / "journal.db.v1", read_only=True).value("SELECT count(*) FROM photo") == 5


def test_new_keys_open_what_old_ones_did_and_old_ones_nothing(plain: Path) -> None:
    from needlejournal.store.keyring import unlock

    encrypt(plain, WORDS)
    old = unlock(plain, WORDS)
    change_keys(plain, WORDS)
    new = unlock(plain, WORDS)
    before = {path: path.read_bytes() for path in plain.rglob("*.age")}
    convert(Conversion(plain, new))  # nothing is left to do
    assert before == {path: path.read_bytes() for path in plain.rglob("*.age")}
    assert not new.changing and new.identities != old.identities and new.recovery == old.recovery
    for path in plain.rglob("photos/*/*.age"):
        with path.open("rb") as file:
            assert not age.opens(file, old.identities)
    with pytest.raises(WorldError):
        Database(plain / "journal.db", read_only=True, key=old.database_keys[0])


def test_a_session_leaves_nothing_readable_on_any_disk(plain: Path, home: Path, tmp_path: Path) -> None:
    encrypt(plain, WORDS)
    journal = open_unlocked(plain, WORDS)
    with journal.step("Everything again"):
        fill_more(journal)
        assert marks_in(plain) == []  # also while a transaction is open
    assert search(journal._database, WORD)
    journal.history.undo()
    journal.history.redo()
    gone = journal.photos.all()[-1]
    with journal.step("Delete"):
        journal.photos.trash(gone.id)
    journal.trash.purge(journal.trash.listing())
    back_up(journal.backup_source(), tmp_path / "disk", now())
    journal.folder.joinpath("incoming").mkdir(exist_ok=True)
    assert marks_in(plain) == [] and marks_in(tmp_path / "disk") == [] and marks_in(home) == []
    journal.close()
    assert marks_in(plain) == []


def fill_more(journal: Journal) -> None:
    """In the step that is open: notes, drafts and photos."""
    for number in range(20, 23):
        add_photo(journal, number, note=f"{WORD} again")
    note = journal.day_notes.all()[0]
    from dataclasses import replace

    journal.day_notes.save(replace(note, text=f"{note.text} {WORD}" * 200))


def test_a_new_journal_is_encrypted_from_its_first_byte(tmp_path: Path) -> None:
    keys, recovery = make_keyring()
    journal = create_journal(tmp_path / "New.needlejournal", f"Of {WORD}", keyring=keys, passphrase=WORDS)
    fill(journal)
    before = contents(journal)
    assert marks_in(journal.folder) == []
    journal.close()
    assert read(journal.folder, WORDS) == before
    change_passphrase(journal.folder, "", "b", recovery_key=recovery.written())
    assert read(journal.folder, "b") == before


def test_standard_tools_open_everything(plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps of docs/file-format.md, with pyrage in the place of the tool age, and SQLCipher's own library."""
    monkeypatch.setattr(age, "WORK_FACTOR", 18)
    before = open_journal(plain)
    photos = {photo.original.sha256 for photo in with_trash(before.photos)}
    before.close()
    recovery = encrypt(plain, WORDS)
    text = pyrage.passphrase.decrypt((plain / KEYRING).read_bytes(), WORDS).decode()
    by_recovery = pyrage.x25519.Identity.from_str(recovery.written())
    assert pyrage.decrypt((plain / RECOVERY).read_bytes(), [by_recovery]).decode() == text
    key = next(line.split(": ")[1] for line in text.splitlines() if line.startswith("# database-key: "))
    identity = pyrage.x25519.Identity.from_str(next(line for line in text.splitlines() if line.startswith("AGE-")))
    database = sqlcipher3.connect(str(plain / "journal.db"))
    database.execute(f"PRAGMA key = \"x'{key}'\"")
    assert database.execute("PRAGMA cipher_integrity_check").fetchall() == []
    rows = database.execute("SELECT stored_name, sha256 FROM photo").fetchall()
    assert {sha256 for _name, sha256 in rows} == photos
    for name, sha256 in rows:
        contents = pyrage.decrypt((plain / "photos" / name).read_bytes(), [identity])
        assert hashlib.sha256(contents).hexdigest() == sha256
    assert WORD in database.execute("SELECT text FROM day_note").fetchone()[0]
    database.close()


@pytest.mark.skipif(shutil.which("age") is None, reason="the tool age is not installed here")
def test_the_tool_age_opens_photos_with_the_recovery_key(plain: Path, tmp_path: Path) -> None:
    recovery = encrypt(plain, WORDS)
    sheet, keys = tmp_path / "sheet.txt", tmp_path / "keys.txt"
    sheet.write_text(recovery.written())
    subprocess.run(["age", "-d", "-i", sheet, "-o", keys, plain / RECOVERY], check=True)
    journal = open_unlocked(plain, WORDS)
    for photo in with_trash(journal.photos):
        path = plain / "photos" / photo.original.stored_name
        told = subprocess.run(["age", "-d", "-i", keys, path], capture_output=True, check=True)
        assert hashlib.sha256(told.stdout).hexdigest() == photo.original.sha256
    journal.close()


# ---- stopped and killed


def steps(thorough: bool) -> Iterator[int]:
    yield from range(3, 400, 1 if thorough else 29)


def test_killed_while_encrypting_it_goes_on(plain: Path, tmp_path: Path, thorough: bool) -> None:
    before, hits = read(plain), 0
    for step in steps(thorough):
        folder = shutil.copytree(plain, tmp_path / f"{step}.needlejournal")
        if not killed_at(step, lambda folder=folder: encrypt(folder, WORDS)):
            break
        hits += 1
        if not is_locked(folder):
            assert read(folder) == before
        else:
            assert_opens_half_way(folder, before)
        if not is_locked(folder) or half_way(folder):
            recovery = encrypt(folder, WORDS)
            assert read_by_recovery(folder, recovery) == before
        assert read(folder, WORDS) == before and marks_in(folder) == [] and not list(folder.glob("*.new*"))
        shutil.rmtree(folder)
    assert hits > (5 if thorough else 1)


def half_way(folder: Path) -> bool:
    from needlejournal.store.keyring import unlock

    return bool(encrypting._mark_of(folder, unlock(folder, WORDS)))


def assert_opens_half_way(folder: Path, before: bytes) -> None:
    """Also before it is finished everything is there."""
    from needlejournal.store.keyring import unlock

    journal = open_journal(folder, keyring=unlock(folder, WORDS))
    assert contents(journal) == before
    journal.close()


def read_by_recovery(folder: Path, recovery: Identity) -> bytes:
    from needlejournal.store.keyring import unlock_with_recovery

    journal = open_journal(folder, keyring=unlock_with_recovery(folder, recovery.written()))
    try:
        return contents(journal)
    finally:
        journal.close()


def test_killed_while_decrypting_it_goes_on(plain: Path, tmp_path: Path, thorough: bool) -> None:
    before, hits = read(plain), 0
    encrypt(plain, WORDS)
    for step in steps(thorough):
        folder = shutil.copytree(plain, tmp_path / f"{step}.needlejournal")
        if not killed_at(step, lambda folder=folder: decrypt(folder, WORDS)):
            break
        hits += 1
        if is_locked(folder):
            assert_opens_half_way(folder, before)
            decrypt(folder, WORDS)
        assert read(folder) == before
        assert not list((folder / "photos").rglob("*.age"))
        shutil.rmtree(folder)
    assert hits > (5 if thorough else 1)


def test_killed_while_keys_are_changed_it_goes_on(plain: Path, tmp_path: Path, thorough: bool) -> None:
    from needlejournal.store.keyring import unlock

    before, hits = read(plain), 0
    encrypt(plain, WORDS)
    old = unlock(plain, WORDS)
    for step in steps(thorough):
        folder = shutil.copytree(plain, tmp_path / f"{step}.needlejournal")
        if not killed_at(step, lambda folder=folder: change_keys(folder, WORDS)):
            break
        hits += 1
        assert_opens_half_way(folder, before)
        assert read(folder, WORDS) == before  # opening finishes it
        now_held = unlock(folder, WORDS)
        assert not now_held.changing
        if now_held.identities == old.identities:
            change_keys(folder, WORDS)
        assert read(folder, WORDS) == before and marks_in(folder) == []
        shutil.rmtree(folder)
    assert hits > (5 if thorough else 1)


class Stopping:
    def __init__(self, after: int) -> None:
        self.left = after

    @property
    def cancelled(self) -> bool:
        return self.left <= 0

    def report(self, progress: object, /) -> None:
        self.left -= 1


def test_stopped_by_hand_it_goes_on_at_the_next_opening(plain: Path) -> None:
    before = read(plain)
    with pytest.raises(Cancelled):
        encrypt(plain, WORDS, control=Stopping(2))
    assert read(plain, WORDS) == before and marks_in(plain) == []
    with pytest.raises(Cancelled):
        change_keys(plain, WORDS, Stopping(2))
    change_keys(plain, WORDS)
    with pytest.raises(Cancelled):
        decrypt(plain, WORDS, Stopping(2))
    decrypt(plain, WORDS)
    assert read(plain) == before


# ---- what goes wrong


def test_what_cannot_be_done_is_a_sentence_and_changes_nothing(plain: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        encrypt(plain, "  ")
    with pytest.raises(WorldError, match="no passphrase"):
        decrypt(plain, WORDS)
    with pytest.raises(WorldError, match="no journal"):
        encrypt(tmp_path / "nowhere", WORDS)
    lock = FolderLock(plain)
    with pytest.raises(AlreadyOpen):
        encrypt(plain, WORDS)
    lock.release()
    before = read(plain)
    encrypt(plain, WORDS)
    with pytest.raises(WorldError, match="already"):
        encrypt(plain, WORDS)
    for wrong in (lambda: decrypt(plain, "x"), lambda: change_keys(plain, "x"), lambda: open_unlocked(plain, "x")):
        with pytest.raises(WrongPassphrase):
            wrong()
    with pytest.raises(WrongPassphrase):
        change_passphrase(plain, "x", "new")
    with pytest.raises(BadInput):
        change_passphrase(plain, WORDS, "")
    assert read(plain, WORDS) == before


def test_a_new_recovery_key_replaces_the_old_one(plain: Path) -> None:
    old = encrypt(plain, WORDS)
    new = new_recovery_key(plain, WORDS)
    assert read_by_recovery(plain, new) == read(plain, WORDS)
    with pytest.raises(WrongPassphrase):
        read_by_recovery(plain, old)


def test_damaged_originals_are_sealed_as_they_are_and_still_called_damaged(plain: Path) -> None:
    journal = open_journal(plain)
    bad, missing = journal.photos.all()[:2]
    journal.close()
    path = plain / "photos" / bad.original.stored_name
    path.write_bytes(path.read_bytes()[:-5])
    (plain / "photos" / missing.original.stored_name).unlink()
    encrypt(plain, WORDS)
    assert marks_in(plain) == []
    journal = open_unlocked(plain, WORDS)
    found = journal.verify()
    assert len(found.bad) == len(found.missing) == 1 and found.photos == 5
    sealed = plain / "photos" / found.bad[0]
    sealed.write_bytes(sealed.read_bytes()[:-5])
    with pytest.raises(WorldError, match="damaged"):
        journal.photo_bytes(bad_now(journal, found.bad[0]))
    journal.close()
    change_keys(plain, WORDS)
    decrypt(plain, WORDS)
    assert sealed.exists()  # nobody can open it; it is kept


def bad_now(journal: Journal, stored_name: str) -> object:
    return next(one for one in with_trash(journal.photos) if one.original.stored_name == stored_name)


def test_a_damaged_database_is_not_encrypted(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from needlejournal.store import converting

    before = read(plain)
    with monkeypatch.context() as patch:
        patch.setattr(converting, "check_structure", lambda _database: "row 7 missing")
        with pytest.raises(WorldError, match="row 7"):
            encrypt(plain, WORDS)
    assert read(plain) == before
    with monkeypatch.context() as patch:
        refuse(patch, "rename", errno.ENOSPC)
        with pytest.raises(WorldError, match="disk is full"):
            encrypt(plain, WORDS)
    encrypt(plain, WORDS)
    assert read(plain, WORDS) == before


def test_previews_and_old_copies_that_cannot_be_converted_are_removed(plain: Path) -> None:
    before = read(plain)
    (plain / "previews.db").write_bytes(f"no database {WORD}".encode() * 100)
    (plain / "journal.db.v2").write_bytes(f"no database {WORD}".encode() * 100)
    encrypt(plain, WORDS)
    assert marks_in(plain) == [] and not (plain / "journal.db.v2").exists()
    assert read(plain, WORDS) == before


def test_an_emptied_database_does_not_make_a_journal_plain(plain: Path) -> None:
    encrypt(plain, WORDS)
    (plain / "journal.db").write_bytes(b"")
    assert is_locked(plain)
    with pytest.raises(NeedsPassphrase):
        open_journal(plain)


def test_links_in_the_folder_are_left_alone(plain: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.jpg"
    outside.write_bytes(picture(9))
    (plain / "quarantine" / "link.jpg").symlink_to(outside)
    (plain / "photos" / "ab" / "link.jpg").symlink_to(outside)
    encrypt(plain, WORDS)
    assert outside.read_bytes() == picture(9)


def test_an_encrypted_journal_is_backed_up_and_restored_as_it_is(plain: Path, tmp_path: Path) -> None:
    encrypt(plain, WORDS)
    before = read(plain, WORDS)
    journal = open_unlocked(plain, WORDS)
    assert back_up(journal.backup_source(), tmp_path / "disk", now()).copied == 5
    journal.close()
    assert marks_in(tmp_path / "disk") == []
    assert restore(tmp_path / "disk", tmp_path / "Back").encrypted
    assert read(tmp_path / "Back", WORDS) == before
    assert restore(tmp_path / "disk", tmp_path / "Again", passphrase=WORDS).encrypted
    assert read(tmp_path / "Again", WORDS) == before
    with pytest.raises(WrongPassphrase):
        restore(tmp_path / "disk", tmp_path / "Third", passphrase="x")
    assert not (tmp_path / "Third").exists() and len(BackupFolder(tmp_path / "disk").versions()) == 1


def test_a_disk_that_refuses_on_the_way_is_said_and_it_goes_on(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read(plain)
    encrypt(plain, WORDS)
    (plain / "quarantine" / "of-another-key.age").write_bytes(b"nobody opens this")
    with monkeypatch.context() as patch:
        refuse(patch, "unlink", errno.EACCES)
        with pytest.raises(WorldError, match="continues when you try again"):
            decrypt(plain, WORDS)
    decrypt(plain, WORDS)
    assert read(plain) == before and (plain / "quarantine" / "of-another-key.age").exists()


def test_a_folder_without_a_database_is_not_locked(plain: Path) -> None:
    encrypt(plain, WORDS)
    (plain / "journal.db").unlink()
    assert not is_locked(plain)


def cut_off(folder: Path, keys: Keyring) -> None:
    """Leave a change half written, as a power cut does: pages changed, and the journal that takes them back."""
    import apsw

    with closing(Database(folder / "journal.db", key=keys.database_keys[0])) as database:
        database._connection.execute("PRAGMA cache_size=2").fetchall()
        database.run("BEGIN IMMEDIATE")
        database.run("UPDATE photo SET note = ? || note", ("x" * 9000,))
        left = {name: (folder / name).read_bytes() for name in ("journal.db", "journal.db-journal")}
        assert apsw and len(left["journal.db-journal"]) > 4096
        database.run("ROLLBACK")
    for name, body in left.items():
        (folder / name).write_bytes(body)


@pytest.mark.parametrize("work", ["open", "decrypt", "change keys", "go on"])
def test_a_change_that_was_cut_off_is_taken_back_before_anything_else(plain: Path, work: str) -> None:
    before = read(plain)
    if work == "go on":
        stopped = Unattended()
        stopped.cancelled = True
        with pytest.raises(Cancelled):
            encrypt(plain, WORDS, control=stopped)
        assert is_locked(plain)
    else:
        encrypt(plain, WORDS)
    cut_off(plain, keyring.unlock(plain, WORDS))
    if work == "decrypt":
        decrypt(plain, WORDS)
    elif work == "change keys":
        change_keys(plain, WORDS)
    assert read(plain, "" if work == "decrypt" else WORDS) == before


def test_a_change_that_was_cut_off_where_nothing_can_be_written_is_a_sentence(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encrypt(plain, WORDS)
    keys = keyring.unlock(plain, WORDS)
    cut_off(plain, keys)
    with pytest.raises(CutOff, match="copy the folder"):
        Database(plain / "journal.db", read_only=True, key=keys.database_keys[0])


def test_a_key_is_said_by_the_pages(plain: Path, tmp_path: Path) -> None:
    encrypt(plain, WORDS)
    key = keyring.unlock(plain, WORDS).database_keys[0]
    assert fits(plain / "journal.db", key) and not fits(plain / "journal.db", bytes(32))
    assert not fits(plain / "nowhere.db", key)
    torn = bytearray((plain / "journal.db").read_bytes())
    torn[512:4096] = bytes(3584)
    (tmp_path / "torn.db").write_bytes(torn)
    assert fits(tmp_path / "torn.db", key)


def test_a_file_somebody_put_among_the_photos_is_sealed_too_and_comes_back(plain: Path) -> None:
    (plain / "photos" / "mine.jpg").write_bytes(picture(9))
    encrypt(plain, WORDS)
    assert marks_in(plain) == [] and (plain / "photos" / "mine.jpg.age").exists()
    decrypt(plain, WORDS)
    assert (plain / "photos" / "mine.jpg").read_bytes() == picture(9)
