"""A damaged journal: what can still be read comes into a new one, and the damaged folder stays as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from needlejournal.journal.catalogue import Catalogue
from needlejournal.journal.days import DayNote, SideEffect
from needlejournal.journal.errors import WorldError
from needlejournal.journal.moments import When
from needlejournal.journal.sessions import Needle, Product, Session, Severity
from needlejournal.store import Damaged, Journal, age, open_journal
from needlejournal.store.keyring import unlock
from needlejournal.store.keys import Keyring
from needlejournal.workflows.photos_in import import_draft
from needlejournal.workflows.photos_in.importing import import_all, look
from needlejournal.workflows.safekeeping.encrypting import encrypt
from needlejournal.workflows.safekeeping.salvaging import Share, orphan_sources, salvage
from tests.workflows.pictures import jpeg

DAYS = 400


@pytest.fixture
def full(journal: Journal, folder: Path, catalogue: Catalogue) -> Path:
    """A journal of many pages, closed."""
    for number in range(3):
        (folder / f"{number}.jpg").write_bytes(jpeg(number))
    with journal.step("Write"):
        for number in range(20):
            needles, products = (Needle("chin", 500),), (Product("serum", "Hyaluronic", lot=f"B{number}"),)
            when = When(date(2020, 1, 1) + timedelta(days=42 * number))
            journal.sessions.save(Session(when, notes=f"Session {number}", needles=needles, products=products))
        for number in range(DAYS):
            day = date(2020, 1, 1) + timedelta(days=number)
            journal.day_notes.save(DayNote(day, f"note {number} " + "x" * 200))
            journal.side_effects.save(SideEffect(day, "redness", Severity.MILD))
    import_all(journal, look(journal, [folder], catalogue))
    journal.close()
    return journal.folder


def page_of(folder: Path, table: str) -> tuple[int, int]:
    """The root page of a table and the size of a page."""
    database = sqlite3.connect(folder / "journal.db")
    root = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
    size = database.execute("PRAGMA page_size").fetchone()[0]
    database.close()
    return root, size


def overwrite(folder: Path, start: int, length: int) -> bytes:
    """Write rubbish into the database; gives all of it as it is then."""
    with (folder / "journal.db").open("r+b") as file:
        file.seek(start)
        file.write(b"\xa5" * length)
    return (folder / "journal.db").read_bytes()


def test_a_sound_journal_is_copied_whole(full: Path, catalogue: Catalogue) -> None:
    done = salvage(full, catalogue)
    assert (done.sessions, done.photos, done.waiting) == (Share(20, 20), Share(3, 3), 0)
    assert done.whole
    before, after = open_journal(full), open_journal(done.folder)
    assert after.sessions.all() == before.sessions.all()
    assert after.photos.all() == before.photos.all()
    assert after.counts() == before.counts()
    assert after.verify().sound
    before.close()
    after.close()


def test_one_lost_table_does_not_take_the_others_with_it(full: Path, catalogue: Catalogue) -> None:
    root, size = page_of(full, "session")
    damaged = overwrite(full, (root - 1) * size, size)
    done = salvage(full, catalogue)
    copy = open_journal(done.folder)
    assert copy.counts().day_notes == DAYS
    assert copy.counts().side_effects == DAYS
    assert done.photos == Share(3, 3)
    assert (done.sessions.read, done.whole) == (0, False)
    assert copy.verify().sound
    copy.close()
    assert (full / "journal.db").read_bytes() == damaged


def test_around_a_damaged_place_most_notes_come_back(full: Path, catalogue: Catalogue) -> None:
    content = (full / "journal.db").read_bytes()
    _root, size = page_of(full, "day_note")
    leaf = content.index(b"note 200 ") // size
    overwrite(full, leaf * size, size)
    done = salvage(full, catalogue)
    copy = open_journal(done.folder)
    assert DAYS - 60 < copy.counts().day_notes < DAYS
    assert done.days.read == DAYS, "their side effects are whole"
    assert copy.counts().side_effects == DAYS
    copy.close()


def test_without_any_database_photos_come_back_with_their_dates(full: Path, catalogue: Catalogue) -> None:
    overwrite(full, 0, (full / "journal.db").stat().st_size)
    with pytest.raises(Damaged):
        open_journal(full)
    done = salvage(full, catalogue)
    assert (done.sessions, done.photos, done.days) == (Share(0, None), Share(3, None), Share(0, None))
    assert not done.whole
    copy = open_journal(done.folder)
    assert {photo.when.day for photo in copy.photos.all()} == {date(2025, 3, 1)}
    assert copy.verify().sound
    copy.close()


def test_photos_without_a_date_wait_for_one(full: Path, catalogue: Catalogue) -> None:
    undated = jpeg(9, taken="")
    stored = open_journal(full)
    stored.originals.stage(undated, "jpeg")
    stored.close()
    done = salvage(full, catalogue)
    assert (done.photos.read, done.waiting) == (3, 1)
    copy = open_journal(done.folder)
    assert import_draft.waiting(copy) == 1
    copy.close()


def test_an_original_with_other_bytes_is_set_aside(full: Path, catalogue: Catalogue) -> None:
    first = next((full / "photos").glob("*/*"))
    first.write_bytes(b"rubbish")
    done = salvage(full, catalogue)
    assert done.damaged_photos == 1
    assert (done.folder / "quarantine" / first.name).read_bytes() == b"rubbish"


def test_where_nothing_is_left_that_is_said_and_no_copy_stays(full: Path, catalogue: Catalogue) -> None:
    overwrite(full, 0, (full / "journal.db").stat().st_size)
    for photo in (full / "photos").glob("*/*"):
        photo.unlink()
    before = sorted(full.parent.iterdir())
    with pytest.raises(WorldError, match="Nothing in this journal can be read"):
        salvage(full, catalogue)
    assert sorted(full.parent.iterdir()) == before


def test_each_copy_gets_a_name_of_its_own(full: Path, catalogue: Catalogue) -> None:
    assert [salvage(full, catalogue).folder.name for _ in range(2)] == [
        "Mine (copy).needlejournal",
        "Mine (copy 2).needlejournal",
    ]


def test_a_row_that_is_no_value_of_its_kind_is_left_out_and_said(full: Path, catalogue: Catalogue) -> None:
    journal = open_journal(full)
    with journal.step("Damage"):
        journal._database.run("UPDATE session SET day = '2025-93-08' WHERE id = 7")
        journal._database.run("UPDATE day_note SET day = '2025-00-00' WHERE id = 3")
    journal.close()
    done = salvage(full, catalogue)
    assert done.sessions == Share(19, 20)
    copy = open_journal(done.folder)
    assert len(copy.sessions.all()) == 19
    assert len(copy.day_notes.all()) == DAYS - 1
    copy.close()


class TestEncrypted:
    @pytest.fixture
    def keys(self, full: Path, monkeypatch: pytest.MonkeyPatch) -> Keyring:
        """The keys of the same journal, encrypted."""
        monkeypatch.setattr(age, "WORK_FACTOR", 4)
        encrypt(full, "six words of ink")
        return unlock(full, "six words of ink")

    @pytest.mark.parametrize("place", range(2, 60, 12))
    def test_around_a_damaged_page_the_rest_comes_back_as_encrypted_as_it_was(
        self, full: Path, keys: Keyring, catalogue: Catalogue, place: int
    ) -> None:
        damaged = overwrite(full, place * 4096, 4096)
        done = salvage(full, catalogue, keyring=keys)
        assert done.sessions.read + done.photos.read + done.days.read > 0 and not done.damaged_photos
        assert not any(jpeg(0)[:200] in path.read_bytes() for path in done.folder.rglob("*") if path.is_file())
        copy = open_journal(done.folder, keyring=unlock(done.folder, "six words of ink"))
        assert copy.encrypted and copy.counts().photos + done.waiting == 3 and copy.verify().sound
        copy.close()
        assert (full / "journal.db").read_bytes() == damaged

    @pytest.mark.parametrize("how", ["overwritten", "emptied", "gone"])
    def test_without_any_database_photos_come_back_with_their_dates(
        self, full: Path, keys: Keyring, catalogue: Catalogue, how: str
    ) -> None:
        overwrite(full, 0, (full / "journal.db").stat().st_size)
        if how == "emptied":
            (full / "journal.db").write_bytes(b"")
        elif how == "gone":
            (full / "journal.db").unlink()
        with pytest.raises(Damaged):
            open_journal(full, keyring=keys)
        done = salvage(full, catalogue, keyring=keys)
        assert (done.sessions.read, done.photos.read, done.waiting, done.damaged_photos) == (0, 3, 0, 0)
        copy = open_journal(done.folder, keyring=keys)
        assert {photo.when.day for photo in copy.photos.all()} == {date(2025, 3, 1)}
        assert {photo.original.file_name.rpartition(".")[2] for photo in copy.photos.all()} != {"age"}
        assert copy.verify().sound
        copy.close()

    def test_photos_without_a_date_are_in_no_entry_and_offered(
        self, full: Path, keys: Keyring, catalogue: Catalogue
    ) -> None:
        with closing(open_journal(full, keyring=keys)) as journal:
            undated = jpeg(9, taken="")
            journal.originals.stage(undated, "jpeg")
        (full / "journal.db").unlink()
        done = salvage(full, catalogue, keyring=keys)
        assert (done.photos.read, done.waiting) == (3, 1)
        with closing(open_journal(done.folder, keyring=keys)) as copy:
            assert len(copy.orphans) == 1
            (source,) = orphan_sources(copy)
            assert source.data == undated and not source.name.endswith(".age")
            plan = look(copy, [source], catalogue)
            decided = plan.with_when([plan.items[0].key], When(date(2025, 3, 2)), copy.sessions.calendar())
            import_all(copy, decided)
            assert copy.counts().photos == 4 and orphan_sources(copy) == () and copy.verify().sound
